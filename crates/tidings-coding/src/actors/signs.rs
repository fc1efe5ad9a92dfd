//! What the words of a report show before anybody is found in it: whom they call by name, and whether it
//! is on the police.

use std::collections::HashSet;
use tidings_language::{Document, Upos};
use tidings_world::World;

/// The words of a report that stand behind a courtesy title or a given name.
pub(super) fn called<'d>(doc: &Document<'d>, world: &World) -> HashSet<&'d str> {
    (0..doc.tokens.len()).filter(|&i| is_called(doc, world, i)).map(|i| doc.form(i)).collect()
}

/// Whether a word stands behind a courtesy title or a given name.
pub(super) fn is_called(doc: &Document, world: &World, token: usize) -> bool {
    let capital = |i: usize| doc.form(i).starts_with(char::is_uppercase);
    let Some(before) = token.checked_sub(1).filter(|&i| capital(i) && capital(token)) else {
        return false;
    };
    let given =
        doc.tokens[before].upos == Upos::Propn && world.given.is_male(doc.form(before)).is_some();
    doc.sentence_of(before) == doc.sentence_of(token)
        && (given || super::persons::courtesy(doc.form(before)).is_some())
}

/// Whether a report speaks of the police more than of soldiers and fighters.
pub(super) fn is_policed(doc: &Document, world: &World) -> bool {
    let (mut police, mut armed) = (0, 0);
    for token in 0..doc.tokens.len() {
        if !matches!(doc.tokens[token].upos, Upos::Noun | Upos::Propn) {
            continue;
        }
        let agent = world.agents.get(&doc.lemma(token).to_lowercase()).filter(|agent| !agent.rank);
        match agent.and_then(|agent| agent.sectors.first()) {
            Some(&"COP") => police += 1,
            Some(&"MIL" | &"REB" | &"PRM") => armed += 1,
            _ => {}
        }
    }
    police > armed
}

/// Whether the word is a union of states or parties.
pub(super) fn is_coalition(doc: &Document, token: usize) -> bool {
    matches!(doc.lemma(token), "coalition" | "alliance")
}

/// Whether what follows a name makes it a comparison: "Lima-style talks".
pub(super) fn is_likened(after: &str) -> bool {
    let joined = after.strip_prefix(['-', '‐']);
    joined
        .is_some_and(|word| ["style", "like", "type", "esque"].iter().any(|w| word.starts_with(w)))
}
