-- The record, version 2: corrections. Nothing wrote to the table of that name before.

DROP TABLE correction;

-- What people set right by hand, with who and when. kind: merge, split, actor, code, not-an-event.
CREATE TABLE correction (
    correction INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    role TEXT,
    before TEXT,
    value TEXT,
    actor INTEGER REFERENCES actor,
    action INTEGER REFERENCES action,
    made_by TEXT NOT NULL,
    made TEXT NOT NULL,
    note TEXT,
    undone_by TEXT,
    undone TEXT
) STRICT;

-- The events of a correction, by where they stand: they are found again when the report is coded anew.
-- part: 0 the events that stay with an incident, 1 those that are merged, split off or set right.
CREATE TABLE corrected (
    correction INTEGER NOT NULL REFERENCES correction,
    part INTEGER NOT NULL,
    report TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    PRIMARY KEY (correction, part, report, start, stop, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX corrected_event ON corrected (report, start, stop, nth);

-- nth: which of the report's events of the same words; corrected: what of it is set right (1 source, 2 target,
-- 4 code, 8 that it is no event); coded_action: the action as it was coded. The actors as they were coded have
-- the roles 'coded source' and 'coded target'.
ALTER TABLE event ADD COLUMN nth INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN coded_action INTEGER REFERENCES action;
UPDATE event SET nth = (SELECT count(*) FROM event AS other WHERE other.report = event.report
    AND other.start = event.start AND other.stop = event.stop AND other.event < event.event);

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
        event.certainty, event.polarity, event.factuality, event.standing,
        event.sentence, event.start, event.stop, action.rule, event.corrected
    FROM event JOIN report USING (report) JOIN action USING (action)
        LEFT JOIN place USING (place) LEFT JOIN incident USING (incident)
    WHERE report.superseded_by IS NULL AND event.corrected & 8 = 0;
