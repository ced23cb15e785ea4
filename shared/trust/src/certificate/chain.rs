//! From a leaf up to a listed root (RFC 5280, section 6).

use absah_crypto::PublicKey;
use absah_types::Timestamp;

use super::{Certificate, CertificateError};

/// Most certificates in a chain, leaf and intermediates; the root stays out.
pub const MAX_CHAIN: usize = 3;

/// Checks a chain, leaf first, without its root: each certificate signed by the next and the last by one of `roots`, all
/// holding at `at`. A chain is judged at the moment something was signed or at this moment, as the caller asks.
///
/// # Errors
/// [`CertificateError`], the first found from the leaf upwards. A root within the chain is `Purpose`.
pub fn verify_chain(chain: &[&[u8]], roots: &[&[u8]], at: Timestamp) -> Result<PublicKey, CertificateError> {
    if chain.is_empty() || chain.len() > MAX_CHAIN {
        return Err(CertificateError::Malformed);
    }
    let chain = chain.iter().map(|der| Certificate::parse(der)).collect::<Result<Vec<_>, _>>()?;
    let roots = roots.iter().map(|der| Certificate::parse(der)).collect::<Result<Vec<_>, _>>()?;
    for (below, certificate) in chain.iter().enumerate() {
        let is_leaf = below == 0;
        if certificate.is_authority == is_leaf || certificate.is_self_issued() {
            return Err(CertificateError::Purpose);
        }
        certificate.covers(at)?;
        certificate.may_stand_above(below)?;
    }
    for (certificate, above) in chain.iter().zip(chain.iter().skip(1)) {
        if !certificate.signed_by(above)? {
            return Err(CertificateError::UnknownAuthority);
        }
    }
    let (Some(leaf), Some(top)) = (chain.first(), chain.last()) else {
        return Err(CertificateError::Malformed);
    };
    for root in &roots {
        if root.is_authority && top.signed_by(root)? {
            root.covers(at)?;
            root.may_stand_above(chain.len())?;
            return Ok(leaf.key.clone());
        }
    }
    Err(CertificateError::UnknownAuthority)
}

/// Whether the one certificate was signed by the other, an authority; nothing is said about time.
///
/// # Errors
/// `Malformed`, `Algorithm`, `Purpose`.
pub fn is_signed_by(certificate: &[u8], authority: &[u8]) -> Result<bool, CertificateError> {
    let (certificate, authority) = (Certificate::parse(certificate)?, Certificate::parse(authority)?);
    if !authority.is_authority {
        return Err(CertificateError::Purpose);
    }
    certificate.signed_by(&authority)
}

impl Certificate {
    fn is_self_issued(&self) -> bool {
        let tbs = self.parsed.tbs_certificate();
        tbs.issuer() == tbs.subject()
    }

    /// "it gives the maximum number of non-self-issued intermediate certificates that may follow this certificate in a
    /// valid certification path"; `below` counts the leaf, too.
    fn may_stand_above(&self, below: usize) -> Result<(), CertificateError> {
        let intermediates = below.saturating_sub(1);
        match self.path_len {
            Some(most) if intermediates > usize::from(most) => Err(CertificateError::Purpose),
            _ => Ok(()),
        }
    }
}
