use crate::run::{Folder, TALKS, fed, tidings};

#[test]
fn zero_when_every_report_was_read() {
    let folder = Folder::new();
    let run = tidings(["code", &folder.with("a.txt", TALKS)]).exits(0);
    assert_eq!(run.err, "");
}

#[test]
fn one_when_nothing_could_be_read() {
    let folder = Folder::new();
    for command in ["brief", "code"] {
        let run = tidings([command, &folder.name("missing.txt")]).exits(1);
        let run = run.complains_of(&["missing.txt", "cannot be read", "check the name"]);
        assert_eq!(run.out, "");
    }
}

#[test]
fn two_when_some_failed_and_the_rest_are_done() {
    let folder = Folder::new();
    let good = folder.with("good.txt", TALKS);
    let empty = folder.with("empty.txt", "");
    let run = tidings(["code", &folder.name("gone.txt"), &good, &empty]).exits(2);
    assert_eq!(run.ids(), ["good"]);
    let run = run.complains_of(&["gone.txt", "empty.txt", "empty; it must hold some text"]);
    assert_eq!(run.err.lines().count(), 2, "{}", run.err);
}

#[test]
fn binary_data_are_named() {
    let folder = Folder::new();
    let picture =
        folder.with("p.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06");
    tidings(["code", &picture]).exits(1).complains_of(&["p.png", "binary"]);
}

#[test]
fn a_missing_date_is_told_with_its_remedy() {
    let folder = Folder::new();
    let undated = folder.with("u.txt", "Peru condemned Ecuador.");
    tidings(["code", &undated]).exits(1).complains_of(&["u.txt", "no date", "--date"]);
    let run = tidings(["code", &undated, "--date", "2031-04-02"]).exits(0);
    assert_eq!(run.json()[0]["report"]["published"], "2031-04-02");
}

#[test]
fn a_wrong_date_option_is_a_wrong_call() {
    let run = tidings(["code", "a.txt", "--date", "next week"]).exits(1);
    run.complains_of(&["--date", "next week", "2022-08-21"]);
}

#[test]
fn a_broken_line_of_json_is_named_by_its_number() {
    let folder = Folder::new();
    let good = r#"{"id":"a","date":"2031-04-02","text":"Peru condemned Ecuador."}"#;
    let file = folder.with("r.jsonl", format!("{good}\n{{\"id\": \"b\", \n[1]\n{good}\n"));
    let run = tidings(["code", &file]).exits(2);
    assert_eq!(run.ids(), ["a", "a"]);
    run.complains_of(&["r.jsonl, line 2", "broken JSON", "r.jsonl, line 3"]);
}

#[test]
fn a_file_of_no_reports_is_told() {
    let folder = Folder::new();
    tidings(["code", &folder.with("r.jsonl", "\n\n")]).exits(1).complains_of(&["no report"]);
}

#[test]
fn nothing_to_do_is_a_wrong_call() {
    tidings(["brief"]).exits(1).complains_of(&["PATH"]);
    tidings(["nonsense"]).exits(1).complains_of(&["nonsense"]);
}

#[test]
fn help_and_version_go_to_standard_output() {
    for command in
        ["add", "events", "incidents", "claims", "actors", "show", "brief", "code", "annotate"]
    {
        let run = tidings([command, "--help"]).exits(0);
        let (_, examples) = run.out.split_once("Example").unwrap();
        assert!(examples.contains(&format!("tidings {command}")), "{}", run.out);
    }
    assert!(tidings(["--help"]).exits(0).out.contains("Exit codes: 0 all read"));
    assert!(tidings(["--version"]).exits(0).out.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn empty_standard_input_is_named() {
    fed(["code", "-"], b"").exits(1).complains_of(&["standard input", "empty"]);
}

#[test]
fn an_empty_folder_and_a_file_of_no_words_are_named() {
    let folder = Folder::new();
    let empty = folder.name("none");
    std::fs::create_dir(&empty).unwrap();
    for command in [&["brief"][..], &["code"], &["annotate", "--format", "json"]] {
        let run = tidings([command, &[&empty]].concat()).exits(1);
        run.complains_of(&["none", "holds no files"]);
    }
    let bare = folder.with("bare.conllu", "\n");
    let run = tidings(["annotate", "--pretokenized", "--format", "json", &bare]).exits(1);
    run.complains_of(&["bare.conllu", "holds no words"]);
}

/// `tidings brief reports | head -1`, and a full disk.
#[cfg(target_os = "linux")]
#[test]
fn every_command_ends_well_when_its_output_goes_nowhere() {
    use std::process::{Command, Stdio};
    let examples = crate::run::examples();
    for command in ["brief", "code", "annotate --format conllu", "brief --format json"] {
        let run = |out: Stdio| {
            let mut run = Command::new(env!("CARGO_BIN_EXE_tidings"));
            run.args(command.split(' ')).arg(&examples).stdout(out).stderr(Stdio::piped());
            run.spawn().unwrap()
        };
        let mut child = run(Stdio::piped());
        drop(child.stdout.take());
        let left = child.wait_with_output().unwrap();
        assert_eq!((left.status.code(), left.stderr.as_slice()), (Some(0), &b""[..]), "{command}");
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let full = run(full.into()).wait_with_output().unwrap();
        let told = String::from_utf8(full.stderr).unwrap();
        assert_eq!(full.status.code(), Some(1), "{command}: {told}");
        assert!(told.contains("cannot be written"), "{command}: {told}");
    }
}
