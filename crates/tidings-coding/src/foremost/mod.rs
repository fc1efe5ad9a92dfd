//! What a report tells foremost: one of the sixteen PLOVER types, with a probability.
//!
//! In go the headline and the text with what the frames found in them; out comes the type of the act that
//! the report is about. A learned scorer weighs the words and word pairs, what the lexicon's frames found
//! where, and which frames the single words belong to. It names no actor: who acted stands with the
//! events, of which the first of that type is pointed at.
//!
//! Types and their meaning: PLOVER (Halterman, Bagozzi, Beger, Schrodt & Scarborough 2023).

mod features;
mod headline;
pub mod train;

pub use headline::plain;

use crate::actors;
use crate::events::{self, Found};
use features::describe;
use std::sync::OnceLock;
use tidings_language::Document;
use tidings_language::scorer::{Features, Room, Scorer, softmax};
use tidings_world::World;

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

/// A text with what the frames found in it.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Words and trees.
    pub doc: &'a Document<'a>,
    /// Events and acts.
    pub found: Found,
}

/// A report as the scorer reads it.
#[derive(Debug, Clone)]
pub struct Pages<'a> {
    /// The headline, where the report has one.
    pub headline: Option<Page<'a>>,
    /// The text.
    pub text: Page<'a>,
}

impl<'a> Pages<'a> {
    /// A headline, as [`plain`] writes it, over a text that is read already.
    pub fn new(headline: Option<&'a Document<'a>>, text: Page<'a>, world: &World) -> Pages<'a> {
        let headline = headline.map(|doc| {
            let found = events::read_headline(doc, &actors::find(doc, world, &[], None), world);
            Page { doc, found }
        });
        Pages { headline, text }
    }

    /// A headline over a text of which the trees alone are known.
    pub fn read(
        headline: Option<&'a Document<'a>>,
        text: &'a Document<'a>,
        world: &World,
    ) -> Pages<'a> {
        let found = events::read(text, &actors::find(text, world, &[], None), world);
        Pages::new(headline, Page { doc: text, found }, world)
    }
}

/// What a report tells foremost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Foremost {
    /// The PLOVER type.
    pub event: &'static str,
    /// How probable the scorer holds it, 0 to 1.
    pub confidence: f32,
    /// Whether the frames alone would say the same.
    pub by_frames: bool,
    /// The first event of that type in the text, an index; none where the frames coded none.
    pub which: Option<usize>,
}

/// What the report tells foremost; `None` of one without words.
pub fn find(pages: &Pages) -> Option<Foremost> {
    static SCORER: OnceLock<Scorer<'static>> = OnceLock::new();
    let scorer = SCORER.get_or_init(|| Scorer::read(MODEL).unwrap_or_default());
    of(scorer, pages)
}

fn of(scorer: &Scorer, pages: &Pages) -> Option<Foremost> {
    if pages.text.doc.tokens.is_empty() {
        return None;
    }
    let (mut features, mut room) = (Features::default(), Room::default());
    describe(pages, &mut features);
    let scores = scorer.scores(&features, &mut room);
    softmax(scores);
    let best = scores.iter().zip(TYPES).max_by(|one, other| one.0.total_cmp(other.0));
    best.map(|(&confidence, event)| {
        let which = pages.text.found.events.iter().position(|e| e.action.event == event);
        Foremost { event, confidence, by_frames: by_frames(pages) == Some(event), which }
    })
}

/// What the frames alone hold for foremost: the first act of the headline, else each event and act of
/// the text counts for its type, half as much with every sentence further down. The measure that the
/// scorer has to beat.
pub fn by_frames(pages: &Pages) -> Option<&'static str> {
    if let Some(act) = pages.headline.as_ref().and_then(|page| page.found.acts.first()) {
        return Some(act.action.event);
    }
    let Page { doc, found } = &pages.text;
    let mut weights = [0.0_f32; TYPES.len()];
    let events = found.events.iter().map(|event| (event.predicate, event.action.event));
    let acts = found.acts.iter().map(|act| (act.predicate, act.action.event));
    for (predicate, event) in events.chain(acts) {
        if let Some(at) = TYPES.iter().position(|&t| t == event) {
            weights[at] += 0.5_f32.powi(doc.sentence_of(predicate) as i32);
        }
    }
    let best = (0..TYPES.len()).max_by(|&one, &other| weights[one].total_cmp(&weights[other]))?;
    (weights[best] > 0.0).then_some(TYPES[best])
}
