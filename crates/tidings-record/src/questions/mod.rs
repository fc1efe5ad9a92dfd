//! Questions to the record, and their answers row by row.
//!
//! A question names what is sought and the conditions it must fit; the answer comes as rows of named
//! columns, in an order that is the same on every machine, one after the other and without a limit.

mod columns;
mod conditions;
pub mod deadlines;
mod incidents;
mod pages;
mod typed;

pub(crate) use columns::EVENT_STATUS;
pub use columns::Kind;
pub use conditions::{Filter, WrongFilter};
pub use pages::{Key, Order, Page, Slice};
pub(crate) use typed::incident;
pub use typed::{Act, Event, Figure, Head, Incident, Spot};

use crate::store::{Error, Record};
use conditions::Way;
use rusqlite::{Row, types::ValueRef};
use serde::{Serialize, Serializer};

/// What is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Subject {
    Events,
    Incidents,
    Claims,
    Actors,
    Corrections,
    /// What the last coding of all reports anew changed.
    Changes,
}

/// What stands in one column of an answer.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Value {
    Unknown,
    Integer(i64),
    Real(f64),
    Text(String),
    Flag(bool),
    List(Vec<String>),
}

/// A row of an answer with the names of its columns: an object, where it is written as JSON.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct Named<'r> {
    pub columns: &'r [&'static str],
    pub row: &'r [Value],
}

impl Value {
    /// The value as words, members of a list with `between` between them; nothing where it is unknown.
    pub fn words(&self, between: &str) -> String {
        match self {
            Value::Unknown => String::new(),
            Value::Integer(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Flag(flag) => flag.to_string(),
            Value::List(texts) => texts.join(between),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Unknown => to.serialize_unit(),
            Value::Integer(number) => number.serialize(to),
            Value::Real(number) => number.serialize(to),
            Value::Text(text) => text.serialize(to),
            Value::Flag(flag) => flag.serialize(to),
            Value::List(texts) => texts.serialize(to),
        }
    }
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.columns.iter().zip(self.row))
    }
}

/// Why a question has no whole answer.
#[derive(Debug)]
pub enum Unanswered<E> {
    /// The record could not be read.
    Record(Error),
    /// The taker of the rows gave up.
    Taker(E),
}

/// Between the members of a list that SQL puts together: the unit separator of ASCII.
const BETWEEN: char = '\u{1f}';

impl Subject {
    /// The names of the columns, in their order.
    pub fn columns(self) -> impl Iterator<Item = &'static str> {
        columns::of(self).iter().map(|column| column.name)
    }

    /// What the columns hold, in their order.
    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        columns::of(self).iter().map(|column| column.kind)
    }
}

impl Record {
    /// Hands every row that fits to `take`, and gives their number.
    ///
    /// # Errors
    /// If the record cannot be read, or the first error of `take`.
    pub fn ask<E>(
        &self,
        subject: Subject,
        filter: &Filter,
        mut take: impl FnMut(&[Value]) -> Result<(), E>,
    ) -> Result<usize, Unanswered<E>> {
        let told = |error| Unanswered::Record(self.told(error));
        let fitting = self.fitting(subject, filter).map_err(told)?;
        let columns = columns::of(subject);
        let mut read = self.db.prepare(&columns::question(subject)).map_err(told)?;
        let mut answer = Vec::with_capacity(columns.len());
        for row in &fitting {
            answer.clear();
            read.query_row([row], |row| values_of(row, columns, &mut answer)).map_err(told)?;
            take(&answer).map_err(Unanswered::Taker)?;
        }
        Ok(fitting.len())
    }

    /// Which rows fit, in their order: a number each. What they say is read row by row.
    fn fitting(&self, subject: Subject, filter: &Filter) -> rusqlite::Result<Vec<i64>> {
        let fits = filter.conditions(subject, Way::Gather);
        let (row, order) = match subject {
            Subject::Events => {
                ("event.event", "coalesce(event.since, report.published), event.uid")
            }
            Subject::Incidents => ("incident", "coalesce(since, first_report), uid"),
            Subject::Claims => ("claim", "published, claim.uid"),
            Subject::Actors => ("actor", "name, country, sectors, office"),
            Subject::Corrections => ("correction", "correction"),
            Subject::Changes => ("change", "published, report.uid, start, change"),
        };
        let mut rows = self.db.prepare(&format!("SELECT {row} {} ORDER BY {order}", fits.sql))?;
        let rows = rows.query_map(rusqlite::params_from_iter(&fits.values), |row| row.get(0))?;
        rows.collect()
    }
}

fn values_of(
    row: &Row,
    columns: &[columns::Column],
    into: &mut Vec<Value>,
) -> rusqlite::Result<()> {
    for (at, column) in columns.iter().enumerate() {
        into.push(match row.get_ref(at)? {
            ValueRef::Null if column.kind == Kind::List => Value::List(Vec::new()),
            ValueRef::Null | ValueRef::Blob(_) => Value::Unknown,
            ValueRef::Integer(number) if column.kind == Kind::Flag => Value::Flag(number != 0),
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(text) => {
                let text = String::from_utf8_lossy(text);
                if column.kind == Kind::List {
                    Value::List(text.split(BETWEEN).map(str::to_string).collect())
                } else {
                    Value::Text(text.into_owned())
                }
            }
        });
    }
    Ok(())
}
