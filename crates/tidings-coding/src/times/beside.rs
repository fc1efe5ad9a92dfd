//! Events dated by another event: "three days after the talks", "a week before the vote of March 9",
//! "the day after the election", "on the eve of the vote"; and those that happen again and again.
//!
//! The other event has a day if its phrase holds one, or if the text has dated it before. Where it has
//! none, neither has this one: it is not news of the report's day.

use super::calendar::{self, Days};
use super::clause;
use super::event::{Scope, Told, any};
use super::lexicon::{Bearing, LEXICON};
use tidings_language::{Deprel, Upos};

/// How many words behind "after" a date or the other event may stand.
const REACH: usize = 12;
/// How many sentences back the other event may have been dated.
const BACK: usize = 8;

impl Scope<'_> {
    /// The days that lie as far from another event as the value says, where the words from `at` on
    /// name one: "after the talks".
    pub fn counted_from(&self, at: usize, value: &str) -> Option<Told> {
        let sign = self.side(at)?;
        let (count, unit) = length(value)?;
        let Some(count) = count else { return Some(Told::Open) };
        let shift = |day| match unit {
            'D' => calendar::plus_days(day, sign * count),
            'W' => calendar::plus_days(day, sign * count * 7),
            'M' => calendar::plus_months(day, sign * count),
            _ => calendar::plus_years(day, sign * count),
        };
        let days = self.of_other(at + 1).and_then(|(from, to)| Some((shift(from)?, shift(to)?)));
        Some(days.map_or(Told::Open, Told::On))
    }

    /// "The day after the election", "the eve of the vote": a unit of time below the predicate.
    pub fn beside_an_event(&self, predicate: usize) -> Told {
        let doc = self.doc;
        let below =
            [Deprel::Obl, Deprel::OblUnmarked, Deprel::Advmod, Deprel::NmodUnmarked, Deprel::Obj];
        for word in doc.children_by(predicate, &below) {
            let value = match doc.lemma(word) {
                "day" | "morning" | "night" => "P1D",
                "week" => "P1W",
                "month" => "P1M",
                "year" => "P1Y",
                "eve" if doc.tokens.get(word + 1).is_some_and(|_| doc.form(word + 1) == "of") => {
                    let day = self.of_other(word + 2);
                    let before = day.and_then(|(from, _)| calendar::plus_days(from, -1));
                    return before.map_or(Told::Open, |day| Told::On((day, day)));
                }
                _ => continue,
            };
            let timed = self.times.iter().any(|time| time.tokens.contains(&word));
            if !timed && let Some(told) = self.counted_from(word + 1, value) {
                return told;
            }
        }
        Told::Nothing
    }

    /// Whether it happens at set times or in general, so on no day of its own.
    pub fn repeated(&self, predicate: usize) -> bool {
        let verb = |time| self.governor(time) == Some(predicate);
        let habit = |adverb: usize| LEXICON.bears(self.doc.lemma(adverb), Bearing::Habit);
        self.times.iter().any(|time| time.kind == "SET" && verb(time))
            || self.doc.children_by(predicate, &[Deprel::Advmod]).any(habit)
    }

    /// -1 before "before", 1 before "after".
    fn side(&self, at: usize) -> Option<i32> {
        let word = self.doc.tokens.get(at).map(|_| self.doc.form(at))?;
        match () {
            _ if any(word, &["after", "following"]) => Some(1),
            _ if any(word, &["before"]) => Some(-1),
            _ => None,
        }
    }

    /// The days of the event that the words from `at` on name.
    fn of_other(&self, at: usize) -> Option<Days> {
        let doc = self.doc;
        let near = self.times.iter().find(|t| (at..at + REACH).contains(&t.tokens.start));
        let end = doc
            .sentences
            .get(doc.sentence_of(at.min(doc.tokens.len().checked_sub(1)?)))?
            .tokens
            .end;
        let noun = (at..end.min(at + REACH)).find(|&w| {
            let name = matches!(doc.tokens[w].upos, Upos::Noun | Upos::Propn);
            name && doc.tokens[w].deprel != Deprel::Compound
        })?;
        // "after the vote of March 9"
        let within = near.filter(|time| {
            self.governor(time) == Some(noun)
                || time.tokens.start <= noun + 3 && time.tokens.start > noun
        });
        if let Some(days) = within.and_then(|time| time.days) {
            return Some(days);
        }
        let here = doc.sentence_of(noun);
        (here.saturating_sub(BACK)..here).rev().find_map(|sentence| {
            let words = doc.sentences[sentence].tokens.clone();
            let same = words.into_iter().find(|&w| {
                doc.tokens[w].upos == doc.tokens[noun].upos && doc.lemma(w) == doc.lemma(noun)
            })?;
            match Scope::around(doc, self.all, same, self.published)?.explicit(same, 4) {
                Told::On(days) if !clause::over_years(doc, same) => Some(days),
                _ => None,
            }
        })
    }
}

/// The number and unit of a TIMEX3 duration of whole days or more: `P3D`.
fn length(value: &str) -> Option<(Option<i32>, char)> {
    let rest = value.strip_prefix('P')?;
    let unit = rest.chars().last().filter(|unit| "DWMY".contains(*unit))?;
    match rest[..rest.len() - 1].parse() {
        Ok(count) if (0..10_000).contains(&count) => Some((Some(count), unit)),
        // "days after the vote": some of them.
        _ if rest.starts_with('X') => Some((None, unit)),
        _ => None,
    }
}
