//! Offers: a link for the citizen's phone and a code read aloud by the officer.
//!
//! Nothing that opens an offer is stored: the link's secret is kept as a hash, the code of the grant follows from the
//! link, and the transaction code is hashed together with it, so that its six digits cannot be tried on a stolen file.

use absah_crypto::{ct_eq, sha256_concat};
use absah_schemas::CredentialType;
use absah_types::{Nik, Rng, Seconds, Timestamp, array, base64url, coded};

/// How long an offer is open.
pub const LIFE: Seconds = Seconds::minutes(10);
/// How often the transaction code may be wrong before the offer closes.
pub const TRIES: u8 = 5;
/// How long an access token lives.
pub const TOKEN_LIFE: Seconds = Seconds::minutes(10);
/// Digits of a transaction code.
pub const TX_CODE_DIGITS: usize = 6;

/// The secret of an offer as it stands in its link; base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct OfferSecret([u8; 32]);

/// What the store knows an offer by: a hash of its secret.
pub type OfferKey = [u8; 32];

impl OfferSecret {
    /// A new one.
    pub fn random(rng: &mut dyn Rng) -> Self {
        Self(array(rng))
    }

    /// Reads the last part of the offer's URI.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        base64url::decode_array(text).ok().map(Self)
    }

    /// The text in the offer's URI.
    #[must_use]
    pub fn text(&self) -> String {
        base64url::encode(self.0)
    }

    /// What the store knows it by.
    #[must_use]
    pub fn key(&self) -> OfferKey {
        key_of_code(&self.pre_authorized_code())
    }

    /// The `pre-authorized_code` of the grant.
    #[must_use]
    pub fn pre_authorized_code(&self) -> String {
        base64url::encode(sha256_concat(&[b"absah-pre-authorized-code-v1", &self.0]))
    }
}

impl core::fmt::Debug for OfferSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("OfferSecret(…)")
    }
}

/// What the store knows the offer of a `pre-authorized_code` by.
#[must_use]
pub fn key_of_code(pre_authorized_code: &str) -> OfferKey {
    sha256_concat(&[b"absah-offer-v1", pre_authorized_code.as_bytes()])
}

/// The hash of a transaction code under the code of its offer.
#[must_use]
pub fn tx_hash(pre_authorized_code: &str, tx_code: &str) -> [u8; 32] {
    sha256_concat(&[b"absah-tx-code-v1", &key_of_code(pre_authorized_code), pre_authorized_code.as_bytes(), tx_code.as_bytes()])
}

/// What the store knows an access token by.
#[must_use]
pub fn token_key(access_token: &str) -> [u8; 32] {
    sha256_concat(&[b"absah-access-token-v1", access_token.as_bytes()])
}

/// A transaction code: six decimal digits, each equally likely.
pub fn random_tx_code(rng: &mut dyn Rng) -> String {
    loop {
        let number = u32::from_le_bytes(array(rng));
        // Below the largest multiple of a million, so that no code is likelier than another.
        if number < 4_294_000_000 {
            return format!("{:06}", number % 1_000_000);
        }
    }
}

/// An offer as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What the store knows it by.
    pub key: OfferKey,
    /// The hash of its transaction code, see [`tx_hash`].
    pub tx_hash: [u8; 32],
    /// For whom.
    pub nik: Nik,
    /// Which card.
    pub kind: CredentialType,
    /// Until when it is open.
    pub expires_at: Timestamp,
    /// How often the code may still be wrong.
    pub tries_left: u8,
    /// Whether it was redeemed or taken back.
    pub closed: bool,
}

/// Why an offer is not redeemed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferError {
    /// There is no such offer.
    Unknown,
    /// It was redeemed before, or taken back.
    Used,
    /// Its time is over.
    Expired,
    /// The transaction code is missing or wrong.
    WrongCode {
        /// How often it may still be wrong.
        tries_left: u8,
    },
    /// The transaction code was wrong too often.
    Locked,
}

impl core::fmt::Display for OfferError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Unknown => f.write_str("no such offer"),
            Self::Used => f.write_str("offer already used"),
            Self::Expired => f.write_str("offer expired"),
            Self::WrongCode { tries_left } => write!(f, "wrong transaction code, {tries_left} tries left"),
            Self::Locked => f.write_str("offer closed after too many wrong codes"),
        }
    }
}

impl core::error::Error for OfferError {}

coded! { OfferError {
    Unknown => ("offer-unknown", Peer),
    Used => ("offer-used", Peer),
    Expired => ("offer-expired", Peer),
    WrongCode { .. } => ("offer-code-wrong", Peer),
    Locked => ("offer-locked", Peer),
} }

/// What an access token allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The offer it came from.
    pub offer: OfferKey,
    /// For whom.
    pub nik: Nik,
    /// Which card.
    pub kind: CredentialType,
    /// Until when.
    pub expires_at: Timestamp,
}

impl Offer {
    /// Whether the offer could be redeemed at `now`.
    ///
    /// # Errors
    /// `Used`, `Locked` or `Expired`.
    pub fn open_at(&self, now: Timestamp) -> Result<(), OfferError> {
        if self.closed {
            return Err(OfferError::Used);
        }
        if self.tries_left == 0 {
            return Err(OfferError::Locked);
        }
        if now >= self.expires_at {
            return Err(OfferError::Expired);
        }
        Ok(())
    }

    /// Redeems the offer with the hash of a transaction code; the store writes back what has changed, also after a
    /// refusal.
    ///
    /// # Errors
    /// [`OfferError`].
    pub fn redeem(&mut self, tx_hash: &[u8; 32], now: Timestamp) -> Result<Grant, OfferError> {
        self.open_at(now)?;
        if !ct_eq(tx_hash, &self.tx_hash) {
            self.tries_left -= 1;
            return Err(match self.tries_left {
                0 => OfferError::Locked,
                tries_left => OfferError::WrongCode { tries_left },
            });
        }
        self.closed = true;
        Ok(Grant { offer: self.key, nik: self.nik, kind: self.kind, expires_at: now.plus(TOKEN_LIFE) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(secret: &OfferSecret) -> Offer {
        Offer {
            key: secret.key(),
            tx_hash: tx_hash(&secret.pre_authorized_code(), "123456"),
            nik: Nik::parse("3577026207650001").unwrap(),
            kind: CredentialType::KtpElektronik,
            expires_at: Timestamp::from_unix(600),
            tries_left: TRIES,
            closed: false,
        }
    }

    #[test]
    fn once_and_in_time() {
        let secret = OfferSecret([7; 32]);
        let code = secret.pre_authorized_code();
        assert_eq!(key_of_code(&code), secret.key());
        assert_eq!(OfferSecret::parse(&secret.text()), Some(secret.clone()));
        let right = tx_hash(&code, "123456");
        let mut late = offer(&secret);
        assert_eq!(late.redeem(&right, Timestamp::from_unix(600)), Err(OfferError::Expired));
        let mut good = offer(&secret);
        let grant = good.redeem(&right, Timestamp::from_unix(599)).unwrap();
        assert_eq!(grant.expires_at, Timestamp::from_unix(1199));
        assert_eq!(good.redeem(&right, Timestamp::from_unix(599)), Err(OfferError::Used));
    }

    #[test]
    fn five_tries() {
        let secret = OfferSecret([7; 32]);
        let code = secret.pre_authorized_code();
        let now = Timestamp::from_unix(1);
        let mut offer = offer(&secret);
        for tries_left in [4, 3, 2, 1] {
            assert_eq!(offer.redeem(&tx_hash(&code, "123457"), now), Err(OfferError::WrongCode { tries_left }));
        }
        assert_eq!(offer.redeem(&tx_hash(&code, ""), now), Err(OfferError::Locked));
        assert_eq!(offer.redeem(&tx_hash(&code, "123456"), now), Err(OfferError::Locked));
    }
}
