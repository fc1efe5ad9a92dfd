//! One key for the spellings that a name takes on its way from another script: Gaddafi, Qadhafi and
//! Kadafi; Zelensky, Zelenskyy and Zelenskiy; Muhammad and Mohamed.
//!
//! In goes a name, out comes the hash of its words with what the usual romanisations (BGN/PCGN, ISO 9,
//! ALA-LC, French and German press usage) write in different ways made equal: doubled letters, `q`, `g`
//! and `kh` for `k`, `w` for `v`, `h` after another letter, `ou` and `u` for `o`, `e` for `a`, every
//! spelling of the sounds `i`, `ei` and `y`; and without the Arabic article.

use crate::fold::fold;
use crate::words::chain;

/// The key of a name, with the number of its words; articles do not count.
pub(crate) fn key(name: &str) -> (u64, usize) {
    let (mut hash, mut count) = (0, 0);
    let mut letters = String::new();
    // Hyphens part words, but apostrophes stand inside them.
    for part in name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–'))
    {
        letters.clear();
        part.chars().filter(|c| c.is_alphabetic()).for_each(|c| fold(c, |c| letters.push(c)));
        if letters.is_empty() || matches!(letters.as_str(), "al" | "el" | "ul" | "as" | "ad" | "an")
        {
            continue;
        }
        hash = chain(hash, word(&letters));
        count += 1;
    }
    (hash, count)
}

/// The hash of a word by its sound.
fn word(letters: &str) -> u64 {
    let bytes = letters.as_bytes();
    // "Abdul", "Abdel", "Abd".
    let bytes = match bytes {
        [b'a', b'b', b'd', _, b'l'] => &bytes[..3],
        // "Poutine", "Eltsine"
        [stem @ .., b'e'] if stem.len() > 3 && !is_vowel(stem.last().copied()) => stem,
        all => all,
    };
    let mut hash: u64 = 0;
    let mut last = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1).copied();
        let sound = match byte {
            b'h' if at > 0 => continue,
            b'g' | b'q' => b'k',
            b'k' if next == Some(b's') => b'k',
            b'c' if next == Some(b'k') => continue,
            b'c' if !matches!(next, Some(b'i' | b'e' | b'y' | b'h' | b'c') | None) => b'k',
            b'x' => {
                hash = chain(hash, u64::from(b'k'));
                b's'
            }
            b'p' if next == Some(b'h') => b'f',
            b'w' if last == b'o' && !is_vowel(next) => continue,
            b'w' => b'v',
            b'j' if last == b'd' => continue,
            // "Serguei"
            b'u' if bytes.get(at.wrapping_sub(1)) == Some(&b'g') && is_vowel(next) => continue,
            b'u' | b'o' => b'o',
            // Of "ei" and "ay" only the end is heard.
            b'e' | b'a' if matches!(next, Some(b'i' | b'y')) => continue,
            b'e' => b'a',
            b'i' | b'y' => b'i',
            other => other,
        };
        if sound != last {
            hash = chain(hash, u64::from(sound));
            last = sound;
        }
    }
    hash
}

fn is_vowel(byte: Option<u8>) -> bool {
    matches!(byte, Some(b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_of_one_name_sound_alike() {
        for alike in [
            &["Muammar Gaddafi", "Moammar al-Qadhafi", "Mu'ammar el-Kadafi", "Muammar Khadafy"][..],
            &["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy"],
            &["Vladimir Putin", "Vladimir Poutine"],
            &["Mohammed Hussein", "Muhammad Husayn", "Mohamed Hussain"],
            &["Slobodan Milošević", "Slobodan Miloshevich"],
            &["Sergei Lavrov", "Sergey Lavrov", "Serguei Lavrov"],
            &["Abdul Rahman", "Abdel Rahman"],
            &["Alexei Navalny", "Aleksey Navalnyy"],
        ] {
            assert!(alike.iter().all(|name| key(name) == key(alike[0])), "{alike:?}");
        }
    }

    #[test]
    fn other_names_do_not() {
        for (one, other) in
            [("Hassan", "Hussein"), ("Omar", "Amir"), ("Ivanov", "Ivanova"), ("Kim", "Kem")]
        {
            assert_ne!(key(one), key(other), "{one}, {other}");
        }
    }
}
