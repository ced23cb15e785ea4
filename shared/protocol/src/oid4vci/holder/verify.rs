//! From what the issuer sent to credentials the wallet may keep.

use absah_credential::portrait::{Portrait, PortraitError};
use absah_credential::sd_jwt::{KeyBindingPolicy, ParseError, Unverified};
use absah_credential::{Expectation, SignerHint, Verified, VerifyError};
use absah_crypto::PublicKey;
use absah_types::{Seconds, Timestamp, coded};

use super::receiving::Received;
use crate::oid4vci::issuer::Types;

/// Answers which key an issuer is trusted for; `None` means not trusted.
pub type IssuerKeys<'a> = &'a dyn Fn(&SignerHint<'_>) -> Option<PublicKey>;

/// How far the issuer's clock may be ahead.
const LEEWAY: Seconds = Seconds(300);

/// One copy that holds.
#[derive(Clone, Debug)]
pub struct VerifiedCopy {
    /// The credential's text, as issued.
    pub text: String,
    /// What it says.
    pub verified: Verified,
    /// Place of its key among [`Received::keys`].
    pub key: usize,
    /// The portrait beside it, checked against its hash.
    pub portrait: Option<Portrait>,
}

/// Why a received credential is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceivedError {
    /// No SD-JWT.
    Parse(ParseError),
    /// It does not verify.
    Verify(VerifyError),
    /// Its format is not the one of the metadata.
    OtherFormat,
    /// Its type is not the one of the metadata.
    OtherType,
    /// It is bound to no key, or to none of ours.
    OtherKey,
    /// Two copies are bound to the same key.
    SameKey,
    /// The portrait beside it does not fit, or it came with a card that has none.
    Portrait(PortraitError),
}

impl std::fmt::Display for ReceivedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Parse(inner) => inner.fmt(f),
            Self::Verify(inner) => inner.fmt(f),
            Self::OtherFormat => f.write_str("credential of another format than offered"),
            Self::OtherType => f.write_str("credential of another type than offered"),
            Self::OtherKey => f.write_str("credential bound to another key"),
            Self::SameKey => f.write_str("two copies bound to the same key"),
            Self::Portrait(inner) => inner.fmt(f),
        }
    }
}

impl std::error::Error for ReceivedError {}

coded! { ReceivedError {
    Parse(e) => inner(e),
    Verify(e) => inner(e),
    OtherFormat => ("received-other-format", Peer),
    OtherType => ("received-other-type", Peer),
    OtherKey => ("received-other-key", Peer),
    SameKey => ("received-same-key", Peer),
    Portrait(e) => inner(e),
} }

/// Verifies everything that was received: all or nothing.
///
/// # Errors
/// [`ReceivedError`] of the first copy that does not hold.
pub fn verify(
    received: &[Received],
    keys: IssuerKeys<'_>,
    now: Timestamp,
) -> Result<Vec<VerifiedCopy>, ReceivedError> {
    let mut copies: Vec<VerifiedCopy> = Vec::with_capacity(received.len());
    for one in received {
        let copy = verify_one(one, keys, now)?;
        // "Each key provided by the Wallet is used to bind to, at most, one Credential."
        let holder = copy.verified.holder();
        if copies.iter().any(|other| other.verified.holder() == holder) {
            return Err(ReceivedError::SameKey);
        }
        copies.push(copy);
    }
    Ok(copies)
}

fn verify_one(
    received: &Received,
    keys: IssuerKeys<'_>,
    now: Timestamp,
) -> Result<VerifiedCopy, ReceivedError> {
    let unverified = Unverified::parse(&received.text).map_err(ReceivedError::Parse)?;
    let expected = Expectation { now, leeway: LEEWAY, key_binding: KeyBindingPolicy::Forbidden };
    let verified = absah_credential::verify(&unverified, keys, &expected).map_err(ReceivedError::Verify)?;
    if verified.format() != received.format {
        return Err(ReceivedError::OtherFormat);
    }
    let same_type = match &received.types {
        Types::Vct(vct) => verified.types() == std::slice::from_ref(vct),
        Types::W3c(types) => verified.types() == types.as_slice(),
    };
    if !same_type {
        return Err(ReceivedError::OtherType);
    }
    let key = verified.holder().and_then(|holder| received.keys.iter().position(|key| key == holder));
    let key = key.ok_or(ReceivedError::OtherKey)?;
    let portrait = match &received.portrait {
        None => None,
        Some(blob) => {
            let claim = verified.claims().get("portrait").and_then(|claim| claim.as_str());
            let portrait = Portrait::check(blob.clone(), claim.unwrap_or_default());
            Some(portrait.map_err(ReceivedError::Portrait)?)
        }
    };
    Ok(VerifiedCopy { text: received.text.clone(), verified, key, portrait })
}
