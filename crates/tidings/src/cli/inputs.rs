//! Which reports to read.

use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;
use tidings::report::{Columns, Options, Reader, read};

/// The reports named on the command line.
#[derive(Debug, Args)]
pub(super) struct Inputs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

/// How they are read.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Date of reports that bear none, as 2022-08-21
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,
    /// Which columns of a table, or fields of JSON, hold what, as text=Body,date=Published; the fields are
    /// id, date, title, text, source, url, language
    #[arg(long, value_name = "FIELD=NAME,...", value_parser = columns)]
    pub columns: Option<Columns>,
}

impl Reading {
    pub fn options(&self) -> Options {
        Options { date: self.date, columns: self.columns.clone().unwrap_or_default() }
    }
}

impl Inputs {
    /// The reports, one after the other.
    pub fn reports(&self) -> Reader {
        read(&self.paths, self.reading.options())
    }
}

fn columns(text: &str) -> Result<Columns, String> {
    text.parse()
}

/// A day as it is written in options.
pub(super) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "no day of the calendar; write it as 2022-08-21".to_string())
}
