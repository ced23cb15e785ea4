//! The request: an Authorization Request as a signed Request Object (JAR, RFC 9101).

mod build;
mod link;
mod nonce;
mod verify;

#[cfg(test)]
mod tests;

pub use build::{Draft, DraftError, Prepared, ResponseEncryption, ResponseTo, SignedRequest};
pub use link::{
    Method, Place, RequestLink, read_request_uri_post, request_link, request_uri_post, wallet_nonce,
};
pub use nonce::bound_nonce;
pub use verify::{
    Expectation, MAX_AGE_QR, MAX_REQUEST, MAX_SKEW_ONLINE, MAX_SKEW_QR, RequestError, Transport,
    VerifiedRequest, verify,
};
