//! Quotation marks: what of the text stands between them.
//!
//! Straight and curly double marks, « » and `` '' are read, curly single marks where they open
//! before a word. A quotation that is still open when its paragraph ends goes on in the next one
//! if that begins with a mark, as newspapers set speech of several paragraphs; else it ends there.
//! Where a mark closes what none has opened, the opening one was lost: its sentence is quoted.

use std::ops::Range;

/// What stands between the marks, in bytes.
pub(super) type Quote = Range<usize>;

/// The paragraphs of a text: a blank line parts them or, in a text without one, any line's end.
pub(super) struct Paragraphs {
    starts: Vec<usize>,
}

impl Paragraphs {
    pub fn of(text: &str) -> Paragraphs {
        let mut starts = vec![0];
        let (mut lines, mut blank) = (Vec::new(), false);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let empty = line.trim().is_empty();
            if blank && !empty && at > 0 {
                starts.push(at);
            }
            if !empty && at > 0 {
                lines.push(at);
            }
            blank = empty;
            at += line.len();
        }
        if starts.len() == 1 {
            starts.extend(lines);
        }
        Paragraphs { starts }
    }

    /// The number of the paragraph that holds the byte.
    pub fn at(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte).saturating_sub(1)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Double,
    Single,
}

/// Finds the quotations of a text, in order; they do not overlap.
pub(super) fn find(text: &str, paragraphs: &Paragraphs) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let starts = &paragraphs.starts;
    for (nth, &start) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).copied().unwrap_or(text.len());
        let Some(from) = within(&text[start..end], start, &mut quotes) else { continue };
        // A mark that opens nothing is a slip of the pen, unless the paragraph begins with it, or the
        // next one goes on with a mark: so newspapers set speech of several paragraphs.
        let begins = from <= start + LEADING;
        let goes_on = || {
            text[end..].trim_start().starts_with(OPENING)
                && text[..from].trim_end_matches(OPENING).trim_end().ends_with(BEFORE_SPEECH)
        };
        let till = start + text[start..end].trim_end().len();
        if from < till && (begins || goes_on()) {
            quotes.push(from..till);
        }
    }
    quotes.retain(|q| !text[q.clone()].trim().is_empty());
    quotes
}

/// Bytes of the marks with which a paragraph of speech begins.
const LEADING: usize = 4;
const OPENING: [char; 5] = ['"', '“', '”', '«', '`'];
/// What may stand before speech that begins inside a paragraph.
const BEFORE_SPEECH: [char; 5] = ['.', '?', '!', ',', ':'];

/// Whether a mark closes the quotation; that of others was lost, or they go on in the next paragraph.
pub(super) fn closed(text: &str, quote: &Quote) -> bool {
    text.get(quote.end..).is_some_and(|rest| rest.starts_with(['"', '”', '»', '’', '\'']))
}

/// Reads one paragraph; where the quotation begins that it ends in.
fn within(paragraph: &str, offset: usize, quotes: &mut Vec<Quote>) -> Option<usize> {
    let mut open: Option<(Mark, usize)> = None;
    let mut before = ' ';
    let mut letters = paragraph.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let mut next = letters.peek().map_or(' ', |&(_, c)| c);
        let mut length = letter.len_utf8();
        let doubled = (letter == '`' || letter == '\'') && next == letter;
        if doubled {
            letters.next();
            length *= 2;
            next = letters.peek().map_or(' ', |&(_, c)| c);
        }
        let outside = before.is_whitespace() || "([—–-:/‘“`\u{0}".contains(before);
        let word_ahead = !next.is_whitespace();
        match (letter, open) {
            ('“' | '«', None) => open = Some((Mark::Double, at + length)),
            ('"' | '”', None) if outside && word_ahead => {
                open = Some((Mark::Double, at + length))
            }
            ('`', None) if doubled => open = Some((Mark::Double, at + length)),
            // '' on both sides, as old wires have it.
            ('\'', None) if doubled && outside && word_ahead => {
                open = Some((Mark::Double, at + length));
            }
            ('"' | '”', None) if !outside && !word_ahead => {
                let last = quotes.last().map_or(0, |q: &Quote| q.end.saturating_sub(offset));
                if let Some(from) = lost_opening(paragraph, at, last) {
                    quotes.push(offset + from..offset + at);
                }
            }
            ('"' | '”' | '»', Some((Mark::Double, from))) => {
                quotes.push(offset + from..offset + at);
                open = None;
            }
            ('\'', Some((Mark::Double, from))) if doubled => {
                quotes.push(offset + from..offset + at);
                open = None;
            }
            ('‘', None) if outside && word_ahead && closes(&paragraph[at..]) => {
                open = Some((Mark::Single, at + length));
            }
            ('’', Some((Mark::Single, from))) if !next.is_alphanumeric() => {
                quotes.push(offset + from..offset + at);
                open = None;
            }
            _ => {}
        }
        before = letter;
    }
    match open {
        Some((Mark::Double, from)) => Some(offset + from),
        _ => None,
    }
}

/// No sentence whose opening mark was lost is longer than this, in letters.
const LONGEST_LOST: usize = 600;

/// Where the sentence begins that a mark closes at `at` and none has opened since `last`.
fn lost_opening(paragraph: &str, at: usize, last: usize) -> Option<usize> {
    let told = paragraph.get(last..at)?;
    if !told.ends_with([',', '.', '?', '!']) {
        return None;
    }
    let mut start = None;
    let mut behind = ' ';
    for (index, letter) in told.char_indices().rev().skip(1).take(LONGEST_LOST) {
        if matches!(letter, '.' | '?' | '!') && behind == ' ' && start.is_some() {
            break;
        }
        if !letter.is_whitespace() {
            start = Some(last + index);
        }
        behind = letter;
    }
    start.filter(|&start| paragraph[start..at].starts_with(char::is_uppercase))
}

/// Whether a single mark that opens here is closed further on, after a word's end.
fn closes(rest: &str) -> bool {
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((_, letter)) = letters.next() {
        let next = letters.peek().map_or(' ', |&(_, c)| c);
        if letter == '’' && !next.is_alphanumeric() {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quoted(text: &str) -> Vec<&str> {
        find(text, &Paragraphs::of(text)).into_iter().map(|q| &text[q]).collect()
    }

    #[test]
    fn marks_of_every_kind() {
        assert_eq!(quoted("He said “we are here” twice."), ["we are here"]);
        assert_eq!(quoted("\"Go,\" he said. \"Now.\""), ["Go,", "Now."]);
        assert_eq!(quoted("It was ‘done’, he said."), ["done"]);
        assert_eq!(quoted("``Stay,'' she said."), ["Stay,"]);
        assert_eq!(quoted("''Stay,'' she said."), ["Stay,"]);
        assert_eq!(quoted("The ministers’ plan isn’t new."), [""; 0]);
        assert_eq!(quoted("a 6\" gun and a 9\" gun"), [""; 0]);
    }

    #[test]
    fn speech_runs_over_paragraphs() {
        let text = "“We came.\n\n“We saw.”\n\nThey left.";
        assert_eq!(quoted(text), ["We came.", "We saw."]);
    }

    #[test]
    fn a_lost_mark_does_not_swallow_the_text() {
        assert_eq!(quoted("The “deal fell.\n\nThen “peace” came."), ["peace"]);
    }

    #[test]
    fn a_lost_opening_mark_was_that_of_its_sentence() {
        assert_eq!(quoted("The talks are over,” Dahl said."), ["The talks are over,"]);
        assert_eq!(quoted("Dahl spoke. We will stay.”"), ["We will stay."]);
    }

    #[test]
    fn speech_that_begins_inside_a_paragraph_may_run_over_several() {
        let text = "\"Go,\" she said. \"We came.\n\n\"We saw.\n\n\"We left.\"";
        assert_eq!(quoted(text), ["Go,", "We came.", "We saw.", "We left."]);
    }

    #[test]
    fn paragraphs_are_counted() {
        let blank = Paragraphs::of("One\nline.\n\nTwo.");
        assert_eq!((blank.at(0), blank.at(5), blank.at(12)), (0, 0, 1));
        let lines = Paragraphs::of("One.\nTwo.");
        assert_eq!((lines.at(2), lines.at(6)), (0, 1));
    }

    proptest! {
        #[test]
        fn quotes_lie_in_order_on_characters(text in "[a-z“”\"'‘’`« \n.]{0,60}") {
            let mut last = 0;
            for quote in find(&text, &Paragraphs::of(&text)) {
                prop_assert!(last <= quote.start && quote.start <= quote.end);
                prop_assert!(text.get(quote.clone()).is_some());
                last = quote.end;
            }
        }
    }
}
