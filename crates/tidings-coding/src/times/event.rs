//! The days of an event.
use super::Time;
use jiff::civil::Date;
use tidings_language::Document;

/// The days on which the event named by `predicate` happened.
pub fn of_event(
    _doc: &Document,
    _times: &[Time],
    _predicate: usize,
    published: Option<Date>,
) -> Option<(Date, Date)> {
    published.map(|day| (day, day))
}
