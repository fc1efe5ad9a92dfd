//! Figures in a sentence, in digits or words: "nearly 4,000", "two dozen", "no one", "10 to 20".
//!
//! A range counts from its lower end and keeps the upper one; "dozens" are at least two of them (see
//! `lexicon/quantities`).

use super::lexicon::{LEXICON, Sense};
use crate::schema::Bound;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Count {
    /// Its words, "nearly" and "at least" with them.
    pub tokens: Range<usize>,
    /// What is counted: the noun, or the figure itself where it stands alone.
    pub counted: usize,
    /// The word by which the phrase hangs in its clause.
    pub head: usize,
    pub value: f64,
    /// The upper end of a range.
    pub to: Option<f64>,
    pub bound: Bound,
}

/// A figure without what stands around it.
#[derive(Debug, Clone, Copy)]
struct Figure {
    value: f64,
    to: Option<f64>,
    /// "dozens", "thousands": at least so many.
    open: bool,
    /// The word after it.
    end: usize,
}

impl Figure {
    fn plain(value: f64, end: usize) -> Figure {
        Figure { value, to: None, open: false, end }
    }
}

/// The figures of a sentence.
pub(super) fn in_sentence(doc: &Document, tokens: Range<usize>) -> Vec<Count> {
    let mut counts = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        match figure(doc, at, tokens.end) {
            Some(figure) => {
                counts.extend(count(doc, at, figure, &tokens));
                at = figure.end;
            }
            None => at += 1,
        }
    }
    counts
}

/// The senses of a word as written, in any case.
fn senses(doc: &Document, i: usize) -> &'static [Sense] {
    let form = doc.form(i);
    if form.bytes().all(|b| b.is_ascii_lowercase()) {
        return LEXICON.senses(form);
    }
    LEXICON.senses(&form.to_lowercase())
}

fn sense(doc: &Document, i: usize, pick: impl Fn(Sense) -> Option<f64>) -> Option<f64> {
    let word = doc.tokens.get(i)?;
    // Numerals and nouns only: no other words are worth a look.
    if !matches!(word.upos, Upos::Num | Upos::Noun | Upos::Det | Upos::Pron | Upos::Adj | Upos::X) {
        return None;
    }
    senses(doc, i).iter().find_map(|&sense| pick(sense))
}

fn scale(doc: &Document, i: usize) -> Option<f64> {
    sense(doc, i, |s| if let Sense::Scale(n) = s { Some(n) } else { None })
}

/// The figure that begins at `i`.
fn figure(doc: &Document, i: usize, end: usize) -> Option<Figure> {
    let word = doc.tokens.get(i)?;
    let form = doc.form(i);
    // "no one", "nobody", "no casualties"
    if word.upos == Upos::Pron && ["nobody", "none"].iter().any(|w| form.eq_ignore_ascii_case(w)) {
        return Some(Figure::plain(0.0, i + 1));
    }
    if form.eq_ignore_ascii_case("no") && matches!(word.upos, Upos::Det | Upos::Pron) {
        let one = i + 1 < end && doc.form(i + 1).eq_ignore_ascii_case("one");
        return Some(Figure::plain(0.0, i + 1 + usize::from(one)));
    }
    if let Some(open) = sense(doc, i, |s| if let Sense::Count(n) = s { Some(n) } else { None }) {
        // "hundreds of thousands"
        let mut after = i + 1;
        let mut value = open;
        if after + 1 < end
            && doc.form(after).eq_ignore_ascii_case("of")
            && let Some(more) = senses(doc, after + 1).iter().find_map(|s| match s {
                Sense::Count(n) => Some(*n),
                _ => None,
            })
        {
            value *= more / 2.0;
            after += 2;
        }
        return Some(Figure { open: true, ..Figure::plain(value, after) });
    }
    let indefinite = form.eq_ignore_ascii_case("a") || form.eq_ignore_ascii_case("half");
    let (mut value, mut at) = if indefinite && scale(doc, i + 1).is_some() && i + 1 < end {
        (1.0, i + 1)
    } else if let Some(value) = digits(form) {
        (value, i + 1)
    } else {
        let value = sense(doc, i, |s| if let Sense::Number(n) = s { Some(n) } else { None })?;
        if word.upos != Upos::Num && word.upos != Upos::X {
            return None;
        }
        (value, i + 1)
    };
    // "twenty-four"
    if value >= 20.0 && value % 10.0 == 0.0 && digits(form).is_none() {
        let joint = at + usize::from(at + 1 < end && doc.form(at) == "-");
        let low = sense(doc, joint, |s| if let Sense::Number(n) = s { Some(n) } else { None });
        if let Some(low) = low.filter(|low| *low < 10.0 && joint < end) {
            value += low;
            at = joint + 1;
        }
    }
    while at < end
        && let Some(factor) = scale(doc, at)
    {
        value *= factor;
        at += 1;
    }
    // A range: both ends are kept, its words are all taken.
    let between = i > 0 && doc.form(i - 1).eq_ignore_ascii_case("between");
    let joined = |word: &str| ["to", "-", "–", "or"].contains(&word) || between && word == "and";
    let mut to = None;
    if at + 1 < end && joined(doc.form(at)) {
        let upper = digits(doc.form(at + 1)).or_else(|| {
            sense(doc, at + 1, |s| if let Sense::Number(n) = s { Some(n) } else { None })
        });
        if let Some(upper) = upper.filter(|upper| *upper > value || scale(doc, at + 2).is_some()) {
            at += 2;
            to = Some(upper);
            if at < end
                && let Some(factor) = scale(doc, at)
            {
                value *= if value < factor { factor } else { 1.0 };
                to = Some(upper * factor);
                at += 1;
            }
        }
    }
    Some(Figure { to, ..Figure::plain(value, at) })
}

/// "4,000", "12", "2.5".
fn digits(form: &str) -> Option<f64> {
    if !form.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plain: String = form.chars().filter(|c| *c != ',').collect();
    plain.parse().ok()
}

/// The figure with its noun; `None` where it counts nothing: times, money, ages, shares.
fn count(
    doc: &Document,
    first: usize,
    Figure { value, to, open, end }: Figure,
    sentence: &Range<usize>,
) -> Option<Count> {
    let root = (first..end)
        .find(|&i| doc.head(i).is_none_or(|head| head < first || head >= end))
        .unwrap_or(first);
    let own = doc.tokens.get(root)?;
    let (mut counted, mut head) = (root, root);
    if matches!(own.deprel, Deprel::Nummod | Deprel::Det | Deprel::Amod | Deprel::Compound) {
        head = doc.head(root)?;
        counted = head;
    } else if let Some(noun) = doc.children_by(root, &[Deprel::Nmod]).find(|&i| i >= end)
        && doc.form(end.min(noun)).eq_ignore_ascii_case("of")
    {
        counted = noun;
    }
    let marks = ["$", "€", "£", "%", "#"];
    let around = [first.checked_sub(1), Some(end)];
    if around.iter().flatten().any(|&i| sentence.contains(&i) && marks.contains(&doc.form(i))) {
        return None;
    }
    let hyphened = end < sentence.end && doc.form(end) == "-";
    let aged = first > sentence.start && doc.form(first - 1).eq_ignore_ascii_case("aged");
    // A number after its noun names one of many ("Resolution 1244", "Article 5").
    let named = counted < first && value != 0.0 && counted != root;
    if hyphened || aged || named || crate::times::names_time(doc.form(counted)) {
        return None;
    }
    let unit = ["percent", "km", "kilometer", "kilometre", "mile", "meter", "metre", "dollar"];
    let unit = unit.contains(&doc.lemma(counted))
        || ["euro", "ton", "tonne", "pound", "hectare", "point", "vote"]
            .contains(&doc.lemma(counted));
    // A lone year, or the day of a month.
    let oblique = matches!(own.deprel, Deprel::Obl | Deprel::Nmod | Deprel::Appos);
    let year = end == first + 1 && doc.form(first).len() == 4;
    let year = year && (1900.0..2100.0).contains(&value)
        || year && oblique && (1000.0..1900.0).contains(&value);
    let bare = counted == root && (own.deprel == Deprel::NmodUnmarked || year);
    // "on 22 July": whichever of the two the parser hangs on the other.
    let dated = end < sentence.end
        && crate::times::names_time(doc.form(end))
        && (doc.head(end) == Some(root) || doc.head(root) == Some(end));
    if unit || bare || dated || crate::times::names_time(doc.form(end.saturating_sub(1))) {
        return None;
    }
    let (start, lead) = with_lead(doc, first, sentence.start);
    let bound = lead.unwrap_or(if open { Bound::AtLeast } else { Bound::Exact });
    Some(Count { tokens: start..end, counted, head, value, to, bound })
}

/// Where the figure begins with "nearly", "at least", "more than", "between" before it, and what they make
/// of it.
fn with_lead(doc: &Document, first: usize, start: usize) -> (usize, Option<Bound>) {
    /// The longest lead: "no fewer than".
    const WORDS: usize = 3;
    for words in (1..=WORDS).rev() {
        let Some(from) = first.checked_sub(words).filter(|from| *from >= start) else { continue };
        let lead: Vec<String> = (from..first).map(|i| doc.form(i).to_lowercase()).collect();
        let near = LEXICON.senses(&lead.join("+")).iter().find_map(|sense| match sense {
            Sense::Near(bound) => Some(*bound),
            _ => None,
        });
        if near.is_some() {
            return (from, near);
        }
    }
    let between = first.checked_sub(1).filter(|&before| before >= start);
    let between = between.filter(|&i| doc.form(i).eq_ignore_ascii_case("between"));
    (between.unwrap_or(first), None)
}
