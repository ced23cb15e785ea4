//! From where somebody asks.

use core::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

/// The address behind a connection: of IPv6 the network, since one machine has as many addresses as it likes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source(pub(super) String);

impl<S: Sync> FromRequestParts<S> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let told = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
        Ok(Self(of(peer, told)))
    }
}

/// Only a proxy on this machine is believed, and of what it tells only the last address: that one it has seen itself.
fn of(peer: Option<IpAddr>, told: Option<&str>) -> String {
    let is_here = peer.is_none_or(|peer| peer.to_canonical().is_loopback());
    let seen = told.filter(|_| is_here).and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
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
        for (peer, told, expected) in [
            (ip("203.0.113.9"), None, "203.0.113.9"),
            (ip("203.0.113.9"), Some("10.0.0.1"), "203.0.113.9"),
            (ip("127.0.0.1"), Some("198.51.100.1, 203.0.113.9"), "203.0.113.9"),
            (ip("127.0.0.1"), Some("no address"), "127.0.0.1"),
            (ip("::ffff:203.0.113.9"), None, "203.0.113.9"),
            (ip("2001:db8:1:2:3:4:5:6"), None, "2001:db8:1:2::/64"),
            (None, None, ""),
        ] {
            assert_eq!(of(peer, told), expected, "{peer:?} {told:?}");
        }
    }
}
