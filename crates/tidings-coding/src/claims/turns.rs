//! Speech that the layout gives to its speaker, without a word of saying: the turns of a transcript
//! ("DAHL: We will stay."), headlines ("Minister: talks failed", "Talks failed: minister") and words
//! with their speaker behind a dash ("It is over - minister").
//!
//! A speaker must be known as one: a person, body or role among the actors, or a name that takes
//! several turns. "Exclusive: ...", "Syria war: ..." and place lines attribute nothing.

use crate::actors::Actors;
use std::collections::HashMap;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::World;

/// Words with the name beside them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Turn {
    /// Head of the words that name the speaker.
    pub source: usize,
    /// Those words, in bytes.
    pub named: Range<usize>,
    /// What is said, in bytes.
    pub content: Range<usize>,
    /// Whether it is a turn of a conversation, and so in the speaker's own words.
    pub spoken: bool,
}

/// No name before a colon or behind a dash has more words.
const NAME: usize = 6;

/// Finds the turns and headlines of a report, in text order.
pub(super) fn find(doc: &Document, world: &World, actors: &Actors) -> Vec<Turn> {
    let before: Vec<(usize, Name)> = (0..doc.sentences.len())
        .filter_map(|sentence| Some((sentence, before_colon(doc, sentence)?)))
        .collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (_, name) in &before {
        *times.entry(name.text).or_default() += 1;
    }
    let again = |name: &Name| times.get(name.text).is_some_and(|times| *times > 1);
    let speaks = |(sentence, name): &&(usize, Name)| {
        let quoted = || doc.text[name.end..].trim_start().starts_with(['"', '“', '‘', '\'']);
        let clause = || says(doc, *sentence, &(name.end..doc.sentences[*sentence].end));
        let known = || names_a_speaker(doc, world, actors, name);
        name.proper && quoted() || clause() && (name.proper && again(name) || known())
    };
    let mut turns: Vec<&(usize, Name)> = before.iter().filter(speaks).collect();
    let conversation = turns.len() > 1;
    if conversation {
        // Beside others who take turns, whoever says a word does.
        let shouted = turns.iter().all(|(_, name)| name.shouted);
        let joins = |name: &Name| name.proper && again(name) || shouted && name.shouted;
        turns = before.iter().filter(|turn| speaks(turn) || joins(&turn.1)).collect();
    }
    let mut found = Vec::new();
    for (nth, (sentence, name)) in turns.iter().enumerate() {
        // A turn lasts until the next one; the last of them for its paragraph.
        let next = turns.get(nth + 1).map(|(next, _)| doc.sentences[*next].start);
        let end = match next {
            Some(next) if conversation => next,
            _ if conversation => paragraph_end(doc.text, name.end),
            _ => doc.sentences[*sentence].end,
        };
        let content = name.end..end;
        if conversation || says(doc, *sentence, &content) {
            found.push(name.turn(doc, content, conversation));
        }
    }
    if !conversation {
        found.extend((0..doc.sentences.len()).filter_map(|at| behind(doc, world, actors, at)));
        found.sort_by_key(|turn| turn.content.start);
    }
    found
}

/// Words that may name who speaks.
struct Name<'t> {
    text: &'t str,
    tokens: Range<usize>,
    head: usize,
    /// Whether all of it is names, or in capitals.
    proper: bool,
    shouted: bool,
    /// Where the mark behind it ends, in bytes.
    end: usize,
}

impl Name<'_> {
    fn turn(&self, doc: &Document, content: Range<usize>, spoken: bool) -> Turn {
        let (first, last) = (doc.tokens[self.tokens.start], doc.tokens[self.tokens.end - 1]);
        let named = first.start as usize..last.end as usize;
        Turn { source: self.head, named, content, spoken }
    }
}

/// The words before a colon at the beginning of a line.
fn before_colon<'d>(doc: &Document<'d>, sentence: usize) -> Option<Name<'d>> {
    let tokens = doc.sentences[sentence].tokens.clone();
    let line = doc.text[..doc.sentences[sentence].start].trim_end_matches([' ', '\t', '*', '•']);
    if !(line.is_empty() || line.ends_with('\n')) {
        return None;
    }
    let reach = tokens.end.min(tokens.start + NAME + 1);
    let colon = (tokens.start + 1..reach).find(|&i| doc.form(i) == ":")?;
    let end = doc.tokens[colon].end as usize;
    let spaced = doc.text[end..].starts_with(char::is_whitespace);
    let name = name(doc, tokens.start..colon, end)?;
    (spaced && colon + 1 < tokens.end || doc.text[end..].starts_with(' ')).then_some(name)
}

fn name<'d>(doc: &Document<'d>, tokens: Range<usize>, end: usize) -> Option<Name<'d>> {
    let inner = |i: &usize| doc.head(*i).is_none_or(|head| !tokens.contains(&head));
    let noun =
        |i: &usize| matches!(doc.tokens[*i].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X);
    let shouted = tokens.clone().all(|i| doc.form(i).chars().all(|c| !c.is_lowercase()));
    let fits = tokens.clone().all(|i| {
        noun(&i)
            || shouted
            || matches!(doc.form(i), "of" | "the" | "and" | "," | "." | "'s" | "’s" | "-" | "for")
    });
    let head = tokens.clone().filter(inner).find(noun).or_else(|| tokens.clone().rev().find(noun));
    let head = head.or_else(|| tokens.clone().next_back().filter(|_| shouted))?;
    let (first, last) = (doc.tokens[tokens.start], doc.tokens[tokens.end - 1]);
    let proper = shouted || tokens.clone().all(|i| doc.tokens[i].upos == Upos::Propn);
    let text = doc.text.get(first.start as usize..last.end as usize)?;
    // "Q:" and "A:" name nobody.
    (fits && text.len() > 2).then_some(Name { text, tokens, head, proper, shouted, end })
}

/// Whether the words name somebody who can speak: no country or place alone, no subject matter.
fn names_a_speaker(doc: &Document, world: &World, actors: &Actors, name: &Name) -> bool {
    let first = actors.mentions.partition_point(|mention| mention.head < name.tokens.start);
    let inside = actors.mentions[first..].iter().take_while(|m| m.head < name.tokens.end);
    let known = inside.filter(|mention| mention.head + 1 >= name.head).any(|mention| {
        let actor = &actors.actors[mention.actor];
        !actor.sectors.is_empty() || actor.office.is_some()
    });
    let last = doc.form(name.tokens.end - 1).to_lowercase();
    known || world.agents.get(&last).is_some()
}

/// `Talks failed: minister`, `It is over - minister`: a line that ends in a mark and who says it.
fn behind(doc: &Document, world: &World, actors: &Actors, sentence: usize) -> Option<Turn> {
    let span = &doc.sentences[sentence];
    let line = |text: &str| text.trim_end_matches([' ', '\t', '*', '•']).ends_with('\n');
    let before = &doc.text[..span.start];
    let after = doc.text[span.end..].trim_start_matches([' ', '\t']);
    let alone =
        (before.trim().is_empty() || line(before)) && (after.is_empty() || after.starts_with('\n'));
    if !alone {
        return None;
    }
    let tokens = span.tokens.clone();
    let stop = tokens.clone().rev().find(|&i| doc.form(i) != ".")? + 1;
    let from = stop.saturating_sub(NAME + 1).max(tokens.start + 1);
    let mark = (from..stop).rev().find(|&i| matches!(doc.form(i), ":" | "-" | "–" | "—" | "--"))?;
    let spaced = doc.form(mark) == ":" || doc.tokens[mark].start > doc.tokens[mark - 1].end;
    if !spaced || mark + 1 >= stop {
        return None;
    }
    let content = span.start..doc.tokens[mark - 1].end as usize;
    let name = name(doc, mark + 1..stop, doc.tokens[stop - 1].end as usize)?;
    let quoted = || doc.text[content.clone()].contains(['"', '“', '‘']);
    let speaks = names_a_speaker(doc, world, actors, &name) || name.proper && quoted();
    (says(doc, sentence, &content) && speaks).then(|| name.turn(doc, content, false))
}

/// Whether the words hold a clause, or stand between marks of quotation.
fn says(doc: &Document, sentence: usize, content: &Range<usize>) -> bool {
    let inside = |i: &usize| content.contains(&(doc.tokens[*i].start as usize));
    let predicate = |i: usize| {
        let verb = matches!(doc.tokens[i].upos, Upos::Verb | Upos::Aux);
        verb && doc.tokens[i].deprel != Deprel::Amod
    };
    let words = || doc.sentences[sentence].tokens.clone().filter(inside);
    words().any(predicate) || words().any(|i| matches!(doc.form(i), "\"" | "“" | "'" | "‘"))
}

fn paragraph_end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    from + rest.find("\n\n").unwrap_or(rest.len())
}
