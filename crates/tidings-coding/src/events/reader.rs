//! The reader: a small network that says of each word of a sentence how probable it tells an act of each
//! PLOVER type, and of each act which words name who did it and to whom (`models/reader.md`).
//!
//! It sees what the parser knows of each word, what the word means by itself, its lemma, whom the lexicon says it names, what act
//! the frames propose there, and what the whole report is about. Who acts is asked of an act and a word at a
//! time, on both vectors and the way between them in the tree. The same as `Student` of `training/reader.py`,
//! number for number.

use crate::actors::Actors;
use std::ops::Range;
use std::sync::LazyLock;
use tidings_language::network::parts::{
    Aligned, File, Linear, ModelError, Room, Stack, Table, View, fnv, gelu, linear,
};
use tidings_language::scorer::{logistic, softmax};
use tidings_language::{Document, Network, Upos, Words};

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../../models/reader.bin"));

/// Ways through the tree longer than this are cut in their middle.
const LONGEST: usize = 6;
/// Sentences longer than this are no sentences, and not read.
const SENTENCE: usize = 256;
/// So many words are read at once, or one sentence.
const TOGETHER: usize = 1024;
/// Words farther from an act than this are no parties of it.
const REACH: usize = 100;
/// What the bytes of words' meanings are divided by.
const SCALE: f32 = 64.0;
/// No word hangs deeper than this on others.
const DEEPEST: usize = 40;

/// The network.
#[derive(Debug, Default)]
pub struct Reader<'m> {
    events: Vec<&'m str>,
    sectors: Vec<&'m str>,
    lemma: Table<'m>,
    kind: Table<'m>,
    proposed: Table<'m>,
    first: Linear<'m>,
    layers: Stack<'m>,
    types: Linear<'m>,
    act: Linear<'m>,
    party: Linear<'m>,
    path: Table<'m>,
    event: Table<'m>,
    coded: Table<'m>,
    sides: Linear<'m>,
    trust: Linear<'m>,
}

/// What the frames make of a word as a party of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coded {
    /// They code no act there.
    Nothing = 0,
    /// It names none of its parties.
    Neither = 1,
    /// It names who acts.
    Source = 2,
    /// It names who is acted upon.
    Target = 3,
    /// It names both.
    Both = 4,
}

/// What the reader needs to know of a report.
pub struct Page<'d, 't> {
    doc: &'d Document<'t>,
    /// For each word the number of whom it names, and that of the act proposed there.
    kinds: Vec<usize>,
    proposed: Vec<usize>,
    /// The mean of all words' vectors.
    report: Vec<f32>,
}

/// What the reader makes of a sentence.
pub struct Reading<'r, 'd, 't> {
    reader: &'r Reader<'static>,
    page: &'r Page<'d, 't>,
    words: Range<usize>,
    /// A probability for each word and type.
    types: Vec<f32>,
    act: Vec<f32>,
    party: Vec<f32>,
}

/// How probable it is that a word names the source, and the target, of an act.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Party {
    /// The word.
    pub word: usize,
    /// That it names who acts, and who is acted upon.
    pub odds: [f32; 2],
}

impl Reader<'static> {
    /// The network inside the program; `None` where it is being made again.
    pub fn embedded() -> Option<&'static Reader<'static>> {
        static READER: LazyLock<Option<Reader>> = LazyLock::new(|| Reader::open(&EMBEDDED.0).ok());
        READER.as_ref()
    }
}

impl<'m> Reader<'m> {
    /// A network with the weights of a model file, as `training/reader.py export` writes it.
    fn open(model: &'m [u8]) -> Result<Reader<'m>, ModelError> {
        let file = File::open(model)?;
        let broken = |name: &str| ModelError::Part(name.into());
        let types: Table = file.table("event")?;
        let path: Table = file.table("path")?;
        let (lemma, kind, proposed) =
            (file.table("lemma")?, file.table("kind")?, file.table("proposed")?);
        let tables = lemma.width() + kind.width() + proposed.width();
        let vectors = 2 * Network::embedded().width();
        let first = file.linear("first", vectors + Words::DIMENSIONS + tables)?;
        let width = first.bias.len();
        let (act, party) = (file.linear("act", width)?, file.linear("party", width)?);
        let hidden = act.bias.len();
        let coded: Table = file.table("coded")?;
        let events: Vec<&str> = file.lines("events")?.collect();
        let reader = Reader {
            trust: file.linear("trust", super::choice::DESCRIBED)?,
            events,
            sectors: file.lines("sectors")?.collect(),
            layers: Stack::read(&file, width)?,
            types: file.linear("types", width)?,
            sides: file.linear("sides", hidden)?,
            lemma,
            kind,
            proposed,
            first,
            act,
            party,
            path,
            event: types,
            coded,
        };
        let events = reader.events.len();
        let sound = [
            (events == reader.types.bias.len() && events == types.rows(), "types"),
            (events == proposed.rows(), "proposed"),
            (kind.rows() == 1 + 2 * reader.sectors.len(), "kind"),
            (party.bias.len() == hidden, "party"),
            (path.width() == hidden && path.rows() > 0, "path"),
            (types.width() == hidden, "event"),
            (lemma.rows() > 0, "lemma"),
            (reader.sides.bias.len() == 2, "sides"),
            (coded.rows() > Coded::Both as usize && coded.width() == hidden, "coded"),
            (reader.trust.bias.len() == 1, "trust"),
        ];
        match sound.iter().find(|(sound, _)| !sound) {
            Some((_, part)) => Err(broken(part)),
            None => Ok(reader),
        }
    }

    /// A type by its number; `None` for 0, which is that of words that tell no act.
    pub fn event(&self, number: usize) -> Option<&'m str> {
        self.events.get(number).copied().filter(|_| number > 0)
    }

    /// The probability that an event is right, from what [`super::choice`] tells of it.
    pub fn trusts(&self, features: &[f32]) -> f32 {
        let products = self.trust.weight.row(0).iter().zip(features).map(|(a, b)| a * b);
        logistic(products.sum::<f32>() + self.trust.bias[0])
    }

    /// The number of a type; 0 for one it does not know.
    pub fn number(&self, event: &str) -> usize {
        self.events.iter().position(|known| *known == event).unwrap_or_default()
    }

    /// What is known of an actor: nothing (0), else the first sector, and whether a country is known.
    fn kind(&self, actor: &crate::actors::Actor) -> usize {
        let first = actor.sectors.first().map_or("", String::as_str);
        let sector = self.sectors.iter().position(|known| *known == first).unwrap_or_default();
        1 + 2 * sector + usize::from(actor.country.is_some())
    }

    /// Prepares a report; `proposed` tells words and the types that frames give them, the last of a
    /// word holds.
    pub fn page<'d, 't, 'e>(
        &self,
        doc: &'d Document<'t>,
        who: &Actors,
        proposed: impl Iterator<Item = (usize, &'e str)>,
    ) -> Page<'d, 't> {
        let words = doc.tokens.len();
        let mut page = Page {
            doc,
            kinds: vec![0; words],
            proposed: vec![0; words],
            report: vec![0.0; Network::embedded().width()],
        };
        for mention in who.mentions.iter().rev() {
            if let Some(actor) = who.actors.get(mention.actor) {
                page.kinds[mention.head] = self.kind(actor);
            }
        }
        for (word, event) in proposed {
            page.proposed[word] = self.number(event);
        }
        for word in 0..words {
            for (sum, value) in page.report.iter_mut().zip(doc.vector(word)) {
                *sum += value / words as f32;
            }
        }
        page
    }

    /// Reads sentences, in their order; `None` for one whose words have no vectors, or are too many.
    pub fn read<'r, 'd, 't>(
        &'static self,
        page: &'r Page<'d, 't>,
        sentences: &[Range<usize>],
    ) -> Vec<Option<Reading<'r, 'd, 't>>> {
        let width = page.report.len();
        let readable = |words: &Range<usize>| {
            words.len() <= SENTENCE
                && words.clone().all(|word| page.doc.vector(word).len() == width)
        };
        let mut readings: Vec<Option<Reading>> = Vec::with_capacity(sentences.len());
        let mut room = Room::default();
        let mut left = sentences;
        while !left.is_empty() {
            let mut words = 0;
            let fits = |sentence: &&Range<usize>| {
                let begun = words > 0;
                words += sentence.len();
                !begun || words <= TOGETHER
            };
            let (some, rest) = left.split_at(left.iter().take_while(fits).count().max(1));
            left = rest;
            let those: Vec<Range<usize>> = some.iter().filter(|s| readable(s)).cloned().collect();
            let mut read = self.read_some(page, &those, &mut room).into_iter();
            readings.extend(some.iter().map(|s| if readable(s) { read.next() } else { None }));
        }
        readings
    }

    /// Reads sentences at once, for the weights to be fetched but once.
    fn read_some<'r, 'd, 't>(
        &'static self,
        page: &'r Page<'d, 't>,
        sentences: &[Range<usize>],
        room: &mut Room,
    ) -> Vec<Reading<'r, 'd, 't>> {
        let columns = self.first.weight.columns;
        let width = page.report.len();
        let mut begun = 0;
        let rows = sentences.iter().map(|words| {
            begun += words.len();
            begun - words.len()..begun
        });
        let rows: Vec<Range<usize>> = rows.collect();
        let mut input = vec![0.0; begun * columns];
        let words_of = Words::embedded();
        let words = sentences.iter().flat_map(Range::clone);
        for (row, word) in input.chunks_exact_mut(columns).zip(words) {
            row[..width].copy_from_slice(page.doc.vector(word));
            row[width..2 * width].copy_from_slice(&page.report);
            let (meaning, rest) = row[2 * width..].split_at_mut(Words::DIMENSIONS);
            let (lemma, rest) = rest.split_at_mut(self.lemma.width());
            let written = page.doc.lemma(word).to_lowercase();
            for (cell, &byte) in
                meaning.iter_mut().zip(words_of.vector(&written).unwrap_or_default())
            {
                *cell = f32::from(byte) / SCALE;
            }
            let hash = fnv(written.chars(), 6) >> 16;
            self.lemma.add(hash as usize % self.lemma.rows(), lemma);
            let (kind, proposed) = rest.split_at_mut(self.kind.width());
            self.kind.add(page.kinds[word], kind);
            self.proposed.add(page.proposed[word], proposed);
        }
        let (mut x, mut out) = (Vec::new(), Vec::new());
        linear(&mut x, View::new(&input, columns, 0, columns), &self.first);
        gelu(&mut x);
        self.layers.run(&mut x, &rows, room, &mut out);
        let wide = self.first.bias.len();
        let view = View::new(&out, wide, 0, wide);
        let (mut types, mut act, mut party) = (Vec::new(), Vec::new(), Vec::new());
        linear(&mut types, view, &self.types);
        linear(&mut act, view, &self.act);
        linear(&mut party, view, &self.party);
        types.chunks_exact_mut(self.events.len()).for_each(softmax);
        let reading = |(words, rows): (&Range<usize>, Range<usize>)| {
            let of = |all: &[f32], width: usize| all[rows.start * width..rows.end * width].to_vec();
            Reading {
                reader: self,
                page,
                words: words.clone(),
                types: of(&types, self.events.len()),
                act: of(&act, self.act.bias.len()),
                party: of(&party, self.party.bias.len()),
            }
        };
        sentences.iter().zip(rows).map(reading).collect()
    }
}

impl Reading<'_, '_, '_> {
    /// Whether a word is of the sentence.
    pub fn covers(&self, word: usize) -> bool {
        self.words.contains(&word)
    }

    /// The words of the sentence.
    pub fn words(&self) -> Range<usize> {
        self.words.clone()
    }

    /// The probabilities of a word's types, by number; the first is that it tells no act.
    pub fn types(&self, word: usize) -> &[f32] {
        let types = self.reader.events.len();
        let at = word.saturating_sub(self.words.start) * types;
        self.types.get(at..at + types).unwrap_or_default()
    }

    /// How probable it is that a word tells an act of a type.
    pub fn tells(&self, word: usize, event: &str) -> f32 {
        self.types(word).get(self.reader.number(event)).copied().unwrap_or_default()
    }

    /// Which words name the sides of an act of a type; `coded` tells what the frames make of a word.
    pub fn sides(&self, act: usize, event: &str, coded: impl Fn(usize) -> Coded) -> Vec<Party> {
        let hidden = self.reader.act.bias.len();
        let row = |of: &'_ [f32], word: usize| {
            let at = (word - self.words.start) * hidden;
            of[at..at + hidden].to_vec()
        };
        if !self.words.contains(&act) {
            return Vec::new();
        }
        let mut told = row(&self.act, act);
        self.reader.event.add(self.reader.number(event), &mut told);
        let party = |&word: &usize| {
            word != act
                && word.abs_diff(act) <= REACH
                && (self.page.kinds[word] > 0 || may_be_party(self.page.doc.tokens[word].upos))
        };
        let sides = &self.reader.sides;
        let rising = up(self.page.doc, act);
        self.words
            .clone()
            .filter(party)
            .map(|word| {
                let mut both = row(&self.party, word);
                let way = path(self.page.doc, &rising, word) >> 16;
                self.reader.path.add(way as usize % self.reader.path.rows(), &mut both);
                self.reader.coded.add(coded(word) as usize, &mut both);
                let score = |side: usize| {
                    let weights = sides.weight.row(side).iter();
                    let sum: f32 = weights
                        .zip(both.iter().zip(&told))
                        .map(|(weight, (a, b))| weight * (a + b).max(0.0))
                        .sum();
                    logistic(sum + sides.bias[side])
                };
                Party { word, odds: [score(0), score(1)] }
            })
            .collect()
    }
}

/// Whether words of a class may name a side.
fn may_be_party(class: Upos) -> bool {
    use Upos::{Adj, Det, Noun, Num, Pron, Propn, X};
    matches!(class, Noun | Propn | Pron | Num | Adj | Det | X)
}

/// A word and those above it.
fn up(doc: &Document, word: usize) -> Vec<usize> {
    std::iter::successors(Some(word), |&at| doc.head(at)).take(DEEPEST).collect()
}

/// The hash of the way through the tree from a word, given with those above it, to another, up and then
/// down: the relations, those up behind a `^`, with spaces between.
fn path(doc: &Document, rising: &[usize], to: usize) -> u64 {
    let falling = up(doc, to);
    let meeting = rising.iter().position(|at| falling.contains(at)).unwrap_or(rising.len() - 1);
    let below = falling.iter().position(|at| *at == rising[meeting]).unwrap_or(falling.len() - 1);
    let relation = |at: &usize| doc.tokens[*at].deprel.as_str();
    let mut edges: Vec<(&str, &str)> =
        rising[..meeting].iter().map(|at| ("^", relation(at))).collect();
    edges.extend(falling[..below].iter().rev().map(|at| ("", relation(at))));
    if edges.len() > LONGEST {
        edges.splice(3..edges.len() - 2, [("", "..")]);
    }
    let spaced = edges.iter().enumerate().flat_map(|(nth, (mark, relation))| {
        let space = if nth > 0 { " " } else { "" };
        [space, mark, relation]
    });
    fnv(spaced.flat_map(str::chars), 7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidings_language::Annotator;

    #[test]
    fn the_model_inside_is_sound() {
        assert_eq!(Reader::open(&EMBEDDED.0).err(), None);
    }

    #[test]
    fn a_damaged_model_is_refused() {
        for length in [0, 8, 100, 5_000, EMBEDDED.0.len() / 2, EMBEDDED.0.len() - 1] {
            assert!(Reader::open(&EMBEDDED.0[..length]).is_err(), "{length}");
        }
    }

    /// Numbers of `path` in `training/acts.py`, before its remainder.
    #[test]
    fn ways_are_those_that_were_taught() {
        let doc = Annotator::embedded().annotate("The rebels shelled the port.");
        let word = |form: &str| (0..6).find(|&at| doc.form(at) == form).expect("stands there");
        assert_eq!(path(&doc, &up(&doc, word("shelled")), word("rebels")), fnv("nsubj".chars(), 7));
        assert_eq!(
            path(&doc, &up(&doc, word("rebels")), word("port")),
            fnv("^nsubj obj".chars(), 7)
        );
    }

    #[test]
    fn who_acts_is_told_from_who_suffers() {
        let reader = Reader::embedded().expect("is inside");
        let doc = Annotator::embedded().annotate("The rebels shelled the villagers on Monday.");
        let who = Actors::default();
        let page = reader.page(&doc, &who, std::iter::once((2, "ASSAULT")));
        let reading = reader.read(&page, std::slice::from_ref(&(0..doc.tokens.len()))).remove(0);
        let reading = reading.expect("has vectors");
        assert!(reading.tells(2, "ASSAULT") > 0.5, "{:?}", reading.types(2));
        let sides = reading.sides(2, "ASSAULT", |_| Coded::Nothing);
        let of =
            |word: usize| *sides.iter().find(|party| party.word == word).expect("may be a party");
        let (rebels, villagers) = (of(1).odds, of(4).odds);
        assert!(rebels[0] > villagers[0] && villagers[1] > rebels[1], "{sides:?}");
    }

    #[test]
    fn endless_sentences_are_not_read() {
        let text = "shells and ".repeat(300);
        let doc = Annotator::embedded().annotate(&text);
        let reader = Reader::embedded().expect("is inside");
        let page = reader.page(&doc, &Actors::default(), std::iter::empty());
        let whole = 0..doc.tokens.len();
        assert!(reader.read(&page, &[whole])[0].is_none());
    }
}
