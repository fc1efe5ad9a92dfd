//! The words of time expressions, read once from `lexicon/times`.
//!
//! In go the lexicon files; out come lookups that cost next to nothing for words that have nothing
//! to do with time: a word is first held against the lengths known for its first letter.

use crate::word_file::{LexiconError, lines};
use std::collections::HashMap;
use std::sync::LazyLock;

/// One meaning of a word in time expressions: the classes of `lexicon/times/words.txt`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sense {
    Month(i8),
    MonthShort(i8),
    Weekday(i8),
    WeekdayShort(i8),
    Weekdays(i8),
    Unit(Unit),
    Number(u32),
    Scale(u32),
    Vague,
    Ordinal(u32),
    Tens(i16),
    Season(&'static str),
    Part(&'static str),
    Clock(i8),
    Day(i32),
    Direction(i8),
    Modifier(&'static str),
    Portion(&'static str),
    Amount(&'static str),
    Set(&'static str),
    Zone,
    Fiscal,
    Holiday(Feast),
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A day that is found anew in each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// Month and day.
    Fixed(i8, i8),
    /// Days from Easter Sunday.
    Easter(i32),
    /// By a calendar that is not computed here.
    Moving,
}

/// What a fixed phrase means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Reference(&'static str),
    Days(i32),
    Feast(Feast),
}

/// How a verb or adverb bears on the time of its clause: the classes of `lexicon/times/clauses.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearing {
    Report,
    Plan,
    Phase,
    Sequel,
    Habit,
}

/// The compiled lexicon.
#[derive(Default)]
pub(super) struct Lexicon {
    words: HashMap<&'static str, Vec<Sense>>,
    /// Bit `n` of a letter: some word of `n` letters begins with it.
    lengths: [u32; 26],
    /// Fixed phrases by their first word, longest first.
    phrases: HashMap<&'static str, Vec<(Vec<&'static str>, Meaning)>>,
    clauses: HashMap<&'static str, Vec<Bearing>>,
}

const WORDS: &str = include_str!("../../../../lexicon/times/words.txt");
const PHRASES: &str = include_str!("../../../../lexicon/times/phrases.txt");
const CLAUSES: &str = include_str!("../../../../lexicon/times/clauses.txt");

/// The lexicon inside the program; a test proves that every line of it reads.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(WORDS, PHRASES, CLAUSES).unwrap_or_default());

impl Lexicon {
    fn read(
        words: &'static str,
        phrases: &'static str,
        clauses: &'static str,
    ) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        for line in lines("times/words.txt", words) {
            let [word, class, value] = line.columns("the word, its class and its value")?;
            let sense = sense(class, value).ok_or_else(|| {
                line.wrong(format!(
                    "class '{class}' with value '{value}' is not known; see the header"
                ))
            })?;
            lexicon.open(word);
            lexicon.words.entry(word).or_default().push(sense);
        }
        for line in lines("times/phrases.txt", phrases) {
            let mut parts = line.text.split('|').map(str::trim);
            let (Some(phrase), Some("DATE"), Some(value)) =
                (parts.next(), parts.next(), parts.next())
            else {
                return Err(line.wrong("write the words, '| DATE |', then the value"));
            };
            let meaning =
                meaning(value).ok_or_else(|| line.wrong("the value is of no known form"))?;
            // The same pieces as the text is cut into: words, and marks one by one.
            let words: Vec<&str> = cut(phrase);
            let Some(&first) = words.first() else {
                return Err(line.wrong("the words are missing"));
            };
            lexicon.open(first);
            lexicon.words.entry(first).or_default();
            lexicon.phrases.entry(first).or_default().push((words, meaning));
        }
        for list in lexicon.phrases.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        for line in lines("times/clauses.txt", clauses) {
            let [lemma, class] = line.columns("the lemma and its class")?;
            let bearing = match class {
                "report" => Bearing::Report,
                "plan" => Bearing::Plan,
                "phase" => Bearing::Phase,
                "sequel" => Bearing::Sequel,
                "habit" => Bearing::Habit,
                _ => {
                    return Err(line.wrong(format!("class '{class}' is not known; see the header")));
                }
            };
            lexicon.clauses.entry(lemma).or_default().push(bearing);
        }
        Ok(lexicon)
    }

    fn open(&mut self, word: &str) {
        let first = word.as_bytes().first().map_or(26, |b| b.wrapping_sub(b'a') as usize);
        if let Some(lengths) = self.lengths.get_mut(first) {
            *lengths |= 1 << word.len().min(31);
        }
    }

    /// The senses of a word as written, in any case; `None` for a word without any.
    pub fn senses(&self, form: &str) -> Option<&[Sense]> {
        let first = form.as_bytes().first()?.to_ascii_lowercase().wrapping_sub(b'a') as usize;
        if form.len() > 15 || self.lengths.get(first)? >> form.len() & 1 == 0 {
            return None;
        }
        let mut small = [0u8; 16];
        let small = small.get_mut(..form.len())?;
        small.copy_from_slice(form.as_bytes());
        small.make_ascii_lowercase();
        self.words.get(std::str::from_utf8(small).ok()?).map(Vec::as_slice)
    }

    /// The fixed phrases that begin with a word as written, longest first.
    pub fn phrases(&self, first: &str) -> &[(Vec<&'static str>, Meaning)] {
        if first.len() > 15 || first.is_empty() {
            return &[];
        }
        let small = first.to_ascii_lowercase();
        self.phrases.get(small.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Whether the word bears on the time of its clause in this way.
    pub fn bears(&self, lemma: &str, bearing: Bearing) -> bool {
        self.clauses.get(lemma).is_some_and(|all| all.contains(&bearing))
    }
}

fn cut(phrase: &'static str) -> Vec<&'static str> {
    let mut words = Vec::new();
    for word in phrase.split_whitespace() {
        let mut rest = word;
        while let Some(mark) = rest.find(|c: char| !c.is_alphanumeric()) {
            let (before, after) = rest.split_at(mark);
            let (mark, after) = after.split_at(1);
            words.extend([before, mark].into_iter().filter(|piece| !piece.is_empty()));
            rest = after;
        }
        words.extend((!rest.is_empty()).then_some(rest));
    }
    words
}

fn sense(class: &str, value: &'static str) -> Option<Sense> {
    Some(match class {
        "month" => Sense::Month(value.parse().ok()?),
        "month!" => Sense::MonthShort(value.parse().ok()?),
        "weekday" => Sense::Weekday(value.parse().ok()?),
        "weekday!" => Sense::WeekdayShort(value.parse().ok()?),
        "weekdays" => Sense::Weekdays(value.parse().ok()?),
        "unit" => Sense::Unit(unit(value)?),
        "number" => Sense::Number(value.parse().ok()?),
        "scale" => Sense::Scale(value.parse().ok()?),
        "vague" => Sense::Vague,
        "ordinal" => Sense::Ordinal(value.parse().ok()?),
        "tens" => Sense::Tens(value.parse().ok()?),
        "season" => Sense::Season(value),
        "part" => Sense::Part(value),
        "clock" => Sense::Clock(value.parse().ok()?),
        "day" => Sense::Day(value.parse().ok()?),
        "direction" => Sense::Direction(value.parse().ok()?),
        "modifier" => Sense::Modifier(value),
        "portion" => Sense::Portion(value),
        "amount" => Sense::Amount(value),
        "set" => Sense::Set(value),
        "zone" => Sense::Zone,
        "fiscal" => Sense::Fiscal,
        "holiday" if value == "?" => Sense::Holiday(Feast::Moving),
        "holiday" => Sense::Holiday(feast(value)?),
        _ => return None,
    })
}

fn unit(code: &str) -> Option<Unit> {
    Some(match code {
        "S" => Unit::Second,
        "MIN" => Unit::Minute,
        "H" => Unit::Hour,
        "D" => Unit::Day,
        "NI" => Unit::Night,
        "W" => Unit::Week,
        "FN" => Unit::Fortnight,
        "WE" => Unit::Weekend,
        "M" => Unit::Month,
        "Q" => Unit::Quarter,
        "Y" => Unit::Year,
        "DE" => Unit::Decade,
        "CE" => Unit::Century,
        _ => return None,
    })
}

fn feast(value: &str) -> Option<Feast> {
    if let Some(days) = value.strip_prefix("easter") {
        return Some(Feast::Easter(days.parse().ok()?));
    }
    let (month, day) = value.split_once('-')?;
    Some(Feast::Fixed(month.parse().ok()?, day.parse().ok()?))
}

fn meaning(value: &'static str) -> Option<Meaning> {
    if value.ends_with("_REF") {
        return Some(Meaning::Reference(value));
    }
    match feast(value) {
        Some(feast) if !value.starts_with(['+', '-']) => Some(Meaning::Feast(feast)),
        _ => Some(Meaning::Days(value.parse().ok()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_inside_the_program_read() {
        let lexicon = Lexicon::read(WORDS, PHRASES, CLAUSES).unwrap();
        assert_eq!(lexicon.senses("AUGUST"), Some(&[Sense::Month(8)][..]));
        assert_eq!(lexicon.senses("parliament"), None);
        assert!(lexicon.senses("second").is_some_and(|s| s.len() == 2));
        assert_eq!(lexicon.phrases("Easter")[0].1, Meaning::Feast(Feast::Easter(0)));
        assert!(lexicon.bears("schedule", Bearing::Plan));
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = Lexicon::read("# ok\njuly month\n", "", "").err().unwrap();
        assert_eq!(error.line, 2);
        let error = Lexicon::read("july mouth 7", "", "").err().unwrap();
        assert!(error.to_string().contains("mouth"));
        assert!(Lexicon::read("", "now | DATE | soonish", "").is_err());
        assert!(Lexicon::read("", "", "say loudly").is_err());
    }
}
