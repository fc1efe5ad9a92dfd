//! The lexicon's names on the words of a report, and when a name of a country or a capital speaks
//! of those who govern it.

use super::{Draft, Page, Sort};
use jiff::civil::Date;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::{Entry, EntryId, Kind, World};

/// A name of the lexicon on the tree.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub tokens: Range<usize>,
    pub head: usize,
    pub entry: EntryId,
}

impl<'a> Page<'a> {
    pub(super) fn new(doc: &'a Document<'a>, world: &'a World, published: Option<Date>) -> Self {
        let mut page =
            Page { doc, world, published, named: Vec::new(), named_at: vec![0; doc.tokens.len()] };
        let mut first = 0;
        for hit in world.names.find(doc.text) {
            while doc.tokens.get(first).is_some_and(|t| t.end as usize <= hit.start) {
                first += 1;
            }
            let length =
                doc.tokens[first..].iter().take_while(|t| (t.start as usize) < hit.end).count();
            let tokens = first..first + length;
            // "pro-Russian" and "anti-American" are not from there.
            let before = doc.text[..hit.start].trim_end_matches(['-', '‐']);
            let sided = before.len() < hit.start
                && ["pro", "anti", "non", "Pro", "Anti"].iter().any(|p| before.ends_with(p));
            if sided {
                continue;
            }
            if tokens.is_empty() || doc.sentence_of(first) != doc.sentence_of(tokens.end - 1) {
                continue;
            }
            let head = top(doc, &tokens);
            if !page.stands_alone(&tokens, head, hit.entry) {
                continue;
            }
            page.named.push(Named { tokens: tokens.clone(), head, entry: hit.entry });
            page.named_at[tokens].fill(page.named.len() as u32);
        }
        page
    }

    /// The name that covers the word.
    pub(super) fn name_at(&self, token: usize) -> Option<(&Named, &'a Entry)> {
        let nth = (*self.named_at.get(token)? as usize).checked_sub(1)?;
        let named = &self.named[nth];
        Some((named, self.world.names.entry(named.entry)))
    }

    /// The country that the word names, as a country, a nationality or a seat of government.
    pub(super) fn country_at(&self, token: usize) -> Option<&'static str> {
        let (_, entry) = self.name_at(token)?;
        matches!(entry.kind, Kind::Country | Kind::Nationality | Kind::Seat | Kind::Region)
            .then_some(entry.country)
            .flatten()
    }

    /// Not part of another name, as the Jordan of "Jordan Smith" or "Michael Jordan", and not an
    /// ordinary word of the same letters.
    fn stands_alone(&self, tokens: &Range<usize>, head: usize, entry: EntryId) -> bool {
        let doc = self.doc;
        let entry = self.world.names.entry(entry);
        let is_name = |i: usize| {
            matches!(doc.tokens[i].upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::X)
                || doc.form(i).chars().next().is_some_and(char::is_uppercase)
        };
        if !tokens.clone().any(is_name) {
            return false;
        }
        if matches!(entry.kind, Kind::Organisation | Kind::ArmedGroup | Kind::Party) {
            return !self.is_foreign(tokens, head, entry);
        }
        if !matches!(entry.kind, Kind::Country | Kind::Seat | Kind::Region) {
            return true;
        }
        let flat = |i: usize| doc.tokens[i].deprel == Deprel::Flat;
        let propn = |i: usize| doc.tokens[i].upos == Upos::Propn;
        let outside = |i: usize| !tokens.contains(&i);
        let within = doc.head(head).is_some_and(|up| flat(head) && propn(up) && outside(up));
        let above = doc.children(head).any(|i| flat(i) && propn(i) && outside(i) && i > head);
        !within && !above
    }

    /// "Chile's Defense Department" is not the one the lexicon knows, nor is a force whose name
    /// has more words before it.
    fn is_foreign(&self, tokens: &Range<usize>, head: usize, entry: &Entry) -> bool {
        let doc = self.doc;
        let Some(own) = entry.country else { return false };
        let relations = [Deprel::NmodPoss, Deprel::Compound, Deprel::Amod];
        doc.children_by(head, &relations).filter(|i| !tokens.contains(i)).any(|i| {
            match self.country_at(i) {
                Some(country) => country != own,
                None => {
                    doc.tokens[i].upos == Upos::Propn
                        && doc.tokens[i].deprel == Deprel::Compound
                        && i + 1 == tokens.start
                        && !super::persons::is_calendar(doc.form(i))
                }
            }
        })
    }

    /// From the first to the last word, as written.
    pub(super) fn text(&self, tokens: &Range<usize>) -> &'a str {
        match (self.doc.tokens.get(tokens.start), self.doc.tokens.get(tokens.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if first.start <= last.end => {
                &self.doc.text[first.start as usize..last.end as usize]
            }
            _ => "",
        }
    }
}

/// The word of the run that the others hang on.
pub(super) fn top(doc: &Document, tokens: &Range<usize>) -> usize {
    tokens
        .clone()
        .find(|&i| {
            doc.tokens[i].upos != Upos::Punct && doc.head(i).is_none_or(|up| !tokens.contains(&up))
        })
        .unwrap_or(tokens.start)
}

/// The preposition of a phrase, in lower case: its first `case` child.
pub(super) fn preposition<'d>(doc: &'d Document, token: usize) -> Option<&'d str> {
    doc.children_by(token, &[Deprel::Case])
        .find(|&i| doc.tokens[i].upos != Upos::Part)
        .map(|i| doc.lemma(i))
}

/// Whether a prepositional phrase names a party to what its head says, not a place, time or topic.
pub(super) fn is_party(doc: &Document, token: usize) -> bool {
    preposition(doc, token).is_some_and(|case| {
        matches!(
            case,
            "of" | "between"
                | "with"
                | "against"
                | "by"
                | "on"
                | "among"
                | "to"
                | "for"
                | "from"
                | "toward"
                | "towards"
                | "amongst"
                | "versus"
                | "via"
        )
    })
}

/// Whether the phrase says where: its name is a place there, not a party.
pub(super) fn is_place(doc: &Document, token: usize) -> bool {
    preposition(doc, token).is_some_and(|case| {
        matches!(
            case,
            "in" | "at"
                | "near"
                | "outside"
                | "around"
                | "into"
                | "inside"
                | "through"
                | "across"
                | "throughout"
                | "within"
                | "over"
                | "above"
                | "beyond"
                | "off"
        )
    })
}

/// Namings by the lexicon's names that no longer phrase has taken.
pub(super) fn find(page: &Page, taken: &[bool], drafts: &mut Vec<Draft>) {
    for named in &page.named {
        if !taken[named.head]
            && let Some(draft) = draft(page, named)
        {
            drafts.push(draft);
        }
    }
    for head in (0..page.doc.tokens.len()).filter(|&i| !taken[i]) {
        drafts.extend(unlisted(page, head));
    }
}

/// Names that no list holds, of those who act: "Vorta Watch said". Places do not act.
fn unlisted(page: &Page, head: usize) -> Option<Draft> {
    let doc = page.doc;
    let t = &doc.tokens[head];
    let acts = matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent)
        && doc.head(head).is_some_and(|up| doc.tokens[up].upos == Upos::Verb);
    let short = doc.form(head).len() > 1 && doc.form(head).chars().all(char::is_uppercase);
    let alias = t.deprel == Deprel::Appos && short;
    if t.upos != Upos::Propn
        || !(acts || alias)
        || page.name_at(head).is_some()
        || super::persons::is_calendar(doc.form(head))
        || !doc.form(head).starts_with(char::is_uppercase)
        || !doc.form(head).chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.'))
    {
        return None;
    }
    let mut start = head;
    while start > 0 && doc.tokens[start - 1].upos == Upos::Propn && doc.dominates(head, start - 1) {
        start -= 1;
    }
    let mut end = head + 1;
    while end < doc.tokens.len()
        && doc.tokens[end].deprel == Deprel::Flat
        && doc.dominates(head, end)
    {
        end += 1;
    }
    if page.named_at[start..end].iter().any(|&nth| nth > 0) {
        return None;
    }
    let name = page.text(&(start..end)).to_string();
    if page.world.gazetteer.knows(&name) {
        return None;
    }
    let key = format!("org={name}");
    Some(Draft { name, key, ..Draft::new(start..end, head, Sort::Organisation) })
}

/// What a name alone speaks of.
fn draft(page: &Page, named: &Named) -> Option<Draft> {
    let doc = page.doc;
    let entry = page.world.names.entry(named.entry);
    let relation = doc.tokens[named.head].deprel;
    let new = |sort| Draft {
        name: entry.name.to_string(),
        entry: Some(named.entry),
        country: entry.country,
        sectors: entry.sectors_on(page.published),
        ..Draft::new(named.tokens.clone(), named.head, sort)
    };
    match entry.kind {
        Kind::Country => Some(Draft { key: state_key(entry), ..new(Sort::State) }),
        Kind::Nationality => {
            let modifies = matches!(relation, Deprel::Amod | Deprel::Compound | Deprel::NmodDesc);
            let adjective = doc.tokens[named.head].upos == Upos::Adj;
            let plural = doc.form(named.head).ends_with('s') || page.form_is_plural(named.head);
            if modifies || (adjective && !plural) {
                return Some(Draft { key: state_key(entry), ..new(Sort::State) });
            }
            let name = page.text(&named.tokens).to_string();
            let key = format!("people={}|", entry.country.unwrap_or(entry.name));
            Some(Draft { key, name, plural, sectors: Vec::new(), ..new(Sort::Body) })
        }
        Kind::Seat => {
            let place = is_place(doc, named.head)
                || matches!(relation, Deprel::Compound | Deprel::Appos | Deprel::Amod)
                || preposition(doc, named.head) == Some("of")
                || dateline(doc, named);
            let sectors =
                if entry.sectors.is_empty() { vec!["GOV"] } else { entry.sectors.clone() };
            let key = format!("{}|government", entry.country.unwrap_or(entry.name));
            (!place).then(|| Draft { key, sectors, ..new(Sort::Organisation) })
        }
        Kind::Region => {
            let party = entry.country.is_some() || !is_place(doc, named.head);
            party.then(|| Draft { key: format!("region={}", entry.name), ..new(Sort::State) })
        }
        Kind::Person => None,
        Kind::Group => {
            let key = format!("group={}", entry.name);
            Some(Draft { key, plural: true, ..new(Sort::Body) })
        }
        Kind::Organisation | Kind::ArmedGroup | Kind::Party => {
            Some(Draft { key: format!("org={}", entry.name), ..new(Sort::Organisation) })
        }
    }
}

/// Countries and nationalities of one country are one actor.
fn state_key(entry: &Entry) -> String {
    format!("state={}", entry.country.unwrap_or(entry.name))
}

/// "BELGRADE, Nov. 3 (Agency) - ...": where a report was written is no actor.
fn dateline(doc: &Document, named: &Named) -> bool {
    let capitals =
        doc.form(named.tokens.start).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let begins = doc.sentences.get(doc.sentence_of(named.tokens.start)).is_some_and(|s| {
        s.tokens.start == named.tokens.start && s.tokens.len() > named.tokens.len()
    });
    capitals && begins
}

impl Page<'_> {
    /// Whether the word is a plural by its tag or features.
    pub(super) fn form_is_plural(&self, token: usize) -> bool {
        let t = &self.doc.tokens[token];
        t.feats.has("Number=Plur")
            || matches!(t.xpos, tidings_language::Xpos::Nns | tidings_language::Xpos::Nnps)
    }
}
