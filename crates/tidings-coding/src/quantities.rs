//! Figures that belong to events: killed, wounded, arrested, displaced, participants, troops.

use crate::schema::QuantityKind;
use std::ops::Range;
use tidings_language::Document;

/// A figure; `span` is bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Quantity {
    pub kind: QuantityKind,
    pub value: f64,
    pub span: Range<usize>,
}

/// The figures that belong to the event named by `predicate`.
pub fn of_event(_doc: &Document, _predicate: usize) -> Vec<Quantity> {
    Vec::new()
}
