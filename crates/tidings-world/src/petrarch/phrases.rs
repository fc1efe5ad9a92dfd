//! Phrases of one or more words, and the longest that begins at a place.

use std::collections::HashMap;

/// The words behind a phrase's first, and the number of what the phrase names.
type Rest = (Box<[String]>, u32);

/// Phrases by their first word, each with the number of what it names.
#[derive(Debug, Default, Clone)]
pub(super) struct Phrases {
    by_first: HashMap<String, Vec<Rest>>,
}

impl Phrases {
    /// Adds a phrase; of two that are alike the first counts, and what it names comes back.
    pub fn add(&mut self, words: Vec<String>, id: u32) -> Option<u32> {
        let (first, rest) = words.split_first()?;
        let alike = self.by_first.entry(first.clone()).or_default();
        if let Some((_, known)) = alike.iter().find(|(known, _)| **known == *rest) {
            return Some(*known);
        }
        let place = alike.partition_point(|(known, _)| known.len() >= rest.len());
        alike.insert(place, (rest.into(), id));
        None
    }

    /// The longest phrase the words begin with: how many words it has and what it names.
    pub fn longest_at<W: AsRef<str>>(&self, words: &[W]) -> Option<(usize, u32)> {
        let (first, rest) = words.split_first()?;
        let (phrase, id) = self.by_first.get(first.as_ref())?.iter().find(|(phrase, _)| {
            phrase.len() <= rest.len()
                && phrase.iter().zip(rest).all(|(known, word)| known == word.as_ref())
        })?;
        Some((phrase.len() + 1, *id))
    }

    pub fn len(&self) -> usize {
        self.by_first.values().map(Vec::len).sum()
    }
}
