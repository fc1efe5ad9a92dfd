//! Behaviour on invented sentences.

use super::{Actors, find};
use crate::test_trees::tree;
use jiff::civil::date;
use tidings_world::World;

/// Reads trees and finds their actors; the day is in 2022.
fn read(lines: &str) -> (tidings_language::Conllu, Actors) {
    let read = tree(lines);
    let actors = find(&read.document(), World::embedded(), Some(date(2022, 8, 21)));
    (read, actors)
}

/// `name COUNTRY SECTORS (office)` of every actor.
fn told(lines: &str) -> Vec<String> {
    let (_, who) = read(lines);
    who.actors
        .iter()
        .map(|a| {
            let mut told = a.name.clone();
            for part in a.country.iter().chain(&a.sectors) {
                told = format!("{told} {part}");
            }
            match &a.office {
                Some(office) => format!("{told} ({office})"),
                None => told,
            }
        })
        .collect()
}

/// The names of the actors that the phrase of each word means.
fn meant(lines: &str, word: &str) -> Vec<String> {
    let (read, who) = read(lines);
    let doc = read.document();
    let token = (0..doc.tokens.len()).find(|&i| doc.form(i) == word).expect("the word is there");
    who.of_phrase(&doc, token).into_iter().map(|id| who.actors[id].name.clone()).collect()
}

#[test]
fn a_country_acts_under_its_name_and_its_adjective() {
    assert_eq!(
        told(
            "Norway/PROPN>2:nsubj warned~warn/VERB>0:root Danish/ADJ>4:amod voters~voter/NOUN/NNS>2:obj"
        )[0],
        "Norway NOR"
    );
    assert_eq!(
        told(
            "Norway/PROPN>2:nsubj protested/VERB>0:root
              The/DET>3:det Norwegian/ADJ>3:amod protest/NOUN>4:nsubj failed~fail/VERB>0:root"
        ),
        ["Norway NOR"]
    );
}

#[test]
fn soldiers_of_a_country_are_its_military() {
    let forces = "Peruvian/ADJ>2:amod troops/NOUN/NNS/Number=Plur>3:nsubj fired~fire/VERB>0:root";
    assert_eq!(told(forces), ["Peruvian troops PER MIL"]);
    let army = "Peru/PROPN>3:nmod:poss +'s/PART>1:case army/NOUN>4:nsubj fired~fire/VERB>0:root";
    assert_eq!(told(army), ["Peru PER", "Peru's army PER MIL"]);
}

#[test]
fn a_title_makes_a_person_with_country_and_office() {
    let one = "Chilean/ADJ>2:amod President/PROPN>3:nmod:desc Ana/PROPN>5:nsubj Rojas/PROPN>3:flat spoke~speak/VERB>0:root";
    assert_eq!(told(one), ["Ana Rojas CHL GOV (president)"]);
    let compound = "Chilean/ADJ>4:amod President/PROPN>4:compound Ana/PROPN>4:compound Rojas/PROPN>5:nsubj spoke~speak/VERB>0:root";
    assert_eq!(told(compound), ["Ana Rojas CHL GOV (president)"]);
    let flat = "Chilean/ADJ>2:amod President/PROPN>5:nsubj Ana/PROPN>2:flat Rojas/PROPN>2:flat spoke~speak/VERB>0:root";
    assert_eq!(told(flat), ["Ana Rojas CHL GOV (president)"]);
}

#[test]
fn apposition_gives_office_and_country() {
    let before = "Bolivia/PROPN>3:nmod:poss +'s/PART>1:case Minister/PROPN>8:nsubj ,/PUNCT>5:punct \
                  Luis/PROPN>3:appos Peralta/PROPN>5:flat ,/PUNCT>5:punct resigned~resign/VERB>0:root";
    assert_eq!(told(before), ["Bolivia BOL", "Luis Peralta BOL GOV (minister)"]);
    let after = "Peralta/PROPN>9:nsubj ,/PUNCT>5:punct the/DET>5:det prime/ADJ>5:amod minister/NOUN>1:appos \
                 of/ADP>7:case Bolivia/PROPN>5:nmod ,/PUNCT>5:punct resigned~resign/VERB>0:root";
    assert_eq!(told(after), ["Peralta BOL GOV (prime minister)", "Bolivia BOL"]);
}

#[test]
fn spellings_offices_and_pronouns_are_one_person() {
    let (read, who) = read(
        "Chile/PROPN>3:nmod:poss +'s/PART>1:case president/NOUN>4:nsubj left~leave/VERB>0:root
         President/PROPN>2:nmod:desc Andrés/PROPN>4:nsubj Muñoz/PROPN>2:flat spoke~speak/VERB>0:root
         Chilean/ADJ>2:amod President/PROPN>3:nmod:desc Andres/PROPN>5:nsubj Munoz/PROPN>3:flat smiled~smile/VERB>0:root
         He/PRON>2:nsubj waved~wave/VERB>0:root
         Mr./PROPN>2:nmod:desc Munozell/PROPN>3:nsubj sat~sit/VERB>0:root",
    );
    let president =
        who.actors.iter().position(|a| a.name == "Andrés Muñoz").expect("one president");
    let texts: Vec<&str> = who
        .mentions
        .iter()
        .filter(|m| m.actor == president)
        .map(|m| read.document().form(m.head))
        .collect();
    assert_eq!(texts, ["president", "Andrés", "Andres", "He", "Munozell"]);
    assert!(who.actors[president].uncertain);
    assert_eq!(who.actors.len(), 2, "{:?}", who.actors);
}

#[test]
fn peoples_within_a_country_are_one_group() {
    let lines = "Latvia/PROPN>2:compound Russians/PROPN/NNPS>3:nsubj marched~march/VERB>0:root
                 Latvia/PROPN>4:nmod:poss +'s/PART>1:case minority/NOUN>4:compound Russians/PROPN/NNPS>5:nsubj left~leave/VERB>0:root";
    assert_eq!(told(lines), ["Latvia Russians LVA", "Latvia LVA"]);
}

#[test]
fn phrases_give_their_parties() {
    let talks = "Talks/NOUN/NNS>6:nsubj between/ADP>3:case Peru/PROPN>1:nmod and/CCONJ>5:cc Chile/PROPN>3:conj failed~fail/VERB>0:root";
    assert_eq!(meant(talks, "Talks"), ["Peru", "Chile"]);
    let owned = "They/PRON>2:nsubj recognized~recognize/VERB>0:root Peru/PROPN>5:nmod:poss +'s/PART>3:case independence/NOUN>2:obj";
    assert_eq!(meant(owned, "independence"), ["Peru"]);
    let two = "Peruvian/ADJ>4:amod and/CCONJ>3:cc Chilean/ADJ>1:conj leaders~leader/NOUN/NNS/Number=Plur>5:nsubj met~meet/VERB>0:root";
    assert_eq!(meant(two, "leaders"), ["Peruvian leaders", "Chilean leaders"]);
    let place = "Fighting/NOUN>4:nsubj in/ADP>3:case Peru/PROPN>1:nmod stopped~stop/VERB>0:root";
    assert!(meant(place, "Fighting").is_empty());
}

#[test]
fn company_belongs_to_the_subject() {
    let lines = "Peru/PROPN>7:nsubj ,/PUNCT>5:punct along/ADP>5:case with/ADP>5:case Chile/PROPN>1:nmod ,/PUNCT>5:punct refused~refuse/VERB>0:root";
    assert_eq!(meant(lines, "Peru"), ["Peru", "Chile"]);
}

#[test]
fn ordinary_words_are_no_actors() {
    let lines = "date/NOUN>0:root
                 The/DET>2:det comments~comment/NOUN/NNS>3:nsubj follow/VERB>0:root the/DET>5:det collapse/NOUN>3:obj";
    assert!(told(lines).is_empty(), "{:?}", told(lines));
}

#[test]
fn a_seat_acts_for_its_government_but_not_as_a_place() {
    assert_eq!(told("Lima/PROPN>2:nsubj refused~refuse/VERB>0:root"), ["Lima PER GOV"]);
    assert!(
        told("They/PRON>2:nsubj met~meet/VERB>0:root in/ADP>4:case Lima/PROPN>2:obl").is_empty()
    );
}

#[test]
fn the_speaker_of_a_quotation_is_we() {
    let lines = "We/PRON>3:nsubj are/AUX>3:aux trapped/ADJ>5:ccomp ,/PUNCT>3:punct said~say/VERB>0:root Mr./PROPN>7:nmod:desc Rojas/PROPN>5:nsubj";
    assert_eq!(meant(lines, "We"), ["Rojas"]);
}
