//! Which of the places that share a name is meant.

use super::{Candidate, event, words};
use std::collections::{HashMap, HashSet};
use tidings_language::Document;
use tidings_world::{Kind, NameMatch, PlaceKind, Toponym, World};

/// The countries a report speaks of.
pub(super) struct Context {
    countries: HashMap<&'static str, u32>,
    /// Names that stand under a preposition of place somewhere in the report.
    located: HashSet<String>,
}

impl Context {
    /// Counts the countries of names and of toponyms that can mean one place only.
    pub fn new(
        doc: &Document,
        world: &World,
        names: &[NameMatch],
        candidates: &[Candidate],
    ) -> Context {
        let mut countries = HashMap::new();
        for name in names {
            let entry = world.names.entry(name.entry);
            // A name that is itself in doubt ("Georgia") is no witness, nor is a seat, which may
            // only stand for its government.
            if let (Some(country), Kind::Nationality | Kind::Country) = (entry.country, entry.kind)
            {
                *countries.entry(country).or_default() += 1;
            }
        }
        let mut located = HashSet::new();
        for candidate in candidates.iter().filter(|c| event::locative(doc, c.head)) {
            located.insert(words(doc, &candidate.tokens));
            let first = candidate.places[0].country;
            if !first.is_empty() && candidate.places.iter().all(|place| place.country == first) {
                *countries.entry(first).or_default() += 1;
            }
        }
        Context { countries, located }
    }

    /// Whether a name that could as well be a person's ("Mary", "Bryan") may be taken for a town:
    /// a large one, one that the report locates elsewhere, or one in a country it speaks of.
    pub fn trusts(&self, place: &Toponym, name: &str) -> bool {
        place.population >= 500_000
            || self.countries.contains_key(place.country)
            || self.located.contains(name)
    }

    /// The place meant: by the qualifier behind it, else by country in context and by size.
    pub fn resolve(
        &self,
        doc: &Document,
        candidate: &Candidate,
        next: Option<&Candidate>,
    ) -> Toponym {
        let qualifier = next.filter(|next| follows_after_comma(doc, candidate, next));
        let weight = |place: &Toponym| {
            let explicit =
                qualifier.is_some_and(|q| q.places.iter().any(|outer| holds(outer, place)));
            let spoken_of = match self.countries.get(place.country) {
                Some(times) if !place.country.is_empty() => 2.5 + f64::from((*times).min(5)) * 0.2,
                _ => 0.0,
            };
            let country = if place.kind == PlaceKind::Country { 3.0 } else { 0.0 };
            (place.population as f64 + 1.0).ln()
                + spoken_of
                + country
                + if explicit { 100.0 } else { 0.0 }
        };
        let mut best = candidate.places[0];
        for place in &candidate.places[1..] {
            if weight(place) > weight(&best) {
                best = *place;
            }
        }
        best
    }
}

/// Whether the next toponym stands right behind, parted by a comma or a bracket.
fn follows_after_comma(doc: &Document, candidate: &Candidate, next: &Candidate) -> bool {
    next.tokens.start == candidate.tokens.end + 1
        && matches!(doc.form(candidate.tokens.end), "," | "(" | "-")
}

/// Whether the first may hold the second: a country its places, a division its cities.
fn holds(outer: &Toponym, inner: &Toponym) -> bool {
    match outer.kind {
        PlaceKind::Country => outer.country == inner.country && inner.kind != PlaceKind::Country,
        PlaceKind::Area => outer.country == inner.country && inner.admin1 == outer.name,
        PlaceKind::City => false,
    }
}
