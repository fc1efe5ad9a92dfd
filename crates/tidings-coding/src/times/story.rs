//! Sentences without a date that go on with what one before them has dated.

use super::Time;
use super::calendar::{self, Days};
use super::clause::{self, Stand};
use super::event::{OLD, Scope, Told};
use super::lexicon::{Bearing, LEXICON};
use jiff::civil::Date;
use tidings_language::Document;

/// Whether a simple past without a date goes on with the history that the sentence before it, in
/// the same paragraph, began: "In 1999 the allies bombed the port. Hundreds died."
pub(super) fn continues_history(
    doc: &Document,
    times: &[Time],
    predicate: usize,
    published: Option<Date>,
) -> bool {
    let Some(before) = doc.sentence_of(predicate).checked_sub(1) else { return false };
    let (Some(last), Some(here)) = (doc.sentences.get(before), doc.sentences.get(before + 1))
    else {
        return false;
    };
    let gap = doc.text.get(last.end..here.start).unwrap_or_default();
    let told = clause::head_of_clause(doc, predicate);
    if gap.contains("\n\n")
        || clause::stand(doc, predicate) != Stand::Past
        || told.is_none_or(|verb| LEXICON.bears(doc.lemma(verb), Bearing::Report))
    {
        return false;
    }
    let first = times.partition_point(|time| time.tokens.start < last.tokens.start);
    let end = times.partition_point(|time| time.tokens.start < last.tokens.end);
    let next = times.partition_point(|time| time.tokens.start < here.tokens.end);
    let scope = Scope::of(doc, times, first..end, published);
    let root = last.tokens.clone().find(|&i| doc.head(i).is_none());
    let old = |(_, end): Days| {
        let limit = calendar::plus_days(end, OLD);
        limit.zip(published).is_some_and(|(limit, today)| limit < today)
    };
    // A time of its own in this sentence ends the history.
    next == end
        && root.is_some_and(|root| matches!(scope.explicit(root, 4), Told::On(days) if old(days)))
}

/// How many sentences back a story may have been dated.
const STORY: usize = 4;

/// The day from which an undated simple past goes on with a story that was dated by a week, a month
/// or another stretch before the report: "Tensions rose last month. [...] The islanders set up
/// roadblocks." They did so at any time since.
pub(super) fn continued_story(
    doc: &Document,
    times: &[Time],
    predicate: usize,
    published: Option<Date>,
) -> Option<Date> {
    let told = clause::head_of_clause(doc, predicate)?;
    let today = published?;
    let past = |verb| clause::stand(doc, verb) == Stand::Past;
    if !past(predicate) || LEXICON.bears(doc.lemma(told), Bearing::Report) {
        return None;
    }
    let here = doc.sentence_of(predicate);
    for at in (here.saturating_sub(STORY)..here).rev() {
        let words = doc.sentences.get(at)?.tokens.clone();
        let Some(root) = words.clone().find(|&i| doc.head(i).is_none()).filter(|&r| past(r)) else {
            continue;
        };
        let first = times.partition_point(|time| time.tokens.start < words.start);
        let end = times.partition_point(|time| time.tokens.start < words.end);
        let scope = Scope::of(doc, times, first..end, published);
        match scope.explicit(root, 4) {
            Told::On((from, to)) => {
                let recent = calendar::plus_days(to, OLD).is_some_and(|limit| limit >= today);
                return (from < to && to < today && recent).then_some(from);
            }
            Told::Open => return None,
            Told::Nothing => {}
        }
    }
    None
}
