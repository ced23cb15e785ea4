//! The officers' console: from an invitation to a decision of two people, and everything that must not work.

use std::collections::BTreeMap;

use absah_host::Exit;
use absah_issuer::console::Console;
use absah_issuer_core::operator::four_eyes::{self, Decision};
use absah_types::{Seconds, base64url, hex};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use url::Url;
use webauthn_authenticator_rs::prelude::{CreationChallengeResponse, RequestChallengeResponse};
use webauthn_authenticator_rs::softpasskey::SoftPasskey;
use webauthn_authenticator_rs::{AuthenticatorBackend as _, WebauthnAuthenticator as _};

use crate::access_history;
use crate::desk::{Desk, GRANT, Reply};
use crate::{copies, issuer_key};

pub(crate) const ORIGIN: &str = "http://localhost:8481";
const COOKIE: &str = "__Host-absah-console";
pub(crate) const WHY: &str = "Cetak ulang KTP";
const NOTE: &str = "Sudah dicek dengan berkas";

/// A browser of one officer, with its own authenticators.
pub(crate) struct Browser {
    pub(crate) cookie: Option<String>,
    pub(crate) device: &'static str,
}

/// An office: the issuer's desk with its console.
pub(crate) struct Office {
    pub(crate) desk: Desk,
    pub(crate) console: Console,
}

impl Office {
    pub(crate) async fn open() -> Self {
        let desk = Desk::open().await;
        let console = Console::new(desk.app.clone(), ORIGIN).unwrap();
        let console = console.behind(Some(core::net::Ipv4Addr::LOCALHOST.into()));
        Self { desk, console }
    }

    pub(crate) async fn send(
        &self,
        browser: &mut Browser,
        mut request: axum::http::request::Builder,
        body: Body,
    ) -> Reply {
        request = request.header("user-agent", browser.device);
        if let Some(cookie) = &browser.cookie {
            request = request.header("cookie", format!("{COOKIE}={cookie}"));
        }
        let response = self.console.router().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status();
        let headers = response.headers().clone();
        for line in headers.get_all("set-cookie") {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            if name == COOKIE {
                assert!(line.to_str().unwrap().contains("HttpOnly; Secure; SameSite=Strict"));
                browser.cookie = (!value.is_empty()).then(|| value.to_owned());
            }
        }
        let bytes = to_bytes(response.into_body(), 16 << 20).await.unwrap();
        Reply { status, text: String::from_utf8_lossy(&bytes).into_owned(), headers }
    }

    pub(crate) async fn get(&self, browser: &mut Browser, path: &str) -> Reply {
        self.send(browser, Request::get(path), Body::empty()).await
    }

    /// The token that stands in the forms of the session.
    pub(crate) async fn token(&self, browser: &mut Browser) -> String {
        let page = self.get(browser, "/account").await.text;
        let rest = page.split("name=\"form_token\" value=\"").nth(1).unwrap_or_default();
        rest.split('"').next().unwrap().to_owned()
    }

    pub(crate) async fn post(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.token(browser).await;
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields).append_pair("form_token", &token);
        let request = Request::post(path)
            .header("origin", ORIGIN)
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(browser, request, Body::from(body.finish())).await
    }

    pub(crate) async fn script(&self, browser: &mut Browser, path: &str, body: Value) -> Reply {
        let token = if browser.cookie.is_some() { self.token(browser).await } else { String::new() };
        let mut request = Request::post(path)
            .header("origin", ORIGIN)
            .header("accept", "application/json")
            .header("x-form-token", token);
        let is_form = body.is_string();
        let kind = if is_form { "application/x-www-form-urlencoded" } else { "application/json" };
        request = request.header("content-type", kind);
        let text = body.as_str().map_or_else(|| body.to_string(), str::to_owned);
        self.send(browser, request, Body::from(text)).await
    }

    /// Adds a passkey of an authenticator to the account of the session.
    pub(crate) async fn add_passkey(&self, browser: &mut Browser, key: &mut SoftPasskey) -> Reply {
        let asked = self.script(browser, "/account/passkey/begin", json!("")).await;
        if asked.status != StatusCode::OK {
            return asked;
        }
        let asked = asked.json();
        let options: CreationChallengeResponse = serde_json::from_value(asked["options"].clone()).unwrap();
        let answer = key.do_registration(Url::parse(ORIGIN).unwrap(), options).unwrap();
        let body = json!({ "ceremony": asked["ceremony"], "answer": answer, "label": "Kunci uji" });
        self.script(browser, "/account/passkey/finish", body).await
    }

    /// Signs a change of the own ways in.
    pub(crate) async fn prove(&self, browser: &mut Browser, key: &mut SoftPasskey, change: &str) {
        let asked = self.script(browser, "/account/prove/begin", json!({ "change": change })).await.json();
        let body = json!({ "ceremony": asked["ceremony"], "answer": answer(key, &asked["options"]) });
        let proved = self.script(browser, "/account/prove/finish", body).await;
        assert_eq!(proved.status, StatusCode::OK, "{}", proved.text);
    }

    pub(crate) async fn sign_in(&self, login: &str, key: &mut SoftPasskey) -> (Browser, Reply) {
        let mut browser = Browser { cookie: None, device: "Peramban uji" };
        let asked = self.script(&mut browser, "/sign-in/begin", json!(format!("login={login}"))).await.json();
        let options: RequestChallengeResponse = serde_json::from_value(asked["options"].clone()).unwrap();
        let answer = key.do_authentication(Url::parse(ORIGIN).unwrap(), options).unwrap();
        let body = json!({ "ceremony": asked["ceremony"], "answer": answer });
        let reply = self.script(&mut browser, "/sign-in/finish", body).await;
        (browser, reply)
    }

    /// Opens an invitation in a fresh browser.
    async fn open_invitation(&self, code: &str) -> (Browser, Reply) {
        self.open_parts(code, "", "").await
    }

    /// The same with both parts of a code, from an address.
    pub(crate) async fn open_parts(&self, first: &str, second: &str, address: &str) -> (Browser, Reply) {
        let mut browser = Browser { cookie: None, device: "Peramban uji" };
        let request = Request::post("/invitation")
            .header("origin", ORIGIN)
            .header("x-forwarded-for", address)
            .header("content-type", "application/x-www-form-urlencoded");
        let body = format!("code={first}&second={second}");
        let reply = self.send(&mut browser, request, Body::from(body)).await;
        (browser, reply)
    }

    /// The part of an invitation's code that is this officer's to hand over.
    pub(crate) async fn part(&self, browser: &mut Browser, operator: &str) -> Result<String, String> {
        let made = self.post(browser, "/operators/code", &[("operator", operator)]).await;
        let shown = made.text.split("<p class=\"code\"><strong>").nth(1);
        shown.map(|part| part.split('<').next().unwrap().to_owned()).ok_or_else(|| code(&made))
    }

    /// Somebody with two passkeys, signed in. Invitations come from the command line before anybody is enrolled.
    async fn enrol(&self, code: &str) -> (Browser, SoftPasskey) {
        let (first, second) = code.split_once(' ').unwrap_or((code, ""));
        let (mut browser, opened) = self.open_parts(first, second, "").await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
        let mut key = SoftPasskey::new(true);
        for key in [&mut key, &mut SoftPasskey::new(true)] {
            let added = self.add_passkey(&mut browser, key).await;
            assert_eq!(added.status, StatusCode::OK, "{}", added.text);
        }
        (browser, key)
    }

    pub(crate) async fn invitation(&self, login: &str, role: &str) -> String {
        let words = ["operator", "invite", "--login", login, "--name", "SITI AMINAH", "--role", role];
        let (exit, answer) = self.desk.command(&words).await;
        assert_eq!(exit, Exit::Ok, "{answer}");
        answer["invitation"].as_str().unwrap().to_owned()
    }

    /// One of each of these roles; all invited before the first is enrolled.
    pub(crate) async fn staff<const N: usize>(&self, roles: [&str; N]) -> Vec<(Browser, SoftPasskey)> {
        let mut codes = Vec::new();
        for role in roles {
            // A second one of a role has a number behind it.
            codes
                .push(self.invitation(&format!("uji.{role}"), role.trim_end_matches(char::is_numeric)).await);
        }
        let mut staff = Vec::new();
        for code in codes {
            staff.push(self.enrol(&code).await);
        }
        staff
    }

    /// Searches for a person and opens the record; the path of the case.
    pub(crate) async fn open_person(&self, browser: &mut Browser, nik: &str) -> String {
        let found = self.post(browser, "/people", &[("q", nik), ("purpose", WHY)]).await;
        assert_eq!(found.status, StatusCode::OK, "{}", found.text);
        assert!(found.text.contains(nik));
        let opened = self.post(browser, "/people/open", &[("nik", nik), ("purpose", WHY)]).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
        opened.header("location").unwrap()
    }

    /// The citizen's phone reads the picture of an offer: the path that it fetches.
    pub(crate) async fn picture(&self, browser: &Browser, issue: &str) -> String {
        let request = Request::get(format!("{issue}/qr.png"))
            .header("cookie", format!("{COOKIE}={}", browser.cookie.clone().unwrap()));
        let response = self.console.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let link = read_qr(&to_bytes(response.into_body(), 1 << 20).await.unwrap());
        let uri = link.split_once("credential_offer_uri=").unwrap().1.replace("%3A", ":").replace("%2F", "/");
        uri.strip_prefix(crate::desk::URL).unwrap().to_owned()
    }

    pub(crate) async fn decide(
        &self,
        browser: &mut Browser,
        key: &mut SoftPasskey,
        path: &str,
        decision: &str,
    ) -> Reply {
        let asked = self
            .script(browser, &format!("{path}/begin"), json!({ "decision": decision, "note": NOTE }))
            .await;
        if asked.status != StatusCode::OK {
            return asked;
        }
        let asked = asked.json();
        let options: RequestChallengeResponse = serde_json::from_value(asked["options"].clone()).unwrap();
        let answer = key.do_authentication(Url::parse(ORIGIN).unwrap(), options).unwrap();
        let body = json!({ "ceremony": asked["ceremony"], "answer": answer });
        self.script(browser, &format!("{path}/finish"), body).await
    }

    /// The place of a passkey in an account page.
    async fn propose_revocation(&self, browser: &mut Browser, nik: &str) -> String {
        let case = self.open_person(browser, nik).await;
        let fields = [("change", "revoke"), ("credential", "KtpElektronik"), ("reason", "Kartu hilang")];
        let proposed = self.post(browser, &format!("{case}/propose"), &fields).await;
        assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.text);
        proposed.header("location").unwrap()
    }
}

/// What an authenticator answers.
pub(crate) fn answer(key: &mut SoftPasskey, options: &Value) -> Value {
    let options: RequestChallengeResponse = serde_json::from_value(options.clone()).unwrap();
    serde_json::to_value(key.do_authentication(Url::parse(ORIGIN).unwrap(), options).unwrap()).unwrap()
}

/// The code of a refusal, as scripts and pages tell it.
pub(crate) fn code(reply: &Reply) -> String {
    if let Ok(problem) = serde_json::from_str::<Value>(&reply.text) {
        return problem["code"].as_str().unwrap_or_default().to_owned();
    }
    let part = reply.text.split("<code>").nth(1).unwrap_or_default();
    part.split('<').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn invited_enrolled_and_signed_in() {
    let office = Office::open().await;
    let invitation = office.invitation("siti", "pendaftar").await;
    let (mut browser, opened) = office.open_invitation(&invitation.to_lowercase()).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    // Nothing but enrolling with no passkey, and with one.
    assert_eq!(code(&office.get(&mut browser, "/people").await), "operator-enrol-first");
    // A code opens one session: whoever has seen it comes too late, and finds nothing to leave behind.
    assert_eq!(office.open_invitation(&invitation).await.1.status, StatusCode::FORBIDDEN, "taken up once");
    assert_eq!(code(&office.get(&mut browser, "/account/fallback").await), "operator-enrol-first");
    let hidden = [("password", "kuda baterai staples"), ("secret", "JBSWY3DPEHPK3PXP"), ("code", "000000")];
    let refused = office.post(&mut browser, "/account/fallback", &hidden).await;
    assert_eq!(code(&refused), "operator-enrol-first", "a way in that the officer does not see");
    let invited = browser.cookie.clone();
    let mut key = SoftPasskey::new(true);
    assert_eq!(office.add_passkey(&mut browser, &mut key).await.status, StatusCode::OK);
    assert_ne!(browser.cookie, invited, "session fixation: the name of the session changes with its worth");
    let mut old = Browser { cookie: invited, device: "Peramban uji" };
    assert_eq!(office.get(&mut old, "/account").await.header("location").unwrap(), "/sign-in");
    assert_eq!(code(&office.get(&mut browser, "/people").await), "operator-enrol-first");
    let again = office.open_invitation(&invitation).await.1;
    assert_eq!(again.status, StatusCode::FORBIDDEN, "an invitation works once");
    assert_eq!(office.add_passkey(&mut browser, &mut SoftPasskey::new(true)).await.status, StatusCode::OK);
    assert_eq!(office.get(&mut browser, "/people").await.status, StatusCode::OK);
    // And again from another browser.
    let (mut other, signed_in) = office.sign_in("siti", &mut key).await;
    assert_eq!(signed_in.json()["next"], "/");
    assert_eq!(office.get(&mut other, "/people").await.status, StatusCode::OK);
    // The sessions are listed, and one ends the other.
    let page = office.get(&mut other, "/account").await.text;
    let sessions: Vec<&str> =
        page.split("name=\"session\" value=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect();
    assert_eq!(sessions.len(), 2);
    for session in sessions {
        if office.get(&mut browser, "/people").await.status == StatusCode::OK {
            office.post(&mut browser, "/account/sessions/end", &[("session", session)]).await;
        }
    }
    let left = [&mut browser, &mut other];
    let mut ended = 0;
    for browser in left {
        ended += u32::from(office.get(browser, "/people").await.status == StatusCode::SEE_OTHER);
    }
    assert!(ended >= 1);
}

#[tokio::test]
async fn signed_out_is_out_and_twelve_hours_are_enough() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar"]).await;
    let (browser, _) = &mut staff[0];
    office.desk.later(Seconds::hours(12));
    assert_eq!(office.get(browser, "/people").await.status, StatusCode::OK);
    office.desk.later(Seconds(61));
    assert_eq!(office.get(browser, "/people").await.header("location").unwrap(), "/sign-in");
}

#[tokio::test]
async fn no_page_is_open_and_no_form_is_foreign() {
    let office = Office::open().await;
    let mut nobody = Browser { cookie: Some("A".repeat(43)), device: "x" };
    let fill = |path: &str| path.replace("{case}", "x").replace("{id}", "1");
    let guarded = Console::guarded();
    assert!(guarded.len() > 30);
    for (path, action) in &guarded {
        for method in ["GET", "POST"] {
            let request = Request::builder().method(method).uri(fill(path)).header("origin", ORIGIN);
            let reply = office.send(&mut nobody, request, Body::empty()).await;
            let is_shut = reply.status == StatusCode::METHOD_NOT_ALLOWED
                || reply.header("location").is_some_and(|to| to == "/sign-in");
            assert!(is_shut, "{method} {path} {action:?}: {}", reply.status);
        }
    }
    let mut staff = office.staff(["pendaftar"]).await;
    let (browser, _) = &mut staff[0];
    let token = office.token(browser).await;
    let form = "application/x-www-form-urlencoded";
    for (origin, body, expected) in [
        (None, format!("form_token={token}"), "console-foreign-origin"),
        (Some("http://evil.example"), format!("form_token={token}"), "console-foreign-origin"),
        (Some("null"), format!("form_token={token}"), "console-foreign-origin"),
        (Some("http://localhost:8482"), format!("form_token={token}"), "console-foreign-origin"),
        (Some(ORIGIN), String::new(), "console-form-token"),
        (Some(ORIGIN), format!("form_token={}", "A".repeat(43)), "console-form-token"),
    ] {
        let mut request = Request::post("/people").header("content-type", form);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let reply = office.send(browser, request, Body::from(body)).await;
        assert_eq!((reply.status, code(&reply).as_str()), (StatusCode::FORBIDDEN, expected), "{origin:?}");
    }
    // The same before sign-in.
    let request = Request::post("/sign-in/begin").header("origin", "http://evil.example");
    let reply = office.send(&mut nobody, request, Body::from("login=siti")).await;
    assert_eq!(code(&reply), "console-foreign-origin");
    // What every page forbids.
    let page = office.get(&mut nobody, "/sign-in").await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"));
    // Under `no-referrer` browsers would send `Origin: null` with our own forms.
    assert_eq!(page.header("referrer-policy").as_deref(), Some("same-origin"));
    assert!(!policy.contains("unsafe") && page.header("access-control-allow-origin").is_none());
    assert_eq!(page.header("cache-control").as_deref(), Some("no-store"));
}

#[tokio::test]
async fn a_passkey_for_another_origin_signs_nobody_in() {
    let office = Office::open().await;
    let invitation = office.invitation("siti", "pendaftar").await;
    let (_, mut key) = office.enrol(&invitation).await;
    let mut browser = Browser { cookie: None, device: "x" };
    let begin = async |browser: &mut Browser| {
        // Wrong answers make the next one wait.
        office.desk.later(Seconds(10));
        office.script(browser, "/sign-in/begin", json!("login=siti")).await.json()
    };
    for origin in ["http://evil.example", "http://localhost:9999", "https://localhost:8481"] {
        let asked = begin(&mut browser).await;
        let options: RequestChallengeResponse = serde_json::from_value(asked["options"].clone()).unwrap();
        let answer = key.perform_auth(Url::parse(origin).unwrap(), options.public_key, 60_000).unwrap();
        let body = json!({ "ceremony": asked["ceremony"], "answer": answer });
        let reply = office.script(&mut browser, "/sign-in/finish", body).await;
        assert_eq!(
            (reply.status, code(&reply).as_str()),
            (StatusCode::FORBIDDEN, "console-passkey"),
            "{origin}"
        );
    }
    // An answer counts once, and only for what was asked.
    let asked = begin(&mut browser).await;
    let options: RequestChallengeResponse = serde_json::from_value(asked["options"].clone()).unwrap();
    let answer = key.do_authentication(Url::parse(ORIGIN).unwrap(), options).unwrap();
    let other = begin(&mut browser).await;
    let wrong = json!({ "ceremony": other["ceremony"], "answer": answer });
    office.desk.later(Seconds(10));
    assert_eq!(code(&office.script(&mut browser, "/sign-in/finish", wrong).await), "console-passkey");
    let right = json!({ "ceremony": asked["ceremony"], "answer": answer });
    office.desk.later(Seconds(20));
    assert_eq!(office.script(&mut browser, "/sign-in/finish", right.clone()).await.status, StatusCode::OK);
    browser.cookie = None;
    assert_eq!(code(&office.script(&mut browser, "/sign-in/finish", right).await), "console-passkey");
    // Too late.
    let asked = begin(&mut browser).await;
    let options: RequestChallengeResponse = serde_json::from_value(asked["options"].clone()).unwrap();
    let answer = key.do_authentication(Url::parse(ORIGIN).unwrap(), options).unwrap();
    office.desk.later(Seconds::minutes(5));
    let late = json!({ "ceremony": asked["ceremony"], "answer": answer });
    assert_eq!(code(&office.script(&mut browser, "/sign-in/finish", late).await), "console-passkey");
    // Whom nobody knows is asked in the same way, and always for the same.
    let ask = async |browser: &mut Browser, login: &str| {
        office.script(browser, "/sign-in/begin", json!(format!("login={login}"))).await.json()
    };
    let (one, two) = (ask(&mut browser, "nobody").await, ask(&mut browser, "nobody").await);
    let shape = |asked: &Value| {
        let options = asked["options"]["publicKey"].as_object().unwrap();
        let names: Vec<String> =
            options.keys().filter(|name| !asked["options"]["publicKey"][*name].is_null()).cloned().collect();
        names
    };
    let known = ask(&mut browser, "siti").await;
    for name in ["challenge", "rpId", "allowCredentials", "userVerification", "timeout"] {
        assert!(shape(&one).contains(&name.to_owned()) && shape(&known).contains(&name.to_owned()), "{name}");
    }
    assert_eq!(one["options"]["publicKey"]["rpId"], known["options"]["publicKey"]["rpId"]);
    let credential = |asked: &Value| asked["options"]["publicKey"]["allowCredentials"][0]["id"].clone();
    assert_eq!(credential(&one), credential(&two));
    // Without user verification no passkey at all.
    let invitation = {
        let words = ["operator", "reinvite", "siti", "--break-glass", "Ponsel hilang"];
        office.desk.command(&words).await.1["invitation"].as_str().unwrap().to_owned()
    };
    let (mut weak, _) = office.open_invitation(&invitation).await;
    let asked = office.script(&mut weak, "/account/passkey/begin", json!("")).await.json();
    let options: CreationChallengeResponse = serde_json::from_value(asked["options"].clone()).unwrap();
    assert_eq!(
        serde_json::to_value(&options.public_key).unwrap()["authenticatorSelection"]["userVerification"],
        "required"
    );
    let unverified = SoftPasskey::new(false).do_registration(Url::parse(ORIGIN).unwrap(), options);
    if let Ok(answer) = unverified {
        let body = json!({ "ceremony": asked["ceremony"], "answer": answer });
        let refused = office.script(&mut weak, "/account/passkey/finish", body).await;
        assert_eq!(code(&refused), "console-passkey");
    }
}

pub(crate) fn totp(secret: &str, at: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new()
        .with_algorithm(totp_rs::Algorithm::SHA1)
        .with_digits(6)
        .with_secret(secret)
        .build()
        .unwrap();
    totp.generate(u64::try_from(at).unwrap()).to_string()
}

#[tokio::test]
async fn an_open_session_alone_changes_no_way_in() {
    let office = Office::open().await;
    let mut staff = office.staff(["penyetuju"]).await;
    let (browser, key) = &mut staff[0];
    let mut thief = Browser { cookie: browser.cookie.clone(), device: "Peramban lain" };
    // At once after the sign-in, with nothing but the session.
    for (path, fields) in [
        ("/account/fallback", &[][..]),
        ("/account/fallback/remove", &[][..]),
        ("/account/passkey/remove", &[("id", "AAAA")][..]),
    ] {
        assert_eq!(code(&office.post(&mut thief, path, fields).await), "console-prove-first", "{path}");
    }
    let refused = office.add_passkey(&mut thief, &mut SoftPasskey::new(true)).await;
    assert_eq!(code(&refused), "console-prove-first", "{}", refused.text);
    // A key of somebody else proves nothing.
    let asked = json!({ "change": "add-passkey" });
    let asked = office.script(&mut thief, "/account/prove/begin", asked).await.json();
    let body = json!({ "ceremony": asked["ceremony"], "answer": {} });
    assert_eq!(code(&office.script(&mut thief, "/account/prove/finish", body).await), "console-passkey");
    // The officer's own does: for what was signed, once, and not for long.
    office.prove(browser, key, "set-fallback").await;
    let refused = office.add_passkey(&mut thief, &mut SoftPasskey::new(true)).await;
    assert_eq!(code(&refused), "console-prove-first", "signed for something else");
    office.prove(browser, key, "add-passkey").await;
    assert_eq!(office.add_passkey(browser, &mut SoftPasskey::new(true)).await.status, StatusCode::OK);
    let again = office.add_passkey(&mut thief, &mut SoftPasskey::new(true)).await;
    assert_eq!(code(&again), "console-prove-first", "once");
    office.prove(browser, key, "add-passkey").await;
    office.desk.later(Seconds::minutes(6));
    let late = office.add_passkey(browser, &mut SoftPasskey::new(true)).await;
    assert_eq!(code(&late), "console-prove-first", "not for long");
    // Each new way in was told, with its name and browser, however soon after another.
    let told = office.desk.app.ledger().unwrap().records().newest_alerts().await.unwrap();
    let told: Vec<_> = told.iter().filter(|alert| alert.rule == "new-authenticator").collect();
    assert_eq!(told.len(), 3, "two of the enrolment, one since");
    assert!(told.iter().all(|alert| alert.detail == "Kunci uji · Peramban uji"), "{told:?}");
    // And taken away by who signs for this very one.
    let page = office.get(browser, "/account").await.text;
    let id =
        page.split("data-change=\"remove-passkey ").nth(1).unwrap().split('"').next().unwrap().to_owned();
    office.prove(browser, key, &format!("remove-passkey {id}x")).await;
    let other = office.post(browser, "/account/passkey/remove", &[("id", id.as_str())]).await;
    assert_eq!(code(&other), "console-prove-first", "another one was signed for");
    office.prove(browser, key, &format!("remove-passkey {id}")).await;
    let gone = office.post(browser, "/account/passkey/remove", &[("id", id.as_str())]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text);
}

#[tokio::test]
async fn what_cannot_be_read_has_a_page_like_what_is_not_there() {
    let office = Office::open().await;
    let mut staff = office.staff(["penyetuju"]).await;
    let (browser, _) = &mut staff[0];
    for path in ["/approvals/abc", "/imports/99999999999999999999", "/nonsense", "/people/x/y/z"] {
        let reply = office.get(browser, path).await;
        assert_eq!(
            (reply.status, code(&reply).as_str()),
            (StatusCode::NOT_FOUND, "console-unknown"),
            "{path}"
        );
        assert!(reply.text.contains("<html"), "{path}");
    }
    let broken = office.script(browser, "/sign-in/finish", json!({})).await;
    assert_eq!(code(&broken), "console-missing", "{}", broken.text);
}

#[tokio::test]
async fn password_and_code_open_the_own_account_only() {
    use absah_types::Clock as _;
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar"]).await;
    let (browser, key) = &mut staff[0];
    office.prove(browser, key, "set-fallback").await;
    let page = office.get(browser, "/account/fallback").await.text;
    let secret = page.split("name=\"secret\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (password, now) = ("kuda baterai staples", office.desk.clock.now().unix());
    let wrong = [("password", "pendek"), ("secret", secret.as_str()), ("code", "000000")];
    let again = office.post(browser, "/account/fallback", &wrong).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains(&secret) && again.text.contains("error-password"), "nothing typed is lost");
    let code_now = totp(&secret, now);
    let fields = [("password", password), ("secret", secret.as_str()), ("code", code_now.as_str())];
    assert_eq!(office.post(browser, "/account/fallback", &fields).await.status, StatusCode::SEE_OTHER);
    let sign_in = async |code: &str, password: &str| {
        let mut fresh = Browser { cookie: None, device: "y" };
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs([("login", "uji.pendaftar"), ("password", password), ("code", code)]);
        let request = Request::post("/sign-in/fallback")
            .header("origin", ORIGIN)
            .header("content-type", "application/x-www-form-urlencoded");
        let reply = office.send(&mut fresh, request, Body::from(body.finish())).await;
        (fresh, reply)
    };
    // The code that set it up is used.
    assert_eq!(sign_in(&code_now, password).await.1.status, StatusCode::UNPROCESSABLE_ENTITY, "TOTP reuse");
    office.desk.later(Seconds(30));
    let next = totp(&secret, now + 30);
    let (mut weak, reply) = sign_in(&next, password).await;
    assert_eq!(reply.header("location").as_deref(), Some("/account"));
    assert_eq!(sign_in(&next, password).await.1.status, StatusCode::UNPROCESSABLE_ENTITY, "TOTP reuse");
    // No person's data, no other authenticator.
    assert_eq!(office.get(&mut weak, "/account").await.status, StatusCode::OK);
    for path in ["/people", "/approvals", "/imports", "/account/fallback"] {
        assert_eq!(code(&office.get(&mut weak, path).await), "operator-needs-passkey", "{path}");
    }
    let refused = office.add_passkey(&mut weak, &mut SoftPasskey::new(true)).await;
    assert_eq!(code(&refused), "operator-needs-passkey", "authenticator added from a weak session");
    // Guessing is slowed down, and nobody is locked out.
    office.desk.later(Seconds(60));
    let mut slowed = false;
    for _ in 0..8 {
        let reply = sign_in("000000", "salah salah salah").await.1;
        slowed |= reply.status == StatusCode::TOO_MANY_REQUESTS;
    }
    assert!(slowed);
    let soon = sign_in(&totp(&secret, now + 90), password).await.1;
    assert_eq!(soon.status, StatusCode::TOO_MANY_REQUESTS, "the right one waits as well");
    office.desk.later(Seconds::minutes(16));
    let right = sign_in(&totp(&secret, office.desk.clock.now().unix()), password).await.1;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn wrong_tries_at_once_are_as_slow_as_one_after_the_other() {
    let office = Office::open().await;
    let _staff = office.staff(["pendaftar"]).await;
    let tries = (0..40).map(|_| async {
        let mut fresh = Browser { cookie: None, device: "y" };
        let request = Request::post("/sign-in/fallback")
            .header("origin", ORIGIN)
            .header("content-type", "application/x-www-form-urlencoded");
        let body = "login=uji.pendaftar&password=salah+salah+salah&code=000000";
        office.send(&mut fresh, request, Body::from(body)).await.status.as_u16()
    });
    let mut told = BTreeMap::new();
    for status in crate::hostile::futures(tries).await {
        *told.entry(status).or_insert(0) += 1;
    }
    assert_eq!(told, BTreeMap::from([(403, 4), (429, 36)]), "password and code");
    let tries = (0..40).map(|n| {
        let (office, code) = (&office, format!("AAAA-AAAA-AA{n:02}"));
        async move { office.open_parts(&code, "", "203.0.113.9").await.1.status.as_u16() }
    });
    let mut told = BTreeMap::new();
    for status in crate::hostile::futures(tries).await {
        *told.entry(status).or_insert(0) += 1;
    }
    assert_eq!(told, BTreeMap::from([(403, 4), (429, 36)]), "invitations");
}

#[tokio::test]
async fn guessing_at_the_desk_is_told_to_the_officer() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar"]).await;
    let (browser, _) = &mut staff[0];
    let case = office.open_person(browser, &Desk::grown_up()).await;
    let begun = office.post(browser, &format!("{case}/issue"), &[("credential", "KtpElektronik")]).await;
    let issue = begun.header("location").unwrap();
    let path = office.picture(browser, &issue).await;
    let pre_authorized = office.desk.code(&path).await;
    let state = format!("{issue}/state");
    let shown = office.get(browser, &state).await.json();
    let digits: String = shown["code"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
    let wrong = if digits == "000000" { "000001" } else { "000000" };
    assert_eq!(shown["warning"], json!(null));
    office.desk.redeem(&pre_authorized, wrong).await;
    let warned = office.get(browser, &state).await.json();
    assert_eq!(warned["stage"], "scanned");
    assert!(warned["warning"].as_str().unwrap().contains("1 / 5"), "{warned}");
    assert!(office.get(browser, &issue).await.text.contains("id=\"warning\">Kode salah diketik"));
    for _ in 0..4 {
        office.desk.redeem(&pre_authorized, wrong).await;
    }
    let dead = office.get(browser, &state).await.json();
    assert_eq!(
        (&dead["stage"], &dead["code"], &dead["done"]),
        (&json!("guessed"), &json!(null), &json!(true)),
        "no code that nobody takes is read aloud"
    );
    assert!(office.get(browser, &issue).await.text.contains("terbitkan lagi"));
}

#[tokio::test]
async fn an_offer_of_somebody_who_dies_is_not_shown_as_good() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let case = office.open_person(&mut staff[0].0, &Desk::grown_up()).await;
    // One that only stands on the screen, one whose code was typed.
    let mut offers = Vec::new();
    for kind in ["KartuKeluarga", "KtpElektronik"] {
        let (browser, _) = &mut staff[0];
        let begun = office.post(browser, &format!("{case}/issue"), &[("credential", kind)]).await;
        let issue = begun.header("location").unwrap();
        let path = office.picture(browser, &issue).await;
        let code = office.desk.code(&path).await;
        let shown = office.get(browser, &format!("{issue}/state")).await.json();
        let digits: String = shown["code"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
        offers.push((issue, code, digits));
    }
    let (_, code, digits) = &offers[1];
    assert_eq!(office.desk.redeem(code, digits).await.status, StatusCode::OK);
    let fields = [("change", "dead"), ("reason", "Akta kematian 3577-KM-1")];
    let proposed = office.post(&mut staff[0].0, &format!("{case}/propose"), &fields).await;
    let (approver, key) = &mut staff[1];
    let done = office.decide(approver, key, &proposed.header("location").unwrap(), "approve").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    for (issue, ..) in &offers {
        let state = office.get(&mut staff[0].0, &format!("{issue}/state")).await.json();
        assert_eq!(
            (&state["stage"], &state["code"], &state["done"]),
            (&json!("withdrawn"), &json!(null), &json!(true)),
            "{state}"
        );
        assert!(state["text"].as_str().unwrap().contains("periksa"), "{state}");
    }
}

#[tokio::test]
async fn invitations_are_not_guessed() {
    let office = Office::open().await;
    let invitation = office.invitation("siti", "pendaftar").await;
    let mut refused = BTreeMap::new();
    for n in 0..8 {
        let reply = office.open_invitation(&format!("AAAA-AAAA-AAA{n}")).await.1;
        *refused.entry(reply.status.as_u16()).or_insert(0) += 1;
    }
    assert_eq!(refused, BTreeMap::from([(403, 4), (429, 4)]));
    assert_eq!(office.open_invitation(&invitation).await.1.status, StatusCode::TOO_MANY_REQUESTS);
    office.desk.later(Seconds::minutes(1));
    assert_eq!(office.open_invitation(&invitation).await.1.status, StatusCode::SEE_OTHER);
    let late = office.invitation("budi", "penyetuju").await;
    office.desk.later(Seconds::days(3));
    assert_eq!(office.open_invitation(&late).await.1.status, StatusCode::FORBIDDEN, "it has ended");
}

#[tokio::test]
async fn issued_face_to_face_and_the_code_is_seen_only_after_the_scan() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let nik = Desk::grown_up();
    let (browser, _) = &mut staff[0];
    let case = office.open_person(browser, &nik).await;
    let person = office.get(browser, &case).await.text;
    assert!(person.contains(&nik) && person.contains(WHY));
    let begun = office.post(browser, &format!("{case}/issue"), &[("credential", "KtpElektronik")]).await;
    let issue = begun.header("location").unwrap();
    let state = async |browser: &mut Browser| office.get(browser, &format!("{issue}/state")).await.json();
    assert_eq!(
        (state(browser).await["stage"].clone(), state(browser).await["code"].clone()),
        (json!("waiting"), json!(null))
    );
    let scan = office.get(browser, &format!("{issue}/scan")).await.text;
    assert!(!scan.contains(&nik), "the citizen's side says nothing of the person");
    // The phone reads the picture.
    let path = office.picture(browser, &issue).await;
    let pre_authorized = office.desk.code(&path).await;
    let shown = state(browser).await;
    assert_eq!(shown["stage"], "scanned");
    let digits: String = shown["code"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
    // Nobody else's session sees it.
    let mut other = staff.remove(1).0;
    assert_ne!(office.get(&mut other, &format!("{issue}/state")).await.status, StatusCode::OK);
    let token = office.desk.redeem(&pre_authorized, &digits).await;
    assert_eq!(token.status, StatusCode::OK, "{}", token.text);
    let (browser, _) = &mut staff[0];
    assert_eq!(
        (state(browser).await["stage"].clone(), state(browser).await["code"].clone()),
        (json!("redeemed"), json!(null))
    );
    let body = office.desk.request("KtpElektronik_dc_sd_jwt", 2).await;
    let issued = office.desk.ask(token.json()["access_token"].as_str().unwrap(), body).await;
    assert_eq!(issued.status, StatusCode::OK);
    assert_eq!(state(browser).await["stage"], "issued");
    let id = issued.json()["notification_id"].as_str().unwrap().to_owned();
    let headers = [
        ("authorization", format!("Bearer {}", token.json()["access_token"].as_str().unwrap())),
        ("content-type", "application/json".to_owned()),
    ];
    let body = json!({ "notification_id": id, "event": "credential_accepted" }).to_string();
    assert_eq!(office.desk.post_with("/notification", &headers, body).await.status, StatusCode::NO_CONTENT);
    assert_eq!(state(browser).await["stage"], "stored");

    // The citizen sees who looked, why and in what part.
    let issuer = issuer_key(&office.desk).await;
    let card = issued.json()["credentials"][0]["credential"].as_str().unwrap().to_owned();
    let presentation = access_history::shown(&office.desk, &card, &issuer, 50).await;
    let told = access_history::ask(&office.desk, presentation).await;
    let events: Vec<Value> = told.json()["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            serde_json::from_slice(&base64url::decode(entry["event"].as_str().unwrap()).unwrap()).unwrap()
        })
        .collect();
    let views: Vec<&Value> = events.iter().filter(|event| event["act"] == "person-view").collect();
    let objects: Vec<&str> = views.iter().map(|event| event["object"].as_str().unwrap()).collect();
    assert!(objects.contains(&"search") && objects.contains(&"resident"), "{objects:?}");
    for event in views {
        assert_eq!((&event["purpose"], &event["actor"]), (&json!(WHY), &json!("OPERATOR")));
        assert_eq!(event["officer"], "pendaftar 1", "a role and a number, no name");
    }
    assert!(events.iter().any(|event| event["act"] == "offer" && event["officer"] == "pendaftar 1"));
}

fn read_qr(png: &[u8]) -> String {
    use absah_qr::picture::{Gray, PictureLimits};
    let picture = Gray::open(png, &PictureLimits::default()).unwrap();
    absah_qr::read_rqrr::texts_in(&picture).unwrap().remove(0)
}

#[tokio::test]
async fn a_second_scan_withholds_the_code() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar"]).await;
    let (browser, _) = &mut staff[0];
    let case = office.open_person(browser, &Desk::grown_up()).await;
    let begun = office.post(browser, &format!("{case}/issue"), &[("credential", "KartuKeluarga")]).await;
    let issue = begun.header("location").unwrap();
    let path = office.picture(browser, &issue).await;
    let pre_authorized = office.desk.code(&path).await;
    let shown = office.get(browser, &format!("{issue}/state")).await.json();
    let digits: String = shown["code"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
    // Over the shoulder, after the code was read aloud: neither phone gets the card with it.
    assert_eq!(office.desk.get(&path).await.status, StatusCode::GONE, "shoulder scan");
    let state = async |browser: &mut Browser| {
        let state = office.get(browser, &format!("{issue}/state")).await.json();
        (state["stage"].clone(), state["code"].clone())
    };
    let (browser, _) = &mut staff[0];
    assert_eq!(state(browser).await, (json!("scanned-twice"), json!(null)), "shoulder scan");
    assert_eq!(office.desk.redeem(&pre_authorized, &digits).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(state(browser).await, (json!("scanned-twice"), json!(null)), "and the officer's page stays");
    // The link alone says nothing that could be redeemed without fetching it.
    let link = path.rsplit('/').next().unwrap();
    assert!(!pre_authorized.contains(link) && pre_authorized != link);
}

#[tokio::test]
async fn two_people_revoke_a_card() {
    let office = Office::open().await;
    // Before anybody is enrolled the command line still offers cards.
    let cards = copies(&office.desk, "KtpElektronik", "dc", 2).await;
    assert_eq!(cards.len(), 2);
    let mut staff = office.staff(["pendaftar", "penyetuju", "admin"]).await;
    let nik = Desk::grown_up();
    let (mut admin, mut admin_key) = staff.remove(2);
    let (mut approver, mut approver_key) = staff.remove(1);
    let (mut registrar, mut registrar_key) = staff.remove(0);
    let path = office.propose_revocation(&mut registrar, &nik).await;
    assert_eq!(office.propose_revocation(&mut registrar, &nik).await, path, "the same proposal is one");
    // Self-approval, role escalation, a signature of somebody else's key.
    let own = office.decide(&mut registrar, &mut registrar_key, &path, "approve").await;
    assert_eq!(code(&own), "operator-role", "self-approval");
    assert_eq!(code(&office.decide(&mut admin, &mut admin_key, &path, "approve").await), "operator-role");
    let asked =
        office.script(&mut approver, &format!("{path}/begin"), json!({ "decision": "refuse" })).await.json();
    let options: RequestChallengeResponse = serde_json::from_value(asked["options"].clone()).unwrap();
    let answer = approver_key.do_authentication(Url::parse(ORIGIN).unwrap(), options).unwrap();
    // Another session cannot hand it in, nor is it good for another act.
    let body = json!({ "ceremony": asked["ceremony"], "answer": answer });
    let stolen = office.script(&mut approver, "/approvals/99/finish", body.clone()).await;
    assert_eq!(code(&stolen), "console-passkey");
    assert_eq!(code(&office.script(&mut approver, &format!("{path}/finish"), body).await), "console-passkey");
    let done = office.decide(&mut approver, &mut approver_key, &path, "approve").await;
    assert_eq!((done.status, &done.json()["cards_changed"]), (StatusCode::OK, &json!(2)), "{}", done.text);
    assert_eq!(
        code(&office.decide(&mut approver, &mut approver_key, &path, "approve").await),
        "console-decided"
    );
    let person = office.open_person(&mut registrar, &nik).await;
    assert!(office.get(&mut registrar, &person).await.text.contains("ribbon revoked"));
    assertion_holds(&office).await;
    // The proposal says whom it concerns only to who may see people.
    assert!(!office.get(&mut admin, &path).await.text.contains(&nik));
}

/// Whoever has the records checks the assertion without us: its challenge is of this act and this decision.
async fn assertion_holds(office: &Office) {
    let options =
        sqlx::sqlite::SqliteConnectOptions::new().filename(office.desk.data().join("issuer.sqlite"));
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let row: (String, Vec<u8>, String) =
        sqlx::query_as("SELECT act, digest, assertion FROM four_eyes_act WHERE state = 'approved'")
            .fetch_one(&pool)
            .await
            .unwrap();
    let digest = four_eyes::digest(row.0.as_bytes());
    assert_eq!(hex::encode(digest), hex::encode(&row.1));
    let assertion: Value = serde_json::from_str(&row.2).unwrap();
    assert_eq!(assertion["note"], NOTE, "what was said is signed with the decision");
    let nonce = base64url::decode_array(assertion["nonce"].as_str().unwrap()).unwrap();
    let client = base64url::decode(assertion["clientDataJSON"].as_str().unwrap()).unwrap();
    let client: Value = serde_json::from_slice(&client).unwrap();
    let expected = base64url::encode(four_eyes::challenge(&digest, Decision::Approve, NOTE, &nonce));
    assert_eq!(client["challenge"], expected);
    assert_eq!(client["origin"].as_str().unwrap().trim_end_matches('/'), ORIGIN);
}

#[tokio::test]
async fn roles_are_not_escalated_and_officers_come_by_two_people() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju", "admin", "auditor"]).await;
    let invite = [("name", "BUDI"), ("login", "budi"), ("role", "admin"), ("reason", "Petugas baru")];
    for at in [0, 1, 3] {
        let reply = office.post(&mut staff[at].0, "/operators/invite", &invite).await;
        assert_eq!(code(&reply), "operator-role", "role escalation");
    }
    for (at, path) in
        [(1, "/people/x/issue"), (2, "/people"), (3, "/people"), (0, "/alerts"), (0, "/operators")]
    {
        let reply = office.get(&mut staff[at].0, path).await;
        assert!(reply.status == StatusCode::METHOD_NOT_ALLOWED || code(&reply) == "operator-role", "{path}");
    }
    let wrong = [("name", "BUDI"), ("login", "Budi Santoso"), ("role", "admin"), ("reason", "Petugas baru")];
    let again = office.post(&mut staff[2].0, "/operators/invite", &wrong).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("value=\"Budi Santoso\"") && again.text.contains("error-login"));
    let proposed = office.post(&mut staff[2].0, "/operators/invite", &invite).await;
    let path = proposed.header("location").unwrap();
    assert_eq!(
        code(&office.post(&mut staff[2].0, "/operators/code", &[("operator", "5")]).await),
        "console-decided"
    );
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    let first = office.part(&mut staff[2].0, "5").await.unwrap();
    let again = office.part(&mut staff[2].0, "5").await;
    assert_eq!(again.unwrap_err(), "console-decided", "one part for one agreement");
    let second = office.part(&mut staff[1].0, "5").await.unwrap();
    office.enrol(&format!("{first} {second}")).await;
    // And they leave by two people; their session ends with it.
    let disable = [("operator", "1"), ("reason", "Pindah tugas")];
    let path = office.post(&mut staff[2].0, "/operators/disable", &disable).await.header("location").unwrap();
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    assert_eq!(office.get(&mut staff[0].0, "/account").await.header("location").unwrap(), "/sign-in");
    let (_, refused) = {
        let (_, key) = &mut staff[0];
        let mut browser = Browser { cookie: None, device: "z" };
        let asked = office.script(&mut browser, "/sign-in/begin", json!("login=uji.pendaftar")).await.json();
        let options: RequestChallengeResponse = serde_json::from_value(asked["options"].clone()).unwrap();
        (browser, key.do_authentication(Url::parse(ORIGIN).unwrap(), options))
    };
    assert!(refused.is_err(), "a closed account is asked for a credential that nobody has");
}

#[tokio::test]
async fn commands_wait_for_a_second_person() {
    let office = Office::open().await;
    let nik = Desk::grown_up();
    copies(&office.desk, "KtpElektronik", "dc", 1).await;
    let mut staff = office.staff(["penyetuju", "auditor"]).await;
    let revoke = ["revoke", "--nik", nik.as_str(), "--credential", "KtpElektronik"];
    let offer = ["offer", "--nik", nik.as_str(), "--credential", "KtpElektronik"];
    for words in [&revoke[..], &offer[..], &offer[..]] {
        let (exit, answer) = office.desk.command(words).await;
        assert_eq!(
            (exit, &answer["error"]["code"]),
            (Exit::Refused, &json!("four-eyes-required")),
            "{words:?}"
        );
    }
    assert_eq!(office.desk.command(&["counter", "list"]).await.0, Exit::Ok, "looking is free");
    let (approver, key) = &mut staff[0];
    for (path, cards) in [("/approvals/1", 1), ("/approvals/2", 0)] {
        let done = office.decide(approver, key, path, "approve").await;
        assert_eq!(done.json()["cards_changed"], cards, "{path} {}", done.text);
    }
    assert_eq!(office.desk.command(&offer).await.0, Exit::Ok, "what was approved runs");
    assert_eq!(office.desk.command(&offer).await.0, Exit::Refused, "once");
    let suspend = ["suspend", "--nik", nik.as_str(), "--break-glass", "Kebakaran di kantor"];
    let (exit, answer) = office.desk.command(&suspend).await;
    assert_ne!(answer["error"]["code"], "four-eyes-required", "{exit:?} {answer}");
    let (auditor, _) = &mut staff[1];
    // What was done and by whom, not only what that one says of it.
    let page = office.get(auditor, "/alerts").await.text;
    assert!(page.contains("<q>suspend · ") && page.contains(" · Kebakaran di kantor</q>"), "{page}");
}

#[tokio::test]
async fn what_is_typed_is_text() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "auditor"]).await;
    let (browser, _) = &mut staff[0];
    // HTML comes back as text, in the field where it was typed.
    let html = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>";
    let reply = office.post(browser, "/people", &[("q", html), ("purpose", html), ("born", html)]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!reply.text.contains("<script>alert") && !reply.text.contains("<img src=x"), "HTML injection");
    assert!(reply.text.contains("&lt;script&gt;alert(1)") && reply.text.contains("error-q"));
    // SQL is a name that nobody has.
    for sql in ["' OR 1=1 --", "%", "x'; DROP TABLE resident; --", "_ _"] {
        let reply =
            office.post(browser, "/people", &[("q", sql), ("born", "1990-01-01"), ("purpose", WHY)]).await;
        let found = reply.text.matches("action=\"/people/open\"").count();
        assert!(found == 0 && reply.status != StatusCode::SERVICE_UNAVAILABLE, "SQL injection: {sql}");
    }
    assert!(office.get(browser, "/").await.text.contains("60"), "nobody was dropped");
    // Nothing that forges a line or hides letters; limits on every field; nothing typed is lost.
    for (purpose, expected) in [
        ("baris\nbaru", "err"),
        ("tersem\u{202E}bunyi", "err"),
        ("ab", "err"),
        (&"x".repeat(201), "err"),
        ("", "err"),
    ] {
        let reply = office.post(browser, "/people", &[("q", "3577010101900001"), ("purpose", purpose)]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{purpose:?} {expected}");
        assert!(reply.text.contains("error-purpose") && reply.text.contains("value=\"3577010101900001\""));
    }
    // An alert is closed with words, which are shown as text.
    let (auditor, _) = &mut staff[1];
    let alerts = office.get(auditor, "/alerts").await.text;
    assert!(alerts.contains("/alerts/close"), "new authenticators are told");
    let closed =
        office.post(auditor, "/alerts/close", &[("alert", "1"), ("reason", "<b>tebal</b> sekali")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    let alerts = office.get(auditor, "/alerts").await.text;
    assert!(alerts.contains("&lt;b&gt;tebal") && !alerts.contains("<b>tebal"));
}

#[tokio::test]
async fn families_and_names_are_found_and_every_page_is_small() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju", "admin", "auditor"]).await;
    let resident = absah_testkit::population::resident(7);
    let born = resident.birth.to_string();
    let (browser, _) = &mut staff[0];
    let name = resident.name.to_string().to_lowercase();
    for (q, born) in [(resident.no_kk.to_string(), String::new()), (name, born)] {
        let found = office.post(browser, "/people", &[("q", &q), ("born", &born), ("purpose", WHY)]).await;
        assert!(found.text.contains(&resident.nik.to_string()), "{q}");
    }
    // An extract is taken in, with its report.
    let token = office.token(browser).await;
    let request = Request::post("/imports/new")
        .header("origin", ORIGIN)
        .header("x-form-token", token)
        .header("x-file-name", "ikd%20november.csv")
        .header("content-type", "text/csv");
    let mut csv = absah_testkit::population::csv(60, 7);
    csv.push_str("rusak,rusak\r\n");
    let taken = office.send(browser, request, Body::from(csv)).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
    let report = office.get(browser, taken.json()["next"].as_str().unwrap()).await;
    assert!(report.text.contains("ikd november.csv"), "{}", report.text);
    assert!(!report.text.contains("/approvals/"), "what changes nothing waits for nobody");
    for (at, path) in [
        (0, "/"),
        (0, "/people"),
        (0, "/account"),
        (0, "/approvals"),
        (0, "/imports"),
        (0, "/sign-in"),
        (2, "/counters"),
        (2, "/operators"),
        (2, "/ledger"),
        (3, "/alerts"),
        (3, "/ledger"),
        (1, "/approvals"),
    ] {
        for lang in ["id", "en"] {
            let request = Request::get(path).header("cookie", format!("absah-lang={lang}"));
            let page = office.send(&mut staff[at].0, request, Body::empty()).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text.len() < 100_000, "{path}: {} bytes", page.text.len());
            assert!(page.text.contains(&format!("<html lang=\"{lang}\">")), "{path}");
            assert!(
                !page.text.contains("console-") || !page.text.contains(">console-"),
                "{path}: a text is missing"
            );
        }
    }
    assert_eq!(GRANT.len(), 52);
}
