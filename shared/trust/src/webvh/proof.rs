//! Data Integrity proofs of the one kind that did:webvh 1.0 allows: eddsa-jcs-2022.

use absah_crypto::sha256;
use absah_types::Timestamp;
use serde_json::{Map, Value, json};

use super::encoding::{base58, canonical, multibase, multikey_of};

/// What a proof may say of itself. `@context` is not among them: an entry has none.
const MEMBERS: [&str; 7] =
    ["type", "cryptosuite", "created", "expires", "verificationMethod", "proofPurpose", "proofValue"];

/// Why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    Form,
    Signature,
}

/// A proof before it was checked.
#[derive(Debug, Clone)]
pub(super) struct Proof {
    options: Value,
    /// The multikey it names.
    pub(super) key: String,
    signature: [u8; 64],
}

impl Proof {
    pub(super) fn read(value: &Value, now: Timestamp) -> Option<Self> {
        let members = value.as_object()?;
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let time = |name: &str| text(name).map(Timestamp::parse_rfc3339).transpose().ok();
        let is_known = |name: &String| MEMBERS.contains(&name.as_str());
        let is_ours = text("type") == Some("DataIntegrityProof")
            && text("cryptosuite") == Some("eddsa-jcs-2022")
            && text("proofPurpose") == Some("assertionMethod");
        if !members.keys().all(is_known) || !members.values().all(Value::is_string) || !is_ours {
            return None;
        }
        time("created")?;
        if time("expires")?.is_some_and(|end| end < now) {
            return None;
        }
        let (did, fragment) = text("verificationMethod")?.split_once('#')?;
        let key = did.strip_prefix("did:key:").filter(|key| *key == fragment)?;
        let signature = multibase(text("proofValue")?)?.try_into().ok()?;
        let mut options = members.clone();
        options.remove("proofValue");
        Some(Self { options: Value::Object(options), key: key.to_owned(), signature })
    }

    /// Checks it over a document without its proofs.
    pub(super) fn verify(&self, document: &Value) -> Result<(), Refused> {
        let key = multikey_of(&self.key).ok_or(Refused::Form)?;
        let signed = to_be_signed(&self.options, document);
        key.verify(&signed, &self.signature).map_err(|_| Refused::Signature)
    }
}

/// The options of a new proof by a key.
pub(super) fn options(multikey: &str, created: Timestamp) -> Value {
    json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": created.to_string(),
        "verificationMethod": format!("did:key:{multikey}#{multikey}"),
        "proofPurpose": "assertionMethod",
    })
}

/// "Return the concatenation of proofConfigHash followed by transformedDocumentHash as hashData" (vc-di-eddsa, section
/// 3.3.4).
pub(super) fn to_be_signed(options: &Value, document: &Value) -> [u8; 64] {
    let mut hashes = [0; 64];
    let (first, second) = hashes.split_at_mut(32);
    first.copy_from_slice(&sha256(&canonical(options)));
    second.copy_from_slice(&sha256(&canonical(document)));
    hashes
}

/// The proof: its options with the signature.
pub(super) fn attach(options: &Value, signature: &[u8; 64]) -> Value {
    let mut members: Map<String, Value> = options.as_object().cloned().unwrap_or_default();
    members.insert("proofValue".to_owned(), json!(format!("z{}", base58(signature))));
    Value::Object(members)
}
