//! One happening in many reports, against ECB+ (Cybulska & Vossen 2014): gold mentions of all documents together
//! are clustered by the sameness that incidents rest on, and scored by CoNLL F1 (Pradhan et al. 2014), singletons
//! included.
//!
//! Documents come first: those of much the same words are one story, and only within a story are mentions compared.
//! Beside the score stand two lemma baselines: mentions whose act has one stem are one, among all documents and within the
//! same stories.

mod mentions;
mod scores;

use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::Row;
use kodama::{Method, linkage};
use mentions::Corpus;
use rayon::prelude::*;
use scores::conll;
use std::collections::HashMap;
use std::hash::Hash;
use tidings_record::incidents::sameness;

/// Documents are one story while the mean cosine of their words is above this,
const ONE_STORY: f32 = 0.12;
/// and mentions one happening while their mean sameness is above that. The first was tuned on the training part, the
/// second on the development part, where it matters little between 0.2 and 0.4.
const ONE_HAPPENING: f32 = 0.3;

/// Scores the development part.
pub fn score(data: &Data, _: &Language) -> Result<Vec<Row>, GoldError> {
    let docs = data.rows("coref/ecb-dev-docs.jsonl")?;
    let marked = data.rows("coref/ecb-dev-mentions.jsonl")?;
    let Corpus { stories, mentions, chains } = Corpus::new(&docs, &marked);
    if mentions.is_empty() {
        return Ok(Vec::new());
    }
    let of_story =
        clusters(stories.len(), ONE_STORY, |a, b| stories[a].words.shared(&stories[b].words));
    let story: Vec<usize> = mentions.iter().map(|m| of_story[m.report() as usize]).collect();
    let told = clusters(mentions.len(), ONE_HAPPENING, |a, b| {
        if story[a] == story[b] { sameness(&mentions[a], &mentions[b]) } else { 0.0 }
    });
    let by_stem = numbered(mentions.iter().map(|mention| mention.stem()));
    let by_story = numbered(mentions.iter().zip(&story).map(|(m, story)| (m.stem(), story)));
    let row = |metric, told: &[usize]| Row {
        layer: "coref",
        data: "ecb-dev",
        metric,
        score: 100.0 * conll(&chains, told),
        unit: "",
    };
    Ok(vec![
        row("CoNLL F1", &told),
        row("one stem", &by_stem),
        row("one stem in one story", &by_story),
    ])
}

/// Average linkage of what is alike, down to a bound: the number of the cluster of each.
fn clusters(count: usize, bound: f32, alike: impl Fn(usize, usize) -> f32 + Sync) -> Vec<usize> {
    let alike = &alike;
    let mut distances: Vec<f32> = (0..count)
        .into_par_iter()
        .flat_map_iter(|a| (a + 1..count).map(move |b| 1.0 - alike(a, b)))
        .collect();
    let tree = linkage(&mut distances, count, Method::Average);
    let mut parent: Vec<usize> = (0..2 * count).collect();
    for (at, step) in tree.steps().iter().enumerate() {
        if step.dissimilarity <= 1.0 - bound {
            parent[step.cluster1] = count + at;
            parent[step.cluster2] = count + at;
        }
    }
    let root = |mut at: usize| {
        while parent[at] != at {
            at = parent[at];
        }
        at
    };
    (0..count).map(root).collect()
}

/// The same number for the same.
fn numbered<T: Hash + Eq>(all: impl Iterator<Item = T>) -> Vec<usize> {
    let mut known: HashMap<T, usize> = HashMap::new();
    let number = |one: T| {
        let next = known.len();
        *known.entry(one).or_insert(next)
    };
    all.map(number).collect()
}
