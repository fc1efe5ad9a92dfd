//! Places named in the report.

use std::ops::Range;
use tidings_language::Document;
use tidings_world::World;

/// A place mention, resolved where the gazetteer knows it.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Place {
    pub tokens: Range<usize>,
    pub name: String,
    pub geonames: Option<u32>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub country: Option<String>,
}

/// Finds the places of a report.
pub fn find(_doc: &Document, _world: &World) -> Vec<Place> {
    Vec::new()
}

/// The place where the event named by `predicate` happened, as an index into `places`.
pub fn of_event(_doc: &Document, _places: &[Place], _predicate: usize) -> Option<usize> {
    None
}
