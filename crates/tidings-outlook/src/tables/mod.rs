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

use crate::events::{Day, Events, Volume};
use blocks::{Block, Blocks};
use layout::Layout;
use rayon::prelude::*;
use row::{Part, Reader};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tidings_record::Trust;

/// A table as it was read.
#[derive(Debug, Default)]
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

/// Reads a table of events. Where it tells how far they are trusted, as our own do, those are left out of which
/// `trust` does not want.
///
/// # Errors
/// [`TableError`] where it is no table of events. Single bad rows are [`Table::faults`].
pub fn read(path: &Path, trust: Trust) -> Result<Table, TableError> {
    let unreadable = |error| TableError::Unreadable { path: path.to_path_buf(), error };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut blocks = Blocks::new(file);
    let first = blocks.read(Vec::new()).map_err(unreadable)?;
    let Some(first) = first else { return Err(TableError::Empty { path: path.to_path_buf() }) };
    let layout = Layout::of(&first.bytes).map_err(|(missing, names)| TableError::NoColumn {
        path: path.to_path_buf(),
        missing,
        names,
    })?;
    blocks.quoted = layout.quoted();
    // Blocks are read in their order, cut up on all cores, and joined in their order.
    let joined = Mutex::new(Joined::default());
    let idle: Mutex<Vec<Worker>> = Mutex::default();
    let mut hands = 0;
    let mut first = Some(first);
    let begun = std::iter::from_fn(|| {
        let mut worker = locked(&idle).pop().unwrap_or_else(|| {
            hands += 1;
            Worker::new(hands - 1, &layout, trust)
        });
        let block = match first.take() {
            Some(first) => Some(first),
            None => match blocks.read(std::mem::take(&mut worker.bytes)) {
                Ok(block) => block,
                Err(error) => return Some(Err(error)),
            },
        };
        block.map(|block| Ok((block, worker)))
    });
    begun
        .enumerate()
        .par_bridge()
        .try_for_each(|(number, begun)| {
            let (block, mut worker) = begun?;
            worker.read(&block, &layout);
            worker.bytes = block.bytes;
            locked(&joined).take(number, &mut worker);
            locked(&idle).push(worker);
            Ok(())
        })
        .map_err(unreadable)?;
    let table = joined.into_inner().unwrap_or_else(PoisonError::into_inner).done();
    if table.rows == 0 {
        return Err(TableError::Empty { path: path.to_path_buf() });
    }
    Ok(table)
}

/// What is behind a lock. Nobody panics while holding one.
fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Cuts up one block after the other, and keeps its memory and the names it has met.
struct Worker<'l> {
    number: usize,
    reader: Reader<'l>,
    bytes: Vec<u8>,
    /// How many of its names are joined.
    told: u32,
}

impl<'l> Worker<'l> {
    fn new(number: usize, layout: &'l Layout, trust: Trust) -> Worker<'l> {
        Worker { number, reader: Reader::new(layout, trust), bytes: Vec::new(), told: 0 }
    }

    fn read(&mut self, block: &Block, layout: &Layout) {
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
            self.reader.read(&cells, line);
            let lines =
                if layout.quoted() { memchr::memchr_iter(b'\n', &rest[..used]).count() } else { 1 };
            line += lines;
            rest = &rest[used..];
        }
    }
}

/// Parts in the order of blocks.
#[derive(Default)]
struct Joined {
    table: Table,
    /// Number of the block that comes next.
    next: usize,
    /// Parts of later blocks, with the number of their worker.
    waiting: BTreeMap<usize, (usize, Part)>,
    /// By worker: the names it has met, and the number of each in the table once it has one.
    names: Vec<Vec<(Box<str>, Option<u32>)>>,
    /// Day of the last row.
    last: Option<Day>,
    /// Memory that others are done with.
    spare: Vec<Events>,
}

impl Joined {
    /// Takes what a worker made of a block.
    fn take(&mut self, block: usize, worker: &mut Worker) {
        if self.names.len() <= worker.number {
            self.names.resize_with(worker.number + 1, Vec::new);
        }
        if let Some(known) = self.names.get_mut(worker.number) {
            known.extend(worker.reader.names.since(worker.told).map(|name| (name.into(), None)));
            worker.told = known.len() as u32;
        }
        let events = self.spare.pop().unwrap_or_default();
        let part = std::mem::replace(&mut worker.reader.part, Part { events, ..Part::default() });
        self.waiting.insert(block, (worker.number, part));
        while let Some((worker, part)) = self.waiting.remove(&self.next) {
            self.join(worker, part);
            self.next += 1;
        }
    }

    fn join(&mut self, worker: usize, mut part: Part) {
        let table = &mut self.table;
        if let Some((first, last, line)) = part.ends {
            if let Some(before) = self.last.filter(|last| *last > first) {
                table.faults.push(Fault::order(line, first, before));
            }
            self.last = Some(last);
        }
        table.rows += part.rows;
        table.faults.append(&mut part.faults);
        let names = self.names.get_mut(worker).map_or(&mut [][..], Vec::as_mut_slice);
        table.events.append(&mut part.events, |table, name| {
            let Some((name, number)) = names.get_mut(name as usize) else { return 0 };
            *number.get_or_insert_with(|| table.number(name))
        });
        self.spare.push(part.events);
    }

    fn done(self) -> Table {
        let mut table = self.table;
        table.events.counted = Volume::Events;
        table.events.sort();
        for run in table.events.rows.chunk_by(|a, b| a.day == b.day) {
            if let Some(event) = run.first() {
                table.events.volume.insert(event.day, run.len() as u32);
            }
        }
        table
    }
}

#[cfg(test)]
mod tests;
