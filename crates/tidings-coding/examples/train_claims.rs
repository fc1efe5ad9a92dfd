//! Trains `models/claims.bin`: which candidates are attributions.
//!
//! `cargo run --release -p tidings-coding --example train_claims -- TRAIN.jsonl MODEL [DEV.jsonl]`,
//! where the files hold one PolNeAR article a line: `text` and `attributions`, each with `cue` and
//! `content` as lists of `[start, end]` in characters.

use serde_json::Value;
use std::collections::HashMap;
use std::error::Error;
use std::ops::Range;
use tidings_coding::claims::{Candidate, lessons};
use tidings_language::scorer::train::{Examples, Loss, Plan, learn};
use tidings_language::scorer::{Room, Scorer, Shape};
use tidings_language::{Annotator, Document, Network};
use tidings_world::World;

struct Gold {
    cue: Vec<Range<usize>>,
    content: Range<usize>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let train = arguments.next().ok_or("name the training articles")?;
    let model = arguments.next().ok_or("name the model to be written")?;
    let env = |n: &str, d: f32| std::env::var(n).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
    let dense = if env("VEC", 1.0) > 0.0 { 2 * Network::embedded().width() } else { 0 };
    let shape = Shape {
        bits: env("BITS", 17.0) as u32,
        dense,
        width: env("WIDTH", 0.0) as usize,
        outputs: 1,
    };
    let mut examples = Examples::new(shape);
    let mut nth = 0_usize;
    let (mut golds, mut reachable) = (0, 0);
    each_article(&train, &mut |doc, gold| {
        let mut best: HashMap<usize, f64> = HashMap::new();
        for plain in [false, true] {
            lessons(doc, World::embedded(), plain, &mut |candidate, features| {
                let (target, which, inside) = target(doc, &gold, candidate);
                if let Some(which) = which {
                    let best = best.entry(which).or_default();
                    *best = best.max(target);
                }
                if inside {
                    return;
                }
                nth += 1;
                if plain && nth % 4 != 0 {
                    return;
                }
                examples.push(features, &[if target >= 0.5 { target as f32 } else { 0.0 }]);
            });
        }
        golds += gold.len();
        reachable += best.values().filter(|b| **b >= 0.5).count();
    })?;
    println!("{} candidates, {reachable} of {golds} attributions among them", examples.len());
    let mut plan = Plan::new(Loss::Binary);
    plan.epochs = env("EPOCHS", 10.0) as usize;
    plan.step = env("STEP", 0.1);
    plan.dropout = env("DROP", 0.1);
    plan.decay = env("DECAY", 1e-5);
    let file = learn(&examples, &plan);
    std::fs::write(&model, &file)?;
    println!("{} bytes", file.len());
    let Some(dev) = arguments.next() else { return Ok(()) };
    let scorer = Scorer::read(&file)?;
    let mut room = Room::default();
    let mut choices: Vec<(f32, bool)> = Vec::new();
    let mut golds = 0;
    let mut reach = 0;
    each_article(&dev, &mut |doc, gold| {
        let mut chosen: HashMap<usize, (f32, f64, Option<usize>, bool)> = HashMap::new();
        let mut best: HashMap<usize, f64> = HashMap::new();
        lessons(doc, World::embedded(), false, &mut |candidate, features| {
            let score = scorer.scores(features, &mut room)[0];
            let (target, which, inside) = target(doc, &gold, candidate);
            if let Some(w) = which {
                let b = best.entry(w).or_default();
                *b = b.max(target);
            }
            let now = chosen.entry(candidate.cue).or_insert((f32::MIN, 0.0, None, inside));
            if score > now.0 {
                *now = (score, target, which, inside);
            }
        });
        reach += best.values().filter(|b| **b >= 0.5).count();
        golds += gold.len();
        for (_, (score, target, _, inside)) in chosen {
            if !inside {
                choices.push((score, target >= 0.5));
            }
        }
    })?;
    choices.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut best) = (0, (0.0, 0.0, 0.0, 0.0));
    for (n, (score, good)) in choices.iter().enumerate() {
        right += usize::from(*good);
        let (p, r) = (right as f64 / (n + 1) as f64, right as f64 / golds as f64);
        let f = 2.0 * p * r / (p + r).max(1e-9);
        if f > best.0 {
            best = (f, p, r, *score);
        }
    }
    println!(
        "dev: reach {reach}/{golds} best F1 {:.4} P {:.4} R {:.4} at {:.3}",
        best.0, best.1, best.2, best.3
    );
    Ok(())
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
        let gold = gold.filter_map(|a| {
            let content = spans(&a["content"]);
            let start = content.iter().map(|s| s.start).min()?;
            let end = content.iter().map(|s| s.end).max()?;
            Some(Gold { cue: spans(&a["cue"]), content: start..end })
        });
        each(&annotator.annotate(text), gold.collect());
    }
    Ok(())
}

/// How well the candidate covers the content of an attribution with the same cue, as the share of
/// both that is in both; which attribution that is; and whether the cue is part of another content.
fn target(doc: &Document, gold: &[Gold], candidate: &Candidate) -> (f64, Option<usize>, bool) {
    let bytes = |words: &Range<usize>| {
        doc.tokens[words.start].start as usize..doc.tokens[words.end - 1].end as usize
    };
    let sentence = &doc.sentences[doc.sentence_of(candidate.cue)];
    let cue = bytes(&(candidate.cue..candidate.cue + 1));
    let content = bytes(&candidate.content);
    let shared =
        |a: &Range<usize>, b: &Range<usize>| a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let mut best = (0.0, None, false);
    for (nth, one) in gold.iter().enumerate() {
        if !one.cue.iter().any(|c| shared(c, &cue) > 0) {
            continue;
        }
        let here = one.content.start.max(sentence.start)..one.content.end.min(sentence.end);
        if here.start >= here.end {
            continue;
        }
        let both = shared(&here, &content);
        let share = both as f64 / (here.len() + content.len() - both) as f64;
        if share > best.0 {
            best = (share, Some(nth), false);
        }
    }
    let inside = best.1.is_none()
        && !gold.iter().any(|g| g.cue.iter().any(|c| shared(c, &cue) > 0))
        && gold.iter().any(|g| shared(&g.content, &cue) > 0);
    (best.0, best.1, inside)
}
