//! Forecasts set beside what came.

use super::{CLASSES, Event, Forecaster, HORIZONS, Table};
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

/// One span of days ahead: the forecast beside its rivals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Backtest {
    /// Days ahead.
    pub horizon: i32,
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
}

/// Goes through the days after `from` up to the last and foretells from each, with weights fitted to
/// what lay before; spans that end after the last day are left out. One result a horizon.
pub fn backtest(events: &[Event], from: i32, done: &mut dyn FnMut(usize, usize)) -> Vec<Backtest> {
    let table = Table::new(events);
    let Some(last) = table.events.last().map(|event| event.day) else { return Vec::new() };
    let mut tallies: Vec<[Tally; 3]> = HORIZONS.iter().map(|_| Default::default()).collect();
    let all = (last - from).max(0) as usize;
    let mut forecaster = Forecaster::of(&table, from);
    let mut habits = Habits::of(&table, &forecaster, from);
    for day in from..last {
        if day > from {
            if (day - from) % REFIT == 0 {
                forecaster = Forecaster::of(&table, day);
                habits = Habits::of(&table, &forecaster, day);
            } else {
                let before = table.events.partition_point(|event| event.day < day);
                let after = table.events.partition_point(|event| event.day <= day);
                forecaster.go_on(&table.events[before..after], day);
            }
        }
        let dyads: Vec<_> = forecaster.known.on(day).collect();
        for (horizon, tallies) in tallies.iter_mut().enumerate() {
            let span = HORIZONS[horizon];
            if day + span > last {
                continue;
            }
            for &(dyad, first) in &dyads {
                for class in 0..CLASSES {
                    let Some(told) = forecaster.forecast(dyad, class, horizon) else { continue };
                    let came = table.happens(dyad, class, day, span);
                    tallies[0].add(told.probability, came);
                    tallies[1].add(climatology(&table, dyad, class, first, day, span), came);
                    let lately = table.happens(dyad, class, day - span, span);
                    tallies[2].add(habits.after[horizon][class][usize::from(lately)], came);
                }
            }
        }
        done((day - from + 1) as usize, all);
    }
    HORIZONS
        .iter()
        .zip(tallies)
        .map(|(&horizon, [model, climatology, persistence])| Backtest {
            horizon,
            forecasts: model.forecasts,
            came: model.came as f64 / model.forecasts.max(1) as f64,
            calibration: model.bins(),
            model: model.scores(),
            climatology: climatology.scores(),
            persistence: persistence.scores(),
        })
        .collect()
}

/// The share of the days so far with such an event, as the probability of at least one in a span;
/// half an event is added, so that nothing is impossible.
fn climatology(
    table: &Table,
    dyad: (u32, u32),
    class: usize,
    first: i32,
    day: i32,
    span: i32,
) -> f64 {
    let days = table.events_within(dyad, class, first - 1, day) as f64;
    let rate = (days + 0.5) / f64::from(day - first + 1).max(1.0);
    1.0 - (1.0 - rate.min(0.99)).powi(span)
}

/// How often an event follows on a span without one, and on one with.
#[derive(Debug)]
struct Habits {
    after: Vec<[[f64; 2]; CLASSES]>,
}

impl Habits {
    fn of(table: &Table, forecaster: &Forecaster, day: i32) -> Habits {
        let after = HORIZONS.map(|span| {
            std::array::from_fn(|class| {
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
            })
        });
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
        assert_eq!(results.iter().map(|r| r.horizon).collect::<Vec<_>>(), HORIZONS);
        assert!(days >= 59, "{days}");
        let next = &results[0];
        assert!(next.forecasts > 1000);
        assert!(next.model.brier < next.climatology.brier, "{next:?}");
        assert!(next.model.log < next.persistence.log, "{next:?}");
    }

    #[test]
    fn no_events_give_no_results() {
        assert_eq!(backtest(&[], 0, &mut |_, _| ()), []);
    }
}
