//! Issuing a card: registered claims around the groups, the same facts in both formats.

use absah_crypto::PublicKey;
use absah_crypto::jws::Header;
use absah_types::{Did, HttpsUrl, Rng, Timestamp, base64url};

use crate::facts::Groups;
use crate::format::Format;
use crate::json::{self, Members};
use crate::sd_jwt::{self, BuildError, Object, Prepared, SigningHeader, Tree};
use crate::verify::NEVER_DC;

/// First entry of `@context` (VCDM 2.0, section 4.3).
pub(crate) const CONTEXT_VCDM: &str = "https://www.w3.org/ns/credentials/v2";

/// Who issues: one signing key under its names, with the headers encoded once.
#[derive(Debug, Clone)]
pub struct Issuer {
    url: String,
    did: Did,
    pub(crate) vc_header: SigningHeader,
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

    /// Of a card that ends with a helper's session: `until` is exact, for it is what ends it.
    ///
    /// # Errors
    /// [`BuildError::EmptyValidity`] if nothing is left between.
    pub fn session(from: Timestamp, until: Timestamp) -> Result<Self, BuildError> {
        let day = from.start_of_day();
        if from < until { Ok(Self { from: day, until }) } else { Err(BuildError::EmptyValidity) }
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
        let mut head = String::with_capacity(1024);
        let members = &mut Members::new(&mut head);
        let (kind, claims) = (self.groups.kind(), self.groups.claims());
        match self.groups.format() {
            Format::DcSdJwt => {
                members
                    .text("iss", &self.issuer.url)
                    .text("vct", kind.vct())
                    .number("nbf", self.validity.from.unix());
                self.jwt_claims(members);
                sd_jwt::prepare_after(&self.issuer.dc_header, &head, NEVER_DC, claims, rng)
            }
            Format::VcSdJwt => {
                members
                    .texts("@context", &[CONTEXT_VCDM, absah_schemas::documents::CONTEXT_URL])
                    .texts("type", &kind.types())
                    .text("issuer", self.issuer.did.as_str())
                    .plain("validFrom", |out| json::write_number(out, self.validity.from))
                    .plain("validUntil", |out| json::write_number(out, self.validity.until))
                    .object("credentialSchema", |schema| {
                        schema.text("id", kind.schema_id()).text("type", "JsonSchema");
                    });
                self.jwt_claims(members);
                let subject = Object::new().plain("credentialSubject", Tree::Shared(claims));
                sd_jwt::prepare_after(&self.issuer.vc_header, &head, &[], &subject, rng)
            }
        }
    }

    /// The claims that stand in both formats.
    fn jwt_claims(&self, members: &mut Members<'_>) {
        let coordinates = self.holder.to_sec1().get(1..).unwrap_or_default();
        let (x, y) = coordinates.split_at_checked(32).unwrap_or_default();
        members
            .number("iat", self.validity.from.unix())
            .number("exp", self.validity.until.unix())
            .object("cnf", |cnf| {
                cnf.object("jwk", |jwk| {
                    jwk.text("kty", "EC")
                        .text("crv", "P-256")
                        .plain("x", |out| base64url::encode_into(x, out))
                        .plain("y", |out| base64url::encode_into(y, out));
                });
            })
            .object("status", |status| {
                status.object("status_list", |list| {
                    list.number("idx", self.status.idx).text("uri", &self.status.uri);
                });
            });
    }
}
