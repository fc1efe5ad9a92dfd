//! What is likely next, for the dyads of a record or a table, with its own record.
//!
//! In go [`Events`]; out comes, for each dyad of countries, quad class and PLOVER type, the probability of
//! at least one event in the next 1, 7 and 30 days with what drives it ([`crate::counts`]), and, where
//! asked for, the likeliest (actor, event, actor) of the next day ([`crate::links`]).

use crate::counts::{self, Backtest, FEWEST_DAYS, FEWEST_EVENTS, Forecaster, HORIZONS};
use crate::events::{Day, Event, Events, Members, Scope, date_of, day_of};
use crate::links::{self, Fact};
use jiff::civil::Date;
use rustc_hash::FxHashMap as HashMap;
use serde::Serialize;
use tidings_world::events::{codebook, event_types};
use tidings_world::{Countries, Country};

/// The names of quad classes, in their order.
pub const QUADS: [&str; 4] =
    ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Question {
    /// Which dyads.
    pub scope: Scope,
    /// Learned from this day on; else from the first.
    pub since: Option<Date>,
    /// The last day known, from which is foretold; else the last of all.
    pub until: Option<Date>,
}

/// Why a dyad is likely to see an event, or unlikely.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Driver {
    /// A part of its history.
    pub history: &'static str,
    /// How far it moves the forecast from that of an average dyad, in logits.
    pub logits: f32,
}

/// One forecast.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// A quad class (see [`QUADS`]) or a PLOVER type.
    pub kind: &'static str,
    /// Days ahead.
    pub days: i32,
    /// Of at least one event of the kind.
    pub probability: f64,
    /// The same by the dyad's own share of days so far.
    pub usual: f64,
    /// The three strongest drivers.
    pub drivers: Vec<Driver>,
}

/// The forecasts of a dyad; none where its history is too short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dyad {
    /// Who acts: a country.
    pub source: &'static str,
    /// Who is acted upon.
    pub target: &'static str,
    /// Events known of it.
    pub events: u32,
    /// Days since the first of them.
    pub days: i32,
    /// Why there is no forecast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<String>,
    /// Quad classes, then PLOVER types that are frequent enough, each for all spans.
    pub forecasts: Vec<Forecast>,
}

/// How good forecasts made with less history would have been.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    /// First and last day foretold from.
    pub since: Date,
    /// The last day of which is known what came.
    pub until: Date,
    /// A span of days ahead each.
    pub spans: Vec<Span>,
}

/// The record of one span of days ahead.
pub type Span = Backtest<Miss>;

/// A forecast that was far from what came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss {
    /// The day it was made on.
    pub day: Date,
    /// Who acts.
    pub source: &'static str,
    /// Who is acted upon.
    pub target: &'static str,
    /// Quad class or PLOVER type.
    pub kind: &'static str,
    /// The probability told,
    pub told: f64,
    /// that of climatology,
    pub climatology: f64,
    /// and that of persistence.
    pub persistence: f64,
    /// Whether an event came.
    pub came: bool,
}

/// What is foretold, from the last day known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// The last day known.
    pub from: Date,
    /// Events between countries that were learned from.
    pub events: usize,
    /// The dyads of the scope, those with most events first.
    pub dyads: Vec<Dyad>,
}

/// An event that is likely on the next day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// Who acts.
    pub source: String,
    /// CAMEO code, or the PLOVER type where the table gives no codes.
    pub action: &'static str,
    /// The codebook's name for it.
    pub name: &'static str,
    /// Who is acted upon.
    pub target: String,
    /// How many such events are to be expected on the day.
    pub expected: f64,
}

/// By what events are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinds {
    /// The four quad classes.
    Quads,
    /// The sixteen PLOVER types.
    Plover,
}

impl Kinds {
    fn of(self, event: &Event) -> Option<u8> {
        match self {
            Kinds::Quads => event.act.quad.checked_sub(1),
            Kinds::Plover => event.act.plover,
        }
    }

    fn name(self, class: usize) -> &'static str {
        let names = match self {
            Kinds::Quads => &QUADS[..],
            Kinds::Plover => event_types(),
        };
        names.get(class).copied().unwrap_or_default()
    }

    fn number(self) -> usize {
        match self {
            Kinds::Quads => QUADS.len(),
            Kinds::Plover => event_types().len(),
        }
    }
}

/// Countries as the numbers that [`crate::counts`] knows them by.
#[derive(Default)]
struct Numbers {
    numbers: HashMap<Country, u32>,
    countries: Vec<Country>,
}

impl Numbers {
    fn of(&mut self, country: Country) -> u32 {
        *self.numbers.entry(country).or_insert_with(|| {
            self.countries.push(country);
            self.countries.len() as u32 - 1
        })
    }

    fn code(&self, number: u32) -> &'static str {
        let country = self.countries.get(number as usize);
        country.map_or("", |country| Countries::embedded().code(*country))
    }
}

/// The span of days that is learned from.
fn span(events: &Events, since: Option<Date>, until: Option<Date>) -> Option<(Day, Day)> {
    // What is told of days before the first report is what reports recall: no even sample.
    let (first, last) = events.span()?;
    let first = since.map_or(first, |since| day_of(since).max(first));
    let last = until.map_or(last, |until| day_of(until).min(last));
    (first <= last).then_some((first, last))
}

/// Each event once for each pair of countries on its sides.
fn pairs(
    events: &Events,
    (first, last): (Day, Day),
) -> impl Iterator<Item = (&Event, Country, Country)> {
    events.rows().iter().filter(move |event| (first..=last).contains(&event.day)).flat_map(
        |event| {
            let countries = |side: &[crate::events::Party]| {
                let mut known: Vec<Country> =
                    side.iter().filter_map(|party| party.country).collect();
                known.sort_unstable();
                known.dedup();
                known
            };
            let targets = countries(events.targets(event));
            countries(events.sources(event)).into_iter().flat_map(move |source| {
                targets.clone().into_iter().map(move |target| (event, source, target))
            })
        },
    )
}

fn counted(
    events: &Events,
    span: (Day, Day),
    kinds: Kinds,
    numbers: &mut Numbers,
) -> Vec<counts::Event> {
    pairs(events, span)
        .filter_map(|(event, source, target)| {
            let (source, target) = (numbers.of(source), numbers.of(target));
            Some(counts::Event { day: event.day, source, target, class: kinds.of(event)? })
        })
        .collect()
}

/// Foretells the dyads of a scope; nothing where no event lies in the span.
pub fn forecast(events: &Events, question: &Question) -> Option<Outlook> {
    let span = span(events, question.since, question.until)?;
    let members = Members::new(events, &question.scope);
    let mut numbers = Numbers::default();
    let mut sought: HashMap<(u32, u32), u32> = HashMap::default();
    for (event, source, target) in pairs(events, span) {
        if members.has(event) && fits(&question.scope, source, target) {
            *sought.entry((numbers.of(source), numbers.of(target))).or_default() += 1;
        }
    }
    let fitted: Vec<(Kinds, Forecaster)> = [Kinds::Quads, Kinds::Plover]
        .map(|kinds| {
            let counted = counted(events, span, kinds, &mut numbers);
            (kinds, Forecaster::fit(&counted, span.1))
        })
        .into();
    let mut dyads: Vec<((u32, u32), u32)> = sought.into_iter().collect();
    dyads.sort_by_key(|((source, target), count)| {
        (std::cmp::Reverse(*count), numbers.code(*source), numbers.code(*target))
    });
    let dyads = dyads.into_iter().map(|(dyad, _)| foretold(&fitted, dyad, &numbers)).collect();
    let events = pairs(events, span).count();
    Some(Outlook { from: date_of(span.1), events, dyads })
}

/// An event with several countries on a side stands in several dyads, not all of which were asked for.
fn fits(scope: &Scope, a: Country, b: Country) -> bool {
    match scope {
        Scope::Dyad { source, target, mutual } => {
            let fits = |a, b| source.is_none_or(|s| s == a) && target.is_none_or(|t| t == b);
            fits(a, b) || *mutual && fits(b, a)
        }
        Scope::Country(country) => a == *country || b == *country,
        _ => true,
    }
}

fn foretold(fitted: &[(Kinds, Forecaster)], dyad: (u32, u32), numbers: &Numbers) -> Dyad {
    let known = fitted.first().and_then(|(_, forecaster)| forecaster.known(dyad));
    let (days, events) = known.unwrap_or_default();
    let mut forecasts = Vec::new();
    for (kinds, forecaster) in fitted {
        for class in 0..kinds.number() {
            for (horizon, days) in HORIZONS.into_iter().enumerate() {
                let Some(told) = forecaster.forecast(dyad, class, horizon) else { continue };
                let driver = |&(history, logits): &(&'static str, f32)| Driver { history, logits };
                forecasts.push(Forecast {
                    kind: kinds.name(class),
                    days,
                    probability: told.probability,
                    usual: forecaster.usual(dyad, class, horizon).unwrap_or_default(),
                    drivers: told.drivers.iter().take(3).map(driver).collect(),
                });
            }
        }
    }
    let withheld = if events < FEWEST_EVENTS || days < FEWEST_DAYS {
        Some(format!(
            "too short a history: {events} events in {days} days; {FEWEST_EVENTS} events and {FEWEST_DAYS} days are needed"
        ))
    } else if forecasts.is_empty() {
        Some("too few events of all dyads together to learn from".to_string())
    } else {
        None
    };
    let (source, target) = (numbers.code(dyad.0), numbers.code(dyad.1));
    Dyad { source, target, events, days, withheld, forecasts }
}

/// Goes back over the last `days` and sets forecasts of all dyads beside what came; nothing where
/// fewer than 60 days lie before them.
pub fn backtest(
    events: &Events,
    kinds: Kinds,
    days: u32,
    done: &mut dyn FnMut(usize, usize),
) -> Option<Record> {
    let (first, last) = span(events, None, None)?;
    let days = Day::try_from(days).unwrap_or(Day::MAX).min(last - first);
    let from = last - days;
    if from - first < 2 * FEWEST_DAYS {
        return None;
    }
    let mut numbers = Numbers::default();
    let counted = counted(events, (first, last), kinds, &mut numbers);
    let spans = counts::backtest(&counted, from, done);
    let spans = spans.into_iter().filter(|span| span.forecasts > 0);
    let spans: Vec<Span> =
        spans.map(|span| span.telling(|miss| told(miss, kinds, &numbers))).collect();
    (!spans.is_empty()).then(|| Record { since: date_of(from), until: date_of(last), spans })
}

fn told(miss: counts::Miss, kinds: Kinds, numbers: &Numbers) -> Miss {
    Miss {
        day: date_of(miss.day),
        source: numbers.code(miss.dyad.0),
        target: numbers.code(miss.dyad.1),
        kind: kinds.name(miss.class),
        told: miss.told,
        climatology: miss.climatology,
        persistence: miss.persistence,
        came: miss.came,
    }
}

/// The likeliest (actor, event, actor) of the day after the last known, between named actors of the
/// scope: at most `most`.
pub fn next(events: &Events, question: &Question, most: usize) -> Vec<Link> {
    let Some(span) = span(events, question.since, question.until) else { return Vec::new() };
    let codes = codebook().len() as u32;
    let relation = |event: &Event| match (event.act.code, event.act.plover) {
        (Some(code), _) => Some(u32::from(code)),
        (None, plover) => Some(codes + u32::from(plover?)),
    };
    let mut numbers: HashMap<&str, u32> = HashMap::default();
    let mut names: Vec<(&str, Option<Country>)> = Vec::new();
    let mut sought = Vec::new();
    let members = Members::new(events, &question.scope);
    let mut facts = Vec::new();
    for event in events.rows().iter().filter(|event| (span.0..=span.1).contains(&event.day)) {
        let Some(relation) = relation(event) else { continue };
        let mut number = |party: &crate::events::Party| {
            let name = events.called(party);
            let number = *numbers.entry(name).or_insert_with(|| {
                names.push((name, party.country));
                names.len() as u32 - 1
            });
            (!name.is_empty()).then_some(number)
        };
        let subjects: Vec<u32> = events.sources(event).iter().filter_map(&mut number).collect();
        let objects: Vec<u32> = events.targets(event).iter().filter_map(&mut number).collect();
        let within = members.has(event);
        for &subject in &subjects {
            for &object in &objects {
                facts.push(Fact { day: event.day, subject, relation, object });
                if within {
                    sought.push((subject, relation));
                }
            }
        }
    }
    sought.sort_unstable();
    sought.dedup();
    let facts = links::Facts {
        parts: vec![facts],
        actors: names.len(),
        relations: codes as usize + event_types().len(),
    };
    let named = |relation: u32| match codebook().get(relation as usize) {
        Some(entry) => (entry.cameo, entry.name),
        None => {
            let event = event_types().get((relation - codes) as usize).copied();
            (event.unwrap_or_default(), event.unwrap_or_default())
        }
    };
    let actor = |number: u32| names.get(number as usize).copied().unwrap_or_default();
    // Who does what was asked for; to whom it is likely is another matter.
    let asked = |likely: &links::Likely| {
        let ((_, source), (_, target)) = (actor(likely.subject), actor(likely.object));
        match &question.scope {
            Scope::Dyad { .. } => {
                source.zip(target).is_some_and(|(a, b)| fits(&question.scope, a, b))
            }
            _ => true,
        }
    };
    let link = |likely: links::Likely| {
        let (action, called) = named(likely.relation);
        Link {
            source: actor(likely.subject).0.to_string(),
            action,
            name: called,
            target: actor(likely.object).0.to_string(),
            expected: likely.expected,
        }
    };
    links::next(&facts, &sought).into_iter().filter(asked).take(most).map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tension::tests::events;

    /// Fiji strikes Tonga every third day and talks each Monday.
    fn world() -> Events {
        let acts: Vec<(String, &str)> = (0..300)
            .flat_map(|day| {
                let date = date_of(22_341 + day).to_string();
                let strike = (day % 3 == 0).then(|| (date.clone(), "190"));
                let talk = (day % 7 == 0).then_some((date, "040"));
                strike.into_iter().chain(talk)
            })
            .collect();
        let acts: Vec<(&str, &str)> =
            acts.iter().map(|(day, code)| (day.as_str(), *code)).collect();
        events(&acts)
    }

    fn asked(scope: Scope) -> Question {
        Question { scope, since: None, until: None }
    }

    #[test]
    fn each_dyad_has_its_kinds_and_spans() {
        let outlook = forecast(&world(), &asked(Scope::All)).unwrap();
        let [dyad] = &outlook.dyads[..] else { panic!("{outlook:?}") };
        assert_eq!((dyad.source, dyad.target, &dyad.withheld), ("FJI", "TON", &None));
        let told = |kind, days| {
            let found = dyad.forecasts.iter().find(|f| f.kind == kind && f.days == days);
            found.unwrap_or_else(|| panic!("{kind} {days}: {dyad:#?}"))
        };
        assert!(told("material_conflict", 7).probability > 0.9);
        assert!(told("ASSAULT", 7).probability > 0.9);
        assert!((told("ASSAULT", 1).usual - 0.33).abs() < 0.05);
        assert_eq!(told("CONSULT", 30).drivers.len(), 3);
        assert!(dyad.forecasts.iter().all(|f| f.kind != "SANCTION"));
    }

    #[test]
    fn a_short_history_is_told_and_gives_none() {
        let events = events(&[("2031-03-01", "190"), ("2031-03-04", "190")]);
        let outlook = forecast(&events, &asked(Scope::All)).unwrap();
        let [dyad] = &outlook.dyads[..] else { panic!("{outlook:?}") };
        assert!(dyad.forecasts.is_empty());
        assert!(dyad.withheld.as_ref().unwrap().contains("2 events in 3 days"), "{dyad:?}");
        assert_eq!(backtest(&events, Kinds::Quads, 30, &mut |_, _| ()), None);
    }

    #[test]
    fn forecasts_have_their_record() {
        let record = backtest(&world(), Kinds::Quads, 90, &mut |_, _| ()).unwrap();
        assert!(!record.spans.is_empty());
        assert!(record.spans[0].model.brier <= record.spans[0].climatology.brier);
        assert!(record.spans[0].misses.iter().all(|miss| miss.source == "FJI"));
    }

    #[test]
    fn the_next_day_has_its_likeliest_events() {
        let links = next(&world(), &asked(Scope::All), 5);
        assert!(!links.is_empty());
        let first = &links[0];
        assert_eq!(
            (&*first.source, first.action, &*first.target),
            ("Navy of Fiji", "190", "Tonga")
        );
        assert!(links.windows(2).all(|pair| pair[0].expected >= pair[1].expected));
        assert_eq!(next(&world(), &asked(Scope::dyad("TON:FJI").unwrap()), 5), []);
    }
}
