//! The parameters of an entry, and those in force after it.

use absah_types::Did;
use serde_json::{Map, Value, json};

use super::WebvhError;
use super::encoding::{multibase, multikey_of};
use super::write::METHOD;

/// "The range of 0 to 2^31."
const MAX_TTL: u64 = 1 << 31;
/// "Defaults to 3600 (1 hour) if not set".
const DEFAULT_TTL: u64 = 3600;
/// Most items in a list.
const MAX_ITEMS: usize = 64;

/// What one entry changes; what is absent stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters {
    /// The version of the method.
    pub method: Option<String>,
    /// The self-certifying part of the identifier: only in the first entry.
    pub scid: Option<String>,
    /// The multikeys that may sign entries.
    pub update_keys: Option<Vec<String>>,
    /// The hashes of the keys that may stand in the next entry.
    pub next_key_hashes: Option<Vec<String>>,
    /// Who must agree to entries; an empty list: nobody.
    pub witness: Option<WitnessList>,
    /// URLs of those who watch.
    pub watchers: Option<Vec<String>>,
    /// Whether the identifier may move to another host.
    pub portable: Option<bool>,
    /// Whether the identifier has ended.
    pub deactivated: Option<bool>,
    /// How long a reader may keep the document, seconds.
    pub ttl: Option<u64>,
}

/// Witnesses, and how many of them must agree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WitnessList {
    /// How many; 0 when there are none.
    pub threshold: usize,
    /// The multikeys of their did:key identifiers.
    pub witnesses: Vec<String>,
}

/// The parameters in force after an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Active {
    /// The self-certifying part of the identifier.
    pub scid: String,
    /// The multikeys named last.
    pub update_keys: Vec<String>,
    /// The hashes announced last; empty: keys need not be announced.
    pub next_key_hashes: Vec<String>,
    /// The witnesses named last.
    pub witness: WitnessList,
    /// The watchers named last.
    pub watchers: Vec<String>,
    /// Whether the identifier may move.
    pub portable: bool,
    /// Whether the identifier has ended.
    pub deactivated: bool,
    /// How long a reader may keep the document, seconds.
    pub ttl: u64,
}

impl Parameters {
    /// As they stand in an entry.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut members = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                members.insert(name.to_owned(), value);
            }
        };
        put("method", self.method.as_ref().map(|text| json!(text)));
        put("scid", self.scid.as_ref().map(|text| json!(text)));
        put("updateKeys", self.update_keys.as_ref().map(|list| json!(list)));
        put("nextKeyHashes", self.next_key_hashes.as_ref().map(|list| json!(list)));
        put("witness", self.witness.as_ref().map(WitnessList::to_json));
        put("watchers", self.watchers.as_ref().map(|list| json!(list)));
        put("portable", self.portable.map(Value::Bool));
        put("deactivated", self.deactivated.map(Value::Bool));
        put("ttl", self.ttl.map(|ttl| json!(ttl)));
        Value::Object(members)
    }

    /// Reads those of one entry.
    ///
    /// # Errors
    /// `Method` and `Parameter`.
    pub fn from_json(members: &Map<String, Value>, entry: usize) -> Result<Self, WebvhError> {
        let mut read = Self::default();
        for (name, value) in members {
            let refused = || WebvhError::Parameter { entry, name: name.chars().take(64).collect() };
            match name.as_str() {
                // "MUST be set to a specification semver version string equal to or higher than the currently active
                // method setting"; higher ones are unknown here.
                "method" => match value.as_str() {
                    Some(METHOD) => read.method = Some(METHOD.to_owned()),
                    _ => return Err(WebvhError::Method { entry }),
                },
                "scid" => read.scid = Some(text(value).filter(|text| is_scid(text)).ok_or_else(refused)?),
                "updateKeys" => {
                    let is_key = |text: &String| multibase(text).is_some();
                    let keys = list(value).filter(|keys| keys.iter().all(is_key) && are_unique(keys));
                    read.update_keys = Some(keys.ok_or_else(refused)?);
                }
                "nextKeyHashes" => read.next_key_hashes = Some(list(value).ok_or_else(refused)?),
                "witness" => read.witness = Some(WitnessList::from_json(value).ok_or_else(refused)?),
                "watchers" => read.watchers = Some(list(value).ok_or_else(refused)?),
                "portable" => read.portable = Some(boolean(value).ok_or_else(refused)?),
                "deactivated" => read.deactivated = Some(boolean(value).ok_or_else(refused)?),
                "ttl" => {
                    let ttl = if value.is_null() { Some(DEFAULT_TTL) } else { value.as_u64() };
                    read.ttl = Some(ttl.filter(|ttl| *ttl <= MAX_TTL).ok_or_else(refused)?);
                }
                // "The parameters object MUST only include properties defined in the version of the did:webvh DID Method
                // specification being used."
                _ => return Err(refused()),
            }
        }
        Ok(read)
    }

    /// The parameters in force after this entry, which is the first if there are none before.
    ///
    /// # Errors
    /// `Method`, `Parameter`, `PreRotation`.
    pub fn after(&self, before: Option<&Active>, entry: usize) -> Result<Active, WebvhError> {
        let refused = |name: &str| WebvhError::Parameter { entry, name: name.to_owned() };
        let Some(before) = before else {
            if self.method.is_none() {
                return Err(WebvhError::Method { entry });
            }
            return Ok(Active {
                scid: self.scid.clone().ok_or_else(|| refused("scid"))?,
                // "This property MUST appear in the first log entry".
                update_keys: self.update_keys.clone().ok_or_else(|| refused("updateKeys"))?,
                next_key_hashes: self.next_key_hashes.clone().unwrap_or_default(),
                witness: self.witness.clone().unwrap_or_default(),
                watchers: self.watchers.clone().unwrap_or_default(),
                portable: self.portable.unwrap_or_default(),
                deactivated: self.deactivated.unwrap_or_default(),
                ttl: self.ttl.unwrap_or(DEFAULT_TTL),
            });
        };
        // "If set to true, the DID is considered deactivated and no further updates to the DID are permitted."
        if before.deactivated {
            return Err(WebvhError::Deactivated { entry });
        }
        // "MUST NOT appear in later log entries."
        if self.scid.is_some() {
            return Err(refused("scid"));
        }
        // "Once set to false, MUST NOT be changed to true."
        if self.portable == Some(true) && !before.portable {
            return Err(refused("portable"));
        }
        if !before.next_key_hashes.is_empty() {
            // "While active, the properties nextKeyHashes and updateKeys MUST be present in all log entries."
            let (Some(keys), Some(_)) = (&self.update_keys, &self.next_key_hashes) else {
                return Err(WebvhError::PreRotation { entry });
            };
            // "all multikey formatted public keys added in a new updateKeys list MUST have their hashes listed in the
            // nextKeyHashes list from the previous log entry."
            if !keys.iter().all(|key| before.next_key_hashes.contains(&super::key_hash(key))) {
                return Err(WebvhError::PreRotation { entry });
            }
        }
        Ok(Active {
            scid: before.scid.clone(),
            update_keys: self.update_keys.clone().unwrap_or_else(|| before.update_keys.clone()),
            next_key_hashes: self.next_key_hashes.clone().unwrap_or_else(|| before.next_key_hashes.clone()),
            witness: self.witness.clone().unwrap_or_else(|| before.witness.clone()),
            watchers: self.watchers.clone().unwrap_or_else(|| before.watchers.clone()),
            portable: self.portable.unwrap_or(before.portable),
            deactivated: self.deactivated.unwrap_or(before.deactivated),
            ttl: self.ttl.unwrap_or(before.ttl),
        })
    }
}

impl WitnessList {
    fn to_json(&self) -> Value {
        if self.witnesses.is_empty() {
            return json!({});
        }
        let witnesses: Vec<Value> =
            self.witnesses.iter().map(|key| json!({ "id": format!("did:key:{key}") })).collect();
        json!({ "threshold": self.threshold, "witnesses": witnesses })
    }

    fn from_json(value: &Value) -> Option<Self> {
        if value.is_null() {
            return Some(Self::default());
        }
        let members = value.as_object()?;
        if members.is_empty() {
            return Some(Self::default());
        }
        if members.len() != 2 {
            return None;
        }
        let threshold = usize::try_from(members.get("threshold")?.as_u64()?).ok()?;
        let mut witnesses = Vec::new();
        for witness in members.get("witnesses")?.as_array()? {
            let id = witness.as_object().filter(|members| members.len() == 1)?.get("id")?.as_str()?;
            // "The DID MUST be a did:key DID"; one of the two writers of the published vectors leaves the prefix away.
            let key = id.strip_prefix("did:key:").unwrap_or(id);
            multikey_of(key)?;
            witnesses.push(key.to_owned());
        }
        // "threshold MUST be between 1 and the number of items in the witnesses array, inclusive"; "MUST be unique within
        // the array".
        let holds = (1..=witnesses.len()).contains(&threshold)
            && witnesses.len() <= MAX_ITEMS
            && are_unique(&witnesses);
        holds.then_some(Self { threshold, witnesses })
    }
}

fn is_scid(text: &str) -> bool {
    text.len() == 46 && Did::parse(&format!("did:webvh:{text}")).is_ok()
}

fn are_unique(items: &[String]) -> bool {
    items.iter().collect::<std::collections::BTreeSet<_>>().len() == items.len()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// "resolver implementations SHOULD gracefully accept null and immediately convert the value to their equivalent default
/// value".
fn list(value: &Value) -> Option<Vec<String>> {
    if value.is_null() {
        return Some(Vec::new());
    }
    let items = value.as_array().filter(|items| items.len() <= MAX_ITEMS)?;
    items.iter().map(text).collect()
}

fn boolean(value: &Value) -> Option<bool> {
    if value.is_null() { Some(false) } else { value.as_bool() }
}
