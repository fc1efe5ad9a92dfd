//! Whether the sides of an act make it one of politics: the same words tell what states do to each other
//! and what strangers, firms and their clients do.

use super::matching::Match;
use super::sense::{ARMED, CIVIL, only, unplaced};
use super::tree::Tree;
use tidings_language::Xpos;
use tidings_world::Action;
use tidings_world::events::Operator;

/// Whether the sides of an act are such as make it one of politics: strangers meet, banks work with
/// firms and passengers recognise one another without any.
pub(super) fn political_act(
    tree: &Tree,
    act: &Match,
    action: &Action,
    source: &[usize],
    target: &[usize],
) -> bool {
    let known = |&actor: &usize| tree.actors.actors.get(actor);
    let of = |actor: &usize, sectors: &[&str]| known(actor).is_some_and(|a| only(a, sectors));
    let civil = |actor: &usize| of(actor, &CIVIL);
    let private = |actor: &usize| civil(actor) || known(actor).is_none_or(unplaced);
    let flock = !target.is_empty() && target.iter().all(|a| civil(a) || of(a, &["REL"]));
    let civil_target = !target.is_empty() && target.iter().all(civil);
    let inner = tree.lexicon.digits(act.inner);
    let verb = act.predicate;
    let operator = act.frame.section.operator;
    let at_home = country(tree, source).is_some() && country(tree, source) == country(tree, target);
    match action.cameo.as_str() {
        // Who strikes is a crowd of workers, not a man struck by a car.
        "143" if tree.lemma_in(verb, &["strike"]) => {
            let crowd = |&word: &usize| {
                matches!(tree.doc.tokens[word].xpos, Xpos::Nns | Xpos::Nnps)
                    || tree.in_class(word, "measure")
            };
            !act.passive && (source.iter().any(|a| of(a, &["LAB"])) || act.source.iter().any(crowd))
        }
        // Politicians blow up and bury nobody: "he will blow up the establishment".
        _ if action.event == "ASSAULT" && target.is_empty() && !source.is_empty() => {
            !source.iter().all(|a| of(a, &["PTY", "LEG", "ELI", "JUD"]))
        }
        // Who is sorry or anxious for people blames nobody.
        "110" => !civil_target,
        "090" if tree.lemma_in(verb, &["monitor"]) => !civil_target,
        // Recognised is a state or a power, by another: "no passenger recognised the minister".
        "054" if tree.lemma_in(verb, &["recognize", "recognise"]) => {
            !source.iter().any(civil) && !target.iter().any(civil)
        }
        // A contract of the town with its firms, the work of a banker with his clients.
        "061" if civil_target => !at_home,
        "060" if tree.lemma_in(verb, &["work"]) => {
            let firm = |actor: &usize| of(actor, &["BUS", "MNC", "PTY", "ELI"]) || civil_target;
            let mut all = source.iter().chain(target);
            !all.clone().any(firm) || abroad(tree, source, target) || all.any(|a| armed(tree, *a))
        }
        // What people are asked by those who do not rule them, and what the lexicon does not know.
        "020" if act.inner == act.frame.section.code && flock => {
            !source.iter().all(|a| private(a) || of(a, &["PTY", "ELI", "REL", "MNC"]))
        }
        // Refugees and smugglers cross borders, too.
        "154" if tree.lemma_in(verb, &["cross"]) => {
            !source.iter().any(|actor| known(actor).is_some_and(|a| a.is_any(&["CVL", "REF"])))
        }
        // A church that relents after a word of its own people.
        "080" if target.is_empty() && act.nouns.is_empty() => {
            source.is_empty() || !source.iter().all(|a| civil(a) || of(a, &["REL"]))
        }
        // What is threatened with protest is threatened by those who would protest.
        "133" if inner.starts_with("141") && operator == Some(Operator::Intend) => {
            source.iter().any(|a| !of(a, &["GOV", "MIL", "COP", "JRN", "MED"]))
        }
        // Who rules nothing repeals, reforms and raises nothing.
        code if action.event == "CONCEDE" && !code.starts_with("082") && !act.nouns.is_empty() => {
            const POWERLESS: [&str; 8] = ["CVL", "NGO", "SOC", "PTY", "JRN", "MED", "EDU", "ELI"];
            source.is_empty() || !source.iter().all(|a| of(a, &POWERLESS))
        }
        // "made contact with the suspect", "negotiated with the gunman in the house".
        _ if inner.starts_with("04") && suspects(tree, act) => false,
        "054" if suspects(tree, act) => false,
        // To speak to the press is no talk of parties, nor is the talk of strangers; who discusses this
        // and that with nobody only speaks of it.
        _ if inner == "040" => {
            let press = |actor: &usize| of(actor, &["JRN", "MED"]);
            let outlaw = |actor: &usize| of(actor, &["REB", "UAF", "CRM"]);
            let nobody = |actor: &usize| private(actor) && !of(actor, &["LAB"]);
            let mut all = source.iter().chain(target);
            let strangers = !target.is_empty()
                && all.clone().any(nobody)
                && all.all(|a| nobody(a) || outlaw(a));
            let tells = target.is_empty()
                && tree.lemma_in(verb, &["discuss"])
                && !tree.children(verb).any(|c| tree.has_case(c, &["with", "among"]))
                && !tree.infinitive(verb)
                && tree.doc.tokens[verb].xpos != Xpos::Vbg;
            !(target.iter().any(press) || strangers || tells)
        }
        _ => true,
    }
}

/// Whether one side is the suspect of a crime: dealing with him is police work.
fn suspects(tree: &Tree, act: &Match) -> bool {
    let mut sides = act.party.iter().chain(&act.target).chain(&act.source);
    sides.any(|&word| tree.lemma_in(word, &["suspect"]))
}

/// Whether the actors are of two countries.
pub(super) fn abroad(tree: &Tree, source: &[usize], target: &[usize]) -> bool {
    let all = source.iter().chain(target).filter_map(|&actor| tree.actors.actors.get(actor));
    let mut countries = all.filter_map(|a| a.country.as_deref());
    countries.next().is_some_and(|first| countries.any(|other| other != first))
}

/// The country of all the actors, where they are of one.
fn country<'t>(tree: &'t Tree, actors: &[usize]) -> Option<&'t str> {
    let mut all = actors.iter().map(|&actor| tree.actors.actors.get(actor)?.country.as_deref());
    let first = all.next().flatten()?;
    all.all(|other| other == Some(first)).then_some(first)
}

fn armed(tree: &Tree, actor: usize) -> bool {
    let known = tree.actors.actors.get(actor);
    known.is_some_and(|a| a.is_any(&ARMED))
}
