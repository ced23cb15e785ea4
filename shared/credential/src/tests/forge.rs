//! A workshop for cards that no honest issuer or holder would make.

use absah_crypto::{PrivateKey, sha256};
use absah_types::base64url;
use serde_json::{Value, json};

use super::*;

/// A presentation in parts, valid until somebody changes one.
pub(super) struct Forge {
    pub(super) header: Value,
    pub(super) payload: Value,
    /// Overrides `payload`: for texts that no JSON library would write.
    pub(super) raw_payload: Option<String>,
    pub(super) disclosures: Vec<String>,
    pub(super) signer: PrivateKey,
    pub(super) holder: PrivateKey,
    pub(super) binding_header: Value,
    /// `sd_hash` is added when it is missing.
    pub(super) binding: Option<Value>,
}

pub(super) fn disclosure(parts: &Value) -> String {
    base64url::encode(parts.to_string())
}

pub(super) fn digest(encoded: &str) -> String {
    base64url::encode(sha256(encoded.as_bytes()))
}

pub(super) fn named(name: &str, value: impl Into<Value>) -> String {
    disclosure(&json!(["c2FsdHNhbHRzYWx0c2FsdA", name, value.into()]))
}

impl Forge {
    pub(super) fn new(format: Format) -> Self {
        let jwk: Value = serde_json::from_str(&holder_key().public_key().to_jwk().to_json()).unwrap();
        let element = disclosure(&json!(["c2FsdDI", {"nama": "ANAK"}]));
        let disclosures = vec![named("nama", "SITI AMINAH"), named("agama", "ISLAM"), element];
        let hidden = digest("hidden");
        let digests = json!([digest(&disclosures[0]), digest(&disclosures[1]), hidden]);
        let family = json!([{"...": digest(&disclosures[2])}, {"...": digest("decoy")}]);
        let (iat, exp) = (1_795_305_600_i64, 1_797_897_600_i64);
        let mut payload = json!({
            "iat": iat, "exp": exp, "cnf": {"jwk": jwk}, "_sd_alg": "sha-256",
            "status": {"status_list": {"idx": 5, "uri": "https://absah.madiunkota.go.id/status/1"}}
        });
        let members = payload.as_object_mut().unwrap();
        match format {
            Format::DcSdJwt => {
                members.insert("iss".into(), "https://absah.madiunkota.go.id".into());
                members.insert("vct".into(), "https://absah.madiunkota.go.id/vct/ktp-elektronik/1".into());
                members.insert("nbf".into(), iat.into());
                members.insert("_sd".into(), digests);
                members.insert("keluarga".into(), family);
            }
            Format::VcSdJwt => {
                members.insert("@context".into(), json!(["https://www.w3.org/ns/credentials/v2"]));
                members.insert("type".into(), json!(["VerifiableCredential", "KtpElektronik"]));
                members.insert("issuer".into(), "did:web:absah.madiunkota.go.id".into());
                members.insert("validFrom".into(), "2026-11-22T00:00:00Z".into());
                members.insert("validUntil".into(), "2026-12-22T00:00:00Z".into());
                members.insert("credentialSubject".into(), json!({"_sd": digests, "keluarga": family}));
            }
        }
        Self {
            header: json!({"alg": "ES256", "typ": format.name(), "kid": "did:web:absah.madiunkota.go.id#key-1"}),
            payload,
            raw_payload: None,
            disclosures,
            signer: issuer_key(),
            holder: holder_key(),
            binding_header: json!({"alg": "ES256", "typ": "kb+jwt"}),
            binding: Some(json!({"iat": now().unix(), "aud": AUD, "nonce": NONCE})),
        }
    }

    /// The object that holds the digests and the facts.
    pub(super) fn facts(&mut self) -> &mut Value {
        if self.payload.get("credentialSubject").is_some() {
            &mut self.payload["credentialSubject"]
        } else {
            &mut self.payload
        }
    }

    pub(super) fn digests(&mut self) -> &mut Vec<Value> {
        self.facts()["_sd"].as_array_mut().unwrap()
    }

    /// Adds a disclosure that the issuer signs for.
    pub(super) fn disclose(&mut self, encoded: String) {
        self.digests().push(digest(&encoded).into());
        self.disclosures.push(encoded);
    }

    pub(super) fn text(&self) -> String {
        let payload = self.raw_payload.clone().unwrap_or_else(|| self.payload.to_string());
        let mut text = sign(&self.header.to_string(), &payload, &self.signer);
        text.push('~');
        for disclosure in &self.disclosures {
            text.push_str(disclosure);
            text.push('~');
        }
        if let Some(binding) = &self.binding {
            let mut binding = binding.clone();
            if binding.get("sd_hash").is_none() {
                binding["sd_hash"] = digest(&text).into();
            }
            text.push_str(&sign(&self.binding_header.to_string(), &binding.to_string(), &self.holder));
        }
        text
    }
}

fn sign(header: &str, payload: &str, key: &PrivateKey) -> String {
    let input = format!("{}.{}", base64url::encode(header), base64url::encode(payload));
    let signature = key.sign(input.as_bytes());
    format!("{input}.{}", base64url::encode(signature.as_bytes()))
}
