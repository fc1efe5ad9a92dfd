//! Breaks of a series: where the level of hostility or cooperation changed, which periods were out of
//! the ordinary, and what made them so.

use super::runs::{Count, Runs};
use super::{Point, Question, Series, incidents};
use crate::events::{Event, Events};
use jiff::civil::Date;
use rustc_hash::FxHashMap as HashMap;
use serde::Serialize;

/// Acts of quad classes 3 and 4, or of 1 and 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Verbal and material conflict.
    Hostile,
    /// Verbal and material cooperation.
    Cooperative,
}

/// The level of one side changed for longer than a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Break {
    /// First day of the first period of the new level.
    pub since: Date,
    /// Of which side.
    pub of: Side,
    /// How likely the level changed there, or a period earlier or later, given the whole series.
    pub probability: f64,
    /// Incidents per hundred reports between the break before and this one,
    pub before: f64,
    /// and between this one and the next.
    pub after: f64,
    /// What changed most: by who did what to whom.
    pub changed: Vec<Change>,
    /// The weightiest incidents of the first four periods of the new level.
    pub incidents: Vec<Cause>,
}

/// A period with more than was to be expected of the periods before it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unusual {
    /// Its first day.
    pub since: Date,
    /// Its last day.
    pub until: Date,
    /// Of which side.
    pub of: Side,
    /// Incidents that came.
    pub came: u32,
    /// That were to be expected.
    pub expected: f64,
    /// How likely so many or more were.
    pub probability: f64,
    /// The weightiest of them.
    pub incidents: Vec<Cause>,
}

/// An incident that made a difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cause {
    /// Its id.
    pub id: String,
    /// Its day.
    pub day: Date,
    /// Who acted.
    pub source: String,
    /// Who was acted upon.
    pub target: String,
    /// CAMEO code, if the table gives one.
    pub cameo: Option<&'static str>,
    /// PLOVER type.
    pub event: Option<&'static str>,
    /// Goldstein scale.
    pub goldstein: f32,
}

/// How often somebody did something of a kind to somebody, before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Who acted: a country, or a name where none is known.
    pub source: String,
    /// Who was acted upon.
    pub target: String,
    /// PLOVER type.
    pub event: &'static str,
    /// Incidents per hundred reports before,
    pub before: f64,
    /// and after.
    pub after: f64,
}

/// What is out of the ordinary in a series.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Breaks {
    /// Changes of level, in the order of days.
    pub breaks: Vec<Break>,
    /// Single periods.
    pub unusual: Vec<Unusual>,
}

/// A break is told from this probability on.
pub(super) const LIKELY: f64 = 0.5;
/// A period is unusual where what came had a probability below this,
const RARE: f64 = 0.01;
/// and at least so many periods lie before it.
pub(super) const SETTLED: usize = 4;
/// Periods after a break whose incidents are shown.
const AFTER: usize = 4;
/// Causes told of each.
pub(super) const CAUSES: usize = 5;

impl Side {
    fn count(self, point: &Point) -> u32 {
        match self {
            Side::Hostile => point.verbal_conflict.incidents + point.material_conflict.incidents,
            Side::Cooperative => {
                point.verbal_cooperation.incidents + point.material_cooperation.incidents
            }
        }
    }

    /// Whether an event is of the side.
    pub(super) fn holds(self, event: &Event) -> bool {
        (event.act.quad >= 3) == (self == Side::Hostile)
    }
}

/// Finds the breaks of a series made from `events` by `question`.
pub fn breaks(events: &Events, question: &Question, series: &Series) -> Breaks {
    let mut found = Breaks::default();
    for side in [Side::Hostile, Side::Cooperative] {
        let finder = Finder { events, question, points: &series.points, side };
        finder.find(&mut found);
    }
    found.breaks.sort_by_key(|a| a.since);
    found.unusual.sort_by_key(|a| a.since);
    found
}

struct Finder<'a> {
    events: &'a Events,
    question: &'a Question,
    points: &'a [Point],
    side: Side,
}

impl Finder<'_> {
    fn find(&self, into: &mut Breaks) {
        let counts: Vec<Count> = self
            .points
            .iter()
            .map(|point| Count {
                incidents: f64::from(self.side.count(point)),
                volume: point.exposure,
            })
            .collect();
        let runs = Runs::of(&counts);
        let starts = starts(&runs.begins);
        let bounds: Vec<usize> = std::iter::once(0)
            .chain(starts.iter().map(|(at, _)| *at))
            .chain([self.points.len()])
            .collect();
        for (number, &(at, probability)) in starts.iter().enumerate() {
            let (from, to) = (bounds[number], bounds[number + 2]);
            into.breaks.push(Break {
                since: self.points[at].since,
                of: self.side,
                probability,
                before: rate(&counts[from..at]),
                after: rate(&counts[at..to]),
                changed: self.changed((from, at), (at, to)),
                incidents: self.causes(at, (at + AFTER).min(to)),
            });
        }
        for (at, point) in self.points.iter().enumerate().skip(SETTLED) {
            let (expected, probability) = runs.foreseen[at];
            let came = self.side.count(point);
            if probability < RARE && came > 1 {
                let (since, until, of) = (point.since, point.until, self.side);
                let incidents = self.causes(at, at + 1);
                into.unusual.push(Unusual {
                    since,
                    until,
                    of,
                    came,
                    expected,
                    probability,
                    incidents,
                });
            }
        }
    }

    /// Incidents of the side in some periods, the weightiest first.
    fn within(&self, from: usize, to: usize) -> impl Iterator<Item = &Event> {
        let span =
            self.points.get(from..to).and_then(|points| Some((points.first()?, points.last()?)));
        let found = span.map_or_else(Vec::new, |(first, last)| {
            incidents(self.events, &self.question.scope, first.since, last.until)
        });
        found.into_iter().filter(|event| self.side.holds(event))
    }

    fn causes(&self, from: usize, to: usize) -> Vec<Cause> {
        self.within(from, to).take(CAUSES).map(|event| Cause::of(self.events, event)).collect()
    }

    /// What one stretch of periods has more, or less, of than another.
    fn changed(&self, before: (usize, usize), after: (usize, usize)) -> Vec<Change> {
        type Who = (String, String, &'static str);
        let mut rates: HashMap<Who, [f64; 2]> = HashMap::default();
        for (at, (from, to)) in [before, after].into_iter().enumerate() {
            let volume: f64 = self.points[from..to].iter().map(|point| point.exposure).sum();
            for event in self.within(from, to) {
                let Some(name) = event.act.event() else { continue };
                let side = |side| self.events.country_of(side);
                let (source, target) =
                    (side(self.events.sources(event)), side(self.events.targets(event)));
                rates.entry((source, target, name)).or_default()[at] += 100.0 / volume.max(1.0);
            }
        }
        let mut changes: Vec<Change> = rates
            .into_iter()
            .map(|((source, target, event), [before, after])| Change {
                source,
                target,
                event,
                before,
                after,
            })
            .collect();
        let far = |change: &Change| (change.after - change.before).abs();
        changes.sort_by(|a, b| {
            let names = || (&a.source, &a.target, a.event).cmp(&(&b.source, &b.target, b.event));
            far(b).total_cmp(&far(a)).then_with(names)
        });
        changes.truncate(CAUSES);
        changes
    }
}

impl Cause {
    /// An event as it is told of.
    pub fn of(events: &Events, event: &Event) -> Cause {
        let names = |side: &[crate::events::Party]| {
            let names: Vec<&str> = side.iter().map(|party| events.called(party)).collect();
            names.join("; ")
        };
        Cause {
            id: events.id(event).to_string(),
            day: crate::events::date_of(event.day),
            source: names(events.sources(event)),
            target: names(events.targets(event)),
            cameo: event.act.entry().map(|entry| entry.cameo),
            event: event.act.event(),
            goldstein: event.act.goldstein,
        }
    }
}

/// Incidents per hundred reports.
fn rate(counts: &[Count]) -> f64 {
    let incidents: f64 = counts.iter().map(|count| count.incidents).sum();
    let volume: f64 = counts.iter().map(|count| count.volume).sum();
    100.0 * incidents / volume.max(1.0)
}

/// Where runs begin, with the probability of it: the likeliest of neighbouring periods.
fn starts(begins: &[f64]) -> Vec<(usize, f64)> {
    let mut found: Vec<(usize, f64)> = Vec::new();
    for at in 1..begins.len() {
        let around = &begins[at.saturating_sub(1).max(1)..(at + 2).min(begins.len())];
        let peak = around.iter().all(|other| *other <= begins[at]);
        let probability = around.iter().sum::<f64>().min(1.0);
        let apart = found.last().is_none_or(|(last, _)| at - last > 1);
        if peak && apart && probability >= LIKELY {
            found.push((at, probability));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::events;
    use super::super::{Step, series};
    use super::*;
    use crate::events::{Scope, date_of};

    #[test]
    fn a_turn_to_violence_is_told_with_what_made_it() {
        // Talks each week; from the twelfth on also attacks.
        let mut acts: Vec<(String, &str)> = Vec::new();
        for week in 0..24 {
            let day = |n: i32| date_of(22_341 + 7 * week + n).to_string();
            acts.push((day(0), "040"));
            acts.push((day(1), "112"));
            if week >= 12 {
                (0..6).for_each(|n| acts.push((day(n), "190")));
            }
        }
        let acts: Vec<(&str, &str)> =
            acts.iter().map(|(day, code)| (day.as_str(), *code)).collect();
        let mut events = events(&acts);
        for day in 22_341..22_341 + 7 * 24 {
            events.volume.insert(day, 10);
        }
        let (scope, by) = (Scope::All, Step::Week);
        let question = Question { scope, by, since: None, until: None, ids: false };
        let found = breaks(&events, &question, &series(&events, &question));
        let [turn] = &found.breaks[..] else { panic!("{:#?}", found.breaks) };
        assert_eq!((turn.of, turn.since), (Side::Hostile, date_of(22_341 + 7 * 12)));
        assert!(turn.probability > 0.9 && turn.after > 5.0 * turn.before, "{turn:?}");
        assert_eq!(turn.incidents[0].cameo, Some("190"));
        let change = &turn.changed[0];
        assert_eq!((&*change.source, &*change.target, change.event), ("FJI", "TON", "ASSAULT"));
        assert!(change.before == 0.0 && change.after > 8.0);
        let week = &found.unusual[0];
        assert_eq!((week.since, week.came), (turn.since, 7));
        assert!(week.expected < 3.0 && week.probability < 0.01);
    }
}
