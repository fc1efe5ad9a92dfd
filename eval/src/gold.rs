//! Gold files: JSON Lines and treebanks of the data folder.

use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use tidings_language::{Conllu, ConlluError};

/// Why a gold file cannot be used. One that is absent is no error: its rows are left out.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum GoldError {
    #[error("{0}: cannot be read ({1})")]
    Unreadable(PathBuf, std::io::Error),
    #[error("{0}, line {1}: not of the expected form ({2}); see the README of the data")]
    Form(PathBuf, usize, serde_json::Error),
    #[error("{0}, {1}")]
    Treebank(PathBuf, ConlluError),
    #[error("{0}")]
    Table(String),
}

/// The folder of gold data.
#[derive(Debug)]
pub struct Data(pub PathBuf);

impl Data {
    /// The rows of a JSON Lines file; none where it is absent.
    pub fn rows<T: DeserializeOwned>(&self, file: &str) -> Result<Vec<T>, GoldError> {
        let path = self.0.join(file);
        let Some(text) = text(&path)? else { return Ok(Vec::new()) };
        text.lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(at, line)| {
                serde_json::from_str(line).map_err(|e| GoldError::Form(path.clone(), at + 1, e))
            })
            .collect()
    }

    /// The text of a file; none where it is absent.
    pub fn text(&self, file: &str) -> Result<Option<String>, GoldError> {
        text(&self.0.join(file))
    }

    /// A treebank, where it is present.
    pub fn treebank(&self, file: &str) -> Result<Option<Conllu>, GoldError> {
        let path = self.0.join(file);
        let Some(text) = text(&path)? else { return Ok(None) };
        Conllu::parse(&text).map(Some).map_err(|e| GoldError::Treebank(path, e))
    }
}

fn text(path: &Path) -> Result<Option<String>, GoldError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("{} is not here: its scores are left out", path.display());
            Ok(None)
        }
        Err(error) => Err(GoldError::Unreadable(path.to_path_buf(), error)),
    }
}
