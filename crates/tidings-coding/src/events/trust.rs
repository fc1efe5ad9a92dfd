//! How far a coded event is to be trusted: learned from events of news that readers judged, its type, its
//! source and its target each right or wrong (`models/trust.md`).
//!
//! Frames know what an act needs. How often a word tells no politics after all, or a long sentence hides
//! who acted, is a matter of degree: in go an event and the actors of its sentence, out comes the
//! probability that all three are right.

use super::Event;
use crate::actors::Actors;
use std::sync::LazyLock;
use tidings_language::scorer::{Features, Hash, Room, Scorer, logistic};
use tidings_language::{Deprel, Document, Upos};

static EMBEDDED: &[u8] = include_bytes!("../../../../models/trust.bin");

/// Answers of the model: type, source and target are right.
pub const OUTPUTS: usize = 3;

/// Events less probable than this are left out: half of them and more are wrong.
pub const LEAST: f32 = 0.4;

/// Ways through the tree longer than this are all alike.
const LONGEST: usize = 6;

/// Gives each event its confidence and leaves out those that hardly anybody would call right.
pub fn judge(doc: &Document, who: &Actors, events: &mut Vec<Event>) {
    static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::read(EMBEDDED).unwrap_or_default());
    if SCORER.outputs() == 0 {
        return;
    }
    let mut room = Room::default();
    let scene = Scene::of(who);
    for event in events.iter_mut() {
        let right = trusted(&SCORER, &features(doc, who, &scene, event), &mut room);
        event.confidence = Some(event.confidence.map_or(right, |known| known.min(right)));
    }
    events.retain(|event| event.confidence.is_none_or(|right| right >= LEAST));
}

/// The probability that type, source and target are all right.
pub fn trusted(scorer: &Scorer, features: &Features, room: &mut Room) -> f32 {
    scorer.scores(features, room).iter().map(|&score| logistic(score)).product()
}

/// What a report is about, as its actors tell.
#[derive(Debug, Clone, Copy)]
pub struct Scene {
    armed: u64,
    partisan: u64,
    countries: u64,
}

impl Scene {
    /// How many of the namings are of the armed, and how many of parties and candidates (eighths); how
    /// many countries are named.
    pub fn of(who: &Actors) -> Scene {
        let share = |sectors: &[&str]| {
            let of = |actor: usize| who.actors.get(actor).is_some_and(|a| a.is_any(sectors));
            let those = who.mentions.iter().filter(|mention| of(mention.actor)).count();
            (those * 8 / who.mentions.len().max(1)).min(4) as u64
        };
        let mut countries: Vec<&str> =
            who.actors.iter().filter_map(|actor| actor.country.as_deref()).collect();
        countries.sort_unstable();
        countries.dedup();
        Scene {
            armed: share(&["MIL", "REB", "PRM", "UAF"]),
            partisan: share(&["PTY", "LEG", "ELI"]),
            countries: countries.len().min(4) as u64,
        }
    }
}

/// One side of an event as the features see it.
#[derive(Default, Clone, Copy)]
struct Side {
    /// How many fill it, at most two.
    filled: u64,
    /// The way from the act to the nearest naming.
    way: u64,
    /// The preposition there.
    case: u64,
    /// First sector, whether a country is known, whether it is a person.
    kind: u64,
    /// Noun, name or pronoun, and how far.
    form: u64,
}

/// A mark of the actors on a side, by which a judgement knows that they are still the same: of name,
/// country and sectors.
pub fn mark(who: &Actors, side: &[usize]) -> String {
    let known = |&actor: &usize| who.actors.get(actor);
    let mut all: Vec<String> = side
        .iter()
        .filter_map(known)
        .map(|a| {
            [&a.name, a.country.as_deref().unwrap_or_default(), &a.sectors.join("/")].join("|")
        })
        .collect();
    all.sort_unstable();
    format!("{:016x}", Hash::lower(&all.join("; ")).0)
}

/// What tells how far an event is to be trusted.
pub fn features(doc: &Document, who: &Actors, scene: &Scene, event: &Event) -> Features {
    let verb = event.predicate;
    let token = |at: usize| &doc.tokens[at];
    let word = |text: &str| Hash::lower(text).0;
    let relation = word(token(verb).deprel.as_str());
    let act = word(event.action.event);
    let code = word(&event.action.cameo);
    let mode = word(event.action.mode.as_deref().unwrap_or_default());
    let rule = word(&event.rule);
    let noun = u64::from(token(verb).upos != Upos::Verb);
    let lemma = word(doc.lemma(verb));
    let above = doc.head(verb).map_or(0, |head| word(doc.lemma(head)));
    let first = |relations: &[Deprel]| {
        let child = doc.children_by(verb, relations).next();
        child.map_or(0, |child| word(doc.lemma(child)))
    };
    let object = first(&[Deprel::Obj]);
    let (auxiliary, mark) = (first(&[Deprel::Aux]), first(&[Deprel::Mark]));
    let (article, preposition) = (first(&[Deprel::Det]), first(&[Deprel::Case]));
    let tag = token(verb).xpos as u64;
    let file = word(event.rule.split('/').next().unwrap_or_default());
    let near = nearest(doc, who, event);
    let (source, target) =
        (side(doc, who, &event.source, &near), side(doc, who, &event.target, &near));
    let filled = source.filled * 3 + target.filled;
    let beside = |actor: &usize| !event.source.contains(actor) && !event.target.contains(actor);
    let spare = near.iter().filter(|naming| beside(&naming.actor)).count().min(4) as u64;
    let sentence = doc.sentences[doc.sentence_of(verb)].tokens.len();
    let long = bucket(sentence / 4);
    let depth = up(doc, verb).len().min(6) as u64;
    let domain = scene.armed * 8 + scene.partisan;
    let templates: [&[u64]; 48] = [
        &[act],
        &[code],
        &[mode, act],
        &[rule],
        &[lemma],
        &[lemma, rule, noun],
        &[lemma, relation],
        &[lemma, object],
        &[act, filled],
        &[act, filled, noun],
        &[rule, filled],
        &[filled, spare],
        &[filled, spare, noun, relation],
        &[act, spare, filled],
        &[source.way],
        &[target.way],
        &[source.way, act],
        &[target.way, act],
        &[target.way, target.case],
        &[source.kind, act],
        &[target.kind, act],
        &[source.kind, target.kind],
        &[source.kind, target.kind, act],
        &[source.form],
        &[target.form],
        &[source.form, target.form],
        &[target.form, target.kind],
        &[source.form, source.kind],
        &[relation, noun],
        &[relation, act],
        &[depth, long],
        &[long, filled],
        &[above, relation],
        &[domain],
        &[domain, act],
        &[domain, lemma],
        &[tag, filled],
        &[tag, act],
        &[auxiliary, act],
        &[mark, act],
        &[mark, relation],
        &[article, noun, filled],
        &[preposition, relation, noun],
        &[file, act],
        &[scene.countries, act],
        &[scene.countries, domain],
        &[scene.countries, source.kind],
        &[scene.countries, target.kind],
    ];
    let mut features = Features::default();
    for template in templates {
        features.add(mixed(template));
    }
    features
}

fn mixed(parts: &[u64]) -> Hash {
    parts.iter().fold(Hash::EMPTY, |hash, &part| hash.with(part))
}

fn bucket(distance: usize) -> u64 {
    match distance {
        0..=3 => distance as u64,
        4..=6 => 4,
        7..=12 => 5,
        13..=24 => 6,
        _ => 7,
    }
}

fn side(doc: &Document, who: &Actors, actors: &[usize], near: &[Naming]) -> Side {
    let Some(first) = actors.first() else { return Side::default() };
    let actor = &who.actors[*first];
    let sector = actor.sectors.first().map_or(0, |sector| Hash::lower(sector).0);
    let known = u64::from(actor.country.is_some()) * 2 + u64::from(actor.person);
    let kind = mixed(&[sector, known]).0;
    let filled = actors.len().min(2) as u64;
    let Some(Naming { head, way, .. }) = near.iter().find(|naming| naming.actor == *first) else {
        return Side { filled, way: 1, kind, ..Side::default() };
    };
    let case = doc.children_by(*head, &[Deprel::Case]).next();
    let case = case.map_or(0, |case| Hash::lower(doc.form(case)).0);
    let form = match doc.tokens[*head].upos {
        Upos::Propn => 1,
        Upos::Noun => 2,
        Upos::Pron => 3,
        Upos::Adj => 4,
        Upos::Verb => 5,
        _ => 6,
    };
    let length = way.len();
    let shown = if length > LONGEST { &way[..3] } else { &way[..] };
    let way = mixed(shown).with(length.min(LONGEST + 1) as u64).0;
    Side { filled, way, case, kind, form: form + 8 * length.min(5) as u64 }
}

/// An actor of the sentence, where he is named next to the act.
struct Naming {
    actor: usize,
    head: usize,
    /// The edges of the tree from the act to there.
    way: Vec<u64>,
}

/// The actors of the sentence, each where he is named next to the act.
fn nearest(doc: &Document, who: &Actors, event: &Event) -> Vec<Naming> {
    let sentence = doc.sentences[doc.sentence_of(event.predicate)].tokens.clone();
    let first = who.mentions.partition_point(|mention| mention.head < sentence.start);
    let those = who.mentions[first..].iter().take_while(|mention| mention.head < sentence.end);
    let mut all: Vec<Naming> = Vec::new();
    for mention in those.filter(|mention| mention.head != event.predicate) {
        let way = way(doc, event.predicate, mention.head);
        let naming = Naming { actor: mention.actor, head: mention.head, way };
        match all.iter_mut().find(|known| known.actor == naming.actor) {
            Some(known) if known.way.len() > naming.way.len() => *known = naming,
            Some(_) => {}
            None => all.push(naming),
        }
    }
    all
}

/// The edges of the tree from a word to another, up and then down.
fn way(doc: &Document, from: usize, to: usize) -> Vec<u64> {
    let (rising, falling) = (up(doc, from), up(doc, to));
    let relation = |at: usize| Hash::lower(doc.tokens[at].deprel.as_str()).0;
    let meeting = rising.iter().position(|at| falling.contains(at)).unwrap_or(rising.len() - 1);
    let below = falling.iter().position(|at| *at == rising[meeting]).unwrap_or(falling.len() - 1);
    let climbed = rising[..meeting].iter().map(|&at| relation(at) ^ 1);
    climbed.chain(falling[..below].iter().rev().map(|&at| relation(at))).collect()
}

/// A word and those above it.
fn up(doc: &Document, token: usize) -> Vec<usize> {
    const DEEPEST: usize = 40;
    std::iter::successors(Some(token), |&at| doc.head(at)).take(DEEPEST).collect()
}
