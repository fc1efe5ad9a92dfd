//! `tidings words`: threats and promises beside what was done later.

use super::events::{Asked, Source, nothing_fits};
use super::output::{Output, Problem, json};
use super::tension::line;
use clap::{Args, ValueEnum};
use std::fmt::Write;
use std::process::ExitCode;
use tidings::outlook::words::{self, Account, Form, Outcome, Question};
use tidings::safe;

#[derive(Debug, Args)]
pub(super) struct Words {
    #[command(flatten)]
    from: Source,
    #[command(flatten)]
    asked: Asked,
    /// Days after the words in which an act counts
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    within: u32,
    /// How it is written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the eye
    Text,
    /// JSON Lines: one object per pair of parties and form
    Jsonl,
}

pub(super) fn run(asked: &Words) -> Result<ExitCode, Problem> {
    let (events, lost) = asked.from.read()?;
    let question = Question {
        scope: asked.asked.scope(),
        within: asked.within,
        since: asked.asked.since,
        until: asked.asked.until,
    };
    let accounts = words::accounts(&events, &question);
    if accounts.is_empty() {
        return Ok(nothing_fits());
    }
    let mut to = Output::stdout();
    for account in &accounts {
        let text = match asked.format {
            Format::Text => text(account, asked.within),
            Format::Jsonl => json(account),
        };
        to.gather(text.as_bytes())?;
    }
    to.finish()?;
    Ok(ExitCode::from(if lost > 0 { 2 } else { 0 }))
}

fn text(account: &Account, within: u32) -> String {
    let Account { source, target, form, said, followed, open, share, usual, words } = account;
    let (source, target) = (safe::line(source), safe::line(target));
    let (word, act) = match form {
        Form::Threat => ("threat", "material conflict"),
        Form::Promise => ("promise", "material cooperation"),
    };
    let plural = if *said == 1 { "" } else { "s" };
    let mut text = format!(
        "{source} → {target}: {said} {word}{plural}, {followed} followed by {act} within {within} days"
    );
    if *open > 0 {
        let _ = write!(text, ", {open} open");
    }
    let percent = |share: &Option<f64>| share.map(|share| format!("{:.0} %", 100.0 * share));
    if let (Some(share), Some(usual)) = (percent(share), percent(usual)) {
        let _ = write!(text, " ({share}; after any day {usual})");
    }
    text.push('\n');
    for word in words {
        let _ = writeln!(text, "  {}", line(&word.said));
        match word.outcome {
            Outcome::Followed => {
                for act in &word.acts {
                    let _ = writeln!(text, "    then {}", line(act));
                }
            }
            Outcome::Unfollowed => {
                let _ = writeln!(text, "    nothing of the kind by {}", word.until);
            }
            Outcome::Open => {
                let _ = writeln!(text, "    nothing of the kind yet; open until {}", word.until);
            }
        }
    }
    text.push('\n');
    text
}
