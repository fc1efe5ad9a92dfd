//! The words that tell the name of a place, read once from `lexicon/places/words.txt`.

use crate::word_file::{LexiconError, lines};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A class of words: see the head of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Class {
    At,
    Toward,
    Passes,
    Compass,
    Calendar,
    County,
    Feature,
    Before,
    Way,
    Numbered,
    Civic,
    Body,
    Title,
    Historic,
    BeforeOf,
    Ground,
    Named,
    Apart,
    AtOnce,
    Seated,
    Settlement,
    Takes,
    Reaches,
    Where,
    Nowhere,
}

/// The classes as the file writes them, in the order of [`Class`].
const CLASSES: [(&str, Class); 25] = [
    ("at", Class::At),
    ("toward", Class::Toward),
    ("passes", Class::Passes),
    ("compass", Class::Compass),
    ("calendar", Class::Calendar),
    ("county", Class::County),
    ("feature", Class::Feature),
    ("before", Class::Before),
    ("way", Class::Way),
    ("numbered", Class::Numbered),
    ("civic", Class::Civic),
    ("body", Class::Body),
    ("title", Class::Title),
    ("historic", Class::Historic),
    ("before_of", Class::BeforeOf),
    ("ground", Class::Ground),
    ("named", Class::Named),
    ("apart", Class::Apart),
    ("at_once", Class::AtOnce),
    ("seated", Class::Seated),
    ("settlement", Class::Settlement),
    ("takes", Class::Takes),
    ("reaches", Class::Reaches),
    ("where", Class::Where),
    ("nowhere", Class::Nowhere),
];

const WORDS: &str = include_str!("../../../../lexicon/places/words.txt");

/// The lexicon inside the program; a test proves that every line of it reads.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(WORDS).unwrap_or_default());

const HOME: &str = include_str!("../../../../lexicon/places/home-words.tsv");

/// Words that reports of a country use of their own affairs, with the codes of the countries.
pub(super) static HOME_WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| {
        let mut words: HashMap<_, Vec<_>> = HashMap::new();
        let rows = HOME.lines().filter(|row| !row.starts_with('#'));
        for (country, column) in rows.filter_map(|row| row.split_once('\t')) {
            for word in column.split(';').map(str::trim) {
                words.entry(word).or_default().push(country);
            }
        }
        words
    });

/// Words with their classes.
#[derive(Default)]
pub(super) struct Lexicon {
    /// A bit for each class.
    words: HashMap<&'static str, u32>,
}

impl Lexicon {
    fn read(file: &'static str) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        for line in lines("places/words.txt", file) {
            let [word, class] = line.columns("the word and its class")?;
            let known = CLASSES.iter().find(|(name, _)| *name == class);
            let (_, class) =
                known.ok_or_else(|| line.wrong(format!("no class '{class}'; see the header")))?;
            *lexicon.words.entry(word).or_default() |= 1 << *class as u32;
        }
        Ok(lexicon)
    }

    /// Whether the word, in small letters, is of the class.
    pub fn is(&self, word: &str, class: Class) -> bool {
        self.words.get(word).is_some_and(|classes| classes & 1 << class as u32 != 0)
    }

    /// The same for a word as it is written.
    pub fn is_written(&self, form: &str, class: Class) -> bool {
        self.is(&form.to_lowercase(), class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_inside_the_program_reads() {
        assert!(Lexicon::read(WORDS).is_ok());
        assert!(LEXICON.is("river", Class::Feature) && !LEXICON.is("river", Class::Way));
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = Lexicon::read("river  feature\nfjord  watery").err().unwrap();
        assert_eq!(
            error.to_string(),
            "lexicon/places/words.txt, line 2: no class 'watery'; see the header"
        );
    }
}
