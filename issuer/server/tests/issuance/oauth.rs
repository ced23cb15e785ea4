//! Tokens bound to a key, log-in, renewal, cards that wait, and what wallets report.

use absah_crypto::PrivateKey;
use absah_host::Exit;
use absah_protocol::oauth::{dpop, pkce};
use absah_testkit::{SeededRng, key};
use absah_types::{Clock as _, Seconds};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::desk::{Desk, Reply, URL};

/// A wallet with a key for its tokens.
struct Wallet {
    key: PrivateKey,
    nonce: std::cell::RefCell<Option<String>>,
    drawn: std::cell::Cell<u64>,
}

impl Wallet {
    fn new(n: u64) -> Self {
        Self { key: key(n), nonce: std::cell::RefCell::default(), drawn: std::cell::Cell::new(n << 32) }
    }

    fn proof(&self, desk: &Desk, path: &str, token: Option<&str>) -> String {
        self.drawn.set(self.drawn.get() + 1);
        let nonce = self.nonce.borrow();
        let mut rng = SeededRng::new(self.drawn.get());
        let (public, url) = (self.key.public_key(), format!("{URL}{path}"));
        dpop::proof(public, "POST", &url, nonce.as_deref(), token, desk.clock.now(), &mut rng)
            .sign(&self.key)
            .unwrap()
    }

    async fn send(&self, desk: &Desk, path: &str, token: Option<&str>, kind: &str, body: String) -> Reply {
        let mut headers = vec![("content-type", kind.to_owned()), ("dpop", self.proof(desk, path, token))];
        headers.extend(token.map(|token| ("authorization", format!("DPoP {token}"))));
        let reply = desk.post_with(path, &headers, body).await;
        if let Some(nonce) = reply.header("dpop-nonce") {
            *self.nonce.borrow_mut() = Some(nonce);
        }
        reply
    }

    /// As a wallet does: again with the nonce that the server wants.
    async fn post(&self, desk: &Desk, path: &str, token: Option<&str>, kind: &str, body: String) -> Reply {
        let reply = self.send(desk, path, token, kind, body.clone()).await;
        if reply.text.contains("use_dpop_nonce") {
            self.send(desk, path, token, kind, body).await
        } else {
            reply
        }
    }

    async fn form(&self, desk: &Desk, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.post(desk, path, None, "application/x-www-form-urlencoded", form(fields)).await
    }

    async fn card(&self, desk: &Desk, token: &str, format: &str) -> Reply {
        let body = desk.request(&format!("KtpElektronik_{format}_sd_jwt"), 2).await;
        self.post(desk, "/credential", Some(token), "application/json", body).await
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CALLBACK: &str = "absah-wallet://authorized";

async fn pushed(desk: &Desk, wallet: &Wallet) -> String {
    let details =
        json!([{ "type": "openid_credential", "credential_configuration_id": "KtpElektronik_dc_sd_jwt" }]);
    let challenge = pkce::challenge(VERIFIER);
    let fields = [
        ("client_id", "absah-wallet"),
        ("response_type", "code"),
        ("redirect_uri", CALLBACK),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
        ("state", "s1"),
        ("authorization_details", &details.to_string()),
    ];
    let reply = wallet.form(desk, "/par", &fields).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    assert_eq!(reply.json()["expires_in"], 600);
    reply.json()["request_uri"].as_str().unwrap().to_owned()
}

async fn log_in(desk: &Desk, uri: &str, code: &str) -> Reply {
    let fields =
        [("client_id", "absah-wallet"), ("request_uri", uri), ("login_code", code), ("action", "agree")];
    let kind = [("content-type", "application/x-www-form-urlencoded".to_owned())];
    desk.post_with("/authorize", &kind, form(&fields)).await
}

async fn login_code(desk: &Desk) -> String {
    let (exit, answer) = desk.command(&["login-code", "--nik", &Desk::grown_up()]).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
    answer["login_code"].as_str().unwrap().to_owned()
}

fn code_fields(code: &str) -> [(&'static str, String); 5] {
    [
        ("grant_type", "authorization_code".to_owned()),
        ("code", code.to_owned()),
        ("redirect_uri", CALLBACK.to_owned()),
        ("code_verifier", VERIFIER.to_owned()),
        ("client_id", "absah-wallet".to_owned()),
    ]
}

async fn exchange(desk: &Desk, wallet: &Wallet, code: &str) -> Reply {
    let fields = code_fields(code);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    wallet.form(desk, "/token", &fields).await
}

async fn refresh(desk: &Desk, wallet: &Wallet, token: &str) -> Reply {
    wallet.form(desk, "/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
}

fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value[member].as_str().unwrap()
}

/// PAR, an officer's code, the code, tokens bound to the key, cards, a report, renewal; and the thief at each step.
#[tokio::test]
async fn the_authorization_code_flow() {
    let desk = Desk::open().await;
    let metadata = desk.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["require_pushed_authorization_requests"], true);
    assert_eq!(
        metadata["scopes_supported"],
        json!(["KtpElektronik", "KartuKeluarga", "AktaKelahiran", "Kia", "SuratKeterangan"])
    );
    let (wallet, thief) = (Wallet::new(70), Wallet::new(71));
    let uri = pushed(&desk, &wallet).await;
    let query = form(&[("client_id", "absah-wallet"), ("request_uri", &uri)]);
    let page = desk.get(&format!("/authorize?{query}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("name=\"login_code\"") && !page.text.contains("<script"), "{}", page.text);
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("form-action 'self' absah-wallet:"),
        "{policy}"
    );
    let other =
        desk.get(&format!("/authorize?{}", query.replace("client_id=absah-wallet", "client_id=other"))).await;
    assert_eq!(other.status, StatusCode::BAD_REQUEST);
    assert_eq!(desk.get("/authorize?client_id=a&response_type=code").await.status, StatusCode::BAD_REQUEST);

    let code = login_code(&desk).await;
    let wrong = log_in(&desk, &uri, "ABCD-EFGH-JKLM").await;
    assert_eq!((wrong.status, wrong.header("location")), (StatusCode::FORBIDDEN, None));
    let back = log_in(&desk, &uri, &code.to_lowercase().replace('-', " ")).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text);
    let location = back.header("location").unwrap();
    let code_at = location.strip_prefix("absah-wallet://authorized?code=").unwrap();
    let (authorization, rest) = code_at.split_once('&').unwrap();
    assert_eq!(rest, "state=s1&iss=https%3A%2F%2Fabsah.example");
    let uri2 = pushed(&desk, &wallet).await;
    assert_eq!(log_in(&desk, &uri2, &code).await.status, StatusCode::FORBIDDEN, "a code logs in once");
    assert_eq!(
        log_in(&desk, &uri, &login_code(&desk).await).await.status,
        StatusCode::BAD_REQUEST,
        "answered once"
    );

    let stolen = exchange(&desk, &thief, authorization).await;
    assert_eq!(stolen.refusal(), (400, "invalid_grant".into(), "token-other-key".into()));
    let fields = code_fields(authorization);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let kind = [("content-type", "application/x-www-form-urlencoded".to_owned())];
    let unbound = desk.post_with("/token", &kind, form(&fields)).await;
    assert_eq!(unbound.refusal(), (400, "invalid_dpop_proof".into(), "dpop-missing".into()));
    let reply = exchange(&desk, &wallet, authorization).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let tokens = reply.json();
    assert_eq!(tokens["token_type"], "DPoP");
    let identifier = json!([{
        "type": "openid_credential",
        "credential_configuration_id": "KtpElektronik_dc_sd_jwt",
        "credential_identifiers": ["KtpElektronik_dc_sd_jwt"],
    }]);
    assert_eq!(tokens["authorization_details"], identifier);
    let access = text(&tokens, "access_token");

    let bearer = desk.ask(access, desk.request("KtpElektronik_dc_sd_jwt", 1).await).await;
    assert_eq!(bearer.refusal(), (401, "invalid_token".into(), "access-token-bound".into()));
    let stolen = thief.card(&desk, access, "dc").await;
    assert_eq!(stolen.refusal(), (401, "invalid_token".into(), "access-token-bound".into()));
    let mut body: Value = serde_json::from_str(&desk.request("KtpElektronik_dc_sd_jwt", 2).await).unwrap();
    body.as_object_mut().unwrap().remove("credential_configuration_id");
    body["credential_identifier"] = json!("KtpElektronik_dc_sd_jwt");
    let given = wallet.post(&desk, "/credential", Some(access), "application/json", body.to_string()).await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.text);
    assert_eq!(given.json()["credentials"].as_array().unwrap().len(), 2);
    body["credential_identifier"] = json!("KtpElektronik_vc_sd_jwt");
    let other = wallet.post(&desk, "/credential", Some(access), "application/json", body.to_string()).await;
    assert_eq!(other.refusal().1, "unknown_credential_identifier");

    let id = text(&given.json(), "notification_id").to_owned();
    let report = json!({ "notification_id": id, "event": "credential_accepted" }).to_string();
    let told = wallet.post(&desk, "/notification", Some(access), "application/json", report.clone()).await;
    assert_eq!(told.status, StatusCode::NO_CONTENT);
    let unknown = report.replace(&id, "other");
    let told = wallet.post(&desk, "/notification", Some(access), "application/json", unknown).await;
    assert_eq!(told.refusal(), (400, "invalid_notification_id".into(), "notification-id-unknown".into()));
    let told = wallet.post(&desk, "/notification", Some(access), "application/json", "{}".into()).await;
    assert_eq!(told.refusal().1, "invalid_notification_request");

    // The code a second time: refused, and what it gave ends.
    let again = exchange(&desk, &wallet, authorization).await;
    assert_eq!(again.refusal(), (400, "invalid_grant".into(), "token-code-used".into()));
    let ended = wallet.card(&desk, access, "vc").await;
    assert_eq!(ended.refusal().2, "access-token-ended");

    // Renewal, as often as needed, by the same key only, until the card is suspended.
    let renewal = text(&tokens, "refresh_token");
    assert_eq!(refresh(&desk, &thief, renewal).await.refusal().2, "token-other-key");
    for _ in 0..2 {
        let renewed = refresh(&desk, &wallet, renewal).await;
        assert_eq!(renewed.status, StatusCode::OK, "{}", renewed.text);
        assert!(renewed.json().get("refresh_token").is_none(), "it stays as it is");
        let card = wallet.card(&desk, text(&renewed.json(), "access_token"), "vc").await;
        assert_eq!(card.status, StatusCode::OK, "{}", card.text);
    }
    desk.command(&["suspend", "--nik", &Desk::grown_up()]).await;
    assert_eq!(refresh(&desk, &wallet, renewal).await.refusal().2, "refresh-token-unknown");
}

/// A reply that got lost is asked for again by the same wallet, and by nobody else.
#[tokio::test]
async fn a_lost_reply_to_the_token_request() {
    let desk = Desk::open().await;
    let (wallet, other) = (Wallet::new(72), Wallet::new(73));
    let (code, tx_code) = desk.codes(&Desk::grown_up(), "KtpElektronik").await;
    let fields = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:pre-authorized_code"),
        ("pre-authorized_code", code.as_str()),
        ("tx_code", tx_code.as_str()),
    ];
    let first = wallet.form(&desk, "/token", &fields).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text);
    assert_eq!(other.form(&desk, "/token", &fields).await.refusal().2, "token-code-used");
    let wrong = if tx_code == "000000" { "000001" } else { "000000" };
    let guess = [fields[0], fields[1], ("tx_code", wrong)];
    assert_eq!(wallet.form(&desk, "/token", &guess).await.refusal().2, "tx-code-wrong");
    let second = wallet.form(&desk, "/token", &fields).await;
    assert_eq!(second.status, StatusCode::OK, "{}", second.text);
    let (lost, token) = (first.json(), second.json());
    assert_eq!(wallet.card(&desk, text(&lost, "access_token"), "dc").await.refusal().2, "access-token-ended");
    assert_eq!(wallet.card(&desk, text(&token, "access_token"), "dc").await.status, StatusCode::OK);
    assert_eq!(
        wallet.form(&desk, "/token", &fields).await.refusal().2,
        "token-code-used",
        "a card was issued"
    );
}

/// Proofs of possession that are refused, each by its own code.
#[tokio::test]
async fn proofs_of_possession() {
    let desk = Desk::open().await;
    let wallet = Wallet::new(74);
    let body = || form(&[("grant_type", "refresh_token"), ("refresh_token", "x")]);
    let send = async |proof: String| {
        let headers = [("content-type", "application/x-www-form-urlencoded".to_owned()), ("dpop", proof)];
        desk.post_with("/token", &headers, body()).await
    };
    let first = send(wallet.proof(&desk, "/token", None)).await;
    assert_eq!(first.refusal(), (400, "use_dpop_nonce".into(), "dpop-nonce-missing".into()));
    *wallet.nonce.borrow_mut() = first.header("dpop-nonce");
    let once = wallet.proof(&desk, "/token", None);
    assert_eq!(send(once.clone()).await.refusal().2, "refresh-token-unknown");
    assert_eq!(send(once).await.refusal().2, "dpop-replayed");
    assert_eq!(send(wallet.proof(&desk, "/par", None)).await.refusal().2, "dpop-other-request");
    assert_eq!(send("garbage".into()).await.refusal().1, "invalid_dpop_proof");
    let c_nonce = text(&desk.post_with("/nonce", &[], String::new()).await.json(), "c_nonce").to_owned();
    *wallet.nonce.borrow_mut() = Some(c_nonce);
    assert_eq!(send(wallet.proof(&desk, "/token", None)).await.refusal().2, "c-nonce-unknown");
    let at_resource = wallet.send(&desk, "/credential", Some("t"), "application/json", "{}".into()).await;
    assert_eq!(at_resource.refusal().1, "use_dpop_nonce");
    assert!(at_resource.header("www-authenticate").unwrap().starts_with("DPoP error=\"use_dpop_nonce\""));
}

/// A card that waits until somebody has looked: deferred, asked for again, released or withheld.
#[tokio::test]
async fn cards_that_wait() {
    let desk = Desk::open().await;
    for release in [true, false] {
        let wallet = Wallet::new(if release { 75 } else { 76 });
        let (code, tx_code) = desk.held_codes(&Desk::grown_up(), "KtpElektronik").await;
        let fields = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:pre-authorized_code"),
            ("pre-authorized_code", code.as_str()),
            ("tx_code", tx_code.as_str()),
        ];
        let tokens = wallet.form(&desk, "/token", &fields).await.json();
        let access = text(&tokens, "access_token");
        let waits = wallet.card(&desk, access, "dc").await;
        assert_eq!(waits.status, StatusCode::ACCEPTED, "{}", waits.text);
        let body = json!({ "transaction_id": waits.json()["transaction_id"] }).to_string();
        let ask = async || {
            let body = body.clone();
            wallet.post(&desk, "/deferred_credential", Some(access), "application/json", body).await
        };
        let still = ask().await;
        assert_eq!((still.status, still.json()["interval"].as_i64()), (StatusCode::ACCEPTED, Some(300)));
        let (_, held) = desk.command(&["held", "list"]).await;
        let id = held["held"][0]["id"].as_i64().unwrap().to_string();
        assert_eq!(held["held"][0]["asked"], true);
        let word = if release { "release" } else { "refuse" };
        assert_eq!(desk.command(&["held", word, &id]).await.0, Exit::Ok);
        assert_eq!(desk.command(&["held", word, &id]).await.1["error"]["code"], "held-unknown");
        desk.clock.advance(Seconds::hours(20));
        let reply = ask().await;
        if release {
            assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
            assert_eq!(reply.json()["credentials"].as_array().unwrap().len(), 2);
            assert_eq!(ask().await.refusal().1, "invalid_transaction_id", "fetched once");
        } else {
            assert_eq!(reply.refusal(), (400, "credential_request_denied".into(), "card-withheld".into()));
        }
        let other = json!({ "transaction_id": "other" }).to_string();
        let unknown =
            wallet.post(&desk, "/deferred_credential", Some(access), "application/json", other).await;
        assert_eq!(unknown.refusal(), (400, "invalid_transaction_id".into(), "transaction-unknown".into()));
    }
}
