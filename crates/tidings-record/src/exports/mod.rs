//! The record in the formats of the field: in go the conditions of a question, out come the bytes of a file.
//!
//! `docs/exports.md` says what stands in each column, and after which codebook. Formats that cannot say whether
//! an event happened (GDELT, ICEWS, POLECAT) are given only what did, unless a status is asked for, and only what is
//! trusted, unless that is asked for.

mod gdelt;
mod geojson;
mod icews;
mod parquet;
mod polecat;

use crate::actor::Actor;
use crate::questions::{Event, Filter, Subject, Unanswered};
use crate::store::{Error, Record};
use crate::trust::Trust;
use std::borrow::Cow;
use std::io::{self, Write};

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Apache Parquet, a column to each column of the answer.
    Parquet,
    /// A GeoJSON FeatureCollection of what has a place.
    Geojson,
    /// GDELT 2.0, table of events: a line for each incident.
    Gdelt,
    /// GDELT 2.0, table of mentions: a line for each event.
    GdeltMentions,
    /// ICEWS: a line for each pair of actors of an event.
    Icews,
    /// POLECAT: a line for each event.
    Polecat,
}

/// What codes are called, for formats that write names.
#[derive(Clone, Copy)]
pub struct Names<'n> {
    /// Of a country, by its ISO 3166-1 alpha-3 code.
    pub country: &'n dyn Fn(&str) -> Option<String>,
    /// Of a CAMEO code.
    pub action: &'n dyn Fn(&str) -> Option<String>,
}

/// Why nothing, or not all, was exported.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum Unexported {
    #[error(transparent)]
    Record(#[from] Error),
    #[error(transparent)]
    Unwritten(#[from] io::Error),
}

impl From<Unanswered<io::Error>> for Unexported {
    fn from(unanswered: Unanswered<io::Error>) -> Unexported {
        match unanswered {
            Unanswered::Record(error) => Unexported::Record(error),
            Unanswered::Taker(error) => Unexported::Unwritten(error),
        }
    }
}

/// What became of the rows that fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Lines of the file.
    pub lines: usize,
    /// Rows that are in the file.
    pub written: usize,
    /// Rows that the format cannot tell.
    pub left: usize,
}

impl Exported {
    /// Where each row is one line.
    fn of(fitted: usize, written: usize) -> Exported {
        Exported { lines: written, written, left: fitted - written.min(fitted) }
    }
}

impl Record {
    /// Writes what fits in a format. `subject` counts for Parquet and GeoJSON; the others have their own.
    ///
    /// # Errors
    /// If the record cannot be read, or the bytes cannot be written.
    pub fn export(
        &self,
        form: Form,
        subject: Subject,
        filter: &Filter,
        names: Names,
        to: impl Write + Send,
    ) -> Result<Exported, Unexported> {
        match form {
            Form::Parquet => parquet::write(self, subject, filter, to),
            Form::Geojson => geojson::write(self, subject, filter, to),
            Form::Gdelt => gdelt::events(self, filter, names, to),
            Form::GdeltMentions => gdelt::mentions(self, filter, to),
            Form::Icews => icews::write(self, filter, names, to),
            Form::Polecat => polecat::write(self, filter, to),
        }
    }
}

/// Whether something with this status happened, by anybody's account, where no status was asked for, and is trusted,
/// where nothing is said of that.
fn counts(filter: &Filter, status: &str, trusted: bool) -> bool {
    let happened = matches!(status, "reported" | "claimed" | "confirmed" | "contested");
    (filter.status.is_some() || happened) && filter.trust.unwrap_or(Trust::Trusted).takes(trusted)
}

/// A text that a spreadsheet would take for a formula, with an apostrophe before it (OWASP, "CSV injection").
pub fn harmless(text: &str) -> Cow<'_, str> {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    if formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A cell of a table parted by tabs: one line without tabs, and no formula.
fn cell(text: &str) -> String {
    let line: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let line = line.into_iter().filter(|word| !word.is_empty()).collect::<Vec<&str>>().join(" ");
    harmless(&line).into_owned()
}

/// The number of an id: its 64 bits without the sign.
fn number(id: &str) -> u64 {
    let digits = id.get(1..17).unwrap_or_default();
    u64::from_str_radix(digits, 16).unwrap_or_default() & (u64::MAX >> 1)
}

/// A table parted by tabs.
fn tabs<W: Write>(to: W) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        .delimiter(b'\t')
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(to)
}

fn line<W: Write>(table: &mut csv::Writer<W>, cells: &[String]) -> io::Result<()> {
    table.write_record(cells).map_err(io::Error::other)
}

/// The actors of a side, or one who is not known.
fn sides(event: &Event) -> impl Iterator<Item = (Option<&Actor>, Option<&Actor>)> {
    let side = |parties: &'_ [Actor]| -> Vec<usize> { (0..parties.len().max(1)).collect() };
    let pairs = side(&event.source).into_iter().flat_map(move |source| {
        side(&event.target).into_iter().map(move |target| (source, target))
    });
    pairs.map(|(source, target)| (event.source.get(source), event.target.get(target)))
}

/// The rows of a table inside the program: values parted by tabs, notes after `#`.
fn table(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_breaks_the_table() {
        for (text, told) in [
            ("=1+1", "'=1+1"),
            (" @x", "'@x"),
            ("-2\t3\n4", "'-2 3 4"),
            ("a\u{0}b", "a b"),
            ("Peru", "Peru"),
        ] {
            assert_eq!(cell(text), told);
        }
    }

    #[test]
    fn the_number_of_an_id_fits_a_signed_column() {
        assert_eq!(number("iffffffffffffffff"), u64::MAX >> 1);
        assert_eq!(number("e0000000000000010"), 16);
        assert_eq!(number("e"), 0);
    }
}
