//! Training of the segmenter: logistic regression over hashed features, by stochastic gradient
//! descent with AdaGrad steps (Duchi et al. 2011), the same to the byte each time.

use super::ends::{End, Walk};
use super::lexicon::Lexicon;
use super::model::{Model, Weights};
use super::words::{Judge, Tokeniser};
use crate::document::Document;
use crate::hash::Features;

const WORD_BITS: u32 = 16;
const SENTENCE_BITS: u32 = 18;
const EPOCHS: usize = 12;
const STEP: f32 = 0.15;
const DECAY: f32 = 2e-6;

/// Decisions with their features.
#[derive(Default)]
struct Examples {
    ids: Vec<u32>,
    /// Where each example ends in `ids`, and the right answer.
    ends: Vec<(usize, bool)>,
}

impl Examples {
    fn push(&mut self, features: &Features, answer: bool) {
        self.ids.extend_from_slice(&features.ids);
        self.ends.push((self.ids.len(), answer));
    }

    /// Learns the weights, as signed bytes.
    fn learn(&self, bits: u32) -> Vec<i8> {
        let mask = (1_usize << bits) - 1;
        let mut weights = vec![0.0_f32; mask + 1];
        let mut squares = vec![1e-2_f32; mask + 1];
        let mut order: Vec<usize> = (0..self.ends.len()).collect();
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..EPOCHS {
            for i in (1..order.len()).rev() {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                order.swap(i, (random % (i as u64 + 1)) as usize);
            }
            for &example in &order {
                let start = if example == 0 { 0 } else { self.ends[example - 1].0 };
                let (end, answer) = self.ends[example];
                let ids = &self.ids[start..end];
                let score: f32 = ids.iter().map(|&id| weights[id as usize & mask]).sum();
                let error = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(answer));
                for &id in ids {
                    let at = id as usize & mask;
                    let slope = error + DECAY * weights[at];
                    squares[at] += slope * slope;
                    weights[at] -= STEP * slope / squares[at].sqrt();
                }
            }
        }
        let most = weights.iter().fold(1e-6_f32, |most, weight| most.max(weight.abs()));
        weights.iter().map(|weight| (weight / most * 127.0).round() as i8).collect()
    }
}

/// Answers from the treebank, and keeps them.
struct Teacher<'a> {
    /// Word ends, in order.
    ends: &'a [usize],
    examples: &'a mut Examples,
}

impl Judge for Teacher<'_> {
    fn splits(&mut self, at: usize, features: &Features) -> bool {
        let answer = self.ends.binary_search(&at).is_ok();
        self.examples.push(features, answer);
        answer
    }
}

/// Makes a model file from treebanks.
pub fn train(treebanks: &[Document<'_>]) -> Vec<u8> {
    let lexicon = Lexicon::embedded();
    let mut words = Examples::default();
    let mut sentences = Examples::default();
    let mut features = Features::default();
    for document in treebanks {
        let ends: Vec<usize> = document.tokens.iter().map(|token| token.end as usize).collect();
        let starts: Vec<usize> = document.sentences.iter().map(|sentence| sentence.start).collect();
        let mut tokeniser = Tokeniser::new(document.text, lexicon);
        tokeniser.run(&mut Teacher { ends: &ends, examples: &mut words });
        let mut walk = Walk::new(document.text, &tokeniser.words, lexicon);
        for (i, word) in tokeniser.words.iter().enumerate() {
            let begins = i == 0 || starts.binary_search(&word.start).is_ok();
            if i > 0 && walk.certain(i) == End::Unsure {
                walk.describe(i, &mut features);
                sentences.push(&features, begins);
            }
            walk.step(i, begins);
        }
    }
    let words = words.learn(WORD_BITS);
    let sentences = sentences.learn(SENTENCE_BITS);
    Model { words: Weights { table: &words }, sentences: Weights { table: &sentences } }.write()
}
