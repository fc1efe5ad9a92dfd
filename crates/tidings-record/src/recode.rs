//! Coding the reports of the record anew, with what changes by it.
//!
//! Report after report, each whole or not at all; where what is coded of one is the same as before, nothing is
//! written. An event that is told by the same words as before keeps its row, and its incident unless it tells
//! something else now. How far the work has come stands in the record, so that it goes on where it was
//! interrupted. Corrections are obeyed as ever.

use crate::corrections;
use crate::entry::{Entry, event_uids};
use crate::keep::Batch;
use crate::parts;
use crate::questions::EVENT_STATUS;
use crate::store::{Error, Record};
use crate::trust::TRUSTED;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::collections::BTreeMap;
use tidings_report::Report;

/// A report of the record, to be coded.
#[derive(Debug)]
pub struct Stored {
    /// Its row.
    pub row: i64,
    /// The report as it was read.
    pub report: Report,
}

/// How far a coding of all reports has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recoding {
    /// The last report that is done; 0 at the beginning.
    pub done: i64,
    /// How many reports there are, and how many are left.
    pub reports: usize,
    /// How many of them are still to be coded.
    pub left: usize,
}

impl Record {
    /// Begins to code all reports anew, or goes on with what the same coder began.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn recode(&self, lists: Option<&str>, waiting: impl FnOnce()) -> Result<Recoding, Error> {
        let coder = lists.unwrap_or_default();
        let transaction = self.begin(waiting)?;
        let begun =
            begin(&transaction, coder).and_then(|begun| transaction.commit().map(|()| begun));
        begun.map_err(|error| self.told(error))
    }

    /// The next reports after a row, in the order of rows; none after the last.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn stored(&self, after: i64, count: usize) -> Result<Vec<Stored>, Error> {
        stored(&self.db, after, count).map_err(|error| self.told(error))
    }

    /// All reports are coded: what changed remains to be asked for.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn recoded(&self) -> Result<(), Error> {
        self.db.execute("DELETE FROM recoding", []).map_err(|error| self.told(error))?;
        self.settle()
    }
}

impl Batch<'_> {
    /// Puts what is now coded of a report in the place of what was, and notes what changes. Without an entry
    /// (the coding broke on it) the report stays as it was.
    ///
    /// # Errors
    /// If the record cannot be written: the whole batch is then void.
    pub fn recode(&mut self, row: i64, entry: Option<Entry>) -> Result<(), Error> {
        let done = self.transaction.execute("UPDATE recoding SET done = ?", [row]);
        let done = done.and_then(|_| match entry {
            Some(entry) => recode(self, row, entry),
            None => Ok(()),
        });
        done.map_err(|error| self.told(error))
    }
}

fn begin(db: &Connection, coder: &str) -> Result<Recoding> {
    let begun = "SELECT coder, done FROM recoding";
    let begun: Option<(String, i64)> =
        db.query_row(begun, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let done = match begun {
        Some((by, done)) if by == coder => done,
        _ => {
            db.execute_batch("DELETE FROM recoding; DELETE FROM change")?;
            db.execute("INSERT INTO recoding VALUES (?, 0)", [coder])?;
            0
        }
    };
    db.query_row("SELECT count(*), ifnull(sum(report > ?1), 0) FROM report", [done], |row| {
        let (reports, left) = (row.get::<_, u32>(0)?, row.get::<_, u32>(1)?);
        Ok(Recoding { done, reports: reports as usize, left: left as usize })
    })
}

fn stored(db: &Connection, after: i64, count: usize) -> Result<Vec<Stored>> {
    let mut next = db.prepare_cached(
        "SELECT report, id, published, title, source, url, language, text, body FROM report
         WHERE report > ? ORDER BY report LIMIT ?",
    )?;
    let reports = next.query_map(params![after, count as u64], |row| {
        let mut report = Report::default();
        report.id = row.get(1)?;
        report.published =
            row.get::<_, Option<String>>(2)?.and_then(|day| day.parse::<Date>().ok());
        report.title = row.get(3)?;
        report.source = row.get(4)?;
        report.url = row.get(5)?;
        report.language = row.get(6)?;
        Ok(Stored { row: row.get(0)?, report: report.with_text(row.get(7)?, row.get(8)?) })
    })?;
    reports.collect()
}

fn recode(batch: &mut Batch, row: i64, mut entry: Entry) -> Result<()> {
    let (db, touched) = (&*batch.transaction, &mut batch.touched);
    let (uid, coding): (String, Option<i64>) =
        db.query_row("SELECT uid, coding FROM report WHERE report = ?", [row], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    db.prepare_cached("UPDATE report SET coder = ?2, coding = ?3 WHERE report = ?1")?
        .execute(params![row, entry.coder, entry.coding])?;
    if coding == Some(entry.coding) {
        return Ok(());
    }
    // The id of a report is what it was, whatever a later program makes of its words.
    entry.uid = uid;
    let before = tellings(db, row)?;
    let (standing, gone) = paired(&before, &entry);
    let gone: Vec<i64> = gone.iter().map(|told| told.row).collect();
    touched.leave(db, &gone)?;
    parts::remove(db, row)?;
    let rows = parts::insert(db, row, &entry, &standing)?;
    corrections::apply_to_report(db, row)?;
    let after = tellings(db, row)?;
    let was: BTreeMap<i64, &Told> = before.iter().map(|told| (told.row, told)).collect();
    let is: BTreeMap<i64, &Told> = after.iter().map(|told| (told.row, told)).collect();
    let mut moved = Vec::new();
    for event in &rows {
        match (was.get(event), is.get(event)) {
            (Some(was), Some(is)) if was.tells_as(is) => touched.retold(db, *event)?,
            _ => moved.push(*event),
        }
    }
    touched.replace(db, &moved)?;
    for told in &before {
        note(db, row, Some(told), is.get(&told.row).copied())?;
    }
    for told in after.iter().filter(|told| !was.contains_key(&told.row)) {
        note(db, row, None, Some(told))?;
    }
    Ok(())
}

/// For each new event the row, with the incident, of the one that was told by the same words: of that id, or
/// else the next of these words. And the events that are told no more.
fn paired<'t>(before: &'t [Told], entry: &Entry) -> (parts::Standing, Vec<&'t Told>) {
    let events = &entry.coded.events;
    let mut left: Vec<Option<&Told>> = before.iter().map(Some).collect();
    let mut take = |fits: &dyn Fn(&Told) -> bool| {
        left.iter_mut().find(|told| told.is_some_and(fits)).and_then(Option::take)
    };
    let uids = event_uids(&entry.uid, events);
    let mut standing: parts::Standing =
        uids.iter().map(|uid| take(&|told| told.uid == *uid).map(Told::seat)).collect();
    for (event, seat) in events.iter().zip(&mut standing).filter(|(_, seat)| seat.is_none()) {
        let span = (event.predicate.start, event.predicate.end);
        *seat = take(&|told| told.span == span).map(Told::seat);
    }
    (standing, left.into_iter().flatten().collect())
}

/// The aspects of an event in which it may change.
const ASPECTS: [&str; 8] =
    ["code", "source", "target", "status", "time", "place", "figures", "trust"];

/// An event as the record tells it.
struct Told {
    row: i64,
    uid: String,
    incident: Option<i64>,
    sentence: i64,
    span: (usize, usize),
    /// What it says in each of the aspects.
    says: [String; ASPECTS.len()],
}

impl Told {
    /// Whether both tell the same, however far they are trusted.
    fn tells_as(&self, other: &Told) -> bool {
        self.says.split_last().map(|(_, says)| says)
            == other.says.split_last().map(|(_, says)| says)
    }

    fn seat(&self) -> (i64, Option<i64>) {
        (self.row, self.incident)
    }
}

fn tellings(db: &Connection, report: i64) -> Result<Vec<Told>> {
    let actors = |role: &str| {
        format!(
            "(SELECT ifnull(group_concat(name || ifnull(' (' || country || ')', ''), '; '), 'nobody')
              FROM event_actor JOIN actor USING (actor) WHERE event_actor.event = event.event AND role = '{role}')"
        )
    };
    let mut found = db.prepare_cached(&format!(
        "SELECT event.event, event.uid, incident, sentence, start, stop,
             action.event || ' ' || cameo, {}, {}, {EVENT_STATUS},
             ifnull(since || iif(until = since, '', ' to ' || until), 'no day'), ifnull(place.name, 'nowhere'),
             ifnull((SELECT group_concat(kind || ' ' || CAST(value AS INTEGER), '; ') FROM quantity
                 WHERE quantity.event = event.event), 'none'),
             iif({TRUSTED}, 'trusted', 'doubtful')
         FROM event JOIN action USING (action) LEFT JOIN place USING (place)
         WHERE report = ? ORDER BY event.event",
        actors("source"),
        actors("target"),
    ))?;
    let told = found.query_map([report], |row| {
        let mut says = <[String; ASPECTS.len()]>::default();
        for (at, says) in says.iter_mut().enumerate() {
            *says = row.get(6 + at)?;
        }
        let span = (row.get::<_, u32>(4)? as usize, row.get::<_, u32>(5)? as usize);
        let (uid, incident, sentence) = (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Told { row: row.get(0)?, uid, incident, sentence, span, says })
    })?;
    told.collect()
}

/// Notes what differs between two tellings of an event, if anything does.
fn note(db: &Connection, report: i64, was: Option<&Told>, is: Option<&Told>) -> Result<()> {
    let told = |event: &Told, aspects: &[usize]| {
        let said = aspects
            .iter()
            .filter_map(|&at| Some(format!("{} {}", ASPECTS.get(at)?, event.says.get(at)?)));
        said.collect::<Vec<String>>().join(" · ")
    };
    let differs = |at: &usize| match (was, is) {
        (Some(was), Some(is)) => was.says.get(*at) != is.says.get(*at),
        _ => *at < 4,
    };
    let aspects: Vec<usize> = (0..ASPECTS.len()).filter(differs).collect();
    let Some(there) = is.or(was).filter(|_| !aspects.is_empty()) else { return Ok(()) };
    let kind = match (was, is) {
        (Some(_), Some(_)) => "changed",
        (Some(_), None) => "gone",
        _ => "new",
    };
    let names = aspects.iter().filter_map(|&at| ASPECTS.get(at).copied());
    let what =
        if kind == "changed" { names.collect::<Vec<&str>>().join(" ") } else { String::new() };
    let mut insert = db.prepare_cached(
        "INSERT INTO change (kind, what, report, sentence, start, stop, event_before, event, before, after)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    insert.execute(params![
        kind,
        what,
        report,
        there.sentence,
        there.span.0,
        there.span.1,
        was.map(|told| &told.uid),
        is.map(|told| &told.uid),
        was.map(|was| told(was, &aspects)),
        is.map(|is| told(is, &aspects)),
    ])?;
    Ok(())
}
