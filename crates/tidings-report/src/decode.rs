//! From bytes to text: UTF-8, UTF-16 and the single-byte encodings, told apart by mark and by content.
//!
//! Unmarked bytes that are not UTF-8 go to `chardetng`, the detector of the Firefox browser. A text
//! that is UTF-8 but for a few stray bytes keeps its UTF-8, and the strays are read as Windows-1252,
//! for that is what a pasted line mostly is.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Data that are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Binary;

/// How much of a file is looked at to tell what it is.
const SAMPLE: usize = 4096;

/// The text of the bytes, byte order mark stripped.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, Binary> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return if encoding == UTF_8 {
            checked(utf8(bytes[mark..].to_vec()))
        } else {
            checked(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned())
        };
    }
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return checked(encoding.decode_without_bom_handling(&bytes).0.into_owned());
    }
    if is_binary(&bytes) {
        return Err(Binary);
    }
    checked(utf8(bytes))
}

/// Whether the bytes are UTF-16, by their mark or by their zero bytes.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding != UTF_8,
        None => unmarked_utf16(bytes).is_some(),
    }
}

/// English in UTF-16 has a zero in nearly every second byte, and in none of the others.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if half < 2 {
        None
    } else if even == 0 && odd * 4 > half * 3 {
        Some(UTF_16LE)
    } else if odd == 0 && even * 4 > half * 3 {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 7] =
        [b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf"];
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|b| is_control(**b as char)).count();
    SIGNATURES.iter().any(|s| bytes.starts_with(s))
        || bytes.contains(&0)
        || controls * 50 > sample.len()
}

fn is_control(c: char) -> bool {
    c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\x1a' | '\x1b') || c == '\x7f'
}

fn checked(text: String) -> Result<String, Binary> {
    if text.contains('\0') { Err(Binary) } else { Ok(text) }
}

fn utf8(bytes: Vec<u8>) -> String {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error.into_bytes(),
    };
    let strays = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let sound: usize =
        bytes.utf8_chunks().map(|c| c.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    if sound > 2 * strays {
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
        return text;
    }
    let mut detector = EncodingDetector::new();
    detector.feed(&bytes, true);
    let (text, damaged) = detector.guess(None, false).decode_without_bom_handling(&bytes);
    if damaged {
        WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned()
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str =
        "The minister\u{2019}s caf\u{e9} talks \u{201c}failed\u{201d} \u{2013} again.";

    fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let marked = [b"\xef\xbb\xbf".as_slice(), TEXT.as_bytes()].concat();
        let windows = WINDOWS_1252.encode(TEXT).0.into_owned();
        let mut all = vec![TEXT.as_bytes().to_vec(), marked, windows];
        for big in [false, true] {
            all.push(utf16(TEXT, big, true));
            all.push(utf16(TEXT, big, false));
        }
        for (nth, bytes) in all.into_iter().enumerate() {
            assert_eq!(decode(bytes).as_deref(), Ok(TEXT), "encoding {nth}");
        }
    }

    #[test]
    fn stray_bytes_do_not_spoil_the_rest() {
        let mut bytes = "Vu\u{10d}i\u{107} and \u{201c}Kurti\u{201d} met. ".as_bytes().to_vec();
        bytes.extend(b"It\x92s late.");
        let text = decode(bytes).unwrap();
        assert_eq!(text, "Vu\u{10d}i\u{107} and \u{201c}Kurti\u{201d} met. It\u{2019}s late.");
    }

    #[test]
    fn pictures_and_archives_are_no_text() {
        for bytes in [b"\x89PNG\r\n\x1a\n\0\0".as_slice(), b"%PDF-1.7 text", b"a\0b c\0\0\0d"] {
            assert_eq!(decode(bytes.to_vec()), Err(Binary));
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(text) = decode(bytes) {
                prop_assert!(!text.contains('\0'));
            }
        }

        #[test]
        fn utf8_is_taken_as_it_is(text in "[a-z\u{e9}\u{10d}\u{4e2d} \r\n]{0,60}") {
            prop_assert_eq!(decode(text.clone().into_bytes()), Ok(text));
        }
    }
}
