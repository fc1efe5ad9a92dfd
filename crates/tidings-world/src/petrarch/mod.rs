//! PETRARCH's dictionaries: actors, agents, verbs and discards, as the field has kept them since KEDS.
//!
//! In go the texts of dictionary files, told apart by their look; out come [`Dictionaries`], which say
//! of the words of a sentence whom they name and what act they are. A line that cannot be read is
//! left out and told with its file and number. They know nothing of trees: `tidings-coding`
//! matches their patterns.
//!
//! The formats: P. A. Schrodt, *TABARI Manual* 0.8 (2012), chapter 5, and the *PETRARCH Manual* of the
//! Open Event Data Alliance (2014, 2016); `docs/lexicon.md` tells them in short.

mod actors;
mod lines;
mod phrases;
#[cfg(test)]
mod tests;
mod verbs;

pub use actors::{Actor, Agent, DatedCode};
pub use lines::words;
pub use verbs::{Code, Element, Pattern, Piece, Verb};

use crate::{Fault, Finding, TextFile};
use lines::{Line, lines};
use phrases::Phrases;
use verbs::Verbs;

/// What a file of PETRARCH's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum DictionaryKind {
    Actors,
    Agents,
    Verbs,
    Discards,
}

/// What the file lists, by its look: blocks with `---` are verbs, codes with `~` agents, other
/// codes in brackets actors; a file without any code lists what to discard.
pub fn kind(file: &TextFile) -> DictionaryKind {
    let mut codes = false;
    for Line { text, .. } in lines(file) {
        if text.starts_with("---") {
            return DictionaryKind::Verbs;
        }
        let (_, mut inside) = lines::bracketed(text);
        if let Some(code) = inside.next() {
            if code.starts_with('~') || code.ends_with('~') {
                return DictionaryKind::Agents;
            }
            codes = true;
        }
    }
    if codes { DictionaryKind::Actors } else { DictionaryKind::Discards }
}

/// What a phrase of the discards throws away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discard {
    /// The sentence it stands in.
    Sentence,
    /// The whole report.
    Report,
}

/// The dictionaries of one user.
#[derive(Debug, Default, Clone)]
pub struct Dictionaries {
    actors: actors::Actors,
    agents: actors::Agents,
    verbs: Verbs,
    discards: Phrases,
}

/// What is wrong, kept as it is found.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<Finding>);

impl Problems {
    fn add(&mut self, file: &TextFile, line: Line, problem: impl Into<String>) {
        self.0.push(Finding::unreadable(&file.name, line.number, problem));
    }

    /// A phrase given twice, whose first entry counts.
    fn repeated(&mut self, file: &TextFile, line: Line, phrase: &str, denied: bool) {
        let fault = if denied { Fault::Contradictory } else { Fault::Shadowed };
        let problem = format!("'{phrase}' stands twice; the first counts");
        self.0.push(Finding::new(fault, &file.name, line.number, problem));
    }

    /// An entry that another comes before.
    fn shadowed(&mut self, file: &TextFile, line: Line, problem: impl Into<String>) {
        self.0.push(Finding::new(Fault::Shadowed, &file.name, line.number, problem));
    }
}

impl Dictionaries {
    /// Reads dictionaries in any order, with everything wrong in them: lines that cannot be read,
    /// which are left out, and phrases given twice, of which the first counts.
    pub fn read(files: &[TextFile]) -> (Dictionaries, Vec<Finding>) {
        let (mut all, mut problems) = (Dictionaries::default(), Problems::default());
        let mut verbs = Vec::new();
        for file in files {
            match kind(file) {
                DictionaryKind::Actors => all.actors.read(file, &mut problems),
                DictionaryKind::Agents => all.agents.read(file, &mut problems),
                DictionaryKind::Verbs => verbs.push(file),
                DictionaryKind::Discards => all.read_discards(file),
            }
        }
        all.verbs = Verbs::read(&verbs, &mut problems);
        (all, problems.0)
    }

    fn read_discards(&mut self, file: &TextFile) {
        for Line { text, .. } in lines(file) {
            let (phrase, kind) = match text.strip_prefix('+') {
                Some(phrase) => (phrase, Discard::Report),
                None => (text, Discard::Sentence),
            };
            self.discards.add(words(phrase), kind as u32);
        }
    }

    /// The actor whose name the words begin with, the longest, and how many words it has.
    pub fn actor_at<W: AsRef<str>>(&self, words: &[W]) -> Option<(usize, &Actor)> {
        let (length, id) = self.actors.phrases.longest_at(words)?;
        Some((length, self.actors.actors.get(id as usize)?))
    }

    /// The agent the words begin with, the longest, and how many words it has.
    pub fn agent_at<W: AsRef<str>>(&self, words: &[W]) -> Option<(usize, &Agent)> {
        let (length, id) = self.agents.phrases.longest_at(words)?;
        Some((length, self.agents.agents.get(id as usize)?))
    }

    /// The verb at a place among the words, the longest.
    pub fn verb_at<W: AsRef<str>>(&self, words: &[W], at: usize) -> Option<&Verb> {
        self.verbs.at(words, at)
    }

    /// The patterns of a verb, the longest first, else in the order of the file.
    pub fn patterns(&self, verb: &Verb) -> &[Pattern] {
        self.verbs.patterns(verb)
    }

    /// The patterns of each block of verbs.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = &[Pattern]> {
        self.verbs.blocks()
    }

    /// What the words of a sentence throw away, if anything.
    pub fn discards<W: AsRef<str>>(&self, words: &[W]) -> Option<Discard> {
        let mut found = None;
        for at in 0..words.len() {
            match self.discards.longest_at(&words[at..]) {
                Some((_, id)) if id == Discard::Report as u32 => return Some(Discard::Report),
                Some(_) => found = Some(Discard::Sentence),
                None => {}
            }
        }
        found
    }

    /// Every actor, in the order of the files.
    pub fn actors(&self) -> &[Actor] {
        &self.actors.actors
    }

    /// Whether there is a verb: without one no event can be coded.
    pub fn has_verbs(&self) -> bool {
        !self.verbs.is_empty()
    }

    /// How many names of actors, names of agents and verbs there are.
    pub fn sizes(&self) -> (usize, usize, usize) {
        (self.actors.phrases.len(), self.agents.phrases.len(), self.verbs.len())
    }
}
