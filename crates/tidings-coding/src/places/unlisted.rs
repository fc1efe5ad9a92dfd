//! Names that no list has and that the text uses as it uses those of places.
//!
//! In goes a run of capitalised words; out comes whether the words around it make it a place: what it
//! is called ("the village of Gornja Vela", "Gornja Vela, a village"), what it is named with ("in Homs
//! and Gornja Vela", "in Gornja Vela, Syria"), what happens there ("was killed in Gornja Vela",
//! "fighting reached Gornja Vela"). What speaks, bears a given name or a title, or is known as
//! something else is none.

use super::lexicon::{Class, LEXICON};
use super::names::begins_with_capital;
use super::{event, head_of, words};
use std::collections::HashSet;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::World;
use tidings_world::events::Kind;

/// Such a name is no longer than this in words.
const LONGEST: usize = 4;
/// An article that a hyphen joins to the name is no longer than this in bytes: "esh-Shor".
const PARTICLE: usize = 3;
/// So many words before a name may stand between it and the mark that opens a title.
const QUOTED: usize = 3;

/// The unlisted names of one report.
pub(super) struct Unlisted<'d> {
    doc: &'d Document<'d>,
    world: &'d World,
    /// Words of the names of those who speak or bear a title or given name, and, in small letters,
    /// words that the report does not write as names alone.
    others: HashSet<&'d str>,
}

impl<'d> Unlisted<'d> {
    /// Reads the report for what is surely something else.
    pub fn new(doc: &'d Document<'d>, world: &'d World) -> Unlisted<'d> {
        let mut unlisted = Unlisted { doc, world, others: HashSet::new() };
        for at in 0..doc.tokens.len() {
            if doc.form(at).starts_with(char::is_lowercase) {
                unlisted.others.insert(doc.form(at));
            }
        }
        for sentence in &doc.sentences {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let run = unlisted.run(at, sentence.tokens.end);
                at = run.end.max(at + 1);
                if !run.is_empty() && unlisted.somebody(&run) {
                    unlisted.others.extend(run.map(|i| doc.form(i)));
                }
            }
        }
        unlisted
    }

    /// The name of a place that begins at the token.
    pub fn name_at(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let doc = self.doc;
        let first = doc.sentences.get(doc.sentence_of(at))?.tokens.start;
        // "the United States", "Islamic State"
        if at > first + 1 && begins_with_capital(doc.form(at - 1))
            || at > first && self.proper(at - 1)
        {
            return None;
        }
        let tokens = self.run(at, end);
        if tokens.is_empty() || tokens.len() > LONGEST {
            return None;
        }
        let head = head_of(doc, &tokens);
        if event::called_place(doc, head) {
            let known = !self.world.names.lookup(&words(doc, &tokens)).is_empty();
            return (!known).then_some(tokens);
        }
        let place = self.apposed(head)
            || self.taken(head)
            || self.located(&tokens, head)
                && (self.near(head) || self.beside_known(&tokens, head) || self.happens(head));
        (place && !self.other(&tokens)).then_some(tokens)
    }

    /// The run of names from the token on, with what hyphens join to it: "Gornja-Vela", "Tell esh-Shor".
    fn run(&self, at: usize, end: usize) -> Range<usize> {
        let doc = self.doc;
        let mut stop = at;
        while stop < end && self.proper(stop) {
            stop += 1;
            let particle = usize::from(stop < end && doc.form(stop).len() <= PARTICLE);
            let joined = |hyphen: usize| {
                hyphen + 1 < end
                    && doc.form(hyphen) == "-"
                    && doc.tokens[hyphen - 1].end == doc.tokens[hyphen + 1].start - 1
                    && self.proper(hyphen + 1)
            };
            if let Some(hyphen) = [stop, stop + particle].into_iter().find(|&i| joined(i)) {
                stop = hyphen + 1;
            }
        }
        at..stop
    }

    fn proper(&self, i: usize) -> bool {
        self.doc.tokens[i].upos == Upos::Propn && begins_with_capital(self.doc.form(i))
    }

    /// Whether the run names a person or body: it speaks, or bears a given name or title.
    fn somebody(&self, run: &Range<usize>) -> bool {
        let doc = self.doc;
        let head = head_of(doc, run);
        let speaks = matches!(doc.tokens[head].deprel, Deprel::Nsubj | Deprel::Appos)
            && doc.head(head).is_some_and(|verb| {
                let class = tidings_world::Class::Verb;
                doc.tokens[verb].upos == Upos::Verb
                    && self.world.cues.cue(class, doc.lemma(verb)).is_some()
            });
        let titled = run.start.checked_sub(1).is_some_and(|before| {
            let word = doc.form(before).to_lowercase();
            LEXICON.is(&word, Class::Title)
                || self.world.agents.get(word.trim_end_matches('.')).is_some_and(|a| a.office)
        });
        speaks
            || titled
            || self.given(run.start)
            || LEXICON.is_written(doc.form(run.start), Class::Title)
    }

    fn given(&self, word: usize) -> bool {
        self.world.given.is_male(self.doc.form(word)).is_some()
    }

    /// Whether the run is, or holds, something else than a place.
    fn other(&self, run: &Range<usize>) -> bool {
        let doc = self.doc;
        let shouted =
            |i: usize| doc.form(i).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let classes = [
            Class::Civic,
            Class::Body,
            Class::Way,
            Class::Calendar,
            Class::Compass,
            Class::Title,
            Class::Nowhere,
        ];
        let word = |i: usize| {
            let lower = doc.form(i).to_lowercase();
            shouted(i)
                || self.others.contains(doc.form(i))
                || self.others.contains(lower.as_str())
                || self.world.agents.get(&lower).is_some()
                || classes.iter().any(|&class| LEXICON.is(&lower, class))
                || !self.world.names.lookup(doc.form(i)).is_empty()
        };
        run.clone().any(word)
            || self.somebody(run)
            || !self.world.names.lookup(&words(doc, run)).is_empty()
    }

    /// "Gornja Vela, a village", "the village Gornja Vela", "the Gornja Vela district"
    fn apposed(&self, head: usize) -> bool {
        let doc = self.doc;
        let settled = |word: usize| {
            doc.tokens[word].upos == Upos::Noun && LEXICON.is(doc.lemma(word), Class::Settlement)
        };
        let below = doc.children_by(head, &[Deprel::Appos]).any(settled);
        let above = matches!(
            doc.tokens[head].deprel,
            Deprel::Appos | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked
        ) && doc.head(head).is_some_and(settled);
        below || above
    }

    /// "shelled Gornja Vela", "Gornja Vela was retaken", "fighting reached Gornja Vela"
    fn taken(&self, head: usize) -> bool {
        let doc = self.doc;
        let Some(verb) = doc.head(head).filter(|&verb| doc.tokens[verb].upos == Upos::Verb) else {
            return false;
        };
        let meets = matches!(doc.tokens[head].deprel, Deprel::Obj | Deprel::NsubjPass);
        let moved = || {
            doc.children_by(verb, &[Deprel::Nsubj]).any(|who| {
                let noun = doc.tokens[who].upos == Upos::Noun;
                let force = self.world.agents.get(doc.lemma(who));
                let armed =
                    force.is_some_and(|a| a.sectors.iter().any(|s| matches!(*s, "MIL" | "REB")));
                noun && (armed || self.in_frame(doc.lemma(who), Kind::Noun))
            })
        };
        meets
            && (LEXICON.is(doc.lemma(verb), Class::Takes)
                || LEXICON.is(doc.lemma(verb), Class::Reaches) && moved())
    }

    /// Whether the name stands by itself behind a preposition of place.
    fn located(&self, run: &Range<usize>, head: usize) -> bool {
        let doc = self.doc;
        let bare = doc.children(head).all(|child| {
            run.contains(&child)
                || !matches!(
                    doc.tokens[child].deprel,
                    Deprel::Det
                        | Deprel::NmodPoss
                        | Deprel::Nummod
                        | Deprel::Amod
                        | Deprel::Compound
                )
        });
        let mark = |i: usize| matches!(doc.form(i), "\"" | "“" | "‘" | "'" | "’" | "'s" | "’s");
        let around = run.start.saturating_sub(QUOTED)..doc.tokens.len().min(run.end + 1);
        let marked = around.into_iter().any(mark);
        let relation = doc.tokens[head].deprel;
        let stands = matches!(relation, Deprel::Obl | Deprel::Nmod | Deprel::Conj | Deprel::Appos);
        bare && !marked && stands && self.case(head).is_some()
    }

    fn case(&self, head: usize) -> Option<&'d str> {
        event::preposition(self.doc, head).filter(|case| LEXICON.is(case, Class::Where))
    }

    /// "near Gornja Vela", "outside Gornja Vela"
    fn near(&self, head: usize) -> bool {
        self.case(head).is_some_and(|case| case != "in")
    }

    /// "in Homs and Gornja Vela", "in Gornja Vela, Syria"
    fn beside_known(&self, run: &Range<usize>, head: usize) -> bool {
        let doc = self.doc;
        let known = |word: usize| {
            doc.tokens[word].upos == Upos::Propn && self.world.gazetteer.knows(doc.form(word))
        };
        let joined = doc.children_by(head, &[Deprel::Conj]).any(known)
            || doc.tokens[head].deprel == Deprel::Conj && doc.head(head).is_some_and(known);
        let behind = run.end + 1;
        let qualified = behind < doc.tokens.len()
            && matches!(doc.form(run.end), "," | "in")
            && known(behind)
            && doc.head(behind) == Some(head);
        joined || qualified
    }

    /// "was killed in Gornja Vela", "clashes in Gornja Vela"
    fn happens(&self, head: usize) -> bool {
        let doc = self.doc;
        let mut word = head;
        for _ in 0..4 {
            let Some(up) = doc.head(word) else { return false };
            let lemma = doc.lemma(up);
            match doc.tokens[up].upos {
                Upos::Verb => return self.in_frame(lemma, Kind::Verb),
                Upos::Noun if self.in_frame(lemma, Kind::Noun) => return true,
                // "commanders in Gornja Vela", but no stake, trust or lesson in it
                Upos::Noun if self.world.agents.get(lemma).is_some() => return true,
                Upos::Propn => word = up,
                Upos::Noun if LEXICON.is(lemma, Class::Passes) => word = up,
                _ => return false,
            }
        }
        false
    }

    fn in_frame(&self, lemma: &str, kind: Kind) -> bool {
        let events = &self.world.events;
        events.word(lemma).is_some_and(|word| events.hanging_on(word, kind).next().is_some())
    }
}
