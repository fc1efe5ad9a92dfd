//! The dates of a coded report, each into its table; and out again.

use crate::entry::{Entry, deadline_uids};
use crate::names;
use rusqlite::{Connection, Result, params};

/// Keeps the dates of a report; `actors` and `events` are the rows of its actors and events, in order.
pub(crate) fn insert(
    db: &Connection,
    report: i64,
    entry: &Entry,
    actors: &[i64],
    events: &[i64],
) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO deadline (uid, report, sentence, kind, told, since, until, thing, start, stop,
             words_start, words_stop, condition_start, condition_stop, event)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    let mut actor = db.prepare_cached("INSERT OR IGNORE INTO deadline_actor VALUES (?, ?, ?)")?;
    let dates = &entry.coded.dates;
    for (date, uid) in dates.iter().zip(deadline_uids(&entry.uid, dates)) {
        let row = insert.insert(params![
            uid,
            report,
            date.sentence,
            date.kind.name(),
            names::told(date.told),
            date.when.map(|days| days.from.to_string()),
            date.when.map(|days| days.to.to_string()),
            date.thing,
            date.what.start,
            date.what.end,
            date.words.as_ref().map(|words| words.start),
            date.words.as_ref().map(|words| words.end),
            date.condition.map(|span| span.start),
            date.condition.map(|span| span.end),
            date.event.and_then(|event| events.get(event)),
        ])?;
        let roles =
            [("setter", &date.set_by), ("party", &date.parties), ("word", &date.according_to)];
        for (role, ids) in roles {
            for id in ids.iter().filter_map(|&id| actors.get(id)) {
                actor.execute(params![row, role, id])?;
            }
        }
    }
    Ok(())
}

/// Takes out the dates of a report.
pub(crate) fn remove(db: &Connection, report: i64) -> Result<()> {
    for sql in [
        "DELETE FROM deadline_actor WHERE deadline IN
             (SELECT deadline FROM deadline WHERE report = ?)",
        "DELETE FROM deadline WHERE report = ?",
    ] {
        db.prepare_cached(sql)?.execute([report])?;
    }
    Ok(())
}
