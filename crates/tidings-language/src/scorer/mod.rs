//! Small learned decisions: a net over hashed features and word vectors, read in place.
//!
//! In go [`Features`], out come as many scores as the model has outputs. The sum of the rows of the
//! features, plus a matrix times the numbers of the dense part, goes through a hidden layer of
//! rectified units to the outputs; a model of width 0 has no hidden layer and is linear.
//! [`train::learn`] makes the model file.
//!
//! ```
//! use tidings_language::scorer::{Features, Room, Scorer, Shape};
//! use tidings_language::scorer::train::{Examples, Loss, Plan, learn};
//! let describe = |word: &str| {
//!     let mut features = Features::default();
//!     features.add_word(word);
//!     features
//! };
//! let shape = Shape { bits: 8, dense: 0, width: 0, outputs: 2 };
//! let mut examples = Examples::new(shape);
//! for (word, class) in [("truce", 0), ("shelling", 1)] {
//!     examples.push_class(&describe(word), class);
//! }
//! let file = learn(&examples, &Plan::new(Loss::Softmax));
//! let scorer = Scorer::read(&file)?;
//! let mut room = Room::default();
//! let scores = scorer.scores(&describe("Truce"), &mut room);
//! assert!(scores[0] > scores[1]);
//! # Ok::<(), tidings_language::scorer::ModelError>(())
//! ```

pub mod train;

pub use crate::hash::{Features, Hash};

/// Layout: these bytes, the four numbers of the shape (u32), the scale of each column, the biases of
/// the columns, the output matrix (one row for each output) and its biases (all f32; the last two
/// for models with a hidden layer alone), then the rows of the features and of the dense inputs, a
/// signed byte to a weight. All little-endian.
const MAGIC: &[u8] = b"TSCORER1";

/// No table has more rows than 2 to this power.
const MOST_BITS: u32 = 24;

/// What is wrong with a model file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ModelError {
    /// Not a model at all.
    #[error("not a scorer model: make it again with the command of `training/README.md`")]
    Foreign,
    /// The file ends too early or too late for its shape.
    #[error("the scorer model has {found} bytes where its shape needs {needed}: make it again")]
    Length {
        /// Bytes in the file.
        found: usize,
        /// Bytes that its shape asks for.
        needed: usize,
    },
}

/// The size of a model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    /// The table of features has 2 to this power of rows (at most 24).
    pub bits: u32,
    /// Numbers in the dense part of the features.
    pub dense: usize,
    /// Units of the hidden layer; 0 for a linear model.
    pub width: usize,
    /// Scores that come out.
    pub outputs: usize,
}

impl Shape {
    /// Numbers in a row of the tables.
    fn columns(self) -> usize {
        if self.width == 0 { self.outputs } else { self.width }
    }

    /// Rows of the table of features.
    fn rows(self) -> usize {
        1 << self.bits.min(MOST_BITS)
    }

    /// Cells of the output matrix with its biases.
    fn head(self) -> usize {
        if self.width == 0 { 0 } else { self.outputs * (self.width + 1) }
    }
}

/// A learned decision. The default one has no outputs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scorer<'m> {
    shape: Shape,
    scales: &'m [Float],
    bias: &'m [Float],
    head: &'m [Float],
    rows: &'m [i8],
    dense: &'m [i8],
}

/// A number of the file, wherever it lies.
type Float = [u8; 4];

/// Room for the steps of a decision, used again for the next.
#[derive(Debug, Default)]
pub struct Room {
    hidden: Vec<f32>,
    scores: Vec<f32>,
}

impl<'m> Scorer<'m> {
    /// Reads a model file in place.
    ///
    /// # Errors
    /// [`ModelError`] for a file that is no model, or not of the length its shape asks for.
    pub fn read(file: &'m [u8]) -> Result<Scorer<'m>, ModelError> {
        let rest = file.strip_prefix(MAGIC).ok_or(ModelError::Foreign)?;
        let (numbers, rest) = rest.split_at_checked(16).ok_or(ModelError::Foreign)?;
        let mut numbers = bytemuck::cast_slice::<u8, Float>(numbers).iter();
        let mut number = || numbers.next().map_or(0, |&bytes| u32::from_le_bytes(bytes));
        let (bits, dense, width, outputs) = (number(), number(), number(), number());
        // Small enough for the sizes below not to overflow; no sane model comes near.
        if bits > MOST_BITS || [dense, width, outputs].iter().any(|&n| n > 1 << 16) {
            return Err(ModelError::Foreign);
        }
        let [dense, width, outputs] = [dense, width, outputs].map(|n| n as usize);
        let shape = Shape { bits, dense, width, outputs };
        let columns = shape.columns();
        let floats = 2 * columns + shape.head();
        let needed = 4 * floats + (shape.rows() + dense) * columns;
        if rest.len() != needed {
            let before = file.len() - rest.len();
            return Err(ModelError::Length { found: file.len(), needed: before + needed });
        }
        let (floats, cells) = rest.split_at(4 * floats);
        let (scales, floats) = bytemuck::cast_slice(floats).split_at(columns);
        let (bias, head) = floats.split_at(columns);
        let (rows, dense) = bytemuck::cast_slice(cells).split_at(shape.rows() * columns);
        Ok(Scorer { shape, scales, bias, head, rows, dense })
    }

    /// How many scores come out.
    pub fn outputs(&self) -> usize {
        self.shape.outputs
    }

    /// The scores of one decision, a number for each output: before the softmax for models that
    /// learned classes, before the logistic function for those that learned yes or no.
    pub fn scores<'r>(&self, features: &Features, room: &'r mut Room) -> &'r mut [f32] {
        let columns = self.shape.columns();
        room.hidden.clear();
        room.hidden.resize(columns, 0.0);
        if columns > 0 {
            let mask = self.shape.rows() - 1;
            for &id in &features.ids {
                let row = &self.rows[(id as usize & mask) * columns..][..columns];
                for (cell, &weight) in room.hidden.iter_mut().zip(row) {
                    *cell += f32::from(weight);
                }
            }
            for (row, &value) in self.dense.chunks_exact(columns).zip(&features.dense) {
                for (cell, &weight) in room.hidden.iter_mut().zip(row) {
                    *cell += value * f32::from(weight);
                }
            }
        }
        for (cell, (&scale, &bias)) in room.hidden.iter_mut().zip(self.scales.iter().zip(self.bias))
        {
            *cell = *cell * f32::from_le_bytes(scale) + f32::from_le_bytes(bias);
        }
        if self.shape.width == 0 {
            return &mut room.hidden;
        }
        room.scores.clear();
        let (weights, biases) = self.head.split_at(self.shape.outputs * self.shape.width);
        for (weights, &bias) in weights.chunks_exact(self.shape.width).zip(biases) {
            let product =
                |(&weight, unit): (&Float, &f32)| f32::from_le_bytes(weight) * unit.max(0.0);
            let sum: f32 = weights.iter().zip(&room.hidden).map(product).sum();
            room.scores.push(sum + f32::from_le_bytes(bias));
        }
        &mut room.scores
    }
}

/// Turns the scores of classes into their probabilities, in place.
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().fold(f32::NEG_INFINITY, |most, &score| most.max(score));
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

/// The probability of yes that a score stands for.
pub fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
