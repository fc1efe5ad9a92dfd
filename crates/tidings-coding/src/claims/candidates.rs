//! Everything that could be what is said, beside every word that could be a word of saying.
//!
//! Generous on purpose: [`choice`](super::choice) has learned which of them a reader takes for an
//! attribution. A candidate is a word of the lexicon with a stretch of its sentence: one of its
//! complements, several of them in a row ("accused | Oman of shelling ships"), the clause around it
//! (`"...", he said`), a quotation beside it, or its subject with what follows ("talks are expected
//! to fail").

use super::forest::Forest;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos, Xpos};
use tidings_world::{Class, Cue, CueKind, Cues};

/// Where the content of a candidate stands beside its cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// One complement of the cue.
    Complement,
    /// From one complement through a later one.
    Joint,
    /// The clause that the cue hangs on, without the cue and what hangs on it.
    Around,
    /// The predicate of which the noun is the subject: "the fear is that ...".
    Predicate,
    /// A complement of the verb whose object the noun is: "made the claim yesterday that ...".
    OfVerb,
    /// A quotation in the same sentence.
    Quotation,
    /// The subject alone.
    Subject,
    /// From the subject through a complement: "talks are expected to fail".
    Raised,
    /// A complement up to one of its commas: "said he would stay | , angering the opposition".
    Cut,
    /// From the first complement, or the word behind the cue, to the end of the sentence.
    Rest,
    /// From the beginning of the sentence to the speaker or the cue.
    Before,
    /// The clause of the cue with the cue itself: "peacekeepers have been accused of abuses".
    Whole,
}

/// A word of saying with something that may be what is said.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The word of saying.
    pub cue: usize,
    /// What kind of saying it is.
    pub kind: CueKind,
    /// How the content stands to the cue.
    pub frame: Frame,
    /// The word at the top of the content.
    pub head: usize,
    /// The words of the content, from the first to the last.
    pub content: Range<usize>,
    /// Whether the lexicon expects the content there: after "deny", an object.
    pub(super) expected: bool,
}

/// Relations of what may complete a word of saying.
const COMPLEMENTS: [Deprel; 11] = [
    Deprel::Ccomp,
    Deprel::Xcomp,
    Deprel::Obj,
    Deprel::Obl,
    Deprel::Advcl,
    Deprel::Acl,
    Deprel::Nmod,
    Deprel::Parataxis,
    Deprel::Csubj,
    Deprel::OblUnmarked,
    Deprel::NmodDesc,
];
/// More complements than this make no more candidates.
const MOST: usize = 6;
/// More commas than this cut no complement.
const CUTS: usize = 3;

/// The lexicon's entry of a word that may attribute.
pub(super) fn cue<'c>(doc: &Document, cues: &'c Cues, word: usize) -> Option<&'c Cue> {
    let lemma = doc.lemma(word);
    match doc.tokens[word].upos {
        Upos::Verb => {
            let particle = doc.tokens.get(word + 1).filter(|t| {
                t.deprel == Deprel::CompoundPrt || matches!(t.upos, Upos::Adp | Upos::Sconj)
            });
            particle
                .and_then(|_| cues.cue(Class::Verb, &format!("{lemma}_{}", doc.lemma(word + 1))))
                .or_else(|| cues.cue(Class::Verb, lemma))
        }
        Upos::Noun => cues.cue(Class::Noun, lemma),
        Upos::Adj => cues.cue(Class::Adjective, lemma),
        _ => None,
    }
}

/// Adds the candidates of a word to `found`.
pub(super) fn of_word(
    forest: &Forest,
    word: usize,
    cue: &Cue,
    quotes: &[Range<usize>],
    found: &mut Vec<Candidate>,
) {
    let doc = forest.doc;
    let token = &doc.tokens[word];
    let first = found.len();
    let mut add = |frame, head, content: Option<Range<usize>>| {
        let Some(content) = content.and_then(|words| trimmed(doc, words)) else { return };
        let twice = found[first..].iter().any(|c: &Candidate| c.content == content);
        if !twice {
            // "accuse Peru of ...": what is expected may stand behind the first complement.
            let expected = match frame {
                Frame::Quotation => false,
                Frame::Joint | Frame::Rest => forest
                    .children(word)
                    .iter()
                    .any(|&c| content.contains(&c) && expects(forest, cue, c)),
                _ => expects(forest, cue, head),
            };
            found.push(Candidate { cue: word, kind: cue.kind, frame, head, content, expected });
        }
    };
    let mut right: Vec<(usize, Range<usize>)> = Vec::new();
    let mut subject = None;
    for &child in forest.children(word) {
        let relation = doc.tokens[child].deprel;
        if matches!(relation, Deprel::Nsubj | Deprel::NsubjPass) {
            subject = Some(child);
        }
        if !COMPLEMENTS.contains(&relation) {
            continue;
        }
        let content = forest.clause(child, None);
        if child > word
            && relation != Deprel::Parataxis
            && right.len() < MOST
            && let Some(content) = &content
        {
            right.push((child, content.clone()));
        }
        add(Frame::Complement, child, content);
    }
    let sentence = doc.sentences.get(doc.sentence_of(word)).map_or(0..0, |s| s.tokens.clone());
    let is_comma = |&w: &usize| matches!(doc.form(w), "," | ";" | "--" | "—" | "–" | "-");
    for (head, content) in &right {
        // A cut leaves the top of the complement in.
        for comma in (head + 1..content.end).filter(is_comma).take(CUTS) {
            add(Frame::Cut, *head, Some(content.start..comma));
        }
    }
    if token.upos != Upos::Noun {
        let from = right.first().map_or(word + 1, |(_, content)| content.start.max(word + 1));
        let head = right.first().map_or(word, |(head, _)| *head);
        // "..., setting up roadblocks" and "and recalled its envoy" are told beside what is said.
        add(Frame::Rest, head, Some(from..forest.aside(word).unwrap_or(sentence.end).max(from)));
        let own = subject.and_then(|s| forest.clause(s, None)).map_or(word, |own| own.start);
        add(Frame::Before, word, Some(sentence.start..own.min(word)));
        let passive = forest
            .children(word)
            .iter()
            .any(|&c| matches!(doc.tokens[c].deprel, Deprel::NsubjPass | Deprel::AuxPass));
        if passive {
            add(Frame::Whole, word, forest.clause(word, None));
        }
    }
    for (nth, (head, from)) in right.iter().enumerate() {
        for (_, to) in &right[nth + 1..] {
            add(Frame::Joint, *head, Some(from.start..to.end.max(from.end)));
        }
    }
    if token.upos == Upos::Noun {
        if let Some(head) = doc.head(word) {
            if token.deprel == Deprel::Nsubj {
                add(Frame::Predicate, head, forest.clause(head, Some(word)));
            }
            for &child in forest.children(head) {
                if child > word
                    && matches!(
                        doc.tokens[child].deprel,
                        Deprel::Ccomp | Deprel::Advcl | Deprel::Xcomp | Deprel::Obl
                    )
                {
                    add(Frame::OfVerb, child, forest.clause(child, None));
                }
            }
        }
    } else if let Some(subject) = subject {
        let own = forest.clause(subject, None);
        add(Frame::Subject, subject, own.clone());
        if let Some(own) = own {
            for (head, to) in &right {
                add(Frame::Raised, *head, Some(own.start..to.end.max(own.end)));
            }
        }
    }
    if let Some(head) = doc.head(word).filter(|_| token.upos != Upos::Noun)
        && matches!(token.deprel, Deprel::Parataxis | Deprel::Advcl | Deprel::Obl | Deprel::Case)
    {
        add(Frame::Around, head, forest.clause(head, Some(word)));
    }
    if token.upos == Upos::Verb {
        for quote in quotes {
            if !quote.contains(&word) {
                add(Frame::Quotation, quote.start, Some(quote.clone()));
            }
        }
    }
}

/// Without the marks and the "that" around what is said.
fn trimmed(doc: &Document, words: Range<usize>) -> Option<Range<usize>> {
    let mark = |w: &usize| doc.tokens[*w].upos == Upos::Punct;
    let that = |w: &usize| doc.form(*w) == "that" && doc.tokens[*w].deprel == Deprel::Mark;
    let start = words.clone().find(|w| !mark(w) && !that(w))?;
    let last = words.clone().rev().find(|w| !mark(w))?;
    (start <= last).then_some(start..last + 1)
}

fn expects(forest: &Forest, cue: &Cue, head: usize) -> bool {
    let doc = forest.doc;
    let led = || {
        forest.children(head).iter().any(|&c| {
            matches!(doc.tokens[c].deprel, Deprel::Case | Deprel::Mark)
                && cue.prepositions.iter().any(|p| p == doc.lemma(c))
        })
    };
    let infinitive = || forest.children(head).iter().any(|&c| doc.tokens[c].xpos == Xpos::To);
    match doc.tokens[head].deprel {
        Deprel::Ccomp => true,
        Deprel::Obj => cue.object,
        Deprel::Xcomp | Deprel::Advcl | Deprel::Acl => led() || cue.infinitive && infinitive(),
        _ => led(),
    }
}
