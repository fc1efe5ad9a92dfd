//! New incidents as a feed: Atom, RFC 4287.

use super::{midnight, urn};
use crate::record::questions::{Subject, Value};
use crate::safe;
use atom_syndication::{Category, Content, Entry, FixedDateTime, Text};
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
    pub fn write(mut self) -> String {
        self.entries.sort_by(|a, b| (b.updated(), b.id()).cmp(&(a.updated(), a.id())));
        let mut feed = atom_syndication::Feed::default();
        feed.set_title("Incidents");
        feed.set_id(urn("incidents"));
        feed.set_authors(vec![atom_syndication::Person {
            name: "tidings".to_string(),
            ..atom_syndication::Person::default()
        }]);
        if let Some(newest) = self.entries.first() {
            feed.set_updated(*newest.updated());
        }
        feed.set_entries(self.entries);
        feed.to_string()
    }
}

fn entry(row: &[Value]) -> Entry {
    let row: HashMap<&str, String> =
        Subject::Incidents.columns().zip(row.iter().map(words)).collect();
    let of = |name: &str| row.get(name).map_or("", String::as_str);
    let time = |name: &str| -> Option<FixedDateTime> {
        let day: jiff::civil::Date = of(name).parse().ok()?;
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
    entry.set_categories(
        [of("event"), of("status")]
            .map(|term| Category { term: term.to_string(), ..Category::default() })
            .to_vec(),
    );
    let told = Subject::Incidents.columns().filter_map(|name| {
        let value = of(name);
        (!value.is_empty()).then(|| format!("{name}: {value}"))
    });
    entry.set_content(Content {
        value: Some(told.collect::<Vec<_>>().join("\n")),
        content_type: Some("text".to_string()),
        ..Content::default()
    });
    entry
}

/// A value as one line of words.
fn words(value: &Value) -> String {
    match value {
        Value::Unknown => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => safe::line(text),
        Value::List(texts) => safe::line(&texts.join(", ")),
    }
}
