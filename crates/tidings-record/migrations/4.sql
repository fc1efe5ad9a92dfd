-- The record, version 4: rows in the order of their days, for answers a page at a time. What has no day stands before
-- all that has one.
CREATE INDEX incident_day ON incident (coalesce(since, first_report, ''));
CREATE INDEX incident_first_report ON incident (first_report);
CREATE INDEX incident_last_report ON incident (last_report);
CREATE INDEX event_day ON event (ifnull(since, ''));
CREATE INDEX report_day ON report (ifnull(published, ''));
