//! From the steps to one coded report: runs them in order and turns bytes into characters.

use crate::schema::{self, CodedReport, Days, Quoted, Span};
use crate::{actors, claims, dates, events, foremost, petrarch, places, quantities, status, times};
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;
use tidings_language::{Document, Upos};
use tidings_report::Report;
use tidings_world::{Class, CueKind, World};

/// Codes one report. `doc` must be the analysis of [`Report::analysed`]; `headline` that of its title as
/// [`foremost::plain`] writes it, where it has one.
pub fn code(
    report: &Report,
    doc: &Document,
    headline: Option<&Document>,
    world: &World,
) -> CodedReport {
    run(report, doc, headline, world).coded
}

/// As [`code`], with all predicates of the report.
pub fn code_with_predicates(
    report: &Report,
    doc: &Document,
    headline: Option<&Document>,
    world: &World,
) -> CodedReport {
    let mut found = run(report, doc, headline, world);
    found.coded.predicates = Some(Page { report, doc }.predicates(world, &found));
    found.coded
}

/// For each event of the coded report, in order: the words, the rule and the tree edges behind it.
pub fn explain(report: &Report, doc: &Document, world: &World) -> (CodedReport, Vec<String>) {
    let Found { coded, events, .. } = run(report, doc, None, world);
    let told = events
        .iter()
        .map(|event| {
            let words: Vec<&str> = event.words.iter().map(|&w| doc.form(w)).collect();
            let mut line = format!("{} by {}", words.join(" "), event.rule);
            for edge in &event.edges {
                let _ = write!(line, "\n    {edge}");
            }
            let _ = write!(line, "\n    status: {}", status::chain(doc, world, event.predicate));
            line
        })
        .collect();
    (coded, told)
}

/// What the headline and the text tell foremost.
fn foremost(pages: &foremost::Pages) -> Option<schema::Foremost> {
    foremost::find(pages).map(|found| schema::Foremost {
        event: found.event,
        confidence: hundredths(found.confidence),
        by: if found.by_frames { schema::By::Frames } else { schema::By::Scorer },
        which: found.which,
    })
}

/// A probability to two digits: more would say more than is known.
fn hundredths(probability: f32) -> f64 {
    (f64::from(probability) * 100.0).round() / 100.0
}

/// The coded report beside the steps that made it.
struct Found {
    coded: CodedReport,
    events: Vec<events::Event>,
    claims: Vec<claims::Claim>,
}

fn run(report: &Report, doc: &Document, headline: Option<&Document>, world: &World) -> Found {
    let published = report.published;
    let sentences: Vec<&str> = doc.sentences.iter().map(|s| &doc.text[s.start..s.end]).collect();
    let repeats = tidings_report::repeats(&sentences);
    let times = times::find(doc, published);
    let places = places::find(doc, world);
    let (mut who, mut found, acts) = match &world.dictionaries {
        Some(dictionaries) => {
            let (who, found) = petrarch::code(doc, dictionaries, world, published);
            (who, found, Vec::new())
        }
        None => {
            let who = actors::find(doc, world, &places, published);
            let events::Found { events, acts } = events::read(doc, &who, world);
            (who, events, acts)
        }
    };
    let claims: Vec<claims::Claim> = claims::find(doc, world, &mut who)
        .into_iter()
        .filter(|c| repeats[sentence_at(doc, c.content.start)].is_none())
        .collect();
    found.retain(|event| repeats[doc.sentence_of(event.predicate)].is_none());
    events::settle(doc, &places, &mut who, &mut found);
    if world.dictionaries.is_none() {
        events::choose(doc, &who, world, &acts, &mut found);
    }
    let told = foremost::Page { doc, found: events::Found { events: found, acts } };
    let pages = foremost::Pages::new(headline, told, world);
    let foremost = world.dictionaries.is_none().then(|| foremost(&pages)).flatten();
    let found = pages.text.found.events;

    let page = Page { report, doc };
    let mut conditions = Vec::with_capacity(found.len());
    let coded_events: Vec<schema::Event> = found
        .iter()
        .enumerate()
        .map(|(id, event)| {
            let when = times::of_event(doc, &times, event.predicate, published);
            let status = status::of(doc, world, event.predicate, when, published);
            // What lies ahead is not of the report's day because the report tells of it.
            let ahead = status.time == schema::Standing::Planned;
            let when =
                when.filter(|_| !ahead || times::is_dated(doc, &times, event.predicate, published));
            conditions.push(status.condition.clone());
            schema::Event {
                id,
                event: event.action.event,
                mode: event.action.mode.clone(),
                context: event.action.context.clone(),
                cameo: event.action.cameo.clone(),
                goldstein: event.action.goldstein,
                quad: event.action.quad,
                source: event.source.clone(),
                target: event.target.clone(),
                when: when.map(|(from, to)| Days { from, to }),
                r#where: {
                    let told = event.action.event != "CONSULT"
                        && matches!(event.action.quad, 1 | 3)
                        && tells(doc, world, event.predicate);
                    places::of_event(doc, &places, event.predicate, told)
                },
                status: schema::Status {
                    certainty: status.certainty,
                    polarity: status.polarity,
                    factuality: status.factuality,
                    time: status.time,
                    condition: status.condition.map(|c| page.span(c)),
                },
                according_to: claims::according_to(doc, &claims, event.predicate),
                quantities: quantities::of_event(doc, event.predicate)
                    .into_iter()
                    .map(|q| {
                        let Span { start, end } = page.span(q.span);
                        let quantities::Quantity { kind, value, to, bound, .. } = q;
                        schema::Quantity { kind, value, to, bound, start, end }
                    })
                    .collect(),
                sentence: doc.sentence_of(event.predicate),
                predicate: page.words(&event.words),
                rule: event.rule.clone(),
                by: event.by,
                confidence: event.confidence.map(hundredths),
                trusted: event.trusted,
            }
        })
        .collect();
    let acts: Vec<dates::Act> = found
        .iter()
        .zip(coded_events.iter().zip(conditions))
        .map(|(event, (coded, condition))| dates::Act {
            event,
            happened: coded.status.happened(),
            condition,
        })
        .collect();
    let known = dates::Known {
        doc,
        world,
        times: &times,
        actors: &who,
        claims: &claims,
        acts: &acts,
        published,
    };
    let set = dates::find(known, |sentence| repeats.get(sentence).is_some_and(Option::is_none));
    let coded = CodedReport {
        report: schema::Header {
            id: report.id.clone(),
            published,
            title: report.title.clone(),
            source: report.source.clone(),
            url: report.url.clone(),
            language: report.language.clone(),
        },
        sentences: doc
            .sentences
            .iter()
            .zip(&repeats)
            .map(|(sentence, &repeats)| {
                let Span { start, end } = page.span(sentence.start..sentence.end);
                schema::Sentence { start, end, repeats }
            })
            .collect(),
        actors: page.actors(&who),
        events: coded_events,
        claims: page.claims(claims.clone()),
        dates: set.into_iter().map(|date| page.date(date, &claims)).collect(),
        times: times.into_iter().map(|time| page.time(time)).collect(),
        places: places
            .into_iter()
            .enumerate()
            .map(|(id, place)| {
                let Quoted { start, end, text } = page.tokens(&place.tokens);
                let places::Place { name, geonames, lat, lon, .. } = place;
                let places::Place { admin1, country, precision, usage, .. } = place;
                schema::Place {
                    id,
                    start,
                    end,
                    text,
                    name,
                    geonames,
                    lat,
                    lon,
                    admin1,
                    country,
                    precision,
                    usage,
                }
            })
            .collect(),
        foremost,
        predicates: None,
    };
    Found { coded, events: found, claims }
}

/// Whether the word tells of another happening: a noun of talk, a verb of saying.
fn tells(doc: &Document, world: &World, predicate: usize) -> bool {
    match doc.tokens[predicate].upos {
        Upos::Verb => world.cues.cue(Class::Verb, doc.lemma(predicate)).is_some(),
        upos => upos == Upos::Noun,
    }
}

fn sentence_at(doc: &Document, byte: usize) -> usize {
    doc.sentences.partition_point(|s| s.end <= byte).min(doc.sentences.len().saturating_sub(1))
}

/// The report beside its analysis: the one place where bytes become characters.
struct Page<'a> {
    report: &'a Report,
    doc: &'a Document<'a>,
}

impl Page<'_> {
    fn span(&self, bytes: Range<usize>) -> Span {
        let Range { start, end } = self.report.characters(bytes);
        Span { start, end }
    }

    /// The words as they were found: what the offsets point at.
    fn quoted(&self, bytes: Range<usize>) -> Quoted {
        let text = self.report.as_found(bytes.clone()).to_string();
        let Span { start, end } = self.span(bytes);
        Quoted { start, end, text }
    }

    fn tokens(&self, tokens: &Range<usize>) -> Quoted {
        let (first, last) = (self.doc.tokens[tokens.start], self.doc.tokens[tokens.end - 1]);
        self.quoted(first.start as usize..last.end as usize)
    }

    /// From the first to the last of the words.
    fn words(&self, words: &[usize]) -> Quoted {
        let first = words.iter().copied().min().unwrap_or(0);
        let last = words.iter().copied().max().unwrap_or(first);
        self.tokens(&(first..last + 1))
    }

    fn actors(&self, who: &actors::Actors) -> Vec<schema::Actor> {
        who.actors
            .iter()
            .enumerate()
            .map(|(id, actor)| schema::Actor {
                id,
                name: actor.name.clone(),
                country: actor.country.clone(),
                sectors: actor.sectors.clone(),
                office: actor.office.clone(),
                uncertain: actor.uncertain,
                mentions: who
                    .mentions
                    .iter()
                    .filter(|m| m.actor == id)
                    .map(|m| self.tokens(&m.tokens))
                    .collect(),
            })
            .collect()
    }

    /// The claims, each below the one it is part of.
    fn claims(&self, claims: Vec<claims::Claim>) -> Vec<schema::Claim> {
        let above = claims::nest(&claims);
        let mut out: Vec<Option<schema::Claim>> =
            claims.into_iter().map(|claim| Some(self.claim(claim))).collect();
        // The shortest first: what a claim holds is complete before the claim itself moves.
        let length = |claim: &schema::Claim| claim.content.end - claim.content.start;
        let mut order: Vec<usize> = (0..out.len()).filter(|&c| above[c].is_some()).collect();
        order.sort_by_key(|&c| out[c].as_ref().map(length));
        for nested in order {
            let claim = out[nested].take();
            let holder = above[nested].and_then(|holder| out[holder].as_mut());
            if let (Some(holder), Some(claim)) = (holder, claim) {
                holder.nested.push(claim);
            }
        }
        for claim in out.iter_mut().flatten() {
            claim.nested.sort_by_key(|nested| nested.content.start);
        }
        out.into_iter().flatten().collect()
    }

    fn claim(&self, claim: claims::Claim) -> schema::Claim {
        schema::Claim {
            speaker: claim.speaker,
            source: claim.named.map(|words| self.quoted(words)),
            kind: claim.kind.map(kind),
            form: claim.form,
            cue: claim.cue.map(|cue| self.span(cue)),
            content: self.span(claim.content),
            evidence: claim
                .evidence
                .into_iter()
                .map(|e| {
                    let Span { start, end } = self.span(e.span);
                    schema::Evidence { kind: e.kind, start, end, by: e.by }
                })
                .collect(),
            nested: Vec::new(),
        }
    }

    /// The predicates of the report; a coded event has the status of its word.
    fn predicates(&self, world: &World, found: &Found) -> Vec<schema::Predicate> {
        let doc = self.doc;
        let coded: HashMap<usize, f64> = found
            .events
            .iter()
            .zip(&found.coded.events)
            .map(|(event, coded)| (event.predicate, coded.status.factuality))
            .collect();
        let mut near = (usize::MAX, Vec::new());
        let words = status::predicates(doc, world).into_iter();
        words
            .map(|word| {
                let sentence = doc.sentence_of(word);
                if near.0 != sentence {
                    let bounds = &doc.sentences[sentence];
                    let touches = |claim: &&claims::Claim| {
                        let cue = claim.cue.clone().unwrap_or_else(|| claim.content.clone());
                        let touches = |span: &Range<usize>| {
                            span.start < bounds.end && bounds.start < span.end
                        };
                        touches(&claim.content) || touches(&cue)
                    };
                    near = (sentence, found.claims.iter().filter(touches).cloned().collect());
                }
                let Quoted { start, end, .. } = self.tokens(&(word..word + 1));
                schema::Predicate {
                    start,
                    end,
                    lemma: doc.lemma(word).to_string(),
                    factuality: coded
                        .get(&word)
                        .copied()
                        .unwrap_or_else(|| status::of(doc, world, word, None, None).factuality),
                    happened: status::happened(doc, world, word),
                    source: claims::according_to(doc, &near.1, word),
                }
            })
            .collect()
    }

    fn date(&self, date: dates::SetDate, claims: &[claims::Claim]) -> schema::SetDate {
        schema::SetDate {
            kind: date.kind,
            told: date.told,
            when: date.days.map(|(from, to)| Days { from, to }),
            words: date.words.map(|words| self.quoted(words)),
            what: self.quoted(date.what),
            thing: self.doc.lemma(date.thing).to_lowercase(),
            set_by: date.set_by,
            parties: date.parties,
            according_to: claims::according_to(self.doc, claims, date.thing),
            condition: date.condition.map(|words| self.span(words)),
            event: date.event,
            sentence: self.doc.sentence_of(date.thing),
        }
    }

    fn time(&self, time: times::Time) -> schema::Time {
        let Quoted { start, end, text } = self.quoted(time.span);
        let (from, to) = time.days.unzip();
        schema::Time { start, end, text, r#type: time.kind, value: time.value, from, to }
    }
}

fn kind(cue: CueKind) -> schema::ClaimKind {
    match cue {
        CueKind::Say => schema::ClaimKind::Say,
        CueKind::Claim => schema::ClaimKind::Claim,
        CueKind::Accuse => schema::ClaimKind::Accuse,
        CueKind::Deny => schema::ClaimKind::Deny,
        CueKind::Believe => schema::ClaimKind::Believe,
        CueKind::Fear => schema::ClaimKind::Fear,
        CueKind::Hope => schema::ClaimKind::Hope,
        CueKind::Announce => schema::ClaimKind::Announce,
        CueKind::Warn => schema::ClaimKind::Warn,
        CueKind::Demand => schema::ClaimKind::Demand,
        CueKind::Promise => schema::ClaimKind::Promise,
        CueKind::Find => schema::ClaimKind::Find,
    }
}
