//! In which lists an incident stands, for questions to find it: those of its dyads, countries, actors, place,
//! publishers, type and status, as the migration to version 8 names them. Each list is in the order of days.

use rusqlite::{Connection, OptionalExtension, Result, params};

/// The names of the lists of one incident. An incident stands in those of all its events.
const NAMES: &str = "
    WITH side AS (SELECT event.event, role, actor.actor, country
        FROM event JOIN event_actor USING (event) JOIN actor USING (actor)
        WHERE event.incident = ?1 AND role IN ('source', 'target')),
    dyad AS (SELECT DISTINCT s.country AS source, t.country AS target
        FROM side AS s JOIN side AS t ON t.event = s.event
        WHERE s.role = 'source' AND t.role = 'target' AND s.country NOT NULL AND t.country NOT NULL)
    SELECT ''
    UNION SELECT '=' || event FROM incident JOIN action USING (action) WHERE incident = ?1
    UNION SELECT '?' || status FROM incident WHERE incident = ?1
    UNION SELECT '@' || lower(name) FROM incident JOIN place USING (place) WHERE incident = ?1
    UNION SELECT '@' || country FROM incident JOIN place USING (place) WHERE incident = ?1
    UNION SELECT '~' || lower(source) FROM event JOIN report USING (report) WHERE incident = ?1
    UNION SELECT country FROM side
    UNION SELECT '#' || actor FROM side
    UNION SELECT source || ':' || target FROM dyad
    UNION SELECT source || ':' FROM dyad
    UNION SELECT ':' || target FROM dyad";

/// The statuses by their numbers in the lists.
const STATUSES: [&str; 7] =
    ["contested", "confirmed", "reported", "claimed", "denied", "planned", "possible"];

/// The number of a status in the lists.
pub(crate) fn status_number(status: &str) -> Option<i64> {
    STATUSES.iter().position(|known| *known == status).and_then(|at| i64::try_from(at).ok())
}

/// What every list says of the incident.
#[derive(PartialEq, Eq)]
struct Entry {
    day: String,
    until: Option<String>,
    action: i64,
    status: i64,
    trusted: bool,
}

/// Brings the lists of an incident up to date; writes only what is new.
pub(super) fn refresh(db: &Connection, incident: i64) -> Result<()> {
    let mut read = db.prepare_cached(
        "SELECT coalesce(since, first_report, ''), coalesce(until, last_report), action, status, trusted
         FROM incident WHERE incident = ?",
    )?;
    let entry = read.query_row([incident], |row| {
        let day: String = row.get(0)?;
        let until = row.get::<_, Option<String>>(1)?.filter(|until| *until > day);
        let status: String = row.get(3)?;
        let status = status_number(&status).unwrap_or_default();
        Ok(Entry { day, until, action: row.get(2)?, status, trusted: row.get(4)? })
    })?;
    let facets = facets(db, incident)?;
    let (mut kept, mut same) = (Vec::new(), false);
    if let Some((old, stood)) = standing(db, incident)? {
        let gone = stood.iter().filter(|facet| old.day != entry.day || !facets.contains(facet));
        strike(db, incident, &old.day, gone)?;
        same = old == entry;
        kept = stood;
    }
    if same && kept == facets {
        return Ok(());
    }
    let mut put =
        db.prepare_cached("INSERT OR REPLACE INTO incident_facet VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    let Entry { day, until, action, status, trusted } = &entry;
    for facet in facets.iter().filter(|facet| !same || !kept.contains(facet)) {
        put.execute(params![facet, day, incident, until, action, status, trusted])?;
    }
    let stands: Vec<String> = facets.iter().map(ToString::to_string).collect();
    let stands = params![incident, day, until, action, status, stands.join(" "), trusted];
    db.prepare_cached("INSERT OR REPLACE INTO incident_facets VALUES (?, ?, ?, ?, ?, ?, ?)")?
        .execute(stands)?;
    Ok(())
}

/// Takes an incident from all lists.
pub(super) fn remove(db: &Connection, incident: i64) -> Result<()> {
    if let Some((Entry { day, .. }, stood)) = standing(db, incident)? {
        strike(db, incident, &day, stood.iter())?;
        db.prepare_cached("DELETE FROM incident_facets WHERE incident = ?")?.execute([incident])?;
    }
    Ok(())
}

/// The numbers of the lists in which the incident is to stand, in rising order.
fn facets(db: &Connection, incident: i64) -> Result<Vec<i64>> {
    let mut names = db.prepare_cached(NAMES)?;
    let names = names.query_map([incident], |row| row.get::<_, Option<String>>(0))?;
    let mut number = db.prepare_cached("SELECT facet FROM facet WHERE name = ?")?;
    let mut new = db.prepare_cached("INSERT INTO facet (name) VALUES (?)")?;
    let mut found = Vec::new();
    for name in names {
        let Some(name) = name? else { continue };
        let known = number.query_row([&name], |row| row.get(0)).optional()?;
        found.push(match known {
            Some(facet) => facet,
            None => new.insert([&name])?,
        });
    }
    found.sort_unstable();
    Ok(found)
}

/// In which lists the incident stands, and with what.
fn standing(db: &Connection, incident: i64) -> Result<Option<(Entry, Vec<i64>)>> {
    let mut read = db.prepare_cached(
        "SELECT day, until, action, status, facets, trusted FROM incident_facets WHERE incident = ?",
    )?;
    let stands = read.query_row([incident], |row| {
        let facets: String = row.get(4)?;
        let facets = facets.split(' ').filter_map(|facet| facet.parse().ok()).collect();
        let (until, action, status) = (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok((Entry { day: row.get(0)?, until, action, status, trusted: row.get(5)? }, facets))
    });
    stands.optional()
}

fn strike<'f>(
    db: &Connection,
    incident: i64,
    day: &str,
    facets: impl Iterator<Item = &'f i64>,
) -> Result<()> {
    let mut strike = db.prepare_cached(
        "DELETE FROM incident_facet WHERE facet = ? AND day = ? AND incident = ?",
    )?;
    for facet in facets {
        strike.execute(params![facet, day, incident])?;
    }
    Ok(())
}
