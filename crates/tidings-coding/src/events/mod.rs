//! Events: the lexicon matched on the trees.

use crate::actors::Actors;
use tidings_language::Document;
use tidings_world::{Action, World};

/// One coded act, in tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The word that names the act; its clause decides status, time and place.
    pub predicate: usize,
    /// Further words of the predicate (particle, light verb, key noun), for display.
    pub words: Vec<usize>,
    /// What was done.
    pub action: Action,
    /// Indices of actors who acted.
    pub source: Vec<usize>,
    /// Indices of actors acted upon.
    pub target: Vec<usize>,
    /// Name of the lexicon entry: file and key, as `assault/shell`.
    pub rule: String,
    /// The edges of the tree that led to it, as `launched -nsubj-> forces`, for `--explain`.
    pub edges: Vec<String>,
}

/// Finds the events of a report.
pub fn find(_doc: &Document, _actors: &Actors, _world: &World) -> Vec<Event> {
    Vec::new()
}
