//! `tidings recode`: today's lexicon and a user's lists over the reports of a record.

use crate::adding::{assert_whole, column, contents, many};
use crate::correcting::Gulf;
use crate::run::{Folder, examples, tidings};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A lexicon of one's own in which shelling is no assault but a show of force, and a list with one actor.
fn lists(folder: &Folder) -> [String; 2] {
    folder.with("own/events/show.txt", "[154]\nS shell T = The ship shelled the boat.\n");
    [folder.name("own"), folder.with("actors.tsv", "name\tcountry\nQuito\tBRA\n")]
}

#[test]
fn the_same_lexicon_changes_nothing() {
    let folder = Folder::new();
    let record = folder.name("r.tidings");
    tidings(["add", &examples(), "--record", &record]).exits(0);
    let before = contents(&record);
    let run = tidings(["recode", "--record", &record]).exits(0);
    assert_eq!(run.out, "17 reports coded anew; nothing changed\n");
    // Written again all the same, from nothing.
    rusqlite::Connection::open(&record)
        .unwrap()
        .execute("UPDATE report SET coding = 0", [])
        .unwrap();
    let run = tidings(["recode", "--record", &record]).exits(0);
    assert_eq!(run.out, "17 reports coded anew; nothing changed\n");
    assert_whole(&record);
    assert_eq!(contents(&record), before);
    let run = tidings(["recode", "--record", &record, "--format", "jsonl"]).exits(0);
    assert_eq!(run.out, "");
}

#[test]
fn a_new_lexicon_shows_what_it_changes_and_corrections_hold() {
    let gulf = Gulf::new();
    let folder = Folder::new();
    let [lexicon, actors] = lists(&folder);
    let before = contents(&gulf.file);
    let second = "SELECT id FROM events WHERE event = 'ASSAULT' AND published = '2031-03-12'";
    let corrected = column(&gulf.file, second)[0].clone();
    let attacks = gulf.attacks();
    gulf.correct(&["merge", &attacks[0], &attacks[1]]);
    gulf.correct(&["actor", &corrected, "source", "COL MIL"]);
    let run = gulf.ask(&["recode", "--lexicon", &lexicon, "--actors", &actors]).exits(0);
    assert!(run.out.contains("changed") && run.out.contains("3 reports coded anew"), "{}", run.out);
    assert!(run.out.contains("code ASSAULT") && run.out.contains("code MOBILIZE"), "{}", run.out);
    assert_whole(&gulf.file);
    let changes =
        gulf.ask(&["recode", "--lexicon", &lexicon, "--actors", &actors, "--format", "jsonl"]);
    assert_eq!(changes.exits(0).out, "", "the second time nothing changes");
    let source = "SELECT sources FROM events WHERE published = '2031-03-12' AND corrected = 1";
    assert_eq!(column(&gulf.file, source), ["Colombia"]);
    let homes = "SELECT count(DISTINCT incident) || '' FROM events JOIN corrected ON corrected.report = report_uid
        AND corrected.start = events.start AND corrected.stop = events.stop WHERE part = 1";
    assert_eq!(column(&gulf.file, homes), ["1"], "what was merged is one incident still");
    // Back with the program's own lexicon, everything is as it was.
    gulf.ask(&["recode"]).exits(0);
    let listed = gulf.ask(&["correct", "list", "--format", "jsonl"]).exits(0).json();
    for row in listed {
        gulf.correct(&["undo", row["id"].as_str().unwrap()]);
    }
    assert_eq!(contents(&gulf.file), before);
}

#[test]
fn added_with_a_list_is_the_same_as_coded_anew_with_it() {
    let gulf = Gulf::new();
    let folder = Folder::new();
    let [lexicon, actors] = lists(&folder);
    let lists = ["--lexicon", &lexicon, "--actors", &actors];
    let other = gulf.name("other.tidings");
    let add = ["add", &gulf.name("in"), "--record", &other];
    tidings(add.iter().chain(&lists)).exits(0);
    tidings(["recode", "--record", &gulf.file].iter().chain(&lists)).exits(0);
    let events =
        "SELECT id || event || ifnull(sources, '') || ifnull(targets, '') FROM events ORDER BY id";
    assert_eq!(column(&gulf.file, events), column(&other, events));
    let coder = "SELECT DISTINCT coder FROM report";
    assert_eq!(column(&gulf.file, coder), column(&other, coder));
}

#[test]
fn killed_at_any_instant_it_goes_on_where_it_stopped() {
    let folder = Folder::new();
    let reports = folder.with("r.jsonl", many(300));
    let (killed, whole) = (folder.name("killed.tidings"), folder.name("whole.tidings"));
    let [lexicon, _] = lists(&folder);
    for record in [&killed, &whole] {
        tidings(["add", &reports, "--record", record]).exits(0);
    }
    let changes = |record: &str| {
        tidings(["recode", "--record", record, "--lexicon", &lexicon, "--format", "jsonl"])
            .exits(0)
            .out
    };
    let expected = changes(&whole);
    assert!(expected.lines().count() > 200, "{expected}");
    let mut stopped = 0;
    for wait in [20, 40, 60, 80, 100, 120, 150] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_tidings"));
        run.args(["recode", "--record", &killed, "--lexicon", &lexicon]).stdout(Stdio::null());
        let mut run = run.stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        run.kill().unwrap();
        run.wait().unwrap();
        assert_whole(&killed);
        let under_way = column(&killed, "SELECT done || '' FROM recoding");
        stopped += under_way.iter().filter(|done| *done != "0" && *done != "300").count();
        if under_way.is_empty() {
            break;
        }
    }
    let rest = changes(&killed);
    if stopped > 0 {
        assert_eq!(rest, expected);
    }
    assert_whole(&killed);
    assert_eq!(contents(&killed), contents(&whole));
}

#[test]
fn a_record_that_is_not_there_is_not_made() {
    let folder = Folder::new();
    let record = folder.name("none.tidings");
    tidings(["recode", "--record", &record]).exits(1).complains_of(&["no such record"]);
    assert!(!std::path::Path::new(&record).exists());
}
