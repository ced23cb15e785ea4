use crate::backend;
use crate::der;
use crate::{Jwk, JwkKey, SignError, Signature, Signer, VerifyError, json, sha256};
use absah_types::{Rng, Secret, base64url, coded};
use core::fmt;

/// A point on P-256, checked to lie on the curve and not at infinity. Everything read from outside becomes
/// one of these before anything is verified with it.
///
/// Kept as its 65 bytes of SEC 1 (`04 ‖ x ‖ y`) beside the backend's parsed form, so that all other forms
/// are cheap.
#[derive(Clone)]
pub struct PublicKey {
    point: [u8; 65],
    key: backend::VerifyingKey,
}

impl PublicKey {
    /// From the uncompressed SEC 1 form `04 ‖ x ‖ y` (section 2.3.3). The compressed form is not read: no
    /// protocol here sends it.
    ///
    /// # Errors
    /// [`KeyError::Malformed`] unless there are 65 bytes starting with 4; [`KeyError::NotOnCurve`].
    pub fn from_sec1(bytes: &[u8]) -> Result<Self, KeyError> {
        let point: [u8; 65] = bytes.try_into().map_err(|_| KeyError::Malformed)?;
        if point.first() != Some(&4) {
            return Err(KeyError::Malformed);
        }
        let key = backend::VerifyingKey::new(&point).map_err(|_| KeyError::NotOnCurve)?;
        Ok(Self { point, key })
    }

    /// The uncompressed SEC 1 form.
    pub fn to_sec1(&self) -> &[u8; 65] {
        &self.point
    }

    /// From a JSON Web Key of type EC, curve P-256 (RFC 7518, section 6.2.1).
    ///
    /// # Errors
    /// [`KeyError::WrongType`] for another kind of key, [`KeyError::NotOnCurve`].
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, KeyError> {
        match &jwk.key {
            JwkKey::P256 { x, y } => Self::from_coordinates(x, y),
            JwkKey::X25519 { .. } => Err(KeyError::WrongType),
        }
    }

    fn from_coordinates(x: &[u8; 32], y: &[u8; 32]) -> Result<Self, KeyError> {
        let mut point = [4u8; 65];
        for (to, from) in point.iter_mut().skip(1).zip(x.iter().chain(y)) {
            *to = *from;
        }
        Self::from_sec1(&point)
    }

    /// As a JSON Web Key with `kty`, `crv`, `x`, `y` and nothing more.
    pub fn to_jwk(&self) -> Jwk {
        let (x, y) = self.coordinates();
        Jwk::from(JwkKey::P256 { x, y })
    }

    fn coordinates(&self) -> ([u8; 32], [u8; 32]) {
        let (mut x, mut y) = ([0u8; 32], [0u8; 32]);
        for (to, from) in x.iter_mut().chain(&mut y).zip(self.point.iter().skip(1)) {
            *to = *from;
        }
        (x, y)
    }

    /// From DER `SubjectPublicKeyInfo` with the named curve and an uncompressed point (RFC 5480).
    ///
    /// # Errors
    /// [`KeyError::WrongType`] for any other algorithm or form, [`KeyError::Malformed`], [`KeyError::NotOnCurve`].
    pub fn from_spki_der(der: &[u8]) -> Result<Self, KeyError> {
        Self::from_sec1(der::read_spki(der).ok_or(KeyError::WrongType)?)
    }

    /// As DER `SubjectPublicKeyInfo`, always 91 bytes.
    pub fn to_spki_der(&self) -> [u8; 91] {
        der::write_spki(&self.point)
    }

    /// JWK thumbprint with SHA-256 (RFC 7638): the digest of the required members in lexicographic order.
    pub fn thumbprint(&self) -> [u8; 32] {
        self.to_jwk().thumbprint()
    }

    /// SHA-256 of the `SubjectPublicKeyInfo`: how a registration names a counter's key.
    pub fn spki_sha256(&self) -> [u8; 32] {
        sha256(&self.to_spki_der())
    }

    /// Checks an ES256 signature over `message`.
    ///
    /// # Errors
    /// [`VerifyError::Mismatch`], also for `r` or `s` being zero or not below the order of the curve.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), VerifyError> {
        self.key.verify(message, signature.as_bytes()).map_err(|_| VerifyError::Mismatch)
    }

    /// Checks an ECDSA P-256 SHA-256 signature in ASN.1 form, as X.509 and TUF carry it.
    ///
    /// # Errors
    /// [`VerifyError::Malformed`] unless it is canonical DER, [`VerifyError::Mismatch`].
    pub fn verify_der(&self, message: &[u8], signature: &[u8]) -> Result<(), VerifyError> {
        let signature = Signature::from_der(signature).map_err(VerifyError::Malformed)?;
        self.verify(message, &signature)
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.point == other.point
    }
}

impl Eq for PublicKey {}

impl core::hash::Hash for PublicKey {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.point.hash(state);
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", base64url::encode(self.thumbprint()))
    }
}

/// A P-256 private key in memory; wiped when dropped.
pub struct PrivateKey {
    scalar: Secret<[u8; 32]>,
    public: PublicKey,
    key: backend::SigningKey,
}

impl PrivateKey {
    /// A fresh key. Draws 32 bytes until they are a scalar of the curve: nearly always once.
    pub fn generate(rng: &mut dyn Rng) -> Self {
        loop {
            if let Ok(key) = Self::from_bytes(&Secret::new(absah_types::array(rng))) {
                return key;
            }
        }
    }

    /// From the scalar, 32 bytes big endian.
    ///
    /// # Errors
    /// [`KeyError::OutOfRange`] unless `1 <= scalar < n`.
    pub fn from_bytes(scalar: &Secret<[u8; 32]>) -> Result<Self, KeyError> {
        let point = backend::public_point(scalar.expose()).ok_or(KeyError::OutOfRange)?;
        let key = backend::SigningKey::new(scalar.expose(), &point).map_err(|_| KeyError::OutOfRange)?;
        Ok(Self { scalar: Secret::new(*scalar.expose()), public: PublicKey::from_sec1(&point)?, key })
    }

    /// The scalar, 32 bytes big endian.
    pub fn to_bytes(&self) -> Secret<[u8; 32]> {
        Secret::new(*self.scalar.expose())
    }

    /// From unencrypted PKCS#8 DER with the public key inside, as OpenSSL and most tools write P-256 keys.
    ///
    /// # Errors
    /// [`KeyError::WrongType`] for another key or form, [`KeyError::OutOfRange`], [`KeyError::Malformed`] if the
    /// public key inside is another one.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        let (scalar, point) = der::read_pkcs8(der).ok_or(KeyError::WrongType)?;
        let key = Self::from_bytes(&Secret::new(*scalar))?;
        if key.public.point.as_slice() != point {
            return Err(KeyError::Malformed);
        }
        Ok(key)
    }

    /// As unencrypted PKCS#8 DER, 138 bytes.
    pub fn to_pkcs8_der(&self) -> Secret<Vec<u8>> {
        Secret::new(der::write_pkcs8(self.scalar.expose(), &self.public.point))
    }

    /// What both owners of two key pairs can work out and nobody else: the x coordinate of the common point (ECDH, SEC 1,
    /// section 3.3.1). Never a key by itself: derive one from it.
    #[expect(clippy::expect_used, reason = "both halves were checked when they were made")]
    pub fn agree(&self, other: &PublicKey) -> Secret<[u8; 32]> {
        let secret = p256::SecretKey::from_slice(self.scalar.expose()).expect("a scalar of the curve");
        let public = p256::PublicKey::from_sec1_bytes(&other.point).expect("a point on the curve");
        let shared = p256::ecdh::diffie_hellman(secret.to_nonzero_scalar(), public.as_affine());
        Secret::new((*shared.raw_secret_bytes()).into())
    }

    /// The key that verifies.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// Signs with ES256. Deterministic (RFC 6979) in plain Rust, randomised on aws-lc: never compare signatures.
    #[expect(clippy::expect_used, reason = "fails only if r or s is zero: about once in 2^255 signatures")]
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature::from_bytes(self.key.sign(message).expect("a valid scalar signs every message"))
    }
}

impl Signer for PrivateKey {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<Signature, SignError> {
        self.key.sign(message).map(Signature::from_bytes).map_err(|_| SignError::Unavailable)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey of {:?}", self.public)
    }
}

/// The `did:jwk` of a key: the JWK itself, encoded (did:jwk method specification). Its members stand in
/// lexicographic order without blanks, so that one key has one such name.
pub fn did_jwk(key: &PublicKey) -> String {
    format!("did:jwk:{}", base64url::encode(key.to_jwk().canonical()))
}

/// The key inside a `did:jwk`.
///
/// # Errors
/// [`KeyError::Malformed`] unless it is one, [`KeyError::WrongType`], [`KeyError::NotOnCurve`].
pub fn from_did_jwk(did: &str) -> Result<PublicKey, KeyError> {
    let encoded = did.strip_prefix("did:jwk:").ok_or(KeyError::Malformed)?;
    let text = base64url::decode(encoded).map_err(|_| KeyError::Malformed)?;
    let jwk: Jwk = json::from_slice(&text).map_err(|_| KeyError::Malformed)?;
    PublicKey::from_jwk(&jwk)
}

/// Why something is no usable key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// Not the form it should have (length, members, encoding).
    Malformed,
    /// A key of another algorithm, curve or encoding than P-256 here.
    WrongType,
    /// The coordinates are not a point of P-256.
    NotOnCurve,
    /// The private number is zero or not below the order of P-256.
    OutOfRange,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the key is malformed",
            Self::WrongType => "the key is of another type than expected",
            Self::NotOnCurve => "the key is not a point of the curve",
            Self::OutOfRange => "the private key is out of range",
        })
    }
}

impl std::error::Error for KeyError {}

coded! { KeyError {
    Malformed => ("key-malformed", Peer),
    WrongType => ("key-wrong-type", Peer),
    NotOnCurve => ("key-not-on-curve", Peer),
    OutOfRange => ("key-out-of-range", Peer),
} }

#[cfg(test)]
mod tests;
