//! Days, weeks and months as numbers.

use super::Question;
use crate::events::{Day, Event, Events, date_of, day_of};
use jiff::civil::Date;
use serde::Serialize;

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Each day.
    Day,
    /// From Monday to Sunday (ISO 8601).
    Week,
    /// Of the calendar.
    Month,
}

/// Periods that follow each other, cut by the span asked for.
#[derive(Debug)]
pub(super) struct Periods {
    spans: Vec<(Day, Day)>,
    first: Day,
    /// Of each day from the first on.
    number: Vec<u32>,
}

impl Periods {
    pub fn new(events: &Events, question: &Question) -> Periods {
        let span = events.span().map(|(first, last)| {
            (question.since.map_or(first, day_of), question.until.map_or(last, day_of))
        });
        let mut periods = Periods { spans: Vec::new(), first: 0, number: Vec::new() };
        let Some((first, last)) = span.filter(|(first, last)| first <= last) else {
            return periods;
        };
        periods.first = first;
        let mut from = first;
        while from <= last {
            let until = end_of(from, question.by).min(last);
            let number = periods.spans.len() as u32;
            periods.number.extend((from..=until).map(|_| number));
            periods.spans.push((from, until));
            from = until + 1;
        }
        periods
    }

    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// First and last day of each.
    pub fn spans(&self) -> impl Iterator<Item = (Day, Day)> + '_ {
        self.spans.iter().copied()
    }

    /// The events of all of them.
    pub fn rows<'e>(&self, events: &'e Events) -> &'e [Event] {
        let ends = self.spans.first().zip(self.spans.last());
        ends.map_or(&[], |(first, last)| events.between(first.0, last.1))
    }

    /// The period a day lies in.
    pub fn of(&self, day: Day) -> Option<usize> {
        let at = usize::try_from(i64::from(day) - i64::from(self.first)).ok()?;
        self.number.get(at).map(|number| *number as usize)
    }
}

/// The last day of the period that begins on, or holds, a day.
fn end_of(day: Day, step: Step) -> Day {
    match step {
        Step::Day => day,
        // 1 January 1970 was a Thursday: three days after a Monday.
        Step::Week => day + 6 - (day + 3).rem_euclid(7),
        Step::Month => {
            let date: Date = date_of(day);
            day_of(date.last_of_month())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_end_on_sunday_and_months_with_their_last_day() {
        let end =
            |date: &str, step| date_of(end_of(day_of(date.parse().unwrap()), step)).to_string();
        assert_eq!(end("2031-03-15", Step::Week), "2031-03-16");
        assert_eq!(end("2031-03-16", Step::Week), "2031-03-16");
        assert_eq!(end("2031-03-17", Step::Week), "2031-03-23");
        assert_eq!(end("2032-02-03", Step::Month), "2032-02-29");
        assert_eq!(end("2031-03-15", Step::Day), "2031-03-15");
    }
}
