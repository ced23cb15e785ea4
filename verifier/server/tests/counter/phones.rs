//! The listener for a phone: what it takes, from whom, and that nothing comes out of it.

use std::time::Duration;

use absah_crypto::{gcm, hmac_sha256};
use absah_host::Exit;
use absah_trust::sample::City;
use absah_types::{Seconds, Secret, base64url};
use absah_verifier::scan_router;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
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

    async fn call(&self, path: &str, body: Value) -> (StatusCode, Value) {
        self.send(self.request(path).body(Body::from(body.to_string())).unwrap()).await
    }

    /// A phone that has read this text as the secret, as its page does it.
    pub(crate) async fn enter(&self, secret: &str) -> Result<Scanner<'_>, (StatusCode, Value)> {
        let secret = base64url::decode(secret).unwrap_or_default();
        let prf = |parts: &[&[u8]]| hmac_sha256(&secret, &parts.concat());
        let salt = [6; 16];
        let proof = prf(&[b"absah-phone-v1 hello", &salt]);
        let body = json!({ "salt": base64url::encode(salt), "proof": base64url::encode(proof) });
        let (status, said) = self.call("/api/pair", body).await;
        if status != StatusCode::OK {
            return Err((status, said));
        }
        let own = base64url::decode(said["salt"].as_str().unwrap()).unwrap();
        let key = |way: &[u8]| Secret::new(prf(&[way, &salt, &own]));
        let (up, down) = (key(b"absah-phone-v1 up"), key(b"absah-phone-v1 down"));
        let mut scanner = Scanner { pairing: self, up, down, number: 0, words: String::new() };
        scanner.words = scanner.opened(0, &said);
        Ok(scanner)
    }
}

/// A phone that is paired.
pub(crate) struct Scanner<'p> {
    pairing: &'p Pairing,
    up: Secret<[u8; 32]>,
    down: Secret<[u8; 32]>,
    number: u64,
    words: String,
}

impl Scanner<'_> {
    fn opened(&self, number: u64, said: &Value) -> String {
        let mut nonce = [0; 12];
        nonce[4..].copy_from_slice(&number.to_be_bytes());
        let sealed = base64url::decode(said["sealed"].as_str().unwrap()).unwrap();
        let opened = gcm::open(&self.down, nonce, b"absah-phone-v1 down", &sealed).unwrap();
        String::from_utf8(opened.expose().clone()).unwrap()
    }

    /// The body of the next call.
    fn sealed(&mut self, texts: &[&str]) -> Value {
        self.number += 1;
        let nonce = [u8::try_from(self.number).unwrap(); 12];
        let aad = [&b"absah-phone-v1 up"[..], &self.number.to_be_bytes()].concat();
        let content = json!({ "texts": texts }).to_string();
        let sealed = gcm::seal(&self.up, nonce, &aad, content.as_bytes()).unwrap();
        json!({ "number": self.number, "sealed": base64url::encode([&nonce[..], &sealed].concat()) })
    }

    /// What the counter says to these texts; a refusal as it is.
    pub(crate) async fn hand_in(&mut self, texts: &[&str]) -> (StatusCode, Value) {
        let body = self.sealed(texts);
        let (status, said) = self.pairing.call("/api/scan", body).await;
        match status {
            StatusCode::OK => (status, serde_json::from_str(&self.opened(self.number, &said)).unwrap()),
            _ => (status, said),
        }
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
    let mut scanner = pairing.enter(&pairing.secret).await.unwrap();
    let paired = page.get("/api/phone").await;
    assert_eq!((&paired["state"], &paired["words"]), (&json!("paired"), &json!(scanner.words)), "{paired}");

    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let text = std::fs::read_to_string(answer).unwrap();
    let request = std::fs::read_to_string(counter.file("ask.txt")).unwrap();
    let mut texts = vec!["https://evil.example/<script>", "", request.trim()];
    texts.extend(text.lines());
    let said = scanner.hand_in(&texts).await;
    assert_eq!(said, (StatusCode::OK, json!({ "shown": true })));
    let taken = page.get("/api/phone").await;
    assert_eq!(taken["texts"], json!(text.lines().collect::<Vec<_>>()), "what a camera here would hand on");
    assert_eq!(page.get("/api/phone").await["texts"], json!([]), "once");
    let shown = page.post("/api/read", json!({ "texts": taken["texts"] })).await;
    assert_eq!(shown["colour"], "green", "{shown}");
    let again = scanner.hand_in(&[text.lines().next().unwrap()]).await;
    assert_eq!(again.1, json!({ "shown": true }));

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
async fn who_carries_the_calls_reads_and_adds_nothing() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let pairing = Pairing::begun(&page).await;
    let mut scanner = pairing.enter(&pairing.secret).await.unwrap();
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let text = std::fs::read_to_string(answer).unwrap();
    let frame = text.lines().next().unwrap();
    let body = scanner.sealed(&[frame]);
    let bytes = base64url::decode(body["sealed"].as_str().unwrap()).unwrap();
    assert!(
        !bytes.windows(20).any(|part| part == &frame.as_bytes()[..20]),
        "a one-scan code would be legible"
    );
    let bent: Vec<u8> = bytes.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == 30)).collect();
    let in_the_open = json!({ "texts": [frame] });
    for (name, body, status) in [
        ("in the open", in_the_open, 400),
        ("altered", json!({ "number": 1, "sealed": base64url::encode(bent) }), 403),
        ("under another number", json!({ "number": 2, "sealed": body["sealed"] }), 403),
        ("as it was sent", body.clone(), 200),
        ("a second time", body, 403),
    ] {
        let said = pairing.call("/api/scan", body).await;
        assert_eq!(said.0.as_u16(), status, "{name}: {}", said.1);
        assert!(status != 403 || said.1["code"] == "phone-unpaired", "{name}: {}", said.1);
    }
    assert_eq!(page.get("/api/phone").await["texts"], json!([frame]));
}

#[tokio::test]
async fn a_strangers_flood_does_not_silence_the_paired_phone() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let pairing = Pairing::begun(&page).await;
    for _ in 0..50 {
        assert_eq!(refused(&pairing.enter("eA").await.err().unwrap()), (403, "phone-secret"));
    }
    let mut scanner = pairing.enter(&pairing.secret).await.unwrap();
    for _ in 0..50 {
        assert_eq!(refused(&pairing.enter("eA").await.err().unwrap()), (403, "phone-secret"));
        let body = json!({ "number": 9, "sealed": base64url::encode([0; 40]) });
        assert_eq!(refused(&pairing.call("/api/scan", body).await), (403, "phone-unpaired"));
    }
    assert_eq!(scanner.hand_in(&[]).await, (StatusCode::OK, json!({ "shown": true })));
}

#[tokio::test]
async fn whoever_is_not_the_paired_phone_is_refused() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let pairing = Pairing::begun(&page).await;
    assert_eq!(refused(&pairing.enter("guessed").await.err().unwrap()), (403, "phone-secret"));
    let nothing = json!({ "number": 1, "sealed": "" });
    assert_eq!(
        refused(&pairing.call("/api/scan", nothing).await),
        (403, "phone-unpaired"),
        "before the secret"
    );
    let mut scanner = pairing.enter(&pairing.secret).await.unwrap();
    assert_eq!(
        refused(&pairing.enter(&pairing.secret).await.err().unwrap()),
        (403, "phone-secret"),
        "the secret twice"
    );

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
        let request = Request::post("/api/scan").header(HOST, host).header(ORIGIN, origin);
        let request = request.header(CONTENT_TYPE, "application/json");
        let (got, said) =
            pairing.send(request.body(Body::from(scanner.sealed(&[]).to_string())).unwrap()).await;
        assert_eq!(got.as_u16(), status, "{name}: {said}");
        assert!(status == 200 || said["code"] == "counter-page-foreign", "{name}: {said}");
    }
    let huge = pairing.request("/api/scan");
    let (status, _) = pairing.send(huge.body(Body::from("A".repeat(300_000))).unwrap()).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(refused(&scanner.hand_in(&["x"; 33]).await), (413, "phone-too-much"));
    let mut last = (StatusCode::OK, Value::Null);
    for _ in 0..40 {
        last = scanner.hand_in(&[]).await;
    }
    assert_eq!(refused(&last), (429, "phone-flood"));
    counter.clock.set(NOW.plus(Seconds(1)));
    assert_eq!(scanner.hand_in(&[]).await.0, StatusCode::OK, "a second later");
    let most = "A".repeat(4_296);
    assert_eq!(scanner.hand_in(&[most.as_str(); 32]).await.0, StatusCode::OK, "as much as a camera reads");

    page.post("/api/phone/unpair", json!({})).await;
    assert_eq!(refused(&scanner.hand_in(&[]).await), (403, "phone-unpaired"), "let go");
    let late = Pairing::begun(&page).await;
    counter.clock.set(NOW.plus(Seconds::minutes(4)));
    assert_eq!(refused(&late.enter(&late.secret).await.err().unwrap()), (403, "phone-secret"), "too late");
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
    let mut scanner = pairing.enter(&pairing.secret).await.unwrap();
    page.post("/api/sign-out", json!({})).await;
    assert_eq!(refused(&scanner.hand_in(&[]).await), (403, "phone-unpaired"));
    assert!(closes(&pairing.authority).await, "with the screen's lock");
    sign_in().await;
    let pairing = Pairing::begun(&page).await;
    counter.clock.set(NOW.plus(Seconds::minutes(4)));
    assert!(closes(&pairing.authority).await, "a code that nobody used");
    assert_eq!(page.post("/api/ask", json!({ "service": City::SERVICE })).await["code"], Value::Null);
}
