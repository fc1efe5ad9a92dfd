//! The language layer as the scores use it.

use tidings_language::{Annotator, Document};

/// What reads raw text.
pub struct Language {
    annotator: Annotator,
}

impl Language {
    /// The layer inside the program.
    pub fn new() -> Language {
        Language { annotator: Annotator::embedded() }
    }

    /// Raw text to sentences, words and trees.
    pub fn annotate<'t>(&self, text: &'t str) -> Document<'t> {
        self.annotator.annotate(text)
    }

    /// Tags and trees over words that are given.
    pub fn annotate_words<'t>(&self, words: &Document<'t>) -> Document<'t> {
        self.annotator.annotate_words(words)
    }
}
