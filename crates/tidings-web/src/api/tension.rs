//! Tension over time with the incidents behind each period, and words beside the acts that followed.

use super::answer;
use super::lists::Rows;
use super::question::{Parameters, dyad as read_dyad};
use crate::problem::Problem;
use crate::server::Shared;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::Serialize;
use std::sync::Arc;
use tidings_outlook::events::{Events, Scope, date_of};
use tidings_outlook::tension::breaks::{Breaks, breaks};
use tidings_outlook::tension::{self, Question, Series, Step};
use tidings_outlook::words::{self, Account};
use tidings_record::Record;
use tidings_record::questions::{Filter, Slice, Subject};

/// Periods of a series at most: the last of the days asked for.
const PERIODS: i64 = 1_000;
/// Up to so many days a series is by day, and up to so many by week, where nothing is said.
const BY_DAY: i32 = 45;
const BY_WEEK: i32 = 400;
/// Days after the words in which an act counts, if nothing is said, and at most.
const WITHIN: u32 = 30;
const MOST_WITHIN: u32 = 365;
/// Accounts of words, those with most words first.
const ACCOUNTS: usize = 50;

/// Of whom, and which days.
struct Asked {
    scope: Scope,
    since: Option<Date>,
    until: Option<Date>,
}

impl Asked {
    fn of(asked: &mut Parameters) -> Result<Asked, Problem> {
        let mutual = asked.word("mutual", &["true", "false"])?.as_deref() == Some("true");
        let (dyad, actor) = (asked.one("dyad")?, asked.one("actor")?);
        let scope = match (dyad, actor) {
            (Some(_), Some(_)) => {
                let detail = "actor: give a dyad or an actor, not both";
                return Err(Problem::new(StatusCode::CONFLICT, detail));
            }
            (Some(dyad), None) => {
                read_dyad(&dyad)?;
                let unknown = |wrong: tidings_outlook::events::WrongScope| {
                    Problem::new(StatusCode::NOT_FOUND, format!("dyad: {wrong}"))
                };
                match Scope::dyad(&dyad.to_ascii_uppercase()).map_err(unknown)? {
                    Scope::Dyad { source, target, .. } => Scope::Dyad { source, target, mutual },
                    other => other,
                }
            }
            (None, Some(actor)) => Scope::actor(&actor),
            (None, None) => Scope::All,
        };
        Ok(Asked { scope, since: asked.day("since")?, until: asked.day("until")? })
    }

    /// The days of the series, within those that anything is reported of.
    fn span(&self, events: &Events) -> Option<(Date, Date)> {
        let (first, last) = events.span()?;
        let since = self.since.map_or(date_of(first), |day| day.max(date_of(first)));
        let until = self.until.map_or(date_of(last), |day| day.min(date_of(last)));
        Some((since, until))
    }
}

fn step(asked: &mut Parameters) -> Result<Option<Step>, Problem> {
    let by = asked.word("by", &["day", "week", "month"])?;
    Ok(by.map(|by| match by.as_str() {
        "day" => Step::Day,
        "week" => Step::Week,
        _ => Step::Month,
    }))
}

pub(super) async fn series(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Told {
        #[serde(flatten)]
        series: Series,
        #[serde(flatten)]
        breaks: Breaks,
        /// Incidents of the record that no day is known of to within a month.
        undated: usize,
    }
    let mut asked = Parameters::of(&uri)?;
    let by = step(&mut asked)?;
    let question = Asked::of(&mut asked)?;
    asked.end()?;
    of_events(shared, uri, move |_, events| {
        let span = question.span(events);
        let days = span.map_or(0, |(since, until)| days_between(since, until));
        let fitting = || match days {
            days if days < BY_DAY => Step::Day,
            days if days < BY_WEEK => Step::Week,
            _ => Step::Month,
        };
        let by = by.unwrap_or_else(fitting);
        let since = span.map(|(since, until)| since.max(until.saturating_sub(periods(by))));
        let until = span.map(|(_, until)| until);
        let question = Question { scope: question.scope, by, since, until, ids: false };
        let series = tension::series(events, &question);
        let breaks = breaks(events, &question, &series);
        Ok(Told { series, breaks, undated: events.undated })
    })
    .await
}

/// All periods of a series together.
fn periods(by: Step) -> Span {
    match by {
        Step::Day => (PERIODS - 1).days(),
        Step::Week => (PERIODS - 1).weeks(),
        Step::Month => (PERIODS - 1).months(),
    }
}

fn days_between(since: Date, until: Date) -> i32 {
    tidings_outlook::events::day_of(until) - tidings_outlook::events::day_of(since)
}

pub(super) async fn behind(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Behind {
        /// How many there are.
        incidents: usize,
        /// The weightiest of them.
        rows: Rows,
    }
    let mut asked = Parameters::of(&uri)?;
    let question = Asked::of(&mut asked)?;
    let limit = asked.limit()?;
    asked.end()?;
    of_events(shared, uri, move |record, events| {
        let Some((since, until)) = question.span(events) else {
            let rows = Rows::new(Subject::Incidents, Vec::new());
            return Ok(Behind { incidents: 0, rows });
        };
        let found = tension::incidents(events, &question.scope, since, until);
        let slice = Slice { limit: 1, ..Slice::default() };
        let mut rows = Vec::new();
        for event in found.iter().take(limit) {
            let own = Filter { id: Some(events.id(event).to_string()), ..Filter::default() };
            rows.extend(record.page(Subject::Incidents, &own, &slice)?.rows);
        }
        Ok(Behind { incidents: found.len(), rows: Rows::new(Subject::Incidents, rows) })
    })
    .await
}

pub(super) async fn words(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Words {
        /// Days after the words in which an act counts.
        within: u32,
        accounts: Vec<Account>,
    }
    let mut asked = Parameters::of(&uri)?;
    let question = Asked::of(&mut asked)?;
    let within = asked.number("within", 1..=MOST_WITHIN)?.unwrap_or(WITHIN);
    let limit = asked.limit()?;
    asked.end()?;
    of_events(shared, uri, move |_, events| {
        let Asked { scope, since, until } = question;
        let mut accounts =
            words::accounts(events, &words::Question { scope, within, since, until });
        accounts.truncate(ACCOUNTS);
        for account in &mut accounts {
            // The last words; how many there were in all stands beside them.
            let before = account.words.len().saturating_sub(limit);
            account.words.drain(..before);
        }
        Ok(Words { within, accounts })
    })
    .await
}

/// A question to what happened.
async fn of_events<T: Serialize + Send + 'static>(
    shared: Arc<Shared>,
    uri: Uri,
    question: impl FnOnce(&Record, &Events) -> Result<T, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    // What was answered before needs nothing read.
    let known = super::known(&shared, &uri);
    if let Some(known) = known {
        return Ok(known);
    }
    let events = shared.happened.of(shared.cache.state()).await?;
    answer(State(shared), uri, move |record| question(record, &events)).await
}
