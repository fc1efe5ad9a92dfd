//! A small network that scores candidates, fitted so that the right one comes first.
//!
//! One hidden layer over the description of a candidate; the loss is the softmax over the
//! candidates of a question (as ListNet of Cao et al. 2007 with one right answer); steps after Adam
//! (Kingma & Ba 2015). The same facts give the same weights.

use super::features::{Row, WIDTH};

const HIDDEN: usize = 24;
const SIZE: usize = HIDDEN * (WIDTH + 2) + WIDTH;

/// Weights of the network, laid end to end: for each hidden unit its row, its bias and its weight in
/// the sum; then a direct weight for each number.
#[derive(Debug, Clone)]
pub struct Ranker {
    weights: Vec<f32>,
    means: Vec<f32>,
    squares: Vec<f32>,
    steps: i32,
}

/// What one question would change.
pub type Slope = Vec<f32>;

impl Ranker {
    /// Small weights, always the same.
    pub fn new() -> Ranker {
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            (random >> 40) as f32 / (1_u32 << 23) as f32 - 1.0
        };
        let scale = (3.0 / WIDTH as f32).sqrt();
        let weights = (0..SIZE).map(|_| scale * next()).collect();
        Ranker { weights, means: vec![0.0; SIZE], squares: vec![0.0; SIZE], steps: 0 }
    }

    /// The score of a candidate: the higher, the likelier.
    pub fn score(&self, row: &Row) -> f32 {
        let mut hidden = [0.0; HIDDEN];
        self.forward(row, &mut hidden)
    }

    fn forward(&self, row: &Row, hidden: &mut [f32; HIDDEN]) -> f32 {
        let (units, direct) = self.weights.split_at(HIDDEN * (WIDTH + 2));
        let mut score = dot(direct, row);
        for (unit, value) in units.chunks_exact(WIDTH + 2).zip(hidden.iter_mut()) {
            *value = (dot(&unit[..WIDTH], row) + unit[WIDTH]).max(0.0);
            score += *value * unit[WIDTH + 1];
        }
        score
    }

    /// The slope of the loss of one question, whose right answer is `answer`, added to `slope`.
    pub fn slope(&self, rows: &[Row], answer: usize, slope: &mut Slope) -> f32 {
        slope.resize(SIZE, 0.0);
        let mut hiddens = vec![[0.0; HIDDEN]; rows.len()];
        let mut scores: Vec<f32> =
            rows.iter().zip(&mut hiddens).map(|(row, hidden)| self.forward(row, hidden)).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        scores.iter_mut().for_each(|score| *score = (*score - most).exp());
        let sum: f32 = scores.iter().sum();
        let loss = -(scores.get(answer).copied().unwrap_or_default() / sum).max(1e-9).ln();
        for (at, ((row, hidden), score)) in rows.iter().zip(&hiddens).zip(&scores).enumerate() {
            let error = score / sum - f32::from(u8::from(at == answer));
            if error.abs() < 1e-5 {
                continue;
            }
            let (units, direct) = slope.split_at_mut(HIDDEN * (WIDTH + 2));
            add(direct, row, error);
            let pairs = units.chunks_exact_mut(WIDTH + 2);
            for (unit, (value, own)) in
                pairs.zip(hidden.iter().zip(self.weights.chunks_exact(WIDTH + 2)))
            {
                if *value > 0.0 {
                    unit[WIDTH + 1] += error * value;
                    let back = error * own[WIDTH + 1];
                    unit[WIDTH] += back;
                    add(&mut unit[..WIDTH], row, back);
                }
            }
        }
        loss
    }

    /// Takes a step against the mean slope of some questions.
    pub fn step(&mut self, slope: &[f32], questions: usize, rate: f32) {
        self.steps += 1;
        let (fade, fade_squares) = (0.9_f32, 0.99_f32);
        let (mend, mend_squares) =
            (1.0 - fade.powi(self.steps), 1.0 - fade_squares.powi(self.steps));
        for (at, slope) in slope.iter().enumerate() {
            let slope = slope / questions.max(1) as f32 + 1e-5 * self.weights[at];
            self.means[at] = fade * self.means[at] + (1.0 - fade) * slope;
            self.squares[at] =
                fade_squares * self.squares[at] + (1.0 - fade_squares) * slope * slope;
            let size = (self.squares[at] / mend_squares).sqrt() + 1e-7;
            self.weights[at] -= rate * self.means[at] / mend / size;
        }
    }
}

impl Default for Ranker {
    fn default() -> Self {
        Ranker::new()
    }
}

fn dot(a: &[f32], b: &Row) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f32], row: &Row, by: f32) {
    to.iter_mut().zip(row).for_each(|(to, value)| *to += by * value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_learns_which_number_matters() {
        let mut ranker = Ranker::new();
        let row = |value: f32, noise: f32| {
            let mut row = [0.0; WIDTH];
            (row[0], row[1]) = (value, noise);
            row
        };
        // The right answer is whoever is nearest to one half: no line tells it.
        let questions = [
            (vec![row(0.1, 0.3), row(0.5, 0.9), row(0.9, 0.1)], 1),
            (vec![row(0.55, 0.2), row(0.0, 0.8), row(1.0, 0.5)], 0),
        ];
        for _ in 0..400 {
            let mut slope = Slope::new();
            questions.iter().for_each(|(rows, answer)| {
                ranker.slope(rows, *answer, &mut slope);
            });
            ranker.step(&slope, questions.len(), 0.02);
        }
        let scores: Vec<f32> =
            [0.05, 0.52, 0.95].iter().map(|value| ranker.score(&row(*value, 0.5))).collect();
        assert!(scores[1] > scores[0] && scores[1] > scores[2], "{scores:?}");
    }
}
