//! `tidings lexicon check`: what is wrong in the lexicon, or in lists of one's own.

use super::lists::Lists;
use super::output::{Output, Problem, json};
use clap::ValueEnum;
use std::path::Path;
use tidings::safe;
use tidings_world::{Fault, Finding};

/// How findings are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// One line each
    Text,
    /// One JSON object each
    Json,
}

/// Writes what is wrong, and tells how many findings that are.
pub(super) fn check(path: Option<&Path>, format: Format) -> Result<usize, Problem> {
    let findings = match path {
        Some(path) => tidings_world::check(&Lists::at(path)?),
        None => tidings_world::check_embedded(),
    };
    let mut to = Output::stdout();
    for finding in &findings {
        match format {
            Format::Text => to.write(line(finding).as_bytes())?,
            Format::Json => to.write(json(finding).as_bytes())?,
        }
    }
    if let (Format::Text, true) = (format, findings.is_empty()) {
        to.write(b"nothing found\n")?;
    }
    to.finish()?;
    Ok(findings.len())
}

fn line(Finding { file, line, fault, problem }: &Finding) -> String {
    let fault = match fault {
        Fault::Unparsable => "unparsable",
        Fault::Contradictory => "contradictory",
        Fault::Shadowed => "shadowed",
        Fault::Unreachable => "unreachable",
    };
    format!("{}, line {line}: {fault}: {}\n", safe::line(file), safe::line(problem))
}
