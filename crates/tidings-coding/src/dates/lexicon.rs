//! The words that dates are told with, read once from `lexicon/dates`.

use crate::schema::DateKind;
use crate::word_file::{LexiconError, lines};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a lemma says of a date: the classes of `lexicon/dates/words.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A noun that names a kind of date.
    Names(DateKind),
    /// A noun for a day that is what it is whoever acts.
    Occasion,
    /// A noun for a part of what is told after it: "a round of talks".
    Part,
    Demands,
    Sets,
    Ends,
    Votes,
    Meets,
    Holds,
    Fails,
    Fulfils,
    Foretells,
    Befalls,
}

#[derive(Default)]
pub(super) struct Lexicon(HashMap<&'static str, Vec<Class>>);

const WORDS: &str = include_str!("../../../../lexicon/dates/words.txt");

/// The lexicon inside the program; a test proves that every line of it reads.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(WORDS).unwrap_or_default());

impl Lexicon {
    fn read(file: &'static str) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        for line in lines("dates/words.txt", file) {
            let mut words = line.words();
            let name = words.next().unwrap_or_default();
            let known = class(name);
            let class = known.ok_or_else(|| {
                line.wrong(format!("class '{name}' is not known; see the header"))
            })?;
            for word in words {
                lexicon.0.entry(word).or_default().push(class);
            }
        }
        Ok(lexicon)
    }

    /// Whether the lemma is of the class.
    pub fn is(&self, lemma: &str, class: Class) -> bool {
        self.0.get(lemma).is_some_and(|classes| classes.contains(&class))
    }

    /// The kind of date that a noun names.
    pub fn kind(&self, lemma: &str) -> Option<DateKind> {
        self.0.get(lemma)?.iter().find_map(|class| match class {
            Class::Names(kind) => Some(*kind),
            _ => None,
        })
    }
}

fn class(name: &str) -> Option<Class> {
    Some(match name {
        "deadline" => Class::Names(DateKind::Deadline),
        "meeting" => Class::Names(DateKind::Meeting),
        "vote" => Class::Names(DateKind::Vote),
        "hearing" => Class::Names(DateKind::Hearing),
        "expiry" => Class::Names(DateKind::Expiry),
        "occasion" => Class::Occasion,
        "part" => Class::Part,
        "demands" => Class::Demands,
        "sets" => Class::Sets,
        "ends" => Class::Ends,
        "votes" => Class::Votes,
        "meets" => Class::Meets,
        "holds" => Class::Holds,
        "fails" => Class::Fails,
        "fulfils" => Class::Fulfils,
        "foretells" => Class::Foretells,
        "befalls" => Class::Befalls,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_inside_the_program_reads() {
        assert!(Lexicon::read(WORDS).is_ok());
        assert_eq!(LEXICON.kind("referendum"), Some(DateKind::Vote));
        assert!(LEXICON.is("expire", Class::Ends) && LEXICON.is("expire", Class::Fails));
        assert_eq!(LEXICON.kind("harbour"), None);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = Lexicon::read("meets meet\nmeats meat").err().map(|e| e.to_string());
        assert!(error.is_some_and(|e| e.contains("line 2: class 'meats'")));
    }
}
