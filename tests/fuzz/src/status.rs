//! Status tokens, as JWT and as CWT.

use absah_credential::status_list::{UnverifiedStatusCwt, UnverifiedStatusToken};

/// One try; it panics where something is wrong.
pub fn tried(bytes: &[u8]) {
    if let Ok(token) = UnverifiedStatusCwt::parse(bytes) {
        let _ = (token.kid(), token.certificates().len());
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(token) = UnverifiedStatusToken::parse(text)
    {
        let _ = token.header();
    }
}
