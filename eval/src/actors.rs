//! Actor phrases against the hand-checked resolutions of NGEC.
//!
//! A phrase is read as a report of its own, of the item's date; the actor judged is the one whose
//! mention is longest. A gold `null` was not judged; an empty gold country means "no country".

use crate::coded::{SOME_DAY, code};
use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::{Row, share};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Item {
    text: String,
    country: Option<Answers>,
    sector: Option<Answers>,
    date: Option<String>,
}

/// One right answer, or several of which each is right.
#[derive(Deserialize)]
#[serde(untagged)]
enum Answers {
    One(String),
    Any(Vec<String>),
}

impl Answers {
    fn all(&self) -> &[String] {
        match self {
            Answers::One(answer) => std::slice::from_ref(answer),
            Answers::Any(answers) => answers,
        }
    }
}

/// Scores the phrases.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let items: Vec<Item> = data.rows("actors/ngec-dev.jsonl")?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let judged: Vec<(Option<bool>, Option<bool>)> =
        items.par_iter().map(|item| one(item, language)).collect();
    let row = |metric, judged: Vec<bool>| {
        let right = judged.iter().filter(|right| **right).count();
        Row::share("actors", "ngec-dev", metric, share(right, judged.len()))
    };
    Ok(vec![
        row("country", judged.iter().filter_map(|(country, _)| *country).collect()),
        row("sector", judged.iter().filter_map(|(_, sector)| *sector).collect()),
    ])
}

fn one(item: &Item, language: &Language) -> (Option<bool>, Option<bool>) {
    let date = item.date.as_deref().and_then(|d| d.parse::<Date>().ok()).unwrap_or(SOME_DAY);
    let coded = code(&item.text, date, language);
    let longest = |actor: &tidings_coding::schema::Actor| {
        actor.mentions.iter().map(|m| m.end - m.start).max().unwrap_or_default()
    };
    let actor = coded.iter().flat_map(|c| &c.actors).max_by_key(|actor| longest(actor));
    let country = actor.and_then(|a| a.country.as_deref()).unwrap_or_default();
    let sectors = actor.map_or(&[][..], |a| &a.sectors);
    // The gold writes organisations of states as if they were countries.
    let in_country = |gold: &String| match gold.as_str() {
        "IGO" | "UNO" | "EUR" => country == gold || sectors.iter().any(|s| s == "IGO"),
        _ => country == gold,
    };
    let in_sector = |gold: &[String]| {
        let known = gold.iter().any(|sector| !sector.is_empty() && sector != "????");
        known.then(|| gold.iter().any(|sector| sectors.contains(sector)))
    };
    (
        item.country.as_ref().map(|gold| gold.all().iter().any(in_country)),
        item.sector.as_ref().and_then(|gold| in_sector(gold.all())),
    )
}
