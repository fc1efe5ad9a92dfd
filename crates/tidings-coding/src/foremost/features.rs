//! A report as the scorer sees it: words, what the frames found, and what single words hint at.

use super::{Page, Pages, TYPES, by_frames};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;
use tidings_language::scorer::{Features, Hash};
use tidings_language::{Deprel, Document, Sentence, Upos};
use tidings_world::World;
use tidings_world::events::{Filler, Word};

/// Sentences that are read: news tells first what it is about.
const READ: usize = 12;
/// Sentences of the lead.
const LEAD: usize = 2;

/// A weight for each type.
type Types = [f32; TYPES.len()];

/// Weights for each type in the dense part: of the headline its first act, its acts, its events and
/// two sorts of hints; of the text the acts near its top, the acts and the events in four depths, and two
/// sorts of hints in three.
pub(super) const DENSE: usize = (5 + 1 + 4 + 4 + 3 + 3) * TYPES.len();

/// The features of a report. A word counts once, however often it is said.
pub(super) fn describe(pages: &Pages, out: &mut Features) {
    out.clear();
    headline(pages.headline.as_ref(), out);
    text(&pages.text, out);
    out.add_some(by_frames(pages).map(Hash::lower));
    if let Some(page) = &pages.headline {
        headline_weights(page, out);
    } else {
        (0..5).for_each(|_| out.dense(&[0.0; TYPES.len()]));
    }
    text_weights(&pages.text, out);
}

/// The words of the headline, alone and in pairs, and its acts.
fn headline(page: Option<&Page>, out: &mut Features) {
    let words = |page: &Page| 0..page.doc.tokens.len();
    let each = |of: &dyn Fn(&Page, usize) -> Option<Hash>| -> Vec<Hash> {
        let Some(page) = page else { return Vec::new() };
        once(words(page).filter_map(|word| of(page, word)))
    };
    let lemma =
        |page: &Page, word| tells(page.doc, word).then(|| Hash::lower(page.doc.lemma(word)));
    out.add_all(each(&lemma));
    out.add_all(each(&|page, word| pair(page.doc, word)));
    let acts = page.map_or(&[][..], |page| &page.found.acts);
    out.add_all(once(acts.iter().map(|act| Hash::lower(&act.action.cameo))));
    out.add_all(once(acts.iter().map(|act| Hash::lower(&act.rule))));
    out.add_some(acts.first().map(|act| Hash::lower(act.action.event)));
    out.add_some(acts.last().map(|act| Hash::lower(act.action.event)));
}

/// The words of the lead and of all that is read, and the acts in them.
fn text(page: &Page, out: &mut Features) {
    let Page { doc, found } = page;
    let read = doc.sentences.get(..READ).unwrap_or(&doc.sentences);
    let tokens = |of: &[Sentence]| match (of.first(), of.last()) {
        (Some(first), Some(last)) => first.tokens.start..last.tokens.end,
        _ => 0..0,
    };
    let (lead, all) = (tokens(&read[..read.len().min(LEAD)]), tokens(read));
    for part in [lead.clone(), all.clone()] {
        let words = part.filter(|&word| tells(doc, word));
        out.add_all(once(words.map(|word| Hash::lower(doc.lemma(word)))));
    }
    out.add_all(once(all.filter_map(|word| pair(doc, word))));
    let top = |predicate: usize| lead.contains(&predicate);
    let acts = || found.acts.iter();
    out.add_all(once(acts().map(|act| Hash::lower(&act.action.cameo))));
    out.add_all(once(acts().map(|act| Hash::lower(&act.rule))));
    let first = acts().filter(|act| top(act.predicate));
    out.add_all(once(first.map(|act| Hash::lower(&act.action.cameo))));
    out.add_some(found.events.first().map(|event| Hash::lower(event.action.event)));
    out.add_some(found.acts.first().map(|act| Hash::lower(act.action.event)));
}

fn number(event: &str) -> Option<usize> {
    TYPES.iter().position(|&t| t == event)
}

fn headline_weights(page: &Page, out: &mut Features) {
    let mut weights = [[0.0; TYPES.len()]; 3];
    let first = page.found.acts.first().map(|act| act.action.event);
    let acts = page.found.acts.iter().map(|act| act.action.event);
    let events = page.found.events.iter().map(|event| event.action.event);
    if let Some(at) = first.and_then(number) {
        weights[0][at] += 2.0;
    }
    acts.filter_map(number).for_each(|at| weights[1][at] += 2.0);
    events.filter_map(number).for_each(|at| weights[2][at] += 2.0);
    weights.into_iter().for_each(|weights| out.dense(&damped(weights)));
    let (mut hints, mut clear) = ([0.0; TYPES.len()], [0.0; TYPES.len()]);
    hinted(page.doc, 0..page.doc.tokens.len(), &mut hints, &mut clear);
    out.dense(&damped(hints));
    out.dense(&damped(clear));
}

/// What the frames found, by type and by how far down, and what the single words hint at.
fn text_weights(page: &Page, out: &mut Features) {
    let Page { doc, found } = page;
    let depth = |sentence: usize| match sentence {
        0 | 1 => sentence,
        2 | 3 => 2,
        _ => 3,
    };
    let (mut near, mut acts) = ([0.0; TYPES.len()], [[0.0; TYPES.len()]; 4]);
    for act in &found.acts {
        let sentence = doc.sentence_of(act.predicate);
        if let Some(at) = number(act.action.event) {
            near[at] += 3.0 * 0.6_f32.powi(sentence.min(99) as i32);
            acts[depth(sentence)][at] += 1.0;
        }
    }
    let mut events = [[0.0; TYPES.len()]; 4];
    for event in &found.events {
        if let Some(at) = number(event.action.event) {
            events[depth(doc.sentence_of(event.predicate))][at] += 1.0;
        }
    }
    out.dense(&damped(near));
    acts.into_iter().chain(events).for_each(|weights| out.dense(&damped(weights)));
    let (mut hints, mut clear) = ([[0.0; TYPES.len()]; 3], [[0.0; TYPES.len()]; 3]);
    let read = doc.sentences.get(..READ).unwrap_or(&doc.sentences);
    for (number, sentence) in read.iter().enumerate() {
        let depth = number.min(3).div_ceil(2);
        hinted(doc, sentence.tokens.clone(), &mut hints[depth], &mut clear[depth]);
    }
    hints.into_iter().chain(clear).for_each(|weights| out.dense(&damped(weights)));
}

/// Adds what the words hint at: the types of the frames they stand in, matched or not.
fn hinted(doc: &Document, words: std::ops::Range<usize>, hints: &mut Types, clear: &mut Types) {
    let lexicon = &World::embedded().events;
    for word in words.filter(|&word| tells(doc, word)) {
        let shares = lexicon.word(doc.lemma(word)).and_then(|word| shares().get(&word));
        for (at, &share) in shares.into_iter().flatten().enumerate() {
            hints[at] += share;
            clear[at] += f32::from(u8::from(share > 0.6));
        }
    }
}

/// For each word of the lexicon the shares that the types have of the frames it stands in.
fn shares() -> &'static HashMap<Word, Types> {
    static SHARES: OnceLock<HashMap<Word, Types>> = OnceLock::new();
    SHARES.get_or_init(|| {
        let lexicon = &World::embedded().events;
        let mut shares: HashMap<Word, Types> = HashMap::new();
        for frame in lexicon.frames() {
            let action = lexicon.action(frame.section.code, Some(&frame.section));
            let Some(at) = action.and_then(|action| number(action.event)) else { continue };
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
