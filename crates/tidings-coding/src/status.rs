//! Status: whether the event happened, after FactBank, and how it stands in time.

use crate::schema::{Certainty, Polarity, Standing};
use jiff::civil::Date;
use std::ops::Range;
use tidings_language::Document;

/// The status of one event; `condition` is bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Status {
    pub certainty: Certainty,
    pub polarity: Polarity,
    pub factuality: f64,
    pub time: Standing,
    pub condition: Option<Range<usize>>,
}

/// The status of the event named by `predicate`, which happened on the days `when`, in a report
/// of the day `published`.
pub fn of(
    _doc: &Document,
    _predicate: usize,
    _when: Option<(Date, Date)>,
    _published: Option<Date>,
) -> Status {
    Status {
        certainty: Certainty::Certain,
        polarity: Polarity::Positive,
        factuality: 3.0,
        time: Standing::Current,
        condition: None,
    }
}
