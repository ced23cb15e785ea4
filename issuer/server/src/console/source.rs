//! From where somebody asks.

use core::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use super::Console;

/// The address behind a connection: of IPv6 the network, since one machine has as many addresses as it likes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source(pub(super) String);

impl FromRequestParts<Console> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, console: &Console) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let told = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
        Ok(Self(of((peer, console.0.proxy), told)))
    }
}

/// Only the proxy that whoever runs the console has named is believed, and of what it tells only the last address: that one it
/// has seen itself.
fn of((peer, proxy): (Option<IpAddr>, Option<IpAddr>), told: Option<&str>) -> String {
    let is_proxy = proxy.is_some_and(|proxy| peer.is_none_or(|peer| peer.to_canonical() == proxy));
    let seen = told.filter(|_| is_proxy).and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    match seen.or(peer).map(|address: IpAddr| address.to_canonical()) {
        None => String::new(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_does_not_choose_the_place() {
        let ip = |text: &str| Some(text.parse().unwrap());
        let here = ip("127.0.0.1");
        for (peer, proxy, told, expected) in [
            (ip("203.0.113.9"), here, None, "203.0.113.9"),
            (ip("203.0.113.9"), here, Some("10.0.0.1"), "203.0.113.9"),
            (here, here, Some("198.51.100.1, 203.0.113.9"), "203.0.113.9"),
            (here, None, Some("198.51.100.1"), "127.0.0.1"),
            (here, ip("192.0.2.1"), Some("198.51.100.1"), "127.0.0.1"),
            (ip("::ffff:192.0.2.1"), ip("192.0.2.1"), Some("198.51.100.1"), "198.51.100.1"),
            (here, here, Some("no address"), "127.0.0.1"),
            (ip("::ffff:203.0.113.9"), None, None, "203.0.113.9"),
            (ip("2001:db8:1:2:3:4:5:6"), None, None, "2001:db8:1:2::/64"),
            (None, None, Some("198.51.100.1"), ""),
        ] {
            assert_eq!(of((peer, proxy), told), expected, "{peer:?} {proxy:?} {told:?}");
        }
    }
}
