//! Feeds and pages by their addresses: the one place that reads from the network, by connections of
//! [`crate::network`].

use crate::network::{Refused, agent, is_public};
use crate::readers::{At, Error, Found, Input, LARGEST, Of, Problem, Reader, Stream};
use crate::{Options, Report, read};
use std::collections::VecDeque;
use std::io::{Cursor, Read};
use std::time::Duration;
use ureq::http::Uri;
use ureq::{Agent, ResponseExt};

/// How long one address may take in all, its redirects included, and how many of these there may be.
const AT_MOST: Duration = Duration::from_secs(30);
const REDIRECTS: u32 = 5;
/// What is liked best, in the words of HTTP.
const ACCEPTED: &str =
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5";

/// How addresses are fetched.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fetching {
    /// Whether the page of a feed's entry is fetched where the feed does not hold its full text.
    pub follow: bool,
    /// Whether addresses of this machine and its own network may be fetched.
    pub allow_private: bool,
}

/// Reports fetched; see [`fetch`].
pub struct Fetch {
    agent: Agent,
    fetching: Fetching,
    addresses: VecDeque<String>,
    reader: Reader,
    /// The page of a feed's entry that is being read, and what there is if it holds no report.
    page: Option<(Reader, Result<Report, Error>)>,
    options: Options,
}

/// Fetches feeds, pages, and whatever else [`read`] reads, one after the other. An entry of a feed whose page cannot be
/// had is given as the feed has it.
pub fn fetch(
    addresses: impl IntoIterator<Item = impl Into<String>>,
    fetching: Fetching,
    options: Options,
) -> Fetch {
    let Fetching { allow_private, .. } = fetching;
    Fetch {
        agent: agent(AT_MOST, REDIRECTS, move |address| allow_private || is_public(address.ip())),
        fetching,
        addresses: addresses.into_iter().map(Into::into).collect(),
        reader: read([""; 0], options.clone()),
        page: None,
        options,
    }
}

impl Iterator for Fetch {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((mut page, otherwise)) = self.page.take() {
                // Of the page of an entry the first report is its article.
                return Some(match (page.next(), otherwise) {
                    (Some(Ok(report)), _) => Ok(report),
                    (_, Ok(report)) => Ok(report),
                    (Some(Err(error)), Err(_)) => Err(error),
                    (None, Err(error)) => Err(error),
                });
            }
            match self.reader.found() {
                Some(Found::Report(read)) => return Some(read),
                Some(Found::Page { address, otherwise }) => {
                    let mut page = read([""; 0], self.options.clone());
                    match self.get(&address, false) {
                        Ok(input) => page.begin(input),
                        Err(error) => return Some(otherwise.map_err(|_| error)),
                    }
                    self.page = Some((page, otherwise));
                }
                Some(Found::Inside(input)) => self.reader.begin(input),
                None => {
                    let address = self.addresses.pop_front()?;
                    match self.get(&address, self.fetching.follow) {
                        Ok(input) => self.reader.begin(input),
                        Err(error) => return Some(Err(error)),
                    }
                }
            }
        }
    }
}

impl Fetch {
    /// What is at the address, held in memory.
    fn get(&self, address: &str, follow: bool) -> Result<Input, Error> {
        let of = Of { file: address.to_string(), stem: String::new() };
        let (at, bytes) = self.bytes(address).map_err(|problem| of.error(At::Whole, problem))?;
        Ok(Input {
            file: of.file,
            name: name(&at),
            stream: Stream::Held(Cursor::new(bytes)),
            depth: 0,
            address: Some(at.to_string()),
            follow,
        })
    }

    /// The bytes, and the address where they were found after all redirects.
    fn bytes(&self, address: &str) -> Result<(Uri, Vec<u8>), Problem> {
        let uri: Uri = address.trim().parse().map_err(|_| Problem::NotAnAddress)?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.host().is_none() {
            return Err(Problem::NotAnAddress);
        }
        let answer = self.agent.get(&uri).header("accept", ACCEPTED).call().map_err(problem)?;
        let at = answer.get_uri().clone();
        let mut bytes = Vec::new();
        let mut body = answer.into_body().into_reader().take(LARGEST + 1);
        body.read_to_end(&mut bytes).map_err(|error| problem(ureq::Error::Io(error)))?;
        if bytes.len() as u64 > LARGEST {
            return Err(Problem::TooLarge(LARGEST));
        }
        Ok((at, bytes))
    }
}

/// A name for what is at an address: the last part of its path, else its host.
fn name(at: &Uri) -> String {
    let last = at.path().rsplit('/').find(|part| !part.is_empty());
    last.or(at.host()).unwrap_or_default().to_string()
}

fn problem(error: ureq::Error) -> Problem {
    if let Some(Refused(ip)) = Refused::of(&error) {
        return Problem::Private(ip);
    }
    match error {
        ureq::Error::Io(error) => match error.downcast::<Problem>() {
            Ok(problem) => problem,
            Err(error) => Problem::Unfetched(error.to_string()),
        },
        ureq::Error::BadUri(_) => Problem::NotAnAddress,
        error => Problem::Unfetched(error.to_string()),
    }
}
