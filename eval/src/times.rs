//! Time expressions against TimeBank, as TempEval-3 scores them (UzZaman et al. 2013): spans relaxed
//! (they overlap) and strict, then type and value over the spans that overlap.

use crate::coded::{code, pair};
use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::{Row, Tally, share};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Item {
    dct: String,
    text: String,
    timex: Vec<Timex>,
}

#[derive(Deserialize)]
struct Timex {
    start: usize,
    end: usize,
    r#type: String,
    value: String,
}

#[derive(Default)]
struct Scored {
    relaxed: Tally,
    strict: usize,
    kind: usize,
    value: usize,
}

/// Scores the documents of TimeBank.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let items: Vec<Item> = data.rows("time/timebank.jsonl")?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let scored: Vec<Scored> = items.par_iter().map(|item| one(item, language)).collect();
    let mut all = Scored::default();
    for one in scored {
        all.relaxed += one.relaxed;
        all.strict += one.strict;
        all.kind += one.kind;
        all.value += one.value;
    }
    let row = |metric, share| Row::share("times", "timebank", metric, share);
    let f1 = |right| Tally { right, ..all.relaxed }.f1();
    Ok(vec![
        row("relaxed span F1", all.relaxed.f1()),
        row("strict span F1", f1(all.strict)),
        row("type accuracy", share(all.kind, all.relaxed.right)),
        row("value accuracy", share(all.value, all.relaxed.right)),
        row("value F1", f1(all.value)),
    ])
}

fn one(item: &Item, language: &Language) -> Scored {
    let Ok(date) = item.dct.parse::<Date>() else { return Scored::default() };
    let coded = code(&item.text, date, language);
    let times = coded.map(|c| c.times).unwrap_or_default();
    let gold: Vec<(usize, usize)> = item.timex.iter().map(|t| (t.start, t.end)).collect();
    let found: Vec<(usize, usize)> = times.iter().map(|t| (t.start, t.end)).collect();
    let pairs = pair(&gold, &found);
    let mut scored = Scored {
        relaxed: Tally { right: pairs.len(), found: found.len(), gold: gold.len() },
        ..Scored::default()
    };
    for (g, f) in pairs {
        scored.strict += usize::from(gold[g] == found[f]);
        scored.kind += usize::from(item.timex[g].r#type == times[f].r#type);
        scored.value += usize::from(item.timex[g].value == times[f].value);
    }
    scored
}
