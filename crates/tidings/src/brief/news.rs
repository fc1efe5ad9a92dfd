//! The brief of a span of days of a record: what is new, what changed, what is contested, what is due.

use super::text::Sheet;
use super::words;
use crate::deadlines::Deadline;
use crate::safe;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashSet;
use std::fmt::Write;
use tidings_coding::schema::Days;
use tidings_record::Actor;
use tidings_record::news::{Claimed, News, Quote, Told};

/// Lines of a section that is not shown whole.
const MOST: usize = 20;

/// The statuses of what happened, by some account at least.
const HAPPENED: [&str; 4] = ["contested", "confirmed", "reported", "claimed"];

/// A section of the page: its title, its incidents, and how many are left out.
struct Section<'n> {
    title: &'static str,
    told: Vec<&'n Told>,
    left: usize,
}

/// What the days brought, and what is due after them.
#[derive(Debug, Serialize)]
pub struct Page {
    /// What they brought.
    #[serde(flatten)]
    pub news: News,
    /// Open dates, the soonest first.
    pub dates: Vec<Due>,
}

/// An open date.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct Due {
    pub id: String,
    pub kind: &'static str,
    pub since: Option<Date>,
    pub until: Option<Date>,
    /// From the last of the days on.
    pub days_left: Option<i64>,
    pub set_by: Vec<String>,
    pub what: String,
    pub condition: Option<String>,
    /// Independent publishers.
    pub sources: usize,
    /// Where it stands: `gulf-3 of 2031-05-07 §3`.
    pub places: Vec<String>,
}

impl Page {
    /// Of the news and the open dates.
    pub fn of(news: News, open: &[Deadline]) -> Page {
        Page { news, dates: open.iter().map(Due::of).collect() }
    }
}

impl Due {
    fn of(date: &Deadline) -> Due {
        let place = |stands: &tidings_record::questions::deadlines::Stands| {
            let day = stands.published.map(|day| format!(" of {day}")).unwrap_or_default();
            format!("{}{day} §{}", safe::line(&stands.report), stands.sentence + 1)
        };
        Due {
            id: date.id.clone(),
            kind: date.kind.name(),
            since: date.since,
            until: date.until,
            days_left: date.days_left,
            set_by: date.set_by.iter().map(|party| safe::line(&party.name)).collect(),
            what: safe::line(&date.what),
            condition: date.condition.as_deref().map(safe::line),
            sources: date.sources,
            places: date.told.iter().map(place).collect(),
        }
    }

    /// "Saturday 20 May 2031 · 12 days left · deadline · set by Peru".
    fn heading(&self) -> String {
        let span = self.since.zip(self.until);
        let mut parts: Vec<String> =
            span.map(|(from, to)| words::days(Days { from, to })).into_iter().collect();
        parts.extend(self.days_left.map(|left| match left {
            0 => "today".to_string(),
            1 => "1 day left".to_string(),
            left => format!("{left} days left"),
        }));
        parts.push(self.kind.to_string());
        if !self.set_by.is_empty() {
            parts.push(format!("set by {}", self.set_by.join(", ")));
        }
        parts.join(" · ")
    }
}

/// The page as plain text; `all` shows every line.
pub fn text(page: &Page, all: bool) -> String {
    let Page { news, dates } = page;
    let mut page = Sheet::default();
    let title = format!("TIDINGS BRIEF · {}", heading(news));
    page.title(&title);
    for section in sections(news, all) {
        page.section(&section.title.to_uppercase(), section.told.is_empty());
        for told in section.told {
            page.heading(&happening(told));
            for line in lines(told) {
                page.paragraph(2, &line);
            }
            for quote in &told.quotes {
                page.quote(2, &safe::line(&quote.text));
                page.note(6, "", &place(quote));
            }
        }
        page.left(section.left);
    }
    let (claims, left) = claims(news, all);
    page.section("CLAIMS WITH A WORD ON THEIR EVIDENCE", claims.is_empty());
    for claim in claims {
        page.heading(&speaker(claim));
        page.quote(2, &safe::line(&claim.content));
        for note in evidence(claim) {
            page.paragraph(6, &format!("! {note}"));
        }
        page.note(6, "", &claim_place(claim));
    }
    page.left(left);
    page.section("DATES TO WATCH", dates.is_empty());
    let (dates, left) = shown(dates, all);
    for date in dates {
        page.heading(&date.heading());
        page.quote(2, &date.what);
        if let Some(condition) = &date.condition {
            page.paragraph(6, &format!("condition: {condition}"));
        }
        page.note(6, "", &date.places.join("; "));
    }
    page.left(left);
    page.done()
}

/// What is shown of the dates, and how many are not.
fn shown(dates: &[Due], all: bool) -> (&[Due], usize) {
    let kept = if all { dates } else { dates.get(..MOST).unwrap_or(dates) };
    (kept, dates.len() - kept.len())
}

/// The page in Markdown (CommonMark).
pub fn markdown(page: &Page, all: bool) -> String {
    let Page { news, dates } = page;
    let escaped = safe::markdown;
    let mut out = format!("# Tidings brief\n\n{}\n", escaped(&heading(news)));
    let quoted = |out: &mut String, text: &str, place: &str| {
        let _ = writeln!(out, "\n> {}\n>\n> {}", escaped(text), escaped(place));
    };
    for section in sections(news, all) {
        let _ = writeln!(out, "\n## {}", section.title);
        for told in &section.told {
            let _ = writeln!(out, "\n### {}\n", escaped(&happening(told)));
            for line in lines(told) {
                let _ = writeln!(out, "- {}", escaped(&line));
            }
            for quote in &told.quotes {
                quoted(&mut out, &quote.text, &place(quote));
            }
        }
        if section.told.is_empty() {
            out.push_str("\nNothing.\n");
        }
        if let Some(left) = words::left(section.left) {
            let _ = writeln!(out, "\n*{}*", escaped(&left));
        }
    }
    let (claims, left) = claims(news, all);
    out.push_str("\n## Claims with a word on their evidence\n");
    for claim in &claims {
        let _ = writeln!(out, "\n### {}", escaped(&speaker(claim)));
        quoted(&mut out, &claim.content, &claim_place(claim));
        for note in evidence(claim) {
            let _ = writeln!(out, "\n- {}", escaped(&note));
        }
    }
    if claims.is_empty() {
        out.push_str("\nNothing.\n");
    }
    if let Some(left) = words::left(left) {
        let _ = writeln!(out, "\n*{}*", escaped(&left));
    }
    out.push_str("\n## Dates to watch\n");
    if dates.is_empty() {
        out.push_str("\nNothing.\n");
    }
    let (dates, left) = shown(dates, all);
    for date in dates {
        let _ = writeln!(out, "\n### {}", escaped(&date.heading()));
        quoted(&mut out, &date.what, &date.places.join("; "));
        if let Some(condition) = &date.condition {
            let _ = writeln!(out, "\n- condition: {}", escaped(condition));
        }
    }
    if let Some(left) = words::left(left) {
        let _ = writeln!(out, "\n*{}*", escaped(&left));
    }
    out
}

fn heading(news: &News) -> String {
    let count = |number: i64, one: &str| words::count(usize::try_from(number).unwrap_or(0), one);
    let day = |day: Option<Date>, none: &str| day.map_or(none.to_string(), words::day);
    format!(
        "{} of {}, {} to {}",
        count(news.reports, "report"),
        count(news.sources, "source"),
        day(news.since, "the first day"),
        day(news.until, "the last"),
    )
}

fn sections(news: &News, all: bool) -> [Section<'_>; 4] {
    let happened = |told: &&Told| HAPPENED.contains(&told.incident.status.as_str());
    let (new, open): (Vec<&Told>, Vec<&Told>) = news.new.iter().partition(happened);
    let section = |title, told| section(title, told, all);
    [
        section("What is new", new),
        section("What changed", news.changed.iter().collect()),
        section("What is contested", news.contested.iter().collect()),
        section("New, but not or not yet happened", open),
    ]
}

fn section<'n>(title: &'static str, mut told: Vec<&'n Told>, all: bool) -> Section<'n> {
    let whole = told.len();
    if !all && whole > MOST {
        // The weightiest are kept, in the order of days.
        let mut ranked = told.clone();
        ranked.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
        let kept: HashSet<&str> =
            ranked.iter().take(MOST).map(|told| told.incident.id.as_str()).collect();
        told.retain(|told| kept.contains(told.incident.id.as_str()));
    }
    Section { title, left: whole - told.len(), told }
}

/// The Goldstein value, and more for every source; half of it where the reading is doubtful.
fn weight(told: &Told) -> f64 {
    let whole = told.incident.act.goldstein.abs() + told.incident.sources as f64;
    if told.incident.trusted { whole } else { whole / 2.0 }
}

/// "Sunday 18 May 2031 · Tajik guards → Kyrgyzstan · ASSAULT 190 use force · in Batken".
fn happening(told: &Told) -> String {
    let incident = &told.incident;
    let act = &incident.act;
    let day = incident.since.or(incident.first_report).map(words::day);
    let names = |parties: &[Actor]| -> Vec<String> {
        parties.iter().map(|party| safe::line(&party.name)).collect()
    };
    let dyad = words::dyad(&names(&incident.source), &names(&incident.target));
    let code = format!("{} {} {}", act.event, act.cameo, words::action(&act.cameo));
    let place = incident.place.as_ref().map(|place| format!("in {}", safe::line(&place.name)));
    let parts: Vec<String> = [day, Some(dyad), Some(code), place].into_iter().flatten().collect();
    parts.join(" · ")
}

/// How the incident stands, and how it stood before.
fn lines(told: &Told) -> Vec<String> {
    let incident = &told.incident;
    let sources = usize::try_from(incident.sources).unwrap_or(0);
    let mut lines = Vec::new();
    let status = match &told.before {
        Some(before) if before.status != incident.status => {
            format!("{}, was {}", incident.status, before.status)
        }
        _ => incident.status.clone(),
    };
    let mut stands = vec![status, words::count(sources, "source"), incident.id.clone()];
    if !incident.trusted {
        stands.insert(1, words::DOUBTFUL.to_string());
    }
    lines.push(stands.join(" · "));
    let none = || "none".to_string();
    let listed = |figures: &[String]| match figures {
        [] => none(),
        figures => figures.join(", "),
    };
    match &told.before {
        Some(before) if before.figures != told.figures => {
            lines.push(format!("{}; before: {}", listed(&told.figures), listed(&before.figures)));
        }
        _ if !told.figures.is_empty() => lines.push(listed(&told.figures)),
        _ => {}
    }
    lines
}

fn place(quote: &Quote) -> String {
    let day = quote.published.map(|day| format!(" of {day}")).unwrap_or_default();
    format!("{}{day} §{}", safe::line(&quote.report), quote.sentence + 1)
}

/// The claims that are shown, and how many are not.
fn claims(news: &News, all: bool) -> (Vec<&Claimed>, usize) {
    let shown = if all { news.claims.len() } else { MOST.min(news.claims.len()) };
    (news.claims.iter().take(shown).collect(), news.claims.len() - shown)
}

fn speaker(claim: &Claimed) -> String {
    claim.speaker.as_deref().map_or("Speaker not named".to_string(), safe::line)
}

fn evidence(claim: &Claimed) -> Vec<String> {
    let told = claim
        .evidence
        .iter()
        .map(|(kind, text)| format!("{}: {}", kind.replace('_', " "), safe::line(text)));
    told.collect()
}

fn claim_place(claim: &Claimed) -> String {
    let day = claim.published.map(|day| format!(" of {day}")).unwrap_or_default();
    format!("{}{day} §{}", safe::line(&claim.report), claim.sentence + 1)
}
