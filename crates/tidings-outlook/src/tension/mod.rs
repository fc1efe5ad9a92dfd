//! Tension: how hostile and how cooperative the acts of a scope are, period by period.
//!
//! In go [`Events`] that happened and a [`Question`]; out comes a [`Series`] with a [`Point`] for each
//! day, week or month: counts, Goldstein sums and means, quad classes apart, demands, threats and
//! accusations, each also as a rate by the volume of reports with bounds. `docs/tension.md` gives the
//! formulas.

pub mod breaks;
mod gamma;
mod periods;
mod rates;
mod runs;
pub mod turns;

pub use periods::Step;
pub use rates::Estimate;

use crate::events::{Day, Event, Events, Members, Scope, Volume, date_of};
use jiff::civil::Date;
use periods::Periods;
use rates::{Prior, Sums, difference};
use rayon::prelude::*;
use serde::Serialize;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Question {
    /// Of whom.
    pub scope: Scope,
    /// By day, week or month.
    pub by: Step,
    /// From this day on; else from the first that anything is reported of.
    pub since: Option<Date>,
    /// Up to this day; else to the last.
    pub until: Option<Date>,
    /// Whether each point lists the ids of its incidents.
    pub ids: bool,
}

/// Incidents of one kind in a period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Kind {
    /// How many.
    pub incidents: u32,
    /// The sum of their Goldstein values.
    pub goldstein_sum: f64,
    /// Per hundred reports.
    pub rate: Estimate,
}

/// One period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// Its first day.
    pub since: Date,
    /// Its last day.
    pub until: Date,
    /// Reports published in it, of whatever; of tables, all their events.
    pub volume: u32,
    /// What its rates are by: of each day the mean of the reports of that day and the next; of tables, the
    /// volume.
    pub exposure: f64,
    /// Incidents of the scope.
    pub incidents: u32,
    /// The sum of their Goldstein values, −10 to 10 each; below zero is hostile.
    pub goldstein_sum: f64,
    /// Their mean, where there are any.
    pub goldstein_mean: Option<f64>,
    /// Hostile less cooperative Goldstein points per hundred reports; above zero is hostile.
    pub tension: Estimate,
    /// Goldstein points below zero per hundred reports, as a positive number.
    pub hostile: Estimate,
    /// Goldstein points above zero per hundred reports.
    pub cooperative: Estimate,
    /// Quad class 1.
    pub verbal_cooperation: Kind,
    /// Quad class 2.
    pub material_cooperation: Kind,
    /// Quad class 3.
    pub verbal_conflict: Kind,
    /// Quad class 4.
    pub material_conflict: Kind,
    /// Requests that insist (CAMEO 10).
    pub demands: Kind,
    /// PLOVER THREATEN.
    pub threats: Kind,
    /// PLOVER ACCUSE.
    pub accusations: Kind,
    /// The incidents, the weightiest first, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<String>>,
}

/// Tension of a scope over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// Of whom, in words: `SRB → XKX`.
    pub scope: String,
    /// The length of a period.
    pub by: Step,
    /// What the volume counts.
    pub volume_of: Volume,
    /// Incidents of the scope in all periods.
    pub incidents: u32,
    /// Each period, also those in which nothing happened.
    pub points: Vec<Point>,
}

/// Sums of a period: quad classes, then demands, threats and accusations, then hostile and cooperative.
type Row = [Sums; 9];
const DEMANDS: usize = 4;
const THREATS: usize = 5;
const ACCUSATIONS: usize = 6;
const HOSTILE: usize = 7;
const COOPERATIVE: usize = 8;

/// The series of a scope; its points are empty where nothing is reported in the span asked for.
pub fn series(events: &Events, question: &Question) -> Series {
    let periods = Periods::new(events, question);
    let members = Members::new(events, &question.scope);
    let rows = sums(events, &members, &periods);
    let (volume, exposures) = volume(events, &periods);
    let priors: Vec<Prior> = (0..9)
        .map(|kind| {
            let periods = rows.iter().zip(&exposures);
            let of_kind: Vec<_> = periods.map(|(row, exposure)| (row[kind], *exposure)).collect();
            Prior::of(&of_kind)
        })
        .collect();
    let mut ids = if question.ids { ids(events, &members, &periods) } else { Vec::new() };
    ids.resize(if question.ids { periods.len() } else { 0 }, Vec::new());
    let mut ids = ids.into_iter();
    let spans: Vec<(Day, Day)> = periods.spans().collect();
    let points: Vec<Point> = (0..periods.len())
        .map(|at| Point {
            volume: volume[at],
            ids: ids.next(),
            ..point(&rows[at], exposures[at], spans[at], &priors)
        })
        .collect();
    Series {
        scope: question.scope.to_string(),
        by: question.by,
        volume_of: events.counted(),
        incidents: points.iter().map(|point| point.incidents).sum(),
        points,
    }
}

/// The incidents of a scope from one day to another, the weightiest first: what a point is made of.
pub fn incidents<'e>(
    events: &'e Events,
    scope: &Scope,
    since: Date,
    until: Date,
) -> Vec<&'e Event> {
    let members = Members::new(events, scope);
    let within = events.between(crate::events::day_of(since), crate::events::day_of(until));
    let mut found: Vec<&Event> = within.iter().filter(|event| members.has(event)).collect();
    found.sort_by(|a, b| b.act.goldstein.abs().total_cmp(&a.act.goldstein.abs()));
    found
}

/// What was reported in each period; and what its rates are reckoned by. What happens on a day is told
/// of on that day or the next, so of each day the rates take the mean of the reports of both. The
/// events of a table stand on their own day.
fn volume(events: &Events, periods: &Periods) -> (Vec<u32>, Vec<f64>) {
    let mut volume = vec![0_u32; periods.len()];
    let mut exposures = vec![0.0; periods.len()];
    let before = if events.counted() == Volume::Reports { 1 } else { 0 };
    for (day, count) in &events.volume {
        if let Some(slot) = periods.of(*day).and_then(|period| volume.get_mut(period)) {
            *slot += count;
        }
        for day in [*day, day - before] {
            if let Some(slot) = periods.of(day).and_then(|period| exposures.get_mut(period)) {
                *slot += 0.5 * f64::from(*count);
            }
        }
    }
    (volume, exposures)
}

/// Rows worth a thread of their own.
const CHUNK: usize = 1 << 16;

fn sums(events: &Events, members: &Members, periods: &Periods) -> Vec<Row> {
    let none = || vec![Row::default(); periods.len()];
    let add = |mut rows: Vec<Row>, event: &Event| {
        if let Some(row) = periods.of(event.day).and_then(|period| rows.get_mut(period))
            && members.has(event)
        {
            take(row, event);
        }
        rows
    };
    let join = |mut all: Vec<Row>, some: Vec<Row>| {
        for (row, more) in all.iter_mut().zip(&some) {
            row.iter_mut().zip(more).for_each(|(sums, more)| sums.join(more));
        }
        all
    };
    // In the order of chunks, so that sums of fractions are the same each time.
    let parts: Vec<Vec<Row>> = periods
        .rows(events)
        .par_chunks(CHUNK)
        .map(|chunk| chunk.iter().fold(none(), add))
        .collect();
    parts.into_iter().fold(none(), join)
}

fn take(row: &mut Row, event: &Event) {
    let act = &event.act;
    let weight = f64::from(act.goldstein);
    if let Some(sums) = row.get_mut(usize::from(act.quad).wrapping_sub(1)) {
        sums.add(weight);
    }
    let kind = if act.is_demand() {
        Some(DEMANDS)
    } else {
        match act.event() {
            Some("THREATEN") => Some(THREATS),
            Some("ACCUSE") => Some(ACCUSATIONS),
            _ => None,
        }
    };
    if let Some(kind) = kind {
        row[kind].add(weight);
    }
    if weight < 0.0 {
        row[HOSTILE].add(-weight);
    } else if weight > 0.0 {
        row[COOPERATIVE].add(weight);
    }
}

fn point(row: &Row, exposure: f64, (since, until): (Day, Day), priors: &[Prior]) -> Point {
    let kind = |at: usize| Kind {
        incidents: row[at].count as u32,
        goldstein_sum: tidy(row[at].weight),
        rate: priors[at].rate(&row[at], exposure),
    };
    let incidents: u32 = row[..4].iter().map(|sums| sums.count as u32).sum();
    let sum: f64 = row[..4].iter().map(|sums| sums.weight).sum();
    let weighted = |at: usize| priors[at].weighted(&row[at], exposure);
    let sides = [HOSTILE, COOPERATIVE].map(|at| (&priors[at], &row[at]));
    Point {
        since: date_of(since),
        until: date_of(until),
        volume: 0,
        exposure,
        incidents,
        goldstein_sum: tidy(sum),
        goldstein_mean: (incidents > 0).then(|| tidy(sum / f64::from(incidents))),
        tension: difference(sides[0], sides[1], exposure),
        hostile: weighted(HOSTILE),
        cooperative: weighted(COOPERATIVE),
        verbal_cooperation: kind(0),
        material_cooperation: kind(1),
        verbal_conflict: kind(2),
        material_conflict: kind(3),
        demands: kind(DEMANDS),
        threats: kind(THREATS),
        accusations: kind(ACCUSATIONS),
        ids: None,
    }
}

/// Without the dust of binary fractions.
fn tidy(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

fn ids(events: &Events, members: &Members, periods: &Periods) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<&Event>> = vec![Vec::new(); periods.len()];
    for event in periods.rows(events) {
        if let Some(slot) = periods.of(event.day).and_then(|period| found.get_mut(period))
            && members.has(event)
        {
            slot.push(event);
        }
    }
    let told = |mut some: Vec<&Event>| {
        some.sort_by(|a, b| b.act.goldstein.abs().total_cmp(&a.act.goldstein.abs()));
        some.into_iter().map(|event| events.id(event).to_string()).collect()
    };
    found.into_iter().map(told).collect()
}

#[cfg(test)]
pub(crate) mod tests;
