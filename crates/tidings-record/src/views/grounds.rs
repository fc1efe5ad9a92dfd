//! What reports say of the support of claims, in their own words.

use super::rows;
use crate::store::{Error, Record};
use rusqlite::{Connection, Result};
use serde::Serialize;

/// Words that support a claim, deny it, or note that nothing supports it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Ground {
    /// Id of the claim.
    pub claim: String,
    /// `none_given`, `denied` or `supported`.
    pub kind: String,
    /// The words, as the report has them.
    pub words: String,
    /// Who says so, where it is not the report itself.
    pub speaker: Option<String>,
    pub speaker_country: Option<String>,
    /// Offsets of the words in the report of the claim.
    pub start: i64,
    pub stop: i64,
}

impl Record {
    /// What is said of the support of these claims, claim by claim in the order of the words.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn grounds<'c>(
        &self,
        claims: impl IntoIterator<Item = &'c str>,
    ) -> Result<Vec<Ground>, Error> {
        let mut found = Vec::new();
        for claim in claims {
            found.extend(grounds(&self.db, claim).map_err(|error| self.told(error))?);
        }
        Ok(found)
    }
}

fn grounds(db: &Connection, claim: &str) -> Result<Vec<Ground>> {
    rows(
        db,
        "SELECT claim.uid, kind, substr(text, evidence.start + 1, evidence.stop - evidence.start), name,
             country, evidence.start, evidence.stop
         FROM claim JOIN evidence USING (claim) JOIN report USING (report)
             LEFT JOIN actor ON actor.actor = evidence.speaker
         WHERE claim.uid = ? ORDER BY evidence.start, kind",
        [claim],
        |row| {
            Ok(Ground {
                claim: row.get(0)?,
                kind: row.get(1)?,
                words: row.get(2)?,
                speaker: row.get(3)?,
                speaker_country: row.get(4)?,
                start: row.get(5)?,
                stop: row.get(6)?,
            })
        },
    )
}
