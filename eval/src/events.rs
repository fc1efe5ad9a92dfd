//! Events and their actors against the PLOVER gold standard records, and against sentences written for this
//! project (`readings/written-events.jsonl`: 320 by language models that saw nothing of it, twenty of each type, most of
//! them in idioms; no frame and no mark was made from those with even numbers).
//!
//! An item is right if any coded event of its sentence has the gold type or code (or, for countries and
//! sectors, a source or target actor of the gold one). Countries are scored over the items whose gold
//! actor has one: international and non-governmental organisations have none. Sectors are scored over
//! the items whose gold actor has one of PLOVER's. CAMEO codes stand in the file where a sentence was
//! found among the codebook's examples by the words it shares with one; those that share fewer than
//! [`TRUSTED`] of them are left out. An event of another type than the gold one is spurious. Events that are
//! not trusted are not counted.

use crate::coded::{SOME_DAY, code};
use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::{Row, share};
use rayon::prelude::*;
use serde::Deserialize;
use tidings_coding::schema::{Actor, Event};
use tidings_coding::{actors, events, places};
use tidings_world::World;

static WRITTEN: &str = include_str!("../readings/written-events.jsonl");

/// The least share of words by which a sentence is taken for an example of the codebook.
const TRUSTED: f64 = 0.75;

/// Actors of the gold set that are no country.
const NO_COUNTRY: [&str; 6] = ["IGO", "NGO", "ISM", "IMG", "NGM", "MNC"];

/// Sectors of the gold set by the name PLOVER has for them now; others (religions, "elites", unknown)
/// are no PLOVER sectors.
const SECTORS: [(&str, &str); 17] = [
    ("GOV", "GOV"),
    ("MIL", "MIL"),
    ("REB", "REB"),
    ("OPP", "OPP"),
    ("PTY", "PTY"),
    ("COP", "COP"),
    ("JUD", "JUD"),
    ("LEG", "LEG"),
    ("SPY", "SPY"),
    ("UAF", "UAF"),
    ("CVL", "CVL"),
    ("CIV", "CVL"),
    ("REF", "REF"),
    ("EDU", "EDU"),
    ("JRN", "JRN"),
    ("LAB", "LAB"),
    ("CRM", "CRM"),
];

#[derive(Deserialize)]
struct Item {
    text: String,
    plover: String,
    cameo: Option<String>,
    r#match: f64,
    sources: Vec<Party>,
    targets: Vec<Party>,
}

#[derive(Deserialize)]
struct Party {
    code: Option<String>,
    sector: Option<String>,
}

impl Party {
    fn country(&self) -> Option<&str> {
        let head = self.code.as_deref()?.get(..3)?;
        (!NO_COUNTRY.contains(&head)).then_some(head)
    }

    fn sector(&self) -> Option<&'static str> {
        let head = self.sector.as_deref()?.get(..3)?;
        SECTORS.iter().find(|(old, _)| *old == head).map(|(_, sector)| *sector)
    }
}

/// What was right of one item; nothing where the gold does not say.
#[derive(Default, Clone, Copy)]
struct Scored {
    event: bool,
    root: Option<bool>,
    code: Option<bool>,
    source: Option<bool>,
    target: Option<bool>,
    source_sector: Option<bool>,
    target_sector: Option<bool>,
    coded: bool,
    spurious: usize,
    /// The same of the frames alone, before the reader adds and leaves out.
    by_frames: bool,
    spurious_by_frames: usize,
}

/// Scores the gold standard records, and the written sentences beside them.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let items: Vec<Item> = data.rows("events/gsr-dev.jsonl")?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = scores("gsr-dev", &items, language);
    let written: Result<Vec<Item>, _> = WRITTEN.lines().map(serde_json::from_str).collect();
    let own = || "eval/readings/written-events.jsonl".into();
    let written = written.map_err(|error| GoldError::Form(own(), 0, error))?;
    rows.extend(scores("written", &written, language));
    Ok(rows)
}

/// All measures over some items.
fn scores(set: &'static str, items: &[Item], language: &Language) -> Vec<Row> {
    let scored: Vec<Scored> = items.par_iter().map(|item| one(item, language)).collect();
    let of = |metric, is: &dyn Fn(&Scored) -> Vec<Option<bool>>| {
        let judged: Vec<bool> = scored.iter().flat_map(is).flatten().collect();
        let right = judged.iter().filter(|right| **right).count();
        Row::share("events", set, metric, share(right, judged.len()))
    };
    let each = |metric, count: fn(&Scored) -> usize| Row {
        layer: "events",
        data: set,
        metric,
        score: share(scored.iter().map(count).sum(), scored.len()),
        unit: "",
    };
    vec![
        of("PLOVER type", &|s| vec![Some(s.event)]),
        of("CAMEO root", &|s| vec![s.root]),
        of("CAMEO code", &|s| vec![s.code]),
        of("source country", &|s| vec![s.source]),
        of("target country", &|s| vec![s.target]),
        of("sector", &|s| vec![s.source_sector, s.target_sector]),
        of("any event coded", &|s| vec![Some(s.coded)]),
        each("spurious/sentence", |s| s.spurious),
        of("PLOVER type, frames alone", &|s| vec![Some(s.by_frames)]),
        each("spurious, frames alone", |s| s.spurious_by_frames),
    ]
}

fn one(item: &Item, language: &Language) -> Scored {
    let coded = code(&item.text, SOME_DAY, language);
    let events: Vec<&Event> =
        coded.iter().flat_map(|c| &c.events).filter(|event| event.trusted).collect();
    let actors = coded.as_ref().map_or(&[][..], |c| &c.actors);
    let side = |side: fn(&Event) -> &[usize]| -> Vec<&Actor> {
        events.iter().flat_map(|event| side(event)).filter_map(|&actor| actors.get(actor)).collect()
    };
    let (sources, targets) = (side(|e| &e.source), side(|e| &e.target));
    let gold = item.cameo.as_deref().filter(|_| item.r#match >= TRUSTED);
    let alone = frames_alone(&item.text, language);
    let root = |code: &str| code.get(..2).map(str::to_string);
    Scored {
        event: events.iter().any(|e| e.event == item.plover),
        root: gold.map(|gold| events.iter().any(|e| root(&e.cameo) == root(gold))),
        code: gold.map(|gold| events.iter().any(|e| e.cameo == gold)),
        source: country(&item.sources, &sources),
        target: country(&item.targets, &targets),
        source_sector: sector(&item.sources, &sources),
        target_sector: sector(&item.targets, &targets),
        coded: !events.is_empty(),
        spurious: events.iter().filter(|e| e.event != item.plover).count(),
        by_frames: alone.contains(&item.plover.as_str()),
        spurious_by_frames: alone.iter().filter(|event| **event != item.plover).count(),
    }
}

/// The types of the events that the frames alone find.
fn frames_alone(text: &str, language: &Language) -> Vec<&'static str> {
    let (world, doc) = (World::embedded(), language.annotate(text));
    let places = places::find(&doc, world);
    let who = actors::find(&doc, world, &places, Some(SOME_DAY));
    events::find(&doc, &who, world).iter().map(|event| event.action.event).collect()
}

/// Whether any of the actors is of a gold country.
fn country(gold: &[Party], found: &[&Actor]) -> Option<bool> {
    let gold: Vec<&str> = gold.iter().filter_map(Party::country).collect();
    let right = |actor: &&Actor| actor.country.as_deref().is_some_and(|c| gold.contains(&c));
    (!gold.is_empty()).then(|| found.iter().any(right))
}

/// Whether any of the actors is of a gold sector.
fn sector(gold: &[Party], found: &[&Actor]) -> Option<bool> {
    let gold: Vec<&str> = gold.iter().filter_map(Party::sector).collect();
    let right = |actor: &&Actor| actor.sectors.iter().any(|s| gold.contains(&s.as_str()));
    (!gold.is_empty()).then(|| found.iter().any(right))
}
