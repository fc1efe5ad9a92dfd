-- The record, version 1. docs/record.md says what each table holds; every value that leaves the
-- program comes from here. Days are ISO 8601 text, offsets are characters of report.text, half open.

CREATE TABLE report (
    report INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL,
    published TEXT,
    title TEXT,
    source TEXT,
    url TEXT,
    language TEXT,
    coder TEXT NOT NULL,
    copy_of INTEGER REFERENCES report,
    voice TEXT NOT NULL,
    superseded_by INTEGER REFERENCES report,
    body INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX report_id ON report (id);
CREATE INDEX report_url ON report (url) WHERE url IS NOT NULL;
CREATE INDEX report_published ON report (published);
CREATE INDEX report_source ON report (source, published);

CREATE TABLE sentence (
    report INTEGER NOT NULL REFERENCES report,
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    repeats INTEGER,
    PRIMARY KEY (report, sentence)
) STRICT, WITHOUT ROWID;

-- Bands of the MinHash signatures of reports that are no copies.
CREATE TABLE band (
    band INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES report,
    PRIMARY KEY (band, report)
) STRICT, WITHOUT ROWID;

CREATE TABLE actor (
    actor INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT,
    sectors TEXT NOT NULL,
    office TEXT
) STRICT;
CREATE UNIQUE INDEX actor_whole ON actor (name, ifnull(country, ''), sectors, ifnull(office, ''));
CREATE INDEX actor_country ON actor (country, actor);

CREATE TABLE mention (
    report INTEGER NOT NULL REFERENCES report,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (report, start, stop, actor)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    place INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    geonames INTEGER,
    lat REAL,
    lon REAL,
    country TEXT
) STRICT;
CREATE UNIQUE INDEX place_whole ON place (name, ifnull(geonames, 0), ifnull(country, ''));
CREATE INDEX place_country ON place (country);

CREATE TABLE toponym (
    report INTEGER NOT NULL REFERENCES report,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    place INTEGER NOT NULL REFERENCES place,
    PRIMARY KEY (report, start, stop, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE time (
    report INTEGER NOT NULL REFERENCES report,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    since TEXT,
    until TEXT,
    PRIMARY KEY (report, start, stop, type, value)
) STRICT, WITHOUT ROWID;

-- What a lexicon entry makes of a predicate: few rows, shared by all events.
CREATE TABLE action (
    action INTEGER PRIMARY KEY,
    event TEXT NOT NULL,
    mode TEXT,
    context TEXT NOT NULL,
    cameo TEXT NOT NULL,
    goldstein REAL NOT NULL,
    quad INTEGER NOT NULL,
    rule TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX action_whole ON action (rule, cameo, event, ifnull(mode, ''), context);

CREATE TABLE event (
    event INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES report,
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    action INTEGER NOT NULL REFERENCES action,
    since TEXT,
    until TEXT,
    place INTEGER REFERENCES place,
    certainty TEXT NOT NULL,
    polarity TEXT NOT NULL,
    factuality REAL NOT NULL,
    standing TEXT NOT NULL,
    condition_start INTEGER,
    condition_stop INTEGER,
    incident INTEGER REFERENCES incident
) STRICT;
CREATE INDEX event_report ON event (report);
CREATE INDEX event_action ON event (action, since);
CREATE INDEX event_since ON event (since);
CREATE INDEX event_place ON event (place) WHERE place IS NOT NULL;
CREATE INDEX event_incident ON event (incident, report);

-- role: source, target, or word (on whose word).
CREATE TABLE event_actor (
    event INTEGER NOT NULL REFERENCES event,
    role TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (event, role, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actor_actor ON event_actor (actor, role);

-- The countries of an event's sides, every source with every target.
CREATE TABLE event_dyad (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event,
    PRIMARY KEY (source, target, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE quantity (
    event INTEGER NOT NULL REFERENCES event,
    kind TEXT NOT NULL,
    value REAL NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (event, kind, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
    claim INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES report,
    sentence INTEGER NOT NULL,
    speaker INTEGER REFERENCES actor,
    form TEXT NOT NULL,
    cue_start INTEGER,
    cue_stop INTEGER,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_report ON claim (report);
CREATE INDEX claim_speaker ON claim (speaker) WHERE speaker IS NOT NULL;

CREATE TABLE evidence (
    claim INTEGER NOT NULL REFERENCES claim,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    kind TEXT NOT NULL,
    speaker INTEGER REFERENCES actor,
    PRIMARY KEY (claim, start, stop, kind)
) STRICT, WITHOUT ROWID;

-- One happening, merged from events; the summary of its events is kept with it.
CREATE TABLE incident (
    incident INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    founder INTEGER NOT NULL REFERENCES event,
    action INTEGER NOT NULL REFERENCES action,
    since TEXT,
    until TEXT,
    place INTEGER REFERENCES place,
    status TEXT NOT NULL,
    first_report TEXT,
    last_report TEXT,
    reports INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    mentions INTEGER NOT NULL
) STRICT;
CREATE INDEX incident_since ON incident (since);
CREATE INDEX incident_action ON incident (action, since);
CREATE INDEX incident_status ON incident (status, since);

-- Where a new event looks for the incident it may belong to: type of action, a side, first day.
CREATE TABLE neighbour (
    event TEXT NOT NULL,
    side TEXT NOT NULL,
    day TEXT NOT NULL,
    incident INTEGER NOT NULL REFERENCES incident,
    PRIMARY KEY (event, side, day, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX neighbour_incident ON neighbour (incident);

-- What people set right by hand. Named by stable ids, so that it holds when reports are coded anew.
CREATE TABLE correction (
    correction INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    event TEXT NOT NULL,
    other TEXT,
    field TEXT,
    value TEXT,
    note TEXT
) STRICT;
CREATE INDEX correction_event ON correction (event);

CREATE VIRTUAL TABLE report_words USING fts5 (
    title, text, content='report', content_rowid='report',
    tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE actor_words USING fts5 (
    name, office, content='actor', content_rowid='actor',
    tokenize="unicode61 remove_diacritics 2"
);
CREATE VIEW claim_text AS
    SELECT claim, substr(text, start + 1, stop - start) AS content
    FROM claim JOIN report USING (report);
CREATE VIRTUAL TABLE claim_words USING fts5 (
    content, content='claim_text', content_rowid='claim',
    tokenize="porter unicode61 remove_diacritics 2"
);

-- For readers from outside: the record as flat tables.
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
        event.sentence, event.start, event.stop, action.rule
    FROM event JOIN report USING (report) JOIN action USING (action)
        LEFT JOIN place USING (place) LEFT JOIN incident USING (incident)
    WHERE report.superseded_by IS NULL;
CREATE VIEW claims AS
    SELECT claim.uid AS id, report.id AS report, report.uid AS report_uid, report.published,
        report.source AS publisher, actor.name AS speaker, actor.country, claim.form,
        substr(text, claim.start + 1, claim.stop - claim.start) AS content,
        claim.sentence, claim.start, claim.stop
    FROM claim JOIN report USING (report) LEFT JOIN actor ON actor.actor = claim.speaker
    WHERE report.superseded_by IS NULL;
CREATE VIEW incidents AS
    SELECT incident.uid AS id, incident.since, incident.until, action.event, action.cameo,
        action.goldstein, action.quad, place.name AS place, place.country AS place_country,
        incident.status, incident.first_report, incident.last_report, incident.reports,
        incident.sources, incident.mentions
    FROM incident JOIN action USING (action) LEFT JOIN place USING (place);
