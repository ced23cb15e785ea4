//! Checking a log whole (section "Read (Resolve)").

use absah_crypto::json;
use absah_types::Timestamp;
use serde_json::{Map, Value};

use super::WebvhError;
use super::encoding::hash_of_json;
use super::parameters::{Active, Parameters};
use super::proof::{Proof, Refused};
use super::witness::{self, Succession};
use super::write::PLACEHOLDER;

/// Largest log read, in bytes.
pub const MAX_LOG_BYTES: usize = 8 << 20;
/// Most entries of a log.
pub const MAX_ENTRIES: usize = 10_000;
/// Most proofs of one entry.
const MAX_PROOFS: usize = 16;

/// A log that was checked whole.
#[derive(Debug, Clone, PartialEq)]
pub struct DidLog {
    versions: Vec<Version>,
}

/// One version of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    id: String,
    time: Moment,
    parameters: Active,
    document: Value,
}

/// A moment as an entry writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Moment {
    at: Timestamp,
    /// Digits of the second's fraction, without zeros at their end: they order as texts.
    fraction: String,
}

/// An entry before it was checked.
struct Entry {
    version_id: String,
    version_time: String,
    parameters: Map<String, Value>,
    state: Map<String, Value>,
    proofs: Vec<Value>,
    /// The entry without its proofs.
    signed: Value,
}

impl DidLog {
    /// Checks a log, one entry a line, at `now`; `witnesses` is `did-witness.json`, where the log names witnesses.
    ///
    /// # Errors
    /// [`WebvhError`], the first found.
    pub fn verify(log: &[u8], witnesses: Option<&[u8]>, now: Timestamp) -> Result<Self, WebvhError> {
        Self::verify_under(log, witnesses, Succession::Before, now)
    }

    /// As [`DidLog::verify`], with another rule for witnesses that follow others.
    ///
    /// # Errors
    /// [`WebvhError`], the first found.
    pub fn verify_under(
        log: &[u8],
        witnesses: Option<&[u8]>,
        succession: Succession,
        now: Timestamp,
    ) -> Result<Self, WebvhError> {
        if log.len() > MAX_LOG_BYTES {
            return Err(WebvhError::TooLarge);
        }
        let text = log.strip_suffix(b"\n").unwrap_or(log);
        if text.is_empty() {
            return Err(WebvhError::Empty);
        }
        let mut versions: Vec<Version> = Vec::new();
        for (at, line) in text.split(|byte| *byte == b'\n').enumerate() {
            if at >= MAX_ENTRIES {
                return Err(WebvhError::TooLarge);
            }
            let number = at.saturating_add(1);
            let entry = Entry::read(line).ok_or(WebvhError::Entry { entry: number })?;
            versions.push(entry.check(versions.last(), number, now)?);
        }
        witness::check(&versions, witnesses, succession, now)?;
        Ok(Self { versions })
    }

    /// The log, if it is that of this identifier: "check that the DID being resolved matches the top-level id in at
    /// least one version of the DIDDoc".
    ///
    /// # Errors
    /// `OtherDid`.
    pub fn of(self, did: &str) -> Result<Self, WebvhError> {
        if self.versions.iter().any(|version| version.did() == did) {
            return Ok(self);
        }
        Err(WebvhError::OtherDid)
    }

    /// All versions, the first first; never none.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The newest version.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "made only with a version in it")]
    pub fn newest(&self) -> &Version {
        &self.versions[self.versions.len() - 1]
    }

    /// A version by its number, counted from 1.
    #[must_use]
    pub fn version(&self, number: usize) -> Option<&Version> {
        number.checked_sub(1).and_then(|at| self.versions.get(at))
    }

    /// A version by its id, `number-hash`.
    #[must_use]
    pub fn version_of_id(&self, id: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == id)
    }

    /// The version that was in force at a moment; nothing before the first.
    #[must_use]
    pub fn at(&self, time: Timestamp) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.time.at <= time)
    }

    /// What a resolver tells about a version beside its document.
    #[must_use]
    pub fn metadata(&self, version: &Version) -> Value {
        let newest = self.newest().parameters();
        let created = self.versions.first().map(|version| version.time.at.to_string());
        serde_json::json!({
            "versionId": version.id,
            "versionTime": version.time.at.to_string(),
            "created": created,
            "updated": self.newest().time.at.to_string(),
            "scid": newest.scid,
            "portable": newest.portable,
            "deactivated": newest.deactivated,
            // "The value is a string containing the integer value".
            "ttl": newest.ttl.to_string(),
        })
    }
}

impl Version {
    /// Number, dash and hash.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When it was made, as its maker says.
    #[must_use]
    pub fn time(&self) -> Timestamp {
        self.time.at
    }

    /// The DID document.
    #[must_use]
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// The identifier at this version.
    #[must_use]
    pub fn did(&self) -> &str {
        id_of(&self.document)
    }

    /// The parameters in force after it.
    #[must_use]
    pub fn parameters(&self) -> &Active {
        &self.parameters
    }
}

fn id_of(document: &Value) -> &str {
    document.get("id").and_then(Value::as_str).unwrap_or_default()
}

impl Entry {
    fn read(line: &[u8]) -> Option<Self> {
        let mut members = json::object(line).ok()?;
        if members.len() != 5 {
            return None;
        }
        let Value::Array(proofs) = members.remove("proof")? else { return None };
        let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
        let object = |name: &str| members.get(name).and_then(Value::as_object).cloned();
        Some(Self {
            version_id: text("versionId")?,
            version_time: text("versionTime")?,
            parameters: object("parameters")?,
            state: object("state")?,
            proofs,
            signed: Value::Object(members),
        })
    }

    /// The steps of "Read (Resolve)", in an order that gives each spoiled entry the name of what is wrong with it.
    fn check(&self, before: Option<&Version>, number: usize, now: Timestamp) -> Result<Version, WebvhError> {
        let entry = number;
        // "The version number MUST be 1 for the first log entry and MUST be incremented by one for each subsequent log
        // entry."
        let (told, hash) = self.version_id.split_once('-').ok_or(WebvhError::VersionNumber { entry })?;
        if told != number.to_string() {
            return Err(WebvhError::VersionNumber { entry });
        }
        let parameters = Parameters::from_json(&self.parameters, entry)?;
        let active = parameters.after(before.map(Version::parameters), entry)?;
        // "Set the versionId in the entry object to be the versionId from the previous log entry. If this is the first
        // entry in the log, set the value to <scid>".
        let predecessor = before.map_or(active.scid.as_str(), Version::id);
        if hash_of_json(&with_version_id(&self.signed, predecessor)) != hash {
            return Err(WebvhError::EntryHash { entry });
        }
        if before.is_none() && !self.makes(&active.scid) {
            return Err(WebvhError::Scid);
        }
        let time = self.time(before, entry, now)?;
        self.check_proofs(authorized(before, &active), entry, now)?;
        let document = Value::Object(self.state.clone());
        check_id(&document, before, &active, entry)?;
        Ok(Version { id: self.version_id.clone(), time, parameters: active, document })
    }

    /// "Verify SCID": the first entry with the placeholder in place of the identifier gives the identifier.
    fn makes(&self, scid: &str) -> bool {
        let first = with_version_id(&self.signed, PLACEHOLDER).to_string().replace(scid, PLACEHOLDER);
        let preliminary: Result<Value, _> = serde_json::from_str(&first);
        preliminary.is_ok_and(|entry| hash_of_json(&entry) == scid)
    }

    fn time(&self, before: Option<&Version>, entry: usize, now: Timestamp) -> Result<Moment, WebvhError> {
        let time = Moment::parse(&self.version_time).ok_or(WebvhError::Time { entry })?;
        // "The versionTime for each log entry MUST be greater than the previous entry's time. The versionTime of the
        // last entry MUST be earlier than the current time."
        if before.is_some_and(|before| !before.time.is_before(&time)) {
            return Err(WebvhError::Time { entry });
        }
        if time.at > now {
            return Err(WebvhError::TimeAhead { entry });
        }
        Ok(time)
    }

    fn check_proofs(&self, keys: &[String], entry: usize, now: Timestamp) -> Result<(), WebvhError> {
        if self.proofs.is_empty() || self.proofs.len() > MAX_PROOFS {
            return Err(WebvhError::ProofForm { entry });
        }
        for value in &self.proofs {
            let proof = Proof::read(value, now).ok_or(WebvhError::ProofForm { entry })?;
            // "the key used for signing each DID Log entry MUST be one from the list of active updateKeys"
            if !keys.contains(&proof.key) {
                return Err(WebvhError::Unauthorized { entry });
            }
            proof.verify(&self.signed).map_err(|refused| match refused {
                Refused::Form => WebvhError::ProofForm { entry },
                Refused::Signature => WebvhError::Signature { entry },
            })?;
        }
        Ok(())
    }
}

/// Whose proof counts for an entry: its own keys if it is the first or they were announced beforehand, else those named
/// before it.
fn authorized<'a>(before: Option<&'a Version>, own: &'a Active) -> &'a [String] {
    match before {
        Some(before) if before.parameters.next_key_hashes.is_empty() => &before.parameters.update_keys,
        _ => &own.update_keys,
    }
}

fn check_id(
    document: &Value,
    before: Option<&Version>,
    active: &Active,
    entry: usize,
) -> Result<(), WebvhError> {
    let id = id_of(document);
    let rest = id.strip_prefix("did:webvh:").and_then(|rest| rest.strip_prefix(active.scid.as_str()));
    let is_ours = rest.is_some_and(|rest| rest.starts_with(':')) && absah_types::Did::parse(id).is_ok();
    if !is_ours {
        return Err(WebvhError::DocumentId { entry });
    }
    if let Some(before) = before
        && before.did() != id
    {
        // "The DIDDoc MUST contain the prior DID string as an alsoKnownAs entry."
        let names = document.get("alsoKnownAs").and_then(Value::as_array);
        let keeps = names.is_some_and(|names| names.iter().any(|name| name.as_str() == Some(before.did())));
        if !before.parameters.portable || !keeps {
            return Err(WebvhError::Moved { entry });
        }
    }
    Ok(())
}

/// An entry under another version id.
pub(super) fn with_version_id(entry: &Value, id: &str) -> Value {
    let mut members = entry.as_object().cloned().unwrap_or_default();
    members.insert("versionId".to_owned(), Value::String(id.to_owned()));
    Value::Object(members)
}

impl Moment {
    fn parse(text: &str) -> Option<Self> {
        // "MUST be a valid UTC ISO8601 date/time string"
        let digits = text.strip_suffix('Z')?;
        let fraction = digits.split_once('.').map_or("", |(_, fraction)| fraction).trim_end_matches('0');
        Some(Self { at: Timestamp::parse_rfc3339(text).ok()?, fraction: fraction.to_owned() })
    }

    fn is_before(&self, other: &Self) -> bool {
        (self.at, &self.fraction) < (other.at, &other.fraction)
    }
}
