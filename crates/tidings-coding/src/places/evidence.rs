//! Whether a name is meant as that of a place.
//!
//! "Paris" may be a town, a person, a paper. Each term below is a fact about one mention; their
//! weights, in `models/places.tsv`, were learnt by logistic regression (see `models/places.md`), and
//! a mention whose weights sum to more than zero is taken for a place.

use super::lexicon::{Class, LEXICON};
use super::names::{Form, Mention, Mentions, begins_with_capital};
use super::resolve::Meanings;
use super::{dateline, event, surnames};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::{Kind, NameMatch, PlaceKind, World};

/// Declares the terms and their names in `models/places.tsv`.
macro_rules! terms {
    ($($(#[$doc:meta])* $term:ident $name:literal)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Term { $($(#[$doc])* $term),* }
        /// The names of the terms.
        pub const TERMS: &[&str] = &[$($name),*];
    };
}

terms! {
    /// Always 1.
    Bias "bias"
    /// Logarithm of the inhabitants of the place meant, a tenth of it.
    Size "size"
    /// A town of half a million or more; a capital.
    Large "large"
    Seat "seat"
    /// The place meant is a country, state, county, region.
    Country "country"
    State "state"
    County "county"
    Area "area"
    /// A name known by its form alone.
    Feature "feature"
    Way "way"
    People "people"
    /// More than one word.
    Words "words"
    /// Logarithm of the number of places of the name.
    Namesakes "namesakes"
    /// Behind a preposition of place, of direction, another one.
    At "at"
    Toward "toward"
    Of "of"
    /// "Paris, Texas": the first, the second.
    Qualified "qualified"
    Qualifies "qualifies"
    /// In the place line before the text.
    Dateline "dateline"
    /// An abbreviation: "Ala.", "CA".
    Short "short"
    /// Behind a title or a given name; behind another capitalised word.
    Titled "titled"
    AfterName "after name"
    /// Before a word for a public body or its people; for a company or school; another name; a noun.
    BeforeCivic "before civic"
    BeforeBody "before body"
    BeforeName "before name"
    BeforeNoun "before noun"
    Possessive "possessive"
    /// The word is a given name; the last of somebody's names in this report; a role.
    Given "given"
    Surname "surname"
    Role "role"
    /// The word is itself one that names end in: "Police", "Center".
    Generic "generic"
    /// The lexicon has the words as a person, within the longer name of a body.
    Person "person"
    Within "within"
    /// The report writes the word in small letters as well.
    Lower "lower"
    /// Begins the sentence; is not tagged as a name.
    Begins "begins"
    NotProper "not proper"
    Subject "subject"
    Object "object"
    /// Capitals alone.
    Shouted "shouted"
    /// Logarithm of other mentions of the name that are located or qualified; that look like persons.
    Located "located"
    Personal "personal"
    /// Logarithm of other mentions at all.
    Repeated "repeated"
    /// Logarithms of what else the report names in its country, state, and around it.
    SameCountry "same country"
    SameState "same state"
    Around "around"
    /// A smaller town of whose surroundings and state the report says nothing else.
    Lonely "lonely"
}

/// The value of each term for a mention.
pub type Evidence = [f32; TERMS.len()];

const FILE: &str = include_str!("../../../../models/places.tsv");

/// The weights inside the program; a test proves that the file names every term.
static WEIGHTS: LazyLock<Evidence> = LazyLock::new(|| read(FILE).unwrap_or([0.0; TERMS.len()]));

/// Reads the rows: name of a term, weight.
fn read(file: &str) -> Option<Evidence> {
    let mut weights = [0.0; TERMS.len()];
    let mut rows = file.lines().filter(|row| !row.starts_with('#') && !row.is_empty());
    for (weight, name) in weights.iter_mut().zip(TERMS) {
        let (term, value) = rows.next()?.split_once('\t')?;
        if term != *name {
            return None;
        }
        *weight = value.trim().parse().ok()?;
    }
    rows.next().is_none().then_some(weights)
}

/// Whether the evidence speaks for a place.
pub(super) fn speaks_for(evidence: &Evidence) -> bool {
    evidence.iter().zip(WEIGHTS.iter()).map(|(value, weight)| value * weight).sum::<f32>() > 0.0
}

/// Whether the mention stands in the place line before the text.
pub(super) fn in_dateline(evidence: &Evidence) -> bool {
    evidence[Term::Dateline as usize] > 0.0
}

/// Whether the mention stands behind a preposition of place.
pub(super) fn located(evidence: &Evidence) -> bool {
    evidence[Term::At as usize] > 0.0
}

/// Whether the mention only says whose or what sort something is: "the Kosovo police".
pub(super) fn modifies(evidence: &Evidence) -> bool {
    [Term::BeforeCivic, Term::BeforeBody, Term::BeforeName, Term::BeforeNoun, Term::Possessive]
        .iter()
        .any(|&term| evidence[term as usize] > 0.0)
}

/// What is known of a whole report before its mentions are judged.
struct Page<'d> {
    doc: &'d Document<'d>,
    world: &'d World,
    known: &'d [NameMatch],
    surnames: HashSet<&'d str>,
    /// Words written in small letters.
    lower: HashSet<&'d str>,
    datelines: Vec<Range<usize>>,
}

/// The evidence for every mention.
pub(super) fn gather(
    doc: &Document,
    world: &World,
    known: &[NameMatch],
    all: &Mentions,
    meanings: &Meanings,
) -> Vec<Evidence> {
    let page = Page {
        doc,
        world,
        known,
        surnames: surnames(doc),
        lower: (0..doc.tokens.len())
            .map(|i| doc.form(i))
            .filter(|form| form.starts_with(char::is_lowercase))
            .collect(),
        datelines: (0..doc.sentences.len())
            .filter_map(|nth| dateline::of_sentence(doc, world, nth))
            .collect(),
    };
    let mut evidence: Vec<Evidence> =
        all.mentions.iter().map(|mention| page.of_mention(all, meanings, mention)).collect();
    // What is said of one mention counts for the others of its name.
    let located = [Term::At, Term::Qualified, Term::Qualifies, Term::Dateline, Term::BeforeCivic];
    let personal = [Term::Titled, Term::AfterName, Term::BeforeName];
    let any = |evidence: &Evidence, terms: &[Term]| {
        f32::from(u8::from(terms.iter().any(|&term| evidence[term as usize] > 0.0)))
    };
    for name in &all.names {
        let sum = |terms: &[Term], evidence: &[Evidence]| -> f32 {
            name.mentions.iter().map(|&nth| any(&evidence[nth], terms)).sum()
        };
        let (places, persons) = (sum(&located, &evidence), sum(&personal, &evidence));
        for &nth in &name.mentions {
            let own = (any(&evidence[nth], &located), any(&evidence[nth], &personal));
            evidence[nth][Term::Located as usize] = (1.0 + places - own.0).ln();
            evidence[nth][Term::Personal as usize] = (1.0 + persons - own.1).ln();
            evidence[nth][Term::Repeated as usize] = (name.mentions.len() as f32).ln();
        }
    }
    evidence
}

impl Page<'_> {
    fn of_mention(&self, all: &Mentions, meanings: &Meanings, mention: &Mention) -> Evidence {
        let doc = self.doc;
        let mut evidence = [0.0; TERMS.len()];
        let mut set = |term: Term, value: f32| evidence[term as usize] = value;
        let flag = |holds: bool| f32::from(u8::from(holds));
        let tokens = &mention.tokens;
        let name = &all.names[mention.name];
        set(Term::Bias, 1.0);
        set(Term::Feature, flag(mention.form == Form::Feature));
        set(Term::Way, flag(mention.form == Form::Way));
        set(Term::People, flag(mention.form == Form::People));
        set(Term::Words, flag(tokens.len() > 1));
        set(Term::Namesakes, (name.places.len().max(1) as f32).ln());
        if let Some(meaning) = meanings.of_names[mention.name] {
            let place = &name.places[meaning.place];
            set(Term::Size, (place.population as f32 + 1.0).ln() / 10.0);
            let town = place.kind == PlaceKind::City;
            let large = place.population >= 500_000;
            set(Term::Large, flag(town && large));
            set(Term::Seat, flag(name.seat == Some(meaning.place)));
            set(Term::Country, flag(place.kind == PlaceKind::Country));
            let state = place.kind == PlaceKind::Division && place.admin1.is_empty();
            set(Term::State, flag(state));
            set(Term::County, flag(place.kind == PlaceKind::Division && !state));
            set(Term::Area, flag(place.kind == PlaceKind::Area));
            let company = meaning.company;
            set(Term::SameCountry, (1.0 + company.country as f32).ln());
            set(Term::SameState, (1.0 + company.state as f32).ln());
            set(Term::Around, (1.0 + company.around as f32).ln());
            set(Term::Lonely, flag(town && !large && company.state + company.around < 0.5));
        }
        let preposition = event::preposition(doc, mention.head);
        let area =
            |meaning: super::resolve::Meaning| name.places[meaning.place].kind == PlaceKind::Area;
        let on =
            event::on_the(doc, mention.head) && meanings.of_names[mention.name].is_some_and(area);
        let at = on || preposition.is_some_and(|case| LEXICON.is(case, Class::At));
        let toward = preposition.is_some_and(|case| LEXICON.is(case, Class::Toward));
        set(Term::At, flag(at));
        set(Term::Toward, flag(toward && !at));
        let of = doc.children_by(mention.head, &[Deprel::Case]).next().is_some();
        set(Term::Of, flag(of && !at && !toward));
        set(Term::Qualified, flag(mention.qualifier.is_some()));
        set(Term::Qualifies, flag(mention.qualifies));
        set(Term::Dateline, flag(self.in_dateline(tokens.start)));
        let text = &doc.text
            [doc.tokens[tokens.start].start as usize..doc.tokens[tokens.end - 1].end as usize];
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let shouted = letters > 1 && text.chars().all(|c| !c.is_lowercase());
        let country = name.places.first().is_some_and(|p| p.kind == PlaceKind::Country);
        let short = (text.ends_with('.') || (shouted && letters <= 3)) && !country;
        set(Term::Short, flag(short && !mention.qualifies));
        set(Term::Shouted, flag(shouted && !short));
        self.neighbours(mention, &mut set);
        let single = tokens.len() == 1;
        let first = doc.form(tokens.start);
        let last = doc.form(tokens.end - 1);
        set(Term::Given, flag(single && self.world.given.is_male(first).is_some()));
        let classes = [Class::Civic, Class::Body, Class::County, Class::Feature, Class::Way];
        let generic = |class: &Class| LEXICON.is_written(first, *class);
        set(Term::Generic, flag(single && classes.iter().any(generic)));
        set(Term::Surname, flag(self.surnames.contains(last)));
        set(Term::Role, flag(single && self.world.agents.get(&first.to_lowercase()).is_some()));
        set(Term::Lower, flag(single && self.lower.contains(first.to_lowercase().as_str())));
        let sentence = &doc.sentences[doc.sentence_of(tokens.start)];
        set(Term::Begins, flag(sentence.tokens.start == tokens.start));
        set(Term::NotProper, flag(doc.tokens[tokens.end - 1].upos != Upos::Propn));
        let relation = doc.tokens[mention.head].deprel.universal();
        set(Term::Subject, flag(relation == "nsubj"));
        set(Term::Object, flag(matches!(relation, "obj" | "iobj")));
        if mention.form != Form::People {
            let (person, within) = self.other_bearer(tokens);
            set(Term::Person, flag(person));
            set(Term::Within, flag(within));
        }
        evidence
    }

    fn in_dateline(&self, token: usize) -> bool {
        let at = self.datelines.partition_point(|line| line.end <= token);
        self.datelines.get(at).is_some_and(|line| line.contains(&token))
    }

    /// What stands before and behind in the same run of words.
    fn neighbours(&self, mention: &Mention, set: &mut impl FnMut(Term, f32)) {
        let doc = self.doc;
        let tokens = &mention.tokens;
        let sentence = &doc.sentences[doc.sentence_of(tokens.start)].tokens;
        if tokens.start > sentence.start {
            let before = tokens.start - 1;
            let form = doc.form(before);
            let lower = form.to_lowercase();
            let capital = begins_with_capital(form);
            let title = LEXICON.is(&lower, Class::Title)
                || self.world.agents.get(lower.trim_end_matches('.')).is_some_and(|a| a.office);
            let given = capital && self.world.given.is_male(form).is_some();
            let initial = form.len() == 2 && form.ends_with('.') && capital;
            let compass = LEXICON.is(&lower, Class::Compass);
            if capital && (title || given || initial) {
                set(Term::Titled, 1.0);
            } else if capital && !compass && doc.tokens[before].upos == Upos::Propn {
                set(Term::AfterName, 1.0);
            }
        }
        if tokens.end < sentence.end {
            let behind = tokens.end;
            let form = doc.form(behind);
            let lower = form.to_lowercase();
            let capital = begins_with_capital(form);
            let hangs = doc.head(mention.head) == Some(behind)
                || doc.head(behind).is_some_and(|head| head == mention.head)
                || doc.head(behind) == doc.head(mention.head);
            let noun = matches!(doc.tokens[behind].upos, Upos::Noun | Upos::Propn | Upos::Adj);
            if matches!(form, "'s" | "’s" | "'" | "’") {
                set(Term::Possessive, 1.0);
            } else if noun && LEXICON.is(&lower, Class::Civic) {
                set(Term::BeforeCivic, 1.0);
            } else if capital && LEXICON.is(&lower, Class::Body) {
                set(Term::BeforeBody, 1.0);
            } else if capital && noun {
                set(Term::BeforeName, 1.0);
            } else if noun && hangs {
                set(Term::BeforeNoun, 1.0);
            }
        }
    }

    /// Whether the lexicon of names has the words as a person; as part of a longer name of a body.
    fn other_bearer(&self, tokens: &Range<usize>) -> (bool, bool) {
        let start = self.doc.tokens[tokens.start].start as usize;
        let end = self.doc.tokens[tokens.end - 1].end as usize;
        let at = self.known.partition_point(|name| name.end <= start);
        let Some(name) = self.known.get(at).filter(|n| n.start <= start && n.end >= end) else {
            return (false, false);
        };
        let longer = name.start < start || name.end > end;
        match self.world.names.entry(name.entry).kind {
            Kind::Country | Kind::Seat | Kind::Region | Kind::Nationality => (false, false),
            Kind::Person => (true, false),
            _ => (false, longer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_inside_the_program_are_those_of_the_terms() {
        assert!(read(FILE).is_some());
        assert!(read("bias\t0\n").is_none());
    }
}
