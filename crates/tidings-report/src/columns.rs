//! Which column, or field of a JSON object, holds what of a report.

use std::str::FromStr;

/// What is known of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Date,
    Title,
    Text,
    Source,
    Url,
    Language,
}

/// For each field its name in `--columns` and the names that feeds and archives use for it, the likeliest
/// first; they are compared without case, `_`, `-` and spaces.
const NAMES: [(Field, &str, &[&str]); 7] = [
    (
        Field::Id,
        "id",
        &["id", "guid", "uuid", "docid", "documentid", "articleid", "reportid", "storyid"],
    ),
    (
        Field::Date,
        "date",
        &[
            "date",
            "published",
            "publicationdate",
            "pubdate",
            "publishedat",
            "publishedtime",
            "datepublished",
            "publisheddate",
            "publishdate",
            "publishedon",
            "dateline",
            "datetime",
            "timestamp",
            "created",
            "createdat",
        ],
    ),
    (Field::Title, "title", &["title", "headline", "heading"]),
    (
        Field::Text,
        "text",
        &[
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
        ],
    ),
    (
        Field::Source,
        "source",
        &[
            "source",
            "publisher",
            "outlet",
            "sourcename",
            "sitename",
            "publication",
            "agency",
            "newspaper",
            "site",
            "domain",
        ],
    ),
    (Field::Url, "url", &["url", "link", "weburl", "sourceurl", "permalink", "uri", "href"]),
    (Field::Language, "language", &["language", "lang", "locale"]),
];

/// Columns that were told by name; the rest are known by their usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(Vec<(Field, String)>);

impl Columns {
    /// Where each field is to be found among the names.
    pub(crate) fn places(&self, names: &[impl AsRef<str>]) -> Places {
        let plain: Vec<String> = names.iter().map(|name| plain(name.as_ref())).collect();
        Places(NAMES.each_ref().map(|(field, _, usual)| {
            let place = |name: &str| plain.iter().position(|n| n == name);
            match self.told(*field) {
                Some(told) => {
                    let exact = names.iter().position(|name| name.as_ref() == told);
                    exact.or_else(|| place(&crate::columns::plain(told))).into_iter().collect()
                }
                None => usual.iter().filter_map(|name| place(name)).collect(),
            }
        }))
    }

    /// Columns told by name that are not among the names: the first.
    pub(crate) fn missing(&self, names: &[impl AsRef<str>]) -> Option<&str> {
        let places = self.places(names);
        let lost = self.0.iter().find(|(field, _)| places.of(*field).next().is_none());
        lost.map(|(_, name)| name.as_str())
    }

    fn told(&self, field: Field) -> Option<&str> {
        self.0.iter().find(|(f, _)| *f == field).map(|(_, name)| name.as_str())
    }
}

impl FromStr for Columns {
    type Err = String;

    /// Reads `text=Body,date=Published`.
    fn from_str(written: &str) -> Result<Columns, String> {
        let fields = || NAMES.map(|(_, name, _)| name).join(", ");
        let mut told = Vec::new();
        for pair in written.split(',') {
            let Some((field, name)) = pair.split_once('=') else {
                return Err(format!("\"{pair}\" lacks a \"=\"; write text=Body,date=Published"));
            };
            let Some((field, ..)) = NAMES.iter().find(|n| n.1 == field.trim()) else {
                return Err(format!("\"{field}\" is no field of a report; they are {}", fields()));
            };
            told.push((*field, name.trim().to_string()));
        }
        Ok(Columns(told))
    }
}

/// The places of the fields, the likeliest first, in the order of [`Field`].
#[derive(Debug, Clone)]
pub(crate) struct Places([Vec<usize>; 7]);

impl Places {
    pub fn of(&self, field: Field) -> impl Iterator<Item = usize> + '_ {
        self.0[field as usize].iter().copied()
    }

    /// How many fields have a place.
    pub fn fields(&self) -> usize {
        self.0.iter().filter(|places| !places.is_empty()).count()
    }

    /// All places, in order.
    pub fn all(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.0.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn plain(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_listed_in_their_order() {
        for (at, (field, ..)) in NAMES.iter().enumerate() {
            assert_eq!(*field as usize, at);
        }
    }

    #[test]
    fn columns_told_by_name_stand_before_the_usual_ones() {
        let names = ["Body", "text", "Published On", "when"];
        let places = |told: &str| {
            let columns: Columns = told.parse().unwrap();
            let places = columns.places(&names);
            (places.of(Field::Text).collect::<Vec<_>>(), places.of(Field::Date).next())
        };
        assert_eq!(Columns::default().places(&names).of(Field::Text).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(places("text=Body,date=when"), (vec![0], Some(3)));
        assert_eq!(places("text=body"), (vec![0], Some(2)));
        assert_eq!("text=Teaser".parse::<Columns>().unwrap().missing(&names), Some("Teaser"));
    }

    #[test]
    fn what_cannot_be_understood_is_told() {
        for (written, told) in
            [("Body", "lacks a \"=\""), ("words=Body", "id, date, title, text"), ("", "lacks")]
        {
            assert!(written.parse::<Columns>().unwrap_err().contains(told), "{written}");
        }
    }
}
