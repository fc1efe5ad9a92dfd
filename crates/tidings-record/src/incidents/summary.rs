//! What an incident says as a whole: best day and place, status over its sources, how many tell of it, whether it is
//! to be trusted.

use crate::trust::TRUSTED;
use rusqlite::{Connection, OptionalExtension, Result, params};

/// Counts and judges the events of an incident anew. One without events is no more.
pub(super) fn refresh(db: &Connection, incident: i64) -> Result<()> {
    let mut events = db.prepare_cached(
        "SELECT count(*), count(DISTINCT report), count(DISTINCT voice), min(published), max(published)
         FROM event JOIN report USING (report) WHERE incident = ?",
    )?;
    let (mentions, reports, sources, first, last) = events.query_row([incident], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, Option<String>>(3)?,
            row.get::<_, Option<String>>(4)?,
        ))
    })?;
    // The event that speaks for the incident, of whose sides it is: the first that is trusted, else the first.
    let mut spokesman = db.prepare_cached(&format!(
        "SELECT event, {TRUSTED} FROM event WHERE incident = ?1
         ORDER BY {TRUSTED} DESC, event = (SELECT founder FROM incident WHERE incident = ?1) DESC, event
         LIMIT 1"
    ))?;
    let spokesman = spokesman
        .query_row([incident], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?)))
        .optional()?;
    let Some((founder, trusted)) = spokesman else { return remove(db, incident) };
    let days = most_told(
        db,
        "SELECT since, until FROM event WHERE incident = ? AND since IS NOT NULL
         GROUP BY since, until ORDER BY count(DISTINCT report) DESC, julianday(until) - julianday(since),
             min(event) LIMIT 1",
        incident,
    )?;
    let (since, until) = days.unzip();
    let place: Option<(i64, i64)> = most_told(
        db,
        "SELECT place, 0 FROM event WHERE incident = ? AND place IS NOT NULL
         GROUP BY place ORDER BY count(DISTINCT report) DESC, min(event) LIMIT 1",
        incident,
    )?;
    let action: Option<(i64, i64)> = most_told(
        db,
        "SELECT action, 0 FROM event JOIN action USING (action) WHERE incident = ?
         GROUP BY action ORDER BY count(DISTINCT report) DESC, length(cameo) DESC, min(event.event) LIMIT 1",
        incident,
    )?;
    let mut update = db.prepare_cached(
        "UPDATE incident SET action = ifnull(?2, action), since = ?3, until = ?4, place = ?5, status = ?6,
             first_report = ?7, last_report = ?8, reports = ?9, sources = ?10, mentions = ?11,
             founder = ?12, trusted = ?13
         WHERE incident = ?1",
    )?;
    update.execute(params![
        incident,
        action.map(|a| a.0),
        since as Option<String>,
        until as Option<String>,
        place.map(|p| p.0),
        status(db, incident)?,
        first,
        last,
        reports,
        sources,
        mentions,
        founder,
        trusted,
    ])?;
    super::facets::refresh(db, incident)
}

fn most_told<A: rusqlite::types::FromSql, B: rusqlite::types::FromSql>(
    db: &Connection,
    question: &str,
    incident: i64,
) -> Result<Option<(A, B)>> {
    let mut statement = db.prepare_cached(question)?;
    statement.query_row([incident], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

/// The status over all sources, from the first of these that fits:
///
/// | status | the events say |
/// | --- | --- |
/// | `contested` | it happened, by one source; it did not, by another |
/// | `confirmed` | it happened, in the own words of two independent sources |
/// | `reported` | it happened, in the own words of one |
/// | `claimed` | it happened, on the word of somebody quoted |
/// | `denied` | it did not happen |
/// | `planned` | it is to happen |
/// | `possible` | none of these: feared, demanded, threatened, uncertain |
fn status(db: &Connection, incident: i64) -> Result<&'static str> {
    status_until(db, incident, "9999-12-31")
}

/// The status by the reports up to a day.
pub(crate) fn status_until(db: &Connection, incident: i64, until: &str) -> Result<&'static str> {
    let mut voices = db.prepare_cached(
        "SELECT count(DISTINCT iif(happened AND NOT quoted, voice, NULL)),
             count(DISTINCT iif(happened AND quoted, voice, NULL)),
             count(DISTINCT iif(factuality < 0, voice, NULL)),
             count(DISTINCT iif(standing = 'planned', voice, NULL))
         FROM (SELECT voice, factuality, standing, factuality >= 2 AND standing <> 'planned' AS happened,
                   EXISTS (SELECT 1 FROM event_actor
                       WHERE event_actor.event = event.event AND role = 'word') AS quoted
               FROM event JOIN report USING (report)
               WHERE incident = ? AND ifnull(published <= ?, 1))",
    )?;
    let counts = voices.query_row(params![incident, until], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, i64>(3)?,
        ))
    })?;
    Ok(match counts {
        (told, claimed, 1.., _) if told + claimed > 0 => "contested",
        (2.., ..) => "confirmed",
        (1, ..) => "reported",
        (_, 1.., ..) => "claimed",
        (_, _, 1.., _) => "denied",
        (.., 1..) => "planned",
        _ => "possible",
    })
}

fn remove(db: &Connection, incident: i64) -> Result<()> {
    super::facets::remove(db, incident)?;
    db.prepare_cached("DELETE FROM incident WHERE incident = ?")?.execute([incident])?;
    Ok(())
}
