//! How a date stands on a day: open, met, missed or unclear.

use super::{Act, Deed, Kind, SetDate, Words};
use jiff::ToSpan;
use jiff::civil::Date;
use tidings_world::Countries;

/// How a date stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It has not passed, and nothing is told of how it went.
    Open,
    /// A later report tells that it was done, held, observed.
    Met,
    /// A later report tells that it was not, or that it was called off.
    Missed,
    /// It has passed, and no report tells, or reports disagree.
    Unclear,
}

impl State {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Met => "met",
            State::Missed => "missed",
            State::Unclear => "unclear",
        }
    }
}

/// How a date stands, and the deeds that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How it stands.
    pub state: State,
    /// Indices of the deeds.
    pub grounds: Vec<usize>,
}

/// A day more or less is the same night or another time zone.
const SLACK: i64 = 1;
/// For so many days after a date a report without a day of its own still speaks of it.
const AFTER: i64 = 14;
/// A date of more days than these leaves room for other acts of the same sort.
const WEEK: i64 = 7;
/// A condition without a day stands open for so many days after it was last told.
const STANDING: i64 = 92;

/// Where deeds are to be looked for that may meet or miss a date. Closed intervals of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// PLOVER types of such acts.
    pub events: Vec<String>,
    /// Days on which such an act begins.
    pub begun: (Date, Date),
    /// Days of the reports that tell of the date's outcome.
    pub told: (Date, Date),
}

/// Where deeds are to be looked for that may meet or miss the date.
pub fn window(date: &SetDate) -> Option<Window> {
    let (first, last) = date.told?;
    let mut events = date.events.clone();
    if date.kind == Kind::Meeting && !events.iter().any(|event| event == "CONSULT") {
        events.push("CONSULT".to_string());
    }
    let (begun, to) = match date.days {
        Some((_, to)) if is_running(date.kind) => ((first, plus(to, SLACK)), plus(to, AFTER)),
        Some((from, to)) => ((plus(from, -SLACK), plus(to, SLACK)), plus(to, AFTER)),
        None => ((first, plus(last, STANDING)), plus(last, STANDING)),
    };
    Some(Window { events, begun, told: (first, to) })
}

/// Whether the date is the end of a stretch, in all of which it may be met.
fn is_running(kind: Kind) -> bool {
    matches!(kind, Kind::Deadline | Kind::Expiry)
}

/// How the date stands on a day, by deeds of its [`window`].
///
/// | | a deed meets or misses the date if |
/// | --- | --- |
/// | who | its sides share two of the date's countries, or one of its actors by name, and two words of what it is for (three, if it is of more than a week or has no day); or one country and three words, four for a meeting of that country alone; two countries alone for a meeting of a week or less. Of a deadline that names whom it is for, those must act and not who set it; of a plan, who made it |
/// | what | it is of the PLOVER type of the date's act (a meeting: CONSULT), or is told of the same thing; what is threatened or granted on a condition is only met, by an act of the same CAMEO code of who said so on whom it was said of |
/// | when | it happened on the date's days, give or take one; for a deadline, an expiry or a condition, on any day since it was first told |
/// | told | by a later report than the first that tells of the date |
pub fn judge(date: &SetDate, on: Date, deeds: &[Deed]) -> Verdict {
    let answering: Vec<usize> = deeds
        .iter()
        .enumerate()
        .filter(|(_, deed)| deed.published.is_some_and(|day| day <= on) && answers(date, deed))
        .map(|(at, _)| at)
        .collect();
    let done = |at: &&usize| deeds.get(**at).is_some_and(|deed| deed.done);
    let met = answering.iter().filter(done).count();
    let state = match (met, answering.len() - met) {
        (0, 0) => match date.days.map(|days| days.1) {
            Some(last) if on > last => State::Unclear,
            None if date.told.is_some_and(|(_, last)| on > plus(last, STANDING)) => State::Unclear,
            _ => State::Open,
        },
        (_, 0) => State::Met,
        (0, _) => State::Missed,
        _ => State::Unclear,
    };
    Verdict { state, grounds: answering }
}

fn answers(date: &SetDate, deed: &Deed) -> bool {
    let (Some((first, _)), Some(published)) = (date.told, deed.published) else { return false };
    published > first && is_the_act(date, deed) && in_time(date, deed, first) && by_whom(date, deed)
}

fn is_the_act(date: &SetDate, deed: &Deed) -> bool {
    match &deed.act {
        Act::Outcome(kind, thing) => {
            let told_after =
                || deed.published.zip(date.days).is_some_and(|(day, days)| day >= days.1);
            *kind == date.kind
                && (date.things.contains(thing) || *kind == Kind::Deadline && told_after())
        }
        Act::Event(_, code) if date.kind == Kind::Condition => {
            deed.done && date.codes.contains(code)
        }
        Act::Event(event, _) => {
            date.events.contains(event) || date.kind == Kind::Meeting && event == "CONSULT"
        }
    }
}

fn in_time(date: &SetDate, deed: &Deed, first: Date) -> bool {
    let Some((from, to)) = date.days else {
        return deed.days.is_some_and(|days| days.0 >= first);
    };
    let running = is_running(date.kind);
    match (&deed.act, deed.days) {
        // "The talks set for Friday were called off on Tuesday."
        (Act::Outcome(..), Some(days)) if !deed.done => {
            days.0 >= first && days.0 <= plus(to, AFTER)
        }
        (_, Some(days)) => {
            let begins = if running { first } else { plus(from, -SLACK) };
            let ends = match (&deed.act, running) {
                // That a deadline was met or ran out is told after it.
                (Act::Outcome(..), true) => plus(to, AFTER),
                _ => plus(to, SLACK),
            };
            days.1 >= begins && days.0 <= ends
        }
        (_, None) => deed.published.is_some_and(|day| day >= from && day <= plus(to, AFTER)),
    }
}

/// Countries act often, and one country's people act on each other all day: two of the date's countries,
/// or one of its actors by name, and words in common; of one country alone, more words.
fn by_whom(date: &SetDate, deed: &Deed) -> bool {
    let sides: Vec<&String> = date.sides().collect();
    let mut labels: Vec<&String> =
        deed.actors.iter().chain(&deed.others).filter(|side| sides.contains(side)).collect();
    labels.sort_unstable();
    labels.dedup();
    // The name of a country tells no more than its label.
    let is_own = |name: &&String| Countries::embedded().named(name).is_none();
    let names = deed.names.iter().filter(|name| date.names.contains(name)).filter(is_own).count();
    let known = Words::of(&date.names.join(" "));
    let words = date.words.shared(&deed.words, &known);
    let outcome = matches!(deed.act, Act::Outcome(..));
    let narrow = date.days.is_some_and(|(from, to)| plus(from, WEEK) >= to);
    // Talks of the same two in the very days are the talks; in a month there are others.
    let alike = match (labels.len(), names) {
        (2.., _) if date.kind == Kind::Meeting && narrow => true,
        (2.., _) | (_, 1..) => words >= if narrow { 2 } else { 3 },
        // Within a country many meet and march on one day.
        (1, 0) if date.kind == Kind::Meeting && date.sides().all(|side| side == labels[0]) => {
            words >= 4
        }
        // Seldom two votes.
        (1, 0) if outcome && matches!(date.kind, Kind::Vote | Kind::Hearing) && narrow => {
            words >= 2
        }
        (1, 0) => words >= 3,
        _ => outcome && sides.is_empty() && narrow && words >= 3,
    };
    if date.kind == Kind::Condition {
        let hit = |side: &Vec<String>| side.iter().any(|one| date.parties.contains(one));
        let did = deed.actors.iter().any(|actor| date.setters.contains(actor));
        return did && (date.parties.is_empty() || hit(&deed.others));
    }
    let bound = match date.kind {
        Kind::Deadline if !date.parties.is_empty() => &date.parties,
        Kind::Plan => &date.setters,
        _ => return alike,
    };
    // A deadline is met by whom it was set for, a plan by who made it.
    alike && (outcome || deed.actors.iter().any(|actor| bound.contains(actor)))
}

/// Days from `on` to the date: to the last of its days for what is due by then or runs until then, to the
/// first for the others (0 while they last). Negative once it has passed.
pub fn days_left(kind: Kind, days: Option<(Date, Date)>, on: Date) -> Option<i64> {
    let (from, to) = days?;
    let due = match kind {
        kind if is_running(kind) => to,
        _ if on <= from => from,
        _ if on <= to => return Some(0),
        _ => to,
    };
    let span = on.until(due).ok()?;
    Some(i64::from(span.get_days()))
}

fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}
