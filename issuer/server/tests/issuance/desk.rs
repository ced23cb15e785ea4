//! An issuer in this process, with its own clock, randomness and records.

use std::sync::Arc;

use absah_crypto::PrivateKey;
use absah_crypto::jws::{Header, ToBeSigned};
use absah_host::{Captured, Context, DataDir, Env, Exit};
use absah_issuer::App;
use absah_issuer::keys::FileKeys;
use absah_protocol::{IssuerId, UrlRules};
use absah_testkit::{FixedClock, SeededRng, key};
use absah_types::{Clock as _, Rng, Seconds, Timestamp};
use absah_web::Ambient;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// The issuer's public URL.
pub(crate) const URL: &str = "https://absah.example";
/// Thirty-two random bytes, as a machine makes them: such a passphrase needs no stretching, and every command here opens
/// the keys. What a person chose costs a noticeable part of a second each time.
const PASSPHRASE: &str = "bm9ib2R5LXRyaWVzLW91dC0yLXRvLXRoZS0yNTYtaGU\n";
/// `grant_type` of the token request.
pub(crate) const GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// A place with an imported population, and a running issuer on it.
pub(crate) struct Desk {
    pub(crate) place: tempfile::TempDir,
    pub(crate) clock: FixedClock,
    pub(crate) app: App,
    seed: std::sync::atomic::AtomicU64,
}

/// What came back over HTTP.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
    pub(crate) headers: axum::http::HeaderMap,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned())
    }

    /// Status, OAuth error and our own code.
    pub(crate) fn refusal(&self) -> (u16, String, String) {
        let json = self.json();
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let own = if json.get("absah_code").is_some() { text("absah_code") } else { text("code") };
        (self.status.as_u16(), text("error"), own)
    }
}

/// Runs a command on a data directory; its exit and what it said on both streams.
pub(crate) fn spoken(
    place: &std::path::Path,
    clock: &FixedClock,
    seed: u64,
    words: &[&str],
) -> (Exit, String, String) {
    let passphrase = place.with_file_name("passphrase");
    std::fs::write(&passphrase, PASSPHRASE).unwrap();
    let variables = [("ABSAH_PUBLIC_URL", URL), ("ABSAH_KEY_PASSPHRASE_FILE", passphrase.to_str().unwrap())];
    let env = Env::of(&variables);
    let rng: Box<dyn Rng + Send> = Box::new(SeededRng::new(seed));
    let (mut context, captured): (Context, Captured) = Context::captured(Arc::new(clock.clone()), rng, env);
    let place = place.to_str().unwrap();
    let all = ["absah-issuer", "--data-dir", place].into_iter().chain(words.iter().copied());
    let exit = absah_issuer::commands::run(all.map(std::ffi::OsString::from), &mut context);
    (exit, captured.take_out(), captured.take_err())
}

/// The same for a machine; its exit and its answer.
pub(crate) fn command(
    place: &std::path::Path,
    clock: &FixedClock,
    seed: u64,
    words: &[&str],
) -> (Exit, Value) {
    let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
    let (exit, out, _) = spoken(place, clock, seed, &words);
    (exit, serde_json::from_str(&out).unwrap_or(Value::Null))
}

impl Desk {
    /// An issuer with residents of a seed and the clock at a fixed morning after the extract.
    pub(crate) async fn open() -> Self {
        let place = tempfile::tempdir_in(absah_testkit::folder_in_memory()).unwrap();
        let clock = FixedClock::at(Timestamp::parse_rfc3339("2026-11-22T03:00:00Z").unwrap());
        let extract = place.path().join("extract.csv");
        std::fs::write(&extract, absah_testkit::population::csv(60, 7)).unwrap();
        let data = place.path().join("data");
        let (exit, report) = {
            let (data, clock, extract) = (data.clone(), clock.clone(), extract.clone());
            tokio::task::spawn_blocking(move || {
                command(&data, &clock, 1, &["import", extract.to_str().unwrap()])
            })
            .await
            .unwrap()
        };
        assert_eq!(exit, Exit::Ok, "{report}");
        assert_eq!(report["imported"], 60);
        let app = Self::serve(&data, &clock).await;
        Self { place, clock, app, seed: 100.into() }
    }

    async fn serve(data: &std::path::Path, clock: &FixedClock) -> App {
        let dir = DataDir::open("issuer", Some(data), &Env::default()).unwrap();
        let passphrase = absah_types::Secret::new(PASSPHRASE.trim().to_owned());
        let keys = Arc::new(FileKeys::open(&dir, &passphrase, &mut SeededRng::new(2)).unwrap());
        // Goes on counting when the issuer is served anew: randomness does not repeat.
        static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1000);
        let rng = move || {
            let seed = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Box::new(SeededRng::new(seed)) as Box<dyn Rng + Send>
        };
        let ambient = Ambient::new(Arc::new(clock.clone()), Arc::new(rng));
        let id = IssuerId::parse(URL, UrlRules::HttpsOnly).unwrap();
        App::open(&dir, id, keys, ambient, true).await.unwrap()
    }

    /// The same place served anew.
    pub(crate) async fn again(&mut self) {
        self.app = Self::serve(&self.data(), &self.clock).await;
    }

    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.place.path().join("data")
    }

    /// Runs a command beside the server.
    pub(crate) async fn command(&self, words: &[&str]) -> (Exit, Value) {
        let (data, clock) = (self.data(), self.clock.clone());
        let seed = self.seed.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let run = move || command(&data, &clock, seed, &words.iter().map(String::as_str).collect::<Vec<_>>());
        tokio::task::spawn_blocking(run).await.unwrap()
    }

    /// The same in words, on both streams.
    pub(crate) async fn spoken(&self, words: &[&str]) -> (Exit, String, String) {
        let (data, clock) = (self.data(), self.clock.clone());
        let seed = self.seed.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let run = move || spoken(&data, &clock, seed, &words.iter().map(String::as_str).collect::<Vec<_>>());
        tokio::task::spawn_blocking(run).await.unwrap()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.app.router().oneshot(request).await.unwrap();
        let status = response.status();
        let headers = response.headers().clone();
        let bytes = to_bytes(response.into_body(), 16 << 20).await.unwrap();
        Reply { status, text: String::from_utf8_lossy(&bytes).into_owned(), headers }
    }

    pub(crate) async fn post_with(&self, path: &str, headers: &[(&str, String)], body: String) -> Reply {
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Content type and bytes of what is served to who accepts this.
    pub(crate) async fn accept(&self, path: &str, accept: &str) -> (String, Vec<u8>) {
        let request = Request::get(path).header("accept", accept).body(Body::empty()).unwrap();
        let response = self.app.router().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let vary = response.headers().get_all("vary").iter().any(|value| value == "accept");
        assert!(vary, "{:?}", response.headers());
        let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
        (kind, to_bytes(response.into_body(), 16 << 20).await.unwrap().to_vec())
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn form(&self, path: &str, body: &str) -> Reply {
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub(crate) async fn ask(&self, token: &str, body: String) -> Reply {
        let request = Request::post("/credential")
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// A grown-up of the population: who is the head of the first family.
    pub(crate) fn grown_up() -> String {
        absah_testkit::population::resident(7).nik.to_string()
    }

    /// An offer: the path of its URI and its transaction code.
    pub(crate) async fn offer(&self, nik: &str, kind: &str) -> (String, String) {
        self.offer_with(nik, kind, &[]).await
    }

    /// Pre-authorised and transaction code of an offer.
    pub(crate) async fn codes(&self, nik: &str, kind: &str) -> (String, String) {
        let (path, tx_code) = self.offer(nik, kind).await;
        (self.code(&path).await, tx_code)
    }

    /// The same of an offer whose cards wait.
    pub(crate) async fn held_codes(&self, nik: &str, kind: &str) -> (String, String) {
        let (path, tx_code) = self.offer_with(nik, kind, &["--hold"]).await;
        (self.code(&path).await, tx_code)
    }

    async fn offer_with(&self, nik: &str, kind: &str, more: &[&str]) -> (String, String) {
        let words = ["offer", "--nik", nik, "--credential", kind];
        let words: Vec<&str> = words.iter().chain(more).copied().collect();
        let (exit, answer) = self.command(&words).await;
        assert_eq!(exit, Exit::Ok, "{answer}");
        let link = answer["credential_offer_uri"].as_str().unwrap();
        let uri = link.split_once("credential_offer_uri=").unwrap().1.replace("%3A", ":").replace("%2F", "/");
        (uri.strip_prefix(URL).unwrap().to_owned(), answer["tx_code"].as_str().unwrap().to_owned())
    }

    /// The pre-authorised code that an offer shows.
    pub(crate) async fn code(&self, path: &str) -> String {
        let offer = self.get(path).await;
        assert_eq!(offer.status, StatusCode::OK, "{}", offer.text);
        offer.json()["grants"][GRANT]["pre-authorized_code"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn redeem(&self, code: &str, tx_code: &str) -> Reply {
        self.form("/token", &format!("grant_type={GRANT}&pre-authorized_code={code}&tx_code={tx_code}")).await
    }

    /// From offer to access token.
    pub(crate) async fn token(&self, nik: &str, kind: &str) -> String {
        let (path, tx_code) = self.offer(nik, kind).await;
        let code = self.code(&path).await;
        let token = self.redeem(&code, &tx_code).await;
        assert_eq!(token.status, StatusCode::OK, "{}", token.text);
        token.json()["access_token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn nonce(&self) -> String {
        let reply = self.send(Request::post("/nonce").body(Body::empty()).unwrap()).await;
        reply.json()["c_nonce"].as_str().unwrap().to_owned()
    }

    /// A proof of possession, with members of its payload replaced.
    pub(crate) fn proof(&self, key: &PrivateKey, nonce: &str, changes: &Value) -> String {
        let mut payload = json!({ "aud": URL, "iat": self.clock.now().unix(), "nonce": nonce });
        for (name, value) in changes.as_object().into_iter().flatten() {
            payload[name] = value.clone();
        }
        let header = Header::es256("openid4vci-proof+jwt").with_jwk(key.public_key().to_jwk());
        ToBeSigned::new(&header, payload.to_string().as_bytes()).sign(key).unwrap()
    }

    /// A good request for so many copies.
    pub(crate) async fn request(&self, configuration: &str, copies: u64) -> String {
        let nonce = self.nonce().await;
        let proofs: Vec<String> = (0..copies).map(|n| self.proof(&key(50 + n), &nonce, &json!({}))).collect();
        json!({ "credential_configuration_id": configuration, "proofs": { "jwt": proofs } }).to_string()
    }

    pub(crate) fn later(&self, span: Seconds) {
        self.clock.advance(span);
    }
}
