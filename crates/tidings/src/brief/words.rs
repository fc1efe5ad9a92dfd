//! Codes, days, figures and parties in plain words.

use super::weigh::Summary;
use super::{Act, Item, Party, Place, Quantity, Standing};
use crate::schema::{Bound, Certainty, ClaimForm, ClaimKind, Days, EvidenceKind, QuantityKind};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Says of an act that its type or its sides may be misread.
pub(super) const DOUBTFUL: &str = "reading doubtful";

/// The words for a CAMEO code: its own, else those of the longest code it begins with.
pub fn action(cameo: &str) -> &'static str {
    static ACTIONS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let actions = ACTIONS.get_or_init(|| {
        let rows = include_str!("../../../../lexicon/brief/actions.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'));
        rows.filter_map(|row| row.split_once('\t')).collect()
    });
    let prefixes = (1..=cameo.len()).rev().filter_map(|end| cameo.get(..end));
    prefixes.filter_map(|code| actions.get(code).copied()).next().unwrap_or("act")
}

/// "Monday 10 March 2031".
pub(super) fn day(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// "Monday 10 March 2031", "10 to 14 March 2031", "March 2031", "1995", "1998 to 1999".
pub(super) fn days(days: Days) -> String {
    let Days { from, to } = days;
    let date = |day: Date, form: &str| day.strftime(form).to_string();
    let whole_months = from.day() == 1 && to.day() == to.days_in_month();
    let whole_years = whole_months && from.month() == 1 && to.month() == 12;
    // A span of years, as of what has lasted since some year, is told in years.
    let years = i32::from(to.year()) - i32::from(from.year()) > 2;
    let same_month = (from.year(), from.month()) == (to.year(), to.month());
    if from == to {
        return day(from);
    }
    let (first, last) = if whole_years && from.year() == to.year() {
        return date(to, "%Y");
    } else if whole_years || years {
        ("%Y", "%Y")
    } else if whole_months && same_month {
        return date(to, "%B %Y");
    } else if whole_months && from.year() == to.year() {
        ("%B", "%B %Y")
    } else if whole_months {
        ("%B %Y", "%B %Y")
    } else if same_month {
        ("%-d", "%-d %B %Y")
    } else if from.year() == to.year() {
        ("%-d %B", "%-d %B %Y")
    } else {
        ("%-d %B %Y", "%-d %B %Y")
    };
    format!("{} to {}", date(from, first), date(to, last))
}

/// "12 killed", "at least 12 killed", "10 to 20 killed"; a figure of no known kind says nothing by itself.
fn quantity(quantity: &Quantity) -> Option<String> {
    let ends = quantity.to.map(|to| format!("{} to {}", number(quantity.value), number(to)));
    let value = ends.unwrap_or_else(|| number(quantity.value));
    let value = match quantity.bound {
        Bound::Exact => value,
        Bound::About => format!("about {value}"),
        Bound::AtLeast => format!("at least {value}"),
        Bound::AtMost => format!("up to {value}"),
    };
    Some(match quantity.kind {
        QuantityKind::Killed if quantity.value == 0.0 => "nobody killed".to_string(),
        QuantityKind::Wounded if quantity.value == 0.0 => "nobody hurt".to_string(),
        QuantityKind::Killed => format!("{value} killed"),
        QuantityKind::Wounded => format!("{value} wounded"),
        QuantityKind::Arrested => format!("{value} arrested"),
        QuantityKind::Displaced => format!("{value} displaced"),
        QuantityKind::Participants => format!("{value} taking part"),
        QuantityKind::Troops => format!("{value} troops"),
        QuantityKind::Other => return None,
    })
}

/// "4,000"; "2.5".
fn number(value: f64) -> String {
    if value.fract() != 0.0 || value.abs() >= 1e15 {
        return value.to_string();
    }
    let digits = format!("{:.0}", value.abs());
    let mut out = String::from(if value < 0.0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "Aleksandar Vučić (president, Serbia GOV)"; what the name says is not said again.
pub(super) fn party(party: &Party) -> String {
    let mut about = Vec::new();
    about.extend(party.office.clone().filter(|office| *office != party.name));
    let country = party.country_name.clone().or_else(|| party.country.clone());
    let country = country.filter(|country| *country != party.name);
    let kind: Vec<String> = country.into_iter().chain(party.sectors.iter().cloned()).collect();
    // That a state is its government goes without saying.
    let plain_state = about.is_empty() && kind == ["GOV"];
    if !kind.is_empty() && !plain_state {
        about.push(kind.join(" "));
    }
    if party.uncertain {
        about.push("spelling uncertain".to_string());
    }
    match about.is_empty() {
        true => party.name.clone(),
        false => format!("{} ({})", party.name, about.join(", ")),
    }
}

/// "Peru → Ecuador"; "Peru ↔ Ecuador" for what they did with each other. A side not named is an
/// ellipsis, never a guess.
pub(super) fn dyad(source: &[String], target: &[String]) -> String {
    if source == target && source.len() > 1 {
        return source.join(" ↔ ");
    }
    let side = |side: &[String]| if side.is_empty() { "…".to_string() } else { side.join(", ") };
    match (source.is_empty(), target.is_empty()) {
        (true, true) => "parties not named".to_string(),
        (false, true) => side(source),
        _ => format!("{} → {}", side(source), side(target)),
    }
}

/// The names of the two sides of an act, where they say more than the dyad does.
pub(super) fn parties(act: &Act, source: &[String], target: &[String]) -> Option<String> {
    let names = |side: &[Party]| side.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
    let (by, to) = (names(&act.source), names(&act.target));
    (by != source || to != target).then(|| dyad(&by, &to))
}

/// What an act is, with its figures and on whose word, as parts of a line.
pub(super) fn act(act: &Act, source: &[String], target: &[String]) -> Vec<String> {
    let mut parts = vec![format!("{} {} {}", act.event, act.cameo, act.words)];
    parts.extend(parties(act, source, target));
    parts.extend(act.r#where.as_ref().map(|place| format!("in {place}")));
    let figures: Vec<String> = act.quantities.iter().filter_map(quantity).collect();
    if !figures.is_empty() {
        parts.push(figures.join(", "));
    }
    match act.certainty {
        Certainty::Probable => parts.push("probable".to_string()),
        Certainty::Possible => parts.push("possible".to_string()),
        Certainty::Certain | Certainty::Unknown => {}
    }
    // Who speaks is the one on whose word it rests: that goes without saying.
    let own_words = is_speech(act) && act.according_to.iter().all(|p| act.source.contains(p));
    if !own_words && !act.according_to.is_empty() {
        let names: Vec<&str> = act.according_to.iter().map(|p| p.name.as_str()).collect();
        parts.push(format!("on the word of {}", names.join(", ")));
    }
    if !act.trusted {
        parts.push(DOUBTFUL.to_string());
    }
    parts
}

/// Whether the act is done in words: the first half of the CAMEO scale but for material help.
fn is_speech(act: &Act) -> bool {
    matches!(
        act.cameo.get(..2),
        Some("01" | "02" | "03" | "04" | "05" | "09" | "10" | "11" | "12" | "13")
    )
}

/// "2031-03-10-gulf §1, §4; 2031-03-11-gulf §2": sentences are counted from one.
pub(super) fn places(places: &[Place]) -> String {
    listed(places, |place| place.report.clone())
}

/// As [`places`], with the day of each report where its name does not tell it.
pub(super) fn dated_places(places: &[Place]) -> String {
    listed(places, |place| match place.published {
        Some(day) if !place.report.contains(&day.to_string()) => {
            format!("{} of {day}", place.report)
        }
        _ => place.report.clone(),
    })
}

fn listed(places: &[Place], name: impl Fn(&Place) -> String) -> String {
    const MOST: usize = 8;
    let mut out = String::new();
    let mut last = None;
    for place in places.iter().take(MOST) {
        match last.replace(&place.report) {
            Some(report) if *report == place.report => out.push_str(", "),
            Some(_) => out.push_str(&format!("; {} ", name(place))),
            None => out.push_str(&format!("{} ", name(place))),
        }
        out.push_str(&format!("§{}", place.sentence + 1));
    }
    let more = places.len().saturating_sub(MOST);
    if more > 0 {
        out.push_str(&format!("; and {more} more"));
    }
    out
}

/// "Monday 10 March 2031"; for what has no day, that of the report that tells it.
pub(super) fn heading(item: &Item) -> String {
    match (item.when, item.reported()) {
        (Some(when), _) => days(when),
        (None, Some(reported)) => format!("Day not known, reported on {}", day(reported)),
        (None, None) => "Day not known".to_string(),
    }
}

/// "12 acts, 10 March to 2 April 2031: 5 ASSAULT, 2 REJECT".
pub(super) fn summary(sum: &Summary) -> String {
    let acts: usize = sum.events.iter().map(|(_, count)| count).sum();
    let when = sum.days.map(|d| format!(", {}", days(d))).unwrap_or_default();
    let of: Vec<String> = sum.events.iter().map(|(event, n)| format!("{n} {event}")).collect();
    format!("{}{when}: {}", count(acts, "act"), of.join(", "))
}

/// "… and 12 more; --all shows them": what a page leaves out.
pub(super) fn left(count: usize) -> Option<String> {
    (count > 0)
        .then(|| format!("… and {} more of less weight; --all shows them", number(count as f64)))
}

pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Threatened => "Threatened",
        Standing::Demanded => "Demanded",
        Standing::Feared => "Feared",
        Standing::Planned => "Planned or promised",
        Standing::Uncertain => "Uncertain",
        Standing::Denied => "Said not to have happened",
    }
}

/// How a claim is given; what its speaker does not hold to be so is never told as if he did.
pub(super) fn form(kind: Option<ClaimKind>, form: ClaimForm) -> String {
    let attitude = match kind {
        Some(ClaimKind::Deny) => Some("denied"),
        Some(ClaimKind::Fear) => Some("feared"),
        Some(ClaimKind::Hope) => Some("hoped"),
        Some(ClaimKind::Demand) => Some("demanded"),
        _ => None,
    };
    let words = match form {
        ClaimForm::Direct => "quoted",
        ClaimForm::Indirect => return attitude.unwrap_or("reported").to_string(),
        ClaimForm::Mixed => "partly quoted",
    };
    attitude.map_or(words.to_string(), |attitude| format!("{attitude}, {words}"))
}

pub(super) fn evidence(kind: EvidenceKind, by: Option<&Party>) -> String {
    let kind = match kind {
        EvidenceKind::NoneGiven => "no evidence given",
        EvidenceKind::Denied => "denied",
        EvidenceKind::Supported => "supported",
    };
    by.map_or_else(|| kind.to_string(), |by| format!("{kind} by {}", by.name))
}

/// "1 report", "2 reports".
pub(super) fn count(number: usize, one: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {one}{s}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_code_without_words_takes_those_of_its_kind() {
        assert_eq!(action("1031"), "demand economic aid");
        assert_eq!(action("1039"), "demand aid");
        assert_eq!(action("19"), "fight");
        assert_eq!(action("99"), "act");
    }

    #[test]
    fn spans_of_days_read_as_people_write_them() {
        let told = |a, b| days(Days { from: a, to: b });
        assert_eq!(told(date(2031, 3, 10), date(2031, 3, 10)), "Monday 10 March 2031");
        assert_eq!(told(date(2031, 3, 10), date(2031, 3, 14)), "10 to 14 March 2031");
        assert_eq!(told(date(2031, 3, 30), date(2031, 4, 2)), "30 March to 2 April 2031");
        assert_eq!(told(date(2031, 2, 1), date(2031, 2, 28)), "February 2031");
        assert_eq!(told(date(1995, 1, 1), date(1995, 12, 31)), "1995");
        assert_eq!(told(date(1998, 1, 1), date(1999, 12, 31)), "1998 to 1999");
        assert_eq!(told(date(1999, 12, 31), date(2031, 8, 21)), "1999 to 2031");
    }

    #[test]
    fn figures_are_words() {
        let plain = |kind, value| Quantity { kind, value, to: None, bound: Bound::Exact };
        let told = |kind, value| quantity(&plain(kind, value)).unwrap_or_default();
        assert_eq!(told(QuantityKind::Killed, 12.0), "12 killed");
        let range = Quantity { to: Some(20.0), ..plain(QuantityKind::Killed, 10.0) };
        assert_eq!(quantity(&range).as_deref(), Some("10 to 20 killed"));
        let least = Quantity { bound: Bound::AtLeast, ..plain(QuantityKind::Killed, 12.0) };
        assert_eq!(quantity(&least).as_deref(), Some("at least 12 killed"));
        assert_eq!(told(QuantityKind::Participants, 20_000.0), "20,000 taking part");
        assert_eq!(told(QuantityKind::Wounded, 0.0), "nobody hurt");
        assert_eq!(told(QuantityKind::Other, 2.0), "");
    }

    #[test]
    fn a_dyad_shows_who_acts() {
        let side = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (peru, both) = (side(&["Peru"]), side(&["Peru", "Ecuador"]));
        assert_eq!(dyad(&peru, &both), "Peru → Peru, Ecuador");
        assert_eq!(dyad(&both, &both), "Peru ↔ Ecuador");
        assert_eq!(dyad(&[], &peru), "… → Peru");
        assert_eq!(dyad(&peru, &[]), "Peru");
        assert_eq!(dyad(&[], &[]), "parties not named");
    }

    #[test]
    fn places_name_each_report_once() {
        let published = Some(date(2031, 3, 10));
        let place =
            |report: &str, sentence| Place { report: report.to_string(), sentence, published };
        let told = places(&[place("a", 0), place("a", 3), place("b", 1)]);
        assert_eq!(told, "a §1, §4; b §2");
        assert_eq!(dated_places(&[place("a", 0)]), "a of 2031-03-10 §1");
        assert_eq!(dated_places(&[place("2031-03-10-b", 0)]), "2031-03-10-b §1");
        let many: Vec<Place> = (0..20).map(|at| place("a", at)).collect();
        assert!(places(&many).ends_with("§8; and 12 more"));
    }
}
