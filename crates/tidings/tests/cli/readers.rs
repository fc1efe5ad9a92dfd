use crate::run::{Folder, TALKS, examples, fed, tidings};
use serde_json::Value;

fn coded(args: &[&str]) -> Vec<Value> {
    tidings([&["code"], args].concat()).exits(0).json()
}

#[test]
fn header_lines_are_read_and_are_no_sentence() {
    let folder = Folder::new();
    let read = &coded(&[&folder.with("a.txt", TALKS)])[0];
    assert_eq!(read["report"]["published"], "2031-04-02");
    assert_eq!(read["report"]["title"], "Talks fail");
    assert_eq!(read["report"]["source"], "Wire");
    assert_eq!(read["sentences"][0]["start"], TALKS.find("Peru").unwrap());
}

#[test]
fn a_header_may_stand_on_the_first_line_before_the_text() {
    let folder = Folder::new();
    let text = "date 2031-04-02 Peru condemned Ecuador.";
    let read = &coded(&[&folder.with("a.txt", text)])[0];
    assert_eq!(read["report"]["published"], "2031-04-02");
    assert_eq!(read["sentences"][0]["start"], 16);
}

#[test]
fn folders_are_read_by_name_and_to_the_bottom() {
    let folder = Folder::new();
    for name in ["c.txt", "a.txt", "b/z.txt"] {
        folder.with(name, TALKS);
    }
    assert_eq!(tidings(["code", &folder.name("")]).exits(0).ids(), ["a", "z", "c"]);
}

#[test]
fn standard_input_holds_a_report_or_lines_of_them() {
    assert_eq!(fed(["code", "-"], TALKS.as_bytes()).exits(0).json().len(), 1);
    let lines = "{\"id\":\"x\",\"date\":\"2031-04-02\",\"text\":\"Peru left.\"}\n".repeat(3);
    assert_eq!(fed(["code", "-"], lines.as_bytes()).exits(0).ids(), ["x", "x", "x"]);
}

#[test]
fn json_lines_may_use_other_names_for_the_fields() {
    let folder = Folder::new();
    let line = r#"{"_id":"n","published":"2031-04-02T08:00:00Z","headline":"H","body":"Peru left.","publisher":"P","link":"https://p.example"}"#;
    let read = &coded(&[&folder.with("r.jsonl", line)])[0];
    let header = &read["report"];
    assert_eq!(header["published"], "2031-04-02");
    assert_eq!(header["title"], "H");
    assert_eq!(header["source"], "P");
    assert_eq!(header["url"], "https://p.example");
}

/// The same words in any encoding give the same record.
#[test]
fn encodings_make_no_difference() {
    let folder = Folder::new();
    let text = "Date: 2031-04-02\n\nPresident Núñez condemned Ecuador’s navy – again. “We left,” he said.\n";
    let utf16 =
        |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(bytes).collect() };
    let windows: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '’' => 0x92,
            '–' => 0x96,
            '“' => 0x93,
            '”' => 0x94,
            c => c as u8,
        })
        .collect();
    let files = [
        folder.with("1/r.txt", text),
        folder.with("2/r.txt", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        folder.with("3/r.txt", [b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat()),
        folder.with("4/r.txt", [b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes)].concat()),
        folder.with("5/r.txt", utf16(u16::to_le_bytes)),
        folder.with("6/r.txt", windows),
    ];
    let read = coded(&files.each_ref().map(String::as_str));
    for (other, file) in read.iter().zip(&files).skip(1) {
        assert_eq!(*other, read[0], "{file} is read otherwise than plain UTF-8");
    }
}

#[test]
fn every_example_is_read() {
    let read = coded(&[&examples()]);
    assert!(read.len() >= 12, "{} reports", read.len());
    for report in &read {
        assert!(report["report"]["published"].as_str().unwrap().starts_with("2031-"), "{report}");
        assert_eq!(report["report"]["language"], "en");
    }
}
