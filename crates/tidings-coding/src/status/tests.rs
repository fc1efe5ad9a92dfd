use super::*;
use crate::test_trees::tree;
use jiff::civil::date;
use tidings_language::Document;

/// The status of the first word with the form.
fn status(doc: &Document, form: &str) -> Status {
    let at = (0..doc.tokens.len()).find(|&i| doc.form(i) == form).expect("the word is there");
    of(doc, World::embedded(), at, None, Some(date(2024, 5, 20)))
}

#[track_caller]
fn check(trees: &str, form: &str, certainty: Certainty, polarity: Polarity, time: Standing) {
    let read = tree(trees);
    let found = status(&read.document(), form);
    assert_eq!(
        (found.certainty, found.polarity, found.time),
        (certainty, polarity, time),
        "{found:?}"
    );
}

use Certainty::{Certain, Possible, Probable, Unknown};
use Polarity::{Negative, Positive};
use Standing::{Background, Current, Planned};

#[test]
fn plain_telling_is_certain() {
    let trees = "Troops/NOUN>2:nsubj shelled~shell/VERB/VBD>0:root the/DET>4:det port/NOUN>2:obj";
    check(trees, "shelled", Certain, Positive, Current);
}

#[test]
fn negation_turns_it_round() {
    check(
        "Troops/NOUN>4:nsubj did~do/AUX>4:aux not/PART>4:advmod fire/VERB/VB>0:root",
        "fire",
        Certain,
        Negative,
        Current,
    );
    check(
        "No/DET>2:det one/PRON>4:nsubj:pass was~be/AUX>4:aux:pass hurt/VERB/VBN>0:root",
        "hurt",
        Certain,
        Negative,
        Current,
    );
    check(
        "Neither/DET>2:det side/NOUN>3:nsubj attacked~attack/VERB/VBD>0:root",
        "attacked",
        Certain,
        Negative,
        Current,
    );
    check(
        "Guards/NOUN>2:nsubj fired~fire/VERB/VBD>0:root no/DET>4:det shots/NOUN>2:obj",
        "fired",
        Certain,
        Negative,
        Current,
    );
    check(
        "Crowds/NOUN>2:nsubj left~leave/VERB/VBD>0:root without/SCONJ>4:mark clashing~clash/VERB/VBG>2:advcl",
        "clashing",
        Certain,
        Negative,
        Current,
    );
    check(
        "They/PRON>4:nsubj not/PART>4:advmod only/ADV>2:advmod marched~march/VERB/VBD>0:root",
        "marched",
        Certain,
        Positive,
        Current,
    );
}

#[test]
fn modals_look_ahead() {
    check(
        "Oman/PROPN>3:nsubj will/AUX/MD>3:aux send/VERB/VB>0:root envoys/NOUN>3:obj",
        "send",
        Probable,
        Positive,
        Planned,
    );
    check(
        "Rebels/NOUN>3:nsubj could/AUX/MD>3:aux attack/VERB/VB>0:root",
        "attack",
        Possible,
        Positive,
        Planned,
    );
    check(
        "Oman/PROPN>4:nsubj will/AUX/MD>4:aux not/PART>4:advmod withdraw/VERB/VB>0:root",
        "withdraw",
        Probable,
        Negative,
        Planned,
    );
    check(
        "He/PRON>4:nsubj would/AUX/MD>4:aux have/AUX>4:aux resigned~resign/VERB/VBN>0:root",
        "resigned",
        Probable,
        Negative,
        Current,
    );
}

#[test]
fn a_condition_is_named() {
    let read = tree(
        "If/SCONJ>3:mark talks/NOUN>3:nsubj fail/VERB/VBP>7:advcl ,/PUNCT>3:punct Oman/PROPN>7:nsubj \
         will/AUX/MD>7:aux close/VERB/VB>0:root the/DET>9:det border/NOUN>7:obj",
    );
    let doc = read.document();
    let found = status(&doc, "close");
    assert_eq!((found.certainty, found.time), (Possible, Planned));
    assert_eq!(&doc.text[found.condition.expect("a condition")], "If talks fail");
    assert_eq!(status(&doc, "fail").certainty, Unknown);
}

#[test]
fn a_condition_reaches_down_the_tree() {
    let read = tree(
        "Oman/PROPN>2:nsubj warned~warn/VERB/VBD>0:root that/SCONJ>10:mark unless/SCONJ>7:mark \
         talks/NOUN>7:nsubj do/AUX>7:aux resume/VERB/VB>10:advcl it/PRON>10:nsubj will/AUX/MD>10:aux \
         move/VERB/VB>2:ccomp to/PART/TO>12:mark protect/VERB/VB>10:advcl traders/NOUN>12:obj",
    );
    let doc = read.document();
    let found = status(&doc, "protect");
    assert_eq!((found.certainty, found.time), (Unknown, Planned));
    assert_eq!(&doc.text[found.condition.expect("a condition")], "unless talks do resume");
    assert!(status(&doc, "warned").factuality >= 2.0);
}

#[test]
fn signatures_decide_the_infinitive() {
    let with = |verb: &str| {
        format!(
            "Rebels/NOUN>2:nsubj {verb}/VERB/VBD>0:root to/PART/TO>4:mark leave/VERB/VB>2:xcomp"
        )
    };
    check(&with("managed~manage"), "leave", Certain, Positive, Current);
    check(&with("failed~fail"), "leave", Certain, Negative, Current);
    check(&with("refused~refuse"), "leave", Certain, Negative, Current);
    check(&with("threatened~threaten"), "leave", Unknown, Positive, Planned);
    check(&with("promised~promise"), "leave", Probable, Positive, Planned);
    check(
        "Rebels/NOUN>4:nsubj did~do/AUX>4:aux not/PART>4:advmod fail/VERB/VB>0:root \
         to/PART/TO>6:mark leave/VERB/VB>4:xcomp",
        "leave",
        Certain,
        Positive,
        Current,
    );
}

#[test]
fn fears_are_no_facts() {
    let read = tree(
        "There/PRON/EX>2:expl are~be/VERB/VBP>0:root fears~fear/NOUN/NNS>2:nsubj among/ADP>5:case \
         traders/NOUN>3:nmod that/SCONJ>9:mark Oman/PROPN>9:nsubj could/AUX/MD>9:aux \
         seize/VERB/VB>3:acl a/DET>11:det ship/NOUN>9:obj in/ADP>14:case an/DET>14:det \
         attack/NOUN>9:obl",
    );
    let doc = read.document();
    for word in ["seize", "attack"] {
        let found = status(&doc, word);
        assert_eq!((found.certainty, found.time), (Possible, Planned), "{word}");
    }
}

#[test]
fn what_is_said_is_certain_for_its_speaker() {
    check(
        "Police/NOUN>2:nsubj said~say/VERB/VBD>0:root troops/NOUN>4:nsubj fired~fire/VERB/VBD>2:ccomp",
        "fired",
        Certain,
        Positive,
        Current,
    );
    check(
        "Police/NOUN>2:nsubj denied~deny/VERB/VBD>0:root that/SCONJ>5:mark troops/NOUN>5:nsubj \
         fired~fire/VERB/VBD>2:ccomp",
        "fired",
        Probable,
        Negative,
        Current,
    );
    check(
        "Analysts/NOUN>2:nsubj believe/VERB/VBP>0:root troops/NOUN>4:nsubj fired~fire/VERB/VBD>2:ccomp",
        "fired",
        Probable,
        Positive,
        Current,
    );
    check(
        "Analysts/NOUN>2:nsubj know/VERB/VBP>0:root troops/NOUN>4:nsubj fired~fire/VERB/VBD>2:ccomp",
        "fired",
        Certain,
        Positive,
        Current,
    );
}

#[test]
fn nouns_are_judged_by_what_governs_them() {
    let object = |verb: &str, noun: &str| {
        format!("Guards/NOUN>2:nsubj {verb}/VERB/VBD>0:root an/DET>4:det {noun}/NOUN>2:obj")
    };
    check(&object("launched~launch", "attack"), "attack", Certain, Positive, Current);
    check(&object("prevented~prevent", "attack"), "attack", Certain, Negative, Current);
    check(&object("planned~plan", "attack"), "attack", Unknown, Positive, Planned);
    check(&object("feared~fear", "attack"), "attack", Possible, Positive, Planned);
    check(
        "An/DET>2:det attack/NOUN>4:nsubj is~be/AUX>4:cop unlikely/ADJ>0:root",
        "attack",
        Possible,
        Negative,
        Current,
    );
    check(
        "The/DET>3:det alleged/ADJ>3:amod attack/NOUN>4:nsubj angered~anger/VERB/VBD>0:root Oman/PROPN>4:obj",
        "attack",
        Probable,
        Positive,
        Current,
    );
    check(
        "The/DET>2:det threat/NOUN>5:nsubj of/ADP>4:case war/NOUN>2:nmod grew~grow/VERB/VBD>0:root",
        "war",
        Unknown,
        Positive,
        Planned,
    );
    check(
        "Any/DET>2:det intervention/NOUN>4:nsubj would/AUX/MD>4:aux mean/VERB/VB>0:root war/NOUN>4:obj",
        "intervention",
        Possible,
        Positive,
        Planned,
    );
    check(
        "Oman/PROPN>4:nsubj did~do/AUX>4:aux not/PART>4:advmod condemn/VERB/VB>0:root \
         the/DET>6:det strike/NOUN>4:obj",
        "strike",
        Certain,
        Positive,
        Current,
    );
}

#[test]
fn purpose_and_coordination() {
    check(
        "Oman/PROPN>2:nsubj sent~send/VERB/VBD>0:root police/NOUN>2:obj to/PART/TO>5:mark \
         disperse/VERB/VB>2:advcl crowds/NOUN>5:obj",
        "disperse",
        Unknown,
        Positive,
        Planned,
    );
    check(
        "Oman/PROPN>3:nsubj will/AUX/MD>3:aux arm/VERB/VB>0:root and/CCONJ>5:cc train/VERB/VB>3:conj them/PRON>5:obj",
        "train",
        Probable,
        Positive,
        Planned,
    );
    check(
        "They/PRON>4:nsubj did~do/AUX>4:aux not/PART>4:advmod attack/VERB/VB>0:root but/CCONJ>6:cc \
         retreat/VERB/VB>4:conj",
        "retreat",
        Certain,
        Positive,
        Current,
    );
    check(
        "Did~do/AUX>3:aux Oman/PROPN>3:nsubj attack/VERB/VB>0:root ?/PUNCT>3:punct",
        "attack",
        Unknown,
        Positive,
        Current,
    );
}

#[test]
fn days_decide_what_is_background() {
    let read = tree("Troops/NOUN>2:nsubj invaded~invade/VERB/VBD>0:root Oman/PROPN>2:obj");
    let doc = read.document();
    let published = date(2024, 5, 20);
    let time = |from, to| of(&doc, World::embedded(), 1, Some((from, to)), Some(published)).time;
    assert_eq!(time(date(1991, 1, 1), date(1991, 12, 31)), Background);
    assert_eq!(time(date(2014, 5, 20), published), Background);
    assert_eq!(time(date(2024, 4, 1), date(2024, 4, 30)), Current);
    assert_eq!(time(published, published), Current);
    assert_eq!(time(date(2024, 6, 1), date(2024, 6, 1)), Planned);
}

#[test]
fn an_old_story_without_a_date_is_background() {
    check(
        "The/DET>2:det army/NOUN>5:nsubj had~have/AUX>5:aux once/ADV>5:advmod ruled~rule/VERB/VBN>0:root",
        "ruled",
        Certain,
        Positive,
        Background,
    );
    check(
        "Police/NOUN>2:nsubj said~say/VERB/VBD>0:root they/PRON>5:nsubj had~have/AUX>5:aux \
         arrested~arrest/VERB/VBN>2:ccomp two/NUM>5:obj",
        "arrested",
        Certain,
        Positive,
        Current,
    );
}

#[test]
fn what_is_learned_never_makes_a_thing_happen() {
    let view = |strength| View { strength, ..View::TOLD };
    let planned = |strength| View { planned: true, ..view(strength) };
    let denied = View { negative: true, ..view(3.0) };
    let conditional = View { condition: Some(0), ..planned(1.5) };
    for learned in [-3.0, -1.0, 0.0, 1.0, 1.99, 2.6, 3.0] {
        // Feared, demanded, threatened, believed, recalled from a threat of old.
        for unsure in [0.0, 0.3, 0.6, 0.8, 1.3, 1.8] {
            for time in [Current, Background] {
                assert!(together(view(unsure), Some(learned), time) < 2.0);
                assert!(together(planned(unsure), Some(learned), time) < 2.0);
            }
        }
        for time in [Current, Background, Planned] {
            assert!(together(planned(0.8), Some(learned), time) < 2.0);
            assert!(together(conditional, Some(learned), time) < 2.0);
            assert!(together(denied, Some(learned), time) <= 0.0);
            assert!(together(view(3.0), Some(learned), time) >= 2.0);
        }
    }
    // What is announced may be sure, and counts as planned.
    assert_eq!(together(planned(1.8), Some(2.8), Planned), 3.0);
    assert_eq!(together(view(2.5), None, Current), 2.5);
}

#[test]
fn infinitives_below_nouns_lie_ahead() {
    check(
        "They/PRON>2:nsubj lack~have/VERB/VBD>0:root evidence/NOUN>2:obj to/PART/TO>5:mark \
         prosecute/VERB/VB>3:acl him/PRON>5:obj",
        "prosecute",
        Unknown,
        Positive,
        Planned,
    );
    check(
        "A/DET>2:det summit/NOUN>9:nsubj:pass to/PART/TO>5:mark be/AUX/VB>5:aux:pass held~hold/VERB/VBN>2:acl \
         on/ADP>7:case Friday/PROPN>5:obl was~be/AUX>9:aux:pass announced~announce/VERB/VBN>0:root",
        "summit",
        Probable,
        Positive,
        Planned,
    );
}

#[test]
fn the_way_to_a_status_is_told() {
    let read = tree(
        "Rebels/NOUN>2:nsubj threatened~threaten/VERB/VBD>0:root to/PART/TO>4:mark leave/VERB/VB>2:xcomp",
    );
    let doc = read.document();
    assert_eq!(chain(&doc, World::embedded(), 3), "threatened 3 > leave 0.6 planned");
}

/// The status of "attack" in a text, as the program reads it.
#[track_caller]
fn told(text: &str, polarity: Polarity, happened: bool, time: Standing) {
    static ANNOTATOR: std::sync::LazyLock<tidings_language::Annotator> =
        std::sync::LazyLock::new(tidings_language::Annotator::embedded);
    let doc = ANNOTATOR.annotate(text);
    let at = (0..doc.tokens.len()).find(|&i| doc.lemma(i) == "attack").expect("the word is there");
    let found = of(&doc, World::embedded(), at, None, Some(date(2024, 5, 20)));
    let occurs = found.polarity == Positive && found.factuality >= schema::Status::HAPPENED;
    assert_eq!(
        (found.polarity, occurs && found.time != Planned, found.time),
        (polarity, happened, time),
        "{text} {found:?}"
    );
}

#[test]
fn two_way_words() {
    told("Oman managed to attack the port.", Positive, true, Current);
    told("Oman failed to attack the port.", Negative, false, Current);
    told("Oman refused to attack the port.", Negative, false, Current);
    told("Oman forgot to attack the port.", Negative, false, Current);
    told("Dahl forgot that Oman attacked the port.", Positive, true, Current);
    told("Dahl did not forget that Oman attacked the port.", Positive, true, Current);
    told("Oman did not manage to attack the port.", Negative, false, Current);
    told("Dahl doubts that Oman attacked the port.", Negative, false, Current);
}

#[test]
fn what_is_feared_threatened_planned_or_asked_for_is_no_fact() {
    told("There are fears of an attack on Oman.", Positive, false, Planned);
    told("The threat of an attack on Oman is growing.", Positive, false, Planned);
    told("Oman has plans for an attack on the port.", Positive, false, Planned);
    told("Calls for an attack on Oman grew.", Positive, false, Planned);
    told("The risk of an attack on Oman is high.", Positive, false, Planned);
    told("Oman wants to attack the port.", Positive, false, Planned);
    told("Oman ordered its army to attack the port.", Positive, false, Planned);
    told("Oman threatened to attack the port.", Positive, false, Planned);
    told("Oman believes that rebels will attack the port.", Positive, false, Planned);
}

#[test]
fn what_is_only_called_so_is_no_fact() {
    told("The alleged attack on Oman made headlines.", Positive, false, Current);
    told("The so-called attack on Oman made headlines.", Positive, false, Current);
    told("Oman seems to have attacked the port.", Positive, false, Current);
    told("It appears that Oman attacked the port.", Positive, false, Current);
    told("Oman may have attacked the port.", Positive, false, Current);
}

#[test]
fn questions_conditions_and_what_would_have_been() {
    told("Did Oman attack the port?", Positive, false, Current);
    told("If Oman attacks the port, the war will spread.", Positive, false, Planned);
    told("Should Oman attack the port, the war will spread.", Positive, false, Planned);
    told("Had Oman attacked the port, war would have followed.", Negative, false, Background);
    told("Oman would have attacked the port.", Negative, false, Current);
    told("Oman will attack the port.", Positive, false, Planned);
    told("Oman regularly attacks the port.", Positive, true, Current);
    told("Oman used to attack the port.", Positive, true, Background);
    told("No one attacked the port.", Negative, false, Current);
}
