//! What is wrong in a lexicon, beyond what cannot be read: for those who edit it.
//!
//! In go the program's lexicon or a user's own lists; out come [`Finding`]s with file and line:
//! entries that cannot be read, that another denies, that another always comes before, and that no
//! text can lead to.

mod actors;
mod dictionaries;
mod frames;
#[cfg(test)]
mod tests;

use crate::events::EventLexicon;
use crate::own::Own;
use crate::{Finding, OwnLists, World, lexicon};

/// Everything wrong in the lexicon inside the program.
pub fn check_embedded() -> Vec<Finding> {
    let mut findings = Vec::new();
    let world = World::read(&Own::default(), &mut findings);
    findings.extend(world.events.findings());
    frames::check(&world.events, |stem| format!("events/{stem}.txt"), &mut findings);
    actors::check(&lexicon::files(), &mut findings);
    actors::check_agents(&[lexicon::AGENTS], &mut findings);
    sorted(findings)
}

/// Everything wrong in a user's own lists, taken by themselves: that they override the program's
/// lexicon is no fault.
pub fn check(lists: &OwnLists) -> Vec<Finding> {
    let (_, mut findings) = World::with(lists);
    let own = Own::sorted(lists, &mut Vec::new());
    let path = |stem: &str| {
        let named = own.frames.iter().find(|file| file.name.ends_with(&format!("{stem}.txt")));
        named.map_or_else(|| stem.to_string(), |file| file.name.to_string())
    };
    frames::check(&EventLexicon::of_own(&own.classes, &own.frames), path, &mut findings);
    actors::check(&own.files(), &mut findings);
    actors::check_agents(&own.agents, &mut findings);
    dictionaries::check(&lists.petrarch, &mut findings);
    sorted(findings)
}

fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort();
    findings.dedup();
    findings
}
