//! `tidings events|incidents|claims|actors` and `tidings show`: questions to the record.

use super::output::{Output, Problem};
use super::rows::{Format, Rows};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;
use tidings::export::Feed;
use tidings::record::incidents::Comparison;
use tidings::record::questions::{Filter, Subject, Unanswered, Value};
use tidings::record::{Record, Trust};

/// There was an answer, and it is that nothing fits: other than 1, when there was none.
pub(super) const NOTHING_FITS: u8 = 3;

/// The record, and what an answer must fit.
#[derive(Debug, Args)]
pub(super) struct Conditions {
    /// The record that `tidings add` made
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
    /// A country on either side (SRB), or words of a name
    #[arg(long)]
    actor: Option<String>,
    /// The countries of who acts and who is acted upon: SRB:XKX, SRB: or :XKX
    #[arg(long, value_parser = |text: &str| Filter::dyad(text))]
    dyad: Option<(String, String)>,
    /// PLOVER type (ASSAULT) or beginning of a CAMEO code (19); may be given again
    #[arg(long)]
    event: Vec<String>,
    /// Not over before this day, as 2022-08-21
    #[arg(long, value_name = "DATE", value_parser = super::inputs::day)]
    since: Option<Date>,
    /// Begun by this day
    #[arg(long, value_name = "DATE", value_parser = super::inputs::day)]
    until: Option<Date>,
    /// Name of a place, or a country (PER)
    #[arg(long)]
    place: Option<String>,
    /// contested, confirmed, reported, claimed, denied, planned or possible; of claims: none_given,
    /// denied or supported; of dates: open, met, missed or unclear
    #[arg(long)]
    status: Option<String>,
    /// Of events and incidents: those that are trusted, those that are doubtful, or any. Measures, alerts and
    /// the formats of GDELT, ICEWS and POLECAT take those that are trusted if nothing is said, lists take any
    #[arg(long, value_name = "TRUST", value_parser = trust())]
    trust: Option<Trust>,
    /// Publisher
    #[arg(long)]
    source: Option<String>,
    /// Words in the report, the claim or the name; phrases between double quotes
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
}

/// One of the words for how far something is trusted.
pub(super) fn trust() -> impl TypedValueParser<Value = Trust> {
    PossibleValuesParser::new(Trust::ALL.map(Trust::name))
        .map(|name| Trust::read(&name).unwrap_or(Trust::Any))
}

impl Conditions {
    /// As the record takes them.
    pub fn filter(self) -> Filter {
        Filter {
            actor: self.actor,
            dyad: self.dyad,
            event: self.event,
            since: self.since,
            until: self.until,
            place: self.place,
            status: self.status,
            trust: self.trust,
            source: self.source,
            words: Some(self.words.join(" ")).filter(|words| !words.trim().is_empty()),
            ..Filter::default()
        }
    }
}

/// What is asked of the record.
#[derive(Debug, Args)]
pub(super) struct Question {
    #[command(flatten)]
    conditions: Conditions,
    /// How the answer is written
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
    /// Of incidents: a page each, with why its events were merged, and the corrections it bears
    #[arg(long)]
    explain: bool,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The chief columns, for the eye
    Table,
    /// Every column of a row on a line of its own
    Page,
    /// JSON Lines: one object per row
    Jsonl,
    /// Comma-separated values with a header line (RFC 4180)
    Csv,
    /// Of incidents: a feed (Atom, RFC 4287), what was reported last first
    Atom,
}

pub(super) fn run(subject: Subject, question: Question) -> Result<ExitCode, Problem> {
    let record = Record::open_to_read(&question.conditions.record)?;
    let filter = question.conditions.filter();
    let format = match question.format {
        Form::Table => Format::Table,
        Form::Page => Format::Page,
        Form::Jsonl => Format::Jsonl,
        Form::Csv => Format::Csv,
        Form::Atom => return feed(&record, subject, &filter),
    };
    if question.explain && subject == Subject::Incidents {
        return explained(&record, &filter);
    }
    list(&record, subject, &filter, format)
}

/// All rows that fit.
pub(super) fn list(
    record: &Record,
    subject: Subject,
    filter: &Filter,
    format: Format,
) -> Result<ExitCode, Problem> {
    Ok(told(rows(record, subject, filter, format)?))
}

/// Writes all rows that fit, and gives their number.
pub(super) fn rows(
    record: &Record,
    subject: Subject,
    filter: &Filter,
    format: Format,
) -> Result<usize, Problem> {
    written(record, subject, filter, Rows::new(format, subject))
}

/// As [`rows`], to a place of the caller's.
pub(super) fn written(
    record: &Record,
    subject: Subject,
    filter: &Filter,
    mut rows: Rows,
) -> Result<usize, Problem> {
    let found = answer(record, subject, filter, &mut rows)?;
    rows.finish()?;
    Ok(found)
}

/// Every incident on a page of its own, with the reasons for it.
fn explained(record: &Record, filter: &Filter) -> Result<ExitCode, Problem> {
    let mut rows = Rows::new(Format::Page, Subject::Incidents);
    let mut ids = Vec::new();
    let at = Subject::Incidents.columns().position(|column| column == "id").unwrap_or(0);
    record
        .ask(Subject::Incidents, filter, |row| {
            ids.extend(row.get(at).and_then(|id| match id {
                Value::Text(id) => Some(id.clone()),
                _ => None,
            }));
            Ok::<(), Problem>(())
        })
        .map_err(unanswered)?;
    for id in &ids {
        let one = Filter { id: Some(id.clone()), ..Filter::default() };
        answer(record, Subject::Incidents, &one, rows.within(Subject::Incidents))?;
        explain(record, id, None, &mut rows)?;
        rows.line("")?;
    }
    rows.finish()?;
    Ok(told(ids.len()))
}

/// Why the events are one happening, aspect by aspect, and what people say of it.
fn explain(record: &Record, id: &str, other: Option<&str>, rows: &mut Rows) -> Result<(), Problem> {
    for Comparison { event, beside, verdict } in record.verdicts(id, other)? {
        rows.line(&format!("{event} beside {beside}: {verdict}"))?;
    }
    corrections(record, id, rows)
}

/// The corrections that an incident or event bears.
fn corrections(record: &Record, id: &str, rows: &mut Rows) -> Result<(), Problem> {
    for told in record.corrections_of(id)? {
        rows.line(&told.to_string())?;
    }
    Ok(())
}

/// Incidents as an Atom feed.
fn feed(record: &Record, subject: Subject, filter: &Filter) -> Result<ExitCode, Problem> {
    if subject != Subject::Incidents {
        return Err(Problem::NoFeed);
    }
    let mut feed = Feed::default();
    let taken = record.ask(subject, filter, |row| {
        feed.add(row);
        Ok(())
    });
    let found = taken.map_err(unanswered)?;
    let mut to = Output::stdout();
    to.write(feed.write().as_bytes())?;
    to.finish()?;
    Ok(told(found))
}

fn unanswered(unanswered: Unanswered<Problem>) -> Problem {
    match unanswered {
        Unanswered::Record(error) => error.into(),
        Unanswered::Taker(problem) => problem,
    }
}

fn answer(
    record: &Record,
    subject: Subject,
    filter: &Filter,
    rows: &mut Rows,
) -> Result<usize, Problem> {
    record.ask(subject, filter, |row| rows.write(row)).map_err(unanswered)
}

/// The exit code of an answer of so many rows.
pub(super) fn told(found: usize) -> ExitCode {
    if found == 0 {
        super::output::complain("nothing in the record fits");
        return ExitCode::from(NOTHING_FITS);
    }
    ExitCode::SUCCESS
}

/// What is to be shown.
#[derive(Debug, Args)]
pub(super) struct Shown {
    /// The record that `tidings add` made
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Id of an incident, an event or a claim
    #[arg(value_name = "ID")]
    id: String,
    /// Tell why the events of the incident were merged; of an event, why with these or why not
    #[arg(long)]
    explain: bool,
    /// Another event, to be compared with the first
    #[arg(value_name = "OTHER", requires = "explain")]
    other: Option<String>,
}

/// The row with all its columns; of an incident, its events after it.
pub(super) fn show(shown: &Shown) -> Result<ExitCode, Problem> {
    let record = Record::open_to_read(&shown.record)?;
    let subject = match shown.id.chars().next() {
        Some('i') => Subject::Incidents,
        Some('c') => Subject::Claims,
        _ => Subject::Events,
    };
    let one = Filter { id: Some(shown.id.clone()), ..Filter::default() };
    let mut rows = Rows::new(Format::Page, subject);
    let found = answer(&record, subject, &one, &mut rows)?;
    if found > 0 && subject == Subject::Incidents {
        let all = Filter { incident: Some(shown.id.clone()), ..Filter::default() };
        answer(&record, Subject::Events, &all, rows.within(Subject::Events))?;
    }
    if found > 0 && shown.explain {
        explain(&record, &shown.id, shown.other.as_deref(), &mut rows)?;
    } else if found > 0 {
        corrections(&record, &shown.id, &mut rows)?;
    }
    rows.finish()?;
    Ok(told(found))
}
