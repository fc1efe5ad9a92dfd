//! Answers a page at a time, for whoever looks at the newest rows and may go on.
//!
//! A page begins behind a [`Key`], the place of the last row of the page before, so that it costs the same
//! however far down it lies and nothing is shown twice when reports come in between.

use super::conditions::{Conditions, Filter, Way};
use super::{Subject, Value, columns, values_of};
use crate::store::{Error, Record};
use rusqlite::types::Value as Bound;

/// Rows that are looked at one by one before those that fit are gathered instead. Of what is so rare that a
/// page of it is not among them, gathering finds all at little cost.
const WALKED: i64 = 3_000;

/// The place of a row in the order of its subject: its day (of actors, its name), and its number in this file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// `YYYY-MM-DD`, empty if unknown; of actors, the name.
    pub at: String,
    /// The row number.
    pub row: i64,
}

/// Which way the rows run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The last day first; of actors, by name.
    #[default]
    Newest,
    /// The first day first.
    Oldest,
}

/// Which rows of an answer are wanted.
#[derive(Debug, Clone, Default)]
pub struct Slice {
    /// Behind this place; from the beginning if `None`.
    pub after: Option<Key>,
    /// At most so many.
    pub limit: usize,
    /// Which way.
    pub order: Order,
}

/// Some rows of an answer.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The rows, in the columns of their subject.
    pub rows: Vec<Vec<Value>>,
    /// Where the next page begins, if there is one.
    pub next: Option<Key>,
}

/// The order of a subject.
struct Course {
    /// The row number.
    row: &'static str,
    /// The place in the order.
    at: &'static str,
    /// The tables in which an index holds that order; none where all rows are few enough to be gathered.
    ahead: Option<&'static str>,
}

fn course(subject: Subject) -> Course {
    match subject {
        Subject::Events => {
            Course { row: "event.event", at: "ifnull(event.since, '')", ahead: Some("event") }
        }
        Subject::Incidents => Course {
            row: "incident.incident",
            at: "coalesce(incident.since, incident.first_report, '')",
            ahead: None,
        },
        Subject::Claims => Course {
            row: "claim.claim",
            at: "ifnull(report.published, '')",
            // CROSS: the reports in order, and the claims of each.
            ahead: Some("report CROSS JOIN claim USING (report)"),
        },
        Subject::Actors => Course { row: "actor.actor", at: "actor.name", ahead: None },
        Subject::Corrections => {
            Course { row: "correction.correction", at: "correction.made", ahead: None }
        }
        Subject::Changes => {
            Course { row: "change.change", at: "ifnull(report.published, '')", ahead: None }
        }
    }
}

impl Record {
    /// A page of the rows that fit.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn page(&self, subject: Subject, filter: &Filter, slice: &Slice) -> Result<Page, Error> {
        self.read_page(subject, filter, slice).map_err(|error| self.told(error))
    }

    fn read_page(
        &self,
        subject: Subject,
        filter: &Filter,
        slice: &Slice,
    ) -> rusqlite::Result<Page> {
        let course = course(subject);
        let along = match subject {
            Subject::Incidents => filter.incidents_along(&self.db, slice)?,
            _ => self.walk(subject, filter, slice)?,
        };
        let mut found = match along {
            Some(found) => found,
            None => self.gather(&course, filter.conditions(subject, Way::Gather), slice)?,
        };
        let more = found.len() > slice.limit;
        found.truncate(slice.limit);
        let next = found.last().filter(|_| more).cloned();
        let columns = columns::of(subject);
        let mut read = self.db.prepare_cached(&columns::question(subject))?;
        let rows = found.iter().map(|key| {
            let mut row = Vec::with_capacity(columns.len());
            read.query_row([key.row], |found| values_of(found, columns, &mut row))?;
            Ok(row)
        });
        Ok(Page { rows: rows.collect::<rusqlite::Result<_>>()?, next })
    }

    /// The places found by looking at the next rows one by one; `None` if the page is not among them.
    fn walk(
        &self,
        subject: Subject,
        filter: &Filter,
        slice: &Slice,
    ) -> rusqlite::Result<Option<Vec<Key>>> {
        let along = course(subject);
        let Some(tables) = along.ahead else { return Ok(None) };
        let mut next = Conditions::new(&format!("FROM {tables}"), Way::Walk);
        let mut values = behind(&along, &mut next, slice);
        let next = format!("{}{}", next.sql, ordered(&along, slice));
        let fits = filter.conditions(subject, Way::Walk);
        let Course { row, at, .. } = along;
        // CROSS JOIN keeps the order of the left side, so that the first that fit end the search.
        let sql = format!(
            "SELECT {row}, {at} FROM (SELECT {} AS walked {next} LIMIT {WALKED}) CROSS JOIN {}{}
                {row} = walked LIMIT {}",
            row,
            fits.sql.trim_start_matches("FROM "),
            fits.joint(),
            slice.limit + 1,
        );
        let beginning = values.clone();
        values.extend(fits.values.into_iter().map(Bound::Text));
        let found = self.keys(&sql, values)?;
        if found.len() > slice.limit {
            return Ok(Some(found));
        }
        let more = format!("SELECT 1 {next} LIMIT 1 OFFSET {WALKED}");
        let mut more = self.db.prepare_cached(&more)?;
        let more = more.exists(rusqlite::params_from_iter(beginning))?;
        Ok((!more).then_some(found))
    }

    /// The places found by sorting all rows that fit.
    fn gather(
        &self,
        course: &Course,
        mut fits: Conditions,
        slice: &Slice,
    ) -> rusqlite::Result<Vec<Key>> {
        let mut values: Vec<Bound> =
            std::mem::take(&mut fits.values).into_iter().map(Bound::Text).collect();
        values.extend(behind(course, &mut fits, slice));
        let Course { row, at, .. } = course;
        let order = ordered(course, slice);
        let sql = format!("SELECT {row}, {at} {}{order} LIMIT {}", fits.sql, slice.limit + 1);
        self.keys(&sql, values)
    }

    fn keys(&self, sql: &str, values: Vec<Bound>) -> rusqlite::Result<Vec<Key>> {
        let mut rows = self.db.prepare_cached(sql)?;
        let rows = rows.query_map(rusqlite::params_from_iter(values), |row| {
            Ok(Key { row: row.get(0)?, at: row.get(1)? })
        })?;
        rows.collect()
    }
}

/// Adds that rows lie behind the beginning of the page; gives the values of that.
fn behind(course: &Course, rows: &mut Conditions, slice: &Slice) -> Vec<Bound> {
    let Some(Key { at: place, row: number }) = &slice.after else { return Vec::new() };
    let Course { row, at, .. } = course;
    let sign = match slice.order {
        Order::Newest => "<",
        Order::Oldest => ">",
    };
    // The first half says nothing new, but is what an index on the place alone can use.
    rows.add(&format!("{at} {sign}= ? AND ({at}, {row}) {sign} (?, ?)"), &[]);
    let place = || Bound::Text(place.clone());
    vec![place(), place(), Bound::Integer(*number)]
}

fn ordered(Course { row, at, .. }: &Course, slice: &Slice) -> String {
    let turn = match slice.order {
        Order::Newest => "DESC",
        Order::Oldest => "ASC",
    };
    format!(" ORDER BY {at} {turn}, {row} {turn}")
}
