//! Who set a date, and whom it concerns.

use super::lexicon::{Class, LEXICON};
use super::{Known, Subject};
use crate::schema::DateKind;
use crate::times;
use std::ops::Range;
use tidings_language::{Deprel, Document};
use tidings_world::CueKind;

impl Known<'_> {
    /// Who set the date: whoever demands it or sets it, else who is to do it, else whose it is, else
    /// who announces it.
    pub(super) fn setters(&self, subject: &Subject) -> Vec<usize> {
        let mut setters = self.setting(subject);
        setters.retain(|setter| !self.is_occasion(*setter, subject.thing));
        setters
    }

    /// Whether what is taken for an actor is a meeting or a vote: "the three-way summit".
    fn is_occasion(&self, actor: usize, within: usize) -> bool {
        let doc = self.doc;
        let sentence =
            doc.sentences.get(doc.sentence_of(within)).map_or(0..0, |s| s.tokens.clone());
        let mentions = &self.actors.mentions;
        let from = mentions.partition_point(|mention| mention.head < sentence.start);
        mentions
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|mention| mention.head < sentence.end)
            .any(|mention| mention.actor == actor && self.named_kind(mention.head).is_some())
    }

    fn setting(&self, subject: &Subject) -> Vec<usize> {
        let doc = self.doc;
        // "will travel to Paris for talks on Tuesday"
        let attends = subject.kind == DateKind::Meeting
            && self.modal(subject.clause).is_some_and(|modal| matches!(modal, "will" | "would"));
        if let Some(main) = self.ultimatum(subject.clause) {
            let threatens = self.doers(main);
            if !threatens.is_empty() {
                return threatens;
            }
        }
        if let Some(demander) = self.demander(subject.clause) {
            let demander = self.doers(demander);
            if !demander.is_empty() {
                return demander;
            }
        }
        let sets = |&word: &usize| {
            LEXICON.is(doc.lemma(word), Class::Sets)
                && (word != subject.clause || !self.is_circumstance(subject))
        };
        for verb in self.chain(subject.clause).filter(sets) {
            let setter = self.doers(verb);
            if !setter.is_empty() {
                return setter;
            }
        }
        let own = subject.thing == subject.clause;
        let lemma = doc.lemma(subject.clause);
        if LEXICON.is(lemma, Class::Demands) {
            let demander = self.doers(subject.clause);
            if !demander.is_empty() {
                return demander;
            }
        }
        // What expires does not set when.
        let runs_out = subject.kind == DateKind::Expiry
            && LEXICON.is(lemma, Class::Ends)
            && doc.children_by(subject.clause, &[Deprel::Obj]).next().is_none();
        if own && !runs_out && !self.is_obliged(subject.clause)
            || attends
            || LEXICON.is(lemma, Class::Holds) && self.is_object(subject)
            || LEXICON.is(lemma, Class::Meets)
        {
            let doers = self.doers(subject.clause);
            if !doers.is_empty() {
                return doers;
            }
        }
        let whose: Vec<usize> = doc
            .children_by(subject.thing, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Nmod])
            .filter(|&child| !is_counterpart(doc, child))
            .flat_map(|child| self.actors.of_phrase(doc, child))
            .collect();
        if !own && !whose.is_empty() {
            return whose;
        }
        self.announcer(subject.thing).into_iter().collect()
    }

    /// Whether the thing is what the verb of its clause is done to: "hold talks", not "lead in the polls".
    fn is_object(&self, subject: &Subject) -> bool {
        let doc = self.doc;
        let object = [Deprel::Obj, Deprel::NsubjPass];
        doc.head(subject.thing) == Some(subject.clause)
            && doc.tokens.get(subject.thing).is_some_and(|t| object.contains(&t.deprel))
    }

    /// Whether the thing only tells when or where something else is: "holds a lead in the last round".
    fn is_circumstance(&self, subject: &Subject) -> bool {
        let doc = self.doc;
        let oblique = doc.tokens.get(subject.thing).is_some_and(|t| t.deprel == Deprel::Obl);
        let lead = times::lead(doc, subject.thing);
        oblique && lead.is_some_and(|lead| matches!(lead, "in" | "at" | "on" | "during"))
    }

    /// The verb that makes of what it governs a demand.
    pub(super) fn demander(&self, clause: usize) -> Option<usize> {
        let doc = self.doc;
        self.chain(clause).skip(1).find(|&word| LEXICON.is(doc.lemma(word), Class::Demands))
    }

    /// "is to leave", "must leave", "has to leave": somebody else set the date.
    fn is_obliged(&self, verb: usize) -> bool {
        let doc = self.doc;
        let must = self.modal(verb).is_some_and(|modal| matches!(modal, "must" | "should"));
        let to_be = doc.children(verb).any(|child| doc.lemma(child) == "be")
            && doc.children_by(verb, &[Deprel::Mark]).any(|mark| doc.lemma(mark) == "to");
        must || to_be
            || self
                .chain(verb)
                .skip(1)
                .any(|above| matches!(doc.lemma(above), "be" | "have" | "need"))
    }

    /// Who does what the verb says: its subject, of a passive the one it is done by; of an infinitive
    /// or participle, the subject of the verb above it.
    pub(super) fn doers(&self, verb: usize) -> Vec<usize> {
        let doc = self.doc;
        for word in self.chain(verb) {
            let passive = doc.children_by(word, &[Deprel::NsubjPass, Deprel::AuxPass]).next();
            let role = match passive {
                None => Deprel::Nsubj,
                Some(_) if word == verb => Deprel::OblAgent,
                // "is expected to visit Lima"
                Some(_) => Deprel::NsubjPass,
            };
            let doers: Vec<usize> = doc
                .children_by(word, &[role])
                .flat_map(|doer| self.actors.of_phrase(doc, doer))
                .collect();
            let subject = doc.children_by(word, &[Deprel::Nsubj]).next().is_some();
            if !doers.is_empty() || passive.is_some() || subject {
                return doers;
            }
        }
        Vec::new()
    }

    /// Who announces, promises or demands it, by the shortest claim that holds the word.
    fn announcer(&self, word: usize) -> Option<usize> {
        let at = self.doc.tokens.get(word)?.start as usize;
        let binding = |kind| {
            matches!(kind, CueKind::Announce | CueKind::Promise | CueKind::Demand | CueKind::Warn)
        };
        self.claims
            .iter()
            .filter(|claim| claim.content.contains(&at) && claim.kind.is_some_and(binding))
            .min_by_key(|claim| claim.content.len())?
            .speaker
    }

    /// The other actors that the words name.
    pub(super) fn parties(&self, words: &Range<usize>, but: &[usize]) -> Vec<usize> {
        let doc = self.doc;
        let mentions = &self.actors.mentions;
        let start = |head: usize| doc.tokens.get(head).map_or(0, |t| t.start as usize);
        let from = mentions.partition_point(|m| start(m.head) < words.start);
        let to = mentions.partition_point(|m| start(m.head) < words.end);
        let mut parties = Vec::new();
        for mention in mentions.get(from..to).unwrap_or_default() {
            if !but.contains(&mention.actor) && !parties.contains(&mention.actor) {
                parties.push(mention.actor);
            }
        }
        parties
    }
}

/// "talks with Peru", "a deadline for Peru": not whose it is.
fn is_counterpart(doc: &Document, noun: usize) -> bool {
    doc.children_by(noun, &[Deprel::Case]).any(|case| {
        matches!(doc.lemma(case), "with" | "for" | "in" | "at" | "on" | "about" | "against")
    })
}
