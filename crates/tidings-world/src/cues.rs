//! Words that attribute and words that decide whether an event happens.
//!
//! In go `lexicon/attribution/cues.toml` (who says, in which frame, and how a report speaks of
//! evidence), `lexicon/status/signatures.toml` (the factuality lexicon after FactBank, Saurí &
//! Pustejovsky 2009) and `lexicon/status/predicates.toml` (nouns of happening); out come maps by lemma. The headers of the files explain their notation.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use toml::{Table, Value};

/// What is wrong with a lexicon file of cues, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct CueError {
    /// The file.
    pub file: &'static str,
    /// The problem, with the table and word, and the remedy.
    pub problem: String,
}

/// Kinds of saying, after the tables of `cues.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CueKind {
    Say,
    Claim,
    Accuse,
    Deny,
    Believe,
    Fear,
    Hope,
    Announce,
    Warn,
    Demand,
    Promise,
    Find,
}

const KINDS: [(&str, CueKind); 12] = [
    ("say", CueKind::Say),
    ("claim", CueKind::Claim),
    ("accuse", CueKind::Accuse),
    ("deny", CueKind::Deny),
    ("believe", CueKind::Believe),
    ("fear", CueKind::Fear),
    ("hope", CueKind::Hope),
    ("announce", CueKind::Announce),
    ("warn", CueKind::Warn),
    ("demand", CueKind::Demand),
    ("promise", CueKind::Promise),
    ("find", CueKind::Find),
];

/// A word that gives a proposition to a speaker, and where the proposition stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// The kind of saying.
    pub kind: CueKind,
    /// The direct object may be what is said ("denied the attack").
    pub object: bool,
    /// An infinitive may be what is said ("vowed to respond").
    pub infinitive: bool,
    /// What follows one of these prepositions may be what is said ("warned of unrest").
    pub prepositions: Vec<String>,
}

/// What a word says of the event it governs, on FactBank's scale from −3 to 3.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signature {
    /// Value of the governed event where the word itself holds.
    pub when_true: f64,
    /// Value where the word itself is denied.
    pub when_false: f64,
    /// The governed event lies ahead.
    pub planned: bool,
    /// The value stands whatever else is unsure about the word.
    pub settled: bool,
}

/// The part of speech under which a word is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Class {
    Verb,
    Noun,
    Adjective,
}

/// One map for each part of speech.
#[derive(Debug, Clone)]
struct ByClass<T> {
    verbs: HashMap<String, T>,
    nouns: HashMap<String, T>,
    adjectives: HashMap<String, T>,
}

impl<T> Default for ByClass<T> {
    fn default() -> Self {
        ByClass { verbs: HashMap::new(), nouns: HashMap::new(), adjectives: HashMap::new() }
    }
}

impl<T> ByClass<T> {
    fn get(&self, class: Class, lemma: &str) -> Option<&T> {
        match class {
            Class::Verb => self.verbs.get(lemma),
            Class::Noun => self.nouns.get(lemma),
            Class::Adjective => self.adjectives.get(lemma),
        }
    }

    fn map(&mut self, class: &str) -> Option<&mut HashMap<String, T>> {
        match class {
            "verbs" => Some(&mut self.verbs),
            "nouns" => Some(&mut self.nouns),
            "adjectives" => Some(&mut self.adjectives),
            _ => None,
        }
    }
}

/// How a report speaks of the support for what is said; sets of lemmas.
#[derive(Debug, Clone, Default)]
pub struct EvidenceWords {
    /// "evidence", "proof".
    pub proofs: HashSet<String>,
    /// "provide", "offer".
    pub giving: HashSet<String>,
    /// "baseless", "unproven".
    pub unproven: HashSet<String>,
    /// "deny", "reject".
    pub denying: HashSet<String>,
    /// "confirm", "verify".
    pub supporting: HashSet<String>,
    /// "claim", "this": names by which a report takes up what was said.
    pub resuming: HashSet<String>,
}

/// The words of attribution and of status, by lemma.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    cues: ByClass<Cue>,
    signatures: ByClass<Signature>,
    subjects: HashSet<String>,
    adverbs: HashMap<String, f64>,
    modals: HashMap<String, f64>,
    negators: HashSet<String>,
    conditions: HashSet<String>,
    /// Nouns that make a possessor a source: "in Moscow's view".
    pub viewpoints: HashSet<String>,
    /// Verbs that give voice to a noun of saying: "expressed fears".
    pub voicing: HashSet<String>,
    /// Verbs whose subject is what they tell of, and says nothing: "seem".
    pub raising: HashSet<String>,
    /// Words of evidence.
    pub evidence: EvidenceWords,
    happenings: Happenings,
}

/// Nouns that name something that happens.
#[derive(Debug, Clone, Default)]
struct Happenings {
    nouns: HashSet<String>,
    endings: Vec<String>,
    /// With such an ending, but no happening.
    others: HashSet<String>,
}

const ATTRIBUTION: &str = include_str!("../../../lexicon/attribution/cues.toml");
const STATUS: &str = include_str!("../../../lexicon/status/signatures.toml");
const PREDICATES: &str = include_str!("../../../lexicon/status/predicates.toml");

impl Cues {
    /// The files inside the program. A test keeps them readable; were they not, nothing would be
    /// attributed and every event would count as told.
    pub fn embedded() -> Cues {
        Cues::read(ATTRIBUTION, STATUS, PREDICATES).unwrap_or_default()
    }

    /// Reads the three files from their text.
    pub fn read(attribution: &str, status: &str, predicates: &str) -> Result<Cues, CueError> {
        let mut out = Cues::default();
        out.read_attribution(&Source::parse("attribution/cues.toml", attribution)?)?;
        out.read_status(&Source::parse("status/signatures.toml", status)?)?;
        out.read_predicates(&Source::parse("status/predicates.toml", predicates)?)?;
        Ok(out)
    }

    /// The attribution entry of a lemma; verbs with a particle as `point_out`.
    pub fn cue(&self, class: Class, lemma: &str) -> Option<&Cue> {
        self.cues.get(class, lemma)
    }

    /// The factuality signature of a lemma; verbs with a particle as `call_off`.
    pub fn signature(&self, class: Class, lemma: &str) -> Option<Signature> {
        self.signatures.get(class, lemma).copied()
    }

    /// Whether the verb's signature is about its subject ("talks will take place").
    pub fn of_subject(&self, verb: &str) -> bool {
        self.subjects.contains(verb)
    }

    /// The bound that an adverb sets ("reportedly", "perhaps").
    pub fn adverb(&self, lemma: &str) -> Option<f64> {
        self.adverbs.get(lemma).copied()
    }

    /// The bound that a modal auxiliary sets ("could"); by lower-case form.
    pub fn modal(&self, form: &str) -> Option<f64> {
        self.modals.get(form).copied()
    }

    /// Whether the word denies ("not", "no", "never").
    pub fn negates(&self, lemma: &str) -> bool {
        self.negators.contains(lemma)
    }

    /// Whether the subordinator makes its clause a condition ("if", "unless").
    pub fn conditional(&self, lemma: &str) -> bool {
        self.conditions.contains(lemma)
    }

    /// Whether the noun names something that happens, is done or is said ("invasion", "talks").
    pub fn happening(&self, lemma: &str) -> bool {
        let Happenings { nouns, endings, others } = &self.happenings;
        nouns.contains(lemma)
            || self.signature(Class::Noun, lemma).is_some()
            || endings.iter().any(|ending| lemma.ends_with(ending)) && !others.contains(lemma)
    }

    fn read_predicates(&mut self, source: &Source) -> Result<(), CueError> {
        let words = |key| source.words("predicates", &source.top, key);
        let endings = source.list("predicates", &source.top, "endings")?;
        self.happenings = Happenings {
            nouns: words("nouns")?,
            endings: endings.into_iter().map(str::to_string).collect(),
            others: words("others")?,
        };
        Ok(())
    }

    fn read_attribution(&mut self, source: &Source) -> Result<(), CueError> {
        for (name, table) in source.tables() {
            let Some(&(_, kind)) = KINDS.iter().find(|(kind, _)| kind == name) else {
                match name.as_str() {
                    "sources" => {
                        self.viewpoints = source.words(name, table, "viewpoints")?;
                        self.voicing = source.words(name, table, "voicing")?;
                        self.raising = source.words(name, table, "raising")?;
                    }
                    "evidence" => {
                        let words = |key| source.words(name, table, key);
                        self.evidence = EvidenceWords {
                            proofs: words("proofs")?,
                            giving: words("giving")?,
                            unproven: words("unproven")?,
                            denying: words("denying")?,
                            supporting: words("supporting")?,
                            resuming: words("resuming")?,
                        };
                    }
                    _ => return Err(source.error(format!("[{name}] is no kind of saying"))),
                }
                continue;
            };
            for class in ["verbs", "nouns", "adjectives"] {
                for entry in source.list(name, table, class)? {
                    let mut words = entry.split(' ');
                    let lemma = words.next().unwrap_or_default();
                    let mut cue =
                        Cue { kind, object: false, infinitive: false, prepositions: Vec::new() };
                    for frame in words {
                        match frame {
                            "obj" => cue.object = true,
                            "to" => cue.infinitive = true,
                            preposition => cue.prepositions.push(preposition.to_string()),
                        }
                    }
                    if cue.infinitive {
                        // "objected to", "consented to": the preposition has the same form.
                        cue.prepositions.push("to".to_string());
                    }
                    source.insert(self.cues.map(class), lemma, cue, name)?;
                }
            }
        }
        Ok(())
    }

    fn read_status(&mut self, source: &Source) -> Result<(), CueError> {
        for (name, table) in source.tables() {
            match name.as_str() {
                "subjects" => self.subjects = source.words(name, table, "verbs")?,
                "conditions" => self.conditions = source.words(name, table, "words")?,
                "negators" => self.negators = source.words(name, table, "words")?,
                "adverbs" => self.adverbs = source.numbers(name, table)?,
                "modals" => self.modals = source.numbers(name, table)?,
                _ => {
                    let flag = |key| table.get(key).and_then(Value::as_bool).unwrap_or(false);
                    let signature = Signature {
                        when_true: source.number(name, table.get("when_true"))?,
                        when_false: source.number(name, table.get("when_false"))?,
                        planned: flag("planned"),
                        settled: flag("settled"),
                    };
                    for class in ["verbs", "nouns", "adjectives"] {
                        for lemma in source.list(name, table, class)? {
                            source.insert(self.signatures.map(class), lemma, signature, name)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// A lexicon file while it is being read.
struct Source {
    file: &'static str,
    top: Table,
}

impl Source {
    fn parse(file: &'static str, text: &str) -> Result<Source, CueError> {
        match text.parse() {
            Ok(top) => Ok(Source { file, top }),
            Err(error) => Err(CueError { file, problem: error.to_string() }),
        }
    }

    fn error(&self, problem: String) -> CueError {
        CueError { file: self.file, problem }
    }

    fn tables(&self) -> impl Iterator<Item = (&String, &Table)> {
        self.top.iter().filter_map(|(name, value)| Some((name, value.as_table()?)))
    }

    fn list<'t>(&self, name: &str, table: &'t Table, key: &str) -> Result<Vec<&'t str>, CueError> {
        let fail = || self.error(format!("[{name}] {key} must be a list of words in quotes"));
        match table.get(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => {
                items.iter().map(|item| item.as_str().ok_or_else(fail)).collect()
            }
            Some(_) => Err(fail()),
        }
    }

    fn words(&self, name: &str, table: &Table, key: &str) -> Result<HashSet<String>, CueError> {
        Ok(self.list(name, table, key)?.into_iter().map(str::to_string).collect())
    }

    fn number(&self, name: &str, value: Option<&Value>) -> Result<f64, CueError> {
        value
            .and_then(|v| v.as_float().or_else(|| v.as_integer().map(|whole| whole as f64)))
            .filter(|number| (-3.0..=3.0).contains(number))
            .ok_or_else(|| self.error(format!("[{name}] needs numbers from -3 to 3")))
    }

    fn numbers(&self, name: &str, table: &Table) -> Result<HashMap<String, f64>, CueError> {
        table
            .iter()
            .map(|(word, value)| Ok((word.clone(), self.number(name, Some(value))?)))
            .collect()
    }

    fn insert<T>(
        &self,
        map: Option<&mut HashMap<String, T>>,
        lemma: &str,
        entry: T,
        name: &str,
    ) -> Result<(), CueError>
    where
        String: Hash + Eq,
    {
        if map.and_then(|map| map.insert(lemma.to_string(), entry)).is_some() {
            let problem = format!("[{name}] '{lemma}' stands twice: keep one");
            return Err(self.error(problem));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sound() {
        let cues = Cues::read(ATTRIBUTION, STATUS, PREDICATES).expect("the embedded files read");
        let total = cues.cues.verbs.len() + cues.cues.nouns.len() + cues.cues.adjectives.len();
        assert!(total > 400, "only {total} cues");
        for words in [&cues.cues.verbs, &cues.cues.nouns, &cues.cues.adjectives] {
            for lemma in words.keys() {
                assert!(
                    !lemma.is_empty()
                        && lemma.chars().all(|c| c.is_ascii_lowercase() || "_-".contains(c)),
                    "'{lemma}' is no lemma"
                );
            }
        }
        for verb in &cues.subjects {
            assert!(
                cues.signature(Class::Verb, verb).is_some(),
                "'{verb}' stands under subjects but has no signature"
            );
        }
    }

    #[test]
    fn frames_are_read() {
        let cues = Cues::embedded();
        let warn = cues.cue(Class::Verb, "warn").expect("warn is a cue");
        assert_eq!(warn.kind, CueKind::Warn);
        assert!(warn.prepositions.iter().any(|p| p == "of") && !warn.infinitive);
        assert!(cues.cue(Class::Verb, "vow").is_some_and(|c| c.infinitive));
        assert!(cues.cue(Class::Verb, "point_out").is_some());
        assert!(cues.cue(Class::Noun, "fear").is_some_and(|c| c.kind == CueKind::Fear));
    }

    #[test]
    fn nouns_of_happening_are_known() {
        let cues = Cues::embedded();
        for noun in ["war", "invasion", "deportation", "threat", "shelling"] {
            assert!(cues.happening(noun), "{noun}");
        }
        for noun in ["station", "government", "king", "harbour"] {
            assert!(!cues.happening(noun), "{noun}");
        }
    }

    #[test]
    fn a_fault_is_named() {
        let twice = "[say]\nverbs = [\"say\", \"say\"]";
        let error = Cues::read(twice, "", "").expect_err("a word stands twice");
        assert!(error.to_string().contains("'say' stands twice"), "{error}");
        let far = "[factive]\nwhen_true = 4\nwhen_false = 3";
        assert!(Cues::read("", far, "").is_err_and(|e| e.problem.contains("-3 to 3")));
    }
}
