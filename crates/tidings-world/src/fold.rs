//! Letters of names with case, accents and marks folded away, so that "Vučić" meets "Vucic".
//!
//! The build script that makes the table of places shares this file: a name is found only if it is
//! folded in the text as in the table.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Folds a character to lower-case letters without accents, handing each to `take`.
pub(crate) fn fold(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii() {
        return take(c.to_ascii_lowercase());
    }
    for lower in c.to_lowercase() {
        // Letters that Unicode does not decompose but that English text writes without the stroke.
        match lower {
            'đ' | 'ð' => take('d'),
            'ł' => take('l'),
            'ø' => take('o'),
            'ı' => take('i'),
            'ħ' => take('h'),
            'ŧ' => take('t'),
            'ə' => take('a'),
            'ß' => "ss".chars().for_each(&mut take),
            'æ' => "ae".chars().for_each(&mut take),
            'œ' => "oe".chars().for_each(&mut take),
            'þ' => "th".chars().for_each(&mut take),
            _ => decompose_canonical(lower, |part| {
                if !is_combining_mark(part) {
                    take(part);
                }
            }),
        }
    }
}

/// The folded letters and digits of a name, its words parted by one space.
pub(crate) fn folded(name: &str) -> String {
    let (mut key, mut gap) = (String::with_capacity(name.len()), false);
    for c in name.chars() {
        fold(c, |c| {
            if !c.is_alphanumeric() {
                gap = true;
                return;
            }
            if gap && !key.is_empty() {
                key.push(' ');
            }
            gap = false;
            key.push(c);
        });
    }
    key
}
