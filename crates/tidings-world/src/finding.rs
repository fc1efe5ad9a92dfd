//! What is wrong with a line of a lexicon or a dictionary, for those who edit it.

use serde::Serialize;

/// In what way an entry is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// It cannot be read, and is left out.
    Unparsable,
    /// It says something that another entry denies.
    Contradictory,
    /// Another entry is always found before it.
    Shadowed,
    /// No text can lead to it.
    Unreachable,
}

/// One entry that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, thiserror::Error)]
#[error("{file}, line {line}: {problem}")]
pub struct Finding {
    /// The file's name: its path under `lexicon/`, or as the user named it.
    pub file: String,
    /// Line number, from one.
    pub line: usize,
    /// In what way it is wrong.
    pub fault: Fault,
    /// The problem in plain English, with the remedy.
    pub problem: String,
}

impl Finding {
    pub(crate) fn new(fault: Fault, file: &str, line: usize, problem: impl Into<String>) -> Self {
        Finding { file: file.to_string(), line, fault, problem: problem.into() }
    }

    pub(crate) fn unreadable(file: &str, line: usize, problem: impl Into<String>) -> Self {
        Finding::new(Fault::Unparsable, file, line, problem)
    }
}
