//! Claims against the attributions of PolNeAR (Newell et al. 2018).
//!
//! Contents are paired by overlap; a pair counts as found where the overlap is at least half of
//! what the two cover together. The speaker of a pair is right where a mention of that actor
//! overlaps the gold source, over the pairs whose gold has one.

use crate::coded::{SOME_DAY, code, overlap, pair};
use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::{Row, Tally, share};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Item {
    date: Option<String>,
    text: String,
    attributions: Vec<Attribution>,
}

#[derive(Deserialize)]
struct Attribution {
    source: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
}

/// Scores the articles.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let items: Vec<Item> = data.rows("attribution/polnear-dev.jsonl")?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let scored: Vec<[Tally; 3]> = items.par_iter().map(|item| one(item, language)).collect();
    let [mut contents, mut letters, mut speakers] = [Tally::default(); 3];
    for [c, l, s] in scored {
        contents += c;
        letters += l;
        speakers += s;
    }
    let row = |metric, share| Row::share("claims", "polnear-dev", metric, share);
    Ok(vec![
        row("contents F1", contents.f1()),
        row("content characters F1", letters.f1()),
        row("speaker accuracy", share(speakers.right, speakers.gold)),
    ])
}

fn one(item: &Item, language: &Language) -> [Tally; 3] {
    let date = item.date.as_deref().and_then(|d| d.parse::<Date>().ok()).unwrap_or(SOME_DAY);
    let Some(coded) = code(&item.text, date, language) else { return [Tally::default(); 3] };
    // A content in pieces is taken from the first to the last.
    let gold: Vec<(usize, usize)> = item.attributions.iter().map(|a| whole(&a.content)).collect();
    let found: Vec<(usize, usize)> =
        coded.claims.iter().map(|c| (c.content.start, c.content.end)).collect();
    let mut contents = Tally { right: 0, found: found.len(), gold: gold.len() };
    let mut speakers = Tally::default();
    for (g, f) in pair(&gold, &found) {
        let shared = overlap(gold[g], found[f]);
        let covered = (gold[g].1 - gold[g].0) + (found[f].1 - found[f].0) - shared;
        if 2 * shared < covered {
            continue;
        }
        contents.right += 1;
        let source = &item.attributions[g].source;
        if !source.is_empty() {
            speakers.gold += 1;
            let speaker = coded.claims[f].speaker.and_then(|id| coded.actors.get(id));
            speakers.right += usize::from(speaker.is_some_and(|actor| {
                let mut mentions = actor.mentions.iter().map(|m| (m.start, m.end));
                mentions.any(|m| source.iter().any(|s| overlap(m, *s) > 0))
            }));
        }
    }
    [
        contents,
        letters(&item.text, item.attributions.iter().flat_map(|a| &a.content), &found),
        speakers,
    ]
}

fn whole(pieces: &[(usize, usize)]) -> (usize, usize) {
    let start = pieces.iter().map(|p| p.0).min().unwrap_or_default();
    (start, pieces.iter().map(|p| p.1).max().unwrap_or(start))
}

/// Characters inside some content, on both sides.
fn letters<'s>(
    text: &str,
    gold: impl Iterator<Item = &'s (usize, usize)>,
    found: &[(usize, usize)],
) -> Tally {
    let mut marks = vec![0_u8; text.chars().count()];
    let mut mark = |span: &(usize, usize), bit: u8| {
        let end = span.1.min(marks.len());
        marks[span.0.min(end)..end].iter_mut().for_each(|m| *m |= bit);
    };
    gold.for_each(|span| mark(span, 1));
    found.iter().for_each(|span| mark(span, 2));
    let count = |bits: u8| marks.iter().filter(|m| **m & bits == bits).count();
    Tally { right: count(3), found: count(2), gold: count(1) }
}
