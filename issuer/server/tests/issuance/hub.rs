//! The city's data hub: who may read, what is told, and alerts that arrive signed and at least once.

use std::sync::{Arc, Mutex};

use absah_host::Exit;
use absah_issuer::webhook::{MOST_REFUSALS, fetcher, tell};
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
        let challenge = refused.headers["www-authenticate"].to_str().unwrap();
        assert!(challenge.starts_with("Bearer realm="), "{challenge}");
        // RFC 6750, section 3.1: who brought no token is told of no error.
        assert_eq!(
            challenge.contains("error=\"invalid_token\""),
            wrong.is_some_and(|token| !token.is_empty())
        );
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
    let (failing, many) = store.failing_alerts(5).await.unwrap();
    assert_eq!((many, failing[0].fault.as_str(), failing[0].tries), (1, "status-503", 1));
    assert_eq!(store.webhook().await.unwrap().unwrap().fault, None, "the hub was reached");
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

/// A receiver that refuses one message for ever, and takes every other.
async fn picky(refused: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let ears = Arc::clone(&heard);
    let take = move |headers: HeaderMap| {
        let ears = Arc::clone(&ears);
        async move {
            let id = headers["webhook-id"].to_str().unwrap().to_owned();
            let answer =
                if id == refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::NO_CONTENT };
            ears.lock().unwrap().push(id);
            answer
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/alerts", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/alerts", post(take))).await });
    (url, heard)
}

#[tokio::test]
async fn an_alert_that_is_refused_for_ever_blocks_no_other_and_the_console_says_so() {
    let office = crate::console::Office::open().await;
    let mut staff = office.staff(["auditor"]).await;
    let browser = &mut staff[0].0;
    let desk = &office.desk;
    let store = desk.app.ledger().unwrap().records();
    let keys = desk.app.keys();
    let inside = fetcher(true).unwrap();
    // What the officers' own sign-in raised was before anybody listened.
    store.raise(None, "break-glass", "pertama".to_owned(), desk.clock.now()).await.unwrap();
    let first = store.newest_alerts().await.unwrap()[0].id;
    let refused: &'static str = format!("alert-{}", first + 1).leak();
    let (url, heard) = picky(refused).await;
    store.set_webhook([7; 16], (&url, false), desk.clock.now()).await.unwrap();
    for detail in ["kedua", "ketiga"] {
        store.raise(None, "break-glass", detail.to_owned(), desk.clock.now()).await.unwrap();
    }
    let page = office.get(browser, "/alerts").await.text;
    assert!(!page.contains("Belum diterima"), "nothing was tried yet");
    let since = desk.clock.now();
    assert_eq!(tell(store, keys.as_ref(), &inside, since).await.unwrap(), 1, "the later one goes on");
    assert_eq!(heard.lock().unwrap().as_slice(), [refused.to_owned(), format!("alert-{}", first + 2)]);
    let page = office.get(browser, "/alerts").await.text;
    for words in [
        "Belum diterima pusat data kota".to_owned(),
        format!("Peringatan nomor {}", first + 1),
        "Pusat data menjawab 422: pesan ini ditolak.".to_owned(),
        "1 kali dicoba".to_owned(),
        "Dicoba lagi".to_owned(),
        url.strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned(),
        "Perintah dijalankan tanpa orang kedua.</p>".to_owned(),
    ] {
        assert!(page.contains(&words), "{words}: {page}");
    }
    assert!(!page.contains(&format!("Peringatan nomor {}", first + 2)), "what was taken is no trouble");
    // Tried again after longer and longer pauses, at last no more; another one in between is told at once.
    let mut now = since;
    for refusals in 1..MOST_REFUSALS {
        let next = store.failing_alerts(1).await.unwrap().0[0].next_at;
        assert!(next > now, "{refusals}");
        let before = heard.lock().unwrap().len();
        assert_eq!(tell(store, keys.as_ref(), &inside, next.minus(Seconds(1))).await.unwrap(), 0);
        assert_eq!(heard.lock().unwrap().len(), before, "nothing before the pause is over");
        store.raise(None, "break-glass", "lain".to_owned(), next).await.unwrap();
        assert_eq!(tell(store, keys.as_ref(), &inside, next).await.unwrap(), 1, "{refusals}");
        now = next;
    }
    let (failing, many) = store.failing_alerts(9).await.unwrap();
    assert_eq!((many, failing[0].tries, failing[0].since), (1, MOST_REFUSALS, since));
    assert_eq!(failing[0].given_up, Some(now));
    let days = now.since(since).0 / 86_400;
    assert!((2..=3).contains(&days), "{days} days");
    let before = heard.lock().unwrap().len();
    assert_eq!(tell(store, keys.as_ref(), &inside, now.plus(Seconds::hours(24))).await.unwrap(), 0);
    assert_eq!(heard.lock().unwrap().len(), before, "given up");
    let page = office.get(browser, "/alerts").await.text;
    assert!(page.contains("Tidak dicoba lagi sejak") && page.contains("18 kali dicoba"), "{page}");
    let (exit, listed) = desk.command(&["hub", "list"]).await;
    assert_eq!(exit, Exit::Ok);
    assert_eq!(listed["failing"][0]["fault"], "status-422", "{listed}");
    // A hub at another address begins anew.
    store.set_webhook([8; 16], (&url, false), now).await.unwrap();
    assert!(!office.get(browser, "/alerts").await.text.contains("Belum diterima"));
}

#[tokio::test]
async fn a_hub_that_is_away_loses_nothing() {
    let desk = Desk::open().await;
    let store = desk.app.ledger().unwrap().records();
    let keys = desk.app.keys();
    let inside = fetcher(true).unwrap();
    let (url, heard) = receiver(0).await;
    // Nobody listens there.
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let mut now = desk.clock.now();
    store.set_webhook([7; 16], (&format!("http://{closed}/alerts"), false), now).await.unwrap();
    for detail in ["satu", "dua"] {
        store.raise(None, "break-glass", detail.to_owned(), now).await.unwrap();
    }
    for _ in 0..40 {
        assert_eq!(tell(store, keys.as_ref(), &inside, now).await.unwrap(), 0);
        let next = store.webhook().await.unwrap().unwrap().next_at;
        assert!(next > now && next.since(now) <= Seconds::minutes(5), "at most five minutes");
        now = next;
    }
    let (failing, _) = store.failing_alerts(9).await.unwrap();
    assert!(failing.len() == 2 && failing.iter().all(|one| one.given_up.is_none() && one.tries == 20));
    assert_eq!(failing[0].fault, "fetch-connect");
    let words = "Tidak dapat tersambung";
    assert!(absah_schemas::text(absah_types::Lang::Id, "err-fetch-connect").unwrap().contains(words));
    // It is back, at the same address.
    let pool = desk.data().join("issuer.sqlite");
    let pool = sqlx::SqlitePool::connect_with(sqlx::sqlite::SqliteConnectOptions::new().filename(pool));
    sqlx::query("UPDATE webhook SET url = ?").bind(&url).execute(&pool.await.unwrap()).await.unwrap();
    assert_eq!(tell(store, keys.as_ref(), &inside, now).await.unwrap(), 2);
    assert_eq!(heard.lock().unwrap().len(), 2);
    assert_eq!(store.failing_alerts(9).await.unwrap().1, 0);
    assert_eq!(store.webhook().await.unwrap().unwrap().fault, None);
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
