//! Events and incidents with all that is known of their parts, for programs.

use super::columns::EVENT_STATUS;
use super::{Filter, Subject, Unanswered};
use crate::actor::Actor;
use crate::store::{Record, day};
use crate::trust::TRUSTED;
use jiff::civil::Date;
use rusqlite::{Connection, Result, Row};
use serde::Serialize;

/// One coded event of a report.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// Id.
    pub id: String,
    /// Id of its incident.
    pub incident: Option<String>,
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// What was done.
    pub act: Act,
    /// Who acted.
    pub source: Vec<Actor>,
    /// Who was acted upon.
    pub target: Vec<Actor>,
    /// On whose word, beside the report's own.
    pub according_to: Vec<Actor>,
    /// Where.
    pub place: Option<Spot>,
    /// `reported`, `claimed`, `denied`, `planned` or `possible`.
    pub status: String,
    /// −3 to 3.
    pub factuality: f64,
    /// How probable it is that type, source and target are all right, where that was judged.
    pub confidence: Option<f64>,
    /// Whether it is to be counted.
    pub trusted: bool,
    /// Figures that belong to it.
    pub figures: Vec<Figure>,
    /// The report that tells of it.
    pub report: Head,
    /// Index of the sentence, from zero.
    pub sentence: i64,
    /// First character of the words of the act.
    pub start: i64,
    /// One past their last character.
    pub stop: i64,
    /// The sentence.
    pub text: String,
}

/// One happening, merged from the events of many reports.
#[derive(Debug, Clone, Serialize)]
pub struct Incident {
    /// Id.
    pub id: String,
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// What was done.
    pub act: Act,
    /// Who acted.
    pub source: Vec<Actor>,
    /// Who was acted upon.
    pub target: Vec<Actor>,
    /// Where.
    pub place: Option<Spot>,
    /// `contested`, `confirmed`, `reported`, `claimed`, `denied`, `planned` or `possible`.
    pub status: String,
    /// Whether one of its events is trusted.
    pub trusted: bool,
    /// Day of the first report.
    pub first_report: Option<Date>,
    /// Day of the last report.
    pub last_report: Option<Date>,
    /// Reports that tell of it.
    pub reports: i64,
    /// Independent sources.
    pub sources: i64,
    /// Events that were merged.
    pub mentions: i64,
    /// The first report that tells of it.
    pub report: Head,
}

/// A CAMEO action with its PLOVER reading.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Act {
    pub event: String,
    pub mode: Option<String>,
    pub context: Vec<String>,
    pub cameo: String,
    pub goldstein: f64,
    pub quad: u8,
}

/// A place with its coordinates in degrees (WGS 84).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Spot {
    pub name: String,
    pub country: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub geonames: Option<i64>,
}

/// A figure: `killed`, `wounded`, `arrested`, `displaced`, `participants`, `troops` or `other`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Figure {
    pub kind: String,
    pub value: f64,
}

/// What is known of a report itself.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Head {
    /// The record's id of it.
    pub uid: String,
    /// The publisher's or the file's.
    pub id: String,
    pub published: Option<Date>,
    pub title: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    /// Characters of its text.
    pub length: i64,
}

impl Record {
    /// Hands every event that fits to `take`, in the order of [`Record::ask`], and gives their number.
    ///
    /// # Errors
    /// If the record cannot be read, or the first error of `take`.
    pub fn events<E>(
        &self,
        filter: &Filter,
        take: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<usize, Unanswered<E>> {
        self.each(Subject::Events, filter, event, take)
    }

    /// As [`Record::events`], of incidents.
    ///
    /// # Errors
    /// If the record cannot be read, or the first error of `take`.
    pub fn incidents<E>(
        &self,
        filter: &Filter,
        take: impl FnMut(Incident) -> Result<(), E>,
    ) -> Result<usize, Unanswered<E>> {
        self.each(Subject::Incidents, filter, incident, take)
    }

    fn each<T, E>(
        &self,
        subject: Subject,
        filter: &Filter,
        read: impl Fn(&Connection, i64) -> Result<T>,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<usize, Unanswered<E>> {
        let told = |error| Unanswered::Record(self.told(error));
        let fitting = self.fitting(subject, filter).map_err(told)?;
        for row in &fitting {
            let whole = read(&self.db, *row).map_err(told)?;
            take(whole).map_err(Unanswered::Taker)?;
        }
        Ok(fitting.len())
    }
}

/// The columns that [`Shared`] reads.
const SHARED: &str = "action.event, mode, context, cameo, goldstein, quad, place.name, place.country, lat, lon, geonames,
    report.uid, report.id, published, title, report.source, url, length(text)";

/// What events and incidents have in common.
struct Shared {
    act: Act,
    place: Option<Spot>,
    report: Head,
}

impl Shared {
    fn of(row: &Row) -> Result<Shared> {
        let context: String = row.get(2)?;
        let place: Option<String> = row.get(6)?;
        Ok(Shared {
            act: Act {
                event: row.get(0)?,
                mode: row.get(1)?,
                context: words(&context),
                cameo: row.get(3)?,
                goldstein: row.get(4)?,
                quad: row.get(5)?,
            },
            place: match place {
                Some(name) => Some(Spot {
                    name,
                    country: row.get(7)?,
                    lat: row.get(8)?,
                    lon: row.get(9)?,
                    geonames: row.get(10)?,
                }),
                None => None,
            },
            report: Head {
                uid: row.get(11)?,
                id: row.get(12)?,
                published: day(row, 13)?,
                title: row.get(14)?,
                source: row.get(15)?,
                url: row.get(16)?,
                length: row.get(17)?,
            },
        })
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_string).collect()
}

fn event(db: &Connection, event: i64) -> Result<Event> {
    let sql = format!(
        "SELECT {SHARED}, event.uid, incident.uid, event.since, event.until, {EVENT_STATUS}, factuality,
             event.sentence, event.start, event.stop,
             ifnull(substr(text, sentence.start + 1, sentence.stop - sentence.start), ''), confidence, {TRUSTED}
         FROM event JOIN report USING (report) JOIN action USING (action)
             LEFT JOIN sentence USING (report, sentence) LEFT JOIN place USING (place)
             LEFT JOIN incident ON incident.incident = event.incident WHERE event.event = ?"
    );
    let mut read = db.prepare_cached(&sql)?;
    let mut whole = read.query_row([event], |row| {
        let Shared { act, place, report } = Shared::of(row)?;
        Ok(Event {
            act,
            place,
            report,
            id: row.get(18)?,
            incident: row.get(19)?,
            since: day(row, 20)?,
            until: day(row, 21)?,
            status: row.get(22)?,
            factuality: row.get(23)?,
            sentence: row.get(24)?,
            start: row.get(25)?,
            stop: row.get(26)?,
            text: row.get(27)?,
            confidence: row.get(28)?,
            trusted: row.get(29)?,
            source: Vec::new(),
            target: Vec::new(),
            according_to: Vec::new(),
            figures: Vec::new(),
        })
    })?;
    for (role, party) in parties(db, event)? {
        match role.as_str() {
            "source" => whole.source.push(party),
            "target" => whole.target.push(party),
            "word" => whole.according_to.push(party),
            _ => {}
        }
    }
    let mut figures = db.prepare_cached("SELECT kind, value FROM quantity WHERE event = ?")?;
    let figures =
        figures.query_map([event], |row| Ok(Figure { kind: row.get(0)?, value: row.get(1)? }))?;
    whole.figures = figures.collect::<Result<_>>()?;
    Ok(whole)
}

fn parties(db: &Connection, event: i64) -> Result<Vec<(String, Actor)>> {
    let mut found = db.prepare_cached(
        "SELECT role, name, country, sectors, office FROM event_actor JOIN actor USING (actor)
         WHERE event = ? ORDER BY actor",
    )?;
    let found = found.query_map([event], |row| {
        let sectors: String = row.get(3)?;
        let (name, country) = (row.get(1)?, row.get(2)?);
        Ok((row.get(0)?, Actor { name, country, sectors: words(&sectors), office: row.get(4)? }))
    })?;
    found.collect()
}

/// One incident by its row.
pub(crate) fn incident(db: &Connection, incident: i64) -> Result<Incident> {
    let sql = format!(
        "SELECT {SHARED}, incident.uid, incident.since, incident.until, status, first_report, last_report, reports,
             sources, mentions, founder, incident.trusted
         FROM incident JOIN action ON action.action = incident.action
             LEFT JOIN place ON place.place = incident.place
             JOIN event ON event.event = founder JOIN report ON report.report = event.report
         WHERE incident.incident = ?"
    );
    let mut read = db.prepare_cached(&sql)?;
    let (mut whole, founder) = read.query_row([incident], |row| {
        let Shared { act, place, report } = Shared::of(row)?;
        let whole = Incident {
            act,
            place,
            report,
            id: row.get(18)?,
            since: day(row, 19)?,
            until: day(row, 20)?,
            status: row.get(21)?,
            first_report: day(row, 22)?,
            last_report: day(row, 23)?,
            reports: row.get(24)?,
            sources: row.get(25)?,
            mentions: row.get(26)?,
            trusted: row.get(28)?,
            source: Vec::new(),
            target: Vec::new(),
        };
        Ok((whole, row.get(27)?))
    })?;
    for (role, party) in parties(db, founder)? {
        match role.as_str() {
            "source" => whole.source.push(party),
            "target" => whole.target.push(party),
            _ => {}
        }
    }
    Ok(whole)
}
