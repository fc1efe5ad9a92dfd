//! Words of names: case, accents and dots folded away, so that "Vučić" meets "Vucic", "BELGRADE"
//! meets "Belgrade" and "U.S." meets "US".
//!
//! In goes text; out come its words as hashes with what is needed to judge their case.

use crate::fold::fold;
use unicode_normalization::char::is_combining_mark;

/// One word of running text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub start: usize,
    pub end: usize,
    /// Hash of the folded letters.
    pub hash: u64,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Whether any letter is lower case.
    pub lower: bool,
    /// Whether a letter after the first is a capital.
    pub inner: bool,
    /// Number of letters and digits.
    pub letters: u32,
}

impl Word {
    /// Whether the word, written so in the text, may stand for `name`, written so in the lexicon:
    /// a capital asks for a capital, an acronym for an acronym ("LeT", not "Let").
    pub fn may_be(&self, name: &Word) -> bool {
        if !name.capital {
            return true;
        }
        let acronym = !name.lower && name.letters > 1;
        self.capital && !(acronym && self.lower) && (self.inner || !name.inner)
    }

    /// Whether it is a word of two or more letters, all capitals.
    pub fn shouts(&self) -> bool {
        self.capital && !self.lower && self.letters > 1
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of a sequence of words, one after the other.
pub(crate) fn chain(hash: u64, word: u64) -> u64 {
    mix(hash.rotate_left(23) ^ word)
}

fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(PRIME);
    hash ^ (hash >> 29)
}

fn add(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Whether the character belongs to a word; marks do, so that decomposed text stays whole.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// The first word at or after byte `from`, which must be a character boundary.
pub(crate) fn next(text: &str, from: usize) -> Option<Word> {
    let bytes = text.as_bytes();
    let mut start = from;
    loop {
        match bytes.get(start)? {
            b if b.is_ascii_alphanumeric() => break,
            b if b.is_ascii() => start += 1,
            _ => match text.get(start..)?.chars().next()? {
                c if is_word(c) => break,
                c => start += c.len_utf8(),
            },
        }
    }
    let mut word = Word {
        start,
        end: start,
        hash: SEED,
        capital: false,
        lower: false,
        inner: false,
        letters: 0,
    };
    grow(text, &mut word);
    // Dotted initials are one word: U.S., P.R.C.
    while word.letters as usize == initials(text, &word)
        && let Some(letter) = dotted_letter(bytes, word.end)
    {
        word.hash = add(word.hash, letter.to_ascii_lowercase());
        word.letters += 1;
        word.inner = true;
        word.end += 2;
    }
    if word.letters > 1 && word.end - word.start > word.letters as usize && dot(bytes, word.end) {
        word.end += 1;
    }
    word.hash = mix(word.hash);
    Some(word)
}

fn grow(text: &str, word: &mut Word) {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(word.end) {
            Some(b) if b.is_ascii_alphanumeric() => {
                if word.letters == 0 {
                    word.capital = b.is_ascii_uppercase();
                } else {
                    word.inner |= b.is_ascii_uppercase();
                }
                word.lower |= b.is_ascii_lowercase();
                word.hash = add(word.hash, b.to_ascii_lowercase());
                word.letters += 1;
                word.end += 1;
            }
            Some(b) if !b.is_ascii() => {
                let Some(c) = text.get(word.end..).and_then(|rest| rest.chars().next()) else {
                    return;
                };
                if !is_word(c) {
                    return;
                }
                if word.letters == 0 {
                    word.capital = c.is_uppercase();
                } else {
                    word.inner |= c.is_uppercase();
                }
                word.lower |= c.is_lowercase();
                let mut buffer = [0; 4];
                let mut hash = word.hash;
                fold(c, |folded| {
                    for byte in folded.encode_utf8(&mut buffer).bytes() {
                        hash = add(hash, byte);
                    }
                });
                word.hash = hash;
                word.letters += u32::from(!is_combining_mark(c));
                word.end += c.len_utf8();
            }
            _ => return,
        }
    }
}

/// How many letters the word has if it is "U", "U.S" and so on, else none.
fn initials(text: &str, word: &Word) -> usize {
    let written = &text.as_bytes()[word.start..word.end];
    let dotted = written.iter().enumerate().all(|(i, b)| match i % 2 {
        0 => b.is_ascii_uppercase(),
        _ => *b == b'.',
    });
    if dotted && written.len() % 2 == 1 { written.len() / 2 + 1 } else { usize::MAX }
}

fn dot(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b'.')
}

/// The capital after a dot, if it stands alone: the `S` of `U.S`, not the `S` of `J.Smith`.
fn dotted_letter(bytes: &[u8], at: usize) -> Option<u8> {
    let letter = *bytes.get(at + 1)?;
    let alone = bytes.get(at + 2).is_none_or(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
    (dot(bytes, at) && letter.is_ascii_uppercase() && alone).then_some(letter)
}

/// Whether two words with this between them may belong to one name.
pub(crate) fn joins(gap: &str, before: &Word) -> bool {
    let mut length = 0;
    let mut dotted = false;
    for c in gap.chars() {
        length += 1;
        match c {
            ' ' | '\u{a0}' | '\n' | '\r' | '-' | '‐' | '‑' | '–' | '\'' | '’' | '‘' | 'ʻ' | '`'
            | '&' | '/' => {}
            '.' => dotted = true,
            _ => return false,
        }
    }
    let blank_line = gap.matches('\n').nth(1).is_some();
    (1..=3).contains(&length) && !blank_line && !(dotted && before.letters > 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<Word> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(word) = next(text, from) {
            from = word.end;
            found.push(word);
        }
        found
    }

    fn same(a: &str, b: &str) -> bool {
        let hashes = |t| words(t).iter().map(|w| w.hash).collect::<Vec<_>>();
        hashes(a) == hashes(b)
    }

    #[test]
    fn spellings_meet() {
        assert!(same("Vučić", "VUCIC"));
        assert!(same("Vuc\u{30c}ic\u{301}", "Vučić"), "decomposed text");
        assert!(same("Đinđić", "Dindic"));
        assert!(same("U.S. Congress", "US Congress"));
        assert!(same("Lech Wałęsa", "Lech Walesa"));
        assert!(!same("Niger", "Nigeria"));
    }

    #[test]
    fn dots_of_initials_belong_to_the_word() {
        let text = "The U.S. and the U.N. met J.Smith. U.";
        let written: Vec<&str> = words(text).iter().map(|w| &text[w.start..w.end]).collect();
        assert_eq!(written, ["The", "U.S.", "and", "the", "U.N.", "met", "J", "Smith", "U"]);
    }

    #[test]
    fn a_full_stop_parts_names_unless_it_marks_a_short_form() {
        let text = "St. Petersburg";
        let first = words(text)[0];
        assert!(joins(". ", &first));
        let text = "China. National";
        assert!(!joins(". ", &words(text)[0]));
        assert!(!joins(", ", &first) && !joins("", &first) && !joins("\n\n", &first));
    }

    proptest! {
        #[test]
        fn words_lie_on_character_boundaries_in_order(text in "\\PC{0,60}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(last <= word.start && word.start < word.end);
                prop_assert!(text.get(word.start..word.end).is_some());
                last = word.end;
            }
        }
    }
}
