//! What became of a date: the talks were held, the vote was put off, the deadline passed.

use super::lexicon::{Class, LEXICON};
use super::{Known, SetDate};
use crate::schema::{DateKind, Told};
use crate::status;
use crate::times::{self, Stand};
use std::ops::Range;
use tidings_language::{Deprel, Upos};

/// From this on, and from its negative on, it is so or is not so (probable, on FactBank's scale).
const PROBABLE: f64 = 2.0;

impl Known<'_> {
    /// What a sentence tells of dates gone by.
    pub(super) fn outcomes(&self, words: Range<usize>) -> Vec<SetDate> {
        words.filter_map(|verb| self.outcome(verb)).collect()
    }

    fn outcome(&self, verb: usize) -> Option<SetDate> {
        let doc = self.doc;
        if doc.tokens.get(verb)?.upos != Upos::Verb {
            return None;
        }
        let particle = doc
            .children_by(verb, &[Deprel::CompoundPrt])
            .next()
            .map(|particle| format!("{}_{}", doc.lemma(verb), doc.lemma(particle)));
        let lemma = particle.as_deref().unwrap_or(doc.lemma(verb));
        let is = |class| LEXICON.is(lemma, class);
        if ![Class::Fails, Class::Holds, Class::Fulfils, Class::Ends].into_iter().any(is) {
            return None;
        }
        let roles = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj];
        let (thing, kind) = doc.children_by(verb, &roles).find_map(|noun| {
            let role = doc.tokens.get(noun)?.deprel;
            let kind = LEXICON.kind(&doc.lemma(noun).to_lowercase())?;
            // Whoever misses a deadline is its subject; a meeting that misses something is no matter.
            let acts =
                role == Deprel::Nsubj && doc.children_by(verb, &[Deprel::Obj]).next().is_some();
            (!acts).then_some((noun, kind))
        })?;
        let ran_out = matches!(lemma, "expire" | "lapse" | "end" | "elapse" | "cease" | "pass");
        let met = match kind {
            DateKind::Expiry if ran_out => true,
            DateKind::Deadline => match () {
                _ if is(Class::Fulfils) => true,
                _ if is(Class::Fails) || ran_out => false,
                _ => return None,
            },
            _ if is(Class::Fails) && !ran_out => false,
            DateKind::Meeting | DateKind::Vote | DateKind::Hearing if is(Class::Holds) => true,
            _ => return None,
        };
        if !matches!(times::stand(doc, verb), Stand::Past | Stand::Perfect | Stand::Before) {
            return None;
        }
        let days = times::of_event(doc, self.times, verb, self.published);
        let factuality = status::of(doc, self.world, verb, days, self.published).factuality;
        let past = days.zip(self.published).is_none_or(|((from, _), today)| from <= today);
        if !past || factuality.abs() < PROBABLE {
            return None;
        }
        let told = if met == (factuality > 0.0) { Told::Met } else { Told::Missed };
        let what = self.clause(verb);
        Some(SetDate {
            kind,
            told,
            days,
            words: None,
            thing,
            set_by: Vec::new(),
            parties: self.parties(&what, &[]),
            condition: None,
            event: self.acts.iter().position(|act| act.event.predicate == verb),
            what,
        })
    }
}
