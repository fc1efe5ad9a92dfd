//! The acts of one report, each told once.
//!
//! One happening is often coded twice from its sentence: "opened fire ..., killing three" as a fight
//! and as a killing, "seven were killed when a warship shelled ..." once without the one who did it.
//! Such events are told as one act, under the more exact of their codes, with the figures of both.

use super::Standing;
use crate::schema::{Days, Event, Quantity};

/// An act to be told: an event, with what other events of its sentence add to it.
#[derive(Debug, Clone)]
pub(super) struct Telling<'e> {
    pub event: &'e Event,
    /// `None` for what happened.
    pub standing: Option<Standing>,
    pub when: Option<Days>,
    pub r#where: Option<usize>,
    pub source: Vec<usize>,
    pub target: Vec<usize>,
    pub according_to: Vec<usize>,
    pub quantities: Vec<Quantity>,
    /// Whether an event that tells it is trusted.
    pub trusted: bool,
}

impl<'e> Telling<'e> {
    pub fn of(event: &'e Event, standing: Option<Standing>) -> Telling<'e> {
        Telling {
            event,
            standing,
            when: event.when,
            r#where: event.r#where,
            source: event.source.clone(),
            target: event.target.clone(),
            according_to: event.according_to.clone(),
            quantities: event.quantities.clone(),
            trusted: event.trusted,
        }
    }

    /// Whether both tell of the same happening.
    fn is_same(&self, other: &Telling) -> bool {
        let (a, b) = (self.event, other.event);
        let agree = |a: &[usize], b: &[usize]| a.is_empty() || b.is_empty() || a == b;
        let days = self.when == other.when || self.when.is_none() || other.when.is_none();
        a.sentence == b.sentence
            && a.event == b.event
            && a.status.time == b.status.time
            && self.standing == other.standing
            && days
            && agree(&self.source, &other.source)
            && if self.source.is_empty() == other.source.is_empty() {
                agree(&self.target, &other.target) && are_kin(&a.cameo, &b.cameo)
            } else {
                // Whoever did it is named once: the rest of the sentence is of the same act.
                are_kin(&a.cameo, &b.cameo) || a.quad == b.quad && a.quad == 4
            }
    }

    /// Takes over what the other knows.
    fn absorb(&mut self, other: Telling<'e>) {
        let better = (other.source.is_empty(), is_general(&other.event.cameo))
            < (self.source.is_empty(), is_general(&self.event.cameo));
        let mut other = other;
        if better {
            std::mem::swap(self, &mut other);
        }
        self.trusted |= other.trusted;
        self.when = self.when.or(other.when);
        self.r#where = self.r#where.or(other.r#where);
        for (into, from) in [
            (&mut self.source, other.source),
            (&mut self.target, other.target),
            (&mut self.according_to, other.according_to),
        ] {
            for id in from {
                if !into.contains(&id) {
                    into.push(id);
                }
            }
        }
        for figure in other.quantities {
            let told = |q: &Quantity| q.start == figure.start && q.kind == figure.kind;
            if !self.quantities.iter().any(told) {
                self.quantities.push(figure);
            }
        }
    }
}

/// Each happening once, in the order of the events.
pub(super) fn once(tellings: Vec<Telling<'_>>) -> Vec<Telling<'_>> {
    let mut out: Vec<Telling> = Vec::with_capacity(tellings.len());
    for telling in tellings {
        match out.iter_mut().rev().find(|known| known.is_same(&telling)) {
            Some(known) => known.absorb(telling),
            None => out.push(telling),
        }
    }
    out
}

/// Whether one code is the other's more exact form: 190 and 193, 1823 and 182; or both are one.
fn are_kin(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_end_matches('0'), b.trim_end_matches('0'));
    a.starts_with(b) || b.starts_with(a)
}

/// Whether the code names a kind of act and no act: 190.
fn is_general(cameo: &str) -> bool {
    cameo.ends_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_kin_to_its_more_exact_form_only() {
        assert!(are_kin("190", "193") && are_kin("1823", "182") && are_kin("112", "112"));
        assert!(!are_kin("193", "194") && !are_kin("1721", "1723"));
    }
}
