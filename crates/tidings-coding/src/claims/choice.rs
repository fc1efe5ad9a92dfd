//! Which candidates are attributions, as learned from the articles of PolNeAR.
//!
//! Each candidate is described by its cue, its content, the frame between them, who would be the
//! speaker, and what the network knows of the two head words where they stand. A small model says how
//! surely a reader takes the cue for one, and how well the candidate fits what is said. The best
//! candidate of a cue stands, if it is sure enough.

use super::candidates::{self, Candidate, Frame};
use super::forest::Forest;
use std::ops::Range;
use tidings_language::scorer::{Features, Hash, Room, Scorer, logistic};
use tidings_language::{Deprel, Upos};
use tidings_world::Cue;

static MODEL: &[u8] = include_bytes!("../../../../models/claims.bin");

/// What a decision looks at beside the candidate.
pub(super) struct Setting<'a> {
    forest: &'a Forest<'a>,
    /// The quotations, in words.
    quotes: Vec<Range<usize>>,
    /// Words inside marks of quotation.
    quoted: Vec<bool>,
}

/// The learned decision with room for its steps.
pub(super) struct Choice {
    scorer: Scorer<'static>,
    features: Features,
    room: Room,
    found: Vec<Candidate>,
}

impl Choice {
    /// The model inside the program. Were it not readable, nothing but "according to" would
    /// attribute; a test keeps it so.
    pub fn embedded() -> Choice {
        let scorer = Scorer::read(MODEL).unwrap_or_default();
        Choice { scorer, features: Features::default(), room: Room::default(), found: Vec::new() }
    }

    /// The best candidate of the word, and how sure it is to be an attribution.
    pub fn best(
        &mut self,
        setting: &Setting,
        word: usize,
        cue: &Cue,
        source: Option<usize>,
    ) -> Option<(Candidate, Surety)> {
        setting.candidates(word, cue, &mut self.found);
        let mut best: Option<(Surety, &Candidate)> = None;
        for candidate in &self.found {
            setting.describe(candidate, source, false, &mut self.features);
            let scores = self.scorer.scores(&self.features, &mut self.room);
            let &mut [told, within, fits] = scores else { return None };
            let fits = logistic(fits);
            let sure = Surety { told: logistic(told) * fits, within: logistic(within) * fits };
            if best.as_ref().is_none_or(|(most, _)| sure.within > most.within) {
                best = Some((sure, candidate));
            }
        }
        best.map(|(sure, candidate)| (candidate.clone(), sure))
    }
}

/// How sure an attribution must be: where precision and recall on PolNeAR are in balance.
const TOLD: f32 = 0.22;
/// How sure one must be whose content is a mere name: "hit a low" and "determine the cost" look like
/// "condemned the attack".
const NAMED: f32 = 0.3;
/// How sure one must be inside what somebody else says, which no data marks: it must be plain.
const WITHIN: f32 = 0.4;

/// How sure a candidate is to be an attribution, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Surety {
    /// On the report's own word.
    told: f32,
    /// Be it the report's or that of somebody it quotes.
    within: f32,
}

impl Surety {
    /// Whether it is taken for an attribution of the report's; `clause`: whether a clause is said.
    pub fn stands(self, clause: bool) -> bool {
        self.told > if clause { TOLD } else { NAMED }
    }

    /// Whether it is taken for one inside what somebody else says.
    pub fn stands_within(self) -> bool {
        self.within > WITHIN
    }
}

/// How far behind the content its description looks.
const FAR: usize = 12;

fn tag(value: u8) -> Hash {
    Hash(u64::from(value) + 1)
}

impl<'a> Setting<'a> {
    pub fn new(forest: &'a Forest<'a>, quotes: Vec<Range<usize>>) -> Setting<'a> {
        let mut quoted = vec![false; forest.doc.tokens.len()];
        for quote in &quotes {
            quoted[quote.clone()].fill(true);
        }
        Setting { forest, quotes, quoted }
    }

    /// What could be said with the word; `found` is emptied before.
    pub fn candidates(&self, word: usize, cue: &Cue, found: &mut Vec<Candidate>) {
        let doc = self.forest.doc;
        let sentence = doc.sentences.get(doc.sentence_of(word)).map_or(0..0, |s| s.tokens.clone());
        let from = self.quotes.partition_point(|q| q.end <= sentence.start);
        let near: Vec<Range<usize>> = self.quotes[from..]
            .iter()
            .take_while(|q| q.start < sentence.end)
            .map(|q| q.start.max(sentence.start)..q.end.min(sentence.end))
            .collect();
        found.clear();
        candidates::of_word(self.forest, word, cue, &near, found);
    }

    /// Describes the candidate; the template of the model.
    pub fn describe(&self, c: &Candidate, source: Option<usize>, plain: bool, into: &mut Features) {
        let doc = self.forest.doc;
        into.clear();
        let cue = &doc.tokens[c.cue];
        let lemma = Hash::lower(doc.lemma(c.cue));
        let class = tag(cue.upos as u8);
        let word = lemma.and(class);
        let kind = tag(c.kind as u8).and(class);
        let frame = tag(c.frame as u8);
        let relation = if c.frame == Frame::Quotation {
            Hash(77)
        } else {
            tag(doc.tokens[c.head].deprel as u8)
        };
        let lead = self.lead(c);
        let shape = frame.and(relation).and(lead);
        let side =
            Hash(u64::from(c.content.start > c.cue) + 2 * u64::from(c.content.contains(&c.cue)));
        into.add(word);
        into.add(kind);
        into.add(shape);
        into.add(word.and(shape));
        into.add(kind.and(shape));
        into.add(Hash(u64::from(c.expected)).and(frame).and(relation));
        into.add(Hash(u64::from(c.expected)).and(kind).and(frame));
        into.add(word.and(frame).and(relation));
        into.add(side.and(shape));
        into.add(tag(cue.deprel as u8).and(class));
        into.add(tag(cue.deprel as u8).and(frame).and(kind));
        into.add(tag(cue.xpos as u8).and(frame));
        into.add(word.and(tag(cue.xpos as u8)));
        // The content.
        let head = &doc.tokens[c.head];
        let content = Hash::lower(doc.lemma(c.head));
        into.add(tag(head.upos as u8).and(frame).and(class));
        into.add(content.and(class));
        into.add(content.and(word));
        into.add(tag(head.upos as u8).and(word));
        let length = c.content.len();
        let size = Hash(match length {
            0..=5 => length as u64,
            6..=9 => 6,
            10..=19 => 7,
            _ => 8,
        });
        into.add(size.and(frame));
        into.add(size.and(word));
        into.add(size.and(relation).and(kind));
        let marked = c.content.clone().filter(|&w| self.quoted[w]).count();
        let marks = Hash((marked * 4 / length.max(1)) as u64 + 10 * u64::from(self.quoted[c.cue]));
        into.add(marks.and(frame));
        into.add(marks.and(kind).and(frame));
        // Whether the ends of the content are ends of a quotation.
        let at = |w: usize| self.quoted.get(w).copied().unwrap_or_default();
        let edge = |inner: usize, outer: usize| u64::from(at(inner)) + 2 * u64::from(at(outer));
        let opens = edge(c.content.start, c.content.start.wrapping_sub(2));
        let closes = edge(c.content.end - 1, c.content.end + 1);
        let edges = Hash(opens * 4 + closes);
        into.add(edges.and(frame));
        into.add(edges.and(kind));
        into.add(edges.and(side).and(Hash(u64::from(at(c.cue)))));
        let distance = c.content.start.abs_diff(c.cue).min(8) as u64;
        into.add(Hash(distance).and(side));
        into.add(Hash(distance).and(shape));
        let finite = c.content.clone().any(|w| doc.tokens[w].deprel == Deprel::Nsubj);
        into.add(Hash(u64::from(finite)).and(shape).and(kind));
        into.add(Hash::lower(doc.form(c.content.start)).and(frame));
        let next = doc.tokens.get(c.content.end).map(|_| Hash::lower(doc.form(c.content.end)));
        into.add_some(next.map(|n| n.and(frame)));
        // What stands behind its end in the sentence, as the tree has it.
        let behind = self.behind(c);
        into.add(behind.and(frame));
        into.add(behind.and(kind).and(frame));
        let before = c.content.start.checked_sub(1).map(|w| Hash::lower(doc.form(w)));
        into.add_some(before.map(|b| b.and(frame)));
        // What its last comma leads: a clause beside, which may be the report's, or more of the same.
        if let Some((how, lead)) = self.tail(c) {
            into.add(how.and(frame));
            into.add(how.and(lead));
            into.add(how.and(lead).and(frame).and(kind));
        }
        // The other complements.
        let mut set = 0_u64;
        for &child in self.forest.children(c.cue) {
            let relation = doc.tokens[child].deprel;
            let bit = match relation {
                Deprel::Ccomp => 0,
                Deprel::Xcomp => 1,
                Deprel::Obj => 2,
                Deprel::Obl => 3,
                Deprel::Parataxis => 4,
                Deprel::Advcl => 5,
                Deprel::Acl => 6,
                Deprel::Nmod => 7,
                Deprel::NsubjPass => 8,
                Deprel::AuxPass => 8,
                _ => continue,
            };
            set |= 1 << bit;
        }
        into.add(Hash(set).and(shape));
        into.add(Hash(set).and(word));
        into.add(Hash(set).and(word).and(frame).and(relation));
        let around = self.forest.children(c.cue).iter().filter_map(|&child| {
            let relation = doc.tokens[child].deprel;
            matches!(
                relation,
                Deprel::Aux
                    | Deprel::Cop
                    | Deprel::Advmod
                    | Deprel::Mark
                    | Deprel::Det
                    | Deprel::NmodPoss
            )
            .then(|| Hash::lower(doc.lemma(child)).and(tag(relation as u8)))
        });
        into.add_all(around);
        let around = self.forest.children(c.cue).iter().filter_map(|&child| {
            let relation = doc.tokens[child].deprel;
            matches!(relation, Deprel::Aux | Deprel::Advmod)
                .then(|| Hash::lower(doc.lemma(child)).and(kind))
        });
        into.add_all(around);
        // Who would speak.
        let who = source.map(|s| {
            let token = &doc.tokens[s];
            let name = match token.upos {
                Upos::Noun | Upos::Pron | Upos::Adj => Hash::lower(doc.lemma(s)),
                _ => Hash(0),
            };
            (tag(token.upos as u8), name)
        });
        let (sort, name) = who.unwrap_or((Hash(0), Hash(0)));
        into.add(sort.and(kind));
        into.add(sort.and(frame));
        into.add(name.and(sort));
        into.add(name.and(word));
        into.add(sort.and(word));
        // What stands above.
        let above = doc.head(c.cue);
        into.add_some(above.map(|h| Hash::lower(doc.lemma(h)).and(tag(cue.deprel as u8))));
        into.add_some(
            above.map(|h| tag(doc.tokens[h].upos as u8).and(tag(cue.deprel as u8)).and(frame)),
        );
        into.add_some(above.map(|h| Hash::lower(doc.lemma(h)).and(word)));
        if !plain {
            into.dense(doc.vector(c.cue));
            into.dense(doc.vector(c.head));
        }
    }

    /// How the words behind the last comma of the content hang on those before it, and the first of them.
    fn tail(&self, c: &Candidate) -> Option<(Hash, Hash)> {
        let doc = self.forest.doc;
        let from = c.content.start.max(c.content.end.saturating_sub(3 * FAR));
        let comma =
            (from..c.content.end).rev().find(|&w| matches!(doc.form(w), "," | "--" | "—" | "–"))?;
        let hangs = (comma + 1..c.content.end).find(|&w| {
            doc.tokens[w].upos != Upos::Punct && doc.head(w).is_none_or(|h| h < comma)
        })?;
        let above = doc.head(hangs).filter(|h| c.content.contains(h));
        let how = tag(doc.tokens[hangs].deprel as u8)
            .and(Hash(u64::from(above.is_some())))
            .and(tag(doc.tokens[hangs].xpos as u8));
        Some((how, Hash::lower(doc.form(comma + 1))))
    }

    /// How the first word behind the content whose head is before it hangs there.
    fn behind(&self, c: &Candidate) -> Hash {
        let doc = self.forest.doc;
        let end = doc.sentences.get(doc.sentence_of(c.cue)).map_or(0, |s| s.tokens.end);
        let stop = end.min(c.content.end + FAR);
        let hangs = (c.content.end..stop).find(|&w| {
            doc.tokens[w].upos != Upos::Punct && doc.head(w).is_none_or(|h| h < c.content.end)
        });
        hangs.map_or(Hash(5), |w| {
            let inside = doc.head(w).is_some_and(|h| c.content.contains(&h));
            tag(doc.tokens[w].deprel as u8).and(Hash(u64::from(inside)))
        })
    }

    /// The word that leads the content: "that", "to", "of", or the first word of a question.
    fn lead(&self, c: &Candidate) -> Hash {
        let doc = self.forest.doc;
        let mark = self
            .forest
            .children(c.head)
            .iter()
            .copied()
            .find(|&w| matches!(doc.tokens[w].deprel, Deprel::Mark | Deprel::Case));
        let question = || {
            let first = c.content.start;
            matches!(doc.form(first), "who" | "what" | "how" | "why" | "where" | "when" | "which")
                .then_some(first)
        };
        mark.or_else(question).map_or(Hash(0), |w| Hash::lower(doc.form(w)))
    }
}
