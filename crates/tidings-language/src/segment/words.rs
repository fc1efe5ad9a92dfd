//! Words: which atoms of a chunk are written as one, after the tokenisation of the English Web
//! Treebank and GUM (universaldependencies.org/en: tokenization).
//!
//! Most places are certain: a comma after letters, brackets, double quotation marks, `n't` and
//! `'s`. The rest (the full stop of an abbreviation, hyphens, slashes, single quotation marks) is
//! left to a linear model over the atoms on both sides and the chunk that follows.

use super::atom::{Atom, Shape, atoms, is_space};
use super::lexicon::{Abbreviation, Lexicon};
use super::model::Weights;
use crate::hash::{Features, Hash};

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Gap {
    /// Nothing: it touches the word before.
    Glued,
    /// Spaces.
    Space,
    /// The end of a line.
    Line,
    /// A blank line, or the beginning of the text.
    Paragraph,
}

/// A word of the text.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it is the second part of a contraction.
    pub joined: bool,
    /// What stands before it.
    pub gap: Gap,
    /// Hash of the lower-cased word.
    pub hash: Hash,
    /// What it looks like.
    pub shape: Shape,
}

/// A run of characters without spaces.
#[derive(Debug, Clone, Copy)]
struct Chunk {
    start: usize,
    end: usize,
    gap: Gap,
    /// ASCII letters only, up to `letters`.
    letters: usize,
}

/// The tokeniser at work on one text.
pub struct Tokeniser<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    /// Where atoms are joined or not, by rule or by the model.
    atoms: Vec<Atom>,
    features: Features,
    /// The words found so far.
    pub words: Vec<Word>,
}

/// Decides places that no rule decides: the byte offset, and the features of the place.
pub trait Judge {
    /// Whether a word ends at this byte.
    fn splits(&mut self, at: usize, features: &Features) -> bool;
}

impl Judge for Weights<'_> {
    fn splits(&mut self, _: usize, features: &Features) -> bool {
        self.score(features) > 0
    }
}

impl<'a> Tokeniser<'a> {
    /// A tokeniser for this text.
    pub fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        let words = Vec::with_capacity(text.len() / 5 + 8);
        Tokeniser { text, lexicon, atoms: Vec::new(), features: Features::default(), words }
    }

    /// Finds all words.
    pub fn run(&mut self, judge: &mut impl Judge) {
        let mut next = self.chunk(0, Gap::Paragraph);
        while let Some(chunk) = next {
            next = self.chunk(chunk.end, Gap::Glued);
            self.cut(chunk, next, judge);
        }
        self.face_quotes();
    }

    /// Tells opening from closing quotation marks by the spaces around them.
    fn face_quotes(&mut self) {
        for i in 0..self.words.len() {
            let shape = self.words[i].shape;
            let either = matches!(shape, Shape::Quote | Shape::CloseQuote | Shape::Apostrophe);
            if !either || self.words[i].joined {
                continue;
            }
            let text = &self.text[self.words[i].start..self.words[i].end];
            if matches!(text, "”" | "»" | "›" | "‟" | "’’") {
                continue;
            }
            let before = self.words[i].gap > Gap::Glued
                || i.checked_sub(1).is_some_and(|at| {
                    matches!(self.words[at].shape, Shape::Open | Shape::OpenQuote | Shape::Dash)
                });
            let after = self.words.get(i + 1).is_none_or(|next| next.gap > Gap::Glued);
            match (before, after) {
                (true, false) => self.words[i].shape = Shape::OpenQuote,
                (false, true) if shape == Shape::Quote => self.words[i].shape = Shape::CloseQuote,
                _ => {}
            }
        }
    }

    /// The chunk after `from`.
    fn chunk(&self, from: usize, edge: Gap) -> Option<Chunk> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        let mut lines = 0;
        loop {
            match *bytes.get(at)? {
                b'\n' => lines += 1,
                b'\r' if bytes.get(at + 1) != Some(&b'\n') => lines += 1,
                0..=b' ' | 0x7f => {}
                0x21..=0x7e => break,
                _ => {
                    let c = self.text[at..].chars().next()?;
                    if !is_space(c) {
                        break;
                    }
                    lines += match c {
                        '\u{2029}' => 2,
                        '\u{2028}' | '\u{85}' => 1,
                        _ => 0,
                    };
                    at += c.len_utf8() - 1;
                }
            }
            at += 1;
        }
        let gap = match lines {
            0 => Gap::Space,
            1 => Gap::Line,
            _ => Gap::Paragraph,
        };
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
        }
        let letters = at;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() {
                if byte <= b' ' || byte == 0x7f {
                    break;
                }
                at += 1;
            } else {
                let c = self.text[at..].chars().next()?;
                if is_space(c) {
                    break;
                }
                at += c.len_utf8();
            }
        }
        Some(Chunk { start, end: at, gap: gap.max(edge), letters })
    }

    fn cut(&mut self, chunk: Chunk, next: Option<Chunk>, judge: &mut impl Judge) {
        if chunk.letters == chunk.end {
            return self.plain_word(chunk.start, chunk.end, chunk.gap);
        }
        let last = self.text.as_bytes()[chunk.end - 1];
        if chunk.letters + 1 == chunk.end && chunk.letters > chunk.start && last == b',' {
            self.plain_word(chunk.start, chunk.letters, chunk.gap);
            let hash = Hash::lower(",");
            let (start, end) = (chunk.letters, chunk.end);
            let shape = Shape::Comma;
            self.words.push(Word { start, end, joined: false, gap: Gap::Glued, hash, shape });
            return;
        }
        let mut found = std::mem::take(&mut self.atoms);
        atoms(self.text, chunk.start, chunk.end, &mut found);
        self.cut_atoms(&found, chunk, next, judge);
        self.atoms = found;
    }

    /// A word of ASCII letters.
    fn plain_word(&mut self, start: usize, end: usize, gap: Gap) {
        let bytes = &self.text.as_bytes()[start..end];
        let mut hash = Hash::EMPTY;
        let mut upper = 0;
        for &byte in bytes {
            upper += usize::from(byte.is_ascii_uppercase());
            hash.push(char::from(byte.to_ascii_lowercase()));
        }
        let shape = match upper {
            0 => Shape::Lower,
            1 if bytes.len() == 1 => Shape::Initial,
            1 if bytes[0].is_ascii_uppercase() => Shape::Title,
            n if n == bytes.len() => Shape::Upper,
            _ => Shape::Mixed,
        };
        self.push(Word { start, end, joined: false, gap, hash, shape });
    }

    /// Adds a word, in two if it is a contraction without an apostrophe.
    fn push(&mut self, word: Word) {
        if word.shape.is_word()
            && (2..=8).contains(&(word.end - word.start))
            && let Some(split) = self.lexicon.contraction(word.hash)
        {
            let middle = word.start + split;
            let left = Hash::lower(&self.text[word.start..middle]);
            let right = Hash::lower(&self.text[middle..word.end]);
            self.words.push(Word { end: middle, hash: left, ..word });
            let (gap, shape) = (Gap::Glued, Shape::Lower);
            self.words.push(Word { start: middle, joined: true, gap, hash: right, shape, ..word });
            return;
        }
        self.words.push(word);
    }

    fn cut_atoms(
        &mut self,
        atoms: &[Atom],
        chunk: Chunk,
        next: Option<Chunk>,
        judge: &mut impl Judge,
    ) {
        let mut gap = chunk.gap;
        let mut joined = false;
        let mut first = 0;
        let mut start = chunk.start;
        let address = address(&self.text[chunk.start..chunk.end]);
        for k in 0..atoms.len() {
            let here = Place { atoms, k, address };
            let mut cut = here.certain(self.text);
            if cut == Cut::Unsure && here.mirrors(self.text) {
                cut = if first == k { Cut::Split } else { Cut::Join };
            }
            if cut == Cut::Unsure && first == k && here.chains(self.text) {
                cut = Cut::Split;
            }
            if cut == Cut::Unsure {
                let mut features = std::mem::take(&mut self.features);
                self.describe(here, next, &mut features);
                let splits = judge.splits(atoms[k].end, &features);
                cut = if splits { Cut::Split } else { Cut::Join };
                self.features = features;
            }
            let end = match cut {
                Cut::Join | Cut::Unsure => continue,
                Cut::Inside(end) => end,
                Cut::Split | Cut::Clitic => atoms[k].end,
            };
            let word = Word { start, end, joined, gap, hash: Hash::EMPTY, shape: Shape::Compound };
            if first == k && start == atoms[k].start && end == atoms[k].end {
                self.push(Word { hash: atoms[k].hash, shape: atoms[k].shape, ..word });
            } else {
                let hash = Hash::lower(&self.text[start..end]);
                let shape = if first == k { atoms[k].shape } else { Shape::Compound };
                self.words.push(Word { hash, shape, ..word });
            }
            start = end;
            gap = Gap::Glued;
            joined = matches!(cut, Cut::Clitic | Cut::Inside(_));
            first = if end == atoms[k].end { k + 1 } else { k };
        }
    }
}

/// What is to be done between two atoms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Join,
    Split,
    /// Split, and what follows belongs to the same surface token.
    Clitic,
    /// The same, but inside the left atom, at this byte.
    Inside(usize),
    Unsure,
}

/// The place after atom `k` of a chunk.
#[derive(Clone, Copy)]
struct Place<'a> {
    atoms: &'a [Atom],
    k: usize,
    /// Whether the chunk holds a web or mail address.
    address: bool,
}

impl Place<'_> {
    fn atom(&self, offset: isize) -> Atom {
        let at = self.k.checked_add_signed(offset);
        at.and_then(|at| self.atoms.get(at)).copied().unwrap_or(Atom::EDGE)
    }

    /// Whether this is the place after a hyphen or slash between words, where the answer is the
    /// same as before it.
    fn mirrors(&self, text: &str) -> bool {
        let (before, mark, after) = (self.atom(-1), self.atom(0), self.atom(1));
        let solid = |atom: Atom| atom.shape.is_word() || atom.shape == Shape::Digits;
        !self.address
            && solid(before)
            && solid(after)
            && matches!(&text[mark.start..mark.end], "-" | "/" | "\u{2010}" | "\u{2011}")
    }

    /// Whether this is the place before a further hyphen of a compound, as after "the" in
    /// "state-of-the-art": the compound is split at all its hyphens if at the first.
    fn chains(&self, text: &str) -> bool {
        let hyphen = |atom: Atom| &text[atom.start..atom.end] == "-";
        !self.address
            && self.atom(0).shape.is_word()
            && self.atom(2).shape.is_word()
            && hyphen(self.atom(-1))
            && hyphen(self.atom(1))
            && self.atom(-2).shape.is_word()
    }

    /// What is certain about the place.
    fn certain(&self, text: &str) -> Cut {
        let (left, right) = (self.atom(0), self.atom(1));
        if right.shape == Shape::None {
            return Cut::Split;
        }
        if right.shape == Shape::Apostrophe && left.shape.is_word() {
            let after = self.atom(2);
            let stem = &text[left.start..left.end];
            match text[after.start..after.end].to_ascii_lowercase_bytes() {
                [b't', 0, 0] if stem.len() > 1 && stem.ends_with(['n', 'N']) => {
                    return Cut::Inside(left.end - 1);
                }
                [b's' | b'm' | b'd', 0, 0] | [b'r' | b'v', b'e', 0] | [b'l', b'l', 0] => {
                    return Cut::Clitic;
                }
                _ => {}
            }
        }
        if left.shape == Shape::Apostrophe && right.shape.is_word() {
            let before = self.atom(-1);
            if before.shape.is_word() {
                let stem = &text[before.start..before.end];
                match text[right.start..right.end].to_ascii_lowercase_bytes() {
                    [b't', 0, 0] if stem.len() > 1 && stem.ends_with(['n', 'N']) => {
                        return Cut::Join;
                    }
                    [b's' | b'm' | b'd', 0, 0] | [b'r' | b'v', b'e', 0] | [b'l', b'l', 0] => {
                        return Cut::Join;
                    }
                    _ => {}
                }
            }
        }
        let face = |shape| matches!(shape, Shape::Colon | Shape::Dash | Shape::Sign);
        if self.address {
            return Cut::Unsure;
        }
        if left.shape.is_fence() || right.shape.is_fence() {
            let in_face = (right.shape.is_fence() && face(left.shape))
                || (left.shape.is_fence() && face(right.shape));
            return if in_face { Cut::Unsure } else { Cut::Split };
        }
        Cut::Unsure
    }
}

/// Lower-cased letters of a clitic, padded; anything longer is cut to something that is none.
trait Clitic {
    fn to_ascii_lowercase_bytes(&self) -> [u8; 3];
}

impl Clitic for str {
    fn to_ascii_lowercase_bytes(&self) -> [u8; 3] {
        let bytes = self.as_bytes();
        let mut out = [0; 3];
        for (to, from) in out.iter_mut().zip(bytes) {
            *to = from.to_ascii_lowercase();
        }
        out
    }
}

/// Whether the chunk holds a web or mail address.
fn address(chunk: &str) -> bool {
    let bytes = chunk.as_bytes();
    bytes.contains(&b'@') || chunk.contains("://") || chunk.contains("www.")
}

impl Tokeniser<'_> {
    /// The features of a place.
    fn describe(&self, place: Place<'_>, next: Option<Chunk>, out: &mut Features) {
        let (a, b) = (place.atom(0), place.atom(1));
        let (p, n) = (place.atom(-1), place.atom(2));
        let shape = |atom: Atom| Hash(atom.shape as u64 + 1);
        let long = |atom: Atom| shape(atom).with((atom.end - atom.start).min(5) as u64);
        let follows = Follows::of(self.text, next, place.atoms.len() == place.k + 2);
        let (abbreviation, dotted) = self.abbreviation(place);
        out.clear();
        let pair = shape(a).and(shape(b));
        out.add(pair);
        out.add(a.hash.and(b.hash));
        out.add(a.hash.and(shape(b)));
        out.add(shape(a).and(b.hash));
        out.add(shape(p).and(pair).and(shape(n)));
        out.add(shape(p).and(a.hash).and(shape(b)));
        out.add(p.hash.and(a.hash).and(b.hash));
        out.add(p.hash.and(a.hash).and(shape(b)));
        out.add(a.hash.and(b.hash).and(n.hash));
        out.add(shape(a).and(b.hash).and(shape(n)));
        out.add(shape(a).and(b.hash).and(n.hash));
        out.add(shape(p).and(a.hash).and(b.hash).and(shape(n)));
        out.add(
            shape(place.atom(-2)).and(shape(p)).and(pair).and(shape(n)).and(shape(place.atom(3))),
        );
        out.add(shape(place.atom(-2)).and(p.hash).and(shape(a)).and(b.hash));
        out.add(long(p).and(a.hash).and(b.hash));
        out.add(long(a).and(b.hash).and(long(n)));
        out.add(long(p).and(a.hash).and(long(b)));
        out.add(Hash(u64::from(place.address)).and(pair));
        out.add(Hash(u64::from(place.address)).and(a.hash).and(b.hash));
        out.add(Hash(place.k.min(3) as u64).and(pair));
        out.add(Hash(place.atoms.len().min(6) as u64).and(pair));
        if b.shape == Shape::Stop || a.shape == Shape::Stop {
            let kind = Hash(abbreviation as u64).with(u64::from(dotted));
            let follows_shape = Hash(follows.shape as u64);
            out.add(kind.and(pair).and(shape(n)));
            out.add(kind.and(b.hash).and(follows_shape));
            out.add(a.hash.and(b.hash).and(follows_shape));
            out.add(a.hash.and(b.hash).and(follows.hash));
            out.add(kind.and(b.hash).and(follows.hash));
            out.add(kind.and(long(a)).and(b.hash).and(follows_shape));
            out.add(long(a).and(shape(p)).and(b.hash).and(follows_shape));
        }
    }

    /// How what ends after this place's left atom behaves as an abbreviation, and whether it has
    /// full stops inside.
    fn abbreviation(&self, place: Place<'_>) -> (Abbreviation, bool) {
        let mut from = place.k;
        let joins = |k: usize| {
            matches!(place.atoms[k].shape, Shape::Stop) || place.atoms[k].shape.is_word()
        };
        while from > 0 && place.k - from < 8 && joins(from) && joins(from - 1) {
            from -= 1;
        }
        if from == place.k {
            return (self.lexicon.abbreviation(place.atom(0).hash), false);
        }
        let whole = &self.text[place.atoms[from].start..place.atom(0).end];
        (self.lexicon.abbreviation(Hash::lower(whole)), true)
    }
}

/// What the next chunk begins with.
struct Follows {
    shape: Shape,
    hash: Hash,
}

impl Follows {
    /// Looks at the next chunk if the place is the last of its own.
    fn of(text: &str, next: Option<Chunk>, last: bool) -> Follows {
        let Some(next) = next.filter(|_| last) else {
            let shape = if last { Shape::None } else { Shape::Compound };
            return Follows { shape, hash: Hash::EMPTY };
        };
        if next.gap == Gap::Paragraph {
            return Follows { shape: Shape::None, hash: Hash::EMPTY };
        }
        let first = text[next.start..next.end].chars().next().unwrap_or(' ');
        if next.letters > next.start {
            let word = &text[next.start..next.letters];
            let upper = first.is_ascii_uppercase();
            return Follows {
                shape: if upper { Shape::Title } else { Shape::Lower },
                hash: Hash::lower(word),
            };
        }
        let mut hash = Hash::EMPTY;
        hash.push(first);
        let shape = match first {
            c if c.is_uppercase() => Shape::Title,
            c if c.is_alphabetic() => Shape::Lower,
            c if c.is_numeric() => Shape::Digits,
            _ => Shape::Sign,
        };
        Follows { shape, hash }
    }
}
