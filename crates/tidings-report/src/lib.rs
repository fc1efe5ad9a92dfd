//! Dated news reports: reading, decoding, clean-up and repeated text.
//!
//! In go files, folders, archives or standard input, in any of the forms of `docs/reading.md`; out come
//! [`Report`]s. A report keeps its text
//! as it was decoded, and beside it the text the analysis reads, with a map between the two, so that
//! every offset that leaves the program points into the text as it was found.
//!
//! ```
//! use tidings_report::{Options, Report};
//! let report = Report::from_text("a", "date 2022-08-21 Talks failed.".to_string(), &Options::default())?;
//! assert_eq!(report.analysed(), "Talks failed.");
//! assert_eq!(report.characters(0..5), 16..21);
//! # Ok::<(), tidings_report::Unfit>(())
//! ```

mod columns;
mod dates;
mod decode;
mod fetch;
mod fields;
mod header;
mod language;
mod map;
mod mend;
pub mod network;
mod readers;
mod repeats;
mod watch;

pub use columns::Columns;
pub use fetch::{Fetch, Fetching, fetch};
pub use readers::{At, Error, Problem, Reader, read, read_stream};
pub use repeats::repeats;
pub use watch::Watch;

use fields::Fields;
use header::Header;
use jiff::civil::Date;
use map::Map;
use std::ops::Range;

/// How reports are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The date of reports that bear none.
    pub date: Option<Date>,
    /// Which columns, and fields of JSON, hold what; see `docs/reading.md`.
    pub columns: Columns,
}

/// Why a text is no report, with the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum Unfit {
    #[error("the report is empty; it must hold some text below its header")]
    Empty,
    #[error("the report has no date; begin it with \"Date: 2022-08-21\", or give one with --date")]
    Undated,
    #[error(
        "\"{0}\" cannot be read as a date for certain; write it as 2022-08-21, or give one with --date"
    )]
    UnreadDate(String),
}

/// One dated news text.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Identifier: of the JSON line, else the file's name without extension.
    pub id: String,
    /// Date of publication.
    pub published: Option<Date>,
    /// Headline.
    pub title: Option<String>,
    /// Publisher or agency.
    pub source: Option<String>,
    /// Address it was found at; shown, never followed.
    pub url: Option<String>,
    /// Language, ISO 639-1; empty where not determined.
    pub language: Option<String>,
    /// The decoded text, header included.
    text: String,
    /// Where the text proper begins.
    body: usize,
    /// The text proper repaired, where it needed it.
    mended: Option<String>,
    map: Map,
}

impl Report {
    /// Makes a report of a decoded text, whose header is read.
    pub fn from_text(id: &str, text: String, options: &Options) -> Result<Report, Unfit> {
        Report::from_fields(id, Fields { text: Some(text), ..Fields::default() }, options)
    }

    /// Makes a report of what a JSON object said; a header inside its text fills the gaps.
    fn from_fields(id: &str, fields: Fields, options: &Options) -> Result<Report, Unfit> {
        let text = fields.text.unwrap_or_default();
        let header = Header::read(&text);
        let body = header.body;
        if !text[body..].contains(char::is_alphanumeric) {
            return Err(Unfit::Empty);
        }
        let Some(published) = fields.date.or(header.date).or(options.date) else {
            let written = fields.unread_date.or(header.unread_date.map(str::to_string));
            return Err(written.map_or(Unfit::Undated, Unfit::UnreadDate));
        };
        let said = |field: Option<String>, header: Option<&str>| {
            field.as_deref().or(header).map(|value| mend::mended(value.trim()))
        };
        let (mended, edits) = mend::mend(&text[body..]).unzip();
        let analysed = mended.as_deref().unwrap_or(&text[body..]);
        let map = Map::new(&text, body, analysed, edits.unwrap_or_default());
        let language = fields.language.or_else(|| language::of(analysed).map(str::to_string));
        Ok(Report {
            id: fields.id.unwrap_or_else(|| id.to_string()),
            published: Some(published),
            title: said(fields.title, header.title),
            source: said(fields.source, header.source),
            url: said(fields.url, header.url),
            language,
            body,
            mended,
            map,
            text,
        })
    }

    /// The report with a text that was kept: as [`Report::text`] gave it, with the character at which the text
    /// proper begins.
    pub fn with_text(self, text: String, body: usize) -> Report {
        let body = text.char_indices().nth(body).map_or(text.len(), |(at, _)| at);
        let proper = text.get(body..).unwrap_or_default();
        let (mended, edits) = mend::mend(proper).unzip();
        let map =
            Map::new(&text, body, mended.as_deref().unwrap_or(proper), edits.unwrap_or_default());
        Report { body, mended, map, text, ..self }
    }

    /// The decoded text as it was found, header line included. Offsets in output count its characters.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text the analysis reads: without the header, mojibake repaired, NFC.
    pub fn analysed(&self) -> &str {
        self.mended.as_deref().unwrap_or(self.text.get(self.body..).unwrap_or_default())
    }

    /// Bytes of [`Report::analysed`] as characters of [`Report::text`].
    pub fn characters(&self, bytes: Range<usize>) -> Range<usize> {
        self.map.characters(self.analysed(), bytes)
    }

    /// The words as they were found: what [`Report::characters`] of the same bytes points at.
    pub fn as_found(&self, bytes: Range<usize>) -> &str {
        let found = self.map.found_bytes(&self.text, self.characters(bytes));
        self.text.get(found).unwrap_or_default()
    }

    /// The words at these characters of [`Report::text`] as the analysis read them.
    pub fn as_read(&self, characters: Range<usize>) -> &str {
        let bytes = self.map.bytes(self.analysed(), characters);
        self.analysed().get(bytes).unwrap_or_default()
    }
}
