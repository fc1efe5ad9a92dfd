//! Actors named by what they are: offices ("Serbia's president"), forces and institutions
//! ("Kosovo police", "the foreign ministry of Iran"), peoples ("Kosovo Serbs") and people by role
//! ("protesters"), with the country that the phrase itself gives.
//!
//! Sectors come from the lexicon's role nouns; the country from a nationality, a possessor, or "of".

use super::names::{is_place, preposition};
use super::offices::is_former;
use super::owners::{self, Owner, may_be_abroad, owners};
use super::page::Page;
use super::peoples::{by_people_noun, is_people, people, states};
use super::persons::is_calendar;
use super::{Draft, Sort};
use std::ops::Range;
use tidings_language::{Deprel, Upos};
use tidings_world::events::Kind as Frames;
use tidings_world::{Agent, AgentKind, Kind};

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
            | "summit"
            | "school"
            | "country"
    )
}

/// Words before a noun that are no part of a name.
fn is_filler(upos: Upos, lemma: &str) -> bool {
    matches!(
        upos,
        Upos::Det
            | Upos::Num
            | Upos::Adv
            | Upos::Pron
            | Upos::Punct
            | Upos::Adp
            | Upos::Cconj
            | Upos::Sconj
            | Upos::Part
    ) || matches!(
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

/// Every naming by role whose head is not yet part of a person's name. Marks the words it takes.
pub(super) fn find(page: &Page, taken: &mut [bool]) -> Vec<Draft> {
    let doc = page.doc;
    let mut drafts = Vec::new();
    for head in 0..doc.tokens.len() {
        let t = &doc.tokens[head];
        let noun = matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj)
            || t.deprel == Deprel::Root && page.is_phrase(head);
        if taken[head] || !noun {
            continue;
        }
        let inner = matches!(t.deprel, Deprel::Compound | Deprel::Amod | Deprel::Flat)
            || (t.deprel == Deprel::NmodDesc && doc.head(head).is_some_and(|up| taken[up]));
        if inner && !does(page, head) {
            continue;
        }
        let found = drafts.len();
        if counts(page, head) {
            continue;
        }
        if states(page, head, &mut drafts) {
        } else if let Some((agent, first)) = page.agent_at(head) {
            let agent = agent.clone();
            by_role(page, head, first, &agent, &mut drafts);
        } else if let Some((named, entry)) = page.name_at(head) {
            if entry.kind == Kind::Nationality && named.head == head {
                let key = entry.country.unwrap_or(entry.name);
                people(page, head, key, &mut drafts);
            }
        } else if is_people(doc.lemma(head)) {
            by_people_noun(page, head, &mut drafts);
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

/// Whether the noun before an act tells who acts: "a rebel assault", "police raids".
fn does(page: &Page, noun: usize) -> bool {
    let doc = page.doc;
    let Some(act) = doc.head(noun).filter(|&up| up > noun && doc.tokens[up].upos == Upos::Noun)
    else {
        return false;
    };
    let word = page.world.events.word(doc.lemma(act));
    doc.tokens[noun].upos == Upos::Noun
        && doc.lemma(noun) != "terrorist"
        && page.agent_at(noun).is_some_and(|(agent, _)| {
            // "a US drone strike", but "a drone strike" is not the drone's.
            agent.kind != AgentKind::Instrument || !owners(page, noun).is_empty()
        })
        && word.is_some_and(|w| page.world.events.hanging_on(w, Frames::Noun).next().is_some())
        && page.agent_at(noun).is_some_and(|(agent, _)| !agent.sectors.is_empty())
        && page.agent_at(act).is_none()
}

/// "Serbian forces", "NATO-led peacekeepers", "Serbian and Kosovar leaders", "protesters".
fn by_role(page: &Page, head: usize, first: usize, agent: &Agent, drafts: &mut Vec<Draft>) {
    let doc = page.doc;
    let mut owners = owners(page, head);
    if first == head && is_setting(doc.lemma(head)) {
        return;
    }
    if agent.office {
        envoy(doc.lemma(head), &mut owners);
    }
    // Those who speak at a rally preside over no house.
    if first == head && doc.lemma(head) == "speaker" && page.form_is_plural(head) {
        return;
    }
    of_one(page, &mut owners);
    // "Peru's ally" may be from anywhere, "his Peruvian ally" is not.
    if agent.tie {
        owners.retain(|owner| doc.tokens[owner.token].deprel == Deprel::Amod);
    }
    let tokens = phrase(page, head, &owners);
    let plural = page.form_is_plural(head) || matches!(doc.lemma(head), "police" | "personnel");
    let office_like = agent.kind == AgentKind::Person && agent.office && !plural;
    let whose = |i: usize| match doc.tokens[i].deprel {
        Deprel::NmodPoss => true,
        Deprel::Nmod => preposition(doc, i) == Some("of") && page.name_at(i).is_some(),
        Deprel::Compound => doc.tokens[i].upos == Upos::Propn,
        _ => false,
    };
    let tied = agent.tie && doc.children(head).any(whose);
    let vague =
        owners.is_empty() && !tied && is_vague(page, head, first, agent) && !does(page, head);
    if vague || renamed(page, head) || is_drive(page, head) {
        return;
    }
    let words_from = name_start(page, &tokens, head);
    let noun = role_words(page, first, head);
    let shown = if plural { doc.form(head) } else { noun.as_str() };
    let allied = page.is_coalition_of_states(head);
    let gathered = union_of(page, head);
    let heads_unlisted = agent.office && leads_unlisted(page, head);
    let definite = doc.children_by(head, &[Deprel::Det, Deprel::NmodPoss]).any(|i| {
        matches!(
            doc.lemma(i),
            "the" | "this" | "that" | "these" | "those" | "his" | "its" | "their"
        )
    });
    let mut make = |owner: Option<&Owner>| {
        let sort = if office_like { Sort::Office } else { Sort::Body };
        let mut draft = Draft::new(tokens.clone(), head, sort);
        draft.sectors = match page.institution_of(head) {
            _ if allied => vec!["MIL", "IGO"],
            _ if heads_unlisted => Vec::new(),
            _ if gathered.is_some() => gathered.clone().unwrap_or_default(),
            None if agent.proxy && owners.is_empty() && agent.kind == AgentKind::Collective => {
                Vec::new()
            }
            Some(body) => join(&agent.sectors, &body.sectors, agent),
            None => agent.sectors.clone(),
        };
        draft.tie = agent.tie;
        draft.proxy = agent.proxy;
        draft.plural = plural;
        draft.single |= !plural && agent.kind == AgentKind::Person && !agent.tie;
        draft.male = sex(doc.lemma(head));
        draft.definite = definite;
        let name = words_from..last_name_word(&tokens, head, &owners) + 1;
        draft.name = unquoted(page.text(&name));
        let mut whose = "";
        if let Some(owner) = owner {
            draft.country = owner.country.filter(|_| !allied);
            whose = owner.country.unwrap_or("");
            if let Some((name, sectors)) = &owner.body {
                // A people's government and forces are not those of the country that is spoken of.
                let rules = draft.sectors.first().is_some_and(|s| super::holders::is_of_state(s))
                    && !sectors.contains(&"REL");
                whose = if owner.people && !rules { "" } else { name };
                let men = plural && matches!(doc.lemma(head), "man" | "follower");
                draft.sectors = match draft.sectors.as_slice() {
                    [] if owner.people && is_armed(noun.as_str()) => vec!["REB"],
                    // The men of a rebel fight with him.
                    _ if men && fights(sectors) => sectors.clone(),
                    own => join(own, sectors, agent),
                };
            }
            if owners.len() > 1 {
                draft.name = format!("{} {}", doc.form(owner.token), shown);
            }
        }
        let former = doc
            .children_by(head, &[Deprel::Amod])
            .any(|i| is_former(doc.lemma(i)) || is_former(&doc.form(i).to_lowercase()));
        draft.key = format!("{whose}|{noun}");
        // "Kurdish forces" are more than "a Kurdish force".
        if plural && owner.is_some_and(|owner| owner.people) {
            draft.key.push('s');
        }
        let to_come = doc
            .children_by(head, &[Deprel::Amod])
            .any(|i| matches!(doc.lemma(i), "next" | "future"));
        if former {
            draft.key.push_str("|former");
            draft.sectors = out_of_office(agent, &draft.sectors);
        } else if to_come {
            draft.key.push_str("|next");
        } else if office_like {
            draft.office = Some(noun.clone());
        }
        drafts.push(draft);
    };
    match owners.as_slice() {
        [] => {
            let foreign = |i: usize| matches!(doc.lemma(i), "foreign" | "international");
            let abroad = may_be_abroad(doc.lemma(head))
                || doc.children_by(head, &[Deprel::Amod]).any(foreign);
            make(owners::home(page, head).filter(|_| !abroad && !allied).as_ref());
        }
        owners => owners.iter().for_each(|owner| make(Some(owner))),
    }
}

/// Of an office with a state and a body of states: an ambassador there is the state's ("Syria's UN
/// ambassador"), an envoy and whoever else the body's ("the UN Syria envoy").
fn envoy(lemma: &str, owners: &mut Vec<Owner>) {
    let of_states =
        |o: &Owner| o.body.as_ref().is_some_and(|(_, sectors)| sectors.contains(&"IGO"));
    let of_state = |o: &Owner| o.body.is_none() && o.country.is_some();
    if owners.iter().any(of_states) && owners.iter().any(of_state) {
        let states = lemma == "ambassador";
        owners.retain(|o| if states { of_state(o) } else { of_states(o) });
    }
}

/// "British Isis recruits": of both at once, unless an "and" tells them apart.
fn of_one(page: &Page, owners: &mut Vec<Owner>) {
    if let [one, other] = owners.as_slice()
        && [one, other].iter().all(|o| page.doc.tokens[o.token].deprel != Deprel::Conj)
    {
        let (state, body) = if one.body.is_none() { (one, other) } else { (other, one) };
        if state.body.is_none() && body.body.is_some() && body.country.is_none() {
            let country = state.country;
            // The British ones of a body are another body.
            let named = |(name, sectors): &(String, Vec<&'static str>)| {
                (format!("{name} {}", country.unwrap_or_default()), sectors.clone())
            };
            let body = Owner { country, body: body.body.as_ref().map(named), ..body.clone() };
            *owners = vec![body];
        }
    }
}

/// Whether a body or a person fights outside the forces of a state.
fn fights(sectors: &[&'static str]) -> bool {
    sectors.first().is_some_and(|s| matches!(*s, "REB" | "PRM" | "UAF"))
}

/// Bodies that are armed if they are a people's: "Kurdish units".
fn is_armed(noun: &str) -> bool {
    matches!(noun, "unit" | "force" | "forces" | "fighting unit" | "front")
}

/// A campaign, a movement or an alliance that is done and does nothing: "the bombing campaign", "moves to
/// an alliance". A campaign acts where it is a candidate's or speaks.
fn is_drive(page: &Page, head: usize) -> bool {
    let doc = page.doc;
    let t = &doc.tokens[head];
    let acts = matches!(t.deprel, Deprel::Nsubj | Deprel::OblAgent)
        && doc.head(head).is_some_and(|up| super::persons::is_speech(doc.lemma(up)));
    let whose = |i: usize| {
        let person =
            page.name_at(i).is_some_and(|(_, e)| matches!(e.kind, Kind::Person | Kind::Party));
        person || page.ends_a_name(i) && page.name_at(i).is_none()
    };
    match doc.lemma(head) {
        "campaign" => {
            let political = |i: usize| {
                whose(i) || matches!(doc.lemma(i), "presidential" | "election" | "electoral")
            };
            let own = [Deprel::NmodPoss, Deprel::Compound, Deprel::Amod];
            !acts && !doc.children_by(head, &own).any(political)
        }
        "movement" => doc
            .children_by(head, &[Deprel::Nmod, Deprel::Acl])
            .any(|i| matches!(preposition(doc, i), Some("toward" | "towards" | "to"))),
        "alliance" => {
            let indefinite = doc.children_by(head, &[Deprel::Det]).any(|i| doc.lemma(i) == "a");
            indefinite && !matches!(t.deprel, Deprel::Nsubj | Deprel::OblAgent)
        }
        _ => false,
    }
}

/// Whose union a coalition or an alliance is said to be: "a coalition of medical groups" is no party.
fn union_of(page: &Page, head: usize) -> Option<Vec<&'static str>> {
    let doc = page.doc;
    let union = matches!(doc.lemma(head), "coalition" | "alliance" | "bloc");
    let member = |i: usize| (preposition(doc, i) == Some("of")).then(|| page.agent_at(i)).flatten();
    let (agent, _) = doc.children_by(head, &[Deprel::Nmod]).filter(|_| union).find_map(member)?;
    Some(agent.sectors.clone())
}

/// Whether an office is in a body that no list holds: "the president of Students for Reform" governs
/// nobody.
fn leads_unlisted(page: &Page, head: usize) -> bool {
    let doc = page.doc;
    let body = |i: usize| {
        preposition(doc, i) == Some("of")
            && doc.tokens[i].upos == Upos::Propn
            && page.name_at(i).is_none()
            && page.agent_at(i).is_none_or(|_| page.form_is_plural(i))
            && page.world.gazetteer.lookup(doc.form(i)).is_empty()
            && !doc
                .children_by(i, &[Deprel::Compound, Deprel::Amod])
                .any(|j| page.country_at(j).is_some())
    };
    matches!(
        doc.lemma(head),
        "president" | "secretary" | "governor" | "chancellor" | "commissioner"
    ) && page.of_role(head).is_none()
        && doc.children_by(head, &[Deprel::Nmod]).any(body)
}

/// The sectors of whoever was something: who held an office of state is of the elite (PLOVER codebook,
/// ELI), who only had a trade has lost no power with it.
fn out_of_office(agent: &Agent, sectors: &[&'static str]) -> Vec<&'static str> {
    let power =
        |sector: &&str| super::holders::is_of_state(sector) || matches!(*sector, "PTY" | "IGO");
    let served = !agent.office && matches!(sectors, ["MIL" | "COP"]);
    let ranks = agent.office || sectors.is_empty() && !agent.tie || sectors.iter().any(power);
    let ranks = ranks && !served;
    if ranks { vec!["ELI"] } else { sectors.to_vec() }
}

/// What the noun alone tells of he or she.
pub(super) fn sex(lemma: &str) -> Option<bool> {
    match lemma {
        "man" | "boy" | "father" | "husband" | "son" | "brother" | "king" | "nephew" => Some(true),
        "woman" | "girl" | "mother" | "wife" | "daughter" | "sister" | "queen" | "niece" => {
            Some(false)
        }
        _ => None,
    }
}

/// Whether the noun tells whose family somebody is of, and so nothing of his country or office.
pub(super) fn is_kin(lemma: &str) -> bool {
    !matches!(lemma, "man" | "woman" | "boy" | "girl" | "king" | "queen") && sex(lemma).is_some()
        || matches!(lemma, "parent" | "child" | "cousin" | "sibling" | "spouse" | "grandson")
}

/// The sectors of somebody in a body: who leads it or is but an official of it is of its sector
/// ("president of the bank", "Red Cross officials"), who works there keeps his own before it ("army
/// accountant").
fn join(own: &[&'static str], of_body: &[&'static str], agent: &Agent) -> Vec<&'static str> {
    let leads = match own {
        [] => agent.office,
        ["GOV"] => agent.kind == AgentKind::Person || agent.proxy,
        // A recruit of rebels is a rebel.
        ["MIL"] => of_body.iter().any(|sector| matches!(*sector, "REB" | "UAF" | "PRM")),
        _ => false,
    };
    let armed = |sector: &&str| matches!(*sector, "MIL" | "REB" | "COP" | "PRM");
    let fights = own.iter().any(armed);
    let (first, second) =
        if leads && !of_body.is_empty() { (of_body, &[][..]) } else { (own, of_body) };
    let mut all = first.to_vec();
    // The fighters of a people are no civilians.
    let added = |sector: &&&str| !(first.contains(*sector) || fights && **sector == "CVL");
    all.extend(second.iter().filter(added));
    all
}

/// Whether a role noun without an owner says too little to be an actor: a thing, "somebody", an
/// institution as a place or in the abstract ("freedom of movement").
fn is_vague(page: &Page, head: usize, first: usize, agent: &Agent) -> bool {
    let doc = page.doc;
    let t = &doc.tokens[head];
    let subject =
        matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent | Deprel::Root)
            || page.is_phrase(head);
    let bare = t.upos == Upos::Noun
        && !page.form_is_plural(head)
        && doc.children_by(head, &[Deprel::Det, Deprel::NmodPoss]).next().is_none()
        && !doc.children_by(head, &[Deprel::Compound]).any(|i| doc.tokens[i].upos == Upos::Propn);
    match agent.kind {
        AgentKind::Instrument => true,
        AgentKind::Person => agent.sectors.is_empty() && !agent.office,
        AgentKind::Collective | AgentKind::Institution if points_at_group(page, head) => false,
        AgentKind::Collective | AgentKind::Institution => {
            // "The council condemned it": a council, whichever.
            (agent.sectors.is_empty() && !subject)
                || (doc.lemma(head) == "state" && first == head)
                || (is_abstract(doc.lemma(head)) && first == head && !subject)
                || (bare && !subject)
                || is_place(doc, head)
        }
    }
}

/// "The group", "the terrorist group", "the organisation": a body named before.
pub(super) fn points_at_group(page: &Page, head: usize) -> bool {
    let doc = page.doc;
    let group = matches!(doc.lemma(head), "group" | "organisation" | "organization" | "militia");
    let which = |i: usize| match doc.tokens[i].deprel {
        Deprel::Nmod | Deprel::NmodPoss | Deprel::Acl | Deprel::AclRelcl | Deprel::Appos => true,
        Deprel::Amod | Deprel::Compound => !matches!(
            doc.lemma(i),
            "terror" | "terrorist" | "militant" | "extremist" | "jihadist" | "jihadi" | "armed"
        ),
        _ => false,
    };
    group
        && !page.form_is_plural(head)
        && doc
            .children_by(head, &[Deprel::Det])
            .any(|i| matches!(doc.lemma(i), "the" | "this" | "that"))
        && !doc.children(head).any(which)
        && doc.children_by(head, &[Deprel::Cop]).next().is_none()
}

/// Bodies whose names are doings or qualities as well: "the full force of the law", "fought an
/// insurgency", "a campaign of terror".
fn is_abstract(lemma: &str) -> bool {
    matches!(
        lemma,
        "force"
            | "security"
            | "resistance"
            | "rebellion"
            | "insurgency"
            | "campaign"
            | "intelligence"
            | "prosecution"
            | "command"
            | "mission"
            | "left"
            | "movement"
            | "practice"
            | "authority"
    )
}

/// "the majority of Kosovo Serbs", "a group of rebels" only count those they are followed by.
fn counts(page: &Page, head: usize) -> bool {
    let doc = page.doc;
    // "members of Congress" are not Congress, those of a council of states are states.
    let house = |i: usize| {
        page.name_at(i).is_some_and(|(_, entry)| {
            entry.sectors.iter().any(|s| matches!(*s, "LEG" | "PTY" | "IGO"))
        })
    };
    let counted = |i: usize| {
        let member = doc.lemma(head) == "member";
        let people = page.form_is_plural(i) || doc.form(i).ends_with('s');
        let name = page.name_at(i);
        preposition(doc, i) == Some("of")
            && !(member && house(i))
            && (people && (page.agent_at(i).is_some() || name.is_some())
                || member && name.is_some_and(|(_, entry)| entry.kind != Kind::Country))
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
    if let Some((_, last)) = page.of_role(head) {
        words.push_str(" of ");
        words.push_str(&doc.form(last).to_lowercase());
    }
    words
}

/// The words of the noun phrase: what stands before the head without a gap, and an owner after it.
pub(super) fn phrase(page: &Page, head: usize, owners: &[Owner]) -> Range<usize> {
    let doc = page.doc;
    let mut start = head;
    while let Some(before) = start.checked_sub(1) {
        let below = before != head
            && doc.dominates(head, before)
            && doc.sentence_of(before) == doc.sentence_of(head);
        let clause = matches!(doc.tokens[before].deprel, Deprel::Case | Deprel::Mark | Deprel::Cc)
            && doc.tokens[before].upos != Upos::Part
            && doc.head(before) == Some(head);
        if !below || clause || outside(page, head, before) || is_calendar(doc.form(before)) {
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

/// Whether the word belongs to the clause that a noun with a copula heads: "Rojas is | a rebel".
fn outside(page: &Page, head: usize, mut token: usize) -> bool {
    let doc = page.doc;
    while let Some(up) = doc.head(token).filter(|&up| up != head) {
        token = up;
    }
    matches!(
        doc.tokens[token].deprel,
        Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::NsubjOuter
            | Deprel::Cop
            | Deprel::Aux
            | Deprel::Csubj
            | Deprel::Advcl
            | Deprel::Obl
            | Deprel::Expl
            | Deprel::Discourse
            | Deprel::Parataxis
    )
}

/// Where the name begins: after articles, numbers and the like.
pub(super) fn name_start(page: &Page, tokens: &Range<usize>, head: usize) -> usize {
    let doc = page.doc;
    let filler = |i: usize| is_filler(doc.tokens[i].upos, doc.lemma(i));
    let hyphen = |i: usize| matches!(doc.form(i), "-" | "‐");
    let mut start = tokens.clone().find(|&i| i >= head || !filler(i)).unwrap_or(head);
    // "a 7-year-old girl": the pieces of a word whose first one is left out.
    while start < head && start > tokens.start && hyphen(start - 1) {
        start += if start + 1 < head && hyphen(start + 1) { 2 } else { 1 };
    }
    start
}

/// A name does not keep the quotation marks inside it.
fn unquoted(name: &str) -> String {
    name.replace(['“', '”', '"', '„', '«', '»'], "")
}

pub(super) fn last_name_word(tokens: &Range<usize>, head: usize, owners: &[Owner]) -> usize {
    let after = owners.iter().any(|o| o.token > head);
    if after { tokens.end - 1 } else { head }
}
