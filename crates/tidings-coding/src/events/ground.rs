//! The place acted upon: "imposed a curfew in the port of Callao" is done to the people there.
//!
//! Towns and regions are places, not actors. Where an act is directed at nobody but at a place, or is
//! done in one, whoever lives there is its target: an actor under the name of the place, with its
//! country; civilians, where the act is done to people and not to a state.

use super::Event;
use crate::actors::{Actor, Actors, Mention};
use crate::places::Place;
use tidings_language::{Deprel, Document};

/// How far below the phrase its place may stand: "at this jail in northern Ghana".
const DEPTH: usize = 3;

/// Gives events whose target is not known, or not from where, the place on which they were done.
pub fn settle(doc: &Document, places: &[Place], who: &mut Actors, events: &mut [Event]) {
    for event in events {
        if suffers(event) {
            struck(doc, places, who, event);
        }
        let place = event.ground.iter().find_map(|&at| below(doc, places, at, DEPTH));
        let country = |actor: &usize| who.actors.get(*actor).and_then(|a| a.country.as_deref());
        let home: Vec<&str> = event.source.iter().filter_map(country).collect();
        // "the withdrawal of Arden's troops": they do not leave Arden.
        let moves = matches!(event.action.event, "MOBILIZE" | "RETREAT");
        let own = |country: Option<&str>| moves && country.is_some_and(|c| home.contains(&c));
        let target = match place.filter(|place| place.country.is_some()) {
            Some(place) if own(place.country.as_deref()) => continue,
            // "killed ten people in Ghana": that is where they are from.
            Some(place) if !event.target.is_empty() => {
                let country = place.country.clone();
                let harmed = event.action.event == "ASSAULT";
                for &actor in event.target.iter().filter(|_| harmed) {
                    at_home(who, actor, country.as_ref());
                }
                continue;
            }
            Some(place) => inhabitants(doc, place, who, suffers(event)),
            // "from the Ghanaian town": the nationality tells, where the place is not known.
            None => {
                let mut named = event.ground.iter().flat_map(|&at| who.of_phrase(doc, at));
                let abroad = |actor: &usize| country(actor).is_some() && !own(country(actor));
                match named.find(abroad).filter(|_| event.target.is_empty()) {
                    Some(actor) => actor,
                    None => continue,
                }
            }
        };
        if !event.source.contains(&target) && !event.target.contains(&target) {
            event.target.push(target);
        }
    }
}

/// The place that the phrase is or that stands below it.
fn below<'p>(doc: &Document, places: &'p [Place], at: usize, depth: usize) -> Option<&'p Place> {
    // Places stand in text order.
    let nth = places.partition_point(|place| place.tokens.end <= at);
    if let Some(place) = places.get(nth).filter(|place| place.tokens.contains(&at)) {
        return Some(place);
    }
    let inner = [Deprel::Nmod, Deprel::Appos, Deprel::Flat, Deprel::Compound, Deprel::Obl];
    if depth == 0 {
        return None;
    }
    doc.children_by(at, &inner).find_map(|child| below(doc, places, child, depth - 1))
}

/// Gives people of whom the report says no more than this a country.
fn at_home(who: &mut Actors, actor: usize, country: Option<&String>) {
    let once = who.mentions.iter().filter(|mention| mention.actor == actor).count() == 1;
    if let Some(people) = who.actors.get_mut(actor).filter(|a| once && a.country.is_none()) {
        people.country = country.cloned();
    }
}

/// Whether an act in a place is done to those who live there.
fn suffers(event: &Event) -> bool {
    matches!(event.action.event, "ASSAULT" | "COERCE" | "SANCTION" | "AID" | "CONCEDE")
}

/// The actor that the place names already, or a new one; of civilians, where people are meant.
fn inhabitants(doc: &Document, place: &Place, who: &mut Actors, people: bool) -> usize {
    let named = who.mentions.iter().find(|mention| place.tokens.contains(&mention.head));
    if let Some(mention) = named {
        return mention.actor;
    }
    let actor = townspeople(place, who, people);
    let outside = |&i: &usize| doc.head(i).is_none_or(|head| !place.tokens.contains(&head));
    let head = place.tokens.clone().find(outside).unwrap_or(place.tokens.start);
    let at = who.mentions.partition_point(|mention| mention.head < head);
    who.mentions.insert(at, Mention { tokens: place.tokens.clone(), head, actor });
    actor
}

/// The actor under the name of a place, known already or new.
fn townspeople(place: &Place, who: &mut Actors, people: bool) -> usize {
    let government = |actor: &Actor| actor.sectors.iter().any(|sector| sector == "GOV");
    let same = |actor: &Actor| {
        actor.name == place.name && actor.country == place.country && !government(actor)
    };
    who.actors.iter().position(same).unwrap_or_else(|| {
        let (name, country) = (place.name.clone(), place.country.clone());
        let sectors = if people { vec!["CVL".to_string()] } else { Vec::new() };
        who.actors.push(Actor { name, country, sectors, ..Actor::default() });
        who.actors.len() - 1
    })
}

/// "bombed Paris": a capital that is struck is the town and not the government that sits there.
fn struck(doc: &Document, places: &[Place], who: &mut Actors, event: &mut Event) {
    let sentence = doc.sentences[doc.sentence_of(event.predicate)].tokens.clone();
    for target in &mut event.target {
        let seat = who.actors.get(*target).filter(|a| a.office.is_none() && a.sectors == ["GOV"]);
        let Some(seat) = seat else { continue };
        let town = |m: &Mention| {
            let whole = |place: &&Place| m.tokens == place.tokens && place.country == seat.country;
            places.iter().find(whole)
        };
        let named = who.mentions.iter().enumerate().filter(|(_, m)| m.actor == *target);
        let alone = named.clone().count() == 1;
        let mut here = named.filter(|(_, m)| sentence.contains(&m.head));
        let Some((mention, place)) = here.find_map(|(at, m)| Some((at, town(m)?))) else {
            continue;
        };
        if alone {
            who.actors[*target].sectors = vec!["CVL".to_string()];
        } else {
            *target = townspeople(place, who, true);
            who.mentions[mention].actor = *target;
        }
    }
}
