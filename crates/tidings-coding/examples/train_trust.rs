//! Trains the model of how far an event is to be trusted, writes it, and scores it on reports it did not see.
//!
//! `cargo run --release --example train_trust -p tidings-coding -- DATA/news/news.jsonl eval/readings/judged.tsv models/trust.bin`
//!
//! A judgement tells report, predicate (its first and last character), PLOVER type, marks of source and
//! target ([`trust::mark`]), and whether type, source and target were right. What is no longer coded so
//! teaches nothing.

use serde_json::Value;
use std::collections::HashMap;
use std::error::Error;
use tidings_coding::events::{self, trust};
use tidings_coding::{actors, places};
use tidings_language::Annotator;
use tidings_language::scorer::train::{Examples, Loss, Plan, learn};
use tidings_language::scorer::{Features, Hash, Room, Scorer, Shape};
use tidings_world::World;

/// 2^16 rows of three weights.
const SHAPE: Shape = Shape { bits: 16, dense: 0, width: 0, outputs: trust::OUTPUTS };

/// Parts the reports are dealt to.
const PARTS: u64 = 5;

/// A judged event.
struct Judged {
    features: Features,
    right: [f32; 3],
    part: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let usage = "usage: train_trust NEWS JUDGED MODEL";
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or(usage);
    let (news, judged, model) = (next()?, next()?, next()?);
    let all = read(&news, &judged)?;
    println!("{} judged events are coded as they were", all.len());
    let (mut told, mut room): (Vec<(f32, bool)>, Room) = Default::default();
    for part in 0..PARTS {
        let file = teach(all.iter().filter(|one| one.part != part));
        let scorer = Scorer::read(&file)?;
        let whole =
            |one: &&Judged| one.part == part && one.right.iter().all(|right| !right.is_nan());
        told.extend(all.iter().filter(whole).map(|one| {
            (
                trust::trusted(&scorer, &one.features, &mut room),
                one.right.iter().all(|&right| right > 0.5),
            )
        }));
    }
    told.sort_by(|a, b| b.0.total_cmp(&a.0));
    for kept in [100, 90, 80, 70, 60, 50] {
        let those = &told[..told.len() * kept / 100];
        let right = those.iter().filter(|(_, right)| *right).count();
        let least = those.last().map_or(0.0, |(least, _)| *least);
        println!(
            "of the {kept} % surest, at least {least:.2}: {:.1} % right",
            100.0 * right as f64 / those.len().max(1) as f64
        );
    }
    for tenth in 0..10 {
        let within = |one: &&(f32, bool)| (one.0 * 10.0) as usize == tenth;
        let those: Vec<&(f32, bool)> = told.iter().filter(within).collect();
        let right = those.iter().filter(|(_, right)| *right).count();
        println!(
            "0.{tenth}: {} events, {:.0} % right",
            those.len(),
            100.0 * right as f64 / those.len().max(1) as f64
        );
    }
    std::fs::write(&model, teach(all.iter()))?;
    Ok(())
}

fn teach<'e>(those: impl Iterator<Item = &'e Judged>) -> Vec<u8> {
    let mut examples = Examples::new(SHAPE);
    for one in those {
        examples.push(&one.features, &one.right);
    }
    let plan = Plan { epochs: 25, step: 0.01, decay: 2e-2, ..Plan::new(Loss::Binary) };
    learn(&examples, &plan)
}

/// The judged events that are still coded with the same type and sides.
fn read(news: &str, judged: &str) -> Result<Vec<Judged>, Box<dyn Error>> {
    let mut verdicts: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for line in std::fs::read_to_string(judged)?.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<String> = line.split('\t').map(str::to_string).collect();
        verdicts.entry(fields[0].clone()).or_default().push(fields);
    }
    let (world, annotator) = (World::embedded(), Annotator::embedded());
    let mut all = Vec::new();
    for line in std::fs::read_to_string(news)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let (id, text) =
            (row["id"].as_str().unwrap_or_default(), row["text"].as_str().unwrap_or_default());
        let Some(verdicts) = verdicts.get(id) else { continue };
        let doc = annotator.annotate(text);
        let published = row["date"].as_str().and_then(|date| date.get(..10)?.parse().ok());
        let places = places::find(&doc, world);
        let mut who = actors::find(&doc, world, &places, published);
        let mut found = events::find(&doc, &who, world);
        events::settle(&doc, &places, &mut who, &mut found);
        let scene = trust::Scene::of(&who);
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for verdict in verdicts {
            let number = |field: usize| {
                verdict.get(field).and_then(|f| f.parse::<usize>().ok()).unwrap_or_default()
            };
            let (from, to) = (
                ends.get(number(1)).copied().unwrap_or_default(),
                ends.get(number(2)).copied().unwrap_or(text.len()),
            );
            let text = |field: usize| verdict.get(field).map_or("", String::as_str);
            let here = |event: &&events::Event| {
                let first = event.words.first().map_or(0, |&word| doc.tokens[word].start as usize);
                (from..to.max(from + 1)).contains(&first) && event.action.event == text(3)
            };
            let Some(event) = found.iter().find(here) else { continue };
            // A side that is coded otherwise now was not judged.
            let judged =
                |field: usize, same: bool| if same { number(field) as f32 } else { f32::NAN };
            let right = [
                judged(6, true),
                judged(7, trust::mark(&who, &event.source) == text(4)),
                judged(8, trust::mark(&who, &event.target) == text(5)),
            ];
            let features = trust::features(&doc, &who, &scene, event);
            all.push(Judged { features, right, part: Hash::lower(id).0 % PARTS });
        }
    }
    Ok(all)
}
