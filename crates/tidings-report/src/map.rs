//! From bytes of the analysed text to characters of the text as it was found, and back.
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
    analysed: Blocks,
    found: Blocks,
    /// Where the two texts differ, in order.
    edits: Vec<Edit>,
}

impl Map {
    /// `analysed` stands for what follows the first `base` bytes of `found`.
    pub(crate) fn new(found: &str, base: usize, analysed: &str, edits: Vec<Edit>) -> Map {
        let base = count(&found.as_bytes()[..base]);
        Map { base, analysed: Blocks::new(analysed), found: Blocks::new(found), edits }
    }

    /// The characters of the found text that a range of bytes of `analysed` stands for.
    pub(crate) fn characters(&self, analysed: &str, bytes: Range<usize>) -> Range<usize> {
        let start = self.analysed.count_to(analysed, bytes.start) as u32;
        let end = self.analysed.count_to(analysed, bytes.end.max(bytes.start)) as u32;
        let Range { start, end } = self.across(start..end, |e| &e.mended, |e| &e.found);
        self.base + start as usize..self.base + end as usize
    }

    /// The bytes of `analysed` that stand for a range of characters of the found text.
    pub(crate) fn bytes(&self, analysed: &str, characters: Range<usize>) -> Range<usize> {
        let at = |character: usize| character.saturating_sub(self.base) as u32;
        let found = at(characters.start)..at(characters.end.max(characters.start));
        let Range { start, end } = self.across(found, |e| &e.found, |e| &e.mended);
        let byte = |character| self.analysed.byte_of(analysed, character as usize);
        byte(start)..byte(end)
    }

    /// The bytes of `found` at which the characters stand.
    pub(crate) fn found_bytes(&self, found: &str, characters: Range<usize>) -> Range<usize> {
        let start = self.found.byte_of(found, characters.start);
        start..self.found.byte_of(found, characters.end.max(characters.start))
    }

    /// Characters of the one text as characters of the other. An edit counts as a whole; one that
    /// takes characters away stands between two characters and belongs to neither.
    fn across(
        &self,
        range: Range<u32>,
        here: fn(&Edit) -> &Range<u32>,
        there: fn(&Edit) -> &Range<u32>,
    ) -> Range<u32> {
        let Range { start, end } = range;
        let before = self.edits.partition_point(|e| here(e).start <= start);
        let from = match before.checked_sub(1).map(|at| &self.edits[at]) {
            Some(edit) if start < here(edit).end => there(edit).start,
            Some(edit) => there(edit).end + (start - here(edit).end),
            None => start,
        };
        let before = self.edits.partition_point(|e| here(e).start < end);
        let to = match before.checked_sub(1).map(|at| &self.edits[at]) {
            Some(edit) if end < here(edit).end => there(edit).end,
            Some(edit) => there(edit).end + (end - here(edit).end),
            None => end,
        };
        from..to.max(from)
    }
}

/// The characters before each block of a text; empty if all of it is ASCII.
#[derive(Debug, Clone, Default)]
struct Blocks(Vec<u32>);

impl Blocks {
    fn new(text: &str) -> Blocks {
        if text.is_ascii() {
            return Blocks::default();
        }
        let mut characters = 0;
        let before = |block: &[u8]| {
            let before = characters;
            characters += count(block) as u32;
            before
        };
        Blocks(text.as_bytes().chunks(BLOCK).map(before).collect())
    }

    /// The characters before a byte of the text.
    fn count_to(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(text.len());
        // The end of a text that fills its last block belongs to it.
        let block = (byte / BLOCK).min(self.0.len().saturating_sub(1));
        match self.0.get(block) {
            Some(before) => *before as usize + count(&text.as_bytes()[block * BLOCK..byte]),
            None => byte,
        }
    }

    /// The byte at which a character of the text begins.
    fn byte_of(&self, text: &str, character: usize) -> usize {
        let block = self.0.partition_point(|before| *before as usize <= character);
        let Some(block) = block.checked_sub(1) else { return character.min(text.len()) };
        let within = character - self.0[block] as usize;
        let mut begin = (block * BLOCK..text.len()).filter(|&byte| begins(text.as_bytes()[byte]));
        begin.nth(within).unwrap_or(text.len())
    }
}

/// Whether a byte of UTF-8 begins a character.
fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// Characters that begin among these bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| begins(**byte)).count()
}
