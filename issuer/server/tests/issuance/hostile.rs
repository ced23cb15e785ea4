//! Hostile requests, each with its own answer, each beside a good neighbour.

use absah_host::Exit;
use absah_testkit::key;
use absah_types::Seconds;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::desk::{Desk, Reply};

fn refusal(status: u16, error: &str, code: &str) -> (u16, String, String) {
    (status, error.to_owned(), code.to_owned())
}

#[tokio::test]
async fn transaction_codes_cannot_be_tried_out() {
    let desk = Desk::open().await;
    let (path, tx_code) = desk.offer(&Desk::grown_up(), "KtpElektronik").await;
    let code = desk.code(&path).await;
    let wrong = if tx_code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(desk.redeem(&code, wrong).await.refusal(), refusal(400, "invalid_grant", "tx-code-wrong"));
    }
    let dead = desk.redeem(&code, &tx_code).await;
    assert_eq!(dead.refusal(), refusal(400, "invalid_grant", "tx-code-tries-used-up"));

    // Many at once count as many.
    let (path, tx_code) = desk.offer(&Desk::grown_up(), "KtpElektronik").await;
    let code = desk.code(&path).await;
    let wrong = if tx_code == "000000" { "000001" } else { "000000" };
    let tries = (0..20).map(|_| desk.redeem(&code, wrong));
    let mut wrong_codes = 0;
    for reply in futures(tries).await {
        wrong_codes += usize::from(reply.refusal().2 == "tx-code-wrong");
    }
    assert_eq!(wrong_codes, 5);
    assert_eq!(desk.redeem(&code, &tx_code).await.refusal().2, "tx-code-tries-used-up");
}

/// Runs futures on one task, all begun before any is finished.
pub(crate) async fn futures<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, place) in waiting.iter_mut().zip(&mut done) {
            if place.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *place = Some(value);
            }
        }
        if done.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test]
async fn codes_work_once_and_for_ten_minutes() {
    let desk = Desk::open().await;
    let (path, tx_code) = desk.offer(&Desk::grown_up(), "KtpElektronik").await;
    let code = desk.code(&path).await;
    let both = futures([desk.redeem(&code, &tx_code), desk.redeem(&code, &tx_code)].into_iter()).await;
    assert_eq!(both.iter().filter(|reply| reply.status == StatusCode::OK).count(), 1);
    let replayed = desk.redeem(&code, &tx_code).await;
    assert_eq!(replayed.refusal(), refusal(400, "invalid_grant", "token-code-used"));
    let shown = desk.get(&path).await;
    assert_eq!((shown.status, shown.refusal().2), (StatusCode::GONE, "token-code-used".to_owned()));

    let (path, tx_code) = desk.offer(&Desk::grown_up(), "KtpElektronik").await;
    let code = desk.code(&path).await;
    desk.later(Seconds(600));
    let late = desk.redeem(&code, &tx_code).await;
    assert_eq!(late.refusal(), refusal(400, "invalid_grant", "token-code-expired"));
    assert_eq!(desk.get(&path).await.status, StatusCode::GONE);
    for nowhere in ["/offers/x", "/offers/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        assert_eq!(desk.get(nowhere).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn hostile_token_requests() {
    let desk = Desk::open().await;
    let (path, tx_code) = desk.offer(&Desk::grown_up(), "KtpElektronik").await;
    let code = desk.code(&path).await;
    let grant = "grant_type=urn:ietf:params:oauth:grant-type:pre-authorized_code";
    let cases: Vec<(&str, String, &str, &str)> = vec![
        ("nothing", String::new(), "invalid_request", "token-missing-grant-type"),
        (
            "another grant",
            "grant_type=password".into(),
            "unsupported_grant_type",
            "token-unsupported-grant-type",
        ),
        ("no code", grant.into(), "invalid_request", "token-missing-code"),
        (
            "a code nobody made",
            format!("{grant}&pre-authorized_code=abc&tx_code=123456"),
            "invalid_grant",
            "token-code-unknown",
        ),
        (
            "no transaction code",
            format!("{grant}&pre-authorized_code={code}"),
            "invalid_request",
            "tx-code-missing",
        ),
        (
            "letters",
            format!("{grant}&pre-authorized_code={code}&tx_code=abcdef"),
            "invalid_grant",
            "tx-code-form",
        ),
        (
            "code twice",
            format!("{grant}&pre-authorized_code={code}&pre-authorized_code={code}&tx_code={tx_code}"),
            "invalid_request",
            "token-repeated-parameter",
        ),
    ];
    for (name, body, error, code) in cases {
        assert_eq!(desk.form("/token", &body).await.refusal(), refusal(400, error, code), "{name}");
    }
    let body = format!("{grant}&pre-authorized_code={code}&tx_code={tx_code}");
    let json =
        Request::post("/token").header("content-type", "application/json").body(Body::from(body.clone()));
    assert_eq!(desk.send(json.unwrap()).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let huge = format!("{body}&x={}", "y".repeat(20_000));
    assert_eq!(desk.form("/token", &huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(desk.get("/token").await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(desk.form("/token", &body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn hostile_credential_requests() {
    let desk = Desk::open().await;
    let token = desk.token(&Desk::grown_up(), "KtpElektronik").await;
    let nonce = desk.nonce().await;
    let good = |n: u64| desk.proof(&key(50 + n), &nonce, &json!({}));
    let with = |changes: Value| vec![desk.proof(&key(50), &nonce, &changes)];
    let now = absah_types::Clock::now(&desk.clock).unix();
    let dc = "KtpElektronik_dc_sd_jwt";
    let torn = good(0).replace('A', "B");
    let none = good(0).replacen("eyJ", "e30", 1);
    let cases: Vec<(&str, &str, Vec<String>, &str, &str)> = vec![
        (
            "unknown configuration",
            "Sim_dc_sd_jwt",
            vec![good(0)],
            "unknown_credential_configuration",
            "credential-request-unknown",
        ),
        (
            "another card than offered",
            "KartuKeluarga_dc_sd_jwt",
            vec![good(0)],
            "unknown_credential_configuration",
            "credential-request-unknown",
        ),
        ("no proof", dc, vec![], "invalid_proof", "proof-missing"),
        ("13 proofs", dc, (0..13).map(good).collect(), "invalid_proof", "proof-too-many"),
        ("the same key twice", dc, vec![good(0), good(1), good(0)], "invalid_proof", "proof-same-key"),
        (
            "for another issuer",
            dc,
            with(json!({ "aud": "https://elsewhere.example" })),
            "invalid_proof",
            "proof-audience",
        ),
        ("a nonce nobody made", dc, with(json!({ "nonce": "abc" })), "invalid_nonce", "c-nonce-unknown"),
        ("no nonce", dc, with(json!({ "nonce": null })), "invalid_proof", "proof-payload"),
        ("too old", dc, with(json!({ "iat": now - 700 })), "invalid_proof", "proof-too-old"),
        ("from the future", dc, with(json!({ "iat": now + 400 })), "invalid_proof", "proof-in-future"),
        ("one good, one torn", dc, vec![good(0), torn], "invalid_proof", ""),
        ("no algorithm", dc, vec![none], "invalid_proof", ""),
    ];
    for (name, configuration, proofs, error, code) in cases {
        let body = json!({ "credential_configuration_id": configuration, "proofs": { "jwt": proofs } });
        let (status, said, own) = desk.ask(&token, body.to_string()).await.refusal();
        assert_eq!((status, said.as_str()), (400, error), "{name}");
        assert!(code.is_empty() || own == code, "{name}: {own}");
    }
    let bodies = [
        ("no JSON", "{".to_owned(), "credential-request-malformed"),
        ("a member twice", r#"{"proofs":{},"proofs":{}}"#.to_owned(), "credential-request-malformed"),
        ("nothing named", "{}".to_owned(), "credential-request-names-nothing"),
        (
            "by identifier",
            r#"{"credential_identifier":"x","proofs":{"jwt":["x"]}}"#.to_owned(),
            "credential-request-identifier",
        ),
    ];
    for (name, body, code) in bodies {
        assert_eq!(desk.ask(&token, body).await.refusal().2, code, "{name}");
    }
    let huge = "x".repeat(100_000);
    assert_eq!(desk.ask(&token, huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);

    let stranger = desk.ask("AAAA", desk.request(dc, 1).await).await;
    assert_eq!(stranger.refusal(), refusal(401, "invalid_token", "access-token-unknown"));
    let bare = Request::post("/credential").body(Body::from(desk.request(dc, 1).await)).unwrap();
    assert_eq!(desk.send(bare).await.status, StatusCode::UNAUTHORIZED);

    // None of this has used the token up.
    assert_eq!(desk.ask(&token, desk.request(dc, 12).await).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nonces_and_tokens_end() {
    let desk = Desk::open().await;
    let token = desk.token(&Desk::grown_up(), "KtpElektronik").await;
    let body = desk.request("KtpElektronik_dc_sd_jwt", 1).await;
    desk.later(Seconds(301));
    assert_eq!(desk.ask(&token, body).await.refusal(), refusal(400, "invalid_nonce", "c-nonce-expired"));
    desk.later(Seconds(300));
    let body = desk.request("KtpElektronik_dc_sd_jwt", 1).await;
    assert_eq!(desk.ask(&token, body).await.refusal(), refusal(401, "invalid_token", "access-token-ended"));
}

#[tokio::test]
async fn a_withdrawn_card_takes_its_openings_with_it() {
    let desk = Desk::open().await;
    let nik = Desk::grown_up();
    let first = desk.token(&nik, "KtpElektronik").await;
    let body = desk.request("KtpElektronik_dc_sd_jwt", 1).await;
    assert_eq!(desk.ask(&first, body).await.status, StatusCode::OK);
    let token = desk.token(&nik, "KtpElektronik").await;
    let (path, tx_code) = desk.offer(&nik, "KtpElektronik").await;
    let code = desk.code(&path).await;
    let (exit, _) = desk.command(&["revoke", "--nik", &nik, "--credential", "KtpElektronik"]).await;
    assert_eq!(exit, Exit::Ok);
    let body = desk.request("KtpElektronik_dc_sd_jwt", 1).await;
    assert_eq!(desk.ask(&token, body).await.refusal().2, "access-token-ended");
    assert_eq!(desk.redeem(&code, &tx_code).await.refusal().2, "token-code-used");
}

#[tokio::test]
async fn commands_that_cannot_be() {
    let desk = Desk::open().await;
    let nik = Desk::grown_up();
    let elsewhere = desk.place.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::fs::write(elsewhere.join("letter.txt"), "x").unwrap();
    let cases: Vec<(Vec<&str>, Exit, &str)> = vec![
        (vec!["offer", "--nik", "123", "--credential", "KtpElektronik"], Exit::Refused, "nik-length"),
        (
            vec!["offer", "--nik", "3577010101010001", "--credential", "KtpElektronik"],
            Exit::Refused,
            "resident-unknown",
        ),
        (vec!["offer", "--nik", &nik, "--credential", "Sim"], Exit::Refused, "credential-unknown"),
        (vec!["revoke", "--nik", &nik, "--credential", "KtpElektronik"], Exit::Refused, "card-none"),
        (
            vec!["revoke", "--nik", "3577010101010001", "--credential", "KtpElektronik"],
            Exit::Refused,
            "resident-unknown",
        ),
        (vec!["import", "/nowhere.csv"], Exit::Environment, "file-missing"),
        (vec!["bundle", "publish", elsewhere.to_str().unwrap()], Exit::Refused, "bundle-folder-in-use"),
    ];
    for (words, expected, code) in cases {
        let (exit, answer) = desk.command(&words).await;
        assert_eq!((exit, &answer["error"]["code"]), (expected, &Value::from(code)), "{words:?}");
    }
    assert_eq!(desk.command(&["no-such-command"]).await.0, Exit::Usage);
    let _: Reply = desk.get("/nowhere").await;
}

/// A body over the limit is answered by every endpoint that reads one, in JSON and as its document says.
#[tokio::test]
async fn what_is_too_large_is_told_in_json_and_documented() {
    let desk = Desk::open().await;
    let document = desk.get("/openapi.json").await.json();
    let mut endpoints = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let operation = &item["post"];
        let Some(kinds) = operation["requestBody"]["content"].as_object() else { continue };
        endpoints += 1;
        let told = operation["responses"]["413"]["content"].as_object();
        let told = told.unwrap_or_else(|| panic!("{path} documents no 413"));
        let kind = kinds.keys().next().unwrap();
        let request = Request::post(path).header("content-type", kind).body(Body::from("x".repeat(600_000)));
        let reply = desk.send(request.unwrap()).await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}: {}", reply.text);
        let kind = reply.headers["content-type"].to_str().unwrap();
        assert!(told.contains_key(kind), "{path}: {kind} is not one of {:?}", told.keys());
        let said = reply.json();
        if kind == "application/problem+json" {
            assert_eq!(said["status"], 413, "{path}: {said}");
            assert!(said["code"].as_str().is_some_and(|code| code.ends_with("too-large")), "{path}: {said}");
        } else {
            // OAuth's own endpoints write errors as RFC 6749, section 5.2, has them.
            assert_eq!((kind, &said["absah_code"]), ("application/json", &json!("web-too-large")), "{path}");
        }
    }
    assert!(endpoints >= 10, "{endpoints}");
}
