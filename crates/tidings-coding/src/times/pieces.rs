//! The words of a sentence cut into pieces: runs of letters, runs of digits, single marks.
//!
//! Treebank tokens keep `2022-08-21` or `8pm` whole and split `10-year`; raw text does as it likes.
//! Cutting every token further makes one grammar serve all of them. What goes in is a sentence of
//! the document, what comes out its pieces with their senses in the lexicon of times.

use super::lexicon::{LEXICON, Sense, Unit};
use tidings_language::Document;

/// A run of letters, a run of digits or a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The token it belongs to.
    pub token: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Word(Option<&'static [Sense]>),
    Digits { value: u32, len: u8 },
    Mark(char),
}

/// The pieces of one sentence.
pub(super) struct Pieces<'d> {
    pub doc: &'d Document<'d>,
    list: Vec<Piece>,
}

impl<'d> Pieces<'d> {
    pub fn new(doc: &'d Document<'d>) -> Self {
        Pieces { doc, list: Vec::new() }
    }

    /// Cuts up a sentence; `false` where nothing in it can belong to a time expression.
    pub fn cut(&mut self, sentence: usize) -> bool {
        self.list.clear();
        let Some(sentence) = self.doc.sentences.get(sentence) else { return false };
        let mut hope = false;
        let mut reached = 0;
        for token in sentence.tokens.clone() {
            let (start, end) = match self.doc.tokens.get(token) {
                // Words of one multi-word token may share their letters.
                Some(t) => ((t.start as usize).max(reached), t.end as usize),
                None => continue,
            };
            let Some(form) = self.doc.text.get(start..end) else { continue };
            reached = end;
            let mut at = 0;
            while let Some(c) = form.get(at..).and_then(|rest| rest.chars().next()) {
                let rest = &form[at..];
                let run = |keep: fn(char) -> bool| {
                    rest.find(|c: char| !keep(c)).map_or(form.len(), |stop| at + stop)
                };
                let (kind, next) = if c.is_alphabetic() {
                    let next = run(char::is_alphabetic);
                    let senses = LEXICON.senses(&form[at..next]);
                    hope |= senses.is_some() || form.eq_ignore_ascii_case("then");
                    (Kind::Word(senses), next)
                } else if c.is_ascii_digit() {
                    hope = true;
                    let next = run(|c| c.is_ascii_digit());
                    let len = (next - at).min(255) as u8;
                    (Kind::Digits { value: form[at..next].parse().unwrap_or(u32::MAX), len }, next)
                } else {
                    (Kind::Mark(c), at + c.len_utf8())
                };
                self.list.push(Piece { start: start + at, end: start + next, token, kind });
                at = next;
            }
        }
        hope
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn get(&self, i: usize) -> Option<&Piece> {
        self.list.get(i)
    }

    pub fn text(&self, i: usize) -> &'d str {
        self.get(i).and_then(|p| self.doc.text.get(p.start..p.end)).unwrap_or_default()
    }

    /// Whether the piece is this word, in any case (`word` in small letters).
    pub fn is(&self, i: usize, word: &str) -> bool {
        self.text(i).eq_ignore_ascii_case(word)
    }

    pub fn is_any(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(i, word))
    }

    pub fn mark(&self, i: usize) -> Option<char> {
        match self.get(i)?.kind {
            Kind::Mark(c) => Some(c),
            _ => None,
        }
    }

    /// A hyphen or a dash.
    pub fn hyphen(&self, i: usize) -> bool {
        matches!(self.mark(i), Some('-' | '\u{2010}' | '\u{2011}' | '\u{2013}'))
    }

    pub fn apostrophe(&self, i: usize) -> bool {
        matches!(self.mark(i), Some('\'' | '\u{2019}' | '\u{2018}'))
    }

    /// Whether nothing stands between this piece and the one before.
    pub fn glued(&self, i: usize) -> bool {
        match (i.checked_sub(1).and_then(|before| self.get(before)), self.get(i)) {
            (Some(before), Some(here)) => before.end == here.start,
            _ => false,
        }
    }

    pub fn digits(&self, i: usize) -> Option<(u32, u8)> {
        match self.get(i)?.kind {
            Kind::Digits { value, len } => Some((value, len)),
            _ => None,
        }
    }

    pub fn capital(&self, i: usize) -> bool {
        self.text(i).starts_with(char::is_uppercase)
    }

    /// The first sense of the piece that `pick` accepts.
    pub fn sense<T>(&self, i: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        match self.get(i)?.kind {
            Kind::Word(Some(senses)) => senses.iter().find_map(|&sense| pick(sense)),
            _ => None,
        }
    }

    pub fn unit(&self, i: usize) -> Option<Unit> {
        self.sense(i, |s| if let Sense::Unit(unit) = s { Some(unit) } else { None })
    }

    /// Whether the unit at `i` is written in the plural.
    pub fn plural(&self, i: usize) -> bool {
        self.text(i).ends_with(['s', 'S']) || self.is(i, "centuries")
    }

    pub fn direction(&self, i: usize) -> Option<i8> {
        self.sense(i, |s| if let Sense::Direction(way) = s { Some(way) } else { None })
    }

    pub fn modifier(&self, i: usize) -> Option<&'static str> {
        self.sense(i, |s| if let Sense::Modifier(value) = s { Some(value) } else { None })
    }

    pub fn portion(&self, i: usize) -> Option<&'static str> {
        self.sense(i, |s| if let Sense::Portion(value) = s { Some(value) } else { None })
    }

    pub fn part(&self, i: usize) -> Option<&'static str> {
        self.sense(i, |s| if let Sense::Part(value) = s { Some(value) } else { None })
    }

    pub fn season_word(&self, i: usize) -> Option<&'static str> {
        self.sense(i, |s| if let Sense::Season(value) = s { Some(value) } else { None })
    }

    pub fn day_word(&self, i: usize) -> Option<i32> {
        self.sense(i, |s| if let Sense::Day(days) = s { Some(days) } else { None })
    }
}
