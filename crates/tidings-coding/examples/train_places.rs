//! Learns the weights of the evidence for places from texts with marked places, and writes them.
//!
//! `cargo run --release --example train_places -p tidings-coding -- ../shared/data/geo/lgl-dev.jsonl
//! models/places.tsv`. Logistic regression by AdaGrad (Duchi et al. 2011); the same texts give the same
//! weights. Prints the F1 of held-out fifths of the texts before it learns from all of them.

use serde::Deserialize;
use std::error::Error;
use tidings_coding::places::{Evidence, TERMS, evidence};
use tidings_language::Annotator;
use tidings_report::{Options, Report};
use tidings_world::World;

const ROUNDS: usize = 25;
const RATE: f64 = 0.25;
const DECAY: f64 = 1e-4;
/// A place missed costs more than a name taken for one: F1 rests on both alike, and places are fewer.
const MISSED: f64 = 1.35;
const FOLDS: usize = 5;

#[derive(Deserialize)]
struct Text {
    text: String,
    toponyms: Vec<Span>,
}

#[derive(Deserialize, Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
}

/// A mention: its text, its evidence, whether it is marked.
struct Example {
    text: usize,
    evidence: Evidence,
    span: Span,
    marked: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(data), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: train_places TEXTS.jsonl WEIGHTS.tsv".into());
    };
    let texts: Vec<Text> = std::fs::read_to_string(data)?
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let examples = examples(&texts)?;
    let (mut right, mut found) = (0, 0);
    for fold in 0..FOLDS {
        let (test, train): (Vec<&Example>, Vec<&Example>) =
            examples.iter().partition(|example| example.text % FOLDS == fold);
        let weights = learn(&train);
        let taken = test.iter().filter(|example| score(&weights, &example.evidence) > 0.0);
        let mut used: Vec<(usize, usize)> = Vec::new();
        for example in taken {
            found += 1;
            let gold = texts[example.text].toponyms.iter().position(|gold| {
                overlap(*gold, example.span) && !used.contains(&(example.text, gold.start))
            });
            if let Some(gold) = gold {
                used.push((example.text, texts[example.text].toponyms[gold].start));
                right += 1;
            }
        }
    }
    let gold: usize = texts.iter().map(|text| text.toponyms.len()).sum();
    println!("held-out F1 {:.1}", 200.0 * f64::from(right) / (f64::from(found) + gold as f64));
    let weights = learn(&examples.iter().collect::<Vec<_>>());
    let mut file = String::from(
        "# Weights of the evidence that a name is meant as that of a place; see places.md.\n",
    );
    for (term, weight) in TERMS.iter().zip(&weights) {
        file += &format!("{term}\t{weight:.2}\n");
    }
    std::fs::write(out, file)?;
    Ok(())
}

fn examples(texts: &[Text]) -> Result<Vec<Example>, Box<dyn Error>> {
    let annotator = Annotator::embedded();
    let options = Options { date: Some(jiff::civil::date(2009, 3, 1)), ..Options::default() };
    let mut examples = Vec::new();
    for (nth, text) in texts.iter().enumerate() {
        let report = Report::from_text("text", text.text.clone(), &options)
            .map_err(|error| format!("text {}: {error}", nth + 1))?;
        let doc = annotator.annotate(report.analysed());
        for (tokens, evidence) in evidence(&doc, World::embedded()) {
            let bytes =
                doc.tokens[tokens.start].start as usize..doc.tokens[tokens.end - 1].end as usize;
            let characters = report.characters(bytes);
            let span = Span { start: characters.start, end: characters.end };
            let marked = text.toponyms.iter().any(|gold| overlap(*gold, span));
            examples.push(Example { text: nth, evidence, span, marked });
        }
    }
    Ok(examples)
}

fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

fn score(weights: &[f64; TERMS.len()], evidence: &Evidence) -> f64 {
    weights.iter().zip(evidence).map(|(weight, value)| weight * f64::from(*value)).sum()
}

fn learn(examples: &[&Example]) -> [f64; TERMS.len()] {
    let mut weights = [0.0; TERMS.len()];
    let mut squares = [1e-8; TERMS.len()];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed = 1_u64;
    for _ in 0..ROUNDS {
        shuffle(&mut order, &mut seed);
        for &at in &order {
            let example = examples[at];
            let chance = 1.0 / (1.0 + (-score(&weights, &example.evidence)).exp());
            let error = if example.marked { (chance - 1.0) * MISSED } else { chance };
            for (term, &value) in example.evidence.iter().enumerate() {
                if value != 0.0 {
                    let slope = error * f64::from(value) + DECAY * weights[term];
                    squares[term] += slope * slope;
                    weights[term] -= RATE * slope / squares[term].sqrt();
                }
            }
        }
    }
    weights
}

/// Fisher and Yates with the generator of Knuth's MMIX.
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for at in (1..order.len()).rev() {
        *seed =
            seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (*seed >> 33) as usize % (at + 1));
    }
}
