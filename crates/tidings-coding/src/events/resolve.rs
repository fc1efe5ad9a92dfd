//! From the words in the slots of a frame to actors.
//!
//! Who is missing is looked for where English puts him: with the nouns the frame names ("rejected a
//! Russian offer"), under the usual prepositions, and, for a participle, with the verb it hangs on.
//! An event without any actor is none.

use super::beyond;
use super::matching::Match;
use super::merge;
use super::sense::{
    CIVIL, acts_unnamed, by_accident, described, done_by_nobody, fights, fits, lacks_a_side,
    not_told, police_report, private, threat_is_own, with_words,
};
use super::tree::Tree;
use super::{Event, speaker};
use crate::schema::By;
use tidings_language::{Deprel, Upos};
use tidings_world::events::{Filler, Frame, Kind, Operator, Role, Slot};

/// Where a target stands that the frame does not name, the likeliest first.
const TARGETS: [&str; 6] = ["against", "with", "to", "toward", "towards", "on"];

/// Where the land acted upon stands, for acts of a government on its land.
const LANDS: [&str; 3] = ["in", "across", "throughout"];

/// Where the place acted upon stands.
const PLACES: [&str; 14] = [
    "on",
    "against",
    "at",
    "in",
    "into",
    "near",
    "across",
    "throughout",
    "outside",
    "around",
    "over",
    "along",
    "from",
    "through",
];

pub(super) fn events(tree: &Tree, found: &[Match], events: &mut Vec<Event>) {
    let first = events.len();
    let mut predicates: Vec<usize> = Vec::new();
    for act in found {
        let Some(action) = tree.lexicon.action(act.code, act.section) else { continue };
        let material =
            tree.lexicon.action(act.inner, None).is_some_and(|inner| matches!(inner.quad, 2 | 4));
        // "said that Brona must agree": a demand for a mutual act is directed.
        let directed_act = act.party.is_empty() && !act.source.is_empty() && !act.target.is_empty();
        let (source, target) = match parties(act.frame) && !directed_act {
            true if opposed(tree, act) => one_sided(tree, act),
            true => mutual(tree, act),
            false => directed(tree, act, action.quad),
        };
        // "denied that Brona had fired": it is told to nobody.
        let denied = tree.lexicon.digits(act.code) == "016"
            && hosts(act).any(|word| tree.content_clause(word).is_some());
        let target = if denied { Vec::new() } else { target };
        // "negotiations with Brona" of nobody else is no meeting yet.
        let alone = target.is_empty() || source.is_empty();
        if parties(act.frame) && act.frame.kind == Kind::Noun && alone {
            continue;
        }
        // What is meant, planned or wanted must be known, or at least by whom and of whom.
        let unknown = act.inner == act.frame.section.code;
        let vague = match act.frame.section.operator {
            Some(Operator::Intend) => unknown && target.is_empty(),
            Some(Operator::Appeal | Operator::Demand) => {
                unknown && (source.is_empty() || target.is_empty())
            }
            Some(Operator::Threaten | Operator::Reject) => unknown && target.is_empty(),
            // "admitted that it was late"; who retaliates by cutting ties does so, who admits that he
            // met somebody owns up to nothing.
            Some(Operator::Own) => {
                let guilt = tree.lexicon.digits(act.frame.section.code).starts_with("18");
                let harm = tree.lexicon.action(act.inner, None);
                unknown || guilt && harm.is_none_or(|inner| inner.quad != 4)
            }
            _ => false,
        };
        if vague {
            continue;
        }
        let spoken = with_words(tree, act, &source, &target);
        // "her battle with the senator": a contest for votes, and no word against him.
        if spoken && act.words.iter().any(|&word| tree.in_class(word, "contest_of_words")) {
            continue;
        }
        let criticised = tree.lexicon.code("111").and_then(|code| tree.lexicon.action(code, None));
        let action = criticised.filter(|_| spoken).unwrap_or(action);
        let harmed = action.event == "ASSAULT" && nowhere(tree, &target);
        // "fought in Brona": whom they fought is not told, and the land is not it.
        let fought = parties(act.frame) && !source.is_empty();
        let together = action.event == "COOPERATE";
        let ground = match (target.is_empty() || harmed) && !fought && !together {
            true => ground(tree, act, material),
            false => Vec::new(),
        };
        if (source.is_empty() && target.is_empty())
            || lacks_a_side(tree, act, &action, &source, &target)
            || !fits(tree, act, &action, &source, &target)
            || (source.is_empty() || target.is_empty()) && fights(tree, act, &source, &target)
            || !threat_is_own(tree, act, &source)
            || described(tree, act)
            || not_told(tree, act, &source)
            || source.is_empty() && acts_unnamed(tree, act, &action)
            || done_by_nobody(tree, act)
            || source.is_empty() && by_accident(tree, act)
            || police_report(tree, act, &action, &source, &target)
        {
            continue;
        }
        let mut words = act.words.clone();
        words.sort_unstable();
        words.dedup();
        let event = Event {
            predicate: act.predicate,
            words,
            action,
            source,
            target,
            ground,
            rule: act.frame.rule.clone(),
            by: By::Frames,
            confidence: None,
            trusted: true,
            edges: edges(tree, &act.edges),
        };
        let twin = predicates.contains(&event.predicate);
        if !twin {
            predicates.push(event.predicate);
            events.push(event);
        }
    }
    beyond::complete(tree, &mut events[first..]);
    merge::demands(tree, events, first);
    merge::talks(tree, events, first);
    merge::aims(tree, events, first);
    let own = events.split_off(first);
    events.extend(own.into_iter().filter(|event| !private(tree, event)));
}

/// Words under which the place acted upon may stand: what fills the target's slot; for material acts
/// also where they are done.
fn ground(tree: &Tree, act: &Match, material: bool) -> Vec<usize> {
    let mut words = act.target.clone();
    if material {
        for host in hosts(act) {
            words.extend(tree.children(host).filter(|&c| {
                matches!(tree.relation(c), Deprel::Obl | Deprel::Nmod | Deprel::Obj)
                    && tree.has_case(c, &PLACES)
            }));
        }
        words.extend(act.nouns.iter().copied().filter(|&noun| tree.upos(noun) == Upos::Propn));
    }
    words
}

/// Whether nothing is known of the target's country, and a place may tell it: "killed ten people in
/// Ghana".
fn nowhere(tree: &Tree, target: &[usize]) -> bool {
    target.iter().all(|&actor| {
        let known = tree.actors.actors.get(actor);
        known.is_none_or(|a| {
            a.country.is_none()
                && !a.person
                && a.sectors.iter().all(|s| CIVIL.contains(&s.as_str()))
        })
    })
}

fn parties(frame: &Frame) -> bool {
    let party = |slot: &Slot| slot.role == Role::Party;
    frame.subject.as_ref().is_some_and(party)
        || frame.arguments.iter().any(|a| matches!(&a.filler, Filler::Slot(s) if party(s)))
}

/// Words that tell of a hostile act's other side: "the battle against the clan" is fought by one.
fn opposed(tree: &Tree, act: &Match) -> bool {
    act.party.iter().any(|&party| tree.has_case(party, &["against"]))
}

/// "fought against the clan": who fights, and whom.
fn one_sided(tree: &Tree, act: &Match) -> (Vec<usize>, Vec<usize>) {
    let (against, own): (Vec<usize>, Vec<usize>) =
        act.party.iter().partition(|&&party| tree.has_case(party, &["against"]));
    let mut source = named(tree, &own);
    add(&mut source, &named(tree, &act.source));
    let mut target = named(tree, &against);
    add(&mut target, &named(tree, &act.target));
    target.retain(|actor| !source.contains(actor));
    (source, target)
}

fn mutual(tree: &Tree, act: &Match) -> (Vec<usize>, Vec<usize>) {
    let mut all = named(tree, &act.party);
    // "he talked with the envoy" of an unknown man, "future talks with Arden and Brona": those behind
    // "with" do not meet one another.
    let below = |party: usize| hosts(act).any(|host| tree.doc.head(party) == Some(host));
    let with = |&party: &usize| tree.has_case(party, &["with"]) && below(party);
    let (known, unknown): (Vec<usize>, Vec<usize>) =
        act.party.iter().partition(|&&party| !named(tree, &[party]).is_empty());
    let one_side = act.source.is_empty() && !known.is_empty() && known.iter().all(with);
    let open = act.frame.kind == Kind::Noun || !unknown.is_empty();
    if one_side && open && act.frame.section.operator.is_none() {
        let whose = match act.frame.kind {
            Kind::Noun => tree.doc.head(act.predicate).and_then(|above| who_acts(tree, above)),
            _ => None,
        };
        let mut own = named(tree, whose.as_slice());
        own.retain(|actor| !all.contains(actor));
        if own.is_empty() {
            return Default::default();
        }
        all.splice(0..0, own);
        return (all.clone(), all);
    }
    let others = named(tree, &act.target);
    // "agreed to open the border to the refugees": who agrees alone agrees with whom the act concerns.
    if act.frame.section.operator.is_some() && all.len() == 1 {
        let mut others: Vec<usize> = others.into_iter().filter(|a| !all.contains(a)).collect();
        if others.is_empty() {
            others = under(tree, act, &["with"], &all);
        }
        if others.is_empty() {
            let of = |word: usize| -> Vec<usize> {
                let named = tree.actors.of_phrase(tree.doc, word).into_iter();
                named.filter(|actor| !all.contains(actor)).collect()
            };
            let objects = act.nouns.iter().filter_map(|&noun| thing(tree, noun));
            let named = act.nouns.iter().copied().chain(objects).map(of);
            others = named.into_iter().find(|named| !named.is_empty()).unwrap_or_default();
        }
        return (all, others);
    }
    add(&mut all, &named(tree, &act.target));
    add(&mut all, &named(tree, &act.source));
    if all.len() < 2 {
        // "discussed the Syrian war": what is talked about does not talk.
        for noun in act.nouns.iter().filter(|noun| !act.topics.contains(noun)) {
            add(&mut all, &tree.actors.of_phrase(tree.doc, *noun));
        }
    }
    if all.len() < 2 {
        for host in hosts(act) {
            for child in tree.children(host) {
                if tree.has_case(child, &["with", "between", "among"]) {
                    add(&mut all, &tree.actors.of_phrase(tree.doc, child));
                }
            }
        }
    }
    if all.len() > 1 { (all.clone(), all) } else { (all, Vec::new()) }
}

/// A noun that a frame names, or the object of a verb it names: "tried to kill the governor".
fn thing(tree: &Tree, word: usize) -> Option<usize> {
    if tree.upos(word) == Upos::Verb { tree.child(word, &[Deprel::Obj]) } else { Some(word) }
}

/// The subject of the verb that the word is or hangs on.
fn who_acts(tree: &Tree, word: usize) -> Option<usize> {
    let verb = std::iter::successors(Some(word), |&at| tree.doc.head(at))
        .take(4)
        .find(|&at| tree.upos(at) == Upos::Verb)?;
    tree.clause(verb).subject
}

fn directed(tree: &Tree, act: &Match, quad: u8) -> (Vec<usize>, Vec<usize>) {
    let mut source = named(tree, &act.source);
    if source.is_empty() {
        // "a rebel assault ousted them": who makes the assault does.
        let doers: Vec<usize> = act.source.iter().filter_map(|&deed| tree.doer(deed)).collect();
        source = named(tree, &doers);
    }
    if source.is_empty() && act.passive {
        source = named(tree, &beyond::behind_deeds(tree, act));
    }
    // "Arden said lifting the embargo would be wrong": whose act it would be is whose words they are;
    // "to withdraw the Arden force would be wrong" tells whose.
    let digits = tree.lexicon.digits(act.code);
    let force = ["15", "074", "0874", "1661"].iter().any(|code| digits.starts_with(code));
    if source.is_empty() && tree.relation(act.predicate) == Deprel::Csubj && force {
        for &noun in &act.nouns {
            add(&mut source, &possessors(tree, noun));
        }
    }
    if source.is_empty() && tree.relation(act.predicate) == Deprel::Csubj {
        let above = tree.doc.head(act.predicate);
        source = named(tree, above.and_then(|clause| speaker(tree, clause)).as_slice());
    }
    if source.is_empty() {
        source = named(tree, tree.at_hands(act.predicate).as_slice());
    }
    if !source.is_empty() {
        for child in tree.children(act.predicate) {
            let beside = !act.target.contains(&child);
            if beside && tree.has_case(child, &["along", "alongside", "together"]) {
                add(&mut source, &tree.actors.of_phrase(tree.doc, child));
            }
        }
    }
    let mut target = named(tree, &act.target);
    // "leaders under assault in Brona": who is under it suffers it.
    if act.frame.kind == Kind::Noun && tree.has_case(act.predicate, &["under"]) {
        let suffering = named(tree, suffers(tree, act.predicate).as_slice());
        if !suffering.is_empty() {
            target = suffering;
        }
    }
    // "the militias they fund": who funds is not who is funded.
    let antecedent = tree.doc.head(act.predicate).filter(|head| {
        tree.relation(act.predicate) == Deprel::AclRelcl && act.target.contains(head)
    });
    if antecedent.is_some() && source.iter().any(|actor| !target.contains(actor)) {
        source.retain(|actor| !target.contains(actor));
    }
    // "rejected a Russian request to free the pilots": it goes to whose request it is, not to whom it
    // is about.
    if act.frame.section.operator == Some(Operator::Reject)
        && let Some(object) = tree.child(act.predicate, &[Deprel::Obj])
    {
        let mut whose = possessors(tree, object);
        whose.retain(|actor| !source.contains(actor));
        if !whose.is_empty() {
            target = whose;
        }
    }
    let content = act.frame.section.operator.is_some();
    // "died in Israeli custody": whose custody it is.
    let suffered = act.frame.subject.is_some_and(|slot| slot.role == Role::Target);
    // "peacekeepers were deployed": the force is its own; "sailors were freed" by somebody else.
    if source.is_empty() && (act.passive && force || suffered) && !content {
        for &noun in &act.nouns {
            add(&mut source, &owners(tree, noun));
        }
    }
    // "demanded the release of the crew": the crew is not who is asked.
    let inner = tree.lexicon.digits(act.inner);
    let freed = content && (inner.starts_with("084") || inner.starts_with("0874"));
    // "criticised it", "charged Smith": who is meant is not known, and nobody else is.
    let somebody = |&t: &usize| matches!(tree.upos(t), Upos::Pron | Upos::Propn);
    let unresolved = target.is_empty() && act.target.iter().any(somebody);
    if target.is_empty() && !freed && !unresolved {
        // "called for a new envoy": he is what is asked for.
        let asks = matches!(act.frame.section.operator, Some(Operator::Appeal | Operator::Demand))
            && act.inner == act.frame.section.code;
        for &noun in act.nouns.iter().filter(|&&noun| !(asks && tree.is_actor(noun))) {
            if let Some(of) = thing(tree, noun) {
                add(&mut target, &tree.actors.of_phrase(tree.doc, of));
            }
        }
        target.retain(|t| !source.contains(t));
    }
    // "voiced regret that the envoy had left": it is his deed.
    let judged = inner.starts_with("11") || inner.starts_with("09");
    if target.is_empty() && judged && !unresolved {
        let told = hosts(act).find_map(|word| tree.content_clause(word));
        let told = told.or_else(|| questioned(tree, act));
        let subject = told.and_then(|clause| tree.surface_subject(clause));
        target = named(tree, subject.as_slice());
        target.retain(|actor| !source.contains(actor));
    }
    // "denounced the plan to the crowd": a thing was denounced, and the crowd only heard it.
    let thing = act.frame.kind == Kind::Verb && !act.target.is_empty();
    let prepositions = if thing { &TARGETS[..1] } else { &TARGETS[..] };
    if target.is_empty() && act.frame.kind == Kind::Noun {
        target = named(tree, suffers(tree, act.predicate).as_slice());
    }
    if target.is_empty() && !unresolved {
        target = under(tree, act, prepositions, &source);
    }
    let given = quad == 2 && inner.starts_with("07");
    if target.is_empty() && (quad == 4 || given) && !unresolved {
        target = under(tree, act, &LANDS, &source);
    }
    target.retain(|t| !source.contains(t));
    if inner.starts_with("15") {
        let abroad = |&&word: &&usize| !on_own_land(tree, word);
        let words: Vec<usize> = act.target.iter().filter(abroad).copied().collect();
        if words.len() < act.target.len() {
            let others = named(tree, &words);
            target.retain(|actor| others.contains(actor));
        }
        // "sent their air force": whoever "they" are, it is their own.
        for &noun in act.nouns.iter().filter(|&&noun| whose(tree, noun)) {
            let own = tree.actors.of_phrase(tree.doc, noun);
            target.retain(|actor| !own.contains(actor));
        }
    }
    own_forces(tree, act, &mut source, &mut target);
    // "resigned as chairman of the party": nothing is done to the party.
    if inner.starts_with("083") && act.code == act.inner {
        target.clear();
    }
    (source, target)
}

/// "looks into whether the envoy lied": what is asked.
fn questioned(tree: &Tree, act: &Match) -> Option<usize> {
    tree.children(act.predicate).find(|&c| {
        let asked = |mark: usize| tree.lemma_in(mark, &["whether", "if", "how"]);
        matches!(tree.relation(c), Deprel::Ccomp | Deprel::Advcl)
            && tree.children(c).any(|mark| mark < c && asked(mark))
    })
}

/// "sent tanks to its border", "along stretches of its border": the land is the sender's.
fn on_own_land(tree: &Tree, word: usize) -> bool {
    let land = tree.children(word).find(|&c| tree.has_case(c, &["of"])).unwrap_or(word);
    [word, land].into_iter().any(|noun| !tree.is_actor(noun) && whose(tree, noun))
}

/// Whether a pronoun tells whose it is: "its border", "their air force".
fn whose(tree: &Tree, noun: usize) -> bool {
    tree.child(noun, &[Deprel::NmodPoss]).is_some_and(|own| tree.upos(own) == Upos::Pron)
}

/// "pulled its troops out", "the deployment of US forces": the force acts, for who sends it, and is not
/// acted upon.
fn own_forces(tree: &Tree, act: &Match, source: &mut Vec<usize>, target: &mut Vec<usize>) {
    let inner = tree.lexicon.digits(act.inner);
    if !["15", "0874"].iter().any(|code| inner.starts_with(code)) || inner.starts_with("153") {
        return;
    }
    let country = |actor: usize| tree.actors.actors.get(actor).and_then(|a| a.country.as_deref());
    let theirs: Vec<Option<&str>> = source.iter().map(|&s| country(s)).collect();
    let force = |actor: &usize| {
        tree.actors.actors.get(*actor).is_some_and(|a| {
            let armed = a.is_any(&["MIL", "COP", "PRM", "SPY"]);
            armed && (theirs.is_empty() || a.country.is_none() || theirs.contains(&country(*actor)))
        })
    };
    let (own, mut others): (Vec<usize>, Vec<usize>) = target.iter().partition(|actor| force(actor));
    if source.is_empty() {
        *source = own;
    }
    // "the withdrawal of US forces": nor is their country.
    let state = |actor: usize| tree.actors.actors.get(actor).is_some_and(|a| a.sectors.is_empty());
    others.retain(|&actor| !(state(actor) && source.iter().any(|&s| country(s) == country(actor))));
    *target = others;
}

/// Who fears, faces or stands under what a noun names: "Brona fears an attack", "a town under siege".
fn suffers(tree: &Tree, noun: usize) -> Option<usize> {
    if tree.has_case(noun, &["under"]) {
        let named = |&w: &usize| matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::Pron);
        return tree.doc.head(noun).filter(named);
    }
    let verb = tree.light_verb(noun).filter(|&verb| !tree.passive(verb))?;
    let faces = tree.in_class(verb, "fear") || tree.in_class(verb, "suffering");
    tree.surface_subject(verb).filter(|_| faces)
}

pub(super) fn hosts<'m>(act: &'m Match) -> impl Iterator<Item = usize> + use<'m> {
    [act.predicate].into_iter().chain(act.nouns.iter().copied())
}

fn under(tree: &Tree, act: &Match, prepositions: &[&str], source: &[usize]) -> Vec<usize> {
    for preposition in prepositions {
        for host in hosts(act) {
            for child in tree.children(host) {
                // "On Twitter he defended": what stands before the verb sets the scene.
                if matches!(tree.relation(child), Deprel::Obl | Deprel::Nmod)
                    && child > host
                    && tree.has_case(child, &[preposition])
                {
                    let mut found = tree.actors.of_phrase(tree.doc, child);
                    found.retain(|a| !source.contains(a));
                    if !found.is_empty() {
                        return found;
                    }
                }
            }
        }
    }
    Vec::new()
}

/// The actors of the words, each once, with those named beside them ("along with its allies") and
/// those told one by one ("some states, including Brona").
fn named(tree: &Tree, tokens: &[usize]) -> Vec<usize> {
    let mut all = Vec::new();
    for &token in tokens {
        let own = tree.actors.of_phrase(tree.doc, token);
        add(&mut all, &own);
        for child in tree.children(token) {
            let among = !own.is_empty()
                && tree.upos(child) == Upos::Propn
                && tree.has_case(child, &["include", "including"]);
            if among || tree.has_case(child, &["along", "alongside", "together"]) {
                add(&mut all, &tree.actors.of_phrase(tree.doc, child));
            }
        }
    }
    all
}

/// Whose the noun is, else whoever it names: "NATO-led peacekeepers", "the talks between the two".
fn owners(tree: &Tree, noun: usize) -> Vec<usize> {
    let all = possessors(tree, noun);
    if all.is_empty() { tree.actors.of_phrase(tree.doc, noun) } else { all }
}

/// Whose the noun is: "Arden's troops", "a Russian request".
pub(super) fn possessors(tree: &Tree, noun: usize) -> Vec<usize> {
    let mut all = Vec::new();
    for child in tree.children(noun) {
        match tree.relation(child) {
            Deprel::NmodPoss | Deprel::Compound | Deprel::NmodDesc => {
                add(&mut all, &tree.actors.of_phrase(tree.doc, child));
            }
            Deprel::Amod if tree.passive(child) => {
                if let Some(agent) = tree.clause(child).subject {
                    add(&mut all, &tree.actors.of_phrase(tree.doc, agent));
                }
            }
            Deprel::Amod => add(&mut all, &tree.actors.of_phrase(tree.doc, child)),
            _ => {}
        }
    }
    all
}

pub(super) fn add(all: &mut Vec<usize>, more: &[usize]) {
    for &actor in more {
        if !all.contains(&actor) {
            all.push(actor);
        }
    }
}

/// The ways through the tree, as `launched -nsubj-> forces`.
fn edges(tree: &Tree, pairs: &[(usize, usize)]) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for &(from, to) in pairs {
        let mut at = to;
        let mut way = Vec::new();
        while at != from {
            let Some(head) = tree.doc.head(at) else { break };
            let (above, relation) = (tree.doc.form(head), tree.relation(at));
            way.push(format!("{above} -{relation}-> {}", tree.doc.form(at)));
            at = head;
        }
        for edge in way.into_iter().rev() {
            if !told.contains(&edge) {
                told.push(edge);
            }
        }
    }
    told
}
