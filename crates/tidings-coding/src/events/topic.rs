//! What a report is about as a whole, where one sentence does not tell: the crime of the day is no
//! politics, whatever words its sentences use.

use super::Event;
use super::sense::{only, unplaced};
use crate::actors::Actors;
use tidings_language::Document;
use tidings_world::EventLexicon;

/// Words of a report for each word of everyday crime, at most, where the report is about crime.
const WORDS_PER_CUE: usize = 250;

/// Different words of everyday crime in a report about it.
const CUES: usize = 2;

/// Drops what police, courts and private people do to one another in a report about everyday crime:
/// "a man was arrested", "her neighbour was killed", between a burglary and a trooper.
pub(super) fn without_crime(
    doc: &Document,
    actors: &Actors,
    lexicon: &EventLexicon,
    events: &mut Vec<Event>,
) {
    const SOURCES: [&str; 5] = ["COP", "JUD", "CVL", "CRM", "GOV"];
    const TARGETS: [&str; 7] = ["CVL", "EDU", "CRM", "LAB", "BUS", "REL", "COP"];
    if events.is_empty() || !about_crime(doc, lexicon) {
        return;
    }
    let all = |ids: &[usize], sectors: &[&str]| {
        let known = |&id: &usize| actors.actors.get(id);
        ids.iter().filter_map(known).all(|a| unplaced(a) || only(a, sectors))
    };
    events.retain(|event| !(all(&event.source, &SOURCES) && all(&event.target, &TARGETS)));
}

fn about_crime(doc: &Document, lexicon: &EventLexicon) -> bool {
    let words = lexicon.class("ordinary_crime");
    let mut found = Vec::new();
    let mut count = 0;
    for token in 0..doc.tokens.len() {
        let word = lexicon.word(&doc.lemma(token).to_lowercase());
        if let Some(word) = word.filter(|&word| words.iter().any(|noun| noun.head == word)) {
            count += 1;
            if !found.contains(&word) {
                found.push(word);
            }
        }
    }
    found.len() >= CUES && count * WORDS_PER_CUE >= doc.tokens.len()
}
