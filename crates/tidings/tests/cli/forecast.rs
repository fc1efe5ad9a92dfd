//! `tidings forecast`.

use crate::run::{Folder, tidings};

/// Actors 0 and 1 meet each day, 2 strikes 3 every other day.
fn table(days: std::ops::Range<u32>) -> String {
    days.map(|day| {
        let strike = if day % 2 == 0 { format!("2\t1\t3\t{}\n", day * 24) } else { String::new() };
        format!("0\t0\t1\t{}\t-1\n{strike}", day * 24)
    })
    .collect()
}

#[test]
fn links_are_scored_as_one_json_object() {
    let folder = Folder::new();
    let train = folder.with("train.txt", table(0..40));
    let valid = folder.with("valid.txt", table(40..50));
    let test = folder.with("test.txt", table(50..60));
    let call = ["forecast", "evaluate", "--train", &train, "--valid", &valid];
    let run = tidings(call).exits(0);
    let [score] = &run.json()[..] else { panic!("{run:?}") };
    assert_eq!(score["foretold"], "valid");
    assert_eq!(score["questions"], 30);
    assert!(score["mrr"].as_f64().unwrap() > 0.9, "{score}");
    assert_eq!(score["hits@10"], 1.0);
    let tested = tidings(call.into_iter().chain(["--test", &test])).exits(0);
    assert_eq!(tested.json()[0]["foretold"], "test");
}

#[test]
fn a_bad_table_is_named_with_its_line() {
    let folder = Folder::new();
    let train = folder.with("train.txt", "0\t0\t1\t0\n0\tMeet\t1\t24\n");
    let valid = folder.with("valid.txt", table(40..50));
    tidings(["forecast", "evaluate", "--train", &train, "--valid", &valid])
        .exits(1)
        .complains_of(&["train.txt, line 2", "'Meet' is no relation"]);
    let late = folder.with("late.txt", table(0..10));
    tidings(["forecast", "evaluate", "--train", &valid, "--valid", &late])
        .exits(1)
        .complains_of(&["late.txt, line 1", "order of time"]);
}
