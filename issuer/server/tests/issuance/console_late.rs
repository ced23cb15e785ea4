//! The console: what is old is still reached, who is gone is gone, and nobody judges the own account.

use absah_types::{Clock as _, Seconds};
use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::console::{Browser, ORIGIN, Office, code, totp};
use crate::console_acts::{add_lure, count, file, last_act, somebody};
use crate::desk::Reply;

#[tokio::test]
async fn an_import_is_reached_however_many_came_after_it() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let header = ("x-file-name", "pertama.csv");
    let (browser, _) = &mut staff[0];
    let csv = absah_testkit::population::csv(61, 7).into_bytes();
    let first = file(&office, browser, ("/imports/new", header), csv).await;
    let first = first.json()["next"].as_str().unwrap().to_owned();
    let act = last_act(&office).await;
    for _ in 0..51 {
        let sent = file(&office, browser, ("/imports/new", header), b"nothing".to_vec()).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    }
    for (at, path) in [(0, first.clone()), (0, format!("{first}/csv")), (0, act.clone()), (1, act.clone())] {
        assert_eq!(office.get(&mut staff[at].0, &path).await.status, StatusCode::OK, "{path}");
    }
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &act, "approve").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_came_in_by_a_passkey_that_is_gone_goes_with_it() {
    let office = Office::open().await;
    let mut staff = office.staff(["penyetuju"]).await;
    let (browser, key) = &mut staff[0];
    // A third one, so that one may go; whoever has one of them is signed in elsewhere.
    office.prove(browser, key, "add-passkey").await;
    let mut third = webauthn_authenticator_rs::softpasskey::SoftPasskey::new(true);
    assert_eq!(office.add_passkey(browser, &mut third).await.status, StatusCode::OK);
    let (mut thief, _) = office.sign_in("uji.penyetuju", &mut third).await;
    assert_eq!(office.get(&mut thief, "/people").await.status, StatusCode::OK);
    let page = office.get(browser, "/account").await.text;
    let id =
        page.rsplit("data-change=\"remove-passkey ").next().unwrap().split('"').next().unwrap().to_owned();
    office.prove(browser, key, &format!("remove-passkey {id}")).await;
    let gone = office.post(browser, "/account/passkey/remove", &[("id", id.as_str())]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text);
    assert_eq!(office.get(&mut thief, "/people").await.header("location").as_deref(), Some("/sign-in"));
    assert_eq!(office.get(browser, "/people").await.status, StatusCode::OK, "who removed it goes on");
}

#[tokio::test]
async fn nobody_closes_an_alert_about_the_own_account() {
    let office = Office::open().await;
    let mut staff = office.staff(["auditor", "auditor2"]).await;
    let page = office.get(&mut staff[0].0, "/alerts").await.text;
    assert!(page.contains("diperiksa auditor lain"), "{page}");
    let close = [("alert", "1"), ("reason", "bukan apa-apa")];
    let own = office.post(&mut staff[0].0, "/alerts/close", &close).await;
    assert_eq!((own.status, code(&own).as_str()), (StatusCode::FORBIDDEN, "operator-concerned"));
    let other = office.post(&mut staff[1].0, "/alerts/close", &close).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.text);
    let page = office.get(&mut staff[0].0, "/alerts").await.text;
    assert!(page.contains("#2 SITI AMINAH (uji.auditor2): bukan apa-apa"), "by whom: {page}");
    let unknown =
        office.post(&mut staff[1].0, "/alerts/close", &[("alert", "999"), ("reason", "apa ini")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_auditor_reads_back_to_the_beginning() {
    let office = Office::open().await;
    let mut staff = office.staff(["auditor", "pendaftar"]).await;
    for row in 1..50 {
        office.open_person(&mut staff[1].0, &somebody(row)).await;
    }
    let all = count(&office, "SELECT COUNT(*) FROM ledger_event WHERE log = 1").await;
    let (mut path, mut seen, mut pages) = ("/ledger".to_owned(), 0, 0);
    loop {
        let page = office.get(&mut staff[0].0, &path).await.text;
        let table = page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
        seen += table.matches("<tr>").count();
        pages += 1;
        let Some(older) = page.split("href=\"/ledger?before=").nth(1) else { break };
        path = format!("/ledger?before={}", older.split(['"', '#']).next().unwrap());
    }
    assert!(pages > 2 && i64::try_from(seen).unwrap() == all, "{seen} of {all} on {pages} pages");
    for odd in ["x", "-1", "99999999999999999999", ""] {
        let reply = office.get(&mut staff[0].0, &format!("/ledger?before={odd}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{odd}");
    }
}

async fn by_password(office: &Office, login: &str, secret: &str) -> Reply {
    let mut fresh = Browser { cookie: None, device: "Peramban uji" };
    let code = totp(secret, office.desk.clock.now().unix());
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs([("login", login), ("password", "kuda baterai staples"), ("code", &code)]);
    let request = Request::post("/sign-in/fallback")
        .header("origin", ORIGIN)
        .header("x-forwarded-for", "10.0.0.7")
        .header("content-type", "application/x-www-form-urlencoded");
    office.send(&mut fresh, request, Body::from(body.finish())).await
}

#[tokio::test]
async fn right_sign_ins_of_an_office_are_no_wrong_tries() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar"]).await;
    let (browser, key) = &mut staff[0];
    office.prove(browser, key, "set-fallback").await;
    let page = office.get(browser, "/account/fallback").await.text;
    let secret = page.split("name=\"secret\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let first = totp(&secret, office.desk.clock.now().unix());
    let fields = [("password", "kuda baterai staples"), ("secret", &secret), ("code", &first)];
    let set = office.post(browser, "/account/fallback", &fields).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text);
    for round in 0..35 {
        office.desk.later(Seconds(31));
        let signed = by_password(&office, "uji.pendaftar", &secret).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{round}: {}", signed.text);
    }
}

#[tokio::test]
async fn a_record_of_nobody_is_told_to_whom_must_agree_and_to_nobody_else() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    add_lure(&office.desk).await;
    let csv = office.desk.place.path().join("umpan.csv");
    let csv = csv.to_str().unwrap();
    let name = absah_testkit::population::population(1, 99).next().unwrap().name;
    let filed = office.desk.command(&["lure", "add", csv]).await.1;
    assert_eq!(filed["error"]["code"], "four-eyes-required", "{filed}");
    let act = last_act(&office).await;
    assert!(!office.get(&mut staff[0].0, &act).await.text.contains(&name), "who is to be caught");
    let (approver, key) = &mut staff[1];
    assert!(office.get(approver, &act).await.text.contains(&name), "who must agree");
    assert_eq!(office.decide(approver, key, &act, "refuse").await.status, StatusCode::OK);
    assert!(!office.get(approver, &act).await.text.contains(&name), "nor afterwards");
}

/// An extract with some cells of one person replaced.
fn extract_with(nik: &str, cells: &[(&str, &str)]) -> Vec<u8> {
    let header: Vec<&str> = absah_testkit::population::HEADER.split(',').collect();
    let place = |name: &str| header.iter().position(|own| own.trim() == name).unwrap();
    let row =
        absah_testkit::population::population(60, 7).position(|one| one.nik.to_string() == nik).unwrap();
    let changes: Vec<_> = cells.iter().map(|(name, text)| (row + 1, place(name), *text)).collect();
    crate::register::changed(&changes).into_bytes()
}

#[tokio::test]
async fn an_extract_that_does_not_know_of_a_death_yet_makes_nobody_alive() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    // No head of a family: without one, the family's records would be refused.
    let nik =
        absah_testkit::population::population(60, 7).find(|one| one.relation != 1).unwrap().nik.to_string();
    let case = office.open_person(&mut staff[0].0, &nik).await;
    let fields = [("change", "dead"), ("reason", "Akta kematian 3577-KM-1")];
    let death =
        office.post(&mut staff[0].0, &format!("{case}/propose"), &fields).await.header("location").unwrap();
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &death, "approve").await.status, StatusCode::OK);
    let dead = "SELECT COUNT(*) FROM resident WHERE status_dasar = 2";
    assert_eq!(count(&office, dead).await, 1);
    let header = ("x-file-name", "ikd.csv");
    let brought = async |browser: &mut Browser, csv: Vec<u8>| {
        let sent = file(&office, browser, ("/imports/new", header), csv).await;
        office.get(browser, sent.json()["next"].as_str().unwrap()).await.text
    };
    // The day's extract is of before: what was written down here stays, and the report says so.
    let page = brought(&mut staff[0].0, extract_with(&nik, &[("TGL_UBAH", "2026-11-15T08:00:00Z")])).await;
    assert!(page.contains("Data di sini lebih baru, tidak diganti</dt><dd>1<"), "{page}");
    assert!(!page.contains("hidup di berkas"), "{page}");
    // One that is of later, or says no time, makes a resident of them again: whoever agrees is told.
    let later = extract_with(&nik, &[("TGL_UBAH", "2026-11-22T09:00:00Z")]);
    let page = brought(&mut staff[0].0, later).await;
    assert!(page.contains("hidup di berkas</dt><dd>1<"), "{page}");
    let (approver, key) = &mut staff[1];
    let act = last_act(&office).await;
    assert!(office.get(approver, &act).await.text.contains("menjadi warga lagi"));
    assert_eq!(office.decide(approver, key, &act, "approve").await.status, StatusCode::OK);
    assert_eq!(count(&office, dead).await, 0);
    // Who dies by an extract is named to whoever agrees, and that is in the person's history.
    let looks = "SELECT COUNT(*) FROM operator_look WHERE what = 'proposal'";
    let before = count(&office, looks).await;
    let dies = extract_with(&nik, &[("STATUS_DASAR", "2"), ("TGL_UBAH", "2026-11-22T10:00:00Z")]);
    brought(&mut staff[0].0, dies).await;
    let act = last_act(&office).await;
    let (approver, key) = &mut staff[1];
    let page = office.get(approver, &act).await.text;
    assert!(page.contains(&nik) && page.contains("Mengenai: 1"), "{page}");
    assert_eq!(count(&office, looks).await - before, 1);
    assert_eq!(office.decide(approver, key, &act, "approve").await.status, StatusCode::OK);
    assert_eq!(count(&office, dead).await, 1);
}
