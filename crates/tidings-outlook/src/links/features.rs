//! What speaks for each candidate answer to "who is it that `subject` does `relation` to today?".

use super::history::{Fading, HALF_LIVES, History};
use rustc_hash::FxHashMap as HashMap;

/// Numbers that describe one candidate.
pub const WIDTH: usize = 43;
/// One candidate's description.
pub type Row = [f32; WIDTH];

/// Whom a relation met most, and who is in the news most, stand as candidates for everybody.
const USUAL: usize = 80;
/// Partners by which two-step evidence is gathered, and partners of each that count.
const STEPS: (usize, usize) = (24, 24);

/// The actors worth comparing for one question, each described.
#[derive(Debug, Default)]
pub struct Candidates {
    /// Numbers of the actors, ascending.
    pub actors: Vec<u32>,
    /// Their descriptions.
    pub rows: Vec<Row>,
}

/// What is the same for all questions of a day: who is usual for whom.
#[derive(Debug)]
pub struct Usual {
    day: i32,
    by_relation: Vec<Vec<u32>>,
    most_active: Vec<u32>,
    /// All actors, the most active first: the order of those who are no candidates.
    pub order: Vec<u32>,
}

impl Usual {
    /// The usual actors of a day.
    pub fn new(history: &History, actors: usize, relations: usize, day: i32) -> Usual {
        let strongest = |counts: &mut Vec<(u32, f32)>| -> Vec<u32> {
            counts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            counts.iter().take(USUAL).map(|(actor, _)| *actor).collect()
        };
        let by_relation = (0..2 * relations as u32)
            .map(|relation| {
                let met = history.objects(relation).iter();
                strongest(&mut met.map(|(&actor, seen)| (actor, weight(seen, day))).collect())
            })
            .collect();
        let mut all: Vec<(u32, f32)> = (0..actors as u32)
            .map(|actor| (actor, history.activity(actor).map_or(0.0, |seen| weight(seen, day))))
            .collect();
        let most_active = strongest(&mut all);
        let order = all.into_iter().map(|(actor, _)| actor).collect();
        Usual { day, by_relation, most_active, order }
    }
}

/// One weight of a faded count: recent months count most, but nothing is forgotten.
fn weight(seen: &Fading, day: i32) -> f32 {
    let counts = seen.on(day);
    counts[1] + counts[2] + 0.5 * counts[3] + 0.1 * counts[4]
}

/// Describes everyone worth comparing.
pub fn describe(history: &History, usual: &Usual, subject: u32, relation: u32) -> Candidates {
    let day = usual.day;
    let partners = history.partners(subject);
    let mut actors: Vec<u32> = partners.keys().copied().collect();
    actors.extend(&usual.by_relation[relation as usize]);
    actors.extend(&usual.most_active);
    let steps = two_steps(history, subject, relation, day);
    actors.extend(steps.keys());
    actors.sort_unstable();
    actors.dedup();
    let inverse = history.inverse(relation);
    let mut of_relation = 0.0;
    let mut of_all = 0.0;
    for pair in partners.values() {
        of_all += weight(&pair.any, day);
        let same = pair.relations.iter().find(|(r, _)| *r == relation);
        of_relation += same.map_or(0.0, |(_, seen)| weight(seen, day));
    }
    let recurrence = history.recurrence(relation);
    let met = history.objects(relation);
    let mut rows = Vec::with_capacity(actors.len());
    for actor in &actors {
        let mut row = Filler { row: [0.0; WIDTH], at: 0 };
        let pair = partners.get(actor);
        let same = pair.and_then(|p| p.relations.iter().find(|(r, _)| *r == relation));
        let back = pair.and_then(|p| p.relations.iter().find(|(r, _)| *r == inverse));
        let same = same.map(|(_, seen)| seen);
        row.fading(same, day);
        row.fading(pair.map(|p| &p.any), day);
        row.fading(back.map(|(_, seen)| seen), day);
        row.fading(met.get(actor), day);
        row.fading(history.activity(*actor), day);
        // Shares of what the actor does of this, and at all.
        let share = |of: f32, all: f32| (of / (all + 1e-3) + 1e-3).ln() / 3.0;
        row.push(share(same.map_or(0.0, |seen| weight(seen, day)), of_relation));
        row.push(share(pair.map_or(0.0, |p| weight(&p.any, day)), of_all));
        // Temporal rules: the strongest, and all of them together.
        let (mut best, mut none, mut number) = (0.0_f32, 1.0_f32, 0.0_f32);
        for (body, seen) in pair.iter().flat_map(|p| &p.relations) {
            let confidence = history.confidence(*body, relation, seen.age(day));
            best = best.max(confidence);
            none *= 1.0 - 0.5 * confidence;
            number += 1.0;
        }
        row.push((best + 1e-4).ln() / 3.0);
        row.push((1.0 - none + 1e-4).ln() / 3.0);
        row.push((1.0 + number).ln());
        let [friend, same_to, alike] = steps.get(actor).copied().unwrap_or_default();
        row.push((friend + 1e-3).ln() / 3.0);
        row.push((same_to + 1e-3).ln() / 3.0);
        row.push((alike + 1e-3).ln() / 3.0);
        row.push(f32::from(u8::from(*actor == subject)));
        // What the question is like; the hidden layer weighs the rest by it.
        row.push(recurrence);
        row.push((1.0 + of_relation).ln() / 3.0);
        row.push((1.0 + of_all).ln() / 5.0);
        row.push((1.0 + met.len() as f32).ln() / 5.0);
        debug_assert!(row.at <= WIDTH);
        rows.push(row.row);
    }
    Candidates { actors, rows }
}

/// Evidence by way of a third: whom the partners deal with, whom partners do the same to, and whom
/// those do it to who did it to the same as the subject.
fn two_steps(history: &History, subject: u32, relation: u32, day: i32) -> HashMap<u32, [f32; 3]> {
    let mut found: HashMap<u32, [f32; 3]> = HashMap::default();
    let inverse = history.inverse(relation);
    let strongest = |actor: u32, most: usize, of: Option<u32>| -> Vec<(u32, f32)> {
        let weighed = |(&partner, pair): (&u32, &super::history::Pair)| match of {
            None => Some((partner, weight(&pair.any, day))),
            Some(wanted) => {
                let seen = pair.relations.iter().find(|(r, _)| *r == wanted)?;
                Some((partner, weight(&seen.1, day)))
            }
        };
        let mut all: Vec<(u32, f32)> = history.partners(actor).iter().filter_map(weighed).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(most);
        let sum: f32 = all.iter().map(|(_, w)| w).sum::<f32>() + 1.0;
        all.into_iter().map(|(actor, weight)| (actor, weight / sum)).collect()
    };
    let (first, second) = STEPS;
    for (partner, near) in strongest(subject, first, None) {
        for (other, far) in strongest(partner, second, None) {
            found.entry(other).or_default()[0] += near * far;
        }
        for (other, far) in strongest(partner, second, Some(relation)) {
            found.entry(other).or_default()[1] += near * far;
        }
    }
    for (object, near) in strongest(subject, first, Some(relation)) {
        for (alike, across) in strongest(object, second, Some(inverse)) {
            if alike == subject {
                continue;
            }
            for (other, far) in strongest(alike, second, Some(relation)) {
                found.entry(other).or_default()[2] += near * across * far;
            }
        }
    }
    found
}

struct Filler {
    row: Row,
    at: usize,
}

impl Filler {
    fn push(&mut self, value: f32) {
        if let Some(slot) = self.row.get_mut(self.at) {
            *slot = value;
        }
        self.at += 1;
    }

    /// Counts and age, on a scale near one.
    fn fading(&mut self, seen: Option<&Fading>, day: i32) {
        let counts = seen.map_or([0.0; HALF_LIVES.len()], |seen| seen.on(day));
        for count in counts {
            self.push((count + 0.02).ln() / 4.0 + 0.5);
        }
        self.push(seen.map_or(-1.0, |seen| 1.0 - (1.0 + seen.age(day)).ln() / 6.0));
    }
}
