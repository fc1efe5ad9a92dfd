//! The language layer as the scores use it.

use tidings_language::{Document, Segmenter};

/// What reads raw text.
pub struct Language {
    segmenter: Segmenter<'static>,
}

impl Language {
    /// The layer inside the program.
    pub fn new() -> Language {
        Language { segmenter: Segmenter::embedded() }
    }

    /// Whether words get tags and trees.
    pub fn has_trees(&self) -> bool {
        false
    }

    /// Raw text to sentences, words and trees.
    pub fn annotate<'t>(&self, text: &'t str) -> Document<'t> {
        self.segmenter.segment(text)
    }

    /// Tags and trees over words that are given.
    pub fn annotate_tokens<'t>(&self, _words: &Document<'t>) -> Option<Document<'t>> {
        None
    }
}
