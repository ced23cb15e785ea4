//! The deep link that begins an answer over HTTPS (OpenID4VP 1.0 sections 5.1 and 5.10): the text of the QR code online.

use absah_types::{HttpsUrl, Rng, array, base64url};
use serde_json::json;
use url::Url;

use super::verify::{MAX_REQUEST, RequestError};
use crate::form;
use crate::oid4vp::CLIENT_ID_PREFIX;
use crate::url_rules::UrlRules;

/// Longest `client_id` and address in a link, in characters.
const MAX_LINK: usize = 8 * 1024;

/// The deep link of a request by reference. The wallet may GET the request or, as `request_uri_method` says, POST its
/// own nonce for it.
#[must_use]
pub fn request_link(client_id: &str, request_uri: &str) -> String {
    let parameters = [
        ("client_id", client_id),
        ("request_uri", request_uri),
        ("request_uri_method", Method::Post.as_str()),
    ];
    format!("openid4vp://?{}", form::encode(&parameters))
}

/// How the Request Object is asked for, `request_uri_method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `get`, also when the link says nothing.
    Get,
    /// `post`, with the wallet's nonce.
    Post,
}

impl Method {
    /// The text in a link: "a case-sensitive string".
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
        }
    }
}

/// Where the Request Object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `request_uri`.
    At(HttpsUrl, Method),
    /// `request`: in the link itself.
    Here(String),
}

/// A deep link of a request, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLink {
    /// `client_id`, which the Request Object must repeat.
    pub client_id: String,
    /// Where the Request Object is.
    pub place: Place,
    /// The scheme `haip-vp`: the rules of HAIP 1.0 hold, by which an answer is always encrypted.
    pub haip: bool,
}

impl RequestLink {
    /// Reads `openid4vp://?client_id=…&request_uri=…`; HAIP's scheme `haip-vp` alike. `None` for anything
    /// else than such a link.
    ///
    /// # Errors
    /// [`RequestError`] for a link of such a scheme that cannot be followed: among them `Unsigned` for one that asks
    /// without a Request Object.
    pub fn parse(link: &str, rules: UrlRules) -> Result<Option<Self>, RequestError> {
        let Ok(url) = Url::parse(link.trim()) else { return Ok(None) };
        if !["openid4vp", "haip-vp"].contains(&url.scheme()) {
            return Ok(None);
        }
        let malformed = |parameter| RequestError::Malformed { parameter };
        let mut form = form::parse(url.query().unwrap_or_default().as_bytes(), MAX_REQUEST + MAX_LINK)
            .map_err(|_| malformed("link"))?;
        let client_id = form.remove("client_id").ok_or(malformed("client_id"))?;
        let place = match (form.remove("request_uri"), form.remove("request")) {
            // RFC 9101 section 5: "`request` and `request_uri` parameters MUST NOT be used together."
            (Some(_), Some(_)) => return Err(malformed("request")),
            (None, Some(jar)) => Place::Here(jar),
            (Some(uri), None) => {
                let uri = rules.url(&uri).map_err(RequestError::RequestUri)?;
                let method = match form.get("request_uri_method").map(String::as_str) {
                    None | Some("get") => Method::Get,
                    Some("post") => Method::Post,
                    // "If the wallet receives an unsupported value, it MUST return `invalid_request_uri_method`."
                    Some(_) => return Err(RequestError::UriMethod),
                };
                Place::At(uri, method)
            }
            // Parameters in the open, signed by nobody: HAIP 1.0 section 5.1 and our own rule want them signed.
            (None, None) => return Err(RequestError::Unsigned),
        };
        Ok(Some(Self { client_id, place, haip: url.scheme() == "haip-vp" }))
    }
}

/// A fresh `wallet_nonce`: "a fresh, cryptographically random number with sufficient entropy".
pub fn wallet_nonce(rng: &mut dyn Rng) -> String {
    base64url::encode(array::<16>(rng))
}

/// The body of the POST to `request_uri` (section 5.10): what this wallet can do, and its nonce.
#[must_use]
pub fn request_uri_post(wallet_nonce: &str) -> String {
    let algorithms = json!({ "sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"] });
    let metadata = json!({
        "vp_formats_supported": { "dc+sd-jwt": algorithms, "vc+sd-jwt": algorithms },
        "client_id_prefixes_supported": [CLIENT_ID_PREFIX],
        "request_object_signing_alg_values_supported": ["ES256"],
        "response_types_supported": ["vp_token"],
        "response_modes_supported": ["direct_post", "direct_post.jwt"],
        "authorization_encryption_alg_values_supported": ["ECDH-ES"],
        "authorization_encryption_enc_values_supported": ["A256GCM", "A128GCM"],
    })
    .to_string();
    form::encode(&[("wallet_metadata", &metadata), ("wallet_nonce", wallet_nonce)])
}

/// Reads that body: the `wallet_nonce`, if one was sent. `None` for a body that is no such form.
#[must_use]
pub fn read_request_uri_post(body: &[u8]) -> Option<Option<String>> {
    let mut form = form::parse(body, MAX_LINK).ok()?;
    let nonce = form.remove("wallet_nonce");
    let is_usable = |nonce: &String| absah_types::Nonce::parse(nonce).is_ok();
    if nonce.as_ref().is_some_and(|nonce| !is_usable(nonce)) { None } else { Some(nonce) }
}
