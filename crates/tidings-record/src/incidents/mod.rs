//! Incidents: the events of many reports merged where they tell of one happening.
//!
//! A new event is compared with those of the incidents in its neighbourhood, found by an index of type, side and
//! day ([`neighbours`]). It joins the incident of the event it agrees with best ([`compare`]), of those with half of whose
//! events at least it agrees, lest a chain of likenesses lead from one happening to another; or it founds one. So its cost hangs on how much happened between these parties in these
//! days, not on the length of the record.

mod agreement;
mod facets;
mod neighbours;
mod sameness;
mod summary;
mod telling;

pub use agreement::{Agreement, Aspect, Verdict, compare};
pub(crate) use facets::status_number;
pub use sameness::{Bag, FEATURES, Mention, Story, features, sameness};
pub(crate) use summary::status_until;
pub use telling::{Camp, Side, Spot, Stage, Telling, Wording};

use crate::corrections::decree;
use crate::store::{Error, Record};
use rusqlite::{Connection, OptionalExtension};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

type Result<T, E = rusqlite::Error> = std::result::Result<T, E>;

/// Events of an incident among which is looked for the one that another agrees with best.
const BESIDE: usize = 40;

/// How an event agrees with another.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The id of the event.
    pub event: String,
    /// The id of the other.
    pub beside: String,
    /// How they agree.
    pub verdict: Verdict,
}

impl Record {
    /// Why events are one happening or not: of an incident, each of its events beside the one it agrees with best; of
    /// an event, beside the other one if it is given, else beside those in its neighbourhood.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn verdicts(&self, id: &str, other: Option<&str>) -> Result<Vec<Comparison>, Error> {
        verdicts(&self.db, id, other).map_err(|error| self.told(error))
    }
}

fn verdicts(db: &Connection, id: &str, other: Option<&str>) -> Result<Vec<Comparison>> {
    let row = |id: &str| -> Result<Option<i64>> {
        let mut event = db.prepare_cached("SELECT event FROM event WHERE uid = ?")?;
        event.query_row([id], |row| row.get(0)).optional()
    };
    let told = |event: i64| -> Result<(String, Telling)> {
        let mut uid = db.prepare_cached("SELECT uid FROM event WHERE event = ?")?;
        Ok((uid.query_row([event], |row| row.get(0))?, Telling::read(db, event)?))
    };
    let comparison = |(event, a): &(String, Telling), (beside, b): &(String, Telling)| Comparison {
        event: event.clone(),
        beside: beside.clone(),
        verdict: compare(a, b),
    };
    let Some(event) = row(id)? else {
        let mut members = db.prepare(
            "SELECT event.event FROM incident JOIN event USING (incident)
             WHERE incident.uid = ? ORDER BY event.event",
        )?;
        let members = members.query_map([id], |row| told(row.get(0)?))?;
        let members: Vec<(String, Telling)> = members.collect::<Result<_>>()?;
        let best = |(at, member): (usize, &(String, Telling))| {
            let others = members.iter().take(BESIDE).enumerate().filter(|(other, _)| *other != at);
            others
                .map(|(_, other)| comparison(member, other))
                .max_by_key(|c| (c.verdict.merged, c.verdict.points))
        };
        return Ok(members.iter().enumerate().skip(1).filter_map(best).collect());
    };
    let one = told(event)?;
    let others: Vec<i64> = match other {
        Some(other) => row(other)?.into_iter().collect(),
        None => {
            let near = neighbours::near(db, &one.1)?;
            near.into_iter().flat_map(|(_, events)| events).collect()
        }
    };
    let others = others.into_iter().filter(|other| *other != event);
    others.map(|other| Ok(comparison(&one, &told(other)?))).collect()
}

/// The incidents that a batch changed, and what was read of them.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    incidents: BTreeSet<i64>,
    /// Those of them that were not there before.
    founded: BTreeSet<i64>,
    tellings: HashMap<i64, Telling>,
}

/// Where an event belongs.
enum Seat {
    Joins(i64),
    Founds,
}

impl Touched {
    /// Puts an event into the incident it belongs to, or founds one.
    pub fn place(&mut self, db: &Connection, event: i64) -> Result<()> {
        let telling = Telling::read(db, event)?;
        let incident = match self.seat(db, event, &telling)? {
            Seat::Joins(incident) => incident,
            Seat::Founds => {
                let new = found(db, event)?;
                self.founded.insert(new);
                new
            }
        };
        let mut join = db.prepare_cached("UPDATE event SET incident = ? WHERE event = ?")?;
        join.execute([incident, event])?;
        neighbours::announce(db, event, &telling)?;
        self.tellings.insert(event, telling);
        self.incidents.insert(incident);
        Ok(())
    }

    /// Takes the events of a report out of their incidents.
    pub fn withdraw(&mut self, db: &Connection, report: i64) -> Result<()> {
        let mut left = db.prepare_cached(
            "SELECT DISTINCT incident FROM event WHERE report = ? AND incident IS NOT NULL",
        )?;
        for incident in left.query_map([report], |row| row.get::<_, i64>(0))? {
            self.incidents.insert(incident?);
        }
        db.prepare_cached("UPDATE event SET incident = NULL WHERE report = ?")?
            .execute([report])?;
        Ok(())
    }

    /// Takes events out of their incidents.
    pub fn leave(&mut self, db: &Connection, events: &[i64]) -> Result<()> {
        let mut withdraw = db.prepare_cached("UPDATE event SET incident = NULL WHERE event = ?")?;
        let mut of = db.prepare_cached("SELECT incident FROM event WHERE event = ?")?;
        let mut left = BTreeSet::new();
        for &event in events {
            if let Some(incident) = of.query_row([event], |row| row.get::<_, Option<i64>>(0))? {
                left.insert(incident);
                neighbours::forget(db, event, &Telling::read(db, event)?)?;
                withdraw.execute([event])?;
            }
            self.tellings.remove(&event);
        }
        // One that has no event now is no more, and another founder speaks for one that lost its own.
        left.iter().try_for_each(|&incident| summary::refresh(db, incident))?;
        self.incidents.extend(left);
        Ok(())
    }

    /// What an event tells may have changed, but for what is compared.
    pub fn retold(&mut self, db: &Connection, event: i64) -> Result<()> {
        let mut of = db.prepare_cached("SELECT incident FROM event WHERE event = ?")?;
        self.incidents.extend(of.query_row([event], |row| row.get::<_, Option<i64>>(0))?);
        Ok(())
    }

    /// Takes events out of their incidents and finds the incidents of those that count anew, as after a correction.
    pub fn replace(&mut self, db: &Connection, events: &[i64]) -> Result<()> {
        self.leave(db, events)?;
        let mut counts = db.prepare_cached(
            "SELECT superseded_by IS NULL AND corrected & 8 = 0 FROM event JOIN report USING (report)
             WHERE event = ?",
        )?;
        for &event in events {
            if counts.query_row([event], |row| row.get(0))? {
                self.place(db, event)?;
            }
        }
        Ok(())
    }

    /// Brings the summaries of the changed incidents up to date; gives the ids of the new ones.
    pub fn settle(&mut self, db: &Connection) -> Result<Vec<String>> {
        for incident in std::mem::take(&mut self.incidents) {
            summary::refresh(db, incident)?;
        }
        let mut id = db.prepare_cached("SELECT uid FROM incident WHERE incident = ?")?;
        let mut new = Vec::with_capacity(self.founded.len());
        for incident in std::mem::take(&mut self.founded) {
            // One whose events all went elsewhere since is no more.
            new.extend(id.query_row([incident], |row| row.get(0)).optional()?);
        }
        Ok(new)
    }

    /// Where corrections put the event; else the incident with which it agrees best.
    fn seat(&mut self, db: &Connection, event: i64, telling: &Telling) -> Result<Seat> {
        let decree = decree(db, event)?;
        match decree.joins {
            Some(incident) => return Ok(Seat::Joins(incident)),
            None if decree.founds => return Ok(Seat::Founds),
            None => {}
        }
        let mut best: Option<(i32, i64)> = None;
        for (incident, events) in neighbours::near(db, telling)? {
            if decree.apart.contains(&incident) {
                continue;
            }
            let (mut agree, mut most) = (0, i32::MIN);
            for &other in &events {
                let verdict = compare(telling, self.known(db, other)?);
                if verdict.merged {
                    agree += 1;
                    most = most.max(verdict.points);
                }
            }
            // Of two that agree alike, the older.
            let key = (most, -incident);
            if agree > 0 && 2 * agree >= events.len() && best.is_none_or(|best| key > best) {
                best = Some(key);
            }
        }
        Ok(best.map_or(Seat::Founds, |(_, incident)| Seat::Joins(-incident)))
    }

    /// What an event of the record tells, read once.
    fn known(&mut self, db: &Connection, event: i64) -> Result<&Telling> {
        Ok(match self.tellings.entry(event) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Telling::read(db, event)?),
        })
    }
}

/// A new incident, with the name of its first event. An incident that this event founded earlier and has left
/// since takes the name of the eldest event it still has.
fn found(db: &Connection, event: i64) -> Result<i64> {
    let name = "(SELECT 'i' || substr(uid, 2) FROM event WHERE event = ?1)";
    let mut left =
        db.prepare_cached(&format!("SELECT incident FROM incident WHERE uid = {name}"))?;
    if let Some(left) = left.query_row([event], |row| row.get::<_, i64>(0)).optional()? {
        let mut rename = db.prepare_cached(
            "UPDATE incident SET (uid, founder) = (
                 SELECT 'i' || substr(event.uid, 2), event FROM event WHERE event.incident = ?1
                     AND NOT EXISTS (SELECT 1 FROM incident WHERE uid = 'i' || substr(event.uid, 2))
                 ORDER BY event LIMIT 1)
             WHERE incident = ?1 AND EXISTS (SELECT 1 FROM event WHERE event.incident = ?1
                     AND NOT EXISTS (SELECT 1 FROM incident WHERE uid = 'i' || substr(event.uid, 2)))",
        )?;
        if rename.execute([left])? == 0 {
            let other = "UPDATE incident SET uid = uid || '-' || incident WHERE incident = ?";
            db.prepare_cached(other)?.execute([left])?;
        }
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO incident (uid, founder, action, status, reports, sources, mentions)
         SELECT 'i' || substr(uid, 2), event, action, '', 0, 0, 0 FROM event WHERE event = ?",
    )?;
    insert.insert([event])
}
