//! What one officer cannot do alone, and the life of a record at the console.

use std::collections::BTreeMap;

use absah_issuer::console::Console;
use absah_issuer::store::ProposalState;
use absah_issuer_core::operator::{Action, Role};
use absah_types::{Clock as _, Nik, Seconds};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;
use sqlx::Row as _;

use crate::console::{Browser, ORIGIN, Office, code};
use crate::copies;
use crate::desk::Desk;

pub(crate) async fn rows(office: &Office, text: &'static str) -> Vec<sqlx::sqlite::SqliteRow> {
    let file = office.desk.data().join("issuer.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query(text).fetch_all(&pool).await.unwrap()
}

pub(crate) async fn count(office: &Office, text: &'static str) -> i64 {
    rows(office, text).await[0].get(0)
}

/// Sends a file as the script of the console does; what came back, and where it leads.
pub(crate) async fn file(
    office: &Office,
    browser: &mut Browser,
    (path, header): (&str, (&str, &str)),
    bytes: Vec<u8>,
) -> crate::desk::Reply {
    let token = office.token(browser).await;
    let request = Request::post(path)
        .header("origin", ORIGIN)
        .header("accept", "application/json")
        .header("x-form-token", token)
        .header(header.0, header.1)
        .header("content-type", "application/octet-stream");
    office.send(browser, request, Body::from(bytes)).await
}

/// The NIK of a row of the register.
pub(crate) fn somebody(row: usize) -> String {
    absah_testkit::population::csv(60, 7).lines().nth(row).unwrap().split(',').next().unwrap().to_owned()
}

/// A record of nobody: from a register of elsewhere.
pub(crate) async fn add_lure(desk: &Desk) -> Nik {
    let csv = absah_testkit::population::csv(1, 99);
    let row = csv.lines().nth(1).unwrap();
    let file = desk.place.path().join("umpan.csv");
    std::fs::write(&file, &csv).unwrap();
    let nik = Nik::parse(row.split(',').next().unwrap()).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let now = desk.clock.now();
    use absah_issuer_core::population::{Rules, check, local_day};
    let checked = check(&bytes, Rules::madiun(local_day(now)));
    assert_eq!((checked.rows, checked.skipped()), (1, 0), "{:?}", checked.problems);
    let residents = checked.residents(&bytes).map(|(_, resident)| resident).collect();
    assert!(desk.app.ledger().unwrap().records().add_lures(residents, now).await.unwrap());
    nik
}

/// The number of the act that waits last.
pub(crate) async fn last_act(office: &Office) -> String {
    let id: i64 = count(office, "SELECT MAX(id) FROM four_eyes_act").await;
    format!("/approvals/{id}")
}

#[tokio::test]
async fn nobody_enrols_alone_as_somebody_invited() {
    let office = Office::open().await;
    let mut staff = office.staff(["penyetuju", "admin", "admin2"]).await;
    let invite = [("name", "BUDI"), ("login", "budi"), ("role", "penyetuju"), ("reason", "Petugas baru")];
    let path = office.post(&mut staff[1].0, "/operators/invite", &invite).await.header("location").unwrap();
    let early = office.part(&mut staff[1].0, "4").await;
    assert_eq!(early.unwrap_err(), "console-decided", "nothing before somebody agreed");
    let (approver, key) = &mut staff[0];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    // A third person, whatever the role, has no part in it.
    assert_eq!(office.part(&mut staff[2].0, "4").await.unwrap_err(), "console-decided");
    let first = office.part(&mut staff[1].0, "4").await.unwrap();
    // The admin who proposed: the own part, twice, or with a guess.
    for (one, two) in
        [(first.as_str(), ""), (first.as_str(), first.as_str()), (first.as_str(), "AAAA-AAAA-AAAA")]
    {
        let (_, refused) = office.open_parts(one, two, "198.51.100.7").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "the proposer alone enrols as nobody");
    }
    let second = office.part(&mut staff[0].0, "4").await.unwrap();
    assert_eq!(
        office.part(&mut staff[0].0, "4").await.unwrap_err(),
        "console-decided",
        "the approver has one part"
    );
    for (one, two) in [(second.as_str(), ""), (second.as_str(), second.as_str())] {
        let (_, refused) = office.open_parts(one, two, "198.51.100.8").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "the approver alone enrols as nobody");
    }
    // Only who has both, in whatever order they are typed.
    let (_, opened) = office.open_parts(&second, &first, "198.51.100.9").await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
    // At the machine it is the same rule: a second person, and two parts. What opened the account before opens nothing then.
    let (_, answer) = office.desk.command(&["operator", "reinvite", "uji.admin"]).await;
    assert_eq!(answer["error"]["code"], "four-eyes-required");
    let path = last_act(&office).await;
    let (approver, key) = &mut staff[0];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    let (old, _) = &mut staff[1];
    assert_eq!(office.get(old, "/operators").await.header("location").as_deref(), Some("/sign-in"));
    let keys = count(&office, "SELECT COUNT(*) FROM operator_passkey WHERE operator = 2").await;
    assert_eq!(keys, 0, "a stolen key, after its owner is invited again");
    let report = office.desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((report.leaf_missing(), report.action_missing()), (0, 0), "{report:?}");
    let second = office.part(&mut staff[0].0, "2").await.unwrap();
    let first = office.part(&mut staff[2].0, "2").await.unwrap();
    assert_eq!(office.open_parts(&second, "", "198.51.100.10").await.1.status, StatusCode::FORBIDDEN);
    assert_eq!(office.open_parts(&first, &second, "198.51.100.11").await.1.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn one_who_guesses_slows_nobody_else() {
    let office = Office::open().await;
    let invitation = office.invitation("siti", "pendaftar").await;
    let mut last = StatusCode::OK;
    for n in 0..8 {
        last = office.open_parts(&format!("AAAA-AAAA-AAA{n}"), "", "203.0.113.9").await.1.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "code guessing");
    let (_, opened) = office.open_parts(&invitation, "", "203.0.113.10").await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
    // Answers of passkeys are counted too.
    let mut stranger = Browser { cookie: None, device: "x" };
    let mut seen = Vec::new();
    for _ in 0..8 {
        let body = json!({ "ceremony": "AAAA", "answer": {} });
        seen.push(office.script(&mut stranger, "/sign-in/finish", body).await.status);
    }
    assert_eq!((seen[0], seen[7]), (StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS));
    // From the same place, with the right key.
    let mut staff = office.staff(["auditor"]).await;
    let (_, signed_in) = office.sign_in("uji.auditor", &mut staff[0].1).await;
    assert_eq!(signed_in.status, StatusCode::OK, "{}", signed_in.text);
}

#[tokio::test]
async fn an_import_at_the_console_waits_as_a_whole() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju", "pendaftar2"]).await;
    let before = count(&office, "SELECT COUNT(*) FROM resident").await;
    let csv = absah_testkit::population::csv(62, 7);
    let changed = csv.replacen("MADIUN", "SURABAYA", 1);
    let sent = async |browser: &mut Browser, text: &str| {
        let header = ("x-file-name", "ikd.csv");
        let taken = file(&office, browser, ("/imports/new", header), text.as_bytes().to_vec()).await;
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
        office.get(browser, taken.json()["next"].as_str().unwrap()).await.text
    };
    let report = sent(&mut staff[0].0, &changed).await;
    let path = last_act(&office).await;
    assert!(report.contains(&path), "{report}");
    assert_eq!(
        count(&office, "SELECT COUNT(*) FROM resident").await,
        before,
        "nobody is added by one person"
    );
    let (approver, _) = &mut staff[1];
    let shown = office.get(approver, &path).await.text;
    assert!(shown.contains("warga baru 2"), "the counts are part of what is agreed to: {shown}");
    // Counts alone show no forged row: who decides sees some of the people, for a purpose that they can read.
    assert!(!shown.contains("SURABAYA") && shown.contains(&format!("{path}/sample")), "{shown}");
    let looks = "SELECT COUNT(*) FROM operator_look WHERE what = 'proposal'";
    let none = office.post(approver, &format!("{path}/sample"), &[("purpose", "x")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text.contains("value=\"x\"") && !none.text.contains("SURABAYA"), "{}", none.text);
    assert_eq!(count(&office, looks).await, 0);
    let sample = office.post(approver, &format!("{path}/sample"), &[("purpose", "Memeriksa impor")]).await;
    assert_eq!(sample.status, StatusCode::OK, "{}", sample.text);
    assert!(
        sample.text.contains("<ins>SURABAYA</ins>") || sample.text.contains("SURABAYA</ins>"),
        "{}",
        sample.text
    );
    assert_eq!(sample.text.matches("Orang baru").count(), 2, "{}", sample.text);
    let seen = i64::try_from(sample.text.matches("ribbon waiting").count()).unwrap();
    assert!(seen >= 3 && sample.text.contains("Data berubah"), "{}", sample.text);
    assert_eq!(count(&office, looks).await, seen, "one entry for each person who is seen");
    // Who may not decide it, and did not bring it, sees nobody.
    let other = office.post(&mut staff[2].0, &format!("{path}/sample"), &[("purpose", "Ingin tahu")]).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN, "{}", other.text);
    let (approver, key) = &mut staff[1];
    // Another import comes first: what was agreed to is no longer what would be done.
    let extract = office.desk.place.path().join("zwei.csv");
    std::fs::write(&extract, absah_testkit::population::csv(61, 7)).unwrap();
    let words = ["import", extract.to_str().unwrap(), "--break-glass", "Impor darurat"];
    let (_, answer) = office.desk.command(&words).await;
    assert_eq!(answer["imported"], 61, "{answer}");
    let done = office.decide(approver, key, &path, "approve").await.json();
    assert_eq!(done["code"], "console-changed", "{done}");
    let page = office.get(&mut staff[0].0, &path).await.text;
    assert!(page.contains(&format!("{path}/again")), "filed anew with one button: {page}");
    let again = office.post(&mut staff[0].0, &format!("{path}/again"), &[]).await;
    let path = again.header("location").unwrap();
    let (approver, key) = &mut staff[1];
    assert!(office.get(approver, &path).await.text.contains("warga baru 1"));
    let done = office.decide(approver, key, &path, "approve").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    assert_eq!(count(&office, "SELECT COUNT(*) FROM resident").await, 62);
    assert_eq!(
        count(&office, "SELECT COUNT(*) FROM import_waiting").await,
        0,
        "the extract is not kept longer"
    );
    assert_eq!(code(&office.decide(approver, key, &path, "approve").await), "console-decided");
    // A refused one is not kept either.
    sent(&mut staff[0].0, &csv.replacen("MADIUN", "NGAWI", 1)).await;
    let path = last_act(&office).await;
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &path, "refuse").await.status, StatusCode::OK);
    assert_eq!(count(&office, "SELECT COUNT(*) FROM import_waiting").await, 0);
}

#[tokio::test]
async fn an_overtaken_proposal_of_an_import_is_filed_anew() {
    let office = Office::open().await;
    copies(&office.desk, "KtpElektronik", "dc", 1).await;
    // The whole family: a dead head with living members would be refused.
    let no_kk = absah_testkit::population::resident(7).no_kk.to_string();
    let extract = office.desk.place.path().join("tod.csv");
    let dead = |which: &str| {
        let csv = absah_testkit::population::csv(60, 7);
        let mut lines: Vec<String> = csv.lines().map(str::to_owned).collect();
        let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
        let at = header.iter().position(|name| *name == "STAT_DASAR" || *name == "STATUS_DASAR").unwrap();
        for line in &mut lines {
            if line.contains(which) && !line.starts_with(header[0]) {
                let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
                cells[at] = "2".to_owned();
                *line = cells.join(",");
            }
        }
        lines.join("\r\n") + "\r\n"
    };
    std::fs::write(&extract, dead(&no_kk)).unwrap();
    let (_, answer) = office.desk.command(&["import", extract.to_str().unwrap()]).await;
    assert!(answer["proposal"].is_i64(), "{answer}");
    let mut staff = office.staff(["penyetuju"]).await;
    let (approver, key) = &mut staff[0];
    office.get(approver, "/approvals").await;
    let path = last_act(&office).await;
    let page = office.get(approver, &path).await.text;
    assert!(page.contains("Mengenai: 1") && page.contains("1 × Cabut selamanya"), "totals by kind: {page}");
    sqlx_exec(&office, "UPDATE proposal_change SET change = 'suspend'").await;
    let done = office.decide(approver, key, &path, "approve").await.json();
    assert_ne!(done["next"], path.as_str(), "{done}");
    let again = done["next"].as_str().unwrap().to_owned();
    assert_eq!(office.decide(approver, key, &again, "approve").await.json()["cards_changed"], 1);
    let proposals = office.desk.app.ledger().unwrap().records().proposals().await.unwrap();
    assert!(matches!(proposals[0].state, ProposalState::Approved(_)));
}

pub(crate) async fn sqlx_exec(office: &Office, text: &'static str) {
    let file = office.desk.data().join("issuer.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query(text).execute(&pool).await.unwrap();
}

#[tokio::test]
async fn the_family_that_is_shown_reads_of_it() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar"]).await;
    let nik = Desk::grown_up();
    office.open_person(&mut staff[0].0, &nik).await;
    let parsed = Nik::parse(&nik).unwrap();
    let store = office.desk.app.ledger().unwrap().records();
    let family =
        store.search(&absah_issuer::store::Search::Kk(absah_testkit::population::resident(7).no_kk)).await;
    let members: Vec<Nik> =
        family.unwrap().0.iter().map(|one| one.nik).filter(|one| *one != parsed).collect();
    assert!(!members.is_empty());
    let looks =
        rows(&office, "SELECT COUNT(DISTINCT subject) FROM operator_look WHERE what = 'family'").await;
    assert_eq!(looks[0].get::<i64, _>(0), i64::try_from(members.len()).unwrap(), "each has an access event");
}

#[tokio::test]
async fn death_move_and_portrait_by_two_people() {
    let office = Office::open().await;
    copies(&office.desk, "KtpElektronik", "dc", 2).await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let nik = Desk::grown_up();
    let case = office.open_person(&mut staff[0].0, &nik).await;
    // Another portrait: waits, is seen by who decides, supersedes the card.
    let mut photo = std::io::Cursor::new(Vec::new());
    let picture =
        image::RgbImage::from_fn(240, 320, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 9]));
    picture.write_to(&mut photo, image::ImageFormat::Png).unwrap();
    let header = ("x-reason", "Wajah%20berubah");
    let (browser, _) = &mut staff[0];
    let bad = file(&office, browser, (&format!("{case}/photo"), header), b"no picture".to_vec()).await;
    assert_eq!(code(&bad), "console-photo");
    let mut dot = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(1, 1).write_to(&mut dot, image::ImageFormat::Png).unwrap();
    let small = file(&office, browser, (&format!("{case}/photo"), header), dot.into_inner()).await;
    assert_eq!(code(&small), "console-photo-size");
    assert!(small.text.contains("96 × 128"), "{}", small.text);
    let sent = file(&office, browser, (&format!("{case}/photo"), header), photo.into_inner()).await;
    let path = sent.json()["next"].as_str().unwrap().to_owned();
    assert_eq!(count(&office, "SELECT COUNT(*) FROM portrait").await, 0, "not by one person");
    let (approver, _) = &mut staff[1];
    assert_eq!(
        office.get(approver, &format!("{path}/portrait")).await.status,
        StatusCode::NOT_FOUND,
        "not without the entry that the page leaves"
    );
    let shown = office.get(approver, &path).await.text;
    let picture = shown.split("src=\"").find_map(|part| part.strip_prefix(&format!("{path}/portrait?seen=")));
    let seen = picture.unwrap().split('"').next().unwrap().to_owned();
    let picture = format!("{path}/portrait?seen={seen}");
    assert_eq!(office.get(approver, &picture).await.status, StatusCode::OK);
    let (proposer, _) = &mut staff[0];
    assert_eq!(office.get(proposer, &picture).await.status, StatusCode::NOT_FOUND, "another session");
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &path, "approve").await.json()["cards_changed"], 1);
    assert_eq!(count(&office, "SELECT COUNT(*) FROM portrait").await, 1);
    // A death: nothing before somebody agrees, then every card is revoked.
    let (browser, _) = &mut staff[0];
    let fields = [("change", "dead"), ("reason", "Akta kematian 3577-KM-1")];
    let proposed = office.post(browser, &format!("{case}/propose"), &fields).await;
    let path = proposed.header("location").unwrap();
    assert_eq!(count(&office, "SELECT COUNT(*) FROM resident WHERE status_dasar = 2").await, 0);
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &path, "approve").await.json()["cards_changed"], 1);
    assert_eq!(count(&office, "SELECT COUNT(*) FROM resident WHERE status_dasar = 2").await, 1);
    let (browser, _) = &mut staff[0];
    assert!(office.get(browser, &case).await.text.contains("ribbon revoked"));
    // Moving away, of somebody else; and what the register says already changes nothing.
    let other = somebody(40);
    let case = office.open_person(browser, &other).await;
    for (expected, text) in [("approvals", "console-decided"), ("overtaken", "console-changed")] {
        let fields = [("change", "moved"), ("reason", "Pindah ke Ngawi")];
        let (browser, _) = &mut staff[0];
        let path =
            office.post(browser, &format!("{case}/propose"), &fields).await.header("location").unwrap();
        let (approver, key) = &mut staff[1];
        let done = office.decide(approver, key, &path, "approve").await.json();
        assert_eq!(done.get("code").is_some(), expected == "overtaken", "{text} {done}");
    }
}

#[tokio::test]
async fn tickets_and_renewals_lead_to_a_new_card() {
    let office = Office::open().await;
    copies(&office.desk, "KtpElektronik", "dc", 1).await;
    let mut staff = office.staff(["pendaftar", "auditor"]).await;
    let nik = Nik::parse(&Desk::grown_up()).unwrap();
    let store = office.desk.app.ledger().unwrap().records();
    let now = office.desk.clock.now();
    store.open_ticket(nik, "correction", "Nama saya <b>salah</b>".to_owned(), now).await.unwrap();
    assert_eq!(code(&office.get(&mut staff[1].0, "/work").await), "operator-role");
    let (browser, _) = &mut staff[0];
    let work = office.get(browser, "/work").await.text;
    assert!(work.contains("Koreksi data") && !work.contains(&nik.to_string()), "the list names nobody");
    let opened = office.post(browser, "/work/open", &[("what", "ticket"), ("number", "1")]).await;
    let case = opened.header("location").unwrap();
    let person = office.get(browser, &case).await.text;
    assert!(person.contains("&lt;b&gt;salah") && person.contains("Permintaan warga"), "{person}");
    // Decided, in words that the citizen reads.
    let short = [("number", "1"), ("note", "ok"), ("done", "yes")];
    assert_eq!(
        office.post(browser, &format!("{case}/ticket"), &short).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let fields = [("number", "1"), ("note", "Nama sudah diperbaiki"), ("done", "yes")];
    assert_eq!(office.post(browser, &format!("{case}/ticket"), &fields).await.status, StatusCode::SEE_OTHER);
    assert!(!office.get(browser, "/work").await.text.contains("Koreksi data"));
    // And issued again, from the same page.
    let begun = office.post(browser, &format!("{case}/issue"), &[("credential", "KtpElektronik")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    // A card that ends within days, which its wallet had its chance to renew, is due, once, and not before.
    let ends: i64 = count(&office, "SELECT MAX(expires_at) FROM batch").await;
    let left = ends - office.desk.clock.now().unix();
    assert!(left > 29 * 86_400);
    assert!(office.get(browser, "/work").await.text.contains("(0)"));
    let early = office.post(browser, "/work/open", &[("what", "renewal"), ("number", "1")]).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "a record that is nobody's work, by counting numbers");
    office.desk.later(Seconds(left - 6 * 86_400));
    let (mut browser, _) = office.sign_in("uji.pendaftar", &mut staff[0].1).await;
    assert!(office.get(&mut browser, "/work").await.text.contains("(0)"), "the wallet renews it by itself");
    office.desk.later(Seconds(2 * 86_400));
    let (mut browser, signed_in) = office.sign_in("uji.pendaftar", &mut staff[0].1).await;
    assert_eq!(signed_in.status, StatusCode::OK, "{}", signed_in.text);
    let work = office.get(&mut browser, "/work").await.text;
    assert_eq!(work.matches("value=\"renewal\"").count(), 1, "{work}");
    let opened = office.post(&mut browser, "/work/open", &[("what", "renewal"), ("number", "1")]).await;
    let person = office.get(&mut browser, &opened.header("location").unwrap()).await.text;
    assert!(person.contains("Perpanjangan"), "{person}");
}

#[tokio::test]
async fn counters_are_registered_by_two_people() {
    let office = Office::open().await;
    let mut staff = office.staff(["admin", "penyetuju", "pendaftar"]).await;
    let key = absah_testkit::key(77);
    let jwk = serde_json::to_string(&key.public_key().to_jwk()).unwrap();
    let fields = |days: &'static str, key: &str| {
        vec![
            ("access_key", key.to_owned()),
            ("agency", "Dinas Sosial".to_owned()),
            ("place", "Loket 3".to_owned()),
            ("services", String::new()),
            ("days", days.to_owned()),
            ("reason", "Loket baru dibuka".to_owned()),
        ]
    };
    let post = async |browser: &mut Browser, fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        office.post(browser, "/counters/register", &fields).await
    };
    for (days, key, at) in [
        ("91", jwk.as_str(), "error-days"),
        ("0", jwk.as_str(), "error-days"),
        ("30", "{}", "error-access_key"),
    ] {
        let refused = post(&mut staff[0].0, fields(days, key)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(at) && refused.text.contains("Dinas Sosial"), "nothing typed is lost");
    }
    assert_eq!(code(&post(&mut staff[2].0, fields("30", &jwk)).await), "operator-role");
    let path = post(&mut staff[0].0, fields("30", &jwk)).await.header("location").unwrap();
    assert_eq!(count(&office, "SELECT COUNT(*) FROM counter").await, 0);
    let (approver, passkey) = &mut staff[1];
    let done = office.decide(approver, passkey, &path, "approve").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    assert_eq!(count(&office, "SELECT COUNT(*) FROM counter WHERE withdrawn_at IS NULL").await, 1);
    let page = office.get(&mut staff[0].0, "/counters").await.text;
    let registration =
        page.split("name=\"registration\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let withdraw = [("registration", registration), ("reason", "Kunci bocor")];
    let path =
        office.post(&mut staff[0].0, "/counters/withdraw", &withdraw).await.header("location").unwrap();
    let (approver, passkey) = &mut staff[1];
    assert_eq!(office.decide(approver, passkey, &path, "approve").await.status, StatusCode::OK);
    assert_eq!(count(&office, "SELECT COUNT(*) FROM counter WHERE withdrawn_at IS NULL").await, 0);
}

#[tokio::test]
async fn what_is_unusual_is_told_at_once_and_lies_ready_to_be_sent() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "auditor"]).await;
    let store = office.desk.app.ledger().unwrap().records();
    let lure = add_lure(&office.desk).await;
    let (browser, key) = &mut staff[0];
    office.open_person(browser, &lure.to_string()).await;
    // Another device while this one is in use.
    let mut other = Browser { cookie: None, device: "Ponsel lain" };
    let asked = office.script(&mut other, "/sign-in/begin", json!("login=uji.pendaftar")).await.json();
    let answer = crate::console::answer(key, &asked["options"]);
    let body = json!({ "ceremony": asked["ceremony"], "answer": answer });
    assert_eq!(office.script(&mut other, "/sign-in/finish", body).await.status, StatusCode::OK);
    let page = office.get(&mut staff[1].0, "/alerts").await.text;
    for words in
        ["Data umpan dibuka", "perangkat yang belum pernah", "alamat lain saat yang ini masih dipakai"]
    {
        assert!(page.contains(words), "{words}");
    }
    let untold = store.untold_alerts(100).await.unwrap();
    let rules: Vec<&str> = untold.iter().map(|alert| alert.rule.as_str()).collect();
    for rule in ["honeytoken", "new-device", "two-places"] {
        assert_eq!(rules.iter().filter(|one| **one == rule).count(), 1, "{rules:?}");
    }
    store.alert_told(untold[0].id, office.desk.clock.now()).await.unwrap();
    assert_eq!(store.untold_alerts(100).await.unwrap().len(), untold.len() - 1);
    // Nobody is locked out by any of it.
    assert_eq!(office.get(&mut other, "/people").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_approved_command_runs_on_the_bytes_that_were_approved() {
    let office = Office::open().await;
    let mut staff = office.staff(["penyetuju"]).await;
    let extract = office.desk.place.path().join("bulan.csv");
    let good = absah_testkit::population::csv(61, 7);
    std::fs::write(&extract, &good).unwrap();
    let words = ["import", extract.to_str().unwrap()];
    assert_eq!(office.desk.command(&words).await.1["error"]["code"], "four-eyes-required");
    let path = last_act(&office).await;
    let (approver, key) = &mut staff[0];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    std::fs::write(&extract, absah_testkit::population::csv(62, 7)).unwrap();
    assert_eq!(office.desk.command(&words).await.1["error"]["code"], "four-eyes-required", "another file");
    std::fs::write(&extract, &good).unwrap();
    let (_, answer) = office.desk.command(&words).await;
    assert_eq!(answer["imported"], 61, "{answer}");
    assert_eq!(office.desk.command(&words).await.1["error"]["code"], "four-eyes-required", "once");
    // What fails, for want of a folder, has not used its approval up.
    let out = office.desk.place.path().join("kunci");
    let secret = out.join("hub.txt");
    let words = ["hub", "add", "dasbor", "--out", secret.to_str().unwrap()];
    assert_eq!(office.desk.command(&words).await.1["error"]["code"], "four-eyes-required");
    let path = last_act(&office).await;
    let (approver, key) = &mut staff[0];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    let (exit, _) = office.desk.command(&words).await;
    assert_ne!(exit, absah_host::Exit::Ok, "no such folder");
    std::fs::create_dir(&out).unwrap();
    let (exit, answer) = office.desk.command(&words).await;
    assert_eq!(exit, absah_host::Exit::Ok, "{answer}");
    assert_eq!(
        std::fs::read_dir(office.desk.data().join("approved")).unwrap().count(),
        0,
        "nothing is left behind"
    );
}

#[tokio::test]
async fn a_folder_of_photographs_exchanges_no_face() {
    let office = Office::open().await;
    let desk = &office.desk;
    let photos = desk.place.path().join("foto");
    std::fs::create_dir(&photos).unwrap();
    let (victim, new) = (Desk::grown_up(), somebody(3));
    let extract = desk.place.path().join("extract.csv");
    let extract = extract.to_str().unwrap();
    let words = ["import", extract, "--photos", photos.to_str().unwrap(), "--reason", "Impor harian"];
    // As long as nobody is enrolled, the first portrait comes this way.
    std::fs::write(photos.join(format!("{victim}.jpg")), crate::register::photograph()).unwrap();
    assert_eq!(desk.command(&words[..4]).await.0, absah_host::Exit::Ok);
    copies(desk, "KtpElektronik", "dc", 2).await;
    let face = "SELECT webp FROM portrait ORDER BY nik";
    let before: Vec<u8> = rows(&office, face).await[0].get(0);
    let mut staff = office.staff(["penyetuju"]).await;
    // Then another's face under the name of one who has a portrait, and a first one for another.
    let mut other = std::io::Cursor::new(Vec::new());
    let picture =
        image::RgbImage::from_fn(240, 320, |x, y| image::Rgb([(x % 256) as u8, 90, (y % 256) as u8]));
    picture.write_to(&mut other, image::ImageFormat::Png).unwrap();
    let other = other.into_inner();
    std::fs::remove_file(photos.join(format!("{victim}.jpg"))).unwrap();
    for nik in [&victim, &new] {
        std::fs::write(photos.join(format!("{nik}.png")), &other).unwrap();
    }
    assert_eq!(desk.command(&words).await.1["error"]["code"], "four-eyes-required");
    let path = last_act(&office).await;
    let (approver, key) = &mut staff[0];
    let page = office.get(approver, &path).await.text;
    assert!(page.contains("belum punya foto: 1") && page.contains("tidak diganti: 1"), "{page}");
    // Nobody's number is read there without an entry in that person's history.
    assert!(!page.contains(&victim) && !page.contains(&new), "{page}");
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    let (exit, answer) = desk.command(&words).await;
    assert_eq!(exit, absah_host::Exit::Ok, "{answer}");
    let codes: Vec<_> = answer["problems"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(codes, ["PHOTO_REPLACES"], "{answer}");
    assert_eq!(answer["changes"]["superseded"], 0, "{answer}");
    assert_eq!(count(&office, "SELECT COUNT(*) FROM portrait").await, 2);
    let faces: Vec<Vec<u8>> = rows(&office, face).await.iter().map(|row| row.get(0)).collect();
    assert!(faces.contains(&before), "the face is the one it was");
}

#[tokio::test]
async fn every_cell_of_roles_and_actions_at_the_pages() {
    let office = Office::open().await;
    let mut staff = office.staff(Role::ALL.map(Role::as_str)).await;
    let mut table: BTreeMap<Action, [&str; 4]> = BTreeMap::new();
    for (path, action) in Console::guarded().into_iter().filter(|(path, _)| *path != "/sign-out") {
        let path = path.replace("{case}", "x").replace("{id}", "999");
        for (at, role) in Role::ALL.into_iter().enumerate() {
            let (browser, _) = &mut staff[at];
            let mut reply = office.post(browser, &path, &[]).await;
            if reply.status == StatusCode::METHOD_NOT_ALLOWED {
                reply = office.get(browser, &path).await;
            }
            assert_ne!(reply.header("location").as_deref(), Some("/sign-in"), "{role:?} {path}");
            let is_denied = code(&reply) == "operator-role";
            assert_eq!(is_denied, !action.roles().contains(&role), "{role:?} {path} {action:?}");
            let cell = &mut table.entry(action).or_default()[at];
            *cell = if is_denied { "." } else { "x" };
        }
    }
    println!("{:<20} pendaftar penyetuju auditor admin", "");
    for (action, cells) in &table {
        println!("{:<20} {}", action.as_str(), cells.join(" "));
    }
    assert_eq!(table.len(), Action::ALL.len(), "no action without a page");
}

#[tokio::test]
async fn a_record_of_nobody_gives_who_opens_it_away_and_is_in_nothing_else() {
    let office = Office::open().await;
    let desk = &office.desk;
    let size = async |desk: &Desk| {
        desk.app.ledger().unwrap().records().hub_figures(desk.clock.now()).await.unwrap().to_string()
    };
    let before = size(desk).await;
    let lure = add_lure(desk).await;
    let file = desk.place.path().join("umpan.csv");
    let (file, nik) = (file.to_str().unwrap(), lure.to_string());
    assert_eq!(size(desk).await, before, "no figure counts it");
    // Not twice, not over somebody, not what an import would refuse.
    assert_eq!(desk.command(&["lure", "add", file]).await.1["error"]["code"], "lure-somebody");
    let real = desk.place.path().join("orang.csv");
    let own = absah_testkit::population::csv(60, 7);
    let rows: Vec<&str> = own.lines().take(2).collect();
    std::fs::write(&real, rows.join("\n")).unwrap();
    let answer = desk.command(&["lure", "add", real.to_str().unwrap()]).await.1;
    assert!(["lure-somebody", "lure-file"].contains(&answer["error"]["code"].as_str().unwrap()), "{answer}");
    std::fs::write(&real, "halo").unwrap();
    assert_eq!(desk.command(&["lure", "add", real.to_str().unwrap()]).await.1["error"]["code"], "lure-file");
    assert_eq!(desk.command(&["lure", "list"]).await.1["lures"], json!([nik]));
    // No card by any way, and no place for one in the records.
    for words in [
        vec!["offer", "--nik", &nik, "--credential", "KtpElektronik"],
        vec!["paper", "--nik", &nik, "--out", "/nonexistent/x.pdf"],
    ] {
        let (exit, answer) = desk.command(&words).await;
        assert_ne!(exit, absah_host::Exit::Ok, "{answer}");
    }
    assert_eq!(
        desk.command(&["offer", "--nik", &nik, "--credential", "KtpElektronik"]).await.1["error"]["code"],
        "resident-missing"
    );
    let url = format!("sqlite://{}", desk.data().join("issuer.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    for statement in [
        "INSERT INTO offer (key, nik, kind, expires_at, wrong_tries, redeemed) SELECT x'00', nik, 'KtpElektronik', 0, 0, 0 FROM honeytoken",
        "INSERT INTO batch (token, format, nik, kind, issued_at, expires_at) SELECT x'00', 'dc', nik, 'KtpElektronik', 0, 0 FROM honeytoken",
    ] {
        let error = sqlx::query(statement).execute(&pool).await.unwrap_err().to_string();
        assert!(error.contains("record of nobody"), "{error}");
    }
    // A look on this machine is told of as one in the console is.
    let looked = desk.command(&["person", "show", "--nik", &nik, "--purpose", "Ingin tahu"]).await;
    assert_eq!(looked.0, absah_host::Exit::Ok);
    let untold = desk.app.ledger().unwrap().records().untold_alerts(10).await.unwrap();
    assert_eq!(untold.iter().filter(|alert| alert.rule == "honeytoken").count(), 1);
    // Once officers are enrolled, one person sets none.
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    assert_eq!(desk.command(&["lure", "remove", &nik]).await.1["error"]["code"], "four-eyes-required");
    let path = last_act(&office).await;
    assert_eq!(desk.command(&["lure", "list"]).await.1["error"]["code"], "four-eyes-required");
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    // Nor reads anybody's history at the machine.
    let history = desk.command(&["ledger", "show", "--nik", &nik, "--purpose", "Lihat saja"]).await;
    assert_eq!(history.1["error"]["code"], "four-eyes-required");
    // In the console it is found like anybody, and leads to no card.
    let (browser, _) = &mut staff[0];
    let case = office.open_person(browser, &nik).await;
    let begun = office.post(browser, &format!("{case}/issue"), &[("credential", "KtpElektronik")]).await;
    assert_ne!(begun.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.command(&["lure", "remove", &nik]).await.1["lures"], json!([]));
    assert!(!desk.app.ledger().unwrap().records().has_resident(lure).await.unwrap());
}

#[tokio::test]
async fn what_waits_is_reached_whatever_comes_after_it() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let csv = absah_testkit::population::csv(62, 7);
    let header = ("x-file-name", "ikd.csv");
    let sent = file(&office, &mut staff[0].0, ("/imports/new", header), csv.into_bytes()).await;
    let report = sent.json()["next"].as_str().unwrap().to_owned();
    let first = last_act(&office).await;
    for n in 0..210 {
        let login = format!("umpan{n}");
        let words = ["operator", "invite", "--login", &login, "--name", "SITI AMINAH", "--role", "auditor"];
        assert_eq!(office.desk.command(&words).await.1["error"]["code"], "four-eyes-required");
    }
    let waiting = count(&office, "SELECT COUNT(*) FROM four_eyes_act WHERE state = 'waiting'").await;
    let (browser, key) = &mut staff[1];
    let inbox = office.get(browser, "/approvals").await.text;
    assert!(inbox.contains(&format!("Menunggu ({waiting})")), "all are counted: {inbox}");
    assert!(inbox.contains(&format!("{first}\"")), "what waits longest is in front");
    let mut seen = std::collections::BTreeSet::new();
    for part in 1..=waiting.unsigned_abs().div_ceil(50) {
        let page = office.get(browser, &format!("/approvals?waiting={part}")).await.text;
        assert!(page.len() < 100_000, "{}", page.len());
        for link in page.split("<a href=\"/approvals/").skip(1) {
            seen.insert(link.split('"').next().unwrap().to_owned());
        }
    }
    assert_eq!(i64::try_from(seen.len()).unwrap(), waiting, "every one is on some page");
    assert!(inbox.contains("/approvals?waiting=2"), "and led to: {inbox}");
    for odd in ["0", "999", "x", "-1"] {
        let reply = office.get(browser, &format!("/approvals?waiting={odd}&past={odd}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{odd}");
    }
    // The report still says what it waits for.
    assert!(office.get(browser, &report).await.text.contains(&first), "{report}");
    assert_eq!(office.decide(browser, key, &first, "refuse").await.status, StatusCode::OK);
    assert!(office.get(browser, "/approvals").await.text.contains("id=\"past\""));
}

/// Issues a card to a phone at the desk: one copy.
pub(crate) async fn issue(office: &Office, browser: &mut Browser, case: &str, kind: &str) {
    let begun = office.post(browser, &format!("{case}/issue"), &[("credential", kind)]).await;
    let issue = begun.header("location").unwrap();
    let path = office.picture(browser, &issue).await;
    let pre_authorized = office.desk.code(&path).await;
    let shown = office.get(browser, &format!("{issue}/state")).await.json();
    let digits: String = shown["code"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
    let token = office.desk.redeem(&pre_authorized, &digits).await.json();
    let body = office.desk.request(&format!("{kind}_dc_sd_jwt"), 1).await;
    let reply = office.desk.ask(token["access_token"].as_str().unwrap(), body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
}

/// Status of each copy, in the order of issuing.
pub(crate) async fn statuses(office: &Office, kind: &str) -> Vec<i64> {
    let found = rows(
        office,
        "SELECT kind, copy.status FROM copy JOIN batch ON batch.id = copy.batch
         ORDER BY batch.id",
    );
    let found = found.await;
    found.iter().filter(|row| row.get::<&str, _>(0) == kind).map(|row| row.get(1)).collect()
}

#[tokio::test]
async fn restoring_at_the_machine_is_the_same() {
    let desk = Desk::open().await;
    let nik = Desk::grown_up();
    copies(&desk, "KtpElektronik", "dc", 2).await;
    let change = async |how: &str| {
        desk.command(&[how, "--nik", &nik, "--credential", "KtpElektronik"]).await.1["copies_changed"].clone()
    };
    assert_eq!(change("suspend").await, 2);
    copies(&desk, "KtpElektronik", "dc", 3).await;
    assert_eq!(change("unsuspend").await, 0);
    assert_eq!((change("suspend").await, change("unsuspend").await), (json!(3), json!(3)));
}

#[tokio::test]
async fn whom_an_extract_brings_is_nobody_s_lure_any_more() {
    let desk = Desk::open().await;
    let lure = add_lure(&desk).await;
    let file = desk.place.path().join("umpan.csv");
    let (exit, answer) = desk.command(&["import", file.to_str().unwrap()]).await;
    assert_eq!(exit, absah_host::Exit::Ok, "{answer}");
    assert_eq!(answer["imported"], 1, "{answer}");
    assert_eq!(desk.command(&["lure", "list"]).await.1["lures"], json!([]));
    let offer = desk.command(&["offer", "--nik", &lure.to_string(), "--credential", "KtpElektronik"]).await.1;
    assert_ne!(offer["error"]["code"], "resident-missing", "{offer}");
}

#[tokio::test]
async fn every_field_has_a_limit_and_what_breaks_it_changes_nothing() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "admin", "auditor"]).await;
    let key = serde_json::to_string(&absah_testkit::key(77).public_key().to_jwk()).unwrap();
    let counter = [
        ("access_key", key.as_str()),
        ("agency", "Dinas Sosial"),
        ("place", "Loket 3"),
        ("services", ""),
        ("days", "30"),
        ("reason", "Loket baru dibuka"),
    ];
    let case = office.open_person(&mut staff[0].0, &Desk::grown_up()).await;
    let invite =
        [("login", "rini"), ("name", "RINI"), ("role", "pendaftar"), ("reason", "Petugas baru di loket")];
    let propose = [("change", "suspend"), ("credential", ""), ("reason", "Kartu hilang")];
    let search = [("q", "SITI"), ("born", "1990-01-01"), ("purpose", "Cetak ulang")];
    /// Whose, where, and what stands in it.
    type Form<'a> = (usize, String, &'a [(&'a str, &'a str)]);
    let forms: [Form<'_>; 5] = [
        (0, "/people".to_owned(), &search),
        (0, format!("{case}/propose"), &propose),
        (1, "/operators/invite".to_owned(), &invite),
        (1, "/counters/register".to_owned(), &counter),
        (2, "/alerts/close".to_owned(), &[("alert", "1"), ("reason", "Sudah dicek")]),
    ];
    let closed = "SELECT COUNT(*) FROM alert WHERE closed_at IS NOT NULL";
    let acts = count(&office, "SELECT COUNT(*) FROM four_eyes_act").await;
    let mut tried = 0;
    for (at, path, fields) in &forms {
        for (name, _) in fields.iter() {
            for long in ["x".repeat(40_000), "9".repeat(40_000), "\u{202E}".to_owned(), "a\u{0}b".to_owned()]
            {
                let spoilt: Vec<(&str, &str)> = fields
                    .iter()
                    .map(|(one, value)| (*one, if one == name { long.as_str() } else { *value }))
                    .collect();
                let reply = office.post(&mut staff[*at].0, path, &spoilt).await;
                let status = reply.status;
                assert!(
                    status.is_client_error(),
                    "{path} {name}: {status} {}",
                    &reply.text[..200.min(reply.text.len())]
                );
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 4 * 18);
    assert_eq!(count(&office, "SELECT COUNT(*) FROM four_eyes_act").await, acts);
    assert_eq!(count(&office, closed).await, 0);
}
