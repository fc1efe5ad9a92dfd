//! The part of the grammar that reads dates, years and the clock.
//!
//! Numeric dates follow ISO 8601, and `day/month/year` only where one order is possible or both
//! agree (`21/08/2022`, `4/4/2022`): a date that could be two days is left unresolved.

use super::expression::{Core, Year};
use super::lexicon::Sense;
use super::pieces::Pieces;
use tidings_language::{Deprel, Upos, Xpos};

impl Pieces<'_> {
    /// A month name, where the word is one: not the modal "may" or the verb "march".
    pub(super) fn month_name(&self, i: usize) -> Option<i8> {
        let (month, short) = self.sense(i, |sense| match sense {
            Sense::Month(month) => Some((month, false)),
            Sense::MonthShort(month) => Some((month, true)),
            _ => None,
        })?;
        if !self.capital(i) {
            return None;
        }
        let ordinal = self.sense(i + 1, |s| matches!(s, Sense::Ordinal(_)).then_some(())).is_some();
        let beside = self.digits(i + 1).is_some()
            || ordinal
            || self.mark(i + 1) == Some('.') && self.glued(i + 1)
            || i > 0 && self.digits(i - 1).is_some()
            || i > 0 && self.hyphen(i - 1);
        if short {
            return beside.then_some(month);
        }
        let verbal = [Xpos::Md, Xpos::Vb, Xpos::Vbd, Xpos::Vbp, Xpos::Vbz, Xpos::Vbn, Xpos::Vbg];
        if self.tagged(i, &verbal) && !beside {
            return None;
        }
        let ambiguous = self.is_any(i, &["may", "march"]);
        if ambiguous && !beside && self.tagged(i, &[Xpos::Nn, Xpos::Xx, Xpos::Nnp]) {
            // "Theresa May", "the March for Life": a month follows a preposition or a modifier.
            let led = i > 0
                && (self
                    .is_any(i - 1, &["in", "of", "since", "until", "till", "by", "from", "to"])
                    || self.is_any(i - 1, &["through", "and", "during", "for", "early", "late"])
                    || self.direction(i - 1).is_some()
                    || self.is_any(i - 1, &["each", "every", "mid", "before", "after", "between"]));
            let dated = self.direction(i + 1).is_some() || self.is(i + 1, "of");
            if !led && !dated {
                return None;
            }
        }
        if self.named(i) && !beside {
            return None;
        }
        Some(month)
    }

    /// Whether a month word stands in a person's name ("April Ryan", "Theresa May").
    fn named(&self, i: usize) -> bool {
        let Some(token) = self.get(i).map(|piece| piece.token) else { return false };
        let tokens = &self.doc.tokens;
        let flat = |t: usize| {
            tokens.get(t).is_some_and(|t| t.deprel == Deprel::Flat && t.upos == Upos::Propn)
        };
        flat(token)
            || flat(token + 1) && tokens.get(token + 1).is_some_and(|t| t.head as usize == token)
    }

    /// One past the point of an abbreviation; that of a sentence is left alone.
    pub(super) fn past_point(&self, i: usize) -> usize {
        let short = |s| matches!(s, Sense::MonthShort(_) | Sense::WeekdayShort(_)).then_some(());
        let pointed = self.mark(i) == Some('.') && self.glued(i);
        i + usize::from(pointed && i > 0 && self.sense(i - 1, short).is_some())
    }

    /// "August 21, 2022", "21 August", "Sept. 1", "Aug. 12-14", "March 1999", "May", "last May".
    pub(super) fn date(&self, i: usize) -> Option<(Core, usize)> {
        if let Some(found) = self.day_first(i) {
            return Some(found);
        }
        let mut at = i;
        let mut way = None;
        while let Some(next) = self.direction(at) {
            way = Some(next);
            at += 1;
        }
        let month = self.month_name(at)?;
        at += 1;
        at = self.past_point(at);
        let whole =
            |year, end| Some((Core::Month { year, month, day: None, until: None, way }, end));
        if let Some((year, end)) = self.month_year(at) {
            return whole(year, end);
        }
        let Some((day, mut end)) = self.day_number(at) else {
            return whole(Year::Open, at);
        };
        let mut until = None;
        if self.hyphen(end)
            && let Some((last, next)) = self.day_number(end + 1)
            && last > day
        {
            until = Some(last);
            end = next;
        }
        let (year, end) = match self.date_year(end) {
            Some((year, end)) => (year, end),
            None => (Year::Open, end),
        };
        Some((Core::Month { year, month, day: Some(day), until, way }, end))
    }

    /// "21 August 2022", "21st of August", "12-14 August", "21-Aug-2022".
    fn day_first(&self, i: usize) -> Option<(Core, usize)> {
        let start = i + usize::from(self.is(i, "the"));
        if start > 0 && self.glued(start) && !matches!(self.mark(start - 1), Some('(' | '"' | '“'))
        {
            return None;
        }
        let (mut day, mut at) = self.day_number(start)?;
        let mut until = None;
        if self.hyphen(at)
            && let Some((last, next)) = self.day_number(at + 1)
            && last > day
        {
            until = Some(last);
            at = next;
        }
        at += usize::from(self.is(at, "of") || self.hyphen(at));
        if self.is(start + 1, "of") && self.digits(start).is_some() {
            // "21 of August" counts things; "the 21st of August" is a day
            return None;
        }
        let month = self.month_name(at)?;
        at += 1;
        at = self.past_point(at);
        let hyphened = self.hyphen(at) && self.glued(at);
        let (year, end) = match self.date_year(at + usize::from(hyphened)) {
            Some((year, end)) => (year, end),
            None => (Year::Open, at),
        };
        if until.is_some_and(|last| last < day) {
            std::mem::swap(&mut day, until.as_mut()?);
        }
        Some((Core::Month { year, month, day: Some(day), until, way: None }, end))
    }

    /// A day of the month: "21", "21st", "eighth", "twenty-first".
    fn day_number(&self, i: usize) -> Option<(i8, usize)> {
        let (day, end) = match self.digits(i) {
            Some((day, 1..=2)) => {
                let suffixed = self.is_any(i + 1, &["st", "nd", "rd", "th"]) && self.glued(i + 1);
                if self.glued(i + 1)
                    && !suffixed
                    && (self.mark(i + 1) == Some('%')
                        || self.mark(i + 1) == Some(':') && self.glued(i + 2))
                {
                    return None;
                }
                // "March 8.5", "May 1,000"
                if matches!(self.mark(i + 1), Some('.' | ','))
                    && self.glued(i + 1)
                    && self.glued(i + 2)
                    && self.digits(i + 2).is_some_and(|(_, len)| len != 4)
                {
                    return None;
                }
                (day, i + 1 + usize::from(suffixed))
            }
            Some(_) => return None,
            None => {
                let ordinal =
                    |i| self.sense(i, |s| if let Sense::Ordinal(n) = s { Some(n) } else { None });
                let tens = self.sense(i, |s| if let Sense::Number(n) = s { Some(n) } else { None });
                match tens.filter(|n| matches!(n, 20 | 30)) {
                    Some(tens) => {
                        let joint = i + 1 + usize::from(self.hyphen(i + 1));
                        (tens + ordinal(joint).filter(|n| *n < 10)?, joint + 1)
                    }
                    None => (ordinal(i)?, i + 1),
                }
            }
        };
        (1..=31).contains(&day).then_some((day as i8, end))
    }

    /// The year after a month: "1999", ", 1999", "of 1999", "last year", "'98".
    fn month_year(&self, i: usize) -> Option<(Year, usize)> {
        let at = i + usize::from(self.mark(i) == Some(',') || self.is(i, "of"));
        if let Some((year, end)) = self.year(at).or_else(|| self.short_year(at)) {
            return Some((Year::Known(year), end));
        }
        let way = self.direction(at).filter(|_| at == i || self.is(i, "of"))?;
        let unit = self.unit(at + 1) == Some(super::lexicon::Unit::Year) && !self.plural(at + 1);
        (unit && !self.apostrophe(at + 2)).then_some((Year::Shift(i32::from(way)), at + 2))
    }

    fn date_year(&self, i: usize) -> Option<(Year, usize)> {
        self.month_year(i)
    }

    /// "'98" beside a month.
    fn short_year(&self, i: usize) -> Option<(i16, usize)> {
        let (value, 2) = self.digits(i + 1).filter(|_| self.apostrophe(i))? else { return None };
        let year = i16::try_from(value).ok()?;
        Some((if year > 50 { 1900 + year } else { 2000 + year }, i + 2))
    }

    /// A year written out: "1999", "nineteen ninety-one".
    pub(super) fn year(&self, i: usize) -> Option<(i16, usize)> {
        if let Some((value, 4)) = self.digits(i) {
            let year = i16::try_from(value).ok().filter(|y| (1000..=2199).contains(y))?;
            let before = i > 0 && self.glued(i);
            let amount =
                before && matches!(self.mark(i - 1), Some('$' | '€' | '£' | '.' | ',' | '#'));
            let after = self.glued(i + 1) && self.glued(i + 2);
            let longer = after
                && matches!(self.mark(i + 1), Some('.' | ',' | ':' | '/'))
                && self.digits(i + 2).is_some();
            let unit = self.glued(i + 1) && self.mark(i + 1) == Some('%');
            return (!amount && !longer && !unit).then_some((year, i + 1));
        }
        let word = |i| self.sense(i, |s| if let Sense::Number(n) = s { Some(n) } else { None });
        let hundreds = word(i).filter(|n| (18..=20).contains(n))?;
        let tens = word(i + 1).filter(|n| *n >= 10)?;
        let mut end = i + 2;
        let mut low = 0;
        if tens >= 20 {
            let joint = end + usize::from(self.hyphen(end));
            if let Some(units) = word(joint).filter(|n| *n < 10) {
                low = units;
                end = joint + 1;
            }
        }
        i16::try_from(hundreds * 100 + tens + low).ok().map(|year| (year, end))
    }

    /// A year by itself, or more of them: "1999", "1998-99", "the 1990s", "fiscal 1989".
    pub(super) fn years(&self, i: usize) -> Option<(Core, usize)> {
        let determined = self.is(i, "the");
        let at = i + usize::from(determined);
        if let Some(found) = self.decade(at) {
            return Some(found);
        }
        let fiscal = self.sense(at, |s| matches!(s, Sense::Fiscal).then_some(())).is_some();
        let word = at + usize::from(fiscal);
        let word = word + usize::from(self.is(word, "year") && self.year(word + 1).is_some());
        if word > at {
            let (year, end) = self.year(word)?;
            return Some((Core::Year(Year::Known(year)), end));
        }
        if self.is(at, "year") && self.is(at + 1, "two") && self.is(at + 2, "thousand") {
            return Some((Core::Year(Year::Known(2000)), at + 3));
        }
        let (year, end) = self.year(at)?;
        if self.hyphen(end)
            && let Some((last, len)) = self.digits(end + 1)
        {
            let last = match len {
                4 => i16::try_from(last).ok(),
                2 => i16::try_from(last).ok().map(|n| year - year % 100 + n),
                _ => None,
            };
            let more = self.hyphen(end + 2) && self.glued(end + 2);
            if let Some(last) = last.filter(|last| *last > year && *last <= year + 200 && !more) {
                if determined {
                    return None;
                }
                return Some((Core::Years(year, last), end + 2));
            }
        }
        if determined {
            // "the 1999 war": the determiner is the noun's.
            return None;
        }
        self.lone_year(at, year).then_some((Core::Year(Year::Known(year)), end))
    }

    /// "1990s", "'90s", "nineties".
    fn decade(&self, i: usize) -> Option<(Core, usize)> {
        if let Some(tens) = self.sense(i, |s| if let Sense::Tens(n) = s { Some(n) } else { None }) {
            let led = i > 0 && self.is_any(i - 1, &["the", "early", "late", "mid"]);
            return led.then_some((Core::Decade(190 + tens), i + 1));
        }
        let short = self.apostrophe(i);
        let at = i + usize::from(short);
        let (value, len) = self.digits(at)?;
        let s = at + 1 + usize::from(self.apostrophe(at + 1) && self.glued(at + 1));
        if !(self.is(s, "s") && self.glued(s) && value % 10 == 0) {
            return None;
        }
        match len {
            4 => Some((Core::Decade(i16::try_from(value / 10).ok()?), s + 1)),
            2 if short || i > 0 && self.is_any(i - 1, &["the", "early", "late"]) => {
                let tens = i16::try_from(value / 10).ok()?;
                let led = short || i > 0 && self.is(i - 1, "the");
                led.then_some((Core::Decade(if tens < 3 { 200 } else { 190 } + tens), s + 1))
            }
            _ => None,
        }
    }

    /// Whether four digits by themselves are a year and not a count.
    fn lone_year(&self, i: usize, year: i16) -> bool {
        let Some(token) = self.get(i).and_then(|p| self.doc.tokens.get(p.token)) else {
            return false;
        };
        let led = i > 0
            && (self
                .is_any(i - 1, &["in", "since", "until", "till", "by", "from", "of", "during"])
                || self.is_any(i - 1, &["before", "after", "between", "through", "early", "late"])
                || self.is_any(i - 1, &["mid", "around", "circa", "to", "and", "for", "year"])
                || self.hyphen(i - 1)
                || self.mark(i - 1) == Some('('));
        // "2000 soldiers" counts; "the 1999 war" and "1999 elections" date.
        let counts = token.deprel == Deprel::Nummod
            && self
                .doc
                .tokens
                .get(token.head as usize)
                .is_some_and(|head| head.xpos == Xpos::Nns && head.upos == Upos::Noun);
        let zone = self.sense(i + 1, |s| matches!(s, Sense::Zone).then_some(())).is_some();
        let clock = zone || self.is_any(i + 1, &["hours", "local"]);
        let measured = self.unit(i + 1).is_some()
            || self.is_any(i + 1, &["percent", "people", "troops", "soldiers", "dollars", "km"])
            || self.is_any(i + 1, &["million", "meters", "metres", "feet", "miles", "points"]);
        let plausible = (1900..=2099).contains(&year) && !self.glued(i) || led;
        plausible
            && !clock
            && !measured
            && (!counts || self.is_any(i.wrapping_sub(1), &["in", "since"]))
    }

    /// "2022-08-21", "21/08/2022", "21.08.2022", with unambiguous order only.
    pub(super) fn numeric_date(&self, i: usize) -> Option<(Core, usize)> {
        let (first, first_len) = self.digits(i)?;
        if i > 0 && self.glued(i) && !matches!(self.mark(i - 1), Some('(' | '"' | '“' | '[')) {
            return None;
        }
        let mark = self.mark(i + 1)?;
        let glued = (i + 1..i + 5).all(|at| self.glued(at));
        if !matches!(mark, '-' | '/' | '.') || self.mark(i + 3) != Some(mark) || !glued {
            return None;
        }
        let (second, second_len) = self.digits(i + 2)?;
        let (third, third_len) = self.digits(i + 4)?;
        let end = i + 5;
        let small = |n: u32| i8::try_from(n).ok();
        let found = |year: u32, month: u32, day: u32| {
            let year = Year::Known(i16::try_from(year).ok()?);
            let (month, day) = (small(month)?, Some(small(day)?));
            Some((Core::Month { year, month, day, until: None, way: None }, end))
        };
        if first_len == 4 && second_len <= 2 && third_len <= 2 {
            return if (1..=12).contains(&second) && third <= 31 {
                found(first, second, third)
            } else {
                None
            };
        }
        if third_len != 4 || first_len > 2 || second_len > 2 || !(1000..2200).contains(&third) {
            return None;
        }
        match (first, second) {
            (d @ 1..=31, m @ 1..=12) if d > 12 || d == m || mark == '.' => found(third, m, d),
            (m @ 1..=12, d @ 13..=31) if mark == '/' => found(third, m, d),
            // It is a time, but which day it is remains open.
            (1..=12, 1..=12) if mark == '/' => Some((Core::Year(Year::Open), end)),
            _ => None,
        }
    }

    /// "8 p.m.", "8:30 am GMT", "14:00", "1400 GMT", "eight o'clock", "noon".
    pub(super) fn clock(&self, i: usize) -> Option<((i8, i8), usize)> {
        if let Some(hour) = self.sense(i, |s| if let Sense::Clock(h) = s { Some(h) } else { None })
        {
            return Some(((hour, 0), self.zone(i + 1)));
        }
        let spoken = self.sense(i, |s| if let Sense::Number(n) = s { Some(n) } else { None });
        let (hour, len) = match self.digits(i) {
            Some((value, len)) => (value, len),
            None => (spoken?, 2),
        };
        if i > 0 && self.glued(i) && self.mark(i - 1).is_some_and(|c| !matches!(c, '(' | '"' | '-'))
        {
            return None;
        }
        let mut at = i + 1;
        let mut minute = 0;
        let mut pointed = false;
        if matches!(self.mark(at), Some(':' | '.'))
            && self.glued(at)
            && self.glued(at + 1)
            && let Some((value, 2)) = self.digits(at + 1)
        {
            pointed = self.mark(at) == Some(':');
            minute = value;
            at += 2;
            if pointed && self.mark(at) == Some(':') && self.digits(at + 1).is_some() {
                at += 2;
            }
        }
        let time = |hour: u32, minute: u32, end| {
            let fits = hour <= 24 && minute < 60;
            fits.then_some(((hour as i8, minute as i8), end))
        };
        if let Some((afternoon, end)) = self.half_day(at) {
            let hour = match (hour, afternoon) {
                (12, false) => 0,
                (12, true) => 12,
                (1..=11, true) => hour + 12,
                (1..=11, false) => hour,
                _ => return None,
            };
            return time(hour, minute, self.zone(end));
        }
        if self.is(at, "o") && self.apostrophe(at + 1) && self.is(at + 2, "clock") {
            return time(hour, minute, self.zone(at + 3));
        }
        let zone = self.zone(at);
        if len == 4 && minute == 0 && at == i + 1 {
            return if zone > at { time(hour / 100, hour % 100, zone) } else { None };
        }
        let led = i > 0
            && self.is_any(i - 1, &["at", "by", "around", "until", "from", "before", "after"]);
        let written = at > i + 1 && (pointed && led || zone > at);
        let written = written || zone > at && len <= 2 && led && self.digits(i).is_some();
        if written { time(hour, minute, zone) } else { None }
    }

    /// "a.m.", "pm": whether it is the afternoon.
    fn half_day(&self, i: usize) -> Option<(bool, usize)> {
        if self.is_any(i, &["am", "pm"]) {
            // "8 am" but not "I am"
            return Some((self.is(i, "pm"), i + 1));
        }
        let letters = self.is_any(i, &["a", "p"])
            && self.mark(i + 1) == Some('.')
            && self.glued(i + 1)
            && self.is(i + 2, "m")
            && self.glued(i + 2);
        if !letters {
            return None;
        }
        let end = i + 3;
        Some((self.is(i, "p"), end + usize::from(self.mark(end) == Some('.') && self.glued(end))))
    }

    /// One past a time zone, where there is one.
    fn zone(&self, i: usize) -> usize {
        let open = usize::from(self.mark(i) == Some('('));
        let named = self.sense(i + open, |s| matches!(s, Sense::Zone).then_some(())).is_some()
            && self.text(i + open).chars().all(char::is_uppercase);
        if named {
            let closed = open == 1 && self.mark(i + 2) == Some(')');
            return if open == 0 {
                i + 1
            } else if closed {
                i + 3
            } else {
                i
            };
        }
        if self.is(i, "local") && self.is(i + 1, "time") {
            return i + 2;
        }
        if self.is(i, "hours") && i > 0 && self.digits(i - 1).is_some_and(|(_, len)| len == 4) {
            return i + 1;
        }
        i
    }
}
