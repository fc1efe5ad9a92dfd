//! Where loosely hung clauses belong: "..., warning that ...", "..., killing two", "... and accused".
//!
//! A tree may put such a verb on any verb before it. Its form and sense tell more than its place: a
//! past tense is no second infinitive ("said it would help and accused them"); words of saying go
//! with the statement that the sentence makes ("called on them to leave, warning that ..."), deeds
//! with the deed that was told last ("accused them of shelling the port, killing two").

use tidings_language::{Deprel, Document, Upos, Xpos};
use tidings_world::{Class, CueKind, Cues};

/// The verb that a participle after a comma or a second verb goes with, where its place in the tree
/// does not tell; nothing for other words and for participles that describe a noun.
pub(crate) fn host(doc: &Document, cues: &Cues, verb: usize) -> Option<usize> {
    let token = &doc.tokens[verb];
    let head = doc.head(verb)?;
    if token.deprel == Deprel::Conj && token.xpos == Xpos::Vbd {
        return second_past(doc, verb, head);
    }
    let loose = matches!(token.deprel, Deprel::Advcl | Deprel::Acl | Deprel::Parataxis)
        || token.deprel == Deprel::Conj && doc.tokens[head].xpos != Xpos::Vbg;
    if !loose || !after_comma(doc, verb) || doc.tokens[head].upos != Upos::Verb {
        return None;
    }
    if speaks(doc, cues, verb) {
        // The content of a demand or an accusation does not speak; who makes it does.
        let mut above = std::iter::successors(Some(head), |&at| doc.head(at));
        return above.find(|&at| finite(doc, at) && doc.tokens[at].deprel != Deprel::AclRelcl);
    }
    let content = |c: &usize| (head + 1..verb).contains(c) && is_content(doc, *c);
    let told =
        if speaks(doc, cues, head) { doc.children(head).filter(content).last() } else { None };
    told.or(Some(head))
}

/// "said it would help and accused them": the past stands beside the past above.
fn second_past(doc: &Document, verb: usize, head: usize) -> Option<usize> {
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::AuxPass];
    let bare = doc.tokens[head].xpos == Xpos::Vb && doc.children_by(verb, &own).next().is_none();
    let above = std::iter::successors(doc.head(head), |&at| doc.head(at));
    above.filter(|_| bare).find(|&at| doc.tokens[at].xpos == Xpos::Vbd)
}

/// Whether the word is a present participle after a comma.
pub(crate) fn after_comma(doc: &Document, verb: usize) -> bool {
    let first = doc.sentences.get(doc.sentence_of(verb)).map_or(0, |s| s.tokens.start);
    let before = (first..verb).rev().find(|&t| !matches!(doc.form(t), "\"" | "”" | "’" | "''"));
    doc.tokens[verb].xpos == Xpos::Vbg && before.is_some_and(|t| doc.form(t) == ",")
}

/// Whether the verb is one of speaking to or about somebody.
fn speaks(doc: &Document, cues: &Cues, verb: usize) -> bool {
    cues.cue(Class::Verb, doc.lemma(verb)).is_some_and(|cue| {
        !matches!(cue.kind, CueKind::Hope | CueKind::Fear | CueKind::Believe | CueKind::Find)
    })
}

/// Whether the clause completes the verb above it: "that they left", "to leave", "of leaving".
fn is_content(doc: &Document, clause: usize) -> bool {
    let token = &doc.tokens[clause];
    match token.deprel {
        Deprel::Ccomp | Deprel::Xcomp => token.upos == Upos::Verb,
        Deprel::Advcl => doc
            .children_by(clause, &[Deprel::Mark])
            .any(|mark| matches!(doc.lemma(mark), "to" | "of" | "for" | "from" | "into")),
        _ => false,
    }
}

/// Whether the verb has a tense of its own.
fn finite(doc: &Document, verb: usize) -> bool {
    let tensed =
        |t: usize| matches!(doc.tokens[t].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    tensed(verb) || doc.children_by(verb, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]).any(tensed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_trees;
    use tidings_world::World;

    fn goes_with(sentence: &str, participle: usize, verb: usize) {
        let file = test_trees::tree(sentence);
        let doc = file.document();
        let cues = &World::embedded().cues;
        assert_eq!(host(&doc, cues, participle), Some(verb), "{}", doc.text);
    }

    #[test]
    fn speech_goes_with_who_asks_wherever_the_tree_hangs_it() {
        for head in [2, 6] {
            goes_with(
                &format!(
                    "Arden/PROPN>2:nsubj called~call/VERB/VBD>0:root on/ADP>4:case \
                     Brona/PROPN>2:obl to/PART/TO>6:mark act/VERB/VB>2:xcomp ,/PUNCT>8:punct \
                     warning~warn/VERB/VBG>{head}:advcl that/SCONJ>11:mark it/PRON>11:nsubj \
                     waits~wait/VERB/VBZ>8:ccomp"
                ),
                7,
                1,
            );
        }
    }

    #[test]
    fn a_past_tense_is_no_second_infinitive() {
        goes_with(
            "Arden/PROPN>2:nsubj said~say/VERB/VBD>0:root it/PRON>5:nsubj would/AUX/MD>5:aux \
             help/VERB/VB>2:ccomp and/CCONJ>7:cc accused~accuse/VERB/VBD>5:conj Brona/PROPN>7:obj",
            6,
            1,
        );
    }

    #[test]
    fn deeds_go_with_the_deed_told_last() {
        for head in [2, 5] {
            goes_with(
                &format!(
                    "Arden/PROPN>2:nsubj accused~accuse/VERB/VBD>0:root Brona/PROPN>2:obj \
                     of/SCONJ>5:mark shelling~shell/VERB/VBG>2:advcl ports~port/NOUN>5:obj \
                     ,/PUNCT>8:punct killing~kill/VERB/VBG>{head}:advcl sailors~sailor/NOUN>8:obj"
                ),
                7,
                4,
            );
        }
    }
}
