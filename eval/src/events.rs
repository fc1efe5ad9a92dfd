//! Events and their actors against the PLOVER gold standard records.
//!
//! An item is right if any coded event of its sentence has the gold type (or, for countries, a source
//! or target actor of the gold country). Countries are scored over the items whose gold actor has one:
//! international and non-governmental organisations have none.

use crate::coded::{SOME_DAY, code};
use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::{Row, share};
use rayon::prelude::*;
use serde::Deserialize;
use tidings_coding::schema::Event;

#[derive(Deserialize)]
struct Item {
    text: String,
    plover: String,
    sources: Vec<Party>,
    targets: Vec<Party>,
}

#[derive(Deserialize)]
struct Party {
    code: Option<String>,
}

impl Party {
    fn country(&self) -> Option<&str> {
        let head = self.code.as_deref()?.get(..3)?;
        (!["IGO", "NGO", "ISM", "IMG", "NGM", "MNC"].contains(&head)).then_some(head)
    }
}

#[derive(Default, Clone, Copy)]
struct Scored {
    event: bool,
    source: Option<bool>,
    target: Option<bool>,
    coded: bool,
}

/// Scores the gold standard records.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let items: Vec<Item> = data.rows("events/gsr-dev.jsonl")?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let scored: Vec<Scored> = items.par_iter().map(|item| one(item, language)).collect();
    let of = |metric, is: &dyn Fn(&Scored) -> Option<bool>| {
        let judged: Vec<bool> = scored.iter().filter_map(is).collect();
        let right = judged.iter().filter(|right| **right).count();
        Row::share("events", "gsr-dev", metric, share(right, judged.len()))
    };
    Ok(vec![
        of("PLOVER type", &|s| Some(s.event)),
        of("source country", &|s| s.source),
        of("target country", &|s| s.target),
        of("any event coded", &|s| Some(s.coded)),
    ])
}

fn one(item: &Item, language: &Language) -> Scored {
    let coded = code(&item.text, SOME_DAY, language);
    let events: &[Event] = coded.as_ref().map_or(&[], |c| &c.events);
    let actors = coded.as_ref().map_or(&[][..], |c| &c.actors);
    let side = |gold: &[Party], side: fn(&Event) -> &[usize]| {
        let gold: Vec<&str> = gold.iter().filter_map(Party::country).collect();
        (!gold.is_empty()).then(|| {
            events.iter().flat_map(side).filter_map(|&actor| actors.get(actor)).any(|actor| {
                actor.country.as_deref().is_some_and(|country| gold.contains(&country))
            })
        })
    };
    Scored {
        event: events.iter().any(|e| e.event == item.plover),
        source: side(&item.sources, |e| &e.source),
        target: side(&item.targets, |e| &e.target),
        coded: !events.is_empty(),
    }
}
