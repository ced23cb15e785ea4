//! Consent and response: what a wallet checks of a counter, and a counter of an answer.

use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, Unverified};
use absah_credential::{ClaimPath, Expectation, Format, Verified};
use absah_crypto::PrivateKey;
use absah_trust::Registered;
use absah_trust::registration::Ask;
use absah_types::{Coded, Seconds};
use proptest::prelude::*;
use serde_json::json;

use super::consent::{Consent, assess};
use super::request::{self, Draft, ResponseTo, SignedRequest, Transport, VerifiedRequest};
use super::response::*;
use crate::dcql::{CredentialSetQuery, Query};
use crate::fixtures::{
    Dice, NOW, World, card, encrypted, family_card, online, picture, present, qr, response_key,
};
use crate::url_rules::UrlRules;

fn read(request: &SignedRequest) -> VerifiedRequest {
    let expected = request::Expectation {
        transport: Transport::Qr,
        client_id: None,
        wallet_nonce: None,
        haip: false,
        rules: UrlRules::HttpsOnly,
        now: NOW,
    };
    request::verify(&request.jar, &expected).unwrap()
}

fn assessed(world: &World, request: &VerifiedRequest) -> Result<Consent, &'static str> {
    assess(request, &world.bundle, NOW).map_err(|error| error.code())
}

#[test]
fn a_registered_counter_may_ask_what_its_service_lists() {
    let world = World::new();
    let request = read(&world.sign(&world.draft(qr([5; 32]))));
    let consent = assessed(&world, &request).unwrap();
    assert_eq!(consent.registered.registration().agency, "Kelurahan Contoh");
    assert_eq!(consent.service.id, "demo-3-fakta");
    let asked: Vec<String> = consent.asked.iter().map(|one| one.claim.to_string()).collect();
    assert_eq!(asked, ["nama", "kelahiran", "alamat"]);
    assert!(consent.asked.iter().all(|one| !one.protected && !one.is_portrait()));
    assert!(!consent.by_value);
}

#[test]
fn hostile_counters() {
    let world = World::new();
    let valid = read(&world.sign(&world.draft(qr([5; 32]))));
    let asking = |value: serde_json::Value| VerifiedRequest {
        query: Query::parse(&json!({ "credentials": [value] })).unwrap(),
        ..valid.clone()
    };
    let ktp = |claims: serde_json::Value| json!({"id": "k", "format": "vc+sd-jwt", "meta": {"type_values": [["KtpElektronik"]]}, "claims": claims});
    let kk = json!({"id": "k", "format": "vc+sd-jwt", "meta": {"type_values": [["KartuKeluarga"]]}});
    let mdoc = json!({"id": "k", "format": "mso_mdoc", "meta": {}, "claims": [{"path": ["a", "nama"]}]});
    let other_key = PrivateKey::generate(&mut Dice(9));
    let far = NOW.plus(Seconds::days(60));
    let cases = [
        ("no registration", VerifiedRequest { registration: None, ..valid.clone() }, "unregistered"),
        (
            "unknown service",
            VerifiedRequest { service: Some("lain".into()), ..valid.clone() },
            "service-unknown",
        ),
        (
            "garbage as registration",
            VerifiedRequest { registration: Some("x".into()), ..valid.clone() },
            "registration-malformed",
        ),
        (
            "borrowed registration",
            VerifiedRequest {
                leaf: world.city.certificate(other_key.public_key(), NOW, far),
                key: other_key.public_key().clone(),
                ..valid.clone()
            },
            "registration-borrowed",
        ),
        (
            "key beside the certificate",
            VerifiedRequest { key: other_key.public_key().clone(), ..valid.clone() },
            "registration-borrowed",
        ),
        ("one claim more", asking(ktp(json!([{"path": ["credentialSubject", "agama"]}]))), "over-asking"),
        ("a protected claim", asking(ktp(json!([{"path": ["credentialSubject", "nik"]}]))), "over-asking"),
        (
            "the number of another sector",
            asking(ktp(json!([{"path": ["credentialSubject", "token", "sosial"]}]))),
            "sector-foreign",
        ),
        (
            "the numbers of all sectors",
            asking(ktp(json!([{"path": ["credentialSubject", "token"]}]))),
            "token-group-asked",
        ),
        (
            "what ties cards together, of one card",
            asking(ktp(json!([{"path": ["credentialSubject", "token", "pemegang"]}]))),
            "holder-link-asked",
        ),
        ("outside of the subject", asking(ktp(json!([{"path": ["issuer"]}]))), "over-asking"),
        ("the whole subject", asking(ktp(json!([{"path": ["credentialSubject"]}]))), "over-asking"),
        ("another credential", asking(kk), "over-asking"),
        ("another format", asking(mdoc), "over-asking"),
        (
            "any type",
            asking(
                json!({"id": "k", "format": "vc+sd-jwt", "meta": {}, "claims": [{"path": ["credentialSubject", "nama"]}]}),
            ),
            "over-asking",
        ),
    ];
    for (name, request, code) in cases {
        assert_eq!(assessed(&world, &request).map(|_| ()), Err(code), "{name}");
    }
    assert!(assessed(&world, &valid).is_ok());
    assert!(
        assessed(&world, &asking(ktp(json!([{"path": ["credentialSubject", "alamat", "kota"]}])))).is_ok()
    );
    let late = assess(&valid, &world.bundle, NOW.plus(Seconds::days(31))).map_err(|error| error.code());
    assert_eq!(late.map(|_| ()), Err("registration-expired"));
}

/// A verifier that knows nothing of our parameters: its purpose is plain when it is registered for one only.
#[test]
fn a_request_without_our_parameters() {
    let world = World::new();
    let request = read(&world.sign(&world.draft(qr([5; 32]))));
    let plain = VerifiedRequest { service: None, ..request };
    assert_eq!(world.registered().registration().services.len(), 1);
    assert_eq!(assessed(&world, &plain).unwrap().service.id, "demo-3-fakta");
}

/// Another issuer's card may be asked for where the registration names it, by its own type.
#[test]
fn other_issuers_cards_by_their_own_type() {
    let query = |meta: serde_json::Value| {
        Query::parse(&json!({ "credentials": [{
            "id": "a", "format": "dc+sd-jwt", "meta": meta, "claims": [{ "path": ["nomor"] }],
        }] }))
        .unwrap()
    };
    let vct = "https://samsat.example/vct/sim";
    let asked = |meta| crate::dcql::AskedType::of(&query(meta).credentials[0]);
    assert_eq!(asked(json!({ "vct_values": [vct] })).unwrap().name(), vct);
    assert_eq!(asked(json!({ "vct_values": [vct, "https://other.example/vct"] })), None, "not plainly one");
    assert_eq!(asked(json!({})), None);
    let world = World::new();
    let mut service = world.registered().registration().services[0].clone();
    service.asks[0].credential = vct.to_owned();
    let dc = crate::dcql::service_query(&service, Format::DcSdJwt, u64::MAX).unwrap();
    assert_eq!(crate::dcql::AskedType::of(&dc.credentials[0]).unwrap().name(), vct);
    assert_eq!(Query::parse(&dc.to_value()).unwrap(), dc);
    assert_eq!(crate::dcql::service_query(&service, Format::VcSdJwt, u64::MAX), None, "only as dc+sd-jwt");
    // Not registered for it: over-asking.
    let request = read(&world.sign(&world.draft(qr([5; 32]))));
    let other = VerifiedRequest { query: query(json!({ "vct_values": [vct] })), ..request };
    assert_eq!(assessed(&world, &other).map(drop), Err("over-asking"));
}

#[test]
fn what_ties_cards_together_is_asked_of_all_of_several_or_of_none() {
    let mut world = World::new();
    let mut registration = world.city.registration();
    let family = Ask { credential: "KartuKeluarga".into(), claims: vec![ClaimPath::key("alamat")] };
    registration.services[0].asks.push(family);
    let mut contents = world.city.contents(vec![]);
    contents.registrations = vec![world.city.sign(&registration)];
    world.bundle = world.city.import(&world.city.publish(1, &contents)).0;
    for format in Format::ALL {
        let valid = read(&world.sign(&Draft { format, ..world.draft(qr([5; 32])) }));
        let consent = assessed(&world, &valid).unwrap();
        assert!(consent.linked);
        let asked: Vec<String> = consent.asked.iter().map(|one| one.claim.to_string()).collect();
        assert_eq!(asked, ["nama", "kelahiran", "alamat", "alamat"], "the link is no fact");

        let changed = |change: &dyn Fn(&mut Query)| {
            let mut request = valid.clone();
            change(&mut request.query);
            assessed(&world, &request).map(|consent| consent.linked)
        };
        let drop_link = |query: &mut Query, at: usize| {
            query.credentials[at].claims.as_mut().unwrap().pop();
        };
        assert_eq!(changed(&|_| ()), Ok(true));
        assert_eq!(changed(&|query| drop_link(query, 0)), Err("holder-link-asked"));
        assert_eq!(changed(&|query| drop_link(query, 1)), Err("holder-link-asked"));
        assert_eq!(changed(&|query| (0..2).for_each(|at| drop_link(query, at))), Ok(false));
        let alone = |query: &mut Query| query.credentials.truncate(1);
        assert_eq!(changed(&alone), Err("holder-link-asked"));
        let choice = |query: &mut Query| {
            let options = vec![vec!["KtpElektronik".into()], vec!["KartuKeluarga".into()]];
            query.credential_sets = Some(vec![CredentialSetQuery { options, required: true }]);
        };
        assert_eq!(changed(&choice), Err("holder-link-asked"), "one card might go alone");
        let sets = |query: &mut Query| query.credentials[0].claim_sets = Some(vec![vec!["a".into()]]);
        assert_eq!(changed(&sets), Err("holder-link-asked"), "one card might go without");
    }
}

#[test]
fn a_withdrawn_counter_may_not_ask() {
    let mut world = World::new();
    let request = read(&world.sign(&world.draft(qr([5; 32]))));
    let mut contents = world.city.contents(vec![]);
    contents.withdrawn.insert("reg-1".to_owned());
    world.bundle = world.city.import(&world.city.publish(1, &contents)).0;
    assert_eq!(assessed(&world, &request).map(|_| ()), Err("registration-withdrawn"));
}

#[test]
fn a_counter_newer_than_the_bundle_is_told_so() {
    let world = World::new();
    let mut registration = world.city.registration();
    registration.id = "reg-new".to_owned();
    let new = world.city.sign(&registration);
    let registered = Registered::verify(&new.jwt, &new.access_certificate.0, world.bundle.trust()).unwrap();
    let request = read(&world.sign(&Draft { registered: &registered, ..world.draft(qr([5; 32])) }));
    assert!(assessed(&world, &request).unwrap().by_value);
}

struct Answer {
    world: World,
    request: SignedRequest,
    holder: PrivateKey,
    format: Format,
}

impl Answer {
    fn new(format: Format) -> Self {
        let world = World::new();
        let request = world.sign(&Draft { format, ..world.draft(online()) });
        Self { world, request, holder: PrivateKey::generate(&mut Dice(6)), format }
    }

    fn presented(&self, claims: &[&str]) -> Presented {
        let held = card(&self.world.city, self.format, &self.holder);
        present(&held, self.format, claims, &self.holder, &self.request)
    }

    fn verified(&self, presented: &Presented) -> Verified {
        let key = self.world.city.credential_key.public_key().clone();
        let binding = KeyBindingExpectation {
            aud: &self.request.client_id,
            nonce: &self.request.nonce,
            now: NOW,
            max_age: Seconds(300),
            max_ahead: Seconds(300),
        };
        let expected =
            Expectation { now: NOW, leeway: Seconds(0), key_binding: KeyBindingPolicy::Required(binding) };
        let unverified = Unverified::parse(&presented.presentation).unwrap();
        absah_credential::verify(&unverified, &|_| Some(key.clone()), &expected).unwrap()
    }

    fn content(&self, claims: &[&str], portrait: Option<&[u8]>) -> Result<bool, &'static str> {
        self.content_for(&self.request.query, claims, portrait)
    }

    fn content_for(
        &self,
        query: &Query,
        claims: &[&str],
        portrait: Option<&[u8]>,
    ) -> Result<bool, &'static str> {
        let verified = self.verified(&self.presented(claims));
        let result = check_content(&query.credentials[0], &verified, portrait);
        result.map(|portrait| portrait.is_some()).map_err(|error| error.code())
    }
}

const ASKED: [&str; 3] = ["nama", "kelahiran", "alamat"];

#[test]
fn exactly_what_was_asked_is_accepted() {
    for format in Format::ALL {
        let answer = Answer::new(format);
        assert_eq!(answer.content(&ASKED, None), Ok(false), "{format:?}");
        assert_eq!(answer.content(&["nama", "kelahiran"], None), Err("response-missing-claim"));
        assert_eq!(
            answer.content(&["nama", "kelahiran", "alamat", "agama"], None),
            Err("response-unasked-claim")
        );
        assert_eq!(answer.content(&[], None), Err("response-missing-claim"));
        assert_eq!(answer.content(&ASKED, Some(picture().blob())), Err("response-portrait-unasked"));
    }
}

#[test]
fn format_and_type_are_those_asked() {
    let answer = Answer::new(Format::VcSdJwt);
    let query = |value: serde_json::Value| Query::parse(&json!({ "credentials": [value] })).unwrap();
    let vct = query(json!({"id": "k", "format": "dc+sd-jwt", "meta": {"vct_values": ["x"]}}));
    let kk = query(json!({"id": "k", "format": "vc+sd-jwt", "meta": {"type_values": [["KartuKeluarga"]]}}));
    let part = query(json!({
        "id": "k", "format": "vc+sd-jwt", "meta": {"type_values": [["KtpElektronik"]]},
        "claims": [{"path": ["credentialSubject", "alamat", "kelurahan"]}],
    }));
    let sets = query(json!({
        "id": "k", "format": "vc+sd-jwt", "meta": {"type_values": [["KtpElektronik"]]},
        "claims": [{"id": "a", "path": ["credentialSubject", "nik"]}, {"id": "b", "path": ["credentialSubject", "nama"]}],
        "claim_sets": [["a"], ["b"]],
    }));
    assert_eq!(answer.content_for(&vct, &ASKED, None), Err("response-wrong-format"));
    assert_eq!(answer.content_for(&kk, &ASKED, None), Err("response-wrong-type"));
    // One group is one disclosure: who asks for a part gets all of it, and nothing beside.
    assert_eq!(answer.content_for(&part, &["alamat"], None), Ok(false));
    assert_eq!(answer.content_for(&part, &["alamat", "kelahiran"], None), Err("response-unasked-claim"));
    assert_eq!(answer.content_for(&sets, &["nama"], None), Ok(false));
    assert_eq!(answer.content_for(&sets, &["nama", "nik"], None), Err("response-unasked-claim"));
}

#[test]
fn of_a_family_only_the_members_and_fields_asked() {
    let answer = Answer::new(Format::VcSdJwt);
    let held = family_card(&answer.world.city, &answer.holder);
    let content = |asked: &[serde_json::Value], disclosed: &[&str]| {
        let claims: Vec<_> = asked.iter().map(|path| json!({ "path": path })).collect();
        let query = Query::parse(&json!({"credentials": [{
            "id": "k", "format": "vc+sd-jwt", "meta": {"type_values": [["KartuKeluarga"]]}, "claims": claims,
        }]}))
        .unwrap();
        let presented = present(&held, Format::VcSdJwt, disclosed, &answer.holder, &answer.request);
        let verified = answer.verified(&presented);
        check_content(&query.credentials[0], &verified, None).map(|_| ()).map_err(|error| error.code())
    };
    let number = json!(["credentialSubject", "nomorKk"]);
    let names = json!(["credentialSubject", "anggota", null, "nama"]);
    let first = json!(["credentialSubject", "anggota", 0, "nama"]);
    let whole = json!(["credentialSubject", "anggota"]);
    assert_eq!(content(std::slice::from_ref(&number), &["nomorKk"]), Ok(()));
    assert_eq!(
        content(std::slice::from_ref(&number), &["nomorKk", "anggota.0.nama"]),
        Err("response-unasked-claim")
    );
    assert_eq!(content(&[number, names.clone()], &["nomorKk", "anggota.*.nama"]), Ok(()));
    assert_eq!(
        content(std::slice::from_ref(&names), &["anggota.*.nama", "anggota.1.agama"]),
        Err("response-unasked-claim")
    );
    assert_eq!(content(&[names], &["nomorKk"]), Err("response-missing-claim"));
    assert_eq!(content(std::slice::from_ref(&first), &["anggota.0.nama"]), Ok(()));
    assert_eq!(content(&[first], &["anggota.*.nama"]), Err("response-unasked-claim"));
    assert_eq!(content(&[whole], &["anggota.*"]), Ok(()));
}

#[test]
fn the_portrait_comes_beside_its_hash() {
    let answer = Answer::new(Format::VcSdJwt);
    let query = Query::parse(&json!({"credentials": [{
        "id": "k", "format": "vc+sd-jwt", "meta": {"type_values": [["KtpElektronik"]]},
        "claims": [{"path": ["credentialSubject", "portrait"]}],
    }]}))
    .unwrap();
    let content = |portrait: Option<&[u8]>| answer.content_for(&query, &["portrait"], portrait);
    let mut swapped = picture().blob().to_vec();
    swapped[100] ^= 1;
    assert_eq!(content(Some(picture().blob())), Ok(true));
    assert_eq!(content(None), Err("response-portrait-missing"));
    assert_eq!(content(Some(&swapped)), Err("portrait-mismatch"));
}

#[test]
fn exactly_the_credentials_that_were_asked() {
    let answer = Answer::new(Format::VcSdJwt);
    let one = answer.presented(&ASKED);
    let other = Presented { query_id: "Lain".to_owned(), ..one.clone() };
    let ids =
        |presented: &[Presented]| check_ids(&answer.request.query, presented).map_err(|error| error.code());
    assert_eq!(ids(std::slice::from_ref(&one)), Ok(()));
    assert_eq!(ids(&[]), Err("response-missing-credential"));
    assert_eq!(ids(&[one.clone(), one.clone()]), Err("response-too-many"));
    assert_eq!(ids(&[one.clone(), other]), Err("response-unasked-credential"));
    let query = Query::parse(&json!({
        "credentials": [
            {"id": "KtpElektronik", "format": "dc+sd-jwt", "meta": {}},
            {"id": "b", "format": "dc+sd-jwt", "meta": {}},
        ],
        "credential_sets": [{"options": [["b"], ["KtpElektronik"]]}],
    }))
    .unwrap();
    assert!(check_ids(&query, std::slice::from_ref(&one)).is_ok());
    assert!(check_ids(&query, &[]).is_err());
}

#[test]
fn a_post_carries_the_answer() {
    let answer = Answer::new(Format::VcSdJwt);
    let mut presented = answer.presented(&ASKED);
    let plain = direct_post(std::slice::from_ref(&presented), Some("s-1"));
    assert!(!plain.contains(PORTRAIT_PARAMETER));
    presented.portrait = Some(picture().blob().to_vec());
    let body = direct_post(std::slice::from_ref(&presented), Some("s-1"));
    let read = parse_direct_post(body.as_bytes()).unwrap();
    assert_eq!(read, DirectPost { state: Some("s-1".to_owned()), answer: Ok(vec![presented]) });
    let declined = direct_post_error(crate::oauth::OAuthError::AccessDenied, &WalletError::Denied, None);
    let read = parse_direct_post(declined.as_bytes()).unwrap();
    assert_eq!(read, DirectPost { state: None, answer: Err(WalletError::Denied) });
}

#[test]
fn an_encrypted_post_opens_with_its_key_only() {
    let answer = Answer::new(Format::VcSdJwt);
    let mut presented = answer.presented(&ASKED);
    presented.portrait = Some(picture().blob().to_vec());
    let ResponseTo::DirectPost { encryption: Some(encryption), .. } = encrypted() else {
        panic!("not encrypted")
    };
    let one = std::slice::from_ref(&presented);
    let body = direct_post_jwt(one, Some("s-1"), &encryption, &mut Dice(5));
    let key = response_key();
    let read = |body: &str, key: &PrivateKey| parse_direct_post_jwt(body.as_bytes(), key);
    let expected = DirectPost { state: Some("s-1".to_owned()), answer: Ok(vec![presented.clone()]) };
    assert_eq!(read(&body, &key), Ok(expected));
    let code = |result: Result<DirectPost, ResponseError>| result.map_err(|error| error.code());
    assert_eq!(code(read(&body, &absah_trust::sample::key(50))), Err("jwe-sealed"));
    assert_eq!(code(read(&direct_post(one, Some("s-1")), &key)), Err("response-not-encrypted"), "downgraded");
    assert_eq!(code(read("", &key)), Err("response-not-encrypted"));
    assert_eq!(
        code(parse_direct_post(body.as_bytes())),
        Err("response-not-encrypted"),
        "nobody asked for it"
    );
    let declined = direct_post_error(crate::oauth::OAuthError::AccessDenied, &WalletError::Denied, None);
    assert_eq!(read(&declined, &key).unwrap().answer, Err(WalletError::Denied), "a no may come in the open");
    let sealed = |payload: &str| {
        let jwe = encryption.recipient.seal(payload.as_bytes(), encryption.enc, None, &mut Dice(6));
        crate::form::encode(&[("response", &jwe)])
    };
    for (name, payload, expected) in [
        ("no object", "[]", "response-malformed"),
        ("nothing in it", "{}", "response-empty"),
        ("token is a text", r#"{"vp_token":"{}"}"#, "response-malformed"),
        ("state is a number", r#"{"state":1,"vp_token":{"k":["a"]}}"#, "response-malformed"),
        ("one member twice", r#"{"vp_token":{"k":["a"]},"vp_token":{"k":["b"]}}"#, "response-malformed"),
    ] {
        assert_eq!(code(read(&sealed(payload), &key)), Err(expected), "{name}");
    }
    assert!(read(&sealed(r#"{"vp_token":{"k":["a"]}}"#), &key).is_ok());
}

#[test]
fn hostile_posts() {
    let form = |parameters: &[(&str, &str)]| crate::form::encode(parameters);
    let cases = [
        ("empty", String::new(), "response-empty"),
        ("only state", form(&[("state", "s")]), "response-empty"),
        ("token twice", form(&[("vp_token", "{}"), ("vp_token", "{}")]), "response-repeated-parameter"),
        ("token is no JSON", form(&[("vp_token", "eyJ")]), "response-malformed"),
        ("token is a list", form(&[("vp_token", "[]")]), "response-malformed"),
        ("token is empty", form(&[("vp_token", "{}")]), "response-empty"),
        ("presentation not in a list", form(&[("vp_token", r#"{"k":"x"}"#)]), "response-malformed"),
        ("no presentation", form(&[("vp_token", r#"{"k":[]}"#)]), "response-malformed"),
        ("presentation is an object", form(&[("vp_token", r#"{"k":[{}]}"#)]), "response-malformed"),
        ("one id twice", form(&[("vp_token", r#"{"k":["a"],"k":["b"]}"#)]), "response-malformed"),
        (
            "portrait is no base64url",
            form(&[("vp_token", r#"{"k":["a"]}"#), (PORTRAIT_PARAMETER, r#"{"k":["%%"]}"#)]),
            "response-malformed",
        ),
        (
            "portrait is a number",
            form(&[("vp_token", r#"{"k":["a"]}"#), (PORTRAIT_PARAMETER, r#"{"k":[1]}"#)]),
            "response-malformed",
        ),
        ("not UTF-8", "vp_token=%ff".to_owned(), "response-malformed"),
        ("too large", "a".repeat(MAX_RESPONSE + 1), "response-malformed"),
    ];
    for (name, body, code) in cases {
        assert_eq!(parse_direct_post(body.as_bytes()).map_err(|error| error.code()), Err(code), "{name}");
    }
    let valid = form(&[("vp_token", r#"{"k":["a"]}"#), ("something_new", "1")]);
    assert!(parse_direct_post(valid.as_bytes()).is_ok());
    let error = form(&[("error", "server_error")]);
    assert_eq!(parse_direct_post(error.as_bytes()).unwrap().answer, Err(WalletError::Other));
}

#[test]
fn the_counter_may_send_the_person_on() {
    let address = "https://loket.example/done#response_code=abc";
    let body = response_body(Some(address)).to_string();
    let next = |body: &str| read_response_body(body.as_bytes(), UrlRules::HttpsOnly);
    assert_eq!(next(&body).as_deref(), Some(address));
    for body in ["", "[]", "{}", r#"{"redirect_uri":1}"#, r#"{"redirect_uri":"javascript:alert(1)"}"#] {
        assert_eq!(next(body), None, "{body}");
    }
    assert_eq!(response_body(None), json!({}));
    // A page of this machine, and nothing else of it.
    for (address, may) in [
        ("http://127.0.0.1:8474/#response_code=abc", true),
        ("http://localhost:8474/#response_code=abc", true),
        ("http://127.0.0.1:8474/off#x", false),
        ("http://127.0.0.1:8474/?off#x", false),
        ("http://127.0.0.1:80@evil.example/#x", false),
        ("http://127.0.0.1:84740/#x", false),
        ("http://127.0.0.1/#x", false),
        ("http://127.0.0.2:8474/#x", false),
        ("http://evil.example:8474/#x", false),
    ] {
        let body = response_body(Some(address)).to_string();
        assert_eq!(next(&body).is_some(), may, "{address}");
    }
}

proptest! {
    #[test]
    fn posts_round_trip(
        answers in proptest::collection::btree_map("[A-Za-z0-9_-]{1,8}", proptest::collection::vec("[ -~]{1,40}", 1..3), 1..4),
        portrait: Option<[u8; 12]>,
        state in proptest::option::of("[A-Za-z0-9._~-]{1,20}"),
    ) {
        let presented: Vec<Presented> = answers
            .iter()
            .flat_map(|(id, texts)| texts.iter().map(|text| Presented {
                query_id: id.clone(),
                presentation: text.clone(),
                portrait: portrait.map(|bytes| bytes.to_vec()),
            }))
            .collect();
        let body = direct_post(&presented, state.as_deref());
        prop_assert_eq!(parse_direct_post(body.as_bytes()), Ok(DirectPost { state, answer: Ok(presented) }));
    }

}
