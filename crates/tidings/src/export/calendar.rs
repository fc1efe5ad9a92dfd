//! Dates to watch as a calendar: RFC 5545.

use super::urn;
use crate::deadlines::Deadline;
use crate::outlook::dates::{Kind, State};
use crate::record::questions::deadlines::Party;
use crate::safe;
use icalendar::{Calendar, Component, Event, EventStatus, Property};
use jiff::civil::Date;

/// One all-day event for each date that has a day. Ids are those of the dates, and the stamp is the day
/// of the last report that tells of one: the same record gives the same calendar.
pub fn calendar(dates: &[Deadline], on: Date) -> String {
    let mut calendar = Calendar::new();
    calendar.name("Dates to watch");
    for date in dates {
        calendar.extend(event(date, on));
    }
    calendar.to_string()
}

fn event(date: &Deadline, on: Date) -> Option<Event> {
    let (since, until) = (date.since?, date.until?);
    // What is due by the end of a stretch stands on its last day.
    let first = if matches!(date.kind, Kind::Deadline | Kind::Expiry) { until } else { since };
    let last = date.told.iter().filter_map(|stands| stands.published).max().unwrap_or(on);
    let mut event = Event::with_uid(&urn(&date.id));
    event.add_property("DTSTAMP", format!("{}T000000Z", compact(last)));
    event.append_property(day("DTSTART", first));
    event.append_property(day("DTEND", until.tomorrow().unwrap_or(until)));
    event.add_property("TRANSP", "TRANSPARENT");
    event.summary(&summary(date));
    event.description(&description(date));
    event.add_property("CATEGORIES", date.kind.name().to_uppercase());
    event.status(match date.state {
        State::Missed => EventStatus::Cancelled,
        State::Met => EventStatus::Confirmed,
        State::Open | State::Unclear => EventStatus::Tentative,
    });
    Some(event.done())
}

fn day(name: &str, day: Date) -> Property {
    Property::new(name, compact(day)).add_parameter("VALUE", "DATE").done()
}

/// "20310603", the form of RFC 5545, section 3.3.4.
fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// "Deadline (Peru): withdraw its patrol boat".
fn summary(date: &Deadline) -> String {
    let set_by = names(&date.set_by);
    let by = if set_by.is_empty() { String::new() } else { format!(" ({set_by})") };
    let mut kind = date.kind.name().to_string();
    if let Some(first) = kind.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    safe::line(&format!("{kind}{by}: {}", date.what))
}

fn description(date: &Deadline) -> String {
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
