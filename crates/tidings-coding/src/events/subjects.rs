//! Who acts in a clause where the subject is not written beside its verb: shared and relative subjects,
//! control ("told the rebels to leave"), and the owners of what nouns name ("the king's plan to leave").

use super::tree::Tree;
use crate::loose;
use tidings_language::{Deprel, Upos, Xpos};
use tidings_world::events::Kind;
use tidings_world::{Class, CueKind};

impl Tree<'_> {
    /// The subject as it stands in the clause or is understood there.
    pub fn surface_subject(&self, verb: usize) -> Option<usize> {
        self.understood(verb, 0)
    }

    fn understood(&self, verb: usize, depth: usize) -> Option<usize> {
        const SUBJECTS: [Deprel; 3] = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];
        let relation = self.relation(verb);
        let head = self.doc.head(verb);
        if let Some(subject) = self.child(verb, &SUBJECTS) {
            let relative = matches!(self.doc.tokens[subject].xpos, Xpos::Wp | Xpos::Wdt)
                || (relation == Deprel::AclRelcl && self.lemma_in(subject, &["that"]));
            return if relative && relation == Deprel::AclRelcl { head } else { Some(subject) };
        }
        let head = head?;
        if depth > 6 {
            return None;
        }
        if let Some(host) = self.host(verb) {
            if self.passive(host) && self.in_class(verb, "harm") {
                return self.clause(host).subject;
            }
            return self.understood(host, depth + 1);
        }
        if let Some(controller) = self.controller(verb, head) {
            return Some(controller);
        }
        match relation {
            Deprel::Conj | Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis => {
                if relation == Deprel::Conj && self.upos(verb) != self.upos(head) {
                    let nominal = matches!(self.upos(head), Upos::Noun | Upos::Propn);
                    if nominal && self.child(head, &[Deprel::Cop]).is_none() {
                        return None;
                    }
                }
                if relation == Deprel::Parataxis && !self.participle(verb) {
                    return None;
                }
                // "was attacked by gunmen, killing ten": the agent goes on acting.
                if relation == Deprel::Advcl && self.passive(head) && self.in_class(verb, "harm") {
                    return self.clause(head).subject;
                }
                self.understood(head, depth + 1)
            }
            Deprel::Xcomp => self.understood(head, depth + 1),
            Deprel::Acl if self.infinitive(verb) => self.entitled(head, depth),
            // "..., setting up roadblocks" after a comma goes with the clause, wherever it hangs.
            Deprel::Acl if loose::after_comma(self.doc, verb) && !self.names_actor(head) => {
                let clause = std::iter::successors(Some(head), |&t| self.doc.head(t))
                    .find(|&t| self.upos(t) == Upos::Verb)?;
                self.understood(clause, depth + 1)
            }
            // "wrote a letter urging", "issued a statement condemning": whose words they are.
            Deprel::Acl if self.doc.tokens[verb].xpos == Xpos::Vbg && !self.names_actor(head) => {
                self.owner(head).or_else(|| {
                    let says = |&v: &usize| !self.passive(v) && !self.in_class(v, "opposing");
                    let carrier = self.light_verb(head).filter(says)?;
                    self.understood(carrier, depth + 1)
                })
            }
            Deprel::Acl | Deprel::Amod => {
                let named =
                    matches!(self.upos(head), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
                named.then_some(head)
            }
            _ => None,
        }
    }

    /// Who is to do what the infinitive behind a noun tells: "a force to patrol the border", "the king's
    /// plan to leave", "gave the army a free hand to shell the town", "made a plan to leave".
    fn entitled(&self, noun: usize, depth: usize) -> Option<usize> {
        if self.in_class(noun, "troops") && self.is_actor(noun) {
            return Some(noun);
        }
        let verb = self.light_verb(noun);
        let receiver = || {
            let gives = |&v: &usize| self.in_class(v, "give") || self.in_class(v, "issue");
            let verb = verb.filter(gives)?;
            let to = |&c: &usize| {
                self.relation(c) == Deprel::Iobj || c > noun && self.has_case(c, &["to"])
            };
            let beside = self.children(verb).chain(self.children(noun));
            beside.filter(to).find(|&c| self.names_actor(c))
        };
        // "sent troops into the enclave to fight": the place does nothing.
        if self.in_class(noun, "territory") {
            let clause = std::iter::successors(Some(noun), |&t| self.doc.head(t))
                .find(|&t| self.upos(t) == Upos::Verb)?;
            return self.understood(clause, depth + 1);
        }
        // "the failure of the agency to help"
        let of = || {
            let of = |&c: &usize| c > noun && self.has_case(c, &["of"]) && self.names_actor(c);
            self.children(noun).find(of).filter(|_| !self.in_class(noun, "measure"))
        };
        receiver().or_else(|| self.owner(noun)).or_else(of).or_else(|| {
            let carrier = verb.filter(|&v| self.carries_out(v))?;
            self.understood(carrier, depth + 1)
        })
    }

    /// The verb that a loosely hung clause goes with.
    pub fn host(&self, verb: usize) -> Option<usize> {
        loose::host(self.doc, self.cues, verb)
    }

    /// Who the object of the verb above makes act: "told the rebels to leave", "accused the army of
    /// shelling", "called on the king to resign".
    fn controller(&self, clause: usize, verb: usize) -> Option<usize> {
        if !matches!(self.relation(clause), Deprel::Xcomp | Deprel::Advcl) || clause < verb {
            return None;
        }
        let object = self.child(verb, &[Deprel::Obj, Deprel::Iobj]);
        let gerund = self.children(clause).any(|c| {
            self.relation(c) == Deprel::Mark && self.lemma_in(c, &["of", "from", "into", "for"])
        });
        if self.relation(clause) == Deprel::Xcomp || gerund {
            let keeps = ["promise", "threaten", "vow", "pledge", "agree"];
            return object.filter(|_| !self.lemma_in(verb, &keeps));
        }
        let cue = self.cues.cue(Class::Verb, self.doc.lemma(verb));
        let asked = self.infinitive(clause) && cue.is_some_and(|c| c.kind == CueKind::Demand);
        let addressee = || {
            self.children(verb).find(|&c| {
                // "called for the judge to resign"
                self.relation(c) == Deprel::Obl
                    && (self.has_case(c, &["on", "upon", "to"])
                        || self.has_case(c, &["for"]) && (verb..clause).contains(&c))
            })
        };
        // "dispatched the envoy to discuss the war": who is sent does it.
        let sent = || {
            object.filter(|&o| {
                self.infinitive(clause) && self.in_class(verb, "dispatch") && self.is_actor(o)
            })
        };
        if asked { object.or_else(addressee) } else { sent() }
    }

    /// Whose the plan, order or offer is, where its phrase tells: "the king's plan", "a Brona plan",
    /// "an attempt by Brona".
    pub fn owner(&self, noun: usize) -> Option<usize> {
        let before = [Deprel::Compound, Deprel::Amod, Deprel::NmodDesc];
        self.child(noun, &[Deprel::NmodPoss]).or_else(|| {
            self.children(noun).find(|&c| {
                (before.contains(&self.relation(c)) || self.has_case(c, &["by"]))
                    && self.names_actor(c)
            })
        })
    }

    /// Who does what an act noun names: "a rebel assault", "launched an offensive that ...".
    pub fn doer(&self, deed: usize) -> Option<usize> {
        let noun = self.upos(deed) == Upos::Noun && !self.names_actor(deed);
        let act = |word| self.lexicon.hanging_on(word, Kind::Noun).next().is_some();
        if !noun || !self.word(deed).is_some_and(act) {
            return None;
        }
        self.owner(deed).or_else(|| {
            let verb = self.light_verb(deed).filter(|&verb| self.in_class(verb, "launch"))?;
            self.clause(verb).subject
        })
    }

    /// Who holds them: "sailors held by Brona".
    pub fn holder(&self, noun: usize) -> Option<usize> {
        let participle = self.child(noun, &[Deprel::Acl]).filter(|&v| self.passive(v))?;
        self.clause(participle).subject
    }

    /// "died at the hands of the militia": in whose hands.
    pub fn at_hands(&self, deed: usize) -> Option<usize> {
        let hands = |&c: &usize| self.lemma_in(c, &["hand"]) && self.has_case(c, &["at"]);
        let hands = self.children(deed).find(hands)?;
        self.children(hands).find(|&c| self.has_case(c, &["of"]) && self.names_actor(c))
    }

    /// Whether who has, makes or announces a plan is who would carry it out; who blocks or backs
    /// one is not.
    fn carries_out(&self, verb: usize) -> bool {
        let effect = self.cues.signature(Class::Verb, self.doc.lemma(verb));
        !self.in_class(verb, "opposing")
            && effect.is_none_or(|effect| !effect.settled && effect.when_true > 0.5)
    }

    fn participle(&self, verb: usize) -> bool {
        matches!(self.doc.tokens[verb].xpos, Xpos::Vbg | Xpos::Vbn)
    }
}
