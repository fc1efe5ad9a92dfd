//! What a report says of a claim's support: "without evidence", "did not provide any proof",
//! "repeatedly denied by", "could not be verified", "confirmed by".
//!
//! Each note is found by its own word and given to a claim: the one whose cue or content it hangs
//! on, else the last one before it (of the same speaker, where the note has a subject).

use super::page::{trim, without_that};
use super::{Claim, Evidence};
use crate::actors::Actors;
use crate::schema::EvidenceKind;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::{CueKind, World};

/// Adds the notes of evidence to the claims, which stand in text order. What became a note ("denied
/// the claim") is no claim beside it.
pub(super) fn attach(doc: &Document, world: &World, actors: &Actors, claims: &mut Vec<Claim>) {
    let notes = Notes { doc, world, actors };
    for word in 0..doc.tokens.len() {
        match doc.tokens[word].upos {
            Upos::Noun => notes.no_proof(word, claims),
            Upos::Verb => notes.verdict(word, claims),
            Upos::Adj | Upos::Adv => notes.unproven(word, claims),
            _ => {}
        }
    }
    let noted: Vec<Range<usize>> =
        claims.iter().flat_map(|c| c.evidence.iter().map(|note| note.span.clone())).collect();
    claims.retain(|claim| {
        let cue = claim.cue.as_ref().map_or(usize::MAX, |cue| cue.start);
        let inside = |span: &Range<usize>| span.contains(&cue) && claim.content.end <= span.end;
        !claim.evidence.is_empty() || !noted.iter().any(inside)
    });
}

struct Notes<'a> {
    doc: &'a Document<'a>,
    world: &'a World,
    actors: &'a Actors,
}

impl Notes<'_> {
    fn actor(&self, phrase: usize) -> Option<usize> {
        let named = self.actors.mentions.iter().find(|m| m.head == phrase).map(|m| m.actor);
        named.or_else(|| self.actors.of_phrase(self.doc, phrase).first().copied())
    }

    fn start(&self, token: usize) -> usize {
        self.doc.tokens[token].start as usize
    }

    fn child_with(&self, token: usize, relations: &[Deprel], lemma: &str) -> bool {
        self.doc.children_by(token, relations).any(|c| self.doc.lemma(c) == lemma)
    }

    fn negated(&self, token: usize) -> bool {
        let cues = &self.world.cues;
        self.doc
            .children_by(token, &[Deprel::Advmod, Deprel::Det, Deprel::Case, Deprel::Mark])
            .any(|c| cues.negates(self.doc.lemma(c)))
    }

    /// "without evidence", "without giving proof", "gave no evidence", "there is no evidence"
    fn no_proof(&self, word: usize, claims: &mut Vec<Claim>) {
        let doc = self.doc;
        let words = &self.world.cues.evidence;
        if !words.proofs.contains(doc.lemma(word)) {
            return;
        }
        let Some(head) = doc.head(word) else { return };
        let giving = words.giving.contains(doc.lemma(head))
            && matches!(doc.tokens[word].deprel, Deprel::Obj | Deprel::NsubjPass);
        let existing = doc.lemma(head) == "be" && doc.tokens[word].deprel == Deprel::Nsubj;
        if self.child_with(word, &[Deprel::Case], "without") {
            // "without evidence that ...": what follows is claimed.
            let claimed = doc.children_by(word, &[Deprel::Acl, Deprel::Ccomp]).find(|&c| c > word);
            let mut span = doc.subtree_span(word);
            if claimed.is_some() {
                span.end = doc.tokens[word].end as usize;
            }
            self.note(EvidenceKind::NoneGiven, span, Some(word), None, None, claims);
        } else if (giving || existing) && (self.negated(word) != self.negated(head)) {
            // "citing no evidence" says nothing itself.
            let giver = self.start(head);
            claims.retain(|c| {
                c.cue.as_ref().is_none_or(|cue| cue.start != giver || !c.evidence.is_empty())
            });
            // A clause inside the speech of another is his word, not the report's.
            let subject = doc.children_by(head, &[Deprel::Nsubj]).find(|_| giving);
            let from = (doc.tokens[head].deprel != Deprel::Root).then_some(head);
            let speaker = subject.and_then(|s| self.actor(s));
            let span = if doc.tokens[head].deprel == Deprel::Root {
                bare(doc, head)
            } else {
                doc.subtree_span(head)
            };
            self.note(EvidenceKind::NoneGiven, span, from, speaker, None, claims);
        }
    }

    /// "baselessly claimed", "an unproven claim"
    fn unproven(&self, word: usize, claims: &mut [Claim]) {
        let doc = self.doc;
        let words = &self.world.cues.evidence;
        if !words.unproven.contains(doc.lemma(word)) {
            return;
        }
        let Some(head) = doc.head(word) else { return };
        let about_cue = claims
            .iter_mut()
            .find(|c| c.cue.as_ref().is_some_and(|cue| cue.start == self.start(head)));
        if let Some(claim) = about_cue {
            let span = doc.tokens[word].start as usize..doc.tokens[word].end as usize;
            push(claim, EvidenceKind::NoneGiven, span, None);
        }
    }

    /// "denied the claim", "which Oman denies", "was denied by", "confirmed the report", "could not
    /// be verified"
    fn verdict(&self, word: usize, claims: &mut [Claim]) {
        let doc = self.doc;
        let words = &self.world.cues.evidence;
        let lemma = doc.lemma(word);
        let denying = words.denying.contains(lemma);
        if !denying && !words.supporting.contains(lemma) {
            return;
        }
        let (mut subject, mut passive, mut object, mut agent) = (None, None, None, None);
        let mut clausal = None;
        for child in doc.children(word) {
            match doc.tokens[child].deprel {
                Deprel::Nsubj => subject = Some(child),
                Deprel::NsubjPass => passive = Some(child),
                Deprel::Obj => object = Some(child),
                Deprel::OblAgent => agent = Some(child),
                Deprel::Obl if self.child_with(child, &[Deprel::Case], "by") => agent = Some(child),
                Deprel::Ccomp | Deprel::Xcomp => clausal = Some(child),
                _ => {}
            }
        }
        // "were denied a hearing"
        if passive.is_some() && object.is_some() {
            return;
        }
        let resumed = passive.or(object);
        let relative = doc.tokens[word].deprel == Deprel::AclRelcl
            && resumed.is_none_or(|r| matches!(doc.lemma(r), "that" | "which"));
        let participle = doc.tokens[word].deprel == Deprel::Acl && agent.is_some();
        let anaphoric = resumed.is_some_and(|r| words.resuming.contains(doc.lemma(r)));
        let by = agent.or(subject.filter(|_| passive.is_none())).and_then(|s| self.actor(s));
        // "The army confirmed the attack", "denied attacking": of what somebody has just claimed.
        let echoed = clausal.or(resumed.filter(|&r| definite(doc, r)));
        let echoed = echoed.and_then(|what| self.echoed(what, word, by, claims));
        if !(relative || participle || anaphoric || echoed.is_some()) {
            return;
        }
        let negated = self.negated(word) != resumed.is_some_and(|r| self.negated(r));
        let kind = match (denying, negated) {
            (true, false) => EvidenceKind::Denied,
            (false, false) => EvidenceKind::Supported,
            (false, true) => EvidenceKind::NoneGiven,
            (true, true) => return,
        };
        let from = doc.head(word).filter(|_| relative || participle);
        // "something that has been denied", "a charge that Lima denies": the noun goes with its clause.
        let resuming = from.filter(|&f| {
            let first = doc.subtree(f).first().copied().unwrap_or(f);
            let apart = first.checked_sub(1).is_some_and(|comma| doc.form(comma) == ",");
            doc.tokens[f].upos == Upos::Pron || apart && words.resuming.contains(doc.lemma(f))
        });
        let span = doc.subtree_span(resuming.unwrap_or(word));
        match echoed.filter(|_| !(relative || participle || anaphoric)) {
            Some(claim) => self.give(claim, kind, span, by, claims),
            None => self.note(kind, span, from, None, by, claims),
        }
    }

    /// The last claim before the word, of somebody else, that tells of what the noun or clause does:
    /// "Dahl said rebels shelled the port. The rebels denied shelling it."
    fn echoed(
        &self,
        what: usize,
        verdict: usize,
        by: Option<usize>,
        claims: &[Claim],
    ) -> Option<usize> {
        let doc = self.doc;
        let happening = |word: usize| match doc.tokens[word].upos {
            Upos::Verb => true,
            Upos::Noun => self.world.cues.happening(doc.lemma(word)),
            _ => false,
        };
        if !happening(what) {
            return None;
        }
        let at = self.start(verdict);
        let before = claims.iter().enumerate().rev().filter(|(_, claim)| {
            claim.content.end <= at
                && self.near(claim.content.start, at)
                && (claim.speaker.is_none() || claim.speaker != by)
        });
        before.take(NEARBY).map(|(nth, _)| nth).find(|&nth| {
            super::words(doc, &claims[nth].content)
                .any(|word| happening(word) && same_stem(doc.lemma(word), doc.lemma(what)))
        })
    }

    /// Gives the note to its claim; `from` is the word it hangs on.
    fn note(
        &self,
        kind: EvidenceKind,
        span: Range<usize>,
        from: Option<usize>,
        speaker: Option<usize>,
        by: Option<usize>,
        claims: &mut [Claim],
    ) {
        let at = span.start;
        let own = from.and_then(|word| self.hanging(word, claims));
        let last = || {
            let mut before: Vec<usize> = (0..claims.len())
                .filter(|&c| {
                    let claim = &claims[c];
                    let begins = claim.cue.as_ref().map_or(claim.content.start, |c| c.start);
                    begins < at
                        // "He claimed ..." may be of a speaker not known.
                        && speaker.is_none_or(|s| claim.speaker.is_none_or(|own| own == s))
                        && claim.speaker.is_none_or(|s| Some(s) != by)
                        && self.near(begins, at)
                })
                .collect();
            // The outermost claim of the last sentence that makes one; a flat claim before others.
            before.sort_by_key(|&c| {
                let claim = &claims[c];
                let begins = claim.cue.as_ref().map_or(claim.content.start, |c| c.start);
                let asserted = matches!(
                    claim.kind,
                    None | Some(
                        CueKind::Claim | CueKind::Say | CueKind::Accuse | CueKind::Announce
                    )
                );
                (self.sentence(begins), asserted, claim.content.len())
            });
            before.last().copied()
        };
        if let Some(index) = own.or_else(last) {
            self.give(index, kind, span, by, claims);
        }
    }

    fn give(
        &self,
        index: usize,
        kind: EvidenceKind,
        span: Range<usize>,
        by: Option<usize>,
        claims: &mut [Claim],
    ) {
        let at = span.start;
        if let Some(claim) = claims.get_mut(index) {
            // What the report adds about the claim is not part of what is claimed.
            if claim.content.start < at && at < claim.content.end {
                claim.content.end = at;
                trim(self.doc.text, &mut claim.content);
            } else if (span.start..span.end).contains(&claim.content.start)
                && span.end < claim.content.end
            {
                claim.content.start = span.end;
                trim(self.doc.text, &mut claim.content);
                without_that(self.doc, &mut claim.content);
            }
            let mut span = span;
            trim(self.doc.text, &mut span);
            push(claim, kind, span, by);
        }
    }

    /// The claim whose cue is the nearest word above.
    fn hanging(&self, mut word: usize, claims: &[Claim]) -> Option<usize> {
        loop {
            let at = self.start(word);
            let cue = |c: &Claim| c.cue.as_ref().is_some_and(|cue| cue.start == at);
            if let Some(found) = claims.iter().position(cue) {
                return Some(found);
            }
            word = self.doc.head(word)?;
        }
    }

    fn sentence(&self, byte: usize) -> usize {
        self.doc.sentences.partition_point(|s| s.end <= byte)
    }

    /// Within two sentences: a report takes up a claim at once or not at all.
    fn near(&self, claim: usize, note: usize) -> bool {
        self.sentence(claim) + 2 >= self.sentence(note)
    }
}

fn push(claim: &mut Claim, kind: EvidenceKind, span: Range<usize>, by: Option<usize>) {
    let note = Evidence { kind, span, by };
    if !claim.evidence.contains(&note) {
        claim.evidence.push(note);
    }
}

/// No more claims before a verdict are asked whether it is about them.
const NEARBY: usize = 12;

/// Whether the words are of one family: "attack" and "attacked", "killing" and "kill".
fn same_stem(one: &str, other: &str) -> bool {
    const STEM: usize = 5;
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    one == other || shared >= STEM.min(one.chars().count()).min(other.chars().count()).max(4)
}

fn definite(doc: &Document, noun: usize) -> bool {
    let known = |c: usize| matches!(doc.lemma(c), "the" | "this" | "that" | "these" | "those");
    doc.children_by(noun, &[Deprel::Det]).any(known)
}

/// A sentence without the full stop.
fn bare(doc: &Document, root: usize) -> Range<usize> {
    let mut span = doc.subtree_span(root);
    if let Some(text) = doc.text.get(span.clone()) {
        span.end = span.start + text.trim_end_matches(['.', ' ', '!']).len();
    }
    span
}
