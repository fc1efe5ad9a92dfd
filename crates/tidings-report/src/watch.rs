//! What appears in a folder.

use crate::readers::files_of;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A folder that is looked at again and again, and what was seen there.
///
/// A file is given out once it has kept its size and time from one look to the next, for until then
/// somebody may still be writing it; and given out again after it has changed.
#[derive(Debug)]
pub struct Watch {
    folder: PathBuf,
    seen: HashMap<PathBuf, Seen>,
    /// A file passed over, with those whose names begin with its own.
    but: Option<PathBuf>,
}

#[derive(Debug, PartialEq)]
struct Seen {
    size: u64,
    changed: Option<SystemTime>,
    given: bool,
}

impl Watch {
    /// Begins to watch; nothing of what is there counts as seen.
    pub fn of(folder: &Path) -> Watch {
        Watch { folder: folder.to_path_buf(), seen: HashMap::new(), but: None }
    }

    /// Passes over what is written in the folder besides reports: a file, with its journals (`FILE-wal`).
    pub fn but(mut self, file: &Path) -> Watch {
        self.but = self.within(file);
        self
    }

    /// The file as it is met on the way through the folder, if it lies there.
    fn within(&self, file: &Path) -> Option<PathBuf> {
        let parent = file.parent().filter(|p| !p.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new(".")).canonicalize().ok()?;
        let below = parent.strip_prefix(self.folder.canonicalize().ok()?).ok()?.to_path_buf();
        Some(self.folder.join(below).join(file.file_name()?))
    }

    fn passes_over(&self, path: &Path) -> bool {
        self.but.as_ref().is_some_and(|but| {
            let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned());
            path.parent() == but.parent()
                && name(path).zip(name(but)).is_some_and(|(name, but)| name.starts_with(&but))
        })
    }

    /// The files, of the folder and all below it, that are new or changed and still by now, in the order of
    /// their names. A file that is gone is forgotten.
    ///
    /// # Errors
    /// If the folder cannot be read. One below it that cannot is passed over, for it may be going away.
    pub fn look(&mut self) -> io::Result<Vec<PathBuf>> {
        let (mut now, mut still) = (HashMap::new(), Vec::new());
        let mut left = files_of(&self.folder)?;
        left.reverse();
        while let Some(path) = left.pop() {
            if self.passes_over(&path) {
                continue;
            }
            let Ok(about) = std::fs::metadata(&path) else { continue };
            if about.is_dir() {
                left.extend(files_of(&path).unwrap_or_default().into_iter().rev());
                continue;
            }
            let mut seen = Seen { size: about.len(), changed: about.modified().ok(), given: false };
            if let Some(before) = self.seen.get(&path)
                && (before.size, before.changed) == (seen.size, seen.changed)
            {
                if !before.given {
                    still.push(path.clone());
                }
                seen.given = true;
            }
            now.insert(path, seen);
        }
        self.seen = now;
        Ok(still)
    }

    /// How many files are still growing, or were seen for the first time.
    pub fn unsettled(&self) -> usize {
        self.seen.values().filter(|seen| !seen.given).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{create_dir, remove_file, write};

    #[test]
    fn a_file_is_given_out_once_it_is_still_and_again_once_it_changed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mut watch = Watch::of(folder.path());
        let mut look = || -> Vec<String> {
            let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
            watch.look().unwrap().iter().map(name).collect()
        };
        create_dir(at("b")).unwrap();
        for (name, words) in [("c.txt", "x"), ("a.txt", "x"), ("b/d.txt", "x"), (".e", "x")] {
            write(at(name), words).unwrap();
        }
        assert!(look().is_empty(), "all may still be growing");
        write(at("c.txt"), "xy").unwrap();
        assert_eq!(look(), ["a.txt", "d.txt"]);
        assert_eq!(look(), ["c.txt"]);
        assert!(look().is_empty());
        remove_file(at("a.txt")).unwrap();
        write(at("b/d.txt"), "xyz").unwrap();
        assert!(look().is_empty());
        write(at("a.txt"), "x").unwrap();
        assert_eq!(look(), ["d.txt"]);
        assert_eq!(look(), ["a.txt"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        assert!(Watch::of(Path::new("no/such/folder")).look().is_err());
    }
}
