//! The event lexicon: which words, in which frame, are which CAMEO action.

/// A CAMEO action with its PLOVER reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// PLOVER event type, one of the sixteen.
    pub event: &'static str,
    /// PLOVER mode, where the type has modes.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// CAMEO code, 2 to 4 digits.
    pub cameo: String,
    /// Goldstein scale, −10 to 10.
    pub goldstein: f64,
    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
}

/// The verbs and nouns of political action.
#[derive(Debug, Default)]
pub struct EventLexicon {}
