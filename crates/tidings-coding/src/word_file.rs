//! Files of words in `lexicon/`: a line is a word or a list of words with what is said of them, in columns; what
//! follows a `#` is a remark.

use std::str::SplitWhitespace;

/// A line of a lexicon file that could not be read.
#[derive(Debug, thiserror::Error, PartialEq)]
#[error("lexicon/{file}, line {line}: {problem}")]
pub struct LexiconError {
    file: &'static str,
    pub(crate) line: usize,
    problem: String,
}

/// A line that says something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    file: &'static str,
    number: usize,
    /// Without remark, and without spaces at its ends.
    pub text: &'static str,
}

/// The lines of a file of the given name that say something.
pub(crate) fn lines(file: &'static str, text: &'static str) -> impl Iterator<Item = Line> {
    let said = |line: &'static str| line.split('#').next().unwrap_or_default().trim();
    let all = text.lines().enumerate();
    all.map(move |(nth, line)| Line { file, number: nth + 1, text: said(line) })
        .filter(|line| !line.text.is_empty())
}

impl Line {
    /// Its columns, parted by spaces, however many there are.
    pub fn words(self) -> SplitWhitespace<'static> {
        self.text.split_whitespace()
    }

    /// Its columns, where there must be so many; `what` says which.
    pub fn columns<const N: usize>(self, what: &str) -> Result<[&'static str; N], LexiconError> {
        let all: Vec<&str> = self.words().collect();
        all.try_into().map_err(|_| self.wrong(format!("write {what}")))
    }

    /// What is wrong with it.
    pub fn wrong(self, problem: impl Into<String>) -> LexiconError {
        LexiconError { file: self.file, line: self.number, problem: problem.into() }
    }
}
