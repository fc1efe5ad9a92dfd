//! The parts of a coded report, each into its table; and out again, when the report is coded anew.

use crate::copies::fingerprint;
use crate::entry::{Entry, claim_uids, event_uids};
use crate::{dates, names};
use rusqlite::{Connection, OptionalExtension, Result, params};
use tidings_coding::schema::{Actor, CodedReport, Event, Place};

/// The event rows that stand already: those of a report that is coded anew, for its events in their order.
pub(crate) type Standing = Vec<Option<(i64, Option<i64>)>>;

/// Everything that was coded of the report; the rows of its events, in order.
pub(crate) fn insert(
    db: &Connection,
    report: i64,
    entry: &Entry,
    standing: &Standing,
) -> Result<Vec<i64>> {
    let actors = insert_actors(db, report, &entry.coded.actors)?;
    let places = insert_places(db, report, &entry.coded.places)?;
    insert_sentences_and_times(db, report, &entry.coded)?;
    insert_claims(db, report, entry, &actors)?;
    let uids = event_uids(&entry.uid, &entry.coded.events);
    let mut rows = Vec::with_capacity(uids.len());
    for (at, (event, uid)) in entry.coded.events.iter().zip(&uids).enumerate() {
        let row = standing.get(at).copied().flatten();
        rows.push(insert_event(db, report, (event, uid, row), (&entry.coded, &actors, &places))?);
    }
    dates::insert(db, report, entry, &actors, &rows)?;
    Ok(rows)
}

/// Takes out everything that was coded of the report. Incidents may name its events until these are back.
pub(crate) fn remove(db: &Connection, report: i64) -> Result<()> {
    dates::remove(db, report)?;
    for sql in [
        "INSERT INTO claim_words (claim_words, rowid, content)
             SELECT 'delete', claim, content FROM claim_text JOIN claim USING (claim) WHERE report = ?",
        "DELETE FROM evidence WHERE claim IN (SELECT claim FROM claim WHERE report = ?)",
        "DELETE FROM claim WHERE report = ?",
        "DELETE FROM event_dyad WHERE (source, target, event) IN (
             SELECT source.country, target.country, event.event
             FROM event JOIN event_actor AS s USING (event) JOIN actor AS source ON source.actor = s.actor
                 JOIN event_actor AS t USING (event) JOIN actor AS target ON target.actor = t.actor
             WHERE event.report = ?)",
        "DELETE FROM quantity WHERE event IN (SELECT event FROM event WHERE report = ?)",
        "DELETE FROM event_actor WHERE event IN (SELECT event FROM event WHERE report = ?)",
        "DELETE FROM event WHERE report = ?",
        "DELETE FROM sentence WHERE report = ?",
        "DELETE FROM time WHERE report = ?",
        "DELETE FROM mention WHERE report = ?",
        "DELETE FROM toponym WHERE report = ?",
    ] {
        db.prepare_cached(sql)?.execute([report])?;
    }
    Ok(())
}

/// The row of an actor: name, country, sectors between blanks, and office.
pub(crate) fn actor_row(
    db: &Connection,
    (name, country, sectors, office): (&str, Option<&str>, &str, Option<&str>),
) -> Result<i64> {
    let mut known = db.prepare_cached(
        "SELECT actor FROM actor WHERE key = ?5 AND name = ?1 AND country IS ?2 AND sectors = ?3
         AND office IS ?4",
    )?;
    let whole = params![name, country, sectors, office, fingerprint(name)];
    if let Some(row) = known.query_row(whole, |row| row.get(0)).optional()? {
        return Ok(row);
    }
    let row = db
        .prepare_cached(
            "INSERT INTO actor (name, country, sectors, office, key) VALUES (?, ?, ?, ?, ?)",
        )?
        .insert(whole)?;
    db.prepare_cached("INSERT INTO actor_words (rowid, name, office) VALUES (?, ?, ?)")?
        .execute(params![row, name, office])?;
    Ok(row)
}

/// The rows of the report's actors, in order; those known already are not told twice.
fn insert_actors(db: &Connection, report: i64, actors: &[Actor]) -> Result<Vec<i64>> {
    let mut mention = db.prepare_cached("INSERT OR IGNORE INTO mention VALUES (?, ?, ?, ?)")?;
    let mut rows = Vec::with_capacity(actors.len());
    for actor in actors {
        let sectors = actor.sectors.join(" ");
        let (country, office) = (actor.country.as_deref(), actor.office.as_deref());
        let row = actor_row(db, (&actor.name, country, &sectors, office))?;
        for m in &actor.mentions {
            mention.execute(params![report, m.start, m.end, row])?;
        }
        rows.push(row);
    }
    Ok(rows)
}

fn insert_places(db: &Connection, report: i64, places: &[Place]) -> Result<Vec<i64>> {
    let mut known = db.prepare_cached(
        "SELECT place FROM place WHERE name = ? AND ifnull(geonames, 0) = ifnull(?, 0)
         AND ifnull(country, '') = ifnull(?, '')",
    )?;
    let mut insert = db.prepare_cached(
        "INSERT INTO place (name, geonames, lat, lon, country) VALUES (?, ?, ?, ?, ?)",
    )?;
    let mut toponym = db.prepare_cached("INSERT OR IGNORE INTO toponym VALUES (?, ?, ?, ?)")?;
    let mut rows = Vec::with_capacity(places.len());
    for place in places {
        let whole = params![place.name, place.geonames, place.country];
        let row = match known.query_row(whole, |row| row.get(0)).optional()? {
            Some(row) => row,
            None => insert.insert(params![
                place.name,
                place.geonames,
                place.lat,
                place.lon,
                place.country
            ])?,
        };
        toponym.execute(params![report, place.start, place.end, row])?;
        rows.push(row);
    }
    Ok(rows)
}

fn insert_sentences_and_times(db: &Connection, report: i64, coded: &CodedReport) -> Result<()> {
    let mut sentence = db.prepare_cached("INSERT INTO sentence VALUES (?, ?, ?, ?, ?)")?;
    for (at, s) in coded.sentences.iter().enumerate() {
        sentence.execute(params![report, at, s.start, s.end, s.repeats])?;
    }
    let mut insert =
        db.prepare_cached("INSERT OR IGNORE INTO time VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    for time in &coded.times {
        let (from, to) = (time.from.map(|d| d.to_string()), time.to.map(|d| d.to_string()));
        insert.execute(params![report, time.start, time.end, time.r#type, time.value, from, to])?;
    }
    Ok(())
}

fn insert_claims(db: &Connection, report: i64, entry: &Entry, actors: &[i64]) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO claim (uid, report, sentence, speaker, form, cue_start, cue_stop, start, stop)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut words = db.prepare_cached(
        "INSERT INTO claim_words (rowid, content) SELECT * FROM claim_text WHERE claim = ?",
    )?;
    let mut note = db.prepare_cached("INSERT OR IGNORE INTO evidence VALUES (?, ?, ?, ?, ?)")?;
    let coded = &entry.coded;
    for (claim, uid) in coded.claims.iter().zip(claim_uids(&entry.uid, &coded.claims)) {
        let sentence = coded.sentences.partition_point(|s| s.end <= claim.content.start);
        let row = insert.insert(params![
            uid,
            report,
            sentence.min(coded.sentences.len().saturating_sub(1)),
            claim.speaker.and_then(|id| actors.get(id)),
            names::form(claim.form),
            claim.cue.map(|cue| cue.start),
            claim.cue.map(|cue| cue.end),
            claim.content.start,
            claim.content.end,
        ])?;
        words.execute([row])?;
        for e in &claim.evidence {
            let by = e.by.and_then(|id| actors.get(id));
            note.execute(params![row, e.start, e.end, names::evidence(e.kind), by])?;
        }
    }
    Ok(())
}

fn insert_event(
    db: &Connection,
    report: i64,
    (event, uid, standing): (&Event, &str, Option<(i64, Option<i64>)>),
    (coded, actors, places): (&CodedReport, &[i64], &[i64]),
) -> Result<i64> {
    let action = action_row(
        db,
        &Coded {
            rule: &event.rule,
            event: event.event,
            mode: event.mode.as_deref(),
            context: &event.context,
            cameo: &event.cameo,
            goldstein: event.goldstein,
            quad: event.quad,
        },
    )?;
    let mut insert = db.prepare_cached(
        "INSERT INTO event (uid, report, sentence, start, stop, action, since, until, place, certainty,
             polarity, factuality, standing, condition_start, condition_stop, event, incident, confidence, trusted, nth)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
             ?16, ?17, ?18, ?19, (SELECT count(*) FROM event WHERE report = ?2 AND start = ?4 AND stop = ?5))",
    )?;
    let status = &event.status;
    let row = insert.insert(params![
        uid,
        report,
        event.sentence,
        event.predicate.start,
        event.predicate.end,
        action,
        event.when.map(|days| days.from.to_string()),
        event.when.map(|days| days.to.to_string()),
        event.r#where.and_then(|id| places.get(id)),
        names::certainty(status.certainty),
        names::polarity(status.polarity),
        status.factuality,
        names::standing(status.time),
        status.condition.map(|span| span.start),
        status.condition.map(|span| span.end),
        standing.map(|(row, _)| row),
        standing.and_then(|(_, incident)| incident),
        event.confidence,
        event.trusted,
    ])?;
    let mut actor = db.prepare_cached("INSERT OR IGNORE INTO event_actor VALUES (?, ?, ?)")?;
    let roles =
        [("source", &event.source), ("target", &event.target), ("word", &event.according_to)];
    for (role, ids) in roles {
        for id in ids.iter().filter_map(|&id| actors.get(id)) {
            actor.execute(params![row, role, id])?;
        }
    }
    let countries = |ids: &[usize]| -> Vec<String> {
        ids.iter().filter_map(|&id| coded.actors.get(id)?.country.clone()).collect()
    };
    let mut dyad = db.prepare_cached("INSERT OR IGNORE INTO event_dyad VALUES (?, ?, ?)")?;
    for source in countries(&event.source) {
        for target in countries(&event.target) {
            dyad.execute(params![source, target, row])?;
        }
    }
    let mut quantity =
        db.prepare_cached("INSERT OR IGNORE INTO quantity VALUES (?, ?, ?, ?, ?)")?;
    for q in &event.quantities {
        quantity.execute(params![row, names::quantity(q.kind), q.value, q.start, q.end])?;
    }
    Ok(row)
}

/// An action as the table of actions holds it: once for each rule that finds it.
pub(crate) struct Coded<'a> {
    pub rule: &'a str,
    pub event: &'a str,
    pub mode: Option<&'a str>,
    pub context: &'a [String],
    pub cameo: &'a str,
    pub goldstein: f64,
    pub quad: u8,
}

/// The row of an action.
pub(crate) fn action_row(db: &Connection, action: &Coded) -> Result<i64> {
    let &Coded { rule, event, mode, context, cameo, goldstein, quad } = action;
    let context = context.join(" ");
    let mut known = db.prepare_cached(
        "SELECT action FROM action WHERE rule = ? AND cameo = ? AND event = ?
         AND ifnull(mode, '') = ifnull(?, '') AND context = ?",
    )?;
    let whole = params![rule, cameo, event, mode, context];
    if let Some(row) = known.query_row(whole, |row| row.get(0)).optional()? {
        return Ok(row);
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO action (rule, cameo, event, mode, context, goldstein, quad)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    insert.insert(params![rule, cameo, event, mode, context, goldstein, quad])
}
