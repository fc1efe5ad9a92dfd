//! Time expressions (TIMEX3) and the days of events.

use jiff::civil::Date;
use std::ops::Range;
use tidings_language::Document;

/// A time expression of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// Bytes of the analysed text.
    pub span: Range<usize>,
    /// Its words.
    pub tokens: Range<usize>,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: &'static str,
    /// TIMEX3 value.
    pub value: String,
    /// Closed interval of days, where it can be resolved.
    pub days: Option<(Date, Date)>,
}

/// Finds the time expressions of a report.
pub fn find(_doc: &Document, _published: Option<Date>) -> Vec<Time> {
    Vec::new()
}

/// The days on which the event named by `predicate` happened: the time expression of its clause,
/// else the report's day for what the report tells as news, else nothing.
pub fn of_event(
    _doc: &Document,
    _times: &[Time],
    _predicate: usize,
    published: Option<Date>,
) -> Option<(Date, Date)> {
    published.map(|day| (day, day))
}
