//! Claims: who says what, in which form, and what the report says of its evidence.
//!
//! In go the trees and the actors; out come the claims in text order. [`attribution`] finds words
//! of saying with their speaker and what is said, [`quotes`] what stands between marks, [`turns`]
//! whom the layout lets speak; on a [`page`] they are brought together, and [`speech`] without a
//! speaker of its own gets one. [`evidence`] adds what the report says of a claim's support, and
//! [`chain`] tells on whose word an event rests. Direct, indirect and mixed as in PARC 3.0 (Pareti
//! 2016) and PolNeAR (Newell, Margolin & Ruths 2018).

mod attribution;
mod candidates;
mod chain;
mod choice;
mod evidence;
mod forest;
mod page;
mod quotes;
mod speakers;
mod speech;
mod turns;
mod weeding;

use crate::actors::Actors;
use crate::schema::{ClaimForm, EvidenceKind};
use attribution::Attribution;
pub use candidates::Candidate;
use candidates::Frame;
pub use chain::{according_to, nest};
use choice::{Choice, Setting};
use forest::Forest;
use page::Page;
use quotes::Paragraphs;
use std::ops::Range;
use tidings_language::scorer::Features;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::{Cue, CueKind, World};

/// A proposition with a speaker. Ranges are bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Claim {
    pub speaker: Option<usize>,
    pub form: ClaimForm,
    pub cue: Option<Range<usize>>,
    pub content: Range<usize>,
    pub evidence: Vec<Evidence>,
    /// Head of the phrase that names the speaker, be it an actor or not ("sources said").
    pub source: Option<usize>,
    /// The words of that phrase.
    pub named: Option<Range<usize>>,
    /// The pronoun of a clause about the speaker: "who said".
    pub relative: Option<usize>,
    /// The kind of saying, where there is a cue.
    pub kind: Option<CueKind>,
    /// Stretches inside the content that are the report's words: `"..." he said. "..."`.
    pub gaps: Vec<Range<usize>>,
}

/// What the report says of a claim's support.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub span: Range<usize>,
    pub by: Option<usize>,
}

/// Finds the claims of a report; speakers that are not among the actors are added to them.
pub fn find(doc: &Document, world: &World, actors: &mut Actors) -> Vec<Claim> {
    let mut claims = of_actors(doc, world, actors);
    speakers::name(doc, actors, &mut claims);
    claims
}

/// Calls `each` with every candidate of the text and its description, without the vectors of its
/// words where `plain`: what the model of [`choice`] learns from.
pub fn lessons(
    doc: &Document,
    world: &World,
    plain: bool,
    each: &mut dyn FnMut(&Candidate, &Features),
) {
    let cues = &world.cues;
    let forest = Forest::of(doc, cues);
    let quotes = page::quotations(doc, cues, &Paragraphs::of(doc.text));
    let setting = Setting::new(&forest, quotes.iter().map(|q| words(doc, q)).collect());
    let (mut features, mut found) = (Features::default(), Vec::new());
    for word in 0..doc.tokens.len() {
        let Some(cue) = candidates::cue(doc, cues, word) else { continue };
        let source = attribution::source(doc, cues, word);
        setting.candidates(word, cue, &mut found);
        for candidate in &found {
            setting.describe(candidate, source, plain, &mut features);
            each(candidate, &features);
        }
    }
}

/// The words that begin in a stretch of the text.
fn words(doc: &Document, bytes: &Range<usize>) -> Range<usize> {
    let first = doc.tokens.partition_point(|t| (t.start as usize) < bytes.start);
    first..doc.tokens.partition_point(|t| (t.start as usize) < bytes.end).max(first)
}

fn of_actors(doc: &Document, world: &World, actors: &Actors) -> Vec<Claim> {
    let page = Page::new(doc, world, actors);
    let mut bare = Vec::new();
    let mut claims = Vec::new();
    let forest = Forest::of(doc, &world.cues);
    let setting = Setting::new(&forest, page.quotes.iter().map(|q| words(doc, q)).collect());
    let mut choice = Choice::embedded();
    let mut chosen = Vec::new();
    for word in 0..doc.tokens.len() {
        if let Some(phrase) = attribution::phrase(&forest, &world.cues, word) {
            chosen.push(Chosen { found: phrase, told: true, within: true });
        } else if let Some(cue) = candidates::cue(doc, &world.cues, word) {
            let source = attribution::source(doc, &world.cues, word);
            let mut found = Attribution { cue: word, kind: cue.kind, source, content: None };
            let (mut told, mut within) = (false, false);
            if let Some((best, sure)) = choice.best(&setting, word, cue, source) {
                let clause = tells_a_clause(doc, cue, &best);
                // A verb of two senses claims a mere name only as the lexicon has it: "the navy attacked
                // their boats" tells no claim.
                let two_senses = matches!(cue.kind, CueKind::Accuse | CueKind::Say);
                let plain =
                    clause || best.expected || best.frame == Frame::Quotation || !two_senses;
                told = plain && sure.stands(clause);
                within = plain && sure.stands_within();
                found.content = Some(forest.bytes(best.content));
            }
            chosen.push(Chosen { found, told, within });
        }
    }
    // What is said stands in the sentence of its cue, so these are in the order of sentences.
    let outer: Vec<(usize, Range<usize>)> = chosen
        .iter()
        .filter(|c| c.told)
        .filter_map(|c| Some((doc.sentence_of(c.found.cue), c.found.content.clone()?)))
        .collect();
    for Chosen { mut found, told, within } in chosen {
        let at = page.span(found.cue).start;
        let sentence = doc.sentence_of(found.cue);
        let first = outer.partition_point(|(s, _)| *s < sentence);
        let held = outer[first..]
            .iter()
            .take_while(|(s, _)| *s == sentence)
            .any(|(_, o)| o.contains(&at) && found.content.as_ref() != Some(o));
        if !(if held { within } else { told }) {
            found.content = None;
        }
        match page.claim(&found) {
            Some(claim) => claims.push(claim),
            None => bare.push(found),
        }
    }
    page.without_pronouns(&mut claims);
    page.without_frames(&mut claims);
    page.without_attitudes(&mut claims);
    page.turns(world, &mut claims);
    page.speech(&bare, &mut claims);
    page.without_asides(&mut claims);
    evidence::attach(doc, world, actors, &mut claims);
    claims
}

/// Whether the content does not only name something: it holds a verb, that of a clause which
/// describes a noun or tells when and on what condition aside.
fn tells_a_clause(doc: &Document, cue: &Cue, best: &Candidate) -> bool {
    let led = |w: usize| {
        doc.children_by(w, &[Deprel::Mark, Deprel::Case])
            .all(|c| doc.lemma(c) == "to" || cue.prepositions.iter().any(|p| p == doc.lemma(c)))
    };
    best.content.clone().any(|w| match (doc.tokens[w].upos, doc.tokens[w].deprel) {
        (Upos::Verb, Deprel::AclRelcl) => false,
        (Upos::Verb, Deprel::Advcl) => led(w),
        (Upos::Verb, _) => true,
        (Upos::Aux, relation) => relation == Deprel::Cop,
        _ => false,
    })
}

/// What the best candidate of a word makes of it.
struct Chosen {
    found: Attribution,
    /// Whether it attributes on the report's own word, and inside what somebody else says.
    told: bool,
    within: bool,
}

#[cfg(test)]
mod tests;
