//! From an extract to cards in a wallet, over the issuer's own endpoints, in one process with one clock.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failure here is a failed test"
)]

mod access_history;
mod assurance;
mod bundle;
mod console;
mod console_acts;
mod console_guard;
mod console_inbox;
mod console_late;
mod console_lifecycle;
mod console_unsent;
mod console_watch;
mod counter_tickets;
mod desk;
mod did;
mod encodings;
mod erasure;
mod hostile;
mod hub;
mod ledger_writer;
mod letters;
mod oauth;
mod officers;
mod paper;
mod pendamping;
mod proposals;
mod reconcile;
mod register;
mod together;
mod tokens;
mod witnesses;

use std::collections::BTreeSet;

use absah_credential::sd_jwt::Unverified;
use absah_credential::status_list::{Status, UnverifiedStatusToken};
use absah_credential::{Expectation, Verified, verify};
use absah_crypto::jws::Compact;
use absah_crypto::{Jwk, PublicKey};
use absah_host::{Exit, FolderLimits, read_folder};
use absah_issuer_core::ports::KeyRole;
use absah_testkit::key;
use absah_trust::{Anchor, Bundle};
use absah_types::{Clock as _, Seconds, hex};
use axum::http::StatusCode;
use desk::{Desk, URL};
use serde_json::Value;
use sqlx::{Connection as _, Row as _};

/// The published key.
async fn issuer_key(desk: &Desk) -> PublicKey {
    let keys = desk.get("/.well-known/jwt-vc-issuer").await.json();
    let jwk: Jwk = serde_json::from_value(keys["jwks"]["keys"][0].clone()).unwrap();
    PublicKey::from_jwk(&jwk).unwrap()
}

fn verified(desk: &Desk, text: &str, key: &PublicKey) -> Verified {
    let expectation = Expectation {
        now: desk.clock.now(),
        leeway: Seconds(60),
        key_binding: absah_credential::sd_jwt::KeyBindingPolicy::Forbidden,
    };
    verify(&Unverified::parse(text).unwrap(), &|_| Some(key.clone()), &expectation).unwrap()
}

async fn copies(desk: &Desk, kind: &str, format: &str, copies: u64) -> Vec<Value> {
    let token = desk.token(&Desk::grown_up(), kind).await;
    let body = desk.request(&format!("{kind}_{format}_sd_jwt"), copies).await;
    let reply = desk.ask(&token, body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.json()["credentials"].as_array().unwrap().clone()
}

/// The key of status tokens, another than that of cards.
fn status_key(desk: &Desk) -> PublicKey {
    desk.app.identity().signers().in_force(KeyRole::Status, desk.clock.now()).unwrap().row.key.clone()
}

#[tokio::test]
async fn twelve_copies_each_its_own() {
    let desk = Desk::open().await;
    let issuer = issuer_key(&desk).await;
    for format in ["dc", "vc"] {
        let credentials = copies(&desk, "KtpElektronik", format, 12).await;
        assert_eq!(credentials.len(), 12);
        let (mut places, mut holders) = (BTreeSet::new(), BTreeSet::new());
        for (n, credential) in (0..).zip(&credentials) {
            let card = verified(&desk, credential["credential"].as_str().unwrap(), &issuer);
            assert_eq!(card.holder(), Some(key(50 + n).public_key()), "in the order of the proofs");
            assert_eq!(card.kind().unwrap().name(), "KtpElektronik");
            holders.insert(card.holder().unwrap().thumbprint());
            let status = card.status().unwrap();
            assert!(status.uri.starts_with(&format!("{URL}/status/")));
            places.insert(status.clone());
            assert!(card.valid_until() <= desk.clock.now().plus(Seconds::days(30)));
            assert_eq!(card.valid_until().unix() % 86_400, 0);
        }
        assert_eq!((places.len(), holders.len()), (12, 12));
    }
}

#[tokio::test]
async fn both_formats_once_each_and_the_family_card() {
    let desk = Desk::open().await;
    let token = desk.token(&Desk::grown_up(), "KtpElektronik").await;
    for format in ["dc", "vc"] {
        let body = desk.request(&format!("KtpElektronik_{format}_sd_jwt"), 1).await;
        assert_eq!(desk.ask(&token, body).await.status, StatusCode::OK);
        let body = desk.request(&format!("KtpElektronik_{format}_sd_jwt"), 1).await;
        let again = desk.ask(&token, body).await;
        let refused = (400, "credential_request_denied".to_owned(), "access-token-used".to_owned());
        assert_eq!(again.refusal(), refused);
    }
    let issuer = issuer_key(&desk).await;
    for format in ["dc", "vc"] {
        let family = copies(&desk, "KartuKeluarga", format, 2).await;
        let card = verified(&desk, family[0]["credential"].as_str().unwrap(), &issuer);
        assert_eq!(card.kind().unwrap().name(), "KartuKeluarga");
    }
}

#[tokio::test]
async fn a_spent_token_takes_no_places_in_status_lists() {
    let desk = Desk::open().await;
    let token = desk.token(&Desk::grown_up(), "KtpElektronik").await;
    for round in 0..4 {
        let body = desk.request("KtpElektronik_dc_sd_jwt", 3).await;
        let reply = desk.ask(&token, body).await;
        assert_eq!(reply.status.is_success(), round == 0, "{}", reply.text);
    }
    // Nor does one that proves nothing learn more than that.
    let unproven = serde_json::json!({ "credential_configuration_id": "KtpElektronik_dc_sd_jwt",
        "proofs": { "jwt": ["a.b.c"] } });
    assert_eq!(desk.ask(&token, unproven.to_string()).await.refusal().2, "access-token-used");
    copies(&desk, "KtpElektronik", "dc", 3).await;
    let url = format!("sqlite://{}", desk.data().join(absah_issuer::STORE_FILE).display());
    let mut records = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let used = sqlx::query("SELECT SUM(used) FROM status_list").fetch_one(&mut records).await.unwrap();
    assert_eq!(used.get::<i64, _>(0), 6);
}

#[tokio::test]
async fn revoked_copies_stand_in_the_list_and_the_bundle() {
    let mut desk = Desk::open().await;
    let issuer = issuer_key(&desk).await;
    let signer = status_key(&desk);
    let nik = Desk::grown_up();
    let credentials = copies(&desk, "KtpElektronik", "dc", 3).await;
    let other = copies(&desk, "KartuKeluarga", "dc", 1).await;
    let status = |credential: &Value| {
        verified(&desk, credential["credential"].as_str().unwrap(), &issuer).status().unwrap().clone()
    };
    let references: Vec<_> = credentials.iter().map(status).collect();
    let family = status(&other[0]);
    let path = references[0].uri.strip_prefix(URL).unwrap().to_owned();
    for (word, expected, changed) in [
        ("", Status::Valid, 0),
        ("suspend", Status::Suspended, 3),
        ("unsuspend", Status::Valid, 3),
        ("revoke", Status::Revoked, 3),
        ("revoke", Status::Revoked, 0),
    ] {
        if !word.is_empty() {
            let (exit, answer) = desk.command(&[word, "--nik", &nik, "--credential", "KtpElektronik"]).await;
            assert_eq!((exit, &answer["copies_changed"]), (Exit::Ok, &Value::from(changed)), "{word}");
        }
        let text = desk.get(&path).await.text;
        let token = UnverifiedStatusToken::parse(&text).unwrap();
        let token = token.verify(&signer, &references[0].uri, desk.clock.now(), Seconds(0)).unwrap();
        for reference in &references {
            assert_eq!(token.status(reference), Ok(expected), "{word}");
        }
        assert_eq!(token.status(&family), Ok(Status::Valid));
    }
    let (exit, answer) = desk.command(&["unsuspend", "--nik", &nik, "--credential", "KtpElektronik"]).await;
    assert_eq!((exit, &answer["error"]["code"]), (Exit::Refused, &Value::from("card-revoked")));

    // Served anew, no place is given a second time.
    desk.again().await;
    let more = copies(&desk, "KtpElektronik", "dc", 12).await;
    let desk_ref = &desk;
    let fresh = more.iter().map(|credential| {
        let card = verified(desk_ref, credential["credential"].as_str().unwrap(), &issuer);
        card.status().unwrap().clone()
    });
    let fresh: BTreeSet<_> = fresh.collect();
    assert!(references.iter().chain([&family]).all(|reference| !fresh.contains(reference)));

    // The bundle says the same, and so do the files served.
    let (exit, first) = publish(&desk, "one").await;
    assert_eq!((exit, &first["version"]), (Exit::Ok, &Value::from(1)));
    let (_, second) = publish(&desk, "one").await;
    assert_eq!(second["version"], 2);
    assert_eq!(second["root_sha256"], first["root_sha256"]);
    let files = read_folder(&desk.place.path().join("one"), FolderLimits::default()).unwrap();
    let root = hex::decode_array(first["root_sha256"].as_str().unwrap()).unwrap();
    let (bundle, _) = Bundle::import(&files, Anchor::FirstRoot(root), desk.clock.now()).unwrap();
    assert_eq!(bundle.version(), 2);
    let known = bundle.statuses().status(URL, &references[0], bundle.trust()).unwrap();
    assert_eq!(known.status, Status::Revoked);
    let served = desk.get("/bundle/metadata/timestamp.json").await;
    assert_eq!(served.text.as_bytes(), files["metadata/timestamp.json"]);
    for hidden in [
        "/bundle/../issuer.sqlite",
        "/bundle/metadata/../../issuer.sqlite",
        "/bundle//etc/passwd",
        "/bundle/.x",
    ] {
        assert_eq!(desk.get(hidden).await.status, StatusCode::NOT_FOUND, "{hidden}");
    }
}

async fn publish(desk: &Desk, folder: &str) -> (Exit, Value) {
    desk.command(&["bundle", "publish", desk.place.path().join(folder).to_str().unwrap()]).await
}

#[tokio::test]
async fn a_bundle_before_the_first_card_covers_it() {
    let desk = Desk::open().await;
    let (_, published) = publish(&desk, "early").await;
    let issuer = issuer_key(&desk).await;
    let card = copies(&desk, "KtpElektronik", "vc", 1).await;
    let card = verified(&desk, card[0]["credential"].as_str().unwrap(), &issuer);
    let files = read_folder(&desk.place.path().join("early"), FolderLimits::default()).unwrap();
    let root = hex::decode_array(published["root_sha256"].as_str().unwrap()).unwrap();
    let (bundle, _) = Bundle::import(&files, Anchor::FirstRoot(root), desk.clock.now()).unwrap();
    let known = bundle.statuses().status(card.issuer(), card.status().unwrap(), bundle.trust()).unwrap();
    assert_eq!(known.status, Status::Valid);
}

/// Whom people turn to stands in what the offline keys sign: no phone number that the office has not signed.
#[tokio::test]
async fn the_list_names_whom_people_turn_to() {
    let desk = Desk::open().await;
    let config = desk.place.path().join("data/config.toml");
    let named = async |settings: &str| {
        std::fs::write(&config, settings).unwrap();
        let (exit, published) = publish(&desk, "bundle").await;
        assert_eq!(exit, Exit::Ok, "{published}");
        let files = read_folder(&desk.place.path().join("bundle"), FolderLimits::default()).unwrap();
        let root = hex::decode_array(published["root_sha256"].as_str().unwrap()).unwrap();
        let (bundle, _) = Bundle::import(&files, Anchor::FirstRoot(root), desk.clock.now()).unwrap();
        (bundle.trust().issuers[0].contact.clone(), published["signed_offline"].clone())
    };
    assert_eq!(named("").await, (None, Value::from(true)));
    let whole = "contact_name = \" Pejabat Pelindungan Data \"\ncontact_phone = \"(contoh) 0351-000000\"\n";
    let (contact, signed) = named(whole).await;
    let contact = contact.unwrap();
    assert_eq!(contact.name, "Pejabat Pelindungan Data");
    assert_eq!((contact.phone.as_deref(), contact.email), (Some("(contoh) 0351-000000"), None));
    assert_eq!(signed, Value::from(true), "a change is signed anew");
    assert_eq!(named(whole).await.1, Value::from(false));
    assert_eq!(named("").await, (None, Value::from(true)));
    let long = format!("contact_name = \"{}\"\n", "x".repeat(201));
    for wrong in ["contact_phone = \"1\"\n", "contact_name = \"a\\nb\"\n", "contact_name = 7\n", &long] {
        std::fs::write(&config, wrong).unwrap();
        let (exit, said) = publish(&desk, "bundle").await;
        assert_eq!(
            (exit, &said["error"]["code"]),
            (Exit::Environment, &Value::from("settings-value")),
            "{wrong}: {said}"
        );
    }
}

#[tokio::test]
async fn counters_are_registered_listed_and_withdrawn() {
    let desk = Desk::open().await;
    let access_key = desk.place.path().join("key.json");
    let jwk = serde_json::to_value(key(77).public_key().to_jwk()).unwrap();
    for (n, content) in
        [(1, jwk.clone()), (2, serde_json::json!({ "counter_id": "loket-7", "access_key": jwk }))]
    {
        std::fs::write(&access_key, content.to_string()).unwrap();
        let words = ["counter", "register", "--access-key", access_key.to_str().unwrap()];
        let (exit, answer) = desk.command(&words).await;
        assert_eq!(exit, Exit::Ok, "{answer}");
        assert_eq!(answer["hash"].as_str().unwrap().len(), 64);
        let (_, published) = publish(&desk, "bundle").await;
        let files = read_folder(&desk.place.path().join("bundle"), FolderLimits::default()).unwrap();
        let root = hex::decode_array(published["root_sha256"].as_str().unwrap()).unwrap();
        let (bundle, _) = Bundle::import(&files, Anchor::FirstRoot(root), desk.clock.now()).unwrap();
        let listed = bundle.registry().listed();
        assert_eq!(listed.len(), n, "one that was replaced stays listed, as withdrawn");
        let in_force =
            listed.iter().filter(|one| !bundle.registry().is_withdrawn(&one.registration().id)).count();
        assert_eq!(in_force, 1);
        for registered in listed {
            registered.valid_at(desk.clock.now()).unwrap();
            assert_eq!(registered.registration().issuer, URL);
            assert_eq!(registered.certificate().public_key(), key(77).public_key());
            registered.service("demo-3-fakta").unwrap();
        }
        assert!(listed.iter().any(|one| hex::encode(one.hash()) == answer["hash"].as_str().unwrap()));
    }
    assert_eq!(desk.command(&["counter", "withdraw", "loket-7"]).await.0, Exit::Ok);
    let (exit, answer) = desk.command(&["counter", "withdraw", "loket-8"]).await;
    assert_eq!((exit, &answer["error"]["code"]), (Exit::Refused, &Value::from("registration-unknown")));
    let (_, counters) = desk.command(&["counter", "list"]).await;
    let withdrawn = counters.as_array().unwrap().iter().filter(|one| !one["withdrawn_at"].is_null()).count();
    assert_eq!((counters.as_array().unwrap().len(), withdrawn), (2, 2));

    std::fs::write(&access_key, r#"{"kty":"OKP","crv":"X25519","x":"AA"}"#).unwrap();
    let words = ["counter", "register", "--access-key", access_key.to_str().unwrap()];
    let (exit, answer) = desk.command(&words).await;
    assert_eq!((exit, &answer["error"]["code"]), (Exit::Refused, &Value::from("access-key-malformed")));
}

#[tokio::test]
async fn what_is_published() {
    let desk = Desk::open().await;
    let metadata = desk.get("/.well-known/openid-credential-issuer").await.json();
    assert_eq!(metadata["credential_issuer"], URL);
    let ids: Vec<&String> =
        metadata["credential_configurations_supported"].as_object().unwrap().keys().collect();
    let expected = [
        "AktaKelahiran_dc_sd_jwt",
        "AktaKelahiran_vc_sd_jwt",
        "KartuKeluarga_dc_sd_jwt",
        "KartuKeluarga_vc_sd_jwt",
        "Kia_dc_sd_jwt",
        "Kia_vc_sd_jwt",
        "KtpElektronik_dc_sd_jwt",
        "KtpElektronik_vc_sd_jwt",
        "SuratKeterangan_dc_sd_jwt",
        "SuratKeterangan_vc_sd_jwt",
    ];
    assert_eq!(ids, expected);
    let did = desk.get("/.well-known/did.json").await.json();
    assert_eq!(did["id"], "did:web:absah.example");
    let (path, _) = desk.offer(&Desk::grown_up(), "KtpElektronik").await;
    let offered = desk.get(&path).await.json();
    let both = serde_json::json!(["KtpElektronik_dc_sd_jwt", "KtpElektronik_vc_sd_jwt"]);
    assert_eq!(offered["credential_configuration_ids"], both);
    for document in absah_schemas::documents::ALL {
        assert_eq!(desk.get(document.path).await.text, document.text);
    }
    assert_eq!(desk.get("/healthz").await.text, "ok");
    // A card names the key under which it is published, and carries its certificate.
    let card = copies(&desk, "KtpElektronik", "dc", 1).await;
    let jwt = card[0]["credential"].as_str().unwrap().split('~').next().unwrap();
    let header = Compact::parse(jwt, 1 << 20).unwrap().header;
    assert_eq!(header.kid.as_deref(), did["verificationMethod"][0]["id"].as_str());
    assert_eq!(header.x5c.unwrap().len(), 2, "leaf and issuing authority, without the root");
}
