//! Claims that say nothing beyond another one.

use super::Claim;
use super::page::{Page, first_person};
use crate::schema::ClaimForm;
use std::collections::HashMap;
use std::ops::Range;
use tidings_language::Upos;
use tidings_world::CueKind;

impl Page<'_> {
    /// "voiced fears that ...": the fears are what is told, not the voicing.
    pub fn without_frames(&self, claims: &mut Vec<Claim>) {
        let nouns: HashMap<usize, (usize, Option<usize>)> = claims
            .iter()
            .filter_map(|c| Some((c.cue.as_ref()?.start, (c.content.end, c.source))))
            .collect();
        claims.retain(|claim| {
            let first = self.tokens(&claim.content).find(|&w| self.doc.tokens[w].upos != Upos::Det);
            let noun = first.filter(|&w| self.doc.tokens[w].upos == Upos::Noun);
            let inner = noun.and_then(|w| nouns.get(&self.span(w).start));
            inner.is_none_or(|&(end, source)| end != claim.content.end || source != claim.source)
        });
    }

    /// "He backed him", "nothing was released": a pronoun alone tells nothing.
    pub fn without_pronouns(&self, claims: &mut Vec<Claim>) {
        claims.retain(|claim| {
            let words = self.tokens(&claim.content);
            words.len() != 1 || self.doc.tokens[words.start].upos != Upos::Pron
        });
    }

    /// "He claimed that the government wanted ...": what one speaker says another wants is his
    /// claim, not the other's.
    pub fn without_attitudes(&self, claims: &mut Vec<Claim>) {
        let said: Vec<(Option<usize>, Range<usize>)> = claims
            .iter()
            .filter(|c| c.kind != Some(CueKind::Hope))
            .map(|c| (c.speaker, c.content.clone()))
            .collect();
        claims.retain(|claim| {
            let (Some(CueKind::Hope), Some(cue)) = (claim.kind, &claim.cue) else { return true };
            // "He said he hopes ..." is his own.
            let pronoun = |s: usize| self.doc.tokens[s].upos == Upos::Pron;
            let own = claim.source.is_none_or(pronoun);
            own || !said.iter().any(|(speaker, content)| {
                content.contains(&cue.start) && (speaker.is_none() || *speaker != claim.speaker)
            })
        });
    }

    /// "I think" and "we want" inside speech say nothing beyond it; nor do "you know" and its like.
    pub fn without_asides(&self, claims: &mut Vec<Claim>) {
        let speech: Vec<Range<usize>> = claims
            .iter()
            .filter(|c| c.form == ClaimForm::Direct)
            .map(|c| c.content.clone())
            .collect();
        claims.retain(|claim| {
            let Some(source) = claim.source else { return true };
            let at = self.span(source).start;
            let within = speech.iter().any(|s| s.contains(&at) && *s != claim.content);
            !(within && first_person(self.doc, source)
                || self.doc.form(source).eq_ignore_ascii_case("you"))
        });
    }
}
