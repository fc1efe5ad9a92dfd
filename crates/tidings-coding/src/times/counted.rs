//! Times that are counted from a day: the report's, or one told before in the text.

use super::calendar::{self, Days};
use super::expression::{Amount, Anchor, Window};
use super::lexicon::Unit;
use super::resolve::{Grain, OPEN_DAY, Placed, Resolver, told};
use jiff::civil::Date;

impl Resolver {
    pub(super) fn unit(
        &self,
        unit: Unit,
        shift: i32,
        anchor: Anchor,
        way: i8,
    ) -> (String, Option<Days>) {
        let open = |value: &str| (value.to_string(), None);
        // "the next day" follows the day just told.
        let follows = anchor == Anchor::Text || unit == Unit::Day && shift != 0;
        let base = match self.reference {
            Some((day, _)) if follows => Some(day),
            _ => self.published,
        };
        let Some(base) = base else { return open(unresolved(unit)) };
        let found = match unit {
            Unit::Day | Unit::Night => {
                calendar::plus_days(base, shift).map(|day| (day.to_string(), Some((day, day))))
            }
            Unit::Week | Unit::Fortnight => calendar::plus_days(base, shift * 7)
                .map(|day| (calendar::week_value(day), calendar::week(day))),
            Unit::Weekend => {
                let early = base.weekday().to_monday_one_offset() < 6;
                let back = if early && (shift < 0 || shift == 0 && way <= 0) { -7 } else { 0 };
                let by = if shift > 0 || shift < 0 && !early { shift * 7 } else { back };
                calendar::plus_days(base, by).and_then(|day| {
                    let (_, sunday) = calendar::week(day)?;
                    let saturday = calendar::plus_days(sunday, -1)?;
                    let value = format!("{}-WE", calendar::week_value(day));
                    Some((value, Some((saturday, sunday))))
                })
            }
            Unit::Month => calendar::plus_months(base, shift).map(|day| told(day, Grain::Month)),
            Unit::Quarter => {
                calendar::plus_months(base, shift * 3).map(|day| told(day, Grain::Quarter))
            }
            Unit::Year => calendar::plus_years(base, shift).map(|day| told(day, Grain::Year)),
            Unit::Decade => calendar::plus_years(base, shift * 10).map(|day| {
                let tens = day.year() / 10;
                (format!("{tens:03}"), calendar::years(tens * 10, tens * 10 + 9))
            }),
            Unit::Century => calendar::plus_years(base, shift * 100).map(|day| {
                let hundreds = (day.year() - 1) / 100;
                (
                    format!("{hundreds:02}"),
                    calendar::years(hundreds * 100 + 1, hundreds * 100 + 100),
                )
            }),
            Unit::Second | Unit::Minute | Unit::Hour => {
                Some((base.to_string(), Some((base, base))))
            }
        };
        found.unwrap_or_else(|| open(OPEN_DAY))
    }

    /// "three days ago", "two weeks later".
    pub(super) fn shift(
        &self,
        amount: Amount,
        unit: Unit,
        sign: i32,
        anchor: Anchor,
    ) -> Option<Placed> {
        let reference = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        let open = |value: &str| Some(("DATE", value.to_string(), None));
        let Some(count) = amount.count else {
            return open(if anchor == Anchor::Text { unresolved(unit) } else { reference });
        };
        let by = i32::try_from(count).ok()?.checked_mul(sign)?;
        let (base, grain) = match (anchor, self.reference) {
            // Beside a quarter, "a year ago" is that quarter of the year before.
            _ if unit == Unit::Year && self.compared(anchor).is_some() => {
                (self.compared(anchor)?, Grain::Quarter)
            }
            (Anchor::Text, Some(reference)) => reference,
            (Anchor::Report, _) => match self.published {
                Some(today) => (today, Grain::Year),
                None => return open(unresolved(unit)),
            },
            _ => return open(unresolved(unit)),
        };
        let exact = anchor == Anchor::Text && grain == Grain::Day;
        let half = if amount.half { sign } else { 0 };
        let found = match unit {
            Unit::Day | Unit::Night => (calendar::plus_days(base, by), Grain::Day),
            Unit::Week | Unit::Fortnight | Unit::Weekend => {
                let weeks = if unit == Unit::Fortnight { 14 } else { 7 };
                let day = calendar::plus_days(base, by.checked_mul(weeks)?);
                (day, if exact { Grain::Day } else { Grain::Week })
            }
            Unit::Month => (calendar::plus_months(base, by), Grain::Month),
            Unit::Quarter => (calendar::plus_months(base, by.checked_mul(3)?), Grain::Quarter),
            Unit::Year => {
                let day = calendar::plus_years(base, by)
                    .and_then(|day| calendar::plus_months(day, half * 6));
                (day, if half != 0 { Grain::Month } else { grain })
            }
            Unit::Decade => (calendar::plus_years(base, by.checked_mul(10)?), Grain::Year),
            Unit::Century => (calendar::plus_years(base, by.checked_mul(100)?), Grain::Year),
            Unit::Hour => {
                let day = calendar::plus_days(base, by / 24)?;
                return Some(("TIME", format!("{day}TXX"), Some((day, day))));
            }
            Unit::Minute | Unit::Second => {
                return Some(("TIME", format!("{base}TXX"), Some((base, base))));
            }
        };
        match found {
            (Some(day), grain) => {
                let (value, days) = told(day, grain);
                Some(("DATE", value, days))
            }
            _ => open(OPEN_DAY),
        }
    }

    /// The days of "the last 10 years", "the next 10 days".
    pub(super) fn window(&self, amount: Amount, unit: Unit, window: Window) -> Option<Days> {
        let today = self.published?;
        let count = i32::try_from(amount.count?).ok()?;
        let sign = match window {
            Window::Nowhere => return None,
            Window::Past => -1,
            Window::Future => 1,
        };
        let by = count.checked_mul(sign)?;
        let end = match unit {
            Unit::Second | Unit::Minute => today,
            Unit::Hour => calendar::plus_days(today, (by + sign * 23) / 24)?,
            Unit::Day | Unit::Night => calendar::plus_days(today, by)?,
            Unit::Week | Unit::Weekend => calendar::plus_days(today, by.checked_mul(7)?)?,
            Unit::Fortnight => calendar::plus_days(today, by.checked_mul(14)?)?,
            Unit::Month => calendar::plus_months(today, by)?,
            Unit::Quarter => calendar::plus_months(today, by.checked_mul(3)?)?,
            Unit::Year => calendar::plus_years(today, by)?,
            Unit::Decade => calendar::plus_years(today, by.checked_mul(10)?)?,
            Unit::Century => calendar::plus_years(today, by.checked_mul(100)?)?,
        };
        Some((today.min(end), today.max(end)))
    }

    /// The quarter that sums of money are compared with in "a year ago": that of this sentence, else,
    /// in a report of business, the last one told.
    fn compared(&self, anchor: Anchor) -> Option<Date> {
        let told = self.told_quarter.filter(|_| self.money);
        if anchor == Anchor::Report { self.quarter.or(told) } else { told }
    }
}

/// The open value of a stretch whose place is not known.
fn unresolved(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight | Unit::Weekend => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year | Unit::Decade | Unit::Century => "XXXX",
        _ => OPEN_DAY,
    }
}
