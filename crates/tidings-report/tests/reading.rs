//! Files, folders, streams and JSON Lines as a user has them, and the way back to the text as found.

#![allow(clippy::unwrap_used)] // a helper of a test may fail as the test itself

use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::io::Cursor;
use std::path::Path;
use tidings_report::{Error, Options, Problem, Report, Unfit, read, read_stream, repeats};

fn dated() -> Options {
    Options { date: Some(date(2022, 8, 21)), ..Options::default() }
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn stream(bytes: &[u8], options: Options) -> Vec<Result<Report, Error>> {
    read_stream("-", Cursor::new(bytes.to_vec()), options).collect()
}

#[test]
fn a_folder_is_read_in_the_order_of_its_names_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let wide: Vec<u8> =
        "Date: 2 May 2021\n\nTroops left.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    write(folder.path(), "b/two.txt", &wide);
    write(folder.path(), "a.txt", b" date 2022-08-21 Talks failed.");
    write(folder.path(), "c.jsonl", b"{\"text\": \"Rain fell.\", \"date\": \"2020-01-02\"}\n\n{oops\n{\"id\": 7, \"body\": \"Sun shone.\", \"pub_date\": \"3 Jan 2020\"}");
    write(folder.path(), "d.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    write(folder.path(), "e.txt", b"  \r\n");
    write(folder.path(), "f.txt", b"No date here.");
    write(folder.path(), ".hidden", b"No date here.");
    let told: Vec<String> = read([folder.path()], Options::default())
        .map(|read| match read {
            Ok(report) => {
                format!("{} {} {}", report.id, report.published.unwrap(), report.analysed())
            }
            Err(error) => error.to_string().replace(&*folder.path().to_string_lossy(), ""),
        })
        .collect();
    let expected = [
        "a 2022-08-21 Talks failed.",
        "two 2021-05-02 Troops left.",
        "c-1 2020-01-02 Rain fell.",
        "/c.jsonl, line 3: broken JSON (key must be a string at line 1 column 2); each line must hold one whole JSON object",
        "7 2020-01-03 Sun shone.",
        "/d.png: holds binary data; give plain text or JSON Lines",
        "/e.txt: the report is empty; it must hold some text below its header",
        "/f.txt: the report has no date; begin it with \"Date: 2022-08-21\", or give one with --date",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_is_not_there_is_named_and_the_rest_go_on() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", b"Talks failed.");
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let paths = ["missing.txt", "empty", "a.txt"].map(|name| folder.path().join(name));
    let read: Vec<_> = read(paths, dated()).collect();
    assert!(
        matches!(&read[0], Err(e) if matches!(e.problem, Problem::Unreadable(_)) && e.file.ends_with("missing.txt"))
    );
    assert!(matches!(&read[1], Err(e) if matches!(e.problem, Problem::EmptyFolder)));
    assert_eq!(read[2].as_ref().unwrap().id, "a");
    assert_eq!(read.len(), 3);
}

#[test]
fn fields_are_known_under_their_common_names() {
    let line = br#"{"guid": "x1", "Headline": "Talks fail", "content": "Talks failed.", "publishedAt": "2022-08-21T10:00:00Z", "source": {"id": null, "name": "Harbour Wire"}, "link": "http://a.example/1", "lang": "en-GB", "extra": [1]}"#;
    let read = stream(line, Options::default());
    let report = read[0].as_ref().unwrap();
    assert_eq!(report.id, "x1");
    assert_eq!(report.title.as_deref(), Some("Talks fail"));
    assert_eq!(report.source.as_deref(), Some("Harbour Wire"));
    assert_eq!(report.url.as_deref(), Some("http://a.example/1"));
    assert_eq!(report.published, Some(date(2022, 8, 21)));
    assert_eq!(report.language.as_deref(), Some("en"));
    assert_eq!(report.text(), "Talks failed.");
}

#[test]
fn standard_input_may_be_text_or_lines() {
    let text = stream(b"Date: 2022-08-21\nTalks failed.", Options::default());
    assert_eq!(text[0].as_ref().unwrap().id, "stdin");
    let lines =
        stream(b"\xef\xbb\xbf{\"text\": \"Talks failed.\"}\n{\"id\": \"x\"}\n[]\n", dated());
    assert_eq!(lines[0].as_ref().unwrap().published, dated().date);
    let told: Vec<String> =
        lines.iter().filter_map(|r| r.as_ref().err()).map(Error::to_string).collect();
    assert!(told[0].starts_with("standard input, line 2: has no \"text\""), "{told:?}");
    assert!(told[1].starts_with("standard input, line 3: is JSON but no object"), "{told:?}");
}

#[test]
fn a_date_given_stands_in_for_one_missing_or_unreadable_but_never_for_one_read() {
    fn read(text: &str, options: &Options) -> Result<Option<Date>, Unfit> {
        Report::from_text("a", text.to_string(), options).map(|r| r.published)
    }
    assert_eq!(read("Talks failed.", &dated()), Ok(dated().date));
    assert_eq!(read("Date: soon\nTalks failed.", &dated()), Ok(dated().date));
    assert_eq!(read("Date: 2020-01-02\nTalks failed.", &dated()), Ok(Some(date(2020, 1, 2))));
    assert_eq!(read("Talks failed.", &Options::default()), Err(Unfit::Undated));
    assert_eq!(
        read("Date: soon\nTalks failed.", &Options::default()),
        Err(Unfit::UnreadDate("soon".into()))
    );
}

#[test]
fn offsets_lead_to_the_text_as_found_through_every_repair() {
    let found = "\r\nDate: 2022-08-21\r\n\r\nVu\u{c4}\u{8d}i\u{c4}\u{2021}\u{e2}\u{20ac}\u{2122}s caf\u{e9} &amp; ba\u{ad}r, Bele\u{301}m.";
    let report = Report::from_text("a", found.to_string(), &Options::default()).unwrap();
    assert_eq!(report.analysed(), "Vu\u{10d}i\u{107}\u{2019}s caf\u{e9} & bar, Bel\u{e9}m.");
    for (word, as_found) in [
        ("Vu\u{10d}i\u{107}", "Vu\u{c4}\u{8d}i\u{c4}\u{2021}"),
        ("\u{2019}s", "\u{e2}\u{20ac}\u{2122}s"),
        ("caf\u{e9}", "caf\u{e9}"),
        ("&", "&amp;"),
        ("bar", "ba\u{ad}r"),
        ("Bel\u{e9}m", "Bele\u{301}m"),
    ] {
        let start = report.analysed().find(word).unwrap();
        let bytes = start..start + word.len();
        let characters = report.characters(bytes.clone());
        let told: String = found.chars().skip(characters.start).take(characters.len()).collect();
        assert_eq!(told, as_found);
        assert_eq!(report.as_found(bytes), as_found);
    }
}

#[test]
fn lines_of_any_number_are_read_one_at_a_time() {
    struct Endless(usize);
    impl std::io::Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let line = b"{\"text\": \"Talks failed.\"}\n";
            for place in out.iter_mut() {
                *place = line[self.0 % line.len()];
                self.0 += 1;
            }
            Ok(out.len())
        }
    }
    let ids: Vec<String> =
        read_stream("-", Endless(0), dated()).skip(4999).take(2).map(|r| r.unwrap().id).collect();
    assert_eq!(ids, ["stdin-5000", "stdin-5001"]);
}

/// Text in which everything that is repaired occurs often.
fn damaged() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        Just("\u{e2}\u{20ac}\u{2122}"),
        Just("\u{c4}\u{2021}"),
        Just("\u{c4}"),
        Just("\u{ad}"),
        Just("\u{a0}"),
        Just("&amp;"),
        Just("&"),
        Just("c\u{30c}"),
        Just("e\u{301}\u{323}"),
        Just("\u{10d}"),
        Just("\u{4e2d}"),
        Just("\u{1f600}"),
        Just(" "),
        Just("abc"),
        Just("\r\n"),
        Just("\u{301}"),
        Just("\u{1100}\u{1161}"),
        Just("\u{c3}\u{a2}\u{e2}\u{201a}\u{ac}\u{e2}\u{201e}\u{a2}"),
        Just("\u{c2}\u{a0}"),
        Just("\u{d0}\u{a1}\u{d1}\u{20ac}"),
    ];
    proptest::collection::vec(bit, 0..200).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn the_map_is_exact_and_monotone(text in damaged()) {
        let found = format!("date 2022-08-21 x{text}");
        let report = Report::from_text("a", found.clone(), &Options::default()).unwrap();
        let analysed = report.analysed();
        let all = found.chars().count();
        let mut last = 0..0;
        for (at, c) in analysed.char_indices() {
            let here = report.characters(at..at + c.len_utf8());
            prop_assert!(here.start >= last.start && here.end >= last.end && here.end <= all);
            prop_assert!(here.start < here.end, "{:?} stands for nothing", c);
            let told: String = found.chars().skip(here.start).take(here.len()).collect();
            prop_assert_eq!(report.as_found(at..at + c.len_utf8()), &told);
            prop_assert!(report.as_read(here.clone()).contains(c));
            // A character that stands for one is that one, but for odd spaces and lost bytes.
            if told.chars().count() == 1 && c != ' ' && c != '\u{10d}' {
                prop_assert_eq!(told, c.to_string());
            }
            last = here;
        }
        prop_assert_eq!(report.characters(0..analysed.len()).start, 16);
    }

    #[test]
    fn any_bytes_are_read_or_named(bytes in proptest::collection::vec(any::<u8>(), 0..300), brace in any::<bool>()) {
        let bytes = [if brace { b"{".to_vec() } else { Vec::new() }, bytes].concat();
        for report in stream(&bytes, dated()).into_iter().flatten() {
            let analysed = report.analysed();
            prop_assert!(report.characters(0..analysed.len()).end <= report.text().chars().count());
        }
    }
}

#[test]
fn a_real_report_is_read_as_a_reader_would() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reports/2022-08-21-kosovo.txt");
    if !Path::new(path).exists() {
        println!("skipped: the shared reports are not here");
        return;
    }
    let report = read([path], Options::default()).next().unwrap().unwrap();
    assert_eq!((report.id.as_str(), report.published), ("2022-08-21-kosovo", dated().date));
    assert_eq!(report.language.as_deref(), Some("en"));
    assert!(report.text().starts_with(" date 2022-08-21 Serbia"));
    assert!(report.analysed().starts_with("Serbia"));
    let sentences: Vec<&str> = report.analysed().split_inclusive(". ").collect();
    let sentences: Vec<&str> = sentences.iter().flat_map(|s| s.split("\n\n")).collect();
    let again: Vec<_> = repeats(&sentences)
        .into_iter()
        .enumerate()
        .filter_map(|(at, of)| of.map(|of| (of, at)))
        .collect();
    assert_eq!(again.len(), 1, "{again:?}");
    assert!(sentences[again[0].1].contains("1999"));
}
