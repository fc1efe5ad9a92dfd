//! Questions to the record, and what they answer.

use crate::adding::column;
use crate::run::{Folder, Run, examples, tidings};
use std::sync::LazyLock;

/// One record of the example reports for all questions.
static RECORD: LazyLock<(Folder, String)> = LazyLock::new(|| {
    let folder = Folder::new();
    let record = folder.name("examples.tidings");
    tidings(["add", &examples(), "--record", &record]).exits(0);
    (folder, record)
});

fn ask(question: &str) -> Run {
    let words = question.split(' ').filter(|word| !word.is_empty());
    tidings(words.chain(["--record", &RECORD.1]))
}

#[track_caller]
fn found(question: &str) -> Vec<serde_json::Value> {
    ask(&format!("{question} --format jsonl")).exits(0).json()
}

#[test]
fn every_row_is_found_where_nothing_is_asked_for() {
    for (subject, view) in [
        ("events", "events"),
        ("incidents", "incidents"),
        ("claims", "claims"),
        ("actors", "actor"),
    ] {
        let count = column(&RECORD.1, &format!("SELECT count(*) || '' FROM {view}"));
        assert_eq!(found(subject).len().to_string(), count[0], "{subject}");
        let csv = ask(&format!("{subject} --format csv")).exits(0).out;
        assert_eq!(csv.matches("\r\n").count(), found(subject).len() + 1, "{subject}");
    }
}

#[test]
fn each_condition_holds_of_each_row() {
    for row in found("events --dyad PER:ECU") {
        let has = |side: &str, code| row[side].as_array().unwrap().iter().any(|c| c == code);
        assert!(has("source_country", "PER") && has("target_country", "ECU"), "{row}");
    }
    for row in found("events --event ASSAULT --event 17") {
        let (event, cameo) = (row["event"].as_str().unwrap(), row["cameo"].as_str().unwrap());
        assert!(event == "ASSAULT" || cameo.starts_with("17"), "{row}");
    }
    for row in found("events --since 2031-03-10 --until 2031-03-11") {
        let day =
            |name: &str| row[name].as_str().or(row["published"].as_str()).unwrap().to_string();
        assert!(
            day("until").as_str() >= "2031-03-10" && day("since").as_str() <= "2031-03-11",
            "{row}"
        );
    }
    for status in ["reported", "claimed", "denied", "planned"] {
        assert!(
            found(&format!("events --status {status}")).iter().all(|row| row["status"] == status)
        );
    }
    assert!(found("incidents --place ECU").iter().all(|row| row["place_country"] == "ECU"));
    assert!(found("claims --actor PER").iter().all(|row| row["speaker_country"] == "PER"));
    assert!(found("claims fishermen").iter().all(|row| {
        let words = row["content"].as_str().unwrap().to_lowercase();
        words.contains("fisherm")
    }));
    assert!(found("actors Ancajima").iter().all(|row| row["country"] == "PER"));
    let litoral = "radio litoral";
    let run = tidings(["events", "--record", &RECORD.1, "--source", litoral, "--format", "jsonl"]);
    assert!(run.exits(0).json().iter().all(|row| row["publisher"] == "Radio Litoral"));
}

#[test]
fn conditions_are_joined() {
    let all = found("events --dyad PER:ECU").len();
    let some = found("events --dyad PER:ECU --event ASSAULT").len();
    assert!(0 < some && some < all, "{some} of {all}");
}

/// Two reports of one attack, with other words for it and other figures.
#[test]
fn an_attack_told_by_two_is_one_incident_with_both_figures() {
    let attacks =
        found("incidents --event ASSAULT --dyad PER:ECU --since 2031-03-10 --until 2031-03-10");
    let attack = attacks.iter().find(|attack| attack["sources"] == 2).expect("one of two sources");
    let figures = attack["figures"].as_array().unwrap();
    assert!(
        figures.contains(&"killed 3 (1)".into()) && figures.contains(&"killed 7 (1)".into()),
        "{figures:?}"
    );
    let shown = ask(&format!("show {} --explain", attack["id"].as_str().unwrap())).exits(0).out;
    assert!(shown.contains("opened fire") && shown.contains("shelled"), "{shown}");
    assert!(shown.contains("one happening: "), "{shown}");
}

#[test]
fn why_two_events_are_not_one_is_told() {
    let id = |question: &str| found(question)[0]["id"].as_str().unwrap().to_string();
    let (attack, protest) =
        (id("events --event ASSAULT --dyad PER:ECU"), id("events --event PROTEST"));
    let run = tidings(["show", &attack, &protest, "--explain", "--record", &RECORD.1]).exits(0);
    assert!(
        run.out.contains("two happenings: ") && run.out.contains("Action Contrary"),
        "{}",
        run.out
    );
}

#[test]
fn nothing_found_and_could_not_look_are_two_answers() {
    let run = ask("events --dyad JPN:BRA --format csv")
        .exits(3)
        .complains_of(&["nothing in the record fits"]);
    assert_eq!(run.out, "");
    ask("show e0000000000000000").exits(3);
    tidings(["events", "--record", "/nowhere/x.tidings"])
        .exits(1)
        .complains_of(&["no such record", "tidings add"]);
    ask("events --dyad PERU").exits(1).complains_of(&["no dyad", "SRB:XKX"]);
    ask("incidents --since yesterday").exits(1).complains_of(&["2022-08-21"]);
}

#[test]
fn words_are_never_taken_for_a_query() {
    for words in ["\"", "a\"b", "NEAR(", "x' OR 1=1 --", "*", "text:gulf", "-"] {
        for subject in ["events", "claims", "actors", "incidents"] {
            let run = tidings([subject, "--record", &RECORD.1, "--", words]);
            assert!(run.code == 0 || run.code == 3, "{subject} {words}: {run:?}");
        }
    }
}

#[test]
fn the_same_reports_have_the_same_ids_in_another_record() {
    let folder = Folder::new();
    let other = folder.name("other.tidings");
    tidings(["add", &examples(), "--record", &other]).exits(0);
    for subject in ["events", "incidents", "claims", "actors"] {
        let run = tidings([subject, "--record", &other, "--format", "csv"]).exits(0);
        assert_eq!(run.out, ask(&format!("{subject} --format csv")).out, "{subject}");
    }
}

#[test]
fn tables_for_the_eye() {
    let since = "--since 2031-03-10 --until 2031-03-14";
    insta::assert_snapshot!("incidents_table", ask(&format!("incidents {since}")).exits(0).out);
    insta::assert_snapshot!("claims_table", ask("claims --actor PER").exits(0).out);
}
