//! Status against the factuality of single words, −3 to 3 (Stanovsky et al. 2017 and the sets they
//! unify): mean absolute error and Pearson's r, over the tokens given. Readers of UW and of
//! CommitmentBank were asked how sure the author is, those of UDS-IH2 whether it happened: each set
//! is answered on its own question.

use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::Row;
use rayon::prelude::*;
use serde::Deserialize;
use tidings_coding::status;
use tidings_language::{Conllu, Document};
use tidings_world::World;

#[derive(Deserialize)]
struct Item {
    tokens: Vec<String>,
    gold: Vec<(usize, f64)>,
}

/// Scores the three sets.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let mut rows = Vec::new();
    let told: Answer = |doc, at| status::of(doc, World::embedded(), at, None, None).factuality;
    let happened: Answer = |doc, at| status::happened(doc, World::embedded(), at);
    for (name, file, answer) in [
        ("uw-dev", "factuality/uw-dev.jsonl", told),
        ("uds-dev", "factuality/uds-dev.jsonl", happened),
        ("cb-dev", "factuality/cb-dev.jsonl", told),
    ] {
        let items: Vec<Item> = data.rows(file)?;
        if items.is_empty() {
            continue;
        }
        let pairs: Vec<(f64, f64)> =
            items.par_iter().flat_map_iter(|item| one(item, language, answer)).collect();
        let error: f64 = pairs.iter().map(|(gold, told)| (gold - told).abs()).sum();
        let row =
            |metric, score| Row { layer: "factuality", data: name, metric, score, unit: "points" };
        rows.push(row("MAE", error / pairs.len().max(1) as f64));
        rows.push(row("Pearson r", pearson(&pairs)));
    }
    Ok(rows)
}

/// The value of a word.
type Answer = fn(&Document, usize) -> f64;

fn one(item: &Item, language: &Language, answer: Answer) -> Vec<(f64, f64)> {
    let mut file = String::new();
    for (at, token) in item.tokens.iter().enumerate() {
        let head = usize::from(at > 0);
        file += &format!(
            "{}\t{}\t_\t_\t_\t_\t{head}\t_\t_\t_\n",
            at + 1,
            token.replace(['\t', '\n'], " ")
        );
    }
    let Ok(given) = Conllu::parse(&file) else { return Vec::new() };
    let given = given.document();
    let doc = language.annotate_words(&given);
    item.gold
        .iter()
        .filter(|(at, _)| *at < doc.tokens.len())
        .map(|(at, gold)| (*gold, answer(&doc, *at)))
        .collect()
}

/// Pearson's correlation; 0 where one side does not vary.
fn pearson(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len().max(1) as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let both: f64 = pairs.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    let spread = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(|p| of(p).powi(2)).sum::<f64>();
    let spread = (spread(&|p| p.0 - x) * spread(&|p| p.1 - y)).sqrt();
    if spread > 0.0 { both / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlation_is_one_on_a_line_and_zero_on_a_constant() {
        assert!((pearson(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]) - 1.0).abs() < 1e-12);
        assert!((pearson(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]) + 1.0).abs() < 1e-12);
        assert_eq!(pearson(&[(1.0, 3.0), (2.0, 3.0)]), 0.0);
    }
}
