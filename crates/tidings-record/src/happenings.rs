//! Every incident as a measure needs it, in one pass: when, what, who, how sure; and how much was
//! reported on each day.

use crate::actor::Party;
use crate::store::{Error, Record, day};
use jiff::civil::Date;
use rusqlite::Row;
use std::collections::HashMap;

/// One incident; days, place and action are those most reports give.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// Its stable id.
    pub id: String,
    /// First and last day, if known.
    pub days: Option<(Date, Date)>,
    /// Day of the first report that tells of it.
    pub first_report: Option<Date>,
    /// CAMEO code.
    pub cameo: String,
    /// PLOVER type.
    pub event: String,
    /// Goldstein scale.
    pub goldstein: f64,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// `contested`, `confirmed`, `reported`, `claimed`, `denied`, `planned` or `possible`.
    pub status: String,
    /// Whether one of its events is trusted.
    pub trusted: bool,
    /// Country of its place.
    pub place: Option<String>,
    /// Who acted, and who was acted upon.
    pub sides: [Vec<Party>; 2],
}

impl Record {
    /// Hands each incident to `take`, in the order of days and ids.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn happenings(&self, mut take: impl FnMut(Happening)) -> Result<(), Error> {
        let told = |error| self.told(error);
        let mut sides = self.sides().map_err(told)?;
        let mut rows = self
            .db
            .prepare(
                "SELECT founder, uid, since, until, first_report, cameo, event, goldstein, quad, status,
                     place.country, trusted
                 FROM incident JOIN action USING (action) LEFT JOIN place USING (place)
                 ORDER BY coalesce(since, first_report), uid",
            )
            .map_err(told)?;
        let mut rows = rows.query([]).map_err(told)?;
        while let Some(row) = rows.next().map_err(told)? {
            let founder: i64 = row.get(0).map_err(told)?;
            take(happening(row, sides.remove(&founder).unwrap_or_default()).map_err(told)?);
        }
        Ok(())
    }

    /// The sides of the event that each incident is compared with.
    fn sides(&self) -> rusqlite::Result<HashMap<i64, [Vec<Party>; 2]>> {
        let mut sides: HashMap<i64, [Vec<Party>; 2]> = HashMap::new();
        let mut rows = self.db.prepare(
            "SELECT founder, role = 'target', name, country
             FROM incident JOIN event_actor ON event_actor.event = founder JOIN actor USING (actor)
             WHERE role IN ('source', 'target') ORDER BY founder, role, actor",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let side = usize::from(row.get::<_, bool>(1)?);
            let party = Party { name: row.get(2)?, country: row.get(3)? };
            sides.entry(row.get(0)?).or_default()[side].push(party);
        }
        Ok(sides)
    }

    /// For each day, the reports published on it that are in force and no copies of others.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn volume(&self) -> Result<Vec<(Date, u32)>, Error> {
        let sql = "SELECT published, count(*) FROM report
            WHERE published IS NOT NULL AND copy_of IS NULL AND superseded_by IS NULL
            GROUP BY published ORDER BY published";
        let read = || -> rusqlite::Result<Vec<(Date, u32)>> {
            let mut rows = self.db.prepare(sql)?;
            let rows = rows.query_map([], |row| Ok((day(row, 0)?, row.get(1)?)))?;
            rows.filter_map(|row| row.map(|(day, count)| Some((day?, count))).transpose()).collect()
        };
        read().map_err(|error| self.told(error))
    }
}

fn happening(row: &Row, sides: [Vec<Party>; 2]) -> rusqlite::Result<Happening> {
    Ok(Happening {
        id: row.get(1)?,
        days: day(row, 2)?.zip(day(row, 3)?),
        first_report: day(row, 4)?,
        cameo: row.get(5)?,
        event: row.get(6)?,
        goldstein: row.get(7)?,
        quad: row.get(8)?,
        status: row.get(9)?,
        place: row.get(10)?,
        trusted: row.get(11)?,
        sides,
    })
}
