//! Joining the namings of one actor: surnames and spellings of persons, offices and who holds
//! them, short forms that point back, and pronouns.
//!
//! Pronouns follow the usual salience order (Lappin & Leass 1994, much reduced): agreement in
//! number, gender and animacy, then nearness in sentences, subjects before others.

use super::persons::is_speech;
use super::{Actor, Actors, Draft, Mention, Page, Sort};
use std::collections::HashMap;
use tidings_language::{Deprel, Upos};
use tidings_world::{EntryId, Kind};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How many sentences back a pronoun of the third person may reach.
const REACH: usize = 3;

/// What is known of one actor while the report is read.
#[derive(Debug)]
struct Known {
    sort: Sort,
    name: String,
    /// Folded words of a person's name.
    words: Vec<String>,
    key: String,
    entry: Option<EntryId>,
    country: Option<&'static str>,
    sectors: Vec<&'static str>,
    office: Option<String>,
    plural: bool,
    male: Option<bool>,
    uncertain: bool,
}

impl Known {
    fn new(draft: &Draft) -> Known {
        Known {
            sort: draft.sort,
            name: draft.name.clone(),
            words: Vec::new(),
            key: draft.key.clone(),
            entry: draft.entry,
            country: draft.country,
            sectors: draft.sectors.clone(),
            office: draft.office.clone(),
            plural: draft.plural,
            male: draft.male,
            uncertain: false,
        }
    }

    fn is_one_person(&self) -> bool {
        matches!(self.sort, Sort::Person | Sort::Office)
    }

    /// Takes over what another naming of the same person tells.
    fn learn(&mut self, draft: &Draft) {
        self.male = self.male.or(draft.male);
        self.country = self.country.or(draft.country);
        if self.entry.is_none()
            && let Some(entry) = draft.entry
        {
            self.entry = Some(entry);
            self.name.clone_from(&draft.name);
            self.country = draft.country.or(self.country);
        }
        if self.office.is_none() || (self.sectors.is_empty() && !draft.sectors.is_empty()) {
            self.office = draft.office.clone().or(self.office.take());
            if !draft.sectors.is_empty() {
                self.sectors.clone_from(&draft.sectors);
            }
        }
    }

    /// Whether the office held may be called so: "minister" of an interior minister.
    fn holds(&self, noun: &str) -> bool {
        self.office.as_deref().is_some_and(|office| same_office(office, noun))
    }
}

fn same_office(office: &str, noun: &str) -> bool {
    let plain =
        |o: &'_ str| if o == "premier" { "prime minister".to_string() } else { o.to_string() };
    let (office, noun) = (plain(office), plain(noun));
    office == noun || (office != "prime minister" && office.ends_with(&format!(" {noun}")))
}

/// Lower case without accents: "Vučić" and "Vucic" are one.
pub(super) fn fold(word: &str) -> String {
    word.nfd()
        .filter(|&c| !is_combining_mark(c) && c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Whether a damaged name may be the known one: it begins with it, or differs by one or two letters.
fn resembles(damaged: &str, known: &str) -> bool {
    let shorter = damaged.chars().count().min(known.chars().count());
    if shorter < 4 || damaged == known {
        return false;
    }
    let common = damaged.chars().zip(known.chars()).take_while(|(a, b)| a == b).count();
    common == shorter && shorter >= 5 || common >= 3 && distance(damaged, known) <= shorter / 4
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// Gender, number and person of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pronoun {
    He,
    She,
    It,
    They,
    /// "I" and "we": the speaker of a quotation.
    Speaker,
}

fn pronoun(form: &str) -> Option<Pronoun> {
    let is = |list: &[&str]| list.iter().any(|p| p.eq_ignore_ascii_case(form));
    if form.len() > 10 {
        None
    } else if is(&["he", "him", "his", "himself"]) {
        Some(Pronoun::He)
    } else if is(&["she", "her", "hers", "herself"]) {
        Some(Pronoun::She)
    } else if is(&["it", "its", "itself"]) {
        Some(Pronoun::It)
    } else if is(&["they", "them", "their", "theirs", "themselves"]) {
        Some(Pronoun::They)
    } else if is(&["i", "me", "my", "we", "us", "our"]) {
        Some(Pronoun::Speaker)
    } else {
        None
    }
}

/// The personal pronouns that may stand for an actor.
pub(super) fn pronouns(page: &Page) -> Vec<Draft> {
    let doc = page.doc;
    let refers = |i: usize| {
        let t = &doc.tokens[i];
        let Some(kind) = (t.upos == Upos::Pron).then(|| pronoun(doc.form(i))).flatten() else {
            return false;
        };
        // "Serbia itself": the noun has said it. "It is likely that": nobody.
        let emphatic = doc.form(i).ends_with("sel") || doc.form(i).ends_with("self");
        let up = doc.head(i).map(|up| doc.tokens[up].upos);
        let empty = kind == Pronoun::It && t.deprel == Deprel::Nsubj && up == Some(Upos::Adj);
        t.deprel != Deprel::Expl
            && !empty
            && !(emphatic && matches!(up, Some(Upos::Noun | Upos::Propn | Upos::Pron)))
    };
    (0..doc.tokens.len())
        .filter(|&i| refers(i))
        .map(|i| Draft::new(i..i + 1, i, Sort::Pronoun))
        .collect()
}

/// Makes actors of the namings.
pub(super) fn join(page: &Page, mut drafts: Vec<Draft>) -> Actors {
    drafts.sort_by_key(|d| (d.head, d.tokens.start));
    let mut joining = Joining {
        page,
        known: Vec::new(),
        keys: HashMap::new(),
        heads: HashMap::new(),
        said: Vec::new(),
    };
    joining.persons(&drafts);
    joining.appositions(&drafts);
    for draft in &drafts {
        joining.resolve(draft);
    }
    for draft in drafts.iter().filter(|d| d.sort == Sort::Pronoun) {
        joining.speaker(draft);
    }
    joining.finish()
}

struct Joining<'p> {
    page: &'p Page<'p>,
    known: Vec<Known>,
    keys: HashMap<String, usize>,
    /// Actors already settled, by the head of the naming.
    heads: HashMap<usize, usize>,
    said: Vec<Mention>,
}

impl Joining<'_> {
    fn add(&mut self, known: Known) -> usize {
        if !known.key.is_empty() {
            self.keys.entry(known.key.clone()).or_insert(self.known.len());
        }
        self.known.push(known);
        self.known.len() - 1
    }

    /// Full names first, wherever they stand; then surnames; then damaged names.
    fn persons(&mut self, drafts: &[Draft]) {
        let words = |d: &Draft| -> Vec<String> {
            (d.bare..d.tokens.end)
                .map(|i| fold(self.page.doc.form(i)))
                .filter(|w| !w.is_empty())
                .collect()
        };
        let persons: Vec<(&Draft, Vec<String>)> =
            drafts.iter().filter(|d| d.sort == Sort::Person).map(|d| (d, words(d))).collect();
        let full = |(d, words): &&(&Draft, Vec<String>)| words.len() > 1 || d.entry.is_some();
        for (draft, words) in persons.iter().filter(full) {
            let found = self.same_person(draft, words);
            self.settle(draft, words, found, false);
        }
        for (draft, words) in persons.iter().filter(|p| !full(p)) {
            let mut found = self.same_person(draft, words);
            let mut damaged = false;
            if found.is_none() && (draft.courtesy || draft.office.is_some()) {
                found = self.nearly(words);
                damaged = found.is_some();
            }
            self.settle(draft, words, found, damaged);
        }
    }

    fn settle(&mut self, draft: &Draft, words: &[String], found: Option<usize>, damaged: bool) {
        let id = found.unwrap_or_else(|| self.add(Known::new(draft)));
        let name = self.page.text(&(draft.bare..draft.tokens.end));
        let known = &mut self.known[id];
        known.learn(draft);
        known.uncertain |= damaged;
        if !damaged && known.entry.is_none() {
            let marks = |name: &str| {
                (name.split(' ').count(), name.chars().filter(|c| !c.is_ascii()).count())
            };
            if marks(name) > marks(&known.name) {
                known.name = name.to_string();
            }
        }
        if !damaged && words.len() > known.words.len() {
            known.words = words.to_vec();
        }
        self.heads.insert(draft.head, id);
    }

    fn same_person(&self, draft: &Draft, words: &[String]) -> Option<usize> {
        if let Some(entry) = draft.entry
            && let Some(id) = self.known.iter().position(|k| k.entry == Some(entry))
        {
            return Some(id);
        }
        let last = words.last()?;
        self.known.iter().position(|k| {
            let differ = k.entry.is_some() && draft.entry.is_some();
            let (one, other) = (words.len() == 1, k.words.len() == 1);
            let surname = k.words.last() == Some(last);
            // "Xi" of "Xi Jinping": the family name may stand first.
            let first = one && k.words.first() == Some(last);
            let given = k.words.first() == words.first()
                || (k.words.len() > 1 && words.len() > 1 && initial(&k.words[0], &words[0]));
            let sexes = matches!((k.male, draft.male), (Some(a), Some(b)) if a != b);
            !differ && !sexes && (first || (surname && (one || other || given)))
        })
    }

    fn nearly(&self, words: &[String]) -> Option<usize> {
        let last = words.last()?;
        self.known.iter().position(|k| {
            k.sort == Sort::Person && k.words.last().is_some_and(|known| resembles(last, known))
        })
    }

    /// Offices beside a name tell who holds them: apposition either way, or "is the president".
    fn appositions(&mut self, drafts: &[Draft]) {
        let doc = self.page.doc;
        for draft in drafts.iter().filter(|d| matches!(d.sort, Sort::Office | Sort::Body)) {
            if draft.plural {
                continue;
            }
            let head = draft.head;
            let person = |i: usize| self.heads.get(&i).copied();
            let up = doc.head(head).filter(|_| doc.tokens[head].deprel == Deprel::Appos);
            let beside = up
                .and_then(person)
                .or_else(|| doc.children_by(head, &[Deprel::Appos, Deprel::Flat]).find_map(person));
            let comma = || {
                let next = draft.tokens.end;
                let comma =
                    next < doc.tokens.len() && doc.form(next) == "," && draft.sort == Sort::Office;
                comma.then(|| person(next + 1)).flatten()
            };
            let is = || {
                let copula = doc
                    .children_by(head, &[Deprel::Cop])
                    .any(|c| !doc.tokens[c].feats.has("Tense=Past"));
                let subject = doc.children_by(head, &[Deprel::Nsubj]).find_map(person);
                subject.filter(|_| copula && draft.sort == Sort::Office)
            };
            let Some(id) = beside.or_else(comma).or_else(is) else { continue };
            let known = &mut self.known[id];
            if known.entry.is_none() || known.country.is_none() {
                known.country = draft.country.or(known.country);
            }
            if let Some(office) = &draft.office
                && !known.holds(office)
            {
                known.office = Some(office.clone());
                known.sectors.clone_from(&draft.sectors);
            } else if known.sectors.is_empty() {
                known.sectors.clone_from(&draft.sectors);
            }
            if doc.children_by(head, &[Deprel::Cop]).next().is_none() {
                self.heads.insert(head, id);
            }
        }
    }

    fn resolve(&mut self, draft: &Draft) {
        let id = match draft.sort {
            Sort::Person => self.heads.get(&draft.head).copied(),
            Sort::Office => Some(self.office(draft)),
            Sort::Pronoun => self.antecedent(draft),
            Sort::Body => Some(self.body(draft)),
            Sort::State | Sort::Organisation => Some(self.by_key(draft)),
        };
        if let Some(actor) = id {
            self.said.push(Mention { tokens: draft.tokens.clone(), head: draft.head, actor });
        }
    }

    fn by_key(&mut self, draft: &Draft) -> usize {
        if let Some(&id) = self.keys.get(&draft.key) {
            return id;
        }
        // "the Liberation Front of X (LFX)": the short form names the same.
        let doc = self.page.doc;
        let short = draft.sort == Sort::Organisation
            && doc.tokens[draft.head].deprel == Deprel::Appos
            && doc.form(draft.head).chars().all(|c| !c.is_lowercase());
        if short
            && let Some(up) = doc.head(draft.head)
            && let Some(mention) = self.said.iter().find(|m| m.head == up)
            && self.known[mention.actor].sort != Sort::State
            && !self.known[mention.actor].is_one_person()
        {
            self.keys.insert(draft.key.clone(), mention.actor);
            return mention.actor;
        }
        self.add(Known::new(draft))
    }

    fn office(&mut self, draft: &Draft) -> usize {
        if let Some(&id) = self.heads.get(&draft.head) {
            return id;
        }
        let noun = draft.office.as_deref().unwrap_or_default();
        let owner = self.owner(draft);
        let country = draft.country.or(owner.and_then(|id| self.known[id].country));
        if !noun.is_empty() {
            if let Some(country) = country {
                let holds =
                    |k: &Known| k.is_one_person() && k.country == Some(country) && k.holds(noun);
                if let Some(id) = self.known.iter().position(holds) {
                    return id;
                }
                if let Some(id) = self.listed_holder(country, noun) {
                    return id;
                }
                // "President Ana Horvat" of a report that names one country's president.
                let stateless =
                    |k: &Known| k.sort == Sort::Person && k.country.is_none() && k.holds(noun);
                let mut all = self.known.iter().enumerate().filter(|(_, k)| stateless(k));
                if let (Some((id, _)), None) = (all.next(), all.next()) {
                    self.known[id].country = Some(country);
                    return id;
                }
            } else if draft.definite
                && let Some(id) = self.last(|k| k.is_one_person() && k.holds(noun))
            {
                return id;
            }
        }
        let mut draft = draft.clone();
        if draft.country.is_none() && country.is_some() {
            draft.country = country;
            draft.key = format!("{}{}", country.unwrap_or_default(), draft.key);
        }
        self.by_key(&draft)
    }

    /// The person who, by the lexicon, held the office when the report was published.
    fn listed_holder(&mut self, country: &'static str, noun: &str) -> Option<usize> {
        let day = self.page.published?;
        let names = &self.page.world.names;
        let mut holders = names.entries().filter(|(_, entry)| {
            entry.kind == Kind::Person
                && entry.country == Some(country)
                && entry.role_on(Some(day)).is_some_and(|role| same_office(role.office, noun))
        });
        let (id, entry) = holders.next()?;
        if holders.next().is_some() {
            return None;
        }
        let known = self.known.iter().position(|k| k.entry == Some(id));
        Some(known.unwrap_or_else(|| {
            let mut draft = Draft::new(0..0, 0, Sort::Person);
            draft.name = entry.name.to_string();
            draft.entry = Some(id);
            draft.country = entry.country;
            draft.sectors = entry.sectors_on(Some(day));
            draft.office = entry.role_on(Some(day)).map(|role| role.office.to_string());
            let words = entry.name.split(' ').map(fold).collect();
            self.add(Known { words, ..Known::new(&draft) })
        }))
    }

    fn body(&mut self, draft: &Draft) -> usize {
        let doc = self.page.doc;
        if let Some(&id) = self.heads.get(&draft.head) {
            return id;
        }
        if draft.country.is_some() || self.keys.contains_key(&draft.key) {
            return self.by_key(draft);
        }
        if let Some(id) = self.owner(draft)
            && let Some(country) = self.known[id].country
        {
            let mut owned = draft.clone();
            owned.country = Some(country);
            owned.key = format!("{country}{}", draft.key);
            let state = |k: &&Known| k.sort == Sort::State && k.country == Some(country);
            let pronoun = doc
                .children_by(draft.head, &[Deprel::NmodPoss])
                .any(|i| doc.tokens[i].upos == Upos::Pron);
            if pronoun && let Some(state) = self.known.iter().find(state) {
                owned.name = format!("{}'s {}", state.name, draft.name);
            }
            return self.by_key(&owned);
        }
        if draft.definite && draft.key.starts_with('|') {
            let points_back = |k: &Known| k.sort == Sort::Body && k.key.ends_with(&draft.key);
            if let Some(id) = self.last(points_back) {
                return id;
            }
            // "the alliance", "the 27-nation bloc": the organisation of states named last.
            let union = ["alliance", "bloc", "union"].iter().any(|noun| draft.key.ends_with(noun));
            if union && let Some(id) = self.last(|k| k.sectors.contains(&"IGO")) {
                return id;
            }
        }
        self.by_key(draft)
    }

    /// Whom the possessive before the noun means: "its forces", "Mr. Horvat's government".
    fn owner(&self, draft: &Draft) -> Option<usize> {
        let doc = self.page.doc;
        let named = doc
            .children_by(draft.head, &[Deprel::NmodPoss, Deprel::Compound])
            .find_map(|i| self.heads.get(&i).copied());
        if named.is_some() {
            return named;
        }
        let own = doc
            .children_by(draft.head, &[Deprel::NmodPoss])
            .find(|&i| doc.tokens[i].upos == Upos::Pron)?;
        self.said.iter().rev().find(|m| m.head == own).map(|m| m.actor)
    }

    /// The actor named last of those that fit.
    fn last(&self, fits: impl Fn(&Known) -> bool) -> Option<usize> {
        self.said.iter().rev().map(|m| m.actor).find(|&id| fits(&self.known[id]))
    }

    fn antecedent(&mut self, draft: &Draft) -> Option<usize> {
        let doc = self.page.doc;
        let word = draft.head;
        let kind = pronoun(doc.form(word)).filter(|&kind| kind != Pronoun::Speaker)?;
        let sentence = doc.sentence_of(word);
        let possessive = doc.tokens[word].deprel == Deprel::NmodPoss;
        let reflexive = doc.form(word).contains("sel");
        let mut best: Option<(usize, usize)> = None;
        for mention in self.said.iter().rev() {
            let back = sentence - doc.sentence_of(mention.head);
            if back > REACH {
                break;
            }
            let known = &self.known[mention.actor];
            let agrees = match kind {
                Pronoun::He => known.is_one_person() && known.male != Some(false),
                Pronoun::She => known.is_one_person() && known.male != Some(true),
                Pronoun::It => !known.is_one_person() && !known.plural && back < REACH,
                Pronoun::They => known.plural && !known.is_one_person() && back < REACH,
                Pronoun::Speaker => false,
            };
            let clause = |i: usize| doc.head(i);
            let bound = !possessive
                && !reflexive
                && back == 0
                && clause(mention.head).is_some()
                && clause(mention.head) == clause(word);
            if !agrees || bound || mention.tokens.contains(&word) {
                continue;
            }
            let relation = doc.tokens[mention.head].deprel;
            let rank = match relation {
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => 0,
                Deprel::Amod | Deprel::Compound | Deprel::NmodDesc => 5,
                Deprel::NmodPoss | Deprel::Nmod => 2,
                _ => 1,
            };
            let cost = back * 3 + rank;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, mention.actor));
            }
        }
        let (_, id) = best?;
        match kind {
            Pronoun::He => self.known[id].male = Some(true),
            Pronoun::She => self.known[id].male = Some(false),
            _ => {}
        }
        Some(id)
    }

    /// "We" and "I" inside what somebody says are the one who says it.
    fn speaker(&mut self, draft: &Draft) {
        let doc = self.page.doc;
        if pronoun(doc.form(draft.head)) != Some(Pronoun::Speaker) {
            return;
        }
        let mut at = draft.head;
        while let Some(up) = doc.head(at) {
            let content =
                matches!(doc.tokens[at].deprel, Deprel::Ccomp | Deprel::Parataxis | Deprel::Dep);
            let verbs = std::iter::once(up).chain(doc.children_by(at, &[Deprel::Parataxis]));
            for verb in verbs.filter(|&v| is_speech(doc.lemma(v)) && (content || v != up)) {
                let speaker = doc.children_by(verb, &[Deprel::Nsubj]).next();
                let named = self.said.iter().find(|m| Some(m.head) == speaker).map(|m| m.actor);
                if let Some(actor) = named {
                    self.said.push(Mention {
                        tokens: draft.tokens.clone(),
                        head: draft.head,
                        actor,
                    });
                    return;
                }
            }
            at = up;
        }
        // The verb of speech may hang on the root of the quotation: "We are trapped, said X".
        for verb in doc.children_by(at, &[Deprel::Parataxis]).filter(|&v| is_speech(doc.lemma(v))) {
            let speaker = doc.children_by(verb, &[Deprel::Nsubj]).next();
            let named = self.said.iter().find(|m| Some(m.head) == speaker).map(|m| m.actor);
            if let Some(actor) = named {
                self.said.push(Mention { tokens: draft.tokens.clone(), head: draft.head, actor });
                return;
            }
        }
    }

    /// Actors in the order in which the report first names them.
    fn finish(mut self) -> Actors {
        self.said.sort_by_key(|m| (m.head, m.tokens.start));
        let mut number = vec![usize::MAX; self.known.len()];
        let mut actors = Vec::new();
        for mention in &mut self.said {
            let known = &self.known[mention.actor];
            if number[mention.actor] == usize::MAX {
                number[mention.actor] = actors.len();
                actors.push(Actor {
                    name: known.name.clone(),
                    country: known.country.map(str::to_string),
                    sectors: known.sectors.iter().map(ToString::to_string).collect(),
                    office: known.office.clone(),
                    uncertain: known.uncertain,
                });
            }
            mention.actor = number[mention.actor];
        }
        Actors { actors, mentions: self.said }
    }
}

/// Whether one given name is the initial of the other: "A. Vucic".
fn initial(a: &str, b: &str) -> bool {
    (a.len() == 1 && b.starts_with(a)) || (b.len() == 1 && a.starts_with(b))
}
