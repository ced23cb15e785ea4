//! Counter registrations: what a counter may ask, signed by the registrar and checked offline.
//!
//! A registration is a JWT of type `absah-registration+jwt`. It names the counter's key by the hash of its
//! SubjectPublicKeyInfo, so a borrowed registration is of no use with another key.

#[cfg(test)]
mod tests;
mod weak;

use absah_credential::{ClaimPath, HOLDER, KeyAssurance, PathElement};
use absah_crypto::{ct_eq, jws, sha256};
use absah_types::{Seconds, Sector, Timestamp, base64url, coded};
use serde::{Deserialize, Serialize};

use crate::certificate::{AccessCertificate, CertificateError};
use crate::trust_list::{CertificateDer, KeyName, KeyRole, SignedDuring, TrustList, TrustListError};

pub use weak::{CLASS_BASE, Class, ONE_SCAN_CARD, PORTRAIT, PREDICATES, Weak};

/// The header's `typ`, and the format name in a request's `verifier_info`.
pub const TYP: &str = "absah-registration+jwt";

/// The longest life of a registration: 90 days.
pub const MAX_LIFE: Seconds = Seconds(90 * 86_400);

/// Largest registration read, in bytes of text.
pub const MAX_BYTES: usize = 16 * 1024;

/// Most services in one registration.
pub const MAX_SERVICES: usize = 32;

/// Claims that identify a person across agencies: a service asks for them only if it lists them as
/// protected too.
pub const PROTECTED: [&str; 2] = ["nik", "nomorKk"];

/// The group of the numbers that stand for a person within a sector: a service asks for its own sector's only, the
/// whole group is asked by nobody.
pub const TOKEN: &str = "token";

/// How long evidence may be kept, in days: from one day to a hundred years.
pub const RETENTION_DAYS: core::ops::RangeInclusive<u32> = 1..=36_525;

/// How much a wrong acceptance would cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// *rendah*: a status up to the amber limit is enough.
    #[serde(rename = "rendah", alias = "low")]
    Low,
    /// *sedang*.
    #[serde(rename = "sedang", alias = "medium")]
    Medium,
    /// *tinggi*.
    #[serde(rename = "tinggi", alias = "high")]
    High,
}

/// One text in the three languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalText {
    /// Indonesian.
    pub id: String,
    /// Javanese.
    pub jv: String,
    /// English.
    pub en: String,
}

/// What a service asks of one credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Credential type: `KtpElektronik`, `KartuKeluarga`.
    pub credential: String,
    /// Claims, dotted, in the order of the form.
    #[serde(with = "dotted")]
    pub claims: Vec<ClaimPath>,
}

/// One service of a counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its id within the registration: lower-case letters, digits, hyphens.
    pub id: String,
    /// What people call it.
    pub title: LocalText,
    /// What the facts are used for.
    pub purpose: LocalText,
    /// The rule that allows asking.
    pub legal_basis: String,
    /// What it asks for.
    pub asks: Vec<Ask>,
    /// Those of the claims that identify a person across agencies, named a second time on purpose.
    #[serde(with = "dotted", default, skip_serializing_if = "Vec::is_empty")]
    pub protected: Vec<ClaimPath>,
    /// Risk tier.
    pub tier: Tier,
    /// How long the evidence is kept, in days.
    pub retention_days: u32,
    /// The sector whose number for a person it may ask (`token.<sector>`). It stands at the service, so that whoever
    /// has only the service can judge a claim; all services of one registration that name a sector name the same one,
    /// so that no counter joins two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// Weaker proofs that it takes too; only at low risk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<Weak>,
    /// The least level of the holder's key that it takes (`jaminanKunci`); any where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_assurance: Option<KeyAssurance>,
}

/// The content of a registration: the JWT's claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The registrar.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// Its id.
    #[serde(rename = "jti")]
    pub id: String,
    /// The counter.
    #[serde(rename = "sub")]
    pub counter_id: String,
    /// The agency.
    pub agency: String,
    /// Where the counter stands.
    pub place: String,
    /// SHA-256 of the counter key's SubjectPublicKeyInfo, base64url in JSON.
    #[serde(with = "hash")]
    pub spki_sha256: [u8; 32],
    /// When it was signed.
    #[serde(rename = "iat")]
    pub issued_at: Timestamp,
    /// When it ends: at most [`MAX_LIFE`] later.
    #[serde(rename = "exp")]
    pub expires_at: Timestamp,
    /// The services.
    pub services: Vec<Service>,
}

/// A registration and the counter's certificate as the bundle lists them and the long form carries them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedRegistration {
    /// The compact JWT.
    pub jwt: String,
    /// The counter's access certificate.
    pub access_certificate: CertificateDer,
}

/// Why a counter may not ask, or not for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistrationError {
    /// No registration JWT, or content outside the rules of its fields.
    Malformed,
    /// The header has another `typ`.
    WrongType,
    /// Its registrar is not believed.
    Registrar(TrustListError),
    /// The registrar's key did not count when it was signed.
    RegistrarKey(TrustListError),
    /// The registrar's signature does not hold.
    Signature,
    /// It lives longer than [`MAX_LIFE`].
    TooLong,
    /// It begins in the future.
    NotYetValid {
        /// When it begins.
        from: Timestamp,
    },
    /// It has ended.
    Expired {
        /// When it ended.
        at: Timestamp,
    },
    /// The registrar took it back.
    Withdrawn,
    /// The bundle lists no such registration.
    Unregistered,
    /// It comes by value and is none the bundle lists for this counter, though the bundle is younger: an older one,
    /// replaced since, or one made in secret.
    Downgraded,
    /// The key is not the one the registration names.
    Borrowed,
    /// The counter's certificate is not believed.
    Certificate(CertificateError),
    /// The registration has no such service.
    UnknownService,
    /// The request asks for more than the service may.
    OverAsking,
    /// A protected claim is asked without being listed as protected.
    Protected,
    /// The number of a person in another sector than the service's is asked.
    SectorForeign,
    /// The numbers of a person in all sectors are asked together.
    TokenGroup,
    /// The services of one registration belong to different sectors.
    SectorsMixed,
    /// What ties cards to one person is asked where nothing is to be tied: it would only recognise the person.
    HolderLink,
}

impl core::fmt::Display for RegistrationError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed => f.write_str("registration malformed"),
            Self::WrongType => f.write_str("not a registration"),
            Self::Registrar(error) | Self::RegistrarKey(error) => write!(f, "registrar: {error}"),
            Self::Signature => f.write_str("registration signature does not hold"),
            Self::TooLong => f.write_str("registration lives too long"),
            Self::NotYetValid { from } => write!(f, "registration valid only from {from}"),
            Self::Expired { at } => write!(f, "registration ended at {at}"),
            Self::Withdrawn => f.write_str("registration withdrawn"),
            Self::Unregistered => f.write_str("counter not registered"),
            Self::Downgraded => f.write_str("registration replaced since"),
            Self::Borrowed => f.write_str("registration of another key"),
            Self::Certificate(error) => error.fmt(f),
            Self::UnknownService => f.write_str("no such service"),
            Self::OverAsking => f.write_str("request exceeds the registration"),
            Self::Protected => f.write_str("protected claim not declared"),
            Self::SectorForeign => f.write_str("number of another sector asked"),
            Self::TokenGroup => f.write_str("numbers of all sectors asked"),
            Self::SectorsMixed => f.write_str("services of different sectors"),
            Self::HolderLink => f.write_str("link between cards asked without two cards"),
        }
    }
}

impl core::error::Error for RegistrationError {}

coded! { RegistrationError {
    Malformed => ("registration-malformed", Peer),
    WrongType => ("registration-wrong-type", Peer),
    Registrar(..) => ("registration-registrar-unknown", Peer),
    RegistrarKey(error) => inner(error),
    Signature => ("registration-signature", Peer),
    TooLong => ("registration-too-long", Peer),
    NotYetValid { .. } => ("registration-not-yet-valid", Peer),
    Expired { .. } => ("registration-expired", Peer),
    Withdrawn => ("registration-withdrawn", Peer),
    Unregistered => ("unregistered", Peer),
    Downgraded => ("registration-downgraded", Peer),
    Borrowed => ("registration-borrowed", Peer),
    Certificate(error) => inner(error),
    UnknownService => ("service-unknown", Peer),
    OverAsking => ("over-asking", Peer),
    Protected => ("protected-claim-undeclared", Peer),
    SectorForeign => ("sector-foreign", Peer),
    TokenGroup => ("token-group-asked", Peer),
    SectorsMixed => ("registration-sectors-mixed", Peer),
    HolderLink => ("holder-link-asked", Peer),
} }

impl Service {
    /// Every claim asked, with its credential.
    pub fn claims(&self) -> impl Iterator<Item = (&str, &ClaimPath)> {
        self.asks.iter().flat_map(|ask| ask.claims.iter().map(|claim| (ask.credential.as_str(), claim)))
    }

    /// Whether the service may ask this claim of this credential.
    ///
    /// What ties cards to one person is never listed: a request for several cards asks it by itself.
    ///
    /// # Errors
    /// `HolderLink`; `TokenGroup`, `SectorForeign`; `OverAsking`; `Protected` when a protected claim is not listed as
    /// such.
    pub fn allows(&self, credential: &str, claim: &ClaimPath) -> Result<(), RegistrationError> {
        if matches!(claim.elements().last(), Some(PathElement::Key(name)) if name == HOLDER) {
            return Err(RegistrationError::HolderLink);
        }
        self.in_sector(claim)?;
        if !self.claims().any(|(own, allowed)| own == credential && allowed.covers(claim)) {
            return Err(RegistrationError::OverAsking);
        }
        if is_protected(claim) && !self.protected.iter().any(|listed| listed.covers(claim)) {
            return Err(RegistrationError::Protected);
        }
        Ok(())
    }

    /// Whether a claim leaves the numbers of other sectors alone, whatever else is listed.
    ///
    /// # Errors
    /// `TokenGroup` for all of them together, `SectorForeign` for that of another sector, or of none there is.
    pub fn in_sector(&self, claim: &ClaimPath) -> Result<(), RegistrationError> {
        match claim.elements() {
            [PathElement::Key(group), below @ ..] if group == TOKEN => match below.first() {
                Some(PathElement::Key(name)) => match (Sector::parse(name), self.sector) {
                    (Ok(asked), Some(own)) if asked == own => Ok(()),
                    _ => Err(RegistrationError::SectorForeign),
                },
                _ => Err(RegistrationError::TokenGroup),
            },
            _ => Ok(()),
        }
    }

    /// Whether every claim of `asked` may be asked: what a wallet checks before it shows a request.
    ///
    /// # Errors
    /// As [`Service::allows`], for the first claim beyond.
    pub fn check<'a>(
        &self,
        asked: impl IntoIterator<Item = (&'a str, &'a ClaimPath)>,
    ) -> Result<(), RegistrationError> {
        asked.into_iter().try_for_each(|(credential, claim)| self.allows(credential, claim))
    }

    /// The first field that breaks the rules of its form, by its name in JSON.
    #[must_use]
    pub fn wrong_field(&self) -> Option<&'static str> {
        let id_holds = !self.id.is_empty()
            && self.id.len() <= 64
            && self.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let asks_hold = !self.asks.is_empty()
            && self.asks.iter().all(|ask| is_line(&ask.credential, 200) && !ask.claims.is_empty())
            && self.claims().count() <= 64;
        let fields = [
            ("id", id_holds),
            ("title", self.title.well_formed()),
            ("purpose", self.purpose.well_formed()),
            ("legal_basis", is_line(&self.legal_basis, 200)),
            ("asks", asks_hold),
            ("retention_days", RETENTION_DAYS.contains(&self.retention_days)),
            ("accepts", self.accepts_hold()),
        ];
        fields.into_iter().find(|(_, holds)| !holds).map(|(field, _)| field)
    }
}

impl LocalText {
    /// The same text for every language.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self { id: text.to_owned(), jv: text.to_owned(), en: text.to_owned() }
    }

    fn well_formed(&self) -> bool {
        [&self.id, &self.jv, &self.en].into_iter().all(|text| is_line(text, 200))
    }
}

impl Registration {
    /// The sector of the counter, if any of its services names one.
    #[must_use]
    pub fn sector(&self) -> Option<Sector> {
        self.services.iter().find_map(|service| service.sector)
    }

    /// The bytes the registrar signs: header and claims of the JWT.
    ///
    /// # Errors
    /// What [`Registered::verify`] would refuse in the content: `Malformed`, `TooLong`, `SectorsMixed`, `TokenGroup`,
    /// `SectorForeign`, `Protected`.
    pub fn prepare(&self, kid: &str) -> Result<jws::ToBeSigned, RegistrationError> {
        self.well_formed()?;
        let payload = serde_json::to_vec(self).map_err(|_| RegistrationError::Malformed)?;
        Ok(jws::ToBeSigned::new(&jws::Header::es256(TYP).with_kid(kid), &payload))
    }

    fn well_formed(&self) -> Result<(), RegistrationError> {
        let lines = [(&self.id, 64), (&self.counter_id, 64), (&self.agency, 120), (&self.place, 120)];
        let mut ids: Vec<_> = self.services.iter().map(|service| &service.id).collect();
        ids.sort_unstable();
        ids.dedup();
        let holds = lines.into_iter().all(|(text, limit)| is_line(text, limit))
            && (1..=MAX_SERVICES).contains(&self.services.len())
            && ids.len() == self.services.len()
            && self.services.iter().all(|service| service.wrong_field().is_none())
            && self.issued_at < self.expires_at;
        if !holds {
            return Err(RegistrationError::Malformed);
        }
        if self.expires_at > self.issued_at.plus(MAX_LIFE) {
            return Err(RegistrationError::TooLong);
        }
        let mut sectors = self.services.iter().filter_map(|service| service.sector);
        if let Some(first) = sectors.next()
            && sectors.any(|other| other != first)
        {
            return Err(RegistrationError::SectorsMixed);
        }
        self.services.iter().try_for_each(|service| service.check(service.claims()))
    }
}

/// A registration whose registrar, signature, content, key and certificate hold. Made only by
/// [`Registered::verify`]; whether it holds *now* is [`Registered::valid_at`].
#[derive(Debug, Clone)]
pub struct Registered {
    registration: Registration,
    jwt: String,
    hash: [u8; 32],
    certificate: AccessCertificate,
}

impl Registered {
    /// Checks a registration and the certificate that comes with it.
    ///
    /// # Errors
    /// [`RegistrationError`], the first found: form, type, registrar, signature, content, certificate, key.
    pub fn verify(jwt: &str, leaf: &[u8], trust: &TrustList) -> Result<Self, RegistrationError> {
        let compact = jws::Compact::parse(jwt, MAX_BYTES).map_err(|_| RegistrationError::Malformed)?;
        if !compact.header.is_type(TYP) {
            return Err(RegistrationError::WrongType);
        }
        let kid = compact.header.kid.as_deref().ok_or(RegistrationError::Malformed)?;
        let registration: Registration = compact.claims().map_err(|_| RegistrationError::Malformed)?;
        let key = trust
            .key_during(
                &registration.issuer,
                KeyName::Kid(kid),
                KeyRole::Registration,
                SignedDuring::at(registration.issued_at),
            )
            .map_err(|error| {
                if error.is_of_time() {
                    RegistrationError::RegistrarKey(error)
                } else {
                    RegistrationError::Registrar(error)
                }
            })?;
        compact.verify(&key).map_err(|_| RegistrationError::Signature)?;
        registration.well_formed()?;
        let certificate =
            AccessCertificate::trust(leaf, trust.authorities()).map_err(RegistrationError::Certificate)?;
        if !ct_eq(&certificate.public_key().spki_sha256(), &registration.spki_sha256) {
            return Err(RegistrationError::Borrowed);
        }
        Ok(Self { registration, jwt: jwt.to_owned(), hash: sha256(jwt.as_bytes()), certificate })
    }

    /// Whether registration and certificate hold at `now`.
    ///
    /// # Errors
    /// `NotYetValid`, `Expired`, `Certificate`.
    pub fn valid_at(&self, now: Timestamp) -> Result<(), RegistrationError> {
        if now < self.registration.issued_at {
            return Err(RegistrationError::NotYetValid { from: self.registration.issued_at });
        }
        if now >= self.registration.expires_at {
            return Err(RegistrationError::Expired { at: self.registration.expires_at });
        }
        self.certificate.valid_at(now).map_err(RegistrationError::Certificate)
    }

    /// The content.
    #[must_use]
    pub fn registration(&self) -> &Registration {
        &self.registration
    }

    /// The compact JWT.
    #[must_use]
    pub fn jwt(&self) -> &str {
        &self.jwt
    }

    /// SHA-256 of the JWT's text; the short form names a registration by a prefix of it.
    #[must_use]
    pub fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// The counter's certificate.
    #[must_use]
    pub fn certificate(&self) -> &AccessCertificate {
        &self.certificate
    }

    /// The service with that id.
    ///
    /// # Errors
    /// `UnknownService`.
    pub fn service(&self, id: &str) -> Result<&Service, RegistrationError> {
        self.registration
            .services
            .iter()
            .find(|service| service.id == id)
            .ok_or(RegistrationError::UnknownService)
    }

    /// The place of a service in the registration, counted from 0: how the short form names it.
    ///
    /// # Errors
    /// `UnknownService`.
    pub fn service_index(&self, id: &str) -> Result<usize, RegistrationError> {
        self.registration
            .services
            .iter()
            .position(|service| service.id == id)
            .ok_or(RegistrationError::UnknownService)
    }

    /// The service at that place.
    ///
    /// # Errors
    /// `UnknownService`.
    pub fn service_at(&self, index: usize) -> Result<&Service, RegistrationError> {
        self.registration.services.get(index).ok_or(RegistrationError::UnknownService)
    }
}

/// Whether a claim identifies a person across agencies ([`PROTECTED`]), at any depth.
#[must_use]
pub fn is_protected(claim: &ClaimPath) -> bool {
    claim
        .elements()
        .iter()
        .any(|step| matches!(step, PathElement::Key(name) if PROTECTED.contains(&name.as_str())))
}

/// One line of text for a screen: not empty, no control characters, no markup brackets, at most `limit` bytes.
fn is_line(text: &str, limit: usize) -> bool {
    !text.trim().is_empty()
        && text.len() <= limit
        && !text.chars().any(|c| {
            c.is_control() || matches!(c, '<' | '>' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        })
}

/// Claim paths in their dotted form.
mod dotted {
    use absah_credential::ClaimPath;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(paths: &[ClaimPath], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(paths.iter().map(ToString::to_string))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<ClaimPath>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        let parse =
            |text: &String| ClaimPath::parse_dotted(text).map_err(|_| D::Error::custom("not a claim path"));
        texts.iter().map(parse).collect()
    }
}

/// A SHA-256 in base64url.
mod hash {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(hash: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::base64url::encode(hash))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let bytes = super::base64url::decode(&String::deserialize(from)?)
            .map_err(|_| D::Error::custom("not base64url"))?;
        bytes.try_into().map_err(|_| D::Error::custom("not a hash"))
    }
}
