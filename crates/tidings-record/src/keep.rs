//! Keeping reports: each whole or not at all, none twice.

use crate::entry::Entry;
use crate::store::{Error, Record};
use crate::{corrections, incidents, parts};
use rusqlite::{Connection, OptionalExtension, Result, Transaction, params};

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
    pub(crate) transaction: Transaction<'r>,
    pub(crate) touched: incidents::Touched,
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

    pub(crate) fn told(&self, error: rusqlite::Error) -> Error {
        self.record.told(error)
    }

    /// Makes the batch part of the record; gives the ids of the incidents that are new with it.
    ///
    /// # Errors
    /// If the record cannot be written: nothing of the batch is then kept.
    pub fn commit(self) -> Result<Vec<String>, Error> {
        let Batch { record, transaction, mut touched } = self;
        let settled = touched.settle(&transaction);
        let done = settled.and_then(|new| transaction.commit().map(|()| new));
        done.map_err(|e| record.told(e))
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
    let rows = parts::insert(db, report, entry, &Vec::new())?;
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
             superseded_by, body, text, coding)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    let report = insert.insert(params![
        entry.uid,
        header.id,
        header.published.map(|day| day.to_string()),
        header.title,
        header.source,
        header.url,
        header.language,
        entry.coder,
        of.map(|o| o.report),
        voice,
        superseded_by,
        entry.body,
        entry.text,
        entry.coding,
    ])?;
    db.prepare_cached("INSERT INTO report_words (rowid, title, text) VALUES (?, ?, ?)")?
        .execute(params![report, header.title, entry.text])?;
    Ok(report)
}
