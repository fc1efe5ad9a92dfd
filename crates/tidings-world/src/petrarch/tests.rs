//! Dictionaries invented for these tests.

use super::*;

fn read(files: &[(&str, &str)]) -> (Dictionaries, Vec<String>) {
    let files: Vec<TextFile> = files
        .iter()
        .map(|(name, text)| TextFile { name: (*name).into(), text: (*text).into() })
        .collect();
    let (all, findings) = Dictionaries::read(&files);
    (all, findings.iter().map(ToString::to_string).collect())
}

const ACTORS: &str = "\
<!-- Invented
     islands -->
ARDEN [ARD]  # the first
+REPUBLIC_OF_ARDEN
OTTO BRANDT [ARDELI]
\t[ARDGOV 20300101-20311231]
\t[ARDOPP > 20320101]
\t[ARDMIL < 20300101]
TWIN_ISLES [TWA/TWB]
";

#[test]
fn files_are_told_apart_by_their_look() {
    let kind = |text: &str| kind(&TextFile { name: String::new(), text: text.into() });
    assert_eq!(kind(ACTORS), DictionaryKind::Actors);
    assert_eq!(kind("SOLDIER [~MIL]"), DictionaryKind::Agents);
    assert_eq!(kind("--- RAID [190] ---\nRAID"), DictionaryKind::Verbs);
    assert_eq!(kind("+REGATTA\nYEARS AGO # old"), DictionaryKind::Discards);
}

#[test]
fn an_actor_has_the_code_of_the_day() {
    let (all, problems) = read(&[("actors.txt", ACTORS)]);
    assert!(problems.is_empty(), "{problems:?}");
    let codes = |name: &str, day: &str| {
        let (_, actor) = all.actor_at(&words(name)).unwrap();
        actor.codes_on(Some(day.parse().unwrap())).join("/")
    };
    assert_eq!(codes("Republic of Arden", "2031-01-01"), "ARD");
    assert_eq!(codes("Otto Brandt", "2031-12-31"), "ARDGOV");
    assert_eq!(codes("Otto Brandt", "2032-01-01"), "ARDELI");
    assert_eq!(codes("Otto Brandt", "2032-01-02"), "ARDOPP");
    assert_eq!(codes("Otto Brandt", "2029-12-31"), "ARDMIL");
    assert_eq!(codes("Twin Isles", "2031-01-01"), "TWA/TWB");
}

#[test]
fn agents_have_plurals_and_markers() {
    let (all, problems) = read(&[(
        "agents.txt",
        "!PERSON! = MAN, WOMEN\nCREW!PERSON! [~LAB]\nDEPUTY [~LEG]\nRELIEF_BODY {RELIEF_BODIES} [NGO~]\nPOLICE {} [~COP]\nLOST [] \n",
    )]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("agents.txt, line 6: no code"), "{problems:?}");
    let code = |name: &str| {
        all.agent_at(&words(name)).map(|(_, agent)| (agent.code.clone(), agent.before))
    };
    assert_eq!(code("crewwomen"), Some(("LAB".into(), false)));
    assert_eq!(code("deputies"), Some(("LEG".into(), false)));
    assert_eq!(code("relief bodies"), Some(("NGO".into(), true)));
    assert_eq!(code("polices"), None);
}

#[test]
fn a_verb_has_forms_particles_and_patterns() {
    let (all, problems) = read(&[(
        "verbs.txt",
        "&ARMS\n+GUN\n+FIELD GUN\n\n--- BREAK [170] ---\nBREAK {BROKE BROKEN}\n+BREAK_OFF {+BROKE_OFF} [160]\n- * TIES [161]\n- NOT_* &ARMS [---]\n- * AND &LOST [162]\n- no star [163]\n--- SHELL [194:195] ---\nSHELL\n",
    )]);
    assert_eq!(
        problems,
        [
            "verbs.txt, line 10: the set '&LOST' is nowhere defined",
            "verbs.txt, line 11: a pattern without '*', the place of the verb",
        ]
    );
    let text = words("Arden broke off ties, broke vases and shelled Brona");
    let at = |word: usize| all.verb_at(&text, word).map(|v| v.code.there.clone().unwrap());
    assert_eq!(at(1), Some("160".into()));
    assert_eq!(at(4), Some("170".into()));
    assert_eq!(at(7), Some("194".into()));
    assert_eq!(all.verb_at(&text, 7).unwrap().code.back.as_deref(), Some("195"));
    let patterns = all.patterns(all.verb_at(&text, 1).unwrap());
    assert_eq!(patterns.len(), 2);
    assert!(patterns[0].before_joined && patterns[0].code.there.is_none());
    let Element::Words(arms) = &patterns[0].after[0].element else { panic!() };
    assert!(arms.iter().any(|phrase| **phrase == ["FIELD".to_string(), "GUNS".to_string()]));
}

#[test]
fn discards_throw_away_a_sentence_or_a_report() {
    let (all, _) = read(&[("discards.txt", "+REGATTA # sport\nYEARS AGO\n")]);
    assert_eq!(all.discards(&words("ten years ago")), Some(Discard::Sentence));
    assert_eq!(all.discards(&words("years ago the regatta")), Some(Discard::Report));
    assert_eq!(all.discards(&words("a year ago")), None);
}

#[test]
fn broken_lines_are_named_and_the_rest_load() {
    let (all, problems) = read(&[(
        "actors.txt",
        "ARDEN [ARD]\nNOBODY\nOTTO [ARDGOV 2030-31]\nBRONA [BRO <20301399]\n[LONE]\n",
    )]);
    assert!(all.actor_at(&words("Arden")).is_some());
    assert_eq!(problems.len(), 4, "{problems:?}");
}
