//! A series as rows with sparklines, for the eye.

use super::csv::name;
use std::fmt::Write;
use tidings::outlook::events::Volume;
use tidings::outlook::tension::breaks::{Break, Breaks, Cause, Unusual};
use tidings::outlook::tension::{Point, Series, Step};
use tidings::safe;

/// The longest sparkline; longer series are drawn in fewer strokes.
const WIDEST: usize = 72;

type ValueOf = fn(&Point) -> f64;

/// The lines above the table: what a stroke stands for.
const LINES: [(&str, ValueOf); 8] = [
    ("tension", |point| point.tension.mean),
    ("verbal cooperation", |point| point.verbal_cooperation.rate.mean),
    ("material cooperation", |point| point.material_cooperation.rate.mean),
    ("verbal conflict", |point| point.verbal_conflict.rate.mean),
    ("material conflict", |point| point.material_conflict.rate.mean),
    ("demands", |point| point.demands.rate.mean),
    ("threats", |point| point.threats.rate.mean),
    ("accusations", |point| point.accusations.rate.mean),
];

/// The whole page.
pub(super) fn table(series: &Series, breaks: Option<&Breaks>, undated: usize) -> String {
    let mut page = String::new();
    let points = &series.points;
    let step = match series.by {
        Step::Day => "day",
        Step::Week => "week",
        Step::Month => "month",
    };
    let (reports, of) = match series.volume_of {
        Volume::Reports => ("reports", "reports"),
        Volume::Events => ("events", "events of the table"),
    };
    if let (Some(first), Some(last)) = (points.first(), points.last()) {
        let scope = safe::line(&series.scope);
        let _ = writeln!(page, "{scope} · by {step} · {} to {}", first.since, last.until);
    }
    let volume: u64 = points.iter().map(|point| u64::from(point.volume)).sum();
    let _ = writeln!(page, "{} incidents; {volume} {of}", series.incidents);
    if undated > 0 {
        let _ = writeln!(
            page,
            "{undated} incidents of the whole record are left out: no month is told for them"
        );
    }
    page.push('\n');
    for (title, value) in LINES {
        let values: Vec<f64> = points.iter().map(value).collect();
        let (low, high) = bounds(&values);
        let _ = writeln!(page, "{title:20}  {}  {low:.1} to {high:.1}", sparkline(&values));
    }
    let _ = writeln!(
        page,
        "{:20}  per 100 {reports}; tension: hostile less cooperative Goldstein points",
        ""
    );
    let _ = writeln!(
        page,
        "\n{:10} {:>9} {:>9} {:>8} {:>19} {:>6} {:>6} {:>6} {:>6} {:>7} {:>7} {:>7}",
        step,
        reports,
        "incidents",
        "tension",
        "90 % bounds",
        "v.coop",
        "m.coop",
        "v.conf",
        "m.conf",
        "demands",
        "threats",
        "accus."
    );
    for stretch in points.chunk_by(|a, b| silent(a) && silent(b)) {
        match stretch {
            [first, .., last] if stretch.len() > FOLDED => {
                let _ = writeln!(
                    page,
                    "…          nothing reported from {} to {}",
                    first.since, last.until
                );
            }
            _ => stretch.iter().for_each(|point| row(point, &mut page)),
        }
    }
    if let Some(breaks) = breaks {
        tell(breaks, &mut page);
    }
    page
}

/// Longer stretches of silence than this are one line.
const FOLDED: usize = 2;

/// Nothing was reported at all: the estimate is that of any period.
fn silent(point: &Point) -> bool {
    point.volume == 0 && point.incidents == 0
}

fn row(point: &Point, page: &mut String) {
    let told = |text: String| if silent(point) { "·".to_string() } else { text };
    let tension = told(format!("{:.1}", point.tension.mean));
    let bounds = told(format!("{:.1} to {:.1}", point.tension.low, point.tension.high));
    let count = |count: u32| if count == 0 { "·".to_string() } else { count.to_string() };
    let _ = writeln!(
        page,
        "{:10} {:>9} {:>9} {:>8} {:>19} {:>6} {:>6} {:>6} {:>6} {:>7} {:>7} {:>7}",
        point.since.to_string(),
        point.volume,
        count(point.incidents),
        tension,
        bounds,
        count(point.verbal_cooperation.incidents),
        count(point.material_cooperation.incidents),
        count(point.verbal_conflict.incidents),
        count(point.material_conflict.incidents),
        count(point.demands.incidents),
        count(point.threats.incidents),
        count(point.accusations.incidents),
    );
}

fn tell(breaks: &Breaks, page: &mut String) {
    if breaks.breaks.is_empty() {
        page.push_str("\nNo change of level found.\n");
    } else {
        page.push_str("\nChanges of level\n");
    }
    for found in &breaks.breaks {
        let Break { since, of, probability, before, after, changed, incidents } = found;
        let of = name(*of);
        let sure = 100.0 * probability;
        let _ = writeln!(
            page,
            "{since}  {of}: {before:.1} → {after:.1} incidents per 100 ({sure:.0} % sure)"
        );
        for change in changed {
            let (source, target) = (safe::line(&change.source), safe::line(&change.target));
            let (event, before, after) = (change.event, change.before, change.after);
            let _ = writeln!(page, "    {event} {source} → {target}: {before:.1} → {after:.1}");
        }
        causes(incidents, page);
    }
    if !breaks.unusual.is_empty() {
        page.push_str("\nOut of the ordinary\n");
    }
    for Unusual { since, until, of, came, expected, probability, incidents } in &breaks.unusual {
        let of = name(*of);
        let chance = chance(*probability);
        let _ = writeln!(
            page,
            "{since} to {until}  {of}: {came} incidents where {expected:.1} were to be expected ({chance})"
        );
        causes(incidents, page);
    }
}

fn chance(probability: f64) -> String {
    if probability < 1e-4 {
        "a chance below 1 in 10,000".to_string()
    } else {
        format!("a chance of 1 in {:.0}", 1.0 / probability)
    }
}

fn causes(causes: &[Cause], page: &mut String) {
    for cause in causes {
        let _ = writeln!(page, "    {}", line(cause));
    }
}

/// An incident in one line.
pub(in super::super) fn line(cause: &Cause) -> String {
    let Cause { id, day, source, target, cameo, event, goldstein } = cause;
    let act = [event.unwrap_or_default(), cameo.unwrap_or_default()].join(" ");
    let (source, target) = (safe::line(source), safe::line(target));
    let (who, id) =
        (if target.is_empty() { source } else { format!("{source} → {target}") }, safe::line(id));
    format!("{day}  {}  {who}  {goldstein:+.1}  [{id}]", act.trim())
}

fn bounds(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    (low, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

/// Strokes from the lowest value to the highest.
fn sparkline(values: &[f64]) -> String {
    const STROKES: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let each = values.len().div_ceil(WIDEST).max(1);
    let means: Vec<f64> =
        values.chunks(each).map(|some| some.iter().sum::<f64>() / some.len() as f64).collect();
    let (low, high) = bounds(&means);
    let stroke = |value: &f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.0 };
        STROKES[((share * 8.0) as usize).min(7)]
    };
    means.iter().map(stroke).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_go_from_the_lowest_to_the_highest() {
        assert_eq!(sparkline(&[0.0, 1.0, 2.0]), "▁▅█");
        assert_eq!(sparkline(&[3.0, 3.0]), "▁▁");
        assert_eq!(sparkline(&vec![1.0; 500]).chars().count(), 72);
        assert_eq!(sparkline(&[]), "");
    }
}
