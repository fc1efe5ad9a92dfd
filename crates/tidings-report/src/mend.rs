//! Damaged text made readable, with a map back to the text as it was found.
//!
//! Repaired are UTF-8 that was read as Windows-1252, Latin-1 or Windows-1250 ("VuÄ‡ic", "itâ€™s"; the
//! method is that of ftfy: Speer, "ftfy", 2019, here limited to letters and punctuation that reports
//! use), decomposed letters (NFC), character references (`&amp;`), exotic spaces, and marks of no
//! width. All of it is a list of edits over characters, so that any place in the repaired text leads
//! to its exact place in the text as found.

use encoding_rs::{Encoding, WINDOWS_1250, WINDOWS_1252};
use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A stretch of the repaired text that differs from what was found. Both ranges are in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub mended: Range<u32>,
    pub found: Range<u32>,
}

/// The repaired text and its edits in order; `None` if nothing was to be repaired.
pub(crate) fn mend(text: &str) -> Option<(String, Vec<Edit>)> {
    if text.is_ascii() && !text.contains('&') {
        return None;
    }
    let mut writer = Writer::default();
    let mut rest = text;
    while let Some(cluster) = Cluster::first(rest) {
        let c = cluster.first;
        rest = if c == '&' {
            reference(rest, &mut writer)
        } else if cluster.composed.is_some_and(|c| LEADS.contains(c))
            && let Some(after) = misread(rest, is_damaged(word(text, rest)), &mut writer)
        {
            after
        } else {
            match odd(c) {
                Some(with) => {
                    writer.replace(with, 1);
                    &rest[c.len_utf8()..]
                }
                None => cluster.write(rest, &mut writer),
            }
        };
    }
    (!writer.edits.is_empty()).then_some((writer.text, writer.edits))
}

/// The repaired text alone.
pub(crate) fn mended(text: &str) -> String {
    mend(text).map_or_else(|| text.to_string(), |(text, _)| text)
}

#[derive(Default)]
struct Writer {
    text: String,
    edits: Vec<Edit>,
    /// Characters written, and characters of the found text they stand for.
    written: u32,
    found: u32,
}

impl Writer {
    fn keep(&mut self, c: char) {
        self.text.push(c);
        self.written += 1;
        self.found += 1;
    }

    /// Writes `with` for `count` characters as found.
    fn replace(&mut self, with: &str, count: u32) {
        self.text.push_str(with);
        let mended = self.written..self.written + with.chars().count() as u32;
        let found = self.found..self.found + count;
        (self.written, self.found) = (mended.end, found.end);
        self.edits.push(Edit { mended, found });
    }
}

/// Spaces that are not the plain one, and marks of no width.
fn odd(c: char) -> Option<&'static str> {
    match c {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            Some(" ")
        }
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => Some(""),
        '\u{80}'..='\u{9f}' => Some(""),
        _ => None,
    }
}

/// Whether the character may melt into the one before it under NFC.
fn joins(c: char) -> bool {
    is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes
        || unicode_normalization::char::canonical_combining_class(c) != 0
}

/// A character with the marks after it that may melt into it.
struct Cluster {
    first: char,
    /// The one character it is under NFC, if it is one and not plain ASCII.
    composed: Option<char>,
    count: u32,
    bytes: usize,
}

impl Cluster {
    /// The cluster that `text` begins with.
    fn first(text: &str) -> Option<Cluster> {
        let mut chars = text.chars();
        let first = chars.next()?;
        let (mut count, mut bytes) = (1, first.len_utf8());
        // Nothing joins across a break, and most characters are followed by plain ones.
        while let Some(next) = chars.next()
            && !next.is_ascii()
            && joins(next)
        {
            count += 1;
            bytes += next.len_utf8();
        }
        let composed = if count == 1 && (first.is_ascii() || !joins(first)) {
            Some(first)
        } else {
            let mut composed = text[..bytes].nfc();
            composed.next().filter(|_| composed.next().is_none())
        };
        Some(Cluster { first, composed: composed.filter(|c| !c.is_ascii()), count, bytes })
    }

    /// Writes the cluster, composed; returns what follows it in `text`.
    fn write<'t>(&self, text: &'t str, writer: &mut Writer) -> &'t str {
        let (cluster, rest) = text.split_at(self.bytes);
        let plain = self.count == 1 && (self.first.is_ascii() || self.composed == Some(self.first));
        if plain || cluster.nfc().eq(cluster.chars()) {
            cluster.chars().for_each(|c| writer.keep(c));
        } else {
            writer.replace(&cluster.nfc().collect::<String>(), self.count);
        }
        rest
    }
}

/// A character reference of HTML, left behind by careless scraping; `rest` begins with `&`.
fn reference<'t>(rest: &'t str, writer: &mut Writer) -> &'t str {
    const NAMED: [(&str, &str); 16] = [
        ("amp", "&"),
        ("quot", "\""),
        ("apos", "'"),
        ("lt", "<"),
        ("gt", ">"),
        ("nbsp", " "),
        ("rsquo", "\u{2019}"),
        ("lsquo", "\u{2018}"),
        ("rdquo", "\u{201d}"),
        ("ldquo", "\u{201c}"),
        ("ndash", "\u{2013}"),
        ("mdash", "\u{2014}"),
        ("hellip", "\u{2026}"),
        ("euro", "\u{20ac}"),
        ("pound", "\u{a3}"),
        ("eacute", "\u{e9}"),
    ];
    let length =
        rest.bytes().skip(1).take(8).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#');
    let end = 1 + length.count();
    let name = &rest[1..end];
    let numbered = || {
        let number = name.strip_prefix('#')?;
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|c| !c.is_control())
    };
    if rest.as_bytes().get(end) == Some(&b';') {
        let count = end as u32 + 1;
        if let Some((_, with)) = NAMED.iter().find(|(n, _)| *n == name) {
            writer.replace(with, count);
            return &rest[end + 1..];
        }
        if let Some(c) = numbered() {
            writer.replace(odd(c).unwrap_or(c.encode_utf8(&mut [0; 4])), count);
            return &rest[end + 1..];
        }
    }
    writer.keep('&');
    &rest[1..]
}

/// The upper halves of the encodings that UTF-8 is misread in.
static MISREAD: LazyLock<[Vec<char>; 2]> = LazyLock::new(|| {
    let upper: Vec<u8> = (0x80..=0xff).collect();
    let half = |encoding: &'static Encoding| -> Vec<char> {
        encoding.decode_without_bom_handling(&upper).0.chars().collect()
    };
    [half(WINDOWS_1252), half(WINDOWS_1250)]
});

/// What the first byte of a sequence looks like when misread.
const LEADS: &str = "\u{c2}\u{c3}\u{c4}\u{c5}\u{c8}\u{ce}\u{cf}\u{d0}\u{d1}\u{e2}\u{ef}\u{f0}\u{102}\u{10c}\u{10e}\u{110}\u{111}\u{139}";

/// The word around the place where `rest`, the tail of `text`, begins.
fn word<'t>(text: &'t str, rest: &'t str) -> &'t str {
    let at = text.len() - rest.len();
    let start = text[..at].rfind(char::is_whitespace).unwrap_or(0);
    let end = rest.find(|c: char| c.is_ascii_whitespace()).map_or(text.len(), |end| at + end);
    &text[start..end]
}

/// The byte that a misread character was.
fn byte(c: char, table: &[char]) -> Option<u8> {
    match c {
        '\u{80}'..='\u{9f}' => Some(c as u8),
        c if c.is_ascii() => None,
        c => table.iter().position(|t| *t == c).map(|at| at as u8 + 0x80),
    }
}

/// One character with the count of found characters it stands for.
type Unit = (char, u32);

/// Repairs the run of misread UTF-8 at the head of `rest`; `None` if there is none.
///
/// A text may have been misread several times over: each pass undoes one.
fn misread<'t>(rest: &'t str, word_damaged: bool, writer: &mut Writer) -> Option<&'t str> {
    let mut run: Vec<Unit> = Vec::new();
    let mut length = 0;
    while let Some(Cluster { composed: Some(c), count, bytes, .. }) =
        Cluster::first(&rest[length..])
    {
        run.push((c, count));
        length += bytes;
    }
    let (found, rest) = rest.split_at(length);
    for table in MISREAD.iter() {
        let mut units = run.clone();
        let mut repaired = false;
        for _ in 0..3 {
            let Some(better) = undo(&units, table, rest, word_damaged) else { break };
            (units, repaired) = (better, true);
        }
        if !repaired {
            continue;
        }
        let mut found = found.chars();
        for (c, count) in units {
            let as_found = found.nth(count as usize - 1);
            // A repaired letter may itself be odd (a space of no break).
            match odd(c) {
                Some(with) => writer.replace(with, count),
                None if count == 1 && as_found == Some(c) => writer.keep(c),
                None => writer.replace(c.encode_utf8(&mut [0; 4]), count),
            }
        }
        return Some(rest);
    }
    None
}

/// Whether a word holds misread UTF-8 beyond doubt.
fn is_damaged(word: &str) -> bool {
    MISREAD.iter().any(|table| {
        let bytes: Vec<Option<u8>> = word.nfc().map(|c| byte(c, table)).collect();
        (0..bytes.len())
            .any(|at| sequence(&bytes[at..]).is_some_and(|(c, n)| plausible(c, &bytes[at + n..])))
    })
}

/// One misreading undone; `None` if the units show none.
fn undo(units: &[Unit], table: &[char], rest: &str, word_damaged: bool) -> Option<Vec<Unit>> {
    let bytes: Vec<Option<u8>> = units.iter().map(|(c, _)| byte(*c, table)).collect();
    let mut better = Vec::with_capacity(units.len());
    let (mut at, mut repaired) = (0, false);
    while at < units.len() {
        let (c, length) = match sequence(&bytes[at..]) {
            Some((c, length)) if plausible(c, &bytes[at + length..]) || repaired => (c, length),
            _ => match stranded(&units[at..], rest, word_damaged) {
                Some(found) => found,
                None => {
                    better.push(units[at]);
                    at += 1;
                    continue;
                }
            },
        };
        better.push((c, units[at..at + length].iter().map(|(_, count)| count).sum()));
        repaired = true;
        at += length;
    }
    repaired.then_some(better)
}

/// The UTF-8 sequence at the head of the bytes.
fn sequence(bytes: &[Option<u8>]) -> Option<(char, usize)> {
    let length = match bytes.first()?.as_ref()? {
        0xc2..=0xdf => 2,
        0xe2..=0xef => 3,
        0xf0 => 4,
        _ => return None,
    };
    let mut sequence = [0; 4];
    for (place, byte) in sequence.iter_mut().zip(bytes.get(..length)?) {
        *place = (*byte)?;
    }
    let c = std::str::from_utf8(&sequence[..length]).ok()?.chars().next()?;
    Some((c, length))
}

/// Whether a report is likelier to hold this character than the two or three it was read as.
fn plausible(c: char, after: &[Option<u8>]) -> bool {
    match c {
        // Latin-1 and Latin Extended-A: the letters of Europe; and the Romanian comma letters.
        '\u{a0}'..='\u{17f}' | '\u{218}'..='\u{21b}' => true,
        // Quotation marks, dashes, the ellipsis, the euro, the trade mark; the byte order mark; emoji.
        '\u{2000}'..='\u{206f}'
        | '\u{20ac}'
        | '\u{2122}'
        | '\u{feff}'
        | '\u{1f000}'..='\u{1faff}' => true,
        // Greek and Cyrillic never come one letter at a time.
        '\u{370}'..='\u{45f}' => {
            sequence(after).is_some_and(|(c, _)| ('\u{370}'..='\u{45f}').contains(&c))
        }
        _ => false,
    }
}

/// What is left of a sequence whose last byte has no character in Windows-1252 and was dropped on
/// the way: `â€` was a closing quotation mark (byte 9D); in a word that is damaged elsewhere, `Ä`
/// before a small letter was `č` (byte 8D), the one such letter that is common in names.
fn stranded(units: &[Unit], rest: &str, word_damaged: bool) -> Option<(char, usize)> {
    match units {
        [('\u{e2}', _), ('\u{20ac}', _), ..] => Some(('\u{201d}', 2)),
        [('\u{c4}', _)] if word_damaged && rest.starts_with(|c: char| c.is_ascii_lowercase()) => {
            Some(('\u{10d}', 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` read as UTF-8 misread in `encoding`.
    fn misread_in(encoding: &'static Encoding, text: &str) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn misread_letters_and_quotation_marks_are_repaired() {
        let sound = "\u{201c}Vu\u{10d}i\u{107}\u{2019}s caf\u{e9}\u{201d} \u{2013} \u{20ac}5, Br\u{fc}ssel\u{2026}";
        let once = misread_in(WINDOWS_1252, sound);
        assert_ne!(once, sound);
        assert_eq!(mended(&once), sound);
        assert_eq!(mended(&misread_in(WINDOWS_1252, &once)), sound);
        assert_eq!(
            mended(&misread_in(WINDOWS_1250, "Vu\u{10d}i\u{107} \u{161}\u{17e}")),
            "Vu\u{10d}i\u{107} \u{161}\u{17e}"
        );
        let cyrillic = "\u{421}\u{440}\u{431}\u{438}\u{458}\u{430}";
        assert_eq!(mended(&misread_in(WINDOWS_1252, cyrillic)), cyrillic);
    }

    #[test]
    fn a_dropped_byte_is_made_good_where_the_word_shows_it() {
        assert_eq!(
            mended("Vu\u{c4}i\u{c4}\u{2021} said \u{e2}\u{20ac}\u{153}no\u{e2}\u{20ac}."),
            "Vu\u{10d}i\u{107} said \u{201c}no\u{201d}."
        );
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in [
            "Talks failed.",
            "Vu\u{10d}i\u{107}\u{2019}s \u{201c}caf\u{e9}\u{201d}\u{2026} \u{20ac}5 \u{2013} Malm\u{f6}, \u{c4}ngelholm, S\u{e3}o, CAF\u{c9}\u{2026}",
            "\u{c4}rzte in \u{c5}lesund, \u{c2}me, \u{c3}, AT&T & R&D; \u{421}\u{440}\u{431}",
        ] {
            assert_eq!(mend(text), None, "{text}");
        }
    }

    #[test]
    fn decomposed_letters_references_and_odd_spaces() {
        let found =
            "Vuc\u{30c}ic\u{301}\u{a0}met AT&amp;T in Lj\u{ad}ub\u{200b}ljana &#8211; &unknown;";
        assert_eq!(mended("clichA\u{303}\u{a9}"), "clich\u{e9}");
        assert_eq!(mended(found), "Vu\u{10d}i\u{107} met AT&T in Ljubljana \u{2013} &unknown;");
    }

    #[test]
    fn edits_say_what_stands_for_what() {
        let (text, edits) = mend("a\u{e2}\u{20ac}\u{2122}b c\u{30c}").unwrap();
        assert_eq!(text, "a\u{2019}b \u{10d}");
        let ranges: Vec<_> = edits.into_iter().map(|e| (e.mended, e.found)).collect();
        assert_eq!(ranges, [(1..2, 1..4), (4..5, 6..8)]);
    }
}
