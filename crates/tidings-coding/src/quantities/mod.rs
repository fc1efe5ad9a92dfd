//! Figures that belong to events: killed, wounded, arrested, displaced, participants, troops.
//!
//! In goes the predicate of an event; out come the figures of its clause, each with what it counts.
//! The verb decides by the role of the counted ("killed 12", "12 died"), then the words beside the
//! figure ("left 12 dead"), then who is counted ("5,000 protesters"). Figures of result participles
//! ("killing 12 and wounding 30") also belong to the act they result from.

mod counts;
mod lexicon;
#[cfg(test)]
mod tests;

use crate::schema::{Bound, QuantityKind};
use counts::Count;
use lexicon::{LEXICON, Sense};
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos, Xpos};

/// A figure; `span` is bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Quantity {
    pub kind: QuantityKind,
    pub value: f64,
    pub to: Option<f64>,
    pub bound: Bound,
    pub span: Range<usize>,
}

/// The figures that belong to the event named by `predicate`.
pub fn of_event(doc: &Document, predicate: usize) -> Vec<Quantity> {
    let Some(sentence) = doc.sentences.get(doc.sentence_of(predicate)) else { return Vec::new() };
    let mut found = Vec::new();
    for count in counts::in_sentence(doc, sentence.tokens.clone()) {
        let governor = doc.head(count.head).unwrap_or(count.head);
        let counts_itself = count.counted == predicate || count.head == predicate;
        if !counts_itself && !belongs(doc, governor, predicate) {
            continue;
        }
        // What merely stands further down belongs to the event only as its toll.
        let direct = counts_itself || governor == predicate;
        for kind in kinds(doc, &count) {
            if direct || kind != QuantityKind::Other {
                found.push(quantity(doc, &count, kind));
            }
        }
    }
    if has(doc, predicate, Sense::Violent) {
        for zero in of_following_sentence(doc, predicate) {
            if found.iter().all(|known| known.kind != zero.kind) {
                found.push(zero);
            }
        }
    }
    found
}

/// The zero casualties that a sentence right after an act of force reports, and nothing else:
/// "No one was hurt.", "There were no casualties."
pub fn of_following_sentence(doc: &Document, predicate: usize) -> Vec<Quantity> {
    /// Longer sentences tell more than that.
    const WORDS: usize = 9;
    let Some(next) = doc.sentences.get(doc.sentence_of(predicate) + 1) else { return Vec::new() };
    if next.tokens.len() > WORDS {
        return Vec::new();
    }
    let counts = counts::in_sentence(doc, next.tokens.clone());
    let mut found = Vec::new();
    for count in counts.iter().filter(|count| count.value == 0.0) {
        let kinds = kinds(doc, count);
        let casualties = |kind| matches!(kind, QuantityKind::Killed | QuantityKind::Wounded);
        found.extend(
            kinds.into_iter().filter(|k| casualties(*k)).map(|kind| quantity(doc, count, kind)),
        );
    }
    found
}

fn quantity(doc: &Document, count: &Count, kind: QuantityKind) -> Quantity {
    let at = |i: usize| doc.tokens.get(i).map_or((0, 0), |t| (t.start as usize, t.end as usize));
    let span = at(count.tokens.start).0..at(count.tokens.end.saturating_sub(1)).1;
    let Count { value, to, bound, .. } = *count;
    Quantity { kind, value, to, bound, span }
}

fn has(doc: &Document, token: usize, sense: Sense) -> bool {
    LEXICON.senses(doc.lemma(token)).contains(&sense)
}

fn find<T>(doc: &Document, token: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
    LEXICON.senses(doc.lemma(token)).iter().find_map(|&sense| pick(sense))
}

fn deprel(doc: &Document, token: usize) -> Deprel {
    doc.tokens.get(token).map_or(Deprel::Dep, |t| t.deprel)
}

/// Whether a figure governed by `governor` belongs to the event named by `predicate`.
fn belongs(doc: &Document, governor: usize, predicate: usize) -> bool {
    if governor == predicate {
        return true;
    }
    let toll = |verb| {
        find(doc, verb, |s| match s {
            Sense::Object(kind) | Sense::Subject(kind) | Sense::Noun(kind) => Some(kind),
            _ => None,
        })
        .is_some_and(|kind| matches!(kind, QuantityKind::Killed | QuantityKind::Wounded))
    };
    let finite = |verb: usize| {
        doc.tokens.get(verb).is_some_and(|t| t.feats.has("VerbForm=Fin"))
            || doc.children_by(verb, &[Deprel::Aux, Deprel::AuxPass]).next().is_some()
    };
    let mut at = governor;
    for _ in 0..6 {
        // "The blast killed 12", "12 were killed in the blast", "a blast that killed 12"
        let subject = |i: usize| {
            matches!(deprel(doc, i), Deprel::Nsubj | Deprel::Obl | Deprel::OblAgent)
                && doc.head(i) == Some(at)
        };
        if toll(at) && (subject(predicate) || is_cause(doc, predicate, at)) {
            return true;
        }
        let Some(head) = doc.head(at) else { return false };
        let up = match deprel(doc, at) {
            Deprel::Advcl | Deprel::Acl => !finite(at),
            Deprel::AclRelcl => toll(at),
            Deprel::Conj => !finite(at) || toll(at) && toll(head),
            Deprel::Xcomp => true,
            Deprel::Nmod | Deprel::Obj => toll(at),
            _ => false,
        };
        if !up {
            return false;
        }
        if head == predicate {
            // "arrested 12 and wounded 30" are two tolls, not one act and its result.
            return deprel(doc, at) != Deprel::Conj;
        }
        at = head;
    }
    false
}

/// "Seven were killed and nine wounded when a warship shelled the boats": whether the deed is told as
/// the cause of a toll, by a clause on its verb or on one joined to it.
fn is_cause(doc: &Document, deed: usize, toll: usize) -> bool {
    let marked = || {
        doc.children(deed).any(|i| {
            matches!(deprel(doc, i), Deprel::Mark | Deprel::Advmod)
                && matches!(doc.lemma(i), "when" | "after" | "as")
        })
    };
    deprel(doc, deed) == Deprel::Advcl
        && doc.head(deed).is_some_and(|verb| {
            verb == toll || deprel(doc, verb) == Deprel::Conj && doc.head(verb) == Some(toll)
        })
        && marked()
}

/// What the figure counts.
fn kinds(doc: &Document, count: &Count) -> Vec<QuantityKind> {
    let one = |kind| vec![kind];
    let zero = count.value == 0.0;
    if zero && harmless(doc, count) {
        return vec![QuantityKind::Killed, QuantityKind::Wounded];
    }
    // "12 deaths"
    if let Some(kind) =
        find(doc, count.counted, |s| if let Sense::Noun(k) = s { Some(k) } else { None })
        && count.counted != count.tokens.start
    {
        return one(kind);
    }
    let who = find(doc, count.counted, |s| if let Sense::Head(k) = s { Some(k) } else { None });
    if let Some(kind) = state(doc, count) {
        return one(kind);
    }
    if let Some(governor) = doc.head(count.head) {
        let role = deprel(doc, count.head);
        // "10 were killed and 45 injured": a bare participle is passive.
        let bare = doc.tokens.get(governor).is_some_and(|t| t.xpos == Xpos::Vbn)
            && doc.children_by(governor, &[Deprel::Aux]).next().is_none();
        let passive = bare || doc.children_by(governor, &[Deprel::AuxPass]).next().is_some();
        let object = matches!(role, Deprel::Obj | Deprel::NsubjPass)
            || role == Deprel::Nsubj && passive
            || role == Deprel::Nmod;
        let told = LEXICON.senses(doc.lemma(governor)).iter().find_map(|&sense| match sense {
            Sense::Object(kind) if object => Some(kind),
            Sense::Subject(kind) if role == Deprel::Nsubj => Some(kind),
            Sense::Noun(kind) if role == Deprel::Nmod => Some(kind),
            Sense::Deploy(kind) if object || role == Deprel::Nsubj => who.filter(|w| *w == kind),
            _ => None,
        });
        if let Some(kind) = told {
            return one(kind);
        }
        let struck = object && has(doc, governor, Sense::Violent);
        if let Some(kind) = who.filter(|_| !struck && !zero) {
            return one(kind);
        }
    }
    // "12 people killed", "the dead": a participle on the counted itself.
    let participle = doc.children_by(count.head, &[Deprel::Acl]).find_map(|verb| {
        find(doc, verb, |s| if let Sense::Object(k) = s { Some(k) } else { None })
    });
    match participle {
        Some(kind) => one(kind),
        None if zero => Vec::new(),
        None => one(QuantityKind::Other),
    }
}

/// "No one was hurt", "no casualties".
fn harmless(doc: &Document, count: &Count) -> bool {
    has(doc, count.counted, Sense::Harm)
        || doc.head(count.head).is_some_and(|verb| {
            has(doc, verb, Sense::Harm)
                && matches!(
                    deprel(doc, count.head),
                    Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj
                )
        })
}

/// "left 12 dead", "with 30 wounded": the word right after the counted.
fn state(doc: &Document, count: &Count) -> Option<QuantityKind> {
    let after = count.counted.max(count.tokens.end.checked_sub(1)?) + 1;
    let word = doc.tokens.get(after)?;
    if !matches!(word.upos, Upos::Adj | Upos::Verb | Upos::Noun) {
        return None;
    }
    let related = word.head as usize == count.head || doc.head(count.head) == doc.head(after);
    let sense = |word: &str| {
        LEXICON
            .senses(word)
            .iter()
            .find_map(|s| if let Sense::State(k) = s { Some(*k) } else { None })
    };
    sense(&doc.form(after).to_lowercase()).filter(|_| related)
}
