//! How likely it is that something of a kind happens between two parties within some days.
//!
//! In go dated events of dyads (ordered pairs of actors) and classes; out come, for each dyad and
//! class, the probability of at least one event in the next 1, 7 and 30 days, with what drives it.
//! Events excite further events: the logit of the probability is a weighted sum of fading counts of
//! the dyad itself, of the other side and of both actors at large (a self-exciting process after
//! Hawkes 1971 in discrete time, with several half-lives; weights by maximum likelihood). Where the
//! history of a dyad is too short, none is given.
//!
//! [`backtest`] goes back in time and sets the forecasts beside what came, and beside two plain
//! rivals: climatology (the dyad's own share of days so far) and persistence (what usually follows on
//! a span with, or without, such an event).

mod backtest;
mod history;
mod logit;

pub use backtest::{Backtest, Bin, Scores, backtest};
pub use history::{CLASSES, Event};

use history::{DRIVERS, History, WIDTH};
use logit::Examples;
use rayon::prelude::*;
use rustc_hash::FxHashMap as HashMap;

/// Days ahead that are foretold.
pub const HORIZONS: [i32; 3] = [1, 7, 30];
/// A dyad is foretold once it has had so many events,
pub const FEWEST_EVENTS: u32 = 5;
/// and has been known for so many days.
pub const FEWEST_DAYS: i32 = 30;
/// Days between those that are learned from: neighbours tell nearly the same.
const STRIDE: usize = 5;
/// Fewest examples with an event, for a class and span, that weights can be had from.
const FEWEST_EXAMPLES: usize = 30;

/// The probability of at least one event, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// From 0 to 1.
    pub probability: f64,
    /// What moves it away from the average of all dyads, in logits, the strongest first.
    pub drivers: Vec<(&'static str, f32)>,
}

/// Events by dyad, in the order of days, and the dyads that may be foretold on a day.
#[derive(Debug)]
struct Table {
    /// All events by day.
    events: Vec<Event>,
    /// Days with an event, ascending, by dyad and class.
    days: HashMap<(u32, u32), [Vec<i32>; CLASSES]>,
}

impl Table {
    fn new(events: &[Event]) -> Table {
        let mut events = events.to_vec();
        events.sort_unstable();
        let mut days: HashMap<(u32, u32), [Vec<i32>; CLASSES]> = HashMap::default();
        for event in &events {
            let classes = days.entry((event.source, event.target)).or_default();
            if let Some(days) = classes.get_mut(event.class as usize)
                && days.last() != Some(&event.day)
            {
                days.push(event.day);
            }
        }
        Table { events, days }
    }

    /// Whether the dyad sees such an event on the days after `day`, up to `horizon` later.
    fn happens(&self, dyad: (u32, u32), class: usize, day: i32, horizon: i32) -> bool {
        self.events_within(dyad, class, day, day + horizon) > 0
    }

    /// Days with such an event after `from` and up to `to`.
    fn events_within(&self, dyad: (u32, u32), class: usize, from: i32, to: i32) -> usize {
        let Some(days) = self.days.get(&dyad).and_then(|classes| classes.get(class)) else {
            return 0;
        };
        days.partition_point(|&day| day <= to) - days.partition_point(|&day| day <= from)
    }
}

/// The dyads with enough history, as days go by.
#[derive(Debug, Default)]
struct Known {
    seen: HashMap<(u32, u32), (i32, u32)>,
    /// Dyads with enough events, in the order in which they came to have them.
    enough: Vec<(u32, u32)>,
}

impl Known {
    fn add(&mut self, event: &Event) {
        let dyad = (event.source, event.target);
        let (_, events) = self.seen.entry(dyad).or_insert((event.day, 0));
        *events += 1;
        if *events == FEWEST_EVENTS {
            self.enough.push(dyad);
        }
    }

    fn on(&self, day: i32) -> impl Iterator<Item = ((u32, u32), i32)> + '_ {
        let first = move |dyad: &(u32, u32)| self.seen.get(dyad).map_or(day, |seen| seen.0);
        self.enough
            .iter()
            .map(move |dyad| (*dyad, first(dyad)))
            .filter(move |(_, first)| day - first >= FEWEST_DAYS)
    }
}

/// Fitted to a past; foretells from its last day.
#[derive(Debug)]
pub struct Forecaster {
    history: History,
    known: Known,
    day: i32,
    /// By horizon and class: weights, and the mean of each number; none where too little is known.
    models: Vec<[Option<Model>; CLASSES]>,
}

#[derive(Debug)]
struct Model {
    weights: Vec<f32>,
    means: Vec<f32>,
}

impl Forecaster {
    /// Learns from events up to and including `day`; later ones are not looked at.
    pub fn fit(events: &[Event], day: i32) -> Forecaster {
        let past: Vec<Event> = events.iter().copied().filter(|event| event.day <= day).collect();
        Forecaster::of(&Table::new(&past), day)
    }

    /// The same, of a table whose events after `day` are not looked at.
    fn of(table: &Table, day: i32) -> Forecaster {
        let mut history = History::default();
        let mut known = Known::default();
        let empty = || Examples::new(WIDTH);
        let mut examples: Vec<[Examples; CLASSES]> =
            HORIZONS.iter().map(|_| std::array::from_fn(|_| empty())).collect();
        let mut through = 0;
        let past = table.events.partition_point(|event| event.day <= day);
        for today in table.events[..past].chunk_by(|a, b| a.day == b.day) {
            let Some(now) = today.first().map(|event| event.day) else { continue };
            for event in today {
                history.add(*event);
                known.add(event);
            }
            through += 1;
            if through % STRIDE != 0 {
                continue;
            }
            for (dyad, _) in known.on(now) {
                for class in 0..CLASSES {
                    let row = history.describe(dyad, class, now);
                    for (horizon, examples) in HORIZONS.iter().zip(&mut examples) {
                        if now + horizon <= day {
                            let came = table.happens(dyad, class, now, *horizon);
                            examples[class].push(&row, came);
                        }
                    }
                }
            }
        }
        let fit = |examples: &Examples| {
            let (_, came) = examples.counts();
            let weights = || logit::fit(examples);
            (came >= FEWEST_EXAMPLES).then(|| Model { weights: weights(), means: examples.means() })
        };
        let models = examples
            .par_iter()
            .map(|classes| {
                let mut fitted = classes.par_iter().map(fit).collect::<Vec<_>>().into_iter();
                std::array::from_fn(|_| fitted.next().flatten())
            })
            .collect();
        Forecaster { history, known, day, models }
    }

    /// Adds what happened on later days, without learning from it.
    fn go_on(&mut self, events: &[Event], day: i32) {
        for event in events {
            self.history.add(*event);
            self.known.add(event);
        }
        self.day = day;
    }

    /// The dyads with enough history to be foretold, in a steady order.
    pub fn dyads(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.known.on(self.day).map(|(dyad, _)| dyad)
    }

    /// At least one event of `class` in the days after the last known, up to `HORIZONS[horizon]`;
    /// nothing where the history is too short for a forecast.
    pub fn forecast(&self, dyad: (u32, u32), class: usize, horizon: usize) -> Option<Forecast> {
        let (first, events) = *self.known.seen.get(&dyad)?;
        if events < FEWEST_EVENTS || self.day - first < FEWEST_DAYS {
            return None;
        }
        let model = self.models.get(horizon)?.get(class)?.as_ref()?;
        let row = self.history.describe(dyad, class, self.day);
        let moved = |at: usize| model.weights[at] * (row[at] - model.means[at]);
        let mut drivers: Vec<(&str, f32)> =
            DRIVERS.iter().map(|(name, slots)| (*name, slots.clone().map(moved).sum())).collect();
        drivers.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        Some(Forecast { probability: logit::probability(&model.weights, &row), drivers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two neighbours of whom one strikes each third day and is answered the day after, and many who
    /// seldom meet.
    pub(super) fn world(days: i32) -> Vec<Event> {
        let event = |day, source, target, class| Event { day, source, target, class };
        let mut events = Vec::new();
        for day in 0..days {
            if day % 3 == 0 {
                events.push(event(day, 0, 1, 3));
                events.push(event(day + 1, 1, 0, 3));
            }
            for other in 2..30 {
                if (day * 7 + other * 13) % 23 == 0 {
                    events.push(event(day, other as u32, (other as u32 + 1) % 30, 0));
                }
            }
        }
        events
    }

    #[test]
    fn who_strikes_often_is_foretold_to_strike() {
        let forecaster = Forecaster::fit(&world(500), 499);
        let within = |horizon| forecaster.forecast((0, 1), 3, horizon).unwrap();
        assert!(within(1).probability > 0.9, "{:?}", within(1));
        assert!(within(0).probability < within(1).probability);
        assert_eq!(within(0).drivers.len(), DRIVERS.len());
        let calm = forecaster.forecast((2, 3), 3, 1).unwrap();
        assert!(calm.probability < 0.1, "{calm:?}");
    }

    #[test]
    fn a_short_history_gives_no_forecast() {
        let forecaster = Forecaster::fit(&world(200), 199);
        assert_eq!(forecaster.forecast((0, 17), 3, 0), None);
        // Too few days of all for weights.
        let early = Forecaster::fit(&world(200), 20);
        assert_eq!(early.forecast((0, 1), 3, 0), None);
    }

    #[test]
    fn later_events_are_not_looked_at() {
        let all = world(200);
        let before: Vec<Event> = all.iter().copied().filter(|event| event.day <= 120).collect();
        let (one, other) = (Forecaster::fit(&all, 120), Forecaster::fit(&before, 120));
        for dyad in [(0, 1), (1, 0), (5, 6)] {
            assert_eq!(one.forecast(dyad, 3, 2), other.forecast(dyad, 3, 2));
        }
    }
}
