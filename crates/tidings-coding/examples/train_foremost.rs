//! Trains the scorer of the foremost event, writes the model, and scores it on headlines it did not see.
//!
//! `cargo run --release --example train_foremost -p tidings-coding -- DATA models/foremost.bin [--folds]`
//!
//! With `--folds` every fifth of the headlines is scored by a model of the other four; the model written is
//! always that of the parts 1 to 4.

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::error::Error;
use tidings_coding::actors;
use tidings_coding::events::{self, Found};
use tidings_coding::foremost::train::{Confusion, Lessons, PARTS, answer, filled, part};
use tidings_coding::foremost::{Page, Pages, TYPES, by_frames, plain};
use tidings_language::{Annotator, Document};
use tidings_world::World;

/// A story: headline, text, type, and the part it is dealt to; none for what is only learned from.
struct Story {
    headline: String,
    text: String,
    event: String,
    part: Option<usize>,
}

/// A story with its trees and acts.
struct Coded<'s> {
    story: &'s Story,
    headline: (Document<'s>, Found),
    text: (Document<'s>, Found),
}

impl Coded<'_> {
    fn pages(&self) -> Pages<'_> {
        let page = |(doc, found)| Page { doc, found };
        let (headline, text) = (&self.headline, &self.text);
        let told = !self.story.headline.is_empty();
        Pages {
            headline: told.then(|| page((&headline.0, &headline.1))),
            text: page((&text.0, &text.1)),
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: train_foremost DATA MODEL [--folds]";
    let (folder, model) = (arguments.next().ok_or(usage)?, arguments.next().ok_or(usage)?);
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
        stories.push(Story { headline, text, event, part: Some(part(&title)) });
    }
    // The lexicon's own example sentences are learned from too, as headlines of themselves.
    let lexicon = &World::embedded().events;
    for frame in lexicon.frames() {
        if let Some(action) = lexicon.action(frame.section.code, Some(&frame.section)) {
            let (text, event) = (frame.example.clone(), action.event.to_string());
            stories.push(Story { headline: text.clone(), text, event, part: None });
        }
    }
    let annotator = Annotator::embedded();
    type Read = fn(&Document, &actors::Actors, &World) -> Found;
    let code = |text, read: Read| {
        let doc = annotator.annotate(text);
        let who = actors::find(&doc, World::embedded(), &[], None);
        let found = read(&doc, &who, World::embedded());
        (doc, found)
    };
    let coded: Vec<Coded> = stories
        .par_iter()
        .map(|story| Coded {
            story,
            headline: code(&story.headline, events::read_headline),
            text: code(&story.text, events::read),
        })
        .collect();
    let learned = |without: usize| {
        let mut lessons = Lessons::default();
        for story in coded.iter().filter(|coded| coded.story.part != Some(without)) {
            lessons.add(&story.pages(), &story.story.event);
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
        for coded in coded.iter().filter(|coded| coded.story.part == Some(held)) {
            let (pages, event) = (coded.pages(), coded.story.event.as_str());
            frames.add(event, by_frames(&pages));
            let answer = answer(&file, &pages);
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
