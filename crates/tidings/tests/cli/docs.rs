//! What the documents tell of the program is so.

use crate::run::{examples, root, tidings};
use serde_json::Value;
use std::collections::HashSet;

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// Words between backticks.
fn marked(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Where the options are told of.
const GUIDES: [&str; 8] = [
    "README.md",
    "docs/brief.md",
    "docs/exports.md",
    "docs/forecast.md",
    "docs/lexicon.md",
    "docs/reading.md",
    "docs/record.md",
    "docs/tension.md",
];

#[test]
fn every_option_told_of_exists() {
    let helps = [
        "add",
        "watch",
        "fetch",
        "events",
        "show",
        "correct",
        "correct actor",
        "recode",
        "export",
        "brief",
        "code",
        "annotate",
        "tension",
        "words",
        "forecast",
        "forecast backtest",
        "forecast evaluate",
    ]
    .map(|command| tidings(command.split(' ').chain(["--help"])).exits(0).out);
    let known: HashSet<&str> = helps.iter().flat_map(|help| options(help)).collect();
    for name in GUIDES.into_iter().chain(["docs/schema.md"]) {
        let text = document(name);
        let ours =
            text.lines().filter(|line| line.contains("tidings ") || !line.contains("cargo "));
        for option in ours.flat_map(options) {
            assert!(known.contains(option), "{name} tells of {option}: {known:?}");
        }
    }
    let readme = GUIDES.map(document).concat();
    for option in known.iter().filter(|option| **option != "--help" && **option != "--output") {
        assert!(readme.contains(option), "nothing tells of {option}");
    }
}

/// Long options in a text.
fn options(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|word| {
        word.strip_prefix("--")
            .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
    })
}

/// Each field of the brief's JSON form is described, and each described one is written.
#[test]
fn the_fields_of_the_brief_are_those_described() {
    let brief = tidings(["brief", &examples(), "--format", "json"]).exits(0).json().remove(0);
    let mut written = HashSet::new();
    fields(&brief, &mut written);
    let text = document("docs/brief.md");
    let (_, json) = text.split_once("## `--format json`").unwrap();
    let described: HashSet<&str> = marked(json).collect();
    for field in &written {
        assert!(described.contains(field.as_str()), "docs/brief.md says nothing of {field:?}");
    }
    // Below the heading everything marked is a field, but for these.
    let values = ["null", "threatened", "demanded", "feared", "planned", "uncertain", "denied"];
    for field in described.iter().filter(|field| !values.contains(field)) {
        assert!(written.contains(*field), "docs/brief.md tells of {field:?}, which is not written");
    }
}

fn fields(value: &Value, into: &mut HashSet<String>) {
    match value {
        Value::Object(map) => {
            into.extend(map.keys().cloned());
            map.values().for_each(|value| fields(value, into));
        }
        Value::Array(items) => items.iter().for_each(|value| fields(value, into)),
        _ => {}
    }
}
