//! The likeliest (actor, event, actor) of the next day, after what happened before.
//!
//! In go facts (subject, relation, object, day); out comes, for a question such as "to whom will
//! `subject` do `relation` today?", an order of all actors. What speaks for each is counted
//! ([`history`], [`features`]): recurrence of the same and of any event between the two under several
//! half-lives (the recurrency baseline of Gastinger et al. 2024), temporal rules (after TLogic: Liu
//! et al. 2022), who is usual for the relation, and evidence by way of a third. A small network
//! ([`ranker`]) fitted to the last days of the past weighs it all, and learns on with each day.
//!
//! Scores are those of the field: single step (each day is foretold from all days before it), both
//! directions, time-aware filter (other right answers of the same day are no rivals), ties broken at
//! random; mean reciprocal rank and Hits@1, 3 and 10.

pub mod facts;
mod features;
mod history;
mod ranker;

pub use facts::{Fact, FactError, Facts};

use features::{Candidates, Row, Usual};
use history::History;
use ranker::{Ranker, Slope};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

// The method, tuned on ICEWS14 valid.
/// Days at the end of the past that are learned from.
const LEARNED_DAYS: usize = 120;
/// Size of the steps over the past, and of those taken as the days to foretell go by.
const RATE: f32 = 0.006;
const RATE_LATER: f32 = 0.003;
/// Wrong answers that each right one is compared with: the strongest.
const RIVALS: usize = 128;
/// Right answers that one step learns from.
const TOGETHER: usize = 256;

/// How well the answers of a span of days were foretold; shares from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// Mean reciprocal rank.
    pub mrr: f64,
    /// Share of right answers ranked first.
    #[serde(rename = "hits@1")]
    pub hits_1: f64,
    /// Among the first three.
    #[serde(rename = "hits@3")]
    pub hits_3: f64,
    /// Among the first ten.
    #[serde(rename = "hits@10")]
    pub hits_10: f64,
    /// Questions asked: two for each fact.
    pub questions: usize,
}

/// Who does what, with everybody it is done to on the day.
#[derive(Debug)]
struct Question {
    subject: u32,
    relation: u32,
    /// Ascending; one that stands twice was asked for twice.
    answers: Vec<u32>,
}

impl Question {
    /// Another right answer is no rival of the one asked for (the time-aware filter).
    fn rival(&self, actor: u32) -> bool {
        self.answers.binary_search(&actor).is_err()
    }
}

/// The questions of a day, in both directions, in the order of their numbers.
fn questions(history: &History, day: &[Fact]) -> Vec<Question> {
    let mut asked: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    for &Fact { subject, relation, object, .. } in day {
        asked.entry((subject, relation)).or_default().push(object);
        asked.entry((object, history.inverse(relation))).or_default().push(subject);
    }
    let question = |((subject, relation), mut answers): ((u32, u32), Vec<u32>)| {
        answers.sort_unstable();
        Question { subject, relation, answers }
    };
    asked.into_iter().map(question).collect()
}

/// Learns from all parts but the last, and foretells each day of the last from all days before it.
/// `done` is called with the number of days gone through, and of all of them.
pub fn evaluate(facts: &Facts, done: &mut dyn FnMut(usize, usize)) -> Score {
    let Some((future, past)) = facts.parts.split_last() else { return score(&[]) };
    let days: Vec<&[Fact]> = past.iter().flat_map(|part| facts::days(part)).collect();
    let ahead: Vec<&[Fact]> = facts::days(future).collect();
    let known = days.len().saturating_sub(LEARNED_DAYS);
    let all = days.len() + ahead.len();
    let mut ranker = Ranker::new();
    let mut history = History::new(facts.actors, facts.relations);
    let mut ranks = Vec::with_capacity(2 * future.len());
    for (at, day) in days.iter().chain(&ahead).enumerate() {
        let Some(first) = day.first() else { continue };
        if at >= known {
            let today = Today::new(&history, facts, first.day, day);
            if at >= days.len() {
                ranks.extend(today.foretell(&ranker));
            }
            today.learn(&mut ranker, if at < days.len() { RATE } else { RATE_LATER });
        }
        history.add(first.day, day);
        done(at + 1, all);
    }
    score(&ranks)
}

/// An event that is likely on the next day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likely {
    /// Number of who acts.
    pub subject: u32,
    /// Number of the relation.
    pub relation: u32,
    /// Number of who is acted upon.
    pub object: u32,
    /// How many such events are to be expected.
    pub expected: f64,
}

/// Days at the end of the past that the likeliest events of the next are learned from,
const LEARNED_BEFORE_NEXT: usize = 40;
/// and who does what often enough to be asked for whom it is done to.
const ASKED: usize = 300;

/// The likeliest events of the day after the last one, of subjects and relations that are sought
/// (ascending), the likeliest first: how often the subject does so of late, times the share of each
/// candidate.
pub fn next(facts: &Facts, sought: &[(u32, u32)]) -> Vec<Likely> {
    let mut past: Vec<Fact> = facts.parts.concat();
    past.sort_unstable();
    let Some(last) = past.last().map(|fact| fact.day) else { return Vec::new() };
    let days: Vec<&[Fact]> = facts::days(&past).collect();
    let known = days.len().saturating_sub(LEARNED_BEFORE_NEXT);
    let mut ranker = Ranker::new();
    let mut history = History::new(facts.actors, facts.relations);
    for (at, day) in days.iter().enumerate() {
        let Some(first) = day.first() else { continue };
        if at >= known {
            Today::new(&history, facts, first.day, day).learn(&mut ranker, RATE);
        }
        history.add(first.day, day);
    }
    let mut asked: Vec<((u32, u32), f64)> = sought
        .iter()
        .map(|&(subject, relation)| {
            ((subject, relation), history.rate(subject, relation, last + 1))
        })
        .collect();
    asked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    asked.truncate(ASKED);
    let usual = Usual::new(&history, facts.actors, facts.relations, last + 1);
    let mut likely: Vec<Likely> = asked
        .par_iter()
        .flat_map_iter(|&((subject, relation), rate)| {
            let found = features::describe(&history, &usual, subject, relation);
            let shares = shares(&ranker, &found);
            found.actors.into_iter().zip(shares).map(move |(object, share)| Likely {
                subject,
                relation,
                object,
                expected: rate * share,
            })
        })
        .collect();
    let names = |likely: &Likely| (likely.subject, likely.relation, likely.object);
    likely.sort_by(|a, b| b.expected.total_cmp(&a.expected).then(names(a).cmp(&names(b))));
    likely
}

/// The share of each candidate, by the softmax that the ranker was fitted with.
fn shares(ranker: &Ranker, found: &Candidates) -> Vec<f64> {
    let scores: Vec<f32> = found.rows.iter().map(|row| ranker.score(row)).collect();
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let raised: Vec<f64> = scores.iter().map(|score| f64::from(score - highest).exp()).collect();
    let all: f64 = raised.iter().sum();
    raised.into_iter().map(|share| share / all).collect()
}

fn score(ranks: &[usize]) -> Score {
    let count = ranks.len().max(1) as f64;
    let within = |most: usize| ranks.iter().filter(|&&r| r <= most).count() as f64 / count;
    Score {
        mrr: ranks.iter().map(|&rank| 1.0 / rank as f64).sum::<f64>() / count,
        hits_1: within(1),
        hits_3: within(3),
        hits_10: within(10),
        questions: ranks.len(),
    }
}

/// One day as it stands before anything of it is known, and what is asked of it.
struct Today {
    usual: Usual,
    asked: Vec<(Question, Candidates)>,
}

impl Today {
    fn new(history: &History, facts: &Facts, day: i32, happened: &[Fact]) -> Today {
        let usual = Usual::new(history, facts.actors, facts.relations, day);
        let asked = questions(history, happened)
            .into_par_iter()
            .map(|question| {
                let Question { subject, relation, .. } = question;
                let found = features::describe(history, &usual, subject, relation);
                (question, found)
            })
            .collect();
        Today { usual, asked }
    }

    /// The rank of each right answer.
    fn foretell(&self, ranker: &Ranker) -> Vec<usize> {
        let ranks = |(question, found): &(Question, Candidates)| {
            let scores: Vec<f32> = found.rows.iter().map(|row| ranker.score(row)).collect();
            let rank = |&answer| rank(&self.usual, question, found, &scores, answer);
            question.answers.iter().map(rank).collect::<Vec<usize>>()
        };
        self.asked.par_iter().flat_map_iter(ranks).collect()
    }

    fn learn(&self, ranker: &mut Ranker, rate: f32) {
        for some in self.asked.chunks(TOGETHER) {
            let slopes: Vec<(Slope, usize)> = some
                .par_chunks(TOGETHER / 8)
                .map(|few| {
                    let mut slope = Slope::new();
                    let mut used = 0;
                    for (question, found) in few {
                        used += against_rivals(ranker, question, found, &mut slope);
                    }
                    (slope, used)
                })
                .collect();
            let mut sum = Slope::new();
            let mut used = 0;
            for (slope, number) in slopes {
                sum.resize(slope.len().max(sum.len()), 0.0);
                sum.iter_mut().zip(&slope).for_each(|(sum, slope)| *sum += slope);
                used += number;
            }
            ranker.step(&sum, used, rate);
        }
    }
}

/// Adds what each right answer, set beside its strongest rivals, would change; how many there were.
fn against_rivals(
    ranker: &Ranker,
    question: &Question,
    found: &Candidates,
    slope: &mut Slope,
) -> usize {
    let mut others: Vec<(f32, usize)> = found
        .actors
        .iter()
        .enumerate()
        .filter(|(_, actor)| question.rival(**actor))
        .map(|(at, _)| (ranker.score(&found.rows[at]), at))
        .collect();
    if others.len() > RIVALS {
        others.select_nth_unstable_by(RIVALS, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        others.truncate(RIVALS);
    }
    let mut rows: Vec<Row> = others.iter().map(|&(_, at)| found.rows[at]).collect();
    let mut used = 0;
    for answer in &question.answers {
        // Whom nothing spoke for teaches nothing.
        let Ok(at) = found.actors.binary_search(answer) else { continue };
        rows.push(found.rows[at]);
        ranker.slope(&rows, rows.len() - 1, slope);
        rows.pop();
        used += 1;
    }
    used
}

fn rank(
    usual: &Usual,
    question: &Question,
    found: &Candidates,
    scores: &[f32],
    answer: u32,
) -> usize {
    let rivals = || found.actors.iter().zip(scores).filter(|(actor, _)| question.rival(**actor));
    if let Ok(at) = found.actors.binary_search(&answer) {
        let better = rivals().filter(|(_, score)| **score > scores[at]).count();
        let tied = rivals().filter(|(_, score)| **score == scores[at]).count();
        // A tie is broken at random, but each time in the same way.
        let chance = mixed(question, answer) % (tied as u64 + 1);
        return 1 + better + chance as usize;
    }
    // Nothing spoke for it: behind all candidates, in the order of activity.
    let before = usual.order.iter().take_while(|&&actor| actor != answer);
    let unforeseen = before
        .filter(|&&actor| question.rival(actor) && found.actors.binary_search(&actor).is_err());
    1 + rivals().count() + unforeseen.count()
}

fn mixed(question: &Question, answer: u32) -> u64 {
    let mut hash = 0x9e37_79b9_7f4a_7c15_u64;
    for part in [question.subject, question.relation, answer] {
        hash = (hash.rotate_left(23) ^ u64::from(part)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 33;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small world: each day actor 0 meets 1, every second day 2 strikes 3, who strikes back the
    /// day after; 4 and 5 are met at random.
    fn world(days: u32) -> Vec<Fact> {
        let fact = |day: u32, subject, relation, object| Fact {
            day: day as i32,
            subject,
            relation,
            object,
        };
        (0..days)
            .flat_map(|day| {
                let turn = if day % 2 == 0 { fact(day, 2, 1, 3) } else { fact(day, 3, 1, 2) };
                [fact(day, 0, 0, 1), turn, fact(day, 4 + day % 2, 0, (day * 7) % 5)]
            })
            .collect()
    }

    #[test]
    fn what_recurs_is_foretold_and_the_same_each_time() {
        let all = world(80);
        let (past, future) = all.split_at(60 * 3);
        let parts = vec![past.to_vec(), future.to_vec()];
        let facts = Facts { parts, actors: 6, relations: 2 };
        let mut steps = Vec::new();
        let first = evaluate(&facts, &mut |done, of| steps.push((done, of)));
        assert_eq!(first.questions, 120);
        assert!(first.mrr > 0.7, "{first:?}");
        assert!(first.hits_1 <= first.hits_3 && first.hits_3 <= first.hits_10);
        assert_eq!((steps.len(), steps.last()), (80, Some(&(80, 80))));
        assert_eq!(first, evaluate(&facts, &mut |_, _| ()));
    }

    #[test]
    fn the_first_day_of_all_has_an_order_too() {
        let facts = Facts { parts: vec![world(1)], actors: 6, relations: 2 };
        let score = evaluate(&facts, &mut |_, _| ());
        assert_eq!(score.questions, 6);
        assert!(score.mrr > 0.0);
    }

    #[test]
    fn other_right_answers_are_no_rivals() {
        let found = Candidates { actors: vec![1, 2, 3], rows: Vec::new() };
        let question = Question { subject: 0, relation: 0, answers: vec![1, 2] };
        let usual = Usual::new(&History::new(5, 1), 5, 1, 0);
        let ranked = |answer| rank(&usual, &question, &found, &[0.3, 0.2, 0.25], answer);
        assert_eq!((ranked(1), ranked(2)), (1, 2));
        // 4 is no candidate: behind 3, and behind 0, who comes before it among the others.
        assert_eq!(ranked(4), 3);
    }
}
