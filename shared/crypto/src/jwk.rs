use crate::sha256;
use absah_types::base64url;
use serde::de::{self, Deserializer, IgnoredAny};
use serde::ser::{SerializeStruct as _, Serializer};
use serde::{Deserialize, Serialize};

/// The key material of a [`Jwk`]: the two kinds this project uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JwkKey {
    /// `kty` EC, `crv` P-256 (RFC 7518, section 6.2): signing keys. Not yet checked to be on the curve.
    P256 {
        /// Coordinate, big endian.
        x: [u8; 32],
        /// Coordinate, big endian.
        y: [u8; 32],
    },
    /// `kty` OKP, `crv` X25519 (RFC 8037): the counter's one-time key for an answer.
    X25519 {
        /// The public key as RFC 7748 writes it.
        x: [u8; 32],
    },
}

/// A public JSON Web Key (RFC 7517). A key that carries private members is refused: whoever sends one has
/// published it. Members not listed here are ignored, as section 4 says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jwk {
    /// The key itself.
    pub key: JwkKey,
    /// Key id, chosen by the owner.
    pub kid: Option<String>,
    /// The algorithm the key is for.
    pub alg: Option<String>,
    /// `use`: `sig` or `enc`.
    pub key_use: Option<String>,
}

impl From<JwkKey> for Jwk {
    fn from(key: JwkKey) -> Self {
        Self { key, kid: None, alg: None, key_use: None }
    }
}

impl Jwk {
    /// The same key under a key id.
    #[must_use]
    pub fn with_kid(mut self, kid: impl Into<String>) -> Self {
        self.kid = Some(kid.into());
        self
    }

    /// The same key, for one algorithm.
    #[must_use]
    pub fn with_alg(mut self, alg: impl Into<String>) -> Self {
        self.alg = Some(alg.into());
        self
    }

    /// The same key, for `sig` or `enc`.
    #[must_use]
    pub fn with_use(mut self, key_use: impl Into<String>) -> Self {
        self.key_use = Some(key_use.into());
        self
    }

    /// Compact JSON; members in the order `kty, crv, x, y, kid, alg, use`.
    pub fn to_json(&self) -> String {
        // Only strings are written: this cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// JWK thumbprint with SHA-256 (RFC 7638, section 3).
    pub fn thumbprint(&self) -> [u8; 32] {
        sha256(self.canonical().as_bytes())
    }

    /// The required members and nothing else, in lexicographic order, without blanks.
    pub(crate) fn canonical(&self) -> String {
        match &self.key {
            JwkKey::P256 { x, y } => format!(
                r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#,
                base64url::encode(x),
                base64url::encode(y)
            ),
            JwkKey::X25519 { x } => {
                format!(r#"{{"crv":"X25519","kty":"OKP","x":"{}"}}"#, base64url::encode(x))
            }
        }
    }
}

impl Serialize for Jwk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Jwk", 7)?;
        match &self.key {
            JwkKey::P256 { x, y } => {
                out.serialize_field("kty", "EC")?;
                out.serialize_field("crv", "P-256")?;
                out.serialize_field("x", &base64url::encode(x))?;
                out.serialize_field("y", &base64url::encode(y))?;
            }
            JwkKey::X25519 { x } => {
                out.serialize_field("kty", "OKP")?;
                out.serialize_field("crv", "X25519")?;
                out.serialize_field("x", &base64url::encode(x))?;
            }
        }
        for (name, member) in [("kid", &self.kid), ("alg", &self.alg), ("use", &self.key_use)] {
            match member {
                Some(text) => out.serialize_field(name, text)?,
                None => out.skip_field(name)?,
            }
        }
        out.end()
    }
}

#[derive(Deserialize)]
struct Members {
    kty: String,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    d: Option<IgnoredAny>,
    k: Option<IgnoredAny>,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    key_use: Option<String>,
}

impl<'de> Deserialize<'de> for Jwk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = Members::deserialize(deserializer)?;
        if members.d.is_some() || members.k.is_some() {
            return Err(de::Error::custom("a private key was sent"));
        }
        // RFC 7518, section 6.2.1.2: "The length of this octet string MUST be the full size of a coordinate".
        let coordinate = |text: &Option<String>| -> Result<[u8; 32], D::Error> {
            text.as_deref()
                .and_then(|text| base64url::decode(text).ok())
                .and_then(|bytes| bytes.try_into().ok())
                .ok_or_else(|| de::Error::custom("a coordinate is not 32 bytes of base64url"))
        };
        let key = match (members.kty.as_str(), members.crv.as_deref()) {
            ("EC", Some("P-256")) => JwkKey::P256 { x: coordinate(&members.x)?, y: coordinate(&members.y)? },
            ("OKP", Some("X25519")) => JwkKey::X25519 { x: coordinate(&members.x)? },
            _ => return Err(de::Error::custom("an unknown key type or curve")),
        };
        Ok(Self { key, kid: members.kid, alg: members.alg, key_use: members.key_use })
    }
}

/// A JWK Set (RFC 7517, section 5). Reading leaves out the keys of kinds we do not know, as that section
/// asks, so that a foreign issuer may publish others beside ours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct JwkSet {
    /// The keys, in the order of the document.
    pub keys: Vec<Jwk>,
}

impl JwkSet {
    /// The first key with this id.
    pub fn find(&self, kid: &str) -> Option<&Jwk> {
        self.keys.iter().find(|key| key.kid.as_deref() == Some(kid))
    }
}

impl<'de> Deserialize<'de> for JwkSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Document {
            keys: Vec<serde_json::Value>,
        }
        let document = Document::deserialize(deserializer)?;
        let keys = document.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
        Ok(Self { keys })
    }
}
