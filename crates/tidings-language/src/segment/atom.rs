//! Atoms: the smallest pieces a chunk of text without spaces can be cut into.
//!
//! In goes a chunk ("(U.S.-led)"), out come runs of letters, runs of digits, and single marks or
//! runs of one mark ("(", "U", ".", "S", ".", "-", "led", ")"). Words are made by joining atoms.

use crate::hash::Hash;

/// What the characters of an atom or word look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// The edge of the text or chunk.
    None,
    /// `word`
    Lower,
    /// `Word`
    Title,
    /// `WORD`
    Upper,
    /// `W`
    Initial,
    /// `McWord`, `iWord`
    Mixed,
    /// `2024`
    Digits,
    /// Letters or digits joined with marks: `U.S.`, `3,500`, `co-opt`.
    Compound,
    /// A full stop.
    Stop,
    /// `?`, `!` and runs of them.
    Cry,
    /// `...` and `…`
    Ellipsis,
    /// `,`
    Comma,
    /// `:` and `;`
    Colon,
    /// Hyphens and dashes.
    Dash,
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    /// `“`, `‘`, `«`, two backquotes
    OpenQuote,
    /// `”`, `»`, two apostrophes
    CloseQuote,
    /// `"`
    Quote,
    /// `'`, `’`
    Apostrophe,
    /// Any other sign.
    Sign,
}

impl Shape {
    /// Whether this is a run of letters.
    pub fn is_word(self) -> bool {
        matches!(self, Shape::Lower | Shape::Title | Shape::Upper | Shape::Initial | Shape::Mixed)
    }

    /// Whether this is a bracket or double quotation mark, which is always a word of its own.
    pub fn is_fence(self) -> bool {
        matches!(
            self,
            Shape::Open | Shape::Close | Shape::OpenQuote | Shape::CloseQuote | Shape::Quote
        )
    }
}

/// A run of characters of one kind.
#[derive(Debug, Clone, Copy)]
pub struct Atom {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Hash of the lower-cased characters.
    pub hash: Hash,
    /// What it looks like.
    pub shape: Shape,
}

impl Atom {
    /// The edge of a chunk.
    pub const EDGE: Atom = Atom { start: 0, end: 0, hash: Hash::EMPTY, shape: Shape::None };
}

/// Whether a character separates words: white space, control characters, and the invisible marks
/// that web pages leave behind (zero-width space, byte order mark, directional marks).
pub fn is_space(c: char) -> bool {
    match c {
        '\0'..=' ' | '\u{7f}' => true,
        _ if c.is_ascii() => false,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => true,
        '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        _ => c.is_whitespace() || c.is_control(),
    }
}

/// Whether a character belongs to the one before it.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}'
        | '\u{93a}'..='\u{94f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn sign(c: char) -> Shape {
    match c {
        '.' => Shape::Stop,
        '!' | '?' | '‽' => Shape::Cry,
        '…' => Shape::Ellipsis,
        ',' => Shape::Comma,
        ':' | ';' => Shape::Colon,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Shape::Dash,
        '(' | '[' | '{' => Shape::Open,
        ')' | ']' | '}' => Shape::Close,
        '“' | '„' | '«' | '‹' => Shape::OpenQuote,
        '”' | '»' | '›' | '‟' => Shape::CloseQuote,
        '"' | '″' => Shape::Quote,
        '\'' | '’' | '‘' | '‚' | '`' | '´' | 'ʼ' | '′' => Shape::Apostrophe,
        _ => Shape::Sign,
    }
}

/// One form for the many marks that mean the same, so that weights learned on one serve all.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | '`' | '´' | 'ʼ' | '′' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        _ => c,
    }
}

/// Cuts the chunk at `start..end` of `text` into atoms.
pub fn atoms(text: &str, start: usize, end: usize, out: &mut Vec<Atom>) {
    out.clear();
    let mut chars = text[start..end].char_indices().map(|(at, c)| (start + at, c)).peekable();
    while let Some((at, first)) = chars.next() {
        let mut hash = Hash::EMPTY;
        let mut last = first;
        let shape;
        if first.is_alphabetic() {
            let (mut upper, mut lower, mut count) = (0, 0, 0);
            let mut c = first;
            loop {
                if c.is_ascii_uppercase() || (!c.is_ascii() && c.is_uppercase()) {
                    upper += 1;
                } else if !is_mark(c) {
                    lower += 1;
                }
                count += 1;
                hash.push_lower(c);
                match chars.next_if(|&(_, c)| c.is_alphabetic() || is_mark(c)) {
                    Some((_, next)) => c = next,
                    None => break,
                }
            }
            shape = match (upper, lower) {
                (0, _) => Shape::Lower,
                (1, 0) if count == 1 => Shape::Initial,
                (_, 0) => Shape::Upper,
                (1, _) if first.is_uppercase() => Shape::Title,
                _ => Shape::Mixed,
            };
        } else if first.is_numeric() {
            hash.push(first);
            while let Some((_, c)) = chars.next_if(|&(_, c)| c.is_numeric() || is_mark(c)) {
                hash.push(c);
            }
            shape = Shape::Digits;
        } else {
            let mut count = 1;
            hash.push(plain(first));
            let runs = !matches!(sign(first), Shape::Open | Shape::Close | Shape::Quote);
            while let Some((_, c)) = chars.next_if(|&(_, c)| {
                (runs && (c == last || (sign(c) == Shape::Cry && sign(last) == Shape::Cry)))
                    || is_mark(c)
            }) {
                last = c;
                count += 1;
                if count <= 4 {
                    hash.push(plain(c));
                }
            }
            shape = match sign(first) {
                Shape::Stop if count > 1 => Shape::Ellipsis,
                Shape::Apostrophe if count > 1 && first == '`' => Shape::OpenQuote,
                Shape::Apostrophe if count > 1 => Shape::CloseQuote,
                other => other,
            };
        }
        let end = chars.peek().map_or(end, |&(next, _)| next);
        out.push(Atom { start: at, end, hash, shape });
    }
}
