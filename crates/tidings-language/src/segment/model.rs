//! The model file: two tables of weights, read in place.
//!
//! Layout: `TSEGMENT`, then one byte each for the logarithm of the length of the word table and of
//! the sentence table, then the two tables, a signed byte to a weight.

use crate::hash::Features;

const MAGIC: &[u8] = b"TSEGMENT";
static EMBEDDED: &[u8] = include_bytes!("../../../../models/segmenter.bin");

/// What is wrong with a model file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a segmenter model, or cut short: make it again with `train_segmenter`")]
pub struct ModelError;

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

/// The weights of the two decisions.
#[derive(Debug, Clone, Copy)]
pub struct Model<'m> {
    /// Where words end.
    pub words: Weights<'m>,
    /// Where sentences begin.
    pub sentences: Weights<'m>,
}

impl<'m> Model<'m> {
    /// The model inside the program; it decides nothing if the file is damaged.
    pub fn embedded() -> Model<'static> {
        let none = Weights { table: &[] };
        Model::read(EMBEDDED).unwrap_or(Model { words: none, sentences: none })
    }

    /// Reads a model file in place.
    pub fn read(file: &'m [u8]) -> Result<Model<'m>, ModelError> {
        let rest = file.strip_prefix(MAGIC).ok_or(ModelError)?;
        let (&[words, sentences], tables) = rest.split_first_chunk().ok_or(ModelError)?;
        let length = |log: u8| 1_usize.checked_shl(u32::from(log)).ok_or(ModelError);
        let (words, sentences) = (length(words)?, length(sentences)?);
        let table = bytemuck::cast_slice(tables);
        if words.checked_add(sentences) != Some(table.len()) {
            return Err(ModelError);
        }
        let (words, sentences) = table.split_at(words);
        Ok(Model { words: Weights { table: words }, sentences: Weights { table: sentences } })
    }

    /// The model as a file.
    pub fn write(&self) -> Vec<u8> {
        let mut file = MAGIC.to_vec();
        for weights in [self.words, self.sentences] {
            file.push(weights.table.len().trailing_zeros() as u8);
        }
        file.extend_from_slice(bytemuck::cast_slice(self.words.table));
        file.extend_from_slice(bytemuck::cast_slice(self.sentences.table));
        file
    }
}
