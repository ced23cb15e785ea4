//! Verification and processing (RFC 9901, section 7): from digests and disclosures to claims.

use std::fmt;

use absah_crypto::json::{self, JsonError};
use absah_crypto::{Jwk, PublicKey};
use absah_types::coded;
use serde_json::{Map, Value};

use super::disclosure::Disclosure;
use super::key_binding::{self, KeyBinding, KeyBindingPolicy};
use super::parse::Unverified;
use super::{SD_ALG, limits};
use crate::claim_path::PathElement;
use crate::json::MAX_DEPTH;

/// An SD-JWT whose issuer's signature, disclosures and key binding hold: the "Processed SD-JWT Payload".
/// Whether it is a valid credential is [`crate::verify()`]'s question.
#[derive(Clone, PartialEq)]
pub struct Processed {
    pub(crate) payload: Map<String, Value>,
    pub(crate) holder: Option<PublicKey>,
    pub(crate) key_binding: Option<KeyBinding>,
}

impl fmt::Debug for Processed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Processed({} claims)", self.payload.len())
    }
}

impl Processed {
    /// The always visible and the disclosed claims in one tree, without `_sd`, `...` and `_sd_alg`.
    pub fn payload(&self) -> &Map<String, Value> {
        &self.payload
    }

    /// The holder's key, if the issuer bound one (`cnf.jwk`).
    pub fn holder(&self) -> Option<&PublicKey> {
        self.holder.as_ref()
    }

    /// The key binding, if one was required.
    pub fn key_binding(&self) -> Option<&KeyBinding> {
        self.key_binding.as_ref()
    }
}

impl Unverified {
    /// Verifies the issuer's signature, the disclosures and the key binding. `exp`, `nbf` and all that
    /// makes a credential of it stay with the caller.
    ///
    /// # Errors
    /// One variant of [`ProcessError`] per rule.
    pub fn process(
        &self,
        issuer: &PublicKey,
        key_binding: &KeyBindingPolicy<'_>,
    ) -> Result<Processed, ProcessError> {
        self.process_with(self.signed_payload()?, issuer, key_binding, &[])
    }

    /// As [`Unverified::process`] with the payload that [`Unverified::signed_payload`] gave; `never` are the
    /// top-level names that may not come from a disclosure.
    pub(crate) fn process_with(
        &self,
        payload: Map<String, Value>,
        issuer: &PublicKey,
        policy: &KeyBindingPolicy<'_>,
        never: &[&str],
    ) -> Result<Processed, ProcessError> {
        // Section 7.3, step 2: "If Key Binding is required and the Holder has provided an SD-JWT (without
        // Key Binding), the Verifier MUST reject the presentation."
        let bound = match (policy, &self.key_binding) {
            (KeyBindingPolicy::Required(expected), Some(jwt)) => Some((expected, jwt)),
            (KeyBindingPolicy::Required(_), None) => return Err(ProcessError::KeyBindingMissing),
            (KeyBindingPolicy::Forbidden, Some(_)) => return Err(ProcessError::KeyBindingUnexpected),
            (KeyBindingPolicy::Forbidden, None) => None,
        };
        // Section 7.1, step 2: "The "none" algorithm MUST NOT be accepted." `Compact` takes ES256 only.
        // "Validate the signature over the Issuer-signed JWT per Section 5.2 of RFC 7515."
        self.jwt.verify(issuer).map_err(|_| ProcessError::Signature)?;
        let holder = holder_key(&payload);
        let (payload, _) = Walk::run(payload, &self.disclosures, never, false)?;
        let (holder, key_binding) = match bound {
            // A key of a kind that we do not know does no harm where nobody asks for it.
            None => (holder.unwrap_or_default(), None),
            Some((expected, jwt)) => {
                // "Determine the public key for the Holder from the SD-JWT."
                let holder = holder?.ok_or(ProcessError::NoHolderKey)?;
                let checked = key_binding::check(jwt, self.sd_jwt(), &holder, expected)?;
                (Some(holder), Some(checked))
            }
        };
        Ok(Processed { payload, holder, key_binding })
    }

    /// The payload as signed, digests still inside. Unverified.
    pub(crate) fn signed_payload(&self) -> Result<Map<String, Value>, ProcessError> {
        let mut payload = json::object(&self.jwt.payload).map_err(|error| match error {
            JsonError::DuplicateMember => ProcessError::DuplicateMember,
            JsonError::Malformed | JsonError::Shape => ProcessError::PayloadMalformed,
        })?;
        // "Check that the _sd_alg claim value is understood and the hash algorithm is deemed secure."
        // Section 4.1.1: "If the _sd_alg claim is not present at the top level, a default value of sha-256
        // MUST be used."
        match payload.remove("_sd_alg") {
            None => Ok(payload),
            Some(Value::String(name)) if name == SD_ALG => Ok(payload),
            Some(_) => Err(ProcessError::DigestAlgorithm),
        }
    }
}

/// `cnf.jwk` (RFC 7800, section 3.2), read before disclosures are put in: the issuer alone says whose key.
fn holder_key(payload: &Map<String, Value>) -> Result<Option<PublicKey>, ProcessError> {
    let Some(jwk) = payload.get("cnf").and_then(|cnf| cnf.get("jwk")) else { return Ok(None) };
    let jwk: Jwk = serde::Deserialize::deserialize(jwk).map_err(|_| ProcessError::HolderKeyMalformed)?;
    PublicKey::from_jwk(&jwk).map(Some).map_err(|_| ProcessError::HolderKeyMalformed)
}

/// Where a disclosure's value landed in the processed payload.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) disclosure: usize,
    pub(super) path: Vec<PathElement>,
}

/// Section 7.1, steps 3 to 5.
pub(super) struct Walk<'d> {
    disclosures: &'d [Disclosure],
    used: Vec<bool>,
    /// Every digest met so far.
    seen: Vec<String>,
    never: &'d [&'d str],
    /// The way from the root to here, and what was found; only kept if somebody wants the places.
    trail: Vec<PathElement>,
    places: Option<Vec<Place>>,
}

impl<'d> Walk<'d> {
    pub(super) fn run(
        payload: Map<String, Value>,
        disclosures: &'d [Disclosure],
        never: &'d [&'d str],
        want_places: bool,
    ) -> Result<(Map<String, Value>, Vec<Place>), ProcessError> {
        let mut digests: Vec<&str> =
            disclosures.iter().map(|disclosure| disclosure.digest.as_str()).collect();
        digests.sort_unstable();
        if digests.windows(2).any(|pair| matches!(pair, [one, two] if one == two)) {
            return Err(ProcessError::DisclosureRepeated);
        }
        let mut walk = Self {
            disclosures,
            used: vec![false; disclosures.len()],
            seen: Vec::with_capacity(16),
            never,
            trail: Vec::new(),
            places: want_places.then(Vec::new),
        };
        let payload = walk.object(payload, 0)?;
        // "If any digest value is encountered more than once in the Issuer-signed JWT payload (directly or
        // recursively via other Disclosures), the SD-JWT MUST be rejected."
        walk.seen.sort_unstable();
        if walk.seen.windows(2).any(|pair| matches!(pair, [one, two] if one == two)) {
            return Err(ProcessError::DigestRepeated);
        }
        // "If any Disclosure was not referenced by digest value in the Issuer-signed JWT (directly or
        // recursively via other Disclosures), the SD-JWT MUST be rejected."
        if walk.used.contains(&false) {
            return Err(ProcessError::DisclosureUnreferenced);
        }
        Ok((payload, walk.places.unwrap_or_default()))
    }

    fn value(&mut self, value: Value, depth: usize) -> Result<Value, ProcessError> {
        match value {
            Value::Object(members) => self.object(members, depth).map(Value::Object),
            Value::Array(items) => self.array(items, depth).map(Value::Array),
            leaf => Ok(leaf),
        }
    }

    fn object(
        &mut self,
        mut members: Map<String, Value>,
        depth: usize,
    ) -> Result<Map<String, Value>, ProcessError> {
        if depth >= MAX_DEPTH {
            return Err(ProcessError::TooDeep);
        }
        // "Find all objects having an _sd key that refers to an array of strings." Section 4.2.4.1: "The _sd
        // key MUST refer to an array of strings".
        let digests = match members.remove("_sd") {
            None => Vec::new(),
            Some(Value::Array(digests)) => digests,
            Some(_) => return Err(ProcessError::DigestsMalformed),
        };
        // `_sd_alg` at the top level is already taken off; section 4.1.1: "It MUST NOT be used in any object
        // nested within the payload." `...` has its place in arrays only.
        if members.contains_key("_sd_alg") || members.contains_key("...") {
            return Err(ProcessError::ReservedName);
        }
        for (name, member) in &mut members {
            if member.is_object() || member.is_array() {
                self.step_in(|| PathElement::Key(name.clone()));
                *member = self.value(std::mem::take(member), depth + 1)?;
                self.step_out();
            }
        }
        for digest in digests {
            let Value::String(digest) = digest else { return Err(ProcessError::DigestsMalformed) };
            let Some((at, disclosure)) = self.find(digest)? else { continue };
            // "If the contents of the respective Disclosure is not a JSON array of three elements (salt,
            // claim name, claim value), the SD-JWT MUST be rejected."
            let name = disclosure.name.as_ref().ok_or(ProcessError::DisclosureKind)?;
            // "If the claim name is _sd or ..., the SD-JWT MUST be rejected."
            if matches!(name.as_str(), "_sd" | "..." | "_sd_alg") {
                return Err(ProcessError::ReservedName);
            }
            // "If the claim name already exists at the level of the _sd key, the SD-JWT MUST be rejected."
            if members.contains_key(name) {
                return Err(ProcessError::NameCollision);
            }
            if depth == 0 && self.never.contains(&name.as_str()) {
                return Err(ProcessError::NotDisclosable);
            }
            self.step_in(|| PathElement::Key(name.clone()));
            self.found(at);
            let value = self.value(disclosure.value.clone(), depth + 1)?;
            self.step_out();
            members.insert(name.clone(), value);
        }
        Ok(members)
    }

    fn array(&mut self, items: Vec<Value>, depth: usize) -> Result<Vec<Value>, ProcessError> {
        if depth >= MAX_DEPTH {
            return Err(ProcessError::TooDeep);
        }
        let mut kept = Vec::with_capacity(items.len());
        for item in items {
            let index = kept.len();
            let value = match placeholder(item)? {
                Element::Plain(value) => {
                    self.step_in(|| PathElement::Index(index));
                    self.value(value, depth + 1)?
                }
                Element::Digest(digest) => {
                    // "Remove all array elements for which the digest was not found in the previous step."
                    let Some((at, disclosure)) = self.find(digest)? else { continue };
                    // "If the contents of the respective Disclosure is not a JSON array of two elements (salt,
                    // value), the SD-JWT MUST be rejected."
                    if disclosure.name.is_some() {
                        return Err(ProcessError::DisclosureKind);
                    }
                    self.step_in(|| PathElement::Index(index));
                    self.found(at);
                    self.value(disclosure.value.clone(), depth + 1)?
                }
            };
            self.step_out();
            kept.push(value);
        }
        Ok(kept)
    }

    /// "Compare the value with the digests calculated previously and find the matching Disclosure. If no
    /// such Disclosure can be found, the digest MUST be ignored."
    fn find(&mut self, digest: String) -> Result<Option<(usize, &'d Disclosure)>, ProcessError> {
        let found = self.disclosures.iter().enumerate().find(|(_, disclosure)| disclosure.digest == digest);
        if let Some(used) = found.and_then(|(at, _)| self.used.get_mut(at)) {
            if *used {
                return Err(ProcessError::DigestRepeated);
            }
            *used = true;
        }
        self.seen.push(digest);
        if self.seen.len() > limits::DIGESTS {
            return Err(ProcessError::TooManyDigests);
        }
        Ok(found)
    }

    fn step_in(&mut self, step: impl FnOnce() -> PathElement) {
        if self.places.is_some() {
            self.trail.push(step());
        }
    }

    fn step_out(&mut self) {
        self.trail.pop();
    }

    fn found(&mut self, disclosure: usize) {
        if let Some(places) = &mut self.places {
            places.push(Place { disclosure, path: self.trail.clone() });
        }
    }
}

enum Element {
    Plain(Value),
    Digest(String),
}

/// "Find all array elements that are objects with one key, that key being ... and referring to a string."
fn placeholder(item: Value) -> Result<Element, ProcessError> {
    let Value::Object(mut members) = item else { return Ok(Element::Plain(item)) };
    match members.remove("...") {
        None => Ok(Element::Plain(Value::Object(members))),
        // Section 4.2.4.2: "There MUST NOT be any other keys in the object."
        Some(Value::String(digest)) if members.is_empty() => Ok(Element::Digest(digest)),
        Some(_) => Err(ProcessError::DigestsMalformed),
    }
}

/// Why an SD-JWT or SD-JWT+KB is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProcessError {
    /// The issuer's signature does not fit the key.
    Signature,
    /// The payload is not a JSON object.
    PayloadMalformed,
    /// An object of the payload has two members with the same name.
    DuplicateMember,
    /// `_sd_alg` is not `sha-256`.
    DigestAlgorithm,
    /// `_sd` is not an array of strings, or `...` not alone with one string.
    DigestsMalformed,
    /// A digest appears twice, on whatever level.
    DigestRepeated,
    /// More than [`limits::DIGESTS`].
    TooManyDigests,
    /// The same disclosure was sent twice.
    DisclosureRepeated,
    /// No digest refers to a disclosure.
    DisclosureUnreferenced,
    /// A disclosure for an array stands in an object, or the other way round.
    DisclosureKind,
    /// `_sd`, `...` or `_sd_alg` where it may not be.
    ReservedName,
    /// A disclosed claim is already there.
    NameCollision,
    /// A claim came from a disclosure that must always be visible.
    NotDisclosable,
    /// Nested deeper than we take.
    TooDeep,
    /// A key binding is required and `cnf.jwk` is not a P-256 public key.
    HolderKeyMalformed,
    /// A key binding is required and the issuer bound no key.
    NoHolderKey,
    /// A key binding is required and missing.
    KeyBindingMissing,
    /// A credential as issued must have no key binding.
    KeyBindingUnexpected,
    /// The holder's signature does not fit the bound key.
    KeyBindingSignature,
    /// `typ` is not `kb+jwt`.
    KeyBindingType,
    /// `iat`, `aud`, `nonce` or `sd_hash` is missing or of the wrong type.
    KeyBindingMalformed,
    /// Made for another transaction.
    KeyBindingNonce,
    /// Made for another verifier.
    KeyBindingAudience,
    /// Made over other disclosures or another credential.
    KeyBindingHash,
    /// Signed too long ago.
    KeyBindingTooOld,
    /// Signed in the future: a clock is wrong.
    KeyBindingInFuture,
}

coded! { ProcessError {
    Signature => ("sd-jwt-signature", Peer),
    PayloadMalformed => ("sd-jwt-payload-malformed", Peer),
    DuplicateMember => ("sd-jwt-duplicate-member", Peer),
    DigestAlgorithm => ("sd-jwt-digest-algorithm", Peer),
    DigestsMalformed => ("sd-jwt-digests-malformed", Peer),
    DigestRepeated => ("sd-jwt-digest-repeated", Peer),
    TooManyDigests => ("sd-jwt-too-many-digests", Peer),
    DisclosureRepeated => ("sd-jwt-disclosure-repeated", Peer),
    DisclosureUnreferenced => ("sd-jwt-disclosure-unreferenced", Peer),
    DisclosureKind => ("sd-jwt-disclosure-kind", Peer),
    ReservedName => ("sd-jwt-reserved-name", Peer),
    NameCollision => ("sd-jwt-name-collision", Peer),
    NotDisclosable => ("sd-jwt-not-disclosable", Peer),
    TooDeep => ("sd-jwt-too-deep", Peer),
    HolderKeyMalformed => ("sd-jwt-holder-key-malformed", Peer),
    NoHolderKey => ("key-binding-no-holder-key", Peer),
    KeyBindingMissing => ("key-binding-missing", Peer),
    KeyBindingUnexpected => ("key-binding-unexpected", Peer),
    KeyBindingSignature => ("key-binding-signature", Peer),
    KeyBindingType => ("key-binding-type", Peer),
    KeyBindingMalformed => ("key-binding-malformed", Peer),
    KeyBindingNonce => ("key-binding-nonce", Peer),
    KeyBindingAudience => ("key-binding-audience", Peer),
    KeyBindingHash => ("key-binding-hash", Peer),
    KeyBindingTooOld => ("key-binding-too-old", Peer),
    KeyBindingInFuture => ("key-binding-in-future", Environment),
} }

impl fmt::Display for ProcessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signature => "the issuer's signature is wrong",
            Self::PayloadMalformed => "the payload is not a json object",
            Self::DuplicateMember => "the payload names a member twice",
            Self::DigestAlgorithm => "the digest algorithm is not sha-256",
            Self::DigestsMalformed => "digests are not written as they must be",
            Self::DigestRepeated => "a digest appears more than once",
            Self::TooManyDigests => "too many digests",
            Self::DisclosureRepeated => "a disclosure appears more than once",
            Self::DisclosureUnreferenced => "a disclosure has no digest in the credential",
            Self::DisclosureKind => "a disclosure stands where its kind may not be",
            Self::ReservedName => "a reserved claim name is used",
            Self::NameCollision => "a disclosed claim is already there",
            Self::NotDisclosable => "a claim is disclosed that must always be visible",
            Self::TooDeep => "claims are nested too deep",
            Self::HolderKeyMalformed => "the holder key is not a p-256 key",
            Self::NoHolderKey => "the credential binds no holder key",
            Self::KeyBindingMissing => "the holder did not sign the presentation",
            Self::KeyBindingUnexpected => "an issued credential carries a key binding",
            Self::KeyBindingSignature => "the holder's signature is wrong",
            Self::KeyBindingType => "the key binding has another type",
            Self::KeyBindingMalformed => "the key binding lacks a claim",
            Self::KeyBindingNonce => "the key binding is for another transaction",
            Self::KeyBindingAudience => "the key binding is for another verifier",
            Self::KeyBindingHash => "the key binding is for another presentation",
            Self::KeyBindingTooOld => "the key binding is too old",
            Self::KeyBindingInFuture => "the key binding is from the future",
        })
    }
}

impl std::error::Error for ProcessError {}
