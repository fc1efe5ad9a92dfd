//! The coded report as it leaves the program: see `docs/schema.md`.
//!
//! Offsets are characters (Unicode scalar values) into the report's text, half open. What is not
//! known is `null` or empty.

use jiff::civil::Date;
use serde::Serialize;

/// A stretch of the report's text, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// A stretch of the report's text with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Quoted {
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// Everything coded from one report.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct CodedReport {
    pub report: Header,
    pub sentences: Vec<Sentence>,
    pub actors: Vec<Actor>,
    pub events: Vec<Event>,
    pub claims: Vec<Claim>,
    pub dates: Vec<SetDate>,
    pub times: Vec<Time>,
    pub places: Vec<Place>,
    /// What the report tells foremost; `null` of one without words.
    pub foremost: Option<Foremost>,
    /// Present only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predicates: Option<Vec<Predicate>>,
}

/// What is known of the report itself.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Header {
    pub id: String,
    pub published: Option<Date>,
    pub title: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
}

/// The act that a report is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Foremost {
    /// PLOVER event type.
    pub event: &'static str,
    /// How probable it is, 0 to 1.
    pub confidence: f64,
    /// [`By::Frames`] where the lexicon's frames alone say the same.
    pub by: By,
    /// The first event of that type; `null` where none was coded.
    pub which: Option<usize>,
}

/// What made or chose a coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// The frames of the lexicon, or the patterns of PETRARCH dictionaries.
    Frames,
    /// The learned scorer.
    Scorer,
}

/// One sentence; `repeats` is the index of the earlier sentence it says again.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Sentence {
    pub start: usize,
    pub end: usize,
    pub repeats: Option<usize>,
}

/// One actor of the report with every mention of it.
#[derive(Debug, Clone, Serialize)]
pub struct Actor {
    /// Unique in the report; events and claims refer to it.
    pub id: usize,
    /// Canonical name.
    pub name: String,
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`).
    pub country: Option<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// The office held, as the report or the lexicon names it.
    pub office: Option<String>,
    /// Whether a mention was resolved by a damaged or guessed spelling.
    pub uncertain: bool,
    /// Where the report names it.
    pub mentions: Vec<Quoted>,
}

/// One coded act.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// Unique in the report.
    pub id: usize,
    /// PLOVER event type.
    pub event: &'static str,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// CAMEO code.
    pub cameo: String,
    /// Goldstein scale, −10 to 10.
    pub goldstein: f64,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// Actors who acted.
    pub source: Vec<usize>,
    /// Actors acted upon.
    pub target: Vec<usize>,
    /// Closed interval of days.
    pub when: Option<Days>,
    /// Place id.
    pub r#where: Option<usize>,
    /// Whether it happened.
    pub status: Status,
    /// On whose word, beside the report's own.
    pub according_to: Vec<usize>,
    /// Figures that belong to the event.
    pub quantities: Vec<Quantity>,
    /// Index of the sentence.
    pub sentence: usize,
    /// The word or words that name the act.
    pub predicate: Quoted,
    /// The lexicon entry that made the event.
    pub rule: String,
    /// Whether an entry of the lexicon tells the act, or only the learned reader.
    pub by: By,
    /// How probable it is that type, source and target are all right, 0 to 1, to two digits; `None` where it
    /// was not judged.
    pub confidence: Option<f64>,
    /// Whether it is to be counted: probable enough, or the likeliest of the first sentence.
    pub trusted: bool,
}

impl Event {
    /// Whether the event counts as having happened: [`Status::happened`], and on the report's own
    /// word or on that of sources the user accepts. Every link of a chain of sources must be
    /// accepted ("officials said the army believes"), but for speakers of their own words: that a
    /// government accuses its neighbour is shown by its saying so.
    pub fn counts(&self, accepts: impl Fn(usize) -> bool) -> bool {
        let words = matches!(self.quad, 1 | 3);
        let own = |actor: &usize| words && self.source.contains(actor);
        self.status.happened()
            && self.according_to.iter().all(|actor| own(actor) || accepts(*actor))
    }
}

/// A closed interval of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Days {
    pub from: Date,
    pub to: Date,
}

/// Factuality after FactBank (Saurí & Pustejovsky 2009), and how the event stands in time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    /// How sure the source is.
    pub certainty: Certainty,
    /// Whether it is said to be or not to be.
    pub polarity: Polarity,
    /// −3 (certainly not) to 3 (certainly).
    pub factuality: f64,
    /// Background, current or planned.
    pub time: Standing,
    /// The words of the condition it hangs on.
    pub condition: Option<Span>,
}

impl Status {
    /// The least factuality of what counts as having happened: probable, on FactBank's scale.
    pub const HAPPENED: f64 = 2.0;

    /// Whether the one who tells it says that it happened: affirmed, at least probable, no plan.
    pub fn happened(&self) -> bool {
        self.polarity == Polarity::Positive
            && self.factuality >= Status::HAPPENED
            && self.time != Standing::Planned
    }
}

/// How sure the source is that the event is as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Certainty {
    Certain,
    Probable,
    Possible,
    Unknown,
}

/// Whether the event is said to be or not to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Polarity {
    Positive,
    Negative,
}

/// How the event stands to the report's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Standing {
    Background,
    Current,
    Planned,
}

/// A figure that belongs to an event.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Quantity {
    pub kind: QuantityKind,
    pub value: f64,
    /// The upper end of a range: "10 to 20".
    pub to: Option<f64>,
    /// How `value` is meant.
    pub bound: Bound,
    pub start: usize,
    pub end: usize,
}

/// How a figure is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// "12", "10 to 20".
    #[default]
    Exact,
    /// "nearly 4,000".
    About,
    /// "at least 12", "dozens".
    AtLeast,
    /// "up to 30".
    AtMost,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum QuantityKind {
    Killed,
    Wounded,
    Arrested,
    Displaced,
    Participants,
    Troops,
    Other,
}

/// A proposition with a speaker.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Claim {
    pub speaker: Option<usize>,
    /// The words that name the speaker here: "a senior official who asked not to be named".
    pub source: Option<Quoted>,
    pub kind: Option<ClaimKind>,
    pub form: ClaimForm,
    pub cue: Option<Span>,
    pub content: Span,
    pub evidence: Vec<Evidence>,
    /// What the speaker says that others say: on his word first, then on theirs.
    pub nested: Vec<Claim>,
}

/// The kind of saying, after the tables of `lexicon/attribution/cues.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum ClaimKind {
    Say,
    Claim,
    Accuse,
    Deny,
    Believe,
    Fear,
    Hope,
    Announce,
    Warn,
    Demand,
    Promise,
    Find,
}

/// How the words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum ClaimForm {
    Direct,
    Indirect,
    Mixed,
}

/// What the report says of a claim's support.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub start: usize,
    pub end: usize,
    pub by: Option<usize>,
}

/// Kinds of evidence notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum EvidenceKind {
    NoneGiven,
    Denied,
    Supported,
}

/// A date that somebody set, or what became of one.
#[derive(Debug, Clone, Serialize)]
pub struct SetDate {
    /// What it is for.
    pub kind: DateKind,
    /// Whether it lies ahead, or how it went.
    pub told: Told,
    /// Closed interval of days; a condition without a day has none.
    pub when: Option<Days>,
    /// The words that name the day.
    pub words: Option<Quoted>,
    /// The clause that tells what it is for.
    pub what: Quoted,
    /// Dictionary form of the word that names the thing: "election", "withdraw".
    pub thing: String,
    /// Actors who set it.
    pub set_by: Vec<usize>,
    /// Other actors it concerns.
    pub parties: Vec<usize>,
    /// On whose word, beside the report's own.
    pub according_to: Vec<usize>,
    /// The words of the condition it hangs on.
    pub condition: Option<Span>,
    /// The coded event it belongs to.
    pub event: Option<usize>,
    /// Index of the sentence.
    pub sentence: usize,
}

/// What a date is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DateKind {
    /// By then something is to be done.
    Deadline,
    /// People meet, talk, visit, gather.
    Meeting,
    /// An election, a referendum, a ballot.
    Vote,
    /// A court sits or rules.
    Hearing,
    /// Something holds until then, or from then.
    Expiry,
    /// Somebody is to do something then.
    Plan,
    /// Something is to be done if or unless something else is; no day is named.
    Condition,
}

impl DateKind {
    /// All of them.
    pub const ALL: [DateKind; 7] = [
        DateKind::Deadline,
        DateKind::Meeting,
        DateKind::Vote,
        DateKind::Hearing,
        DateKind::Expiry,
        DateKind::Plan,
        DateKind::Condition,
    ];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            DateKind::Deadline => "deadline",
            DateKind::Meeting => "meeting",
            DateKind::Vote => "vote",
            DateKind::Hearing => "hearing",
            DateKind::Expiry => "expiry",
            DateKind::Plan => "plan",
            DateKind::Condition => "condition",
        }
    }

    /// Reads a kind as it is written.
    pub fn read(name: &str) -> Option<DateKind> {
        DateKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How a report tells of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Told {
    /// It lies ahead of the report.
    Ahead,
    /// It was kept: held, done, observed.
    Met,
    /// It was not: missed, called off, put off.
    Missed,
}

/// A time expression.
#[derive(Debug, Clone, Serialize)]
pub struct Time {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION`, `SET`.
    pub r#type: &'static str,
    /// TIMEX3 value.
    pub value: String,
    /// First day, where it resolves to days.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// A place named in the report.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Place {
    pub id: usize,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub name: String,
    pub geonames: Option<u32>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// First-level division.
    pub admin1: Option<String>,
    pub country: Option<String>,
    pub precision: Precision,
    pub usage: PlaceUse,
}

/// What the coordinates of a place stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// The town itself.
    Town,
    /// The middle of a state, province or county.
    Division,
    /// The middle of a region, river, sea.
    Area,
    /// The middle of the place of which a part is meant: "northern Kosovo".
    Part,
    /// A point as far from a place as is told, "20 km south of Mitrovica", or that place itself where
    /// distance or direction are not told: "a village south of Mosul".
    Near,
    /// The middle of a country.
    Country,
    /// The gazetteer does not know the name, and there are none.
    Unknown,
}

/// How a text uses the name of a place (Gritta et al. 2020, section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceUse {
    /// It tells where something is.
    Literal,
    /// It tells who acts, or whose or what sort something is: "Belgrade said", "the Kosovo police",
    /// "Serbian".
    Associative,
}

/// A word that names something which happens, is done or is so.
#[derive(Debug, Clone, Serialize)]
pub struct Predicate {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Dictionary form.
    pub lemma: String,
    /// How sure its teller is of it, as in [`Status::factuality`].
    pub factuality: f64,
    /// Whether it has happened or is so, from −3, surely not or not yet, to 3.
    pub happened: f64,
    /// Actors on whose word it stands, the outermost first; empty for the report's own.
    pub source: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(status: Status, quad: u8, source: &[usize], according_to: &[usize]) -> Event {
        Event {
            id: 0,
            event: "ASSAULT",
            mode: None,
            context: Vec::new(),
            cameo: "190".to_string(),
            goldstein: -10.0,
            quad,
            source: source.to_vec(),
            target: Vec::new(),
            when: None,
            r#where: None,
            status,
            according_to: according_to.to_vec(),
            quantities: Vec::new(),
            sentence: 0,
            predicate: Quoted { start: 0, end: 0, text: String::new() },
            rule: String::new(),
            by: By::Frames,
            confidence: None,
            trusted: true,
        }
    }

    fn status(factuality: f64, time: Standing) -> Status {
        let polarity = if factuality < 0.0 { Polarity::Negative } else { Polarity::Positive };
        Status { certainty: Certainty::Certain, polarity, factuality, time, condition: None }
    }

    #[test]
    fn only_what_happened_on_an_accepted_word_counts() {
        let happened = || status(2.5, Standing::Current);
        let nobody = |_| false;
        assert!(event(happened(), 4, &[0], &[]).counts(nobody));
        assert!(!event(happened(), 4, &[0], &[1]).counts(nobody));
        assert!(event(happened(), 4, &[0], &[1]).counts(|actor| actor == 1));
        assert!(!event(happened(), 4, &[0], &[1, 2]).counts(|actor| actor == 1));
        for (factuality, time) in
            [(-3.0, Standing::Current), (1.9, Standing::Current), (3.0, Standing::Planned)]
        {
            assert!(!event(status(factuality, time), 4, &[0], &[]).counts(|_| true));
        }
    }

    #[test]
    fn who_accuses_is_the_witness_of_accusing_but_not_of_a_deed() {
        let happened = || status(3.0, Standing::Current);
        assert!(event(happened(), 3, &[0], &[0]).counts(|_| false));
        assert!(!event(happened(), 4, &[0], &[0]).counts(|_| false));
    }
}
