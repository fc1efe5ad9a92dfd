//! Invented sentences, one check per construction: which act, by which words, on which words.

use super::*;
use crate::test_trees;

/// Every act of the sentence as `code source > target`, by the words in the slots. A party stands
/// on both sides.
fn check(sentence: &str, expected: &[&str]) {
    let file = test_trees::tree(sentence);
    let doc = file.document();
    let actors = Actors::default();
    let world = World::embedded();
    let (mut tree, lexicon) = (Tree::new(&doc, &actors, world), &world.events);
    tree.load(0..doc.tokens.len());
    let words = |tokens: &[usize], party: &[usize]| {
        let forms: Vec<&str> = tokens.iter().chain(party).map(|&t| doc.form(t)).collect();
        forms.join("+")
    };
    let found: Vec<String> = matches(&tree, 0..doc.tokens.len())
        .iter()
        .map(|act| {
            let (source, target) = (words(&act.source, &act.party), words(&act.target, &act.party));
            format!("{} {source} > {target}", lexicon.digits(act.code))
        })
        .collect();
    assert_eq!(found, expected, "{}", doc.text);
}

#[test]
fn active() {
    check(
        "Rebels~rebel/NOUN>2:nsubj shelled~shell/VERB/VBD>0:root the/DET>4:det port/NOUN>2:obj",
        &["194 Rebels > port"],
    );
}

#[test]
fn passive_with_and_without_agent() {
    let start = "The/DET>2:det editor/NOUN>4:nsubj:pass was~be/AUX/VBD>4:aux:pass \
                 arrested~arrest/VERB/VBN>0:root";
    check(start, &["173  > editor"]);
    check(&format!("{start} by/ADP>6:case police/NOUN>4:obl:agent"), &["173 police > editor"]);
}

#[test]
fn coordination_shares_subject_and_object() {
    check(
        "Arden/PROPN>2:nsubj condemned~condemn/VERB/VBD>0:root and/CCONJ>4:cc \
         deported~deport/VERB/VBD>2:conj the/DET>6:det sailors~sailor/NOUN>2:obj",
        &["111 Arden > sailors", "174 Arden > sailors"],
    );
}

#[test]
fn reduced_and_full_relative_clauses() {
    check(
        "troops~troop/NOUN/NNS>0:root deployed~deploy/VERB/VBN>1:acl by/ADP>4:case \
         Arden/PROPN>2:obl:agent",
        &["154 Arden > "],
    );
    check(
        "gunmen~gunman/NOUN>0:root who/PRON/WP>3:nsubj kidnapped~kidnap/VERB/VBD>1:acl:relcl \
         nurses~nurse/NOUN>3:obj",
        &["181 gunmen > nurses"],
    );
}

#[test]
fn a_threat_to_attack_is_one_threat() {
    check(
        "Arden/PROPN>2:nsubj threatened~threaten/VERB/VBD>0:root to/PART>4:mark \
         shell/VERB/VB>2:xcomp the/DET>6:det port/NOUN>4:obj",
        &["1384 Arden > port"],
    );
}

#[test]
fn a_vow_to_attack_is_a_threat_and_a_vow_to_meet_an_agreement() {
    check(
        "Rebels~rebel/NOUN>2:nsubj vowed~vow/VERB/VBD>0:root to/PART>4:mark attack/VERB/VB>2:xcomp \
         Brona/PROPN>4:obj",
        &["1384 Rebels > Brona"],
    );
    check(
        "Rebels~rebel/NOUN>2:nsubj vowed~vow/VERB/VBD>0:root to/PART>4:mark \
         negotiate/VERB/VB>2:xcomp with/ADP>6:case Brona/PROPN>4:obl",
        &["036 Rebels > Brona"],
    );
}

#[test]
fn a_call_on_somebody_has_him_as_target() {
    check(
        "Arden/PROPN>2:nsubj called~call/VERB/VBD>0:root on/ADP>4:case Brona/PROPN>2:obl \
         to/PART>6:mark withdraw/VERB/VB>2:xcomp its/PRON>8:nmod:poss troops~troop/NOUN>6:obj",
        &["0256 Arden > Brona"],
    );
}

#[test]
fn refusals_compose() {
    check(
        "Arden/PROPN>2:nsubj refused~refuse/VERB/VBD>0:root to/PART>4:mark \
         recognise/VERB/VB>2:xcomp Brona/PROPN>4:obj",
        &["120 Arden > Brona"],
    );
    check(
        "The/DET>2:det king/NOUN>3:nsubj rejected~reject/VERB/VBD>0:root talks~talk/NOUN>3:obj \
         with/ADP>6:case rebels~rebel/NOUN>4:nmod",
        &["125 king > rebels"],
    );
}

#[test]
fn nouns_between_parties() {
    check(
        "War/NOUN>4:nsubj between/ADP>3:case Arden/PROPN>1:nmod ended~end/VERB/VBD>0:root",
        &["190 Arden > Arden"],
    );
}

#[test]
fn a_participle_after_a_comma_goes_with_the_clause() {
    check(
        "Islanders~islander/NOUN>2:nsubj objected~object/VERB/VBD>0:root to/ADP>4:case rules~rule/NOUN>2:obl \
         ,/PUNCT>6:punct shelling~shell/VERB/VBG>4:acl the/DET>8:det port/NOUN>6:obj",
        &["110 Islanders > rules", "194 Islanders > port"],
    );
}

#[test]
fn light_verbs_lend_their_subject() {
    check(
        "Rebels~rebel/NOUN>2:nsubj launched~launch/VERB/VBD>0:root an/DET>4:det attack/NOUN>2:obj \
         on/ADP>7:case the/DET>7:det port/NOUN>4:nmod",
        &["190 Rebels > port"],
    );
}

#[test]
fn will_and_will_not() {
    let start = "Arden/PROPN>3:nsubj will/AUX/MD>3:aux";
    check(
        &format!("{start} fund/VERB/VB>0:root the/DET>5:det schools~school/NOUN>3:obj"),
        &["0331 Arden > schools"],
    );
    check(
        "Arden/PROPN>4:nsubj will/AUX/MD>4:aux not/PART>4:advmod fund/VERB/VB>0:root \
         schools~school/NOUN>4:obj",
        &["1221 Arden > schools"],
    );
}

#[test]
fn a_particle_makes_another_verb() {
    check(
        "Teachers~teacher/NOUN>2:nsubj called~call/VERB/VBD>0:root off/ADP/RP>2:compound:prt \
         their/PRON>5:nmod:poss strike/NOUN>2:obj",
        &["082 Teachers > "],
    );
}

#[test]
fn idioms_are_mere_statements_and_unknown_words_nothing() {
    check(
        "The/DET>2:det soldier/NOUN>3:nsubj killed~kill/VERB/VBD>0:root time/NOUN>3:obj",
        &["010 soldier > "],
    );
    check("He/PRON>2:nsubj said~say/VERB/VBD>0:root so/ADV>2:advmod", &[]);
}

#[test]
fn a_deed_after_an_accusation_is_of_the_accused() {
    check(
        "Arden/PROPN>2:nsubj accused~accuse/VERB/VBD>0:root Brona/PROPN>2:obj of/SCONJ>5:mark \
         shelling~shell/VERB/VBG>2:advcl ports~port/NOUN>5:obj ,/PUNCT>8:punct \
         killing~kill/VERB/VBG>2:advcl sailors~sailor/NOUN>8:obj",
        &["1123 Arden > Brona", "190 Brona > sailors"],
    );
}

#[test]
fn a_past_tense_taken_for_a_participle_has_its_subject() {
    check(
        "Rebels~rebel/NOUN>2:nsubj captured~capture/VERB/VBN/VerbForm=Part|Voice=Pass>0:root \
         the/DET>4:det town/NOUN>2:obj",
        &["192 Rebels > "],
    );
}

/// Countries of the sources and targets of the sentence's first event of a type.
fn dyad(sentence: &str, event: &str) -> (Vec<String>, Vec<String>) {
    let file = test_trees::tree(sentence);
    let doc = file.document();
    let who = crate::actors::find(&doc, World::embedded(), &[], None);
    let found = find(&doc, &who, World::embedded());
    let act = found.iter().find(|found| found.action.event == event).unwrap();
    let countries = |actors: &[usize]| {
        actors.iter().filter_map(|&actor| who.actors[actor].country.clone()).collect()
    };
    (countries(&act.source), countries(&act.target))
}

#[test]
fn a_threat_is_meant_for_who_can_meet_its_condition() {
    let threat = "Peru/PROPN>2:nsubj threatened~threaten/VERB/VBD>0:root to/PART/TO>4:mark \
         strike/VERB/VB>2:xcomp unless/SCONJ>7:mark Ghana/PROPN>7:nsubj pays~pay/VERB/VBZ>4:advcl";
    assert_eq!(dyad(threat, "THREATEN"), (vec!["PER".into()], vec!["GHA".into()]));
}

#[test]
fn a_refusal_goes_to_whose_request_it_is() {
    let refusal = "Peru/PROPN>2:nsubj rejected~reject/VERB/VBD>0:root Ghana/PROPN>5:nmod:poss \
         's/PART/POS>3:case request/NOUN>2:obj to/PART/TO>7:mark question/VERB/VB>5:acl \
         Samoa/PROPN>7:obj";
    assert_eq!(dyad(refusal, "REJECT"), (vec!["PER".into()], vec!["GHA".into()]));
}

#[test]
fn a_deed_that_acts_is_done_by_its_doer() {
    let ousted = "Peru/PROPN>3:nsubj:pass was~be/AUX>3:aux:pass ousted~oust/VERB/VBN>0:root \
         by/ADP>7:case a/DET>7:det Ghanaian/ADJ>7:amod assault/NOUN>3:obl:agent";
    assert_eq!(dyad(ousted, "COERCE"), (vec!["GHA".into()], vec!["PER".into()]));
}

#[test]
fn a_bare_relative_clause_is_about_its_noun() {
    let aided = "Samoa/PROPN>2:nsubj armed~arm/VERB/VBD>0:root Peru/PROPN>2:obj \
         Ghana/PROPN>5:nsubj attacks~attack/VERB/VBZ>3:acl:relcl";
    assert_eq!(dyad(aided, "ASSAULT"), (vec!["GHA".into()], vec!["PER".into()]));
}

#[test]
fn who_acts_without_a_name_makes_no_event() {
    check("He/PRON>2:nsubj mocked~mock/VERB/VBD>0:root Brona/PROPN>2:obj", &[]);
}
