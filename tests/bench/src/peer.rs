//! The peer: `affinidi-sd-jwt` with the same P-256 as ours, so that only the SD-JWT work around it differs.

use absah_crypto::{PrivateKey, PublicKey, Signature};
use absah_types::base64url;
use affinidi_sd_jwt::SdJwt;
use affinidi_sd_jwt::error::SdJwtError;
use affinidi_sd_jwt::hasher::Sha256Hasher;
use affinidi_sd_jwt::holder::{KbJwtInput, present, select_disclosures};
use affinidi_sd_jwt::issuer::issue;
use affinidi_sd_jwt::signer::{JwtSigner, JwtVerifier};
use affinidi_sd_jwt::verifier::{VerificationOptions, verify};
use serde_json::{Value, json};

use crate::measure::Outcome;
use crate::sample::{AUD, NONCE, THREE, World};

/// Name and version, for the table.
pub(crate) const NAME: &str = "affinidi-sd-jwt 0.1.8";

struct Es256<'a>(&'a PrivateKey);
struct Es256Key<'a>(&'a PublicKey);

impl JwtSigner for Es256<'_> {
    fn algorithm(&self) -> &str {
        "ES256"
    }

    fn sign_jwt(&self, header: &Value, payload: &Value) -> Result<String, SdJwtError> {
        let (header, payload) = (header.to_string(), payload.to_string());
        let mut text = format!("{}.{}", base64url::encode(header), base64url::encode(payload));
        let signature = self.0.sign(text.as_bytes());
        text.push('.');
        base64url::encode_into(signature.as_bytes(), &mut text);
        Ok(text)
    }
}

impl JwtVerifier for Es256Key<'_> {
    fn verify_jwt(&self, jws: &str) -> Result<Value, SdJwtError> {
        let wrong = || SdJwtError::Verification("signature".to_owned());
        let (input, signature) = jws.rsplit_once('.').ok_or_else(wrong)?;
        let signature = base64url::decode(signature).map_err(|_| wrong())?;
        let signature = Signature::from_slice(&signature).map_err(|_| wrong())?;
        self.0.verify(input.as_bytes(), &signature).map_err(|_| wrong())?;
        let (_, payload) = input.split_once('.').ok_or_else(wrong)?;
        Ok(serde_json::from_slice(&base64url::decode(payload).map_err(|_| wrong())?)?)
    }
}

/// The same card in the peer's terms.
pub(crate) struct Peer<'a> {
    world: &'a World,
    claims: Value,
    frame: Value,
    holder_jwk: Value,
}

impl<'a> Peer<'a> {
    /// `facts` are the 15 groups of the card.
    pub(crate) fn new(world: &'a World, facts: &Value) -> Outcome<Self> {
        let mut claims = json!({
            "iss": "https://absah.madiunkota.go.id",
            "vct": absah_schemas::CredentialType::KtpElektronik.vct(),
            "iat": world.now.start_of_day().unix(),
            "exp": world.now.start_of_day().unix() + 30 * 86_400,
            "status": { "status_list": { "idx": world.status.idx, "uri": world.status.uri } },
            "jaminanKunci": "software",
        });
        let facts = facts.as_object().cloned().unwrap_or_default();
        let names: Vec<&String> = facts.keys().collect();
        let frame = json!({ "_sd": names });
        if let Some(claims) = claims.as_object_mut() {
            claims.extend(facts.clone());
        }
        let holder_jwk = serde_json::to_value(world.holder.public_key().to_jwk())?;
        Ok(Self { world, claims, frame, holder_jwk })
    }

    pub(crate) fn issue(&self) -> Outcome<String> {
        let signer = Es256(&self.world.key);
        Ok(issue(&self.claims, &self.frame, &signer, &Sha256Hasher, Some(&self.holder_jwk))?.serialize())
    }

    pub(crate) fn present(&self, card: &str) -> Outcome<String> {
        let card = SdJwt::parse(card, &Sha256Hasher)?;
        let signer = Es256(&self.world.holder);
        let iat = u64::try_from(self.world.now.unix())?;
        let binding = KbJwtInput { audience: AUD, nonce: NONCE, signer: &signer, iat };
        let shown = select_disclosures(&card, &THREE);
        Ok(present(&card, &shown, Some(&binding), &Sha256Hasher)?.serialize())
    }

    pub(crate) fn verify(&self, presentation: &str) -> Outcome<()> {
        let presentation = SdJwt::parse(presentation, &Sha256Hasher)?;
        let options = VerificationOptions {
            verify_kb: true,
            expected_audience: Some(AUD),
            expected_nonce: Some(NONCE),
        };
        let holder = Es256Key(self.world.holder.public_key());
        let result = verify(
            &presentation,
            &Es256Key(self.world.issuer_key()),
            &Sha256Hasher,
            &options,
            Some(&holder),
        )?;
        if result.is_verified() { Ok(()) } else { Err("the peer refuses its own presentation".into()) }
    }
}
