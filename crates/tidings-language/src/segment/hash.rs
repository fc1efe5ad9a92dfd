//! Feature hashing (Weinberger et al. 2009): a feature is the hash of what it is made of, its
//! weight stands in a table at that place.

/// A running hash of characters or of other hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub u64);

const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hash {
    /// The hash of nothing.
    pub const EMPTY: Hash = Hash(0);

    /// Adds a character.
    pub fn push(&mut self, c: char) {
        self.0 = (self.0.rotate_left(7) ^ u64::from(c)).wrapping_mul(PRIME);
    }

    /// Adds a character in lower case.
    pub fn push_lower(&mut self, c: char) {
        if c.is_ascii() {
            self.push(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| self.push(c));
        }
    }

    /// The hash of a whole word in lower case.
    pub fn lower(word: &str) -> Hash {
        let mut hash = Hash::EMPTY;
        word.chars().for_each(|c| hash.push_lower(c));
        hash
    }

    /// This hash with another value mixed in.
    pub fn with(self, value: u64) -> Hash {
        let mixed = (self.0.rotate_left(29) ^ value).wrapping_mul(PRIME);
        Hash(mixed ^ (mixed >> 32))
    }

    /// This hash with another mixed in.
    pub fn and(self, other: Hash) -> Hash {
        self.with(other.0)
    }
}

/// The features of one decision.
#[derive(Debug, Default)]
pub struct Features {
    /// One hash for each feature that holds.
    pub ids: Vec<u32>,
    kind: u64,
}

impl Features {
    /// Forgets the features of the last decision.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.kind = 0;
    }

    /// Adds the next feature of the template: every call makes a feature of another kind.
    pub fn add(&mut self, value: Hash) {
        self.kind += 1;
        self.ids.push((value.with(self.kind).0 >> 24) as u32);
    }
}

/// A linear model over hashed features, read in place.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'m> {
    /// One weight for each hash; the length is a power of two.
    pub table: &'m [i8],
}

impl Weights<'_> {
    /// The sum of the weights of the features; positive means yes.
    pub fn score(&self, features: &Features) -> i32 {
        let mask = self.table.len().wrapping_sub(1);
        let weight = |&id: &u32| self.table.get(id as usize & mask).map_or(0, |&w| i32::from(w));
        features.ids.iter().map(weight).sum()
    }
}
