//! Makes the table of places from `lexicon/places/`: `areas.tsv`, one file of towns a country, and
//! `other-names.tsv`.
//!
//! What cannot be read stops the build with the file, the line and the remedy.

#[path = "src/fold.rs"]
mod fold;
#[path = "src/gazetteer/table.rs"]
mod table;

use fold::folded;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use table::{Record, push_text, write};

/// Kinds in the table, in the order of `PlaceKind`.
const KINDS: [&str; 4] = ["city", "country", "area", "division"];
const TOWN: u8 = 0;
const COUNTRY: u8 = 1;
const DIVISION: u8 = 3;

/// Short words that names are written with or without.
const SHORT: [(&str, &str); 4] =
    [("st ", "saint "), ("ft ", "fort "), ("mt ", "mount "), ("ste ", "sainte ")];

fn main() -> Result<(), Box<dyn Error>> {
    let lexicon = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon/places");
    println!("cargo::rerun-if-changed={}", lexicon.join("areas.tsv").display());
    println!("cargo::rerun-if-changed={}", lexicon.join("towns").display());
    println!("cargo::rerun-if-changed={}", lexicon.join("other-names.tsv").display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/fold.rs");
    println!("cargo::rerun-if-changed=src/gazetteer/table.rs");
    let mut places = Places::default();
    places.areas(&lexicon.join("areas.tsv"))?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(lexicon.join("towns"))?
        .map(|file| file.map(|file| file.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    for file in files {
        places.towns(&file)?;
    }
    places.other_names(&lexicon.join("other-names.tsv"))?;
    places.by_size();
    let table = write(&places.records, &places.texts, &places.names)?;
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("places.bin"), table)?;
    Ok(())
}

struct Places {
    records: Vec<Record>,
    texts: Vec<u8>,
    /// Where a text stands in `texts`.
    known_texts: HashMap<String, u32>,
    /// Places by folded name.
    names: BTreeMap<String, Vec<u32>>,
    countries: HashMap<String, u32>,
}

impl Default for Places {
    fn default() -> Places {
        let nowhere =
            Record { name: 0, lat: 0.0, lon: 0.0, people: 0, geonames: 0, within: 0, kind: 2 };
        Places {
            records: vec![nowhere],
            texts: vec![0],
            known_texts: HashMap::new(),
            names: BTreeMap::new(),
            countries: HashMap::new(),
        }
    }
}

impl Places {
    /// name, kind, country, lat, lon, inhabitants, GeoNames id, other names.
    fn areas(&mut self, file: &Path) -> Result<(), Box<dyn Error>> {
        let text = std::fs::read_to_string(file)?;
        let rows = || text.lines().enumerate().filter(|(_, row)| is_row(row));
        // Countries first: the others lie in them.
        for of_countries in [true, false] {
            for (nth, row) in rows() {
                let columns: Vec<&str> = row.split('\t').map(str::trim).collect();
                let wrong = |problem: &str| wrong(file, nth, problem);
                let &[name, kind, country, lat, lon, people, ref rest @ ..] = &columns[..] else {
                    return Err(wrong("a row needs name, kind, country, lat, lon, inhabitants"));
                };
                if (kind == "country") != of_countries {
                    continue;
                }
                let kind = KINDS
                    .iter()
                    .position(|known| *known == kind)
                    .ok_or_else(|| wrong("write country, division, area or city as its kind"))?;
                let within = match (of_countries, country) {
                    (true, code) => self.text(code),
                    (false, "") => 0,
                    (false, code) => *self
                        .countries
                        .get(code)
                        .ok_or_else(|| wrong("no row of kind country has this code"))?,
                };
                let geonames = rest.first().copied().unwrap_or_default();
                let record = Record {
                    within,
                    kind: kind as u8,
                    ..self.record(name, [lat, lon, people, geonames]).map_err(|e| wrong(&e))?
                };
                let also = rest.get(1).copied().unwrap_or_default();
                let id = self.add(record, name, also);
                if of_countries {
                    self.countries.insert(country.to_string(), id);
                }
            }
        }
        Ok(())
    }

    /// The towns of one country under their divisions.
    fn towns(&mut self, file: &Path) -> Result<(), Box<dyn Error>> {
        let code = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let country = *self
            .countries
            .get(code)
            .ok_or_else(|| wrong(file, 0, "areas.tsv has no country of this code"))?;
        let text = std::fs::read_to_string(file)?;
        let (mut first, mut second) = (country, country);
        for (nth, row) in text.lines().enumerate().filter(|(_, row)| is_row(row)) {
            let columns: Vec<&str> = row.split('\t').map(str::trim).collect();
            let wrong = |problem: &str| wrong(file, nth, problem);
            let &[name, lat, lon, people, geonames, ref also @ ..] = &columns[..] else {
                return Err(wrong("a row needs name, lat, lon, inhabitants, GeoNames id"));
            };
            let (kind, within, name) = match (name.strip_prefix('='), name.strip_prefix('+')) {
                (Some(name), _) => (DIVISION, country, name),
                (_, Some(name)) => (DIVISION, first, name),
                _ => (TOWN, second, name),
            };
            let record = Record {
                within,
                kind,
                ..self.record(name, [lat, lon, people, geonames]).map_err(|e| wrong(&e))?
            };
            let id = self.add(record, name, also.first().copied().unwrap_or_default());
            if kind == DIVISION {
                if within == country {
                    first = id;
                }
                second = id;
            }
        }
        Ok(())
    }

    fn record(&mut self, name: &str, numbers: [&str; 4]) -> Result<Record, String> {
        let [lat, lon, people, geonames] = numbers;
        let (Ok(lat), Ok(lon), Ok(people)) =
            (lat.parse::<f64>(), lon.parse::<f64>(), people.parse::<u64>())
        else {
            return Err("latitude, longitude and inhabitants must be numbers".to_string());
        };
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            return Err("no such place on the globe; write degrees north, then east".to_string());
        }
        let geonames = match geonames {
            "" => 0,
            id => id.parse().map_err(|_| format!("'{id}' is no GeoNames id"))?,
        };
        let people = u32::try_from(people).unwrap_or(u32::MAX);
        Ok(Record { name: self.text(name), lat, lon, people, geonames, within: 0, kind: 0 })
    }

    fn text(&mut self, text: &str) -> u32 {
        if let Some(&at) = self.known_texts.get(text) {
            return at;
        }
        let at = push_text(&mut self.texts, text);
        self.known_texts.insert(text.to_string(), at);
        at
    }

    fn add(&mut self, record: Record, name: &str, also: &str) -> u32 {
        let id = self.records.len() as u32;
        self.records.push(record);
        self.call(id, name);
        for other in values(also) {
            self.call(id, other);
        }
        id
    }

    /// Enters the place under a name and the other ways to write it.
    fn call(&mut self, id: u32, name: &str) {
        let key = folded(name);
        let bare = key.strip_prefix("the ").map(str::to_string);
        let closed = name.contains(['\'', '’']).then(|| folded(&name.replace(['\'', '’'], "")));
        let spelt = SHORT.iter().flat_map(|&(short, long)| [(short, long), (long, short)]);
        let spelt: Vec<String> = spelt
            .filter_map(|(from, to)| Some(format!("{to}{}", key.strip_prefix(from)?)))
            .collect();
        // "Township of Readington", "City of Westminster"
        let turned = ["township", "city", "town", "village", "county", "borough"];
        let turned = turned.iter().filter_map(|sort| {
            let own = key.strip_prefix(sort)?.strip_prefix(" of ")?;
            Some([own.to_string(), format!("{own} {sort}")])
        });
        let turned: Vec<String> = turned.flatten().collect();
        let spellings = bare.into_iter().chain(closed).chain(spelt).chain(turned);
        for key in std::iter::once(key.clone()).chain(spellings) {
            let places = self.names.entry(key).or_default();
            if !places.contains(&id) {
                places.push(id);
            }
        }
    }

    /// country, name, other names.
    fn other_names(&mut self, file: &Path) -> Result<(), Box<dyn Error>> {
        let text = std::fs::read_to_string(file)?;
        for (nth, row) in text.lines().enumerate().filter(|(_, row)| is_row(row)) {
            let columns: Vec<&str> = row.split('\t').map(str::trim).collect();
            let &[code, name, also] = &columns[..] else {
                return Err(wrong(file, nth, "a row needs country, name, other names"));
            };
            let country = self.countries.get(code).copied().unwrap_or_default();
            let bearers = self.names.get(&folded(name)).into_iter().flatten().copied();
            let meant = bearers
                .filter(|&place| self.lies_in(place, country))
                .max_by_key(|&place| self.records[place as usize].people)
                .ok_or_else(|| wrong(file, nth, "the country has no place of this name"))?;
            for other in values(also) {
                self.call(meant, other);
            }
        }
        Ok(())
    }

    fn lies_in(&self, place: u32, country: u32) -> bool {
        let record = &self.records[place as usize];
        record.within == country
            || (record.kind != COUNTRY
                && record.within != 0
                && self.lies_in(record.within, country))
    }

    /// Puts the places of each name in order of size.
    fn by_size(&mut self) {
        self.names.remove("");
        for places in self.names.values_mut() {
            places.sort_by_key(|&place| {
                let record = &self.records[place as usize];
                (std::cmp::Reverse(size(record)), place)
            });
        }
    }
}

/// Inhabitants, and of a division a tenth of them: the town of the same name comes first.
fn size(record: &Record) -> u32 {
    match record.kind {
        DIVISION => record.people / 10,
        COUNTRY => record.people.saturating_mul(2),
        _ => record.people,
    }
}

fn values(column: &str) -> impl Iterator<Item = &str> {
    column.split(';').map(str::trim).filter(|value| !value.is_empty())
}

fn is_row(row: &str) -> bool {
    !row.is_empty() && !row.starts_with('#')
}

fn wrong(file: &Path, nth: usize, problem: &str) -> Box<dyn Error> {
    format!("{}, line {}: {problem}", file.display(), nth + 1).into()
}
