//! The whole layer in one call.

use crate::document::Document;
use crate::lemma::Lemmatizer;
use crate::network::Network;
use crate::segment::Segmenter;

/// Splits text into sentences and words and gives every word its tags, lemma and place in a tree.
///
/// ```
/// use tidings_language::{Annotator, Deprel};
/// let document = Annotator::embedded().annotate("Serbia's president condemned the decision.");
/// let verb = (0..document.tokens.len()).find(|&word| document.lemma(word) == "condemn").unwrap();
/// let subject = document.children_by(verb, &[Deprel::Nsubj]).next().unwrap();
/// assert_eq!(document.form(subject), "president");
/// ```
#[derive(Debug)]
pub struct Annotator {
    segmenter: Segmenter<'static>,
    network: &'static Network<'static>,
    lemmatizer: &'static Lemmatizer<'static>,
}

impl Annotator {
    /// The models inside the program.
    pub fn embedded() -> Annotator {
        Annotator {
            segmenter: Segmenter::embedded(),
            network: Network::embedded(),
            lemmatizer: Lemmatizer::embedded(),
        }
    }

    /// Sentences, words and trees of a text. Any text will do; an empty one gives none.
    pub fn annotate<'t>(&self, text: &'t str) -> Document<'t> {
        self.tag(self.segmenter.segment(text))
    }

    /// Tags, lemmas and trees for words and sentences that are given; what tags the document has
    /// are not looked at.
    pub fn annotate_words<'t>(&self, words: &Document<'t>) -> Document<'t> {
        self.tag(words.clone())
    }

    fn tag<'t>(&self, mut document: Document<'t>) -> Document<'t> {
        self.network.parse(&mut document);
        self.lemmatizer.lemmatize(&mut document);
        document
    }
}
