//! `tidings fetch`: feeds and pages by their addresses, into the record.

use super::add;
use super::inputs::Reading;
use super::lists::Lists;
use super::output::Problem;
use clap::Args;
use std::path::PathBuf;
use tidings::pipeline::Tally;
use tidings::report::{Fetching, fetch};

/// What is fetched, and how.
#[derive(Debug, Args)]
pub(super) struct Fetched {
    /// Addresses of feeds and pages (http or https)
    #[arg(required = true, value_name = "URL")]
    addresses: Vec<String>,
    /// The record: made where there is none
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Fetch the page of each entry of a feed that does not hold its full text
    #[arg(long)]
    follow: bool,
    /// Fetch from this machine and its own network too
    #[arg(long)]
    allow_private: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    lists: Lists,
}

pub(super) fn run(fetched: &Fetched) -> Result<Tally, Problem> {
    let Fetched { addresses, record, follow, allow_private, reading, lists } = fetched;
    let fetching = Fetching { follow: *follow, allow_private: *allow_private };
    add::all(fetch(addresses, fetching, reading.options()), lists, record)
}
