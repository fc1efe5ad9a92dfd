//! Sentences and words of raw English text.
//!
//! In goes running text; out comes a bare [`Document`]: words with exact byte offsets, in sentences,
//! without tags or trees. Words follow Universal Dependencies English ("do n't", "Serbia 's",
//! "can not"). A blank line always ends a sentence; the end of a line does so only where the text
//! is not wrapped.

mod atom;
mod ends;
mod hash;
mod lexicon;
mod model;
mod train;
mod words;

pub use model::ModelError;
pub use train::train;

use crate::document::{Document, Sentence, Token};
use crate::tags::{Deprel, Feats, Upos, Xpos};
use ends::{End, Walk};
use hash::Features;
use lexicon::Lexicon;
use model::Model;
use words::{Tokeniser, Word};

/// Finds sentences and words.
#[derive(Debug, Clone, Copy)]
pub struct Segmenter<'m> {
    lexicon: &'m Lexicon,
    model: Model<'m>,
}

impl Segmenter<'static> {
    /// The segmenter inside the program.
    pub fn embedded() -> Segmenter<'static> {
        Segmenter { lexicon: Lexicon::embedded(), model: Model::embedded() }
    }
}

impl<'m> Segmenter<'m> {
    /// A segmenter with the weights of a model file, as [`train`] makes it.
    pub fn read(model: &'m [u8]) -> Result<Segmenter<'m>, ModelError> {
        Ok(Segmenter { lexicon: Lexicon::embedded(), model: Model::read(model)? })
    }

    /// The words and sentences of a text.
    pub fn segment<'t>(&self, text: &'t str) -> Document<'t> {
        let mut tokeniser = Tokeniser::new(text, self.lexicon);
        tokeniser.run(&mut self.model.words.clone());
        let words = tokeniser.words;
        let mut document = Document { text, ..Document::default() };
        document.tokens.reserve(words.len());
        let mut walk = Walk::new(text, &words, self.lexicon);
        let mut features = Features::default();
        let mut first = 0;
        for (i, word) in words.iter().enumerate() {
            let begins = i == 0
                || match walk.certain(i) {
                    End::Yes => true,
                    End::No => false,
                    End::Unsure => {
                        walk.describe(i, &mut features);
                        self.model.sentences.score(&features) > 0
                    }
                };
            if begins && i > first {
                close(&mut document, first);
                first = i;
            }
            walk.step(i, begins);
            document.tokens.push(bare(word, i));
        }
        close(&mut document, first);
        document
    }
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
