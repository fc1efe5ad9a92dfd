//! The place of an event: nearest on the tree, in the event's own clause.

use super::lexicon::{Class, LEXICON};
use super::{Place, head_of};
use crate::schema::{PlaceUse, Precision};
use tidings_language::{Deprel, Document, Upos, Xpos};

/// Whether a preposition of place governs the word, itself or by way of a geographic noun.
pub(super) fn locative(doc: &Document, head: usize) -> bool {
    preposition(doc, head).is_some_and(is_of_place)
}

/// Whether a geographic noun says what the name is: "the besieged town of Gornja".
pub(super) fn called_place(doc: &Document, head: usize) -> bool {
    let of = doc.children_by(head, &[Deprel::Case]).any(|i| doc.form(i) == "of");
    of && doc.head(head).is_some_and(|up| LEXICON.is(doc.lemma(up), Class::Passes))
}

/// "on the Danube", "on Mount Ararat", of waters, mountains and regions; "sanctions on the Netherlands"
/// are nowhere.
pub(super) fn on_the(doc: &Document, head: usize) -> bool {
    let mut case = doc.children_by(head, &[Deprel::Case]);
    case.any(|c| matches!(doc.lemma(c), "on" | "over" | "along" | "across"))
        && (LEXICON.is_written(doc.form(head), Class::Before)
            || doc
                .children(head)
                .any(|c| doc.lemma(c) == "the" || LEXICON.is_written(doc.form(c), Class::Before)))
}

fn is_of_place(case: &str) -> bool {
    LEXICON.is(case, Class::At) || LEXICON.is(case, Class::Toward)
}

/// The preposition above the word, of place or not.
pub(super) fn preposition<'d>(doc: &'d Document, mut word: usize) -> Option<&'d str> {
    for _ in 0..5 {
        // The last of several is the noun's own: "along with Russia" is no place, "from inside Gaza" is.
        let case = doc.children_by(word, &[Deprel::Case]).map(|i| doc.lemma(i)).last();
        let relation = doc.tokens[word].deprel;
        let up = doc.head(word)?;
        let geographic = LEXICON.is(doc.lemma(up), Class::Passes);
        match case {
            Some("of" | "'s" | "’s" | "'") if geographic => {}
            Some("on") if !LEXICON.is(doc.lemma(word), Class::Passes) => return None,
            Some("of" | "'s" | "’s" | "'") => return None,
            Some(case) => return Some(case),
            None if relation == Deprel::Conj => {}
            None if relation == Deprel::Appos => {}
            None if geographic && matches!(relation, Deprel::Compound | Deprel::NmodDesc) => {}
            None => return None,
        }
        word = up;
    }
    None
}

/// The place where the event named by `predicate` happened, as an index into `places`: the one
/// under a preposition of place nearest to it in its clause, else the only place of the sentence where
/// its clause holds the event. The place line before a text is where it was written, not where things
/// happened. What is `told` (said, decided, agreed on) happens where the telling does: "condemned the
/// raid in Korsa" was not said there.
pub fn of_event(doc: &Document, places: &[Place], predicate: usize, told: bool) -> Option<usize> {
    let sentence = doc.sentences.get(doc.sentence_of(predicate))?;
    let within = |place: &Place| {
        sentence.tokens.contains(&place.tokens.start)
            && !place.dateline
            && place.usage == PlaceUse::Literal
    };
    let here = || {
        let first = places.partition_point(|place| place.tokens.start < sentence.tokens.start);
        let rest = places.iter().enumerate().skip(first);
        rest.take_while(|(_, place)| place.tokens.start < sentence.tokens.end)
            .filter(|(_, place)| within(place))
            .filter(|(_, place)| !parted(doc, place) && !origin(doc, place, predicate, told))
            .filter(|(_, place)| !seat(doc, place) && !apart(doc, place, predicate))
            .filter(|(_, place)| !aimed(doc, place, predicate))
            .filter(|(_, place)| !of_another_conjunct(doc, place, predicate))
            .filter(|(_, place)| !told || !of_another(doc, place, predicate) && !topic(doc, place))
    };
    let nearest = here()
        .filter_map(|(at, place)| {
            let head = head_of(doc, &place.tokens);
            let told = match place.precision {
                Precision::Near => Some("near"),
                Precision::Area if on_the(doc, head) => Some("on"),
                _ => None,
            };
            let case = told.or_else(|| preposition(doc, head)).filter(|case| is_of_place(case))?;
            let direction = usize::from(!LEXICON.is(case, Class::At));
            let steps = distance(doc, head, predicate)?;
            Some(((direction, steps, at), at))
        })
        .min()
        .map(|(_, at)| at);
    nearest.or_else(|| {
        let mut all = here();
        let first = all.next()?;
        let one = all.all(|(_, place)| place.name == first.1.name);
        (one && holds(doc, head_of(doc, &first.1.tokens), predicate, told)).then_some(first.0)
    })
}

/// Whether the clause of the place is that of the event or one above it, speech apart: "attacked troops
/// stationed near Korsa" was near Korsa, "resigned over a decision to withdraw from Korsa" was not.
fn holds(doc: &Document, place: usize, predicate: usize, told: bool) -> bool {
    let mut top = clause(doc, place);
    for _ in 0..4 {
        let infinitive = || doc.children(top).any(|c| doc.tokens[c].xpos == Xpos::To);
        match doc.head(top) {
            Some(noun) if doc.tokens[top].deprel == Deprel::Acl && !infinitive() => {
                top = clause(doc, noun);
            }
            _ => break,
        }
    }
    let way = std::iter::successors(Some(predicate), |&word| doc.head(word));
    let mut within = way.take_while(|&word| word != top);
    let apart = told || participates(doc, place, top);
    doc.dominates(top, predicate) && within.all(|word| !leaves(doc, word, apart))
}

/// Whether the clause under the word is of another place than the one above it: speech, another time
/// ("... before they struck"), and, where the event is `apart` from the place (it is told, or the place
/// is that of somebody or something of the clause above), whatever another subject does.
fn leaves(doc: &Document, word: usize, apart: bool) -> bool {
    let subject = || doc.children_by(word, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_some();
    let at_once = || {
        let mut marks = doc.children_by(word, &[Deprel::Mark, Deprel::Advmod]);
        marks.any(|mark| LEXICON.is(doc.lemma(mark), Class::AtOnce))
    };
    match doc.tokens[word].deprel {
        Deprel::Ccomp | Deprel::Csubj => true,
        Deprel::Advcl => subject() && (apart || !at_once()),
        Deprel::Conj | Deprel::Parataxis => apart && subject(),
        _ => false,
    }
}

/// Whether the place is that of a subject or object of the clause, not of the clause itself.
fn participates(doc: &Document, place: usize, top: usize) -> bool {
    let way = std::iter::successors(Some(place), |&word| doc.head(word));
    way.take_while(|&word| word != top).any(|word| {
        matches!(doc.tokens[word].deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj)
    })
}

/// "Bombed a base in Homs despite appeals": the appeals were made elsewhere.
fn apart(doc: &Document, place: &Place, predicate: usize) -> bool {
    let head = head_of(doc, &place.tokens);
    let far = |word: usize| {
        let mut marks = doc.children_by(word, &[Deprel::Case, Deprel::Mark]);
        marks.any(|mark| LEXICON.is(doc.lemma(mark), Class::Apart))
            || matches!(doc.tokens[word].deprel, Deprel::Obl | Deprel::Nmod)
                && LEXICON.is(doc.lemma(word), Class::Apart)
    };
    std::iter::successors(Some(predicate), |&word| doc.head(word))
        .take_while(|&word| !doc.dominates(word, head))
        .any(far)
}

/// "A clash with its ally in Ankara": whence somebody rules.
fn seat(doc: &Document, place: &Place) -> bool {
    let mut head = head_of(doc, &place.tokens);
    while let Some(first) = doc.head(head).filter(|_| doc.tokens[head].deprel == Deprel::Conj) {
        head = first;
    }
    matches!(place.precision, Precision::Town | Precision::Country)
        && doc.tokens[head].deprel == Deprel::Nmod
        && doc.head(head).is_some_and(|noun| LEXICON.is(doc.lemma(noun), Class::Seated))
}

/// "A war between Turkey and Syria": who stands against whom, not where.
fn parted(doc: &Document, place: &Place) -> bool {
    let head = head_of(doc, &place.tokens);
    place.precision == Precision::Country && preposition(doc, head) == Some("between")
}

/// "Troops from the UK": whence somebody is; "sought help from the UK": whom somebody asked.
fn origin(doc: &Document, place: &Place, predicate: usize, told: bool) -> bool {
    let head = head_of(doc, &place.tokens);
    let own = doc.head(head) == Some(predicate)
        || doc.tokens[head].deprel != Deprel::Nmod && doc.dominates(predicate, head);
    (told || !own) && preposition(doc, head) == Some("from")
}

/// "Talks over Syria": what is talked of.
fn topic(doc: &Document, place: &Place) -> bool {
    matches!(preposition(doc, head_of(doc, &place.tokens)), Some("over" | "about"))
}

/// "The policy towards Syria" and "tensions over Syria" are nowhere, whatever else happens.
fn aimed(doc: &Document, place: &Place, predicate: usize) -> bool {
    let head = head_of(doc, &place.tokens);
    doc.tokens[head].deprel == Deprel::Nmod
        && doc.head(head) != Some(predicate)
        && matches!(
            preposition(doc, head),
            Some("over" | "about" | "toward" | "towards" | "against")
        )
}

/// "The attack in Homs and the poisoning": the place is that of what stands before.
fn of_another_conjunct(doc: &Document, place: &Place, predicate: usize) -> bool {
    let head = head_of(doc, &place.tokens);
    let noun = |word: usize| matches!(doc.tokens[word].upos, Upos::Noun | Upos::Propn);
    let mut first = predicate;
    while let Some(up) = doc.head(first).filter(|_| doc.tokens[first].deprel == Deprel::Conj) {
        first = up;
    }
    first != predicate && head < predicate && noun(first) && doc.dominates(first, head)
}

/// Whether the place is that of another noun below what is told: "condemned the raid in Korsa".
fn of_another(doc: &Document, place: &Place, predicate: usize) -> bool {
    let mut word = head_of(doc, &place.tokens);
    while let Some(up) = doc.head(word).filter(|&up| up != predicate) {
        let noun = matches!(doc.tokens[up].upos, Upos::Noun | Upos::Propn);
        let passes = place.tokens.contains(&up) || LEXICON.is(doc.lemma(up), Class::Passes);
        // "The opposition in Korsa urged ..." did so there.
        let speaker = doc.tokens[up].deprel == Deprel::Nsubj;
        if noun && !passes && !speaker && doc.dominates(predicate, up) {
            return true;
        }
        word = up;
    }
    false
}

/// Edges from the place to the predicate without leaving the predicate's clause; none if the place
/// belongs to another clause.
fn distance(doc: &Document, place: usize, predicate: usize) -> Option<usize> {
    let top = clause(doc, predicate);
    let (mut word, mut steps) = (place, 0);
    loop {
        if word == predicate {
            return Some(steps);
        }
        if word == top {
            // The place hangs on the clause beside the predicate.
            return Some(steps + 2);
        }
        // "Horvat, a general in Homs, was sentenced": who he is.
        let described =
            doc.tokens[word].deprel == Deprel::Appos && doc.tokens[word].upos == Upos::Noun;
        if opens_clause(doc, word) || described {
            return None;
        }
        word = doc.head(word)?;
        steps += 1;
    }
}

/// The word that heads the clause of the predicate.
fn clause(doc: &Document, predicate: usize) -> usize {
    let mut word = predicate;
    while !opens_clause(doc, word) && doc.tokens[word].upos != Upos::Verb {
        match doc.head(word) {
            Some(up) => word = up,
            None => break,
        }
    }
    word
}

fn opens_clause(doc: &Document, word: usize) -> bool {
    match doc.tokens[word].deprel.universal() {
        "advcl" | "acl" | "ccomp" | "csubj" | "parataxis" | "root" => true,
        "conj" => doc.tokens[word].upos == Upos::Verb,
        _ => false,
    }
}
