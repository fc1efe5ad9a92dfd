//! The user's own lists: which files they are, and the world they make.

use super::output::{Problem, complain};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use tidings::Desk;
use tidings_world::{OwnLists, TextFile, World};

/// Lists beside the lexicon inside the program, or in its place.
#[derive(Debug, Args)]
#[command(next_help_heading = "Your own lists (docs/lexicon.md)")]
pub(super) struct Lists {
    /// Actors of your own, which stand before the program's: a table (name, country, sectors or
    /// dated roles, other names) or a PETRARCH actor dictionary
    #[arg(long, value_name = "FILE")]
    pub actors: Vec<PathBuf>,
    /// A folder laid out as the program's lexicon/; its entries stand before the program's
    #[arg(long, value_name = "DIR")]
    pub lexicon: Option<PathBuf>,
    /// Code with the PETRARCH dictionaries of a folder (actors, agents, verbs, discards) in place of
    /// the program's lexicon
    #[arg(long, value_name = "DIR")]
    pub petrarch: Option<PathBuf>,
}

impl Lists {
    /// The models and the world as the user wants it. Lines that cannot be read are told.
    pub fn desk(&self) -> Result<Desk, Problem> {
        if self.actors.is_empty() && self.lexicon.is_none() && self.petrarch.is_none() {
            return Ok(Desk::open());
        }
        let (world, findings) = World::with(&self.read()?);
        for finding in findings {
            complain(&finding.to_string());
        }
        if let (Some(folder), None) = (&self.petrarch, &world.dictionaries) {
            return Err(Problem::NoVerbs { folder: shown(folder) });
        }
        Ok(Desk::with(world))
    }

    /// A name for the lists, if there are any, that hangs on every letter of them.
    pub fn fingerprint(&self) -> Result<Option<String>, Problem> {
        let lists = self.read()?;
        let texts = lists.actors.iter().chain(&lists.petrarch);
        let texts = texts.chain(lists.lexicon.iter().map(|(_, text)| text));
        let texts: Vec<&str> = texts.flat_map(|file| [file.name.as_str(), &file.text]).collect();
        Ok((!texts.is_empty()).then(|| tidings::record::fingerprint(&texts)))
    }

    /// What lies at a path, by its look: a folder with `world/` or `events/` is laid out as
    /// `lexicon/`, tables are lists of actors, and texts are PETRARCH's dictionaries.
    pub fn at(path: &Path) -> Result<OwnLists, Problem> {
        let mut lists = OwnLists::default();
        let mut found = vec![path.to_path_buf()];
        if path.is_dir() {
            lists.lexicon = lexicon(path)?;
            found = files(path)?;
        }
        for file in found.iter().filter(|file| !file.is_dir()) {
            if has_extension(file, &["tsv"]) {
                lists.actors.push(text(file)?);
            } else if has_extension(file, &["txt"]) || file == path {
                lists.petrarch.push(text(file)?);
            }
        }
        Ok(lists)
    }

    /// The texts of all files.
    fn read(&self) -> Result<OwnLists, Problem> {
        let mut lists = OwnLists::default();
        for path in &self.actors {
            lists.actors.push(text(path)?);
        }
        if let Some(folder) = &self.lexicon {
            lists.lexicon = lexicon(folder)?;
        }
        if let Some(folder) = &self.petrarch {
            for path in files(folder)? {
                if has_extension(&path, &["txt"]) {
                    lists.petrarch.push(text(&path)?);
                }
            }
        }
        Ok(lists)
    }
}

/// The files of a folder laid out as `lexicon/`, each with its path in it.
fn lexicon(folder: &Path) -> Result<Vec<(String, TextFile)>, Problem> {
    let mut found = Vec::new();
    // `world/people/` is as deep as the program's own lexicon goes.
    let mut open: Vec<(String, PathBuf)> = vec![(String::new(), folder.to_path_buf())];
    while let Some((part, path)) = open.pop() {
        for file in files(&path)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if file.is_dir() && part.matches('/').count() < 2 {
                open.push((format!("{part}{name}/"), file));
            } else if !part.is_empty() && has_extension(&file, &["tsv", "txt"]) {
                found.push((format!("{part}{name}"), text(&file)?));
            }
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    path.extension().is_some_and(|e| wanted.iter().any(|w| e.eq_ignore_ascii_case(w)))
}

/// What lies in a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let unread = |error| Problem::Unread { file: shown(folder), error };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unread)? {
        paths.push(entry.map_err(unread)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// A file's text; bytes that are no UTF-8 are taken as Latin-1, in which old lists were written.
fn text(path: &Path) -> Result<TextFile, Problem> {
    let name = shown(path);
    match fs::read(path) {
        Ok(bytes) => {
            let text = String::from_utf8(bytes)
                .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
            Ok(TextFile { name, text: text.trim_start_matches('\u{feff}').to_string() })
        }
        Err(error) => Err(Problem::Unread { file: name, error }),
    }
}

fn shown(path: &Path) -> String {
    tidings::safe::line(&path.to_string_lossy())
}
