//! `tidings brief`: one page of all the reports.

use super::inputs::Inputs;
use super::lists::Lists;
use super::output::{Output, Problem, Progress};
use clap::ValueEnum;
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;
use tidings::brief::{self, Brief};
use tidings::deadlines;
use tidings::pipeline::{self, Tally};
use tidings::record::Record;

/// How the brief is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// A page of plain text
    Text,
    /// Markdown
    Markdown,
    /// One JSON object, described in docs/brief.md
    Json,
}

/// What the days brought to a record.
#[derive(Debug, clap::Args)]
pub(super) struct OfRecord {
    /// A record that `tidings add` made, instead of reports: what is new, what changed, what is contested
    #[arg(long, value_name = "FILE", conflicts_with_all = ["date", "actors", "lexicon", "petrarch"])]
    record: Option<PathBuf>,
    /// Of the record: reports from this day on, as 2022-08-21
    #[arg(long, value_name = "DATE", value_parser = super::inputs::day, requires = "record")]
    since: Option<Date>,
    /// Of the record: reports up to this day
    #[arg(long, value_name = "DATE", value_parser = super::inputs::day, requires = "record")]
    until: Option<Date>,
}

impl OfRecord {
    /// The page, if a record is named.
    pub fn run(&self, format: Format, all: bool) -> Option<Result<ExitCode, Problem>> {
        self.record.as_ref().map(|file| {
            let record = Record::open_to_read(file)?;
            let news = record.news(self.since, self.until)?;
            if news.reports == 0 {
                return Ok(super::ask::told(0));
            }
            let open = match self.until.or(news.last) {
                Some(on) => deadlines::open(&record, on)?,
                None => Vec::new(),
            };
            let page = brief::news::Page::of(news, &open);
            let page = match format {
                Format::Json => super::output::json(&page),
                Format::Text => brief::news::text(&page, all),
                Format::Markdown => brief::news::markdown(&page, all),
            };
            Output::stdout().write(page.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        })
    }
}

pub(super) fn run(
    inputs: &Inputs,
    lists: &Lists,
    format: Format,
    all: bool,
) -> Result<Tally, Problem> {
    let desk = lists.desk()?;
    let progress = Progress::new(false);
    let mut whole = Brief::default();
    let tally = pipeline::in_order(
        inputs.reports(),
        |report| {
            let document = desk.annotate(report.analysed());
            let coded = desk.code(report, &document);
            Brief::of(report, &document, &coded, desk.world)
        },
        |result| {
            match result {
                Ok(brief) => whole.absorb(brief),
                Err(failure) => progress.complain(&failure.to_string()),
            }
            progress.step();
            Ok::<(), Problem>(())
        },
    )?;
    progress.done();
    if tally.read > 0 {
        let whole = whole.settle();
        let page = match format {
            Format::Json => super::output::json(&whole),
            Format::Text if all => whole.text(),
            Format::Text => whole.shortened().text(),
            Format::Markdown if all => whole.markdown(),
            Format::Markdown => whole.shortened().markdown(),
        };
        Output::stdout().write(page.as_bytes())?;
    }
    Ok(tally)
}
