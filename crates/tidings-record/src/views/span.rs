//! A span of days at a glance: what is new, what changed, between whom and where.

use super::dyad::counted;
use super::{list, rows};
use crate::store::{Error, Record};
use jiff::ToSpan;
use jiff::civil::Date;
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
    pub trusted: bool,
    pub reports: i64,
    pub sources: i64,
    pub first_report: Option<String>,
    pub last_report: Option<String>,
}

/// Trusted incidents of one day and quad class.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DayCount {
    pub day: String,
    pub quad: i64,
    pub incidents: i64,
}

/// Trusted incidents at one place.
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

/// Pairs of countries between which something happened, those of most tension first, with the stretches of time in
/// which their course is told.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ActiveDyads {
    pub dyads: Vec<ActiveDyad>,
    pub stretches: Vec<Stretch>,
}

/// Some days in a row.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Stretch {
    pub since: String,
    pub until: String,
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
    /// Goldstein points below and above zero per 100 reports of the days, both as positive numbers.
    pub hostile_rate: f64,
    pub cooperative_rate: f64,
    /// The one less the other.
    pub tension: f64,
    /// The same in each stretch of time.
    pub course: Vec<f64>,
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

    /// The weightiest incidents of the days: the trusted ones, those of most sources, then the gravest.
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

    /// How many trusted incidents there were, day by day.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn day_counts(&self, since: &str, until: &str) -> Result<Vec<DayCount>, Error> {
        let sql = "SELECT day, quad, count(*) FROM incident_facet JOIN action USING (action)
             WHERE facet = (SELECT facet FROM facet WHERE name = '') AND day BETWEEN ? AND ?
                 AND trusted
             GROUP BY day, quad ORDER BY day, quad";
        let found = rows(&self.db, sql, [since, until], |row| {
            Ok(DayCount { day: row.get(0)?, quad: row.get(1)?, incidents: row.get(2)? })
        });
        found.map_err(|error| self.told(error))
    }

    /// The places of the trusted incidents of the days, the busiest first.
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
                 AND trusted
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

    /// The pairs of countries between which something happened in the days, those of most tension first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn active_dyads(
        &self,
        since: Date,
        until: Date,
        limit: usize,
    ) -> Result<ActiveDyads, Error> {
        active_dyads(&self.db, (since, until), limit).map_err(|error| self.told(error))
    }
}

/// Stretches of time at most: as many as a line of a list has room for.
const STRETCHES: i32 = 40;

/// Days cut into stretches of equal length.
struct Cut {
    since: Date,
    until: Date,
    days: i32,
}

impl Cut {
    fn new(since: Date, until: Date) -> Cut {
        let all = days_from(since, until) + 1;
        Cut { since, until, days: (all + STRETCHES - 1) / STRETCHES.max(1) }
    }

    fn stretches(&self) -> Vec<Stretch> {
        let mut found = Vec::new();
        let mut since = self.since;
        while since <= self.until {
            let last = since.saturating_add((self.days.max(1) - 1).days()).min(self.until);
            found.push(Stretch { since: since.to_string(), until: last.to_string() });
            match last.tomorrow() {
                Ok(next) => since = next,
                Err(_) => break,
            }
        }
        found
    }

    /// The stretch a day lies in.
    fn of(&self, day: &str) -> Option<usize> {
        let after = days_from(self.since, day.parse().ok()?);
        usize::try_from(after / self.days.max(1)).ok()
    }
}

fn days_from(since: Date, until: Date) -> i32 {
    since.until(until).map_or(0, |span| span.get_days())
}

fn active_dyads(
    db: &Connection,
    (since, until): (Date, Date),
    limit: usize,
) -> Result<ActiveDyads> {
    let cut = Cut::new(since, until);
    let stretches = cut.stretches();
    let [first, last] = [since, until].map(|day| day.to_string());
    let mut volume = vec![0.0; stretches.len()];
    for (day, reports) in exposure(db, &first, &last)? {
        if let Some(slot) = cut.of(&day).and_then(|at| volume.get_mut(at)) {
            *slot += reports;
        }
    }
    let sql = format!(
        "SELECT name, day, quad, count(*), sum(goldstein)
         FROM facet CROSS JOIN incident_facet USING (facet) JOIN action USING (action)
         WHERE name GLOB '[A-Z][A-Z][A-Z]:[A-Z][A-Z][A-Z]' AND substr(name, 1, 3) <> substr(name, 5)
             AND day BETWEEN ? AND ? AND {}
         GROUP BY facet, day, quad",
        counted()
    );
    let mut pairs: BTreeMap<(String, String), (ActiveDyad, Vec<f64>)> = BTreeMap::new();
    let mut read = db.prepare_cached(&sql)?;
    let mut found = read.query([&first, &last])?;
    while let Some(row) = found.next()? {
        let (name, day, quad): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (incidents, goldstein): (i64, f64) = (row.get(3)?, row.get(4)?);
        let Some((source, target)) = name.split_once(':') else { continue };
        let (a, b) = if source < target { (source, target) } else { (target, source) };
        let (dyad, course) = pairs
            .entry((a.to_string(), b.to_string()))
            .or_insert_with(|| (ActiveDyad::new(a, b), vec![0.0; stretches.len()]));
        dyad.add(quad, incidents, goldstein);
        if let Some(slot) = cut.of(&day).and_then(|at| course.get_mut(at)) {
            *slot += goldstein;
        }
    }
    let all: f64 = volume.iter().sum();
    let rate = |points: f64, reports: f64| 100.0 * points / reports.max(1.0);
    let told = |(mut dyad, course): (ActiveDyad, Vec<f64>)| {
        dyad.hostile_rate = rate(dyad.hostile_rate, all);
        dyad.cooperative_rate = rate(dyad.cooperative_rate, all);
        dyad.tension = rate(-dyad.goldstein, all);
        let course = course.iter().zip(&volume);
        dyad.course = course.map(|(points, reports)| rate(-points, *reports)).collect();
        dyad
    };
    let mut dyads: Vec<ActiveDyad> = pairs.into_values().map(told).collect();
    dyads.sort_by(|one, other| {
        other.tension.total_cmp(&one.tension).then(other.incidents.cmp(&one.incidents))
    });
    dyads.truncate(limit);
    Ok(ActiveDyads { dyads, stretches })
}

impl ActiveDyad {
    fn new(a: &str, b: &str) -> ActiveDyad {
        let (a, b) = (a.to_string(), b.to_string());
        let (incidents, cooperative, conflictual) = (0, 0, 0);
        let (goldstein, hostile_rate, cooperative_rate, tension) = (0.0, 0.0, 0.0, 0.0);
        let course = Vec::new();
        ActiveDyad {
            a,
            b,
            incidents,
            cooperative,
            conflictual,
            goldstein,
            hostile_rate,
            cooperative_rate,
            tension,
            course,
        }
    }

    /// Counts incidents; rates are sums until the volume is known.
    fn add(&mut self, quad: i64, incidents: i64, goldstein: f64) {
        self.incidents += incidents;
        self.goldstein += goldstein;
        let (count, rate) = if quad <= 2 {
            (&mut self.cooperative, &mut self.cooperative_rate)
        } else {
            (&mut self.conflictual, &mut self.hostile_rate)
        };
        *count += incidents;
        *rate += goldstein.abs();
    }
}

/// How much was reported of each day: the mean of the reports of the day and the next, copies apart, for what happens
/// is told of on the day or the next.
fn exposure(db: &Connection, since: &str, until: &str) -> Result<Vec<(String, f64)>> {
    let sql = "SELECT day, sum(reports) / 2.0 FROM (
             SELECT published AS day, count(*) AS reports FROM report
                 WHERE copy_of IS NULL AND superseded_by IS NULL AND published BETWEEN ?1 AND ?2
                 GROUP BY published
             UNION ALL SELECT date(published, '-1 day'), count(*) FROM report
                 WHERE copy_of IS NULL AND superseded_by IS NULL AND published > ?1
                     AND published <= date(?2, '+1 day') GROUP BY published)
         GROUP BY day ORDER BY day";
    rows(db, sql, [since, until], |row| Ok((row.get(0)?, row.get(1)?)))
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
             lon, status, reports, sources, first_report, last_report, trusted
         FROM (SELECT incident AS shown FROM incident JOIN action USING (action) WHERE {within}
                 ORDER BY trusted DESC, sources DESC, abs(goldstein) DESC, incident DESC LIMIT ?)
             JOIN incident ON incident = shown JOIN action USING (action) LEFT JOIN place USING (place)
         ORDER BY trusted DESC, sources DESC, abs(goldstein) DESC, incident DESC",
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
            trusted: row.get(17)?,
        })
    })
}
