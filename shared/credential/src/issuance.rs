//! Issuing a card: registered claims around the groups, the same facts in both formats.

use absah_crypto::PublicKey;
use absah_crypto::jws::Header;
use absah_types::{Did, HttpsUrl, Rng, Timestamp, base64url};

use crate::facts::Groups;
use crate::format::Format;
use crate::sd_jwt::{self, Array, BuildError, Object, Prepared, SigningHeader, Tree};

/// First entry of `@context` (VCDM 2.0, section 4.3).
pub(crate) const CONTEXT_VCDM: &str = "https://www.w3.org/ns/credentials/v2";

/// Who issues: one signing key under its names, with the headers encoded once.
#[derive(Debug, Clone)]
pub struct Issuer {
    url: String,
    did: Did,
    vc_header: SigningHeader,
    dc_header: SigningHeader,
}

impl Issuer {
    /// An issuer at `url`; its did:web is of the same host, `key_id` is the fragment of the key URL and
    /// `certificates` the chain as DER, leaf first, root left out.
    pub fn new(url: &HttpsUrl, key_id: &str, certificates: &[Vec<u8>]) -> Self {
        let did = Did::web(url);
        let header = |format: Format| Header::es256(format.name()).with_kid(did.key_url(key_id));
        let dc_header = match certificates {
            [] => header(Format::DcSdJwt),
            chain => header(Format::DcSdJwt).with_x5c(chain.to_vec()),
        };
        Self {
            url: url.as_str().trim_end_matches('/').to_owned(),
            vc_header: SigningHeader::new(&header(Format::VcSdJwt)),
            dc_header: SigningHeader::new(&dc_header),
            did,
        }
    }

    /// `iss` of `dc+sd-jwt`: the URL without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// `issuer` of `vc+sd-jwt`.
    pub fn did(&self) -> &Did {
        &self.did
    }
}

/// Where a card's status stands (Token Status List, section 6.2).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatusReference {
    /// The URI of the status list token.
    pub uri: String,
    /// The index in the list.
    pub idx: u64,
}

/// From when to when a card is valid, rounded down to days so that no card is told apart by its second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    from: Timestamp,
    until: Timestamp,
}

impl Validity {
    /// Rounds both down to the beginning of their day in UTC.
    ///
    /// # Errors
    /// [`BuildError::EmptyValidity`] if nothing is left between.
    pub fn days(from: Timestamp, until: Timestamp) -> Result<Self, BuildError> {
        let (from, until) = (from.start_of_day(), until.start_of_day());
        if from < until { Ok(Self { from, until }) } else { Err(BuildError::EmptyValidity) }
    }

    /// The first moment.
    pub fn from(&self) -> Timestamp {
        self.from
    }

    /// The moment from which on it is expired.
    pub fn until(&self) -> Timestamp {
        self.until
    }
}

/// One copy of a card.
#[derive(Debug, Clone, Copy)]
pub struct Issuance<'a> {
    /// Who signs.
    pub issuer: &'a Issuer,
    /// What it says.
    pub groups: &'a Groups,
    /// When it is valid.
    pub validity: Validity,
    /// Whose key it is bound to: one key per copy.
    pub holder: &'a PublicKey,
    /// Where its status stands: one index per copy.
    pub status: &'a StatusReference,
}

impl Issuance<'_> {
    /// Everything but the signature.
    ///
    /// # Errors
    /// [`BuildError`] for groups that no reader would take.
    pub fn prepare(&self, rng: &mut dyn Rng) -> Result<Prepared, BuildError> {
        let (from, until) = (self.validity.from, self.validity.until);
        let idx = i64::try_from(self.status.idx).unwrap_or(i64::MAX);
        let status = Object::new().plain("idx", idx).plain("uri", self.status.uri.as_str());
        let jwt = Object::new()
            .plain("iat", from.unix())
            .plain("exp", until.unix())
            .plain("cnf", Object::new().plain("jwk", jwk(self.holder)))
            .plain("status", Object::new().plain("status_list", status));
        let kind = self.groups.kind();
        match self.groups.format() {
            Format::DcSdJwt => {
                let registered = Object::new()
                    .plain("iss", self.issuer.url.as_str())
                    .plain("vct", kind.vct())
                    .plain("nbf", from.unix());
                sd_jwt::prepare(&self.issuer.dc_header, &[&registered, &jwt, self.groups.claims()], rng)
            }
            Format::VcSdJwt => {
                let schema = Object::new().plain("id", kind.schema_id()).plain("type", "JsonSchema");
                let types = kind.types().into_iter().fold(Array::new(), Array::plain);
                let vcdm = Object::new()
                    .plain(
                        "@context",
                        Array::new().plain(CONTEXT_VCDM).plain(absah_schemas::documents::CONTEXT_URL),
                    )
                    .plain("type", types)
                    .plain("issuer", self.issuer.did.as_str())
                    .plain("validFrom", from.to_string())
                    .plain("validUntil", until.to_string())
                    .plain("credentialSchema", schema)
                    .plain("credentialSubject", Tree::Shared(self.groups.claims()));
                sd_jwt::prepare(&self.issuer.vc_header, &[&vcdm, &jwt], rng)
            }
        }
    }
}

fn jwk(key: &PublicKey) -> Object<'static> {
    let coordinates = key.to_sec1().get(1..).unwrap_or_default();
    let (x, y) = coordinates.split_at_checked(32).unwrap_or_default();
    Object::new()
        .plain("kty", "EC")
        .plain("crv", "P-256")
        .plain("x", base64url::encode(x))
        .plain("y", base64url::encode(y))
}
