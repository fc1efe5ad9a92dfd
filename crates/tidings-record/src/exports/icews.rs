//! The table of ICEWS coded events (Boschee and others, Harvard Dataverse, doi:10.7910/DVN/28075): 20 columns with
//! a header line, parted by tabs, "NA" for what is not known.

use super::{Exported, Names, Unexported, cell, counts, line, number, sides, table, tabs};
use crate::actor::Actor;
use crate::questions::{Event, Filter};
use crate::store::Record;
use std::collections::HashMap;
use std::io::Write;

const SECTORS: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicon/exports/sectors.tsv"));

const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

const UNKNOWN: &str = "NA";

pub(super) fn write(
    record: &Record,
    filter: &Filter,
    names: Names,
    to: impl Write,
) -> Result<Exported, Unexported> {
    let called: HashMap<&str, &str> = table(SECTORS).collect();
    let (mut to, mut written, mut lines) = (tabs(to), 0, 0);
    line(&mut to, &COLUMNS.map(str::to_string))?;
    let fitted = record.events(filter, |event| {
        if counts(filter, &event.status, event.trusted) {
            written += 1;
            for (source, target) in sides(&event) {
                lines += 1;
                line(&mut to, &row(&event, (source, target), names, &called))?;
            }
        }
        Ok(())
    })?;
    to.flush()?;
    Ok(Exported { lines, ..Exported::of(fitted, written) })
}

fn row(
    event: &Event,
    (source, target): (Option<&Actor>, Option<&Actor>),
    names: Names,
    called: &HashMap<&str, &str>,
) -> Vec<String> {
    let known = |text: Option<String>| {
        text.filter(|text| !text.is_empty()).map_or(UNKNOWN.to_string(), |text| cell(&text))
    };
    let country = |code: Option<&String>| {
        known(code.map(|code| (names.country)(code).unwrap_or_else(|| code.clone())))
    };
    let sectors = |party: Option<&Actor>| {
        let sectors = party.map(|party| party.sectors.as_slice()).unwrap_or_default();
        let names: Vec<&str> =
            sectors.iter().filter_map(|s| called.get(s.as_str()).copied()).collect();
        known(Some(names.join(",")))
    };
    let name = |party: Option<&Actor>| known(party.map(|party| party.name.clone()));
    let place = event.place.as_ref();
    let in_country = place.and_then(|place| place.country.as_ref());
    // The name of a country is no town.
    let town = place.map(|place| place.name.clone());
    let town = town
        .filter(|town| in_country.and_then(|code| (names.country)(code)).as_ref() != Some(town));
    let number_of = |number: Option<f64>| number.map_or(UNKNOWN.to_string(), |n| n.to_string());
    vec![
        number(&event.id).to_string(),
        known(event.since.or(event.report.published).map(|day| day.to_string())),
        name(source),
        sectors(source),
        country(source.and_then(|party| party.country.as_ref())),
        known((names.action)(&event.act.cameo)),
        event.act.cameo.clone(),
        event.act.goldstein.to_string(),
        name(target),
        sectors(target),
        country(target.and_then(|party| party.country.as_ref())),
        number(&event.report.uid).to_string(),
        (event.sentence + 1).to_string(),
        known(event.report.source.clone()),
        known(town),
        UNKNOWN.to_string(),
        UNKNOWN.to_string(),
        country(in_country),
        number_of(place.and_then(|place| place.lat)),
        number_of(place.and_then(|place| place.lon)),
    ]
}
