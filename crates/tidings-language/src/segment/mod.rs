//! Sentences and words of raw English text.
//!
//! In goes running text; out comes a bare [`Document`]: words with exact byte offsets, in sentences,
//! without tags or trees. Words follow Universal Dependencies English ("do n't", "Serbia 's",
//! "can not"). A blank line always ends a sentence; the end of a line does so only where the text
//! is not wrapped.

mod atom;
mod hash;
mod lexicon;
mod words;

use crate::document::{Document, Sentence, Token};
use crate::tags::{Deprel, Feats, Upos, Xpos};
use atom::Shape;
use hash::Features;
use lexicon::Lexicon;
use words::{Gap, Judge, Tokeniser, Word};

/// Finds sentences and words.
#[derive(Debug, Clone, Copy)]
pub struct Segmenter<'m> {
    lexicon: &'m Lexicon,
}

struct Guess<'a>(&'a str, &'a Lexicon);

impl Judge for Guess<'_> {
    fn splits(&mut self, at: usize, _: &Features) -> bool {
        let (left, right) = (&self.0[..at], &self.0[at..]);
        let l = left.chars().next_back().unwrap_or(' ');
        let r = right.chars().next().unwrap_or(' ');
        let mut rest = right.chars();
        rest.next();
        let n = rest.next().unwrap_or(' ');
        if r == '.' && l.is_alphanumeric() {
            let word = left.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or("");
            let listed = self.1.abbreviation(hash::Hash::lower(word));
            let initial = word.chars().count() == 1 && l.is_uppercase() || word.contains('.');
            return !(n.is_alphanumeric() || listed != lexicon::Abbreviation::No || initial);
        }
        if l.is_alphanumeric() && r.is_alphanumeric() {
            return false;
        }
        if l.is_numeric() && ",:/.-".contains(r) && n.is_numeric()
            || r.is_numeric() && ",:/.-".contains(l)
        {
            return false;
        }
        if l == '.' && r.is_alphanumeric() || "'’".contains(l) || "'’".contains(r) && n.is_alphabetic() {
            return false;
        }
        true
    }
}

impl Segmenter<'static> {
    /// The segmenter inside the program.
    pub fn embedded() -> Segmenter<'static> {
        Segmenter { lexicon: Lexicon::embedded() }
    }
}

impl Segmenter<'_> {
    /// The words and sentences of a text.
    pub fn segment<'t>(&self, text: &'t str) -> Document<'t> {
        let mut tokeniser = Tokeniser::new(text, self.lexicon);
        tokeniser.run(&mut Guess(text, self.lexicon));
        let words = tokeniser.words;
        let mut document = Document { text, ..Document::default() };
        document.tokens.reserve(words.len());
        let mut first = 0;
        for (i, word) in words.iter().enumerate() {
            if i > first && !word.joined && ends_before(&words, i) {
                close(&mut document, first);
                first = i;
            }
            document.tokens.push(bare(word, i));
        }
        close(&mut document, first);
        document
    }
}

fn ends_before(words: &[Word], i: usize) -> bool {
    if words[i].gap == Gap::Paragraph {
        return true;
    }
    if words[i].gap == Gap::Glued {
        return false;
    }
    let mut k = i - 1;
    while k > 0 && (words[k].shape.is_fence() || words[k].shape == Shape::Apostrophe) {
        k -= 1;
    }
    let starts = matches!(
        words[i].shape,
        Shape::Title | Shape::Upper | Shape::Initial | Shape::Digits | Shape::Quote
            | Shape::OpenQuote | Shape::Apostrophe | Shape::Open | Shape::Compound | Shape::Mixed
    );
    matches!(words[k].shape, Shape::Stop | Shape::Cry | Shape::Ellipsis) && starts
}

/// A token that waits for its tags.
fn bare(word: &Word, index: usize) -> Token {
    Token {
        start: word.start as u32,
        end: word.end as u32,
        joined: word.joined,
        upos: Upos::X,
        xpos: Xpos::Xx,
        feats: Feats::default(),
        head: index as u32,
        deprel: Deprel::Dep,
        lemma: (0, 0),
    }
}

fn close(document: &mut Document<'_>, first: usize) {
    let end = document.tokens.len();
    if let (Some(head), Some(tail)) = (document.tokens.get(first), document.tokens.last()) {
        let (start, stop) = (head.start as usize, tail.end as usize);
        document.sentences.push(Sentence { tokens: first..end, start, end: stop });
    }
}
