//! Sentences: before which words one begins.
//!
//! A blank line is certain. The end of a line counts as a space where the line was broken because
//! the next word would not fit, else as the end of a heading or list item. All else is left to a
//! linear model over the words on both sides, in the manner of Gillick (2009), with the state of the
//! sentence so far, so that sentences without a full stop (headings, mail) are found too.

use super::atom::Shape;
use super::lexicon::{Abbreviation, Lexicon};
use super::words::{Gap, Word};
use crate::hash::{Features, Hash};

/// Lines longer than this were not broken by hand or by an editor.
const WIDEST_WRAP: usize = 120;
/// Lines shorter than this are no running text.
const NARROWEST_WRAP: usize = 40;

/// Most words looked at for the beginning of a bracket.
const BRACKET: usize = 20;
/// Most words of a dateline with its dash: "GENEVA, Switzerland (AP) —".
const DATELINE: usize = 10;

/// What is known without the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A sentence begins here.
    Yes,
    /// None does.
    No,
    /// The model decides.
    Unsure,
}

/// The walk over the words of a text, sentence by sentence.
#[derive(Debug)]
pub struct Walk<'a> {
    text: &'a str,
    words: &'a [Word],
    lexicon: &'a Lexicon,
    /// First word of the sentence under way.
    first: usize,
    /// Quotation marks and brackets open in it.
    quotes: u32,
    brackets: u32,
    /// Whether the last sentence that the text left to the model ended with a mark.
    marked: bool,
    /// The end of the paragraph under way, its widest line, and whether it ends with a mark.
    paragraph: usize,
    widest: usize,
    closed: bool,
    /// The next word at or after here that is a mark ending a sentence.
    stop: usize,
}

impl<'a> Walk<'a> {
    /// A walk at the beginning of the text.
    pub fn new(text: &'a str, words: &'a [Word], lexicon: &'a Lexicon) -> Self {
        Walk {
            text,
            words,
            lexicon,
            first: 0,
            quotes: 0,
            brackets: 0,
            marked: true,
            paragraph: 0,
            widest: 0,
            closed: true,
            stop: 0,
        }
    }

    fn word(&self, at: usize) -> Word {
        self.words.get(at).copied().unwrap_or(EDGE)
    }

    /// Steps over word `i`, which begins a sentence or not.
    pub fn step(&mut self, i: usize, begins: bool) {
        if begins {
            if i > 0 {
                self.marked = self.mark(i).0 != Shape::None;
            }
            self.first = i;
            self.quotes = 0;
            self.brackets = 0;
        }
        match self.words[i].shape {
            Shape::Open => self.brackets += 1,
            Shape::Close => self.brackets = self.brackets.saturating_sub(1),
            Shape::OpenQuote => self.quotes += 1,
            Shape::CloseQuote => self.quotes = self.quotes.saturating_sub(1),
            Shape::Quote => self.quotes = u32::from(self.quotes == 0),
            _ => {}
        }
        if i >= self.paragraph {
            self.enter(i);
        }
        if i >= self.stop {
            let ends =
                |word: &Word| matches!(word.shape, Shape::Stop | Shape::Cry | Shape::Ellipsis);
            let ahead = &self.words[(i + 1).min(self.words.len())..self.paragraph];
            self.stop = i + 1 + ahead.iter().position(ends).unwrap_or(ahead.len());
        }
    }

    /// Looks ahead over the paragraph that begins at word `i`.
    fn enter(&mut self, i: usize) {
        let rest = &self.words[i + 1..];
        let length = rest.iter().position(|word| word.gap == Gap::Paragraph);
        self.paragraph = i + 1 + length.unwrap_or(rest.len());
        self.closed = self.mark(self.paragraph).0 != Shape::None;
        self.widest = 0;
        let mut line = self.words[i].start;
        for k in i + 1..=self.paragraph {
            if k == self.paragraph || self.words[k].gap == Gap::Line {
                self.widest = self.widest.max(self.words[k - 1].end - line);
                line = self.word(k).start;
            }
        }
    }

    /// The mark that ends what stands before word `i`, looking through closing quotation marks and
    /// brackets, and how many of those there are. A word that ends in a full stop counts as `Compound`.
    fn mark(&self, i: usize) -> (Shape, usize) {
        let mut at = i;
        while at > 0 && i - at < 4 {
            let word = &self.words[at - 1];
            match word.shape {
                Shape::Stop | Shape::Cry | Shape::Ellipsis => return (word.shape, i - at),
                Shape::Close | Shape::CloseQuote | Shape::Quote | Shape::Apostrophe => at -= 1,
                _ if word.end - word.start > 1
                    && self.text.as_bytes().get(word.end - 1) == Some(&b'.') =>
                {
                    return (Shape::Compound, i - at);
                }
                _ => return (Shape::None, i - at),
            }
        }
        (Shape::None, i - at)
    }

    /// What is certain about word `i`.
    pub fn certain(&self, i: usize) -> End {
        let (before, word) = (self.words[i - 1], self.words[i]);
        match word.gap {
            Gap::Paragraph => return End::Yes,
            Gap::Line if !self.wrapped(i) => {
                let goes_on = word.shape == Shape::Lower || before.shape == Shape::Comma;
                return if goes_on { End::No } else { End::Yes };
            }
            _ => {}
        }
        if word.joined || before.shape == Shape::Comma || word.shape == Shape::Comma {
            return End::No;
        }
        if word.gap == Gap::Glued
            && !matches!(self.mark(i).0, Shape::Stop | Shape::Cry | Shape::Ellipsis)
        {
            return End::No;
        }
        let dateline = before.shape == Shape::Dash && i - self.first <= DATELINE;
        if dateline && matches!(self.words[self.first].shape, Shape::Upper | Shape::Title) {
            return End::No;
        }
        if before.shape == Shape::Close && self.interrupts(i) {
            return End::No;
        }
        if word.shape == Shape::Lower && before.shape.is_word() {
            return End::No;
        }
        End::Unsure
    }

    /// Whether the bracket that closes before word `i` was opened in mid-sentence and holds no end
    /// of one: "the [Islamic] State".
    fn interrupts(&self, i: usize) -> bool {
        let from = self.first.max(i.saturating_sub(BRACKET));
        let open = self.words[from..i].iter().rposition(|word| word.shape == Shape::Open);
        let open = open.map(|at| at + from);
        match open {
            Some(open) if open > self.first => {
                self.mark(open).0 == Shape::None && self.mark(i).0 == Shape::None
            }
            _ => false,
        }
    }

    /// Whether the line before word `i` ended because the word did not fit.
    fn wrapped(&self, i: usize) -> bool {
        let line = (self.first..i).rev().find(|&k| self.words[k].gap >= Gap::Line);
        let start = self.words[line.unwrap_or(self.first)].start;
        let length = self.words[i - 1].end - start;
        let chunk = self.words[i..].iter().skip(1).take_while(|word| word.gap == Gap::Glued).last();
        let end = chunk.map_or(self.words[i].end, |word| word.end);
        (NARROWEST_WRAP..=WIDEST_WRAP).contains(&self.widest)
            && length + 1 + (end - self.words[i].start) > self.widest
    }

    /// The features of word `i` as the first of a sentence.
    pub fn describe(&self, i: usize, out: &mut Features) {
        let (p, n) = (self.word(i.wrapping_sub(1)), self.words[i]);
        let pp = if i > self.first + 1 { self.word(i - 2) } else { EDGE };
        let nn = if i + 1 < self.paragraph { self.word(i + 1) } else { EDGE };
        let n3 = if i + 2 < self.paragraph { self.word(i + 2) } else { EDGE };
        let shape = |word: Word| Hash(word.shape as u64 + 1);
        let long = |word: Word| shape(word).with((word.end - word.start).min(6) as u64);
        let (mark, closers) = self.mark(i);
        let end = self.word(i - 1 - closers.min(i - 1));
        let mark = Hash(mark as u64 + 1).with(closers.min(3) as u64);
        let listed = match self.text.get(end.start..end.end.saturating_sub(1)) {
            Some(stem) if end.shape == Shape::Compound => {
                self.lexicon.abbreviation(Hash::lower(stem))
            }
            _ => Abbreviation::No,
        };
        let listed = Hash(listed as u64);
        let length = Hash(bucket(i - self.first));
        let ahead = Hash(bucket(self.stop.min(self.paragraph).saturating_sub(i)));
        let open = Hash(u64::from(self.quotes.min(1) + 2 * self.brackets.min(1)));
        let style = Hash(u64::from(self.marked) + 2 * u64::from(self.closed));
        let glued = Hash(u64::from(n.gap == Gap::Glued));
        let first = self.word(self.first);
        let (sp, sn) = (shape(p), shape(n));
        out.clear();
        out.add(mark);
        out.add(mark.and(sn));
        out.add(mark.and(sn).and(glued));
        out.add(mark.and(n.hash));
        out.add(mark.and(n.hash).and(sn));
        out.add(mark.and(sn).and(open));
        out.add(mark.and(sn).and(length));
        out.add(mark.and(sn).and(ahead));
        out.add(mark.and(sn).and(style));
        out.add(mark.and(sn).and(shape(nn)));
        out.add(mark.and(sn).and(nn.hash));
        out.add(mark.and(sp).and(sn).and(shape(nn)));
        out.add(mark.and(end.hash).and(sn));
        out.add(mark.and(listed).and(sn));
        out.add(mark.and(listed).and(n.hash));
        out.add(mark.and(listed).and(sn).and(shape(pp)));
        out.add(p.hash.and(sn));
        out.add(p.hash.and(n.hash));
        out.add(sp.and(n.hash));
        out.add(sp.and(sn).and(length).and(style));
        out.add(sp.and(sn).and(ahead).and(style));
        out.add(sp.and(sn).and(length).and(ahead));
        out.add(pp.hash.and(p.hash).and(sn));
        out.add(pp.hash.and(sp).and(sn));
        out.add(shape(pp).and(sp).and(sn).and(shape(nn)));
        out.add(shape(pp).and(sp).and(sn).and(shape(nn)).and(shape(n3)));
        out.add(n.hash.and(nn.hash));
        out.add(sn.and(nn.hash));
        out.add(long(p).and(n.hash));
        out.add(long(end).and(mark).and(sn));
        out.add(shape(first).and(sp).and(sn).and(length));
        out.add(first.hash.and(sp).and(sn));
        out.add(first.hash.and(length).and(mark));
        out.add(Hash(bucket(self.paragraph - i)).and(sp).and(sn).and(style));
        out.add(p.hash.and(length).and(sn));
        out.add(open.and(sp).and(sn));
        out.add(style.and(p.hash).and(sn));
        out.add(style.and(sp).and(n.hash));
    }
}

const EDGE: Word = Word {
    start: 0,
    end: 0,
    joined: false,
    gap: Gap::Glued,
    hash: Hash::EMPTY,
    shape: Shape::None,
};

/// Coarse steps of a length.
fn bucket(length: usize) -> u64 {
    match length {
        0..=4 => length as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=39 => 9,
        _ => 10,
    }
}
