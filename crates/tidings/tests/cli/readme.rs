use crate::run::root;
use std::process::Command;

/// Every `tidings` command that the README shows does what it says, in a folder like the project's.
#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_work() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let place = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(root().join("examples"), place.path().join("examples")).unwrap();
    let commands: Vec<&str> =
        readme.lines().filter_map(|line| line.trim().strip_prefix("tidings ")).collect();
    assert!(commands.len() >= 2, "the README shows the two commands");
    for command in commands {
        let run = Command::new(env!("CARGO_BIN_EXE_tidings"))
            .args(command.split_whitespace())
            .current_dir(place.path())
            .output()
            .unwrap();
        assert!(run.status.success(), "tidings {command}: {run:?}");
    }
}
