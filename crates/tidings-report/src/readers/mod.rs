//! Reports out of files, folders, archives and standard input, one after the other.
//!
//! Each form has a file of its own, and each file reads as it goes: what is under way is a stack of
//! [`Source`]s, an archive below the table that it holds. See `docs/reading.md`.

mod archive;
mod feed;
mod form;
mod lines;
mod page;
mod parquet;
mod problem;
mod table;
mod warc;

pub use problem::{At, Error, Problem};

use crate::decode::{decode, is_utf16};
use crate::{Options, Report};
use form::Form;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

/// The largest single report read: memory must stay flat whatever comes in.
pub(crate) const LARGEST: u64 = 32 << 20;

/// Archives within archives are opened to this depth.
const DEEPEST: usize = 4;

/// Reports in input order; see [`read`].
pub struct Reader {
    options: Options,
    /// Inputs still to be read, the next one last.
    inputs: Vec<PathBuf>,
    /// What is under way, the innermost last.
    open: Vec<Box<dyn Source>>,
}

/// Reads reports from files, folders (with all below them, in the order of their names) and, for
/// `-`, standard input.
///
/// What a file is, is told by its first bytes, and where these do not say, by its name: one text, a page,
/// a feed, lines of JSON, a table, a web archive, or any of them packed. What cannot be read comes out as an
/// [`Error`] in its place, and the rest go on.
///
/// ```no_run
/// for report in tidings_report::read(["reports/"], tidings_report::Options::default()) {
///     match report {
///         Ok(report) => println!("{}: {:?}", report.id, report.published),
///         Err(error) => eprintln!("{error}"),
///     }
/// }
/// ```
pub fn read(paths: impl IntoIterator<Item = impl Into<PathBuf>>, options: Options) -> Reader {
    let mut inputs: Vec<PathBuf> = paths.into_iter().map(Into::into).collect();
    inputs.reverse();
    Reader { options, inputs, open: Vec::new() }
}

/// Reads reports from an open stream as [`read`] does from standard input.
pub fn read_stream(name: &str, stream: impl Read + Send + 'static, options: Options) -> Reader {
    let mut reader = read([""; 0], options);
    reader.begin(Input {
        file: name.to_string(),
        name: "stdin".to_string(),
        stream: Stream::Flow(Box::new(stream)),
        depth: 0,
        address: None,
        follow: false,
    });
    reader
}

/// Something to be read, whose form is not known yet.
pub(crate) struct Input {
    /// What it is called in messages.
    pub file: String,
    /// The name by which its form may be told, and from which ids are made.
    pub name: String,
    pub stream: Stream,
    /// How many archives it lies in.
    pub depth: usize,
    /// The address it came from.
    pub address: Option<String>,
    /// Whether the pages of feed entries without their full text are wanted.
    pub follow: bool,
}

/// Bytes to be read.
pub(crate) enum Stream {
    File(File),
    Held(Cursor<Vec<u8>>),
    Flow(Box<dyn Read + Send>),
}

impl Read for Stream {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Stream::File(file) => file.read(to),
            Stream::Held(bytes) => bytes.read(to),
            Stream::Flow(stream) => stream.read(to),
        }
    }
}

/// An input under way.
pub(crate) trait Source: Send {
    /// What comes next of it; `None` at its end.
    fn next(&mut self, options: &Options) -> Option<Found>;
}

/// What a [`Source`] gives.
pub(crate) enum Found {
    Report(Result<Report, Error>),
    /// Something within that has a form of its own.
    Inside(Input),
    /// A page that is to be fetched, and what there is if it cannot be.
    Page {
        address: String,
        otherwise: Result<Report, Error>,
    },
}

/// The one report of an input.
struct Once(Option<Found>);

impl Source for Once {
    fn next(&mut self, _: &Options) -> Option<Found> {
        self.0.take()
    }
}

impl Iterator for Reader {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.found()? {
                Found::Report(read) | Found::Page { otherwise: read, .. } => return Some(read),
                Found::Inside(input) => self.begin(input),
            }
        }
    }
}

impl Reader {
    /// The next thing found, that is no longer [`Found::Inside`].
    pub(crate) fn found(&mut self) -> Option<Found> {
        loop {
            let Some(source) = self.open.last_mut() else {
                let path = self.inputs.pop()?;
                self.input(&path);
                continue;
            };
            match source.next(&self.options) {
                Some(Found::Inside(input)) => self.begin(input),
                Some(found) => return Some(found),
                None => drop(self.open.pop()),
            }
        }
    }

    /// Opens an input; what is wrong with it is found next.
    pub(crate) fn begin(&mut self, input: Input) {
        let file = input.file.clone();
        let source = open(input, &self.options).unwrap_or_else(|problem| {
            let error = Error { file, at: At::Whole, problem };
            Box::new(Once(Some(Found::Report(Err(error)))))
        });
        self.open.push(source);
    }

    fn fail(&mut self, file: &str, problem: Problem) {
        let error = Error { file: file.to_string(), at: At::Whole, problem };
        self.open.push(Box::new(Once(Some(Found::Report(Err(error))))));
    }

    /// Opens a file, a folder or standard input.
    fn input(&mut self, path: &Path) {
        let file = path.to_string_lossy().into_owned();
        let begun = |name: String, stream| Input {
            file: file.clone(),
            name,
            stream,
            depth: 0,
            address: None,
            follow: false,
        };
        if path.as_os_str() == "-" {
            let stream = Stream::Flow(Box::new(std::io::stdin()));
            return self.begin(begun("stdin".to_string(), stream));
        }
        if path.is_dir() {
            return match files_of(path) {
                Ok(files) if files.is_empty() => self.fail(&file, Problem::EmptyFolder),
                Ok(files) => self.inputs.extend(files.into_iter().rev()),
                Err(error) => self.fail(&file, Problem::Unreadable(error)),
            };
        }
        match File::open(path) {
            Ok(open) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                self.begin(begun(name, Stream::File(open)));
            }
            Err(error) => self.fail(&file, Problem::Unreadable(error)),
        }
    }
}

/// Begins to read an input by its form.
fn open(input: Input, options: &Options) -> Result<Box<dyn Source>, Problem> {
    let Input { file, name, stream, depth, address, follow } = input;
    let mut stream = BufReader::with_capacity(1 << 16, stream);
    let head = stream.fill_buf().map_err(Problem::of)?;
    let (wide, form) = (is_utf16(head), Form::of(head, &name, &options.columns));
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem).to_string();
    if depth >= DEEPEST && matches!(form, Form::Gzip | Form::Zstd | Form::Zip) {
        return Err(Problem::Nested);
    }
    let of = Of { file, stem };
    // Wide text is turned to UTF-8 as a whole: no form but text comes in it by the gigabyte.
    let stream: BufReader<Stream> = match form {
        Form::Lines | Form::Table(_) if wide => {
            let text = decode(whole(stream, LARGEST)?).map_err(|_| Problem::Binary)?;
            BufReader::new(Stream::Held(Cursor::new(text.into_bytes())))
        }
        _ => stream,
    };
    Ok(match form {
        Form::Lines => Box::new(lines::Lines::new(of, stream)),
        Form::Table(delimiter) => Box::new(table::Table::new(of, delimiter, stream, options)?),
        Form::Parquet => Box::new(parquet::Parquet::new(of, seekable(stream)?, options)?),
        Form::Warc => Box::new(warc::Warc::new(of, stream)),
        Form::Zip => Box::new(archive::Zip::new(of, depth, seekable(stream)?)?),
        Form::Gzip | Form::Zstd => {
            let unpacked = match form {
                Form::Gzip => archive::gunzip(stream),
                _ => archive::unzstd(stream)?,
            };
            Box::new(Once(Some(Found::Inside(Input {
                file: of.file,
                name: archive::inner_name(&name),
                stream: Stream::Flow(unpacked),
                depth: depth + 1,
                address,
                follow,
            }))))
        }
        Form::Feed => {
            let bytes = whole(stream, LARGEST)?;
            Box::new(feed::Feed::read(of, bytes, address.as_deref(), follow)?)
        }
        Form::Page => {
            let fields = page::fields(whole(stream, page::LARGEST)?, address.as_deref())?;
            Box::new(Once(Some(of.report(At::Whole, fields, options))))
        }
        Form::Text => {
            let text = decode(whole(stream, LARGEST)?).map_err(|_| Problem::Binary)?;
            let fields = crate::Fields { text: Some(text), url: address, ..Default::default() };
            Box::new(Once(Some(of.report(At::Whole, fields, options))))
        }
    })
}

/// What the reports of an input have in common.
#[derive(Debug, Clone)]
pub(crate) struct Of {
    /// What the input is called in messages.
    pub file: String,
    /// What the ids of reports begin with that bear none.
    pub stem: String,
}

impl Of {
    /// The report made of fields, found at a place of the input.
    pub fn report(&self, at: At, fields: crate::Fields, options: &Options) -> Found {
        let id = at.number().map(|number| format!("{}-{number}", self.stem));
        let id = id.as_deref().unwrap_or(&self.stem);
        let read = Report::from_fields(id, fields, options).map_err(Problem::from);
        Found::Report(read.map_err(|problem| self.error(at, problem)))
    }

    pub fn fail(&self, at: At, problem: Problem) -> Found {
        Found::Report(Err(self.error(at, problem)))
    }

    pub fn error(&self, at: At, problem: Problem) -> Error {
        Error { file: self.file.clone(), at, problem }
    }
}

/// All bytes of a stream, if they are no more than the limit.
fn whole(stream: impl Read, limit: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    stream.take(limit + 1).read_to_end(&mut bytes).map_err(Problem::of)?;
    if bytes.len() as u64 > limit { Err(Problem::TooLarge(limit)) } else { Ok(bytes) }
}

/// Bytes that can be read in any order: a file itself, or what is held in memory of a stream.
fn seekable(stream: BufReader<Stream>) -> Result<Stream, Problem> {
    if let Stream::Flow(_) = stream.get_ref() {
        return Ok(Stream::Held(Cursor::new(whole(stream, LARGEST)?)));
    }
    let mut stream = stream.into_inner();
    match &mut stream {
        Stream::File(file) => drop(file.rewind().map_err(Problem::Unreadable)?),
        Stream::Held(bytes) => bytes.set_position(0),
        Stream::Flow(_) => {}
    }
    Ok(stream)
}

/// What a folder holds, by name. Hidden files are passed over, and links to folders are not
/// followed, for they may lead round in a circle.
pub(crate) fn files_of(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let round = entry.file_type()?.is_symlink() && entry.path().is_dir();
        if !hidden && !round {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}
