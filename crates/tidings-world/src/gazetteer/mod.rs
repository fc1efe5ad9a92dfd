//! Places by name: towns, divisions, countries, regions and waters with their coordinates.
//!
//! In go `lexicon/places/areas.tsv`, which an expert may edit, and the towns of each country from
//! GeoNames in `lexicon/places/towns/`; the build script makes one table of them, which is searched
//! where it lies in the program ([`table`]). Out come the places of a name, the most populous first.
//! Coordinates are WGS 84.

mod table;

use crate::fold::{fold, folded};
use std::collections::HashMap;
use table::{Record, Table};

/// A place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Toponym {
    /// Its number in the gazetteer.
    pub id: PlaceId,
    /// Name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`); empty for what lies in several countries.
    pub country: &'static str,
    /// First-level division it lies in, where known.
    pub admin1: &'static str,
    /// Second-level division it lies in, where known.
    pub admin2: &'static str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants; for areas a rough figure that serves as weight.
    pub population: u64,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// What sort of place.
    pub kind: PlaceKind,
}

/// The number of a place in the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

/// Sorts of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A town or city.
    City,
    /// A country.
    Country,
    /// A region, river, mountain range, sea.
    Area,
    /// A division of a country: a state or province, a county or district.
    Division,
}

/// All places.
#[derive(Debug)]
pub struct Gazetteer {
    /// None only if the program was damaged.
    table: Option<Table>,
    countries: HashMap<&'static str, Toponym>,
}

impl Gazetteer {
    /// The table that lies in the program.
    pub(crate) fn embedded() -> Gazetteer {
        let table = Table::read(include_bytes!(concat!(env!("OUT_DIR"), "/places.bin")));
        let mut gazetteer = Gazetteer { table, countries: HashMap::new() };
        // Countries stand first, behind nowhere.
        let ids = 1..gazetteer.table.as_ref().map_or(0, Table::len);
        let countries = ids
            .map_while(|id| gazetteer.place(id))
            .take_while(|place| place.kind == PlaceKind::Country)
            .map(|place| (place.country, place));
        gazetteer.countries = countries.collect();
        gazetteer
    }

    /// Every place that bears the name (case, accents and punctuation aside), the one with most
    /// inhabitants first.
    pub fn lookup(&self, name: &str) -> Vec<Toponym> {
        let Some(table) = &self.table else { return Vec::new() };
        let key = folded(name);
        let mut found: Vec<Toponym> =
            table.named(&key).filter_map(|place| self.place(place)).collect();
        if found.is_empty()
            && let Some(bare) = key.strip_prefix("the ")
        {
            found.extend(table.named(bare).filter_map(|place| self.place(place)));
        }
        found
    }

    /// Whether any place bears the name.
    pub fn knows(&self, name: &str) -> bool {
        let key = folded(name);
        let bare = key.strip_prefix("the ").unwrap_or(&key);
        self.table.as_ref().is_some_and(|table| table.knows(&key) || table.knows(bare))
    }

    /// Hands on, from the shortest to the longest, the byte behind each name of a place that the
    /// text begins with.
    pub fn names_at(&self, text: &str, mut take: impl FnMut(usize)) {
        let Some(table) = &self.table else { return };
        let mut walk = table.walk();
        let (mut gap, mut letters) = (false, false);
        for (at, c) in text.char_indices() {
            if letters && !c.is_alphanumeric() && walk.is_name() && !gap {
                take(at);
            }
            let mut goes_on = true;
            fold(c, |c| {
                if !c.is_alphanumeric() {
                    gap = true;
                    return;
                }
                if gap && letters {
                    goes_on &= walk.step(' ');
                }
                (gap, letters) = (false, true);
                goes_on &= walk.step(c);
            });
            if !goes_on {
                return;
            }
        }
        if letters && walk.is_name() && !gap {
            take(text.len());
        }
    }

    /// The country with this ISO alpha-3 code.
    pub fn country(&self, code: &str) -> Option<&Toponym> {
        self.countries.get(code)
    }

    /// Whether the second place lies in the first by the order of divisions: a town in its county,
    /// state and country.
    pub fn holds(&self, outer: PlaceId, inner: PlaceId) -> bool {
        let mut inner = inner;
        while let Some(within) = self.within(inner) {
            if within == outer {
                return true;
            }
            inner = within;
        }
        false
    }

    /// The place that the place lies in.
    fn within(&self, place: PlaceId) -> Option<PlaceId> {
        let record = self.table.as_ref()?.record(place.0)?;
        let lies = record.within != 0 && kind(&record) != PlaceKind::Country;
        // A table whose places lie in one another in a circle would never end.
        (lies && record.within < place.0).then_some(PlaceId(record.within))
    }

    fn place(&self, id: u32) -> Option<Toponym> {
        let table = self.table.as_ref()?;
        let record = table.record(id)?;
        let (mut country, mut admin1, mut admin2) = ("", "", "");
        let mut outer = PlaceId(id);
        if kind(&record) == PlaceKind::Country {
            country = table.text(record.within);
        }
        while let Some(within) = self.within(outer) {
            let record = table.record(within.0)?;
            if kind(&record) == PlaceKind::Country {
                country = table.text(record.within);
            } else {
                admin2 = admin1;
                admin1 = table.text(record.name);
            }
            outer = within;
        }
        Some(Toponym {
            id: PlaceId(id),
            name: table.text(record.name),
            country,
            admin1,
            admin2,
            lat: record.lat,
            lon: record.lon,
            population: u64::from(record.people),
            geonames: (record.geonames > 0).then_some(record.geonames),
            kind: kind(&record),
        })
    }
}

fn kind(record: &Record) -> PlaceKind {
    match record.kind {
        0 => PlaceKind::City,
        1 => PlaceKind::Country,
        3 => PlaceKind::Division,
        _ => PlaceKind::Area,
    }
}

#[cfg(test)]
mod tests {
    use crate::World;
    use proptest::prelude::*;

    #[test]
    fn a_name_gives_its_places_by_size() {
        let places = World::embedded().gazetteer.lookup("Tripoli");
        assert_eq!((places[0].country, places[0].name), ("LBY", "Tripoli"));
        assert!(places.iter().any(|place| place.country == "LBN"));
        assert!(places.is_sorted_by_key(|place| std::cmp::Reverse(place.population)));
    }

    #[test]
    fn accents_case_articles_and_other_names_do_not_matter() {
        let gazetteer = &World::embedded().gazetteer;
        for name in ["Mitrovica", "MITROVICË", "Kosovska Mitrovica"] {
            assert_eq!(gazetteer.lookup(name)[0].country, "XKX", "{name}");
            assert!(gazetteer.knows(name));
        }
        assert_eq!(gazetteer.lookup("Kiev")[0].geonames, gazetteer.lookup("Kyiv")[0].geonames);
        assert_eq!(gazetteer.lookup("the Donbas")[0].country, "UKR");
        assert_eq!(gazetteer.lookup("The Hague")[0].country, "NLD");
        assert!(gazetteer.lookup("Nowhereville").is_empty() && !gazetteer.knows("Nowhereville"));
        assert!(gazetteer.lookup("").is_empty() && !gazetteer.knows(" - "));
    }

    #[test]
    fn divisions_stand_behind_their_cities() {
        let places = World::embedded().gazetteer.lookup("Idlib");
        assert_eq!(places[0].kind, super::PlaceKind::City);
        assert_eq!(places[1].kind, super::PlaceKind::Division);
    }

    #[test]
    fn divisions_hold_what_lies_in_them() {
        let gazetteer = &World::embedded().gazetteer;
        let texas = gazetteer.lookup("Tex.")[0];
        let paris = gazetteer.lookup("Paris");
        let held: Vec<_> = paris.iter().filter(|p| gazetteer.holds(texas.id, p.id)).collect();
        assert_eq!(held.len(), 1);
        assert_eq!((held[0].admin1, held[0].admin2), ("Texas", "Lamar County"));
        assert!(!gazetteer.holds(paris[0].id, texas.id));
    }

    #[test]
    fn every_place_lies_in_a_known_country_on_the_globe() {
        let gazetteer = &World::embedded().gazetteer;
        let places = (1..).map_while(|id| gazetteer.place(id));
        let mut count = 0;
        for place in places {
            count += 1;
            let known = place.country.is_empty() || gazetteer.country(place.country).is_some();
            assert!(known && !place.name.is_empty(), "{place:?}");
            assert!(place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0, "{place:?}");
        }
        assert!(count > 280_000);
    }

    #[test]
    fn names_at_the_start_of_a_text_are_told_by_their_ends() {
        fn ends(text: &str) -> Vec<&str> {
            let mut ends = Vec::new();
            World::embedded().gazetteer.names_at(text, |end| ends.push(&text[..end]));
            ends
        }
        assert_eq!(ends("New York City Hall"), ["New York", "New York City"]);
        assert_eq!(ends("Sana'a burned").last(), Some(&"Sana'a"));
        assert_eq!(ends("Saint-Denis").last(), Some(&"Saint-Denis"));
        assert_eq!(ends("Xqzt").len(), 0);
    }

    #[test]
    fn countries_have_coordinates() {
        let kosovo = World::embedded().gazetteer.country("XKX").unwrap();
        assert_eq!((kosovo.geonames, kosovo.lat.round()), (Some(831_053), 43.0));
    }

    proptest! {
        #[test]
        fn any_text_may_be_looked_up(name in "\\PC{0,20}") {
            let gazetteer = &World::embedded().gazetteer;
            let found = gazetteer.lookup(&name);
            prop_assert!(found.is_empty() || gazetteer.knows(&name));
        }
    }
}
