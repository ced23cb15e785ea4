//! Leaves: 96 bytes that say of which class an act was and in which hour, and commit to the rest.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 1 | version, 1 |
//! | 1 | 1 | [`LeafClass`] |
//! | 2 | 2 | zero |
//! | 4 | 4 | hours since 1970-01-01 UTC, big endian |
//! | 8 | 16 | the event's id, random |
//! | 24 | 8 | zero |
//! | 32 | 32 | HMAC-SHA-256(r, event) |
//! | 64 | 32 | SHA-256 of the event as it is stored: sealed in the audit log, open in the registry log |
//!
//! `r` is 32 fresh random bytes and stands in no leaf: whoever guesses an event (a person's number, an act, an hour)
//! cannot test the guess. Once `r` is deleted the leaf is closed for ever and the tree still verifies.

use absah_crypto::{ct_eq, hmac_sha256};
use absah_types::{Timestamp, coded};

use crate::merkle::{Hash, leaf_hash};

/// Bytes of a leaf.
pub const BYTES: usize = 96;

/// Seconds in a bucket of time.
const HOUR: i64 = 3600;

/// What kind of act a leaf stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeafClass {
    /// A card was offered, fetched or issued.
    Issuance,
    /// A card was suspended, revoked, superseded, or given back.
    StatusChange,
    /// Somebody looked at a person's record.
    DataAccess,
    /// An officer or the program itself acted.
    Operator,
    /// Rules, keys, counters or witnesses were changed.
    Policy,
    /// An event was erased.
    Erasure,
    /// A population extract was taken in.
    Import,
    /// Registry log: a certificate.
    Certificate,
    /// Registry log: a version of the trust bundle.
    Bundle,
    /// Registry log: the digest of a status token.
    StatusToken,
    /// Registry log: a release of the programs.
    Release,
    /// Registry log: a counter's registration or its withdrawal.
    Registration,
}

impl LeafClass {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Issuance,
        Self::StatusChange,
        Self::DataAccess,
        Self::Operator,
        Self::Policy,
        Self::Erasure,
        Self::Import,
        Self::Certificate,
        Self::Bundle,
        Self::StatusToken,
        Self::Release,
        Self::Registration,
    ];

    /// Its number in a leaf.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Issuance => 1,
            Self::StatusChange => 2,
            Self::DataAccess => 3,
            Self::Operator => 4,
            Self::Policy => 5,
            Self::Erasure => 6,
            Self::Import => 7,
            Self::Certificate => 16,
            Self::Bundle => 17,
            Self::StatusToken => 18,
            Self::Release => 19,
            Self::Registration => 20,
        }
    }

    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Issuance => "issuance",
            Self::StatusChange => "status-change",
            Self::DataAccess => "data-access",
            Self::Operator => "operator",
            Self::Policy => "policy",
            Self::Erasure => "erasure",
            Self::Import => "import",
            Self::Certificate => "certificate",
            Self::Bundle => "bundle",
            Self::StatusToken => "status-token",
            Self::Release => "release",
            Self::Registration => "registration",
        }
    }

    /// The class with that number.
    #[must_use]
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.number() == number)
    }
}

/// Bytes are no leaf of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafError {
    /// Another length, version, class, or something where zeros belong.
    Malformed,
}

impl core::fmt::Display for LeafError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("leaf malformed")
    }
}

impl core::error::Error for LeafError {}

coded! { LeafError { Malformed => ("ledger-leaf-malformed", Peer) } }

/// One entry of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// The class.
    pub class: LeafClass,
    /// Hours since 1970-01-01 UTC.
    pub hour: u32,
    /// The event's id.
    pub event_id: [u8; 16],
    /// [`commitment`] to the event.
    pub commitment: [u8; 32],
    /// SHA-256 of the event as it is stored.
    pub stored_sha256: [u8; 32],
}

/// Binds an event (its bytes) without telling it: HMAC-SHA-256 under the random `r`.
#[must_use]
pub fn commitment(r: &[u8; 32], event: &[u8]) -> [u8; 32] {
    hmac_sha256(r, event)
}

/// The bucket of a time.
#[must_use]
pub fn hour(at: Timestamp) -> u32 {
    u32::try_from(at.unix().div_euclid(HOUR)).unwrap_or_default()
}

impl Leaf {
    /// The 96 bytes.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; BYTES] {
        let head = [1, self.class.number(), 0, 0];
        let hour = self.hour.to_be_bytes();
        let parts: [&[u8]; 6] =
            [&head, &hour, &self.event_id, &[0; 8], &self.commitment, &self.stored_sha256];
        let mut bytes = [0; BYTES];
        for (to, from) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
            *to = *from;
        }
        bytes
    }

    /// Reads 96 bytes.
    ///
    /// # Errors
    /// [`LeafError::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafError> {
        let parse = || {
            let (head, rest) = bytes.split_first_chunk::<4>()?;
            let (hour, rest) = rest.split_first_chunk::<4>()?;
            let (event_id, rest) = rest.split_first_chunk::<16>()?;
            let (zeros, rest) = rest.split_first_chunk::<8>()?;
            let (commitment, rest) = rest.split_first_chunk::<32>()?;
            let stored_sha256: [u8; 32] = rest.try_into().ok()?;
            let &[1, class, 0, 0] = head else { return None };
            if *zeros != [0; 8] {
                return None;
            }
            let class = LeafClass::of_number(class)?;
            let hour = u32::from_be_bytes(*hour);
            Some(Self { class, hour, event_id: *event_id, commitment: *commitment, stored_sha256 })
        };
        parse().ok_or(LeafError::Malformed)
    }

    /// Its hash in the tree.
    #[must_use]
    pub fn hash(&self) -> Hash {
        leaf_hash(&self.to_bytes())
    }

    /// When its hour began.
    #[must_use]
    pub fn hour_begins(&self) -> Timestamp {
        Timestamp::from_unix(i64::from(self.hour) * HOUR)
    }

    /// Whether it commits to this event under this `r`.
    #[must_use]
    pub fn is_of(&self, r: &[u8; 32], event: &[u8]) -> bool {
        ct_eq(&self.commitment, &commitment(r, event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn read_back(class in 0..12_usize, hour: u32, event_id: [u8; 16], commitment: [u8; 32], stored_sha256: [u8; 32]) {
            let leaf = Leaf { class: LeafClass::ALL[class], hour, event_id, commitment, stored_sha256 };
            prop_assert_eq!(Leaf::parse(&leaf.to_bytes()), Ok(leaf));
        }
    }

    #[test]
    fn only_this_form() {
        let leaf = Leaf {
            class: LeafClass::DataAccess,
            hour: hour(Timestamp::from_unix(1_800_000_000)),
            event_id: [1; 16],
            commitment: commitment(&[2; 32], b"event"),
            stored_sha256: [3; 32],
        };
        let good = leaf.to_bytes();
        assert_eq!(leaf.hour_begins(), Timestamp::from_unix(1_800_000_000));
        assert!(leaf.is_of(&[2; 32], b"event"));
        assert!(!leaf.is_of(&[2; 32], b"events") && !leaf.is_of(&[3; 32], b"event"));
        for (at, value) in [(0, 0), (0, 2), (1, 0), (1, 8), (1, 255), (2, 1), (3, 1), (24, 1), (31, 1)] {
            let mut bad = good;
            bad[at] = value;
            assert_eq!(Leaf::parse(&bad), Err(LeafError::Malformed), "{at}");
        }
        for length in [0, 1, 95] {
            assert_eq!(Leaf::parse(&good[..length]), Err(LeafError::Malformed));
        }
        assert_eq!(Leaf::parse(&[good.as_slice(), &[0]].concat()), Err(LeafError::Malformed));
    }
}
