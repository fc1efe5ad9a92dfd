//! What a span of days brought: incidents told of for the first time, incidents of which something else is told
//! than before, and what is contested.
//!
//! Days are those of the reports: what the record said before the first of them is set beside what it said on the
//! last. History that reports recall is no news.

use crate::incidents::status_until;
use crate::questions::{self, Incident};
use crate::store::{Error, Record, day};
use jiff::civil::Date;
use rusqlite::{Connection, Result, params};
use serde::Serialize;

/// Sentences that are quoted for an incident.
const QUOTED: usize = 2;

/// What the days brought.
#[derive(Debug, Clone, Serialize)]
pub struct News {
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Day of the last report of these days.
    pub last: Option<Date>,
    /// Reports of these days.
    pub reports: i64,
    /// Their independent sources.
    pub sources: i64,
    /// Incidents told of for the first time, in the order of days.
    pub new: Vec<Told>,
    /// Incidents known before, of which another status or other figures are told now.
    pub changed: Vec<Told>,
    /// Incidents of which these days tell that are contested.
    pub contested: Vec<Told>,
    /// Claims whose evidence the reports speak of.
    pub claims: Vec<Claimed>,
}

/// An incident as it stood on the last day.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// The incident.
    pub incident: Incident,
    /// Figures with the number of independent sources that give each: `killed 3 (1)`.
    pub figures: Vec<String>,
    /// How it stood before.
    pub before: Option<Before>,
    /// Sentences that tell of it, the latest first; of a contested one, of each account.
    pub quotes: Vec<Quote>,
}

/// How an incident stood before the first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Before {
    pub status: String,
    pub figures: Vec<String>,
}

/// A sentence of a report.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Quote {
    pub text: String,
    pub report: String,
    pub published: Option<Date>,
    pub publisher: Option<String>,
    /// Index of the sentence, from zero.
    pub sentence: i64,
}

/// A claim and what its report says of the evidence.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Claimed {
    pub id: String,
    pub speaker: Option<String>,
    pub content: String,
    /// `none_given`, `denied` or `supported`, with the words that say so.
    pub evidence: Vec<(String, String)>,
    pub report: String,
    pub published: Option<Date>,
    pub sentence: i64,
}

impl Record {
    /// The news of the reports from `since` to `until`; without them, from the first and to the last.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn news(
        &self,
        since: Option<Date>,
        until: Option<Date>,
    ) -> std::result::Result<News, Error> {
        news(&self.db, since, until).map_err(|error| self.told(error))
    }
}

/// Days as the record writes them: before all, and after all, where none is given.
struct Days {
    from: String,
    to: String,
}

fn news(db: &Connection, since: Option<Date>, until: Option<Date>) -> Result<News> {
    let days = Days {
        from: since.map_or("0000-01-01".to_string(), |day| day.to_string()),
        to: until.map_or("9999-12-31".to_string(), |day| day.to_string()),
    };
    let (reports, sources, last) = db.query_row(
        "SELECT count(*), count(DISTINCT voice), max(published) FROM report
         WHERE published BETWEEN ? AND ? AND superseded_by IS NULL",
        [&days.from, &days.to],
        |row| Ok((row.get(0)?, row.get(1)?, day(row, 2)?)),
    )?;
    let mut news = News {
        since,
        until,
        last,
        reports,
        sources,
        new: Vec::new(),
        changed: Vec::new(),
        contested: Vec::new(),
        claims: claims(db, &days)?,
    };
    let mut touched = db.prepare(
        "SELECT incident, first_report >= ?1 FROM incident WHERE incident IN (
             SELECT incident FROM report JOIN event USING (report)
             WHERE published BETWEEN ?1 AND ?2 AND incident IS NOT NULL AND standing <> 'background')
         ORDER BY coalesce(since, first_report), uid",
    )?;
    let touched =
        touched.query_map([&days.from, &days.to], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for row in touched.collect::<Result<Vec<(i64, bool)>>>()? {
        let (incident, is_new) = row;
        let told = told(db, incident, is_new, &days)?;
        let now = Before { status: told.incident.status.clone(), figures: told.figures.clone() };
        if now.status == "contested" {
            news.contested.push(told.clone());
        }
        match &told.before {
            None => news.new.push(told),
            Some(before) if *before != now => news.changed.push(told),
            Some(_) => {}
        }
    }
    Ok(news)
}

fn told(db: &Connection, row: i64, is_new: bool, days: &Days) -> Result<Told> {
    let mut incident = questions::incident(db, row)?;
    let eve = previous(&days.from);
    incident.status = status_until(db, row, &days.to)?.to_string();
    let before = match is_new {
        true => None,
        false => Some(Before {
            status: status_until(db, row, &eve)?.to_string(),
            figures: figures(db, row, &eve)?,
        }),
    };
    let quotes = quotes(db, row, days, incident.status == "contested")?;
    Ok(Told { figures: figures(db, row, &days.to)?, incident, before, quotes })
}

/// The last day before; of a day that has none, itself.
fn previous(day: &str) -> String {
    let before = day.parse::<Date>().ok().and_then(|day| day.yesterday().ok());
    before.map_or(day.to_string(), |day| day.to_string())
}

fn figures(db: &Connection, incident: i64, until: &str) -> Result<Vec<String>> {
    let mut found = db.prepare_cached(
        "SELECT kind || ' ' || CAST(value AS INTEGER) || ' (' || count(DISTINCT voice) || ')'
         FROM event JOIN quantity USING (event) JOIN report USING (report)
         WHERE incident = ? AND published <= ?
         GROUP BY kind, value ORDER BY kind, count(DISTINCT voice) DESC, value",
    )?;
    found.query_map(params![incident, until], |row| row.get(0))?.collect()
}

/// The latest sentences, one of each source; of what is contested, the latest of each account.
fn quotes(db: &Connection, incident: i64, days: &Days, contested: bool) -> Result<Vec<Quote>> {
    let mut found = db.prepare_cached(
        "SELECT substr(text, sentence.start + 1, sentence.stop - sentence.start), id, published, source, sentence,
             iif(?4, factuality < 0, voice) AS account
         FROM event JOIN report USING (report) JOIN sentence USING (report, sentence)
         WHERE incident = ?1 AND published <= ?3 AND (?4 OR published >= ?2)
         ORDER BY published DESC, event.uid",
    )?;
    let mut rows = found.query(params![incident, days.from, days.to, contested])?;
    let (mut quotes, mut accounts) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let account: rusqlite::types::Value = row.get(5)?;
        if accounts.contains(&account) {
            continue;
        }
        accounts.push(account);
        quotes.push(Quote {
            text: row.get(0)?,
            report: row.get(1)?,
            published: day(row, 2)?,
            publisher: row.get(3)?,
            sentence: row.get(4)?,
        });
        if quotes.len() == QUOTED {
            break;
        }
    }
    Ok(quotes)
}

fn claims(db: &Connection, days: &Days) -> Result<Vec<Claimed>> {
    let mut found = db.prepare(
        "SELECT claim, claim.uid, actor.name, substr(text, claim.start + 1, claim.stop - claim.start),
             report.id, published, claim.sentence
         FROM claim JOIN report USING (report) LEFT JOIN actor ON actor.actor = speaker
         WHERE published BETWEEN ? AND ? AND superseded_by IS NULL AND copy_of IS NULL
             AND EXISTS (SELECT 1 FROM evidence WHERE evidence.claim = claim.claim)
         ORDER BY published, claim.uid",
    )?;
    let mut said = db.prepare(
        "SELECT kind, substr(text, evidence.start + 1, evidence.stop - evidence.start)
         FROM evidence JOIN claim USING (claim) JOIN report USING (report) WHERE claim = ?",
    )?;
    let found = found.query_map([&days.from, &days.to], |row| {
        let evidence =
            said.query_map([row.get::<_, i64>(0)?], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Claimed {
            id: row.get(1)?,
            speaker: row.get(2)?,
            content: row.get(3)?,
            evidence: evidence.collect::<Result<_>>()?,
            report: row.get(4)?,
            published: day(row, 5)?,
            sentence: row.get(6)?,
        })
    })?;
    found.collect()
}
