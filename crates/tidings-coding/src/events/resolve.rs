//! From the words in the slots of a frame to actors.
//!
//! Who is missing is looked for where English puts him: with the nouns the frame names ("rejected a
//! Russian offer"), under the usual prepositions, and, for a participle, with the verb it hangs on.
//! An event without any actor is none.

use super::matching::Match;
use super::merge;
use super::tree::Tree;
use super::{Event, speaker};
use crate::actors::Actor;
use tidings_language::{Deprel, Upos};
use tidings_world::Action;
use tidings_world::events::{Filler, Frame, Kind, Operator, Place, Role, Slot};

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
        let ground = match (target.is_empty() || harmed) && !fought {
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
            edges: edges(tree, &act.edges),
        };
        let twin = predicates.contains(&event.predicate);
        if !twin {
            predicates.push(event.predicate);
            events.push(event);
        }
    }
    inherit_targets(tree, &mut events[first..]);
    threatened_on_condition(tree, &mut events[first..]);
    ended_fighting(tree, &mut events[first..]);
    merge::demands(tree, events, first);
    let own = events.split_off(first);
    events.extend(own.into_iter().filter(|event| !private(tree, event)));
}

/// Whether the act is among clerks, firms and neighbours: what they say to and do for one another is no
/// politics, as long as nobody is hurt.
fn private(tree: &Tree, event: &Event) -> bool {
    const PRIVATE: [&str; 7] = ["CVL", "BUS", "EDU", "JRN", "MED", "MNC", "HLH"];
    let known = |&actor: &usize| tree.actors.actors.get(actor);
    let all = || event.source.iter().chain(&event.target).filter_map(known);
    let private = |a: &Actor| match a.sectors.as_slice() {
        [] => a.country.is_none() || a.person,
        sectors => sectors.iter().all(|s| PRIVATE.contains(&s.as_str())),
    };
    let mut countries = all().filter_map(|a| a.country.as_deref());
    let abroad = countries.next().is_some_and(|first| countries.any(|other| other != first));
    !matches!(event.action.event, "ASSAULT" | "PROTEST" | "COERCE") && !abroad && all().all(private)
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
            a.country.is_none() && a.sectors.iter().all(|s| CIVIL.contains(&s.as_str()))
        })
    })
}

/// Sectors of people without power over others.
const CIVIL: [&str; 9] = ["CVL", "BUS", "EDU", "JRN", "LAB", "REF", "MED", "AGR", "MNC"];

/// Whether one side is missing without which such an act tells nothing: a threat, a sanction or a
/// promise of nobody, help for nobody, praise of whom a pronoun means that nobody can tell. What is
/// praised may be a thing, and an apology may stand alone.
fn lacks_a_side(
    tree: &Tree,
    act: &Match,
    action: &Action,
    source: &[usize],
    target: &[usize],
) -> bool {
    let person = |word: usize| {
        tree.upos(word) == Upos::Pron
            && tree.lemma_in(word, &["he", "she", "they", "I", "we", "you"])
    };
    let pronoun = |&word: &usize| {
        let own = tree.child(word, &[Deprel::NmodPoss]).filter(|&own| tree.upos(own) == Upos::Pron);
        person(word) || own.is_some_and(|own| !tree.lemma_in(own, &["its"]))
    };
    let nobody = source.is_empty() && act.frame.kind == Kind::Verb;
    let meant = || act.target.iter().chain(&act.nouns).any(pronoun);
    let thing = || act.target.iter().any(|&word| !tree.names_actor(word));
    let mutual = ["050", "054", "055", "056", "057"];
    match action.event {
        "THREATEN" | "SANCTION" | "AGREE" => nobody,
        "AID" if action.cameo != "075" => target.is_empty() && act.target.is_empty(),
        "ACCUSE" => target.is_empty() && meant(),
        "SUPPORT" if mutual.iter().any(|code| action.cameo.starts_with(code)) => false,
        "SUPPORT" => target.is_empty() && (meant() || !thing()),
        _ => false,
    }
}

/// Whether who acts can do such an act: clerks ban and arrest nobody, a traveller without an office
/// makes no visit (CAMEO codebook, 042, 17), and people of whom nothing is known have no politics.
fn fits(tree: &Tree, act: &Match, action: &Action, source: &[usize], target: &[usize]) -> bool {
    let sectors = |actor: usize| tree.actors.actors.get(actor).map_or(&[][..], |a| &a.sectors);
    let civil = |&actor: &usize| {
        let sectors = sectors(actor);
        !sectors.is_empty() && sectors.iter().all(|s| CIVIL.contains(&s.as_str()))
    };
    let unknown = |&actor: &usize| {
        let known = tree.actors.actors.get(actor);
        known.is_none_or(|a| a.sectors.is_empty() && (a.country.is_none() || a.person))
    };
    let party =
        |&actor: &usize| sectors(actor).iter().any(|s| s == "PTY" || s == "ELI" || s == "LEG");
    if source.iter().chain(target).all(unknown) {
        return false;
    }
    let code = action.cameo.as_str();
    let outlaw =
        |&actor: &usize| sectors(actor).iter().any(|s| ["REB", "UAF", "CRM"].contains(&s.as_str()));
    let private = |actor: &usize| civil(actor) || unknown(actor);
    let political = |&actor: &usize| {
        let sectors = sectors(actor);
        !sectors.is_empty() && sectors.iter().all(|s| POLITICAL.contains(&s.as_str()))
    };
    if code == "042" {
        let nobody = source.iter().all(|actor| private(actor) || outlaw(actor));
        let greets = source.iter().all(party) && !target.is_empty() && target.iter().all(civil);
        return !(nobody || greets || at_home(tree, source, target));
    }
    // What is kept back is kept back by somebody.
    if code.starts_with("162") && source.is_empty() {
        return false;
    }
    // Who warns people of this or that guards them.
    let of = act.frame.arguments.iter().any(|a| matches!(a.place, Place::Preposition(_)));
    if code == "130"
        && of
        && tree.lemma_in(act.predicate, &["warn", "caution", "alert"])
        && !target.is_empty()
        && target.iter().all(civil)
        && !source.iter().all(outlaw)
    {
        return false;
    }
    // Candidates greet their supporters, and nobody in particular invites to a feast.
    if code == "043" && (source.iter().all(private) || target.iter().all(civil)) {
        return false;
    }
    // Who has no office looks into this and that; candidates are hurt by polls.
    if code.starts_with("090") && !source.is_empty() && source.iter().all(|a| civil(a) || party(a))
        || code == "182" && !target.is_empty() && target.iter().all(political)
    {
        return false;
    }
    // Clerks who warn of this and that threaten nobody.
    let clerk = |actor: &usize| private(actor) && !sectors(*actor).iter().any(|s| s == "LAB");
    if action.event == "THREATEN" && code != "133" && source.iter().all(clerk) {
        return false;
    }
    // Candidates and clerks help this and that; the aid of CAMEO 07 is given by those who have it.
    if (code == "070" || code == "074") && act.nouns.is_empty() || code == "072" {
        let able = |actor: &usize| !civil(actor) && !unknown(actor) && !party(actor);
        return source.is_empty() || source.iter().any(able);
    }
    // "donated to the candidate"
    let citizen = |&actor: &usize| {
        let own = sectors(actor);
        own.iter().all(|s| s == "CVL") && (!own.is_empty() || unknown(&actor))
    };
    if code == "071" && !source.is_empty() && source.iter().all(citizen) {
        return false;
    }
    if action.event == "PROTEST" && campaigns(tree, act, source) {
        return false;
    }
    let official = ["170", "172", "173", "174", "153", "191"].iter().any(|c| code.starts_with(c));
    let powerless = |actor: &usize| civil(actor) || code == "170" && party(actor);
    !official || source.is_empty() || !source.iter().all(powerless)
}

/// Whether a journey stays inside the traveller's own country: "the president travelled to Iowa".
fn at_home(tree: &Tree, source: &[usize], target: &[usize]) -> bool {
    let known = |&actor: &usize| tree.actors.actors.get(actor);
    let place = |actor: &usize| {
        let place = |a: &&Actor| a.sectors.is_empty() && !a.person && !tree.is_country(&a.name);
        known(actor).filter(place).is_some()
    };
    let country = |actor: &usize| known(actor).and_then(|a| a.country.as_deref());
    let mut all = source.iter().chain(target).map(country);
    let first = all.next().flatten();
    !source.is_empty()
        && !target.is_empty()
        && target.iter().all(place)
        && first.is_some()
        && all.all(|country| country == first)
}

/// Whether a rally or a march is a politician's who wants votes: it is against nobody.
fn campaigns(tree: &Tree, act: &Match, source: &[usize]) -> bool {
    let wants_votes = |&actor: &usize| {
        tree.actors.actors.get(actor).is_some_and(|a| {
            let one = |s: &String| ["PTY", "LEG", "ELI", "GOV"].contains(&s.as_str());
            !a.sectors.is_empty() && a.sectors.iter().all(one)
        })
    };
    let against =
        || hosts(act).any(|host| tree.children(host).any(|c| tree.has_case(c, &["against"])));
    act.words.iter().any(|&word| tree.in_class(word, "gathering"))
        && !source.is_empty()
        && source.iter().all(wants_votes)
        && !against()
}

/// Sectors of those who fight with words, and of those who do not.
const POLITICAL: [&str; 6] = ["PTY", "LEG", "ELI", "JUD", "JRN", "OPP"];
const ARMED: [&str; 7] = ["MIL", "REB", "COP", "PRM", "UAF", "SPY", "CRM"];

/// Whether an "attack" is one of words: "the candidate attacked the judge".
fn with_words(tree: &Tree, act: &Match, source: &[usize], target: &[usize]) -> bool {
    !source.is_empty() && !target.is_empty() && fights(tree, act, source, target)
}

/// Whether a fight is one of politicians: "the candidates battled in Iowa". The others are not armed:
/// "the president attacked the candidate", "the candidate clashed with the editor".
fn fights(tree: &Tree, act: &Match, source: &[usize], target: &[usize]) -> bool {
    let any = |actor: &usize, of: &[&str]| {
        let known = tree.actors.actors.get(*actor);
        known.is_some_and(|a| a.sectors.iter().any(|s| of.contains(&s.as_str())))
    };
    let political = |actor: &usize| any(actor, &POLITICAL) && !any(actor, &ARMED);
    // Whoever holds an office, and who has neither country nor arms.
    let unarmed = |actor: &usize| {
        tree.actors.actors.get(*actor).is_some_and(|a| {
            let private = a.sectors.iter().all(|s| CIVIL.contains(&s.as_str()));
            a.office.is_some() || private && (a.person || !a.sectors.is_empty())
        })
    };
    let mut all = source.iter().chain(target);
    tree.lexicon.digits(act.inner) == "190"
        && act.words.iter().any(|&word| tree.in_class(word, "fight_with_words"))
        && all.clone().any(political)
        && all.all(|actor| political(actor) || unarmed(actor))
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
    let others = named(tree, &act.target);
    // "agreed to open the border to the refugees": who agrees alone agrees with whom the act concerns.
    if act.frame.section.operator.is_some() && all.len() == 1 {
        let mut others: Vec<usize> = others.into_iter().filter(|a| !all.contains(a)).collect();
        if others.is_empty() {
            others = under(tree, act, &["with"], &all);
        }
        if others.is_empty() {
            let named = act.nouns.iter().flat_map(|&noun| tree.actors.of_phrase(tree.doc, noun));
            add(&mut others, &named.filter(|actor| !all.contains(actor)).collect::<Vec<_>>());
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

fn directed(tree: &Tree, act: &Match, quad: u8) -> (Vec<usize>, Vec<usize>) {
    let mut source = named(tree, &act.source);
    if source.is_empty() {
        // "a rebel assault ousted them": who makes the assault does.
        let doers: Vec<usize> = act.source.iter().filter_map(|&deed| tree.doer(deed)).collect();
        source = named(tree, &doers);
    }
    // "Arden said lifting the embargo would be wrong": whose act it would be is whose words they are.
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
    let digits = tree.lexicon.digits(act.code);
    let force = ["15", "074", "0874", "1661"].iter().any(|code| digits.starts_with(code));
    if source.is_empty() && (act.passive && force || suffered) && !content {
        for &noun in &act.nouns {
            add(&mut source, &owners(tree, noun));
        }
    }
    // "demanded the release of the crew": the crew is not who is asked.
    let inner = tree.lexicon.digits(act.inner);
    let freed = content && (inner.starts_with("084") || inner.starts_with("0874"));
    // "criticised it": who is meant is not known, and nobody else is.
    let unresolved = target.is_empty() && act.target.iter().any(|&t| tree.upos(t) == Upos::Pron);
    if target.is_empty() && !freed && !unresolved {
        for &noun in &act.nouns {
            // "tried to kill the governor": a verb the frame names has an object of its own.
            let object = || tree.child(noun, &[Deprel::Obj]);
            let of = if tree.upos(noun) == Upos::Verb { object() } else { Some(noun) };
            if let Some(of) = of {
                add(&mut target, &tree.actors.of_phrase(tree.doc, of));
            }
        }
        target.retain(|t| !source.contains(t));
    }
    // "denounced the plan to the crowd": a thing was denounced, and the crowd only heard it.
    let thing = act.frame.kind == Kind::Verb && !act.target.is_empty();
    let prepositions = if thing { &TARGETS[..1] } else { &TARGETS[..] };
    if target.is_empty() && !unresolved {
        target = under(tree, act, prepositions, &source);
    }
    if target.is_empty() && act.frame.kind == Kind::Noun {
        target = named(tree, suffers(tree, act.predicate).as_slice());
    }
    let given = quad == 2 && inner.starts_with("07");
    if target.is_empty() && (quad == 4 || given) && !unresolved {
        target = under(tree, act, &LANDS, &source);
    }
    target.retain(|t| !source.contains(t));
    own_forces(tree, act, &mut source, &mut target);
    // "resigned as chairman of the party": nothing is done to the party.
    if inner.starts_with("083") && act.code == act.inner {
        target.clear();
    }
    (source, target)
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
            let armed =
                a.sectors.iter().any(|s| ["MIL", "COP", "PRM", "SPY"].contains(&s.as_str()));
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
        let above = tree.doc.head(noun)?;
        return match tree.upos(above) {
            Upos::Noun | Upos::Propn | Upos::Pron => Some(above),
            _ => None,
        };
    }
    let verb = tree.light_verb(noun).filter(|&verb| !tree.passive(verb))?;
    let faces = tree.in_class(verb, "fear") || tree.in_class(verb, "suffering");
    tree.surface_subject(verb).filter(|_| faces)
}

fn hosts<'m>(act: &'m Match) -> impl Iterator<Item = usize> + use<'m> {
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

/// The actors of the words, each once, with those named beside them ("along with its allies").
fn named(tree: &Tree, tokens: &[usize]) -> Vec<usize> {
    let mut all = Vec::new();
    for &token in tokens {
        add(&mut all, &tree.actors.of_phrase(tree.doc, token));
        for child in tree.children(token) {
            if tree.has_case(child, &["along", "alongside", "together"]) {
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
fn possessors(tree: &Tree, noun: usize) -> Vec<usize> {
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

fn add(all: &mut Vec<usize>, more: &[usize]) {
    for &actor in more {
        if !all.contains(&actor) {
            all.push(actor);
        }
    }
}

/// "two men suspected of spying", "a Libyan accused of theft": who accuses is not told, and the words
/// only say which men; "US-backed militias" are some militias.
fn described(tree: &Tree, act: &Match) -> bool {
    let operator = act.frame.section.operator.is_some();
    let nobody = || operator && act.passive && act.source.is_empty();
    match tree.relation(act.predicate) {
        // "men convicted of theft" were convicted by nobody in particular.
        Deprel::Acl => {
            let legal = ["112", "115", "116"];
            let digits = tree.lexicon.digits(act.code);
            nobody()
                || act.passive
                    && act.source.is_empty()
                    && legal.iter().any(|c| digits.starts_with(c))
        }
        // "EU-brokered talks" are the mediator's act, whoever talks.
        Deprel::Amod => {
            let noun = tree.doc.head(act.predicate);
            let deed = noun.is_some_and(|n| act.nouns.contains(&n)) && !act.source.is_empty();
            nobody() || !deed && noun.is_some_and(|n| tree.names_actor(n))
        }
        _ => false,
    }
}

/// Whether the words leave open whether anybody acts: "asked whether Brona attacked", "a mandate to
/// protect the camps".
fn not_told(tree: &Tree, act: &Match, source: &[usize]) -> bool {
    let verb = act.predicate;
    let asked =
        tree.child(verb, &[Deprel::Mark]).is_some_and(|mark| tree.lemma_in(mark, &["whether"]));
    let first = match tree.relation(verb) {
        Deprel::Conj => tree.doc.head(verb).unwrap_or(verb),
        _ => verb,
    };
    let due = tree.relation(first) == Deprel::Acl
        && tree.infinitive(first)
        && tree.doc.head(first).is_some_and(|noun| tree.in_class(noun, "entitlement"));
    asked || due || ends_of_others(tree, act, source)
}

/// "halted the rebel attack": who ends what others do gives nothing up.
fn ends_of_others(tree: &Tree, act: &Match, source: &[usize]) -> bool {
    let digits = tree.lexicon.digits(act.code);
    digits == "087"
        && !source.is_empty()
        && act.nouns.iter().any(|&noun| {
            let doers = possessors(tree, noun);
            !doers.is_empty() && !doers.iter().any(|doer| source.contains(doer))
        })
}

/// Whether somebody acts whom the words tell, though not who he is: "he mocked the king" of an unknown
/// man, "to mock the king" of nobody. What weapons and deeds do ("the blast killed ten") and what is
/// done ("was accused") stands without a doer.
fn acts_unnamed(tree: &Tree, act: &Match, action: &Action) -> bool {
    match act.frame.kind {
        Kind::Verb => {
            let does = act.frame.subject.is_some_and(|slot| slot.role == Role::Source);
            let subject = tree.surface_subject(act.predicate);
            let thing = subject.is_some_and(|word| tree.upos(word) == Upos::Noun);
            does && !act.passive && !(thing && matches!(action.event, "ASSAULT" | "PROTEST"))
                || action.quad < 3
        }
        Kind::Noun => matches!(action.quad, 1 | 3),
        Kind::Adjective => false,
    }
}

/// "The earthquake killed ten": nobody acted.
fn done_by_nobody(tree: &Tree, act: &Match) -> bool {
    let calamity = |noun: usize| {
        let word = tree.word(noun);
        let calamities = tree.lexicon.class("calamity");
        word.is_some_and(|w| calamities.iter().any(|n| n.head == w)) && !tree.names_actor(noun)
    };
    act.source.iter().any(|&noun| calamity(noun))
}

/// "Ten died in the crash", "the bus hit a wall, killing ten": harm in a sentence that tells of an
/// accident, done by nobody who is named.
fn by_accident(tree: &Tree, act: &Match) -> bool {
    let harmed = tree.in_class(act.predicate, "harm");
    harmed && tree.sentence().any(|word| tree.in_class(word, "accident"))
}

/// Whether police and courts deal with private people over ordinary crime and mishaps, which is no
/// politics: "a man was charged with burglary", "the police investigate the crash".
fn police_report(
    tree: &Tree,
    act: &Match,
    action: &Action,
    source: &[usize],
    target: &[usize],
) -> bool {
    let of = |actor: &usize, sectors: &[&str]| {
        tree.actors.actors.get(*actor).is_some_and(|a| match a.sectors.as_slice() {
            [] => a.country.is_none() || a.person,
            own => own.iter().all(|s| sectors.contains(&s.as_str())),
        })
    };
    let told = |class: &str| tree.sentence().any(|word| tree.in_class(word, class));
    let mishap = |&noun: &usize| tree.in_class(noun, "accident") || tree.in_class(noun, "calamity");
    let examined = action.cameo.starts_with("090")
        && target.is_empty()
        && act.target.iter().chain(&act.nouns).any(mishap);
    let everyday = matches!(action.event, "ACCUSE" | "COERCE" | "ASSAULT")
        && source.iter().all(|a| of(a, &["COP", "JUD", "CVL", "CRM", "GOV"]))
        && target.iter().all(|a| of(a, &["CVL", "EDU", "CRM", "LAB", "BUS", "REL"]))
        && told("ordinary_crime");
    examined || everyday
}

/// "warned that it would attack" is a threat; "warned that prices would rise" is none: who warns
/// must be who acts.
fn threat_is_own(tree: &Tree, act: &Match, source: &[usize]) -> bool {
    let clausal = act.frame.arguments.iter().any(|a| a.place == Place::Clause);
    if act.frame.section.operator != Some(Operator::Threaten) || !clausal {
        return true;
    }
    let Some(content) = tree.content_clause(act.predicate) else { return false };
    let country = |actor: usize| tree.actors.actors.get(actor).and_then(|a| a.country.as_deref());
    let own = |word: usize| {
        tree.actors.of_phrase(tree.doc, word).iter().any(|&doer| {
            source.contains(&doer)
                || source.iter().any(|&s| country(s).is_some() && country(s) == country(doer))
        })
    };
    match tree.surface_subject(content) {
        Some(subject) => own(subject),
        // A tree without a subject there: whoever is named before the verb.
        None => (act.predicate + 1..content).any(own),
    }
}

/// "called on NATO to act, warning that ...", "fired on the boats, killing three": the warning goes to
/// whom the call went, and so does what is announced after it ("adding that it would close the
/// border").
fn inherit_targets(tree: &Tree, events: &mut [Event]) {
    for at in 0..events.len() {
        let event = &events[at];
        if !event.target.is_empty() {
            continue;
        }
        let saying = match tree.relation(event.predicate) {
            Deprel::Ccomp => tree.doc.head(event.predicate),
            _ => Some(event.predicate),
        };
        // "accused Brona of theft and demanded the release of the crew"
        let second = matches!(event.action.event, "REQUEST" | "THREATEN" | "ACCUSE")
            && tree.relation(event.predicate) == Deprel::Conj
            && tree.child(event.predicate, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none();
        let first = tree.doc.head(event.predicate).filter(|_| second);
        let Some(host) = saying.and_then(|verb| tree.host(verb)).or(first) else { continue };
        if let Some(above) = events.iter().find(|e| e.predicate == host) {
            let target = above.target.iter().copied();
            events[at].target = target.filter(|t| !event.source.contains(t)).collect();
        }
    }
}

/// "threatened to strike unless Brona paid", "will leave the talks if Brona attacks": a threat that
/// names nobody is meant for who can meet its condition.
fn threatened_on_condition(tree: &Tree, events: &mut [Event]) {
    for event in events.iter_mut().filter(|e| e.action.event == "THREATEN" && e.target.is_empty()) {
        let sentence = &tree.doc.sentences[tree.doc.sentence_of(event.predicate)];
        let conditions = sentence.tokens.clone().filter(|&verb| {
            tree.relation(verb) == Deprel::Advcl
                && tree.doc.dominates(event.predicate, verb)
                && tree
                    .child(verb, &[Deprel::Mark])
                    .is_some_and(|mark| tree.lemma_in(mark, &["if", "unless", "until"]))
        });
        for verb in conditions {
            let Some(subject) = tree.surface_subject(verb) else { continue };
            let mut meant = tree.actors.of_phrase(tree.doc, subject);
            meant.retain(|actor| !event.source.contains(actor));
            add(&mut event.target, &meant);
        }
    }
}

/// "The intervention ended the war between A and B, halting C's crackdown", "intervened to end the
/// war": an armed act without a target is directed against who fought: those whose act it halts,
/// else the fighting parties.
fn ended_fighting(tree: &Tree, events: &mut [Event]) {
    let ends = |verb: usize| tree.lemma_in(verb, &["end", "halt", "stop", "repel", "quell"]);
    for at in 0..events.len() {
        let act = &events[at];
        if act.action.event != "ASSAULT" || !act.target.is_empty() {
            continue;
        }
        let verb = match tree.relation(act.predicate) {
            Deprel::Nsubj => tree.doc.head(act.predicate),
            _ => Some(act.predicate),
        };
        let Some(verb) = verb else { continue };
        let purposes = tree.children(verb).filter(|&c| {
            matches!(tree.relation(c), Deprel::Advcl | Deprel::Xcomp | Deprel::Acl) && ends(c)
        });
        let mut verbs: Vec<usize> = [verb].into_iter().filter(|&v| ends(v)).collect();
        verbs.extend(purposes);
        let others = |actors: &[usize]| -> Vec<usize> {
            actors.iter().copied().filter(|a| !act.source.contains(a)).collect()
        };
        let whose = verbs.iter().rev().find_map(|&v| {
            let object = tree.child(v, &[Deprel::Obj])?;
            let halted = events.iter().find(|e| e.predicate == object)?;
            Some(others(if halted.source.is_empty() { &halted.target } else { &halted.source }))
        });
        let parties = || {
            let ending = events
                .iter()
                .find(|e| verbs.contains(&e.predicate) && e.predicate != act.predicate);
            ending.map(|e| others(&e.target))
        };
        if let Some(target) = whose.filter(|t| !t.is_empty()).or_else(parties) {
            events[at].target = target;
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
