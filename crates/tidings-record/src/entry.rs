//! What the record takes in: a coded report with its text, and the ids that are made of them.

use crate::copies::Signature;
use sha2::{Digest, Sha256};
use tidings_coding::CodedReport;
use tidings_coding::schema::{Claim, Event, SetDate};
use tidings_report::Report;

/// A report ready to be kept. Making one is the costly part and needs no record, so that many can
/// be made at once.
#[derive(Debug)]
pub struct Entry {
    pub(crate) uid: String,
    pub(crate) text: String,
    /// Where the text proper begins, in characters.
    pub(crate) body: usize,
    pub(crate) coded: CodedReport,
    pub(crate) signature: Signature,
    /// By what it was coded.
    pub(crate) coder: String,
    /// The coded report as a number.
    pub(crate) coding: i64,
}

/// The version of the program, which codes where nothing else is said.
const CODER: &str = env!("CARGO_PKG_VERSION");

impl Entry {
    /// Puts together what is kept of a report.
    pub fn new(report: &Report, coded: CodedReport) -> Entry {
        Entry {
            uid: report_uid(report),
            text: report.text().to_string(),
            body: report.characters(0..0).start,
            signature: Signature::of(report.analysed()),
            coder: CODER.to_string(),
            coding: number(&coded),
            coded,
        }
    }

    /// Tells what coded the report, where it is not the program as it is: a user's own lists beside it.
    pub fn coded_by(mut self, lists: Option<&str>) -> Entry {
        if let Some(lists) = lists {
            self.coder = format!("{CODER}+{lists}");
        }
        self
    }

    /// How many events the report tells of.
    pub fn events(&self) -> usize {
        self.coded.events.len()
    }
}

/// The id of a report: the same for the same words of the same publisher on the same day, under
/// whatever name they came.
pub fn report_uid(report: &Report) -> String {
    let day = report.published.map(|day| day.to_string()).unwrap_or_default();
    let source = report.source.as_deref().unwrap_or_default();
    uid('r', &[report.analysed(), &day, source])
}

/// The ids of a report's events, in order. They hang on the report, the words of the act and the
/// rule, and so are the same on every machine and in every run.
pub(crate) fn event_uids(report: &str, events: &[Event]) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    let ids = events.iter().map(|event| {
        let span = format!("{}-{}", event.predicate.start, event.predicate.end);
        let same = seen.entry((span.clone(), &event.cameo, &event.rule)).or_insert(0);
        *same += 1;
        uid('e', &[report, &span, &event.cameo, &event.rule, &same.to_string()])
    });
    ids.collect()
}

/// The ids of a report's claims, in order.
pub(crate) fn claim_uids(report: &str, claims: &[Claim]) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    let ids = claims.iter().map(|claim| {
        let span = format!("{}-{}", claim.content.start, claim.content.end);
        let same = seen.entry(span.clone()).or_insert(0);
        *same += 1;
        uid('c', &[report, &span, &same.to_string()])
    });
    ids.collect()
}

/// The ids of a report's dates, in order.
pub(crate) fn deadline_uids(report: &str, dates: &[SetDate]) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    let ids = dates.iter().map(|date| {
        let words = date.words.as_ref().unwrap_or(&date.what);
        let span = format!("{}-{}-{}", date.what.start, words.start, words.end);
        let same = seen.entry(span.clone()).or_insert(0);
        *same += 1;
        uid('d', &[report, &span, &same.to_string()])
    });
    ids.collect()
}

/// A short name for texts, the same for the same texts only.
pub fn fingerprint(texts: &[&str]) -> String {
    uid('l', texts)
}

/// What was coded, as 64 bits of the SHA-256 of its JSON form.
fn number(coded: &CodedReport) -> i64 {
    let hash = Sha256::digest(serde_json::to_vec(coded).unwrap_or_default());
    hash.iter().take(8).fold(0, |number, byte| number << 8 | i64::from(*byte))
}

/// A letter and the first 64 bits of the SHA-256 of the parts.
pub(crate) fn uid(letter: char, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let hash = hash.finalize();
    let mut id = String::with_capacity(17);
    id.push(letter);
    for byte in hash.iter().take(8) {
        id.extend(
            [byte >> 4, byte & 15].map(|half| char::from(b"0123456789abcdef"[half as usize])),
        );
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_its_parts_apart() {
        assert_ne!(uid('r', &["ab", "c"]), uid('r', &["a", "bc"]));
        assert_eq!(uid('r', &["ab"]), uid('r', &["ab"]));
        assert_eq!(uid('r', &[]), "re3b0c44298fc1c14");
    }
}
