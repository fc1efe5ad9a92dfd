//! What the rows of an answer say, and where in the record it stands.

use super::Subject;
use crate::trust::TRUSTED;

/// One column of an answer.
pub(super) struct Column {
    /// As it is called in every form of output.
    pub name: &'static str,
    /// How it is read from the tables of [`question`].
    sql: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds, where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Text,
    /// `YYYY-MM-DD`.
    Day,
    Integer,
    Real,
    /// Whether something holds.
    Flag,
    /// Any number of texts.
    List,
}

const fn one(name: &'static str, sql: &'static str) -> Column {
    Column { name, sql, kind: Kind::Text }
}

const fn day(name: &'static str, sql: &'static str) -> Column {
    Column { name, sql, kind: Kind::Day }
}

const fn whole(name: &'static str, sql: &'static str) -> Column {
    Column { name, sql, kind: Kind::Integer }
}

const fn real(name: &'static str, sql: &'static str) -> Column {
    Column { name, sql, kind: Kind::Real }
}

const fn flag(name: &'static str, sql: &'static str) -> Column {
    Column { name, sql, kind: Kind::Flag }
}

const fn list(name: &'static str, sql: &'static str) -> Column {
    Column { name, sql, kind: Kind::List }
}

/// The names, or the countries, of the actors of an event in one role.
macro_rules! actors {
    ($what:literal, $role:literal, $event:literal) => {
        concat!(
            "(SELECT group_concat(",
            $what,
            ", char(31)) FROM event_actor JOIN actor USING (actor) WHERE event_actor.event = ",
            $event,
            " AND role = '",
            $role,
            "')"
        )
    };
}

/// The status of one event in the words of an incident's.
pub(crate) const EVENT_STATUS: &str = "CASE
    WHEN factuality >= 2 AND standing <> 'planned' THEN iif(EXISTS (SELECT 1 FROM event_actor
        WHERE event_actor.event = event.event AND role = 'word'), 'claimed', 'reported')
    WHEN factuality < 0 THEN 'denied' WHEN standing = 'planned' THEN 'planned' ELSE 'possible' END";

const EVENTS: [Column; 34] = [
    one("id", "event.uid"),
    one("incident", "incident.uid"),
    day("since", "event.since"),
    day("until", "event.until"),
    one("event", "action.event"),
    one("mode", "action.mode"),
    one("cameo", "action.cameo"),
    real("goldstein", "action.goldstein"),
    whole("quad", "action.quad"),
    list("source", actors!("name", "source", "event.event")),
    list("source_country", actors!("country", "source", "event.event")),
    list("target", actors!("name", "target", "event.event")),
    list("target_country", actors!("country", "target", "event.event")),
    one("place", "place.name"),
    one("place_country", "place.country"),
    real("lat", "place.lat"),
    real("lon", "place.lon"),
    one("status", EVENT_STATUS),
    real("factuality", "event.factuality"),
    one("standing", "event.standing"),
    real("confidence", "event.confidence"),
    flag("trusted", TRUSTED),
    list("according_to", actors!("name", "word", "event.event")),
    list(
        "figures",
        "(SELECT group_concat(kind || ' ' || CAST(value AS INTEGER), char(31)) FROM quantity
            WHERE quantity.event = event.event)",
    ),
    one("report", "report.id"),
    one("report_uid", "report.uid"),
    day("published", "report.published"),
    one("publisher", "report.source"),
    one("url", "report.url"),
    whole("sentence", "event.sentence"),
    whole("start", "event.start"),
    whole("stop", "event.stop"),
    one("rule", "action.rule"),
    one("text", "substr(report.text, sentence.start + 1, sentence.stop - sentence.start)"),
];

const INCIDENTS: [Column; 25] = [
    one("id", "incident.uid"),
    day("since", "incident.since"),
    day("until", "incident.until"),
    one("event", "action.event"),
    one("mode", "action.mode"),
    one("cameo", "action.cameo"),
    real("goldstein", "action.goldstein"),
    whole("quad", "action.quad"),
    list("source", actors!("name", "source", "founder")),
    list("source_country", actors!("country", "source", "founder")),
    list("target", actors!("name", "target", "founder")),
    list("target_country", actors!("country", "target", "founder")),
    one("place", "place.name"),
    one("place_country", "place.country"),
    real("lat", "place.lat"),
    real("lon", "place.lon"),
    one("status", "incident.status"),
    real(
        "confidence",
        "(SELECT max(confidence) FROM event WHERE event.incident = incident.incident)",
    ),
    flag("trusted", "incident.trusted"),
    // Figures that differ stand side by side, each with the number of independent sources that give it.
    list(
        "figures",
        "iif(EXISTS (SELECT 1 FROM event JOIN quantity USING (event) WHERE event.incident = incident.incident),
            (SELECT group_concat(told, char(31)) FROM (SELECT kind || ' ' || CAST(value AS INTEGER)
                    || ' (' || count(DISTINCT voice) || ')' AS told
                FROM event JOIN quantity USING (event) JOIN report USING (report)
                WHERE event.incident = incident.incident
                GROUP BY kind, value ORDER BY kind, count(DISTINCT voice) DESC, value)), NULL)",
    ),
    whole("reports", "incident.reports"),
    whole("sources", "incident.sources"),
    whole("mentions", "incident.mentions"),
    day("first_report", "incident.first_report"),
    day("last_report", "incident.last_report"),
];

const CLAIMS: [Column; 14] = [
    one("id", "claim.uid"),
    day("published", "report.published"),
    one("speaker", "actor.name"),
    one("speaker_country", "actor.country"),
    one("form", "claim.form"),
    one("content", "substr(report.text, claim.start + 1, claim.stop - claim.start)"),
    list(
        "evidence",
        "(SELECT group_concat(kind, char(31)) FROM evidence WHERE evidence.claim = claim.claim)",
    ),
    one("report", "report.id"),
    one("report_uid", "report.uid"),
    one("publisher", "report.source"),
    one("url", "report.url"),
    whole("sentence", "claim.sentence"),
    whole("start", "claim.start"),
    whole("stop", "claim.stop"),
];

const ACTORS: [Column; 7] = [
    one("name", "actor.name"),
    one("country", "actor.country"),
    one("sectors", "nullif(actor.sectors, '')"),
    one("office", "actor.office"),
    whole(
        "as_source",
        "(SELECT count(*) FROM event_actor WHERE event_actor.actor = actor.actor AND role = 'source')",
    ),
    whole(
        "as_target",
        "(SELECT count(*) FROM event_actor WHERE event_actor.actor = actor.actor AND role = 'target')",
    ),
    whole("claims", "(SELECT count(*) FROM claim WHERE speaker = actor.actor)"),
];

const CORRECTIONS: [Column; 11] = [
    one("id", "uid"),
    one("made", "made"),
    one("by", "made_by"),
    one("kind", "kind"),
    list(
        "events",
        "(SELECT group_concat(event.uid, char(31)) FROM corrected JOIN report ON report.uid = corrected.report
             JOIN event ON event.report = report.report AND event.start = corrected.start
                 AND event.stop = corrected.stop AND event.nth = corrected.nth
             WHERE corrected.correction = correction.correction AND part = 1)",
    ),
    one("role", "role"),
    one("before", "before"),
    one("value", "value"),
    one("note", "note"),
    one("undone", "undone"),
    one("undone_by", "undone_by"),
];

const CHANGES: [Column; 9] = [
    one("kind", "kind"),
    list("what", "nullif(replace(what, ' ', char(31)), '')"),
    one("event", "event"),
    one("event_before", "event_before"),
    one("before", "before"),
    one("after", "after"),
    one("report", "report.id"),
    whole("sentence", "sentence"),
    one("words", "substr(text, start + 1, stop - start)"),
];

/// The columns of an answer.
pub(super) fn of(subject: Subject) -> &'static [Column] {
    match subject {
        Subject::Events => &EVENTS,
        Subject::Incidents => &INCIDENTS,
        Subject::Claims => &CLAIMS,
        Subject::Actors => &ACTORS,
        Subject::Corrections => &CORRECTIONS,
        Subject::Changes => &CHANGES,
    }
}

/// Reads one row by its row number.
pub(super) fn question(subject: Subject) -> String {
    let from = match subject {
        Subject::Events => {
            "event JOIN report USING (report) JOIN action USING (action)
                LEFT JOIN sentence USING (report, sentence) LEFT JOIN place USING (place)
                LEFT JOIN incident ON incident.incident = event.incident WHERE event.event = ?"
        }
        Subject::Incidents => {
            "incident JOIN action USING (action) LEFT JOIN place USING (place) WHERE incident = ?"
        }
        Subject::Claims => {
            "claim JOIN report USING (report) LEFT JOIN actor ON actor.actor = claim.speaker
                WHERE claim = ?"
        }
        Subject::Actors => "actor WHERE actor = ?",
        Subject::Corrections => "correction WHERE correction = ?",
        Subject::Changes => "change JOIN report USING (report) WHERE change = ?",
    };
    let columns: Vec<&str> = of(subject).iter().map(|column| column.sql).collect();
    format!("SELECT {} FROM {from}", columns.join(", "))
}
