//! Training of the scorer of the foremost event.

use super::{DENSE, TYPES, describe, of};
use crate::events::Event;
use tidings_language::Document;
use tidings_language::scorer::train::{Examples, Loss, Plan, learn};
use tidings_language::scorer::{Features, Hash, Scorer, Shape};

/// Whether stories under this headline are kept from training, to score with: one headline in five, by
/// its hash. All stories under one headline fall on one side.
pub fn held_out(title: &str) -> bool {
    (Hash::lower(title).0 >> 32) % 5 == 0
}

/// What is learned from: documents with the type that each tells foremost.
#[derive(Debug, Default)]
pub struct Lessons(Vec<(Features, usize)>);

impl Lessons {
    /// Adds a document; one of a type that is none of PLOVER's is left out.
    pub fn add(&mut self, doc: &Document, events: &[Event], event: &str) {
        if let Some(class) = TYPES.iter().position(|&t| t == event) {
            let mut features = Features::default();
            describe(doc, events, &mut features);
            self.0.push((features, class));
        }
    }

    /// The model file. Every type counts alike, however many documents tell of it.
    pub fn learn(&self) -> Vec<u8> {
        let mut counts = [0.0_f32; TYPES.len()];
        self.0.iter().for_each(|(_, class)| counts[*class] += 1.0);
        let even = self.0.len() as f32 / TYPES.len() as f32;
        let shape = Shape { bits: 16, dense: DENSE, width: 0, outputs: TYPES.len() };
        let mut examples = Examples::new(shape);
        for (features, class) in &self.0 {
            let mut targets = [0.0; TYPES.len()];
            targets[*class] = 1.0;
            examples.push_weighted(features, &targets, even / counts[*class]);
        }
        let plan =
            Plan { decay: 0.02, dropout: 0.2, epochs: 8, step: 0.05, ..Plan::new(Loss::Softmax) };
        learn(&examples, &plan)
    }
}

/// What a model of this file says a document tells foremost, and how probably; nothing if the file is
/// damaged.
pub fn answer(model: &[u8], doc: &Document, events: &[Event]) -> Option<(&'static str, f32)> {
    let found = of(&Scorer::read(model).ok()?, doc, events)?;
    Some((found.event, found.confidence))
}
