-- The record, version 10: how far each event is trusted. What was coded before is taken as trusted until it is coded
-- anew. An incident is trusted if one of its events is; one that a person set right, or called right, is.
ALTER TABLE event ADD COLUMN confidence REAL;
ALTER TABLE event ADD COLUMN trusted INTEGER NOT NULL DEFAULT 1;
ALTER TABLE incident ADD COLUMN trusted INTEGER NOT NULL DEFAULT 1;
ALTER TABLE incident_facet ADD COLUMN trusted INTEGER NOT NULL DEFAULT 1;
ALTER TABLE incident_facets ADD COLUMN trusted INTEGER NOT NULL DEFAULT 1;

DROP VIEW events;
CREATE VIEW events AS
    SELECT event.uid AS id, incident.uid AS incident, report.id AS report, report.uid AS report_uid,
        report.published, report.source AS publisher, event.since, event.until,
        action.event, action.mode, action.context, action.cameo, action.goldstein, action.quad,
        (SELECT group_concat(name, '; ') FROM event_actor JOIN actor USING (actor)
            WHERE event_actor.event = event.event AND role = 'source') AS sources,
        (SELECT group_concat(name, '; ') FROM event_actor JOIN actor USING (actor)
            WHERE event_actor.event = event.event AND role = 'target') AS targets,
        place.name AS place, place.country AS place_country, place.lat, place.lon,
        event.certainty, event.polarity, event.factuality, event.standing, event.confidence,
        event.trusted OR event.corrected <> 0 AS trusted,
        event.sentence, event.start, event.stop, action.rule, event.corrected
    FROM event JOIN report USING (report) JOIN action USING (action)
        LEFT JOIN place USING (place) LEFT JOIN incident USING (incident)
    WHERE report.superseded_by IS NULL AND event.corrected & 8 = 0;
DROP VIEW incidents;
CREATE VIEW incidents AS
    SELECT incident.uid AS id, incident.since, incident.until, action.event, action.cameo,
        action.goldstein, action.quad, place.name AS place, place.country AS place_country,
        incident.status, incident.trusted, incident.first_report, incident.last_report, incident.reports,
        incident.sources, incident.mentions
    FROM incident JOIN action USING (action) LEFT JOIN place USING (place);
