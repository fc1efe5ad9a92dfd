//! Forecasts and their record, for the eye.

use std::fmt::Write;
use tidings::outlook::forecast::{Dyad, Forecast, Link, Outlook, Record, Span};
use tidings::safe;

/// Dyads shown of many.
const DYADS: usize = 20;

/// The dyads, each with its kinds; the likeliest events of the next day; how good such forecasts are.
pub(super) fn forecast(outlook: &Outlook, next: &[Link], record: Option<&Record>) -> String {
    let mut page = String::new();
    let Outlook { from, events, dyads } = outlook;
    let _ = writeln!(page, "Known until {from}: {events} events between countries");
    for dyad in dyads.iter().take(DYADS) {
        tell(dyad, &mut page);
    }
    if dyads.len() > DYADS {
        let _ = writeln!(
            page,
            "\n{} more dyads; --dyad or --actor picks some, --format json gives all",
            dyads.len() - DYADS
        );
    }
    if !next.is_empty() {
        page.push_str("\nLikeliest on the next day (how many are to be expected)\n");
    }
    for Link { source, action, name, target, expected } in next {
        let (source, target) = (safe::line(source), safe::line(target));
        let _ = writeln!(page, "  {expected:5.2}  {source} → {target}: {action} {name}");
    }
    page.push('\n');
    match record {
        Some(record) => page.push_str(&self::record(record, false)),
        None => page.push_str("Too short a history for a record of such forecasts.\n"),
    }
    page
}

fn tell(dyad: &Dyad, page: &mut String) {
    let Dyad { source, target, events, days, withheld, forecasts } = dyad;
    let _ = writeln!(page, "\n{source} → {target} · {events} events in {days} days");
    if let Some(why) = withheld {
        let _ = writeln!(page, "  no forecast: {why}");
        return;
    }
    let _ = writeln!(
        page,
        "  {:20} {:>6} {:>6} {:>7}  within 7 days, beside its usual share",
        "", "1 day", "7 days", "30 days"
    );
    for spans in forecasts.chunk_by(|a, b| a.kind == b.kind) {
        let of = |days: i32| spans.iter().find(|forecast| forecast.days == days);
        let kind = spans.first().map_or("", |forecast| forecast.kind).replace('_', " ");
        let share = |days| of(days).map_or("–".to_string(), |told| percent(told.probability));
        let why = of(7).or(spans.first()).map_or(String::new(), why);
        let _ =
            writeln!(page, "  {kind:20} {:>6} {:>6} {:>7}  {why}", share(1), share(7), share(30));
    }
}

/// The usual probability, and what moves the forecast most.
fn why(forecast: &Forecast) -> String {
    let mut text = format!("{:>5}", percent(forecast.usual));
    for driver in forecast.drivers.iter().take(2) {
        let _ = write!(text, "; {} {:+.1}", driver.history, driver.logits);
    }
    text
}

fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.01 {
        "<1 %".to_string()
    } else if share > 0.99 && share < 1.0 {
        ">99 %".to_string()
    } else {
        format!("{:.0} %", 100.0 * share)
    }
}

/// Scores beside those of the rivals; with `whole`, the calibration tables and the worst misses too.
pub(super) fn record(record: &Record, whole: bool) -> String {
    let mut page = format!(
        "Forecasts made from {} on, beside what came until {}, and beside two rivals\n  \
         {:8} {:>9} {:>7}  {:>24}  {:>24}  {:>11}\n  {:8} {:>9} {:>7}  {:>8}{:>8}{:>8}  {:>8}{:>8}{:>8}\n",
        record.since,
        record.until,
        "",
        "",
        "",
        "Brier score",
        "log score",
        "calibration",
        "ahead",
        "forecasts",
        "came",
        "model",
        "clim.",
        "pers.",
        "model",
        "clim.",
        "pers."
    );
    for span in &record.spans {
        let Span { days, forecasts, came, model, climatology, persistence, .. } = span;
        let _ = writeln!(
            page,
            "  {:8} {forecasts:>9} {:>7}  {:>8.4}{:>8.4}{:>8.4}  {:>8.4}{:>8.4}{:>8.4}  {:>11.4}",
            format!("{days} day{}", if *days == 1 { "" } else { "s" }),
            percent(*came),
            model.brier,
            climatology.brier,
            persistence.brier,
            model.log,
            climatology.log,
            persistence.log,
            model.calibration_error
        );
    }
    page.push_str(
        "  The less the better. clim.: the dyad's own share of days so far; pers.: what usually follows\n  \
         on a span with, or without, such an event.\n",
    );
    if whole {
        record.spans.iter().for_each(|span| details(span, &mut page));
    }
    page
}

fn details(span: &Span, page: &mut String) {
    let _ =
        writeln!(page, "\nWithin {} days\n  told       forecasts  mean told       came", span.days);
    for (tenth, bin) in span.calibration.iter().enumerate().filter(|(_, bin)| bin.forecasts > 0) {
        let _ = writeln!(
            page,
            "  {:>2}–{:<3} %  {:>10}  {:>7.1} %  {:>7.1} %",
            10 * tenth,
            10 * (tenth + 1),
            bin.forecasts,
            100.0 * bin.told,
            100.0 * bin.came
        );
    }
    page.push_str("  worst misses\n");
    for miss in &span.misses {
        let _ = writeln!(
            page,
            "  {}  {} → {} {}: told {} (clim. {}, pers. {}), {}",
            miss.day,
            miss.source,
            miss.target,
            miss.kind.replace('_', " "),
            percent(miss.told),
            percent(miss.climatology),
            percent(miss.persistence),
            if miss.came { "came" } else { "did not come" }
        );
    }
}
