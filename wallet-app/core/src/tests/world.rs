//! The city, its issuer, and a shell.

use std::collections::BTreeMap;

use absah_credential::{AktaKelahiran, KartuKeluarga, KeyAssurance, Kia, KtpElektronik};
use absah_crypto::jws::Compact;
use absah_crypto::{PrivateKey, PublicKey};
use absah_protocol::oid4vci::issuer::{Configuration, Profile, PublishedKey};
use absah_protocol::oid4vp::request::{SignedRequest, read_request_uri_post};
use absah_protocol::{IssuerId, UrlRules};
use absah_qr::Dictionary;
use absah_schemas::CredentialType;
use absah_testkit::SeededRng;
use absah_trust::Contents;
use absah_trust::sample::{City, URL, certificate, child, family_with_child, key, portrait_blob, resident};
use absah_types::{Coded as _, HolderLink, Lang, Nik, PersonName, Secret, Timestamp, base64url};
use serde_json::{Value, json};

use crate::{
    Body, BundleFiles, Effect, Env, Fetch, FetchFailure, Fetched, Format, HolderKey, Holdings, Intent, KeyId,
    OfferConsent, Prompt, Refusal, Wallet,
};

/// 2026-11-22 about noon in Madiun.
pub(super) const NOW: Timestamp = Timestamp::from_unix(1_795_323_600);
/// The code of the sample offer.
pub(super) const CODE: &str = "491027";
pub(super) const LINK: &str =
    "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fdukcapil.example%2Foffers%2F1";

/// Changes an answer of the issuer on its way: a named misbehaviour.
pub(super) type Meddle = Box<dyn Fn(&str, Result<Fetched, FetchFailure>) -> Result<Fetched, FetchFailure>>;

/// The issuer's web server, in memory.
pub(super) struct Issuer {
    pub(super) city: City,
    pub(super) meddle: Meddle,
    pub(super) configurations: Vec<&'static str>,
    pub(super) next_index: u64,
    /// Whose cards it issues; nobody's (0) bear no link, as those of an earlier version.
    pub(super) person: u8,
    /// Which of that person's children, for a document of a child: 1 or 2.
    pub(super) child: u8,
}

/// Wallet and shell.
pub(super) struct World {
    pub(super) issuer: Issuer,
    pub(super) wallet: Wallet,
    pub(super) keys: BTreeMap<KeyId, PrivateKey>,
    pub(super) rng: SeededRng,
    pub(super) now: Timestamp,
    /// What was kept last, as the vault would have it.
    pub(super) kept: Holdings,
    pub(super) persisted: usize,
    /// Addresses asked.
    pub(super) asked: Vec<String>,
    /// Bodies posted anywhere.
    pub(super) posted: Vec<String>,
    pub(super) offers: Vec<OfferConsent>,
    /// Codes to type, in turn.
    pub(super) codes: Vec<&'static str>,
    /// Answer to a request.
    pub(super) agree: bool,
    /// Requests by address, and what a posted answer gets.
    pub(super) served: BTreeMap<String, Fetched>,
}

impl World {
    /// A wallet without a bundle.
    pub(super) fn bare() -> Self {
        let issuer = Issuer {
            city: City::at(NOW),
            meddle: Box::new(|_, answer| answer),
            configurations: vec!["KtpElektronik_dc_sd_jwt", "KtpElektronik_vc_sd_jwt"],
            next_index: 0,
            person: 1,
            child: 1,
        };
        Self {
            issuer,
            wallet: Wallet::default(),
            keys: BTreeMap::new(),
            rng: SeededRng::new(7),
            now: NOW,
            kept: Holdings::default(),
            persisted: 0,
            asked: Vec::new(),
            posted: Vec::new(),
            offers: Vec::new(),
            codes: vec![CODE],
            agree: true,
            served: BTreeMap::new(),
        }
    }

    /// A wallet with the city's bundle.
    pub(super) fn new() -> Self {
        let mut world = Self::bare();
        let contents = world.contents();
        world.import(1, &contents);
        world
    }

    /// A wallet with bundle and both forms of the KTP.
    pub(super) fn with_card() -> Self {
        let mut world = Self::new();
        let prompt = world.receive();
        assert!(matches!(prompt, Prompt::Received(_)), "{prompt:?}");
        world
    }

    pub(super) fn contents(&self) -> Contents {
        let dictionary = Dictionary::v1().bytes().to_vec();
        let token = self.issuer.city.status_token(&[], self.issuer.city.now);
        Contents { dictionary, ..self.issuer.city.contents(vec![token]) }
    }

    pub(super) fn files(&self, version: u64, contents: &Contents) -> BundleFiles {
        self.issuer.city.publish(version, contents)
    }

    pub(super) fn import(&mut self, version: u64, contents: &Contents) {
        let files = self.files(version, contents);
        let root = files.get("metadata/1.root.json").unwrap();
        let root_sha256 = Some(absah_crypto::sha256(root));
        let prompt = self.drive(Intent::ImportBundle { files, root_sha256 });
        assert!(matches!(prompt, Prompt::BundleImported(_)), "{prompt:?}");
    }

    pub(super) fn receive(&mut self) -> Prompt {
        self.drive(Intent::Receive { link: LINK.into() })
    }

    pub(super) fn respond(&mut self, texts: &[String]) -> Prompt {
        self.drive(Intent::Respond { texts: texts.to_vec() })
    }

    /// One step, without doing anything.
    pub(super) fn step(&mut self, intent: Intent) -> Vec<Effect> {
        let mut env = Env { now: self.now, rng: &mut self.rng, urls: UrlRules::HttpsOnly };
        let (wallet, effects) = std::mem::take(&mut self.wallet).step(intent, &mut env);
        self.wallet = wallet;
        effects
    }

    /// Does every effect until a prompt is the result.
    pub(super) fn drive(&mut self, intent: Intent) -> Prompt {
        let mut intent = intent;
        for _ in 0..100 {
            let effects = self.step(intent);
            let mut next = None;
            for effect in effects {
                match self.perform(effect) {
                    Done::Nothing => {}
                    Done::Next(then) => next = Some(then),
                    Done::Result(prompt) => return prompt,
                }
            }
            intent = next.expect("the core asks for something or shows something");
        }
        panic!("no end");
    }

    pub(super) fn perform(&mut self, effect: Effect) -> Done {
        match effect {
            Effect::Persist => {
                self.persisted += 1;
                self.kept = self.wallet.holdings().clone();
                Done::Nothing
            }
            Effect::DropKeys(ids) => {
                ids.iter().for_each(|id| {
                    assert!(self.keys.remove(id).is_some(), "dropped a key that was not made")
                });
                Done::Nothing
            }
            Effect::NewKeys { n } => Done::Next(Intent::KeysMade(self.make(n))),
            Effect::Sign(signings) => {
                let sign = |one: &crate::Signing| self.keys[&one.key].sign(&one.bytes);
                Done::Next(Intent::Signed(signings.iter().map(sign).collect()))
            }
            Effect::Fetch(fetch) => Done::Next(Intent::Fetched(self.fetch(&fetch))),
            Effect::Show(prompt) => match *prompt {
                Prompt::Offer(consent) => {
                    let code =
                        (consent.code.is_some() && !self.codes.is_empty()).then(|| self.codes.remove(0));
                    let give_up = consent.code.is_some() && code.is_none();
                    self.offers.push(consent.clone());
                    if give_up {
                        return Done::Result(Prompt::Offer(consent));
                    }
                    Done::Next(Intent::Agree { code: code.map(|code| Secret::new(code.to_owned())) })
                }
                Prompt::Presentation(_) | Prompt::TrustRoot(_) if self.agree => {
                    Done::Next(Intent::Agree { code: None })
                }
                Prompt::Presentation(_) | Prompt::TrustRoot(_) => Done::Next(Intent::Refuse),
                other => Done::Result(other),
            },
        }
    }

    /// What the issuer has at a path.
    pub(super) fn answer_at(&mut self, path: &str) -> String {
        let fetch = Fetch {
            url: format!("{URL}{path}"),
            body: Body::None,
            bearer: None,
            dpop: None,
            accept: "application/json",
            limit: 64 * 1024,
        };
        String::from_utf8(self.issuer.answer(path, &fetch).unwrap().body).unwrap()
    }

    fn make(&mut self, n: usize) -> Vec<HolderKey> {
        let mut made = Vec::new();
        for _ in 0..n {
            let key = PrivateKey::generate(&mut self.rng);
            let public = key.public_key().clone();
            let id = KeyId(base64url::encode(public.thumbprint()));
            self.keys.insert(id.clone(), key);
            made.push(HolderKey { id, public, assurance: KeyAssurance::Software });
        }
        made
    }

    fn fetch(&mut self, fetch: &Fetch) -> Result<Fetched, FetchFailure> {
        self.asked.push(fetch.url.clone());
        match &fetch.body {
            Body::Form(form) => self.posted.push(form.expose().clone()),
            Body::Json(text) | Body::Jwt(text) => self.posted.push(text.clone()),
            Body::None | Body::Empty => {}
        }
        if let Some(answer) = self.served.get(&fetch.url) {
            return Ok(match &fetch.body {
                Body::Form(form) if fetch.url.contains("/request/") => for_wallet(answer, form.expose()),
                _ => answer.clone(),
            });
        }
        let path = fetch.url.strip_prefix(URL).unwrap_or(&fetch.url).to_owned();
        let answer = self.issuer.answer(&path, fetch);
        let answer = (self.issuer.meddle)(&path, answer)?;
        if answer.body.len() > fetch.limit { Err(FetchFailure::TooLarge) } else { Ok(answer) }
    }
}

/// A request as a counter makes it for the wallet that posted its nonce.
fn for_wallet(answer: &Fetched, form: &str) -> Fetched {
    let nonce = read_request_uri_post(form.as_bytes()).unwrap().unwrap();
    let Ok(jar) = std::str::from_utf8(&answer.body) else { return answer.clone() };
    match SignedRequest::for_wallet(jar, &nonce) {
        Some(prepared) if SignedRequest::wallet_nonce(jar).is_none() => {
            let signature = absah_trust::sample::key(5).sign(prepared.as_bytes());
            Fetched { body: prepared.attach(signature).jar.into_bytes(), ..answer.clone() }
        }
        _ => answer.clone(),
    }
}

/// What became of an effect.
#[expect(clippy::large_enum_variant, reason = "short-lived, in tests")]
pub(super) enum Done {
    Nothing,
    Next(Intent),
    Result(Prompt),
}

impl Issuer {
    fn answer(&mut self, path: &str, fetch: &Fetch) -> Result<Fetched, FetchFailure> {
        let issuer = IssuerId::parse(URL, UrlRules::HttpsOnly).unwrap();
        let profile = Profile {
            issuer,
            name: vec![(Lang::Id, "Dukcapil Kota Contoh".to_owned())],
            configurations: CredentialType::ALL.into_iter().flat_map(Configuration::pair).collect(),
            anonymous_access: true,
        };
        let published = [PublishedKey {
            id: "credential-1".to_owned(),
            key: self.city.credential_key.public_key().clone(),
        }];
        let value = match path {
            "/offers/1" => json!({
                "credential_issuer": URL,
                "credential_configuration_ids": self.configurations,
                "grants": { "urn:ietf:params:oauth:grant-type:pre-authorized_code": {
                    "pre-authorized_code": "once", "tx_code": { "length": 6, "input_mode": "numeric" } } },
            }),
            "/.well-known/openid-credential-issuer" => profile.credential_issuer(),
            "/.well-known/oauth-authorization-server" => profile.authorization_server(),
            "/.well-known/jwt-vc-issuer" => profile.jwt_vc_issuer(&published),
            "/.well-known/did.json" => profile.did_document(&published, &[]),
            "/token" => match &fetch.body {
                Body::Form(form) if form.expose().contains(&format!("tx_code={CODE}")) => {
                    json!({ "access_token": "secret-token", "token_type": "Bearer", "expires_in": 300 })
                }
                _ => return Ok(fetched(400, &json!({ "error": "invalid_grant" }))),
            },
            "/nonce" => json!({ "c_nonce": "n-1" }),
            "/credential" => self.credentials(fetch),
            _ => return Ok(fetched(404, &json!({}))),
        };
        Ok(fetched(200, &value))
    }

    fn credentials(&mut self, fetch: &Fetch) -> Value {
        let Body::Json(body) = &fetch.body else { panic!("a credential request is JSON") };
        assert_eq!(fetch.bearer.as_ref().map(|token| token.expose().as_str()), Some("secret-token"));
        let request: Value = serde_json::from_str(body).unwrap();
        let id = request["credential_configuration_id"].as_str().unwrap();
        let format = if id.ends_with("_vc_sd_jwt") { Format::VcSdJwt } else { Format::DcSdJwt };
        let proofs = request["proofs"]["jwt"].as_array().unwrap();
        let kind = match id.split('_').next() {
            Some("KartuKeluarga") => CredentialType::KartuKeluarga,
            Some("Kia") => CredentialType::Kia,
            Some("AktaKelahiran") => CredentialType::AktaKelahiran,
            _ => CredentialType::KtpElektronik,
        };
        let copies: Vec<Value> = (0..)
            .zip(proofs)
            .map(|(copy, proof)| {
                let proof = Compact::parse(proof.as_str().unwrap(), 4096).unwrap();
                let holder = PublicKey::from_jwk(proof.header.jwk.as_ref().unwrap()).unwrap();
                proof.verify(&holder).unwrap();
                self.copy(&holder, kind, format, copy)
            })
            .collect();
        json!({ "credentials": copies })
    }

    fn copy(&mut self, holder: &PublicKey, kind: CredentialType, format: Format, copy: u8) -> Value {
        self.next_index += 1;
        let person = self.person;
        let pemegang = (person > 0)
            .then(|| HolderLink::from_bytes(core::array::from_fn(|at| if at == 0 { person } else { copy })));
        // Everybody has a number of their own, so that new cards replace only old ones of the same person.
        let own = u16::from(person);
        let groups = match kind {
            CredentialType::KtpElektronik => {
                let nik = Nik::parse(&format!("357701610190{own:04}")).unwrap_or(resident().nik);
                KtpElektronik { nik, pemegang, ..resident() }.groups(format, self.city.now.date())
            }
            // Children are told apart by the day they were born on.
            CredentialType::Kia | CredentialType::AktaKelahiran => {
                let born = u16::from(self.child);
                let nik = Nik::parse(&format!("357701120318{born:04}")).unwrap_or(child().nik);
                let nama =
                    PersonName::parse(&format!("ANAK {}", ["NOL", "SATU", "DUA"][usize::from(self.child)]));
                let nama = nama.unwrap();
                if kind == CredentialType::Kia {
                    Kia { nik, nama, pemegang, ..child() }.groups(format)
                } else {
                    AktaKelahiran { nik, nama, pemegang, ..certificate() }.groups(format)
                }
            }
            _ => {
                let mut family = family_with_child("KEPALA KELUARGA", "ANAK");
                family.anggota[0].nik =
                    Nik::parse(&format!("357701610190{own:04}")).unwrap_or(resident().nik);
                let mut other = family.anggota[1].clone();
                other.nik = Nik::parse("3577011203180002").unwrap();
                family.anggota.push(other);
                KartuKeluarga { pemegang, ..family }.groups(format)
            }
        };
        let credential = self.city.issue_card(holder, &groups, self.next_index);
        if kind == CredentialType::KtpElektronik && format == Format::VcSdJwt {
            json!({ "credential": credential, "absah_portrait": base64url::encode(portrait_blob()) })
        } else {
            json!({ "credential": credential })
        }
    }
}

pub(super) fn fetched(status: u16, value: &Value) -> Fetched {
    Fetched {
        status,
        media_type: "application/json".into(),
        body: value.to_string().into_bytes(),
        dpop_nonce: None,
        date: None,
    }
}

/// Meddles with the JSON of one path.
pub(super) fn at(path: &'static str, change: impl Fn(&mut Value) + 'static) -> Meddle {
    Box::new(move |asked, answer| {
        let mut answer = answer?;
        if asked == path && answer.status == 200 {
            let mut value = serde_json::from_slice(&answer.body).unwrap();
            change(&mut value);
            answer.body = value.to_string().into_bytes();
        }
        Ok(answer)
    })
}

/// Fails one path.
pub(super) fn failing(path: &'static str, failure: FetchFailure) -> Meddle {
    Box::new(move |asked, answer| if asked == path { Err(failure) } else { answer })
}

pub(super) fn refusal(prompt: Prompt) -> Refusal {
    match prompt {
        Prompt::Refused(refusal) => refusal,
        other => panic!("refused, not {other:?}"),
    }
}

pub(super) fn code_of(prompt: Prompt) -> &'static str {
    refusal(prompt).code()
}

/// A stranger's key.
pub(super) fn stranger() -> PrivateKey {
    key(77)
}
