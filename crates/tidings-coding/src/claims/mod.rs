//! Claims: who says what, in which form, and what the report says of its evidence.
//!
//! In go the trees and the actors; out come the claims in text order. [`attribution`] finds words
//! of saying with their speaker and what is said, [`quotes`] what stands between marks; here the
//! two are brought together, and speech without a speaker of its own gets one. [`evidence`] adds
//! what the report says of a claim's support. Direct, indirect and mixed as in PARC 3.0 (Pareti
//! 2016) and PolNeAR (Newell, Margolin & Ruths 2018).

mod attribution;
mod candidates;
mod choice;
mod evidence;
mod forest;
mod quotes;
mod speakers;

use crate::actors::Actors;
use crate::schema::{ClaimForm, EvidenceKind};
use attribution::Attribution;
pub use candidates::Candidate;
use candidates::Frame;
use choice::{Choice, Setting};
use forest::Forest;
use quotes::{Paragraphs, Quote};
use std::collections::HashMap;
use std::ops::Range;
use tidings_language::scorer::Features;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::{CueKind, World};

/// A proposition with a speaker. Ranges are bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Claim {
    pub speaker: Option<usize>,
    pub form: ClaimForm,
    pub cue: Option<Range<usize>>,
    pub content: Range<usize>,
    pub evidence: Vec<Evidence>,
    /// Head of the phrase that names the speaker, be it an actor or not ("sources said").
    pub source: Option<usize>,
    /// The words of that phrase.
    pub named: Option<Range<usize>>,
    /// The pronoun of a clause about the speaker: "who said".
    pub relative: Option<usize>,
    /// The kind of saying, where there is a cue.
    pub kind: Option<CueKind>,
    /// Stretches inside the content that are the report's words: `"..." he said. "..."`.
    pub gaps: Vec<Range<usize>>,
}

/// What the report says of a claim's support.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub span: Range<usize>,
    pub by: Option<usize>,
}

/// Finds the claims of a report; speakers that are not among the actors are added to them.
pub fn find(doc: &Document, world: &World, actors: &mut Actors) -> Vec<Claim> {
    let mut claims = of_actors(doc, world, actors);
    speakers::name(doc, actors, &mut claims);
    claims
}

/// Calls `each` with every candidate of the text and its description, without the vectors of its
/// words where `plain`: what the model of [`choice`] learns from.
pub fn lessons(
    doc: &Document,
    world: &World,
    plain: bool,
    each: &mut dyn FnMut(&Candidate, &Features),
) {
    let cues = &world.cues;
    let forest = Forest::of(doc, cues);
    let quotes = quotes::find(doc.text, &Paragraphs::of(doc.text));
    let setting = Setting::new(&forest, quotes.iter().map(|q| words(doc, q)).collect());
    let (mut features, mut found) = (Features::default(), Vec::new());
    for word in 0..doc.tokens.len() {
        let Some(cue) = candidates::cue(doc, cues, word) else { continue };
        let source = attribution::source(doc, cues, word);
        setting.candidates(word, cue, &mut found);
        for candidate in &found {
            setting.describe(candidate, source, plain, &mut features);
            each(candidate, &features);
        }
    }
}

/// The words that begin in a stretch of the text.
fn words(doc: &Document, bytes: &Range<usize>) -> Range<usize> {
    let first = doc.tokens.partition_point(|t| (t.start as usize) < bytes.start);
    first..doc.tokens.partition_point(|t| (t.start as usize) < bytes.end).max(first)
}

fn of_actors(doc: &Document, world: &World, actors: &Actors) -> Vec<Claim> {
    let paragraphs = Paragraphs::of(doc.text);
    let page = Page {
        doc,
        actors,
        quotes: quotes::find(doc.text, &paragraphs),
        paragraphs,
        heads: actors.mentions.iter().map(|m| (m.head, m.actor)).collect(),
    };
    let mut bare = Vec::new();
    let mut claims = Vec::new();
    let forest = Forest::of(doc, &world.cues);
    let setting = Setting::new(&forest, page.quotes.iter().map(|q| words(doc, q)).collect());
    let mut choice = Choice::embedded();
    let mut chosen = Vec::new();
    for word in 0..doc.tokens.len() {
        if let Some(phrase) = attribution::phrase(&forest, &world.cues, word) {
            chosen.push(Chosen { found: phrase, told: true, within: true });
        } else if let Some(cue) = candidates::cue(doc, &world.cues, word) {
            let source = attribution::source(doc, &world.cues, word);
            let mut found = Attribution { cue: word, kind: cue.kind, source, content: None };
            let (mut told, mut within) = (false, false);
            if let Some((best, sure)) = choice.best(&setting, word, cue, source) {
                let verbal = |w: usize| matches!(doc.tokens[w].upos, Upos::Verb | Upos::Aux);
                // A verb of two senses claims a mere name only as the lexicon has it: "the navy attacked
                // their boats" tells no claim.
                let clause = best.content.clone().any(verbal);
                let two_senses = matches!(cue.kind, CueKind::Accuse | CueKind::Say);
                let plain =
                    clause || best.expected || best.frame == Frame::Quotation || !two_senses;
                told = plain && sure.stands(clause);
                within = plain && sure.stands_within();
                found.content = Some(forest.bytes(best.content));
            }
            chosen.push(Chosen { found, told, within });
        }
    }
    // What is said stands in the sentence of its cue, so these are in the order of sentences.
    let outer: Vec<(usize, Range<usize>)> = chosen
        .iter()
        .filter(|c| c.told)
        .filter_map(|c| Some((doc.sentence_of(c.found.cue), c.found.content.clone()?)))
        .collect();
    for Chosen { mut found, told, within } in chosen {
        let at = page.span(found.cue).start;
        let sentence = doc.sentence_of(found.cue);
        let first = outer.partition_point(|(s, _)| *s < sentence);
        let held = outer[first..]
            .iter()
            .take_while(|(s, _)| *s == sentence)
            .any(|(_, o)| o.contains(&at) && found.content.as_ref() != Some(o));
        if !(if held { within } else { told }) {
            found.content = None;
        }
        match page.claim(&found) {
            Some(claim) => claims.push(claim),
            None => bare.push(found),
        }
    }
    page.without_frames(&mut claims);
    page.without_attitudes(&mut claims);
    page.speech(&bare, &mut claims);
    page.without_asides(&mut claims);
    evidence::attach(doc, world, actors, &mut claims);
    claims
}

/// What the best candidate of a word makes of it.
struct Chosen {
    found: Attribution,
    /// Whether it attributes on the report's own word, and inside what somebody else says.
    told: bool,
    within: bool,
}

/// The actors on whose word the event at `predicate` rests, outermost first: the speakers whose
/// claims hold it. An accusation, claim or warning that is itself the event rests on who makes it;
/// a demand, as any other act, on the report. Empty where the report itself says it.
pub fn according_to(doc: &Document, claims: &[Claim], predicate: usize) -> Vec<usize> {
    let at = doc.tokens[predicate].start as usize;
    // "condemned the attack" takes the attack for granted.
    let granted = |claim: &Claim| {
        let object = matches!(doc.tokens[predicate].deprel, Deprel::Obj);
        let head = doc.head(predicate).map(|head| doc.tokens[head].start as usize);
        object
            && head.is_some()
            && head == claim.cue.as_ref().map(|cue| cue.start)
            && matches!(claim.kind, Some(CueKind::Accuse | CueKind::Hope))
    };
    let mut holding: Vec<(usize, usize)> = Vec::new();
    for claim in claims {
        let Some(speaker) = claim.speaker else { continue };
        let own = claim.cue.as_ref().is_some_and(|cue| cue.contains(&at));
        let told = claim.gaps.iter().any(|gap| gap.contains(&at));
        if !own && !told && claim.content.contains(&at) && !granted(claim) {
            holding.push((claim.content.len(), speaker));
        } else if own
            && matches!(claim.kind, Some(CueKind::Accuse | CueKind::Claim | CueKind::Warn))
        {
            holding.push((0, speaker));
        }
    }
    holding.sort_by_key(|&(length, _)| std::cmp::Reverse(length));
    let mut speakers = Vec::new();
    for (_, speaker) in holding {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    speakers
}

/// For each claim the shortest one that holds it: whose words its words of saying are part of.
pub fn nest(claims: &[Claim]) -> Vec<Option<usize>> {
    #[derive(PartialEq, Eq, PartialOrd, Ord)]
    enum Edge {
        End,
        Start,
        Said,
    }
    let mut edges = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        edges.push((claim.content.start, Edge::Start, index));
        edges.push((claim.content.end, Edge::End, index));
        let said = claim.cue.as_ref().map_or(claim.content.start, |cue| cue.start);
        edges.push((said, Edge::Said, index));
    }
    edges.sort_unstable();
    let mut open: Vec<usize> = Vec::new();
    let mut above = vec![None; claims.len()];
    for (at, edge, index) in edges {
        match edge {
            Edge::Start => open.push(index),
            Edge::End => open.retain(|&o| o != index),
            Edge::Said => {
                let own = &claims[index].content;
                let told = |o: usize| claims[o].gaps.iter().any(|gap| gap.contains(&at));
                above[index] = open
                    .iter()
                    .copied()
                    .filter(|&o| claims[o].content.len() > own.len() && !told(o))
                    .min_by_key(|&o| claims[o].content.len());
            }
        }
    }
    above
}

/// The report while its claims are read.
struct Page<'a> {
    doc: &'a Document<'a>,
    actors: &'a Actors,
    quotes: Vec<Quote>,
    paragraphs: Paragraphs,
    /// The actor of each mention, by its head.
    heads: HashMap<usize, usize>,
}

/// A fragment with fewer words is a word used with reserve, not speech.
const SPEECH_WORDS: usize = 3;
/// A single word between marks is used with reserve and makes no claim a quotation.
const MIXED_WORDS: usize = 2;

impl Page<'_> {
    fn actor(&self, source: usize) -> Option<usize> {
        let named = self.heads.get(&source).copied();
        named.or_else(|| self.actors.of_phrase(self.doc, source).first().copied())
    }

    fn span(&self, token: usize) -> Range<usize> {
        self.doc.tokens[token].start as usize..self.doc.tokens[token].end as usize
    }

    /// The quotations that touch the range.
    fn quotes_in(&self, range: &Range<usize>) -> &[Quote] {
        let first = self.quotes.partition_point(|q| q.end <= range.start);
        let rest = &self.quotes[first..];
        &rest[..rest.partition_point(|q| q.start < range.end)]
    }

    fn claim(&self, found: &Attribution) -> Option<Claim> {
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

    fn words(&self, quote: &Quote) -> usize {
        self.tokens(quote).filter(|&t| self.doc.tokens[t].upos != Upos::Punct).count()
    }

    fn one_sentence(&self, quote: &Quote) -> bool {
        let sentence = |byte: usize| self.doc.sentences.partition_point(|s| s.end <= byte);
        sentence(quote.start) == sentence(quote.end.saturating_sub(1).max(quote.start))
    }

    fn tokens(&self, range: &Range<usize>) -> Range<usize> {
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

    /// Quotations that no cue has claimed: speech goes to the cue beside it, else to who spoke
    /// last in this paragraph or the one before, else to who speaks next.
    fn speech(&self, bare: &[Attribution], claims: &mut Vec<Claim>) {
        let mut spoken = Vec::new();
        for quote in &self.quotes {
            let taken = claims.iter().any(|c| {
                c.form != ClaimForm::Indirect && overlap(&c.content, quote) * 2 > quote.len()
            });
            if !taken && (self.is_speech(quote) || self.goes_on(quote, claims)) {
                spoken.push(quote.clone());
            }
        }
        for quote in spoken {
            let beside = bare.iter().find(|b| b.source.is_some() && self.beside(b.cue, &quote));
            let mut content = quote;
            trim(self.doc.text, &mut content);
            let here = self.paragraphs.at(content.start);
            if beside.is_none() && self.continues(&content, claims) {
                continue;
            }
            let (source, cue, kind) = match beside {
                Some(b) => (b.source, Some(self.span(b.cue)), Some(b.kind)),
                None => {
                    let at = |c: &Claim| c.cue.as_ref().map_or(c.content.start, |cue| cue.start);
                    let near = |c: &&Claim| c.source.is_some();
                    let before = claims
                        .iter()
                        .filter(near)
                        .filter(|c| at(c) < content.start && self.paragraphs.at(at(c)) + 1 >= here)
                        .max_by_key(|c| at(c));
                    let after = || {
                        claims
                            .iter()
                            .filter(near)
                            .filter(|c| {
                                at(c) > content.end && self.paragraphs.at(at(c)) <= here + 1
                            })
                            .min_by_key(|c| at(c))
                    };
                    (before.or_else(after).and_then(|c| c.source), None, None)
                }
            };
            claims.push(Claim {
                speaker: source.and_then(|s| self.actor(s)),
                form: ClaimForm::Direct,
                cue,
                content,
                evidence: Vec::new(),
                source,
                named: None,
                relative: None,
                kind,
                gaps: Vec::new(),
            });
            claims.sort_by_key(|c| (c.content.start, std::cmp::Reverse(c.content.end)));
        }
        claims.sort_by_key(|c| (c.content.start, std::cmp::Reverse(c.content.end)));
    }

    /// `"..." he said. "..."`: speech that goes on in the same paragraph belongs to the claim.
    fn continues(&self, content: &Range<usize>, claims: &mut [Claim]) -> bool {
        let paragraph = self.paragraphs.at(content.start);
        let last = claims
            .iter_mut()
            .filter(|c| c.content.end <= content.start && c.source.is_some())
            .max_by_key(|c| (c.content.end, c.content.len()));
        let Some(claim) = last.filter(|c| {
            c.form == ClaimForm::Direct && self.paragraphs.at(c.content.start) == paragraph
        }) else {
            return false;
        };
        claim.gaps.push(claim.content.end..content.start);
        claim.content.end = content.end;
        true
    }

    /// `"One reason," he said, "is that ..."`: speech taken up again in the same sentence.
    fn goes_on(&self, quote: &Quote, claims: &[Claim]) -> bool {
        let before = self.doc.text[..quote.start].trim_end_matches(['“', '"', '«', '`', ' ', '\'']);
        let sentence = |byte: usize| self.doc.sentences.partition_point(|s| s.end <= byte);
        let broken = |c: &Claim| {
            let cue = c.cue.as_ref().map_or(usize::MAX, |cue| cue.start);
            c.form == ClaimForm::Direct
                && (c.content.end..quote.start).contains(&cue)
                && sentence(cue) == sentence(quote.start)
                && c.source.is_some()
        };
        self.words(quote) >= SPEECH_WORDS
            && before.ends_with(',')
            && claims.iter().rev().any(broken)
    }

    /// Whether the cue stands in a sentence that touches the quotation, or right before it.
    fn beside(&self, cue: usize, quote: &Quote) -> bool {
        let span = self.span(cue);
        let sentence = &self.doc.sentences[self.doc.sentence_of(cue)];
        let touches = sentence.start < quote.end && quote.start < sentence.end;
        let before = sentence.end <= quote.start
            && self.doc.text[sentence.start..sentence.end].ends_with(':')
            && self.doc.text[sentence.end..quote.start].chars().all(|c| !c.is_alphanumeric());
        !quote.contains(&span.start) && (touches || before)
    }

    /// A quotation that is a sentence: it has a finite verb and begins where speech can begin.
    fn is_speech(&self, quote: &Quote) -> bool {
        let tokens = self.tokens(quote);
        if self.words(quote) < SPEECH_WORDS {
            return false;
        }
        let finite = tokens.clone().any(|t| {
            matches!(self.doc.tokens[t].upos, Upos::Verb | Upos::Aux)
                && !matches!(
                    self.doc.tokens[t].deprel,
                    Deprel::Amod | Deprel::Acl | Deprel::Compound | Deprel::Xcomp
                )
        });
        let capital = self.doc.text[quote.clone()].trim_start().starts_with(char::is_uppercase);
        let before =
            self.doc.text[..quote.start].trim_end_matches(['“', '"', '«', '`', ' ', '‘', '\'']);
        let opens =
            before.is_empty() || before.ends_with(['\n', '.', ':', ',', '!', '?', '”', '"']);
        finite && capital && opens
    }

    /// "voiced fears that ...": the fears are what is told, not the voicing.
    fn without_frames(&self, claims: &mut Vec<Claim>) {
        let nouns: HashMap<usize, (usize, Option<usize>)> = claims
            .iter()
            .filter_map(|c| Some((c.cue.as_ref()?.start, (c.content.end, c.source))))
            .collect();
        claims.retain(|claim| {
            let first = self.tokens(&claim.content).find(|&w| self.doc.tokens[w].upos != Upos::Det);
            let noun = first.filter(|&w| self.doc.tokens[w].upos == Upos::Noun);
            let inner = noun.and_then(|w| nouns.get(&self.span(w).start));
            inner.is_none_or(|&(end, source)| end != claim.content.end || source != claim.source)
        });
    }

    /// "He claimed that the government wanted ...": what one speaker says another wants is his
    /// claim, not the other's.
    fn without_attitudes(&self, claims: &mut Vec<Claim>) {
        let said: Vec<(Option<usize>, Range<usize>)> = claims
            .iter()
            .filter(|c| c.kind != Some(CueKind::Hope))
            .map(|c| (c.speaker, c.content.clone()))
            .collect();
        claims.retain(|claim| {
            let (Some(CueKind::Hope), Some(cue)) = (claim.kind, &claim.cue) else { return true };
            // "He said he hopes ..." is his own.
            let pronoun = |s: usize| self.doc.tokens[s].upos == Upos::Pron;
            let own = claim.source.is_none_or(pronoun);
            own || !said.iter().any(|(speaker, content)| {
                content.contains(&cue.start) && (speaker.is_none() || *speaker != claim.speaker)
            })
        });
    }

    /// "I think" and "we want" inside speech say nothing beyond it; nor do "you know" and its like.
    fn without_asides(&self, claims: &mut Vec<Claim>) {
        let speech: Vec<Range<usize>> = claims
            .iter()
            .filter(|c| c.form == ClaimForm::Direct)
            .map(|c| c.content.clone())
            .collect();
        claims.retain(|claim| {
            let Some(source) = claim.source else { return true };
            let at = self.span(source).start;
            let within = speech.iter().any(|s| s.contains(&at) && *s != claim.content);
            !(within && first_person(self.doc, source)
                || self.doc.form(source).eq_ignore_ascii_case("you"))
        });
    }
}

fn first_person(doc: &Document, token: usize) -> bool {
    doc.tokens[token].upos == Upos::Pron
        && matches!(
            doc.form(token).to_ascii_lowercase().as_str(),
            "i" | "we" | "our" | "ours" | "us" | "my" | "mine" | "me"
        )
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Takes "that" off the start of a clause, not off "that day" or "that was wrong".
fn without_that(doc: &Document, range: &mut Range<usize>) {
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
fn trim(text: &str, range: &mut Range<usize>) {
    let Some(words) = text.get(range.clone()) else { return };
    let marks = ['"', '“', '”', '«', '»', '`', ' ', '\n', '\t', '\r', ','];
    let from_start = words.trim_start_matches(marks);
    let start = range.end - from_start.len();
    *range = start..start + from_start.trim_end_matches(marks).len();
}

#[cfg(test)]
mod tests;
