//! The brief: an analyst's page of what the reports say.
//!
//! In goes a [`CodedReport`](tidings_coding::CodedReport) with its report; out comes a [`Brief`] of
//! that report; briefs merge into one. Its JSON form is described in `docs/brief.md`, and
//! [`Brief::text`] and [`Brief::markdown`] are its pages. Nothing here decides what is coded: it
//! only sorts what is, by whether it happened, when, and between whom.

mod gather;
mod markdown;
mod text;
mod words;

pub use text::WIDTH;

use jiff::civil::Date;
use serde::Serialize;
use tidings_coding::schema::{Certainty, ClaimForm, Days, EvidenceKind, QuantityKind};

/// What happened, what was only said, who claims what, what to watch, and what lies behind it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Brief {
    /// The reports read, in input order.
    pub reports: Vec<Source>,
    /// First and last day of publication.
    pub period: Option<Days>,
    /// What happened, on the report's word or a named source's: by day, then dyad.
    pub happened: Vec<Item>,
    /// What did not happen, or not yet: threatened, demanded, feared, planned, uncertain, denied.
    pub not_happened: Vec<Item>,
    /// Who says what: by speaker, in the order in which they first speak.
    pub claims: Vec<Claim>,
    /// Days after the report's own: first those still to come after the last report, by day.
    pub dates: Vec<Watch>,
    /// What happened in earlier times, by day.
    pub background: Vec<Item>,
}

/// A report that was read.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Source {
    pub id: String,
    pub published: Option<Date>,
    pub title: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
}

/// Where a line rests: a sentence of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The report's id.
    pub report: String,
    /// Index of the sentence, from zero, as in the coded report.
    pub sentence: usize,
}

/// An actor as the brief names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`).
    pub country: Option<String>,
    /// Name of the country.
    pub country_name: Option<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// Office held.
    pub office: Option<String>,
    /// Whether the name was resolved by a damaged or guessed spelling.
    pub uncertain: bool,
}

/// What one sentence says that one side did to another.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// How it stands; `null` for what happened.
    pub standing: Option<Standing>,
    /// Days on which it happened or is to happen.
    pub when: Option<Days>,
    /// The acting side of the dyad: countries, or actors of no country.
    pub source: Vec<String>,
    /// The side acted upon.
    pub target: Vec<String>,
    /// The coded acts.
    pub acts: Vec<Act>,
    /// The sentence.
    pub text: String,
    /// Where it stands; more than one place if it is repeated.
    pub places: Vec<Place>,
}

/// How what has not happened stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Standing {
    Threatened,
    Demanded,
    Feared,
    Planned,
    Uncertain,
    Denied,
}

/// One coded act.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Act {
    /// PLOVER event type.
    pub event: String,
    /// CAMEO code.
    pub cameo: String,
    /// The code in plain words.
    pub words: String,
    /// Who acted.
    pub source: Vec<Party>,
    /// Who was acted upon.
    pub target: Vec<Party>,
    /// How sure the source is.
    pub certainty: Certainty,
    /// The words of the condition it hangs on.
    pub condition: Option<String>,
    /// On whose word, beside the report's own.
    pub according_to: Vec<Party>,
    /// Figures that belong to it.
    pub quantities: Vec<Quantity>,
    /// Name of the place where it happened.
    pub r#where: Option<String>,
}

/// A figure that belongs to an act.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Quantity {
    pub kind: QuantityKind,
    pub value: f64,
}

/// What somebody says.
#[derive(Debug, Clone, Serialize)]
pub struct Claim {
    /// Who says it, where the report tells.
    pub speaker: Option<Party>,
    /// How the words are given.
    pub form: ClaimForm,
    /// The words.
    pub text: String,
    /// What the report says of its support.
    pub evidence: Vec<Evidence>,
    /// Where it stands.
    pub places: Vec<Place>,
}

/// What a report says of a claim's support.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub text: String,
    pub by: Option<Party>,
    pub places: Vec<Place>,
}

/// A day to watch.
#[derive(Debug, Clone, Serialize)]
pub struct Watch {
    /// First and last day.
    pub when: Days,
    /// The words that name it.
    pub words: String,
    /// Whether the last report is later than it.
    pub passed: bool,
    /// The words of the condition in its sentence.
    pub condition: Option<String>,
    /// The sentence.
    pub text: String,
    /// Where it stands.
    pub places: Vec<Place>,
}

impl Brief {
    /// Adds the brief of a later report; a sentence said again is one line with all its places.
    pub fn absorb(&mut self, other: Brief) {
        self.reports.extend(other.reports);
        self.period = match (self.period, other.period) {
            (Some(a), Some(b)) => Some(Days { from: a.from.min(b.from), to: a.to.max(b.to) }),
            (a, b) => a.or(b),
        };
        self.happened.extend(other.happened);
        self.not_happened.extend(other.not_happened);
        self.claims.extend(other.claims);
        self.dates.extend(other.dates);
        self.background.extend(other.background);
    }

    /// Puts the lines in order and folds those said twice: to be done once, after the last
    /// [`Brief::absorb`].
    pub fn settle(mut self) -> Brief {
        for items in [&mut self.happened, &mut self.not_happened, &mut self.background] {
            fold(items, Item::same, |item| &mut item.places);
        }
        fold(&mut self.claims, Claim::same, |claim| &mut claim.places);
        fold(&mut self.dates, Watch::same, |watch| &mut watch.places);

        let day = |item: &Item| item.when.map_or(Date::MAX, |days| days.from);
        let dyads = |items: &mut Vec<Item>| {
            // Within a day, the lines of a dyad stand together, in the order of its first line.
            let mut first = std::collections::HashMap::new();
            for (at, item) in items.iter().enumerate() {
                let key = (item.when.map(|d| (d.from, d.to)), item.dyad());
                first.entry(key).or_insert(at);
            }
            items.sort_by_key(|item| {
                let days = item.when.map(|d| (d.from, d.to));
                (day(item), item.when.map(|d| d.to), first.get(&(days, item.dyad())).copied())
            });
        };
        dyads(&mut self.happened);
        dyads(&mut self.background);
        let mut first = std::collections::HashMap::new();
        for (at, claim) in self.claims.iter().enumerate() {
            first.entry(claim.by()).or_insert(at);
        }
        self.claims.sort_by_key(|claim| first.get(&claim.by()).copied());
        self.not_happened.sort_by_key(|item| item.standing);
        let last = self.period.map(|period| period.to);
        for watch in &mut self.dates {
            watch.passed = last.is_some_and(|last| watch.when.to < last);
        }
        self.dates.sort_by_key(|watch| (watch.passed, watch.when.from, watch.when.to));
        self
    }
}

impl Item {
    fn dyad(&self) -> (Vec<String>, Vec<String>) {
        (self.source.clone(), self.target.clone())
    }

    /// What two lines must share to be one line.
    fn same(&self) -> impl std::hash::Hash + Eq + use<> {
        let acts: Vec<String> = self.acts.iter().map(|act| act.cameo.clone()).collect();
        let when = self.when.map(|days| (days.from, days.to));
        (self.standing.map(|s| s as u8), when, self.dyad(), acts, self.text.clone())
    }
}

impl Claim {
    fn same(&self) -> impl std::hash::Hash + Eq + use<> {
        (self.by(), self.text.clone())
    }

    /// Who speaks: the same name in the same country is the same speaker.
    fn by(&self) -> Option<(String, Option<String>)> {
        let speaker = self.speaker.as_ref()?;
        Some((speaker.name.clone(), speaker.country.clone()))
    }
}

impl Watch {
    fn same(&self) -> impl std::hash::Hash + Eq + use<> {
        (self.when.from, self.when.to, self.text.clone())
    }
}

/// Folds lines with the same key into the first of them, which keeps the places of all.
fn fold<L, K: std::hash::Hash + Eq>(
    lines: &mut Vec<L>,
    key: impl Fn(&L) -> K,
    places: impl Fn(&mut L) -> &mut Vec<Place>,
) {
    let mut seen = std::collections::HashMap::new();
    let mut kept: Vec<L> = Vec::with_capacity(lines.len());
    for mut line in lines.drain(..) {
        match seen.entry(key(&line)) {
            std::collections::hash_map::Entry::Occupied(first) => {
                let first: &usize = first.get();
                let more = std::mem::take(places(&mut line));
                if let Some(first) = kept.get_mut(*first) {
                    let known = places(first);
                    let new: Vec<Place> = more.into_iter().filter(|p| !known.contains(p)).collect();
                    known.extend(new);
                }
            }
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(line);
            }
        }
    }
    *lines = kept;
}
