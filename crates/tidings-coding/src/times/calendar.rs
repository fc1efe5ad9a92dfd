//! Stretches of the calendar as closed intervals of days.
//!
//! Weeks run Monday to Sunday (ISO 8601). Seasons are those of the meteorological year of the
//! northern hemisphere, a winter beginning in December of its year. A century is counted as it is
//! written: the 20th century is 1901 to 2000, its TIMEX3 value `19`.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A closed interval of days.
pub(super) type Days = (Date, Date);

pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub(super) fn plus(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok()
}

pub(super) fn plus_days(date: Date, days: i32) -> Option<Date> {
    plus(date, Span::new().try_days(days).ok()?)
}

pub(super) fn plus_months(date: Date, months: i32) -> Option<Date> {
    plus(date, Span::new().try_months(months).ok()?)
}

pub(super) fn plus_years(date: Date, years: i32) -> Option<Date> {
    plus(date, Span::new().try_years(years).ok()?)
}

/// The week that holds the day.
pub(super) fn week(date: Date) -> Option<Days> {
    let monday = plus_days(date, -(date.weekday().to_monday_zero_offset() as i32))?;
    Some((monday, plus_days(monday, 6)?))
}

/// The week as TIMEX3 writes it: `2022-W33`.
pub(super) fn week_value(date: Date) -> String {
    let iso = date.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
}

pub(super) fn month(year: i16, month: i8) -> Option<Days> {
    let first = day(year, month, 1)?;
    Some((first, first.last_of_month()))
}

pub(super) fn years(from: i16, to: i16) -> Option<Days> {
    Some((day(from, 1, 1)?, day(to, 12, 31)?))
}

/// Months `from` to `from + length - 1` of a year.
pub(super) fn months(year: i16, from: i8, length: i8) -> Option<Days> {
    let first = day(year, from, 1)?;
    let last = plus(first, i64::from(length - 1).months())?.last_of_month();
    Some((first, last))
}

pub(super) fn quarter(year: i16, quarter: i8) -> Option<Days> {
    months(year, quarter.checked_mul(3)?.checked_sub(2)?, 3)
}

pub(super) fn quarter_of(date: Date) -> i8 {
    (date.month() + 2) / 3
}

/// A season by its TIMEX3 code.
pub(super) fn season(year: i16, code: &str) -> Option<Days> {
    let first = match code {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        "WI" => 12,
        _ => return None,
    };
    months(year, first, 3)
}

/// Easter Sunday of the Gregorian calendar, by the anonymous computus (Butcher 1876).
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let n = (h + l - 7 * m + 90) / 25;
    let p = (h + l - 7 * m + 33 * n + 19) % 32;
    day(year, i8::try_from(n).ok()?, i8::try_from(p).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_sundays() {
        let known = [
            (1961, 4, 2),
            (1998, 4, 12),
            (2000, 4, 23),
            (2008, 3, 23),
            (2022, 4, 17),
            (2024, 3, 31),
        ];
        for (year, month, day) in known {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn stretches() {
        assert_eq!(week(date(2022, 8, 21)), Some((date(2022, 8, 15), date(2022, 8, 21))));
        assert_eq!(week_value(date(2021, 1, 3)), "2020-W53");
        assert_eq!(month(2024, 2), Some((date(2024, 2, 1), date(2024, 2, 29))));
        assert_eq!(season(2022, "WI"), Some((date(2022, 12, 1), date(2023, 2, 28))));
        assert_eq!(quarter(2022, 4), Some((date(2022, 10, 1), date(2022, 12, 31))));
        assert_eq!(quarter(2022, 5), None);
        assert_eq!(plus_days(date(9999, 12, 31), 1), None);
    }
}
