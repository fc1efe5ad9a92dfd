//! `tidings add`: reports into the record.

use super::inputs::Inputs;
use super::lists::Lists;
use super::output::{Output, Problem, Progress};
use std::path::Path;
use tidings::adding::{self, Count, Notice};
use tidings::pipeline::Tally;
use tidings::report::Report;

pub(super) fn run(inputs: &Inputs, lists: &Lists, file: &Path) -> Result<Tally, Problem> {
    all(inputs.reports(), lists, file)
}

/// Adds the reports and tells what became of them.
pub(super) fn all(
    reports: impl Iterator<Item = Result<Report, tidings::report::Error>> + Send,
    lists: &Lists,
    file: &Path,
) -> Result<Tally, Problem> {
    let (desk, lists) = (lists.desk()?, lists.fingerprint()?);
    let progress = Progress::new(false);
    let count = adding::add(reports, (&desk, lists.as_deref()), file, |notice| {
        shown(&progress, &notice);
    })?;
    progress.done();
    if count.tally().read > 0 {
        Output::stdout().write(format!("{}\n", told(&count)).as_bytes())?;
    }
    Ok(count.tally())
}

/// Shows what is to be seen of the adding while it goes on.
pub(super) fn shown(progress: &Progress, notice: &Notice) {
    match notice {
        Notice::Done => progress.step(),
        Notice::Failed(failure) => progress.complain(&failure.to_string()),
        Notice::Waiting => {
            progress.complain("another tidings is writing to the record; waiting for it");
        }
        Notice::Kept(_) => {}
    }
}

/// What became of the reports, in words.
pub(super) fn told(count: &Count) -> String {
    let many = |count: usize, one: &str, more: &str| {
        format!("{count} {}", if count == 1 { one } else { more })
    };
    format!(
        "{} added with {} ({}, {}); {} known already",
        many(count.added, "report", "reports"),
        many(count.events, "event", "events"),
        many(count.copies, "copy of another", "copies of others"),
        many(count.versions, "other version", "other versions"),
        count.known,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_the_reports_is_told_in_words() {
        let count = Count { added: 1, copies: 0, versions: 2, known: 3, events: 12, failed: 0 };
        let expected =
            "1 report added with 12 events (0 copies of others, 2 other versions); 3 known already";
        assert_eq!(told(&count), expected);
    }
}
