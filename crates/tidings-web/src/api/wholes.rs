//! What belongs together: the overview of some days, an incident, an actor, a dyad, a report, a search.

use super::answer;
use super::lists::{List, One, Rows};
use super::question::{Parameters, STATES, dyad as read_dyad};
use crate::DateAhead;
use crate::problem::Problem;
use crate::server::Shared;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;
use tidings_record::Record;
use tidings_record::incidents::Comparison;
use tidings_record::questions::{Filter, Slice, Subject};
use tidings_record::views::{
    ActiveDyads, ActorView, DayCount, Extent, Mark, PlaceCount, ReportHit,
};

/// Days of an overview if nothing is said, up to the last report.
const DAYS: i32 = 30;
/// Marks of the timeline: more cannot be told apart. The counts by day are of all.
const MARKS: usize = 400;
const PLACES: usize = 400;
const DYADS: usize = 12;
/// Lines of each of the lists of an overview and of a search.
const LINES: usize = 12;

/// The days that are looked at.
#[derive(Debug, Clone)]
struct Span {
    first: Date,
    last: Date,
    /// The same as text.
    since: String,
    until: String,
}

impl Span {
    /// The days asked for; else the last ones of the record.
    fn of(record: &Record, since: Option<Date>, until: Option<Date>) -> Result<Span, Problem> {
        let until = match until {
            Some(until) => Some(until),
            None => record.extent()?.last_report.and_then(|day| day.parse().ok()),
        };
        // Without a single dated report no day is the last.
        let last = until.or(since).unwrap_or(Date::ZERO);
        let first = since.unwrap_or_else(|| last.saturating_sub((DAYS - 1).days()));
        Ok(Span { first, last, since: first.to_string(), until: last.to_string() })
    }
}

pub(super) async fn record(shared: State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Served {
        #[serde(flatten)]
        extent: Extent,
        /// Whether nothing may be added or corrected.
        read_only: bool,
    }
    Parameters::of(&uri)?.end()?;
    let read_only = shared.read_only;
    answer(shared, uri, move |record| Ok(Served { extent: record.extent()?, read_only })).await
}

#[derive(Serialize)]
struct Overview {
    since: String,
    until: String,
    record: Extent,
    new: Vec<Mark>,
    changed: Vec<Mark>,
    days: Vec<DayCount>,
    timeline: Vec<Mark>,
    places: Vec<PlaceCount>,
    #[serde(flatten)]
    dyads: ActiveDyads,
    contested: List,
    unsupported: List,
}

pub(super) async fn overview(shared: State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    let mut asked = Parameters::of(&uri)?;
    let (since, until) = (asked.day("since")?, asked.day("until")?);
    asked.end()?;
    answer(shared, uri, move |record| {
        let span = Span::of(record, since, until)?;
        let (since, until) = (span.since.as_str(), span.until.as_str());
        let within =
            Filter { since: since.parse().ok(), until: until.parse().ok(), ..Filter::default() };
        let lines = Slice { limit: LINES, ..Slice::default() };
        let with = |subject, status: &str| -> Result<List, Problem> {
            let filter = Filter { status: Some(status.to_string()), ..within.clone() };
            let page = record.page(subject, &filter, &lines)?;
            match subject {
                Subject::Claims => List::of_claims(record, page),
                _ => Ok(List::new(subject, page)),
            }
        };
        Ok(Overview {
            record: record.extent()?,
            new: record.new_incidents(since, until, LINES)?,
            changed: record.changed_incidents(since, until, LINES)?,
            days: record.day_counts(since, until)?,
            timeline: record.marks(since, until, MARKS)?,
            places: record.place_counts(since, until, PLACES)?,
            dyads: record.active_dyads(span.first, span.last, DYADS)?,
            contested: with(Subject::Incidents, "contested")?,
            unsupported: with(Subject::Claims, "none_given")?,
            since: span.since.clone(),
            until: span.until.clone(),
        })
    })
    .await
}

pub(super) async fn dyads(shared: State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Dyads {
        since: String,
        until: String,
        #[serde(flatten)]
        dyads: ActiveDyads,
    }
    let mut asked = Parameters::of(&uri)?;
    let (since, until, limit) = (asked.day("since")?, asked.day("until")?, asked.limit()?);
    asked.end()?;
    answer(shared, uri, move |record| {
        let Span { since, until, first, last } = Span::of(record, since, until)?;
        Ok(Dyads { since, until, dyads: record.active_dyads(first, last, limit)? })
    })
    .await
}

pub(super) async fn dyad(
    shared: State<Arc<Shared>>,
    Path(pair): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut asked = Parameters::of(&uri)?;
    let (since, until) = (asked.day("since")?, asked.day("until")?);
    asked.end()?;
    let (source, target) = read_dyad(&pair)?;
    if source.is_empty() || target.is_empty() {
        return Err(Problem::wrong("dyad: write two countries as SRB:XKX"));
    }
    answer(shared, uri, move |record| {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let (since, until) = (day(since), day(until));
        Ok(record.dyad((&source, &target), since.as_deref(), until.as_deref())?)
    })
    .await
}

pub(super) async fn incident(
    shared: State<Arc<Shared>>,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Why {
        event: String,
        merged: bool,
        points: i32,
        needed: i32,
        aspects: Vec<(String, String)>,
    }
    #[derive(Serialize)]
    struct Signed {
        id: String,
        told: String,
    }
    #[derive(Serialize)]
    struct Incident {
        incident: One,
        events: Rows,
        /// Why its events were merged, each beside the one that founded it.
        merged: Vec<Why>,
        /// What people set right of it, in words.
        corrections: Vec<Signed>,
    }
    Parameters::of(&uri)?.end()?;
    answer(shared, uri, move |record| {
        let all = Slice { limit: 500, ..Slice::default() };
        let own = Filter { id: Some(id.clone()), ..Filter::default() };
        let found = record.page(Subject::Incidents, &own, &all)?.rows;
        let Some(incident) = Rows::new(Subject::Incidents, found).one() else {
            return Err(Problem::absent("incident with this id"));
        };
        let events = Filter { incident: Some(id.clone()), ..Filter::default() };
        let events = record.page(Subject::Events, &events, &all)?.rows;
        let words = |word: &dyn std::fmt::Debug| format!("{word:?}").to_lowercase();
        let merged =
            record.verdicts(&id, None)?.into_iter().map(|Comparison { event, verdict, .. }| Why {
                event,
                merged: verdict.merged,
                points: verdict.points,
                needed: verdict.needed,
                aspects: verdict.aspects.iter().map(|(a, b)| (words(a), words(b))).collect(),
            });
        let (events, merged) = (Rows::new(Subject::Events, events), merged.collect());
        let corrections = record.corrections_of(&id)?.into_iter();
        let corrections =
            corrections.map(|made| Signed { id: made.id.clone(), told: made.to_string() });
        Ok(Incident { incident, events, merged, corrections: corrections.collect() })
    })
    .await
}

pub(super) async fn actor(
    shared: State<Arc<Shared>>,
    Path(name): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    Parameters::of(&uri)?.end()?;
    answer(shared, uri, move |record| -> Result<ActorView, Problem> {
        record.actor(&name)?.ok_or_else(|| Problem::absent("actor of this name"))
    })
    .await
}

pub(super) async fn dates(shared: State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Dates {
        /// The day on which one looks at them.
        on: String,
        dates: Vec<DateAhead>,
        /// Where the next page begins.
        next: Option<String>,
    }
    let mut asked = Parameters::of(&uri)?;
    let (filter, on) = (asked.filter(&STATES)?, asked.day("on")?);
    let (limit, after) = (asked.limit()?, asked.number("after", 0..=999_999_999)?);
    asked.end()?;
    let desk = Arc::clone(&shared.desk);
    answer(shared, uri, move |record| {
        let on = match on {
            Some(on) => on,
            None => Span::of(record, None, None)?.last,
        };
        let mut dates = desk.dates(record, &filter, on)?;
        // How they stand hangs on all that is told of them: they are found as a whole, and handed out in pages.
        let from = dates.len().min(after.unwrap_or_default() as usize);
        let end = dates.len().min(from + limit);
        let next = (end < dates.len()).then(|| end.to_string());
        Ok(Dates { dates: dates.drain(from..end).collect(), on: on.to_string(), next })
    })
    .await
}

pub(super) async fn report(
    shared: State<Arc<Shared>>,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    Parameters::of(&uri)?.end()?;
    answer(shared, uri, move |record| {
        record.report(&id)?.ok_or_else(|| Problem::absent("report with this id"))
    })
    .await
}

pub(super) async fn search(shared: State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Found {
        words: String,
        actors: List,
        incidents: List,
        claims: List,
        reports: Vec<ReportHit>,
    }
    let mut asked = Parameters::of(&uri)?;
    let words = asked.one("words")?;
    asked.end()?;
    let words = words.ok_or_else(|| Problem::wrong("words: say what is sought"))?;
    answer(shared, uri, move |record| {
        let filter = Filter {
            words: Some(words.clone()).filter(|words| !words.trim().is_empty()),
            ..Filter::default()
        };
        let lines = Slice { limit: LINES, ..Slice::default() };
        let list = |subject| -> Result<List, Problem> {
            let page = record.page(subject, &filter, &lines)?;
            match subject {
                Subject::Claims => List::of_claims(record, page),
                _ => Ok(List::new(subject, page)),
            }
        };
        Ok(Found {
            actors: list(Subject::Actors)?,
            incidents: list(Subject::Incidents)?,
            claims: list(Subject::Claims)?,
            reports: record.reports_with(&words, LINES)?,
            words,
        })
    })
    .await
}
