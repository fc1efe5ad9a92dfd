//! The table of CAMEO codes and the table of their composition.
//!
//! In go `cameo.tsv` and `compose.tsv`; out come codes as small numbers, the [`Action`] of each, and
//! what an act becomes when it is only promised, asked for, refused or threatened.

use super::{Action, LexiconError};
use std::collections::HashMap;

/// A CAMEO code: its row in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u16);

/// What is done with an act instead of doing it. The names are the columns of `compose.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Promise it, agree to it or announce it: 03 for cooperation, 13 for conflict.
    Intend,
    /// Ask for it: 02.
    Appeal,
    /// Demand it: 10.
    Demand,
    /// Refuse it: 12.
    Reject,
    /// Threaten with it: 13.
    Threaten,
    /// Accuse somebody of it: 112.
    Accuse,
    /// Demonstrate for it: 141 to 145.
    Protest,
    /// Own up to it: the act itself.
    Own,
}

impl Operator {
    const COLUMNS: [(&'static str, Operator); 6] = [
        ("intend", Operator::Intend),
        ("appeal", Operator::Appeal),
        ("demand", Operator::Demand),
        ("reject", Operator::Reject),
        ("threaten", Operator::Threaten),
        ("accuse", Operator::Accuse),
    ];

    pub(super) fn parse(name: &str) -> Option<Operator> {
        match name {
            "protest" => Some(Operator::Protest),
            "own" => Some(Operator::Own),
            _ => Self::COLUMNS.iter().find(|(column, _)| *column == name).map(|c| c.1),
        }
    }
}

/// The sixteen PLOVER event types.
pub(super) const EVENTS: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

pub(super) fn event_named(name: &str) -> Option<&'static str> {
    EVENTS.iter().find(|event| **event == name).copied()
}

#[derive(Debug)]
struct Row {
    digits: String,
    /// The codebook's name for it.
    name: String,
    /// Nothing for mere statements.
    action: Option<Action>,
    /// What the code becomes under each operator with a column of its own.
    composed: [Composed; Operator::COLUMNS.len()],
}

/// What an act becomes under an operator.
#[derive(Debug, Clone, Copy, Default)]
enum Composed {
    /// The scheme has no such act.
    #[default]
    None,
    /// The act itself: to announce support is to support.
    Itself,
    /// Another act: to refuse talks is 125.
    Other(Code),
}

/// All codes.
#[derive(Debug, Default)]
pub(super) struct Codes {
    rows: Vec<Row>,
    by_digits: HashMap<String, Code>,
}

impl Codes {
    pub fn parse(cameo: &str, compose: &str, problems: &mut Vec<LexiconError>) -> Codes {
        let mut codes = Codes::default();
        for (line, cells) in cells(cameo) {
            match row(&cells) {
                Ok(row) => {
                    codes.by_digits.insert(row.digits.clone(), Code(codes.rows.len() as u16));
                    codes.rows.push(row);
                }
                Err(problem) => problems.push(error("cameo.tsv", line, problem)),
            }
        }
        codes.read_compositions(compose, problems);
        codes
    }

    fn read_compositions(&mut self, compose: &str, problems: &mut Vec<LexiconError>) {
        let mut written: HashMap<&str, [Composed; 6]> = HashMap::new();
        for (line, cells) in cells(compose) {
            let mut composed = [Composed::None; 6];
            if cells.len() != 1 + composed.len() {
                let problem = format!("{} columns where {} are needed", cells.len(), 7);
                problems.push(error("compose.tsv", line, problem));
                continue;
            }
            for (slot, digits) in composed.iter_mut().zip(&cells[1..]) {
                *slot = match (*digits, self.get(digits)) {
                    ("-", _) => Composed::None,
                    ("=", _) => Composed::Itself,
                    (_, Some(code)) => Composed::Other(code),
                    (_, None) => {
                        let problem = "is no code of cameo.tsv; write - for none, = for the same";
                        let problem = format!("'{digits}' {problem}");
                        problems.push(error("compose.tsv", line, problem));
                        Composed::None
                    }
                };
            }
            written.insert(cells[0], composed);
        }
        // A code without a row of its own is composed as the code it refines.
        for row in &mut self.rows {
            for length in (2..=row.digits.len()).rev() {
                if let Some(composed) = row.digits.get(..length).and_then(|d| written.get(d)) {
                    row.composed = *composed;
                    break;
                }
            }
        }
    }

    pub fn get(&self, digits: &str) -> Option<Code> {
        self.by_digits.get(digits).copied()
    }

    pub fn digits(&self, code: Code) -> &str {
        self.rows.get(code.0 as usize).map_or("", |row| &row.digits)
    }

    pub fn name(&self, code: Code) -> &str {
        self.rows.get(code.0 as usize).map_or("", |row| &row.name)
    }

    pub fn action(&self, code: Code) -> Option<Action> {
        self.rows.get(code.0 as usize)?.action.clone()
    }

    pub fn general(&self, event: &str) -> Option<Action> {
        let of = |row: &&Row| {
            row.digits.len() == 3 && row.action.as_ref().is_some_and(|a| a.event == event)
        };
        let those = || self.rows.iter().filter(of);
        // Mass violence (20) is no general form of an attack.
        let general = those().rfind(|row| row.digits.ends_with('0') && row.digits != "200");
        general.or_else(|| those().next_back())?.action.clone()
    }

    pub fn compose(&self, operator: Operator, content: Code) -> Option<Code> {
        if operator == Operator::Own {
            return Some(content);
        }
        let column = Operator::COLUMNS.iter().position(|(_, o)| *o == operator)?;
        match self.rows.get(content.0 as usize)?.composed[column] {
            Composed::None => None,
            Composed::Itself => Some(content),
            Composed::Other(code) => Some(code),
        }
    }
}

fn row(cells: &[&str]) -> Result<Row, String> {
    let &[digits, event, mode, context, goldstein, quad, name] = cells else {
        return Err(format!("{} columns where 7 are needed", cells.len()));
    };
    if !(2..=4).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("'{digits}' is no CAMEO code; write 2 to 4 digits"));
    }
    let action = match event {
        "-" => None,
        _ => Some(Action {
            event: event_named(event)
                .ok_or_else(|| format!("'{event}' is none of the sixteen PLOVER types"))?,
            mode: (mode != "-").then(|| mode.to_string()),
            context: context.split(';').filter(|c| *c != "-").map(str::to_string).collect(),
            cameo: digits.to_string(),
            goldstein: goldstein
                .parse()
                .ok()
                .filter(|value| (-10.0..=10.0).contains(value))
                .ok_or_else(|| format!("'{goldstein}' is no Goldstein value from -10 to 10"))?,
            quad: quad
                .parse()
                .ok()
                .filter(|value| (1..=4).contains(value))
                .ok_or_else(|| format!("'{quad}' is no quad class; write 1 to 4"))?,
        }),
    };
    let (digits, name) = (digits.to_string(), name.to_string());
    Ok(Row { digits, name, action, composed: [Composed::None; 6] })
}

/// The rows of a table below its header row, each with its line number.
pub(super) fn cells(table: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    table
        .lines()
        .enumerate()
        .map(|(nth, line)| (nth + 1, line))
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        .skip(1)
        .map(|(number, line)| (number, line.split('\t').map(str::trim).collect()))
}

fn error(file: &str, line: usize, problem: String) -> LexiconError {
    LexiconError { file: file.to_string(), line, problem }
}
