//! Frames on trees: the best frame of a word, with what fills its slots.
//!
//! The longest frame wins: every word the lexicon asks for counts more than a slot, a slot more than
//! nothing. Under an operator ("refused to", "called for") the content is matched the same way and
//! its code composed.

use super::doers::noun_source;
use super::tree::{Clause, Tree};
use crate::loose;
use tidings_language::{Deprel, Upos};
use tidings_world::events::{
    Argument, Code, Filler, Frame, Kind, Noun, Operator, Place, Role, Section, Slot, Word,
};

/// How deep contents may nest: "agreed to ask for talks".
const DEPTH: usize = 4;

/// A frame found at a word.
#[derive(Debug, Clone)]
pub(super) struct Match<'l> {
    pub frame: &'l Frame,
    pub predicate: usize,
    pub words: Vec<usize>,
    pub code: Code,
    /// The section whose mode and event hold, where the code is not composed.
    pub section: Option<&'l Section>,
    /// The act itself, inside all operators.
    pub inner: Code,
    pub source: Vec<usize>,
    pub target: Vec<usize>,
    pub party: Vec<usize>,
    /// Nouns the frame names, whose modifiers may name who is missing.
    pub nouns: Vec<usize>,
    /// Those of them that may be any: what is talked about, and nobody's act.
    pub topics: Vec<usize>,
    /// Predicates that are only the content or the words of this one.
    pub absorbed: Vec<usize>,
    /// Contents that are acts of their own beside this one, with who would do them.
    pub kept: Option<(usize, Vec<usize>)>,
    /// Way from word to word: head, relation, dependent.
    pub edges: Vec<(usize, usize)>,
    pub passive: bool,
    score: u32,
}

/// The best frame at `token`; `content` where it stands under an operator.
pub(super) fn best<'l>(
    tree: &Tree<'l>,
    token: usize,
    content: bool,
    depth: usize,
) -> Option<Match<'l>> {
    if depth > DEPTH {
        return None;
    }
    let kinds: &[Kind] = match tree.upos(token) {
        // "is prepared to meet": a participle listed as an adjective is one, and no passive.
        Upos::Verb => &[Kind::Adjective, Kind::Verb],
        Upos::Noun => &[Kind::Noun, Kind::Adjective],
        Upos::Adj => &[Kind::Adjective],
        Upos::Propn => &[Kind::Noun],
        _ => return None,
    };
    let mut best: Option<Match> = None;
    for &kind in kinds {
        // A participle that is an adjective stands in the lexicon as it is written.
        let mut words = [tree.word(token), None];
        if kind == Kind::Adjective {
            words[1] = tree.form(token).filter(|w| Some(*w) != words[0]);
        }
        for word in words.into_iter().flatten() {
            for frame in tree.lexicon.hanging_on(word, kind) {
                // "the proposed changes": a participle before its noun promises nothing.
                let before = tree.relation(token) == Deprel::Amod;
                let alone = !content && tree.happens(token).is_none();
                if (frame.section.content_only && alone)
                    || (frame.section.operator.is_some() && before)
                {
                    continue;
                }
                if let Some(found) = attempt(tree, frame, word, token, depth)
                    && best.as_ref().is_none_or(|b| found.score > b.score)
                {
                    best = Some(found);
                }
            }
        }
    }
    best
}

fn attempt<'l>(
    tree: &Tree<'l>,
    frame: &'l Frame,
    word: Word,
    token: usize,
    depth: usize,
) -> Option<Match<'l>> {
    let mut found = Match {
        frame,
        predicate: token,
        words: Vec::new(),
        code: frame.section.code,
        section: Some(&frame.section),
        inner: frame.section.code,
        source: Vec::new(),
        target: Vec::new(),
        party: Vec::new(),
        nouns: Vec::new(),
        topics: Vec::new(),
        absorbed: Vec::new(),
        kept: None,
        edges: Vec::new(),
        passive: false,
        score: 0,
    };
    // The longest head that is there: "call off" before "call".
    let heads = frame.heads.iter().filter(|h| h.word == word);
    let (length, parts) = heads
        .filter_map(|head| {
            let parts: Option<Vec<usize>> =
                head.with.iter().map(|&w| beside(tree, token, w, frame.kind)).collect();
            Some((head.with.len(), parts?))
        })
        .max_by_key(|(length, _)| *length)?;
    found.score += 4 * length as u32;
    found.words.extend(parts);
    found.words.push(token);
    let clause = match frame.kind {
        Kind::Noun => Clause::default(),
        _ => tree.clause(token),
    };
    // "forces loyal to the king": only said of them by the way.
    if frame.kind == Kind::Adjective && tree.relation(token) == Deprel::Amod {
        return None;
    }
    if frame.kind == Kind::Adjective
        && tree.upos(token) != Upos::Adj
        && !tree.is_headline()
        && tree.child(token, &[Deprel::Cop, Deprel::AuxPass]).is_none()
    {
        return None;
    }
    found.passive = clause.passive && frame.kind == Kind::Verb;
    if let Some(slot) = frame.subject {
        // An adjective's subject is its surface subject, also where the tagger sees a passive.
        let subject = match frame.kind {
            Kind::Adjective => tree.surface_subject(token),
            _ => clause.subject,
        };
        match subject {
            Some(subject) => found.fill(tree, slot, subject, token)?,
            None if slot.actor => return None,
            None => {}
        }
    }
    // "met a mixed response" is no meeting: parties act without an object.
    let parties = frame.subject.is_some_and(|s| s.role == Role::Party);
    let has_object = frame.arguments.iter().any(|a| a.place == Place::Object);
    // Nor is "rallied her supporters" a rally: a verb without an object is another verb with one.
    let intransitive = !frame.arguments.iter().any(|a| {
        matches!(a.place, Place::Object | Place::IndirectObject | Place::Clause | Place::Infinitive)
    });
    let verb = frame.kind == Kind::Verb && intransitive || parties && !has_object;
    let tells = || verb && tree.child(token, &[Deprel::Ccomp]).is_some_and(|c| c > token);
    if verb && !clause.passive && (tree.bare_object(token).is_some() || tells()) {
        return None;
    }
    if frame.kind == Kind::Verb && found.other_verb(tree) {
        return None;
    }
    // "Clashes erupted", "the truce took hold": whose they are may be left open.
    let happens = || frame.kind == Kind::Noun && tree.happens(token).is_some();
    for argument in frame.arguments.iter() {
        let open = || matches!(argument.filler, Filler::Slot(_)) && happens();
        if !(found.argument(tree, &clause, argument, depth) || argument.optional || open()) {
            return None;
        }
    }
    Some(found)
}

/// A particle of a verb, the word a hyphen joins to it ("test-fired" is three words), or a modifier of
/// a noun.
fn beside(tree: &Tree, token: usize, word: Word, kind: Kind) -> Option<usize> {
    if kind == Kind::Noun {
        return tree.children(token).find(|&c| c < token && tree.is(c, word));
    }
    if kind == Kind::Adjective {
        // "no longer valid": adverbs stand before an adjective, on it or on one another.
        let near = (token.saturating_sub(4)..token).rev();
        return near.into_iter().find(|&t| tree.in_sentence(t) && tree.is(t, word));
    }
    let next = (token + 1..token + 3).find(|&t| tree.in_sentence(t) && tree.is(t, word));
    let joined = || {
        let first = token.checked_sub(2).filter(|&t| tree.in_sentence(t) && tree.is(t, word));
        first.filter(|&t| tree.doc.form(t + 1) == "-")
    };
    tree.children(token)
        .find(|&c| {
            tree.is(c, word)
                && matches!(
                    tree.relation(c),
                    Deprel::CompoundPrt | Deprel::Advmod | Deprel::Case | Deprel::Xcomp
                )
        })
        .or_else(|| next.filter(|&t| matches!(tree.upos(t), Upos::Adp | Upos::Adv | Upos::Part)))
        .or_else(joined)
}

fn is_noun_of(tree: &Tree, token: usize, nouns: &[Noun]) -> Option<u32> {
    // A gerund stands in the lexicon as it is written: "stopped bombing".
    let words = [tree.word(token), tree.form(token)];
    words.into_iter().flatten().find_map(|word| is_word_of(tree, token, word, nouns))
}

fn is_word_of(tree: &Tree, token: usize, word: Word, nouns: &[Noun]) -> Option<u32> {
    let from = nouns.partition_point(|n| n.head < word);
    nouns[from..]
        .iter()
        .take_while(|n| n.head == word)
        .filter(|n| {
            n.modifiers.iter().all(|&m| tree.children(token).any(|c| c < token && tree.is(c, m)))
        })
        .map(|n| 3 + n.modifiers.len() as u32)
        .max()
}

/// "tons of food", "a series of attacks", "years of talks": what is measured.
pub(super) fn measured(tree: &Tree, token: usize) -> Option<usize> {
    tree.in_class(token, "measure")
        .then(|| tree.children(token).find(|&c| tree.has_case(c, &["of"])))
        .flatten()
}

impl<'l> Match<'l> {
    fn fill(&mut self, tree: &Tree, slot: Slot, token: usize, from: usize) -> Option<()> {
        if slot.actor && !tree.is_actor(token) {
            return None;
        }
        if let Some(group) = slot.group {
            match tree.of_group(token, group) {
                Some(true) => self.score += 1,
                Some(false) => return None,
                None => {}
            }
        }
        // "celebrated itself"
        if slot.role == Role::Target
            && tree.doc.form(token).contains("sel")
            && tree.upos(token) == Upos::Pron
        {
            return None;
        }
        self.edges.push((from, token));
        match slot.role {
            Role::Source => self.source.push(token),
            Role::Target => self.target.push(token),
            Role::Party => self.party.push(token),
        }
        Some(())
    }

    /// Tries one argument; whether it is there.
    fn argument(
        &mut self,
        tree: &Tree<'l>,
        clause: &Clause,
        argument: &Argument,
        depth: usize,
    ) -> bool {
        let token = self.predicate;
        match (&argument.place, &argument.filler) {
            (Place::Object, Filler::Content) => {
                if let Some(object) = clause.object
                    && self.content(tree, object, depth, false)
                {
                    return true;
                }
                // What is announced in a clause is told by the clause itself.
                let told = self.frame.section.operator == Some(Operator::Intend);
                let clausal = tree.child(token, &[Deprel::Ccomp]).filter(|_| !told).or_else(|| {
                    tree.child(token, &[Deprel::Xcomp]).filter(|&c| !tree.infinitive(c))
                });
                clausal.is_some_and(|c| self.content(tree, c, depth, true))
            }
            (Place::Object, filler) => {
                // "took the crew hostage": what the object is made stands where a second object would.
                let made = self.takes_two().then(|| tree.predicative(token)).flatten();
                let gerund = || tree.gerund(token).filter(|_| !matches!(filler, Filler::Slot(_)));
                // "allowed the paper to publish": a parser may see a receiver in the only object.
                let object = made.or(clause.object).or_else(gerund).or(clause.indirect);
                object.is_some_and(|c| self.filler(tree, filler, c, 1))
            }
            (Place::IndirectObject, filler) => {
                let made = tree.predicative(token).and(clause.object);
                clause.indirect.or(made).is_some_and(|c| self.filler(tree, filler, c, 1))
            }
            (Place::Infinitive, _) => {
                let places: Vec<usize> =
                    [token].into_iter().chain(self.nouns.iter().copied()).collect();
                let below = [Deprel::Xcomp, Deprel::Advcl, Deprel::Ccomp, Deprel::Acl, Deprel::Obl];
                let found = places.into_iter().find_map(|at| {
                    // "told them that it is to begin": an infinitive with a subject is a clause.
                    tree.children(at).find(|&c| {
                        c > at
                            && below.contains(&tree.relation(c))
                            && tree.infinitive(c)
                            && !(tree.relation(c) == Deprel::Ccomp
                                && tree.child(c, &[Deprel::Nsubj]).is_some())
                    })
                });
                match found {
                    Some(clause) => self.content(tree, clause, depth, true),
                    // "opposed to mediation", "committed to reform": the act as a noun.
                    None => self.phrases(tree).collect::<Vec<_>>().into_iter().any(|c| {
                        let to = tree.lexicon.word("to");
                        to.is_some_and(|to| tree.under(c, &[to]))
                            && !self.target.contains(&c)
                            && self.content(tree, c, depth, false)
                    }),
                }
            }
            (Place::Clause, _) => {
                let asks = matches!(
                    self.frame.section.operator,
                    Some(Operator::Appeal | Operator::Demand)
                );
                // "claimed that they should be banned" and "claimed that they had won" accuse nobody;
                // "agreed that it was late" agrees to nothing that lies ahead.
                let told = |c: usize| match self.frame.section.operator {
                    Some(Operator::Accuse) => tree.modal(c).is_none() && !self.own_deed(tree, c),
                    Some(Operator::Intend) => tree.lies_ahead(c),
                    _ => true,
                };
                let wished = |&c: &usize| told(c) && (!asks || tree.is_wish(c));
                // "insisted on their demand that Brona leave": the clause may hang on the noun.
                let clause = [token].into_iter().chain(self.nouns.iter().copied());
                let clause = clause.into_iter().find_map(|at| tree.content_clause(at));
                clause.filter(wished).is_some_and(|c| self.content(tree, c, depth, true))
            }
            (Place::Preposition(words), Filler::Content) => {
                let found = self.phrases(tree).find(|&c| tree.under(c, words));
                let into = tree.lexicon.word("into");
                let kept = into.is_some_and(|into| words.contains(&into));
                found.is_some_and(|c| {
                    let there = self.content(tree, c, depth, true);
                    if there && kept {
                        self.kept = Some((c, self.target.clone()));
                    }
                    there
                })
            }
            (Place::Preposition(words), filler) => {
                // With a noun, "by" names who acts.
                let noun = self.frame.kind == Kind::Noun;
                let target = matches!(filler, Filler::Slot(Slot { role: Role::Target, .. }));
                // "accused the junta of torture": a tree may hang what is done on whom it is done to.
                let whom =
                    self.target.iter().filter(|_| !noun && matches!(filler, Filler::Nouns(_)));
                let theirs = whom.flat_map(|&whom| tree.children(whom));
                let theirs = theirs.filter(|&c| tree.relation(c) == Deprel::Nmod);
                let phrases: Vec<usize> = self
                    .phrases(tree)
                    .chain(theirs)
                    .filter(|&c| tree.under(c, words))
                    .filter(|&c| !(noun && target && tree.has_case(c, &["by"])))
                    // "On the radio he called it": what stands before the verb sets the scene; "in
                    // support of the king" says why.
                    .filter(|&c| noun || c > token || tree.relation(token) == Deprel::AclRelcl)
                    .filter(|&c| !(target && tree.in_class(c, "reason")))
                    .collect();
                // "rallied in the port against the ban": the preposition named first counts more.
                let mut phrases = phrases;
                let rank = |&c: &usize| {
                    let day = tree.in_class(c, "calendar") || tree.upos(c) == Upos::Num;
                    (day, words.iter().position(|&word| tree.under(c, &[word])))
                };
                phrases.sort_by_key(rank);
                phrases.into_iter().any(|c| self.filler(tree, filler, c, 2))
            }
        }
    }

    /// Whether a particle makes another verb of it: "kicked off the meeting" kicks nobody.
    fn other_verb(&self, tree: &Tree) -> bool {
        let asked = |particle: usize| {
            self.words.contains(&particle)
                || self.frame.arguments.iter().any(|argument| {
                    matches!(&argument.place, Place::Preposition(words)
                        if words.iter().any(|&word| tree.is(particle, word)))
                })
        };
        tree.children(self.predicate).any(|c| tree.relation(c) == Deprel::CompoundPrt && !asked(c))
    }

    /// Whether the clause tells what who speaks did himself.
    fn own_deed(&self, tree: &Tree, clause: usize) -> bool {
        let who = |word: usize| tree.actors.of_phrase(tree.doc, word);
        let speakers: Vec<usize> = self.source.iter().flat_map(|&word| who(word)).collect();
        let doer = tree.clause(clause).subject.map(who).unwrap_or_default();
        doer.iter().any(|actor| speakers.contains(actor))
    }

    fn takes_two(&self) -> bool {
        self.frame.arguments.iter().any(|a| a.place == Place::IndirectObject)
    }

    /// Phrases and clauses below the predicate and below the nouns the frame names.
    fn phrases<'t>(&self, tree: &'t Tree) -> impl Iterator<Item = usize> + use<'t, 'l> {
        let hosts: Vec<usize> =
            [self.predicate].into_iter().chain(self.nouns.iter().copied()).collect();
        // "halting a crackdown on the students": the phrase right behind the noun is the noun's, also
        // where it hangs on the verb.
        let noun = self.predicate;
        let verb = tree.light_verb(noun).filter(|_| self.frame.kind == Kind::Noun);
        let behind = verb.into_iter().flat_map(|verb| tree.children(verb)).filter(move |&c| {
            tree.relation(c) == Deprel::Obl && tree.doc.subtree(c).first() == Some(&(noun + 1))
        });
        // "Riots broke out in the port": where it happens, and among whom, hangs on the verb.
        let verb = tree.happens(noun).filter(|_| self.frame.kind == Kind::Noun);
        let happens = verb.into_iter().flat_map(|verb| tree.children(verb));
        let behind = behind.chain(happens.filter(|&c| tree.relation(c) == Deprel::Obl));
        hosts.into_iter().flat_map(|host| tree.children(host)).chain(behind).filter(|&c| {
            match tree.relation(c) {
                Deprel::Obl
                | Deprel::Nmod
                | Deprel::OblUnmarked
                | Deprel::NmodUnmarked
                | Deprel::Advcl
                | Deprel::Acl
                | Deprel::Xcomp
                | Deprel::Ccomp
                | Deprel::OblAgent => true,
                // "forced the agency out of the country": an object with a preposition is none.
                Deprel::Obj => tree.child(c, &[Deprel::Case]).is_some(),
                _ => false,
            }
        })
    }

    fn filler(&mut self, tree: &Tree, filler: &Filler, token: usize, weight: u32) -> bool {
        match filler {
            Filler::Slot(slot) => {
                if self.fill(tree, *slot, token, self.predicate).is_none() {
                    return false;
                }
                // "began a strike on Monday": what names nobody makes no frame likelier.
                self.score += if tree.names_actor(token) { weight } else { 0 };
                true
            }
            Filler::Nouns(nouns) => {
                let measured = measured(tree, token);
                let beside = tree.children(token).filter(|&c| tree.relation(c) == Deprel::Conj);
                let named = [token]
                    .into_iter()
                    .chain(measured)
                    .chain(beside)
                    .find_map(|t| Some((t, is_noun_of(tree, t, nouns)?)));
                let Some((noun, score)) = named else { return false };
                // "cleared militants and mines": what stands first counts more.
                let score = if tree.relation(noun) == Deprel::Conj { score - 1 } else { score };
                self.edges.push((self.predicate, noun));
                self.words.push(noun);
                self.nouns.push(noun);
                // "talks to end the war": what they are for is no act yet.
                if self.frame.section.operator.is_none()
                    && tree.lexicon.digits(self.code).starts_with("04")
                    && let Some(purpose) =
                        tree.child(noun, &[Deprel::Acl]).filter(|&c| tree.infinitive(c))
                {
                    self.absorbed.push(purpose);
                    self.nouns.extend(tree.child(purpose, &[Deprel::Obj]));
                }
                // "EU-brokered talks": the talks are an act beside the brokering, and "ended the war
                // between the clans" tells of their war.
                let ended = tree.lexicon.digits(self.code).starts_with("087")
                    && tree.children(noun).any(|c| tree.has_case(c, &["between"]));
                if tree.doc.head(self.predicate) != Some(noun) && !ended {
                    self.absorbed.push(noun);
                }
                self.score += score + weight;
                true
            }
            Filler::Any => {
                self.nouns.push(token);
                self.topics.push(token);
                self.score += 1;
                true
            }
            Filler::Content => false,
        }
    }

    /// Takes `token` as the content. A clause that says nothing known still fills the place, a
    /// noun does not.
    fn content(&mut self, tree: &Tree<'l>, token: usize, depth: usize, clausal: bool) -> bool {
        let operator = self.frame.section.operator;
        let nominal = matches!(tree.upos(token), Upos::Noun | Upos::Propn | Upos::Pron);
        let Some(inside) = inside(tree, token, depth + 1) else {
            if nominal && !clausal {
                return false;
            }
            if nominal && tree.upos(token) != Upos::Noun {
                return false;
            }
            self.edges.push((self.predicate, token));
            self.nouns.push(token);
            self.score += 1;
            // Who is accused is who is said to have done it.
            let accused = || {
                let accuses = operator == Some(Operator::Accuse) && self.target.is_empty();
                tree.clause(token).subject.filter(|s| accuses && !self.source.contains(s))
            };
            if !nominal && let Some(subject) = self.asked(tree, token).or_else(accused) {
                self.target.push(subject);
            }
            return true;
        };
        // "agreed not to attack", "voted not to attend", "showed no interest in talks"
        let none = |&noun: &usize| {
            tree.child(noun, &[Deprel::Det]).is_some_and(|det| tree.lemma_in(det, &["no"]))
        };
        let negated = matches!(operator, Some(Operator::Intend | Operator::Own))
            && (tree.negated(inside.predicate) || self.nouns.iter().any(none));
        let operator = if negated { Some(Operator::Reject) } else { operator };
        let composed = operator.and_then(|o| tree.lexicon.compose(o, inside.inner));
        if let Some(code) = composed {
            self.code = code;
            self.section = if code == inside.inner { inside.section } else { None };
        }
        self.inner = inside.inner;
        self.edges.push((self.predicate, inside.predicate));
        self.edges.extend(inside.edges.iter().copied());
        self.score += 3;
        match operator {
            // Who is asked is who would have to act.
            Some(Operator::Appeal | Operator::Demand) if self.target.is_empty() => {
                if nominal && !inside.source.is_empty() {
                    self.target.clone_from(&inside.source);
                } else if !nominal && let Some(subject) = self.asked(tree, token) {
                    self.target.push(subject);
                } else if tree.lexicon.digits(inside.inner).starts_with("084") {
                    // Who is to be freed is not who is asked; who holds them is.
                    let held = inside.target.iter().chain(&inside.nouns).chain(&inside.words);
                    self.target.extend(held.filter_map(|&held| tree.holder(held)));
                } else if tree.lexicon.digits(inside.inner).starts_with("0874") {
                    // Nor is the land to be left; the forces are who would leave it.
                    let left = |word: &usize| tree.has_case(*word, &["from", "out"]);
                    self.target.extend(inside.target.iter().filter(|&word| !left(word)));
                } else if !inside.target.is_empty() {
                    self.target.clone_from(&inside.target);
                } else {
                    self.target.clone_from(&inside.party);
                }
            }
            // Who is accused is who is said to have done it.
            Some(Operator::Accuse) if self.target.is_empty() => {
                self.target.extend(inside.source.iter().chain(&inside.party));
                if self.target.is_empty() {
                    self.target.clone_from(&inside.target);
                }
            }
            // A warning to protect one's own is directed at somebody else.
            Some(Operator::Threaten) if composed.is_none() => {}
            _ if self.target.is_empty() && self.party.is_empty() => {
                let others = inside.target.iter().chain(&inside.party).copied();
                self.target.extend(others.filter(|t| !self.source.contains(t)));
                if nominal {
                    self.target.extend(&inside.source);
                }
            }
            _ => {}
        }
        if operator != Some(Operator::Threaten) || composed.is_some() {
            self.nouns.extend(&inside.nouns);
            self.nouns.push(inside.predicate);
        }
        self.absorbed.push(token);
        self.absorbed.push(inside.predicate);
        self.absorbed.extend(&inside.absorbed);
        true
    }

    /// The subject of a clause that is asked for, where it is another than who asks.
    fn asked(&self, tree: &Tree, clause: usize) -> Option<usize> {
        let own = [Deprel::Nsubj, Deprel::NsubjPass];
        matches!(self.frame.section.operator, Some(Operator::Appeal | Operator::Demand))
            .then(|| tree.child(clause, &own))
            .flatten()
    }
}

/// The act a content names: its own frame, or that of what it begins, uses or consists of.
pub(super) fn inside<'l>(tree: &Tree<'l>, token: usize, depth: usize) -> Option<Match<'l>> {
    if depth > DEPTH {
        return None;
    }
    if let Some(mut found) = best(tree, token, true, depth) {
        if found.frame.kind == Kind::Noun {
            noun_source(tree, &mut found);
        }
        return Some(found);
    }
    // "agreed to stop fighting" agrees to no fight.
    if tree.in_class(token, "ending") {
        return None;
    }
    let below: &[Deprel] = match tree.upos(token) {
        Upos::Verb | Upos::Adj => &[Deprel::Xcomp, Deprel::Obj, Deprel::Conj],
        Upos::Noun => &[Deprel::Nmod, Deprel::Acl, Deprel::Conj, Deprel::Compound],
        _ => return None,
    };
    let next: Vec<usize> = tree
        .children(token)
        .filter(|&c| {
            (below.contains(&tree.relation(c)) && !loose::after_comma(tree.doc, c))
                || (tree.relation(c) == Deprel::Advcl && tree.infinitive(c))
        })
        .collect();
    let mut found = next.into_iter().find_map(|c| inside(tree, c, depth + 1))?;
    // "wanted their removal", "began an attack": who wants or begins it does it.
    if tree.upos(token) == Upos::Verb && found.source.is_empty() && found.party.is_empty() {
        found.source.extend(tree.clause(token).subject);
    }
    Some(found)
}
