//! Holder keys in software, sealed with the rest of the vault.

use std::collections::{BTreeMap, BTreeSet};

use absah_crypto::{PrivateKey, Signature};
use absah_types::{Rng, Secret, base64url};
use absah_wallet_core::{HolderKey, KeyAssurance, KeyId, Signing};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use zeroize::Zeroizing;

use crate::error::VaultError;

/// Private P-256 keys by name. Credentials bound to them say `jaminanKunci: software`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SoftwareKeys {
    keys: BTreeMap<KeyId, Scalar>,
}

/// A private scalar; made into a key only when it is used, since a full wallet holds thousands.
#[derive(Clone, Debug)]
struct Scalar(Secret<[u8; 32]>);

impl SoftwareKeys {
    /// Makes `n` keys and keeps them.
    pub fn make(&mut self, n: usize, rng: &mut dyn Rng) -> Vec<HolderKey> {
        let fresh = std::iter::repeat_with(|| {
            let key = PrivateKey::generate(rng);
            let public = key.public_key().clone();
            let id = KeyId(base64url::encode(public.thumbprint()));
            self.keys.insert(id.clone(), Scalar(key.to_bytes()));
            HolderKey { id, public, assurance: KeyAssurance::Software }
        });
        fresh.take(n).collect()
    }

    /// Signs each in turn.
    ///
    /// # Errors
    /// [`VaultError::KeyMissing`] when one of the keys is not here; then nothing is signed.
    pub fn sign(&self, signings: &[Signing]) -> Result<Vec<Signature>, VaultError> {
        let one = |signing: &Signing| {
            let scalar = self.keys.get(&signing.key)?;
            Some(PrivateKey::from_bytes(&scalar.0).ok()?.sign(&signing.bytes))
        };
        signings.iter().map(one).collect::<Option<_>>().ok_or(VaultError::KeyMissing)
    }

    /// Forgets keys.
    pub fn forget(&mut self, ids: &[KeyId]) {
        for id in ids {
            self.keys.remove(id);
        }
    }

    /// Forgets every key but these.
    pub fn retain(&mut self, ids: &BTreeSet<KeyId>) {
        self.keys.retain(|id, _| ids.contains(id));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = Zeroizing::new(base64url::encode(self.0.expose()));
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        let bytes = base64url::decode_array::<32>(text.as_str()).map_err(D::Error::custom)?;
        Ok(Self(Secret::new(bytes)))
    }
}
