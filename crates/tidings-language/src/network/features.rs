//! What the network sees of a word: its row in a table of known words, and rows for its beginning,
//! its endings and its shape, which are shared by hash.
//!
//! The same as `features` of `training/student.py`, number for number.

use super::weights::{File, ModelError, Table};

/// Tables of vectors, one row for each feature.
#[derive(Debug, Default)]
pub struct Features<'m> {
    /// Open-addressed hash table: the upper 48 bits of a word's hash, and its row in 16.
    words: &'m [u64],
    tables: Vec<Table<'m>>,
    /// Numbers in a vector.
    pub width: usize,
}

const TABLES: [&str; 6] = ["word", "prefix3", "suffix2", "suffix3", "suffix4", "shape"];

impl<'m> Features<'m> {
    pub fn read(file: &File<'m>) -> Result<Features<'m>, ModelError> {
        let words = file.tensor::<u64>("words")?.cells;
        let mut tables = Vec::new();
        for name in TABLES {
            tables.push(file.table(name)?);
        }
        let width = tables[0].width();
        let sound = words.len().is_power_of_two()
            && words.contains(&0)
            && words.iter().all(|slot| (slot & 0xffff) < tables[0].rows() as u64)
            && tables.iter().all(|table| table.width() == width);
        if sound {
            Ok(Features { words, tables, width })
        } else {
            Err(ModelError::Part("words".into()))
        }
    }

    /// Adds up the vectors of a word's features.
    pub fn embed(&self, form: &str, vector: &mut [f32], normal: &mut Vec<char>) {
        vector.fill(0.0);
        for (table, row) in self.tables.iter().zip(self.rows(form, normal)) {
            table.add(row, vector);
        }
    }

    fn rows(&self, form: &str, normal: &mut Vec<char>) -> [usize; 6] {
        normal.clear();
        normal.extend(form.chars().flat_map(|c| straight(c).to_lowercase()).map(zero));
        let row = |chars: &[char], table: usize| {
            let hash = fnv(chars.iter().copied(), table as u64);
            (hash >> 16) as usize % self.tables[table].rows()
        };
        let last = |n: usize| &normal[normal.len().saturating_sub(n)..];
        [
            self.word(fnv(normal.iter().copied(), 0)),
            row(&normal[..normal.len().min(3)], 1),
            row(last(2), 2),
            row(last(3), 3),
            row(last(4), 4),
            (fnv(shape(form), 5) >> 16) as usize % self.tables[5].rows(),
        ]
    }

    /// The row of a known word; 0 stands for all others.
    fn word(&self, hash: u64) -> usize {
        let mask = self.words.len() - 1;
        let mut at = (hash >> 16) as usize & mask;
        while self.words[at] != 0 {
            if self.words[at] ^ hash < 1 << 16 {
                return (self.words[at] & 0xffff) as usize;
            }
            at = (at + 1) & mask;
        }
        0
    }
}

fn straight(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        c => c,
    }
}

fn zero(c: char) -> char {
    if c.is_ascii_digit() { '0' } else { c }
}

/// Classes of characters, runs longer than three cut: `Xxxx` for "Belgrade".
fn shape(form: &str) -> impl Iterator<Item = char> {
    let mut last = ['\0'; 3];
    form.chars().filter_map(move |c| {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_numeric() => 'd',
            c => c,
        };
        let more = last.iter().any(|&before| before != class);
        if more {
            last = [last[1], last[2], class];
        }
        more.then_some(class)
    })
}

/// FNV-1a, 64 bits, over the UTF-8 of the characters (Fowler, Noll & Vo).
pub fn fnv(chars: impl Iterator<Item = char>, seed: u64) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
    let mut bytes = [0; 4];
    for c in chars {
        for &byte in c.encode_utf8(&mut bytes).as_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_cut_long_runs() {
        let shape = |form| shape(form).collect::<String>();
        assert_eq!(shape("Belgrade"), "Xxxx");
        assert_eq!(shape("F-16s"), "X-ddx");
        assert_eq!(shape("2022"), "ddd");
    }

    #[test]
    fn hashes_are_those_of_the_published_function() {
        // The test vectors that Fowler, Noll and Vo give for 64-bit FNV-1a.
        assert_eq!(fnv("".chars(), 0), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv("foobar".chars(), 0), 0x8594_4171_f739_67e8);
    }
}
