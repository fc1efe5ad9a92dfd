//! A user's own lists, beside the lexicon inside the program or in its place.
//!
//! In go the texts of the user's files; out comes which of them is what. What they hold is read by
//! those who read the program's own files, and stands before it.

use crate::Finding;
use crate::entry::Kind;
use crate::petrarch::{Actor, Dictionaries, DictionaryKind};
use crate::rows::File;

/// The name and the text of a user's file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextFile {
    /// What to call it in a message.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// What a user brings along. `docs/lexicon.md` describes the forms.
#[derive(Debug, Clone, Default)]
pub struct OwnLists {
    /// Lists of actors: of our own form, or PETRARCH's.
    pub actors: Vec<TextFile>,
    /// Files of a folder with the layout of `lexicon/`, each with its path in it (`world/people.tsv`).
    pub lexicon: Vec<(String, TextFile)>,
    /// PETRARCH's dictionaries, which code in place of the lexicon.
    pub petrarch: Vec<TextFile>,
}

/// The lists sorted by what they are. Their texts are kept as long as the program runs, as the
/// lexicon inside it is.
#[derive(Debug, Default)]
pub(crate) struct Own {
    pub countries: Vec<File>,
    pub bodies: Vec<(Kind, File)>,
    pub people: Vec<File>,
    pub given_names: Vec<File>,
    pub agents: Vec<File>,
    /// Lists of actors of our own form.
    pub actors: Vec<File>,
    /// Actors of PETRARCH's dictionaries.
    pub petrarch: Vec<Actor>,
    pub classes: Vec<File>,
    pub frames: Vec<File>,
}

fn kept(file: &TextFile) -> File {
    let keep = |text: &str| -> &'static str { Box::leak(text.to_string().into_boxed_str()) };
    File { name: keep(&file.name), text: keep(&file.text) }
}

impl Own {
    pub fn sorted(lists: &OwnLists, findings: &mut Vec<Finding>) -> Own {
        let mut own = Own::default();
        for file in &lists.actors {
            match crate::petrarch::kind(file) {
                DictionaryKind::Actors => {
                    let (read, wrong) = Dictionaries::read(std::slice::from_ref(file));
                    own.petrarch.extend(read.actors().iter().cloned());
                    findings.extend(wrong);
                }
                DictionaryKind::Discards => own.actors.push(kept(file)),
                DictionaryKind::Agents | DictionaryKind::Verbs => {
                    findings.push(Finding::unreadable(
                        &file.name,
                        1,
                        "no list of actors; give agents and verbs with --petrarch",
                    ))
                }
            }
        }
        for (path, file) in &lists.lexicon {
            let file_of = || kept(file);
            let body = |kind: Kind| (kind, kept(file));
            match path.as_str() {
                "world/countries.tsv" => own.countries.push(file_of()),
                "world/people.tsv" => own.people.push(file_of()),
                "world/given-names.tsv" => own.given_names.push(file_of()),
                "world/agents.tsv" => own.agents.push(file_of()),
                "world/organisations.tsv" => own.bodies.push(body(Kind::Organisation)),
                "world/groups-armed.tsv" => own.bodies.push(body(Kind::ArmedGroup)),
                "world/groups-parties.tsv" => own.bodies.push(body(Kind::Party)),
                "world/groups-peoples.tsv" => own.bodies.push(body(Kind::Group)),
                "world/regions.tsv" => own.bodies.push(body(Kind::Region)),
                "events/classes.txt" => own.classes.push(file_of()),
                _ if path.starts_with("world/people/") && path.ends_with(".tsv") => {
                    own.people.push(file_of());
                }
                _ if path.starts_with("events/") && path.ends_with(".txt") => {
                    own.frames.push(file_of());
                }
                _ => findings.push(Finding::unreadable(
                    &file.name,
                    1,
                    "not read: of a folder with lists of one's own, the files world/*.tsv and events/*.txt \
                     are, under the names they have in lexicon/",
                )),
            }
        }
        own
    }

    /// The files of actors with the sort of thing they list. Of a mixed table no sort is known.
    pub fn files(&self) -> Vec<(Kind, File)> {
        let people = self.people.iter().map(|file| (Kind::Person, *file));
        let mixed = self.actors.iter().map(|file| (Kind::Organisation, *file));
        self.bodies.iter().copied().chain(people).chain(mixed).collect()
    }
}
