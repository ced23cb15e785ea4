//! The status tokens of a bundle: which credentials still hold, and since when that is known.

use absah_types::{Timestamp, coded};

use crate::trust_list::TrustList;

/// Why a status token is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusTokenError {
    /// No status token in its form.
    Malformed,
    /// Its key is on no trust list, or not for status.
    WrongKey,
    /// Its signature does not hold.
    Signature,
    /// Two tokens for one list.
    Repeated,
}

impl core::fmt::Display for StatusTokenError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "status token malformed",
            Self::WrongKey => "status token of a key not meant for status",
            Self::Signature => "status token signature does not hold",
            Self::Repeated => "two status tokens for one list",
        })
    }
}

impl core::error::Error for StatusTokenError {}

coded! { StatusTokenError {
    Malformed => ("status-token-malformed", Peer),
    WrongKey => ("status-token-wrong-key", Peer),
    Signature => ("status-token-signature", Peer),
    Repeated => ("status-token-repeated", Peer),
} }

/// The verified status tokens by list.
#[derive(Debug, Clone)]
pub struct Statuses;

impl Statuses {
    pub(super) fn read<'a>(
        _tokens: impl Iterator<Item = &'a [u8]>,
        _trust: &TrustList,
    ) -> Result<Self, StatusTokenError> {
        Ok(Self)
    }

    /// The newest `iat` of all tokens.
    #[must_use]
    pub fn newest(&self) -> Option<Timestamp> {
        None
    }
}
