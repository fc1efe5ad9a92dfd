//! `tidings correct`: what people set right by hand.

use super::ask;
use super::output::{Output, Problem, complain};
use super::rows::Format;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use tidings::World;
use tidings::record::corrections::{Author, Change, Refused, Role};
use tidings::record::questions::Act;
use tidings::record::questions::{Filter, Subject};
use tidings::record::{Actor, Record};

/// A correction, and whose it is.
#[derive(Debug, Args)]
pub(super) struct Correction {
    /// The record that `tidings add` made
    #[arg(long, value_name = "FILE", global = true)]
    record: Option<PathBuf>,
    /// Who sets it right
    #[arg(long, value_name = "NAME", global = true)]
    by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", global = true)]
    note: Option<String>,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// These incidents are one happening; it keeps the id of the first
    Merge {
        /// Ids of incidents
        #[arg(required = true, num_args = 2.., value_name = "INCIDENT")]
        incidents: Vec<String>,
    },
    /// These events of an incident are a happening of their own
    Split {
        /// Id of the incident
        incident: String,
        /// Ids of some of its events
        #[arg(required = true, value_name = "EVENT")]
        events: Vec<String>,
    },
    /// Another actor, or nobody, is the source or the target of an event
    Actor {
        /// Id of the event
        event: String,
        /// Which side
        #[arg(value_parser = ["source", "target"])]
        role: String,
        /// A country, with sectors after it ("SRB", "SRB GOV"), a sector alone ("REB"), or "nobody"
        code: String,
        /// Name of the actor, where it is not the country
        #[arg(long)]
        name: Option<String>,
    },
    /// An event is another act
    Code {
        /// Id of the event
        event: String,
        /// CAMEO code of 2 to 4 digits
        cameo: String,
    },
    /// The words tell of no event
    NotAnEvent {
        /// Id of the event
        event: String,
    },
    /// An event is right as it is coded, and trusted from now on
    Right {
        /// Id of the event
        event: String,
    },
    /// Take a correction back
    Undo {
        /// Id of the correction
        correction: String,
    },
    /// List the corrections, those that were undone too
    List {
        /// How the list is written
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

pub(super) fn run(correction: Correction) -> Result<ExitCode, Problem> {
    let Correction { record: file, by, note, task } = correction;
    let file = file.ok_or(Problem::NoRecord)?;
    let author = Author {
        by: by.as_deref().unwrap_or_default(),
        at: jiff::Timestamp::now(),
        note: note.as_deref(),
    };
    // What is not there is not made by correcting it.
    let record = Record::open_to_read(&file)?;
    if let Task::List { format } = task {
        return ask::list(&record, Subject::Corrections, &Filter::default(), format);
    }
    drop(record);
    let record = Record::open(&file)?;
    let waiting = || complain("another tidings is writing to the record; waiting for it");
    let mut page = Output::stdout();
    if let Task::Undo { correction } = &task {
        record.undo(correction, author, waiting)?;
        page.write(format!("{correction} is undone\n").as_bytes())?;
    } else if let Some(change) = change(task)? {
        let made = record.correct(&change, author, waiting)?;
        let told = format!("{made}; undo it with `tidings correct undo {made}`\n");
        page.write(told.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn change(task: Task) -> Result<Option<Change>, Problem> {
    Ok(Some(match task {
        Task::Merge { incidents } => Change::Merge(incidents),
        Task::Split { incident, events } => Change::Split { incident, events },
        Task::Actor { event, role, code, name } => {
            let role = if role == "source" { Role::Source } else { Role::Target };
            Change::Actor { event, role, who: who(&code, name)? }
        }
        Task::Code { event, cameo } => {
            let action = action(&cameo).ok_or(Problem::NoCameo { code: cameo })?;
            Change::Code { event, action }
        }
        Task::NotAnEvent { event } => Change::NotAnEvent(event),
        Task::Right { event } => Change::Right(event),
        Task::Undo { .. } | Task::List { .. } => return Ok(None),
    }))
}

/// The actor of a code: a country, sectors, or both.
fn who(code: &str, name: Option<String>) -> Result<Option<Actor>, Problem> {
    if code.eq_ignore_ascii_case("nobody") {
        return Ok(None);
    }
    let (mut country, mut sectors, mut called) = (None, Vec::new(), None);
    for part in code.split_whitespace() {
        let part = part.to_ascii_uppercase();
        if tidings_world::SECTORS.contains(&part.as_str()) {
            sectors.push(part);
        } else if let (None, Some(place)) = (&country, World::embedded().gazetteer.country(&part)) {
            called = Some(place.name);
            country = Some(part);
        } else {
            return Err(Problem::NoActor { code: code.to_string() });
        }
    }
    let name = name.or(called.map(str::to_string)).unwrap_or_else(|| sectors.join(" "));
    if name.trim().is_empty() {
        return Err(Problem::NoActor { code: code.to_string() });
    }
    Ok(Some(Actor { name, country, sectors, office: None }))
}

/// A CAMEO code with its PLOVER reading.
pub(super) fn action(cameo: &str) -> Option<Act> {
    let lexicon = &World::embedded().events;
    let read = lexicon.action(lexicon.code(cameo)?, None)?;
    let tidings_world::Action { event, mode, context, cameo, goldstein, quad } = read;
    Some(Act { event: event.to_string(), mode, context, cameo, goldstein, quad })
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Problem {
        match refused {
            Refused::Record(error) => Problem::Record(error),
            other => Problem::Uncorrected(other),
        }
    }
}
