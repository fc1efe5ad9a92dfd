//! Noun phrases with the codes of the dictionaries: "Arnor's foreign minister" is `ARNGOVFRM`.
//!
//! The phrases are runs of nominal words, joined as PETRARCH joins them: a role noun with the actor
//! of its "of", "in" or "from"; and coordinated phrases into one compound whose members count each.

use super::sentence::Sentence;
use jiff::civil::Date;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos, Xpos};
use tidings_world::petrarch::Dictionaries;

/// One who is named in a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// Words of the sentence.
    pub words: Range<usize>,
    /// Codes; an actor of the dictionary may stand for several.
    pub codes: Vec<String>,
}

/// A noun phrase; a compound where it has more than one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Words of the sentence.
    pub words: Range<usize>,
    /// Those it names who have a code; none in a phrase that names nobody.
    pub members: Vec<Member>,
}

impl Phrase {
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.members.iter().flat_map(|m| m.codes.iter().map(String::as_str))
    }

    pub fn is_coded(&self) -> bool {
        !self.members.is_empty()
    }

    pub fn is_compound(&self) -> bool {
        self.codes().nth(1).is_some()
    }
}

/// A run of nominal words before it is coded.
#[derive(Debug, Clone, Default)]
struct Chunk {
    words: Range<usize>,
    /// Codes of the first actor.
    actor: Vec<String>,
    /// Codes of the agents, and whether each stands before the actor's.
    agents: Vec<(String, bool)>,
    /// Whether the actor was taken over from a prepositional phrase.
    joined: bool,
}

/// The phrases of a sentence, in text order.
pub(super) fn find(
    doc: &Document,
    sentence: &Sentence,
    dictionaries: &Dictionaries,
    day: Option<Date>,
) -> Vec<Phrase> {
    let chunks = chunks(doc, sentence, dictionaries, day);
    let joined = with_prepositions(doc, sentence, chunks);
    compounds(doc, sentence, joined)
}

fn chunks(
    doc: &Document,
    sentence: &Sentence,
    dictionaries: &Dictionaries,
    day: Option<Date>,
) -> Vec<Chunk> {
    let words = &sentence.words;
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut open: Option<Chunk> = None;
    let (mut named, mut former) = (false, false);
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let hit = hit(doc, sentence, dictionaries, at);
        let (length, nominal) = match &hit {
            Some((length, _)) => (*length, true),
            None => (1, is_nominal(doc, word.token, open.is_some())),
        };
        let token = &doc.tokens[word.token];
        let begins = hit.is_none()
            && named
            && (token.upos == Upos::Pron || matches!(token.xpos, Xpos::Dt | Xpos::PrpS));
        if !nominal || begins {
            chunks.extend(open.take().filter(|_| named));
            (named, former) = (false, false);
        }
        if nominal {
            let chunk = open.get_or_insert_with(|| Chunk { words: at..at, ..Chunk::default() });
            chunk.words.end = at + length;
            former |= matches!(word.text.as_str(), "FORMER" | "EX");
            named |= hit.is_some()
                || matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
            match hit {
                Some((_, Hit::Actor(actor))) if chunk.actor.is_empty() => {
                    chunk.actor = actor.codes_on(day).to_vec();
                }
                // Whoever was something is now of the elite.
                Some((_, Hit::Agent(_))) if former => chunk.agents = vec![("ELI".into(), false)],
                Some((_, Hit::Agent(agent))) => {
                    chunk.agents.push((agent.code.clone(), agent.before));
                }
                _ => {}
            }
        }
        at += length;
    }
    chunks.extend(open.filter(|_| named));
    chunks
}

enum Hit<'d> {
    Actor(&'d tidings_world::petrarch::Actor),
    Agent(&'d tidings_world::petrarch::Agent),
}

/// The longest entry that begins at a word, an actor before an agent.
fn hit<'d>(
    doc: &Document,
    sentence: &Sentence,
    dictionaries: &'d Dictionaries,
    at: usize,
) -> Option<(usize, Hit<'d>)> {
    let rest = sentence.words.get(at..)?;
    let actor = dictionaries.actor_at(rest);
    let agent = dictionaries.agent_at(rest);
    let (length, hit) = match (actor, agent) {
        (Some((a, actor)), Some((b, _))) if a >= b => (a, Hit::Actor(actor)),
        (_, Some((length, agent))) => (length, Hit::Agent(agent)),
        (Some((length, actor)), None) => (length, Hit::Actor(actor)),
        (None, None) => return None,
    };
    // "they police the border": a verb is no body of people, though an unknown name may look like one.
    let token = rest.first()?.token;
    let verb = doc.tokens[token].upos == Upos::Verb && !modifies(doc, token);
    let written = doc.form(token);
    (length > 1 || !verb || written.starts_with(char::is_uppercase)).then_some((length, hit))
}

fn is_nominal(doc: &Document, token: usize, inside: bool) -> bool {
    let t = &doc.tokens[token];
    match t.upos {
        Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::Det | Upos::Sym => {
            !t.feats.has("PronType=Rel")
        }
        Upos::Pron => !t.feats.has("PronType=Rel") && !t.feats.has("PronType=Int"),
        Upos::Part => t.xpos == Xpos::Pos && inside,
        Upos::Verb => modifies(doc, token),
        Upos::Adv => inside && doc.head(token).is_some_and(|h| h > token && modifies(doc, h)),
        _ => false,
    }
}

fn modifies(doc: &Document, token: usize) -> bool {
    matches!(doc.tokens[token].deprel, Deprel::Amod | Deprel::Compound)
}

/// The word of a phrase that the rest hangs on.
pub(super) fn head(doc: &Document, sentence: &Sentence, words: &Range<usize>) -> usize {
    let inside = &sentence.words[words.clone()];
    let (first, last) = match (inside.first(), inside.last()) {
        (Some(first), Some(last)) => (first.token, last.token),
        _ => return 0,
    };
    let outside = |token: usize| doc.head(token).is_none_or(|head| head < first || head > last);
    (first..=last).rev().find(|&t| outside(t) && doc.tokens[t].upos != Upos::Punct).unwrap_or(last)
}

/// "ambassadors of Arnor", "police in Moscow": the role takes its actor from the phrase behind.
fn with_prepositions(doc: &Document, sentence: &Sentence, chunks: Vec<Chunk>) -> Vec<Chunk> {
    let mut joined: Vec<Chunk> = Vec::new();
    for chunk in chunks {
        if let Some(last) = joined.last_mut()
            && last.actor.is_empty()
            && let [between] = &sentence.words[last.words.end..chunk.words.start]
        {
            let of = between.text == "OF";
            let place = matches!(between.text.as_str(), "IN" | "FROM" | "AT" | "FOR")
                && !last.agents.is_empty()
                && doc.tokens[head(doc, sentence, &chunk.words)].deprel == Deprel::Nmod;
            if of || place {
                last.words.end = chunk.words.end;
                last.joined = !last.agents.is_empty();
                last.actor = chunk.actor;
                last.agents.extend(chunk.agents);
                continue;
            }
        }
        joined.push(chunk);
    }
    joined
}

/// Joins "Mordor, Rohan and Bree" into one phrase.
fn compounds(doc: &Document, sentence: &Sentence, chunks: Vec<Chunk>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let first_verb = sentence.words.iter().position(|w| doc.tokens[w.token].upos == Upos::Verb);
    let mut first = 0;
    while first < chunks.len() {
        let (mut last, mut at) = (first, first);
        // Behind a verb, what "and" joins may be the subject of the next clause.
        let after_verb = first_verb.is_some_and(|verb| verb < chunks[first].words.start);
        while let Some(next) = chunks.get(at + 1) {
            let between = &sentence.words[chunks[at].words.end..next.words.start];
            let of_clause = after_verb
                && matches!(
                    doc.tokens[head(doc, sentence, &next.words)].deprel,
                    Deprel::Nsubj | Deprel::NsubjPass
                );
            let listed = |texts: &[&str]| match texts {
                [","] => Some(false),
                // "between A and B, and C and D": the list ended with its first "and".
                [",", "AND" | "OR"] if last > first => None,
                ["AND" | "OR"] | [",", "AND" | "OR"] | ["AS", "WELL", "AS"] => Some(!of_clause),
                _ => None,
            };
            let texts: Vec<&str> = between.iter().take(4).map(|w| w.text.as_str()).collect();
            match listed(&texts) {
                Some(true) => (last, at) = (at + 1, at + 1),
                Some(false) if texts == [","] => at += 1,
                _ => break,
            }
        }
        phrases.push(phrase(&chunks[first..=last]));
        first = last + 1;
    }
    phrases
}

fn phrase(chunks: &[Chunk]) -> Phrase {
    let words = match chunks {
        [] => 0..0,
        [first, ..] => first.words.start..chunks.last().map_or(0, |last| last.words.end),
    };
    // "Lawmakers in Fornost and Gondor" are of both.
    let shared = chunks.first().filter(|first| first.joined).map(|first| first.agents.clone());
    let members = chunks
        .iter()
        .map(|chunk| {
            let agents = match &shared {
                Some(shared) if chunk.agents.is_empty() => shared,
                _ => &chunk.agents,
            };
            Member { words: chunk.words.clone(), codes: composed(&chunk.actor, agents) }
        })
        .filter(|member| !member.codes.is_empty())
        .collect();
    Phrase { words, members }
}

/// The actor's codes with the agents' before and behind; no part of three letters twice. A role
/// without an actor is `---GOV`.
fn composed(actor: &[String], agents: &[(String, bool)]) -> Vec<String> {
    let nobody = [String::from("---")];
    let actor = match (actor.is_empty(), agents.is_empty()) {
        (true, true) => return Vec::new(),
        (true, false) => &nobody[..],
        (false, _) => actor,
    };
    let whole = |own: &String| {
        let mut code = own.clone();
        for (agent, before) in agents.iter().filter(|(_, before)| *before) {
            if *before && !parts(&code).any(|part| part == agent) {
                code.insert_str(0, agent);
            }
        }
        for (agent, _) in agents.iter().filter(|(_, before)| !before) {
            for part in parts(agent).map(str::to_string).collect::<Vec<_>>() {
                if !parts(&code).any(|known| known == part) {
                    code.push_str(&part);
                }
            }
        }
        code
    };
    actor.iter().map(whole).collect()
}

/// A code in its parts of three letters.
pub(super) fn parts(code: &str) -> impl Iterator<Item = &str> {
    (0..code.len()).step_by(3).filter_map(|at| code.get(at..(at + 3).min(code.len())))
}
