//! What the issuer answers, read with suspicion.

use std::collections::BTreeMap;

use absah_credential::Format;
use absah_types::{HttpsUrl, Seconds, Secret, base64url};
use serde_json::{Map, Value};

use super::ReceiveError;
use super::later::LONGEST_INTERVAL;
use super::receiving::Offered;
use crate::json;
use crate::oauth::OAuthError;
use crate::oid4vci::PORTRAIT_MEMBER;
use crate::oid4vci::encryption::{MetadataError, OpenError, Opener, Sealing};
use crate::oid4vci::issuer::{Issued, Types};
use crate::url_rules::{IssuerId, UrlRules};

/// Largest metadata document accepted, in bytes.
pub const MAX_METADATA: usize = 512 * 1024;
/// Largest token, nonce or error answer accepted, in bytes.
pub const MAX_SMALL: usize = 16 * 1024;
/// Largest Credential Response accepted, in bytes: 12 family cards of the largest size.
pub const MAX_CREDENTIAL_RESPONSE: usize = 2 * 1024 * 1024;
/// Longest credential text accepted, in characters.
const MAX_CREDENTIAL: usize = 128 * 1024;
/// Largest portrait blob accepted, in bytes.
const MAX_PORTRAIT: usize = 8 * 1024;
/// Longest issuer name kept, in characters.
const MAX_NAME: usize = 200;
/// Longest token or nonce accepted, in characters.
const MAX_TEXT: usize = 4 * 1024;

/// What the wallet needs of the Credential Issuer Metadata.
#[derive(Clone, Debug)]
pub(super) struct IssuerMetadata {
    pub(super) credential_endpoint: HttpsUrl,
    pub(super) nonce_endpoint: Option<HttpsUrl>,
    pub(super) deferred_endpoint: Option<HttpsUrl>,
    pub(super) notification_endpoint: Option<HttpsUrl>,
    /// How requests are encrypted, and answers.
    pub(super) sealing: Option<Sealing>,
    pub(super) authorization_server: IssuerId,
    pub(super) batch_size: usize,
    pub(super) configurations: Vec<OfferedConfiguration>,
    pub(super) display_name: Option<String>,
}

/// One offered configuration that this wallet can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OfferedConfiguration {
    pub(super) id: String,
    pub(super) format: Format,
    pub(super) types: Types,
}

fn object(body: &[u8], limit: usize) -> Result<Map<String, Value>, ReceiveError> {
    if body.len() > limit {
        return Err(ReceiveError::TooLarge);
    }
    json::object(body).map_err(|_| ReceiveError::Malformed)
}

fn text<'v>(object: &'v Map<String, Value>, member: &str) -> Result<&'v str, ReceiveError> {
    object
        .get(member)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty() && text.len() <= MAX_TEXT)
        .ok_or(ReceiveError::Malformed)
}

impl IssuerMetadata {
    /// Reads the metadata of the offer's issuer, keeping of what is offered what the wallet can hold.
    pub(super) fn parse(body: &[u8], offer: &Offered, rules: UrlRules) -> Result<Self, ReceiveError> {
        let issuer = &offer.issuer;
        let object = object(body, MAX_METADATA)?;
        // "If these values are not identical (when compared using a simple string comparison with no
        // normalization), the data contained in the response MUST NOT be used."
        if text(&object, "credential_issuer")? != issuer.as_str() {
            return Err(ReceiveError::OtherIssuer);
        }
        let url = |member: &str| -> Result<HttpsUrl, ReceiveError> {
            rules.url(text(&object, member)?).map_err(ReceiveError::Url)
        };
        let optional = |member: &str| object.contains_key(member).then(|| url(member)).transpose();
        let sealing = Sealing::of_metadata(&object).map_err(|error| match error {
            MetadataError::Impossible => ReceiveError::EncryptionRequired,
            MetadataError::Malformed => ReceiveError::Malformed,
        })?;
        let batch_size = match object.get("batch_credential_issuance") {
            // "The presence of this parameter means that the issuer supports more than one key proof"
            None => 1,
            // "`batch_size`: REQUIRED. Integer value [...] It MUST be 2 or greater."
            Some(batch) => batch
                .get("batch_size")
                .and_then(Value::as_u64)
                .filter(|size| *size >= 2)
                .and_then(|size| usize::try_from(size).ok())
                .ok_or(ReceiveError::Malformed)?,
        };
        let supported = object
            .get("credential_configurations_supported")
            .and_then(Value::as_object)
            .ok_or(ReceiveError::Malformed)?;
        let mut configurations = Vec::new();
        for id in &offer.configuration_ids {
            let configuration = supported.get(id).ok_or(ReceiveError::UnknownConfiguration)?;
            configurations.extend(OfferedConfiguration::parse(id, configuration)?);
        }
        if configurations.is_empty() {
            return Err(ReceiveError::NothingUsable);
        }
        Ok(Self {
            credential_endpoint: url("credential_endpoint")?,
            nonce_endpoint: optional("nonce_endpoint")?,
            deferred_endpoint: optional("deferred_credential_endpoint")?,
            notification_endpoint: optional("notification_endpoint")?,
            sealing,
            authorization_server: authorization_server(&object, offer, rules)?,
            batch_size,
            configurations,
            display_name: display_name(&object),
        })
    }
}

/// "`display`: OPTIONAL. A non-empty array of objects": the name in Indonesian, else the first one.
fn display_name(object: &Map<String, Value>) -> Option<String> {
    let displays = object.get("display")?.as_array()?;
    let indonesian = displays.iter().find(|d| d.get("locale").and_then(Value::as_str) == Some("id"));
    let name = indonesian.or_else(|| displays.first())?.get("name")?.as_str()?;
    Some(name.chars().take(MAX_NAME).collect())
}

/// The authorisation server to ask for a token: the one that the offer names, otherwise the first.
fn authorization_server(
    object: &Map<String, Value>,
    offer: &Offered,
    rules: UrlRules,
) -> Result<IssuerId, ReceiveError> {
    let hint = offer.grant.server();
    let servers: Option<Vec<&str>> = match object.get("authorization_servers") {
        None => Some(Vec::new()),
        Some(servers) => servers.as_array().and_then(|list| list.iter().map(Value::as_str).collect()),
    };
    match (servers.ok_or(ReceiveError::Malformed)?.as_slice(), hint) {
        // "If this parameter is omitted, the entity providing the Credential Issuer is also acting as the
        // Authorization Server"
        ([], None) => Ok(offer.issuer.clone()),
        // "the Wallet MUST NOT proceed with the flow if the `authorization_server` Credential Offer parameter
        // value does not match any of the entries in the `authorization_servers` array."
        (servers, Some(hint)) if !servers.contains(&hint) => Err(ReceiveError::UnknownServer),
        ([first, ..], hint) => IssuerId::parse(hint.unwrap_or(first), rules).map_err(ReceiveError::Url),
        ([], Some(_)) => Err(ReceiveError::UnknownServer),
    }
}

impl OfferedConfiguration {
    /// `None` for a format, key binding or proof type that this wallet does not have.
    fn parse(id: &str, value: &Value) -> Result<Option<Self>, ReceiveError> {
        let object = value.as_object().ok_or(ReceiveError::Malformed)?;
        let Some(format) = Format::of_name(text(object, "format")?) else { return Ok(None) };
        let types = match format {
            Format::DcSdJwt => Types::Vct(text(object, "vct")?.to_owned()),
            Format::VcSdJwt => {
                let types = object
                    .get("credential_definition")
                    .and_then(|definition| definition.get("type"))
                    .and_then(Value::as_array)
                    .ok_or(ReceiveError::Malformed)?;
                let types: Option<Vec<String>> =
                    types.iter().map(|name| name.as_str().map(str::to_owned)).collect();
                Types::W3c(types.ok_or(ReceiveError::Malformed)?)
            }
        };
        let contains = |list: Option<&Value>, wanted: &str| {
            list.and_then(Value::as_array).is_some_and(|list| list.iter().any(|item| item == wanted))
        };
        let proof = object.get("proof_types_supported").and_then(|types| types.get("jwt"));
        let algorithms = proof.and_then(|proof| proof.get("proof_signing_alg_values_supported"));
        let attested = proof.is_some_and(|proof| proof.get("key_attestations_required").is_some());
        let usable = contains(object.get("cryptographic_binding_methods_supported"), "jwk")
            && contains(algorithms, "ES256")
            && !attested;
        Ok(usable.then(|| Self { id: id.to_owned(), format, types }))
    }
}

/// What the wallet needs of the authorisation server's metadata.
#[derive(Clone, Debug)]
pub(super) struct ServerMetadata {
    pub(super) token_endpoint: HttpsUrl,
    /// It binds tokens to keys (RFC 9449).
    pub(super) dpop: bool,
    pub(super) pushed: Option<HttpsUrl>,
    pub(super) authorization: Option<HttpsUrl>,
    /// Where a card logs in without a browser.
    pub(super) challenge: Option<HttpsUrl>,
}

/// Reads the authorisation server's metadata (RFC 8414).
pub(super) fn server(
    body: &[u8],
    server: &IssuerId,
    rules: UrlRules,
) -> Result<ServerMetadata, ReceiveError> {
    let object = object(body, MAX_METADATA)?;
    // RFC 8414 section 3.3: "The "issuer" value returned MUST be identical to the authorization server's
    // issuer identifier value into which the well-known URI string was inserted [...]. If these values are not
    // identical, the data contained in the response MUST NOT be used."
    if text(&object, "issuer")? != server.as_str() {
        return Err(ReceiveError::OtherIssuer);
    }
    let url = |member: &str| -> Result<Option<HttpsUrl>, ReceiveError> {
        match object.get(member) {
            None => Ok(None),
            Some(_) => rules.url(text(&object, member)?).map(Some).map_err(ReceiveError::Url),
        }
    };
    let algorithms = object.get("dpop_signing_alg_values_supported").and_then(Value::as_array);
    Ok(ServerMetadata {
        token_endpoint: rules.url(text(&object, "token_endpoint")?).map_err(ReceiveError::Url)?,
        dpop: algorithms.is_some_and(|list| list.iter().any(|name| name == "ES256")),
        pushed: url("pushed_authorization_request_endpoint")?,
        authorization: url("authorization_endpoint")?,
        challenge: url("authorization_challenge_endpoint")?,
    })
}

/// Reads the answer to a pushed request (RFC 9126 section 2.2): the `request_uri`.
pub(super) fn request_uri(body: &[u8]) -> Result<String, ReceiveError> {
    let object = object(body, MAX_SMALL)?;
    Ok(text(&object, "request_uri")?.to_owned())
}

/// Reads the answer to a challenge: the code.
pub(super) fn authorization_code(body: &[u8]) -> Result<Secret<String>, ReceiveError> {
    let object = object(body, MAX_SMALL)?;
    Ok(Secret::new(text(&object, "authorization_code")?.to_owned()))
}

/// A Token Response.
pub(super) struct Token {
    pub(super) token: Secret<String>,
    /// The server bound it to the wallet's key.
    pub(super) bound: bool,
    pub(super) refresh: Option<Secret<String>>,
    /// `expires_in`.
    pub(super) lives: Option<Seconds>,
    /// For a configuration the identifier to ask by, where the server gave one.
    pub(super) identifiers: BTreeMap<String, String>,
}

/// Reads a Token Response.
pub(super) fn token(body: &[u8]) -> Result<Token, ReceiveError> {
    let object = object(body, MAX_SMALL)?;
    // RFC 6749 section 7.1: "The client MUST NOT use an access token if it does not understand the token
    // type."
    let kind = text(&object, "token_type")?;
    let bound = kind.eq_ignore_ascii_case("dpop");
    if !bound && !kind.eq_ignore_ascii_case("bearer") {
        return Err(ReceiveError::TokenType);
    }
    let token = text(&object, "access_token")?;
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ReceiveError::Malformed);
    }
    let identifiers = match object.get("authorization_details") {
        None => BTreeMap::new(),
        Some(details) => identifiers(details).ok_or(ReceiveError::Malformed)?,
    };
    let refresh = match object.get("refresh_token") {
        None => None,
        Some(_) => Some(Secret::new(text(&object, "refresh_token")?.to_owned())),
    };
    let lives = object.get("expires_in").and_then(Value::as_i64).map(Seconds);
    Ok(Token { token: Secret::new(token.to_owned()), bound, refresh, lives, identifiers })
}

/// "`credential_identifiers`: REQUIRED. A non-empty array of strings, each uniquely identifying a Credential
/// Dataset that can be issued using the Access Token". Of several datasets the first is taken.
fn identifiers(details: &Value) -> Option<BTreeMap<String, String>> {
    let details = details.as_array()?.iter();
    let ours =
        details.filter(|detail| detail.get("type").and_then(Value::as_str) == Some("openid_credential"));
    ours.map(|detail| {
        let configuration = detail.get("credential_configuration_id")?.as_str()?;
        let identifier = detail.get("credential_identifiers")?.as_array()?.first()?.as_str()?;
        Some((configuration.to_owned(), identifier.to_owned()))
    })
    .collect()
}

/// Reads a Nonce Response.
pub(super) fn c_nonce(body: &[u8]) -> Result<String, ReceiveError> {
    let object = object(body, MAX_SMALL)?;
    Ok(text(&object, "c_nonce")?.to_owned())
}

/// Reads an OAuth error answer; an unknown or unreadable one is `None`.
pub(super) fn oauth_error(body: &[u8]) -> Option<OAuthError> {
    let object = object(body, MAX_SMALL).ok()?;
    OAuthError::from_name(object.get("error")?.as_str()?)
}

/// A Credential Response.
pub(super) enum Given {
    /// The credentials, in the order of the keys.
    Now { credentials: Vec<Issued>, notification_id: Option<String> },
    /// They come later.
    Later { transaction_id: String, interval: Seconds },
}

/// Reads a Credential Response for `copies` keys; where its encryption was asked for, it must be encrypted.
pub(super) fn opened(body: &[u8], opener: Option<&Opener>, copies: usize) -> Result<Given, ReceiveError> {
    let Some(opener) = opener else { return given(body, copies) };
    if body.len() > MAX_CREDENTIAL_RESPONSE {
        return Err(ReceiveError::TooLarge);
    }
    let plain = opener.open(body, MAX_CREDENTIAL_RESPONSE).map_err(|error| match error {
        OpenError::NotEncrypted => ReceiveError::NotEncrypted,
        OpenError::OtherKey => ReceiveError::EncryptionKey,
        OpenError::Jwe(error) => ReceiveError::Jwe(error),
    })?;
    given(plain.expose(), copies)
}

fn given(body: &[u8], copies: usize) -> Result<Given, ReceiveError> {
    let object = object(body, MAX_CREDENTIAL_RESPONSE)?;
    if object.contains_key("transaction_id") {
        // "[transaction_id] MUST NOT be used if the `credentials` parameter is present." "`interval`: REQUIRED if
        // `transaction_id` is present. Contains a positive number".
        let interval = object.get("interval").and_then(Value::as_i64).filter(|seconds| *seconds > 0);
        let interval = interval.map(Seconds).filter(|_| !object.contains_key("credentials"));
        let interval = interval.ok_or(ReceiveError::Malformed)?;
        if interval > LONGEST_INTERVAL {
            return Err(ReceiveError::Interval);
        }
        return Ok(Given::Later { transaction_id: text(&object, "transaction_id")?.to_owned(), interval });
    }
    let notification_id = match object.get("notification_id") {
        None => None,
        Some(_) => Some(text(&object, "notification_id")?.to_owned()),
    };
    let credentials = credentials(&object, copies)?;
    Ok(Given::Now { credentials, notification_id })
}

fn credentials(object: &Map<String, Value>, copies: usize) -> Result<Vec<Issued>, ReceiveError> {
    let list = object.get("credentials").and_then(Value::as_array).ok_or(ReceiveError::Malformed)?;
    // "The number of elements in the `credentials` array matches the number of keys that the Wallet has
    // provided [...], unless the Issuer decides to issue fewer Credentials."
    if list.is_empty() || list.len() > copies {
        return Err(ReceiveError::WrongCount);
    }
    list.iter()
        .map(|entry| {
            let entry = entry.as_object().ok_or(ReceiveError::Malformed)?;
            let credential = entry.get("credential").and_then(Value::as_str);
            let credential = credential
                .filter(|text| text.len() <= MAX_CREDENTIAL)
                .ok_or(ReceiveError::Malformed)?
                .to_owned();
            let portrait = match entry.get(PORTRAIT_MEMBER) {
                None => None,
                Some(Value::String(text)) if text.len() <= 2 * MAX_PORTRAIT => {
                    let blob = base64url::decode(text).map_err(|_| ReceiveError::Malformed)?;
                    Some(blob).filter(|blob| blob.len() <= MAX_PORTRAIT)
                }
                Some(_) => return Err(ReceiveError::Malformed),
            };
            Ok(Issued { credential, portrait })
        })
        .collect()
}
