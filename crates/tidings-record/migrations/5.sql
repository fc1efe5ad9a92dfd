-- The record, version 5: incidents by dyad (SRB:XKX), by the countries on their sides (SRB) and by that of their
-- place (@PER), each in the order of days. What is asked most is answered by this one index.
CREATE TABLE facet (
    facet INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE incident_facet (
    facet INTEGER NOT NULL REFERENCES facet,
    day TEXT NOT NULL,
    incident INTEGER NOT NULL REFERENCES incident,
    PRIMARY KEY (facet, day, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_facet_incident ON incident_facet (incident);
CREATE INDEX incident_end ON incident (coalesce(until, last_report));

INSERT INTO facet (name)
    SELECT DISTINCT source || ':' || target FROM event_dyad
    UNION SELECT DISTINCT country FROM actor WHERE country IS NOT NULL
    UNION SELECT DISTINCT '@' || country FROM place WHERE country IS NOT NULL;
INSERT OR IGNORE INTO incident_facet
    SELECT facet, coalesce(incident.since, first_report, ''), incident.incident
    FROM event_dyad JOIN event USING (event) JOIN incident ON incident.incident = event.incident
        JOIN facet ON name = source || ':' || target;
INSERT OR IGNORE INTO incident_facet
    SELECT facet, coalesce(incident.since, first_report, ''), incident.incident
    FROM event_actor JOIN actor USING (actor) JOIN event USING (event)
        JOIN incident ON incident.incident = event.incident JOIN facet ON facet.name = actor.country
    WHERE role IN ('source', 'target');
INSERT OR IGNORE INTO incident_facet
    SELECT facet, coalesce(since, first_report, ''), incident
    FROM incident JOIN place USING (place) JOIN facet ON facet.name = '@' || country;
