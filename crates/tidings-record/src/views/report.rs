//! A report as it was read, with the stretches of its text that were coded.

use super::{list, rows};
use crate::questions::EVENT_STATUS;
use crate::store::{Error, Record};
use crate::trust::TRUSTED;
use rusqlite::{Connection, OptionalExtension, Result};
use serde::Serialize;

/// A report with all its codings. Offsets are characters of `text`, half open.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ReportView {
    /// Stable id.
    pub id: String,
    /// As its publisher or its file calls it.
    pub name: String,
    pub published: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// The version of the program that coded it.
    pub coder: String,
    /// The report that it is a copy of.
    pub copy_of: Option<String>,
    /// The newer version that took its place.
    pub superseded_by: Option<String>,
    /// Its copies.
    pub copies: Vec<String>,
    /// Where the text proper begins.
    pub body: i64,
    pub text: String,
    pub sentences: Vec<SentenceSpan>,
    pub events: Vec<EventSpan>,
    pub claims: Vec<ClaimSpan>,
    pub actors: Vec<ActorSpan>,
    pub places: Vec<PlaceSpan>,
    pub times: Vec<TimeSpan>,
}

/// A sentence; `repeats` is the number of the earlier one it says again.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct SentenceSpan {
    pub start: i64,
    pub stop: i64,
    pub repeats: Option<i64>,
}

/// A coded act at the words that name it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct EventSpan {
    pub id: String,
    pub incident: Option<String>,
    pub sentence: i64,
    pub start: i64,
    pub stop: i64,
    pub event: String,
    pub mode: Option<String>,
    pub context: String,
    pub cameo: String,
    pub goldstein: f64,
    pub quad: i64,
    pub source: Vec<String>,
    pub target: Vec<String>,
    pub according_to: Vec<String>,
    pub since: Option<String>,
    pub until: Option<String>,
    pub place: Option<String>,
    pub status: String,
    pub certainty: String,
    pub polarity: String,
    pub factuality: f64,
    pub standing: String,
    /// How probable it is that type, source and target are all right, where that was judged.
    pub confidence: Option<f64>,
    /// Whether it is counted.
    pub trusted: bool,
    pub condition_start: Option<i64>,
    pub condition_stop: Option<i64>,
    pub figures: Vec<FigureSpan>,
    /// The lexicon entry that made it.
    pub rule: String,
    /// What people set right of it: 1 source, 2 target, 4 code, 8 that it is no event, 16 that it is right.
    pub corrected: i64,
}

/// A figure of an event.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FigureSpan {
    pub kind: String,
    pub value: f64,
    pub start: i64,
    pub stop: i64,
}

/// A claim: its content, the cue that marks it, and what the report says of its support.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ClaimSpan {
    pub id: String,
    pub sentence: i64,
    pub start: i64,
    pub stop: i64,
    pub cue_start: Option<i64>,
    pub cue_stop: Option<i64>,
    pub speaker: Option<String>,
    pub form: String,
    pub evidence: Vec<EvidenceSpan>,
}

/// What the report says of the support of a claim, and who says it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct EvidenceSpan {
    pub kind: String,
    pub start: i64,
    pub stop: i64,
    pub speaker: Option<String>,
}

/// A mention of an actor.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ActorSpan {
    pub start: i64,
    pub stop: i64,
    pub name: String,
    pub country: Option<String>,
    pub sectors: String,
    pub office: Option<String>,
}

/// A mention of a place.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct PlaceSpan {
    pub start: i64,
    pub stop: i64,
    pub name: String,
    pub geonames: Option<i64>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub country: Option<String>,
}

/// A time expression with the days it stands for.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct TimeSpan {
    pub start: i64,
    pub stop: i64,
    pub r#type: String,
    pub value: String,
    pub since: Option<String>,
    pub until: Option<String>,
}

impl Record {
    /// The report with this id, of whatever version; `None` if there is none.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn report(&self, id: &str) -> Result<Option<ReportView>, Error> {
        report(&self.db, id).map_err(|error| self.told(error))
    }
}

fn report(db: &Connection, id: &str) -> Result<Option<ReportView>> {
    let mut header = db.prepare_cached(
        "SELECT report.report, report.uid, report.id, report.published, report.title, report.source,
             report.url, report.language, report.coder, original.uid, newer.uid, report.body,
             report.text
         FROM report LEFT JOIN report AS original ON original.report = report.copy_of
             LEFT JOIN report AS newer ON newer.report = report.superseded_by
         WHERE report.uid = ?",
    )?;
    let found = header.query_row([id], |row| {
        let view = ReportView {
            id: row.get(1)?,
            name: row.get(2)?,
            published: row.get(3)?,
            title: row.get(4)?,
            publisher: row.get(5)?,
            url: row.get(6)?,
            language: row.get(7)?,
            coder: row.get(8)?,
            copy_of: row.get(9)?,
            superseded_by: row.get(10)?,
            copies: Vec::new(),
            body: row.get(11)?,
            text: row.get(12)?,
            sentences: Vec::new(),
            events: Vec::new(),
            claims: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            times: Vec::new(),
        };
        Ok((row.get::<_, i64>(0)?, view))
    });
    let Some((report, mut view)) = found.optional()? else { return Ok(None) };
    view.copies = rows(
        db,
        "SELECT uid FROM report WHERE copy_of = ? AND superseded_by IS NULL ORDER BY published, uid",
        [report],
        |row| row.get(0),
    )?;
    view.sentences = rows(
        db,
        "SELECT start, stop, repeats FROM sentence WHERE report = ? ORDER BY sentence",
        [report],
        |row| Ok(SentenceSpan { start: row.get(0)?, stop: row.get(1)?, repeats: row.get(2)? }),
    )?;
    view.events = events(db, report)?;
    view.claims = claims(db, report)?;
    view.actors = rows(
        db,
        "SELECT start, stop, name, country, sectors, office FROM mention JOIN actor USING (actor)
         WHERE report = ? ORDER BY start, stop DESC, name",
        [report],
        |row| {
            Ok(ActorSpan {
                start: row.get(0)?,
                stop: row.get(1)?,
                name: row.get(2)?,
                country: row.get(3)?,
                sectors: row.get(4)?,
                office: row.get(5)?,
            })
        },
    )?;
    view.places = rows(
        db,
        "SELECT start, stop, name, geonames, lat, lon, country FROM toponym JOIN place USING (place)
         WHERE report = ? ORDER BY start, stop DESC, name",
        [report],
        |row| {
            Ok(PlaceSpan {
                start: row.get(0)?,
                stop: row.get(1)?,
                name: row.get(2)?,
                geonames: row.get(3)?,
                lat: row.get(4)?,
                lon: row.get(5)?,
                country: row.get(6)?,
            })
        },
    )?;
    view.times = rows(
        db,
        "SELECT start, stop, type, value, since, until FROM time WHERE report = ?
         ORDER BY start, stop DESC, type, value",
        [report],
        |row| {
            Ok(TimeSpan {
                start: row.get(0)?,
                stop: row.get(1)?,
                r#type: row.get(2)?,
                value: row.get(3)?,
                since: row.get(4)?,
                until: row.get(5)?,
            })
        },
    )?;
    Ok(Some(view))
}

fn events(db: &Connection, report: i64) -> Result<Vec<EventSpan>> {
    let names = |role: &str| {
        format!(
            "(SELECT group_concat(name, char(31)) FROM event_actor JOIN actor USING (actor)
                WHERE event_actor.event = event.event AND role = '{role}')"
        )
    };
    let sql = format!(
        "SELECT event.event, event.uid, incident.uid, event.sentence, event.start, event.stop,
             action.event, mode, context, cameo, goldstein, quad, {}, {}, {}, event.since,
             event.until, place.name, {EVENT_STATUS}, certainty, polarity, factuality, standing,
             condition_start, condition_stop, rule, corrected, confidence, {TRUSTED}
         FROM event JOIN action USING (action) LEFT JOIN place USING (place)
             LEFT JOIN incident ON incident.incident = event.incident
         WHERE report = ? ORDER BY event.start, event.stop, event.uid",
        names("source"),
        names("target"),
        names("word"),
    );
    let found = rows(db, &sql, [report], |row| {
        let event = EventSpan {
            id: row.get(1)?,
            incident: row.get(2)?,
            sentence: row.get(3)?,
            start: row.get(4)?,
            stop: row.get(5)?,
            event: row.get(6)?,
            mode: row.get(7)?,
            context: row.get(8)?,
            cameo: row.get(9)?,
            goldstein: row.get(10)?,
            quad: row.get(11)?,
            source: list(row, 12)?,
            target: list(row, 13)?,
            according_to: list(row, 14)?,
            since: row.get(15)?,
            until: row.get(16)?,
            place: row.get(17)?,
            status: row.get(18)?,
            certainty: row.get(19)?,
            polarity: row.get(20)?,
            factuality: row.get(21)?,
            standing: row.get(22)?,
            condition_start: row.get(23)?,
            condition_stop: row.get(24)?,
            figures: Vec::new(),
            rule: row.get(25)?,
            corrected: row.get(26)?,
            confidence: row.get(27)?,
            trusted: row.get(28)?,
        };
        Ok((row.get::<_, i64>(0)?, event))
    })?;
    let with_figures = found.into_iter().map(|(number, event)| {
        let figures = rows(
            db,
            "SELECT kind, value, start, stop FROM quantity WHERE event = ? ORDER BY start, kind",
            [number],
            |row| {
                Ok(FigureSpan {
                    kind: row.get(0)?,
                    value: row.get(1)?,
                    start: row.get(2)?,
                    stop: row.get(3)?,
                })
            },
        )?;
        Ok(EventSpan { figures, ..event })
    });
    with_figures.collect()
}

fn claims(db: &Connection, report: i64) -> Result<Vec<ClaimSpan>> {
    let found = rows(
        db,
        "SELECT claim, uid, sentence, start, stop, cue_start, cue_stop, name, form
         FROM claim LEFT JOIN actor ON actor = speaker WHERE report = ?
         ORDER BY start, stop DESC, uid",
        [report],
        |row| {
            let claim = ClaimSpan {
                id: row.get(1)?,
                sentence: row.get(2)?,
                start: row.get(3)?,
                stop: row.get(4)?,
                cue_start: row.get(5)?,
                cue_stop: row.get(6)?,
                speaker: row.get(7)?,
                form: row.get(8)?,
                evidence: Vec::new(),
            };
            Ok((row.get::<_, i64>(0)?, claim))
        },
    )?;
    let with_evidence = found.into_iter().map(|(number, claim)| {
        let evidence = rows(
            db,
            "SELECT kind, start, stop, name FROM evidence LEFT JOIN actor ON actor = speaker
             WHERE claim = ? ORDER BY start, stop, kind",
            [number],
            |row| {
                Ok(EvidenceSpan {
                    kind: row.get(0)?,
                    start: row.get(1)?,
                    stop: row.get(2)?,
                    speaker: row.get(3)?,
                })
            },
        )?;
        Ok(ClaimSpan { evidence, ..claim })
    });
    with_evidence.collect()
}
