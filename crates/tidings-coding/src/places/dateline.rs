//! The place line before a text: "PRISTINA, Kosovo (AP) —", "KIGALI, March 3 -", "NEW DELHI:".
//!
//! It says where a report was written. Nothing happens there because of it, and nobody in it acts.

use std::ops::Range;
use tidings_language::{Document, Upos};
use tidings_world::{Kind, PlaceKind, World};

/// How many words it may have, its dash among them.
const REACH: usize = 16;

/// The words of the place line that the sentence begins with, its dash among them.
pub(crate) fn of_sentence(doc: &Document, world: &World, sentence: usize) -> Option<Range<usize>> {
    let tokens = doc.sentences.get(sentence)?.tokens.clone();
    let reach = tokens.end.min(tokens.start + REACH);
    let end = (tokens.start + 1..reach).find(|&i| parts(doc, i))?;
    let line = tokens.start..end;
    let text_follows =
        (end + 1..tokens.end).any(|i| doc.form(i).starts_with(|c: char| c.is_lowercase()));
    if !text_follows || !line.clone().all(|i| fits(doc, i)) {
        return None;
    }
    let name = name(doc, &line)?;
    let shouted = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let acts = |kind| matches!(kind, Kind::Organisation | Kind::ArmedGroup | Kind::Party);
    if world.names.lookup(name).iter().any(|&id| acts(world.names.entry(id).kind)) {
        return None;
    }
    let town = || world.gazetteer.lookup(name).iter().any(|p| p.kind != PlaceKind::Country);
    let signed = line.clone().any(|i| doc.form(i) == "(" || doc.tokens[i].upos == Upos::Num);
    let is_line = match doc.form(end) {
        ":" => shouted && town(),
        // "Paris - the capital - burned" is a sentence.
        _ if !shouted && !doc.form(end + 1).starts_with(char::is_uppercase) => false,
        _ => shouted || town() || (signed && world.gazetteer.knows(name)),
    };
    is_line.then_some(tokens.start..end + 1)
}

/// Whether the mark parts a place line from the text.
fn parts(doc: &Document, i: usize) -> bool {
    let spaced = doc.tokens[i].start > doc.tokens[i - 1].end || doc.form(i - 1) == ")";
    let shouted = doc.form(i - 1).chars().all(char::is_uppercase);
    match doc.form(i) {
        "—" | "–" | "--" => spaced || shouted,
        "_" => doc.form(i - 1) == ")",
        "-" => spaced,
        ":" => true,
        _ => false,
    }
}

/// Names, days and agencies with their marks, nothing that could be a clause.
fn fits(doc: &Document, i: usize) -> bool {
    let form = doc.form(i);
    let begins = form.chars().next();
    begins.is_some_and(|c| !c.is_lowercase())
        && !matches!(form, "\"" | "“" | "”" | "?" | "!" | ";")
        && !matches!(doc.tokens[i].upos, Upos::Pron | Upos::Aux)
        || matches!(form, "and" | "of" | "the" | "de" | "la" | "del" | "el" | "al" | "du" | "in")
}

/// The words up to the first comma, bracket or number: the name of the town.
fn name<'t>(doc: &Document<'t>, line: &Range<usize>) -> Option<&'t str> {
    let marks = |&i: &usize| {
        !doc.form(i).starts_with(|c: char| c.is_alphabetic())
            && !matches!(doc.form(i), "-" | "'" | "’" | "." | "’s" | "'s")
    };
    let end = line.clone().find(marks).unwrap_or(line.end);
    let last = end.checked_sub(1).filter(|&last| last >= line.start)?;
    let name = &doc.text[doc.tokens[line.start].start as usize..doc.tokens[last].end as usize];
    (name.chars().filter(|c| c.is_alphabetic()).count() > 2).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_trees::tree;

    fn line(words: &str) -> Option<String> {
        let words: Vec<String> = words
            .split(' ')
            .enumerate()
            .map(|(nth, word)| match (nth, word.chars().all(|c| !c.is_alphanumeric())) {
                (0, _) => format!("{word}/PROPN>0:root"),
                (_, true) => format!("{word}/PUNCT>1:punct"),
                _ => format!("{word}/PROPN>1:dep"),
            })
            .collect();
        let read = tree(&words.join(" "));
        let doc = read.document();
        of_sentence(&doc, World::embedded(), 0)
            .map(|line| line.map(|i| doc.form(i)).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_place_line_ends_with_its_dash() {
        for (text, expected) in [
            ("RIGA - Latvia closed two crossings", "RIGA -"),
            ("TIRANA , Albania ( AP ) — Police fired shots", "TIRANA , Albania ( AP ) —"),
            ("KIGALI , March 3 — Rwanda protested sharply", "KIGALI , March 3 —"),
            ("KRASLAVA – A drone fell", "KRASLAVA –"),
            ("Nairobi , Kenya – Kenya will send police", "Nairobi , Kenya –"),
            ("ISLAMABAD : The government has resigned", "ISLAMABAD :"),
            ("TIRANA , Albania ( AP ) _ Police fired shots", "TIRANA , Albania ( AP ) _"),
        ] {
            assert_eq!(line(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_dash_inside_a_sentence_is_none() {
        for text in [
            "Latvia - which closed two crossings - protested",
            "NATO — which is based in Brussels — agreed",
            "Horvat : we will go on",
            "Latvia closed two crossings - at last",
            "RIGA - PROTEST",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }
}
