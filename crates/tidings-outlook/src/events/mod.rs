//! Events in columns: what every measure of this crate is made from.
//!
//! In go incidents of a record ([`Events::of_record`]) or the rows of a table ([`crate::tables`]); each is
//! one happening with a day, its parties, an action and an id. Beside them stands the volume: how
//! much was reported on each day, whatever of.

mod of_record;
mod scope;

pub use of_record::HAPPENED;
pub(crate) use scope::Members;
pub use scope::{Scope, WrongScope};

use jiff::civil::Date;
use rustc_hash::{FxBuildHasher, FxHashMap as HashMap};
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use tidings_world::Country;
use tidings_world::events::{CodebookEntry, codebook, event_types};

/// Days since 1 January 1970.
pub type Day = i32;

/// A person, body or country on one side of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party {
    /// Number of its name; see [`Events::name`].
    pub name: u32,
    /// Where it belongs, if known.
    pub country: Option<Country>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Act {
    /// Row of the codebook; none where a table gives the PLOVER type alone.
    pub code: Option<u16>,
    /// PLOVER type: its place in [`event_types`].
    pub plover: Option<u8>,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// Goldstein scale, −10 to 10.
    pub goldstein: f32,
}

impl Act {
    /// As the codebook has it: the entry of this row.
    pub fn of_code(row: usize) -> Option<Act> {
        let entry = codebook().get(row)?;
        Some(Act {
            code: u16::try_from(row).ok(),
            plover: entry.event.and_then(plover_of),
            quad: entry.quad,
            goldstein: entry.goldstein as f32,
        })
    }

    /// The codebook's entry.
    pub fn entry(&self) -> Option<&'static CodebookEntry> {
        codebook().get(usize::from(self.code?))
    }

    /// Whether it is of this PLOVER type.
    pub fn is(&self, event: &str) -> bool {
        self.event() == Some(event)
    }

    /// The name of the PLOVER type.
    pub fn event(&self) -> Option<&'static str> {
        event_types().get(usize::from(self.plover?)).copied()
    }

    /// A request that insists: CAMEO 10, or in tables without CAMEO codes REQUEST as verbal conflict.
    pub fn is_demand(&self) -> bool {
        self.is("REQUEST") && self.quad == 3
    }
}

/// The place of a PLOVER type in [`event_types`].
pub fn plover_of(event: &str) -> Option<u8> {
    event_types().iter().position(|name| *name == event).map(|at| at as u8)
}

/// One happening.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// Its first day.
    pub day: Day,
    /// What was done.
    pub act: Act,
    /// Where, if known.
    pub place: Option<Country>,
    /// Place of its first party among all.
    first: u32,
    sources: u8,
    targets: u8,
    /// Place of its id among all.
    id: u32,
}

/// Names by number, each once. They lie close together, for a table asks for two with each row.
#[derive(Debug, Default)]
pub(crate) struct NameTable {
    names: Texts,
    /// The first name with each hash.
    numbers: HashMap<u64, u32>,
    /// Others with the hash of an earlier one: in practice none.
    strays: Vec<u32>,
}

impl NameTable {
    pub fn number(&mut self, name: &str) -> u32 {
        let hash = FxBuildHasher.hash_one(name);
        let known = self.numbers.get(&hash).copied();
        if let Some(number) = known {
            let is = |number: &u32| self.names.get(*number) == name;
            let found = Some(number).filter(is).or_else(|| self.strays.iter().copied().find(is));
            if let Some(number) = found {
                return number;
            }
        }
        let number = self.names.push(name);
        match known {
            Some(_) => self.strays.push(number),
            None => _ = self.numbers.insert(hash, number),
        }
        number
    }

    /// All names, by number.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.since(0)
    }

    /// The names that were added after the first so many.
    pub fn since(&self, known: u32) -> impl Iterator<Item = &str> {
        (known..self.names.len() as u32).map(|number| self.names.get(number))
    }
}

/// Texts one after the other in one run of memory.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    pub fn push(&mut self, text: &str) -> u32 {
        // Four thousand million characters of ids are more than any table has.
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        self.ends.len() as u32 - 1
    }

    pub fn get(&self, at: u32) -> &str {
        let at = at as usize;
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let to = self.ends.get(at).copied().unwrap_or(from);
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }

    /// Adds the texts of another, which is empty then.
    pub fn append(&mut self, other: &mut Texts) {
        let shift = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.drain(..).map(|end| end + shift));
        other.text.clear();
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

/// What the volume of a day counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Volume {
    /// Reports of the record that are no copies of others.
    #[default]
    Reports,
    /// All events of the table, for want of reports.
    Events,
}

/// Happenings in the order of days.
#[derive(Debug, Default)]
pub struct Events {
    pub(crate) rows: Vec<Event>,
    pub(crate) parties: Vec<Party>,
    pub(crate) names: NameTable,
    pub(crate) ids: Texts,
    /// Reports, or events, by day.
    pub(crate) volume: BTreeMap<Day, u32>,
    pub(crate) counted: Volume,
    /// Happenings left out because nothing tells their day to within a month.
    pub undated: usize,
}

impl Events {
    /// All, in the order of days.
    pub fn rows(&self) -> &[Event] {
        &self.rows
    }

    /// Those of some days, the last included.
    pub(crate) fn between(&self, since: Day, until: Day) -> &[Event] {
        let from = self.rows.partition_point(|event| event.day < since);
        let to = self.rows.partition_point(|event| event.day <= until);
        self.rows.get(from..to).unwrap_or_default()
    }

    /// Who acted.
    pub fn sources(&self, event: &Event) -> &[Party] {
        let first = event.first as usize;
        self.parties.get(first..first + usize::from(event.sources)).unwrap_or_default()
    }

    /// Who was acted upon.
    pub fn targets(&self, event: &Event) -> &[Party] {
        let first = event.first as usize + usize::from(event.sources);
        self.parties.get(first..first + usize::from(event.targets)).unwrap_or_default()
    }

    /// Both sides.
    pub fn parties(&self, event: &Event) -> &[Party] {
        let first = event.first as usize;
        let all = usize::from(event.sources) + usize::from(event.targets);
        self.parties.get(first..first + all).unwrap_or_default()
    }

    /// The id of an event: of the incident in the record, or of the row in the table.
    pub fn id(&self, event: &Event) -> &str {
        self.ids.get(event.id)
    }

    /// A name by its number.
    pub fn name(&self, number: u32) -> &str {
        self.names.names.get(number)
    }

    /// The name of a party, or of its country where it has none.
    pub fn called(&self, party: &Party) -> &str {
        match self.name(party.name) {
            "" => party.country.map_or("", |c| tidings_world::Countries::embedded().name(c)),
            name => name,
        }
    }

    /// The countries of a side; its names where none is known.
    pub fn country_of(&self, side: &[Party]) -> String {
        let countries = tidings_world::Countries::embedded();
        let mut told: Vec<&str> = side
            .iter()
            .map(|party| party.country.map_or_else(|| self.name(party.name), |c| countries.code(c)))
            .filter(|told| !told.is_empty())
            .collect();
        told.dedup();
        told.join("; ")
    }

    /// What the volume counts.
    pub fn counted(&self) -> Volume {
        self.counted
    }

    /// First and last day that anything was reported of.
    pub fn span(&self) -> Option<(Day, Day)> {
        Some((*self.volume.first_key_value()?.0, *self.volume.last_key_value()?.0))
    }

    pub(crate) fn push(
        &mut self,
        day: Day,
        act: Act,
        place: Option<Country>,
        [sources, targets]: [&[Party]; 2],
        id: &str,
    ) {
        // More than 255 parties on a side are no parties but a crowd.
        let some = |side: &[Party]| side.len().min(usize::from(u8::MAX));
        let (sources, targets) = (&sources[..some(sources)], &targets[..some(targets)]);
        let first = self.parties.len() as u32;
        self.parties.extend_from_slice(sources);
        self.parties.extend_from_slice(targets);
        let id = self.ids.push(id);
        let (sources, targets) = (sources.len() as u8, targets.len() as u8);
        self.rows.push(Event { day, act, place, first, sources, targets, id });
    }

    /// Adds events that were read apart, and leaves their memory for others. `number` gives the number that a
    /// name of theirs has here.
    pub(crate) fn append(
        &mut self,
        other: &mut Events,
        mut number: impl FnMut(&mut NameTable, u32) -> u32,
    ) {
        let (parties, ids) = (self.parties.len() as u32, self.ids.len() as u32);
        self.parties.extend(
            other
                .parties
                .drain(..)
                .map(|party| Party { name: number(&mut self.names, party.name), ..party }),
        );
        self.ids.append(&mut other.ids);
        self.rows.extend(other.rows.drain(..).map(|row| Event {
            first: row.first + parties,
            id: row.id + ids,
            ..row
        }));
        self.undated += std::mem::take(&mut other.undated);
    }

    /// Puts the rows in the order of days; those of one day stay as they came.
    pub(crate) fn sort(&mut self) {
        if !self.rows.is_sorted_by_key(|row| row.day) {
            self.rows.sort_by_key(|row| row.day);
        }
    }
}

/// The number of a day.
pub fn day_of(date: Date) -> Day {
    // The calendar of jiff ends in the year 9999: well within 32 bits.
    date.since(EPOCH).map_or(0, |span| span.get_days())
}

/// The day of a number.
pub fn date_of(day: Day) -> Date {
    EPOCH.saturating_add(jiff::Span::new().days(day.clamp(-4_000_000, 2_900_000)))
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbers_and_back() {
        for (date, day) in [("1970-01-01", 0), ("2031-03-15", 22353), ("1969-12-31", -1)] {
            let date: Date = date.parse().unwrap();
            assert_eq!((day_of(date), date_of(day)), (day, date));
        }
    }

    #[test]
    fn texts_lie_one_after_the_other() {
        let mut texts = Texts::default();
        let mut more = Texts::default();
        assert_eq!((texts.push("ab"), texts.push(""), more.push("c")), (0, 1, 0));
        texts.append(&mut more);
        assert_eq!([texts.get(0), texts.get(1), texts.get(2), texts.get(3)], ["ab", "", "c", ""]);
    }

    #[test]
    fn demands_are_requests_that_insist() {
        let act = |cameo: &str| {
            let row = codebook().iter().position(|entry| entry.cameo == cameo).unwrap();
            Act::of_code(row).unwrap()
        };
        assert!(act("100").is_demand() && !act("020").is_demand());
        assert_eq!(act("190").event(), Some("ASSAULT"));
        assert_eq!(act("010").event(), None);
    }
}
