//! Who does what a noun names: "the king's raid", "a NATO-led raid", "the raid by the army".

use super::matching::Match;
use super::tree::Tree;
use tidings_language::{Deprel, Upos};
use tidings_world::events::{Filler, Role, Slot};

/// Who does what a noun names: its possessor, its adjective, its "by", the agent of a participle
/// before it ("NATO-led"), or the subject of the verb that carries it out ("launched an attack").
pub(super) fn noun_source(tree: &Tree, found: &mut Match) {
    let noun = found.predicate;
    let taken = |found: &Match, c: usize| {
        found.target.contains(&c) || found.party.contains(&c) || found.source.contains(&c)
    };
    let mut add = Vec::new();
    for child in tree.children(noun) {
        if taken(found, child) {
            continue;
        }
        match tree.relation(child) {
            Deprel::NmodPoss if tree.names_actor(child) => add.push(child),
            Deprel::Nmod | Deprel::OblAgent | Deprel::Obl
                if tree.has_case(child, &["by"]) && tree.names_actor(child) =>
            {
                add.push(child);
            }
            // "a NATO-led raid" is NATO's; a "US-backed" one is not the backer's.
            Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked
                if matches!(tree.upos(child), Upos::Verb) || tree.passive(child) =>
            {
                if tree.in_class(child, "backing") {
                    continue;
                }
                add.extend(tree.clause(child).subject.filter(|&s| s != noun));
            }
            Deprel::Amod | Deprel::Compound | Deprel::NmodDesc if tree.names_actor(child) => {
                add.push(child);
            }
            _ => {}
        }
    }
    if add.is_empty() && found.source.is_empty() {
        add.extend(blamed(tree, noun));
    }
    if add.is_empty() && found.source.is_empty() {
        add.extend(carried(tree, noun));
    }
    // "marched in defiance of the junta", "spoke in support of the plan": who marches defies.
    if add.is_empty() && found.source.is_empty() && found.party.is_empty() {
        let stands_in = tree.relation(noun) == Deprel::Obl
            && tree.has_case(noun, &["in"])
            && tree.child(noun, &[Deprel::Det]).is_none();
        let verb = tree.doc.head(noun).filter(|_| stands_in);
        add.extend(verb.and_then(|verb| tree.surface_subject(verb)));
    }
    if add.is_empty()
        && let Some(subject) = tree
            .child(noun, &[Deprel::Nsubj])
            .filter(|_| tree.child(noun, &[Deprel::Cop]).is_some())
    {
        add.push(subject);
    }
    if found
        .frame
        .arguments
        .iter()
        .any(|a| matches!(a.filler, Filler::Slot(Slot { role: Role::Party, .. })))
    {
        for &child in &add {
            found.edges.push((noun, child));
        }
        // A mediator is no party: "EU-brokered talks".
        found.party.extend(add.iter().filter(|&&c| tree.doc.head(c) == Some(noun)));
    } else {
        for &child in &add {
            found.edges.push((noun, child));
        }
        found.source.extend(add);
    }
}

/// Who is said to be behind what a noun names: "responsible for the bombing", "the killing at the hands
/// of the rebels", "under assault from Brona".
fn blamed(tree: &Tree, noun: usize) -> Option<usize> {
    let above = tree.doc.head(noun);
    let answers = above.filter(|&word| {
        tree.has_case(noun, &["for"]) && tree.lemma_in(word, &["responsible", "culpable"])
    });
    let from = || {
        let under = tree.has_case(noun, &["under"]);
        tree.children(noun).find(|&c| under && tree.has_case(c, &["from"]) && tree.names_actor(c))
    };
    answers
        .and_then(|word| tree.surface_subject(word))
        .or_else(|| tree.at_hands(noun))
        .or_else(from)
}

/// Whose a deed is that hangs on a noun of doing or of having done: "Arden's imposition of sanctions",
/// "a group with a record of raids", "its history of rebellion".
fn carried(tree: &Tree, deed: usize) -> Option<usize> {
    let of = tree.relation(deed) == Deprel::Nmod && tree.has_case(deed, &["of"]);
    let noun = tree.doc.head(deed).filter(|_| of)?;
    if tree.in_class(noun, "carrying_out") {
        return tree.owner(noun);
    }
    let past = tree.in_class(noun, "past");
    let holder = || {
        let with = tree.relation(noun) == Deprel::Nmod && tree.has_case(noun, &["with"]);
        tree.doc.head(noun).filter(|&holder| with && tree.names_actor(holder))
    };
    tree.owner(noun).or_else(holder).filter(|_| past)
}
