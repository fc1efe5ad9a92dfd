//! Keeping reports: each whole or not at all, none twice.

use crate::entry::{Entry, claim_uids, event_uids};
use crate::names;
use crate::store::{Error, Record};
use crate::{corrections, incidents};
use rusqlite::{Connection, OptionalExtension, Result, Transaction, params};
use tidings_coding::schema::{Actor, CodedReport, Event, Place};

/// The version of the program that codes, kept with each report.
const CODER: &str = env!("CARGO_PKG_VERSION");

/// Copies appear within a month; what is said again later is said again.
const MONTH: i64 = 31;

/// Candidates for a copy that are compared in full.
const COMPARED: usize = 20;

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It was in the record already.
    Known,
    /// It is new.
    Added,
    /// It is a copy or a light rewrite of a report of the record: kept, and counted as the same source.
    Copy,
    /// It takes the place of an earlier version, which is kept beside it.
    Updated,
    /// It is an earlier version of a report of the record, and is kept beside it.
    Older,
}

/// Reports that enter the record together: after [`Batch::commit`] all of them are in, and before
/// it, whatever happens, none.
#[derive(Debug)]
pub struct Batch<'r> {
    record: &'r Record,
    transaction: Transaction<'r>,
    touched: incidents::Touched,
}

impl Record {
    /// Whether a report is in the record, by its [`report_uid`](crate::report_uid).
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn holds(&self, uid: &str) -> Result<bool, Error> {
        report_row(&self.db, uid).map(|row| row.is_some()).map_err(|e| self.told(e))
    }

    /// Begins to write. One process writes at a time: where another does, `waiting` is called once and
    /// then its end is waited for.
    ///
    /// # Errors
    /// If the record cannot be written, or stays locked for ten minutes.
    pub fn batch(&self, waiting: impl FnOnce()) -> Result<Batch<'_>, Error> {
        let transaction = self.begin(waiting)?;
        Ok(Batch { record: self, transaction, touched: incidents::Touched::default() })
    }

    /// How many reports there are, and how many bytes their texts take.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn size(&self) -> Result<(u64, u64), Error> {
        let sql = "SELECT count(*), ifnull(sum(length(CAST(text AS BLOB))), 0) FROM report";
        let size = self.db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
        size.map_err(|e| self.told(e))
    }

    /// Lets SQLite look at what it holds, so that it answers by the best of its indexes. To be called after adding.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn settle(&self) -> Result<(), Error> {
        self.db
            .execute_batch("PRAGMA analysis_limit = 1000; PRAGMA optimize")
            .map_err(|e| self.told(e))
    }
}

impl Batch<'_> {
    /// Keeps a report with all that is coded of it, and merges its events into incidents.
    ///
    /// # Errors
    /// If the record cannot be written: the whole batch is then void.
    pub fn keep(&mut self, entry: &Entry) -> Result<Kept, Error> {
        keep(&self.transaction, entry, &mut self.touched).map_err(|e| self.record.told(e))
    }

    /// Makes the batch part of the record.
    ///
    /// # Errors
    /// If the record cannot be written: nothing of the batch is then kept.
    pub fn commit(self) -> Result<(), Error> {
        let Batch { record, transaction, mut touched } = self;
        let settled = touched.settle(&transaction);
        settled.and_then(|()| transaction.commit()).map_err(|e| record.told(e))
    }
}

fn report_row(db: &Connection, uid: &str) -> Result<Option<i64>> {
    let mut known = db.prepare_cached("SELECT report FROM report WHERE uid = ?")?;
    known.query_row([uid], |row| row.get(0)).optional()
}

fn keep(db: &Connection, entry: &Entry, touched: &mut incidents::Touched) -> Result<Kept> {
    if report_row(db, &entry.uid)?.is_some() {
        return Ok(Kept::Known);
    }
    let version = other_version(db, entry)?;
    let of = copied(db, entry, version.map(|v| v.report))?;
    let newer = version.filter(|v| v.is_later);
    let older = version.filter(|v| !v.is_later);
    let report = insert_report(db, entry, of.as_ref(), newer.map(|v| v.report))?;
    if of.is_none() {
        let mut band = db.prepare_cached("INSERT OR IGNORE INTO band VALUES (?, ?)")?;
        for key in &entry.signature.bands {
            band.execute(params![key, report])?;
        }
    }
    let actors = insert_actors(db, report, &entry.coded.actors)?;
    let places = insert_places(db, report, &entry.coded.places)?;
    insert_sentences_and_times(db, report, &entry.coded)?;
    insert_claims(db, report, entry, &actors)?;
    let uids = event_uids(&entry.uid, &entry.coded.events);
    let mut rows = Vec::with_capacity(uids.len());
    for (event, uid) in entry.coded.events.iter().zip(&uids) {
        rows.push(insert_event(db, report, event, uid, (&entry.coded, &actors, &places))?);
    }
    corrections::apply_to_report(db, report)?;
    if newer.is_none() {
        touched.replace(db, &rows)?;
    }
    if let Some(older) = older {
        // After its events found the incidents of the old version, so that these live on.
        db.prepare_cached("UPDATE report SET superseded_by = ? WHERE report = ?")?
            .execute([report, older.report])?;
        touched.withdraw(db, older.report)?;
    }
    Ok(match (newer, older, of) {
        (Some(_), ..) => Kept::Older,
        (_, Some(_), _) => Kept::Updated,
        (.., Some(_)) => Kept::Copy,
        _ => Kept::Added,
    })
}

/// Another version of a report.
#[derive(Clone, Copy)]
struct Version {
    report: i64,
    /// Whether it was published after the report at hand.
    is_later: bool,
}

/// The version of the report that is in force: of the same address; or of the same id and publisher,
/// if it is of the same day or has much the same words, for ids such as "1" come back.
fn other_version(db: &Connection, entry: &Entry) -> Result<Option<Version>> {
    let header = &entry.coded.report;
    let published = header.published.map(|day| day.to_string());
    let mut by_url = db.prepare_cached(
        "SELECT report, ifnull(published > ?2, 0) FROM report
         WHERE url = ?1 AND superseded_by IS NULL ORDER BY report DESC LIMIT 1",
    )?;
    let version = |row: &rusqlite::Row| Ok(Version { report: row.get(0)?, is_later: row.get(1)? });
    if let Some(found) = by_url.query_row(params![header.url, published], version).optional()? {
        return Ok(Some(found));
    }
    let mut by_id = db.prepare_cached(
        "SELECT report, ifnull(published > ?3, 0), published IS ?3, text FROM report
         WHERE id = ?1 AND source IS ?2 AND superseded_by IS NULL AND (url IS NULL OR ?4 IS NULL)
         ORDER BY report DESC LIMIT 8",
    )?;
    let mut rows = by_id.query(params![header.id, header.source, published, header.url])?;
    while let Some(row) = rows.next()? {
        let same_day: bool = row.get(2)?;
        if same_day || entry.signature.is_copy(row.get_ref(3)?.as_str()?) {
            return version(row).map(Some);
        }
    }
    Ok(None)
}

/// The report that another is a copy of, and whose word it gives.
struct Original {
    report: i64,
    voice: String,
}

/// The first report of the family of copies that the report belongs to.
fn copied(db: &Connection, entry: &Entry, version: Option<i64>) -> Result<Option<Original>> {
    let mut banded =
        db.prepare_cached("SELECT report FROM band WHERE band = ? ORDER BY report DESC LIMIT 100")?;
    let mut shared = std::collections::BTreeMap::new();
    for band in &entry.signature.bands {
        for report in banded.query_map([band], |row| row.get::<_, i64>(0))? {
            *shared.entry(report?).or_insert(0_usize) += 1;
        }
    }
    let mut candidates: Vec<(i64, usize)> = shared.into_iter().collect();
    candidates.sort_by_key(|(report, bands)| (std::cmp::Reverse(*bands), *report));
    let mut read = db.prepare_cached(
        "SELECT voice, substr(text, body + 1) FROM report
         WHERE report = ?1 AND superseded_by IS NULL
             AND ifnull(abs(julianday(published) - julianday(?2)) <= ?3, 1)",
    )?;
    let published = entry.coded.report.published.map(|day| day.to_string());
    for (report, _) in candidates.into_iter().take(COMPARED) {
        let found = read.query_row(params![report, published, MONTH], |row| {
            let copy = entry.signature.is_copy(row.get_ref(1)?.as_str()?);
            copy.then(|| Ok(Original { report, voice: row.get(0)? })).transpose()
        });
        if let Some(original) = found.optional()?.flatten()
            && version != Some(report)
        {
            return Ok(Some(original));
        }
    }
    Ok(None)
}

fn insert_report(
    db: &Connection,
    entry: &Entry,
    of: Option<&Original>,
    superseded_by: Option<i64>,
) -> Result<i64> {
    let header = &entry.coded.report;
    let publisher = || header.source.as_ref().map(|source| source.to_lowercase());
    let voice = of.map(|o| o.voice.clone()).or_else(publisher).unwrap_or(entry.uid.clone());
    let mut insert = db.prepare_cached(
        "INSERT INTO report (uid, id, published, title, source, url, language, coder, copy_of, voice,
             superseded_by, body, text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    let report = insert.insert(params![
        entry.uid,
        header.id,
        header.published.map(|day| day.to_string()),
        header.title,
        header.source,
        header.url,
        header.language,
        CODER,
        of.map(|o| o.report),
        voice,
        superseded_by,
        entry.body,
        entry.text,
    ])?;
    db.prepare_cached("INSERT INTO report_words (rowid, title, text) VALUES (?, ?, ?)")?
        .execute(params![report, header.title, entry.text])?;
    Ok(report)
}

/// The row of an actor: name, country, sectors between blanks, and office.
pub(crate) fn actor_row(
    db: &Connection,
    (name, country, sectors, office): (&str, Option<&str>, &str, Option<&str>),
) -> Result<i64> {
    let mut known = db.prepare_cached(
        "SELECT actor FROM actor WHERE name = ? AND ifnull(country, '') = ifnull(?, '')
         AND sectors = ? AND ifnull(office, '') = ifnull(?, '')",
    )?;
    let whole = params![name, country, sectors, office];
    if let Some(row) = known.query_row(whole, |row| row.get(0)).optional()? {
        return Ok(row);
    }
    let row = db
        .prepare_cached("INSERT INTO actor (name, country, sectors, office) VALUES (?, ?, ?, ?)")?
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
    event: &Event,
    uid: &str,
    (coded, actors, places): (&CodedReport, &[i64], &[i64]),
) -> Result<i64> {
    let action = insert_action(db, event)?;
    let mut insert = db.prepare_cached(
        "INSERT INTO event (uid, report, sentence, start, stop, action, since, until, place, certainty,
             polarity, factuality, standing, condition_start, condition_stop, nth)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
             (SELECT count(*) FROM event WHERE report = ?2 AND start = ?4 AND stop = ?5))",
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

fn insert_action(db: &Connection, event: &Event) -> Result<i64> {
    let mut known = db.prepare_cached(
        "SELECT action FROM action WHERE rule = ? AND cameo = ? AND event = ?
         AND ifnull(mode, '') = ifnull(?, '') AND context = ?",
    )?;
    let context = event.context.join(" ");
    let whole = params![event.rule, event.cameo, event.event, event.mode, context];
    if let Some(row) = known.query_row(whole, |row| row.get(0)).optional()? {
        return Ok(row);
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO action (rule, cameo, event, mode, context, goldstein, quad)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    insert.insert(params![
        event.rule,
        event.cameo,
        event.event,
        event.mode,
        context,
        event.goldstein,
        event.quad
    ])
}
