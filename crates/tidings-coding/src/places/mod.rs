//! Places named in the report, and the place of an event.
//!
//! In go the trees and the gazetteer; out come the toponyms that tell where something is, each
//! resolved by its surroundings ("Tripoli, Lebanon"), by the countries the report speaks of and by
//! size. A country or capital that acts ("Belgrade said") is an actor, not a place; under a
//! preposition of place ("in Kosovo") it is one. The order of the cues follows Leidner, Toponym
//! Resolution in Text (2007): explicit qualifier, country in context, population.

pub(crate) mod dateline;
mod event;
mod resolve;

pub use event::of_event;

use resolve::Context;
use std::collections::HashSet;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::{Kind, NameMatch, PlaceKind, Toponym, World};

/// A place mention, resolved where the gazetteer knows it.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Place {
    pub tokens: Range<usize>,
    pub name: String,
    pub geonames: Option<u32>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub country: Option<String>,
    /// Whether it stands in the place line before the text.
    pub dateline: bool,
}

/// Toponyms are no longer than this in words: "Federation of Bosnia and Herzegovina".
const LONGEST: usize = 6;

/// Words that take a part of what follows: "northern Kosovo".
const COMPASS: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "north-east",
    "north-west",
    "south-east",
    "south-west",
    "north-eastern",
    "north-western",
    "south-eastern",
    "south-western",
    "upper",
    "lower",
    "mainland",
    "occupied",
    "rural",
];

/// Names of the calendar that some town also bears.
const CALENDAR: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A toponym found in a sentence, not yet resolved.
struct Candidate {
    tokens: Range<usize>,
    /// The word of the name that the others hang on.
    head: usize,
    /// What may be meant, most inhabitants first; never empty.
    places: Vec<Toponym>,
}

/// Finds the places of a report.
pub fn find(doc: &Document, world: &World) -> Vec<Place> {
    let names = world.names.find(doc.text);
    let mut candidates = Vec::new();
    let mut datelines: Vec<Range<usize>> = Vec::new();
    for (nth, sentence) in doc.sentences.iter().enumerate() {
        datelines.extend(dateline::of_sentence(doc, world, nth));
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match toponym(doc, world, at, sentence.tokens.end) {
                Some(found) => {
                    at = found.tokens.end;
                    if !part_of_a_longer_name(doc, world, &names, &found) {
                        candidates.push(found);
                    }
                }
                None => at += 1,
            }
        }
    }
    if candidates.is_empty() {
        return Vec::new();
    }
    let context = Context::new(doc, world, &names, &candidates);
    let surnames = surnames(doc);
    let in_dateline = |i: usize| datelines.iter().any(|line| line.contains(&i));
    let mut places = Vec::with_capacity(candidates.len());
    for (nth, candidate) in candidates.iter().enumerate() {
        let next = candidates.get(nth + 1);
        let place = context.resolve(doc, candidate, next);
        let tokens = with_compass(doc, &candidate.tokens, candidate.head);
        let area = tokens.start < candidate.tokens.start;
        let trusted = context.trusts(&place, &words(doc, &candidate.tokens));
        let dateline = in_dateline(candidate.tokens.start);
        if !(area
            || dateline
            || is_meant_as_place(doc, world, candidate, &place, trusted, &surnames))
        {
            continue;
        }
        let country = (!place.country.is_empty()).then(|| place.country.to_string());
        places.push(if area {
            // A part of the place: its own coordinates are not known.
            let name = words(doc, &tokens);
            Place { tokens, name, geonames: None, lat: None, lon: None, country, dateline }
        } else {
            Place {
                tokens,
                name: place.name.to_string(),
                geonames: place.geonames,
                lat: Some(place.lat),
                lon: Some(place.lon),
                country,
                dateline,
            }
        });
    }
    places
}

/// The longest toponym that begins at the token.
fn toponym(doc: &Document, world: &World, at: usize, end: usize) -> Option<Candidate> {
    // "New" of "New York" may be tagged an adjective.
    let proper = doc.tokens[at].upos == Upos::Propn;
    if !(proper || doc.tokens[at].upos == Upos::Adj) || !begins_with_capital(doc.form(at)) {
        return None;
    }
    let mut reach = at + 1;
    while reach < end.min(at + LONGEST) && continues_name(doc, reach) {
        reach += 1;
    }
    for stop in (at + 1..=reach).rev() {
        if doc.tokens[stop - 1].upos != Upos::Propn {
            continue;
        }
        let name = &doc.text[doc.tokens[at].start as usize..doc.tokens[stop - 1].end as usize];
        let single = stop == at + 1;
        if single && !(proper && may_be_single(name)) {
            continue;
        }
        let places = world.gazetteer.lookup(name);
        if !places.is_empty() {
            let tokens = at..stop;
            let head = head_of(doc, &tokens);
            return Some(Candidate { tokens, head, places });
        }
    }
    None
}

fn begins_with_capital(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

/// Proper nouns, and the small words and marks inside names: "Bosnia and Herzegovina", "Guinea-Bissau".
fn continues_name(doc: &Document, token: usize) -> bool {
    doc.tokens[token].upos == Upos::Propn
        || matches!(doc.form(token), "of" | "and" | "the" | "&" | "-" | "'" | "’")
}

/// Single words that are surely no toponyms: initials, days and months, and "the West".
fn may_be_single(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    let short = letters < 3 && !matches!(name, "US" | "U.S." | "UK" | "U.K.");
    let plain = CALENDAR.iter().chain(COMPASS).any(|word| name.eq_ignore_ascii_case(word));
    !short && !plain
}

/// The first word whose head lies outside the words.
fn head_of(doc: &Document, tokens: &Range<usize>) -> usize {
    tokens
        .clone()
        .find(|&i| doc.head(i).is_none_or(|head| !tokens.contains(&head)))
        .unwrap_or(tokens.start)
}

/// Whether the toponym is only a piece of another name: of an organisation, a person, a people.
fn part_of_a_longer_name(
    doc: &Document,
    world: &World,
    names: &[NameMatch],
    found: &Candidate,
) -> bool {
    let start = doc.tokens[found.tokens.start].start as usize;
    let end = doc.tokens[found.tokens.end - 1].end as usize;
    let at = names.partition_point(|name| name.end <= start);
    let within = names.get(at).is_some_and(|name| {
        let longer = name.start < start || name.end > end;
        let kind = world.names.entry(name.entry).kind;
        let same = name.start <= start && name.end >= end;
        let person = same && kind == Kind::Person && found.places[0].population < 1_000_000;
        person || (same && longer && !matches!(kind, Kind::Country | Kind::Seat | Kind::Region))
    });
    within || joined_to_a_name(doc, found)
}

/// Whether the words hang together with proper nouns outside: "Paris Hilton", "Washington Post".
fn joined_to_a_name(doc: &Document, found: &Candidate) -> bool {
    let outside = |i: usize| !found.tokens.contains(&i) && doc.tokens[i].upos == Upos::Propn;
    let token = &doc.tokens[found.head];
    let up = doc.head(found.head).is_some_and(|head| {
        outside(head)
            && (token.deprel == Deprel::Flat
                || (token.deprel == Deprel::Compound && head == found.tokens.end))
    });
    let joins = |&i: &usize| {
        outside(i)
            && match doc.tokens[i].deprel {
                Deprel::Flat => true,
                Deprel::Compound => !COMPASS.contains(&doc.form(i).to_lowercase().as_str()),
                _ => false,
            }
    };
    up || doc.children(found.head).any(|i| joins(&i))
}

/// Last words of names of several words that are joined as persons' names are.
pub(crate) fn surnames<'d>(doc: &Document<'d>) -> HashSet<&'d str> {
    (0..doc.tokens.len())
        .filter(|&i| doc.tokens[i].deprel == Deprel::Flat && doc.tokens[i].upos == Upos::Propn)
        .map(|i| doc.form(i))
        .collect()
}

/// Whether the words tell where something is, and not who acts. `trusted` says that the report gives
/// other grounds to take the name for that of a town.
fn is_meant_as_place(
    doc: &Document,
    world: &World,
    candidate: &Candidate,
    place: &Toponym,
    trusted: bool,
    surnames: &HashSet<&str>,
) -> bool {
    if event::locative(doc, candidate.head) {
        return true;
    }
    let name = &words(doc, &candidate.tokens);
    let entries = world.names.lookup(name);
    let acts = entries
        .iter()
        .any(|&id| matches!(world.names.entry(id).kind, Kind::Country | Kind::Seat | Kind::Region));
    if acts || place.kind != PlaceKind::City {
        return qualifies_another(doc, candidate.head);
    }
    let single = candidate.tokens.len() == 1;
    let acronym = name.len() <= 4 && name.chars().all(char::is_uppercase);
    let titled = candidate.tokens.start.checked_sub(1).is_some_and(|before| {
        let lemma = doc.lemma(before).to_lowercase();
        begins_with_capital(doc.form(before))
            && (matches!(lemma.trim_end_matches('.'), "mr" | "mrs" | "ms" | "dr" | "gen" | "lt")
                || world.agents.get(&lemma).is_some_and(|agent| agent.office))
    });
    let doubtful = single
        && (!trusted
            || acronym
            || surnames.contains(doc.form(candidate.tokens.start))
            || world.agents.get(&name.to_lowercase()).is_some()
            || entries.iter().any(|&id| world.names.entry(id).kind != Kind::Region));
    !titled && !doubtful
}

/// Whether the name stands behind another as its country or region: "Mitrovica, Kosovo".
pub(crate) fn qualifies_another(doc: &Document, head: usize) -> bool {
    let relation = doc.tokens[head].deprel;
    let behind_comma = head >= 2 && doc.form(head - 1) == ",";
    behind_comma
        && doc.tokens[head - 2].upos == Upos::Propn
        && matches!(relation, Deprel::Appos | Deprel::Nmod | Deprel::NmodUnmarked | Deprel::List)
        && doc.head(head).is_some_and(|up| doc.tokens[up].upos == Upos::Propn)
}

/// The words with a compass word before them that depends on them.
fn with_compass(doc: &Document, tokens: &Range<usize>, head: usize) -> Range<usize> {
    let Some(mut before) = tokens.start.checked_sub(1) else { return tokens.clone() };
    // "north-eastern" may be three words.
    let hyphened = doc.form(before).to_lowercase();
    let mut start = before;
    if before >= 2 && doc.form(before - 1) == "-" {
        start = before - 2;
        before = start;
    }
    let compass = COMPASS.contains(&hyphened.as_str())
        || COMPASS.contains(&doc.form(before).to_lowercase().as_str());
    let same_sentence = doc.sentence_of(start) == doc.sentence_of(tokens.start);
    let depends =
        doc.head(tokens.start - 1).is_some_and(|up| up == head || doc.head(up) == Some(head));
    if compass && same_sentence && depends { start..tokens.end } else { tokens.clone() }
}

/// The words as they stand in the text.
fn words(doc: &Document, tokens: &Range<usize>) -> String {
    let (first, last) = (doc.tokens[tokens.start], doc.tokens[tokens.end - 1]);
    doc.text[first.start as usize..last.end as usize].to_string()
}

#[cfg(test)]
mod tests;
