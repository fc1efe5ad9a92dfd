//! Dates to watch as a calendar: RFC 5545.

use super::urn;
use super::words::{description, last_told, summary};
use crate::deadlines::Deadline;
use crate::outlook::dates::{Kind, State};
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
    let last = last_told(date).unwrap_or(on);
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
