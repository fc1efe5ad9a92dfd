//! Places against the Local-Global Lexicon (Lieberman et al. 2010): F1 of toponyms, and the share of
//! those found that are resolved within 161 km (100 miles), the field's usual measure.

use crate::coded::{SOME_DAY, code, pair};
use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::{Row, Tally, share};
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Item {
    text: String,
    toponyms: Vec<Toponym>,
}

#[derive(Deserialize)]
struct Toponym {
    start: usize,
    end: usize,
    lat: Option<f64>,
    lon: Option<f64>,
}

/// Scores the articles of the lexicon.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let items: Vec<Item> = data.rows("geo/lgl-dev.jsonl")?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let scored: Vec<(Tally, Tally)> = items.par_iter().map(|item| one(item, language)).collect();
    let (mut spans, mut near) = (Tally::default(), Tally::default());
    for (s, n) in scored {
        spans += s;
        near += n;
    }
    Ok(vec![
        Row::share("places", "lgl-dev", "toponyms F1", spans.f1()),
        Row::share("places", "lgl-dev", "within 161 km", share(near.right, near.gold)),
    ])
}

/// Toponyms found; and of those with coordinates in the gold, how many are near.
fn one(item: &Item, language: &Language) -> (Tally, Tally) {
    let places = code(&item.text, SOME_DAY, language).map(|c| c.places).unwrap_or_default();
    let gold: Vec<(usize, usize)> = item.toponyms.iter().map(|t| (t.start, t.end)).collect();
    let found: Vec<(usize, usize)> = places.iter().map(|p| (p.start, p.end)).collect();
    let pairs = pair(&gold, &found);
    let spans = Tally { right: pairs.len(), found: found.len(), gold: gold.len() };
    let mut near = Tally::default();
    for (g, f) in pairs {
        let (toponym, place) = (&item.toponyms[g], &places[f]);
        if let (Some(lat), Some(lon)) = (toponym.lat, toponym.lon) {
            near.gold += 1;
            let resolved = place.lat.zip(place.lon);
            near.right += usize::from(resolved.is_some_and(|p| kilometres((lat, lon), p) <= 161.0));
        }
    }
    (spans, near)
}

/// Great-circle distance on a sphere of 6,371 km (haversine).
fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let [lat, lon, to_lat, to_lon] = [one.0, one.1, other.0, other.1].map(f64::to_radians);
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let chord = half(to_lat - lat) + lat.cos() * to_lat.cos() * half(to_lon - lon);
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        let (london, paris) = ((51.507, -0.128), (48.857, 2.352));
        assert!((kilometres(london, paris) - 343.6).abs() < 2.0);
        assert_eq!(kilometres(london, london), 0.0);
    }
}
