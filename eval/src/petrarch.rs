//! Coding with PETRARCH's dictionaries against PETRARCH's own unit tests.
//!
//! A sentence is read as a report of its own; right is the exact set of tuples of source, target and
//! code. "---" in the gold is nobody. A gold tuple without a code says that nothing is to be coded
//! (an error in the record, or a discard).

use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::{Row, share};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;
use tidings_report::{Options, Report};
use tidings_world::{OwnLists, TextFile, World};

const FILES: [&str; 4] = ["actors", "agents", "discards", "verbs"];

#[derive(Deserialize)]
struct Item {
    id: String,
    date: String,
    text: String,
    expect: Vec<Tuple>,
}

/// Who, whom, and the code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Tuple {
    source: Option<String>,
    target: Option<String>,
    code: Option<String>,
}

/// Scores the unit tests; with `PETRARCH_MISSES` set, tells the wrong ones.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let items: Vec<Item> = data.rows("petrarch/unit-dev.jsonl")?;
    let mut files = Vec::new();
    for name in FILES {
        let name = format!("petrarch/PETR.Validate.{name}.txt");
        let Some(text) = data.text(&name)? else { return Ok(Vec::new()) };
        files.push(TextFile { name, text });
    }
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let (world, _) = World::with(&OwnLists { petrarch: files, ..OwnLists::default() });
    let misses = std::env::var_os("PETRARCH_MISSES").is_some();
    let right = items.iter().filter(|item| {
        let (found, gold) = (found(item, language, &world), gold(item));
        if misses && found != gold {
            eprintln!("{} {}\n  gold  {gold:?}\n  found {found:?}", item.id, item.text);
        }
        found == gold
    });
    let right = right.count();
    Ok(vec![Row::share("petrarch", "unit-dev", "exact tuples", share(right, items.len()))])
}

/// Source, target and code; empty for nobody.
type Set = BTreeSet<(String, String, String)>;

fn gold(item: &Item) -> Set {
    let who = |code: &Option<String>| match code.as_deref() {
        None | Some("---") => String::new(),
        Some(code) => code.to_string(),
    };
    item.expect
        .iter()
        .filter_map(|t| Some((who(&t.source), who(&t.target), t.code.clone()?)))
        .collect()
}

fn found(item: &Item, language: &Language, world: &World) -> Set {
    let date = Date::strptime("%Y%m%d", &item.date).ok();
    let options = Options { date, ..Options::default() };
    let Ok(report) = Report::from_text("gold", item.text.clone(), &options) else {
        return Set::new();
    };
    let doc = language.annotate(report.analysed());
    let coded = tidings_coding::code(&report, &doc, None, world);
    let who = |ids: &[usize]| -> String {
        ids.first()
            .and_then(|&id| coded.actors.get(id))
            .map_or_else(String::new, |a| a.name.clone())
    };
    let events = coded.events.iter();
    events.map(|e| (who(&e.source), who(&e.target), e.cameo.clone())).collect()
}
