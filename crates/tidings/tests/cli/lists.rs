//! The user's own lists: actors, a lexicon, PETRARCH's dictionaries. All of them invented.

use crate::run::{Folder, root, tidings};
use serde_json::Value;

/// Source, code and target of each event of the only report.
fn events(reports: &[Value]) -> Vec<String> {
    let report = &reports[0];
    let name = |ids: &Value| {
        let names = ids.as_array().unwrap().iter();
        let names =
            names.map(|id| report["actors"][id.as_u64().unwrap() as usize]["name"].as_str());
        names.map(Option::unwrap).collect::<Vec<_>>().join("+")
    };
    let told = |event: &Value| {
        let code = event["cameo"].as_str().unwrap();
        format!("{} {code} {}", name(&event["source"]), name(&event["target"]))
    };
    report["events"].as_array().unwrap().iter().map(told).collect()
}

const ACTORS: &str = "ARDEN [ARD]\nBRONA [BRO]\n+BRONAN\nCARRICK [CAR]\nTWIN_ISLES [TWA/TWB]\n\
    OTTO BRANDT [ARDELI]\n\t[ARDGOV 20300101-20311231]\nBROKEN\n";
const AGENTS: &str = "!PERSON! = MAN, WOMAN\nSOLDIER [~MIL]\nGOVERNMENT [~GOV]\nENVOY [~GOV]\n\
    RELIEF_BODY {RELIEF_BODIES} [NGO~]\nLAW!PERSON! [~LEG]\nPRESS {} [~MED]\n";
const DISCARDS: &str = "+REGATTA\nYEARS AGO\n";
const VERBS: &str = "\
&GIFTS
+RICE
+FIELD GUN

--- BREAK [170] ---
BREAK {BROKE BROKEN BREAKS}
+BREAK_OFF {+BROKE_OFF} [160]
- * TIES [161]
- NOT_* TIES [040]

--- ATTACK [190] ---
ATTACK

--- MEET [031:032] ---
MEET {MET}
- % * [030:030]

--- SEND [070] ---
SEND {SENT}
- * &GIFTS TO + [071]
- + WAS * &GIFTS BY $ [072]
- * BACK [---]

--- CONDEMN [122] ---
CONDEMN

--- GREET [W7] ---
GREET
";

fn coded_on(date: &str, text: &str) -> Vec<String> {
    let folder = Folder::new();
    folder.with("d/actors.txt", ACTORS);
    folder.with("d/agents.txt", AGENTS);
    folder.with("d/discards.txt", DISCARDS);
    folder.with("d/verbs.txt", VERBS);
    let report = folder.with("r.txt", format!("Date: {date}\n\n{text}\n"));
    let run = tidings(["code", &report, "--petrarch", &folder.name("d")]).exits(0);
    events(&run.complains_of(&["actors.txt, line 8", "'BROKEN' has no code"]).json())
}

#[track_caller]
fn codes(text: &str, expected: &[&str]) {
    assert_eq!(coded_on("2031-05-06", text), expected, "{text}");
}

#[test]
fn a_verb_codes_with_its_own_code_or_a_pattern_s() {
    codes("Arden attacked Brona.", &["ARD 190 BRO"]);
    codes("Arden broke ties with Brona.", &["ARD 161 BRO"]);
    codes("Arden broke off ties with Brona.", &["ARD 161 BRO"]);
    codes("Arden broke a promise to Brona.", &["ARD 170 BRO"]);
    codes("Arden has not broken ties with Brona.", &["ARD 040 BRO"]);
    codes("Arden sent field guns to Brona.", &["ARD 071 BRO"]);
    codes("Arden attacks had ended.", &[]);
}

#[test]
fn agents_join_the_codes_of_their_actors() {
    codes("The Arden government condemned Bronan soldiers.", &["ARDGOV 122 BROMIL"]);
    codes("Soldiers from Arden attacked Brona's press.", &["ARDMIL 190 BROMED"]);
    codes("Lawmen in Arden condemned Brona.", &["ARD 122 BRO"]);
    codes(
        "The envoys of Arden and Carrick condemned Brona.",
        &["ARDGOV 122 BRO", "CARGOV 122 BRO"],
    );
    codes("A relief body in Arden condemned Brona.", &["NGOARD 122 BRO"]);
    codes("Former Arden soldiers condemned Brona.", &["ARDELI 122 BRO"]);
    codes("Soldiers attacked Brona.", &["---MIL 190 BRO"]);
}

#[test]
fn codes_of_actors_hang_on_the_day() {
    let on = |date: &str| coded_on(date, "Otto Brandt condemned Brona.");
    assert_eq!(on("2031-12-31"), ["ARDGOV 122 BRO"]);
    assert_eq!(on("2032-01-01"), ["ARDELI 122 BRO"]);
}

#[test]
fn passives_turn_source_and_target() {
    codes("Brona was attacked by Arden.", &["ARD 190 BRO"]);
    codes("Brona was condemned over the treaty with Arden.", &["BRO 122 ARD"]);
}

#[test]
fn compounds_act_each_for_itself() {
    codes("Arden and Brona attacked Carrick.", &["ARD 190 CAR", "BRO 190 CAR"]);
    codes("Arden condemned Brona and Carrick.", &["ARD 122 BRO", "ARD 122 CAR"]);
    codes("Arden met Brona.", &["ARD 031 BRO", "BRO 032 ARD"]);
    codes("Arden and Brona met on Monday.", &["ARD 030 BRO", "BRO 030 ARD"]);
    codes("The Twin Isles attacked Arden.", &["TWA 190 ARD", "TWB 190 ARD"]);
    codes("Arden condemned Brona and attacked Carrick.", &["ARD 122 BRO", "ARD 190 CAR"]);
}

#[test]
fn what_says_nothing_codes_nothing() {
    codes("Arden sent back the Bronan envoys.", &[]);
    codes("The fog attacked the coast.", &[]);
    codes("Arden attacked Brona ten years ago. Brona attacked Arden.", &["BRO 190 ARD"]);
    codes("Arden attacked Brona. Carrick won the regatta.", &[]);
    codes("Arden attacked Brona, a Carrick envoy said on Monday.", &["ARD 190 BRO"]);
}

#[test]
fn a_code_that_is_not_of_cameo_has_no_plover_reading() {
    let folder = Folder::new();
    folder.with("d/actors.txt", "ARDEN [ARD]\nBRONA [BRO]\n");
    folder.with("d/verbs.txt", VERBS);
    let report = folder.with("r.txt", "Date: 2031-05-06\n\nArden greeted Brona.\n");
    let run = tidings(["code", &report, "--petrarch", &folder.name("d")]).exits(0).json();
    let event = &run[0]["events"][0];
    assert_eq!(
        (&event["event"], &event["cameo"], &event["quad"]),
        (&"".into(), &"W7".into(), &0.into())
    );
    let schema = std::fs::read_to_string(root().join("docs/coded-report.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&run[0]));
    let brief = tidings(["brief", &report, "--petrarch", &folder.name("d")]).exits(0).out;
    assert!(brief.contains("ARD → BRO"), "{brief}");
}

#[test]
fn own_actors_stand_before_the_program_s() {
    let folder = Folder::new();
    let list = folder.with(
        "mine.tsv",
        "# invented\nHamas\tPER\tNGO\t\nOrla Kest\tISL\tMIL admiral 2030..\t~\nNobody\tXXX\tGOV\n",
    );
    let report = folder.with(
        "r.txt",
        "Date: 2031-05-06\n\nHamas condemned Iceland. Orla Kest accused Norway of spying.\n",
    );
    let run = tidings(["code", &report, "--actors", &list]).exits(0);
    let run = run.complains_of(&["mine.tsv, line 4: 'XXX' is no country"]);
    let reports = run.json();
    let actor = |name: &str| {
        let all = reports[0]["actors"].as_array().unwrap();
        let found = all.iter().find(|a| a["name"] == name).cloned();
        found.unwrap_or_else(|| panic!("no {name}: {all:?}"))
    };
    assert_eq!(actor("Hamas")["country"], "PER");
    assert_eq!(actor("Hamas")["sectors"][0], "NGO");
    assert_eq!(actor("Orla Kest")["sectors"][0], "MIL");
}

#[test]
fn own_frames_and_classes_stand_before_the_program_s() {
    let folder = Folder::new();
    folder.with(
        "lex/events/reefs.txt",
        "[057]\nS moon T! = Peru mooned Chile.\nS condemn T = x.\nS &wave T\n",
    );
    folder.with("lex/world/agents.tsv", "MIL\tperson\tmoonraker\n");
    folder.with("lex/places/cities.tsv", "Nowhere\n");
    let report =
        folder.with("r.txt", "Date: 2031-05-06\n\nPeru mooned Chile. Peru condemned Chile.\n");
    let run = tidings(["code", &report, "--lexicon", &folder.name("lex")]).exits(0);
    let run = run.complains_of(&["reefs.txt, line 4: no example", "cities.tsv, line 1: not read"]);
    assert_eq!(events(&run.json()), ["Peru 057 Chile", "Peru 057 Chile"]);
}

#[test]
fn lists_that_cannot_be_used_are_named() {
    let folder = Folder::new();
    let report = folder.with("r.txt", "Date: 2031-05-06\n\nPeru condemned Chile.\n");
    folder.with("d/actors.txt", ACTORS);
    let run = tidings(["code", &report, "--petrarch", &folder.name("d")]);
    run.exits(1).complains_of(&["no PETRARCH verb dictionary", "--actors"]);
    let run = tidings(["code", &report, "--actors", &folder.name("none.tsv")]);
    run.exits(1).complains_of(&["none.tsv", "cannot be read"]);
    let run = tidings(["brief", &report, "--lexicon", &folder.name("none")]);
    run.exits(1).complains_of(&["none", "cannot be read"]);
}

#[test]
fn the_check_names_what_is_wrong_with_file_and_line() {
    let folder = Folder::new();
    folder.with(
        "lex/events/reefs.txt",
        "[190]\nS ram T! = A.\nS sink T! = A.\n[191]\nS ram T! = B.\n",
    );
    folder.with("lex/world/people/islands.tsv", "Otto Quispe\tXXX\tminister 2029..\n");
    let run = tidings(["lexicon", "check", &folder.name("lex")]).exits(2);
    assert!(run.out.contains("reefs.txt, line 5: contradictory: "), "{}", run.out);
    assert!(run.out.contains("islands.tsv, line 1: unparsable: 'XXX'"), "{}", run.out);
    let run = tidings(["lexicon", "check", &folder.name("lex"), "--format", "json"]).exits(2);
    let faults: Vec<Value> = run.json().iter().map(|f| f["fault"].clone()).collect();
    assert_eq!(faults, ["contradictory", "unparsable"]);

    let good = folder.with("verbs.txt", "--- RAM [190] ---\nRAM\n- * BOAT [191]\n");
    assert_eq!(tidings(["lexicon", "check", &good]).exits(0).out, "nothing found\n");
    let run = tidings(["lexicon", "check", &folder.name("none")]);
    run.exits(1).complains_of(&["none", "cannot be read"]);
}

/// The examples of `docs/lexicon.md`: files are written, commands run, lines looked for.
#[test]
fn the_examples_of_the_document_are_real() {
    let text = std::fs::read_to_string(root().join("docs/lexicon.md")).unwrap();
    let folder = Folder::new();
    let (mut shown, mut checked) = (String::new(), 0);
    for block in text.split("```").skip(1).step_by(2) {
        let (head, body) = block.split_once('\n').unwrap();
        match head.split_once(' ') {
            Some(("text", file)) => drop(folder.with(file, body)),
            _ if head == "sh" => {
                let run = std::process::Command::new(env!("CARGO_BIN_EXE_tidings"))
                    .args(body.trim().split(' ').skip(1))
                    .current_dir(folder.path())
                    .output()
                    .unwrap();
                shown = String::from_utf8([run.stdout, run.stderr].concat()).unwrap();
            }
            _ => {
                for line in body.lines() {
                    assert!(shown.contains(line), "not shown: {line}\n{shown}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 6);
}
