//! Access certificates: a counter's key, vouched for by the registry's certificate authority (RFC 5280).

mod chain;
#[cfg(test)]
pub(crate) mod tests;

pub use chain::{MAX_CHAIN, is_signed_by, verify_chain};

use absah_crypto::{PublicKey, sha256};
use absah_types::{Timestamp, base64url, coded};
use der::{Decode, Encode};
use x509_cert::Certificate as X509;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};

/// Largest certificate read, in bytes.
pub const MAX_CERTIFICATE_BYTES: usize = 4096;

/// Object identifier of ECDSA with SHA-256 (RFC 5758, section 3.2).
const ECDSA_WITH_SHA256: &str = "1.2.840.10045.4.3.2";

/// Why a certificate is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateError {
    /// Not one certificate in DER, or larger than [`MAX_CERTIFICATE_BYTES`].
    Malformed,
    /// Its key or signature is of another kind than ECDSA P-256 with SHA-256.
    Algorithm,
    /// It is an authority where a leaf belongs, or a leaf where an authority belongs.
    Purpose,
    /// None of the listed authorities signed it.
    UnknownAuthority,
    /// Its period has not begun.
    NotYetValid {
        /// When it begins.
        from: Timestamp,
    },
    /// Its period, or that of its authority, has ended.
    Expired {
        /// When it ended.
        at: Timestamp,
    },
}

impl core::fmt::Display for CertificateError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed => f.write_str("certificate malformed"),
            Self::Algorithm => f.write_str("certificate of another algorithm"),
            Self::Purpose => f.write_str("certificate made for another purpose"),
            Self::UnknownAuthority => f.write_str("certificate of an unknown authority"),
            Self::NotYetValid { from } => write!(f, "certificate valid only from {from}"),
            Self::Expired { at } => write!(f, "certificate ended at {at}"),
        }
    }
}

impl core::error::Error for CertificateError {}

coded! { CertificateError {
    Malformed => ("certificate-malformed", Peer),
    Algorithm => ("certificate-algorithm", Peer),
    Purpose => ("certificate-purpose", Peer),
    UnknownAuthority => ("certificate-unknown-authority", Peer),
    NotYetValid { .. } => ("certificate-not-yet-valid", Peer),
    Expired { .. } => ("certificate-expired", Peer),
} }

/// A parsed certificate. Parsing proves nothing: [`AccessCertificate::trust`] does.
#[derive(Debug, Clone)]
struct Certificate {
    der: Vec<u8>,
    parsed: X509,
    key: PublicKey,
    not_before: Timestamp,
    not_after: Timestamp,
    is_authority: bool,
    /// How many authorities may stand between it and a leaf; nothing: any number.
    path_len: Option<u8>,
}

impl Certificate {
    fn parse(bytes: &[u8]) -> Result<Self, CertificateError> {
        if bytes.len() > MAX_CERTIFICATE_BYTES {
            return Err(CertificateError::Malformed);
        }
        let malformed = |_| CertificateError::Malformed;
        let parsed = X509::from_der(bytes).map_err(malformed)?;
        // What is hashed and compared are these very bytes; a second encoding of the same certificate is none.
        if parsed.to_der().map_err(malformed)? != bytes {
            return Err(CertificateError::Malformed);
        }
        let tbs = parsed.tbs_certificate();
        let spki = tbs.subject_public_key_info().to_der().map_err(malformed)?;
        let key = PublicKey::from_spki_der(&spki).map_err(|_| CertificateError::Algorithm)?;
        let constraints = tbs.get_extension::<BasicConstraints>().map_err(malformed)?;
        let usage = tbs.get_extension::<KeyUsage>().map_err(malformed)?;
        let path_len = constraints.as_ref().and_then(|(_, constraints)| constraints.path_len_constraint);
        let is_authority = constraints.is_some_and(|(_, constraints)| constraints.ca);
        // "If the cA boolean is not asserted, then the keyCertSign bit in the key usage extension MUST NOT
        // be asserted."
        if let Some((_, usage)) = usage
            && (usage.key_cert_sign() != is_authority || !(is_authority || usage.digital_signature()))
        {
            return Err(CertificateError::Purpose);
        }
        let at = |time: &x509_cert::time::Time| {
            i64::try_from(time.to_unix_duration().as_secs()).map(Timestamp::from_unix).ok()
        };
        let not_before = at(&tbs.validity().not_before).ok_or(CertificateError::Malformed)?;
        let not_after = at(&tbs.validity().not_after).ok_or(CertificateError::Malformed)?;
        Ok(Self { der: bytes.to_vec(), key, not_before, not_after, is_authority, path_len, parsed })
    }

    fn signed_by(&self, authority: &Self) -> Result<bool, CertificateError> {
        let tbs = self.parsed.tbs_certificate();
        if tbs.issuer() != authority.parsed.tbs_certificate().subject() {
            return Ok(false);
        }
        // "This field MUST contain the same algorithm identifier as the signature field in the sequence
        // tbsCertificate."
        let algorithm = self.parsed.signature_algorithm();
        if algorithm != tbs.signature() || algorithm.oid.to_string() != ECDSA_WITH_SHA256 {
            return Err(CertificateError::Algorithm);
        }
        let signed = tbs.to_der().map_err(|_| CertificateError::Malformed)?;
        let signature = self.parsed.signature().as_bytes().ok_or(CertificateError::Malformed)?;
        Ok(authority.key.verify_der(&signed, signature).is_ok())
    }

    fn covers(&self, now: Timestamp) -> Result<(), CertificateError> {
        if now < self.not_before {
            return Err(CertificateError::NotYetValid { from: self.not_before });
        }
        // "The validity period for a certificate is the period of time from notBefore through notAfter,
        // inclusive."
        if now > self.not_after {
            return Err(CertificateError::Expired { at: self.not_after });
        }
        Ok(())
    }
}

/// A counter's certificate that one of the listed authorities signed. Made only by
/// [`AccessCertificate::trust`].
#[derive(Debug, Clone)]
pub struct AccessCertificate {
    leaf: Certificate,
    authority_not_after: Timestamp,
}

impl AccessCertificate {
    /// Checks form and signature of a leaf against the authorities (all DER). The period is a separate
    /// question, [`AccessCertificate::valid_at`]: an ended certificate is still known.
    ///
    /// # Errors
    /// [`CertificateError`]; `UnknownAuthority` when no authority signed it.
    pub fn trust<'a>(
        leaf: &[u8],
        authorities: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, CertificateError> {
        let leaf = Certificate::parse(leaf)?;
        if leaf.is_authority {
            return Err(CertificateError::Purpose);
        }
        for authority in authorities {
            let authority = Certificate::parse(authority)?;
            if !authority.is_authority {
                return Err(CertificateError::Purpose);
            }
            if leaf.signed_by(&authority)? {
                return Ok(Self { authority_not_after: authority.not_after, leaf });
            }
        }
        Err(CertificateError::UnknownAuthority)
    }

    /// Whether the certificate and its authority hold at `now`.
    ///
    /// # Errors
    /// `NotYetValid` or `Expired`.
    pub fn valid_at(&self, now: Timestamp) -> Result<(), CertificateError> {
        self.leaf.covers(now)?;
        if now > self.authority_not_after {
            return Err(CertificateError::Expired { at: self.authority_not_after });
        }
        Ok(())
    }

    /// The counter's key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.leaf.key
    }

    /// The certificate in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.leaf.der
    }

    /// The last moment of its period.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        self.leaf.not_after
    }

    /// The client identifier of OpenID4VP 1.0, section 5.9.3: `x509_hash:` and the base64url SHA-256 of the
    /// certificate.
    #[must_use]
    pub fn client_id(&self) -> String {
        client_id(&self.leaf.der)
    }
}

/// `x509_hash:` and the base64url SHA-256 of a certificate in DER.
#[must_use]
pub fn client_id(leaf: &[u8]) -> String {
    format!("x509_hash:{}", base64url::encode(sha256(leaf)))
}

/// The first and last moment of a certificate's period, without any trust in it.
///
/// # Errors
/// `Malformed`, `Algorithm` or `Purpose`.
pub fn dangerous_period_of(certificate: &[u8]) -> Result<(Timestamp, Timestamp), CertificateError> {
    Certificate::parse(certificate).map(|certificate| (certificate.not_before, certificate.not_after))
}

/// The P-256 key in a certificate, without any trust in it.
///
/// # Errors
/// `Malformed`, `Algorithm` or `Purpose`.
pub fn dangerous_key_of(certificate: &[u8]) -> Result<PublicKey, CertificateError> {
    Certificate::parse(certificate).map(|certificate| certificate.key)
}
