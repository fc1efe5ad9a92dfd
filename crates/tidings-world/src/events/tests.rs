use super::*;

const SMALL: &str = "code\tevent\tmode\tcontext\tgoldstein\tquad\tname\n\
    010\t-\t-\t-\t0\t1\tMake statement\n\
    040\tCONSULT\t-\t-\t1\t1\tConsult\n\
    120\tREJECT\t-\t-\t-4\t3\tReject\n\
    125\tREJECT\tmeet\tdiplomatic\t-5\t3\tReject proposal to meet\n";
const TABLE: &str = "content\tintend\tappeal\tdemand\treject\tthreaten\taccuse\n\
    04\t-\t-\t-\t125\t-\t-\n";

fn small(frames: &str) -> EventLexicon {
    let mut lexicon = EventLexicon::new(SMALL, TABLE, "talks: talk peace_negotiation\n  summit\n");
    lexicon.add("consult", frames);
    lexicon
}

/// Reads one frame and writes it back as head, place and filler.
fn check(pattern: &str, rule: &str, arguments: usize) {
    let lexicon = small(&format!("[040]\n{pattern} = The envoys met in Arden.\n"));
    assert_eq!(lexicon.problems(), []);
    assert_eq!(lexicon.frames()[0].rule, rule);
    assert_eq!(lexicon.frames()[0].arguments.len(), arguments);
}

#[test]
fn patterns() {
    check("P meet", "consult/p-meet", 0);
    check("S visit T", "consult/visit", 1);
    check("S sit_down with T", "consult/sit-down-with", 1);
    check("P hold &talks (with P!)", "consult/p-hold-talks-with-p", 2);
    check("S call on/upon T to DO", "consult/call-on|upon-to-do", 2);
    check("&talks between P", "consult/talks-between-p", 1);
}

#[test]
fn a_class_of_nouns_hangs_on_each_of_its_heads() {
    let lexicon = small("[040]\n&talks between P = Talks between Arden and Brona began.\n");
    for noun in ["talk", "negotiation", "summit"] {
        let word = lexicon.word(noun).unwrap();
        assert_eq!(lexicon.hanging_on(word, Kind::Noun).count(), 1, "{noun}");
        assert_eq!(lexicon.hanging_on(word, Kind::Verb).count(), 0, "{noun}");
    }
}

#[test]
fn broken_lines_are_named_and_the_rest_stands() {
    let lexicon = small(
        "S meet T = too early\n[999]\n[040]\nS meet T\nS see &nobody = x\nS visit T = Ann saw Bo.\n\
         S visit T = Twice.\nS visit T = Thrice.\n",
    );
    let told: Vec<String> = lexicon.problems().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "consult, line 1: a frame before the first section; write [CODE] above it",
            "consult, line 2: '999' is no code of cameo.tsv",
            "consult, line 4: no example; write 'pattern = example sentence'",
            "consult, line 5: no class 'nobody' in classes.txt",
            "consult, line 8: 'consult/s-visit-t' stands in line 7 too",
        ]
    );
    assert_eq!(lexicon.frames().len(), 2);
}

#[test]
fn codes_compose_by_their_longest_prefix() {
    let lexicon = small("");
    let consult = lexicon.code("040").unwrap();
    let refused = lexicon.compose(Operator::Reject, consult).unwrap();
    assert_eq!(lexicon.digits(refused), "125");
    assert_eq!(lexicon.compose(Operator::Appeal, consult), None);
    assert_eq!(lexicon.action(refused, None).unwrap().quad, 3);
    assert_eq!(lexicon.action(lexicon.code("010").unwrap(), None), None);
}

#[test]
fn the_embedded_lexicon_has_no_broken_line() {
    let lexicon = EventLexicon::default();
    let told: Vec<String> = lexicon.problems().iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn every_frame_stands_in_the_file_of_its_plover_type_or_of_idioms() {
    let lexicon = EventLexicon::default();
    for frame in lexicon.frames() {
        let file = frame.rule.split('/').next().unwrap_or_default();
        let Some(action) = lexicon.action(frame.section.code, Some(&frame.section)) else {
            assert!(matches!(file, "idioms" | "meant"), "{}: a mere statement", frame.rule);
            continue;
        };
        assert_eq!(action.event.to_lowercase(), file, "{} line {}", frame.rule, frame.line);
    }
}

#[test]
fn all_twenty_roots_have_frames() {
    let lexicon = EventLexicon::default();
    let senses: usize = lexicon.frames().iter().map(|f| f.heads.len()).sum();
    println!("{} frames, {senses} senses", lexicon.frames().len());
    for root in 1..=20 {
        let root = format!("{root:02}");
        let covered =
            lexicon.frames().iter().any(|f| lexicon.digits(f.section.code).starts_with(&root));
        assert!(covered, "no frame for root {root}");
    }
    assert!(senses >= 5_500, "{senses} senses");
}

/// Every code with an event is coded by some frame or composed from one. What a protest is for (the
/// fourth digit of root 14) is added when acts are merged, in `tidings-coding`.
#[test]
fn every_code_is_reached() {
    let lexicon = EventLexicon::default();
    let operators = [
        Operator::Intend,
        Operator::Appeal,
        Operator::Demand,
        Operator::Reject,
        Operator::Threaten,
        Operator::Accuse,
    ];
    let direct: Vec<Code> = lexicon.frames().iter().map(|frame| frame.section.code).collect();
    let mut reached: Vec<&str> = direct.iter().map(|&code| lexicon.digits(code)).collect();
    for code in direct {
        let composed = operators.iter().filter_map(|&operator| lexicon.compose(operator, code));
        reached.extend(composed.map(|code| lexicon.digits(code)));
    }
    let digits = CAMEO.lines().filter(|line| !line.starts_with(['#', 'c']));
    let missing: Vec<&str> = digits
        .filter_map(|line| line.split('\t').next())
        .filter(|digits| digits.len() > 2 && !(digits.len() == 4 && digits.starts_with("14")))
        .filter(|digits| lexicon.code(digits).and_then(|c| lexicon.action(c, None)).is_some())
        .filter(|digits| !reached.contains(digits))
        .collect();
    assert!(missing.is_empty(), "no frame reaches {missing:?}");
}
