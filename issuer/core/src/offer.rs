//! Offers: a link for the citizen's phone and a code read aloud by the officer.
//!
//! Nothing that opens an offer is stored: the code of the grant is kept as a hash, and the transaction code is hashed
//! together with it, so that its six digits cannot be tried on a stolen file. The code of the grant follows from the link
//! and a secret of the issuer: whoever has seen the link must fetch the offer, and is counted.

use absah_credential::Format;
use absah_crypto::sha256_concat;
pub use absah_protocol::oid4vci::issuer::token::OFFER_LIFE;
use absah_protocol::oid4vci::issuer::token::TOKEN_LIFE;
use absah_protocol::oid4vci::issuer::{OfferRecord, TokenError, TokenRequest, TxCodeTag};
use absah_schemas::CredentialType;
use absah_types::{Nik, Rng, Secret, Timestamp, array, base64url};

use crate::ports::{KeyStore, SecretRole};

/// What stands in an offer's link; base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct OfferLink([u8; 32]);

impl OfferLink {
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

    /// The secret of the offer, which only this issuer finds.
    #[must_use]
    pub fn secret(&self, keys: &dyn KeyStore) -> OfferSecret {
        OfferSecret(keys.mac(SecretRole::Nonce, &[b"absah-offer-link-v1\0".as_slice(), &self.0].concat()))
    }
}

impl core::fmt::Debug for OfferLink {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("OfferLink(…)")
    }
}

/// What the code of an offer's grant is made of.
#[derive(Clone, PartialEq, Eq)]
pub struct OfferSecret([u8; 32]);

/// What the store knows an offer by: a hash of its secret.
pub type OfferKey = [u8; 32];

impl OfferSecret {
    /// A new one.
    pub fn random(rng: &mut dyn Rng) -> Self {
        Self(array(rng))
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

/// The key that the transaction code of an offer is hashed with ([`TxCodeTag`]): it follows from the code of the grant,
/// 256 random bits that are stored nowhere, so that six digits cannot be tried on a stolen file.
#[must_use]
pub fn tx_code_key(pre_authorized_code: &str) -> Secret<[u8; 32]> {
    Secret::new(sha256_concat(&[b"absah-tx-code-key-v1", pre_authorized_code.as_bytes()]))
}

/// What the store knows an access token by.
#[must_use]
pub fn token_key(access_token: &str) -> [u8; 32] {
    sha256_concat(&[b"absah-access-token-v1", access_token.as_bytes()])
}

/// By what a wallet tells what became of a batch. It follows from what is on record of the batch, so that nothing more is
/// written before a wallet tells anything; and nobody can use it who has not the access token as well.
#[must_use]
pub fn notification_id(token: &[u8; 32], format: Format) -> String {
    let digest = sha256_concat(&[b"absah-notification-id-v1", token, format.name().as_bytes()]);
    base64url::encode(digest.get(..16).unwrap_or_default())
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
#[derive(Debug, Clone)]
pub struct Offer {
    /// What the store knows it by.
    pub key: OfferKey,
    /// For whom.
    pub nik: Nik,
    /// Which card.
    pub kind: CredentialType,
    /// Its time, tries and state.
    pub record: OfferRecord,
    /// In whose wallet the card goes, when not in that of the person it is about.
    pub guardian: Option<Nik>,
    /// Which letter it is about.
    pub letter: Option<i64>,
}

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
    /// SHA-256 thumbprint of the key that it is bound to, if it is bound to one.
    pub jkt: Option<[u8; 32]>,
    /// The identifiers by which the token names its cards: configuration ids, none if it was not asked for so.
    pub details: Vec<String>,
}

impl Offer {
    /// A new offer, open from `now` on for [`OFFER_LIFE`].
    #[must_use]
    pub fn open(secret: &OfferSecret, tx_code: &str, nik: Nik, kind: CredentialType, now: Timestamp) -> Self {
        let code = secret.pre_authorized_code();
        let record = OfferRecord {
            tx_code: Some(TxCodeTag::of(&tx_code_key(&code), &code, tx_code)),
            expires_at: now.plus(OFFER_LIFE),
            wrong_tries: 0,
            redeemed: false,
        };
        Self { key: secret.key(), nik, kind, record, guardian: None, letter: None }
    }

    /// The same for the wallet of somebody who keeps it for the person, or for one letter.
    #[must_use]
    pub fn about(self, guardian: Option<Nik>, letter: Option<i64>) -> Self {
        Self { guardian, letter, ..self }
    }

    /// Redeems the offer; what the store must write back is changed in `self`, also after a refusal.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn redeem(
        &mut self,
        request: &TokenRequest,
        anonymous_access: bool,
        now: Timestamp,
    ) -> Result<Grant, TokenError> {
        let key = tx_code_key(request.pre_authorized_code.expose());
        let decision = request.redeem(Some(&self.record), &key, anonymous_access, now);
        match &decision {
            Ok(()) => self.record.redeemed = true,
            Err(error) if error.counts_as_try() => {
                self.record.wrong_tries = self.record.wrong_tries.saturating_add(1);
            }
            Err(_) => {}
        }
        decision.map(|()| Grant {
            offer: self.key,
            nik: self.nik,
            kind: self.kind,
            expires_at: now.plus(TOKEN_LIFE),
            jkt: None,
            details: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> OfferSecret {
        OfferSecret([7; 32])
    }

    fn offer() -> Offer {
        let nik = Nik::parse("3577026207650001").unwrap();
        Offer::open(&secret(), "123456", nik, CredentialType::KtpElektronik, Timestamp::from_unix(0))
    }

    fn request(tx_code: &str) -> TokenRequest {
        let form = format!(
            "grant_type=urn:ietf:params:oauth:grant-type:pre-authorized_code&pre-authorized_code={}&tx_code={tx_code}",
            secret().pre_authorized_code()
        );
        TokenRequest::parse(form.as_bytes()).unwrap()
    }

    #[test]
    fn once_and_in_time() {
        let code = secret().pre_authorized_code();
        assert_eq!(key_of_code(&code), secret().key());
        let link = OfferLink([9; 32]);
        assert_eq!(OfferLink::parse(&link.text()), Some(link));
        let mut late = offer();
        let end = Timestamp::from_unix(OFFER_LIFE.0);
        assert_eq!(late.redeem(&request("123456"), true, end), Err(TokenError::Expired));
        let mut good = offer();
        let now = Timestamp::from_unix(599);
        let grant = good.redeem(&request("123456"), true, now).unwrap();
        assert_eq!(grant.expires_at, Timestamp::from_unix(1199));
        assert_eq!(good.redeem(&request("123456"), true, now), Err(TokenError::Redeemed));
    }

    #[test]
    fn five_tries() {
        let now = Timestamp::from_unix(1);
        let mut offer = offer();
        for tries_left in [4, 3, 2, 1, 0] {
            let refused = offer.redeem(&request("123457"), true, now);
            assert_eq!(refused, Err(TokenError::TxCodeWrong { tries_left }));
        }
        assert_eq!(offer.redeem(&request("123456"), true, now), Err(TokenError::TriesUsedUp));
    }

    #[test]
    fn transaction_codes_are_six_digits() {
        let mut rng = absah_testkit::SeededRng::new(1);
        for _ in 0..100 {
            let code = random_tx_code(&mut rng);
            assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
        }
    }
}
