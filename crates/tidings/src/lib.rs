//! The library face of Tidings: the steps of the command line as functions.
//!
//! In go reports (see [`report`]); out come their coded form ([`code`]) and the analyst's page made
//! of them ([`brief`]), or the [`record`] that keeps them. [`pipeline`] does it over any number of
//! reports, on all cores.

pub mod adding;
pub mod alerting;
pub mod brief;
pub mod deadlines;
mod desk;
pub mod export;
pub mod pipeline;
pub mod safe;

pub use desk::Desk;
pub use tidings_coding::{CodedReport, schema};
pub use tidings_language::Document;
pub use tidings_outlook as outlook;
pub use tidings_record as record;
pub use tidings_report as report;
pub use tidings_world::World;
