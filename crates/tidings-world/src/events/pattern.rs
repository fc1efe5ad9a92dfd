//! The files of frames and of word classes.
//!
//! A file of frames has sections, `[CODE EVENT mode operator content]` (all but the code optional),
//! and under each lines `pattern = example`. A pattern is written in the order of an active
//! sentence:
//!
//! ```text
//! S shell T                     S does it to T (passives follow from the active)
//! S! beat T!                    both must be actors the program knows
//! S:armed enter T               an actor who does it must be of that group in `classes.txt`
//! P hold &talks (with P)        parties: each does it to the other; parentheses: may be absent
//! S call_off &talks             a verb with its particle; any word of a class
//! S test-fire missile           also where the text has the verb as three words
//! S call on/upon T to DO        DO: the content, itself an act, composed by the section's operator
//! S be ready to DO              an adjective
//! attack on/against T           a noun; S is its possessor, its adjective or its "by"
//! food_aid to T                 a noun with a modifier
//! ```
//!
//! A line `not: sentence` below a frame is a sentence in which it must not be found: the other sense
//! that its demands keep out.

use super::LexiconError;
use super::cameo::{Code, Codes, Operator, event_named};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A word of the lexicon, as a number.
pub type Word = u16;

/// What kind of word a frame hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Kind {
    Verb,
    Noun,
    Adjective,
}

/// Who stands in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Who acts.
    Source,
    /// Who is acted upon.
    Target,
    /// Both at once: the parties of a mutual act.
    Party,
}

/// A slot for an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Who stands there.
    pub role: Role,
    /// Whether the frame holds only where the words name an actor.
    pub actor: bool,
    /// Whether, of actors, it holds only for those of this group.
    pub group: Option<Group>,
}

/// A group of actors, by their sectors: "armed".
pub type Group = u8;

/// A noun with the modifiers it must have, or a verb's particle in their place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Noun {
    /// The noun.
    pub head: Word,
    /// Words that must modify it.
    pub modifiers: Box<[Word]>,
}

/// What fills an argument.
#[derive(Debug, Clone, PartialEq)]
pub enum Filler {
    /// An actor.
    Slot(Slot),
    /// One of these nouns, sorted.
    Nouns(Arc<[Noun]>),
    /// Anything.
    Any,
    /// An act, by an infinitive, a clause, a gerund or a noun.
    Content,
}

/// Where an argument stands.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Place {
    Object,
    IndirectObject,
    /// Under one of these prepositions.
    Preposition(Box<[Word]>),
    /// "to" and a verb.
    Infinitive,
    /// "that" and a clause.
    Clause,
}

/// One argument of a frame.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Argument {
    pub place: Place,
    pub filler: Filler,
    pub optional: bool,
}

/// The word a frame hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadWord {
    /// The word.
    pub word: Word,
    /// A verb's particle, or the modifiers of a noun.
    pub with: Box<[Word]>,
}

/// The head line of a section: what its frames code.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The code of the act itself, or of an operator whose content is not understood.
    pub code: Code,
    /// PLOVER event, where it is not that of the code.
    pub event: Option<&'static str>,
    /// PLOVER mode, where it is not that of the code.
    pub mode: Option<String>,
    /// What is done with the content.
    pub operator: Option<Operator>,
    /// Whether these words are acts only under an operator ("aid", "reform").
    pub content_only: bool,
}

/// One line of the lexicon.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// File and words, as `assault/launch-attack-on`.
    pub rule: String,
    /// Verb, noun or adjective.
    pub kind: Kind,
    /// The words it hangs on.
    pub heads: Box<[HeadWord]>,
    /// What the subject is; nothing for nouns.
    pub subject: Option<Slot>,
    /// The rest.
    pub arguments: Box<[Argument]>,
    /// What it codes.
    pub section: Arc<Section>,
    /// An invented sentence.
    pub example: String,
    /// Invented sentences with the same words in another sense.
    pub others: Vec<String>,
    /// Where it stands in its file.
    pub line: usize,
}

/// All words of the lexicon.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, Word>,
}

impl Vocabulary {
    pub fn get(&self, word: &str) -> Option<Word> {
        self.numbers.get(word).copied()
    }

    fn number(&mut self, word: &str) -> Word {
        if let Some(number) = self.get(word) {
            return number;
        }
        let number = self.numbers.len() as Word;
        self.numbers.insert(word.to_string(), number);
        number
    }

    /// `food_aid`: the last word is the head.
    fn noun(&mut self, text: &str) -> Noun {
        let mut words: Vec<Word> = text.split('_').map(|w| self.number(w)).collect();
        let head = words.pop().unwrap_or_default();
        Noun { head, modifiers: words.into() }
    }

    /// `call_off`: the first word is the head.
    fn verb(&mut self, text: &str) -> Noun {
        let mut words = text.split('_').map(|w| self.number(w));
        let head = words.next().unwrap_or_default();
        Noun { head, modifiers: words.collect() }
    }

    /// `test-fire` as three words, the verb last.
    fn parted(&mut self, text: &str) -> Option<Noun> {
        let (first, verb) = text.split_once('-')?;
        Some(Noun { head: self.number(verb), modifiers: Box::new([self.number(first)]) })
    }
}

/// The word classes: `name: word word ...`, further lines of a class indented.
#[derive(Debug, Default)]
pub(super) struct Classes {
    words: HashMap<String, Vec<String>>,
    nouns: HashMap<String, Arc<[Noun]>>,
    /// Groups of actors: classes of PLOVER sectors, written in capitals.
    groups: Vec<(String, Vec<String>)>,
}

impl Classes {
    /// Reads files of classes; a class in several of them has the words of all.
    pub fn parse(
        files: &[(&str, &str)],
        words: &mut Vocabulary,
        problems: &mut Vec<LexiconError>,
    ) -> Classes {
        let mut classes = Classes::default();
        for (file, text) in files {
            classes.read(file, text, problems);
        }
        for (name, members) in &classes.words {
            if members.iter().all(|m| m.bytes().all(|b| b.is_ascii_uppercase())) {
                classes.groups.push((name.clone(), members.clone()));
            }
            let mut nouns: Vec<Noun> = members.iter().map(|m| words.noun(m)).collect();
            nouns.sort();
            nouns.dedup();
            classes.nouns.insert(name.clone(), nouns.into());
        }
        classes
    }

    fn read(&mut self, file: &str, text: &str, problems: &mut Vec<LexiconError>) {
        let mut name = String::new();
        let mut here: HashSet<String> = HashSet::new();
        for (nth, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default();
            if line.trim().is_empty() {
                continue;
            }
            let members = match line.split_once(':') {
                Some((named, members)) if !line.starts_with(char::is_whitespace) => {
                    name = named.trim().to_string();
                    if !here.insert(name.clone()) {
                        let problem = format!("class '{name}' stands twice; join the two");
                        problems.push(error(file, nth + 1, problem));
                    }
                    self.words.entry(name.clone()).or_default();
                    members
                }
                _ => line,
            };
            match self.words.get_mut(&name) {
                Some(class) => class.extend(members.split_whitespace().map(str::to_string)),
                None => {
                    let problem = "words before the first class; write 'name: words'".to_string();
                    problems.push(error(file, nth + 1, problem));
                }
            }
        }
    }

    pub fn get(&self, name: &str) -> Option<Arc<[Noun]>> {
        self.nouns.get(name).cloned()
    }

    /// The sectors of a group.
    pub fn sectors(&self, group: Group) -> &[String] {
        self.groups.get(usize::from(group)).map_or(&[], |(_, sectors)| sectors)
    }

    fn group(&self, name: &str) -> Result<Group, String> {
        let found = self.groups.iter().position(|(known, _)| known == name);
        let number = found.and_then(|at| Group::try_from(at).ok());
        number.ok_or_else(|| format!("no group of sectors '{name}' in classes.txt"))
    }
}

const PREPOSITIONS: &str = " about above across against ahead along alongside among around as at before \
    behind between beyond by concerning despite for from in inside into near of off on onto out \
    outside over regarding through throughout to toward towards under upon versus via with within without ";

fn is_preposition(word: &str) -> bool {
    word.split('/').all(|w| PREPOSITIONS.split_whitespace().any(|p| p == w))
}

/// Reads a file of frames.
pub(super) struct Reader<'a> {
    pub classes: &'a Classes,
    pub codes: &'a Codes,
    pub words: &'a mut Vocabulary,
    pub problems: &'a mut Vec<LexiconError>,
}

impl Reader<'_> {
    pub fn read(mut self, file: &str, text: &str) -> Vec<Frame> {
        let mut frames: Vec<Frame> = Vec::new();
        let mut rules: HashMap<String, usize> = HashMap::new();
        let mut section: Option<Arc<Section>> = None;
        for (nth, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(other) = line.strip_prefix("not:") {
                match frames.last_mut() {
                    Some(frame) => frame.others.push(other.trim().to_string()),
                    None => {
                        let problem = "no frame above this sentence".to_string();
                        self.problems.push(error(file, nth + 1, problem));
                    }
                }
                continue;
            }
            let read = match line.strip_prefix('[') {
                Some(head) => self.section(head).map(|read| section = Some(Arc::new(read))),
                None => self.frame(file, line, section.as_ref()).and_then(|mut frame| {
                    frame.line = nth + 1;
                    if rules.contains_key(&frame.rule) {
                        // The same words in another frame: its slots tell them apart.
                        let pattern = line.split(" = ").next().unwrap_or_default();
                        frame.rule = match frame.kind {
                            Kind::Noun => format!("{}-noun", frame.rule),
                            _ => format!("{file}/{}", spelled_out(pattern)),
                        };
                    }
                    if let Some(first) = rules.insert(frame.rule.clone(), nth + 1) {
                        return Err(format!("'{}' stands in line {first} too", frame.rule));
                    }
                    frames.push(frame);
                    Ok(())
                }),
            };
            if let Err(problem) = read {
                self.problems.push(error(file, nth + 1, problem));
            }
        }
        frames
    }

    fn section(&self, head: &str) -> Result<Section, String> {
        let head = head.split(']').next().unwrap_or_default();
        let mut words = head.split_whitespace();
        let digits = words.next().unwrap_or_default();
        let code =
            self.codes.get(digits).ok_or_else(|| format!("'{digits}' is no code of cameo.tsv"))?;
        let mut section =
            Section { code, event: None, mode: None, operator: None, content_only: false };
        for word in words {
            if let Some(event) = event_named(word) {
                section.event = Some(event);
            } else if let Some(operator) = Operator::parse(word) {
                section.operator = Some(operator);
            } else if word == "content" {
                section.content_only = true;
            } else if word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
                section.mode = Some(word.to_string());
            } else {
                return Err(format!("'{word}' is no PLOVER event, mode, operator or 'content'"));
            }
        }
        Ok(section)
    }

    fn frame(
        &mut self,
        file: &str,
        line: &str,
        section: Option<&Arc<Section>>,
    ) -> Result<Frame, String> {
        let section = section.ok_or("a frame before the first section; write [CODE] above it")?;
        let (pattern, example) =
            line.split_once(" = ").ok_or("no example; write 'pattern = example sentence'")?;
        let (pattern, example) = (pattern.trim(), example.trim());
        if example.is_empty() {
            return Err("an empty example".to_string());
        }
        let mut words = pattern.split_whitespace().peekable();
        let subject = words.peek().map(|w| self.slot(w)).transpose()?.flatten();
        let mut kind = Kind::Noun;
        if subject.is_some() {
            words.next();
            kind = Kind::Verb;
            if words.peek() == Some(&"be") {
                words.next();
                kind = Kind::Adjective;
            }
        }
        let head = words.next().ok_or("no word to hang on; write a verb, a noun or 'be ready'")?;
        let heads = self.heads(head, kind)?;
        let arguments = self.arguments(&words.collect::<Vec<_>>())?;
        Ok(Frame {
            rule: format!("{file}/{}", rule_name(pattern)),
            kind,
            heads,
            subject,
            arguments,
            section: Arc::clone(section),
            example: example.to_string(),
            others: Vec::new(),
            line: 0,
        })
    }

    fn heads(&mut self, text: &str, kind: Kind) -> Result<Box<[HeadWord]>, String> {
        let mut heads = Vec::new();
        for part in text.split('/') {
            let members = match part.strip_prefix('&') {
                Some(class) => self.members(class)?,
                None => vec![part.to_string()],
            };
            for member in members {
                let own = match kind {
                    Kind::Verb => self.words.verb(&member),
                    Kind::Noun | Kind::Adjective => self.words.noun(&member),
                };
                // Few verbs keep their hyphen as words of a text: "re-equip", and not "test-fire".
                let parted = (kind == Kind::Verb).then(|| self.words.parted(&member)).flatten();
                for Noun { head, modifiers } in [own].into_iter().chain(parted) {
                    heads.push(HeadWord { word: head, with: modifiers });
                }
            }
        }
        Ok(heads.into())
    }

    fn members(&self, class: &str) -> Result<Vec<String>, String> {
        let found = self.classes.words.get(class);
        found.cloned().ok_or_else(|| format!("no class '{class}' in classes.txt"))
    }

    fn arguments(&mut self, words: &[&str]) -> Result<Box<[Argument]>, String> {
        let mut arguments: Vec<Argument> = Vec::new();
        let mut at = 0;
        while let Some(&word) = words.get(at) {
            let optional = word.starts_with('(');
            let word = word.trim_start_matches('(').trim_end_matches(')');
            at += 1;
            let following = words.get(at).map(|w| w.trim_end_matches(')'));
            let missing = || format!("nothing after '{word}'; write T, P, S, DO or a noun");
            let (place, filler) = match word {
                "to" | "that" if following == Some("DO") => {
                    at += 1;
                    let place = if word == "to" { Place::Infinitive } else { Place::Clause };
                    (place, Filler::Content)
                }
                _ if is_preposition(word) => {
                    let prepositions = word.split('/').map(|w| self.words.number(w)).collect();
                    at += 1;
                    let filler = following.ok_or_else(missing)?;
                    (Place::Preposition(prepositions), self.filler(filler)?)
                }
                _ => (Place::Object, self.filler(word)?),
            };
            if place == Place::Object && optional && !matches!(filler, Filler::Slot(_)) {
                return Err(format!("'{word}' is no preposition this lexicon knows"));
            }
            if place == Place::Object
                && let Some(first) = arguments.iter().position(|a| a.place == Place::Object)
            {
                if arguments.iter().any(|a| a.place == Place::IndirectObject) {
                    return Err(format!("'{word}' is a third object; is it a preposition?"));
                }
                arguments[first].place = Place::IndirectObject;
            }
            arguments.push(Argument { place, filler, optional });
        }
        Ok(arguments.into())
    }

    /// `S`, `T`, `P`, with `!` where only an actor will do, and `:group` where only those will.
    fn slot(&self, text: &str) -> Result<Option<Slot>, String> {
        let (name, group) = match text.split_once(':') {
            Some((name, group)) => (name, Some(group)),
            None => (text, None),
        };
        let (name, actor) = match name.strip_suffix('!') {
            Some(name) => (name, true),
            None => (name, false),
        };
        let role = match name {
            "S" => Role::Source,
            "T" => Role::Target,
            "P" => Role::Party,
            _ => return Ok(None),
        };
        let group = group.map(|group| self.classes.group(group)).transpose()?;
        Ok(Some(Slot { role, actor, group }))
    }

    fn filler(&mut self, text: &str) -> Result<Filler, String> {
        if let Some(slot) = self.slot(text)? {
            return Ok(Filler::Slot(slot));
        }
        match text {
            "*" => return Ok(Filler::Any),
            "DO" => return Ok(Filler::Content),
            _ => {}
        }
        if let Some(class) = text.strip_prefix('&')
            && !text.contains('/')
        {
            let nouns = self.classes.get(class);
            return nouns
                .map(Filler::Nouns)
                .ok_or_else(|| format!("no class '{class}' in classes.txt"));
        }
        let mut nouns = Vec::new();
        for part in text.split('/') {
            match part.strip_prefix('&') {
                Some(class) => {
                    nouns.extend(self.members(class)?.iter().map(|m| self.words.noun(m)))
                }
                None => nouns.push(self.words.noun(part)),
            }
        }
        nouns.sort();
        Ok(Filler::Nouns(nouns.into()))
    }
}

/// The words of the pattern without its slots: `launch-attack-on`.
fn rule_name(pattern: &str) -> String {
    let mut name = String::with_capacity(pattern.len());
    for (nth, word) in pattern.split_whitespace().enumerate() {
        let word = word.trim_matches(['(', ')', '&']).split(':').next().unwrap_or_default();
        let word = word.trim_end_matches('!');
        let kept = match word {
            "S" => continue,
            "T" | "P" if nth == 0 => word,
            "T" => continue,
            _ => word,
        };
        if !name.is_empty() {
            name.push('-');
        }
        name.extend(kept.chars().filter(|c| *c != '&').map(|c| match c {
            '/' => '|',
            '_' => '-',
            c => c.to_ascii_lowercase(),
        }));
    }
    name
}

/// The words of the pattern with its slots: `s-promise-t-to-do`.
fn spelled_out(pattern: &str) -> String {
    let words = pattern.split_whitespace().map(|w| w.trim_matches(['(', ')', '&']));
    words
        .collect::<Vec<_>>()
        .join("-")
        .to_ascii_lowercase()
        .replace('/', "|")
        .replace(['!', '&'], "")
        .replace(':', "-")
}

fn error(file: &str, line: usize, problem: String) -> LexiconError {
    LexiconError { file: file.to_string(), line, problem }
}
