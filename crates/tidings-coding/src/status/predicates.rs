//! The predicates of a text: the words that name something which happens, is done or is so, after
//! TimeML's EVENT (Saurí et al. 2006) and the predicates of UDS (White et al. 2016).

use tidings_language::{Deprel, Document, Upos};
use tidings_world::World;
use tidings_world::events::Kind;

/// Full verbs, heads of clauses without a verb of their own ("is ready", "are allies"), and nouns
/// of happening, in text order.
pub fn predicates(doc: &Document, world: &World) -> Vec<usize> {
    let clause = heads_of_copulas(doc);
    (0..doc.tokens.len())
        .filter(|&at| {
            let token = &doc.tokens[at];
            match token.upos {
                Upos::Verb => !matches!(token.deprel, Deprel::Case | Deprel::Fixed | Deprel::Mark),
                Upos::Aux => !matches!(token.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop),
                Upos::Noun => clause[at] || happening(world, doc.lemma(at)),
                _ => clause[at],
            }
        })
        .collect()
}

fn heads_of_copulas(doc: &Document) -> Vec<bool> {
    let mut heads = vec![false; doc.tokens.len()];
    for token in doc.tokens.iter().filter(|token| token.deprel == Deprel::Cop) {
        heads[token.head as usize] = true;
    }
    heads
}

/// A noun of the lexicon of status or of that of events.
fn happening(world: &World, noun: &str) -> bool {
    let in_frame = || {
        let word = world.events.word(noun)?;
        world.events.hanging_on(word, Kind::Noun).next()
    };
    world.cues.happening(noun) || in_frame().is_some()
}
