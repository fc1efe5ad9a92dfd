//! What has fired: a file with a line of JSON for each alert, which survives the program.

use super::Alert;
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// What has been told already.
#[derive(Debug)]
pub struct Fired {
    known: HashSet<(String, String)>,
    file: File,
    name: PathBuf,
}

/// Why the file cannot be used, with the remedy.
#[derive(Debug, thiserror::Error)]
#[error("{}: cannot be read or written ({error}); check the name and the permissions", file.display())]
#[allow(missing_docs)]
pub struct StateError {
    pub file: PathBuf,
    pub error: io::Error,
}

impl Fired {
    /// The file of a record: its name with `.alerts` after it.
    pub fn beside(record: &Path) -> PathBuf {
        let mut name = record.as_os_str().to_owned();
        name.push(".alerts");
        PathBuf::from(name)
    }

    /// Opens the file, made where there is none. A last line that was cut short is passed over: its alert is
    /// told again rather than not at all.
    ///
    /// # Errors
    /// If it cannot be read or written.
    pub fn open(name: &Path) -> Result<Fired, StateError> {
        let told = |error| StateError { file: name.to_path_buf(), error };
        let options = OpenOptions::new().read(true).append(true).create(true).open(name);
        let mut file = options.map_err(told)?;
        let mut known = HashSet::new();
        let mut whole = true;
        let mut reader = BufReader::new(&file);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).map_err(told)? > 0 {
            whole = line.ends_with(b"\n");
            let value: Option<serde_json::Value> = serde_json::from_slice(&line).ok();
            let of = |name: &str| Some(value.as_ref()?.get(name)?.as_str()?.to_string());
            known.extend(of("rule").zip(of("id")));
            line.clear();
        }
        drop(reader);
        if !whole {
            file.write_all(b"\n").map_err(told)?;
        }
        Ok(Fired { known, file, name: name.to_path_buf() })
    }

    /// Whether the alert was told before.
    pub fn holds(&self, alert: &Alert) -> bool {
        let mut ids = std::iter::once(&alert.id).chain(&alert.akin);
        ids.any(|id| self.known.contains(&(alert.rule.clone(), id.clone())))
    }

    /// Keeps that it was told.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn keep(&mut self, alert: &Alert) -> Result<(), StateError> {
        let line = serde_json::json!({"rule": alert.rule, "id": alert.id}).to_string() + "\n";
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|error| StateError { file: self.name.clone(), error })?;
        self.known.insert((alert.rule.clone(), alert.id.clone()));
        Ok(())
    }
}
