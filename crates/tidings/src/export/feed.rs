//! Incidents, or dates to watch, as a feed: Atom, RFC 4287.

use super::words::{description, last_told, summary};
use super::{midnight, urn};
use crate::deadlines::Deadline;
use crate::record::questions::{Subject, Value};
use crate::safe;
use atom_syndication::{Category, Content, Entry, FixedDateTime, Text};
use jiff::civil::Date;
use std::collections::HashMap;

/// A feed under way: incidents go in, as rows of [`Subject::Incidents`].
#[derive(Debug, Default)]
pub struct Feed {
    entries: Vec<Entry>,
}

impl Feed {
    /// Adds an incident. Its id is that of the record; its times are the days of the first and the last
    /// report that tell of it.
    pub fn add(&mut self, row: &[Value]) {
        self.entries.push(entry(row));
    }

    /// The feed, what was reported last first.
    pub fn write(self) -> String {
        feed("Incidents", "incidents", self.entries)
    }
}

/// Dates to watch, those last told of first. An entry is updated when a report tells of the date, or of how it
/// went.
pub fn dates(dates: &[Deadline]) -> String {
    feed("Dates to watch", "dates", dates.iter().map(dated).collect())
}

fn feed(title: &str, id: &str, mut entries: Vec<Entry>) -> String {
    entries.sort_by(|a, b| (b.updated(), b.id()).cmp(&(a.updated(), a.id())));
    let mut feed = atom_syndication::Feed::default();
    feed.set_title(title);
    feed.set_id(urn(id));
    feed.set_authors(vec![atom_syndication::Person {
        name: "tidings".to_string(),
        ..atom_syndication::Person::default()
    }]);
    if let Some(newest) = entries.first() {
        feed.set_updated(*newest.updated());
    }
    feed.set_entries(entries);
    feed.to_string()
}

fn dated(date: &Deadline) -> Entry {
    let time = |day: Option<Date>| -> Option<FixedDateTime> { midnight(day?).parse().ok() };
    let grounds = date.grounds.iter().filter_map(|ground| ground.stands.published).max();
    let span = date.since.zip(date.until).map(|(since, until)| match since == until {
        true => format!("{until}: "),
        false => format!("{since} to {until}: "),
    });
    let mut entry = Entry::default();
    entry.set_id(urn(&date.id));
    entry.set_title(Text::plain(span.unwrap_or_default() + &summary(date)));
    entry.set_published(time(date.told.iter().filter_map(|stands| stands.published).min()));
    entry.set_updated(time(last_told(date).max(grounds)).unwrap_or_default());
    entry.set_categories(terms([date.kind.name(), date.state.name()]));
    entry.set_content(content(description(date)));
    entry
}

fn terms(terms: [&str; 2]) -> Vec<Category> {
    terms.map(|term| Category { term: term.to_string(), ..Category::default() }).to_vec()
}

fn content(words: String) -> Content {
    Content { value: Some(words), content_type: Some("text".to_string()), ..Content::default() }
}

fn entry(row: &[Value]) -> Entry {
    let row: HashMap<&str, String> =
        Subject::Incidents.columns().zip(row.iter().map(words)).collect();
    let of = |name: &str| row.get(name).map_or("", String::as_str);
    let time = |name: &str| -> Option<FixedDateTime> {
        let day: Date = of(name).parse().ok()?;
        midnight(day).parse().ok()
    };
    let act = crate::brief::action(of("cameo"));
    let sides = match (of("source"), of("target")) {
        ("", "") => String::new(),
        (source, "") => format!(": {source}"),
        ("", target) => format!(": … → {target}"),
        (source, target) => format!(": {source} → {target}"),
    };
    let place = Some(of("place")).filter(|place| !place.is_empty());
    let place = place.map(|place| format!(" in {place}")).unwrap_or_default();
    let mut entry = Entry::default();
    entry.set_id(urn(of("id")));
    entry.set_title(Text::plain(format!("{} {act}{sides}{place}", of("event"))));
    entry.set_published(time("first_report"));
    entry.set_updated(time("last_report").or(time("since")).unwrap_or_default());
    entry.set_categories(terms([of("event"), of("status")]));
    let told = Subject::Incidents.columns().filter_map(|name| {
        let value = of(name);
        (!value.is_empty()).then(|| format!("{name}: {value}"))
    });
    entry.set_content(content(told.collect::<Vec<_>>().join("\n")));
    entry
}

/// A value as one line of words.
fn words(value: &Value) -> String {
    safe::line(&value.words(", "))
}
