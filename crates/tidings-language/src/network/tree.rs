//! The best tree over a matrix of scores: Chu & Liu (1965), Edmonds (1967), with one root.

/// Scores of every head for every word: rows are words, column 0 is the root, column `k` the head
/// `k - 1`.
pub struct Scores {
    cells: Vec<f32>,
    words: usize,
}

/// Bars a head: lower than any score, and far enough above -∞ to be added up.
const BARRED: f32 = -1e9;
/// How many words are tried as the root when the greedy choice is no tree.
const ROOTS: usize = 4;

impl Scores {
    /// From `words * (words + 1)` cells, row after row.
    pub fn new(cells: Vec<f32>, words: usize) -> Scores {
        debug_assert_eq!(cells.len(), words * (words + 1));
        let mut scores = Scores { cells, words };
        for word in 0..words {
            scores.row_mut(word)[word + 1] = BARRED;
        }
        scores
    }

    fn row(&self, word: usize) -> &[f32] {
        &self.cells[word * (self.words + 1)..][..self.words + 1]
    }

    fn row_mut(&mut self, word: usize) -> &mut [f32] {
        &mut self.cells[word * (self.words + 1)..][..self.words + 1]
    }

    fn greedy(&self) -> Vec<usize> {
        (0..self.words).map(|word| super::kernel::greatest(self.row(word))).collect()
    }

    /// Heads of the best tree: 0 for the one root, else one more than the head's number. Where the
    /// greedy choice is no tree, the words likeliest to be the root are tried in turn.
    pub fn tree(&self) -> Vec<usize> {
        let heads = self.greedy();
        let roots = heads.iter().filter(|&&head| head == 0).count();
        if self.words == 0 || (roots == 1 && cycle(&heads).is_none()) {
            return heads;
        }
        let mut likely: Vec<usize> = (0..self.words).collect();
        likely.sort_by(|&a, &b| self.row(b)[0].total_cmp(&self.row(a)[0]));
        let total = |heads: &[usize]| -> f32 {
            heads.iter().enumerate().map(|(word, &head)| self.row(word)[head]).sum()
        };
        let trees = likely.iter().take(ROOTS).map(|&root| self.rooted(root).arborescence());
        trees.max_by(|a, b| total(a).total_cmp(&total(b))).unwrap_or(heads)
    }

    /// The scores with one word alone allowed to be the root.
    fn rooted(&self, root: usize) -> Scores {
        let mut scores = Scores { cells: self.cells.clone(), words: self.words };
        for word in 0..self.words {
            scores.row_mut(word)[0] = BARRED;
        }
        scores.row_mut(root).fill(BARRED);
        scores.row_mut(root)[0] = 0.0;
        scores
    }

    /// The maximum arborescence: the greedy choice, with every cycle drawn together to one word and
    /// opened where that costs least.
    fn arborescence(&self) -> Vec<usize> {
        let mut heads = self.greedy();
        let Some(cycle) = cycle(&heads) else { return heads };
        let outside: Vec<usize> = (0..self.words).filter(|word| !cycle.contains(word)).collect();
        let drawn = outside.len();
        let width = drawn + 2;
        let mut small = Scores { cells: vec![BARRED; (drawn + 1) * width], words: drawn + 1 };
        // The columns of the smaller problem as columns of this one; its last stands for the cycle.
        let columns: Vec<usize> =
            std::iter::once(0).chain(outside.iter().map(|word| word + 1)).collect();
        let loss =
            |word: usize, column: usize| self.row(word)[column] - self.row(word)[heads[word]];
        let by = |a: f32, b: f32| a.total_cmp(&b);
        // For every word outside, its best head in the cycle; for every head, where it enters.
        let mut leaves = Vec::with_capacity(drawn);
        for (at, &word) in outside.iter().enumerate() {
            let row = self.row(word);
            for (to, &column) in columns.iter().enumerate() {
                if column != word + 1 {
                    small.row_mut(at)[to] = row[column];
                }
            }
            let best = cycle.iter().map(|c| c + 1).max_by(|&a, &b| by(row[a], row[b]));
            let best = best.unwrap_or(0);
            small.row_mut(at)[drawn + 1] = row[best];
            leaves.push(best);
        }
        let mut enters = Vec::with_capacity(columns.len());
        for (to, &column) in columns.iter().enumerate() {
            let best = cycle.iter().copied().max_by(|&a, &b| by(loss(a, column), loss(b, column)));
            let best = best.unwrap_or(0);
            small.row_mut(drawn)[to] = loss(best, column);
            enters.push(best);
        }
        let found = small.arborescence();
        for (at, &word) in outside.iter().enumerate() {
            heads[word] = if found[at] > drawn { leaves[at] } else { columns[found[at]] };
        }
        let opened = found[drawn].min(drawn);
        heads[enters[opened]] = columns[opened];
        heads
    }
}

/// The words of one cycle among the heads.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0: not seen; otherwise the number of the walk that came by.
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let walk = start + 1;
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = walk;
            match heads[at] {
                0 => break,
                head => at = head - 1,
            }
        }
        if seen[at] == walk && heads[at] != 0 {
            let mut found = vec![at];
            let mut next = heads[at] - 1;
            while next != at {
                found.push(next);
                next = heads[next] - 1;
            }
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_tree(heads: &[usize]) -> bool {
        heads.iter().filter(|&&head| head == 0).count() == 1 && cycle(heads).is_none()
    }

    /// The best total over all ways to give every word a head that make a tree.
    fn by_trying_all(scores: &Scores) -> f32 {
        let n = scores.words;
        let mut best = f32::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> =
                (0..n).map(|word| code / (n + 1).pow(word as u32) % (n + 1)).collect();
            if heads.iter().enumerate().all(|(word, &head)| head != word + 1) && is_tree(&heads) {
                best = best.max((0..n).map(|word| scores.row(word)[heads[word]]).sum());
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_tree_is_better(words in 1usize..5, cells in proptest::collection::vec(-20i8..20, 20)) {
            let cells = cells[..words * (words + 1)].iter().map(|&v| f32::from(v)).collect();
            let scores = Scores::new(cells, words);
            let heads = scores.tree();
            prop_assert!(is_tree(&heads), "{heads:?}");
            let total: f32 = (0..words).map(|word| scores.row(word)[heads[word]]).sum();
            prop_assert_eq!(total, by_trying_all(&scores));
        }

        #[test]
        fn many_words_make_a_tree(words in 1usize..40, seed in 0u32..1000) {
            let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12345);
            let cells = (0..words * (words + 1)).map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 16) as f32
            }).collect();
            let heads = Scores::new(cells, words).tree();
            prop_assert!(is_tree(&heads), "{heads:?}");
        }
    }
}
