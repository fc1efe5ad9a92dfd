//! The learned rules: a hash table from word endings to changes, read in place.
//!
//! Layout: `TLEMMAS1`; number of changes (2 bytes, little endian); the changes, each the bytes to
//! strip, the length of what to add, and that; then slots of six bytes up to a power of two: the
//! hash of tag and ending, and the change (all ones: empty), with linear probing.

use crate::tags::{Upos, Xpos};

const MAGIC: &[u8] = b"TLEMMAS1";
const EMPTY: u16 = u16::MAX;
/// Longest ending looked up, in bytes.
pub const LONGEST: usize = 7;

/// What becomes of the capitals of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// They go.
    Lower,
    /// They stay.
    Keep,
    /// The first letter only is a capital.
    Title,
    /// All letters are.
    Upper,
}

impl Case {
    /// Every case, in the order in which they are tried.
    pub const ALL: [Case; 4] = [Case::Lower, Case::Keep, Case::Title, Case::Upper];
}

/// The learned rules.
#[derive(Debug, Clone, Default)]
pub struct Table<'m> {
    changes: Vec<(usize, &'m str)>,
    slots: &'m [[u8; 6]],
}

impl<'m> Table<'m> {
    /// Reads a file in place.
    pub fn read(file: &'m [u8]) -> Option<Table<'m>> {
        let (count, mut rest) = file.strip_prefix(MAGIC)?.split_first_chunk()?;
        let mut changes = Vec::new();
        for _ in 0..u16::from_le_bytes(*count) {
            let (&[strip, length], after) = rest.split_first_chunk()?;
            let (add, after) = after.split_at_checked(usize::from(length))?;
            changes.push((usize::from(strip), std::str::from_utf8(add).ok()?));
            rest = after;
        }
        let (slots, over) = rest.as_chunks::<6>();
        (over.is_empty() && slots.len().is_power_of_two()).then_some(Table { changes, slots })
    }

    /// Writes rules as a file.
    pub fn write(changes: &[(usize, String)], rules: &[(u32, u16)]) -> Vec<u8> {
        let mut file = MAGIC.to_vec();
        file.extend_from_slice(&(changes.len() as u16).to_le_bytes());
        for (strip, add) in changes {
            file.extend_from_slice(&[*strip as u8, add.len() as u8]);
            file.extend_from_slice(add.as_bytes());
        }
        let length = (rules.len() * 3 / 2 + 1).next_power_of_two();
        let mut slots = vec![(0_u32, EMPTY); length];
        for &(key, change) in rules {
            let mut at = key as usize & (length - 1);
            while slots[at].1 != EMPTY {
                at = (at + 1) & (length - 1);
            }
            slots[at] = (key, change);
        }
        for (key, change) in slots {
            file.extend_from_slice(&key.to_le_bytes());
            file.extend_from_slice(&change.to_le_bytes());
        }
        file
    }

    fn find(&self, key: u32) -> Option<u16> {
        let mask = self.slots.len().checked_sub(1)?;
        for step in 0..self.slots.len() {
            let [a, b, c, d, e, f] = self.slots[(key as usize + step) & mask];
            match u16::from_le_bytes([e, f]) {
                EMPTY => return None,
                change if u32::from_le_bytes([a, b, c, d]) == key => return Some(change),
                _ => {}
            }
        }
        None
    }

    /// How a whole word changes, if the treebanks have it.
    pub fn word(&self, xpos: Xpos, lower: &str) -> Option<(usize, &'m str)> {
        let change = self.find(whole(xpos, lower))?;
        let &(strip, add) = self.changes.get(usize::from(change))?;
        (strip <= lower.len()).then_some((strip, add))
    }

    /// Whether the treebanks have a word as the lemma of a verb or noun.
    pub fn has_lemma(&self, word: &str, upos: Upos) -> bool {
        self.find(key(lemma_salt(upos), word, true)).is_some()
    }

    /// The rule for the whole word, or the longest known ending of it.
    fn longest(&self, salt: u32, word: &str) -> Option<u16> {
        self.find(key(salt, word, true)).or_else(|| {
            endings(word)
                .into_iter()
                .flatten()
                .rev()
                .find_map(|end| self.find(key(salt, end, false)))
        })
    }

    /// How many bytes a lower-cased word loses at its end, and what comes instead.
    pub fn ending(&self, xpos: Xpos, lower: &str) -> (usize, &'m str) {
        let change = self.longest(xpos as u32, lower);
        let change = change.and_then(|change| self.changes.get(usize::from(change)));
        match change {
            Some(&(strip, add))
                if lower
                    .len()
                    .checked_sub(strip)
                    .is_some_and(|keep| lower.is_char_boundary(keep) && keep + add.len() > 0) =>
            {
                (strip, add)
            }
            _ => (0, ""),
        }
    }

    /// What becomes of the capitals of a form.
    pub fn case(&self, upos: Upos, xpos: Xpos, form: &str, lower: &str) -> Case {
        let case = self.longest(case_salt(upos, xpos, form), lower);
        case.and_then(|case| Case::ALL.get(usize::from(case))).copied().unwrap_or(Case::Lower)
    }
}

/// The key of the whole word under a tag.
pub fn whole(xpos: Xpos, lower: &str) -> u32 {
    key(xpos as u32, lower, true)
}

/// The key of a word or an ending.
pub fn key(salt: u32, text: &str, whole: bool) -> u32 {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(salt * 2 + u32::from(whole));
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
    let hash = text.as_bytes().iter().fold(start.wrapping_mul(0x100_0000_01b3), mix);
    (hash ^ (hash >> 32)) as u32
}

/// The table of case rules for a form: by its tags and by how it is capitalised.
pub fn case_salt(upos: Upos, xpos: Xpos, form: &str) -> u32 {
    let mut letters = form.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let mut others = letters.map(char::is_uppercase);
    let look = match (first, others.next()) {
        (false, Some(_) | None) => u32::from(others.any(|upper| upper)),
        (true, None) => 2,
        (true, Some(true)) => 3,
        (true, Some(false)) => 4,
    };
    1000 + (upos as u32 * 64 + xpos as u32) * 8 + look
}

/// The table of the lemmas seen with a part of speech.
pub fn lemma_salt(upos: Upos) -> u32 {
    100_000 + upos as u32
}

/// The endings of a word, shortest (the empty one) first.
pub fn endings(word: &str) -> [Option<&str>; LONGEST + 1] {
    let mut found = [None; LONGEST + 1];
    for (length, end) in found.iter_mut().enumerate() {
        *end = word.len().checked_sub(length).and_then(|from| word.get(from..));
    }
    found
}

/// Makes the lemma.
pub fn apply(form: &str, lower: &str, strip: usize, add: &str, case: Case) -> String {
    let stem = &lower[..lower.len().saturating_sub(strip)];
    match case {
        Case::Lower => [stem, add].concat(),
        Case::Upper => [stem, add].concat().to_uppercase(),
        Case::Keep if form.len() == lower.len() => {
            let shouted = form.len() > 1 && !form.chars().any(char::is_lowercase);
            let mut lemma = form.get(..stem.len()).unwrap_or(form).to_owned();
            if shouted {
                lemma.push_str(&add.to_uppercase());
            } else if lemma.is_empty() && form.starts_with(char::is_uppercase) {
                return title(add);
            } else {
                lemma.push_str(add);
            }
            lemma
        }
        Case::Keep => form.to_owned(),
        Case::Title => title(&[stem, add].concat()),
    }
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
