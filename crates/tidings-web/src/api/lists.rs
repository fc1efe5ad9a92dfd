//! Lists: rows that fit, a page at a time, in the columns of the command line.

use super::answer;
use super::question::{EVIDENCE, Parameters, STATUSES, cursor};
use crate::problem::Problem;
use crate::server::Shared;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use serde::ser::{Serialize, SerializeSeq, Serializer};
use std::sync::Arc;
use tidings_record::Record;
use tidings_record::questions::{Named, Page, Subject, Value};
use tidings_record::views::Ground;

pub(super) async fn incidents(shared: State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    list(shared, uri, Subject::Incidents).await
}

pub(super) async fn events(shared: State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    list(shared, uri, Subject::Events).await
}

pub(super) async fn claims(shared: State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    list(shared, uri, Subject::Claims).await
}

pub(super) async fn actors(shared: State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    list(shared, uri, Subject::Actors).await
}

async fn list(shared: State<Arc<Shared>>, uri: Uri, subject: Subject) -> Result<Response, Problem> {
    let mut asked = Parameters::of(&uri)?;
    let claims = subject == Subject::Claims;
    let mut filter = asked.filter(if claims { &EVIDENCE } else { &STATUSES })?;
    if matches!(subject, Subject::Events | Subject::Incidents) {
        filter.trust = asked.trust()?;
    }
    let slice = asked.slice()?;
    asked.end()?;
    answer(shared, uri, move |record| {
        let page = record.page(subject, &filter, &slice)?;
        if claims { List::of_claims(record, page) } else { Ok(List::new(subject, page)) }
    })
    .await
}

/// A page of rows as JSON: `{"rows": [{...}], "next": "..."}`, of claims with `"grounds": [{...}]`.
#[derive(serde::Serialize)]
pub(super) struct List {
    rows: Rows,
    /// Where the next page begins.
    next: Option<String>,
    /// What is said of the support of the claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    grounds: Option<Vec<Ground>>,
}

impl List {
    pub fn new(subject: Subject, page: Page) -> List {
        let next = page.next.as_ref().map(cursor);
        List { rows: Rows::new(subject, page.rows), next, grounds: None }
    }

    /// Claims, with what is said of their support.
    pub fn of_claims(record: &Record, page: Page) -> Result<List, Problem> {
        let ids = page.rows.iter().filter_map(|row| match row.first() {
            Some(Value::Text(id)) => Some(id.as_str()),
            _ => None,
        });
        let grounds = Some(record.grounds(ids)?);
        Ok(List { grounds, ..List::new(Subject::Claims, page) })
    }
}

/// Rows as objects, the columns their names.
pub(super) struct Rows {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Value>>,
}

impl Rows {
    pub fn new(subject: Subject, rows: Vec<Vec<Value>>) -> Rows {
        Rows { columns: subject.columns().collect(), rows }
    }

    /// The only row, or the first.
    pub fn one(mut self) -> Option<One> {
        self.rows.truncate(1);
        (!self.rows.is_empty()).then_some(One(self))
    }
}

/// A row by itself.
pub(super) struct One(Rows);

impl Serialize for Rows {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut rows = to.serialize_seq(Some(self.rows.len()))?;
        for row in &self.rows {
            rows.serialize_element(&Named { columns: &self.columns, row })?;
        }
        rows.end()
    }
}

impl Serialize for One {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let row = self.0.rows.first().map_or(&[] as &[Value], |row| row.as_slice());
        Named { columns: &self.0.columns, row }.serialize(to)
    }
}
