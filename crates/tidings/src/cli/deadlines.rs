//! `tidings deadlines`: the dates to watch of a record.

use super::ask::{self, Conditions};
use super::output::{Output, Problem};
use super::rows::{self, Rows};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use jiff::Zoned;
use jiff::civil::Date;
use std::process::ExitCode;
use tidings::deadlines::{self, Deadline};
use tidings::outlook::dates::Kind;
use tidings::record::Record;
use tidings::record::questions::Value;
use tidings::record::questions::deadlines::{Party, Stands};

/// What is asked of the record.
#[derive(Debug, Args)]
pub(super) struct Question {
    #[command(flatten)]
    conditions: Conditions,
    /// The day from which days are counted; what was reported later is not looked at. Today, unless
    /// given
    #[arg(long, value_name = "DATE", value_parser = super::inputs::day)]
    on: Option<Date>,
    /// What a date is for; may be given again
    #[arg(long, value_parser = kinds())]
    kind: Vec<Kind>,
    /// Only dates that come within so many days
    #[arg(long, value_name = "DAYS")]
    within: Option<i64>,
    /// How the answer is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The chief columns, for the eye
    Table,
    /// Every column of a date on a line of its own
    Page,
    /// JSON Lines: one object per date
    Jsonl,
    /// Comma-separated values with a header line (RFC 4180)
    Csv,
    /// A calendar (RFC 5545) of the dates that have a day
    Ical,
    /// A feed (RFC 4287), the dates last told of first
    Atom,
}

pub(super) fn run(question: Question) -> Result<ExitCode, Problem> {
    let Question { conditions, on, kind, within, format } = question;
    let record = Record::open_to_read(&conditions.record)?;
    let on = on.unwrap_or_else(|| Zoned::now().date());
    let asked = deadlines::Question { filter: conditions.filter(), on };
    let mut dates = deadlines::of(&record, &asked)?;
    dates.retain(|date| {
        let soon = |days| date.days_left.is_some_and(|left| (0..=days).contains(&left));
        (kind.is_empty() || kind.contains(&date.kind)) && within.is_none_or(soon)
    });
    match format.rows() {
        Some(format) => {
            let mut rows = Rows::of(format, &COLUMNS, &CHIEF);
            for date in &dates {
                rows.write(&row(date))?;
            }
            rows.finish()?;
        }
        None => {
            let mut to = Output::stdout();
            let text = match format {
                Format::Atom => tidings::export::dates(&dates),
                _ => tidings::export::calendar(&dates, on),
            };
            to.write(text.as_bytes())?;
            to.finish()?;
        }
    }
    Ok(ask::told(dates.len()))
}

/// Reads the kinds of dates by the names that the answers give them.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name))
        .map(|name| Kind::read(&name).unwrap_or(Kind::Plan))
}

impl Format {
    fn rows(self) -> Option<rows::Format> {
        match self {
            Format::Table => Some(rows::Format::Table),
            Format::Page => Some(rows::Format::Page),
            Format::Jsonl => Some(rows::Format::Jsonl),
            Format::Csv => Some(rows::Format::Csv),
            Format::Ical | Format::Atom => None,
        }
    }
}

const COLUMNS: [&str; 20] = [
    "id",
    "since",
    "until",
    "days_left",
    "kind",
    "state",
    "set_by",
    "set_by_country",
    "parties",
    "parties_country",
    "what",
    "condition",
    "according_to",
    "event",
    "sources",
    "first_report",
    "last_report",
    "reports",
    "met_by",
    "missed_by",
];

const CHIEF: [(&str, usize); 7] = [
    ("id", 17),
    ("until", 10),
    ("days_left", 9),
    ("kind", 9),
    ("state", 7),
    ("set_by", 24),
    ("what", 72),
];

/// A date as a row of [`COLUMNS`].
fn row(date: &Deadline) -> Vec<Value> {
    let text = |text: &Option<String>| text.clone().map_or(Value::Unknown, Value::Text);
    let day = |day: Option<Date>| day.map_or(Value::Unknown, |day| Value::Text(day.to_string()));
    let names = |of: &[Party]| Value::List(of.iter().map(|party| party.name.clone()).collect());
    let countries = |of: &[Party]| {
        let mut all: Vec<String> = of.iter().filter_map(|party| party.country.clone()).collect();
        all.dedup();
        Value::List(all)
    };
    let place = |stands: &Stands| format!("{} §{}", stands.report, stands.sentence + 1);
    let grounds = |met: bool| {
        let of = date.grounds.iter().filter(|ground| ground.met == met);
        Value::List(of.map(|g| format!("{} {}", g.id, place(&g.stands))).collect())
    };
    let published = || date.told.iter().filter_map(|stands| stands.published);
    vec![
        Value::Text(date.id.clone()),
        day(date.since),
        day(date.until),
        date.days_left.map_or(Value::Unknown, Value::Integer),
        Value::Text(date.kind.name().to_string()),
        Value::Text(date.state.name().to_string()),
        names(&date.set_by),
        countries(&date.set_by),
        names(&date.parties),
        countries(&date.parties),
        Value::Text(date.what.clone()),
        text(&date.condition),
        names(&date.according_to),
        text(&date.event),
        Value::Integer(i64::try_from(date.sources).unwrap_or(i64::MAX)),
        day(published().min()),
        day(published().max()),
        Value::List(date.told.iter().map(place).collect()),
        grounds(true),
        grounds(false),
    ]
}
