//! Copies and light rewrites of a report, by MinHash over shingles of words.
//!
//! A report is the set of its runs of three words. Two reports are copies if their sets share enough
//! (Broder 1997, "On the resemblance and containment of documents"). Which earlier reports are worth
//! comparing is told by bands of their MinHash signatures (Leskovec, Rajaraman & Ullman, "Mining of
//! Massive Datasets", ch. 3): two reports of resemblance J share at least one of `BANDS` bands of
//! `ROWS` rows with the probability 1 − (1 − J^ROWS)^BANDS, which is 0.997 at J = 0.3.

/// Words in a shingle.
const SHINGLE: usize = 3;
const BANDS: usize = 64;
const ROWS: usize = 2;

/// From this resemblance on, two reports are copies.
const RESEMBLANCE: f64 = 0.3;

/// From this share of the shorter report's shingles on, it is an excerpt of the other.
const CONTAINMENT: f64 = 0.6;

/// A report as the set of its shingles, with the bands by which it is found.
#[derive(Debug, Clone)]
pub struct Signature {
    shingles: Vec<u64>,
    /// The bands, as SQLite keeps them: two texts that share one are worth comparing.
    pub bands: Vec<i64>,
}

impl Signature {
    /// The signature of a text. One without a word has no shingle, and resembles nothing.
    pub fn of(text: &str) -> Signature {
        let shingles = shingles(text);
        let bands = if shingles.is_empty() { Vec::new() } else { bands(&shingles) };
        Signature { shingles, bands }
    }

    /// Whether the other text is a copy, a light rewrite or an excerpt, or this one of it.
    pub fn is_copy(&self, other: &str) -> bool {
        let other = shingles(other);
        let shared = shared(&self.shingles, &other) as f64;
        let (less, more) =
            (self.shingles.len().min(other.len()), self.shingles.len().max(other.len()));
        let all = (less + more) as f64 - shared;
        shared >= RESEMBLANCE * all.max(1.0) || shared >= CONTAINMENT * (less as f64).max(20.0)
    }
}

/// How many members two sorted sets share.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut left, mut right, mut shared) = (a.iter().peekable(), b.iter().peekable(), 0);
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                shared += 1;
                left.next();
                right.next();
            }
        }
    }
    shared
}

/// The hashes of the runs of three words, sorted, each once; of a shorter text, of the whole.
fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<u64> = words(text).collect();
    let runs = if words.len() < SHINGLE { words.chunks(SHINGLE) } else { [].chunks(SHINGLE) };
    let mut shingles: Vec<u64> = words
        .windows(SHINGLE)
        .chain(runs)
        .map(|run| run.iter().fold(0, |h, w| mix(h ^ w)))
        .collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// Each word's hash.
fn words(text: &str) -> impl Iterator<Item = u64> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(word_hash)
}

/// The hash of a word's letters and digits in lower case (FNV-1a over them, mixed).
pub(crate) fn word_hash(word: &str) -> u64 {
    let letters = word.chars().flat_map(char::to_lowercase);
    mix(letters.fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(letter)).wrapping_mul(0x100_0000_01b3)
    }))
}

/// A number of a text, the same whatever the case of its letters. SQL knows it as `fingerprint`.
pub(crate) fn fingerprint(text: &str) -> i64 {
    shortened(word_hash(text))
}

/// The lowest 31 bits: what SQLite keeps in four bytes.
fn shortened(hash: u64) -> i64 {
    (hash & 0x7fff_ffff).cast_signed()
}

fn bands(shingles: &[u64]) -> Vec<i64> {
    let mut least = [u64::MAX; BANDS * ROWS];
    let odds: [u64; BANDS * ROWS] = std::array::from_fn(|at| mix(at as u64 + 1) | 1);
    for shingle in shingles {
        for (least, odd) in least.iter_mut().zip(&odds) {
            *least = (*least).min((shingle ^ odd).wrapping_mul(*odd));
        }
    }
    let bands = least.chunks(ROWS).enumerate();
    let key = |(at, rows): (usize, &[u64])| rows.iter().fold(at as u64, |h, row| mix(h ^ row));
    // A band's number takes half the room if it is cut: that two differ and have one number costs a look.
    bands.map(|band| shortened(key(band))).collect()
}

/// The finaliser of MurmurHash3: every bit of the result hangs on every bit of what goes in.
fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Fiji protested on Monday against the arrival of a Tongan survey ship at the \
        reefs. Its foreign minister summoned the high commissioner and demanded that the ship leave \
        by Wednesday. Tonga rejected the demand and said that the reefs had been its own since 1972.";

    fn alike(a: &str, b: &str) -> bool {
        let (a, sign) = (Signature::of(a), Signature::of(b));
        let found = a.bands.iter().zip(&sign.bands).any(|(a, b)| a == b);
        found && a.is_copy(b)
    }

    #[test]
    fn the_same_words_are_a_copy_whatever_stands_between_them() {
        assert!(alike(STORY, &STORY.to_uppercase().replace(' ', "\n")));
    }

    #[test]
    fn a_light_rewrite_is_a_copy() {
        let rewritten = STORY.replace("Monday", "Tuesday").replace("arrival", "coming");
        assert!(alike(STORY, &format!("SUVA, Reuters - {rewritten} Reporting by our desk.")));
    }

    #[test]
    fn another_story_on_the_same_matter_is_none() {
        let other = "A Tongan survey ship at the reefs has angered Fiji, whose foreign minister told \
            reporters that patience was running out. Tonga says it is measuring its own water.";
        assert!(!alike(STORY, other));
    }

    #[test]
    fn texts_of_no_or_few_words_do_no_harm() {
        assert!(!alike("", ""));
        assert!(!alike("—", STORY));
        assert!(alike("Talks failed.", "talks FAILED"));
        assert!(!alike("Talks failed.", "Talks resumed."));
    }
}
