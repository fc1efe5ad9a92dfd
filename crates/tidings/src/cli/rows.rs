//! The rows of an answer as a table, a page, JSON Lines or CSV, each written as it comes.

use super::output::{Output, Problem, json};
use clap::ValueEnum;
use std::borrow::Cow;
use std::fmt::Write;
use tidings::record::exports::harmless;
use tidings::record::questions::{Named, Subject, Value};
use tidings::safe;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// The chief columns, for the eye
    Table,
    /// Every column of a row on a line of its own
    Page,
    /// JSON Lines: one object per row
    Jsonl,
    /// Comma-separated values with a header line (RFC 4180)
    Csv,
}

/// Between the members of a list in a table and in CSV.
const AMONG: &str = "; ";

/// Writes rows.
pub(super) struct Rows {
    format: Format,
    columns: Vec<&'static str>,
    /// Columns of the table: where they stand in the row, and how wide they are.
    chief: Vec<(usize, usize)>,
    begun: bool,
    to: Output,
}

impl Rows {
    pub fn new(format: Format, subject: Subject) -> Rows {
        Rows::to(Output::stdout(), format, subject)
    }

    pub fn to(to: Output, format: Format, subject: Subject) -> Rows {
        Rows { to, ..Rows::of(format, &subject.columns().collect::<Vec<_>>(), chief(subject)) }
    }

    /// Rows of these columns; `chief` are those of the table, with their widths.
    pub fn of(format: Format, columns: &[&'static str], chief: &[(&'static str, usize)]) -> Rows {
        let chief = chief.iter().filter_map(|(name, width)| {
            Some((columns.iter().position(|column| column == name)?, *width))
        });
        let (chief, columns) = (chief.collect(), columns.to_vec());
        Rows { format, chief, columns, begun: false, to: Output::stdout() }
    }

    /// Goes on with rows of another kind.
    pub fn within(&mut self, subject: Subject) -> &mut Rows {
        self.columns = subject.columns().collect();
        self
    }

    pub fn write(&mut self, row: &[Value]) -> Result<(), Problem> {
        let mut text = String::new();
        if !self.begun {
            self.begun = true;
            match self.format {
                Format::Csv => text = self.columns.join(",") + "\r\n",
                Format::Table => text = self.heading(),
                Format::Page | Format::Jsonl => {}
            }
        }
        match self.format {
            Format::Csv => csv(row, &mut text),
            Format::Jsonl => text.push_str(&json(&Named { columns: &self.columns, row })),
            Format::Table => self.table(row, &mut text),
            Format::Page => self.page(row, &mut text),
        }
        self.to.gather(text.as_bytes())
    }

    /// A line of words between the rows.
    pub fn line(&mut self, words: &str) -> Result<(), Problem> {
        self.to.gather(format!("{}\n", safe::line(words)).as_bytes())
    }

    pub fn finish(&mut self) -> Result<(), Problem> {
        self.to.finish()
    }

    fn heading(&self) -> String {
        let names =
            self.chief.iter().filter_map(|&(at, width)| Some((*self.columns.get(at)?, width)));
        line(names.map(|(name, width)| (name.to_string(), width)))
    }

    fn table(&self, row: &[Value], into: &mut String) {
        let cells = self.chief.iter().filter_map(|&(at, width)| Some((shown(row.get(at)?), width)));
        into.push_str(&line(cells));
    }

    /// What is known of the row, a column to a line.
    fn page(&self, row: &[Value], into: &mut String) {
        let widest = self.columns.iter().map(|name| name.len()).max().unwrap_or(0);
        for (name, value) in self.columns.iter().zip(row) {
            let value = shown(value);
            if !value.is_empty() {
                let _ = writeln!(into, "{name:widest$}  {value}");
            }
        }
        into.push('\n');
    }
}

/// The columns of the table, with their widths.
fn chief(subject: Subject) -> &'static [(&'static str, usize)] {
    match subject {
        Subject::Events => &[
            ("id", 17),
            ("since", 10),
            ("event", 9),
            ("cameo", 5),
            ("source", 24),
            ("target", 24),
            ("place", 14),
            ("status", 9),
            ("trusted", 7),
            ("report", 24),
        ],
        Subject::Incidents => &[
            ("id", 17),
            ("since", 10),
            ("event", 9),
            ("cameo", 5),
            ("source", 22),
            ("target", 22),
            ("place", 14),
            ("status", 9),
            ("trusted", 7),
            ("sources", 7),
            ("figures", 30),
        ],
        Subject::Claims => &[
            ("id", 17),
            ("published", 10),
            ("speaker", 22),
            ("content", 60),
            ("evidence", 11),
            ("report", 24),
        ],
        Subject::Actors => &[
            ("name", 36),
            ("country", 7),
            ("sectors", 12),
            ("office", 24),
            ("as_source", 9),
            ("as_target", 9),
            ("claims", 6),
        ],
        Subject::Changes => {
            &[("kind", 7), ("report", 20), ("words", 20), ("before", 50), ("after", 50)]
        }
        Subject::Corrections => &[
            ("id", 17),
            ("made", 10),
            ("by", 14),
            ("kind", 12),
            ("role", 6),
            ("before", 24),
            ("value", 24),
            ("note", 30),
            ("undone", 10),
        ],
    }
}

/// Cells side by side, each cut or filled to its width; nothing trails the last.
fn line(cells: impl Iterator<Item = (String, usize)>) -> String {
    let mut line = String::new();
    for (text, width) in cells {
        let mut left = width;
        if text.width() <= width {
            line.push_str(&text);
            left -= text.width();
        } else {
            // One column is for the mark that something is left out.
            for c in text.chars() {
                let wide = c.width().unwrap_or(0);
                if wide + 1 > left {
                    break;
                }
                left -= wide;
                line.push(c);
            }
            line.push('…');
            left -= 1;
        }
        line.extend(std::iter::repeat_n(' ', left + 2));
    }
    line.truncate(line.trim_end().len());
    line.push('\n');
    line
}

/// A value as one line of words.
fn shown(value: &Value) -> String {
    safe::line(&value.words(AMONG))
}

/// A line of CSV. A text that a spreadsheet would take for a formula gets an apostrophe before it
/// ([`harmless`]); numbers stay numbers.
fn csv(row: &[Value], into: &mut String) {
    for (at, value) in row.iter().enumerate() {
        if at > 0 {
            into.push(',');
        }
        let text = match value {
            Value::Text(text) => safe::columns(text),
            Value::List(texts) => safe::columns(&texts.join(AMONG)),
            number => {
                into.push_str(&shown(number));
                continue;
            }
        };
        let text = harmless(&text);
        if matches!(text, Cow::Owned(_)) || text.contains(['"', ',', '\n', '\r']) {
            let _ = write!(into, "\"{}\"", text.replace('"', "\"\""));
        } else {
            into.push_str(&text);
        }
    }
    into.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Value {
        Value::Text(words.to_string())
    }

    #[test]
    fn no_cell_of_csv_is_a_formula() {
        let mut line = String::new();
        let row = [text("=1+1"), text("@x"), text(" -y"), Value::Real(-10.0), text("a \"b\", c")];
        csv(&row, &mut line);
        assert_eq!(line, "\"'=1+1\",\"'@x\",\"' -y\",-10,\"a \"\"b\"\", c\"\r\n");
    }

    #[test]
    fn what_is_too_long_for_its_column_is_cut() {
        let cells =
            [("Fishermen".to_string(), 5), ("東京都".to_string(), 4), ("ok".to_string(), 9)];
        assert_eq!(line(cells.into_iter()), "Fish…  東…   ok\n");
    }
}
