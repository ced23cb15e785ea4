//! Receiving: the good way, the catalogue of hostile offers and answers, and being killed on the way.

use absah_trust::Contents;
use absah_trust::sample::{City, portrait_blob};
use absah_types::{Coded as _, Seconds, base64url};
use serde_json::{Value, json};

use super::world::{CODE, Done, LINK, Meddle, NOW, World, at, code_of, failing, fetched, stranger};
use crate::{
    CardStatus, Effect, Entry, Event, FetchFailure, Fetched, Format, Holdings, Intent, Prompt, Refusal,
    Wallet, wishes::Wish,
};

#[test]
fn both_forms_of_the_card_come_with_twelve_copies_each() {
    let mut world = World::with_card();
    let offer = world.offers[0].clone();
    assert!(offer.listed);
    assert_eq!(
        offer.issuer_name.as_str(),
        "Dukcapil Contoh",
        "the name on the trust list, not the issuer's own"
    );
    assert_eq!(offer.code.unwrap().length, Some(6));
    let overview = world.wallet.overview(NOW);
    assert_eq!(overview.len(), 2);
    for one in &overview {
        assert_eq!((one.card.copies.len(), one.card.unused()), (12, 12));
        assert_eq!(one.card.type_name.as_str(), "KtpElektronik");
        assert_eq!(one.status, CardStatus::Valid);
    }
    assert_eq!(overview[0].card.format, Format::VcSdJwt, "newest first");
    assert!(overview[0].card.copies.iter().all(|copy| copy.portrait.is_some()));
    // Every copy has a key of its own, and the store holds them all.
    let in_use = world.wallet.keys_in_use();
    assert_eq!(in_use.len(), 24);
    assert!(in_use.iter().all(|id| world.keys.contains_key(id)));
    assert_eq!(world.kept, *world.wallet.holdings());
    let received =
        world.kept.history.iter().filter(|entry| matches!(entry.event, Event::Received(_))).count();
    assert_eq!(received, 2);
    // What was kept opens again.
    let again = serde_json::from_str::<Holdings>(&serde_json::to_string(&world.kept).unwrap()).unwrap();
    assert_eq!(again, world.kept);
    let files = world.wallet.bundle_files().cloned();
    world.wallet = Wallet::open(again, files);
    assert_eq!(world.wallet.overview(NOW).len(), 2);
    assert!(world.wallet.bundle().is_some());
}

/// What was refused is a proof of this moment: whose clock is wrong is said, and not that the offer is.
#[test]
fn a_clock_that_is_off_is_named_when_the_issuer_refuses_what_was_signed() {
    for (error, path, away, code) in [
        ("invalid_dpop_proof", "/token", 6 * 60, "clock-off"),
        ("invalid_dpop_proof", "/token", -400 * 86_400, "clock-off"),
        ("invalid_proof", "/credential", -6 * 60, "clock-off"),
        // The clocks agree, or it is not about time: what the issuer says stands.
        ("invalid_dpop_proof", "/token", 60, "receive-refused"),
        ("invalid_proof", "/credential", -200, "receive-refused"),
        ("access_denied", "/token", 86_400, "receive-refused"),
    ] {
        let mut world = World::new();
        let theirs = world.now.plus(Seconds(away));
        world.issuer.meddle = Box::new(move |asked, answer| {
            let refused = fetched(400, &json!({ "error": error }));
            let answer = if asked == path { refused } else { answer? };
            Ok(Fetched { date: Some(theirs), ..answer })
        });
        assert_eq!(code_of(world.receive()), code, "{error} {away}");
        let notes = |entry: &Entry| matches!(&entry.event, Event::Refused(_));
        assert_eq!(world.kept.history.iter().any(notes), code != "clock-off", "nobody is to blame");
        assert!(world.keys.is_empty(), "{error} {away}");
    }
    // Without such a header nothing is known of their clock.
    let mut world = World::new();
    world.issuer.meddle = Box::new(|asked, answer| match asked {
        "/token" => Ok(fetched(400, &json!({ "error": "invalid_dpop_proof" }))),
        _ => answer,
    });
    assert_eq!(code_of(world.receive()), "receive-refused");
}

#[test]
fn a_newer_card_of_the_same_person_takes_the_place_of_the_older() {
    let mut world = World::with_card();
    let older: Vec<_> = world.kept.cards.iter().map(|card| card.id.clone()).collect();
    world.codes = vec![CODE];
    assert!(matches!(world.receive(), Prompt::Received(_)));
    assert_eq!(world.kept.cards.len(), 2);
    assert!(world.kept.cards.iter().all(|card| !older.contains(&card.id)));
    let replaced: Vec<_> = world
        .kept
        .history
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Received(received) => Some(received.replaced.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(replaced, older);
    assert_eq!(world.wallet.keys_in_use().len(), 24, "the older keys may go");
}

#[test]
fn without_a_bundle_the_issuer_is_known_by_the_keys_it_publishes() {
    let mut world = World::bare();
    assert!(matches!(world.receive(), Prompt::Received(_)));
    assert!(!world.offers[0].listed);
    assert_eq!(world.offers[0].issuer_name.as_str(), "Dukcapil Kota Contoh");
    assert!(world.asked.iter().any(|url| url.ends_with("/.well-known/did.json")));
    assert!(world.asked.iter().any(|url| url.ends_with("/.well-known/jwt-vc-issuer")));
    assert_eq!(world.wallet.overview(NOW)[0].status, CardStatus::Unknown);
}

/// Taken before there was a list: once the list does not know its issuer, such a card is no way to the registry.
#[test]
fn a_card_of_an_unlisted_issuer_speaks_for_nobody() {
    let mut world = World::bare();
    assert!(matches!(world.receive(), Prompt::Received(_)));
    // Nobody vouches for anybody yet: nothing meant for the registry goes to whoever gave a card.
    assert!(!world.offers[0].list);
    assert_eq!(world.wallet.bundle_address(), None);
    assert!(world.wallet.askers(NOW).is_empty());
    let asked = world.asked.len();
    assert_eq!(code_of(world.drive(Intent::Wish(Wish::PhoneCode))), "wallet-no-bundle");
    assert_eq!(world.asked.len(), asked);
    let mut contents = Contents { status_tokens: Vec::new(), registrations: Vec::new(), ..world.contents() };
    contents.trust.issuers[0].ids = vec!["https://other.example".into()];
    world.import(1, &contents);
    assert_eq!(world.wallet.bundle_address().as_deref(), Some("https://other.example/bundle"));
    assert!(world.wallet.askers(NOW).is_empty(), "no emergency code, letter or paper card by it");
    for intent in [
        Intent::FetchAccess,
        Intent::Wish(Wish::PhoneCode),
        Intent::Wish(Wish::Deletion { text: "x".into() }),
    ] {
        let asked = world.asked.len();
        assert_eq!(code_of(world.drive(intent)), "access-no-card");
        assert_eq!(world.asked.len(), asked, "nothing goes to its issuer");
    }
    assert!(!world.wallet.overview(NOW)[0].issuer_listed);
}

#[test]
fn what_reads_like_one_of_our_types_is_taken_for_one() {
    for id in [
        "https://absah.madiunkota.go.id/vct/ktp-elektronik/1",
        "KtpElektronik",
        "https://x.example/Ktp-Elektr0nik",
        "https://x.example/kia/",
        "https://x.example/vct/kartu-tanda-penduduk",
        "https://x.example/KtpElektronik2",
        "https://x.example/KTP",
    ] {
        assert!(crate::receive::looks_like_ours(id), "{id}");
    }
    for id in ["https://kampus.example/types/ktm", "https://x.example/KtpElektronik/2", "Ijazah"] {
        assert!(!crate::receive::looks_like_ours(id), "{id}");
    }
    // What only reads like one is of nobody honest, also where no list says who is.
    for id in ["https://absah.madiunkota.go.id/vct/ktp-elektronik/1", "KtpElektronik", "Ijazah"] {
        assert!(!crate::receive::poses_as_ours(id), "{id}");
    }
    for id in ["https://x.example/KTP", "https://x.example/Ktp-Elektr0nik"] {
        assert!(crate::receive::poses_as_ours(id), "{id}");
    }
}

#[test]
fn nothing_but_public_metadata_is_asked_for_before_the_person_agrees() {
    let mut world = World::new();
    world.codes.clear();
    assert!(matches!(world.receive(), Prompt::Offer(_)));
    assert_eq!(world.asked.len(), 3, "{:?}", world.asked);
    assert!(world.posted.is_empty());
}

#[test]
fn a_wrong_code_may_be_typed_again() {
    let mut world = World::new();
    world.codes = vec!["12345", "000000", CODE];
    assert!(matches!(world.receive(), Prompt::Received(_)));
    let problems: Vec<_> =
        world.offers.iter().map(|offer| offer.problem.as_ref().map(|p| p.code())).collect();
    assert_eq!(problems, [None, Some("receive-tx-code-form"), Some("receive-grant-refused")]);
}

fn each_copy(change: impl Fn(usize, &mut Value) + 'static) -> Meddle {
    at("/credential", move |answer| {
        let copies = answer["credentials"].as_array_mut().unwrap();
        copies.iter_mut().enumerate().for_each(|(place, copy)| change(place, copy));
    })
}

fn only_vc(meddle: Meddle) -> (Meddle, &'static str) {
    (meddle, "KtpElektronik_vc_sd_jwt")
}

/// A city that is the same in everything but its signing key.
fn impostor() -> City {
    let mut city = City::at(NOW);
    city.credential_key = stranger();
    city
}

/// Each bad offer or answer has its own code; nothing is kept, no key stays. The same flow without the meddling is
/// accepted (above).
#[test]
fn hostile_offers_and_answers() {
    let anything = |meddle: Meddle| (meddle, "KtpElektronik_dc_sd_jwt");
    let name = |name: &'static str| {
        anything(at("/.well-known/openid-credential-issuer", move |metadata| {
            metadata["display"] = json!([{ "name": name, "locale": "id" }]);
        }))
    };
    let cases: Vec<(&str, (Meddle, &'static str), &str)> = vec![
        (
            "offer at a private address",
            anything(failing("/offers/1", FetchFailure::ForbiddenAddress)),
            "network-forbidden-address",
        ),
        (
            "offer that redirects",
            anything(failing("/offers/1", FetchFailure::Redirected)),
            "network-redirected",
        ),
        (
            "issuer on this machine",
            anything(at("/offers/1", |offer| offer["credential_issuer"] = json!("http://127.0.0.1:8080"))),
            "url-not-https",
        ),
        (
            "huge metadata",
            anything(at("/.well-known/openid-credential-issuer", |m| m["x"] = json!("x".repeat(600_000)))),
            "network-too-large",
        ),
        (
            "metadata of another issuer",
            anything(at("/.well-known/openid-credential-issuer", |m| {
                m["credential_issuer"] = json!("https://other.example");
            })),
            "receive-other-issuer",
        ),
        ("name with markup", name("<b>Dukcapil</b>"), "issuer-name-unsafe"),
        ("name that clears the screen", name("Dukcapil\u{1b}[2J"), "issuer-name-unsafe"),
        ("name written backwards", name("\u{202e}lipacuD"), "issuer-name-unsafe"),
        (
            "token endpoint on another scheme",
            anything(at("/.well-known/oauth-authorization-server", |m| {
                m["token_endpoint"] = json!("http://dukcapil.example/token");
            })),
            "url-not-https",
        ),
        (
            "keys of somebody else",
            anything(at("/.well-known/jwt-vc-issuer", |m| m["issuer"] = json!("https://other.example"))),
            "issuer-keys-unpublished",
        ),
        (
            "keys under other names",
            anything(at("/.well-known/jwt-vc-issuer", |m| m["jwks"]["keys"][0]["kid"] = json!("x"))),
            "credential-signer-unknown",
        ),
        (
            "did document of somebody else",
            only_vc(at("/.well-known/did.json", |m| m["id"] = json!("did:web:other.example"))),
            "issuer-keys-unpublished",
        ),
        (
            "signed by another key",
            only_vc(each_copy(|place, copy| {
                let text = copy["credential"].as_str().unwrap();
                let held =
                    absah_crypto::jws::Compact::parse(text.split('~').next().unwrap(), 64 * 1024).unwrap();
                let payload: Value = serde_json::from_slice(&held.payload).unwrap();
                let jwk = serde_json::from_value(payload["cnf"]["jwk"].clone()).unwrap();
                let holder = absah_crypto::PublicKey::from_jwk(&jwk).unwrap();
                copy["credential"] = json!(impostor().issue(&holder, Format::VcSdJwt, place as u64));
            })),
            "sd-jwt-signature",
        ),
        (
            "bound to another key",
            only_vc(each_copy(|place, copy| {
                let other = City::at(NOW).issue(stranger().public_key(), Format::VcSdJwt, place as u64);
                copy["credential"] = json!(other);
            })),
            "received-other-key",
        ),
        (
            "one copy twice",
            anything(at("/credential", |answer| answer["credentials"][1] = answer["credentials"][0].clone())),
            "received-same-key",
        ),
        (
            "fewer copies than keys",
            anything(at("/credential", |answer| {
                answer["credentials"].as_array_mut().unwrap().truncate(11);
            })),
            "copies-missing",
        ),
        (
            "portrait swapped",
            only_vc(each_copy(|_, copy| {
                let mut blob = portrait_blob();
                *blob.last_mut().unwrap() ^= 1;
                copy["absah_portrait"] = json!(base64url::encode(blob));
            })),
            "portrait-mismatch",
        ),
        (
            "portrait left out",
            only_vc(each_copy(|_, copy| {
                copy.as_object_mut().unwrap().remove("absah_portrait");
            })),
            "received-portrait-missing",
        ),
        (
            "text that is no credential",
            anything(each_copy(|_, copy| copy["credential"] = json!("x.y.z~"))),
            "jws-encoding",
        ),
        ("issuer falls silent", anything(failing("/credential", FetchFailure::TimedOut)), "network-too-slow"),
        (
            "issuer wants to wait for ever",
            anything(at("/credential", |a| *a = json!({ "transaction_id": "t", "interval": 99_999_999 }))),
            "receive-deferred-interval",
        ),
        (
            "issuer wants to wait and does not say where",
            anything(Box::new(|asked, answer| {
                let answer = at("/.well-known/openid-credential-issuer", |a| {
                    a.as_object_mut().unwrap().remove("deferred_credential_endpoint");
                })(asked, answer);
                at("/credential", |a| *a = json!({ "transaction_id": "t", "interval": 5 }))(asked, answer)
            })),
            "receive-deferred",
        ),
    ];
    for (name, (meddle, configuration), code) in cases {
        let mut world = World::bare();
        world.issuer.configurations = vec![configuration];
        world.issuer.meddle = meddle;
        assert_eq!(code_of(world.receive()), code, "{name}");
        let mut taken = world.wallet.holdings().clone();
        let refused = std::mem::take(&mut taken.history);
        assert_eq!(taken, Holdings::default(), "{name}: nothing was taken");
        let only = |one: &Entry| matches!(&one.event, Event::Refused(no) if no.code == code);
        assert!(refused.len() <= 1 && refused.iter().all(only), "{name}: {refused:?}");
        assert_eq!(world.persisted, refused.len(), "{name}: nothing else was kept");
        assert!(world.keys.is_empty(), "{name}: every key was dropped");
        // And the wallet is as good as new.
        world.issuer.meddle = Box::new(|_, answer| answer);
        world.codes = vec![CODE];
        assert!(matches!(world.receive(), Prompt::Received(_)), "{name}: the neighbour is accepted");
    }
}

#[test]
fn copies_that_share_a_status_index_are_refused() {
    let mut world = World::new();
    world.issuer.configurations = vec!["KtpElektronik_dc_sd_jwt"];
    world.issuer.meddle = each_copy(|_, copy| {
        let text = copy["credential"].as_str().unwrap();
        let held = absah_crypto::jws::Compact::parse(text.split('~').next().unwrap(), 64 * 1024).unwrap();
        let payload: Value = serde_json::from_slice(&held.payload).unwrap();
        let jwk = serde_json::from_value(payload["cnf"]["jwk"].clone()).unwrap();
        let holder = absah_crypto::PublicKey::from_jwk(&jwk).unwrap();
        copy["credential"] = json!(City::at(NOW).issue(&holder, Format::DcSdJwt, 5));
    });
    assert_eq!(code_of(world.receive()), "copies-linkable");
}

#[test]
fn a_listed_issuer_is_not_believed_by_keys_it_merely_publishes() {
    let mut world = World::new();
    world.issuer.city.credential_key = stranger();
    assert_eq!(code_of(world.receive()), "sd-jwt-signature");
    assert!(!world.asked.iter().any(|url| url.contains("jwt-vc-issuer")));
}

#[test]
fn links_that_are_no_offers() {
    for (name, link, code) in [
        ("a web page", "https://dukcapil.example/offers/1", "offer-not-a-link"),
        ("empty", "", "offer-not-a-link"),
        ("nothing in it", "openid-credential-offer://", "offer-ambiguous"),
        (
            "private host",
            "openid-credential-offer://?credential_offer_uri=http%3A%2F%2F10.0.0.1%2F",
            "url-not-https",
        ),
    ] {
        let mut world = World::new();
        let prompt = world.drive(Intent::Receive { link: link.into() });
        assert_eq!(code_of(prompt), code, "{name}");
        assert!(world.asked.is_empty(), "{name}");
    }
}

/// Killed at any step: what the vault has is the old state or the new one.
#[test]
fn killed_on_the_way_the_old_or_the_new_state_is_there() {
    let whole = World::with_card().kept;
    let mut steps = 0;
    loop {
        let mut world = World::new();
        let old = world.kept.clone();
        let killed = run_steps(&mut world, steps);
        if world.kept != old {
            assert_eq!(world.kept.cards.len(), whole.cards.len());
            assert!(world.kept.cards.iter().all(|card| card.copies.len() == 12));
        }
        if !killed {
            break;
        }
        steps += 1;
    }
    assert!(steps > 8, "{steps} places to be killed at");
}

/// Does at most `limit` effects; true if there were more.
fn run_steps(world: &mut World, limit: usize) -> bool {
    let mut intent = Intent::Receive { link: LINK.into() };
    let mut done = 0;
    loop {
        let effects = world.step(intent);
        let mut next = None;
        for effect in effects {
            if done == limit {
                return true;
            }
            done += 1;
            match world.perform(effect) {
                Done::Nothing => {}
                Done::Next(then) => next = Some(then),
                Done::Result(_) => return false,
            }
        }
        intent = next.unwrap();
    }
}

#[test]
fn stopped_by_the_person_every_key_is_dropped() {
    let mut world = World::new();
    let mut intent = Intent::Receive { link: LINK.into() };
    while world.keys.is_empty() {
        let mut next = None;
        for effect in world.step(intent) {
            if let Done::Next(then) = world.perform(effect) {
                next = Some(then);
            }
        }
        intent = next.unwrap();
    }
    world.step(intent);
    let prompt = world.drive(Intent::Refuse);
    assert!(matches!(prompt, Prompt::Declined));
    assert!(world.keys.is_empty());
    assert!(world.wallet.holdings().cards.is_empty());
}

#[test]
fn a_second_wish_meanwhile_is_refused_and_the_first_goes_on() {
    let mut world = World::new();
    let effects = world.step(Intent::Receive { link: LINK.into() });
    assert!(matches!(effects.as_slice(), [Effect::Fetch(_)]));
    let out_of_turn = world.drive(Intent::Receive { link: LINK.into() });
    assert!(matches!(out_of_turn, Prompt::Refused(Refusal::NotNow)));
    let next = effects.into_iter().find_map(|effect| match world.perform(effect) {
        Done::Next(intent) => Some(intent),
        _ => None,
    });
    assert!(matches!(world.drive(next.unwrap()), Prompt::Received(_)));
}
