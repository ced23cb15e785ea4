//! The page's calls, from the answer to the receipt, and who may make them.

use std::path::Path;
use std::sync::Arc;

use absah_host::{CommonArgs, Exit};
use absah_trust::sample::City;
use absah_types::Seconds;
use absah_verifier::{App, Desk, desk_router};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::world::{Counter, NOW, PASSWORD};

const AUTHORITY: &str = "127.0.0.1:8474";
const KEY: &str = "the-key-of-this-start";

/// The page's calls on a counter.
pub(crate) struct Page {
    routes: Router,
    pub(crate) app: Arc<App>,
    pub(crate) desk: Desk,
}

impl Page {
    pub(crate) async fn of(counter: &Counter) -> Self {
        let (mut context, _) = counter.context();
        let common = CommonArgs { data_dir: Some(counter.data()), json: true, dev_loopback: true };
        let app = Arc::new(App::open(&common, &mut context).await.unwrap());
        let desk = Desk::new(Arc::clone(&app), KEY, AUTHORITY, "Bu Sri", context.console.log());
        let desk = desk.reached_at(Some("http://127.0.0.1:9")).at_localhost();
        let desk = desk.scanned_at(Some("127.0.0.1:0".parse().unwrap()));
        Self { routes: desk_router(desk.clone()), app, desk }
    }

    /// The same with a monotonic clock of the test's own.
    pub(crate) async fn steadied(
        counter: &Counter,
        clock: impl Fn() -> Seconds + Send + Sync + 'static,
    ) -> Self {
        let (mut context, _) = counter.context();
        let common = CommonArgs { data_dir: Some(counter.data()), json: true, dev_loopback: true };
        let app = Arc::new(App::open(&common, &mut context).await.unwrap().steadied(clock));
        let desk = Desk::new(Arc::clone(&app), KEY, AUTHORITY, "Bu Sri", context.console.log());
        Self { routes: desk_router(desk.clone()), app, desk }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Vec<u8>) {
        let response = self.routes.clone().oneshot(request).await.unwrap();
        let status = response.status();
        (status, to_bytes(response.into_body(), 1 << 24).await.unwrap().to_vec())
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        self.called(Request::builder().method(method).uri(path), body).await
    }

    /// What the page does with nobody there.
    async fn by_itself(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let request = Request::builder().method(Method::POST).uri(path).header("Absah-By-Itself", "1");
        self.called(request, Some(body)).await
    }

    async fn called(
        &self,
        request: axum::http::request::Builder,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let mut request = request.header(HOST, AUTHORITY);
        request = request.header(AUTHORIZATION, format!("Bearer {KEY}"));
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let body = body.map_or(Body::empty(), |body| Body::from(body.to_string()));
        let (status, body) = self.send(request.body(body).unwrap()).await;
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.call(Method::GET, path, None).await.1
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        self.call(Method::POST, path, Some(body)).await.1
    }

    pub(crate) async fn read(&self, answer: &Path) -> Value {
        let text = std::fs::read_to_string(answer).unwrap();
        self.post("/api/read", json!({ "texts": text.lines().collect::<Vec<_>>() })).await
    }
}

/// Whether any file of the counter holds these bytes.
pub(crate) fn is_in_a_file(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => is_in_a_file(&path, bytes),
            false => std::fs::read(&path).unwrap().windows(bytes.len()).any(|part| part == bytes),
        }
    })
}

#[tokio::test]
async fn an_answer_becomes_evidence_and_at_last_a_receipt() {
    let mut counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
    assert_eq!(
        (shown["state"].as_str(), shown["colour"].as_str()),
        (Some("result"), Some("green")),
        "{shown}"
    );
    assert_eq!(
        (shown["facts"][0]["label"].as_str(), shown["word"].as_str()),
        (Some("Nama lengkap"), Some("Sah"))
    );
    assert_eq!(shown["facts"][0]["value"], "SITI CONTOH");
    assert_eq!(
        page.get("/api/desk").await["today"],
        json!([]),
        "nothing is counted before the officer's word"
    );

    let store = format!("sqlite:{}", counter.data().join("counter.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&store).await.unwrap();
    let held: Vec<u8> = sqlx::query_scalar("SELECT held FROM undecided").fetch_one(&pool).await.unwrap();
    pool.close().await;
    assert!(is_in_a_file(&counter.data(), &held[100..160]), "sealed, while it waits");

    let said = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
    let id = said["id"].as_str().unwrap().to_owned();
    assert!(!is_in_a_file(&counter.data(), &held[100..160]), "portrait and facts are gone with the word");
    let again = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "mismatched" })).await;
    assert_eq!(again["code"], "verdict-nothing", "{again}");
    let desk = page.get("/api/desk").await;
    assert_eq!(
        (desk["today"][0]["word"].as_str(), desk["officer"].as_str()),
        (Some("Cocok"), Some("Bu Sri"))
    );
    assert_eq!(desk["waiting"], json!([]));

    let listed = counter.run(&["evidence", "list"]).await;
    assert_eq!((listed.exit, listed.json["chain"].as_str()), (Exit::Ok, Some("whole")), "{}", listed.json);
    assert_eq!(listed.json["evidence"][0]["verdict"], "matched");
    let (file, key, sheet) = (counter.file("e.json"), counter.file("e.key"), counter.file("e.pdf"));
    let [file, key, sheet] = [&file, &key, &sheet].map(|path| path.to_str().unwrap());
    let exported =
        counter.run(&["evidence", "export", &id, "--out", file, "--key", key, "--sheet", sheet]).await;
    assert_eq!(exported.exit, Exit::Ok, "{}", exported.json);
    assert!(std::fs::read(sheet).unwrap().starts_with(b"%PDF"));
    let valid = counter.run(&["evidence", "verify", file]).await;
    assert_eq!((valid.exit, valid.json["officer"].as_str()), (Exit::Ok, Some("Bu Sri")), "{}", valid.json);
    assert_eq!(valid.json["shown"], json!(["nama", "kelahiran", "alamat"]));

    // An auditor's own program: the bundle, the file, the key.
    let auditor = Counter::registered().await;
    assert_eq!(auditor.run(&["evidence", "verify", file]).await.code(), "evidence-key-absent");
    let folder = counter.file("bundle-1");
    let other = Counter::new().await;
    assert_eq!(other.import(&folder, true).await.exit, Exit::Ok);
    let audited = other.run(&["evidence", "verify", file, "--key", key]).await;
    assert_eq!(
        (audited.exit, audited.json["evidence"].as_str()),
        (Exit::Ok, Some("valid")),
        "{}",
        audited.json
    );

    // No value of a fact anywhere on the disk, neither before nor after the word.
    for canary in ["SITI CONTOH", "1990"] {
        assert!(!is_in_a_file(&counter.data(), canary.as_bytes()), "{canary}");
    }
    assert_eq!(counter.run(&["evidence", "erase", &id]).await.code(), "evidence-retained");
    assert_eq!(counter.run(&["evidence", "erase", "b-0"]).await.code(), "evidence-unknown");
    let sealed: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let sealed = absah_types::base64url::decode(sealed["sealed"].as_str().unwrap()).unwrap();
    assert!(is_in_a_file(&counter.data(), &sealed[100..160]));
    counter.now = NOW.plus(Seconds::days(31));
    counter.clock.set(counter.now);
    assert_eq!(counter.import(&counter.publish_after(NOW, 2), false).await.exit, Exit::Ok);
    assert_eq!(page.get("/api/desk").await["due"], 1);
    assert_eq!(page.post("/api/erase-due", json!({})).await["erased"], 1);
    let gone = counter.run(&["evidence", "verify", file]).await;
    assert_eq!(
        (gone.exit, gone.json["receipt"]["id"].as_str()),
        (Exit::Refused, Some(id.as_str())),
        "{}",
        gone.json
    );
    assert!(!is_in_a_file(&counter.data(), &sealed[100..160]), "erased means gone from the files");
    assert_eq!(counter.run(&["evidence", "export", &id, "--out", file]).await.code(), "evidence-erased");
    assert_eq!(counter.run(&["evidence", "erase", &id]).await.code(), "evidence-erased");
    let listed = counter.run(&["evidence", "list"]).await;
    assert_eq!(
        (listed.json["chain"].as_str(), listed.json["evidence"][0]["state"].as_str()),
        (Some("whole"), Some("erased"))
    );
}

#[tokio::test]
async fn early_erasure_needs_a_reason_that_stays() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
    let said = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "mismatched" })).await;
    let id = said["id"].as_str().unwrap();
    assert_eq!(counter.run(&["evidence", "erase", id, "--early", "  "]).await.code(), "evidence-retained");
    let erased = counter.run(&["evidence", "erase", id, "--early", "Permintaan warga"]).await;
    assert_eq!(
        (erased.exit, erased.json["receipts"][0]["early"].as_str()),
        (Exit::Ok, Some("Permintaan warga"))
    );
}

#[tokio::test]
async fn what_waits_for_a_word_survives_and_does_not_wait_for_ever() {
    let counter = Counter::registered().await;
    let first = Page::of(&counter).await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let shown = first.read(&answer).await;
    drop(first);
    let page = Page::of(&counter).await;
    let desk = page.get("/api/desk").await;
    assert_eq!(desk["waiting"][0]["tag"], shown["tag"], "a power cut loses nothing");
    let again = page.get(&format!("/api/waiting/{}", desk["waiting"][0]["tag"].as_str().unwrap())).await;
    assert_eq!(again, shown);
    assert_eq!(page.read(&answer).await["code"], "replayed");
    assert_eq!(page.get("/api/waiting/00").await["code"], "verdict-nothing");
    assert_eq!(page.get("/api/waiting/xx").await["code"], "verdict-nothing");
    counter.clock.set(NOW.plus(Seconds::minutes(16)));
    let desk = page.get("/api/desk").await;
    assert_eq!((&desk["waiting"], desk["today"][0]["word"].as_str()), (&json!([]), Some("Tidak diputuskan")));
    let listed = counter.run(&["evidence", "list"]).await;
    assert_eq!(listed.json["evidence"][0]["verdict"], "abandoned");
}

#[tokio::test]
async fn two_words_at_once_are_one() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
    let word = |verdict: &str| page.post("/api/word", json!({ "tag": shown["tag"], "verdict": verdict }));
    let (one, other) = tokio::join!(word("matched"), word("mismatched"));
    let filed = [&one, &other].iter().filter(|said| said["id"].is_string()).count();
    assert_eq!(filed, 1, "{one} {other}");
    assert_eq!(counter.run(&["evidence", "list"]).await.json["evidence"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn old_knowledge_is_taken_with_a_reason_only() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    counter.clock.set(NOW.plus(Seconds::hours(30)));
    let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
    assert_eq!(
        (shown["code"].as_str(), shown["reason"].as_bool()),
        (Some("accepted-stale"), Some(true)),
        "{shown}"
    );
    assert_eq!(shown["word"], "Sah, data loket berumur 30 jam");
    let word = |reason: &str| {
        page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched", "reason": reason }))
    };
    assert_eq!(word("  ").await["code"], "verdict-reason");
    assert!(word("Jaringan kelurahan mati").await["id"].is_string());
}

/// Each beside the answer that is read.
#[tokio::test]
async fn what_is_no_answer_is_told_and_changes_nothing() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let ask = counter.ask("ask", &[]).await;
    let answer = std::fs::read_to_string(counter.answer(&ask, "answer")).unwrap();
    let line = answer.lines().next().unwrap();
    let request = std::fs::read_to_string(&ask).unwrap();
    for (name, texts, code) in [
        ("nothing", vec![], "answer-nothing"),
        ("blank", vec!["  \n "], "answer-nothing"),
        ("a link", vec!["https://evil.example/<script>"], "frame-not-ours"),
        (
            "a printed document",
            vec!["https://layananonline.dukcapil.kemendagri.go.id/x"],
            "answer-printed-document",
        ),
        ("markup", vec!["<img src=x onerror=alert(1)>"], "frame-not-ours"),
        ("the counter's own code", vec![request.trim()], "answer-other-kind"),
        ("cut off", vec![&line[..line.len() - 3]], "frame-checksum"),
    ] {
        let said = page.post("/api/read", json!({ "texts": texts })).await;
        assert_eq!(
            (said["state"].as_str(), said["told"]["code"].as_str()),
            (Some("other"), Some(code)),
            "{name}: {said}"
        );
        assert!(
            said["told"]["todo"].as_str().is_some_and(|todo| !todo.starts_with("rec-")),
            "{name}: {said}"
        );
    }
    let too_many = vec!["x"; 513];
    let said = page.post("/api/read", json!({ "texts": too_many })).await;
    assert_eq!(said["told"]["code"], "answer-too-many-lines");
    let beside = json!({ "texts": ["https://example.org", request.trim(), answer.trim()] });
    assert_eq!(page.post("/api/read", beside).await["colour"], "green", "an answer among other things");
    let (status, picture) = page.call(Method::POST, "/api/picture", Some(json!("no picture"))).await;
    assert_eq!((status, picture["told"]["code"].is_string()), (StatusCode::OK, true), "{picture}");
}

#[tokio::test]
async fn only_the_page_itself_may_call() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let bearer = format!("Bearer {KEY}");
    let own = || Request::builder().uri("/api/desk").header(HOST, AUTHORITY).header(AUTHORIZATION, &bearer);
    let plain = || Request::builder().uri("/api/desk").header(HOST, AUTHORITY);
    let named =
        |host: &str| Request::builder().uri("/api/desk").header(HOST, host).header(AUTHORIZATION, &bearer);
    for (name, request, status, code) in [
        ("the page", own(), 200, ""),
        (
            "from its own origin",
            own().header(ORIGIN, "http://127.0.0.1:8474").header("sec-fetch-site", "same-origin"),
            200,
            "",
        ),
        ("by the name localhost", named("localhost:8474").header(ORIGIN, "http://localhost:8474"), 200, ""),
        ("no key", plain(), 401, "counter-page-key"),
        (
            "another key",
            plain().header(AUTHORIZATION, "Bearer the-key-of-this-star"),
            401,
            "counter-page-key",
        ),
        ("a key in the wrong form", plain().header(AUTHORIZATION, KEY), 401, "counter-page-key"),
        ("a foreign page", own().header(ORIGIN, "https://evil.example"), 403, "counter-page-foreign"),
        (
            "a page of another port",
            own().header(ORIGIN, "http://127.0.0.1:84740"),
            403,
            "counter-page-foreign",
        ),
        ("no origin at all", own().header(ORIGIN, "null"), 403, "counter-page-foreign"),
        ("another site's link", own().header("sec-fetch-site", "cross-site"), 403, "counter-page-foreign"),
        ("another port's link", own().header("sec-fetch-site", "same-site"), 403, "counter-page-foreign"),
        ("a foreign name that leads here", named("evil.example:8474"), 421, "counter-page-foreign"),
        ("localhost of another port", named("localhost:8475"), 421, "counter-page-foreign"),
        ("localhost without its port", named("localhost"), 421, "counter-page-foreign"),
    ] {
        let (got, body) = page.send(request.body(Body::empty()).unwrap()).await;
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(
            (got.as_u16(), body["code"].as_str().unwrap_or_default()),
            (status, code),
            "{name}: {body}"
        );
    }
    let root = Request::builder().uri("/").header(HOST, AUTHORITY).body(Body::empty()).unwrap();
    let response = page.routes.clone().oneshot(root).await.unwrap();
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let text = String::from_utf8_lossy(&body);
    assert!(text.contains("<title>Absah</title>"), "the page, or how to build it: {text}");
    assert!(!text.contains(KEY));
    let elsewhere = Request::builder().uri("/").header(HOST, "evil.example").body(Body::empty()).unwrap();
    assert_eq!(page.send(elsewhere).await.0.as_u16(), 421);
    assert!(!format!("{:?}", page.app).contains(KEY));
}

#[tokio::test]
async fn a_counter_without_bundle_or_registration_says_what_to_do() {
    let counter = Counter::new().await;
    let page = Page::of(&counter).await;
    let desk = page.get("/api/desk?lang=en").await;
    assert_eq!(desk["trouble"]["code"], "request-without-bundle", "{desk}");
    assert_eq!(desk["knowledge"]["shape"], "unknown");
    let said = page.post("/api/ask", json!({ "service": City::SERVICE })).await;
    assert_eq!(said["code"], "request-without-bundle");
    assert_eq!(counter.run(&["services"]).await.code(), "request-without-bundle");
}

#[tokio::test]
async fn a_request_comes_as_pictures_in_the_language_of_the_page() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let asked = page.post("/api/ask?lang=en", json!({ "service": City::SERVICE })).await;
    assert!(asked["frames"][0].as_str().unwrap().starts_with("<svg"), "{asked}");
    assert_eq!(asked["facts"][0], "Full name");
    let long = page.post("/api/ask", json!({ "service": City::SERVICE, "long": true })).await;
    assert!(long["frames"].as_array().unwrap().len() > 1, "by value it needs more than one code");
    assert_eq!(page.post("/api/ask", json!({ "service": "lain" })).await["code"], "service-unknown");
    assert_eq!(page.get("/api/texts?lang=jv").await["desk-match"], "Cocog");
    let services = counter.run(&["services"]).await;
    assert_eq!(services.json["services"][0]["id"], City::SERVICE);
}

#[tokio::test]
async fn with_officers_set_nothing_is_done_before_one_signs_in() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let set = counter.run_with(&["officer", "set", "Pak Budi"], &[("ABSAH_PIN", "528319")]).await;
    assert_eq!((set.exit, &set.json["officers"]), (Exit::Ok, &json!(["Pak Budi"])), "{}", set.json);
    assert_eq!(set.json["supervisors"], json!([]));
    let desk = page.get("/api/desk").await;
    assert_eq!((&desk["signed_in"], &desk["services"]), (&json!(false), &Value::Null), "{desk}");
    for (path, body) in [
        ("/api/ask", json!({ "service": City::SERVICE })),
        ("/api/read", json!({ "texts": [] })),
        ("/api/word", json!({ "tag": "00", "verdict": "matched" })),
        ("/api/erase-due", json!({})),
    ] {
        let (status, said) = page.call(Method::POST, path, Some(body)).await;
        assert_eq!(
            (status, said["code"].as_str()),
            (StatusCode::FORBIDDEN, Some("officer-signed-out")),
            "{path}"
        );
    }
    let sign_in = |name: &str, pin: &str| {
        page.post("/api/sign-in", json!({ "name": name, "pin": pin, "password": PASSWORD }))
    };
    assert_eq!(sign_in("Pak Budi", "528310").await["code"], "officer-wrong");
    assert_eq!(sign_in("Pak Budi", "52831").await["code"], "officer-wrong");
    assert_eq!(sign_in("Bu Sri", "528319").await["code"], "officer-wrong");
    assert_eq!(sign_in("Pak Budi", "528319").await, json!({}));
    let shown = page.read(&answer).await;
    assert_eq!(shown["colour"], "green", "{shown}");

    // Left alone, the screen is locked, though the page goes on asking; what waits is still there.
    counter.clock.set(NOW.plus(Seconds::minutes(5)));
    assert_eq!(page.get("/api/desk").await["signed_in"], true);
    counter.clock.set(NOW.plus(Seconds(301)));
    assert_eq!(page.get("/api/desk").await["signed_in"], false);
    assert_eq!(
        page.get(&format!("/api/waiting/{}", shown["tag"].as_str().unwrap())).await["code"],
        "officer-signed-out"
    );
    assert_eq!(sign_in("Pak Budi", "528319").await, json!({}));
    page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
    page.post("/api/sign-out", json!({})).await;
    assert_eq!(page.get("/api/desk").await["signed_in"], false);

    // The fifth wrong one in a row closes the door for a minute, for the right one too.
    for _ in 0..5 {
        assert_eq!(sign_in("Pak Budi", "000000").await["code"], "officer-wrong");
    }
    assert_eq!(sign_in("Pak Budi", "528319").await["code"], "officer-wait");
    counter.clock.set(NOW.plus(Seconds(361)));
    assert_eq!(sign_in("Pak Budi", "528319").await, json!({}));
    // All at once are no more tries than one after the other.
    let wrong = || sign_in("Pak Budi", "000000");
    let (a, b, c, d, e, f, g, h) =
        tokio::join!(wrong(), wrong(), wrong(), wrong(), wrong(), wrong(), wrong(), wrong());
    let looked_at = [a, b, c, d, e, f, g, h].iter().filter(|said| said["code"] == "officer-wrong").count();
    assert_eq!(looked_at, 5);
    counter.clock.set(NOW.plus(Seconds(361 + 60)));
    assert_eq!(sign_in("Pak Budi", "528319").await, json!({}));
    // What the page does by itself keeps no screen open.
    counter.clock.set(NOW.plus(Seconds(361 + 60 + 300)));
    let asked = json!({ "service": City::SERVICE });
    let (status, _) = page.by_itself("/api/ask", asked).await;
    assert_eq!(status, StatusCode::OK);
    counter.clock.set(NOW.plus(Seconds(361 + 60 + 301)));
    assert_eq!(page.get("/api/desk").await["signed_in"], false);
    assert_eq!(sign_in("Pak Budi", "528319").await, json!({}));
    let file = counter.file("e.json");
    let listed = counter.run(&["evidence", "list"]).await;
    let id = listed.json["evidence"][0]["id"].as_str().unwrap().to_owned();
    counter.run(&["evidence", "export", &id, "--out", file.to_str().unwrap()]).await;
    assert_eq!(
        counter.run(&["evidence", "verify", file.to_str().unwrap()]).await.json["officer"],
        "Pak Budi"
    );
    assert_eq!(counter.run(&["officer", "remove", "Bu Sri"]).await.code(), "officer-wrong");
    assert_eq!(counter.run(&["officer", "remove", "Pak Budi"]).await.json["officers"], json!([]));
    assert_eq!(page.get("/api/desk").await["officer"], "Bu Sri", "as named at the start");
    let weak = counter.run_with(&["officer", "set", "Pak Budi"], &[("ABSAH_PIN", "123456")]).await;
    assert_eq!(weak.code(), "pin-weak");
}
