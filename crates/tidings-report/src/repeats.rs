//! Sentences that say again what an earlier one said.
//!
//! A repeat has the same words, whatever its case, accents, spaces and punctuation; or nearly the
//! same, by the resemblance of shingles (Broder, "On the resemblance and containment of documents",
//! 1997) of two words. Nearly the same words do not make a repeat where they differ in a number, a
//! negation, a name, a month or a day: "3 killed" does not repeat "5 killed". Candidates come from
//! an index over the least shingles of each sentence (prefix filtering: Chaudhuri et al. 2006), so
//! that the work grows with the text and not with its square.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};
use unicode_normalization::char::decompose_canonical;

/// Least resemblance, as a fraction, of near repeats.
const LEAST: (usize, usize) = (3, 4);
/// Sentences with fewer words are repeats only when exact.
const WORDS_FOR_NEAR: usize = 6;
/// Sentences with fewer words ("He agreed.") are repeats only beside another repeat.
const WORDS_FOR_EXACT: usize = 4;
/// The latest sentences with a shingle in common that are looked at.
const CANDIDATES: usize = 16;

/// Words whose change changes the fact: negations, numbers, and names of months and days.
const WEIGHTY: [&str; 69] = [
    "no",
    "not",
    "never",
    "nor",
    "neither",
    "none",
    "without",
    "nobody",
    "t",
    "cannot",
    "denied",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "billion",
    "dozen",
    "dozens",
    "first",
    "second",
    "third",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "half",
];

/// For each sentence, the index of the earlier one it repeats.
///
/// ```
/// let found = tidings_report::repeats(&[
///     "Rebels shelled the port of Calder on Monday.",
///     "Rebels shelled the  port of Calder on Monday!",
///     "Rebels shelled the port of Calder on Tuesday.",
/// ]);
/// assert_eq!(found, [None, Some(0), None]);
/// ```
pub fn repeats(sentences: &[&str]) -> Vec<Option<usize>> {
    let weighty: Vec<u64> = WEIGHTY.iter().map(|w| words(w).iter().map(|w| w.hash).sum()).collect();
    let weighty: std::collections::HashSet<u64> = weighty.into_iter().collect();
    let mut found = vec![None; sentences.len()];
    let mut same: Table<usize> = Table::default();
    let mut index: Table<Vec<usize>> = Table::default();
    let mut read: Vec<Sentence> = Vec::with_capacity(sentences.len());
    for (at, text) in sentences.iter().enumerate() {
        let sentence = Sentence::read(words(text), &weighty);
        if sentence.words.len() >= WORDS_FOR_EXACT {
            match same.entry(sentence.hash()) {
                Entry::Occupied(earlier) => found[at] = Some(*earlier.get()),
                Entry::Vacant(free) => {
                    free.insert(at);
                }
            }
        }
        if found[at].is_none() && sentence.words.len() >= WORDS_FOR_NEAR {
            found[at] = sentence
                .prefix()
                .iter()
                .filter_map(|shingle| index.get(shingle))
                .flat_map(|earlier| earlier.iter().rev().take(CANDIDATES))
                .filter(|&&earlier| sentence.nearly_repeats(&read[earlier]))
                .min()
                .copied();
            if found[at].is_none() {
                for shingle in sentence.prefix() {
                    index.entry(*shingle).or_default().push(at);
                }
            }
        }
        read.push(sentence);
    }
    short_ones(&read, &mut found);
    found
}

/// Short sentences inside a repeated passage: their neighbour repeats the neighbour of their like.
fn short_ones(read: &[Sentence], found: &mut [Option<usize>]) {
    let alike = |at: usize, earlier: usize| {
        let (one, other) = (&read[at].words, &read[earlier].words);
        one.len() < WORDS_FOR_EXACT && !one.is_empty() && one.iter().eq(other.iter())
    };
    for at in 1..found.len() {
        if let (None, Some(before)) = (found[at], found[at - 1])
            && alike(at, before + 1)
        {
            found[at] = Some(before + 1);
        }
    }
    for at in (1..found.len()).rev() {
        if let (Some(after), None) = (found[at], found[at - 1])
            && let Some(earlier) = after.checked_sub(1)
            && alike(at - 1, earlier)
        {
            found[at - 1] = Some(earlier);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    hash: u64,
    /// Whether it is written with a capital, or has a digit: a name or a number.
    marked: bool,
}

struct Sentence {
    words: Vec<Word>,
    /// Distinct shingles in the order of their hashes.
    shingles: Vec<u64>,
    /// Distinct words whose change changes the fact, sorted.
    facts: Vec<u64>,
}

impl Sentence {
    fn read(words: Vec<Word>, weighty: &std::collections::HashSet<u64>) -> Sentence {
        let (mut shingles, mut facts) = (Vec::new(), Vec::new());
        if words.len() >= WORDS_FOR_NEAR {
            shingles = words.windows(2).map(|pair| mix(pair[0].hash, pair[1].hash)).collect();
            facts = words
                .iter()
                .enumerate()
                // The first word is written with a capital in any case.
                .filter(|(at, w)| weighty.contains(&w.hash) || *at > 0 && w.marked)
                .map(|(_, w)| w.hash)
                .collect();
            for list in [&mut shingles, &mut facts] {
                list.sort_unstable();
                list.dedup();
            }
        }
        Sentence { words, shingles, facts }
    }

    fn hash(&self) -> u64 {
        self.words.iter().fold(self.words.len() as u64, |hash, word| mix(hash, word.hash))
    }

    /// The least shingles: two sentences that resemble each other enough share one of these.
    fn prefix(&self) -> &[u64] {
        let length = self.shingles.len();
        &self.shingles[..length - (length * LEAST.0).div_ceil(LEAST.1) + usize::from(length > 0)]
    }

    fn nearly_repeats(&self, earlier: &Sentence) -> bool {
        let common = common(&self.shingles, &earlier.shingles);
        let all = self.shingles.len() + earlier.shingles.len() - common;
        if common * LEAST.1 < all * LEAST.0 {
            return false;
        }
        let said = |fact: &u64, by: &Sentence| by.words.iter().any(|w| w.hash == *fact);
        self.facts.iter().all(|f| said(f, earlier)) && earlier.facts.iter().all(|f| said(f, self))
    }
}

/// How many members two sorted lists share.
fn common(one: &[u64], other: &[u64]) -> usize {
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        shared += usize::from(x == y);
        a += usize::from(x <= y);
        b += usize::from(y <= x);
    }
    shared
}

/// The words of a text without case and accents, as hashes.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut word: Option<Word> = None;
    let mut base = None;
    for c in text.chars() {
        if !c.is_alphanumeric() {
            // Combining marks belong to the word but not to its identity.
            if unicode_normalization::char::canonical_combining_class(c) == 0 {
                words.extend(word.take());
            }
            continue;
        }
        let marked = c.is_numeric() || word.is_none() && c.is_uppercase();
        let word = word.get_or_insert(Word { hash: 0, marked: false });
        word.marked |= marked;
        if c.is_ascii() {
            word.hash = mix(word.hash, u64::from(c.to_ascii_lowercase()));
        } else {
            decompose_canonical(c, |part| {
                base.get_or_insert(part);
            });
            for lower in base.take().unwrap_or(c).to_lowercase() {
                word.hash = mix(word.hash, u64::from(lower));
            }
        }
    }
    words.extend(word);
    words
}

/// One step of a multiply-and-rotate hash (FxHash of the Rust compiler, with a final shift).
fn mix(hash: u64, value: u64) -> u64 {
    let mixed = (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    mixed ^ mixed >> 32
}

/// A table over values that are hashes already.
type Table<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mix(self.0, u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_quotes_and_spaces_do_not_matter() {
        let found = repeats(&[
            "\u{201c}President Vu\u{10d}i\u{107}\u{201d} met envoys in Calder.",
            "Envoys left on Friday night.",
            "\"president Vucic\" met  envoys in Calder",
        ]);
        assert_eq!(found, [None, None, Some(0)]);
    }

    #[test]
    fn near_repeats_are_found_and_lead_to_the_first() {
        let first = "The rebel group shelled the old port of Calder early on Monday, the army said in a statement.";
        let second = "The rebel group shelled the old port of Calder early on Monday, the army said in its statement.";
        assert_eq!(repeats(&[first, second, first]), [None, Some(0), Some(0)]);
    }

    #[test]
    fn another_number_name_day_or_a_negation_is_another_fact() {
        let sentence = "The army said in a short statement that some 12 people of the village were killed on Monday near Calder.";
        for (one, other) in [
            ("12", "13"),
            ("12", "twelve"),
            ("Monday", "Friday"),
            ("Calder", "Norwick"),
            ("were", "were not"),
        ] {
            assert_eq!(
                repeats(&[sentence, &sentence.replace(one, other)]),
                [None, None],
                "{other}"
            );
        }
        let softer = sentence.replace("short", "brief");
        assert_eq!(repeats(&[sentence, &softer]), [None, Some(0)]);
    }

    #[test]
    fn short_sentences_repeat_only_inside_a_repeated_passage() {
        let long = "Police fired into the air near the bridge.";
        let found = repeats(&[
            "It failed.",
            long,
            "He agreed.",
            "Talks went on.",
            "He agreed.",
            "It failed.",
            long,
            "He agreed.",
        ]);
        assert_eq!(found, [None, None, None, None, None, Some(0), Some(1), Some(2)]);
        assert_eq!(repeats(&["", "...", ""]), [None, None, None]);
    }

    #[test]
    fn many_alike_sentences_stay_cheap() {
        let many: Vec<String> = (0..20_000)
            .map(|n| format!("In the district of the river they counted {n} votes for the list of the council."))
            .collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let begun = std::time::Instant::now();
        assert!(repeats(&many).iter().all(Option::is_none));
        assert!(begun.elapsed().as_secs() < 5);
    }
}
