//! Bytes kept as unpadded base64url text in the vault's JSON.

use absah_types::base64url;
use serde::{Deserialize, Serialize};

/// Bytes whose Debug shows only how many they are: a portrait is biometric data.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Blob(Vec<u8>);

impl Blob {
    /// Wraps bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<String> for Blob {
    type Error = base64url::Base64UrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        base64url::decode(&text).map(Self)
    }
}

impl From<Blob> for String {
    fn from(blob: Blob) -> Self {
        base64url::encode(&blob.0)
    }
}

impl std::fmt::Debug for Blob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Blob({} bytes)", self.0.len())
    }
}
