//! Holder keys as the core sees them: names and public halves. The private halves stay with the shell
//! (software keys in the vault, an OS key store, a phone's secure element, `WebCrypto`).

use absah_credential::KeyAssurance;
use absah_crypto::{PublicKey, Signature};
use serde::{Deserialize, Serialize};

/// Name of one holder key, given by the key store that made it; opaque to the core.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyId(pub String);

/// A fresh key pair in the key store: its name and its public half.
#[derive(Clone, Debug)]
pub struct HolderKey {
    /// How to ask the store for a signature by it.
    pub id: KeyId,
    /// What goes into proofs of possession and, from there, into `cnf`.
    pub public: PublicKey,
    /// Where the key lives: said in proofs of possession, and by the issuer in the card.
    pub assurance: KeyAssurance,
}

/// One signature to be made: over `bytes` by the key named `key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// The key.
    pub key: KeyId,
    /// The exact bytes to sign (a JWS signing input), never personal data beyond what the holder agreed to send.
    pub bytes: Vec<u8>,
}

/// What came back for a list of [`Signing`], in the same order.
pub type Signatures = Vec<Signature>;
