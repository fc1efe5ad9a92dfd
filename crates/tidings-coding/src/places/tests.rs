use super::*;
use crate::test_trees::tree;

/// The places where something is, with their countries.
fn found(lines: &str) -> Vec<(String, Option<String>)> {
    let read = tree(lines);
    let places = find(&read.document(), World::embedded());
    places
        .into_iter()
        .filter(|place| place.usage == PlaceUse::Literal)
        .map(|place| (place.name, place.country))
        .collect()
}

fn place(name: &str, country: &str) -> (String, Option<String>) {
    (name.to_string(), Some(country.to_string()))
}

#[test]
fn a_country_is_a_place_under_a_preposition_and_an_actor_as_subject() {
    let lines = "Serbia/PROPN>2:nsubj deployed~deploy/VERB>0:root troops~troop/NOUN>2:obj \
                 in/ADP>5:case Kosovo/PROPN>2:obl ./PUNCT>2:punct";
    assert_eq!(found(lines), [place("Kosovo", "XKX")]);
}

#[test]
fn a_capital_that_speaks_is_no_place_and_a_town_is_one_anyhow() {
    let lines = "Moscow/PROPN>2:nsubj said~say/VERB>0:root Kharkiv/PROPN>4:nsubj \
                 burned~burn/VERB>2:ccomp ./PUNCT>2:punct";
    assert_eq!(found(lines), [place("Kharkiv", "UKR")]);
}

#[test]
fn a_first_name_is_no_town_unless_something_says_so() {
    let alone = "Mary/PROPN>2:nsubj left~leave/VERB>0:root ./PUNCT>2:punct";
    assert!(found(alone).is_empty());
    let town = "Police/NOUN>2:nsubj met~meet/VERB>0:root in/ADP>4:case Mary/PROPN>2:obl ,/PUNCT>6:punct \
                Turkmenistan/PROPN>4:appos ./PUNCT>2:punct";
    assert_eq!(found(town), [place("Mary", "TKM"), place("Turkmenistan", "TKM")]);
}

#[test]
fn adjectives_inside_names_belong_to_them() {
    let lines = "They~they/PRON>2:nsubj met~meet/VERB>0:root in/ADP>5:case New/ADJ>5:amod \
                 Orleans/PROPN>2:obl ./PUNCT>2:punct";
    assert_eq!(found(lines), [place("New Orleans", "USA")]);
}

#[test]
fn compass_words_belong_to_the_name_and_mean_a_part_of_it() {
    let lines = "Guns~gun/NOUN>2:nsubj fell~fall/VERB>0:root silent/ADJ>2:xcomp in/ADP>6:case \
                 northern/ADJ>6:amod Kosovo/PROPN>2:obl ./PUNCT>2:punct";
    let read = tree(lines);
    let places = find(&read.document(), World::embedded());
    assert_eq!(
        (places[0].name.as_str(), places[0].country.as_deref()),
        ("northern Kosovo", Some("XKX"))
    );
    assert_eq!((places[0].geonames, places[0].precision), (None, Precision::Part));
    assert_eq!(places[0].tokens, 4..6);
}

#[test]
fn the_qualifier_behind_decides() {
    let lines = "Shells~shell/NOUN>2:nsubj hit~hit/VERB>0:root homes~home/NOUN>2:obj in/ADP>5:case \
                 Tripoli/PROPN>2:obl ,/PUNCT>7:punct Lebanon/PROPN>5:appos ./PUNCT>2:punct";
    assert_eq!(found(lines), [place("Tripoli", "LBN"), place("Lebanon", "LBN")]);
}

#[test]
fn countries_spoken_of_draw_towns_to_them() {
    let alone = "Police/NOUN>2:nsubj met~meet/VERB>0:root in/ADP>4:case Tripoli/PROPN>2:obl";
    assert_eq!(found(alone), [place("Tripoli", "LBY")]);
    let lebanese = "Lebanese/ADJ>2:amod police/NOUN>3:nsubj met~meet/VERB>0:root \
                    Lebanese/ADJ>5:amod clerics~cleric/NOUN>3:obj in/ADP>7:case \
                    Tripoli/PROPN>3:obl ./PUNCT>3:punct";
    assert_eq!(found(lebanese), [place("Tripoli", "LBN")]);
}

#[test]
fn names_of_people_and_papers_are_no_places() {
    let lines = "Paris/PROPN>3:nsubj Holm/PROPN>1:flat told~tell/VERB>0:root the/DET>6:det \
                 Boston/PROPN>6:compound Courier/PROPN>3:obj ./PUNCT>3:punct";
    assert!(found(lines).is_empty(), "{:?}", found(lines));
}

#[test]
fn the_place_of_an_event_is_that_of_its_clause() {
    // Troops killed two men in Homs, said a spokesman in Geneva.
    let lines = "Troops~troop/NOUN>2:nsubj killed~kill/VERB>0:root two/NUM>4:nummod \
                 men~man/NOUN>2:obj in/ADP>6:case Homs/PROPN>2:obl ,/PUNCT>8:punct \
                 said~say/VERB>2:parataxis a/DET>10:det spokesman/NOUN>8:nsubj in/ADP>12:case \
                 Geneva/PROPN>8:obl ./PUNCT>2:punct";
    let read = tree(lines);
    let doc = read.document();
    let places = find(&doc, World::embedded());
    let name =
        |predicate| of_event(&doc, &places, predicate, false).map(|at| places[at].name.as_str());
    assert_eq!((name(1), name(7)), (Some("Homs"), Some("Geneva")));
}

#[test]
fn where_something_is_comes_before_where_it_goes() {
    // Talks between the sides collapsed in Vienna after a march to Graz.
    let lines = "Talks~talk/NOUN>2:nsubj collapsed~collapse/VERB>0:root in/ADP>4:case \
                 Vienna/PROPN>2:obl after/ADP>7:case a/DET>7:det march/NOUN>2:obl to/ADP>9:case \
                 Graz/PROPN>7:nmod ./PUNCT>2:punct";
    let read = tree(lines);
    let doc = read.document();
    let places = find(&doc, World::embedded());
    let name =
        |predicate| of_event(&doc, &places, predicate, false).map(|at| places[at].name.as_str());
    assert_eq!((name(0), name(1)), (Some("Vienna"), Some("Vienna")));
}

#[test]
fn the_place_line_is_not_where_it_happened() {
    let lines = "GENEVA/PROPN>8:dep (/PUNCT>3:punct AP/PROPN>1:appos )/PUNCT>3:punct \
                 —/PUNCT>1:punct Syrian/ADJ>7:amod rebels~rebel/NOUN>8:nsubj \
                 surrendered~surrender/VERB>0:root ./PUNCT>8:punct";
    let read = tree(lines);
    let doc = read.document();
    let places = find(&doc, World::embedded());
    assert!(places[0].dateline && places[0].name == "Geneva");
    assert_eq!(of_event(&doc, &places, 7, false), None);
}

/// The place of the event at the first word with the lemma, as the program reads the text: its name,
/// whether it has a position, and its precision.
#[track_caller]
fn placed(text: &str, lemma: &str, told: bool) -> Option<(String, bool, Precision)> {
    static ANNOTATOR: std::sync::LazyLock<tidings_language::Annotator> =
        std::sync::LazyLock::new(tidings_language::Annotator::embedded);
    let doc = ANNOTATOR.annotate(text);
    let places = find(&doc, World::embedded());
    let word = (0..doc.tokens.len()).find(|&i| doc.lemma(i) == lemma).expect("the word is there");
    let place = &places[of_event(&doc, &places, word, told)?];
    Some((place.name.clone(), place.lat.is_some(), place.precision))
}

#[track_caller]
fn at(text: &str, name: &str, known: bool, precision: Precision) {
    assert_eq!(placed(text, "attack", false), Some((name.to_string(), known, precision)), "{text}");
}

#[test]
fn distances_areas_and_names_on_no_list() {
    use Precision::{Area, Near, Part, Unknown};
    at(
        "Rebels attacked a convoy 20 km south of Mitrovica.",
        "20 km south of Mitrovica",
        true,
        Near,
    );
    at(
        "Rebels attacked a convoy 15 miles outside Baghdad.",
        "15 miles outside Baghdad",
        true,
        Near,
    );
    at("Rebels attacked a village south of Mosul.", "south of Mosul", true, Near);
    at("Rebels attacked a police post in northern Kosovo.", "northern Kosovo", true, Part);
    at("Rebels attacked boats on the Danube.", "Danube", true, Area);
    at("Rebels attacked a camp on Mount Ararat.", "Mount Ararat", true, Area);
    at("Rebels attacked a post in Yugoslavia.", "Yugoslavia", false, Unknown);
    at("Rebels attacked a post in the village of Gornja Vela.", "Gornja Vela", false, Unknown);
}

#[test]
fn places_of_something_else_are_not_those_of_the_event() {
    assert_eq!(placed("Dahl condemned the attack in Homs.", "condemn", true), None);
    assert_eq!(placed("A war between Syria and Turkey would spread.", "war", false), None);
    assert_eq!(
        placed(
            "The envoy resigned over a decision to withdraw troops from Syria.",
            "resign",
            false
        ),
        None
    );
}

#[test]
fn what_the_act_meets_is_where_it_is() {
    let near = |place: Option<(String, bool, Precision)>| place.map(|(name, ..)| name);
    let visit = "The minister visited on Saturday naval units stationed near Tumbes.";
    assert_eq!(near(placed(visit, "visit", false)).as_deref(), Some("Tumbes"));
    let urged = "The opposition in Quito urged the government to resign.";
    assert_eq!(near(placed(urged, "urge", true)).as_deref(), Some("Quito"));
}

#[test]
fn an_institution_is_no_town_of_its_name() {
    assert_eq!(placed("Dahl attacked the plan at the White House.", "attack", false), None);
}

#[test]
fn a_report_on_the_world_means_the_place_known_to_the_world() {
    let text = "American envoys from the United States met Syrian and Iraqi ministers in Geneva. The \
                United States said that Iran, Syria and Iraq would send troops to Lebanon.";
    let doc = tidings_language::Annotator::embedded().annotate(text);
    let places = find(&doc, World::embedded());
    let country = |name: &str| {
        let place = places.iter().find(|place| doc.form(place.tokens.start) == name).unwrap();
        place.country.as_deref()
    };
    assert_eq!((country("Geneva"), country("Lebanon")), (Some("CHE"), Some("LBN")));
}

#[test]
fn a_name_on_no_list_is_a_place_where_the_text_uses_it_as_one() {
    for text in [
        "Two soldiers were killed in Gornja Vela on Monday.",
        "A bridge was shelled near Gornja Vela, officials said.",
        "Fighting reached Gornja Vela on Monday.",
        "Troops recaptured Gornja Vela on Monday.",
        "Shells hit homes in Homs and Gornja Vela.",
        "He was born in Gornja Vela, Kosovo.",
        "The army left Gornja Vela, a village on the border.",
        "Police in Gornja Vela arrested two men.",
    ] {
        assert_eq!(unlisted(text), ["Gornja Vela"], "{text}");
    }
}

#[test]
fn what_is_somebody_or_something_else_is_no_place() {
    for text in [
        "The firm took a stake in Gornja Vela.",
        "Voters believe in Goran Vela.",
        "Mr. Vela said the attack in Vela was over.",
        "Two soldiers were killed in Ramadan.",
        "He read of the war in \"Gornja Vela\" on Monday.",
        "Troops besieged the GVB on Monday.",
        "Two men were killed in January.",
    ] {
        assert!(unlisted(text).is_empty(), "{text}: {:?}", unlisted(text));
    }
}

/// The names of places that no list has.
fn unlisted(text: &str) -> Vec<String> {
    let doc = tidings_language::Annotator::embedded().annotate(text);
    let places = find(&doc, World::embedded());
    let unknown = places.into_iter().filter(|place| place.precision == Precision::Unknown);
    unknown.map(|place| place.name).collect()
}

#[test]
fn features_of_the_ground_are_areas() {
    use Precision::{Area, Unknown};
    at("Rebels attacked a ship in the Gulf of Aden.", "Gulf of Aden", true, Area);
    at("Rebels attacked a ship in the Gulf of Vela.", "Gulf of Vela", false, Unknown);
    at("Rebels attacked a base on the Crimean peninsula.", "Crimea", true, Area);
    at("Rebels attacked a post in the Horna valley.", "Horna valley", false, Unknown);
    at("Rebels attacked a post in the Nuba mountains.", "Nuba Mountains", true, Area);
}

#[test]
fn an_unlisted_place_lies_in_the_country_behind_it() {
    let doc =
        tidings_language::Annotator::embedded().annotate("Two men died in Donja Luka, Kosovo.");
    let places = find(&doc, World::embedded());
    assert_eq!(
        (places[0].name.as_str(), places[0].country.as_deref()),
        ("Donja Luka", Some("XKX"))
    );
}

#[test]
fn what_happens_elsewhere_is_not_where_the_rest_of_its_clause_is() {
    for (text, lemma, told) in [
        ("Planes bombed a base in Homs despite appeals for a truce.", "appeal", true),
        ("Fighters were sent to Homs before the army began airstrikes.", "airstrike", false),
        ("The regime is shielded by its backers in Moscow.", "shield", false),
        ("The attack in Homs and the poisoning of the envoy raised alarm.", "poisoning", false),
        ("Dahl asked for help from Turkey.", "ask", true),
        ("The troops began Operation Homs and attacked the rebels.", "attack", false),
    ] {
        assert_eq!(placed(text, lemma, told), None, "{text}");
    }
}
