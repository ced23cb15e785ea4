//! Paper cards printed by officers: who may, what is kept, and what the citizen is told.

use absah_host::Exit;
use absah_protocol::access_history::{Answer, verify};
use absah_types::{Clock as _, Seconds};
use axum::http::StatusCode;

use crate::access_history::{ask, shown};
use crate::console::{Office, code};
use crate::desk::Desk;
use crate::register::photograph;
use crate::{copies, issuer_key};

/// An office where one person has a photograph.
async fn office() -> Office {
    let office = Office::open().await;
    let photos = office.desk.place.path().join("photos");
    std::fs::create_dir(&photos).unwrap();
    std::fs::write(photos.join(format!("{}.jpg", Desk::grown_up())), photograph()).unwrap();
    let extract = office.desk.place.path().join("extract.csv");
    let words = ["import", extract.to_str().unwrap(), "--photos", photos.to_str().unwrap()];
    let (exit, report) = office.desk.command(&words).await;
    assert_eq!(exit, Exit::Ok, "{report}");
    office
}

#[tokio::test]
async fn a_registrar_prints_a_paper_card_and_nobody_else() {
    let office = office().await;
    let nik = Desk::grown_up();
    let card = copies(&office.desk, "KtpElektronik", "vc", 3).await;
    let mut staff = office.staff(["pendaftar", "penyetuju", "admin", "auditor"]).await;
    let path = office.open_person(&mut staff[0].0, &nik).await;
    assert!(office.get(&mut staff[0].0, &path).await.text.contains(&format!("{path}/paper")));
    let (print, fields) = (format!("{path}/paper"), [("years", "1"), ("paper", "a6")]);
    for (other, _) in &mut staff[1..] {
        assert_eq!(code(&office.post(other, &print, &fields).await), "operator-role");
    }
    let registrar = &mut staff[0].0;
    let wrong = office.post(registrar, &print, &[("years", "9"), ("paper", "a6")]).await;
    assert_ne!(wrong.status, StatusCode::OK);
    for fields in [fields, [("years", "2"), ("paper", "a4")]] {
        let made = office.post(registrar, &print, &fields).await;
        assert_eq!(made.status, StatusCode::OK, "{}", code(&made));
        assert_eq!(made.header("content-type").unwrap(), "application/pdf");
        assert!(made.text.starts_with("%PDF-"), "a PDF");
    }
    // The second ended the first, and the person's page says how the newest stands; cards in wallets are untouched.
    let page = office.get(registrar, &path).await.text;
    assert!(page.contains("Berlaku") && page.matches("ribbon valid").count() == 2, "wallet and paper");
    assert!(!page.contains("ribbon superseded"));

    let issuer = issuer_key(&office.desk).await;
    let first = card[0]["credential"].as_str().unwrap();
    let reply = ask(&office.desk, shown(&office.desk, first, &issuer, 50).await).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let policy = office.desk.get("/ledger/policy.json").await.text;
    let policy = absah_ledger::LedgerPolicy::from_json(policy.as_bytes()).unwrap();
    let answer: Answer = serde_json::from_str(&reply.text).unwrap();
    let told = answer.entries.iter().map(|entry| {
        let proven = verify(entry, &policy, std::slice::from_ref(&nik), office.desk.clock.now()).unwrap();
        proven.act
    });
    let told: Vec<String> = told.collect();
    let count = |act: &str| told.iter().filter(|said| *said == act).count();
    assert_eq!((count("paper"), count("supersede")), (2, 1), "{told:?}");
    let whole = office.desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((whole.leaf_missing(), whole.action_missing()), (0, 0), "{whole:?}");
}

#[tokio::test]
async fn nobody_without_a_photograph_gets_one_at_the_console_either() {
    let office = Office::open().await;
    let nik = Desk::grown_up();
    let mut staff = office.staff(["pendaftar"]).await;
    let path = office.open_person(&mut staff[0].0, &nik).await;
    let fields = [("years", "1"), ("paper", "a6")];
    let refused = office.post(&mut staff[0].0, &format!("{path}/paper"), &fields).await;
    assert_eq!(
        (refused.status, code(&refused)),
        (StatusCode::UNPROCESSABLE_ENTITY, "paper-card-no-portrait".to_owned())
    );
    assert!(!office.get(&mut staff[0].0, &path).await.text.contains("/paper\""), "no button");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn cards_printed_at_the_same_time_take_a_place_each() {
    let office = office().await;
    let nik = Desk::grown_up();
    let one = async |n: usize| {
        let out = office.desk.place.path().join(format!("{n}.pdf"));
        office.desk.command(&["paper", "--nik", &nik, "--out", out.to_str().unwrap()]).await
    };
    let (a, b, c, d) = tokio::join!(one(1), one(2), one(3), one(4));
    for (exit, answer) in [a, b, c, d] {
        assert_eq!(exit, Exit::Ok, "{answer}");
    }
    let whole = office.desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((whole.leaf_missing(), whole.action_missing()), (0, 0), "{whole:?}");
}

#[tokio::test]
async fn paper_is_listed_28_days_before_it_ends() {
    let office = office().await;
    let mut staff = office.staff(["pendaftar"]).await;
    let path = office.open_person(&mut staff[0].0, &Desk::grown_up()).await;
    // The first, which holds longer, ends with the second.
    for years in ["2", "1"] {
        let fields = [("years", years), ("paper", "a6")];
        let made = office.post(&mut staff[0].0, &format!("{path}/paper"), &fields).await;
        assert_eq!(made.status, StatusCode::OK, "{}", code(&made));
    }
    let ends = crate::console_acts::count(&office, "SELECT MIN(expires_at) FROM batch").await;
    let left = ends - office.desk.clock.now().unix();
    assert!(left > 300 * 86_400, "{left}");
    office.desk.later(Seconds(left - 29 * 86_400));
    let (mut browser, _) = office.sign_in("uji.pendaftar", &mut staff[0].1).await;
    assert!(!office.get(&mut browser, "/work").await.text.contains("value=\"renewal\""));
    office.desk.later(Seconds::days(2));
    let (mut browser, _) = office.sign_in("uji.pendaftar", &mut staff[0].1).await;
    let work = office.get(&mut browser, "/work").await.text;
    assert_eq!(work.matches("value=\"renewal\"").count(), 1, "{work}");
    assert!(work.contains("Kartu kertas") && work.contains("dalam 28 hari"), "{work}");
    let number = work.split("name=\"number\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("what", "renewal"), ("number", number.as_str())];
    assert_eq!(office.post(&mut browser, "/work/open", &fields).await.status, StatusCode::SEE_OTHER);
}
