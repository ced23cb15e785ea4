//! OpenID for Verifiable Presentations 1.0: signed requests, and answers by QR or over HTTPS.
//!
//! ```text
//!  counter                                                   wallet
//!    request::Draft ─ prepare, attach ─► SignedRequest
//!        by QR: flow_a::{short, long} ─────────────────────► flow_a::expand
//!        online: request_uri ──────────────────────────────► (the JAR itself)
//!                                                            request::verify ─► VerifiedRequest
//!                                                            consent::assess  ─► Consent (facts to decide on)
//!                                                            dcql evaluate, key binding
//!        flow_a::Envelope::open ◄─────────────────────────── flow_a::seal
//!        response::parse_direct_post ◄────────────────────── response::direct_post
//!    response::check
//! ```
//!
//! One request serves both ways: the same builder, the same parameters, the same binding of the nonce to
//! what is asked, so that an ordinary key-binding JWT binds purpose, service and claims in every transport.
//! [`flow_b`] is the exception without a request, for services of low risk that say so.

pub mod consent;
pub mod flow_a;
pub mod flow_b;
pub mod request;
pub mod response;
#[cfg(test)]
mod tests;

/// `response_mode` of flow A: the answer is shown as QR codes. A private value of our own.
pub const RESPONSE_MODE_QR: &str = "absah-qr";
/// `response_mode` over HTTPS (OpenID4VP 1.0 section 8.2).
pub const RESPONSE_MODE_DIRECT_POST: &str = "direct_post";
/// The same, encrypted (OpenID4VP 1.0 section 8.3.1).
pub const RESPONSE_MODE_DIRECT_POST_JWT: &str = "direct_post.jwt";
/// `aud` of a request object when the wallet is not known beforehand (OpenID4VP 1.0 section 5.8).
pub const SELF_ISSUED_AUDIENCE: &str = "https://self-issued.me/v2";
/// `typ` of a request object (RFC 9101 section 10.8).
pub const REQUEST_TYPE: &str = "oauth-authz-req+jwt";
/// The one Client Identifier Prefix that is accepted (OpenID4VP 1.0 section 5.9.3).
pub const CLIENT_ID_PREFIX: &str = "x509_hash";
