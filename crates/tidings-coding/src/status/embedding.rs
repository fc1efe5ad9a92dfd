//! What a word does to the one below it: "failed to attack", "a threat of attack", "attack is
//! likely", "to protect", coordination. Signatures after Karttunen (2012), in `lexicon/status`.

use super::View;
use super::clause::{self, Here};
use crate::loose;
use tidings_language::{Deprel, Document, Upos, Xpos};
use tidings_world::{Class, Cues, Signature};

/// What an infinitive of purpose says of its event: it is meant to come.
const PURPOSE: f64 = 0.6;

/// What "before", "for" and "about" with a gerund say: it is thought of.
const CONCEIVED: f64 = 1.0;

/// What is named as known below something less sure than this is only recalled.
const RECALLED: f64 = 2.0;

/// Prepositions that complete a word rather than place or date it.
const COMPLETING: [&str; 9] =
    ["of", "for", "from", "against", "about", "over", "to", "into", "with"];

/// The view of `child` from `node`, its head: `above` is the view of `node` without its own
/// clause (`here`), `view` with it.
pub(super) fn passed(
    doc: &Document,
    cues: &Cues,
    node: usize,
    child: usize,
    above: View,
    view: View,
    here: &Here,
) -> View {
    use Deprel as D;
    let settled = recalled(view);
    let relation = doc.tokens[child].deprel;
    // "There are fears that ...", where the clause was hung on the verb.
    if matches!(relation, D::Advcl | D::Ccomp)
        && doc.children_by(node, &[D::Expl]).next().is_some()
        && doc.children_by(child, &[D::Mark]).any(|m| doc.lemma(m) == "that")
        && let Some(noun) = doc.children_by(node, &[D::Nsubj, D::Obj]).next()
        && let Some(signature) = governing(doc, cues, noun)
    {
        return governed(signature, view);
    }
    match relation {
        D::Conj => coordinated(doc, node, child, above, here),
        D::Advcl | D::AdvclRelcl => adverbial(doc, cues, node, child, view),
        D::Ccomp | D::Csubj | D::CsubjPass | D::Xcomp => {
            let open = doc
                .children_by(child, &[D::Mark])
                .any(|m| matches!(doc.lemma(m), "whether" | "if"));
            let infinitive = infinitive(doc, child);
            let own = if infinitive {
                of_infinitive(doc, cues, node)
            } else if relation == D::Ccomp {
                of_clause(doc, cues, node)
            } else {
                None
            };
            let governing = own.or_else(|| governing(doc, cues, node));
            // "how to leave", "tough to leave"
            let only_thought = infinitive
                && (questioned(doc, child)
                    || doc.tokens[node].upos == Upos::Adj && governing.is_none());
            match governing {
                _ if only_thought => View { planned: true, ..view.bounded(PURPOSE) },
                Some(signature) if !open => governed(signature, view),
                _ if open => view.bounded(0.0),
                _ if view.negative && doc.tokens[child].deprel == D::Ccomp => view.bounded(0.5),
                _ => view,
            }
        }
        D::Acl if loose::host(doc, cues, child).is_some() => View { negative: false, ..view },
        D::Acl => {
            let infinitive = infinitive(doc, child);
            let finite = doc.children_by(child, &[D::Mark]).next().is_some();
            match governing(doc, cues, node) {
                // "evidence to prosecute them" is for something that is still to come.
                Some(signature)
                    if finite && !infinitive || infinitive && !tells(doc, node, signature) =>
                {
                    governed(signature, view)
                }
                _ if infinitive => View { planned: true, ..view.bounded(PURPOSE) },
                _ => unspecific(doc, node, view, settled),
            }
        }
        D::AclRelcl if in_the_past(doc, child) => settled,
        D::AclRelcl => unspecific(doc, node, view, settled),
        D::Obj | D::NsubjPass | D::Iobj => argument(doc, cues, node, child, view, true),
        D::Obl | D::OblAgent | D::Nmod => {
            let completing =
                doc.children_by(child, &[D::Case]).any(|c| COMPLETING.contains(&doc.lemma(c)));
            argument(doc, cues, node, child, view, completing)
        }
        D::Nsubj | D::NsubjOuter => {
            let about = match doc.tokens[node].upos {
                Upos::Verb | Upos::Aux => cues.of_subject(&verb(doc, node)),
                Upos::Adj => true,
                _ => false,
            };
            argument(doc, cues, node, child, view, about)
        }
        // "an attack plan"
        D::Compound => match cues.signature(Class::Noun, doc.lemma(node)) {
            Some(signature) if !signature.settled => governed(signature, view),
            _ => view,
        },
        D::Fixed | D::Flat | D::Goeswith | D::CompoundPrt | D::Cop | D::Aux => view,
        _ => settled,
    }
}

/// A word as the lexicon names it: with its particle, or with "place" of "take place".
fn verb(doc: &Document, node: usize) -> String {
    let lemma = doc.lemma(node);
    if let Some(particle) = doc.children_by(node, &[Deprel::CompoundPrt]).next() {
        return format!("{lemma}_{}", doc.lemma(particle));
    }
    if lemma == "take" {
        for object in doc.children_by(node, &[Deprel::Obj]) {
            if matches!(doc.lemma(object), "place" | "part") {
                return format!("take_{}", doc.lemma(object));
            }
        }
    }
    lemma.to_string()
}

fn governing(doc: &Document, cues: &Cues, node: usize) -> Option<Signature> {
    match doc.tokens[node].upos {
        Upos::Verb | Upos::Aux => {
            let verb = verb(doc, node);
            let passive = doc.children_by(node, &[Deprel::AuxPass]).next().is_some();
            // "was supposed to", "is set to", "are prepared to" are entered as adjectives.
            let form = doc.form(node).to_ascii_lowercase();
            passive
                .then(|| cues.signature(Class::Adjective, &form))
                .flatten()
                .or_else(|| cues.signature(Class::Verb, &verb))
                .or_else(|| cues.signature(Class::Verb, doc.lemma(node)))
        }
        Upos::Noun | Upos::Propn => cues.signature(Class::Noun, doc.lemma(node)),
        Upos::Adj => cues.signature(Class::Adjective, doc.lemma(node)),
        _ => None,
    }
}

/// Words that mean something else before an infinitive are entered as `have_to`, `tell_to`.
fn of_infinitive(doc: &Document, cues: &Cues, node: usize) -> Option<Signature> {
    let verb = doc.tokens[node].upos == Upos::Verb;
    verb.then(|| cues.signature(Class::Verb, &format!("{}_to", doc.lemma(node)))).flatten()
}

/// And those that mean something else before a clause as `forget_that`.
fn of_clause(doc: &Document, cues: &Cues, node: usize) -> Option<Signature> {
    let verb = doc.tokens[node].upos == Upos::Verb;
    verb.then(|| cues.signature(Class::Verb, &format!("{}_that", doc.lemma(node)))).flatten()
}

fn questioned(doc: &Document, clause: usize) -> bool {
    doc.children(clause).any(|c| matches!(doc.tokens[c].xpos, Xpos::Wrb | Xpos::Wp | Xpos::Wdt))
}

fn governed(signature: Signature, view: View) -> View {
    let value = if view.negative { signature.when_false } else { signature.when_true };
    if signature.settled {
        return View { planned: signature.planned, ..View::TOLD.valued(value) };
    }
    let view = view.valued(value);
    View { planned: view.planned || signature.planned, ..view }
}

/// A noun that completes a verb, noun or adjective.
fn argument(
    doc: &Document,
    cues: &Cues,
    node: usize,
    child: usize,
    view: View,
    complement: bool,
) -> View {
    let definite = definite(doc, child);
    match governing(doc, cues, node).filter(|_| complement) {
        // What is prevented, planned or feared is so however it is named; what is merely acted
        // upon is there already when it is named as known.
        Some(signature) => governed(signature, view),
        None if definite => recalled(view),
        None => View { negative: false, ..view },
    }
}

/// What is there whatever becomes of the clause that names it.
fn recalled(view: View) -> View {
    let unreal = view.strength < RECALLED || view.planned || view.recalled;
    View { recalled: unreal, ..View::TOLD }
}

fn definite(doc: &Document, noun: usize) -> bool {
    doc.children(noun).any(|c| match doc.tokens[c].deprel {
        Deprel::Det => {
            matches!(doc.lemma(c), "the" | "this" | "that" | "these" | "those" | "both")
        }
        Deprel::NmodPoss => true,
        _ => false,
    })
}

/// The relative clause of something not yet real ("a strike that would hit") is no surer than it.
fn unspecific(doc: &Document, noun: usize, view: View, settled: View) -> View {
    let real = definite(doc, noun) || doc.tokens[noun].upos == Upos::Propn;
    if real { settled } else { View { negative: false, ..view } }
}

/// "the crew who were arrested": it has been, whatever becomes of the crew.
fn in_the_past(doc: &Document, clause: usize) -> bool {
    let auxiliary = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
    let tensed = |t: usize| match doc.tokens[t].xpos {
        Xpos::Vbd => true,
        Xpos::Vbz | Xpos::Vbp => doc.lemma(t) == "have" && doc.tokens[t].deprel == Deprel::Aux,
        _ => false,
    };
    let modal = |t: usize| doc.tokens[t].xpos == Xpos::Md;
    (tensed(clause) || doc.children_by(clause, &auxiliary).any(tensed))
        && !doc.children_by(clause, &auxiliary).any(modal)
}

/// Whether the noun speaks of what is known ("evidence", "news", "knowledge").
fn tells(doc: &Document, node: usize, signature: Signature) -> bool {
    matches!(doc.tokens[node].upos, Upos::Noun)
        && !signature.planned
        && signature.when_true >= RECALLED
}

fn infinitive(doc: &Document, clause: usize) -> bool {
    doc.children(clause).any(|c| doc.tokens[c].xpos == Xpos::To)
}

/// "will attack and destroy" shares the modal; "did not attack but withdrew" not the negation.
fn coordinated(doc: &Document, node: usize, child: usize, above: View, here: &Here) -> View {
    let (mut own, mut but) = (false, false);
    for c in doc.children(child) {
        match doc.tokens[c].deprel {
            Deprel::Aux | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Mark => own = true,
            Deprel::Cc => but |= matches!(doc.lemma(c), "but" | "yet"),
            _ => {}
        }
    }
    let like = doc.tokens[node].xpos == doc.tokens[child].xpos
        || doc.tokens[node].upos != Upos::Verb && doc.tokens[child].upos != Upos::Verb;
    if own || !like {
        // The condition of the first clause holds for the second of the same sentence.
        return View { condition: here.condition.or(above.condition), ..above };
    }
    Here { negated: here.negated && !but, ..*here }.applied(above)
}

fn adverbial(doc: &Document, cues: &Cues, node: usize, child: usize, view: View) -> View {
    if clause::conditional(doc, cues, child) {
        // "If they had attacked, war would have followed": they did not.
        if clause::counterfactual(doc, node) && clause::past_perfect(doc, child) {
            return View::TOLD.valued(clause::UNDONE);
        }
        return View { strength: 0.0, planned: true, ..View::TOLD };
    }
    let (mut marked, mut finite, mut completing, mut ahead) = (false, false, false, false);
    for c in doc.children(child) {
        match doc.tokens[c].deprel {
            Deprel::Mark => {
                marked = true;
                completing |= matches!(
                    doc.lemma(c),
                    "of" | "from"
                        | "for"
                        | "against"
                        | "into"
                        | "about"
                        | "to"
                        | "toward"
                        | "towards"
                );
                ahead |=
                    matches!(doc.lemma(c), "before" | "until" | "till" | "for" | "about" | "to");
            }
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::Cop => finite = true,
            _ => {}
        }
    }
    let infinitive = infinitive(doc, child);
    if (infinitive || completing)
        && !finite
        && let Some(signature) = (infinitive.then(|| of_infinitive(doc, cues, node)).flatten())
            .or_else(|| governing(doc, cues, node))
        && (completing || signature.planned)
    {
        // "called on them to leave", "accused them of lying", "kept them from leaving"
        return governed(signature, view);
    }
    if infinitive {
        return View { planned: true, negative: false, ..view.bounded(PURPOSE) };
    }
    if ahead && !finite {
        // "before leaving", "ideas for leaving"
        return View { planned: true, negative: false, ..view.bounded(CONCEIVED) };
    }
    if marked || finite {
        // "when the measures begin" is as far ahead as what it dates.
        let present = matches!(doc.tokens[child].xpos, Xpos::Vbp | Xpos::Vbz | Xpos::Vb);
        if view.planned && present {
            return View { negative: false, ..view.bounded(1.5) };
        }
        return View::TOLD;
    }
    View { negative: false, ..view }
}
