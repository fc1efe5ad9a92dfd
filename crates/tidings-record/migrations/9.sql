-- The record, version 9: the same in less room. fingerprint(text) is a function of the program: 31 bits of a hash.

-- Words alone: which report they stand in, not where. Phrases are looked for in the reports so found.
DROP TABLE report_words;
DROP TABLE actor_words;
DROP TABLE claim_words;
CREATE VIRTUAL TABLE report_words USING fts5 (
    title, text, content='report', content_rowid='report', detail=none, columnsize=0,
    tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE actor_words USING fts5 (
    name, office, content='actor', content_rowid='actor', detail=none, columnsize=0,
    tokenize="unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE claim_words USING fts5 (
    content, content='claim_text', content_rowid='claim', detail=none, columnsize=0,
    tokenize="porter unicode61 remove_diacritics 2"
);
INSERT INTO report_words (report_words) VALUES ('rebuild');
INSERT INTO actor_words (actor_words) VALUES ('rebuild');
INSERT INTO claim_words (claim_words) VALUES ('rebuild');

-- An actor is found by a number of its name.
DROP INDEX actor_whole;
DROP INDEX actor_country;
ALTER TABLE actor ADD COLUMN key INTEGER NOT NULL DEFAULT 0;
UPDATE actor SET key = fingerprint(name);
CREATE INDEX actor_key ON actor (key);
CREATE INDEX actor_country ON actor (country) WHERE country IS NOT NULL;

-- Bands of half the length: that two differ and have one number, among millions, costs a look.
CREATE TABLE shorter (
    band INTEGER NOT NULL,
    report INTEGER NOT NULL,
    PRIMARY KEY (band, report)
) STRICT, WITHOUT ROWID;
INSERT INTO shorter SELECT DISTINCT band & 0x7fffffff AS band, report FROM band ORDER BY 1, 2;
DROP TABLE band;
ALTER TABLE shorter RENAME TO band;

-- Where a new event looks for those it may be one happening with: the type and a side as one number, the day since
-- 1 January 1970, the event. A row may outlive what the event told; what is found is compared in full.
DROP TABLE neighbour;
CREATE TABLE neighbour (
    key INTEGER NOT NULL,
    day INTEGER NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (key, day, event)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO neighbour
    SELECT fingerprint(action.event || ' ' || ifnull(country, name)) AS key,
        CAST(julianday(coalesce(since, published)) - 2440587.5 AS INTEGER) AS day, event.event
    FROM event JOIN action USING (action) JOIN report USING (report)
        JOIN event_actor ON event_actor.event = event.event AND role IN ('source', 'target')
        JOIN actor USING (actor)
    WHERE incident IS NOT NULL AND coalesce(since, published) IS NOT NULL ORDER BY 1, 2, 3;
INSERT OR IGNORE INTO neighbour
    SELECT fingerprint(action.event || ' in ' || place.name) AS key,
        CAST(julianday(coalesce(since, published)) - 2440587.5 AS INTEGER) AS day, event.event
    FROM event JOIN action USING (action) JOIN report USING (report) JOIN place USING (place)
    WHERE incident IS NOT NULL AND coalesce(since, published) IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM event_actor
        WHERE event_actor.event = event.event AND role IN ('source', 'target'));

-- The lists of incidents without their references: to delete an incident, SQLite would look through all of them.
CREATE TABLE listed (
    facet INTEGER NOT NULL,
    day TEXT NOT NULL,
    incident INTEGER NOT NULL,
    until TEXT,
    action INTEGER NOT NULL,
    status INTEGER NOT NULL,
    PRIMARY KEY (facet, day, incident)
) STRICT, WITHOUT ROWID;
INSERT INTO listed SELECT * FROM incident_facet ORDER BY facet, day, incident;
DROP TABLE incident_facet;
ALTER TABLE listed RENAME TO incident_facet;
CREATE INDEX incident_facet_until ON incident_facet (facet, until) WHERE until IS NOT NULL;

-- Other indexes and lists hold the same.
DROP INDEX incident_since;
DROP INDEX incident_status;
DROP INDEX event_since;
