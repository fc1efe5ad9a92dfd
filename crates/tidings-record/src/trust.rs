//! How far events are trusted, and which of them somebody wants.

/// Whether an event counts as trusted, as SQL: the coder trusts it, or a person set it right or called it right.
pub(crate) const TRUSTED: &str = "(event.trusted OR event.corrected <> 0)";

/// Which events or incidents are wanted, by how far they are trusted. An incident is trusted if one of its events
/// is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Those that are: what measures count.
    Trusted,
    /// Those that are not, to be looked at by a person.
    Doubtful,
    /// All.
    Any,
}

impl Trust {
    /// All of them.
    pub const ALL: [Trust; 3] = [Trust::Trusted, Trust::Doubtful, Trust::Any];

    /// What it is called.
    ///
    /// ```
    /// # use tidings_record::Trust;
    /// assert!(Trust::ALL.iter().all(|trust| Trust::read(trust.name()) == Some(*trust)));
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Trust::Trusted => "trusted",
            Trust::Doubtful => "doubtful",
            Trust::Any => "any",
        }
    }

    /// The one of this name.
    pub fn read(name: &str) -> Option<Trust> {
        Trust::ALL.into_iter().find(|trust| trust.name() == name)
    }

    /// Whether something that is trusted, or is not, is wanted.
    pub fn takes(self, trusted: bool) -> bool {
        self.wanted().is_none_or(|wanted| wanted == trusted)
    }

    /// What must hold of it, where not all are wanted.
    pub(crate) fn wanted(self) -> Option<bool> {
        match self {
            Trust::Trusted => Some(true),
            Trust::Doubtful => Some(false),
            Trust::Any => None,
        }
    }
}
