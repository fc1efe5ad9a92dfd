//! CSV and TSV: one report to a row, below a heading that names the columns.

use super::{At, Found, LARGEST, Of, Problem, Source, Stream};
use crate::Options;
use crate::columns::{Field, Places};
use crate::decode::decode;
use crate::fields::Fields;
use csv::{ByteRecord, ReaderBuilder};
use std::io::{self, BufReader, Read};

pub(super) struct Table {
    of: Of,
    rows: csv::Reader<Measured>,
    row: ByteRecord,
    places: Places,
    /// Fields of the heading.
    width: usize,
    over: bool,
}

impl Table {
    pub fn new(
        of: Of,
        delimiter: u8,
        stream: BufReader<Stream>,
        options: &Options,
    ) -> Result<Table, Problem> {
        let stream = Measured { stream, left: LARGEST };
        let mut rows = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(1 << 16)
            .from_reader(stream);
        let mut row = ByteRecord::new();
        rows.read_byte_record(&mut row).map_err(problem)?;
        let names: Vec<String> = row.iter().map(text).collect::<Result<_, _>>()?;
        let places = placed(&names, options)?;
        Ok(Table { of, rows, width: row.len(), row, places, over: false })
    }

    fn fields(&self) -> Result<Fields, Problem> {
        if self.row.len() != self.width {
            return Err(Problem::Ragged { found: self.row.len(), expected: self.width });
        }
        let mut binary = false;
        let fields = Fields::read(&self.places, |at| {
            let read = text(self.row.get(at)?);
            binary |= read.is_err();
            read.ok()
        });
        if binary { Err(Problem::Binary) } else { Ok(fields) }
    }
}

impl Source for Table {
    fn next(&mut self, options: &Options) -> Option<Found> {
        if self.over {
            return None;
        }
        self.rows.get_mut().left = LARGEST;
        let read = self.rows.read_byte_record(&mut self.row).map_err(problem);
        let read = match read {
            Ok(false) => return None,
            Ok(true) => self.fields(),
            Err(problem) => Err(problem),
        };
        let line = self.row.position().map_or(0, csv::Position::line) as usize;
        // A row without an end leaves no place to go on from.
        let endless = matches!(read, Err(Problem::TooLarge(_)));
        self.over = endless || read.as_ref().is_err_and(Problem::ends_all);
        Some(match read {
            Ok(fields) => self.of.report(At::Line(line), fields, options),
            Err(problem) => self.of.fail(At::Line(line), problem),
        })
    }
}

/// Where the fields are among the columns, of which one must be the text.
pub(super) fn placed(names: &[String], options: &Options) -> Result<Places, Problem> {
    let shown = || {
        let names: Vec<&str> = names.iter().take(50).map(String::as_str).collect();
        names.join(", ").chars().take(500).collect::<String>()
    };
    if let Some(missing) = options.columns.missing(names) {
        return Err(Problem::NoColumn(missing.to_string(), shown()));
    }
    let places = options.columns.places(names);
    if places.of(Field::Text).next().is_none() {
        return Err(Problem::NoTextColumn(shown()));
    }
    Ok(places)
}

fn text(bytes: &[u8]) -> Result<String, Problem> {
    decode(bytes.to_vec()).map_err(|_| Problem::Binary)
}

fn problem(error: csv::Error) -> Problem {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Problem::of(error),
        other => Problem::Damaged(format!("{other:?}")),
    }
}

/// A stream of which one row may take no more than so many bytes: a quotation mark that is never closed
/// would draw the whole file into one row.
struct Measured {
    stream: BufReader<Stream>,
    left: u64,
}

impl Read for Measured {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(Problem::TooLarge(LARGEST)));
        }
        let read = self.stream.read(to)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
