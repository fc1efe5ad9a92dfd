//! Connections to the record that can only read, for many askers at once.

use crate::problem::Problem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tidings_record::Record;
use tokio::sync::Semaphore;

/// Connections for each core: one may wait for the disk while another works.
const PER_CORE: usize = 2;

/// Those who wait for a connection, for each one there is, before more are turned away.
const WAITING: usize = 64;

/// The connections.
pub(crate) struct Pool {
    record: PathBuf,
    idle: Arc<Mutex<Vec<Record>>>,
    permits: Arc<Semaphore>,
    queue: Semaphore,
    patience: Duration,
}

impl Pool {
    pub fn open(record: &Path, patience: Duration) -> Result<Pool, tidings_record::Error> {
        // An older record is brought up to date by a connection that may write; it is not kept.
        drop(Record::open_to_read(record)?);
        let size = std::thread::available_parallelism().map_or(1, usize::from) * PER_CORE;
        Ok(Pool {
            record: record.to_path_buf(),
            // One at once, so that a record that cannot be used is told of at once.
            idle: Arc::new(Mutex::new(vec![Record::open_to_read(record)?])),
            permits: Arc::new(Semaphore::new(size)),
            queue: Semaphore::new(size * WAITING),
            patience,
        })
    }

    /// Puts a question to the record on a thread that may block. One that takes too long is broken off.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Record) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let _place = self.queue.try_acquire().map_err(|_| Problem::busy())?;
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.map_err(|_| Problem::busy())?;
        let lent = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let record = match lent {
            Some(record) => record,
            None => Record::open_to_read(&self.record)?,
        };
        let interrupt = record.interrupter();
        let idle = Arc::clone(&self.idle);
        let asked = tokio::task::spawn_blocking(move || {
            let answer = question(&record);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(record);
            drop(permit);
            answer
        });
        tokio::pin!(asked);
        let answer = tokio::select! {
            answer = &mut asked => answer,
            () = tokio::time::sleep(self.patience) => {
                interrupt();
                asked.await
            }
        };
        answer.unwrap_or_else(|broken| Err(Problem::broken(&broken.to_string())))
    }
}
