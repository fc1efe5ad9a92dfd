//! Invented sentences through the whole chain from raw text to events: one line per construction. The
//! countries are real, for an invented name is no country.

mod chain;

use chain::who;
use tidings_coding::schema::By;

/// The events that frames tell of the sentence as `CODE source > target`, actors by country or, without one, by
/// name. What the reader adds is a matter of degree, and tried in `trusted.rs`.
fn coded(sentence: &str) -> Vec<String> {
    let Some(coded) = chain::coded(sentence) else {
        return vec!["no report".to_string()];
    };
    let tell = |e: &tidings_coding::schema::Event| {
        format!("{} {} > {}", e.cameo, who(&coded, &e.source), who(&coded, &e.target))
    };
    coded.events.iter().filter(|e| e.by == By::Frames).map(tell).collect()
}

/// Checks lines `sentence = event; event`.
fn check(lines: &str) {
    let wrong: Vec<String> = lines
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .filter_map(|(sentence, expected)| {
            let found = coded(sentence.trim()).join("; ");
            (found.trim() != expected.trim()).then(|| format!("{} = {found}", sentence.trim()))
        })
        .collect();
    assert!(wrong.is_empty(), "coded otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn voice_and_control() {
    check(
        "Peru shelled a port of Ghana. = 194 PER > GHA
         The port of Ghana was shelled by Peru. = 194 PER > GHA
         Ghana was invaded on Monday. = 190  > GHA
         Peru vowed to retaliate against Ghana. = 138 PER > GHA
         Peru promised to send food to Ghana. = 0333 PER > GHA
         Peru condemned and expelled the envoys of Ghana. = 111 PER > GHA; 166 PER > GHA
         Peru refused to negotiate with Ghana. = 125 PER > GHA
         Peru ruled out talks with Ghana. = 125 PER > GHA
         Samoa urged Peru to withdraw its troops from Ghana. = 0256 WSM > PER",
    );
}

#[test]
fn mutual_and_mediated() {
    check(
        "Peru and Ghana signed a trade agreement. = 057 PER+GHA > PER+GHA
         Samoa-brokered talks between Peru and Ghana collapsed. = 045 WSM > PER+GHA; 040 PER+GHA > PER+GHA
         Samoa has overseen years of talks between Peru and Ghana. = 045 WSM > PER+GHA
         Peru agreed to admit inspectors of Ghana. = 0355 PER > GHA",
    );
}

#[test]
fn places_acted_upon() {
    check(
        "Peru imposed a curfew in the town of Cuzco. = 1723 PER > PER
         Peru's tanks fired shells at targets in Kumasi. = 194 PER > GHA
         Peru suspended aid deliveries in Kumasi. = 1623 PER > GHA
         Peru threatened to impose a curfew in Cuzco. = 1323 PER > PER",
    );
}

#[test]
fn one_deed_of_many_words() {
    check(
        "Peru's army shelled Kumasi, killing ten villagers. = 194 PER > GHA
         Ten sailors of Ghana were killed in an air strike by Peru. = 195 PER > GHA
         Ten soldiers of Ghana were killed and twelve wounded by Peru. = 190 PER > GHA
         A car bombing killed two soldiers of Ghana. = 1832  > GHA",
    );
}

#[test]
fn protests_and_their_demands() {
    check(
        "Students of Ghana marched to demand the resignation of the president. = 1411 GHA > GHA
         Miners in Ghana went on a hunger strike to demand political reforms. = 1424 GHA > 
         Farmers blocked roads in Ghana over a new tax law. = 1442 GHA > GHA
         Thousands rallied in Ghana for greater freedom. = 1413  > GHA",
    );
}

#[test]
fn decrees_and_claims() {
    check(
        "Peru announced that the permits of Ghana will no longer be valid. = 172 PER > GHA
         Peru claimed that Ghana had tortured prisoners. = 1122 PER > GHA
         Peru is opposed to mediation by Ghana. = 126 PER > GHA
         Peru's minister visited on Sunday army units of Ghana. = 042 PER > GHA",
    );
}

#[test]
fn what_is_possible_ended_or_only_spoken_of() {
    check(
        "Peru stopped arming the rebels of Ghana. = 162 PER > GHA
         Peru ceased bombing Ghana. = 087 PER > GHA
         Peru can support Ghana. = 
         The president of Peru failed to mention the attack on Ghana. = 
         The president of Peru is a threat to Ghana. = 
         The parliament of Peru voted to lift the sanctions against Ghana. = 085 PER > GHA
         The parliament of Peru voted not to fund the police of Ghana. = 1221 PER > GHA
         The envoy said that Peru could attack Ghana. = 190 PER > GHA
         Peru said that it could attack Ghana. = 1384 PER > GHA
         The king of Ghana suggested that Peru had a fondness for war. = ",
    );
}

#[test]
fn acts_of_people_without_power_over_the_matter() {
    check(
        "The passenger recognised the president of Peru. = 
         Peru recognised Ghana. = 054 PER > GHA
         The charity repealed the tax in Peru. = 
         The minister of Peru is concerned about the refugees. = 
         Two senators of Peru spoke to reporters. = 
         The crew of the island made contact with the suspect. = 
         The refugees of Peru crossed the border into Ghana. = 
         The tanks of Peru crossed the border into Ghana. = 154 PER > GHA
         The miners of Peru struck over pay. = 143 PER > 
         The doctors warned Peru of an outbreak. = 
         A burglar and a shoplifter worried the sheriff. A man was arrested in the apartment. = ",
    );
}

#[test]
fn sides_beyond_the_clause() {
    check(
        "Peru sent troops to fight the rebels of Ghana. = 154 PER > GHA; 190 PER > GHA
         Peru launched an offensive, aiming to oust the army of Ghana. = 190 PER > GHA
         The army of Peru is fighting to defeat the rebels of Ghana. = 190 PER > GHA; 190 PER > GHA
         Two officers of Peru were killed in a Ghanaian air raid. = 195 GHA > PER
         Samoan sanctions imposed on Peru hurt the fishermen. = 163 WSM > PER
         The president of Peru survived an ambush by the rebels of Ghana. = 185 GHA > PER
         Samoa dispatched the envoy of Peru to negotiate with Ghana. = 046 WSM > GHA
         The president of Peru alleged that the army of Ghana had rigged the vote. = 1122 PER > GHA
         The president of Peru kept silent on talks with Ghana and Samoa. = 040 PER+GHA+WSM > PER+GHA+WSM
         The withdrawal of the troops of Peru from the island was slow. = 0874 PER > 
         Samoa condemned the words of the president of Peru on Ghana. = 111 WSM > PER
         Peru agreed to stop fighting Ghana. = 0356 PER > GHA
         The junta of Peru announced a suspension of attacks on Ghana. = 087 PER > GHA
         Peru stopped bombing Ghana. = 087 PER > GHA",
    );
}

#[test]
fn a_capital_that_is_struck_is_the_town_and_not_its_government() {
    let sectors = |sentence: &str| -> Vec<String> {
        let coded = chain::coded(sentence).expect("a report");
        let target = coded.events.first().and_then(|event| event.target.first().copied());
        target.map(|actor| coded.actors[actor].sectors.clone()).unwrap_or_default()
    };
    assert_eq!(sectors("Peru bombed Accra."), ["CVL"]);
    assert_eq!(sectors("Peru criticised Accra."), ["GOV"]);
}
