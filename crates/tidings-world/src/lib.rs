//! Countries, actors, offices, organisations, places and the event lexicon.
//!
//! The data are files in `lexicon/` that a political scientist can edit; they are compiled into
//! the program and indexed when it starts.

mod events;
pub use events::{Action, EventLexicon};

/// Everything the program knows of the world before it reads a report.
#[derive(Debug)]
pub struct World {
    /// Verbs and nouns of political action.
    pub events: EventLexicon,
}

impl World {
    /// The lexicon inside the program, indexed on first use.
    pub fn embedded() -> &'static World {
        static WORLD: std::sync::OnceLock<World> = std::sync::OnceLock::new();
        WORLD.get_or_init(|| World { events: EventLexicon::default() })
    }
}
