//! What a counter shall be allowed to ask: a TOML or JSON file of services.

use std::path::Path;

use absah_host::{FileError, read_text};
use absah_trust::ClaimPath;
use absah_trust::registration::{Ask, LocalText, Service, Tier, is_protected};
use absah_types::coded;
use serde::Deserialize;

/// The largest file read.
const MOST_BYTES: u64 = 256 << 10;

/// The file says nothing that can be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServicesError {
    /// It is neither TOML nor JSON of this shape.
    Malformed,
    /// A service asks for nothing, or for something that is no claim.
    Claim,
    /// It cannot be read.
    File(FileError),
}

impl core::fmt::Display for ServicesError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed => f.write_str("list of services malformed"),
            Self::Claim => f.write_str("service without usable claims"),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ServicesError {}

coded! { ServicesError {
    Malformed => ("services-malformed", User),
    Claim => ("services-claim", User),
    File(error) => inner(error),
} }

/// Services and who offers them.
#[derive(Debug)]
pub(super) struct Services {
    pub(super) agency: Option<String>,
    pub(super) place: Option<String>,
    pub(super) services: Vec<Service>,
}

#[derive(Deserialize)]
struct File {
    agency: Option<String>,
    place: Option<String>,
    #[serde(alias = "service")]
    services: Vec<Entry>,
}

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
}

#[derive(Deserialize)]
struct EntryAsk {
    credential: String,
    claims: Vec<String>,
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
pub(super) fn read(path: Option<&Path>) -> Result<Services, ServicesError> {
    match path {
        None => parse(absah_schemas::services::DEFAULT),
        Some(path) => parse(&read_text(path, MOST_BYTES).map_err(ServicesError::File)?),
    }
}

fn parse(text: &str) -> Result<Services, ServicesError> {
    let begins_json = text.trim_start().starts_with(['{', '[']);
    // A TOML table header also begins with a bracket.
    let file: File = match begins_json.then(|| from_json(text)).flatten() {
        Some(file) => file,
        None => toml::from_str(text).map_err(|_| ServicesError::Malformed)?,
    };
    if file.services.is_empty() {
        return Err(ServicesError::Malformed);
    }
    let services = file.services.into_iter().map(Entry::service).collect::<Result<_, _>>()?;
    Ok(Services { agency: file.agency, place: file.place, services })
}

fn from_json(text: &str) -> Option<File> {
    let services = || Some(File { agency: None, place: None, services: serde_json::from_str(text).ok()? });
    serde_json::from_str(text).ok().or_else(services)
}

impl Entry {
    fn service(self) -> Result<Service, ServicesError> {
        let mut asks = self.asks;
        if !self.claims.is_empty() {
            let credential = self.credential.unwrap_or_else(|| "KtpElektronik".to_owned());
            asks.push(EntryAsk { credential, claims: self.claims });
        }
        let asks = asks.into_iter().map(EntryAsk::ask).collect::<Result<Vec<_>, _>>()?;
        if asks.iter().all(|ask| ask.claims.is_empty()) {
            return Err(ServicesError::Claim);
        }
        let protected = match self.protected {
            Protected::All(false) => Vec::new(),
            Protected::All(true) => {
                asks.iter().flat_map(|ask| &ask.claims).filter(|claim| is_protected(claim)).cloned().collect()
            }
            Protected::Listed(claims) => paths(claims)?,
        };
        Ok(Service {
            id: self.id,
            title: self.title.local(),
            purpose: self.purpose.local(),
            legal_basis: self.legal_basis,
            asks,
            protected,
            tier: self.tier,
            retention_days: self.retention_days,
        })
    }
}

impl EntryAsk {
    fn ask(self) -> Result<Ask, ServicesError> {
        if absah_schemas::CredentialType::of_name(&self.credential).is_none() {
            return Err(ServicesError::Claim);
        }
        Ok(Ask { credential: self.credential, claims: paths(self.claims)? })
    }
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
            assert_eq!(parse(text).unwrap_err(), error, "{name}");
        }
    }
}
