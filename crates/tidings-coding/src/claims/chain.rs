//! On whose word an event rests, and which claim is told inside which.

use super::Claim;
use tidings_language::{Deprel, Document};
use tidings_world::CueKind;

/// The actors on whose word the event at `predicate` rests, outermost first: the speakers whose
/// claims hold it. An accusation, claim or warning that is itself the event rests on who makes it;
/// a demand, as any other act, on the report. Empty where the report itself says it.
pub fn according_to(doc: &Document, claims: &[Claim], predicate: usize) -> Vec<usize> {
    let at = doc.tokens[predicate].start as usize;
    // "condemned the attack" takes the attack for granted.
    let granted = |claim: &Claim| {
        let object = matches!(doc.tokens[predicate].deprel, Deprel::Obj);
        let head = doc.head(predicate).map(|head| doc.tokens[head].start as usize);
        object
            && head.is_some()
            && head == claim.cue.as_ref().map(|cue| cue.start)
            && matches!(claim.kind, Some(CueKind::Accuse | CueKind::Hope))
    };
    let mut holding: Vec<(usize, usize)> = Vec::new();
    for claim in claims {
        let Some(speaker) = claim.speaker else { continue };
        let own = claim.cue.as_ref().is_some_and(|cue| cue.contains(&at));
        let told = claim.gaps.iter().any(|gap| gap.contains(&at));
        if !own && !told && claim.content.contains(&at) && !granted(claim) {
            holding.push((claim.content.len(), speaker));
        } else if own
            && matches!(claim.kind, Some(CueKind::Accuse | CueKind::Claim | CueKind::Warn))
        {
            holding.push((0, speaker));
        }
    }
    holding.sort_by_key(|&(length, _)| std::cmp::Reverse(length));
    let mut speakers = Vec::new();
    for (_, speaker) in holding {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    speakers
}

/// For each claim the shortest one that holds it: whose words its words of saying are part of.
pub fn nest(claims: &[Claim]) -> Vec<Option<usize>> {
    #[derive(PartialEq, Eq, PartialOrd, Ord)]
    enum Edge {
        End,
        Start,
        Said,
    }
    let mut edges = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        edges.push((claim.content.start, Edge::Start, index));
        edges.push((claim.content.end, Edge::End, index));
        let said = claim.cue.as_ref().map_or(claim.content.start, |cue| cue.start);
        edges.push((said, Edge::Said, index));
    }
    edges.sort_unstable();
    let mut open: Vec<usize> = Vec::new();
    let mut above = vec![None; claims.len()];
    for (at, edge, index) in edges {
        match edge {
            Edge::Start => open.push(index),
            Edge::End => open.retain(|&o| o != index),
            Edge::Said => {
                let own = &claims[index].content;
                let told = |o: usize| claims[o].gaps.iter().any(|gap| gap.contains(&at));
                above[index] = open
                    .iter()
                    .copied()
                    .filter(|&o| claims[o].content.len() > own.len() && !told(o))
                    .min_by_key(|&o| claims[o].content.len());
            }
        }
    }
    above
}
