//! Incidents: the events of many reports merged where they tell of one happening.
//!
//! A new event is compared with the founders of the incidents in its neighbourhood, found by an index of
//! type, side and day, and joins the one it agrees with best ([`compare`]), or founds one. So its cost hangs on
//! how much happened between these parties in these days, not on the length of the record.

mod agreement;
mod facets;
mod summary;
mod telling;

pub use agreement::{Agreement, Aspect, Verdict, compare};
pub(crate) use facets::status_number;
pub(crate) use summary::status_until;
pub use telling::{Camp, Side, Spot, Stage, Telling};

use crate::corrections::decree;
use crate::store::{Error, Record};
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};

type Result<T, E = rusqlite::Error> = std::result::Result<T, E>;

/// An interval may have begun this long before the day that is looked for.
const DAYS_BACK: i32 = 10;
/// Incidents that are looked at for each side, and those compared in full.
const SEEN: usize = 200;
const COMPARED: usize = 40;

impl Record {
    /// Why events are one happening or not, each with the id of what it was compared with: of an
    /// incident, its events beside its founder; of an event, the other one if it is given, else the founders of the
    /// incidents it could have joined.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn verdicts(&self, id: &str, other: Option<&str>) -> Result<Vec<(String, Verdict)>, Error> {
        verdicts(&self.db, id, other).map_err(|error| self.told(error))
    }
}

fn verdicts(db: &Connection, id: &str, other: Option<&str>) -> Result<Vec<(String, Verdict)>> {
    let row = |id: &str| -> Result<Option<i64>> {
        let mut event = db.prepare_cached("SELECT event FROM event WHERE uid = ?")?;
        event.query_row([id], |row| row.get(0)).optional()
    };
    let rows = |sql: &str, value: &dyn rusqlite::ToSql| -> Result<Vec<(i64, String)>> {
        let mut found = db.prepare(sql)?;
        found.query_map([value], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let (one, others) = match (row(id)?, other) {
        (Some(event), Some(other)) => {
            (event, row(other)?.map(|row| (row, other.to_string())).into_iter().collect())
        }
        (Some(event), None) => {
            let mut others = Vec::new();
            for (_, founder) in candidates(db, &Telling::read(db, event)?)? {
                others.extend(rows("SELECT event, uid FROM event WHERE event = ?", &founder)?);
            }
            (event, others)
        }
        (None, _) => {
            let founder = "SELECT founder, uid FROM incident WHERE uid = ?";
            let Some((founder, _)) = rows(founder, &id)?.pop() else { return Ok(Vec::new()) };
            let members = "SELECT event.event, event.uid FROM incident JOIN event USING (incident)
                WHERE incident.uid = ? ORDER BY event.event";
            (founder, rows(members, &id)?)
        }
    };
    let one_telling = Telling::read(db, one)?;
    let compared = others
        .into_iter()
        .filter(|(event, _)| *event != one)
        .map(|(event, uid)| Ok((uid, compare(&one_telling, &Telling::read(db, event)?))));
    compared.collect()
}

/// The incidents that a batch changed, and what was read of them.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    incidents: BTreeSet<i64>,
    /// Those of them that were not there before.
    founded: BTreeSet<i64>,
    founders: HashMap<i64, Telling>,
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
        announce(db, incident, &telling)?;
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
        for event in events {
            left.extend(of.query_row([event], |row| row.get::<_, Option<i64>>(0))?);
            self.founders.remove(event);
            withdraw.execute([event])?;
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
        for (incident, founder) in candidates(db, telling)? {
            if decree.apart.contains(&incident) {
                continue;
            }
            let founder = match self.founders.get(&founder) {
                Some(known) => known,
                None => {
                    let read = Telling::read(db, founder)?;
                    self.founders.entry(founder).or_insert(read)
                }
            };
            let verdict = compare(telling, founder);
            // Of two that agree alike, the older.
            let key = (verdict.points, -incident);
            if verdict.merged && best.is_none_or(|best| key > best) {
                best = Some(key);
            }
        }
        Ok(best.map_or(Seat::Founds, |(_, incident)| Seat::Joins(-incident)))
    }
}

/// Incidents of the same type, of one of the sides, about the same day, with their founders.
fn candidates(db: &Connection, telling: &Telling) -> Result<Vec<(i64, i64)>> {
    let Some(day) = telling.day() else { return Ok(Vec::new()) };
    let last = telling.days.map_or(day, |days| days.1);
    let (from, to) = (shifted(day, -DAYS_BACK), shifted(last.min(shifted(day, DAYS_BACK)), 1));
    let mut near = db.prepare_cached(
        "SELECT incident, founder FROM neighbour JOIN incident USING (incident)
         WHERE event = ? AND side = ? AND day BETWEEN ? AND ?
         ORDER BY day DESC LIMIT ?",
    )?;
    let mut shared: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for side in telling.labels() {
        let range = params![telling.event, side, from.to_string(), to.to_string(), SEEN];
        for row in near.query_map(range, |row| Ok((row.get(0)?, row.get(1)?)))? {
            *shared.entry(row?).or_insert(0) += 1;
        }
    }
    let mut found: Vec<_> = shared.into_iter().collect();
    found.sort_by_key(|((incident, _), sides)| (std::cmp::Reverse(*sides), *incident));
    Ok(found.into_iter().take(COMPARED).map(|(pair, _)| pair).collect())
}

fn shifted(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
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

/// Where later events will look for the incident.
fn announce(db: &Connection, incident: i64, telling: &Telling) -> Result<()> {
    let Some(day) = telling.day() else { return Ok(()) };
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO neighbour VALUES (?, ?, ?, ?)")?;
    for side in telling.labels() {
        insert.execute(params![telling.event, side, day.to_string(), incident])?;
    }
    Ok(())
}
