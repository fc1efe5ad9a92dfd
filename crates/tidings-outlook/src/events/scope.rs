//! Which events a measure is of.

use super::{Event, Events, Party};
use std::fmt;
use tidings_world::{Countries, Country};

/// A dyad, an actor, a country, or everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every event.
    All,
    /// What the first does to the second; none stands for anybody. With `mutual`, also the other way.
    Dyad {
        /// Who acts.
        source: Option<Country>,
        /// Who is acted upon.
        target: Option<Country>,
        /// Whether the second acting on the first counts too.
        mutual: bool,
    },
    /// What a country does and what is done to it.
    Country(Country),
    /// The same of all whose name holds these words.
    Name(String),
    /// What happens in a country: by its place, or, where none is told, between parties of it alone.
    In(Country),
}

/// A scope that cannot be read, with the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum WrongScope {
    #[error("\"{0}\" is no dyad; write two countries as SRB:XKX, or one of them as SRB: or :XKX")]
    Dyad(String),
    #[error("\"{0}\" is no country; write its ISO code (SRB) or its English name")]
    Country(String),
}

impl Scope {
    /// Reads a dyad written as `SRB:XKX`.
    ///
    /// # Errors
    /// If it is not written so, or a side is no country.
    pub fn dyad(text: &str) -> Result<Scope, WrongScope> {
        let wrong = || WrongScope::Dyad(text.to_string());
        let (source, target) = text.split_once(':').ok_or_else(wrong)?;
        let side = |side: &str| match side.trim() {
            "" => Ok(None),
            code => country(code).map(Some),
        };
        match (side(source)?, side(target)?) {
            (None, None) => Err(wrong()),
            (source, target) => Ok(Scope::Dyad { source, target, mutual: false }),
        }
    }

    /// Reads an actor: a country, or words of a name.
    pub fn actor(text: &str) -> Scope {
        match country(text) {
            Ok(country) => Scope::Country(country),
            Err(_) => Scope::Name(text.trim().to_string()),
        }
    }

    /// Reads a country in which things happen.
    ///
    /// # Errors
    /// If there is no such country.
    pub fn within(text: &str) -> Result<Scope, WrongScope> {
        country(text).map(Scope::In)
    }
}

fn country(text: &str) -> Result<Country, WrongScope> {
    let found = Countries::embedded().named(text.trim());
    found.ok_or_else(|| WrongScope::Country(text.trim().to_string()))
}

impl fmt::Display for Scope {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = |country: &Country| Countries::embedded().code(*country);
        let side = |side: &Option<Country>| side.as_ref().map_or("anybody", code);
        match self {
            Scope::All => to.write_str("everything"),
            Scope::Dyad { source, target, mutual } => {
                let arrow = if *mutual { '↔' } else { '→' };
                write!(to, "{} {arrow} {}", side(source), side(target))
            }
            Scope::Country(country) => to.write_str(code(country)),
            Scope::Name(words) => to.write_str(words),
            Scope::In(country) => write!(to, "in {}", code(country)),
        }
    }
}

/// A scope, ready to be asked of each event.
pub(crate) struct Members<'e> {
    events: &'e Events,
    scope: &'e Scope,
    /// Of each name, whether it is sought.
    named: Vec<bool>,
}

impl<'e> Members<'e> {
    pub fn new(events: &'e Events, scope: &'e Scope) -> Members<'e> {
        let mut named = Vec::new();
        if let Scope::Name(words) = scope {
            let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
            named.extend(events.names.all().map(|name| {
                let name = name.to_lowercase();
                words.iter().all(|word| name.contains(word))
            }));
        }
        Members { events, scope, named }
    }

    pub fn has(&self, event: &Event) -> bool {
        let of = |side: &[Party], country: Country| {
            side.iter().any(|party| party.country == Some(country))
        };
        match self.scope {
            Scope::All => true,
            Scope::Dyad { source, target, mutual } => {
                let (sources, targets) = (self.events.sources(event), self.events.targets(event));
                let fits = |side: &[Party], sought: &Option<Country>| {
                    sought.is_none_or(|country| of(side, country))
                };
                fits(sources, source) && fits(targets, target)
                    || *mutual && fits(targets, source) && fits(sources, target)
            }
            Scope::Country(country) => of(self.events.parties(event), *country),
            Scope::Name(_) => {
                let named = |party: &Party| self.named.get(party.name as usize) == Some(&true);
                self.events.parties(event).iter().any(named)
            }
            Scope::In(country) => match event.place {
                Some(place) => place == *country,
                None => {
                    let parties = self.events.parties(event).iter();
                    let mut known = parties.filter_map(|party| party.country).peekable();
                    known.peek().is_some() && known.all(|other| other == *country)
                }
            },
        }
    }
}
