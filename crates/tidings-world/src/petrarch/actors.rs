//! Actors with dated codes, and agents, the role nouns whose codes are joined to an actor's.

use super::Problems;
use super::lines::{Line, bracketed, lines, words};
use super::phrases::Phrases;
use crate::TextFile;
use jiff::civil::Date;
use std::collections::HashMap;

/// Codes that name nobody: `---` and `+++` of the older dictionaries.
fn names_nobody(code: &str) -> bool {
    code.is_empty() || code.chars().all(|c| c == '-' || c == '+')
}

/// An actor's code and the days on which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedCode {
    /// Codes, several where the dictionary writes `ELR/GAL`; none where it writes `---`.
    pub codes: Vec<String>,
    /// First day, where there is one.
    pub from: Option<Date>,
    /// Last day, where there is one.
    pub to: Option<Date>,
    /// Where it stands.
    pub line: usize,
}

impl DatedCode {
    /// Whether all its days are days of the other.
    fn within(&self, other: &DatedCode) -> bool {
        let (from, to) = (
            |c: &DatedCode| c.from.unwrap_or(Date::MIN),
            |c: &DatedCode| c.to.unwrap_or(Date::MAX),
        );
        self.is_dated() && from(other) <= from(self) && to(self) <= to(other)
    }

    fn is_dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    fn on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// One actor with all its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its names in capitals, the first the one it is entered under.
    pub names: Vec<String>,
    /// Codes in the order of the file.
    pub codes: Vec<DatedCode>,
    /// Where its entry begins.
    pub line: usize,
    /// The file's name.
    pub file: String,
}

impl Actor {
    fn same_codes(&self, other: &Actor) -> bool {
        let plain = |c: &DatedCode| (c.codes.clone(), c.from, c.to);
        self.codes.iter().map(plain).eq(other.codes.iter().map(plain))
    }

    /// The codes on a day: the first dated ones that hold, else those without days. Without a day
    /// known, those without days, else the last in the file.
    pub fn codes_on(&self, day: Option<Date>) -> &[String] {
        let dated = day.and_then(|day| self.codes.iter().find(|c| c.is_dated() && c.on(day)));
        let always = || self.codes.iter().find(|c| !c.is_dated());
        let last = || if day.is_none() { self.codes.last() } else { None };
        dated.or_else(always).or_else(last).map_or(&[][..], |c| &c.codes)
    }
}

/// A role noun's code: `~GOV` stands after an actor's, `NGO~` before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// The code without its `~`.
    pub code: String,
    /// Whether it stands before the actor's code.
    pub before: bool,
}

/// The actors of one or more files.
#[derive(Debug, Default, Clone)]
pub(super) struct Actors {
    pub actors: Vec<Actor>,
    pub phrases: Phrases,
}

impl Actors {
    pub fn read(&mut self, file: &TextFile, problems: &mut Problems) {
        let mut entry: Option<Actor> = None;
        for line in lines(file) {
            let (name, codes) = bracketed(line.text);
            let synonym = name.strip_prefix('+');
            match (synonym, &mut entry) {
                (Some(_), None) => problems.add(file, line, "another name ('+') before any actor"),
                (Some(other), Some(actor)) => actor.names.push(other.trim().to_uppercase()),
                (None, _) if !name.is_empty() => {
                    self.enter(file, entry.take(), problems);
                    let names = vec![name.to_uppercase()];
                    let (number, file) = (line.number, file.name.clone());
                    entry = Some(Actor { names, codes: Vec::new(), line: number, file });
                }
                (None, None) => problems.add(file, line, "a code before any actor"),
                (None, Some(_)) => {}
            }
            let Some(actor) = &mut entry else { continue };
            for code in codes {
                match dated(code, line.number) {
                    Ok(code) => actor.codes.push(code),
                    Err(problem) => problems.add(file, line, problem),
                }
            }
        }
        self.enter(file, entry, problems);
    }

    fn enter(&mut self, file: &TextFile, actor: Option<Actor>, problems: &mut Problems) {
        let Some(actor) = actor else { return };
        let line = Line { number: actor.line, text: "" };
        let name = actor.names.first().cloned().unwrap_or_default();
        if actor.codes.is_empty() {
            problems.add(file, line, format!("'{name}' has no code; write [CODE] after it"));
            return;
        }
        let id = self.actors.len() as u32;
        for name in &actor.names {
            if let Some(known) = self.phrases.add(words(name), id) {
                let denied = self.actors.get(known as usize).is_some_and(|a| !a.same_codes(&actor));
                problems.repeated(file, line, name, denied);
            }
        }
        for (nth, later) in actor.codes.iter().enumerate() {
            if actor
                .codes
                .iter()
                .take(nth)
                .any(|earlier| earlier.is_dated() && later.within(earlier))
            {
                let problem = format!(
                    "a code of '{name}' is never reached: one before it holds on all its days"
                );
                problems.shadowed(file, Line { number: later.line, text: "" }, problem);
            }
        }
        self.actors.push(actor);
    }
}

/// Reads `HOBGOV 19950601 - 19990815`, `HOB <950601`, `HOBREB >990816` or a code alone.
fn dated(text: &str, line: usize) -> Result<DatedCode, String> {
    let text = text.trim();
    let end = text.find(|c: char| c.is_whitespace() || c == '<' || c == '>').unwrap_or(text.len());
    let (code, days) = text.split_at(end);
    let days: String = days.chars().filter(|c| !c.is_whitespace()).collect();
    let yesterday = |day: Date| day.yesterday().map_err(|e| e.to_string());
    let tomorrow = |day: Date| day.tomorrow().map_err(|e| e.to_string());
    let (from, to) = if days.is_empty() {
        (None, None)
    } else if let Some(end) = days.strip_prefix('<') {
        (None, Some(yesterday(day(end)?)?))
    } else if let Some(begin) = days.strip_prefix('>') {
        (Some(tomorrow(day(begin)?)?), None)
    } else if let Some((begin, end)) = days.split_once('-') {
        (Some(day(begin)?), Some(day(end)?))
    } else {
        return Err(format!("'{days}' are no days; write <19950601, >19950601 or two days with -"));
    };
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(format!("'{text}' ends before it begins"));
    }
    let codes = code.split('/').filter(|c| !names_nobody(c)).map(str::to_uppercase).collect();
    Ok(DatedCode { codes, from, to, line })
}

/// A day as `YYYYMMDD` or `YYMMDD`; two-digit years are those from 1930 to 2029.
fn day(digits: &str) -> Result<Date, String> {
    let fail = || format!("'{digits}' is no day; write YYYYMMDD");
    if !matches!(digits.len(), 6 | 8) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(fail());
    }
    let (year, rest) = digits.split_at(digits.len() - 4);
    let (month, day) = rest.split_at(2);
    let mut year: i16 = year.parse().map_err(|_| fail())?;
    if digits.len() == 6 {
        year += if year < 30 { 2000 } else { 1900 };
    }
    let (month, day) = (month.parse().map_err(|_| fail())?, day.parse().map_err(|_| fail())?);
    Date::new(year, month, day).map_err(|_| fail())
}

/// The agents of one or more files.
#[derive(Debug, Default, Clone)]
pub(super) struct Agents {
    pub agents: Vec<Agent>,
    pub phrases: Phrases,
}

impl Agents {
    pub fn read(&mut self, file: &TextFile, problems: &mut Problems) {
        let mut markers: HashMap<String, Vec<String>> = HashMap::new();
        for line in lines(file) {
            if let Some((marker, members)) =
                line.text.split_once('=').filter(|_| line.text.starts_with('!'))
            {
                let members = members.split(',').map(|m| m.trim().to_uppercase()).collect();
                markers.insert(marker.trim().to_uppercase(), members);
                continue;
            }
            let (name, mut codes) = bracketed(line.text);
            let Some(code) = codes.next().map(str::trim).filter(|code| code.contains('~')) else {
                problems.add(file, line, "no code of an agent; write [~GOV] or [NGO~]");
                continue;
            };
            let (singular, plural) = match name.split_once('{') {
                Some((singular, rest)) => (singular.trim(), rest.split('}').next()),
                None => (name, None),
            };
            let id = self.agents.len() as u32;
            let before = code.ends_with('~');
            self.agents.push(Agent { code: code.replace('~', "").trim().to_uppercase(), before });
            let singular = singular.to_uppercase();
            let mut forms = filled(&singular, &markers);
            if forms.is_empty() {
                problems.add(file, line, "a '!...!' that no line above defines");
                continue;
            }
            match plural.map(str::trim) {
                Some("") => {}
                Some(plural) => forms.push(plural.to_uppercase()),
                None if singular.contains('!') => {}
                None => forms.push(plural_of(&singular)),
            }
            for form in forms {
                if let Some(known) = self.phrases.add(words(&form), id) {
                    let denied = self.agents.get(known as usize) != self.agents.get(id as usize);
                    problems.repeated(file, line, &form, denied);
                }
            }
        }
    }
}

/// The name with its `!MARKER!` replaced by each of its words; nothing where it is not defined.
fn filled(name: &str, markers: &HashMap<String, Vec<String>>) -> Vec<String> {
    let Some(start) = name.find('!') else { return vec![name.to_string()] };
    let Some(length) = name[start + 1..].find('!') else { return Vec::new() };
    let marker = &name[start..start + length + 2];
    let members = markers.get(marker).map_or(&[][..], Vec::as_slice);
    members.iter().map(|member| name.replace(marker, member)).collect()
}

pub(super) fn plural_of(name: &str) -> String {
    match name.strip_suffix('Y') {
        Some(stem) if !stem.ends_with(['A', 'E', 'O', 'U']) => format!("{stem}IES"),
        _ => format!("{name}S"),
    }
}
