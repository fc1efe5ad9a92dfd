//! Reports into the record: read ahead, coded on all cores, kept in batches.
//!
//! What the record holds already is passed over before it is coded, so that the same call may be
//! made again whenever there is something new, or after it was interrupted.

use crate::Desk;
use crate::pipeline::{self, Failure, Tally};
use crate::record::{Entry, Error, Kept, Record, report_uid};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tidings_report::Report;

/// Reports that enter the record in one transaction, and how long the first of them may wait.
const TOGETHER: usize = 64;
const AT_MOST: Duration = Duration::from_millis(500);

/// What is told while reports are added.
#[derive(Debug)]
pub enum Notice<'n> {
    /// Another report is done with.
    Done,
    /// A report could not be read or coded; the rest go on.
    Failed(&'n Failure),
    /// Another process is writing to the record, and is waited for. Told once.
    Waiting,
    /// Reports entered the record, and with them the incidents of these ids, which are new. Whoever asks the
    /// record now finds them there.
    Kept(&'n [String]),
}

/// What became of the reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Reports that are new in the record.
    pub added: usize,
    /// Of these, copies of others.
    pub copies: usize,
    /// Of these, later or earlier versions of others.
    pub versions: usize,
    /// Events of the reports added.
    pub events: usize,
    /// Reports that were in the record already.
    pub known: usize,
    /// Reports that could not be read or coded.
    pub failed: usize,
}

impl Count {
    /// How many were read, and how many not.
    pub fn tally(&self) -> Tally {
        Tally { read: self.added + self.known, failed: self.failed }
    }
}

/// Adds reports to the record in `file`, which is made where there is none. `lists` is the
/// [`fingerprint`](crate::record::fingerprint) of a user's own lists on the desk, if there are any.
///
/// # Errors
/// If the record cannot be written. What was [`Notice::Kept`] stays in it.
pub fn add(
    reports: impl Iterator<Item = Result<Report, tidings_report::Error>> + Send,
    (desk, lists): (&Desk, Option<&str>),
    file: &Path,
    mut tell: impl FnMut(Notice),
) -> Result<Count, Error> {
    let record = Record::open(file)?;
    // Looked up beside the writer, ahead of the work.
    let ahead = Record::open_to_read(file)?;
    let passed_over = AtomicUsize::new(0);
    let passed = &passed_over;
    let new = reports.filter(move |read| {
        let known = |report: &_| ahead.holds(&report_uid(report)).unwrap_or(false);
        let known = read.as_ref().is_ok_and(known);
        passed.fetch_add(usize::from(known), Ordering::Relaxed);
        !known
    });

    let mut writer = Writer::new(&record, &mut tell);
    let tally = pipeline::in_order(
        new,
        |report| {
            let coded = desk.code(report, &desk.annotate(report.analysed()));
            Entry::new(report, coded).coded_by(lists)
        },
        |result| {
            (writer.tell)(Notice::Done);
            match result {
                Ok(entry) => writer.take(entry),
                Err(failure) => {
                    (writer.tell)(Notice::Failed(&failure));
                    Ok(())
                }
            }
        },
    )?;
    writer.write()?;
    let mut count = writer.count;
    record.settle()?;
    count.known += passed.load(Ordering::Relaxed);
    count.failed = tally.failed;
    Ok(count)
}

/// Gathers coded reports and writes them together.
struct Writer<'r, T> {
    record: &'r Record,
    tell: T,
    gathered: Vec<Entry>,
    since: Instant,
    count: Count,
    /// Whether it was told that another process is writing.
    told: bool,
}

impl<'r, T: FnMut(Notice)> Writer<'r, T> {
    fn new(record: &'r Record, tell: T) -> Writer<'r, T> {
        let (gathered, count) = (Vec::with_capacity(TOGETHER), Count::default());
        Writer { record, tell, gathered, since: Instant::now(), count, told: false }
    }

    fn take(&mut self, entry: Entry) -> Result<(), Error> {
        if self.gathered.is_empty() {
            self.since = Instant::now();
        }
        self.gathered.push(entry);
        let full = self.gathered.len() >= TOGETHER || self.since.elapsed() >= AT_MOST;
        if full { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Error> {
        if self.gathered.is_empty() {
            return Ok(());
        }
        let mut batch = self.record.batch(|| {
            if !std::mem::replace(&mut self.told, true) {
                (self.tell)(Notice::Waiting);
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
        let new = batch.commit()?;
        (self.tell)(Notice::Kept(&new));
        Ok(())
    }
}
