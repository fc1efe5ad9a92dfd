//! RSS and Atom: one report to an entry.

use super::page::{host, text_of};
use super::{At, Found, Of, Problem, Source};
use crate::fields::Fields;
use crate::{Options, dates};
use feed_rs::model::{Entry, Text};
use feed_rs::parser;
use jiff::civil::date;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

const DAY: u64 = 86_400;

/// A feed; the whole of it is in memory, for it is a page of news and no archive.
pub(super) struct Feed {
    of: Of,
    source: Option<String>,
    language: Option<String>,
    entries: std::vec::IntoIter<Entry>,
    number: usize,
    follow: bool,
}

impl Feed {
    pub fn read(
        of: Of,
        bytes: Vec<u8>,
        address: Option<&str>,
        follow: bool,
    ) -> Result<Feed, Problem> {
        let parser = parser::Builder::new()
            .base_uri(address)
            .sanitize_content(false)
            // The day as it is written, in its own time zone, as everywhere.
            .timestamp_parser(|written| {
                let days = dates::whole(written)?.since(date(1970, 1, 1)).ok()?.get_days();
                u64::try_from(days).ok().map(after_1970)
            })
            .build();
        let read = catch_unwind(AssertUnwindSafe(|| parser.parse(bytes.as_slice())));
        let feed = read
            .map_err(|_| Problem::BrokenFeed("it is damaged".to_string()))?
            .map_err(|error| Problem::BrokenFeed(error.to_string()))?;
        Ok(Feed {
            of,
            source: feed.title.as_ref().and_then(words),
            language: feed.language,
            entries: feed.entries.into_iter(),
            number: 0,
            follow,
        })
    }
}

/// The moment at which the day of that number begins; its type is that of the feed reader.
fn after_1970<T: Default + Add<Duration, Output = T>>(days: u64) -> T {
    T::default() + Duration::from_secs(days * DAY)
}

impl Source for Feed {
    fn next(&mut self, options: &Options) -> Option<Found> {
        let mut entry = self.entries.next()?;
        self.number += 1;
        let at = At::Entry(self.number);
        let full = entry.content.take().and_then(|content| content.body).and_then(|b| plain(&b));
        let is_full = full.is_some();
        let link = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"));
        let link = link.or(entry.links.first()).map(|link| link.href.clone());
        let link = link.filter(|link| host(link).is_some());
        let mut fields = Fields {
            id: Some(entry.id).filter(|id| !id.is_empty()),
            title: entry.title.as_ref().and_then(words),
            text: full.or_else(|| entry.summary.as_ref().and_then(words)),
            source: self.source.clone(),
            url: link.clone(),
            ..Fields::default()
        };
        fields.set_language(self.language.as_deref());
        fields.date = entry.published.or(entry.updated).and_then(|at| dates::epoch(at.timestamp()));
        let found = match fields.text {
            Some(_) => self.of.report(at, fields, options),
            None => self.of.fail(at, Problem::NoEntryText),
        };
        Some(match (found, link) {
            (Found::Report(otherwise), Some(address)) if self.follow && !is_full => {
                Found::Page { address, otherwise }
            }
            (found, _) => found,
        })
    }
}

fn words(text: &Text) -> Option<String> {
    plain(&text.content)
}

/// The words alone, if there are any. Feeds write markup into whatever they call plain.
fn plain(text: &str) -> Option<String> {
    let text = if text.contains(['<', '&']) { text_of(text)? } else { text.trim().to_string() };
    Some(text).filter(|text| text.contains(char::is_alphanumeric))
}
