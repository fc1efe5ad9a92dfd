//! Role nouns and offices on the words: "former Kosovo interior minister", "attorney general".

use super::names::preposition;
use super::page::Page;
use std::ops::Range;
use tidings_language::{Deprel, Upos};
use tidings_world::{Agent, AgentKind};

/// The role of officers in a report on the police.
const OF_POLICE: &str = "police officer";

/// An office with the words that belong to it: "former Kosovo interior minister".
#[derive(Debug, Default)]
pub(super) struct Office {
    pub tokens: Range<usize>,
    pub words: String,
    pub country: Option<&'static str>,
    pub sectors: Vec<&'static str>,
    pub former: bool,
}

/// Adjectives that say the office is over.
pub(super) fn is_former(lemma: &str) -> bool {
    matches!(lemma, "former" | "ex" | "ex-" | "late" | "ousted" | "deposed" | "retired" | "then")
}

/// Whether those of the role stand against a state: what they have, its officials too, is theirs.
fn against_the_state(agent: &Agent) -> bool {
    agent.sectors.first().is_some_and(|s| matches!(*s, "REB" | "PRM" | "UAF" | "OPP"))
}

impl<'a> Page<'a> {
    /// Whether the word is the "King" of "King's Cross": a name grown from a role.
    fn begins_a_name(&self, token: usize) -> bool {
        let doc = self.doc;
        doc.tokens[token].deprel == Deprel::NmodPoss
            && doc.form(token).starts_with(char::is_uppercase)
            && doc.children(token).all(|i| doc.tokens[i].deprel == Deprel::Case)
            && doc.head(token).is_some_and(|up| {
                doc.tokens[up].upos == Upos::Propn
                    && token + 2 == up
                    && self.world.agents.get(&doc.form(up).to_lowercase()).is_none()
            })
    }

    /// The role noun at the word, two words ("prime minister") before one, and where it begins.
    pub(super) fn agent_at(&self, token: usize) -> Option<(&'a Agent, usize)> {
        let (agent, first) = self.listed_agent(token)?;
        match agent.rank && self.policed {
            true => Some((self.world.agents.get(OF_POLICE).unwrap_or(agent), first)),
            false => Some((agent, first)),
        }
    }

    /// The last word of a role that goes on with "of": "state" of "secretary of state".
    pub(super) fn of_role(&self, token: usize) -> Option<(&'a Agent, usize)> {
        let doc = self.doc;
        let last = token + 2;
        let inside = last < doc.tokens.len() && doc.sentence_of(last) == doc.sentence_of(token);
        if !inside || !doc.form(token + 1).eq_ignore_ascii_case("of") {
            return None;
        }
        let (lemma, of) = (doc.lemma(token).to_lowercase(), doc.form(last).to_lowercase());
        Some((self.world.agents.get(&format!("{lemma} of {of}"))?, last))
    }

    fn listed_agent(&self, token: usize) -> Option<(&'a Agent, usize)> {
        let doc = self.doc;
        let t = doc.tokens.get(token)?;
        // "the wounded", "the unemployed".
        let named = matches!(t.upos, Upos::Noun | Upos::Propn)
            || t.upos == Upos::Adj && t.deprel != Deprel::Amod && self.has_the(token)
            || t.deprel == Deprel::Root && self.is_phrase(token);
        if !named || self.name_at(token).is_some() || self.begins_a_name(token) {
            return None;
        }
        if let Some((agent, _)) = self.of_role(token) {
            return Some((agent, token));
        }
        let agents = &self.world.agents;
        let lower = doc.form(token).to_lowercase();
        let lemma = doc.lemma(token).to_lowercase();
        // A lemmatiser may leave a plural as it stands.
        let stem = lower.strip_suffix('s').unwrap_or_default();
        let single = [lemma.as_str(), &lower, stem].iter().find_map(|noun| agents.get(noun));
        // "film-maker": three words, where a hyphen is one.
        let hyphen = |&i: &usize| doc.tokens[i].upos == Upos::Punct && doc.form(i) == "-";
        let joined = token.checked_sub(1).filter(hyphen).and_then(|i| i.checked_sub(1));
        let tied = joined.filter(|&i| doc.head(i) == Some(token));
        if let Some(first) = tied {
            let words = doc.form(first).to_lowercase();
            let named = |noun: &&str| agents.get(&format!("{words} {noun}"));
            if let Some(agent) = [lemma.as_str(), stem].iter().find_map(named) {
                return Some((agent, first));
            }
        }
        let before = token.checked_sub(1).filter(|&b| {
            // "Attorney General", whichever word the parser holds for the head.
            let flat = lemma == "general" && doc.head(token) == Some(b);
            (doc.head(b) == Some(token) || flat)
                && (matches!(doc.tokens[b].upos, Upos::Noun | Upos::Propn | Upos::Adj)
                    || doc.tokens[b].deprel == Deprel::Amod)
        });
        if let Some(before) = before {
            // Three words ("partially recognized country") before two.
            let farther = before.checked_sub(1).filter(|&i| {
                doc.sentence_of(i) == doc.sentence_of(token) && self.name_at(i).is_none()
            });
            for first in [farther, Some(before)].into_iter().flatten() {
                let words: Vec<String> =
                    (first..token).map(|i| doc.form(i).to_lowercase()).collect();
                let words = words.join(" ");
                let named = |noun: &&str| agents.get(&format!("{words} {noun}"));
                if let Some(agent) = [lemma.as_str(), stem].iter().find_map(named) {
                    return Some((agent, first));
                }
            }
        }
        single.or_else(|| agents.misspelt(&lemma)).map(|agent| (agent, token))
    }

    fn has_the(&self, token: usize) -> bool {
        self.doc.children_by(token, &[Deprel::Det]).any(|i| self.doc.lemma(i) == "the")
    }

    /// The institution that a word before the noun names, as its kind or its owner: "intelligence
    /// agency officer", "the company's workers"; and the rebels of "rebel commanders and officials".
    pub(super) fn institution_of(&self, head: usize) -> Option<&'a Agent> {
        let doc = self.doc;
        let before = &[Deprel::Compound, Deprel::NmodPoss, Deprel::Amod];
        let person = self.agent_at(head).is_some_and(|(agent, _)| agent.kind == AgentKind::Person);
        let own = doc.children_by(head, before).find_map(|i| {
            let (agent, _) = self.agent_at(i)?;
            let fights =
                person && doc.tokens[i].deprel != Deprel::NmodPoss && against_the_state(agent);
            let body = matches!(agent.kind, AgentKind::Collective | AgentKind::Institution)
                && doc.tokens[i].deprel != Deprel::Amod;
            (body || fights).then_some(agent)
        });
        let bare = || {
            doc.children(head)
                .all(|i| matches!(doc.tokens[i].deprel, Deprel::Cc | Deprel::Punct | Deprel::Conj))
        };
        let first = doc.head(head).filter(|_| doc.tokens[head].deprel == Deprel::Conj);
        let shared = || {
            let first = first.filter(|_| bare())?;
            doc.children_by(first, before).find_map(|i| {
                self.agent_at(i).map(|(agent, _)| agent).filter(|agent| against_the_state(agent))
            })
        };
        own.or_else(shared)
    }

    /// Whether the word names an office or another role of one person.
    pub(super) fn office_noun(&self, token: usize) -> bool {
        self.agent_at(token).is_some_and(|(agent, _)| agent.kind == AgentKind::Person)
    }

    /// Whether a word of the run names a body: then the run is no person.
    pub(super) fn institution_word(&self, run: &Range<usize>) -> bool {
        run.clone()
            .any(|i| self.agent_at(i).is_some_and(|(agent, _)| agent.kind != AgentKind::Person))
    }

    /// The office whose last word is `title`, read to the left: "Kosovo's Interior | Minister".
    pub(super) fn office_phrase(&self, title: usize) -> Office {
        let doc = self.doc;
        let mut office = Office { tokens: title..title + 1, ..Office::default() };
        if let Some((agent, _)) = self.agent_at(title) {
            office.sectors = agent.sectors.clone();
        }
        let sentence = doc.sentences.get(doc.sentence_of(title)).map_or(0, |s| s.tokens.start);
        let mut first = title;
        let mut at = title;
        let mut of_states = false;
        while at > sentence {
            at -= 1;
            let t = &doc.tokens[at];
            let of_place = || self.country_of_place(at).filter(|_| self.is_possessor(at));
            if let Some(country) = self.country_at(at).or_else(of_place) {
                office.country.get_or_insert(country);
                office.tokens.start = at;
                continue;
            }
            if let Some((_, entry)) = self.name_at(at) {
                // "UN envoy", "the UN's Syria envoy"; "UN ambassador" is a state's there.
                if entry.sectors.contains(&"IGO") && doc.lemma(title) != "ambassador" {
                    office.sectors.clone_from(&entry.sectors);
                    office.country = None;
                    of_states = true;
                    office.tokens.start = at;
                }
                break;
            }
            if is_former(doc.lemma(at)) || is_former(&doc.form(at).to_lowercase()) {
                office.former = true;
                office.tokens.start = at;
                continue;
            }
            let possessive = t.upos == Upos::Part && at > sentence && {
                let whose = at - 1;
                self.country_at(whose).is_some() || self.country_of_place(whose).is_some()
            };
            let inner = matches!(t.upos, Upos::Adj | Upos::Noun | Upos::Propn)
                && matches!(
                    t.deprel,
                    Deprel::Amod
                        | Deprel::Compound
                        | Deprel::NmodDesc
                        | Deprel::Nmod
                        | Deprel::Flat
                )
                && doc.head(at).is_some_and(|up| up > at);
            if possessive {
                continue;
            }
            if t.upos == Upos::Det && first == office.tokens.start {
                office.tokens.start = at;
                break;
            }
            if !inner || office.country.is_some() {
                break;
            }
            first = at;
            office.tokens.start = at;
        }
        let last = (title + 1..doc.tokens.len())
            .take_while(|&i| doc.form(i) == "General" && doc.head(i) == Some(title))
            .last()
            .unwrap_or(title);
        office.words = self.text(&(first..last + 1)).to_lowercase();
        if of_states {
            return office;
        }
        // "Serbian President" is an office in a country; "of Kosovo" may follow.
        if office.country.is_none() {
            office.country = self.country_of(title);
        }
        // "President Ana Rojas of Chile": the name is the head, and the country hangs on it.
        let name = doc.head(title).filter(|&up| up > title && doc.tokens[up].upos == Upos::Propn);
        let flat = doc.children_by(title, &[Deprel::Flat]).last();
        for name in [name, flat].into_iter().flatten() {
            office.country = office.country.or_else(|| self.country_of(name));
        }
        office
    }

    /// Whether the word stands before a noun as its owner: "Kharkiv's mayor", "Kharkiv Mayor".
    fn is_possessor(&self, token: usize) -> bool {
        matches!(self.doc.tokens[token].deprel, Deprel::NmodPoss | Deprel::Compound)
            && self.agent_at(token).is_none()
    }

    /// The country after "of": "the prime minister of Kosovo".
    fn country_of(&self, head: usize) -> Option<&'static str> {
        self.doc.children_by(head, &[Deprel::Nmod]).find_map(|child| {
            matches!(preposition(self.doc, child), Some("of" | "from"))
                .then(|| self.country_at(child).or_else(|| self.country_of_place(child)))
                .flatten()
        })
    }
}
