//! `tidings add`: what the record holds afterwards, whatever happened on the way.

use crate::run::{Folder, TALKS, examples, tidings};
use rusqlite::{Connection, OpenFlags};
use std::process::{Command, Stdio};
use std::time::Duration;

/// The record opened as another program would.
pub fn open(file: &str) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

pub fn column(file: &str, question: &str) -> Vec<String> {
    let db = open(file);
    let mut statement = db.prepare(question).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, Option<String>>(0)).unwrap();
    rows.map(|value| value.unwrap().unwrap_or_default()).collect()
}

fn number(file: &str, question: &str) -> i64 {
    open(file).query_row(question, [], |row| row.get(0)).unwrap()
}

/// Every report has all its parts, and every event of a report in force its incident.
pub fn assert_whole(file: &str) {
    assert_eq!(column(file, "PRAGMA integrity_check"), ["ok"]);
    let halves = "SELECT count(*) FROM report WHERE NOT EXISTS
        (SELECT 1 FROM sentence WHERE sentence.report = report.report)";
    assert_eq!(number(file, halves), 0, "reports without sentences");
    assert_eq!(number(file, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let loose = "SELECT count(*) FROM event JOIN report USING (report)
        WHERE (incident IS NULL) <> (superseded_by IS NOT NULL OR corrected & 8)";
    assert_eq!(number(file, loose), 0, "events without incidents");
    let unsettled = "SELECT count(*) FROM incident WHERE status = '' OR mentions <>
        (SELECT count(*) FROM event WHERE event.incident = incident.incident)";
    assert_eq!(number(file, unsettled), 0, "incidents that miscount their events");
}

/// Everything in the record that other programs see, but for row numbers.
pub fn contents(file: &str) -> Vec<String> {
    let mut all = Vec::new();
    for view in ["events", "claims", "incidents"] {
        let db = open(file);
        let mut rows = db.prepare(&format!("SELECT * FROM {view} ORDER BY id")).unwrap();
        let width = rows.column_count();
        let told = rows.query_map([], |row| {
            let values = (0..width).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
            Ok(values.collect::<Vec<_>>().join("|"))
        });
        all.extend(told.unwrap().map(Result::unwrap));
    }
    all
}

/// Many short reports, no two alike.
pub fn many(count: usize) -> String {
    let places = ["Tumbes", "Guayaquil", "Lima", "Quito", "Bogota", "Machala"];
    let mut lines = String::new();
    for at in 0..count {
        let (place, day) = (places[at % places.len()], at % 28 + 1);
        let text = format!(
            "Troops of Peru shelled trawler number {at} near {place} on Monday, killing {} sailors. \
             Ecuador's navy, which lost {} boats in {}, said it would answer. The harbour master of \
             pier {at} said that {} people had fled to shed {}.",
            at % 9 + 2,
            at * 7 % 31,
            1900 + at % 100,
            at * 13,
            at * 3,
        );
        lines += &format!(
            "{{\"id\":\"r{at}\",\"date\":\"2031-03-{day:02}\",\"source\":\"Wire {}\",\"text\":\"{text}\"}}\n",
            at % 5
        );
    }
    lines
}

#[test]
fn adding_twice_changes_nothing() {
    let folder = Folder::new();
    let record = folder.name("gulf.tidings");
    let run = tidings(["add", &examples(), "--record", &record]).exits(0);
    assert!(run.out.starts_with("17 reports added"), "{}", run.out);
    assert_whole(&record);
    let before = contents(&record);
    let run = tidings(["add", &examples(), "--record", &record]).exits(0);
    assert!(run.out.starts_with("0 reports added") && run.out.contains("17 known"), "{}", run.out);
    assert_eq!(contents(&record), before);
}

#[test]
fn the_same_report_under_another_name_is_known() {
    let folder = Folder::new();
    let (a, b) = (folder.with("a.txt", TALKS), folder.with("b/c.txt", TALKS));
    let record = folder.name("r.tidings");
    let run = tidings(["add", &a, &b, "--record", &record]).exits(0);
    assert!(run.out.starts_with("1 report added") && run.out.contains("1 known"), "{}", run.out);
}

#[test]
fn a_new_version_takes_the_place_of_the_old_which_is_kept() {
    let folder = Folder::new();
    let record = folder.name("r.tidings");
    let line = |id: &str, url: &str, count: &str| {
        let text = format!(
            "A Peruvian warship shelled two trawlers of Ecuador on Monday, killing {count} fishermen."
        );
        format!(
            "{{\"id\":\"{id}\",\"url\":{url},\"date\":\"2031-03-11\",\"source\":\"Wire\",\"text\":\"{text}\"}}\n"
        )
    };
    let versions = [
        ("a", "null", "three"),
        ("a", "null", "five"),
        ("b", "\"http://x.example/1\"", "seven"),
        ("c", "\"http://x.example/1\"", "nine"),
    ];
    for (id, url, count) in versions {
        let file = folder.with("r.jsonl", line(id, url, count));
        tidings(["add", &file, "--record", &record]).exits(0);
    }
    assert_whole(&record);
    assert_eq!(number(&record, "SELECT count(*) FROM report"), 4);
    assert_eq!(column(&record, "SELECT id FROM report WHERE superseded_by IS NULL"), ["a", "c"]);
    let figures =
        "SELECT DISTINCT cast(value AS INTEGER) || '' FROM quantity JOIN event USING (event)
        WHERE incident IS NOT NULL AND kind = 'killed' ORDER BY value";
    assert_eq!(column(&record, figures), ["5", "9"]);
    // The incident of the old version lives on in the new one.
    assert_eq!(
        number(
            &record,
            "SELECT count(*) FROM incident WHERE action IN
        (SELECT action FROM action WHERE event = 'ASSAULT')"
        ),
        1
    );
}

#[test]
fn two_papers_with_one_agency_text_are_one_source() {
    let folder = Folder::new();
    let story = "A Peruvian warship shelled two trawlers of Ecuador near Tumbes on Monday, killing three \
        fishermen and wounding five. Ecuador's president called it a crime and recalled his ambassador.";
    let report =
        |source: &str, text: &str| format!("Date: 2031-03-11\nSource: {source}\n\n{text}\n");
    folder.with("in/a.txt", report("Quito Mail", story));
    folder.with(
        "in/b.txt",
        report("Lima Post", &format!("TUMBES - {story} Reporting by our staff.")),
    );
    folder.with(
        "in/c.txt",
        report(
            "Cuenca Star",
            "Three fishermen of Ecuador died near Tumbes on Monday \
        when the navy of Peru attacked their trawlers.",
        ),
    );
    let record = folder.name("r.tidings");
    let run = tidings(["add", &folder.name("in"), "--record", &record]).exits(0);
    assert!(run.out.contains("1 copy of another"), "{}", run.out);
    assert_whole(&record);
    let attack =
        "SELECT reports || ' reports, ' || sources || ' sources, ' || status FROM incidents
        WHERE event = 'ASSAULT'";
    assert_eq!(column(&record, attack), ["3 reports, 2 sources, confirmed"]);
}

#[test]
fn killed_at_any_instant_it_holds_whole_reports_and_goes_on() {
    let folder = Folder::new();
    let reports = folder.with("r.jsonl", many(400));
    let (killed, whole) = (folder.name("killed.tidings"), folder.name("whole.tidings"));
    tidings(["add", &reports, "--record", &whole]).exits(0);
    for wait in [1, 3, 10, 20, 40, 60, 90, 120, 150, 200] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_tidings"));
        run.args(["add", &reports, "--record", &killed]).stdout(Stdio::null());
        let mut run = run.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        run.kill().unwrap();
        run.wait().unwrap();
        let made = Connection::open(&killed).unwrap();
        if made.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, i64>(0)) != Ok(0)
        {
            assert_whole(&killed);
        }
    }
    tidings(["add", &reports, "--record", &killed]).exits(0);
    assert_whole(&killed);
    assert_eq!(contents(&killed), contents(&whole));
}

/// No file may grow beyond a limit, which is what a full disk is to a program.
#[test]
#[cfg(unix)]
fn with_no_room_left_it_says_so_holds_whole_reports_and_goes_on() {
    let folder = Folder::new();
    let reports = folder.with("r.jsonl", many(400));
    let (full, whole) = (folder.name("full.tidings"), folder.name("whole.tidings"));
    tidings(["add", &reports, "--record", &whole]).exits(0);
    // In blocks of 512 bytes; the second is less than the file has by then.
    for blocks in ["700", "600", "1500", "2500"] {
        let limited = "trap '' XFSZ; ulimit -f $0; exec \"$@\"";
        let program = env!("CARGO_BIN_EXE_tidings");
        let run = Command::new("sh")
            .args(["-c", limited, blocks, program, "add", &reports, "--record", &full])
            .output()
            .unwrap();
        let told = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(1), "{blocks}: {told}");
        assert!(told.contains("full.tidings: ") && told.contains("space"), "{blocks}: {told}");
        assert_whole(&full);
    }
    tidings(["add", &reports, "--record", &full]).exits(0);
    assert_whole(&full);
    assert_eq!(contents(&full), contents(&whole));
}

#[test]
fn a_second_writer_waits_and_says_so_and_readers_do_not() {
    let folder = Folder::new();
    let (report, record) = (folder.with("a.txt", TALKS), folder.name("r.tidings"));
    tidings(["add", &examples(), "--record", &record]).exits(0);
    let first = Connection::open(&record).unwrap();
    first.execute_batch("BEGIN IMMEDIATE; UPDATE report SET title = 'x'").unwrap();
    let mut second = Command::new(env!("CARGO_BIN_EXE_tidings"));
    second
        .args(["add", &report, "--record", &record])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let second = second.spawn().unwrap();
    assert_eq!(number(&record, "SELECT count(*) FROM report WHERE title = 'x'"), 0);
    std::thread::sleep(Duration::from_millis(700));
    first.execute_batch("ROLLBACK").unwrap();
    let left = second.wait_with_output().unwrap();
    let told = String::from_utf8(left.stderr).unwrap();
    assert!(told.contains("another tidings is writing to the record; waiting"), "{told}");
    assert_eq!(left.status.code(), Some(0));
    assert_eq!(number(&record, "SELECT count(*) FROM report"), 18);
}

#[test]
fn what_is_no_record_is_refused() {
    let folder = Folder::new();
    let (report, text) =
        (folder.with("a.txt", TALKS), folder.with("b.txt", "no record".repeat(200)));
    let run = tidings(["add", &report, "--record", &text]).exits(1);
    run.complains_of(&["b.txt", "is no record of tidings"]);
    let nowhere = folder.name("none/r.tidings");
    let run = tidings(["add", &report, "--record", &nowhere]).exits(1);
    run.complains_of(&["r.tidings", "cannot be opened", "check the name"]);
}
