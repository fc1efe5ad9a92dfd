//! Which events are trusted, on invented reports through the whole chain from raw text.

mod chain;

use tidings_coding::schema::{By, Event};

/// A first sentence, whose likeliest event is trusted in any case.
const LEAD: &str = "Peru closed its border with Chile on Monday.";

/// The events of a report behind its first sentence.
fn later(sentence: &str) -> Vec<Event> {
    let coded = chain::coded(&format!("{LEAD} {sentence}")).expect("is a report");
    coded.events.into_iter().filter(|event| event.sentence > 0).collect()
}

#[test]
fn plain_deeds_are_trusted() {
    for (sentence, sides) in [
        ("Ghana accused Togo of arming the rebels.", "GHA > TGO"),
        ("Ghana expelled two diplomats of Togo.", "GHA > TGO"),
        ("The president of Ghana urged Togo to withdraw its troops.", "GHA > TGO"),
    ] {
        let coded = chain::coded(&format!("{LEAD} {sentence}")).expect("is a report");
        let of = |event: &Event| {
            format!("{} > {}", chain::who(&coded, &event.source), chain::who(&coded, &event.target))
        };
        let right = |event: &&Event| event.sentence > 0 && event.trusted && of(event) == sides;
        assert!(coded.events.iter().any(|event| right(&event)), "{sentence} {:#?}", coded.events);
    }
}

#[test]
fn the_likeliest_event_of_the_first_sentence_is_trusted() {
    let doubtful = "Ghana sent a hospital ship to the gulf.";
    let first = chain::coded(doubtful).expect("is a report").events;
    assert!(first.len() == 1 && first[0].trusted, "{first:#?}");
    let later = later(doubtful);
    assert!(later.len() == 1 && !later[0].trusted, "{later:#?}");
}

#[test]
fn whether_it_is_trusted_follows_from_the_confidence() {
    let events = later(
        "Rebels shelled the town, and talks between Ghana and Togo may begin. Ghana denied that it had \
         armed them, but Togo, whose army had fought them for years, was not convinced by its neighbour.",
    );
    assert!(!events.is_empty());
    for event in events {
        let right = event.confidence.expect("was judged");
        assert!((0.0..=1.0).contains(&right));
        assert_eq!(event.trusted, right >= 0.65, "{event:#?}");
        assert!(event.trusted || event.by == By::Frames, "{event:#?}");
    }
}
