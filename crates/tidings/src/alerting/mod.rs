//! Alerts: what of a record fits the [rules](crate::outlook::alerts), told once and acted upon.
//!
//! What has fired is kept in a file beside the record, a line of JSON each, so that nothing is told twice
//! whenever the program is ended and run again. An action that fails is tried again the next time.

mod act;
mod fired;

pub use act::{ActionError, act};
pub use fired::{Fired, StateError};

use crate::deadlines::{self, Deadline};
use crate::outlook::alerts::{Rule, Rules};
use crate::outlook::events::{Events, Scope};
use crate::outlook::tension::Step;
use crate::outlook::tension::breaks::Side;
use crate::outlook::tension::turns::{Turn, Watched, turns};
use crate::record::questions::{Filter, Subject, Unanswered};
use crate::record::{Error, Record, Trust};
use crate::safe;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// One thing that fits one rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alert {
    /// The name of the rule.
    pub rule: String,
    /// Id of the incident (`i…`) or of the date (`d…`), or the side and first day of a turn of tension.
    pub id: String,
    /// Ids that the same thing may have been told under before.
    #[serde(skip)]
    pub akin: Vec<String>,
    /// The day from which the record could tell of it.
    pub day: Option<Date>,
    /// What it is, in a line.
    pub told: String,
    /// All that is known of it, by column.
    pub about: BTreeMap<&'static str, String>,
}

/// Everything in the record that fits a rule; dates as they stand on a day, by what was reported until then.
///
/// # Errors
/// If the record cannot be read.
pub fn matching(record: &Record, rules: &Rules, on: Date) -> Result<Vec<Alert>, Error> {
    let mut found = Vec::new();
    let events = happened(record, rules)?;
    for rule in &rules.rules {
        match (rule.tension(), rule.deadline_within) {
            (Some(watched), _) => tension(&events, rule, &watched, on, &mut found),
            (None, Some(_)) => dates(record, rule, on, &mut found)?,
            (None, None) => incidents(record, rule, None, &mut found)?,
        }
    }
    Ok(found)
}

/// What would have fired over the past, by day: an incident on the day it was first reported, as it is
/// known now; a date on the first day on which it was told of and near enough, if it was open then; a turn of
/// tension at the end of the period by which it was known.
///
/// # Errors
/// If the record cannot be read.
pub fn past(record: &Record, rules: &Rules, on: Date) -> Result<Vec<Alert>, Error> {
    let mut found = Vec::new();
    let events = happened(record, rules)?;
    for rule in &rules.rules {
        if let Some(watched) = rule.tension() {
            tension(&events, rule, &watched, on, &mut found);
            continue;
        }
        let Some(within) = rule.deadline_within else {
            incidents(record, rule, Some(on), &mut found)?;
            continue;
        };
        let all = deadlines::of(record, &deadlines::Question { filter: filter(rule), on })?;
        let mut days: Vec<Date> = all.iter().filter_map(|date| first_near(date, within)).collect();
        days.retain(|day| *day <= on);
        days.sort_unstable();
        days.dedup();
        for day in days {
            let mut then = Vec::new();
            dates(record, rule, day, &mut then)?;
            then.retain(|alert| {
                !found.iter().any(|known: &Alert| known.rule == rule.name && known.id == alert.id)
            });
            found.extend(then.into_iter().map(|alert| Alert { day: Some(day), ..alert }));
        }
    }
    found.sort_by(|a, b| (a.day, &a.rule, &a.id).cmp(&(b.day, &b.rule, &b.id)));
    Ok(found)
}

/// The first day on which a date was told of and at most so many days off.
fn first_near(date: &Deadline, within: u32) -> Option<Date> {
    let told = date.told.iter().filter_map(|stands| stands.published).min()?;
    let left = crate::outlook::dates::days_left(date.kind, date.since.zip(date.until), told)?;
    let wait = (left - i64::from(within)).max(0);
    Some(told.saturating_add(wait.days()))
}

/// As the record takes it; what no SQL can tell is asked of the rule.
fn filter(rule: &Rule) -> Filter {
    Filter {
        // Rules are checked as they are read: a dyad that is none asks for nothing.
        dyad: rule.dyad.as_deref().and_then(|dyad| Filter::dyad(dyad).ok()),
        actor: rule.actor.clone(),
        event: rule.event.clone(),
        place: rule.place.clone(),
        words: rule.words.clone(),
        trust: rule.deadline_within.is_none().then(|| rule.trust()),
        ..Filter::default()
    }
}

fn incidents(
    record: &Record,
    rule: &Rule,
    until: Option<Date>,
    into: &mut Vec<Alert>,
) -> Result<(), Error> {
    let columns: Vec<&'static str> = Subject::Incidents.columns().collect();
    let taken = record.ask(Subject::Incidents, &filter(rule), |row| {
        let about: BTreeMap<&'static str, String> = columns
            .iter()
            .copied()
            .zip(row.iter().map(|value| value.words("; ")))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let of = |name: &str| about.get(name).map_or("", String::as_str);
        let day: Option<Date> = of("first_report").parse().ok();
        let sources = of("sources").parse().unwrap_or(0);
        if rule.fits_incident(of("status"), sources) && day <= until.or(day) {
            let sides = match (of("source"), of("target")) {
                (source, "") => source.to_string(),
                (source, target) => format!("{source} → {target}"),
            };
            let act = crate::brief::action(of("cameo"));
            let told = format!("{} {act}: {sides} ({})", of("event"), of("status"));
            let (rule, id) = (rule.name.clone(), of("id").to_string());
            into.push(Alert { rule, id, akin: Vec::new(), day, told, about });
        }
        Ok::<(), Infallible>(())
    });
    match taken {
        Ok(_) => Ok(()),
        Err(Unanswered::Record(error)) => Err(error),
        Err(Unanswered::Taker(never)) => match never {},
    }
}

fn dates(record: &Record, rule: &Rule, on: Date, into: &mut Vec<Alert>) -> Result<(), Error> {
    for date in deadlines::of(record, &deadlines::Question { filter: filter(rule), on })? {
        if !rule.fits_date(date.kind, date.state, date.days_left, date.sources) {
            continue;
        }
        let until = date.until.map(|day| day.to_string()).unwrap_or_default();
        let names = |of: &[crate::record::questions::deadlines::Party]| {
            of.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join("; ")
        };
        let about: BTreeMap<&'static str, String> = [
            ("kind", date.kind.name().to_string()),
            ("since", date.since.map(|day| day.to_string()).unwrap_or_default()),
            ("until", until.clone()),
            ("days_left", date.days_left.map(|left| left.to_string()).unwrap_or_default()),
            ("set_by", names(&date.set_by)),
            ("parties", names(&date.parties)),
            ("what", date.what.clone()),
            ("condition", date.condition.clone().unwrap_or_default()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
        let told = format!("{} of {until}: {}", date.kind.name(), date.what);
        let (rule, akin) = (rule.name.clone(), Vec::new());
        into.push(Alert { rule, id: date.id, akin, day: Some(on), told, about });
    }
    Ok(())
}

/// What happened by the record, where a rule is of tension.
fn happened(record: &Record, rules: &Rules) -> Result<Events, Error> {
    match rules.rules.iter().any(|rule| rule.tension().is_some()) {
        true => Events::of_record(record, Trust::Trusted),
        false => Ok(Events::default()),
    }
}

fn tension(events: &Events, rule: &Rule, watched: &Watched, on: Date, into: &mut Vec<Alert>) {
    let scope = safe::line(&watched.scope.to_string());
    let whose = match watched.scope {
        Scope::In(_) => scope.clone(),
        _ => format!("of {scope}"),
    };
    let period = match watched.by {
        Step::Day => "on the day",
        Step::Week => "in the week from",
        Step::Month => "in the month from",
    };
    for Turn { of, since, known, before, after, beside, incidents } in turns(events, watched, on) {
        let side = of.map(|side| match side {
            Side::Hostile => "hostile",
            Side::Cooperative => "cooperative",
        });
        let id = |day: Date| format!("{}-{day}", side.unwrap_or("tension"));
        let way = if after > before { "rose" } else { "fell" };
        let told = match side {
            None => format!(
                "tension {whose} rose from {before:.1} to {after:.1} points per 100 reports {period} {since}"
            ),
            Some(side) => format!(
                "{side} acts {whose} {way} from {before:.1} to {after:.1} per 100 reports from {since} on"
            ),
        };
        let ids: Vec<&str> = incidents.iter().map(|cause| cause.id.as_str()).collect();
        let about = [
            ("scope", scope.clone()),
            ("since", since.to_string()),
            ("known", known.to_string()),
            ("before", format!("{before:.2}")),
            ("after", format!("{after:.2}")),
            ("incidents", ids.join("; ")),
        ];
        into.push(Alert {
            rule: rule.name.clone(),
            id: id(since),
            akin: beside.into_iter().map(id).collect(),
            day: Some(known),
            told,
            about: about.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        });
    }
}
