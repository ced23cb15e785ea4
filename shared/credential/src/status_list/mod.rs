//! Token Status List (draft-ietf-oauth-status-list): one number per card, compressed and signed, as
//! JWT or as CWT.

mod cbor;
mod cwt;
mod cwt_error;
mod list;
mod token;

pub use cbor::CborError;
pub use cwt::{PreparedStatusCwt, TYP_CWT, UnverifiedStatusCwt};
pub use cwt_error::CwtError;
pub use list::{Bits, MAX_BYTES, StatusList, StatusListError};
pub use token::{
    PreparedStatusToken, StatusClaims, StatusToken, StatusTokenError, TYP, UnverifiedStatusToken,
};

use absah_types::Timestamp;

/// What is known about a card. Working without network is a decision of policy, not an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// 0: valid.
    Valid,
    /// 1: revoked, for ever ("INVALID" in the draft).
    Revoked,
    /// 2: suspended for a time.
    Suspended,
    /// 3: replaced by a newer card (application specific in the draft).
    Superseded,
    /// Nothing trustworthy is known, or not since then.
    Unknown {
        /// When the last list that we had was signed; `None` = never had one.
        since: Option<Timestamp>,
    },
}

impl Status {
    /// The number in the list; `None` for [`Status::Unknown`].
    pub const fn value(self) -> Option<u8> {
        match self {
            Self::Valid => Some(0),
            Self::Revoked => Some(1),
            Self::Suspended => Some(2),
            Self::Superseded => Some(3),
            Self::Unknown { .. } => None,
        }
    }

    /// The name in `decide --json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Revoked => "revoked",
            Self::Suspended => "suspended",
            Self::Superseded => "superseded",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// What a number means; `None` for values that nobody has defined.
    pub const fn of_value(value: u8) -> Option<Self> {
        match value {
            0 => Some(Self::Valid),
            1 => Some(Self::Revoked),
            2 => Some(Self::Suspended),
            3 => Some(Self::Superseded),
            _ => None,
        }
    }
}
