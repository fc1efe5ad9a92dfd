//! `tidings forecast`: forecasts, and their own record.

mod page;

use super::events::{Asked, Source, nothing_fits};
use super::output::{Output, Problem, Progress, json};
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tidings::outlook::forecast::{self, Kinds, Link, Outlook, Question, Record};
use tidings::outlook::links::{self, Score};

/// Forecasts, or what became of them.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Forecast {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    from: Source,
    #[command(flatten)]
    asked: Asked,
    /// Also list so many of the likeliest (actor, event, actor) of the next day
    #[arg(long, value_name = "N", default_value_t = 0)]
    next: usize,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the eye
    Table,
    /// One JSON object
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Quad classes
    Quads,
    /// PLOVER types
    Plover,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Set forecasts made from the past beside what came, and beside two plain rivals
    #[command(after_help = "Example: tidings forecast backtest --table icews.tsv --days 120")]
    Backtest(Backtest),
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

#[derive(Debug, Args)]
struct Backtest {
    #[command(flatten)]
    from: Source,
    /// Days to go back over
    #[arg(long, default_value_t = 120)]
    days: u32,
    /// By what events are told apart
    #[arg(long, value_enum, default_value = "quads")]
    by: By,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// Days that the record beside a forecast goes back over.
const BESIDE: u32 = 60;

/// What `forecast` prints.
#[derive(Debug, Serialize)]
struct Told {
    #[serde(flatten)]
    outlook: Outlook,
    next: Vec<Link>,
    /// None where the history is too short.
    record: Option<Record>,
}

/// What `evaluate` prints.
#[derive(Debug, Serialize)]
struct Evaluation {
    foretold: &'static str,
    setting: &'static str,
    #[serde(flatten)]
    score: Score,
}

pub(super) fn run(asked: &Forecast) -> Result<ExitCode, Problem> {
    match &asked.command {
        None => foretell(asked),
        Some(Command::Backtest(asked)) => backtest(asked),
        Some(Command::Evaluate { train, valid, test }) => evaluate(train, valid, test.as_deref()),
    }
}

fn foretell(asked: &Forecast) -> Result<ExitCode, Problem> {
    let (events, lost) = asked.from.read()?;
    let Asked { since, until, .. } = asked.asked;
    let question = Question { scope: asked.asked.scope(), since, until };
    let outlook = forecast::forecast(&events, &question).filter(|told| !told.dyads.is_empty());
    let Some(outlook) = outlook else { return Ok(nothing_fits()) };
    let next = match asked.next {
        0 => Vec::new(),
        most => forecast::next(&events, &question, most),
    };
    let progress = Progress::measured("days");
    let given = outlook.dyads.iter().any(|dyad| !dyad.forecasts.is_empty());
    let record = given
        .then(|| {
            forecast::backtest(&events, Kinds::Quads, BESIDE, &mut |done, all| {
                progress.at(done, all);
            })
        })
        .flatten();
    progress.done();
    let told = Told { outlook, next, record };
    print(&match asked.format {
        Format::Table => page::forecast(&told.outlook, &told.next, told.record.as_ref()),
        Format::Json => json(&told),
    })?;
    Ok(ended(lost))
}

fn backtest(asked: &Backtest) -> Result<ExitCode, Problem> {
    let (events, lost) = asked.from.read()?;
    let kinds = match asked.by {
        By::Quads => Kinds::Quads,
        By::Plover => Kinds::Plover,
    };
    let progress = Progress::measured("days");
    let record = forecast::backtest(&events, kinds, asked.days, &mut |done, all| {
        progress.at(done, all);
    });
    progress.done();
    let Some(record) = record else { return Err(Problem::ShortHistory) };
    print(&match asked.format {
        Format::Table => page::record(&record, true),
        Format::Json => json(&record),
    })?;
    Ok(ended(lost))
}

fn evaluate(train: &Path, valid: &Path, test: Option<&Path>) -> Result<ExitCode, Problem> {
    let files: Vec<&Path> = [Some(train), Some(valid), test].into_iter().flatten().collect();
    let facts = links::facts::read(&files).map_err(Problem::Facts)?;
    let progress = Progress::measured("days");
    let score = links::evaluate(&facts, &mut |done, all| progress.at(done, all));
    progress.done();
    let evaluation = Evaluation {
        foretold: if test.is_some() { "test" } else { "valid" },
        setting: "single step, both directions, time-aware filter, random ties",
        score,
    };
    print(&json(&evaluation))?;
    Ok(ExitCode::SUCCESS)
}

fn print(text: &str) -> Result<(), Problem> {
    let mut to = Output::stdout();
    to.write(text.as_bytes())?;
    to.finish()
}

fn ended(lost: usize) -> ExitCode {
    ExitCode::from(if lost > 0 { 2 } else { 0 })
}
