//! `tidings export`: what a record holds, in the formats of the field.

use super::ask::{self, Conditions};
use super::output::{Output, Problem};
use super::rows::{Format, Rows};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tidings::record::Record;
use tidings::record::exports::{Exported, Form, Names, Unexported};
use tidings::record::questions::Subject;
use tidings::{World, safe};

/// What is exported, and how.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// File to write to, or - for standard output
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// Format
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: To,
    /// What is written as Parquet, CSV, JSON Lines and GeoJSON
    #[arg(long, value_enum, default_value = "events")]
    of: Of,
    #[command(flatten)]
    conditions: Conditions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// Apache Parquet
    Parquet,
    /// Comma-separated values with a header line (RFC 4180)
    Csv,
    /// JSON Lines: one object per row
    Jsonl,
    /// GDELT 2.0 events: a line for each incident, 61 columns without a header
    Gdelt,
    /// GDELT 2.0 mentions: a line for each event, 16 columns without a header
    GdeltMentions,
    /// ICEWS coded events: a line for each pair of actors of an event
    Icews,
    /// POLECAT: a line for each event
    Polecat,
    /// GeoJSON features of what has a place
    Geojson,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    Events,
    Incidents,
    Claims,
    Actors,
}

pub(super) fn run(export: Export) -> Result<ExitCode, Problem> {
    let Export { out, to, of, conditions } = export;
    let file = conditions.record.clone();
    let record = Record::open_to_read(&file)?;
    let subject = match of {
        Of::Events => Subject::Events,
        Of::Incidents => Subject::Incidents,
        Of::Claims => Subject::Claims,
        Of::Actors => Subject::Actors,
    };
    let form = match to {
        To::Csv | To::Jsonl => None,
        To::Parquet => Some(Form::Parquet),
        To::Geojson if matches!(of, Of::Events | Of::Incidents) => Some(Form::Geojson),
        To::Geojson => return Err(Problem::NoPlaces),
        To::Gdelt => Some(Form::Gdelt),
        To::GdeltMentions => Some(Form::GdeltMentions),
        To::Icews => Some(Form::Icews),
        To::Polecat => Some(Form::Polecat),
    };
    let aloud = out == Path::new("-");
    let mut output = if aloud { Output::stdout() } else { Output::file(&out, &[file])? };
    let filter = conditions.filter();
    let exported = match form {
        None => {
            let format = if to == To::Csv { Format::Csv } else { Format::Jsonl };
            let rows = Rows::to(output, format, subject);
            let written = ask::written(&record, subject, &filter, rows)?;
            Exported { lines: written, written, left: 0 }
        }
        Some(form) => {
            let names = Names { country: &country, action: &action };
            let done = record.export(form, subject, &filter, names, &mut output);
            let exported = done.map_err(|error| match error {
                Unexported::Record(error) => Problem::Record(error),
                Unexported::Unwritten(error) => output.problem(error),
            })?;
            output.finish()?;
            exported
        }
    };
    let fitted = exported.written + exported.left;
    if fitted > 0 && !aloud {
        let name = safe::line(&out.to_string_lossy());
        Output::stdout().write(format!("{}\n", told(exported, to, &name)).as_bytes())?;
    }
    Ok(ask::told(fitted))
}

/// How much was written, and why not all.
fn told(Exported { lines, left, .. }: Exported, to: To, name: &str) -> String {
    let rows = if lines == 1 { "row" } else { "rows" };
    let why = match to {
        To::Geojson => "have no place",
        _ => "did not happen, are doubtful or have no day (--status and --trust choose others)",
    };
    match left {
        0 => format!("{lines} {rows} written to {name}"),
        _ => format!("{lines} {rows} written to {name}; left out are {left} that {why}"),
    }
}

fn country(code: &str) -> Option<String> {
    World::embedded().gazetteer.country(code).map(|country| country.name.to_string())
}

/// The codebook's name for a CAMEO code, or for the longest code it begins with.
fn action(cameo: &str) -> Option<String> {
    let lexicon = &World::embedded().events;
    let known = (1..=cameo.len()).rev().filter_map(|end| lexicon.code(cameo.get(..end)?)).next()?;
    Some(lexicon.name(known).to_string())
}
