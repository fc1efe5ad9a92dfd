//! The grammar of time expressions: pieces in, the longest expression that begins at a piece out.
//!
//! After the TIMEX3 part of the TimeML 1.2.1 annotation guidelines (Saurí et al. 2006): an
//! expression holds its determiner and modifiers, not the preposition before it.

use super::expression::{Amount, Anchor, Core, Expression, Window, Year};
use super::lexicon::{LEXICON, Meaning, Sense, Unit};
use super::pieces::{Kind, Pieces};
use tidings_language::{Upos, Xpos};

impl Pieces<'_> {
    /// The longest time expression that begins at piece `i`.
    pub fn expression(&self, i: usize) -> Option<Expression> {
        if !self.promising(i) {
            return None;
        }
        [self.approximate(i), self.portioned(i), self.modified(i), self.plain(i)]
            .into_iter()
            .flatten()
            .max_by_key(|found| found.end)
    }

    /// Whether the piece or one shortly after it has to do with time.
    fn promising(&self, i: usize) -> bool {
        let known = |i| match self.get(i).map(|piece| piece.kind) {
            Some(Kind::Word(senses)) => senses.is_some(),
            Some(Kind::Digits { .. }) => true,
            _ => false,
        };
        match self.get(i).map(|piece| piece.kind) {
            Some(Kind::Word(None)) => self.is(i, "then") || (i + 1..i + 4).any(known),
            Some(Kind::Mark(_)) => self.apostrophe(i) && known(i + 1),
            _ => true,
        }
    }

    /// "nearly two years", "at least 30 days", "around Nov. 1".
    fn approximate(&self, i: usize) -> Option<Expression> {
        const LONGER: [(&[&str], &str); 8] = [
            (&["at", "least"], "EQUAL_OR_MORE"),
            (&["at", "most"], "EQUAL_OR_LESS"),
            (&["up", "to"], "EQUAL_OR_LESS"),
            (&["more", "than"], "MORE_THAN"),
            (&["less", "than"], "LESS_THAN"),
            (&["fewer", "than"], "LESS_THAN"),
            (&["no", "more", "than"], "EQUAL_OR_LESS"),
            (&["no", "less", "than"], "EQUAL_OR_MORE"),
        ];
        let word = self.sense(i, |s| matches!(s, Sense::Amount(_)).then_some(s));
        let (next, modifier) = match word {
            Some(Sense::Amount(value)) => (i + 1, value),
            _ => LONGER
                .iter()
                .find(|(words, _)| words.iter().enumerate().all(|(n, w)| self.is(i + n, w)))
                .map(|(words, value)| (i + words.len(), *value))?,
        };
        let mut found = self.plain(next)?;
        let fits = match found.core {
            Core::Lasting { window: Window::Nowhere, amount, .. } => {
                amount.count.is_some() || self.is(next, "several")
            }
            Core::Lasting { .. } => self.is(i, "at"),
            Core::Shift { .. } => !self.is_any(i, &["over", "within"]),
            Core::Clock | Core::Month { .. } | Core::Feast(..) | Core::Year(Year::Known(_)) => {
                self.is_any(i, &["about", "around", "roughly", "approximately"])
            }
            _ => false,
        };
        found.modifier = Some(modifier);
        fits.then_some(found)
    }

    /// "the end of next month", "the middle of October".
    fn portioned(&self, i: usize) -> Option<Expression> {
        let at = i + usize::from(self.is(i, "the"));
        let modifier = self.portion(at)?;
        let next = at + 1 + usize::from(self.is(at + 1, "of"));
        if next == at + 1 && !self.is_any(at, &["end", "close"]) {
            return None;
        }
        let mut found = match self.plain(next) {
            Some(found) => found,
            None if self.is(next, "the") => self.the_unit(next)?,
            None => return None,
        };
        let fits = !matches!(found.core, Core::Lasting { .. } | Core::Repeated(_) | Core::Clock);
        if next == at + 1 && !matches!(found.core, Core::Month { .. } | Core::Year(_)) {
            return None;
        }
        found.modifier = Some(modifier);
        fits.then_some(found)
    }

    /// "early next year", "the late 1970s", "mid-November", "earlier this week".
    fn modified(&self, i: usize) -> Option<Expression> {
        if self.is_any(i, &["earlier", "later"]) {
            let side = if self.is(i, "later") { 1 } else { -1 };
            let inside = self.is(i + 1, "in") || self.is(i + 1, "on");
            let mut found = match self.plain(i + 1 + usize::from(inside)) {
                Some(found) => found,
                None if inside => self.the_unit(i + 2)?,
                None => return None,
            };
            let fits = match found.core {
                Core::Unit { .. } | Core::Day(_) | Core::Weekday { .. } | Core::Season { .. } => {
                    true
                }
                Core::Year(_) | Core::Month { .. } | Core::Decade(_) => true,
                Core::Quarter { .. } => true,
                _ => false,
            };
            found.modifier = Some(if side < 0 { "START" } else { "END" });
            found.side = side;
            return fits.then_some(found);
        }
        let at = i + usize::from(self.is(i, "the") || self.is(i, "this"));
        let modifier = self.modifier(at)?;
        let next = at + 1 + usize::from(self.hyphen(at + 1));
        let next = next + usize::from(next == at + 1 && self.is_any(next, &["on", "in"]));
        let mut found = self.plain(next).or_else(|| {
            let part = self.part(next).filter(|_| !self.is(next, "overnight"))?;
            let mut found = self.dated_part(next + 1);
            found.part = Some(part);
            Some(found)
        })?;
        let fits = match found.core {
            Core::Lasting { .. } | Core::Shift { .. } | Core::Repeated(_) => false,
            Core::Reference(_) | Core::Then => false,
            Core::Clock => found.part.is_some(),
            _ => true,
        };
        found.modifier = Some(modifier);
        fits.then_some(found)
    }

    /// An expression without a modifier before it.
    fn plain(&self, i: usize) -> Option<Expression> {
        let timed = self.timed(i);
        let core = [
            self.date(i),
            self.numeric_date(i),
            self.years(i),
            self.weekday(i),
            self.day(i),
            self.directed(i),
            self.quarter(i),
            self.season(i),
            self.century(i),
            self.lasting(i),
            self.repeated(i),
            self.feast(i),
            self.phrase(i),
        ]
        .into_iter()
        .flatten()
        .max_by_key(|(_, end)| *end);
        let mut best = timed;
        if let Some((core, end)) = core
            && best.as_ref().is_none_or(|timed| timed.end < end)
        {
            best = Some(self.with_part(core, end));
        }
        best
    }

    /// A part of the day after its day: "Friday evening", "yesterday morning".
    fn with_part(&self, core: Core, end: usize) -> Expression {
        let mut found = Expression::new(core, end);
        let day = matches!(
            found.core,
            Core::Weekday { .. } | Core::Day(_) | Core::Month { day: Some(_), .. }
        );
        if day {
            let of_night = end > 0 && self.is(end - 1, "tonight");
            if of_night {
                found.part = Some("TNI");
            } else if let Some(part) = self.part(end).filter(|_| !self.is(end, "overnight")) {
                found.part = Some(part);
                found.end += 1;
            } else if let Some((clock, next)) = self.clock(end).filter(|_| self.is(end, "noon")) {
                found.clock = Some(clock);
                found.end = next;
            }
        }
        found
    }

    /// A time of day, with its day where that follows.
    fn timed(&self, i: usize) -> Option<Expression> {
        if let Some((clock, next)) = self.clock(i) {
            let mut found = self.dated_part(next);
            found.clock = Some(clock);
            return Some(found);
        }
        if self.is(i, "overnight") {
            let mut found = self.dated_part(i + 1);
            found.part = Some("TNI");
            return Some(found);
        }
        let deictic = self.is_any(i, &["this", "last", "that", "the"]);
        let at = i + usize::from(deictic);
        let at = at + usize::from(deictic && self.is(at, "same"));
        let part = self.part(at).filter(|_| !self.is(at, "overnight"))?;
        let mut found = Expression::new(Core::Clock, at + 1);
        found.part = Some(part);
        if self.is(i, "last") {
            found.core = Core::Day(-1);
        } else if self.is(i, "this") {
            found.core = Core::Day(0);
        } else if self.is(i, "that") || self.is(at - usize::from(deictic), "same") {
            found.core = Core::Unit { unit: Unit::Day, way: 0, anchor: Anchor::Text };
        } else {
            // "the night of Aug. 12", "the morning"
            let day = self.is(at + 1, "of").then(|| self.plain(at + 2)).flatten();
            match day {
                Some(day) => {
                    found.core = day.core;
                    found.end = day.end;
                }
                None if self.is(i, "the") && !self.plural(at) => {}
                None => return None,
            }
        }
        Some(found)
    }

    /// What is known of the day after a time of day, as in "10 p.m. Wednesday".
    fn dated_part(&self, i: usize) -> Expression {
        let at = i + usize::from(self.mark(i) == Some(','));
        let day = [self.date(at), self.weekday(at), self.day(at), self.numeric_date(at)]
            .into_iter()
            .flatten()
            .max_by_key(|(_, end)| *end);
        match day {
            Some((core, end)) => Expression::new(core, end),
            None => Expression::new(Core::Clock, i),
        }
    }

    fn day(&self, i: usize) -> Option<(Core, usize)> {
        Some((Core::Day(self.day_word(i)?), i + 1))
    }

    /// "on Sunday", "last Friday", "the previous Friday", "Sunday, August 21".
    fn weekday(&self, i: usize) -> Option<(Core, usize)> {
        let mut at = i;
        let mut way = None;
        let mut anchor = Anchor::Report;
        at += usize::from(self.is(at, "the"));
        if self.is_any(at, &["previous", "preceding", "following"]) {
            anchor = Anchor::Text;
        }
        while let Some(next) = self.direction(at) {
            way = Some(next);
            at += 1;
        }
        if at == i + 1 && self.is(i, "the") {
            return None;
        }
        let day = self.weekday_name(at)?;
        at += 1;
        at += usize::from(self.mark(at) == Some('.') && self.glued(at));
        // A date beside the weekday says more than the weekday.
        let date = at + usize::from(self.mark(at) == Some(','));
        let date = date + usize::from(self.is(date, "the"));
        if let Some((core @ Core::Month { day: Some(_), .. }, end)) = self.date(date) {
            return Some((core, end));
        }
        if let Some(way) = self.direction(at)
            && self.unit(at + 1) == Some(Unit::Week)
        {
            // "Tuesday last week"
            return Some((Core::Weekday { day, way: Some(way * 10), anchor }, at + 2));
        }
        Some((Core::Weekday { day, way, anchor }, at))
    }

    fn weekday_name(&self, i: usize) -> Option<i8> {
        let found = self.sense(i, |sense| match sense {
            Sense::Weekday(day) => Some((day, false)),
            Sense::WeekdayShort(day) => Some((day, true)),
            _ => None,
        })?;
        if !self.capital(i) || self.hyphen(i + 1) && self.glued(i + 1) && self.word(i + 2) {
            return None;
        }
        let (day, short) = found;
        let pointed = (self.mark(i + 1) == Some('.') && self.glued(i + 1))
            || self.mark(i + 1) == Some(',') && self.month_name(i + 2).is_some()
            || self.month_name(i + 1).is_some();
        (!short || pointed).then_some(day)
    }

    /// A word next to a hyphen that makes a name of what stands before it ("Friday-Mosque").
    fn word(&self, i: usize) -> bool {
        self.glued(i) && self.capital(i) && self.sense(i, Some).is_none()
    }

    /// "last week", "this month", "the following year", "that year", "recent weeks".
    fn directed(&self, i: usize) -> Option<(Core, usize)> {
        let mut at = i;
        let determined = self.is_any(at, &["the", "that", "its", "their"]);
        at += usize::from(determined);
        if self.is(i, "that") || determined && self.is(at, "same") {
            at += usize::from(self.is(at, "same"));
            let unit = self.unit(at).filter(|_| !self.plural(at))?;
            let fits = matches!(unit, Unit::Day | Unit::Week | Unit::Weekend)
                || matches!(unit, Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade);
            return fits.then_some((Core::Unit { unit, way: 0, anchor: Anchor::Text }, at + 1));
        }
        if self.is_any(at, &["recent", "coming", "future", "past"]) && self.plural(at + 1) {
            let reference =
                if self.is_any(at, &["recent", "past"]) { "PAST_REF" } else { "FUTURE_REF" };
            self.unit(at + 1)?;
            let both = self.is(at + 2, "and") && self.unit(at + 3).is_some() && self.plural(at + 3);
            return Some((Core::Reference(reference), at + if both { 4 } else { 2 }));
        }
        let way = match self.direction(at) {
            Some(way) => way,
            None if self.is(at, "latest") => 0,
            None => return None,
        };
        let anchor = if self.is_any(at, &["previous", "preceding", "following"]) {
            Anchor::Text
        } else {
            Anchor::Report
        };
        let window = match way {
            _ if self.is_any(at, &["this", "current"]) => Window::Nowhere,
            -1 => Window::Past,
            _ => Window::Future,
        };
        at += 1;
        at += usize::from(self.sense(at, |s| matches!(s, Sense::Fiscal).then_some(())).is_some());
        if let Some(unit) = self.unit(at).filter(|_| !self.plural(at)) {
            let end = at + 1;
            let vague = self.is(end, "or") && self.is(end + 1, "so");
            // "the past year" lasts up to now; "last year" is the calendar's.
            let latest = self.is(at - 1, "latest");
            if vague
                || determined
                    && !latest
                    && window != Window::Nowhere
                    && !self.is(at - 1, "previous")
                    && !self.is_any(at - 1, &["following", "preceding"])
            {
                let amount = Amount { count: Some(1), half: false };
                let core = Core::Lasting { amount, unit, window };
                return Some((core, end + if vague { 2 } else { 0 }));
            }
            if self.apostrophe(end) && self.is(end + 1, "s") && unit == Unit::Year {
                let year = Year::Shift(i32::from(way));
                if let Some((Core::Quarter { number, .. }, end)) = self.quarter(end + 2) {
                    return Some((Core::Quarter { number, year, way: None }, end));
                }
            }
            if matches!(
                unit,
                Unit::Second | Unit::Minute | Unit::Hour | Unit::Decade | Unit::Century
            ) && window != Window::Nowhere
                && !determined
            {
                let amount = Amount { count: Some(1), half: false };
                return Some((Core::Lasting { amount, unit, window }, end));
            }
            return Some((Core::Unit { unit, way, anchor }, end));
        }
        let (amount, at) = self.count(at)?;
        let at = at + usize::from(self.is(at, "more"));
        let at = at + usize::from(self.hyphen(at) && self.glued(at));
        let unit = self.unit(at)?;
        let end = at + 1;
        let end = end + if self.is(end, "or") && self.is(end + 1, "so") { 2 } else { 0 };
        Some((Core::Lasting { amount, unit, window }, end))
    }

    /// "the quarter", "the weekend", "the week": the one the report is about.
    fn the_unit(&self, i: usize) -> Option<Expression> {
        let unit = self.unit(i + 1).filter(|_| self.is(i, "the") && !self.plural(i + 1))?;
        Some(Expression::new(Core::Unit { unit, way: 0, anchor: Anchor::Report }, i + 2))
    }

    /// "every Friday", "each year", "daily", "twice a week", "Fridays".
    fn repeated(&self, i: usize) -> Option<(Core, usize)> {
        if let Some(day) =
            self.sense(i, |s| if let Sense::Weekdays(d) = s { Some(d) } else { None })
        {
            return Some((Core::Repeated(format!("XXXX-WXX-{day}")), i + 1));
        }
        if let Some(value) = self.sense(i, |s| if let Sense::Set(v) = s { Some(v) } else { None }) {
            let name = self.capital(i) && i > 0;
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
            || matches!(self.mark(before), Some('%' | '€' | '£'));
        let shifted = self.is_any(i + 2, &["ago", "earlier", "later", "before", "after"]);
        let amount = Amount { count: Some(1), half: false };
        (rate && !shifted).then(|| (Core::Repeated(lasting_value(amount, unit)), i + 2))
    }

    /// "three days ago", "a year earlier", "two years", "10-year", "weeks or months".
    fn lasting(&self, i: usize) -> Option<(Core, usize)> {
        if self.digits(i).is_some() && i > 0 && self.glued(i) && !self.hyphen(i - 1) {
            return None;
        }
        // "year-ago", "year-earlier"
        if self.unit(i) == Some(Unit::Year) && self.hyphen(i + 1) {
            let amount = Amount { count: Some(1), half: false };
            if self.is_any(i + 2, &["ago", "earlier"]) {
                let anchor = if self.is(i + 2, "ago") { Anchor::Report } else { Anchor::Text };
                return Some((Core::Shift { amount, unit: Unit::Year, sign: -1, anchor }, i + 3));
            }
        }
        let the = usize::from(self.is(i, "the"));
        let first =
            the + usize::from(the == 1 && self.is_any(i + 1, &["first", "final", "latest"]));
        let (amount, at) = match self.count(i + first) {
            // "the nine months", "the first two years"
            Some((amount, at)) if amount.count != Some(1) || the == 0 => (amount, at),
            Some(_) => return None,
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
        at += usize::from(hyphened);
        at += usize::from(
            self.is_any(at, &["more", "full", "whole", "consecutive", "straight", "long"]),
        );
        let unit = self.unit(at)?;
        let one = self.is_any(i, &["a", "an"]);
        if one && matches!(unit, Unit::Second | Unit::Weekend | Unit::Quarter | Unit::Night)
            || one && self.plural(at) && amount.count == Some(1)
            || !hyphened && unit == Unit::Second && !self.plural(at)
            || unit == Unit::Quarter && !self.plural(at)
        {
            return None;
        }
        at += 1;
        let mut amount = amount;
        if self.is(at, "and") && self.is(at + 1, "a") && self.is(at + 2, "half") {
            amount.half = true;
            at += 3;
        }
        if self.is(at, "or") && self.is(at + 1, "so") {
            at += 2;
        } else if amount.count.is_none()
            && self.is_any(at, &["or", "and"])
            && self.unit(at + 1).is_some()
            && self.plural(at + 1)
        {
            at += 2;
        }
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
    fn count(&self, i: usize) -> Option<(Amount, usize)> {
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
        if self.is_any(at, &["to", "or"]) || self.hyphen(at) {
            if let Some((_, next)) = self.number(at + 1)
                && (self.unit(next).is_some() || self.hyphen(next) && self.unit(next + 1).is_some())
            {
                at = next;
            }
        }
        Some((Amount { count: Some(count), half: self.half(&mut at) }, at))
    }

    fn half(&self, at: &mut usize) -> bool {
        let slashed = self.digits(*at) == Some((1, 1))
            && self.mark(*at + 1) == Some('/')
            && self.digits(*at + 2) == Some((2, 1));
        *at += if slashed { 3 } else { 0 };
        let sign = self.mark(*at) == Some('½');
        *at += usize::from(sign);
        slashed || sign
    }

    fn scale(&self, i: usize) -> Option<u32> {
        self.sense(i, |s| if let Sense::Scale(n) = s { Some(n) } else { None })
    }

    fn numeral(&self, i: usize) -> Option<u32> {
        self.sense(i, |s| if let Sense::Number(n) = s { Some(n) } else { None })
    }

    /// A whole number in digits or words.
    fn number(&self, i: usize) -> Option<(u32, usize)> {
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
    fn quarter(&self, i: usize) -> Option<(Core, usize)> {
        let mut at = i + usize::from(self.is_any(i, &["the", "its", "their", "this"]));
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
    fn of_year(&self, i: usize, known: Year) -> (Year, usize) {
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

    /// "last summer", "the winter of 1994", "summer".
    fn season(&self, i: usize) -> Option<(Core, usize)> {
        let mut at = i + usize::from(self.is(i, "the"));
        let mut way = None;
        while let Some(next) = self.direction(at) {
            way = Some(next);
            at += 1;
        }
        let code = self.season_name(at)?;
        let (year, end) = self.of_year(at + 1, Year::Open);
        let verb = self.is_any(at, &["spring", "fall"]);
        let bare = at == i && year == Year::Open;
        if verb && bare || self.capital(at) && bare {
            return None;
        }
        Some((Core::Season { code, year, way }, end))
    }

    fn season_name(&self, i: usize) -> Option<&'static str> {
        let code = self.season_word(i)?;
        let noun = match self.get(i).and_then(|p| self.doc.tokens.get(p.token)) {
            Some(token) => token.upos != Upos::Verb,
            None => false,
        };
        noun.then_some(code)
    }

    fn ordinal(&self, i: usize) -> Option<u32> {
        self.sense(i, |s| if let Sense::Ordinal(n) = s { Some(n) } else { None })
    }

    /// "the 20th century".
    fn century(&self, i: usize) -> Option<(Core, usize)> {
        let at = i + usize::from(self.is(i, "the"));
        let (number, next) = match self.digits(at) {
            Some((number, _)) if self.is_any(at + 1, &["st", "nd", "rd", "th"]) => (number, at + 2),
            _ => (self.ordinal(at)?, at + 1),
        };
        let next = next + usize::from(self.hyphen(next));
        let named = self.unit(next) == Some(Unit::Century) && (2..=21).contains(&number);
        named.then(|| (Core::Century(number as i16 - 1), next + 1))
    }

    fn feast(&self, i: usize) -> Option<(Core, usize)> {
        let feast = self.sense(i, |s| if let Sense::Holiday(f) = s { Some(f) } else { None })?;
        if !self.capital(i) || self.get(i).is_none_or(|p| self.is_person(p.token)) {
            return None;
        }
        let (year, end) = self.of_year(i + 1, Year::Open);
        Some((Core::Feast(feast, year), end))
    }

    /// A fixed phrase of the lexicon.
    fn phrase(&self, i: usize) -> Option<(Core, usize)> {
        if self.then(i) {
            return Some((Core::Then, i + 1));
        }
        let (words, meaning) = LEXICON.phrases(self.text(i)).iter().find(|(words, _)| {
            words
                .iter()
                .enumerate()
                .all(|(n, word)| self.is(i + n, word) || *word == "'" && self.apostrophe(i + n))
        })?;
        let end = i + words.len();
        Some(match *meaning {
            Meaning::Reference(value) => {
                // "the past" before a noun belongs to another expression.
                let adjective = words.len() > 1
                    && self.is_any(end - 1, &["past", "present"])
                    && self.get(end).is_some_and(|p| {
                        matches!(p.kind, Kind::Digits { .. })
                            || self.doc.tokens.get(p.token).is_some_and(|t| {
                                matches!(t.upos, Upos::Noun | Upos::Adj | Upos::Num)
                            })
                    });
                if adjective {
                    return None;
                }
                (Core::Reference(value), end)
            }
            Meaning::Days(days) => (Core::Day(days), end),
            Meaning::Feast(feast) => {
                let (year, end) = self.of_year(end, Year::Open);
                (Core::Feast(feast, year), end)
            }
        })
    }

    /// "by then", "since then".
    fn then(&self, i: usize) -> bool {
        self.is(i, "then")
            && i > 0
            && self.is_any(i - 1, &["by", "until", "till", "since", "before", "from"])
    }

    /// Whether the word is part of a longer name ("Easter Island").
    fn is_person(&self, token: usize) -> bool {
        let tokens = &self.doc.tokens;
        let Some(own) = tokens.get(token) else { return false };
        tokens.get(token + 1).is_some_and(|next| {
            next.upos == Upos::Propn
                && (next.head as usize == token || own.head as usize == token + 1)
        })
    }

    pub(super) fn tagged(&self, i: usize, tags: &[Xpos]) -> bool {
        self.get(i)
            .and_then(|piece| self.doc.tokens.get(piece.token))
            .is_some_and(|token| tags.contains(&token.xpos))
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
