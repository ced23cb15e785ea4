//! The three grants of the token endpoint: pre-authorised code (OpenID4VCI 1.0 section 6), authorization code
//! (RFC 6749 section 4.1.3 with PKCE) and refresh token (section 6).

use absah_types::{Seconds, Secret, Timestamp};

use super::token::{MAX_TOKEN_REQUEST, TokenError, TokenRequest};
use crate::form::{self, FormError};
use crate::oauth::pkce;

/// How long a refresh token lives when it is not used: half a year.
pub const REFRESH_LIFE: Seconds = Seconds::days(180);
/// Longest code or token read, in characters.
const MAX_CODE: usize = 1024;

/// A well-formed Token Request.
#[derive(Debug)]
pub enum GrantRequest {
    /// With the code of an offer.
    PreAuthorized(TokenRequest),
    /// With an authorization code.
    Code(CodeRequest),
    /// With a refresh token.
    Refresh(Secret<String>),
}

/// A Token Request with an authorization code.
#[derive(Debug)]
pub struct CodeRequest {
    /// `code`.
    pub code: Secret<String>,
    /// `redirect_uri`, as in the authorization request.
    pub redirect_uri: String,
    /// `code_verifier`.
    pub code_verifier: Secret<String>,
    /// `client_id`.
    pub client_id: String,
}

/// What a store knows of an authorization code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRecord {
    /// Whose.
    pub client_id: String,
    /// Where it was sent.
    pub redirect_uri: String,
    /// What its verifier must fit.
    pub code_challenge: String,
    /// The key it is bound to.
    pub dpop_jkt: Option<[u8; 32]>,
    /// Until when.
    pub expires_at: Timestamp,
    /// Exchanged already.
    pub used: bool,
}

impl GrantRequest {
    /// Reads the form.
    ///
    /// # Errors
    /// [`TokenError`] for what is wrong with the form itself.
    pub fn parse(body: &[u8]) -> Result<Self, TokenError> {
        let mut form = form::parse(body, MAX_TOKEN_REQUEST).map_err(|error| match error {
            FormError::Malformed => TokenError::Malformed,
            FormError::Repeated => TokenError::Repeated,
        })?;
        let grant = form.remove("grant_type");
        let mut text = |name: &str, missing: TokenError| match form.remove(name) {
            None => Err(missing),
            Some(text) if text.is_empty() || text.len() > MAX_CODE => Err(TokenError::Malformed),
            Some(text) => Ok(text),
        };
        match grant.as_deref() {
            Some("authorization_code") => Ok(Self::Code(CodeRequest {
                code: Secret::new(text("code", TokenError::MissingCode)?),
                redirect_uri: text("redirect_uri", TokenError::OtherClient)?,
                code_verifier: Secret::new(text("code_verifier", TokenError::CodeVerifier)?),
                client_id: text("client_id", TokenError::OtherClient)?,
            })),
            Some("refresh_token") => {
                Ok(Self::Refresh(Secret::new(text("refresh_token", TokenError::MissingCode)?)))
            }
            _ => TokenRequest::parse(body).map(Self::PreAuthorized),
        }
    }
}

impl CodeRequest {
    /// Decides: `Ok` means the store marks the code as used and hands out a token, both in one transaction. `dpop_jkt` is
    /// the key of the request's proof.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn exchange(
        &self,
        record: Option<&CodeRecord>,
        dpop_jkt: [u8; 32],
        now: Timestamp,
    ) -> Result<(), TokenError> {
        let record = record.ok_or(TokenError::UnknownCode)?;
        // RFC 6749 section 4.1.2: "The client MUST NOT use the authorization code more than once."
        if record.used {
            return Err(TokenError::Redeemed);
        }
        if now >= record.expires_at {
            return Err(TokenError::Expired);
        }
        // Section 4.1.3: "ensure that the authorization code was issued to the authenticated [...] public client", "ensure
        // that the `redirect_uri` parameter is present [...] and [...] their values are identical".
        if record.client_id != self.client_id || record.redirect_uri != self.redirect_uri {
            return Err(TokenError::OtherClient);
        }
        // RFC 7636 section 4.6.
        if !pkce::fits(self.code_verifier.expose(), &record.code_challenge) {
            return Err(TokenError::CodeVerifier);
        }
        // RFC 9449 section 10: the token request's key "MUST" be the one of `dpop_jkt`.
        if record.dpop_jkt.is_some_and(|jkt| jkt != dpop_jkt) {
            return Err(TokenError::OtherKey);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_types::Coded as _;

    fn record() -> CodeRecord {
        CodeRecord {
            client_id: "wallet".to_owned(),
            redirect_uri: "https://wallet.example/cb".to_owned(),
            code_challenge: pkce::challenge(&"v".repeat(43)),
            dpop_jkt: Some([1; 32]),
            expires_at: Timestamp::from_unix(60),
            used: false,
        }
    }

    fn request(change: &[(&str, &str)]) -> Result<GrantRequest, TokenError> {
        let verifier = "v".repeat(43);
        let mut parameters = vec![
            ("grant_type", "authorization_code"),
            ("code", "c"),
            ("redirect_uri", "https://wallet.example/cb"),
            ("code_verifier", verifier.as_str()),
            ("client_id", "wallet"),
        ];
        for (name, value) in change {
            parameters.retain(|(known, _)| known != name);
            if !value.is_empty() {
                parameters.push((name, value));
            }
        }
        GrantRequest::parse(form::encode(&parameters).as_bytes())
    }

    fn exchange(change: &[(&str, &str)], record: Option<&CodeRecord>, now: i64) -> &'static str {
        match request(change) {
            Ok(GrantRequest::Code(request)) => request
                .exchange(record, [1; 32], Timestamp::from_unix(now))
                .map_or_else(|error| error.code(), |()| "ok"),
            Ok(_) => "another grant",
            Err(error) => error.code(),
        }
    }

    #[test]
    fn a_code_is_for_one_client_once() {
        assert_eq!(exchange(&[], Some(&record()), 59), "ok");
        assert_eq!(exchange(&[], None, 59), "token-code-unknown");
        assert_eq!(exchange(&[], Some(&record()), 60), "token-code-expired");
        assert_eq!(exchange(&[], Some(&CodeRecord { used: true, ..record() }), 1), "token-code-used");
        assert_eq!(
            exchange(&[], Some(&CodeRecord { dpop_jkt: Some([2; 32]), ..record() }), 1),
            "token-other-key"
        );
        for (name, change, code) in [
            ("other client", ("client_id", "other"), "token-other-client"),
            ("no client", ("client_id", ""), "token-other-client"),
            ("other address", ("redirect_uri", "https://other.example/cb"), "token-other-client"),
            (
                "other verifier",
                ("code_verifier", "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"),
                "token-code-verifier",
            ),
            ("no verifier", ("code_verifier", ""), "token-code-verifier"),
            ("no code", ("code", ""), "token-missing-code"),
            ("password", ("grant_type", "password"), "token-unsupported-grant-type"),
            ("no grant", ("grant_type", ""), "token-missing-grant-type"),
        ] {
            assert_eq!(exchange(&[change], Some(&record()), 1), code, "{name}");
        }
        let refresh = request(&[("grant_type", "refresh_token"), ("refresh_token", "r")]);
        assert!(matches!(refresh, Ok(GrantRequest::Refresh(token)) if token.expose() == "r"));
    }
}
