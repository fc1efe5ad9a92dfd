//! Alerts: rules read, tried over the past, and fired once.

use crate::deadlines::reports;
use crate::run::{Folder, Run, root, tidings};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpListener;

/// A folder with the record of the chain of reports.
fn zarumilla() -> (Folder, String) {
    let folder = Folder::new();
    let record = folder.name("zarumilla.tidings");
    let reports = folder.with("zarumilla.jsonl", reports());
    tidings(["add", &reports, "--record", &record]).exits(0);
    (folder, record)
}

const RULES: &str = "\
    [[rule]]\nname = \"talks refused\"\ndyad = \"PER:ECU\"\nevent = [\"REJECT\"]\n\n\
    [[rule]]\nname = \"due\"\ndeadline_within = 3\nkind = [\"deadline\", \"vote\"]\n\n";

#[track_caller]
fn alerts(task: &str, rules: &str, record: &str, on: &str) -> Run {
    tidings(["alerts", task, rules, "--record", record, "--on", on])
}

#[test]
fn bad_rules_are_named_with_file_and_line() {
    let folder = Folder::new();
    let bad =
        "[[rule]]\nname = \"a\"\ndyad = \"Peru\"\n\n[[rule]]\nname = \"b\"\nstatus = [\"sure\"]\n";
    let file = folder.with("rules.toml", bad);
    let run = tidings(["alerts", "check", &file]).exits(2);
    assert!(
        run.out.contains("rules.toml:1: ") && run.out.contains("rules.toml:5: "),
        "{}",
        run.out
    );
    let run = tidings(["alerts", "check", &folder.with("x.toml", "[[rule]]\nnam = \"a\"\n")]);
    assert!(run.exits(2).out.contains("x.toml:2: "));
    tidings(["alerts", "check", "/nowhere/rules.toml"]).exits(1).complains_of(&["cannot be read"]);
    let example = root().join("examples/alerts.toml");
    tidings(["alerts", "check", example.to_str().unwrap()]).exits(0);
}

#[test]
fn what_would_have_fired_over_the_past() {
    let (folder, record) = zarumilla();
    let rules = folder.with("rules.toml", RULES);
    let run = tidings([
        "alerts",
        "test",
        &rules,
        "--record",
        &record,
        "--on",
        "2031-06-10",
        "--format",
        "jsonl",
    ]);
    let fired: Vec<(String, String)> = run
        .exits(0)
        .json()
        .iter()
        .map(|alert| {
            let of = |name: &str| alert[name].as_str().unwrap().to_string();
            (of("day"), of("rule"))
        })
        .collect();
    // The deadline of 20 May was near from the 17th on, met on the 18th; the vote of 8 June from the 5th on.
    let expected = [("2031-05-12", "talks refused"), ("2031-05-17", "due"), ("2031-06-05", "due")];
    let expected = expected.map(|(day, rule)| (day.to_string(), rule.to_string()));
    assert_eq!(fired, expected);
}

#[test]
fn each_thing_fires_once_over_all_runs() {
    let (folder, record) = zarumilla();
    let to = folder.name("alerts.jsonl");
    let rules = folder.with("rules.toml", format!("{RULES}[actions]\nfile = \"{to}\"\n"));
    let lines = || -> Vec<Value> {
        let text = std::fs::read_to_string(&to).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    alerts("run", &rules, &record, "2031-05-18").exits(0);
    let first = lines();
    assert_eq!(first.len(), 2, "{first:#?}");
    assert!(first.iter().all(|alert| alert["about"].is_object()), "{first:#?}");
    alerts("run", &rules, &record, "2031-05-18").exits(0);
    assert_eq!(lines(), first);
    alerts("run", &rules, &record, "2031-06-06").exits(0);
    assert_eq!(lines().len(), 3);
}

/// Eight quiet weeks, then three violent ones: a report a day, each of other things and by another publisher.
fn weeks() -> String {
    let goods = ["grain", "cement", "copper", "timber", "cotton", "coffee", "sugar"];
    let folk = [
        "traders", "pilots", "nurses", "miners", "farmers", "students", "drivers", "bakers",
        "judges", "anglers", "painters",
    ];
    let report = |day: usize| {
        let date = jiff::civil::date(2031, 3, 3).saturating_add(jiff::Span::new().days(day as i64));
        let (weekday, good, folk, number) =
            (date.strftime("%A"), goods[day % 7], folk[day % 11], day + 20);
        let mut text = match day % 3 {
            0 => format!("{number} {folk} queued for {good} all day."),
            1 => {
                format!("Rain kept {folk} and their {good} at home, number {number} of the season.")
            }
            _ => format!("A fair of {good} drew {number} {folk} and a band."),
        };
        if day >= 56 {
            text = format!(
                "Soldiers of Peru attacked an Ecuadorian convoy of {good} on {weekday}, {folk} said. {text}"
            );
        }
        if day.is_multiple_of(7) {
            text += " Peru praised Ecuador on Monday.";
        }
        serde_json::json!({"id": format!("r{day}"), "date": date.to_string(),
            "source": format!("Paper {day}"), "text": text})
        .to_string()
            + "\n"
    };
    (0..77).map(report).collect()
}

#[test]
fn a_turn_of_tension_is_told_once() {
    let folder = Folder::new();
    let record = folder.name("weeks.tidings");
    tidings(["add", &folder.with("weeks.jsonl", weeks()), "--record", &record]).exits(0);
    let rules = folder.with(
        "rules.toml",
        "[[rule]]\nname = \"up\"\ndyad = \"PER:ECU\"\ntension_rise = 100\n\n\
         [[rule]]\nname = \"level\"\nactor = \"ECU\"\ntension_break = \"hostile\"\n",
    );
    let past = tidings([
        "alerts",
        "test",
        &rules,
        "--record",
        &record,
        "--on",
        "2031-06-30",
        "--format",
        "jsonl",
    ]);
    let past = past.exits(0).json();
    let of = |rule: &str| -> Vec<&Value> { past.iter().filter(|a| a["rule"] == rule).collect() };
    let [rise] = of("up")[..] else { panic!("{past:#?}") };
    assert_eq!((&rise["id"], &rise["day"]), (&"tension-2031-04-28".into(), &"2031-05-04".into()));
    assert!(rise["told"].as_str().unwrap().starts_with("tension of PER → ECU rose from "));
    let [level] = of("level")[..] else { panic!("{past:#?}") };
    let told = level["told"].as_str().unwrap();
    assert!(told.starts_with("hostile acts of ECU rose from 0.0 to "), "{told}");
    assert!(told.ends_with(" from 2031-04-28 on"), "{told}");
    // Told when its week ends, and no second time.
    let first = alerts("run", &rules, &record, "2031-05-04").exits(0).out;
    assert_eq!(first.matches("up: tension of PER → ECU rose").count(), 1, "{first}");
    let second = alerts("run", &rules, &record, "2031-06-30").exits(0).out;
    assert!(!second.contains("up: ") && (first + &second).matches("level: ").count() == 1);
}

#[test]
fn a_program_is_given_the_words_on_standard_input_only() {
    let (folder, record) = zarumilla();
    let to = folder.name("got");
    let actions =
        format!("[actions]\ncommand = [\"dd\", \"of={to}\", \"oflag=append\", \"conv=notrunc\"]\n");
    let rules = folder.with("rules.toml", format!("{RULES}{actions}"));
    alerts("run", &rules, &record, "2031-05-18").exits(0);
    let got = std::fs::read_to_string(&to).unwrap();
    assert_eq!(got.lines().count(), 2, "{got}");
    // One that fails is named, and tried again.
    let failing = folder.with("fail.toml", format!("{RULES}[actions]\ncommand = [\"false\"]\n"));
    let other = folder.name("other.tidings");
    std::fs::copy(&record, &other).unwrap();
    for _ in 0..2 {
        let run = alerts("run", &failing, &other, "2031-05-18").exits(2);
        assert_eq!(run.complains_of(&["talks refused", "false"]).err.lines().count(), 2);
    }
}

#[test]
fn a_webhook_is_posted_to_only_where_it_is_allowed() {
    let (folder, record) = zarumilla();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let rules = |host: &str, allow: &str| {
        let actions = format!(
            "[[rule]]\nname = \"talks refused\"\nevent = [\"REJECT\"]\n\
             [actions]\nwebhook = \"http://{host}:{port}/a\"\nallow = [\"{allow}\"]\n"
        );
        folder.with("rules.toml", actions)
    };
    // A name is no leave for the private address behind it.
    let named = rules("localhost", "localhost");
    alerts("run", &named, &record, "2031-05-18").exits(2).complains_of(&["private address"]);
    let missing = rules("127.0.0.1", "hooks.example");
    let run = tidings(["alerts", "check", &missing]).exits(2);
    assert!(run.out.contains("not allowed"), "{}", run.out);

    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut got = Vec::new();
        let mut part = [0; 4096];
        // Until the end of the line of JSON.
        while !got.ends_with(b"}\n") && !got.ends_with(b"}\n\r\n0\r\n\r\n") {
            let count = stream.read(&mut part).unwrap();
            if count == 0 {
                break;
            }
            got.extend_from_slice(&part[..count]);
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").unwrap();
        String::from_utf8(got).unwrap()
    });
    alerts("run", &rules("127.0.0.1", "127.0.0.1"), &record, "2031-05-18").exits(0);
    let got = server.join().unwrap();
    assert!(got.starts_with("POST /a") && got.contains("talks refused"), "{got}");
}

#[test]
fn watching_tells_of_what_comes_in() {
    let (folder, record) = zarumilla();
    let rules = folder.with("rules.toml", "[[rule]]\nname = \"talks\"\nevent = [\"REJECT\"]\n");
    let incoming = folder.path().join("incoming");
    std::fs::create_dir(&incoming).unwrap();
    let watch = || {
        let incoming = incoming.to_str().unwrap();
        tidings(["watch", incoming, "--record", &record, "--once", "--alerts", &rules])
    };
    // What the record holds already is no news.
    let quiet = "Date: 2031-07-01\nSource: Wire\n\nPeru praised Ecuador on Tuesday.\n";
    folder.with("incoming/a.txt", quiet);
    let run = watch().exits(0);
    assert!(!run.out.contains("talks: "), "{}", run.out);
    let refusal =
        "Date: 2031-07-02\nSource: Wire\n\nPeru refused to negotiate with Ecuador on Tuesday.\n";
    folder.with("incoming/b.txt", refusal);
    let run = watch().exits(0);
    assert_eq!(run.out.matches("talks: REJECT").count(), 1, "{}", run.out);
    let run = watch();
    assert!(!run.out.contains("talks: "), "{}", run.out);
    let broken = folder.with("broken.toml", "[[rule]]\n");
    let incoming = incoming.to_str().unwrap();
    tidings(["watch", incoming, "--record", &record, "--once", "--alerts", &broken])
        .exits(1)
        .complains_of(&["broken.toml:1: "]);
}
