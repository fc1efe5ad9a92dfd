//! The model file: named tensors, used where they lie.
//!
//! The layout is told in `training/export.py`, which writes it: the bytes `TIDINGS1`, a table of
//! entries of 48 bytes, and the tensors, each on a border of 64 bytes. Nothing is copied.

use bytemuck::{AnyBitPattern, NoUninit};

#[cfg(target_endian = "big")]
compile_error!("the model is stored in little-endian order and used in place");

const MAGIC: &[u8; 8] = b"TIDINGS1";
const ENTRY: usize = 48;
const NAME: usize = 24;

/// Lays a model on a border of 64 bytes, where its numbers can be read in place.
#[repr(C, align(64))]
#[derive(Debug)]
pub struct Aligned<T: ?Sized>(pub T);

/// What is wrong with a model file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ModelError {
    /// Not a model at all.
    #[error("not a model of a network: make it again as `training/README.md` tells")]
    Foreign,
    /// A part is missing, or not of the size the network needs.
    #[error("the model lacks a sound `{0}`: make it again as `training/README.md` tells")]
    Part(String),
}

/// A matrix of weights, row after row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Matrix<'m, T = f32> {
    /// All cells.
    pub cells: &'m [T],
    pub rows: usize,
    pub columns: usize,
}

impl<'m, T> Matrix<'m, T> {
    pub fn row(&self, row: usize) -> &'m [T] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }
}

/// Weights and biases of `y = W x + b`, or scale and shift of a normalisation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Linear<'m> {
    /// One row for each output.
    pub weight: Matrix<'m>,
    /// One value for each output.
    pub bias: &'m [f32],
}

/// Vectors of a feature as bytes, each row with its scale.
#[derive(Debug, Clone, Copy, Default)]
pub struct Table<'m> {
    cells: Matrix<'m, i8>,
    scale: &'m [f32],
}

impl Table<'_> {
    /// How many vectors there are.
    pub fn rows(&self) -> usize {
        self.cells.rows
    }

    /// Numbers in a vector.
    pub fn width(&self) -> usize {
        self.cells.columns
    }

    /// Adds a row to a vector.
    pub fn add(&self, row: usize, vector: &mut [f32]) {
        let scale = self.scale[row];
        for (sum, &byte) in vector.iter_mut().zip(self.cells.row(row)) {
            *sum += scale * f32::from(byte);
        }
    }
}

/// An open model file.
pub struct File<'m> {
    bytes: &'m [u8],
    entries: usize,
}

impl<'m> File<'m> {
    /// Opens a file; `bytes` must lie on a border of 8 bytes.
    pub fn open(bytes: &'m [u8]) -> Result<File<'m>, ModelError> {
        let entries = match bytes.strip_prefix(MAGIC) {
            Some(rest) => number(rest, 0).ok_or(ModelError::Foreign)?,
            None => return Err(ModelError::Foreign),
        };
        Ok(File { bytes, entries })
    }

    /// Rows, columns and bytes of an entry.
    fn entry(&self, name: &str) -> Option<(usize, usize, &'m [u8])> {
        let table = self.bytes.get(16..)?;
        let entry = table.chunks_exact(ENTRY).take(self.entries).find(|entry| {
            let (text, rest) = entry[..NAME].split_at(name.len().min(NAME));
            text == name.as_bytes() && rest.iter().all(|&byte| byte == 0)
        })?;
        let field = |nth: usize| number(entry, NAME + 4 * nth);
        let (rows, columns, start, length) = (field(1)?, field(2)?, field(3)?, field(4)?);
        Some((rows, columns, self.bytes.get(start..start.checked_add(length)?)?))
    }

    /// A tensor of any kind of number.
    pub fn tensor<T: AnyBitPattern + NoUninit>(
        &self,
        name: &str,
    ) -> Result<Matrix<'m, T>, ModelError> {
        let broken = || ModelError::Part(name.to_string());
        let (rows, columns, bytes) = self.entry(name).ok_or_else(broken)?;
        let cells: &[T] = bytemuck::try_cast_slice(bytes).map_err(|_| broken())?;
        let fits = rows.checked_mul(columns) == Some(cells.len()) && !cells.is_empty();
        if fits { Ok(Matrix { cells, rows, columns }) } else { Err(broken()) }
    }

    /// Vectors of a feature.
    pub fn table(&self, name: &str) -> Result<Table<'m>, ModelError> {
        let cells: Matrix<i8> = self.tensor(name)?;
        Ok(Table { cells, scale: self.row(&format!("{name}.scale"), cells.rows)? })
    }

    /// A row of as many numbers as needed.
    pub fn row(&self, name: &str, columns: usize) -> Result<&'m [f32], ModelError> {
        let tensor = self.tensor(name)?;
        let fits = tensor.cells.len() == columns;
        if fits { Ok(tensor.cells) } else { Err(ModelError::Part(name.to_string())) }
    }

    /// A linear map from `columns` numbers.
    pub fn linear(&self, name: &str, columns: usize) -> Result<Linear<'m>, ModelError> {
        let weight: Matrix = self.tensor(name)?;
        if weight.columns != columns {
            return Err(ModelError::Part(name.to_string()));
        }
        Ok(Linear { weight, bias: self.row(&format!("{name}.bias"), weight.rows)? })
    }

    /// Scale and shift of a normalisation over `width` numbers.
    pub fn norm(&self, name: &str, width: usize) -> Result<Linear<'m>, ModelError> {
        let cells = self.row(name, width)?;
        let weight = Matrix { cells, rows: 1, columns: width };
        Ok(Linear { weight, bias: self.row(&format!("{name}.bias"), width)? })
    }

    /// The lines of a list of labels.
    pub fn lines(&self, name: &str) -> Result<std::str::Lines<'m>, ModelError> {
        let text = self.entry(name).and_then(|(_, _, bytes)| std::str::from_utf8(bytes).ok());
        text.map(str::lines).ok_or_else(|| ModelError::Part(name.to_string()))
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let field = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(field) as usize)
}
