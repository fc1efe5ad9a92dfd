//! The dates to watch of a record: what [`outlook::dates`](crate::outlook::dates) makes of what
//! [`record`](crate::record) holds.
//!
//! ```no_run
//! use tidings::deadlines::{self, Question};
//! use tidings::record::{Record, questions::Filter};
//!
//! let record = Record::open_to_read(std::path::Path::new("gulf.tidings"))?;
//! let question = Question { filter: Filter::default(), on: jiff::civil::date(2031, 4, 1) };
//! for date in deadlines::of(&record, &question)? {
//!     println!("{:?} {} {}", date.until, date.state.name(), date.what);
//! }
//! # Ok::<(), tidings::record::Error>(())
//! ```

use crate::outlook::dates::{self, Act, Deed, Kind, SetDate, State, Words};
use crate::record::questions::Filter;
use crate::record::questions::deadlines::{self as held, Party, Stands};
use crate::record::{Error, Record};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Which dates are sought, and on what day one looks at them.
#[derive(Debug, Clone)]
pub struct Question {
    /// What they must fit; `status` is how they stand: `open`, `met`, `missed`, `unclear`.
    pub filter: Filter,
    /// The day from which the days are counted. Reports of later days are not looked at.
    pub on: Date,
}

/// A date to watch, with where reports tell of it and of how it went.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Deadline {
    /// Stable: the id of its earliest telling.
    pub id: String,
    pub kind: Kind,
    pub state: State,
    pub since: Option<Date>,
    pub until: Option<Date>,
    /// See [`dates::days_left`].
    pub days_left: Option<i64>,
    /// The clause that tells what it is for, in the words of its earliest telling.
    pub what: String,
    pub condition: Option<String>,
    pub set_by: Vec<Party>,
    pub parties: Vec<Party>,
    pub according_to: Vec<Party>,
    /// PLOVER type of the act.
    pub event: Option<String>,
    /// Independent publishers.
    pub sources: usize,
    /// The sentences that tell of it, by day of their report.
    pub told: Vec<Stands>,
    /// The sentences that tell how it went.
    pub grounds: Vec<Ground>,
}

/// The dates that are open on a day and have one themselves, the soonest first.
///
/// # Errors
/// If the record cannot be read.
pub fn open(record: &Record, on: Date) -> Result<Vec<Deadline>, Error> {
    let status = Some(State::Open.name().to_string());
    let filter = Filter { status, since: Some(on), ..Filter::default() };
    let mut dates = of(record, &Question { filter, on })?;
    dates.retain(|date| date.days_left.is_some_and(|left| left >= 0));
    dates.sort_by_key(|date| date.days_left);
    Ok(dates)
}

/// A sentence that tells how a date went.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Whether it says that the date was met.
    pub met: bool,
    /// Id of the incident, where it is a coded act; else of the telling.
    pub id: String,
    /// The sentence.
    pub stands: Stands,
}

/// The dates that fit, in the order of their days; what has no day comes last.
///
/// # Errors
/// If the record cannot be read.
pub fn of(record: &Record, question: &Question) -> Result<Vec<Deadline>, Error> {
    let tellings = record.deadlines(&question.filter, Some(question.on))?;
    let plain: Vec<dates::Telling> = tellings.iter().map(plain).collect();
    let mut found = Vec::new();
    for date in dates::merge(&plain) {
        let members: Vec<&held::Telling> =
            date.tellings.iter().filter_map(|&at| tellings.get(at)).collect();
        if !members.iter().any(|telling| telling.asked) {
            continue;
        }
        let (deeds, grounds) = later(record, &date)?;
        let verdict = dates::judge(&date, question.on, &deeds);
        let fits = question.filter.status.as_ref().is_none_or(|s| s == verdict.state.name());
        if !fits {
            continue;
        }
        let mut deadline = deadline(&date, &members);
        deadline.state = verdict.state;
        deadline.days_left = dates::days_left(date.kind, date.days, question.on);
        deadline.grounds =
            verdict.grounds.iter().filter_map(|&at| grounds.get(at).cloned()).collect();
        found.push(deadline);
    }
    Ok(found)
}

fn deadline(date: &SetDate, members: &[&held::Telling]) -> Deadline {
    let (since, until) = date.days.unzip();
    let first = members.first();
    let all = |pick: fn(&held::Telling) -> &Vec<Party>| {
        let mut all: Vec<Party> = Vec::new();
        for party in members.iter().flat_map(|telling| pick(telling)) {
            if !all.contains(party) {
                all.push(party.clone());
            }
        }
        all
    };
    let set_by = all(|telling| &telling.set_by);
    let publishers: BTreeSet<&str> =
        members.iter().map(|t| t.stands.publisher.as_deref().unwrap_or(&t.stands.report)).collect();
    Deadline {
        id: first.map(|telling| telling.id.clone()).unwrap_or_default(),
        kind: date.kind,
        state: State::Open,
        since,
        until,
        days_left: None,
        what: first.map(|telling| telling.what.clone()).unwrap_or_default(),
        condition: members.iter().find_map(|telling| telling.condition.clone()),
        parties: all(|telling| &telling.parties)
            .into_iter()
            .filter(|party| !set_by.contains(party))
            .collect(),
        set_by,
        according_to: all(|telling| &telling.according_to),
        event: members.iter().find_map(|telling| telling.event.clone()),
        sources: publishers.len(),
        told: members.iter().map(|telling| telling.stands.clone()).collect(),
        grounds: Vec::new(),
    }
}

/// What later reports tell that may meet or miss the date, and where.
fn later(record: &Record, date: &SetDate) -> Result<(Vec<Deed>, Vec<Ground>), Error> {
    let Some(window) = dates::window(date) else { return Ok((Vec::new(), Vec::new())) };
    let mut deeds = Vec::new();
    let mut grounds = Vec::new();
    for event in &window.events {
        for deed in record.deeds(event, window.begun.0, window.begun.1)? {
            deeds.push(Deed {
                done: deed.happened,
                days: deed.days,
                published: deed.stands.published,
                actors: labels(&deed.source),
                others: labels(&deed.target),
                names: names(deed.source.iter().chain(&deed.target)),
                words: Words::of(&deed.stands.text),
                act: Act::Event(event.clone(), deed.cameo),
            });
            grounds.push(Ground { met: deed.happened, id: deed.incident, stands: deed.stands });
        }
    }
    for outcome in record.outcomes(date.kind.name(), window.told.0, window.told.1)? {
        let met = outcome.told == "met";
        deeds.push(Deed {
            done: met,
            days: outcome.days,
            published: outcome.stands.published,
            actors: labels(&outcome.parties),
            others: Vec::new(),
            names: names(&outcome.parties),
            words: Words::of(&outcome.stands.text),
            act: Act::Outcome(date.kind, outcome.thing),
        });
        grounds.push(Ground { met, id: outcome.id, stands: outcome.stands });
    }
    Ok((deeds, grounds))
}

fn plain(telling: &held::Telling) -> dates::Telling {
    dates::Telling {
        kind: Kind::read(&telling.kind).unwrap_or(Kind::Plan),
        days: telling.days,
        published: telling.stands.published,
        thing: telling.thing.clone(),
        event: telling.event.clone(),
        cameo: telling.cameo.clone(),
        setters: labels(&telling.set_by),
        parties: labels(&telling.parties),
        names: names(telling.set_by.iter().chain(&telling.parties)),
        words: Words::of(&telling.what),
    }
}

fn names<'p>(parties: impl IntoIterator<Item = &'p Party>) -> Vec<String> {
    parties.into_iter().map(|party| party.name.to_lowercase()).collect()
}

/// What two namings of one side share: the country, else the name.
fn labels(parties: &[Party]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for party in parties {
        let label = party.country.clone().unwrap_or_else(|| party.name.to_lowercase());
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}
