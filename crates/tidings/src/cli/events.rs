//! Which events a measure is made of: a record or a table, and which of them.

use super::ask::{self, NOTHING_FITS};
use super::output::{Problem, complain};
use clap::Args;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use tidings::outlook::events::{Events, Scope, WrongScope};
use tidings::outlook::tables::{self, Fault, Wrong};
use tidings::record::{Record, Trust};

/// Where the events come from, and how far they must be trusted.
#[derive(Debug, Args)]
pub(super) struct Source {
    #[command(flatten)]
    file: File,
    /// Which incidents count, where a record or a table tells how far they are trusted
    #[arg(long, value_name = "TRUST", default_value = "trusted", value_parser = ask::trust())]
    trust: Trust,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct File {
    /// A record that `tidings add` made: its incidents that happened
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// A table of events: ICEWS, POLECAT, GDELT, or what `tidings incidents` wrote as csv or jsonl
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
}

/// Which of them.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The countries of who acts and who is acted upon: SRB:XKX, SRB: or :XKX
    #[arg(long, value_parser = |text: &str| Scope::dyad(text), conflicts_with_all = ["actor", "country"])]
    dyad: Option<Scope>,
    /// With --dyad: count also what the second does to the first
    #[arg(long, requires = "dyad")]
    mutual: bool,
    /// A country on either side (SRB), or words of a name
    #[arg(long, conflicts_with = "country")]
    actor: Option<String>,
    /// What happens in a country: by place, or, where no place is told, between parties of it alone
    #[arg(long, value_parser = country)]
    country: Option<Scope>,
    /// From this day on, as 2022-08-21
    #[arg(long, value_name = "DATE", value_parser = super::inputs::day)]
    pub since: Option<Date>,
    /// Up to this day
    #[arg(long, value_name = "DATE", value_parser = super::inputs::day)]
    pub until: Option<Date>,
}

fn country(text: &str) -> Result<Scope, WrongScope> {
    Scope::within(text)
}

impl Asked {
    pub fn scope(&self) -> Scope {
        match (&self.dyad, &self.actor, &self.country) {
            (Some(Scope::Dyad { source, target, .. }), ..) => {
                Scope::Dyad { source: *source, target: *target, mutual: self.mutual }
            }
            (_, Some(actor), _) => Scope::actor(actor),
            (_, _, Some(country)) => country.clone(),
            _ => Scope::All,
        }
    }
}

/// Says that there was nothing to measure.
pub(super) fn nothing_fits() -> ExitCode {
    complain("nothing that happened fits; ask for another dyad, actor, country or span of days");
    ExitCode::from(NOTHING_FITS)
}

/// Rows of a table named one by one, of each kind of fault.
const NAMED: usize = 10;

impl Source {
    /// The events, and how many rows of the table could not be used; each is named on standard error.
    pub fn read(&self) -> Result<(Events, usize), Problem> {
        match (&self.file.record, &self.file.table) {
            (Some(file), _) => {
                Ok((Events::of_record(&Record::open_to_read(file)?, self.trust)?, 0))
            }
            (None, Some(file)) => {
                let table = tables::read(file, self.trust)?;
                let name = file.to_string_lossy();
                tell(&name, &table.faults);
                let lost = table.faults.iter().filter(|fault| fault.lost()).count();
                if lost == table.rows {
                    return Err(Problem::NoRow { file: name.into_owned() });
                }
                Ok((table.events, lost))
            }
            // The command line demands one of them.
            (None, None) => Ok((Events::default(), 0)),
        }
    }
}

/// Names what was wrong with a table, by line; many of one kind are summed up.
fn tell(file: &str, faults: &[Fault]) {
    let mut kinds: BTreeMap<Wrong, usize> = BTreeMap::new();
    for fault in faults {
        let count = kinds.entry(fault.wrong).or_default();
        *count += 1;
        if *count <= NAMED {
            complain(&format!("{file}, line {}: {}", fault.line, fault.problem));
        }
    }
    for (wrong, count) in kinds {
        if count > NAMED {
            let what = match wrong {
                Wrong::Columns => "with a wrong number of columns; left out",
                Wrong::Day => "without a day; left out",
                Wrong::Code => "with an unknown code; left out",
                Wrong::Value => "with an unknown value; that of the code stands",
                Wrong::Country => "with an unknown country; kept without it",
                Wrong::Order => "out of order; put in the order of days",
            };
            complain(&format!("{file}: {} more rows {what}", count - NAMED));
        }
    }
}
