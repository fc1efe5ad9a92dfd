//! Web archives (WARC, ISO 28500): the pages among their records.
//!
//! Read are `response` records of status 200 and `resource` records, where they hold HTML; all others are
//! passed over.

use super::{At, Found, Of, Problem, Source, Stream, archive, page, whole};
use crate::Options;
use crate::fields::Fields;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// The longest line of a record's head, and the most lines.
const LONGEST_LINE: u64 = 16 << 10;
const MOST_LINES: usize = 256;

pub(super) struct Warc {
    of: Of,
    stream: BufReader<Stream>,
    /// The record read last, from one.
    number: usize,
    over: bool,
}

impl Warc {
    pub fn new(of: Of, stream: BufReader<Stream>) -> Warc {
        Warc { of, stream, number: 0, over: false }
    }

    /// The next record: nothing at the end, and no fields if it is no page.
    fn record(&mut self) -> Result<Option<Option<Fields>>, Problem> {
        let Some(head) = Head::read(&mut self.stream, true)? else { return Ok(None) };
        self.number += 1;
        if !head.first.starts_with("WARC/") {
            return Err(Problem::BrokenWarc("no record begins here"));
        }
        let length = head.value("content-length").and_then(|length| length.parse().ok());
        let length: u64 = length.ok_or(Problem::BrokenWarc("a record has no length"))?;
        let mut block = self.stream.by_ref().take(length);
        let read = fields(&head, &mut block);
        io::copy(&mut block, &mut io::sink()).map_err(Problem::of)?;
        if block.limit() > 0 {
            return Err(Problem::BrokenWarc("a record is cut off"));
        }
        read.map(Some)
    }
}

impl Source for Warc {
    fn next(&mut self, options: &Options) -> Option<Found> {
        while !self.over {
            let read = self.record();
            let at = At::Record(self.number.max(1));
            self.over = read.as_ref().is_err_and(Problem::ends_all);
            match read {
                Ok(None) => return None,
                Ok(Some(None)) => {}
                Ok(Some(Some(fields))) => return Some(self.of.report(at, fields, options)),
                Err(problem) => return Some(self.of.fail(at, problem)),
            }
        }
        None
    }
}

/// The article of a record, if it is the answer of a web server that holds a page.
fn fields(head: &Head, block: &mut impl BufRead) -> Result<Option<Fields>, Problem> {
    let address = head.value("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_string());
    let is_html = |head: &Head| {
        let kind = head.value("content-type").unwrap_or_default().to_ascii_lowercase();
        kind.starts_with("text/html") || kind.starts_with("application/xhtml")
    };
    let body = match head.value("warc-type") {
        Some("resource") if is_html(head) => whole(block, page::LARGEST)?,
        Some("response") => {
            let Some(http) = Head::read(block, false)? else { return Ok(None) };
            let ok = http.first.starts_with("HTTP/")
                && http.first.split_whitespace().nth(1) == Some("200");
            if !ok || !is_html(&http) {
                return Ok(None);
            }
            unwrapped(whole(block, page::LARGEST)?, &http)?
        }
        _ => return Ok(None),
    };
    page::fields(body, address.as_deref()).map(Some)
}

/// The body of an answer without its wrappings. Some archives keep them, and some only their names.
fn unwrapped(body: Vec<u8>, http: &Head) -> Result<Vec<u8>, Problem> {
    let is = |name: &str, value: &str| {
        http.value(name).is_some_and(|v| v.to_ascii_lowercase().contains(value))
    };
    let body = match is("transfer-encoding", "chunked").then(|| unchunked(&body)).flatten() {
        Some(whole) => whole,
        None => body,
    };
    if is("content-encoding", "gzip") && body.starts_with(b"\x1f\x8b") {
        return whole(archive::gunzip(Cursor::new(body)), page::LARGEST);
    }
    Ok(body)
}

/// Chunks put together (RFC 9112, 7.1); nothing if these are none.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = body.windows(2).take(32).position(|pair| pair == b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = body.get(end + 2..)?;
        if size == 0 {
            return Some(whole);
        }
        whole.extend(body.get(..size)?);
        body = body.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

/// A first line and the named fields below it, up to an empty line.
struct Head {
    first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    /// Reads a head; nothing at the end of the stream. Blank lines before it are passed over if they may be.
    fn read(stream: &mut impl BufRead, after_blanks: bool) -> Result<Option<Head>, Problem> {
        let mut head = Head { first: String::new(), fields: Vec::new() };
        for _ in 0..MOST_LINES {
            let mut line = Vec::new();
            let read = stream.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line);
            if read.map_err(Problem::of)? == 0 {
                return Ok(None);
            }
            if line.last() != Some(&b'\n') {
                return Err(Problem::BrokenWarc("a line of a head has no end"));
            }
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end();
            match (line.is_empty(), head.first.is_empty()) {
                (true, true) if after_blanks => {}
                (true, _) => return Ok(Some(head)),
                (false, true) => head.first = line.to_string(),
                (false, false) => {
                    if let Some((name, value)) = line.split_once(':') {
                        let name = name.trim().to_ascii_lowercase();
                        head.fields.push((name, value.trim().to_string()));
                    }
                }
            }
        }
        Err(Problem::BrokenWarc("a head has no end"))
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}
