//! What an input is: by its first bytes, and where these do not say, by its name.

use crate::columns::{Columns, Field};
use crate::decode::is_utf16;
use encoding_rs::{Encoding, UTF_8};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    /// JSON Lines.
    Lines,
    /// Delimited by this byte.
    Table(u8),
    Parquet,
    Page,
    Feed,
    Warc,
    Gzip,
    Zstd,
    Zip,
}

/// How many bytes are looked at.
const SAMPLE: usize = 8192;

impl Form {
    pub fn of(head: &[u8], name: &str, columns: &Columns) -> Form {
        let head = &head[..head.len().min(SAMPLE)];
        if let Some(form) = signed(head) {
            return form;
        }
        let wide = is_utf16(head);
        let head = match Encoding::for_bom(head) {
            Some((encoding, mark)) => encoding.decode_without_bom_handling(&head[mark..]).0,
            None if wide && head.first() == Some(&0) => {
                encoding_rs::UTF_16BE.decode_without_bom_handling(head).0
            }
            None if wide => encoding_rs::UTF_16LE.decode_without_bom_handling(head).0,
            None => UTF_8.decode_without_bom_handling(head).0,
        };
        let head = head.trim_start();
        let extension = name.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
        if head.starts_with('<')
            && let Some(form) = root(head)
        {
            return form;
        }
        match extension.as_str() {
            "jsonl" | "ndjson" => Form::Lines,
            "txt" | "text" => Form::Text,
            "tsv" | "tab" => Form::Table(b'\t'),
            "csv" => Form::Table(delimiter(head)),
            "html" | "htm" | "xhtml" => Form::Page,
            "rss" | "atom" => Form::Feed,
            _ if head.starts_with('{') => Form::Lines,
            _ if is_heading(head, columns) => Form::Table(delimiter(head)),
            _ => Form::Text,
        }
    }
}

/// Forms that begin with bytes of their own.
fn signed(head: &[u8]) -> Option<Form> {
    const SIGNATURES: [(&[u8], Form); 7] = [
        (b"\x1f\x8b", Form::Gzip),
        (b"\x28\xb5\x2f\xfd", Form::Zstd),
        (b"PK\x03\x04", Form::Zip),
        (b"PK\x05\x06", Form::Zip),
        (b"PAR1", Form::Parquet),
        (b"WARC/1.", Form::Warc),
        (b"WARC/0.", Form::Warc),
    ];
    SIGNATURES.iter().find(|(bytes, _)| head.starts_with(bytes)).map(|(_, form)| *form)
}

/// The form of markup, by its outermost element.
fn root(head: &str) -> Option<Form> {
    let mut rest = head;
    while let Some(tag) = rest.strip_prefix('<') {
        let end = if tag.starts_with("!--") { "-->" } else { ">" };
        if tag.starts_with(['?', '!']) {
            if tag.get(..13).is_some_and(|t| t.eq_ignore_ascii_case("!doctype html")) {
                return Some(Form::Page);
            }
            rest = tag.split_once(end)?.1.trim_start();
            continue;
        }
        let name: String = tag.chars().take_while(|c| c.is_alphanumeric() || *c == ':').collect();
        return match name.to_ascii_lowercase().as_str() {
            "rss" | "feed" | "rdf:rdf" => Some(Form::Feed),
            "html" | "head" | "body" => Some(Form::Page),
            _ => None,
        };
    }
    None
}

fn first_line(head: &str) -> &str {
    head.lines().next().unwrap_or_default()
}

/// The delimiter that the heading holds most of.
fn delimiter(head: &str) -> u8 {
    let count = |d: u8| first_line(head).bytes().filter(|b| *b == d).count();
    let mut best = b',';
    for other in [b'\t', b';', b'|'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

/// Whether the first line names columns: of the text, and of something else.
fn is_heading(head: &str, columns: &Columns) -> bool {
    let between = char::from(delimiter(head));
    let names: Vec<String> =
        first_line(head).split(between).map(|n| n.trim().trim_matches('"').to_string()).collect();
    let known = columns.places(&names);
    known.of(Field::Text).next().is_some() && known.fields() > 1
}
