//! Near-duplicates: how many copies of a report are found, and how many of those found are copies.
//!
//! Each report of the news is varied as newsrooms do: a syndicated cut with another dateline, a light rewrite, another
//! dateline and day, and a teaser. All of them, and the reports themselves, are looked for among each other as the
//! record does it: those that share a band are compared. Two are copies in truth if they come of one report.
//! Reports that are editions of one article as they stand (they share half of their runs of five words) count as one.

use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::{Row, share};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use tidings_record::copies::Signature;
use tidings_report::{Options, read};

const NEWS: &str = "news/news.jsonl";
/// A text that is shorter says too little to be known again.
const FEWEST_WORDS: usize = 40;
/// From this share of the longer text's runs of five words on, two reports are one as they stand.
const SHARED: f64 = 0.5;

type Rewrite = fn(&str) -> String;

/// Names of the variants, and how they are made.
const VARIANTS: [(&str, Rewrite); 4] =
    [("cut", cut), ("rewrite", rewrite), ("dateline", dateline), ("teaser", teaser)];

pub fn score(data: &Data, _language: &Language) -> Result<Vec<Row>, GoldError> {
    if !data.0.join(NEWS).is_file() {
        return Ok(Vec::new());
    }
    let options = || Options { date: Some(crate::coded::SOME_DAY), ..Options::default() };
    let reports = read([data.0.join(NEWS)], options()).flatten();
    let texts: Vec<String> = reports
        .map(|report| report.analysed().to_string())
        .filter(|text| text.split_whitespace().count() >= FEWEST_WORDS)
        .collect();
    let origins = origins(&texts);
    // (Where it comes from, which variant, its text); the report itself is no variant.
    let all: Vec<(usize, Option<&str>, String)> = texts
        .iter()
        .zip(&origins)
        .flat_map(|(text, &origin)| {
            let made = VARIANTS.iter().map(move |(name, vary)| (origin, Some(*name), vary(text)));
            std::iter::once((origin, None, text.clone())).chain(made)
        })
        .collect();
    let signatures: Vec<Signature> = all.par_iter().map(|(.., text)| Signature::of(text)).collect();
    let mut banded: HashMap<i64, Vec<usize>> = HashMap::new();
    for (at, signature) in signatures.iter().enumerate() {
        for band in &signature.bands {
            banded.entry(*band).or_default().push(at);
        }
    }
    // The copies that are found of each.
    let found: Vec<Vec<usize>> = signatures
        .par_iter()
        .enumerate()
        .map(|(at, signature)| {
            let near = signature.bands.iter().filter_map(|band| banded.get(band)).flatten();
            let near: HashSet<usize> = near.copied().filter(|other| *other != at).collect();
            let copies = near
                .into_iter()
                .filter(|&other| all.get(other).is_some_and(|(.., text)| signature.is_copy(text)));
            copies.collect()
        })
        .collect();
    let origin_of = |at: usize| all.get(at).map(|(origin, ..)| *origin);
    let (mut right, mut wrong) = (0, 0);
    let mut recalled: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, ((origin, variant, _), copies)) in all.iter().zip(&found).enumerate() {
        let same = copies.iter().filter(|&&other| origin_of(other) == Some(*origin)).count();
        right += same;
        wrong += copies.len() - same;
        if let Some(variant) = variant {
            let itself = at - 1 - VARIANTS.iter().position(|(v, _)| v == variant).unwrap_or(0);
            let seen = recalled.entry(variant).or_default();
            seen.0 += usize::from(copies.contains(&itself));
            seen.1 += 1;
        }
    }
    let (hit, made) = recalled.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let row = |metric, part, whole| Row::share("copies", "news", metric, share(part, whole));
    let mut rows = vec![row("recall", hit, made), row("precision", right, right + wrong)];
    for (variant, metric) in [
        ("cut", "recall, syndicated cut"),
        ("rewrite", "recall, light rewrite"),
        ("dateline", "recall, other dateline"),
        ("teaser", "recall, teaser"),
    ] {
        let (hit, made) = recalled.get(variant).copied().unwrap_or_default();
        rows.push(row(metric, hit, made));
    }
    Ok(rows)
}

/// For each text the first one that it is as it stands.
fn origins(texts: &[String]) -> Vec<usize> {
    let runs = |text: &str| -> HashSet<Vec<String>> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.windows(5).map(<[String]>::to_vec).collect()
    };
    let sets: Vec<HashSet<Vec<String>>> = texts.iter().map(|text| runs(text)).collect();
    let mut holders: HashMap<&Vec<String>, Vec<usize>> = HashMap::new();
    let mut origins = Vec::with_capacity(texts.len());
    for (at, set) in sets.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for other in set.iter().filter_map(|run| holders.get(run)).flatten() {
            *shared.entry(*other).or_insert(0) += 1;
        }
        let size = |at: usize| sets.get(at).map_or(0, HashSet::len);
        let same = shared
            .iter()
            .find(|(other, shared)| **shared as f64 >= SHARED * size(at).max(size(**other)) as f64);
        let origin = same.and_then(|(other, _)| origins.get(*other).copied()).unwrap_or(at);
        origins.push(origin);
        for run in set {
            holders.entry(run).or_default().push(at);
        }
    }
    origins
}

/// The first three fifths of the sentences, as a paper takes an agency's text.
fn cut(text: &str) -> String {
    let sentences: Vec<&str> = text.split_inclusive(". ").collect();
    let kept = (sentences.len() * 3).div_ceil(5);
    format!(
        "CENTRAL DESK (Agencies) - {} Compiled by our staff.",
        sentences.get(..kept).unwrap_or_default().concat()
    )
}

/// One word in ten left out, and one in twenty another of the text.
fn rewrite(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let told = words.iter().enumerate().filter(|(at, _)| at % 10 != 7).map(|(at, word)| {
        let other = words.get(at * 7 % words.len().max(1)).unwrap_or(word);
        if at % 20 == 13 { *other } else { *word }
    });
    told.collect::<Vec<&str>>().join(" ")
}

/// Another dateline, other days of the week, capitals and white space of another house.
fn dateline(text: &str) -> String {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let moved = days.iter().fold(text.to_string(), |text, day| text.replace(day, "on the day"));
    format!("NORTH HARBOUR, 3rd - {}", moved.replace(' ', "\n").replace('’', "'"))
}

/// What stands before the wall: the first half.
fn teaser(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept = words.len().div_ceil(2);
    format!("{} ... Read more on our page", words.get(..kept).unwrap_or_default().join(" "))
}
