//! The brief: an analyst's page of what the reports say.
//!
//! In goes a [`CodedReport`](tidings_coding::CodedReport) with its report; out comes a [`Brief`] of
//! that report; briefs merge into one, which may be shortened to its weightiest lines. Its JSON form is described in `docs/brief.md`, and
//! [`Brief::text`] and [`Brief::markdown`] are its pages. Nothing here decides what is coded: it
//! only sorts what is, by whether it happened, when, and between whom.

mod gather;
mod markdown;
pub mod news;
mod tell;
mod text;
mod weigh;
mod words;

pub use text::WIDTH;
pub use weigh::{Left, Summary};
pub use words::action;

use jiff::civil::Date;
use serde::Serialize;
use tidings_coding::schema::{
    Bound, Certainty, ClaimForm, ClaimKind, DateKind, Days, EvidenceKind, QuantityKind,
};

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
    /// Dates that somebody set: first those still to come after the last report, by day.
    pub dates: Vec<Watch>,
    /// What happened in earlier times, by day.
    pub background: Vec<Item>,
    /// The dyads with the gravest record, from [`Brief::settle`] on.
    #[serde(skip)]
    pub dyads: Vec<Summary>,
    /// How many lines [`Brief::shortened`] left out.
    #[serde(skip)]
    pub left: Left,
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
    /// The report's day of publication.
    #[serde(skip)]
    pub published: Option<Date>,
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
    /// Goldstein scale, −10 to 10.
    pub goldstein: f64,
    /// Quad class, 1 to 4.
    pub quad: u8,
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
    /// Whether type and sides are read with enough confidence to be counted.
    pub trusted: bool,
}

/// A figure that belongs to an act.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Quantity {
    pub kind: QuantityKind,
    pub value: f64,
    pub to: Option<f64>,
    pub bound: Bound,
}

/// What somebody says.
#[derive(Debug, Clone, Serialize)]
pub struct Claim {
    /// Who says it, where the report tells.
    pub speaker: Option<Party>,
    /// The kind of saying: what is denied, feared or demanded is not held to be so.
    pub kind: Option<ClaimKind>,
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

/// A date to watch.
#[derive(Debug, Clone, Serialize)]
pub struct Watch {
    /// What it is for.
    pub kind: DateKind,
    /// Who set it.
    pub set_by: Vec<Party>,
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

impl Watch {
    /// "deadline · set by Peru".
    fn line(&self) -> String {
        let names: Vec<&str> = self.set_by.iter().map(|party| party.name.as_str()).collect();
        match names[..] {
            [] => self.kind.name().to_string(),
            _ => format!("{} · set by {}", self.kind.name(), names.join(", ")),
        }
    }
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

        by_day(&mut self.happened);
        by_day(&mut self.background);
        let mut first = std::collections::HashMap::new();
        for (at, claim) in self.claims.iter().enumerate() {
            first.entry(claim.by()).or_insert(at);
        }
        self.claims.sort_by_key(|claim| (claim.speaker.is_none(), first.get(&claim.by()).copied()));
        self.not_happened.sort_by(|a, b| {
            a.standing.cmp(&b.standing).then_with(|| b.weight().total_cmp(&a.weight()))
        });
        let last = self.period.map(|period| period.to);
        for watch in &mut self.dates {
            watch.passed = last.is_some_and(|last| watch.when.to < last);
        }
        self.dates.sort_by_key(|watch| (watch.when.from, watch.when.to));
        // Those to come by day; of those past, the latest first.
        let (mut past, mut dates): (Vec<Watch>, Vec<Watch>) =
            std::mem::take(&mut self.dates).into_iter().partition(|watch| watch.passed);
        past.sort_by_key(|watch| std::cmp::Reverse((watch.when.from, watch.when.to)));
        dates.append(&mut past);
        self.dates = dates;
        self.dyads = self.summaries();
        self
    }
}

/// By day; within a day by dyad, that with the weightiest line first, and its lines by weight. What
/// has no day comes last, by the day of its report.
fn by_day(items: &mut Vec<Item>) {
    let mut gravest = std::collections::HashMap::new();
    for (at, item) in items.iter().enumerate() {
        let gravest = gravest.entry((item.day(), item.dyad())).or_insert((item.weight(), at));
        gravest.0 = gravest.0.max(item.weight());
    }
    let mut keyed: Vec<_> = std::mem::take(items)
        .into_iter()
        .map(|item| {
            let gravest = gravest.get(&(item.day(), item.dyad())).copied().unwrap_or_default();
            (item.day(), gravest, item.weight(), item)
        })
        .collect();
    keyed.sort_by(|(day_a, dyad_a, a, _), (day_b, dyad_b, b, _)| {
        day_a
            .cmp(day_b)
            .then_with(|| dyad_b.0.total_cmp(&dyad_a.0))
            .then_with(|| dyad_a.1.cmp(&dyad_b.1))
            .then_with(|| b.total_cmp(a))
    });
    items.extend(keyed.into_iter().map(|(.., item)| item));
}

impl Item {
    /// Where the line stands among the days: on its own, else on that of its report, after all others.
    fn day(&self) -> (bool, Option<Date>, Option<Date>) {
        match self.when {
            Some(days) => (false, Some(days.from), Some(days.to)),
            None => (true, self.reported(), None),
        }
    }

    /// The day of the first report that tells it.
    fn reported(&self) -> Option<Date> {
        self.places.first().and_then(|place| place.published)
    }

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
        (self.kind, self.when.from, self.when.to, self.text.clone())
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
