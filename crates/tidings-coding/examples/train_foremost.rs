//! Trains the scorer of the foremost event, writes the model, and scores it on the headlines held out.
//!
//! `cargo run --release --example train_foremost -p tidings-coding -- DATA models/foremost.bin`

use std::collections::BTreeMap;
use std::error::Error;
use tidings_coding::events::Event;
use tidings_coding::foremost::train::{Lessons, answer, held_out};
use tidings_coding::foremost::{TYPES, by_frames};
use tidings_coding::{actors, events};
use tidings_language::{Annotator, Document};
use tidings_report::{Options, Report};
use tidings_world::World;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: train_foremost DATA MODEL";
    let (folder, model) = (arguments.next().ok_or(usage)?, arguments.next().ok_or(usage)?);
    let path = format!("{folder}/events/synthetic-train.jsonl");
    let file = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
    let mut stories = Vec::new();
    for (at, line) in file.lines().enumerate() {
        let story: serde_json::Value =
            serde_json::from_str(line).map_err(|e| format!("{path}, line {}: {e}", at + 1))?;
        let field = |name: &str| story[name].as_str().unwrap_or_default().to_string();
        stories.push((field("text"), field("event"), held_out(&field("title"))));
    }
    // The lexicon's own example sentences are learned from too.
    let lexicon = &World::embedded().events;
    for frame in lexicon.frames() {
        if let Some(action) = lexicon.action(frame.section.code, Some(&frame.section)) {
            stories.push((frame.example.clone(), action.event.to_string(), false));
        }
    }
    // The stories are of no day; a report needs one.
    let options = Options { date: Some(jiff::civil::date(2022, 8, 21)) };
    let annotator = Annotator::embedded();
    let reports: Vec<(Report, String, bool)> = stories
        .into_iter()
        .filter_map(|(text, event, held)| {
            Some((Report::from_text("story", text, &options).ok()?, event, held))
        })
        .collect();
    let coded: Vec<(Document<'_>, Vec<Event>, &str, bool)> = reports
        .iter()
        .map(|(report, event, held)| {
            let doc = annotator.annotate(report.analysed());
            let who = actors::find(&doc, World::embedded(), None);
            let found = events::find(&doc, &who, World::embedded());
            (doc, found, event.as_str(), *held)
        })
        .collect();
    let mut lessons = Lessons::default();
    for (doc, found, event, _) in coded.iter().filter(|(.., held)| !held) {
        lessons.add(doc, found, event);
    }
    let file = lessons.learn();
    std::fs::write(&model, &file)?;

    let (mut frames, mut both) = (Confusion::default(), Confusion::default());
    let mut sure: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (doc, found, event, _) in coded.iter().filter(|(.., held)| *held) {
        frames.add(event, by_frames(doc, found));
        let answer = answer(&file, doc, found);
        both.add(event, answer.map(|(event, _)| event));
        if let Some((told, confidence)) = answer {
            let bin = sure.entry((confidence * 10.0) as u32).or_default();
            bin.0 += usize::from(told == *event);
            bin.1 += 1;
        }
    }
    println!("macro F1: frames {:.2}, scorer {:.2}", frames.macro_f1(), both.macro_f1());
    for event in TYPES {
        println!("{event:<10} frames {:6.2}, scorer {:6.2}", frames.f1(event), both.f1(event));
    }
    for (tenth, (right, all)) in sure {
        println!("said with 0.{tenth}: {right} of {all} right ({:.2})", right as f64 / all as f64);
    }
    Ok(())
}

/// How often which type was told for which.
#[derive(Default)]
struct Confusion(BTreeMap<(String, Option<&'static str>), usize>);

impl Confusion {
    fn add(&mut self, gold: &str, told: Option<&'static str>) {
        *self.0.entry((gold.to_string(), told)).or_default() += 1;
    }

    fn f1(&self, event: &str) -> f64 {
        let sum = |is: &dyn Fn(&str, Option<&str>) -> bool| -> usize {
            self.0.iter().filter(|((g, t), _)| is(g, *t)).map(|(_, n)| n).sum()
        };
        let right = sum(&|g, t| g == event && t == Some(event));
        let all = sum(&|g, _| g == event) + sum(&|_, t| t == Some(event));
        if all == 0 { 0.0 } else { 200.0 * right as f64 / all as f64 }
    }

    fn macro_f1(&self) -> f64 {
        TYPES.iter().map(|event| self.f1(event)).sum::<f64>() / TYPES.len() as f64
    }
}
