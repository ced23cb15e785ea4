//! Making entries: drafts that wait for a signature (sections "Create (Register)" and "Update (Rotate)").

use absah_types::Timestamp;
use serde_json::{Value, json};

use super::encoding::hash_of_json;
use super::log::{DidLog, with_version_id};
use super::parameters::Parameters;
use super::proof;

/// The version of the method that is written and read.
pub const METHOD: &str = "did:webvh:1.0";
/// What stands for the self-certifying part before it is known.
pub const PLACEHOLDER: &str = "{SCID}";

/// An entry that waits for its signature.
#[derive(Debug, Clone)]
pub struct Draft {
    entry: Value,
    options: Value,
}

impl Draft {
    /// The first entry of a log. In `document`, [`PLACEHOLDER`] stands wherever the identifier has its self-certifying
    /// part; `method` and `scid` of the parameters are filled in. `signer` is the multikey that will sign.
    #[must_use]
    pub fn first(document: &Value, parameters: &Parameters, signer: &str, at: Timestamp) -> Self {
        let parameters = Parameters {
            method: Some(METHOD.to_owned()),
            scid: Some(PLACEHOLDER.to_owned()),
            ..parameters.clone()
        };
        let preliminary = json!({
            "versionId": PLACEHOLDER,
            "versionTime": at.to_string(),
            "parameters": parameters.to_json(),
            "state": document,
        });
        let scid = hash_of_json(&preliminary);
        // "Replace throughout the preliminary JSON object the placeholder"; the identifier needs no escape in JSON, so
        // that what was JSON stays so.
        let text = preliminary.to_string().replace(PLACEHOLDER, &scid);
        let entry: Value = serde_json::from_str(&text).unwrap_or_default();
        Self::numbered(1, &scid, &entry, signer, at)
    }

    /// The entry after the newest of a log. It is made at `at`, or a second after the newest entry: times only grow.
    #[must_use]
    pub fn next(
        log: &DidLog,
        document: &Value,
        parameters: &Parameters,
        signer: &str,
        at: Timestamp,
    ) -> Self {
        let newest = log.newest();
        let at = at.max(newest.time().plus(absah_types::Seconds(1)));
        let entry = json!({
            "versionId": newest.id(),
            "versionTime": at.to_string(),
            "parameters": parameters.to_json(),
            "state": document,
        });
        Self::numbered(log.versions().len().saturating_add(1), newest.id(), &entry, signer, at)
    }

    fn numbered(number: usize, predecessor: &str, entry: &Value, signer: &str, at: Timestamp) -> Self {
        let hash = hash_of_json(&with_version_id(entry, predecessor));
        let entry = with_version_id(entry, &format!("{number}-{hash}"));
        Self { entry, options: proof::options(signer, at) }
    }

    /// Number, dash and hash of the entry.
    #[must_use]
    pub fn version_id(&self) -> &str {
        self.entry.get("versionId").and_then(Value::as_str).unwrap_or_default()
    }

    /// The identifier in its document.
    #[must_use]
    pub fn did(&self) -> &str {
        self.entry.pointer("/state/id").and_then(Value::as_str).unwrap_or_default()
    }

    /// The 64 bytes to be signed.
    #[must_use]
    pub fn to_be_signed(&self) -> [u8; 64] {
        proof::to_be_signed(&self.options, &self.entry)
    }

    /// The line of the log, with its line feed.
    #[must_use]
    pub fn attach(&self, signature: &[u8; 64]) -> String {
        let mut members = self.entry.as_object().cloned().unwrap_or_default();
        members.insert("proof".to_owned(), json!([proof::attach(&self.options, signature)]));
        let mut line = Value::Object(members).to_string();
        line.push('\n');
        line
    }
}
