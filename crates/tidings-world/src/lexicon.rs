//! From the files of `lexicon/` to the index of names.
//!
//! In go countries, organisations, groups, regions and people; out comes [`Names`]. Where a name has
//! several bearers, the order of the files below decides which comes first.

use crate::entry::{Entry, Kind, Role, SECTORS, role};
use crate::names::{EntryId, Names};
use crate::own::Own;
use crate::petrarch;
use crate::rows::{File, Row, lexicon, values};
use crate::{Fault, Finding};
use std::collections::HashSet;

pub(crate) const COUNTRIES: File = lexicon!("world/countries.tsv");
pub(crate) const GIVEN_NAMES: File = lexicon!("world/given-names.tsv");
pub(crate) const AGENTS: File = lexicon!("world/agents.tsv");

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

/// Reads every file of names, a user's own before those of the program; what cannot be read is left
/// out and told in `errors`. A name in a user's list is no other's.
pub(crate) fn names(own: &Own, errors: &mut Vec<Finding>) -> Names {
    let mut names = Names::default();
    let mut codes = Codes::new();
    for file in own.countries.iter().chain([&COUNTRIES]) {
        codes.extend(file.rows(&mut Vec::new()).map(|row: Row<5>| row.columns[0]));
    }
    let mut surnames = Surnames::new();
    for file in &own.countries {
        countries(*file, &mut names, errors);
    }
    for (kind, file) in &own.bodies {
        surnames.extend(actors(|_, _| *kind, *file, &codes, &mut names, errors));
    }
    for file in &own.people {
        surnames.extend(actors(|_, _| Kind::Person, *file, &codes, &mut names, errors));
    }
    for file in &own.actors {
        surnames.extend(actors(kind_of, *file, &codes, &mut names, errors));
    }
    for actor in &own.petrarch {
        of_petrarch(actor, &codes, &mut names);
    }
    names.leave_to_these();
    countries(COUNTRIES, &mut names, errors);
    for (kind, file) in BODIES {
        surnames.extend(actors(|_, _| kind, file, &codes, &mut names, errors));
    }
    names.add_surnames(surnames);
    let mut surnames = Surnames::new();
    for file in PEOPLE {
        surnames.extend(actors(|_, _| Kind::Person, file, &codes, &mut names, errors));
    }
    names.add_surnames(surnames);
    names.index();
    names
}

/// The program's files of actors with the sort of thing they list.
pub(crate) fn files() -> Vec<(Kind, File)> {
    BODIES.into_iter().chain(PEOPLE.map(|file| (Kind::Person, file))).collect()
}

/// Surnames, and whose they are.
type Surnames = Vec<(EntryId, &'static str)>;

/// The codes of all countries.
type Codes = HashSet<&'static str>;

fn countries(file: File, names: &mut Names, errors: &mut Vec<Finding>) {
    let mut codes = Codes::new();
    let rows: Vec<Row<5>> = file.rows(errors).collect();
    for row in rows {
        let [code, name, people, seats, also] = row.columns;
        if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            errors.push(row.error(format!("'{code}' is no ISO 3166-1 alpha-3 code")));
            continue;
        }
        if !codes.insert(code) {
            let problem = format!("'{code}' stands twice; join the rows");
            errors.push(row.finding(Fault::Contradictory, problem));
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
}

/// What sort of thing a row of a user's list of actors names: who holds an office is a person; of
/// the rest the main sector tells.
fn kind_of(sectors: &[&'static str], roles: &[Role]) -> Kind {
    if roles.iter().any(|role| !role.office.is_empty()) {
        return Kind::Person;
    }
    match sectors.first().copied().or(roles.first().map(|role| role.sector)) {
        Some("REB" | "UAF" | "PRM" | "CRM") => Kind::ArmedGroup,
        Some("PTY" | "OPP") => Kind::Party,
        Some("CVL" | "REF" | "SOC" | "REL") => Kind::Group,
        _ => Kind::Organisation,
    }
}

/// An actor of a PETRARCH dictionary: the country its code begins with, the sectors among its parts.
fn of_petrarch(actor: &petrarch::Actor, codes: &Codes, names: &mut Names) {
    let country = |code: &str| code.get(..3).and_then(|first| codes.get(first).copied());
    let parts = |code: &str| -> Vec<&'static str> {
        let parts = (0..code.len()).step_by(3).filter_map(|at| code.get(at..at + 3));
        parts.filter_map(|part| SECTORS.iter().find(|sector| **sector == part).copied()).collect()
    };
    let all = || actor.codes.iter().filter_map(|dated| Some((dated, dated.codes.first()?)));
    let always = all().find(|(dated, _)| dated.from.is_none() && dated.to.is_none());
    let roles: Vec<Role> = all()
        .filter(|(dated, _)| dated.from.is_some() || dated.to.is_some())
        .filter_map(|(dated, code)| {
            let sector = parts(code).first().copied()?;
            Some(Role { office: "", sector, from: dated.from, to: dated.to })
        })
        .collect();
    let sectors = always.map(|(_, code)| parts(code)).unwrap_or_default();
    let country = all().find_map(|(_, code)| country(code));
    // Written in capitals and joined by "_" there; a text writes words as it likes.
    let written: Vec<&'static str> = actor
        .names
        .iter()
        .map(|name| petrarch::words(name).join(" "))
        .filter(|name| !name.is_empty())
        .map(|name| -> &'static str { Box::leak(capitalised(&name).into_boxed_str()) })
        .collect();
    let Some(&name) = written.first() else { return };
    let kind =
        if sectors.is_empty() && roles.is_empty() && always.is_some_and(|(_, c)| c.len() == 3) {
            Kind::Nationality
        } else {
            kind_of(&sectors, &roles)
        };
    names.add(Entry { name, kind, country, sectors, roles }, written);
}

/// "REPUBLIC OF ARDEN" as "Republic of Arden"; acronyms stay.
fn capitalised(name: &str) -> String {
    let word = |word: &str| match word {
        "OF" | "THE" | "AND" | "FOR" | "IN" | "ON" | "DE" | "AL" => word.to_lowercase(),
        _ if word.contains('.') => word.to_string(),
        _ => {
            let mut letters = word.chars();
            let first = letters.next().map(String::from).unwrap_or_default();
            first + &letters.as_str().to_lowercase()
        }
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Reads rows of name, country, sectors or roles, other names. The surnames that alone may mean a
/// person come back, for they stand behind the names of countries and bodies.
fn actors(
    kind: impl Fn(&[&'static str], &[Role]) -> Kind,
    file: File,
    codes: &Codes,
    names: &mut Names,
    errors: &mut Vec<Finding>,
) -> Surnames {
    let mut surnames = Surnames::new();
    let rows: Vec<Row<4>> = file.rows(errors).collect();
    for row in rows {
        let [name, code, standing, also] = row.columns;
        let Some(country) = code_of(code, codes, &row, errors) else { continue };
        let (mut sectors, roles) = standings(standing, &row, errors);
        let kind = kind(&sectors, &roles);
        if kind == Kind::Person && sectors.is_empty() {
            // Out of office, someone who once held one is of the elite.
            sectors.push("ELI");
        }
        let all = std::iter::once(name).chain(values(also).filter(|other| *other != "~"));
        let id = names.add(Entry { name, kind, country, sectors, roles }, all);
        if values(also).any(|other| other == "~") {
            surnames.push((id, name.rsplit(' ').next().unwrap_or(name)));
        }
    }
    surnames
}

/// Sectors that always hold, and roles, which have days or an office.
fn standings<const N: usize>(
    column: &'static str,
    row: &Row<N>,
    errors: &mut Vec<Finding>,
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
    errors: &mut Vec<Finding>,
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
