//! Figures of invented clauses.

use super::{of_event, of_following_sentence};
use crate::schema::QuantityKind::{self, *};
use crate::test_trees::tree;

/// The figures of the event named by `word`, with their words.
fn figures(trees: &str, word: &str) -> Vec<(QuantityKind, f64, String)> {
    let read = tree(trees);
    let doc = read.document();
    let at = (0..doc.tokens.len()).find(|&i| doc.form(i) == word).unwrap();
    let found = of_event(&doc, at);
    found.into_iter().map(|q| (q.kind, q.value, doc.text[q.span].to_string())).collect()
}

#[track_caller]
fn check(trees: &str, word: &str, expected: &[(QuantityKind, f64, &str)]) {
    let found = figures(trees, word);
    let plain: Vec<(QuantityKind, f64, &str)> =
        found.iter().map(|(kind, value, text)| (*kind, *value, text.as_str())).collect();
    assert_eq!(plain, expected, "{word}");
}

const RAID: &str = "Rebels/NOUN/NNS>2:nsubj attacked~attack/VERB/VBD/VerbForm=Fin>0:root \
    a/DET>4:det post/NOUN>2:obj +,/PUNCT>6:punct killing~kill/VERB/VBG/VerbForm=Ger>2:advcl \
    12/NUM/CD>8:nummod soldiers~soldier/NOUN/NNS>6:obj and/CCONJ>10:cc \
    wounding~wound/VERB/VBG/VerbForm=Ger>6:conj 30/NUM/CD>10:obj";

#[test]
fn tolls_belong_to_their_verbs_and_to_the_act() {
    check(RAID, "killing", &[(Killed, 12.0, "12")]);
    check(RAID, "wounding", &[(Wounded, 30.0, "30")]);
    check(RAID, "attacked", &[(Killed, 12.0, "12"), (Wounded, 30.0, "30")]);
}

#[test]
fn nouns_of_force_share_the_toll_of_their_verb() {
    let blast = "A/DET>2:det blast/NOUN>3:nsubj killed~kill/VERB/VBD/VerbForm=Fin>0:root \
        at/ADP>5:case least/ADJ>6:advmod 12/NUM/CD>7:nummod people/NOUN/NNS>3:obj";
    check(blast, "blast", &[(Killed, 12.0, "at least 12")]);
    check(blast, "killed", &[(Killed, 12.0, "at least 12")]);
    let passive = "Dozens/NOUN/NNS>3:nsubj:pass were~be/AUX/VBD>3:aux:pass \
        injured~injure/VERB/VBN>0:root in/ADP>6:case the/DET>6:det clashes~clash/NOUN/NNS>3:obl";
    check(passive, "clashes", &[(Wounded, 24.0, "Dozens")]);
}

#[test]
fn a_toll_belongs_to_the_deed_that_caused_it() {
    let shelled = |head: usize| {
        format!(
            "Seven/NUM/CD>3:nsubj:pass were~be/AUX/VBD>3:aux:pass killed~kill/VERB/VBN>0:root \
            and/CCONJ>6:cc nine/NUM/CD>6:nsubj:pass wounded~wound/VERB/VBN>3:conj when/SCONJ>10:mark \
            a/DET>9:det warship/NOUN>10:nsubj shelled~shell/VERB/VBD/VerbForm=Fin>{head}:advcl \
            boats~boat/NOUN/NNS>10:obj"
        )
    };
    let toll = [(Killed, 7.0, "Seven"), (Wounded, 9.0, "nine")];
    check(&shelled(3), "shelled", &toll);
    check(&shelled(6), "shelled", &toll);
}

#[test]
fn a_bare_participle_is_passive() {
    let toll = "Ten/NUM/CD>3:nsubj:pass were~be/AUX/VBD>3:aux:pass killed~kill/VERB/VBN>0:root \
        and/CCONJ>6:cc 45/NUM/CD>6:nsubj injured~injure/VERB/VBN>3:conj";
    check(toll, "killed", &[(Killed, 10.0, "Ten")]);
    check(toll, "injured", &[(Wounded, 45.0, "45")]);
}

#[test]
fn figures_in_every_form() {
    let died = |figure: &str| format!("{figure} died~die/VERB/VBD/VerbForm=Fin>0:root");
    let value = |figure: &str| {
        figures(&died(figure), "died").into_iter().map(|(_, v, text)| (v, text)).next().unwrap()
    };
    assert_eq!(value("Twelve/NUM/CD>2:nsubj"), (12.0, "Twelve".into()));
    assert_eq!(value("Some/DET>2:advmod 1,500/NUM/CD>3:nsubj"), (1500.0, "Some 1,500".into()));
    assert_eq!(
        value("Two/NUM/CD>2:compound thousand/NUM/CD>3:nummod people/NOUN/NNS>4:nsubj"),
        (2000.0, "Two thousand".into())
    );
    assert_eq!(
        value("Between/ADP>2:case 10/NUM/CD>5:nsubj and/CCONJ>4:cc 20/NUM/CD>2:conj"),
        (10.0, "Between 10 and 20".into())
    );
    assert_eq!(
        value("10/NUM/CD>4:nummod to/ADP>3:case 20/NUM/CD>1:nmod men/NOUN/NNS>5:nsubj"),
        (10.0, "10 to 20".into())
    );
    assert_eq!(
        value("Hundreds/NOUN/NNS>4:nsubj of/ADP>3:case people/NOUN/NNS>1:nmod"),
        (200.0, "Hundreds".into())
    );
    assert_eq!(
        value("A/DET>2:det dozen/NOUN>3:nummod people/NOUN/NNS>4:nsubj"),
        (12.0, "A dozen".into())
    );
    assert_eq!(value("Thirty/NUM/CD>4:nsubj -/PUNCT/HYPH>1:punct five/NUM/CD>1:nummod").0, 35.0);
}

#[test]
fn who_is_counted_tells_where_the_verb_does_not() {
    let troops = "Nearly/ADV>2:advmod 4,000/NUM/CD>3:nummod peacekeepers~peacekeeper/NOUN/NNS>6:nsubj:pass \
        have/AUX/VBP>6:aux been~be/AUX/VBN>6:aux:pass stationed~station/VERB/VBN>0:root";
    check(troops, "stationed", &[(Troops, 4000.0, "Nearly 4,000")]);
    let crowd = "5,000/NUM/CD>2:nummod protesters~protester/NOUN/NNS>3:nsubj \
        blocked~block/VERB/VBD/VerbForm=Fin>0:root a/DET>5:det road/NOUN>3:obj";
    check(crowd, "blocked", &[(Participants, 5000.0, "5,000")]);
    let march = "Thousands/NOUN/NNS>2:nsubj marched~march/VERB/VBD/VerbForm=Fin>0:root";
    check(march, "marched", &[(Participants, 2000.0, "Thousands")]);
    let arrests = "Police/NOUN>2:nsubj arrested~arrest/VERB/VBD/VerbForm=Fin>0:root \
        40/NUM/CD>4:nummod protesters~protester/NOUN/NNS>2:obj";
    check(arrests, "arrested", &[(Arrested, 40.0, "40")]);
    let fled = "Scores/NOUN/NNS>2:nsubj fled~flee/VERB/VBD/VerbForm=Fin>0:root";
    check(fled, "fled", &[(Displaced, 40.0, "Scores")]);
    let noun = "The/DET>2:det arrest/NOUN>6:nsubj of/ADP>5:case 30/NUM/CD>5:nummod \
        activists~activist/NOUN/NNS>2:nmod angered~anger/VERB/VBD/VerbForm=Fin>0:root";
    check(noun, "arrest", &[(Arrested, 30.0, "30")]);
    let dead = "Raids/NOUN/NNS>2:nsubj left~leave/VERB/VBD/VerbForm=Fin>0:root \
        12/NUM/CD>2:obj dead/ADJ>2:xcomp";
    check(dead, "left", &[(Killed, 12.0, "12")]);
    let two = "Police/NOUN>2:nsubj sent~send/VERB/VBD/VerbForm=Fin>0:root 20/NUM/CD>4:nummod \
        trucks~truck/NOUN/NNS>2:obj";
    check(two, "sent", &[(Other, 20.0, "20")]);
}

#[test]
fn zero_casualties() {
    let hurt = "No/DET>2:det one/PRON>4:nsubj:pass was~be/AUX/VBD>4:aux:pass hurt/VERB/VBN>0:root";
    check(hurt, "hurt", &[(Killed, 0.0, "No one"), (Wounded, 0.0, "No one")]);
    let killed = "Nobody/PRON>3:nsubj:pass was~be/AUX/VBD>3:aux:pass killed~kill/VERB/VBN>0:root";
    check(killed, "killed", &[(Killed, 0.0, "Nobody")]);
    let fired =
        "They/PRON>2:nsubj threw~throw/VERB/VBD/VerbForm=Fin>0:root stones~stone/NOUN/NNS>2:obj\n";
    check(&format!("{fired}{hurt}"), "threw", &[(Killed, 0.0, "No one"), (Wounded, 0.0, "No one")]);
    let spoke = "They/PRON>2:nsubj spoke~speak/VERB/VBD/VerbForm=Fin>0:root\n";
    check(&format!("{spoke}{hurt}"), "spoke", &[]);
    let read = tree(&format!("{spoke}{hurt}"));
    assert_eq!(of_following_sentence(&read.document(), 1).len(), 2);
    let none = "There/PRON/EX>2:expl were~be/VERB/VBD>0:root no/DET>4:det casualties~casualty/NOUN/NNS>2:nsubj";
    check(&format!("{fired}{none}"), "threw", &[(Killed, 0.0, "no"), (Wounded, 0.0, "no")]);
}

#[test]
fn what_counts_nothing() {
    let age = "Police/NOUN>2:nsubj arrested~arrest/VERB/VBD/VerbForm=Fin>0:root a/DET>7:det \
        12/NUM/CD>6:nummod +-/PUNCT/HYPH>6:punct +year~year/NOUN>7:compound boy/NOUN>2:obj";
    check(age, "arrested", &[]);
    let time = "They/PRON>2:nsubj fought~fight/VERB/VBD/VerbForm=Fin>0:root for/ADP>5:case \
        three/NUM/CD>5:nummod hours~hour/NOUN/NNS>2:obl";
    check(time, "fought", &[]);
    let money =
        "They/PRON>2:nsubj paid~pay/VERB/VBD/VerbForm=Fin>0:root $/SYM>2:obj +500/NUM/CD>3:nummod";
    check(money, "paid", &[]);
    let date = "They/PRON>2:nsubj met~meet/VERB/VBD/VerbForm=Fin>0:root on/ADP>4:case \
        August/PROPN>2:obl 21/NUM/CD>4:nummod";
    check(date, "met", &[]);
    let day = "They/PRON>2:nsubj met~meet/VERB/VBD/VerbForm=Fin>0:root on/ADP>4:case 22/NUM/CD>2:obl \
        July/PROPN>4:nmod:unmarked";
    check(day, "met", &[]);
    let named = "They/PRON>2:nsubj cited~cite/VERB/VBD/VerbForm=Fin>0:root Resolution/NOUN>2:obj \
        1244/NUM/CD>3:nummod";
    check(named, "cited", &[]);
    let year =
        "They/PRON>2:nsubj left~leave/VERB/VBD/VerbForm=Fin>0:root in/ADP>4:case 1999/NUM/CD>2:obl";
    check(year, "left", &[]);
    let death = "The/DET>2:det death/NOUN>0:root of/ADP>4:case Petrov/PROPN>2:nmod in/ADP>6:case \
        1846/NUM/CD>2:nmod";
    check(death, "death", &[]);
}

#[test]
fn figures_keep_their_bounds_and_both_ends() {
    use crate::schema::Bound::{About, AtLeast, AtMost, Exact};
    let killed = |figure: &str| {
        let words = figure.split(' ').count();
        let noun = words + 3;
        let mut trees =
            "Rebels/NOUN/NNS>2:nsubj killed~kill/VERB/VBD/VerbForm=Fin>0:root".to_string();
        for word in figure.split(' ') {
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            let tags = if number { "NUM/CD" } else { "ADV/RB" };
            let relation = if number { "nummod" } else { "advmod" };
            trees += &format!(" {word}/{tags}>{noun}:{relation}");
        }
        trees += " people/NOUN/NNS>2:obj";
        let read = tree(&trees);
        let found = of_event(&read.document(), 1);
        found.first().map(|q| (q.value, q.to, q.bound))
    };
    for (figure, value, to, bound) in [
        ("12", 12.0, None, Exact),
        ("nearly 4,000", 4000.0, None, About),
        ("at least 12", 12.0, None, AtLeast),
        ("no fewer than 12", 12.0, None, AtLeast),
        ("up to 30", 30.0, None, AtMost),
        ("as many as 30", 30.0, None, AtMost),
        ("10 to 20", 10.0, Some(20.0), Exact),
        ("between 10 and 20", 10.0, Some(20.0), Exact),
    ] {
        assert_eq!(killed(figure), Some((value, to, bound)), "{figure}");
    }
}
