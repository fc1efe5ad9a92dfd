//! The words of a sentence, as far as two sentences may share them.

use std::collections::BTreeSet;

/// Letters by which two words are one: "withdraw" and "withdrew" share five.
const STEM: usize = 5;

/// The longer words of some text, each cut to its beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(BTreeSet<String>);

impl Words {
    /// The words of four letters and more.
    pub fn of(text: &str) -> Words {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let longer = words.filter(|word| word.chars().nth(3).is_some());
        Words(longer.map(|word| word.chars().take(STEM).collect()).collect())
    }

    /// Adds those of another text.
    pub fn extend(&mut self, other: &Words) {
        self.0.extend(other.0.iter().cloned());
    }

    /// How many both have, but for those of `but`.
    pub fn shared(&self, other: &Words, but: &Words) -> usize {
        self.0.intersection(&other.0).filter(|word| !but.0.contains(*word)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shared_whatever_their_ending() {
        let a = Words::of("Peru withdraws its patrol boats");
        let b = Words::of("The boats of Peru were withdrawn.");
        assert_eq!(a.shared(&b, &Words::default()), 3);
        assert_eq!(a.shared(&b, &Words::of("Peru")), 2);
    }
}
