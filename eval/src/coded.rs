//! A text through the whole program, for the layers that are scored on coded reports.

use crate::language::Language;
use jiff::civil::Date;
use tidings_coding::CodedReport;
use tidings_report::{Options, Report};
use tidings_world::World;

/// The day of texts whose own day does not matter or is not known.
pub const SOME_DAY: Date = jiff::civil::date(2022, 8, 21);

/// Codes a text of a day; `None` where it holds no words.
pub fn code(text: &str, date: Date, language: &Language) -> Option<CodedReport> {
    let options = Options { date: Some(date), ..Options::default() };
    let report = Report::from_text("gold", text.to_string(), &options).ok()?;
    let doc = language.annotate(report.analysed());
    Some(tidings_coding::code(&report, &doc, None, World::embedded()))
}

/// Whether two half-open spans share a character.
pub fn overlap(one: (usize, usize), other: (usize, usize)) -> usize {
    one.1.min(other.1).saturating_sub(one.0.max(other.0))
}

/// Pairs spans that overlap, each at most once, the largest overlap first.
pub fn pair(gold: &[(usize, usize)], found: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize, usize)> = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        for (f, other) in found.iter().enumerate() {
            let shared = overlap(*one, *other);
            if shared > 0 {
                all.push((shared, g, f));
            }
        }
    }
    all.sort_by_key(|(shared, g, f)| (std::cmp::Reverse(*shared), *g, *f));
    let (mut used_gold, mut used_found) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (_, g, f) in all {
        if !used_gold[g] && !used_found[f] {
            (used_gold[g], used_found[f]) = (true, true);
            pairs.push((g, f));
        }
    }
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_paired_once_and_best_first() {
        let pairs = pair(&[(0, 4), (10, 20)], &[(3, 11), (12, 20), (30, 31)]);
        assert_eq!(pairs, [(0, 0), (1, 1)]);
    }
}
