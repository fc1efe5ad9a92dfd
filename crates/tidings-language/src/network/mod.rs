//! The tagger and parser: a small neural network, trained in `training/`, run on the CPU.
//!
//! In go the words of a document; out come their tags, features, heads and relations. The weights
//! lie inside the program and are used where they lie. Words of several sentences go through each
//! matrix product together.

mod encoder;
mod features;
mod heads;
mod kernel;
mod place_line;
mod stack;
mod tree;
mod weights;

pub use weights::ModelError;

/// What small networks are made of, for others than the parser.
pub mod parts {
    pub use super::features::fnv;
    pub use super::kernel::{View, gelu, linear};
    pub use super::stack::{Room, Stack};
    pub use super::weights::{Aligned, File, Linear, ModelError, Table};
}

use crate::document::Document;
use crate::tags::Deprel;
use encoder::Encoder;
use heads::{Heads, Reading};
use std::ops::Range;
use std::sync::OnceLock;
use weights::{Aligned, File};

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../../models/parser.bin"));

/// Words that go through the network together: enough to fill a matrix product, few enough that
/// all of it stays in a core's cache.
const TOGETHER: usize = 256;
/// Sentences longer than this are parsed in pieces.
const LONGEST: usize = 256;
/// Words of a document whose vectors are kept: more than any news report has, and 25 MB.
const KEPT: usize = 1 << 15;

/// Tags and parses words.
#[derive(Debug, Default)]
pub struct Network<'m> {
    encoder: Encoder<'m>,
    heads: Heads<'m>,
}

impl Network<'static> {
    /// The network inside the program.
    pub fn embedded() -> &'static Network<'static> {
        static NETWORK: OnceLock<Network<'static>> = OnceLock::new();
        NETWORK.get_or_init(|| Network::read(&EMBEDDED.0).unwrap_or_default())
    }
}

impl<'m> Network<'m> {
    /// A network with the weights of a model file, as `training/export.py` writes it. The bytes
    /// must begin on a border of eight.
    ///
    /// # Errors
    /// [`ModelError`] for a file that is no model, or lacks a part.
    pub fn read(model: &'m [u8]) -> Result<Network<'m>, ModelError> {
        let file = File::open(model)?;
        let encoder = Encoder::read(&file)?;
        let heads = Heads::read(&file, encoder.width)?;
        Ok(Network { encoder, heads })
    }

    /// How many numbers stand in the vector of a word, [`Document::vector`].
    pub fn width(&self) -> usize {
        self.encoder.width
    }

    /// Gives the words of a document their tags, trees and vectors; lemmas stay as they are.
    pub fn parse(&self, document: &mut Document<'_>) {
        if self.encoder.width == 0 {
            return;
        }
        let mut room = (encoder::Room::default(), heads::Room::default());
        let (mut vectors, mut readings) = (Vec::new(), Vec::new());
        let pieces = pieces(document);
        document.vectors.clear();
        document.vectors.reserve(document.tokens.len().min(KEPT) * self.encoder.width);
        document.width = self.encoder.width;
        let mut left = &pieces[..];
        while let Some(first) = left.first() {
            let batch = left.partition_point(|piece| piece.end - first.start <= TOGETHER).max(1);
            let (now, later) = left.split_at(batch);
            left = later;
            let words = first.start..now[now.len() - 1].end;
            let sentences: Vec<Range<usize>> =
                now.iter().map(|p| p.start - words.start..p.end - words.start).collect();
            let forms = words.clone().map(|word| document.form(word));
            self.encoder.encode(forms, &sentences, &mut room.0, &mut vectors);
            readings.clear();
            let width = self.encoder.width;
            if words.end <= KEPT {
                document.vectors.extend_from_slice(&vectors);
            }
            self.heads.read_words(&vectors, width, &sentences, &mut room.1, &mut readings);
            for piece in now {
                let readings = &readings[piece.start - words.start..piece.end - words.start];
                write(document, piece.start, readings);
            }
        }
        join_pieces(document, &pieces);
    }
}

/// Sentences, those too long cut up, and a place line parted from the sentence it stands before.
fn pieces(document: &Document<'_>) -> Vec<Range<usize>> {
    let mut pieces = Vec::with_capacity(document.sentences.len());
    for sentence in &document.sentences {
        let mut words = sentence.tokens.clone();
        if let Some(end) = place_line::end(document, &words) {
            pieces.push(words.start..end);
            words.start = end;
        }
        while words.len() > LONGEST {
            pieces.push(words.start..words.start + LONGEST);
            words.start += LONGEST;
        }
        pieces.push(words);
    }
    pieces
}

fn write(document: &mut Document<'_>, first: usize, readings: &[Reading]) {
    for (at, reading) in readings.iter().enumerate() {
        let token = &mut document.tokens[first + at];
        token.upos = reading.upos;
        token.xpos = reading.xpos;
        token.feats = reading.feats;
        token.head = (first + reading.head.unwrap_or(at)) as u32;
        token.deprel = reading.deprel;
    }
}

/// Hangs the pieces of a sentence on the root of its first, or of the one behind its place line.
fn join_pieces(document: &mut Document<'_>, pieces: &[Range<usize>]) {
    for sentence in 0..document.sentences.len() {
        let words = document.sentences[sentence].tokens.clone();
        let first = pieces.partition_point(|piece| piece.start < words.start);
        let last = pieces.partition_point(|piece| piece.start < words.end);
        if last - first < 2 {
            continue;
        }
        let line = place_line::end(document, &words).is_some();
        let roots: Vec<usize> = words.filter(|&word| document.head(word).is_none()).collect();
        let Some(&main) = roots.get(usize::from(line)) else { continue };
        for &root in roots.iter().filter(|&&root| root != main) {
            let token = &mut document.tokens[root];
            token.head = main as u32;
            token.deprel = if line && root < main { Deprel::Dep } else { Deprel::Parataxis };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Segmenter;

    #[test]
    fn the_model_inside_is_sound() {
        assert_eq!(Network::read(&EMBEDDED.0).err(), None);
    }

    #[test]
    fn a_damaged_model_is_refused() {
        assert_eq!(Network::read(b"something else").err(), Some(ModelError::Foreign));
        for length in [8, 12, 100, 5_000, EMBEDDED.0.len() / 2, EMBEDDED.0.len() - 1] {
            assert!(Network::read(&EMBEDDED.0[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn what_stands_beside_a_sentence_does_not_change_its_tree() {
        let one = "The two ministers met in Vienna on Monday.";
        let many = format!("{one} Talks failed. {one}");
        let parse = |text: &str| -> Vec<String> {
            let mut document = Segmenter::embedded().segment(text);
            Network::embedded().parse(&mut document);
            let start = |s: usize| document.sentences[s].tokens.start;
            let told = |word: usize| {
                let token = document.tokens[word];
                let head = document.head(word).map(|h| h - start(document.sentence_of(word)));
                format!("{} {} {:?} {}", token.upos, token.feats, head, token.deprel)
            };
            (0..document.tokens.len()).map(told).collect()
        };
        let (alone, amid) = (parse(one), parse(&many));
        assert_eq!(alone[..], amid[..alone.len()]);
        assert_eq!(alone[..], amid[amid.len() - alone.len()..]);
    }

    #[test]
    fn every_word_has_a_vector() {
        let text = "shells and ".repeat(300);
        let mut document = Segmenter::embedded().segment(&text);
        assert!(document.vector(0).is_empty());
        Network::embedded().parse(&mut document);
        let width = Network::embedded().width();
        assert!((0..600).all(|word| document.vector(word).len() == width));
        assert_ne!(document.vector(0), document.vector(2), "the edge of the text is in sight");
        assert!(document.vector(600).is_empty() && document.vector(usize::MAX).is_empty());
    }

    #[test]
    fn a_place_line_stays_out_of_the_tree_of_its_sentence() {
        let sentence = "Latvia closed its last two border crossings with Belarus on Friday.";
        let forms = |text: &str| -> Vec<(String, String, Deprel)> {
            let mut document = Segmenter::embedded().segment(text);
            Network::embedded().parse(&mut document);
            let told = |word: usize| {
                let head = document.head(word).map_or("", |head| document.form(head));
                (document.form(word).to_string(), head.to_string(), document.tokens[word].deprel)
            };
            (0..document.tokens.len()).map(told).collect()
        };
        let alone = forms(sentence);
        for line in ["RIGA - ", "RIGA, Sept. 12 (BNS) — ", "Riga, Latvia – "] {
            let whole = forms(&format!("{line}{sentence}"));
            let at = whole.len() - alone.len();
            assert_eq!(whole[at..], alone[..], "{line}");
            assert_eq!(whole.iter().filter(|word| word.2 == Deprel::Root).count(), 1);
        }
    }

    #[test]
    fn endless_sentences_are_one_tree() {
        let text = "shells and ".repeat(1_000);
        let mut document = Segmenter::embedded().segment(&text);
        Network::embedded().parse(&mut document);
        for sentence in &document.sentences {
            let roots = sentence.tokens.clone().filter(|&word| document.head(word).is_none());
            assert_eq!(roots.count(), 1);
            for word in sentence.tokens.clone() {
                assert!(sentence.tokens.contains(&(document.tokens[word].head as usize)));
            }
        }
    }
}
