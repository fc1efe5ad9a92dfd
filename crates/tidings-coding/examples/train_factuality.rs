//! Trains the model of factuality on the sentences of UW and UDS-IH2, writes it, and scores it.
//!
//! `cargo run --release --example train_factuality -p tidings-coding -- DATA/factuality models/factuality.bin`

use serde_json::Value;
use tidings_coding::status;
use tidings_language::scorer::train::{Examples, Loss, Plan, learn};
use tidings_language::scorer::{Features, Room, Scorer, Shape};
use tidings_language::{Annotator, Conllu, Network};
use tidings_world::World;

/// Of each net: 2^15 rows of ten weights, the vector of the word, and a hidden layer.
fn shape() -> Shape {
    Shape { bits: 15, dense: Network::embedded().width(), width: 10, outputs: 2 }
}

/// So many nets answer together.
const NETS: usize = 3;

/// How much a value of the news counts: its scores are those by which events are told, and there are
/// fewer of them.
const NEWS: f32 = 5.0;

type Failure = Box<dyn std::error::Error>;

/// A predicate with its gold value.
struct Gold {
    features: Features,
    value: f32,
}

fn main() -> Result<(), Failure> {
    let usage = "usage: train_factuality DATA/factuality MODEL";
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or(usage)?;
    let model = arguments.next().ok_or(usage)?;
    let annotator = Annotator::embedded();
    let read = |name: &str| gold(&annotator, &format!("{folder}/{name}.jsonl"));
    let (news, web) = (read("uw-train")?, read("uds-train")?);
    let mut examples = Examples::new(shape());
    for one in &news {
        examples.push_weighted(&one.features, &[one.value, f32::NAN], NEWS);
    }
    for one in &web {
        examples.push(&one.features, &[f32::NAN, one.value]);
    }
    let plan = Plan {
        dropout: 0.25,
        step: 0.05,
        decay: 2e-3,
        epochs: 8,
        nets: NETS,
        ..Plan::new(Loss::Absolute)
    };
    let file = learn(&examples, &plan);
    std::fs::write(&model, &file)?;
    let scorer = Scorer::read(&file)?;
    for (name, output) in [("uw-dev", 0), ("uds-dev", 1)] {
        let (mut room, mut error) = (Room::default(), 0.0);
        let dev = read(name)?;
        for one in &dev {
            let told = scorer.scores(&one.features, &mut room)[output].clamp(-3.0, 3.0);
            error += f64::from((told - one.value).abs());
        }
        println!("{name}: MAE {:.3}", error / dev.len().max(1) as f64);
    }
    Ok(())
}

/// The predicates of a file of sentences, as the program sees them.
fn gold(annotator: &Annotator, path: &str) -> Result<Vec<Gold>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let mut found = Vec::new();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line)?;
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let mut file = String::new();
        for (at, word) in list(&row["tokens"]).iter().enumerate() {
            let form = word.as_str().unwrap_or("_").replace(['\t', '\n'], " ");
            let head = usize::from(at > 0);
            file += &format!("{}\t{form}\t_\t_\t_\t_\t{head}\t_\t_\t_\n", at + 1);
        }
        let words = Conllu::parse(&file)?;
        let doc = annotator.annotate_words(&words.document());
        for pair in list(&row["gold"]) {
            let (Some(at), Some(value)) = (pair[0].as_u64(), pair[1].as_f64()) else { continue };
            let at = usize::try_from(at)?;
            if at < doc.tokens.len() {
                let features = status::features(&doc, World::embedded(), at);
                found.push(Gold { features, value: value as f32 });
            }
        }
    }
    Ok(found)
}
