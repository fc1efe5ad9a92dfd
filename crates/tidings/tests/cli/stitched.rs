//! Our own report of the kind the web leaves: header on the first line, a paragraph twice, a broken
//! apostrophe, a damaged name, speech that lost its marks.

use crate::record::{Event, Record};
use crate::run::root;
use std::sync::OnceLock;

fn report() -> &'static Record {
    static RECORD: OnceLock<Record> = OnceLock::new();
    let path = root().join("examples/reports/2031-03-15-gulf-stitched.txt");
    RECORD.get_or_init(|| Record::of(path.to_str().unwrap()))
}

const SALVATIERRA: &str = "Salvatierra";
const HISTORY: &str = "A treaty brokered by Brazil";

#[test]
fn the_header_is_read_and_is_no_sentence() {
    let r = report();
    assert_eq!(r.json["report"]["published"], "2031-03-15");
    assert!(r.words(&r.list("sentences")[0]).starts_with("Ecuador’s president has called"));
}

#[test]
fn the_repeated_sentence_is_coded_once_with_both_places() {
    let r = report();
    let places = r.sentences(HISTORY);
    assert_eq!(places.len(), 2);
    assert_eq!(r.list("sentences")[places[1]]["repeats"], places[0]);
    assert!(r.all().all(|e| e.sentence() != places[1]));
}

#[test]
fn the_damaged_name_is_the_president_and_marked() {
    let r = report();
    let named = r.named(SALVATIERRA);
    assert_eq!(named.len(), 1, "{named:#?}");
    assert!(!named[0]["name"].as_str().unwrap().contains("Salvatierrajo"), "{}", named[0]);
    assert_eq!(named[0]["country"], "ECU");
    assert_eq!(named[0]["uncertain"], true);
}

#[test]
fn he_calls_on_peru_and_threatens_on_a_condition() {
    let r = report();
    let words = "has called on Peru";
    let events = r.events(words);
    let called = |e: &Event| e.is(&["REQUEST"]) && e.by("ECU") && e.to("PER") && e.happened();
    r.expect(events.iter().any(called), "Ecuador, REQUEST, Peru", words);
    let threat = |e: &Event| e.is(&["THREATEN"]) && e.by("ECU") && e.happened();
    r.expect(events.iter().any(threat), "Ecuador, THREATEN", words);
    let moved = |e: &Event| !e.is(&["REQUEST", "THREATEN"]) && e.happened();
    r.expect(!events.iter().any(moved), "the move itself did not happen", words);
}

#[test]
fn the_war_of_1995_is_no_event_of_2031() {
    for e in report().events(HISTORY) {
        assert!(!e.in_year("2031") && (e.is_background() || !e.happened()), "{}", e.told());
    }
}

#[test]
fn the_feared_attack_did_not_happen() {
    let r = report();
    let words = "There are fears among diplomats";
    let attack = |e: &Event| e.is(&["ASSAULT"]) && e.by("PER");
    let events = r.events(words);
    r.expect(events.iter().any(attack), "Peru, ASSAULT, feared", words);
    r.expect(!events.iter().any(|e| attack(e) && e.happened()), "did not happen", words);
}

#[test]
fn the_claim_without_proof_is_marked() {
    let r = report();
    let words = "had been paid by Lima";
    let held = r.claims(words).iter().any(|claim| {
        let kinds = claim["evidence"].as_array().unwrap();
        kinds.iter().any(|note| note["kind"] == "none_given")
    });
    r.expect(held, "a claim without proof", words);
}

#[test]
fn the_delayed_ban_is_watched_with_its_condition() {
    let dates = report().brief["dates"].as_array().unwrap();
    let date = dates.iter().find(|date| date["when"]["from"] == "2031-03-29");
    let date = date.unwrap_or_else(|| panic!("not among {dates:#?}"));
    let condition = date["condition"].as_str().unwrap_or_default();
    assert!(condition.contains("if a compromise is not reached"), "{date:#}");
}

#[test]
fn a_closed_border_happened() {
    let r = report();
    let words = "closed the crossing at Huaquillas";
    let closed = |e: &Event| e.by("ECU") && e.happened() && e.within("2031-03-14", "2031-03-14");
    r.expect(r.events(words).iter().any(closed), "Ecuador closed the crossing on 14 March", words);
}
