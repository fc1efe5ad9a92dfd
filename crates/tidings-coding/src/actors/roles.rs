//! Actors named by what they are: offices ("Serbia's president"), forces and institutions
//! ("Kosovo police", "the foreign ministry of Iran"), peoples ("Kosovo Serbs") and people by role
//! ("protesters"), with the country that the phrase itself gives.
//!
//! Sectors come from the lexicon's role nouns; the country from a nationality, a possessor, or "of".

use super::names::{is_place, preposition};
use super::persons::is_calendar;
use super::{Draft, Page, Sort};
use std::ops::Range;
use tidings_language::{Deprel, Upos};
use tidings_world::{Agent, AgentKind, Kind};

/// An office with the words that belong to it: "former Kosovo interior minister".
#[derive(Debug, Default)]
pub(super) struct Office {
    pub tokens: Range<usize>,
    pub words: String,
    pub country: Option<&'static str>,
    pub sectors: Vec<&'static str>,
    pub former: bool,
}

/// Nouns for a whole people or a part of it; actors only with the name of a people.
fn is_people(lemma: &str) -> bool {
    matches!(
        lemma,
        "people"
            | "minority"
            | "majority"
            | "community"
            | "population"
            | "diaspora"
            | "citizen"
            | "national"
            | "resident"
            | "side"
    )
}

/// Places and doings that the lexicon gives a sector for their people, but that do not act.
fn is_setting(lemma: &str) -> bool {
    matches!(
        lemma,
        "city"
            | "town"
            | "village"
            | "province"
            | "region"
            | "district"
            | "capital"
            | "territory"
            | "camp"
            | "demonstration"
            | "protest"
            | "rally"
            | "march"
            | "strike"
            | "publication"
            | "office"
            | "settlement"
            | "site"
            | "building"
            | "house"
            | "home"
            | "vote"
            | "school"
            | "country"
    )
}

/// Adjectives that say the office is over.
fn is_former(lemma: &str) -> bool {
    matches!(lemma, "former" | "ex" | "ex-" | "late" | "ousted" | "deposed" | "retired" | "then")
}

/// Words before a noun that are no part of a name.
fn is_filler(upos: Upos, lemma: &str) -> bool {
    matches!(upos, Upos::Det | Upos::Num | Upos::Adv | Upos::Pron | Upos::Punct | Upos::Adp)
        || matches!(
            lemma,
            "little"
                | "some"
                | "other"
                | "several"
                | "many"
                | "more"
                | "few"
                | "own"
                | "same"
                | "such"
                | "least"
        )
}

impl<'a> Page<'a> {
    /// The role noun at the word, two words ("prime minister") before one, and where it begins.
    pub(super) fn agent_at(&self, token: usize) -> Option<(&'a Agent, usize)> {
        let doc = self.doc;
        let t = doc.tokens.get(token)?;
        if !matches!(t.upos, Upos::Noun | Upos::Propn) || self.name_at(token).is_some() {
            return None;
        }
        let agents = &self.world.agents;
        let form = doc.form(token);
        let single = match t.upos {
            Upos::Noun => agents.get(doc.lemma(token)).or_else(|| agents.get(form)),
            _ => {
                let lower = form.to_lowercase();
                agents.get(&doc.lemma(token).to_lowercase()).or_else(|| agents.get(&lower))
            }
        };
        let before = token.checked_sub(1).filter(|&b| {
            doc.head(b) == Some(token)
                && matches!(doc.tokens[b].upos, Upos::Noun | Upos::Propn | Upos::Adj)
        });
        if let Some(before) = before {
            let lemma = doc.lemma(token).to_lowercase();
            let pair = format!("{} {}", doc.form(before).to_lowercase(), lemma);
            if let Some(agent) = agents.get(&pair) {
                return Some((agent, before));
            }
        }
        single.map(|agent| (agent, token))
    }

    /// Whether the word names an office or another role of one person.
    pub(super) fn office_noun(&self, token: usize) -> bool {
        self.agent_at(token).is_some_and(|(agent, _)| agent.kind == AgentKind::Person)
    }

    /// Whether a word of the run names a body: then the run is no person.
    pub(super) fn institution_word(&self, run: &Range<usize>) -> bool {
        run.clone()
            .any(|i| self.agent_at(i).is_some_and(|(agent, _)| agent.kind != AgentKind::Person))
    }

    /// The office whose last word is `title`, read to the left: "Kosovo's Interior | Minister".
    pub(super) fn office_phrase(&self, title: usize) -> Office {
        let doc = self.doc;
        let mut office = Office { tokens: title..title + 1, ..Office::default() };
        if let Some((agent, _)) = self.agent_at(title) {
            office.sectors = agent.sectors.clone();
        }
        let sentence = doc.sentences.get(doc.sentence_of(title)).map_or(0, |s| s.tokens.start);
        let mut first = title;
        let mut at = title;
        while at > sentence {
            at -= 1;
            let t = &doc.tokens[at];
            if let Some(country) = self.country_at(at) {
                office.country.get_or_insert(country);
                office.tokens.start = at;
                continue;
            }
            if self.name_at(at).is_some() {
                break;
            }
            if is_former(doc.lemma(at)) || is_former(&doc.form(at).to_lowercase()) {
                office.former = true;
                office.tokens.start = at;
                continue;
            }
            let possessive =
                t.upos == Upos::Part && self.country_at(at.saturating_sub(1)).is_some();
            let inner = matches!(t.upos, Upos::Adj | Upos::Noun | Upos::Propn)
                && matches!(
                    t.deprel,
                    Deprel::Amod
                        | Deprel::Compound
                        | Deprel::NmodDesc
                        | Deprel::Nmod
                        | Deprel::Flat
                )
                && doc.head(at).is_some_and(|up| up > at);
            if possessive {
                continue;
            }
            if t.upos == Upos::Det && first == office.tokens.start {
                office.tokens.start = at;
                break;
            }
            if !inner || office.country.is_some() {
                break;
            }
            first = at;
            office.tokens.start = at;
        }
        let last = (title + 1..doc.tokens.len())
            .take_while(|&i| doc.form(i) == "General" && doc.head(i) == Some(title))
            .last()
            .unwrap_or(title);
        office.words = self.text(&(first..last + 1)).to_lowercase();
        // "Serbian President" is an office in a country; "of Kosovo" may follow.
        if office.country.is_none() {
            office.country = self.country_of(title);
        }
        office
    }

    /// The country after "of": "the prime minister of Kosovo"; or "in", of those who govern there.
    fn country_of(&self, head: usize) -> Option<&'static str> {
        self.doc.children_by(head, &[Deprel::Nmod]).find_map(|child| {
            matches!(preposition(self.doc, child), Some("of" | "from"))
                .then(|| self.country_at(child))
                .flatten()
        })
    }
}

/// Whom a modifier names.
#[derive(Debug, Clone, Default)]
struct Owner {
    country: Option<&'static str>,
    /// An organisation whose people they are: "NATO troops".
    body: Option<(&'static str, Vec<&'static str>)>,
    token: usize,
    /// Where its name ends.
    end: usize,
}

/// Every naming by role whose head is not yet part of a person's name. Marks the words it takes.
pub(super) fn find(page: &Page, taken: &mut [bool]) -> Vec<Draft> {
    let doc = page.doc;
    let mut drafts = Vec::new();
    for head in 0..doc.tokens.len() {
        let t = &doc.tokens[head];
        if taken[head] || !matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj) {
            continue;
        }
        let inner = matches!(t.deprel, Deprel::Compound | Deprel::Amod | Deprel::Flat)
            || (t.deprel == Deprel::NmodDesc && doc.head(head).is_some_and(|up| taken[up]));
        if inner {
            continue;
        }
        let found = drafts.len();
        if counts(page, head) {
            continue;
        }
        if let Some((agent, first)) = page.agent_at(head) {
            let agent = agent.clone();
            by_role(page, head, first, &agent, &mut drafts);
        } else if let Some((named, entry)) = page.name_at(head) {
            if entry.kind == Kind::Nationality && named.head == head {
                let key = entry.country.unwrap_or(entry.name);
                people(page, head, key, &mut drafts);
            }
        } else if is_people(doc.lemma(head)) {
            by_people_noun(page, head, &mut drafts);
        } else if matches!(doc.lemma(head), "country" | "nation" | "state" | "power" | "capital") {
            states(page, head, &mut drafts);
        }
        for draft in &drafts[found..] {
            // A possessor stays an actor of its own.
            for i in draft.tokens.clone() {
                let owner = doc.tokens[i].deprel == Deprel::NmodPoss
                    || (doc.tokens[i].deprel == Deprel::Nmod && i > head);
                taken[i] |= !owner;
            }
        }
    }
    drafts
}

/// "Serbian forces", "NATO-led peacekeepers", "Serbian and Kosovar leaders", "protesters".
fn by_role(page: &Page, head: usize, first: usize, agent: &Agent, drafts: &mut Vec<Draft>) {
    let doc = page.doc;
    let owners = owners(page, head);
    if first == head && is_setting(doc.lemma(head)) {
        return;
    }
    let tokens = phrase(page, head, &owners);
    let plural = page.form_is_plural(head);
    let office_like = agent.kind == AgentKind::Person && agent.office && !plural;
    if owners.is_empty() && is_vague(page, head, agent) || renamed(page, head) {
        return;
    }
    let words_from = name_start(page, &tokens, head);
    let noun = role_words(page, first, head);
    let shown = if plural { doc.form(head) } else { noun.as_str() };
    let definite = doc.children_by(head, &[Deprel::Det, Deprel::NmodPoss]).any(|i| {
        matches!(
            doc.lemma(i),
            "the" | "this" | "that" | "these" | "those" | "his" | "its" | "their"
        )
    });
    let mut make = |owner: Option<&Owner>| {
        let sort = if office_like { Sort::Office } else { Sort::Body };
        let mut draft = Draft::new(tokens.clone(), head, sort);
        draft.sectors = agent.sectors.clone();
        draft.plural = plural;
        draft.definite = definite;
        let name = words_from..last_name_word(&tokens, head, &owners) + 1;
        draft.name = unquoted(page.text(&name));
        let mut whose = "";
        if let Some(owner) = owner {
            draft.country = owner.country;
            whose = owner.country.unwrap_or("");
            if let Some((name, sectors)) = &owner.body {
                whose = name;
                for sector in sectors {
                    if !draft.sectors.contains(sector) {
                        draft.sectors.push(sector);
                    }
                }
            }
            if owners.len() > 1 {
                draft.name = format!("{} {}", doc.form(owner.token), shown);
            }
        }
        let former = doc.children_by(head, &[Deprel::Amod]).any(|i| is_former(doc.lemma(i)));
        draft.key = format!("{whose}|{noun}");
        if office_like && !former {
            draft.office = Some(noun.clone());
        } else if former {
            draft.key.push_str("|former");
            draft.sectors = vec!["ELI"];
        }
        drafts.push(draft);
    };
    match owners.as_slice() {
        [] => make(None),
        owners => owners.iter().for_each(|owner| make(Some(owner))),
    }
}

/// Whether a role noun without an owner says too little to be an actor: a thing, "somebody", an
/// institution as a place or in the abstract ("freedom of movement").
fn is_vague(page: &Page, head: usize, agent: &Agent) -> bool {
    let doc = page.doc;
    let t = &doc.tokens[head];
    let subject =
        matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent | Deprel::Root);
    let bare = t.upos == Upos::Noun
        && !page.form_is_plural(head)
        && doc.children_by(head, &[Deprel::Det, Deprel::NmodPoss]).next().is_none()
        && !doc.children_by(head, &[Deprel::Compound]).any(|i| doc.tokens[i].upos == Upos::Propn);
    match agent.kind {
        AgentKind::Instrument => true,
        AgentKind::Person => agent.sectors.is_empty() && !agent.office,
        AgentKind::Collective | AgentKind::Institution => {
            agent.sectors.is_empty()
                || doc.lemma(head) == "state"
                || (bare && !subject)
                || is_place(doc, head)
        }
    }
}

/// "the majority of Kosovo Serbs", "a group of rebels" only count those they are followed by.
fn counts(page: &Page, head: usize) -> bool {
    let doc = page.doc;
    let counted = |i: usize| {
        preposition(doc, i) == Some("of")
            && page.form_is_plural(i)
            && (page.agent_at(i).is_some() || page.name_at(i).is_some())
            || (doc.lemma(head) == "member"
                && page.name_at(i).is_some_and(|(_, entry)| entry.kind != Kind::Country))
    };
    let noun = matches!(
        doc.lemma(head),
        "majority"
            | "group"
            | "crowd"
            | "number"
            | "member"
            | "dozen"
            | "family"
            | "team"
            | "band"
            | "score"
            | "hundred"
            | "thousand"
    );
    noun && doc.children_by(head, &[Deprel::Nmod]).any(counted)
}

/// "its allies Russia and China": the names beside the role noun say who is meant.
fn renamed(page: &Page, head: usize) -> bool {
    let doc = page.doc;
    let names_state = |i: usize| {
        page.name_at(i).is_some_and(|(_, entry)| {
            matches!(entry.kind, Kind::Country | Kind::Organisation | Kind::ArmedGroup)
        })
    };
    doc.children_by(head, &[Deprel::Appos, Deprel::Flat]).any(names_state)
        || (doc.tokens[head].deprel == Deprel::NmodDesc && doc.head(head).is_some_and(names_state))
}

/// The role in lower case without its owner: "interior minister", "police".
fn role_words(page: &Page, first: usize, head: usize) -> String {
    let doc = page.doc;
    let mut from = first;
    while let Some(before) = from.checked_sub(1) {
        let t = &doc.tokens[before];
        let inner = matches!(t.deprel, Deprel::Compound | Deprel::Amod)
            && matches!(t.upos, Upos::Noun | Upos::Adj | Upos::Propn)
            && doc.head(before).is_some_and(|up| (from..=head).contains(&up))
            && page.name_at(before).is_none()
            && !is_filler(t.upos, doc.lemma(before))
            && !is_former(doc.lemma(before));
        if !inner {
            break;
        }
        from = before;
    }
    let mut words = String::new();
    for i in from..head {
        words.push_str(&doc.form(i).to_lowercase());
        words.push(' ');
    }
    words.push_str(&doc.lemma(head).to_lowercase());
    words
}

/// The countries and organisations that the modifiers of a noun name.
fn owners(page: &Page, head: usize) -> Vec<Owner> {
    let doc = page.doc;
    let mut found: Vec<Owner> = Vec::new();
    let add = |token: usize, found: &mut Vec<Owner>| -> bool {
        let Some(owner) = owner_at(page, token) else { return false };
        let same = |o: &Owner| {
            o.country == owner.country
                && o.body.as_ref().map(|b| b.0) == owner.body.as_ref().map(|b| b.0)
        };
        if !found.iter().any(same) {
            found.push(owner);
        }
        true
    };
    for relations in [
        &[Deprel::NmodPoss][..],
        &[Deprel::Amod, Deprel::Compound, Deprel::NmodDesc][..],
        &[Deprel::Nmod][..],
    ] {
        for child in doc.children_by(head, relations) {
            let nmod = doc.tokens[child].deprel == Deprel::Nmod;
            let case = preposition(doc, child);
            if nmod && case.is_some_and(|case| !matches!(case, "of" | "from")) {
                continue;
            }
            if nmod
                && let Some((agent, _)) = page.agent_at(child)
                && matches!(agent.kind, AgentKind::Collective | AgentKind::Institution)
            {
                // "the leaders of Romania's government".
                for owner in self::owners(page, child) {
                    found.push(Owner { token: child, end: child + 1, ..owner });
                }
            } else if add(child, &mut found) {
                for conjunct in doc.children_by(child, &[Deprel::Conj]) {
                    add(conjunct, &mut found);
                }
            } else if !nmod {
                // "NATO-led peacekeepers", "Russian-backed separatists", "Kosovo Albanian leaders".
                for below in doc.children(child) {
                    let tied = matches!(
                        doc.tokens[below].deprel,
                        Deprel::Compound | Deprel::OblUnmarked | Deprel::Amod | Deprel::OblAgent
                    );
                    // Those who lead or house a force own it; those who back it do not.
                    let owns = doc.tokens[child].upos != Upos::Verb
                        || matches!(doc.lemma(child), "lead" | "base" | "run" | "control" | "own");
                    if tied && owns {
                        add(below, &mut found);
                    }
                }
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

fn owner_at(page: &Page, token: usize) -> Option<Owner> {
    let (named, entry) = page.name_at(token)?;
    let end = named.tokens.end;
    let country = match entry.kind {
        // "the Horvat administration": whoever governs there.
        Kind::Person => entry.role_on(page.published).and(entry.country),
        _ => page.country_at(token),
    };
    if country.is_some() {
        return Some(Owner { country, body: None, token, end });
    }
    let body =
        matches!(entry.kind, Kind::Organisation | Kind::ArmedGroup | Kind::Party | Kind::Group);
    (body && named.head == token).then(|| Owner {
        country: entry.country,
        body: Some((entry.name, entry.sectors_on(page.published))),
        token,
        end,
    })
}

/// The words of the noun phrase: what stands before the head without a gap, and an owner after it.
fn phrase(page: &Page, head: usize, owners: &[Owner]) -> Range<usize> {
    let doc = page.doc;
    let mut start = head;
    while let Some(before) = start.checked_sub(1) {
        let below = before != head
            && doc.dominates(head, before)
            && doc.sentence_of(before) == doc.sentence_of(head);
        let clause = matches!(doc.tokens[before].deprel, Deprel::Case | Deprel::Mark | Deprel::Cc)
            && doc.tokens[before].upos != Upos::Part
            && doc.head(before) == Some(head);
        if !below || clause || is_calendar(doc.form(before)) {
            break;
        }
        start = before;
    }
    while start < head && matches!(doc.tokens[start].upos, Upos::Punct | Upos::Adp) {
        start += 1;
    }
    let end = owners.iter().filter(|o| o.token > head).map(|o| o.end).max().unwrap_or(head + 1);
    start..end
}

/// Where the name begins: after articles, numbers and the like.
fn name_start(page: &Page, tokens: &Range<usize>, head: usize) -> usize {
    let doc = page.doc;
    tokens
        .clone()
        .find(|&i| i >= head || !is_filler(doc.tokens[i].upos, doc.lemma(i)))
        .unwrap_or(head)
}

/// A name does not keep the quotation marks inside it.
fn unquoted(name: &str) -> String {
    name.replace(['“', '”', '"', '„', '«', '»'], "")
}

fn last_name_word(tokens: &Range<usize>, head: usize, owners: &[Owner]) -> usize {
    let after = owners.iter().any(|o| o.token > head);
    if after { tokens.end - 1 } else { head }
}

/// "Serbs", "Kosovo Serbs", "Kosovo's minority Serbs", "ethnic Albanians in Macedonia".
fn people(page: &Page, head: usize, nation: &str, drafts: &mut Vec<Draft>) {
    let doc = page.doc;
    let plural = page.form_is_plural(head) || doc.form(head).ends_with('s');
    let whole = doc.children_by(head, &[Deprel::Det]).any(|i| doc.lemma(i) == "the");
    let all = whole && doc.tokens[head].upos != Upos::Propn;
    if !(plural || all) {
        return;
    }
    let owners: Vec<Owner> =
        owners(page, head).into_iter().filter(|o| o.country != Some(nation)).collect();
    let ethnic = doc.children_by(head, &[Deprel::Amod]).any(|i| doc.lemma(i) == "ethnic");
    let tokens = phrase(page, head, &owners);
    let mut draft = Draft::new(tokens.clone(), head, Sort::Body);
    draft.plural = true;
    let noun = doc.form(head);
    match owners.first().and_then(|o| Some((o, o.country?))) {
        Some((owner, country)) => {
            let place = page.name_at(owner.token).map_or("", |(_, entry)| entry.name);
            draft.name = format!("{place} {noun}");
            draft.country = Some(country);
            draft.key = format!("people={nation}|{country}");
        }
        None if ethnic => {
            draft.name = format!("ethnic {noun}");
            draft.key = format!("people={nation}|ethnic");
        }
        None => {
            draft.name = noun.to_string();
            draft.country = page.country_at(head);
            draft.key = format!("people={nation}|");
        }
    }
    drafts.push(draft);
}

/// "the Serbian people", "Kosovo's Albanian majority", "the Serb minority".
fn by_people_noun(page: &Page, head: usize, drafts: &mut Vec<Draft>) {
    let doc = page.doc;
    let owners = owners(page, head);
    let Some(owner) = owners.first() else { return };
    let Some(country) = owner.country else { return };
    let tokens = phrase(page, head, &owners);
    let mut draft = Draft::new(tokens.clone(), head, Sort::Body);
    let nation =
        doc.children_by(head, &[Deprel::Amod, Deprel::Compound]).find_map(|i| page.country_at(i));
    draft.plural = true;
    draft.country = Some(country);
    draft.sectors = vec!["CVL"];
    let last = last_name_word(&tokens, head, &owners);
    draft.name = page.text(&(name_start(page, &tokens, head)..last + 1)).to_string();
    draft.key = format!("{country}|{} {}", nation.unwrap_or(""), doc.lemma(head));
    drafts.push(draft);
}

/// "Western countries", "Arab states": more than one, and nobody knows which.
fn states(page: &Page, head: usize, drafts: &mut Vec<Draft>) {
    let doc = page.doc;
    let told = |i: usize| {
        let form = doc.form(i);
        form.chars().next().is_some_and(char::is_uppercase)
            || matches!(doc.lemma(i), "neighbouring" | "neighboring" | "foreign")
    };
    if !page.form_is_plural(head)
        || !doc.children_by(head, &[Deprel::Amod, Deprel::Compound]).any(told)
    {
        return;
    }
    let tokens = phrase(page, head, &[]);
    let name = page.text(&(name_start(page, &tokens, head)..head + 1)).to_string();
    let key = format!("states={}", name.to_lowercase());
    drafts.push(Draft { name, key, plural: true, ..Draft::new(tokens, head, Sort::Body) });
}
