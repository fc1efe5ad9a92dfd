//! What the lexicon knows of one named thing: country, seat of government, organisation, group, person.

use jiff::civil::{Date, date};
use std::ops::Range;

/// Until when offices still held when the lexicon was written are taken to last. Whoever governs
/// later is for the reports to say.
const FORESEEN: Date = date(2026, 12, 31);

/// Sorts of named things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A state or territory with a country code: "Serbia".
    Country,
    /// An adjective or a name of a people that means a country: "Serbian", "Serbs".
    Nationality,
    /// A capital or seat that stands for a government: "Belgrade", "the Kremlin".
    Seat,
    /// An organisation, ministry, agency, firm, university or medium.
    Organisation,
    /// An armed group or a fighting force.
    ArmedGroup,
    /// A political party or movement.
    Party,
    /// An ethnic or religious group or another body of people.
    Group,
    /// A person.
    Person,
    /// A part of a country, an unrecognised state, or a part of the world.
    Region,
}

/// An office held by a person or a standing of a group, on certain days.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// The office as the lexicon names it: "president".
    pub office: &'static str,
    /// PLOVER sector while it lasts.
    pub sector: &'static str,
    /// First day, where there is one.
    pub from: Option<Date>,
    /// Last day; none while it lasts.
    pub to: Option<Date>,
}

impl Role {
    /// Whether the role was held on the day.
    pub fn on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// One named thing. An entry may have many names; `name` is the one to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Canonical name. Of a nationality, the name of its country.
    pub name: &'static str,
    /// Sort of thing.
    pub kind: Kind,
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`); none where it belongs to no one country.
    pub country: Option<&'static str>,
    /// PLOVER sectors at all times; a person's come from the roles, see [`Entry::sectors_on`].
    pub sectors: Vec<&'static str>,
    /// Dated roles, in the order of the file.
    pub roles: Vec<Role>,
}

impl Entry {
    /// The role held on the day, the latest begun first; without a day, the last in the list.
    pub fn role_on(&self, day: Option<Date>) -> Option<&Role> {
        match day {
            Some(day) => {
                let held = |r: &&Role| r.on(day) && !self.is_beyond(r, day);
                self.roles.iter().filter(held).max_by_key(|r| r.from)
            }
            None => self.roles.last(),
        }
    }

    /// Country for which it acts on the day: none for who then acts for an international organisation.
    pub fn country_on(&self, day: Option<Date>) -> Option<&'static str> {
        let international = day.and_then(|_| self.role_on(day)).is_some_and(|r| r.sector == "IGO");
        self.country.filter(|_| !(international && self.kind == Kind::Person))
    }

    /// PLOVER sectors on the day: of the role then held, else those that always hold; none where a
    /// person may hold an office still or not.
    pub fn sectors_on(&self, day: Option<Date>) -> Vec<&'static str> {
        match self.role_on(day) {
            Some(role) => vec![role.sector],
            None if day.is_some_and(|day| self.roles.iter().any(|r| self.is_beyond(r, day))) => {
                Vec::new()
            }
            None => self.sectors.clone(),
        }
    }

    /// Whether the day is too late to tell if a person still holds the office.
    fn is_beyond(&self, role: &Role, day: Date) -> bool {
        self.kind == Kind::Person && role.to.is_none() && role.from.is_some() && day > FORESEEN
    }
}

/// PLOVER actor sectors (PLOVER codebook, table of actor sectors), with those of CAMEO that finer
/// work still uses.
pub const SECTORS: &[&str] = &[
    "GOV", "MIL", "COP", "SPY", "JUD", "LEG", "REB", "PRM", "UAF", "OPP", "PTY", "ELI", "CVL",
    "CRM", "REF", "AGR", "LAB", "BUS", "MNC", "EDU", "HLH", "MED", "REL", "NGO", "IGO", "SOC",
    "PRE", "UNK",
];

/// Reads `president 1999-12-31..2008-05-07`; dates may be years or months; either may be missing.
/// The sector is `GOV` unless it stands before the office: `LEG speaker 2001..2005`.
pub(crate) fn role(text: &'static str) -> Result<Role, String> {
    let (what, days) = match text.rsplit_once(' ') {
        Some((what, dates)) if dates.contains("..") => (what, Some(dates)),
        _ => (text, None),
    };
    let (sector, office) = match what.split_once(' ') {
        Some((sector, office)) if SECTORS.contains(&sector) => (sector, office),
        _ if SECTORS.contains(&what) => (what, ""),
        _ => ("GOV", what),
    };
    let first = what.split(' ').next().unwrap_or_default();
    if sector == "GOV" && first == office && first.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(format!("'{first}' is no PLOVER sector"));
    }
    let Range { start: from, end: to } = match days.and_then(|days| days.split_once("..")) {
        Some((from, to)) => day(from, false)?..day(to, true)?,
        None => None..None,
    };
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(format!("'{text}' ends before it begins"));
    }
    Ok(Role { office, sector, from, to })
}

fn day(text: &str, last: bool) -> Result<Option<Date>, String> {
    let fail = || format!("'{text}' is no date; write 1999, 1999-12 or 1999-12-31");
    let mut parts = text.split('-').map(|part| part.parse::<i16>().map_err(|_| fail()));
    if text.is_empty() {
        return Ok(None);
    }
    let year = parts.next().unwrap_or_else(|| Err(fail()))?;
    let month = parts.next().transpose()?.unwrap_or(if last { 12 } else { 1 });
    let day = parts.next().transpose()?;
    let date = i8::try_from(month)
        .ok()
        .and_then(|month| Date::new(year, month, 1).ok())
        .ok_or_else(fail)?;
    match day {
        Some(day) => {
            let day = i8::try_from(day).map_err(|_| fail())?;
            date.with().day(day).build().map(Some).map_err(|_| fail())
        }
        None if last => Ok(Some(date.last_of_month())),
        None => Ok(Some(date)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_role_has_a_sector_an_office_and_days() {
        let plain = role("prime minister 1997-05-02..2007-06").unwrap();
        assert_eq!((plain.office, plain.sector), ("prime minister", "GOV"));
        assert_eq!((plain.from, plain.to), (Some(date(1997, 5, 2)), Some(date(2007, 6, 30))));
        let open = role("OPP opposition leader 2020..").unwrap();
        assert_eq!((open.sector, open.from, open.to), ("OPP", Some(date(2020, 1, 1)), None));
        assert!(open.on(date(2024, 2, 2)) && !open.on(date(2019, 12, 31)));
        assert_eq!(role("REB").unwrap().sector, "REB");
    }

    #[test]
    fn unknown_sectors_are_named() {
        assert!(role("REBB").unwrap_err().contains("REBB"));
        assert!(role("XYZ 1990..").unwrap_err().contains("XYZ"));
    }

    #[test]
    fn wrong_dates_are_named() {
        assert!(role("president 2003..2001").unwrap_err().contains("before"));
        assert!(role("president 2003-14..").unwrap_err().contains("2003-14"));
        assert!(role("president 2001-02-30..").is_err());
    }

    #[test]
    fn the_role_begun_last_wins() {
        let entry = Entry {
            name: "Ana Horvat",
            kind: Kind::Person,
            country: Some("HRV"),
            sectors: vec!["ELI"],
            roles: vec![
                role("minister 2001..2004").unwrap(),
                role("president 2004..2009").unwrap(),
            ],
        };
        assert_eq!(entry.role_on(Some(date(2004, 6, 1))).unwrap().office, "president");
        assert_eq!(entry.sectors_on(Some(date(2012, 1, 1))), ["ELI"]);
        assert_eq!(entry.sectors_on(None), ["GOV"]);
    }

    #[test]
    fn whoever_acts_for_an_organisation_of_states_is_of_no_country() {
        let entry = Entry {
            name: "Ana Horvat",
            kind: Kind::Person,
            country: Some("HRV"),
            sectors: vec!["ELI"],
            roles: vec![role("IGO UN envoy 2004..2009").unwrap()],
        };
        assert_eq!(entry.country_on(Some(date(2005, 1, 1))), None);
        assert_eq!(entry.country_on(Some(date(2012, 1, 1))), Some("HRV"));
    }

    #[test]
    fn nobody_governs_for_ever() {
        let entry = Entry {
            name: "Ana Horvat",
            kind: Kind::Person,
            country: Some("HRV"),
            sectors: vec!["ELI"],
            roles: vec![role("president 2024-02..").unwrap()],
        };
        assert_eq!(entry.sectors_on(Some(date(2025, 6, 1))), ["GOV"]);
        assert_eq!(entry.role_on(Some(date(2031, 6, 1))), None);
        assert!(entry.sectors_on(Some(date(2031, 6, 1))).is_empty());
    }
}
