//! The report as the finders of actors see it: the lexicon's names on its words, the countries it
//! speaks of, and which words stand in a place line and so name nobody.

use super::names::top;
use super::signs::{called, is_called, is_coalition, is_likened, is_policed};
use crate::places::{self, Place};
use jiff::civil::Date;
use std::collections::HashSet;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos, Xpos};
use tidings_world::{Entry, EntryId, Kind, NameMatch, PlaceKind, Toponym, World};

/// Inhabitants of a town that needs no other word to be known.
const LARGE: u64 = 200_000;

/// Inhabitants of a place that may stand for its country: smaller ones share their names with people
/// and firms too often.
pub(super) const TOWN: u64 = 10_000;

/// Inhabitants of the smallest town that a report may mean by the name of a country.
const SMALL: u64 = 5_000;

/// How many times as often as all others together a report names the country that it stays in.
const STAYS: u32 = 4;

/// How many words a phrase without a verb has at most.
const PHRASE: usize = 6;

/// A name of the lexicon on the tree.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub tokens: Range<usize>,
    pub head: usize,
    pub entry: EntryId,
}

/// The report with the lexicon's names on its words.
pub(super) struct Page<'a> {
    pub doc: &'a Document<'a>,
    pub world: &'a World,
    pub published: Option<Date>,
    places: &'a [Place],
    /// For each word, one more than the index of the place that covers it.
    place_at: Vec<u32>,
    pub named: Vec<Named>,
    /// For each word, one more than the index of the name that covers it.
    pub named_at: Vec<u32>,
    /// The country that a report of one country speaks of: whose "police" and "government" are
    /// meant where nothing else says so.
    pub home: Option<&'static str>,
    /// Whether that home is named alone or where the report was written: whose "people" and "rebels" are
    /// meant as well.
    pub at_home: bool,
    /// Whether the report is on the police, so that its officers are theirs.
    pub policed: bool,
    /// Whether the report tells of a coalition of states that fights.
    coalition: bool,
    datelines: Vec<Range<usize>>,
    /// The countries that the report names, with how often, in the order of first naming.
    countries: Vec<(&'static str, u32)>,
    surnames: HashSet<&'a str>,
    /// Words that stand behind a courtesy title or a given name: "English" of "Mr. English".
    called: HashSet<&'a str>,
}

impl<'a> Page<'a> {
    pub fn new(
        doc: &'a Document<'a>,
        world: &'a World,
        places: &'a [Place],
        published: Option<Date>,
    ) -> Self {
        let mut place_at = vec![0; doc.tokens.len()];
        for (nth, place) in places.iter().enumerate() {
            if let Some(words) = place_at.get_mut(place.tokens.clone()) {
                words.fill(nth as u32 + 1);
            }
        }
        let datelines = (0..doc.sentences.len())
            .filter_map(|nth| places::dateline::of_sentence(doc, world, nth))
            .collect();
        let mut page = Page {
            doc,
            world,
            published,
            places,
            place_at,
            named: Vec::new(),
            named_at: vec![0; doc.tokens.len()],
            home: None,
            at_home: false,
            policed: is_policed(doc, world),
            coalition: false,
            datelines,
            countries: Vec::new(),
            surnames: places::surnames(doc),
            called: called(doc, world),
        };
        let (mut shared, mut written_at) = (Vec::new(), None);
        let hits = page.hits();
        let certain: HashSet<&str> = hits
            .iter()
            .map(|(named, _)| (named, world.names.entry(named.entry)))
            .filter(|(named, entry)| !page.is_namesake(named, entry))
            .filter_map(|(_, entry)| entry.country)
            .collect();
        for (named, is_shared) in hits {
            let entry = world.names.entry(named.entry);
            let certain = entry.country.is_some_and(|country| certain.contains(country));
            if page.in_dateline(named.head) {
                let place = matches!(entry.kind, Kind::Country | Kind::Seat | Kind::Region);
                written_at = written_at.or(entry.country.filter(|_| place));
            } else if is_shared {
                shared.push(named);
            } else if !certain && page.is_namesake(&named, entry) {
                // "Athens Police" of a report from Georgia: the town is read as a place.
            } else if page.stands_alone(&named.tokens, named.head, entry) {
                if entry.kind != Kind::Person || !page.beside_name(&named.tokens) {
                    page.count(entry);
                }
                page.named_at[named.tokens.clone()].fill(page.named.len() as u32 + 1);
                page.named.push(named);
            }
        }
        page.count_places();
        page.home = page.home(written_at);
        page.at_home = page.home.is_some();
        page.home = page.home.or_else(|| page.hardly_left());
        page.add_shared(shared, written_at);
        page.coalition =
            (0..doc.tokens.len()).any(|i| is_coalition(doc, i) && page.fights_together(i));
        page
    }

    /// The names of the lexicon on the tree, with whether other countries use them too.
    fn hits(&self) -> Vec<(Named, bool)> {
        let doc = self.doc;
        let mut first = 0;
        let on_tree = |hit: NameMatch| {
            while doc.tokens.get(first).is_some_and(|t| t.end as usize <= hit.start) {
                first += 1;
            }
            Some((self.on_tree(&hit, first)?, hit.shared))
        };
        self.world.names.find(doc.text).into_iter().filter_map(on_tree).collect()
    }

    /// The words of a match, if it names something in the sentence. `first` is its first word.
    fn on_tree(&self, hit: &NameMatch, first: usize) -> Option<Named> {
        let doc = self.doc;
        let length =
            doc.tokens.get(first..)?.iter().take_while(|t| (t.start as usize) < hit.end).count();
        let tokens = first..first + length;
        // "pro-Russian" and "anti-American" are not from there.
        let before = doc.text[..hit.start].trim_end_matches(['-', '‐']);
        let sided = before.len() < hit.start
            && ["pro", "anti", "non", "Pro", "Anti", "Non"].iter().any(|p| before.ends_with(p));
        if sided
            || is_likened(&doc.text[hit.end..])
            || length == 0
            || doc.sentence_of(first) != doc.sentence_of(tokens.end - 1)
        {
            return None;
        }
        let name = &doc.text[hit.start..hit.end];
        let entry = self.world.names.bearer(name, self.published).unwrap_or(hit.entry);
        Some(Named { head: top(doc, &tokens), tokens, entry })
    }

    /// Whether the words may be part of a longer name, here ("Juan Carlos" of "Juan Carlos Jobet")
    /// or elsewhere in the report.
    fn beside_name(&self, tokens: &Range<usize>) -> bool {
        if tokens.len() == 1 && self.surnames.contains(self.doc.form(tokens.start)) {
            return true;
        }
        let propn = |i: usize| self.doc.tokens.get(i).is_some_and(|t| t.upos == Upos::Propn);
        let flat = |i: usize| self.doc.tokens.get(i).is_some_and(|t| t.deprel == Deprel::Flat);
        propn(tokens.end) && flat(tokens.end)
    }

    /// Notes the country of what is named.
    fn count(&mut self, entry: &Entry) {
        let Some(country) = entry.country else { return };
        // Those who report or trade are from somewhere, but the report is not about it.
        if entry.sectors.iter().any(|s| matches!(*s, "MED" | "MNC" | "BUS" | "EDU" | "NGO")) {
            return;
        }
        self.note(country);
    }

    fn note(&mut self, country: &'static str) {
        match self.countries.iter_mut().find(|(known, _)| *known == country) {
            Some((_, times)) => *times += 1,
            None => self.countries.push((country, 1)),
        }
    }

    /// Whether the name of a land or a seat is here that of a town in another country. It is not where
    /// the report speaks of that land under other names.
    fn is_namesake(&self, named: &Named, entry: &Entry) -> bool {
        let known = || {
            let place = self.place(named.head);
            let all = self.world.gazetteer.lookup(self.text(&named.tokens));
            place.is_some_and(|place| {
                all.iter().any(|one| one.geonames == place.geonames && one.population >= SMALL)
            })
        };
        matches!(entry.kind, Kind::Country | Kind::Seat | Kind::Region)
            && entry.country.is_some()
            && self.resolved(named.head).is_some_and(|country| Some(country) != entry.country)
            && (entry.kind != Kind::Country || known())
    }

    fn place(&self, token: usize) -> Option<&'a Place> {
        let nth = (*self.place_at.get(token)? as usize).checked_sub(1)?;
        self.places.get(nth)
    }

    /// The country of the place that the word is resolved to, if it is a part of one.
    fn resolved(&self, token: usize) -> Option<&'static str> {
        self.code(self.place(token)?)
    }

    fn code(&self, place: &Place) -> Option<&'static str> {
        self.world.names.country(place.country.as_deref()?)
    }

    /// Notes the countries of the places that no name of the lexicon covers.
    fn count_places(&mut self) {
        for place in self.places {
            let unnamed = self.named_at.get(place.tokens.start).is_some_and(|&nth| nth == 0);
            if let Some(country) = self.code(place).filter(|_| unnamed && !place.dateline) {
                self.note(country);
            }
        }
    }

    /// The only country that the report names; of several, the one it was written in if it names
    /// none more often.
    fn home(&self, written_at: Option<&'static str>) -> Option<&'static str> {
        match self.countries.as_slice() {
            [] => written_at,
            [(only, _)] => Some(only),
            several => {
                let most = several.iter().map(|(_, times)| *times).max();
                let (country, times) = several.iter().find(|(c, _)| Some(*c) == written_at)?;
                (Some(*times) == most).then_some(country)
            }
        }
    }

    /// The country that the report hardly leaves.
    fn hardly_left(&self) -> Option<&'static str> {
        let all: u32 = self.countries.iter().map(|(_, times)| *times).sum();
        let stays = |(_, times): &&(&str, u32)| *times >= STAYS * (all - *times);
        self.countries.iter().find(stays).map(|(country, _)| *country)
    }

    /// "Congress" is that of the lexicon's country if the report speaks of it, or of none, and of no
    /// other Congress.
    fn add_shared(&mut self, shared: Vec<Named>, written_at: Option<&'static str>) {
        let entry = |named: &Named| self.world.names.entry(named.entry);
        let other: Vec<EntryId> = shared
            .iter()
            .filter(|named| self.is_foreign(&named.tokens, named.head, entry(named)))
            .map(|named| named.entry)
            .collect();
        let spoken_of = |country: &str| {
            self.home.or(written_at).is_none_or(|home| home == country)
                && (self.countries.is_empty() || self.speaks_of(country))
        };
        let meant: Vec<Named> = shared
            .into_iter()
            .filter(|named| entry(named).country.is_none_or(spoken_of))
            .filter(|named| !other.contains(&named.entry))
            .filter(|named| !self.goes_on(&named.tokens, named.head))
            .collect();
        self.named.extend(meant);
        self.named.sort_by_key(|named| named.tokens.start);
        for (nth, named) in self.named.iter().enumerate() {
            self.named_at[named.tokens.clone()].fill(nth as u32 + 1);
        }
    }

    /// The country that the sentence of the word and the two before it speak of, if it is the only
    /// one or named there twice as often as any other: whose "the government" is meant.
    pub fn country_around(&self, token: usize) -> Option<&'static str> {
        let sentence = self.doc.sentence_of(token);
        let before = sentence.saturating_sub(2);
        self.country_of_sentences(token, sentence)
            .or_else(|| self.country_of_sentences(token, before))
    }

    /// The same of the sentences from the first to that of the word.
    fn country_of_sentences(&self, token: usize, first: usize) -> Option<&'static str> {
        let doc = self.doc;
        let first = doc.sentences.get(first)?.tokens.start;
        let last = doc.sentences.get(doc.sentence_of(token))?.tokens.end;
        // "the Russians and the regime": it is another's.
        let beside = |i: usize| {
            doc.tokens[i].deprel == Deprel::Conj && doc.head(i) == Some(token)
                || doc.tokens[token].deprel == Deprel::Conj && doc.head(token) == Some(i)
        };
        let from = self.named.partition_point(|named| named.tokens.start < first);
        let to = self.named.partition_point(|named| named.tokens.start < last);
        let mut times: Vec<(&'static str, u32)> = Vec::new();
        for named in self.named.get(from..to)? {
            let entry = self.world.names.entry(named.entry);
            if beside(named.head) {
                continue;
            }
            let governs = entry.kind == Kind::Person && entry.sectors.first() == Some(&"GOV");
            let ruler = || entry.country.filter(|_| governs);
            let Some(country) = country_of(entry).or_else(ruler) else { continue };
            match times.iter_mut().find(|(known, _)| *known == country) {
                Some((_, times)) => *times += 1,
                None => times.push((country, 1)),
            }
        }
        times.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        match times.as_slice() {
            [(country, _)] => Some(country),
            [(country, most), (_, second), ..] if *most >= 2 * second => Some(country),
            _ => None,
        }
    }

    /// Whether a coalition or an alliance is one of states that fights: "the US-led coalition", "coalition
    /// airstrikes", and in a report of such a one "the coalition".
    pub fn is_coalition_of_states(&self, head: usize) -> bool {
        is_coalition(self.doc, head) && (self.coalition || self.fights_together(head))
    }

    /// Whether the words beside a coalition tell that states fight in it.
    fn fights_together(&self, head: usize) -> bool {
        let doc = self.doc;
        let led = |i: usize| {
            matches!(
                doc.lemma(i),
                "lead"
                    | "military"
                    | "international"
                    | "multinational"
                    | "fight"
                    | "battle"
                    | "bomb"
            ) || doc.form(i).ends_with("led")
        };
        let enemy = |i: usize| {
            super::names::preposition(doc, i) == Some("against")
                && self.name_at(i).is_some_and(|(_, entry)| entry.kind == Kind::ArmedGroup)
        };
        let deed = doc.head(head).filter(|_| doc.tokens[head].deprel == Deprel::Compound);
        let strikes = |up: usize| {
            matches!(
                doc.lemma(up),
                "airstrike"
                    | "strike"
                    | "raid"
                    | "bombing"
                    | "warplane"
                    | "jet"
                    | "aircraft"
                    | "troop"
            )
        };
        doc.children_by(head, &[Deprel::Amod, Deprel::Compound, Deprel::Acl]).any(led)
            || doc.children_by(head, &[Deprel::Nmod]).any(enemy)
            || deed.is_some_and(strikes)
    }

    /// Whether the report names the country, its people or its government.
    pub fn speaks_of(&self, country: &str) -> bool {
        self.countries.iter().any(|(known, _)| *known == country)
    }

    /// How often the report names the country.
    fn times(&self, country: &str) -> u32 {
        self.countries.iter().find(|(known, _)| *known == country).map_or(0, |(_, times)| *times)
    }

    /// Whether the word is the last of a longer name somewhere in the report.
    pub fn ends_a_name(&self, token: usize) -> bool {
        self.surnames.contains(self.doc.form(token))
    }

    pub fn in_dateline(&self, token: usize) -> bool {
        self.datelines.iter().any(|line| line.contains(&token))
    }

    pub fn datelines(&self) -> &[Range<usize>] {
        &self.datelines
    }

    /// The name that covers the word.
    pub fn name_at(&self, token: usize) -> Option<(&Named, &'a Entry)> {
        let nth = (*self.named_at.get(token)? as usize).checked_sub(1)?;
        let named = self.named.get(nth)?;
        Some((named, self.world.names.entry(named.entry)))
    }

    /// The country that the word names, as a country, a nationality or a seat of government.
    pub fn country_at(&self, token: usize) -> Option<&'static str> {
        country_of(self.name_at(token)?.1)
    }

    /// The country of a town or region that is in no list of actors: a large one, or one in a
    /// country that the report speaks of.
    pub fn country_of_place(&self, token: usize) -> Option<&'static str> {
        self.country_of_town(token, LARGE)
    }

    /// The same of a town of at least so many inhabitants.
    pub fn country_of_town(&self, token: usize, least: u64) -> Option<&'static str> {
        let doc = self.doc;
        let part = |i: usize| doc.tokens[i].upos == Upos::Propn && self.named_at[i] == 0;
        if let Some(country) = self.resolved(token).filter(|_| self.named_at[token] == 0) {
            return Some(country);
        }
        if !part(token) || self.surnames.contains(doc.form(token)) {
            return None;
        }
        let sentence = doc.sentences.get(doc.sentence_of(token))?.tokens.clone();
        let (mut start, mut end) = (token, token + 1);
        while start > sentence.start && part(start - 1) && doc.head(start - 1) == Some(token) {
            start -= 1;
        }
        while end < sentence.end && part(end) && doc.tokens[end].deprel == Deprel::Flat {
            end += 1;
        }
        let places = self.world.gazetteer.lookup(self.text(&(start..end)));
        // Of a division a tenth: it gives its name to fewer things than a town of as many people.
        let size = |place: &Toponym| match place.kind {
            PlaceKind::Division => place.population / 10,
            _ => place.population,
        };
        let spoken_of = |p: &&Toponym| size(p) >= TOWN && self.speaks_of(p.country);
        let known =
            places.iter().filter(spoken_of).max_by_key(|p| (self.times(p.country), size(p)));
        let country = known.or(places.first().filter(|p| size(p) >= least))?.country;
        (!country.is_empty()).then_some(country)
    }

    /// Not part of another name, as the Jordan of "Jordan Smith" or "Michael Jordan", and not an
    /// ordinary word of the same letters.
    fn stands_alone(&self, tokens: &Range<usize>, head: usize, entry: &Entry) -> bool {
        let doc = self.doc;
        let is_name = |i: usize| {
            matches!(doc.tokens[i].upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::X)
                || doc.form(i).chars().next().is_some_and(char::is_uppercase)
        };
        if !tokens.clone().any(is_name) {
            return false;
        }
        if matches!(entry.kind, Kind::Organisation | Kind::ArmedGroup | Kind::Party) {
            return !self.is_foreign(tokens, head, entry) && !self.goes_on(tokens, head);
        }
        if self.is_called(tokens, entry) {
            return false;
        }
        if !matches!(entry.kind, Kind::Country | Kind::Seat | Kind::Region) {
            return true;
        }
        let flat = |i: usize| doc.tokens[i].deprel == Deprel::Flat;
        let propn = |i: usize| doc.tokens[i].upos == Upos::Propn;
        // "Fairness for Peru" is the name of an association.
        let of_a_name = super::names::preposition(doc, head) == Some("for")
            && doc.head(head).is_some_and(|up| {
                propn(up) && up + 2 == tokens.start && self.agent_at(up).is_none()
            });
        if of_a_name {
            return false;
        }
        let outside = |i: usize| !tokens.contains(&i);
        let within = doc.head(head).is_some_and(|up| flat(head) && propn(up) && outside(up));
        let above = doc.children(head).any(|i| flat(i) && propn(i) && outside(i) && i > head);
        !within && !above
    }

    /// Whether the name of a land or a people is here that of a person: "Mr. English", "Mark Cuban".
    fn is_called(&self, tokens: &Range<usize>, entry: &Entry) -> bool {
        let doc = self.doc;
        let t = &doc.tokens[tokens.start];
        let land = matches!(entry.kind, Kind::Nationality | Kind::Country | Kind::Seat);
        let acts = matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NmodPoss)
            && t.upos == Upos::Propn
            && doc.children_by(tokens.start, &[Deprel::Det]).next().is_none();
        land && tokens.len() == 1
            && (is_called(doc, self.world, tokens.start)
                || acts && self.called.contains(doc.form(tokens.start)))
    }

    /// "Brotherhood of Electrical Workers": the one word is the beginning of another name.
    fn goes_on(&self, tokens: &Range<usize>, head: usize) -> bool {
        let doc = self.doc;
        let of_name = |i: usize| {
            doc.tokens[i].upos == Upos::Propn
                && super::names::preposition(doc, i) == Some("of")
                && self.country_in(i).is_none()
        };
        tokens.len() == 1 && doc.children_by(head, &[Deprel::Nmod]).any(of_name)
    }

    /// "Chile's Defense Department" is not the one the lexicon knows, nor is a force whose name
    /// has more words before it.
    fn is_foreign(&self, tokens: &Range<usize>, head: usize, entry: &Entry) -> bool {
        let doc = self.doc;
        let Some(own) = entry.country else { return false };
        let relations = [Deprel::NmodPoss, Deprel::Compound, Deprel::Amod];
        let before = doc.children_by(head, &relations).filter(|i| !tokens.contains(i));
        let after = doc
            .children_by(head, &[Deprel::Nmod])
            .filter(|&i| super::names::preposition(doc, i) == Some("of"));
        before.chain(after).any(|i| match self.country_in(i) {
            Some(country) => country != own,
            None => {
                doc.tokens[i].upos == Upos::Propn
                    && doc.tokens[i].deprel == Deprel::Compound
                    && self.last_of_name(i) + 1 == tokens.start
                    && !super::persons::is_calendar(doc.form(i))
            }
        })
    }

    /// The last word of a name that begins with the word: "Marta" of "Santa Marta".
    fn last_of_name(&self, token: usize) -> usize {
        self.doc.children_by(token, &[Deprel::Flat]).max().map_or(token, |last| last.max(token))
    }

    /// Whether a sentence is no more than a phrase, as in headlines and lists: its few words have no
    /// finite verb, and their tags are not to be trusted.
    pub fn is_phrase(&self, token: usize) -> bool {
        let Some(sentence) = self.doc.sentences.get(self.doc.sentence_of(token)) else {
            return false;
        };
        let words = sentence.tokens.clone();
        words.len() <= PHRASE
            && !words.into_iter().any(|i| {
                let t = &self.doc.tokens[i];
                t.upos == Upos::Aux
                    || matches!(t.xpos, Xpos::Vbd | Xpos::Vbp | Xpos::Vbz | Xpos::Md)
                    || matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass)
            })
    }

    /// The country that the word names, also where the names are not gathered so far.
    fn country_in(&self, token: usize) -> Option<&'static str> {
        let later = || {
            let id = *self.world.names.lookup(self.doc.form(token)).first()?;
            country_of(self.world.names.entry(id))
        };
        self.country_at(token).or_else(later)
    }

    /// From the first to the last word, as written.
    pub fn text(&self, tokens: &Range<usize>) -> &'a str {
        match (self.doc.tokens.get(tokens.start), self.doc.tokens.get(tokens.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if first.start <= last.end => {
                &self.doc.text[first.start as usize..last.end as usize]
            }
            _ => "",
        }
    }

    /// Whether the word is a plural by its tag or features.
    pub fn form_is_plural(&self, token: usize) -> bool {
        let t = &self.doc.tokens[token];
        t.feats.has("Number=Plur") || matches!(t.xpos, Xpos::Nns | Xpos::Nnps)
    }
}

/// The country of a name of the country itself, its people, its seat or a part of it.
fn country_of(entry: &Entry) -> Option<&'static str> {
    matches!(entry.kind, Kind::Country | Kind::Nationality | Kind::Seat | Kind::Region)
        .then_some(entry.country)
        .flatten()
}
