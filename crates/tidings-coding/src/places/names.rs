//! Where a report names what may be a place.
//!
//! In go the words and the gazetteer; out come mentions, longest name first, and the names they are
//! mentions of. Beside the names of the gazetteer there are those whose form tells what they are
//! ("Laurel County", "Dublin Road", "Highway 19", "Lake Skadar"), known or not, and the peoples of
//! countries ("Georgian").

use super::lexicon::{Class, LEXICON};
use super::unlisted::Unlisted;
use super::{head_of, words};
use std::collections::HashMap;
use std::ops::Range;
use tidings_language::{Document, Upos};
use tidings_world::{Kind, NameMatch, PlaceKind, Toponym, World};

/// Names are no longer than this in words: "Federation of Bosnia and Herzegovina".
const LONGEST: usize = 6;

/// How the words are known to be a name of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The gazetteer has them.
    Listed,
    /// They end or begin as the names of features and divisions do.
    Feature,
    /// They are a street or road.
    Way,
    /// They are the people of a country, or an adjective made of it.
    People,
    /// They are the name of a state or land that is no more.
    Historic,
    /// Nothing is known of them but that the text uses them as a place: "the village of Gornja".
    Unknown,
}

/// One mention.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub tokens: Range<usize>,
    /// The word of the name that the others hang on.
    pub head: usize,
    pub form: Form,
    /// Which of the [`Name`]s.
    pub name: usize,
    /// The mention right behind a comma that says where this one is: "Paris, Texas".
    pub qualifier: Option<usize>,
    /// Whether it stands behind another as its qualifier.
    pub qualifies: bool,
}

/// A name of the report with the places that bear it; one name means one place in a report.
#[derive(Debug)]
pub(super) struct Name {
    /// Most inhabitants first; empty for what the gazetteer does not know.
    pub places: Vec<Toponym>,
    /// The one of its places that is the capital of a country.
    pub seat: Option<usize>,
    /// How its first mention is known.
    pub form: Form,
    /// Its mentions, in the order of the text.
    pub mentions: Vec<usize>,
}

/// All mentions of a report.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    pub mentions: Vec<Mention>,
    pub names: Vec<Name>,
}

/// Finds the mentions.
pub(super) fn find(doc: &Document, world: &World, known: &[NameMatch]) -> Mentions {
    let mut all = Mentions::default();
    let unlisted = Unlisted::new(doc, world);
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut next_known = 0;
    for sentence in &doc.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let byte = doc.tokens[at].start as usize;
            while known.get(next_known).is_some_and(|name| name.end <= byte) {
                next_known += 1;
            }
            let people = known
                .get(next_known)
                .filter(|name| name.start == byte)
                .and_then(|name| people(doc, world, at..sentence.tokens.end, name));
            let found = people.or_else(|| name_at(doc, world, &unlisted, at, sentence.tokens.end));
            let Some((tokens, form)) = found else {
                at += 1;
                continue;
            };
            at = tokens.end;
            let text = words(doc, &tokens);
            let key = match form {
                Form::People => format!("people of {}", country_of(world, &known[next_known])),
                _ => text.to_lowercase(),
            };
            let name = *by_key.entry(key).or_insert_with(|| {
                let places: Vec<Toponym> = match form {
                    Form::People => {
                        let country = country_of(world, &known[next_known]);
                        world.gazetteer.country(country).copied().into_iter().collect()
                    }
                    Form::Way | Form::Historic | Form::Unknown => Vec::new(),
                    _ => world.gazetteer.lookup(&text),
                };
                let seat = seat(world, &text, &places);
                all.names.push(Name { places, seat, form, mentions: Vec::new() });
                all.names.len() - 1
            });
            all.names[name].mentions.push(all.mentions.len());
            let head = head_of(doc, &tokens);
            let mention = Mention { tokens, head, form, name, qualifier: None, qualifies: false };
            all.mentions.push(mention);
        }
    }
    qualify(doc, world, &mut all);
    all
}

/// Which of the places is the capital that stands for its government.
fn seat(world: &World, text: &str, places: &[Toponym]) -> Option<usize> {
    let entries = world.names.lookup(text);
    let mut seats =
        entries.iter().map(|&id| world.names.entry(id)).filter(|e| e.kind == Kind::Seat);
    let country = seats.find_map(|entry| entry.country)?;
    places.iter().position(|place| place.kind == PlaceKind::City && place.country == country)
}

/// The country of an entry of the lexicon of names.
fn country_of(world: &World, name: &NameMatch) -> &'static str {
    world.names.entry(name.entry).country.unwrap_or_default()
}

/// The words of a people: "Georgian", "the Americans", but not "African-American".
fn people(
    doc: &Document,
    world: &World,
    within: Range<usize>,
    name: &NameMatch,
) -> Option<(Range<usize>, Form)> {
    let entry = world.names.entry(name.entry);
    if entry.kind != Kind::Nationality || world.gazetteer.country(entry.country?).is_none() {
        return None;
    }
    let start = within.start;
    let end = within.clone().find(|&i| doc.tokens[i].end as usize >= name.end)? + 1;
    let joined = start > 0
        && (doc.form(start - 1) == "-"
            || (doc.tokens[start - 1].end == doc.tokens[start].start)
            || matches!(doc.form(start - 1), "Native" | "African"));
    (!joined).then_some((start..end, Form::People))
}

/// The longest name that begins at the token.
fn name_at(
    doc: &Document,
    world: &World,
    unlisted: &Unlisted,
    at: usize,
    end: usize,
) -> Option<(Range<usize>, Form)> {
    if !may_be_name(doc, at) {
        return numbered_way(doc, at, end);
    }
    if let Some(tokens) = historic_name(doc, at, end) {
        return Some((tokens, Form::Historic));
    }
    let listed = listed_name(doc, world, at, end);
    let length = listed.as_ref().map_or(0, |tokens| tokens.len());
    if let Some((tokens, form)) = formed_name(doc, world, at, end, length) {
        return Some((tokens, form));
    }
    // "Dolna Polje" is not the Dolna that is listed.
    let longer = if length > 1 { None } else { unlisted.name_at(at, end) };
    let longer = longer.filter(|tokens| tokens.len() > length);
    longer
        .map(|tokens| (tokens, Form::Unknown))
        .or_else(|| listed.map(|tokens| (tokens, Form::Listed)))
}

/// The name of a state or land of the past that begins at the token: "Yugoslavia", "Soviet Union".
fn historic_name(doc: &Document, at: usize, end: usize) -> Option<Range<usize>> {
    let from = doc.tokens[at].start as usize;
    (at + 1..=end.min(at + LONGEST)).rev().map(|stop| at..stop).find(|tokens| {
        let text = &doc.text[from..doc.tokens[tokens.end - 1].end as usize];
        LEXICON.is_written(&text.replace(' ', "_"), Class::Historic)
    })
}

/// A capitalised word that is no function word.
fn may_be_name(doc: &Document, token: usize) -> bool {
    matches!(doc.tokens[token].upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::X)
        && begins_with_capital(doc.form(token))
}

pub(super) fn begins_with_capital(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

/// The longest name of the gazetteer that begins at the token.
fn listed_name(doc: &Document, world: &World, at: usize, end: usize) -> Option<Range<usize>> {
    let from = doc.tokens[at].start as usize;
    let reach = end.min(at + LONGEST);
    let text = &doc.text[from..doc.tokens[reach - 1].end as usize];
    let mut found = None;
    let mut stop = at;
    world.gazetteer.names_at(text, |length| {
        let byte = from + length;
        while stop < reach && (doc.tokens[stop].end as usize) < byte {
            stop += 1;
        }
        if stop >= reach {
            return;
        }
        // "U.S." ends with a mark that is no letter of the name.
        let rest = &doc.text[byte..doc.tokens[stop].end as usize];
        if rest.chars().any(char::is_alphanumeric) {
            return;
        }
        let last = stop;
        // "Dublin City Council" is the council of Dublin.
        let civic = |i: usize| i < end && LEXICON.is_written(doc.form(i), Class::Civic);
        if last > at && civic(last) && civic(last + 1) && found.is_some() {
            return;
        }
        // "the Korean peninsula"
        let ground = last > at && LEXICON.is(doc.form(last), Class::Ground);
        let whole = (at..last + usize::from(!ground)).all(|i| i == at || continues_name(doc, i));
        let numbered = doc.form(last).starts_with(|c: char| c.is_ascii_digit());
        if whole && (numbered || ground || may_be_name(doc, last)) {
            found = Some(last + 1);
        }
    });
    let stop = found?;
    let single = stop == at + 1;
    (!single || may_be_single(doc, at)).then_some(at..stop)
}

/// Capitalised words and the small words and marks inside names: "Bosnia and Herzegovina", "Deir
/// ez-Zor", "Cox's Bazar".
fn continues_name(doc: &Document, token: usize) -> bool {
    let form = doc.form(token);
    let hyphen =
        |at: Option<usize>| at.is_some_and(|at| at < doc.tokens.len() && doc.form(at) == "-");
    begins_with_capital(form)
        || form.chars().all(|c| !c.is_alphanumeric())
        || form.starts_with(|c: char| c.is_ascii_digit())
        || matches!(form, "of" | "and" | "the" | "de" | "la" | "del" | "al" | "el" | "on" | "upon")
        || matches!(form, "'s" | "’s")
        || hyphen(token.checked_sub(1))
        || hyphen(Some(token + 1))
}

/// Single words that are surely no names of places: initials, days and months, "the West", "Earth".
fn may_be_single(doc: &Document, token: usize) -> bool {
    let form = doc.form(token);
    let letters = form.chars().filter(|c| c.is_alphanumeric()).count();
    let lower = form.to_lowercase();
    let other = [Class::Calendar, Class::Compass, Class::Nowhere];
    letters >= 2 && !other.iter().any(|&class| LEXICON.is(&lower, class))
}

/// A name longer than `listed` words whose form tells that it is that of a place.
fn formed_name(
    doc: &Document,
    world: &World,
    at: usize,
    end: usize,
    listed: usize,
) -> Option<(Range<usize>, Form)> {
    let lower = |i: usize| doc.form(i).to_lowercase();
    if let Some(way) = numbered_way(doc, at, end) {
        return Some(way);
    }
    let text = |tokens: Range<usize>| words(doc, &tokens);
    let mut found: Option<(Range<usize>, Form)> = None;
    for i in at + 1..end.min(at + LONGEST) {
        if !begins_with_capital(doc.form(i)) || !may_be_name(doc, i) {
            break;
        }
        let word = lower(i);
        let form = if LEXICON.is(&word, Class::Way) {
            Form::Way
        } else if LEXICON.is(&word, Class::County) || LEXICON.is(&word, Class::Feature) {
            Form::Feature
        } else {
            continue;
        };
        // Airports go by the towns they serve, and "Laurel County School District" by its county.
        let served = listed > 0 && word == "airport";
        let in_county = form == Form::Feature
            && found
                .as_ref()
                .is_some_and(|(county, _)| world.gazetteer.knows(&text(county.clone())))
            && !world.gazetteer.knows(&text(at..i + 1));
        if !served && !in_county {
            found = Some((at..i + 1, form));
        }
    }
    let name = |i: usize| i < end && begins_with_capital(doc.form(i)) && may_be_name(doc, i);
    if found.is_none() && LEXICON.is(&lower(at), Class::Before) && name(at + 1) {
        found = Some((at..at + 2, Form::Feature));
    }
    // "Gulf of Riga", "Horna valley"
    let of = at + 1 < end && doc.form(at + 1) == "of" && LEXICON.is(&lower(at), Class::BeforeOf);
    if found.is_none() && of && name(at + 2) {
        let stop = (at + 3..end.min(at + LONGEST)).find(|&i| !name(i));
        found = Some((at..stop.unwrap_or(at + 3), Form::Feature));
    }
    if found.is_none() {
        let feature = small_feature(doc, at, end).filter(|_| !ground_of(world, &text(at..at + 1)));
        found = feature.map(|tokens| (tokens, Form::Feature));
    }
    // "Mahnomen County Road 3"
    let (tokens, form) = found?;
    if form == Form::Way
        && tokens.end < end
        && doc.form(tokens.end).starts_with(|c: char| c.is_ascii_digit())
    {
        return Some((tokens.start..tokens.end + 1, form));
    }
    (tokens.len() > listed).then_some((tokens, form))
}

/// A name on no list before a natural feature in small letters: "the Horna valley".
fn small_feature(doc: &Document, at: usize, end: usize) -> Option<Range<usize>> {
    let proper = |&i: &usize| doc.tokens[i].upos == Upos::Propn && begins_with_capital(doc.form(i));
    let after_name = at.checked_sub(1).is_some_and(|before| proper(&before));
    let last = (at..end.min(at + LONGEST)).take_while(proper).last()?;
    let feature = last + 1;
    let small = feature < end && LEXICON.is(doc.form(feature), Class::Ground);
    (small && !after_name && doc.head(last) == Some(feature)).then_some(at..feature + 1)
}

/// Whether the name is itself that of a land or people: "Donbas hills", "Afghan mountains".
fn ground_of(world: &World, name: &str) -> bool {
    world.gazetteer.lookup(name).first().is_some_and(|place| place.kind != PlaceKind::City)
        || !world.names.lookup(name).is_empty()
}

/// A road known by its number: "Highway 19", "Interstate 45", "40th Avenue".
fn numbered_way(doc: &Document, at: usize, end: usize) -> Option<(Range<usize>, Form)> {
    let digit = |i: usize| i < end && doc.form(i).starts_with(|c: char| c.is_ascii_digit());
    let is = |i: usize, class| i < end && LEXICON.is_written(doc.form(i), class);
    if begins_with_capital(doc.form(at)) && is(at, Class::Numbered) && digit(at + 1) {
        return Some((at..at + 2, Form::Way));
    }
    let ordinal = digit(at) && doc.form(at).ends_with(|c: char| c.is_ascii_lowercase());
    let way = is(at + 1, Class::Way) && begins_with_capital(doc.form(at + 1));
    (ordinal && way).then_some((at..at + 2, Form::Way))
}

/// Joins mentions to those that say where they are: "Paris, Texas", "Vienna (Austria)".
fn qualify(doc: &Document, world: &World, all: &mut Mentions) {
    for nth in 1..all.mentions.len() {
        let (before, behind) = (&all.mentions[nth - 1], &all.mentions[nth]);
        let apart = behind.tokens.start == before.tokens.end + 1
            && matches!(doc.form(before.tokens.end), "," | "(" | "-");
        if !apart || behind.form == Form::People || before.form == Form::People {
            continue;
        }
        let outer = &all.names[behind.name].places;
        let inner = &all.names[before.name].places;
        let holds = inner.is_empty()
            || outer
                .iter()
                .take(8)
                .any(|o| inner.iter().any(|i| world.gazetteer.holds(o.id, i.id)));
        if holds && !outer.is_empty() {
            all.mentions[nth - 1].qualifier = Some(nth);
            all.mentions[nth].qualifies = true;
        }
    }
}
