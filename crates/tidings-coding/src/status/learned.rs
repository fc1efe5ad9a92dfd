//! What was learned from readers of news and of the web: how sure the teller is of a predicate, and
//! whether it has happened (`models/factuality.md`). The two are not the same question: of "will
//! march" the teller is fairly sure, and it has not happened.

use super::{Step, features};
use std::sync::LazyLock;
use tidings_language::Document;
use tidings_language::scorer::{Room, Scorer};

static EMBEDDED: &[u8] = include_bytes!("../../../../models/factuality.bin");

/// The answers of the model, each from −3 to 3.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Learned {
    /// How sure the teller is, as readers of news judge it (UW factuality).
    pub committed: f64,
    /// Whether it has happened or is so, as readers of the web judge it (UDS-IH2).
    pub happened: f64,
}

/// What the model says of the predicate at the end of the way; nothing where there is no model, as
/// in the build that makes it.
pub(super) fn judge(doc: &Document, way: &[Step]) -> Option<Learned> {
    static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::read(EMBEDDED).unwrap_or_default());
    if SCORER.outputs() == 0 {
        return None;
    }
    let mut room = Room::default();
    let &mut [committed, happened] = SCORER.scores(&features::of(doc, way), &mut room) else {
        return None;
    };
    let bounded = |score: f32| f64::from(score).clamp(-3.0, 3.0);
    Some(Learned { committed: bounded(committed), happened: bounded(happened) })
}
