//! `tidings events|incidents|claims|actors` and `tidings show`: questions to the record.

use super::output::Problem;
use super::rows::{Format, Rows};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;
use tidings::record::Record;
use tidings::record::questions::{Filter, Subject, Unanswered};

/// There was an answer, and it is that nothing fits: other than 1, when there was none.
const NOTHING_FITS: u8 = 3;

/// What is asked of the record.
#[derive(Debug, Args)]
pub(super) struct Question {
    /// The record that `tidings add` made
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
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
    /// denied or supported
    #[arg(long)]
    status: Option<String>,
    /// Publisher
    #[arg(long)]
    source: Option<String>,
    /// Words in the report, the claim or the name; phrases between double quotes
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

pub(super) fn run(subject: Subject, question: Question) -> Result<ExitCode, Problem> {
    let record = Record::open_to_read(&question.record)?;
    let filter = Filter {
        actor: question.actor,
        dyad: question.dyad,
        event: question.event,
        since: question.since,
        until: question.until,
        place: question.place,
        status: question.status,
        source: question.source,
        words: Some(question.words.join(" ")).filter(|words| !words.trim().is_empty()),
        ..Filter::default()
    };
    let mut rows = Rows::new(question.format, subject);
    let found = answer(&record, subject, &filter, &mut rows)?;
    rows.finish()?;
    Ok(told(found))
}

fn answer(
    record: &Record,
    subject: Subject,
    filter: &Filter,
    rows: &mut Rows,
) -> Result<usize, Problem> {
    record.ask(subject, filter, |row| rows.write(row)).map_err(|unanswered| match unanswered {
        Unanswered::Record(error) => error.into(),
        Unanswered::Taker(problem) => problem,
    })
}

fn told(found: usize) -> ExitCode {
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
        for (id, verdict) in record.verdicts(&shown.id, shown.other.as_deref())? {
            rows.line(&format!("{id}: {verdict}"))?;
        }
    }
    rows.finish()?;
    Ok(told(found))
}
