use crate::correcting::Gulf;
use crate::run::{Folder, TALKS, examples, tidings};

#[test]
fn the_page_has_its_sections_even_when_there_is_nothing_to_say() {
    let folder = Folder::new();
    let file = folder.with("a.txt", "Date: 2031-04-02\n\nSnow.");
    let page = tidings(["brief", &file]).exits(0).out;
    assert!(page.starts_with("TIDINGS BRIEF · 1 report, Wednesday 2 April 2031\n"), "{page}");
    for section in
        ["WHAT HAPPENED", "WHAT DID NOT HAPPEN", "CLAIMS", "DATES TO WATCH", "BACKGROUND"]
    {
        assert!(page.contains(section), "{section} is missing:\n{page}");
    }
}

#[test]
fn no_line_of_the_page_is_too_wide() {
    let page = tidings(["brief", &examples()]).exits(0).out;
    for line in page.lines() {
        assert!(line.chars().count() <= 92, "too wide: {line}");
    }
}

#[test]
fn a_failure_leaves_the_rest_of_the_brief() {
    let folder = Folder::new();
    let run = tidings(["brief", &folder.with("a.txt", TALKS), &folder.name("gone.txt")]).exits(2);
    assert!(run.out.contains("TIDINGS BRIEF · 1 report,"), "{}", run.out);
    run.complains_of(&["gone.txt"]);
}

#[test]
fn the_json_form_names_every_report_and_its_period() {
    let brief = &tidings(["brief", &examples(), "--format", "json"]).exits(0).json()[0];
    assert_eq!(brief["reports"].as_array().unwrap().len(), 17);
    assert_eq!(brief["period"]["from"], "2031-03-10");
    assert_eq!(brief["period"]["to"], "2031-11-14");
}

#[test]
fn a_long_page_is_shortened_and_all_of_it_is_there_for_the_asking() {
    let folder = Folder::new();
    let line = |n: usize| {
        let text = format!("Peru attacked Ecuador in month {n} of the war.");
        format!("{{\"id\":\"r{n}\",\"date\":\"2031-04-02\",\"text\":\"{text}\"}}\n")
    };
    let file = folder.with("r.jsonl", (0..200).map(line).collect::<String>());
    let lines = |args: &[&str]| tidings([args, &[&file]].concat()).exits(0).out.lines().count();
    let (short, all) = (lines(&["brief"]), lines(&["brief", "--all"]));
    assert!(short < 800 && all > short, "{short} of {all} lines");
    let page = tidings(["brief", &file]).exits(0).out;
    assert!(
        page.contains("Peru → Ecuador · 200 acts") && page.contains("--all shows them"),
        "{page}"
    );
}

#[test]
fn of_a_record_it_tells_what_the_days_brought() {
    let gulf = Gulf::new();
    let brief = |words: &[&str]| gulf.ask(&[&["brief"], words].concat());
    let told = |since: &str, until: &str| {
        let run = brief(&["--since", since, "--until", until, "--format", "json"]).exits(0);
        run.json().remove(0)
    };
    let attacks = |list: &serde_json::Value| -> Vec<String> {
        let all = list.as_array().unwrap().iter();
        let all = all.filter(|told| told["incident"]["act"]["event"] == "ASSAULT");
        all.map(|told| told["incident"]["id"].as_str().unwrap().to_string()).collect()
    };
    let [first, second] = <[String; 2]>::try_from(gulf.attacks()).unwrap();
    let monday = told("2031-03-11", "2031-03-11");
    assert_eq!(attacks(&monday["new"]), std::slice::from_ref(&first));
    let tuesday = told("2031-03-12", "2031-03-16");
    assert_eq!((attacks(&tuesday["new"]).len(), attacks(&tuesday["changed"])), (0, vec![first]));
    let changed = &tuesday["changed"][0];
    assert_eq!(changed["incident"]["status"], "confirmed");
    assert_eq!(changed["before"]["status"], "reported");
    assert_eq!(changed["figures"][0], "killed 3 (2)");
    assert_eq!(changed["before"]["figures"][0], "killed 3 (1)");
    let page = brief(&["--since", "2031-03-12", "--until", "2031-03-16"]).exits(0).out;
    assert!(page.contains("confirmed, was reported"), "{page}");
    assert!(page.contains("killed 3 (2)") && page.contains("before: killed 3 (1)"), "{page}");
    assert!(page.contains("[b of 2031-03-12 §1]"), "{page}");
    assert_eq!(attacks(&told("2031-03-13", "2031-03-31")["new"]), [second]);
    let whole = brief(&["--format", "markdown", "--all"]).exits(0).out;
    assert!(whole.starts_with("# Tidings brief") && whole.contains("## What changed\n\nNothing."));
    brief(&["--since", "2032-01-01"]).exits(3);
    tidings(["brief"]).exits(1).complains_of(&["PATH"]);
}
