//! Countries, actors, offices, organisations, places and the event lexicon.
//!
//! The data are files in `lexicon/` that a political scientist can edit; they are compiled into
//! the program and indexed when it starts.
//!
//! ```
//! use tidings_world::{Kind, World};
//! let world = World::embedded();
//! let text = "Belgrade's envoy left.";
//! let seat = world.names.find(text)[0];
//! assert_eq!(&text[seat.start..seat.end], "Belgrade");
//! let entry = world.names.entry(seat.entry);
//! assert_eq!((entry.kind, entry.country), (Kind::Seat, Some("SRB")));
//! ```

mod agents;
mod check;
mod countries;
mod cues;
mod entry;
pub mod events;
mod finding;
mod fold;
mod gazetteer;
mod given;
mod lexicon;
mod names;
mod own;
pub mod petrarch;
mod rows;
mod sound;
mod words;

pub use agents::{Agent, AgentKind, Agents};
pub use check::{check, check_embedded};
pub use countries::{Countries, Country};
pub use cues::{Class, Cue, CueError, CueKind, Cues, EvidenceWords, Signature};
pub use entry::{Entry, Kind, Role, SECTORS};
pub use events::{Action, EventLexicon};
pub use finding::{Fault, Finding};
pub use gazetteer::{Gazetteer, PlaceId, PlaceKind, Toponym};
pub use given::GivenNames;
pub use names::{EntryId, NameMatch, Names};
use own::Own;
pub use own::{OwnLists, TextFile};

/// Everything the program knows of the world before it reads a report.
#[derive(Debug)]
pub struct World {
    /// Named things and where a text names them.
    pub names: Names,
    /// Given names and the pronoun that goes with them.
    pub given: GivenNames,
    /// Role nouns and their sectors.
    pub agents: Agents,
    /// Places with coordinates.
    pub gazetteer: Gazetteer,
    /// Verbs and nouns of political action.
    pub events: EventLexicon,
    /// Words of attribution and of status.
    pub cues: Cues,
    /// PETRARCH's dictionaries, where they are to code instead.
    pub dictionaries: Option<petrarch::Dictionaries>,
}

impl World {
    /// The lexicon inside the program, indexed on first use.
    pub fn embedded() -> &'static World {
        static WORLD: std::sync::OnceLock<World> = std::sync::OnceLock::new();
        // The files inside the program are proved whole by a test.
        WORLD.get_or_init(|| World::read(&Own::default(), &mut Vec::new()))
    }

    /// The lexicon inside the program with a user's own lists before it, and every line of them that
    /// could not be read; the rest stands. The texts are kept as long as the program runs.
    pub fn with(lists: &OwnLists) -> (World, Vec<Finding>) {
        let mut findings = Vec::new();
        let own = Own::sorted(lists, &mut findings);
        let mut world = World::read(&own, &mut findings);
        findings.extend(world.events.findings());
        if !lists.petrarch.is_empty() {
            let (dictionaries, wrong) = petrarch::Dictionaries::read(&lists.petrarch);
            findings.extend(wrong);
            world.dictionaries = dictionaries.has_verbs().then_some(dictionaries);
        }
        (world, findings)
    }

    /// Reads the lexicon; rows that cannot be read are left out and told in `errors`.
    fn read(own: &Own, errors: &mut Vec<Finding>) -> World {
        World {
            names: lexicon::names(own, errors),
            given: GivenNames::read(&own.given_names, lexicon::GIVEN_NAMES, errors),
            agents: Agents::read(&own.agents, lexicon::AGENTS, errors),
            gazetteer: Gazetteer::embedded(),
            events: EventLexicon::with(&own.classes, &own.frames),
            cues: Cues::embedded(),
            dictionaries: None,
        }
    }

    /// Whether this is the code of a country.
    pub fn is_country(&self, code: &str) -> bool {
        self.names.is_country(code)
    }
}
