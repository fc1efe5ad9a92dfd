//! Dates to watch: a chain of reports over weeks, in which dates are set, met and missed.

use crate::run::{Folder, Run, tidings};
use serde_json::Value;
use std::sync::LazyLock;

/// Of an invented quarrel: a deadline that is met, talks that are called off, a vote that is held.
const REPORTS: [(&str, &str, &str); 5] = [
    (
        "2031-05-05",
        "Pacific Wire",
        "Peru on Monday gave Ecuador until May 20 to withdraw its troops from the mouth of the \
         Zarumilla.\n\nPeru's foreign minister, Elena Quiroga, said talks would be held in Bogotá on \
         May 14. Ecuador will vote in a referendum on the treaty on June 8, its government \
         announced.\n\n\"We will close the border if the troops do not leave,\" Quiroga said. The \
         ceasefire expires on May 31.",
    ),
    (
        "2031-05-07",
        "Radio Litoral",
        "Ecuador's defence minister, Pablo Andrade, will visit Lima on May 16. Peru and Ecuador are \
         to hold talks on May 14 in Bogotá.",
    ),
    (
        "2031-05-12",
        "Radio Litoral",
        "Peru called off the talks with Ecuador on Monday. The talks had been planned for Wednesday.",
    ),
    (
        "2031-05-19",
        "Pacific Wire",
        "Ecuador withdrew its troops from the mouth of the Zarumilla on Sunday, two days before the \
         day set by Peru.",
    ),
    ("2031-06-09", "Pacific Wire", "Ecuador held its referendum on the treaty on Sunday."),
];

/// The chain as JSON Lines.
pub fn reports() -> String {
    let line = |(day, source, text): &(&str, &str, &str)| {
        let id = format!("zarumilla-{day}");
        serde_json::json!({"id": id, "date": day, "source": source, "text": text}).to_string()
            + "\n"
    };
    REPORTS.iter().map(line).collect()
}

static RECORD: LazyLock<(Folder, String)> = LazyLock::new(|| {
    let folder = Folder::new();
    let record = folder.name("zarumilla.tidings");
    let reports = folder.with("zarumilla.jsonl", reports());
    tidings(["add", &reports, "--record", &record]).exits(0);
    (folder, record)
});

fn ask(question: &str) -> Run {
    tidings(question.split(' ').chain(["--record", &RECORD.1]))
}

/// The dates as they stand on a day, as `UNTIL KIND STATE`.
#[track_caller]
fn dates(question: &str) -> Vec<Value> {
    ask(&format!("deadlines {question} --format jsonl")).exits(0).json()
}

#[track_caller]
fn stands(on: &str, kind: &str, until: &str) -> Value {
    let found = dates(&format!("--on {on}"));
    let one = found.iter().find(|date| date["kind"] == kind && date["until"] == until);
    one.unwrap_or_else(|| panic!("no {kind} of {until} in {found:#?}")).clone()
}

#[test]
fn a_deadline_is_open_then_met() {
    let open = stands("2031-05-08", "deadline", "2031-05-20");
    assert_eq!(open["state"], "open");
    assert_eq!(open["days_left"], 12);
    assert_eq!(open["set_by_country"], serde_json::json!(["PER"]));
    assert!(open["parties_country"].as_array().unwrap().contains(&Value::from("ECU")), "{open}");
    let met = stands("2031-05-25", "deadline", "2031-05-20");
    assert_eq!(met["state"], "met");
    assert_eq!(met["days_left"], -5);
    let by = met["met_by"][0].as_str().unwrap();
    assert!(by.starts_with('i') && by.ends_with("zarumilla-2031-05-19 §1"), "{by}");
    // What is shown leads to its incident.
    let shown = ask(&format!("show {}", by.split(' ').next().unwrap())).exits(0).out;
    assert!(shown.contains("Ecuador withdrew its troops"), "{shown}");
}

#[test]
fn talks_told_by_two_are_one_date_and_missed_when_called_off() {
    let open = stands("2031-05-08", "meeting", "2031-05-14");
    assert_eq!((&open["state"], &open["sources"]), (&"open".into(), &2.into()), "{open}");
    assert_eq!(open["reports"].as_array().unwrap().len(), 2);
    let missed = stands("2031-05-13", "meeting", "2031-05-14");
    assert_eq!(missed["state"], "missed", "{missed}");
    assert!(missed["missed_by"][0].as_str().unwrap().ends_with("zarumilla-2031-05-12 §1"));
}

#[test]
fn a_vote_is_met_and_what_nobody_tells_of_is_unclear() {
    assert_eq!(stands("2031-06-10", "vote", "2031-06-08")["state"], "met");
    assert_eq!(stands("2031-06-10", "expiry", "2031-05-31")["state"], "unclear");
    let conditions = dates("--on 2031-05-08 --kind condition");
    assert_eq!(conditions.len(), 1);
    assert_eq!(conditions[0]["condition"], "if the troops do not leave");
    assert!(conditions[0]["until"].is_null() && conditions[0]["days_left"].is_null());
}

#[test]
fn conditions_narrow_the_dates() {
    let all = dates("--on 2031-05-08").len();
    assert!(dates("--on 2031-05-08 --dyad PER:ECU").len() < all);
    for date in dates("--on 2031-06-10 --status met") {
        assert_eq!(date["state"], "met");
    }
    for date in dates("--on 2031-05-08 --within 10") {
        assert!((0..=10).contains(&date["days_left"].as_i64().unwrap()), "{date}");
    }
    assert!(
        dates("--on 2031-05-08 --until 2031-05-15")
            .iter()
            .all(|date| { date["since"].as_str().is_none_or(|since| since <= "2031-05-15") })
    );
    ask("deadlines --on 2031-05-08 --actor JPN").exits(3);
    ask("deadlines --on soon").exits(1).complains_of(&["2022-08-21"]);
    // Nothing was set before anything was reported.
    ask("deadlines --on 2031-05-01").exits(3);
}

#[test]
fn the_calendar_is_read_back_by_another_reading() {
    let ics = ask("deadlines --on 2031-06-10 --format ical").exits(0).out;
    assert!(ics.lines().all(|line| line.len() <= 75), "a line is too long: {ics}");
    // An independent reading: unfold, then part names from values.
    let unfolded = ics.replace("\r\n ", "");
    let values = |name: &str| -> Vec<String> {
        let of = |line: &str| {
            let (key, value) = line.split_once(':')?;
            (key.split(';').next() == Some(name)).then(|| value.to_string())
        };
        unfolded.lines().filter_map(of).collect()
    };
    let dated: Vec<Value> =
        dates("--on 2031-06-10").into_iter().filter(|d| !d["until"].is_null()).collect();
    let uids: Vec<String> =
        dated.iter().map(|d| format!("urn:x-tidings:{}", d["id"].as_str().unwrap())).collect();
    assert_eq!(values("UID"), uids);
    assert!(values("DTSTART").iter().all(|day| day.len() == 8), "all-day: {unfolded}");
    let talks = values("SUMMARY").into_iter().find(|s| s.starts_with("Meeting (Peru")).unwrap();
    assert!(talks.contains("Peru\\, Ecuador"), "commas are escaped: {talks}");
    assert_eq!(values("STATUS").iter().filter(|status| *status == "CANCELLED").count(), 1);
    // The same again: nothing hangs on the clock.
    assert_eq!(ask("deadlines --on 2031-06-10 --format ical").out, ics);
}

#[test]
fn the_brief_of_a_record_ends_with_what_is_due() {
    let page = ask("brief --until 2031-05-08").exits(0).out;
    let (_, dates) = page.split_once("DATES TO WATCH").unwrap();
    assert!(
        dates.contains("Tuesday 20 May 2031 · 12 days left · deadline · set by Peru"),
        "{page}"
    );
    // By the last of its reports, the deadline is met and the vote held.
    let page = ask("brief").exits(0).out;
    let (_, dates) = page.split_once("DATES TO WATCH").unwrap();
    assert!(!dates.contains("20 May") && dates.contains("nothing"), "{page}");
    let json = ask("brief --until 2031-05-08 --format json").exits(0).json().remove(0);
    assert!(json["dates"].as_array().unwrap().iter().any(|date| date["days_left"] == 12), "{json}");
    assert!(
        ask("brief --until 2031-05-08 --format markdown").exits(0).out.contains("12 days left")
    );
}

#[test]
fn dates_are_a_feed_too() {
    let atom = ask("deadlines --on 2031-05-25 --format atom").exits(0).out;
    let feed = feed_rs::parser::parse(atom.as_bytes()).unwrap();
    let met = feed.entries.iter().find(|entry| {
        entry
            .title
            .as_ref()
            .is_some_and(|title| title.content.starts_with("2031-05-20: Deadline (Peru)"))
    });
    let met = met.unwrap_or_else(|| panic!("{atom}"));
    assert!(met.categories.iter().any(|category| category.term == "met"), "{atom}");
    // Told of on the 5th, and how it went on the 19th.
    assert!(met.updated.unwrap().to_rfc3339().starts_with("2031-05-19"), "{atom}");
    assert_eq!(atom, ask("deadlines --on 2031-05-25 --format atom").out);
}

#[test]
fn the_feed_is_read_back_by_another_parser() {
    let atom = ask("incidents --format atom").exits(0).out;
    let feed = feed_rs::parser::parse(atom.as_bytes()).unwrap();
    let incidents = ask("incidents --format jsonl").exits(0).json();
    assert_eq!(feed.entries.len(), incidents.len());
    let mut ids: Vec<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
    let mut known: Vec<String> =
        incidents.iter().map(|i| format!("urn:x-tidings:{}", i["id"].as_str().unwrap())).collect();
    ids.sort_unstable();
    known.sort_unstable();
    assert_eq!(ids, known);
    assert!(feed.entries.is_sorted_by_key(|entry| std::cmp::Reverse(entry.updated)));
    let titles: Vec<&String> =
        feed.entries.iter().filter_map(|entry| Some(&entry.title.as_ref()?.content)).collect();
    assert!(titles.iter().any(|title| title.contains("Peru → Ecuador")), "{titles:?}");
    ask("claims --format atom").exits(1).complains_of(&["tidings incidents --format atom"]);
}

/// Words of reports are data in a feed and in a calendar, never markup or a property.
#[test]
fn hostile_words_stay_words() {
    let folder = Folder::new();
    let text = "Peru condemned Ecuador on Monday. Peru gave Ecuador until May 20 to release the <b>crew</b>;\u{7} END:VEVENT\\n\u{202e} \
        & \"all\" boats, said \"Juan ]]> <script>\" Torres.";
    let line = serde_json::json!({"id": "a", "date": "2031-05-05", "source": "x", "text": text});
    let file = folder.with("a.jsonl", line.to_string());
    let record = folder.name("a.tidings");
    tidings(["add", &file, "--record", &record]).exits(0);
    let on = ["--record", &record, "--on", "2031-05-06"];
    let ics = tidings(["deadlines", "--format", "ical"].iter().chain(&on)).exits(0).out;
    assert_eq!(ics.matches("\r\nEND:VEVENT").count(), ics.matches("\r\nBEGIN:VEVENT").count());
    assert!(!ics.contains('\u{7}') && !ics.contains('\u{202e}'), "{ics}");
    let atom = tidings(["incidents", "--format", "atom", "--record", &record]).exits(0).out;
    assert!(!atom.contains("<b>") && !atom.contains("<script>"), "{atom}");
    assert!(feed_rs::parser::parse(atom.as_bytes()).is_ok());
}
