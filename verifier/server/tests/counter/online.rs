//! Over HTTPS: the request is fetched, the answer posted, the session asked.

use std::sync::Arc;

use absah_credential::Format;
use absah_host::{CommonArgs, Exit};
use absah_protocol::UrlRules;
use absah_protocol::oid4vp::request::{Expectation, ResponseTo, Transport, request_uri_post, verify};
use absah_protocol::oid4vp::response::{direct_post, direct_post_jwt};
use absah_testkit::SeededRng;
use absah_trust::sample::City;
use absah_verifier::{App, router};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use tower::ServiceExt as _;

use crate::channels::verified;
use crate::world::{Counter, NOW, present, read};

/// Status, media type and body of one answer.
pub(crate) async fn call(
    routes: &Router,
    method: &str,
    path: &str,
    body: String,
) -> (StatusCode, String, String) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    let response = routes.clone().oneshot(request).await.unwrap();
    let kind = response.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, kind.unwrap_or_default(), String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn over_the_network() {
    let counter = Counter::registered().await;
    let (mut context, _) = counter.context();
    let common = CommonArgs { data_dir: Some(counter.data()), json: true, dev_loopback: true };
    let app = Arc::new(App::open(&common, &mut context).await.unwrap());
    let routes = router(Arc::clone(&app));
    let base = "http://127.0.0.1:9";
    let asked = ["request", "--online", "--unencrypted", "--service", City::SERVICE, "--public-url", base];
    let made = counter.run(&asked).await;
    assert_eq!(made.exit, Exit::Ok);
    let session = made.json["session"].as_str().unwrap().to_owned();
    assert!(made.json["deep_link"].as_str().unwrap().starts_with("openid4vp://?client_id=x509_hash%3A"));
    let call = async |method: &str, path: &str, body: String| call(&routes, method, path, body).await;
    let path = made.json["request_uri"].as_str().unwrap().strip_prefix(base).unwrap();
    let (status, kind, jar) = call("GET", path, String::new()).await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/oauth-authz-req+jwt"));
    let request = read(&jar, Transport::Online, NOW);
    let ResponseTo::DirectPost { response_uri, state, encryption: None } = &request.response else {
        panic!("asked by QR")
    };
    let post_to = response_uri.as_str().strip_prefix(base).unwrap().to_owned();

    assert_eq!(call("GET", &format!("/sessions/{session}"), String::new()).await.2, r#"{"state":"open"}"#);
    let open = counter.run(&["session", &session]).await;
    assert_eq!((open.exit, open.json["state"].as_str()), (Exit::Refused, Some("open")));
    assert_eq!(open.json["fetched_again"], false);
    // Whoever comes second gets nothing, by whichever way, and the officer is told; who was first goes on.
    for (method, body) in [("GET", String::new()), ("POST", request_uri_post("w-2")), ("POST", String::new())]
    {
        let (status, _, body) = call(method, path, body).await;
        assert_eq!((status, body.contains("request-taken")), (StatusCode::GONE, true), "{method}: {body}");
        assert!(!body.contains(&jar), "{method}");
    }
    let open = counter.run(&["session", &session]).await;
    assert_eq!((open.json["state"].as_str(), &open.json["fetched_again"]), (Some("open"), &true.into()));

    let shown = present(NOW, Format::DcSdJwt, &request, NOW);
    let honest = direct_post(std::slice::from_ref(&shown), state.as_deref());
    let (status, _, body) = call("POST", &post_to, "garbage".to_owned()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    let (status, _, body) = call("POST", &post_to, direct_post(&[shown], Some("other"))).await;
    assert_eq!((status, body.contains("answer-state")), (StatusCode::BAD_REQUEST, true), "{body}");
    assert_eq!(call("POST", "/responses/unknown", honest.clone()).await.0, StatusCode::NOT_FOUND);
    let (status, _, body) = call("POST", &post_to, honest.clone()).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "{}"));
    let (status, _, body) = call("POST", &post_to, honest).await;
    assert_eq!((status, body.contains("replayed")), (StatusCode::BAD_REQUEST, true), "{body}");

    let said = counter.run(&["session", &session]).await;
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"));
    assert_eq!(said.json["facts"]["nama"], "SITI CONTOH");
    let filed = verified(&counter, said.json["evidence"].as_str().unwrap()).await;
    assert_eq!(filed["verdict"], "unattended");
    let again = counter.run(&["session", &session]).await;
    assert_eq!((again.exit, again.code()), (Exit::Ok, "accepted"));
    let gone = (&again.json["facts"], again.json.get("evidence"));
    assert_eq!(gone, (&serde_json::json!({}), None), "facts are told once");
    let (_, _, told) = call("GET", &format!("/sessions/{session}"), String::new()).await;
    assert!(told.contains("accepted") && !told.contains("SITI"), "{told}");
    assert_eq!(call("GET", path, String::new()).await.0, StatusCode::GONE);
    assert_eq!(counter.run(&["session", "unknown"]).await.code(), "session-unknown");
    assert_eq!(call("GET", "/healthz", String::new()).await.2, "ok");
}

/// The usual way: the wallet posts its nonce for the request, and its answer comes encrypted.
#[tokio::test]
async fn one_wallet_and_nobody_between() {
    let counter = Counter::registered().await;
    let (mut context, _) = counter.context();
    let common = CommonArgs { data_dir: Some(counter.data()), json: true, dev_loopback: true };
    let app = Arc::new(App::open(&common, &mut context).await.unwrap());
    let routes = router(Arc::clone(&app));
    let base = "http://127.0.0.1:9";
    let made = counter.run(&["request", "--online", "--service", City::SERVICE, "--public-url", base]).await;
    let session = made.json["session"].as_str().unwrap().to_owned();
    let link = made.json["deep_link"].as_str().unwrap();
    assert!(link.ends_with("&request_uri_method=post"), "{link}");
    let call = async |method: &str, path: &str, body: String| {
        let (status, _, body) = call(&routes, method, path, body).await;
        (status, body)
    };
    let path = made.json["request_uri"].as_str().unwrap().strip_prefix(base).unwrap();
    let (status, body) = call("POST", path, "wallet_nonce=a%20b".to_owned()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    let (status, jar) = call("POST", path, request_uri_post("w-1")).await;
    assert_eq!(status, StatusCode::OK, "{jar}");
    assert_eq!(
        call("POST", path, request_uri_post("w-1")).await,
        (StatusCode::OK, jar.clone()),
        "reply lost"
    );
    for (name, method, body) in
        [("another wallet", "POST", request_uri_post("w-2")), ("a fetch", "GET", String::new())]
    {
        let (status, body) = call(method, path, body).await;
        assert_eq!((status, body.contains("request-taken")), (StatusCode::GONE, true), "{name}: {body}");
    }
    let expected = Expectation {
        transport: Transport::Online,
        client_id: None,
        wallet_nonce: Some("w-1"),
        haip: true,
        rules: UrlRules::DevLoopback,
        now: NOW,
    };
    let request = verify(&jar, &expected).unwrap();
    let ResponseTo::DirectPost { response_uri, state, encryption: Some(encryption) } = &request.response
    else {
        panic!("in the open")
    };
    let post_to = response_uri.as_str().strip_prefix(base).unwrap().to_owned();
    let shown = [present(NOW, Format::DcSdJwt, &request, NOW)];
    let (status, body) = call("POST", &post_to, direct_post(&shown, state.as_deref())).await;
    assert_eq!((status, body.contains("response-not-encrypted")), (StatusCode::BAD_REQUEST, true), "{body}");
    let seal = |state| direct_post_jwt(&shown, state, encryption, &mut SeededRng::new(1));
    let (status, body) = call("POST", &post_to, seal(Some("other"))).await;
    assert_eq!((status, body.contains("answer-state")), (StatusCode::BAD_REQUEST, true), "{body}");
    let mut tampered = seal(state.as_deref());
    let end = if tampered.ends_with('A') { "B" } else { "A" };
    tampered.replace_range(tampered.len() - 5..tampered.len() - 4, end);
    let (status, body) = call("POST", &post_to, tampered).await;
    assert_eq!((status, body.contains("jwe-sealed")), (StatusCode::BAD_REQUEST, true), "{body}");
    assert_eq!(call("POST", &post_to, seal(state.as_deref())).await, (StatusCode::OK, "{}".to_owned()));
    let said = counter.run(&["session", &session]).await;
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"));
    assert_eq!(said.json["facts"]["nama"], "SITI CONTOH");
    let (status, body) = call("POST", &post_to, seal(state.as_deref())).await;
    assert_eq!((status, body.contains("replayed")), (StatusCode::BAD_REQUEST, true), "{body}");
}
