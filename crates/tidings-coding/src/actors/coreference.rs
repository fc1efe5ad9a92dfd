//! Joining the namings of one actor: surnames and spellings of persons, offices and who holds
//! them, and short forms that point back.
//!
//! What the report says of somebody stands before what the lexicon knows.

use super::holders::is_of_state;
use super::names::preposition;
use super::page::Page;
use super::roles::{is_kin, points_at_group};
use super::spelling::{fold, initial, resembles};
use super::{Actor, Actors, Draft, Mention, Sort};
use std::collections::HashMap;
use tidings_language::{Deprel, Upos};
use tidings_world::EntryId;

/// How many sentences back "the government" may have been named.
const BODY_REACH: usize = 4;

/// The same for "the group".
const GROUP_REACH: usize = 3;

/// What is known of one actor while the report is read.
#[derive(Debug)]
pub(super) struct Known {
    pub sort: Sort,
    pub name: String,
    /// Folded words of a person's name.
    pub words: Vec<String>,
    pub key: String,
    pub entry: Option<EntryId>,
    pub country: Option<&'static str>,
    pub sectors: Vec<&'static str>,
    pub office: Option<String>,
    pub plural: bool,
    pub several: bool,
    pub single: bool,
    pub male: Option<bool>,
    pub uncertain: bool,
}

impl Known {
    pub fn new(draft: &Draft) -> Known {
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
            several: draft.several,
            single: draft.single,
            male: draft.male,
            uncertain: draft.uncertain,
        }
    }

    pub fn is_one_person(&self) -> bool {
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
    joining.at_home();
    for draft in &drafts {
        joining.resolve(draft);
    }
    for draft in drafts.iter().filter(|d| d.sort == Sort::Pronoun) {
        joining.speaker(draft);
    }
    joining.finish()
}

pub(super) struct Joining<'p> {
    pub page: &'p Page<'p>,
    pub known: Vec<Known>,
    pub keys: HashMap<String, usize>,
    /// Actors already settled, by the head of the naming.
    pub heads: HashMap<usize, usize>,
    pub said: Vec<Mention>,
}

impl Joining<'_> {
    pub fn add(&mut self, known: Known) -> usize {
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
                .chain(d.family)
                .map(|i| fold(self.page.doc.form(i)))
                .filter(|w| !w.is_empty())
                .collect()
        };
        let persons: Vec<(&Draft, Vec<String>)> =
            drafts.iter().filter(|d| d.sort == Sort::Person).map(|d| (d, words(d))).collect();
        let full = |(_, words): &&(&Draft, Vec<String>)| words.len() > 1;
        for (draft, words) in persons.iter().filter(full) {
            let found = self.same_person(draft, words);
            self.settle(draft, words, found, false);
        }
        for (draft, words) in persons.iter().filter(|p| !full(p)) {
            let mut found = self.same_person(draft, words);
            let mut damaged = false;
            if found.is_none() && draft.entry.is_none() && !draft.surname {
                found = self.nearly(words, draft.courtesy || draft.office.is_some());
                damaged = found.is_some();
            }
            match found {
                None if draft.surname => {}
                // A surname that the lexicon knows is first of all that of whom the report names.
                Some(id) if !self.may_be(id, draft.entry) => {
                    self.known[id].male = self.known[id].male.or(draft.male);
                    self.heads.insert(draft.head, id);
                }
                _ => self.settle(draft, words, found, damaged),
            }
        }
    }

    /// Whether the entry can be of the known person: all of its name is in the name given.
    fn may_be(&self, id: usize, entry: Option<EntryId>) -> bool {
        let (known, Some(entry)) = (&self.known[id], entry) else { return true };
        let name = self.page.world.names.entry(entry).name;
        known.entry == Some(entry)
            || known.entry.is_none()
                && (known.words.len() < 2
                    || name.split([' ', '-']).map(fold).all(|word| known.words.contains(&word)))
    }

    fn settle(&mut self, draft: &Draft, words: &[String], found: Option<usize>, damaged: bool) {
        let id = found.unwrap_or_else(|| self.add(Known::new(draft)));
        let name = match draft.family {
            Some(_) => draft.name.as_str(),
            None => self.page.text(&(draft.bare..draft.tokens.end)),
        };
        let given = &self.page.world.given;
        let known = &mut self.known[id];
        known.learn(draft);
        if known.entry.is_some() {
            known.male = known.male.or_else(|| given.is_male(&known.name));
        }
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
        let sexes = |k: &Known| matches!((k.male, draft.male), (Some(a), Some(b)) if a != b);
        if let Some(entry) = draft.entry
            && let Some(id) = self.known.iter().position(|k| k.entry == Some(entry) && !sexes(k))
        {
            return Some(id);
        }
        let last = words.last()?;
        self.known.iter().position(|k| {
            // A bare surname is first of all that of whom the report names in full.
            let full = words.len() == 1 && k.words.len() > 1;
            let differ = k.entry.is_some() && draft.entry.is_some() && !full;
            let (one, other) = (words.len() == 1, k.words.len() == 1);
            let surname = k.words.last() == Some(last);
            // "Xi" of "Xi Jinping": the family name may stand first.
            let first = one && k.words.first() == Some(last);
            let given = k.words.first() == words.first()
                || (k.words.len() > 1 && words.len() > 1 && initial(&k.words[0], &words[0]));
            // "Volodymyr Zelenskyy" and "Volodymyr Zelensky".
            let spelt = !one
                && !other
                && k.words.first() == words.first()
                && k.words.last().is_some_and(|known| resembles(last, known));
            !differ && !sexes(k) && (first || spelt || (surname && (one || other || given)))
        })
    }

    /// Whom a damaged surname means. Without a title before it, it must be a name grown longer or
    /// wrong in a letter of a person named in full.
    fn nearly(&self, words: &[String], titled: bool) -> Option<usize> {
        let last = words.last()?;
        self.known.iter().position(|k| {
            k.sort == Sort::Person
                && (titled || k.words.len() > 1)
                && k.words.last().is_some_and(|known| resembles(last, known))
        })
    }

    fn resolve(&mut self, draft: &Draft) {
        let ids = match draft.sort {
            Sort::Person => self.heads.get(&draft.head).copied().into_iter().collect(),
            Sort::Office => vec![self.office(draft)],
            Sort::Pronoun => self.antecedents(draft),
            Sort::Several(counted, count) => self.several(draft, counted, count),
            Sort::Body if points_at_group(self.page, draft.head) => self.group(draft),
            Sort::Body => vec![self.body(draft)],
            Sort::State | Sort::Organisation => vec![self.by_key(draft)],
        };
        for actor in ids {
            self.said.push(Mention { tokens: draft.tokens.clone(), head: draft.head, actor });
        }
    }

    /// "The group": the armed group or the party named last, for "the terrorist group" an armed one. Where
    /// none is near, it is somebody only if the words tell his sector or he acts.
    fn group(&mut self, draft: &Draft) -> Vec<usize> {
        let doc = self.page.doc;
        let terror = !draft.sectors.is_empty();
        let fits = |k: &Known| {
            k.sort == Sort::Organisation
                && k.sectors.first().is_some_and(|sector| match *sector {
                    "REB" | "UAF" | "PRM" => true,
                    "OPP" | "PTY" | "NGO" => !terror,
                    _ => false,
                })
        };
        let sentence = doc.sentence_of(draft.head);
        let back = |m: &Mention| sentence - doc.sentence_of(m.head);
        let reached = self.said.iter().rev().take_while(|m| back(m) <= GROUP_REACH);
        // As of a pronoun: the nearest, subjects before others.
        let near = reached
            .filter(|m| fits(&self.known[m.actor]))
            .min_by_key(|m| back(m) * 6 + self.rank(m.head, back(m)))
            .map(|m| m.actor);
        let acts = matches!(
            doc.tokens[draft.head].deprel,
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent
        );
        match near {
            Some(id) => vec![id],
            None if terror || acts => vec![self.body(draft)],
            None => Vec::new(),
        }
    }

    pub fn by_key(&mut self, draft: &Draft) -> usize {
        if let Some(&id) = self.keys.get(&draft.key) {
            // "Lima" tells more than "the government".
            if draft.sort == Sort::Organisation && self.known[id].sort == Sort::Body {
                self.known[id].name.clone_from(&draft.name);
            }
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

    fn body(&mut self, draft: &Draft) -> usize {
        let doc = self.page.doc;
        if let Some(&id) = self.heads.get(&draft.head) {
            return id;
        }
        let owner = draft.proxy.then(|| self.owner(draft)).flatten();
        let draft = &match owner.filter(|&id| self.known[id].is_one_person()) {
            Some(id) => self.staff(draft, id),
            None => draft.clone(),
        };
        if draft.country.is_some() {
            return self.by_key(draft);
        }
        if let Some(owned) = self.owner(draft).and_then(|id| self.owned(draft, id)) {
            return self.by_key(&owned);
        }
        let governs = draft.sectors.first().is_some_and(|sector| is_of_state(sector));
        let elsewhere = draft.definite && governs && draft.key.starts_with('|');
        if !elsewhere && self.keys.contains_key(&draft.key) {
            return self.by_key(draft);
        }
        if draft.definite && draft.key.starts_with('|') {
            let points_back = |k: &Known| k.sort == Sort::Body && k.key.ends_with(&draft.key);
            let reach = if elsewhere { BODY_REACH } else { usize::MAX };
            let near = self.last_within(draft.head, reach, points_back);
            if let Some(id) = near.filter(|&id| !elsewhere || self.known[id].country.is_some()) {
                return id;
            }
            // The government of the country of the paragraph, if the report names one there; else one
            // named earlier.
            if elsewhere && self.governed_around(draft).is_none() {
                let of_state = |k: &Known| points_back(k) && k.country.is_some();
                if let Some(id) = self.last(of_state).or(near) {
                    return id;
                }
            }
            // "the alliance", "the 27-nation bloc": the organisation of states named last.
            let union = ["alliance", "bloc", "union"].iter().any(|noun| draft.key.ends_with(noun));
            if union && let Some(id) = self.last(|k| k.sectors.contains(&"IGO")) {
                return id;
            }
        }
        let around = || self.governed_around(draft).filter(|_| elsewhere);
        if let Some(home) = self.page.home.or_else(around)
            && self.lives_at_home(draft)
        {
            let key = format!("{home}{}", draft.key);
            return self.by_key(&Draft { country: Some(home), key, ..draft.clone() });
        }
        if elsewhere {
            let key = format!("@{}{}", doc.sentence_of(draft.head), draft.key);
            return self.by_key(&Draft { key, ..draft.clone() });
        }
        self.by_key(draft)
    }

    /// The aides and delegates of somebody: of the state whom he governs for, else of his party's side.
    fn staff(&self, draft: &Draft, owner: usize) -> Draft {
        let known = &self.known[owner];
        let sectors = match known.sectors.first() {
            Some(&"GOV") => vec!["GOV"],
            Some(&"ELI" | &"LEG" | &"PTY") => vec!["PTY"],
            _ => known.sectors.clone(),
        };
        let key = format!("{}#{owner}{}", known.country.unwrap_or_default(), draft.key);
        Draft { sectors, key, country: draft.country.or(known.country), ..draft.clone() }
    }

    /// The country that the words around speak of, if the report names somebody who governs there.
    fn governed_around(&self, draft: &Draft) -> Option<&'static str> {
        let country = self.page.country_around(draft.head)?;
        let governs = |k: &Known| {
            k.country == Some(country)
                && (k.sectors.first().is_some_and(|sector| is_of_state(sector)))
        };
        self.known.iter().any(governs).then_some(country)
    }

    /// The body with the country of its owner: "his government" is of his country, "his supporters" are
    /// his. An ally, and a mother, may be from elsewhere.
    fn owned(&self, draft: &Draft, owner: usize) -> Option<Draft> {
        let doc = self.page.doc;
        let known = &self.known[owner];
        let pronoun = doc
            .children_by(draft.head, &[Deprel::NmodPoss])
            .any(|i| doc.tokens[i].upos == Upos::Pron);
        let nation = matches!(doc.lemma(draft.head), "nation" | "country" | "people");
        let governs = nation || draft.sectors.first().is_some_and(|sector| is_of_state(sector));
        let country = known.country.filter(|_| !draft.tie);
        let mut owned = Draft { country, ..draft.clone() };
        if draft.sectors == ["MIL"] && known.sectors.first() == Some(&"REB") {
            owned.sectors = vec!["REB"];
        }
        let state = |k: &&Known| k.sort == Sort::State && k.country == country;
        let state = self.known.iter().find(state).filter(|_| country.is_some());
        let his = known.single && !governs;
        owned.key = match country.filter(|_| !his) {
            Some(country) => format!("{country}{}", draft.key),
            None => format!("{}#{owner}{}", country.unwrap_or_default(), draft.key),
        };
        let whose = match his || draft.tie || country.is_none() {
            true => Some(&known.name),
            false if is_kin(doc.lemma(draft.head)) => None,
            false => state.map(|k| &k.name),
        };
        if let Some(whose) = whose.filter(|_| pronoun) {
            let mark = if whose.ends_with('s') { "'" } else { "'s" };
            owned.name = format!("{whose}{mark} {}", draft.name);
        }
        Some(owned)
    }

    /// Whether a body without an owner is of the only country that the report speaks of: its
    /// police, rebels or voters, but no peacekeepers, diplomats or foreign firms.
    fn lives_at_home(&self, draft: &Draft) -> bool {
        let doc = self.page.doc;
        let local = draft.sectors.first().is_some_and(|sector| match *sector {
            "OPP" | "PTY" | "LAB" | "AGR" => true,
            "CVL" | "REB" | "UAF" | "PRM" => self.page.at_home,
            sector => is_of_state(sector),
        });
        let from_elsewhere = |i: usize| {
            matches!(
                doc.lemma(i),
                "foreign"
                    | "international"
                    | "multinational"
                    | "western"
                    | "allied"
                    | "world"
                    | "Western"
            ) || matches!(
                doc.form(i),
                "European" | "African" | "Arab" | "Asian" | "regional" | "global"
            )
        };
        local
            && draft.key.starts_with('|')
            && !super::owners::may_be_abroad(doc.lemma(draft.head))
            && !draft.sectors.contains(&"IGO")
            && !doc.children_by(draft.head, &[Deprel::Amod, Deprel::Compound]).any(from_elsewhere)
    }

    /// Whom the possessive before the noun means: "its forces", "Mr. Horvat's government".
    pub fn owner(&self, draft: &Draft) -> Option<usize> {
        let doc = self.page.doc;
        // "the government of President Horvat" is his too.
        let owns =
            |i: &usize| doc.tokens[*i].deprel != Deprel::Nmod || preposition(doc, *i) == Some("of");
        let named = doc
            .children_by(draft.head, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Nmod])
            .filter(owns)
            .find_map(|i| self.heads.get(&i).copied());
        if named.is_some() {
            return named;
        }
        let own = doc
            .children_by(draft.head, &[Deprel::NmodPoss])
            .find(|&i| doc.tokens[i].upos == Upos::Pron)?;
        self.said.iter().rev().find(|m| m.head == own).map(|m| m.actor)
    }

    /// The same of those named in so many sentences before the word.
    fn last_within(
        &self,
        word: usize,
        reach: usize,
        fits: impl Fn(&Known) -> bool,
    ) -> Option<usize> {
        let doc = self.page.doc;
        let sentence = doc.sentence_of(word);
        let near = |m: &&Mention| sentence.saturating_sub(doc.sentence_of(m.head)) <= reach;
        let said = self.said.iter().rev().take_while(near);
        said.map(|m| m.actor).find(|&id| fits(&self.known[id]))
    }

    /// The actor named last of those that fit.
    pub fn last(&self, fits: impl Fn(&Known) -> bool) -> Option<usize> {
        self.said.iter().rev().map(|m| m.actor).find(|&id| fits(&self.known[id]))
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
                    person: known.sort == Sort::Person && known.entry.is_none(),
                });
            }
            mention.actor = number[mention.actor];
        }
        let datelines = self.page.datelines().to_vec();
        Actors { actors, mentions: self.said, datelines }
    }
}
