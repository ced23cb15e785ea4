use crate::PublicKey;
use absah_types::coded;
use core::fmt;

/// The signature algorithms this project knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SigningAlgorithm {
    /// ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4).
    Es256,
}

impl SigningAlgorithm {
    /// The name in a JOSE `alg` member.
    pub fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
        }
    }
}

/// An ES256 signature: `r ‖ s`, 32 bytes each, big endian (RFC 7518, section 3.4).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 64]);

impl Signature {
    /// From the 64 bytes `r ‖ s`. Whether they sign anything is for [`PublicKey::verify`] to say.
    pub fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// From a slice.
    ///
    /// # Errors
    /// [`SignatureError::Length`] unless there are exactly 64 bytes.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, SignatureError> {
        bytes.try_into().map(Self).map_err(|_| SignatureError::Length(bytes.len()))
    }

    /// From the ASN.1 form `SEQUENCE { r INTEGER, s INTEGER }` in strict DER, as X.509 and TUF write it
    /// (RFC 5480 refers to RFC 3279, section 2.2.3).
    ///
    /// # Errors
    /// [`SignatureError::NotDer`] for anything but the one canonical encoding of two numbers of at most 32 bytes.
    pub fn from_der(der: &[u8]) -> Result<Self, SignatureError> {
        crate::der::read_signature(der).map(Self).ok_or(SignatureError::NotDer)
    }

    /// The ASN.1 form in DER, 8 to 72 bytes.
    pub fn to_der(&self) -> Vec<u8> {
        crate::der::write_signature(&self.0)
    }

    /// The 64 bytes `r ‖ s`.
    pub fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(…)")
    }
}

/// Why bytes are no signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureError {
    /// `r ‖ s` must have 64 bytes; there were this many.
    Length(usize),
    /// Not the canonical DER of two positive integers.
    NotDer,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(n) => write!(f, "a signature has 64 bytes, not {n}"),
            Self::NotDer => f.write_str("the signature is not canonical DER"),
        }
    }
}

impl std::error::Error for SignatureError {}

coded! { SignatureError {
    Length(..) => ("signature-length", Peer),
    NotDer => ("signature-not-der", Peer),
} }

/// Why a signature was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerifyError {
    /// This key did not sign these bytes.
    Mismatch,
    /// The bytes are no signature at all.
    Malformed(SignatureError),
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch => f.write_str("the signature does not fit the key and the message"),
            Self::Malformed(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for VerifyError {}

coded! { VerifyError {
    Mismatch => ("signature-mismatch", Peer),
    Malformed(e) => inner(e),
} }

/// Why nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignError {
    /// The place where the key lives (file, token, secure element) did not answer.
    Unavailable,
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the signing key is not available")
    }
}

impl std::error::Error for SignError {}

coded! { SignError { Unavailable => ("signer-unavailable", Environment) } }

/// Whoever can sign with one P-256 key: a key in memory, a PKCS#11 token, a phone's secure element.
pub trait Signer {
    /// The key that verifies what [`Signer::sign`] makes.
    fn public_key(&self) -> &PublicKey;

    /// Signs `message` with ES256; the message is hashed here.
    ///
    /// # Errors
    /// [`SignError::Unavailable`] if the key cannot be reached.
    fn sign(&self, message: &[u8]) -> Result<Signature, SignError>;
}
