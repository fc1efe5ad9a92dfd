//! Lines and words of PETRARCH's files: comments off, codes apart, words as the matching sees them.

use crate::TextFile;

/// A line that says something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub number: usize,
    pub text: &'a str,
}

/// The lines of a file without its comments: `<!-- ... -->`, over several lines too, and `#` to the
/// end of the line, but for a `#` inside brackets, which is a code.
pub(super) fn lines(file: &TextFile) -> impl Iterator<Item = Line<'_>> {
    let mut inside = false;
    file.text.lines().enumerate().filter_map(move |(nth, line)| {
        let opens = line.trim_start().starts_with("<!");
        if inside || opens {
            inside = !line.contains("->");
            return None;
        }
        let text = uncommented(line).trim();
        (!text.is_empty()).then_some(Line { number: nth + 1, text })
    })
}

fn uncommented(line: &str) -> &str {
    let mut depth = 0usize;
    for (at, c) in line.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '#' if depth == 0 => return &line[..at],
            _ => {}
        }
    }
    line
}

/// What stands before the first bracket, and what stands in each pair of brackets.
pub(super) fn bracketed(text: &str) -> (&str, impl Iterator<Item = &str>) {
    let (before, rest) = match text.find('[') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let inside = rest.split('[').skip(1).map(|part| part.split(']').next().unwrap_or(part).trim());
    (before.trim(), inside)
}

/// The words of a phrase in capitals, as a text's are split: at blanks, underscores, hyphens and
/// before the short form of "not".
pub fn words(phrase: &str) -> Vec<String> {
    let mut found = Vec::new();
    let parts = phrase.split(|c: char| c.is_whitespace() || c == '_' || c == '-');
    for part in parts.filter(|part| !part.is_empty()) {
        let word = part.replace('’', "'").to_uppercase();
        match word.strip_suffix("N'T") {
            Some(verb) if !verb.is_empty() => found.extend([verb.to_string(), "N'T".to_string()]),
            _ => found.push(word),
        }
    }
    found
}
