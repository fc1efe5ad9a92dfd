//! The part of the grammar that reads amounts of time: durations, shifts, sets, quarters.

use super::expression::{Amount, Anchor, Core, Window, Year};
use super::lexicon::{Sense, Unit};
use super::pieces::Pieces;
use tidings_language::{Upos, Xpos};

impl Pieces<'_> {
    /// "every Friday", "each year", "daily", "twice a week", "Fridays".
    pub(super) fn repeated(&self, i: usize) -> Option<(Core, usize)> {
        if let Some(day) =
            self.sense(i, |s| if let Sense::Weekdays(d) = s { Some(d) } else { None })
        {
            return Some((Core::Repeated(format!("XXXX-WXX-{day}")), i + 1));
        }
        if let Some(value) = self.sense(i, |s| if let Sense::Set(v) = s { Some(v) } else { None }) {
            // "a daily flight" repeats no event; names ("the Daily") are none.
            let name = self.capital(i) && i > 0 || self.tagged(i, &[Xpos::Jj, Xpos::Nnp]);
            return (!name).then(|| (Core::Repeated(value.to_string()), i + 1));
        }
        if self.is_any(i, &["every", "each"]) {
            let other = self.is(i + 1, "other");
            let at = i + 1 + usize::from(other);
            if let Some(day) = self.weekday_name(at) {
                let part = self.part(at + 1);
                let end = at + 1 + usize::from(part.is_some());
                return Some((
                    Core::Repeated(format!("XXXX-WXX-{day}{}", part.unwrap_or_default())),
                    end,
                ));
            }
            if let Some(month) = self.month_name(at) {
                return Some((Core::Repeated(format!("XXXX-{month:02}")), at + 1));
            }
            if let Some(season) = self.season_word(at) {
                return Some((Core::Repeated(format!("XXXX-{season}")), at + 1));
            }
            if let Some(part) = self.part(at) {
                return Some((Core::Repeated(format!("XXXX-XX-XX{part}")), at + 1));
            }
            let (amount, at) = match self.count(at) {
                Some(found) => found,
                None => (Amount { count: Some(if other { 2 } else { 1 }), half: false }, at),
            };
            let unit = self.unit(at)?;
            return Some((Core::Repeated(lasting_value(amount, unit)), at + 1));
        }
        // "twice a week", "$5 a year", "per day"
        let per = self.is(i, "per");
        if !per && !self.is_any(i, &["a", "an"]) {
            return None;
        }
        let unit = self.unit(i + 1).filter(|_| !self.plural(i + 1))?;
        let before = i.checked_sub(1)?;
        let rate = per
            || self.is_any(before, &["once", "twice", "times", "percent", "dollars", "euros"])
            || self.is_any(before, &["million", "billion"])
            || self.digits(before).is_some() && i >= 2 && self.mark(i - 2) == Some('$')
            || matches!(self.mark(before), Some('%' | '€' | '£'))
            || self.digits(before).is_some() && self.mark(before.wrapping_sub(1)) == Some(',')
            || self
                .get(before)
                .and_then(|p| self.doc.tokens.get(p.token))
                .is_some_and(|t| t.upos == Upos::Noun && t.xpos == Xpos::Nns);
        let shifted = self.is_any(i + 2, &["ago", "earlier", "later", "before", "after"]);
        let amount = Amount { count: Some(1), half: false };
        (rate && !shifted).then(|| (Core::Repeated(lasting_value(amount, unit)), i + 2))
    }

    /// "three days ago", "a year earlier", "two years", "10-year", "weeks or months".
    pub(super) fn lasting(&self, i: usize) -> Option<(Core, usize)> {
        if self.digits(i).is_some() && i > 0 && self.glued(i) && !self.hyphen(i - 1) {
            return None;
        }
        // "year-ago", "the year-earlier quarter"
        let year = i + usize::from(self.is_any(i, &["the", "a"]));
        if self.unit(year) == Some(Unit::Year)
            && self.hyphen(year + 1)
            && self.is_any(year + 2, &["ago", "earlier"])
        {
            let amount = Amount { count: Some(1), half: false };
            let end = year + 3;
            // Whose quarter is told of; the grammar of quarters knows their numbers.
            let before = |number, end| {
                Some((Core::Quarter { number, year: Year::Shift(-1), way: None }, end))
            };
            if let Some((Core::Quarter { number, .. }, end)) = self.quarter(end) {
                return before(number, end);
            }
            if self.unit(end) == Some(Unit::Quarter) && !self.plural(end) {
                return before(None, end + 1);
            }
            let end = end + usize::from(self.is(end, "period"));
            if year > i && end == year + 3 {
                return None;
            }
            let anchor = Anchor::Report;
            return Some((Core::Shift { amount, unit: Unit::Year, sign: -1, anchor }, end));
        }
        // "the fiscal year ended Jan. 31" is as long as a year, and not the calendar's.
        let fiscal =
            usize::from(self.sense(i + 1, |s| matches!(s, Sense::Fiscal).then_some(())).is_some());
        let ends = i + 2 + fiscal;
        if self.is(i, "the")
            && self.unit(ends - 1) == Some(Unit::Year)
            && self.is_any(ends, &["ended", "ending"])
        {
            let amount = Amount { count: Some(1), half: false };
            return Some((
                Core::Lasting { amount, unit: Unit::Year, window: Window::Nowhere },
                ends,
            ));
        }
        let the = usize::from(self.is(i, "the"));
        let first =
            the + usize::from(the == 1 && self.is_any(i + 1, &["first", "final", "latest"]));
        let (amount, at) = match self.count(i + first) {
            // "the nine months", "the first two years"
            Some((amount, at)) if amount.count != Some(1) || the == 0 => (amount, at),
            Some(_) => return None,
            // "hundreds of years" is one amount, and not a plain one.
            None if i > 1 && self.is(i - 1, "of") => return None,
            None if the == 0 && self.plural(i) => {
                let unit = self.unit(i)?;
                if matches!(
                    unit,
                    Unit::Second | Unit::Minute | Unit::Night | Unit::Weekend | Unit::Quarter
                ) {
                    return None;
                }
                (Amount { count: None, half: false }, i)
            }
            None => return None,
        };
        let mut at = at;
        let hyphened = self.hyphen(at);
        if hyphened && the == 1 {
            // "the two-week war": the determiner is the noun's.
            return None;
        }
        at += usize::from(hyphened);
        at += usize::from(self.is_any(
            at,
            &[
                "more",
                "full",
                "whole",
                "consecutive",
                "straight",
                "long",
                "working",
                "business",
                "trading",
            ],
        ));
        let unit = self.unit(at)?;
        let one = self.is_any(i, &["a", "an"]);
        if one && matches!(unit, Unit::Second | Unit::Weekend | Unit::Quarter | Unit::Night)
            || one && self.plural(at) && amount.count == Some(1)
            || !hyphened && unit == Unit::Second && !self.plural(at)
            || unit == Unit::Quarter && (hyphened || !self.plural(at))
        {
            return None;
        }
        at += 1;
        // An age is a property, not a stretch: "37 years old".
        if !hyphened && self.is(at, "old") {
            return None;
        }
        let mut amount = amount;
        if self.is(at, "and") && self.is(at + 1, "a") && self.is(at + 2, "half") {
            amount.half = true;
            at += 3;
        }
        let more = self.is(at, "or") && self.is(at + 1, "so")
            || amount.count.is_none()
                && self.is_any(at, &["or", "and"])
                && self.unit(at + 1).is_some()
                && self.plural(at + 1);
        at += if more { 2 } else { 0 };
        if hyphened && self.hyphen(at) && self.is_any(at + 1, &["old", "olds", "long"]) {
            at += 2;
        }
        let shift = |sign, anchor, end| Some((Core::Shift { amount, unit, sign, anchor }, end));
        match () {
            _ if hyphened => {}
            _ if self.is(at, "ago") => return shift(-1, Anchor::Report, at + 1),
            _ if self.is(at, "from") && self.is(at + 1, "now") => {
                return shift(1, Anchor::Report, at + 2);
            }
            _ if self.is(at, "hence") => return shift(1, Anchor::Report, at + 1),
            _ if self.is(at, "earlier") => return shift(-1, Anchor::Text, at + 1),
            _ if self.is_any(at, &["later", "afterward", "afterwards"]) => {
                return shift(1, Anchor::Text, at + 1);
            }
            _ => {}
        }
        Some((Core::Lasting { amount, unit, window: Window::Nowhere }, at))
    }

    /// An amount: "10", "twenty-four", "a", "a few", "a couple of", "2 1/2", "two to three".
    pub(super) fn count(&self, i: usize) -> Option<(Amount, usize)> {
        let exact = |count, end| Some((Amount { count: Some(count), half: false }, end));
        let open = |end| Some((Amount { count: None, half: false }, end));
        if self.is(i, "half") && self.is_any(i + 1, &["a", "an"]) {
            return Some((Amount { count: Some(0), half: true }, i + 2));
        }
        if self.is_any(i, &["a", "an", "another", "couple"]) {
            let at = i + usize::from(!self.is(i, "couple"));
            if self.is(at, "couple") {
                return exact(2, at + 1 + usize::from(self.is(at + 1, "of")));
            }
            if self.is(at, "dozen") {
                return exact(12, at + 1);
            }
            if self.is(at, "half") {
                return Some((Amount { count: Some(0), half: true }, at + 1));
            }
            if self.is_any(at, &["few", "number"]) {
                return open(at + 1 + usize::from(self.is(at + 1, "of")));
            }
            if let Some(scale) = self.scale(at) {
                return exact(scale, at + 1);
            }
            return exact(1, at + usize::from(self.is(at, "additional")));
        }
        if self.sense(i, |s| matches!(s, Sense::Vague).then_some(())).is_some() {
            return open(i + 1);
        }
        let (count, mut at) = self.number(i)?;
        // The upper end of "12 to 18 months" is read over: TIMEX3 has one value.
        if (self.is_any(at, &["to", "or"]) || self.hyphen(at))
            && let Some((_, next)) = self.number(at + 1)
            && (self.unit(next).is_some() || self.hyphen(next) && self.unit(next + 1).is_some())
        {
            at = next;
        }
        Some((Amount { count: Some(count), half: self.half(&mut at) }, at))
    }

    pub(super) fn half(&self, at: &mut usize) -> bool {
        let slashed = self.digits(*at) == Some((1, 1))
            && self.mark(*at + 1) == Some('/')
            && self.digits(*at + 2) == Some((2, 1));
        *at += if slashed { 3 } else { 0 };
        let sign = self.mark(*at) == Some('½');
        *at += usize::from(sign);
        slashed || sign
    }

    pub(super) fn scale(&self, i: usize) -> Option<u32> {
        self.sense(i, |s| if let Sense::Scale(n) = s { Some(n) } else { None })
    }

    pub(super) fn numeral(&self, i: usize) -> Option<u32> {
        self.sense(i, |s| if let Sense::Number(n) = s { Some(n) } else { None })
    }

    /// A whole number in digits or words.
    pub(super) fn number(&self, i: usize) -> Option<(u32, usize)> {
        if let Some((mut value, _)) = self.digits(i) {
            let mut at = i + 1;
            while self.mark(at) == Some(',') && self.glued(at) && self.glued(at + 1) {
                let Some((group, 3)) = self.digits(at + 1) else { break };
                value = value.checked_mul(1000)?.checked_add(group)?;
                at += 2;
            }
            let decimal = self.mark(at) == Some('.') && self.glued(at) && self.glued(at + 1);
            if decimal && self.digits(at + 1).is_some() {
                return None;
            }
            return Some((value, at));
        }
        let mut value = self.numeral(i)?;
        let mut at = i + 1;
        if value >= 20 {
            let joint = at + usize::from(self.hyphen(at));
            if let Some(low) = self.numeral(joint).filter(|low| *low < 10) {
                value += low;
                at = joint + 1;
            }
        }
        if let Some(scale) = self.scale(at) {
            value = value.checked_mul(scale)?;
            at += 1;
        }
        Some((value, at))
    }

    /// "the third quarter of 1984", "third-quarter", "Q2 2022", "the first half of 2022".
    pub(super) fn quarter(&self, i: usize) -> Option<(Core, usize)> {
        let mut at = i + usize::from(self.is_any(i, &["the", "this"]));
        let mut year = Year::Open;
        if at > i
            && let Some((known, next)) = self.year(at)
        {
            year = Year::Known(known);
            at = next;
        }
        let fiscal = self.sense(at, |s| matches!(s, Sense::Fiscal).then_some(())).is_some();
        at += usize::from(fiscal);
        at += usize::from(fiscal && self.hyphen(at));
        let letter = self.text(at);
        if (letter == "Q" || letter == "H") && self.glued(at + 1) {
            let (number, 1) = self.digits(at + 1)? else { return None };
            let most = if letter == "Q" { 4 } else { 2 };
            let number = i8::try_from(number).ok().filter(|n| (1..=most).contains(n))?;
            let (year, end) = self.of_year(at + 2, year);
            return Some(if letter == "Q" {
                (Core::Quarter { number: Some(number), year, way: None }, end)
            } else {
                (Core::Half { number, year }, end)
            });
        }
        let number = if self.is_any(at, &["last", "latter"]) { 2 } else { self.ordinal(at)? as i8 };
        let mut next = at + 1;
        if self.hyphen(next) && at > i && year == Year::Open {
            return None;
        }
        next += usize::from(self.hyphen(next));
        if self.is(next, "half") && number <= 2 {
            let (year, end) = self.of_year(next + 1, year);
            let said = year != Year::Open;
            return said.then_some((Core::Half { number, year }, end));
        }
        let named = self.unit(next) == Some(Unit::Quarter) && !self.plural(next);
        if !named || !(1..=4).contains(&number) || self.is(at, "last") {
            return None;
        }
        let (year, end) = self.of_year(next + 1, year);
        Some((Core::Quarter { number: Some(number), year, way: None }, end))
    }

    /// A year after "of" or by itself: "of 1984", "last year", "1984".
    pub(super) fn of_year(&self, i: usize, known: Year) -> (Year, usize) {
        let at = i + usize::from(self.is(i, "of") || self.mark(i) == Some(','));
        let said = at
            + usize::from(self.sense(at, |s| matches!(s, Sense::Fiscal).then_some(())).is_some());
        if let Some((year, next)) = self.year(said) {
            return (Year::Known(year), next);
        }
        if at > i && self.mark(i) == Some(',') {
            return (known, i);
        }
        match self.direction(at) {
            Some(way) if self.unit(at + 1) == Some(Unit::Year) => {
                (Year::Shift(i32::from(way)), at + 2)
            }
            _ => (known, i),
        }
    }

    pub(super) fn ordinal(&self, i: usize) -> Option<u32> {
        self.sense(i, |s| if let Sense::Ordinal(n) = s { Some(n) } else { None })
    }
}

/// A duration as TIMEX3 writes it: `P10Y`, `PT30M`, `PXW`.
pub(super) fn lasting_value(amount: Amount, unit: Unit) -> String {
    let (code, small) = match unit {
        Unit::Second => ("S", None),
        Unit::Minute => ("M", Some((30, "S"))),
        Unit::Hour => ("H", Some((30, "M"))),
        Unit::Day | Unit::Night => ("D", Some((12, "H"))),
        Unit::Week | Unit::Fortnight => ("W", None),
        Unit::Weekend => ("WE", None),
        Unit::Month => ("M", None),
        Unit::Quarter => ("Q", None),
        Unit::Year => ("Y", Some((6, "M"))),
        Unit::Decade => ("DE", None),
        Unit::Century => ("CE", None),
    };
    let clock = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
    let lead = if clock { "PT" } else { "P" };
    let count = match amount.count {
        Some(count) if unit == Unit::Fortnight => count.saturating_mul(2).to_string(),
        Some(count) => count.to_string(),
        None => "X".to_string(),
    };
    match (amount.half, small, amount.count) {
        (false, _, _) => format!("{lead}{count}{code}"),
        (true, Some((half, below)), Some(0)) => {
            format!("{}{half}{below}", if unit == Unit::Day { "PT" } else { lead })
        }
        (true, Some((half, below)), _) if unit == Unit::Day => {
            format!("{lead}{count}{code}T{half}{below}")
        }
        (true, Some((half, below)), _) => format!("{lead}{count}{code}{half}{below}"),
        (true, None, Some(0)) => format!("{lead}0.5{code}"),
        (true, None, _) => format!("{lead}{count}.5{code}"),
    }
}
