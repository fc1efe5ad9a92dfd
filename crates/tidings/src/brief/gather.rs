//! The brief of one report.
//!
//! An event *happened* if it is affirmed with a factuality of at least 2 (probable, on the scale of
//! FactBank as Stanovsky and others 2017 spread it over −3 to 3) and is no plan. What happened in
//! earlier times is background. All else did not happen, and the brief says how it stands.

use super::tell::{self, Telling};
use super::{Act, Brief, Claim, Evidence, Item, Party, Place, Quantity, Source, Standing, Watch};
use crate::{safe, schema};
use schema::{CodedReport, Days, Event, Polarity, Span};
use std::ops::Range;
use tidings_language::Document;
use tidings_report::Report;
use tidings_world::World;

/// The most factuality of what is said not to have happened; what is merely open ("if they do not
/// reopen") lies between the two.
const DENIED: f64 = -1.0;

impl Brief {
    /// The brief of one report. `document` must be the analysis from which `coded` was made.
    pub fn of(report: &Report, document: &Document, coded: &CodedReport, world: &World) -> Brief {
        let page = Page { report, document, coded, world };
        let published = coded.report.published;
        let mut brief = Brief {
            reports: vec![Source {
                id: safe::line(&coded.report.id),
                published,
                title: coded.report.title.as_deref().map(safe::line),
                source: coded.report.source.as_deref().map(safe::line),
                url: coded.report.url.as_deref().map(safe::line),
            }],
            period: published.map(|day| Days { from: day, to: day }),
            ..Brief::default()
        };
        let mut acts = Vec::new();
        for event in &coded.events {
            let happened = event.status.happened();
            let standing = match happened {
                false => Some(page.standing(event)),
                true => page.pending(event),
            };
            let past = event.status.time == schema::Standing::Background;
            if happened {
                acts.push(Telling::of(event, None));
            }
            if standing.is_some() && !past {
                acts.push(Telling::of(event, standing));
            }
        }
        for act in tell::once(acts) {
            let past = act.event.status.time == schema::Standing::Background;
            let into = match act.standing {
                Some(_) => &mut brief.not_happened,
                None if past => &mut brief.background,
                None => &mut brief.happened,
            };
            page.add(&act, into);
        }
        let told = |claim: &&schema::Claim| page.says(claim) && !page.is_within_another(claim);
        let claims = coded.claims.iter().filter(told);
        brief.claims = claims.map(|claim| page.claim(claim)).collect();
        brief.dates = coded.dates.iter().filter_map(|date| page.watch(date)).collect();
        brief
    }
}

/// A report with all that is known of it.
struct Page<'a> {
    report: &'a Report,
    document: &'a Document<'a>,
    coded: &'a CodedReport,
    world: &'a World,
}

impl Page<'_> {
    /// Adds the act to the line of its sentence, dyad and day, or begins one.
    fn add(&self, telling: &Telling, items: &mut Vec<Item>) {
        let Telling { event, standing, .. } = *telling;
        let (source, target) = self.dyad(telling);
        let places = self.places(event.sentence);
        let mut act = self.act(telling);
        if standing.is_some() && act.condition.is_none() && said(event.event).is_some() {
            // What a threat or demand hangs on stands beside it.
            act.condition = self.condition(event.sentence);
        }
        let together = |item: &&mut Item| {
            item.standing == standing
                && item.when == telling.when
                && item.source == source
                && item.target == target
                && item.places == places
        };
        match items.iter_mut().rev().find(together) {
            Some(item) if item.acts.contains(&act) => {}
            Some(item) => item.acts.push(act),
            None => items.push(Item {
                standing,
                when: telling.when,
                source,
                target,
                acts: vec![act],
                text: self.sentence(event.sentence),
                places,
            }),
        }
    }

    fn act(&self, telling: &Telling) -> Act {
        let event = telling.event;
        Act {
            event: event.event.to_string(),
            cameo: event.cameo.clone(),
            words: super::words::action(&event.cameo).to_string(),
            goldstein: event.goldstein,
            quad: event.quad,
            source: self.parties(&telling.source),
            target: self.parties(&telling.target),
            certainty: event.status.certainty,
            condition: event.status.condition.map(|span| self.clause(span)),
            according_to: self.parties(&telling.according_to),
            quantities: telling
                .quantities
                .iter()
                .map(|q| Quantity { kind: q.kind, value: q.value, to: q.to, bound: q.bound })
                .collect(),
            r#where: telling
                .r#where
                .and_then(|id| self.coded.places.iter().find(|place| place.id == id))
                .map(|place| safe::line(&place.name)),
            trusted: telling.trusted,
        }
    }

    /// The two sides: by country, but by name where both sides are of the same countries, and where
    /// people act on nobody named: what they do is not what their country does.
    fn dyad(&self, telling: &Telling) -> (Vec<String>, Vec<String>) {
        let sides = [self.parties(&telling.source), self.parties(&telling.target)];
        let label = |label: fn(&Party) -> String| {
            sides.each_ref().map(|side| {
                let mut labels: Vec<String> = Vec::new();
                for party in side {
                    let label = label(party);
                    if !labels.contains(&label) {
                        labels.push(label);
                    }
                }
                labels
            })
        };
        let country = |party: &Party| party.country_name.as_ref().unwrap_or(&party.name).clone();
        let [source, target] = label(country);
        let state = ["GOV", "MIL", "COP", "SPY", "JUD", "LEG"];
        let acts_for_state = |party: &Party| {
            party.sectors.is_empty() || party.sectors.iter().any(|s| state.contains(&s.as_str()))
        };
        if source == target || target.is_empty() && !sides[0].iter().all(acts_for_state) {
            let [source, target] = label(|party| party.name.clone());
            return (source, target);
        }
        (source, target)
    }

    /// How an event stands that has not happened.
    fn standing(&self, event: &Event) -> Standing {
        if event.status.polarity == Polarity::Negative && event.status.factuality <= DENIED {
            return Standing::Denied;
        }
        // What stands before it in its sentence governs it, the nearest first. Nobody demands of
        // oneself: what the one who demands will do is no demand.
        let spoken = self
            .coded
            .events
            .iter()
            .filter(|other| other.sentence == event.sentence && other.status.happened())
            .filter_map(|other| Some((other.predicate.start, said(other.event)?, other)))
            .filter(|(_, said, other)| *said != Standing::Demanded || !self.one_side(event, other))
            .map(|(start, said, _)| (start, said));
        let governs = spoken
            .chain(self.moods(event.sentence))
            .filter(|(start, _)| *start < event.predicate.start)
            .max_by_key(|(start, _)| *start);
        match governs {
            Some((_, standing)) => standing,
            None if event.status.condition.is_some() && event.quad >= 3 => Standing::Threatened,
            None if event.status.time == schema::Standing::Planned => Standing::Planned,
            None => Standing::Uncertain,
        }
    }

    /// Whether an actor of the one, or of its country, acts in the other.
    fn one_side(&self, a: &Event, b: &Event) -> bool {
        let sides = |event: &Event| -> Vec<(usize, Option<String>)> {
            self.coded
                .actors
                .iter()
                .filter(|actor| event.source.contains(&actor.id))
                .map(|actor| (actor.id, actor.country.clone()))
                .collect()
        };
        let (a, b) = (sides(a), sides(b));
        a.iter().any(|(id, country)| {
            b.iter().any(|(other, theirs)| id == other || country.is_some() && country == theirs)
        })
    }

    /// Whether an event that happened is itself a threat or demand whose content is still open and
    /// not coded: the brief lists it among what is threatened or demanded too.
    fn pending(&self, event: &Event) -> Option<Standing> {
        let standing = said(event.event).filter(|_| !event.cameo.starts_with("02"))?;
        let coded = self.coded.events.iter().any(|other| {
            other.sentence == event.sentence
                && !other.status.happened()
                && self.standing(other) == standing
        });
        (!coded).then_some(standing)
    }

    /// Where in the sentence words of fear and warning stand, in characters.
    fn moods(&self, sentence: usize) -> impl Iterator<Item = (usize, Standing)> + '_ {
        let words = self.document.sentences.get(sentence).map_or(0..0, |s| s.tokens.clone());
        words.filter_map(|word| {
            let standing = match self.document.lemma(word) {
                "fear" | "worry" | "afraid" | "concern" | "dread" | "alarm" => Standing::Feared,
                "warn" | "warning" | "threaten" | "threat" | "ultimatum" => Standing::Threatened,
                _ => return None,
            };
            let token = self.document.tokens.get(word)?;
            let span = self.report.characters(token.start as usize..token.end as usize);
            Some((span.start, standing))
        })
    }

    /// Whether the words say something of somebody: they are quoted, or a clause with a subject, or the
    /// report speaks of their evidence. What is only asked for, promised or named ("to stay calm", "an
    /// accord that ends the war") is an event and no claim, nor is what nobody in particular expects;
    /// two words ("he hopes") say nothing.
    fn says(&self, claim: &schema::Claim) -> bool {
        const FEWEST: usize = 3;
        let span = &claim.content;
        let sentence = self.document.sentences.get(self.sentence_at(span.start));
        let expects =
            matches!(claim.kind, Some(schema::ClaimKind::Believe | schema::ClaimKind::Hope));
        if expects && claim.source.is_none() && claim.evidence.is_empty() {
            return false;
        }
        let inside = |word: usize| {
            self.document.tokens.get(word).is_some_and(|token| {
                let at = self.report.characters(token.start as usize..token.end as usize).start;
                (span.start..span.end).contains(&at)
            })
        };
        // The clause of the subject is what is said, not one that describes a noun in it.
        let of_the_whole = |word: usize| {
            self.document.head(word).is_some_and(|clause| {
                let up = self.document.head(clause).filter(|&up| inside(up));
                up.is_none_or(|_| {
                    let relation = self.document.tokens[clause].deprel.universal();
                    !matches!(relation, "acl" | "advcl")
                })
            })
        };
        claim.form != schema::ClaimForm::Indirect
            || !claim.evidence.is_empty()
            || self.text(span.start..span.end).split(' ').count() >= FEWEST
                && sentence.map_or(0..0, |s| s.tokens.clone()).any(|word| {
                    self.document.tokens.get(word).is_some_and(|token| {
                        matches!(token.deprel.universal(), "nsubj" | "csubj" | "expl")
                            && inside(word)
                            && of_the_whole(word)
                    })
                })
    }

    /// Whether the words are part of a longer claim, and nothing is said of their evidence: "says he
    /// hopes that ...", "claimed that Peru wanted ..." are told once, with all their words.
    fn is_within_another(&self, claim: &schema::Claim) -> bool {
        let (own, start, end) = (claim.speaker, claim.content.start, claim.content.end);
        claim.evidence.is_empty()
            && self.coded.claims.iter().any(|other| {
                let Span { start: from, end: to } = other.content;
                (other.speaker == own || other.speaker.is_some() && self.says(other))
                    && from <= start
                    && end <= to
                    && (from, to) != (start, end)
            })
    }

    fn claim(&self, claim: &schema::Claim) -> Claim {
        let (start, end) = (claim.content.start, claim.content.end);
        Claim {
            speaker: claim.speaker.and_then(|id| self.party(id)),
            kind: claim.kind,
            form: claim.form,
            text: self.text(start..end),
            evidence: claim
                .evidence
                .iter()
                .map(|note| Evidence {
                    kind: note.kind,
                    text: self.text(note.start..note.end),
                    by: note.by.and_then(|id| self.party(id)),
                    places: self.places(self.sentence_at(note.start)),
                })
                .collect(),
            places: self.places(self.sentence_at(start)),
        }
    }

    /// A date ahead of the report that has a day.
    fn watch(&self, date: &schema::SetDate) -> Option<Watch> {
        let when = date.when.filter(|_| date.told == schema::Told::Ahead)?;
        Some(Watch {
            kind: date.kind,
            set_by: self.parties(&date.set_by),
            when,
            words: date.words.as_ref().map_or_else(String::new, |words| safe::line(&words.text)),
            passed: false,
            condition: date.condition.map(|span| self.clause(span)),
            text: self.sentence(date.sentence),
            places: self.places(date.sentence),
        })
    }

    /// The words of a condition in the sentence: of a coded event, else of any clause with "if".
    fn condition(&self, sentence: usize) -> Option<String> {
        let coded = self.coded.events.iter().filter(|event| event.sentence == sentence);
        if let Some(span) = coded.filter_map(|event| event.status.condition).next() {
            return Some(self.clause(span));
        }
        let document = self.document;
        let mut words = document.sentences.get(sentence)?.tokens.clone();
        let mark = words.find(|&w| matches!(document.lemma(w), "if" | "unless"))?;
        let mut clause = document.subtree_span(document.head(mark)?);
        // The tree may hang a longer stretch on the clause's verb: the condition begins with "if".
        clause.start = document.tokens.get(mark)?.start as usize;
        document.text.get(clause).map(trimmed)
    }

    fn sentence_at(&self, character: usize) -> usize {
        let sentences = &self.coded.sentences;
        sentences.partition_point(|s| s.end <= character).min(sentences.len().saturating_sub(1))
    }

    /// The sentence as the analysis read it.
    fn sentence(&self, index: usize) -> String {
        let span = self.document.sentences.get(index).map_or(0..0, |s| s.start..s.end);
        safe::line(self.document.text.get(span).unwrap_or_default())
    }

    /// The sentence and those that repeat it.
    fn places(&self, index: usize) -> Vec<Place> {
        let repeats = self.coded.sentences.iter().enumerate();
        let repeats = repeats.filter(|(_, s)| s.repeats == Some(index)).map(|(at, _)| at);
        let report = safe::line(&self.coded.report.id);
        let published = self.coded.report.published;
        std::iter::once(index)
            .chain(repeats)
            .map(|sentence| Place { report: report.clone(), sentence, published })
            .collect()
    }

    /// The words at these characters of the report's text, as the analysis read them.
    fn text(&self, characters: Range<usize>) -> String {
        safe::line(self.report.as_read(characters))
    }

    /// The words of a condition.
    fn clause(&self, span: Span) -> String {
        trimmed(self.report.as_read(span.start..span.end))
    }

    fn parties(&self, ids: &[usize]) -> Vec<Party> {
        ids.iter().filter_map(|&id| self.party(id)).collect()
    }

    fn party(&self, id: usize) -> Option<Party> {
        let actor = self.coded.actors.iter().find(|actor| actor.id == id)?;
        let name_of = |code: &String| self.world.gazetteer.country(code).map(|c| c.name);
        Some(Party {
            name: safe::line(&actor.name),
            country: actor.country.clone(),
            country_name: actor.country.as_ref().and_then(name_of).map(str::to_string),
            sectors: actor.sectors.clone(),
            office: actor.office.as_deref().map(safe::line),
            uncertain: actor.uncertain,
        })
    }
}

/// A clause without the marks at its edges.
fn trimmed(clause: &str) -> String {
    let marks = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '.');
    safe::line(clause.trim_matches(marks))
}

/// How the content of a speech act stands.
fn said(event: &str) -> Option<Standing> {
    match event {
        "THREATEN" => Some(Standing::Threatened),
        "REQUEST" => Some(Standing::Demanded),
        _ => None,
    }
}

#[cfg(test)]
#[path = "gather_tests.rs"]
mod tests;
