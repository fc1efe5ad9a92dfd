//! Time expressions (TIMEX3) and the days of events.
//!
//! In goes a document with the day of its report. Sentences are cut into pieces (`pieces`), read by
//! a grammar (`grammar`, `dates`) over the words of `lexicon/times`, and placed in the calendar
//! (`resolve` with `named` and `counted`, `calendar`) on the side that the tense of their clause tells (`side`, `clause`). [`of_event`] (`event`) then
//! finds the days of an event among them, its own or those of another event (`beside`) or of the story that
//! it goes on with (`story`).
//!
//! Source: TimeML 1.2.1 annotation guidelines (Saurí et al. 2006), ISO 8601.

mod amounts;
mod beside;
mod calendar;
mod clause;
mod clock;
mod counted;
mod dates;
mod event;
mod expression;
mod grammar;
mod lexicon;
mod named;
mod pieces;
mod resolve;
mod side;
mod story;
#[cfg(test)]
mod tests;

pub(crate) use clause::{Stand, heads_clause, lead, over_years, stand};
pub(crate) use event::anchor;
pub use event::{is_dated, of_event};
use jiff::civil::Date;
use std::ops::Range;
use tidings_language::Document;

/// A time expression of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// Bytes of the analysed text.
    pub span: Range<usize>,
    /// Its words.
    pub tokens: Range<usize>,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: &'static str,
    /// TIMEX3 value.
    pub value: String,
    /// Closed interval of days, where it can be resolved.
    pub days: Option<(Date, Date)>,
}

/// Finds the time expressions of a report.
pub fn find(doc: &Document, published: Option<Date>) -> Vec<Time> {
    let mut times = Vec::new();
    let mut pieces = pieces::Pieces::new(doc);
    let mut calendar = resolve::Resolver::new(published);
    for sentence in 0..doc.sentences.len() {
        if !pieces.cut(sentence) {
            continue;
        }
        calendar
            .open_sentence(&doc.text[doc.sentences[sentence].start..doc.sentences[sentence].end]);
        let first = times.len();
        let mut at = 0;
        while at < pieces.len() {
            let Some(found) = pieces.expression(at) else {
                at += 1;
                continue;
            };
            let end = found.end.max(at + 1);
            times.extend(calendar.resolve(&pieces, at, &found));
            at = end;
        }
        calendar.share_days(doc, times.get_mut(first..).unwrap_or_default());
    }
    times
}

/// Whether the word names a stretch of time: a unit, a month, a weekday.
pub(crate) fn names_time(form: &str) -> bool {
    use lexicon::Sense;
    lexicon::LEXICON.senses(form).is_some_and(|senses| {
        senses.iter().any(|sense| {
            matches!(sense, Sense::Unit(_) | Sense::Month(_) | Sense::MonthShort(_))
                || matches!(sense, Sense::Weekday(_) | Sense::Weekdays(_))
        })
    })
}
