//! The arithmetic: matrix products, and functions of every element on the widest vectors there are.

use super::weights::Linear;
use pulp::Arch;

/// A matrix whose rows lie `stride` numbers apart.
#[derive(Clone, Copy)]
pub struct View<'a> {
    cells: &'a [f32],
    rows: usize,
    columns: usize,
    stride: usize,
}

impl<'a> View<'a> {
    /// Columns `from..from + columns` of a matrix `stride` wide.
    pub fn new(cells: &'a [f32], stride: usize, from: usize, columns: usize) -> View<'a> {
        let rows = cells.len() / stride.max(1);
        debug_assert!(from + columns <= stride);
        View { cells: cells.get(from..).unwrap_or_default(), rows, columns, stride }
    }

    /// Whether every cell of the view is one of `cells`.
    fn lies_inside(&self) -> bool {
        let last = (self.rows.max(1) - 1) * self.stride + self.columns;
        self.rows == 0 || last <= self.cells.len()
    }
}

/// `out += left × rightᵀ`; both have rows of the same length.
pub fn multiply(out: &mut [f32], left: View, right: View) {
    let (rows, columns) = (left.rows, right.rows);
    assert!(
        left.lies_inside()
            && right.lies_inside()
            && left.columns == right.columns
            && out.len() == rows * columns,
        "a matrix product of sizes that do not fit"
    );
    if out.is_empty() {
        return;
    }
    // SAFETY: the assertion above keeps every index of the three matrices inside its slice: the
    // last cell read of a view is (rows - 1) * stride + columns - 1, and `out` is dense.
    unsafe {
        gemm::gemm(
            rows,
            columns,
            left.columns,
            out.as_mut_ptr(),
            1,
            columns as isize,
            true,
            left.cells.as_ptr(),
            1,
            left.stride as isize,
            right.cells.as_ptr(),
            right.stride as isize,
            1,
            1.0,
            1.0,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}

/// `out = x Wᵀ + b`, row by row.
pub fn linear(out: &mut Vec<f32>, x: View, map: &Linear) {
    out.clear();
    for _ in 0..x.rows {
        out.extend_from_slice(map.bias);
    }
    let weight = View::new(map.weight.cells, map.weight.columns, 0, map.weight.columns);
    multiply(out, x, weight);
}

/// Brings every row to mean 0 and variance 1, then scales and shifts it (Ba, Kiros & Hinton 2016).
pub fn normalise(out: &mut Vec<f32>, x: &[f32], norm: &Linear) {
    let width = norm.bias.len();
    out.resize(x.len(), 0.0);
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for (to, from) in out.chunks_exact_mut(width).zip(x.chunks_exact(width)) {
                let mean = sum(from, |v| v) / width as f32;
                let variance = sum(from, |v| (v - mean) * (v - mean)) / width as f32;
                let scale = 1.0 / (variance + 1e-5).sqrt();
                for (i, cell) in to.iter_mut().enumerate() {
                    *cell = (from[i] - mean) * scale * norm.weight.cells[i] + norm.bias[i];
                }
            }
        },
    );
}

/// A sum in sixteen lanes: a plain sum must be taken in order, and so one at a time.
#[inline(always)]
fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; 16];
    let chunks = values.chunks_exact(16);
    let rest: f32 = chunks.remainder().iter().map(|&v| of(v)).sum();
    for chunk in chunks {
        for (lane, &v) in lanes.iter_mut().zip(chunk) {
            *lane += of(v);
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// The Gaussian error linear unit in its tanh form (Hendrycks & Gimpel 2016), in place.
pub fn gelu(x: &mut [f32]) {
    use std::f32::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI};
    // Twice √(2/π), for x/2 (1 + tanh z) is x σ(2z).
    const STEEP: f32 = 2.0 * FRAC_2_SQRT_PI * FRAC_1_SQRT_2;
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for v in x {
                *v *= sigmoid(STEEP * (*v + 0.044_715 * *v * *v * *v));
            }
        },
    );
}

/// Negative numbers become 0, in place.
pub fn rectify(x: &mut [f32]) {
    for v in x {
        *v = v.max(0.0);
    }
}

/// A simple recurrent layer over one sentence, in both directions: `c ← f c + (1 − f) z`, then
/// `x += σ(r) c`, where every row of `gates` holds z, f and r. The first half of the channels
/// remembers what came before, the second half what comes after.
pub fn recur(x: &mut [f32], gates: &[f32], width: usize) {
    let half = width / 2;
    let rows = x.len() / width;
    Arch::new().dispatch(
        #[inline(always)]
        || {
            let mut memory = [0.0; 512];
            let memory = &mut memory[..half];
            for first in [0, half] {
                memory.fill(0.0);
                for step in 0..rows {
                    let row = if first == 0 { step } else { rows - 1 - step };
                    let gates = &gates[row * 3 * width..][..3 * width];
                    let z = &gates[first..][..half];
                    let f = &gates[width + first..][..half];
                    let r = &gates[2 * width + first..][..half];
                    let x = &mut x[row * width + first..][..half];
                    for i in 0..half {
                        let keep = sigmoid(f[i]);
                        memory[i] = keep * memory[i] + (1.0 - keep) * z[i];
                        x[i] += sigmoid(r[i]) * memory[i];
                    }
                }
            }
        },
    );
}

/// The logistic function.
#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// eˣ to about six digits: 2ⁿ by the exponent's bits, the rest by a polynomial (Taylor, order 6).
#[inline(always)]
fn exp(x: f32) -> f32 {
    // Adding 1.5 × 2²³ rounds to an integer, which then stands in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let power = x.clamp(-87.0, 87.0) * std::f32::consts::LOG2_E;
    let rounded = power + ROUND;
    let rest = (power - (rounded - ROUND)) * std::f32::consts::LN_2;
    let mut value = 1.0 / 720.0;
    for term in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        value = value * rest + term;
    }
    value * f32::from_bits((rounded.to_bits() << 23).wrapping_add(127 << 23))
}

/// The place of the greatest number; 0 of none.
pub fn greatest(values: &[f32]) -> usize {
    let mut best = 0;
    for (i, &v) in values.iter().enumerate() {
        if v > values[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exp_is_that_of_the_library(x in -80.0..80.0_f32) {
            let (ours, theirs) = (exp(x), x.exp());
            prop_assert!((ours / theirs - 1.0).abs() < 2e-5, "{ours} {theirs}");
        }

        #[test]
        fn products_are_sums_of_products(
            left in proptest::collection::vec(-9i8..9, 6..60),
            right in proptest::collection::vec(-9i8..9, 6..60),
        ) {
            // Columns 1..3 of matrices three wide.
            let floats = |of: &[i8]| of[..of.len() / 3 * 3].iter().map(|&v| f32::from(v)).collect();
            let (left, right): (Vec<f32>, Vec<f32>) = (floats(&left), floats(&right));
            let columns = right.len() / 3;
            let mut out = vec![1.0; left.len() / 3 * columns];
            multiply(&mut out, View::new(&left, 3, 1, 2), View::new(&right, 3, 1, 2));
            for (at, &cell) in out.iter().enumerate() {
                let (l, r) = (&left[at / columns * 3..], &right[at % columns * 3..]);
                prop_assert_eq!(cell, 1.0 + l[1] * r[1] + l[2] * r[2]);
            }
        }
    }

    #[test]
    fn normalised_rows_have_mean_zero_and_variance_one() {
        let x: Vec<f32> = (0..40).map(|i| (i * i % 17) as f32).collect();
        let ones = [1.0; 20];
        let weight = super::super::weights::Matrix { cells: &ones[..], rows: 1, columns: 20 };
        let mut out = Vec::new();
        normalise(&mut out, &x, &Linear { weight, bias: &[0.0; 20] });
        for row in out.chunks(20) {
            let mean = row.iter().sum::<f32>() / 20.0;
            let variance = row.iter().map(|v| v * v).sum::<f32>() / 20.0;
            assert!(mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-3, "{mean} {variance}");
        }
    }
}
