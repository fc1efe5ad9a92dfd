//! What is packed: gzip and zstd, of one or several members, and zip folders.
//!
//! Nothing is unpacked beyond what is being read. What unpacks to far more than any text does is
//! taken for a bomb (Fifield, "A better zip bomb", WOOT 2019) and left.

use super::{At, DEEPEST, Found, Input, Of, Problem, Source, Stream};
use crate::Options;
use flate2::Crc;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use zip::{CompressionMethod, ZipArchive};

/// So much may come of anything; beyond it counts how much went in.
const FREE: u64 = 64 << 20;
/// The most that may come of each byte: text shrinks to a tenth, tables of much the same to a hundredth.
const RATIO: u64 = 200;
/// The most that may come of one zip in all.
const MOST: u64 = 64 << 30;
/// The largest window of zstd that is held in memory (2^27 bytes, its own default).
const WINDOW: u32 = 27;

pub(super) fn gunzip(stream: impl BufRead + Send + 'static) -> Box<dyn Read + Send> {
    let taken = Arc::default();
    let counted = Counted { stream, taken: Arc::clone(&taken) };
    Box::new(Guarded::new(MultiGzDecoder::new(BufReader::new(counted)), taken))
}

pub(super) fn unzstd(
    stream: impl BufRead + Send + 'static,
) -> Result<Box<dyn Read + Send>, Problem> {
    let taken = Arc::default();
    let counted = Counted { stream, taken: Arc::clone(&taken) };
    let mut decoder = zstd::Decoder::new(counted).map_err(Problem::of)?;
    decoder.window_log_max(WINDOW).map_err(Problem::of)?;
    Ok(Box::new(Guarded::new(decoder, taken)))
}

/// The name of what is packed: `a.csv` of `a.csv.gz`, `a.tar` of `a.tgz`.
pub(super) fn inner_name(name: &str) -> String {
    let packed = |e: &str| ["gz", "gzip", "zst", "zstd"].iter().any(|p| p.eq_ignore_ascii_case(e));
    match name.rsplit_once('.') {
        Some((inner, extension)) if packed(extension) => inner.to_string(),
        _ => name.to_string(),
    }
}

/// A stream that tells how much was read of it.
struct Counted<R> {
    stream: R,
    taken: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(to)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Unpacked bytes, as long as they are in proportion to the packed ones.
struct Guarded<R> {
    unpacked: R,
    given: u64,
    taken: Arc<AtomicU64>,
}

impl<R> Guarded<R> {
    fn new(unpacked: R, taken: Arc<AtomicU64>) -> Guarded<R> {
        Guarded { unpacked, given: 0, taken }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.unpacked.read(to)?;
        self.given += read as u64;
        if self.given > FREE && self.given / RATIO > self.taken.load(Ordering::Relaxed) {
            return Err(io::Error::other(Problem::Bomb));
        }
        Ok(read)
    }
}

/// A zip folder: its files in the order of their names, as those of a folder.
pub(super) struct Zip {
    of: Of,
    depth: usize,
    packed: Shared,
    archive: ZipArchive<Shared>,
    /// Files still to be read, the next one last.
    left: Vec<usize>,
    /// Bytes that came of those read.
    given: Arc<AtomicU64>,
}

impl Zip {
    pub fn new(of: Of, depth: usize, stream: Stream) -> Result<Zip, Problem> {
        let packed = Shared { stream: Arc::new(Mutex::new(stream)), at: 0 };
        let archive = ZipArchive::new(packed.clone()).map_err(broken)?;
        let mut named: Vec<(String, usize)> = (0..archive.len())
            .filter_map(|at| Some((archive.name_for_index(at)?.ok()?.into_owned(), at)))
            .filter(|(name, _)| !is_passed_over(name))
            .collect();
        if named.is_empty() {
            return Err(Problem::EmptyFolder);
        }
        named.sort_unstable();
        let left = named.into_iter().rev().map(|(_, at)| at).collect();
        Ok(Zip { of, depth, packed, archive, left, given: Arc::default() })
    }

    /// The file of that number, to be unpacked as it is read.
    fn file(&mut self, number: usize) -> Result<Input, (String, Problem)> {
        let outer = self.of.file.clone();
        let file = self.archive.by_index_raw(number).map_err(|e| (outer.clone(), broken(e)))?;
        let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
        let called = format!("{outer}/{name}");
        let broken = |what: &str| Err((called.clone(), Problem::BrokenZip(what.to_string())));
        let Some(start) = file.data_start() else { return broken("its place is not known") };
        if file.encrypted() {
            return broken("it is locked with a password");
        }
        let packed = Shared { stream: Arc::clone(&self.packed.stream), at: start };
        let taken = Arc::new(AtomicU64::new(0));
        let packed = packed.take(file.compressed_size());
        let packed = BufReader::new(Counted { stream: packed, taken: Arc::clone(&taken) });
        let unpacked: Box<dyn Read + Send> = match file.compression() {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(packed)),
            other => return broken(&format!("{other} is not known")),
        };
        let whole = Whole {
            unpacked: Guarded::new(unpacked, taken),
            crc: Crc::new(),
            expected: file.crc32(),
            given: Arc::clone(&self.given),
        };
        Ok(Input {
            name: name.rsplit('/').next().unwrap_or_default().to_string(),
            file: called,
            stream: Stream::Flow(Box::new(whole)),
            depth: (self.depth + 1).min(DEEPEST),
            address: None,
            follow: false,
        })
    }
}

impl Source for Zip {
    fn next(&mut self, _: &Options) -> Option<Found> {
        let number = self.left.pop()?;
        Some(match self.file(number) {
            Ok(input) => Found::Inside(input),
            Err((file, problem)) => Of { file, stem: String::new() }.fail(At::Whole, problem),
        })
    }
}

/// Folders, hidden files, and what a Mac packs beside each file.
fn is_passed_over(name: &str) -> bool {
    name.ends_with('/') || name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

fn broken(error: zip::result::ZipError) -> Problem {
    match error {
        zip::result::ZipError::Io(error) => Problem::of(error),
        other => Problem::BrokenZip(other.to_string()),
    }
}

/// A stream read at several places.
#[derive(Clone)]
struct Shared {
    stream: Arc<Mutex<Stream>>,
    at: u64,
}

impl Shared {
    fn seek_in(stream: &mut Stream, to: SeekFrom) -> io::Result<u64> {
        match stream {
            Stream::File(file) => file.seek(to),
            Stream::Held(bytes) => bytes.seek(to),
            Stream::Flow(_) => Err(io::ErrorKind::NotSeekable.into()),
        }
    }
}

impl Read for Shared {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        Shared::seek_in(&mut stream, SeekFrom::Start(self.at))?;
        let read = stream.read(to)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        let to = match to {
            SeekFrom::Current(by) => {
                SeekFrom::Start(self.at.checked_add_signed(by).ok_or(io::ErrorKind::InvalidInput)?)
            }
            other => other,
        };
        self.at = Shared::seek_in(&mut stream, to)?;
        Ok(self.at)
    }
}

/// The bytes of a file of a zip, which must be those that were packed.
struct Whole {
    unpacked: Guarded<Box<dyn Read + Send>>,
    crc: Crc,
    expected: u32,
    given: Arc<AtomicU64>,
}

impl Read for Whole {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.unpacked.read(to)?;
        self.crc.update(&to[..read]);
        if self.given.fetch_add(read as u64, Ordering::Relaxed) > MOST {
            return Err(io::Error::other(Problem::Bomb));
        }
        if read == 0 && !to.is_empty() && self.crc.sum() != self.expected {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum is wrong"));
        }
        Ok(read)
    }
}
