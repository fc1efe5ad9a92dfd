//! What can be wrong with an input, where, and what to do about it.

use crate::Unfit;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::IpAddr;

/// A report that could not be read: where, why, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{}{at}: {problem}", self.named())]
pub struct Error {
    /// The file, folder or address as it was named, with the name inside an archive after a `/`; `-` for
    /// standard input.
    pub file: String,
    /// Where in it.
    pub at: At,
    /// What is wrong with it.
    #[source]
    pub problem: Problem,
}

impl Error {
    fn named(&self) -> &str {
        if self.file == "-" { "standard input" } else { &self.file }
    }
}

/// A place in an input; all count from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The input as a whole.
    Whole,
    /// A line of JSON Lines or of a table.
    Line(usize),
    /// A row of a Parquet file.
    Row(usize),
    /// A record of a web archive.
    Record(usize),
    /// An entry of a feed.
    Entry(usize),
}

impl At {
    pub(crate) fn number(self) -> Option<usize> {
        match self {
            At::Whole => None,
            At::Line(n) | At::Row(n) | At::Record(n) | At::Entry(n) => Some(n),
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Whole => Ok(()),
            At::Line(n) => write!(f, ", line {n}"),
            At::Row(n) => write!(f, ", row {n}"),
            At::Record(n) => write!(f, ", record {n}"),
            At::Entry(n) => write!(f, ", entry {n}"),
        }
    }
}

/// What is wrong with an input, with the remedy.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum Problem {
    #[error("cannot be read ({0}); check the name and the permissions")]
    Unreadable(io::Error),
    #[error("is damaged or cut off ({0}); get it again")]
    Damaged(String),
    #[error("the folder holds no files; name a folder with reports in it")]
    EmptyFolder,
    #[error("holds binary data; give plain text or JSON Lines")]
    Binary,
    #[error("is larger than {} MB for one report; split it, or give JSON Lines, a report to a line", .0 >> 20)]
    TooLarge(u64),
    #[error("broken JSON ({0}); each line must hold one whole JSON object")]
    BrokenJson(serde_json::Error),
    #[error("is JSON but no object; each line must hold one object with at least a \"text\"")]
    NotAnObject,
    #[error(
        "has no \"text\"; name the field with the report's text \"text\", \"body\" or \"content\", or tell which it is with --columns text=NAME"
    )]
    NoText,
    #[error("has no column \"{0}\"; its columns are {1}")]
    NoColumn(String, String),
    #[error(
        "has no column that is known to hold the text; its columns are {0}: tell which with --columns text=NAME"
    )]
    NoTextColumn(String),
    #[error(
        "has {found} fields where the heading has {expected}; check the quotation marks and the delimiter"
    )]
    Ragged { found: usize, expected: usize },
    #[error("cannot be read as Parquet ({0}); write it again, without encryption")]
    BrokenParquet(String),
    #[error("holds no article, only parts of a page; give the page of one article")]
    NoArticle,
    #[error("nests its tags as no page does; give it as text")]
    Tangled,
    #[error("cannot be read as a feed ({0}); give RSS or Atom")]
    BrokenFeed(String),
    #[error("the entry holds no text; fetch the feed with --follow, and its page is read")]
    NoEntryText,
    #[error("is no web archive from here on ({0}); get it again")]
    BrokenWarc(&'static str),
    #[error("cannot be opened as zip ({0}); pack it again, with deflate and without a password")]
    BrokenZip(String),
    #[error("unpacks to far more than it should; it may be made to fill the memory, and is left")]
    Bomb,
    #[error("is an archive within archives within archives; unpack it first")]
    Nested,
    #[error("is no address; give one that begins with http:// or https://")]
    NotAnAddress,
    #[error("cannot be fetched ({0}); check the address, and try again later")]
    Unfetched(String),
    #[error(
        "leads to {0}, an address of this machine or its own network; --allow-private fetches it all the same"
    )]
    Private(IpAddr),
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

impl Problem {
    /// Whether nothing more is to be had of the input.
    pub(crate) fn ends_all(&self) -> bool {
        matches!(
            self,
            Problem::Binary
                | Problem::Unreadable(_)
                | Problem::Damaged(_)
                | Problem::Bomb
                | Problem::BrokenParquet(_)
                | Problem::BrokenWarc(_)
        )
    }

    /// What went wrong in reading: a problem of our own that came through a stream, damage, or the machine.
    pub(crate) fn of(error: io::Error) -> Problem {
        match error.downcast::<Problem>() {
            Ok(problem) => problem,
            Err(error) => match error.kind() {
                ErrorKind::InvalidData
                | ErrorKind::InvalidInput
                | ErrorKind::UnexpectedEof
                | ErrorKind::Other => Problem::Damaged(error.to_string()),
                _ => Problem::Unreadable(error),
            },
        }
    }
}
