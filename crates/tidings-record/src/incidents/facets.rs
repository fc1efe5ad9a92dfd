//! Under which heads an incident is found, with its day: its dyads (`SRB:XKX`), the countries on its sides
//! (`SRB`), the country of its place (`@PER`). What is asked most is so answered by one index, in order.

use rusqlite::{Connection, Result};

/// The heads of one incident. An incident has those of all its events.
const HEADS: &str = "
    SELECT source.country || ':' || target.country AS name
        FROM event JOIN event_actor AS s ON s.event = event.event AND s.role = 'source'
            JOIN event_actor AS t ON t.event = event.event AND t.role = 'target'
            JOIN actor AS source ON source.actor = s.actor
            JOIN actor AS target ON target.actor = t.actor
        WHERE event.incident = ?1
    UNION SELECT country FROM event JOIN event_actor USING (event) JOIN actor USING (actor)
        WHERE event.incident = ?1 AND role IN ('source', 'target')
    UNION SELECT '@' || country FROM incident JOIN place USING (place) WHERE incident = ?1";

/// Brings the heads of an incident up to date.
pub(super) fn refresh(db: &Connection, incident: i64) -> Result<()> {
    remove(db, incident)?;
    let new = format!(
        "INSERT OR IGNORE INTO facet (name) SELECT name FROM ({HEADS}) WHERE name NOT NULL"
    );
    db.prepare_cached(&new)?.execute([incident])?;
    let found = format!(
        "INSERT OR IGNORE INTO incident_facet
         SELECT facet, (SELECT coalesce(since, first_report, '') FROM incident WHERE incident = ?1), ?1
         FROM ({HEADS}) JOIN facet USING (name)"
    );
    db.prepare_cached(&found)?.execute([incident])?;
    Ok(())
}

/// Takes an incident from under all heads.
pub(super) fn remove(db: &Connection, incident: i64) -> Result<()> {
    db.prepare_cached("DELETE FROM incident_facet WHERE incident = ?")?.execute([incident])?;
    Ok(())
}
