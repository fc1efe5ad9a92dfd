//! The gamma distribution, the negative binomial that follows from it, and their quantiles.
//!
//! Regularised incomplete gamma and beta functions after Abramowitz and Stegun (1964), 6.5.29, 6.5.31
//! and 26.5.8; the logarithm of the gamma function after Lanczos (1964).

/// Terms of a series or a continued fraction; far fewer are needed where numbers are sensible.
const TERMS: usize = 10_000;
const CLOSE: f64 = 1e-12;

/// The natural logarithm of the gamma function of a positive number.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    const TABLE: [f64; 8] = [
        676.5203681218851,
        -1259.1392167224028,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507343278686905,
        -0.13857109526572012,
        9.984_369_578_019_572e-6,
        1.5056327351493116e-7,
    ];
    if x < 0.5 {
        let pi = std::f64::consts::PI;
        return (pi / (pi * x).sin().abs()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let sum = TABLE
        .iter()
        .enumerate()
        .fold(0.999_999_999_999_809_9, |sum, (at, term)| sum + term / (x + at as f64 + 1.0));
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The share of a gamma distribution of this shape, and scale 1, that lies below `x`.
pub(crate) fn gamma_below(shape: f64, x: f64) -> f64 {
    if x <= 0.0 || shape <= 0.0 {
        return 0.0;
    }
    let front = (shape * x.ln() - x - ln_gamma(shape)).exp();
    if x < shape + 1.0 {
        let (mut sum, mut term) = (1.0 / shape, 1.0 / shape);
        for n in 1..TERMS {
            term *= x / (shape + n as f64);
            sum += term;
            if term < sum * CLOSE {
                break;
            }
        }
        return (front * sum).min(1.0);
    }
    // The continued fraction of what lies above, by the method of Lentz.
    let mut b = x + 1.0 - shape;
    let (mut c, mut d) = (f64::MAX, 1.0 / b);
    let mut fraction = d;
    for n in 1..TERMS {
        let a = -(n as f64) * (n as f64 - shape);
        b += 2.0;
        d = 1.0 / nonzero(a * d + b);
        c = nonzero(b + a / c);
        fraction *= d * c;
        if (d * c - 1.0).abs() < CLOSE {
            break;
        }
    }
    (1.0 - front * fraction).clamp(0.0, 1.0)
}

/// The value below which `share` of a gamma distribution with this shape and mean lies: from the approximation of
/// Wilson and Hilferty (1931) by the method of Halley, within bounds that close in.
pub(crate) fn gamma_quantile(share: f64, shape: f64, mean: f64) -> f64 {
    if mean <= 0.0 || shape <= 0.0 {
        return 0.0;
    }
    let z = normal_quantile(share);
    let cube = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * shape.sqrt());
    let mut x = if shape > 0.5 && cube > 0.2 {
        shape * cube.powi(3)
    } else {
        // Near zero the density is a power.
        ((share.ln() + ln_gamma(shape + 1.0)) / shape).exp()
    };
    let (mut low, mut high) = (0.0, f64::INFINITY);
    for _ in 0..200 {
        let off = gamma_below(shape, x) - share;
        if off < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let density = ((shape - 1.0) * x.ln() - x - ln_gamma(shape)).exp();
        let newton = off / density;
        let halley = newton / (1.0 - (0.5 * newton * ((shape - 1.0) / x - 1.0)).clamp(-1.0, 0.5));
        let next = x - halley;
        let sound = next > low && next < high;
        let next = match sound {
            true => next,
            false if high.is_finite() => 0.5 * (low + high),
            false => 2.0 * x + 1.0,
        };
        let moved = (next - x).abs();
        x = next;
        if moved <= 1e-9 * x || x <= f64::MIN_POSITIVE {
            break;
        }
    }
    x * mean / shape
}

/// The value below which `share` of the standard normal distribution lies, to three digits: Abramowitz and
/// Stegun (1964), 26.2.23.
fn normal_quantile(share: f64) -> f64 {
    let tail = share.min(1.0 - share).max(1e-300);
    let t = (-2.0 * tail.ln()).sqrt();
    let z = t
        - (2.515_517 + t * (0.802_853 + t * 0.010_328))
            / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    if share < 0.5 { -z } else { z }
}

/// The regularised incomplete beta function.
fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction settles quickly on this side of the mean only.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_below(1.0 - x, b, a);
    }
    let front =
        (a * x.ln() + b * (1.0 - x).ln() + ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b)).exp();
    let mut d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let (mut c, mut fraction) = (1.0, d);
    for n in 1..TERMS {
        let n = n as f64;
        for step in [
            n * (b - n) * x / ((a + 2.0 * n - 1.0) * (a + 2.0 * n)),
            -(a + n) * (a + b + n) * x / ((a + 2.0 * n) * (a + 2.0 * n + 1.0)),
        ] {
            d = 1.0 / nonzero(1.0 + step * d);
            c = nonzero(1.0 + step / c);
            fraction *= d * c;
        }
        if (d * c - 1.0).abs() < CLOSE {
            break;
        }
    }
    (front * fraction / a).clamp(0.0, 1.0)
}

/// The probability of `count` or more events, of a rate that is gamma distributed (`shape`, `exposure`
/// so far), over a further exposure of `more`.
pub(crate) fn at_least(count: f64, shape: f64, exposure: f64, more: f64) -> f64 {
    if count <= 0.0 {
        return 1.0;
    }
    beta_below(more / (exposure + more), count, shape)
}

fn nonzero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_tables() {
        assert!((ln_gamma(5.0) - 24.0_f64.ln()).abs() < 1e-10);
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-10);
        // Of shape 1 it is the exponential distribution.
        for x in [0.1_f64, 1.0, 2.5, 9.0] {
            assert!((gamma_below(1.0, x) - (1.0 - (-x).exp())).abs() < 1e-10, "{x}");
        }
        // Twice a gamma of shape k is chi-squared with 2k degrees of freedom: 5 % above 11.0705 with 5.
        assert!((gamma_below(2.5, 11.0705 / 2.0) - 0.95).abs() < 1e-5);
        for shape in [0.02, 0.2, 0.5, 1.0, 7.0, 4000.0] {
            for share in [0.05, 0.5, 0.95] {
                let x = gamma_quantile(share, shape, shape);
                let below = gamma_below(shape, x);
                assert!((below - share).abs() < 1e-6, "{shape} {share}: {x} {below}");
            }
        }
    }

    #[test]
    fn the_tail_of_a_negative_binomial_is_the_sum_of_its_parts() {
        let (shape, exposure, more) = (2.5_f64, 4.0_f64, 1.5_f64);
        let p = more / (exposure + more);
        let part = |n: f64| {
            let choose = ln_gamma(n + shape) - ln_gamma(n + 1.0) - ln_gamma(shape);
            (choose + n * p.ln() + shape * (1.0 - p).ln()).exp()
        };
        let mut left = 1.0;
        for count in 0..20 {
            let tail = at_least(f64::from(count), shape, exposure, more);
            assert!((tail - left).abs() < 1e-9, "{count}: {tail} {left}");
            left -= part(f64::from(count));
        }
    }
}
