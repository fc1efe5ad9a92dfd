//! The grammar of time expressions: pieces in, the longest expression that begins at a piece out.
//!
//! After the TIMEX3 part of the TimeML 1.2.1 annotation guidelines (Saurí et al. 2006): an
//! expression holds its determiner and modifiers, not the preposition before it.

use super::expression::{Amount, Anchor, Core, Expression, Window, Year};
use super::lexicon::{LEXICON, Meaning, Sense, Unit};
use super::pieces::{Kind, Pieces};
use tidings_language::{Deprel, Upos, Xpos};

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
        // "year-end", "the year's end"
        if let Some(unit @ (Unit::Year | Unit::Month)) = self.unit(at) {
            let hyphen = usize::from(self.hyphen(at + 1));
            let genitive = self.apostrophe(at + 1) && self.is(at + 2, "s");
            let end = at + 1 + if genitive { 2 } else { hyphen };
            let core = Core::Unit { unit, way: 0, anchor: Anchor::Report };
            let mut found = Expression::new(core, end + 1);
            found.modifier = Some("END");
            return (self.is(end, "end") && !self.plural(at)).then_some(found);
        }
        let modifier = self.portion(at)?;
        let next = at + 1 + usize::from(self.is(at + 1, "of"));
        if next == at + 1 && !self.is_any(at, &["end", "close"]) {
            return None;
        }
        let mut found = match self.plain(next) {
            Some(found) => found,
            None if self.is(next, "the") => self.the_any_unit(next)?,
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
                None if inside => self.the_any_unit(i + 2)?,
                None => return None,
            };
            let fits = matches!(
                found.core,
                Core::Unit { .. } | Core::Day(_) | Core::Weekday { .. } | Core::Season { .. }
            ) || matches!(
                found.core,
                Core::Year(_) | Core::Month { .. } | Core::Decade(_) | Core::Quarter { .. }
            );
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
            self.nth_weekday(i),
            self.day(i),
            self.directed(i),
            self.quarter(i),
            self.season(i),
            self.century(i),
            self.lasting(i),
            self.repeated(i),
            self.feast(i),
            self.phrase(i),
            self.the_unit(i),
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
                // "in the morning", not "spent the night"
                // "at dawn", not "at night"
                None if self
                    .is_any(i.wrapping_sub(1), &["at", "before", "until", "by", "around"])
                    && !deictic
                    && !self.is_any(at, &["night", "morning", "afternoon", "evening"]) => {}
                None if self.is(i, "the")
                    && !self.plural(at)
                    && self.is_any(i.wrapping_sub(1), &["in", "during"]) => {}
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
        at = self.past_point(at);
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

    /// "the third Sunday of January", "the last Friday in May 2031".
    fn nth_weekday(&self, i: usize) -> Option<(Core, usize)> {
        let at = i + usize::from(self.is(i, "the"));
        let nth = if self.is(at, "last") { -1 } else { i8::try_from(self.ordinal(at)?).ok()? };
        let day = self.weekday_name(at + 1)?;
        let led = self.is_any(at + 2, &["of", "in"]);
        match self.date(at + 3)? {
            (Core::Month { year, month, day: None, way, .. }, end) if led && nth <= 5 => {
                Some((Core::NthWeekday { nth, day, month, year, way }, end))
            }
            _ => None,
        }
    }

    pub(super) fn weekday_name(&self, i: usize) -> Option<i8> {
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
        // "the latest period" is the quarter that the report is about, "the full year" the year.
        if self.is(at, "latest") && self.is(at + 1, "period") {
            let core = Core::Quarter { number: None, year: Year::Open, way: None };
            return Some((core, at + 2));
        }
        if self.is(i, "the") && self.is(at, "full") && self.unit(at + 1) == Some(Unit::Year) {
            let core = Core::Unit { unit: Unit::Year, way: 0, anchor: Anchor::Report };
            return Some((core, at + 2)).filter(|_| !self.plural(at + 1));
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
            // "her last day" is no yesterday.
            if unit == Unit::Day && self.is_any(at - 1, &["last", "past", "latest"]) {
                return None;
            }
            let way = if latest && unit == Unit::Quarter { -1 } else { way };
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

    /// "the quarter", "the weekend": the one the report is about.
    fn the_unit(&self, i: usize) -> Option<(Core, usize)> {
        let found = self.the_any_unit(i)?;
        match found.core {
            Core::Unit { unit: Unit::Weekend, .. } => Some((found.core, found.end)),
            Core::Unit { unit: Unit::Quarter, .. } => {
                Some((Core::Quarter { number: None, year: Year::Open, way: None }, found.end))
            }
            Core::Unit { unit: Unit::Year, .. } if self.is_any(i.wrapping_sub(1), &["for"]) => {
                let more = self
                    .is_any(found.end, &["ended", "ending", "of", "that", "before", "after", "in"]);
                (!more).then_some((found.core, found.end))
            }
            _ => None,
        }
    }

    /// "the year" where a modifier before it shows that it is a time.
    fn the_any_unit(&self, i: usize) -> Option<Expression> {
        let unit = self.unit(i + 1).filter(|_| self.is(i, "the") && !self.plural(i + 1))?;
        Some(Expression::new(Core::Unit { unit, way: 0, anchor: Anchor::Report }, i + 2))
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
        // "the fall of the town" is no autumn.
        let event = verb && self.is(end, "of") && way.is_none();
        if event || bare && (verb || self.capital(at)) {
            return None;
        }
        Some((Core::Season { code, year, way }, end))
    }

    fn season_name(&self, i: usize) -> Option<&'static str> {
        let code = self.season_word(i)?;
        let noun = match self.get(i).and_then(|p| self.doc.tokens.get(p.token)) {
            // "summer school"
            Some(token) => token.upos != Upos::Verb && token.deprel != Deprel::Compound,
            None => false,
        };
        noun.then_some(code)
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
        // "as soon as the talks fail", "soon after the vote"
        let soon = self.is(end - 1, "soon")
            && (self.is_any(end, &["as", "after"])
                || self.is_any(i.wrapping_sub(1), &["as", "how"]));
        // "the current law" is now; "current" as a noun is not.
        let adjective = self.is(i, "current") && !self.tagged(i, &[Xpos::Jj, Xpos::Xx]);
        if soon || adjective {
            return None;
        }
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
                && self.doc.form(token + 1).starts_with(char::is_uppercase)
                && (next.head as usize == token || own.head as usize == token + 1)
        })
    }

    pub(super) fn tagged(&self, i: usize, tags: &[Xpos]) -> bool {
        self.get(i)
            .and_then(|piece| self.doc.tokens.get(piece.token))
            .is_some_and(|token| tags.contains(&token.xpos))
    }
}
