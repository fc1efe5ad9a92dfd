//! Connections that go only where they may.
//!
//! A name is turned to IP addresses once, these are checked, and the connection goes to those that passed:
//! a name that leads elsewhere the second time (DNS rebinding) gains nothing. Each redirect is checked in the
//! same way. No proxy is used, for it would look the name up itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use std::{fmt, io};
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// A name that leads only to addresses that may not be connected to: one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no address of the public internet")]
pub struct Refused(pub IpAddr);

impl Refused {
    /// The refusal, if that is why a call failed.
    pub fn of(error: &ureq::Error) -> Option<Refused> {
        match error {
            ureq::Error::Io(error) => error.get_ref()?.downcast_ref().copied(),
            _ => None,
        }
    }
}

/// An agent that connects only to addresses that are `allowed`; `within` is how long a call may take in
/// all, `redirects` how many of these are followed. A call to others fails with [`Refused`].
pub fn agent(
    within: Duration,
    redirects: u32,
    allowed: impl Fn(SocketAddr) -> bool + Send + Sync + 'static,
) -> Agent {
    let config = Config::builder()
        .proxy(None)
        .max_redirects(redirects)
        .timeout_global(Some(within))
        .user_agent(concat!("tidings/", env!("CARGO_PKG_VERSION")))
        .build();
    let checked = Checked { inner: DefaultResolver::default(), allowed };
    Agent::with_parts(config, DefaultConnector::default(), checked)
}

/// Looks names up and keeps what may be connected to.
struct Checked<A> {
    inner: DefaultResolver,
    allowed: A,
}

impl<A> fmt::Debug for Checked<A> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Checked")
    }
}

impl<A: Fn(SocketAddr) -> bool + Send + Sync + 'static> Resolver for Checked<A> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        let mut refused = None;
        for address in found.iter() {
            if (self.allowed)(*address) {
                kept.push(*address);
            } else {
                refused = Some(address.ip());
            }
        }
        match refused {
            Some(ip) if kept.is_empty() => Err(ureq::Error::Io(io::Error::other(Refused(ip)))),
            _ => Ok(kept),
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
