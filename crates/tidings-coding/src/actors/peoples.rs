//! Peoples and states named by what they are: "Kosovo Serbs", "the Serb minority", "Arab states", and
//! "the Russians" as the state of all of them.

use super::names::is_place;
use super::owners::{self, Owner, owners};
use super::page::Page;
use super::roles::{last_name_word, name_start, phrase};
use super::{Draft, Sort};
use tidings_language::{Deprel, Upos};

/// Nouns for a whole people or a part of it; actors only with the name of a people.
pub(super) fn is_people(lemma: &str) -> bool {
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

/// "Serbs", "Kosovo Serbs", "Kosovo's minority Serbs", "ethnic Albanians in Macedonia".
pub(super) fn people(page: &Page, head: usize, nation: &str, drafts: &mut Vec<Draft>) {
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
    draft.sectors = if acts_as_state(page, head, whole && owners.is_empty()) {
        Vec::new()
    } else {
        vec!["CVL"]
    };
    let noun = doc.form(head);
    match owners.first().and_then(|o| Some((o, o.country?))) {
        Some((owner, country)) => {
            let place = page.name_at(owner.token).map_or("", |(_, entry)| entry.name);
            draft.name = format!("{place} {noun}");
            draft.country = Some(country);
            draft.key = format!("people={nation}|{country}");
        }
        None if ethnic => {
            let country = owners::home(page, head).and_then(|place| place.country);
            draft.country = country.or(page.home).filter(|home| *home != nation);
            draft.name = format!("ethnic {noun}");
            draft.key = format!("people={nation}|ethnic{}", draft.country.unwrap_or_default());
        }
        None => {
            draft.name = noun.to_string();
            draft.country = page.country_at(head);
            let whole = if draft.sectors.is_empty() { "all" } else { "" };
            draft.key = format!("people={nation}|{whole}");
        }
    }
    drafts.push(draft);
}

/// "The Russians are negotiating", "told the Turks": all of them are their state, unless something says
/// which ones, or they do and suffer what only people do.
fn acts_as_state(page: &Page, head: usize, all: bool) -> bool {
    let doc = page.doc;
    let t = &doc.tokens[head];
    let first = doc.head(head).filter(|_| t.deprel == Deprel::Conj);
    let relation = first.map_or(t.deprel, |first| doc.tokens[first].deprel);
    let verb = doc.head(first.unwrap_or(head));
    let bare = doc.children(head).all(|i| {
        matches!(
            doc.tokens[i].deprel,
            Deprel::NmodUnmarked
                | Deprel::Det
                | Deprel::Case
                | Deprel::Cc
                | Deprel::Punct
                | Deprel::Conj
        )
    });
    let people_do = |verb: usize| {
        doc.tokens[verb].upos != Upos::Verb
            || matches!(
                doc.lemma(verb),
                "protest"
                    | "march"
                    | "flee"
                    | "vote"
                    | "live"
                    | "die"
                    | "kill"
                    | "elect"
                    | "suffer"
            )
    };
    all && bare
        && page.country_at(head).is_some()
        && matches!(
            relation,
            Deprel::Nsubj | Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::OblAgent
        )
        && !is_place(doc, head)
        && verb.is_some_and(|verb| !people_do(verb))
}

/// "the Serbian people", "Kosovo's Albanian majority", "the Serb minority".
pub(super) fn by_people_noun(page: &Page, head: usize, drafts: &mut Vec<Draft>) {
    let doc = page.doc;
    let owners = owners(page, head);
    let Some(owner) = owners.first() else { return };
    // "the Hutu majority" of a report on one country.
    let Some(country) = owner.country.or(page.home) else { return };
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
pub(super) fn states(page: &Page, head: usize, drafts: &mut Vec<Draft>) -> bool {
    let doc = page.doc;
    if !matches!(doc.lemma(head), "country" | "nation" | "state" | "power" | "capital") {
        return false;
    }
    let told = |i: usize| {
        let form = doc.form(i);
        form.chars().next().is_some_and(char::is_uppercase)
            || matches!(doc.lemma(i), "neighbouring" | "neighboring" | "foreign")
    };
    if !page.form_is_plural(head)
        || !doc.children_by(head, &[Deprel::Amod, Deprel::Compound]).any(told)
    {
        return false;
    }
    let tokens = phrase(page, head, &[]);
    let name = page.text(&(name_start(page, &tokens, head)..head + 1)).to_string();
    let key = format!("states={}", name.to_lowercase());
    drafts.push(Draft { name, key, plural: true, ..Draft::new(tokens, head, Sort::Body) });
    true
}
