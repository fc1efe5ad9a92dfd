//! An actor: the roles it appears in, and whom it deals with.

use super::rows;
use crate::store::{Error, Record};
use crate::trust::TRUSTED;
use rusqlite::{Connection, Result};
use serde::Serialize;

/// Others that are shown.
const CONTACTS: usize = 40;

/// What the record holds of an actor, known by its name.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ActorView {
    pub name: String,
    /// By country and office, the earliest first: the same person may be minister in one year and opponent in another.
    pub roles: Vec<Role>,
    /// Whom it deals with, the busiest first.
    pub contacts: Vec<Contact>,
}

/// A role that an actor appears in.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Role {
    pub country: Option<String>,
    /// PLOVER sectors, between blanks.
    pub sectors: String,
    pub office: Option<String>,
    /// First and last report with an event or a claim of it.
    pub first_report: Option<String>,
    pub last_report: Option<String>,
    pub as_source: i64,
    pub as_target: i64,
    pub claims: i64,
}

/// What went on between the actor and another, in either direction: trusted events that happened.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Contact {
    pub name: String,
    pub country: Option<String>,
    /// Events of quad classes 1 and 2, and of 3 and 4.
    pub cooperative: i64,
    pub conflictual: i64,
    /// Mean of the Goldstein scale over all of them, from -10 to 10.
    pub goldstein: f64,
    pub last_report: Option<String>,
}

impl Record {
    /// The actor of this name; `None` if the record knows none.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn actor(&self, name: &str) -> Result<Option<ActorView>, Error> {
        actor(&self.db, name).map_err(|error| self.told(error))
    }
}

fn actor(db: &Connection, name: &str) -> Result<Option<ActorView>> {
    let roles = rows(
        db,
        "SELECT country, sectors, office, min(published), max(published),
             sum(role = 'source'), sum(role = 'target'), sum(role = 'claim')
         FROM (SELECT actor, country, sectors, office FROM actor WHERE key = fingerprint(?1) AND name = ?1) AS own
             LEFT JOIN (
                 SELECT actor, role, report FROM event_actor JOIN event USING (event)
                     WHERE role IN ('source', 'target') AND corrected & 8 = 0 AND actor IN (SELECT actor FROM actor WHERE key = fingerprint(?1) AND name = ?1)
                 UNION ALL
                 SELECT speaker, 'claim', report FROM claim
                     WHERE speaker IN (SELECT actor FROM actor WHERE key = fingerprint(?1) AND name = ?1)
             ) USING (actor) LEFT JOIN report USING (report)
         WHERE superseded_by IS NULL
         GROUP BY actor ORDER BY min(published), country, sectors, office",
        [name],
        |row| {
            Ok(Role {
                country: row.get(0)?,
                sectors: row.get(1)?,
                office: row.get(2)?,
                first_report: row.get(3)?,
                last_report: row.get(4)?,
                as_source: row.get::<_, Option<i64>>(5)?.unwrap_or(0),
                as_target: row.get::<_, Option<i64>>(6)?.unwrap_or(0),
                claims: row.get::<_, Option<i64>>(7)?.unwrap_or(0),
            })
        },
    )?;
    if roles.is_empty() {
        return Ok(None);
    }
    let contacts = format!(
        "SELECT other.name, min(other.country), sum(quad <= 2), sum(quad >= 3), avg(goldstein),
             max(published)
         FROM event_actor AS own JOIN event USING (event) JOIN action USING (action)
             JOIN report USING (report)
             JOIN event_actor AS side ON side.event = own.event
                 AND side.role = iif(own.role = 'source', 'target', 'source')
             JOIN actor AS other ON other.actor = side.actor
         WHERE own.actor IN (SELECT actor FROM actor WHERE key = fingerprint(?1) AND name = ?1)
             AND own.role IN ('source', 'target') AND factuality >= 2 AND standing <> 'planned'
             AND superseded_by IS NULL AND corrected & 8 = 0 AND {TRUSTED}
             AND other.name <> ?1
         GROUP BY other.name ORDER BY count(*) DESC, other.name LIMIT ?2"
    );
    let contacts = rows(db, &contacts, rusqlite::params![name, CONTACTS], |row| {
        Ok(Contact {
            name: row.get(0)?,
            country: row.get(1)?,
            cooperative: row.get(2)?,
            conflictual: row.get(3)?,
            goldstein: row.get(4)?,
            last_report: row.get(5)?,
        })
    })?;
    Ok(Some(ActorView { name: name.to_string(), roles, contacts }))
}
