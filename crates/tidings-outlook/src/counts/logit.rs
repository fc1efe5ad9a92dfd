//! Logistic regression by Newton's method: the likeliest weights, and no settings to tune.

/// Rows of numbers with yes or no, in one run of memory.
#[derive(Debug)]
pub struct Examples {
    width: usize,
    rows: Vec<f32>,
    answers: Vec<bool>,
}

impl Examples {
    /// No examples of `width` numbers yet.
    pub fn new(width: usize) -> Examples {
        Examples { width, rows: Vec::new(), answers: Vec::new() }
    }

    /// Adds an example; `row` must have the width.
    pub fn push(&mut self, row: &[f32], answer: bool) {
        self.rows.extend_from_slice(row);
        self.answers.push(answer);
    }

    /// Number of examples, and of those that are true.
    pub fn counts(&self) -> (usize, usize) {
        (self.answers.len(), self.answers.iter().filter(|yes| **yes).count())
    }

    fn iter(&self) -> impl Iterator<Item = (&[f32], bool)> {
        self.rows.chunks_exact(self.width).zip(self.answers.iter().copied())
    }

    /// The mean of each number.
    pub fn means(&self) -> Vec<f32> {
        let mut sums = vec![0.0_f64; self.width];
        for (row, _) in self.iter() {
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += f64::from(*value));
        }
        let count = self.answers.len().max(1) as f64;
        sums.into_iter().map(|sum| (sum / count) as f32).collect()
    }
}

/// Steps of Newton's method; it has settled by then.
const STEPS: usize = 12;
/// A prior that keeps weights finite where an answer never varies: one example's worth.
const PRIOR: f64 = 1.0;

/// The likeliest weights of the numbers (one of them should always be 1).
pub fn fit(examples: &Examples) -> Vec<f32> {
    let width = examples.width;
    let mut weights = vec![0.0_f64; width];
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| -PRIOR * weight).collect();
        let mut bend = vec![0.0_f64; width * width];
        for at in 0..width {
            bend[at * width + at] = PRIOR;
        }
        for (row, answer) in examples.iter() {
            let sum: f64 = row.iter().zip(&weights).map(|(x, w)| f64::from(*x) * w).sum();
            let told = 1.0 / (1.0 + (-sum).exp());
            let error = f64::from(u8::from(answer)) - told;
            let spread = (told * (1.0 - told)).max(1e-9);
            for (at, &x) in row.iter().enumerate() {
                slope[at] += error * f64::from(x);
                let scaled = spread * f64::from(x);
                let line = &mut bend[at * width..=at * width + at];
                line.iter_mut().zip(row).for_each(|(b, &y)| *b += scaled * f64::from(y));
            }
        }
        let step = solve(bend, slope, width);
        let longest = step.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
        // Far from the top a full step may overshoot.
        let scale = if longest > 4.0 { 4.0 / longest } else { 1.0 };
        weights.iter_mut().zip(&step).for_each(|(weight, s)| *weight += scale * s);
        if longest < 1e-4 {
            break;
        }
    }
    weights.into_iter().map(|weight| weight as f32).collect()
}

/// Solves for a symmetric positive matrix given by its lower half (Cholesky).
fn solve(mut matrix: Vec<f64>, mut right: Vec<f64>, width: usize) -> Vec<f64> {
    for column in 0..width {
        for row in column..width {
            let mut sum = matrix[row * width + column];
            for k in 0..column {
                sum -= matrix[row * width + k] * matrix[column * width + k];
            }
            matrix[row * width + column] = if row == column {
                sum.max(1e-12).sqrt()
            } else {
                sum / matrix[column * width + column]
            };
        }
    }
    for row in 0..width {
        for k in 0..row {
            right[row] -= matrix[row * width + k] * right[k];
        }
        right[row] /= matrix[row * width + row];
    }
    for row in (0..width).rev() {
        for k in row + 1..width {
            right[row] -= matrix[k * width + row] * right[k];
        }
        right[row] /= matrix[row * width + row];
    }
    right
}

/// The probability of yes.
pub fn probability(weights: &[f32], row: &[f32]) -> f64 {
    let sum: f32 = weights.iter().zip(row).map(|(weight, value)| weight * value).sum();
    1.0 / (1.0 + f64::from(-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_two_groups_are_found() {
        let mut examples = Examples::new(2);
        for number in 0..1000 {
            // A fifth of the first group, four fifths of the second.
            examples.push(&[1.0, 0.0], number % 5 == 0);
            examples.push(&[1.0, 1.0], number % 5 != 0);
        }
        let weights = fit(&examples);
        assert!((probability(&weights, &[1.0, 0.0]) - 0.2).abs() < 0.01);
        assert!((probability(&weights, &[1.0, 1.0]) - 0.8).abs() < 0.01);
        assert_eq!(examples.counts(), (2000, 1000));
        assert_eq!(examples.means(), [1.0, 0.5]);
    }

    #[test]
    fn an_answer_that_never_varies_gives_finite_weights() {
        let mut examples = Examples::new(2);
        (0..500).for_each(|_| examples.push(&[1.0, 0.3], false));
        let weights = fit(&examples);
        assert!(weights.iter().all(|weight| weight.is_finite()), "{weights:?}");
        assert!(probability(&weights, &[1.0, 0.3]) < 0.05);
    }
}
