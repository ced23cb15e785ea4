//! The authorization code flow, as the server reads it: Pushed Authorization Requests (RFC 9126) with PKCE S256
//! (RFC 7636), `authorization_details` (OpenID4VCI 1.0 section 5.1.1) or `scope` (section 5.1.2).

use absah_types::{Nonce, Seconds, base64url, coded};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::form::{self, FormError};
use crate::json;
use crate::oauth::{OAuthError, ToOAuth, pkce};

/// Largest pushed request accepted, in bytes.
pub const MAX_PUSHED: usize = 16 * 1024;
/// How long a `request_uri` is good for: "typically [...] 5 and 600 seconds" of which a person needs some to log in.
pub const PUSHED_LIFE: Seconds = Seconds(600);
/// How long an authorization code is good for.
pub const CODE_LIFE: Seconds = Seconds(60);
/// Begin of every `request_uri` (RFC 9126 section 2.2).
pub const REQUEST_URI_PREFIX: &str = "urn:ietf:params:oauth:request_uri:";
/// Longest `client_id`, `state` and address, in characters.
const MAX_TEXT: usize = 1024;
/// Schemes that a browser or a system gives a meaning of its own.
const NO_CALLBACK: [&str; 9] =
    ["javascript", "data", "file", "blob", "about", "vbscript", "intent", "filesystem", "view-source"];

/// A pushed request in order. What it asks for has been read, not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushed {
    /// `client_id`, whatever the wallet calls itself.
    pub client_id: String,
    /// Where the browser goes afterwards.
    pub redirect_uri: String,
    /// `state`.
    pub state: Option<String>,
    /// `code_challenge`, method S256.
    pub code_challenge: String,
    /// Configurations asked for by `authorization_details`.
    pub configuration_ids: Vec<String>,
    /// Values of `scope`.
    pub scopes: Vec<String>,
    /// `issuer_state` of an offer.
    pub issuer_state: Option<String>,
    /// SHA-256 thumbprint of the DPoP key that the code is bound to (RFC 9449 section 10).
    #[serde(default)]
    pub dpop_jkt: Option<[u8; 32]>,
}

/// Why there is no authorization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationError {
    /// Not a form, too large, or a parameter is too long.
    Malformed,
    /// A parameter stands twice.
    Repeated,
    /// No `client_id`, or another than the pushed one.
    Client,
    /// A `request_uri` inside a pushed request.
    RequestUriInside,
    /// `response_type` is not `code`.
    ResponseType,
    /// No `redirect_uri`, or one that leads nowhere safe.
    RedirectUri,
    /// No `code_challenge` of the method S256.
    CodeChallenge,
    /// `state` has characters that no URL carries.
    State,
    /// `authorization_details` is not what section 5.1.1 says.
    Details,
    /// Neither `scope` nor `authorization_details` names a card of ours.
    NothingAsked,
    /// A scope that is none of ours.
    Scope,
    /// Cards of more than one kind at once.
    SeveralCards,
    /// `dpop_jkt` is no thumbprint, or not that of the proof.
    DpopKey,
    /// Nothing was pushed under this `request_uri`, or it has ended.
    UnknownRequestUri,
    /// The request was not pushed.
    NotPushed,
}

impl std::fmt::Display for AuthorizationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "authorization request malformed",
            Self::Repeated => "authorization request repeats a parameter",
            Self::Client => "authorization request without client id or of another client",
            Self::RequestUriInside => "request uri inside a pushed request",
            Self::ResponseType => "response type is not code",
            Self::RedirectUri => "redirect uri missing or unsafe",
            Self::CodeChallenge => "no code challenge of method S256",
            Self::State => "state malformed",
            Self::Details => "authorization details malformed",
            Self::NothingAsked => "authorization request asks for nothing",
            Self::Scope => "scope unknown",
            Self::SeveralCards => "authorization request asks for several cards",
            Self::DpopKey => "dpop key thumbprint wrong",
            Self::UnknownRequestUri => "request uri unknown or ended",
            Self::NotPushed => "authorization request was not pushed",
        })
    }
}

impl std::error::Error for AuthorizationError {}

coded! { AuthorizationError {
    Malformed => ("authorization-malformed", Peer),
    Repeated => ("authorization-repeated-parameter", Peer),
    Client => ("authorization-client", Peer),
    RequestUriInside => ("authorization-request-uri-inside", Peer),
    ResponseType => ("authorization-response-type", Peer),
    RedirectUri => ("authorization-redirect-uri", Peer),
    CodeChallenge => ("authorization-code-challenge", Peer),
    State => ("authorization-state", Peer),
    Details => ("authorization-details", Peer),
    NothingAsked => ("authorization-asks-nothing", Peer),
    Scope => ("authorization-scope", Peer),
    SeveralCards => ("authorization-several-cards", Peer),
    DpopKey => ("authorization-dpop-key", Peer),
    UnknownRequestUri => ("authorization-request-uri-unknown", Peer),
    NotPushed => ("authorization-not-pushed", Peer),
} }

impl ToOAuth for AuthorizationError {
    fn oauth(&self) -> OAuthError {
        match self {
            Self::ResponseType => OAuthError::UnsupportedResponseType,
            Self::Details | Self::SeveralCards => OAuthError::InvalidAuthorizationDetails,
            Self::Scope | Self::NothingAsked => OAuthError::InvalidScope,
            Self::DpopKey => OAuthError::InvalidDpopProof,
            _ => OAuthError::InvalidRequest,
        }
    }
}

impl Pushed {
    /// Reads the body of `POST /par`. Unknown parameters are ignored.
    ///
    /// # Errors
    /// [`AuthorizationError`].
    pub fn parse(body: &[u8]) -> Result<Self, AuthorizationError> {
        let mut form = form::parse(body, MAX_PUSHED).map_err(|error| match error {
            FormError::Malformed => AuthorizationError::Malformed,
            FormError::Repeated => AuthorizationError::Repeated,
        })?;
        // RFC 9126 section 2.1: "The request_uri authorization request parameter is one exception, and it MUST NOT be
        // provided."
        if form.contains_key("request_uri") {
            return Err(AuthorizationError::RequestUriInside);
        }
        let mut text = |name: &str| match form.remove(name) {
            Some(text) if text.len() > MAX_TEXT && name != "authorization_details" => {
                Err(AuthorizationError::Malformed)
            }
            text => Ok(text.filter(|text| !text.is_empty())),
        };
        let client_id = text("client_id")?.ok_or(AuthorizationError::Client)?;
        if text("response_type")?.as_deref() != Some("code") {
            return Err(AuthorizationError::ResponseType);
        }
        let redirect_uri = text("redirect_uri")?.filter(|uri| is_callback(uri));
        let redirect_uri = redirect_uri.ok_or(AuthorizationError::RedirectUri)?;
        // RFC 9700 section 2.1.1: "clients MUST use PKCE"; HAIP 1.0: "S256".
        let code_challenge = text("code_challenge")?.filter(|challenge| pkce::is_challenge(challenge));
        let is_s256 = text("code_challenge_method")?.as_deref() == Some(pkce::S256);
        let code_challenge = code_challenge.filter(|_| is_s256).ok_or(AuthorizationError::CodeChallenge)?;
        let state = text("state")?;
        let is_printable = |state: &String| state.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        if state.as_ref().is_some_and(|state| !is_printable(state)) {
            return Err(AuthorizationError::State);
        }
        let configuration_ids = match text("authorization_details")? {
            None => Vec::new(),
            Some(details) => details_of(&details).ok_or(AuthorizationError::Details)?,
        };
        let scopes: Vec<String> = text("scope")?
            .unwrap_or_default()
            .split(' ')
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect();
        if configuration_ids.is_empty() && scopes.is_empty() {
            return Err(AuthorizationError::NothingAsked);
        }
        let dpop_jkt = match text("dpop_jkt")? {
            None => None,
            Some(jkt) => Some(base64url::decode_array(&jkt).map_err(|_| AuthorizationError::DpopKey)?),
        };
        let issuer_state = text("issuer_state")?;
        if issuer_state.as_deref().is_some_and(|state| Nonce::parse(state).is_err()) {
            return Err(AuthorizationError::Malformed);
        }
        Ok(Self {
            client_id,
            redirect_uri,
            state,
            code_challenge,
            configuration_ids,
            scopes,
            issuer_state,
            dpop_jkt,
        })
    }

    /// Where the browser goes with a code (RFC 6749 section 4.1.2; `iss` of RFC 9207), or with an error.
    #[must_use]
    pub fn redirect(&self, issuer: &str, answer: Result<&str, OAuthError>) -> String {
        let mut parameters = vec![match answer {
            Ok(code) => ("code", code),
            Err(error) => ("error", error.as_str()),
        }];
        parameters.extend(self.state.as_deref().map(|state| ("state", state)));
        parameters.push(("iss", issuer));
        let joint = if self.redirect_uri.contains('?') { '&' } else { '?' };
        format!("{}{joint}{}", self.redirect_uri, form::encode(&parameters))
    }
}

/// An address that only a wallet receives: `https`, a loopback address (RFC 8252 section 7.3), or a scheme of an
/// application's own (section 7.1). Never one that runs or reads something in the browser itself.
fn is_callback(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else { return false };
    if url.fragment().is_some() || url.username() != "" || url.password().is_some() {
        return false;
    }
    match url.scheme() {
        "https" => url.host().is_some(),
        "http" => matches!(url.host_str(), Some("127.0.0.1" | "[::1]")),
        scheme => !NO_CALLBACK.contains(&scheme),
    }
}

/// "`credential_configuration_id`: REQUIRED" in each object of type `openid_credential`.
fn details_of(text: &str) -> Option<Vec<String>> {
    let details = json::value(text.as_bytes())?;
    let details = details.as_array().filter(|list| (1..=16).contains(&list.len()))?;
    let one = |detail: &Value| {
        let is_ours = detail.get("type").and_then(Value::as_str) == Some("openid_credential");
        let id = detail.get("credential_configuration_id").and_then(Value::as_str);
        is_ours.then_some(id?.to_owned())
    };
    details.iter().map(one).collect()
}

/// The answer to a pushed request, HTTP 201 (RFC 9126 section 2.2).
#[must_use]
pub fn pushed_response(request_uri: &str) -> Value {
    json!({ "request_uri": request_uri, "expires_in": PUSHED_LIFE.0 })
}

/// The two parameters of an authorization request that was pushed before: `client_id` and `request_uri`.
///
/// # Errors
/// [`AuthorizationError`]; `NotPushed` when there is no `request_uri`: "require_pushed_authorization_requests".
pub fn read_reference(query: &[u8]) -> Result<(String, String), AuthorizationError> {
    let mut form = form::parse(query, MAX_PUSHED).map_err(|_| AuthorizationError::Malformed)?;
    let uri = form.remove("request_uri").ok_or(AuthorizationError::NotPushed)?;
    let client_id = form.remove("client_id").ok_or(AuthorizationError::Client)?;
    if !uri.starts_with(REQUEST_URI_PREFIX) {
        return Err(AuthorizationError::UnknownRequestUri);
    }
    Ok((client_id, uri))
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_types::Coded as _;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn body(change: &[(&str, Option<&str>)]) -> String {
        let details =
            r#"[{"type":"openid_credential","credential_configuration_id":"KtpElektronik_dc_sd_jwt"}]"#;
        let mut parameters = vec![
            ("client_id", "wallet"),
            ("response_type", "code"),
            ("redirect_uri", "absah-wallet://authorized"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("state", "s 1"),
            ("authorization_details", details),
        ];
        for (name, value) in change {
            parameters.retain(|(known, _)| known != name);
            parameters.extend(value.map(|value| (*name, value)));
        }
        form::encode(&parameters)
    }

    #[test]
    fn hostile_requests_beside_a_valid_one() {
        let valid = Pushed::parse(body(&[]).as_bytes()).unwrap();
        assert_eq!(valid.configuration_ids, ["KtpElektronik_dc_sd_jwt"]);
        let back = valid.redirect("https://issuer.example", Ok("c"));
        assert_eq!(back, "absah-wallet://authorized?code=c&state=s+1&iss=https%3A%2F%2Fissuer.example");
        let scope = body(&[("authorization_details", None), ("scope", Some("KtpElektronik openid"))]);
        assert_eq!(Pushed::parse(scope.as_bytes()).unwrap().scopes, ["KtpElektronik", "openid"]);
        for (uri, holds) in [
            ("https://wallet.example/cb", true),
            ("http://127.0.0.1:9/cb", true),
            ("http://wallet.example/cb", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("https://u@wallet.example/cb", false),
            ("https://wallet.example/cb#x", false),
            ("/cb", false),
        ] {
            assert_eq!(
                Pushed::parse(body(&[("redirect_uri", Some(uri))]).as_bytes()).is_ok(),
                holds,
                "{uri}"
            );
        }
        let long = "a".repeat(MAX_TEXT + 1);
        for (name, change, code) in [
            ("no client", ("client_id", None), "authorization-client"),
            ("request uri inside", ("request_uri", Some("urn:x")), "authorization-request-uri-inside"),
            ("token response", ("response_type", Some("token")), "authorization-response-type"),
            ("no redirect", ("redirect_uri", None), "authorization-redirect-uri"),
            ("no challenge", ("code_challenge", None), "authorization-code-challenge"),
            ("plain challenge", ("code_challenge_method", Some("plain")), "authorization-code-challenge"),
            ("challenge without method", ("code_challenge_method", None), "authorization-code-challenge"),
            ("short challenge", ("code_challenge", Some("abc")), "authorization-code-challenge"),
            ("state with a line break", ("state", Some("a\nb")), "authorization-state"),
            ("state too long", ("state", Some(long.as_str())), "authorization-malformed"),
            ("details no list", ("authorization_details", Some("{}")), "authorization-details"),
            ("details empty", ("authorization_details", Some("[]")), "authorization-details"),
            (
                "details of another kind",
                ("authorization_details", Some(r#"[{"type":"pay"}]"#)),
                "authorization-details",
            ),
            ("nothing asked", ("authorization_details", None), "authorization-asks-nothing"),
            ("no thumbprint", ("dpop_jkt", Some("abc")), "authorization-dpop-key"),
        ] {
            let refused = Pushed::parse(body(&[change]).as_bytes()).map_err(|error| error.code());
            assert_eq!(refused.map(drop), Err(code), "{name}");
        }
        let twice = format!("{}&client_id=x", body(&[]));
        assert_eq!(Pushed::parse(twice.as_bytes()).unwrap_err().code(), "authorization-repeated-parameter");
    }

    #[test]
    fn only_what_was_pushed() {
        let uri = format!("{REQUEST_URI_PREFIX}abc");
        let query = form::encode(&[("client_id", "w"), ("request_uri", &uri)]);
        assert_eq!(read_reference(query.as_bytes()), Ok(("w".to_owned(), uri)));
        assert_eq!(read_reference(body(&[]).as_bytes()), Err(AuthorizationError::NotPushed));
        assert_eq!(
            read_reference(b"client_id=w&request_uri=https%3A%2F%2Fa.example"),
            Err(AuthorizationError::UnknownRequestUri)
        );
    }
}
