//! `tidings brief`: one page of all the reports.

use super::inputs::Inputs;
use super::lists::Lists;
use super::output::{Output, Problem, Progress};
use clap::ValueEnum;
use tidings::brief::Brief;
use tidings::pipeline::{self, Tally};

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
