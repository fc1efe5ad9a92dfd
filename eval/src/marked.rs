//! Events of random news against sentences that a reader marked, in reports that nothing was learned from
//! (`readings/acts.tsv`; the like of `training/acts.tsv`).
//!
//! An event is right if a marked act of its words has its type, and its source and target are those
//! marked: at least half of the words marked for a side mean one of its actors, and no other actor stands there. A
//! second reader agrees with the first for 77 % of the acts so counted: more cannot be hoped for.

use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::{Row, share};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;
use tidings_coding::actors::Actors;
use tidings_coding::events::Event;
use tidings_coding::{actors, events, places};
use tidings_language::Document;
use tidings_world::World;

static MARKS: &str = include_str!("../readings/acts.tsv");

#[derive(Deserialize)]
struct Report {
    id: String,
    date: Option<String>,
    text: String,
}

/// A marked act: characters of its word and of those that name its sides.
struct Act<'m> {
    word: usize,
    event: &'m str,
    source: Side,
    target: Side,
}

/// The words of a side, and whether it is somebody whom the sentence does not name.
struct Side {
    words: Vec<usize>,
    elsewhere: bool,
}

/// Marked sentences of a report by their first character.
type Marked<'m> = HashMap<usize, Vec<Act<'m>>>;

/// Scores the events of the frames alone, of the whole chain, and those of it that are trusted.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let marks = marks();
    let mut reports: Vec<Report> = data.rows("news/news.jsonl")?;
    reports.retain(|report| marks.contains_key(report.id.as_str()));
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let scored: Vec<[Count; 3]> = reports
        .par_iter()
        .map(|report| one(report, &marks[report.id.as_str()], language))
        .collect();
    let sum = |nth: usize| {
        scored.iter().fold(Count::default(), |sum, count| Count {
            coded: sum.coded + count[nth].coded,
            right: sum.right + count[nth].right,
            marked: sum.marked + count[nth].marked,
        })
    };
    let (frames, all, trusted) = (sum(0), sum(1), sum(2));
    let row = |metric, part, whole| Row::share("events", "marked news", metric, share(part, whole));
    Ok(vec![
        row("trusted, right in all", trusted.right, trusted.coded),
        row("trusted, of the marked acts", trusted.right, trusted.marked),
        row("right in all", all.right, all.coded),
        row("of the marked acts", all.right, all.marked),
        row("right in all, frames alone", frames.right, frames.coded),
        row("of the marked acts, frames alone", frames.right, frames.marked),
    ])
}

#[derive(Default, Clone, Copy)]
struct Count {
    coded: usize,
    right: usize,
    marked: usize,
}

fn marks() -> HashMap<&'static str, Marked<'static>> {
    let mut marks: HashMap<&str, Marked> = HashMap::new();
    for line in MARKS.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(report), Some(start), Some(acts)) = (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let acts = acts.split("; ").filter_map(act).collect();
        marks.entry(report).or_default().insert(start.parse().unwrap_or_default(), acts);
    }
    marks
}

/// An act as `1024 ACCUSE 1001,1010>1050`.
fn act(text: &str) -> Option<Act<'_>> {
    let mut fields = text.split(' ');
    let (word, event, sides) = (fields.next()?, fields.next()?, fields.next()?);
    let (source, target) = sides.split_once('>')?;
    let side = |text: &str| Side {
        words: text.split(',').filter_map(|word| word.parse().ok()).collect(),
        elsewhere: text.contains('^'),
    };
    Some(Act { word: word.parse().ok()?, event, source: side(source), target: side(target) })
}

fn one(report: &Report, marked: &Marked, language: &Language) -> [Count; 3] {
    let (world, doc) = (World::embedded(), language.annotate(&report.text));
    let published = report.date.as_deref().and_then(|date| date.get(..10)?.parse().ok());
    let places = places::find(&doc, world);
    let mut who = actors::find(&doc, world, &places, published);
    let events::Found { mut events, acts } = events::read(&doc, &who, world);
    events::settle(&doc, &places, &mut who, &mut events);
    let page = Page::new(&doc, &who, marked);
    let frames = page.count(&events);
    events::choose(&doc, &who, world, &acts, &mut events);
    let every = page.count(&events);
    events.retain(|event| event.trusted);
    [frames, every, page.count(&events)]
}

struct Page<'p> {
    doc: &'p Document<'p>,
    who: &'p Actors,
    /// For each sentence the acts marked there.
    marked: Vec<Option<&'p Vec<Act<'p>>>>,
    /// The word that begins at a character.
    words: HashMap<usize, usize>,
}

impl<'p> Page<'p> {
    fn new(doc: &'p Document<'p>, who: &'p Actors, marked: &'p Marked) -> Page<'p> {
        let mut characters = HashMap::new();
        for (nth, (byte, _)) in doc.text.char_indices().enumerate() {
            characters.insert(byte, nth);
        }
        let first = |word: usize| characters.get(&(doc.tokens[word].start as usize)).copied();
        let words = (0..doc.tokens.len()).filter_map(|word| Some((first(word)?, word))).collect();
        let of = |sentence: &tidings_language::Sentence| marked.get(&first(sentence.tokens.start)?);
        Page { doc, who, marked: doc.sentences.iter().map(of).collect(), words }
    }

    fn count(&self, events: &[Event]) -> Count {
        let marked = self.marked.iter().flatten().map(|acts| acts.len()).sum();
        let mut count = Count { marked, ..Count::default() };
        for event in events {
            let sentence = self.doc.sentence_of(event.predicate);
            if let Some(acts) = self.marked.get(sentence).copied().flatten() {
                count.coded += 1;
                count.right += usize::from(acts.iter().any(|act| self.same(event, act)));
            }
        }
        count
    }

    fn same(&self, event: &Event, act: &Act) -> bool {
        let word = self.words.get(&act.word);
        let here = |word: &usize| event.predicate == *word || event.words.contains(word);
        word.is_some_and(here)
            && event.action.event == act.event
            && self.agrees(&act.source, &event.source)
            && self.agrees(&act.target, &event.target)
    }

    fn agrees(&self, side: &Side, actors: &[usize]) -> bool {
        if side.words.is_empty() {
            return side.elsewhere || actors.is_empty();
        }
        let meant: Vec<Vec<usize>> = side
            .words
            .iter()
            .filter_map(|word| self.words.get(word))
            .map(|&word| self.who.of_phrase(self.doc, word))
            .collect();
        let hit = meant.iter().filter(|those| those.iter().any(|a| actors.contains(a))).count();
        let known = |actor: &usize| meant.iter().any(|those| those.contains(actor));
        !actors.is_empty() && 2 * hit >= side.words.len() && actors.iter().all(known)
    }
}
