//! The lines before the text proper: `date 2022-08-21 ...`, `Date:`, `Title:`, `Source:`, `URL:`.
//!
//! A header is any run of such lines at the very top, blank lines between them allowed. The inline
//! form, a date and then the text on the same line, ends it.

use crate::dates;
use jiff::civil::Date;

/// What the top of a text says of the report.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Header<'t> {
    pub date: Option<Date>,
    /// A date that could not be read.
    pub unread_date: Option<&'t str>,
    pub title: Option<&'t str>,
    pub source: Option<&'t str>,
    pub url: Option<&'t str>,
    /// First byte of the text proper.
    pub body: usize,
}

#[derive(Clone, Copy)]
enum Key {
    Date,
    Title,
    Source,
    Url,
}

impl<'t> Header<'t> {
    pub(crate) fn read(text: &'t str) -> Header<'t> {
        let mut header = Header::default();
        loop {
            let rest = text[header.body..].trim_start_matches(is_blank);
            header.body = text.len() - rest.len();
            let line = rest.lines().next().unwrap_or_default();
            let Some(taken) = header.line(line) else { return header };
            header.body += taken;
        }
    }

    /// Takes a header line; the bytes taken, or `None` if it belongs to the text.
    fn line(&mut self, line: &'t str) -> Option<usize> {
        let (key, value) = key(line)?;
        let slot = match key {
            Key::Date => return self.date_line(line, value),
            Key::Title => &mut self.title,
            Key::Source => &mut self.source,
            Key::Url => &mut self.url,
        };
        if slot.is_some() {
            return None;
        }
        *slot = Some(value.trim()).filter(|v| !v.is_empty());
        Some(line.len())
    }

    fn date_line(&mut self, line: &'t str, value: &'t str) -> Option<usize> {
        if self.date.is_some() || self.unread_date.is_some() {
            return None;
        }
        match dates::leading(value) {
            Some((date, end)) => {
                self.date = Some(date);
                let rest = value[end..].trim_start_matches(|c| is_blank(c) || ",;|".contains(c));
                // A stop or dash after the date belongs to it; before more text it is a divider.
                let rest = rest.trim_start_matches(['.', '-', '\u{2013}', '\u{2014}']);
                Some(line.len() - rest.trim_start_matches(is_blank).len())
            }
            // Without a colon, "date" is just the first word of a text.
            None if !line.contains(':') => None,
            None => {
                self.unread_date = Some(value.trim()).filter(|v| !v.is_empty());
                Some(line.len())
            }
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The key of a header line and what follows it.
fn key(line: &str) -> Option<(Key, &str)> {
    const KEYS: [(&str, Key); 13] = [
        ("date", Key::Date),
        ("published", Key::Date),
        ("publication date", Key::Date),
        ("date published", Key::Date),
        ("pubdate", Key::Date),
        ("dateline", Key::Date),
        ("title", Key::Title),
        ("headline", Key::Title),
        ("source", Key::Source),
        ("publisher", Key::Source),
        ("outlet", Key::Source),
        ("url", Key::Url),
        ("link", Key::Url),
    ];
    let of = |name: &str| KEYS.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|k| k.1);
    if let Some((name, value)) = line.split_once(':')
        && let Some(key) = of(name.trim())
    {
        return Some((key, value.trim_start()));
    }
    let (name, value) = line.split_once([' ', '\t'])?;
    let value = value.trim_start();
    (name.eq_ignore_ascii_case("date") && dates::leading(value).is_some())
        .then_some((Key::Date, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn the_inline_date_ends_the_header() {
        let text = " date 2022-08-21 Talks failed.\nTitle: not a header any more";
        let header = Header::read(text);
        assert_eq!(header.date, Some(date(2022, 8, 21)));
        assert_eq!(header.title, None);
        assert!(text[header.body..].starts_with("Talks failed."));
    }

    #[test]
    fn header_lines_come_in_any_order() {
        let text = "Title: Talks fail: again\r\n\r\nSource: Harbour Wire\r\nURL: http://a.example/1\r\n\
                    Date: 21 August 2022, 10:00 CET\r\n\r\nTalks failed.\r\n";
        let header = Header::read(text);
        assert_eq!(header.title, Some("Talks fail: again"));
        assert_eq!(header.source, Some("Harbour Wire"));
        assert_eq!(header.url, Some("http://a.example/1"));
        assert_eq!(header.date, Some(date(2022, 8, 21)));
        assert_eq!(&text[header.body..], "Talks failed.\r\n");
    }

    #[test]
    fn plain_text_has_no_header() {
        for text in ["Date nights are over.", "The source: a minister.", "Talks failed."] {
            assert_eq!(Header::read(text), Header::default(), "{text}");
        }
    }

    #[test]
    fn an_unreadable_date_is_kept_as_such() {
        let header = Header::read("Date: 08/07/2022\nTalks failed.");
        assert_eq!((header.date, header.unread_date), (None, Some("08/07/2022")));
    }

    proptest! {
        #[test]
        fn the_body_is_a_slice_of_any_text(text in "(date|Title: |\\PC|[0-9 :\n-]){0,40}") {
            let header = Header::read(&text);
            prop_assert!(text.is_char_boundary(header.body));
        }
    }
}
