//! The parameters of a request, read strictly: what is not understood is told, not passed over.

use crate::problem::Problem;
use axum::extract::Query;
use axum::http::Uri;
use jiff::civil::Date;
use std::ops::RangeInclusive;
use tidings_record::Trust;
use tidings_record::questions::{Filter, Key, Order, Slice};

/// Rows of a list, if nothing is said, and at most.
const ROWS: u32 = 50;
const MOST_ROWS: u32 = 200;

/// The longest words that are sought.
const LONGEST: usize = 300;

/// How an incident or an event stands; what is said of the evidence of a claim; how a date stands.
pub(super) const STATUSES: [&str; 7] =
    ["contested", "confirmed", "reported", "claimed", "denied", "planned", "possible"];
pub(super) const EVIDENCE: [&str; 3] = ["none_given", "denied", "supported"];
pub(super) const STATES: [&str; 4] = ["open", "met", "missed", "unclear"];

/// The parameters of a request, taken out one by one.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub fn of(uri: &Uri) -> Result<Parameters, Problem> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|error| Problem::wrong(format!("the parameters cannot be read ({error})")))?;
        for (name, value) in &pairs {
            if value.chars().any(char::is_control) {
                return Err(Problem::wrong(format!("{name}: holds control characters")));
            }
            if value.is_empty() || value.chars().count() > LONGEST {
                let detail = format!("{name}: must have 1 to {LONGEST} characters");
                return Err(Problem::wrong(detail));
            }
        }
        Ok(Parameters(pairs))
    }

    fn all(&mut self, name: &str) -> Vec<String> {
        let (taken, rest) = std::mem::take(&mut self.0).into_iter().partition(|(n, _)| n == name);
        self.0 = rest;
        let taken: Vec<(String, String)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    pub fn one(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let mut all = self.all(name);
        if all.len() > 1 {
            return Err(Problem::wrong(format!("{name}: is given more than once")));
        }
        Ok(all.pop())
    }

    pub fn day(&mut self, name: &str) -> Result<Option<Date>, Problem> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        let day = text.parse().ok().filter(|_| text.len() == 10);
        let wrong = || Problem::wrong(format!("{name}: no day of the calendar; write 2022-08-21"));
        day.map(Some).ok_or_else(wrong)
    }

    /// One of a few words.
    pub fn word(&mut self, name: &str, words: &[&str]) -> Result<Option<String>, Problem> {
        let Some(word) = self.one(name)? else { return Ok(None) };
        if words.contains(&word.as_str()) {
            return Ok(Some(word));
        }
        Err(Problem::wrong(format!("{name}: must be one of {}", words.join(", "))))
    }

    /// A whole number, written in digits.
    pub fn number(
        &mut self,
        name: &str,
        within: RangeInclusive<u32>,
    ) -> Result<Option<u32>, Problem> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse().ok().filter(|number| digits && within.contains(number));
        let (least, most) = (within.start(), within.end());
        let wrong = || Problem::wrong(format!("{name}: must be from {least} to {most}"));
        number.map(Some).ok_or_else(wrong)
    }

    pub fn limit(&mut self) -> Result<usize, Problem> {
        Ok(self.number("limit", 1..=MOST_ROWS)?.unwrap_or(ROWS) as usize)
    }

    /// Which rows of a list.
    pub fn slice(&mut self) -> Result<Slice, Problem> {
        let order = match self.word("order", &["newest", "oldest"])?.as_deref() {
            Some("oldest") => Order::Oldest,
            _ => Order::Newest,
        };
        let after = match self.one("after")? {
            None => None,
            Some(cursor) => Some(key(&cursor).ok_or_else(|| {
                Problem::wrong("after: no such place; take it from \"next\" of the page before")
            })?),
        };
        Ok(Slice { after, limit: self.limit()?, order })
    }

    /// How far events or incidents must be trusted.
    pub fn trust(&mut self) -> Result<Option<Trust>, Problem> {
        let trust = self.word("trust", &Trust::ALL.map(Trust::name))?;
        Ok(trust.and_then(|name| Trust::read(&name)))
    }

    /// The conditions, as those of the command line. A status is one of these words.
    pub fn filter(&mut self, statuses: &[&str]) -> Result<Filter, Problem> {
        let dyad = self.one("dyad")?.map(|text| dyad(&text)).transpose()?;
        let event = self.all("event");
        for code in &event {
            let plover = code.len() <= 20 && code.bytes().all(|b| b.is_ascii_alphabetic());
            let cameo = code.len() <= 4 && code.bytes().all(|b| b.is_ascii_digit());
            if !(plover || cameo) {
                let detail =
                    "event: write a PLOVER type (ASSAULT) or the beginning of a CAMEO code (19)";
                return Err(Problem::wrong(detail));
            }
        }
        if event.len() > 20 {
            return Err(Problem::wrong("event: may be given 20 times"));
        }
        Ok(Filter {
            actor: self.one("actor")?,
            dyad,
            event,
            since: self.day("since")?,
            until: self.day("until")?,
            place: self.one("place")?,
            status: self.word("status", statuses)?,
            source: self.one("source")?,
            words: self.one("words")?.filter(|words| !words.trim().is_empty()),
            ..Filter::default()
        })
    }

    /// That nothing is left over.
    pub fn end(self) -> Result<(), Problem> {
        match self.0.first() {
            None => Ok(()),
            Some((name, _)) => {
                let known = "see /api/v1/openapi.json";
                Err(Problem::wrong(format!(
                    "{name}: this address knows no such parameter; {known}"
                )))
            }
        }
    }
}

/// Two countries, or one and an open side, as `SRB:XKX`.
pub(super) fn dyad(text: &str) -> Result<(String, String), Problem> {
    let blank = text.contains(char::is_whitespace);
    Filter::dyad(text).ok().filter(|_| !blank).ok_or_else(|| {
        Problem::wrong("dyad: write two countries as SRB:XKX, or one of them as SRB: or :XKX")
    })
}

/// The place where a page begins, and how it is written: `ROW.DAY`.
pub(super) fn cursor(key: &Key) -> String {
    format!("{}.{}", key.row, key.at)
}

fn key(cursor: &str) -> Option<Key> {
    let (row, at) = cursor.split_once('.')?;
    let digits = !row.is_empty() && row.len() <= 18 && row.bytes().all(|b| b.is_ascii_digit());
    Some(Key { at: at.to_string(), row: digits.then(|| row.parse().ok())?? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<(Filter, Slice), Problem> {
        let mut asked = Parameters::of(&format!("/x?{query}").parse().unwrap())?;
        let read = (asked.filter(&STATUSES)?, asked.slice()?);
        asked.end().map(|()| read)
    }

    #[test]
    fn conditions_are_those_of_the_command_line() {
        let query = "actor=Red+Cross&dyad=srb:XKX&event=19&event=ASSAULT&since=2031-04-02\
            &status=contested&words=%22patrol%20boat%22&limit=7&order=oldest&after=3.2031-04-01";
        let (filter, slice) = read(query).unwrap();
        assert_eq!(filter.actor.as_deref(), Some("Red Cross"));
        assert_eq!(filter.dyad, Some(("SRB".to_string(), "XKX".to_string())));
        assert_eq!(filter.event, ["19", "ASSAULT"]);
        assert_eq!(filter.since.unwrap().to_string(), "2031-04-02");
        assert_eq!(filter.words.as_deref(), Some("\"patrol boat\""));
        assert_eq!((slice.limit, slice.order), (7, Order::Oldest));
        assert_eq!(slice.after, Some(Key { at: "2031-04-01".to_string(), row: 3 }));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for wrong in [
            "limit=0",
            "limit=201",
            "limit=%2B5",
            "since=2031-02-30",
            "since=20310401",
            "dyad=%3A",
            "dyad=SRB%3A+",
            "status=none_given",
            "actor=",
            "words=%00",
            "event=1a",
            "actor=a&actor=b",
            "after=x.y",
            "colour=red",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
