//! Bidirectional simple recurrent layers (after Lei et al. 2018, SRU): their gates see the input alone, so
//! that one matrix product serves all words. The same as `Recurrent` of `training/student.py`.

use super::kernel::{self, View};
use super::weights::{File, Linear, ModelError};
use std::ops::Range;

/// Recurrent layers with a gated residual, and a last normalisation.
#[derive(Debug, Default)]
pub struct Stack<'m> {
    layers: Vec<Layer<'m>>,
    last: Linear<'m>,
    width: usize,
}

#[derive(Debug)]
struct Layer<'m> {
    norm: Linear<'m>,
    gates: Linear<'m>,
}

/// Room for the steps in between, used again for the next words.
#[derive(Default)]
pub struct Room {
    even: Vec<f32>,
    gates: Vec<f32>,
}

impl<'m> Stack<'m> {
    /// The layers `layer0`, `layer1`, ... and `final` of a model, `width` numbers to a word.
    ///
    /// # Errors
    /// [`ModelError`] where a layer is of another size, or the width is odd or over 1,024.
    pub fn read(file: &File<'m>, width: usize) -> Result<Stack<'m>, ModelError> {
        // The recurrent kernel holds half a vector in a fixed array.
        if width % 2 == 1 || width > 1024 {
            return Err(ModelError::Part("final".into()));
        }
        let mut layers = Vec::new();
        while let Ok(norm) = file.norm(&format!("layer{}.norm", layers.len()), width) {
            let name = format!("layer{}", layers.len());
            let gates = file.linear(&name, width)?;
            if gates.bias.len() != 3 * width {
                return Err(ModelError::Part(name));
            }
            layers.push(Layer { norm, gates });
        }
        Ok(Stack { layers, last: file.norm("final", width)?, width })
    }

    /// Runs over rows of words, which are changed, and writes their rows to `out`; `sentences` divides them.
    pub fn run(
        &self,
        x: &mut [f32],
        sentences: &[Range<usize>],
        room: &mut Room,
        out: &mut Vec<f32>,
    ) {
        for layer in &self.layers {
            kernel::normalise(&mut room.even, x, &layer.norm);
            let even = View::new(&room.even, self.width, 0, self.width);
            kernel::linear(&mut room.gates, even, &layer.gates);
            for words in sentences {
                let x = &mut x[words.start * self.width..words.end * self.width];
                let gates = &room.gates[words.start * 3 * self.width..words.end * 3 * self.width];
                kernel::recur(x, gates, self.width);
            }
        }
        kernel::normalise(out, x, &self.last);
    }
}
