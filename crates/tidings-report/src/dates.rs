//! Dates of publication as headers and feeds write them.
//!
//! Read are ISO 8601 (with or without a time), `20220821`, RFC 2822, `21 August 2022`, `Aug. 21st, 2022`,
//! `21.08.2022`, and slashed dates whose order is certain. `08/07/2022` is left unread: it is two
//! different days on the two sides of the Atlantic. The day is taken as written, in its own time zone.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Zone names that follow a time of day in wire headers.
const ZONES: [&str; 20] = [
    "Z", "UTC", "GMT", "BST", "CET", "CEST", "EET", "EEST", "MSK", "IST", "ET", "EST", "EDT",
    "CST", "CDT", "MST", "MDT", "PST", "PDT", "UT",
];

/// A whole value that is a date, with or without a time of day after it.
pub(crate) fn whole(value: &str) -> Option<Date> {
    let value = value.trim();
    if (9..=13).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit()) {
        return epoch(value.parse().ok()?);
    }
    leading(value).map(|(date, _)| date)
}

/// Seconds or milliseconds since 1970, as a day in UTC.
pub(crate) fn epoch(number: i64) -> Option<Date> {
    // Eleven digits of seconds are past the year 5000: such a number counts milliseconds.
    let stamp = if number.unsigned_abs() >= 100_000_000_000 {
        Timestamp::from_millisecond(number)
    } else {
        Timestamp::from_second(number)
    };
    Some(stamp.ok()?.to_zoned(TimeZone::UTC).date())
}

/// The date a text begins with, and the bytes it takes, a time of day after it included.
pub(crate) fn leading(text: &str) -> Option<(Date, usize)> {
    let mut parts = [Part { kind: Kind::Word(""), end: 0, before: "" }; 6];
    let count = split(text, &mut parts);
    let mut parts = &parts[..count];
    if let Some(Kind::Word(word)) = parts.first().map(|p| p.kind)
        && named(word, &WEEKDAYS).is_some()
    {
        parts = &parts[1..];
    }
    let (year, month, day, end) = match parts {
        [one, ..] if matches!(one.kind, Kind::Number(_, 8)) => {
            let Kind::Number(number, _) = one.kind else { return None };
            (number / 10_000, number / 100 % 100, number % 100, one.end)
        }
        [one, two, three, ..] => {
            let (year, month, day) = order(one.kind, two.kind, three.kind, two.before)?;
            (year, month, day, three.end)
        }
        _ => return None,
    };
    if !(1500..2500).contains(&year) {
        return None;
    }
    let date = Date::new(year as i16, month as i8, day as i8).ok()?;
    let rest = &text[end..];
    let time = time_of_day(rest);
    if time == 0 && rest.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    Some((date, end + time))
}

/// Year, month and day of three parts, where their order is certain.
fn order(one: Kind, two: Kind, three: Kind, between: &str) -> Option<(u32, u32, u32)> {
    use Kind::{Number, Word};
    let month = |word| named(word, &MONTHS).map(|m| m as u32 + 1);
    Some(match (one, two, three) {
        (Number(y, 4), Number(m, 1..=2), Number(d, 1..=2)) => (y, m, d),
        (Number(y, 4), Word(m), Number(d, 1..=2)) => (y, month(m)?, d),
        (Number(d, 1..=2), Word(m), Number(y, 4)) => (y, month(m)?, d),
        (Word(m), Number(d, 1..=2), Number(y, 4)) => (y, month(m)?, d),
        (Number(a, 1..=2), Number(b, 1..=2), Number(y, 4)) => {
            if between == "." || a > 12 || a == b {
                (y, b, a)
            } else if b > 12 {
                (y, a, b)
            } else {
                return None;
            }
        }
        _ => return None,
    })
}

/// The place of a name, or of an abbreviation of at least three letters, in a list.
fn named(word: &str, names: &[&str]) -> Option<usize> {
    let bytes = word.as_bytes();
    names.iter().position(|name| {
        bytes.len() >= 3
            && name.as_bytes().get(..bytes.len()).is_some_and(|n| n.eq_ignore_ascii_case(bytes))
            || *name == "september" && word.eq_ignore_ascii_case("sept")
    })
}

#[derive(Clone, Copy)]
struct Part<'t> {
    kind: Kind<'t>,
    /// One past its last byte.
    end: usize,
    /// What stands between it and the part before.
    before: &'t str,
}

#[derive(Clone, Copy)]
enum Kind<'t> {
    /// The value and the count of its digits.
    Number(u32, usize),
    Word(&'t str),
}

/// Splits the head of a text into numbers and words; returns how many were found.
fn split<'t>(text: &'t str, parts: &mut [Part<'t>; 6]) -> usize {
    let bytes = text.as_bytes();
    let run = |from: usize, is: fn(&u8) -> bool| {
        from + bytes[from..].iter().take_while(|b| is(b)).count()
    };
    let (mut at, mut count) = (0, 0);
    while count < parts.len() {
        let start = run(at, |b| matches!(b, b' ' | b'\t' | b',' | b'.' | b'/' | b'-' | b'('));
        let digits = run(start, u8::is_ascii_digit);
        let (kind, end) = if digits > start {
            let Ok(number) = text[start..digits].parse() else { break };
            (Kind::Number(number, digits - start), digits)
        } else {
            let letters = run(start, u8::is_ascii_alphabetic);
            if letters == start {
                break;
            }
            (Kind::Word(&text[start..letters]), letters)
        };
        if let Kind::Word("st" | "nd" | "rd" | "th" | "of" | "the") = kind
            && let Some(last) = count.checked_sub(1)
        {
            parts[last].end = end;
        } else {
            parts[count] = Part { kind, end, before: &text[at..start] };
            count += 1;
        }
        at = end;
    }
    count
}

/// The bytes of a time of day at the head of `text`: `T10:30:00Z`, `, 10:30 PM CET`, ` at 10:30 +02:00`.
fn time_of_day(text: &str) -> usize {
    let bytes = text.as_bytes();
    let skip = |from: usize, is: fn(&u8) -> bool| {
        from + bytes.get(from..).unwrap_or_default().iter().take_while(|b| is(b)).count()
    };
    let mut at = skip(0, |b| matches!(b, b' ' | b'\t' | b','));
    if bytes[at..].starts_with(b"at ") {
        at = skip(at + 2, |b| *b == b' ');
    } else if bytes.get(at).is_some_and(|b| matches!(b, b'T' | b't')) {
        at += 1;
    }
    let hours = skip(at, u8::is_ascii_digit);
    if text[..at].ends_with(['T', 't']) && matches!(hours - at, 4 | 6) {
        return hours + usize::from(bytes.get(hours) == Some(&b'Z'));
    }
    if !(1..=2).contains(&(hours - at)) || bytes.get(hours) != Some(&b':') {
        return 0;
    }
    let mut end = hours + 1;
    if skip(end, u8::is_ascii_digit) != end + 2 {
        return 0;
    }
    end = skip(end, |b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    while end > 0 && matches!(bytes[end - 1], b'.' | b':') {
        end -= 1;
    }
    for _ in 0..2 {
        let next = skip(end, |b| *b == b' ');
        let word = skip(next, u8::is_ascii_alphabetic);
        let is = |names: &[&str]| names.contains(&&text[next..word]);
        if word > next && (is(&ZONES) || is(&["AM", "PM", "am", "pm"])) {
            end = word;
        } else if bytes.get(next).is_some_and(|b| matches!(b, b'+' | b'-'))
            && skip(next + 1, u8::is_ascii_digit) >= next + 3
        {
            end = skip(next + 1, |b| b.is_ascii_digit() || *b == b':');
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_usual_forms_are_read() {
        for written in [
            "2022-08-21",
            "2022-08-21T23:30:00Z",
            "2022-08-21 10:15:00.123+02:00",
            "2022/8/21",
            "20220821",
            "20220821T101500Z",
            "21 August 2022",
            "21st of August, 2022",
            "Aug. 21, 2022",
            "August 21st, 2022 10:00 AM EST",
            "Sun, 21 Aug 2022 10:00:00 GMT",
            "Sunday, August 21, 2022",
            "21.08.2022",
            "21/08/2022",
            "08/21/2022",
            "2022 Aug 21",
            "1661040000",
            "1661040000000",
        ] {
            assert_eq!(whole(written), Some(date(2022, 8, 21)), "{written}");
        }
    }

    #[test]
    fn what_is_no_certain_date_is_left_unread() {
        for written in ["", "yesterday", "08/07/2022", "2022-13-01", "31 April 2022", "May", "2022"]
        {
            assert_eq!(whole(written), None, "{written}");
        }
    }

    #[test]
    fn the_text_after_a_date_is_not_eaten() {
        let rest = |text: &str| leading(text).map(|(_, end)| text[end..].to_string());
        assert_eq!(rest("2022-08-21 Talks failed").as_deref(), Some(" Talks failed"));
        assert_eq!(rest("2022-08-21 10:30 NATO said").as_deref(), Some(" NATO said"));
        assert_eq!(rest("21 August 2022, 10:30 CET. Talks").as_deref(), Some(". Talks"));
        assert_eq!(rest("21 August 2022 at least").as_deref(), Some(" at least"));
    }
}
