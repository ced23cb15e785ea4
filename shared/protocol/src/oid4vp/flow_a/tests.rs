use absah_credential::Format;
use absah_crypto::hpke::RecipientKey;
use absah_crypto::{PrivateKey, Signature};
use absah_qr::{Dictionary, Kind};
use absah_types::{Coded, Seconds, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::fixtures::{Dice, NOW, World, card, online, present, qr};
use crate::oid4vp::request::{Draft, Expectation, SignedRequest, Transport, verify};
use crate::oid4vp::response::Presented;
use crate::url_rules::UrlRules;

fn signature_of(request: &SignedRequest) -> Signature {
    let text = request.jar.rsplit('.').next().unwrap();
    Signature::from_slice(&absah_types::base64url::decode(text).unwrap()).unwrap()
}

fn expectation() -> Expectation<'static> {
    Expectation {
        transport: Transport::Qr,
        client_id: None,
        wallet_nonce: None,
        haip: false,
        rules: UrlRules::HttpsOnly,
        now: NOW,
    }
}

/// Expands and verifies, as a wallet does.
fn read(bytes: &[u8], world: &World) -> Result<String, &'static str> {
    let expanded = expand(bytes, &world.bundle, Dictionary::v1(), NOW).map_err(|error| error.code())?;
    verify(&expanded.request.jar, &expectation()).map_err(|error| error.code())?;
    Ok(expanded.request.jar)
}

#[test]
fn short_and_long_form_expand_to_the_very_same_request() {
    let world = World::new();
    let draft = world.draft(qr([5; 32]));
    let request = world.sign(&draft);
    let short = short(&draft, &signature_of(&request)).unwrap();
    let long = long(&draft, &signature_of(&request), Dictionary::v1()).unwrap();
    assert_eq!(read(&short, &world).as_deref(), Ok(request.jar.as_str()));
    assert_eq!(read(&long, &world).as_deref(), Ok(request.jar.as_str()));
    let expanded = expand(&long, &world.bundle, Dictionary::v1(), NOW).unwrap();
    assert_eq!((expanded.request.hash, expanded.long), (request.hash, true));
    // The short form fits one code of version 10-L.
    let frames = absah_qr::frames::split(Kind::RequestShort, &short, 10).unwrap();
    assert_eq!(frames.len(), 1);
    assert!(short.len() <= 263, "{} bytes", short.len());
    assert!(long.len() <= 1_600, "{} bytes", long.len());
}

#[test]
fn only_requests_for_qr_have_these_forms() {
    let world = World::new();
    let draft = world.draft(online());
    let signature = signature_of(&world.sign(&draft));
    assert_eq!(short(&draft, &signature), None);
    assert_eq!(long(&draft, &signature, Dictionary::v1()), None);
}

#[test]
fn every_byte_of_a_request_counts() {
    let world = World::new();
    let draft = world.draft(qr([5; 32]));
    let signature = signature_of(&world.sign(&draft));
    for bytes in [short(&draft, &signature).unwrap(), long(&draft, &signature, Dictionary::v1()).unwrap()] {
        let valid = read(&bytes, &world).unwrap();
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x11;
            assert!(read(&changed, &world).is_err(), "byte {place} of {}", bytes.len());
        }
        for length in 0..bytes.len() {
            assert!(read(&bytes[..length], &world).is_err(), "cut at {length}");
        }
        assert!(read(&[bytes.as_slice(), &[0]].concat(), &world).is_err());
        assert_eq!(read(&bytes, &world), Ok(valid));
    }
}

#[test]
fn hostile_forms() {
    let world = World::new();
    let draft = world.draft(qr([5; 32]));
    let signature = signature_of(&world.sign(&draft));
    let valid = short(&draft, &signature).unwrap();
    let with = |place: usize, byte: u8| {
        let mut bytes = valid.clone();
        bytes[place] = byte;
        bytes
    };
    let mut nothing = valid.clone();
    nothing[56..64].fill(0);
    let cases = [
        ("empty", vec![], "request-form-malformed"),
        ("unknown form", with(0, 9), "request-form-unknown"),
        ("unknown format", with(1, 7), "request-form-malformed"),
        ("another service", with(55, 9), "service-unknown"),
        ("nothing chosen", nothing, "request-form-asks-nothing"),
        ("fewer claims under the same signature", with(63, 0b011), "request-signature"),
        ("another counter's registration", with(129, !valid[129]), "unregistered"),
        ("too long", vec![1; MAX_FORM + 1], "request-form-malformed"),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(read(&bytes, &world), Err(code), "{name}");
    }
    assert!(read(&valid, &world).is_ok());
}

#[test]
fn a_long_form_cannot_bring_back_what_the_bundle_does_not_list() {
    let world = World::new();
    let mut registration = world.city.registration();
    registration.id = "reg-hidden".to_owned();
    registration.issued_at = NOW.minus(Seconds::days(1));
    let hidden = world.city.sign(&registration);
    let trust = world.bundle.trust();
    let registered =
        absah_trust::Registered::verify(&hidden.jwt, &hidden.access_certificate.0, trust).unwrap();
    let draft = Draft { registered: &registered, ..world.draft(qr([5; 32])) };
    let prepared = draft.prepare().unwrap();
    let signature = world.city.counter_key.sign(prepared.as_bytes());
    let bytes = long(&draft, &signature, Dictionary::v1()).unwrap();
    assert_eq!(read(&bytes, &world), Err("registration-downgraded"));
}

struct Answered {
    world: World,
    request: SignedRequest,
    key: RecipientKey,
    presented: Presented,
}

fn answered() -> Answered {
    let world = World::new();
    let key = RecipientKey::generate(&mut Dice(5));
    let request = world.sign(&world.draft(qr(key.public())));
    let holder = PrivateKey::generate(&mut Dice(6));
    let held = card(&world.city, Format::VcSdJwt, &holder);
    let mut presented = present(&held, Format::VcSdJwt, &["nama", "kelahiran", "alamat"], &holder, &request);
    presented.portrait = Some(crate::fixtures::picture().blob().to_vec());
    Answered { world, request, key, presented }
}

fn context(request: &SignedRequest) -> AnswerContext<'_> {
    AnswerContext {
        request_hash: &request.hash,
        client_id: &request.client_id,
        nonce: &request.nonce,
        query: &request.query,
        dictionary: Dictionary::v1(),
        x5c: &|_| None,
    }
}

#[test]
fn an_answer_opens_once_sealed() {
    let Answered { request, key, presented, .. } = answered();
    let context = context(&request);
    let answer = seal(std::slice::from_ref(&presented), &key.public(), &context, &mut Dice(1)).unwrap();
    let envelope = Envelope::parse(&answer).unwrap();
    assert_eq!(envelope.tag(), request.hash.first_chunk::<8>().unwrap());
    assert_eq!(envelope.open(&key, &context), Ok(vec![presented]));
}

#[test]
fn every_byte_of_an_answer_counts() {
    let Answered { request, key, presented, .. } = answered();
    let context = context(&request);
    let answer = seal(std::slice::from_ref(&presented), &key.public(), &context, &mut Dice(1)).unwrap();
    let open = |bytes: &[u8]| Envelope::parse(bytes).and_then(|envelope| envelope.open(&key, &context));
    for (place, flip) in (0..answer.len()).flat_map(|place| [(place, 0x01), (place, 0x80)]) {
        let mut changed = answer.clone();
        changed[place] ^= flip;
        let code = open(&changed).unwrap_err().code();
        let expected = match place {
            0 => "answer-format-unknown",
            1..9 => "answer-other-request",
            _ => "answer-tampered",
        };
        assert_eq!(code, expected, "byte {place}");
    }
    assert!(open(&answer).is_ok());
}

#[test]
fn hostile_answers() {
    let Answered { world, request, key, presented } = answered();
    let right = context(&request);
    let answer = seal(std::slice::from_ref(&presented), &key.public(), &right, &mut Dice(1)).unwrap();
    let other = world.sign(&Draft { r: [8; 16], ..world.draft(qr(key.public())) });
    let other_key = RecipientKey::generate(&mut Dice(77));
    let open = |bytes: &[u8], key: &RecipientKey, context: &AnswerContext<'_>| {
        Envelope::parse(bytes).and_then(|envelope| envelope.open(key, context)).map_err(|error| error.code())
    };
    let sealed_inside = |inside: &[u8]| {
        let aad = answer[..9].to_vec();
        let (encapsulated, ciphertext) =
            absah_crypto::hpke::seal(&mut Dice(2), &key.public(), &request.hash, &aad, inside).unwrap();
        [aad, encapsulated.to_vec(), ciphertext].concat()
    };
    let huge = vec![1; MAX_ANSWER + 1];
    let cases = [
        ("empty", vec![], &key, &request, "answer-malformed"),
        ("only the head", answer[..9].to_vec(), &key, &request, "answer-malformed"),
        ("too long", huge, &key, &request, "answer-malformed"),
        ("to another request", answer.clone(), &key, &other, "answer-other-request"),
        ("to another key", answer.clone(), &other_key, &request, "answer-tampered"),
        ("nothing inside", sealed_inside(&[]), &key, &request, "answer-malformed"),
        ("no presentation inside", sealed_inside(&[0]), &key, &request, "answer-malformed"),
        ("count beyond the content", sealed_inside(&[200]), &key, &request, "answer-malformed"),
        (
            "query that was not asked",
            sealed_inside(&[1, 9, 0, 0, 0, 0]),
            &key,
            &request,
            "answer-unknown-query",
        ),
        ("length beyond the end", sealed_inside(&[1, 0, 255, 255, 1]), &key, &request, "answer-malformed"),
        (
            "bytes left over",
            sealed_inside(&[1, 0, 0, 2, 0, b'x', 0, 0, 9]),
            &key,
            &request,
            "answer-malformed",
        ),
        ("empty presentation", sealed_inside(&[1, 0, 0, 0, 0, 0]), &key, &request, "pack-empty"),
        ("unknown packing", sealed_inside(&[1, 0, 0, 1, 9, 0, 0]), &key, &request, "pack-version-unknown"),
    ];
    for (name, bytes, key, request, code) in cases {
        assert_eq!(open(&bytes, key, &context(request)), Err(code), "{name}");
    }
    assert!(open(&answer, &key, &right).is_ok());
    assert_eq!(
        open(&sealed_inside(&[1, 0, 0, 2, 0, b'x', 0, 0]), &key, &right).unwrap()[0].presentation,
        "x"
    );
}

#[test]
fn what_cannot_be_sealed() {
    let Answered { request, key, presented, .. } = answered();
    let context = context(&request);
    let sealed = |presented: &Presented, recipient: &[u8; 32]| {
        seal(std::slice::from_ref(presented), recipient, &context, &mut Dice(1)).map_err(|error| error.code())
    };
    let unasked = Presented { query_id: "Other".to_owned(), ..presented.clone() };
    let large = Presented { portrait: Some(vec![0; MAX_PORTRAIT + 1]), ..presented.clone() };
    assert_eq!(sealed(&unasked, &key.public()), Err("answer-unknown-query"));
    assert_eq!(sealed(&large, &key.public()), Err("answer-too-large"));
    assert_eq!(sealed(&presented, &[0; 32]), Err("answer-recipient-key"));
    assert!(sealed(&presented, &key.public()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn forms_round_trip(r: [u8; 16], recipient: [u8; 32], qr_version in 1_u8..=40, age in -500_i64..800, bits in 1_u64..8) {
        let world = World::new();
        let draft = Draft {
            r,
            iat: Timestamp::from_unix(NOW.unix() - age),
            selection: bits,
            response: crate::oid4vp::request::ResponseTo::Qr { recipient, qr_version },
            ..world.draft(online())
        };
        let request = world.sign(&draft);
        let signature = signature_of(&request);
        for bytes in [short(&draft, &signature).unwrap(), long(&draft, &signature, Dictionary::v1()).unwrap()] {
            let expanded = expand(&bytes, &world.bundle, Dictionary::v1(), NOW).unwrap();
            prop_assert_eq!(&expanded.request, &request);
            let verified = verify(&expanded.request.jar, &expectation()).unwrap();
            prop_assert_eq!(&verified.nonce, &request.nonce);
            prop_assert_eq!(verified.hash, request.hash);
            prop_assert_eq!(&verified.response, &draft.response);
        }
    }

    #[test]
    fn answers_round_trip(texts in proptest::collection::vec("[ -~]{1,200}", 1..4), portrait: Option<[u8; 20]>, seed in 1_u64..) {
        let world = World::new();
        let key = RecipientKey::generate(&mut Dice(seed));
        let request = world.sign(&world.draft(qr(key.public())));
        let presented: Vec<Presented> = texts
            .into_iter()
            .map(|text| Presented {
                query_id: "KtpElektronik".to_owned(),
                presentation: text,
                portrait: portrait.map(|bytes| bytes.to_vec()),
            })
            .collect();
        let context = context(&request);
        let answer = seal(&presented, &key.public(), &context, &mut Dice(seed)).unwrap();
        prop_assert_eq!(Envelope::parse(&answer).unwrap().open(&key, &context), Ok(presented));
    }

    #[test]
    fn any_bytes_are_refused_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let world = World::new();
        let key = RecipientKey::generate(&mut Dice(4));
        let request = world.sign(&world.draft(qr(key.public())));
        prop_assert!(read(&bytes, &world).is_err());
        let opened = Envelope::parse(&bytes).and_then(|envelope| envelope.open(&key, &context(&request)));
        prop_assert!(opened.is_err());
    }
}
