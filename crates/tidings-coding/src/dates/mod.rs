//! Dates that somebody set: deadlines, meetings, votes, hearings, expiry dates, plans, conditions.
//!
//! In go the trees of a report with its times, actors, claims and events; out come the days ahead of
//! the report on which something is to be done, is to happen or runs out, with who set them, and
//! what the report tells of such days gone by: held, met, missed, called off. A day ahead counts
//! only if the words tell what it is for: forecasts, anniversaries and weather are nothing that
//! anybody set. The words are those of `lexicon/dates`.

mod lexicon;
mod outcome;
mod setter;

use crate::actors::Actors;
use crate::claims::Claim;
use crate::events::Event;
use crate::schema::{DateKind, Told};
use crate::times::{self, Stand, Time};
use jiff::ToSpan;
use jiff::civil::Date;
use lexicon::{Class, LEXICON};
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos, Xpos};
use tidings_world::World;

/// A date as a report tells of it. Ranges are bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct SetDate {
    pub kind: DateKind,
    pub told: Told,
    /// Closed interval of days; a condition without a day has none.
    pub days: Option<(Date, Date)>,
    /// The words that name the day.
    pub words: Option<Range<usize>>,
    /// The clause that tells what it is for.
    pub what: Range<usize>,
    /// The word that names the thing: "election", "withdraw".
    pub thing: usize,
    /// Who set it.
    pub set_by: Vec<usize>,
    /// Whom else it concerns.
    pub parties: Vec<usize>,
    /// The words of the condition.
    pub condition: Option<Range<usize>>,
    /// Index of the coded event it belongs to.
    pub event: Option<usize>,
}

/// A coded event as far as dates need it.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Act<'a> {
    pub event: &'a Event,
    /// Whether it has happened, as the report tells it.
    pub happened: bool,
    /// The words of its condition.
    pub condition: Option<Range<usize>>,
}

/// Everything known of the report when its dates are sought.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct Known<'a> {
    pub doc: &'a Document<'a>,
    pub world: &'a World,
    pub times: &'a [Time],
    pub actors: &'a Actors,
    pub claims: &'a [Claim],
    pub acts: &'a [Act<'a>],
    pub published: Option<Date>,
}

/// What lies further off is nothing to watch: "by 2050".
const YEARS: i64 = 2;
/// A stretch of more days than a quarter has is no date.
const LONG: i64 = 92;
/// A plan is for a day or some, not for a season.
const MONTH: i64 = 31;

/// Finds the dates of the sentences that `told` lets through (those that say nothing again).
pub fn find(known: Known, told: impl Fn(usize) -> bool) -> Vec<SetDate> {
    let mut found: Vec<SetDate> = Vec::new();
    let mut next = 0;
    for (at, sentence) in known.doc.sentences.iter().enumerate() {
        let first = next;
        while known.times.get(next).is_some_and(|t| t.tokens.start < sentence.tokens.end) {
            next += 1;
        }
        if !told(at) {
            continue;
        }
        let here = found.len();
        let times = known.times.get(first..next).unwrap_or_default();
        for time in times {
            let Some(date) = known.ahead(times, time) else { continue };
            let same = |d: &SetDate| d.thing == date.thing && d.days == date.days;
            if !found.get(here..).is_some_and(|dates| dates.iter().any(same)) {
                found.push(date);
            }
        }
        if found.len() == here {
            found.extend(known.conditions(sentence.tokens.clone()));
        }
        found.extend(known.outcomes(sentence.tokens.clone()));
    }
    found
}

/// What a day belongs to.
#[derive(Debug, Clone, Copy)]
struct Subject {
    /// The word that names the thing.
    thing: usize,
    /// The head of its clause.
    clause: usize,
    kind: DateKind,
}

impl Known<'_> {
    /// The date that a time expression names, if it lies ahead and somebody set it.
    fn ahead(&self, times: &[Time], time: &Time) -> Option<SetDate> {
        let doc = self.doc;
        let published = self.published?;
        let (governor, lead) = times::anchor(doc, times, time)?;
        let lead = lead.to_ascii_lowercase();
        let (from, to) = time.days.or_else(|| self.term(time, &lead))?;
        let limit = matches!(lead.as_str(), "by" | "until" | "till" | "before" | "within");
        let running = from <= published && self.runs(time, &lead, to);
        let far = published.checked_add(YEARS.years()).is_ok_and(|limit| to > limit);
        if time.kind == "SET" || far || !(from > published || running) {
            return None;
        }
        if time.tokens.clone().any(|i| LEXICON.is(&doc.lemma(i).to_lowercase(), Class::Occasion)) {
            return None;
        }
        // "in the next hour or so", "Monday's decision", "the leaders of tomorrow"
        let fleeting = time.kind == "DURATION" && time.value.starts_with("PT") && from == to;
        let of_something = lead == "of" || self.is_possessive(time);
        if fleeting || of_something && self.named_kind(governor).is_none() {
            return None;
        }
        let subject = self.subject(governor, time, &lead)?;
        let length = from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()));
        let event = self.act(&subject);
        let wide = matches!(subject.kind, DateKind::Vote | DateKind::Expiry);
        let long = if wide { LONG } else { MONTH };
        if length > long && !limit || !self.is_open(&subject, &lead, event) {
            return None;
        }
        let set_by = self.setters(&subject);
        if subject.kind == DateKind::Plan && (set_by.is_empty() || self.idle(&subject, event)) {
            return None;
        }
        let what = self.clause(subject.clause);
        Some(SetDate {
            kind: subject.kind,
            told: Told::Ahead,
            days: Some((from, to)),
            words: Some(time.span.clone()),
            thing: subject.thing,
            parties: self.parties(&what, &set_by),
            set_by,
            condition: self.condition(doc.sentence_of(subject.thing)),
            event,
            what,
        })
    }

    /// A term that begins with the report: "within a month".
    fn term(&self, time: &Time, lead: &str) -> Option<(Date, Date)> {
        let published = self.published.filter(|_| lead == "within" && time.kind == "DURATION")?;
        let length: jiff::Span = time.value.parse().ok()?;
        Some((published, published.checked_add(length).ok()?))
    }

    fn is_possessive(&self, time: &Time) -> bool {
        let mut words = time.tokens.clone();
        words.any(|i| self.doc.tokens.get(i).is_some_and(|t| t.deprel == Deprel::NmodPoss))
    }

    /// The kind of date that a noun names. Neither a body ("Congress") nor ballots ("enough votes") are one.
    fn named_kind(&self, noun: usize) -> Option<DateKind> {
        let doc = self.doc;
        let token = doc.tokens.get(noun)?;
        if !matches!(token.upos, Upos::Noun | Upos::Propn) {
            return None;
        }
        let lemma = doc.lemma(noun).to_lowercase();
        let kind = LEXICON.kind(&lemma)?;
        let body = || self.actors.of_phrase(doc, noun).iter().any(|actor| self.is_body(*actor));
        let ballots = lemma == "vote" && token.xpos == Xpos::Nns;
        if ballots || token.upos == Upos::Propn && body() {
            return None;
        }
        if !LEXICON.is(&lemma, Class::Part) {
            return Some(kind);
        }
        // "a round of primaries" is a vote.
        let whole = doc.children_by(noun, &[Deprel::Nmod]).find(|child| *child > noun);
        whole.and_then(|whole| LEXICON.kind(&doc.lemma(whole).to_lowercase())).or(Some(kind))
    }

    /// Whether an actor makes laws.
    fn is_body(&self, actor: usize) -> bool {
        let found = self.actors.actors.get(actor);
        found.is_some_and(|actor| actor.sectors.iter().any(|sector| *sector == "LEG"))
    }

    /// Whether a stretch that holds the report's day is a term that still runs: "in the next ten
    /// days", "within a month"; not "this year", and not further off than a quarter.
    fn runs(&self, time: &Time, lead: &str, to: Date) -> bool {
        let Some(published) = self.published else { return false };
        let near = published.checked_add(LONG.days()).is_ok_and(|limit| to <= limit);
        let term = |word: &str| {
            let term = ["next", "within", "coming", "by", "until", "till", "before"];
            term.iter().any(|t| word.eq_ignore_ascii_case(t))
        };
        let words = time.tokens.clone().any(|i| term(self.doc.form(i)));
        near && to > published && (words || term(lead))
    }

    /// What the day is for: the noun it stands with, else the verb and what that sets.
    fn subject(&self, governor: usize, time: &Time, lead: &str) -> Option<Subject> {
        let doc = self.doc;
        let limit = matches!(lead, "by" | "before" | "within");
        let term = time.kind == "DURATION";
        let mut at = governor;
        let mut named = None;
        for _ in 0..5 {
            let noun = matches!(doc.tokens.get(at)?.upos, Upos::Noun | Upos::Propn);
            if noun && LEXICON.is(&doc.lemma(at).to_lowercase(), Class::Occasion) {
                return None;
            }
            if named.is_none() {
                named = self.named_kind(at).map(|kind| (at, kind));
            }
            if times::heads_clause(doc, at) {
                break;
            }
            match doc.head(at) {
                Some(head) => at = head,
                None => break,
            }
        }
        let clause = at;
        if let Some((thing, kind)) = named {
            return Some(Subject { thing, clause, kind });
        }
        if doc.tokens.get(clause)?.upos != Upos::Verb {
            return None;
        }
        let lemma = doc.lemma(clause);
        let until = matches!(lead, "until" | "till");
        if LEXICON.is(lemma, Class::Demands) && (until || limit) {
            // "gave them until Sunday to leave": the thing is to leave.
            let asked = doc
                .children_by(clause, &[Deprel::Xcomp, Deprel::Advcl, Deprel::Ccomp, Deprel::Acl])
                .find(|&c| c > clause && doc.tokens.get(c).is_some_and(|t| t.upos == Upos::Verb));
            return Some(Subject {
                thing: asked.unwrap_or(clause),
                clause,
                kind: DateKind::Deadline,
            });
        }
        if !LEXICON.is(lemma, Class::Demands) {
            // "will hold elections on Sunday", "the truce ends on Sunday"
            // Effect and place are taken by what the date is of.
            let object =
                lemma != "take" && doc.children_by(clause, &[Deprel::Obj]).next().is_some();
            for child in doc.children(clause) {
                let Some(word) = doc.tokens.get(child) else { continue };
                let held = matches!(word.deprel, Deprel::Obj | Deprel::NsubjPass)
                    || word.deprel == Deprel::Nsubj && !object && self.tells_of_subject(clause)
                    || word.deprel == Deprel::Obl
                        && doc.head(child) == Some(clause)
                        && times::lead(doc, child)
                            .is_some_and(|l| matches!(l, "in" | "for" | "at" | "to"));
                if let Some(kind) = self.named_kind(child).filter(|_| held) {
                    return Some(Subject { thing: child, clause, kind });
                }
            }
        }
        let ends = LEXICON.is(lemma, Class::Ends) && !matches!(lemma, "end" | "finish")
            || lemma == "take" && doc.children(clause).any(|c| doc.lemma(c) == "effect");
        let kind = match () {
            _ if LEXICON.is(lemma, Class::Votes) => DateKind::Vote,
            _ if ends => DateKind::Expiry,
            _ if LEXICON.is(lemma, Class::Meets) => DateKind::Meeting,
            _ if limit || term => DateKind::Deadline,
            _ if until => DateKind::Expiry,
            _ => DateKind::Plan,
        };
        Some(Subject { thing: clause, clause, kind })
    }

    /// Whether the verb says of its subject only that it is, begins or ends: "the talks open on ...".
    fn tells_of_subject(&self, verb: usize) -> bool {
        let lemma = self.doc.lemma(verb);
        [Class::Holds, Class::Ends, Class::Sets].iter().any(|&class| LEXICON.is(lemma, class))
            || matches!(lemma, "be" | "resume" | "come" | "follow" | "run" | "continue" | "last")
            || self.doc.children_by(verb, &[Deprel::Cop]).next().is_some()
    }

    /// The coded event that the date belongs to.
    fn act(&self, subject: &Subject) -> Option<usize> {
        let names = |word| self.acts.iter().position(|act| act.event.predicate == word);
        names(subject.thing).or_else(|| names(subject.clause))
    }

    /// Whether the clause leaves the day ahead open: it does not tell of the past, deny, or guess.
    fn is_open(&self, subject: &Subject, lead: &str, event: Option<usize>) -> bool {
        let doc = self.doc;
        let (clause, kind) = (subject.clause, subject.kind);
        let sets = |word: usize| LEXICON.is(doc.lemma(word), Class::Sets);
        let plain = kind == DateKind::Plan;
        // "since sending troops in February"
        let since = doc.children_by(clause, &[Deprel::Mark]).any(|mark| doc.lemma(mark) == "since");
        let denied = self.negated(clause) && self.ultimatum(clause).is_none();
        if since || denied || self.negated(subject.thing) && subject.thing != clause {
            return false;
        }
        match times::stand(doc, clause) {
            // "called a vote for Sunday", "adjourned until Sunday"; not "fled in March"
            Stand::Past | Stand::Perfect | Stand::Before => {
                let to = matches!(lead, "for" | "until" | "till" | "to" | "by" | "before");
                let arranged = sets(clause) || LEXICON.is(doc.lemma(clause), Class::Demands);
                let besides = subject.thing != clause && !plain;
                // "demanded that they leave by Friday"
                let demanded = self.demander(clause).is_some();
                if !(to && (arranged || demanded) || besides && arranged) {
                    return false;
                }
            }
            Stand::Unknown if plain => return false,
            _ => {}
        }
        // "if he leaves on Friday" sets nothing, and neither does "if it passes within a week".
        let supposes = |words: &[&str], word| {
            doc.children_by(word, &[Deprel::Mark, Deprel::Advmod])
                .any(|mark| words.contains(&doc.lemma(mark)))
        };
        let supposed =
            self.chain(clause).any(|word| supposes(&["if", "unless", "when", "whether"], word));
        let hypothesis = subject.thing == clause
            && supposes(&["if", "unless", "whether"], clause)
            && self.ultimatum(clause).is_none();
        if plain && supposed || hypothesis {
            return false;
        }
        // "will work to reach an accord within ten days" is an aim, and a term for it.
        let aim = kind == DateKind::Deadline
            && doc.children_by(clause, &[Deprel::Mark]).any(|mark| doc.lemma(mark) == "to");
        let guessed = self.chain(clause).any(|word| {
            LEXICON.is(doc.lemma(word), Class::Foretells)
                || word == clause && !aim && LEXICON.is(doc.lemma(word), Class::Befalls)
        }) || self
            .modal(clause)
            .is_some_and(|modal| matches!(modal, "may" | "might" | "could" | "can"));
        let named = subject.thing != clause;
        // "by then she will have won": a guess too.
        let perfect = self.modal(clause).is_some()
            && doc.children_by(clause, &[Deprel::Aux]).any(|aux| doc.lemma(aux) == "have");
        let guessed = guessed || perfect;
        let foreseen = event.and_then(|e| self.acts.get(e)).is_some_and(|act| act.happened);
        !(guessed && !named || plain && foreseen)
    }

    /// Whether a plan is none that its subject makes: nobody will, is to or is going to do it.
    fn idle(&self, subject: &Subject, event: Option<usize>) -> bool {
        let doc = self.doc;
        let clause = subject.clause;
        let resolved = match self.modal(clause) {
            Some("will" | "shall" | "'ll" | "’ll") => true,
            // "said it would leave on Friday"
            Some("would" | "must") => self.claims.iter().any(|claim| {
                doc.tokens.get(clause).is_some_and(|t| claim.content.contains(&(t.start as usize)))
            }),
            Some(_) => false,
            None => match doc.tokens.get(clause).map(|t| t.xpos) {
                // "plans to leave on Friday"
                Some(Xpos::Vb) => {
                    self.chain(clause).skip(1).any(|word| LEXICON.is(doc.lemma(word), Class::Sets))
                }
                // "arrives on Friday", "is arriving on Friday"
                Some(Xpos::Vbz | Xpos::Vbp | Xpos::Vbg) => event.is_some(),
                _ => LEXICON.is(doc.lemma(clause), Class::Sets),
            },
        };
        !resolved
    }

    /// Whether the actor is a country, a body or somebody with a public role.
    fn is_public(&self, actor: usize) -> bool {
        let public = |a: &crate::actors::Actor| {
            a.country.is_some() || a.sectors.iter().any(|sector| sector != "MED")
        };
        self.actors.actors.get(actor).is_some_and(public)
    }

    fn modal(&self, verb: usize) -> Option<&str> {
        let doc = self.doc;
        let modal = doc
            .children_by(verb, &[Deprel::Aux])
            .find(|&aux| doc.tokens.get(aux).is_some_and(|t| t.xpos == Xpos::Md))?;
        Some(doc.lemma(modal))
    }

    fn negated(&self, word: usize) -> bool {
        let doc = self.doc;
        doc.children_by(word, &[Deprel::Advmod, Deprel::Det])
            .any(|child| matches!(doc.lemma(child), "not" | "no" | "never" | "n't"))
    }

    /// The word and the verbs it is the content of, upwards.
    fn chain(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        let doc = self.doc;
        let above = move |&at: &usize| {
            let content = matches!(
                doc.tokens.get(at)?.deprel,
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl | Deprel::Acl | Deprel::Conj
            );
            doc.head(at).filter(|_| content)
        };
        std::iter::successors(Some(word), above).take(6)
    }

    /// The clause without the word that joins it to the sentence.
    fn clause(&self, head: usize) -> Range<usize> {
        let doc = self.doc;
        let words = doc.subtree(head);
        let joins = |&&word: &&usize| {
            doc.tokens.get(word).is_some_and(|t| {
                t.upos == Upos::Punct
                    || t.deprel == Deprel::Cc
                    || matches!(t.deprel, Deprel::Mark) && t.xpos != Xpos::To
            })
        };
        let start = words.iter().find(|word| !joins(word)).unwrap_or(&head);
        let is_mark = |&&word: &&usize| doc.tokens.get(word).is_none_or(|t| t.upos != Upos::Punct);
        let end = words.iter().rev().find(is_mark).unwrap_or(&head);
        let at =
            |i: usize| doc.tokens.get(i).map_or((0, 0), |t| (t.start as usize, t.end as usize));
        at(*start).0..at(*end).1.max(at(*start).1)
    }

    /// The words of a condition in the sentence: of a coded event, else of any clause with "if".
    fn condition(&self, sentence: usize) -> Option<Range<usize>> {
        let doc = self.doc;
        let words = doc.sentences.get(sentence)?.tokens.clone();
        let coded = self.acts.iter().filter(|act| words.contains(&act.event.predicate));
        if let Some(clause) = coded.filter_map(|act| act.condition.clone()).next() {
            return Some(clause);
        }
        let mark = words.clone().find(|&w| matches!(doc.lemma(w), "if" | "unless"))?;
        let mut clause = doc.subtree_span(doc.head(mark)?);
        // The tree may hang a longer stretch on the clause's verb: the condition begins with "if".
        clause.start = doc.tokens.get(mark)?.start as usize;
        (clause.start < clause.end).then_some(clause)
    }

    /// What somebody says they will do unless the clause comes true: "will close the border if the crew is not
    /// freed by Friday" sets a date for freeing it.
    pub(super) fn ultimatum(&self, clause: usize) -> Option<usize> {
        let doc = self.doc;
        let hangs = doc.tokens.get(clause)?.deprel == Deprel::Advcl;
        let mut marks = doc.children_by(clause, &[Deprel::Mark]);
        let supposed = hangs && marks.any(|mark| matches!(doc.lemma(mark), "if" | "unless"));
        let given = |&main: &usize| {
            supposed
                && self.is_word_given(main)
                && self.doers(main).iter().any(|&doer| self.is_public(doer))
        };
        doc.head(clause).filter(given)
    }

    /// Whether a verb tells what somebody will do; not what would be ("it would be a war"), would have been, or is
    /// asked ("whether they would attack").
    fn is_word_given(&self, verb: usize) -> bool {
        let doc = self.doc;
        let will = self.modal(verb).is_some_and(|m| matches!(m, "will" | "would" | "shall"));
        let perfect = || doc.children_by(verb, &[Deprel::Aux]).any(|aux| doc.lemma(aux) == "have");
        let asked = || {
            doc.children_by(verb, &[Deprel::Mark])
                .any(|mark| matches!(doc.lemma(mark), "whether" | "if"))
        };
        let acts = doc.tokens.get(verb).is_some_and(|token| token.upos == Upos::Verb);
        acts && will && !perfect() && !asked()
    }

    /// What is threatened or announced on a condition, without a day.
    fn conditions(&self, words: Range<usize>) -> Option<SetDate> {
        let (at, act) = self.acts.iter().enumerate().find(|(_, act)| {
            words.contains(&act.event.predicate)
                && act.condition.is_some()
                && !act.happened
                && (act.event.action.quad >= 3 || binds(act.event.action.event))
                && act.event.source.iter().any(|&actor| self.is_public(actor))
                && self.is_word_given(act.event.predicate)
        })?;
        let what = self.clause(act.event.predicate);
        Some(SetDate {
            kind: DateKind::Condition,
            told: Told::Ahead,
            days: None,
            words: None,
            thing: act.event.predicate,
            set_by: act.event.source.clone(),
            parties: self.parties(&what, &act.event.source),
            condition: act.condition.clone(),
            event: Some(at),
            what,
        })
    }
}

/// Whether what is done on a condition is yielding, so that it binds: an accord, a retreat.
fn binds(event: &str) -> bool {
    matches!(event, "AGREE" | "CONCEDE" | "RETREAT")
}
