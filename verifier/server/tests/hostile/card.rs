//! A card that the city issued, in parts, shown to one request; valid until somebody changes a part.

use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::{ClaimPath, Format};
use absah_crypto::{PrivateKey, sha256};
use absah_trust::sample::{City, key};
use absah_types::base64url;
use serde_json::{Value, json};

use crate::world::NOW;

pub(crate) struct Card {
    pub(crate) header: Value,
    pub(crate) payload: Value,
    /// In the place of `payload`: what no JSON library would write.
    pub(crate) raw_payload: Option<String>,
    pub(crate) disclosures: Vec<String>,
    pub(crate) signer: PrivateKey,
    pub(crate) holder: PrivateKey,
    pub(crate) binding_header: Value,
    /// `sd_hash` is added when it is missing.
    pub(crate) binding: Option<Value>,
}

pub(crate) fn disclosure(parts: &Value) -> String {
    base64url::encode(parts.to_string())
}

pub(crate) fn digest(encoded: &str) -> String {
    base64url::encode(sha256(encoded.as_bytes()))
}

pub(crate) fn named(name: &str, value: impl Into<Value>) -> String {
    disclosure(&json!(["c2FsdHNhbHRzYWx0c2FsdA", name, value.into()]))
}

fn json_of(part: &str) -> Value {
    serde_json::from_slice(&base64url::decode(part).unwrap()).unwrap()
}

impl Card {
    pub(crate) fn new(claims: &[&str], aud: &str, nonce: &str) -> Self {
        let city = City::at(NOW);
        let text = city.issue(key(8).public_key(), Format::VcSdJwt, 5);
        let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
        let paths: Vec<_> =
            claims.iter().map(|claim| Format::VcSdJwt.from_root(&ClaimPath::key(claim))).collect();
        let bound = held.select(&paths).unwrap().bind(aud, nonce, NOW);
        let signature = key(8).sign(bound.to_be_signed());
        let shown = bound.attach(signature);
        let parts: Vec<&str> = shown.split('~').collect();
        let [jwt, disclosures @ .., _binding] = parts.as_slice() else { panic!("no SD-JWT") };
        let jwt: Vec<&str> = jwt.split('.').collect();
        Self {
            header: json_of(jwt[0]),
            payload: json_of(jwt[1]),
            raw_payload: None,
            disclosures: disclosures.iter().map(|part| (*part).to_owned()).collect(),
            signer: city.credential_key,
            holder: key(8),
            binding_header: json!({"alg": "ES256", "typ": "kb+jwt"}),
            binding: Some(json!({"iat": NOW.unix(), "aud": aud, "nonce": nonce})),
        }
    }

    pub(crate) fn facts(&mut self) -> &mut Value {
        &mut self.payload["credentialSubject"]
    }

    pub(crate) fn digests(&mut self) -> &mut Vec<Value> {
        self.facts()["_sd"].as_array_mut().unwrap()
    }

    /// A disclosure that the issuer signs for.
    pub(crate) fn disclose(&mut self, encoded: String) {
        self.digests().push(digest(&encoded).into());
        self.disclosures.push(encoded);
    }

    /// The issuer signs another value for a claim that is shown.
    pub(crate) fn say(&mut self, name: &str, value: impl Into<Value>) {
        let place = self.disclosures.iter().position(|one| json_of(one)[1] == name).unwrap();
        let old = digest(&self.disclosures.remove(place));
        self.digests().retain(|known| *known != old);
        self.disclose(named(name, value));
    }

    pub(crate) fn binding(&mut self) -> &mut Value {
        self.binding.as_mut().unwrap()
    }

    pub(crate) fn without(&mut self, name: &str) {
        self.payload.as_object_mut().unwrap().remove(name);
    }

    pub(crate) fn text(&self) -> String {
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
