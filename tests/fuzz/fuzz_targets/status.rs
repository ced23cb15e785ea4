//! Status tokens, as JWT and as CWT.
#![no_main]

use absah_credential::status_list::{UnverifiedStatusCwt, UnverifiedStatusToken};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(token) = UnverifiedStatusCwt::parse(bytes) {
        let _ = (token.kid(), token.certificates().len());
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(token) = UnverifiedStatusToken::parse(text)
    {
        let _ = token.header();
    }
});
