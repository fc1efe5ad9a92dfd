//! From a word of saying to who says it and what is said, by the tree around it.
//!
//! The frames ("said that", "accused of", "according to", "fears among X that", ", he said") follow
//! the ways of attributing that PolNeAR's guidelines list (Newell, Margolin & Ruths 2018); the
//! words are those of `lexicon/attribution`.

use super::forest::Forest;
use crate::loose;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::{Class, Cue, CueKind, Cues};

/// A word of saying with what hangs on it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attribution {
    pub cue: usize,
    pub kind: CueKind,
    /// Head of the phrase that names the speaker.
    pub source: Option<usize>,
    /// What is said, in bytes; nothing if it does not stand in the sentence.
    pub content: Option<Range<usize>>,
}

/// The attribution by "according to" or a viewpoint, of which the word is the cue.
pub(super) fn phrase(forest: &Forest, cues: &Cues, word: usize) -> Option<Attribution> {
    match forest.doc.tokens[word].upos {
        Upos::Noun => viewpoint(forest, cues, word),
        Upos::Verb | Upos::Adp => according(forest, word),
        _ => None,
    }
}

/// Head of the phrase that names who speaks with the word.
pub(super) fn source(doc: &Document, cues: &Cues, word: usize) -> Option<usize> {
    match doc.tokens[word].upos {
        Upos::Noun => speaker_of_noun(doc, cues, word, cues.cue(Class::Noun, doc.lemma(word)), 0),
        // "Peru seems to have left": it does not say so itself.
        _ if cues.raising.contains(doc.lemma(word)) => None,
        _ => speaker_of_verb(doc, cues, word, 0).or_else(|| inverted(doc, word)),
    }
}

/// "According to X, ...": the word governs X or is its case mark.
fn according(forest: &Forest, word: usize) -> Option<Attribution> {
    let doc = forest.doc;
    let token = &doc.tokens[word];
    if !doc.form(word).eq_ignore_ascii_case("according") {
        return None;
    }
    let (source, phrase) = if token.deprel == Deprel::Case {
        let source = doc.head(word)?;
        (source, source)
    } else {
        (doc.children_by(word, &[Deprel::Obl, Deprel::Nmod]).next()?, word)
    };
    let content =
        forest.clause(doc.head(phrase)?, Some(phrase)).map(|words| forest.bytes(words))?;
    Some(Attribution {
        cue: word,
        kind: CueKind::Say,
        source: Some(source),
        content: Some(content),
    })
}

/// "In Moscow's view, ...", "in the words of the court"
fn viewpoint(forest: &Forest, cues: &Cues, word: usize) -> Option<Attribution> {
    let doc = forest.doc;
    let token = &doc.tokens[word];
    let framed = token.deprel == Deprel::Obl
        && cues.viewpoints.contains(doc.lemma(word))
        && doc.children_by(word, &[Deprel::Case]).any(|c| matches!(doc.lemma(c), "in" | "to"));
    let source = framed.then(|| possessor(doc, word)).flatten()?;
    let content = forest.clause(doc.head(word)?, Some(word)).map(|words| forest.bytes(words))?;
    Some(Attribution {
        cue: word,
        kind: CueKind::Believe,
        source: Some(source),
        content: Some(content),
    })
}

/// `"...," said Vela`, where the name behind the verb was read as its object.
fn inverted(doc: &Document, word: usize) -> Option<usize> {
    let before = doc.tokens.get(word.checked_sub(1)?)?;
    let closes = doc
        .text
        .get(before.start as usize..before.end as usize)
        .is_some_and(|mark| matches!(mark, "\"" | "”" | "''" | "’"));
    let object =
        doc.children_by(word, &[Deprel::Obj, Deprel::Xcomp, Deprel::Obl]).find(|&c| c > word)?;
    let name = matches!(doc.tokens[object].upos, Upos::Propn | Upos::Pron | Upos::Noun);
    (closes && name).then_some(object)
}

/// How far a missing subject is sought up the tree.
const CLIMB: usize = 6;

/// Head of the phrase that names who says it: the subject, the agent of a passive, or the subject
/// of the verb above a participle ("..., saying that").
pub(super) fn speaker_of_verb(
    doc: &Document,
    cues: &Cues,
    word: usize,
    climbed: usize,
) -> Option<usize> {
    let mut passive = false;
    let mut subject = None;
    for child in doc.children(word) {
        match doc.tokens[child].deprel {
            Deprel::Nsubj | Deprel::NsubjOuter => subject = Some(child),
            Deprel::OblAgent => return Some(child),
            Deprel::NsubjPass => {
                passive = true;
                if matches!(doc.lemma(word), "quote" | "cite") {
                    subject = Some(child);
                }
            }
            Deprel::Expl => return None,
            _ => {}
        }
    }
    if let Some(subject) = subject {
        return named(doc, cues, word, subject, climbed);
    }
    if passive || climbed > CLIMB {
        return None;
    }
    if let Some(host) = loose::host(doc, cues, word) {
        return subject_of(doc, cues, host, climbed + 1);
    }
    let head = doc.head(word)?;
    match doc.tokens[word].deprel {
        Deprel::Conj | Deprel::Xcomp => speaker_of_verb(doc, cues, head, climbed + 1),
        Deprel::Advcl => subject_of(doc, cues, head, climbed + 1),
        Deprel::Acl => speaker_of_noun(doc, cues, head, None, climbed + 1).or(Some(head)),
        _ => None,
    }
}

/// The subject of a clause, of the passive too: "troops were deployed, saying ...".
fn subject_of(doc: &Document, cues: &Cues, word: usize, climbed: usize) -> Option<usize> {
    let subject = doc.children_by(word, &[Deprel::Nsubj, Deprel::NsubjPass]).next();
    match subject {
        Some(subject) => named(doc, cues, word, subject, climbed),
        None => speaker_of_verb(doc, cues, word, climbed),
    }
}

/// The speaker behind a subject: the antecedent of "who", the author of "the statement".
fn named(
    doc: &Document,
    cues: &Cues,
    verb: usize,
    subject: usize,
    climbed: usize,
) -> Option<usize> {
    if matches!(doc.lemma(subject), "who" | "which" | "that") {
        let mut clause = verb;
        while doc.tokens[clause].deprel == Deprel::Conj {
            clause = doc.head(clause)?;
        }
        return match doc.tokens[clause].deprel {
            Deprel::AclRelcl => doc.head(clause),
            _ => Some(subject),
        };
    }
    let author = || speaker_of_noun(doc, cues, subject, None, climbed + 1);
    let saying = doc.tokens[subject].upos == Upos::Noun
        && cues.cue(Class::Noun, doc.lemma(subject)).is_some();
    saying.then(author).flatten().or(Some(subject))
}

/// Whose the claim, fear or statement is.
fn speaker_of_noun(
    doc: &Document,
    cues: &Cues,
    noun: usize,
    cue: Option<&Cue>,
    climbed: usize,
) -> Option<usize> {
    let cue = cue.or_else(|| cues.cue(Class::Noun, doc.lemma(noun)))?;
    let about = |case: &str| cue.prepositions.iter().any(|p| p == case);
    if let Some(owner) = doc.children_by(noun, &[Deprel::NmodPoss]).next() {
        return Some(owner);
    }
    for phrase in doc.children_by(noun, &[Deprel::Nmod]) {
        let mut cases = doc.children_by(phrase, &[Deprel::Case]);
        if cases.any(|c| match doc.lemma(c) {
            "by" | "from" | "among" | "amongst" => true,
            "of" | "in" => !about(doc.lemma(c)) && doc.lemma(c) == "of",
            _ => false,
        }) {
            return Some(phrase);
        }
    }
    // "Western fears that"
    for adjective in doc.children_by(noun, &[Deprel::Amod, Deprel::Compound]) {
        if doc.form(adjective).starts_with(char::is_uppercase)
            && adjective > sentence_start(doc, noun)
        {
            return Some(adjective);
        }
    }
    let head = doc.head(noun)?;
    let voiced = doc.tokens[noun].deprel == Deprel::Obj
        && cues.voicing.contains(doc.lemma(head))
        && climbed <= CLIMB;
    if voiced { speaker_of_verb(doc, cues, head, climbed + 1) } else { None }
}

fn sentence_start(doc: &Document, word: usize) -> usize {
    doc.sentences.get(doc.sentence_of(word)).map_or(0, |s| s.tokens.start)
}

fn possessor(doc: &Document, noun: usize) -> Option<usize> {
    doc.children_by(noun, &[Deprel::NmodPoss, Deprel::Nmod]).next()
}
