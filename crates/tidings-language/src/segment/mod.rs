//! Sentences and words of raw English text.
//!
//! In goes running text; out comes a bare [`Document`]: words with exact byte offsets, in sentences,
//! without tags or trees. Words follow Universal Dependencies English ("do n't", "Serbia 's",
//! "can not"). A blank line always ends a sentence; the end of a line does so only where the text
//! is not wrapped.

mod atom;
mod ends;
mod lexicon;
mod model;
mod train;
mod words;

pub use model::ModelError;
pub use train::train;

use crate::document::{Document, Sentence, Token};
use crate::hash::Features;
use crate::tags::{Deprel, Feats, Upos, Xpos};
use ends::{End, Walk};
use lexicon::Lexicon;
use model::Model;
use words::{Tokeniser, Word};

/// Finds sentences and words.
#[derive(Debug, Clone, Copy)]
pub struct Segmenter<'m> {
    lexicon: &'m Lexicon,
    model: Model<'m>,
}

/// No sentence has more words: text without any full stop is cut here, for walks over a sentence take
/// time by its square.
const LONGEST: usize = 500;

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
                || i - first == LONGEST
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        let document = Segmenter::embedded().segment(text);
        (0..document.tokens.len()).map(|i| document.form(i)).collect()
    }

    fn sentences(text: &str) -> Vec<&str> {
        let document = Segmenter::embedded().segment(text);
        document.sentences.iter().map(|s| &text[s.start..s.end]).collect()
    }

    #[test]
    fn clitics_are_words_of_their_own() {
        let document = Segmenter::embedded().segment("Georgia’s envoy didn't sign; he cannot.");
        let forms: Vec<_> = (0..document.tokens.len()).map(|i| document.form(i)).collect();
        let expected =
            ["Georgia", "’s", "envoy", "did", "n't", "sign", ";", "he", "can", "not", "."];
        assert_eq!(forms, expected);
        let joined: Vec<_> = document.tokens.iter().filter(|t| t.joined).map(|t| t.start).collect();
        assert_eq!(joined, [7, 21, 37]);
    }

    #[test]
    fn hyphens_split_compounds_but_not_prefixes() {
        assert_eq!(words("a UN-brokered truce")[1..4], ["UN", "-", "brokered"]);
        assert_eq!(words("two-and-a-half years").len(), 8);
        assert_eq!(words("an anti-war rally")[1..], ["anti-war", "rally"]);
    }

    #[test]
    fn money_numbers_and_addresses_are_kept_whole() {
        assert_eq!(words("$2.5 million, up 40%"), ["$", "2.5", "million", ",", "up", "40", "%"]);
        assert_eq!(
            words("Write to desk@example.org today"),
            ["Write", "to", "desk@example.org", "today"]
        );
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        let text = "Gen. Petrov met Mr. Ilic. They spoke for an hour.";
        assert_eq!(sentences(text), ["Gen. Petrov met Mr. Ilic.", "They spoke for an hour."]);
    }

    #[test]
    fn a_quotation_mark_stays_with_the_sentence_it_closes() {
        let text = "“We will not leave.” The minister then left.";
        assert_eq!(sentences(text), ["“We will not leave.”", "The minister then left."]);
        let text = "He said no. \"Talks failed,\" he added.";
        assert_eq!(sentences(text), ["He said no.", "\"Talks failed,\" he added."]);
    }

    #[test]
    fn a_dateline_belongs_to_its_sentence() {
        let text = "TIRANA, Albania (AP) — Police fired tear gas on Monday.";
        assert_eq!(sentences(text), [text]);
    }

    #[test]
    fn brackets_in_mid_sentence_end_nothing() {
        let text = "He called the [Northern] Alliance a friend.";
        assert_eq!(sentences(text), [text]);
    }

    #[test]
    fn blank_lines_end_sentences_and_wrapped_lines_do_not() {
        let text = "Truce holds\n\nThe two armies kept to their lines on Tuesday and the\n\
                    Red Cross moved the wounded out of the besieged city.\n";
        let found = sentences(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0], "Truce holds");
    }

    #[test]
    fn a_short_line_is_a_heading() {
        let text = format!("Truce holds\n{}.", "The armies kept to their lines ".repeat(6).trim());
        assert_eq!(sentences(&text)[0], "Truce holds");
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(words("").is_empty());
        assert!(words(" \n\0\u{feff}\u{200b} ").is_empty());
    }

    proptest! {
        #[test]
        fn words_cover_the_text_in_order(
            text in "([a-zA-Z0-9 .,'’\"“”()\\-/\n@:!?$%…—]|\\PC|[\0-\x1f\u{300}\u{feff}\u{200d}\u{2028}]){0,80}"
        ) {
            let document = Segmenter::embedded().segment(&text);
            let mut at = 0;
            for token in &document.tokens {
                let (start, end) = (token.start as usize, token.end as usize);
                prop_assert!(at <= start && start < end);
                prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
                prop_assert!(text[at..start].chars().all(atom::is_space));
                at = end;
            }
            prop_assert!(text[at..].chars().all(atom::is_space));
            let mut next = 0;
            for sentence in &document.sentences {
                prop_assert_eq!(sentence.tokens.start, next);
                prop_assert!(sentence.tokens.end > next);
                next = sentence.tokens.end;
            }
            prop_assert_eq!(next, document.tokens.len());
        }
    }

    #[test]
    fn very_long_words_take_linear_time() {
        for piece in ["a", "a-", "\u{301}", "(", ".", "'", "\u{1f468}\u{200d}", "a\n", "U."] {
            let text = piece.repeat(50_000);
            let document = Segmenter::embedded().segment(&text);
            reaches_the_end(&document);
        }
    }

    #[test]
    fn text_without_full_stops_is_cut_into_sentences_of_bounded_length() {
        let text = "and the shells fell ".repeat(1_000);
        let document = Segmenter::embedded().segment(&text);
        assert!(document.sentences.iter().all(|s| s.tokens.len() <= LONGEST));
        reaches_the_end(&document);
    }

    fn reaches_the_end(document: &Document<'_>) {
        let last = document.tokens.last().map_or(0, |token| token.end as usize);
        assert_eq!(last, document.text.trim_end().len());
    }

    #[test]
    fn a_damaged_model_is_refused() {
        assert!(Segmenter::read(b"TSEGMENT\x05").is_err());
        assert!(Segmenter::read(b"something else").is_err());
    }
}
