//! Frames that another frame always comes before.

use crate::events::{Argument, EventLexicon, Filler, Frame, HeadWord, Kind, Noun, Word};
use crate::{Fault, Finding};
use std::collections::HashMap;

/// Tells of frames all of whose words an earlier frame takes with the same demands or fewer: it
/// matches wherever they do, and of two that match alike the earlier counts.
pub(super) fn check(
    lexicon: &EventLexicon,
    path: impl Fn(&str) -> String,
    findings: &mut Vec<Finding>,
) {
    let frames = lexicon.frames();
    let mut by_head: HashMap<(Word, &[Word], Kind), Vec<usize>> = HashMap::new();
    for (nth, frame) in frames.iter().enumerate() {
        let mut covers: Vec<usize> = Vec::new();
        for (at, HeadWord { word, with }) in frame.heads.iter().enumerate() {
            let alike = by_head.entry((*word, with, frame.kind)).or_default();
            let covering =
                |&earlier: &usize| frames.get(earlier).is_some_and(|e| covers_all(e, frame));
            match alike.iter().copied().filter(covering).min() {
                Some(earlier) if covers.len() == at => covers.push(earlier),
                _ => {}
            }
            if alike.last() != Some(&nth) {
                alike.push(nth);
            }
        }
        if covers.len() < frame.heads.len() || covers.is_empty() {
            continue;
        }
        let file = |frame: &Frame| path(frame.rule.split('/').next().unwrap_or_default());
        let Some(earlier) = covers.first().and_then(|&first| frames.get(first)) else { continue };
        let differs = covers.iter().filter_map(|&c| frames.get(c)).any(|e| !same_act(e, frame));
        let fault = if differs { Fault::Contradictory } else { Fault::Shadowed };
        let what =
            if differs { "codes the same words otherwise" } else { "codes the same words already" };
        let problem = format!(
            "'{}' is never reached: '{}' ({}, line {}) {what}; keep one, or say what tells them apart",
            frame.rule,
            earlier.rule,
            file(earlier),
            earlier.line,
        );
        findings.push(Finding::new(fault, &file(frame), frame.line, problem));
    }
}

fn same_act(one: &Frame, other: &Frame) -> bool {
    one.section == other.section
}

/// Whether the earlier frame matches wherever the later one does, as well as that.
fn covers_all(earlier: &Frame, later: &Frame) -> bool {
    let used = |frame: &Frame| (frame.section.operator.is_some(), frame.section.content_only);
    let places = |frame: &Frame| frame.arguments.iter().filter(|a| !a.optional).count();
    earlier.subject == later.subject
        && used(earlier) == used(later)
        && places(earlier) <= places(later)
        && later
            .arguments
            .iter()
            .all(|argument| earlier.arguments.iter().any(|e| covers_argument(e, argument)))
        && earlier
            .arguments
            .iter()
            .filter(|e| !e.optional)
            .all(|e| later.arguments.iter().any(|argument| covers_argument(e, argument)))
}

fn covers_argument(earlier: &Argument, later: &Argument) -> bool {
    earlier.place == later.place
        && (earlier.optional || !later.optional)
        && match (&earlier.filler, &later.filler) {
            (Filler::Nouns(all), Filler::Nouns(some)) => {
                some.iter().all(|noun| all.binary_search_by(|n: &Noun| n.cmp(noun)).is_ok())
            }
            (earlier, later) => earlier == later,
        }
}
