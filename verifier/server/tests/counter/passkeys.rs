//! Officers' passkeys: added after the PIN, used at `localhost`, and what proves nothing.

use absah_host::Exit;
use absah_types::Seconds;
use serde_json::{Value, json};
use webauthn_authenticator_rs::AuthenticatorBackend as _;
use webauthn_authenticator_rs::prelude::{CreationChallengeResponse, RequestChallengeResponse, Url};
use webauthn_authenticator_rs::softpasskey::SoftPasskey;

use crate::desk::Page;
use crate::world::{Counter, NOW, PASSWORD};

const ORIGIN: &str = "http://localhost:8474";
const PINS: [(&str, &str); 2] = [("Pak Budi", "528319"), ("Bu Sri", "739154")];

fn options<T: serde::de::DeserializeOwned>(asked: &Value) -> T {
    serde_json::from_value(asked["options"].clone()).unwrap_or_else(|_| panic!("{asked}"))
}

async fn counter() -> (Counter, Page) {
    let counter = Counter::registered().await;
    for (name, pin) in PINS {
        assert_eq!(counter.run_with(&["officer", "set", name], &[("ABSAH_PIN", pin)]).await.exit, Exit::Ok);
    }
    let page = Page::of(&counter).await;
    (counter, page)
}

async fn by_pin(page: &Page, (name, pin): (&str, &str)) {
    assert_eq!(
        page.post("/api/sign-in", json!({ "name": name, "pin": pin, "password": PASSWORD })).await,
        json!({})
    );
}

/// Adds a key of the officer at work.
async fn add(page: &Page, pin: &str, key: &mut SoftPasskey, origin: &str) -> Value {
    let asked = page.post("/api/passkey/new", json!({ "pin": pin })).await;
    if asked["code"].is_string() {
        return asked;
    }
    let wanted: CreationChallengeResponse = options(&asked);
    let answer = key.perform_register(Url::parse(origin).unwrap(), wanted.public_key, 60_000);
    let body =
        json!({ "ceremony": asked["ceremony"], "answer": answer.unwrap(), "label": " Kunci <b>USB</b>\n" });
    page.post("/api/passkey/new/finish", body).await
}

/// What a key answers to a fresh sign-in of somebody.
async fn proof(page: &Page, name: &str, key: &mut SoftPasskey, origin: &str) -> Value {
    let asked = page.post("/api/passkey/sign-in", json!({ "name": name })).await;
    let wanted: RequestChallengeResponse = options(&asked);
    let answer = key.perform_auth(Url::parse(origin).unwrap(), wanted.public_key, 60_000).unwrap();
    json!({ "ceremony": asked["ceremony"], "answer": answer })
}

async fn finish(page: &Page, proof: &Value) -> Value {
    page.post("/api/passkey/sign-in/finish", proof.clone()).await
}

async fn at_work(page: &Page) -> Value {
    let desk = page.get("/api/desk").await;
    if desk["signed_in"] == true { desk["officer"].clone() } else { Value::Null }
}

#[tokio::test]
async fn a_passkey_is_added_after_the_pin_signs_in_and_is_taken_away() {
    let (counter, page) = counter().await;
    let mut key = SoftPasskey::new(true);
    assert_eq!(page.post("/api/passkey/new", json!({ "pin": "528319" })).await["code"], "officer-signed-out");
    by_pin(&page, PINS[0]).await;
    assert_eq!(
        add(&page, "739154", &mut key, ORIGIN).await["code"],
        "officer-wrong",
        "another officer's PIN"
    );
    assert_eq!(add(&page, "528319", &mut key, ORIGIN).await, json!({}));
    let own = page.get("/api/passkey").await;
    assert_eq!(own["passkeys"][0]["label"], "Kunci <b>USB</b>", "{own}");
    page.post("/api/sign-out", json!({})).await;

    assert_eq!(page.get("/api/passkey/officers").await["officers"], json!(["Pak Budi"]));
    let none = page.post("/api/passkey/sign-in", json!({ "name": "Bu Sri" })).await;
    assert_eq!(none["code"], "officer-passkey-none");
    let proved = proof(&page, "Pak Budi", &mut key, ORIGIN).await;
    assert_eq!(finish(&page, &proved).await, json!({}));
    assert_eq!(at_work(&page).await, "Pak Budi");
    assert!(page.get("/api/passkey").await["passkeys"][0]["used"].is_string());
    // That was a whole sign-in: until tomorrow the PIN unlocks.
    page.post("/api/sign-out", json!({})).await;
    assert_eq!(page.get("/api/desk").await["by_pin"], json!(["Pak Budi"]));
    assert_eq!(page.post("/api/sign-in", json!({ "name": "Pak Budi", "pin": "528319" })).await, json!({}));

    // An officer takes away only what is the officer's own.
    let id = own["passkeys"][0]["id"].clone();
    by_pin(&page, PINS[1]).await;
    let remove = async |pin: &str| page.post("/api/passkey/remove", json!({ "id": id, "pin": pin })).await;
    assert_eq!(remove(PINS[1].1).await["code"], "officer-passkey-none");
    by_pin(&page, PINS[0]).await;
    let late = proof(&page, "Pak Budi", &mut key, ORIGIN).await;
    // A screen that was left open: whoever sits down at it shuts the officer out of nothing.
    for pin in ["", "000000", PINS[1].1] {
        assert_eq!(remove(pin).await["code"], "officer-wrong", "{pin}");
    }
    let without = page.post("/api/passkey/remove", json!({ "id": id })).await;
    assert_ne!(without, json!({}), "no PIN at all");
    assert_eq!(page.get("/api/passkey").await["passkeys"].as_array().unwrap().len(), 1);
    assert_eq!(remove(PINS[0].1).await, json!({}));
    page.post("/api/sign-out", json!({})).await;
    assert_eq!(finish(&page, &late).await["code"], "officer-passkey", "taken away meanwhile");
    assert_eq!(at_work(&page).await, Value::Null);

    // Another PIN from the technician ends the session and takes the keys: whoever had learned the old one may have added one.
    by_pin(&page, PINS[0]).await;
    let mut known = SoftPasskey::new(true);
    assert_eq!(add(&page, "528319", &mut known, ORIGIN).await, json!({}));
    let words = ["officer", "set", "Pak Budi"];
    assert_eq!(counter.run_with(&words, &[("ABSAH_PIN", "528319")]).await.exit, Exit::Ok);
    assert_eq!(at_work(&page).await, Value::Null, "under the page");
    assert_eq!(
        page.post("/api/passkey/sign-in", json!({ "name": "Pak Budi" })).await["code"],
        "officer-passkey-none"
    );
    assert_eq!(page.get("/api/passkey/officers").await["officers"], json!([]));

    // With the officer the officer's keys go.
    by_pin(&page, PINS[0]).await;
    assert_eq!(add(&page, "528319", &mut SoftPasskey::new(true), ORIGIN).await, json!({}));
    assert_eq!(counter.run(&["officer", "remove", "Pak Budi"]).await.exit, Exit::Ok);
    assert_eq!(page.get("/api/passkey/officers").await["officers"], json!([]));
}

#[tokio::test]
async fn what_proves_nothing_signs_nobody_in() {
    let (counter, page) = counter().await;
    let (mut budi, mut sri) = (SoftPasskey::new(true), SoftPasskey::new(true));
    for (officer, key) in [(PINS[0], &mut budi), (PINS[1], &mut sri)] {
        by_pin(&page, officer).await;
        assert_eq!(add(&page, officer.1, key, ORIGIN).await, json!({}));
    }
    // Neither without the person having been verified nor from elsewhere does a key get in at all.
    for (name, verifies, origin) in [
        ("no user verification", false, ORIGIN),
        ("a foreign origin", true, "http://evil.example"),
        ("another port", true, "http://localhost:9999"),
    ] {
        let asked = page.post("/api/passkey/new", json!({ "pin": PINS[1].1 })).await;
        let wanted: CreationChallengeResponse = options(&asked);
        let made = SoftPasskey::new(verifies).perform_register(
            Url::parse(origin).unwrap(),
            wanted.public_key,
            60_000,
        );
        let Ok(answer) = made else { continue };
        let body = json!({ "ceremony": asked["ceremony"], "answer": answer });
        assert_eq!(page.post("/api/passkey/new/finish", body).await["code"], "officer-passkey", "{name}");
    }
    page.post("/api/sign-out", json!({})).await;

    for origin in
        ["http://evil.example", "http://localhost:9999", "http://127.0.0.1:8474", "https://localhost:8474"]
    {
        let foreign = proof(&page, "Pak Budi", &mut budi, origin).await;
        assert_eq!(finish(&page, &foreign).await["code"], "officer-passkey", "{origin}");
    }
    // Of another officer: what her key says to a question that was his.
    let his = page.post("/api/passkey/sign-in", json!({ "name": "Pak Budi" })).await;
    let hers = page.post("/api/passkey/sign-in", json!({ "name": "Bu Sri" })).await;
    let mut wanted: RequestChallengeResponse = options(&hers);
    wanted.public_key.challenge = options::<RequestChallengeResponse>(&his).public_key.challenge;
    let answer = sri.perform_auth(Url::parse(ORIGIN).unwrap(), wanted.public_key, 60_000).unwrap();
    let other = json!({ "ceremony": his["ceremony"], "answer": answer });
    assert_eq!(finish(&page, &other).await["code"], "officer-passkey", "another officer's key");

    // Not verified: the flag is under the signature.
    let mut unverified = proof(&page, "Pak Budi", &mut budi, ORIGIN).await;
    let data = unverified["answer"]["response"]["authenticatorData"].as_str().unwrap();
    let mut data = absah_types::base64url::decode(data).unwrap();
    data[32] &= !0x04;
    unverified["answer"]["response"]["authenticatorData"] = json!(absah_types::base64url::encode(data));
    assert_eq!(finish(&page, &unverified).await["code"], "officer-passkey", "no user verification");

    // Each answer once, to its own question, in time.
    let first = proof(&page, "Pak Budi", &mut budi, ORIGIN).await;
    let second = proof(&page, "Pak Budi", &mut budi, ORIGIN).await;
    let crossed = json!({ "ceremony": second["ceremony"], "answer": first["answer"] });
    assert_eq!(finish(&page, &crossed).await["code"], "officer-passkey", "to another question");
    assert_eq!(at_work(&page).await, Value::Null);
    assert_eq!(finish(&page, &first).await, json!({}));
    page.post("/api/sign-out", json!({})).await;
    assert_eq!(finish(&page, &first).await["code"], "officer-passkey", "replayed");
    let late = proof(&page, "Pak Budi", &mut budi, ORIGIN).await;
    counter.clock.set(NOW.plus(Seconds::minutes(5)));
    assert_eq!(finish(&page, &late).await["code"], "officer-passkey", "too late");
    let nothing = json!({ "ceremony": "x", "answer": {} });
    assert_eq!(finish(&page, &nothing).await["code"], "officer-passkey", "no question at all");
    assert_eq!(at_work(&page).await, Value::Null);

    // A row that was moved to another officer opens for nobody.
    let store = format!("sqlite:{}", counter.data().join("counter.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&store).await.unwrap();
    sqlx::query("UPDATE passkey SET officer = 'Bu Sri' WHERE officer = 'Pak Budi'")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    assert!(page.post("/api/passkey/sign-in", json!({ "name": "Bu Sri" })).await["ceremony"].is_null());
}
