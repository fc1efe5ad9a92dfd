//! Words by themselves: how rare each is, and a short vector of what it means.
//!
//! The vectors come from a large sentence encoder (`models/words.md`); two words of like meaning
//! have a cosine near 1, whatever sentence they stand in. Words are asked for in lower case.
//!
//! ```
//! use tidings_language::Words;
//! let words = Words::embedded();
//! assert!(words.rarity("the") < words.rarity("earthquake"));
//! assert!(words.vector("earthquake").is_some());
//! assert!(words.vector("qqzzq").is_none());
//! ```

use std::sync::LazyLock;

/// Layout: these bytes, the number of words, of dimensions (u32) and of the texts that were counted
/// (f32), the end of each word's letters (u32), the letters in UTF-8 in the order of their bytes, a
/// byte of rarity to a word (in sixteenths), a signed byte to a dimension of a word. All little-endian.
const MAGIC: &[u8] = b"TWORDS01";

static FILE: &[u8] = include_bytes!("../../../models/words.bin");
static EMBEDDED: LazyLock<Words<'static>> = LazyLock::new(|| Words::read(FILE).unwrap_or_default());

/// A table of words. The default one is empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words<'m> {
    ends: &'m [[u8; 4]],
    letters: &'m [u8],
    rarity: &'m [u8],
    vectors: &'m [i8],
    texts: f32,
}

impl Words<'static> {
    /// The table inside the program.
    pub fn embedded() -> &'static Words<'static> {
        &EMBEDDED
    }
}

impl<'m> Words<'m> {
    /// Dimensions of a vector.
    pub const DIMENSIONS: usize = 64;

    /// Reads a table in place; `None` for a file that is no such table.
    pub fn read(file: &'m [u8]) -> Option<Words<'m>> {
        let rest = file.strip_prefix(MAGIC)?;
        let (numbers, rest) = rest.split_first_chunk::<12>()?;
        let [count, dimensions, texts]: [[u8; 4]; 3] = bytemuck::cast(*numbers);
        let count = u32::from_le_bytes(count) as usize;
        if u32::from_le_bytes(dimensions) as usize != Self::DIMENSIONS {
            return None;
        }
        let (ends, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let ends: &[[u8; 4]] = bytemuck::cast_slice(ends);
        let letters = ends.last().map_or(0, |&end| u32::from_le_bytes(end) as usize);
        let (letters, rest) = rest.split_at_checked(letters)?;
        let (rarity, vectors) = rest.split_at_checked(count)?;
        if vectors.len() != count.checked_mul(Self::DIMENSIONS)? {
            return None;
        }
        let texts = f32::from_le_bytes(texts);
        Some(Words { ends, letters, rarity, vectors: bytemuck::cast_slice(vectors), texts })
    }

    /// How rare a word is: ln((N + 1) / (n + 0.5)) where it stands in n of N texts (Spärck Jones
    /// 1972, smoothed); a word not in the table is as rare as can be.
    pub fn rarity(&self, word: &str) -> f32 {
        match self.find(word).and_then(|at| self.rarity.get(at)) {
            Some(&sixteenths) => f32::from(sixteenths) / 16.0,
            None => ((self.texts + 1.0) / 0.5).ln(),
        }
    }

    /// The vector of a word, of the length 127.
    pub fn vector(&self, word: &str) -> Option<&'m [i8]> {
        let at = self.find(word)? * Self::DIMENSIONS;
        self.vectors.get(at..at + Self::DIMENSIONS)
    }

    fn find(&self, word: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.ends.len());
        while from < to {
            let middle = from.midpoint(to);
            match self.word(middle).cmp(word.as_bytes()) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    fn word(&self, at: usize) -> &'m [u8] {
        let end = |at: usize| self.ends.get(at).map_or(0, |&end| u32::from_le_bytes(end) as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.letters.get(start..end(at)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn likeness(a: &str, b: &str) -> i32 {
        let words = Words::embedded();
        let (a, b) = (words.vector(a).unwrap(), words.vector(b).unwrap());
        a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum::<i32>() / 127
    }

    #[test]
    fn words_of_like_meaning_are_near_each_other() {
        assert!(likeness("killed", "murdered") > likeness("killed", "signed") + 20);
        assert!(likeness("ceasefire", "truce") > likeness("ceasefire", "festival") + 20);
    }

    #[test]
    fn common_words_are_less_rare_and_unknown_ones_most() {
        let rarity = |word| Words::embedded().rarity(word);
        assert!(rarity("said") < rarity("government"));
        assert!(rarity("government") < rarity("volcano"));
        assert!(rarity("volcano") <= rarity("xyzzyq"));
    }

    #[test]
    fn a_file_cut_short_is_no_table() {
        let file = super::FILE;
        for length in [0, 8, 12, 20, 1000, file.len() - 1] {
            assert!(Words::read(&file[..length]).is_none(), "{length} bytes");
        }
    }
}
