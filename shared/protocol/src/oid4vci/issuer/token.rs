//! The Token Request (OpenID4VCI 1.0 section 6): reading it and deciding about it.

use absah_crypto::{ct_eq, hmac_sha256};
use absah_types::{Seconds, Secret, Timestamp, coded};
use serde_json::{Value, json};

use crate::form::{self, FormError};
use crate::oauth::{OAuthError, ToOAuth};
use crate::oid4vci::{PRE_AUTHORIZED_CODE, TX_CODE_LENGTH};

/// Largest Token Request body accepted, in bytes.
pub const MAX_TOKEN_REQUEST: usize = 8 * 1024;
/// Wrong transaction codes after which an offer is dead.
pub const MAX_TRIES: u8 = 5;
/// How long an offer is good for: 10 minutes.
pub const OFFER_LIFE: Seconds = Seconds(600);
/// How long an access token is good for: 10 minutes.
pub const TOKEN_LIFE: Seconds = Seconds(600);

const DOMAIN: &[u8] = b"absah-tx-code-v1";
const MAX_CODE: usize = 1024;

/// A well-formed Token Request.
#[derive(Debug)]
pub struct TokenRequest {
    /// `pre-authorized_code`.
    pub pre_authorized_code: Secret<String>,
    /// `tx_code`, six digits.
    pub tx_code: Option<Secret<String>>,
    /// The request named a `client_id`.
    pub names_client: bool,
}

/// What a store keeps in place of a transaction code: a keyed hash bound to the offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TxCodeTag([u8; 32]);

/// What the store knows about an offer when a Token Request names its code.
#[derive(Clone, Debug)]
pub struct OfferRecord {
    /// The expected transaction code; `None` when the offer has none.
    pub tx_code: Option<TxCodeTag>,
    /// The offer dies at this moment.
    pub expires_at: Timestamp,
    /// Wrong transaction codes so far.
    pub wrong_tries: u8,
    /// The code was exchanged already.
    pub redeemed: bool,
}

/// Why a Token Request gets no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// Not a form, too large, or a parameter has an impossible length.
    Malformed,
    /// A parameter stands twice.
    Repeated,
    /// No `grant_type`.
    MissingGrantType,
    /// Another grant type than the pre-authorised code.
    UnsupportedGrantType,
    /// No `pre-authorized_code`.
    MissingCode,
    /// The request names no client and anonymous access is switched off.
    AnonymousClient,
    /// The transaction code is not six digits.
    TxCodeForm,
    /// The offer expects a transaction code and none was sent.
    TxCodeMissing,
    /// The offer expects none and one was sent.
    TxCodeUnexpected,
    /// No offer has this code.
    UnknownCode,
    /// The offer is past its time.
    Expired,
    /// The code was exchanged already.
    Redeemed,
    /// Wrong transaction code: the store must count it.
    TxCodeWrong {
        /// Tries that remain after this one.
        tries_left: u8,
    },
    /// Too many wrong transaction codes: the offer is dead.
    TriesUsedUp,
    /// The code belongs to another client, or was sent elsewhere.
    OtherClient,
    /// `code_verifier` does not fit the challenge.
    CodeVerifier,
    /// The code or refresh token is bound to another key.
    OtherKey,
    /// Nobody knows the refresh token, or it has ended: by time, or because the card was withdrawn.
    RefreshUnknown,
}

impl std::fmt::Display for TokenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "token request malformed",
            Self::Repeated => "token request repeats a parameter",
            Self::MissingGrantType => "token request without grant type",
            Self::UnsupportedGrantType => "unsupported grant type",
            Self::MissingCode => "token request without pre-authorized code",
            Self::AnonymousClient => "token request without client id",
            Self::TxCodeForm => "transaction code is not six digits",
            Self::TxCodeMissing => "transaction code missing",
            Self::TxCodeUnexpected => "transaction code not expected",
            Self::UnknownCode => "pre-authorized code unknown",
            Self::Expired => "offer expired",
            Self::Redeemed => "pre-authorized code already used",
            Self::TxCodeWrong { .. } => "transaction code wrong",
            Self::TriesUsedUp => "too many wrong transaction codes",
            Self::OtherClient => "code of another client",
            Self::CodeVerifier => "code verifier does not fit",
            Self::OtherKey => "bound to another key",
            Self::RefreshUnknown => "refresh token unknown or ended",
        })
    }
}

impl std::error::Error for TokenError {}

coded! { TokenError {
    Malformed => ("token-malformed", Peer),
    Repeated => ("token-repeated-parameter", Peer),
    MissingGrantType => ("token-missing-grant-type", Peer),
    UnsupportedGrantType => ("token-unsupported-grant-type", Peer),
    MissingCode => ("token-missing-code", Peer),
    AnonymousClient => ("token-anonymous-client", Peer),
    TxCodeForm => ("tx-code-form", User),
    TxCodeMissing => ("tx-code-missing", Peer),
    TxCodeUnexpected => ("tx-code-unexpected", Peer),
    UnknownCode => ("token-code-unknown", Peer),
    Expired => ("token-code-expired", User),
    Redeemed => ("token-code-used", Peer),
    TxCodeWrong{..} => ("tx-code-wrong", User),
    TriesUsedUp => ("tx-code-tries-used-up", User),
    OtherClient => ("token-other-client", Peer),
    CodeVerifier => ("token-code-verifier", Peer),
    OtherKey => ("token-other-key", Peer),
    RefreshUnknown => ("refresh-token-unknown", User),
} }

impl ToOAuth for TokenError {
    fn oauth(&self) -> OAuthError {
        match self {
            Self::Malformed | Self::Repeated | Self::MissingGrantType | Self::MissingCode => {
                OAuthError::InvalidRequest
            }
            Self::UnsupportedGrantType => OAuthError::UnsupportedGrantType,
            // "The Client tried to send a Token Request with a Pre-Authorized Code without a Client ID but
            // the Authorization Server does not support anonymous access."
            Self::AnonymousClient => OAuthError::InvalidClient,
            // "The Authorization Server does not expect a Transaction Code [...] but the Client provides
            // [one]." "[It] expects a Transaction Code [...] but the Client does not provide [one]."
            Self::TxCodeMissing | Self::TxCodeUnexpected => OAuthError::InvalidRequest,
            // "the Client provides the wrong Transaction Code." "The End-User provides the wrong
            // Pre-Authorized Code or the Pre-Authorized Code has expired."
            Self::TxCodeForm
            | Self::TxCodeWrong { .. }
            | Self::TriesUsedUp
            | Self::UnknownCode
            | Self::Expired
            | Self::Redeemed
            | Self::OtherClient
            | Self::CodeVerifier
            | Self::OtherKey
            | Self::RefreshUnknown => OAuthError::InvalidGrant,
        }
    }
}

impl TokenError {
    /// The store must add one to `wrong_tries`.
    #[must_use]
    pub fn counts_as_try(&self) -> bool {
        matches!(self, Self::TxCodeWrong { .. })
    }
}

impl TxCodeTag {
    /// The tag of a transaction code for one offer. `key` is the issuer's secret: six digits alone would be
    /// found again in no time.
    #[must_use]
    pub fn of(key: &Secret<[u8; 32]>, pre_authorized_code: &str, tx_code: &str) -> Self {
        let mut message = DOMAIN.to_vec();
        message.push(0);
        message.extend_from_slice(pre_authorized_code.as_bytes());
        message.push(0);
        message.extend_from_slice(tx_code.as_bytes());
        Self(hmac_sha256(key.expose(), &message))
    }

    /// From the store.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// For the store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl TokenRequest {
    /// Reads the form. Unknown parameters are ignored: "The Authorization Server MUST ignore any unrecognized
    /// parameters."
    ///
    /// # Errors
    /// [`TokenError`] for what is wrong with the form itself.
    pub fn parse(body: &[u8]) -> Result<Self, TokenError> {
        let mut form = form::parse(body, MAX_TOKEN_REQUEST).map_err(|error| match error {
            FormError::Malformed => TokenError::Malformed,
            FormError::Repeated => TokenError::Repeated,
        })?;
        match form.get("grant_type").map(String::as_str) {
            None => return Err(TokenError::MissingGrantType),
            Some(PRE_AUTHORIZED_CODE) => {}
            Some(_) => return Err(TokenError::UnsupportedGrantType),
        }
        // "This parameter MUST be present if the `grant_type` is
        // `urn:ietf:params:oauth:grant-type:pre-authorized_code`."
        let code = form.remove("pre-authorized_code").ok_or(TokenError::MissingCode)?;
        if code.is_empty() || code.len() > MAX_CODE {
            return Err(TokenError::Malformed);
        }
        let tx_code = form.remove("tx_code");
        let six_digits =
            |code: &String| code.len() == TX_CODE_LENGTH && code.bytes().all(|b| b.is_ascii_digit());
        if tx_code.as_ref().is_some_and(|code| !six_digits(code)) {
            return Err(TokenError::TxCodeForm);
        }
        Ok(Self {
            pre_authorized_code: Secret::new(code),
            tx_code: tx_code.map(Secret::new),
            names_client: form.contains_key("client_id"),
        })
    }

    /// Decides: `Ok` means the store marks the offer as redeemed and hands out a token, both in one
    /// transaction. `record` is what the store has under the code; `anonymous_access` the issuer's switch.
    ///
    /// # Errors
    /// [`TokenError`]; see [`TokenError::counts_as_try`].
    pub fn redeem(
        &self,
        record: Option<&OfferRecord>,
        key: &Secret<[u8; 32]>,
        anonymous_access: bool,
        now: Timestamp,
    ) -> Result<(), TokenError> {
        if !self.names_client && !anonymous_access {
            return Err(TokenError::AnonymousClient);
        }
        let record = record.ok_or(TokenError::UnknownCode)?;
        // "This code MUST be short lived and single use."
        if record.redeemed {
            return Err(TokenError::Redeemed);
        }
        if now >= record.expires_at {
            return Err(TokenError::Expired);
        }
        if record.wrong_tries >= MAX_TRIES {
            return Err(TokenError::TriesUsedUp);
        }
        match (&record.tx_code, &self.tx_code) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err(TokenError::TxCodeUnexpected),
            (Some(_), None) => Err(TokenError::TxCodeMissing),
            (Some(expected), Some(sent)) => {
                let sent = TxCodeTag::of(key, self.pre_authorized_code.expose(), sent.expose());
                if ct_eq(expected.as_bytes(), sent.as_bytes()) {
                    Ok(())
                } else {
                    let tries_left = MAX_TRIES.saturating_sub(record.wrong_tries).saturating_sub(1);
                    Err(TokenError::TxCodeWrong { tries_left })
                }
            }
        }
    }
}

/// A successful Token Response. Send it with `Cache-Control: no-store`.
#[derive(Debug)]
pub struct TokenResponse {
    /// `access_token`.
    pub access_token: Secret<String>,
    /// `expires_in`.
    pub expires_in: Seconds,
    /// The token is bound to a key: `token_type` is `DPoP`.
    pub bound: bool,
    /// `refresh_token`, bound to the same key.
    pub refresh_token: Option<Secret<String>>,
    /// `authorization_details` of the configurations that were asked for so. Each is one dataset, whose identifier is the
    /// configuration's own.
    pub details: Vec<String>,
}

impl TokenResponse {
    /// The JSON body.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut body = json!({
            "access_token": self.access_token.expose(),
            "token_type": if self.bound { "DPoP" } else { "Bearer" },
            "expires_in": self.expires_in.0,
        });
        let details: Vec<Value> = self
            .details
            .iter()
            .map(|id| {
                json!({
                    "type": "openid_credential",
                    "credential_configuration_id": id,
                    "credential_identifiers": [id],
                })
            })
            .collect();
        if let Some(members) = body.as_object_mut() {
            let refresh = self.refresh_token.as_ref();
            members.extend(refresh.map(|token| ("refresh_token".to_owned(), json!(token.expose()))));
            if !details.is_empty() {
                members.insert("authorization_details".into(), json!(details));
            }
        }
        body
    }
}
