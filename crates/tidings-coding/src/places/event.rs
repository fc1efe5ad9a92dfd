//! The place of an event: nearest on the tree, in the event's own clause.

use super::lexicon::{Class, LEXICON};
use super::{Place, head_of};
use crate::schema::PlaceUse;
use tidings_language::{Deprel, Document, Upos};

/// Whether a preposition of place governs the word, itself or by way of a geographic noun.
pub(super) fn locative(doc: &Document, head: usize) -> bool {
    preposition(doc, head).is_some_and(is_of_place)
}

/// Whether a geographic noun says what the name is: "the besieged town of Gornja".
pub(super) fn called_place(doc: &Document, head: usize) -> bool {
    let of = doc.children_by(head, &[Deprel::Case]).any(|i| doc.form(i) == "of");
    of && doc.head(head).is_some_and(|up| LEXICON.is(doc.lemma(up), Class::Passes))
}

fn is_of_place(case: &str) -> bool {
    LEXICON.is(case, Class::At) || LEXICON.is(case, Class::Toward)
}

/// The preposition above the word, of place or not.
pub(super) fn preposition<'d>(doc: &'d Document, mut word: usize) -> Option<&'d str> {
    for _ in 0..5 {
        // The last of several is the noun's own: "along with Russia" is no place, "from inside Gaza" is.
        let case = doc.children_by(word, &[Deprel::Case]).map(|i| doc.lemma(i)).last();
        let relation = doc.tokens[word].deprel;
        let up = doc.head(word)?;
        let geographic = LEXICON.is(doc.lemma(up), Class::Passes);
        match case {
            Some("of" | "'s" | "’s" | "'") if geographic => {}
            Some("on") if !LEXICON.is(doc.lemma(word), Class::Passes) => return None,
            Some("of" | "'s" | "’s" | "'") => return None,
            Some(case) => return Some(case),
            None if relation == Deprel::Conj => {}
            None if relation == Deprel::Appos => {}
            None if geographic && matches!(relation, Deprel::Compound | Deprel::NmodDesc) => {}
            None => return None,
        }
        word = up;
    }
    None
}

/// The place where the event named by `predicate` happened, as an index into `places`: the one
/// under a preposition of place nearest to it in its clause, else the only place of the sentence.
/// The place line before a text is where it was written, not where things happened.
pub fn of_event(doc: &Document, places: &[Place], predicate: usize) -> Option<usize> {
    let sentence = doc.sentences.get(doc.sentence_of(predicate))?;
    let within = |place: &Place| {
        sentence.tokens.contains(&place.tokens.start)
            && !place.dateline
            && place.usage == PlaceUse::Literal
    };
    let here = || places.iter().enumerate().filter(|(_, place)| within(place));
    let nearest = here()
        .filter_map(|(at, place)| {
            let head = head_of(doc, &place.tokens);
            let case = preposition(doc, head).filter(|case| is_of_place(case))?;
            let direction = usize::from(!LEXICON.is(case, Class::At));
            let steps = distance(doc, head, predicate)?;
            Some(((direction, steps, at), at))
        })
        .min()
        .map(|(_, at)| at);
    nearest.or_else(|| {
        let mut all = here();
        let first = all.next()?;
        let one = all.all(|(_, place)| place.name == first.1.name);
        one.then_some(first.0)
    })
}

/// Edges from the place to the predicate without leaving the predicate's clause; none if the place
/// belongs to another clause.
fn distance(doc: &Document, place: usize, predicate: usize) -> Option<usize> {
    let top = clause(doc, predicate);
    let (mut word, mut steps) = (place, 0);
    loop {
        if word == predicate {
            return Some(steps);
        }
        if word == top {
            // The place hangs on the clause beside the predicate.
            return Some(steps + 2);
        }
        if opens_clause(doc, word) {
            return None;
        }
        word = doc.head(word)?;
        steps += 1;
    }
}

/// The word that heads the clause of the predicate.
fn clause(doc: &Document, predicate: usize) -> usize {
    let mut word = predicate;
    while !opens_clause(doc, word) && doc.tokens[word].upos != Upos::Verb {
        match doc.head(word) {
            Some(up) => word = up,
            None => break,
        }
    }
    word
}

fn opens_clause(doc: &Document, word: usize) -> bool {
    match doc.tokens[word].deprel.universal() {
        "advcl" | "acl" | "ccomp" | "csubj" | "parataxis" | "root" => true,
        "conj" => doc.tokens[word].upos == Upos::Verb,
        _ => false,
    }
}
