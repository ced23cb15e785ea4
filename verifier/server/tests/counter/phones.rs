//! The listener for a phone: what it takes, from whom, and that nothing comes out of it.

use std::time::Duration;

use absah_host::Exit;
use absah_trust::sample::City;
use absah_types::Seconds;
use absah_verifier::scan_router;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tower::ServiceExt as _;

use crate::desk::Page;
use crate::world::{Counter, NOW, PASSWORD};

/// A pairing that the page began.
pub(crate) struct Pairing {
    routes: Router,
    authority: String,
    pub(crate) secret: String,
}

impl Pairing {
    pub(crate) async fn begun(page: &Page) -> Self {
        let code = page.post("/api/phone/pair", json!({})).await;
        let link = code["link"].as_str().unwrap_or_else(|| panic!("{code}"));
        let (authority, secret) = link.strip_prefix("https://").unwrap().split_once("/#pindai=").unwrap();
        let (authority, secret) = (authority.to_owned(), secret.to_owned());
        Self { routes: scan_router(page.desk.scan(&authority)), authority, secret }
    }

    fn request(&self, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method("POST").uri(path).header(HOST, &self.authority);
        request.header(ORIGIN, format!("https://{}", self.authority)).header(CONTENT_TYPE, "application/json")
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Value) {
        let response = self.routes.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 22).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    pub(crate) async fn enter(&self, secret: &str) -> (StatusCode, Value) {
        let body = json!({ "secret": secret }).to_string();
        self.send(self.request("/api/pair").body(Body::from(body)).unwrap()).await
    }

    pub(crate) async fn hand_in(&self, session: &str, texts: &[&str]) -> (StatusCode, Value) {
        let request = self.request("/api/scan").header(AUTHORIZATION, format!("Bearer {session}"));
        self.send(request.body(Body::from(json!({ "texts": texts }).to_string())).unwrap()).await
    }
}

fn refused(said: &(StatusCode, Value)) -> (u16, &str) {
    (said.0.as_u16(), said.1["code"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn a_paired_phone_hands_in_an_answer_and_learns_only_that_it_arrived() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    assert_eq!(page.get("/api/phone").await["state"], "none");
    let pairing = Pairing::begun(&page).await;
    assert_eq!(page.get("/api/phone").await["state"], "waiting");
    let (status, entered) = pairing.enter(&pairing.secret).await;
    assert_eq!(status, StatusCode::OK, "{entered}");
    let session = entered["session"].as_str().unwrap();
    let paired = page.get("/api/phone").await;
    assert_eq!((&paired["state"], &paired["words"]), (&json!("paired"), &entered["words"]), "{paired}");

    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let text = std::fs::read_to_string(answer).unwrap();
    let request = std::fs::read_to_string(counter.file("ask.txt")).unwrap();
    let mut texts = vec!["https://evil.example/<script>", "", request.trim()];
    texts.extend(text.lines());
    let said = pairing.hand_in(session, &texts).await;
    assert_eq!(said, (StatusCode::OK, json!({ "received": true, "shown": true })));
    let taken = page.get("/api/phone").await;
    assert_eq!(taken["texts"], json!(text.lines().collect::<Vec<_>>()), "what a camera here would hand on");
    assert_eq!(page.get("/api/phone").await["texts"], json!([]), "once");
    let shown = page.post("/api/read", json!({ "texts": taken["texts"] })).await;
    assert_eq!(shown["colour"], "green", "{shown}");
    let again = pairing.hand_in(session, &[text.lines().next().unwrap()]).await;
    assert_eq!(again.1, json!({ "received": true, "shown": true }));

    // Nothing of the counter's page is there.
    for path in
        ["/api/desk", "/api/phone", "/api/read", "/api/word", "/api/tally", "/api/sign-in", "/api/ask"]
    {
        let (status, said) = pairing.send(pairing.request(path).body(Body::from("{}")).unwrap()).await;
        assert!([404, 405].contains(&status.as_u16()), "{path}: {status} {said}");
    }
    let texts =
        Request::get("/api/texts?lang=id").header(HOST, &pairing.authority).body(Body::empty()).unwrap();
    assert_eq!(pairing.send(texts).await.1["desk-phone-over"], "Ponsel ini tidak terhubung ke loket");
}

#[tokio::test]
async fn whoever_is_not_the_paired_phone_is_refused() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let pairing = Pairing::begun(&page).await;
    assert_eq!(refused(&pairing.enter("guessed").await), (403, "phone-secret"));
    assert_eq!(refused(&pairing.hand_in("", &[]).await), (403, "phone-unpaired"), "before the secret");
    let (_, entered) = pairing.enter(&pairing.secret).await;
    let session = entered["session"].as_str().unwrap();
    assert_eq!(refused(&pairing.enter(&pairing.secret).await), (403, "phone-secret"), "the secret twice");
    assert_eq!(
        refused(&pairing.hand_in(&pairing.secret, &[]).await),
        (403, "phone-unpaired"),
        "the secret is no session"
    );
    assert_eq!(refused(&pairing.hand_in("x", &[]).await), (403, "phone-unpaired"));

    let bearer = format!("Bearer {session}");
    let named = |host: &str, origin: &str| {
        let request = Request::post("/api/scan").header(HOST, host).header(ORIGIN, origin);
        let request = request.header(AUTHORIZATION, &bearer).header(CONTENT_TYPE, "application/json");
        request.body(Body::from(r#"{"texts":[]}"#)).unwrap()
    };
    let (own, plain) = (format!("https://{}", pairing.authority), format!("http://{}", pairing.authority));
    let (own, plain, here) = (own.as_str(), plain.as_str(), pairing.authority.as_str());
    for (name, host, origin, status) in [
        ("the phone", here, own, 200),
        ("another name that leads here", "evil.example", own, 421),
        ("localhost", "localhost:1", own, 421),
        ("a foreign page", here, "https://evil.example", 403),
        ("no origin at all", here, "null", 403),
        ("without TLS", here, plain, 403),
    ] {
        let (got, said) = pairing.send(named(host, origin)).await;
        assert_eq!(got.as_u16(), status, "{name}: {said}");
        assert!(status == 200 || said["code"] == "counter-page-foreign", "{name}: {said}");
    }
    let huge = pairing.request("/api/scan").header(AUTHORIZATION, &bearer);
    let (status, _) = pairing.send(huge.body(Body::from("A".repeat(300_000))).unwrap()).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(refused(&pairing.hand_in(session, &["x"; 33]).await), (413, "phone-too-much"));
    let mut last = (StatusCode::OK, Value::Null);
    for _ in 0..40 {
        last = pairing.hand_in(session, &[]).await;
    }
    assert_eq!(refused(&last), (429, "phone-flood"));
    counter.clock.set(NOW.plus(Seconds(1)));
    assert_eq!(pairing.hand_in(session, &[]).await.0, StatusCode::OK, "a second later");

    page.post("/api/phone/unpair", json!({})).await;
    assert_eq!(refused(&pairing.hand_in(session, &[]).await), (403, "phone-unpaired"), "let go");
    let late = Pairing::begun(&page).await;
    counter.clock.set(NOW.plus(Seconds::minutes(4)));
    assert_eq!(refused(&late.enter(&late.secret).await), (403, "phone-secret"), "too late");
}

#[tokio::test]
async fn the_network_reaches_this_machine_only_while_a_phone_may() {
    let counter = Counter::registered().await;
    assert_eq!(
        counter.run_with(&["officer", "set", "Pak Budi"], &[("ABSAH_PIN", "528319")]).await.exit,
        Exit::Ok
    );
    let page = Page::of(&counter).await;
    assert_eq!(page.post("/api/phone/pair", json!({})).await["code"], "officer-signed-out");
    let sign_in =
        || page.post("/api/sign-in", json!({ "name": "Pak Budi", "pin": "528319", "password": PASSWORD }));
    sign_in().await;
    let closes = async |authority: &str| {
        for _ in 0..100 {
            if TcpStream::connect(authority).await.is_err() {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    };
    let pairing = Pairing::begun(&page).await;
    assert!(TcpStream::connect(&pairing.authority).await.is_ok());
    page.post("/api/phone/unpair", json!({})).await;
    assert!(closes(&pairing.authority).await, "let go");
    let pairing = Pairing::begun(&page).await;
    let (_, entered) = pairing.enter(&pairing.secret).await;
    page.post("/api/sign-out", json!({})).await;
    assert_eq!(
        refused(&pairing.hand_in(entered["session"].as_str().unwrap(), &[]).await),
        (403, "phone-unpaired")
    );
    assert!(closes(&pairing.authority).await, "with the screen's lock");
    sign_in().await;
    let pairing = Pairing::begun(&page).await;
    counter.clock.set(NOW.plus(Seconds::minutes(4)));
    assert!(closes(&pairing.authority).await, "a code that nobody used");
    assert_eq!(page.post("/api/ask", json!({ "service": City::SERVICE })).await["code"], Value::Null);
}
