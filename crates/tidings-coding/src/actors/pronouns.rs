//! Pronouns and whom they stand for.
//!
//! They follow the usual salience order (Lappin & Leass 1994, much reduced): agreement in number,
//! gender and animacy, then nearness in sentences, subjects before others.

use super::coreference::{Joining, Known};
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
    /// "You": whom the speaker of a quotation speaks to.
    Addressee,
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
    } else if is(&["you", "your"]) {
        Some(Pronoun::Addressee)
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
        // "It will be a joint operation": what is meant is a deed, not who does it.
        Deprel::Nsubj if doc.tokens[up].upos == Upos::Noun => {
            page.agent_at(up).is_none() && doc.children_by(up, &[Deprel::Cop]).next().is_some()
        }
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

impl Known {
    /// Whether the pronoun has the number and the gender of the actor.
    fn agrees(&self, kind: Pronoun) -> bool {
        match kind {
            Pronoun::He => self.single && self.male != Some(false),
            Pronoun::She => self.single && self.male != Some(true),
            Pronoun::It => !self.single && !self.plural,
            Pronoun::They => (self.plural || self.several) && !self.single,
            Pronoun::Speaker | Pronoun::Addressee => false,
        }
    }
}

impl Joining<'_> {
    /// Whom the pronoun means: one, or those named together.
    pub(super) fn antecedents(&mut self, draft: &Draft) -> Vec<usize> {
        let doc = self.page.doc;
        let word = draft.head;
        let third = |kind: &Pronoun| !matches!(kind, Pronoun::Speaker | Pronoun::Addressee);
        let Some(kind) = pronoun(doc.form(word)).filter(third) else { return Vec::new() };
        let sentence = doc.sentence_of(word);
        let possessive = doc.tokens[word].deprel == Deprel::NmodPoss;
        let reflexive = doc.form(word).contains("sel");
        let near = self.beside(word, kind).or_else(|| self.described(word, kind));
        let near = near.or_else(|| self.ahead(word, kind));
        if let Some(id) = near.or_else(|| self.of_condition(word, kind)) {
            return vec![id];
        }
        let own = if possessive || reflexive { Vec::new() } else { self.subjects(word) };
        // "Others see a threat in the rebels, whom they accuse": others, whoever they are.
        let unknown = kind == Pronoun::They && self.is_of_unnamed(word);
        let mut best: Option<(usize, usize)> = None;
        for mention in self.said.iter().rev() {
            let back = sentence - doc.sentence_of(mention.head);
            if back > REACH {
                break;
            }
            let known = &self.known[mention.actor];
            let reach = match kind {
                Pronoun::It => 2,
                Pronoun::They if unknown => 0,
                Pronoun::They if !known.plural => 2,
                Pronoun::They => REACH,
                _ => REACH + 1,
            };
            let agrees = known.agrees(kind) && back < reach;
            let clause = |i: usize| doc.head(i);
            let bound = !possessive
                && !reflexive
                && back == 0
                && clause(mention.head).is_some()
                && clause(mention.head) == clause(word);
            if !agrees || bound || own.contains(&mention.actor) || mention.tokens.contains(&word) {
                continue;
            }
            // "They" are many before they are one force.
            let one = usize::from(kind == Pronoun::They && !known.plural);
            let cost = back * 6 + self.rank(mention.head, back) + one;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, mention.actor));
            }
        }
        // "Arden and Brona signed; they": both.
        if kind == Pronoun::They
            && !unknown
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

    /// How far a naming is from being what its sentence is about.
    pub(super) fn rank(&self, head: usize, back: usize) -> usize {
        let doc = self.page.doc;
        let verb = doc.head(head);
        let relation = doc.tokens[head].deprel;
        if !matches!(relation, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter) {
            // "the force, which fought the rebels": the rebels are only spoken of.
            let aside = || {
                let mut at = head;
                std::iter::from_fn(|| doc.head(at).inspect(|&up| at = up))
                    .any(|up| matches!(doc.tokens[up].deprel, Deprel::AclRelcl | Deprel::Acl))
            };
            return match relation {
                Deprel::Amod | Deprel::Compound | Deprel::NmodDesc => 10,
                Deprel::NmodPoss | Deprel::Nmod => 4,
                _ if back > 0 && aside() => 4,
                _ => 2,
            };
        }
        let main = verb.is_some_and(|verb| doc.head(verb).is_none());
        // "Arden will pay, said its minister": what is said comes before who says so.
        let told_first = |verb: usize| {
            is_speech(doc.lemma(verb))
                && doc
                    .children_by(verb, &[Deprel::Ccomp, Deprel::Parataxis])
                    .any(|said| said < verb)
        };
        match (main, verb) {
            (true, Some(verb)) => usize::from(told_first(verb)),
            (false, Some(verb)) => {
                let content = doc.tokens[verb].deprel == Deprel::Ccomp
                    && doc.head(verb).is_some_and(|up| up > verb && doc.head(up).is_none());
                usize::from(!content)
            }
            _ => 1,
        }
    }

    /// The actors of the subject of the verb that a pronoun hangs on: it is not one of them.
    fn subjects(&self, word: usize) -> Vec<usize> {
        let doc = self.page.doc;
        let Some(mut verb) = doc.head(word) else { return Vec::new() };
        let subject = loop {
            let own = doc.children_by(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).next();
            match (own, doc.head(verb)) {
                (Some(subject), _) => break subject,
                (None, Some(up))
                    if matches!(doc.tokens[verb].deprel, Deprel::Conj | Deprel::Xcomp) =>
                {
                    verb = up;
                }
                _ => return Vec::new(),
            }
        };
        let last = self.said.iter().rev().take_while(|m| m.head >= subject);
        last.filter(|m| m.head == subject && subject != word).map(|m| m.actor).collect()
    }

    /// Whether the sentence of the pronoun is about some whom nothing names.
    fn is_of_unnamed(&self, word: usize) -> bool {
        let doc = self.page.doc;
        let mut top = word;
        while let Some(up) = doc.head(top) {
            top = up;
        }
        doc.children_by(top, &[Deprel::Nsubj]).next().is_some_and(|subject| {
            subject < word
                && matches!(doc.lemma(subject), "other" | "some" | "many" | "most" | "few")
        })
    }

    /// "Rojas and his minister", "Peru's invasion of Chile and its retreat": what stands before the
    /// "and" has the same owner or is it.
    fn beside(&self, word: usize, kind: Pronoun) -> Option<usize> {
        let doc = self.page.doc;
        let noun = doc.head(word).filter(|_| doc.tokens[word].deprel == Deprel::NmodPoss)?;
        let first = doc.head(noun).filter(|_| doc.tokens[noun].deprel == Deprel::Conj)?;
        let before = doc.children_by(first, &[Deprel::Conj]).filter(|&i| i < noun).last();
        let owner = doc.children_by(first, &[Deprel::NmodPoss]).next();
        let mentioned = |at: usize| {
            let mut said = self.said.iter().rev().take_while(|m| m.head >= at);
            said.find(|m| m.head == at).map(|m| m.actor)
        };
        [before, Some(first), owner]
            .into_iter()
            .flatten()
            .filter_map(mentioned)
            .find(|&id| self.known[id].agrees(kind))
    }

    /// "a ruler who starves his people": his who is described.
    fn described(&self, word: usize, kind: Pronoun) -> Option<usize> {
        let doc = self.page.doc;
        let verb =
            doc.head(doc.head(word).filter(|_| doc.tokens[word].deprel == Deprel::NmodPoss)?)?;
        let verb = match doc.tokens[verb].deprel {
            Deprel::Conj => doc.head(verb)?,
            _ => verb,
        };
        let noun = doc.head(verb).filter(|_| doc.tokens[verb].deprel == Deprel::AclRelcl)?;
        let subject = doc.children_by(verb, &[Deprel::Nsubj]).next()?;
        let mention = self.said.iter().rev().find(|m| m.head == noun)?;
        (doc.tokens[subject].feats.has("PronType=Rel") && self.known[mention.actor].agrees(kind))
            .then_some(mention.actor)
    }

    /// "While he refused, Mr. Rojas ...", "In its note, Peru ...": what stands before the subject of the
    /// main clause speaks of it.
    fn ahead(&self, word: usize, kind: Pronoun) -> Option<usize> {
        let doc = self.page.doc;
        if !matches!(doc.tokens[word].deprel, Deprel::Nsubj | Deprel::NmodPoss) {
            return None;
        }
        let mut at = word;
        let main = loop {
            let up = doc.head(at)?;
            let fronted = matches!(doc.tokens[at].deprel, Deprel::Advcl | Deprel::Obl);
            if fronted && up > at && at != word {
                break up;
            }
            at = up;
        };
        let subject = doc.children_by(main, &[Deprel::Nsubj, Deprel::NsubjPass]).next()?;
        let id = *self.heads.get(&subject).filter(|_| subject > word)?;
        // "After Rojas defended his plan, Peralta resigned": whoever is named before is nearer.
        let sentence = doc.sentences.get(doc.sentence_of(word))?.tokens.start;
        let before = self.said.iter().rev().take_while(|m| m.head >= sentence);
        if before.filter(|m| m.actor != id).any(|m| self.known[m.actor].agrees(kind)) {
            return None;
        }
        self.known[id].agrees(kind).then_some(id)
    }

    /// "will strike Peru unless it yields": it is who can meet the condition.
    fn of_condition(&self, word: usize, kind: Pronoun) -> Option<usize> {
        let doc = self.page.doc;
        let clause = doc.head(word).filter(|_| doc.tokens[word].deprel == Deprel::Nsubj)?;
        let main = doc.head(clause).filter(|_| doc.tokens[clause].deprel == Deprel::Advcl)?;
        let conditional = doc
            .children_by(clause, &[Deprel::Mark])
            .any(|mark| matches!(doc.lemma(mark), "unless" | "until"));
        let object = doc.children_by(main, &[Deprel::Obj, Deprel::Obl]).find(|&i| i < word)?;
        let mention = self.said.iter().rev().find(|m| m.head == object)?;
        (conditional && self.known[mention.actor].agrees(kind)).then_some(mention.actor)
    }

    /// "We" and "I" inside what somebody says are the one who says it, "you" whom it is said to.
    pub(super) fn speaker(&mut self, draft: &Draft) {
        let doc = self.page.doc;
        let heard = match pronoun(doc.form(draft.head)) {
            Some(Pronoun::Speaker) => false,
            Some(Pronoun::Addressee) => true,
            _ => return,
        };
        let party = |verb: usize| match heard {
            false => doc.children_by(verb, &[Deprel::Nsubj]).next(),
            true if doc.lemma(verb) == "tell" => {
                doc.children_by(verb, &[Deprel::Obj, Deprel::Iobj]).next()
            }
            true => None,
        };
        let mut at = draft.head;
        while let Some(up) = doc.head(at) {
            let content =
                matches!(doc.tokens[at].deprel, Deprel::Ccomp | Deprel::Parataxis | Deprel::Dep);
            let verbs = std::iter::once(up).chain(doc.children_by(at, &[Deprel::Parataxis]));
            for verb in verbs.filter(|&v| is_speech(doc.lemma(v)) && (content || v != up)) {
                let named = party(verb)
                    .and_then(|i| self.said.iter().find(|m| m.head == i))
                    .map(|m| m.actor);
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
            let named =
                party(verb).and_then(|i| self.said.iter().find(|m| m.head == i)).map(|m| m.actor);
            if let Some(actor) = named {
                self.said.push(Mention { tokens: draft.tokens.clone(), head: draft.head, actor });
                return;
            }
        }
    }
}
