//! Events: the lexicon matched on the trees.
//!
//! In go a document with its actors; out come coded acts. Each word that heads a frame is matched
//! ([`matching`]) on deep subjects and objects ([`tree`]); what a modal says is composed as an
//! operator would ("will send aid" is AGREE, "must withdraw", said by another, REQUEST: CAMEO
//! codebook, roots 03 and 10); the slots' words become actors. Whether the act took place is not
//! asked here.

mod beyond;
mod choice;
mod doers;
mod ground;
mod matching;
mod merge;
mod politics;
mod reader;
mod resolve;
mod sense;
mod subjects;
mod topic;
mod tree;

pub use choice::choose;
pub use ground::settle;

use crate::actors::Actors;
use crate::schema::By;
use doers::noun_source;
use matching::{Match, best};
use tidings_language::{Deprel, Document, Xpos};
use tidings_world::events::{Kind, Operator};
use tidings_world::{Action, World};
use tree::Tree;

/// One coded act, in tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The word that names the act; its clause decides status, time and place.
    pub predicate: usize,
    /// Further words of the predicate (particle, light verb, key noun), for display.
    pub words: Vec<usize>,
    /// What was done.
    pub action: Action,
    /// Indices of actors who acted.
    pub source: Vec<usize>,
    /// Indices of actors acted upon.
    pub target: Vec<usize>,
    /// Words under which the place acted upon may stand, where nobody is named; the likeliest first.
    pub ground: Vec<usize>,
    /// Name of the lexicon entry: file and key, as `assault/shell`.
    pub rule: String,
    /// Whether an entry of the lexicon tells the act, or only the learned reader.
    pub by: By,
    /// How probable it is that type and sides are right, where it was judged ([`choose`]).
    pub confidence: Option<f32>,
    /// Whether it is probable enough to be counted; also where nothing judged it.
    pub trusted: bool,
    /// The edges of the tree that led to it, as `launched -nsubj-> forces`, for `--explain`.
    pub edges: Vec<String>,
}

/// An act that a frame tells, whoever did it: "Curfew imposed after riots" names nobody.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// The word that names the act.
    pub predicate: usize,
    /// What was done.
    pub action: Action,
    /// Name of the lexicon entry.
    pub rule: String,
}

/// What the frames find in a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Acts of known actors.
    pub events: Vec<Event>,
    /// All acts, in text order.
    pub acts: Vec<Act>,
}

/// Finds the events of a text.
pub fn find(doc: &Document, actors: &Actors, world: &World) -> Vec<Event> {
    read(doc, actors, world).events
}

/// Finds the events of a text, and the acts that no event was made of.
pub fn read(doc: &Document, actors: &Actors, world: &World) -> Found {
    all(Tree::new(doc, actors, world))
}

/// As [`read`], of a headline.
pub fn read_headline(doc: &Document, actors: &Actors, world: &World) -> Found {
    all(Tree::new(doc, actors, world).of_headline())
}

fn all(mut tree: Tree) -> Found {
    let mut all = Found::default();
    for sentence in &tree.doc.sentences {
        tree.load(sentence.tokens.clone());
        let found = matches(&tree, sentence.tokens.clone());
        all.acts.extend(found.iter().filter_map(|act| {
            let action = tree.lexicon.action(act.code, act.section)?;
            Some(Act { predicate: act.predicate, action, rule: act.frame.rule.clone() })
        }));
        resolve::events(&tree, &found, &mut all.events);
    }
    topic::without_crime(tree.doc, tree.actors, tree.lexicon, &mut all.events);
    all
}

/// The frames of a sentence, without those that are only the content or the words of another.
fn matches<'l>(tree: &Tree<'l>, sentence: std::ops::Range<usize>) -> Vec<Match<'l>> {
    let mut found: Vec<Match> = Vec::new();
    for token in sentence {
        let Some(mut at) = best(tree, token, false, 0) else { continue };
        if at.frame.kind == Kind::Noun {
            noun_source(tree, &mut at);
            carried_out(tree, &mut at);
        } else {
            by_modal(tree, &mut at);
            given_up(tree, &mut at);
        }
        found.push(at);
    }
    let mut absorbed: Vec<(usize, usize)> = Vec::new();
    for (by, act) in found.iter().enumerate() {
        let kept = act.kept.as_ref().map(|(token, _)| *token);
        let others = act.absorbed.iter().filter(|&&a| Some(a) != kept && a != act.predicate);
        absorbed.extend(others.map(|&a| (by, a)));
    }
    let kept: Vec<(usize, Vec<usize>)> = found.iter().filter_map(|m| m.kept.clone()).collect();
    for (token, who) in kept {
        for act in found.iter_mut().filter(|m| m.predicate == token && m.source.is_empty()) {
            act.source.clone_from(&who);
        }
    }
    let mut own = 0..;
    found.retain(|m| {
        let own = own.next().unwrap_or_default();
        let by_other = |word: usize| absorbed.iter().any(|&(by, a)| by != own && a == word);
        let noun = m.frame.kind == Kind::Noun;
        !(by_other(m.predicate) || noun && m.words.iter().any(|&w| by_other(w)))
    });
    merge::harm(tree, &mut found);
    found
}

/// "launched an attack": the verb tells who, and whether.
fn carried_out(tree: &Tree, act: &mut Match) {
    let Some(verb) = tree.light_verb(act.predicate) else { return };
    if !["launch", "hold", "stage"].iter().any(|class| tree.in_class(verb, class)) {
        return;
    }
    let clause = tree.clause(verb);
    if act.source.is_empty()
        && let Some(subject) = clause.subject
    {
        let parties = !act.party.is_empty();
        if parties {
            act.party.push(subject)
        } else {
            act.source.push(subject)
        }
        act.edges.push((verb, subject));
    }
    let others: Vec<usize> = tree.children(verb).filter(|&c| c > act.predicate).collect();
    if act.target.is_empty() {
        let against = ["against", "on", "at", "upon"];
        act.target.extend(others.iter().copied().filter(|&c| {
            tree.relation(c) == Deprel::Obl && tree.has_case(c, &against) && tree.names_actor(c)
        }));
    }
    act.words.push(verb);
    act.predicate = verb;
    by_modal(tree, act);
}

/// "stopped arming the rebels", "quit fighting": who ends an act does its opposite.
fn given_up(tree: &Tree, act: &mut Match) {
    let verb = act.predicate;
    let gerund = tree.relation(verb) == Deprel::Xcomp && tree.doc.tokens[verb].xpos == Xpos::Vbg;
    let ends = |&head: &usize| {
        tree.in_class(head, "cease")
            && tree.child(head, &[Deprel::Obj]).is_none()
            && !tree.negated(head)
    };
    if !gerund || tree.doc.head(verb).filter(ends).is_none() || act.code != act.inner {
        return;
    }
    let digits = tree.lexicon.digits(act.inner);
    let opposite = match digits.get(..2) {
        Some("07") => "162",
        Some("18" | "19" | "20") => "087",
        _ => return,
    };
    if let Some(code) = tree.lexicon.code(opposite) {
        act.code = code;
        act.section = None;
    }
}

/// What a modal makes of a plain act: "will" and "would" intend it, or, negated, refuse it; "must"
/// and "should", reported of another, demand it.
fn by_modal(tree: &Tree, act: &mut Match) {
    // "Ministry to expel envoys" is how headlines say "will".
    if tree.is_headline()
        && tree.relation(act.predicate) == Deprel::Root
        && tree.infinitive(act.predicate)
    {
        return compose(tree, act, Operator::Intend);
    }
    let Some(modal) = tree.modal(act.predicate) else { return };
    // "we must help each other grow": no act, whatever the modal.
    if act.frame.section.operator.is_none() && tree.lexicon.digits(act.code) == "010" {
        return;
    }
    // "terms they could not accept"
    let agrees = tree.lexicon.action(act.code, act.section).is_some_and(|a| a.event == "AGREE");
    if agrees && tree.negated(act.predicate) && tree.lemma_in(modal, &["can", "could"]) {
        return compose(tree, act, Operator::Reject);
    }
    if decreed(tree, act) {
        return;
    }
    // "said that it might bar the envoys"
    let could = tree.lemma_in(modal, &["may", "might", "could"]);
    if could
        && act.frame.section.operator.is_none()
        && hostile(tree, act)
        && speaker(tree, act.predicate).is_some()
        && !tree.negated(act.predicate)
        && !of_others(tree, act)
    {
        return compose(tree, act, Operator::Threaten);
    }
    let must = tree.lemma_in(modal, &["must", "should"]);
    let operator = act.frame.section.operator;
    if operator.is_some() && !(must && operator == Some(Operator::Intend)) {
        return;
    }
    let will = tree.lemma_in(modal, &["will", "would", "shall", "wo", "'ll", "’ll"]);
    if must {
        demanded(tree, act);
    } else if will
        && !feared(tree, act.predicate)
        && tree.relation(act.predicate) != Deprel::AclRelcl
    {
        if tree
            .children(act.predicate)
            .any(|c| tree.relation(c) == Deprel::Aux && tree.lemma_in(c, &["have"]))
            || hostile(tree, act) && of_others(tree, act)
        {
            return;
        }
        let operator =
            if tree.negated(act.predicate) { Operator::Reject } else { Operator::Intend };
        compose(tree, act, operator);
    }
}

/// "announced that all permits will be void": a measure announced without a doer is taken by whoever
/// announces it.
fn decreed(tree: &Tree, act: &mut Match) -> bool {
    let measure = tree.lexicon.digits(act.code).starts_with("17");
    if !measure || !act.source.is_empty() || tree.relation(act.predicate) != Deprel::Ccomp {
        return false;
    }
    let verb = tree.doc.head(act.predicate).filter(|&verb| tree.in_class(verb, "decree"));
    let Some(subject) = verb.and_then(|verb| tree.surface_subject(verb)) else { return false };
    if !tree.names_actor(subject) {
        return false;
    }
    act.source.push(subject);
    act.edges.push((act.predicate, subject));
    true
}

fn hostile(tree: &Tree, act: &Match) -> bool {
    tree.lexicon.action(act.inner, None).is_some_and(|action| action.quad > 2)
}

/// "Arden said that Brona will attack": what another is said to do is no threat of his.
fn of_others(tree: &Tree, act: &Match) -> bool {
    let countries = |word: usize| -> Vec<&str> {
        let actors = tree.actors.of_phrase(tree.doc, word);
        let country = |actor: usize| tree.actors.actors.get(actor)?.country.as_deref();
        actors.into_iter().filter_map(country).collect()
    };
    let (Some(speaker), Some(subject)) =
        (speaker(tree, act.predicate), tree.surface_subject(act.predicate))
    else {
        return false;
    };
    let own = |word: usize| tree.actors.of_phrase(tree.doc, word);
    let (by, of) = (own(speaker), own(subject));
    if by.iter().any(|actor| of.contains(actor)) || of.is_empty() {
        return false;
    }
    let (home, other) = (countries(speaker), countries(subject));
    !by.is_empty() && !home.iter().any(|country| other.contains(country))
}

fn compose(tree: &Tree, act: &mut Match, operator: Operator) {
    if let Some(code) = tree.lexicon.compose(operator, act.inner) {
        act.code = code;
        act.section = None;
    }
}

/// "Arden said Brona must withdraw": who says it demands it of the subject.
fn demanded(tree: &Tree, act: &mut Match) {
    let Some(speaker) = speaker(tree, act.predicate) else { return };
    if !tree.names_actor(speaker) {
        return;
    }
    let Some(subject) = tree.surface_subject(act.predicate).filter(|&s| s != speaker) else {
        return;
    };
    compose(tree, act, Operator::Demand);
    act.party.clear();
    act.source = vec![speaker];
    act.target = vec![subject];
    act.edges.push((act.predicate, speaker));
}

fn speaker(tree: &Tree, clause: usize) -> Option<usize> {
    let says = |verb: usize| tree.in_class(verb, "say");
    let verb = match tree.relation(clause) {
        Deprel::Ccomp => tree.doc.head(clause).filter(|&h| says(h)),
        _ => tree.child(clause, &[Deprel::Parataxis]).filter(|&c| says(c)),
    }?;
    tree.surface_subject(verb)
}

/// Whether the clause is the content of a fear or a forecast.
fn feared(tree: &Tree, mut clause: usize) -> bool {
    for _ in 0..3 {
        let content = matches!(tree.relation(clause), Deprel::Ccomp | Deprel::Acl | Deprel::Conj);
        let Some(head) = tree.doc.head(clause).filter(|_| content) else { return false };
        if tree.in_class(head, "fear") {
            return true;
        }
        clause = head;
    }
    false
}

#[cfg(test)]
mod tests;
