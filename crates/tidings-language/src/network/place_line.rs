//! The place line before a text: "RIGA - ", "TIRANA, Albania (AP) — ", "Nairobi, Kenya – ".
//!
//! The treebanks hold few of them, and the parser takes their words for the subject of the sentence
//! they stand before.

use crate::document::Document;
use std::ops::Range;

/// How many words it may have, its dash among them.
const REACH: usize = 16;

/// One past its dash, where the sentence begins with a place line: capitalised words, days and
/// agencies before a dash, the town in capitals or parted from what follows it by a comma or bracket,
/// and a new sentence behind.
pub(super) fn end(document: &Document<'_>, sentence: &Range<usize>) -> Option<usize> {
    let reach = sentence.end.min(sentence.start + REACH);
    let dash = (sentence.start + 1..reach).find(|&i| is_dash(document, i))?;
    let mut line = sentence.start..dash;
    let town = document.form(sentence.start);
    let letters = town.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters > 2 && town.chars().all(|c| c.is_uppercase() || c == '.');
    let signed = letters > 2
        && town.starts_with(char::is_uppercase)
        && line.clone().any(|i| matches!(document.form(i), "," | "("));
    let opens = |c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\'');
    let follows = document.tokens.get(dash + 1).is_some()
        && dash + 3 < sentence.end
        && document.form(dash + 1).starts_with(opens);
    (follows && (shouted || signed) && line.all(|i| fits(document, i))).then_some(dash + 1)
}

/// A dash with space before it.
fn is_dash(document: &Document<'_>, i: usize) -> bool {
    matches!(document.form(i), "-" | "--" | "–" | "—")
        && document.tokens[i].start > document.tokens[i - 1].end
}

/// Names, numbers, and the marks between them.
fn fits(document: &Document<'_>, i: usize) -> bool {
    let form = document.form(i);
    form.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || matches!(form, "," | "(" | ")" | "." | "/" | "-" | "of" | "de" | "the" | "and")
}
