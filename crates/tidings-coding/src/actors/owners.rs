//! Whose people a noun names: "Serbian forces", "NATO-led peacekeepers", "opposition groups in
//! Zimbabwe", "the mayor of Kharkiv", "the chairman of the bank's board".

use super::names::preposition;
use super::page::{Page, TOWN};
use tidings_language::{Deprel, Upos};
use tidings_world::{AgentKind, Kind};

/// Whom a modifier names.
#[derive(Debug, Clone, Default)]
pub(super) struct Owner {
    pub country: Option<&'static str>,
    /// An organisation whose people they are, with its sectors: "NATO troops".
    pub body: Option<(String, Vec<&'static str>)>,
    /// Whether that body is a people or a faith: "Muslim protesters" are no organisation's.
    pub people: bool,
    pub token: usize,
    /// Where its name ends.
    pub end: usize,
}

/// How far down a phrase the country of a place is looked for: "in the town of X in Y".
const DEPTH: usize = 3;

/// The countries and organisations that the modifiers of a noun name.
pub(super) fn owners(page: &Page, head: usize) -> Vec<Owner> {
    let doc = page.doc;
    let mut found: Vec<Owner> = Vec::new();
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
            if let Some(body) = nmod.then(|| body_of(page, child)).flatten() {
                found.extend(body);
            } else if let Some(owner) = owner_at(page, child).or_else(|| town(page, head, child)) {
                add(owner, &mut found);
                for conjunct in doc.children_by(child, &[Deprel::Conj]) {
                    owner_at(page, conjunct).into_iter().for_each(|o| add(o, &mut found));
                }
            } else if nmod {
                // "residents of the city of Kharkiv".
                place(page, child, DEPTH).into_iter().for_each(|o| add(o, &mut found));
            } else {
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
                        owner_at(page, below).into_iter().for_each(|o| add(o, &mut found));
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

/// The country of the town that an institution is named after: "Amherst College". Unlike a
/// possessor, it need not be large.
fn town(page: &Page, head: usize, child: usize) -> Option<Owner> {
    let named = page.doc.tokens[head].upos == Upos::Propn
        && page.doc.tokens[child].deprel == Deprel::Compound
        && page.agent_at(head).is_some_and(|(agent, _)| agent.kind == AgentKind::Institution);
    let country = named.then(|| page.country_of_town(child, TOWN)).flatten()?;
    Some(Owner { country: Some(country), token: child, end: child + 1, ..Owner::default() })
}

/// The country where a noun places the people it names: "security forces in Guinea".
pub(super) fn home(page: &Page, head: usize) -> Option<Owner> {
    let within = |&i: &usize| matches!(preposition(page.doc, i), Some("in" | "at" | "across"));
    let child = page.doc.children_by(head, &[Deprel::Nmod]).find(within)?;
    place(page, child, DEPTH)
}

/// Those who are often in a country that is not theirs: where they are says nothing of whose they
/// are.
pub(super) fn may_be_abroad(lemma: &str) -> bool {
    matches!(
        lemma,
        "ambassador"
            | "envoy"
            | "diplomat"
            | "consul"
            | "embassy"
            | "consulate"
            | "delegation"
            | "delegate"
            | "mediator"
            | "negotiator"
            | "mission"
            | "troop"
            | "troops"
            | "peacekeeper"
            | "tourist"
            | "foreigner"
            | "visitor"
            | "immigrant"
            | "refugee"
            | "migrant"
            | "expert"
            | "analyst"
            | "observer"
            | "monitor"
            | "inspector"
            | "correspondent"
            | "representative"
            | "base"
            | "world"
            | "agency"
            | "commission"
            | "secretariat"
            | "board"
            | "neighbor"
            | "neighbour"
            | "mercenary"
    )
}

/// The country of a place, under whatever words: "the West Bank city of Hebron".
fn place(page: &Page, token: usize, depth: usize) -> Option<Owner> {
    let here = owner_at(page, token).filter(|owner| owner.body.is_none());
    if here.is_some() || depth == 0 {
        return here;
    }
    let below = |&i: &usize| {
        matches!(
            page.doc.tokens[i].deprel,
            Deprel::Nmod | Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::Appos
        )
    };
    page.doc.children(token).filter(below).find_map(|child| place(page, child, depth - 1))
}

/// Takes in an owner that is not there yet. Of "a Muslim American soldier" only the country owns.
fn add(owner: Owner, found: &mut Vec<Owner>) {
    if owner.people && !found.is_empty() {
        return;
    }
    found.retain(|known| !known.people);
    let name = |o: &Owner| o.body.as_ref().map(|(name, _)| name.clone());
    let same = |o: &Owner| o.country == owner.country && name(o) == name(&owner);
    if !found.iter().any(same) {
        found.push(owner);
    }
}

/// The body that somebody leads or belongs to, by its role noun: "the leaders of Romania's
/// government", "president of the Chadian Human Rights League".
fn body_of(page: &Page, token: usize) -> Option<Vec<Owner>> {
    let (agent, _) = page.agent_at(token)?;
    if !matches!(agent.kind, AgentKind::Collective | AgentKind::Institution) {
        return None;
    }
    let name = page.doc.lemma(token).to_lowercase();
    // "the board of the bank": a body without a sector has that of the body it belongs to.
    let sectors = match agent.sectors.is_empty() {
        true => page.institution_of(token).map_or(Vec::new(), |above| above.sectors.clone()),
        false => agent.sectors.clone(),
    };
    let whose = |owner: Owner| Owner {
        token,
        end: token + 1,
        body: Some((name.clone(), sectors.clone())),
        ..owner
    };
    let owners = owners(page, token);
    Some(match owners.is_empty() {
        true => vec![whose(Owner::default())],
        false => owners.into_iter().map(whose).collect(),
    })
}

fn owner_at(page: &Page, token: usize) -> Option<Owner> {
    let of_country =
        |country, end| Owner { country: Some(country), token, end, ..Owner::default() };
    let Some((named, entry)) = page.name_at(token) else {
        return page.country_of_place(token).map(|country| of_country(country, token + 1));
    };
    let end = named.tokens.end;
    // "the warlord's men"
    let fights = |sector: &&str| matches!(*sector, "REB" | "PRM" | "UAF");
    if entry.kind == Kind::Person {
        let sectors = entry.sectors_on(page.published);
        if sectors.first().is_some_and(fights) {
            let (country, body) = (entry.country_on(page.published), entry.name.to_string());
            let body = Some((body, sectors));
            return Some(Owner { country, body, token, end, ..Owner::default() });
        }
    }
    let country = match entry.kind {
        // "the Horvat administration": whoever governs there.
        Kind::Person => entry.role_on(page.published).and(entry.country),
        _ => page.country_at(token),
    };
    if let Some(country) = country {
        return Some(of_country(country, end));
    }
    let body =
        matches!(entry.kind, Kind::Organisation | Kind::ArmedGroup | Kind::Party | Kind::Group);
    (body && named.head == token).then(|| Owner {
        country: entry.country,
        body: Some((entry.name.to_string(), entry.sectors_on(page.published))),
        people: entry.kind == Kind::Group && entry.country.is_none(),
        token,
        end,
    })
}
