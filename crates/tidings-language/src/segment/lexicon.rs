//! The word lists of the tokeniser, from `lexicon/language`: abbreviations and contractions.

use crate::hash::Hash;
use std::sync::OnceLock;

const ABBREVIATIONS: &str = include_str!("../../../../lexicon/language/abbreviations.txt");
const CONTRACTIONS: &str = include_str!("../../../../lexicon/language/contractions.txt");

/// How an abbreviation behaves before a full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Abbreviation {
    /// Not in the list.
    No,
    /// Always followed by a name.
    Title,
    /// Stands before or inside a name or number.
    Name,
    /// May end a sentence.
    End,
}

/// Word lists looked up by the hash of the lower-cased word.
#[derive(Debug)]
pub struct Lexicon {
    abbreviations: Vec<(Hash, Abbreviation)>,
    contractions: Vec<(Hash, usize)>,
}

impl Lexicon {
    /// The lists inside the program.
    pub fn embedded() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon::parse(ABBREVIATIONS, CONTRACTIONS))
    }

    fn parse(abbreviations: &str, contractions: &str) -> Lexicon {
        let mut lexicon = Lexicon { abbreviations: Vec::new(), contractions: Vec::new() };
        for line in entries(abbreviations) {
            let Some((kind, words)) = line.split_once(':') else { continue };
            let kind = match kind {
                "title" => Abbreviation::Title,
                "name" => Abbreviation::Name,
                _ => Abbreviation::End,
            };
            let words = words.split_whitespace().map(|word| (Hash::lower(word), kind));
            lexicon.abbreviations.extend(words);
        }
        for line in entries(contractions) {
            let Some((left, right)) = line.split_once(' ') else { continue };
            let mut hash = Hash::lower(left);
            right.chars().for_each(|c| hash.push_lower(c));
            lexicon.contractions.push((hash, left.len()));
        }
        lexicon.abbreviations.sort_by_key(|entry| entry.0);
        lexicon.abbreviations.dedup_by_key(|entry| entry.0);
        lexicon.contractions.sort_by_key(|entry| entry.0);
        lexicon
    }

    /// How the word with this hash behaves before a full stop.
    pub fn abbreviation(&self, word: Hash) -> Abbreviation {
        match self.abbreviations.binary_search_by_key(&word, |entry| entry.0) {
            Ok(at) => self.abbreviations[at].1,
            Err(_) => Abbreviation::No,
        }
    }

    /// After how many bytes the word with this hash is to be split, if it is.
    pub fn contraction(&self, word: Hash) -> Option<usize> {
        let at = self.contractions.binary_search_by_key(&word, |entry| entry.0).ok()?;
        Some(self.contractions[at].1)
    }
}

fn entries(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
