//! Every form of input gives the same report, and names what is wrong with it.

#![allow(clippy::unwrap_used)] // a helper of a test may fail as the test itself

use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::io::{Cursor, Write};
use std::sync::Arc;
use tidings_report::{Error, Options, Problem, Report, read, read_stream};

const FIRST: &str = "The foreign minister of Peru condemned the navy of Ecuador on Tuesday and said that his \
    country would recall its ambassador.";
const SECOND: &str = "Ecuador’s president called the charge an invention, and asked the two fleets to keep \
    apart until the talks of next week begin in Lima.";

fn day() -> Date {
    date(2031, 4, 2)
}

fn options() -> Options {
    Options { date: Some(day()), ..Options::default() }
}

/// Reads bytes as a file of that name.
fn file(name: &str, bytes: impl AsRef<[u8]>, options: Options) -> Vec<Result<Report, Error>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read([path], options).collect()
}

fn stream(bytes: impl AsRef<[u8]>) -> Vec<Result<Report, Error>> {
    read_stream("-", Cursor::new(bytes.as_ref().to_vec()), options()).collect()
}

fn texts(read: &[Result<Report, Error>]) -> Vec<&str> {
    read.iter().map(|read| read.as_ref().unwrap().text()).collect()
}

fn told(read: &[Result<Report, Error>]) -> Vec<String> {
    let name = |error: &Error| {
        let told = error.to_string();
        told.rsplit_once("/tmp").map_or(told.clone(), |(_, rest)| {
            rest.split_once('/')
                .map_or(rest, |(_, rest)| rest.split_once('/').map_or(rest, |r| r.1))
                .to_string()
        })
    };
    read.iter().filter_map(|read| read.as_ref().err()).map(name).collect()
}

fn page(head: &str, article: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Talks fail | Harbour Wire</title>{head}</head><body>\
         <nav><a href=\"/\">Home</a><a href=\"/world\">World</a></nav>\
         <article><h1>Talks fail</h1>{article}<p>{FIRST}</p><script>let x = \"<p>no\";</script>\
         <p>{SECOND}</p></article><footer>All rights reserved</footer></body></html>"
    )
}

const LINKED: &str = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
    {"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "Talks fail in Lima",
    "datePublished": "2031-04-02T23:10:00-05:00", "publisher": {"@type": "Organization", "name": "Harbour Wire"},
    "inLanguage": "en", "url": "https://harbour.example/talks"}]}</script>"#;

#[test]
fn a_page_gives_its_article_and_what_it_says_of_itself() {
    let read = file("p.html", page(LINKED, ""), Options::default());
    let report = read[0].as_ref().unwrap();
    assert_eq!(report.published, Some(day()));
    assert_eq!(report.title.as_deref(), Some("Talks fail in Lima"));
    assert_eq!(report.source.as_deref(), Some("Harbour Wire"));
    assert_eq!(report.url.as_deref(), Some("https://harbour.example/talks"));
    assert_eq!((report.language.as_deref(), report.id.as_str()), (Some("en"), "p"));
    assert!(report.text().contains(&format!("{FIRST}\n\n{SECOND}")), "{:?}", report.text());
    for foreign in ["Home", "rights", "let x"] {
        assert!(!report.text().contains(foreign), "{:?}", report.text());
    }
}

/// The date stands in any of the usual places.
#[test]
fn the_date_of_a_page() {
    let meta = |name: &str| format!("<meta {name} content=\"2031-04-02T08:00:00Z\">");
    let dated = |head: &str, article: &str| {
        file("p.html", page(head, article), Options::default())[0]
            .as_ref()
            .map(|r| r.published)
            .ok()
    };
    for head in [
        meta("property=\"article:published_time\""),
        meta("name=\"DC.date\""),
        meta("itemprop=\"datePublished\""),
        meta("name=\"pubdate\""),
    ] {
        assert_eq!(dated(&head, ""), Some(Some(day())), "{head}");
    }
    for time in [
        "<time datetime=\"2031-04-02\">Wednesday</time>",
        "<p>2 April</p><time pubdate datetime=\"2031-04-02\">x</time>",
    ] {
        assert_eq!(dated("", time), Some(Some(day())), "{time}");
    }
    assert_eq!(dated("", ""), None);
    assert_eq!(dated("<meta property=\"article:modified_time\" content=\"2031-04-09\">", ""), None);
}

#[test]
fn a_page_is_read_in_the_encoding_it_names() {
    let html =
        page("<meta charset=\"windows-1250\">", "<p>Vučić met the Peruvian minister Núñez.</p>");
    let bytes = encoding_rs::WINDOWS_1250.encode(&html).0.into_owned();
    assert!(texts(&file("p.htm", bytes, options()))[0].contains("Vučić met"));
}

#[test]
fn a_page_without_an_article_is_named() {
    let links = "<li><a href=\"/a\">Talks fail</a></li>".repeat(60);
    for body in ["", "<p>Sorry, this page is gone.</p>", &format!("<ul>{links}</ul>")] {
        let html = format!("<html><head><title>x</title></head><body>{body}</body></html>");
        assert_eq!(
            told(&file("p.html", html, options())),
            ["p.html: holds no article, only parts of a page; give the page of one article"],
        );
    }
}

#[test]
fn pages_that_are_made_to_fill_the_memory_are_left() {
    let bold: String = (0..2000).map(|n| format!("<b a={n}>")).collect();
    for html in [
        format!("<html>{}", "<div>".repeat(200_000)),
        format!("<html>{}", "<x><p>".repeat(200_000)),
        format!("<html>{bold}{}", "<p>x".repeat(200_000)),
        format!("<html>{}", "<table><tr><td>".repeat(100_000)),
        format!("<html>{}", "<p>x</p>".repeat(250_000)),
    ] {
        let begun = std::time::Instant::now();
        let read = file("p.html", &html, options());
        assert!(
            matches!(&read[0], Err(e) if matches!(e.problem, Problem::Tangled)),
            "{:?}",
            &html[..40]
        );
        assert!(begun.elapsed().as_secs() < 20, "{:?}", &html[..40]);
    }
}

#[test]
fn feeds_that_nest_without_end_are_named_or_read() {
    let deep = "<a>".repeat(300_000);
    for xml in [
        format!("<rss><channel><item>{deep}"),
        format!("<rss><channel>{deep}"),
        format!("<feed><entry><content type=\"xhtml\">{deep}"),
        format!("<feed>{deep}"),
        format!("<rss><channel><item><description>&lt;b&gt;{}", "&lt;b&gt;".repeat(300_000)),
    ] {
        let read = stream(&xml);
        assert!(read.iter().all(Result::is_err), "{}", &xml[..40]);
    }
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Wire</title>
<language>en-us</language><link>https://harbour.example/</link>
<item><title>Talks &amp; trawlers</title><link>https://harbour.example/1</link><guid>hw-1</guid>
<pubDate>Wed, 02 Apr 2031 23:30:00 -0500</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>Peru left the talks.</p><p>Ecuador &amp; Chile stayed.</p>]]></content:encoded></item>
<item><title>Two</title><link>https://harbour.example/2</link><pubDate>2031-04-03</pubDate><description>Ecuador recalled &lt;b&gt;its&lt;/b&gt; envoy.</description></item>
<item><title>Three</title><link>https://harbour.example/3</link><pubDate>2031-04-03</pubDate></item>
</channel></rss>"#;

#[test]
fn a_feed_gives_a_report_for_each_entry() {
    let read = file("f.xml", RSS, Options::default());
    let one = read[0].as_ref().unwrap();
    assert_eq!((one.id.as_str(), one.published), ("hw-1", Some(day())), "the day as written");
    assert_eq!(one.title.as_deref(), Some("Talks & trawlers"));
    assert_eq!(one.source.as_deref(), Some("Harbour Wire"));
    assert_eq!(
        (one.url.as_deref(), one.language.as_deref()),
        (Some("https://harbour.example/1"), Some("en"))
    );
    assert_eq!(one.text(), "Peru left the talks.\n\nEcuador & Chile stayed.");
    assert_eq!(read[1].as_ref().unwrap().text(), "Ecuador recalled its envoy.");
    let told = told(&read);
    assert_eq!(
        told,
        [
            "f.xml, entry 3: the entry holds no text; fetch the feed with --follow, and its page is read"
        ]
    );
}

#[test]
fn atom_is_a_feed_too() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>x</id><updated>2031-04-09T00:00:00Z</updated>
        <entry><id>e1</id><title>T</title><updated>2031-04-08T00:00:00Z</updated><published>2031-04-02T00:00:00Z</published>
        <link rel="enclosure" href="https://a.example/x.mp3"/><link href="https://a.example/1"/>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Peru <b>left</b>.</p></div></content></entry></feed>"#;
    let read = stream(atom);
    let report = read[0].as_ref().unwrap();
    assert_eq!((report.text(), report.published), ("Peru left.", Some(day())));
    assert_eq!(report.url.as_deref(), Some("https://a.example/1"));
}

#[test]
fn tables_have_columns_of_the_usual_names() {
    let csv = "Headline,Body,Published,Outlet,Link\n\
        Talks fail,\"Peru left,\nit said.\",2 April 2031,Wire,https://a.example/1\n\
        short,row\n\
        ,Ecuador stayed.,2031-04-03,,\n";
    for (name, bytes) in [
        ("t.csv", csv.to_string()),
        ("t", csv.to_string()),
        ("t.csv", csv.replace(',', ";").replace("left;", "left,")),
        ("t.tsv", csv.replace(',', "\t").replace("left\t", "left,")),
    ] {
        let read = file(name, bytes, Options::default());
        let report = read[0].as_ref().unwrap();
        assert_eq!((report.text(), report.published), ("Peru left,\nit said.", Some(day())));
        assert_eq!(report.title.as_deref(), Some("Talks fail"));
        assert_eq!((report.source.as_deref(), report.id.as_str()), (Some("Wire"), "t-2"));
        assert_eq!(read[2].as_ref().unwrap().text(), "Ecuador stayed.");
        let expected = format!(
            "{name}, line 4: has 2 fields where the heading has 5; check the quotation marks and the delimiter"
        );
        assert_eq!(told(&read), [expected]);
    }
}

#[test]
fn columns_may_be_told() {
    let told_columns = |columns: &str| Options { columns: columns.parse().unwrap(), ..options() };
    let csv = "no,Artikel,text\n1,Peru left.,other\n";
    let read = file("t.csv", csv, told_columns("text=Artikel,id=no"));
    assert_eq!((texts(&read)[0], read[0].as_ref().unwrap().id.as_str()), ("Peru left.", "1"));
    let lines = "{\"Artikel\": \"Peru left.\", \"text\": \"other\"}\n";
    assert_eq!(texts(&file("t.jsonl", lines, told_columns("text=Artikel"))), ["Peru left."]);
    assert_eq!(
        told(&file("t.csv", csv, told_columns("text=Words"))),
        ["t.csv: has no column \"Words\"; its columns are no, Artikel, text"]
    );
    assert_eq!(
        told(&file("t.csv", "a,b\n1,2\n", options())),
        [
            "t.csv: has no column that is known to hold the text; its columns are a, b: tell which with --columns text=NAME"
        ]
    );
}

#[test]
fn tables_come_in_other_encodings() {
    let csv = "title,text\nx,Peru’s Núñez left the café.\n";
    let wide: Vec<u8> = csv.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows = encoding_rs::WINDOWS_1252.encode(csv).0.into_owned();
    for bytes in [wide, windows, [b"\xef\xbb\xbf", csv.as_bytes()].concat()] {
        assert_eq!(texts(&file("t.csv", bytes, options())), ["Peru’s Núñez left the café."]);
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_fill_the_memory() {
    let csv = format!("title,text\nx,\"{}", "Peru left. ".repeat(4_000_000));
    let told = told(&file("t.csv", csv, options()));
    assert!(told[0].starts_with("t.csv, line 2: is larger than 32 MB"), "{told:?}");
}

fn parquet() -> Vec<u8> {
    use arrow_array::{
        ArrayRef, Date32Array, DictionaryArray, Int64Array, RecordBatch, StringArray,
    };
    let days = day().since(date(1970, 1, 1)).unwrap().get_days();
    let sources: DictionaryArray<arrow_array::types::Int32Type> =
        (0..100).map(|n| if n % 2 == 0 { "Wire" } else { "Post" }).collect();
    let columns: [(&str, ArrayRef); 5] = [
        ("id", Arc::new(Int64Array::from_iter_values(0..100))),
        ("unused", Arc::new(Int64Array::from_iter_values(0..100))),
        ("Published", Arc::new(Date32Array::from_iter_values((0..100).map(|_| days)))),
        (
            "body",
            Arc::new(StringArray::from_iter(
                (0..100).map(|n| (n != 70).then(|| format!("Peru left {n}."))),
            )),
        ),
        ("outlet", Arc::new(sources)),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn parquet_is_read_by_its_rows() {
    for read in [file("t.parquet", parquet(), Options::default()), stream(parquet())] {
        let report = read[65].as_ref().unwrap();
        assert_eq!((report.id.as_str(), report.text()), ("65", "Peru left 65."));
        assert_eq!((report.published, report.source.as_deref()), (Some(day()), Some("Post")));
        assert_eq!(read.len(), 100);
        assert!(told(&read)[0].contains(", row 71: the report is empty"), "{:?}", told(&read));
    }
}

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes.as_ref()).unwrap();
    packed.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        packed.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(bytes).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

#[test]
fn what_is_packed_is_read_as_what_is_in_it() {
    let line = |words: &str| format!("{{\"text\": \"{words}\"}}\n").into_bytes();
    let (one, two) = (line("Peru left."), line("Chile stayed."));
    let members = [gzip(&one), gzip(&two)].concat();
    assert_eq!(texts(&file("a.jsonl.gz", &members, options())), ["Peru left.", "Chile stayed."]);
    let frames =
        [zstd::encode_all(&*one, 3).unwrap(), zstd::encode_all(&*two, 3).unwrap()].concat();
    assert_eq!(texts(&stream(&frames)), ["Peru left.", "Chile stayed."]);
    let csv = gzip("title,text\nx,Bolivia waited.\n");
    let folder = zip(&[
        ("in/b.jsonl", &members),
        ("in/a.txt", b"Date: 2031-04-01\n\nEcuador left."),
        ("in/c.csv.gz", &csv),
        ("in/.hidden", b"x"),
        ("__MACOSX/in/a.txt", b"x"),
        ("in/d.parquet", &parquet()),
    ]);
    for read in [file("z.zip", &folder, options()), stream(&folder)] {
        let texts: Vec<&str> = read.iter().flatten().map(Report::text).take(4).collect();
        let expected =
            ["Date: 2031-04-01\n\nEcuador left.", "Peru left.", "Chile stayed.", "Bolivia waited."];
        assert_eq!(texts, expected);
        assert_eq!(read.len(), 104);
        assert_eq!(read[3].as_ref().unwrap().id, "c-2");
    }
    assert_eq!(
        told(&file("z.zip", zip(&[("a/b.txt", b" ")]), options())),
        ["z.zip/a/b.txt: the report is empty; it must hold some text below its header"]
    );
}

#[test]
fn bombs_and_damage_are_named() {
    let zeros = vec![b' '; 80 << 20];
    let big = gzip(&zeros);
    let damaged = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
    let text = gzip(format!("{FIRST} {SECOND} ").repeat(20));
    let mut nested = text.clone();
    for _ in 0..5 {
        nested = gzip(nested);
    }
    for (name, bytes, expected) in [
        ("a.jsonl.gz", gzip(vec![b'\n'; 80 << 20]), "unpacks to far more than it should"),
        ("a.txt.gz", big.clone(), "is larger than 32 MB"),
        ("a.zip", zip(&[("a.jsonl", &vec![b'\n'; 80 << 20])]), "unpacks to far more"),
        ("a.txt.gz", damaged(&text), "is damaged or cut off"),
        ("a.txt.gz", nested, "an archive within archives"),
        ("a.zip", damaged(&zip(&[("a.txt", FIRST.as_bytes())])), "cannot be opened as zip"),
        ("a.parquet", damaged(&parquet()), "cannot be read as Parquet"),
        ("a.xml", b"<rss><channel><item></rss>".to_vec(), "cannot be read as a feed"),
    ] {
        let read = file(name, bytes, options());
        assert!(
            told(&read).iter().any(|told| told.contains(expected)),
            "{expected}: {:?}",
            told(&read)
        );
        assert_eq!(read.len(), 1);
    }
}

fn warc_record(kind: &str, address: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat()
}

#[test]
fn the_pages_of_a_web_archive_are_read() {
    let html = page(LINKED, "");
    let (a, b) = html.split_at(100);
    let chunked = format!("{:x}\r\n{a}\r\n{:x};x=y\r\n{b}\r\n0\r\n\r\n", a.len(), b.len());
    let records = [
        warc_record("warcinfo", "", b"software: x\r\n"),
        warc_record("request", "https://harbour.example/a", b"GET / HTTP/1.1\r\n\r\n"),
        warc_record(
            "response",
            "https://harbour.example/a",
            &answer("200 OK\r\nContent-Type: text/html; charset=utf-8", html.as_bytes()),
        ),
        warc_record(
            "response",
            "https://harbour.example/b",
            &answer("404 Not Found\r\nContent-Type: text/html", b"<p>no"),
        ),
        warc_record(
            "response",
            "https://harbour.example/c",
            &answer("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        ),
        warc_record(
            "response",
            "https://other.example/d",
            &answer(
                "200 OK\r\ncontent-type: text/html\r\nTransfer-Encoding: chunked",
                chunked.as_bytes(),
            ),
        ),
        warc_record(
            "response",
            "https://harbour.example/e",
            &answer("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzip(&html)),
        ),
        warc_record(
            "response",
            "https://harbour.example/f",
            &answer("200 OK\r\nContent-Type: text/html", b"<html><p>gone"),
        ),
    ];
    let by_record: Vec<u8> = records.iter().flat_map(gzip).collect();
    for (name, bytes) in [("w.warc", records.concat()), ("w.warc.gz", by_record)] {
        let read = file(name, &bytes, options());
        let reports: Vec<&Report> = read.iter().flatten().collect();
        assert_eq!(reports.len(), 3);
        for (report, number) in reports.iter().zip([3, 6, 7]) {
            assert!(report.text().contains(SECOND));
            assert_eq!(report.id, format!("w-{number}"));
        }
        // A page that says it is another's is not believed.
        assert_eq!(reports[1].url.as_deref(), Some("https://other.example/d"));
        assert_eq!(
            told(&read),
            [format!(
                "{name}, record 8: holds no article, only parts of a page; give the page of one article"
            )]
        );
    }
    let cut = &records.concat()[..900];
    assert!(
        told(&file("w.warc", cut, options()))[0]
            .contains("record 3: is no web archive from here on")
    );
}

#[test]
fn offsets_lead_to_the_text_in_every_form() {
    for (name, bytes) in [
        ("p.html", page("", "").into_bytes()),
        ("t.csv", format!("title,text\nx,\"{FIRST} {SECOND}\"\n").into_bytes()),
        ("f.xml", RSS.replace("Peru left", "Peru&amp;amp;’s Núñez left").into_bytes()),
    ] {
        let read = file(name, bytes, options());
        let report = read[0].as_ref().unwrap();
        let word = report.analysed().find("Peru").unwrap();
        let characters = report.characters(word..word + 4);
        let told: String = report.text().chars().skip(characters.start).take(4).collect();
        assert_eq!(told, "Peru", "{name}");
    }
}

/// Bytes of each form, some of them changed.
fn hurt() -> impl Strategy<Value = Vec<u8>> {
    let forms = vec![
        page(LINKED, "<p>x").into_bytes(),
        RSS.as_bytes().to_vec(),
        b"title,text,date\nx,\"Peru left, it said.\",2031-04-02\ny,z,2031\n".to_vec(),
        parquet(),
        gzip(RSS),
        zstd::encode_all(RSS.as_bytes(), 3).unwrap(),
        zip(&[("a.txt", FIRST.as_bytes()), ("b.csv", b"title,text\nx,Peru left.\n")]),
        warc_record(
            "response",
            "https://a.example/",
            &answer("200 OK\r\nContent-Type: text/html", page("", "").as_bytes()),
        ),
    ];
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8);
    (prop::sample::select(forms), changes, any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(mut bytes, changes, cut, cuts)| {
            for (at, with) in changes {
                let at = at.index(bytes.len());
                bytes[at] = with;
            }
            if cuts {
                bytes.truncate(cut.index(bytes.len()));
            }
            bytes
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn damage_is_named_and_never_breaks_the_program(bytes in hurt()) {
        for report in stream(&bytes).into_iter().flatten() {
            let all = report.text().chars().count();
            prop_assert!(report.characters(0..report.analysed().len()).end <= all);
        }
    }
}
