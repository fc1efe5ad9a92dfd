//! Training of the scorer of the foremost event.

use super::features::{DENSE, describe};
use super::{Pages, TYPES, of};
use std::collections::BTreeMap;
use tidings_language::scorer::train::{Examples, Loss, Plan, learn};
use tidings_language::scorer::{Features, Hash, Scorer, Shape};

/// Parts that the stories are dealt to by their headlines; part 0 is kept from training, to score with.
pub const PARTS: usize = 5;

/// The part of the stories under this headline: all of them fall on one side.
pub fn part(title: &str) -> usize {
    ((Hash::lower(title).0 >> 32) % PARTS as u64) as usize
}

/// A headline of the synthetic stories with names in the place of its blanks: `{country_1}`, `{city}`.
pub fn filled(title: &str) -> String {
    const NAMES: [(&str, &str); 5] = [
        ("{country_1}", "Kenya"),
        ("{country_2}", "Uganda"),
        ("{country_3}", "Chad"),
        ("{city}", "Nairobi"),
        ("{country}", "Kenya"),
    ];
    NAMES.iter().fold(title.trim().to_string(), |title, (blank, name)| title.replace(blank, name))
}

/// What is learned from: reports with the type that each tells foremost.
#[derive(Debug, Default)]
pub struct Lessons(Vec<(Features, usize, f32)>);

impl Lessons {
    /// Adds a report that counts as much as `weight` others; one of a type that is none of PLOVER's is
    /// left out.
    pub fn add(&mut self, pages: &Pages, event: &str, weight: f32) {
        if let Some(class) = TYPES.iter().position(|&t| t == event) {
            let mut features = Features::default();
            describe(pages, &mut features);
            self.0.push((features, class, weight));
        }
    }

    /// The model file. Every type counts alike, however many reports tell of it.
    pub fn learn(&self) -> Vec<u8> {
        let mut counts = [0.0_f32; TYPES.len()];
        self.0.iter().for_each(|(_, class, weight)| counts[*class] += weight);
        let even = counts.iter().sum::<f32>() / TYPES.len() as f32;
        let shape = Shape { bits: 16, dense: DENSE, width: 0, outputs: TYPES.len() };
        let mut examples = Examples::new(shape);
        for (features, class, weight) in &self.0 {
            let mut targets = [0.0; TYPES.len()];
            targets[*class] = 1.0;
            examples.push_weighted(features, &targets, weight * even / counts[*class]);
        }
        let plan = Plan { decay: 0.1, epochs: 12, ..Plan::new(Loss::Softmax) };
        learn(&examples, &plan)
    }
}

/// What a model of this file says a report tells foremost, and how probably; nothing if the file is
/// damaged.
pub fn answer(model: &[u8], pages: &Pages) -> Option<(&'static str, f32)> {
    let found = of(&Scorer::read(model).ok()?, pages)?;
    Some((found.event, found.confidence))
}

/// How often which type was told for which.
#[derive(Debug, Default)]
pub struct Confusion(BTreeMap<(String, Option<&'static str>), usize>);

impl Confusion {
    /// Counts a report of type `gold`.
    pub fn add(&mut self, gold: &str, told: Option<&'static str>) {
        *self.0.entry((gold.to_string(), told)).or_default() += 1;
    }

    /// F1 of a type, in percent; nothing of one that is neither gold nor told.
    pub fn f1(&self, event: &str) -> Option<f64> {
        let sum = |is: &dyn Fn(&str, Option<&str>) -> bool| -> usize {
            self.0.iter().filter(|((g, t), _)| is(g, *t)).map(|(_, n)| n).sum()
        };
        let right = sum(&|g, t| g == event && t == Some(event));
        let all = sum(&|g, _| g == event) + sum(&|_, t| t == Some(event));
        (all > 0).then(|| 200.0 * right as f64 / all as f64)
    }

    /// The mean of the F1 of the types that are gold or told, in percent.
    pub fn macro_f1(&self) -> f64 {
        let f1: Vec<f64> = TYPES.iter().filter_map(|event| self.f1(event)).collect();
        f1.iter().sum::<f64>() / f1.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Confusion;

    #[test]
    fn every_type_counts_alike() {
        let mut told = Confusion::default();
        for (gold, said) in [("AID", Some("AID")), ("AID", Some("AID")), ("COERCE", None)] {
            told.add(gold, said);
        }
        assert_eq!(told.macro_f1(), 50.0);
    }
}
