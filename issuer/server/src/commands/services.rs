//! What a counter shall be allowed to ask: a TOML or JSON file of services.

use std::collections::BTreeMap;
use std::path::Path;

use absah_credential::{KeyAssurance, PathElement};
use absah_host::{FileError, read_text};
use absah_schemas::CredentialType;
use absah_trust::ClaimPath;
use absah_trust::RegistrationError;
use absah_trust::registration::{Ask, LocalText, Service, Tier, Weak, is_protected};
use absah_types::{Coded, Fault, Sector, coded};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The largest file read.
const MOST_BYTES: u64 = 256 << 10;

/// The file says nothing that can be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServicesError {
    /// It is neither TOML nor JSON of this shape.
    Malformed,
    /// A service asks for nothing, or for something that is no claim.
    Claim,
    /// A service asks for a claim that its card does not have.
    ClaimUnknown,
    /// A field that no service has: what it was meant to say would be left out unnoticed.
    UnknownField,
    /// A field of a service breaks the rules of its form.
    Field,
    /// A service asks for what nobody with its fields may ask.
    Registration(RegistrationError),
    /// It cannot be read.
    File(FileError),
}

impl core::fmt::Display for ServicesError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed => f.write_str("list of services malformed"),
            Self::Claim => f.write_str("service without usable claims"),
            Self::ClaimUnknown => f.write_str("service asks for a claim that no card has"),
            Self::UnknownField => f.write_str("no such field of a service"),
            Self::Field => f.write_str("field of a service out of its rules"),
            Self::Registration(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ServicesError {}

coded! { ServicesError {
    Malformed => ("services-malformed", User),
    Claim => ("services-claim", User),
    ClaimUnknown => ("services-claim-unknown", User),
    UnknownField => ("services-unknown-field", User),
    Field => ("services-field", User),
    Registration(error) => inner(error),
    File(error) => inner(error),
} }

/// What is wrong with a file, and where in it: the service and the field, or the reader's own words.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(super) error: ServicesError,
    pub(super) place: String,
}

impl core::fmt::Display for Refused {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.error.fmt(f)
    }
}

impl core::error::Error for Refused {}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        self.error.code()
    }

    fn fault(&self) -> Fault {
        self.error.fault()
    }

    fn about(&self) -> Option<String> {
        if self.place.is_empty() { self.error.about() } else { Some(self.place.clone()) }
    }
}

impl Refused {
    fn at(error: ServicesError, place: impl Into<String>) -> Self {
        Self { error, place: place.into() }
    }
}

/// Services and who offers them.
#[derive(Debug)]
pub(crate) struct Services {
    pub(super) agency: Option<String>,
    pub(super) place: Option<String>,
    pub(crate) services: Vec<Service>,
}

#[derive(Deserialize)]
struct File {
    agency: Option<String>,
    place: Option<String>,
    sector: Option<String>,
    #[serde(alias = "service")]
    services: Vec<Entry>,
    #[serde(flatten)]
    other: Other,
}

/// Fields of other names.
type Other = BTreeMap<String, IgnoredAny>;

#[derive(Deserialize)]
struct Entry {
    id: String,
    title: Text,
    purpose: Text,
    legal_basis: String,
    credential: Option<String>,
    #[serde(default)]
    claims: Vec<String>,
    #[serde(default)]
    asks: Vec<EntryAsk>,
    #[serde(default)]
    protected: Protected,
    tier: Tier,
    retention_days: u32,
    sector: Option<String>,
    /// Weaker proofs: `satu-pindai`, `kertas`.
    #[serde(default)]
    accepts: Vec<Weak>,
    /// The least level of the holder's key: `software`, `hardware`.
    key_assurance: Option<KeyAssurance>,
    #[serde(flatten)]
    other: Other,
}

#[derive(Deserialize)]
struct EntryAsk {
    credential: String,
    claims: Vec<String>,
    #[serde(flatten)]
    other: Other,
}

/// One text for all languages, or one for each.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Same(String),
    Each(LocalText),
}

/// Which claims that identify a person across agencies are meant to be asked.
#[derive(Deserialize)]
#[serde(untagged)]
enum Protected {
    All(bool),
    Listed(Vec<String>),
}

impl Default for Protected {
    fn default() -> Self {
        Self::All(false)
    }
}

/// Reads a file of services; without one, the services every counter may start from.
pub(super) fn read(path: Option<&Path>) -> Result<Services, Refused> {
    match path {
        None => parse(absah_schemas::services::DEFAULT),
        Some(path) => {
            let text = read_text(path, MOST_BYTES);
            parse(&text.map_err(|error| Refused::at(ServicesError::File(error), ""))?)
        }
    }
}

pub(crate) fn parse(text: &str) -> Result<Services, Refused> {
    let begins_json = text.trim_start().starts_with(['{', '[']);
    // A TOML table header also begins with a bracket.
    let file: File = match begins_json.then(|| from_json(text)).flatten() {
        Some(file) => file,
        None => toml::from_str(text)
            .map_err(|error| Refused::at(ServicesError::Malformed, error.message().to_owned()))?,
    };
    if let Some(name) = file.other.keys().next() {
        return Err(Refused::at(ServicesError::UnknownField, name));
    }
    if file.services.is_empty() {
        return Err(Refused::at(ServicesError::Malformed, "services"));
    }
    let sector = file.sector.as_deref().map(Sector::parse).transpose();
    let sector = sector.map_err(|_| Refused::at(ServicesError::Field, "sector"))?;
    let services: Vec<Service> =
        file.services.into_iter().map(|entry| entry.service(sector)).collect::<Result<_, _>>()?;
    for (at, service) in services.iter().enumerate() {
        if services.iter().take(at).any(|before| before.id == service.id) {
            return Err(Refused::at(ServicesError::Field, format!("{}: id", service.id)));
        }
    }
    Ok(Services { agency: file.agency, place: file.place, services })
}

fn from_json(text: &str) -> Option<File> {
    let services = || {
        let services = serde_json::from_str(text).ok()?;
        Some(File { agency: None, place: None, sector: None, services, other: Other::new() })
    };
    serde_json::from_str(text).ok().or_else(services)
}

impl Entry {
    /// `sector` is that of the whole file; a service may name it again.
    fn service(self, sector: Option<Sector>) -> Result<Service, Refused> {
        let id = self.id.clone();
        let at = |field: &str| format!("{id}: {field}");
        let claim = |error| Refused::at(error, at("claims"));
        let mut others = self.other.keys().chain(self.asks.iter().flat_map(|ask| ask.other.keys()));
        if let Some(name) = others.next() {
            return Err(Refused::at(ServicesError::UnknownField, at(name)));
        }
        let mut asks = self.asks;
        if !self.claims.is_empty() {
            let credential = self.credential.unwrap_or_else(|| "KtpElektronik".to_owned());
            asks.push(EntryAsk { credential, claims: self.claims, other: Other::new() });
        }
        let asks = asks.into_iter().map(EntryAsk::ask).collect::<Result<Vec<_>, _>>().map_err(claim)?;
        if asks.iter().all(|ask| ask.claims.is_empty()) {
            return Err(claim(ServicesError::Claim));
        }
        let protected = match self.protected {
            Protected::All(false) => Vec::new(),
            Protected::All(true) => {
                asks.iter().flat_map(|ask| &ask.claims).filter(|claim| is_protected(claim)).cloned().collect()
            }
            Protected::Listed(claims) => {
                paths(claims).map_err(|error| Refused::at(error, at("protected")))?
            }
        };
        let own = self.sector.as_deref().map(Sector::parse).transpose();
        let own = own.map_err(|_| Refused::at(ServicesError::Field, at("sector")))?;
        let service = Service {
            id: self.id,
            title: self.title.local(),
            purpose: self.purpose.local(),
            legal_basis: self.legal_basis,
            asks,
            protected,
            tier: self.tier,
            retention_days: self.retention_days,
            sector: own.or(sector),
            accepts: self.accepts,
            key_assurance: self.key_assurance,
        };
        if let Some(field) = service.wrong_field() {
            return Err(Refused::at(ServicesError::Field, at(field)));
        }
        for (credential, claim) in service.claims() {
            service
                .allows(credential, claim)
                .map_err(|error| Refused::at(ServicesError::Registration(error), at(&claim.to_string())))?;
        }
        for (credential, claim) in service.claims() {
            if !is_known(credential, claim) {
                return Err(Refused::at(ServicesError::ClaimUnknown, at(&claim.to_string())));
            }
        }
        for claim in &service.protected {
            if !service.asks.iter().any(|ask| is_known(&ask.credential, claim)) {
                return Err(Refused::at(ServicesError::ClaimUnknown, at(&claim.to_string())));
            }
        }
        Ok(service)
    }
}

impl EntryAsk {
    fn ask(self) -> Result<Ask, ServicesError> {
        // A card of ours by its name, another issuer's by its `vct`.
        let known = CredentialType::of_name(&self.credential).is_some()
            || absah_types::HttpsUrl::parse(&self.credential).is_ok();
        if !known {
            return Err(ServicesError::Claim);
        }
        Ok(Ask { credential: self.credential, claims: paths(self.claims)? })
    }
}

/// Whether a card has such a claim. What the cards of other issuers have is not known here: any will do.
fn is_known(credential: &str, claim: &ClaimPath) -> bool {
    let Some(kind) = CredentialType::of_name(credential) else { return true };
    let step = |element: &PathElement| match element {
        PathElement::Key(name) => name.clone(),
        // One item of a list is described as all of them are.
        PathElement::Index(_) | PathElement::Every => "*".to_owned(),
    };
    kind.claim(&claim.elements().iter().map(step).collect::<Vec<_>>().join(".")).is_some()
}

fn paths(claims: Vec<String>) -> Result<Vec<ClaimPath>, ServicesError> {
    let path = |claim: String| ClaimPath::parse_dotted(&claim).map_err(|_| ServicesError::Claim);
    claims.into_iter().map(path).collect()
}

impl Text {
    fn local(self) -> LocalText {
        match self {
            Self::Same(text) => LocalText::same(&text),
            Self::Each(texts) => texts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"
        agency = "Dinas Sosial"
        [[service]]
        id = "demo"
        title = "Peragaan"
        purpose = { id = "Peragaan", jv = "Peragan", en = "Demonstration" }
        legal_basis = "Contoh"
        claims = ["nama", "nik"]
        protected = true
        tier = "rendah"
        retention_days = 30
    "#;

    #[test]
    fn toml_and_json_say_the_same() {
        let toml = parse(ONE).unwrap();
        assert_eq!(toml.agency.as_deref(), Some("Dinas Sosial"));
        assert_eq!(toml.services[0].protected, [ClaimPath::key("nik")]);
        assert_eq!(toml.services[0].asks[0].credential, "KtpElektronik");
        let value: toml::Table = ONE.parse().unwrap();
        let json = serde_json::to_string(&value).unwrap();
        assert_eq!(parse(&json).unwrap().services, toml.services);
        let list = serde_json::to_string(&value["service"]).unwrap();
        assert_eq!(parse(&list).unwrap().services, toml.services);
    }

    #[test]
    fn built_in_services() {
        let built_in = read(None).unwrap();
        assert!(built_in.services.iter().any(|service| service.id == "demo-3-fakta"));
    }

    #[test]
    fn hostile_files() {
        for (name, text, error) in [
            ("nothing", "", ServicesError::Malformed),
            ("no list", "[[other]]\nid = 1", ServicesError::Malformed),
            ("json of another shape", "{\"a\":1}", ServicesError::Malformed),
            ("no claims", &ONE.replace("\"nama\", \"nik\"", ""), ServicesError::Claim),
            ("no claim path", &ONE.replace("\"nama\"", "\"na..ma\""), ServicesError::Claim),
            ("no such tier", &ONE.replace("rendah", "nihil"), ServicesError::Malformed),
            ("no such card", &ONE.replace("claims", "credential = \"Sim\"\nclaims"), ServicesError::Claim),
        ] {
            assert_eq!(parse(text).unwrap_err().error, error, "{name}");
        }
    }

    #[test]
    fn a_wrong_field_is_named() {
        let token = |claim: &str| ONE.replace("\"nama\"", &format!("\"{claim}\""));
        let in_sector = |text: &str| format!("sector = \"sosial\"\n{text}");
        for (name, text, code, place) in [
            ("id with a blank", ONE.replace("\"demo\"", "\"de mo\""), "services-field", "de mo: id"),
            ("id twice", format!("{ONE}{}", &ONE[ONE.find("[[").unwrap()..]), "services-field", "demo: id"),
            ("markup", ONE.replace("\"Peragaan\"\n", "\"<b>\"\n"), "services-field", "demo: title"),
            ("no basis", ONE.replace("Contoh", ""), "services-field", "demo: legal_basis"),
            ("kept for no day", ONE.replace("= 30", "= 0"), "services-field", "demo: retention_days"),
            (
                "misspelled",
                ONE.replace("legal_basis", "tujuan = \"x\"\nlegal_basis"),
                "services-unknown-field",
                "demo: tujuan",
            ),
            (
                "at the top",
                ONE.replace("agency", "instansi = \"x\"\nagency"),
                "services-unknown-field",
                "instansi",
            ),
            (
                "in an ask",
                ONE.replace(
                    "claims = [",
                    "asks = [{ credential = \"KtpElektronik\", claims = [\"nama\"], fakta = 1 }]\nclaims = [",
                ),
                "services-unknown-field",
                "demo: fakta",
            ),
            ("no such sector", ONE.replace("agency", "sector = \"x\"\nagency"), "services-field", "sector"),
            ("no such claim path", token("a..b"), "services-claim", "demo: claims"),
            ("no such claim", token("hobi"), "services-claim-unknown", "demo: hobi"),
            ("of another card", token("anggota"), "services-claim-unknown", "demo: anggota"),
            ("undeclared", ONE.replace("= true", "= false"), "protected-claim-undeclared", "demo: nik"),
            ("no sector", token("token.sosial"), "sector-foreign", "demo: token.sosial"),
            ("foreign", in_sector(&token("token.pajak")), "sector-foreign", "demo: token.pajak"),
            ("all", in_sector(&token("token")), "token-group-asked", "demo: token"),
            ("every", in_sector(&token("token.*")), "token-group-asked", "demo: token.*"),
        ] {
            let refused = parse(&text).unwrap_err();
            assert_eq!((refused.error.code(), refused.place.as_str()), (code, place), "{name}");
        }
        let missing = parse(&ONE.replace("tier = \"rendah\"", "")).unwrap_err();
        assert_eq!(missing.error, ServicesError::Malformed);
        assert!(missing.place.contains("tier"), "{}", missing.place);
        let family = |claims: &str| {
            parse(&ONE.replace(
                "claims = [\"nama\", \"nik\"]",
                &format!("credential = \"KartuKeluarga\"\nclaims = [{claims}]"),
            ))
        };
        assert!(family("\"kepalaKeluarga\", \"alamat.rt\", \"anggota.*.nama\", \"anggota.0.nama\"").is_ok());
        assert_eq!(family("\"anggota.*.hobi\"").unwrap_err().place, "demo: anggota.*.hobi");
        let own = parse(&in_sector(&token("token.sosial"))).unwrap();
        assert_eq!(own.services[0].sector, Some(Sector::Sosial));
    }
}
