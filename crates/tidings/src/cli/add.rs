//! `tidings add`: reports into the record.

use super::inputs::Inputs;
use super::lists::Lists;
use super::output::{Output, Problem, Progress};
use std::cell::Cell;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tidings::pipeline::{self, Tally};
use tidings::record::{Entry, Kept, Record, report_uid};

/// Reports that enter the record in one transaction, and how long the first of them may wait.
const TOGETHER: usize = 64;
const AT_MOST: Duration = Duration::from_millis(500);

pub(super) fn run(inputs: &Inputs, lists: &Lists, file: &Path) -> Result<Tally, Problem> {
    let desk = lists.desk()?;
    let by = lists.fingerprint()?;
    let record = Record::open(file)?;
    // What is in the record need not be coded again: looked up beside the writer, ahead of the work.
    let ahead = Record::open_to_read(file)?;
    let passed_over = AtomicUsize::new(0);
    let passed = &passed_over;
    let new = inputs.reports().filter(move |read| {
        let known = |report: &_| ahead.holds(&report_uid(report)).unwrap_or(false);
        let known = read.as_ref().is_ok_and(known);
        passed.fetch_add(usize::from(known), Ordering::Relaxed);
        !known
    });

    let progress = Progress::new(false);
    let mut desk_to_record = Writer::new(&record, &progress);
    let mut tally = pipeline::in_order(
        new,
        |report| {
            let coded = desk.code(report, &desk.annotate(report.analysed()));
            Entry::new(report, coded).coded_by(by.as_deref())
        },
        |result| {
            progress.step();
            match result {
                Ok(entry) => desk_to_record.take(entry),
                Err(failure) => {
                    progress.complain(&failure.to_string());
                    Ok(())
                }
            }
        },
    )?;
    desk_to_record.write()?;
    let mut count = desk_to_record.count;
    record.settle()?;
    progress.done();
    let passed = passed.load(Ordering::Relaxed);
    count.known += passed;
    tally.read += passed;
    if tally.read > 0 {
        let mut page = Output::stdout();
        page.write(format!("{}\n", count.told()).as_bytes())?;
    }
    Ok(tally)
}

/// What became of the reports.
#[derive(Debug, Default)]
struct Count {
    added: usize,
    copies: usize,
    versions: usize,
    known: usize,
    events: usize,
}

impl Count {
    fn told(&self) -> String {
        let many = |count: usize, one: &str, more: &str| {
            format!("{count} {}", if count == 1 { one } else { more })
        };
        format!(
            "{} added with {} ({}, {}); {} known already",
            many(self.added, "report", "reports"),
            many(self.events, "event", "events"),
            many(self.copies, "copy of another", "copies of others"),
            many(self.versions, "other version", "other versions"),
            self.known,
        )
    }
}

/// Gathers coded reports and writes them together.
struct Writer<'r> {
    record: &'r Record,
    progress: &'r Progress,
    gathered: Vec<Entry>,
    since: Instant,
    count: Count,
    /// Whether it was told that another process is writing.
    told: Cell<bool>,
}

impl<'r> Writer<'r> {
    fn new(record: &'r Record, progress: &'r Progress) -> Writer<'r> {
        let (gathered, count) = (Vec::with_capacity(TOGETHER), Count::default());
        Writer { record, progress, gathered, since: Instant::now(), count, told: Cell::new(false) }
    }

    fn take(&mut self, entry: Entry) -> Result<(), Problem> {
        if self.gathered.is_empty() {
            self.since = Instant::now();
        }
        self.gathered.push(entry);
        let full = self.gathered.len() >= TOGETHER || self.since.elapsed() >= AT_MOST;
        if full { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Problem> {
        if self.gathered.is_empty() {
            return Ok(());
        }
        let mut batch = self.record.batch(|| {
            if !self.told.replace(true) {
                self.progress.complain("another tidings is writing to the record; waiting for it");
            }
        })?;
        for entry in self.gathered.drain(..) {
            match batch.keep(&entry)? {
                Kept::Known => {
                    self.count.known += 1;
                    continue;
                }
                Kept::Added => {}
                Kept::Copy => self.count.copies += 1,
                Kept::Updated | Kept::Older => self.count.versions += 1,
            }
            self.count.added += 1;
            self.count.events += entry.events();
        }
        batch.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_the_reports_is_told_in_words() {
        let count = Count { added: 1, copies: 0, versions: 2, known: 3, events: 12 };
        let told =
            "1 report added with 12 events (0 copies of others, 2 other versions); 3 known already";
        assert_eq!(count.told(), told);
    }
}
