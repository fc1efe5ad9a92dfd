//! Feeds and pages of a server of this machine: what is fetched, and what is refused.

#![allow(clippy::unwrap_used)] // a helper of a test may fail as the test itself

use jiff::civil::date;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tidings_report::{Error, Fetching, Options, Report, fetch};

const STORY: &str = "The foreign minister of Peru condemned the navy of Ecuador on Tuesday, and said that his \
    country would recall its ambassador before the talks in Lima begin.";

/// A server that answers each path with what `answers` says, and counts the calls.
struct Server {
    port: u16,
    calls: Arc<AtomicUsize>,
}

impl Server {
    fn with(answers: impl Fn(&str, u16) -> Vec<u8> + Send + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let _ = answered(stream, |path| answers(path, port));
            }
        });
        Server { port, calls }
    }

    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

fn answered(mut stream: TcpStream, answer: impl Fn(&str) -> Vec<u8>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    stream.write_all(&answer(first.split(' ').nth(1).unwrap_or_default()))
}

fn ok(kind: &str, body: &str) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}", body.len());
    format!("{head}\r\nConnection: close\r\n\r\n{body}").into_bytes()
}

fn to(address: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").into_bytes()
}

fn page(title: &str) -> String {
    format!(
        "<html lang=en><head><meta property=\"article:published_time\" content=\"2031-04-02\">\
         <title>{title}</title></head><body><article><h1>{title}</h1><p>{STORY}</p></article></body></html>"
    )
}

/// A small site: a feed, its pages, and what leads astray.
fn site() -> Server {
    Server::with(|path, port| match path {
        "/feed.xml" => ok(
            "application/rss+xml",
            &format!(
                "<rss version=\"2.0\"><channel><title>Wire</title>\
                 <item><title>A</title><link>http://127.0.0.1:{port}/a</link><description>Teaser.</description><pubDate>2031-04-02</pubDate></item>\
                 <item><title>B</title><link>http://127.0.0.1:{port}/b</link><pubDate>2031-04-02</pubDate></item>\
                 <item><title>C</title><link>http://127.0.0.1:{port}/gone</link><description>Chile waited.</description><pubDate>2031-04-02</pubDate></item>\
                 </channel></rss>"
            ),
        ),
        "/a" | "/b" => ok("text/html", &page(&path[1..])),
        "/moved" => to("/a"),
        "/round" => to("/round"),
        "/file" => to("ftp://harbour.example/a"),
        "/endless" => {
            let mut body = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".to_vec();
            body.resize(40 << 20, b'x');
            body
        }
        _ => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
    })
}

fn fetched(addresses: &[String], follow: bool, allow_private: bool) -> Vec<Result<Report, Error>> {
    fetch(addresses, Fetching { follow, allow_private }, Options::default()).collect()
}

#[test]
fn a_page_is_fetched_through_its_redirects() {
    let site = site();
    let read = fetched(&[site.at("/moved")], false, true);
    let report = read[0].as_ref().unwrap();
    assert!(report.text().contains(STORY));
    assert_eq!((report.published, report.id.as_str()), (Some(date(2031, 4, 2)), "a"));
    assert_eq!(report.url, Some(site.at("/a")));
    assert_eq!(read.len(), 1);
}

#[test]
fn a_feed_is_followed_to_its_pages_if_that_is_asked_for() {
    let site = site();
    let told = |read: Vec<Result<Report, Error>>| -> Vec<String> {
        let short = |report: Report| report.text().chars().take(13).collect();
        read.into_iter().map(|read| read.map_or_else(|e| e.problem.to_string(), short)).collect()
    };
    let plain = told(fetched(&[site.at("/feed.xml")], false, true));
    assert_eq!((plain[0].as_str(), plain[2].as_str()), ("Teaser.", "Chile waited."));
    assert!(plain[1].contains("--follow"), "{plain:?}");
    assert_eq!(site.calls.load(Ordering::SeqCst), 1);
    // The page of C is gone: what the feed says of it stands.
    let followed = told(fetched(&[site.at("/feed.xml")], true, true));
    for (entry, begins) in followed.iter().zip(["a", "b", "Chile waited."]) {
        assert!(entry.starts_with(begins) || entry.starts_with("The foreign m"), "{followed:?}");
    }
    assert_eq!(followed.len(), 3);
}

#[test]
fn this_machine_and_its_network_are_refused_unless_they_are_allowed() {
    let site = site();
    let addresses = [
        site.at("/a"),
        format!("http://localhost:{}/a", site.port),
        format!("http://[::1]:{}/a", site.port),
        format!("http://0x7f.1:{}/a", site.port),
        format!("http://2130706433:{}/a", site.port),
        format!("http://[::ffff:127.0.0.1]:{}/a", site.port),
        "http://169.254.169.254/latest".to_string(),
    ];
    for (address, read) in addresses.iter().zip(fetched(&addresses, false, false)) {
        let told = read.unwrap_err().to_string();
        // Odd spellings of numbers are names to some resolvers, and lead nowhere.
        assert!(
            told.contains("--allow-private") || told.contains("cannot be fetched"),
            "{address}: {told}"
        );
    }
    assert_eq!(site.calls.load(Ordering::SeqCst), 0, "nothing was asked of the server");
}

#[test]
fn what_cannot_be_had_is_named_and_the_rest_go_on() {
    let site = site();
    let addresses = [
        site.at("/gone"),
        "ftp://harbour.example/a".to_string(),
        "harbour".to_string(),
        site.at("/round"),
        site.at("/file"),
        site.at("/endless"),
        site.at("/a"),
    ];
    let read = fetched(&addresses, false, true);
    let expected =
        ["404", "no address", "no address", "redirect", "no address", "larger than 32 MB"];
    for (read, expected) in read.iter().zip(expected) {
        let told = read.as_ref().unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    }
    assert!(read[6].is_ok());
}
