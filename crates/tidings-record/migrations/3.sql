-- The record, version 3: reports coded anew.

-- What was coded of a report, as a number: where it is the same again, nothing is to be written.
ALTER TABLE report ADD COLUMN coding INTEGER;

-- How far a coding of all reports has come, while it is under way: by what, and the last report that is done.
CREATE TABLE recoding (
    coder TEXT NOT NULL,
    done INTEGER NOT NULL
) STRICT;

-- What the last coding of all reports changed.
CREATE TABLE change (
    change INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES report,
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    event_before TEXT,
    event TEXT,
    before TEXT,
    after TEXT
) STRICT;
