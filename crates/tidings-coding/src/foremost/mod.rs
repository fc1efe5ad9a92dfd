//! What a report tells foremost: one of the sixteen PLOVER types, with a probability.
//!
//! In go a document and the events that the frames coded in it; out comes the type of the act that the
//! report is about. A learned scorer weighs the words and word pairs, what the lexicon's frames found where,
//! and which frames the single words belong to. It names no actor: who acted stands with the events, of
//! which the first of that type is pointed at.

pub mod train;

use crate::events::Event;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;
use tidings_language::scorer::{Features, Hash, Room, Scorer, softmax};
use tidings_language::{Deprel, Document, Sentence, Upos};
use tidings_world::World;
use tidings_world::events::{Filler, Word};

static MODEL: &[u8] = include_bytes!("../../../../models/foremost.bin");

/// The PLOVER types in the order of the model's outputs.
pub const TYPES: [&str; 16] = [
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONCEDE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "RETREAT",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
];

/// Sentences that are read: news tells first what it is about.
const READ: usize = 12;
/// Sentences of the lead.
const LEAD: usize = 2;
/// By this much the model's scores are drawn together. Not fitted yet: at 1 the scorer is surer than it is
/// right.
const TEMPERATURE: f32 = 1.0;

/// What a report tells foremost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Foremost {
    /// The PLOVER type.
    pub event: &'static str,
    /// How probable the scorer holds it, 0 to 1.
    pub confidence: f32,
    /// The first event of that type, an index into the events; none where the frames coded none.
    pub which: Option<usize>,
}

/// What the report tells foremost; `None` of a document without words.
pub fn find(doc: &Document, events: &[Event]) -> Option<Foremost> {
    static SCORER: OnceLock<Scorer<'static>> = OnceLock::new();
    let scorer = SCORER.get_or_init(|| Scorer::read(MODEL).unwrap_or_default());
    of(scorer, doc, events)
}

fn of(scorer: &Scorer, doc: &Document, events: &[Event]) -> Option<Foremost> {
    if doc.tokens.is_empty() {
        return None;
    }
    let (mut features, mut room) = (Features::default(), Room::default());
    describe(doc, events, &mut features);
    let scores = scorer.scores(&features, &mut room);
    scores.iter_mut().for_each(|score| *score /= TEMPERATURE);
    softmax(scores);
    let best = scores.iter().zip(TYPES).max_by(|one, other| one.0.total_cmp(other.0));
    best.map(|(&confidence, event)| {
        let which = events.iter().position(|e| e.action.event == event);
        Foremost { event, confidence, which }
    })
}

/// What the frames alone hold for foremost: each event counts for its type, half as much with every
/// sentence further down. The measure that the scorer has to beat.
pub fn by_frames(doc: &Document, events: &[Event]) -> Option<&'static str> {
    let mut weights = [0.0_f32; TYPES.len()];
    for event in events {
        if let Some(at) = TYPES.iter().position(|&t| t == event.action.event) {
            weights[at] += 0.5_f32.powi(doc.sentence_of(event.predicate) as i32);
        }
    }
    let best = (0..TYPES.len()).max_by(|&one, &other| weights[one].total_cmp(&weights[other]))?;
    (weights[best] > 0.0).then_some(TYPES[best])
}

/// A weight for each type.
type Types = [f32; TYPES.len()];

/// Weights for each type in the dense part: of the frames near the top, of the frames in four depths of
/// the report, of those with both parties in two, of the hints and of the clear hints in three.
const DENSE: usize = (1 + 4 + 2 + 3 + 3) * TYPES.len();

/// The features of a document. A word counts once, however often it is said.
fn describe(doc: &Document, events: &[Event], out: &mut Features) {
    out.clear();
    let read = doc.sentences.get(..READ).unwrap_or(&doc.sentences);
    let tokens = |of: &[Sentence]| match (of.first(), of.last()) {
        (Some(first), Some(last)) => first.tokens.start..last.tokens.end,
        _ => 0..0,
    };
    let (lead, all) = (tokens(&read[..read.len().min(LEAD)]), tokens(read));
    for part in [lead, all.clone()] {
        let words = part.filter(|&word| tells(doc, word));
        out.add_all(once(words.map(|word| Hash::lower(doc.lemma(word)))));
    }
    out.add_all(once(all.clone().filter_map(|word| pair(doc, word))));
    out.add_all(once(events.iter().map(|event| Hash::lower(&event.action.cameo))));
    out.add_all(once(events.iter().map(|event| Hash::lower(&event.rule))));
    let first = events.iter().filter(|event| doc.sentence_of(event.predicate) == 0);
    out.add_all(once(first.map(|event| Hash::lower(&event.action.cameo))));
    out.add_some(events.first().map(|event| Hash::lower(event.action.event)));
    out.add_some(by_frames(doc, events).map(Hash::lower));
    coded(doc, events, out);
    hinted(doc, read, out);
}

/// Appends what the frames coded: by type, and by how far down.
fn coded(doc: &Document, events: &[Event], out: &mut Features) {
    let (mut near, mut found) = ([0.0; TYPES.len()], [[0.0; TYPES.len()]; 4]);
    let mut whole = [[0.0; TYPES.len()]; 2];
    for event in events {
        let Some(at) = TYPES.iter().position(|&t| t == event.action.event) else { continue };
        let sentence = doc.sentence_of(event.predicate);
        near[at] += 0.6_f32.powi(sentence.min(99) as i32);
        let depth = match sentence {
            0 | 1 => sentence,
            2 | 3 => 2,
            _ => 3,
        };
        found[depth][at] += 1.0;
        if !event.source.is_empty() && !event.target.is_empty() {
            whole[usize::from(sentence > 0)][at] += 1.0;
        }
    }
    near.iter_mut().for_each(|weight| *weight *= 3.0);
    out.dense(&damped(near));
    found.into_iter().chain(whole).for_each(|weights| out.dense(&damped(weights)));
}

/// Appends what the single words hint at: the types of the frames they stand in, matched or not.
fn hinted(doc: &Document, read: &[Sentence], out: &mut Features) {
    let lexicon = &World::embedded().events;
    let (mut hints, mut clear) = ([[0.0; TYPES.len()]; 3], [[0.0; TYPES.len()]; 3]);
    for (number, sentence) in read.iter().enumerate() {
        let depth = match number {
            0 => 0,
            1 | 2 => 1,
            _ => 2,
        };
        for word in sentence.tokens.clone().filter(|&word| tells(doc, word)) {
            let shares = lexicon.word(doc.lemma(word)).and_then(|word| shares().get(&word));
            let Some(shares) = shares else { continue };
            for (at, &share) in shares.iter().enumerate() {
                hints[depth][at] += share;
                clear[depth][at] += f32::from(u8::from(share > 0.6));
            }
        }
    }
    hints.into_iter().chain(clear).for_each(|weights| out.dense(&damped(weights)));
}

/// For each word of the lexicon the shares that the types have of the frames it stands in.
fn shares() -> &'static HashMap<Word, Types> {
    static SHARES: OnceLock<HashMap<Word, Types>> = OnceLock::new();
    SHARES.get_or_init(|| {
        let lexicon = &World::embedded().events;
        let mut shares: HashMap<Word, Types> = HashMap::new();
        for frame in lexicon.frames() {
            let action = lexicon.action(frame.section.code, Some(&frame.section));
            let at = action.and_then(|action| TYPES.iter().position(|&t| t == action.event));
            let Some(at) = at else { continue };
            let nouns = frame.arguments.iter().flat_map(|argument| match &argument.filler {
                Filler::Nouns(nouns) => &nouns[..],
                _ => &[],
            });
            let words = frame.heads.iter().map(|head| head.word).chain(nouns.map(|noun| noun.head));
            for word in words {
                shares.entry(word).or_default()[at] += 1.0;
            }
        }
        for types in shares.values_mut() {
            let sum: f32 = types.iter().sum();
            types.iter_mut().for_each(|weight| *weight /= sum);
        }
        shares
    })
}

/// The second of a kind says less than the first.
fn damped(weights: Types) -> Types {
    weights.map(f32::ln_1p)
}

/// Words that carry what is told. Names are left out: who it is says nothing of what is done.
fn tells(doc: &Document, word: usize) -> bool {
    matches!(doc.tokens[word].upos, Upos::Verb | Upos::Noun | Upos::Adj)
}

/// A word with the one it hangs on, or, at one remove, with a particle or preposition of it.
fn pair(doc: &Document, word: usize) -> Option<Hash> {
    let head = doc.head(word).filter(|&head| tells(doc, head))?;
    let token = doc.tokens[word];
    let told = tells(doc, word)
        || matches!(token.deprel, Deprel::CompoundPrt | Deprel::Aux)
        || (token.upos == Upos::Part && doc.lemma(word) == "not");
    told.then(|| {
        let relation = matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass);
        let above = Hash::lower(doc.lemma(head)).with(u64::from(relation));
        above.and(Hash::lower(doc.lemma(word)))
    })
}

/// Each hash once, in the order of the text.
fn once(hashes: impl Iterator<Item = Hash>) -> Vec<Hash> {
    let mut seen = HashSet::new();
    hashes.filter(|hash| seen.insert(hash.0)).collect()
}
