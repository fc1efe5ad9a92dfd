//! Role nouns: what a word for a person or a body says of its PLOVER sector.
//!
//! In goes `lexicon/world/agents.tsv`; out comes a map from lemma to sectors.

use crate::entry::SECTORS;
use crate::rows::{File, Row, values};
use crate::{Fault, Finding};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Letters of the shortest word that is looked for under another spelling.
const LONG: usize = 8;

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
    /// Whether the word names somebody by what he is to another: "ally", "entourage".
    pub tie: bool,
    /// Whether the word names an officer's rank, which soldiers and the police have: "sergeant".
    pub rank: bool,
    /// Whether the word names who acts for another and is of that one's sector: "delegation".
    pub proxy: bool,
}

/// All role nouns.
#[derive(Debug, Default)]
pub struct Agents {
    agents: Vec<Agent>,
    lemmas: HashMap<&'static str, u32>,
    /// Long words by their consonants, gathered on first need; none where two roles have the same.
    consonants: OnceLock<HashMap<String, Option<&'static str>>>,
}

impl Agents {
    /// The role noun with this lemma, in lower case; two-word ones have one space: "prime minister".
    pub fn get(&self, lemma: &str) -> Option<&Agent> {
        self.agents.get(*self.lemmas.get(lemma)? as usize)
    }

    /// The role noun that a long word is a misspelling of: all its consonants in order ("supremicist",
    /// "peackeeper"), if only one has them and it is no more than a letter shorter or longer.
    pub fn misspelt(&self, lemma: &str) -> Option<&Agent> {
        if lemma.len() < LONG || !lemma.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let all = self.consonants.get_or_init(|| self.by_consonants());
        let meant = (*all.get(&consonants(lemma))?)?;
        let near = meant.len().abs_diff(lemma.len()) <= 1
            && meant.as_bytes().first() == lemma.as_bytes().first();
        near.then(|| self.get(meant)).flatten()
    }

    fn by_consonants(&self) -> HashMap<String, Option<&'static str>> {
        let word =
            |lemma: &&str| lemma.len() >= LONG && lemma.bytes().all(|b| b.is_ascii_lowercase());
        let mut lemmas: Vec<&'static str> = self.lemmas.keys().copied().filter(word).collect();
        lemmas.sort_unstable();
        let mut all: HashMap<String, Option<&'static str>> = HashMap::new();
        for lemma in lemmas {
            let meant = all.entry(consonants(lemma)).or_insert(Some(lemma));
            // "protester" and "protestor" say the same.
            *meant = meant.filter(|first| self.get(first) == self.get(lemma));
        }
        all
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
            let (tie, rank) = (kind == "tie", kind == "rank");
            let (proxy, office) = (kind.starts_with("proxy"), kind.ends_with("office"));
            let kind = match kind {
                "person" | "office" | "tie" | "rank" | "proxy" | "proxy office" => {
                    AgentKind::Person
                }
                "collective" | "proxy collective" => AgentKind::Collective,
                "institution" => AgentKind::Institution,
                "instrument" => AgentKind::Instrument,
                other => {
                    errors.push(row.error(format!(
                        "'{other}' is no kind; write person, office, rank, proxy, proxy office, proxy collective, tie, collective, institution or instrument"
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
            self.agents.push(Agent { sectors, kind, office, tie, rank, proxy });
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

/// A word without its vowels, doubled letters once.
fn consonants(word: &str) -> String {
    let mut kept = String::new();
    for letter in word.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')) {
        if !kept.ends_with(letter) {
            kept.push(letter);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use crate::World;

    #[test]
    fn a_long_word_may_be_misspelt_in_its_vowels() {
        let agents = &World::embedded().agents;
        let meant = |word| agents.misspelt(word).and_then(|agent| agent.sectors.first().copied());
        assert_eq!(meant("protestar"), Some("CVL"));
        assert_eq!(meant("peackeeper"), Some("IGO"));
        assert_eq!(meant("policy"), None);
        assert_eq!(meant("prosperity"), None);
    }
}
