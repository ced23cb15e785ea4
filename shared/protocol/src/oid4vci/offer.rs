//! The Credential Offer (OpenID4VCI 1.0 section 4.1): written by the issuer, read by the wallet.

use absah_types::{HttpsUrl, Secret, UrlError, coded};
use serde_json::{Map, Value, json};
use url::Url;

use super::PRE_AUTHORIZED_CODE;
use crate::json;
use crate::url_rules::{IssuerId, UrlRules};

/// Longest deep link accepted, in bytes.
pub const MAX_LINK: usize = 8 * 1024;
/// Largest Credential Offer accepted, in bytes.
pub const MAX_OFFER: usize = 16 * 1024;
/// Longest `description` of a transaction code, in characters.
pub const MAX_DESCRIPTION: usize = 300;
/// Most credentials in one offer.
const MAX_CONFIGURATIONS: usize = 32;
/// Longest code or configuration id, in bytes.
const MAX_TEXT: usize = 1024;
/// Longest name of a holder whose card is carried, in characters.
const MAX_HOLDER: usize = 200;
/// Longest session in which a card is carried, in minutes: a day.
const MAX_MINUTES: u32 = 24 * 60;
/// The member that says so.
const CARRIED: &str = "absah_pendamping";
/// Schemes under which wallets receive offers: OpenID4VCI 1.0 section 12.1.1 and HAIP 1.0 section 4.2.
const SCHEMES: [&str; 2] = ["openid-credential-offer", "haip-vci"];

/// What a deep link carries.
#[derive(Debug)]
pub enum Link {
    /// `credential_offer`: the offer itself.
    ByValue(Box<Offer>),
    /// `credential_offer_uri`: where to fetch it.
    ByReference(HttpsUrl),
}

/// A Credential Offer (section 4.1.1).
#[derive(Debug)]
pub struct Offer {
    /// `credential_issuer`.
    pub issuer: IssuerId,
    /// `credential_configuration_ids`, never empty, distinct.
    pub configuration_ids: Vec<String>,
    /// `grants`.
    pub grants: Grants,
    /// `absah_pendamping`, a parameter of our own: a helper is to carry this card, and whose it is.
    pub carried: Option<Carried>,
}

/// What a helper is told before the code is typed: whose card, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// `untuk`: the holder, by the first name and the initials of the others. Whoever photographs the link reads it, too.
    pub holder: String,
    /// `menit`: how many minutes the session lasts, from its beginning at the desk.
    pub minutes: u32,
}

impl Carried {
    /// Of a holder's name as it stands in the register.
    #[must_use]
    pub fn of(name: &str, minutes: u32) -> Self {
        let mut words = name.split_whitespace();
        let first = words.next().unwrap_or_default().to_owned();
        let initials = words.filter_map(|word| word.chars().next()).map(|initial| format!(" {initial}."));
        Self { holder: initials.fold(first, |name, initial| name + &initial), minutes }
    }

    fn parse(value: &Value) -> Result<Self, OfferError> {
        let object = value.as_object().ok_or(OfferError::Malformed)?;
        let holder = text(object, "untuk")?;
        let minutes =
            object.get("menit").and_then(Value::as_u64).and_then(|minutes| u32::try_from(minutes).ok());
        let minutes = minutes.filter(|minutes| (1..=MAX_MINUTES).contains(minutes));
        let is_name = !holder.trim().is_empty() && holder.chars().count() <= MAX_HOLDER;
        match minutes {
            Some(minutes) if is_name => Ok(Self { holder: holder.to_owned(), minutes }),
            _ => Err(OfferError::Malformed),
        }
    }
}

/// The ways in which an offer can be taken up. Others than these are ignored.
#[derive(Debug, Default)]
pub struct Grants {
    /// `urn:ietf:params:oauth:grant-type:pre-authorized_code`.
    pub pre_authorized: Option<PreAuthorized>,
    /// `authorization_code`.
    pub authorization_code: Option<AuthorizationCode>,
}

/// The pre-authorised code grant.
#[derive(Debug)]
pub struct PreAuthorized {
    /// `pre-authorized_code`.
    pub code: Secret<String>,
    /// `tx_code`, when a transaction code is expected.
    pub tx_code: Option<TxCodePrompt>,
    /// `authorization_server`, one of several in the issuer's metadata.
    pub authorization_server: Option<String>,
}

/// The authorisation code grant.
#[derive(Debug)]
pub struct AuthorizationCode {
    /// `issuer_state`.
    pub issuer_state: Option<String>,
    /// `authorization_server`, one of several in the issuer's metadata.
    pub authorization_server: Option<String>,
}

/// What the person is asked to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TxCodePrompt {
    /// `input_mode`.
    pub input: TxCodeInput,
    /// `length`, in characters.
    pub length: Option<usize>,
    /// `description`, plain text from the issuer, at most [`MAX_DESCRIPTION`] characters.
    pub description: Option<String>,
}

/// `input_mode` of a transaction code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TxCodeInput {
    /// Digits only, the default.
    Numeric,
    /// Any characters.
    Text,
}

/// Why a deep link or offer cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferError {
    /// Not a link of a scheme for offers.
    NotAnOffer,
    /// Link or offer is larger than accepted.
    TooLarge,
    /// Both or neither of `credential_offer` and `credential_offer_uri`, or one of them twice.
    Ambiguous,
    /// Not the JSON object of section 4.1.1.
    Malformed,
    /// The issuer, or the place to fetch the offer, is no acceptable URL.
    Url(UrlError),
}

impl std::fmt::Display for OfferError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAnOffer => f.write_str("not a credential offer link"),
            Self::TooLarge => f.write_str("credential offer too large"),
            Self::Ambiguous => f.write_str("credential offer neither plainly by value nor by reference"),
            Self::Malformed => f.write_str("credential offer malformed"),
            Self::Url(inner) => inner.fmt(f),
        }
    }
}

impl std::error::Error for OfferError {}

coded! { OfferError {
    NotAnOffer => ("offer-not-a-link", Peer),
    TooLarge => ("offer-too-large", Peer),
    Ambiguous => ("offer-ambiguous", Peer),
    Malformed => ("offer-malformed", Peer),
    Url(e) => inner(e),
} }

impl From<UrlError> for OfferError {
    fn from(error: UrlError) -> Self {
        Self::Url(error)
    }
}

/// The deep link of an offer by reference: the text of the QR code.
#[must_use]
pub fn deep_link(offer_uri: &str) -> String {
    format!("openid-credential-offer://?{}", crate::form::encode(&[("credential_offer_uri", offer_uri)]))
}

/// The deep link of an offer by value: nothing in it is secret, whoever takes it logs in.
#[must_use]
pub fn public_link(offer: &Offer) -> String {
    let offer = offer.to_value().to_string();
    format!("openid-credential-offer://?{}", crate::form::encode(&[("credential_offer", &offer)]))
}

impl Link {
    /// Reads a deep link, as scanned, pasted or handed over by the system.
    ///
    /// # Errors
    /// [`OfferError`].
    pub fn parse(link: &str, rules: UrlRules) -> Result<Self, OfferError> {
        let link = link.trim();
        if link.len() > MAX_LINK {
            return Err(OfferError::TooLarge);
        }
        let url = Url::parse(link).map_err(|_| OfferError::NotAnOffer)?;
        if !SCHEMES.contains(&url.scheme()) {
            return Err(OfferError::NotAnOffer);
        }
        let query = url.query().unwrap_or_default();
        let parameters = crate::form::parse(query.as_bytes(), MAX_LINK).map_err(|_| OfferError::Ambiguous)?;
        // "The Credential Offer object [is] passed as a single URI query parameter, either
        // `credential_offer` or `credential_offer_uri`." "MUST NOT" both.
        match (parameters.get("credential_offer"), parameters.get("credential_offer_uri")) {
            (Some(value), None) => Ok(Self::ByValue(Box::new(Offer::parse(value.as_bytes(), rules)?))),
            (None, Some(uri)) => Ok(Self::ByReference(rules.url(uri)?)),
            _ => Err(OfferError::Ambiguous),
        }
    }
}

impl Offer {
    /// Reads a Credential Offer. Unknown members are ignored: "The Wallet MUST ignore any unrecognized
    /// parameters."
    ///
    /// # Errors
    /// [`OfferError`].
    pub fn parse(body: &[u8], rules: UrlRules) -> Result<Self, OfferError> {
        if body.len() > MAX_OFFER {
            return Err(OfferError::TooLarge);
        }
        let object = json::object(body).map_err(|_| OfferError::Malformed)?;
        let issuer = text(&object, "credential_issuer")?;
        let issuer = IssuerId::parse(issuer, rules)?;
        // "`credential_configuration_ids`: REQUIRED. A non-empty array of unique strings"
        let ids = object
            .get("credential_configuration_ids")
            .and_then(Value::as_array)
            .ok_or(OfferError::Malformed)?;
        if ids.is_empty() || ids.len() > MAX_CONFIGURATIONS {
            return Err(OfferError::Malformed);
        }
        let mut configuration_ids: Vec<String> = Vec::with_capacity(ids.len());
        for id in ids {
            let id = id.as_str().filter(|id| id.len() <= MAX_TEXT).ok_or(OfferError::Malformed)?;
            if configuration_ids.iter().any(|seen| seen == id) {
                return Err(OfferError::Malformed);
            }
            configuration_ids.push(id.to_owned());
        }
        let grants = match object.get("grants") {
            None => Grants::default(),
            Some(grants) => Grants::parse(grants.as_object().ok_or(OfferError::Malformed)?)?,
        };
        let carried = object.get(CARRIED).map(Carried::parse).transpose()?;
        Ok(Self { issuer, configuration_ids, grants, carried })
    }

    /// An offer for the pre-authorised code flow, as our issuer makes it.
    #[must_use]
    pub fn pre_authorized(
        issuer: IssuerId,
        configuration_ids: Vec<String>,
        code: Secret<String>,
        tx_code: Option<TxCodePrompt>,
    ) -> Self {
        let pre_authorized = PreAuthorized { code, tx_code, authorization_server: None };
        let grants = Grants { pre_authorized: Some(pre_authorized), authorization_code: None };
        Self { issuer, configuration_ids, grants, carried: None }
    }

    /// The offer as JSON, for the issuer's offer endpoint.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut offer = Map::new();
        offer.insert("credential_issuer".into(), json!(self.issuer.as_str()));
        offer.insert("credential_configuration_ids".into(), json!(self.configuration_ids));
        offer.insert("grants".into(), self.grants.to_value());
        if let Some(Carried { holder, minutes }) = &self.carried {
            offer.insert(CARRIED.into(), json!({ "untuk": holder, "menit": minutes }));
        }
        Value::Object(offer)
    }
}

impl Grants {
    fn parse(grants: &Map<String, Value>) -> Result<Self, OfferError> {
        let object = |grant: &'_ Value| grant.as_object().cloned().ok_or(OfferError::Malformed);
        let pre_authorized = match grants.get(PRE_AUTHORIZED_CODE) {
            None => None,
            Some(grant) => {
                let grant = object(grant)?;
                Some(PreAuthorized {
                    code: Secret::new(text(&grant, "pre-authorized_code")?.to_owned()),
                    // "`tx_code`: OPTIONAL. Object indicating that a Transaction Code is required if present,
                    // even if empty."
                    tx_code: grant.get("tx_code").map(TxCodePrompt::parse).transpose()?,
                    authorization_server: optional_text(&grant, "authorization_server")?,
                })
            }
        };
        let authorization_code = match grants.get("authorization_code") {
            None => None,
            Some(grant) => {
                let grant = object(grant)?;
                Some(AuthorizationCode {
                    issuer_state: optional_text(&grant, "issuer_state")?,
                    authorization_server: optional_text(&grant, "authorization_server")?,
                })
            }
        };
        Ok(Self { pre_authorized, authorization_code })
    }

    fn to_value(&self) -> Value {
        let mut grants = Map::new();
        if let Some(grant) = &self.pre_authorized {
            let mut object = Map::new();
            object.insert("pre-authorized_code".into(), json!(grant.code.expose()));
            if let Some(prompt) = &grant.tx_code {
                object.insert("tx_code".into(), prompt.to_value());
            }
            insert(&mut object, "authorization_server", grant.authorization_server.as_ref());
            grants.insert(PRE_AUTHORIZED_CODE.into(), Value::Object(object));
        }
        if let Some(grant) = &self.authorization_code {
            let mut object = Map::new();
            insert(&mut object, "issuer_state", grant.issuer_state.as_ref());
            insert(&mut object, "authorization_server", grant.authorization_server.as_ref());
            grants.insert("authorization_code".into(), Value::Object(object));
        }
        Value::Object(grants)
    }
}

fn insert(object: &mut Map<String, Value>, member: &str, text: Option<&String>) {
    if let Some(text) = text {
        object.insert(member.into(), json!(text));
    }
}

impl TxCodePrompt {
    fn parse(value: &Value) -> Result<Self, OfferError> {
        let object = value.as_object().ok_or(OfferError::Malformed)?;
        // "Possible values are `numeric` (only digits) and `text` (any characters). The default is
        // `numeric`."
        let input = match object.get("input_mode").map(Value::as_str) {
            None | Some(Some("numeric")) => TxCodeInput::Numeric,
            Some(Some("text")) => TxCodeInput::Text,
            Some(_) => return Err(OfferError::Malformed),
        };
        let length = match object.get("length") {
            None => None,
            Some(value) => {
                let length = value.as_u64().and_then(|length| usize::try_from(length).ok());
                Some(length.filter(|l| (1..=256).contains(l)).ok_or(OfferError::Malformed)?)
            }
        };
        // "The length of the string MUST NOT exceed 300 characters."
        let description = match object.get("description") {
            None => None,
            Some(Value::String(text)) if text.chars().count() <= MAX_DESCRIPTION => Some(text.clone()),
            Some(_) => return Err(OfferError::Malformed),
        };
        Ok(Self { input, length, description })
    }

    fn to_value(&self) -> Value {
        let mut object = Map::new();
        object.insert(
            "input_mode".into(),
            json!(match self.input {
                TxCodeInput::Numeric => "numeric",
                TxCodeInput::Text => "text",
            }),
        );
        if let Some(length) = self.length {
            object.insert("length".into(), json!(length));
        }
        if let Some(description) = &self.description {
            object.insert("description".into(), json!(description));
        }
        Value::Object(object)
    }

    /// Whether the typed text can be the code at all, before it is sent.
    #[must_use]
    pub fn fits(&self, typed: &str) -> bool {
        !typed.is_empty()
            && typed.len() <= MAX_TEXT
            && self.length.is_none_or(|length| typed.chars().count() == length)
            && (self.input == TxCodeInput::Text || typed.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

fn text<'v>(object: &'v Map<String, Value>, member: &str) -> Result<&'v str, OfferError> {
    object
        .get(member)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty() && text.len() <= MAX_TEXT)
        .ok_or(OfferError::Malformed)
}

fn optional_text(object: &Map<String, Value>, member: &str) -> Result<Option<String>, OfferError> {
    if object.contains_key(member) {
        text(object, member).map(|text| Some(text.to_owned()))
    } else {
        Ok(None)
    }
}
