//! The example of every frame of the event lexicon, read by the whole chain from raw text to events.

use tidings_coding::{actors, events};
use tidings_language::Annotator;
use tidings_world::World;

/// The types of the events of an example. Its countries are invented, and an unknown name is no
/// country.
fn coded(example: &str) -> Vec<&'static str> {
    let (world, annotator) = (World::embedded(), Annotator::embedded());
    let example = example.replace("Brona", "Peru").replace("Arden", "Ghana");
    let doc = annotator.annotate(&example);
    let found = events::find(&doc, &actors::find(&doc, world, &[], None), world);
    found.iter().map(|event| event.action.event).collect()
}

#[test]
fn other_senses_are_not_coded() {
    let world = World::embedded();
    let mut wrong = Vec::new();
    for frame in world.events.frames() {
        let event = world.events.action(frame.section.code, Some(&frame.section));
        for other in &frame.others {
            let types = coded(other);
            if event.as_ref().is_some_and(|event| types.contains(&event.event)) {
                wrong.push(format!("{} line {}: {types:?} {other:?}", frame.rule, frame.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn examples_are_coded_as_their_frames_say() {
    let world = World::embedded();
    let mut wrong = Vec::new();
    // A noun that is an act only as the content of another has no act of its own to show.
    for frame in world.events.frames().iter().filter(|frame| !frame.section.content_only) {
        let section = &frame.section;
        let types = coded(&frame.example);
        // A composed code is that of its content; the idioms are mere statements (010), no events.
        let wanted = world.events.action(section.code, Some(section)).map(|action| action.event);
        let composed = section.operator.is_some() && !types.is_empty();
        let silent = section.operator.is_none() && wanted.is_none() && types.is_empty();
        if !(composed || silent || wanted.is_some_and(|event| types.contains(&event))) {
            wrong
                .push(format!("{} line {}: {:?} {types:?}", frame.rule, frame.line, frame.example));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
