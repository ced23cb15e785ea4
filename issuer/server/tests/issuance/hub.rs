//! The city's data hub: who may read, what is told, and alerts that arrive signed and at least once.

use std::sync::{Arc, Mutex};

use absah_host::Exit;
use absah_issuer::webhook::{fetcher, tell};
use absah_types::{Clock as _, Seconds};
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tower::ServiceExt as _;

use crate::desk::{Desk, Reply};

async fn read(desk: &Desk, path: &str, token: Option<&str>) -> Reply {
    let mut request = Request::get(path);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let response = desk.app.router().oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    Reply { status, text: String::from_utf8_lossy(&bytes).into_owned(), headers }
}

fn secret_in(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.place.path().join(name)).unwrap().trim().to_owned()
}

#[tokio::test]
async fn the_hub_reads_figures_of_nobody() {
    let desk = Desk::open().await;
    crate::copies(&desk, "KtpElektronik", "dc", 2).await;
    let out = desk.place.path().join("token");
    let out = out.to_str().unwrap();
    let (exit, answer) = desk.command(&["hub", "add", "kota", "--out", out]).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
    let token = secret_in(&desk, "token");
    assert!(!answer.to_string().contains(&token), "the token is in its file and nowhere else");
    for (words, code) in [
        (["hub", "add", "lain", "--out", out], "hub-file-there"),
        (["hub", "add", "Kota Madiun", "--out", "/nowhere/x"], "hub-name"),
    ] {
        let (exit, answer) = desk.command(&words).await;
        assert_eq!((exit, answer["error"]["code"].as_str()), (Exit::Refused, Some(code)), "{answer}");
    }
    for wrong in [None, Some("absah_hub_AAAA"), Some("")] {
        let refused = read(&desk, "/hub/v1/figures", wrong).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!(refused.json()["code"], "hub-token");
    }
    let told = read(&desk, "/hub/v1/figures", Some(&token)).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text);
    let figures = told.json();
    assert!(figures["residents"].as_u64() > Some(20), "{figures}");
    // One person has a card: too few to be told.
    assert_eq!(figures["cards"][0]["type"], "KtpElektronik", "{figures}");
    assert!(figures["cards"][0]["people"].is_null(), "{figures}");
    assert!(!told.text.contains(&Desk::grown_up()));

    let first = read(&desk, "/hub/v1/events?limit=2", Some(&token)).await.json();
    assert_eq!(first["events"].as_array().map(Vec::len), Some(2), "{first}");
    let next = first["next"].as_i64().unwrap();
    let rest = read(&desk, &format!("/hub/v1/events?after={next}"), Some(&token)).await.json();
    assert!(rest["events"][0]["position"].as_i64() > Some(next), "{rest}");
    assert_eq!(rest["events"][0]["hour"].as_i64().unwrap() % 3600, 0);
    for wrong in ["after=x", "limit=0", "limit=501", "after=-2", "after=99999999999999999999"] {
        let refused = read(&desk, &format!("/hub/v1/events?{wrong}"), Some(&token)).await;
        assert_eq!(
            (refused.status, refused.json()["code"].as_str()),
            (StatusCode::BAD_REQUEST, Some("hub-query"))
        );
    }
    let (exit, _) = desk.command(&["hub", "remove", "kota"]).await;
    assert_eq!(exit, Exit::Ok);
    assert_eq!(read(&desk, "/hub/v1/figures", Some(&token)).await.status, StatusCode::UNAUTHORIZED);
    let (exit, whole) = desk.command(&["ledger", "reconcile"]).await;
    assert_eq!((exit, &whole["code"]), (Exit::Ok, &"ok".into()), "{whole}");
}

type Heard = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

/// A receiver that refuses the first so many messages.
async fn receiver(refuse: usize) -> (String, Heard) {
    let heard: Heard = Arc::default();
    let ears = Arc::clone(&heard);
    let take = move |headers: HeaderMap, body: Bytes| {
        let ears = Arc::clone(&ears);
        async move {
            let mut ears = ears.lock().unwrap();
            ears.push((headers, body));
            if ears.len() <= refuse { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::NO_CONTENT }
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/alerts", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/alerts", post(take))).await });
    (url, heard)
}

#[tokio::test]
async fn alerts_arrive_signed_and_at_least_once() {
    let desk = Desk::open().await;
    let (url, heard) = receiver(1).await;
    let out = desk.place.path().join("secret");
    let words = ["hub", "webhook", url.as_str(), "--out", out.to_str().unwrap(), "--dev-loopback"];
    let (exit, answer) = desk.command(&words).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
    let store = desk.app.ledger().unwrap().records();
    let keys = desk.app.keys();
    let now = desk.clock.now();
    store.raise(None, "break-glass", "Kebakaran di kantor".to_owned(), now).await.unwrap();
    let inside = fetcher(true).unwrap();
    // Refused once: told again later, not sooner, with the same id.
    assert_eq!(tell(store, keys.as_ref(), &inside, now).await.unwrap(), 0);
    assert_eq!(store.webhook().await.unwrap().unwrap().fault.as_deref(), Some("status-503"));
    assert_eq!(tell(store, keys.as_ref(), &inside, now).await.unwrap(), 0);
    assert_eq!(heard.lock().unwrap().len(), 1, "nothing before the pause is over");
    let later = now.plus(Seconds(5));
    assert_eq!(tell(store, keys.as_ref(), &inside, later).await.unwrap(), 1);
    assert_eq!(tell(store, keys.as_ref(), &inside, later).await.unwrap(), 0, "told once it was taken");
    let secret = secret_in(&desk, "secret");
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let heard = heard.lock().unwrap();
    assert_eq!(heard.len(), 2);
    for (headers, body) in heard.iter() {
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("webhook-id"), "alert-1");
        let signed = format!("alert-1.{}.{}", header("webhook-timestamp"), String::from_utf8_lossy(body));
        let own = STANDARD.encode(absah_crypto::hmac_sha256(&key, signed.as_bytes()));
        assert_eq!(header("webhook-signature"), format!("v1,{own}"));
        let text = String::from_utf8_lossy(body);
        assert!(text.contains("break-glass") && !text.contains("Kebakaran"), "{text}");
    }
}

#[tokio::test]
async fn a_webhook_reaches_no_address_inside() {
    let desk = Desk::open().await;
    let (url, heard) = receiver(0).await;
    let store = desk.app.ledger().unwrap().records();
    let now = desk.clock.now();
    store.raise(None, "break-glass", "uji".to_owned(), now).await.unwrap();
    // A private network is neither this machine nor plain HTTP.
    for (private, address, fault) in [
        (false, url.clone(), "fetch-scheme"),
        (true, url.clone(), "fetch-scheme"),
        (true, url.replace("http:", "https:"), "fetch-address"),
        (true, "https://169.254.169.254/latest".to_owned(), "fetch-address"),
        (false, "https://10.0.0.1/hub".to_owned(), "fetch-address"),
    ] {
        store.set_webhook([1; 16], (&address, private), now).await.unwrap();
        store.raise(None, "break-glass", "uji".to_owned(), now).await.unwrap();
        let outside = fetcher(false).unwrap();
        assert_eq!(tell(store, desk.app.keys().as_ref(), &outside, now).await.unwrap(), 0);
        let webhook = store.webhook().await.unwrap().unwrap();
        assert_eq!((webhook.private, webhook.fault.as_deref()), (private, Some(fault)), "{address}");
    }
    assert!(heard.lock().unwrap().is_empty());
}
