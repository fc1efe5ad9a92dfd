//! What happened, as measures over time need it: read once, for as long as the record stays as it is.

use crate::problem::Problem;
use std::sync::{Arc, Mutex, PoisonError};
use tidings_outlook::events::Events;
use tidings_record::Record;

/// The incidents of the record that happened, with the state of the record to which they belong.
#[derive(Default)]
pub(crate) struct Happened(Mutex<Option<(u64, Arc<Events>)>>);

impl Happened {
    /// The incidents in a state of the record. Whoever asks while they are read waits for them.
    pub fn of(&self, record: &Record, state: u64) -> Result<Arc<Events>, Problem> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, events)) = kept.as_ref()
            && *of == state
        {
            return Ok(Arc::clone(events));
        }
        let events = Arc::new(Events::of_record(record)?);
        *kept = Some((state, Arc::clone(&events)));
        Ok(events)
    }
}
