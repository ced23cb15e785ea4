//! Errors as OAuth 2.0 writes them on the wire (RFC 6749 section 5.2, RFC 6750 section 3.1,
//! OpenID4VCI 1.0 sections 6.3, 8.3.1, 9.3 and 11.3; RFC 9126 section 2.3; RFC 9449 section 8), and what wallets prove.

pub mod dpop;
pub mod pkce;

use absah_types::Coded;
use serde_json::{Value, json};

/// An `error` code on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OAuthError {
    /// `invalid_request`
    InvalidRequest,
    /// `invalid_client`
    InvalidClient,
    /// `invalid_grant`
    InvalidGrant,
    /// `unsupported_grant_type`
    UnsupportedGrantType,
    /// `invalid_token` (RFC 6750)
    InvalidToken,
    /// `invalid_credential_request`
    InvalidCredentialRequest,
    /// `unknown_credential_configuration`
    UnknownCredentialConfiguration,
    /// `unknown_credential_identifier`
    UnknownCredentialIdentifier,
    /// `invalid_proof`
    InvalidProof,
    /// `invalid_nonce`
    InvalidNonce,
    /// `invalid_encryption_parameters`
    InvalidEncryptionParameters,
    /// `credential_request_denied`
    CredentialRequestDenied,
    /// `access_denied`: the person said no.
    AccessDenied,
    /// `invalid_scope`
    InvalidScope,
    /// `unsupported_response_type`
    UnsupportedResponseType,
    /// `invalid_authorization_details` (RFC 9396)
    InvalidAuthorizationDetails,
    /// `invalid_dpop_proof` (RFC 9449)
    InvalidDpopProof,
    /// `use_dpop_nonce` (RFC 9449)
    UseDpopNonce,
    /// `issuance_pending`
    IssuancePending,
    /// `invalid_transaction_id`
    InvalidTransactionId,
    /// `invalid_notification_id`
    InvalidNotificationId,
    /// `invalid_notification_request`
    InvalidNotificationRequest,
    /// `server_error`
    ServerError,
}

impl OAuthError {
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::InvalidRequest,
        Self::InvalidClient,
        Self::InvalidGrant,
        Self::UnsupportedGrantType,
        Self::InvalidToken,
        Self::InvalidCredentialRequest,
        Self::UnknownCredentialConfiguration,
        Self::UnknownCredentialIdentifier,
        Self::InvalidProof,
        Self::InvalidNonce,
        Self::InvalidEncryptionParameters,
        Self::CredentialRequestDenied,
        Self::AccessDenied,
        Self::InvalidScope,
        Self::UnsupportedResponseType,
        Self::InvalidAuthorizationDetails,
        Self::InvalidDpopProof,
        Self::UseDpopNonce,
        Self::IssuancePending,
        Self::InvalidTransactionId,
        Self::InvalidNotificationId,
        Self::InvalidNotificationRequest,
        Self::ServerError,
    ];

    /// The text on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidToken => "invalid_token",
            Self::InvalidCredentialRequest => "invalid_credential_request",
            Self::UnknownCredentialConfiguration => "unknown_credential_configuration",
            Self::UnknownCredentialIdentifier => "unknown_credential_identifier",
            Self::InvalidProof => "invalid_proof",
            Self::InvalidNonce => "invalid_nonce",
            Self::InvalidEncryptionParameters => "invalid_encryption_parameters",
            Self::CredentialRequestDenied => "credential_request_denied",
            Self::AccessDenied => "access_denied",
            Self::InvalidScope => "invalid_scope",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidAuthorizationDetails => "invalid_authorization_details",
            Self::InvalidDpopProof => "invalid_dpop_proof",
            Self::UseDpopNonce => "use_dpop_nonce",
            Self::IssuancePending => "issuance_pending",
            Self::InvalidTransactionId => "invalid_transaction_id",
            Self::InvalidNotificationId => "invalid_notification_id",
            Self::InvalidNotificationRequest => "invalid_notification_request",
            Self::ServerError => "server_error",
        }
    }

    /// The error named so on the wire.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|error| error.as_str() == name)
    }

    /// HTTP status of an answer with this error.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::InvalidClient | Self::InvalidToken => 401,
            Self::ServerError => 500,
            _ => 400,
        }
    }

    /// The JSON body: `error`, and `error_description` with our own stable code, which is ASCII and holds
    /// no personal data.
    #[must_use]
    pub fn body(self, cause: &dyn Coded) -> Value {
        json!({ "error": self.as_str(), "error_description": cause.code() })
    }
}

/// An error that knows how it is told to the other side.
pub trait ToOAuth: Coded {
    /// The OAuth code for it.
    fn oauth(&self) -> OAuthError;
}
