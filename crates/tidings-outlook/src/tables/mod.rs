//! Tables of events from elsewhere, and our own: ICEWS, POLECAT, GDELT, exports of `tidings`.
//!
//! In goes a file of rows (tab-separated, comma-separated or JSON Lines); out come [`Events`], and every row
//! that could not be read or had to be read with doubt, by its line. Columns are found by the names of
//! the header ([`layout`]); GDELT's files, which have none, by their width. The file is read block
//! by block, on all cores.

mod blocks;
mod layout;
mod row;

pub use row::{Fault, Wrong};

use crate::events::{Events, Volume};
use blocks::{Block, Blocks};
use layout::Layout;
use rayon::prelude::*;
use row::Reader;
use std::path::{Path, PathBuf};

/// A table as it was read.
#[derive(Debug)]
pub struct Table {
    /// Its events, in the order of days.
    pub events: Events,
    /// Rows read, without the header.
    pub rows: usize,
    /// What was wrong, in the order of lines.
    pub faults: Vec<Fault>,
}

/// Why a table cannot be read at all, with the remedy.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum TableError {
    #[error("{path} cannot be read ({error}); check the name and the permissions", path = path.display())]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error("{path} holds no rows", path = path.display())]
    Empty { path: PathBuf },
    #[error(
        "{path}, line 1: no column tells {missing}; name one {names}, or give a file of ICEWS, POLECAT or GDELT",
        path = path.display()
    )]
    NoColumn { path: PathBuf, missing: &'static str, names: &'static str },
}

/// Reads a table of events.
///
/// # Errors
/// [`TableError`] where it is no table of events. Single bad rows are [`Table::faults`].
pub fn read(path: &Path) -> Result<Table, TableError> {
    let unreadable = |error| TableError::Unreadable { path: path.to_path_buf(), error };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut blocks = Blocks::new(file);
    let first = blocks.next().transpose().map_err(unreadable)?;
    let Some(first) = first else { return Err(TableError::Empty { path: path.to_path_buf() }) };
    let layout = Layout::of(&first.bytes).map_err(|(missing, names)| TableError::NoColumn {
        path: path.to_path_buf(),
        missing,
        names,
    })?;
    blocks.quoted = layout.quoted();
    let parts: Vec<(usize, Part)> = std::iter::once(Ok(first))
        .chain(blocks)
        .enumerate()
        .par_bridge()
        .map(|(number, block)| Ok((number, Part::read(&layout, &block?))))
        .collect::<Result<_, std::io::Error>>()
        .map_err(unreadable)?;
    let table = joined(parts);
    if table.rows == 0 {
        return Err(TableError::Empty { path: path.to_path_buf() });
    }
    Ok(table)
}

/// What one block gave.
struct Part {
    events: Events,
    rows: usize,
    faults: Vec<Fault>,
    /// The days of the first row and of the last, and the line of the first.
    ends: Option<(i32, i32, usize)>,
}

impl Part {
    fn read(layout: &Layout, block: &Block) -> Part {
        let mut reader = Reader::new(layout);
        let mut rest = &block.bytes[..];
        let mut line = block.line;
        let mut cells = Vec::with_capacity(64);
        if line == 1 && layout.has_header() {
            let used = layout.cells(rest, &mut cells);
            line += memchr::memchr_iter(b'\n', &rest[..used]).count();
            rest = &rest[used..];
        }
        while !rest.is_empty() {
            let used = layout.cells(rest, &mut cells).max(1);
            reader.read(&cells, line);
            let lines =
                if layout.quoted() { memchr::memchr_iter(b'\n', &rest[..used]).count() } else { 1 };
            line += lines;
            rest = &rest[used..];
        }
        let Reader { events, rows, faults, ends, .. } = reader;
        Part { events, rows, faults, ends }
    }
}

fn joined(mut parts: Vec<(usize, Part)>) -> Table {
    parts.sort_unstable_by_key(|(number, _)| *number);
    let events = Events { counted: Volume::Events, ..Events::default() };
    let mut table = Table { events, rows: 0, faults: Vec::new() };
    let mut last: Option<i32> = None;
    for (_, part) in parts {
        if let Some((first_day, last_day, line)) = part.ends {
            if let Some(before) = last.filter(|last| *last > first_day) {
                table.faults.push(Fault::order(line, first_day, before));
            }
            last = Some(last_day);
        }
        table.rows += part.rows;
        table.faults.extend(part.faults);
        table.events.append(part.events);
    }
    table.events.sort();
    for run in table.events.rows.chunk_by(|a, b| a.day == b.day) {
        if let Some(event) = run.first() {
            table.events.volume.insert(event.day, run.len() as u32);
        }
    }
    table
}

#[cfg(test)]
mod tests;
