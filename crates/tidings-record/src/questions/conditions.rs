//! What the rows of an answer must fit, as SQL.
//!
//! Words of the asker only ever become values of a statement, never part of it.

use super::Subject;
use super::columns::EVENT_STATUS;
use crate::phrases::Sought;
use crate::trust::{TRUSTED, Trust};
use jiff::civil::Date;

/// What an answer must fit: all of it. The default fits everything.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// An actor of the event, the speaker of the claim: a country (`SRB`) or words of a name.
    pub actor: Option<String>,
    /// The countries of the acting side and of the other; an empty one stands for any.
    pub dyad: Option<(String, String)>,
    /// PLOVER types (`ASSAULT`) or beginnings of CAMEO codes (`19`): one of them.
    pub event: Vec<String>,
    /// Not over before this day. What has no day of its own is taken by that of its report.
    pub since: Option<Date>,
    /// Begun by this day.
    pub until: Option<Date>,
    /// The name of a place, or a country (`PER`).
    pub place: Option<String>,
    /// `contested`, `confirmed`, `reported`, `claimed`, `denied`, `planned`, `possible`; of claims, the kind of
    /// evidence.
    pub status: Option<String>,
    /// How far it is trusted. Where nothing is said, lists take any, and what counts takes the trusted.
    pub trust: Option<Trust>,
    /// The publisher.
    pub source: Option<String>,
    /// Words of the report, of the claim or of the actor's name; phrases between double quotes.
    pub words: Option<String>,
    /// Only events of the incident, or the incident itself.
    pub incident: Option<String>,
    /// The row with this id.
    pub id: Option<String>,
}

/// A condition that cannot be read, with the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum WrongFilter {
    #[error("\"{0}\" is no dyad; write two countries as SRB:XKX, or one of them as SRB: or :XKX")]
    Dyad(String),
}

impl Filter {
    /// Reads a dyad written as `SRB:XKX`.
    ///
    /// # Errors
    /// If it is not written so.
    pub fn dyad(text: &str) -> Result<(String, String), WrongFilter> {
        let wrong = || WrongFilter::Dyad(text.to_string());
        let (source, target) = text.split_once(':').ok_or_else(wrong)?;
        let side = |side: &str| {
            let code = side.trim().to_ascii_uppercase();
            (code.is_empty() || is_country(&code)).then_some(code)
        };
        match (side(source), side(target)) {
            (Some(source), Some(target)) if !(source.is_empty() && target.is_empty()) => {
                Ok((source, target))
            }
            _ => Err(wrong()),
        }
    }
}

/// How the events that a row must belong to are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// All of them first, then the rows they belong to: for what is rare.
    Gather,
    /// For each row, whether there is one: for what is frequent, if only some rows are wanted.
    Walk,
}

/// Where the rows are that fit, in SQL from `FROM` on, and its values.
pub(super) struct Conditions {
    pub sql: String,
    pub values: Vec<String>,
    way: Way,
}

impl Conditions {
    pub(super) fn new(from: &str, way: Way) -> Conditions {
        Conditions { sql: from.to_string(), values: Vec::new(), way }
    }

    /// What joins one more condition to them.
    pub(super) fn joint(&self) -> &'static str {
        if self.sql.contains(" WHERE ") { " AND " } else { " WHERE " }
    }

    pub(super) fn add(&mut self, sql: &str, values: &[&str]) {
        self.sql.push_str(self.joint());
        self.sql.push_str(sql);
        self.values.extend(values.iter().map(ToString::to_string));
    }

    /// That `own` is among the `column`s of the rows `from`, which fit `condition`.
    fn among(&mut self, own: &str, (column, from): (&str, &str), condition: &str, values: &[&str]) {
        let sql = match self.way {
            Way::Gather => format!("{own} IN (SELECT {column} FROM {from} WHERE {condition})"),
            Way::Walk => {
                format!("EXISTS (SELECT 1 FROM {from} WHERE {column} = {own} AND {condition})")
            }
        };
        self.add(&sql, values);
    }

    /// Rows of `own` that belong to events which fit; nothing where no condition is on events.
    pub(super) fn through_events(&mut self, filter: &Filter, own: &str, column: &str) {
        let mut events = filter.of_events(self.way);
        if !events.sql.contains(" WHERE ") {
            return;
        }
        let sql = match self.way {
            Way::Gather => format!("{own} IN (SELECT {column} {})", events.sql),
            Way::Walk => {
                events.add(&format!("({column}) = {own}"), &[]);
                format!("EXISTS (SELECT 1 {})", events.sql)
            }
        };
        self.add(&sql, &[]);
        self.values.extend(events.values);
    }
}

impl Filter {
    pub(super) fn conditions(&self, subject: Subject, way: Way) -> Conditions {
        match subject {
            Subject::Events => self.events(way),
            Subject::Incidents => self.incidents(way),
            Subject::Claims => self.claims(way),
            Subject::Actors => self.actors(),
            Subject::Corrections => self.corrections(),
            Subject::Changes => {
                Conditions::new("FROM change JOIN report USING (report)", Way::Gather)
            }
        }
    }

    fn events(&self, way: Way) -> Conditions {
        let mut events = self.of_events(way);
        let narrowed =
            events.sql.contains(" WHERE ") || self.id.is_some() || self.incident.is_some();
        match &self.id {
            // Asked for by its id, it is shown even if a person said that it is no event.
            Some(id) => events.add("event.uid = ?", &[id]),
            None => events.add("report.superseded_by IS NULL AND event.corrected & 8 = 0", &[]),
        }
        if let Some(incident) = &self.incident {
            let own = "event.incident = (SELECT incident FROM incident WHERE uid = ?)";
            events.add(own, &[incident]);
        }
        if let Some(status) = &self.status {
            events.add(&format!("{EVENT_STATUS} = ?"), &[status]);
        }
        if let Some(trusted) = self.wants_trusted() {
            events.add(&format!("{TRUSTED} = {}", u8::from(trusted)), &[]);
        }
        if way == Way::Gather && !narrowed && (self.since.is_some() || self.until.is_some()) {
            self.span(&mut events);
        } else {
            self.days(&mut events);
        }
        events
    }

    /// The days, by the indexes on them: where nothing else narrows the events.
    fn span(&self, events: &mut Conditions) {
        let day =
            |day: Option<Date>, none: &str| day.map_or(none.to_string(), |day| day.to_string());
        let (since, until) = (day(self.since, "0000-01-01"), day(self.until, "9999-12-31"));
        events.add(
            "event.event IN (SELECT event FROM event WHERE ifnull(since, '') BETWEEN ? AND ?
                 UNION ALL SELECT event FROM event WHERE until > since AND until >= ? AND since < ?
                 UNION ALL SELECT event FROM report JOIN event USING (report)
                     WHERE published BETWEEN ? AND ? AND since IS NULL)",
            &[&since, &until, &since, &since, &since, &until],
        );
    }

    fn days(&self, events: &mut Conditions) {
        if let Some(since) = self.since.map(|day| day.to_string()) {
            events.add("coalesce(event.until, report.published) >= ?", &[&since]);
        }
        if let Some(until) = self.until.map(|day| day.to_string()) {
            events.add("coalesce(event.since, report.published) <= ?", &[&until]);
        }
    }

    /// The conditions that are on events whatever is sought: who, what, where, by whom told.
    fn of_events(&self, way: Way) -> Conditions {
        let mut events = Conditions::new("FROM event JOIN report USING (report)", way);
        if let Some(actor) = &self.actor {
            let (actors, values) = actor_rows(actor);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let sides = format!("actor IN ({actors}) AND role IN ('source', 'target')");
            events.among("event.event", ("event_actor.event", "event_actor"), &sides, &values);
        }
        if let Some((source, target)) = &self.dyad {
            let (sql, values): (&str, &[&str]) = match (source.as_str(), target.as_str()) {
                (a, "") => ("source = ?", &[a]),
                ("", b) => ("target = ?", &[b]),
                (a, b) => ("source = ? AND target = ?", &[a, b]),
            };
            events.among("event.event", ("event_dyad.event", "event_dyad"), sql, values);
        }
        if !self.event.is_empty() {
            let (sql, values) = self.actions();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            events
                .add(&format!("event.action IN (SELECT action FROM action WHERE {sql})"), &values);
        }
        if let Some(place) = &self.place {
            let (sql, value) = place_rows(place);
            events.add(&format!("event.place IN ({sql})"), &[&value]);
        }
        if let Some(source) = &self.source {
            events.add("report.source = ? COLLATE NOCASE", &[source]);
        }
        if let Some(words) = &self.words {
            let (reports, values) = Indexed::Reports.with(words);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            // All of them first, for to look into the index for each event costs more. While walking, they must not
            // be taken for the way to the events (hence the +): each walked row would go through them all.
            let sign = if way == Way::Walk { "+" } else { "" };
            events.add(&format!("{sign}event.report IN ({reports})"), &values);
        }
        events
    }

    /// The actions of the types or codes asked for.
    pub(super) fn actions(&self) -> (String, Vec<String>) {
        let one = |event: &String| {
            if event.starts_with(|c: char| c.is_ascii_digit()) {
                ("substr(cameo, 1, length(?)) = ?", vec![event.clone(), event.clone()])
            } else {
                ("event = ?", vec![event.to_uppercase()])
            }
        };
        let (sql, values): (Vec<&str>, Vec<Vec<String>>) = self.event.iter().map(one).unzip();
        (sql.join(" OR "), values.concat())
    }

    fn incidents(&self, way: Way) -> Conditions {
        let mut incidents = Conditions::new("FROM incident", way);
        let status = self.status.as_ref().map(|status| format!("?{status}"));
        for name in self.lists().into_iter().chain(status) {
            let listed =
                "incident.incident IN (SELECT incident FROM incident_facet JOIN facet USING (facet)
                WHERE facet.name = ?)";
            incidents.add(listed, &[&name]);
        }
        // Each by itself: who takes part, and what the reports say, are of the incident, not of one of its events.
        let actor = self.actor.clone().filter(|actor| !is_country(actor));
        let words = self.words.clone();
        for through in
            [Filter { actor, ..Filter::default() }, Filter { words, ..Filter::default() }]
        {
            incidents.through_events(&through, "incident.incident", "event.incident");
        }
        for id in self.id.iter().chain(&self.incident) {
            incidents.add("uid = ?", &[id]);
        }
        if let Some(trusted) = self.wants_trusted() {
            incidents.add(&format!("trusted = {}", u8::from(trusted)), &[]);
        }
        if !self.event.is_empty() {
            let (sql, values) = self.actions();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            incidents.add(&format!("action IN (SELECT action FROM action WHERE {sql})"), &values);
        }
        if let Some(since) = self.since.map(|day| day.to_string()) {
            incidents.add("coalesce(until, last_report) >= ?", &[&since]);
        }
        if let Some(until) = self.until.map(|day| day.to_string()) {
            incidents.add("coalesce(since, first_report) <= ?", &[&until]);
        }
        incidents
    }

    /// Whether only what is trusted is wanted, or only what is not.
    pub(super) fn wants_trusted(&self) -> Option<bool> {
        self.trust?.wanted()
    }

    fn claims(&self, way: Way) -> Conditions {
        let mut claims = Conditions::new("FROM claim JOIN report USING (report)", way);
        claims.add("report.superseded_by IS NULL", &[]);
        let Filter { dyad, event, place, .. } = self.clone();
        let beside = Filter { dyad, event, place, ..Filter::default() };
        let (own, column) = ("(claim.report, claim.sentence)", "event.report, event.sentence");
        claims.through_events(&beside, own, column);
        if let Some(id) = &self.id {
            claims.add("claim.uid = ?", &[id]);
        }
        if let Some(actor) = &self.actor {
            let (actors, values) = actor_rows(actor);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            claims.add(&format!("speaker IN ({actors})"), &values);
        }
        if let Some(status) = &self.status {
            claims.among("claim.claim", ("evidence.claim", "evidence"), "kind = ?", &[status]);
        }
        if let Some(source) = &self.source {
            claims.add("report.source = ? COLLATE NOCASE", &[source]);
        }
        if let Some(words) = &self.words {
            let (said, values) = Indexed::Claims.with(words);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let sign = if way == Way::Walk { "+" } else { "" };
            claims.add(&format!("{sign}claim.claim IN ({said})"), &values);
        }
        if let Some(since) = self.since.map(|day| day.to_string()) {
            claims.add("published >= ?", &[&since]);
        }
        if let Some(until) = self.until.map(|day| day.to_string()) {
            claims.add("published <= ?", &[&until]);
        }
        claims
    }

    /// Of an event or a correction by its id, of the events of an incident, or all.
    fn corrections(&self) -> Conditions {
        let mut corrections = Conditions::new("FROM correction", Way::Gather);
        let of_events = |condition: &str| {
            format!(
                "correction IN (SELECT correction FROM event JOIN report USING (report)
                     JOIN corrected ON corrected.report = report.uid AND corrected.start = event.start
                         AND corrected.stop = event.stop AND corrected.nth = event.nth
                     WHERE {condition})"
            )
        };
        match &self.id {
            Some(id) if id.starts_with('k') => corrections.add("uid = ?", &[id]),
            Some(id) => corrections.add(&of_events("event.uid = ?"), &[id]),
            None => {}
        }
        if let Some(incident) = &self.incident {
            let own = "event.incident = (SELECT incident FROM incident WHERE uid = ?)";
            corrections.add(&of_events(own), &[incident]);
        }
        corrections
    }

    fn actors(&self) -> Conditions {
        let mut actors = Conditions::new("FROM actor", Way::Gather);
        if let Some(actor) = &self.actor {
            let (rows, values) = actor_rows(actor);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            actors.add(&format!("actor IN ({rows})"), &values);
        }
        if let Some(words) = &self.words {
            let (rows, values) = Indexed::Actors.with(words);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            actors.add(&format!("actor IN ({rows})"), &values);
        }
        let through = Filter { actor: None, words: None, id: None, ..self.clone() };
        let asked = [through.place.is_some(), through.source.is_some(), through.dyad.is_some()];
        let dated = through.since.is_some() || through.until.is_some();
        if dated || through.status.is_some() || !through.event.is_empty() || asked.contains(&true) {
            let events = through.events(Way::Gather);
            let sql = format!(
                "actor IN (SELECT actor FROM event_actor WHERE event IN (SELECT event.event {})
                    AND role IN ('source', 'target'))",
                events.sql
            );
            actors.add(&sql, &[]);
            actors.values.extend(events.values);
        }
        actors
    }
}

/// The rows of an actor given as a country or as words of the name.
pub(super) fn actor_rows(actor: &str) -> (String, Vec<String>) {
    if is_country(actor) {
        ("SELECT actor FROM actor WHERE country = ?".to_string(), vec![actor.to_string()])
    } else {
        Indexed::Actors.with(actor)
    }
}

fn place_rows(place: &str) -> (String, String) {
    let column = if is_country(place) { "country = ?" } else { "name = ? COLLATE NOCASE" };
    (format!("SELECT place FROM place WHERE {column}"), place.to_string())
}

/// An ISO 3166-1 alpha-3 code.
pub(super) fn is_country(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// What has a full-text index.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Indexed {
    Reports,
    Claims,
    Actors,
}

impl Indexed {
    /// The rows that hold all words and phrases, as SQL with its values.
    pub fn with(self, asked: &str) -> (String, Vec<String>) {
        let (index, row, texts): (&str, &str, &[&str]) = match self {
            Indexed::Reports => ("report_words", "report", &["text", "title"]),
            Indexed::Claims => ("claim_words", "claim", &["content"]),
            Indexed::Actors => ("actor_words", "actor", &["name", "office"]),
        };
        let Sought { words, phrases } = Sought::read(asked);
        if words.is_empty() {
            // FTS5 knows no empty question.
            return (format!("SELECT {row} FROM {row} WHERE 0"), Vec::new());
        }
        let mut sql = format!("SELECT rowid FROM {index} WHERE {index} MATCH ?");
        let mut values = vec![words];
        if !phrases.is_empty() {
            let table = if row == "claim" { "claim_text" } else { row };
            sql = format!("SELECT {row} FROM {table} WHERE {row} IN ({sql})");
        }
        for phrase in phrases {
            let says: Vec<String> = texts.iter().map(|text| format!("says({text}, ?)")).collect();
            sql.push_str(&format!(" AND ({})", says.join(" OR ")));
            values.extend(texts.iter().map(|_| phrase.clone()));
        }
        (sql, values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dyads_are_ordered_pairs_of_countries() {
        let pair = |a: &str, b: &str| Ok((a.to_string(), b.to_string()));
        assert_eq!(Filter::dyad("SRB:XKX"), pair("SRB", "XKX"));
        assert_eq!(Filter::dyad("srb:"), pair("SRB", ""));
        for wrong in ["SRB", ":", "Serbia:XKX", "SRB:XKX:ALB", ""] {
            assert!(Filter::dyad(wrong).is_err(), "{wrong}");
        }
    }
}
