//! Answering: by QR and online, the rule of the bundle's age, one copy per agency, and the catalogue of hostile
//! requests.

use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, Unverified};
use absah_credential::{Expectation, SignerHint, Verified, verify};
use absah_crypto::hpke::RecipientKey;
use absah_crypto::jws::{Compact, Header, ToBeSigned};
use absah_crypto::{PrivateKey, Signature, sha256};
use absah_protocol::oid4vp::flow_a::{self, AnswerContext, Envelope};
use absah_protocol::oid4vp::request::{Draft, ResponseTo, SignedRequest, bound_nonce, request_link};
use absah_protocol::oid4vp::response::{Presented, check_content, check_ids, parse_direct_post};
use absah_qr::{Assembler, Dictionary, Kind, frames};
use absah_trust::registration::{Ask, LocalText, Service, Tier};
use absah_trust::sample::City;
use absah_trust::{ClaimPath, Registered, Registration};
use absah_types::{Coded as _, HttpsUrl, Seconds, Timestamp, base64url};
use serde_json::{Value, json};

use super::world::{Done, NOW, World, code_of, fetched, refusal, stranger};
use crate::{
    Channel, Effect, Event, FactValue, Fetched, Format, Intent, PresentationConsent, Prompt, REFUSED_BY_HOLDER,
    SharedAnswer, Shown,
};

/// A counter that asks.
struct Counter {
    registered: Registered,
    key: PrivateKey,
    recipient: RecipientKey,
    service_index: usize,
    format: Format,
    iat: Timestamp,
    r: [u8; 16],
}

struct Asked {
    request: SignedRequest,
    short: Vec<String>,
    long: Vec<String>,
}

impl Counter {
    fn of(world: &World) -> Self {
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

    fn draft(&self, response: ResponseTo) -> Draft<'_> {
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

    fn sign(&self, draft: &Draft<'_>) -> (SignedRequest, Signature) {
        let prepared = draft.prepare().unwrap();
        let signature = self.key.sign(prepared.as_bytes());
        (prepared.attach(signature), signature)
    }

    fn ask(&self) -> Asked {
        let draft = self.draft(ResponseTo::Qr { recipient: self.recipient.public(), qr_version: 22 });
        let (request, signature) = self.sign(&draft);
        let short = flow_a::short(&draft, &signature).unwrap();
        let long = flow_a::long(&draft, &signature, Dictionary::v1()).unwrap();
        let texts = |kind, bytes: &[u8]| frames::split(kind, bytes, 22).unwrap().iter().map(|f| f.text()).collect();
        Asked { request, short: texts(Kind::RequestShort, &short), long: texts(Kind::RequestLong, &long) }
    }

    /// What the counter takes out of an answer.
    fn open(&self, request: &SignedRequest, texts: &[String], world: &World) -> Vec<(Presented, Verified)> {
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

fn check(request: &SignedRequest, presented: Vec<Presented>, world: &World) -> Vec<(Presented, Verified)> {
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
            let verified = verify(&Unverified::parse(&one.presentation).unwrap(), &resolve, &expected).unwrap();
            let asked = request.query.credential(&one.query_id).unwrap();
            check_content(asked, &verified, one.portrait.as_deref()).unwrap();
            (one, verified)
        })
        .collect()
}

fn shared(prompt: Prompt) -> SharedAnswer {
    match prompt {
        Prompt::Shared(answer) => answer,
        other => panic!("shared, not {other:?}"),
    }
}

/// The question of a request, without answering it.
fn question(world: &mut World, texts: &[String]) -> PresentationConsent {
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
fn register(world: &mut World, change: impl Fn(&mut Registration)) {
    let mut registration = world.issuer.city.registration();
    registration.expires_at = registration.issued_at.plus(Seconds::days(90));
    change(&mut registration);
    let mut contents = world.contents();
    contents.registrations = vec![world.issuer.city.sign(&registration)];
    world.import(2, &contents);
}

fn service(id: &str, claims: &[&str]) -> Service {
    Service {
        id: id.to_owned(),
        title: LocalText::same("Layanan"),
        purpose: LocalText::same("Tujuan"),
        legal_basis: "Dasar".to_owned(),
        asks: vec![Ask { credential: "KtpElektronik".into(), claims: claims.iter().map(|c| ClaimPath::key(c)).collect() }],
        protected: claims.iter().filter(|claim| **claim == "nik").map(|claim| ClaimPath::key(claim)).collect(),
        tier: Tier::Low,
        retention_days: 30,
    }
}

#[test]
fn three_facts_by_qr_in_short_and_long_form() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let asked = counter.ask();
    let before = world.asked.len();
    for texts in [&asked.short, &asked.long] {
        let consent = question(&mut world, texts);
        assert_eq!(consent.asker.agency.as_str(), "Kelurahan Contoh");
        assert_eq!(consent.asker.service, City::SERVICE);
        assert!(consent.in_bundle);
        let paths: Vec<_> = consent.facts.iter().map(|fact| fact.path.as_str()).collect();
        assert_eq!(paths, ["nama", "kelahiran", "alamat"]);
        assert_eq!(consent.facts[0].value, FactValue::Text(Shown::new("SITI CONTOH")), "the very value");
        assert!(matches!(&consent.facts[2].value, FactValue::Members(members) if members.len() == 7));
        let hidden = &consent.cards[0].hidden;
        assert!(hidden.iter().any(|path| path == "nik") && hidden.iter().any(|path| path == "portrait"));
        assert!(!hidden.iter().any(|path| path == "nama"));
        assert!(!consent.portrait && consent.old_bundle_days.is_none());

        let answer = shared(world.respond(texts));
        assert_eq!(answer.frames.len(), 1);
        let opened = counter.open(&asked.request, &answer.frames, &world);
        let claims = opened[0].1.claims();
        assert_eq!(claims["nama"], "SITI CONTOH");
        assert!(!claims.contains_key("nik"));
        assert_eq!(opened[0].0.portrait, None);
    }
    assert_eq!(world.asked.len(), before, "no network");
    let last = world.kept.history.last().unwrap();
    let Event::Shared(entry) = &last.event else { panic!("shared") };
    assert_eq!(entry.to.agency.as_str(), "Kelurahan Contoh");
    assert_eq!(entry.facts.len(), 3);
    assert_eq!((entry.channel, entry.confirmed), (Channel::Qr, false));
    assert_eq!(entry.request_hash, absah_types::hex::encode(asked.request.hash));
    assert_eq!(entry.kept_until, world.now.plus(Seconds::days(30)));
    assert_eq!(world.kept, *world.wallet.holdings());
}

#[test]
fn the_portrait_goes_along_only_where_it_is_asked_and_is_said() {
    let mut world = World::with_card();
    register(&mut world, |registration| registration.services = vec![service("foto", &["nama", "portrait"])]);
    let counter = Counter::of(&world);
    let asked = counter.ask();
    let consent = question(&mut world, &asked.short);
    assert!(consent.portrait);
    assert!(matches!(&consent.facts[1].value, FactValue::Picture(webp) if webp.as_bytes().starts_with(b"RIFF")));
    let answer = shared(world.respond(&asked.short));
    assert!(matches!(&answer.entry.event, Event::Shared(shared) if shared.portrait));
    let opened = counter.open(&asked.request, &answer.frames, &world);
    assert_eq!(opened[0].0.portrait.as_deref(), Some(absah_trust::sample::portrait_blob().as_slice()));
}

#[test]
fn each_agency_gets_its_own_copy() {
    let mut world = World::with_card();
    let holder = |world: &mut World, agency: &str| {
        let mut registration = world.issuer.city.registration();
        registration.agency = agency.to_owned();
        let signed = world.issuer.city.sign(&registration);
        let version = world.wallet.bundle().unwrap().version() + 1;
        let mut contents = world.contents();
        contents.registrations = vec![signed];
        world.import(version, &contents);
        let counter = Counter::of(world);
        let asked = counter.ask();
        let answer = shared(world.respond(&asked.short));
        let Event::Shared(entry) = answer.entry.event else { panic!("shared") };
        let opened = counter.open(&asked.request, &answer.frames, world);
        (opened[0].1.holder().unwrap().thumbprint(), entry.copy_reused)
    };
    let first = holder(&mut world, "Dinas 0");
    assert_eq!(holder(&mut world, "Dinas 0"), first, "the same agency sees the same copy again");
    let mut seen = vec![first.0];
    for number in 1..12 {
        let (key, reused) = holder(&mut world, &format!("Dinas {number}"));
        assert!(!seen.contains(&key) && !reused, "agency {number}");
        seen.push(key);
    }
    let thirteenth = holder(&mut world, "Dinas 12");
    assert!(thirteenth.1, "the history says that a copy was reused");
    assert!(seen.contains(&thirteenth.0));
}

fn online_request(world: &World, counter: &Counter) -> (SignedRequest, String) {
    let response_uri = HttpsUrl::parse("https://loket.example/response/1").unwrap();
    let draft = counter.draft(ResponseTo::DirectPost { response_uri, state: Some("s-1".to_owned()) });
    let (request, _) = counter.sign(&draft);
    let _ = world;
    let link = request_link(&request.client_id, "https://loket.example/request/1");
    (request, link)
}

fn serve(world: &mut World, jar: &str) {
    let request = Fetched {
        status: 200,
        media_type: "application/oauth-authz-req+jwt".into(),
        body: jar.as_bytes().to_vec(),
    };
    world.served.insert("https://loket.example/request/1".into(), request);
    let reply = fetched(200, &json!({ "redirect_uri": "https://loket.example/done#x" }));
    world.served.insert("https://loket.example/response/1".into(), reply);
}

#[test]
fn the_same_request_online() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let (request, link) = online_request(&world, &counter);
    serve(&mut world, &request.jar);
    let answer = shared(world.respond(&[link]));
    assert!(answer.frames.is_empty());
    let Event::Shared(entry) = &answer.entry.event else { panic!("shared") };
    assert_eq!((entry.channel, entry.confirmed), (Channel::Online, true));
    let posted = parse_direct_post(world.posted.last().unwrap().as_bytes()).unwrap();
    assert_eq!(posted.state.as_deref(), Some("s-1"));
    let checked = check(&request, posted.answer.unwrap(), &world);
    assert_eq!(checked[0].1.claims()["nama"], "SITI CONTOH");
    assert_eq!(world.kept, *world.wallet.holdings());
}

#[test]
fn what_may_have_been_seen_stands_in_the_history_before_it_is_sent() {
    for (name, reply, code) in [
        ("nobody there", None, "answer-not-confirmed"),
        ("not taken", Some(fetched(400, &json!({}))), "answer-rejected"),
    ] {
        let mut world = World::with_card();
        let counter = Counter::of(&world);
        let (request, link) = online_request(&world, &counter);
        serve(&mut world, &request.jar);
        let address = "https://loket.example/response/1";
        match reply {
            Some(reply) => drop(world.served.insert(address.into(), reply)),
            None => drop(world.served.remove(address)),
        }
        world.issuer.meddle = Box::new(|path, answer| {
            if path.ends_with("/response/1") { Err(crate::FetchFailure::TimedOut) } else { answer }
        });
        assert_eq!(code_of(world.respond(&[link])), code, "{name}");
        let Event::Shared(entry) = &world.kept.history.last().unwrap().event else { panic!("shared") };
        assert!(!entry.confirmed, "{name}");
    }
}

#[test]
fn a_no_sends_nothing_and_is_remembered() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    world.agree = false;
    assert!(matches!(world.respond(&asked.short), Prompt::Declined));
    assert!(world.posted.iter().all(|body| !body.contains("vp_token")));
    let Event::Refused(entry) = &world.kept.history.last().unwrap().event else { panic!("refused") };
    assert_eq!(entry.code, REFUSED_BY_HOLDER);
    assert_eq!(entry.to.as_ref().unwrap().agency.as_str(), "Kelurahan Contoh");
    assert_eq!(entry.facts, ["nama", "kelahiran", "alamat"]);
    assert!(world.wallet.holdings().cards.iter().all(|card| card.unused() == 12), "no copy was used");
}

#[test]
fn an_old_bundle_is_said_and_a_very_old_one_answers_only_yes_or_no() {
    let mut world = World::new();
    register(&mut world, |registration| {
        registration.services = vec![service("nama", &["nama"]), service("umur", &["usiaMinimal17"])];
    });
    for (days, service_index, expected) in [
        (3, 0, Ok(None)),
        (8, 0, Ok(Some(8))),
        (29, 0, Ok(Some(29))),
        (31, 0, Err("wallet-bundle-too-old")),
        (31, 1, Ok(Some(31))),
    ] {
        // The card is younger than the bundle.
        world.now = NOW.plus(Seconds::days(days));
        world.issuer.city = City::at(world.now);
        world.codes = vec![super::world::CODE];
        assert!(matches!(world.receive(), Prompt::Received(_)), "{days}");
        let mut counter = Counter::of(&world);
        counter.service_index = service_index;
        let asked = counter.ask();
        match expected {
            Ok(days) => assert_eq!(question(&mut world, &asked.short).old_bundle_days, days),
            Err(code) => assert_eq!(code_of(world.respond(&asked.short)), code, "{days} days"),
        }
    }
}

/// Signs other parameters with the counter's own key, nonce and all: what a counter could do that means ill.
fn forged(counter: &Counter, request: &SignedRequest, change: impl Fn(&mut Value)) -> String {
    let jws = Compact::parse(&request.jar, 64 * 1024).unwrap();
    let mut payload: Value = serde_json::from_slice(&jws.payload).unwrap();
    change(&mut payload);
    let members = payload.as_object_mut().unwrap();
    members.remove("nonce");
    let nonce = bound_nonce(&counter.r, members);
    members.insert("nonce".into(), json!(nonce));
    let to_be_signed = ToBeSigned::new(&jws.header, payload.to_string().as_bytes());
    to_be_signed.sign(&counter.key).unwrap()
}

/// Each bad online request has its own code, is remembered, and nothing is sent.
#[test]
fn hostile_requests_online() {
    type Make = fn(&Counter, &SignedRequest) -> String;
    let cases: [(&str, Make, &str); 10] = [
        (
            "asks for more than registered",
            |counter, request| {
                forged(counter, request, |payload| {
                    let path = json!({ "path": ["credentialSubject", "agama"] });
                    payload["dcql_query"]["credentials"][0]["claims"].as_array_mut().unwrap().push(path);
                })
            },
            "over-asking",
        ),
        (
            "asks for the nik",
            |counter, request| {
                forged(counter, request, |payload| {
                    payload["dcql_query"]["credentials"][0]["claims"] = json!([{ "path": ["credentialSubject", "nik"] }]);
                })
            },
            "over-asking",
        ),
        (
            "for a service that is not registered",
            |counter, request| forged(counter, request, |payload| payload["absah"]["service"] = json!("lain")),
            "service-unknown",
        ),
        (
            "without a registration",
            |counter, request| {
                forged(counter, request, |payload| {
                    payload.as_object_mut().unwrap().remove("verifier_info");
                })
            },
            "unregistered",
        ),
        (
            "unsigned",
            |_, request| {
                let payload = request.jar.split('.').nth(1).unwrap();
                let header = base64url::encode(r#"{"alg":"none","typ":"oauth-authz-req+jwt"}"#);
                format!("{header}.{payload}.")
            },
            "jws-algorithm",
        ),
        (
            "signed by somebody else under the counter's certificate",
            |_, request| {
                let jws = Compact::parse(&request.jar, 64 * 1024).unwrap();
                ToBeSigned::new(&jws.header, &jws.payload).sign(&stranger()).unwrap()
            },
            "request-signature",
        ),
        (
            "a purpose changed under the same nonce",
            |counter, request| {
                let jws = Compact::parse(&request.jar, 64 * 1024).unwrap();
                let mut payload: Value = serde_json::from_slice(&jws.payload).unwrap();
                payload["dcql_query"]["credentials"][0]["claims"] = json!([{ "path": ["credentialSubject", "nama"] }]);
                ToBeSigned::new(&jws.header, payload.to_string().as_bytes()).sign(&counter.key).unwrap()
            },
            "request-nonce-binding",
        ),
        (
            "an answer to a private address",
            |counter, request| {
                forged(counter, request, |payload| payload["response_uri"] = json!("http://127.0.0.1/x"))
            },
            "url-not-https",
        ),
        (
            "another kind of token",
            |counter, request| {
                let jws = Compact::parse(&request.jar, 64 * 1024).unwrap();
                let header = Header::es256("JWT").with_x5c(jws.header.x5c.clone().unwrap());
                ToBeSigned::new(&header, &jws.payload).sign(&counter.key).unwrap()
            },
            "request-typ",
        ),
        ("no request at all", |_, _| "<html>".to_owned(), "jws-not-compact"),
    ];
    for (name, make, code) in cases {
        let mut world = World::with_card();
        let counter = Counter::of(&world);
        let (request, link) = online_request(&world, &counter);
        let jar = make(&counter, &request);
        serve(&mut world, &jar);
        let posted = world.posted.len();
        assert_eq!(code_of(world.respond(std::slice::from_ref(&link))), code, "{name}");
        assert_eq!(world.posted.len(), posted, "{name}: nothing was sent");
        let Event::Refused(entry) = &world.kept.history.last().unwrap().event else { panic!("refused") };
        assert_eq!(entry.code, code, "{name}: remembered");
        serve(&mut world, &request.jar);
        shared(world.respond(&[link]));
    }
}

#[test]
fn a_request_of_another_client_than_the_link_names() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let (request, _) = online_request(&world, &counter);
    serve(&mut world, &request.jar);
    let other = format!("x509_hash:{}", base64url::encode(sha256(b"other")));
    let link = request_link(&other, "https://loket.example/request/1");
    assert_eq!(code_of(world.respond(&[link])), "request-other-client");
    // The bare address names nobody; the signed request does.
    shared(world.respond(&["https://loket.example/request/1".to_owned()]));
}

/// Each bad request by QR has its own code, and nothing is shown.
#[test]
fn hostile_requests_by_qr() {
    let text = |asked: &Asked| asked.short.clone();
    type Make = Box<dyn Fn(&mut World) -> Vec<String>>;
    let cases: Vec<(&str, Make, &str)> = vec![
        ("empty", Box::new(|_| Vec::new()), "frames-none"),
        ("words", Box::new(|_| vec!["halo".to_owned()]), "frame-not-ours"),
        (
            "an answer instead of a request",
            Box::new(|world| {
                let asked = Counter::of(world).ask();
                shared(world.respond(&asked.short)).frames
            }),
            "not-a-request",
        ),
        (
            "cut short",
            Box::new(move |world| {
                let mut texts = text(&Counter::of(world).ask());
                let length = texts[0].len() - 6;
                texts[0].truncate(length);
                texts
            }),
            "frame-checksum",
        ),
        (
            "sixteen minutes old",
            Box::new(|world| {
                let asked = Counter::of(world).ask();
                world.now = world.now.plus(Seconds::minutes(16));
                asked.short
            }),
            "request-too-old",
        ),
        (
            "our clock set back",
            Box::new(|world| {
                let asked = Counter::of(world).ask();
                world.now = world.now.minus(Seconds::hours(2));
                asked.short
            }),
            "clock-behind",
        ),
        (
            "withdrawn",
            Box::new(|world| {
                let asked = Counter::of(world).ask();
                let mut contents = world.contents();
                contents.withdrawn.insert("reg-1".to_owned());
                world.import(2, &contents);
                asked.short
            }),
            "registration-withdrawn",
        ),
        (
            "registration ended",
            Box::new(|world| {
                world.now = world.now.plus(Seconds::days(31));
                let mut counter = Counter::of(world);
                counter.iat = world.now;
                counter.ask().short
            }),
            "registration-expired",
        ),
        (
            "not in the bundle",
            Box::new(|world| {
                let asked = Counter::of(world).ask();
                register(world, |registration| registration.id = "reg-2".to_owned());
                asked.short
            }),
            "unregistered",
        ),
        (
            "long form of an unknown registrar",
            Box::new(|world| {
                let mut city = City::at(world.now);
                city.registrar_key = stranger();
                let registration = Registration { issuer: "https://other.example".into(), ..city.registration() };
                let signed = city.sign(&registration);
                let mut trust = city.trust();
                trust.issuers[0].ids = vec!["https://other.example".into()];
                let registered = Registered::verify(&signed.jwt, &signed.access_certificate.0, &trust).unwrap();
                Counter { registered, ..Counter::of(world) }.ask().long
            }),
            "unregistered",
        ),
        (
            "long form that claims a listed registrar",
            Box::new(|world| {
                let mut city = City::at(world.now);
                city.registrar_key = stranger();
                let signed = city.sign(&city.registration());
                let registered = Registered::verify(&signed.jwt, &signed.access_certificate.0, &city.trust()).unwrap();
                Counter { registered, ..Counter::of(world) }.ask().long
            }),
            "registration-signature",
        ),
        (
            "a borrowed registration",
            Box::new(|world| {
                let counter = Counter::of(world);
                Counter { key: stranger(), ..counter }.ask().short
            }),
            "request-signature",
        ),
    ];
    for (name, make, code) in cases {
        let mut world = World::with_card();
        let texts = make(&mut world);
        let used: usize = world.wallet.holdings().cards.iter().map(crate::Card::unused).sum();
        assert_eq!(code_of(world.respond(&texts)), code, "{name}");
        let after: usize = world.wallet.holdings().cards.iter().map(crate::Card::unused).sum();
        assert_eq!(after, used, "{name}: no copy was used");
    }
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    shared(world.respond(&asked.short));
}

#[test]
fn every_changed_character_of_a_request_is_refused() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    for (place, changed) in absah_testkit::tamper::changed_characters(&asked.short[0]) {
        let refused = refusal(world.respond(&[changed]));
        assert_ne!(refused.code(), "wallet-not-now", "character {place}");
    }
    shared(world.respond(&asked.short));
}

#[test]
fn without_a_bundle_or_a_card_there_is_nothing_to_answer_with() {
    let mut world = World::new();
    let asked = Counter::of(&world).ask();
    assert_eq!(code_of(world.respond(&asked.short)), "query-no-credential");
    let mut bare = World::bare();
    assert!(matches!(bare.receive(), Prompt::Received(_)));
    assert_eq!(code_of(bare.respond(&asked.short)), "wallet-no-bundle");
    let mut world = World::with_card();
    let mut counter = Counter::of(&world);
    counter.format = Format::DcSdJwt;
    let asked = counter.ask();
    shared(world.respond(&asked.short));
}

#[test]
fn a_card_that_has_ended_is_not_shown() {
    let mut world = World::with_card();
    register(&mut world, |_| {});
    world.now = NOW.plus(Seconds::days(30));
    let asked = Counter::of(&world).ask();
    assert_eq!(code_of(world.respond(&asked.short)), "card-expired");
}

#[test]
fn a_flow_can_be_stopped_at_the_question_and_begun_again() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    let effects = world.step(Intent::Respond { texts: asked.short.clone() });
    assert!(matches!(effects.as_slice(), [Effect::Show(_)]));
    // The program ends here: nothing of the flow was kept, and the request can be answered anew.
    let files = world.wallet.bundle_files().cloned();
    world.wallet = crate::Wallet::open(world.kept.clone(), files);
    assert!(matches!(world.perform(Effect::Persist), Done::Nothing));
    shared(world.respond(&asked.short));
}
