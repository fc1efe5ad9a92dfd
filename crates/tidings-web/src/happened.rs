//! What happened and is trusted, as measures over time need it: read once, for as long as the record stays as it is.

use crate::problem::Problem;
use std::path::PathBuf;
use std::sync::Arc;
use tidings_outlook::events::Events;
use tidings_record::{Record, Trust};
use tokio::sync::Mutex;

/// The incidents of the record that happened and are trusted, with the state of the record to which they belong.
pub(crate) struct Happened {
    record: PathBuf,
    kept: Mutex<Option<(u64, Arc<Events>)>>,
}

impl Happened {
    pub fn new(record: PathBuf) -> Happened {
        Happened { record, kept: Mutex::new(None) }
    }

    /// The incidents in a state of the record. Whoever asks while they are read waits for them, and keeps nobody
    /// from asking something else: they are read over a connection of their own, however long it takes.
    pub async fn of(&self, state: u64) -> Result<Arc<Events>, Problem> {
        let mut kept = self.kept.lock().await;
        if let Some((of, events)) = kept.as_ref()
            && *of == state
        {
            return Ok(Arc::clone(events));
        }
        let record = self.record.clone();
        let read = move || Events::of_record(&Record::open_to_read(&record)?, Trust::Trusted);
        let read = tokio::task::spawn_blocking(read).await;
        let events = read.map_err(|broken| Problem::broken(&broken.to_string()))??;
        let events = Arc::new(events);
        *kept = Some((state, Arc::clone(&events)));
        Ok(events)
    }
}
