//! From a word of saying to who says it and what is said, by the tree around it.
//!
//! The frames ("said that", "accused of", "according to", "fears among X that", ", he said") follow
//! the ways of attributing that PolNeAR's guidelines list (Newell, Margolin & Ruths 2018); the
//! words are those of `lexicon/attribution`.

use crate::loose;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos, Xpos};
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

/// The attribution of which the word is the cue.
pub(super) fn read(doc: &Document, cues: &Cues, word: usize) -> Option<Attribution> {
    match doc.tokens[word].upos {
        Upos::Verb => according(doc, cues, word).or_else(|| verbal(doc, cues, word)),
        Upos::Noun => viewpoint(doc, cues, word).or_else(|| nominal(doc, cues, word)),
        Upos::Adj => adjectival(doc, cues, word),
        Upos::Adp => according(doc, cues, word),
        _ => None,
    }
}

/// "According to X, ...": the word governs X or is its case mark.
fn according(doc: &Document, cues: &Cues, word: usize) -> Option<Attribution> {
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
    let content = clause(doc, cues, doc.head(phrase)?, Some(phrase))?;
    Some(Attribution {
        cue: word,
        kind: CueKind::Say,
        source: Some(source),
        content: Some(content),
    })
}

/// "In Moscow's view, ...", "in the words of the court"
fn viewpoint(doc: &Document, cues: &Cues, word: usize) -> Option<Attribution> {
    let token = &doc.tokens[word];
    let framed = token.deprel == Deprel::Obl
        && cues.viewpoints.contains(doc.lemma(word))
        && doc.children_by(word, &[Deprel::Case]).any(|c| matches!(doc.lemma(c), "in" | "to"));
    let source = framed.then(|| possessor(doc, word)).flatten()?;
    let content = clause(doc, cues, doc.head(word)?, Some(word))?;
    Some(Attribution {
        cue: word,
        kind: CueKind::Believe,
        source: Some(source),
        content: Some(content),
    })
}

fn verbal(doc: &Document, cues: &Cues, word: usize) -> Option<Attribution> {
    let lemma = doc.lemma(word);
    let particle = doc.children_by(word, &[Deprel::CompoundPrt]).next();
    let cue = particle
        .and_then(|p| cues.cue(Class::Verb, &format!("{lemma}_{}", doc.lemma(p))))
        .or_else(|| cues.cue(Class::Verb, lemma))?;
    if matches!(cue.kind, CueKind::Hope | CueKind::Promise | CueKind::Demand)
        && doc.children_by(word, &[Deprel::Advmod]).any(|c| cues.negates(doc.lemma(c)))
    {
        // Who does not want it has not said it.
        return None;
    }
    let source = speaker_of_verb(doc, cues, word, 0).or_else(|| inverted(doc, word));
    let content = complement(doc, cues, cue, word)
        .and_then(|head| whole(doc, cues, word, head))
        .or_else(|| around(doc, cues, cue, word, source));
    Some(Attribution { cue: word, kind: cue.kind, source, content })
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

/// The head of what stands below the cue as the thing said.
fn complement(doc: &Document, cues: &Cues, cue: &Cue, word: usize) -> Option<usize> {
    let mut found: Option<(u8, usize)> = None;
    for child in doc.children(word) {
        let rank = match doc.tokens[child].deprel {
            Deprel::Ccomp => 0,
            Deprel::Parataxis if introduced(doc, word, child) => 1,
            Deprel::Xcomp | Deprel::Advcl | Deprel::Acl if led_by(doc, cue, child) => 2,
            Deprel::Xcomp if cue.infinitive && infinitive(doc, child) => 2,
            Deprel::Advcl if cue.infinitive && infinitive(doc, child) => 3,
            Deprel::Obl if led_by(doc, cue, child) => 3,
            // "denied the claim" takes up what was said before: see evidence.
            Deprel::Obj
                if cue.object
                    && child > word
                    && doc.tokens[child].upos != Upos::Pron
                    && cues.cue(Class::Noun, doc.lemma(child)).is_none() =>
            {
                4
            }
            _ => continue,
        };
        if found.is_none_or(|(best, _)| rank < best) {
            found = Some((rank, child));
        }
    }
    found.map(|(_, head)| head)
}

/// Whether a colon or a mark of quotation parts the cue from a clause after it.
fn introduced(doc: &Document, word: usize, child: usize) -> bool {
    child > word
        && doc.tokens[word..child].iter().any(|t| {
            t.upos == Upos::Punct
                && matches!(
                    doc.text.get(t.start as usize..t.end as usize),
                    Some(":" | "\"" | "“" | "``" | "‘")
                )
        })
}

fn led_by(doc: &Document, cue: &Cue, phrase: usize) -> bool {
    doc.children_by(phrase, &[Deprel::Case, Deprel::Mark])
        .any(|c| cue.prepositions.iter().any(|p| p == doc.lemma(c)))
}

fn infinitive(doc: &Document, clause: usize) -> bool {
    doc.children(clause).any(|c| doc.tokens[c].xpos == Xpos::To)
}

/// What is said stands above the cue: "..., he said" and "as he said".
fn around(
    doc: &Document,
    cues: &Cues,
    cue: &Cue,
    word: usize,
    source: Option<usize>,
) -> Option<Range<usize>> {
    source?;
    let head = doc.head(word)?;
    let spoken = !matches!(cue.kind, CueKind::Demand | CueKind::Hope);
    match doc.tokens[word].deprel {
        Deprel::Parataxis if spoken => {}
        Deprel::Advcl
            if doc
                .children_by(word, &[Deprel::Mark, Deprel::Advmod])
                .any(|m| doc.lemma(m) == "as") => {}
        _ => return None,
    }
    clause(doc, cues, head, Some(word))
}

fn nominal(doc: &Document, cues: &Cues, word: usize) -> Option<Attribution> {
    let cue = cues.cue(Class::Noun, doc.lemma(word))?;
    let source = speaker_of_noun(doc, cues, word, Some(cue), 0);
    let clausal = doc.children(word).find(|&c| match doc.tokens[c].deprel {
        Deprel::Ccomp => true,
        Deprel::Acl => {
            infinitive(doc, c) && cue.infinitive
                || doc.children_by(c, &[Deprel::Mark]).any(|m| doc.lemma(m) == "that")
        }
        _ => false,
    });
    // "The fear is that ..."
    let predicated = || {
        let head = doc.head(word)?;
        let subject = matches!(doc.tokens[word].deprel, Deprel::Nsubj | Deprel::NsubjOuter);
        let copula = subject && doc.children_by(head, &[Deprel::Cop]).next().is_some();
        let that = doc.children_by(head, &[Deprel::Mark]).any(|m| doc.lemma(m) == "that");
        (copula && that).then_some(head)
    };
    let prepositional = || {
        source?;
        doc.children_by(word, &[Deprel::Nmod]).find(|&c| Some(c) != source && led_by(doc, cue, c))
    };
    // "There are fears that ...", where the clause was hung on the verb.
    let existential = || {
        let head = doc.head(word)?;
        doc.children_by(head, &[Deprel::Expl]).next()?;
        doc.children_by(head, &[Deprel::Ccomp, Deprel::Advcl]).find(|&c| {
            c > word && doc.children_by(c, &[Deprel::Mark]).any(|m| doc.lemma(m) == "that")
        })
    };
    let head = clausal.or_else(predicated).or_else(existential).or_else(prepositional)?;
    let content = clause(doc, cues, head, None)?;
    Some(Attribution { cue: word, kind: cue.kind, source, content: Some(content) })
}

fn adjectival(doc: &Document, cues: &Cues, word: usize) -> Option<Attribution> {
    let cue = cues.cue(Class::Adjective, doc.lemma(word))?;
    let source = speaker_of_verb(doc, cues, word, 0)?;
    let head = doc.children(word).find(|&c| match doc.tokens[c].deprel {
        Deprel::Ccomp => true,
        Deprel::Advcl => doc.children_by(c, &[Deprel::Mark]).any(|m| doc.lemma(m) == "that"),
        Deprel::Xcomp => cue.infinitive && infinitive(doc, c),
        Deprel::Obl => led_by(doc, cue, c),
        _ => false,
    })?;
    let content = clause(doc, cues, head, None)?;
    Some(Attribution { cue: word, kind: cue.kind, source: Some(source), content: Some(content) })
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

/// What is said after the cue: the clause at `head` and, where the tree has cut it in two, the rest.
fn whole(doc: &Document, cues: &Cues, cue: usize, head: usize) -> Option<Range<usize>> {
    let mut content = clause(doc, cues, head, None)?;
    if doc.tokens[head].deprel == Deprel::Ccomp {
        for rest in doc.children_by(cue, &[Deprel::Ccomp]).filter(|&c| c > head) {
            let rest = clause(doc, cues, rest, None)?;
            content.end = content.end.max(rest.end);
        }
    }
    Some(content)
}

/// The bytes of a clause or phrase without `apart` (and what hangs on it), without the subordinator
/// before it and punctuation around it. A participle after a comma ("..., warning that ...") is in
/// it only if it goes with a word of it.
fn clause(doc: &Document, cues: &Cues, head: usize, apart: Option<usize>) -> Option<Range<usize>> {
    let mut words = doc.subtree(head);
    if let Some(apart) = apart {
        words.retain(|&w| !doc.dominates(apart, w));
    }
    let loose: Vec<(usize, usize)> = match doc.sentences.get(doc.sentence_of(head)) {
        Some(sentence) => sentence.tokens.clone(),
        None => 0..0,
    }
    .filter_map(|word| Some((word, loose::host(doc, cues, word)?)))
    .collect();
    for (word, host) in loose {
        match (words.contains(&word), words.contains(&host)) {
            (true, false) => words.retain(|&w| !doc.dominates(word, w)),
            (false, true) if word > head => words.extend(doc.subtree(word)),
            _ => {}
        }
    }
    words.sort_unstable();
    let leading = |w: usize| {
        let token = &doc.tokens[w];
        token.upos == Upos::Punct
            || token.deprel == Deprel::Mark && matches!(doc.lemma(w), "that" | "as")
            || matches!(token.deprel, Deprel::Case | Deprel::Mark)
                && doc.head(w) == Some(head)
                && !matches!(doc.lemma(w), "if" | "whether" | "to" | "because" | "unless")
            || token.deprel == Deprel::Cc && doc.head(w) == Some(head)
    };
    let first = words.iter().copied().find(|&w| !leading(w))?;
    let last = words.iter().copied().rev().find(|&w| doc.tokens[w].upos != Upos::Punct)?;
    let range = doc.tokens[first].start as usize..doc.tokens[last].end as usize;
    (range.start < range.end).then_some(range)
}
