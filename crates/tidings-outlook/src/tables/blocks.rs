//! A file as blocks of whole rows.

use std::io::{self, Read};

/// Bytes read at a time: few enough to lie close to the processor while they are cut up.
const SIZE: usize = 1 << 20;
/// A row longer than this is none: somebody forgot to close a quotation mark.
const LONGEST: usize = 16 << 20;

/// Some whole rows.
pub(super) struct Block {
    pub bytes: Vec<u8>,
    /// Number of its first line, from one.
    pub line: usize,
}

/// Reads blocks one after the other; memory is flat.
pub(super) struct Blocks<R> {
    from: R,
    /// What came after the last whole row.
    left: Vec<u8>,
    line: usize,
    /// Whether a line break between quotation marks belongs to a cell.
    pub quoted: bool,
    done: bool,
}

impl<R: Read> Blocks<R> {
    pub fn new(from: R) -> Blocks<R> {
        Blocks { from, left: Vec::new(), line: 1, quoted: true, done: false }
    }

    /// The next block, in memory that an earlier one is done with; nothing at the end.
    pub fn read(&mut self, mut bytes: Vec<u8>) -> io::Result<Option<Block>> {
        bytes.clear();
        bytes.append(&mut self.left);
        while !self.done {
            bytes.reserve(SIZE);
            let read = self.from.by_ref().take(SIZE as u64).read_to_end(&mut bytes)?;
            if read < SIZE {
                self.done = true;
                break;
            }
            let end = match end_of_rows(&bytes, self.quoted) {
                0 if bytes.len() > LONGEST => end_of_rows(&bytes, false),
                end => end,
            };
            if end > 0 {
                self.left.extend_from_slice(&bytes[end..]);
                bytes.truncate(end);
                break;
            }
        }
        let line = self.line;
        self.line += memchr::memchr_iter(b'\n', &bytes).count();
        Ok((!bytes.is_empty()).then_some(Block { bytes, line }))
    }
}

/// The end of the last whole row; 0 where there is none.
fn end_of_rows(bytes: &[u8], quoted: bool) -> usize {
    if !quoted || memchr::memchr(b'"', bytes).is_none() {
        return memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
    }
    let (mut within, mut end) = (false, 0);
    for at in memchr::memchr2_iter(b'"', b'\n', bytes) {
        match bytes[at] {
            b'"' => within = !within,
            _ if !within => end = at + 1,
            _ => {}
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_is_cut() {
        let text: String = (0..600_000).map(|n| format!("{n},\"a\nb\"\n")).collect();
        let mut whole = Vec::new();
        let mut lines = Vec::new();
        let mut blocks = Blocks::new(text.as_bytes());
        while let Some(block) = blocks.read(vec![b'x'; 7]).unwrap() {
            assert!(block.bytes.ends_with(b"\"\n") || block.bytes.ends_with(b"\n"));
            assert_eq!(memchr::memchr_iter(b'"', &block.bytes).count() % 2, 0);
            lines.push(block.line);
            whole.extend(block.bytes);
        }
        assert!(lines.len() > 1 && lines[0] == 1, "{lines:?}");
        assert_eq!(whole, text.as_bytes());
    }

    #[test]
    fn a_row_ends_outside_of_quotation_marks() {
        assert_eq!(end_of_rows(b"a\nb\nc", true), 4);
        assert_eq!(end_of_rows(b"a,\"b\nc", true), 0);
        assert_eq!(end_of_rows(b"a,\"b\nc", false), 5);
    }
}
