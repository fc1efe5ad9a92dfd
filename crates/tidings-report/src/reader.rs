//! Reports out of files, folders, standard input and JSON Lines, one after the other.

use crate::decode::{decode, is_utf16};
use crate::json::Fields;
use crate::{Options, Report, Unfit};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// The largest single report read: memory must stay flat whatever comes in.
const LARGEST: u64 = 32 << 20;

/// A report that could not be read: where, why, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", self.place())]
pub struct Error {
    /// The file or folder as it was named; `-` for standard input.
    pub file: String,
    /// The line of a JSON Lines file, from one.
    pub line: Option<usize>,
    /// What is wrong with it.
    #[source]
    pub problem: Problem,
}

impl Error {
    fn place(&self) -> String {
        let file = if self.file == "-" { "standard input" } else { &self.file };
        self.line.map_or_else(|| file.to_string(), |line| format!("{file}, line {line}"))
    }
}

/// What is wrong with an input, with the remedy.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum Problem {
    #[error("cannot be read ({0}); check the name and the permissions")]
    Unreadable(std::io::Error),
    #[error("the folder holds no files; name a folder with reports in it")]
    EmptyFolder,
    #[error("holds binary data; give plain text or JSON Lines")]
    Binary,
    #[error("is larger than {} MB for one report; split it, or give JSON Lines, a report to a line", LARGEST >> 20)]
    TooLarge,
    #[error("broken JSON ({0}); each line must hold one whole JSON object")]
    BrokenJson(serde_json::Error),
    #[error("is JSON but no object; each line must hold one object with at least a \"text\"")]
    NotAnObject,
    #[error(
        "has no \"text\"; name the field with the report's text \"text\", \"body\" or \"content\""
    )]
    NoText,
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

/// Reports in input order; see [`read`].
pub struct Reader {
    options: Options,
    /// Inputs still to be read, the next one last.
    inputs: Vec<PathBuf>,
    lines: Option<Lines>,
}

/// Reads reports from files, folders (with all below them, in the order of their names) and, for
/// `-`, standard input.
///
/// Files called `.jsonl` or `.ndjson`, and others but `.txt` that begin with `{`, hold one report to
/// a line and are read line by line; any other file is one report. What cannot be read comes out as an
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
    Reader { options, inputs, lines: None }
}

/// Reads reports from an open stream as [`read`] does from standard input.
pub fn read_stream(
    name: &str,
    stream: impl Read + Send + 'static,
    options: Options,
) -> StreamReader {
    StreamReader {
        name: name.to_string(),
        stream: Some(Box::new(stream)),
        rest: read([""; 0], options),
    }
}

/// Reports of one stream; see [`read_stream`].
pub struct StreamReader {
    name: String,
    stream: Option<Box<dyn Read + Send>>,
    rest: Reader,
}

impl Iterator for StreamReader {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let begun = match self.stream.take() {
            Some(stream) => self.rest.open(&self.name, "stdin", Form::Unknown, stream),
            None => None,
        };
        begun.or_else(|| self.rest.next())
    }
}

impl Iterator for Reader {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next(&self.options) {
                    Some(read) => return Some(read),
                    None => self.lines = None,
                }
            }
            let input = self.inputs.pop()?;
            if let Some(read) = self.input(&input) {
                return Some(read);
            }
        }
    }
}

/// What a file is by its name.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Lines,
    Text,
    Unknown,
}

impl Reader {
    /// Reads or opens one input; nothing comes of a folder or JSON Lines until the next turn.
    fn input(&mut self, path: &Path) -> Option<Result<Report, Error>> {
        if path.as_os_str() == "-" {
            return self.open("-", "stdin", Form::Unknown, Box::new(std::io::stdin()));
        }
        let name = path.to_string_lossy();
        let fail = |problem| Some(Err(Error { file: name.to_string(), line: None, problem }));
        if path.is_dir() {
            return match files_of(path) {
                Ok(files) if files.is_empty() => fail(Problem::EmptyFolder),
                Ok(files) => {
                    self.inputs.extend(files.into_iter().rev());
                    None
                }
                Err(error) => fail(Problem::Unreadable(error)),
            };
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return fail(Problem::Unreadable(error)),
        };
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        let form = match extension.to_str() {
            Some("jsonl" | "ndjson") => Form::Lines,
            Some("txt" | "text") => Form::Text,
            _ => Form::Unknown,
        };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        self.open(&name, &stem, form, Box::new(file))
    }

    fn open(
        &mut self,
        file: &str,
        stem: &str,
        form: Form,
        stream: Box<dyn Read + Send>,
    ) -> Option<Result<Report, Error>> {
        let fail = |problem| Some(Err(Error { file: file.to_string(), line: None, problem }));
        let mut stream = BufReader::with_capacity(1 << 16, stream);
        let head = match stream.fill_buf() {
            Ok(head) => head,
            Err(error) => return fail(Problem::Unreadable(error)),
        };
        let wide = is_utf16(head);
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let opens = head.iter().find(|b| !b.is_ascii_whitespace() && **b != 0 && **b < 0xf0);
        let as_lines = form == Form::Lines || form == Form::Unknown && opens == Some(&b'{');
        if as_lines && !wide {
            let (file, stem) = (file.to_string(), stem.to_string());
            self.lines =
                Some(Lines { file, stem, number: 0, stream: Box::new(stream), over: false });
            return None;
        }
        let mut bytes = Vec::new();
        if let Err(error) = stream.take(LARGEST + 1).read_to_end(&mut bytes) {
            return fail(Problem::Unreadable(error));
        }
        if bytes.len() as u64 > LARGEST {
            return fail(Problem::TooLarge);
        }
        let Ok(text) = decode(bytes) else { return fail(Problem::Binary) };
        if as_lines {
            let (file, stem, stream) = (file.to_string(), stem.to_string(), Cursor::new(text));
            self.lines =
                Some(Lines { file, stem, number: 0, stream: Box::new(stream), over: false });
            return None;
        }
        match Report::from_text(stem, text, &self.options) {
            Ok(report) => Some(Ok(report)),
            Err(unfit) => fail(unfit.into()),
        }
    }
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

/// A file of JSON Lines being read.
struct Lines {
    file: String,
    stem: String,
    /// The line read last, from one.
    number: usize,
    stream: Box<dyn BufRead + Send>,
    /// Whether there is nothing more to be had.
    over: bool,
}

impl Lines {
    fn next(&mut self, options: &Options) -> Option<Result<Report, Error>> {
        let mut line = Vec::new();
        while !self.over {
            self.number += 1;
            line.clear();
            let read = match self.line(&mut line) {
                Ok(0) => return None,
                Ok(_) if line.len() as u64 > LARGEST => Err(Problem::TooLarge),
                Ok(_) if line.trim_ascii().is_empty() => continue,
                Ok(_) => self.report(std::mem::take(&mut line), options),
                Err(error) => Err(Problem::Unreadable(error)),
            };
            // There is no sense in naming each line of a picture or a failing disk.
            self.over = matches!(read, Err(Problem::Binary | Problem::Unreadable(_)));
            return Some(read.map_err(|problem| Error {
                file: self.file.clone(),
                line: Some(self.number),
                problem,
            }));
        }
        None
    }

    /// Reads a line; of one too large, only as much as shows that it is.
    fn line(&mut self, line: &mut Vec<u8>) -> std::io::Result<usize> {
        let length = self.stream.by_ref().take(LARGEST + 1).read_until(b'\n', line)?;
        if length as u64 > LARGEST && line.last() != Some(&b'\n') {
            loop {
                let rest = self.stream.fill_buf()?;
                let (taken, ended) = match rest.iter().position(|b| *b == b'\n') {
                    Some(at) => (at + 1, true),
                    None => (rest.len(), rest.is_empty()),
                };
                self.stream.consume(taken);
                if ended {
                    break;
                }
            }
        }
        Ok(length)
    }

    fn report(&self, line: Vec<u8>, options: &Options) -> Result<Report, Problem> {
        let line = decode(line).map_err(|_| Problem::Binary)?;
        let object = match serde_json::from_str(line.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(object)) => object,
            Ok(_) => return Err(Problem::NotAnObject),
            Err(error) => return Err(Problem::BrokenJson(error)),
        };
        let fields = Fields::read(object);
        if fields.text.is_none() {
            return Err(Problem::NoText);
        }
        let id = format!("{}-{}", self.stem, self.number);
        Ok(Report::from_fields(&id, fields, options)?)
    }
}
