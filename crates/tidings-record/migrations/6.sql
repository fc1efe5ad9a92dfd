-- The record, version 6: dates that somebody set, and what became of them, as each report tells it.

CREATE TABLE deadline (
    deadline INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES report,
    sentence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    told TEXT NOT NULL,
    since TEXT,
    until TEXT,
    thing TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words_start INTEGER,
    words_stop INTEGER,
    condition_start INTEGER,
    condition_stop INTEGER,
    event INTEGER REFERENCES event
) STRICT;
CREATE INDEX deadline_report ON deadline (report);
CREATE INDEX deadline_until ON deadline (until, kind);
CREATE INDEX deadline_told ON deadline (told, kind, since);

-- role: setter, party, or word (on whose word).
CREATE TABLE deadline_actor (
    deadline INTEGER NOT NULL REFERENCES deadline,
    role TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (deadline, role, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX deadline_actor_actor ON deadline_actor (actor, role);

CREATE VIEW deadlines AS
    SELECT deadline.uid AS id, report.id AS report, report.uid AS report_uid, report.published,
        report.source AS publisher, deadline.kind, deadline.told, deadline.since, deadline.until,
        deadline.thing,
        substr(text, deadline.start + 1, deadline.stop - deadline.start) AS what,
        (SELECT group_concat(name, '; ') FROM deadline_actor JOIN actor USING (actor)
            WHERE deadline_actor.deadline = deadline.deadline AND role = 'setter') AS set_by,
        substr(text, condition_start + 1, condition_stop - condition_start) AS condition,
        deadline.sentence, deadline.start, deadline.stop
    FROM deadline JOIN report USING (report) WHERE report.superseded_by IS NULL;
