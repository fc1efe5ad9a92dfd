//! What an event tells that can be compared with another: who, to whom, when, where, in which words.

use super::sameness::{Mention, Story};
use crate::store::day;
use jiff::civil::Date;
use rusqlite::{Connection, Result, Row};
use std::cell::OnceCell;
use std::ops::Range;

/// Characters with which a report begins that tell what it is about.
const BEGINNING: usize = 1200;

/// One event as it is compared.
#[derive(Debug, Clone, Default)]
pub struct Telling {
    /// PLOVER type.
    pub event: String,
    /// CAMEO code.
    pub cameo: String,
    /// 1 and 3 are words, 2 and 4 are deeds.
    pub quad: u8,
    /// Who acted.
    pub source: Vec<Side>,
    /// Who was acted upon.
    pub target: Vec<Side>,
    /// Closed interval of days.
    pub days: Option<(Date, Date)>,
    /// Day of the report.
    pub published: Option<Date>,
    /// Place of the event.
    pub spot: Option<Spot>,
    /// Whether it happened.
    pub stage: Stage,
    /// Kinds of figures with their values.
    pub figures: Vec<(String, f64)>,
    /// The words in which it is told.
    pub wording: Wording,
}

/// Whether the event is told as one that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// Happened, on somebody's word.
    #[default]
    Happened,
    /// Did not happen, on somebody's word.
    Denied,
    /// Planned, possible, or hanging on a condition.
    Open,
}

/// An actor as far as two reports may agree on it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Side {
    pub name: String,
    pub country: Option<String>,
    pub camp: Option<Camp>,
}

/// For whom an actor stands in its country: a navy and a ministry are the same side, rebels are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Camp {
    State,
    Rebels,
    Opposition,
    People,
}

/// The words in which an event is told.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    sentence: String,
    /// Bytes of the sentence.
    act: Range<usize>,
    report: i64,
    beginning: String,
    /// Most events differ in other things, and their words are never looked at.
    mention: OnceCell<Mention>,
}

impl Wording {
    /// The words as they are compared.
    pub fn mention(&self) -> &Mention {
        self.mention.get_or_init(|| {
            let story = Story::new(self.report, &self.beginning);
            Mention::new(&self.sentence, self.act.clone(), story)
        })
    }

    fn of(row: &Row, at: usize) -> Result<Wording> {
        let Some(sentence) = row.get::<_, Option<String>>(at)? else {
            return Ok(Wording::default());
        };
        let byte = |characters: usize| {
            sentence.char_indices().nth(characters).map_or(sentence.len(), |(byte, _)| byte)
        };
        Ok(Wording {
            act: byte(row.get(at + 1)?)..byte(row.get(at + 2)?),
            report: row.get(at + 3)?,
            beginning: row.get(at + 4)?,
            sentence,
            mention: OnceCell::new(),
        })
    }
}

/// Where it happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Name.
    pub name: String,
    /// Latitude and longitude in degrees (WGS 84).
    pub point: Option<(f64, f64)>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
}

impl Side {
    /// What two actors share who may be one side: the country, else the name.
    pub fn label(&self) -> String {
        self.country.clone().unwrap_or_else(|| self.name.to_lowercase())
    }
}

impl Camp {
    fn of(sectors: &str) -> Option<Camp> {
        sectors.split(' ').find_map(|sector| match sector {
            "GOV" | "MIL" | "COP" | "SPY" | "JUD" | "LEG" => Some(Camp::State),
            "REB" | "UAF" | "PRM" => Some(Camp::Rebels),
            "OPP" | "PTY" => Some(Camp::Opposition),
            "CVL" | "REF" | "LAB" | "EDU" | "AGR" => Some(Camp::People),
            _ => None,
        })
    }
}

impl Telling {
    /// What the record holds of an event.
    pub fn read(db: &Connection, event: i64) -> Result<Telling> {
        let mut telling = db
            .prepare_cached(
                "SELECT action.event, cameo, quad, since, until, published, place.name, lat, lon,
                     place.country, factuality, standing, condition_start IS NOT NULL,
                     substr(text, sentence.start + 1, min(sentence.stop - sentence.start, 2000)),
                     event.start - sentence.start, event.stop - sentence.start, report.report,
                     substr(text, body + 1, ?2)
                 FROM event JOIN action USING (action) JOIN report USING (report)
                     LEFT JOIN sentence USING (report, sentence) LEFT JOIN place USING (place)
                 WHERE event.event = ?1",
            )?
            .query_row([event, BEGINNING as i64], Telling::of)?;
        let mut sides = db.prepare_cached(
            "SELECT role, name, country, sectors FROM event_actor JOIN actor USING (actor)
             WHERE event = ? AND role IN ('source', 'target') ORDER BY actor",
        )?;
        let mut rows = sides.query([event])?;
        while let Some(row) = rows.next()? {
            let camp = Camp::of(row.get_ref(3)?.as_str()?);
            let side = Side { name: row.get(1)?, country: row.get(2)?, camp };
            match row.get_ref(0)?.as_str()? {
                "source" => telling.source.push(side),
                _ => telling.target.push(side),
            }
        }
        let mut figures = db.prepare_cached("SELECT kind, value FROM quantity WHERE event = ?")?;
        let figures = figures.query_map([event], |row| Ok((row.get(0)?, row.get(1)?)))?;
        telling.figures = figures.collect::<Result<_>>()?;
        Ok(telling)
    }

    fn of(row: &Row) -> Result<Telling> {
        let name: Option<String> = row.get(6)?;
        let point = (row.get::<_, Option<f64>>(7)?).zip(row.get(8)?);
        let country = row.get(9)?;
        let (factuality, standing): (f64, String) = (row.get(10)?, row.get(11)?);
        let stage = match factuality {
            _ if standing == "planned" || row.get(12)? => Stage::Open,
            f if f >= 2.0 => Stage::Happened,
            f if f < 0.0 => Stage::Denied,
            _ => Stage::Open,
        };
        Ok(Telling {
            event: row.get(0)?,
            cameo: row.get(1)?,
            quad: row.get(2)?,
            days: day(row, 3)?.zip(day(row, 4)?),
            published: day(row, 5)?,
            spot: name.map(|name| Spot { name, point, country }),
            stage,
            wording: Wording::of(row, 13)?,
            ..Telling::default()
        })
    }

    /// The first day by which the event is looked for: its own, else that of its report.
    pub fn day(&self) -> Option<Date> {
        self.days.map(|days| days.0).or(self.published)
    }

    /// The labels of both sides, each once; of an event of no known actor, its place.
    pub fn labels(&self) -> Vec<String> {
        let sides = self.source.iter().chain(&self.target);
        let mut labels: Vec<String> = sides.map(Side::label).collect();
        if labels.is_empty() {
            labels.extend(self.spot.as_ref().map(|spot| format!("in {}", spot.name)));
        }
        labels.sort_unstable();
        labels.dedup();
        labels
    }
}
