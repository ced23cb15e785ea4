//! The holder's side: what can be shown, and showing part of it.

use std::fmt;

use absah_crypto::PublicKey;
use absah_types::{Timestamp, coded};
use serde_json::Value;

use super::key_binding::{KeyBindingPolicy, PreparedKeyBinding};
use super::parse::Unverified;
use super::process::{Place, ProcessError, Walk};
use crate::claim_path::{ClaimPath, PathElement};

/// An SD-JWT in its holder's hands: all claims, and which disclosure shows which.
pub struct Held {
    unverified: Unverified,
    claims: Value,
    places: Vec<Place>,
}

impl Held {
    /// Takes an SD-JWT as issued: signature and disclosures are checked.
    ///
    /// # Errors
    /// As [`Unverified::process`] without key binding.
    pub fn receive(unverified: Unverified, issuer: &PublicKey) -> Result<Self, ProcessError> {
        unverified.process(issuer, &KeyBindingPolicy::Forbidden)?;
        Self::dangerous_reopen(unverified)
    }

    /// Takes an SD-JWT that this wallet verified when it received it and kept sealed since: the signature
    /// is not checked again. Never for a text that came from outside.
    ///
    /// # Errors
    /// As [`Unverified::process`], except for signatures.
    pub fn dangerous_reopen(unverified: Unverified) -> Result<Self, ProcessError> {
        // Section 7.2: "If the Holder receives an SD-JWT+KB, it MUST be rejected."
        if unverified.has_key_binding() {
            return Err(ProcessError::KeyBindingUnexpected);
        }
        let (claims, places) = Walk::run(unverified.signed_payload()?, &unverified.disclosures, &[], true)?;
        Ok(Self { unverified, claims: Value::Object(claims), places })
    }

    /// All claims, from the root of the payload.
    pub fn claims(&self) -> &Value {
        &self.claims
    }

    /// The text as issued.
    pub fn as_str(&self) -> &str {
        self.unverified.as_str()
    }

    /// Selects the disclosures that show `paths` and nothing else: each selected claim whole, with
    /// everything that contains it ("any disclosure object in an SD-JWT must connect to the claims in the
    /// issuer-signed JWT, possibly via an intermediate disclosure object", section 4.2.6). Paths start at
    /// the root of the payload.
    ///
    /// # Errors
    /// [`SelectError::Absent`] if a path selects nothing.
    pub fn select(&self, paths: &[ClaimPath]) -> Result<Presentation, SelectError> {
        self.choose(paths, on_the_way)
    }

    /// As [`Held::select`], but what can be withheld inside a selected claim is withheld, unless a path of
    /// its own names it.
    ///
    /// # Errors
    /// [`SelectError::Absent`] if a path selects nothing.
    pub fn select_outlines(&self, paths: &[ClaimPath]) -> Result<Presentation, SelectError> {
        self.choose(paths, |path, place| place.len() <= path.len() && on_the_way(path, place))
    }

    fn choose(
        &self,
        paths: &[ClaimPath],
        wanted: impl Fn(&[PathElement], &[PathElement]) -> bool,
    ) -> Result<Presentation, SelectError> {
        let mut chosen = vec![false; self.unverified.disclosures.len()];
        for path in paths {
            if path.select(&self.claims).is_empty() {
                return Err(SelectError::Absent);
            }
            for place in self.places.iter().filter(|place| wanted(path.elements(), &place.path)) {
                if let Some(chosen) = chosen.get_mut(place.disclosure) {
                    *chosen = true;
                }
            }
        }
        let mut parts = self.unverified.sd_jwt().split_inclusive('~');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (part, _) in parts.zip(&chosen).filter(|(_, chosen)| **chosen) {
            text.push_str(part);
        }
        Ok(Presentation { text })
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Held({:?})", self.unverified)
    }
}

/// True if a disclosure at `place` contains what `path` names, is it, or lies inside it.
fn on_the_way(path: &[PathElement], place: &[PathElement]) -> bool {
    path.iter().zip(place).all(|(wanted, here)| {
        wanted == here || (*wanted == PathElement::Every && matches!(here, PathElement::Index(_)))
    })
}

/// An SD-JWT with some of its disclosures, not yet bound to a transaction.
#[derive(Clone, PartialEq, Eq)]
pub struct Presentation {
    text: String,
}

impl Presentation {
    /// The SD-JWT, ending with a tilde.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Prepares the holder's signature for the verifier `aud` in the transaction `nonce`.
    pub fn bind(self, aud: &str, nonce: &str, iat: Timestamp) -> PreparedKeyBinding {
        PreparedKeyBinding::new(self.text, aud, nonce, iat)
    }
}

impl fmt::Debug for Presentation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Presentation({} characters)", self.text.len())
    }
}

/// Why claims cannot be selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectError {
    /// The credential has no such claim.
    Absent,
}

coded! { SelectError {
    Absent => ("claim-absent", User),
} }

impl fmt::Display for SelectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the credential has no such claim")
    }
}

impl std::error::Error for SelectError {}
