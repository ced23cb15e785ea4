//! Credential requests and proofs of possession against the issuer.

use absah_credential::KeyAssurance;

use super::*;
use crate::oid4vci::KEY_ASSURANCE;

struct Prover {
    key: NonceKey,
    holder: PrivateKey,
    profile: Profile,
}

impl Prover {
    fn new() -> Self {
        Self { key: NonceKey::new(secret()), holder: PrivateKey::generate(&mut Dice(7)), profile: profile() }
    }

    fn claims(&self) -> Value {
        json!({"aud": URL, "iat": NOW.unix(), "nonce": self.key.issue(NOW, &mut Dice(8))})
    }

    fn header(&self) -> Header {
        Header::es256(PROOF_TYPE).with_jwk(self.holder.public_key().to_jwk())
    }

    fn proof(&self, header: Header, claims: &Value) -> String {
        ToBeSigned::new(&header, claims.to_string().as_bytes()).sign(&self.holder).unwrap()
    }

    fn check(&self, proofs: &[String]) -> Result<Vec<PublicKey>, CredentialRequestError> {
        let body =
            json!({"credential_configuration_id": "KtpElektronik_dc_sd_jwt", "proofs": {"jwt": proofs}});
        let request = CredentialRequest::parse(body.to_string().as_bytes())?;
        let expected = ProofExpectation { issuer: &self.profile.issuer, nonce: &self.key, now: NOW };
        request.check_proofs(&expected).map(|keys| keys.into_vec())
    }
}

#[test]
fn hostile_proofs() {
    let prover = Prover::new();
    let jwk = prover.holder.public_key().to_jwk();
    let did = did_jwk(prover.holder.public_key());
    let with = |change: &dyn Fn(&mut Value)| {
        let mut claims = prover.claims();
        change(&mut claims);
        prover.proof(prover.header(), &claims)
    };
    let headed = |header: Header| prover.proof(header, &prover.claims());
    let bare = Header::es256(PROOF_TYPE);
    let chained = {
        let mut header = bare.clone().with_kid(format!("{did}#0"));
        header.other.insert("trust_chain".into(), json!(["x"]));
        header
    };
    let other = PrivateKey::generate(&mut Dice(70));
    let stranger = bare.clone().with_jwk(other.public_key().to_jwk());
    let late = NOW.minus(Seconds(601)).unix();
    let early = NOW.plus(Seconds(301)).unix();
    let cases: Vec<(&str, String, &str, OAuthError)> = vec![
        ("not a JWT", "x".into(), "jws-not-compact", OAuthError::InvalidProof),
        ("too long", "x".repeat(20_000), "jws-too-long", OAuthError::InvalidProof),
        (
            "type of a key binding",
            headed(Header::es256("kb+jwt").with_jwk(jwk.clone())),
            "proof-typ",
            OAuthError::InvalidProof,
        ),
        (
            "plain JWT",
            headed(Header::es256("JWT").with_jwk(jwk.clone())),
            "proof-typ",
            OAuthError::InvalidProof,
        ),
        ("no key", headed(bare.clone()), "proof-key", OAuthError::InvalidProof),
        (
            "two keys",
            headed(prover.header().with_kid(format!("{did}#0"))),
            "proof-key",
            OAuthError::InvalidProof,
        ),
        ("certificate", headed(bare.clone().with_x5c(vec![vec![1]])), "proof-key", OAuthError::InvalidProof),
        (
            "kid of no did:jwk",
            headed(bare.clone().with_kid("did:web:evil.example#0")),
            "proof-key",
            OAuthError::InvalidProof,
        ),
        (
            "kid with another fragment",
            headed(bare.clone().with_kid(format!("{did}#1"))),
            "proof-key",
            OAuthError::InvalidProof,
        ),
        ("trust chain", headed(chained), "proof-key", OAuthError::InvalidProof),
        ("somebody else's key", headed(stranger), "proof-signature", OAuthError::InvalidProof),
        (
            "payload is a list",
            prover.proof(prover.header(), &json!([])),
            "proof-payload",
            OAuthError::InvalidProof,
        ),
        (
            "another issuer",
            with(&|c| c["aud"] = json!("https://evil.example")),
            "proof-audience",
            OAuthError::InvalidProof,
        ),
        (
            "issuer with a slash",
            with(&|c| c["aud"] = json!(format!("{URL}/"))),
            "proof-audience",
            OAuthError::InvalidProof,
        ),
        (
            "two audiences",
            with(&|c| c["aud"] = json!([URL, "https://evil.example"])),
            "proof-audience",
            OAuthError::InvalidProof,
        ),
        ("no audience", with(&|c| c["aud"] = Value::Null), "proof-payload", OAuthError::InvalidProof),
        ("no time", with(&|c| c["iat"] = Value::Null), "proof-payload", OAuthError::InvalidProof),
        ("too old", with(&|c| c["iat"] = json!(late)), "proof-too-old", OAuthError::InvalidProof),
        ("from the future", with(&|c| c["iat"] = json!(early)), "proof-in-future", OAuthError::InvalidProof),
        (
            "no nonce",
            with(&|c| {
                c.as_object_mut().unwrap().remove("nonce");
            }),
            "proof-without-nonce",
            OAuthError::InvalidProof,
        ),
        ("nonce is a number", with(&|c| c["nonce"] = json!(7)), "proof-payload", OAuthError::InvalidProof),
        (
            "nonce not ours",
            with(&|c| c["nonce"] = json!("wKI4LT17ac15ES9bw8ac4")),
            "c-nonce-unknown",
            OAuthError::InvalidNonce,
        ),
        (
            "nonce too old",
            with(&|c| c["nonce"] = json!(prover.key.issue(NOW.minus(Seconds(300)), &mut Dice(8)))),
            "c-nonce-expired",
            OAuthError::InvalidNonce,
        ),
    ];
    for (name, proof, code, oauth) in cases {
        let error = prover.check(&[proof]).unwrap_err();
        assert_eq!((error.code(), error.oauth()), (code, oauth), "{name}");
    }
    let valid = headed(prover.header());
    assert_eq!(prover.check(&[valid.clone(), valid.clone()]).unwrap_err().code(), "proof-same-key");
    let mut attested = prover.header();
    attested.other.insert("key_attestation".into(), json!("x"));
    let neighbours = [
        valid,
        headed(bare.clone().with_kid(format!("{did}#0"))),
        headed(bare.with_kid(did)),
        headed(attested),
        with(&|c| c["iss"] = json!("wallet")),
        with(&|c| c["iat"] = json!(NOW.unix() as f64 + 0.5)),
        with(&|c| c["iat"] = json!(late + 1)),
    ];
    for proof in neighbours {
        assert_eq!(prover.check(&[proof]), Ok(vec![prover.holder.public_key().clone()]));
    }
}

#[test]
fn hostile_credential_requests() {
    let proof = json!({"jwt": ["x"]});
    let id = "KtpElektronik_dc_sd_jwt";
    let cases: Vec<(&str, String, &str, OAuthError)> = vec![
        ("empty", String::new(), "credential-request-malformed", OAuthError::InvalidCredentialRequest),
        ("a list", "[]".into(), "credential-request-malformed", OAuthError::InvalidCredentialRequest),
        (
            "too large",
            "x".repeat(70_000),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "repeated member",
            r#"{"proofs":{},"proofs":{}}"#.into(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "names nothing",
            json!({"proofs": proof}).to_string(),
            "credential-request-names-nothing",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "names both",
            json!({"credential_configuration_id": id, "credential_identifier": "x", "proofs": proof})
                .to_string(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "identifier is a number",
            json!({"credential_identifier": 1, "proofs": proof}).to_string(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "configuration is a number",
            json!({"credential_configuration_id": 1, "proofs": proof}).to_string(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "encrypted response",
            json!({"credential_configuration_id": id, "proofs": proof, "credential_response_encryption": {}})
                .to_string(),
            "credential-request-encryption",
            OAuthError::InvalidEncryptionParameters,
        ),
        (
            "no proofs",
            json!({"credential_configuration_id": id}).to_string(),
            "proof-missing",
            OAuthError::InvalidProof,
        ),
        (
            "proof of a draft",
            json!({"credential_configuration_id": id, "proof": {"proof_type": "jwt", "jwt": "x"}})
                .to_string(),
            "proof-missing",
            OAuthError::InvalidProof,
        ),
        (
            "proofs is a list",
            json!({"credential_configuration_id": id, "proofs": []}).to_string(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "another proof type",
            json!({"credential_configuration_id": id, "proofs": {"di_vp": [{}]}}).to_string(),
            "proof-type",
            OAuthError::InvalidProof,
        ),
        (
            "two proof types",
            json!({"credential_configuration_id": id, "proofs": {"jwt": ["x"], "di_vp": [{}]}}).to_string(),
            "proof-type",
            OAuthError::InvalidProof,
        ),
        (
            "no proof in the list",
            json!({"credential_configuration_id": id, "proofs": {"jwt": []}}).to_string(),
            "proof-missing",
            OAuthError::InvalidProof,
        ),
        (
            "thirteen proofs",
            json!({"credential_configuration_id": id, "proofs": {"jwt": vec!["x"; 13]}}).to_string(),
            "proof-too-many",
            OAuthError::InvalidProof,
        ),
        (
            "proof is a number",
            json!({"credential_configuration_id": id, "proofs": {"jwt": [1]}}).to_string(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
    ];
    for (name, body, code, oauth) in cases {
        let error = CredentialRequest::parse(body.as_bytes()).unwrap_err();
        assert_eq!((error.code(), error.oauth()), (code, oauth), "{name}");
    }
    let valid = json!({"credential_configuration_id": id, "proofs": {"jwt": vec!["x"; 12]}, "new": 1});
    assert_eq!(CredentialRequest::parse(valid.to_string().as_bytes()).unwrap().copies(), 12);
}

#[test]
fn where_keys_live_can_only_be_said_to_be_worse() {
    let prover = Prover::new();
    let said = |words: &[Option<Value>]| {
        let proof = |word: &Option<Value>| {
            let mut claims = prover.claims();
            if let Some(word) = word {
                claims[KEY_ASSURANCE] = word.clone();
            }
            prover.proof(prover.header(), &claims)
        };
        let proofs: Vec<String> = words.iter().map(proof).collect();
        let body =
            json!({"credential_configuration_id": "KtpElektronik_dc_sd_jwt", "proofs": {"jwt": proofs}});
        CredentialRequest::parse(body.to_string().as_bytes()).unwrap().assurance()
    };
    assert_eq!(said(&[None]), KeyAssurance::Software);
    assert_eq!(said(&[Some(json!("web"))]), KeyAssurance::Web);
    assert_eq!(said(&[None, Some(json!("web"))]), KeyAssurance::Web, "the copies of a batch are one card");
    for better in [json!("hardware"), json!("Web"), json!(["web"]), json!(1)] {
        assert_eq!(said(&[Some(better)]), KeyAssurance::Software);
    }
}
