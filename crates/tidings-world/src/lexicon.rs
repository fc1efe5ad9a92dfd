//! From the files of `lexicon/` to the index of names.
//!
//! In go countries, organisations, groups, regions and people; out comes [`Names`]. Where a name has
//! several bearers, the order of the files below decides which comes first.

use crate::entry::{Entry, Kind, Role, SECTORS, role};
use crate::names::Names;
use crate::rows::{File, LexiconError, Row, lexicon, values};
use std::collections::HashSet;

pub(crate) const COUNTRIES: File = lexicon!("world/countries.tsv");
pub(crate) const GIVEN_NAMES: File = lexicon!("world/given-names.tsv");
pub(crate) const AGENTS: File = lexicon!("world/agents.tsv");
pub(crate) const CITIES: File = lexicon!("places/cities.tsv");
pub(crate) const AREAS: File = lexicon!("places/areas.tsv");

/// The people, by the part of the world that they act in or for.
const PEOPLE: [File; 6] = [
    lexicon!("world/people/international.tsv"),
    lexicon!("world/people/europe.tsv"),
    lexicon!("world/people/americas.tsv"),
    lexicon!("world/people/middle-east.tsv"),
    lexicon!("world/people/asia-pacific.tsv"),
    lexicon!("world/people/africa.tsv"),
];

/// Files of one form: name, country, sectors, other names.
const BODIES: [(Kind, File); 5] = [
    (Kind::Organisation, lexicon!("world/organisations.tsv")),
    (Kind::ArmedGroup, lexicon!("world/groups-armed.tsv")),
    (Kind::Party, lexicon!("world/groups-parties.tsv")),
    (Kind::Group, lexicon!("world/groups-peoples.tsv")),
    (Kind::Region, lexicon!("world/regions.tsv")),
];

/// Reads every file of names; what cannot be read is left out and told in `errors`.
pub(crate) fn names(errors: &mut Vec<LexiconError>) -> Names {
    let mut names = Names::default();
    let codes = countries(&mut names, errors);
    for (kind, file) in BODIES {
        bodies(kind, file, &codes, &mut names, errors);
    }
    for file in PEOPLE {
        people(file, &codes, &mut names, errors);
    }
    names.index();
    names
}

/// The codes of all countries.
type Codes = HashSet<&'static str>;

fn countries(names: &mut Names, errors: &mut Vec<LexiconError>) -> Codes {
    let mut codes = Codes::new();
    let rows: Vec<Row<5>> = COUNTRIES.rows(errors).collect();
    for row in rows {
        let [code, name, people, seats, also] = row.columns;
        if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            errors.push(row.error(format!("'{code}' is no ISO 3166-1 alpha-3 code")));
            continue;
        }
        if !codes.insert(code) {
            errors.push(row.error(format!("'{code}' stands twice; join the rows")));
        }
        let country = Some(code);
        let entry = |name, kind, sectors| Entry { name, kind, country, sectors, roles: vec![] };
        let all = std::iter::once(name).chain(values(also));
        names.add(entry(name, Kind::Country, vec![]), all);
        if !people.is_empty() {
            names.add(entry(name, Kind::Nationality, vec![]), values(people));
        }
        for seat in values(seats) {
            names.add(entry(seat, Kind::Seat, vec!["GOV"]), std::iter::once(seat));
        }
    }
    codes
}

fn bodies(
    kind: Kind,
    file: File,
    codes: &Codes,
    names: &mut Names,
    errors: &mut Vec<LexiconError>,
) {
    let rows: Vec<Row<4>> = file.rows(errors).collect();
    for row in rows {
        let [name, code, standing, also] = row.columns;
        let Some(country) = code_of(code, codes, &row, errors) else { continue };
        let (sectors, roles) = standings(standing, &row, errors);
        let all = std::iter::once(name).chain(values(also));
        names.add(Entry { name, kind, country, sectors, roles }, all);
    }
}

fn people(file: File, codes: &Codes, names: &mut Names, errors: &mut Vec<LexiconError>) {
    let rows: Vec<Row<4>> = file.rows(errors).collect();
    for row in rows {
        let [name, code, offices, also] = row.columns;
        let Some(country) = code_of(code, codes, &row, errors) else { continue };
        let (mut sectors, roles) = standings(offices, &row, errors);
        if sectors.is_empty() {
            // Out of office, someone who once held one is of the elite.
            sectors.push("ELI");
        }
        let surname = name.rsplit(' ').next().unwrap_or(name);
        let others = values(also).map(|other| if other == "~" { surname } else { other });
        let all = std::iter::once(name).chain(others);
        names.add(Entry { name, kind: Kind::Person, country, sectors, roles }, all);
    }
}

/// Sectors that always hold, and roles, which have days or an office.
fn standings<const N: usize>(
    column: &'static str,
    row: &Row<N>,
    errors: &mut Vec<LexiconError>,
) -> (Vec<&'static str>, Vec<Role>) {
    let (mut sectors, mut roles) = (Vec::new(), Vec::new());
    for value in values(column) {
        if SECTORS.contains(&value) {
            sectors.push(value);
            continue;
        }
        match role(value) {
            Ok(role) => roles.push(role),
            Err(problem) => errors.push(row.error(problem)),
        }
    }
    (sectors, roles)
}

/// The country code; empty is none. One that `countries.tsv` lacks is told and the row left out.
fn code_of<const N: usize>(
    code: &'static str,
    codes: &Codes,
    row: &Row<N>,
    errors: &mut Vec<LexiconError>,
) -> Option<Option<&'static str>> {
    if code.is_empty() {
        return Some(None);
    }
    if codes.contains(code) {
        return Some(Some(code));
    }
    errors.push(row.error(format!("'{code}' is no country of countries.tsv")));
    None
}
