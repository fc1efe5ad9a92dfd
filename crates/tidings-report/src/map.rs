//! From bytes of the analysed text to characters of the text as it was found.
//!
//! The map keeps one count per block of bytes, and the edits of [`crate::mend`]; a lookup counts
//! the characters of at most one block and searches the edits by halving.

use crate::mend::Edit;
use std::ops::Range;

const BLOCK: usize = 256;

#[derive(Debug, Clone, Default)]
pub(crate) struct Map {
    /// Characters of the found text before the analysed text begins.
    base: usize,
    /// Characters before each block of the analysed text; empty if all of it is ASCII.
    blocks: Vec<u32>,
    /// Where the two texts differ, in order.
    edits: Vec<Edit>,
}

impl Map {
    /// `analysed` stands for what follows the first `base` characters of the found text.
    pub(crate) fn new(base: usize, analysed: &str, edits: Vec<Edit>) -> Map {
        let mut blocks = Vec::new();
        if !analysed.is_ascii() {
            let mut characters = 0;
            for block in analysed.as_bytes().chunks(BLOCK) {
                blocks.push(characters);
                characters += count(block) as u32;
            }
        }
        Map { base, blocks, edits }
    }

    /// Whether the analysed text stands in the found text as it is.
    pub(crate) fn is_plain(&self) -> bool {
        self.edits.is_empty()
    }

    /// The characters of the found text that a range of bytes of `analysed` stands for.
    pub(crate) fn characters(&self, analysed: &str, bytes: Range<usize>) -> Range<usize> {
        let start = self.count_to(analysed, bytes.start) as u32;
        let end = self.count_to(analysed, bytes.end.max(bytes.start)) as u32;
        // An edit that takes characters away stands between two characters: it belongs to neither.
        let start_edit = self.edits.partition_point(|e| e.mended.start <= start);
        let from = match start_edit.checked_sub(1).map(|at| &self.edits[at]) {
            Some(edit) if start < edit.mended.end => edit.found.start,
            Some(edit) => edit.found.end + (start - edit.mended.end),
            None => start,
        };
        let end_edit = self.edits.partition_point(|e| e.mended.start < end);
        let to = match end_edit.checked_sub(1).map(|at| &self.edits[at]) {
            Some(edit) if end < edit.mended.end => edit.found.end,
            Some(edit) => edit.found.end + (end - edit.mended.end),
            None => end,
        };
        let from = self.base + from as usize;
        from..(self.base + to as usize).max(from)
    }

    /// The characters before a byte of the analysed text.
    fn count_to(&self, analysed: &str, byte: usize) -> usize {
        let byte = byte.min(analysed.len());
        match self.blocks.get(byte / BLOCK) {
            Some(before) => {
                let block = byte / BLOCK * BLOCK;
                *before as usize + count(&analysed.as_bytes()[block..byte])
            }
            // The end of a text that fills its last block, or a text of ASCII.
            None => match self.blocks.last() {
                Some(before) => {
                    let block = (self.blocks.len() - 1) * BLOCK;
                    *before as usize + count(&analysed.as_bytes()[block..byte])
                }
                None => byte,
            },
        }
    }
}

/// Characters that begin among these bytes.
pub(crate) fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xc0 != 0x80).count()
}
