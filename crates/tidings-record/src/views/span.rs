//! A span of days at a glance: what is new, what changed, between whom and where.

use super::dyad::{DyadDay, HAPPENED};
use super::{list, rows};
use crate::store::{Error, Record};
use rusqlite::types::Value as Bound;
use rusqlite::{Connection, Result, params, params_from_iter};
use serde::Serialize;
use std::collections::BTreeMap;

/// The day of an incident, as the index of days holds it.
const DAY: &str = "coalesce(incident.since, incident.first_report, '')";

/// How much there is in the record.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Extent {
    /// Those that newer versions superseded among them.
    pub reports: i64,
    pub events: i64,
    pub incidents: i64,
    pub claims: i64,
    /// Days of the first and the last report.
    pub first_report: Option<String>,
    pub last_report: Option<String>,
}

/// An incident as a mark in a chart and a line in a list.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Mark {
    pub id: String,
    pub since: Option<String>,
    pub until: Option<String>,
    pub event: String,
    pub cameo: String,
    pub goldstein: f64,
    pub quad: i64,
    pub source: Vec<String>,
    pub target: Vec<String>,
    pub place: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub status: String,
    pub reports: i64,
    pub sources: i64,
    pub first_report: Option<String>,
    pub last_report: Option<String>,
}

/// Incidents of one day and quad class.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DayCount {
    pub day: String,
    pub quad: i64,
    pub incidents: i64,
}

/// Incidents at one place.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct PlaceCount {
    pub name: String,
    /// None of a side of a country, as "northern Kosovo", whose coordinates are those of the country.
    pub geonames: Option<i64>,
    pub country: Option<String>,
    pub lat: f64,
    pub lon: f64,
    pub incidents: i64,
    /// By quad class, 1 to 4.
    pub quads: [i64; 4],
    /// How many of them are confirmed by two independent sources.
    pub confirmed: i64,
}

/// How much was reported of a day, whatever of.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DayVolume {
    pub day: String,
    /// Of this day and the next the mean of the reports published, copies apart: what happens is told of on the day
    /// or the next.
    pub reports: f64,
}

/// Two countries between which something happened, in either direction.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ActiveDyad {
    pub a: String,
    pub b: String,
    pub incidents: i64,
    pub cooperative: i64,
    pub conflictual: i64,
    /// Sum of the Goldstein scale over them.
    pub goldstein: f64,
    /// Hostile less cooperative Goldstein points per 100 reports of the days.
    pub tension: f64,
    /// What happened on which day.
    pub days: Vec<DyadDay>,
}

impl Record {
    /// How much the record holds.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn extent(&self) -> Result<Extent, Error> {
        let sql = "SELECT (SELECT count(*) FROM report),
             (SELECT count(*) FROM event), (SELECT count(*) FROM incident), (SELECT count(*) FROM claim),
             (SELECT min(published) FROM report), (SELECT max(published) FROM report)";
        let read = self.db.prepare_cached(sql).and_then(|mut extent| {
            extent.query_row([], |row| {
                Ok(Extent {
                    reports: row.get(0)?,
                    events: row.get(1)?,
                    incidents: row.get(2)?,
                    claims: row.get(3)?,
                    first_report: row.get(4)?,
                    last_report: row.get(5)?,
                })
            })
        });
        read.map_err(|error| self.told(error))
    }

    /// The weightiest incidents of the days: those of most sources, then the gravest.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn marks(&self, since: &str, until: &str, limit: usize) -> Result<Vec<Mark>, Error> {
        let within = format!("{DAY} BETWEEN ? AND ?");
        marks(&self.db, &within, &[since, until], limit).map_err(|error| self.told(error))
    }

    /// The weightiest incidents first told of within the days.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn new_incidents(
        &self,
        since: &str,
        until: &str,
        limit: usize,
    ) -> Result<Vec<Mark>, Error> {
        let within = "first_report BETWEEN ? AND ?";
        marks(&self.db, within, &[since, until], limit).map_err(|error| self.told(error))
    }

    /// The weightiest incidents told of before the days, and again within them.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn changed_incidents(
        &self,
        since: &str,
        until: &str,
        limit: usize,
    ) -> Result<Vec<Mark>, Error> {
        let within = "last_report BETWEEN ? AND ? AND first_report < ?";
        marks(&self.db, within, &[since, until, since], limit).map_err(|error| self.told(error))
    }

    /// Incidents that entered the record after another, the last entered first, and the place of the last.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn entered_after(&self, row: i64, limit: usize) -> Result<(i64, Vec<Mark>), Error> {
        let both = |db: &Connection| -> Result<_> {
            let last = "SELECT ifnull(max(incident), 0) FROM incident";
            let last: i64 = db.prepare_cached(last)?.query_row([], |row| row.get(0))?;
            let after = format!("incident > {row}");
            Ok((last, if last > row { marks(db, &after, &[], limit)? } else { Vec::new() }))
        };
        both(&self.db).map_err(|error| self.told(error))
    }

    /// How many incidents there were, day by day.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn day_counts(&self, since: &str, until: &str) -> Result<Vec<DayCount>, Error> {
        let sql = format!(
            "SELECT {DAY} AS day, quad, count(*) FROM incident JOIN action USING (action)
             WHERE {DAY} BETWEEN ? AND ? GROUP BY day, quad ORDER BY day, quad"
        );
        let found = rows(&self.db, &sql, [since, until], |row| {
            Ok(DayCount { day: row.get(0)?, quad: row.get(1)?, incidents: row.get(2)? })
        });
        found.map_err(|error| self.told(error))
    }

    /// The places of the incidents of the days, the busiest first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn place_counts(
        &self,
        since: &str,
        until: &str,
        limit: usize,
    ) -> Result<Vec<PlaceCount>, Error> {
        let sql = format!(
            "SELECT name, country, lat, lon, count(*), sum(quad = 1), sum(quad = 2), sum(quad = 3),
                 sum(quad = 4), sum(status = 'confirmed'), geonames
             FROM incident JOIN action USING (action) JOIN place USING (place)
             WHERE {DAY} BETWEEN ? AND ? AND lat IS NOT NULL AND lon IS NOT NULL
             GROUP BY place ORDER BY count(*) DESC, name, place LIMIT ?"
        );
        let found = rows(&self.db, &sql, params![since, until, limit], |row| {
            Ok(PlaceCount {
                name: row.get(0)?,
                country: row.get(1)?,
                lat: row.get(2)?,
                lon: row.get(3)?,
                incidents: row.get(4)?,
                quads: [row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?],
                confirmed: row.get(9)?,
                geonames: row.get(10)?,
            })
        });
        found.map_err(|error| self.told(error))
    }

    /// How much was reported, day by day.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn volume_within(&self, since: &str, until: &str) -> Result<Vec<DayVolume>, Error> {
        let sql = "SELECT day, sum(reports) / 2.0 FROM (
                 SELECT published AS day, count(*) AS reports FROM report
                     WHERE copy_of IS NULL AND superseded_by IS NULL AND published BETWEEN ?1 AND ?2
                     GROUP BY published
                 UNION ALL SELECT date(published, '-1 day'), count(*) FROM report
                     WHERE copy_of IS NULL AND superseded_by IS NULL AND published > ?1
                         AND published <= date(?2, '+1 day') GROUP BY published)
             GROUP BY day ORDER BY day";
        let found = rows(&self.db, sql, [since, until], |row| {
            Ok(DayVolume { day: row.get(0)?, reports: row.get(1)? })
        });
        found.map_err(|error| self.told(error))
    }

    /// The pairs of countries between which something happened in the days, those of most tension first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn active_dyads(
        &self,
        since: &str,
        until: &str,
        limit: usize,
    ) -> Result<Vec<ActiveDyad>, Error> {
        let sql = format!(
            "SELECT day, source, target, quad, count(*), sum(goldstein)
             FROM (SELECT DISTINCT incident, quad, goldstein, {DAY} AS day, acting.country AS source,
                     other.country AS target
                 FROM incident JOIN action USING (action)
                     JOIN event_actor AS s ON s.event = founder AND s.role = 'source'
                     JOIN event_actor AS t ON t.event = founder AND t.role = 'target'
                     JOIN actor AS acting ON acting.actor = s.actor
                     JOIN actor AS other ON other.actor = t.actor
                 WHERE {DAY} BETWEEN ? AND ? AND status IN ({HAPPENED}))
             WHERE source <> target GROUP BY day, source, target, quad"
        );
        let days = rows(&self.db, &sql, [since, until], |row| {
            Ok(DyadDay {
                day: row.get(0)?,
                source: row.get(1)?,
                target: row.get(2)?,
                quad: row.get(3)?,
                incidents: row.get(4)?,
                goldstein: row.get(5)?,
            })
        });
        let days = days.map_err(|error| self.told(error))?;
        let volume = self.volume_within(since, until)?.iter().map(|day| day.reports).sum::<f64>();
        Ok(tensest(days, volume, limit))
    }
}

fn tensest(days: Vec<DyadDay>, volume: f64, limit: usize) -> Vec<ActiveDyad> {
    let mut pairs: BTreeMap<(String, String), Vec<DyadDay>> = BTreeMap::new();
    for day in days {
        let (a, b) = (day.source.clone(), day.target.clone());
        pairs.entry(if a < b { (a, b) } else { (b, a) }).or_default().push(day);
    }
    let dyad = |((a, b), days): ((String, String), Vec<DyadDay>)| {
        let of = |quads: std::ops::RangeInclusive<i64>| {
            days.iter().filter(|day| quads.contains(&day.quad)).map(|day| day.incidents).sum()
        };
        let (cooperative, conflictual): (i64, i64) = (of(1..=2), of(3..=4));
        let goldstein = days.iter().map(|day| day.goldstein).sum::<f64>();
        let tension = -100.0 * goldstein / volume.max(1.0);
        let incidents = cooperative + conflictual;
        ActiveDyad { a, b, incidents, cooperative, conflictual, goldstein, tension, days }
    };
    let mut dyads: Vec<ActiveDyad> = pairs.into_iter().map(dyad).collect();
    dyads.sort_by(|one, other| {
        other.tension.total_cmp(&one.tension).then(other.incidents.cmp(&one.incidents))
    });
    dyads.truncate(limit);
    dyads
}

fn marks(db: &Connection, within: &str, values: &[&str], limit: usize) -> Result<Vec<Mark>> {
    let names = |role: &str| {
        format!(
            "(SELECT group_concat(name, char(31)) FROM event_actor JOIN actor USING (actor)
                WHERE event_actor.event = founder AND role = '{role}')"
        )
    };
    // First which, then what they say: the names are read only of those that are shown.
    let sql = format!(
        "SELECT incident.uid, since, until, action.event, cameo, goldstein, quad, {}, {}, place.name, lat,
             lon, status, reports, sources, first_report, last_report
         FROM (SELECT incident AS shown FROM incident JOIN action USING (action) WHERE {within}
                 ORDER BY sources DESC, abs(goldstein) DESC, incident DESC LIMIT ?)
             JOIN incident ON incident = shown JOIN action USING (action) LEFT JOIN place USING (place)
         ORDER BY sources DESC, abs(goldstein) DESC, incident DESC",
        names("source"),
        names("target"),
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = values.iter().map(|value| Bound::Text(value.to_string()));
    let values = params_from_iter(values.chain([Bound::Integer(limit)]));
    rows(db, &sql, values, |row| {
        Ok(Mark {
            id: row.get(0)?,
            since: row.get(1)?,
            until: row.get(2)?,
            event: row.get(3)?,
            cameo: row.get(4)?,
            goldstein: row.get(5)?,
            quad: row.get(6)?,
            source: list(row, 7)?,
            target: list(row, 8)?,
            place: row.get(9)?,
            lat: row.get(10)?,
            lon: row.get(11)?,
            status: row.get(12)?,
            reports: row.get(13)?,
            sources: row.get(14)?,
            first_report: row.get(15)?,
            last_report: row.get(16)?,
        })
    })
}
