//! `tidings forecast`: forecasts, and their own record.

use super::output::{Output, Problem, Progress, json};
use clap::Subcommand;
use serde::Serialize;
use std::path::{Path, PathBuf};
use tidings::outlook::links::{self, Score};
use tidings::pipeline::Tally;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Score the likeliest (actor, event, actor) of the next day on tables of the field
    #[command(
        after_help = "Example: tidings forecast evaluate --train train.txt --valid valid.txt --test test.txt\n\n\
        A table has a fact to a line: subject, relation, object and time, as whole numbers parted by tabs\n\
        (ICEWS14, ICEWS18, GDELT and others in their usual form). Each day is foretold from all days\n\
        before it, in both directions; other right answers of the day are no rivals; ties are broken at\n\
        random. Without --test, the days of --valid are foretold."
    )]
    Evaluate {
        /// The past that is learned from
        #[arg(long, value_name = "FILE")]
        train: PathBuf,
        /// The days that follow it
        #[arg(long, value_name = "FILE")]
        valid: PathBuf,
        /// The days that follow those, and are foretold
        #[arg(long, value_name = "FILE")]
        test: Option<PathBuf>,
    },
}

/// What `evaluate` prints.
#[derive(Debug, Serialize)]
struct Evaluation {
    foretold: &'static str,
    setting: &'static str,
    #[serde(flatten)]
    score: Score,
}

pub(super) fn run(command: &Command) -> Result<Tally, Problem> {
    let Command::Evaluate { train, valid, test } = command;
    let files: Vec<&Path> =
        [Some(train), Some(valid), test.as_ref()].into_iter().flatten().map(|p| &**p).collect();
    let facts = links::facts::read(&files).map_err(Problem::Facts)?;
    let progress = Progress::measured("days");
    let score = links::evaluate(&facts, &mut |done, all| progress.at(done, all));
    progress.done();
    let evaluation = Evaluation {
        foretold: if test.is_some() { "test" } else { "valid" },
        setting: "single step, both directions, time-aware filter, random ties",
        score,
    };
    let mut to = Output::stdout();
    to.write(json(&evaluation).as_bytes())?;
    to.finish()?;
    Ok(Tally { read: files.len(), failed: 0 })
}
