//! The tables of GDELT 2.0, after its codebook ("The GDELT Event Database Data Format Codebook V2.0", 2015): 61
//! columns of events and 16 of mentions, parted by tabs, without a header line.

use super::{Exported, Names, Unexported, cell, counts, line, number, table};
use crate::actor::Actor;
use crate::questions::{Filter, Incident, Spot};
use crate::store::Record;
use jiff::civil::Date;
use std::collections::HashMap;
use std::io::Write;

const COUNTRIES: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicon/exports/countries.tsv"));

/// GDELT's files have no quotes: a tab ends a cell, and a line a row.
fn plain<W: Write>(to: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().delimiter(b'\t').quote_style(csv::QuoteStyle::Never).from_writer(to)
}

pub(super) fn events(
    record: &Record,
    filter: &Filter,
    names: Names,
    to: impl Write,
) -> Result<Exported, Unexported> {
    let fips: HashMap<&str, &str> = table(COUNTRIES).collect();
    let (mut to, mut written) = (plain(to), 0);
    let fitted = record.incidents(filter, |incident| {
        let Some(day) = incident.since.or(incident.first_report) else { return Ok(()) };
        if !counts(filter, &incident.status, incident.trusted) {
            return Ok(());
        }
        written += 1;
        line(&mut to, &event(&incident, day, names, &fips))
    })?;
    to.flush()?;
    Ok(Exported::of(fitted, written))
}

fn event(incident: &Incident, day: Date, names: Names, fips: &HashMap<&str, &str>) -> Vec<String> {
    let act = &incident.act;
    let mut cells = vec![
        number(&incident.id).to_string(),
        compact(day),
        format!("{:04}{:02}", day.year(), day.month()),
        day.year().to_string(),
        // The share of the year that has passed, in months of thirty days, as the codebook reckons.
        format!(
            "{:.4}",
            f64::from(day.year())
                + (f64::from(day.month()) * 30.0 + f64::from(day.day()) - 30.0) / 365.0
        ),
    ];
    actor(incident.source.first(), &mut cells);
    actor(incident.target.first(), &mut cells);
    let begins = |length: usize| act.cameo.get(..length).unwrap_or(&act.cameo).to_string();
    cells.extend([
        "1".to_string(),
        act.cameo.clone(),
        begins(3),
        begins(2),
        act.quad.to_string(),
        act.goldstein.to_string(),
        incident.mentions.to_string(),
        incident.sources.to_string(),
        incident.reports.to_string(),
        // No tone is measured.
        String::new(),
    ]);
    for _ in 0..2 {
        // Where the actors are is not told apart from where it happened.
        cells.push("0".to_string());
        cells.extend(std::iter::repeat_n(String::new(), 7));
    }
    place(incident.place.as_ref(), names, fips, &mut cells);
    let added = incident.first_report.unwrap_or(day);
    cells.push(format!("{}000000", compact(added)));
    cells.push(bare(incident.report.url.as_deref().unwrap_or_default()));
    cells
}

/// Code, name, country, known group, ethnic group, two religions and three types.
fn actor(party: Option<&Actor>, cells: &mut Vec<String>) {
    let types = party.map(|party| party.sectors.as_slice()).unwrap_or_default();
    let country = party.and_then(|party| party.country.clone()).unwrap_or_default();
    cells.push(format!("{country}{}", types.concat()));
    cells.push(party.map(|party| bare(&party.name).to_uppercase()).unwrap_or_default());
    cells.push(country);
    cells.extend(std::iter::repeat_n(String::new(), 4));
    cells.extend((0..3).map(|at| types.get(at).cloned().unwrap_or_default()));
}

/// Type (1 a country, 4 a town of the world, 0 none), name, FIPS country, two divisions, coordinates, GeoNames id.
fn place(spot: Option<&Spot>, names: Names, fips: &HashMap<&str, &str>, cells: &mut Vec<String>) {
    let Some(spot) = spot else {
        cells.push("0".to_string());
        cells.extend(std::iter::repeat_n(String::new(), 7));
        return;
    };
    let country = spot.country.as_deref().unwrap_or_default();
    let called = (names.country)(country);
    let is_country = called.as_deref() == Some(spot.name.as_str());
    let whole = match called {
        Some(country) if !is_country => format!("{}, {country}", spot.name),
        _ => spot.name.clone(),
    };
    let degrees = |degrees: Option<f64>| degrees.map(|d| d.to_string()).unwrap_or_default();
    cells.extend([
        if is_country { "1" } else { "4" }.to_string(),
        bare(&whole),
        fips.get(country).map(ToString::to_string).unwrap_or_default(),
        String::new(),
        String::new(),
        degrees(spot.lat),
        degrees(spot.lon),
        spot.geonames.map(|id| id.to_string()).unwrap_or_default(),
    ]);
}

pub(super) fn mentions(
    record: &Record,
    filter: &Filter,
    to: impl Write,
) -> Result<Exported, Unexported> {
    let (mut to, mut written) = (plain(to), 0);
    let fitted = record.events(filter, |event| {
        let (Some(incident), Some(published)) = (&event.incident, event.report.published) else {
            return Ok(());
        };
        if !counts(filter, &event.status, event.trusted) {
            return Ok(());
        }
        written += 1;
        let day = event.since.unwrap_or(published);
        // 1 for a page of the web, 2 for one that is named only.
        let (kind, identifier) = match &event.report.url {
            Some(url) => ("1", url),
            None => ("2", &event.report.id),
        };
        let confidence = (event.factuality.abs() / 3.0 * 10.0).round() * 10.0;
        line(
            &mut to,
            &[
                number(incident).to_string(),
                format!("{}000000", compact(day)),
                format!("{}000000", compact(published)),
                kind.to_string(),
                bare(event.report.source.as_deref().unwrap_or_default()),
                bare(identifier),
                (event.sentence + 1).to_string(),
                "-1".to_string(),
                "-1".to_string(),
                event.start.to_string(),
                "1".to_string(),
                confidence.to_string(),
                event.report.length.to_string(),
                String::new(),
                String::new(),
                String::new(),
            ],
        )
    })?;
    to.flush()?;
    Ok(Exported::of(fitted, written))
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A cell without quotes, which some readers would take for the beginning of a longer one.
fn bare(text: &str) -> String {
    cell(&text.replace('"', "'"))
}
