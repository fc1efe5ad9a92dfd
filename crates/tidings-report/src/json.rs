//! One report as a JSON object, under the names that feeds and archives use for its fields.

use crate::dates;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// The fields of a report; the names are compared without case, `_`, `-` and spaces.
const ID: &[&str] =
    &["id", "guid", "uuid", "docid", "documentid", "articleid", "reportid", "storyid"];
const DATE: &[&str] = &[
    "date",
    "published",
    "publicationdate",
    "pubdate",
    "publishedat",
    "datepublished",
    "publisheddate",
    "publishdate",
    "publishedon",
    "dateline",
    "datetime",
    "timestamp",
    "created",
    "createdat",
];
const TITLE: &[&str] = &["title", "headline", "heading"];
const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "articlebody",
    "articletext",
    "fulltext",
    "maintext",
    "bodytext",
    "story",
    "article",
];
const SOURCE: &[&str] = &[
    "source",
    "publisher",
    "outlet",
    "sourcename",
    "publication",
    "agency",
    "newspaper",
    "site",
    "domain",
];
const URL: &[&str] = &["url", "link", "weburl", "sourceurl", "permalink", "uri", "href"];
const LANGUAGE: &[&str] = &["language", "lang"];

/// What a JSON object says of a report.
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
    pub(crate) fn read(object: Map<String, Value>) -> Fields {
        let mut object: Vec<(String, Value)> =
            object.into_iter().map(|(key, value)| (plain(&key), value)).collect();
        let mut fields = Fields {
            id: take(&mut object, ID),
            title: take(&mut object, TITLE),
            text: take(&mut object, TEXT),
            source: take(&mut object, SOURCE),
            url: take(&mut object, URL),
            language: take(&mut object, LANGUAGE).map(|l| l.to_lowercase()),
            ..Fields::default()
        };
        if let Some(language) = &mut fields.language
            && language.get(2..).is_some_and(|rest| rest.starts_with(['-', '_']))
        {
            language.truncate(2);
        }
        if let Some(written) = take(&mut object, DATE) {
            fields.date = dates::whole(&written);
            fields.unread_date = fields.date.is_none().then_some(written);
        }
        fields
    }
}

fn plain(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// The value under the first of the names that holds one.
fn take(object: &mut [(String, Value)], names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let (_, value) = object.iter_mut().find(|(key, _)| key == name)?;
        said(value.take())
    })
}

fn said(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text).filter(|t| !t.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        // NewsAPI writes the source as {"id": ..., "name": ...}.
        Value::Object(mut parts) => parts.remove("name").and_then(said),
        _ => None,
    }
}
