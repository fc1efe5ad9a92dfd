//! Which incidents fit, found along the lists in which they stand (see `incidents/facets.rs`).
//!
//! Every condition has such a list, in the order of days. A page is read along the list that is shortest within the
//! days asked for; status and type stand in the list itself, and the other lists are looked into for each row: so
//! what a page costs hangs on the rarest of its conditions, not on the length of the record.

use super::conditions::{Filter, Indexed, is_country};
use super::pages::{Key, Order, Slice};
use crate::incidents::status_number;
use rusqlite::types::Value as Bound;
use rusqlite::{Connection, OptionalExtension, Result, params_from_iter};

/// Rows of a list that are counted to find the shortest.
const COUNTED: i64 = 2_000;
/// Lists into which a row is looked for. Where a name is that of more actors, the events of the row are asked for theirs.
const LOOKED_INTO: usize = 8;
/// Reports with the words sought, up to which all their incidents are looked at.
const REPORTS: i64 = 1_000;

/// A condition with its lists: an incident that fits stands in one of them.
struct Head {
    lists: Vec<i64>,
    /// How rows of other lists are asked whether they fit; none where they say it themselves.
    fits: Option<Sql>,
}

/// A condition on a row `own` of a list, and its values.
type Sql = (String, Vec<Bound>);

impl Head {
    /// Of a condition that rows of other lists say nothing of.
    fn apart(lists: Vec<i64>) -> Head {
        let fits = match lists.as_slice() {
            [list] => ("other.facet = ?", Bound::Integer(*list)),
            lists => ("other.facet IN (SELECT value FROM json_each(?))", json(lists)),
        };
        let sql = format!(
            "EXISTS (SELECT 1 FROM incident_facet AS other WHERE {}
                 AND other.day = own.day AND other.incident = own.incident)",
            fits.0
        );
        Head { lists, fits: Some((sql, vec![fits.1])) }
    }

    /// That a row stands in one of the lists.
    fn stands(&self) -> Sql {
        match self.lists.as_slice() {
            [list] => ("own.facet = ?".to_string(), vec![Bound::Integer(*list)]),
            lists => {
                let sql = "own.facet IN (SELECT value FROM json_each(?))".to_string();
                (sql, vec![json(lists)])
            }
        }
    }
}

fn json(lists: &[i64]) -> Bound {
    let lists: Vec<String> = lists.iter().map(ToString::to_string).collect();
    Bound::Text(format!("[{}]", lists.join(",")))
}

impl Filter {
    /// The places of the incidents that fit, as many as the page needs to know whether another follows; `None` where
    /// a single incident is asked for by its id.
    pub(super) fn incidents_along(
        &self,
        db: &Connection,
        slice: &Slice,
    ) -> Result<Option<Vec<Key>>> {
        if self.id.is_some() || self.incident.is_some() {
            return Ok(None);
        }
        let Some(heads) = self.heads(db)? else { return Ok(Some(Vec::new())) };
        let words = self.words.as_deref().map(reports_with);
        let rare = match &words {
            Some(reports) => is_rare(db, reports)?,
            None => false,
        };
        let along = if rare { None } else { Some(self.shortest(db, &heads)?) };
        let mut fits = self.said_by_the_row();
        for (at, head) in heads.iter().enumerate() {
            if along != Some(at) {
                fits.extend(head.fits.clone());
            }
        }
        let Some(head) = along.and_then(|at| heads.get(at)) else {
            let reports = words.unwrap_or_else(|| reports_with(""));
            return self.with_rare_words(db, reports, fits, slice).map(Some);
        };
        if let Some((reports, values)) = words {
            let told = format!(
                "EXISTS (SELECT 1 FROM event WHERE event.incident = own.incident
                     AND +event.report IN ({reports}))"
            );
            fits.push((told, values));
        }
        self.along(db, head, &fits, slice).map(Some)
    }

    /// The names of the lists in which all incidents stand that fit, those that narrow most first.
    pub(super) fn lists(&self) -> Vec<String> {
        let of_place = |place: &String| {
            if is_country(place) {
                format!("@{place}")
            } else {
                format!("@{}", place.to_ascii_lowercase())
            }
        };
        let mut names = Vec::new();
        names.extend(self.dyad.as_ref().map(|(source, target)| format!("{source}:{target}")));
        names.extend(self.place.as_ref().map(of_place));
        names.extend(self.source.as_ref().map(|name| format!("~{}", name.to_ascii_lowercase())));
        names.extend(self.actor.clone().filter(|actor| is_country(actor)));
        names
    }

    /// The conditions that have lists, that all incidents fit among them, those that narrow most first; `None` if
    /// nothing stands in one of them.
    fn heads(&self, db: &Connection) -> Result<Option<Vec<Head>>> {
        let mut heads = Vec::new();
        let mut known = db.prepare_cached("SELECT facet FROM facet WHERE name = ?")?;
        let mut list = |name: String| -> Result<Option<i64>> {
            known.query_row([name], |row| row.get(0)).optional()
        };
        for name in self.lists() {
            let Some(list) = list(name)? else { return Ok(None) };
            heads.push(Head::apart(vec![list]));
        }
        if let Some(name) = self.actor.as_ref().filter(|actor| !is_country(actor)) {
            let Some(head) = named(db, name)? else { return Ok(None) };
            // Of lists that are all long, those of a few actors are read first.
            let at = if head.lists.len() <= LOOKED_INTO { 0 } else { heads.len() };
            heads.insert(at, head);
        }
        if let Some(status) = &self.status {
            let Some(list) = list(format!("?{status}"))? else { return Ok(None) };
            heads.push(Head { lists: vec![list], fits: None });
        }
        let Some(all) = list(String::new())? else { return Ok(None) };
        heads.push(Head { lists: vec![all], fits: None });
        if !self.event.is_empty() {
            let (sql, values) = self.actions();
            let types = format!(
                "SELECT facet FROM facet WHERE name IN (SELECT '=' || event FROM action WHERE {sql})"
            );
            let mut types = db.prepare_cached(&types)?;
            let lists = types.query_map(params_from_iter(values), |row| row.get(0))?;
            let lists = lists.collect::<Result<Vec<i64>>>()?;
            // Several long ones are read to their ends: rather all incidents up to the last that is wanted.
            let at = if lists.len() == 1 { heads.len() - 1 } else { heads.len() };
            heads.insert(at, Head { lists, fits: None });
        }
        Ok(Some(heads))
    }

    /// What a row of any list says itself.
    fn said_by_the_row(&self) -> Vec<Sql> {
        let mut fits = Vec::new();
        if let Some(status) = &self.status {
            let number = status_number(status).unwrap_or(-1);
            fits.push(("own.status = ?".to_string(), vec![Bound::Integer(number)]));
        }
        if let Some(trusted) = self.wants_trusted() {
            fits.push(("own.trusted = ?".to_string(), vec![Bound::Integer(trusted.into())]));
        }
        if !self.event.is_empty() {
            let (sql, values) = self.actions();
            let values = values.into_iter().map(Bound::Text).collect();
            let sql = format!("own.action IN (SELECT action FROM action WHERE {sql})");
            fits.push((sql, values));
        }
        fits
    }

    /// Which condition has the fewest rows within the days; of those that have many, the first.
    fn shortest(&self, db: &Connection, heads: &[Head]) -> Result<usize> {
        let (since, until) = self.bounds();
        let mut shortest = (i64::MAX, 0);
        for (at, head) in heads.iter().enumerate() {
            let (stands, mut values) = head.stands();
            let sql = format!(
                "SELECT count(*) FROM (SELECT 1 FROM incident_facet AS own
                     WHERE {stands} AND day BETWEEN ? AND ? LIMIT {COUNTED})"
            );
            values.extend([Bound::Text(since.clone()), Bound::Text(until.clone())]);
            let mut count = db.prepare_cached(&sql)?;
            let rows: i64 = count.query_row(params_from_iter(values), |row| row.get(0))?;
            if rows < shortest.0 {
                shortest = (rows, at);
            }
        }
        Ok(shortest.1)
    }

    fn bounds(&self) -> (String, String) {
        let day = |day: Option<jiff::civil::Date>, none: &str| {
            day.map_or_else(|| none.to_string(), |day| day.to_string())
        };
        (day(self.since, ""), day(self.until, "9999-12-31"))
    }

    /// The rows of one condition, in the order of days.
    fn along(&self, db: &Connection, head: &Head, fits: &[Sql], slice: &Slice) -> Result<Vec<Key>> {
        let (since, until) = self.bounds();
        let text = |day: &str| Bound::Text(day.to_string());
        let begins = if self.until.is_some() {
            (
                "own.day > '' AND own.day BETWEEN ? AND ?".to_string(),
                vec![text(&since), text(&until)],
            )
        } else {
            ("own.day >= ?".to_string(), vec![text(&since)])
        };
        let lasts = (
            // What began before and was not over: few, and found by their last day.
            "own.until >= ? AND own.day < ? AND own.day > ''".to_string(),
            vec![text(&since), text(&since)],
        );
        let legs = match (self.since.is_some(), slice.order) {
            (false, _) => vec![("incident_facet AS own", begins)],
            (true, Order::Newest) => vec![
                ("incident_facet AS own", begins),
                ("incident_facet AS own INDEXED BY incident_facet_until", lasts),
            ],
            (true, Order::Oldest) => vec![
                ("incident_facet AS own INDEXED BY incident_facet_until", lasts),
                ("incident_facet AS own", begins),
            ],
        };
        let mut found: Vec<Key> = Vec::new();
        // All days of one leg lie before those of the other.
        for (from, days) in legs {
            let missing = (slice.limit + 1).saturating_sub(found.len());
            if missing == 0 {
                break;
            }
            let own = head.stands();
            // Only of several lists, for it keeps the rows of one from being read in order.
            let select = if head.lists.len() == 1 { "SELECT" } else { "SELECT DISTINCT" };
            let all = [&own, &days].into_iter().chain(fits);
            found.extend(rows(db, (select, from), all, slice, missing)?);
        }
        Ok(found)
    }

    /// The incidents of the few reports that hold the words.
    fn with_rare_words(
        &self,
        db: &Connection,
        (reports, values): Sql,
        mut fits: Vec<Sql>,
        slice: &Slice,
    ) -> Result<Vec<Key>> {
        let text = |day: jiff::civil::Date| Bound::Text(day.to_string());
        if let Some(since) = self.since {
            fits.push(("ifnull(own.until, own.day) >= ?".to_string(), vec![text(since)]));
        }
        if let Some(until) = self.until {
            fits.push(("own.day > '' AND own.day <= ?".to_string(), vec![text(until)]));
        }
        let from = format!(
            "(SELECT DISTINCT event.incident AS told FROM event WHERE report IN ({reports})) CROSS JOIN
                 incident_facets AS own ON own.incident = told"
        );
        let words = ("1".to_string(), values);
        let all = std::iter::once(&words).chain(&fits);
        rows(db, ("SELECT", &from), all, slice, slice.limit + 1)
    }
}

/// The reports that hold the words.
fn reports_with(words: &str) -> Sql {
    let (sql, values) = Indexed::Reports.with(words);
    (sql, values.into_iter().map(Bound::Text).collect())
}

/// Actors whose names hold the words; `None` where there is none.
fn named(db: &Connection, words: &str) -> Result<Option<Head>> {
    let (actors, values) = Indexed::Actors.with(words);
    let bearing = format!(
        "SELECT facet FROM facet
         WHERE name IN (SELECT '#' || actor FROM actor WHERE actor IN ({actors}))"
    );
    let mut bearing = db.prepare_cached(&bearing)?;
    let lists = bearing.query_map(params_from_iter(&values), |row| row.get(0))?;
    let lists = lists.collect::<Result<Vec<i64>>>()?;
    if lists.len() <= LOOKED_INTO {
        return Ok((!lists.is_empty()).then(|| Head::apart(lists)));
    }
    let fits = format!(
        "EXISTS (SELECT 1 FROM event JOIN event_actor USING (event)
             WHERE event.incident = own.incident AND role IN ('source', 'target')
                 AND +actor IN ({actors}))"
    );
    let values = values.into_iter().map(Bound::Text).collect();
    Ok(Some(Head { lists, fits: Some((fits, values)) }))
}

/// Whether so few reports hold the words that all of them can be looked at.
fn is_rare(db: &Connection, (reports, values): &Sql) -> Result<bool> {
    let count = format!("SELECT count(*) FROM ({reports} LIMIT {})", REPORTS + 1);
    let mut count = db.prepare_cached(&count)?;
    let found = count.query_row(params_from_iter(values), |row| row.get::<_, i64>(0))?;
    Ok(found <= REPORTS)
}

/// The first rows that fit and lie behind the beginning of the page.
fn rows<'f>(
    db: &Connection,
    (select, from): (&str, &str),
    fits: impl Iterator<Item = &'f Sql>,
    slice: &Slice,
    most: usize,
) -> Result<Vec<Key>> {
    let (sign, turn) = match slice.order {
        Order::Newest => ("<", "DESC"),
        Order::Oldest => (">", "ASC"),
    };
    let (mut sql, mut values) = (Vec::new(), Vec::new());
    for (condition, bound) in fits {
        sql.push(condition.as_str());
        values.extend(bound.iter().cloned());
    }
    let behind = format!("own.day {sign}= ? AND (own.day, own.incident) {sign} (?, ?)");
    if let Some(Key { at, row }) = &slice.after {
        sql.push(&behind);
        values.extend([Bound::Text(at.clone()), Bound::Text(at.clone()), Bound::Integer(*row)]);
    }
    values.push(Bound::Integer(i64::try_from(most).unwrap_or(i64::MAX)));
    let sql = format!(
        "{select} own.incident, own.day FROM {from} WHERE {}
         ORDER BY own.day {turn}, own.incident {turn} LIMIT ?",
        sql.join(" AND ")
    );
    let mut found = db.prepare_cached(&sql)?;
    let found = found
        .query_map(params_from_iter(values), |row| Ok(Key { row: row.get(0)?, at: row.get(1)? }))?;
    found.collect()
}
