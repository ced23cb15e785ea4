use crate::Addresses;
use core::fmt;
use core::net::SocketAddr;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Resolves a name and gives the addresses only if every one of them is allowed: a name that answers with a
/// public and a private address is up to something.
pub(crate) struct Checked(pub(crate) Addresses);

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.0;
        Box::pin(async move {
            // The port is filled in by the connector.
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| Unresolved)?.collect();
            if found.is_empty() {
                return Err(Unresolved.into());
            }
            if !found.iter().all(|address| allowed.allow(address.ip())) {
                return Err(Refused.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// The name has no address.
#[derive(Debug)]
pub(crate) struct Unresolved;

/// The name stands for an address that may not be connected to.
#[derive(Debug)]
pub(crate) struct Refused;

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name has no address")
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the address is not allowed")
    }
}

impl std::error::Error for Unresolved {}
impl std::error::Error for Refused {}
