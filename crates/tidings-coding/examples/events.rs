//! Codes the events of parsed text and prints them, to read where the lexicon errs.
//!
//! `events FILE.conllu [--apart]` prints one line for each event of each sentence, tab separated:
//! sentence number, type, code, source, target, words, rule. With `--apart` each sentence is a
//! report of its own.

use std::error::Error;
use tidings_coding::{actors, events};
use tidings_language::Conllu;
use tidings_world::World;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a CoNLL-U file")?;
    let apart = std::env::args().any(|a| a == "--apart");
    let file = std::fs::read_to_string(path)?;
    let world = World::embedded();
    let reports: Vec<&str> = if apart { file.split("\n\n").collect() } else { vec![&file] };
    for (number, report) in reports.iter().enumerate() {
        let read = Conllu::parse(&format!("{report}\n\n"))?;
        let doc = read.document();
        let who = actors::find(&doc, world, &[], None);
        let name = |ids: &[usize]| {
            let names = ids.iter().filter_map(|&id| who.actors.get(id)).map(|a| {
                let country = a.country.as_deref().unwrap_or("-");
                format!("{} [{country} {}]", a.name, a.sectors.join(","))
            });
            names.collect::<Vec<_>>().join("; ")
        };
        let found = events::find(&doc, &who, world);
        for (nth, sentence) in doc.sentences.iter().enumerate() {
            let id = if apart { number } else { nth };
            println!("# {id}\t{}", &doc.text[sentence.start..sentence.end]);
            for event in found.iter().filter(|e| sentence.tokens.contains(&e.predicate)) {
                let words: Vec<&str> = event.words.iter().map(|&w| doc.form(w)).collect();
                println!(
                    "{id}\t{}\t{}\t{}\t{}\t{}\t{}",
                    event.action.event,
                    event.action.cameo,
                    name(&event.source),
                    name(&event.target),
                    words.join(" "),
                    event.rule,
                );
            }
        }
    }
    Ok(())
}
