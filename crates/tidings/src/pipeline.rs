//! From reports to results on all cores, in input order, in flat memory.
//!
//! One thread reads, the workers analyse, and the calling thread takes the results in the order of
//! the input. No more than a few reports per worker are under way at a time, however long the input
//! is and however long one report takes. A report that cannot be read, or on which the analysis
//! breaks, comes out as a [`Failure`] in its place; the rest go on.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use tidings_report::Report;

/// Reports under way at a time, per worker.
const AHEAD: usize = 4;

/// Why there is no result for a report.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It could not be read.
    #[error(transparent)]
    Unread(#[from] tidings_report::Error),
    /// The analysis broke on it: a fault of the program.
    #[error("{report}: the analysis broke ({reason}); the fault is in tidings, please report it")]
    Broken {
        /// The report's id.
        report: String,
        /// What went wrong, and where in the program.
        reason: String,
    },
}

/// How many reports there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Reports with a result.
    pub read: usize,
    /// Reports without.
    pub failed: usize,
}

/// Does `work` on every report and hands the results to `take`, in the order of the reports.
///
/// Ends early, with its error, when `take` returns one.
///
/// # Errors
/// The first error of `take`.
pub fn in_order<T: Send, E>(
    reports: impl Iterator<Item = Result<Report, tidings_report::Error>> + Send,
    work: impl Fn(&Report) -> T + Sync,
    mut take: impl FnMut(Result<T, Failure>) -> Result<(), E>,
) -> Result<Tally, E> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    remember_panics();
    let work = &work;
    thread::scope(|scope| {
        let (permit, permits) = sync_channel::<()>(workers * AHEAD);
        let (give_job, jobs) = sync_channel(workers * AHEAD);
        let (give_result, results) = sync_channel(workers * AHEAD);
        scope.spawn(move || {
            for job in reports.enumerate() {
                if permit.send(()).is_err() || give_job.send(job).is_err() {
                    return;
                }
            }
        });
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..workers {
            let (jobs, give_result) = (Arc::clone(&jobs), give_result.clone());
            scope.spawn(move || {
                while let Some((place, report)) = next(&jobs) {
                    let result = report.map_err(Failure::from).and_then(|r| guarded(work, &r));
                    if give_result.send((place, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop((jobs, give_result));

        let mut tally = Tally::default();
        let mut early = BTreeMap::new();
        for (place, result) in results {
            early.insert(place, result);
            while let Some(result) = early.remove(&(tally.read + tally.failed)) {
                match result {
                    Ok(_) => tally.read += 1,
                    Err(_) => tally.failed += 1,
                }
                take(result)?;
                let _ = permits.recv();
            }
        }
        Ok(tally)
    })
}

fn next<J>(jobs: &Mutex<Receiver<J>>) -> Option<J> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

thread_local! {
    static LAST_PANIC: Cell<Option<String>> = const { Cell::new(None) };
}

/// Keeps what a panic says for the message about its report, instead of printing it.
fn remember_panics() {
    std::panic::set_hook(Box::new(|panic| {
        LAST_PANIC.set(Some(panic.to_string().replace('\n', " ")));
    }));
}

fn guarded<T>(work: impl Fn(&Report) -> T, report: &Report) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(|| work(report))).map_err(|_| Failure::Broken {
        report: report.id.clone(),
        reason: LAST_PANIC.take().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::time::Duration;

    fn report(number: usize) -> Result<Report, tidings_report::Error> {
        let mut report = Report::default();
        report.id = number.to_string();
        Ok(report)
    }

    fn reports(count: usize) -> impl Iterator<Item = Result<Report, tidings_report::Error>> {
        (0..count).map(report)
    }

    #[test]
    fn keeps_the_order_when_early_reports_take_long() {
        let mut seen = Vec::new();
        let tally = in_order(
            reports(100),
            |r| {
                let number: u64 = r.id.parse().unwrap();
                thread::sleep(Duration::from_micros((number % 7) * 300));
                number
            },
            |result| {
                seen.push(result.unwrap());
                Ok::<_, Infallible>(())
            },
        );
        assert_eq!(seen, (0..100).collect::<Vec<_>>());
        assert_eq!(tally.unwrap(), Tally { read: 100, failed: 0 });
    }

    #[test]
    fn a_report_that_breaks_the_analysis_is_named_and_the_rest_go_on() {
        let mut failures = Vec::new();
        let tally = in_order(
            reports(9),
            |r| assert!(r.id != "4", "no verb"),
            |result| {
                failures.extend(result.err().map(|f| f.to_string()));
                Ok::<_, Infallible>(())
            },
        );
        assert_eq!(tally.unwrap(), Tally { read: 8, failed: 1 });
        assert!(failures[0].starts_with("4: ") && failures[0].contains("no verb"), "{failures:?}");
    }

    #[test]
    fn ends_when_the_taker_wants_no_more_of_an_endless_input() {
        let mut left = 10;
        let ended = in_order(
            (0..).map(report),
            |_| (),
            |_| {
                left -= 1;
                if left == 0 { Err("enough") } else { Ok(()) }
            },
        );
        assert_eq!(ended, Err("enough"));
    }

    #[test]
    fn never_reads_far_ahead_of_what_is_taken() {
        use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
        let (read, workers) =
            (AtomicUsize::new(0), thread::available_parallelism().map_or(1, usize::from));
        let input = reports(1000).inspect(|_| {
            read.fetch_add(1, SeqCst);
        });
        let mut taken = 0;
        let result = in_order(
            input,
            |_| (),
            |_| {
                taken += 1;
                let ahead = read.load(SeqCst) - taken;
                if ahead > workers * AHEAD + 1 { Err(ahead) } else { Ok(()) }
            },
        );
        assert_eq!(result.map(|t| t.read), Ok(1000));
    }
}
