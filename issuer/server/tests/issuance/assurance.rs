//! Where the keys of a card live, as the card says it: at once, and when the card came later.

use absah_host::Exit;
use absah_testkit::key;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::desk::{Desk, Reply};
use crate::{issuer_key, verified};

async fn said(desk: &Desk, reply: &Reply) -> Vec<String> {
    let issuer = issuer_key(desk).await;
    let credentials = reply.json()["credentials"].as_array().unwrap().clone();
    let one = |one: &Value| {
        let claims = verified(desk, one["credential"].as_str().unwrap(), &issuer);
        claims.claims()["jaminanKunci"].as_str().unwrap().to_owned()
    };
    credentials.iter().map(one).collect()
}

async fn asked(desk: &Desk, second: Value) -> String {
    let nonce = desk.nonce().await;
    let proofs = [desk.proof(&key(60), &nonce, &json!({})), desk.proof(&key(61), &nonce, &second)];
    json!({ "credential_configuration_id": "KtpElektronik_dc_sd_jwt", "proofs": { "jwt": proofs } })
        .to_string()
}

#[tokio::test]
async fn a_card_says_where_its_keys_live_and_nobody_can_say_better() {
    let desk = Desk::open().await;
    for (second, wanted) in [
        (json!({}), "software"),
        (json!({ "jaminanKunci": "web" }), "web"),
        (json!({ "jaminanKunci": "hardware" }), "software"),
    ] {
        let token = desk.token(&Desk::grown_up(), "KtpElektronik").await;
        let reply = desk.ask(&token, asked(&desk, second).await).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        assert_eq!(said(&desk, &reply).await, [wanted, wanted]);
    }
}

#[tokio::test]
async fn a_card_that_came_later_says_it_too() {
    let desk = Desk::open().await;
    let (code, tx_code) = desk.held_codes(&Desk::grown_up(), "KtpElektronik").await;
    let token = desk.redeem(&code, &tx_code).await.json()["access_token"].as_str().unwrap().to_owned();
    let waits = desk.ask(&token, asked(&desk, json!({ "jaminanKunci": "web" })).await).await;
    assert_eq!(waits.status, StatusCode::ACCEPTED, "{}", waits.text);
    let (_, held) = desk.command(&["held", "list"]).await;
    let id = held["held"][0]["id"].as_i64().unwrap().to_string();
    assert_eq!(desk.command(&["held", "release", &id]).await.0, Exit::Ok);
    let body = json!({ "transaction_id": waits.json()["transaction_id"] }).to_string();
    let request = Request::post("/deferred_credential")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json");
    let reply = desk.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    assert_eq!(said(&desk, &reply).await, ["web", "web"]);
}
