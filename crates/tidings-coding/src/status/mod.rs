//! Status: whether the event happened, after FactBank, and how it stands in time.
//!
//! In go the tree, the word that names the event, and its days; out comes the [`Status`]. The way
//! from the root of the sentence down to the word is walked once (as De Facto does: Saurí &
//! Pustejovsky 2012): [`clause`] reads what stands beside each word on the way (negation, modals,
//! conditions), [`embedding`] what each word does to the one below it. The words are those of
//! `lexicon/status`.

mod clause;
mod embedding;
mod features;
mod learned;
mod predicates;

pub use predicates::predicates;

use crate::loose;
use crate::schema::{self, Certainty, Polarity, Standing};
use jiff::civil::Date;
use std::ops::Range;
use tidings_language::scorer::Features;
use tidings_language::{Deprel, Document};
use tidings_world::{Cues, World};

/// The status of one event; `condition` is bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Status {
    pub certainty: Certainty,
    pub polarity: Polarity,
    pub factuality: f64,
    pub time: Standing,
    pub condition: Option<Range<usize>>,
}

/// What is known of an event, or of the words above it, so far on the way down.
#[derive(Debug, Clone, Copy, PartialEq)]
struct View {
    /// From 0, not known, to 3, certain.
    strength: f64,
    /// Certain *not* to happen rather than to happen.
    negative: bool,
    /// It lies ahead of its teller.
    planned: bool,
    /// Head of the clause of condition.
    condition: Option<usize>,
    /// Named as known ("its war") inside something that is not a fact: no news of the report.
    recalled: bool,
}

impl View {
    /// Told as a fact.
    const TOLD: View =
        View { strength: 3.0, negative: false, planned: false, condition: None, recalled: false };

    fn bounded(self, bound: f64) -> View {
        View { strength: self.strength.min(bound), ..self }
    }

    /// A value of the lexicon, no surer than what it hangs on.
    fn valued(self, value: f64) -> View {
        View { strength: self.strength.min(value.abs()), negative: value < 0.0, ..self }
    }
}

/// The least strength of what is probable.
const PROBABLE: f64 = 1.4;
/// A learned value from which its readers agree.
const AGREED: f64 = 2.7;

/// An event whose last day lies further back than this many days is background: a month's news
/// still belongs to the story of the day.
const RECENT_DAYS: i64 = 31;
/// So is one that has gone on since before this many days.
const RUNNING_DAYS: i64 = 366;

/// The status of the event named by `predicate`, which happened on the days `when`, in a report
/// of the day `published`.
pub fn of(
    doc: &Document,
    world: &World,
    predicate: usize,
    when: Option<(Date, Date)>,
    published: Option<Date>,
) -> Status {
    let way = way(doc, &world.cues, predicate);
    let mut view = way.last().map_or(View::TOLD, |step| step.view);
    let learned = learned::judge(doc, &way).map(|learned| learned.committed);
    let ahead = matches!((when, published), (Some((from, _)), Some(day)) if from > day);
    if ahead {
        view = View { planned: true, ..view.bounded(2.0) };
    }
    let time = match (when, published) {
        (Some(days), Some(day)) if long_past(days, day) => Standing::Background,
        _ if view.planned => Standing::Planned,
        (None, _) if view.recalled || clause::of_old(doc, predicate) => Standing::Background,
        _ => Standing::Current,
    };
    Status {
        certainty: match view.strength {
            s if s >= 2.3 => Certainty::Certain,
            s if s >= PROBABLE => Certainty::Probable,
            s if s >= 0.7 => Certainty::Possible,
            _ => Certainty::Unknown,
        },
        polarity: if view.negative { Polarity::Negative } else { Polarity::Positive },
        factuality: together(view, learned, time),
        time,
        condition: view
            .condition
            .or_else(|| condition_of_content(doc, world, predicate))
            .map(|clause| without_comma(doc, doc.subtree_span(clause))),
    }
}

/// The value that the rules and what was learned give together. The rules alone decide what counts
/// as having happened: on either side of that border the learned value moves freely, but it never
/// crosses it, nor the one between what is affirmed and what is denied. Only what is told as coming
/// ("will march"), which counts as planned whatever its value, may be as sure as its teller is.
fn together(view: View, learned: Option<f64>, time: Standing) -> f64 {
    let sign = if view.negative { -1.0 } else { 1.0 };
    // No negative zero.
    let rules = if view.strength == 0.0 { 0.0 } else { sign * view.strength };
    let Some(learned) = learned else { return rules };
    let announced =
        time == Standing::Planned && view.strength >= PROBABLE && view.condition.is_none();
    let (least, most) = match rules {
        r if r < 0.0 => (-3.0, 0.0),
        r if r >= schema::Status::HAPPENED => (schema::Status::HAPPENED, 3.0),
        _ if announced => (0.0, 3.0),
        _ => (0.0, schema::Status::HAPPENED - 0.1),
    };
    // Readers who agree give the whole value.
    let learned = if learned >= AGREED { 3.0 } else { (learned * 10.0).round() / 10.0 };
    learned.clamp(least, most)
}

/// What the report answers of a predicate: has it happened, or is it so? From −3, surely not or not
/// yet, to 3, surely, as readers judge it (UDS-IH2: White et al. 2016, Rudinger et al. 2018). It is
/// another question than how sure the teller is, [`Status::factuality`]: what will surely come has
/// not happened.
pub fn happened(doc: &Document, world: &World, predicate: usize) -> f64 {
    let way = way(doc, &world.cues, predicate);
    match learned::judge(doc, &way) {
        Some(learned) => (learned.happened * 10.0).round() / 10.0,
        None => of(doc, world, predicate, None, None).factuality,
    }
}

/// The rules' way down to the predicate, for `--explain`: each word from the root of its sentence
/// with what is known there, as `warned 3 > strike 1 planned`.
pub fn chain(doc: &Document, world: &World, predicate: usize) -> String {
    let step = |step: &Step| {
        let View { strength, negative, planned, condition, .. } = step.view;
        let sign = if negative { "-" } else { "" };
        let planned = if planned { " planned" } else { "" };
        let condition = if condition.is_some() { " if" } else { "" };
        format!("{} {sign}{strength}{planned}{condition}", doc.form(step.node))
    };
    way(doc, &world.cues, predicate).iter().map(step).collect::<Vec<_>>().join(" > ")
}

/// What the learned part sees of a predicate: for training.
pub fn features(doc: &Document, world: &World, predicate: usize) -> Features {
    features::of(doc, &way(doc, &world.cues, predicate))
}

/// "warned that if it does not, he will strike": the warning took place, and hangs on that "if".
fn condition_of_content(doc: &Document, world: &World, predicate: usize) -> Option<usize> {
    let contents = doc.children_by(predicate, &[Deprel::Ccomp, Deprel::Xcomp]);
    // The "that" behind the word tells of a clause hung elsewhere.
    let that = Some(predicate + 1).filter(|&t| t < doc.tokens.len() && doc.lemma(t) == "that");
    let below = contents.chain(that.and_then(|t| doc.head(t)).filter(|&c| c > predicate));
    below
        .flat_map(|content| doc.subtree(content))
        .filter(|&clause| clause > predicate)
        .find(|&clause| clause::conditional(doc, &world.cues, clause))
}

fn without_comma(doc: &Document, span: Range<usize>) -> Range<usize> {
    let words = doc.text.get(span.clone()).unwrap_or_default();
    span.start..span.start + words.trim_end_matches([',', ' ', ';', '—', '–']).len()
}

fn long_past((from, to): (Date, Date), published: Date) -> bool {
    let days_before = |day: Date| i64::from((published - day).get_days());
    days_before(to) > RECENT_DAYS || (days_before(from) > RUNNING_DAYS && to <= published)
}

/// A word on the way from the root of a sentence down to a predicate, and what is known there.
#[derive(Debug, Clone, Copy)]
struct Step {
    node: usize,
    view: View,
}

/// The way down to the predicate, which is its last step.
fn way(doc: &Document, cues: &Cues, predicate: usize) -> Vec<Step> {
    let above = |at: usize| loose::host(doc, cues, at).or_else(|| doc.head(at));
    let mut way: Vec<Step> = std::iter::successors(Some(predicate), |&at| above(at))
        .map(|node| Step { node, view: View::TOLD })
        .collect();
    way.reverse();
    let mut above = View::TOLD;
    for at in 0..way.len() {
        let node = way[at].node;
        let here = clause::read(doc, cues, node);
        let view = here.applied(above);
        way[at].view = view;
        above = match way.get(at + 1) {
            Some(below) => embedding::passed(doc, cues, node, below.node, above, view, &here),
            None => view,
        };
    }
    way
}

#[cfg(test)]
mod tests;
