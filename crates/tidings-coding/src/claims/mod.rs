//! Claims: who says what, in which form, and what the report says of its evidence.

use crate::actors::Actors;
use crate::schema::{ClaimForm, EvidenceKind};
use std::ops::Range;
use tidings_language::Document;
use tidings_world::World;

/// A proposition with a speaker. Ranges are bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Claim {
    pub speaker: Option<usize>,
    pub form: ClaimForm,
    pub cue: Option<Range<usize>>,
    pub content: Range<usize>,
    pub evidence: Vec<Evidence>,
}

/// What the report says of a claim's support.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub span: Range<usize>,
    pub by: Option<usize>,
}

/// Finds the claims of a report.
pub fn find(_doc: &Document, _world: &World, _actors: &Actors) -> Vec<Claim> {
    Vec::new()
}

/// The actors on whose word the event at `predicate` rests: the speakers whose claims hold it, and
/// the sources of "according to" and "X fears that". Empty where the report itself says it.
pub fn according_to(
    _doc: &Document,
    _claims: &[Claim],
    _actors: &Actors,
    _predicate: usize,
) -> Vec<usize> {
    Vec::new()
}
