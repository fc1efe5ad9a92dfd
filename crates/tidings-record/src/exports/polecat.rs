//! The table of POLECAT (Halterman and others, "PLOVER and POLECAT: A New Political Event Ontology and Dataset",
//! 2023): columns as in its yearly files, with a header line, parted by tabs, empty where nothing is known.

use super::{Exported, Unexported, cell, counts, line, tabs};
use crate::actor::Actor;
use crate::questions::{Event, Filter};
use crate::store::Record;
use std::io::Write;

const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

const AMONG: &str = ";";

pub(super) fn write(
    record: &Record,
    filter: &Filter,
    to: impl Write,
) -> Result<Exported, Unexported> {
    let (mut to, mut written) = (tabs(to), 0);
    line(&mut to, &COLUMNS.map(str::to_string))?;
    let fitted = record.events(filter, |event| {
        if !counts(filter, &event.status, event.trusted) {
            return Ok(());
        }
        written += 1;
        line(&mut to, &row(&event))
    })?;
    to.flush()?;
    Ok(Exported::of(fitted, written))
}

fn row(event: &Event) -> Vec<String> {
    let act = &event.act;
    let quad = match act.quad {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        _ => "MATERIAL CONFLICT",
    };
    let mut cells = vec![
        event.id.clone(),
        event.since.or(event.report.published).map(|day| day.to_string()).unwrap_or_default(),
        act.event.clone(),
        act.mode.clone().unwrap_or_default(),
        act.goldstein.to_string(),
        quad.to_string(),
        act.context.join(AMONG),
    ];
    side(&event.source, &mut cells);
    side(&event.target, &mut cells);
    let place = event.place.as_ref();
    let name = place.map(|place| cell(&place.name)).unwrap_or_default();
    let degrees = |degrees: Option<f64>| degrees.map(|d| d.to_string()).unwrap_or_default();
    cells.extend([
        name.clone(),
        String::new(),
        String::new(),
        String::new(),
        place.and_then(|place| place.country.clone()).unwrap_or_default(),
        degrees(place.and_then(|place| place.lat)),
        degrees(place.and_then(|place| place.lon)),
        place.and_then(|place| place.geonames).map(|id| id.to_string()).unwrap_or_default(),
        name,
        String::new(),
        cell(event.report.source.as_deref().unwrap_or_default()),
        event.report.published.map(|day| day.to_string()).unwrap_or_default(),
        String::new(),
        String::new(),
        String::new(),
        "en".to_string(),
        concat!("Tidings ", env!("CARGO_PKG_VERSION")).to_string(),
    ]);
    cells
}

/// Names, countries, sectors and offices of one side, each list in the order of its actors.
fn side(parties: &[Actor], cells: &mut Vec<String>) {
    let each = |of: &dyn Fn(&Actor) -> Option<String>| {
        let found: Vec<String> = parties.iter().filter_map(of).collect();
        found.join(AMONG)
    };
    let names = cell(&each(&|party| Some(party.name.replace(AMONG, ","))));
    cells.extend([
        names.clone(),
        each(&|party| party.country.clone()),
        String::new(),
        each(&|party| party.sectors.first().cloned()),
        each(&|party| Some(party.sectors.join(AMONG)).filter(|sectors| !sectors.is_empty())),
        cell(&each(&|party| party.office.clone())),
        names,
        String::new(),
    ]);
}
