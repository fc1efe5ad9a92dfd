//! Verbs with their patterns, and the synonym sets the patterns name.

use super::Problems;
use super::lines::{Line, bracketed, lines, words};
use crate::TextFile;
use std::collections::HashMap;
use std::sync::Arc;

/// What a verb or a pattern codes: `[030:031]` is 030 from source to target and 031 back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// From source to target; none for `---`, which codes nothing.
    pub there: Option<String>,
    /// From target to source.
    pub back: Option<String>,
}

impl Code {
    fn parse(text: &str) -> Code {
        let one = |text: &str| {
            let code = text.trim().trim_end_matches('?');
            let nothing = code.chars().all(|c| matches!(c, '-' | '+' | '#'));
            (!nothing).then(|| code.to_uppercase())
        };
        match text.split_once(':') {
            Some((there, back)) => Code { there: one(there), back: one(back) },
            None => Code { there: one(text), back: None },
        }
    }
}

/// What a piece of a pattern stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// One of these phrases: a word, or the members of a synonym set.
    Words(Arc<[Box<[String]>]>),
    /// `$`: the source.
    Source,
    /// `+`: the target.
    Target,
    /// `%`: a compound, whose members are source and target of each other.
    Compound,
    /// `^`: a noun phrase that is neither.
    Skip,
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it stands for.
    pub element: Element,
    /// Whether it follows the piece before it at once (`_`), or other words may stand between.
    pub joined: bool,
}

/// A pattern: what must stand before the verb and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Before the verb, in text order. The first piece's `joined` means nothing.
    pub before: Vec<Piece>,
    /// Whether the last piece before stands right beside the verb.
    pub before_joined: bool,
    /// After the verb; the first piece's `joined` asks it to stand right beside the verb.
    pub after: Vec<Piece>,
    /// What it codes.
    pub code: Code,
    /// Where it stands: file and line, as `verbs.txt:12`.
    pub rule: String,
}

/// A verb in one of its forms, with the words it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verb {
    /// Words that must stand before the verb itself.
    pub before: Box<[String]>,
    /// Words that must follow it.
    pub after: Box<[String]>,
    /// What it codes where no pattern matches.
    pub code: Code,
    /// Where it stands: file and line, as `verbs.txt:12`.
    pub rule: String,
    block: u32,
}

/// All verbs.
#[derive(Debug, Default, Clone)]
pub(super) struct Verbs {
    /// By the form of the word that is the verb, the longest first.
    by_form: HashMap<String, Vec<Verb>>,
    blocks: Vec<Vec<Pattern>>,
}

/// A pattern before its synonym sets are known.
struct Draft<'a> {
    file: &'a TextFile,
    line: Line<'a>,
    block: usize,
    text: &'a str,
    code: &'a str,
}

/// The synonym sets as written: lists of phrases, which may name other sets.
type Sets<'a> = HashMap<String, Vec<&'a str>>;

impl Verbs {
    /// Reads the files of one user together: a set may be named in one and defined in another.
    pub fn read(files: &[&TextFile], problems: &mut Problems) -> Verbs {
        let (mut verbs, mut sets, mut drafts) = (Verbs::default(), Sets::new(), Vec::new());
        for file in files {
            verbs.read_file(file, &mut sets, &mut drafts, problems);
        }
        let mut known = HashMap::new();
        // "+++" is a pattern that TABARI kept for later: it is none.
        for draft in drafts.into_iter().filter(|d| !d.code.chars().all(|c| c == '+')) {
            match pattern(&draft, &sets, &mut known) {
                Ok(pattern) => {
                    if let Some(block) = verbs.blocks.get_mut(draft.block) {
                        block.push(pattern);
                    }
                }
                Err(problem) => problems.add(draft.file, draft.line, problem),
            }
        }
        for block in &mut verbs.blocks {
            block.sort_by_key(|p| std::cmp::Reverse(p.before.len() + p.after.len()));
        }
        verbs
    }

    fn read_file<'a>(
        &mut self,
        file: &'a TextFile,
        sets: &mut Sets<'a>,
        drafts: &mut Vec<Draft<'a>>,
        problems: &mut Problems,
    ) {
        let mut block: Option<Code> = None;
        let mut set: Option<String> = None;
        for line in lines(file) {
            let text = line.text;
            if let Some(head) = text.strip_prefix("---") {
                let (_, mut codes) = bracketed(head);
                let code = codes.next().map(Code::parse);
                if code.is_none() {
                    problems.add(file, line, "a block without a code; write --- NAME [CODE] ---");
                }
                block = Some(code.unwrap_or(Code { there: None, back: None }));
                self.blocks.push(Vec::new());
                set = None;
            } else if let Some(name) = text.strip_prefix('&') {
                let name = bare(name);
                sets.insert(name.clone(), Vec::new());
                set = Some(name);
            } else if let (Some(name), Some(member)) = (&set, text.strip_prefix('+')) {
                sets.entry(name.clone()).or_default().push(member.trim());
            } else if let Some(pattern) = text.strip_prefix('-') {
                let (text, mut codes) = bracketed(pattern);
                match (codes.next(), self.blocks.len().checked_sub(1)) {
                    (Some(code), Some(block)) => {
                        drafts.push(Draft { file, line, block, text, code });
                    }
                    (None, _) => {
                        problems.add(file, line, "a pattern without a code; end it with [CODE]")
                    }
                    (_, None) => problems.add(file, line, "a pattern before the first block"),
                }
            } else if text.starts_with('~') {
                problems.add(file, line, "a transformation ('~'), which Tidings does not follow");
            } else if let Some(code) = &block {
                set = None;
                if let Err(problem) = self.verb(file, line, code) {
                    problems.add(file, line, problem);
                }
            } else {
                problems.add(
                    file,
                    line,
                    "a verb before the first block; write --- NAME [CODE] ---",
                );
            }
        }
    }

    /// `BREAK {BROKE BROKEN}`, `+BREAK_DOWN {+BROKE_DOWN}`, `DOWNPLAY [014]`.
    fn verb(&mut self, file: &TextFile, line: Line, code: &Code) -> Result<(), String> {
        let (written, mut codes) = bracketed(line.text);
        let code = codes.next().map_or_else(|| code.clone(), Code::parse);
        let (base, forms) = match written.split_once('{') {
            Some((base, forms)) => (base.trim(), Some(forms.split('}').next().unwrap_or(forms))),
            None => (written, None),
        };
        if !base.contains(char::is_alphabetic) {
            return Err(format!("'{written}' is neither a verb, nor a pattern, nor a set"));
        }
        let block = (self.blocks.len() as u32).saturating_sub(1);
        let rule = rule(file, line);
        let mut add = |phrase: &str, regular: bool| {
            let (before, pivot, after) = around(phrase);
            let forms = if regular { conjugated(&pivot) } else { Vec::new() };
            for form in std::iter::once(pivot).chain(forms) {
                let alike = self.by_form.entry(form).or_default();
                let length = before.len() + after.len();
                let verb = Verb {
                    before: before.clone(),
                    after: after.clone(),
                    code: code.clone(),
                    rule: rule.clone(),
                    block,
                };
                // A verb given again replaces the first: later blocks refine earlier ones.
                alike.retain(|v| (&v.before, &v.after) != (&verb.before, &verb.after));
                let place = alike.partition_point(|v| v.before.len() + v.after.len() > length);
                alike.insert(place, verb);
            }
        };
        add(base, forms.is_none());
        for form in forms.unwrap_or_default().split_whitespace() {
            add(form, false);
        }
        Ok(())
    }

    pub fn at<W: AsRef<str>>(&self, words: &[W], at: usize) -> Option<&Verb> {
        let same = |known: &[String], text: &[W]| {
            known.len() == text.len() && known.iter().zip(text).all(|(k, w)| k == w.as_ref())
        };
        self.by_form.get(words.get(at)?.as_ref())?.iter().find(|verb| {
            let from = at.checked_sub(verb.before.len());
            from.and_then(|from| words.get(from..at)).is_some_and(|w| same(&verb.before, w))
                && words
                    .get(at + 1..at + 1 + verb.after.len())
                    .is_some_and(|w| same(&verb.after, w))
        })
    }

    pub fn patterns(&self, verb: &Verb) -> &[Pattern] {
        self.blocks.get(verb.block as usize).map_or(&[][..], Vec::as_slice)
    }

    pub fn blocks(&self) -> impl Iterator<Item = &[Pattern]> {
        self.blocks.iter().map(Vec::as_slice)
    }

    pub fn is_empty(&self) -> bool {
        self.by_form.is_empty()
    }

    pub fn len(&self) -> usize {
        self.by_form.values().map(Vec::len).sum()
    }
}

/// A verb of several words, around the one that is the verb: the one marked `+`, else the first.
fn around(phrase: &str) -> (Box<[String]>, String, Box<[String]>) {
    let parts: Vec<&str> =
        phrase.split(|c: char| c == '_' || c.is_whitespace()).filter(|p| !p.is_empty()).collect();
    let marked = parts.iter().position(|part| part.starts_with('+')).unwrap_or(0);
    let upper = |parts: &[&str]| parts.iter().map(|part| bare(part)).collect();
    let pivot = parts.get(marked).map(|part| bare(part)).unwrap_or_default();
    let (before, after) = (&parts[..marked.min(parts.len())], parts.get(marked + 1..));
    (upper(before), pivot, upper(after.unwrap_or_default()))
}

fn bare(word: &str) -> String {
    word.trim().trim_matches(['+', '_']).to_uppercase()
}

/// The regular forms of a verb, which PETRARCH adds where the entry names none.
fn conjugated(verb: &str) -> Vec<String> {
    let ends = |with: &[&str]| with.iter().any(|end| verb.ends_with(end));
    if let Some(stem) = verb.strip_suffix('E') {
        return vec![format!("{verb}S"), format!("{verb}D"), format!("{stem}ING")];
    }
    match verb.strip_suffix('Y') {
        Some(stem) if !stem.ends_with(['A', 'E', 'O', 'U']) => {
            vec![format!("{stem}IES"), format!("{stem}IED"), format!("{verb}ING")]
        }
        _ => {
            let s = if ends(&["S", "X", "Z", "CH", "SH"]) { "ES" } else { "S" };
            vec![format!("{verb}{s}"), format!("{verb}ED"), format!("{verb}ING")]
        }
    }
}

/// File, without its folder, and line.
fn rule(file: &TextFile, line: Line) -> String {
    let name = file.name.rsplit(['/', '\\']).next().unwrap_or(&file.name);
    format!("{name}:{}", line.number)
}

/// The sets whose members have been written out.
type Known = HashMap<String, Arc<[Box<[String]>]>>;

fn pattern(draft: &Draft, sets: &Sets, known: &mut Known) -> Result<Pattern, String> {
    let (before, after) =
        draft.text.split_once('*').ok_or("a pattern without '*', the place of the verb")?;
    let (before, before_joined) = pieces(before, sets, known)?;
    let (mut after, _) = pieces(after, sets, known)?;
    if let Some(first) = after.first_mut() {
        first.joined = draft.text.contains("*_");
    }
    let code = Code::parse(draft.code);
    let rule = rule(draft.file, draft.line);
    Ok(Pattern { before, before_joined, after, code, rule })
}

/// The pieces of one side of a pattern, and whether it ends with `_`. The brackets with which later
/// dictionaries mark noun and prepositional phrases ask for no more than the order of their words.
fn pieces(side: &str, sets: &Sets, known: &mut Known) -> Result<(Vec<Piece>, bool), String> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut joined = false;
    let mut rest = side;
    while let Some(c) = rest.chars().next() {
        let length = c.len_utf8();
        match c {
            '_' => joined = true,
            '$' | '+' | '^' | '%' => {
                let element = match c {
                    '$' => Element::Source,
                    '+' => Element::Target,
                    '%' => Element::Compound,
                    _ => Element::Skip,
                };
                pieces.push(Piece { element, joined: std::mem::take(&mut joined) });
            }
            c if c.is_whitespace() || "(){}[]".contains(c) => joined = false,
            _ => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || "_(){}$+^%".contains(c))
                    .unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                rest = after;
                let first_joined = std::mem::take(&mut joined);
                match word.strip_prefix('&') {
                    Some(set) => {
                        let element = Element::Words(members(&bare(set), sets, known)?);
                        pieces.push(Piece { element, joined: first_joined });
                    }
                    None => {
                        for (nth, part) in words(word).into_iter().enumerate() {
                            let phrases: Vec<Box<[String]>> = vec![Box::new([part])];
                            let element = Element::Words(phrases.into());
                            pieces.push(Piece { element, joined: first_joined || nth > 0 });
                        }
                    }
                }
                continue;
            }
        }
        rest = &rest[length..];
    }
    Ok((pieces, joined))
}

/// The phrases of a set, those of the sets it names among them, and their plurals.
fn members(name: &str, sets: &Sets, known: &mut Known) -> Result<Arc<[Box<[String]>]>, String> {
    if let Some(members) = known.get(name) {
        return Ok(Arc::clone(members));
    }
    let mut found: Vec<Box<[String]>> = Vec::new();
    let (mut open, mut seen) = (vec![name.to_string()], Vec::new());
    while let Some(set) = open.pop() {
        if seen.contains(&set) {
            continue;
        }
        let phrases =
            sets.get(&set).ok_or_else(|| format!("the set '&{set}' is nowhere defined"))?;
        for phrase in phrases {
            match phrase.strip_prefix('&') {
                Some(inner) => open.push(bare(inner)),
                None => {
                    let mut phrase = words(phrase);
                    found.push(phrase.clone().into());
                    if let Some(last) = phrase.last_mut() {
                        *last = super::actors::plural_of(last);
                        found.push(phrase.into());
                    }
                }
            }
        }
        seen.push(set);
    }
    // The longest first, so that of two that match the fuller is taken.
    found.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    let found: Arc<[Box<[String]>]> = found.into();
    known.insert(name.to_string(), Arc::clone(&found));
    Ok(found)
}
