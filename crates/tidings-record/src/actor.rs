//! Actors as the record gives them out.

use serde::Serialize;

/// An actor with all that the record holds of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`).
    pub country: Option<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// The office that a person holds.
    pub office: Option<String>,
}

/// An actor as far as two reports may agree on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`).
    pub country: Option<String>,
}
