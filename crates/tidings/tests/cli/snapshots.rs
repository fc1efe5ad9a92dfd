//! Whole pages, to see every change of them. `INSTA_UPDATE=always cargo test -p tidings` writes them anew.

use crate::run::{examples, tidings};

fn page(report: &str, args: &[&str]) -> String {
    let path = format!("{}/{report}", examples());
    tidings(args.iter().map(ToString::to_string).chain([path])).exits(0).out
}

#[test]
fn brief_of_one_report() {
    insta::assert_snapshot!(page("2031-03-10-gulf-andina.txt", &["brief"]));
}

#[test]
fn brief_of_a_damaged_report() {
    insta::assert_snapshot!(page("2031-03-15-gulf-stitched.txt", &["brief"]));
}

#[test]
fn brief_in_markdown() {
    insta::assert_snapshot!(page(
        "2031-03-15-gulf-stitched.txt",
        &["brief", "--format", "markdown"]
    ));
}

#[test]
fn way_to_each_event() {
    insta::assert_snapshot!(page("2031-03-10-gulf-litoral.txt", &["code", "--explain"]));
}
