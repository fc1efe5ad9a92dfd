//! What people set right by hand: kept beside what was coded, never in its place.
//!
//! A correction names its events by where they stand (the report, the words of the act, and which of the
//! events of these words), not by row or code, so that it holds when the reports are coded anew. It is obeyed
//! whenever an event is kept ([`apply`]) and whenever it is put into an incident ([`decree`]). One that is
//! undone stays in the record, with who undid it and when.

mod apply;
mod decree;

pub(crate) use apply::{apply, apply_to_report};
pub(crate) use decree::decree;

use crate::actor::Actor;
use crate::entry::uid;
use crate::incidents::Touched;
use crate::questions::Act;
use crate::store::{Error, Record};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

type Result<T, E = Refused> = std::result::Result<T, E>;

/// What is to be set right. Ids are those of answers to questions.
#[derive(Debug, Clone)]
pub enum Change {
    /// These incidents are one happening, which keeps the id of the first.
    Merge(Vec<String>),
    /// These events of the incident are a happening of their own.
    Split {
        /// The incident.
        incident: String,
        /// Some of its events.
        events: Vec<String>,
    },
    /// This actor, or nobody, is the one side of the event.
    Actor {
        /// The event.
        event: String,
        /// Which side.
        role: Role,
        /// Who it is.
        who: Option<Actor>,
    },
    /// The act is another.
    Code {
        /// The event.
        event: String,
        /// The act.
        action: Act,
    },
    /// The words tell of no event.
    NotAnEvent(String),
    /// The event is right, and to be trusted.
    Right(String),
}

/// A side of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Role {
    Source,
    Target,
}

/// Whose correction it is.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    /// Name of the person.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub note: Option<&'a str>,
}

/// Why nothing was set right.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum Refused {
    #[error(transparent)]
    Record(#[from] Error),
    #[error("there is no incident {0}; `tidings incidents` lists them with their ids")]
    NoIncident(String),
    #[error("there is no event {0}; `tidings events` lists them with their ids")]
    NoEvent(String),
    #[error("there is no correction {0}; `tidings correct list` lists them with their ids")]
    NoCorrection(String),
    #[error("the correction {0} is undone already")]
    Undone(String),
    #[error("a merge needs two incidents or more")]
    One,
    #[error(
        "{event} is no event of the incident {incident}; `tidings show {incident}` lists its events"
    )]
    Elsewhere { event: String, incident: String },
    #[error("all events of {0} were named; leave one of them, from which the others are split off")]
    All(String),
    #[error("{0} says so already")]
    Same(String),
    #[error("a correction bears the name of who makes it; give it with --by")]
    Nameless,
}

impl Role {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Source => "source",
            Role::Target => "target",
        }
    }
}

impl Record {
    /// Sets something right, and gives the id of the correction. `waiting` is called once if another process
    /// is writing.
    ///
    /// # Errors
    /// If there is nothing of that id, the change makes no sense, or the record cannot be written.
    pub fn correct(
        &self,
        change: &Change,
        author: Author,
        waiting: impl FnOnce(),
    ) -> Result<String> {
        if author.by.trim().is_empty() {
            return Err(Refused::Nameless);
        }
        let transaction = self.begin(waiting)?;
        let desk = Desk { db: &transaction, record: self };
        let made = desk.make(change, author)?;
        transaction.commit().map_err(|error| self.told(error))?;
        Ok(made)
    }

    /// Takes a correction back: what it set right is again as it was coded, or as other corrections say.
    ///
    /// # Errors
    /// If there is none of that id, it is undone already, or the record cannot be written.
    pub fn undo(&self, correction: &str, author: Author, waiting: impl FnOnce()) -> Result<()> {
        if author.by.trim().is_empty() {
            return Err(Refused::Nameless);
        }
        let transaction = self.begin(waiting)?;
        Desk { db: &transaction, record: self }.undo(correction, author)?;
        transaction.commit().map_err(|error| self.told(error))?;
        Ok(())
    }
}

/// A correction as the record holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Id.
    pub id: String,
    /// `merge`, `split`, `actor`, `code`, `not-an-event` or `right`.
    pub kind: String,
    /// Of an actor: `source` or `target`.
    pub role: Option<String>,
    /// What the record said before.
    pub before: Option<String>,
    /// What it says since.
    pub value: Option<String>,
    /// Who made it.
    pub by: String,
    /// When, in UTC.
    pub made: String,
    /// Why.
    pub note: Option<String>,
}

impl std::fmt::Display for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(
            f,
            "{}: by {} on {}: {}",
            self.id,
            self.by,
            self.made.get(..10).unwrap_or_default(),
            self.kind
        )?;
        if let Some(role) = &self.role {
            write!(f, " {role}")?;
        }
        let nobody = if self.kind == "actor" { Some("nobody") } else { None };
        let value = self.value.as_deref().or(nobody);
        match (value, self.before.as_deref()) {
            (Some(value), Some(before)) => write!(f, " {value} in place of {before}")?,
            (Some(value), None) => write!(f, " {value}")?,
            (None, Some(before)) => write!(f, " {before}")?,
            (None, None) => {}
        }
        match &self.note {
            Some(note) => write!(f, " ({note})"),
            None => Ok(()),
        }
    }
}

impl Record {
    /// The corrections in force of an event, or of any event of an incident, in the order in which they were made.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn corrections_of(&self, id: &str) -> Result<Vec<Made>, Error> {
        let read = || {
            let mut found = self.db.prepare_cached(
                "SELECT correction.uid, kind, role, before, value, made_by, made, note FROM correction
                 WHERE undone IS NULL AND correction IN (
                     SELECT correction FROM event JOIN report USING (report)
                         JOIN corrected ON corrected.report = report.uid
                             AND corrected.start = event.start AND corrected.stop = event.stop
                             AND corrected.nth = event.nth
                     WHERE event.uid = ?1
                         OR event.incident = (SELECT incident FROM incident WHERE uid = ?1))
                 ORDER BY correction",
            )?;
            let made = found.query_map([id], |row| {
                Ok(Made {
                    id: row.get(0)?,
                    kind: row.get(1)?,
                    role: row.get(2)?,
                    before: row.get(3)?,
                    value: row.get(4)?,
                    by: row.get(5)?,
                    made: row.get(6)?,
                    note: row.get(7)?,
                })
            })?;
            made.collect::<rusqlite::Result<Vec<Made>>>()
        };
        read().map_err(|error| self.told(error))
    }
}

/// The correction's row, its events by part, and what it says.
#[derive(Default)]
struct Row {
    kind: &'static str,
    role: Option<&'static str>,
    before: Option<String>,
    value: Option<String>,
    actor: Option<i64>,
    action: Option<i64>,
    /// Events that stay, and events that are set right.
    parts: [Vec<i64>; 2],
    /// Those whose incident must be found anew.
    moved: Vec<i64>,
}

impl Row {
    fn of_event(event: i64) -> Row {
        Row { parts: [Vec::new(), vec![event]], moved: vec![event], ..Row::default() }
    }
}

/// Where corrections are written.
struct Desk<'r> {
    db: &'r Connection,
    record: &'r Record,
}

impl Desk<'_> {
    fn sql<T>(&self, done: rusqlite::Result<T>) -> Result<T> {
        done.map_err(|error| Refused::Record(self.record.told(error)))
    }

    fn make(&self, change: &Change, author: Author) -> Result<String> {
        let row = match change {
            Change::Merge(incidents) => self.merge(incidents)?,
            Change::Split { incident, events } => self.split(incident, events)?,
            Change::Actor { event, role, who } => self.actor(event, *role, who.as_ref())?,
            Change::Code { event, action } => self.code(event, action)?,
            Change::NotAnEvent(event) => self.judged(event, "not-an-event")?,
            Change::Right(event) => self.judged(event, "right")?,
        };
        let made = self.sql(insert(self.db, &row, author))?;
        self.settle(&row.moved)?;
        Ok(made)
    }

    fn undo(&self, correction: &str, author: Author) -> Result<()> {
        let found = self.sql(
            self.db
                .query_row(
                    "SELECT correction, undone IS NOT NULL FROM correction WHERE uid = ?",
                    [correction],
                    |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?)),
                )
                .optional(),
        )?;
        let row = match found {
            None => return Err(Refused::NoCorrection(correction.to_string())),
            Some((_, true)) => return Err(Refused::Undone(correction.to_string())),
            Some((row, false)) => row,
        };
        let undo = "UPDATE correction SET undone = ?2, undone_by = ?3 WHERE correction = ?1";
        self.sql(self.db.execute(undo, params![row, second(author.at), author.by.trim()]))?;
        let events = self.sql(rows(
            self.db,
            "SELECT event.event FROM corrected JOIN report ON report.uid = corrected.report
                 JOIN event ON event.report = report.report AND event.start = corrected.start
                     AND event.stop = corrected.stop AND event.nth = corrected.nth
             WHERE correction = ? AND part = 1 ORDER BY event.event",
            row,
        ))?;
        self.settle(&events)
    }

    /// What the corrections say of the events now, and the incidents that follow from it.
    fn settle(&self, events: &[i64]) -> Result<()> {
        let mut touched = Touched::default();
        let done = events
            .iter()
            .try_for_each(|&event| apply(self.db, event))
            .and_then(|()| touched.replace(self.db, events))
            .and_then(|()| touched.settle(self.db).map(drop));
        self.sql(done)
    }

    fn merge(&self, incidents: &[String]) -> Result<Row> {
        let mut merged: Vec<i64> = Vec::new();
        for incident in incidents {
            let row = self.incident(incident)?;
            if !merged.contains(&row) {
                merged.push(row);
            }
        }
        if merged.len() < 2 {
            return Err(Refused::One);
        }
        let (mut events, mut moved) = (Vec::new(), Vec::new());
        for (at, &incident) in merged.iter().enumerate() {
            let own = self.events_of(incident)?;
            if at > 0 {
                moved.extend(&own);
            }
            events.extend(own);
        }
        let (value, parts) = (Some(incidents.join(" ")), [Vec::new(), events]);
        Ok(Row { kind: "merge", value, parts, moved, ..Row::default() })
    }

    fn split(&self, incident: &str, events: &[String]) -> Result<Row> {
        let mut stay = self.events_of(self.incident(incident)?)?;
        let mut leave = Vec::new();
        for id in events {
            let event = self.event(id)?;
            match stay.iter().position(|&one| one == event) {
                Some(at) => leave.push(stay.remove(at)),
                None if leave.contains(&event) => {}
                None => {
                    let (event, incident) = (id.clone(), incident.to_string());
                    return Err(Refused::Elsewhere { event, incident });
                }
            }
        }
        if stay.is_empty() {
            return Err(Refused::All(incident.to_string()));
        }
        let (before, moved) = (Some(incident.to_string()), leave.clone());
        Ok(Row { kind: "split", before, parts: [stay, leave], moved, ..Row::default() })
    }

    fn actor(&self, event: &str, role: Role, who: Option<&Actor>) -> Result<Row> {
        let row = self.event(event)?;
        let told = |what: &str| {
            format!(
                "(SELECT group_concat({what}, '; ') FROM event_actor JOIN actor USING (actor)
                      WHERE event_actor.event = event.event AND role = '{}')",
                role.name()
            )
        };
        let whole =
            "name || ifnull(' (' || trim(ifnull(country, '') || ' ' || sectors) || ')', '')";
        let before = self.told(row, &format!("ifnull({}, '')", told(whole)))?;
        let value = who.map(|who| {
            let code = [who.country.clone().unwrap_or_default(), who.sectors.join(" ")].join(" ");
            format!("{} ({})", who.name, code.trim())
        });
        if value.clone().unwrap_or_default() == before {
            return Err(Refused::Same(event.to_string()));
        }
        let actor = match who {
            Some(who) => Some(self.sql(crate::parts::actor_row(
                self.db,
                (&who.name, who.country.as_deref(), &who.sectors.join(" "), who.office.as_deref()),
            ))?),
            None => None,
        };
        let (role, before) = (Some(role.name()), Some(before));
        Ok(Row { kind: "actor", role, before, value, actor, ..Row::of_event(row) })
    }

    fn code(&self, event: &str, action: &Act) -> Result<Row> {
        let row = self.event(event)?;
        let before = self.told(row, "action.event || ' ' || cameo")?;
        let value = format!("{} {}", action.event, action.cameo);
        if before == value {
            return Err(Refused::Same(event.to_string()));
        }
        let action = self.sql(apply::action_by_hand(self.db, action))?;
        Ok(Row {
            kind: "code",
            before: Some(before),
            value: Some(value),
            action: Some(action),
            ..Row::of_event(row)
        })
    }

    /// A judgement of an event as a whole.
    fn judged(&self, event: &str, kind: &'static str) -> Result<Row> {
        let row = self.event(event)?;
        let before = Some(self.told(row, "action.event || ' ' || cameo")?);
        Ok(Row { kind, before, ..Row::of_event(row) })
    }

    /// Something that the record says of an event.
    fn told(&self, event: i64, what: &str) -> Result<String> {
        let sql =
            format!("SELECT {what} FROM event JOIN action USING (action) WHERE event.event = ?");
        self.sql(self.db.query_row(&sql, [event], |row| row.get(0)))
    }

    fn incident(&self, id: &str) -> Result<i64> {
        let sql = "SELECT incident FROM incident WHERE uid = ?";
        let row = self.sql(self.db.query_row(sql, [id], |row| row.get(0)).optional())?;
        row.ok_or_else(|| Refused::NoIncident(id.to_string()))
    }

    fn event(&self, id: &str) -> Result<i64> {
        let sql = "SELECT event FROM event WHERE uid = ?";
        let row = self.sql(self.db.query_row(sql, [id], |row| row.get(0)).optional())?;
        row.ok_or_else(|| Refused::NoEvent(id.to_string()))
    }

    fn events_of(&self, incident: i64) -> Result<Vec<i64>> {
        let sql = "SELECT event FROM event WHERE incident = ? ORDER BY event";
        self.sql(rows(self.db, sql, incident))
    }
}

fn rows(db: &Connection, sql: &str, value: i64) -> rusqlite::Result<Vec<i64>> {
    let mut found = db.prepare_cached(sql)?;
    found.query_map([value], |row| row.get(0))?.collect()
}

/// The correction with the places of its events; its id.
fn insert(db: &Connection, row: &Row, author: Author) -> rusqlite::Result<String> {
    let made = second(author.at);
    let before: i64 = db.query_row("SELECT count(*) FROM correction", [], |row| row.get(0))?;
    let parts = [row.kind, author.by, &made, &before.to_string()];
    let id = uid('k', &parts);
    let mut correction = db.prepare_cached(
        "INSERT INTO correction (uid, kind, role, before, value, actor, action, made_by, made, note)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let number = correction.insert(params![
        id,
        row.kind,
        row.role,
        row.before.as_ref().filter(|before| !before.is_empty()),
        row.value,
        row.actor,
        row.action,
        author.by.trim(),
        made,
        author.note,
    ])?;
    let mut corrected = db.prepare_cached(
        "INSERT OR IGNORE INTO corrected
         SELECT ?1, ?2, report.uid, event.sentence, event.start, event.stop, event.nth
         FROM event JOIN report USING (report) WHERE event.event = ?3",
    )?;
    for (part, events) in row.parts.iter().enumerate() {
        for event in events {
            corrected.execute(params![number, part, event])?;
        }
    }
    Ok(id)
}

/// To the second, in UTC.
fn second(at: Timestamp) -> String {
    let whole = Timestamp::from_second(at.as_second()).unwrap_or(at);
    whole.to_string()
}
