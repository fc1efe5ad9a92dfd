//! Sentences, tokens, lemmas, tags and Universal Dependencies trees of English text.
//!
//! In goes running text; out comes a [`Document`]: words with byte offsets into that text, each
//! with its universal and Penn part of speech, features, lemma, and its place in the sentence's
//! dependency tree. The models are inside the crate. It knows nothing of politics.

mod annotator;
mod conllu;
mod document;
mod hash;
pub mod lemma;
pub mod network;
pub mod scorer;
pub mod segment;
mod tags;
mod words;

pub use annotator::Annotator;
pub use conllu::{Conllu, ConlluError};
pub use document::{Document, Sentence, Token};
pub use lemma::Lemmatizer;
pub use network::Network;
pub use segment::Segmenter;
pub use tags::{Deprel, Feats, Upos, Xpos};
pub use words::Words;
