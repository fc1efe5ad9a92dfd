//! Forecasts set beside what came.

use super::{Event, Forecaster, HORIZONS, Table, within};
use serde::Serialize;

/// Days between two fits: the weights change slowly.
const REFIT: i32 = 30;
/// Bins of the calibration table.
const BINS: usize = 10;

/// How good probabilities were. The less the better, for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Mean squared error (Brier 1950).
    pub brier: f64,
    /// Mean negative logarithm, in nats, of the probability of what came.
    pub log: f64,
    /// Mean distance between what was told and what came, over ten bins weighted by their size.
    pub calibration_error: f64,
}

/// Forecasts between two tenths of probability.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bin {
    /// How many there were.
    pub forecasts: usize,
    /// The mean of what was told.
    pub told: f64,
    /// The share that came.
    pub came: f64,
}

/// One span of days ahead: the forecast beside its rivals. `M` is how a miss is told of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Backtest<M = Miss> {
    /// Days ahead.
    pub days: i32,
    /// Forecasts made.
    pub forecasts: usize,
    /// Share that came.
    pub came: f64,
    /// Of the forecasts.
    pub model: Scores,
    /// Of the dyad's own share of such spans so far.
    pub climatology: Scores,
    /// Of what usually follows on a span with, or without, such an event.
    pub persistence: Scores,
    /// The calibration table of the forecasts.
    pub calibration: Vec<Bin>,
    /// The worst misses, one of a dyad and class.
    pub misses: Vec<M>,
}

impl<M> Backtest<M> {
    /// The same with its misses told otherwise.
    pub fn telling<N>(self, told: impl FnMut(M) -> N) -> Backtest<N> {
        let Backtest { days, forecasts, came, model, climatology, persistence, .. } = self;
        let (calibration, misses) = (self.calibration, self.misses.into_iter().map(told).collect());
        Backtest { days, forecasts, came, model, climatology, persistence, calibration, misses }
    }
}

/// A forecast that was far from what came.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Miss {
    /// The day it was made on.
    pub day: i32,
    /// Number of who acts, and of who is acted upon.
    pub dyad: (u32, u32),
    /// Class of the act.
    pub class: usize,
    /// The probability told,
    pub told: f64,
    /// that of climatology,
    pub climatology: f64,
    /// and that of persistence.
    pub persistence: f64,
    /// Whether an event came.
    pub came: bool,
}

/// Misses told of for each span.
const MISSES: usize = 10;

/// Goes through the days after `from` up to the last and foretells from each, with weights fitted to
/// what lay before; spans that end after the last day are left out. One result a horizon.
pub fn backtest(events: &[Event], from: i32, done: &mut dyn FnMut(usize, usize)) -> Vec<Backtest> {
    let table = Table::new(events);
    let Some(last) = table.events.last().map(|event| event.day) else { return Vec::new() };
    let mut tallies: Vec<[Tally; 3]> = HORIZONS.iter().map(|_| Default::default()).collect();
    let mut misses: Vec<Vec<Miss>> = vec![Vec::new(); HORIZONS.len()];
    let all = (last - from).max(0) as usize;
    walk(&table, from, &mut |day, forecaster, habits| {
        let dyads: Vec<_> = forecaster.known.on(day).collect();
        for (horizon, tallies) in tallies.iter_mut().enumerate() {
            let span = HORIZONS[horizon];
            if day + span > last {
                continue;
            }
            for &(dyad, first) in &dyads {
                for class in 0..table.classes {
                    let Some(told) = forecaster.probability(dyad, class, horizon) else { continue };
                    let came = table.happens(dyad, class, day, span);
                    let days = table.events_within(dyad, class, first - 1, day) as f64;
                    let climatology = within(days, day - first, span);
                    let lately = table.happens(dyad, class, day - span, span);
                    let persistence = habits.after[horizon][class][usize::from(lately)];
                    for (tally, told) in tallies.iter_mut().zip([told, climatology, persistence]) {
                        tally.add(told, came);
                    }
                    let miss = Miss { day, dyad, class, told, climatology, persistence, came };
                    miss.note(&mut misses[horizon]);
                }
            }
        }
        done((day - from + 1) as usize, all);
    });
    HORIZONS
        .iter()
        .zip(tallies)
        .zip(misses)
        .map(|((&days, [model, climatology, persistence]), misses)| Backtest {
            days,
            forecasts: model.forecasts,
            came: model.came as f64 / model.forecasts.max(1) as f64,
            calibration: model.bins(),
            model: model.scores(),
            climatology: climatology.scores(),
            persistence: persistence.scores(),
            misses,
        })
        .collect()
}

/// Goes through the days after `from` up to the last but one, and hands over each with a forecaster that
/// knows nothing later.
fn walk(table: &Table, from: i32, each: &mut dyn FnMut(i32, &Forecaster, &Habits)) {
    let Some(last) = table.events.last().map(|event| event.day) else { return };
    let mut forecaster = Forecaster::of(table, from);
    let mut habits = Habits::of(table, &forecaster, from);
    for day in from..last {
        if day > from {
            if (day - from) % REFIT == 0 {
                forecaster = Forecaster::of(table, day);
                habits = Habits::of(table, &forecaster, day);
            } else {
                let before = table.events.partition_point(|event| event.day < day);
                let after = table.events.partition_point(|event| event.day <= day);
                forecaster.go_on(&table.events[before..after], day);
            }
        }
        each(day, &forecaster, &habits);
    }
}

impl Miss {
    fn off(&self) -> f64 {
        (self.told - f64::from(u8::from(self.came))).abs()
    }

    /// Takes its place among the worst.
    fn note(self, worst: &mut Vec<Miss>) {
        if worst.len() == MISSES && worst.last().is_some_and(|last| last.off() >= self.off()) {
            return;
        }
        let same = |miss: &Miss| (miss.dyad, miss.class) == (self.dyad, self.class);
        match worst.iter().position(same) {
            Some(at) if worst[at].off() >= self.off() => return,
            Some(at) => worst[at] = self,
            None => worst.push(self),
        }
        worst.sort_by(|a, b| b.off().total_cmp(&a.off()));
        worst.truncate(MISSES);
    }
}

/// How often an event follows on a span without one, and on one with.
#[derive(Debug)]
struct Habits {
    after: Vec<Vec<[f64; 2]>>,
}

impl Habits {
    fn of(table: &Table, forecaster: &Forecaster, day: i32) -> Habits {
        let usual = |span: i32, class: usize| {
            let mut counts = [[0.5_f64, 1.0]; 2];
            for (dyad, first) in forecaster.known.on(day) {
                for now in (first + span..=day - span).step_by(7) {
                    let lately = table.happens(dyad, class, now - span, span);
                    let [came, all] = &mut counts[usize::from(lately)];
                    *came += f64::from(u8::from(table.happens(dyad, class, now, span)));
                    *all += 1.0;
                }
            }
            counts.map(|[came, all]| came / all)
        };
        let after =
            HORIZONS.map(|span| (0..table.classes).map(|class| usual(span, class)).collect());
        Habits { after: after.to_vec() }
    }
}

/// Sums over forecasts.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    forecasts: usize,
    came: usize,
    squares: f64,
    logs: f64,
    /// By bin: forecasts, the sum of what was told, and how many came.
    bins: [(usize, f64, usize); BINS],
}

impl Tally {
    fn add(&mut self, told: f64, came: bool) {
        let told = told.clamp(1e-6, 1.0 - 1e-6);
        let answer = f64::from(u8::from(came));
        self.forecasts += 1;
        self.came += usize::from(came);
        self.squares += (told - answer).powi(2);
        self.logs -= (if came { told } else { 1.0 - told }).ln();
        let (forecasts, sum, hits) = &mut self.bins[((told * BINS as f64) as usize).min(BINS - 1)];
        *forecasts += 1;
        *sum += told;
        *hits += usize::from(came);
    }

    fn scores(&self) -> Scores {
        let count = self.forecasts.max(1) as f64;
        let off = |(_, sum, hits): &(usize, f64, usize)| (sum - *hits as f64).abs();
        Scores {
            brier: self.squares / count,
            log: self.logs / count,
            calibration_error: self.bins.iter().map(off).sum::<f64>() / count,
        }
    }

    fn bins(&self) -> Vec<Bin> {
        let bin = |&(forecasts, sum, hits): &(usize, f64, usize)| {
            let count = forecasts.max(1) as f64;
            Bin { forecasts, told: sum / count, came: hits as f64 / count }
        };
        self.bins.iter().map(bin).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::world;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sure_and_right_is_better_than_unsure() {
        let mut sure = Tally::default();
        let mut unsure = Tally::default();
        for came in [true, false, true] {
            sure.add(if came { 0.9 } else { 0.1 }, came);
            unsure.add(0.5, came);
        }
        let (sure, unsure) = (sure.scores(), unsure.scores());
        assert!(sure.brier < unsure.brier && sure.log < unsure.log);
        assert!((unsure.brier - 0.25).abs() < 1e-12);
        assert!((unsure.log - std::f64::consts::LN_2).abs() < 1e-12);
        // Two of three came where a half was told.
        assert!((unsure.calibration_error - 1.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn a_rhythm_is_foretold_better_than_by_its_rate() {
        let mut days = 0;
        let results = backtest(&world(500), 440, &mut |done, _| days = done);
        assert_eq!(results.iter().map(|r| r.days).collect::<Vec<_>>(), HORIZONS);
        assert!(days >= 59, "{days}");
        let next = &results[0];
        assert!(next.forecasts > 1000);
        assert!(next.model.brier < next.climatology.brier, "{next:?}");
        assert!(next.model.log < next.persistence.log, "{next:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        /// What is told on a day, by the forecast and by both rivals, hangs on no later event.
        #[test]
        fn the_future_changes_no_forecast(
            day in 125..175_i32,
            later in prop::collection::vec((1..40_i32, 0..30_u32, 0..30_u32, 0..4_u8), 0..200),
        ) {
            let told = |events: &[Event]| {
                let mut told = Vec::new();
                walk(&Table::new(events), 120, &mut |now, forecaster, habits| {
                    for dyad in forecaster.dyads().filter(|_| now <= day) {
                        for (class, horizon) in [(0, 0), (3, 1), (3, 2)] {
                            told.push((
                                now,
                                forecaster.forecast(dyad, class, horizon),
                                forecaster.usual(dyad, class, horizon),
                                habits.after[horizon][class],
                            ));
                        }
                    }
                });
                told
            };
            let past: Vec<Event> =
                world(200).into_iter().filter(|event| event.day <= day).collect();
            let event = |&(after, source, target, class): &(i32, u32, u32, u8)| Event {
                day: day + after,
                source,
                target,
                class,
            };
            let other: Vec<Event> =
                past.iter().copied().chain(later.iter().map(event)).chain([Event { day: 230, source: 0, target: 1, class: 3 }]).collect();
            let (one, other) = (told(&world(200)), told(&other));
            prop_assert!(!one.is_empty());
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn the_worst_misses_are_told_once_for_each_dyad() {
        let mut worst = Vec::new();
        for (day, told) in [(1, 0.2), (2, 0.9), (3, 0.5)] {
            let dyad = (0, 1);
            let miss =
                Miss { day, dyad, class: 0, told, climatology: 0.1, persistence: 0.1, came: false };
            miss.note(&mut worst);
            Miss { dyad: (day as u32, 9), ..miss }.note(&mut worst);
        }
        let days: Vec<(i32, u32)> = worst.iter().map(|miss| (miss.day, miss.dyad.1)).collect();
        assert_eq!(days, [(2, 1), (2, 9), (3, 9), (1, 9)]);
    }

    #[test]
    fn no_events_give_no_results() {
        assert_eq!(backtest(&[], 0, &mut |_, _| ()), []);
    }
}
