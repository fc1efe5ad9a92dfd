//! Dates that reports tell of, and the deeds by which they were met or missed.
//!
//! Each telling is one report's; which tell of the same date, and how it stands, is judged elsewhere.

use super::BETWEEN;
use super::conditions::{Conditions, Filter, Indexed, Way, actor_rows};
pub use crate::actor::Party;
use crate::store::{Error, Record, day};
use jiff::civil::Date;
use rusqlite::{Result, Row, params, params_from_iter};

/// What one report tells of one date.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// Stable id.
    pub id: String,
    /// Whether the question was for this one; else it may tell of the same date as one that was.
    pub asked: bool,
    /// `deadline`, `meeting`, `vote`, `hearing`, `expiry`, `plan`, `condition`.
    pub kind: String,
    /// `ahead`, `met`, `missed`.
    pub told: String,
    /// Closed interval of days.
    pub days: Option<(Date, Date)>,
    /// Dictionary form of the word that names the thing.
    pub thing: String,
    /// The clause that tells what the date is for.
    pub what: String,
    /// The words of the condition.
    pub condition: Option<String>,
    /// Who set it.
    pub set_by: Vec<Party>,
    /// Whom else it concerns.
    pub parties: Vec<Party>,
    /// On whose word.
    pub according_to: Vec<Party>,
    /// PLOVER type of the coded event it belongs to.
    pub event: Option<String>,
    /// CAMEO code of that event.
    pub cameo: Option<String>,
    /// Where it stands.
    pub stands: Stands,
}

/// A sentence of a report.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Stands {
    pub report: String,
    /// The stable id of the report.
    pub report_uid: String,
    pub published: Option<Date>,
    pub publisher: Option<String>,
    pub sentence: i64,
    pub text: String,
}

/// An act that may have met a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// Id of the incident.
    pub incident: String,
    /// Id of the event.
    pub event: String,
    /// Its CAMEO code.
    pub cameo: String,
    /// Who acted.
    pub source: Vec<Party>,
    /// Who was acted upon.
    pub target: Vec<Party>,
    /// Days on which it happened.
    pub days: Option<(Date, Date)>,
    /// `true` if it happened, `false` if it is said not to have.
    pub happened: bool,
    /// Where it stands.
    pub stands: Stands,
}

const COLUMNS: &str = "deadline.uid, deadline.kind, deadline.told, deadline.since, deadline.until,
    deadline.thing, substr(report.text, deadline.start + 1, deadline.stop - deadline.start),
    substr(report.text, deadline.condition_start + 1,
        deadline.condition_stop - deadline.condition_start),
    (SELECT action.event FROM event JOIN action USING (action)
        WHERE event.event = deadline.event),
    report.id, report.published, report.source, deadline.sentence,
    substr(report.text, sentence.start + 1, sentence.stop - sentence.start), deadline.deadline,
    (SELECT action.cameo FROM event JOIN action USING (action)
        WHERE event.event = deadline.event) AS cameo";

/// The actors in a role, a name and a country each.
fn actors(table: &str, key: &str, role: &str) -> String {
    format!(
        "(SELECT group_concat(name || char(30) || ifnull(country, ''), char(31))
            FROM {table}_actor JOIN actor USING (actor)
            WHERE {table}_actor.{table} = {key} AND role = '{role}')"
    )
}

/// Between a name and its country: the record separator of ASCII.
const WITHIN: char = '\u{1e}';

impl Record {
    /// The tellings of dates ahead that fit, and those of the same kind and last day beside them.
    /// `until` is the last day on which a report may have been published.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn deadlines(&self, filter: &Filter, until: Option<Date>) -> Result<Vec<Telling>, Error> {
        self.read_deadlines(filter, until).map_err(|error| self.told(error))
    }

    fn read_deadlines(&self, filter: &Filter, until: Option<Date>) -> Result<Vec<Telling>> {
        let Conditions { sql, values, .. } = filter.deadlines();
        let known = until.map_or_else(|| "9999-12-31".to_string(), |day| day.to_string());
        let sql = format!(
            "WITH asked AS ({sql})
             SELECT {COLUMNS}, {}, {}, {}, deadline.deadline IN (SELECT deadline FROM asked),
                 report.uid AS report_uid
             FROM deadline JOIN report USING (report) LEFT JOIN sentence USING (report, sentence)
             WHERE told = 'ahead' AND superseded_by IS NULL AND ifnull(published <= ?, 1)
                 AND (deadline.deadline IN (SELECT deadline FROM asked)
                     OR (deadline.until, deadline.kind) IN
                         (SELECT until, kind FROM deadline JOIN asked USING (deadline)))
             ORDER BY published, deadline.uid",
            actors("deadline", "deadline.deadline", "setter"),
            actors("deadline", "deadline.deadline", "party"),
            actors("deadline", "deadline.deadline", "word"),
        );
        let mut rows = self.db.prepare(&sql)?;
        let values = values.into_iter().chain([known]);
        let rows = rows.query_map(params_from_iter(values), telling)?;
        rows.collect()
    }

    /// What reports tell of dates of a kind gone by: of these days, or published on them.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn outcomes(&self, kind: &str, from: Date, to: Date) -> Result<Vec<Telling>, Error> {
        let read = || -> Result<Vec<_>> {
            let mut rows = self.db.prepare_cached(&format!(
                "SELECT {COLUMNS}, {}, {}, {}, 0, report.uid AS report_uid
                 FROM deadline JOIN report USING (report) LEFT JOIN sentence USING (report, sentence)
                 WHERE told IN ('met', 'missed') AND kind = ?1 AND superseded_by IS NULL
                     AND published BETWEEN ?2 AND ?3
                 ORDER BY published, deadline.uid",
                actors("deadline", "deadline.deadline", "setter"),
                actors("deadline", "deadline.deadline", "party"),
                actors("deadline", "deadline.deadline", "word"),
            ))?;
            let days = params![kind, from.to_string(), to.to_string()];
            rows.query_map(days, telling)?.collect()
        };
        read().map_err(|error| self.told(error))
    }

    /// Acts of a PLOVER type that begin on one of the days and happened, or are said not to have.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn deeds(&self, event: &str, from: Date, to: Date) -> Result<Vec<Deed>, Error> {
        let read = || -> Result<Vec<_>> {
            let mut rows = self.db.prepare_cached(&format!(
                "SELECT incident.uid, event.uid, {}, {}, event.since, event.until,
                     event.factuality > 0, report.id, report.published, report.source,
                     event.sentence,
                     substr(report.text, sentence.start + 1, sentence.stop - sentence.start),
                     report.uid AS report_uid, action.cameo AS cameo
                 FROM event JOIN action USING (action) JOIN report USING (report)
                     JOIN incident ON incident.incident = event.incident
                     LEFT JOIN sentence USING (report, sentence)
                 WHERE action.event = ?1 AND event.since BETWEEN ?2 AND ?3
                     AND standing <> 'planned' AND condition_start IS NULL
                     AND (factuality >= 2 OR factuality <= -2)
                 ORDER BY published, event.uid",
                actors("event", "event.event", "source"),
                actors("event", "event.event", "target"),
            ))?;
            let days = params![event, from.to_string(), to.to_string()];
            rows.query_map(days, deed)?.collect()
        };
        read().map_err(|error| self.told(error))
    }
}

fn telling(row: &Row) -> Result<Telling> {
    Ok(Telling {
        id: row.get(0)?,
        kind: row.get(1)?,
        told: row.get(2)?,
        days: day(row, 3)?.zip(day(row, 4)?),
        thing: row.get(5)?,
        what: row.get(6)?,
        condition: row.get(7)?,
        event: row.get(8)?,
        cameo: row.get("cameo")?,
        stands: stands(row, 9)?,
        set_by: parties(row, 16)?,
        parties: parties(row, 17)?,
        according_to: parties(row, 18)?,
        asked: row.get(19)?,
    })
}

fn deed(row: &Row) -> Result<Deed> {
    Ok(Deed {
        incident: row.get(0)?,
        event: row.get(1)?,
        cameo: row.get("cameo")?,
        source: parties(row, 2)?,
        target: parties(row, 3)?,
        days: day(row, 4)?.zip(day(row, 5)?),
        happened: row.get(6)?,
        stands: stands(row, 7)?,
    })
}

fn stands(row: &Row, at: usize) -> Result<Stands> {
    Ok(Stands {
        report: row.get(at)?,
        report_uid: row.get("report_uid")?,
        published: day(row, at + 1)?,
        publisher: row.get(at + 2)?,
        sentence: row.get(at + 3)?,
        text: row.get::<_, Option<String>>(at + 4)?.unwrap_or_default(),
    })
}

fn parties(row: &Row, at: usize) -> Result<Vec<Party>> {
    let Some(all) = row.get::<_, Option<String>>(at)? else { return Ok(Vec::new()) };
    let party = |text: &str| {
        let (name, country) = text.split_once(WITHIN).unwrap_or((text, ""));
        let country = Some(country).filter(|code| !code.is_empty());
        Party { name: name.to_string(), country: country.map(str::to_string) }
    };
    Ok(all.split(BETWEEN).map(party).collect())
}

impl Filter {
    /// The rows of dates ahead that fit; how they stand is judged elsewhere.
    fn deadlines(&self) -> Conditions {
        let sql = "SELECT deadline FROM deadline JOIN report USING (report)";
        let mut dates = Conditions::new(sql, Way::Gather);
        dates.add("told = 'ahead' AND superseded_by IS NULL", &[]);
        if let Some(id) = &self.id {
            dates.add("deadline.uid = ?", &[id]);
        }
        if let Some(actor) = &self.actor {
            let (actors, values) = actor_rows(actor);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let sql = format!(
                "deadline IN (SELECT deadline FROM deadline_actor WHERE actor IN ({actors}))"
            );
            dates.add(&sql, &values);
        }
        if let Some((source, target)) = &self.dyad {
            // Which side set the date is no matter: it concerns both.
            for country in [source, target].into_iter().filter(|code| !code.is_empty()) {
                let sql =
                    "deadline IN (SELECT deadline FROM deadline_actor JOIN actor USING (actor)
                    WHERE country = ?)";
                dates.add(sql, &[country]);
            }
        }
        let Filter { event, place, .. } = self.clone();
        let through = Filter { event, place, ..Filter::default() };
        dates.through_events(&through, "deadline.event", "event.event");
        if let Some(source) = &self.source {
            dates.add("report.source = ? COLLATE NOCASE", &[source]);
        }
        if let Some(words) = &self.words {
            let (reports, values) = Indexed::Reports.with(words);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            dates.add(&format!("report IN ({reports})"), &values);
        }
        if let Some(since) = self.since.map(|day| day.to_string()) {
            dates.add("coalesce(until, published) >= ?", &[&since]);
        }
        if let Some(until) = self.until.map(|day| day.to_string()) {
            dates.add("coalesce(since, published) <= ?", &[&until]);
        }
        dates
    }
}
