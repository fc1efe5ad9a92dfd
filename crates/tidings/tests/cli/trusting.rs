//! What is trusted, and who counts it: lists show all and mark what is doubtful, measures count what is trusted.

use crate::adding::{assert_whole, column};
use crate::run::{Folder, examples, tidings};
use serde_json::Value;
use std::collections::HashSet;
use std::sync::LazyLock;

static RECORD: LazyLock<(Folder, String)> = LazyLock::new(|| {
    let folder = Folder::new();
    let file = folder.name("examples.tidings");
    tidings(["add", &examples(), "--record", &file]).exits(0);
    (folder, file)
});

fn answer(record: &str, question: &str) -> Vec<Value> {
    let words = question.split(' ').chain(["--record", record, "--format", "jsonl"]);
    tidings(words).exits(0).json()
}

fn ids(rows: &[Value]) -> HashSet<&str> {
    rows.iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn the_record_keeps_what_the_coder_says_of_each_event() {
    let coded = tidings(["code", &examples()]).exits(0).json();
    let said = |event: &Value| (event["confidence"].to_string(), event["trusted"].as_bool());
    let mut coded: Vec<_> =
        coded.iter().flat_map(|r| r["events"].as_array().unwrap()).map(said).collect();
    let events = answer(&RECORD.1, "events");
    let mut kept: Vec<_> = events.iter().map(said).collect();
    coded.sort();
    kept.sort();
    assert_eq!(kept, coded);
}

#[test]
fn trusted_and_doubtful_make_up_the_whole() {
    for of in ["events", "incidents"] {
        let [all, trusted, doubtful] = ["any", "trusted", "doubtful"]
            .map(|trust| answer(&RECORD.1, &format!("{of} --trust {trust}")));
        assert_eq!(ids(&all), ids(&answer(&RECORD.1, of)), "{of}");
        assert!(trusted.iter().all(|row| row["trusted"] == true), "{of}");
        assert!(doubtful.iter().all(|row| row["trusted"] == false) && !doubtful.is_empty());
        assert_eq!(trusted.len() + doubtful.len(), all.len(), "{of}");
    }
    tidings(["events", "--record", &RECORD.1, "--trust", "blindly"]).exits(1);
}

#[test]
fn an_incident_is_trusted_if_one_of_its_events_is_and_is_told_by_it() {
    let events = answer(&RECORD.1, "events");
    for incident in answer(&RECORD.1, "incidents") {
        let mut own = events.iter().filter(|event| event["incident"] == incident["id"]);
        let trusted: Vec<&Value> = own.clone().filter(|event| event["trusted"] == true).collect();
        assert_eq!(incident["trusted"] == true, !trusted.is_empty(), "{incident}");
        let sides = |row: &Value| (row["source"].clone(), row["target"].clone());
        let mut told_by = trusted.into_iter();
        let is_told = |event: &Value| sides(event) == sides(&incident);
        assert!(
            if incident["trusted"] == true { told_by.any(is_told) } else { own.any(is_told) },
            "{incident}"
        );
    }
}

/// Of the record and of the table of its incidents alike.
#[test]
fn measures_count_what_is_trusted_unless_asked_for_all() {
    let table = RECORD.0.name("incidents.csv");
    tidings(["export", &table, "--to", "csv", "--of", "incidents", "--record", &RECORD.1]).exits(0);
    let counted = |from: [&str; 2], trust: &str| {
        let words = ["tension", "--format", "json", "--trust", trust, from[0], from[1]];
        tidings(words).exits(0).json()[0]["incidents"].as_u64().unwrap()
    };
    for from in [["--record", &RECORD.1], ["--table", &table]] {
        let [trusted, doubtful, all] = ["trusted", "doubtful", "any"].map(|t| counted(from, t));
        assert!(trusted > 0 && doubtful > 0 && trusted + doubtful == all, "{from:?}");
        let told = tidings(["tension", "--format", "json", from[0], from[1]]).exits(0).json();
        assert_eq!(told[0]["incidents"], trusted);
    }
}

#[test]
fn what_a_person_calls_right_is_trusted_until_undone() {
    let folder = Folder::new();
    let text = "Date: 2031-03-11\nSource: Quito Mail\n\nPeru and Ecuador met in Lima on Monday. \
        On Tuesday the port was busy and fishermen complained that boats of the army of Peru had \
        been seen near the reef, while traders in the north of the country blamed them.\n";
    let file = folder.name("reef.tidings");
    tidings(["add", &folder.with("reef.txt", text), "--record", &file]).exits(0);
    let doubtful = answer(&file, "events --trust doubtful");
    let event = doubtful[0]["id"].as_str().unwrap();
    let trusted = || {
        column(&file, &format!("SELECT CAST(trusted AS TEXT) FROM events WHERE id = '{event}'"))
            .remove(0)
    };
    let correct = |words: &[&str]| {
        let all = ["correct"].iter().chain(words).copied();
        tidings(all.chain(["--by", "Ana", "--record", &file])).exits(0).out
    };
    let made = correct(&["right", event]);
    let made = made.split(';').next().unwrap();
    assert_eq!(trusted(), "1");
    let incident = doubtful[0]["incident"].as_str().unwrap();
    let whole = tidings(["show", incident, "--record", &file]).exits(0).out;
    assert!(whole.contains("trusted") && whole.contains("by Ana"), "{whole}");
    assert!(ids(&answer(&file, "incidents --trust trusted")).contains(incident));
    correct(&["undo", made]);
    assert_eq!(trusted(), "0");
    assert!(ids(&answer(&file, "incidents --trust doubtful")).contains(incident));
    assert_whole(&file);
}

/// Records of older programs know nothing of trust: everything counts until it is coded anew.
#[test]
fn coding_anew_tells_what_is_no_longer_trusted() {
    let folder = Folder::new();
    let file = folder.name("old.tidings");
    std::fs::copy(&RECORD.1, &file).unwrap();
    let old = rusqlite::Connection::open(&file).unwrap();
    old.execute_batch(
        "UPDATE event SET trusted = 1, confidence = NULL; UPDATE incident SET trusted = 1;
         UPDATE report SET coding = 0;",
    )
    .unwrap();
    drop(old);
    let run = tidings(["recode", "--record", &file, "--format", "jsonl"]).exits(0);
    let changes = run.json();
    assert!(!changes.is_empty());
    for change in &changes {
        assert_eq!(change["what"], serde_json::json!(["trust"]), "{change}");
        assert_eq!(
            (&change["before"], &change["after"]),
            (&"trust trusted".into(), &"trust doubtful".into())
        );
    }
    let doubtful = answer(&RECORD.1, "events --trust doubtful");
    assert_eq!(changes.len(), doubtful.len());
    let asked = "incidents --trust trusted";
    assert_eq!(ids(&answer(&file, asked)), ids(&answer(&RECORD.1, asked)));
    assert_whole(&file);
}
