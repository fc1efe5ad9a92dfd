//! Coding with PETRARCH's dictionaries: their actors, their codes, their patterns.
//!
//! In go a document, the dictionaries and the report's day; out come actors, named by their codes
//! (`ARNGOV`), and events of the dictionaries' own codes. What the program itself knows of actors
//! and actions has no part in it; its trees take the place of the parser that PETRARCH needs.
//! Status, time, place and claims are judged afterwards as for every event.
//!
//! The rules are those of PETRARCH (Open Event Data Alliance 2014; P. A. Schrodt, J. Beieler and
//! M. Idris, "Three's a Charm?", 2014), which took them from TABARI: the first pattern of a verb that
//! matches; else the verb's own code; the source is the first actor before the verb, the target the
//! first behind it; what lies within the verb phrase of a coded verb is not coded again.

mod matching;
mod phrases;
mod sentence;

use crate::actors::{Actor, Actors, Mention};
use crate::events::Event;
use crate::schema::By;
use jiff::civil::Date;
use matching::{Roles, Scene};
use phrases::Phrase;
use sentence::Sentence;
use std::collections::HashMap;
use tidings_language::{Deprel, Document, Xpos};
use tidings_world::petrarch::{Dictionaries, Discard, Verb};
use tidings_world::{Action, SECTORS, World};

/// Codes a document with the dictionaries alone.
pub fn code(
    doc: &Document,
    dictionaries: &Dictionaries,
    world: &World,
    published: Option<Date>,
) -> (Actors, Vec<Event>) {
    let mut coder = Coder { doc, dictionaries, world, cast: Cast::default(), events: Vec::new() };
    for tokens in doc.sentences.iter().map(|sentence| sentence.tokens.clone()) {
        let mut sentence = Sentence::of(doc, tokens);
        match dictionaries.discards(&sentence.words) {
            Some(Discard::Report) => return (Actors::default(), Vec::new()),
            Some(Discard::Sentence) => continue,
            None => {}
        }
        let mut phrases = phrases::find(doc, &sentence, dictionaries, published);
        let compounds: Vec<_> =
            phrases.iter().filter(|p| p.words.len() > 1).map(|p| p.words.clone()).collect();
        if sentence.without_asides(&compounds) {
            phrases = phrases::find(doc, &sentence, dictionaries, published);
        }
        coder.sentence(&sentence, &phrases);
    }
    (coder.cast.actors(), coder.events)
}

struct Coder<'a> {
    doc: &'a Document<'a>,
    dictionaries: &'a Dictionaries,
    world: &'a World,
    cast: Cast,
    events: Vec<Event>,
}

impl Coder<'_> {
    fn sentence(&mut self, sentence: &Sentence, phrases: &[Phrase]) {
        for phrase in phrases {
            self.cast.meet(self.doc, sentence, phrase, self.world);
        }
        let first = self.events.len();
        let mut at = 0;
        while at < sentence.words.len() {
            let verb = self.dictionaries.verb_at(&sentence.words, at);
            at = match verb.filter(|_| sentence.is_verb(self.doc, at)) {
                Some(verb) => self.verb(sentence, phrases, verb, at, first).unwrap_or(at + 1),
                None => at + 1,
            };
        }
    }

    /// Codes a verb; where its verb phrase ends, if it is an act.
    fn verb(
        &mut self,
        sentence: &Sentence,
        phrases: &[Phrase],
        verb: &Verb,
        at: usize,
        first: usize,
    ) -> Option<usize> {
        let words = &sentence.words;
        let end = sentence.verb_phrase_end(self.doc, at);
        let inside = |at: usize| phrases.iter().any(|p| p.words.contains(&at));
        let clause = (0..at).rev().find(|&at| words[at].text == "," && !inside(at));
        let begin = at - verb.before.len();
        let behind = at + 1 + verb.after.len();
        let scene = Scene {
            words,
            phrases,
            before: clause.map_or(0, |comma| comma + 1).min(begin)..begin,
            after: behind.min(end)..end.max(behind.min(end)),
        };
        let matched = matching::first(&scene, self.dictionaries, verb);
        let (code, named, rule) = match &matched {
            Some((pattern, roles)) => (&pattern.code, *roles, &pattern.rule),
            None => (&verb.code, Roles::default(), &verb.rule),
        };
        let there = code.there.as_ref()?;
        let agent = scene.agent().filter(|_| self.is_passive(words[at].token));
        let (source, target) = match agent {
            Some(agent) => (named.source.or(Some(agent)), named.target.or_else(|| scene.source())),
            None => {
                let source = named.source.or_else(|| match named.target {
                    Some(target) => scene.source_besides(target),
                    None => scene.source(),
                });
                (source, named.target.or_else(|| scene.target(source)))
            }
        };
        if let (Some(source), Some(target)) = (source, target) {
            let tokens: Vec<usize> =
                words[begin..behind.min(words.len())].iter().map(|word| word.token).collect();
            let act = Act { verb: words[at].token, words: tokens, rule, first };
            let (source, target) = (&phrases[source], &phrases[target]);
            self.pairs(&act, source, target, there);
            if let Some(back) = &code.back {
                self.pairs(&act, target, source, back);
            }
        }
        Some(end.max(at + 1))
    }

    fn is_passive(&self, verb: usize) -> bool {
        self.doc.tokens[verb].xpos == Xpos::Vbn
            && self.doc.children(verb).any(|c| self.doc.tokens[c].deprel == Deprel::AuxPass)
    }

    /// One event for each source and each target that is another.
    fn pairs(&mut self, act: &Act, source: &Phrase, target: &Phrase, code: &str) {
        let codes = |phrase: &Phrase| -> Vec<Option<String>> {
            let codes: Vec<_> = phrase.codes().map(|code| Some(code.to_string())).collect();
            if codes.is_empty() { vec![None] } else { codes }
        };
        for by in codes(source) {
            for to in codes(target).iter().filter(|to| **to != by) {
                let ids = |code: &Option<String>| -> Vec<usize> {
                    code.iter().filter_map(|code| self.cast.ids.get(code).copied()).collect()
                };
                let event = Event {
                    predicate: act.verb,
                    words: act.words.clone(),
                    action: action(self.world, code),
                    source: ids(&by),
                    target: ids(to),
                    ground: Vec::new(),
                    rule: act.rule.to_string(),
                    by: By::Frames,
                    confidence: None,
                    trusted: true,
                    edges: Vec::new(),
                };
                let same = |known: &Event| {
                    (&known.source, &known.target) == (&event.source, &event.target)
                        && known.action.cameo == event.action.cameo
                };
                if !self.events[act.first..].iter().any(same) {
                    self.events.push(event);
                }
            }
        }
    }
}

/// A verb that is an act.
struct Act<'a> {
    verb: usize,
    words: Vec<usize>,
    rule: &'a str,
    /// Where the events of its sentence begin.
    first: usize,
}

/// The action of a code: with its PLOVER reading where it is one of CAMEO's, else without any.
fn action(world: &World, code: &str) -> Action {
    let known = world.events.code(code).and_then(|code| world.events.action(code, None));
    known.unwrap_or_else(|| Action {
        event: "",
        mode: None,
        context: Vec::new(),
        cameo: code.to_string(),
        goldstein: 0.0,
        quad: 0,
    })
}

/// The actors by their codes.
#[derive(Default)]
struct Cast {
    ids: HashMap<String, usize>,
    actors: Vec<Actor>,
    mentions: Vec<Mention>,
}

impl Cast {
    fn meet(&mut self, doc: &Document, sentence: &Sentence, phrase: &Phrase, world: &World) {
        for member in &phrase.members {
            let words = &sentence.words[member.words.clone()];
            let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
            for code in &member.codes {
                let actor = *self.ids.entry(code.clone()).or_insert_with(|| {
                    self.actors.push(described(code, world));
                    self.actors.len() - 1
                });
                let tokens = first.token..last.token + 1;
                let head = phrases::head(doc, sentence, &member.words);
                self.mentions.push(Mention { tokens, head, actor });
            }
        }
    }

    fn actors(mut self) -> Actors {
        self.mentions.sort_by_key(|mention| mention.head);
        Actors { actors: self.actors, mentions: self.mentions, datelines: Vec::new() }
    }
}

/// An actor named by its code; country and sectors are those of its parts that are codes of such.
fn described(code: &str, world: &World) -> Actor {
    let country = code.get(..3).filter(|first| world.is_country(first));
    let sectors = phrases::parts(code).filter(|part| SECTORS.contains(part));
    Actor {
        name: code.to_string(),
        country: country.map(str::to_string),
        sectors: sectors.map(str::to_string).collect(),
        ..Actor::default()
    }
}
