//! Answers over HTTPS, and the part in clear of an answer by QR.

use absah_protocol::oid4vp::flow_a::Envelope;
use absah_protocol::oid4vp::response::{parse_direct_post, parse_direct_post_jwt};
use absah_trust::sample::key;
use absah_verifier_core::Pending;

/// One try; it panics where something is wrong.
pub fn tried(bytes: &[u8]) {
    let _ = parse_direct_post(bytes);
    let _ = parse_direct_post_jwt(bytes, &key(3));
    let _ = Envelope::parse(bytes).map(|envelope| *envelope.tag());
    let _ = Pending::from_bytes(bytes);
}
