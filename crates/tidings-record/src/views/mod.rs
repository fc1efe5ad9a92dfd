//! Views of a whole: one report with everything that is coded of it, an actor, a dyad, a span of days.
//!
//! Where a question of [`questions`](crate::questions) gives rows that fit, a view gives what belongs together, as
//! typed rows ready to be written as JSON.

mod actor;
mod dyad;
mod grounds;
mod report;
mod search;
mod span;

pub use actor::{ActorView, Contact, Role};
pub use dyad::{DyadDay, DyadView};
pub use grounds::Ground;
pub use report::{
    ActorSpan, ClaimSpan, EventSpan, EvidenceSpan, FigureSpan, PlaceSpan, ReportView, SentenceSpan,
    TimeSpan,
};
pub use search::{Hit, ReportHit};
pub use span::{ActiveDyad, ActiveDyads, DayCount, Extent, Mark, PlaceCount, Stretch};

use rusqlite::{Connection, Params, Result, Row};

/// All rows of a statement.
fn rows<T>(
    db: &Connection,
    sql: &str,
    values: impl Params,
    read: impl FnMut(&Row) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = db.prepare_cached(sql)?;
    statement.query_map(values, read)?.collect()
}

/// The members of a list that SQL put together with `char(31)` between them.
fn list(row: &Row, at: usize) -> Result<Vec<String>> {
    let text: Option<String> = row.get(at)?;
    Ok(text.iter().flat_map(|text| text.split('\u{1f}')).map(str::to_string).collect())
}
