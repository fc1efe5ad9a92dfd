//! Trains the model of claims, which candidates are attributions, on the articles of PolNeAR.
//!
//! `cargo run --release -p tidings-coding --example train_claims -- DATA/attribution/polnear-train.jsonl models/claims.bin`,
//! where the file holds one article a line: `text` and `attributions`, each with `cue` and `content`
//! as lists of `[start, end]` in characters.

use serde_json::Value;
use std::error::Error;
use std::ops::Range;
use tidings_coding::claims::{Candidate, lessons};
use tidings_language::scorer::Shape;
use tidings_language::scorer::train::{Examples, Loss, Plan, learn};
use tidings_language::{Annotator, Document, Network};
use tidings_world::World;

struct Gold {
    cue: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
}

/// 2^17 rows of three weights, and the vectors of the two head words.
fn shape() -> Shape {
    Shape { bits: 17, dense: 2 * Network::embedded().width(), width: 0, outputs: 3 }
}

/// Of the examples without vectors every so many is learned from: trees may come without.
const PLAIN: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let usage = "usage: train_claims POLNEAR-TRAIN.jsonl MODEL";
    let mut arguments = std::env::args().skip(1);
    let train = arguments.next().ok_or(usage)?;
    let model = arguments.next().ok_or(usage)?;
    let mut examples = Examples::new(shape());
    let (mut nth, mut golds, mut reached) = (0_usize, 0, 0);
    each_article(&train, &mut |doc, gold| {
        let mut best = vec![0.0_f32; gold.len()];
        for plain in [false, true] {
            lessons(doc, World::embedded(), plain, &mut |candidate, features| {
                let lesson = Lesson::of(doc, &gold, candidate);
                if let Some(which) = lesson.which {
                    best[which] = best[which].max(lesson.fit);
                }
                nth += 1;
                if !plain || nth.is_multiple_of(PLAIN) {
                    examples.push(features, &lesson.targets());
                }
            });
        }
        golds += gold.len();
        reached += best.iter().filter(|fit| **fit >= 0.5).count();
    })?;
    println!("{} candidates, {reached} of {golds} attributions among them", examples.len());
    let plan = Plan { step: 0.05, dropout: 0.2, decay: 1e-4, ..Plan::new(Loss::Binary) };
    std::fs::write(&model, learn(&examples, &plan))?;
    Ok(())
}

/// What an annotator made of a candidate.
struct Lesson {
    /// Whether its cue is one.
    cued: bool,
    /// Whether its cue stands inside what somebody says, where PolNeAR marks nothing.
    inside: bool,
    /// The attribution that its content fits best.
    which: Option<usize>,
    /// How well, as the share of both contents that is in both.
    fit: f32,
}

impl Lesson {
    fn of(doc: &Document, gold: &[Gold], candidate: &Candidate) -> Lesson {
        let bytes = |words: &Range<usize>| {
            doc.tokens[words.start].start as usize..doc.tokens[words.end - 1].end as usize
        };
        let shared = |a: &Range<usize>, b: &Range<usize>| {
            a.end.min(b.end).saturating_sub(a.start.max(b.start))
        };
        let sentence = &doc.sentences[doc.sentence_of(candidate.cue)];
        // What stands in other sentences is joined later on.
        let whole = sentence.start..sentence.end;
        let cue = bytes(&(candidate.cue..candidate.cue + 1));
        let content = bytes(&candidate.content);
        let mut lesson = Lesson { cued: false, inside: false, which: None, fit: 0.0 };
        for (nth, one) in gold.iter().enumerate() {
            lesson.inside |= one.content.iter().any(|piece| shared(piece, &cue) > 0);
            if !one.cue.iter().any(|c| shared(c, &cue) > 0) {
                continue;
            }
            lesson.cued = true;
            let here: usize = one.content.iter().map(|piece| shared(piece, &whole)).sum();
            let both: usize = one.content.iter().map(|piece| shared(piece, &content)).sum();
            let fit = both as f32 / (here + content.len() - both).max(1) as f32;
            if fit > lesson.fit {
                (lesson.fit, lesson.which) = (fit, Some(nth));
            }
        }
        lesson
    }

    /// Whether it attributes on the report's word, whether it does on anyone's, and how well it fits;
    /// not a number where the articles do not tell.
    fn targets(&self) -> [f32; 3] {
        let yes = f32::from(u8::from(self.cued));
        let unmarked = self.inside && !self.cued;
        [
            yes,
            if unmarked { f32::NAN } else { yes },
            if self.cued { self.fit * self.fit } else { f32::NAN },
        ]
    }
}

fn each_article(
    path: &str,
    each: &mut dyn FnMut(&Document, Vec<Gold>),
) -> Result<(), Box<dyn Error>> {
    let annotator = Annotator::embedded();
    for line in std::fs::read_to_string(path)?.lines() {
        let article: Value = serde_json::from_str(line)?;
        let text = article["text"].as_str().unwrap_or_default();
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let byte =
            |n: &Value| bytes.get(n.as_u64().unwrap_or(0) as usize).copied().unwrap_or(text.len());
        let spans = |value: &Value| -> Vec<Range<usize>> {
            let list = value.as_array().into_iter().flatten();
            list.map(|s| byte(&s[0])..byte(&s[1])).collect()
        };
        let gold = article["attributions"].as_array().into_iter().flatten();
        let gold = gold.map(|a| Gold { cue: spans(&a["cue"]), content: spans(&a["content"]) });
        each(&annotator.annotate(text), gold.collect());
    }
    Ok(())
}
