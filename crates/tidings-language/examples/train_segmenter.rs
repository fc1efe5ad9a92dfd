//! Trains the segmenter on treebanks, writes the model, and scores it on development treebanks.
//!
//! `cargo run --release --example train_segmenter -- UD_FOLDER models/segmenter.bin`

use std::collections::HashSet;
use tidings_language::{Conllu, Document, Segmenter, segment};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: train_segmenter UD_FOLDER MODEL")?;
    let model = arguments.next().ok_or("usage: train_segmenter UD_FOLDER MODEL")?;
    let show = arguments.next().is_some();
    let read = |name: &str| -> Result<Conllu, Box<dyn std::error::Error>> {
        let path = format!("{folder}/{name}.conllu");
        let file = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        Ok(Conllu::parse(&file).map_err(|e| format!("{path}: {e}"))?)
    };
    let treebanks = [read("ewt-train")?, read("gum-train")?];
    let documents: Vec<Document<'_>> = treebanks.iter().map(Conllu::document).collect();
    let file = segment::train(&documents);
    std::fs::write(&model, &file)?;
    let segmenter = Segmenter::read(&file)?;
    for name in ["ewt-dev", "gum-dev"] {
        let gold = read(name)?;
        let gold = gold.document();
        let started = std::time::Instant::now();
        let ours = segmenter.segment(gold.text);
        let rate = ours.tokens.len() as f64 / started.elapsed().as_secs_f64() / 1e6;
        let tokens = |document: &Document<'_>| -> HashSet<(usize, usize)> {
            document.tokens.iter().map(|t| (t.start as usize, t.end as usize)).collect()
        };
        let sentences = |document: &Document<'_>| -> HashSet<(usize, usize)> {
            document.sentences.iter().map(|s| (s.start, s.end)).collect()
        };
        println!(
            "{name}: words {:.2} F1, sentences {:.2} F1, {rate:.1} million words a second",
            f1(&tokens(&gold), &tokens(&ours)),
            f1(&sentences(&gold), &sentences(&ours)),
        );
        if show {
            differences(&gold, &tokens(&gold), &tokens(&ours));
            differences(&gold, &sentences(&gold), &sentences(&ours));
        }
    }
    Ok(())
}

fn f1(gold: &HashSet<(usize, usize)>, ours: &HashSet<(usize, usize)>) -> f64 {
    200.0 * gold.intersection(ours).count() as f64 / (gold.len() + ours.len()) as f64
}

fn differences(
    gold: &Document<'_>,
    right: &HashSet<(usize, usize)>,
    ours: &HashSet<(usize, usize)>,
) {
    let mut all: Vec<_> = right.symmetric_difference(ours).collect();
    all.sort_unstable();
    for &&(start, end) in &all {
        let kind = if right.contains(&(start, end)) { "missed" } else { "made" };
        println!("{kind}\t{}", gold.text[start..end].replace('\n', " "));
    }
}
