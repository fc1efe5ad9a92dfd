//! Bayesian online change-point detection for counts (Adams and MacKay 2007).
//!
//! Within a run the count of a period is Poisson with a rate per report; the rate of each run is drawn
//! anew from a gamma distribution, which is conjugate. After each period the recursion gives how likely
//! it is that the present run began in each earlier one; gone through backwards (Fearnhead 2006), it
//! gives how likely a run began in each period given all of them. Counts of events are more uneven than
//! Poisson: the likelihood is taken to the power of one over their dispersion (McCullagh and Nelder
//! 1989, 6.2.3), which is had from the differences of neighbouring periods.

use super::gamma::{at_least, ln_gamma};

/// A run is expected to last so many periods.
const EXPECTED: f64 = 50.0;
/// Beginnings less likely than this are no longer followed.
const LEAST: f64 = 1e-9;
/// The shape of the distribution of rates: nearly nothing is taken for granted.
const SHAPE: f64 = 1.0;

/// What a period tells: incidents, and reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Count {
    pub incidents: f64,
    pub volume: f64,
}

/// What is known of the runs of a series.
#[derive(Debug)]
pub(super) struct Runs {
    /// Of each period, how likely a run begins with it, given all periods.
    pub begins: Vec<f64>,
    /// Of each period, how many incidents were to be expected after those before it, and how likely so
    /// many as came, or more, were.
    pub foreseen: Vec<(f64, f64)>,
    /// Of each period, where the run it lies in is likeliest to have begun, as far as it and those before it
    /// tell, and how likely it began there, or a period earlier or later.
    pub present: Vec<(usize, f64)>,
}

/// The prior of rates, in tempered counts.
struct Prior {
    exposure: f64,
}

/// A run so far: where it began, with what probability, and its sums.
#[derive(Debug, Clone, Copy)]
struct Run {
    since: usize,
    weight: f64,
    incidents: f64,
    volume: f64,
}

impl Prior {
    fn shape(&self, run: &Run) -> (f64, f64) {
        (SHAPE + run.incidents, self.exposure + run.volume)
    }

    /// The logarithm of the probability of a count after a run, but for what all runs have in common.
    fn likelihood(&self, run: &Run, count: Count) -> f64 {
        let (shape, exposure) = self.shape(run);
        let after = exposure + count.volume;
        ln_gamma(shape + count.incidents) - ln_gamma(shape) + shape * (exposure / after).ln()
            - count.incidents * after.ln()
    }
}

/// How uneven the counts are beside a Poisson process: 1 or more.
fn dispersion(counts: &[Count]) -> f64 {
    let told: Vec<&Count> = counts.iter().filter(|count| count.volume > 0.0).collect();
    let (mut sum, mut number) = (0.0, 0.0);
    for pair in told.windows(2) {
        let [a, b] = pair else { continue };
        let pooled = (a.incidents + b.incidents) / (a.volume + b.volume);
        if pooled > 0.0 {
            let off = a.incidents / a.volume - b.incidents / b.volume;
            sum += off * off / (pooled * (1.0 / a.volume + 1.0 / b.volume));
            number += 1.0;
        }
    }
    if number > 0.0 { f64::max(sum / number, 1.0) } else { 1.0 }
}

impl Runs {
    pub fn of(counts: &[Count]) -> Runs {
        let dispersion = dispersion(counts);
        let tempered = |count: &Count| Count {
            incidents: count.incidents / dispersion,
            volume: count.volume / dispersion,
        };
        let counts: Vec<Count> = counts.iter().map(tempered).collect();
        let incidents: f64 = counts.iter().map(|count| count.incidents).sum();
        let volume: f64 = counts.iter().map(|count| count.volume).sum();
        let prior = Prior { exposure: SHAPE * volume.max(1.0) / incidents.max(0.5) };
        let fresh = |since| Run { since, weight: 0.0, incidents: 0.0, volume: 0.0 };
        let hazard = 1.0 / EXPECTED;
        let mut runs: Vec<Run> = Vec::new();
        let mut history: Vec<Vec<(usize, f64)>> = Vec::with_capacity(counts.len());
        let mut foreseen = Vec::with_capacity(counts.len());
        for (at, count) in counts.iter().enumerate() {
            // A run goes on, or a new one begins here.
            runs.iter_mut().for_each(|run| run.weight *= 1.0 - hazard);
            let begins = if at == 0 { 1.0 } else { hazard };
            runs.push(Run { weight: begins, ..fresh(at) });
            foreseen.push(prior.foreseen(&runs, *count, dispersion));
            let told: Vec<f64> = runs.iter().map(|run| prior.likelihood(run, *count)).collect();
            let most = told.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            for (run, told) in runs.iter_mut().zip(told) {
                run.weight *= (told - most).exp();
                run.incidents += count.incidents;
                run.volume += count.volume;
            }
            let all: f64 = runs.iter().map(|run| run.weight).sum();
            runs.iter_mut().for_each(|run| run.weight /= all);
            runs.retain(|run| run.weight > LEAST);
            history.push(runs.iter().map(|run| (run.since, run.weight)).collect());
        }
        let present = history.iter().map(|runs| likeliest(runs)).collect();
        Runs { begins: smoothed(&history), foreseen, present }
    }
}

impl Prior {
    fn foreseen(&self, runs: &[Run], count: Count, dispersion: f64) -> (f64, f64) {
        let (mut expected, mut tail, mut all) = (0.0, 0.0, 0.0);
        for run in runs {
            let (shape, exposure) = self.shape(run);
            all += run.weight;
            expected += run.weight * count.volume * shape / exposure;
            tail += run.weight * at_least(count.incidents, shape, exposure, count.volume);
        }
        (expected / all * dispersion, tail / all)
    }
}

/// The likeliest beginning of a run, with the probability of it and its neighbours.
fn likeliest(runs: &[(usize, f64)]) -> (usize, f64) {
    let Some(&(since, _)) = runs.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return (0, 0.0) };
    let near = runs.iter().filter(|(other, _)| other.abs_diff(since) <= 1);
    // That a series begins somewhere is no news: its first period is nobody's neighbour.
    (since, near.filter(|(other, _)| *other > 0 || since == 0).map(|(_, weight)| weight).sum())
}

/// How likely a run begins in each period, from how likely the present one began where, period by
/// period: whatever ends in a period is as if nothing came after it.
fn smoothed(history: &[Vec<(usize, f64)>]) -> Vec<f64> {
    let mut begins = vec![0.0; history.len()];
    let mut ends = vec![0.0; history.len()];
    if let Some(last) = ends.last_mut() {
        *last = 1.0;
    }
    for (at, runs) in history.iter().enumerate().rev() {
        for &(since, weight) in runs {
            let share = ends[at] * weight;
            begins[since] += share;
            if let Some(before) = since.checked_sub(1) {
                ends[before] += share;
            }
        }
    }
    begins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(incidents: &[u32]) -> Vec<Count> {
        incidents.iter().map(|n| Count { incidents: f64::from(*n), volume: 100.0 }).collect()
    }

    /// The probability of each way to cut a short series into runs, written out.
    fn closed_form(counts: &[Count]) -> Vec<f64> {
        let incidents: f64 = counts.iter().map(|count| count.incidents).sum();
        let volume: f64 = counts.iter().map(|count| count.volume).sum();
        let exposure = SHAPE * volume / incidents;
        let run = |part: &[Count]| {
            let n: f64 = part.iter().map(|count| count.incidents).sum();
            let v: f64 = part.iter().map(|count| count.volume).sum();
            SHAPE * exposure.ln() + ln_gamma(SHAPE + n)
                - ln_gamma(SHAPE)
                - (SHAPE + n) * (exposure + v).ln()
        };
        let mut begins = vec![0.0; counts.len()];
        let mut all = 0.0;
        for cuts in 0..1_u32 << (counts.len() - 1) {
            let starts: Vec<usize> =
                (0..counts.len()).filter(|at| *at == 0 || cuts >> (at - 1) & 1 == 1).collect();
            let mut log = 0.0;
            for (at, start) in starts.iter().enumerate() {
                let end = starts.get(at + 1).copied().unwrap_or(counts.len());
                log += run(&counts[*start..end]);
            }
            let changes = (starts.len() - 1) as i32;
            let stays = counts.len() as i32 - 1 - changes;
            let hazard = 1.0 / EXPECTED;
            let weight = log.exp() * hazard.powi(changes) * (1.0 - hazard).powi(stays);
            all += weight;
            starts.iter().for_each(|start| begins[*start] += weight);
        }
        begins.iter().map(|begin| begin / all).collect()
    }

    #[test]
    fn the_recursion_gives_what_all_ways_together_give() {
        // Evenly spread enough that nothing is tempered.
        for series in [&[3, 3, 4, 8, 8, 9, 6][..], &[0, 0, 1, 1, 0, 1, 0], &[5, 5, 5, 5]] {
            let counts = counts(series);
            assert_eq!(dispersion(&counts), 1.0, "{series:?}");
            let (ours, exact) = (Runs::of(&counts).begins, closed_form(&counts));
            for (at, (one, other)) in ours.iter().zip(&exact).enumerate() {
                assert!((one - other).abs() < 1e-6, "{series:?} {at}: {ours:?} {exact:?}");
            }
        }
    }

    #[test]
    fn a_rise_is_found_where_it_is_and_nothing_in_an_even_series() {
        let rise: Vec<u32> = (0..30).map(|n| if n < 18 { 2 + n % 3 } else { 14 + n % 4 }).collect();
        let runs = Runs::of(&counts(&rise));
        assert!(runs.begins[17..=19].iter().sum::<f64>() > 0.9, "{:?}", runs.begins);
        assert!(runs.begins[1..17].iter().sum::<f64>() < 0.3, "{:?}", runs.begins);
        let known = (18..30).find(|at| runs.present[*at].0 > 16 && runs.present[*at].1 > 0.5);
        assert!(known.is_some_and(|at| at < 21), "{:?}", runs.present);
        assert!(runs.present[..18].iter().all(|(since, _)| *since == 0), "{:?}", runs.present);
        let (expected, tail) = runs.foreseen[18];
        assert!(expected < 6.0 && tail < 0.01, "{expected} {tail}");
        let even: Vec<u32> = (0..30).map(|n| 3 + n % 3).collect();
        let runs = Runs::of(&counts(&even));
        assert!(runs.begins[1..].iter().all(|begin| *begin < 0.2), "{:?}", runs.begins);
    }

    #[test]
    fn periods_without_reports_break_nothing() {
        let mut counts = counts(&[4; 20]);
        for count in &mut counts[8..12] {
            *count = Count { incidents: 0.0, volume: 0.0 };
        }
        let runs = Runs::of(&counts);
        assert!(runs.begins.iter().all(|begin| begin.is_finite()));
        assert!(runs.begins[1..].iter().all(|begin| *begin < 0.2), "{:?}", runs.begins);
        assert!(Runs::of(&[]).begins.is_empty());
    }
}
