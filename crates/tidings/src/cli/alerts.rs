//! `tidings alerts`: rules of what somebody wants to be told, checked, tried and run.

use super::ask;
use super::output::{Output, Problem, complain};
use super::rows::{Format, Rows};
use clap::{Args, Subcommand};
use jiff::Zoned;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tidings::alerting::{self, Alert, Fired};
use tidings::outlook::alerts::Rules;
use tidings::record::Record;
use tidings::record::questions::Value;
use tidings::safe;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Name rules that cannot be read or ask for nothing, with file and line
    #[command(after_help = "Example: tidings alerts check rules.toml

Exit codes: 0 nothing found, 1 the file could not be read, 2 something found.")]
    Check {
        /// The file of rules
        #[arg(value_name = "RULES")]
        rules: PathBuf,
    },
    /// Show what would have fired over the past; nothing is done
    #[command(
        after_help = "Example: tidings alerts test rules.toml --record gulf.tidings --format csv"
    )]
    Test {
        #[command(flatten)]
        at: At,
        /// How the answer is written
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Fire once what fits the rules and has not fired before
    #[command(after_help = "Example: tidings alerts run rules.toml --record gulf.tidings")]
    Run {
        #[command(flatten)]
        at: At,
    },
}

/// Rules, and the record they are asked of.
#[derive(Debug, Args)]
pub(super) struct At {
    /// The file of rules
    #[arg(value_name = "RULES")]
    rules: PathBuf,
    /// The record that `tidings add` made
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// The day from which days are counted; what was reported later is not looked at. Today, unless
    /// given
    #[arg(long, value_name = "DATE", value_parser = super::inputs::day)]
    on: Option<Date>,
}

pub(super) fn run(command: Command) -> Result<ExitCode, Problem> {
    match command {
        Command::Check { rules } => match faults(&rules)? {
            Ok(read) => {
                let count = read.rules.len();
                let s = if count == 1 { "" } else { "s" };
                Output::stdout().write(format!("{count} rule{s}, nothing wrong\n").as_bytes())?;
                Ok(ExitCode::SUCCESS)
            }
            Err(faults) => {
                Output::stdout().write(faults.as_bytes())?;
                Ok(ExitCode::from(2))
            }
        },
        Command::Test { at, format } => {
            let (record, rules) = (Record::open_to_read(&at.record)?, read(&at.rules)?);
            let found = alerting::past(&record, &rules, at.on())?;
            list(&found, format)?;
            Ok(ask::told(found.len()))
        }
        Command::Run { at } => {
            let record = Record::open_to_read(&at.record)?;
            let mut bell = Bell::new(&at.rules, &at.record)?;
            let failed = bell.ring(&record, at.on())?;
            Ok(ExitCode::from(if failed == 0 { 0 } else { 2 }))
        }
    }
}

impl At {
    fn on(&self) -> Date {
        self.on.unwrap_or_else(today)
    }
}

fn today() -> Date {
    Zoned::now().date()
}

/// The rules of a file, or its faults, a line each.
fn faults(file: &Path) -> Result<Result<Rules, String>, Problem> {
    let name = safe::line(&file.to_string_lossy());
    let text = std::fs::read_to_string(file)
        .map_err(|error| Problem::Unread { file: name.clone(), error })?;
    Ok(Rules::read(&text).map_err(|faults| {
        let told = faults
            .iter()
            .map(|fault| format!("{name}:{}: {}\n", fault.line, safe::line(&fault.problem)));
        told.collect()
    }))
}

fn read(file: &Path) -> Result<Rules, Problem> {
    faults(file)?.map_err(|faults| Problem::Rules(faults.trim_end().to_string()))
}

fn list(alerts: &[Alert], format: Format) -> Result<(), Problem> {
    let columns = ["day", "rule", "id", "told"];
    let chief = [("day", 10), ("rule", 24), ("id", 17), ("told", 72)];
    let mut rows = Rows::of(format, &columns, &chief);
    for alert in alerts {
        let day = alert.day.map_or(Value::Unknown, |day| Value::Text(day.to_string()));
        let text = |text: &String| Value::Text(text.clone());
        rows.write(&[day, text(&alert.rule), text(&alert.id), text(&alert.told)])?;
    }
    rows.finish()
}

/// Rules with what has fired of them.
pub(super) struct Bell {
    rules: Rules,
    fired: Fired,
}

impl Bell {
    /// Opens the rules, and what has fired of them for the record.
    pub fn new(rules: &Path, record: &Path) -> Result<Bell, Problem> {
        Ok(Bell { rules: read(rules)?, fired: Fired::open(&Fired::beside(record))? })
    }

    /// As [`Bell::new`]; where the rules are new to the record, what it holds already is no news.
    pub fn beginning_now(rules: &Path, record: &Path) -> Result<Bell, Problem> {
        let new = !Fired::beside(record).exists();
        let mut bell = Bell::new(rules, record)?;
        if new && record.exists() {
            let held = Record::open_to_read(record)?;
            for alert in alerting::matching(&held, &bell.rules, today())? {
                bell.fired.keep(&alert)?;
            }
        }
        Ok(bell)
    }

    /// Fires what fits and has not fired; gives how many actions failed, each of which is named, and tried
    /// again the next time.
    pub fn ring(&mut self, record: &Record, on: Date) -> Result<usize, Problem> {
        let mut failed = 0;
        let mut page = Output::stdout();
        for alert in alerting::matching(record, &self.rules, on)? {
            if self.fired.holds(&alert) {
                continue;
            }
            if let Err(error) = alerting::act(&self.rules.actions, &alert) {
                failed += 1;
                complain(&format!("{}: {error}", alert.rule));
                continue;
            }
            self.fired.keep(&alert)?;
            let actions = &self.rules.actions;
            let quiet =
                actions.file.is_some() || !actions.command.is_empty() || actions.webhook.is_some();
            if actions.terminal || !quiet {
                let Alert { rule, id, told, .. } = &alert;
                page.write(
                    format!("{}\n", safe::line(&format!("{rule}: {told} [{id}]"))).as_bytes(),
                )?;
            }
        }
        Ok(failed)
    }

    /// As [`Bell::ring`] for what a record has just taken in, seen from today.
    pub fn ring_today(&mut self, record: &Path) -> Result<(), Problem> {
        self.ring(&Record::open_to_read(record)?, today()).map(|_| ())
    }
}
