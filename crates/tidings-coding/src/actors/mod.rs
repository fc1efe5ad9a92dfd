//! Actors in context: who is named, under which names, and who they are.

use jiff::civil::Date;
use std::ops::Range;
use tidings_language::Document;
use tidings_world::World;

/// One actor of a report.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Actor {
    pub name: String,
    pub country: Option<String>,
    pub sectors: Vec<String>,
    pub office: Option<String>,
    pub uncertain: bool,
}

/// One naming of an actor: a name, an office, a nationality, a short form or a pronoun.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The words of the mention (not its relative clauses).
    pub tokens: Range<usize>,
    /// The word of the mention that the rest hangs on.
    pub head: usize,
    /// Index into [`Actors::actors`].
    pub actor: usize,
}

/// The actors of a report and where it names them.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Actors {
    pub actors: Vec<Actor>,
    pub mentions: Vec<Mention>,
}

impl Actors {
    /// The actors meant by the phrase headed by `token`: itself, its conjuncts, or, where the head
    /// names no actor, those its modifiers name ("talks between Serbia and Kosovo").
    pub fn of_phrase(&self, _doc: &Document, _token: usize) -> Vec<usize> {
        Vec::new()
    }
}

/// Finds the actors of a report.
pub fn find(_doc: &Document, _world: &World, _published: Option<Date>) -> Actors {
    Actors::default()
}
