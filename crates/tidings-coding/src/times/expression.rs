//! A time expression as understood, before it is placed in the calendar.

use super::lexicon::{Feast, Unit};

/// Which year is meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Year {
    Known(i16),
    /// Years from that of the report ("June last year").
    Shift(i32),
    /// Not said.
    Open,
}

/// How much of a unit: "three", "a few", "two and a half".
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    /// `None` for an amount left open.
    pub count: Option<u32>,
    /// And a half.
    pub half: bool,
}

/// Where a stretch of time lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Window {
    Nowhere,
    /// Up to the report's day ("the last 10 years").
    Past,
    /// From the report's day on ("the next 10 days").
    Future,
}

/// From where time is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Anchor {
    Report,
    /// The time named before ("two weeks later", "the following year").
    Text,
}

/// The heart of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Core {
    /// A month or a day of it; `until` is the last day of "Aug. 12-14"; `way` is that of "last May".
    Month {
        year: Year,
        month: i8,
        day: Option<i8>,
        until: Option<i8>,
        way: Option<i8>,
    },
    Year(Year),
    Years(i16, i16),
    /// `199` for the 1990s.
    Decade(i16),
    /// `19` for the 20th century.
    Century(i16),
    Season {
        code: &'static str,
        year: Year,
        way: Option<i8>,
    },
    /// Without a number it is the quarter that the text is about.
    Quarter {
        number: Option<i8>,
        year: Year,
        way: Option<i8>,
    },
    Half {
        number: i8,
        year: Year,
    },
    Weekday {
        day: i8,
        way: Option<i8>,
        anchor: Anchor,
    },
    /// "the third Sunday of January"; the last one is -1.
    NthWeekday {
        nth: i8,
        day: i8,
        month: i8,
        year: Year,
        way: Option<i8>,
    },
    /// Days from that of the report.
    Day(i32),
    /// "last week", "this month", "that year", "the quarter".
    Unit {
        unit: Unit,
        way: i8,
        anchor: Anchor,
    },
    /// "three days ago", "two weeks later".
    Shift {
        amount: Amount,
        unit: Unit,
        sign: i32,
        anchor: Anchor,
    },
    Lasting {
        amount: Amount,
        unit: Unit,
        window: Window,
    },
    /// "recent years", "coming weeks".
    Reference(&'static str),
    Repeated(String),
    Feast(Feast, Year),
    /// A time of day by itself; its day is that of its neighbours.
    Clock,
    /// "by then".
    Then,
}

/// An expression with the pieces it covers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expression {
    pub core: Core,
    /// TIMEX3 `mod`.
    pub modifier: Option<&'static str>,
    /// "earlier this week", "later this month": -1 and 1.
    pub side: i8,
    /// TIMEX3 part of the day.
    pub part: Option<&'static str>,
    /// Hour and minute.
    pub clock: Option<(i8, i8)>,
    /// One past the last piece.
    pub end: usize,
}

impl Expression {
    pub fn new(core: Core, end: usize) -> Expression {
        Expression { core, modifier: None, side: 0, part: None, clock: None, end }
    }
}
