//! What the user typed, and which command does it.

mod add;
mod alerts;
mod annotate;
mod ask;
mod brief;
mod code;
mod correct;
mod deadlines;
mod events;
mod export;
mod fetch;
mod forecast;
mod inputs;
mod lexicon;
mod lists;
mod output;
mod recode;
mod rows;
mod serve;
mod tension;
mod watch;
mod words;

use clap::{Parser, Subcommand};
use inputs::Inputs;
use lists::Lists;
use std::path::PathBuf;
use std::process::ExitCode;
use tidings::pipeline::Tally;
use tidings::record::questions::Subject;

/// Read dated news reports: who did or said what to whom, when, where, on whose word, and whether
/// it happened.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Reports are text files with or without header lines (Date:, Title:, Source:, URL:), HTML pages, RSS
and Atom feeds, rows of CSV, TSV, Parquet or JSON Lines (id, date, title, text, source, url), web
archives (WARC), any of them in gzip, zstd or zip, folders of them, and - for standard input.

Exit codes: 0 all read, 1 nothing could be read, the output could not be written or the call was
wrong, 2 some reports failed (each is named on standard error, and the rest are done), 3 nothing in
the record fits the question (1 if it could not be looked for).";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read and code reports, and keep them in a record; those it holds already are passed over
    #[command(after_help = "Example: tidings add reports/ --record kosovo.tidings")]
    Add {
        #[command(flatten)]
        inputs: Inputs,
        /// The record: made where there is none
        #[arg(long, value_name = "FILE")]
        record: PathBuf,
        #[command(flatten)]
        lists: Lists,
    },
    /// Code the reports of a record anew, with this program and your own lists, and show what changes
    #[command(after_help = "Example: tidings recode --record kosovo.tidings --actors my-actors.tsv

Interrupted, it goes on where it stopped when it is run again.")]
    Recode {
        /// The record that `tidings add` made
        #[arg(long, value_name = "FILE")]
        record: PathBuf,
        /// How the changes are written
        #[arg(long, value_enum, default_value = "table")]
        format: rows::Format,
        #[command(flatten)]
        lists: Lists,
    },
    /// Fetch feeds and pages by their addresses, and add them to a record
    #[command(after_help = "\
Example: tidings fetch https://harbour.example/world.rss --record kosovo.tidings --follow

Nothing else of tidings reads from the network.")]
    Fetch(fetch::Fetched),
    /// Watch a folder, and add what appears in it to a record
    #[command(after_help = "Examples:
  tidings watch incoming/ --record kosovo.tidings --every 60
  tidings watch incoming/ --record kosovo.tidings --once")]
    Watch(watch::Watched),
    /// List the coded events of a record, one row for each report that tells of one
    #[command(
        after_help = "Example: tidings events --record kosovo.tidings --dyad SRB:XKX --event ASSAULT"
    )]
    Events(ask::Question),
    /// List the incidents: what many reports tell of one happening is one row
    #[command(after_help = "Example: tidings incidents --record kosovo.tidings --status contested")]
    Incidents(ask::Question),
    /// List who claims what, and what the reports say of the evidence
    #[command(
        after_help = "Example: tidings claims --record kosovo.tidings --actor XKX barricades"
    )]
    Claims(ask::Question),
    /// List the actors
    #[command(
        after_help = "Example: tidings actors --record kosovo.tidings --actor SRB --format csv"
    )]
    Actors(ask::Question),
    /// List the dates to watch: deadlines, meetings, votes, expiry dates, plans, stated conditions
    #[command(after_help = "Examples:
  tidings deadlines --record kosovo.tidings --dyad SRB:XKX --status open
  tidings deadlines --record kosovo.tidings --within 14 --format ical > dates.ics")]
    Deadlines(deadlines::Question),
    /// Tell of what fits rules of your own, each thing once: to a file, a program, an address
    #[command(subcommand)]
    Alerts(alerts::Command),
    /// Show an incident with the sentences it rests on, an event or a claim
    #[command(
        after_help = "Example: tidings show i0335dd58506d0607 --record kosovo.tidings --explain"
    )]
    Show(ask::Shown),
    /// Write what a record holds in a format of the field
    #[command(after_help = "\
Examples:
  tidings export events.parquet --record kosovo.tidings --to parquet
  tidings export incidents.geojson --record kosovo.tidings --to geojson --dyad SRB:XKX
  tidings export 2022.tsv --record kosovo.tidings --to icews --since 2022-01-01

docs/exports.md says what stands in each column.")]
    Export(export::Export),
    /// Set incidents and events right by hand; it holds when reports are coded anew
    #[command(after_help = "\
Examples:
  tidings correct merge i0335dd58506d0607 i91f0a7c2b5d31e44 --record kosovo.tidings --by Ana
  tidings correct actor e0335dd58506d0607 source \"SRB MIL\" --record kosovo.tidings --by Ana
  tidings correct list --record kosovo.tidings")]
    Correct(correct::Correction),
    /// Open the page of a record on this machine: overview, incidents, claims, reports, search
    #[command(after_help = serve::HELP)]
    Serve(serve::Page),
    /// Print an analyst's page: what happened, what was only said, claims, dates, background
    #[command(after_help = "Examples:
  tidings brief reports/ --format markdown > brief.md
  tidings brief reports/ --actors my-actors.tsv
  tidings brief --record kosovo.tidings --since 2022-08-15 --until 2022-08-21")]
    Brief {
        /// Files, folders, or - for standard input
        #[arg(required_unless_present = "record", conflicts_with = "record", value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        reading: inputs::Reading,
        #[command(flatten)]
        of_record: brief::OfRecord,
        /// How the brief is written
        #[arg(long, value_enum, default_value = "text")]
        format: brief::Format,
        /// Show every line of a long page, not only the weightiest of each section
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        lists: Lists,
    },
    /// Write the coded events, claims, times and places, one JSON object per report
    #[command(after_help = "Examples:
  tidings code reports.jsonl -o coded.jsonl
  tidings code reports/ --lexicon my-lexicon/
  tidings code reports/ --petrarch dictionaries/")]
    Code {
        #[command(flatten)]
        inputs: Inputs,
        /// File to write to, instead of standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Print for each event the words, the rule and the tree edges that led to it
        #[arg(long)]
        explain: bool,
        /// Add every predicate of the report with its factuality and on whose word it stands
        #[arg(long, conflicts_with = "explain")]
        with_predicates: bool,
        #[command(flatten)]
        lists: Lists,
    },
    /// Look after the lexicon and lists of your own
    Lexicon {
        #[command(subcommand)]
        task: LexiconTask,
    },
    /// Write the words and the dependency trees
    #[command(after_help = "Example: tidings annotate report.txt --format conllu")]
    Annotate {
        #[command(flatten)]
        inputs: Inputs,
        /// How the trees are written
        #[arg(long, value_enum, default_value = "conllu")]
        format: annotate::Format,
        /// Read CoNLL-U instead of reports, and keep its sentences and words
        #[arg(long)]
        pretokenized: bool,
    },
    /// Show how hostile and how cooperative a dyad, an actor or a country is over time
    #[command(after_help = "Examples:
  tidings tension --record kosovo.tidings --dyad SRB:XKX --by week --breaks
  tidings tension --table icews.tsv --actor Ukraine --by month --format svg > ukraine.svg")]
    Tension(tension::Tension),
    /// Set threats and promises beside what whoever made them did later
    #[command(
        after_help = "Example: tidings words --record kosovo.tidings --dyad SRB:XKX --within 30"
    )]
    Words(words::Words),
    /// Foretell events, and say how often that goes wrong
    #[command(after_help = "Examples:
  tidings forecast --record kosovo.tidings --dyad SRB:XKX
  tidings forecast backtest --table icews.tsv")]
    Forecast(forecast::Forecast),
}

#[derive(Debug, Subcommand)]
enum LexiconTask {
    /// Name entries that cannot be read, deny or hide each other, or are never reached
    #[command(after_help = "\
Example: tidings lexicon check my-lexicon/ --format json

Exit codes: 0 nothing found, 1 the files could not be read, 2 something found.")]
    Check {
        /// A folder laid out as lexicon/, a folder of PETRARCH dictionaries, or one file; without
        /// it the lexicon inside the program
        #[arg(value_name = "PATH")]
        path: Option<PathBuf>,
        /// How findings are written: lines of text, or JSON Lines (file, line, fault, problem)
        #[arg(long, value_enum, default_value = "text")]
        format: lexicon::Format,
    },
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            // Clap's own code for a wrong call is 2, which here means that some reports failed.
            return if error.use_stderr() { ExitCode::from(1) } else { ExitCode::SUCCESS };
        }
    };
    let tally = match cli.command {
        Command::Lexicon { task: LexiconTask::Check { path, format } } => {
            let checked = lexicon::check(path.as_deref(), format);
            return ended(checked.map(|faults| ExitCode::from(if faults == 0 { 0 } else { 2 })));
        }
        Command::Events(question) => return ended(ask::run(Subject::Events, question)),
        Command::Incidents(question) => return ended(ask::run(Subject::Incidents, question)),
        Command::Claims(question) => return ended(ask::run(Subject::Claims, question)),
        Command::Actors(question) => return ended(ask::run(Subject::Actors, question)),
        Command::Export(export) => return ended(export::run(export)),
        Command::Correct(correction) => return ended(correct::run(correction)),
        Command::Alerts(command) => return ended(alerts::run(command)),
        Command::Deadlines(question) => return ended(deadlines::run(question)),
        Command::Show(shown) => return ended(ask::show(&shown)),
        Command::Tension(asked) => return ended(tension::run(&asked)),
        Command::Words(asked) => return ended(words::run(&asked)),
        Command::Serve(page) => return ended(serve::run(page)),
        Command::Fetch(fetched) => fetch::run(&fetched),
        Command::Watch(watched) => {
            let mut bell = match watched.bell() {
                Ok(bell) => bell,
                Err(problem) => return ended(Err(problem)),
            };
            let seen = watch::run(&watched, |_| match &mut bell {
                Some(bell) => bell.ring_today(watched.record()),
                None => Ok(()),
            });
            // An empty folder is what one waits in front of.
            let code =
                |tally| if tally == Tally::default() { ExitCode::SUCCESS } else { judged(tally) };
            return ended(seen.map(code));
        }
        Command::Add { inputs, record, lists } => add::run(&inputs, &lists, &record),
        Command::Recode { record, format, lists } => recode::run(&record, &lists, format),
        Command::Brief { paths, reading, of_record, lists, format, all } => {
            if let Some(done) = of_record.run(format, all) {
                return ended(done);
            }
            brief::run(&Inputs { paths, reading }, &lists, format, all)
        }
        Command::Code { inputs, lists, output, explain, with_predicates } => {
            let form = match (explain, with_predicates) {
                (true, _) => code::Form::Explained,
                (_, true) => code::Form::WithPredicates,
                _ => code::Form::Plain,
            };
            code::run(&inputs, &lists, output, form)
        }
        Command::Annotate { inputs, format, pretokenized: false } => annotate::run(&inputs, format),
        Command::Annotate { inputs, format, pretokenized: true } => {
            annotate::run_pretokenized(&inputs, format)
        }
        Command::Forecast(asked) => return ended(forecast::run(&asked)),
    };
    ended(tally.map(judged))
}

/// The exit code of work on reports.
fn judged(tally: Tally) -> ExitCode {
    match tally {
        Tally { read: 0, failed: 0 } => {
            output::complain("no report was found");
            ExitCode::from(1)
        }
        Tally { read: 0, .. } => ExitCode::from(1),
        Tally { failed: 1.., .. } => ExitCode::from(2),
        _ => ExitCode::SUCCESS,
    }
}

fn ended(done: Result<ExitCode, output::Problem>) -> ExitCode {
    done.unwrap_or_else(|problem| {
        output::complain(&problem.to_string());
        ExitCode::from(1)
    })
}
