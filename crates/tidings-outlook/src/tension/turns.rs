//! Turns of a series as soon as they can be known: what an alert is told of.
//!
//! In go [`Events`] and what is [`Watched`]; out comes each period in which tension rose, or by which the level
//! of one side is seen to be another. Each is judged by the periods up to its own, so that the past can be
//! gone through as it was seen then.

use super::breaks::{CAUSES, Cause, LIKELY, SETTLED, Side};
use super::rates::{Prior, difference};
use super::runs::{Count, Runs};
use super::{COOPERATIVE, HOSTILE, Periods, Question, Row, Step, incidents, sums, volume};
use crate::events::{Day, Events, Members, Scope, date_of, day_of};
use jiff::civil::Date;

/// What a turn is looked for in.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// Of whom.
    pub scope: Scope,
    /// By day, week or month.
    pub by: Step,
    /// Which turn.
    pub turn: Sought,
}

/// Which turn is sought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sought {
    /// Tension is higher than in the last period before it of which anything was reported, by at least so many points per hundred reports, and its
    /// lower bound is above what it was: what hangs on a few reports is no turn.
    Rise(f64),
    /// The level of a side changed; of either, where none is given.
    Break(Option<Side>),
}

/// One turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// Of which side the level changed; none of a rise.
    pub of: Option<Side>,
    /// First day of the period in which it rose, or of the new level.
    pub since: Date,
    /// Last day of the period by which it was known.
    pub known: Date,
    /// Tension, or incidents of the side, per hundred reports: before,
    pub before: f64,
    /// and then.
    pub after: f64,
    /// First days of the periods beside that in which it began: seen from later, it may be one of them.
    pub beside: Vec<Date>,
    /// The weightiest incidents that made it.
    pub incidents: Vec<Cause>,
}

/// Periods that are looked back over, at most, for what is usual.
const LOOKED_BACK: usize = 104;
/// A change of level is told within so many periods, or not at all.
const LATEST: usize = 8;

/// The turns up to a day, by when they were known.
pub fn turns(events: &Events, watched: &Watched, until: Date) -> Vec<Turn> {
    let Some((_, last)) = events.span() else { return Vec::new() };
    let until = Some(date_of(last.min(day_of(until))));
    let (scope, by) = (watched.scope.clone(), watched.by);
    let question = Question { scope, by, since: None, until, ids: false };
    let periods = Periods::new(events, &question);
    let members = Members::new(events, &question.scope);
    let (volume, exposures) = volume(events, &periods);
    let finder = Finder {
        events,
        scope: &question.scope,
        rows: sums(events, &members, &periods),
        spans: periods.spans().collect(),
        volume,
        exposures,
    };
    match watched.turn {
        Sought::Rise(least) => finder.rises(least),
        Sought::Break(Some(side)) => finder.breaks(side),
        Sought::Break(None) => {
            let mut all = finder.breaks(Side::Hostile);
            all.extend(finder.breaks(Side::Cooperative));
            all.sort_by_key(|turn| turn.known);
            all
        }
    }
}

struct Finder<'a> {
    events: &'a Events,
    scope: &'a Scope,
    rows: Vec<Row>,
    spans: Vec<(Day, Day)>,
    volume: Vec<u32>,
    exposures: Vec<f64>,
}

impl Finder<'_> {
    fn rises(&self, least: f64) -> Vec<Turn> {
        let mut found = Vec::new();
        let reported: Vec<usize> = (0..self.rows.len()).filter(|at| self.volume[*at] > 0).collect();
        for pair in reported.windows(2) {
            let &[earlier, at] = pair else { continue };
            if at < SETTLED {
                continue;
            }
            let from = at.saturating_sub(LOOKED_BACK);
            let prior = |kind: usize| {
                let known = self.rows[from..=at].iter().zip(&self.exposures[from..=at]);
                Prior::of(&known.map(|(row, exposure)| (row[kind], *exposure)).collect::<Vec<_>>())
            };
            let (hostile, cooperative) = (prior(HOSTILE), prior(COOPERATIVE));
            let tension = |at: usize| {
                let row = &self.rows[at];
                let sides = [(&hostile, &row[HOSTILE]), (&cooperative, &row[COOPERATIVE])];
                difference(sides[0], sides[1], self.exposures[at])
            };
            let (before, now) = (tension(earlier).mean, tension(at));
            if now.mean - before >= least && now.low > before {
                found.push(Turn {
                    of: None,
                    since: date_of(self.spans[at].0),
                    known: date_of(self.spans[at].1),
                    before,
                    after: now.mean,
                    beside: Vec::new(),
                    incidents: self.causes(Side::Hostile, at, at),
                });
            }
        }
        found
    }

    fn breaks(&self, side: Side) -> Vec<Turn> {
        let counts: Vec<Count> = self
            .rows
            .iter()
            .zip(&self.exposures)
            .map(|(row, exposure)| {
                let quads = match side {
                    Side::Hostile => &row[2..4],
                    Side::Cooperative => &row[..2],
                };
                Count { incidents: quads.iter().map(|sums| sums.count).sum(), volume: *exposure }
            })
            .collect();
        let rate = |counts: &[Count]| {
            let volume: f64 = counts.iter().map(|count| count.volume).sum();
            100.0 * counts.iter().map(|count| count.incidents).sum::<f64>() / volume.max(1.0)
        };
        let mut found: Vec<Turn> = Vec::new();
        let mut begun = 0;
        for (at, &(since, probability)) in Runs::of(&counts).present.iter().enumerate() {
            let late = since < SETTLED || since + LATEST < at;
            if since <= begun + 1 || late || probability < LIKELY {
                continue;
            }
            let beside = [since.wrapping_sub(1), since + 1];
            found.push(Turn {
                of: Some(side),
                since: date_of(self.spans[since].0),
                known: date_of(self.spans[at].1),
                before: rate(&counts[begun..since]),
                after: rate(&counts[since..=at]),
                beside: beside
                    .iter()
                    .filter_map(|at| Some(date_of(self.spans.get(*at)?.0)))
                    .collect(),
                incidents: self.causes(side, since, at),
            });
            begun = since;
        }
        found
    }

    /// The weightiest incidents of a side from one period to another.
    fn causes(&self, side: Side, from: usize, to: usize) -> Vec<Cause> {
        let (since, until) = (date_of(self.spans[from].0), date_of(self.spans[to].1));
        incidents(self.events, self.scope, since, until)
            .into_iter()
            .filter(|event| side.holds(event))
            .take(CAUSES)
            .map(|event| Cause::of(self.events, event))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::events;
    use super::*;

    /// Talks each week; from the twelfth on also attacks. Ten reports a day.
    fn world() -> Events {
        let mut acts: Vec<(String, &str)> = Vec::new();
        for week in 0..24 {
            let day = |n: i32| date_of(22_348 + 7 * week + n).to_string();
            acts.push((day(0), "040"));
            acts.push((day(1), "112"));
            if week >= 12 {
                (0..6).for_each(|n| acts.push((day(n), "190")));
            }
        }
        let acts: Vec<(&str, &str)> =
            acts.iter().map(|(day, code)| (day.as_str(), *code)).collect();
        let mut events = events(&acts);
        for day in 22_348..22_348 + 7 * 24 {
            events.volume.insert(day, 10);
        }
        events
    }

    fn found(turn: Sought, until: Day) -> Vec<Turn> {
        let scope = Scope::dyad("FJI:TON").unwrap();
        turns(&world(), &Watched { scope, by: Step::Week, turn }, date_of(until))
    }

    const TURN: Day = 22_348 + 7 * 12;

    #[test]
    fn a_rise_is_told_once_in_its_week() {
        let all = found(Sought::Rise(20.0), TURN + 400);
        let [rise] = &all[..] else { panic!("{all:#?}") };
        assert_eq!((rise.since, rise.known), (date_of(TURN), date_of(TURN + 6)));
        assert!(rise.after > rise.before + 20.0, "{rise:?}");
        assert_eq!(rise.incidents[0].cameo, Some("190"));
        // Known before the week is over, and not before it began.
        assert_eq!(found(Sought::Rise(20.0), TURN + 2).len(), 1);
        assert_eq!(found(Sought::Rise(20.0), TURN - 1), []);
        assert_eq!(found(Sought::Rise(5000.0), TURN + 400), []);
    }

    #[test]
    fn a_new_level_is_told_soon_after_it_began() {
        let all = found(Sought::Break(None), TURN + 400);
        let [turn] = &all[..] else { panic!("{all:#?}") };
        assert_eq!((turn.of, turn.since), (Some(Side::Hostile), date_of(TURN)));
        assert!(turn.known <= date_of(TURN + 20), "{turn:?}");
        assert!(turn.after > 4.0 * turn.before);
        assert_eq!(found(Sought::Break(Some(Side::Cooperative)), TURN + 400), []);
        assert_eq!(found(Sought::Break(None), TURN - 1), []);
    }
}
