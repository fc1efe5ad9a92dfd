//! The event lexicon: which words, in which frame, are which CAMEO action.
//!
//! In go the files of `lexicon/events/`: one file of frames per PLOVER type, the word classes they
//! share, the table of CAMEO codes, and the table that composes codes ("refuse" + "negotiate" is
//! 125). Out comes an [`EventLexicon`]: frames found by the word they hang on, and the [`Action`]
//! of a code. Frames know nothing of trees; `tidings-coding` matches them.
//!
//! Sources: the CAMEO codebook (Gerner, Schrodt and Yilmaz 2012), whose roots 02, 03, 10, 12 and 13
//! mirror the acts of 04 to 08 and 14 to 20 one for one, and the PLOVER manual (2021).

mod cameo;
mod codebook;
mod pattern;

pub use cameo::{Code, Operator};
pub use codebook::{CodebookEntry, codebook, event_types};
pub use pattern::{
    Argument, Filler, Frame, Group, HeadWord, Kind, Noun, Place, Role, Section, Slot, Word,
};

use crate::Finding;
use crate::rows::File;
use cameo::Codes;
use pattern::{Classes, Vocabulary};
use std::collections::HashMap;
use std::sync::Arc;

/// A CAMEO action with its PLOVER reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// PLOVER event type, one of the sixteen.
    pub event: &'static str,
    /// PLOVER mode, where the type has modes.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// CAMEO code, 2 to 4 digits.
    pub cameo: String,
    /// Goldstein scale, −10 to 10.
    pub goldstein: f64,
    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
}

/// A line of the event lexicon that cannot be read. The line is left out; the rest stands.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{file}, line {line}: {problem}")]
pub struct LexiconError {
    /// The file's name.
    pub file: String,
    /// Line number, from one.
    pub line: usize,
    /// The problem in plain English, with the remedy.
    pub problem: String,
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"), "/../../lexicon/events/", $name, ".txt"
        )))),*]
    };
}

const CAMEO: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicon/events/cameo.tsv"));
const COMPOSE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicon/events/compose.tsv"));
const CLASSES: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicon/events/classes.txt"));
const FRAMES: [(&str, &str); 18] = embedded![
    "idioms",
    "agree",
    "consult",
    "support",
    "cooperate",
    "aid",
    "concede",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
    "meant",
];

/// The verbs, nouns and adjectives of political action.
#[derive(Debug)]
pub struct EventLexicon {
    frames: Vec<Frame>,
    /// How many of the frames, the first, are a user's own.
    own: usize,
    /// Frames by the word they hang on.
    by_head: HashMap<(Word, Kind), Vec<u32>>,
    classes: Classes,
    words: Vocabulary,
    codes: Codes,
    problems: Vec<LexiconError>,
}

impl Default for EventLexicon {
    /// The lexicon inside the program.
    fn default() -> Self {
        EventLexicon::with(&[], &[])
    }
}

impl EventLexicon {
    /// The lexicon inside the program with a user's own files: of two frames that match alike the
    /// user's counts, and the words of their classes are added to the program's of that name.
    pub(crate) fn with(classes: &[File], frames: &[File]) -> EventLexicon {
        let mut lexicon = EventLexicon::of_own(classes, frames);
        lexicon.own = lexicon.frames.len();
        for (name, text) in FRAMES {
            lexicon.add(name, text);
        }
        lexicon
    }

    /// A user's frames alone, which may use the program's classes.
    pub(crate) fn of_own(classes: &[File], frames: &[File]) -> EventLexicon {
        let all: Vec<(&str, &str)> = std::iter::once(("events/classes.txt", CLASSES))
            .chain(classes.iter().map(|file| (file.name, file.text)))
            .collect();
        let mut lexicon = EventLexicon::of_classes(CAMEO, COMPOSE, &all);
        for File { name, text } in frames {
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
            let first = lexicon.problems.len();
            lexicon.add(file.strip_suffix(".txt").unwrap_or(file), text);
            for problem in lexicon.problems.iter_mut().skip(first) {
                problem.file = name.to_string();
            }
        }
        lexicon
    }

    /// [`EventLexicon::problems`] as findings, with the paths of the files under `lexicon/`.
    pub(crate) fn findings(&self) -> impl Iterator<Item = Finding> {
        self.problems.iter().map(|LexiconError { file, line, problem }| {
            let inside = FRAMES.iter().any(|(name, _)| name == file);
            let file = if inside { format!("events/{file}.txt") } else { file.clone() };
            Finding::unreadable(&file, *line, problem.clone())
        })
    }

    /// A lexicon without frames, from the text of `cameo.tsv`, `compose.tsv` and `classes.txt`.
    pub fn new(cameo: &str, compose: &str, classes: &str) -> EventLexicon {
        EventLexicon::of_classes(cameo, compose, &[("classes.txt", classes)])
    }

    fn of_classes(cameo: &str, compose: &str, classes: &[(&str, &str)]) -> EventLexicon {
        let mut problems = Vec::new();
        let mut words = Vocabulary::default();
        let codes = Codes::parse(cameo, compose, &mut problems);
        let classes = Classes::parse(classes, &mut words, &mut problems);
        let (frames, by_head) = Default::default();
        EventLexicon { frames, own: 0, by_head, classes, words, codes, problems }
    }

    /// Adds a file of frames. Broken lines are left out and named in [`EventLexicon::problems`].
    pub fn add(&mut self, file: &str, text: &str) {
        let reader = pattern::Reader {
            classes: &self.classes,
            codes: &self.codes,
            words: &mut self.words,
            problems: &mut self.problems,
        };
        for frame in reader.read(file, text) {
            let number = self.frames.len() as u32;
            for head in frame.heads.iter() {
                let found = self.by_head.entry((head.word, frame.kind)).or_default();
                if found.last() != Some(&number) {
                    found.push(number);
                }
            }
            self.frames.push(frame);
        }
    }

    /// Lines that could not be read, and rules given twice.
    pub fn problems(&self) -> &[LexiconError] {
        &self.problems
    }

    /// Every frame, in the order of the files.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The number of a lower-cased word, if any frame or class uses it.
    pub fn word(&self, word: &str) -> Option<Word> {
        self.words.get(word)
    }

    /// The frames that hang on `word`.
    pub fn hanging_on(&self, word: Word, kind: Kind) -> impl Iterator<Item = &Frame> {
        let numbers = self.by_head.get(&(word, kind)).map_or(&[][..], Vec::as_slice);
        numbers.iter().filter_map(|&n| self.frames.get(n as usize))
    }

    /// The single words of a class, sorted; empty for a class that does not exist.
    pub fn class(&self, name: &str) -> Arc<[Noun]> {
        self.classes.get(name).unwrap_or_default()
    }

    /// The PLOVER sectors of a group of actors; `STATE` stands for countries, `PERSON` for people
    /// without an office.
    pub fn sectors(&self, group: Group) -> &[String] {
        self.classes.sectors(group)
    }

    /// The code of `operator` applied to an act of code `content`: REJECT of 046 is 125. Nothing
    /// where the scheme has no such composition.
    pub fn compose(&self, operator: Operator, content: Code) -> Option<Code> {
        self.codes.compose(operator, content)
    }

    /// The code written as `digits`.
    pub fn code(&self, digits: &str) -> Option<Code> {
        self.codes.get(digits)
    }

    /// The digits of a code.
    pub fn digits(&self, code: Code) -> &str {
        self.codes.digits(code)
    }

    /// The codebook's name for a code.
    pub fn name(&self, code: Code) -> &str {
        self.codes.name(code)
    }

    /// The action of which only the PLOVER type is known: that of the type's general code of three digits, as 040 of
    /// CONSULT and 190 of ASSAULT; where none ends in 0, the last one, as 087 of RETREAT.
    pub fn general(&self, event: &str) -> Option<Action> {
        self.codes.general(event)
    }

    /// Whether a rule is that of a frame of a user's own.
    pub fn is_own(&self, rule: &str) -> bool {
        self.frames[..self.own].iter().any(|frame| frame.rule == rule)
    }

    /// The action of a code. A section's event and mode stand before those of the table.
    pub fn action(&self, code: Code, section: Option<&Section>) -> Option<Action> {
        let mut action = self.codes.action(code)?;
        if let Some(section) = section {
            action.event = section.event.unwrap_or(action.event);
            if section.mode.is_some() {
                action.mode.clone_from(&section.mode);
            }
        }
        Some(action)
    }
}

#[cfg(test)]
mod tests;
