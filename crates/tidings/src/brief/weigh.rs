//! What matters most, for pages that cannot hold everything.
//!
//! An act weighs by its intensity on the Goldstein scale, the people it hit, whether both parties are
//! named, and how many reports tell of it; one whose reading is doubtful weighs half. A page keeps the heaviest lines of each section and tells
//! how many it leaves out.

use super::{Act, Brief, Claim, Item, Place, Standing};
use crate::schema::{Days, QuantityKind};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The most lines of each section, of each standing in the second.
const HAPPENED: usize = 80;
const PER_STANDING: usize = 10;
const CLAIMS: usize = 50;
const DATES: usize = 25;
const BACKGROUND: usize = 15;

/// The most dyads that are summed up at the head of the page.
const DYADS: usize = 8;

/// How many lines a page leaves out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Left {
    pub happened: usize,
    pub not_happened: BTreeMap<Standing, usize>,
    pub claims: usize,
    pub dates: usize,
    pub background: usize,
}

/// What one side did to the other, summed up.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Summary {
    pub source: Vec<String>,
    pub target: Vec<String>,
    /// First and last day.
    pub days: Option<Days>,
    /// How many acts of each PLOVER type, the most frequent first.
    pub events: Vec<(String, usize)>,
    weight: f64,
}

impl Brief {
    /// The brief with the weightiest lines only; [`Brief::left`] tells how many are left out.
    pub fn shortened(mut self) -> Brief {
        self.left.happened = keep(&mut self.happened, HAPPENED, Item::weight);
        self.left.background = keep(&mut self.background, BACKGROUND, Item::weight);
        // Nobody fills the page: the more one has said already, the less the next claim weighs.
        let mut said = HashMap::new();
        self.left.claims = keep(&mut self.claims, CLAIMS, |claim| {
            let before = said.entry(claim.by()).or_insert(0.0);
            *before += 1.0;
            claim.weight() - *before
        });
        // Dates stand in the order in which they matter: those to come first.
        self.left.dates = self.dates.len().saturating_sub(DATES);
        self.dates.truncate(DATES);
        // The heaviest of a standing come first.
        let mut seen = BTreeMap::new();
        self.not_happened.retain(|item| {
            let Some(standing) = item.standing else { return true };
            let count = seen.entry(standing).or_insert(0);
            *count += 1;
            *count <= PER_STANDING
        });
        let left =
            seen.into_iter().map(|(s, count): (_, usize)| (s, count.saturating_sub(PER_STANDING)));
        self.left.not_happened = left.filter(|(_, count)| *count > 0).collect();
        self
    }

    /// The dyads with the gravest record by acts that are trusted, both of whose sides are named; the gravest first.
    pub(super) fn summaries(&self) -> Vec<Summary> {
        let mut at = HashMap::new();
        let mut out: Vec<Summary> = Vec::new();
        for item in &self.happened {
            let trusted = item.acts.iter().any(|act| act.trusted);
            let named = !item.source.is_empty() && !item.target.is_empty();
            if !trusted || !named || item.source == item.target {
                continue;
            }
            let place = *at.entry((&item.source, &item.target)).or_insert_with(|| {
                out.push(Summary {
                    source: item.source.clone(),
                    target: item.target.clone(),
                    days: None,
                    events: Vec::new(),
                    weight: 0.0,
                });
                out.len() - 1
            });
            let Some(sum) = out.get_mut(place) else { continue };
            sum.weight += item.weight();
            sum.days = match (sum.days, item.when) {
                (Some(a), Some(b)) => Some(Days { from: a.from.min(b.from), to: a.to.max(b.to) }),
                (a, b) => a.or(b),
            };
            for act in item.acts.iter().filter(|act| act.trusted) {
                match sum.events.iter_mut().find(|(event, _)| *event == act.event) {
                    Some((_, count)) => *count += 1,
                    None => sum.events.push((act.event.clone(), 1)),
                }
            }
        }
        // One act is a line of the page below, and no record.
        out.retain(|sum| sum.events.iter().map(|(_, count)| count).sum::<usize>() > 1);
        out.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        out.truncate(DYADS);
        out.iter_mut().for_each(|sum| sum.events.sort_by_key(|(_, count)| usize::MAX - count));
        out
    }
}

impl Item {
    /// How much the line matters.
    pub(super) fn weight(&self) -> f64 {
        let acts = self.acts.iter().map(Act::weight).fold(0.0, f64::max);
        let named = |side: &[String]| if side.is_empty() { 0.0 } else { 2.0 };
        acts + named(&self.source) + named(&self.target) + reports(&self.places)
    }
}

impl Act {
    fn weight(&self) -> f64 {
        let hit = |kind| {
            matches!(
                kind,
                QuantityKind::Killed
                    | QuantityKind::Wounded
                    | QuantityKind::Arrested
                    | QuantityKind::Displaced
            )
        };
        let hit: f64 =
            self.quantities.iter().filter(|q| hit(q.kind)).map(|q| q.value.max(0.0)).sum();
        let country = |party: &super::Party| party.country.is_some();
        let states = self.source.iter().any(country) && self.target.iter().any(country);
        let whole = self.goldstein.abs() + (1.0 + hit).ln() + if states { 2.0 } else { 0.0 };
        if self.trusted { whole } else { whole / 2.0 }
    }
}

impl Claim {
    fn weight(&self) -> f64 {
        let official = self.speaker.as_ref().is_some_and(|party| {
            let official = ["GOV", "MIL", "REB", "IGO", "OPP", "COP"];
            party.office.is_some() || party.sectors.iter().any(|s| official.contains(&s.as_str()))
        });
        let named = f64::from(u8::from(self.speaker.is_some()));
        4.0 * self.evidence.len() as f64
            + 2.0 * named
            + 2.0 * f64::from(u8::from(official))
            + reports(&self.places)
    }
}

/// One for each report beside the first.
fn reports(places: &[Place]) -> f64 {
    let reports: HashSet<&str> = places.iter().map(|place| place.report.as_str()).collect();
    reports.len().saturating_sub(1) as f64
}

/// Keeps the heaviest lines, in their order; gives how many are left out.
fn keep<L>(lines: &mut Vec<L>, most: usize, weight: impl FnMut(&L) -> f64) -> usize {
    if lines.len() <= most {
        return 0;
    }
    let mut by_weight: Vec<(f64, usize)> = lines.iter().map(weight).zip(0..).collect();
    by_weight.sort_by(|a, b| b.0.total_cmp(&a.0));
    let kept: HashSet<usize> = by_weight.iter().take(most).map(|(_, at)| *at).collect();
    let mut at = 0;
    lines.retain(|_| {
        at += 1;
        kept.contains(&(at - 1))
    });
    by_weight.len() - most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_lines_stay_in_their_order() {
        let mut lines = vec![1, 9, 3, 8, 2];
        assert_eq!(keep(&mut lines, 3, |line| f64::from(*line)), 2);
        assert_eq!(lines, [9, 3, 8]);
        assert_eq!(keep(&mut lines, 3, |line| f64::from(*line)), 0);
    }
}
