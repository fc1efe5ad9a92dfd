//! `tidings watch`: what appears in a folder, and what is left for later.

use crate::adding::column;
use crate::run::{Folder, TALKS, tidings};
use rusqlite::{Connection, OpenFlags};
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const HELD: &str = "SELECT id FROM report ORDER BY id";

/// A watch that looks every second, ended with the test.
struct Watching(Child);

impl Watching {
    fn of(folder: &str, record: &str) -> Watching {
        let mut watch = Command::new(env!("CARGO_BIN_EXE_tidings"));
        watch.args(["watch", folder, "--record", record, "--every", "1"]);
        Watching(watch.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until the record holds the reports.
#[track_caller]
fn comes_to_hold(record: &str, ids: &[&str]) {
    let begun = Instant::now();
    // It may be only just being made.
    let made = || {
        let db = Connection::open_with_flags(record, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        db.query_row("SELECT count(*) FROM report", [], |row| row.get::<_, i64>(0))
    };
    let holds = || made().is_ok() && column(record, HELD) == ids;
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}: {ids:?}", made());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn once_adds_what_is_there_and_ends() {
    let folder = Folder::new();
    folder.with("in/a.txt", TALKS);
    folder.with("in/below/b.txt", TALKS.replace("Peru", "Chile"));
    let (dir, record) = (folder.name("in"), folder.name("r.tidings"));
    let run = tidings(["watch", &dir, "--record", &record, "--once"]).exits(0);
    assert!(run.out.starts_with("2 reports added"), "{}", run.out);
    let run = tidings(["watch", &dir, "--record", &record, "--once"]).exits(0);
    assert!(run.out.starts_with("0 reports added") && run.out.contains("2 known"), "{}", run.out);
    folder.with("in/c.txt", "No date.");
    let run = tidings(["watch", &dir, "--record", &record, "--once"]).exits(2);
    run.complains_of(&["c.txt", "has no date"]);
}

#[test]
fn an_empty_folder_is_waited_at_and_a_missing_one_is_named() {
    let folder = Folder::new();
    let record = folder.name("r.tidings");
    // The record in the folder is no report.
    tidings(["add", &folder.with("x/a.txt", TALKS), "--record", &record]).exits(0);
    std::fs::remove_file(folder.name("x/a.txt")).unwrap();
    let run = tidings(["watch", &folder.name(""), "--record", &record, "--once"]).exits(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    let run = tidings(["watch", &folder.name("none"), "--record", &record, "--once"]).exits(1);
    run.complains_of(&["none: cannot be read", "check the name"]);
}

#[test]
fn what_appears_is_added_and_what_grows_is_left_until_it_is_still() {
    let folder = Folder::new();
    folder.with("in/a.txt", TALKS);
    let (dir, record) = (folder.name("in"), folder.name("r.tidings"));
    let watching = Watching::of(&dir, &record);
    comes_to_hold(&record, &["a"]);
    // Written bit by bit, never still between two looks.
    let growing = folder.with("in/c.txt", "Date: 2031-04-05\n\n");
    let mut growing = std::fs::File::options().append(true).open(growing).unwrap();
    for at in 0..16 {
        write!(growing, "Peru condemned ship {at} of Ecuador on Tuesday. ").unwrap();
        std::thread::sleep(Duration::from_millis(200));
        assert_eq!(column(&record, HELD), ["a"]);
    }
    folder.with("in/b/b.txt", TALKS.replace("Peru", "Chile"));
    comes_to_hold(&record, &["a", "b", "c"]);
    drop(watching);
    // A new watch goes on where the old one stopped.
    folder.with("in/d.txt", TALKS.replace("Peru", "Bolivia"));
    let _watching = Watching::of(&dir, &record);
    comes_to_hold(&record, &["a", "b", "c", "d"]);
    let whole = "SELECT count(*) || '' FROM report WHERE text LIKE '%ship 15%'";
    assert_eq!(column(&record, whole), ["1"]);
}
