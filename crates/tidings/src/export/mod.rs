//! What the record holds, in the formats that other programs subscribe to.

mod calendar;
mod feed;
mod words;

pub use calendar::calendar;
pub use feed::{Feed, dates};

use jiff::civil::Date;

/// How names of rows become addresses that are the same everywhere.
fn urn(id: &str) -> String {
    format!("urn:x-tidings:{id}")
}

/// Midnight at the beginning of a day, in UTC: records know days only.
fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}
