//! Sides that stand beyond the clause of the act: with the noun of the deed, in the purpose told beside it,
//! with the act told before it.

use super::Event;
use super::matching::Match;
use super::resolve::add;
use super::tree::Tree;
use tidings_language::{Deprel, Upos};

/// Fills in the targets of the events of one sentence that only other clauses tell.
pub(super) fn complete(tree: &Tree, events: &mut [Event]) {
    inherit_targets(tree, events);
    threatened_on_condition(tree, events);
    ended_fighting(tree, events);
    aimed_at(tree, events);
}

/// Who stands behind the deed by which somebody suffers: "killed in a rebel raid", "US sanctions imposed
/// last week", "held in a Kurdish prison".
pub(super) fn behind_deeds(tree: &Tree, act: &Match) -> Vec<usize> {
    const DEEDS: [&str; 6] = ["attack", "war", "air_attack", "bombing", "sanctions", "captivity"];
    let deed = |noun: &&usize| {
        !act.target.contains(noun) && DEEDS.iter().any(|class| tree.in_class(**noun, class))
    };
    act.nouns.iter().filter(deed).filter_map(|&noun| tree.owner(noun)).collect()
}

/// "sent troops to fight the clan", "launched a raid, aiming to drive the clan out": an armed act without
/// a target is aimed at whom its purpose names.
fn aimed_at(tree: &Tree, events: &mut [Event]) {
    for at in 0..events.len() {
        let act = &events[at];
        let armed = matches!(act.action.event, "ASSAULT" | "MOBILIZE");
        if !armed || !act.target.is_empty() || act.source.is_empty() {
            continue;
        }
        let Some(verb) = purpose(tree, act.predicate) else { continue };
        let named = match events.iter().find(|other| other.predicate == verb) {
            Some(other) => other.target.clone(),
            None => {
                let object = tree.clause(verb).object;
                object.map(|word| tree.actors.of_phrase(tree.doc, word)).unwrap_or_default()
            }
        };
        let target = named.into_iter().filter(|actor| !act.source.contains(actor)).collect();
        events[at].target = target;
    }
}

/// The verb of fighting that tells what an act is for: "to fight", "aiming to oust", "in order to defeat".
fn purpose(tree: &Tree, verb: usize) -> Option<usize> {
    let below = [Deprel::Advcl, Deprel::Xcomp, Deprel::Acl];
    let clauses = |word: usize| {
        let verb = move |&c: &usize| {
            below.contains(&tree.relation(c)) && c > word && tree.upos(c) == Upos::Verb
        };
        tree.children(word).filter(verb)
    };
    let fights = |&c: &usize| tree.infinitive(c) && tree.in_class(c, "combat");
    let objects = || tree.children(verb).filter(|&c| tree.relation(c) == Deprel::Obj);
    let direct = clauses(verb).find(fights);
    let of_object = || objects().find_map(|object| clauses(object).find(fights));
    let aiming = || {
        let aims = clauses(verb).filter(|&c| tree.in_class(c, "aim"));
        aims.into_iter().find_map(|aim| clauses(aim).find(fights))
    };
    direct.or_else(of_object).or_else(aiming)
}

/// "called on NATO to act, warning that ...", "fired on the boats, killing three": the warning goes to
/// whom the call went, and so does what is announced after it ("adding that it would close the
/// border").
fn inherit_targets(tree: &Tree, events: &mut [Event]) {
    for at in 0..events.len() {
        let event = &events[at];
        if !event.target.is_empty() {
            continue;
        }
        let saying = match tree.relation(event.predicate) {
            Deprel::Ccomp => tree.doc.head(event.predicate),
            _ => Some(event.predicate),
        };
        // "accused Brona of theft and demanded the release of the crew"
        let second = matches!(event.action.event, "REQUEST" | "THREATEN" | "ACCUSE")
            && tree.relation(event.predicate) == Deprel::Conj
            && tree.child(event.predicate, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none();
        let first = tree.doc.head(event.predicate).filter(|_| second);
        let Some(host) = saying.and_then(|verb| tree.host(verb)).or(first) else { continue };
        if let Some(above) = events.iter().find(|e| e.predicate == host) {
            let target = above.target.iter().copied();
            events[at].target = target.filter(|t| !event.source.contains(t)).collect();
        }
    }
}

/// "threatened to strike unless Brona paid", "will leave the talks if Brona attacks": a threat that
/// names nobody is meant for who can meet its condition.
fn threatened_on_condition(tree: &Tree, events: &mut [Event]) {
    for event in events.iter_mut().filter(|e| e.action.event == "THREATEN" && e.target.is_empty()) {
        let sentence = &tree.doc.sentences[tree.doc.sentence_of(event.predicate)];
        let conditions = sentence.tokens.clone().filter(|&verb| {
            tree.relation(verb) == Deprel::Advcl
                && tree.doc.dominates(event.predicate, verb)
                && tree
                    .child(verb, &[Deprel::Mark])
                    .is_some_and(|mark| tree.lemma_in(mark, &["if", "unless", "until"]))
        });
        for verb in conditions {
            let Some(subject) = tree.surface_subject(verb) else { continue };
            let mut meant = tree.actors.of_phrase(tree.doc, subject);
            meant.retain(|actor| !event.source.contains(actor));
            add(&mut event.target, &meant);
        }
    }
}

/// "The intervention ended the war between A and B, halting C's crackdown", "intervened to end the
/// war": an armed act without a target is directed against who fought: those whose act it halts,
/// else the fighting parties.
fn ended_fighting(tree: &Tree, events: &mut [Event]) {
    let ends = |verb: usize| tree.lemma_in(verb, &["end", "halt", "stop", "repel", "quell"]);
    for at in 0..events.len() {
        let act = &events[at];
        if act.action.event != "ASSAULT" || !act.target.is_empty() {
            continue;
        }
        let verb = match tree.relation(act.predicate) {
            Deprel::Nsubj => tree.doc.head(act.predicate),
            _ => Some(act.predicate),
        };
        let Some(verb) = verb else { continue };
        let purposes = tree.children(verb).filter(|&c| {
            matches!(tree.relation(c), Deprel::Advcl | Deprel::Xcomp | Deprel::Acl) && ends(c)
        });
        let mut verbs: Vec<usize> = [verb].into_iter().filter(|&v| ends(v)).collect();
        verbs.extend(purposes);
        let others = |actors: &[usize]| -> Vec<usize> {
            actors.iter().copied().filter(|a| !act.source.contains(a)).collect()
        };
        let whose = verbs.iter().rev().find_map(|&v| {
            let object = tree.child(v, &[Deprel::Obj])?;
            let halted = events.iter().find(|e| e.predicate == object)?;
            Some(others(if halted.source.is_empty() { &halted.target } else { &halted.source }))
        });
        let parties = || {
            let ending = events
                .iter()
                .find(|e| verbs.contains(&e.predicate) && e.predicate != act.predicate);
            ending.map(|e| others(&e.target))
        };
        if let Some(target) = whose.filter(|t| !t.is_empty()).or_else(parties) {
            events[at].target = target;
        }
    }
}
