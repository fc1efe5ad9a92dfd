//! Answers that were given already, as long as the record is as it was.

use axum::body::Bytes;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tidings_record::Record;

/// The most bytes of answers that are kept.
const LARGEST: usize = 64 << 20;

/// Answers by their address. Every change of the record, by whatever process, empties it.
pub(crate) struct Cache(Mutex<Kept>);

struct Kept {
    record: Record,
    /// What SQLite calls the version of the file, as this connection sees it.
    version: i64,
    /// Counts the changes.
    state: u64,
    answers: HashMap<String, Bytes>,
    bytes: usize,
}

impl Cache {
    pub fn open(record: &Path) -> Result<Cache, tidings_record::Error> {
        let record = Record::open_to_read(record)?;
        let version = record.data_version()?;
        let (answers, bytes, state) = (HashMap::new(), 0, 0);
        Ok(Cache(Mutex::new(Kept { record, version, state, answers, bytes })))
    }

    /// The answer, and the state of the record to which it belongs.
    pub fn look(&self, address: &str) -> (u64, Option<Bytes>) {
        let kept = self.current();
        (kept.state, kept.answers.get(address).cloned())
    }

    /// The state of the record: another number after each change.
    pub fn state(&self) -> u64 {
        self.current().state
    }

    /// Keeps an answer that was found in a state of the record; in vain if it has changed since.
    pub fn keep(&self, state: u64, address: String, answer: Bytes) {
        let mut kept = self.current();
        if kept.state != state || answer.len() > LARGEST / 16 {
            return;
        }
        if kept.bytes + answer.len() > LARGEST {
            kept.answers.clear();
            kept.bytes = 0;
        }
        kept.bytes += answer.len();
        if let Some(old) = kept.answers.insert(address, answer) {
            kept.bytes -= old.len();
        }
    }

    fn current(&self) -> MutexGuard<'_, Kept> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Where the version cannot be read, nothing that is kept can be trusted.
        let version = kept.record.data_version().unwrap_or(i64::MIN);
        if version != kept.version {
            kept.version = version;
            kept.state += 1;
            kept.answers.clear();
            kept.bytes = 0;
        }
        kept
    }
}
