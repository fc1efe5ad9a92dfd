//! The brief as a page of plain text.

use super::{Brief, Item, words};
use std::collections::HashSet;
use std::fmt::Write;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of the page.
pub const WIDTH: usize = 92;

impl Brief {
    /// The page for a terminal or a text file, [`WIDTH`] columns wide.
    pub fn text(&self) -> String {
        let mut page = Sheet::default();
        let period = self.period.map(|days| format!(", {}", words::days(days)));
        let title = format!(
            "TIDINGS BRIEF · {}{}",
            words::count(self.reports.len(), "report"),
            period.unwrap_or_default()
        );
        page.title(&title);

        if self.reports.len() > 1 && !self.dyads.is_empty() {
            page.section("IN SHORT", false);
            page.line(0, "");
            for sum in &self.dyads {
                let dyad = words::dyad(&sum.source, &sum.target);
                page.hanging(2, 4, &format!("{dyad} · {}", words::summary(sum)));
            }
        }

        page.section("WHAT HAPPENED", self.happened.is_empty());
        page.items(&self.happened);
        page.left(self.left.happened);

        page.section("WHAT DID NOT HAPPEN, OR NOT YET", self.not_happened.is_empty());
        for group in self.not_happened.chunk_by(|a, b| a.standing == b.standing) {
            let standing = group.first().and_then(|item| item.standing);
            page.heading(standing.map(words::standing).unwrap_or_default());
            for item in group {
                let when = item.when.map(|days| format!(" · {}", words::days(days)));
                let dyad = words::dyad(&item.source, &item.target);
                page.paragraph(2, &format!("{dyad}{}", when.unwrap_or_default()));
                page.acts(item);
            }
            let left = standing.and_then(|standing| self.left.not_happened.get(&standing));
            page.left(left.copied().unwrap_or_default());
        }

        page.section("CLAIMS", self.claims.is_empty());
        for group in self.claims.chunk_by(|a, b| a.by() == b.by()) {
            let speaker = group.first().and_then(|claim| claim.speaker.as_ref());
            page.heading(&speaker.map_or_else(|| "Speaker not named".to_string(), words::party));
            for claim in group {
                page.quote(2, &claim.text);
                page.note(
                    6,
                    &words::form(claim.kind, claim.form),
                    &words::dated_places(&claim.places),
                );
                for note in &claim.evidence {
                    let kind = words::evidence(note.kind, note.by.as_ref());
                    page.paragraph(6, &format!("! {kind}: {}", note.text));
                }
            }
        }
        page.left(self.left.claims);

        page.section("DATES TO WATCH", self.dates.is_empty());
        let same = |a: &super::Watch, b: &super::Watch| (a.when, a.passed) == (b.when, b.passed);
        for group in self.dates.chunk_by(same) {
            if let Some(first) = group.first() {
                let passed = if first.passed { " (past by the last report)" } else { "" };
                page.heading(&format!("{}{passed}", words::days(first.when)));
            }
            for watch in group {
                page.paragraph(2, &watch.line());
                page.quote(4, &watch.text);
                if let Some(condition) = &watch.condition {
                    page.paragraph(4, &format!("condition: {condition}"));
                }
                let places = words::dated_places(&watch.places);
                page.note(4, &format!("“{}”", watch.words), &places);
            }
        }
        page.left(self.left.dates);

        page.section("BACKGROUND", self.background.is_empty());
        page.items(&self.background);
        page.left(self.left.background);

        page.section("REPORTS", self.reports.is_empty());
        page.line(0, "");
        for report in &self.reports {
            let day = report.published.map(|day| day.to_string());
            let about = [day, report.source.clone(), report.title.clone()];
            let about: Vec<String> = about.into_iter().flatten().collect();
            page.hanging(2, 4, &format!("{} · {}", report.id, about.join(" · ")));
        }
        page.text
    }
}

/// The page being written.
#[derive(Default)]
pub(super) struct Sheet {
    text: String,
    /// The places of the sentences quoted under the last heading.
    quoted: HashSet<String>,
}

impl Sheet {
    /// The line at the top.
    pub fn title(&mut self, title: &str) {
        self.line(0, title);
        self.line(0, &"═".repeat(title.width().min(WIDTH)));
    }

    /// The page as it is now.
    pub fn done(self) -> String {
        self.text
    }

    fn line(&mut self, indent: usize, text: &str) {
        let blank = if text.is_empty() { 0 } else { indent };
        let _ = writeln!(self.text, "{:blank$}{text}", "");
    }

    pub fn section(&mut self, title: &str, empty: bool) {
        self.line(0, "");
        self.line(0, "");
        self.line(0, title);
        self.line(0, &"─".repeat(title.width()));
        if empty {
            self.line(2, "nothing");
        }
    }

    pub fn heading(&mut self, text: &str) {
        self.quoted.clear();
        self.line(0, "");
        self.paragraph(0, text);
    }

    /// Lines by day and dyad.
    fn items(&mut self, items: &[Item]) {
        for day in items.chunk_by(|a, b| a.day() == b.day()) {
            self.heading(&day.first().map(words::heading).unwrap_or_default());
            let same = |a: &Item, b: &Item| a.source == b.source && a.target == b.target;
            for dyad in day.chunk_by(same) {
                if let Some(first) = dyad.first() {
                    self.dyad(first);
                }
                for item in dyad {
                    self.acts(item);
                }
            }
        }
    }

    fn dyad(&mut self, item: &Item) {
        self.paragraph(2, &words::dyad(&item.source, &item.target));
    }

    fn acts(&mut self, item: &Item) {
        for act in &item.acts {
            let parts = words::act(act, &item.source, &item.target);
            self.hanging(4, 6, &parts.join(" · "));
            if let Some(condition) = &act.condition {
                self.paragraph(6, &format!("condition: {condition}"));
            }
        }
        let places = match item.when {
            Some(_) => words::places(&item.places),
            None => words::dated_places(&item.places),
        };
        // A sentence with acts of several dyads is quoted once.
        if self.quoted.contains(&places) {
            self.note(6, "quoted above", &places);
        } else {
            self.quote(6, &item.text);
            self.note(6, "", &places);
            self.quoted.insert(places);
        }
    }

    pub fn quote(&mut self, indent: usize, text: &str) {
        self.hanging(indent, indent, &format!("│ {}", shortened(text)).replace('\n', " "));
    }

    /// What is to be said of a quotation, and where it stands.
    pub fn note(&mut self, indent: usize, note: &str, places: &str) {
        let blank = if note.is_empty() { "" } else { " · " };
        self.paragraph(indent, &format!("{note}{blank}[{places}]"));
    }

    /// That lines are left out.
    pub fn left(&mut self, count: usize) {
        if let Some(left) = words::left(count) {
            self.line(0, "");
            self.line(2, &left);
        }
    }

    pub fn paragraph(&mut self, indent: usize, text: &str) {
        self.hanging(indent, indent, text);
    }

    /// Breaks the text into lines; those after the first begin at `later`, and keep the bar of a
    /// quotation.
    fn hanging(&mut self, first: usize, later: usize, text: &str) {
        let bar = text.strip_prefix("│ ").map_or("", |_| "│ ");
        let text = text.strip_prefix("│ ").unwrap_or(text);
        let mut indent = first;
        let mut line = String::from(bar);
        let mut begun = false;
        for word in text.split_whitespace() {
            for piece in pieces(word, WIDTH.saturating_sub(later + bar.width()).max(8)) {
                let room = indent + line.width() + usize::from(begun) + piece.width() <= WIDTH;
                if begun && !room {
                    self.line(indent, line.trim_end());
                    line = String::from(bar);
                    (indent, begun) = (later, false);
                }
                if begun {
                    line.push(' ');
                }
                line.push_str(piece);
                begun = true;
            }
        }
        self.line(indent, line.trim_end());
    }
}

/// The word, in pieces where it is wider than the page.
fn pieces(word: &str, width: usize) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, c) in word.char_indices() {
        let own = c.width().unwrap_or(0);
        if used + own > width {
            out.extend(word.get(start..at));
            (start, used) = (at, 0);
        }
        used += own;
    }
    out.extend(word.get(start..));
    out
}

/// A long sentence, cut at a word.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 400;
    match text.char_indices().nth(LONGEST) {
        None => text.to_string(),
        Some((cut, _)) => {
            let head = text.get(..cut).unwrap_or_default();
            let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
            format!("{head} …")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_within_the_page() {
        let mut page = Sheet::default();
        page.hanging(4, 6, &format!("{} {}", "word ".repeat(60), "x".repeat(300)));
        page.quote(6, &"北京 ".repeat(80));
        assert!(page.text.lines().all(|line| line.width() <= WIDTH), "{}", page.text);
        assert!(
            page.text.lines().filter(|line| line.contains('北')).all(|l| l.starts_with("      │ "))
        );
    }

    #[test]
    fn a_long_sentence_ends_at_a_word() {
        let text = shortened(&"seven ".repeat(100));
        assert!(text.ends_with("seven …") && text.chars().count() <= 402, "{text}");
    }
}
