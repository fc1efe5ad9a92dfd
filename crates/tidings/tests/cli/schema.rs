use crate::run::{Folder, examples, root, tidings};
use serde_json::{Value, json};

fn schema() -> Value {
    let path = root().join("docs/coded-report.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The schema leaves room for fields of later versions; here every field must be described in it.
fn closed(mut schema: Value) -> Value {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(map) => {
                if map.get("properties").is_some_and(Value::is_object) {
                    map.insert("additionalProperties".to_string(), json!(false));
                }
                // What a condition asks of some fields says nothing of the others.
                let whole = |key: &str| !matches!(key, "if" | "then" | "else");
                map.iter_mut().filter(|(key, _)| whole(key)).for_each(|(_, value)| close(value));
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    close(&mut schema);
    schema
}

#[test]
fn the_schema_is_a_schema() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn what_is_written_is_as_described() {
    let schema = jsonschema::validator_for(&closed(schema())).unwrap();
    for option in [None, Some("--with-predicates")] {
        for report in tidings(["code", &examples()].into_iter().chain(option)).exits(0).json() {
            let wrong: Vec<String> =
                schema.iter_errors(&report).map(|e| format!("{}: {e}", e.instance_path)).collect();
            assert!(wrong.is_empty(), "{}: {wrong:#?}", report["report"]["id"]);
            assert_eq!(report["predicates"].is_null(), option.is_none());
        }
    }
}

#[test]
fn a_code_outside_the_closed_sets_is_refused() {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let with = |event: &str| {
        json!({"report": {"id": "a", "published": null, "title": null, "source": null, "url": null,
            "language": null}, "sentences": [], "actors": [], "claims": [], "dates": [], "times": [],
            "places": [], "foremost": null,
            "events": [{"id": 0, "event": event, "mode": null, "context": [], "cameo": "190",
            "goldstein": -10, "quad": 4, "source": [], "target": [], "when": null, "where": null,
            "status": {"certainty": "certain", "polarity": "positive", "factuality": 3.0,
            "time": "current", "condition": null}, "according_to": [], "quantities": [],
            "sentence": 0, "predicate": {"start": 0, "end": 1, "text": "x"}, "rule": "a/b",
            "by": "frames", "confidence": null, "trusted": true}]})
    };
    assert!(schema.is_valid(&with("ASSAULT")));
    assert!(!schema.is_valid(&with("FIGHT")));
}

/// Offsets and ids point at what they say they do.
#[test]
fn offsets_and_ids_hold() {
    for report in tidings(["code", &examples()]).exits(0).json() {
        let id = report["report"]["id"].as_str().unwrap();
        let text: Vec<char> = match id.starts_with("reef") {
            true => continue, // a line of JSON Lines: its text is no file of its own
            false => {
                let path = root().join(format!("examples/reports/{id}.txt"));
                std::fs::read_to_string(path).unwrap().chars().collect()
            }
        };
        let list = |name: &str| report[name].as_array().unwrap().clone();
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let span = |value: &Value| {
            let (start, end) = (number(&value["start"]), number(&value["end"]));
            text[start..end].iter().collect::<String>()
        };
        let words = |value: &Value| {
            assert_eq!(value["text"].as_str().unwrap(), span(value), "{id}");
        };
        let (actors, sentences) = (list("actors").len(), list("sentences").len());
        for actor in list("actors") {
            actor["mentions"].as_array().unwrap().iter().for_each(words);
        }
        for event in list("events") {
            words(&event["predicate"]);
            assert!(number(&event["sentence"]) < sentences);
            for side in ["source", "target", "according_to"] {
                assert!(event[side].as_array().unwrap().iter().all(|a| number(a) < actors));
            }
        }
        for part in list("times").iter().chain(&list("places")) {
            words(part);
        }
        for claim in list("claims") {
            assert!(!span(&claim["content"]).trim().is_empty(), "{id}: {claim}");
            assert!(claim["speaker"].is_null() || number(&claim["speaker"]) < actors);
        }
        for date in list("dates") {
            words(&date["what"]);
            assert!(date["words"].is_null() || date["when"].is_object(), "{id}: {date}");
            assert!(date["set_by"].as_array().unwrap().iter().all(|a| number(a) < actors));
        }
        for (at, sentence) in list("sentences").iter().enumerate() {
            assert!(!span(sentence).trim().is_empty());
            assert!(sentence["repeats"].is_null() || number(&sentence["repeats"]) < at);
        }
    }
}

/// In a text of misread and decomposed letters, every quoted thing is what stands at its offsets.
#[test]
fn words_are_given_as_they_were_found() {
    let folder = Folder::new();
    let text = "Date: 2031-04-02\n\nPresident Jos\u{c3}\u{a9} Nu\u{301}n\u{303}ez of Peru \
        attacked Ecuador\u{e2}\u{20ac}\u{2122}s navy near Bogota\u{301} on Tuesday. He&nbsp;killed 12 \
        men in Bogota\u{301}, Nu\u{301}n\u{303}ez\u{e2}\u{20ac}\u{2122}s spokesman said on \u{ad}Wednesday.\n";
    let characters: Vec<char> = text.chars().collect();
    let report = &tidings(["code", &folder.with("d.txt", text)]).exits(0).json()[0];
    let mut quoted = Vec::new();
    every_quoted(report, &mut quoted);
    assert!(quoted.len() >= 8, "{quoted:#?}");
    for (start, end, words) in &quoted {
        assert_eq!(&characters[*start..*end].iter().collect::<String>(), words);
    }
    assert!(quoted.iter().any(|(_, _, words)| words.contains("n\u{303}ez")), "{quoted:#?}");
}

/// Everything that has offsets and a text.
fn every_quoted(value: &Value, into: &mut Vec<(usize, usize, String)>) {
    match value {
        Value::Object(map) => {
            let at = |name: &str| usize::try_from(map.get(name)?.as_u64()?).ok();
            let text = map.get("text").and_then(Value::as_str);
            if let (Some(start), Some(end), Some(text)) = (at("start"), at("end"), text) {
                into.push((start, end, text.to_string()));
            }
            map.values().for_each(|value| every_quoted(value, into));
        }
        Value::Array(items) => items.iter().for_each(|value| every_quoted(value, into)),
        _ => {}
    }
}
