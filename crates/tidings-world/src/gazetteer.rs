//! Places by name: cities, areas and countries with their coordinates.
//!
//! In go `lexicon/places/cities.tsv`, sorted by folded name and searched where it lies in the
//! program, and `lexicon/places/areas.tsv`, which an expert may edit in any order. Out come the
//! places of a name, the most populous first. Coordinates are WGS 84.

use crate::Finding;
use crate::rows::{File, Row, values};
use crate::words::fold;
use std::collections::HashMap;

/// A place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Toponym {
    /// Name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`); empty for what lies in several countries.
    pub country: &'static str,
    /// First-level division, where known.
    pub admin1: &'static str,
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

/// Sorts of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A town or city.
    City,
    /// A country.
    Country,
    /// A province, region, river, mountain range, sea.
    Area,
}

/// All places.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// Rows sorted by folded name, without the header comment.
    cities: &'static str,
    areas: Vec<Toponym>,
    by_name: HashMap<String, Vec<u32>>,
    countries: HashMap<&'static str, u32>,
}

impl Gazetteer {
    /// Every place that bears the name (case, accents and punctuation aside), the one with most
    /// inhabitants first.
    pub fn lookup(&self, name: &str) -> Vec<Toponym> {
        let mut found = Vec::new();
        for key in keys(name) {
            if let Some(areas) = self.by_name.get(&key) {
                found.extend(areas.iter().map(|&at| self.areas[at as usize]));
            }
            self.cities_named(&key, &mut found);
            if !found.is_empty() {
                break;
            }
        }
        found.sort_by_key(|place| std::cmp::Reverse(place.population));
        found.dedup_by_key(|place| (place.geonames, place.lat.to_bits()));
        found
    }

    /// Whether any place bears the name.
    pub fn knows(&self, name: &str) -> bool {
        keys(name).any(|key| {
            self.by_name.contains_key(&key)
                || self.row_at(self.first_not_before(&key)).is_some_and(|row| starts(row, &key))
        })
    }

    /// The country with this ISO alpha-3 code.
    pub fn country(&self, code: &str) -> Option<&Toponym> {
        self.areas.get(*self.countries.get(code)? as usize)
    }

    /// Adds the cities whose folded name is `key`, following references from other names.
    fn cities_named(&self, key: &str, found: &mut Vec<Toponym>) {
        let mut at = self.first_not_before(key);
        while let Some(row) = self.row_at(at).filter(|row| starts(row, key)) {
            let mut columns = row.split('\t').skip(1);
            match columns.next().and_then(|second| second.strip_prefix('>')) {
                Some(name) => {
                    let id = columns.next().and_then(|id| id.parse().ok());
                    let target = folded(name);
                    let mut to = self.first_not_before(&target);
                    while let Some(row) = self.row_at(to).filter(|row| starts(row, &target)) {
                        found.extend(city(row).filter(|city| city.geonames == id));
                        to += row.len() + 1;
                    }
                }
                None => found.extend(city(row)),
            }
            at += row.len() + 1;
        }
    }

    /// Byte of the first row whose folded name is not before `key`: binary search over the bytes.
    fn first_not_before(&self, key: &str) -> usize {
        let bytes = self.cities.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let row = bytes[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
            let Some(line) = self.row_at(row) else { break };
            if compare(line, key).is_lt() {
                low = row + line.len() + 1;
            } else {
                high = row;
            }
        }
        low
    }

    fn row_at(&self, at: usize) -> Option<&'static str> {
        let rest = self.cities.get(at..)?;
        let row = &rest[..rest.find('\n').unwrap_or(rest.len())];
        (!row.is_empty()).then_some(row)
    }

    pub(crate) fn read(cities: File, areas: File, errors: &mut Vec<Finding>) -> Gazetteer {
        let mut header = 0;
        for line in cities.text.lines().take_while(|line| line.starts_with('#')) {
            header += line.len() + 1;
        }
        let mut gazetteer = Gazetteer {
            cities: cities.text.get(header..).unwrap_or_default(),
            ..Gazetteer::default()
        };
        let rows: Vec<Row<8>> = areas.rows(errors).collect();
        for row in rows {
            let [name, kind, country, lat, lon, population, geonames, also] = row.columns;
            let kind = match kind {
                "country" => PlaceKind::Country,
                "area" => PlaceKind::Area,
                "city" => PlaceKind::City,
                other => {
                    let problem = format!("'{other}' is no kind; write country, area or city");
                    errors.push(row.error(problem));
                    continue;
                }
            };
            let (Ok(lat), Ok(lon), Ok(population)) = (lat.parse(), lon.parse(), population.parse())
            else {
                errors.push(row.error("latitude, longitude and inhabitants must be numbers"));
                continue;
            };
            if !geonames.is_empty() && geonames.parse::<u32>().is_err() {
                errors.push(row.error(format!("'{geonames}' is no GeoNames id")));
            }
            let geonames = geonames.parse().ok();
            let place = Toponym { name, country, admin1: "", lat, lon, population, geonames, kind };
            gazetteer.add(place, values(also));
        }
        gazetteer
    }

    /// Adds an area or country under its name and others.
    fn add(&mut self, place: Toponym, also: impl Iterator<Item = &'static str>) {
        let id = self.areas.len() as u32;
        if place.kind == PlaceKind::Country {
            self.countries.entry(place.country).or_insert(id);
        }
        for name in std::iter::once(place.name).chain(also) {
            self.by_name.entry(folded(name)).or_default().push(id);
        }
        self.areas.push(place);
    }

    /// What is wrong in the rows of the cities, which are otherwise only read when asked for.
    pub(crate) fn check(cities: File) -> Vec<Finding> {
        let mut errors = Vec::new();
        let rows: Vec<Row<7>> = cities.rows(&mut errors).collect();
        let mut last = String::new();
        for row in rows {
            let folded = folded(row.columns[0]);
            if folded < last {
                errors.push(row.error(format!("'{folded}' stands after '{last}'; sort the file")));
            }
            last = folded;
            if !row.columns[1].starts_with('>') && city(row.text).is_none() {
                errors.push(
                    row.error("a city needs name, country, admin1, lat, lon, inhabitants, id"),
                );
            }
        }
        errors
    }
}

/// The folded name, then the same without a leading article: "The Hague", "the Donbas".
fn keys(name: &str) -> impl Iterator<Item = String> {
    let full = folded(name);
    let bare = full.strip_prefix("the ").map(str::to_string);
    std::iter::once(full).chain(bare).filter(|key| !key.is_empty())
}

/// Lower-case letters and digits without accents, words parted by one space.
fn folded(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    letters(name, |c| {
        key.push(c);
        true
    });
    key
}

/// Hands the folded characters of a name to `take` until it has had enough.
fn letters(name: &str, mut take: impl FnMut(char) -> bool) {
    let (mut begun, mut gap, mut more) = (false, false, true);
    for c in name.chars() {
        if !more {
            return;
        }
        fold(c, |c| {
            if !more {
                return;
            }
            if c.is_alphanumeric() {
                if gap && begun {
                    more = take(' ');
                }
                (begun, gap) = (true, false);
                if more {
                    more = take(c);
                }
            } else {
                gap = true;
            }
        });
    }
}

/// How the name at the start of a row stands to a folded key.
fn compare(row: &str, key: &str) -> std::cmp::Ordering {
    let name = row.split('\t').next().unwrap_or_default();
    let mut rest = key.chars();
    let mut order = std::cmp::Ordering::Equal;
    letters(name, |c| {
        order = rest.next().map_or(std::cmp::Ordering::Greater, |k| c.cmp(&k));
        order.is_eq()
    });
    if order.is_eq() && rest.next().is_some() { std::cmp::Ordering::Less } else { order }
}

fn starts(row: &str, key: &str) -> bool {
    compare(row, key).is_eq()
}

/// A row of the cities: a city, or a first-level division, which has `*` for its own division.
fn city(row: &'static str) -> Option<Toponym> {
    let mut columns = row.split('\t');
    let mut next = || columns.next();
    let (name, country, admin1) = (next()?, next()?, next()?);
    let (lat, lon, population) =
        (next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?);
    let geonames = match next() {
        None | Some("") => None,
        Some(id) => Some(id.parse().ok()?),
    };
    let (kind, admin1) = match admin1 {
        "*" => (PlaceKind::Area, ""),
        _ => (PlaceKind::City, admin1),
    };
    Some(Toponym { name, country, admin1, lat, lon, population, geonames, kind })
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
        assert_eq!(places[1].kind, super::PlaceKind::Area);
    }

    #[test]
    fn every_place_lies_in_a_known_country_on_the_globe() {
        let gazetteer = &World::embedded().gazetteer;
        let rows = gazetteer.cities.lines().filter(|row| !row.contains('>'));
        let cities = rows.filter_map(super::city);
        for place in cities.chain(gazetteer.areas.iter().copied()) {
            let known = place.country.is_empty() || gazetteer.country(place.country).is_some();
            assert!(known, "{place:?}");
            assert!(place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0, "{place:?}");
        }
    }

    #[test]
    fn references_lead_to_cities() {
        let gazetteer = &World::embedded().gazetteer;
        for row in gazetteer.cities.lines().filter(|row| row.contains("\t>")) {
            let name = row.split('\t').next().unwrap();
            assert!(!gazetteer.lookup(name).is_empty(), "{row}");
        }
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
