//! Actors in context: who is named, under which names, and who they are.
//!
//! In go the trees of a report, the lexicon of names and the places found; out come the actors with
//! every mention. Three steps: the lexicon's names on the words (`page` with `signs`, `names`), the phrases that name somebody
//! without being listed (`persons`; `roles` with `offices` and `owners`), and the joining of all
//! namings of one actor (`coreference`, with `holders`, `spelling`, `pronouns` and `groups`). Countries are
//! ISO 3166-1 alpha-3, sectors are PLOVER's. What the report and the lexicon do not say stays empty.

mod coreference;
mod groups;
mod holders;
mod names;
mod offices;
mod owners;
mod page;
mod peoples;
mod persons;
mod pronouns;
mod roles;
mod signs;
mod spelling;
#[cfg(test)]
mod tests;

use crate::places::Place;
use jiff::civil::Date;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::World;

/// One actor of a report.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Actor {
    pub name: String,
    pub country: Option<String>,
    pub sectors: Vec<String>,
    pub office: Option<String>,
    pub uncertain: bool,
    /// Whether it is a person of whom only the name is known.
    pub person: bool,
}

impl Actor {
    /// Whether the actor is of any of the sectors.
    pub(crate) fn is_any(&self, sectors: &[&str]) -> bool {
        self.sectors.iter().any(|sector| sectors.contains(&sector.as_str()))
    }
}

/// One naming of an actor: a name, an office, a nationality, a short form or a pronoun.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The words of the mention (not its relative clauses).
    pub tokens: Range<usize>,
    /// The word of the mention that the rest hangs on.
    pub head: usize,
    /// Index into [`Actors::actors`].
    pub actor: usize,
}

/// The actors of a report and where it names them.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Actors {
    pub actors: Vec<Actor>,
    /// In text order, by head.
    pub mentions: Vec<Mention>,
    /// Place lines before texts: their words are nobody, but a parser may hang a sentence on them.
    pub(crate) datelines: Vec<Range<usize>>,
}

/// How far down a phrase its modifiers are asked for an actor.
const DEPTH: usize = 4;

impl Actors {
    /// The actors meant by the phrase headed by `token`: itself, its conjuncts, or, where the head
    /// names no actor, those its modifiers name ("talks between Serbia and Kosovo").
    pub fn of_phrase(&self, doc: &Document, token: usize) -> Vec<usize> {
        let mut found = Vec::new();
        self.gather(doc, token, DEPTH, &mut found);
        found
    }

    fn gather(&self, doc: &Document, token: usize, depth: usize, found: &mut Vec<usize>) {
        let own = self.named_by(token);
        let named = !own.is_empty();
        found.extend(own.filter_new(found));
        if depth == 0 {
            return;
        }
        if let Some(line) = self.datelines.iter().find(|line| line.contains(&token)) {
            let name = |&i: &usize| matches!(doc.tokens[i].upos, Upos::Propn | Upos::Noun);
            if let Some(child) = doc.children(token).filter(|i| *i >= line.end).find(name) {
                self.gather(doc, child, depth - 1, found);
            }
            return;
        }
        if !named && doc.tokens[token].feats.has("PronType=Rel") {
            if let Some(antecedent) = antecedent(doc, token) {
                // "Arden, whose army came, and Brona": the relative is of the first alone.
                let own = self.named_by(antecedent);
                let later = doc.children_by(antecedent, &[Deprel::Conj]).any(|c| c > token);
                if later && !own.is_empty() {
                    found.extend(own.filter_new(found));
                } else {
                    self.gather(doc, antecedent, depth - 1, found);
                }
            }
            return;
        }
        let before = found.len();
        if !named {
            self.of_modifiers(doc, token, depth, found);
        }
        let alone = !named && found.len() == before;
        // "his rivals Rojas and Wood": the second hangs on the first, and both are meant.
        if named {
            for beside in doc.children_by(token, &[Deprel::Appos, Deprel::Flat, Deprel::NmodDesc]) {
                for second in doc.children_by(beside, &[Deprel::Conj]) {
                    self.gather(doc, second, depth - 1, found);
                }
            }
        }
        for child in doc.children(token) {
            let joined = match doc.tokens[child].deprel {
                Deprel::Conj => !alone || doc.tokens[child].upos != Upos::Verb,
                Deprel::Nmod | Deprel::Obl => accompanies(doc, child),
                _ => false,
            };
            if joined {
                self.gather(doc, child, depth - 1, found);
            }
        }
    }

    /// The actors of the modifiers of a head that names none: appositions first, then possessors
    /// and agents, then the other parties. Places are no parties.
    fn of_modifiers(&self, doc: &Document, token: usize, depth: usize, found: &mut Vec<usize>) {
        let before = found.len();
        for child in doc.children_by(token, &[Deprel::Appos, Deprel::Flat]) {
            self.gather(doc, child, depth - 1, found);
        }
        if found.len() > before {
            return;
        }
        for child in doc.children_by(token, &[Deprel::NmodPoss]) {
            self.gather(doc, child, depth - 1, found);
        }
        // "Russia's Syria policy" is Russia's.
        let owned = found.len() > before;
        for child in doc.children(token) {
            match doc.tokens[child].deprel {
                Deprel::Compound | Deprel::NmodDesc if !owned => {
                    self.gather(doc, child, depth - 1, found);
                }
                Deprel::Amod if !owned => {
                    self.gather_modifier(doc, child, depth - 1, found);
                }
                // "the king's words on Brona" are the king's, and Brona is what they are about.
                Deprel::Nmod | Deprel::Obl
                    if names::is_party(doc, child) && !(owned && names::is_topic(doc, child)) =>
                {
                    self.gather(doc, child, depth - 1, found);
                }
                Deprel::Acl => {
                    for agent in doc.children_by(child, &[Deprel::OblAgent]) {
                        self.gather(doc, agent, depth - 1, found);
                    }
                }
                _ => {}
            }
        }
    }

    /// "Russian", "Serbian and Kosovar", "EU-brokered"; but who backs a deed does not do it.
    fn gather_modifier(&self, doc: &Document, token: usize, depth: usize, found: &mut Vec<usize>) {
        let backs = |i: usize| {
            matches!(doc.lemma(i), "back" | "support" | "fund" | "finance" | "sponsor" | "inspire")
                || matches!(doc.form(i), "backed" | "supported" | "funded" | "inspired")
        };
        if depth == 0 || backs(token) || doc.children_by(token, &[Deprel::Conj]).any(backs) {
            return;
        }
        found.extend(self.named_by(token).filter_new(found));
        for child in doc.children(token) {
            if matches!(
                doc.tokens[child].deprel,
                Deprel::Compound | Deprel::OblUnmarked | Deprel::Conj | Deprel::OblAgent
            ) {
                self.gather_modifier(doc, child, depth - 1, found);
            }
        }
    }

    /// The mentions whose head is the token, else the one that holds it as part of its name.
    fn named_by(&self, token: usize) -> Own<'_> {
        let from = self.mentions.partition_point(|m| m.head < token);
        let to = self.mentions.partition_point(|m| m.head <= token);
        if from < to {
            return Own(&self.mentions[from..to]);
        }
        // A mention is never wider than a phrase: only the neighbours can hold the token.
        let near = from.saturating_sub(4)..(from + 4).min(self.mentions.len());
        match self.mentions[near.clone()].iter().position(|m| m.tokens.contains(&token)) {
            Some(at) => Own(&self.mentions[near.start + at..near.start + at + 1]),
            None => Own(&[]),
        }
    }
}

struct Own<'a>(&'a [Mention]);

impl Own<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn filter_new(&self, found: &[usize]) -> Vec<usize> {
        self.0.iter().map(|m| m.actor).filter(|actor| !found.contains(actor)).collect()
    }
}

/// "Serbia, along with Russia": the company is part of the phrase.
fn accompanies(doc: &Document, token: usize) -> bool {
    doc.children_by(token, &[Deprel::Case, Deprel::Cc]).any(|case| {
        matches!(doc.lemma(case), "along" | "alongside" | "together")
            || (doc.lemma(case) == "as" && doc.children(case).any(|c| doc.lemma(c) == "well"))
    })
}

/// The word a relative pronoun stands for.
fn antecedent(doc: &Document, mut token: usize) -> Option<usize> {
    loop {
        let head = doc.head(token)?;
        if doc.tokens[token].deprel == Deprel::AclRelcl {
            return Some(head);
        }
        token = head;
    }
}

/// Finds the actors of a report whose places are found.
pub fn find(doc: &Document, world: &World, places: &[Place], published: Option<Date>) -> Actors {
    let page = page::Page::new(doc, world, places, published);
    let mut drafts = persons::find(&page);
    let mut taken = vec![false; doc.tokens.len()];
    for line in page.datelines() {
        taken[line.clone()].fill(true);
    }
    for draft in &drafts {
        taken[draft.tokens.clone()].fill(true);
    }
    drafts.extend(groups::find(&page, &mut taken));
    drafts.extend(roles::find(&page, &mut taken));
    names::find(&page, &taken, &mut drafts);
    drafts.extend(pronouns::find(&page));
    coreference::join(&page, drafts)
}

/// What sort of actor a naming speaks of; decides how it can be referred to again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A named person.
    Person,
    /// Whoever holds an office: "Serbia's president".
    Office,
    /// A country or a region.
    State,
    /// An organisation, or a government under the name of its seat.
    Organisation,
    /// People by role: "Serbian forces", "protesters".
    Body,
    /// A pronoun, yet to be resolved.
    Pronoun,
    /// "the two countries": several at once, so many.
    Several(groups::Counted, u8),
}

/// One naming before it is known which actor it names.
#[derive(Debug, Clone)]
struct Draft {
    tokens: Range<usize>,
    head: usize,
    sort: Sort,
    /// The name to show, if this naming makes a new actor.
    name: String,
    /// Namings with the same key are of one actor; empty for persons, whose names are compared.
    key: String,
    entry: Option<tidings_world::EntryId>,
    country: Option<&'static str>,
    sectors: Vec<&'static str>,
    office: Option<String>,
    /// Whether the words alone ("the soldiers") point back to somebody named before.
    definite: bool,
    plural: bool,
    /// Whether it is one body that "they" may mean: an armed group, the "Forces" of a name.
    several: bool,
    /// Whether it is somebody by what he is to another: "its ally", who may be from elsewhere.
    tie: bool,
    /// Whether it acts for another and is of that one's sector: "his aides".
    proxy: bool,
    /// Whether it is one person by role: "a friend", and no body of people.
    single: bool,
    /// `Some(true)` for a man, `Some(false)` for a woman.
    male: Option<bool>,
    /// A bare surname after "Mr.": it may be misspelt.
    courtesy: bool,
    /// A bare surname with no other sign of a person: it counts only if the report names whose.
    surname: bool,
    /// Where a person's name begins, after the titles.
    bare: usize,
    /// The family name shared with the next person: of "Ana and Luis Rojas" hers too.
    family: Option<usize>,
    /// Whether the name only sounds like that of the entry.
    uncertain: bool,
}

impl Draft {
    fn new(tokens: Range<usize>, head: usize, sort: Sort) -> Draft {
        Draft {
            bare: tokens.start,
            tokens,
            head,
            sort,
            name: String::new(),
            key: String::new(),
            entry: None,
            country: None,
            sectors: Vec::new(),
            office: None,
            definite: false,
            plural: false,
            several: false,
            tie: false,
            proxy: false,
            single: matches!(sort, Sort::Person | Sort::Office),
            male: None,
            courtesy: false,
            surname: false,
            family: None,
            uncertain: false,
        }
    }
}
