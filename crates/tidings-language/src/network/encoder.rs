//! From words to one vector each, which knows the sentence around it.
//!
//! A convolution over three words, then recurrent layers ([`Stack`]).

use super::features::Features;
use super::kernel::{self, View};
use super::stack::{self, Stack};
use super::weights::{File, Linear, ModelError};
use std::ops::Range;

#[derive(Debug, Default)]
pub struct Encoder<'m> {
    features: Features<'m>,
    norm: Linear<'m>,
    conv: Linear<'m>,
    layers: Stack<'m>,
    /// Numbers in a word's vector.
    pub width: usize,
}

/// Room for the steps in between, used again for the next words.
#[derive(Default)]
pub struct Room {
    normal: Vec<char>,
    embedded: Vec<f32>,
    even: Vec<f32>,
    windows: Vec<f32>,
    x: Vec<f32>,
    layers: stack::Room,
}

impl<'m> Encoder<'m> {
    pub fn read(file: &File<'m>) -> Result<Encoder<'m>, ModelError> {
        let features = Features::read(file)?;
        let norm = file.norm("norm", features.width)?;
        let conv = file.linear("conv", 3 * features.width)?;
        let width = conv.bias.len();
        Ok(Encoder { features, norm, conv, layers: Stack::read(file, width)?, width })
    }

    /// Writes one row for each form to `out`; `sentences` divides the forms.
    pub fn encode<'f>(
        &self,
        forms: impl Iterator<Item = &'f str>,
        sentences: &[Range<usize>],
        room: &mut Room,
        out: &mut Vec<f32>,
    ) {
        let embed = self.features.width;
        room.embedded.clear();
        for form in forms {
            let at = room.embedded.len();
            room.embedded.resize(at + embed, 0.0);
            self.features.embed(form, &mut room.embedded[at..], &mut room.normal);
        }
        kernel::normalise(&mut room.even, &room.embedded, &self.norm);
        windows(&room.even, embed, sentences, &mut room.windows);
        kernel::linear(&mut room.x, View::new(&room.windows, 3 * embed, 0, 3 * embed), &self.conv);
        kernel::gelu(&mut room.x);
        self.layers.run(&mut room.x, sentences, &mut room.layers, out);
    }
}

/// The rows before, at and after each word of a sentence, side by side; zeros beyond its edges.
fn windows(rows: &[f32], width: usize, sentences: &[Range<usize>], out: &mut Vec<f32>) {
    out.clear();
    out.resize(3 * rows.len(), 0.0);
    for words in sentences {
        for word in words.clone() {
            let from = word.saturating_sub(1).max(words.start);
            let to = (word + 2).min(words.end);
            let at = 3 * width * word + (from + 1 - word) * width;
            let row = &rows[from * width..to * width];
            out[at..at + row.len()].copy_from_slice(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_end_at_the_sentence() {
        let mut out = Vec::new();
        windows(&[1.0, 2.0, 3.0, 4.0], 1, &[0..3, 3..4], &mut out);
        assert_eq!(out, [0.0, 1.0, 2.0, 1.0, 2.0, 3.0, 2.0, 3.0, 0.0, 0.0, 4.0, 0.0]);
    }
}
