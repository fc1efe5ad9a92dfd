//! The days of an event, from the times of its clause.
//!
//! Own times come first: those attached to the predicate, then those of what it governs closely.
//! Participles, conjuncts, "when" clauses and arguments share the times of the clause they hang in;
//! the content of speech does not share the day it was spoken. Without any time, what is told in
//! the past or present is news of the report's day, what lies ahead or is told in the past perfect
//! has no day. Sets never date an event, durations only where they end or begin at the report's day.

use super::Time;
use super::calendar::{self, Days};
use super::clause::{self, Stand};
use super::lexicon::{Bearing, LEXICON};
use super::story;
use jiff::civil::Date;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos, Xpos};

/// How far up the tree the times of an event are sought.
const DEPTH: usize = 8;

/// A time that ended this many days before the report makes its sentence background.
pub(super) const OLD: i32 = 92;

/// The days on which the event named by `predicate` happened: the times of its clause, else the
/// report's day for what the report tells as news, else nothing.
pub fn of_event(
    doc: &Document,
    times: &[Time],
    predicate: usize,
    published: Option<Date>,
) -> Option<(Date, Date)> {
    let scope = Scope::around(doc, times, predicate, published)?;
    match scope.explicit(predicate, DEPTH) {
        Told::On(days) => Some(days),
        Told::Open => None,
        Told::Nothing
            if clause::over_years(doc, predicate)
                || scope.repeated(predicate)
                || story::continues_history(doc, times, predicate, published) =>
        {
            None
        }
        Told::Nothing => scope.by_tense(predicate).map(|today| {
            let since = story::continued_story(doc, times, predicate, published);
            since.map_or(today, |since| (since, today.1))
        }),
    }
}

/// Whether a time expression of its sentence dates the event, rather than the day of the report.
pub fn is_dated(doc: &Document, times: &[Time], predicate: usize, published: Option<Date>) -> bool {
    Scope::around(doc, times, predicate, published)
        .is_some_and(|scope| scope.explicit(predicate, DEPTH) != Told::Nothing)
}

/// The word that a time expression belongs to, and the preposition before it; `times` are those of
/// its sentence.
pub(crate) fn anchor<'d>(
    doc: &'d Document,
    times: &'d [Time],
    time: &Time,
) -> Option<(usize, &'d str)> {
    let scope = Scope { doc, times, all: times, published: None };
    Some((scope.governor(time)?, scope.lead(time)))
}

/// What the times of a sentence tell about an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Told {
    On(Days),
    /// It is dated, but by something that does not resolve ("before the war of 1999").
    Open,
    Nothing,
}

impl Told {
    fn or_else(self, other: impl FnOnce() -> Told) -> Told {
        if self == Told::Nothing { other() } else { self }
    }
}

pub(super) struct Scope<'d> {
    pub doc: &'d Document<'d>,
    /// The times of the sentence.
    pub times: &'d [Time],
    /// The times of the report.
    pub all: &'d [Time],
    pub published: Option<Date>,
}

impl<'d> Scope<'d> {
    /// The scope of a sentence whose times are those of the numbers.
    pub fn of(
        doc: &'d Document<'d>,
        all: &'d [Time],
        times: Range<usize>,
        published: Option<Date>,
    ) -> Scope<'d> {
        Scope { doc, times: all.get(times).unwrap_or_default(), all, published }
    }

    /// The scope of the word's sentence.
    pub fn around(
        doc: &'d Document<'d>,
        all: &'d [Time],
        word: usize,
        published: Option<Date>,
    ) -> Option<Scope<'d>> {
        let sentence = doc.sentences.get(doc.sentence_of(word))?.tokens.clone();
        let first = all.partition_point(|time| time.tokens.start < sentence.start);
        let last = all.partition_point(|time| time.tokens.start < sentence.end);
        Some(Scope::of(doc, all, first..last, published))
    }

    /// What the times in reach of the predicate tell, `depth` words up the tree at most.
    pub fn explicit(&self, predicate: usize, depth: usize) -> Told {
        if depth == 0 {
            return Told::Nothing;
        }
        let counted = self.beside_an_event(predicate);
        if self.times.is_empty() {
            return counted;
        }
        counted
            .or_else(|| self.own(predicate))
            .or_else(|| self.below(predicate))
            .or_else(|| self.above(predicate, depth - 1))
    }

    /// The times attached to the predicate itself.
    fn own(&self, predicate: usize) -> Told {
        let attached = |time: &&Time| self.governor(time) == Some(predicate);
        let mut best = Told::Nothing;
        for time in self.times.iter().filter(attached) {
            match (self.read(time, predicate), best) {
                (Told::On(days), Told::On(known)) if length(known) <= length(days) => {}
                (Told::Open, Told::On(_)) | (Told::Nothing, _) => {}
                (told, _) => best = told,
            }
        }
        best
    }

    /// The times of what the predicate governs closely.
    fn below(&self, predicate: usize) -> Told {
        let doc = self.doc;
        let verb = clause::heads_clause(doc, predicate);
        let mut weaker = Told::Nothing;
        for time in self.times {
            let Some(holder) = self.governor(time) else { continue };
            let Some(word) = doc.tokens.get(holder) else { continue };
            if holder == predicate || doc.head(holder) != Some(predicate) {
                continue;
            }
            let loose =
                matches!(self.deprel(time), Some(Deprel::NmodUnmarked | Deprel::OblUnmarked));
            let told = match word.deprel {
                // "stationed since the 1998-99 war"
                Deprel::Obl if clause::lead(doc, holder).is_some_and(|l| same(l, "since")) => {
                    match (time.days, self.published) {
                        (Some((_, end)), Some(today)) if end <= today => Told::On((end, today)),
                        _ => Told::Nothing,
                    }
                }
                // "held talks Sunday"
                Deprel::Obj | Deprel::Obl if verb && loose => self.read(time, holder),
                // "agreed to a truce on Sunday"
                Deprel::Obj | Deprel::Obl
                    if verb
                        && !self.bears(predicate, Bearing::Report)
                        && time.tokens.start > holder
                        && self.one_day(time) =>
                {
                    weaker = weaker.or_else(|| self.read(time, holder));
                    Told::Nothing
                }
                // "died in a raid in 2017"
                Deprel::Obl
                    if verb
                        && !self.bears(predicate, Bearing::Report)
                        && clause::lead(doc, holder)
                            .is_some_and(|lead| any(lead, &["in", "during", "at", "by"])) =>
                {
                    weaker = weaker.or_else(|| self.read(time, holder));
                    Told::Nothing
                }
                // "Petrov on Sunday urged ...": a day beside a name is the verb's.
                Deprel::Nsubj if verb && word.upos == Upos::Propn && self.one_day(time) => {
                    self.read(time, holder)
                }
                // "an intervention in 1999 ended the war"
                Deprel::Nsubj | Deprel::NsubjPass
                    if verb && !self.bears(predicate, Bearing::Report) =>
                {
                    self.read(time, holder)
                }
                Deprel::Obj if verb && self.bears(predicate, Bearing::Phase) && self.old(time) => {
                    weaker = weaker.or_else(|| self.read(time, holder));
                    Told::Nothing
                }
                // "the collapse of talks earlier this week"
                Deprel::Nmod if !verb => match clause::lead(doc, holder) {
                    Some(lead) if any(lead, &["of", "between"]) => self.read(time, holder),
                    _ => Told::Nothing,
                },
                // "attacked the post and shelled the town on Sunday"
                Deprel::Conj
                    if verb
                        && time.tokens.start > holder
                        && clause::own_stand(doc, holder) == clause::own_stand(doc, predicate) =>
                {
                    weaker = weaker.or_else(|| self.read(time, holder));
                    Told::Nothing
                }
                Deprel::Advcl
                    if verb
                        && self.simultaneous(holder)
                        && self.ahead(holder) == self.ahead(predicate) =>
                {
                    weaker = weaker.or_else(|| self.read(time, holder));
                    Told::Nothing
                }
                _ => Told::Nothing,
            };
            if told != Told::Nothing {
                return told;
            }
        }
        let perfect = || clause::own_stand(doc, predicate) == Some(Stand::Perfect);
        weaker
            .or_else(|| if verb && perfect() { self.span_below(predicate) } else { Told::Nothing })
    }

    /// A stretch up to now further down under a present perfect is that of the verb itself: "has
    /// taxed the goods of traders crossing the border during the last 10 years".
    fn span_below(&self, verb: usize) -> Told {
        let within = |time: &&Time| {
            time.kind == "DURATION"
                && time.days.is_some_and(|(_, end)| Some(end) == self.published)
                && self.head(time).is_some_and(|head| self.doc.dominates(verb, head))
        };
        self.times.iter().find(within).and_then(|time| time.days).map_or(Told::Nothing, Told::On)
    }

    /// The times of the clause or phrase that the predicate hangs in.
    fn above(&self, predicate: usize, depth: usize) -> Told {
        let doc = self.doc;
        let (Some(word), Some(head)) = (doc.tokens.get(predicate), doc.head(predicate)) else {
            return Told::Nothing;
        };
        // "until September 1, when trouble is expected"
        if let Some(time) = self.times.iter().find(|time| time.tokens.contains(&head)) {
            return time.days.map_or(Told::Nothing, Told::On);
        }
        let participle = || clause::participle(doc, predicate);
        let shares = match word.deprel {
            Deprel::Conj => {
                participle() || clause::own_stand(doc, predicate) == clause::own_stand(doc, head)
            }
            Deprel::Advcl => {
                self.simultaneous(predicate) && self.ahead(predicate) == self.ahead(head)
                    || participle() && clause::lead(doc, predicate).is_none_or(|l| !self.apart(l))
            }
            Deprel::Acl | Deprel::Xcomp => participle() || self.bears(head, Bearing::Phase),
            Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Iobj | Deprel::OblAgent => {
                !self.bears(head, Bearing::Report)
            }
            Deprel::Obl => {
                !self.bears(head, Bearing::Report)
                    && clause::lead(doc, predicate).is_none_or(|lead| !self.apart(lead))
            }
            Deprel::Nmod | Deprel::NmodPoss | Deprel::Compound | Deprel::Appos | Deprel::Amod => {
                clause::lead(doc, predicate).is_none_or(|lead| !self.apart(lead))
            }
            _ => false,
        };
        // "an attack in April that killed ten": the deed shares the day of what did it.
        if word.deprel == Deprel::AclRelcl && clause::own_stand(doc, predicate) == Some(Stand::Past)
        {
            return self.own(head);
        }
        if shares { self.explicit(head, depth) } else { Told::Nothing }
    }

    /// Whether what the preposition leads lies on other days than its clause.
    fn apart(&self, lead: &str) -> bool {
        any(lead, &["after", "before", "since", "following", "despite", "over", "about", "until"])
    }

    /// "when", "as", "while" clauses, which share the day of the clause they hang on.
    fn simultaneous(&self, verb: usize) -> bool {
        let doc = self.doc;
        let marked = doc
            .children_by(verb, &[Deprel::Mark, Deprel::Advmod])
            .any(|i| i < verb && any(doc.form(i), &["when", "as", "while"]));
        // The conjunction may hang on another word of the clause.
        marked
            || doc.children_by(verb, &[Deprel::Mark]).next().is_none()
                && doc.head(verb).is_some_and(|head| {
                    (head + 1..verb).any(|i| any(doc.form(i), &["when", "while"]))
                })
    }

    /// Whether a time without days lies elsewhere than now all the same: "years ago", "the last
    /// few years", "in recent decades", "30 February".
    fn far(&self, time: &Time) -> bool {
        let has = |words: &[&str]| time.tokens.clone().any(|i| any(self.doc.form(i), words));
        match time.kind {
            "DURATION" => has(&["last", "past", "next", "coming"]),
            "DATE" => {
                time.value.starts_with('X')
                    || matches!(time.value.as_str(), "PAST_REF" | "FUTURE_REF")
                    || has(&[
                        "ago",
                        "months",
                        "years",
                        "decades",
                        "quarters",
                        "centuries",
                        "future",
                    ])
            }
            _ => false,
        }
    }

    /// The word of the time expression that the others hang on.
    fn head(&self, time: &Time) -> Option<usize> {
        let doc = self.doc;
        time.tokens.clone().find(|&i| doc.head(i).is_none_or(|head| !time.tokens.contains(&head)))
    }

    fn deprel(&self, time: &Time) -> Option<Deprel> {
        self.doc.tokens.get(self.head(time)?).map(|word| word.deprel)
    }

    /// The word that the time expression belongs to, seen through other times and through "on
    /// Saturday and Sunday".
    pub fn governor(&self, time: &Time) -> Option<usize> {
        let mut head = self.doc.head(self.head(time)?)?;
        for _ in 0..4 {
            let Some(other) = self.times.iter().find(|other| other.tokens.contains(&head)) else {
                break;
            };
            head = self.doc.head(self.head(other)?)?;
        }
        Some(head)
    }

    /// What the time says of the word it belongs to, by the preposition before it.
    fn read(&self, time: &Time, owner: usize) -> Told {
        if time.kind == "SET" {
            return Told::Nothing;
        }
        if time.kind == "DURATION"
            && let Some(told) = self.counted_from(time.tokens.end, &time.value)
        {
            return told;
        }
        let Some(days) = time.days else {
            return if self.far(time) { Told::Open } else { Told::Nothing };
        };
        let lead = self.lead(time);
        if any(lead, &["since"])
            || any(lead, &["from"])
                && self.partner(time, &["to", "until", "till", "through"]).is_none()
                && self.old(time)
        {
            return match self.published {
                Some(today) if days.0 <= today => Told::On((days.0, today)),
                _ => Told::Open,
            };
        }
        if any(lead, &["from"])
            && let Some((_, end)) = self.partner(time, &["to", "until", "till", "through"])
            && days.0 <= end
        {
            return Told::On((days.0, end));
        }
        if any(lead, &["between"])
            && let Some((_, end)) = self.partner(time, &["and"])
            && days.0 <= end
        {
            return Told::On((days.0, end));
        }
        if any(lead, &["to", "until", "till", "through", "and"]) && self.ends_range(time) {
            return Told::Nothing;
        }
        let ahead = clause::stand(self.doc, owner) == Stand::Ahead;
        // "a vote planned for August 3"
        if any(lead, &["for"]) && ahead && time.kind == "DATE" {
            return Told::On(days);
        }
        if any(lead, &["until", "till", "by", "through"]) || any(lead, &["before"]) && ahead {
            return match self.published {
                Some(today) if ahead && today <= days.1 => Told::On((today, days.1)),
                _ if self.old(time) => Told::Open,
                _ => Told::Nothing,
            };
        }
        if any(lead, &["before", "after", "than", "for", "about"]) && time.kind != "DURATION" {
            return if self.old(time) { Told::Open } else { Told::Nothing };
        }
        Told::On(days)
    }

    /// The days of the time that a range runs to: led by one of the words, right after this one.
    fn partner(&self, time: &Time, leads: &[&str]) -> Option<Days> {
        self.times
            .iter()
            .find(|other| {
                other.tokens.start >= time.tokens.end
                    && other.tokens.start <= time.tokens.end + 3
                    && any(self.lead(other), leads)
            })
            .and_then(|other| other.days)
    }

    fn ahead(&self, token: usize) -> bool {
        clause::stand(self.doc, token) == Stand::Ahead
    }

    fn one_day(&self, time: &Time) -> bool {
        time.days.is_some_and(|(from, to)| from == to)
    }

    /// Whether the time is the end of a range that another one opens.
    fn ends_range(&self, time: &Time) -> bool {
        self.times.iter().any(|other| {
            other.tokens.end <= time.tokens.start
                && time.tokens.start <= other.tokens.end + 3
                && any(self.lead(other), &["from", "between"])
        })
    }

    /// The word before the time expression; nothing where that word leads the noun after it
    /// ("since the 1999 war").
    pub fn lead(&self, time: &Time) -> &'d str {
        let follows = self.governor(time).is_some_and(|owner| owner >= time.tokens.end);
        let modifies = matches!(
            self.deprel(time),
            Some(Deprel::Compound | Deprel::Nummod | Deprel::Amod | Deprel::NmodPoss)
                | Some(Deprel::NmodUnmarked | Deprel::NmodDesc)
        );
        if follows && modifies {
            return "";
        }
        let mut before = time.tokens.start;
        while let Some(i) = before.checked_sub(1) {
            match self.doc.tokens.get(i).map(|word| word.upos) {
                Some(Upos::Det | Upos::Adj | Upos::Adv) => before = i,
                Some(_) => return self.doc.form(i),
                None => break,
            }
        }
        ""
    }

    fn bears(&self, token: usize, bearing: Bearing) -> bool {
        LEXICON.bears(self.doc.lemma(token), bearing)
    }

    /// Whether the time lies well before the report.
    fn old(&self, time: &Time) -> bool {
        match (time.days, self.published) {
            (Some((_, end)), Some(today)) => {
                calendar::plus_days(end, OLD).is_some_and(|end| end < today)
            }
            _ => false,
        }
    }

    /// The days of an event that no time expression dates.
    fn by_tense(&self, predicate: usize) -> Option<Days> {
        let doc = self.doc;
        let today = self.published?;
        let stand = clause::stand(doc, predicate);
        let clause = clause::head_of_clause(doc, predicate);
        let conditional = clause.is_some_and(|verb| {
            doc.children_by(verb, &[Deprel::Mark])
                .any(|i| i < verb && any(doc.form(i), &["if", "unless", "should", "lest"]))
        });
        if conditional || matches!(stand, Stand::Ahead | Stand::Before) {
            return None;
        }
        let commanded = clause.is_some_and(|verb| {
            doc.tokens.get(verb).is_some_and(|w| w.xpos == Xpos::Vb && w.deprel == Deprel::Root)
        });
        if commanded && stand == Stand::Unknown {
            return None;
        }
        // A past without a date beside an old date in its clause is not of today.
        let told = clause.is_some_and(|verb| self.bears(verb, Bearing::Report));
        if stand == Stand::Past && !told && clause.is_some_and(|verb| self.beside_old(verb)) {
            return None;
        }
        Some((today, today))
    }

    /// Whether an old time stands in the same clause, relative clauses and speech aside.
    fn beside_old(&self, verb: usize) -> bool {
        self.times.iter().filter(|time| self.old(time)).any(|time| {
            let mut at = self.head(time);
            for _ in 0..24 {
                match at {
                    Some(i) if i == verb => return true,
                    Some(i) => {
                        let other = self.doc.tokens.get(i).is_none_or(|word| {
                            matches!(word.deprel, Deprel::AclRelcl | Deprel::Ccomp)
                                || matches!(word.deprel, Deprel::Parataxis | Deprel::Advcl)
                        });
                        if other {
                            return false;
                        }
                        at = self.doc.head(i);
                    }
                    None => return false,
                }
            }
            false
        })
    }
}

fn length((from, to): Days) -> i32 {
    (from.duration_until(to).as_hours() / 24) as i32
}

fn same(word: &str, other: &str) -> bool {
    word.eq_ignore_ascii_case(other)
}

pub(super) fn any(word: &str, others: &[&str]) -> bool {
    others.iter().any(|other| same(word, other))
}
