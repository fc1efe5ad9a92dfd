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

pub use backtest::{Backtest, Bin, Miss, Scores, backtest};
pub use history::Event;

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
/// Days between those that are learned from, for each span: of the longer ones neighbours tell nearly
/// the same. Of few examples none is passed over.
const STRIDES: [usize; HORIZONS.len()] = [2, 5, 5];
const FEW_EXAMPLES: usize = 20_000;
/// Most examples that are learned from, for each span; of more, an even share.
const MOST_EXAMPLES: usize = 400_000;
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
    days: HashMap<(u32, u32), Vec<Vec<i32>>>,
    classes: usize,
}

impl Table {
    fn new(events: &[Event]) -> Table {
        let mut events = events.to_vec();
        events.sort_unstable();
        let classes = events.iter().map(|event| usize::from(event.class) + 1).max().unwrap_or(0);
        let mut days: HashMap<(u32, u32), Vec<Vec<i32>>> = HashMap::default();
        for event in &events {
            let dyad = days.entry((event.source, event.target));
            let classes = dyad.or_insert_with(|| vec![Vec::new(); classes]);
            if let Some(days) = classes.get_mut(event.class as usize)
                && days.last() != Some(&event.day)
            {
                days.push(event.day);
            }
        }
        Table { events, days, classes }
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
    models: Vec<Vec<Option<Model>>>,
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
        let mut history = History::new(table.classes);
        let mut known = Known::default();
        let past = table.events.partition_point(|event| event.day <= day);
        let past = &table.events[..past];
        let worth = worth_learning(past, table.classes);
        let pace = Pace::of(past, worth.iter().filter(|worth| **worth).count());
        let empty = || (0..table.classes).map(|_| Examples::new(WIDTH)).collect();
        let mut examples: Vec<Vec<Examples>> = HORIZONS.iter().map(|_| empty()).collect();
        let first = past.first().map_or(day, |event| event.day);
        // Days without any event tell something too.
        for (through, now) in (first..=day).enumerate() {
            let from = past.partition_point(|event| event.day < now);
            for event in past[from..].iter().take_while(|event| event.day == now) {
                history.add(*event);
                known.add(event);
            }
            let learned: Vec<usize> = (0..HORIZONS.len())
                .filter(|at| (through + 1) % pace.strides[*at] == 0 && now + HORIZONS[*at] <= day)
                .collect();
            if learned.is_empty() {
                continue;
            }
            for (dyad, _) in known.on(now) {
                let share = mixed(dyad, now);
                let learned = learned.iter().filter(|at| share.is_multiple_of(pace.thinned[**at]));
                if learned.clone().next().is_none() {
                    continue;
                }
                for class in (0..table.classes).filter(|class| worth[*class]) {
                    let row = history.describe(dyad, class, now);
                    for at in learned.clone() {
                        let came = table.happens(dyad, class, now, HORIZONS[*at]);
                        examples[*at][class].push(&row, came);
                    }
                }
            }
        }
        let fit = |examples: &Examples| {
            let (_, came) = examples.counts();
            let weights = || logit::fit(examples);
            (came >= FEWEST_EXAMPLES).then(|| Model { weights: weights(), means: examples.means() })
        };
        let models =
            examples.par_iter().map(|classes| classes.par_iter().map(fit).collect()).collect();
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

    /// Days and events a dyad is known by.
    pub fn known(&self, dyad: (u32, u32)) -> Option<(i32, u32)> {
        let (first, events) = *self.known.seen.get(&dyad)?;
        Some((self.day - first, events))
    }

    /// The same probability by climatology: the dyad's own share of days so far. Half an event is added,
    /// so that nothing is impossible.
    pub fn usual(&self, dyad: (u32, u32), class: usize, horizon: usize) -> Option<f64> {
        let (first, days) = self.history.seen(dyad, class)?;
        Some(within(f64::from(days), self.day - first, *HORIZONS.get(horizon)?))
    }

    /// The dyads with enough history to be foretold, in a steady order.
    pub fn dyads(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.known.on(self.day).map(|(dyad, _)| dyad)
    }

    /// What a dyad and class are like, and the weights for it; nothing where the history is too short.
    fn described(
        &self,
        dyad: (u32, u32),
        class: usize,
        horizon: usize,
    ) -> Option<(&Model, [f32; WIDTH])> {
        let (first, events) = *self.known.seen.get(&dyad)?;
        if events < FEWEST_EVENTS || self.day - first < FEWEST_DAYS {
            return None;
        }
        let model = self.models.get(horizon)?.get(class)?.as_ref()?;
        Some((model, self.history.describe(dyad, class, self.day)))
    }

    fn probability(&self, dyad: (u32, u32), class: usize, horizon: usize) -> Option<f64> {
        let (model, row) = self.described(dyad, class, horizon)?;
        Some(logit::probability(&model.weights, &row))
    }

    /// At least one event of `class` in the days after the last known, up to `HORIZONS[horizon]`;
    /// nothing where the history is too short for a forecast.
    pub fn forecast(&self, dyad: (u32, u32), class: usize, horizon: usize) -> Option<Forecast> {
        let (model, row) = self.described(dyad, class, horizon)?;
        let moved = |at: usize| model.weights[at] * (row[at] - model.means[at]);
        let mut drivers: Vec<(&str, f32)> =
            DRIVERS.iter().map(|(name, slots)| (*name, slots.clone().map(moved).sum())).collect();
        drivers.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        Some(Forecast { probability: logit::probability(&model.weights, &row), drivers })
    }
}

/// The probability of at least one such day in a span, from their share of the days known.
fn within(days: f64, known: i32, span: i32) -> f64 {
    let rate = (days + 0.5) / f64::from(known + 1).max(1.0);
    1.0 - (1.0 - rate.min(0.99)).powi(span)
}

/// Of each class, whether it has enough events for weights.
fn worth_learning(past: &[Event], classes: usize) -> Vec<bool> {
    let mut counts = vec![0_usize; classes];
    for event in past {
        if let Some(count) = counts.get_mut(usize::from(event.class)) {
            *count += 1;
        }
    }
    counts.into_iter().map(|count| count >= FEWEST_EXAMPLES).collect()
}

/// Which examples are learned from, for each span: of days that far apart, one of so many.
struct Pace {
    strides: [usize; HORIZONS.len()],
    thinned: [usize; HORIZONS.len()],
}

impl Pace {
    fn of(past: &[Event], classes: usize) -> Pace {
        let mut known = Known::default();
        let mut all = 0;
        let (first, last) = (past.first(), past.last());
        let days = first.zip(last).map_or(0..0, |(first, last)| first.day..last.day + 1);
        let mut rest = past.iter().peekable();
        for now in days {
            while let Some(event) = rest.next_if(|event| event.day <= now) {
                known.add(event);
            }
            all += classes * known.on(now).count();
        }
        let strides = if all < FEW_EXAMPLES { [1; HORIZONS.len()] } else { STRIDES };
        let thinned = strides.map(|stride| (all / stride).div_ceil(MOST_EXAMPLES).max(1));
        Pace { strides, thinned }
    }
}

/// A number without a pattern, always the same of the same dyad and day.
fn mixed((source, target): (u32, u32), day: i32) -> usize {
    let mut hash = 0x9e37_79b9_7f4a_7c15_u64;
    for part in [source, target, day as u32] {
        hash = (hash.rotate_left(23) ^ u64::from(part)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 33;
    }
    hash as usize
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
