use crate::run::root;
use std::process::Command;

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

/// A folder like the project's.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(root().join("examples"), place.path().join("examples")).unwrap();
    place
}

/// Runs a `tidings` command there and gives what it printed.
fn shown(command: &str, place: &tempfile::TempDir) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_tidings"))
        .args(command.split_whitespace())
        .current_dir(place.path())
        .output()
        .unwrap();
    assert!(run.status.success(), "tidings {command}: {run:?}");
    String::from_utf8(run.stdout).unwrap()
}

/// Every `tidings` command that the README shows does what it says.
#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_work() {
    let readme = readme();
    let commands: Vec<&str> =
        readme.lines().filter_map(|line| line.trim().strip_prefix("tidings ")).collect();
    assert!(commands.len() >= 2, "the README shows the two commands");
    // One after the other in one place: what one keeps, the next asks for.
    let place = place();
    commands.into_iter().for_each(|command| drop(shown(command, &place)));
}

/// What the README shows of a brief, and of the way to an event, is what is printed.
#[cfg(unix)]
#[test]
fn the_pages_of_the_readme_are_real() {
    is_part_of("```text brief\n", "brief examples/reports");
    is_part_of("```text explain\n", "code examples/reports/2031-04-02-gulf-accord.txt --explain");
}

/// The lines of the block stand in the page in that order; a line of "…" leaves some out.
#[cfg(unix)]
#[track_caller]
fn is_part_of(block: &str, command: &str) {
    let readme = readme();
    let Some((_, block)) = readme.split_once(block) else { return };
    let page = shown(command, &place());
    let mut lines = page.lines();
    for line in block.lines().take_while(|line| *line != "```") {
        let found = line.trim() == "…" || lines.any(|real| real == line);
        assert!(found, "the page has no line like this, or not here: {line:?}");
    }
}
