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

#[test]
fn dyads_are_foretold_beside_the_record_of_such_forecasts() {
    let folder = Folder::new();
    let table = folder.with("events.csv", crate::outlook::table());
    let call = ["forecast", "--table", &table, "--dyad", "FJI:TON"];
    let told = tidings(call.into_iter().chain(["--format", "json", "--next", "3"])).exits(0);
    let [told] = &told.json()[..] else { panic!("{told:?}") };
    assert_eq!(told["from"], "2031-10-12");
    let forecasts = told["dyads"][0]["forecasts"].as_array().unwrap();
    let probability = |kind: &str, days: i64| {
        let found = forecasts.iter().find(|f| f["kind"] == kind && f["days"] == days);
        found.and_then(|f| f["probability"].as_f64()).unwrap_or_else(|| panic!("{kind}: {told}"))
    };
    assert!(probability("material_conflict", 7) > 0.8);
    assert!(probability("ASSAULT", 30) >= probability("ASSAULT", 1));
    let next = told["next"].as_array().unwrap();
    assert_eq!(next.len(), 3);
    assert!(next.iter().all(|link| link["source"].as_str().unwrap().contains("Fiji")), "{told}");
    assert_eq!(told["record"]["spans"].as_array().unwrap().len(), 3);
    let page = tidings(call).exits(0).out;
    assert!(page.contains("FJI → TON") && page.contains("Brier"), "{page}");
    // As if nothing later were known.
    let early = tidings(call.into_iter().chain(["--until", "2031-01-20"])).exits(0).out;
    assert!(early.contains("no forecast: too short a history"), "{early}");
}

#[test]
fn the_record_tells_of_rivals_calibration_and_misses() {
    let folder = Folder::new();
    let table = folder.with("events.csv", crate::outlook::table());
    let call = ["forecast", "backtest", "--table", &table, "--days", "60", "--by", "plover"];
    let run = tidings(call.into_iter().chain(["--format", "json"])).exits(0);
    let span = &run.json()[0]["spans"][0];
    assert_eq!(span["days"], 1);
    assert_eq!(span["calibration"].as_array().unwrap().len(), 10);
    for scores in ["model", "climatology", "persistence"] {
        assert!(span[scores]["brier"].as_f64().unwrap() > 0.0, "{span}");
    }
    let page = tidings(call).exits(0).out;
    assert!(page.contains("worst misses") && page.contains("mean told"), "{page}");
    let short = folder
        .with("short.csv", "date,source_country,target_country,cameo\n2031-01-01,FJI,TON,190\n");
    tidings(["forecast", "backtest", "--table", &short])
        .exits(1)
        .complains_of(&["too short a history"]);
    tidings(["forecast"]).exits(1).complains_of(&["--record"]);
}
