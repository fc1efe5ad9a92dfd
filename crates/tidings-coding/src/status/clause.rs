//! What stands beside a word in its own clause and bears on whether it happens: negation, modal
//! auxiliaries, adverbs, "alleged" and its like, conditions, questions and commands.

use super::View;
use tidings_language::{Deprel, Document, Upos, Xpos};
use tidings_world::{Class, CueKind, Cues};

/// What the clause says of the word it is read for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Here {
    pub negated: bool,
    /// Highest strength left by modals and adverbs.
    pub bound: f64,
    /// A value that replaces the polarity from above ("nearly", "foiled", "would have").
    pub value: Option<f64>,
    pub planned: bool,
    pub condition: Option<usize>,
    /// "Any strike would ...": none has been.
    pub any: bool,
}

impl Here {
    /// The view from above as this clause changes it.
    pub fn applied(&self, above: View) -> View {
        let mut view = above.bounded(self.bound);
        if let Some(value) = self.value {
            view = view.valued(if view.negative { -value } else { value });
        }
        if self.any && !above.negative {
            view = View { planned: true, ..view.bounded(CONDITIONAL) };
        }
        view.negative ^= self.negated;
        view.planned |= self.planned;
        view.condition = self.condition.or(view.condition);
        view
    }

    fn bound(&mut self, bound: f64) {
        self.bound = self.bound.min(bound);
    }
}

/// How sure a hypothesis is: what hangs on a condition is possible.
const CONDITIONAL: f64 = 1.0;
/// What "would have" says of a deed: it was not done.
pub(super) const UNDONE: f64 = -1.5;
/// How sure is what is arranged: "to be held on Friday", "Albania to withdraw".
const COMING: f64 = 1.8;

/// Reads the clause of `node`.
pub(super) fn read(doc: &Document, cues: &Cues, node: usize) -> Here {
    let mut here = Here {
        negated: false,
        bound: 3.0,
        value: None,
        planned: false,
        condition: None,
        any: false,
    };
    let (mut modal, mut perfect, mut subject, mut auxiliary, mut to, mut wh) =
        (None, false, false, false, false, false);
    let noun = matches!(doc.tokens[node].upos, Upos::Noun | Upos::Propn);
    for child in doc.children(node) {
        let token = &doc.tokens[child];
        let lemma = doc.lemma(child);
        wh |= matches!(token.xpos, Xpos::Wrb | Xpos::Wp | Xpos::Wdt | Xpos::WpS);
        match token.deprel {
            Deprel::Aux => {
                auxiliary = true;
                perfect |= lemma == "have";
                if token.xpos == Xpos::Md {
                    modal = Some(child);
                }
            }
            Deprel::AuxPass | Deprel::Cop => auxiliary = true,
            Deprel::Advmod | Deprel::CcPreconj | Deprel::Cc => {
                let only = doc.tokens.get(child + 1).is_some()
                    && matches!(doc.lemma(child + 1), "only" | "just" | "merely" | "simply");
                let longer = lemma != "no"
                    && doc.form(child).eq_ignore_ascii_case("longer")
                    && doc.children(child).any(|c| doc.lemma(c) == "no");
                if (cues.negates(lemma) && !only && !(token.deprel == Deprel::Cc && lemma == "or"))
                    || longer
                {
                    here.negated = !here.negated;
                } else if let Some(value) = cues.adverb(lemma) {
                    if value < 0.0 {
                        here.value = Some(value);
                    } else {
                        here.bound(value);
                    }
                }
            }
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Expl => {
                subject |= token.deprel != Deprel::Obj;
                wh |= doc.children(child).any(|c| doc.tokens[c].xpos == Xpos::Wdt);
                if void(doc, cues, child) {
                    here.negated = !here.negated;
                }
            }
            Deprel::Csubj | Deprel::CsubjPass => subject = true,
            Deprel::Det if noun && lemma == "any" => here.any = true,
            Deprel::Det if noun && cues.negates(lemma) => here.negated = true,
            Deprel::Mark | Deprel::Case => {
                to |= token.xpos == Xpos::To;
                if matches!(lemma, "without" | "instead" | "rather") {
                    here.negated = !here.negated;
                }
            }
            Deprel::Amod if noun => modified(doc, cues, child, &mut here),
            // "a summit to be held on Friday"
            Deprel::Acl if noun && to_be(doc, child) => {
                here.planned = true;
                here.bound(COMING);
            }
            Deprel::Advcl if conditional(doc, cues, child) => {
                here.condition = Some(child);
                if !announces(doc, cues, node) {
                    here.planned = true;
                    here.bound(CONDITIONAL);
                }
            }
            Deprel::Advcl => {
                // "..., as officials said"
                let cue = cues.signature(Class::Verb, lemma);
                let as_told = doc
                    .children_by(child, &[Deprel::Mark, Deprel::Advmod])
                    .any(|m| doc.lemma(m) == "as");
                if let (true, Some(cue)) = (as_told, cue) {
                    here.bound(cue.when_true.abs());
                }
            }
            Deprel::Parataxis if token.upos == Upos::Verb => {
                // "..., officials said"
                let told = doc.children_by(child, &[Deprel::Nsubj]).next().is_some();
                if let (true, Some(cue)) = (told, cues.signature(Class::Verb, lemma)) {
                    here.bound(cue.when_true.abs());
                }
            }
            Deprel::Obl | Deprel::Nmod => {
                let according = |c: usize| doc.form(c).eq_ignore_ascii_case("according");
                if doc.children_by(child, &[Deprel::Case]).any(according) {
                    here.bound(2.5);
                }
            }
            _ => {}
        }
    }
    if let Some(modal) = modal {
        modality(doc, cues, modal, perfect, &mut here);
    }
    mood(doc, node, Form { subject, auxiliary, to, wh }, &mut here);
    here
}

/// Whether the clause is a passive infinitive: "to be held".
fn to_be(doc: &Document, clause: usize) -> bool {
    let passive = doc.children_by(clause, &[Deprel::AuxPass]).next().is_some();
    passive && doc.children(clause).any(|c| doc.tokens[c].xpos == Xpos::To)
}

/// What was seen of the form of a clause.
struct Form {
    subject: bool,
    auxiliary: bool,
    to: bool,
    wh: bool,
}

/// "threatened to strike if ...", "said it would leave unless ...": the condition is on what is
/// announced, not on announcing it.
fn announces(doc: &Document, cues: &Cues, verb: usize) -> bool {
    let content = [Deprel::Ccomp, Deprel::Xcomp, Deprel::Obj];
    doc.tokens[verb].upos == Upos::Verb
        && cues.cue(Class::Verb, doc.lemma(verb)).is_some_and(|cue| cue.kind != CueKind::Hope)
        && doc.children_by(verb, &content).next().is_some()
}

fn modality(doc: &Document, cues: &Cues, modal: usize, perfect: bool, here: &mut Here) {
    let form = doc.form(modal).to_ascii_lowercase();
    let Some(bound) = cues.modal(&form) else { return };
    match form.as_str() {
        // "would have attacked": it did not.
        "would" | "could" | "should" | "ought" | "'d" if perfect => here.value = Some(UNDONE),
        // "may have attacked"
        _ if perfect => here.bound(1.2),
        _ => {
            here.planned = true;
            here.bound(bound);
        }
    }
}

/// Questions, commands and headlines.
fn mood(doc: &Document, node: usize, form: Form, here: &mut Here) {
    let token = &doc.tokens[node];
    let verb = token.upos == Upos::Verb;
    let command = verb
        && !(form.subject || form.auxiliary || form.to)
        && (token.xpos == Xpos::Vb || token.feats.has("Mood=Imp"));
    let alone = match token.deprel {
        Deprel::Root | Deprel::Parataxis => true,
        // "did not attack but retreat" shares the auxiliary.
        Deprel::Conj => doc.head(node).is_some_and(|first| {
            let clause = [Deprel::Aux, Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark];
            doc.children_by(first, &clause).next().is_none()
        }),
        _ => false,
    };
    if command && alone {
        here.planned = true;
        here.bound(0.3);
    }
    if token.deprel != Deprel::Root {
        return;
    }
    let sentence = &doc.sentences[doc.sentence_of(node)];
    let last = sentence
        .tokens
        .clone()
        .rev()
        .find(|&i| doc.tokens[i].upos != Upos::Punct || doc.form(i) == "?");
    let asked = last.is_some_and(|i| doc.form(i).ends_with('?'));
    if asked && !form.wh {
        here.bound(0.0);
    } else if verb && form.to && form.subject {
        // "Albania to withdraw observers"
        here.planned = true;
        here.bound(COMING);
    }
}

/// Whether the phrase names nobody: "no one", "neither side", "none of them".
fn void(doc: &Document, cues: &Cues, head: usize) -> bool {
    (matches!(doc.tokens[head].upos, Upos::Pron | Upos::Det | Upos::Noun)
        && cues.negates(doc.lemma(head)))
        || doc.children_by(head, &[Deprel::Det]).any(|d| cues.negates(doc.lemma(d)))
}

/// "alleged attack", "planned offensive", "foiled coup"
fn modified(doc: &Document, cues: &Cues, adjective: usize, here: &mut Here) {
    let lemma = doc.lemma(adjective);
    let form = doc.form(adjective).to_ascii_lowercase();
    let whole = whole(doc, adjective);
    // What failed was at least begun.
    if form == "failed" {
        return;
    }
    // "so-called" calls nobody: the whole word comes first.
    let joined = || cues.signature(Class::Adjective, &whole.to_ascii_lowercase());
    let signature = (whole.len() > form.len()).then(joined).flatten().or_else(|| {
        cues.signature(Class::Adjective, &form).or_else(|| match doc.tokens[adjective].upos {
            Upos::Verb => cues.signature(Class::Verb, lemma),
            _ => cues.signature(Class::Adjective, lemma),
        })
    });
    if let Some(signature) = signature {
        here.planned |= signature.planned;
        if signature.when_true < 0.0 {
            here.value = Some(signature.when_true);
        } else {
            here.bound(signature.when_true);
        }
    }
}

/// The word with what hyphens join before it: "so-called".
fn whole<'t>(doc: &Document<'t>, word: usize) -> &'t str {
    let glued = |at: usize| doc.tokens[at - 1].end == doc.tokens[at].start;
    let mut first = word;
    while first >= 2 && doc.form(first - 1) == "-" && glued(first) && glued(first - 1) {
        first -= 2;
    }
    let bytes = doc.tokens[first].start as usize..doc.tokens[word].end as usize;
    doc.text.get(bytes).unwrap_or_default()
}

/// Whether the clause is a condition: "if ...", "unless ...".
pub(super) fn conditional(doc: &Document, cues: &Cues, clause: usize) -> bool {
    let mut marks = doc.children_by(clause, &[Deprel::Mark, Deprel::Advmod]);
    marks.any(|m| cues.conditional(doc.lemma(m)))
        && !doc.children_by(clause, &[Deprel::Mark]).any(|m| doc.lemma(m) == "as")
        || inverted(doc, clause)
}

/// "Had they attacked, ...", "Should they attack, ...": a condition by its order alone.
fn inverted(doc: &Document, clause: usize) -> bool {
    let opens = |word: usize| {
        let form = doc.form(word);
        ["had", "should", "were"].iter().any(|opener| form.eq_ignore_ascii_case(opener))
    };
    let subject = doc.children_by(clause, &[Deprel::Nsubj, Deprel::NsubjPass]).next();
    let marked = doc.children_by(clause, &[Deprel::Mark]).next().is_some();
    let before = |word: usize| subject.is_some_and(|subject| word < subject);
    doc.tokens[clause].deprel == Deprel::Advcl
        && !marked
        && doc
            .children_by(clause, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop])
            .any(|w| opens(w) && before(w))
}

/// Whether the clause tells of what would have been: "war would have followed".
pub(super) fn counterfactual(doc: &Document, clause: usize) -> bool {
    let auxiliary = |form: &[&str]| {
        doc.children_by(clause, &[Deprel::Aux]).any(|aux| form.contains(&doc.lemma(aux)))
    };
    auxiliary(&["would", "could", "might"]) && auxiliary(&["have"])
}

/// Whether the clause stands in the past perfect.
pub(super) fn past_perfect(doc: &Document, clause: usize) -> bool {
    doc.children_by(clause, &[Deprel::Aux]).any(|aux| doc.form(aux).eq_ignore_ascii_case("had"))
}

/// Whether a clause without a date speaks of old times: a past perfect of its own (not one shifted
/// back under "said"), words such as "once" and "historically", or years of it.
pub(super) fn of_old(doc: &Document, node: usize) -> bool {
    let mut had = false;
    for child in doc.children(node) {
        match doc.tokens[child].deprel {
            Deprel::Aux => had |= doc.form(child).eq_ignore_ascii_case("had"),
            Deprel::Advmod
                if matches!(doc.lemma(child), "once" | "historically" | "formerly" | "long") =>
            {
                return true;
            }
            _ => {}
        }
    }
    // "They used to attack it every spring."
    let used = matches!(doc.tokens[node].deprel, Deprel::Xcomp | Deprel::Advcl)
        && doc
            .head(node)
            .is_some_and(|up| doc.form(up) == "used" && doc.tokens[up].xpos == Xpos::Vbd);
    used || had && !matches!(doc.tokens[node].deprel, Deprel::Ccomp | Deprel::Conj)
        || crate::times::over_years(doc, node)
}
