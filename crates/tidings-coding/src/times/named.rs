//! Times that the calendar has a name for: a month, a day of it, a season, a quarter, a weekday, a
//! feast. Where the year or week is not said, it is the nearest on the side that the text tells.

use super::calendar::{self, Days};
use super::expression::{Anchor, Year};
use super::lexicon::Feast;
use super::resolve::{Grain, OPEN_DAY, Resolver, told};
use jiff::SignedDuration;
use jiff::civil::Date;

/// A quarter that ended less than this ago is the one whose figures are still to come.
const NEAR: SignedDuration = SignedDuration::from_hours(24 * 62);

impl Resolver {
    /// "the third Sunday of January": the day, where the month has that many.
    pub(super) fn nth_weekday(
        &self,
        nth: i8,
        weekday: i8,
        month: i8,
        year: Year,
        said: Option<i8>,
        way: i8,
    ) -> (String, Option<Days>) {
        let (_, whole) = self.month(year, month, None, None, said, way);
        let day = whole.and_then(|(first, last)| {
            let behind = |day: Date| i32::from(weekday - day.weekday().to_monday_one_offset());
            let day = if nth < 0 {
                calendar::plus_days(last, -(-behind(last)).rem_euclid(7))?
            } else {
                let weeks = i32::from(nth - 1) * 7;
                calendar::plus_days(first, behind(first).rem_euclid(7) + weeks)?
            };
            (first <= day && day <= last).then_some(day)
        });
        match day {
            Some(day) => (day.to_string(), Some((day, day))),
            None => (OPEN_DAY.to_string(), None),
        }
    }

    pub(super) fn month(
        &self,
        year: Year,
        month: i8,
        day: Option<i8>,
        until: Option<i8>,
        said: Option<i8>,
        way: i8,
    ) -> (String, Option<Days>) {
        let days = |year: i16| match day {
            Some(day) => {
                let first = calendar::day(year, month, day)?;
                Some((first, until.map_or(Some(first), |last| calendar::day(year, month, last))?))
            }
            None => calendar::month(year, month),
        };
        let year = match year {
            Year::Open => self.year_of(&days, said, way),
            year => self.known(year),
        };
        let found = year.and_then(days);
        let value = match (year, day, found) {
            (Some(year), None, Some(_)) => format!("{year:04}-{month:02}"),
            (_, Some(_), Some((from, to))) if from != to => format!("{from}/{to}"),
            (_, Some(_), Some((from, _))) => from.to_string(),
            (None, Some(day), _) if calendar::day(2000, month, day).is_some() => {
                format!("XXXX-{month:02}-{day:02}")
            }
            (_, None, _) => format!("XXXX-{month:02}"),
            _ => OPEN_DAY.to_string(),
        };
        (value, found)
    }

    /// The year of a date without one.
    fn year_of(
        &self,
        days: &impl Fn(i16) -> Option<Days>,
        said: Option<i8>,
        way: i8,
    ) -> Option<i16> {
        let today = self.published?;
        let year = today.year();
        let near = (year - 4..=year + 4).filter_map(|y| Some((y, days(y)?)));
        // "In 1999 the raids began in March."
        if let (Some((other, clause)), None, true) = (self.year, said, way <= 0)
            && Some(clause) == self.clause
            && other != year
            && days(other).is_some()
        {
            return Some(other);
        }
        let back = || near.clone().filter(|(_, (from, _))| *from <= today).last();
        let ahead = || near.clone().find(|(_, (_, to))| *to >= today);
        if said == Some(0) {
            return Some(year);
        }
        let found = match (said, way) {
            (Some(w), _) if w < 0 => near.clone().filter(|(_, (_, to))| *to < today).last(),
            (Some(_), _) => near.clone().find(|(_, (from, _))| *from > today),
            (None, w) if w < 0 => back(),
            (None, w) if w > 0 => ahead(),
            _ => {
                let distance = |days: &Days| days.0.duration_until(today).abs();
                match (back(), ahead()) {
                    (Some(b), Some(a)) => {
                        Some(if distance(&a.1) * 3 < distance(&b.1) { a } else { b })
                    }
                    (b, a) => b.or(a),
                }
            }
        };
        found.map(|(year, _)| year)
    }

    pub(super) fn season(
        &self,
        code: &'static str,
        year: Year,
        said: Option<i8>,
        way: i8,
    ) -> (String, Option<Days>) {
        let days = |year: i16| calendar::season(year, code);
        let year = match year {
            Year::Open => self.year_of(&days, said, if way > 0 { 1 } else { -1 }),
            year => self.known(year),
        };
        match year {
            Some(year) => (format!("{year:04}-{code}"), days(year)),
            None => (format!("XXXX-{code}"), None),
        }
    }

    pub(super) fn quarter(
        &self,
        number: Option<i8>,
        year: Year,
        said: Option<i8>,
        way: i8,
    ) -> (String, Option<Days>) {
        let Some(number) = number else {
            // "the quarter": the one told of, else the last that ended; "the year-ago quarter" is
            // that of the year before.
            let last = || self.published.and_then(|today| calendar::plus_months(today, -3));
            let told_of = self.told_quarter.or_else(last);
            let shifted = match year {
                Year::Shift(by) => told_of.and_then(|day| calendar::plus_years(day, by)),
                _ => told_of,
            };
            return match shifted {
                Some(day) => told(day, Grain::Quarter),
                None => ("XXXX-QX".to_string(), None),
            };
        };
        let days = |year: i16| calendar::quarter(year, number);
        let year = match year {
            // "expects to report a third-quarter loss": of the quarter that has just ended.
            Year::Open if said.is_none() && way > 0 => {
                let ended = self.year_of(&days, Some(-1), -1);
                let just = |year: &i16| {
                    days(*year)
                        .zip(self.published)
                        .is_some_and(|((_, end), today)| end.duration_until(today) < NEAR)
                };
                ended.filter(just).or_else(|| self.year_of(&days, said, 1))
            }
            Year::Open => self.year_of(&days, said, if way > 0 { 1 } else { -1 }),
            year => self.known(year),
        };
        match year {
            Some(year) => (format!("{year:04}-Q{number}"), days(year)),
            None => (format!("XXXX-Q{number}"), None),
        }
    }

    pub(super) fn weekday(
        &self,
        day: i8,
        said: Option<i8>,
        anchor: Anchor,
        way: i8,
    ) -> Option<Date> {
        let today = match (anchor, self.reference) {
            (Anchor::Text, Some((day, _))) => day,
            _ => self.published?,
        };
        // Days back to the last such day, today included.
        let own = i32::from(today.weekday().to_monday_one_offset());
        let back = (own - i32::from(day)).rem_euclid(7);
        let ahead = (7 - back) % 7;
        let shift = match said {
            // "Tuesday last week"
            Some(weeks @ (-10 | 0 | 10)) if weeks != 0 => {
                i32::from(day) - own + i32::from(weeks / 10) * 7
            }
            Some(-1) => {
                if back == 0 {
                    -7
                } else {
                    -back
                }
            }
            Some(1) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            Some(_) if way < 0 => i32::from(day) - own,
            Some(_) => ahead,
            None if way > 0 => ahead,
            None => -back,
        };
        calendar::plus_days(today, shift)
    }

    pub(super) fn feast(&self, feast: Feast, year: Year, way: i8) -> (String, Option<Days>) {
        let days = |year: i16| {
            let day = match feast {
                Feast::Fixed(month, day) => calendar::day(year, month, day),
                Feast::Easter(shift) => calendar::plus_days(calendar::easter(year)?, shift),
                Feast::Moving => None,
            }?;
            Some((day, day))
        };
        let year = match year {
            Year::Open => self.year_of(&days, None, way),
            year => self.known(year),
        };
        match (year, year.and_then(days), feast) {
            (_, Some((day, _)), _) => (day.to_string(), Some((day, day))),
            (None, None, Feast::Fixed(month, day)) => (format!("XXXX-{month:02}-{day:02}"), None),
            (Some(year), None, _) => (format!("{year:04}"), None),
            _ => (OPEN_DAY.to_string(), None),
        }
    }
}
