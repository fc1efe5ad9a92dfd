//! A series as a drawing: tension with its bounds, and below it the counts of the quad classes.

use std::fmt::Write;
use tidings::outlook::tension::breaks::Breaks;
use tidings::outlook::tension::{Point, Series};
use tidings::safe;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 944.0;
/// Upper and lower edges of the two panels.
const TENSION: (f64, f64) = (56.0, 236.0);
const COUNTS: (f64, f64) = (272.0, 372.0);

type CountOf = fn(&Point) -> u32;

/// Quad classes from below, with colours that people who see few colours can tell apart (Okabe and Ito 2008).
const CLASSES: [(&str, &str, CountOf); 4] = [
    ("material conflict", "#d55e00", |point| point.material_conflict.incidents),
    ("verbal conflict", "#e69f00", |point| point.verbal_conflict.incidents),
    ("verbal cooperation", "#56b4e9", |point| point.verbal_cooperation.incidents),
    ("material cooperation", "#0072b2", |point| point.material_cooperation.incidents),
];

/// The drawing.
pub(super) fn svg(series: &Series, breaks: Option<&Breaks>) -> String {
    let mut to = String::new();
    let title = escaped(&format!("Tension: {}", safe::line(&series.scope)));
    let _ = writeln!(
        to,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>{title}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"{LEFT}\" y=\"22\" font-size=\"16\">{title}</text>\n\
         <text x=\"{LEFT}\" y=\"42\" fill=\"#555\">hostile less cooperative Goldstein points per 100 {}, with 90 % bounds</text>",
        match series.volume_of {
            tidings::outlook::events::Volume::Reports => "reports",
            tidings::outlook::events::Volume::Events => "events",
        }
    );
    let points = &series.points;
    let across = |at: f64| LEFT + (RIGHT - LEFT) * (at + 0.5) / points.len().max(1) as f64;
    let low = points.iter().map(|point| point.tension.low).fold(0.0, f64::min);
    let high = points.iter().map(|point| point.tension.high).fold(0.0, f64::max);
    let scale =
        |value: f64| TENSION.1 - (TENSION.1 - TENSION.0) * (value - low) / (high - low).max(1e-9);
    let path = |values: &mut dyn Iterator<Item = (usize, f64)>| {
        let mut path = String::new();
        for (at, value) in values {
            let _ = write!(path, "{:.1},{:.1} ", across(at as f64), scale(value));
        }
        path
    };
    for value in [low, 0.0, high] {
        let y = scale(value);
        let _ = writeln!(
            to,
            "<line x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#ccc\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#555\">{value:.0}</text>",
            LEFT - 6.0,
            y + 4.0
        );
    }
    let numbered = || points.iter().enumerate();
    let bounds = path(
        &mut numbered()
            .map(|(at, point)| (at, point.tension.high))
            .chain(numbered().rev().map(|(at, point)| (at, point.tension.low))),
    );
    let means = path(&mut numbered().map(|(at, point)| (at, point.tension.mean)));
    let _ = writeln!(
        to,
        "<polygon points=\"{bounds}\" fill=\"#000\" fill-opacity=\"0.12\"/>\n\
         <polyline points=\"{means}\" fill=\"none\" stroke=\"#000\" stroke-width=\"1.5\"/>"
    );
    bars(points, &across, &mut to);
    for found in breaks.iter().flat_map(|breaks| &breaks.breaks) {
        let Some(at) = points.iter().position(|point| point.since == found.since) else { continue };
        let x = across(at as f64 - 0.5);
        let side = super::csv::name(found.of);
        let _ = writeln!(
            to,
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{}\" y2=\"{}\" stroke=\"#a00\" stroke-dasharray=\"4 3\">\
             <title>{side}: {:.1} to {:.1} per 100</title></line>",
            TENSION.0, COUNTS.1, found.before, found.after
        );
    }
    days(points, &across, &mut to);
    to.push_str("</svg>\n");
    to
}

/// The counts of each period, one class on the other.
fn bars(points: &[Point], across: &dyn Fn(f64) -> f64, to: &mut String) {
    let most = points.iter().map(|point| point.incidents).max().unwrap_or(0).max(1);
    let (top, foot) = COUNTS;
    let wide = ((RIGHT - LEFT) / points.len().max(1) as f64 * 0.8).max(0.5);
    for (number, (name, colour, count)) in CLASSES.into_iter().enumerate() {
        let x = LEFT + 150.0 * number as f64;
        let _ = writeln!(
            to,
            "<rect x=\"{x}\" y=\"{}\" width=\"10\" height=\"10\" fill=\"{colour}\"/>\
             <text x=\"{}\" y=\"{}\" fill=\"#555\">{name}</text>\n<g fill=\"{colour}\">",
            top - 20.0,
            x + 15.0,
            top - 11.0
        );
        for (at, point) in points.iter().enumerate().filter(|(_, point)| count(point) > 0) {
            let below: u32 = CLASSES[..number].iter().map(|(_, _, count)| count(point)).sum();
            let tall = |count: u32| (foot - top) * f64::from(count) / f64::from(most);
            let _ = writeln!(
                to,
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{:.1}\"><title>{} {name}, {} to {}</title></rect>",
                across(at as f64) - wide / 2.0,
                foot - tall(below + count(point)),
                tall(count(point)),
                count(point),
                point.since,
                point.until
            );
        }
        to.push_str("</g>\n");
    }
    let _ = writeln!(
        to,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#555\">{most}</text>\n\
         <line x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{foot}\" y2=\"{foot}\" stroke=\"#999\"/>",
        LEFT - 6.0,
        top + 4.0
    );
}

/// The first days of some periods, as many as have room.
fn days(points: &[Point], across: &dyn Fn(f64) -> f64, to: &mut String) {
    let each = points.len().div_ceil(10).max(1);
    for (at, point) in points.iter().enumerate().step_by(each) {
        let _ = writeln!(
            to,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#555\">{}</text>",
            across(at as f64),
            COUNTS.1 + 18.0,
            point.since
        );
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
