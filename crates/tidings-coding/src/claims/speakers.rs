//! Who speaks, as an actor of the report: those whom no list names get an entry here.
//!
//! "Sources", "a poll" and "residents of Korsa" are on no list, but a claim and the events in it
//! rest on their word, so they become actors of the report with a name and nothing else. A pronoun
//! that stands for an unknown names nobody. A relative pronoun ("who said") is one more mention.

use super::Claim;
use crate::actors::{Actor, Actors, Mention};
use std::collections::HashMap;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};

/// Gives each claim the words that name its speaker, and a speaker where those words name one.
pub(super) fn name(doc: &Document, actors: &mut Actors, claims: &mut [Claim]) {
    let mut mentions = HashMap::new();
    let mut of_names: HashMap<String, usize> = HashMap::new();
    for claim in claims {
        let Some(source) = claim.source else { continue };
        let named = || Some(bytes(doc, doc.subtree(source))).filter(|words| !words.is_empty());
        claim.named = claim.named.take().or_else(named);
        if claim.speaker.is_none() && names_somebody(doc, source) {
            let actor = mentions.entry(source).or_insert_with(|| {
                let name =
                    on_one_line(doc.text.get(bytes(doc, words(doc, source))).unwrap_or_default());
                let mut added = || {
                    actors.actors.push(Actor { name: name.clone(), ..Actor::default() });
                    actors.actors.len() - 1
                };
                // One name is one person; "a resident" may be another one each time.
                match is_name(doc, source) {
                    true => *of_names.entry(name.to_lowercase()).or_insert_with(added),
                    false => added(),
                }
            });
            claim.speaker = Some(*actor);
        }
        if let (Some(speaker), Some(relative)) = (claim.speaker, claim.relative) {
            mentions.entry(relative).or_insert(speaker);
        }
    }
    for (head, actor) in mentions {
        let words = words(doc, head);
        let first = words.iter().copied().min().unwrap_or(head);
        let last = words.iter().copied().max().unwrap_or(head);
        actors.mentions.push(Mention { tokens: first..last + 1, head, actor });
    }
    actors.mentions.sort_by_key(|mention| mention.head);
}

fn names_somebody(doc: &Document, word: usize) -> bool {
    let token = &doc.tokens[word];
    match token.upos {
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det => true,
        Upos::Pron => token.feats.has("PronType=Ind"),
        _ => is_name(doc, word),
    }
}

/// Names, those that no treebank knows among them ("DAHL" read as a cry).
fn is_name(doc: &Document, word: usize) -> bool {
    let form = doc.form(word);
    let shouted = form.len() > 1 && form.chars().all(|c| !c.is_lowercase());
    match doc.tokens[word].upos {
        Upos::Propn => true,
        Upos::Intj | Upos::X => form.starts_with(char::is_uppercase),
        _ => shouted,
    }
}

/// The head with its modifiers and what it is of; without articles and clauses.
fn words(doc: &Document, head: usize) -> Vec<usize> {
    let mut words = vec![head];
    for child in doc.children(head) {
        match doc.tokens[child].deprel {
            Deprel::Compound
            | Deprel::Amod
            | Deprel::Nummod
            | Deprel::Flat
            | Deprel::NmodPoss
            | Deprel::Nmod => words.extend(doc.subtree(child)),
            _ => {}
        }
    }
    words
}

fn bytes(doc: &Document, words: Vec<usize>) -> Range<usize> {
    let mut words: Vec<usize> = words;
    words.sort_unstable();
    let is_word = |&&w: &&usize| doc.tokens[w].upos != Upos::Punct;
    let first = words.iter().find(is_word).map_or(0, |&w| doc.tokens[w].start as usize);
    let last = words.iter().rev().find(is_word).map_or(first, |&w| doc.tokens[w].end as usize);
    first..last.max(first)
}

fn on_one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
