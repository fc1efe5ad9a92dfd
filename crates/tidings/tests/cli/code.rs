use crate::run::{Folder, TALKS, examples, tidings};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

fn lines(count: usize) -> String {
    // Reports of very different length: long ones must not be overtaken.
    let one = |n: usize| {
        let text = "Peru condemned Ecuador on Tuesday. ".repeat(1 + (n * 7) % 40);
        format!("{{\"id\":\"r{n}\",\"date\":\"2031-04-02\",\"text\":\"{text}\"}}\n")
    };
    (0..count).map(one).collect()
}

#[test]
fn reports_come_out_in_the_order_they_went_in() {
    let folder = Folder::new();
    let run = tidings(["code", &folder.with("r.jsonl", lines(200))]).exits(0);
    assert_eq!(run.ids(), (0..200).map(|n| format!("r{n}")).collect::<Vec<_>>());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let [a, b] = [(); 2].map(|()| tidings(["code", &examples()]).exits(0).out);
    assert!(a == b, "two runs differ");
}

#[test]
fn predicates_are_told_with_their_factuality_and_source() {
    let folder = Folder::new();
    let text = "Date: 2031-04-02\n\nPeru’s officials said the army attacked the port on Monday. \
        Peru did not leave the talks, but it fears an invasion.\n";
    let run = tidings(["code", &folder.with("a.txt", text), "--with-predicates"]).exits(0);
    let (report, text) = (&run.json()[0], text.chars().collect::<Vec<_>>());
    let all = report["predicates"].as_array().unwrap();
    let of = |lemma: &str| all.iter().find(|p| p["lemma"] == lemma).expect(lemma);
    let number = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let words = |p: &serde_json::Value| {
        text[number(&p["start"])..number(&p["end"])].iter().collect::<String>()
    };
    for (lemma, form, bounds, sources) in [
        ("say", "said", 2.5..=3.0, 0),
        ("attack", "attacked", 2.0..=3.0, 1),
        ("leave", "leave", -3.0..=-2.0, 0),
        ("fear", "fears", 2.0..=3.0, 0),
        ("invasion", "invasion", -1.0..=1.9, 1),
    ] {
        let found = of(lemma);
        assert_eq!(words(found), form);
        assert!(bounds.contains(&found["factuality"].as_f64().unwrap()), "{found}");
        assert_eq!(found["source"].as_array().unwrap().len(), sources, "{found}");
    }
    assert!(all.iter().all(|p| p["lemma"] != "port"), "{all:#?}");
}

#[test]
fn a_file_takes_the_output() {
    let folder = Folder::new();
    let (from, to) = (folder.with("a.txt", TALKS), folder.name("out.jsonl"));
    assert_eq!(tidings(["code", &from, "-o", &to]).exits(0).out, "");
    let direct = tidings(["code", &from]).exits(0).out;
    assert_eq!(std::fs::read_to_string(to).unwrap(), direct);
}

#[test]
fn the_output_never_replaces_a_report_nor_joins_a_folder_of_them() {
    let folder = Folder::new();
    let report = folder.with("reports/a.txt", TALKS);
    let run = tidings(["code", &report, "-o", &report]).exits(1);
    run.complains_of(&["a.txt", "among the reports"]);
    assert_eq!(std::fs::read_to_string(&report).unwrap(), TALKS);
    let inside = folder.name("reports/out.jsonl");
    tidings(["code", &folder.name("reports"), "-o", &inside]).exits(1);
    assert!(!std::path::Path::new(&inside).exists());
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let folder = Folder::new();
    let run = tidings(["code", &folder.with("a.txt", TALKS), "-o", &folder.name("no/such/out")]);
    run.exits(1).complains_of(&["no/such/out", "cannot be written"]);
}

/// A report is written as soon as it is done, while the input is still open.
#[test]
fn a_pipe_that_stays_open_is_answered_line_by_line() {
    let mut child = piped();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for n in 0..3 {
        writeln!(input, "{{\"id\":\"p{n}\",\"date\":\"2031-04-02\",\"text\":\"Peru left.\"}}")
            .unwrap();
        input.flush().unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(line.contains(&format!("\"p{n}\"")), "{line}");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

/// `tidings code - | head -1` on an input that never ends.
#[test]
fn ends_quietly_when_the_reader_of_the_output_leaves() {
    let mut child = piped();
    let mut input = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || {
        let lines = lines(50);
        while input.write_all(lines.as_bytes()).is_ok() {}
    });
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    // The reader is dropped here: the pipe is closed.
    let status = child.wait().unwrap();
    feeder.join().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

fn piped() -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_tidings"))
        .args(["code", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}
