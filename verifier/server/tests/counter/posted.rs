//! Answers over the network that the page shows: for a supervisor's word, and only to the page that asked.

use std::sync::Arc;

use absah_credential::Format;
use absah_host::Exit;
use absah_protocol::oid4vp::request::{ResponseTo, Transport, VerifiedRequest};
use absah_protocol::oid4vp::response::direct_post;
use absah_trust::sample::City;
use absah_types::Seconds;
use absah_verifier::router;
use axum::Router;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::channels::{supervised, verified};
use crate::desk::{Page, is_in_a_file};
use crate::online::call;
use crate::world::{Counter, NOW, present, read};

const BASE: &str = "http://127.0.0.1:9";

/// A request that the page made for the network, as a wallet reads it.
struct Asked {
    page: Value,
    request: VerifiedRequest,
}

impl Asked {
    async fn of(counter: &Counter, page: &Page, routes: &Router, same_device: bool) -> Self {
        let body = json!({ "service": City::SERVICE, "unencrypted": true, "same_device": same_device });
        let asked = page.post("/api/online", body).await;
        let session = asked["session"].as_str().unwrap();
        let (status, _, jar) = call(routes, "GET", &format!("/requests/{session}"), String::new()).await;
        assert_eq!(status, StatusCode::OK, "{jar}");
        let now = absah_types::Clock::now(&*counter.clock);
        Self { request: read(&jar, Transport::Online, now), page: asked }
    }

    fn session(&self) -> &str {
        self.page["session"].as_str().unwrap()
    }

    /// What the wallet is answered.
    async fn answer(&self, counter: &Counter, routes: &Router) -> (StatusCode, Value) {
        let now = absah_types::Clock::now(&*counter.clock);
        let ResponseTo::DirectPost { response_uri, state, .. } = &self.request.response else {
            panic!("asked by QR")
        };
        let body = direct_post(&[present(NOW, Format::DcSdJwt, &self.request, now)], state.as_deref());
        let path = response_uri.as_str().strip_prefix(BASE).unwrap();
        let (status, _, said) = call(routes, "POST", path, body).await;
        (status, serde_json::from_str(&said).unwrap())
    }

    async fn shown(&self, page: &Page) -> Value {
        page.get(&format!("/api/online/{}", self.session())).await
    }
}

#[tokio::test]
async fn a_supervisor_answers_for_what_came_over_the_network() {
    for (name, hours, code) in [("four days", 96, "status-old"), ("no status at all", 1, "status-missing")] {
        let (counter, page) = supervised(hours).await;
        if code == "status-missing" {
            let folder = counter.publish(2, |contents| contents.status_tokens = Vec::new());
            assert_eq!(counter.import(&folder, false).await.exit, Exit::Ok, "{name}");
        }
        let routes = router(Arc::clone(&page.app));
        let asked = Asked::of(&counter, &page, &routes, false).await;
        let vouch = |supervisor: &str, pin: &str, reason: &str| {
            let word = json!({ "supervisor": supervisor, "pin": pin, "reason": reason });
            let path = format!("/api/online/{}/vouch", asked.session());
            let page = &page;
            async move { page.post(&path, word).await }
        };
        let early = vouch("Pak Lurah", "739154", "Jaringan mati").await;
        assert_eq!(early["code"], "verdict-nothing", "{name}: before there is an answer");
        assert_eq!(asked.answer(&counter, &routes).await.0, StatusCode::OK, "{name}");
        let grey = asked.shown(&page).await;
        assert_eq!((&grey["code"], &grey["colour"]), (&json!(code), &json!("grey")), "{name}: {grey}");
        assert_eq!(
            (&grey["tag"], &grey["facts"], &grey["vouchable"]),
            (&Value::Null, &json!([]), &json!(true))
        );
        for (supervisor, pin, reason, code) in [
            ("Pak Lurah", "739154", " ", "verdict-reason"),
            ("Pak Lurah", "739155", "Jaringan mati", "officer-wrong"),
            ("Bu Sri", "528319", "Jaringan mati", "verdict-same-officer"),
        ] {
            assert_eq!(vouch(supervisor, pin, reason).await["code"], code, "{name} {supervisor} {reason}");
        }
        let shown = vouch("Pak Lurah", "739154", "Jaringan kelurahan mati").await;
        assert_eq!(shown["facts"][0]["value"], "SITI CONTOH", "{name}: {shown}");
        assert_eq!(shown["supervisor"], "Pak Lurah", "{name}");
        let again = vouch("Pak Lurah", "739154", "Jaringan mati").await;
        assert_eq!(again["code"], "verdict-nothing", "{name}: used up");
        let said = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
        let evidence = verified(&counter, said["id"].as_str().unwrap()).await;
        for (what, value) in [
            ("outcome", code),
            ("officer", "Bu Sri"),
            ("supervisor", "Pak Lurah"),
            ("reason", "Jaringan kelurahan mati"),
        ] {
            assert_eq!(evidence[what], value, "{name} {what}");
        }
    }
}

#[tokio::test]
async fn what_no_supervisor_took_is_forgotten() {
    let (counter, page) = supervised(96).await;
    let routes = router(Arc::clone(&page.app));
    let asked = Asked::of(&counter, &page, &routes, false).await;
    asked.answer(&counter, &routes).await;
    let store = format!("sqlite:{}", counter.data().join("counter.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&store).await.unwrap();
    let body: Vec<u8> = sqlx::query_scalar("SELECT body FROM doubtful").fetch_one(&pool).await.unwrap();
    pool.close().await;
    assert!(is_in_a_file(&counter.data(), &body[100..160]), "sealed, while it waits");
    assert!(!is_in_a_file(&counter.data(), b"SITI CONTOH"));
    counter.clock.set(NOW.plus(Seconds::hours(96)).plus(Seconds::minutes(16)));
    page.get("/api/desk").await;
    assert!(!is_in_a_file(&counter.data(), &body[100..160]), "gone from the table and from its log");
}

/// The wallet is on the counter's own computer and leads back to the page (OpenID4VP 1.0, section 13.3).
#[tokio::test]
async fn on_the_same_device_only_the_page_that_asked_sees_the_answer() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let routes = router(Arc::clone(&page.app));
    let [asked, other] =
        [Asked::of(&counter, &page, &routes, true).await, Asked::of(&counter, &page, &routes, true).await];
    let code_of = |said: &Value| {
        let back = said["redirect_uri"].as_str().unwrap().to_owned();
        back.strip_prefix("http://127.0.0.1:8474/#response_code=").unwrap().to_owned()
    };
    let bring = |session: &str, secret: &Value, code: &str| {
        let (path, body) =
            (format!("/api/online/{session}/code"), json!({ "page": secret, "response_code": code }));
        let page = &page;
        async move { page.post(&path, body).await }
    };
    let secret = &asked.page["page"];
    assert_eq!(bring(asked.session(), secret, "").await["code"], "response-code", "before the answer");
    let (status, said) = asked.answer(&counter, &routes).await;
    let code = code_of(&said);
    assert_eq!((status, code.len()), (StatusCode::OK, 43), "{said}");
    let of_other = code_of(&other.answer(&counter, &routes).await.1);

    // Until the page has come back nothing is shown anywhere.
    assert_eq!(asked.shown(&page).await, json!({ "state": "open", "fetched_again": false }));
    assert_eq!(page.get("/api/desk").await["waiting"], json!([]));
    let store = format!("sqlite:{}", counter.data().join("counter.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&store).await.unwrap();
    let tags: Vec<Vec<u8>> = sqlx::query_scalar("SELECT tag FROM undecided").fetch_all(&pool).await.unwrap();
    pool.close().await;
    for tag in tags.iter().map(absah_types::hex::encode) {
        assert_eq!(page.get(&format!("/api/waiting/{tag}")).await["code"], "verdict-nothing");
        let word = page.post("/api/word", json!({ "tag": tag, "verdict": "matched" })).await;
        assert_eq!(word["code"], "verdict-nothing");
    }

    let guessed = "A".repeat(43);
    let wrong = [
        ("guessed", asked.session(), secret, guessed.as_str()),
        ("of another session", asked.session(), secret, &of_other),
        ("brought to another session", other.session(), &other.page["page"], &code),
        ("brought by another page", asked.session(), &other.page["page"], &code),
        ("without the page's secret", asked.session(), &json!(""), &code),
        ("of no session", "unknown", secret, &code),
    ];
    for (name, session, secret, code) in wrong {
        assert_eq!(bring(session, secret, code).await["code"], "response-code", "{name}");
        assert_eq!(asked.shown(&page).await["state"], "open", "{name}");
    }
    assert_eq!(bring(asked.session(), secret, &code).await, json!({}));
    let shown = asked.shown(&page).await;
    assert_eq!(
        (&shown["colour"], &shown["facts"][0]["value"]),
        (&json!("green"), &json!("SITI CONTOH")),
        "{shown}"
    );
    assert_eq!(bring(asked.session(), secret, &code).await["code"], "response-code", "twice");
    assert_eq!(other.shown(&page).await["state"], "open", "each for itself");
    let filed = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
    assert!(filed["id"].is_string(), "{filed}");

    // Whom nobody came back for is filed as abandoned, and never shown.
    counter.clock.set(NOW.plus(Seconds::minutes(16)));
    page.get("/api/desk").await;
    let listed = counter.run(&["evidence", "list"]).await;
    let words: Vec<_> =
        listed.json["evidence"].as_array().unwrap().iter().map(|row| row["verdict"].clone()).collect();
    assert_eq!(words, [json!("matched"), json!("abandoned")]);
    assert_eq!(other.page["frames"].as_array().map(Vec::len), Some(1));
    let across = Asked::of(&counter, &page, &routes, false).await;
    assert_eq!(across.page.get("page"), None);
}
