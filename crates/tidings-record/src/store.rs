//! Opening the file: its versions, its locks, and what can be wrong with it.

use crate::copies::fingerprint;
use crate::phrases::says;
use jiff::civil::Date;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Marks the file as a record of Tidings ("Tdgs"), in the header of every SQLite file.
const APPLICATION: i32 = 0x5464_6773;

/// Each file takes the record from one version to the next. None is ever changed once released.
const MIGRATIONS: [&str; 10] = [
    include_str!("../migrations/1.sql"),
    include_str!("../migrations/2.sql"),
    include_str!("../migrations/3.sql"),
    include_str!("../migrations/4.sql"),
    include_str!("../migrations/5.sql"),
    include_str!("../migrations/6.sql"),
    include_str!("../migrations/7.sql"),
    include_str!("../migrations/8.sql"),
    include_str!("../migrations/9.sql"),
    include_str!("../migrations/10.sql"),
];

/// How long a writer that found another at work waits before it looks again.
const PATIENCE: Duration = Duration::from_secs(600);

/// Bytes of the file that readers map into memory: as many as SQLite allows.
const MAPPED: i64 = 0x7fff_0000;

/// A day as the record writes it, `2031-03-10`; none where the column is empty.
pub(crate) fn day(row: &Row, at: usize) -> rusqlite::Result<Option<Date>> {
    Ok(row.get::<_, Option<String>>(at)?.and_then(|day| day.parse().ok()))
}

/// Why the record cannot be used, with the remedy.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", file.display())]
pub struct Error {
    /// The record.
    pub file: PathBuf,
    /// What is wrong with it.
    #[source]
    pub problem: Problem,
}

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum Problem {
    #[error("there is no such record; make one with `tidings add REPORTS --record FILE`")]
    Missing,
    #[error("is no record of tidings; name another file")]
    Foreign,
    #[error("was made by a newer tidings (record version {0}); use that one")]
    Newer(usize),
    #[error("the disk is full; what was added before is kept: make room and run the same again")]
    Full,
    #[error("another process kept it locked for ten minutes; try again when it is done")]
    Locked,
    #[error(
        "cannot be opened or written ({0}); check the name, the permissions and the space: what was added before is kept"
    )]
    Denied(rusqlite::Error),
    #[error("the question took too long; ask for fewer days, or add conditions")]
    Interrupted,
    #[error("is damaged or cannot be used ({0}); restore a copy, or add the reports anew")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Problem {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Problem::Full,
            Some(ErrorCode::DatabaseBusy) => Problem::Locked,
            Some(ErrorCode::OperationInterrupted) => Problem::Interrupted,
            Some(ErrorCode::NotADatabase) => Problem::Foreign,
            Some(
                ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure,
            ) => Problem::Denied(error),
            _ => Problem::Sqlite(error),
        }
    }
}

/// An open record.
#[derive(Debug)]
pub struct Record {
    pub(crate) db: Connection,
    file: PathBuf,
}

impl Record {
    /// Opens the record for writing, makes it where there is none, and brings an older one to the
    /// version of this program.
    pub fn open(file: &Path) -> Result<Record, Error> {
        let told = |problem| Error { file: file.to_path_buf(), problem };
        let mut db = Connection::open(file).map_err(|e| told(e.into()))?;
        prepare(&mut db).map_err(told)?;
        Ok(Record { db, file: file.to_path_buf() })
    }

    /// Opens an existing record for questions. A writer beside it is no hindrance.
    pub fn open_to_read(file: &Path) -> Result<Record, Error> {
        let told = |problem| Error { file: file.to_path_buf(), problem };
        if !file.exists() {
            return Err(told(Problem::Missing));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(file, flags).map_err(|e| told(e.into()))?;
        let version = check(&db).map_err(told)?;
        if version < MIGRATIONS.len() {
            // An older one is brought up to date by whoever may write it.
            drop(db);
            return Record::open(file);
        }
        db.busy_timeout(PATIENCE).map_err(|e| told(e.into()))?;
        teach(&db).map_err(|e| told(e.into()))?;
        // Enough to hold the upper pages of the indexes of a large record.
        db.pragma_update(None, "cache_size", -32_768).map_err(|e| told(e.into()))?;
        // Beyond them pages are read where the system holds them, once for all connections.
        db.pragma_update(None, "mmap_size", MAPPED).map_err(|e| told(e.into()))?;
        db.set_prepared_statement_cache_capacity(256);
        Ok(Record { db, file: file.to_path_buf() })
    }

    /// Breaks off the question that is being answered, when called from another thread.
    pub fn interrupter(&self) -> impl Fn() + Send + 'static {
        let handle = self.db.get_interrupt_handle();
        move || handle.interrupt()
    }

    /// A number that changes whenever another connection changes the record. It means nothing beside that of
    /// another connection.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn data_version(&self) -> Result<i64, Error> {
        let version = self.db.pragma_query_value(None, "data_version", |row| row.get(0));
        version.map_err(|error| self.told(error))
    }

    /// Names the file in what went wrong.
    pub(crate) fn told(&self, error: rusqlite::Error) -> Error {
        Error { file: self.file.clone(), problem: error.into() }
    }

    /// Begins to write. `waiting` is called once if another process is writing; then it is waited for.
    pub(crate) fn begin(&self, waiting: impl FnOnce()) -> Result<Transaction<'_>, Error> {
        let immediately = || Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate);
        let begun = self.db.busy_timeout(Duration::ZERO).and_then(|()| match immediately() {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                waiting();
                self.db.busy_timeout(PATIENCE)?;
                immediately()
            }
            begun => begun,
        });
        begun.map_err(|error| self.told(error))
    }
}

/// The version of the record; 0 for an empty file.
fn check(db: &Connection) -> Result<usize, Problem> {
    let number = |pragma: &str| db.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let version = usize::try_from(version).unwrap_or(usize::MAX);
    match application {
        APPLICATION if version > MIGRATIONS.len() => Err(Problem::Newer(version)),
        APPLICATION => Ok(version),
        0 if tables == 0 && version == 0 => Ok(0),
        _ => Err(Problem::Foreign),
    }
}

/// The functions of this program that its statements use.
fn teach(db: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    db.create_scalar_function("fingerprint", 1, flags, |called| {
        Ok(fingerprint(called.get_raw(0).as_str()?))
    })?;
    db.create_scalar_function("says", 2, flags, |called| {
        let text = called.get_raw(0).as_str_or_null()?.unwrap_or_default();
        Ok(says(text, called.get_raw(1).as_str()?))
    })
}

fn prepare(db: &mut Connection) -> Result<(), Problem> {
    db.busy_timeout(PATIENCE)?;
    let version = check(db)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    // Whole after a power cut too, to the last report that was told to be kept.
    db.pragma_update(None, "synchronous", "full")?;
    // The references tell readers how tables hang together, and tests check them. To enforce them on each row that
    // goes would mean to look through every table that may refer to it.
    db.pragma_update(None, "foreign_keys", false)?;
    db.pragma_update(None, "cache_size", -65_536)?;
    db.set_prepared_statement_cache_capacity(128);
    teach(db)?;
    if version == MIGRATIONS.len() {
        return Ok(());
    }
    let begun = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have migrated it while this one waited.
    let version = check(&begun)?;
    for (at, migration) in MIGRATIONS.iter().enumerate().skip(version) {
        begun.execute_batch(migration)?;
        begun.pragma_update(None, "user_version", at + 1)?;
        begun.pragma_update(None, "application_id", APPLICATION)?;
    }
    begun.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::{Filter, Subject};

    #[test]
    fn an_absent_record_is_not_made_by_asking() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("none.tidings");
        let told = Record::open_to_read(&file).unwrap_err().to_string();
        assert!(told.contains("no such record") && told.contains("tidings add"), "{told}");
        assert!(!file.exists());
    }

    #[test]
    fn what_is_no_record_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let (text, other) = (folder.path().join("a.txt"), folder.path().join("b.db"));
        std::fs::write(&text, "Peru condemned Ecuador. ".repeat(100)).unwrap();
        Connection::open(&other).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
        for file in [&text, &other] {
            let before = std::fs::read(file).unwrap();
            let told = Record::open(file).unwrap_err().to_string();
            assert!(told.contains("is no record of tidings"), "{told}");
            assert_eq!(std::fs::read(file).unwrap(), before);
        }
    }

    #[test]
    fn a_full_disk_is_called_so_and_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let record = Record::open(&folder.path().join("r.tidings")).unwrap();
        let pages: i64 =
            record.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        record.db.pragma_update(None, "max_page_count", pages + 4).unwrap();
        let transaction = record.begin(|| ()).unwrap();
        let fill = "INSERT INTO actor (name, sectors) SELECT hex(zeroblob(400)) || value, ''
            FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 999)
                SELECT value FROM n)";
        let error = transaction.execute(fill, []).map_err(|error| record.told(error)).unwrap_err();
        assert!(error.to_string().contains("the disk is full; what was added before is kept"));
        drop(transaction);
        let count = "SELECT count(*) FROM actor";
        assert_eq!(record.db.query_row(count, [], |row| row.get::<_, i64>(0)), Ok(0));
    }

    #[test]
    fn a_record_of_a_later_version_is_refused_with_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("r.tidings");
        Record::open(&file).unwrap().db.pragma_update(None, "user_version", 99).unwrap();
        let told = Record::open_to_read(&file).unwrap_err().to_string();
        assert!(told.contains("newer tidings (record version 99)"), "{told}");
    }

    /// Version 7 kept neighbours and bands at length, and where in a text each word stands.
    #[test]
    fn a_record_of_version_7_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("r.tidings");
        let old = Connection::open(&file).unwrap();
        MIGRATIONS.iter().take(7).for_each(|migration| old.execute_batch(migration).unwrap());
        old.pragma_update(None, "application_id", APPLICATION).unwrap();
        old.pragma_update(None, "user_version", 7).unwrap();
        old.execute_batch(
            "INSERT INTO report (report, uid, id, published, coder, voice, body, text)
                 VALUES (1, 'r1', 'a', '2031-03-11', '0', 'wire', 0, 'A patrol boat of Peru fired on Quito.');
             INSERT INTO report_words (rowid, text) SELECT report, text FROM report;
             INSERT INTO sentence VALUES (1, 0, 0, 37, NULL);
             INSERT INTO band VALUES (-1, 1), (8589934593, 1);
             INSERT INTO actor VALUES (1, 'Peru', 'PER', 'GOV', NULL), (2, 'Çilek', NULL, '', NULL);
             INSERT INTO actor_words (rowid, name) SELECT actor, name FROM actor;
             INSERT INTO action VALUES (1, 'ASSAULT', NULL, '', '190', -10, 4, 'assault/fire');
             INSERT INTO event (event, uid, report, sentence, start, stop, action, since, until, certainty,
                     polarity, factuality, standing)
                 VALUES (1, 'e1', 1, 0, 22, 27, 1, '2031-03-10', '2031-03-10', 'certain', 'positive', 3, 'current');
             INSERT INTO event_actor VALUES (1, 'source', 1), (1, 'target', 2);
             INSERT INTO incident VALUES (1, 'i1', 1, 1, '2031-03-10', '2031-03-10', NULL, 'reported',
                 '2031-03-11', '2031-03-11', 1, 1, 1);
             UPDATE event SET incident = 1;
             INSERT INTO neighbour VALUES ('ASSAULT', 'PER', '2031-03-10', 1);
             INSERT INTO facet VALUES (5, 'PER');
             INSERT INTO incident_facet VALUES (5, '2031-03-10', 1);",
        )
        .unwrap();
        drop(old);
        let record = Record::open_to_read(&file).unwrap();
        let number = |sql: &str| -> i64 { record.db.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(number("SELECT user_version FROM pragma_user_version"), MIGRATIONS.len() as i64);
        assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
        let day =
            number("SELECT CAST(julianday('2031-03-10') - julianday('1970-01-01') AS INTEGER)");
        let neighbours: Vec<(i64, i64)> = record
            .db
            .prepare("SELECT key, day FROM neighbour WHERE event = 1 ORDER BY key")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let mut expected = [fingerprint("ASSAULT PER"), fingerprint("ASSAULT çilek")];
        expected.sort_unstable();
        assert_eq!(neighbours, expected.map(|key| (key, day)));
        assert_eq!(number("SELECT sum(band) FROM band"), 0x7fff_ffff + 1);
        let country =
            "SELECT count(*) FROM incident_facet JOIN facet USING (facet) WHERE name = 'PER'";
        assert_eq!(number(country), 1);
        let found = |words: &str| {
            let filter = Filter { words: Some(words.to_string()), ..Filter::default() };
            record.ask(Subject::Events, &filter, |_| Ok::<(), ()>(())).unwrap()
        };
        assert_eq!(["boats", "\"patrol boat\"", "\"boat patrol\""].map(found), [1, 1, 0]);
    }
}
