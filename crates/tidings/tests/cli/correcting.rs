//! `tidings correct`: what people set right, and that it lasts.

use crate::adding::{assert_whole, column, contents};
use crate::run::{Folder, Run, tidings};

/// A record of three reports: two tell of one attack, the third of another.
pub struct Gulf {
    folder: Folder,
    pub file: String,
}

impl Gulf {
    pub fn new() -> Gulf {
        let folder = Folder::new();
        let report = |day: &str, source: &str, text: &str| {
            format!("Date: 2031-03-{day}\nSource: {source}\n\n{text}\n")
        };
        let attack = "A Peruvian warship shelled two trawlers of Ecuador near Tumbes on Monday, killing three \
            fishermen. Ecuador recalled its ambassador.";
        folder.with("in/a.txt", report("11", "Quito Mail", attack));
        let again = "Three fishermen of Ecuador died on Monday when the navy of Peru attacked their boats \
            near Tumbes. Quito is angry, and Lima said nothing.";
        folder.with("in/b.txt", report("12", "Cuenca Star", again));
        let other = "The navy of Peru attacked a survey ship of Ecuador near Talara on Saturday, killing two \
            sailors. Brazil condemned Peru.";
        folder.with("in/c.txt", report("17", "Lima Post", other));
        let file = folder.name("gulf.tidings");
        tidings(["add", &folder.name("in"), "--record", &file]).exits(0);
        Gulf { folder, file }
    }

    pub fn ask(&self, words: &[&str]) -> Run {
        tidings(words.iter().copied().chain(["--record", &self.file]))
    }

    pub fn correct(&self, words: &[&str]) -> String {
        let all = ["correct"].iter().chain(words).copied().chain(["--by", "Ana", "--note", "seen"]);
        let run = self.ask(&all.collect::<Vec<_>>()).exits(0);
        assert_whole(&self.file);
        run.out.split([';', ' ']).next().unwrap().to_string()
    }

    /// Ids of the incidents of attacks, by day.
    pub fn attacks(&self) -> Vec<String> {
        column(&self.file, "SELECT id FROM incidents WHERE event = 'ASSAULT' ORDER BY since, id")
    }

    pub fn members(&self, incident: &str) -> Vec<String> {
        let sql =
            format!("SELECT id FROM events WHERE incident = '{incident}' ORDER BY published, id");
        column(&self.file, &sql)
    }

    pub fn name(&self, name: &str) -> String {
        self.folder.name(name)
    }
}

#[test]
fn incidents_are_merged_and_parted_by_hand() {
    let gulf = Gulf::new();
    let before = contents(&gulf.file);
    let attacks = gulf.attacks();
    assert_eq!(attacks.len(), 2, "{attacks:?}");
    let merge = gulf.correct(&["merge", &attacks[1], &attacks[0]]);
    assert_eq!(gulf.attacks(), [attacks[1].clone()]);
    assert_eq!(gulf.members(&attacks[1]).len(), 3);
    let shown = gulf.ask(&["show", &attacks[1]]).exits(0).out;
    assert!(
        shown.contains(&merge) && shown.contains("by Ana") && shown.contains("seen"),
        "{shown}"
    );
    let told = gulf.ask(&["incidents", "--explain", "--event", "ASSAULT"]).exits(0).out;
    assert!(told.contains(&merge) && told.contains("two happenings"), "{told}");
    gulf.correct(&["undo", &merge]);
    assert_eq!(contents(&gulf.file), before);
    gulf.ask(&["correct", "undo", &merge, "--by", "Ana"])
        .exits(1)
        .complains_of(&["undone already"]);
}

#[test]
fn an_event_split_off_founds_an_incident_even_if_it_founded_the_old_one() {
    let gulf = Gulf::new();
    let before = contents(&gulf.file);
    for at in [0, 1] {
        let told = gulf.attacks()[0].clone();
        let events = gulf.members(&told);
        assert_eq!(events.len(), 2);
        let split = gulf.correct(&["split", &told, &events[at]]);
        assert_eq!(gulf.attacks().len(), 3, "{at}");
        let homes = "SELECT count(DISTINCT incident) || '' FROM events WHERE event = 'ASSAULT'";
        assert_eq!(column(&gulf.file, homes), ["3"]);
        gulf.correct(&["undo", &split]);
        let after = contents(&gulf.file);
        assert_eq!(after.len(), before.len(), "{at}");
    }
    let told = gulf.attacks()[0].clone();
    let events = gulf.members(&told);
    let all: Vec<&str> = events.iter().map(String::as_str).collect();
    let split = [&["correct", "split", &told], &all[..], &["--by", "Ana"]].concat();
    gulf.ask(&split).exits(1).complains_of(&["leave one of them"]);
}

#[test]
fn who_and_what_are_set_right_and_taken_back() {
    let gulf = Gulf::new();
    let before = contents(&gulf.file);
    let event = column(
        &gulf.file,
        "SELECT id FROM events WHERE event = 'ASSAULT' AND published = '2031-03-17'",
    );
    let event = event[0].as_str();
    let asked = |what: &str| {
        let row = gulf.ask(&["events", "--format", "jsonl", "--event", what]).exits(0).json();
        row.into_iter().find(|row| row["id"] == event).unwrap_or_else(|| panic!("no {what}"))
    };
    let source = gulf.correct(&["actor", event, "source", "COL MIL", "--name", "Colombian navy"]);
    let row = asked("ASSAULT");
    assert_eq!(row["source"], serde_json::json!(["Colombian navy"]));
    assert_eq!(row["source_country"], serde_json::json!(["COL"]));
    gulf.ask(&["events", "--dyad", "COL:ECU"]).exits(0);
    let target = gulf.correct(&["actor", event, "target", "nobody"]);
    gulf.ask(&["events", "--dyad", "COL:ECU"]).exits(3);
    let code = gulf.correct(&["code", event, "173"]);
    assert_eq!(asked("COERCE")["cameo"], "173");
    let shown = gulf.ask(&["show", event]).exits(0).out;
    assert!(shown.contains("code COERCE 173 in place of ASSAULT"), "{shown}");
    let none = gulf.correct(&["not-an-event", event]);
    gulf.ask(&["events", "--event", "COERCE"]).exits(3);
    assert!(gulf.ask(&["show", event]).exits(0).out.contains(&none));
    for id in [&source, &none, &code, &target] {
        gulf.correct(&["undo", id]);
    }
    assert_eq!(contents(&gulf.file), before);
    let list = gulf.ask(&["correct", "list", "--format", "jsonl"]).exits(0).json();
    let kinds: Vec<&str> = list.iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["actor", "actor", "code", "not-an-event"]);
    assert!(list.iter().all(|row| row["undone_by"] == "Ana" && row["events"][0] == event));
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let gulf = Gulf::new();
    let before = contents(&gulf.file);
    let attack = gulf.attacks()[0].clone();
    let event = gulf.members(&attack)[0].clone();
    for (words, told) in [
        (&["merge", &attack, "i0000000000000000"][..], "there is no incident i0000000000000000"),
        (&["merge", &attack, &attack], "two incidents or more"),
        (&["split", &attack, "e0000000000000000"], "there is no event"),
        (&["actor", &event, "source", "XXX"], "names no actor"),
        (&["code", &event, "999"], "no CAMEO code"),
        (&["undo", "k0000000000000000"], "there is no correction"),
    ] {
        let words = [&["correct"], words, &["--by", "Ana"]].concat();
        gulf.ask(&words).exits(1).complains_of(&[told]);
    }
    gulf.ask(&["correct", "not-an-event", &event]).exits(1).complains_of(&["--by"]);
    gulf.ask(&["correct", "list"]).exits(3);
    tidings(["correct", "list"]).exits(1).complains_of(&["--record FILE is needed"]);
    let none = gulf.name("none.tidings");
    tidings(["correct", "not-an-event", &event, "--by", "A", "--record", &none])
        .exits(1)
        .complains_of(&["no such record"]);
    assert_eq!(contents(&gulf.file), before);
}
