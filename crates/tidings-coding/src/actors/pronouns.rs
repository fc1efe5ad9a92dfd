//! Pronouns and whom they stand for.
//!
//! They follow the usual salience order (Lappin & Leass 1994, much reduced): agreement in number,
//! gender and animacy, then nearness in sentences, subjects before others.

use super::coreference::Joining;
use super::page::Page;
use super::persons::is_speech;
use super::{Draft, Mention, Sort};
use tidings_language::{Deprel, Upos};

/// How many sentences back a pronoun of the third person may reach.
pub(super) const REACH: usize = 3;

/// Gender, number and person of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pronoun {
    He,
    She,
    It,
    They,
    /// "I" and "we": the speaker of a quotation.
    Speaker,
}

fn pronoun(form: &str) -> Option<Pronoun> {
    let is = |list: &[&str]| list.iter().any(|p| p.eq_ignore_ascii_case(form));
    if form.len() > 10 {
        None
    } else if is(&["he", "him", "his", "himself"]) {
        Some(Pronoun::He)
    } else if is(&["she", "her", "hers", "herself"]) {
        Some(Pronoun::She)
    } else if is(&["it", "its", "itself"]) {
        Some(Pronoun::It)
    } else if is(&["they", "them", "their", "theirs", "themselves"]) {
        Some(Pronoun::They)
    } else if is(&["i", "me", "my", "we", "us", "our"]) {
        Some(Pronoun::Speaker)
    } else {
        None
    }
}

/// The personal pronouns that may stand for an actor.
pub(super) fn find(page: &Page) -> Vec<Draft> {
    let doc = page.doc;
    let refers = |i: usize| {
        let t = &doc.tokens[i];
        let Some(kind) = (t.upos == Upos::Pron).then(|| pronoun(doc.form(i))).flatten() else {
            return false;
        };
        // "Serbia itself": the noun has said it. "It is likely that": nobody.
        let emphatic = doc.form(i).ends_with("sel") || doc.form(i).ends_with("self");
        let up = doc.head(i).map(|up| doc.tokens[up].upos);
        let empty = kind == Pronoun::It && is_empty(page, i);
        t.deprel != Deprel::Expl
            && !empty
            && !(emphatic && matches!(up, Some(Upos::Noun | Upos::Propn | Upos::Pron)))
    };
    (0..doc.tokens.len())
        .filter(|&i| refers(i))
        .map(|i| Draft::new(i..i + 1, i, Sort::Pronoun))
        .collect()
}

/// "It is likely that", "it emerged that", "it is understood", "made it clear": nobody.
fn is_empty(page: &Page, it: usize) -> bool {
    let doc = page.doc;
    let Some(up) = doc.head(it) else { return false };
    let clause = || {
        let clauses = [Deprel::Ccomp, Deprel::Csubj, Deprel::CsubjPass, Deprel::Advcl];
        doc.children_by(up, &clauses).any(|i| i > up)
    };
    match doc.tokens[it].deprel {
        Deprel::Nsubj if doc.tokens[up].upos == Upos::Adj => true,
        Deprel::NsubjPass => {
            let thought = matches!(
                doc.lemma(up),
                "understand"
                    | "believe"
                    | "think"
                    | "report"
                    | "expect"
                    | "fear"
                    | "hope"
                    | "know"
                    | "say"
                    | "claim"
                    | "allege"
                    | "assume"
                    | "suppose"
                    | "rumour"
            );
            thought && (clause() || doc.form(it).starts_with('I'))
        }
        Deprel::Nsubj => {
            matches!(
                doc.lemma(up),
                "emerge"
                    | "seem"
                    | "appear"
                    | "turn"
                    | "happen"
                    | "transpire"
                    | "come"
                    | "take"
                    | "remain"
                    | "matter"
                    | "follow"
            ) && clause()
        }
        Deprel::Obj => {
            matches!(doc.lemma(up), "make" | "find" | "consider" | "deem")
                && doc
                    .children_by(up, &[Deprel::Xcomp])
                    .any(|i| doc.tokens[i].upos == Upos::Adj && i > it)
        }
        _ => false,
    }
}

impl Joining<'_> {
    /// Whom the pronoun means: one, or those named together.
    pub(super) fn antecedents(&mut self, draft: &Draft) -> Vec<usize> {
        let doc = self.page.doc;
        let word = draft.head;
        let kind = pronoun(doc.form(word)).filter(|&kind| kind != Pronoun::Speaker);
        let Some(kind) = kind else { return Vec::new() };
        let sentence = doc.sentence_of(word);
        let possessive = doc.tokens[word].deprel == Deprel::NmodPoss;
        let reflexive = doc.form(word).contains("sel");
        if let Some(id) = self.ahead(word, kind) {
            return vec![id];
        }
        let mut best: Option<(usize, usize)> = None;
        for mention in self.said.iter().rev() {
            let back = sentence - doc.sentence_of(mention.head);
            if back > REACH {
                break;
            }
            let known = &self.known[mention.actor];
            let agrees = match kind {
                Pronoun::He => known.single && known.male != Some(false),
                Pronoun::She => known.single && known.male != Some(true),
                Pronoun::It => !known.single && !known.plural && back < 2,
                Pronoun::They => known.plural && !known.single && back < REACH,
                Pronoun::Speaker => false,
            };
            let clause = |i: usize| doc.head(i);
            let bound = !possessive
                && !reflexive
                && back == 0
                && clause(mention.head).is_some()
                && clause(mention.head) == clause(word);
            if !agrees || bound || mention.tokens.contains(&word) {
                continue;
            }
            let relation = doc.tokens[mention.head].deprel;
            // What the sentence is about comes before what its clauses are about.
            let main = || doc.head(mention.head).is_some_and(|verb| doc.head(verb).is_none());
            let rank = match relation {
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter if main() => 0,
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => 1,
                Deprel::Amod | Deprel::Compound | Deprel::NmodDesc => 10,
                Deprel::NmodPoss | Deprel::Nmod => 4,
                _ => 2,
            };
            let cost = back * 6 + rank;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, mention.actor));
            }
        }
        // "Arden and Brona signed; they": both.
        if kind == Pronoun::They
            && let Some((back, all)) = self.together(word, true, |_| true)
            && best.is_none_or(|(cost, _)| back * 6 <= cost)
        {
            return all;
        }
        let Some((_, id)) = best else { return Vec::new() };
        match kind {
            Pronoun::He => self.known[id].male = Some(true),
            Pronoun::She => self.known[id].male = Some(false),
            _ => {}
        }
        vec![id]
    }

    /// "While he refused, Mr. Rojas ...": the subject of a clause before the main one is its subject.
    fn ahead(&self, word: usize, kind: Pronoun) -> Option<usize> {
        let doc = self.page.doc;
        let clause = doc.head(word).filter(|_| doc.tokens[word].deprel == Deprel::Nsubj)?;
        let main = doc.head(clause).filter(|&main| main > clause)?;
        if doc.tokens[clause].deprel != Deprel::Advcl {
            return None;
        }
        let subject = doc.children_by(main, &[Deprel::Nsubj, Deprel::NsubjPass]).next()?;
        let id = *self.heads.get(&subject).filter(|_| subject > word)?;
        let known = &self.known[id];
        let agrees = match kind {
            Pronoun::He => known.male != Some(false),
            Pronoun::She => known.male != Some(true),
            _ => false,
        };
        (known.single && agrees).then_some(id)
    }

    /// "We" and "I" inside what somebody says are the one who says it.
    pub(super) fn speaker(&mut self, draft: &Draft) {
        let doc = self.page.doc;
        if pronoun(doc.form(draft.head)) != Some(Pronoun::Speaker) {
            return;
        }
        let mut at = draft.head;
        while let Some(up) = doc.head(at) {
            let content =
                matches!(doc.tokens[at].deprel, Deprel::Ccomp | Deprel::Parataxis | Deprel::Dep);
            let verbs = std::iter::once(up).chain(doc.children_by(at, &[Deprel::Parataxis]));
            for verb in verbs.filter(|&v| is_speech(doc.lemma(v)) && (content || v != up)) {
                let speaker = doc.children_by(verb, &[Deprel::Nsubj]).next();
                let named = self.said.iter().find(|m| Some(m.head) == speaker).map(|m| m.actor);
                if let Some(actor) = named {
                    self.said.push(Mention {
                        tokens: draft.tokens.clone(),
                        head: draft.head,
                        actor,
                    });
                    return;
                }
            }
            at = up;
        }
        // The verb of speech may hang on the root of the quotation: "We are trapped, said X".
        for verb in doc.children_by(at, &[Deprel::Parataxis]).filter(|&v| is_speech(doc.lemma(v))) {
            let speaker = doc.children_by(verb, &[Deprel::Nsubj]).next();
            let named = self.said.iter().find(|m| Some(m.head) == speaker).map(|m| m.actor);
            if let Some(actor) = named {
                self.said.push(Mention { tokens: draft.tokens.clone(), head: draft.head, actor });
                return;
            }
        }
    }
}
