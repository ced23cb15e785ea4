//! The issuer's side: what it publishes and what it checks. It stores nothing; a check returns the facts
//! that the store must keep.

pub mod authorization;
pub mod credential_request;
pub mod grants;
pub mod metadata;
pub mod nonce;
pub mod token;

pub use authorization::{AuthorizationError, Pushed};
pub use credential_request::{
    CredentialRequest, CredentialRequestError, CredentialResponse, Issued, ProofExpectation,
};
pub use grants::{CodeRecord, CodeRequest, GrantRequest};
pub use metadata::{Configuration, Localized, Profile, PublishedKey, Types};
pub use nonce::{NonceError, NonceKey};
pub use token::{OfferRecord, TokenError, TokenRequest, TokenResponse, TxCodeTag};
