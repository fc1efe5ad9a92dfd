//! Which events are trusted, on invented reports through the whole chain from raw text.

mod chain;

use tidings_coding::schema::{By, Event};

/// The events of a report whose first sentence, which is trusted in any case, tells of something else.
fn later(sentence: &str) -> Vec<Event> {
    let report = format!("Peru closed its border with Chile on Monday. {sentence}");
    let coded = chain::coded(&report).expect("is a report");
    coded.events.into_iter().filter(|event| event.sentence > 0).collect()
}

#[test]
fn plain_deeds_are_trusted() {
    for sentence in [
        "Ghana accused Togo of arming the rebels.",
        "Police in Accra arrested 12 opposition activists on Tuesday.",
        "The president of Ghana urged Togo to withdraw its troops.",
    ] {
        let events = later(sentence);
        assert!(events.iter().any(|event| event.trusted), "{sentence} {events:#?}");
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
        assert_eq!(event.trusted, right >= 0.72, "{event:#?}");
        assert!(event.trusted || event.by == By::Frames, "{event:#?}");
    }
}
