//! Where a new event looks for those it may be one happening with: events of the same type, of one of its sides,
//! about the same day.

use super::telling::Telling;
use crate::copies::fingerprint;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rusqlite::{Connection, Result, params};
use std::collections::BTreeMap;

/// An interval may have begun this long before the day that is looked for.
const DAYS_BACK: i32 = 10;
/// Events that are looked at for each side.
const SEEN: usize = 200;
/// Incidents that are compared in full, and events of them all together.
const INCIDENTS: usize = 40;
const EVENTS: usize = 64;

/// Incidents in the neighbourhood of an event, each with events of it that lie there: first those of most of the same
/// sides, then the eldest.
pub(super) fn near(db: &Connection, telling: &Telling) -> Result<Vec<(i64, Vec<i64>)>> {
    let Some(day) = telling.day() else { return Ok(Vec::new()) };
    let last = telling.days.map_or(day, |days| days.1);
    let (from, to) = (shifted(day, -DAYS_BACK), shifted(last.min(shifted(day, DAYS_BACK)), 1));
    let mut near = db.prepare_cached(
        "SELECT incident, event FROM neighbour JOIN event USING (event)
         WHERE key = ? AND day BETWEEN ? AND ? AND incident IS NOT NULL
         ORDER BY day DESC LIMIT ?",
    )?;
    let mut shared: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for key in keys(telling) {
        let range = params![key, number(from), number(to), SEEN];
        for row in near.query_map(range, |row| Ok((row.get(0)?, row.get(1)?)))? {
            *shared.entry(row?).or_insert(0) += 1;
        }
    }
    let mut found: BTreeMap<i64, (usize, Vec<i64>)> = BTreeMap::new();
    for ((incident, event), sides) in shared {
        let (most, events) = found.entry(incident).or_default();
        *most = sides.max(*most);
        events.push(event);
    }
    let mut found: Vec<(i64, (usize, Vec<i64>))> = found.into_iter().collect();
    found.sort_by_key(|(incident, (sides, _))| (std::cmp::Reverse(*sides), *incident));
    found.truncate(INCIDENTS);
    let each = EVENTS / found.len().max(1);
    let few = |(incident, (_, mut events)): (i64, (usize, Vec<i64>))| {
        events.truncate(each);
        (incident, events)
    };
    Ok(found.into_iter().map(few).collect())
}

/// Tells where later events will find this one.
pub(super) fn announce(db: &Connection, event: i64, telling: &Telling) -> Result<()> {
    let Some(day) = telling.day() else { return Ok(()) };
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO neighbour VALUES (?, ?, ?)")?;
    for key in keys(telling) {
        insert.execute(params![key, number(day), event])?;
    }
    Ok(())
}

/// Takes an event from where it was announced.
pub(super) fn forget(db: &Connection, event: i64, telling: &Telling) -> Result<()> {
    let Some(day) = telling.day() else { return Ok(()) };
    let mut delete =
        db.prepare_cached("DELETE FROM neighbour WHERE key = ? AND day = ? AND event = ?")?;
    for key in keys(telling) {
        delete.execute(params![key, number(day), event])?;
    }
    Ok(())
}

/// The type of the event with each of its sides, as numbers.
fn keys(telling: &Telling) -> Vec<i64> {
    let key = |label: &String| fingerprint(&format!("{} {label}", telling.event));
    telling.labels().iter().map(key).collect()
}

/// Days since 1 January 1970.
fn number(day: Date) -> i64 {
    date(1970, 1, 1).until(day).map_or(0, |span| span.get_days().into())
}

fn shifted(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}
