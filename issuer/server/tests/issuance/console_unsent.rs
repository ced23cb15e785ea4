//! The console: what was typed when the sign-in had ended is not lost, and nothing is done by it.

use absah_types::Seconds;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::console::{Browser, ORIGIN, Office, WHY};
use crate::console_acts::{count, somebody};
use crate::desk::Reply;

/// A form sent from one of the console's pages, with a token that was on it.
struct Form<'a> {
    path: &'a str,
    page: &'a str,
    origin: &'a str,
    token: &'a str,
}

impl Form<'_> {
    async fn send(&self, office: &Office, browser: &mut Browser, fields: &[(&str, &str)]) -> Reply {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields).append_pair("form_token", self.token);
        let request = Request::post(self.path)
            .header("origin", self.origin)
            .header("referer", format!("{ORIGIN}{}", self.page))
            .header("content-type", "application/x-www-form-urlencoded");
        office.send(browser, request, Body::from(body.finish())).await
    }
}

/// The form that a page says waits, with its fields.
fn shown(page: &str) -> Option<(String, Value)> {
    let part = |name: &str| {
        let rest = page.split(&format!(" {name}=\"")).nth(1)?;
        let text = rest.split('"').next()?;
        Some(
            text.replace("&quot;", "\"")
                .replace("&#x2f;", "/")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"),
        )
    };
    let section = page.contains("<section id=\"unsent\"");
    let fields = part("data-fields")?;
    section.then_some(())?;
    Some((part("data-sends")?, serde_json::from_str(&fields).unwrap()))
}

const INVITED: [(&str, &str); 4] = [
    ("login", "rina.w"),
    ("name", "RINA \"WATI\" <b>"),
    ("role", "auditor"),
    ("reason", "Petugas baru di loket tiga"),
];

#[tokio::test]
async fn what_was_typed_before_signing_in_again_stands_in_its_form() {
    let office = Office::open().await;
    let mut staff = office.staff(["admin", "admin2"]).await;
    let token = office.token(&mut staff[0].0).await;
    let form = Form { path: "/operators/invite", page: "/operators", origin: ORIGIN, token: &token };
    office.desk.later(Seconds::hours(12));
    office.desk.later(Seconds(61));
    let sent = form.send(&office, &mut staff[0].0, &INVITED).await;
    assert_eq!(sent.header("location").as_deref(), Some("/sign-in"), "{}", sent.text);
    // A colleague at the same machine sees nothing of it.
    let (mut other, signed) = office.sign_in("uji.admin2", &mut staff[1].1).await;
    assert_eq!(signed.json()["next"], "/");
    for path in ["/operators", "/"] {
        let page = office.get(&mut other, path).await.text;
        assert!(!page.contains("id=\"unsent\"") && !page.contains("rina.w"), "{page}");
    }
    // The officer goes on where the form stands, which is filled in; nothing was done meanwhile.
    let (mut browser, signed) = office.sign_in("uji.admin", &mut staff[0].1).await;
    assert_eq!(signed.json()["next"], "/operators", "{}", signed.text);
    let page = office.get(&mut browser, "/operators").await.text;
    let (sends, fields) = shown(&page).expect("it waits");
    assert_eq!(sends, "/operators/invite");
    assert!(page.contains("<form method=\"post\" action=\"/operators/invite\""), "the form is there");
    for (name, value) in INVITED {
        assert_eq!(fields[name], value, "{name}");
    }
    assert_eq!(fields.as_object().unwrap().len(), INVITED.len(), "no token, nothing else: {fields}");
    assert!(!page.contains("<b>") && page.contains("Isian Anda belum terkirim"), "{page}");
    assert_eq!(count(&office, "SELECT COUNT(*) FROM four_eyes_act").await, 0, "never sent by itself");
    let home = office.get(&mut browser, "/").await.text;
    assert!(home.contains("id=\"unsent\"") && !home.contains("rina.w"), "elsewhere only where it is: {home}");
    // Sent by the officer, it is gone.
    let mut sent = INVITED;
    sent[1].1 = "RINA WATI";
    let filed = office.post(&mut browser, "/operators/invite", &sent).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text);
    assert!(!office.get(&mut browser, "/operators").await.text.contains("id=\"unsent\""));
}

#[tokio::test]
async fn only_what_a_form_of_the_session_sends_is_kept_for_so_long_and_so_large() {
    let office = Office::open().await;
    let mut staff = office.staff(["admin"]).await;
    let (browser, key) = &mut staff[0];
    let token = office.token(browser).await;
    let good = Form { path: "/operators/invite", page: "/operators", origin: ORIGIN, token: &token };
    office.desk.later(Seconds::hours(12));
    office.desk.later(Seconds(61));
    let large = "x".repeat(17_000);
    let long = [("login", "rina.w"), ("reason", large.as_str())];
    for (name, form, fields) in [
        ("another page's", Form { origin: "https://evil.example", ..good }, &INVITED[..]),
        ("without the token", Form { token: "AAAA", ..good }, &INVITED[..]),
        ("too large", Form { ..good }, &long[..]),
    ] {
        form.send(&office, browser, fields).await;
        let (mut again, signed) = office.sign_in("uji.admin", key).await;
        assert_eq!(signed.json()["next"], "/", "{name}");
        assert!(!office.get(&mut again, "/operators").await.text.contains("id=\"unsent\""), "{name}");
    }
    // A page of somebody else is no place to go on.
    let form = Form { page: "//evil.example/", ..good };
    form.send(&office, browser, &INVITED).await;
    let (mut again, signed) = office.sign_in("uji.admin", key).await;
    assert_eq!(signed.json()["next"], "/");
    let page = office.get(&mut again, "/").await.text;
    assert!(shown(&page).is_some(), "{page}");
    // Thrown away by the officer; or for ever after an hour.
    assert_eq!(office.post(&mut again, "/unsent/forget", &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!office.get(&mut again, "/").await.text.contains("id=\"unsent\""));
    good.send(&office, browser, &INVITED).await;
    assert!(office.get(&mut again, "/").await.text.contains("id=\"unsent\""));
    office.desk.later(Seconds::hours(1));
    assert!(!office.get(&mut again, "/").await.text.contains("id=\"unsent\""));
}

#[tokio::test]
async fn what_was_typed_about_a_person_stands_on_that_persons_page_alone() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let (nik, other) = (somebody(2), somebody(3));
    let (browser, key) = &mut staff[0];
    let case = office.open_person(browser, &nik).await;
    let token = office.token(browser).await;
    office.desk.later(Seconds::hours(12));
    office.desk.later(Seconds(61));
    let path = format!("{case}/propose");
    let form = Form { path: &path, page: &case, origin: ORIGIN, token: &token };
    let typed =
        [("change", "suspend"), ("credential", "KtpElektronik"), ("reason", "Kartu dipalsukan orang")];
    form.send(&office, browser, &typed).await;
    let (mut again, signed) = office.sign_in("uji.pendaftar", key).await;
    assert_eq!(signed.json()["next"], "/people");
    let search = office.get(&mut again, "/people").await.text;
    assert!(search.contains("id=\"unsent\"") && shown(&search).is_none(), "{search}");
    assert!(!search.contains("Kartu dipalsukan") && !search.contains(&nik), "{search}");
    let stranger = office.open_person(&mut again, &other).await;
    assert!(shown(&office.get(&mut again, &stranger).await.text).is_none(), "somebody else's page");
    // The same form about somebody else is another one.
    let elsewhere = [("change", "moved"), ("reason", "Surat pindah nomor 8")];
    let filed = office.post(&mut again, &format!("{stranger}/propose"), &elsewhere).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text);
    let own = office.open_person(&mut again, &nik).await;
    let (_, fields) = shown(&office.get(&mut again, &own).await.text).expect("on the person's page");
    assert_eq!((&fields["reason"], &fields["change"]), (&json!("Kartu dipalsukan orang"), &json!("suspend")));
    let filed =
        office.post(&mut again, &format!("{own}/propose"), &[("change", "dead"), ("reason", WHY)]).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text);
    assert!(!office.get(&mut again, &own).await.text.contains("id=\"unsent\""), "the form was sent");
    // A note beside a decision, which our script sends.
    let act = filed.header("location").unwrap();
    let (decider, key) = &mut staff[1];
    let (mut decider_now, _) = office.sign_in("uji.penyetuju", key).await;
    assert!(
        office.get(decider, "/approvals").await.header("location").is_some(),
        "the first sign-in is over"
    );
    let token = office.token(&mut decider_now).await;
    office.desk.later(Seconds::hours(12));
    office.desk.later(Seconds(61));
    let request = Request::post(format!("{act}/begin"))
        .header("origin", ORIGIN)
        .header("referer", format!("{ORIGIN}{act}"))
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .header("x-form-token", token);
    let body = json!({ "decision": "approve", "note": "Akta kematian nomor 7" }).to_string();
    let refused = office.send(&mut decider_now, request, Body::from(body)).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let (mut again, signed) = office.sign_in("uji.penyetuju", key).await;
    assert_eq!(signed.json()["next"], Value::from(act.clone()));
    let (sends, fields) = shown(&office.get(&mut again, &act).await.text).expect("the note");
    assert_eq!((sends, &fields["note"]), (format!("{act}/begin"), &json!("Akta kematian nomor 7")));
}
