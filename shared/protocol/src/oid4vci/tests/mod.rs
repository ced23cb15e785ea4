//! One offer, from the link to verified cards, and everything that can be wrong on the way.

mod encryption;
mod offers;
mod proofs;
mod receiving;
mod tokens;

use absah_credential::{Format, Issuance, Issuer, StatusReference, Validity};
use absah_crypto::jws::{Header, ToBeSigned};
use absah_crypto::{PrivateKey, PublicKey, did_jwk};
use absah_schemas::CredentialType;
use absah_trust::sample::{City, URL};
use absah_types::{Coded, HttpsUrl, Lang, Seconds, Secret, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::holder::{Body, Method, Need, ReceiveError, Received, Receiving, verify};
use super::issuer::token::{MAX_TRIES, OFFER_LIFE};
use super::issuer::*;
use super::*;
use crate::fixtures::{Dice, NOW};
use crate::oauth::{OAuthError, ToOAuth};
use crate::url_rules::{IssuerId, UrlRules};

const CODE: &str = "oaKazRN8I0IbtZ0C7JuMn5";
const TX_CODE: &str = "493536";

fn profile() -> Profile {
    Profile {
        issuer: IssuerId::parse(URL, UrlRules::HttpsOnly).unwrap(),
        name: vec![(Lang::Id, "Dukcapil Contoh".to_owned())],
        configurations: CredentialType::ALL.into_iter().flat_map(Configuration::pair).collect(),
        anonymous_access: true,
    }
}

fn offer() -> Offer {
    let ids = vec!["KtpElektronik_dc_sd_jwt".into(), "KtpElektronik_vc_sd_jwt".into()];
    let prompt = TxCodePrompt { input: TxCodeInput::Numeric, length: Some(6), description: None };
    Offer::pre_authorized(profile().issuer, ids, Secret::new(CODE.to_owned()), Some(prompt))
}

fn secret() -> Secret<[u8; 32]> {
    Secret::new([42; 32])
}

fn record() -> OfferRecord {
    OfferRecord {
        tx_code: Some(TxCodeTag::of(&secret(), CODE, TX_CODE)),
        expires_at: NOW.plus(OFFER_LIFE),
        wrong_tries: 0,
        redeemed: false,
    }
}

/// The issuer behind its endpoints, as its server wires it.
struct Endpoints {
    city: City,
    nonce: NonceKey,
    dice: Dice,
}

impl Endpoints {
    fn new() -> Self {
        Self { city: City::at(NOW), nonce: NonceKey::new(secret()), dice: Dice(1) }
    }

    fn answer(&mut self, url: &str, method: &Method, bearer: bool) -> (u16, String) {
        let profile = profile();
        let path = url.strip_prefix(URL).unwrap();
        match (path, method) {
            ("/offers/1", Method::Get) => (200, offer().to_value().to_string()),
            ("/.well-known/openid-credential-issuer", Method::Get) => {
                (200, profile.credential_issuer().to_string())
            }
            ("/.well-known/oauth-authorization-server", Method::Get) => {
                (200, profile.authorization_server().to_string())
            }
            ("/token", Method::Post(Body::Form(form))) => {
                let granted = TokenRequest::parse(form.expose().as_bytes())
                    .and_then(|request| request.redeem(Some(&record()), &secret(), true, NOW));
                match granted {
                    Ok(()) => {
                        let access_token = Secret::new("token-1".to_owned());
                        (
                            200,
                            TokenResponse {
                                access_token,
                                expires_in: Seconds(600),
                                bound: false,
                                refresh_token: None,
                                details: Vec::new(),
                            }
                            .to_value()
                            .to_string(),
                        )
                    }
                    Err(error) => (error.oauth().status(), error.oauth().body(&error).to_string()),
                }
            }
            ("/nonce", Method::Post(Body::Empty)) => {
                (200, nonce::response(&self.nonce.issue(NOW, &mut self.dice)).to_string())
            }
            ("/credential", Method::Post(Body::Json(body))) if bearer => {
                let request = CredentialRequest::parse(body.as_bytes()).unwrap();
                let expected = ProofExpectation { issuer: &profile.issuer, nonce: &self.nonce, now: NOW };
                let keys = request.check_proofs(&expected).unwrap();
                let format = profile.configuration(&request.configuration_id).unwrap().format;
                let credentials = keys
                    .iter()
                    .map(|key| Issued { credential: self.issue(format, key), portrait: None })
                    .collect();
                (200, CredentialResponse { credentials, notification_id: None }.to_value().to_string())
            }
            (other, method) => panic!("{other} {method:?}"),
        }
    }

    fn issue(&mut self, format: Format, holder: &PublicKey) -> String {
        let claims = absah_credential::sd_jwt::Object::new().disclosable("nama", "SITI AMINAH");
        let groups = absah_credential::Groups::new(CredentialType::KtpElektronik, format, claims);
        let issuance = Issuance {
            issuer: &Issuer::new(&HttpsUrl::parse(URL).unwrap(), "credential-1", &[]),
            groups: &groups,
            validity: Validity::days(NOW, NOW.plus(Seconds::days(30))).unwrap(),
            holder,
            status: &StatusReference { uri: format!("{URL}/status/0"), idx: 4 },
        };
        let prepared = issuance.prepare(&mut self.dice).unwrap();
        prepared.attach(&self.city.credential_key.sign(prepared.to_be_signed()))
    }
}
