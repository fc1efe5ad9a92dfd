//! Writes the sentences of reports with their words, trees, namings of actors and coded events, one JSON
//! object a line: what people judge, and what `training/reader.py` learns from.
//!
//! `cargo run --release --example sentences -p tidings-coding -- REPORTS.jsonl [VECTORS] > sentences.jsonl`
//!
//! Reports are JSON Lines with `id`, `text` and, where known, `date`. Words are told by their place in the
//! sentence, offsets in characters. No event is left out for being improbable. VECTORS is a file for the vectors of all words, one
//! after another, the upper halves of their 32-bit numbers (bfloat16).

use rayon::prelude::*;
use serde_json::{Value, json};
use std::error::Error;
use std::io::Write;
use tidings_coding::{actors, events, places};
use tidings_language::Annotator;
use tidings_world::World;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a file of reports, JSON Lines")?;
    let rows: Vec<Value> = std::fs::read_to_string(path)?
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let told: Vec<(String, Vec<u8>)> = rows.par_iter().map(sentences).collect();
    let mut out = std::io::stdout().lock();
    told.iter().try_for_each(|(lines, _)| out.write_all(lines.as_bytes()))?;
    if let Some(path) = std::env::args().nth(2) {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        told.iter().try_for_each(|(_, vectors)| out.write_all(vectors))?;
    }
    Ok(())
}

/// The lines of a report, and the vectors of its words.
fn sentences(row: &Value) -> (String, Vec<u8>) {
    let (world, annotator) = (World::embedded(), Annotator::embedded());
    let text = row["text"].as_str().unwrap_or_default();
    let published = row["date"].as_str().and_then(|date| date.get(..10)?.parse().ok());
    let doc = annotator.annotate(text);
    let places = places::find(&doc, world);
    let mut who = actors::find(&doc, world, &places, published);
    let events::Found { mut events, acts } = events::read(&doc, &who, world);
    events::settle(&doc, &places, &mut who, &mut events);
    let mut lines = String::new();
    let mut vectors = Vec::new();
    for at in 0..doc.tokens.len() {
        vectors
            .extend(doc.vector(at).iter().flat_map(|v| ((v.to_bits() >> 16) as u16).to_le_bytes()));
    }
    let mut characters = vec![0; text.len() + 1];
    for (nth, (at, _)) in text.char_indices().enumerate() {
        characters[at] = nth;
    }
    characters[text.len()] = text.chars().count();
    let character = |byte: u32| characters[byte as usize];
    for (nth, sentence) in doc.sentences.iter().enumerate() {
        let first = sentence.tokens.start;
        let words: Vec<Value> = sentence
            .tokens
            .clone()
            .map(|at| {
                let token = &doc.tokens[at];
                json!([
                    doc.form(at),
                    character(token.start),
                    character(token.end),
                    token.upos.as_str(),
                    token.xpos.as_str(),
                    token.head as usize - first,
                    token.deprel.as_str(),
                    doc.lemma(at),
                ])
            })
            .collect();
        let within = |at: usize| sentence.tokens.contains(&at);
        let named: Vec<Value> = who
            .mentions
            .iter()
            .filter(|mention| within(mention.head))
            .map(|mention| {
                let actor = &who.actors[mention.actor];
                json!([
                    mention.head - first,
                    mention.actor,
                    actor.name,
                    actor.country,
                    actor.sectors
                ])
            })
            .collect();
        let phrases: Vec<Value> = sentence
            .tokens
            .clone()
            .map(|at| (at - first, who.of_phrase(&doc, at)))
            .filter(|(_, meant)| !meant.is_empty())
            .map(|(at, meant)| json!([at, meant]))
            .collect();
        let coded: Vec<Value> = events
            .iter()
            .filter(|event| within(event.predicate))
            .map(|event| {
                let words: Vec<usize> =
                    event.words.iter().filter(|&&w| within(w)).map(|w| w - first).collect();
                json!({
                    "predicate": event.predicate - first, "words": words, "event": event.action.event,
                    "cameo": event.action.cameo, "source": event.source, "target": event.target,
                    "rule": event.rule,
                })
            })
            .collect();
        let acts: Vec<Value> = acts
            .iter()
            .filter(|act| within(act.predicate))
            .map(|act| json!([act.predicate - first, act.action.event]))
            .collect();
        let line = json!({
            "report": row["id"], "date": row["date"], "sentence": nth, "words": words, "named": named, "phrases": phrases,
            "events": coded, "acts": acts,
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    (lines, vectors)
}
