//! The words that figures stand with, read once from `lexicon/quantities`.

use crate::schema::{Bound, QuantityKind};
use crate::word_file::{LexiconError, lines};
use std::collections::HashMap;
use std::sync::LazyLock;

/// One meaning of a word: the classes of `lexicon/quantities/words.txt`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sense {
    Object(QuantityKind),
    Subject(QuantityKind),
    Deploy(QuantityKind),
    Noun(QuantityKind),
    State(QuantityKind),
    Head(QuantityKind),
    Harm,
    Violent,
    Count(f64),
    Scale(f64),
    Number(f64),
    Near(Bound),
}

#[derive(Default)]
pub(super) struct Lexicon(HashMap<&'static str, Vec<Sense>>);

const WORDS: &str = include_str!("../../../../lexicon/quantities/words.txt");

/// The lexicon inside the program; a test proves that every line of it reads.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(WORDS).unwrap_or_default());

impl Lexicon {
    fn read(file: &'static str) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        for line in lines("quantities/words.txt", file) {
            let [word, class, value] = line.columns("the lemma, its class and its value")?;
            let sense = sense(class, value).ok_or_else(|| {
                line.wrong(format!(
                    "class '{class}' with value '{value}' is not known; see the header"
                ))
            })?;
            lexicon.0.entry(word).or_default().push(sense);
        }
        Ok(lexicon)
    }

    /// The senses of a lemma or a form in small letters.
    pub fn senses(&'static self, word: &str) -> &'static [Sense] {
        self.0.get(word).map_or(&[], Vec::as_slice)
    }
}

fn sense(class: &str, value: &str) -> Option<Sense> {
    let kind = || {
        Some(match value {
            "killed" => QuantityKind::Killed,
            "wounded" => QuantityKind::Wounded,
            "arrested" => QuantityKind::Arrested,
            "displaced" => QuantityKind::Displaced,
            "participants" => QuantityKind::Participants,
            "troops" => QuantityKind::Troops,
            _ => return None,
        })
    };
    Some(match class {
        "object" => Sense::Object(kind()?),
        "subject" => Sense::Subject(kind()?),
        "deploy" => Sense::Deploy(kind()?),
        "noun" => Sense::Noun(kind()?),
        "state" => Sense::State(kind()?),
        "head" => Sense::Head(kind()?),
        "harm" => Sense::Harm,
        "violent" => Sense::Violent,
        "count" => Sense::Count(value.parse().ok()?),
        "scale" => Sense::Scale(value.parse().ok()?),
        "number" => Sense::Number(value.parse().ok()?),
        "near" => Sense::Near(match value {
            "about" => Bound::About,
            "least" => Bound::AtLeast,
            "most" => Bound::AtMost,
            _ => return None,
        }),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_inside_the_program_reads() {
        assert!(Lexicon::read(WORDS).is_ok());
        assert!(LEXICON.senses("kill").contains(&Sense::Object(QuantityKind::Killed)));
        assert_eq!(LEXICON.senses("dozens"), &[Sense::Count(24.0)]);
        assert!(LEXICON.senses("parliament").is_empty());
    }

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(Lexicon::read("kill object killed\nmaim").err().map(|e| e.line), Some(2));
        let error = Lexicon::read("kill object dead").err().unwrap();
        assert!(error.to_string().contains("line 1: class 'object' with value 'dead'"));
    }
}
