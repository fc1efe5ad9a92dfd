//! Places named in the report, and the place of an event.
//!
//! In go the trees and the gazetteer; out come the names of places, each resolved by what else the
//! report speaks of. The steps: what may be a name of a place (`names`), which place of the name is
//! meant (`resolve`), whether a place is meant at all (`evidence`), which of them an event
//! happened in (`event`).
//!
//! A name may tell where something is ("in Kosovo") or only whose or what sort something is ("the
//! Kosovo police", "Belgrade said", "Serbian"): literal and associative use after Gritta et al., A
//! Pragmatic Guide to Geoparsing Evaluation (2020). Events happen only in what is meant literally.

pub(crate) mod dateline;
mod distance;
mod event;
mod evidence;
mod lexicon;
mod names;
mod resolve;
mod unlisted;

pub use event::of_event;
pub use evidence::{Evidence, TERMS};

use crate::schema::{PlaceUse, Precision};
use distance::Distance;
use lexicon::{Class, LEXICON};
use names::{Form, Mention};
use std::collections::HashSet;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::{Kind, PlaceKind, Toponym, World};

/// A place mention, resolved where the gazetteer knows it.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Place {
    pub tokens: Range<usize>,
    pub name: String,
    pub geonames: Option<u32>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub admin1: Option<String>,
    pub country: Option<String>,
    pub precision: Precision,
    pub usage: PlaceUse,
    /// Whether it stands in the place line before the text.
    pub dateline: bool,
}

/// Finds the places of a report.
pub fn find(doc: &Document, world: &World) -> Vec<Place> {
    let (all, meanings, evidence) = judge(doc, world);
    let mut places = Vec::new();
    for (mention, evidence) in all.mentions.iter().zip(&evidence) {
        let tokens = with_compass(doc, &mention.tokens, mention.head);
        let said = mention.form == Form::Listed && event::called_place(doc, mention.head)
            || mention.form == Form::Unknown
            || mention.form == Form::Historic && event::locative(doc, mention.head);
        if !(said || evidence::speaks_for(evidence)) || code_name(doc, &mention.tokens) {
            continue;
        }
        let place = meanings.of_mention(world, &all, mention);
        if place.is_some_and(|place| institution(doc, world, mention, &place)) {
            continue;
        }
        let usage = usage(doc, world, mention, evidence);
        let dateline = evidence::in_dateline(evidence);
        let distance = distance::before(doc, tokens.start).filter(|_| place.is_some());
        places.push(match distance {
            Some(distance) => told_from(doc, &distance, place, tokens, dateline),
            None => describe(doc, mention, place, tokens, usage, dateline),
        });
        // "Gornja Vela, Kosovo"
        let outer = mention.qualifier.and_then(|nth| all.mentions.get(nth));
        if let (None, Some(outer), Some(last)) = (place, outer, places.last_mut()) {
            let country = meanings.of_mention(world, &all, outer).map(|outer| outer.country);
            last.country = country.filter(|code| !code.is_empty()).map(str::to_string);
        }
    }
    places
}

/// The mentions of a report with the evidence that they are of places: what the weights are learnt
/// from.
pub fn evidence(doc: &Document, world: &World) -> Vec<(Range<usize>, Evidence)> {
    let (all, _, evidence) = judge(doc, world);
    all.mentions.into_iter().map(|mention| mention.tokens).zip(evidence).collect()
}

fn judge(doc: &Document, world: &World) -> (names::Mentions, resolve::Meanings, Vec<Evidence>) {
    let known = world.names.find(doc.text);
    let all = names::find(doc, world, &known);
    let meanings = resolve::resolve(doc, world, &known, &all);
    let evidence = evidence::gather(doc, world, &known, &all, &meanings);
    (all, meanings, evidence)
}

/// "The White House" is no town, though one is called so: towns take no article.
fn institution(doc: &Document, world: &World, mention: &Mention, place: &Toponym) -> bool {
    let seat = |&id: &_| world.names.entry(id).kind == Kind::Seat;
    place.kind == PlaceKind::City
        && !place.name.starts_with("The ")
        && doc
            .children_by(mention.head, &[Deprel::Det])
            .any(|the| doc.lemma(the) == "the" && the < mention.tokens.start)
        && world.names.lookup(&words(doc, &mention.tokens)).iter().any(seat)
}

/// "Operation Olive Branch", "Hurricane Florence", 'Ivan "Vela" Horvat'
fn code_name(doc: &Document, tokens: &Range<usize>) -> bool {
    let mark = |at: usize| at < doc.tokens.len() && matches!(doc.form(at), "\"" | "“" | "”");
    let quoted = tokens.start.checked_sub(1).is_some_and(mark) && mark(tokens.end);
    quoted
        || tokens.start.checked_sub(1).is_some_and(|before| {
            let form = doc.form(before);
            names::begins_with_capital(form) && LEXICON.is_written(form, Class::Named)
        })
}

/// Whether the name tells where something is.
fn usage(doc: &Document, world: &World, mention: &Mention, evidence: &Evidence) -> PlaceUse {
    let located =
        mention.qualifies || evidence::located(evidence) || event::locative(doc, mention.head);
    let acts = || {
        let entries = world.names.lookup(&words(doc, &mention.tokens));
        entries.iter().any(|&id| {
            matches!(world.names.entry(id).kind, Kind::Country | Kind::Seat | Kind::Region)
        })
    };
    // "Senator Vela (D-Mass.)" tells whom he sits for.
    let seated = mention.tokens.start.checked_sub(2).is_some_and(|party| {
        doc.form(party + 1) == "-" && matches!(doc.form(party), "D" | "R" | "I")
    });
    let literal = mention.form != Form::People
        && !seated
        && (located || !(evidence::modifies(evidence) || acts()));
    if literal { PlaceUse::Literal } else { PlaceUse::Associative }
}

/// The place as the report gives it.
fn describe(
    doc: &Document,
    mention: &Mention,
    place: Option<Toponym>,
    tokens: Range<usize>,
    usage: PlaceUse,
    dateline: bool,
) -> Place {
    let part = tokens.start < mention.tokens.start;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_string());
    let Some(place) = place else {
        let name = words(doc, &tokens);
        return Place {
            tokens,
            name,
            geonames: None,
            lat: None,
            lon: None,
            admin1: None,
            country: None,
            precision: Precision::Unknown,
            usage,
            dateline,
        };
    };
    let precision = match (part, place.kind) {
        (true, _) => Precision::Part,
        (_, PlaceKind::City) => Precision::Town,
        (_, PlaceKind::Division) => Precision::Division,
        (_, PlaceKind::Area) => Precision::Area,
        (_, PlaceKind::Country) => Precision::Country,
    };
    Place {
        name: if part { words(doc, &tokens) } else { place.name.to_string() },
        tokens,
        geonames: place.geonames.filter(|_| !part),
        lat: Some(place.lat),
        lon: Some(place.lon),
        admin1: some(place.admin1),
        country: some(place.country),
        precision,
        usage,
        dateline,
    }
}

/// A place told by its distance from another.
fn told_from(
    doc: &Document,
    distance: &Distance,
    place: Option<Toponym>,
    tokens: Range<usize>,
    dateline: bool,
) -> Place {
    let tokens = distance.start..tokens.end;
    let point = place.map(|place| distance.from((place.lat, place.lon)));
    Place {
        name: words(doc, &tokens),
        tokens,
        geonames: None,
        lat: point.map(|(lat, _)| lat),
        lon: point.map(|(_, lon)| lon),
        admin1: None,
        country: place.map(|place| place.country.to_string()).filter(|code| !code.is_empty()),
        precision: Precision::Near,
        usage: PlaceUse::Literal,
        dateline,
    }
}

/// The first word whose head lies outside the words.
fn head_of(doc: &Document, tokens: &Range<usize>) -> usize {
    tokens
        .clone()
        .find(|&i| doc.head(i).is_none_or(|head| !tokens.contains(&head)))
        .unwrap_or(tokens.start)
}

/// Last words of names of several words that are joined as persons' names are.
pub(crate) fn surnames<'d>(doc: &Document<'d>) -> HashSet<&'d str> {
    (0..doc.tokens.len())
        .filter(|&i| doc.tokens[i].deprel == Deprel::Flat && doc.tokens[i].upos == Upos::Propn)
        .map(|i| doc.form(i))
        .collect()
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
    let compass = LEXICON.is(&hyphened, Class::Compass)
        || LEXICON.is_written(doc.form(before), Class::Compass);
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
