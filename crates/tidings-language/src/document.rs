//! The analysed text: plain data that the coding walks over.

use crate::tags::{Deprel, Feats, Upos, Xpos};
use std::ops::Range;

/// One syntactic word. Offsets are bytes into the analysed text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// True if the word is written together with the one before it as one surface token, as `n't`
    /// in "don't" or `'s` in "Serbia's" (a CoNLL-U multi-word token).
    pub joined: bool,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank part of speech.
    pub xpos: Xpos,
    /// Morphological features.
    pub feats: Feats,
    /// Index, in [`Document::tokens`], of the word this one depends on; its own index for a root.
    pub head: u32,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Where the lemma stands in the document's lemma store.
    pub(crate) lemma: (u32, u32),
}

/// One sentence: a run of tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Indices into [`Document::tokens`].
    pub tokens: Range<usize>,
    /// First byte of the first token.
    pub start: usize,
    /// One past the last byte of the last token.
    pub end: usize,
}

/// A text with its sentences, words and trees.
///
/// Words of all sentences stand in one array; heads index into that same array, so a walk never
/// leaves it. Every sentence has exactly one root, and no cycles.
#[derive(Debug, Clone, Default)]
pub struct Document<'t> {
    /// The text that was analysed.
    pub text: &'t str,
    /// Sentences in text order; they never overlap.
    pub sentences: Vec<Sentence>,
    /// All words in text order.
    pub tokens: Vec<Token>,
    pub(crate) lemmas: String,
    /// The vectors of the first words, one after another, each of the same length.
    pub(crate) vectors: Vec<f32>,
    pub(crate) width: usize,
}

impl<'t> Document<'t> {
    /// The word as written.
    pub fn form(&self, token: usize) -> &'t str {
        let t = &self.tokens[token];
        &self.text[t.start as usize..t.end as usize]
    }

    /// The word's lemma, lower-cased except for proper nouns.
    pub fn lemma(&self, token: usize) -> &str {
        let (start, end) = self.tokens[token].lemma;
        &self.lemmas[start as usize..end as usize]
    }

    /// What the network knows of the word where it stands: as many numbers for every word of every
    /// document ([`Network::width`](crate::Network::width)). Empty where no network ran, and for
    /// words past the first 32,768 of a document.
    pub fn vector(&self, token: usize) -> &[f32] {
        let start = token.saturating_mul(self.width);
        self.vectors.get(start..start.saturating_add(self.width)).unwrap_or_default()
    }

    /// The word's head, or `None` for the root of a sentence.
    pub fn head(&self, token: usize) -> Option<usize> {
        let head = self.tokens[token].head as usize;
        (head != token).then_some(head)
    }

    /// The index of the sentence that holds the token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// The words that depend directly on `token`, left to right.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let within = match self.sentences.get(self.sentence_of(token)) {
            Some(sentence) => sentence.tokens.clone(),
            None => 0..0,
        };
        within.filter(move |&i| i != token && self.tokens[i].head as usize == token)
    }

    /// The children whose relation, subtype included, is one of `relations`.
    pub fn children_by<'d>(
        &'d self,
        token: usize,
        relations: &'d [Deprel],
    ) -> impl Iterator<Item = usize> + 'd {
        self.children(token).filter(move |&i| relations.contains(&self.tokens[i].deprel))
    }

    /// All words below and including `token`, in text order.
    pub fn subtree(&self, token: usize) -> Vec<usize> {
        let mut found = vec![token];
        let mut at = 0;
        while at < found.len() {
            found.extend(self.children(found[at]));
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// Bytes from the first to the last word of the subtree.
    pub fn subtree_span(&self, token: usize) -> Range<usize> {
        let words = self.subtree(token);
        self.tokens[words[0]].start as usize..self.tokens[words[words.len() - 1]].end as usize
    }

    /// Whether `ancestor` lies on the way from `token` to its root (or is `token`).
    pub fn dominates(&self, ancestor: usize, mut token: usize) -> bool {
        loop {
            if token == ancestor {
                return true;
            }
            match self.head(token) {
                Some(head) => token = head,
                None => return false,
            }
        }
    }

    pub(crate) fn push_lemma(&mut self, lemma: &str) -> (u32, u32) {
        let start = self.lemmas.len() as u32;
        self.lemmas.push_str(lemma);
        (start, self.lemmas.len() as u32)
    }
}
