//! The rows of lexicon files: tab-separated columns, `#` comments, `; ` between values.

use crate::{Fault, Finding};

/// A lexicon file: inside the program, or a user's, kept as long as the program runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct File {
    pub name: &'static str,
    pub text: &'static str,
}

/// Names a file under `lexicon/` and takes it into the program.
macro_rules! lexicon {
    ($name:literal) => {
        $crate::rows::File {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicon/", $name)),
        }
    };
}
pub(crate) use lexicon;

/// One row: its columns, those missing at the end empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<const N: usize> {
    file: &'static str,
    line: usize,
    pub columns: [&'static str; N],
}

impl<const N: usize> Row<N> {
    pub fn error(&self, problem: impl Into<String>) -> Finding {
        self.finding(Fault::Unparsable, problem)
    }

    pub fn finding(&self, fault: Fault, problem: impl Into<String>) -> Finding {
        Finding::new(fault, self.file, self.line, problem)
    }

    /// Line number, from one.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl File {
    /// The rows with up to `N` columns; a row with more is an error and is left out.
    pub fn rows<const N: usize>(self, errors: &mut Vec<Finding>) -> impl Iterator<Item = Row<N>> {
        self.text.lines().enumerate().filter_map(move |(number, line)| {
            if line.is_empty() || line.starts_with('#') {
                return None;
            }
            let mut row = Row { file: self.name, line: number + 1, columns: [""; N] };
            for (at, column) in line.split('\t').enumerate() {
                match row.columns.get_mut(at) {
                    Some(slot) => *slot = column.trim(),
                    None => {
                        errors.push(row.error(format!("more than {N} columns; remove the rest")));
                        return None;
                    }
                }
            }
            Some(row)
        })
    }
}

/// The values of a column: `Serb; Serbs` gives two.
pub(crate) fn values(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split(';').map(str::trim).filter(|value| !value.is_empty())
}
