//! OpenID for Verifiable Credential Issuance 1.0, pre-authorised code flow with transaction code.
//!
//! ```text
//!  wallet                                            issuer
//!    offer (deep link, by reference) ───────────────── issuer::Offer
//!    holder::Receiving: metadata, token, nonce, proofs ─► issuer::{metadata, token, nonce, credential_request}
//!    holder::verify ◄─────────────────────────────────── messages::CredentialResponse
//! ```

pub mod encryption;
pub mod holder;
pub mod issuer;
mod offer;
#[cfg(test)]
mod tests;

pub use offer::{
    AuthorizationCode, Carried, Grants, Link, MAX_DESCRIPTION, MAX_LINK, MAX_OFFER, Offer, OfferError,
    PreAuthorized, TxCodeInput, TxCodePrompt, deep_link, public_link,
};

/// `grant_type` of the pre-authorised code flow.
pub const PRE_AUTHORIZED_CODE: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
/// `typ` of a proof of possession (appendix F.1).
pub const PROOF_TYPE: &str = "openid4vci-proof+jwt";
/// Claim of a proof that says where its key lives, where that is not an encrypted file; named as the claim of the card
/// that says it to everybody.
pub const KEY_ASSURANCE: &str = "jaminanKunci";
/// Most keys, and so copies of one credential, in one Credential Request.
pub const BATCH_SIZE: usize = 12;
/// Digits of our transaction code.
pub const TX_CODE_LENGTH: usize = 6;
/// Name of the member beside `credential` that carries the portrait of a `vc+sd-jwt`: salt and picture,
/// base64url. Part of our extension for that format.
pub const PORTRAIT_MEMBER: &str = "absah_portrait";
