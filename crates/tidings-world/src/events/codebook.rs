//! CAMEO codes as tables of events bear them: mere statements too, and nothing of frames.

use super::cameo::{EVENTS, cells, event_named};
use std::sync::LazyLock;

/// A code of CAMEO.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CodebookEntry {
    /// 2 to 4 digits.
    pub cameo: &'static str,
    /// PLOVER event type; none for mere statements (01).
    pub event: Option<&'static str>,
    /// Goldstein scale, −10 to 10.
    pub goldstein: f64,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// The codebook's name for it.
    pub name: &'static str,
}

/// Every code of `lexicon/events/cameo.tsv`, ascending.
pub fn codebook() -> &'static [CodebookEntry] {
    static BOOK: LazyLock<Vec<CodebookEntry>> = LazyLock::new(|| {
        // A row that cannot be read is told of by the event lexicon.
        let mut book: Vec<_> = cells(super::CAMEO).filter_map(|(_, row)| entry(&row)).collect();
        book.sort_by_key(|entry| entry.cameo);
        book
    });
    &BOOK
}

fn entry(row: &[&'static str]) -> Option<CodebookEntry> {
    let &[cameo, event, _, _, goldstein, quad, name] = row else { return None };
    let (goldstein, quad) = (goldstein.parse().ok()?, quad.parse().ok()?);
    Some(CodebookEntry { cameo, event: event_named(event), goldstein, quad, name })
}

/// The sixteen PLOVER event types, from AGREE to ASSAULT.
pub fn event_types() -> &'static [&'static str] {
    &EVENTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_codes_are_there_in_their_order() {
        let book = codebook();
        let rows = cells(super::super::CAMEO).count();
        assert_eq!(book.len(), rows);
        assert!(book.windows(2).all(|pair| pair[0].cameo < pair[1].cameo));
        let attack = book.iter().find(|entry| entry.cameo == "190").expect("190");
        assert_eq!((attack.event, attack.quad, attack.goldstein), (Some("ASSAULT"), 4, -10.0));
        let statement = book.iter().find(|entry| entry.cameo == "010").expect("010");
        assert_eq!((statement.event, statement.quad), (None, 1));
    }
}
