//! A series as comma-separated values.

use std::fmt::Write;
use tidings::outlook::tension::breaks::{Breaks, Side};
use tidings::outlook::tension::{Estimate, Kind, Point, Series};
use tidings::safe;

type KindOf = fn(&Point) -> &Kind;
type RateOf = fn(&Point) -> &Estimate;

/// A kind of incident, its name and where a point keeps it.
const KINDS: [(&str, KindOf); 7] = [
    ("verbal_cooperation", |point| &point.verbal_cooperation),
    ("material_cooperation", |point| &point.material_cooperation),
    ("verbal_conflict", |point| &point.verbal_conflict),
    ("material_conflict", |point| &point.material_conflict),
    ("demands", |point| &point.demands),
    ("threats", |point| &point.threats),
    ("accusations", |point| &point.accusations),
];
/// The same of weighted rates.
const RATES: [(&str, RateOf); 3] = [
    ("tension", |point| &point.tension),
    ("hostile", |point| &point.hostile),
    ("cooperative", |point| &point.cooperative),
];

/// The series, a line to each period; with breaks, columns that name the sides that break or are
/// unusual there.
pub(super) fn csv(series: &Series, breaks: Option<&Breaks>) -> String {
    let mut text = "since,until,volume,exposure,incidents,goldstein_sum,goldstein_mean".to_string();
    for (name, _) in RATES {
        let _ = write!(text, ",{name},{name}_low,{name}_high");
    }
    for (name, _) in KINDS {
        let _ = write!(text, ",{name},{name}_goldstein_sum,{name}_rate,{name}_low,{name}_high");
    }
    if breaks.is_some() {
        text.push_str(",break,unusual");
    }
    let ids = series.points.first().is_some_and(|point| point.ids.is_some());
    text.push_str(if ids { ",ids\r\n" } else { "\r\n" });
    for point in &series.points {
        let Point {
            since, until, volume, exposure, incidents, goldstein_sum, goldstein_mean, ..
        } = point;
        let mean = goldstein_mean.map_or(String::new(), |mean| mean.to_string());
        let _ =
            write!(text, "{since},{until},{volume},{exposure},{incidents},{goldstein_sum},{mean}");
        for (_, rate) in RATES {
            let Estimate { mean, low, high } = rate(point);
            let _ = write!(text, ",{mean},{low},{high}");
        }
        for (_, kind) in KINDS {
            let Kind { incidents, goldstein_sum, rate } = kind(point);
            let Estimate { mean, low, high } = rate;
            let _ = write!(text, ",{incidents},{goldstein_sum},{mean},{low},{high}");
        }
        if let Some(breaks) = breaks {
            let at = |found: Vec<Side>| found.into_iter().map(name).collect::<Vec<_>>().join("; ");
            let begun = breaks.breaks.iter().filter(|b| b.since == *since).map(|b| b.of);
            let unusual = breaks.unusual.iter().filter(|u| u.since == *since).map(|u| u.of);
            let _ = write!(text, ",{},{}", at(begun.collect()), at(unusual.collect()));
        }
        if let Some(ids) = &point.ids {
            // Ids of a table are anybody's words.
            let ids = safe::columns(&ids.join("; ")).replace('"', "\"\"");
            let _ = write!(text, ",\"{ids}\"");
        }
        text.push_str("\r\n");
    }
    text
}

/// What a side is called.
pub(super) fn name(side: Side) -> &'static str {
    match side {
        Side::Hostile => "hostile",
        Side::Cooperative => "cooperative",
    }
}
