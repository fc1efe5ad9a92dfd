//! Corrections of incidents: which events belong together whatever they tell, and which do not.

use rusqlite::{Connection, Result};

/// What corrections say of the incident of an event.
#[derive(Debug, Default)]
pub(crate) struct Decree {
    /// The incident it belongs to.
    pub joins: Option<i64>,
    /// Whether it founds one, since it was split off another.
    pub founds: bool,
    /// The incidents it does not belong to.
    pub apart: Vec<i64>,
}

/// Reads the merges and splits in force that name the event, the last made first: it counts before the others.
pub(crate) fn decree(db: &Connection, event: i64) -> Result<Decree> {
    let mut found = db.prepare_cached(
        "SELECT correction, kind, part
         FROM event JOIN report USING (report)
             JOIN corrected ON corrected.report = report.uid AND corrected.start = event.start
                 AND corrected.stop = event.stop AND corrected.nth = event.nth
             JOIN correction USING (correction)
         WHERE event.event = ? AND undone IS NULL AND kind IN ('merge', 'split')
         ORDER BY correction DESC",
    )?;
    let found: Vec<(i64, String, i64)> = found
        .query_map([event], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_>>()?;
    let mut decree = Decree::default();
    for (correction, kind, part) in found {
        let split = kind == "split";
        if split {
            decree.apart.extend(incidents(db, correction, 1 - part)?);
        }
        if part == 1 {
            let together = incidents(db, correction, 1)?;
            decree.joins = together.into_iter().find(|one| !decree.apart.contains(one));
            if decree.joins.is_some() {
                break;
            }
            decree.founds |= split;
        }
    }
    Ok(decree)
}

/// The incidents of the events of one part of a correction, the eldest first.
fn incidents(db: &Connection, correction: i64, part: i64) -> Result<Vec<i64>> {
    let mut found = db.prepare_cached(
        "SELECT DISTINCT event.incident FROM corrected JOIN report ON report.uid = corrected.report
             JOIN event ON event.report = report.report AND event.start = corrected.start
                 AND event.stop = corrected.stop AND event.nth = corrected.nth
         WHERE correction = ? AND part = ? AND event.incident IS NOT NULL ORDER BY event.incident",
    )?;
    found.query_map([correction, part], |row| row.get(0))?.collect()
}
