//! Dates to watch: what is to happen by when, who set it, and whether it did.
//!
//! In go what reports tell of dates, one [`Telling`] each, and the [`Deed`]s that came later; out come
//! [`SetDate`]s, each merged from the tellings of many reports, with how it stands on a given day.
//!
//! Two tellings are of one date if it ends on the same day, they name the same thing (or are of the same
//! coded type of act), and no two different sides: see [`merge`]. A date is *met* if a later report tells of
//! the deed, *missed* if one denies it or tells that it was called off or not kept; past without such a
//! report, or with both, it is *unclear*: see [`judge`].

mod judge;
mod merge;
mod words;

pub use judge::{State, Verdict, Window, days_left, judge, window};
pub use merge::merge;
pub use tidings_record::DateKind as Kind;
pub use words::Words;

use jiff::civil::Date;

/// What one report tells of a date ahead, or of one gone by.
#[derive(Debug, Clone)]
pub struct Telling {
    /// What it is for.
    pub kind: Kind,
    /// Closed interval of days.
    pub days: Option<(Date, Date)>,
    /// Day of the report.
    pub published: Option<Date>,
    /// The word that names the thing.
    pub thing: String,
    /// PLOVER type of the act.
    pub event: Option<String>,
    /// Its CAMEO code.
    pub cameo: Option<String>,
    /// Who set it: a country, or a name in small letters.
    pub setters: Vec<String>,
    /// Whom else it concerns, written alike.
    pub parties: Vec<String>,
    /// The names of all of them, in small letters.
    pub names: Vec<String>,
    /// The words that tell what it is for.
    pub words: Words,
}

/// How a telling of a date gone by says that it went, or an act that may have met it.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Whether it was done or held; else it was called off, missed, or denied.
    pub done: bool,
    /// Days on which it happened.
    pub days: Option<(Date, Date)>,
    /// Day of the report that tells it.
    pub published: Option<Date>,
    /// Who acted, or whom it concerns; written as [`Telling::setters`].
    pub actors: Vec<String>,
    /// Who was acted upon.
    pub others: Vec<String>,
    /// The names of all of them, in small letters.
    pub names: Vec<String>,
    /// The words of the sentence.
    pub words: Words,
    /// What sort of act or of date.
    pub act: Act,
}

/// By what a deed answers to a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A coded event, by its PLOVER type and CAMEO code.
    Event(String, String),
    /// "The talks were held", "the vote was put off": by kind and thing.
    Outcome(Kind, String),
}

/// A date, merged from tellings.
#[derive(Debug, Clone, PartialEq)]
pub struct SetDate {
    /// What it is for.
    pub kind: Kind,
    /// Closed interval of days.
    pub days: Option<(Date, Date)>,
    /// Its tellings, as indices, the earliest first.
    pub tellings: Vec<usize>,
    /// The words that name the thing.
    pub things: Vec<String>,
    /// PLOVER types of the act.
    pub events: Vec<String>,
    /// Its CAMEO codes.
    pub codes: Vec<String>,
    /// Who set it.
    pub setters: Vec<String>,
    /// Whom else it concerns.
    pub parties: Vec<String>,
    /// The names of all of them.
    pub names: Vec<String>,
    /// The words that tell what it is for.
    pub words: Words,
    /// The first and the last report that tell of it.
    pub told: Option<(Date, Date)>,
}

impl SetDate {
    /// Everyone it concerns.
    pub fn sides(&self) -> impl Iterator<Item = &String> {
        self.setters.iter().chain(&self.parties)
    }
}

#[cfg(test)]
mod tests;
