//! What a name of the lexicon alone speaks of, and when that of a country or a capital speaks of
//! those who govern it.

use super::owners;
use super::page::{Named, Page};
use super::{Draft, Sort};
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::{Entry, Kind};

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

/// Whether a prepositional phrase tells what its head is about.
pub(super) fn is_topic(doc: &Document, token: usize) -> bool {
    preposition(doc, token).is_some_and(|case| matches!(case, "on" | "for" | "to"))
}

/// Whether the phrase says where: its name is a place there, not a party. Of "in Lima and Cusco" both.
pub(super) fn is_place(doc: &Document, token: usize) -> bool {
    let first = doc.head(token).filter(|_| doc.tokens[token].deprel == Deprel::Conj);
    let case = preposition(doc, token).or_else(|| preposition(doc, first?));
    case.is_some_and(|case| {
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

/// Whether a town is where somebody goes or comes from: "flew to Moscow".
fn is_way(doc: &Document, token: usize) -> bool {
    let goes = |up: usize| {
        matches!(
            doc.lemma(up),
            "fly"
                | "travel"
                | "go"
                | "come"
                | "return"
                | "arrive"
                | "head"
                | "march"
                | "drive"
                | "rush"
                | "advance"
                | "flee"
                | "walk"
                | "trip"
                | "flight"
                | "visit"
                | "journey"
        )
    };
    matches!(preposition(doc, token), Some("to" | "from" | "toward" | "towards"))
        && doc.head(token).is_some_and(goes)
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
    // "an explosive device (IED)" is nobody.
    let named = doc.head(head).is_some_and(|up| doc.tokens[up].upos == Upos::Propn);
    let alias = t.deprel == Deprel::Appos && short && named;
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
    // "Fairness for Peru"
    let named = |i: usize| preposition(doc, i) == Some("for") && i == end + 1;
    if doc.children_by(head, &[Deprel::Nmod]).any(|i| named(i) && doc.tokens[i].upos == Upos::Propn)
    {
        end += 2;
    }
    if page.named_at[start..end].iter().any(|&nth| nth > 0) {
        return None;
    }
    let name = page.text(&(start..end)).to_string();
    let places = page.world.gazetteer.lookup(&name);
    if places.first().is_some_and(|place| place.population >= super::page::TOWN) {
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
    let land = matches!(entry.kind, Kind::Country | Kind::Region | Kind::Seat);
    // "in Orlando, Florida"
    if land && crate::places::qualifies_another(doc, named.head) {
        return None;
    }
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
                || is_way(doc, named.head);
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
            // "ethnic Albanians in southern Serbia".
            let at = || owners::home(page, named.head).and_then(|place| place.country);
            let country = entry.country.or_else(at).or(page.home.filter(|_| page.at_home));
            let key = format!("group={}|{}", entry.name, country.unwrap_or_default());
            Some(Draft { key, country, plural: true, ..new(Sort::Body) })
        }
        Kind::Organisation | Kind::ArmedGroup | Kind::Party => {
            let several =
                entry.kind == Kind::ArmedGroup || doc.form(named.tokens.end - 1).ends_with('s');
            let key = format!("org={}", entry.name);
            (!signs(page, named)).then(|| Draft { key, several, ..new(Sort::Organisation) })
        }
    }
}

/// "(AP)": the agency that brings a report.
fn signs(page: &Page, named: &Named) -> bool {
    let form = |i: usize| if i < page.doc.tokens.len() { page.doc.form(i) } else { "" };
    let opened = named.tokens.start.checked_sub(1).is_some_and(|i| form(i) == "(");
    opened
        && form(named.tokens.end).starts_with(')')
        && page.world.names.entry(named.entry).sectors.first() == Some(&"MED")
}

/// Countries and nationalities of one country are one actor.
fn state_key(entry: &Entry) -> String {
    format!("state={}", entry.country.unwrap_or(entry.name))
}
