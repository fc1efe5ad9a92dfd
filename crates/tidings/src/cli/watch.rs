//! `tidings watch`: what appears in a folder, into the record.

use super::add;
use super::alerts::Bell;
use super::inputs::Reading;
use super::lists::Lists;
use super::output::{self, Output, Problem, Progress};
use clap::Args;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tidings::adding::{self, Notice};
use tidings::pipeline::Tally;
use tidings::report::{Watch, read};
use tidings::safe;

/// Between the two looks of `--once`: a file that grows in the meantime is left for the next call.
const GLANCE: Duration = Duration::from_secs(1);

/// What is watched, and how.
#[derive(Debug, Args)]
pub(super) struct Watched {
    /// The folder: reports in it and below it are added, those there now and those to come
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The record: made where there is none
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Add what is there now, and end
    #[arg(long)]
    once: bool,
    /// Seconds between two looks at the folder
    #[arg(long, value_name = "SECONDS", default_value_t = 10, conflicts_with = "once",
        value_parser = clap::value_parser!(u64).range(1..=86_400))]
    every: u64,
    /// Rules of what is to be told as it comes in: see `tidings alerts`. What the record held when they
    /// were first used with it is not told
    #[arg(long, value_name = "RULES")]
    alerts: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    lists: Lists,
}

impl Watched {
    /// The rules of alerts, and the record they are asked of.
    pub fn bell(&self) -> Result<Option<Bell>, Problem> {
        self.alerts.as_deref().map(|rules| Bell::beginning_now(rules, &self.record)).transpose()
    }

    /// The record.
    pub fn record(&self) -> &Path {
        &self.record
    }
}

/// Looks at the folder until the process is ended, or twice with `--once`. `new_incidents` is told the ids of
/// the incidents that are new, each time that reports entered the record.
pub(super) fn run(
    watched: &Watched,
    mut new_incidents: impl FnMut(&[String]) -> Result<(), Problem>,
) -> Result<Tally, Problem> {
    let folder = safe::line(&watched.folder.to_string_lossy());
    let pause = if watched.once { GLANCE } else { Duration::from_secs(watched.every) };
    let mut watch = Watch::of(&watched.folder).but(&watched.record);
    watch.look().map_err(|error| Problem::Unread { file: folder.clone(), error })?;
    let (desk, lists) = (watched.lists.desk()?, watched.lists.fingerprint()?);
    let (mut page, mut tally) = (Output::stdout(), Tally::default());
    let mut lost = false;
    loop {
        std::thread::sleep(pause);
        match watch.look() {
            Ok(files) if !files.is_empty() => {
                let progress = Progress::new(false);
                let mut broken = Ok(());
                let reports = read(files, watched.reading.options());
                let count =
                    adding::add(reports, (&desk, lists.as_deref()), &watched.record, |notice| {
                        add::shown(&progress, &notice);
                        if let (Notice::Kept(ids), Ok(())) = (&notice, &broken) {
                            broken = new_incidents(ids);
                        }
                    })?;
                progress.done();
                broken?;
                page.write(format!("{}\n", add::told(&count)).as_bytes())?;
                tally.read += count.tally().read;
                tally.failed += count.failed;
                lost = false;
            }
            Ok(_) => lost = false,
            Err(error) if !watched.once => {
                // A share that is away for a while comes back: said once, and looked for again.
                if !std::mem::replace(&mut lost, true) {
                    output::complain(&format!(
                        "{folder}: cannot be read ({error}); waiting for it"
                    ));
                }
            }
            Err(error) => return Err(Problem::Unread { file: folder, error }),
        }
        if watched.once {
            let growing = watch.unsettled();
            if growing > 0 {
                let files = if growing == 1 { "1 file is" } else { "several files are" };
                output::complain(&format!("{folder}: {files} still growing, and left for later"));
            }
            return Ok(tally);
        }
    }
}
