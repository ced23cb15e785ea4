use super::*;
use crate::{Ambient, BearerToken, FormBody, JsonBody, Now, OAuthError, Problem, Random};
use absah_types::{Clock, Rng, Timestamp, coded};
use axum::body::Body;
use axum::extract::FromRef;
use axum::http::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::response::Html;
use axum::routing::post;
use serde_json::Value;
use std::sync::Arc;
use tower::ServiceExt as _;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix(43_200)
    }
}

struct Sevens;

impl Rng for Sevens {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

#[derive(Clone)]
struct State(Ambient);

impl FromRef<State> for Ambient {
    fn from_ref(state: &State) -> Self {
        state.0.clone()
    }
}

#[derive(Debug)]
enum Failure {
    Theirs,
    Disk,
    Ours,
}

impl core::fmt::Display for Failure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("words of \"Failure\"")
    }
}

impl std::error::Error for Failure {}

coded! { Failure {
    Theirs => ("x-theirs", Peer),
    Disk => ("x-disk", Environment),
    Ours => ("x-ours", Bug),
} }

#[derive(serde::Deserialize)]
struct Fields {
    a: u8,
}

async fn panicking() -> &'static str {
    panic!("canary-personal-data")
}

fn app() -> Router {
    let public = cors(
        Router::new()
            .route("/now", get(|Now(now): Now| async move { now.unix().to_string() }))
            .route("/form", post(|FormBody(fields): FormBody<Fields>| async move { fields.a.to_string() })),
    );
    let secret = no_store(
        Router::new()
            .route("/secret", get(|BearerToken(token): BearerToken| async move { token.expose().clone() })),
    );
    let rest = Router::new()
        .route(
            "/random",
            get(|Random(mut rng): Random| async move { absah_types::array::<2>(&mut *rng)[1].to_string() }),
        )
        .route("/json", post(|JsonBody(fields): JsonBody<Fields>| async move { fields.a.to_string() }))
        .route("/page", get(|| async { ([(CONTENT_SECURITY_POLICY, "default-src 'self'")], Html("<p>")) }))
        .route("/panic", get(panicking))
        .route("/slow", get(|| tokio::time::sleep(Duration::from_secs(60))))
        .route("/theirs", get(|| async { Problem::of(&Failure::Theirs) }))
        .route("/disk", get(|| async { Problem::of(&Failure::Disk) }))
        .route("/ours", get(|| async { Problem::of(&Failure::Ours) }))
        .route("/oauth", get(|| async { OAuthError::new("invalid_grant").because(&Failure::Theirs) }))
        .route("/oauth-ours", get(|| async { OAuthError::new("server_error").because(&Failure::Ours) }));
    let state = State(Ambient::new(Arc::new(Noon), Arc::new(|| Box::new(Sevens))));
    let limits = Limits { body: 100, time: Duration::from_millis(200) };
    harden(public.merge(secret).merge(rest).merge(healthz(|| true)), limits).with_state(state)
}

fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path)
}

async fn call(request: Request) -> (Response<()>, String) {
    let (parts, body) = app().oneshot(request).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, 100_000).await.unwrap();
    (Response::from_parts(parts, ()), String::from_utf8(body.to_vec()).unwrap())
}

async fn fetch(path: &str) -> (Response<()>, String) {
    call(request("GET", path).body(Body::empty()).unwrap()).await
}

type Response<T = Body> = axum::http::Response<T>;

fn header<'a>(response: &'a Response<()>, name: &HeaderName) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn time_and_randomness_are_handed_in() {
    assert_eq!(fetch("/now").await.1, "43200");
    assert_eq!(fetch("/random").await.1, "7");
    assert_eq!(fetch("/healthz").await.1, "ok");
}

#[tokio::test]
async fn every_answer_has_careful_headers() {
    for path in ["/now", "/nowhere", "/panic", "/slow", "/healthz"] {
        let (response, _) = fetch(path).await;
        assert!(
            header(&response, &CONTENT_SECURITY_POLICY).unwrap().starts_with("default-src 'none'"),
            "{path}"
        );
        assert_eq!(header(&response, &X_CONTENT_TYPE_OPTIONS), Some("nosniff"), "{path}");
        assert_eq!(header(&response, &REFERRER_POLICY), Some("no-referrer"), "{path}");
    }
    let (page, _) = fetch("/page").await;
    assert_eq!(header(&page, &CONTENT_SECURITY_POLICY), Some("default-src 'self'"));
}

#[tokio::test]
async fn errors_are_problems_with_our_code() {
    for (path, status, title, code) in [
        ("/theirs", 400, "words of \"Failure\"", "x-theirs"),
        ("/disk", 503, "words of \"Failure\"", "x-disk"),
        ("/ours", 500, "internal error", "x-ours"),
        ("/nowhere", 404, "there is nothing at this address", "web-not-found"),
        ("/form", 405, "the address does not take this method", "web-method"),
        ("/panic", 500, "internal error", "web-internal"),
        ("/slow", 408, "the request took too long", "web-timeout"),
    ] {
        let (response, body) = fetch(path).await;
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(header(&response, &CONTENT_TYPE), Some("application/problem+json"), "{path}");
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            body,
            serde_json::json!({"type": "about:blank", "title": title, "status": status, "code": code})
        );
    }
}

#[tokio::test]
async fn a_panic_says_nothing_and_harms_nobody() {
    let (_, body) = fetch("/panic").await;
    assert!(!body.contains("canary"), "{body}");
    assert_eq!(fetch("/now").await.0.status(), 200);
}

#[tokio::test]
async fn oauth_errors_have_their_own_form() {
    let (response, body) = fetch("/oauth").await;
    assert_eq!((response.status().as_u16(), header(&response, &CACHE_CONTROL)), (400, Some("no-store")));
    // The quotation marks are not allowed there.
    let expected =
        r#"{"absah_code":"x-theirs","error":"invalid_grant","error_description":"words of Failure"}"#;
    assert_eq!(
        serde_json::from_str::<Value>(&body).unwrap(),
        serde_json::from_str::<Value>(expected).unwrap()
    );
    let (_, ours) = fetch("/oauth-ours").await;
    assert!(!ours.contains("words"), "{ours}");
}

async fn post_body(path: &str, media_type: &str, body: impl Into<Body>) -> (u16, String) {
    let (response, body) =
        call(request("POST", path).header(CONTENT_TYPE, media_type).body(body.into()).unwrap()).await;
    let members: Value = serde_json::from_str(&body).unwrap_or_default();
    let code = members["code"].as_str().or(members["absah_code"].as_str()).unwrap_or(&body).to_owned();
    (response.status().as_u16(), code)
}

#[tokio::test]
async fn hostile_bodies_are_refused() {
    const JSON: &str = "application/json";
    const FORM: &str = "application/x-www-form-urlencoded";
    let long = format!(r#"{{"a":1,"b":"{}"}}"#, "x".repeat(100));
    let endless = Body::from_stream(Endless);
    let cases: [(&str, &str, &str, Body, u16, &str); 13] = [
        ("good json", "/json", JSON, r#"{"a":1}"#.into(), 200, "1"),
        ("json with charset", "/json", "Application/JSON; charset=utf-8", r#"{"a":1}"#.into(), 200, "1"),
        ("special json", "/json", "application/vnd.x+json", r#"{"a":1}"#.into(), 200, "1"),
        ("repeated member", "/json", JSON, r#"{"a":1,"a":2}"#.into(), 400, "json-duplicate-member"),
        ("cut off", "/json", JSON, r#"{"a":1"#.into(), 400, "json-malformed"),
        ("other shape", "/json", JSON, r#"{"a":-1}"#.into(), 400, "json-shape"),
        ("text", "/json", "text/plain", r#"{"a":1}"#.into(), 415, "web-media-type"),
        ("too long", "/json", JSON, long.into(), 413, "web-too-large"),
        ("endless", "/json", JSON, endless, 413, "web-too-large"),
        ("good form", "/form", FORM, "a=1".into(), 200, "1"),
        ("repeated field", "/form", FORM, "a=1&a=2".into(), 400, "web-form"),
        ("missing field", "/form", FORM, "b=1".into(), 400, "web-form"),
        ("json as form", "/form", JSON, r#"{"a":1}"#.into(), 415, "web-media-type"),
    ];
    for (name, path, media_type, body, status, code) in cases {
        // A form with a field of the wrong kind is 422 in axum; OAuth knows 400 only.
        assert_eq!(post_body(path, media_type, body).await, (status, code.to_owned()), "{name}");
    }
    assert_eq!(post_body("/form", FORM, format!("a=1&b={}", "x".repeat(100))).await.0, 413);
}

/// A body that never ends.
struct Endless;

impl futures_core::Stream for Endless {
    type Item = Result<&'static [u8], std::io::Error>;

    fn poll_next(
        self: core::pin::Pin<&mut Self>,
        _: &mut core::task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(Ok(b" ")))
    }
}

#[tokio::test]
async fn tokens_are_read_strictly_and_answers_with_them_not_kept() {
    let with = |values: &'static [&'static str]| async move {
        let mut builder = request("GET", "/secret");
        for value in values {
            builder = builder.header(AUTHORIZATION, *value);
        }
        call(builder.body(Body::empty()).unwrap()).await
    };
    let (response, body) = with(&["Bearer abc"]).await;
    assert_eq!((response.status().as_u16(), body.as_str()), (200, "abc"));
    assert_eq!(header(&response, &CACHE_CONTROL), Some("no-store"));
    assert_eq!(with(&["bearer abc"]).await.1, "abc");
    let hostile: [&'static [&'static str]; 6] =
        [&[], &["Bearer"], &["Bearer "], &["Basic abc"], &["abc"], &["Bearer a", "Bearer b"]];
    for values in hostile {
        let (response, body) = with(values).await;
        assert_eq!(response.status(), 401, "{values:?}");
        assert_eq!(
            header(&response, &WWW_AUTHENTICATE),
            Some("Bearer error=\"invalid_token\""),
            "{values:?}"
        );
        assert!(body.contains("web-no-token"), "{body}");
    }
}

#[tokio::test]
async fn other_origins_may_call_public_routes_only() {
    let preflight = |path: &'static str| async move {
        let builder = request("OPTIONS", path).header("origin", "https://example.org");
        call(builder.header("access-control-request-method", "POST").body(Body::empty()).unwrap()).await.0
    };
    for path in ["/now", "/form"] {
        let response = preflight(path).await;
        assert_eq!(response.status(), 204, "{path}");
        assert_eq!(header(&response, &ACCESS_CONTROL_ALLOW_ORIGIN), Some("*"), "{path}");
        assert_eq!(header(&response, &ACCESS_CONTROL_ALLOW_METHODS), Some("GET, POST, OPTIONS"), "{path}");
        assert_eq!(response.headers().get("access-control-allow-credentials"), None, "{path}");
    }
    assert_eq!(header(&fetch("/now").await.0, &ACCESS_CONTROL_ALLOW_ORIGIN), Some("*"));
    for path in ["/secret", "/page", "/nowhere"] {
        assert_eq!(header(&preflight(path).await, &ACCESS_CONTROL_ALLOW_ORIGIN), None, "{path}");
        assert_eq!(header(&fetch(path).await.0, &ACCESS_CONTROL_ALLOW_ORIGIN), None, "{path}");
    }
    let refused = call(request("POST", "/form").body(Body::empty()).unwrap()).await.0;
    assert_eq!(header(&refused, &ACCESS_CONTROL_ALLOW_ORIGIN), Some("*"), "errors are readable too");
    let wrong_method = fetch("/form").await.0;
    assert_eq!(header(&wrong_method, &ALLOW), Some("POST"));
    assert_eq!(header(&wrong_method, &ACCESS_CONTROL_ALLOW_ORIGIN), Some("*"));
}
