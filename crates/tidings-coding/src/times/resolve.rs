//! Places expressions in the calendar: TIMEX3 type and value, and days.
//!
//! A date without a year, a bare weekday or season is the nearest on the side that the tense of
//! its clause tells, the past where it tells nothing; "until" and "by" look ahead. What cannot be
//! resolved keeps its open value (`XXXX-XX-XX`) and no days.

use super::Time;
use super::amounts::lasting_value;
use super::calendar::{self, Days};
use super::clause;
use super::expression::{Core, Expression, Year};
use super::lexicon::Unit;
use super::pieces::Pieces;
use jiff::civil::Date;

pub(super) const OPEN_DAY: &str = "XXXX-XX-XX";

/// How fine a time is told.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Grain {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// What resolution remembers on its way through a report.
pub(super) struct Resolver {
    pub(super) published: Option<Date>,
    /// The last time told: its first day, and how finely it was told.
    pub(super) reference: Option<(Date, Grain)>,
    /// A year written out in this sentence, and the head of its clause.
    pub(super) year: Option<(i16, usize)>,
    /// The head of the clause of the expression at hand.
    pub(super) clause: Option<usize>,
    /// A quarter told in this sentence.
    pub(super) quarter: Option<Date>,
    /// The last quarter told at all.
    pub(super) told_quarter: Option<Date>,
    /// Whether this sentence tells of sums of money or shares in percent.
    pub(super) money: bool,
}

/// Type, value and days.
pub(super) type Placed = (&'static str, String, Option<Days>);

impl Resolver {
    pub fn new(published: Option<Date>) -> Resolver {
        Resolver {
            published,
            reference: None,
            year: None,
            clause: None,
            quarter: None,
            told_quarter: None,
            money: false,
        }
    }

    pub fn open_sentence(&mut self, text: &str) {
        self.money = text.contains(['$', '%', '€', '£', '¥']);
        self.year = None;
        self.quarter = None;
    }

    /// The expression that begins at piece `first` as a time of the report.
    pub fn resolve(&mut self, pieces: &Pieces, first: usize, found: &Expression) -> Option<Time> {
        let (start, last) = (pieces.get(first)?, pieces.get(found.end.checked_sub(1)?)?);
        self.clause = clause::head_of_clause(pieces.doc, start.token);
        let way = self.way(pieces, first, start.token, last.token, found);
        let (mut kind, mut value, mut days) = self.place(&found.core, way)?;
        if let Some((from, to)) = days
            && let Some(today) = self.published
            && from <= today
            && today <= to
        {
            match found.side {
                -1 => days = Some((from, today)),
                1 => days = Some((today, to)),
                _ => {}
            }
        }
        let hour = match (found.clock, found.part) {
            (Some((hour, minute)), _) => Some(format!("T{hour:02}:{minute:02}")),
            (None, Some(part)) => Some(part.to_string()),
            _ => None,
        };
        if let Some(hour) = hour {
            kind = "TIME";
            value.push_str(&hour);
        }
        self.remember(&found.core, days);
        Some(Time {
            span: start.start..last.end,
            tokens: start.token..last.token + 1,
            kind,
            value,
            days,
        })
    }

    fn remember(&mut self, core: &Core, days: Option<Days>) {
        let grain = match core {
            Core::Month { day: Some(_), .. } | Core::Weekday { .. } | Core::Day(_) => Grain::Day,
            Core::NthWeekday { .. } => Grain::Day,
            Core::Month { .. } => Grain::Month,
            Core::Year(_) => Grain::Year,
            // "the year-ago quarter" compares as well.
            Core::Quarter { year: Year::Shift(_), .. } => return,
            Core::Quarter { .. } => Grain::Quarter,
            // "a year earlier" compares; it does not move the story.
            Core::Shift { unit: Unit::Year, .. } => return,
            Core::Unit { unit, .. } | Core::Shift { unit, .. } => match unit {
                Unit::Day | Unit::Night | Unit::Weekend => Grain::Day,
                Unit::Week | Unit::Fortnight => Grain::Week,
                Unit::Month => Grain::Month,
                Unit::Quarter => Grain::Quarter,
                Unit::Year => Grain::Year,
                _ => return,
            },
            _ => return,
        };
        let Some((from, _)) = days else { return };
        if let Core::Year(Year::Known(year)) | Core::Month { year: Year::Known(year), .. } = core {
            self.year = self.clause.map(|clause| (*year, clause));
        }
        if grain == Grain::Quarter {
            self.quarter = Some(from);
            self.told_quarter = Some(from);
        }
        self.reference = Some((from, grain));
    }

    fn place(&self, core: &Core, way: i8) -> Option<Placed> {
        let date = |(value, days): (String, Option<Days>)| Some(("DATE", value, days));
        match core {
            Core::Month { year, month, day, until, way: said } => {
                date(self.month(*year, *month, *day, *until, *said, way))
            }
            Core::Year(year) => {
                let year = self.known(*year);
                date(match year {
                    Some(year) => (format!("{year:04}"), calendar::years(year, year)),
                    None => ("XXXX".to_string(), None),
                })
            }
            Core::Years(from, to) => {
                date((format!("{from:04}/{to:04}"), calendar::years(*from, *to)))
            }
            Core::Decade(tens) => {
                let first = tens.checked_mul(10)?;
                date((format!("{tens:03}"), calendar::years(first, first.checked_add(9)?)))
            }
            Core::Century(hundreds) => {
                let first = hundreds.checked_mul(100)?.checked_add(1)?;
                date((format!("{hundreds:02}"), calendar::years(first, first.checked_add(99)?)))
            }
            Core::Season { code, year, way: said } => date(self.season(code, *year, *said, way)),
            Core::Quarter { number, year, way: said } => {
                date(self.quarter(*number, *year, *said, way))
            }
            Core::Half { number, year } => {
                let year = self.known(*year)?;
                let days = calendar::months(year, if *number == 1 { 1 } else { 7 }, 6);
                date((format!("{year:04}-H{number}"), days))
            }
            Core::Weekday { day, way: said, anchor } => {
                date(match self.weekday(*day, *said, *anchor, way) {
                    Some(day) => (day.to_string(), Some((day, day))),
                    None => (format!("XXXX-WXX-{day}"), None),
                })
            }
            Core::NthWeekday { nth, day, month, year, way: said } => {
                date(self.nth_weekday(*nth, *day, *month, *year, *said, way))
            }
            Core::Day(shift) => {
                date(match self.published.and_then(|today| calendar::plus_days(today, *shift)) {
                    Some(day) => (day.to_string(), Some((day, day))),
                    None => (OPEN_DAY.to_string(), None),
                })
            }
            Core::Unit { unit, way: shift, anchor } => {
                date(self.unit(*unit, i32::from(*shift), *anchor, way))
            }
            Core::Shift { amount, unit, sign, anchor } => {
                self.shift(*amount, *unit, *sign, *anchor)
            }
            Core::Lasting { amount, unit, window } => {
                let days = self.window(*amount, *unit, *window);
                Some(("DURATION", lasting_value(*amount, *unit), days))
            }
            Core::Reference(value) => {
                let now = self.published.filter(|_| *value == "PRESENT_REF");
                date((value.to_string(), now.map(|day| (day, day))))
            }
            Core::Repeated(value) => Some(("SET", value.clone(), None)),
            Core::Feast(feast, year) => date(self.feast(*feast, *year, way)),
            // Completed by `share_days` in `clock`.
            Core::Clock => Some(("TIME", String::new(), None)),
            Core::Then => {
                let (day, grain) = self.reference?;
                date(told(day, grain))
            }
        }
    }

    pub(super) fn known(&self, year: Year) -> Option<i16> {
        match year {
            Year::Known(year) => Some(year),
            Year::Shift(by) => {
                let year = i32::from(self.published?.year()).checked_add(by)?;
                i16::try_from(year).ok()
            }
            Year::Open => None,
        }
    }
}

pub(super) fn told(day: Date, grain: Grain) -> (String, Option<Days>) {
    let (year, month) = (day.year(), day.month());
    match grain {
        Grain::Day => (day.to_string(), Some((day, day))),
        Grain::Week => (calendar::week_value(day), calendar::week(day)),
        Grain::Month => (format!("{year:04}-{month:02}"), calendar::month(year, month)),
        Grain::Quarter => {
            let quarter = calendar::quarter_of(day);
            (format!("{year:04}-Q{quarter}"), calendar::quarter(year, quarter))
        }
        Grain::Year => (format!("{year:04}"), calendar::years(year, year)),
    }
}
