//! The catalogue of hostile requests: each with its own code, nothing sent, a good one accepted beside it.

use absah_crypto::jws::{Compact, Header, ToBeSigned};
use absah_crypto::sha256;
use absah_protocol::oid4vp::request::{SignedRequest, bound_nonce, request_link};
use absah_protocol::oid4vp::response::parse_direct_post_jwt;
use absah_trust::sample::City;
use absah_trust::{ClaimPath, Registered, Registration, Service};
use absah_types::{Coded as _, Seconds, Sector, base64url};
use serde_json::{Value, json};

use super::counter::{
    Asked, Counter, by_get, encrypted_request, online_request, question, register, serve, service, shared,
};
use super::window::{says_no, says_when};
use super::world::{NOW, World, code_of, refusal, stranger};
use crate::{Event, Prompt};

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
    let cases: [(&str, Make, &str); 13] = [
        (
            "asks for a fact that no card has",
            |counter, request| {
                forged(counter, request, |payload| {
                    payload["dcql_query"]["credentials"][0]["claims"] =
                        json!([{ "path": ["credentialSubject", "gaji"] }]);
                })
            },
            "over-asking",
        ),
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
                    payload["dcql_query"]["credentials"][0]["claims"] =
                        json!([{ "path": ["credentialSubject", "nik"] }]);
                })
            },
            "over-asking",
        ),
        (
            "asks for the number of another sector",
            |counter, request| {
                forged(counter, request, |payload| {
                    payload["dcql_query"]["credentials"][0]["claims"] =
                        json!([{ "path": ["credentialSubject", "token", "pajak"] }]);
                })
            },
            "sector-foreign",
        ),
        (
            "asks for the numbers of all sectors",
            |counter, request| {
                forged(counter, request, |payload| {
                    payload["dcql_query"]["credentials"][0]["claims"] =
                        json!([{ "path": ["credentialSubject", "token"] }]);
                })
            },
            "token-group-asked",
        ),
        (
            "for a service that is not registered",
            |counter, request| {
                forged(counter, request, |payload| payload["absah"]["service"] = json!("lain"))
            },
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
            "request-unsigned",
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
                payload["dcql_query"]["credentials"][0]["claims"] =
                    json!([{ "path": ["credentialSubject", "nama"] }]);
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
        let (request, link) = online_request(&counter);
        let jar = make(&counter, &request);
        serve(&mut world, &jar);
        let posted = world.posted.len();
        assert_eq!(code_of(world.respond(std::slice::from_ref(&link))), code, "{name}");
        assert_eq!(world.posted.len(), posted, "{name}: nothing was sent");
        let Event::Refused(entry) = &world.kept.history.last().unwrap().event else { panic!("refused") };
        assert_eq!(entry.code, code, "{name}: remembered");
        says_no(&mut world, std::slice::from_ref(&link), code, name);
        serve(&mut world, &request.jar);
        shared(world.respond(&[link]));
    }
}

/// A registration that comes by value: the registrar's own signature is no excuse.
#[test]
fn hostile_registrations_by_value() {
    type Change = fn(&mut Registration);
    let cases: [(&str, Change, &str); 10] = [
        (
            "lives 91 days",
            |registration| registration.expires_at = registration.issued_at.plus(Seconds::days(91)),
            "registration-too-long",
        ),
        (
            "begins tomorrow",
            |registration| {
                registration.issued_at = NOW.plus(Seconds::days(1));
                registration.expires_at = NOW.plus(Seconds::days(2));
            },
            "registration-not-yet-valid",
        ),
        (
            "has ended",
            |registration| {
                registration.issued_at = NOW.minus(Seconds::days(20));
                registration.expires_at = NOW.minus(Seconds(1));
            },
            "registration-expired",
        ),
        (
            "was replaced by the one in the bundle",
            |registration| registration.issued_at = NOW.minus(Seconds::days(2)),
            "registration-downgraded",
        ),
        (
            "was withdrawn",
            |registration| registration.id = "reg-taken-back".to_owned(),
            "registration-withdrawn",
        ),
        (
            "names the key of somebody else",
            |registration| registration.spki_sha256 = stranger().public_key().spki_sha256(),
            "registration-borrowed",
        ),
        (
            "asks for the nik without saying so twice",
            |registration| {
                registration.services =
                    vec![Service { protected: vec![], ..service("demo-3-fakta", &["nik"]) }]
            },
            "protected-claim-undeclared",
        ),
        (
            "asks for the number of a sector without being of it",
            |registration| {
                registration.services[0].asks[0].claims.push(ClaimPath::parse_dotted("token.pajak").unwrap());
            },
            "sector-foreign",
        ),
        (
            "is of two sectors",
            |registration| {
                registration.services[0].sector = Some(Sector::Pajak);
                let other = Service { sector: Some(Sector::Sosial), ..service("lain", &["nama"]) };
                registration.services.push(other);
            },
            "registration-sectors-mixed",
        ),
        (
            "is of another service",
            |registration| registration.services[0].id = "lain".to_owned(),
            "service-unknown",
        ),
    ];
    for (name, change, code) in cases {
        let mut world = World::with_card();
        let mut contents = world.contents();
        contents.withdrawn.insert("reg-taken-back".to_owned());
        world.import(2, &contents);
        let counter = Counter::of(&world);
        let (request, link) = online_request(&counter);
        let mut registration = world.issuer.city.registration();
        (registration.id, registration.issued_at) = ("reg-new".to_owned(), world.now);
        change(&mut registration);
        // As a registrar would sign that checks nothing.
        let header = Header::es256(absah_trust::registration::TYP).with_kid(City::REGISTRAR_KID);
        let payload = serde_json::to_vec(&registration).unwrap();
        let signed = ToBeSigned::new(&header, &payload).sign(&world.issuer.city.registrar_key).unwrap();
        let jar = forged(&counter, &request, |payload| payload["verifier_info"][0]["data"] = json!(signed));
        serve(&mut world, &jar);
        let posted = world.posted.len();
        assert_eq!(code_of(world.respond(std::slice::from_ref(&link))), code, "{name}");
        assert_eq!(world.posted.len(), posted, "{name}: nothing was sent");
        says_no(&mut world, &[link], code, name);
    }
}

/// Told before the person is asked for a yes, instead of at the counter.
#[test]
fn a_service_that_demands_a_better_kept_key_is_told_of_before_any_consent() {
    use absah_credential::KeyAssurance;

    for (least, code) in [(KeyAssurance::Software, None), (KeyAssurance::Hardware, Some("card-key-too-weak"))]
    {
        let mut world = World::with_card();
        world.agree = true;
        register(&mut world, |registration| registration.services[0].key_assurance = Some(least));
        let asked = Counter::of(&world).ask();
        let Some(code) = code else {
            shared(world.respond(&asked.short));
            continue;
        };
        let posted = world.posted.len();
        assert_eq!(code_of(world.respond(&asked.short)), code);
        assert_eq!(world.posted.len(), posted, "nothing was sent");
        says_no(&mut world, &asked.short, code, "key level");
    }
}

/// A registrar that lets look-alikes pass: letters that only look Latin make no name. Markup does not even register.
#[test]
fn agencies_with_names_that_only_look_like_ones() {
    for name in ["Dіnas Sosial", "Ｄinas Sosial", "Dinas Sosial 𝟯𝐋oket"] {
        for is_place in [false, true] {
            let mut world = World::with_card();
            register(&mut world, |registration| {
                let field = if is_place { &mut registration.place } else { &mut registration.agency };
                *field = name.to_owned();
            });
            let asked = Counter::of(&world).ask();
            assert_eq!(code_of(world.respond(&asked.short)), "agency-name-unsafe", "{name:?}");
            says_no(&mut world, &asked.short, "agency-name-unsafe", name);
        }
    }
}

/// The long form on a screen: older registrations than the bundle's come to nothing, in both forms.
#[test]
fn a_counter_of_the_bundle_does_not_fall_back_on_an_older_registration() {
    let mut world = World::with_card();
    let old = Counter::of(&world).ask();
    register(&mut world, |registration| {
        registration.id = "reg-2".to_owned();
        registration.services[0].asks[0].claims.truncate(1);
    });
    assert_eq!(code_of(world.respond(&old.short)), "unregistered");
    world.now = world.now.plus(Seconds(60));
    let mut contents = world.contents();
    contents.withdrawn.insert("reg-1".to_owned());
    world.import(3, &contents);
    assert_eq!(code_of(world.respond(&old.long)), "registration-withdrawn");
}

#[test]
fn a_request_of_another_client_than_the_link_names() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let (request, _) = online_request(&counter);
    serve(&mut world, &request.jar);
    let other = format!("x509_hash:{}", base64url::encode(sha256(b"other")));
    let link = request_link(&other, "https://loket.example/request/1");
    assert_eq!(code_of(world.respond(&[link])), "request-other-client");
    // The bare address names nobody; the signed request does.
    shared(world.respond(&["https://loket.example/request/1".to_owned()]));
}

/// What a thief of links and requests tries online: each has its own code, nothing is sent.
#[test]
fn links_and_requests_that_were_meddled_with() {
    let key = absah_trust::sample::key(40);
    let mut world = World::with_card();
    let counter = Counter { format: crate::Format::DcSdJwt, ..Counter::of(&world) };
    let (plain, link) = online_request(&counter);
    let link = format!("{link}&request_uri_method=post");
    let haip = by_get(&link).replace("openid4vp://", "haip-vp://");
    serve(&mut world, &plain.jar);
    let sent = world.posted.len();
    assert_eq!(code_of(world.respond(std::slice::from_ref(&haip))), "request-downgrade");
    says_no(&mut world, &[haip], "request-downgrade", "request-downgrade");
    let unsigned = "openid4vp://?client_id=a&response_type=vp_token&nonce=n&dcql_query=%7B%7D".to_owned();
    assert_eq!(code_of(world.respond(std::slice::from_ref(&unsigned))), "request-unsigned");
    says_no(&mut world, &[unsigned], "request-unsigned", "request-unsigned");
    let private = "openid4vp://?client_id=a&request_uri=http%3A%2F%2F10.0.0.1%2Fr".to_owned();
    assert_eq!(code_of(world.respond(std::slice::from_ref(&private))), "url-not-https");
    says_no(&mut world, &[private], "url-not-https", "url-not-https");
    let method = link.replace("method=post", "method=delete");
    assert_eq!(code_of(world.respond(std::slice::from_ref(&method))), "request-uri-method");
    says_no(&mut world, &[method], "request-uri-method", "request-uri-method");
    assert_eq!(world.posted.len(), sent, "nothing left the wallet");
    // Fetched by another wallet before, and passed on to this one.
    let prepared = SignedRequest::for_wallet(&plain.jar, "other-wallet").unwrap();
    let signature = counter.key.sign(prepared.as_bytes());
    serve(&mut world, &prepared.attach(signature).jar);
    assert_eq!(code_of(world.respond(std::slice::from_ref(&link))), "request-wallet-nonce");
    assert_eq!(code_of(world.respond(&[by_get(&link)])), "request-wallet-nonce");
    // Answered, and shown again.
    serve(&mut world, &plain.jar);
    shared(world.respond(&[by_get(&link)]));
    assert_eq!(code_of(world.respond(&[by_get(&link)])), "request-answered-before");
    says_no(&mut world, &[by_get(&link)], "request-answered-before", "answered before");
    // The honest neighbour: encrypted, fetched for this wallet alone, under HAIP's link.
    let (encrypted, link) = encrypted_request(&counter, &key);
    serve(&mut world, &encrypted.jar);
    let answer = shared(world.respond(&[link.replace("openid4vp://", "haip-vp://")]));
    assert!(answer.redirect.is_some());
    let body = world.posted.last().unwrap();
    assert!(!body.contains("vp_token"), "nothing in the open");
    let read = parse_direct_post_jwt(body.as_bytes(), &key).unwrap();
    assert_eq!((read.state.as_deref(), read.answer.unwrap().len()), (Some("s-1"), 1));
    // The same request inside its link.
    let here = format!(
        "openid4vp://?client_id={}&request={}",
        encrypted.client_id.replace(':', "%3A"),
        encrypted.jar
    );
    shared(world.respond(&[here]));
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
                let registration =
                    Registration { issuer: "https://other.example".into(), ..city.registration() };
                let signed = city.sign(&registration);
                let mut trust = city.trust();
                trust.issuers[0].ids = vec!["https://other.example".into()];
                let registered =
                    Registered::verify(&signed.jwt, &signed.access_certificate.0, &trust).unwrap();
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
                let registered =
                    Registered::verify(&signed.jwt, &signed.access_certificate.0, &city.trust()).unwrap();
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
        says_no(&mut world, &texts, code, name);
    }
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    shared(world.respond(&asked.short));
}

/// Answered, and shown again: by QR nobody can know whether the answer was read, so it is said when it was, and a no costs
/// nothing. Signed a second time it is the same request; under its nonce no other one can be asked.
#[test]
fn a_request_by_qr_that_was_answered_before() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let asked = counter.ask();
    assert_eq!(question(&mut world, &asked.short).answered_at, None);
    let first = shared(world.respond(&asked.short)).entry.at;
    let used = |world: &World| world.wallet.holdings().cards.iter().map(crate::Card::unused).sum::<usize>();
    let unused = used(&world);
    world.now = world.now.plus(Seconds(40));
    for texts in [&asked.short, &asked.long, &counter.ask().short] {
        assert_eq!(question(&mut world, texts).answered_at, Some(first));
        says_when(&mut world, texts, first);
    }
    // A no is a no; a yes shows nothing else, to nobody else, by no other copy.
    let second = shared(world.respond(&asked.long));
    assert_eq!(used(&world), unused, "the same copy");
    assert_eq!(counter.open(&asked.request, &second.frames, &world).len(), 1);
    assert_eq!(question(&mut world, &asked.short).answered_at, Some(world.now), "the last time counts");
    // The next request of the same counter is another one.
    let renewed = Counter { r: [8; 16], iat: world.now, ..Counter::of(&world) }.ask();
    assert_eq!(question(&mut world, &renewed.short).answered_at, None);
    // Entries of earlier programs know it by its hash alone.
    let mut holdings = world.wallet.holdings().clone();
    for entry in &mut holdings.history {
        if let Event::Shared(shared) = &mut entry.event {
            shared.nonce = None;
        }
    }
    world.wallet = crate::Wallet::open(holdings, world.wallet.bundle_files().cloned());
    assert!(question(&mut world, &asked.short).answered_at.is_some());
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

/// The same again and again is one line of the history, which counts; what the holder decides stands each time.
#[test]
fn equal_hostile_requests_are_folded() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let (request, link) = online_request(&counter);
    let refused = |world: &World| -> Vec<(String, u32)> {
        let entries = world.kept.history.iter();
        let told = entries.filter_map(|entry| match &entry.event {
            Event::Refused(one) => Some((one.code.clone(), one.times)),
            _ => None,
        });
        told.collect()
    };
    for number in 1..=3 {
        for jar in ["<html>", "<xml>", "words"] {
            serve(&mut world, jar);
            assert_eq!(code_of(world.respond(std::slice::from_ref(&link))), "jws-not-compact", "{number}");
        }
        assert_eq!(refused(&world), [("jws-not-compact".to_owned(), 3 * number)]);
    }
    let last = world.kept.history.last().unwrap();
    assert_eq!(last.at, world.now, "of the last time");
    let text = serde_json::to_string(last).unwrap();
    assert!(text.contains(r#""times":9"#), "{text}");
    let older = text.replace(r#","times":9"#, "");
    let Event::Refused(read) = serde_json::from_str::<crate::Entry>(&older).unwrap().event else { panic!() };
    assert_eq!(read.times, 1, "entries of earlier programs");
    // A day later it is another line.
    world.now = world.now.plus(Seconds::hours(24));
    serve(&mut world, "<html>");
    let _ = world.respond(std::slice::from_ref(&link));
    assert_eq!(refused(&world).len(), 2);
    // What the holder declines is not folded.
    let mut world = World::with_card();
    serve(&mut world, &request.jar);
    world.agree = false;
    for _ in 0..2 {
        assert!(matches!(world.respond(std::slice::from_ref(&link)), Prompt::Declined));
    }
    assert_eq!(refused(&world), vec![("refused-by-holder".to_owned(), 1); 2]);
}

/// A server in trouble has not said no, and the request is still there.
#[test]
fn a_server_in_trouble_is_told_as_that() {
    for (status, code) in [
        (404, "request-gone"),
        (410, "request-gone"),
        (429, "server-trouble"),
        (500, "server-trouble"),
        (503, "server-trouble"),
    ] {
        let mut world = World::with_card();
        let counter = Counter::of(&world);
        let (request, link) = online_request(&counter);
        serve(&mut world, &request.jar);
        for answer in world.served.values_mut().filter(|one| one.body == request.jar.as_bytes()) {
            answer.status = status;
        }
        assert_eq!(code_of(world.respond(&[link])), code, "{status}");
    }
}
