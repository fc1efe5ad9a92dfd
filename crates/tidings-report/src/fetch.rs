//! Feeds and pages by their addresses: the one place that reads from the network.
//!
//! An address is turned to IP addresses once, these are checked, and the connection goes to those that passed:
//! a name that leads elsewhere the second time (DNS rebinding) gains nothing. Each redirect is checked in the
//! same way. No proxy is used, for it would look the name up itself.

use crate::readers::{At, Error, Found, Input, LARGEST, Of, Problem, Reader, Stream};
use crate::{Options, Report, read};
use std::collections::VecDeque;
use std::io::{self, Cursor, Read};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, ResponseExt};

/// How long one address may take in all, its redirects included, and how many of these there may be.
const AT_MOST: Duration = Duration::from_secs(30);
const REDIRECTS: u32 = 5;

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
    let config = Config::builder()
        .proxy(None)
        .max_redirects(REDIRECTS)
        .timeout_global(Some(AT_MOST))
        .user_agent(concat!("tidings/", env!("CARGO_PKG_VERSION")))
        .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5")
        .build();
    let checked =
        Checked { inner: DefaultResolver::default(), allow_private: fetching.allow_private };
    Fetch {
        agent: Agent::with_parts(config, DefaultConnector::default(), checked),
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
        let answer = self.agent.get(&uri).call().map_err(problem)?;
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
    match error {
        ureq::Error::Io(error) => match error.downcast::<Problem>() {
            Ok(problem) => problem,
            Err(error) => Problem::Unfetched(error.to_string()),
        },
        ureq::Error::BadUri(_) => Problem::NotAnAddress,
        error => Problem::Unfetched(error.to_string()),
    }
}

/// Looks names up and keeps what may be fetched.
#[derive(Debug)]
struct Checked {
    inner: DefaultResolver,
    allow_private: bool,
}

impl Resolver for Checked {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if self.allow_private {
            return Ok(found);
        }
        let mut public = self.empty();
        let mut refused = None;
        for address in found.iter() {
            if is_public(address.ip()) {
                public.push(*address);
            } else {
                refused = Some(address.ip());
            }
        }
        match refused {
            Some(ip) if public.is_empty() => {
                Err(ureq::Error::Io(io::Error::other(Problem::Private(ip))))
            }
            _ => Ok(public),
        }
    }
}

/// Whether an address is one of the public internet (IANA's special-purpose registries, RFC 6890).
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19)))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match (a, b, c, d, e, f) {
        // An address of the old kind within: mapped, translated (NAT64) or 6to4.
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => is_public_v4(v4(g, h)),
        (0x2002, ..) => is_public_v4(v4(b, c)),
        // Teredo and its like, documentation.
        (0x2001, 0..0x200 | 0xdb8, ..) | (0x3fff, 0..0x1000, ..) => false,
        // All that is given out lies in 2000::/3.
        _ => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for ip in ["93.184.216.34", "8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
        {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
    }
}
