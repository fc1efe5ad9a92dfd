//! Patterns of PETRARCH's that another pattern always comes before, and sets that none names.

use crate::petrarch::{Dictionaries, Pattern};
use crate::{Fault, Finding, TextFile};

/// Tells of patterns whose words an earlier pattern of the same verb takes already.
pub(super) fn check(files: &[TextFile], findings: &mut Vec<Finding>) {
    let (dictionaries, _) = Dictionaries::read(files);
    for patterns in dictionaries.blocks() {
        for (nth, pattern) in patterns.iter().enumerate() {
            let Some(earlier) = patterns.iter().take(nth).find(|e| covers(e, pattern)) else {
                continue;
            };
            let (fault, what) = if earlier.code == pattern.code {
                (Fault::Shadowed, "stands there already")
            } else {
                (Fault::Contradictory, "has another code there")
            };
            let (file, line) = place(pattern, files);
            let problem = format!("the pattern is never reached: it {what}, in {}", earlier.rule);
            findings.push(Finding::new(fault, &file, line, problem));
        }
    }
}

/// Whether the earlier pattern asks for the same pieces, and for no closer ones.
fn covers(earlier: &Pattern, later: &Pattern) -> bool {
    let side = |earlier: &[crate::petrarch::Piece], later: &[crate::petrarch::Piece]| {
        earlier.len() == later.len()
            && earlier
                .iter()
                .zip(later)
                .all(|(e, l)| e.element == l.element && (!e.joined || l.joined))
    };
    side(&earlier.before, &later.before)
        && side(&earlier.after, &later.after)
        && (!earlier.before_joined || later.before_joined)
}

/// The file, as the user named it, and the line of a pattern.
fn place(pattern: &Pattern, files: &[TextFile]) -> (String, usize) {
    let (name, line) = pattern.rule.rsplit_once(':').unwrap_or((&pattern.rule, "1"));
    let file = files.iter().find(|file| file.name.ends_with(name));
    (file.map_or_else(|| name.to_string(), |f| f.name.clone()), line.parse().unwrap_or(1))
}
