//! What the learned part of the status sees of a predicate.
//!
//! In go the tree and the rules' way from the root of a sentence down to the predicate; out come
//! features, each the hash of a few words. After Lee et al. (2015) and Stanovsky et al. (2017): the
//! word and its form, the words around it, the chain of words above it with their relations, and
//! what the rules found at each; beside them the parser's vector of the word where it stands.

use super::{Step, View};
use crate::times::Stand;
use tidings_language::scorer::{Features, Hash};
use tidings_language::{Deprel, Document, Upos, Xpos};

/// How many words of the way up to the root are told one by one.
const CHAIN: usize = 4;

/// The features of the predicate at the end of the way.
pub(super) fn of(doc: &Document, way: &[Step]) -> Features {
    let mut features = Features::default();
    let mut hashes = Vec::new();
    each(doc, way, &mut |name, words| {
        let hash = |hash: Hash, word: &&str| hash.and(Hash::lower(word));
        hashes.push(words.iter().fold(Hash::lower(name), hash));
    });
    features.add_all(hashes);
    if let Some(step) = way.last() {
        features.dense(doc.vector(step.node));
    }
    features
}

/// Tells each feature of the word at the end of the way: its kind, and the words it is made of.
fn each(doc: &Document, way: &[Step], tell: &mut impl FnMut(&str, &[&str])) {
    let Some(&Step { node, view }) = way.last() else { return };
    let token = &doc.tokens[node];
    let lemma = doc.lemma(node);
    let (xpos, relation) = (token.xpos.as_str(), token.deprel.as_str());
    let judged = judged_at(&view);
    let auxiliaries = clause(doc, node);
    let stand = stand_at(doc, node);

    tell("bias", &[]);
    tell("rule", &[judged]);
    tell("rule planned", &[judged, flag(view.planned), flag(view.condition.is_some())]);
    tell("lemma", &[lemma]);
    tell("lemma form", &[lemma, xpos]);
    tell("form", &[xpos, relation]);
    tell("rule form", &[judged, xpos, relation]);
    tell("lemma rule", &[lemma, judged]);
    tell("stand", &[stand, relation]);
    tell("stand rule", &[stand, judged]);
    tell("clause", &[&auxiliaries]);
    tell("clause form", &[&auxiliaries, xpos, relation]);
    tell("clause rule", &[&auxiliaries, judged]);
    tell("clause lemma", &[&auxiliaries, lemma]);
    let suffix =
        |n: usize| lemma.char_indices().rev().nth(n - 1).map_or(lemma, |(i, _)| &lemma[i..]);
    tell("suffix", &[suffix(3), xpos]);

    let sentence = doc.sentences[doc.sentence_of(node)].tokens.clone();
    let around = |offset: isize| {
        node.checked_add_signed(offset)
            .filter(|i| sentence.contains(i))
            .map_or("", |i| doc.lemma(i))
    };
    for (name, offset) in [("-2", -2), ("-1", -1), ("+1", 1), ("+2", 2)] {
        tell(name, &[around(offset)]);
        tell(name, &[around(offset), xpos]);
    }
    tell("-2-1", &[around(-2), around(-1)]);

    for child in doc.children(node) {
        let word = &doc.tokens[child];
        let below = word.deprel.as_str();
        tell("child", &[below]);
        tell("child lemma", &[below, doc.lemma(child)]);
        if matches!(word.deprel, Deprel::Mark | Deprel::Advmod | Deprel::Case | Deprel::Det) {
            tell("child rule", &[below, doc.lemma(child), judged]);
        }
    }

    // The chain of words above.
    let mut path = String::from(relation);
    for (distance, step) in way.iter().rev().skip(1).take(CHAIN).enumerate() {
        let above = &doc.tokens[step.node];
        let distance = ["1", "2", "3", "4"][distance];
        let its = judged_at(&step.view);
        let head = doc.lemma(step.node);
        tell("above", &[distance, head]);
        tell("above any", &[head]);
        tell("above rule", &[distance, its]);
        tell("above path", &[&path, head]);
        tell("above path form", &[&path, above.xpos.as_str(), clause(doc, step.node).as_str()]);
        tell("above judged", &[&path, its, flag(step.view.planned)]);
        if distance == "1" {
            tell("head negated", &[relation, head, its]);
            tell("head stand", &[relation, stand_at(doc, step.node), stand]);
            tell("head lemma", &[relation, head, lemma]);
        }
        path.push('<');
        path.push_str(above.deprel.as_str());
    }
    tell("path", &[&path]);

    // The sentence.
    let last = sentence.clone().rev().find(|&i| doc.form(i).chars().any(|c| ".?!".contains(c)));
    let end = last.map_or("", |i| doc.form(i));
    let first = sentence.clone().next().map_or("", |i| doc.lemma(i));
    tell("ends", &[end]);
    tell("ends rule", &[end, judged, stand]);
    tell("first", &[first]);
    let depth = ["0", "1", "2", "3", "4", "5"][(way.len() - 1).min(5)];
    tell("depth", &[depth, judged]);
    let (mut first_person, mut second_person) = (false, false);
    for i in sentence.clone() {
        match doc.tokens[i].upos {
            Upos::Pron => {
                let lemma = doc.lemma(i);
                first_person |= matches!(lemma, "I" | "i" | "we" | "my" | "our");
                second_person |= matches!(lemma, "you" | "your");
            }
            Upos::Sconj | Upos::Adv | Upos::Verb => tell("sentence", &[doc.lemma(i)]),
            _ => {}
        }
        if doc.tokens[i].xpos == Xpos::Md {
            tell("sentence modal", &[doc.lemma(i), flag(i < node)]);
        }
    }
    tell("persons", &[flag(first_person), flag(second_person)]);
    tell("persons rule", &[flag(first_person), flag(second_person), judged, stand]);
    tell("length", &[["0", "1", "2", "3", "4"][(sentence.len() / 8).min(4)]]);
}

/// The rules' value in words, rounded to half a point.
fn judged_at(view: &View) -> &'static str {
    const LEVELS: [&str; 7] = ["0", "0.5", "1", "1.5", "2", "2.5", "3"];
    const DENIED: [&str; 7] = ["-0", "-0.5", "-1", "-1.5", "-2", "-2.5", "-3"];
    let level = (view.strength * 2.0).round().clamp(0.0, 6.0) as usize;
    if view.negative { DENIED[level] } else { LEVELS[level] }
}

fn flag(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

fn stand_at(doc: &Document, node: usize) -> &'static str {
    match crate::times::stand(doc, node) {
        Stand::Past => "past",
        Stand::Perfect => "perfect",
        Stand::Before => "before",
        Stand::Present => "present",
        Stand::Ahead => "ahead",
        Stand::Unknown => "unknown",
    }
}

/// Auxiliaries, marks, negations and the person of the subject, in the order of the text.
fn clause(doc: &Document, node: usize) -> String {
    let mut words = String::new();
    for child in doc.children(node) {
        let lemma = match doc.tokens[child].deprel {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Mark => doc.lemma(child),
            Deprel::Advmod if matches!(doc.lemma(child), "not" | "n't" | "never") => "not",
            Deprel::Nsubj | Deprel::NsubjPass => match doc.lemma(child) {
                "I" | "we" | "i" => "I",
                "you" => "you",
                _ => "S",
            },
            _ => continue,
        };
        words.push_str(lemma);
        words.push(' ');
    }
    words
}
