//! Corrections of single events: who, to whom, what, and whether it is an event at all.

use crate::parts::{Coded, action_row};
use crate::questions::Act;
use rusqlite::{Connection, Result, params};

/// What of an event is set right, in `event.corrected`.
const SOURCE: i64 = 1;
const TARGET: i64 = 2;
const CODE: i64 = 4;
const NO_EVENT: i64 = 8;
const RIGHT: i64 = 16;

/// The rule of an action that a person gave.
const BY_HAND: &str = "correction";

/// Obeys what corrections say of the report's events. Costs one look where there is none.
pub(crate) fn apply_to_report(db: &Connection, report: i64) -> Result<()> {
    let mut events = db.prepare_cached(
        "SELECT DISTINCT event.event FROM report JOIN corrected ON corrected.report = report.uid
             JOIN event ON event.report = report.report AND event.start = corrected.start
                 AND event.stop = corrected.stop AND event.nth = corrected.nth
         WHERE report.report = ?",
    )?;
    let events: Vec<i64> = events.query_map([report], |row| row.get(0))?.collect::<Result<_>>()?;
    events.into_iter().try_for_each(|event| apply(db, event))
}

/// Takes the event back to what was coded, and then obeys the corrections in force, in their order.
pub(crate) fn apply(db: &Connection, event: i64) -> Result<()> {
    let mut corrected: i64 =
        db.query_row("SELECT corrected FROM event WHERE event = ?", [event], |row| row.get(0))?;
    forget_dyads(db, event)?;
    for (mark, role) in [(SOURCE, "source"), (TARGET, "target")] {
        if corrected & mark != 0 {
            clear(db, event, role)?;
            rename(db, event, &coded(role), role)?;
        }
    }
    if corrected & CODE != 0 {
        db.prepare_cached(
            "UPDATE event SET action = coded_action, coded_action = NULL WHERE event = ?",
        )?
        .execute([event])?;
    }
    corrected = 0;
    for correction in of(db, event)? {
        match correction.kind.as_str() {
            "actor" => {
                let target = correction.role.as_deref() == Some("target");
                let (mark, role) = if target { (TARGET, "target") } else { (SOURCE, "source") };
                if corrected & mark == 0 {
                    rename(db, event, role, &coded(role))?;
                } else {
                    clear(db, event, role)?;
                }
                if let Some(actor) = correction.actor {
                    db.prepare_cached("INSERT OR IGNORE INTO event_actor VALUES (?, ?, ?)")?
                        .execute(params![event, role, actor])?;
                }
                corrected |= mark;
            }
            "code" => {
                db.prepare_cached(
                    "UPDATE event SET coded_action = ifnull(coded_action, action), action = ?2 WHERE event = ?1",
                )?
                .execute(params![event, correction.action])?;
                corrected |= CODE;
            }
            // Of two that deny each other the later counts.
            "not-an-event" => corrected = corrected & !RIGHT | NO_EVENT,
            "right" => corrected = corrected & !NO_EVENT | RIGHT,
            _ => {}
        }
    }
    db.prepare_cached("UPDATE event SET corrected = ?2 WHERE event = ?1")?
        .execute([event, corrected])?;
    dyads(db, event)
}

/// A correction of one event.
struct Correction {
    kind: String,
    role: Option<String>,
    actor: Option<i64>,
    action: Option<i64>,
}

/// The corrections in force that are about the event, in the order in which they were made.
fn of(db: &Connection, event: i64) -> Result<Vec<Correction>> {
    let mut found = db.prepare_cached(
        "SELECT kind, role, correction.actor, correction.action
         FROM event JOIN report USING (report)
             JOIN corrected ON corrected.report = report.uid AND corrected.start = event.start
                 AND corrected.stop = event.stop AND corrected.nth = event.nth
             JOIN correction USING (correction)
         WHERE event.event = ? AND undone IS NULL ORDER BY correction",
    )?;
    let found = found.query_map([event], |row| {
        let (kind, role) = (row.get(0)?, row.get(1)?);
        Ok(Correction { kind, role, actor: row.get(2)?, action: row.get(3)? })
    })?;
    found.collect()
}

fn coded(role: &str) -> String {
    format!("coded {role}")
}

fn clear(db: &Connection, event: i64, role: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM event_actor WHERE event = ? AND role = ?")?
        .execute(params![event, role])?;
    Ok(())
}

fn rename(db: &Connection, event: i64, role: &str, other: &str) -> Result<()> {
    db.prepare_cached("UPDATE event_actor SET role = ?3 WHERE event = ?1 AND role = ?2")?
        .execute(params![event, role, other])?;
    Ok(())
}

/// Removes the pairs of countries of the event: any two of its actors, for the table has no index by event.
fn forget_dyads(db: &Connection, event: i64) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM event_dyad WHERE event = ?1 AND (source, target) IN (
             SELECT source.country, target.country
             FROM event_actor AS s JOIN actor AS source ON source.actor = s.actor,
                 event_actor AS t JOIN actor AS target ON target.actor = t.actor
             WHERE s.event = ?1 AND t.event = ?1)",
    )?
    .execute([event])?;
    Ok(())
}

/// The countries of the sides, as they are now.
fn dyads(db: &Connection, event: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO event_dyad SELECT source.country, target.country, ?1
         FROM event_actor AS s JOIN actor AS source ON source.actor = s.actor,
             event_actor AS t JOIN actor AS target ON target.actor = t.actor
         WHERE s.event = ?1 AND s.role = 'source' AND t.event = ?1 AND t.role = 'target'
             AND source.country IS NOT NULL AND target.country IS NOT NULL",
    )?
    .execute([event])?;
    Ok(())
}

/// The row of an action that a person gave.
pub(super) fn action_by_hand(db: &Connection, act: &Act) -> Result<i64> {
    let Act { event, mode, context, cameo, goldstein, quad } = act;
    let (mode, goldstein, quad) = (mode.as_deref(), *goldstein, *quad);
    action_row(db, &Coded { rule: BY_HAND, event, mode, context, cameo, goldstein, quad })
}
