//! Which of the places that share a name is meant.
//!
//! Relaxation labelling: each name spreads its mentions over the places that bear it, by size at
//! first; a place then gains from what else the report speaks of, its country, its state, its county
//! and the ground around it, and the shares are taken anew. One name means one place in a report,
//! unless a mention says otherwise ("Paris, Texas"). The cues are those of Leidner, Toponym Resolution
//! in Text (2007): explicit qualifier, containment, nearness to other places, population.

use super::lexicon::HOME_WORDS;
use super::names::{Form, Mention, Mentions, Name};
use std::collections::{HashMap, HashSet};
use tidings_language::Document;
use tidings_world::{Kind, NameMatch, PlaceKind, Toponym, World};

/// How often the shares are taken anew.
const ROUNDS: usize = 3;

/// What speaks for a place, and how much it weighs against the logarithm of its inhabitants.
struct Weights {
    /// Per natural logarithm of inhabitants.
    size: f64,
    /// A country, which people name more often than its size tells.
    country: f64,
    /// Its people are named as well: "Georgian" beside "Georgia".
    peopled: f64,
    /// What lies in several countries, as "Middle East", and so has no company in its own.
    beyond: f64,
    /// A state or province, a region.
    state: f64,
    /// A county or district that is not called one in the text.
    county: f64,
    /// The capital of a country, which its name mostly means.
    seat: f64,
    /// The qualifier behind the name holds the place.
    qualified: f64,
    /// What a person or body of a country, and a word that its reports use of their own affairs,
    /// counts beside a mention.
    body: f64,
    word: f64,
    /// Per logarithm of other mentions in its country, state, county and within a degree or so.
    same_country: f64,
    same_state: f64,
    same_county: f64,
    around: f64,
    /// Per logarithm of the countries that the report speaks of, if they are several and a namesake is
    /// one, or a city known to the world.
    outshone: f64,
}

/// So many countries beside its own make a report one on the world.
const FOREIGN: usize = 2;
/// How many times as large the namesake must be, and how large.
const OUTSHINING: f64 = 8.0;
const KNOWN_TO_THE_WORLD: u64 = 100_000;

const WEIGHTS: Weights = Weights {
    size: 0.3,
    country: 3.0,
    peopled: 5.0,
    beyond: 6.0,
    state: 1.0,
    county: -1.0,
    seat: 1.0,
    qualified: 5.4,
    body: 0.5,
    word: 0.7,
    same_country: 1.8,
    same_state: 1.9,
    same_county: 2.0,
    around: 1.2,
    outshone: -3.6,
};

/// For each name the place it means, as an index into its places, and how much of the rest of the
/// report lies near it.
pub(super) struct Meanings {
    pub of_names: Vec<Option<Meaning>>,
}

/// The place a name means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meaning {
    /// Index into the places of the name.
    pub place: usize,
    /// Mentions of other places in its country, in its state, and around it.
    pub company: Company,
}

/// How many mentions of other names lie in the same country and state and around a place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Company {
    pub country: f64,
    pub state: f64,
    pub county: f64,
    pub around: f64,
}

/// What a report speaks of: mentions by country, state, county and degree square.
#[derive(Default)]
struct Ground {
    countries: HashMap<&'static str, f64>,
    states: HashMap<(&'static str, &'static str), f64>,
    counties: HashMap<(&'static str, &'static str, &'static str), f64>,
    squares: HashMap<(i32, i32), f64>,
}

/// The divisions of a place, itself among them.
fn divisions(place: &Toponym) -> (&'static str, &'static str) {
    match (place.kind, place.admin1) {
        (PlaceKind::Division, "") => (place.name, ""),
        (PlaceKind::Division, state) => (state, place.name),
        (_, state) => (state, place.admin2),
    }
}

fn square(place: &Toponym) -> (i32, i32) {
    (place.lat.floor() as i32, place.lon.floor() as i32)
}

impl Ground {
    fn add(&mut self, place: &Toponym, mass: f64) {
        let country = place.country;
        if !country.is_empty() {
            *self.countries.entry(country).or_default() += mass;
        }
        let (state, county) = divisions(place);
        if !state.is_empty() {
            *self.states.entry((country, state)).or_default() += mass;
        }
        if !county.is_empty() {
            *self.counties.entry((country, state, county)).or_default() += mass;
        }
        if matches!(place.kind, PlaceKind::City) || !county.is_empty() {
            *self.squares.entry(square(place)).or_default() += mass;
        }
    }

    /// What lies with the place; the name's own part is taken out by the caller.
    fn with(&self, place: &Toponym) -> Company {
        let (state, county) = divisions(place);
        let (lat, lon) = square(place);
        let mut around = 0.0;
        for (dlat, dlon) in (-1..=1).flat_map(|a| (-1..=1).map(move |b| (a, b))) {
            around += self.squares.get(&(lat + dlat, lon + dlon)).copied().unwrap_or_default();
        }
        let get = |mass: Option<&f64>| mass.copied().unwrap_or_default();
        Company {
            country: get(self.countries.get(place.country)),
            state: get(self.states.get(&(place.country, state))),
            county: get(self.counties.get(&(place.country, state, county))),
            around,
        }
    }
}

/// Resolves every name of the report.
pub(super) fn resolve(
    doc: &Document,
    world: &World,
    known: &[NameMatch],
    all: &Mentions,
) -> Meanings {
    let home = home(doc, world, known);
    let peoples: HashSet<&str> = all
        .names
        .iter()
        .filter(|name| name.form == Form::People)
        .filter_map(|name| Some(name.places.first()?.country))
        .collect();
    let countries: HashSet<&str> = all
        .names
        .iter()
        .filter_map(|name| name.places.iter().find(|p| p.kind == PlaceKind::Country))
        .map(|place| place.country)
        .collect();
    let own = |name: &Name, at: usize, outer: &[usize]| {
        let country = name.form != Form::People && name.places[at].kind == PlaceKind::Country;
        let peopled = country && peoples.contains(name.places[at].country);
        own(world, all, name, at, outer) + if peopled { WEIGHTS.peopled } else { 0.0 }
    };
    let qualified: Vec<Vec<usize>> =
        all.names.iter().map(|name| qualifiers(all, &name.mentions)).collect();
    let mut shares: Vec<Vec<f64>> = all
        .names
        .iter()
        .zip(&qualified)
        .map(|(name, outer)| softmax((0..name.places.len()).map(|p| own(name, p, outer))))
        .collect();
    let mut of_names = vec![None; all.names.len()];
    for _ in 0..ROUNDS {
        let mut ground = Ground { countries: home.clone(), ..Ground::default() };
        for (name, shares) in all.names.iter().zip(&shares) {
            let mass = mass(name);
            for (place, share) in name.places.iter().zip(shares).filter(|(_, s)| **s > 0.01) {
                ground.add(place, mass * share);
            }
        }
        for (nth, name) in all.names.iter().enumerate() {
            let mass = mass(name);
            let mut alone = Ground::default();
            for (place, share) in name.places.iter().zip(&shares[nth]).filter(|(_, s)| **s > 0.01) {
                alone.add(place, mass * share);
            }
            let companies: Vec<Company> = name
                .places
                .iter()
                .map(|place| ground.with(place).less(alone.with(place)))
                .collect();
            let scores: Vec<f64> = companies
                .iter()
                .enumerate()
                .map(|(at, near)| {
                    let shadow = match qualified[nth].is_empty() {
                        true => outshone(name, at, &countries),
                        false => 0.0,
                    };
                    own(name, at, &qualified[nth]) + near.weight() + WEIGHTS.outshone * shadow
                })
                .collect();
            of_names[nth] = scores
                .iter()
                .enumerate()
                .max_by(|(a, one), (b, other)| one.total_cmp(other).then(b.cmp(a)))
                .map(|(place, _)| Meaning { place, company: companies[place] });
            shares[nth] = softmax(scores.into_iter());
        }
    }
    Meanings { of_names }
}

impl Meanings {
    /// The place a mention means: that of its name, unless its own qualifier says otherwise.
    pub fn of_mention(&self, world: &World, all: &Mentions, mention: &Mention) -> Option<Toponym> {
        let places = &all.names[mention.name].places;
        let meaning = places.get(self.of_names[mention.name]?.place)?;
        let Some(outer) = mention.qualifier.and_then(|nth| {
            let qualifier = &all.mentions[nth];
            all.names[qualifier.name].places.get(self.of_names[qualifier.name]?.place)
        }) else {
            return Some(*meaning);
        };
        if world.gazetteer.holds(outer.id, meaning.id) {
            return Some(*meaning);
        }
        let held = places.iter().find(|place| world.gazetteer.holds(outer.id, place.id));
        Some(*held.unwrap_or(meaning))
    }
}

impl Company {
    fn less(self, other: Company) -> Company {
        Company {
            country: (self.country - other.country).max(0.0),
            state: (self.state - other.state).max(0.0),
            county: (self.county - other.county).max(0.0),
            around: (self.around - other.around).max(0.0),
        }
    }

    fn weight(self) -> f64 {
        WEIGHTS.same_country * (1.0 + self.country).ln()
            + WEIGHTS.same_state * (1.0 + self.state).ln()
            + WEIGHTS.same_county * (1.0 + self.county).ln()
            + WEIGHTS.around * (1.0 + self.around).ln()
    }
}

/// How much a small town stands in the shadow of a namesake that a report on the world means: a country,
/// a capital, a part of the world, a city many times as large. "Geneva" and "Lebanon" beside Syria and
/// Iraq are not in Illinois, the less the more countries there are: the logarithm of their number, or 0.
fn outshone(name: &Name, at: usize, countries: &HashSet<&str>) -> f64 {
    let place = &name.places[at];
    let town = |place: &Toponym| place.kind == PlaceKind::City;
    let abroad = countries.iter().filter(|code| **code != place.country).count();
    if !town(place) || abroad < FOREIGN || name.seat == Some(at) {
        return 0.0;
    }
    let largest = name.places.iter().filter(|p| town(p)).map(|p| p.population).max().unwrap_or(0);
    let beyond = |p: &Toponym| {
        p.kind == PlaceKind::Country || p.kind == PlaceKind::Area && p.country.is_empty()
    };
    let shadow = largest >= KNOWN_TO_THE_WORLD
        && largest as f64 >= OUTSHINING * place.population.max(1) as f64
        || name.places.iter().any(beyond)
        || name.seat.is_some();
    if shadow { (1.0 + abroad as f64).ln() } else { 0.0 }
}

/// What speaks for a place by itself.
fn own(world: &World, all: &Mentions, name: &Name, at: usize, qualifiers: &[usize]) -> f64 {
    let place = &name.places[at];
    let kind = match (place.kind, place.admin1) {
        (PlaceKind::Country, _) => WEIGHTS.country,
        (PlaceKind::Division, "") => WEIGHTS.state,
        (PlaceKind::Division, _) => WEIGHTS.county,
        (PlaceKind::Area, _) if place.country.is_empty() => WEIGHTS.beyond,
        (PlaceKind::Area, _) => WEIGHTS.state,
        (PlaceKind::City, _) => 0.0,
    };
    let held = qualifiers.iter().any(|&name| {
        all.names[name].places.iter().take(8).any(|o| world.gazetteer.holds(o.id, place.id))
    });
    // Of a division a tenth: the town of the same name is meant more often than the sizes tell.
    let tenth = if place.kind == PlaceKind::Division { 0.1 } else { 1.0 };
    WEIGHTS.size * (place.population as f64 * tenth + 30.0).ln()
        + kind
        + if name.seat == Some(at) { WEIGHTS.seat } else { 0.0 }
        + if held { WEIGHTS.qualified } else { 0.0 }
}

/// The names that stand behind mentions as their qualifiers.
fn qualifiers(all: &Mentions, mentions: &[usize]) -> Vec<usize> {
    let mut names: Vec<usize> = mentions
        .iter()
        .filter_map(|&nth| Some(all.mentions[all.mentions[nth].qualifier?].name))
        .collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(4);
    names
}

/// What the countries of persons and bodies, and the words of the report, tell of its home.
fn home(doc: &Document, world: &World, known: &[NameMatch]) -> HashMap<&'static str, f64> {
    let mut home: HashMap<&'static str, f64> = HashMap::new();
    for name in known.iter().filter(|name| !name.shared) {
        let entry = world.names.entry(name.entry);
        let land = matches!(entry.kind, Kind::Country | Kind::Nationality | Kind::Seat);
        if let Some(country) = entry.country.filter(|_| !land) {
            *home.entry(country).or_default() += WEIGHTS.body;
        }
    }
    for token in 0..doc.tokens.len() {
        for country in HOME_WORDS.get(doc.form(token)).into_iter().flatten() {
            *home.entry(country).or_default() += WEIGHTS.word;
        }
    }
    home
}

/// How much a name tells about the ground: with each mention less.
fn mass(name: &Name) -> f64 {
    (name.mentions.len().min(8) as f64).sqrt()
}

fn softmax(scores: impl Iterator<Item = f64>) -> Vec<f64> {
    let scores: Vec<f64> = scores.collect();
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
    let total: f64 = powers.iter().sum();
    powers.iter().map(|power| power / total).collect()
}
