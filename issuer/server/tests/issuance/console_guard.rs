//! The console: accounts that others need, and whose phone a child's card is on.

use absah_types::Nik;
use axum::http::StatusCode;

use crate::console::{Office, WHY, code};

#[tokio::test]
async fn the_last_approver_stays_and_nobody_decides_about_the_own_account() {
    let office = Office::open().await;
    let mut staff = office.staff(["admin", "penyetuju", "penyetuju2"]).await;
    // While there are two, one may go; not by the own decision.
    let close = |operator| [("operator", operator), ("reason", "Pindah tugas")];
    let filed = office.post(&mut staff[0].0, "/operators/disable", &close("2")).await;
    let path = filed.header("location").unwrap();
    for decision in ["approve", "refuse"] {
        let (concerned, key) = &mut staff[1];
        let own = office.decide(concerned, key, &path, decision).await;
        assert_eq!(code(&own), "operator-concerned", "{decision}");
    }
    let (other, key) = &mut staff[2];
    assert_eq!(office.decide(other, key, &path, "approve").await.status, StatusCode::OK);
    // Then the other is the last one, as the admin is.
    for operator in ["1", "3"] {
        let refused = office.post(&mut staff[0].0, "/operators/disable", &close(operator)).await;
        assert_eq!((refused.status, code(&refused).as_str()), (StatusCode::CONFLICT, "console-last-of-role"));
    }
    let page = office.get(&mut staff[0].0, "/operators").await.text;
    assert!(page.contains("satu-satunya petugas dengan peran ini"), "{page}");
}

#[tokio::test]
async fn a_child_s_card_goes_to_the_parent_who_is_there() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar"]).await;
    let (browser, _) = &mut staff[0];
    let csv = absah_testkit::population::csv(60, 7);
    let at = csv.lines().next().unwrap().split(',').position(|name| name == "NIK").unwrap();
    let mut found = None;
    for line in csv.lines().skip(1) {
        let fields = [("nik", line.split(',').nth(at).unwrap()), ("purpose", WHY)];
        let Some(case) = office.post(browser, "/people/open", &fields).await.header("location") else {
            continue;
        };
        let page = office.get(browser, &case).await.text;
        let Some(choice) = page.split("<select id=\"keeper-Kia\"").nth(1) else { continue };
        let choice = choice.split("</select>").next().unwrap().to_owned();
        let last = choice.rsplit("value=\"").next().unwrap();
        let (nik, rest) = last.split_once("\">").unwrap();
        let name = rest.split(" (").next().unwrap().to_owned();
        found = Some((case, nik.to_owned(), name));
        break;
    }
    let (case, keeper, name) = found.expect("a child with a parent");
    assert!(Nik::parse(&keeper).is_ok());
    let looks = async || super::console_acts::count(&office, "SELECT COUNT(*) FROM operator_look").await;
    let before = looks().await;
    let fields = [("credential", "Kia"), ("guardian", keeper.as_str())];
    let begun = office.post(browser, &format!("{case}/issue"), &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    let issue = begun.header("location").unwrap();
    let page = office.get(browser, &issue).await.text;
    assert!(page.contains(&name) && !page.contains(&keeper), "whose face to compare: {page}");
    // And whose card it is, told apart by the end of the number.
    let whose = page.split("Kartu untuk <strong>").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(whose.contains("</strong> · NIK …") && !whose.contains(&name), "{whose}");
    assert_eq!(looks().await - before, 1, "the keeper's face; nothing is done for the child yet");
    // Without a picture there is none to show; somebody outside the family keeps nothing.
    assert_eq!(office.get(browser, &format!("{issue}/keeper")).await.status, StatusCode::NOT_FOUND);
    let stranger = [("credential", "Kia"), ("guardian", "3577010101800001")];
    let refused = office.post(browser, &format!("{case}/issue"), &stranger).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER, "{}", refused.text);
}

/// What opens an offer stands in no file: a page of before a restart says so, and what to do.
#[tokio::test]
async fn an_offer_under_way_at_a_restart_is_begun_anew() {
    let mut office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "pendaftar2"]).await;
    let nik = crate::desk::Desk::grown_up();
    let case = office.open_person(&mut staff[0].0, &nik).await;
    let fields = [("credential", "KtpElektronik")];
    let begun = office.post(&mut staff[0].0, &format!("{case}/issue"), &fields).await;
    let issue = begun.header("location").unwrap();
    let page = office.get(&mut staff[0].0, &issue).await.text;
    assert!(page.contains(&format!("NIK …{}", &nik[12..])) && !page.contains(&nik), "{page}");
    let foreign = office.get(&mut staff[1].0, &issue).await;
    assert_eq!(code(&foreign), "console-offer-lost", "nobody else's");
    office.console =
        absah_issuer::console::Console::new(office.desk.app.clone(), crate::console::ORIGIN).unwrap();
    for part in ["", "/scan", "/qr.png", "/state"] {
        let lost = office.get(&mut staff[0].0, &format!("{issue}{part}")).await;
        assert_eq!((lost.status, code(&lost).as_str()), (StatusCode::GONE, "console-offer-lost"), "{part}");
        assert!(lost.text.contains("buka lagi catatan warga"), "{}", lost.text);
    }
    // The case goes on, and the card is offered again.
    let again = office.post(&mut staff[0].0, &format!("{case}/issue"), &fields).await;
    let page = office.get(&mut staff[0].0, &again.header("location").unwrap()).await;
    assert_eq!(page.status, StatusCode::OK);
}
