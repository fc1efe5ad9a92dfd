//! Rates of incidents, with what is not known of them.
//!
//! Incidents of a period are a Poisson process whose rate, per report, is its own in each period; the
//! rates of all periods are draws of one gamma distribution. So the rate of a period is gamma
//! distributed, with a mean between what the period and what all periods tell, and the fewer reports the
//! wider. The distribution of the rates is had from the periods themselves by moments (Marshall
//! 1991). Weighted sums are of marked Poisson processes; their distribution is taken for the gamma
//! distribution of the same mean and variance (Fay and Feuer 1997).

use super::gamma::gamma_quantile;
use serde::Serialize;

/// A rate per hundred reports (events, of tables): the mean of what is likely, and the bounds that hold it with a
/// probability of 90 %.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Estimate {
    /// The expected value.
    pub mean: f64,
    /// It is lower with a probability of 5 %.
    pub low: f64,
    /// It is higher with a probability of 5 %.
    pub high: f64,
}

/// Rates are told per so many reports.
const PER: f64 = 100.0;
const LOW: f64 = 0.05;
const HIGH: f64 = 0.95;
/// The prior never stands for more than this share of an average period: what is shown is what was
/// reported, and the other periods only speak where hardly anything was.
const STRONGEST: f64 = 0.25;

/// What a period holds of one kind of incident.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Sums {
    pub count: f64,
    /// Sum of the weights, and of their squares and cubes.
    pub weight: f64,
    pub squares: f64,
    pub cubes: f64,
}

impl Sums {
    pub fn add(&mut self, weight: f64) {
        self.count += 1.0;
        self.weight += weight;
        self.squares += weight * weight;
        self.cubes += weight * weight * weight;
    }

    pub fn join(&mut self, other: &Sums) {
        self.count += other.count;
        self.weight += other.weight;
        self.squares += other.squares;
        self.cubes += other.cubes;
    }
}

/// The gamma distribution of the rates of all periods, and what an incident weighs on average.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prior {
    shape: f64,
    exposure: f64,
    weight: f64,
    squares: f64,
    cubes: f64,
}

impl Prior {
    /// Of periods with their exposure (reports).
    pub fn of(periods: &[(Sums, f64)]) -> Prior {
        let mut all = Sums::default();
        periods.iter().for_each(|(sums, _)| all.join(sums));
        let exposures: f64 = periods.iter().map(|(_, exposure)| exposure).sum::<f64>().max(1.0);
        let average = exposures / (periods.len().max(1) as f64);
        // Half an incident where there was none: it may yet come.
        let mean = all.count.max(0.5) / exposures;
        let spread = periods.iter().filter(|(_, exposure)| *exposure > 0.0);
        let spread: f64 =
            spread.map(|(sums, exposure)| exposure * (sums.count / exposure - mean).powi(2)).sum();
        let between = spread / exposures - mean / average.max(1e-9);
        let strongest = STRONGEST * average;
        let exposure = if between > 0.0 { (mean / between).min(strongest) } else { strongest };
        let each = |sum: f64| if all.count > 0.0 { sum / all.count } else { 1.0 };
        Prior {
            shape: mean * exposure,
            exposure,
            weight: each(all.weight),
            squares: each(all.squares),
            cubes: each(all.cubes),
        }
    }

    /// The rate of a period.
    pub fn rate(&self, sums: &Sums, exposure: f64) -> Estimate {
        let shape = self.shape + sums.count;
        gamma(shape, shape / (self.exposure + exposure))
    }

    /// The sum of weights per report in a period.
    pub fn weighted(&self, sums: &Sums, exposure: f64) -> Estimate {
        let Moments { mean, variance, .. } = self.moments(sums, exposure);
        if variance <= 0.0 {
            return Estimate::default();
        }
        gamma(mean * mean / variance, mean)
    }

    fn moments(&self, sums: &Sums, exposure: f64) -> Moments {
        let exposure = self.exposure + exposure;
        Moments {
            mean: (self.shape * self.weight + sums.weight) / exposure,
            variance: (self.shape * self.squares + sums.squares) / exposure.powi(2),
            third: 2.0 * (self.shape * self.cubes + sums.cubes) / exposure.powi(3),
        }
    }
}

/// Mean, variance and third central moment of a sum of independent gamma variables.
struct Moments {
    mean: f64,
    variance: f64,
    third: f64,
}

/// Hostility less cooperation, each with its prior: bounds by the expansion of Cornish and Fisher (1938)
/// to the third moment.
pub(crate) fn difference(
    (hostile, hostile_sums): (&Prior, &Sums),
    (friendly, friendly_sums): (&Prior, &Sums),
    exposure: f64,
) -> Estimate {
    let (a, b) =
        (hostile.moments(hostile_sums, exposure), friendly.moments(friendly_sums, exposure));
    let mean = a.mean - b.mean;
    let deviation = (a.variance + b.variance).sqrt();
    if deviation <= 0.0 {
        return Estimate { mean: PER * mean, low: PER * mean, high: PER * mean };
    }
    let skew = (a.third - b.third) / deviation.powi(3);
    const Z: f64 = 1.644_853_626_951_472_7;
    // Beyond this the expansion is no longer one.
    let bend = (Z * Z - 1.0) * skew.clamp(-2.0, 2.0) / 6.0;
    Estimate {
        mean: PER * mean,
        low: PER * (mean + deviation * (bend - Z)),
        high: PER * (mean + deviation * (bend + Z)),
    }
}

fn gamma(shape: f64, mean: f64) -> Estimate {
    Estimate {
        mean: PER * mean,
        low: PER * gamma_quantile(LOW, shape, mean),
        high: PER * gamma_quantile(HIGH, shape, mean),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(count: usize, weight: f64) -> Sums {
        let mut sums = Sums::default();
        (0..count).for_each(|_| sums.add(weight));
        sums
    }

    #[test]
    fn fewer_reports_give_wider_bounds() {
        let periods: Vec<(Sums, f64)> =
            (0..20).map(|n| (sums(4 + n % 5, 2.0), 100.0)).chain([(sums(0, 2.0), 2.0)]).collect();
        let prior = Prior::of(&periods);
        let wide = |count, exposure| {
            let Estimate { low, high, mean } = prior.weighted(&sums(count, 2.0), exposure);
            assert!(low < mean && mean < high);
            high - low
        };
        assert!(wide(60, 1000.0) < wide(6, 100.0));
        assert!(wide(6, 100.0) < wide(0, 0.0));
    }

    #[test]
    fn with_many_reports_the_rate_is_what_was_counted() {
        let prior = Prior::of(&[(sums(3, 1.0), 100.0), (sums(8, 1.0), 100.0)]);
        let rate = prior.rate(&sums(50_000, 1.0), 1_000_000.0);
        assert!((rate.mean - 5.0).abs() < 0.01 && rate.high - rate.low < 0.1, "{rate:?}");
        // Without reports it is that of all periods: 11 in 200.
        assert!((prior.rate(&Sums::default(), 0.0).mean - 5.5).abs() < 1e-9);
    }

    #[test]
    fn of_equal_weights_a_sum_is_a_rate() {
        let prior = Prior::of(&[(sums(3, 5.0), 100.0), (sums(8, 5.0), 120.0)]);
        let (sum, rate) = (prior.weighted(&sums(3, 5.0), 80.0), prior.rate(&sums(3, 5.0), 80.0));
        for (sum, rate) in [(sum.mean, rate.mean), (sum.low, rate.low), (sum.high, rate.high)] {
            assert!((sum - 5.0 * rate).abs() < 1e-6, "{sum} {rate}");
        }
    }

    #[test]
    fn hostility_against_cooperation_is_calm() {
        let prior = Prior::of(&[(sums(6, 5.0), 100.0), (sums(3, 5.0), 100.0)]);
        let even = difference((&prior, &sums(4, 5.0)), (&prior, &sums(4, 5.0)), 100.0);
        assert!(even.mean.abs() < 1e-9 && (even.low + even.high).abs() < 1e-9, "{even:?}");
        assert!(even.low < 0.0);
    }
}
