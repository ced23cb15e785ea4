//! The query itself: OpenID4VP 1.0 sections 6.1 to 6.3, read and written.

use std::collections::BTreeSet;

use absah_credential::{ClaimPath, ClaimPathError, Format, PathElement};
use absah_types::coded;
use serde_json::{Map, Value, json};

/// Most Credential Queries in one query.
pub const MAX_CREDENTIALS: usize = 16;
/// Most claims in one Credential Query.
pub const MAX_CLAIMS: usize = 64;
/// Most options, sets or values in any list of a query.
pub const MAX_OPTIONS: usize = 64;
/// Longest identifier, format name or type name, in bytes.
const MAX_TEXT: usize = 512;

/// `format` of a Credential Query (OpenID4VP 1.0 appendix B).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormatName {
    /// A format we hold.
    Held(Format),
    /// Another format: such a query is well-formed and matches nothing.
    Other(String),
}

impl FormatName {
    /// The identifier as it stands in messages.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Held(format) => format.name(),
            Self::Other(name) => name,
        }
    }

    /// The format named so.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Format::of_name(name).map_or_else(|| Self::Other(name.to_owned()), Self::Held)
    }

    /// The format, if it is one we hold.
    #[must_use]
    pub fn held(&self) -> Option<Format> {
        match self {
            Self::Held(format) => Some(*format),
            Self::Other(_) => None,
        }
    }
}

/// `meta` of a Credential Query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meta {
    /// `vct_values` of `dc+sd-jwt` (appendix B.3.5): one of these.
    Vct(Vec<String>),
    /// `type_values` of `vc+sd-jwt` (as appendix B.1.1): all types of one of these lists.
    Types(Vec<Vec<String>>),
    /// Empty: no constraint. Also `meta` of a format we do not hold.
    Unconstrained,
}

/// One entry of `trusted_authorities` (section 6.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedAuthorities {
    /// `type`, for instance `aki`.
    pub kind: String,
    /// `values`, never empty.
    pub values: Vec<String>,
}

/// One claim asked for (section 6.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimQuery {
    /// `id`, needed only where `claim_sets` names it.
    pub id: Option<String>,
    /// `path`.
    pub path: ClaimPath,
    /// `values`: strings, integers or booleans of which the claim must equal one.
    pub values: Option<Vec<Value>>,
}

/// One credential asked for (section 6.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialQuery {
    /// `id`, the key in the answer.
    pub id: String,
    /// `format`.
    pub format: FormatName,
    /// `multiple`: more than one credential may answer. Default `false`.
    pub multiple: bool,
    /// `meta`.
    pub meta: Meta,
    /// `trusted_authorities`; empty when absent.
    pub trusted_authorities: Vec<TrustedAuthorities>,
    /// `require_cryptographic_holder_binding`. Default `true`.
    pub require_holder_binding: bool,
    /// `claims`; `None` asks for nothing that is selectively disclosable.
    pub claims: Option<Vec<ClaimQuery>>,
    /// `claim_sets`: lists of claim ids, most preferred first.
    pub claim_sets: Option<Vec<Vec<String>>>,
}

/// One use case that a set of credentials satisfies (section 6.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialSetQuery {
    /// `options`: lists of Credential Query ids, most preferred first.
    pub options: Vec<Vec<String>>,
    /// `required`. Default `true`.
    pub required: bool,
}

/// A valid DCQL query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// `credentials`, never empty, ids distinct.
    pub credentials: Vec<CredentialQuery>,
    /// `credential_sets`.
    pub credential_sets: Option<Vec<CredentialSetQuery>>,
}

/// One thing a query asks for, as a consent screen lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'q> {
    /// The Credential Query.
    pub credential: &'q CredentialQuery,
    /// The claim, or `None` for "the credential alone".
    pub claim: Option<&'q ClaimQuery>,
}

/// Why a JSON value is no valid DCQL query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// A member is missing or of the wrong JSON type.
    Malformed {
        /// The member's name.
        member: &'static str,
    },
    /// A list that must have elements is empty, or a list or text is beyond the limit.
    Size {
        /// The member's name.
        member: &'static str,
    },
    /// An id is empty or has a character other than letters, digits, `_` and `-`.
    BadId,
    /// An id stands twice.
    DuplicateId,
    /// `claim_sets` or `credential_sets` names an id that is not there.
    UnknownId,
    /// `claim_sets` without `claims`.
    SetsWithoutClaims,
    /// The same claim is pointed to twice.
    DuplicateClaim,
    /// `meta` does not fit the format.
    Meta,
    /// A path is no claims path pointer.
    Path(ClaimPathError),
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed { member } => write!(f, "query member {member} missing or mistyped"),
            Self::Size { member } => write!(f, "query member {member} empty or too large"),
            Self::BadId => f.write_str("query id has characters that are not allowed"),
            Self::DuplicateId => f.write_str("query id used twice"),
            Self::UnknownId => f.write_str("query set names an unknown id"),
            Self::SetsWithoutClaims => f.write_str("claim sets without claims"),
            Self::DuplicateClaim => f.write_str("the same claim is asked twice"),
            Self::Meta => f.write_str("query meta does not fit the format"),
            Self::Path(inner) => inner.fmt(f),
        }
    }
}

impl std::error::Error for QueryError {}

coded! { QueryError {
    Malformed{..} => ("dcql-malformed", Peer),
    Size{..} => ("dcql-size", Peer),
    BadId => ("dcql-bad-id", Peer),
    DuplicateId => ("dcql-duplicate-id", Peer),
    UnknownId => ("dcql-unknown-id", Peer),
    SetsWithoutClaims => ("dcql-sets-without-claims", Peer),
    DuplicateClaim => ("dcql-duplicate-claim", Peer),
    Meta => ("dcql-meta", Peer),
    Path(e) => inner(e),
} }

impl From<ClaimPathError> for QueryError {
    fn from(error: ClaimPathError) -> Self {
        Self::Path(error)
    }
}

impl Query {
    /// Reads and checks a query. Unknown members are ignored, as section 6 demands.
    ///
    /// # Errors
    /// The first rule of section 6 that the value breaks.
    pub fn parse(value: &Value) -> Result<Self, QueryError> {
        let object = value.as_object().ok_or(QueryError::Malformed { member: "dcql_query" })?;
        let credentials = list(object, "credentials", MAX_CREDENTIALS)?
            .ok_or(QueryError::Malformed { member: "credentials" })?
            .iter()
            .map(CredentialQuery::parse)
            .collect::<Result<Vec<_>, _>>()?;
        // "Within the Authorization Request, the same `id` MUST NOT be present more than once."
        distinct(credentials.iter().map(|query| query.id.as_str()))?;
        let credential_sets = list(object, "credential_sets", MAX_OPTIONS)?
            .map(|sets| sets.iter().map(CredentialSetQuery::parse).collect::<Result<Vec<_>, _>>())
            .transpose()?;
        // "a non-empty array of identifiers which reference elements in `credentials`."
        for id in credential_sets.iter().flatten().flat_map(|set| set.options.iter().flatten()) {
            if !credentials.iter().any(|query| query.id == *id) {
                return Err(QueryError::UnknownId);
            }
        }
        Ok(Self { credentials, credential_sets })
    }

    /// The JSON form; [`Query::parse`] reads it back to an equal query.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut object = Map::new();
        object.insert("credentials".into(), self.credentials.iter().map(CredentialQuery::to_value).collect());
        if let Some(sets) = &self.credential_sets {
            object.insert("credential_sets".into(), sets.iter().map(CredentialSetQuery::to_value).collect());
        }
        Value::Object(object)
    }

    /// The Credential Query of that id.
    #[must_use]
    pub fn credential(&self, id: &str) -> Option<&CredentialQuery> {
        self.credentials.iter().find(|query| query.id == id)
    }

    /// Everything the query can ask for, in its order, for a consent screen and for the check
    /// against a registration. Claims in alternatives are all listed.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked<'_>> {
        self.credentials
            .iter()
            .flat_map(|credential| match &credential.claims {
                None => vec![Asked { credential, claim: None }],
                Some(claims) => claims.iter().map(|claim| Asked { credential, claim: Some(claim) }).collect(),
            })
            .collect()
    }
}

impl CredentialQuery {
    fn parse(value: &Value) -> Result<Self, QueryError> {
        let object = value.as_object().ok_or(QueryError::Malformed { member: "credentials" })?;
        let id = identifier(required_text(object, "id")?)?;
        let format = FormatName::from_name(required_text(object, "format")?);
        let meta = object.get("meta").and_then(Value::as_object);
        let meta = Meta::parse(&format, meta.ok_or(QueryError::Malformed { member: "meta" })?)?;
        let trusted_authorities = list(object, "trusted_authorities", MAX_OPTIONS)?
            .unwrap_or_default()
            .iter()
            .map(TrustedAuthorities::parse)
            .collect::<Result<Vec<_>, _>>()?;
        let claims = list(object, "claims", MAX_CLAIMS)?
            .map(|claims| claims.iter().map(ClaimQuery::parse).collect::<Result<Vec<_>, _>>())
            .transpose()?;
        let claim_sets = list(object, "claim_sets", MAX_OPTIONS)?
            .map(|sets| sets.iter().map(|set| ids(set, "claim_sets")).collect::<Result<Vec<_>, _>>())
            .transpose()?;
        check_claims(claims.as_deref(), claim_sets.as_deref())?;
        Ok(Self {
            id,
            format,
            multiple: flag(object, "multiple", false)?,
            meta,
            trusted_authorities,
            require_holder_binding: flag(object, "require_cryptographic_holder_binding", true)?,
            claims,
            claim_sets,
        })
    }

    fn to_value(&self) -> Value {
        let mut object = Map::new();
        object.insert("id".into(), json!(self.id));
        object.insert("format".into(), json!(self.format.as_str()));
        object.insert("meta".into(), self.meta.to_value());
        if self.multiple {
            object.insert("multiple".into(), json!(true));
        }
        if !self.require_holder_binding {
            object.insert("require_cryptographic_holder_binding".into(), json!(false));
        }
        if !self.trusted_authorities.is_empty() {
            object.insert(
                "trusted_authorities".into(),
                self.trusted_authorities
                    .iter()
                    .map(|entry| json!({"type": entry.kind, "values": entry.values}))
                    .collect(),
            );
        }
        if let Some(claims) = &self.claims {
            object.insert("claims".into(), claims.iter().map(ClaimQuery::to_value).collect());
        }
        if let Some(sets) = &self.claim_sets {
            object.insert("claim_sets".into(), json!(sets));
        }
        Value::Object(object)
    }
}

fn check_claims(claims: Option<&[ClaimQuery]>, claim_sets: Option<&[Vec<String>]>) -> Result<(), QueryError> {
    let Some(claims) = claims else {
        // "`claim_sets` MUST NOT be present if `claims` is absent."
        return if claim_sets.is_some() { Err(QueryError::SetsWithoutClaims) } else { Ok(()) };
    };
    // "Within the particular `claims` array, the same `id` MUST NOT be present more than once."
    distinct(claims.iter().filter_map(|claim| claim.id.as_deref()))?;
    if let Some(sets) = claim_sets {
        // "[id] REQUIRED if `claim_sets` is present in the Credential Query"
        if claims.iter().any(|claim| claim.id.is_none()) {
            return Err(QueryError::Malformed { member: "id" });
        }
        for id in sets.iter().flatten() {
            if !claims.iter().any(|claim| claim.id.as_ref() == Some(id)) {
                return Err(QueryError::UnknownId);
            }
        }
    }
    // "Verifiers MUST NOT point to the same claim more than once in a single query." With
    // `values` the same path may stand twice as two alternatives of claim_sets.
    let mut seen = BTreeSet::new();
    for claim in claims {
        let key = (&claim.path, claim.values.as_ref().map(|values| json!(values).to_string()));
        if !seen.insert(key) {
            return Err(QueryError::DuplicateClaim);
        }
    }
    Ok(())
}

impl Meta {
    fn parse(format: &FormatName, object: &Map<String, Value>) -> Result<Self, QueryError> {
        match format {
            // B.3.5: "`vct_values`: REQUIRED. A non-empty array of strings that specifies allowed
            // values for the type of the requested Verifiable Credential."
            // 6.1: "If empty, no specific constraints are placed on the metadata."
            FormatName::Held(_) if object.is_empty() => Ok(Self::Unconstrained),
            FormatName::Held(Format::DcSdJwt) => {
                let values = object.get("vct_values").ok_or(QueryError::Meta)?;
                Ok(Self::Vct(strings(values).ok_or(QueryError::Meta)?))
            }
            // B.1.1: "`type_values`: REQUIRED. A non-empty array of string arrays."
            FormatName::Held(Format::VcSdJwt) => {
                let values = object.get("type_values").and_then(Value::as_array);
                let values = values.ok_or(QueryError::Meta)?;
                if values.is_empty() || values.len() > MAX_OPTIONS {
                    return Err(QueryError::Meta);
                }
                values
                    .iter()
                    .map(|set| strings(set).ok_or(QueryError::Meta))
                    .collect::<Result<Vec<_>, _>>()
                    .map(Self::Types)
            }
            FormatName::Other(_) => Ok(Self::Unconstrained),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Self::Vct(values) => json!({ "vct_values": values }),
            Self::Types(values) => json!({ "type_values": values }),
            Self::Unconstrained => json!({}),
        }
    }
}

impl TrustedAuthorities {
    fn parse(value: &Value) -> Result<Self, QueryError> {
        let wrong = QueryError::Malformed { member: "trusted_authorities" };
        let object = value.as_object().ok_or(wrong.clone())?;
        Ok(Self {
            kind: required_text(object, "type")?.to_owned(),
            values: object.get("values").and_then(strings).ok_or(wrong)?,
        })
    }
}

impl ClaimQuery {
    fn parse(value: &Value) -> Result<Self, QueryError> {
        let object = value.as_object().ok_or(QueryError::Malformed { member: "claims" })?;
        let id = match object.get("id") {
            None => None,
            Some(Value::String(id)) => Some(identifier(id)?),
            Some(_) => return Err(QueryError::Malformed { member: "id" }),
        };
        let path = ClaimPath::from_json(object.get("path").ok_or(QueryError::Malformed { member: "path" })?)?;
        // "`values`: OPTIONAL A non-empty array of strings, integers or boolean values"
        let values = list(object, "values", MAX_OPTIONS)?.map(<[Value]>::to_vec);
        let allowed =
            |value: &Value| value.is_string() || value.is_boolean() || value.is_i64() || value.is_u64();
        if !values.iter().flatten().all(allowed) {
            return Err(QueryError::Malformed { member: "values" });
        }
        Ok(Self { id, path, values })
    }

    fn to_value(&self) -> Value {
        let mut object = Map::new();
        if let Some(id) = &self.id {
            object.insert("id".into(), json!(id));
        }
        object.insert("path".into(), self.path.to_json());
        if let Some(values) = &self.values {
            object.insert("values".into(), json!(values));
        }
        Value::Object(object)
    }

    /// The first component's name, the group of a credential that the claim belongs to.
    #[must_use]
    pub fn group(&self) -> Option<&str> {
        match self.path.elements().first() {
            Some(PathElement::Key(key)) => Some(key),
            _ => None,
        }
    }
}

impl CredentialSetQuery {
    fn parse(value: &Value) -> Result<Self, QueryError> {
        let object = value.as_object().ok_or(QueryError::Malformed { member: "credential_sets" })?;
        let options = list(object, "options", MAX_OPTIONS)?
            .ok_or(QueryError::Malformed { member: "options" })?
            .iter()
            .map(|option| ids(option, "options"))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { options, required: flag(object, "required", true)? })
    }

    fn to_value(&self) -> Value {
        let mut object = Map::new();
        object.insert("options".into(), json!(self.options));
        if !self.required {
            object.insert("required".into(), json!(false));
        }
        Value::Object(object)
    }
}

/// An optional list: present means a non-empty array within the limit.
fn list<'v>(
    object: &'v Map<String, Value>,
    member: &'static str,
    limit: usize,
) -> Result<Option<&'v [Value]>, QueryError> {
    match object.get(member) {
        None => Ok(None),
        Some(Value::Array(array)) if !array.is_empty() && array.len() <= limit => Ok(Some(array)),
        Some(Value::Array(_)) => Err(QueryError::Size { member }),
        Some(_) => Err(QueryError::Malformed { member }),
    }
}

fn ids(value: &Value, member: &'static str) -> Result<Vec<String>, QueryError> {
    let array = value.as_array().ok_or(QueryError::Malformed { member })?;
    if array.is_empty() || array.len() > MAX_OPTIONS {
        return Err(QueryError::Size { member });
    }
    array.iter().map(|id| id.as_str().map(str::to_owned).ok_or(QueryError::Malformed { member })).collect()
}

fn strings(value: &Value) -> Option<Vec<String>> {
    let array = value.as_array()?;
    if array.is_empty() || array.len() > MAX_OPTIONS {
        return None;
    }
    array.iter().map(|text| text.as_str().filter(|text| text.len() <= MAX_TEXT).map(str::to_owned)).collect()
}

fn flag(object: &Map<String, Value>, member: &'static str, default: bool) -> Result<bool, QueryError> {
    match object.get(member) {
        None => Ok(default),
        Some(value) => value.as_bool().ok_or(QueryError::Malformed { member }),
    }
}

fn required_text<'v>(object: &'v Map<String, Value>, member: &'static str) -> Result<&'v str, QueryError> {
    match object.get(member).and_then(Value::as_str) {
        Some(text) if text.len() <= MAX_TEXT => Ok(text),
        Some(_) => Err(QueryError::Size { member }),
        None => Err(QueryError::Malformed { member }),
    }
}

/// "The value MUST be a non-empty string consisting of alphanumeric, underscore (`_`), or hyphen
/// (`-`) characters."
fn identifier(id: &str) -> Result<String, QueryError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if id.is_empty() || !id.bytes().all(allowed) {
        return Err(QueryError::BadId);
    }
    Ok(id.to_owned())
}

fn distinct<'i>(ids: impl Iterator<Item = &'i str>) -> Result<(), QueryError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(QueryError::DuplicateId);
        }
    }
    Ok(())
}
