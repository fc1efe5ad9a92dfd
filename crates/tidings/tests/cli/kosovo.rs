//! The real report beside the project, read as a careful analyst reads it: one test per row of the
//! expected reading. Skipped with a message where the report is not there.

use crate::record::Record;
use crate::run::root;
use std::sync::OnceLock;

/// The report, or nothing where it is not there.
fn report() -> Option<&'static Record> {
    static RECORD: OnceLock<Option<Record>> = OnceLock::new();
    let read = || {
        let path = root().join("../shared/reports/2022-08-21-kosovo.txt");
        if !path.exists() {
            eprintln!("skipped: ../shared/reports/2022-08-21-kosovo.txt is not here");
            return None;
        }
        Some(Record::of(path.to_str().unwrap()))
    };
    RECORD.get_or_init(read).as_ref()
}

macro_rules! row {
    ($name:ident, $record:ident => $check:block) => {
        #[test]
        fn $name() {
            if let Some($record) = report() $check
        }
    };
}

const SERBIA: &str = "SRB";
const KOSOVO: &str = "XKX";
const VUCIC: &str = "Vuči";

row!(t1_the_date_is_that_of_the_header_which_is_no_sentence, r => {
    assert_eq!(r.json["report"]["published"], "2022-08-21");
    assert!(r.words(&r.list("sentences")[0]).starts_with("Serbia’s president has called"));
});

row!(t2_the_repeated_sentence_is_coded_once_with_both_places, r => {
    let words = "A NATO-led intervention in 1999";
    let places = r.sentences(words);
    assert_eq!(places.len(), 2);
    assert_eq!(r.list("sentences")[places[1]]["repeats"], places[0]);
    let events = r.events(words);
    r.expect(!events.is_empty() && events.iter().all(|e| e.sentence() == places[0]), "T2", words);
    let both = format!("§{}, §{}]", places[0] + 1, places[1] + 1);
    assert!(r.page.contains(&both), "the brief does not give both places {both}:\n{}", r.page);
});

row!(t3_all_names_of_the_president_are_one_actor, r => {
    let named = r.named("Vuč");
    assert_eq!(named.len(), 1, "{named:#?}");
    let actor = named[0];
    let mentions: Vec<&str> =
        actor["mentions"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap()).collect();
    for form in ["Serbia’s president", "Vučić", "Vucic", "Vučicofi"] {
        assert!(mentions.iter().any(|m| m.contains(form)), "{form} is not among {mentions:?}");
    }
    assert!(mentions.iter().any(|m| m.eq_ignore_ascii_case("he")), "no \"he\" among {mentions:?}");
    assert_eq!(actor["country"], SERBIA);
    assert_eq!(actor["sectors"][0], "GOV");
    assert!(actor["name"].as_str().unwrap().contains("Aleksandar"), "{}", actor["name"]);
    assert!(actor["office"].as_str().unwrap_or_default().to_lowercase().contains("president"));
    assert_eq!(actor["uncertain"], true, "the damaged spelling is not marked");
});

row!(t4_kurti_is_one_actor_and_the_apposition_makes_svecla_minister, r => {
    let kurti = r.named("Kurti");
    assert_eq!(kurti.len(), 1, "{kurti:#?}");
    assert_eq!((&kurti[0]["country"], &kurti[0]["sectors"][0]), (&KOSOVO.into(), &"GOV".into()));
    let svecla = r.named("Sve");
    assert_eq!(svecla.len(), 1, "{svecla:#?}");
    assert_eq!((&svecla[0]["country"], &svecla[0]["sectors"][0]), (&KOSOVO.into(), &"GOV".into()));
    let office = svecla[0]["office"].as_str().unwrap_or_default().to_lowercase();
    assert!(office.contains("interior minister"), "{office}");
});

row!(t5_the_last_paragraph_is_speech_of_svecla, r => {
    said(r, "T5: Svecla, direct, marks lost", "this land is ours", "Sve", &["direct"]);
});

row!(e1_vucic_calls_on_nato, r => {
    let words = "has called on NATO";
    let held = r.events(words).iter().any(|e| {
        e.is(&["REQUEST"]) && e.by(VUCIC) && e.to("NATO") && e.happened()
            && e.within("2022-08-18", "2022-08-21") && !e.is_background()
    });
    r.expect(held, "E1: Vučić, REQUEST, NATO, about 2022-08-21, happened", words);
});

row!(e2_vucic_threatens_on_a_condition_and_the_move_did_not_happen, r => {
    let words = "has called on NATO";
    let events = r.events(words);
    let threat = |e: &&crate::record::Event| {
        e.is(&["THREATEN"]) && e.by(VUCIC) && (e.to("NATO") || e.to(KOSOVO)) && e.happened()
            && e.within("2022-08-18", "2022-08-21")
    };
    r.expect(events.iter().any(|e| threat(&e)), "E2: Vučić, THREATEN, NATO or Kosovo", words);
    let hangs = events.iter().any(|e| e.condition().contains("if it does not"));
    r.expect(hangs, "E2: hangs on \"if it does not\"", words);
    let moved = events.iter().any(|e| !e.is(&["REQUEST", "THREATEN"]) && e.happened());
    r.expect(!moved, "E2: the move itself did not happen", words);
});

row!(e3_the_leaders_talked_this_week, r => {
    for words in ["collapse of EU-brokered talks between", "collapse of political talks between"] {
        let held = r.events(words).iter().any(|e| {
            e.is(&["CONSULT"]) && e.between(SERBIA, KOSOVO) && e.within("2022-08-14", "2022-08-21")
                && e.happened()
        });
        r.expect(held, "E3: Serbia and Kosovo, CONSULT, the week of 2022-08-15", words);
    }
});

row!(e4_nato_intervened_in_1999_as_background, r => {
    let words = "A NATO-led intervention in 1999";
    let held = r.events(words).iter().any(|e| {
        e.is(&["ASSAULT", "COERCE"]) && e.by("NATO") && e.to(SERBIA)
            && e.within("1999-01-01", "1999-12-31") && e.happened() && e.is_background()
    });
    r.expect(held, "E4: NATO, ASSAULT or COERCE, Serbia, 1999, background", words);
});

row!(e5_the_war_is_of_both_and_the_crackdown_belgrades, r => {
    let words = "A NATO-led intervention in 1999";
    let events = r.events(words);
    let war = events.iter().any(|e| e.is(&["ASSAULT"]) && e.between(SERBIA, KOSOVO));
    r.expect(war, "E5: Serbian forces and Kosovo separatists, ASSAULT", words);
    let crackdown = events.iter().any(|e| {
        e.is(&["ASSAULT", "COERCE"]) && e.by(SERBIA) && e.to(KOSOVO) && e.is_background()
    });
    r.expect(crackdown, "E5: Belgrade, COERCE, Kosovo's Albanians, background", words);
});

row!(e6_the_russian_push_is_feared_by_western_countries, r => {
    let words = "fears among Western countries";
    let events = r.events(words);
    let held = events.iter().any(|e| {
        e.by("RUS") && (e.to(SERBIA) || e.to(KOSOVO)) && e.factuality() < 2.0 && e.told_by("West")
    });
    r.expect(held, "E6: Russia, possible, on the word of Western countries", words);
    for words in [words, "There are fears that Russia"] {
        let happened = |e: &crate::record::Event| {
            e.json["quad"] == 4 && e.happened() && !e.is_background()
        };
        r.expect(!r.events(words).iter().any(happened), "E6: must not count as happened", words);
    }
});

row!(e7_serbia_russia_and_china_refuse_recognition, r => {
    let words = "have refused to recognize";
    let held = r.events(words).iter().any(|e| {
        e.is(&["REJECT"]) && e.by(SERBIA) && e.by("RUS") && e.by("CHN") && e.to(KOSOVO)
            && e.happened()
    });
    r.expect(held, "E7: Serbia, Russia and China, REJECT, Kosovo", words);
});

row!(e8_the_eu_mediates, r => {
    let words = "The EU has overseen years of unsuccessful talks";
    let held = r.events(words).iter().any(|e| {
        e.is(&["CONSULT"]) && e.by("European Union") && (e.to(SERBIA) || e.to(KOSOVO)) && e.happened()
            && e.is_background()
    });
    r.expect(held, "E8: EU, CONSULT, Serbia or Kosovo, background", words);
});

row!(e9_peacekeepers_are_stationed_and_deployed_on_roads, r => {
    let words = "have been stationed in Kosovo";
    let held = r.events(words).iter().any(|e| {
        e.is(&["AID", "MOBILIZE"]) && e.by("NATO") && e.to(KOSOVO) && e.happened()
    });
    r.expect(held, "E9: NATO, AID or MOBILIZE, Kosovo", words);
    let words = "have been deployed on major roads";
    let held = r.events(words).iter().any(|e| {
        e.is(&["MOBILIZE"]) && e.by("NATO") && e.to(KOSOVO) && e.happened()
    });
    r.expect(held, "E9: NATO, MOBILIZE, Kosovo", words);
});

row!(e10_kosovo_announces_the_measure, r => {
    let words = "license plates will no longer be valid";
    let held = r.events(words).iter().any(|e| {
        e.is(&["COERCE", "SANCTION"]) && e.by(KOSOVO) && e.to(SERBIA)
    });
    r.expect(held, "E10: Kosovo government, COERCE, Serbia", words);
});

row!(e11_serbia_has_the_same_measures, r => {
    let words = "Serbia has implemented the same measures";
    let held = r.events(words).iter().any(|e| {
        e.is(&["COERCE", "SANCTION"]) && e.by(SERBIA) && e.happened()
    });
    r.expect(held, "E11: Serbia, COERCE", words);
});

row!(e12_kosovo_serbs_protested_and_fired_guns_and_nobody_was_hurt, r => {
    let words = "setting up roadblocks";
    let events = r.events(words);
    let lately = |e: &&crate::record::Event| e.within("2022-07-01", "2022-08-21");
    let held = events.iter().filter(lately).any(|e| {
        e.is(&["PROTEST"]) && e.by("Serbs") && e.happened()
    });
    r.expect(held, "E12: Kosovo Serbs, PROTEST, July to August 2022", words);
    let held = events.iter().filter(lately).any(|e| {
        e.is(&["ASSAULT"]) && e.by("Serbs") && e.to(KOSOVO) && e.happened()
    });
    r.expect(held, "E12: Kosovo Serbs, ASSAULT, Kosovo police", words);
    let none = |q: &serde_json::Value| q["value"] == 0.0;
    let held = events.iter().any(|e| e.json["quantities"].as_array().unwrap().iter().any(none));
    r.expect(held, "E12: nobody was hurt", words);
});

row!(e13_kurti_concedes, r => {
    let words = "delayed implementation of the measure";
    let held = r.events(words).iter().any(|e| {
        e.is(&["CONCEDE"]) && e.by("Kurti") && e.happened()
    });
    r.expect(held, "E13: Kurti, CONCEDE", words);
});

row!(e14_vucic_accuses_kosovos_leadership, r => {
    let words = "only being interested in abolishing";
    let held = r.events(words).iter().any(|e| {
        e.is(&["ACCUSE"]) && e.by(VUCIC) && e.to(KOSOVO) && e.happened()
            && e.within("2022-08-18", "2022-08-21")
    });
    r.expect(held, "E14: Vučić, ACCUSE, Kosovo", words);
});

row!(e15_vucic_accuses_the_kosovo_government, r => {
    let words = "the final removal of the Serbian people";
    let held = r.events(words).iter().any(|e| e.is(&["ACCUSE"]) && e.by(VUCIC) && e.to(KOSOVO));
    r.expect(held, "E15: Vučić, ACCUSE, Kosovo government", words);
    let removed = r.events(words).iter().any(|e| e.is(&["ASSAULT"]));
    r.expect(!removed, "E15: nobody was removed", words);
});

row!(e16_svecla_visits_the_police, r => {
    let words = "visited on Sunday Kosovo police units";
    let held = r.events(words).iter().any(|e| {
        e.is(&["CONSULT"]) && e.by("Sve") && e.to(KOSOVO) && e.happened()
            && e.within("2022-08-21", "2022-08-21")
    });
    r.expect(held, "E16: Svecla, CONSULT, Kosovo police, 2022-08-21", words);
});

/// Checks a claim of Vučić's: its form and the kinds of evidence.
#[track_caller]
fn claim(r: &Record, row: &str, words: &str, forms: &[&str], evidence: &[&str]) {
    let claims = r.claims(words);
    let held = claims.iter().any(|claim| {
        let notes = claim["evidence"].as_array().unwrap();
        let kinds: Vec<&str> = notes.iter().map(|note| note["kind"].as_str().unwrap()).collect();
        r.actor(&claim["speaker"])["name"].as_str().is_some_and(|name| name.contains("Vuči"))
            && forms.contains(&claim["form"].as_str().unwrap())
            && evidence.iter().all(|kind| kinds.contains(kind))
            && kinds.len() == evidence.len()
    });
    r.expect(held, row, words);
}

row!(c1_we_are_trapped, r => {
    claim(r, "C1: Vučić, direct, no note of evidence", "We have nowhere to go, we are trapped", &["direct"], &[]);
});

/// Checks that the speaker has a claim with these words, and that the brief shows it.
#[track_caller]
fn said(r: &Record, row: &str, words: &str, speaker: &str, forms: &[&str]) {
    let held = r.claims(words).iter().any(|claim| {
        r.actor(&claim["speaker"])["name"].as_str().is_some_and(|name| name.contains(speaker))
            && forms.contains(&claim["form"].as_str().unwrap())
    });
    r.expect(held, row, words);
}

row!(c2_the_threat_in_a_paragraph_of_its_own, r => {
    said(r, "C2: Vučić, direct", "We will save our people", VUCIC, &["direct"]);
});

row!(c5_a_compromise_in_ten_days, r => {
    said(r, "C5: Vučić, mixed", "compromise solution in the next 10 days", VUCIC, &["mixed"]);
});

row!(c6_svecla_hopes_there_will_be_no_trouble, r => {
    said(r, "C6: Svecla, indirect", "there will be no trouble", "Sve", &["indirect"]);
});

row!(c7_this_land_is_ours, r => {
    said(r, "C7: Svecla, direct", "we will not give it up at any cost", "Sve", &["direct"]);
});

row!(c8_nato_troops_are_ready, r => {
    said(r, "C8: NATO troops, indirect", "they are ready to protect", "NATO", &["indirect"]);
});

row!(c3_gangs_should_be_banned, r => {
    let words = "should be banned from crossing into northern Kosovo";
    claim(r, "C3: Vučić, indirect, no evidence given", words, &["indirect"], &["none_given"]);
});

row!(c4_the_final_removal, r => {
    let words = "the final removal of the Serbian people";
    claim(r, "C4: Vučić, mixed, no evidence given, denied", words, &["mixed"], &["none_given", "denied"]);
    let by_kosovo = r.claims(words).iter().any(|claim| {
        claim["evidence"].as_array().unwrap().iter().any(|note| {
            note["kind"] == "denied" && r.actor(&note["by"])["country"] == KOSOVO
        })
    });
    r.expect(by_kosovo, "C4: denied by Kosovo officials", words);
});

row!(d1_the_first_of_september_is_watched_with_its_condition, r => {
    let dates = r.brief["dates"].as_array().unwrap();
    let first = |date: &&serde_json::Value| date["when"]["from"] == "2022-09-01";
    let date = dates.iter().find(first).unwrap_or_else(|| panic!("D1: not among {dates:#?}"));
    let condition = date["condition"].as_str().unwrap_or_default();
    assert!(condition.contains("if a compromise is not reached"), "D1: {date:#}");
});

row!(d2_the_ten_days_for_a_compromise_are_watched, r => {
    let dates = r.brief["dates"].as_array().unwrap();
    assert!(dates.iter().any(|date| date["when"]["to"] == "2022-08-31"), "D2: {dates:#?}");
});

row!(no_armed_attack_by_serbia_or_russia_in_2022, r => {
    for e in r.all().filter(|e| e.is(&["ASSAULT"]) && (e.by(SERBIA) || e.by("RUS"))) {
        assert!(!(e.happened() && e.in_year("2022") && !e.by("Serbs")), "{}", e.told());
    }
});

row!(no_war_of_1999_in_2022, r => {
    for e in r.events("A NATO-led intervention in 1999") {
        assert!(!e.in_year("2022"), "{}", e.told());
        assert!(!e.happened() || e.is_background(), "{}", e.told());
    }
});

row!(no_person_vucicofi_and_no_actor_date, r => {
    for actor in r.list("actors") {
        let name = actor["name"].as_str().unwrap();
        assert!(!name.contains("Vučicofi") && !name.eq_ignore_ascii_case("date"), "{actor:#}");
    }
});

row!(nothing_is_coded_from_the_repeated_paragraph, r => {
    let again = r.sentences("A NATO-led intervention in 1999")[1];
    assert!(r.all().all(|e| e.sentence() != again));
});
