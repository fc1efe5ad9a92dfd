//! Places expressions in the calendar: TIMEX3 type and value, and days.
//!
//! A date without a year, a bare weekday or season is the nearest on the side that the tense of
//! its clause tells, the past where it tells nothing; "until" and "by" look ahead. What cannot be
//! resolved keeps its open value (`XXXX-XX-XX`) and no days.

use super::Time;
use super::amounts::lasting_value;
use super::calendar::{self, Days};
use super::clause::{self, Stand};
use super::expression::{Amount, Anchor, Core, Expression, Window, Year};
use super::lexicon::{Bearing, Feast, LEXICON, Unit};
use super::pieces::Pieces;
use jiff::SignedDuration;
use jiff::civil::Date;
use tidings_language::Deprel;

const OPEN_DAY: &str = "XXXX-XX-XX";

/// A quarter that ended less than this ago is the one whose figures are still to come.
const NEAR: SignedDuration = SignedDuration::from_hours(24 * 62);

/// How fine a time is told.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
enum Grain {
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
    reference: Option<(Date, Grain)>,
    /// A year written out in this sentence, and the head of its clause.
    year: Option<(i16, usize)>,
    /// The head of the clause of the expression at hand.
    clause: Option<usize>,
    /// A quarter told in this sentence.
    quarter: Option<Date>,
    /// The last quarter told at all.
    told_quarter: Option<Date>,
}

/// Type, value and days.
type Placed = (&'static str, String, Option<Days>);

impl Resolver {
    pub fn new(published: Option<Date>) -> Resolver {
        Resolver {
            published,
            reference: None,
            year: None,
            clause: None,
            quarter: None,
            told_quarter: None,
        }
    }

    pub fn open_sentence(&mut self) {
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

    /// -1 where the text looks back, 1 where it looks ahead, 0 where it does not tell.
    fn way(&self, pieces: &Pieces, first: usize, from: usize, to: usize, found: &Expression) -> i8 {
        let doc = pieces.doc;
        let Expression { core, end: after, .. } = found;
        let after = *after;
        let head = (from..=to)
            .find(|&i| doc.head(i).is_none_or(|head| head < from || head > to))
            .unwrap_or(from);
        let stand = clause::stand(doc, head);
        let back = matches!(stand, Stand::Past | Stand::Perfect | Stand::Before);
        if first > 0 && pieces.is_any(first - 1, &["until", "till"]) {
            return 1;
        }
        // "before Friday's purchases" tells what is before the purchases.
        let owner = pieces.apostrophe(after) && pieces.is(after + 1, "s");
        // "unless it apologized by June 1" looks ahead whatever its tense.
        let condition = || {
            let marks = |verb| doc.children_by(verb, &[Deprel::Mark]);
            self.clause
                .is_some_and(|verb| marks(verb).any(|m| matches!(doc.lemma(m), "if" | "unless")))
        };
        if first > 0
            && pieces.is_any(first - 1, &["by", "before"])
            && !owner
            && (!back || condition())
        {
            return 1;
        }
        if first > 0 && pieces.is(first - 1, "since") {
            return -1;
        }
        // "called an election for May 4", "demanded that they leave by May 4": whoever sets a date sets
        // it ahead.
        let setter = || {
            let bears = |verb| LEXICON.bears(doc.lemma(verb), Bearing::Plan);
            let verb = clause::head_of_clause(doc, head);
            verb.is_some_and(|verb| bears(verb) || doc.head(verb).is_some_and(bears))
        };
        if first > 0 && pieces.is_any(first - 1, &["for", "by"]) && !owner && setter() {
            return 1;
        }
        let direct = doc.tokens.get(head).is_some_and(|word| {
            matches!(word.deprel, Deprel::Obl | Deprel::OblUnmarked | Deprel::Advmod)
        });
        // A date that hangs on a noun ("the Feb. 23 accord", "payable Dec. 7") has no tense.
        let loose = !direct || first > 0 && pieces.is_any(first - 1, &["to", "through"]);
        if loose && stand != Stand::Unknown && matches!(core, Core::Month { .. }) {
            return 0;
        }
        match stand {
            _ if back => -1,
            Stand::Ahead => 1,
            Stand::Present => {
                let bears = |verb: Option<usize>, bearing| {
                    verb.is_some_and(|verb| LEXICON.bears(doc.lemma(verb), bearing))
                };
                if bears(clause::head_of_clause(doc, head), Bearing::Sequel) {
                    return -1;
                }
                let says = bears(doc.head(head), Bearing::Report);
                // "the deadline is Friday"
                let equated = clause::heads_clause(doc, head);
                if equated || direct && !says { 1 } else { -1 }
            }
            _ => 0,
        }
    }

    fn remember(&mut self, core: &Core, days: Option<Days>) {
        let grain = match core {
            Core::Month { day: Some(_), .. } | Core::Weekday { .. } | Core::Day(_) => Grain::Day,
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

    fn known(&self, year: Year) -> Option<i16> {
        match year {
            Year::Known(year) => Some(year),
            Year::Shift(by) => {
                let year = i32::from(self.published?.year()).checked_add(by)?;
                i16::try_from(year).ok()
            }
            Year::Open => None,
        }
    }

    fn month(
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

    fn season(
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

    fn quarter(
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

    fn weekday(&self, day: i8, said: Option<i8>, anchor: Anchor, way: i8) -> Option<Date> {
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

    fn unit(&self, unit: Unit, shift: i32, anchor: Anchor, way: i8) -> (String, Option<Days>) {
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
    fn shift(&self, amount: Amount, unit: Unit, sign: i32, anchor: Anchor) -> Option<Placed> {
        let reference = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        let open = |value: &str| Some(("DATE", value.to_string(), None));
        let Some(count) = amount.count else {
            return open(if anchor == Anchor::Text { unresolved(unit) } else { reference });
        };
        let by = i32::try_from(count).ok()?.checked_mul(sign)?;
        let (base, grain) = match (anchor, self.reference) {
            (Anchor::Text, Some(reference)) => reference,
            // Beside a quarter, "a year ago" is that quarter of the year before.
            (Anchor::Report, _) if unit == Unit::Year && self.quarter.is_some() => {
                (self.quarter?, Grain::Quarter)
            }
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
    fn window(&self, amount: Amount, unit: Unit, window: Window) -> Option<Days> {
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

    fn feast(&self, feast: Feast, year: Year, way: i8) -> (String, Option<Days>) {
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

fn told(day: Date, grain: Grain) -> (String, Option<Days>) {
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
