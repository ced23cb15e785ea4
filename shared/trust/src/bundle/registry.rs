//! Which counters are registered, and which registrations were taken back.

use std::collections::BTreeSet;

use absah_crypto::ct_eq;
use absah_types::Timestamp;
use serde::{Deserialize, Serialize};

use super::BundleError;
use crate::registration::{Registered, RegistrationError, SignedRegistration};
use crate::trust_list::TrustList;

/// Shortest prefix of a registration's hash that names it, in bytes.
pub(crate) const MIN_HASH_PREFIX: usize = 8;

/// `registrations.json` as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RegistryFile {
    pub(super) registrations: Vec<SignedRegistration>,
    #[serde(default)]
    pub(super) withdrawn: BTreeSet<String>,
}

/// The registrations of a bundle, each verified; expired ones are kept, so that they can be named so.
#[derive(Debug, Clone)]
pub struct Registry {
    listed: Vec<Registered>,
    withdrawn: BTreeSet<String>,
}

impl Registry {
    pub(super) fn from_json(bytes: &[u8], trust: &TrustList) -> Result<Self, BundleError> {
        let file: RegistryFile = serde_json::from_slice(bytes).map_err(|_| BundleError::RegistryMalformed)?;
        let verify = |signed: &SignedRegistration| {
            Registered::verify(&signed.jwt, &signed.access_certificate.0, trust)
        };
        let listed: Result<_, _> = file.registrations.iter().map(verify).collect();
        Ok(Self { listed: listed.map_err(BundleError::Registration)?, withdrawn: file.withdrawn })
    }

    /// All listed registrations.
    #[must_use]
    pub fn listed(&self) -> &[Registered] {
        &self.listed
    }

    /// Whether the registration with this id was taken back.
    #[must_use]
    pub fn is_withdrawn(&self, id: &str) -> bool {
        self.withdrawn.contains(id)
    }

    /// The registration that a short form names by a prefix of its hash.
    ///
    /// # Errors
    /// `Unregistered` (also for a prefix under 8 bytes), `Withdrawn`, or what
    /// [`Registered::valid_at`] finds.
    pub fn by_hash(&self, prefix: &[u8], now: Timestamp) -> Result<&Registered, RegistrationError> {
        if prefix.len() < MIN_HASH_PREFIX {
            return Err(RegistrationError::Unregistered);
        }
        let found = self.listed.iter().find(|registered| registered.hash().starts_with(prefix));
        self.in_force(found.ok_or(RegistrationError::Unregistered)?, now)
    }

    /// A counter's own registration: the one of its key that ends last.
    ///
    /// # Errors
    /// `Unregistered`, `Withdrawn`, or what [`Registered::valid_at`] finds.
    pub fn by_key(&self, spki_sha256: &[u8; 32], now: Timestamp) -> Result<&Registered, RegistrationError> {
        let own =
            self.listed.iter().filter(|registered| registered.registration().spki_sha256 == *spki_sha256);
        let newest = own.max_by_key(|registered| {
            let registration = registered.registration();
            (!self.is_withdrawn(&registration.id), registration.expires_at)
        });
        self.in_force(newest.ok_or(RegistrationError::Unregistered)?, now)
    }

    pub(super) fn in_force<'r>(
        &self,
        registered: &'r Registered,
        now: Timestamp,
    ) -> Result<&'r Registered, RegistrationError> {
        if self.is_withdrawn(&registered.registration().id) {
            return Err(RegistrationError::Withdrawn);
        }
        registered.valid_at(now)?;
        Ok(registered)
    }

    /// Whether the counter with this key is listed, under whatever registration.
    fn knows(&self, spki_sha256: &[u8; 32]) -> bool {
        self.listed.iter().any(|listed| listed.registration().spki_sha256 == *spki_sha256)
    }

    /// A copy of the listed registration with the same text, if there is one.
    pub(super) fn same(&self, registered: &Registered) -> bool {
        self.listed.iter().any(|listed| ct_eq(listed.hash(), registered.hash()))
    }
}

impl super::Bundle {
    /// A registration carried by value (long form): listed, or issued by a listed registrar after the lists of this bundle
    /// were made. The bundle itself may be younger: status is published while new lists wait for keys kept offline.
    ///
    /// One that the lists should know by its date and do not was never made, or made and hidden.
    ///
    /// # Errors
    /// [`RegistrationError`]: what verification finds, `Withdrawn`, its time, `Downgraded` for a counter that the bundle
    /// lists under another registration, `Unregistered` for one it does not list.
    pub fn admit(&self, jwt: &str, leaf: &[u8], now: Timestamp) -> Result<Registered, RegistrationError> {
        let registered = Registered::verify(jwt, leaf, &self.trust)?;
        self.registry.in_force(&registered, now)?;
        let is_newer = registered.registration().issued_at >= self.trust.issued_at;
        if !is_newer && !self.registry.same(&registered) {
            let is_known = self.registry.knows(&registered.registration().spki_sha256);
            return Err(if is_known {
                RegistrationError::Downgraded
            } else {
                RegistrationError::Unregistered
            });
        }
        Ok(registered)
    }
}
