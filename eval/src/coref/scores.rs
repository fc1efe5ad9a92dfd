//! The measures of coreference: MUC (Vilain et al. 1995), B³ (Bagga & Baldwin 1998), CEAF-e (Luo 2005), and their mean.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;
use std::collections::{HashMap, HashSet};

/// Clusters as the members of each; shares of two clusterings by pairs of clusters that overlap.
struct Overlap {
    gold: Vec<usize>,
    told: Vec<usize>,
    shared: HashMap<(usize, usize), usize>,
}

/// The mean F1 of the three measures, 0 to 1, of the clusters told for the same members as the gold ones.
pub fn conll(gold: &[usize], told: &[usize]) -> f64 {
    let overlap = Overlap::of(gold, told);
    (overlap.muc() + overlap.b_cubed() + overlap.ceaf()) / 3.0
}

impl Overlap {
    fn of(gold: &[usize], told: &[usize]) -> Overlap {
        let (gold, told) = (numbered(gold), numbered(told));
        let mut shared = HashMap::new();
        for pair in gold.iter().copied().zip(told.iter().copied()) {
            *shared.entry(pair).or_insert(0) += 1;
        }
        Overlap { gold: sizes(&gold), told: sizes(&told), shared }
    }

    /// Links kept: of a cluster in n parts, size − n of its size − 1 links.
    fn muc(&self) -> f64 {
        let side = |sizes: &[usize], of: fn(&(usize, usize)) -> usize| {
            let mut parts = vec![0; sizes.len()];
            self.shared.keys().for_each(|pair| parts[of(pair)] += 1);
            let kept: usize = sizes.iter().zip(&parts).map(|(size, parts)| size - parts).sum();
            kept as f64 / sizes.iter().map(|size| size - 1).sum::<usize>().max(1) as f64
        };
        f1(side(&self.gold, |pair| pair.0), side(&self.told, |pair| pair.1))
    }

    /// The mean over members of the share of their cluster that the other clustering keeps with them.
    fn b_cubed(&self) -> f64 {
        let members: usize = self.gold.iter().sum();
        let side = |size: &dyn Fn(usize, usize) -> usize| {
            let squares = self
                .shared
                .iter()
                .map(|(&(gold, told), &shared)| (shared * shared) as f64 / size(gold, told) as f64);
            squares.sum::<f64>() / members.max(1) as f64
        };
        f1(side(&|gold, _| self.gold[gold]), side(&|_, told| self.told[told]))
    }

    /// The best one-to-one pairing of clusters by 2 · shared / (size + size).
    fn ceaf(&self) -> f64 {
        let (rows, columns) = (self.gold.len(), self.told.len());
        // The algorithm wants whole numbers, and no more rows than columns.
        const SCALE: f64 = 1e9;
        let mut likeness = Matrix::new(rows.min(columns), rows.max(columns), 0i64);
        for (&(gold, told), &shared) in &self.shared {
            let share = 2.0 * shared as f64 / (self.gold[gold] + self.told[told]) as f64;
            let at = if rows <= columns { (gold, told) } else { (told, gold) };
            likeness[at] = (share * SCALE) as i64;
        }
        let sum = kuhn_munkres(&likeness).0 as f64 / SCALE;
        f1(sum / rows.max(1) as f64, sum / columns.max(1) as f64)
    }
}

fn f1(recall: f64, precision: f64) -> f64 {
    if recall + precision > 0.0 { 2.0 * recall * precision / (recall + precision) } else { 0.0 }
}

/// The same clusters, numbered from 0 without gaps.
fn numbered(clusters: &[usize]) -> Vec<usize> {
    let mut numbers = HashMap::new();
    let number = |cluster: &usize| {
        let next = numbers.len();
        *numbers.entry(*cluster).or_insert(next)
    };
    clusters.iter().map(number).collect()
}

fn sizes(clusters: &[usize]) -> Vec<usize> {
    let mut sizes = vec![0; clusters.iter().collect::<HashSet<_>>().len()];
    clusters.iter().for_each(|&cluster| sizes[cluster] += 1);
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_clusters_score_one_whatever_they_are_called() {
        assert!((conll(&[0, 0, 1, 2], &[7, 7, 3, 9]) - 1.0).abs() < 1e-9);
    }

    /// Worked by hand: gold {a b c} {d e} against told {a b} {c d e}.
    #[test]
    fn measures_are_as_worked_by_hand() {
        let overlap = Overlap::of(&[0, 0, 0, 1, 1], &[0, 0, 1, 1, 1]);
        assert!((overlap.muc() - 2.0 / 3.0).abs() < 1e-9);
        // Recall (4/3 + 1/3 + 4/2) / 5, precision (4/2 + 1/3 + 4/3) / 5.
        assert!((overlap.b_cubed() - 11.0 / 15.0).abs() < 1e-9);
        // 2·2/5 for either pair, over two clusters on either side.
        assert!((overlap.ceaf() - 0.8).abs() < 1e-6);
    }
}
