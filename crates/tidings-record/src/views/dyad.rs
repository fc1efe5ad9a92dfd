//! A dyad: what two countries did and said to each other, day by day.

use super::rows;
use crate::incidents::status_number;
use crate::store::{Error, Record};
use rusqlite::{Connection, Result, params};
use serde::Serialize;

/// What passed between two countries.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DyadView {
    pub source: String,
    pub target: String,
    /// The days on which something happened, of either direction.
    pub days: Vec<DyadDay>,
}

/// Trusted incidents that happened on one day, of one direction and quad class.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DyadDay {
    pub day: String,
    /// The country that acted.
    pub source: String,
    pub target: String,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: i64,
    pub incidents: i64,
    /// Sum of the Goldstein scale over these incidents.
    pub goldstein: f64,
}

/// What counts as having happened, as measures of tension have it: told in a report's own words, or on somebody's
/// word and not gainsaid.
const HAPPENED: [&str; 3] = ["confirmed", "reported", "claimed"];

impl Record {
    /// What happened between two countries within the days.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn dyad(
        &self,
        (source, target): (&str, &str),
        since: Option<&str>,
        until: Option<&str>,
    ) -> Result<DyadView, Error> {
        let both = |db: &Connection| -> Result<DyadView> {
            let mut days = days(db, (source, target), since, until)?;
            if source != target {
                days.extend(self::days(db, (target, source), since, until)?);
            }
            days.sort_by(|a, b| (&a.day, &a.source, a.quad).cmp(&(&b.day, &b.source, b.quad)));
            Ok(DyadView { source: source.to_string(), target: target.to_string(), days })
        };
        both(&self.db).map_err(|error| self.told(error))
    }
}

fn days(
    db: &Connection,
    (source, target): (&str, &str),
    since: Option<&str>,
    until: Option<&str>,
) -> Result<Vec<DyadDay>> {
    let sql = format!(
        "SELECT day, quad, count(*), sum(goldstein) FROM incident_facet JOIN action USING (action)
         WHERE facet = (SELECT facet FROM facet WHERE name = ?) AND {}
             AND day > '' AND day >= ifnull(?, '') AND day <= ifnull(?, '9999')
         GROUP BY day, quad",
        counted()
    );
    rows(db, &sql, params![format!("{source}:{target}"), since, until], |row| {
        Ok(DyadDay {
            day: row.get(0)?,
            source: source.to_string(),
            target: target.to_string(),
            quad: row.get(1)?,
            incidents: row.get(2)?,
            goldstein: row.get(3)?,
        })
    })
}

/// That an incident happened and is trusted, of a row of their lists, as SQL.
pub(super) fn counted() -> String {
    let numbers = HAPPENED.iter().filter_map(|status| status_number(status));
    let numbers = numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(", ");
    format!("trusted AND status IN ({numbers})")
}
