//! Names in running text: the longest name of the lexicon at each place.
//!
//! In go the lexicon's names; out comes an index by the hash of a name's words, which finds every
//! name in a text in one pass. Case must agree ("Turkey", "TURKEY", not "turkey"), accents need not.

use crate::entry::{Entry, Kind};
use crate::sound;
use crate::words::{self, Word};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// The number of an entry in [`Names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(u32);

/// A name found in a text; bytes, half open, without a possessive 's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameMatch {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it names. Where a name has several bearers, the first; see [`Names::bearer`].
    pub entry: EntryId,
    /// Whether bodies of other countries are called so too ("Congress"): it counts only where the
    /// text speaks of the country of the entry.
    pub shared: bool,
}

/// All named things and the index of their names.
#[derive(Debug, Default)]
pub struct Names {
    entries: Vec<Entry>,
    /// Sorted by hash; equal hashes keep the order in which they were added.
    names: Vec<Name>,
    index: HashMap<u64, Slot, BuildHasherDefault<Hashed>>,
    countries: HashSet<&'static str>,
    /// Names that belong to the entries first added, and to no others.
    reserved: HashSet<&'static str>,
    /// Persons by country, in the order of the lexicon.
    people: HashMap<&'static str, Vec<EntryId>>,
    /// Persons by the sound of their names, heard on first need; none where two sound alike.
    sounds: OnceLock<HashMap<u64, Option<EntryId>, BuildHasherDefault<Hashed>>>,
}

#[derive(Debug, Clone, Copy)]
struct Name {
    hash: u64,
    text: &'static str,
    entry: EntryId,
    shared: bool,
}

/// What is known of a sequence of words: the names it is, and how long those that begin with it are.
#[derive(Debug, Default, Clone, Copy)]
struct Slot {
    first: u32,
    count: u16,
    longest: u16,
}

/// Acronyms that are also English words when all is in capitals.
const COMMON: &[&str] = &[
    "US", "IS", "WHO", "ICE", "CARE", "PACE", "FACT", "PAN", "MEND", "AU", "ALBA", "SHAPE", "SAFE",
];

/// Keys are hashes already.
#[derive(Debug, Default, Clone, Copy)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Names {
    /// Adds a thing that may be called by any of `names`; `?` stands before a name that other
    /// countries use too. Call [`Names::index`] when all are in.
    pub(crate) fn add(
        &mut self,
        entry: Entry,
        names: impl IntoIterator<Item = &'static str>,
    ) -> EntryId {
        let id = EntryId(self.entries.len() as u32);
        if entry.kind == Kind::Country {
            self.countries.extend(entry.country);
        }
        if let (Kind::Person, Some(country)) = (entry.kind, entry.country) {
            self.people.entry(country).or_default().push(id);
        }
        self.entries.push(entry);
        for written in names {
            let text = written.strip_prefix('?').unwrap_or(written);
            if !self.reserved.contains(text) {
                let shared = text.len() < written.len();
                self.names.push(Name { hash: 0, text, entry: id, shared });
            }
        }
        id
    }

    /// Takes the entries added so far as a user's own: entries added later go without their names,
    /// and a role without an end lasts, however late the report.
    pub(crate) fn leave_to_these(&mut self) {
        for role in self.entries.iter_mut().flat_map(|entry| &mut entry.roles) {
            role.to.get_or_insert(Date::MAX);
        }
        self.reserved = self.names.iter().map(|name| name.text).collect();
    }

    /// Adds names of entries that are in.
    pub(crate) fn add_surnames(&mut self, surnames: Vec<(EntryId, &'static str)>) {
        let free = surnames.into_iter().filter(|(_, text)| !self.reserved.contains(text));
        let names = free.map(|(entry, text)| Name { hash: 0, text, entry, shared: false });
        self.names.extend(names);
    }

    /// Builds the index of all names added so far.
    pub(crate) fn index(&mut self) {
        self.index = HashMap::with_capacity_and_hasher(self.names.len() * 2, Default::default());
        for name in &mut self.names {
            let (mut hash, mut first, mut length) = (0, None, 0);
            let mut from = 0;
            while let Some(word) = words::next(name.text, from) {
                hash = words::chain(hash, word.hash);
                first.get_or_insert(hash);
                length += 1;
                from = word.end;
            }
            name.hash = hash;
            if let Some(first) = first {
                let slot = self.index.entry(first).or_default();
                slot.longest = slot.longest.max(length);
            }
        }
        self.names.sort_by_key(|name| name.hash);
        for (at, name) in self.names.iter().enumerate() {
            let slot = self.index.entry(name.hash).or_default();
            if slot.count == 0 {
                slot.first = at as u32;
            }
            slot.count = slot.count.saturating_add(1);
        }
    }

    /// The entry of a match.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// The code of a country as the lexicon holds it.
    pub fn country(&self, code: &str) -> Option<&'static str> {
        self.countries.get(code).copied()
    }

    /// Whether a country has this code.
    pub(crate) fn is_country(&self, code: &str) -> bool {
        self.countries.contains(code)
    }

    /// Every entry with its number.
    pub fn entries(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.entries.iter().enumerate().map(|(id, entry)| (EntryId(id as u32), entry))
    }

    /// The people of a country with their numbers.
    pub fn people_of(&self, country: &str) -> impl Iterator<Item = (EntryId, &Entry)> {
        let ids = self.people.get(country).map_or(&[][..], Vec::as_slice);
        ids.iter().map(|&id| (id, self.entry(id)))
    }

    /// The only person whose name, written in another way, sounds like this one, and how many words
    /// it has: "Moammar Kadafi".
    pub fn person_sounding(&self, name: &str) -> Option<(EntryId, usize)> {
        let (key, words) = sound::key(name);
        let id = (*self.sounds.get_or_init(|| self.hear()).get(&key)?)?;
        Some((id, words))
    }

    fn hear(&self) -> HashMap<u64, Option<EntryId>, BuildHasherDefault<Hashed>> {
        let mut sounds: HashMap<u64, Option<EntryId>, BuildHasherDefault<Hashed>> =
            HashMap::default();
        for name in self.names.iter().filter(|n| self.entry(n.entry).kind == Kind::Person) {
            let heard = sounds.entry(sound::key(name.text).0).or_insert(Some(name.entry));
            *heard = heard.filter(|id| *id == name.entry);
        }
        sounds
    }

    /// The names in a text: the longest at the leftmost place, on word boundaries, never overlapping.
    pub fn find(&self, text: &str) -> Vec<NameMatch> {
        let mut found = Vec::new();
        let mut next = words::next(text, 0);
        let mut shouted = false;
        while let Some(word) = next {
            let hit = self.longest_at(text, word);
            next = words::next(text, hit.map_or(word.end, |hit| hit.end));
            if let Some(hit) = hit {
                // In a headline of capitals, "TELL US WHO IS ..." names nobody.
                let headline = shouted && next.is_none_or(|word| word.shouts());
                let common = hit.end == word.end && COMMON.contains(&&text[hit.start..hit.end]);
                if !(headline && common) {
                    found.push(hit);
                }
            }
            shouted = word.shouts();
        }
        found
    }

    /// Everything that may be called exactly so, in the order of the lexicon.
    pub fn lookup(&self, name: &str) -> Vec<EntryId> {
        let (mut hash, mut from) = (0, 0);
        while let Some(word) = words::next(name, from) {
            hash = words::chain(hash, word.hash);
            from = word.end;
        }
        let mut ids: Vec<EntryId> =
            self.named(hash).iter().filter(|n| agrees(n.text, name)).map(|n| n.entry).collect();
        ids.dedup();
        ids
    }

    /// Who is meant by the name on a day, where several persons bear it: the first who then held a
    /// role ("President Bush" in 1990 and in 2004), else the first.
    pub fn bearer(&self, name: &str, day: Option<Date>) -> Option<EntryId> {
        let ids = self.lookup(name);
        let first = *ids.first()?;
        if self.entry(first).kind != Kind::Person {
            return Some(first);
        }
        let in_role = |id: &&EntryId| {
            let entry = self.entry(**id);
            entry.kind == Kind::Person && day.is_some() && entry.role_on(day).is_some()
        };
        Some(ids.iter().find(in_role).copied().unwrap_or(first))
    }

    fn longest_at(&self, text: &str, first: Word) -> Option<NameMatch> {
        let mut hash = words::chain(0, first.hash);
        let longest = self.index.get(&hash)?.longest;
        let mut best = None;
        let mut last = first;
        for length in 1.. {
            let written = &text[first.start..last.end];
            if let Some(name) = self.named(hash).iter().find(|n| agrees(n.text, written)) {
                let Name { entry, shared, .. } = *name;
                best = Some(NameMatch { start: first.start, end: last.end, entry, shared });
            }
            if length >= longest {
                break;
            }
            match words::next(text, last.end) {
                Some(word) if words::joins(&text[last.end..word.start], &last) => {
                    hash = words::chain(hash, word.hash);
                    last = word;
                }
                _ => break,
            }
        }
        best
    }

    fn named(&self, hash: u64) -> &[Name] {
        match self.index.get(&hash) {
            Some(slot) if slot.count > 0 => {
                let first = slot.first as usize;
                &self.names[first..first + slot.count as usize]
            }
            _ => &[],
        }
    }
}

/// Whether each word of the text is written as the word of the name demands.
fn agrees(name: &str, text: &str) -> bool {
    let (mut of_name, mut of_text) = (words::next(name, 0), words::next(text, 0));
    while let (Some(n), Some(t)) = (of_name, of_text) {
        if !t.may_be(&n) {
            return false;
        }
        (of_name, of_text) = (words::next(name, n.end), words::next(text, t.end));
    }
    of_name.is_none() && of_text.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::World;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(&str, Kind, Option<&str>)> {
        let names = &World::embedded().names;
        let describe = |hit: NameMatch| {
            let entry = names.entry(hit.entry);
            (&text[hit.start..hit.end], entry.kind, entry.country)
        };
        names.find(text).into_iter().map(describe).collect()
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(
            found("South Sudan and the UN Security Council met Kosovo Serbs."),
            [
                ("South Sudan", Kind::Country, Some("SSD")),
                ("UN Security Council", Kind::Organisation, None),
                ("Kosovo Serbs", Kind::Group, Some("XKX")),
            ]
        );
    }

    #[test]
    fn case_must_agree_and_possessives_stay_out() {
        assert!(found("They ate turkey and told us to move on").is_empty());
        assert_eq!(found("TURKEY's army"), [("TURKEY", Kind::Country, Some("TUR"))]);
        assert_eq!(found("Turkey’s army")[0].0, "Turkey");
        assert_eq!(found("the U.S. envoy")[0], ("U.S.", Kind::Country, Some("USA")));
    }

    #[test]
    fn parts_of_words_are_no_names_but_parts_of_compounds_are() {
        assert!(found("Malians, Chadwick, Omanize").iter().all(|f| f.1 == Kind::Nationality));
        assert_eq!(found("the EU-brokered NATO-led talks").len(), 2);
        assert_eq!(found("Al-Shabaab fighters")[0].1, Kind::ArmedGroup);
    }

    #[test]
    fn seats_stand_for_governments() {
        let hits = found("The Pentagon, the Kremlin and Downing Street are silent.");
        let countries: Vec<_> = hits.iter().map(|f| f.2).collect();
        assert_eq!(countries, [Some("USA"), Some("RUS"), Some("GBR")]);
    }

    #[test]
    fn all_bearers_of_a_name_can_be_asked_for() {
        let names = &World::embedded().names;
        let kinds: Vec<Kind> =
            names.lookup("Washington").iter().map(|&id| names.entry(id).kind).collect();
        assert!(kinds.contains(&Kind::Seat));
        assert!(names.lookup("Nobody At All").is_empty());
    }

    #[test]
    fn the_day_tells_bearers_apart() {
        let names = &World::embedded().names;
        let meant = |year| {
            let day = jiff::civil::date(year, 6, 1);
            names.bearer("Bush", Some(day)).map(|id| names.entry(id).name)
        };
        assert_eq!(meant(1990), Some("George H. W. Bush"));
        assert_eq!(meant(2004), Some("George W. Bush"));
        assert_eq!(names.bearer("Nobody At All", None), None);
    }

    #[test]
    fn words_shouted_in_headlines_are_no_acronyms() {
        assert!(found("TELL US WHO LIED").is_empty());
        assert_eq!(found("the WHO said the US FBI paid").len(), 3);
        assert!(found("Let them go").is_empty());
    }

    proptest! {
        #[test]
        fn matches_are_ordered_disjoint_and_on_boundaries(text in "([A-Z]?[a-zčé. '’-]{0,8}|US|U\\.S\\.|Serbia|Kosovo ){0,12}") {
            let mut last = 0;
            for hit in World::embedded().names.find(&text) {
                prop_assert!(last <= hit.start && hit.start < hit.end);
                prop_assert!(text.get(hit.start..hit.end).is_some());
                last = hit.end;
            }
        }
    }
}
