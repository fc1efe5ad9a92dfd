//! `tidings export`: each format read back by a reader that is not ours.

use crate::run::{Folder, Run, examples, tidings};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use std::collections::HashSet;
use std::fs;
use std::sync::LazyLock;

/// One record of the example reports for all formats.
static RECORD: LazyLock<(Folder, String)> = LazyLock::new(|| {
    let folder = Folder::new();
    let record = folder.name("examples.tidings");
    tidings(["add", &examples(), "--record", &record]).exits(0);
    (folder, record)
});

fn export(out: &str, words: &str) -> Run {
    let words = words.split(' ');
    tidings(["export", out, "--record", &RECORD.1].into_iter().chain(words))
}

#[track_caller]
fn exported(words: &str) -> String {
    export("-", words).exits(0).out
}

fn answer(question: &str) -> Vec<serde_json::Value> {
    let words = question.split(' ').chain(["--record", &RECORD.1, "--format", "jsonl"]);
    tidings(words).exits(0).json()
}

/// The rows of a table parted by tabs, as the csv crate reads them.
fn rows(text: &str, header: bool) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(b'\t').has_headers(header).flexible(false);
    reader.from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

#[test]
fn parquet_holds_the_answer_column_by_column() {
    for (of, columns) in [("events", 34), ("incidents", 25), ("claims", 14), ("actors", 7)] {
        let file = RECORD.0.name(&format!("{of}.parquet"));
        let run = export(&file, &format!("--to parquet --of {of}")).exits(0);
        let expected = answer(of);
        assert_eq!(run.out, format!("{} rows written to {file}\n", expected.len()));
        let reader = SerializedFileReader::new(fs::File::open(&file).unwrap()).unwrap();
        let schema = reader.metadata().file_metadata().schema();
        assert_eq!(schema.get_fields().len(), columns, "{of}");
        let first: Vec<String> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_string(0).unwrap().clone())
            .collect();
        let name = schema.get_fields()[0].name();
        let ids: Vec<&str> = expected.iter().map(|row| row[name].as_str().unwrap()).collect();
        assert_eq!(first, ids, "{of}");
    }
}

#[test]
fn csv_and_json_lines_are_those_of_the_question() {
    let since = "--since 2031-05-01 --until 2031-06-30";
    for (to, format) in [("csv", "csv"), ("jsonl", "jsonl")] {
        let asked = format!("incidents {since} --format {format}");
        let asked = tidings(asked.split(' ').chain(["--record", &RECORD.1])).exits(0).out;
        assert_eq!(exported(&format!("--to {to} --of incidents {since}")), asked);
    }
}

#[test]
fn geojson_is_a_collection_of_points() {
    let text = exported("--to geojson --of incidents");
    let collection: geojson::FeatureCollection =
        text.parse::<geojson::GeoJson>().unwrap().try_into().unwrap();
    let placed = answer("incidents").into_iter().filter(|row| !row["lat"].is_null());
    let placed: Vec<String> = placed.map(|row| row["id"].as_str().unwrap().to_string()).collect();
    let ids: Vec<&str> = collection
        .features
        .iter()
        .map(|feature| feature.property("id").unwrap().as_str().unwrap())
        .collect();
    assert_eq!(ids, placed);
    export("-", "--to geojson --of claims").exits(1).complains_of(&["have no place"]);
}

#[test]
fn gdelt_has_its_columns_and_its_mentions_join() {
    let (events, mentions) = (exported("--to gdelt"), exported("--to gdelt-mentions"));
    let (events, mentions) = (rows(&events, false), rows(&mentions, false));
    assert!(events.iter().all(|row| row.len() == 61) && mentions.iter().all(|row| row.len() == 16));
    let ids: HashSet<i64> = events.iter().map(|row| row[0].parse().unwrap()).collect();
    assert_eq!(ids.len(), events.len());
    // An incident is told by one report at least; an event of another status may be merged with it.
    assert!(
        mentions.iter().filter(|row| ids.contains(&row[0].parse().unwrap())).count() >= ids.len()
    );
    for row in &events {
        assert!(row[26].starts_with(&row[27]) && row[27].starts_with(&row[28]), "{row:?}");
        let (year, lat): (i32, Option<f64>) = (row[3].parse().unwrap(), row[56].parse().ok());
        assert!(
            row[1].starts_with(&format!("{year:04}")) && lat.is_none_or(|lat| lat.abs() <= 90.0)
        );
    }
}

#[test]
fn icews_and_polecat_have_their_headers_and_one_line_for_each_act() {
    let happened: Vec<serde_json::Value> = answer("events")
        .into_iter()
        .filter(|row| row["status"] == "reported" || row["status"] == "claimed")
        .collect();
    let trusted = happened.iter().filter(|row| row["trusted"] == true).count();
    assert!(0 < trusted && trusted < happened.len());
    let icews = exported("--to icews");
    assert!(icews.starts_with(
        "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\t"
    ));
    let lines = rows(&icews, true);
    let ids: HashSet<&str> = lines.iter().map(|row| &row[0]).collect();
    assert_eq!(ids.len(), trusted);
    assert!(lines.iter().all(|row| row.len() == 20 && row.iter().all(|cell| !cell.is_empty())));
    let attack = lines.iter().find(|row| &row[6] == "190").unwrap();
    assert_eq!(&attack[5], "Use conventional military force");
    let polecat = exported("--to polecat");
    assert!(polecat.starts_with(
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\t"
    ));
    let lines = rows(&polecat, true);
    assert!(lines.len() == trusted && lines.iter().all(|row| row.len() == 40));
    let any = rows(&exported("--to polecat --trust any"), true);
    assert_eq!(any.len(), happened.len());
}

#[test]
fn a_status_that_is_asked_for_is_exported() {
    let denied = answer("events --status denied --trust any").len();
    let exported = exported("--to polecat --status denied --trust any");
    assert!(denied > 0);
    assert_eq!(rows(&exported, true).len(), denied);
}

#[test]
fn no_cell_of_any_format_is_a_formula() {
    let folder = Folder::new();
    let text = "Peru shelled Ecuador on Monday. Peru condemned Ecuador, killing nobody.";
    let line = format!(
        "{{\"id\":\"=1+1\",\"date\":\"2031-03-11\",\"source\":\"@SUM(A1)\\t-x\",\"url\":\"+http://x.example\",\"text\":\"{text}\"}}\n"
    );
    let (reports, record) = (folder.with("r.jsonl", line), folder.name("r.tidings"));
    tidings(["add", &reports, "--record", &record]).exits(0);
    for (to, header) in [
        ("csv", true),
        ("gdelt", false),
        ("gdelt-mentions", false),
        ("icews", true),
        ("polecat", true),
    ] {
        let out = tidings(["export", "-", "--record", &record, "--to", to]).exits(0).out;
        let mut reader = csv::ReaderBuilder::new();
        let tab = if to == "csv" { b',' } else { b'\t' };
        let mut reader = reader.delimiter(tab).has_headers(header).from_reader(out.as_bytes());
        for row in reader.records().map(Result::unwrap) {
            for cell in row.iter().filter(|cell| cell.parse::<f64>().is_err()) {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{to}: {cell:?}");
            }
        }
    }
}

#[test]
fn what_cannot_be_exported_is_told() {
    export("-", "--to csv --dyad JPN:BRA").exits(3).complains_of(&["nothing in the record fits"]);
    export("/nowhere/x.csv", "--to csv").exits(1).complains_of(&["x.csv", "cannot be written"]);
    export(&RECORD.1, "--to csv").exits(1).complains_of(&["write to another file"]);
    export("-", "--to xml").exits(1).complains_of(&["parquet", "polecat"]);
}
