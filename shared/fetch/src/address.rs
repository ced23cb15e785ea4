use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::Host;

/// Where a [`Fetcher`](crate::Fetcher) may connect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// `https`, and only addresses that the whole internet routes.
    PublicOnly,
    /// `https`, and addresses of the whole internet or of private networks (RFC 1918, RFC 4193); only for one host, see
    /// [`Fetcher::private`](crate::Fetcher::private).
    Private,
    /// `http` or `https`, and only this machine: for `--dev-loopback`.
    DevLoopback,
}

impl Addresses {
    /// Whether a connection to this address may be made.
    pub fn allow(self, address: IpAddr) -> bool {
        match self {
            Self::PublicOnly => is_public(address),
            Self::Private => is_public(address) || is_private(address),
            Self::DevLoopback => address.is_loopback(),
        }
    }

    /// Whether this URL scheme may be used.
    pub(crate) fn allow_scheme(self, scheme: &str) -> bool {
        match self {
            Self::PublicOnly | Self::Private => scheme == "https",
            Self::DevLoopback => scheme == "https" || scheme == "http",
        }
    }

    /// Whether a host written as a number may be connected to; names are for the resolver to judge.
    pub(crate) fn allow_host(self, host: &Host<&str>) -> bool {
        match host {
            Host::Domain(_) => true,
            Host::Ipv4(address) => self.allow(IpAddr::V4(*address)),
            Host::Ipv6(address) => self.allow(IpAddr::V6(*address)),
        }
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Of a private network: neither this machine, nor the link, nor what stands for an IPv4 address.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private(),
        IpAddr::V6(address) => address.is_unique_local(),
    }
}

/// Not in the IANA IPv4 Special-Purpose Address Registry (RFC 6890), nor multicast or reserved.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let special = match address.octets() {
        // this network; private; shared (carrier NAT, RFC 6598); loopback; link-local
        [0 | 10 | 127, ..] | [100, 64..=127, ..] | [169, 254, ..] | [172, 16..=31, ..] | [192, 168, ..] => {
            true
        }
        // protocol assignments; documentation (RFC 5737); 6to4 relays (RFC 7526); benchmarks (RFC 2544)
        [192, 0, 0 | 2, _] | [198, 51, 100, _] | [203, 0, 113, _] | [192, 88, 99, _] | [198, 18 | 19, ..] => {
            true
        }
        // multicast, reserved, broadcast
        [224..=255, ..] => true,
        _ => false,
    };
    !special
}

/// Within global unicast (RFC 4291) and not set aside there, or an IPv4 address behind the well-known prefix of
/// NAT64 (RFC 6052), through which phones on IPv6-only networks reach IPv4.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    match (a, b) {
        (0x64, 0xff9b) => {
            let [g, h] = [g.to_be_bytes(), h.to_be_bytes()];
            [c, d, e, f] == [0; 4] && is_public_v4(Ipv4Addr::new(g[0], g[1], h[0], h[1]))
        }
        // protocol assignments with Teredo (2001::/23); documentation (RFC 3849, RFC 9637); 6to4 (RFC 3056)
        (0x2001, 0..=0x1ff | 0xdb8) | (0x3fff, 0..=0xfff) | (0x2002, _) => false,
        (0x2000..=0x3fff, _) => true,
        // unspecified, loopback, v4-mapped, v4-compatible, discard, unique local, link-local, site-local, multicast …
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_not_public_are_refused() {
        let refused = [
            ("unspecified", "0.0.0.0"),
            ("this network", "0.1.2.3"),
            ("loopback", "127.0.0.1"),
            ("loopback, other", "127.255.0.9"),
            ("private 10", "10.0.0.1"),
            ("private 172", "172.16.0.1"),
            ("private 172, last", "172.31.255.255"),
            ("private 192", "192.168.1.1"),
            ("link-local", "169.254.0.1"),
            ("cloud metadata", "169.254.169.254"),
            ("carrier NAT", "100.64.0.1"),
            ("carrier NAT, last", "100.127.255.255"),
            ("protocol assignments", "192.0.0.1"),
            ("documentation", "192.0.2.1"),
            ("documentation 2", "198.51.100.1"),
            ("documentation 3", "203.0.113.1"),
            ("6to4 relay", "192.88.99.1"),
            ("benchmark", "198.19.0.1"),
            ("multicast", "224.0.0.1"),
            ("reserved", "240.0.0.1"),
            ("broadcast", "255.255.255.255"),
            ("v6 unspecified", "::"),
            ("v6 loopback", "::1"),
            ("v4-mapped loopback", "::ffff:127.0.0.1"),
            ("v4-mapped public", "::ffff:8.8.8.8"),
            ("v4-compatible", "::7f00:1"),
            ("unique local", "fd00::1"),
            ("link-local v6", "fe80::1"),
            ("site-local", "fec0::1"),
            ("multicast v6", "ff02::1"),
            ("discard", "100::1"),
            ("documentation v6", "2001:db8::1"),
            ("documentation v6, new", "3fff::1"),
            ("teredo", "2001::1"),
            ("6to4", "2002:7f00:1::"),
            ("NAT64 of loopback", "64:ff9b::7f00:1"),
            ("NAT64 of private", "64:ff9b::10.0.0.1"),
            ("NAT64, local prefix", "64:ff9b:1::8.8.8.8"),
        ];
        for (name, address) in refused {
            assert!(!Addresses::PublicOnly.allow(address.parse().unwrap()), "{name}");
        }
        let allowed = [
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.0.1",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "64:ff9b::8.8.8.8",
            "2001:200::1",
            "2003::1",
            "3ffe::1",
        ];
        for address in allowed {
            assert!(Addresses::PublicOnly.allow(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn a_private_network_is_not_this_machine_nor_the_link() {
        for (address, allowed) in [
            ("10.1.2.3", true),
            ("172.16.0.1", true),
            ("172.31.255.255", true),
            ("192.168.1.1", true),
            ("fd12:3456::1", true),
            ("8.8.8.8", true),
            ("127.0.0.1", false),
            ("::1", false),
            ("0.0.0.0", false),
            ("169.254.169.254", false),
            ("fe80::1", false),
            ("100.64.0.1", false),
            ("172.32.0.1", true),
            ("192.0.0.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::ffff:10.0.0.1", false),
            ("64:ff9b::10.0.0.1", false),
        ] {
            assert_eq!(Addresses::Private.allow(address.parse().unwrap()), allowed, "{address}");
        }
        assert!(!Addresses::Private.allow_scheme("http"));
    }

    #[test]
    fn development_reaches_this_machine_only() {
        for (address, allowed) in [
            ("127.0.0.1", true),
            ("127.0.0.2", true),
            ("::1", true),
            ("8.8.8.8", false),
            ("10.0.0.1", false),
            ("0.0.0.0", false),
            ("::ffff:127.0.0.1", false),
        ] {
            assert_eq!(Addresses::DevLoopback.allow(address.parse().unwrap()), allowed, "{address}");
        }
    }
}
