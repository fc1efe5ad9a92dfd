//! Persons, listed or not: a run of proper nouns with the title before it or the office beside it.
//!
//! A run names a person where the lexicon says so, or where its words do: a title ("Mr.",
//! "President", "spokesman"), a name in two or more parts (UD `flat`), an apposition to an office,
//! or a verb of speech above it. The lists below are closed classes of English.

use super::names::top;
use super::page::Page;
use super::spelling::fold;
use super::{Draft, Sort};
use std::ops::Range;
use tidings_language::{Deprel, Upos};
use tidings_world::{AgentKind, EntryId, Kind};

/// Whether the title is a courtesy, and the sex it tells.
pub(super) fn courtesy(form: &str) -> Option<Option<bool>> {
    match form.trim_end_matches('.') {
        "Mr" | "Sir" | "Lord" | "M" | "Herr" | "Monsieur" | "Señor" => Some(Some(true)),
        "Mrs" | "Ms" | "Miss" | "Lady" | "Madame" | "Mme" | "Dame" | "Frau" => Some(Some(false)),
        "Dr" | "Prof" | "Professor" | "Rev" | "Hon" => Some(None),
        _ => None,
    }
}

/// Ranks and titles in their short forms, with the office and the sector they stand for.
fn short_title(form: &str) -> Option<(&'static str, &'static str)> {
    Some(match form.trim_end_matches('.') {
        "Gen" => ("general", "MIL"),
        "Lt" => ("lieutenant", "MIL"),
        "Col" => ("colonel", "MIL"),
        "Maj" => ("major", "MIL"),
        "Capt" => ("captain", "MIL"),
        "Sgt" => ("sergeant", "MIL"),
        "Cpl" => ("corporal", "MIL"),
        "Det" => ("detective", "COP"),
        "Adm" => ("admiral", "MIL"),
        "Cmdr" => ("commander", "MIL"),
        "Brig" => ("brigadier", "MIL"),
        "Sen" => ("senator", "LEG"),
        "Rep" => ("representative", "LEG"),
        "Gov" => ("governor", "GOV"),
        "Pres" => ("president", "GOV"),
        _ => return None,
    })
}

/// Days and months are proper nouns, but nobody.
pub(super) fn is_calendar(form: &str) -> bool {
    let form = form.trim_end_matches('.');
    const NAMES: [&str; 19] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const SHORT: [&str; 18] = [
        "Mon", "Tue", "Tues", "Wed", "Thu", "Thurs", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar",
        "Apr", "Aug", "Sept", "Oct", "Nov", "Dec",
    ];
    NAMES.contains(&form) || SHORT.contains(&form)
}

/// Small words inside names of persons.
fn is_particle(form: &str) -> bool {
    matches!(
        form,
        "di" | "da"
            | "de"
            | "del"
            | "della"
            | "dos"
            | "du"
            | "van"
            | "von"
            | "der"
            | "den"
            | "bin"
            | "ibn"
            | "bint"
            | "al"
            | "el"
            | "ul"
            | "la"
            | "le"
            | "ter"
            | "ten"
    )
}

/// Verbs whose subject speaks.
pub(super) fn is_speech(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "add"
            | "warn"
            | "claim"
            | "declare"
            | "insist"
            | "explain"
            | "note"
            | "announce"
            | "argue"
            | "comment"
            | "reply"
            | "write"
            | "tweet"
            | "stress"
            | "admit"
            | "accuse"
            | "urge"
            | "vow"
            | "pledge"
            | "promise"
            | "deny"
            | "state"
            | "believe"
    )
}

/// Every naming of a person by name.
pub(super) fn find(page: &Page) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut at = 0;
    while at < page.doc.tokens.len() {
        match run(page, at) {
            Some(run) => {
                let next = run.end;
                drafts.extend(person(page, run));
                at = next;
            }
            None => at += 1,
        }
    }
    drafts
}

fn listed_person(page: &Page, token: usize) -> Option<(Range<usize>, EntryId)> {
    let (named, entry) = page.name_at(token)?;
    (entry.kind == Kind::Person).then(|| (named.tokens.clone(), named.entry))
}

/// The proper nouns from `first` on that hang together.
fn run(page: &Page, first: usize) -> Option<Range<usize>> {
    let doc = page.doc;
    let fits = |i: usize| match page.name_at(i) {
        Some((_, entry)) => entry.kind == Kind::Person,
        None => {
            doc.tokens[i].upos == Upos::Propn
                && doc.form(i).starts_with(|c: char| !c.is_lowercase())
                && (!is_calendar(doc.form(i)) || page.is_surnamed(i))
        }
    };
    if !fits(first) || page.in_dateline(first) {
        return None;
    }
    let sentence = doc.sentences.get(doc.sentence_of(first))?.tokens.clone();
    let mut end = first + 1;
    while end < sentence.end {
        let inside = |i: usize| (first..end).contains(&i);
        let tied = doc.head(end).is_some_and(inside)
            || (first..end).any(|i| doc.head(i) == Some(end))
            || doc.tokens[end].deprel == Deprel::Flat
            || listed_person(page, end).is_some_and(|(name, _)| name.contains(&(end - 1)));
        let glued = doc.tokens[end].start == doc.tokens[end - 1].end;
        let hyphen = matches!(doc.form(end), "-" | "‐" | "–")
            && glued
            && end + 1 < sentence.end
            && doc.tokens[end + 1].start == doc.tokens[end].end
            && doc.form(end + 1).chars().all(char::is_alphabetic)
            && page.name_at(end + 1).is_none_or(|(_, entry)| entry.kind == Kind::Person);
        let after_hyphen = glued && matches!(doc.form(end - 1), "-" | "‐" | "–");
        let particle = doc.tokens[end].deprel == Deprel::Flat
            && page.name_at(end).is_none()
            && doc.tokens[end].upos != Upos::Punct;
        // "Janine di Giovanni"
        let particle = particle
            || is_particle(doc.form(end))
                && end + 1 < sentence.end
                && fits(end + 1)
                && page.name_at(end).is_none();
        let tied = tied || is_particle(doc.form(end - 1));
        let breaks = matches!(doc.tokens[end].deprel, Deprel::Conj | Deprel::Appos);
        if hyphen || (!breaks && (after_hyphen || particle || (tied && fits(end)))) {
            end += 1;
        } else {
            break;
        }
    }
    Some(first..end)
}

/// The person named by a run, with its title.
fn person(page: &Page, run: Range<usize>) -> Option<Draft> {
    let doc = page.doc;
    // The last title in the run parts office and name: "Prime Minister | Albin Kurti".
    let title_at = |i: usize| {
        listed_person(page, i).is_none()
            && (courtesy(doc.form(i)).is_some()
                || short_title(doc.form(i)).is_some()
                || page.agent_at(i).is_some_and(|(a, _)| a.kind == AgentKind::Person))
    };
    let inside = run.clone().rev().skip(1).find(|&i| title_at(i));
    let mut name = inside.map_or(run.start, |i| i + 1)..run.end;
    // "General" of "Attorney General Ashcroft" is no name.
    let of_title =
        |form| matches!(form, "General" | "Minister" | "Secretary" | "-" | "elect" | "-elect");
    while name.len() > 1 && of_title(doc.form(name.start)) {
        name.start += 1;
    }
    let before =
        name.start.checked_sub(1).filter(|&i| doc.sentence_of(i) == doc.sentence_of(run.start));
    // "Secretary of State John Kerry"
    let of_role = |i: usize| i.checked_sub(2).filter(|&i| page.of_role(i).is_some());
    let title = before
        .and_then(|i| of_role(i).or_else(|| title_at(i).then_some(i)))
        .filter(|&i| doc.tokens[i].upos != Upos::Verb);
    let head = top(doc, &name);
    let entry = name
        .clone()
        .find_map(|i| listed_person(page, i))
        .filter(|(listed, entry)| page.is_whole_name(&name, listed, *entry))
        .map(|(_, entry)| entry)
        .or_else(|| page.without_initials(&name));
    // "his mother, Sharon" is no Sharon of the lexicon.
    let kin = page.kin_beside(head);
    let entry = entry.filter(|_| kin.is_none() || name.len() > 1);
    let sex = title.and_then(|t| courtesy(doc.form(t))).flatten();
    let entry = match (entry, sex) {
        (Some(entry), Some(male)) if name.len() == 1 => page.of_sex(name.start, entry, male),
        (entry, _) => entry,
    };
    let several = name.len() > 1
        && name
            .clone()
            .any(|i| doc.tokens[i].deprel == Deprel::Flat && doc.tokens[i].upos == Upos::Propn);
    // "Baker" of a report that names Danny Baker is no baker.
    let single_agent = name.len() == 1
        && page.agent_at(head).is_some()
        && !(page.ends_a_name(name.start) && doc.form(head).starts_with(char::is_uppercase));
    if single_agent && entry.is_none() && title.is_none_or(|t| courtesy(doc.form(t)).is_none()) {
        return None;
    }
    let appositive = doc.tokens[head].deprel == Deprel::Appos
        && doc.head(head).is_some_and(|up| page.office_noun(up))
        || doc.children_by(head, &[Deprel::Appos]).any(|i| page.office_noun(i));
    let speaks = doc.tokens[head].deprel == Deprel::Nsubj
        && doc.head(head).is_some_and(|up| is_speech(doc.lemma(up)));
    let acronym = page.text(&name).chars().all(|c| !c.is_lowercase());
    let case = super::names::preposition(doc, head);
    let article = doc.children_by(head, &[Deprel::Det]).next().is_some();
    let inside = case.is_some_and(|case| matches!(case, "in" | "near")) || article;
    let place = inside || case == Some("at");
    let certain = entry.is_some() || title.is_some() || appositive;
    let named = (several || speaks) && !acronym && !place && !page.institution_word(&name);
    // "shots at Sanders"
    let surname = name.len() == 1 && page.ends_a_name(name.start) && !acronym && !inside;
    let family = page.family_of(&name).filter(|_| entry.is_none());
    if !(certain || named || surname || family.is_some()) {
        return None;
    }
    let heard = match entry {
        None if certain || named => {
            page.sounding(&name, title.is_some_and(|i| !super::roles::is_kin(doc.lemma(i))))
        }
        _ => None,
    };
    let entry = entry.or(heard);
    let mut draft = Draft { entry, ..Draft::new(name.clone(), head, Sort::Person) };
    draft.uncertain = heard.is_some();
    draft.name = page.text(&name).to_string();
    draft.surname = !certain && !named && family.is_none();
    if let Some(family) = family {
        draft.name = format!("{} {}", draft.name, doc.form(family));
        draft.family = Some(family);
    }
    if let Some(entry) = entry.map(|id| page.world.names.entry(id)) {
        draft.name = entry.name.to_string();
        draft.country = entry.country_on(page.published);
        draft.sectors = entry.sectors_on(page.published);
        draft.office = entry
            .role_on(page.published)
            .map(|role| role.office.to_string())
            .filter(|office| !office.is_empty());
    }
    draft.male = kin.flatten();
    if name.len() > 1 || family.is_some() {
        draft.male = draft.male.or(page.world.given.is_male(page.text(&name)));
    }
    if let Some(title) = title {
        if let Some(male) = courtesy(doc.form(title)) {
            draft.male = male.or(draft.male);
            draft.courtesy = true;
            draft.tokens.start = title;
        } else if let Some((office, sector)) = short_title(doc.form(title)) {
            let rank = page.world.agents.get(office).is_some_and(|agent| agent.rank);
            let sector = if rank && page.policed { "COP" } else { sector };
            draft.tokens.start = title;
            draft.set_office(office.to_string(), &[sector]);
        } else {
            let office = page.office_phrase(title);
            draft.tokens.start = office.tokens.start;
            if office.country.is_some() && draft.entry.is_none() {
                draft.country = office.country;
            }
            if !office.former {
                draft.set_office(office.words, &office.sectors);
            } else if draft.entry.is_none() || page.published.is_none() {
                // Out of office; with a date, the lexicon knows better.
                draft.office = None;
                draft.sectors = vec!["ELI"];
            }
        }
    }
    Some(draft)
}

impl Page<'_> {
    /// Whether a word that may be a month is a name here: after a title ("Mrs. May"), or, where the
    /// report names somebody so, as one who acts ("May rejected").
    fn is_surnamed(&self, token: usize) -> bool {
        let doc = self.doc;
        let titled = token.checked_sub(1).is_some_and(|i| courtesy(doc.form(i)).is_some());
        let acts = || {
            matches!(doc.tokens[token].deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NmodPoss)
                && doc
                    .children_by(token, &[Deprel::Nummod, Deprel::Case, Deprel::Det])
                    .all(|i| doc.tokens[i].upos == Upos::Part)
        };
        titled || (self.ends_a_name(token) && acts())
    }

    /// Who is meant by a name that no list holds so: whoever's name sounds like it, if it is a full
    /// name, or if the report speaks of the country.
    fn sounding(&self, name: &Range<usize>, titled: bool) -> Option<EntryId> {
        let (id, words) = self.world.names.person_sounding(self.text(name))?;
        let country = self.world.names.entry(id).country;
        let agrees = country.is_some_and(|country| self.speaks_of(country));
        (words > 1 || (titled && agrees)).then_some(id)
    }

    /// The family name that a given name shares with the next: "Ana and Luis | Rojas".
    fn family_of(&self, name: &Range<usize>) -> Option<usize> {
        let (doc, next) = (self.doc, name.end + 1);
        let joined = name.len() == 1
            && next + 1 < doc.tokens.len()
            && doc.form(name.end) == "and"
            && doc.head(next) == Some(name.start)
            && doc.tokens[next].upos == Upos::Propn
            && self.world.given.is_male(doc.form(name.start)).is_some();
        let last = doc.children_by(next, &[Deprel::Flat]).last().filter(|_| joined)?;
        (doc.tokens[last].upos == Upos::Propn).then_some(last)
    }

    /// Whose mother, brother or the like the person is said to be beside the name, with the sex it tells.
    fn kin_beside(&self, head: usize) -> Option<Option<bool>> {
        let doc = self.doc;
        let above = doc.head(head).filter(|_| doc.tokens[head].deprel == Deprel::Appos);
        let mut all =
            above.into_iter().chain(doc.children_by(head, &[Deprel::Appos, Deprel::NmodDesc]));
        all.find(|&i| super::roles::is_kin(doc.lemma(i))).map(|i| super::roles::sex(doc.lemma(i)))
    }

    /// Who of that surname may be "Mr." or "Mrs.", where the one first thought of may not.
    fn of_sex(&self, surname: usize, entry: EntryId, male: bool) -> Option<EntryId> {
        let (world, form) = (self.world, self.doc.form(surname));
        let other = |id: &EntryId| world.given.is_male(world.names.entry(*id).name) == Some(!male);
        if !other(&entry) {
            return Some(entry);
        }
        let fits = |id: &EntryId| !other(id) && world.names.entry(*id).kind == Kind::Person;
        world.names.lookup(form).into_iter().find(fits)
    }

    /// Who is meant by a full name with an initial that the lexicon does not have: "Ana B. Rojas".
    fn without_initials(&self, name: &Range<usize>) -> Option<EntryId> {
        let form = |i: usize| self.doc.form(i);
        let initial = |i: &usize| form(*i).trim_end_matches('.').chars().count() == 1;
        if name.len() < 3 || !name.clone().any(|i| initial(&i)) {
            return None;
        }
        let words: Vec<&str> = name.clone().filter(|i| !initial(i)).map(form).collect();
        let found = self.world.names.bearer(&words.join(" "), self.published)?;
        (words.len() > 1 && self.world.names.entry(found).kind == Kind::Person).then_some(found)
    }

    /// "Juan Carlos Jobet" is not Juan Carlos: the words beside a listed name must be its own, or
    /// initials.
    fn is_whole_name(&self, name: &Range<usize>, listed: &Range<usize>, entry: EntryId) -> bool {
        let full = self.world.names.entry(entry).name;
        let folded: Vec<String> = full.split([' ', '-']).map(fold).collect();
        name.clone().filter(|i| !listed.contains(i)).all(|i| {
            let word = fold(self.doc.form(i));
            word.chars().count() < 2
                || matches!(word.as_str(), "jr" | "sr")
                || folded.contains(&word)
        })
    }
}

impl Draft {
    /// The office the report gives; it stands before what the lexicon knows.
    pub(super) fn set_office(&mut self, office: String, sectors: &[&'static str]) {
        let same = self.office.as_deref().is_some_and(|own| own.ends_with(office.as_str()));
        // The envoy whom the lexicon knows as one of the United Nations is theirs.
        let of_states = self.sectors.first() == Some(&"IGO") && matches!(sectors, ["GOV"] | []);
        // A word that tells no sector ("leader") takes none away.
        if (!same && !of_states && !sectors.is_empty()) || self.sectors.is_empty() {
            self.sectors = sectors.to_vec();
        }
        if !same && !office.is_empty() {
            self.office = Some(office);
        }
    }
}
