//! What is said of a report beside or around its text.

use crate::columns::{Columns, Field, Places};
use crate::dates;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// The fields of a report as an object, a row or a page gives them.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    pub id: Option<String>,
    pub date: Option<Date>,
    pub unread_date: Option<String>,
    pub title: Option<String>,
    pub text: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
}

impl Fields {
    /// Takes for each field the first value that there is at its places.
    pub fn read(places: &Places, mut value: impl FnMut(usize) -> Option<String>) -> Fields {
        let mut take = |field| {
            let mut said = places.of(field).filter_map(&mut value);
            said.find(|said| !said.trim().is_empty())
        };
        let mut fields = Fields {
            id: take(Field::Id),
            title: take(Field::Title),
            text: take(Field::Text),
            source: take(Field::Source),
            url: take(Field::Url),
            ..Fields::default()
        };
        let (language, date) = (take(Field::Language), take(Field::Date));
        fields.set_language(language.as_deref());
        fields.set_date(date);
        fields
    }

    /// The fields of a JSON object.
    pub fn of_object(object: Map<String, Value>, columns: &Columns) -> Fields {
        let (names, mut values): (Vec<String>, Vec<Value>) = object.into_iter().unzip();
        let value = |at: usize| values.get_mut(at).and_then(|value| said(value.take()));
        Fields::read(&columns.places(&names), value)
    }

    /// Reads a date as it is written, or keeps it to be told that it cannot be read.
    pub fn set_date(&mut self, written: Option<String>) {
        let Some(written) = written else { return };
        self.date = dates::whole(&written);
        self.unread_date = self.date.is_none().then_some(written);
    }

    /// Takes `en` of `en-GB` and `en_US`.
    pub fn set_language(&mut self, tag: Option<&str>) {
        let Some(mut tag) = tag.map(|tag| tag.trim().to_lowercase()) else { return };
        if tag.get(2..).is_some_and(|rest| rest.starts_with(['-', '_'])) {
            tag.truncate(2);
        }
        self.language = Some(tag).filter(|tag| !tag.is_empty());
    }
}

fn said(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        // NewsAPI writes the source as {"id": ..., "name": ...}.
        Value::Object(mut parts) => parts.remove("name").and_then(said),
        _ => None,
    }
}
