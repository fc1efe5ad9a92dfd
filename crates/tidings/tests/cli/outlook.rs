//! `tidings tension` and `tidings words`, on the example reports and on invented tables.

use crate::run::{Folder, examples, tidings};
use std::fmt::Write;

/// Fiji and Tonga talk each Monday, and Fiji accuses Tonga each Tuesday; from June on it threatens and
/// strikes. Each day something is told of Samoa too.
pub fn table() -> String {
    let mut text = "date,source,source_country,target,target_country,cameo\r\n".to_string();
    let first = jiff::civil::date(2031, 1, 6);
    for day in 0..40 * 7 {
        let date = first + jiff::Span::new().days(day);
        let _ = write!(text, "{date},Samoa,WSM,Samoa,WSM,010\r\n");
        let grim = day >= 22 * 7;
        let act = match day % 7 {
            0 => "Fiji,FJI,Tonga,TON,040",
            1 => "Fiji,FJI,Tonga,TON,112",
            2 if grim => "Navy of Fiji,FJI,Tonga,TON,138",
            3..=5 if grim => "Navy of Fiji,FJI,Police of Tonga,TON,190",
            _ => continue,
        };
        let _ = write!(text, "{date},{act}\r\n");
    }
    text
}

#[test]
fn tension_of_a_table_with_its_break() {
    let folder = Folder::new();
    let table = folder.with("events.csv", table());
    let call = ["tension", "--table", &table, "--dyad", "FJI:TON", "--breaks"];
    let run = tidings(call.into_iter().chain(["--format", "json", "--ids"])).exits(0);
    let [told] = &run.json()[..] else { panic!("{run:?}") };
    assert_eq!(told["scope"], "FJI → TON");
    let points = told["points"].as_array().unwrap();
    assert_eq!(points.len(), 40);
    let sum: i64 = points.iter().map(|point| point["incidents"].as_i64().unwrap()).sum();
    assert_eq!(sum, told["incidents"].as_i64().unwrap());
    assert_eq!(points[30]["material_conflict"]["incidents"], 3);
    assert_eq!(points[30]["threats"]["incidents"], 1);
    assert_eq!(points[30]["ids"].as_array().unwrap().len(), 6);
    let turn = &told["breaks"][0];
    assert_eq!(
        (turn["of"].as_str(), turn["since"].as_str()),
        (Some("hostile"), Some("2031-06-09"))
    );
    assert_eq!(turn["changed"][0]["event"], "ASSAULT");
    insta::assert_snapshot!("tension_table", tidings(call).exits(0).out);
    let csv = tidings(call.into_iter().chain(["--format", "csv"])).exits(0).out;
    assert_eq!(csv.matches("\r\n").count(), 41);
    assert!(csv.contains(",hostile,hostile"), "{csv}");
    let svg = tidings(call.into_iter().chain(["--format", "svg"])).exits(0).out;
    assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n"), "{svg}");
    assert!(svg.contains("FJI → TON"));
}

#[test]
fn tension_of_a_record_counts_incidents() {
    let folder = Folder::new();
    let record = folder.name("examples.tidings");
    tidings(["add", &examples(), "--record", &record]).exits(0);
    let asked = ["--record", &record, "--dyad", "PER:ECU"];
    let call = ["tension", "--by", "day", "--format", "json", "--ids"];
    let run = tidings(call.into_iter().chain(asked)).exits(0);
    let ids: Vec<String> = run.json()[0]["points"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|point| point["ids"].as_array().unwrap())
        .map(|id| id.as_str().unwrap().to_string())
        .collect();
    assert!(!ids.is_empty());
    let happened = ["confirmed", "reported", "claimed"].map(|status| {
        let call = ["incidents", "--format", "jsonl", "--status", status];
        tidings(call.into_iter().chain(asked))
            .json()
            .iter()
            .map(|row| row["id"].to_string())
            .collect::<Vec<_>>()
    });
    let happened = happened.concat();
    for id in &ids {
        assert!(happened.contains(&format!("\"{id}\"")), "{id} of {happened:?}");
    }
    tidings(["tension", "--record", &record, "--dyad", "JPN:BRA"])
        .exits(3)
        .complains_of(&["nothing that happened fits"]);
}

#[test]
fn what_is_wrong_with_a_table_is_named_by_line() {
    let folder = Folder::new();
    let bad = format!(
        "{}2031-02-30,Fiji,FJI,Tonga,TON,190\r\n2031-01-01,Fiji,FJI,Tonga,TON,1\r\n",
        table()
    );
    let table = folder.with("bad.csv", bad);
    tidings(["tension", "--table", &table]).exits(2).complains_of(&[
        "bad.csv, line 434",
        "\"2031-02-30\" is no day",
        "line 435",
        "comes after",
    ]);
    let nothing = folder.with("nothing.csv", "a,b\n1,2\n");
    tidings(["tension", "--table", &nothing]).exits(1).complains_of(&["no column tells the day"]);
    tidings(["tension", "--table", "/nowhere.csv"]).exits(1).complains_of(&["cannot be read"]);
    tidings(["tension"]).exits(1).complains_of(&["--record", "--table"]);
    tidings(["tension", "--table", &table, "--dyad", "FJI"]).exits(1).complains_of(&["no dyad"]);
    tidings(["tension", "--table", &table, "--country", "Ruritania"])
        .exits(1)
        .complains_of(&["is no country"]);
}

#[test]
fn words_stand_beside_acts() {
    let folder = Folder::new();
    let table = folder.with("events.csv", table());
    let call = ["words", "--table", &table, "--within", "3", "--until", "2031-06-20"];
    let run = tidings(call.into_iter().chain(["--format", "jsonl"])).exits(0);
    let [threats] = &run.json()[..] else { panic!("{run:?}") };
    assert_eq!((threats["form"].as_str(), threats["said"].as_i64()), (Some("threat"), Some(2)));
    assert_eq!(threats["share"], 1.0);
    insta::assert_snapshot!("words_text", tidings(call).exits(0).out);
}
