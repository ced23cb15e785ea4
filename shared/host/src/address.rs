//! Addresses to listen at, as people write them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::SettingsError;

/// Reads the address of a listener that is for this machine unless somebody says otherwise: `9464` is `127.0.0.1:9464`.
///
/// # Errors
/// [`SettingsError::Value`] naming the key.
pub fn local_address(key: &str, text: &str) -> Result<SocketAddr, SettingsError> {
    let port = text.parse::<u16>().map(|port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    port.or_else(|_| text.parse()).map_err(|_| SettingsError::Value { key: key.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_alone_is_of_this_machine() {
        let read = |text: &str| local_address("metrics", text).map(|address| address.to_string()).ok();
        assert_eq!(read("9464").as_deref(), Some("127.0.0.1:9464"));
        assert_eq!(read("0").as_deref(), Some("127.0.0.1:0"));
        assert_eq!(read("0.0.0.0:9464").as_deref(), Some("0.0.0.0:9464"));
        assert_eq!(read("[::1]:9464").as_deref(), Some("[::1]:9464"));
        for text in ["", "localhost", "70000", ":9464", "http://127.0.0.1:9464"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
