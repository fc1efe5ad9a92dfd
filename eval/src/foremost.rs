//! What a report tells foremost, against the synthetic stories of NGEC under the headlines that nothing
//! was learned from: macro F1 over the sixteen PLOVER types, of the scorer and of the frames alone.

use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::Row;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use tidings_coding::foremost::train::{filled, part};
use tidings_coding::foremost::{Page, Pages, TYPES, by_frames, find, plain};
use tidings_coding::{actors, events};
use tidings_world::World;

#[derive(Deserialize)]
struct Story {
    title: String,
    text: String,
    event: String,
}

/// Scores the stories of part 0.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let mut stories: Vec<Story> = data.rows("events/synthetic-train.jsonl")?;
    stories.retain(|story| part(&story.title) == 0);
    if stories.is_empty() {
        return Ok(Vec::new());
    }
    let told: Vec<_> = stories.par_iter().map(|story| one(story, language)).collect();
    let row = |metric, told: Vec<Option<&'static str>>| {
        let pairs = stories.iter().map(|story| story.event.as_str()).zip(told);
        Row::share("foremost", "synthetic-dev", metric, macro_f1(pairs))
    };
    let (scorer, frames) = told.into_iter().unzip();
    Ok(vec![row("macro F1", scorer), row("frames alone", frames)])
}

/// What the scorer and the frames say.
fn one(story: &Story, language: &Language) -> (Option<&'static str>, Option<&'static str>) {
    let world = World::embedded();
    let title = plain(&filled(&story.title), &story.text, world);
    let (headline, text) = (language.annotate(&title), language.annotate(&story.text));
    let (above, who) = (actors::find(&headline, world, None), actors::find(&text, world, None));
    let above = events::read_headline(&headline, &above, world);
    let below = events::read(&text, &who, world);
    let pages = Pages {
        headline: Some(Page { doc: &headline, found: &above }),
        text: Page { doc: &text, found: &below },
    };
    (find(&pages).map(|found| found.event), by_frames(&pages))
}

/// The mean of the F1 of the types, as a share; one that is neither gold nor told counts nothing.
fn macro_f1<'a>(pairs: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> f64 {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (gold, told) in pairs {
        for event in TYPES {
            let both = usize::from(gold == event) + usize::from(told == Some(event));
            if both > 0 {
                let count = counts.entry(event).or_default();
                count.0 += usize::from(both == 2);
                count.1 += both;
            }
        }
    }
    let f1 = counts.values().map(|&(right, all)| 2.0 * right as f64 / all as f64);
    f1.sum::<f64>() / counts.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::macro_f1;

    #[test]
    fn every_type_counts_alike() {
        let pairs = [("AID", Some("AID")), ("AID", Some("AID")), ("COERCE", None)];
        assert_eq!(macro_f1(pairs.into_iter()), 0.5);
    }
}
