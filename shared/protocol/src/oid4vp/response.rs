//! The answer: `vp_token` over HTTPS, and what a counter checks of any answer.

use std::collections::BTreeMap;

use absah_credential::portrait::{Portrait, PortraitError};
use absah_credential::{ClaimPath, PathElement, Verified};
use absah_crypto::PrivateKey;
use absah_crypto::jwe::{self, JweError};
use absah_schemas::CredentialType;
use absah_types::{Coded, Rng, base64url, coded};
use serde_json::{Map, Value, json};

use crate::dcql::{CredentialQuery, FormatName, Query, select};
use crate::form::{self, FormError};
use crate::json;
use crate::oauth::OAuthError;
use crate::oid4vp::request::ResponseEncryption;
use crate::url_rules::UrlRules;

/// Largest Authorization Response accepted, in bytes.
pub const MAX_RESPONSE: usize = 512 * 1024;
/// Form parameter beside `vp_token` that carries portraits of `vc+sd-jwt`: for each Credential Query id an
/// array with salt and picture in base64url, in the order of the presentations. Part of our extension.
pub const PORTRAIT_PARAMETER: &str = "absah_portrait";

/// One presentation in an answer, from either transport; **not yet verified**.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// `id` of the Credential Query it answers.
    pub query_id: String,
    /// SD-JWT with key-binding JWT.
    pub presentation: String,
    /// Salt and picture beside it.
    pub portrait: Option<Vec<u8>>,
}

/// An Authorization Response over HTTPS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectPost {
    /// `state`.
    pub state: Option<String>,
    /// The presentations, or the error the wallet sent instead.
    pub answer: Result<Vec<Presented>, WalletError>,
}

/// The wallet sent an error instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WalletError {
    /// `access_denied`: the person said no.
    Denied,
    /// Any other error.
    Other,
}

impl std::fmt::Display for WalletError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Denied => "the holder declined",
            Self::Other => "the wallet answered with an error",
        })
    }
}

impl std::error::Error for WalletError {}

coded! { WalletError {
    Denied => ("wallet-declined", User),
    Other => ("wallet-error", Peer),
} }

/// Why an answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseError {
    /// Not a form, too large, or `vp_token` is not the JSON object of section 8.1.
    Malformed,
    /// A parameter stands twice.
    Repeated,
    /// Neither `vp_token` nor `error`.
    Empty,
    /// The answer was to be encrypted and is not, or the other way round.
    NotEncrypted,
    /// The encrypted answer does not open.
    Jwe(JweError),
    /// A presentation for an id that was not asked.
    UnaskedCredential,
    /// No presentation for an id that was asked.
    MissingCredential,
    /// Several presentations where one was asked.
    TooMany,
    /// The presentation has another format than asked.
    WrongFormat,
    /// The credential has another type than asked.
    WrongType,
    /// A claim that was asked is not disclosed.
    MissingClaim,
    /// Something is disclosed that was not asked.
    UnaskedClaim,
    /// The portrait was asked and its picture is not there.
    PortraitMissing,
    /// A picture came that was not asked.
    PortraitUnasked,
    /// The picture does not fit.
    Portrait(PortraitError),
}

impl std::fmt::Display for ResponseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "response malformed",
            Self::Repeated => "response repeats a parameter",
            Self::Empty => "response without vp_token",
            Self::NotEncrypted => "response is not encrypted as asked",
            Self::Jwe(inner) => return inner.fmt(f),
            Self::UnaskedCredential => "response has a credential that was not asked",
            Self::MissingCredential => "response lacks a credential that was asked",
            Self::TooMany => "response has several presentations where one was asked",
            Self::WrongFormat => "presentation has another format than asked",
            Self::WrongType => "credential has another type than asked",
            Self::MissingClaim => "a claim that was asked is not disclosed",
            Self::UnaskedClaim => "a claim is disclosed that was not asked",
            Self::PortraitMissing => "the portrait's picture is missing",
            Self::PortraitUnasked => "a picture came that was not asked",
            Self::Portrait(inner) => return inner.fmt(f),
        })
    }
}

impl std::error::Error for ResponseError {}

coded! { ResponseError {
    Malformed => ("response-malformed", Peer),
    Repeated => ("response-repeated-parameter", Peer),
    Empty => ("response-empty", Peer),
    NotEncrypted => ("response-not-encrypted", Peer),
    Jwe(e) => inner(e),
    UnaskedCredential => ("response-unasked-credential", Peer),
    MissingCredential => ("response-missing-credential", Peer),
    TooMany => ("response-too-many", Peer),
    WrongFormat => ("response-wrong-format", Peer),
    WrongType => ("response-wrong-type", Peer),
    MissingClaim => ("response-missing-claim", Peer),
    UnaskedClaim => ("response-unasked-claim", Peer),
    PortraitMissing => ("response-portrait-missing", Peer),
    PortraitUnasked => ("response-portrait-unasked", Peer),
    Portrait(e) => inner(e),
} }

/// `vp_token`: "a JSON-encoded object containing entries where the key is the `id` value used for a Credential
/// Query in the DCQL query and the value is an array of one or more Presentations".
#[must_use]
pub fn vp_token(presented: &[Presented]) -> Value {
    let mut token: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in presented {
        token.entry(&one.query_id).or_default().push(&one.presentation);
    }
    json!(token)
}

/// The body of the POST to `response_uri`: `application/x-www-form-urlencoded`.
#[must_use]
pub fn direct_post(presented: &[Presented], state: Option<&str>) -> String {
    let token = vp_token(presented).to_string();
    let mut parameters = vec![("vp_token", token.as_str())];
    if let Some(state) = state {
        parameters.push(("state", state));
    }
    let portraits_text = portraits(presented).to_string();
    if presented.iter().any(|one| one.portrait.is_some()) {
        parameters.push((PORTRAIT_PARAMETER, portraits_text.as_str()));
    }
    form::encode(&parameters)
}

/// The body of the POST of an encrypted answer: `response` is a JWE whose payload has the parameters as JSON
/// (sections 8.3 and 8.3.1).
pub fn direct_post_jwt(
    presented: &[Presented],
    state: Option<&str>,
    encryption: &ResponseEncryption,
    rng: &mut dyn Rng,
) -> String {
    let mut payload = Map::new();
    payload.insert("vp_token".into(), vp_token(presented));
    payload.extend(state.map(|state| ("state".to_owned(), json!(state))));
    if presented.iter().any(|one| one.portrait.is_some()) {
        payload.insert(PORTRAIT_PARAMETER.into(), portraits(presented));
    }
    let payload = Value::Object(payload).to_string();
    let jwe = encryption.recipient.seal(payload.as_bytes(), encryption.enc, None, rng);
    form::encode(&[("response", &jwe)])
}

/// The body of an Authorization Error Response.
#[must_use]
pub fn direct_post_error(error: OAuthError, cause: &dyn Coded, state: Option<&str>) -> String {
    let mut parameters = vec![("error", error.as_str()), ("error_description", cause.code())];
    if let Some(state) = state {
        parameters.push(("state", state));
    }
    form::encode(&parameters)
}

fn portraits(presented: &[Presented]) -> Value {
    let mut portraits: BTreeMap<&str, Vec<Option<String>>> = BTreeMap::new();
    for one in presented {
        portraits.entry(&one.query_id).or_default().push(one.portrait.as_ref().map(base64url::encode));
    }
    json!(portraits)
}

/// Reads the body that came to `response_uri` of a request whose answer is to be encrypted to `key`. An error may come
/// in the open: "the Authorization Error Response [...] MAY be sent unencrypted".
///
/// # Errors
/// [`ResponseError`].
pub fn parse_direct_post_jwt(body: &[u8], key: &PrivateKey) -> Result<DirectPost, ResponseError> {
    let mut form = read_form(body)?;
    let Some(jwe) = form.remove("response") else {
        return match parse_direct_post(body) {
            Ok(error @ DirectPost { answer: Err(_), .. }) => Ok(error),
            Ok(_) | Err(ResponseError::Empty) => Err(ResponseError::NotEncrypted),
            Err(error) => Err(error),
        };
    };
    let jwe = jwe::Compact::parse(&jwe, MAX_RESPONSE).map_err(ResponseError::Jwe)?;
    let payload = jwe.open(key).map_err(ResponseError::Jwe)?;
    let payload = json::object(payload.expose()).map_err(|_| ResponseError::Malformed)?;
    let state = match payload.get("state") {
        None => None,
        Some(state) => Some(state.as_str().ok_or(ResponseError::Malformed)?.to_owned()),
    };
    if let Some(error) = payload.get("error") {
        return Ok(DirectPost { state, answer: Err(wallet_error(error.as_str().unwrap_or_default())) });
    }
    let token = payload.get("vp_token").ok_or(ResponseError::Empty)?;
    let token = token.as_object().ok_or(ResponseError::Malformed)?;
    let portraits = match payload.get(PORTRAIT_PARAMETER) {
        None => &Map::new(),
        Some(portraits) => portraits.as_object().ok_or(ResponseError::Malformed)?,
    };
    Ok(DirectPost { state, answer: Ok(read_vp_token(token, portraits)?) })
}

fn read_form(body: &[u8]) -> Result<BTreeMap<String, String>, ResponseError> {
    form::parse(body, MAX_RESPONSE).map_err(|error| match error {
        FormError::Malformed => ResponseError::Malformed,
        FormError::Repeated => ResponseError::Repeated,
    })
}

fn wallet_error(error: &str) -> WalletError {
    if error == OAuthError::AccessDenied.as_str() { WalletError::Denied } else { WalletError::Other }
}

/// Reads the body that came to `response_uri`. Unknown parameters are ignored.
///
/// # Errors
/// [`ResponseError`].
pub fn parse_direct_post(body: &[u8]) -> Result<DirectPost, ResponseError> {
    let mut form = read_form(body)?;
    let state = form.remove("state");
    if let Some(error) = form.get("error") {
        return Ok(DirectPost { state, answer: Err(wallet_error(error)) });
    }
    if form.contains_key("response") && !form.contains_key("vp_token") {
        return Err(ResponseError::NotEncrypted);
    }
    let token = form.get("vp_token").ok_or(ResponseError::Empty)?;
    let portraits = match form.get(PORTRAIT_PARAMETER) {
        None => Map::new(),
        Some(text) => json::object(text.as_bytes()).map_err(|_| ResponseError::Malformed)?,
    };
    let token = json::object(token.as_bytes()).map_err(|_| ResponseError::Malformed)?;
    let presented = read_vp_token(&token, &portraits)?;
    Ok(DirectPost { state, answer: Ok(presented) })
}

fn read_vp_token(
    token: &Map<String, Value>,
    portraits: &Map<String, Value>,
) -> Result<Vec<Presented>, ResponseError> {
    let mut presented = Vec::new();
    for (id, list) in token {
        let list = list.as_array().filter(|list| !list.is_empty()).ok_or(ResponseError::Malformed)?;
        for (place, presentation) in list.iter().enumerate() {
            let portrait = match portraits.get(id).and_then(|list| list.get(place)) {
                None | Some(Value::Null) => None,
                Some(blob) => {
                    let blob = blob.as_str().and_then(|text| base64url::decode(text).ok());
                    Some(blob.ok_or(ResponseError::Malformed)?)
                }
            };
            presented.push(Presented {
                query_id: id.clone(),
                presentation: presentation.as_str().ok_or(ResponseError::Malformed)?.to_owned(),
                portrait,
            });
        }
    }
    if presented.is_empty() { Err(ResponseError::Empty) } else { Ok(presented) }
}

/// The JSON answer of `response_uri` to the wallet: with a fresh `redirect_uri` or without.
#[must_use]
pub fn response_body(redirect_uri: Option<&str>) -> Value {
    redirect_uri.map_or_else(|| json!({}), |uri| json!({ "redirect_uri": uri }))
}

/// Reads that JSON answer: where to send the person next, with its fragment. Unknown members and unacceptable
/// URLs are ignored.
#[must_use]
pub fn read_response_body(body: &[u8], rules: UrlRules) -> Option<String> {
    let object = json::object(body).ok()?;
    let redirect = object.get("redirect_uri")?.as_str()?;
    // "The value can be added as a path component, as a fragment or as a parameter to the URL."
    let (address, fragment) = redirect.split_once('#').unwrap_or((redirect, ""));
    if rules.url(address).is_err() && !is_page_of_this_machine(address) {
        return None;
    }
    fragment.bytes().all(|byte| byte.is_ascii_graphic()).then(|| redirect.to_owned())
}

/// `http://127.0.0.1:PORT/` or `http://localhost:PORT/`: a counter's page on the wallet's own machine, where no
/// certificate can be. No path and no query, so that nothing else of this machine is called.
fn is_page_of_this_machine(address: &str) -> bool {
    let rest =
        address.strip_prefix("http://127.0.0.1:").or_else(|| address.strip_prefix("http://localhost:"));
    let port = rest.and_then(|rest| rest.strip_suffix('/'));
    port.is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok())
}

/// First check, before any signature: exactly the credentials that were asked are there. Queries without
/// `credential_sets` ask for all of theirs.
///
/// # Errors
/// [`ResponseError`].
pub fn check_ids(query: &Query, presented: &[Presented]) -> Result<(), ResponseError> {
    let count = |id: &str| presented.iter().filter(|one| one.query_id == id).count();
    if presented.iter().any(|one| query.credential(&one.query_id).is_none()) {
        return Err(ResponseError::UnaskedCredential);
    }
    // "When `multiple` is omitted, or set to `false`, the array MUST contain only one Presentation."
    if query.credentials.iter().any(|asked| !asked.multiple && count(&asked.id) > 1) {
        return Err(ResponseError::TooMany);
    }
    let complete = match &query.credential_sets {
        None => query.credentials.iter().all(|asked| count(&asked.id) > 0),
        Some(sets) => sets
            .iter()
            .filter(|set| set.required)
            .all(|set| set.options.iter().any(|option| option.iter().all(|id| count(id) > 0))),
    };
    if complete { Ok(()) } else { Err(ResponseError::MissingCredential) }
}

/// Last check, after the signatures: format and type are those asked, and exactly the claims that were asked
/// are disclosed. Gives the portrait, checked against its hash, when it was asked.
///
/// # Errors
/// [`ResponseError`].
pub fn check_content(
    asked: &CredentialQuery,
    verified: &Verified,
    portrait: Option<&[u8]>,
) -> Result<Option<Portrait>, ResponseError> {
    let format = verified.format();
    if asked.format != FormatName::Held(format) {
        return Err(ResponseError::WrongFormat);
    }
    let types: Vec<&str> = verified.types().iter().map(String::as_str).collect();
    if !asked.meta.accepts(&types) {
        return Err(ResponseError::WrongType);
    }
    let claims = Value::Object(verified.claims().clone());
    let paths = asked_paths(asked, verified, &claims)?;
    let pieces = Pieces::of(verified.kind());
    let mut leaves = Vec::new();
    leaves_of(&claims, &mut Vec::new(), &mut leaves);
    for leaf in leaves {
        // A counter learns what it asked and nothing more, also when a wallet tells too much. What is disclosed
        // in one piece may be asked for in part.
        let asked = match pieces.piece(&leaf) {
            Piece::Visible => true,
            Piece::Disclosed(piece) => paths.iter().any(|path| meets(path.elements(), piece)),
            Piece::Unknown => false,
        };
        if !asked {
            return Err(ResponseError::UnaskedClaim);
        }
    }
    check_portrait(&paths, &claims, verified, portrait)
}

/// The claims asked, seen from the subject: the first of `claim_sets` that is disclosed.
fn asked_paths(
    asked: &CredentialQuery,
    verified: &Verified,
    claims: &Value,
) -> Result<Vec<ClaimPath>, ResponseError> {
    let Some(queries) = &asked.claims else { return Ok(Vec::new()) };
    let disclosed = |id: Option<&String>| -> Option<Vec<ClaimPath>> {
        queries
            .iter()
            .filter(|claim| id.is_none() || claim.id.as_ref() == id)
            .map(|claim| {
                let path = verified.format().to_subject(&claim.path)?;
                select(&path, claims).is_ok().then_some(path)
            })
            .collect()
    };
    let paths = match &asked.claim_sets {
        None => disclosed(None),
        Some(sets) => sets.iter().find_map(|set| {
            let paths: Option<Vec<Vec<ClaimPath>>> = set.iter().map(|id| disclosed(Some(id))).collect();
            paths.map(|paths| paths.concat())
        }),
    };
    paths.ok_or(ResponseError::MissingClaim)
}

/// How a credential type is cut into disclosures, from its type metadata.
struct Pieces {
    claims: Option<Vec<(Vec<PathElement>, bool)>>,
}

/// The disclosure that a value came in.
enum Piece<'l> {
    /// In none: it is always visible.
    Visible,
    /// In the one at this path.
    Disclosed(&'l [PathElement]),
    /// The type has no such claim.
    Unknown,
}

impl Pieces {
    fn of(kind: Option<CredentialType>) -> Self {
        let element = |part: &Option<String>| part.clone().map_or(PathElement::Every, PathElement::Key);
        let claims = kind.map(|kind| {
            let claims = kind.claims().iter();
            claims.map(|claim| (claim.path.iter().map(element).collect(), claim.sd != "never")).collect()
        });
        Self { claims }
    }

    fn piece<'l>(&self, leaf: &'l [PathElement]) -> Piece<'l> {
        // Of a type that is not ours nothing is known: each member of the subject is a piece.
        let Some(claims) = &self.claims else {
            return leaf.get(..1).map_or(Piece::Unknown, Piece::Disclosed);
        };
        if !claims.iter().any(|(path, _)| path.len() == leaf.len() && meets(path, leaf)) {
            return Piece::Unknown;
        }
        let around =
            claims.iter().filter(|(path, own)| *own && path.len() <= leaf.len() && meets(path, leaf));
        let innermost = around.map(|(path, _)| path.len()).max();
        innermost.and_then(|length| leaf.get(..length)).map_or(Piece::Visible, Piece::Disclosed)
    }
}

/// One of the two paths leads to the other or through it.
fn meets(one: &[PathElement], other: &[PathElement]) -> bool {
    one.iter().zip(other).all(|pair| match pair {
        (PathElement::Every, PathElement::Index(_)) | (PathElement::Index(_), PathElement::Every) => true,
        (one, other) => one == other,
    })
}

/// All paths that end in a value, or in nothing more.
fn leaves_of(value: &Value, path: &mut Vec<PathElement>, leaves: &mut Vec<Vec<PathElement>>) {
    let steps: Vec<(PathElement, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(name, member)| (PathElement::Key(name.clone()), member)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(place, item)| (PathElement::Index(place), item)).collect()
        }
        _ => Vec::new(),
    };
    if steps.is_empty() && !path.is_empty() {
        leaves.push(path.clone());
    }
    for (step, inner) in steps {
        path.push(step);
        leaves_of(inner, path, leaves);
        path.pop();
    }
}

fn check_portrait(
    paths: &[ClaimPath],
    claims: &Value,
    verified: &Verified,
    portrait: Option<&[u8]>,
) -> Result<Option<Portrait>, ResponseError> {
    // A `dc+sd-jwt` carries the picture itself.
    let beside = verified.format() == absah_credential::Format::VcSdJwt;
    let wanted = beside && paths.contains(&ClaimPath::key("portrait"));
    match (wanted, portrait) {
        (false, None) => Ok(None),
        (false, Some(_)) => Err(ResponseError::PortraitUnasked),
        (true, None) => Err(ResponseError::PortraitMissing),
        (true, Some(blob)) => {
            let digest = claims.get("portrait").and_then(Value::as_str).ok_or(ResponseError::MissingClaim)?;
            Portrait::check(blob.to_vec(), digest).map(Some).map_err(ResponseError::Portrait)
        }
    }
}
