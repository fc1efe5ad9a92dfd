//! One report while its claims are read: its quotations, its actors, and a claim from an attribution.

use super::attribution::{self, Attribution};
use super::quotes::{self, Paragraphs, Quote};
use super::turns;
use super::{Claim, words};
use crate::actors::Actors;
use crate::schema::ClaimForm;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::{Class, CueKind, Cues, World};

/// The report while its claims are read.
pub(super) struct Page<'a> {
    pub doc: &'a Document<'a>,
    pub actors: &'a Actors,
    pub quotes: Vec<Quote>,
    pub paragraphs: Paragraphs,
    /// The actor of each mention, by its head.
    pub heads: HashMap<usize, usize>,
}

/// A single word between marks is used with reserve and makes no claim a quotation.
const MIXED_WORDS: usize = 2;

impl<'a> Page<'a> {
    pub fn new(doc: &'a Document<'a>, world: &World, actors: &'a Actors) -> Page<'a> {
        let paragraphs = Paragraphs::of(doc.text);
        Page {
            doc,
            actors,
            quotes: quotations(doc, &world.cues, &paragraphs),
            paragraphs,
            heads: actors.mentions.iter().map(|m| (m.head, m.actor)).collect(),
        }
    }
}

/// The quotations of a report. One whose closing mark was lost ends before who says it: "“The talks
/// are over, Dahl said."
pub(super) fn quotations(doc: &Document, cues: &Cues, paragraphs: &Paragraphs) -> Vec<Quote> {
    let mut quotes = quotes::find(doc.text, paragraphs);
    for quote in quotes.iter_mut().filter(|quote| !quotes::closed(doc.text, quote)) {
        let inside = words(doc, quote);
        let Some(first) = doc.tokens.get(inside.start).map(|_| doc.sentence_of(inside.start))
        else {
            continue;
        };
        let sentence = doc.sentences[first].tokens.clone();
        let comma = (inside.start + 1..sentence.end.min(inside.end)).find_map(|cue| {
            let verb = doc.tokens[cue].upos == Upos::Verb;
            let saying = verb && cues.cue(Class::Verb, doc.lemma(cue))?.kind == CueKind::Say;
            let source =
                attribution::source(doc, cues, cue).filter(|s| saying && !first_person(doc, *s))?;
            let start = doc.subtree(source).first().copied().unwrap_or(source).min(cue);
            start.checked_sub(1).filter(|&mark| mark > inside.start && doc.form(mark) == ",")
        });
        if let Some(comma) = comma {
            quote.end = doc.tokens[comma].end as usize;
        }
    }
    quotes
}

impl Page<'_> {
    pub fn actor(&self, source: usize) -> Option<usize> {
        let named = self.heads.get(&source).copied();
        named.or_else(|| self.actors.of_phrase(self.doc, source).first().copied())
    }

    pub fn span(&self, token: usize) -> Range<usize> {
        self.doc.tokens[token].start as usize..self.doc.tokens[token].end as usize
    }

    /// The quotations that touch the range.
    pub fn quotes_in(&self, range: &Range<usize>) -> &[Quote] {
        let first = self.quotes.partition_point(|q| q.end <= range.start);
        let rest = &self.quotes[first..];
        &rest[..rest.partition_point(|q| q.start < range.end)]
    }

    pub fn claim(&self, found: &Attribution) -> Option<Claim> {
        let mut content = found.content.clone()?;
        let cue = self.span(found.cue);
        let mut gaps = Vec::new();
        // Marks around cue and content both belong to speech above them.
        let quotes: Vec<&Quote> =
            self.quotes_in(&content).iter().filter(|q| !q.contains(&cue.start)).collect();
        let inside = quotes.iter().map(|q| overlap(q, &content)).sum::<usize>();
        let form = if inside * 10 >= content.len() * 8 {
            // Speech of several sentences before one cue.
            content.start = quotes.first().map_or(content.start, |q| q.start.min(content.start));
            content.end = quotes.last().map_or(content.end, |q| q.end.max(content.end));
            if let Some(first) = self.broken_off(&content, &cue) {
                gaps.push(first.end..content.start);
                content.start = first.start;
            }
            ClaimForm::Direct
        } else if quotes.iter().any(|q| self.words(q) >= MIXED_WORDS) {
            // Half a quotation at the end of what is said is said, too.
            if let Some(last) = quotes.last().filter(|q| q.end > content.end)
                && self.one_sentence(last)
            {
                content.end = last.end;
            }
            ClaimForm::Mixed
        } else if self.set_off(&content, &cue) && self.in_first_person(&content) {
            ClaimForm::Direct
        } else {
            ClaimForm::Indirect
        };
        trim(self.doc.text, &mut content);
        without_that(self.doc, &mut content);
        let speaker = found.source.and_then(|s| self.actor(s));
        Some(Claim {
            speaker,
            form,
            cue: Some(cue),
            content,
            evidence: Vec::new(),
            source: found.source,
            named: None,
            relative: self.relative(found),
            kind: Some(found.kind),
            gaps,
        })
    }

    /// Adds the turns and headlines that no word of saying has claimed.
    pub fn turns(&self, world: &World, claims: &mut Vec<Claim>) {
        let told: HashSet<Range<usize>> = claims.iter().map(|c| c.content.clone()).collect();
        for turn in turns::find(self.doc, world, self.actors) {
            let mut content = turn.content;
            let quotes = self.quotes_in(&content);
            let inside = quotes.iter().map(|q| overlap(q, &content)).sum::<usize>();
            let form = if turn.spoken
                || inside * 10 >= content.len() * 8
                || self.in_first_person(&content)
            {
                ClaimForm::Direct
            } else if quotes.iter().any(|q| self.words(q) >= MIXED_WORDS) {
                ClaimForm::Mixed
            } else {
                ClaimForm::Indirect
            };
            trim(self.doc.text, &mut content);
            if !content.is_empty() && !told.contains(&content) {
                claims.push(Claim {
                    speaker: self.actor(turn.source),
                    form,
                    cue: None,
                    content,
                    evidence: Vec::new(),
                    source: Some(turn.source),
                    named: Some(turn.named),
                    relative: None,
                    kind: None,
                    gaps: Vec::new(),
                });
            }
        }
        claims.sort_by_key(|c| (c.content.start, std::cmp::Reverse(c.content.end)));
    }

    /// `"One reason," he said, "is that ..."`: the quotation before the cue that is gone on with.
    fn broken_off(&self, content: &Range<usize>, cue: &Range<usize>) -> Option<Quote> {
        let goes_on = self.doc.text.get(content.start..)?.trim_start_matches(['“', '"', '\'', '`']);
        let sentence =
            self.doc.sentences.get(self.doc.sentences.partition_point(|s| s.end <= cue.start))?;
        let before = self.quotes_in(&(sentence.start..cue.start)).last()?;
        let comma = self.doc.text.get(before.clone())?.ends_with(',');
        (goes_on.starts_with(char::is_lowercase)
            && comma
            && before.end <= cue.start
            && cue.end <= content.start)
            .then(|| before.clone())
    }

    fn relative(&self, found: &Attribution) -> Option<usize> {
        self.doc
            .children_by(found.cue, &[Deprel::Nsubj])
            .find(|&s| Some(s) != found.source && self.doc.tokens[s].upos == Upos::Pron)
    }

    pub fn words(&self, quote: &Quote) -> usize {
        self.tokens(quote).filter(|&t| self.doc.tokens[t].upos != Upos::Punct).count()
    }

    fn one_sentence(&self, quote: &Quote) -> bool {
        let sentence = |byte: usize| self.doc.sentences.partition_point(|s| s.end <= byte);
        sentence(quote.start) == sentence(quote.end.saturating_sub(1).max(quote.start))
    }

    pub fn tokens(&self, range: &Range<usize>) -> Range<usize> {
        words(self.doc, range)
    }

    /// Whether a comma parts what is said from a cue behind or inside it.
    fn set_off(&self, content: &Range<usize>, cue: &Range<usize>) -> bool {
        let between = self.doc.text.get(content.end..cue.start);
        (content.start < cue.start && cue.end < content.end)
            || between.is_some_and(|words| words.starts_with([',', '—', '–']))
    }

    /// "We will not leave, he said." without marks: the speaker's own words.
    fn in_first_person(&self, range: &Range<usize>) -> bool {
        self.tokens(range).any(|t| first_person(self.doc, t))
    }
}

pub(super) fn first_person(doc: &Document, token: usize) -> bool {
    doc.tokens[token].upos == Upos::Pron
        && matches!(
            doc.form(token).to_ascii_lowercase().as_str(),
            "i" | "we" | "our" | "ours" | "us" | "my" | "mine" | "me"
        )
}

pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Takes "that" off the start of a clause, not off "that day" or "that was wrong".
pub(super) fn without_that(doc: &Document, range: &mut Range<usize>) {
    let words = words(doc, range);
    let (Some(that), Some(next)) = (doc.tokens.get(words.start), doc.tokens.get(words.start + 1))
    else {
        return;
    };
    let clause = match that.upos {
        Upos::Sconj => true,
        Upos::Pron => {
            matches!(next.upos, Upos::Propn | Upos::Pron | Upos::Noun | Upos::Det | Upos::Num)
        }
        _ => false,
    };
    if words.len() > 1 && clause && doc.form(words.start).eq_ignore_ascii_case("that") {
        range.start = next.start as usize;
    }
}

/// Takes white space, marks of quotation and a last comma off the range.
pub(super) fn trim(text: &str, range: &mut Range<usize>) {
    let Some(words) = text.get(range.clone()) else { return };
    let marks = ['"', '“', '”', '«', '»', '`', ' ', '\n', '\t', '\r', ','];
    let from_start = words.trim_start_matches(marks);
    let start = range.end - from_start.len();
    *range = start..start + from_start.trim_end_matches(marks).len();
}
