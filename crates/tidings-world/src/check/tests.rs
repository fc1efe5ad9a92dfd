//! Lists invented for these tests.

use super::*;
use crate::{Fault, TextFile};

fn told(lists: OwnLists) -> Vec<String> {
    check(&lists).iter().map(|f| format!("{:?} {f}", f.fault)).collect()
}

fn file(name: &str, text: &str) -> TextFile {
    TextFile { name: name.into(), text: text.into() }
}

#[track_caller]
fn lexicon(path: &str, text: &str, expected: &[&str]) {
    let lexicon = vec![(path.to_string(), file(path, text))];
    let found = told(OwnLists { lexicon, ..OwnLists::default() });
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, begins) in found.iter().zip(expected) {
        assert!(found.starts_with(begins), "{found}");
    }
}

/// What may stand in the program's lexicon is readable, and nothing in it denies another entry.
#[test]
fn the_lexicon_inside_the_program_is_whole() {
    let findings = check_embedded();
    let bad = findings
        .iter()
        .filter(|f| matches!(f.fault, Fault::Unparsable | Fault::Contradictory))
        .map(ToString::to_string);
    let bad: Vec<String> = bad.collect();
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn frames_that_another_comes_before_are_told() {
    lexicon(
        "events/reefs.txt",
        "[190]\nS ram T! = A.\nS sink/ram T! = B.\n[191]\nS ram T! = C.\nS ram T! with boat = D.\n",
        &["Contradictory events/reefs.txt, line 5: 'reefs/s-ram-t' is never reached: 'reefs/ram'"],
    );
    lexicon(
        "events/reefs.txt",
        "[190]\nS ram boat/raft (of T) = A.\nS ram raft of T = B.\n",
        &["Shadowed events/reefs.txt, line 3"],
    );
}

#[test]
fn actors_that_stand_twice_are_told() {
    lexicon(
        "world/organisations.tsv",
        "Reef League\tTON\tNGO\tRL; RL\nLeague\tTON\tNGO\tReef League\nReef League\tFJI\tNGO\n",
        &[
            "Shadowed world/organisations.tsv, line 1: 'RL' stands twice",
            "Shadowed world/organisations.tsv, line 2: 'Reef League' stands in",
        ],
    );
}

#[test]
fn roles_that_deny_each_other_are_told() {
    lexicon(
        "world/groups-armed.tsv",
        "Reef Guard\tTON\tREB ..2021-08-14; GOV 2021-08-15..\nSea Guard\tTON\tREB ..2025; GOV 2021-08-15..\n",
        &["Contradictory world/groups-armed.tsv, line 2: 'GOV 2021-08-15..' and 'REB ..2025'"],
    );
}

#[test]
fn role_nouns_that_deny_each_other_or_are_never_found_are_told() {
    lexicon(
        "world/agents.tsv",
        "MIL\tperson\treefman; keeper of the reefs\nREB\tperson\treefman\nREB\tperson\tRaider\n",
        &[
            "Unreachable world/agents.tsv, line 1: 'keeper of the reefs'",
            "Contradictory world/agents.tsv, line 2: 'reefman'",
            "Unreachable world/agents.tsv, line 3: 'Raider'",
        ],
    );
}

#[test]
fn dictionaries_of_petrarch_are_checked() {
    let verbs = "--- RAM [190] ---\nRAM\n- * BOAT [191]\n- *_BOAT [192]\n- * BOAT [191]\n";
    let actors = "TONGA [TON]\nKINGDOM [TON]\n+TONGA\nTONGA [FJI]\nOTTO [TONGOV 20300101-20321231]\n\
        \t[TONELI 20310101-20310202]\n";
    let petrarch = vec![file("a.txt", actors), file("v.txt", verbs)];
    let found = told(OwnLists { petrarch, ..OwnLists::default() });
    let expected = [
        "Shadowed a.txt, line 2: 'TONGA' stands twice",
        "Contradictory a.txt, line 4: 'TONGA' stands twice",
        "Shadowed a.txt, line 6: a code of 'OTTO'",
        "Contradictory v.txt, line 4: the pattern is never reached",
        "Shadowed v.txt, line 5: the pattern is never reached",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, begins) in found.iter().zip(expected) {
        assert!(found.starts_with(begins), "{found}");
    }
}
