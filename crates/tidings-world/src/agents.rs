//! Role nouns: what a word for a person or a body says of its PLOVER sector.
//!
//! In goes `lexicon/world/agents.tsv`; out comes a map from lemma to sectors.

use crate::entry::SECTORS;
use crate::rows::{File, Row, values};
use crate::{Fault, Finding};
use std::collections::HashMap;

/// What sort of thing a role noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgentKind {
    /// One person: "soldier".
    Person,
    /// A body of people that acts as one: "army", "crowd".
    Collective,
    /// An institution, or a building or service that stands for it: "parliament", "hospital".
    Institution,
    /// A thing that acts for those who run it: "warplane", "newspaper".
    Instrument,
}

/// A role noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// PLOVER sectors, the first the main one; empty for words that only say "somebody".
    pub sectors: Vec<&'static str>,
    /// What sort of thing it names.
    pub kind: AgentKind,
    /// Whether the word names an office that one person holds: "president", "spokesman".
    pub office: bool,
}

/// All role nouns.
#[derive(Debug, Default)]
pub struct Agents {
    agents: Vec<Agent>,
    lemmas: HashMap<&'static str, u32>,
}

impl Agents {
    /// The role noun with this lemma, in lower case; two-word ones have one space: "prime minister".
    pub fn get(&self, lemma: &str) -> Option<&Agent> {
        self.agents.get(*self.lemmas.get(lemma)? as usize)
    }

    /// How many role nouns there are.
    pub fn len(&self) -> usize {
        self.lemmas.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lemmas.is_empty()
    }

    /// Reads a user's own files, then the program's.
    pub(crate) fn read(own: &[File], file: File, errors: &mut Vec<Finding>) -> Agents {
        let mut agents = Agents::default();
        for file in own.iter().copied().chain([file]) {
            agents.read_file(file, errors);
        }
        agents
    }

    /// Adds a file; a role noun of an earlier file stands.
    fn read_file(&mut self, file: File, errors: &mut Vec<Finding>) {
        let first = self.agents.len() as u32;
        let rows: Vec<Row<3>> = file.rows(errors).collect();
        for row in rows {
            let [sectors, kind, lemmas] = row.columns;
            let (kind, office) = match kind {
                "person" => (AgentKind::Person, false),
                "office" => (AgentKind::Person, true),
                "collective" => (AgentKind::Collective, false),
                "institution" => (AgentKind::Institution, false),
                "instrument" => (AgentKind::Instrument, false),
                other => {
                    errors.push(row.error(format!(
                        "'{other}' is no kind; write person, office, collective, institution or instrument"
                    )));
                    continue;
                }
            };
            let sectors: Vec<_> = values(sectors).collect();
            if let Some(bad) = sectors.iter().find(|s| !SECTORS.contains(s)) {
                errors.push(row.error(format!("'{bad}' is no PLOVER sector")));
                continue;
            }
            let id = self.agents.len() as u32;
            self.agents.push(Agent { sectors, kind, office });
            for lemma in values(lemmas) {
                let known = *self.lemmas.entry(lemma).or_insert(id);
                if known == id || known < first {
                    continue;
                }
                let denied = self.agents.get(known as usize) != self.agents.get(id as usize);
                let fault = if denied { Fault::Contradictory } else { Fault::Shadowed };
                errors.push(row.finding(fault, format!("'{lemma}' stands twice; keep one")));
            }
        }
    }
}
