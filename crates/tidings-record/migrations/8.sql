-- The record, version 8: every condition that questions put on incidents has its list of them, in the order of days,
-- so that a page of an answer is read along the shortest list and checked against the others.
--
-- facet.name says what the incidents of a list have in common:
--   ''         nothing: all incidents       SRB:XKX, SRB:, :XKX   a dyad, one side of it
--   SRB        a country on a side          #7                    an actor on a side, by its row
--   @PER       the country of the place     @tumbes               the name of the place, in small letters
--   ~wire 7    a publisher, in small letters
--   =ASSAULT   the PLOVER type              ?denied               the status
-- until: the last day, where that is later than the first. status: 0 contested, 1 confirmed, 2 reported, 3 claimed,
-- 4 denied, 5 planned, 6 possible.
DROP TABLE incident_facet;
CREATE TABLE incident_facet (
    facet INTEGER NOT NULL REFERENCES facet,
    day TEXT NOT NULL,
    incident INTEGER NOT NULL REFERENCES incident,
    until TEXT,
    action INTEGER NOT NULL REFERENCES action,
    status INTEGER NOT NULL,
    PRIMARY KEY (facet, day, incident)
) STRICT, WITHOUT ROWID;

-- In which lists an incident stands (numbers of facets, between blanks), and with what.
CREATE TABLE incident_facets (
    incident INTEGER PRIMARY KEY REFERENCES incident,
    day TEXT NOT NULL,
    until TEXT,
    action INTEGER NOT NULL,
    status INTEGER NOT NULL,
    facets TEXT NOT NULL
) STRICT;

CREATE TEMP TABLE under AS
    SELECT '' AS name, incident FROM incident
    UNION ALL SELECT '=' || event, incident FROM incident JOIN action USING (action)
    UNION ALL SELECT '?' || status, incident FROM incident
    UNION ALL SELECT '@' || lower(name), incident FROM incident JOIN place USING (place)
    UNION ALL SELECT '@' || country, incident FROM incident JOIN place USING (place)
    UNION ALL SELECT '~' || lower(source), incident FROM event JOIN report USING (report)
    UNION ALL SELECT country, incident FROM event JOIN event_actor USING (event) JOIN actor USING (actor)
        WHERE role IN ('source', 'target')
    UNION ALL SELECT '#' || actor, incident FROM event JOIN event_actor USING (event)
        WHERE role IN ('source', 'target')
    UNION ALL SELECT source || ':' || target, incident FROM event_dyad JOIN event USING (event)
    UNION ALL SELECT source || ':', incident FROM event_dyad JOIN event USING (event)
    UNION ALL SELECT ':' || target, incident FROM event_dyad JOIN event USING (event);
DELETE FROM temp.under WHERE name IS NULL OR incident IS NULL;
DELETE FROM facet;
INSERT INTO facet (name) SELECT DISTINCT name FROM temp.under;
INSERT INTO incident_facets
    SELECT incident, coalesce(since, first_report, ''),
        iif(coalesce(until, last_report) > coalesce(since, first_report), coalesce(until, last_report), NULL),
        action,
        CASE status WHEN 'contested' THEN 0 WHEN 'confirmed' THEN 1 WHEN 'reported' THEN 2 WHEN 'claimed' THEN 3
            WHEN 'denied' THEN 4 WHEN 'planned' THEN 5 ELSE 6 END,
        ''
    FROM incident;
INSERT INTO incident_facet
    SELECT DISTINCT facet, day, incident, until, action, status
    FROM temp.under JOIN facet USING (name) JOIN incident_facets USING (incident)
    ORDER BY facet, day, incident;
UPDATE incident_facets SET facets = own.facets
    FROM (SELECT incident, group_concat(facet, ' ') AS facets
          FROM (SELECT DISTINCT incident, facet FROM temp.under JOIN facet USING (name) ORDER BY incident, facet)
          GROUP BY incident) AS own
    WHERE own.incident = incident_facets.incident;
DROP TABLE temp.under;

-- What lasts beyond its first day, for questions that begin in the midst of it.
CREATE INDEX incident_facet_until ON incident_facet (facet, until) WHERE until IS NOT NULL;

-- How much was reported on a day, without a look at the reports.
CREATE INDEX report_volume ON report (published) WHERE copy_of IS NULL AND superseded_by IS NULL;
