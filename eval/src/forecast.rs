//! Forecasts on ICEWS 2014, of which the first part is the past and the rest foretold.
//!
//! Links: mean reciprocal rank and Hits@10 over the second file (see `tidings_outlook::links`). Counts:
//! Brier score, log score and calibration of the probability of an event of a dyad and a quad class,
//! over the last 120 days of both files, as a share of the better of two plain rivals (see
//! `tidings_outlook::counts`; below 100 is better than both).

use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::Row;
use std::collections::HashMap;
use tidings_outlook::counts::{self, Backtest, Event, Scores};
use tidings_outlook::links::{self, Facts};

const TRAIN: &str = "forecast/icews14-train.txt";
const VALID: &str = "forecast/icews14-valid.txt";
const RELATIONS: &str = "forecast/icews14-relation2id.txt";
/// The names of codes are those of the codebook there as here.
const CODES: &str = include_str!("../../lexicon/events/cameo.tsv");
/// Days foretold, at the end of the year.
const FORETOLD: i32 = 120;

/// Scores both kinds of forecasts.
pub fn score(data: &Data, _: &Language) -> Result<Vec<Row>, GoldError> {
    let files = [TRAIN, VALID].map(|name| data.0.join(name));
    let Some(relations) = data.text(RELATIONS)? else { return Ok(Vec::new()) };
    let facts = links::facts::read(&files.each_ref().map(|file| file.as_path()))
        .map_err(|error| GoldError::Table(error.to_string()))?;
    let row = |metric, score, unit| Row { layer: "forecast", data: "icews14", metric, score, unit };
    let linked = links::evaluate(&facts, &mut |_, _| ());
    let mut rows = vec![
        row("links MRR", 100.0 * linked.mrr, ""),
        row("links Hits@10", 100.0 * linked.hits_10, ""),
    ];
    let events = events(&relations, &facts)?;
    let last = events.iter().map(|event| event.day).max().unwrap_or_default();
    let names = [
        ["Brier, 1 day", "log score, 1 day", "calibration, 1 day"],
        ["Brier, 7 days", "log score, 7 days", "calibration, 7 days"],
        ["Brier, 30 days", "log score, 30 days", "calibration, 30 days"],
    ];
    let results = counts::backtest(&events, last - FORETOLD, &mut |_, _| ());
    for (result, [brier, log, calibration]) in results.iter().zip(names) {
        rows.push(row(brier, 100.0 * against_rivals(result, |scores| scores.brier), ""));
        rows.push(row(log, 100.0 * against_rivals(result, |scores| scores.log), ""));
        rows.push(row(calibration, result.model.calibration_error, "points"));
    }
    Ok(rows)
}

/// The score as a share of the better rival's.
fn against_rivals(result: &Backtest, of: fn(&Scores) -> f64) -> f64 {
    of(&result.model) / of(&result.climatology).min(of(&result.persistence)).max(1e-12)
}

/// The facts as events of a quad class.
fn events(relations: &str, facts: &Facts) -> Result<Vec<Event>, GoldError> {
    let squeezed = |name: &str| -> String {
        name.chars().filter(|c| c.is_ascii_alphabetic()).map(|c| c.to_ascii_lowercase()).collect()
    };
    let rows = CODES.lines().filter(|line| !line.starts_with('#')).skip(1);
    let quads: HashMap<String, u8> = rows
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Some((squeezed(cells.get(6)?), cells.get(5)?.parse().ok()?))
        })
        .collect();
    let quad_of = relations
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, id)| {
            let quad = quads.get(&squeezed(name));
            let quad = quad
                .ok_or_else(|| GoldError::Table(format!("{RELATIONS}: no code is named {name}")))?;
            let id = id
                .trim()
                .parse()
                .map_err(|_| GoldError::Table(format!("{RELATIONS}: {id} is no number")))?;
            Ok((id, *quad))
        })
        .collect::<Result<HashMap<u32, u8>, GoldError>>()?;
    let event = |fact: &links::Fact| {
        let quad = quad_of.get(&fact.relation)?;
        Some(Event { day: fact.day, source: fact.subject, target: fact.object, class: quad - 1 })
    };
    Ok(facts.parts.iter().flatten().filter_map(event).collect())
}
