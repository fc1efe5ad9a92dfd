//! What a report tells foremost, against the synthetic stories of NGEC under the headlines that nothing
//! was learned from: macro F1 over the sixteen PLOVER types, of the scorer and of the frames alone.

use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::Row;
use rayon::prelude::*;
use serde::Deserialize;
use tidings_coding::foremost::train::{Confusion, filled, part};
use tidings_coding::foremost::{Pages, by_frames, find, plain};
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
        let mut all = Confusion::default();
        stories.iter().zip(told).for_each(|(story, told)| all.add(&story.event, told));
        Row::share("foremost", "synthetic-dev", metric, all.macro_f1() / 100.0)
    };
    let (scorer, frames) = told.into_iter().unzip();
    Ok(vec![row("macro F1", scorer), row("frames alone", frames)])
}

/// What the scorer and the frames say.
fn one(story: &Story, language: &Language) -> (Option<&'static str>, Option<&'static str>) {
    let world = World::embedded();
    let title = plain(&filled(&story.title), &story.text, world);
    let (headline, text) = (language.annotate(&title), language.annotate(&story.text));
    let pages = Pages::read(Some(&headline), &text, world);
    (find(&pages).map(|found| found.event), by_frames(&pages))
}
