//! From an SD-JWT to a verified credential: the only place where [`Verified`] is made.

use std::fmt;

use absah_crypto::PublicKey;
use absah_schemas::CredentialType;
use absah_types::{Seconds, Timestamp, coded};
use serde::Deserialize as _;
use serde_json::{Map, Value};

use crate::format::Format;
use crate::issuance::{CONTEXT_VCDM, StatusReference};
use crate::sd_jwt::{KeyBinding, KeyBindingPolicy, ProcessError, Processed, Unverified};

/// What a signature claims about its maker: enough to look up a key, not yet true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignerHint<'a> {
    /// The format of the credential.
    pub format: Format,
    /// `iss` or `issuer`.
    pub issuer: &'a str,
    /// Which of the issuer's keys.
    pub kid: Option<&'a str>,
    /// Certificates as DER, leaf first; empty if none came along.
    pub x5c: &'a [Vec<u8>],
}

/// Under which circumstances a credential is verified.
#[derive(Debug, Clone, Copy)]
pub struct Expectation<'a> {
    /// This moment.
    pub now: Timestamp,
    /// How far clocks may differ when a credential begins.
    pub leeway: Seconds,
    /// What is demanded of the holder.
    pub key_binding: KeyBindingPolicy<'a>,
}

/// A credential whose mathematics hold: signed by the key that was trusted for its issuer, disclosures and
/// key binding right, within its validity. What is done with it is policy and lives elsewhere.
#[derive(Clone, PartialEq)]
pub struct Verified {
    format: Format,
    issuer: String,
    types: Vec<String>,
    type_integrity: Option<String>,
    claims: Map<String, Value>,
    holder: Option<PublicKey>,
    key_binding: Option<KeyBinding>,
    status: Option<StatusReference>,
    issued_at: Option<Timestamp>,
    valid_from: Option<Timestamp>,
    valid_until: Timestamp,
    kid: Option<String>,
    x5c: Vec<Vec<u8>>,
    signer: PublicKey,
}

impl Verified {
    /// The format it came in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// `iss` (an HTTPS URL) or `issuer` (a DID).
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// `vct`, alone, or all values of `type`.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// `vct#integrity`: what the type metadata must be, as the issuer has signed for. No digest, where it is no text.
    pub fn type_integrity(&self) -> Option<&str> {
        self.type_integrity.as_deref()
    }

    /// Our type, if it is one of ours.
    pub fn kind(&self) -> Option<CredentialType> {
        match (self.format, self.types.as_slice()) {
            (Format::DcSdJwt, [vct]) => CredentialType::of_vct(vct),
            (Format::VcSdJwt, [first, second]) => {
                CredentialType::ALL.into_iter().find(|kind| kind.types() == [first, second])
            }
            _ => None,
        }
    }

    /// The disclosed and the always visible claims about the subject: the same names in both formats.
    pub fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// The key that the credential is bound to.
    pub fn holder(&self) -> Option<&PublicKey> {
        self.holder.as_ref()
    }

    /// The key binding, if one was required.
    pub fn key_binding(&self) -> Option<&KeyBinding> {
        self.key_binding.as_ref()
    }

    /// Where the status stands.
    pub fn status(&self) -> Option<&StatusReference> {
        self.status.as_ref()
    }

    /// `iat`.
    pub fn issued_at(&self) -> Option<Timestamp> {
        self.issued_at
    }

    /// `nbf` or `validFrom`.
    pub fn valid_from(&self) -> Option<Timestamp> {
        self.valid_from
    }

    /// `exp` or `validUntil`: from this moment on it is expired.
    pub fn valid_until(&self) -> Timestamp {
        self.valid_until
    }

    /// The key id of the signature.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The certificates that came along, leaf first.
    pub fn x5c(&self) -> &[Vec<u8>] {
        &self.x5c
    }

    /// The key that signed it.
    pub fn signer(&self) -> &PublicKey {
        &self.signer
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({}, {} claims)", self.format.name(), self.claims.len())
    }
}

/// Verifies a credential. `resolve` answers which key the issuer is trusted for; `None` = not trusted.
///
/// # Errors
/// One variant of [`VerifyError`] per rule.
pub fn verify(
    unverified: &Unverified,
    resolve: &dyn Fn(&SignerHint<'_>) -> Option<PublicKey>,
    expected: &Expectation<'_>,
) -> Result<Verified, VerifyError> {
    let header = unverified.header();
    // SD-JWT VC, section 2.2.1: "The typ value MUST use dc+sd-jwt". VC-JOSE-COSE, section 3.2.1: "The typ
    // header parameter SHOULD be vc+sd-jwt"; we take nothing else (RFC 8725, section 3.11: explicit typing).
    let format = Format::ALL
        .into_iter()
        .find(|format| header.is_type(format.name()))
        .ok_or(VerifyError::HeaderType)?;
    let payload = unverified.signed_payload().map_err(VerifyError::SdJwt)?;
    let head = match format {
        Format::DcSdJwt => Head::of_dc(&payload)?,
        Format::VcSdJwt => Head::of_vc(&payload)?,
    };
    let kid = header.kid.as_deref();
    let x5c = header.x5c.as_deref().unwrap_or_default();
    kid_fits_issuer(format, kid, &head.issuer)?;
    // RFC 9901, section 7.1: "Validate the Issuer and that the signing key belongs to this Issuer."
    let hint = SignerHint { format, issuer: &head.issuer, kid, x5c };
    let signer = resolve(&hint).ok_or(VerifyError::SignerUnknown)?;
    let Processed { payload, holder, key_binding } = unverified
        .process_with(payload, &signer, &expected.key_binding, never_disclosable(format))
        .map_err(VerifyError::SdJwt)?;
    head.check_time(expected)?;
    let claims = subject(format, payload)?;
    Ok(Verified {
        format,
        issuer: head.issuer,
        types: head.types,
        type_integrity: head.type_integrity,
        claims,
        holder,
        key_binding,
        status: head.status,
        issued_at: head.issued_at,
        valid_from: head.valid_from,
        valid_until: head.valid_until,
        kid: header.kid.clone(),
        x5c: x5c.to_vec(),
        signer,
    })
}

/// SD-JWT VC, section 2.2.2.2: "If present, the following registered JWT claims MUST be included in the
/// SD-JWT and MUST NOT be included in the Disclosures".
pub(crate) const NEVER_DC: &[&str] = &["iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];

/// What the design keeps visible, and the JWT claims beside it.
const NEVER_VC: &[&str] = &[
    "@context",
    "type",
    "issuer",
    "validFrom",
    "validUntil",
    "credentialSchema",
    "credentialStatus",
    "credentialSubject",
    "iss",
    "iat",
    "nbf",
    "exp",
    "cnf",
    "status",
];

/// JWT claims that are not about the subject's person.
const REGISTERED: &[&str] = &["sub", "aud", "jti"];

fn never_disclosable(format: Format) -> &'static [&'static str] {
    match format {
        Format::DcSdJwt => NEVER_DC,
        Format::VcSdJwt => NEVER_VC,
    }
}

fn subject(format: Format, mut payload: Map<String, Value>) -> Result<Map<String, Value>, VerifyError> {
    match format {
        Format::DcSdJwt => {
            for name in NEVER_DC.iter().chain(REGISTERED) {
                payload.remove(*name);
            }
            Ok(payload)
        }
        // VCDM 2.0, section 4.8 allows several subjects; a card has one.
        Format::VcSdJwt => match payload.remove("credentialSubject") {
            Some(Value::Object(subject)) => Ok(subject),
            _ => Err(VerifyError::SubjectMalformed),
        },
    }
}

/// The always visible part.
struct Head {
    issuer: String,
    types: Vec<String>,
    type_integrity: Option<String>,
    status: Option<StatusReference>,
    issued_at: Option<Timestamp>,
    valid_from: Option<Timestamp>,
    valid_until: Timestamp,
}

impl Head {
    fn of_dc(payload: &Map<String, Value>) -> Result<Self, VerifyError> {
        // A card of one format signed under the header of the other is refused, whatever it says.
        if ["@context", "type", "issuer", "credentialSubject", "vc"]
            .iter()
            .any(|name| payload.contains_key(*name))
        {
            return Err(VerifyError::TypeConfusion);
        }
        // SD-JWT VC, section 2.2.2.1: "The vct value MUST be a case-sensitive string".
        let vct = text(payload, "vct").filter(|vct| !vct.is_empty()).ok_or(VerifyError::TypeMissing)?;
        let issuer = text(payload, "iss").filter(|iss| !iss.is_empty()).ok_or(VerifyError::IssuerMissing)?;
        Ok(Self {
            issuer: issuer.to_owned(),
            types: vec![vct.to_owned()],
            type_integrity: payload
                .get("vct#integrity")
                .map(|digest| digest.as_str().unwrap_or_default().to_owned()),
            status: status(payload)?,
            issued_at: numeric_date(payload, "iat")?,
            valid_from: numeric_date(payload, "nbf")?,
            valid_until: numeric_date(payload, "exp")?.ok_or(VerifyError::ValidityMissing)?,
        })
    }

    fn of_vc(payload: &Map<String, Value>) -> Result<Self, VerifyError> {
        // VC-JOSE-COSE, section 1.1.2.1: "The JWT Claim Names vc and vp MUST NOT be present".
        if ["vct", "vc", "vp"].iter().any(|name| payload.contains_key(*name)) {
            return Err(VerifyError::TypeConfusion);
        }
        // VCDM 2.0, section 4.3: "an ordered set where the first item is a URL with the value
        // https://www.w3.org/ns/credentials/v2".
        if payload.get("@context").and_then(|context| context.get(0)).and_then(Value::as_str)
            != Some(CONTEXT_VCDM)
        {
            return Err(VerifyError::Context);
        }
        let types: Vec<String> = match payload.get("type") {
            Some(Value::Array(types)) => {
                types.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<_>>()
            }
            Some(Value::String(name)) => Some(vec![name.clone()]),
            _ => None,
        }
        .ok_or(VerifyError::TypeMissing)?;
        // VCDM 2.0, section 4.5: "VerifiableCredential [...] MUST be" among the types of a credential.
        if !types.iter().any(|name| name == "VerifiableCredential") {
            return Err(VerifyError::TypeMissing);
        }
        // VCDM 2.0, section 4.7: "The value of the issuer property MUST be either a URL or an object
        // containing an id property whose value is a URL".
        let issuer = match payload.get("issuer") {
            Some(Value::String(issuer)) => Some(issuer.as_str()),
            Some(Value::Object(issuer)) => text(issuer, "id"),
            _ => None,
        }
        .filter(|issuer| !issuer.is_empty())
        .ok_or(VerifyError::IssuerMissing)?;
        // One issuer, however often it is named.
        if payload.get("iss").is_some_and(|iss| iss.as_str() != Some(issuer)) {
            return Err(VerifyError::IssuerMismatch);
        }
        Ok(Self {
            issuer: issuer.to_owned(),
            types,
            type_integrity: None,
            status: status(payload)?,
            issued_at: numeric_date(payload, "iat")?,
            valid_from: agreeing(date_time(payload, "validFrom")?, numeric_date(payload, "nbf")?)?,
            valid_until: agreeing(date_time(payload, "validUntil")?, numeric_date(payload, "exp")?)?
                .ok_or(VerifyError::ValidityMissing)?,
        })
    }

    /// RFC 9901, section 7.1, step 6: "Check that the SD-JWT is valid using claims such as nbf, exp".
    fn check_time(&self, expected: &Expectation<'_>) -> Result<(), VerifyError> {
        let soon = expected.now.plus(expected.leeway);
        // VCDM 2.0, section 4.9: validUntil "MUST represent a point in time [...] later" than validFrom.
        if self.valid_from.is_some_and(|from| from >= self.valid_until) {
            return Err(VerifyError::ValidityConflict);
        }
        // RFC 7519, section 4.1.4: "on or after which the JWT MUST NOT be accepted for processing".
        if self.valid_until <= expected.now {
            return Err(VerifyError::Expired);
        }
        // RFC 7519, section 4.1.5: "before which the JWT MUST NOT be accepted for processing".
        if self.valid_from.is_some_and(|from| from > soon) {
            return Err(VerifyError::NotYetValid);
        }
        if self.issued_at.is_some_and(|issued| issued > soon) {
            return Err(VerifyError::IssuedInFuture);
        }
        Ok(())
    }
}

/// A signature by one party's key is no signature by another: where `kid` is a DID URL, its DID is the
/// issuer (VC-JOSE-COSE, section 4.1.2), or the did:web of the issuer's URL.
fn kid_fits_issuer(format: Format, kid: Option<&str>, issuer: &str) -> Result<(), VerifyError> {
    let Some(kid) = kid else { return Ok(()) };
    let controller = kid.split_once('#').map(|(did, _)| did);
    let fits = match format {
        Format::VcSdJwt if issuer.starts_with("did:") => controller == Some(issuer),
        _ => match controller.filter(|did| did.starts_with("did:")) {
            None => true,
            Some(did) => did_web(issuer).is_some_and(|own| own == did),
        },
    };
    if fits { Ok(()) } else { Err(VerifyError::IssuerMismatch) }
}

/// The did:web of an issuer's URL as it is written: `https://host:port/path` is `did:web:host%3Aport:path`
/// (did:web, section 3.1). A URL written in another way than issuers write it has none.
fn did_web(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let mut parts = rest.split('/');
    let mut did = String::with_capacity(url.len() + 8);
    did.push_str("did:web:");
    for character in parts.next()?.chars() {
        match character {
            ':' => did.push_str("%3A"),
            '[' => did.push_str("%5B"),
            ']' => did.push_str("%5D"),
            other => did.push(other),
        }
    }
    for part in parts.filter(|part| !part.is_empty()) {
        did.push(':');
        did.push_str(part);
    }
    Some(did)
}

/// Token Status List, section 6.2: `status` MUST have a mechanism; we know `status_list` with `idx`
/// "a non-negative number" and `uri` a string.
fn status(payload: &Map<String, Value>) -> Result<Option<StatusReference>, VerifyError> {
    let Some(status) = payload.get("status") else { return Ok(None) };
    let list = status.get("status_list");
    let idx = list.and_then(|list| list.get("idx")).and_then(Value::as_u64);
    let uri = list.and_then(|list| list.get("uri")).and_then(Value::as_str);
    match (idx, uri) {
        (Some(idx), Some(uri)) => Ok(Some(StatusReference { uri: uri.to_owned(), idx })),
        _ => Err(VerifyError::StatusMalformed),
    }
}

fn text<'v>(members: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    members.get(name).and_then(Value::as_str)
}

/// RFC 7519, section 2: NumericDate. We write whole seconds; a fraction is cut off.
fn numeric_date(payload: &Map<String, Value>, name: &str) -> Result<Option<Timestamp>, VerifyError> {
    match payload.get(name) {
        None => Ok(None),
        Some(value) => Timestamp::deserialize(value).map(Some).map_err(|_| VerifyError::TimeMalformed),
    }
}

/// VCDM 2.0, section 4.9: "an [XMLSCHEMA11-2] dateTimeStamp string value".
fn date_time(payload: &Map<String, Value>, name: &str) -> Result<Option<Timestamp>, VerifyError> {
    match payload.get(name) {
        None => Ok(None),
        Some(value) => value
            .as_str()
            .and_then(|text| Timestamp::parse_rfc3339(text).ok())
            .map(Some)
            .ok_or(VerifyError::TimeMalformed),
    }
}

/// The same moment named twice must be the same moment.
fn agreeing(one: Option<Timestamp>, other: Option<Timestamp>) -> Result<Option<Timestamp>, VerifyError> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Err(VerifyError::ValidityConflict),
        (one, other) => Ok(one.or(other)),
    }
}

/// Why a credential is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerifyError {
    /// `typ` is neither `vc+sd-jwt` nor `dc+sd-jwt`.
    HeaderType,
    /// Members of one format under the header of the other.
    TypeConfusion,
    /// No `vct`, or `type` without `VerifiableCredential`.
    TypeMissing,
    /// `@context` does not begin with the VCDM 2.0 context.
    Context,
    /// No `iss` or `issuer`.
    IssuerMissing,
    /// `iss`, `issuer` and `kid` name different parties.
    IssuerMismatch,
    /// No trusted key for this signer.
    SignerUnknown,
    /// `credentialSubject` is not one object.
    SubjectMalformed,
    /// `status` is there without a readable `status_list`.
    StatusMalformed,
    /// A time is not written as it must be.
    TimeMalformed,
    /// No `exp` or `validUntil`.
    ValidityMissing,
    /// Two statements about validity contradict each other.
    ValidityConflict,
    /// `nbf` or `validFrom` lies ahead.
    NotYetValid,
    /// `exp` or `validUntil` has come.
    Expired,
    /// `iat` lies ahead.
    IssuedInFuture,
    /// Signature, disclosures or key binding do not hold.
    SdJwt(ProcessError),
}

coded! { VerifyError {
    HeaderType => ("credential-header-type", Peer),
    TypeConfusion => ("credential-type-confusion", Peer),
    TypeMissing => ("credential-type-missing", Peer),
    Context => ("credential-context", Peer),
    IssuerMissing => ("credential-issuer-missing", Peer),
    IssuerMismatch => ("credential-issuer-mismatch", Peer),
    SignerUnknown => ("credential-signer-unknown", Peer),
    SubjectMalformed => ("credential-subject-malformed", Peer),
    StatusMalformed => ("credential-status-malformed", Peer),
    TimeMalformed => ("credential-time-malformed", Peer),
    ValidityMissing => ("credential-validity-missing", Peer),
    ValidityConflict => ("credential-validity-conflict", Peer),
    NotYetValid => ("credential-not-yet-valid", Peer),
    Expired => ("credential-expired", Peer),
    IssuedInFuture => ("credential-issued-in-future", Peer),
    SdJwt(error) => inner(error),
} }

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HeaderType => "not a credential format that we know",
            Self::TypeConfusion => "the credential mixes two formats",
            Self::TypeMissing => "the credential does not say its type",
            Self::Context => "the credential has another context",
            Self::IssuerMissing => "the credential does not say its issuer",
            Self::IssuerMismatch => "the credential names different issuers",
            Self::SignerUnknown => "the signer is not trusted",
            Self::SubjectMalformed => "the credential has not exactly one subject",
            Self::StatusMalformed => "the status reference is malformed",
            Self::TimeMalformed => "a time is malformed",
            Self::ValidityMissing => "the credential has no end",
            Self::ValidityConflict => "the credential contradicts itself about its validity",
            Self::NotYetValid => "the credential is not yet valid",
            Self::Expired => "the credential is expired",
            Self::IssuedInFuture => "the credential was issued in the future",
            Self::SdJwt(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for VerifyError {}

#[cfg(test)]
mod tests {
    use absah_types::{Did, HttpsUrl};

    use super::did_web;

    #[test]
    fn the_did_of_a_url_is_the_one_that_issuers_take() {
        for url in [
            "https://absah.madiunkota.go.id",
            "https://absah.madiunkota.go.id/",
            "https://absah.madiunkota.go.id:8443",
            "https://absah.madiunkota.go.id/kota/madiun",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
        ] {
            assert_eq!(did_web(url).as_deref(), Some(Did::web(&HttpsUrl::parse_dev(url).unwrap()).as_str()));
        }
        assert_eq!(did_web("ftp://absah.madiunkota.go.id"), None);
        assert_eq!(did_web("absah.madiunkota.go.id"), None);
    }
}
