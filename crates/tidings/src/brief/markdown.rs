//! The brief as Markdown. Whatever a report holds is escaped: it is shown, never obeyed.

use super::{Brief, Item, Watch, words};
use crate::safe::markdown as escaped;
use std::fmt::Write;

impl Brief {
    /// The page in Markdown (CommonMark).
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let period = self.period.map(|days| format!(", {}", words::days(days)));
        let reports = words::count(self.reports.len(), "report");
        let _ = writeln!(out, "# Tidings brief\n\n{reports}{}", period.unwrap_or_default());

        if self.reports.len() > 1 && !self.dyads.is_empty() {
            section(&mut out, "In short", false);
            out.push('\n');
            for sum in &self.dyads {
                let dyad = escaped(&words::dyad(&sum.source, &sum.target));
                let _ = writeln!(out, "- **{dyad}** · {}", words::summary(sum));
            }
        }

        section(&mut out, "What happened", self.happened.is_empty());
        items(&mut out, &self.happened);
        left(&mut out, self.left.happened);

        section(&mut out, "What did not happen, or not yet", self.not_happened.is_empty());
        for group in self.not_happened.chunk_by(|a, b| a.standing == b.standing) {
            let standing = group.first().and_then(|item| item.standing);
            let heading = standing.map(words::standing).unwrap_or_default();
            let _ = writeln!(out, "\n### {heading}");
            for item in group {
                let when = item.when.map(|days| format!(" · {}", words::days(days)));
                let _ = writeln!(out, "\n**{}**{}", dyad(item), when.unwrap_or_default());
                acts(&mut out, item);
            }
            let count = standing.and_then(|standing| self.left.not_happened.get(&standing));
            left(&mut out, count.copied().unwrap_or_default());
        }

        section(&mut out, "Claims", self.claims.is_empty());
        for group in self.claims.chunk_by(|a, b| a.by() == b.by()) {
            let speaker = group.first().and_then(|claim| claim.speaker.as_ref());
            let speaker = speaker.map_or("Speaker not named".to_string(), words::party);
            let _ = writeln!(out, "\n### {}", escaped(&speaker));
            for claim in group {
                quote(
                    &mut out,
                    &claim.text,
                    &words::form(claim.kind, claim.form),
                    &words::dated_places(&claim.places),
                );
                for note in &claim.evidence {
                    let kind = words::evidence(note.kind, note.by.as_ref());
                    let _ = writeln!(out, "\n- {}: {}", escaped(&kind), escaped(&note.text));
                }
            }
        }

        left(&mut out, self.left.claims);

        section(&mut out, "Dates to watch", self.dates.is_empty());
        let same = |a: &Watch, b: &Watch| (a.when, a.passed) == (b.when, b.passed);
        for group in self.dates.chunk_by(same) {
            if let Some(first) = group.first() {
                let passed = if first.passed { " (past by the last report)" } else { "" };
                let _ = writeln!(out, "\n### {}{passed}", words::days(first.when));
            }
            for watch in group {
                let places = words::dated_places(&watch.places);
                quote(&mut out, &watch.text, &format!("“{}”", watch.words), &places);
                let _ = writeln!(out, "\n- {}", escaped(&watch.line()));
                if let Some(condition) = &watch.condition {
                    let _ = writeln!(out, "\n- condition: {}", escaped(condition));
                }
            }
        }

        left(&mut out, self.left.dates);

        section(&mut out, "Background", self.background.is_empty());
        items(&mut out, &self.background);
        left(&mut out, self.left.background);

        section(&mut out, "Reports", self.reports.is_empty());
        out.push('\n');
        for report in &self.reports {
            let day = report.published.map(|day| day.to_string());
            let about = [Some(report.id.clone()), day, report.source.clone(), report.title.clone()];
            let about: Vec<String> = about.into_iter().flatten().collect();
            let _ = writeln!(out, "- {}", escaped(&about.join(" · ")));
        }
        out
    }
}

fn section(out: &mut String, title: &str, empty: bool) {
    let _ = writeln!(out, "\n## {title}");
    if empty {
        out.push_str("\nNothing.\n");
    }
}

fn items(out: &mut String, items: &[Item]) {
    for day in items.chunk_by(|a, b| a.day() == b.day()) {
        let _ = writeln!(out, "\n### {}", day.first().map(words::heading).unwrap_or_default());
        for dyads in day.chunk_by(|a, b| a.source == b.source && a.target == b.target) {
            if let Some(first) = dyads.first() {
                let _ = writeln!(out, "\n**{}**", dyad(first));
            }
            for item in dyads {
                acts(out, item);
            }
        }
    }
}

fn dyad(item: &Item) -> String {
    escaped(&words::dyad(&item.source, &item.target))
}

fn acts(out: &mut String, item: &Item) {
    out.push('\n');
    for act in &item.acts {
        let line = words::act(act, &item.source, &item.target).join(" · ");
        let _ = writeln!(out, "- {}", escaped(&line));
        if let Some(condition) = &act.condition {
            let _ = writeln!(out, "  - condition: {}", escaped(condition));
        }
    }
    let places = match item.when {
        Some(_) => words::places(&item.places),
        None => words::dated_places(&item.places),
    };
    quote(out, &item.text, "", &places);
}

/// That lines are left out.
fn left(out: &mut String, count: usize) {
    if let Some(left) = words::left(count) {
        let _ = writeln!(out, "\n*{}*", escaped(&left));
    }
}

fn quote(out: &mut String, text: &str, note: &str, places: &str) {
    let blank = if note.is_empty() { "" } else { " · " };
    let (note, places) = (escaped(note), escaped(places));
    let _ = writeln!(out, "\n> {}\n>\n> {note}{blank}{places}", escaped(text));
}
