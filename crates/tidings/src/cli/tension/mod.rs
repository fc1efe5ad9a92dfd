//! `tidings tension`: how hostile and how cooperative the acts of a scope are, over time.

mod csv;
mod svg;
mod table;

pub(super) use table::line;

use super::events::{Asked, Source, nothing_fits};
use super::output::{Output, Problem, json};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::process::ExitCode;
use tidings::outlook::tension::breaks::{Breaks, breaks};
use tidings::outlook::tension::{self, Question, Series, Step};

#[derive(Debug, Args)]
pub(super) struct Tension {
    #[command(flatten)]
    from: Source,
    #[command(flatten)]
    asked: Asked,
    /// Length of a period
    #[arg(long, value_enum, default_value = "week")]
    by: By,
    /// Find changes of level and unusual periods, with what caused them
    #[arg(long)]
    breaks: bool,
    /// List the ids of the incidents of each period (json, csv)
    #[arg(long)]
    ids: bool,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Each day
    Day,
    /// From Monday to Sunday
    Week,
    /// Of the calendar
    Month,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Rows with sparklines, for the eye
    Table,
    /// One JSON object
    Json,
    /// A line to each period (RFC 4180)
    Csv,
    /// A drawing
    Svg,
}

/// A series with its breaks, where they were asked for.
#[derive(Debug, Serialize)]
struct Told {
    #[serde(flatten)]
    series: Series,
    #[serde(flatten)]
    breaks: Option<Breaks>,
}

pub(super) fn run(asked: &Tension) -> Result<ExitCode, Problem> {
    let (events, lost) = asked.from.read()?;
    let question = Question {
        scope: asked.asked.scope(),
        by: match asked.by {
            By::Day => Step::Day,
            By::Week => Step::Week,
            By::Month => Step::Month,
        },
        since: asked.asked.since,
        until: asked.asked.until,
        ids: asked.ids,
    };
    let series = tension::series(&events, &question);
    if series.incidents == 0 {
        return Ok(nothing_fits());
    }
    let breaks = asked.breaks.then(|| breaks(&events, &question, &series));
    let undated = events.undated;
    let mut to = Output::stdout();
    let text = match asked.format {
        Format::Table => table::table(&series, breaks.as_ref(), undated),
        Format::Json => json(&Told { series, breaks }),
        Format::Csv => csv::csv(&series, breaks.as_ref()),
        Format::Svg => svg::svg(&series, breaks.as_ref()),
    };
    to.write(text.as_bytes())?;
    to.finish()?;
    Ok(ExitCode::from(if lost > 0 { 2 } else { 0 }))
}
