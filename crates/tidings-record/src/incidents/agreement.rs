//! Whether two events tell of one happening, and why.
//!
//! Aspect by aspect (action, source, target, place, day, words, figures) two tellings agree fully
//! (2 points), partly (1), or one of them does not say (0). A contradiction in who, to whom, when or
//! in the stage forbids the merge. Other words for an actor of no country cost 1, for "gunmen" may be "militants";
//! a place elsewhere in the same country costs 4, and forbids nothing, for gazetteers put a country at its
//! middle. Deeds need [`DEEDS`] points; words, of which there are many in a day between the
//! same parties, need [`WORDS`] and words that may tell of one happening ([`sameness`], or the sentences share theirs);
//! such words are needed too where one telling does not say who acted or upon whom. Where the rest leaves no doubt, the words are not looked at. Figures never forbid: that accounts differ in them is
//! what an incident is to show.

use super::sameness::sameness;
use super::telling::{Side, Spot, Stage, Telling};
use jiff::civil::Date;
use std::fmt;

const DEEDS: i32 = 7;
const WORDS: i32 = 9;

/// From this probability on, the words tell of one happening.
const ALIKE: f32 = 0.6;
/// From this probability on they may; or where the sentences are as alike as that (cosine of tf-idf).
const PERHAPS: f32 = 0.4;
const SHARED: f32 = 0.25;

/// Within this distance two places are one (a town and its outskirts).
const SAME_PLACE_KM: f64 = 25.0;
/// Within this, they may be.
const NEAR_PLACE_KM: f64 = 100.0;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Aspect {
    Action,
    Stage,
    Source,
    Target,
    Place,
    Day,
    Words,
    Figures,
}

/// How far two tellings agree in one aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Agreement {
    Same,
    Near,
    /// One of the two does not say.
    Unsaid,
    /// They differ, which speaks against the merge but does not forbid it.
    Apart,
    /// They differ, which forbids the merge.
    Contrary,
}

use Agreement::{Apart, Contrary, Near, Same, Unsaid};

fn points(aspect: Aspect, agreement: Agreement) -> i32 {
    match agreement {
        Same => 2,
        Near => 1,
        Unsaid => 0,
        Apart if aspect == Aspect::Place => -4,
        Apart | Contrary => -1,
    }
}

/// The outcome with its reasons.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The aspects in the order in which they are compared.
    pub aspects: Vec<(Aspect, Agreement)>,
    /// The sum of their points.
    pub points: i32,
    /// The points that were needed.
    pub needed: i32,
    /// Whether the two are one happening.
    pub merged: bool,
    /// The probability, by the words alone, that they are; where it was asked for.
    pub sameness: Option<f32>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let outcome = if self.merged { "one happening" } else { "two happenings" };
        write!(f, "{outcome}: {} points of {} needed", self.points, self.needed)?;
        for (aspect, agreement) in &self.aspects {
            write!(f, "; {aspect:?} {agreement:?}")?;
            if let (Aspect::Words, Some(sameness)) = (aspect, self.sameness) {
                write!(f, " ({sameness:.2})")?;
            }
        }
        Ok(())
    }
}

/// Compares two events.
pub fn compare(a: &Telling, b: &Telling) -> Verdict {
    let mut aspects = vec![
        (Aspect::Action, action(a, b)),
        (Aspect::Stage, stage(a, b)),
        (Aspect::Source, sides(&a.source, &b.source)),
        (Aspect::Target, sides(&a.target, &b.target)),
        (Aspect::Place, place(a.spot.as_ref(), b.spot.as_ref())),
        (Aspect::Day, day(a, b)),
        (Aspect::Figures, figures(a, b)),
    ];
    let sum = |aspects: &[(Aspect, Agreement)]| -> i32 {
        aspects.iter().map(|&(aspect, agreement)| points(aspect, agreement)).sum()
    };
    let contrary = aspects.iter().any(|(_, agreement)| *agreement == Contrary);
    let spoken = a.quad % 2 == 1;
    let needed = if spoken { WORDS } else { DEEDS };
    let open = !contrary && sum(&aspects) + points(Aspect::Words, Same) >= needed;
    let (words, sameness) = if open { words(a, b) } else { (Unsaid, None) };
    aspects.push((Aspect::Words, words));
    let points = sum(&aspects);
    let unnamed =
        aspects.iter().any(|&aspect| matches!(aspect, (Aspect::Source | Aspect::Target, Unsaid)));
    let said_alike = matches!(words, Same | Near) || !spoken && !unnamed;
    let merged = points >= needed && !contrary && said_alike;
    Verdict { merged, aspects, points, needed, sameness }
}

fn action(a: &Telling, b: &Telling) -> Agreement {
    let root = |t: &Telling| t.cameo.get(..2).map(str::to_string);
    match (a.event == b.event, a.cameo == b.cameo) {
        (false, _) => Contrary,
        (true, true) => Same,
        _ if a.cameo.starts_with(&b.cameo) || b.cameo.starts_with(&a.cameo) => Same,
        _ if root(a) == root(b) || a.quad == 4 && b.quad == 4 => Near,
        _ => Apart,
    }
}

/// What happened and what is denied may be one happening; what is planned is one with what came of
/// it only if both tell the same day.
fn stage(a: &Telling, b: &Telling) -> Agreement {
    match (a.stage, b.stage) {
        (a, b) if a == b => Near,
        (Stage::Open, _) | (_, Stage::Open) => {
            if a.days.is_some_and(|days| days.0 == days.1 && b.days == Some(days)) {
                Unsaid
            } else {
                Contrary
            }
        }
        _ => Unsaid,
    }
}

fn sides(a: &[Side], b: &[Side]) -> Agreement {
    if a.is_empty() || b.is_empty() {
        return Unsaid;
    }
    let (fewer, more) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let best = |one: &Side| {
        more.iter()
            .map(|other| side(one, other))
            .max_by_key(|&agreement| (agreement != Contrary, points(Aspect::Source, agreement)))
    };
    let each: Vec<Agreement> = fewer.iter().filter_map(best).collect();
    // Who talked with another is no third.
    if each.contains(&Contrary) {
        return Contrary;
    }
    each.into_iter().max_by_key(|&agreement| points(Aspect::Source, agreement)).unwrap_or(Unsaid)
}

fn side(a: &Side, b: &Side) -> Agreement {
    let named = a.name.to_lowercase() == b.name.to_lowercase();
    match (&a.country, &b.country) {
        _ if named => Same,
        (Some(x), Some(y)) if x != y => Contrary,
        (Some(_), Some(_)) => match (a.camp, b.camp) {
            (Some(x), Some(y)) if x != y => Contrary,
            (Some(_), Some(_)) | (None, None) => Same,
            _ => Near,
        },
        // Of no country, or of one only: other names may mean the same, as "gunmen" and "militants".
        _ => Apart,
    }
}

fn place(a: Option<&Spot>, b: Option<&Spot>) -> Agreement {
    let (Some(a), Some(b)) = (a, b) else { return Unsaid };
    let apart = a.point.zip(b.point).map(|(a, b)| kilometres(a, b));
    match apart {
        _ if a.name == b.name && a.country == b.country => Same,
        Some(km) if km <= SAME_PLACE_KM => Same,
        Some(km) if km <= NEAR_PLACE_KM => Near,
        _ if a.country == b.country => Apart,
        Some(_) if a.country.is_some() && b.country.is_some() => Contrary,
        _ => Unsaid,
    }
}

/// The great-circle distance between two points given as latitude and longitude in degrees (the
/// haversine formula, with the mean radius of the earth).
fn kilometres((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(lat_a, lat_b)
        + lat_a.to_radians().cos() * lat_b.to_radians().cos() * half(lon_a, lon_b);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// A day more or less is the same night or another time zone. Longer spans must be told alike, for
/// much may happen in a month.
fn day(a: &Telling, b: &Telling) -> Agreement {
    let span = |(from, to): (Date, Date)| days_between(from, to);
    match (a.days, b.days) {
        (Some(x), Some(y)) if x == y => Same,
        (Some(x), Some(y)) => {
            let gap = days_between(x.1, y.0).max(days_between(y.1, x.0));
            match gap {
                _ if span(x) > 10 || span(y) > 10 => Contrary,
                ..=1 => Near,
                _ => Contrary,
            }
        }
        // One is undated: it may be the other if its report is no older and not much younger.
        (Some(days), None) => undated(days, b.published),
        (None, Some(days)) => undated(days, a.published),
        (None, None) => match a.published.zip(b.published) {
            Some((x, y)) if days_between(x, y).abs() <= 1 => Unsaid,
            _ => Contrary,
        },
    }
}

fn undated(days: (Date, Date), published: Option<Date>) -> Agreement {
    let away = published.map(|day| days_between(days.0, day));
    if away.is_some_and(|away| (0..=3).contains(&away)) { Unsaid } else { Contrary }
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| span.get_days().into())
}

/// Whether the words by themselves tell of one happening, and how likely that is.
fn words(a: &Telling, b: &Telling) -> (Agreement, Option<f32>) {
    let (a, b) = (a.wording.mention(), b.wording.mention());
    if a.is_empty() || b.is_empty() {
        return (Unsaid, None);
    }
    let sameness = sameness(a, b);
    let agreement = match sameness {
        ALIKE.. => Same,
        PERHAPS.. => Near,
        _ if a.shared(b) >= SHARED => Near,
        _ => Unsaid,
    };
    (agreement, Some(sameness))
}

fn figures(a: &Telling, b: &Telling) -> Agreement {
    if a.figures.iter().any(|figure| b.figures.contains(figure)) { Near } else { Unsaid }
}
