//! JSON Web Encryption in its compact form (RFC 7516): ECDH-ES on P-256 with direct key agreement (RFC 7518, section
//! 4.6), A128GCM or A256GCM. A wallet encrypts its answer to the key that a verifier names, an issuer a card to the
//! key that a wallet names.
//!
//! Nothing here says who encrypted: anybody can, to a public key.

use crate::json::{self, JsonError};
use crate::{Jwk, PrivateKey, PublicKey, sha256_concat};
use absah_types::{Rng, Secret, base64url, coded};
use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes128Gcm, Aes256Gcm, Nonce};
use core::fmt;
use serde_json::{Value, json};

/// The name of the one key agreement, `alg`.
pub const ECDH_ES: &str = "ECDH-ES";

/// Bytes of an initialisation vector.
const IV: usize = 12;
/// Bytes of an authentication tag.
const TAG: usize = 16;
/// Longest header read, in characters of base64url.
const MAX_HEADER: usize = 4096;

/// How the content is encrypted, `enc` (RFC 7518, section 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContentEncryption {
    /// AES-128 in GCM.
    A128Gcm,
    /// AES-256 in GCM.
    A256Gcm,
}

impl ContentEncryption {
    /// Both, the stronger first.
    pub const ALL: [Self; 2] = [Self::A256Gcm, Self::A128Gcm];

    /// The name in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A128Gcm => "A128GCM",
            Self::A256Gcm => "A256GCM",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    const fn key_bits(self) -> u32 {
        match self {
            Self::A128Gcm => 128,
            Self::A256Gcm => 256,
        }
    }
}

/// Why a JWE cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JweError {
    /// More characters than allowed.
    TooLong,
    /// Not five parts, or the second is not empty as direct key agreement has it.
    NotCompact,
    /// A part is no base64url.
    Encoding,
    /// The header is no JSON object, or repeats a member.
    Header,
    /// `alg` is not ECDH-ES.
    Algorithm,
    /// `enc` is neither A128GCM nor A256GCM, or not the one agreed on.
    Encryption,
    /// `crit`: an extension that is not supported.
    Extension,
    /// `zip`: compressed, which nobody was allowed to.
    Compressed,
    /// `epk` is no point on P-256.
    EphemeralKey,
    /// It does not open: for another key, or tampered with.
    Sealed,
}

impl fmt::Display for JweError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "encrypted message too long",
            Self::NotCompact => "not a compact encrypted message",
            Self::Encoding => "encrypted message is not base64url",
            Self::Header => "header of an encrypted message malformed",
            Self::Algorithm => "key agreement other than ECDH-ES",
            Self::Encryption => "content encryption unknown or not agreed on",
            Self::Extension => "encrypted message with an unknown extension",
            Self::Compressed => "encrypted message is compressed",
            Self::EphemeralKey => "ephemeral key unusable",
            Self::Sealed => "encrypted message does not open",
        })
    }
}

impl core::error::Error for JweError {}

coded! { JweError {
    TooLong => ("jwe-too-long", Peer),
    NotCompact => ("jwe-not-compact", Peer),
    Encoding => ("jwe-encoding", Peer),
    Header => ("jwe-header", Peer),
    Algorithm => ("jwe-algorithm", Peer),
    Encryption => ("jwe-encryption", Peer),
    Extension => ("jwe-extension", Peer),
    Compressed => ("jwe-compressed", Peer),
    EphemeralKey => ("jwe-ephemeral-key", Peer),
    Sealed => ("jwe-sealed", Peer),
} }

/// Whom something is encrypted to, as a JWK with `alg` and perhaps `kid` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The public key.
    pub key: PublicKey,
    /// Its id, repeated in the header so that the other side finds its key again.
    pub kid: Option<String>,
}

impl Recipient {
    /// From a JWK: a P-256 key for ECDH-ES that is not for signing.
    #[must_use]
    pub fn of_jwk(jwk: &Jwk) -> Option<Self> {
        let usable =
            jwk.alg.as_deref() == Some(ECDH_ES) && jwk.key_use.as_deref().is_none_or(|kind| kind == "enc");
        usable.then(|| PublicKey::from_jwk(jwk).ok())?.map(|key| Self { key, kid: jwk.kid.clone() })
    }

    /// As a JWK with `alg`, `use` and `kid`.
    #[must_use]
    pub fn to_jwk(&self) -> Jwk {
        let jwk = self.key.to_jwk().with_alg(ECDH_ES).with_use("enc");
        match &self.kid {
            Some(kid) => jwk.with_kid(kid.clone()),
            None => jwk,
        }
    }

    /// Encrypts `content`, whose media type may be named (`cty`).
    pub fn seal(
        &self,
        content: &[u8],
        enc: ContentEncryption,
        cty: Option<&str>,
        rng: &mut dyn Rng,
    ) -> String {
        let ephemeral = PrivateKey::generate(rng);
        let mut header = json!({
            "alg": ECDH_ES, "enc": enc.name(), "epk": ephemeral.public_key().to_jwk(),
        });
        if let Some(members) = header.as_object_mut() {
            for (name, value) in [("kid", self.kid.as_deref()), ("cty", cty)] {
                members.extend(value.map(|value| (name.to_owned(), Value::from(value))));
            }
        }
        let key = derive(&ephemeral.agree(&self.key), enc, &[], &[]);
        let iv: [u8; IV] = absah_types::array(rng);
        let header = base64url::encode(header.to_string());
        let sealed = cipher(enc, &key, &iv, Payload { msg: content, aad: header.as_bytes() }, true)
            .unwrap_or_default();
        let (text, tag) = sealed.split_at(sealed.len().saturating_sub(TAG));
        format!("{header}..{}.{}.{}", base64url::encode(iv), base64url::encode(text), base64url::encode(tag))
    }
}

/// A compact JWE whose form is in order; **nothing of it is known to be genuine**.
#[derive(Debug, Clone)]
pub struct Compact {
    enc: ContentEncryption,
    kid: Option<String>,
    header: String,
    ephemeral: PublicKey,
    apu: Vec<u8>,
    apv: Vec<u8>,
    iv: [u8; IV],
    sealed: Vec<u8>,
}

impl Compact {
    /// Reads a compact JWE of at most `max` characters.
    ///
    /// # Errors
    /// One variant of [`JweError`] per rule.
    pub fn parse(text: &str, max: usize) -> Result<Self, JweError> {
        if text.len() > max {
            return Err(JweError::TooLong);
        }
        let parts: Vec<&str> = text.split('.').collect();
        let [header, key, iv, content, tag] = parts.as_slice() else { return Err(JweError::NotCompact) };
        // RFC 7518, section 4.6: "the JWE Encrypted Key value is the empty octet sequence" in direct key agreement.
        if !key.is_empty() || header.len() > MAX_HEADER {
            return Err(JweError::NotCompact);
        }
        let decode = |part: &str| base64url::decode(part).map_err(|_| JweError::Encoding);
        let members = json::object(&decode(header)?).map_err(|error| match error {
            JsonError::DuplicateMember | JsonError::Malformed | JsonError::Shape => JweError::Header,
        })?;
        let member = |name: &str| members.get(name).and_then(Value::as_str);
        if member("alg") != Some(ECDH_ES) {
            return Err(JweError::Algorithm);
        }
        let enc = member("enc").and_then(ContentEncryption::of_name).ok_or(JweError::Encryption)?;
        // RFC 7516, section 4.1.13.
        if members.contains_key("crit") {
            return Err(JweError::Extension);
        }
        // Compression of secrets tells their length, and nothing is unpacked that could grow: nobody is offered it.
        if members.contains_key("zip") {
            return Err(JweError::Compressed);
        }
        let epk = members.get("epk").and_then(|epk| serde_json::from_value::<Jwk>(epk.clone()).ok());
        // RFC 7518, section 4.6.1.1 and the security considerations: the point must lie on the curve.
        let ephemeral = epk.and_then(|epk| PublicKey::from_jwk(&epk).ok()).ok_or(JweError::EphemeralKey)?;
        let party = |name: &str| match members.get(name) {
            None => Ok(Vec::new()),
            Some(Value::String(text)) => decode(text),
            Some(_) => Err(JweError::Header),
        };
        let mut sealed = decode(content)?;
        let tag = decode(tag)?;
        if tag.len() != TAG {
            return Err(JweError::Sealed);
        }
        sealed.extend(tag);
        Ok(Self {
            enc,
            kid: member("kid").map(str::to_owned),
            header: (*header).to_owned(),
            ephemeral,
            apu: party("apu")?,
            apv: party("apv")?,
            iv: decode(iv)?.try_into().map_err(|_| JweError::Sealed)?,
            sealed,
        })
    }

    /// How the content is encrypted.
    #[must_use]
    pub fn encryption(&self) -> ContentEncryption {
        self.enc
    }

    /// The id of the key it is encrypted to.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Decrypts.
    ///
    /// # Errors
    /// [`JweError::Sealed`].
    pub fn open(&self, key: &PrivateKey) -> Result<Secret<Vec<u8>>, JweError> {
        let key = derive(&key.agree(&self.ephemeral), self.enc, &self.apu, &self.apv);
        let payload = Payload { msg: &self.sealed, aad: self.header.as_bytes() };
        cipher(self.enc, &key, &self.iv, payload, false).map(Secret::new).ok_or(JweError::Sealed)
    }
}

/// The Concat KDF (NIST SP 800-56A, as RFC 7518, section 4.6.2 uses it). One round of SHA-256 suffices for both key
/// lengths.
fn derive(agreed: &Secret<[u8; 32]>, enc: ContentEncryption, apu: &[u8], apv: &[u8]) -> Secret<[u8; 32]> {
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
    let name = enc.name().as_bytes();
    Secret::new(sha256_concat(&[
        &1_u32.to_be_bytes(),
        agreed.expose(),
        &length(name),
        name,
        &length(apu),
        apu,
        &length(apv),
        apv,
        &enc.key_bits().to_be_bytes(),
    ]))
}

fn cipher(
    enc: ContentEncryption,
    key: &Secret<[u8; 32]>,
    iv: &[u8; IV],
    payload: Payload<'_, '_>,
    seal: bool,
) -> Option<Vec<u8>> {
    let nonce = Nonce::from(*iv);
    match enc {
        ContentEncryption::A128Gcm => {
            let cipher = Aes128Gcm::new_from_slice(key.expose().get(..16)?).ok()?;
            if seal { cipher.encrypt(&nonce, payload) } else { cipher.decrypt(&nonce, payload) }.ok()
        }
        ContentEncryption::A256Gcm => {
            let cipher = Aes256Gcm::new_from_slice(key.expose()).ok()?;
            if seal { cipher.encrypt(&nonce, payload) } else { cipher.decrypt(&nonce, payload) }.ok()
        }
    }
}

#[cfg(test)]
mod tests;
