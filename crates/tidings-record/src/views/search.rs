//! Words sought in the text of reports.

use super::rows;
use crate::phrases::Sought;
use crate::store::{Error, Record};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;

/// A report in which the words occur.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ReportHit {
    pub id: String,
    pub name: String,
    pub published: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// Words around the first hits.
    pub excerpt: Vec<Hit>,
}

/// A piece of an excerpt.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Hit {
    pub text: String,
    /// Whether it is one of the words sought.
    pub sought: bool,
}

/// Marks around the words sought, which no text that was read holds more often than by accident.
const BEGIN: char = '\u{2}';
const END: char = '\u{3}';

impl Record {
    /// Reports with all of the words, the last added first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn reports_with(&self, words: &str, limit: usize) -> Result<Vec<ReportHit>, Error> {
        let Sought { words, phrases } = Sought::read(words);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = "SELECT report.uid, report.id, published, report.title, source,
                 snippet(report_words, 1, char(2), char(3), '…', 28)
             FROM report_words JOIN report ON report.report = report_words.rowid
             WHERE report_words MATCH ? AND superseded_by IS NULL"
            .to_string();
        let mut values = vec![Value::Text(words)];
        for phrase in phrases {
            sql.push_str(" AND (says(report.text, ?) OR says(report.title, ?))");
            values.extend([Value::Text(phrase.clone()), Value::Text(phrase)]);
        }
        sql.push_str(" ORDER BY report_words.rowid DESC LIMIT ?");
        values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
        let found = rows(&self.db, &sql, params_from_iter(values), |row| {
            let excerpt: String = row.get(5)?;
            Ok(ReportHit {
                id: row.get(0)?,
                name: row.get(1)?,
                published: row.get(2)?,
                title: row.get(3)?,
                publisher: row.get(4)?,
                excerpt: pieces(&excerpt),
            })
        });
        found.map_err(|error| self.told(error))
    }
}

fn pieces(excerpt: &str) -> Vec<Hit> {
    let mut sought = false;
    let mut pieces = Vec::new();
    for piece in excerpt.split_inclusive([BEGIN, END]) {
        let text = piece.trim_end_matches([BEGIN, END]);
        if !text.is_empty() {
            pieces.push(Hit { text: text.to_string(), sought });
        }
        sought = piece.ends_with(BEGIN);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_fall_into_what_was_sought_and_what_stands_around() {
        let told: Vec<_> = pieces("…the \u{2}patrol\u{3} \u{2}boat\u{3}")
            .into_iter()
            .map(|hit| (hit.text, hit.sought))
            .collect();
        let told: Vec<_> = told.iter().map(|(text, sought)| (text.as_str(), *sought)).collect();
        assert_eq!(told, [("…the ", false), ("patrol", true), (" ", false), ("boat", true)]);
    }
}
