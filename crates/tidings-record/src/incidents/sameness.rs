//! Whether two mentions of acts are of one happening, by their words alone.
//!
//! A mention is the words of an act (its trigger), those next to it, its sentence and its report. How alike two
//! mentions are in each goes to a small learned net (`models/sameness.md`), and a probability comes out. Alikeness
//! of words is the cosine of their tf-idf (Spärck Jones 1972), and that of the mean of their vectors
//! ([`Words`]). The features are those of the surface models of cross-document event coreference (Barhom et al. 2019
//! tell of them); no large encoder runs.
//!
//! ```
//! use tidings_record::incidents::{Mention, Story, sameness};
//! let first = "Gunmen killed four farmers in the village of Dolna on Friday.";
//! let second = "Four farmers were shot dead by gunmen in Dolna.";
//! let other = "The central bank raised its rates on Friday.";
//! let of = |text: &str, act: &str| {
//!     let start = text.find(act).unwrap_or_default();
//!     Mention::new(text, start..start + act.len(), Story::new(text.len() as i64, text))
//! };
//! let killed = of(first, "killed");
//! assert!(sameness(&killed, &of(second, "shot dead")) > sameness(&killed, &of(other, "raised")));
//! ```

use crate::copies::word_hash;
use std::ops::Range;
use std::sync::{Arc, LazyLock};
use tidings_language::Words;
use tidings_language::scorer::{Features, Room, Scorer, logistic};

static MODEL: &[u8] = include_bytes!("../../../../models/sameness.bin");
static SCORER: LazyLock<Scorer<'static>> =
    LazyLock::new(|| Scorer::read(MODEL).unwrap_or_default());

/// Words no rarer than this stand in any text.
const COMMON: f32 = 1.1;
/// Words before and after an act that tell of its parties.
const BESIDE: usize = 5;

/// Words without their order: which there are, and what they mean together.
#[derive(Debug, Clone)]
pub struct Bag {
    /// Hashes of the words, sorted, with their weights; of the length 1.
    terms: Vec<(u64, f32)>,
    /// The weighted mean of the words' vectors, of the length 1.
    meaning: [f32; Words::DIMENSIONS],
}

impl Default for Bag {
    fn default() -> Bag {
        Bag { terms: Vec::new(), meaning: [0.0; Words::DIMENSIONS] }
    }
}

impl Bag {
    /// The bag of a text.
    pub fn of(text: &str) -> Bag {
        words(text).collect()
    }

    /// The cosine of the words, 0 to 1.
    pub fn shared(&self, other: &Bag) -> f32 {
        let (mut a, mut b) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        let mut sum = 0.0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    sum += x.1 * y.1;
                    a.next();
                    b.next();
                }
            }
        }
        sum
    }

    /// The cosine of the meanings, −1 to 1; 0 where there is none.
    fn alike(&self, other: &Bag) -> f32 {
        self.meaning.iter().zip(&other.meaning).map(|(a, b)| a * b).sum()
    }
}

/// From words in lower case. Common ones are left out.
impl FromIterator<String> for Bag {
    fn from_iter<I: IntoIterator<Item = String>>(given: I) -> Bag {
        let table = Words::embedded();
        let mut bag = Bag::default();
        for word in given {
            let rarity = table.rarity(&word);
            if rarity <= COMMON {
                continue;
            }
            bag.terms.push((word_hash(&word), rarity));
            for (sum, &cell) in bag.meaning.iter_mut().zip(table.vector(&word).unwrap_or_default())
            {
                *sum += rarity * f32::from(cell);
            }
        }
        bag.terms.sort_unstable_by_key(|term| term.0);
        let mut count = 1.0;
        bag.terms.dedup_by(|next, kept| {
            let again = next.0 == kept.0;
            count = if again { count + 1.0 } else { 1.0 };
            if again {
                // The weight of the n-th mention brings the sum to (1 + ln n) times the rarity.
                kept.1 += next.1 * (f32::ln(count) - f32::ln(count - 1.0));
            }
            again
        });
        unit(bag.terms.iter_mut().map(|term| &mut term.1));
        unit(bag.meaning.iter_mut());
        bag
    }
}

fn unit<'c>(cells: impl Iterator<Item = &'c mut f32>) {
    let cells: Vec<&mut f32> = cells.collect();
    let length = cells.iter().map(|cell| **cell * **cell).sum::<f32>().sqrt();
    for cell in cells {
        *cell /= length.max(1e-9);
    }
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

/// The report in which an act is told.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// Which one it is.
    pub report: i64,
    /// The words with which it begins.
    pub words: Arc<Bag>,
}

impl Story {
    /// The report of a number that begins with these words.
    pub fn new(report: i64, beginning: &str) -> Story {
        Story { report, words: Arc::new(Bag::of(beginning)) }
    }
}

/// One telling of an act.
#[derive(Debug, Clone, Default)]
pub struct Mention {
    act: Bag,
    /// The words of the act without their endings.
    stems: Vec<String>,
    /// Of the rarest word of the act.
    rarity: f32,
    beside: Bag,
    sentence: Bag,
    story: Story,
}

impl Mention {
    /// The mention of the act that stands at some bytes of a sentence, in a report.
    pub fn new(sentence: &str, act: Range<usize>, story: Story) -> Mention {
        let part = |range: Range<usize>| sentence.get(range).unwrap_or_default();
        let (before, told) = (part(0..act.start), part(act.clone()));
        let after = part(act.end..sentence.len());
        let told: Vec<String> = words(told).collect();
        let rarity = |word: &String| Words::embedded().rarity(word);
        let stems =
            told.iter().filter(|word| rarity(word) > COMMON).map(|word| stem(word).to_string());
        Mention {
            stems: stems.collect(),
            rarity: told.iter().map(rarity).fold(0.0, f32::max),
            beside: words(before).rev().take(BESIDE).chain(words(after).take(BESIDE)).collect(),
            sentence: words(before).chain(words(after)).collect(),
            act: told.into_iter().collect(),
            story,
        }
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.act.terms.is_empty() && self.sentence.terms.is_empty()
    }

    /// The stem of the act's last word that is not a common one; empty if all are.
    pub fn stem(&self) -> String {
        self.stems.last().cloned().unwrap_or_default()
    }

    /// How alike the sentences of two mentions are, but for the acts, 0 to 1.
    pub fn shared(&self, other: &Mention) -> f32 {
        self.sentence.shared(&other.sentence)
    }

    /// The number of its report.
    pub fn report(&self) -> i64 {
        self.story.report
    }

    /// How alike the reports of two mentions are, 0 to 1.
    pub fn topic(&self, other: &Mention) -> f32 {
        self.story.words.shared(&other.story.words)
    }
}

/// The probability that two mentions are of one happening.
pub fn sameness(a: &Mention, b: &Mention) -> f32 {
    let mut room = Room::default();
    let scores = SCORER.scores(&features(a, b), &mut room);
    scores.first().map_or(0.0, |&score| logistic(score))
}

/// What the net looks at.
pub fn features(a: &Mention, b: &Mention) -> Features {
    let yes = |holds: bool| f32::from(u8::from(holds));
    let same = a.stems.iter().any(|stem| b.stems.contains(stem));
    let kin = !same && a.stems.iter().any(|x| b.stems.iter().any(|y| kindred(x, y)));
    let act = if same { 1.0 } else { a.act.alike(&b.act) };
    let same = yes(same);
    let report = a.topic(b);
    let sentence = a.sentence.shared(&b.sentence);
    let beside = a.beside.shared(&b.beside);
    let (beside_like, sentence_like) = (a.beside.alike(&b.beside), a.sentence.alike(&b.sentence));
    let one_report = a.story.report == b.story.report;
    let mut features = Features::default();
    features.dense(&[
        same,
        yes(kin),
        report,
        sentence,
        beside,
        same * (a.rarity + b.rarity) / 10.0,
        (a.rarity + b.rarity) / 10.0,
        yes(one_report),
        yes(one_report && sentence > 0.8),
        sentence.sqrt(),
        report.sqrt(),
        act,
        beside_like,
        sentence_like,
        a.story.words.alike(&b.story.words),
        same * report,
        same * sentence,
        same * beside,
        act * report,
        act * sentence,
        act * beside,
        act * beside_like,
        act * sentence_like,
        (act - 0.5).max(0.0),
    ]);
    features
}

/// How many numbers [`features`] gives.
pub const FEATURES: usize = 24;

/// A word without the endings of verbs and plurals.
fn stem(word: &str) -> &str {
    let ending = |ending: &str| word.len() >= ending.len() + 3 && word.ends_with(ending);
    match ["ings", "ing", "edly", "ed", "es", "s", "d"].iter().find(|e| ending(e)) {
        Some(ending) => &word[..word.len() - ending.len()],
        None => word,
    }
}

/// Whether two stems begin with the same four letters and half of the longer: "explo-sion", "explo-de".
fn kindred(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    shared >= 4 && 2 * shared >= a.chars().count().max(b.chars().count())
}
