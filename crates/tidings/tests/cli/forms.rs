//! Every command reads every form; `tidings fetch` asks only what it may.

use crate::adding::column;
use crate::run::{Folder, fed, root, tidings};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

#[test]
fn the_examples_of_other_forms_are_read() {
    let folder = root().join("examples/forms");
    let coded = tidings(["code".as_ref(), folder.as_os_str()]).exits(0).json();
    let ids: Vec<&str> = coded.iter().map(|c| c["report"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["strait-wire-1", "strait-wire-2", "strait-page", "table-2", "table-3"]);
    for report in &coded {
        assert!(report["report"]["published"].as_str().unwrap().starts_with("2031-"), "{report}");
        assert!(!report["events"].as_array().unwrap().is_empty(), "{report}");
    }
}

#[test]
fn columns_are_told_on_the_command_line() {
    let table = "when,Artikel\n2031-04-02,Peru condemned Ecuador on Tuesday.\n2031-04-03,x,y\n";
    let run = fed(["code", "-", "--columns", "text=Artikel,date=when"], table.as_bytes());
    // What comes in by standard input bears no name: the heading must be known by its columns.
    assert_eq!(run.code, 2, "{run:#?}");
    let coded = run.json();
    assert_eq!(coded[0]["report"]["published"], "2031-04-02");
    run.complains_of(&["standard input, line 3: has 3 fields where the heading has 2"]);
    let run = tidings(["code", "x.csv", "--columns", "words=Body"]).exits(1);
    run.complains_of(&["\"words\" is no field of a report"]);
}

#[test]
fn a_packed_folder_is_added_like_any_other() {
    let folder = Folder::new();
    let record = folder.name("r.tidings");
    let forms = root().join("examples/forms");
    let table = std::fs::read(forms.join("table.csv")).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&table).unwrap();
    let packed = folder.with("table.csv.gz", packed.finish().unwrap());
    let run = tidings(["add", &packed, "--record", &record]).exits(0);
    assert!(run.out.starts_with("2 reports added"), "{}", run.out);
    let plain = forms.join("table.csv");
    let run = tidings(["add", plain.to_str().unwrap(), "--record", &record]).exits(0);
    assert!(run.out.contains("2 known already"), "{}", run.out);
}

#[test]
fn a_feed_is_fetched_and_this_machine_is_refused_unless_it_is_allowed() {
    let feed = std::fs::read_to_string(root().join("examples/forms/strait-feed.xml")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/strait.xml", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let length = feed.len();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close");
            let _ = write!(stream, "{head}\r\n\r\n{feed}");
        }
    });
    let folder = Folder::new();
    let record = folder.name("r.tidings");
    let run = tidings(["fetch", &address, "--record", &record]).exits(1);
    run.complains_of(&["leads to 127.0.0.1", "--allow-private"]);
    let fetch = ["fetch", &address, "--record", &record, "--allow-private"];
    let run = tidings(fetch).exits(0);
    assert!(run.out.starts_with("2 reports added"), "{}", run.out);
    let run = tidings(fetch).exits(0);
    assert!(run.out.contains("2 known already"), "{}", run.out);
    let ids = column(&record, "SELECT id FROM report ORDER BY id");
    assert_eq!(ids, ["strait-wire-1", "strait-wire-2"]);
}
