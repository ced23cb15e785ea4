//! The two forms of one card.

use crate::claim_path::ClaimPath;

/// How a credential is written and secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// W3C VCDM 2.0 secured by SD-JWT (VC-JOSE-COSE). In OpenID4VCI and OpenID4VP our own extension.
    VcSdJwt,
    /// IETF SD-JWT VC.
    DcSdJwt,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::VcSdJwt, Self::DcSdJwt];

    /// The format identifier, which is also the `typ` of the JWT.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VcSdJwt => "vc+sd-jwt",
            Self::DcSdJwt => "dc+sd-jwt",
        }
    }

    /// The format with this [`Format::name`].
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The path from the root of a credential to a claim about its subject: `nama` stands under
    /// `credentialSubject` in one format and at the top in the other.
    pub fn from_root(self, claim: &ClaimPath) -> ClaimPath {
        match self {
            Self::VcSdJwt => claim.under("credentialSubject"),
            Self::DcSdJwt => claim.clone(),
        }
    }

    /// The other way: the claim about the subject that a path from the root names, if it does.
    pub fn to_subject(self, path: &ClaimPath) -> Option<ClaimPath> {
        match self {
            Self::VcSdJwt => path.below("credentialSubject"),
            Self::DcSdJwt => Some(path.clone()),
        }
    }
}
