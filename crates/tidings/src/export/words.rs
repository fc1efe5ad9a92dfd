//! A date to watch in words.

use crate::deadlines::Deadline;
use crate::record::questions::deadlines::Party;
use crate::safe;
use jiff::civil::Date;

/// The day of the last report that tells of the date.
pub(super) fn last_told(date: &Deadline) -> Option<Date> {
    date.told.iter().filter_map(|stands| stands.published).max()
}

/// "Deadline (Peru): withdraw its patrol boat".
pub(super) fn summary(date: &Deadline) -> String {
    let set_by = names(&date.set_by);
    let by = if set_by.is_empty() { String::new() } else { format!(" ({set_by})") };
    let mut kind = date.kind.name().to_string();
    if let Some(first) = kind.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    safe::line(&format!("{kind}{by}: {}", date.what))
}

/// How it stands, and the sentences that tell of it, a line each.
pub(super) fn description(date: &Deadline) -> String {
    let mut lines = vec![format!("State: {}", date.state.name())];
    let mut add = |name: &str, value: String| {
        if !value.is_empty() {
            lines.push(safe::line(&format!("{name}: {value}")));
        }
    };
    add("Condition", date.condition.clone().unwrap_or_default());
    add("Concerns", names(&date.parties));
    add("On the word of", names(&date.according_to));
    for stands in &date.told {
        add(&format!("{} §{}", stands.report, stands.sentence + 1), stands.text.clone());
    }
    for ground in &date.grounds {
        let how = if ground.met { "Met" } else { "Missed" };
        let place = format!("{} §{}", ground.stands.report, ground.stands.sentence + 1);
        add(how, format!("{} [{place}]", ground.stands.text));
    }
    lines.join("\n")
}

fn names(parties: &[Party]) -> String {
    let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
    names.join(", ")
}
