//! Why bytes are no signed CWT of ours.

use std::fmt;

use absah_crypto::SignatureError;
use absah_types::coded;

use super::cbor::CborError;

/// Why bytes are no COSE_Sign1 that we take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CwtError {
    /// More bytes than any token has.
    TooLong,
    /// Not CBOR in our form.
    Cbor(CborError),
    /// No tag says that it is a COSE_Sign1.
    Untagged,
    /// A tag says that it is something else.
    WrongTag,
    /// Not two headers, payload and signature.
    Malformed,
    /// The algorithm in the protected header is missing or not ES256.
    Algorithm,
    /// The algorithm stands where nobody has signed it.
    AlgorithmUnprotected,
    /// The protected header demands an extension (`crit`).
    Critical,
    /// A member of a header is of the wrong type.
    HeaderMember,
    /// Both headers have the same member.
    HeaderRepeated,
    /// The signature is not 64 bytes.
    Signature(SignatureError),
}

impl From<CborError> for CwtError {
    fn from(error: CborError) -> Self {
        Self::Cbor(error)
    }
}

coded! { CwtError {
    TooLong => ("cwt-too-long", Peer),
    Cbor(error) => inner(error),
    Untagged => ("cwt-untagged", Peer),
    WrongTag => ("cwt-wrong-tag", Peer),
    Malformed => ("cwt-malformed", Peer),
    Algorithm => ("cwt-algorithm", Peer),
    AlgorithmUnprotected => ("cwt-algorithm-unprotected", Peer),
    Critical => ("cwt-critical", Peer),
    HeaderMember => ("cwt-header-member", Peer),
    HeaderRepeated => ("cwt-header-repeated", Peer),
    Signature(error) => inner(error),
} }

impl fmt::Display for CwtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "the signed bytes are too long",
            Self::Cbor(error) => return error.fmt(f),
            Self::Untagged => "no tag of a signed message",
            Self::WrongTag => "tag of something else than a signed message",
            Self::Malformed => "a signed message has four parts",
            Self::Algorithm => "the signature algorithm is not ES256",
            Self::AlgorithmUnprotected => "the signature algorithm is not signed",
            Self::Critical => "the header demands an unknown extension",
            Self::HeaderMember => "a header member is malformed",
            Self::HeaderRepeated => "a header member stands in both headers",
            Self::Signature(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for CwtError {}
