//! How the clause around a word stands to the day of the report: told as past, as ahead, or as now.
//!
//! The finite verb decides, found by climbing from the word; participles and infinitives take their
//! stand from the verb they hang on.

use super::lexicon::{Bearing, LEXICON};
use tidings_language::{Deprel, Document, Upos, Xpos};

/// Where a clause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Simple past.
    Past,
    /// Present perfect: past, and of now.
    Perfect,
    /// Past perfect: before another past.
    Before,
    Present,
    /// Will, would, may, planned.
    Ahead,
    /// No verb tells.
    Unknown,
}

/// The stand of the clause that holds the token.
pub(crate) fn stand(doc: &Document, token: usize) -> Stand {
    let mut at = token;
    for _ in 0..24 {
        let Some(word) = doc.tokens.get(at) else { break };
        if let Some(stand) = own_stand(doc, at) {
            return stand;
        }
        if word.upos == Upos::Aux && matches!(word.deprel, Deprel::Root) {
            return match word.xpos {
                Xpos::Vbd => Stand::Past,
                Xpos::Md => Stand::Ahead,
                _ => Stand::Present,
            };
        }
        match doc.head(at) {
            Some(head) => at = head,
            None => break,
        }
    }
    Stand::Unknown
}

/// Whether the word is the head of a clause: a verb, or a predicate with a copula.
pub(crate) fn heads_clause(doc: &Document, token: usize) -> bool {
    doc.tokens.get(token).is_some_and(|word| match word.xpos {
        Xpos::Vb | Xpos::Vbd | Xpos::Vbp | Xpos::Vbz | Xpos::Vbn | Xpos::Vbg => {
            word.upos == Upos::Verb || word.upos == Upos::Aux && word.deprel == Deprel::Root
        }
        _ => doc.children_by(token, &[Deprel::Cop]).next().is_some(),
    })
}

/// The head of the clause that holds the token.
pub(super) fn head_of_clause(doc: &Document, token: usize) -> Option<usize> {
    let mut at = token;
    for _ in 0..24 {
        if heads_clause(doc, at) {
            return Some(at);
        }
        at = doc.head(at)?;
    }
    None
}

/// What the word with its auxiliaries says; `None` where it leaves that to the word above it.
pub(super) fn own_stand(doc: &Document, verb: usize) -> Option<Stand> {
    if !heads_clause(doc, verb) {
        return None;
    }
    let word = doc.tokens.get(verb)?;
    let (mut modal, mut had, mut have, mut past, mut present, mut to) =
        (false, false, false, false, false, false);
    let (mut copula, mut will) = (false, false);
    for child in doc.children(verb) {
        let Some(aux) = doc.tokens.get(child) else { continue };
        match aux.deprel {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                copula |= aux.deprel == Deprel::Cop;
                let perfect = aux.deprel == Deprel::Aux && doc.lemma(child) == "have";
                match aux.xpos {
                    Xpos::Md => {
                        modal = true;
                        will |= matches!(doc.lemma(child), "will" | "shall");
                    }
                    Xpos::Vbd if perfect => had = true,
                    Xpos::Vbp | Xpos::Vbz | Xpos::Vb if perfect => have = true,
                    Xpos::Vbd => past = true,
                    Xpos::Vbp | Xpos::Vbz => present = true,
                    _ => {}
                }
            }
            Deprel::Mark if aux.xpos == Xpos::To => to = true,
            _ => {}
        }
    }
    let planned = || LEXICON.bears(doc.lemma(verb), Bearing::Plan);
    Some(match () {
        // "may have fired" looks back, "will have left" does not.
        _ if modal && have && !will => Stand::Past,
        _ if modal => Stand::Ahead,
        _ if had => Stand::Before,
        _ if have => Stand::Perfect,
        _ if to => return infinitive(doc, verb),
        _ if past => Stand::Past,
        // "is scheduled for", "is due": the plan is now, what it tells of ahead.
        _ if present && (word.xpos == Xpos::Vbn || copula) && planned() => Stand::Ahead,
        _ if present => Stand::Present,
        _ => match word.xpos {
            Xpos::Vbd => Stand::Past,
            Xpos::Vbp | Xpos::Vbz => Stand::Present,
            // "shares bought on Friday", "a vote planned for Friday"
            Xpos::Vbn if word.deprel == Deprel::Acl && planned() => Stand::Ahead,
            Xpos::Vbn if word.deprel == Deprel::Acl => Stand::Past,
            _ => return None,
        },
    })
}

/// Whether the word is a participle without an auxiliary, which shares the time of what it hangs on.
pub(super) fn participle(doc: &Document, verb: usize) -> bool {
    doc.tokens.get(verb).is_some_and(|word| {
        let aux = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
        matches!(word.xpos, Xpos::Vbg | Xpos::Vbn) && doc.children_by(verb, &aux).next().is_none()
    })
}

/// An infinitive lies ahead of its governor, unless that tells of its outcome ("failed to reach").
fn infinitive(doc: &Document, verb: usize) -> Option<Stand> {
    match doc.head(verb) {
        Some(governor) if LEXICON.bears(doc.lemma(governor), Bearing::Phase) => None,
        _ => Some(Stand::Ahead),
    }
}

/// The preposition or conjunction that leads the phrase or clause headed by `token`.
pub(crate) fn lead<'d>(doc: &'d Document, token: usize) -> Option<&'d str> {
    doc.children_by(token, &[Deprel::Case, Deprel::Mark])
        .find(|&child| child < token)
        .map(|child| doc.form(child))
}

/// Whether what the predicate names went on for years: "oversaw years of talks", "decades of war".
pub(crate) fn over_years(doc: &Document, predicate: usize) -> bool {
    let years = |word: usize| matches!(doc.lemma(word), "year" | "decade" | "century");
    let many = |word: usize| years(word) && doc.tokens[word].xpos == Xpos::Nns;
    let of = |word: usize| doc.children_by(word, &[Deprel::Case]).any(|c| doc.lemma(c) == "of");
    let own = doc.tokens[predicate].deprel == Deprel::Nmod && of(predicate);
    own && doc.head(predicate).is_some_and(many)
        || doc
            .children_by(predicate, &[Deprel::Obj])
            .any(|object| many(object) && doc.children_by(object, &[Deprel::Nmod]).any(of))
}
