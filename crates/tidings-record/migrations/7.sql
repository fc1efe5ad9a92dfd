-- The record, version 7: a publisher is found however it is spelt, and what lasts for days by its last day.
DROP INDEX report_source;
CREATE INDEX report_publisher ON report (source COLLATE NOCASE, published);
CREATE INDEX event_span ON event (until, since) WHERE until > since;
