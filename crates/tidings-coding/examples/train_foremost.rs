//! Trains the scorer of the foremost event, writes the model, and scores it on headlines it did not see.
//!
//! `cargo run --release --example train_foremost -p tidings-coding -- DATA training/told.tsv models/foremost.bin [--folds]`
//!
//! With `--folds` every fifth of the headlines is scored by a model of the other four; the model written is
//! always that of the parts 1 to 4.

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::error::Error;
use tidings_coding::foremost::train::{Confusion, Lessons, PARTS, answer, filled, part};
use tidings_coding::foremost::{Pages, TYPES, by_frames, plain};
use tidings_language::{Annotator, Document};
use tidings_world::World;

/// How much a sentence written to be learned from counts, and one of the lexicon's examples, beside a
/// story: a dozen stories stand under each headline, and the lexicon follows the CAMEO table, from which
/// PLOVER has moved on.
const TOLD: f32 = 6.0;
const EXAMPLE: f32 = 1.0;

/// A story: headline, text, type, and the part it is dealt to; none for what is only learned from.
struct Story {
    headline: String,
    text: String,
    event: String,
    part: Option<usize>,
    weight: f32,
}

impl Story {
    fn alone(text: &str, event: &str, weight: f32) -> Story {
        let (headline, text) = (text.to_string(), text.to_string());
        Story { headline, text, event: event.to_string(), part: None, weight }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: train_foremost DATA SENTENCES MODEL [--folds]";
    let mut argument = || arguments.next().ok_or(usage);
    let (folder, sentences, model) = (argument()?, argument()?, argument()?);
    let folds = arguments.next().is_some_and(|option| option == "--folds");
    let path = format!("{folder}/events/synthetic-train.jsonl");
    let file = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
    let mut stories = Vec::new();
    for (at, line) in file.lines().enumerate() {
        let story: serde_json::Value =
            serde_json::from_str(line).map_err(|e| format!("{path}, line {}: {e}", at + 1))?;
        let field = |name: &str| story[name].as_str().unwrap_or_default().to_string();
        let (title, text, event) = (field("title"), field("text"), field("event"));
        let headline = plain(&filled(&title), &text, World::embedded());
        stories.push(Story { headline, text, event, part: Some(part(&title)), weight: 1.0 });
    }
    // What is told without a story is a headline over itself: sentences written to be learned from, and
    // the lexicon's own examples.
    let told = std::fs::read_to_string(&sentences).map_err(|e| format!("{sentences}: {e}"))?;
    for line in told.lines().filter(|line| !line.starts_with('#')) {
        let (event, text) = line.split_once('\t').ok_or_else(|| format!("{sentences}: {line}"))?;
        stories.push(Story::alone(text, event, TOLD));
    }
    let lexicon = &World::embedded().events;
    for frame in lexicon.frames() {
        if let Some(action) = lexicon.action(frame.section.code, Some(&frame.section)) {
            stories.push(Story::alone(&frame.example, action.event, EXAMPLE));
        }
    }
    let annotator = Annotator::embedded();
    let trees: Vec<(Document, Document)> = stories
        .par_iter()
        .map(|story| (annotator.annotate(&story.headline), annotator.annotate(&story.text)))
        .collect();
    let read: Vec<Pages> = trees
        .par_iter()
        .map(|(headline, text)| Pages::read(Some(headline), text, World::embedded()))
        .collect();
    let coded: Vec<(&Story, Pages)> = stories.iter().zip(read).collect();
    let learned = |without: usize| {
        let mut lessons = Lessons::default();
        for (story, pages) in coded.iter().filter(|(story, _)| story.part != Some(without)) {
            lessons.add(pages, &story.event, story.weight);
        }
        lessons.learn()
    };
    let file = learned(0);
    std::fs::write(&model, &file)?;

    let (mut frames, mut both) = (Confusion::default(), Confusion::default());
    let mut sure: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for held in 0..if folds { PARTS } else { 1 } {
        let file = if held == 0 { file.clone() } else { learned(held) };
        let mut fold = Confusion::default();
        for (story, pages) in coded.iter().filter(|(story, _)| story.part == Some(held)) {
            let event = story.event.as_str();
            frames.add(event, by_frames(pages));
            let answer = answer(&file, pages);
            both.add(event, answer.map(|(event, _)| event));
            fold.add(event, answer.map(|(event, _)| event));
            if let Some((told, confidence)) = answer {
                let bin = sure.entry((confidence * 10.0) as u32).or_default();
                bin.0 += usize::from(told == event);
                bin.1 += 1;
            }
        }
        println!("part {held}: macro F1 {:.2}", fold.macro_f1());
    }
    println!("macro F1: frames {:.2}, scorer {:.2}", frames.macro_f1(), both.macro_f1());
    for event in TYPES {
        let f1 = |told: &Confusion| told.f1(event).unwrap_or_default();
        println!("{event:<10} frames {:6.2}, scorer {:6.2}", f1(&frames), f1(&both));
    }
    for (tenth, (right, all)) in sure {
        println!("said with 0.{tenth}: {right} of {all} right ({:.2})", right as f64 / all as f64);
    }
    Ok(())
}
