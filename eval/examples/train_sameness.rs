//! Learns whether two mentions of acts are of one happening, and writes the model.
//!
//! `cargo run --release --example train_sameness -p eval -- ../shared/data/coref models/sameness.bin`. Every two
//! mentions of the training part whose reports share some words are an example. The same data give the same file.

#[path = "../src/coref/mentions.rs"]
mod mentions;

use mentions::Corpus;
use serde::de::DeserializeOwned;
use std::error::Error;
use tidings_language::scorer::Shape;
use tidings_language::scorer::train::{Examples, Loss, Plan, learn};
use tidings_record::incidents::{FEATURES, features};

/// Mentions in reports less alike than this are not compared: few of them are one, and many would drown the rest.
const TOPIC: f32 = 0.06;
const WIDTH: usize = 64;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = &arguments[..] else {
        return Err("usage: train_sameness FOLDER OUT".into());
    };
    let docs = rows(&format!("{folder}/ecb-train-docs.jsonl"))?;
    let marked = rows(&format!("{folder}/ecb-train-mentions.jsonl"))?;
    let Corpus { mentions, chains, .. } = Corpus::new(&docs, &marked);
    let mut examples = Examples::new(Shape { bits: 0, dense: FEATURES, width: WIDTH, outputs: 1 });
    for (at, (mention, chain)) in mentions.iter().zip(&chains).enumerate() {
        for (other, other_chain) in mentions.iter().zip(&chains).take(at) {
            if mention.topic(other) >= TOPIC {
                examples
                    .push(&features(mention, other), &[f32::from(u8::from(chain == other_chain))]);
            }
        }
    }
    println!("{} mentions, {} pairs", mentions.len(), examples.len());
    let plan =
        Plan { epochs: 20, step: 0.03, decay: 1e-6, dropout: 0.0, ..Plan::new(Loss::Binary) };
    std::fs::write(out, learn(&examples, &plan))?;
    Ok(())
}

fn rows<T: DeserializeOwned>(path: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}
