//! The choice among what may be coded: the frames' events as they are, with sides that the reader prefers,
//! and acts that only the reader sees.
//!
//! In go the events of the frames, out come events with their confidence, the probability that type, source and
//! target are all right, and whether they are trusted. Of the ways to fill the sides of an event the most probable
//! one is taken. Frames know what an act needs; how often a word tells no politics after all, or a long
//! sentence hides who acted, is a matter of degree, learned from marked sentences (`models/reader.md`).

use super::reader::{Coded, Party, Reader, Reading};
use super::{Act, Event};
use crate::actors::Actors;
use crate::schema::By;
use std::collections::BTreeMap;
use std::ops::Range;
use tidings_language::{Deprel, Document, Sentence, Upos};
use tidings_world::World;

/// From here on an event is trusted.
pub const TRUSTED: f32 = 0.65;

/// Frames' events less probable than this are left out unless they are trusted, the reader's own wherever they are not.
pub const LEAST: f32 = 0.12;

/// The first sentence tells the news: the likeliest event of the frames there is trusted, and others at least so
/// many times as probable, ...
const BESIDE: f32 = 0.4;

/// ... if they are at least so probable. Of a report of a single sentence they are in any case, and so is what its
/// main clause tells: nothing else says what it is about.
const FIRST: f32 = 0.45;

/// The reader's own acts are so if they are likelier than all of the frames, and of a single sentence at least so
/// probable.
const SEEN_FIRST: f32 = 0.4;

/// The reader overrules the type of the frames where it finds that less probable than the first and another
/// one at least as probable as the second.
const OVERRULED: (f32, f32) = (0.1, 0.7);

/// By so much must other sides be likelier than those of the frames to stand in their place.
const BETTER: f32 = 0.2;

/// A word whose probability is at least this names a side.
const NAMED: f32 = 0.5;

/// A word that tells an act at least so probably does so where the frames say nothing.
const SEEN: f32 = 0.5;

/// Numbers that tell how far an event is to be trusted: three of the word's types, twelve of each side, five of
/// the whole.
pub(super) const DESCRIBED: usize = 3 + 2 * 12 + 5;

/// Gives each event its confidence and its likeliest sides, adds what only the reader sees, says what is
/// trusted, and leaves out what is hardly probable.
pub fn choose(doc: &Document, who: &Actors, world: &World, acts: &[Act], events: &mut Vec<Event>) {
    let Some(reader) = Reader::embedded() else { return };
    let proposed = acts.iter().map(|act| (act.predicate, act.action.event));
    let coded =
        events.iter().flat_map(|event| words_of(event).map(|word| (word, event.action.event)));
    let page = reader.page(doc, who, proposed.chain(coded));
    let mut chosen = Vec::with_capacity(events.len());
    let mut acts = acts.iter().peekable();
    let mut found = std::mem::take(events).into_iter().peekable();
    let of_sentence = |(nth, sentence): (usize, &Sentence)| {
        let here = |word: usize| word < sentence.tokens.end;
        let told: Vec<&Act> =
            std::iter::from_fn(|| acts.next_if(|act| here(act.predicate))).collect();
        let coded: Vec<Event> =
            std::iter::from_fn(|| found.next_if(|event| here(event.predicate))).collect();
        let asked = nth == 0 || !told.is_empty() || !coded.is_empty();
        asked.then(|| (nth, sentence.tokens.clone(), told, coded))
    };
    let asked: Vec<_> = doc.sentences.iter().enumerate().filter_map(of_sentence).collect();
    let words: Vec<Range<usize>> = asked.iter().map(|(_, words, ..)| words.clone()).collect();
    let readings = reader.read(&page, &words);
    for ((nth, words, told, mut coded), reading) in asked.into_iter().zip(readings) {
        if let Some(reading) = reading {
            let (lead, single) = (nth == 0, doc.sentences.len() == 1);
            // A user's own frames are meant as they are.
            let given = |event: &Event| world.events.is_own(&event.rule);
            let mut beaten: Vec<usize> = Vec::new();
            coded.retain(|event| {
                let kept = lead || given(event) || !overruled(reader, &reading, event);
                if !kept {
                    beaten.extend(words_of(event));
                }
                kept
            });
            let refused: Vec<&Act> =
                told.iter().copied().filter(|act| !beaten.contains(&act.predicate)).collect();
            coded.extend(own_acts(doc, reader, &reading, world, &refused, &coded));
            let named = Named::new(doc, who, words);
            for event in &mut coded {
                Scene::new(&named, reader, &reading, event).settle(event);
            }
            let of_frames = coded.iter().filter(|event| event.by == By::Frames);
            let best = of_frames.clone().filter_map(|event| event.confidence).fold(0.0, f32::max);
            let top = of_frames.map(|event| depth(doc, event.predicate)).min();
            coded.retain_mut(|event| {
                let right = event.confidence.unwrap_or_default();
                let main = single && Some(depth(doc, event.predicate)) == top;
                let foremost = match event.by {
                    By::Frames if main => 0.0,
                    By::Frames => best * BESIDE,
                    By::Scorer => best.max(SEEN_FIRST),
                };
                let first = lead && right >= foremost && (single || right >= FIRST);
                event.trusted = given(event) || right >= TRUSTED || first;
                event.trusted || right >= LEAST && event.by == By::Frames
            });
            coded.sort_by_key(|event| event.predicate);
        }
        chosen.extend(coded);
    }
    chosen.extend(found);
    *events = chosen;
}

/// How many words a word hangs on.
fn depth(doc: &Document, word: usize) -> usize {
    std::iter::successors(doc.head(word), |&at| doc.head(at)).take(doc.tokens.len()).count()
}

/// All words of an event.
fn words_of(event: &Event) -> impl Iterator<Item = usize> {
    event.words.iter().copied().chain([event.predicate])
}

/// Whether the reader is sure that the words of an event tell another act.
fn overruled(reader: &Reader, reading: &Reading, event: &Event) -> bool {
    let kind = reader.number(event.action.event);
    let types = reading.types(likeliest(reading, event));
    types.get(kind).is_some_and(|&own| own < OVERRULED.0) && rival(types, kind) >= OVERRULED.1
}

/// The probability of the likeliest act of another type.
fn rival(types: &[f32], kind: usize) -> f32 {
    let other = |&(nth, _): &(usize, &f32)| nth != 0 && nth != kind;
    types.iter().enumerate().filter(other).map(|(_, &p)| p).fold(0.0, f32::max)
}

/// The word of an event that tells it likeliest.
fn likeliest(reading: &Reading, event: &Event) -> usize {
    let kind = event.action.event;
    let mut all: Vec<usize> = words_of(event).filter(|&word| reading.covers(word)).collect();
    all.sort_unstable();
    let likelier = |best: usize, next: usize| {
        if reading.tells(next, kind) > reading.tells(best, kind) { next } else { best }
    };
    all.into_iter().reduce(likelier).unwrap_or(event.predicate)
}

/// The acts of a sentence that no frame tells and of which the reader is sure; their code is the general one
/// of the type. What the frames found and refused stays refused, and the content of an act they code
/// ("claimed that Brona had fired") is told by that act.
fn own_acts(
    doc: &Document,
    reader: &Reader,
    reading: &Reading,
    world: &World,
    told: &[&Act],
    coded: &[Event],
) -> Vec<Event> {
    let content = |word: usize| {
        let clause = matches!(doc.tokens[word].deprel, Deprel::Ccomp | Deprel::Xcomp);
        doc.head(word).filter(|_| clause)
    };
    let free = |word: &usize| {
        let mut taken = coded.iter().flat_map(words_of).chain(told.iter().map(|act| act.predicate));
        let host = content(*word);
        !taken.any(|of| of == *word || Some(of) == host)
    };
    let of = |word: usize| -> Option<Event> {
        let likely = |(_, probability): &(usize, &f32)| **probability >= SEEN;
        let types = reading.types(word).iter().enumerate().skip(1).filter(likely);
        let (kind, _) = types.max_by(|a, b| a.1.total_cmp(b.1))?;
        Some(Event {
            predicate: word,
            words: vec![word],
            action: world.events.general(reader.event(kind)?)?,
            source: Vec::new(),
            target: Vec::new(),
            ground: Vec::new(),
            rule: "reader".into(),
            by: By::Scorer,
            confidence: None,
            trusted: false,
            edges: Vec::new(),
        })
    };
    reading.words().filter(free).filter_map(of).collect()
}

/// Who is named in a sentence.
struct Named<'s> {
    doc: &'s Document<'s>,
    who: &'s Actors,
    words: Range<usize>,
    /// The actors that the phrase of each word means.
    meant: Vec<Vec<usize>>,
    /// Actors by where they are named.
    order: Vec<usize>,
}

impl<'s> Named<'s> {
    fn new(doc: &'s Document<'s>, who: &'s Actors, words: Range<usize>) -> Named<'s> {
        let first = who.mentions.partition_point(|mention| mention.head < words.start);
        let here = who.mentions[first..].iter().take_while(|mention| mention.head < words.end);
        let meant = words.clone().map(|word| who.of_phrase(doc, word)).collect();
        let order = here.map(|mention| mention.actor).collect();
        Named { doc, who, words, meant, order }
    }

    fn by(&self, word: usize) -> &[usize] {
        self.meant.get(word.wrapping_sub(self.words.start)).map_or(&[], Vec::as_slice)
    }
}

/// An act in its sentence: what the reader makes of those who are named there.
struct Scene<'s> {
    named: &'s Named<'s>,
    reader: &'s Reader<'static>,
    /// The word that tells the act likeliest.
    word: usize,
    /// Probabilities of its types.
    types: &'s [f32],
    event: usize,
    /// Words that may name a side, with the actors they mean.
    parties: Vec<(Party, &'s [usize])>,
    /// How probable each actor is the source, and the target.
    odds: BTreeMap<usize, [f32; 2]>,
    /// Whether only the reader sees the act.
    own: bool,
}

impl<'s> Scene<'s> {
    fn new(
        named: &'s Named<'s>,
        reader: &'s Reader<'static>,
        reading: &'s Reading,
        event: &Event,
    ) -> Scene<'s> {
        let kind = event.action.event;
        let word = likeliest(reading, event);
        let own = event.by == By::Scorer;
        let coded = |word: usize| {
            let of = |side: &[usize]| named.by(word).iter().any(|actor| side.contains(actor));
            match (of(&event.source), of(&event.target)) {
                _ if own => Coded::Nothing,
                (true, true) => Coded::Both,
                (true, false) => Coded::Source,
                (false, true) => Coded::Target,
                (false, false) => Coded::Neither,
            }
        };
        let sides = reading.sides(word, kind, coded);
        let parties: Vec<(Party, &[usize])> =
            sides.into_iter().map(|party| (party, named.by(party.word))).collect();
        let mut odds: BTreeMap<usize, [f32; 2]> = BTreeMap::new();
        for (party, meant) in &parties {
            for &actor in *meant {
                let known = odds.entry(actor).or_default();
                *known = [0, 1].map(|side| known[side].max(party.odds[side]));
            }
        }
        let event = reader.number(kind);
        Scene { named, reader, word, types: reading.types(word), event, parties, odds, own }
    }

    /// Gives the event its likeliest sides, and its confidence.
    fn settle(&self, event: &mut Event) {
        let mut sources = vec![self.taken(Side::Source)];
        let mut targets = vec![self.taken(Side::Target)];
        if !self.own {
            sources.insert(0, event.source.clone());
            targets.insert(0, event.target.clone());
        }
        let mut best: Option<f32> = None;
        for source in &sources {
            for target in targets.iter().filter(|target| !(source.is_empty() && target.is_empty()))
            {
                let right = self.reader.trusts(&self.features(source, target));
                // The frames' own sides come first.
                let ahead = if best.is_none() { 0.0 } else { BETTER };
                if best.is_none_or(|known| right > known + ahead) {
                    best = Some(right);
                    event.source.clone_from(source);
                    event.target.clone_from(target);
                }
            }
        }
        event.confidence = best;
    }

    /// The actors that the reader takes for a side.
    fn taken(&self, of: Side) -> Vec<usize> {
        let mut side: Vec<usize> = Vec::new();
        for (_, meant) in self.parties.iter().filter(|(party, _)| of.of(&party.odds) >= NAMED) {
            for &actor in *meant {
                if !side.contains(&actor) {
                    side.push(actor);
                }
            }
        }
        side
    }

    /// What tells how far an event is to be trusted, as `Scene.features` of `training/reader.py` has it.
    fn features(&self, source: &[usize], target: &[usize]) -> Vec<f32> {
        let rival = rival(self.types, self.event);
        let mut all = [self.types[self.event], self.types[0], rival].map(log_odds).to_vec();
        self.describe(source, Side::Source, &mut all);
        self.describe(target, Side::Target, &mut all);
        let verb = self.named.doc.tokens[self.word].upos == Upos::Verb;
        let both = source.iter().any(|actor| target.contains(actor));
        let length = self.named.words.len();
        all.extend([
            length as f32 / 40.0,
            flag(!verb),
            self.odds.len() as f32 / 8.0,
            flag(both),
            flag(self.own),
        ]);
        all
    }

    /// What tells whether a side is filled as it should be.
    fn describe(&self, side: &[usize], of: Side, all: &mut Vec<f32>) {
        let known = |actor: &usize, of: Side| self.odds.get(actor).map_or(0.0, |odds| of.of(odds));
        let inside = |fold: fn(f32, f32) -> f32, start: f32, of: Side| {
            let probability = side.iter().map(|actor| known(actor, of)).fold(start, fold);
            if side.is_empty() { 0.0 } else { log_odds(probability) }
        };
        let most = |those: &dyn Fn(&[usize]) -> bool| {
            let left = self.parties.iter().filter(|(_, meant)| those(meant));
            log_odds(left.map(|(party, _)| of.of(&party.odds)).fold(0.0, f32::max))
        };
        let outside = most(&|meant| !meant.is_empty() && !meant.iter().any(|a| side.contains(a)));
        let naming = self
            .parties
            .iter()
            .filter(|(_, meant)| meant.iter().any(|actor| side.contains(actor)))
            .map(|(party, _)| (of.of(&party.odds), party.word))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let pronoun =
            naming.is_some_and(|(_, word)| self.named.doc.tokens[word].upos == Upos::Pron);
        let first = self.named.order.iter().find(|actor| side.contains(actor));
        let actor = first.and_then(|&actor| self.named.who.actors.get(actor));
        all.extend([
            flag(!side.is_empty()),
            inside(f32::min, 1.0, of),
            inside(f32::max, 0.0, of),
            outside,
            most(&|meant| meant.is_empty()),
            side.len().min(3) as f32 / 3.0,
            if side.is_empty() { outside } else { 0.0 },
            inside(f32::max, 0.0, of.other()),
            flag(pronoun),
            flag(actor.is_some_and(|actor| actor.country.is_some())),
            flag(actor.is_some_and(|actor| !actor.sectors.is_empty())),
            flag(naming.is_none() && !side.is_empty()),
        ]);
    }
}

/// One of the sides of an act.
#[derive(Clone, Copy)]
enum Side {
    Source,
    Target,
}

impl Side {
    fn of(self, both: &[f32; 2]) -> f32 {
        both[self as usize]
    }

    fn other(self) -> Side {
        match self {
            Side::Source => Side::Target,
            Side::Target => Side::Source,
        }
    }
}

fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

/// Log odds, between bounds.
fn log_odds(probability: f32) -> f32 {
    let p = probability.clamp(1e-4, 1.0 - 1e-4);
    (p / (1.0 - p)).ln()
}
