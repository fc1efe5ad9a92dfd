//! The record: reports, events, claims and incidents in one SQLite file.
//!
//! In go coded reports, as [`Entry`]s; out come the answers to questions. The file is described in
//! `docs/record.md`, for whoever opens it with other tools. It never holds half a report, whatever
//! happens to the process; several processes may read it while one writes. This crate knows nothing
//! of how anything is coded or shown.
//!
//! ```
//! # use tidings_record::{Entry, Kept, Record};
//! # fn keep(entry: Entry) -> Result<(), tidings_record::Error> {
//! # let folder = std::env::temp_dir();
//! let record = Record::open(&folder.join("gulf.tidings"))?;
//! let mut batch = record.batch(|| eprintln!("another process is writing; waiting"))?;
//! let kept: Kept = batch.keep(&entry)?;
//! batch.commit()?;
//! # Ok(())
//! # }
//! ```

mod actor;
pub mod copies;
pub mod corrections;
mod dates;
mod entry;
pub mod exports;
mod happenings;
pub mod incidents;
mod keep;
mod names;
pub mod news;
mod parts;
mod phrases;
pub mod questions;
mod recode;
mod store;
mod trust;
pub mod views;

pub use actor::{Actor, Party};
pub use entry::{Entry, fingerprint, report_uid};
pub use happenings::Happening;
pub use keep::{Batch, Kept};
pub use recode::{Recoding, Stored};
pub use store::{Error, Problem, Record};
pub use tidings_coding::schema::DateKind;
pub use trust::Trust;
