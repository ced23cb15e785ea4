//! The certificates of a trust list: each signer's chain must lead to a root of the same list.

use absah_crypto::PublicKey;
use absah_types::coded;

use crate::certificate::{CertificateError, is_signed_by, verify_chain};
use crate::trust_list::{CertificateDer, Issuer, TrustList, TrustedKey};

/// A certificate of a trust list does not hold. `name` is the key whose it is; for an authority, its issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainError {
    /// It does not lead to a root of the list.
    Certificate {
        /// Whose.
        name: String,
        /// What is wrong with it.
        because: CertificateError,
    },
    /// It was made for another key.
    OtherKey {
        /// Whose.
        name: String,
    },
}

impl core::fmt::Display for ChainError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Certificate { name, because } => {
                write!(f, "certificates of {name} do not lead to the root: {because}")
            }
            Self::OtherKey { name } => write!(f, "certificate of {name} made for another key"),
        }
    }
}

impl core::error::Error for ChainError {}

coded! { ChainError {
    Certificate { .. } => ("bundle-signer-chain", Peer),
    OtherKey { .. } => ("bundle-signer-chain-key", Peer),
} }

/// Checks the chains of all keys that have one, and the authorities. What is judged is the moment of the list, or the last
/// moment a key signed if that was earlier: certificates end while what was signed by then stays believed.
///
/// # Errors
/// [`ChainError`], the first found.
pub fn check_chains(trust: &TrustList) -> Result<(), ChainError> {
    for issuer in &trust.issuers {
        let anchors = anchors(issuer);
        for authority in issuer.authorities.iter().filter(|_| !issuer.roots.is_empty()) {
            let leads = |anchor: &&&[u8]| is_signed_by(&authority.0, anchor) == Ok(true);
            if anchors.iter().find(leads).is_none() {
                let name = issuer.ids.first().cloned().unwrap_or_default();
                return Err(ChainError::Certificate { name, because: CertificateError::UnknownAuthority });
            }
        }
        for key in issuer.keys.iter().filter(|key| !key.x5c.is_empty()) {
            check_chain(key, &anchors, trust)?;
        }
    }
    Ok(())
}

fn check_chain(key: &TrustedKey, anchors: &[&[u8]], trust: &TrustList) -> Result<(), ChainError> {
    let at = key.valid_until.map_or(trust.issued_at, |end| end.min(trust.issued_at));
    let mut chain: Vec<&[u8]> = key.x5c.iter().map(|der| der.0.as_slice()).collect();
    // A list of before there were roots in it: the authorities are what it leads to.
    if chain.len() > 1 && chain.last().is_some_and(|top| anchors.contains(top)) {
        chain.pop();
    }
    let certified = verify_chain(&chain, anchors, at)
        .map_err(|because| ChainError::Certificate { name: key.kid.clone(), because })?;
    if PublicKey::from_jwk(&key.jwk).is_ok_and(|own| own == certified) {
        return Ok(());
    }
    Err(ChainError::OtherKey { name: key.kid.clone() })
}

/// Where chains may end: the roots, and authorities that signed themselves, as that of the first version did.
fn anchors(issuer: &Issuer) -> Vec<&[u8]> {
    let ends = |der: &&CertificateDer| issuer.roots.is_empty() || is_signed_by(&der.0, &der.0) == Ok(true);
    issuer.roots.iter().chain(issuer.authorities.iter().filter(ends)).map(|der| der.0.as_slice()).collect()
}

#[cfg(test)]
mod tests {
    use absah_types::{Coded as _, Seconds};

    use super::*;
    use crate::certificate::tests::{ISSUING, LEAF, Made, NOW, ROOT};
    use crate::sample::{City, key};
    use crate::trust_list::TrustList;

    fn root() -> Made {
        Made::authority(ROOT, ROOT, 1)
    }

    fn issuing() -> Made {
        Made::authority(ISSUING, ROOT, 0)
    }

    /// A list of one key with this chain; the issuing authority and the root are listed.
    fn list(chain: &[Made], roots: &[Made]) -> TrustList {
        let der = |made: &Made| CertificateDer(made.der());
        let mut list = City::at(NOW.plus(Seconds::days(1))).trust();
        let issuer = &mut list.issuers[0];
        issuer.keys.truncate(1);
        issuer.keys[0].jwk = key(LEAF.1).public_key().to_jwk();
        issuer.keys[0].x5c = chain.iter().map(der).collect();
        issuer.authorities = vec![der(&issuing())];
        issuer.roots = roots.iter().map(der).collect();
        list
    }

    fn code(list: &TrustList) -> &'static str {
        check_chains(list).map_or_else(|error| error.code(), |()| "ok")
    }

    #[test]
    fn hostile_chains_of_a_list_are_refused_by_name() {
        let good = || vec![Made::leaf(), issuing()];
        let rogue = ("Akar", 31);
        let of_rogue = || Made { issuer: rogue, ..issuing() };
        let cases: Vec<(&str, Vec<Made>, Vec<Made>, &str)> = vec![
            ("as it should be", good(), vec![root()], "ok"),
            ("no certificate", vec![], vec![root()], "ok"),
            ("a list without roots", good(), vec![], "ok"),
            (
                "an authority of another root",
                vec![Made::leaf(), of_rogue()],
                vec![root()],
                "bundle-signer-chain",
            ),
            ("the authority left out", vec![Made::leaf()], vec![root()], "bundle-signer-chain"),
            ("upside down", vec![issuing(), Made::leaf()], vec![root()], "bundle-signer-chain"),
            (
                "a leaf of its own",
                vec![Made { issuer: LEAF, ..Made::leaf() }],
                vec![root()],
                "bundle-signer-chain",
            ),
            ("another root", good(), vec![Made::authority(rogue, rogue, 1)], "bundle-signer-chain"),
            (
                "ended",
                vec![Made { days: (-3, 0), ..Made::leaf() }, issuing()],
                vec![root()],
                "bundle-signer-chain",
            ),
            (
                "of another key",
                vec![Made { subject: (LEAF.0, 40), ..Made::leaf() }, issuing()],
                vec![root()],
                "bundle-signer-chain-key",
            ),
            (
                "a list without roots, of a stranger",
                vec![Made::leaf(), of_rogue()],
                vec![],
                "bundle-signer-chain",
            ),
        ];
        for (name, chain, roots, expected) in cases {
            assert_eq!(code(&list(&chain, &roots)), expected, "{name}");
        }
        let error = check_chains(&list(&[Made::leaf()], &[root()])).unwrap_err().to_string();
        assert!(error.contains(City::CREDENTIAL_KID), "{error}");
    }

    #[test]
    fn an_authority_under_no_root_is_refused() {
        let mut list = list(&[Made::leaf(), issuing()], &[root()]);
        list.issuers[0].authorities.push(CertificateDer(Made::authority(ISSUING, ("Akar", 31), 0).der()));
        assert_eq!(code(&list), "bundle-signer-chain");
        list.issuers[0].authorities.pop();
        list.issuers[0].authorities.push(CertificateDer(City::at(NOW).authority()));
        assert_eq!(code(&list), "ok", "that of the first version signed itself");
    }

    #[test]
    fn a_key_that_ended_is_judged_by_its_last_moment() {
        let leaf = || Made { days: (-9, 0), ..Made::leaf() };
        let mut ended = list(&[leaf(), issuing()], &[root()]);
        assert_eq!(code(&ended), "bundle-signer-chain");
        ended.issuers[0].keys[0].valid_until = Some(NOW);
        assert_eq!(code(&ended), "ok");
        let mut late = list(&[leaf(), Made { days: (1, 9), ..issuing() }], &[root()]);
        late.issuers[0].keys[0].valid_until = Some(NOW);
        assert_eq!(code(&late), "bundle-signer-chain", "the authority, too, must have been one by then");
    }
}
