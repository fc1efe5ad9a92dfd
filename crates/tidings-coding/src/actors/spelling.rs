//! When two written names may be one: accents, initials, damaged letters.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case without accents: "Vučić" and "Vucic" are one.
pub(super) fn fold(word: &str) -> String {
    word.nfd()
        .filter(|&c| !is_combining_mark(c) && c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Whether a damaged name may be the known one: it begins with it, or differs by one or two letters.
pub(super) fn resembles(damaged: &str, known: &str) -> bool {
    let shorter = damaged.chars().count().min(known.chars().count());
    if shorter < 4 || damaged == known {
        return false;
    }
    let common = damaged.chars().zip(known.chars()).take_while(|(a, b)| a == b).count();
    common == shorter && shorter >= 5 || common >= 3 && distance(damaged, known) <= shorter / 4
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// Whether one given name is the initial of the other: "A. Vucic".
pub(super) fn initial(a: &str, b: &str) -> bool {
    (a.len() == 1 && b.starts_with(a)) || (b.len() == 1 && a.starts_with(b))
}
