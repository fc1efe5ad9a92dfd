//! Which tellings are of one date.

use super::{Kind, SetDate, Telling, Words};
use jiff::civil::Date;
use std::collections::HashMap;

/// Dates of one last day that a telling is compared with: the latest of them.
const COMPARED: usize = 200;

/// Merges tellings into dates, in the order of their days; what has no day comes last. The tellings must
/// be in the order of their reports.
pub fn merge(tellings: &[Telling]) -> Vec<SetDate> {
    let mut dates: Vec<SetDate> = Vec::new();
    let mut ending: HashMap<Option<Date>, Vec<usize>> = HashMap::new();
    for (at, telling) in tellings.iter().enumerate() {
        let near = ending.entry(telling.days.map(|days| days.1)).or_default();
        let same = near
            .iter()
            .rev()
            .take(COMPARED)
            .copied()
            .find(|&date| dates.get(date).is_some_and(|date| is_same(date, telling)));
        match same.and_then(|date| dates.get_mut(date)) {
            Some(date) => date.absorb(at, telling),
            None => {
                near.push(dates.len());
                dates.push(SetDate::of(at, telling));
            }
        }
    }
    let first = |date: &SetDate| date.tellings.first().copied();
    dates.sort_by_key(|date| (date.days.is_none(), date.days, first(date)));
    dates
}

/// Whether a telling is of the date: the same last day, the same thing, and no other sides. Two deadlines
/// of one setter for one day are one, whatever words they are told in; so are two meetings on one day that
/// share two sides.
fn is_same(date: &SetDate, telling: &Telling) -> bool {
    let named = date.things.contains(&telling.thing)
        || telling.event.as_ref().is_some_and(|event| date.events.contains(event));
    let sides = || telling.setters.iter().chain(&telling.parties);
    let shared = sides().filter(|side| date.sides().any(|known| known == *side)).count();
    let unsaid = date.sides().next().is_none() || sides().next().is_none();
    let set_alike = telling.setters.iter().any(|setter| date.setters.contains(setter))
        || shared > 0 && (telling.setters.is_empty() || date.setters.is_empty());
    if telling.kind == Kind::Condition || date.kind == Kind::Condition {
        return telling.kind == date.kind && named && set_alike;
    }
    // A vote or a meeting is told as a plan too, and a deadline as a vote; what is named decides.
    let kin = telling.kind == date.kind || named && (shared > 0 || unsaid);
    let one = match telling.kind {
        Kind::Deadline => named || set_alike,
        Kind::Vote | Kind::Hearing => true,
        Kind::Meeting => named || shared > 1,
        Kind::Expiry | Kind::Plan | Kind::Condition => named,
    };
    kin && one && (shared > 0 || unsaid)
}

impl SetDate {
    fn of(at: usize, telling: &Telling) -> SetDate {
        let mut date = SetDate {
            kind: telling.kind,
            days: telling.days,
            tellings: Vec::new(),
            things: Vec::new(),
            events: Vec::new(),
            codes: Vec::new(),
            setters: Vec::new(),
            parties: Vec::new(),
            names: Vec::new(),
            words: Words::default(),
            told: None,
        };
        date.absorb(at, telling);
        date
    }

    fn absorb(&mut self, at: usize, telling: &Telling) {
        self.tellings.push(at);
        let new = |known: &mut Vec<String>, more: &mut dyn Iterator<Item = &String>| {
            for one in more {
                if !known.contains(one) {
                    known.push(one.clone());
                }
            }
        };
        new(&mut self.things, &mut std::iter::once(&telling.thing));
        new(&mut self.events, &mut telling.event.iter());
        new(&mut self.codes, &mut telling.cameo.iter());
        new(&mut self.setters, &mut telling.setters.iter());
        new(&mut self.parties, &mut telling.parties.iter());
        new(&mut self.names, &mut telling.names.iter());
        self.words.extend(&telling.words);
        // What tells most narrowly when it begins tells best.
        if let (Some(known), Some(told)) = (&mut self.days, telling.days)
            && told.0 > known.0
        {
            known.0 = told.0;
        }
        self.told = match (self.told, telling.published) {
            (Some((first, last)), Some(day)) => Some((first.min(day), last.max(day))),
            (told, day) => told.or(day.map(|day| (day, day))),
        };
    }
}
