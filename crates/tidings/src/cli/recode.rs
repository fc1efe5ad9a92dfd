//! `tidings recode`: the reports of a record coded anew, and what changes by it.

use super::ask;
use super::lists::Lists;
use super::output::{Output, Problem, Progress};
use super::rows::Format;
use std::path::Path;
use std::sync::mpsc::channel;
use tidings::pipeline::{self, Tally};
use tidings::record::questions::{Filter, Subject};
use tidings::record::{Entry, Record, Stored};

/// Reports that are read, and written, together.
const TOGETHER: usize = 64;

pub(super) fn run(file: &Path, lists: &Lists, format: Format) -> Result<Tally, Problem> {
    // What is not there is not made by coding it anew.
    drop(Record::open_to_read(file)?);
    let desk = lists.desk()?;
    let by = lists.fingerprint()?;
    let record = Record::open(file)?;
    let progress = Progress::new(false);
    let waiting = || progress.complain("another tidings is writing to the record; waiting for it");
    let begun = record.recode(by.as_deref(), waiting)?;
    if begun.left < begun.reports {
        let told = format!("going on where it stopped: {} reports are left", begun.left);
        progress.complain(&told);
    }

    let ahead = Record::open_to_read(file)?;
    let (row_of, rows) = channel();
    let mut after = begun.done;
    let mut read = Vec::new().into_iter();
    let reports = std::iter::from_fn(move || {
        let Stored { row, report } = match read.next() {
            Some(next) => next,
            None => {
                // What cannot be read now is told by the writer, who will meet the same.
                read = ahead.stored(after, TOGETHER).unwrap_or_default().into_iter();
                read.next()?
            }
        };
        after = row;
        let _ = row_of.send(row);
        Some(Ok(report))
    });
    let mut done = Vec::with_capacity(TOGETHER);
    let write = |done: &mut Vec<(i64, Option<Entry>)>| -> Result<(), Problem> {
        let mut batch = record.batch(|| {
            progress.complain("another tidings is writing to the record; waiting for it");
        })?;
        for (row, entry) in done.drain(..) {
            batch.recode(row, entry)?;
        }
        batch.commit()?;
        Ok(())
    };
    let mut tally = pipeline::in_order(
        reports,
        |report| {
            let coded = desk.code(report, &desk.annotate(report.analysed()));
            Entry::new(report, coded).coded_by(by.as_deref())
        },
        |result| {
            progress.step();
            let Ok(row) = rows.recv() else { return Ok(()) };
            let entry = result.map_err(|failure| progress.complain(&failure.to_string())).ok();
            done.push((row, entry));
            if done.len() < TOGETHER { Ok(()) } else { write(&mut done) }
        },
    )?;
    write(&mut done)?;
    record.recoded()?;
    progress.done();
    tally.read += begun.reports - begun.left;
    let changes = ask::rows(&record, Subject::Changes, &Filter::default(), format)?;
    if format == Format::Table {
        let told = match changes {
            0 => "nothing changed".to_string(),
            1 => "1 event changed".to_string(),
            more => format!("{more} events changed"),
        };
        let page = format!("{} reports coded anew; {told}\n", tally.read);
        Output::stdout().write(page.as_bytes())?;
    }
    Ok(tally)
}
