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
    country: Option<String>,
    sector: Option<String>,
    date: Option<String>,
}

/// Scores the phrases.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let items: Vec<Item> = data.rows("actors/ngec-dev.jsonl")?;
    if items.is_empty() || !language.has_trees() {
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
    let same = |gold: &str| match gold {
        "IGO" | "UNO" | "EUR" => country == gold || sectors.iter().any(|s| s == "IGO"),
        _ => country == gold,
    };
    let judged_sector = item.sector.as_deref().filter(|s| !s.is_empty() && *s != "????");
    (
        item.country.as_deref().map(same),
        judged_sector.map(|gold| sectors.iter().any(|sector| sector == gold)),
    )
}
