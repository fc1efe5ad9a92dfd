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

/// The features of one decision: the kinds that hold, hashed, and behind them plain numbers.
#[derive(Debug, Default, Clone)]
pub struct Features {
    /// One hash for each feature that holds.
    pub(crate) ids: Vec<u32>,
    /// Numbers, in the places a model was taught to look for them.
    pub(crate) dense: Vec<f32>,
    kind: u64,
}

impl Features {
    /// Forgets the features of the last decision.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.dense.clear();
        self.kind = 0;
    }

    /// Adds the next feature of the template: every call makes a feature of another kind.
    pub fn add(&mut self, value: Hash) {
        self.kind += 1;
        self.ids.push((value.with(self.kind).0 >> 24) as u32);
    }

    /// Adds a word, whatever its case, as the next feature of the template.
    pub fn add_word(&mut self, word: &str) {
        self.add(Hash::lower(word));
    }

    /// Adds the next feature of the template where there is one; its kind is used up either way.
    pub fn add_some(&mut self, value: Option<Hash>) {
        match value {
            Some(value) => self.add(value),
            None => self.kind += 1,
        }
    }

    /// Adds any number of features that are all of the next kind, as the words of a bag.
    pub fn add_all(&mut self, values: impl IntoIterator<Item = Hash>) {
        self.kind += 1;
        let kind = self.kind;
        self.ids.extend(values.into_iter().map(|value| (value.with(kind).0 >> 24) as u32));
    }

    /// Appends numbers, such as the vector of a word.
    pub fn dense(&mut self, values: &[f32]) {
        self.dense.extend_from_slice(values);
    }

    /// Appends zeros, to keep the places of numbers that are not known.
    pub fn blank(&mut self, count: usize) {
        self.dense.resize(self.dense.len() + count, 0.0);
    }
}
