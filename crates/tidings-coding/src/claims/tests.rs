use super::*;
use crate::actors::{Actor, Mention};
use crate::test_trees::tree;
use tidings_language::Conllu;

/// Actors by the words that name them, in the order of their numbers.
fn actors(doc: &Document, names: &[&[&str]]) -> Actors {
    let mut who = Actors::default();
    for (actor, forms) in names.iter().enumerate() {
        who.actors.push(Actor { name: forms[0].to_string(), ..Actor::default() });
        for token in 0..doc.tokens.len() {
            if forms.contains(&doc.form(token)) {
                who.mentions.push(Mention { tokens: token..token + 1, head: token, actor });
            }
        }
    }
    who.mentions.sort_by_key(|m| m.head);
    who
}

struct Read {
    read: Conllu,
    claims: Vec<Claim>,
}

impl Read {
    fn content(&self, nth: usize) -> &str {
        &self.read.text[self.claims[nth].content.clone()]
    }

    fn note(&self, nth: usize) -> (EvidenceKind, &str, Option<usize>) {
        let note = &self.claims[nth].evidence[0];
        (note.kind, &self.read.text[note.span.clone()], note.by)
    }

    /// The speakers of the event at the first word with the form.
    fn behind(&self, form: &str) -> Vec<usize> {
        let doc = self.read.document();
        let at = (0..doc.tokens.len()).find(|&i| doc.form(i) == form).expect("the word is there");
        according_to(&doc, &self.claims, at)
    }
}

fn read(trees: &str, names: &[&[&str]]) -> Read {
    let read = tree(trees);
    let doc = read.document();
    let claims = find(&doc, World::embedded(), &mut actors(&doc, names));
    Read { claims, read }
}

use ClaimForm::{Direct, Indirect, Mixed};

/// One claim, of actor 0.
#[track_caller]
fn check(trees: &str, speaker: &str, form: ClaimForm, content: &str) -> Read {
    let read = read(trees, &[&[speaker]]);
    assert_eq!(read.claims.len(), 1, "{:?}", read.claims);
    assert_eq!((read.claims[0].speaker, read.claims[0].form), (Some(0), form));
    assert_eq!(read.content(0), content);
    read
}

#[test]
fn the_cue_before_the_content() {
    let read = check(
        "Dahl/PROPN>2:nsubj said~say/VERB/VBD>0:root that/SCONJ>5:mark rebels/NOUN>5:nsubj \
         shelled~shell/VERB/VBD>2:ccomp Korsa/PROPN>5:obj +./PUNCT>2:punct",
        "Dahl",
        Indirect,
        "rebels shelled Korsa",
    );
    assert_eq!(read.behind("shelled"), [0]);
    assert_eq!(read.behind("said"), [0; 0]);
}

#[test]
fn the_cue_after_or_inside_the_content() {
    check(
        "Rebels/NOUN>2:nsubj shelled~shell/VERB/VBD>0:root Korsa/PROPN>2:obj +,/PUNCT>6:punct \
         Dahl/PROPN>6:nsubj said~say/VERB/VBD>2:parataxis +./PUNCT>2:punct",
        "Dahl",
        Indirect,
        "Rebels shelled Korsa",
    );
    check(
        "The/DET>2:det port/NOUN>7:nsubj +,/PUNCT>5:punct Dahl/PROPN>5:nsubj said~say/VERB/VBD>7:parataxis \
         +,/PUNCT>5:punct fell~fall/VERB/VBD>0:root",
        "Dahl",
        Indirect,
        "The port , Dahl said, fell".replace(" ,", ",").as_str(),
    );
    check(
        "As/SCONJ>3:mark Dahl/PROPN>3:nsubj said~say/VERB/VBD>7:advcl +,/PUNCT>3:punct the/DET>6:det \
         port/NOUN>7:nsubj fell~fall/VERB/VBD>0:root",
        "Dahl",
        Indirect,
        "the port fell",
    );
}

#[test]
fn speech_between_marks() {
    check(
        "“/PUNCT>4:punct +We/PRON>4:nsubj are~be/AUX>4:cop trapped/ADJ>7:ccomp +,/PUNCT>4:punct \
         +”/PUNCT>4:punct said~say/VERB/VBD>0:root Dahl/PROPN>7:nsubj +./PUNCT>7:punct",
        "Dahl",
        Direct,
        "We are trapped",
    );
    check(
        "Dahl/PROPN>2:nsubj said~say/VERB/VBD>0:root Oman/PROPN>6:nsubj would/AUX/MD>6:aux “/PUNCT>6:punct \
         +work/VERB/VB>2:ccomp hard/ADV>6:advmod +”/PUNCT>6:punct",
        "Dahl",
        Mixed,
        "Oman would “work hard",
    );
}

#[test]
fn marks_that_were_lost() {
    check(
        "We/PRON>4:nsubj will/AUX/MD>4:aux not/PART>4:advmod leave/VERB/VB>0:root +,/PUNCT>7:punct \
         Dahl/PROPN>7:nsubj said~say/VERB/VBD>4:parataxis +./PUNCT>4:punct",
        "Dahl",
        Direct,
        "We will not leave",
    );
}

#[test]
fn speech_in_a_paragraph_of_its_own() {
    let read = read(
        "“/PUNCT>3:punct +Nobody/PRON>3:nsubj fled~flee/VERB/VBD>6:ccomp +,/PUNCT>3:punct +”/PUNCT>3:punct \
         said~say/VERB/VBD>0:root Dahl/PROPN>6:nsubj +./PUNCT>6:punct

         “/PUNCT>4:punct +We/PRON>4:nsubj will/AUX/MD>4:aux stay/VERB/VB>0:root here/ADV>4:advmod \
         +./PUNCT>4:punct +”/PUNCT>4:punct

         Ships/NOUN>2:nsubj left~leave/VERB/VBD>0:root +./PUNCT>2:punct",
        &[&["Dahl"]],
    );
    assert_eq!(read.claims.len(), 2, "{:?}", read.claims);
    assert_eq!(read.content(1), "We will stay here.");
    assert_eq!((read.claims[1].speaker, read.claims[1].form), (Some(0), Direct));
    assert_eq!(read.claims[1].cue, None);
    assert_eq!(read.behind("stay"), [0]);
    assert_eq!(read.behind("left"), [0; 0]);
}

#[test]
fn words_used_with_reserve_are_no_speech() {
    let read = read(
        "Troops/NOUN>2:nsubj hunted~hunt/VERB/VBD>0:root “/PUNCT>4:punct +gangs/NOUN>2:obj +”/PUNCT>4:punct",
        &[&["Troops"]],
    );
    assert_eq!(read.claims, []);
}

#[test]
fn according_to_a_source() {
    let read = check(
        "According/ADP>3:case to/ADP>1:fixed Dahl/PROPN>7:obl +,/PUNCT>3:punct two/NUM>6:nummod \
         ships/NOUN>7:nsubj sank~sink/VERB/VBD>0:root",
        "Dahl",
        Indirect,
        "two ships sank",
    );
    assert_eq!(read.behind("sank"), [0]);
    check(
        "Two/NUM>2:nummod ships/NOUN>3:nsubj sank~sink/VERB/VBD>0:root according~accord/VERB/VBG>3:advcl \
         to/ADP>6:case Dahl/PROPN>4:obl",
        "Dahl",
        Indirect,
        "Two ships sank",
    );
    check(
        "In/ADP>4:case Dahl/PROPN>4:nmod:poss +'s/PART>2:case view/NOUN>7:obl +,/PUNCT>4:punct \
         ships/NOUN>7:nsubj sank~sink/VERB/VBD>0:root",
        "Dahl",
        Indirect,
        "ships sank",
    );
}

#[test]
fn fears_have_those_who_fear() {
    let read = check(
        "There/PRON/EX>2:expl are~be/VERB/VBP>0:root fears~fear/NOUN/NNS>2:nsubj among/ADP>5:case \
         traders/NOUN>3:nmod that/SCONJ>9:mark Oman/PROPN>9:nsubj could/AUX/MD>9:aux \
         close/VERB/VB>3:acl the/DET>11:det strait/NOUN>9:obj",
        "traders",
        Indirect,
        "Oman could close the strait",
    );
    assert_eq!(read.behind("close"), [0]);
    check(
        "Dahl/PROPN>2:nsubj voiced~voice/VERB/VBD>0:root fears~fear/NOUN/NNS>2:obj that/SCONJ>6:mark \
         ships/NOUN>6:nsubj sank~sink/VERB/VBD>3:acl",
        "Dahl",
        Indirect,
        "ships sank",
    );
}

#[test]
fn participles_have_the_subject_above() {
    check(
        "Troops/NOUN>3:nsubj:pass were~be/AUX>3:aux:pass deployed~deploy/VERB/VBN>0:root +,/PUNCT>5:punct \
         saying~say/VERB/VBG>3:advcl they/PRON>8:nsubj are~be/AUX>8:cop ready/ADJ>5:ccomp",
        "Troops",
        Indirect,
        "they are ready",
    );
    check(
        "The/DET>2:det envoy/NOUN>7:nsubj who/PRON/WP>4:nsubj claimed~claim/VERB/VBD>2:acl:relcl \
         ships/NOUN>6:nsubj sank~sink/VERB/VBD>4:ccomp left~leave/VERB/VBD>0:root",
        "envoy",
        Indirect,
        "ships sank",
    );
    check(
        "Dahl/PROPN>2:nsubj called~call/VERB/VBD>0:root Oman/PROPN>2:obj and/CCONJ>5:cc \
         said~say/VERB/VBD>2:conj ships/NOUN>7:nsubj sank~sink/VERB/VBD>5:ccomp",
        "Dahl",
        Indirect,
        "ships sank",
    );
}

#[test]
fn infinitives_and_prepositions() {
    check(
        "Dahl/PROPN>2:nsubj vowed~vow/VERB/VBD>0:root to/PART/TO>4:mark respond/VERB/VB>2:xcomp",
        "Dahl",
        Indirect,
        "to respond",
    );
    check(
        "Dahl/PROPN>2:nsubj warned~warn/VERB/VBD>0:root of/ADP>4:case unrest/NOUN>2:obl",
        "Dahl",
        Indirect,
        "unrest",
    );
    let read = check(
        "Dahl/PROPN>2:nsubj accused~accuse/VERB/VBD>0:root Oman/PROPN>2:obj of/SCONJ>5:mark \
         shelling~shell/VERB/VBG>2:advcl ships/NOUN>5:obj",
        "Dahl",
        Indirect,
        "shelling ships",
    );
    assert_eq!(read.behind("shelling"), [0]);
    assert_eq!(read.behind("accused"), [0]);
    let read = check(
        "Dahl/PROPN>2:nsubj called~call/VERB/VBD>0:root on/ADP>4:case Oman/PROPN>2:obl to/PART/TO>6:mark \
         withdraw/VERB/VB>2:xcomp",
        "Dahl",
        Indirect,
        "to withdraw",
    );
    assert_eq!(read.behind("called"), [0; 0]);
}

#[test]
fn nested_sources_run_from_outer_to_inner() {
    let read = read(
        "Dahl/PROPN>2:nsubj said~say/VERB/VBD>0:root Oman/PROPN>4:nsubj feared~fear/VERB/VBD>2:ccomp \
         rebels/NOUN>7:nsubj would/AUX/MD>7:aux attack/VERB/VB>4:ccomp",
        &[&["Dahl"], &["Oman"]],
    );
    assert_eq!(read.behind("attack"), [0, 1]);
    assert_eq!(read.behind("feared"), [0]);
}

const CLAIMED: &str = "Dahl/PROPN>2:nsubj claimed~claim/VERB/VBD>0:root ships/NOUN>4:nsubj \
                       sank~sink/VERB/VBD>2:ccomp +./PUNCT>2:punct";

#[test]
fn a_claim_without_proof() {
    let read = check(
        "Dahl/PROPN>2:nsubj claimed~claim/VERB/VBD>0:root without/ADP>4:case evidence/NOUN>2:obl \
         that/SCONJ>7:mark ships/NOUN>7:nsubj sank~sink/VERB/VBD>2:ccomp",
        "Dahl",
        Indirect,
        "ships sank",
    );
    assert_eq!(read.note(0), (EvidenceKind::NoneGiven, "without evidence", None));
    let next = "He/PRON>4:nsubj did~do/AUX>4:aux not/PART>4:advmod provide/VERB/VB>0:root any/DET>6:det \
                proof/NOUN>4:obj +./PUNCT>4:punct";
    let read = self::read(&format!("{CLAIMED}\n{next}"), &[&["Dahl", "He"]]);
    assert_eq!(read.claims.len(), 1, "{:?}", read.claims);
    assert_eq!(read.note(0), (EvidenceKind::NoneGiven, "He did not provide any proof", None));
}

#[test]
fn a_claim_denied_or_confirmed() {
    let with = |next: &str| read(&format!("{CLAIMED}\n{next}"), &[&["Dahl"], &["Oman"]]);
    let denied = with(
        "Oman/PROPN>2:nsubj denied~deny/VERB/VBD>0:root the/DET>4:det claim/NOUN>2:obj +./PUNCT>2:punct",
    );
    assert_eq!(denied.claims.len(), 1, "{:?}", denied.claims);
    assert_eq!((denied.note(0).0, denied.note(0).2), (EvidenceKind::Denied, Some(1)));
    let confirmed = with(
        "The/DET>2:det report/NOUN>4:nsubj:pass was~be/AUX>4:aux:pass confirmed~confirm/VERB/VBN>0:root \
         by/ADP>6:case Oman/PROPN>4:obl:agent",
    );
    assert_eq!((confirmed.note(0).0, confirmed.note(0).2), (EvidenceKind::Supported, Some(1)));
    let open = with(
        "The/DET>2:det claim/NOUN>7:nsubj:pass could/AUX/MD>7:aux not/PART>7:advmod \
         be/AUX>7:aux:pass independently/ADV>7:advmod verified~verify/VERB/VBN>0:root",
    );
    assert_eq!(open.note(0).0, EvidenceKind::NoneGiven);
}

#[test]
fn a_denial_in_apposition_leaves_the_claim() {
    let read = read(
        "Dahl/PROPN>2:nsubj claimed~claim/VERB/VBD>0:root Oman/PROPN>4:nsubj sank~sink/VERB/VBD>2:ccomp \
         ships/NOUN>4:obj +,/PUNCT>7:punct something/PRON>5:appos that/PRON/WDT>11:nsubj:pass \
         was~be/AUX>11:aux:pass repeatedly/ADV>11:advmod denied~deny/VERB/VBN>7:acl:relcl by/ADP>13:case \
         officials/NOUN>11:obl:agent",
        &[&["Dahl"], &["officials"]],
    );
    assert_eq!(read.content(0), "Oman sank ships");
    let expected = "something that was repeatedly denied by officials";
    assert_eq!(read.note(0), (EvidenceKind::Denied, expected, Some(1)));
}
