//! A counter for the tests: asks by QR or online, and opens what it gets.

use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, Unverified};
use absah_credential::{Expectation, SignerHint, Verified, verify};
use absah_crypto::hpke::RecipientKey;
use absah_crypto::jwe::{ContentEncryption, Recipient};
use absah_crypto::{PrivateKey, Signature};
use absah_protocol::oid4vp::flow_a::{self, AnswerContext, Envelope};
use absah_protocol::oid4vp::request::{Draft, ResponseEncryption, ResponseTo, SignedRequest, request_link};
use absah_protocol::oid4vp::response::{Presented, check_content, check_ids};
use absah_qr::{Assembler, Dictionary, Kind, frames};
use absah_trust::registration::{Ask, LocalText, Service, Tier};
use absah_trust::{ClaimPath, Registered, Registration};
use absah_types::{HttpsUrl, Seconds, Timestamp};
use serde_json::json;

use super::world::{World, fetched};
use crate::{Effect, Fetched, Format, Intent, PresentationConsent, Prompt, SharedAnswer};

/// A counter that asks.
pub(super) struct Counter {
    pub(super) registered: Registered,
    pub(super) key: PrivateKey,
    pub(super) recipient: RecipientKey,
    pub(super) service_index: usize,
    pub(super) format: Format,
    pub(super) iat: Timestamp,
    pub(super) r: [u8; 16],
}

pub(super) struct Asked {
    pub(super) request: SignedRequest,
    pub(super) short: Vec<String>,
    pub(super) long: Vec<String>,
}

impl Counter {
    pub(super) fn of(world: &World) -> Self {
        let registered = world.wallet.bundle().unwrap().registry().listed()[0].clone();
        Self {
            registered,
            key: absah_trust::sample::key(5),
            recipient: RecipientKey::generate(&mut absah_testkit::SeededRng::new(9)),
            service_index: 0,
            format: Format::VcSdJwt,
            iat: world.now,
            r: [7; 16],
        }
    }

    pub(super) fn draft(&self, response: ResponseTo) -> Draft<'_> {
        Draft {
            registered: &self.registered,
            service_index: self.service_index,
            selection: u64::MAX,
            format: self.format,
            r: self.r,
            iat: self.iat,
            response,
        }
    }

    pub(super) fn sign(&self, draft: &Draft<'_>) -> (SignedRequest, Signature) {
        let prepared = draft.prepare().unwrap();
        let signature = self.key.sign(prepared.as_bytes());
        (prepared.attach(signature), signature)
    }

    pub(super) fn ask(&self) -> Asked {
        let draft = self.draft(ResponseTo::Qr { recipient: self.recipient.public(), qr_version: 22 });
        let (request, signature) = self.sign(&draft);
        let short = flow_a::short(&draft, &signature).unwrap();
        let long = flow_a::long(&draft, &signature, Dictionary::v1()).unwrap();
        let texts =
            |kind, bytes: &[u8]| frames::split(kind, bytes, 22).unwrap().iter().map(|f| f.text()).collect();
        Asked { request, short: texts(Kind::RequestShort, &short), long: texts(Kind::RequestLong, &long) }
    }

    /// What the counter takes out of an answer.
    pub(super) fn open(
        &self,
        request: &SignedRequest,
        texts: &[String],
        world: &World,
    ) -> Vec<(Presented, Verified)> {
        let mut assembler = Assembler::default();
        for text in texts {
            assembler.push(text).unwrap();
        }
        let message = assembler.finish().unwrap();
        assert_eq!(message.kind, Kind::Answer);
        let bundle = world.wallet.bundle().unwrap();
        let context = AnswerContext {
            request_hash: &request.hash,
            client_id: &request.client_id,
            nonce: &request.nonce,
            query: &request.query,
            dictionary: Dictionary::v1(),
            x5c: &|digest| bundle.trust().chain(digest),
        };
        let presented = Envelope::parse(&message.payload).unwrap().open(&self.recipient, &context).unwrap();
        check(request, presented, world)
    }
}

pub(super) fn check(
    request: &SignedRequest,
    presented: Vec<Presented>,
    world: &World,
) -> Vec<(Presented, Verified)> {
    check_ids(&request.query, &presented).unwrap();
    presented
        .into_iter()
        .map(|one| {
            let binding = KeyBindingExpectation {
                aud: &request.client_id,
                nonce: &request.nonce,
                now: world.now,
                max_age: Seconds(300),
                max_ahead: Seconds(300),
            };
            let expected = Expectation {
                now: world.now,
                leeway: Seconds(300),
                key_binding: KeyBindingPolicy::Required(binding),
            };
            let city = &world.issuer.city;
            let resolve = |_: &SignerHint<'_>| Some(city.credential_key.public_key().clone());
            let verified =
                verify(&Unverified::parse(&one.presentation).unwrap(), &resolve, &expected).unwrap();
            let asked = request.query.credential(&one.query_id).unwrap();
            check_content(asked, &verified, one.portrait.as_deref()).unwrap();
            (one, verified)
        })
        .collect()
}

pub(super) fn shared(prompt: Prompt) -> SharedAnswer {
    match prompt {
        Prompt::Shared(answer) => answer,
        other => panic!("shared, not {other:?}"),
    }
}

/// The question of a request, without answering it.
pub(super) fn question(world: &mut World, texts: &[String]) -> PresentationConsent {
    let effects = world.step(Intent::Respond { texts: texts.to_vec() });
    let consent = effects.into_iter().find_map(|effect| match effect {
        Effect::Show(prompt) => match *prompt {
            Prompt::Presentation(consent) => Some(consent),
            other => panic!("a question, not {other:?}"),
        },
        _ => None,
    });
    world.step(Intent::Refuse);
    consent.unwrap()
}

/// A registration with services of its own, put into the world's bundle.
pub(super) fn register(world: &mut World, change: impl Fn(&mut Registration)) {
    let mut registration = world.issuer.city.registration();
    registration.expires_at = registration.issued_at.plus(Seconds::days(90));
    change(&mut registration);
    let mut contents = world.contents();
    contents.registrations = vec![world.issuer.city.sign(&registration)];
    world.import(2, &contents);
}

pub(super) fn service(id: &str, claims: &[&str]) -> Service {
    Service {
        id: id.to_owned(),
        title: LocalText::same("Layanan"),
        purpose: LocalText::same("Tujuan"),
        legal_basis: "Dasar".to_owned(),
        asks: vec![Ask {
            credential: "KtpElektronik".into(),
            claims: claims.iter().map(|c| ClaimPath::key(c)).collect(),
        }],
        protected: claims
            .iter()
            .filter(|claim| **claim == "nik")
            .map(|claim| ClaimPath::key(claim))
            .collect(),
        tier: Tier::Low,
        retention_days: 30,
        sector: None,
        accepts: Vec::new(),
        key_assurance: None,
    }
}

/// A request whose answer is to be encrypted to `key`, and its link.
pub(super) fn encrypted_request(counter: &Counter, key: &PrivateKey) -> (SignedRequest, String) {
    let response_uri = HttpsUrl::parse("https://loket.example/response/1").unwrap();
    let recipient = Recipient { key: key.public_key().clone(), kid: Some("1".to_owned()) };
    let encryption = Some(ResponseEncryption { recipient, enc: ContentEncryption::A256Gcm });
    let draft =
        counter.draft(ResponseTo::DirectPost { response_uri, state: Some("s-1".to_owned()), encryption });
    let (request, _) = counter.sign(&draft);
    let link = request_link(&request.client_id, "https://loket.example/request/1");
    (request, link)
}

pub(super) fn online_request(counter: &Counter) -> (SignedRequest, String) {
    let response_uri = HttpsUrl::parse("https://loket.example/response/1").unwrap();
    let draft = counter.draft(ResponseTo::DirectPost {
        response_uri,
        state: Some("s-1".to_owned()),
        encryption: None,
    });
    let (request, _) = counter.sign(&draft);
    let link = by_get(&request_link(&request.client_id, "https://loket.example/request/1"));
    (request, link)
}

/// The same link for a wallet that just fetches.
pub(super) fn by_get(link: &str) -> String {
    link.replace("&request_uri_method=post", "")
}

pub(super) fn serve(world: &mut World, jar: &str) {
    let request = Fetched {
        status: 200,
        media_type: "application/oauth-authz-req+jwt".into(),
        body: jar.as_bytes().to_vec(),
        dpop_nonce: None,
        date: None,
    };
    world.served.insert("https://loket.example/request/1".into(), request);
    let reply = fetched(200, &json!({ "redirect_uri": "https://loket.example/done#x" }));
    world.served.insert("https://loket.example/response/1".into(), reply);
}
