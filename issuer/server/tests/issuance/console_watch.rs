//! What gives an officer away who looks where nobody asked, and what whoever looks into it is told.

use absah_types::{Clock as _, Seconds};
use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::console::{Browser, ORIGIN, Office, WHY, code};
use crate::console_acts::{add_lure, count, issue, last_act, rows, somebody};
use crate::copies;
use crate::desk::{Desk, Reply};

#[tokio::test]
async fn guessing_numbers_until_one_exists_is_seen() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "auditor"]).await;
    let (browser, _) = &mut staff[0];
    let guess = |n: usize| format!("35770101019000{n:02}");
    let mut seen = 0;
    for n in 10..20 {
        let reply = office.post(browser, "/people", &[("q", &guess(n)), ("purpose", WHY)]).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        seen += 1;
    }
    assert_eq!(count(&office, "SELECT COUNT(*) FROM operator_look WHERE what = 'missed'").await, seen);
    let leaves = "SELECT COUNT(*) FROM ledger_event WHERE act = 'person-view' AND subject IS NULL";
    assert_eq!(count(&office, leaves).await, seen, "each leaves its leaf");
    // What was typed stands nowhere: it may be somebody's number with a slip in it.
    let file = std::fs::read(office.desk.data().join("issuer.sqlite")).unwrap();
    let wal = std::fs::read(office.desk.data().join("issuer.sqlite-wal")).unwrap_or_default();
    for bytes in [file, wal] {
        assert!(!bytes.windows(16).any(|part| part == guess(10).as_bytes()), "a number in clear");
    }
    let told = office.get(&mut staff[1].0, "/alerts").await.text;
    assert!(
        told.contains("mungkin nomor ditebak-tebak") && told.contains("<q>10</q>"),
        "it counts up: {told}"
    );
    assert_eq!(count(&office, "SELECT COUNT(*) FROM alert WHERE rule = 'guess'").await, 1);
    // Who did it has a name.
    assert!(told.contains("#1 SITI AMINAH (uji.pendaftar)"), "{told}");
}

#[tokio::test]
async fn each_record_of_nobody_is_told() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "auditor"]).await;
    let first = add_lure(&office.desk).await.to_string();
    let second = somebody(3);
    let (browser, _) = &mut staff[0];
    office.open_person(browser, &first).await;
    office.open_person(browser, &first).await;
    let alerts = "SELECT COUNT(*) FROM alert WHERE rule = 'honeytoken'";
    assert_eq!(count(&office, alerts).await, 1, "the same one, found and opened, twice");
    let file = office.desk.data().join("issuer.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("INSERT INTO honeytoken (nik) VALUES (?)").bind(&second).execute(&pool).await.unwrap();
    office.open_person(browser, &second).await;
    assert_eq!(count(&office, alerts).await, 2, "another one is told anew");
    let page = office.get(&mut staff[1].0, "/alerts").await.text;
    assert!(page.contains("<q>1</q>") && page.contains("<q>2</q>"), "{page}");
    assert!(!page.contains(&second) && !page.contains(&first));
}

#[tokio::test]
async fn no_alert_is_pushed_out_of_sight() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "auditor", "admin"]).await;
    let store = office.desk.app.ledger().unwrap().records();
    let now = office.desk.clock.now();
    store.raise(Some(1), "honeytoken", "1".to_owned(), now).await.unwrap();
    let before = count(&office, "SELECT COUNT(*) FROM alert WHERE closed_at IS NULL").await;
    for n in 0..205 {
        store.raise(Some(1), "new-authenticator", format!("Kunci {n}"), now).await.unwrap();
    }
    let (auditor, _) = &mut staff[1];
    let page = office.get(auditor, "/alerts").await.text;
    assert!(page.contains("Data umpan dibuka") && page.contains(&format!("({})", before + 205)), "{page}");
    assert!(page.len() < 100_000, "{} bytes", page.len());
    let mut seen = 0;
    for part in 1..=10 {
        let page = office.get(auditor, &format!("/alerts?waiting={part}")).await.text;
        seen += if page.contains(&format!("{part} / ")) {
            page.matches("<span class=\"ribbon waiting\">").count()
        } else {
            0
        };
    }
    assert_eq!(i64::try_from(seen).unwrap(), before + 205, "every one is on some page");
    let home = office.get(&mut staff[2].0, "/").await.text;
    assert!(home.contains(&format!("{} terbuka", before + 205)), "{home}");
    for odd in ["0", "999", "x", "-1"] {
        let reply = office.get(&mut staff[1].0, &format!("/alerts?waiting={odd}&past={odd}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{odd}");
    }
    let closed =
        office.post(&mut staff[1].0, "/alerts/close", &[("alert", "1"), ("reason", "Sudah dicek")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    let page = office.get(&mut staff[1].0, "/alerts").await.text;
    assert!(page.contains("Sudah diperiksa") && page.contains("Sudah dicek"), "{page}");
}

#[tokio::test]
async fn an_account_has_ten_ways_in_at_most() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar"]).await;
    let (browser, _) = &mut staff[0];
    let file = office.desk.data().join("issuer.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    for n in 0..8_i64 {
        sqlx::query(
            "INSERT INTO operator_passkey (credential, operator, passkey, label, added_at)
             SELECT CAST(? AS BLOB), operator, passkey, label, added_at FROM operator_passkey LIMIT 1",
        )
        .bind(format!("kunci {n}"))
        .execute(&pool)
        .await
        .unwrap();
    }
    let refused = office.script(browser, "/account/passkey/begin", serde_json::json!("")).await;
    assert_eq!(code(&refused), "console-too-many-ways");
}

#[tokio::test]
async fn only_what_was_done_counts_as_served() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let acts = "SELECT COUNT(*) FROM operator_look WHERE what = 'act'";
    let proposed = "SELECT COUNT(*) FROM operator_look WHERE what = 'proposed'";
    let case = office.open_person(&mut staff[0].0, &Desk::grown_up()).await;
    let pressed = [("credential", "KtpElektronik")];
    let begun = office.post(&mut staff[0].0, &format!("{case}/issue"), &pressed).await;
    let page = begun.header("location").unwrap();
    office.get(&mut staff[0].0, &format!("{page}/state")).await;
    assert_eq!(count(&office, acts).await, 0, "the button alone serves nobody");
    issue(&office, &mut staff[0].0, &case, "KtpElektronik").await;
    // Seen by the next look at the latest, when nobody waited at the page of the offer.
    office.open_person(&mut staff[0].0, &somebody(9)).await;
    assert_eq!(count(&office, acts).await, 1);
    office.open_person(&mut staff[0].0, &somebody(9)).await;
    assert_eq!(count(&office, acts).await, 1, "once");
    let propose = async |staff: &mut Vec<_>, reason: &str| {
        let fields = [("change", "suspend"), ("credential", ""), ("reason", reason)];
        let (browser, _): &mut (Browser, _) = &mut staff[0];
        office.post(browser, &format!("{case}/propose"), &fields).await.header("location").unwrap()
    };
    for (decision, done) in [("refuse", 1), ("approve", 2)] {
        let path = propose(&mut staff, decision).await;
        assert_eq!((count(&office, acts).await, count(&office, proposed).await), (1, 1), "{decision}");
        let (approver, key) = &mut staff[1];
        let decided = office.decide(approver, key, &path, decision).await;
        assert_eq!(decided.status, StatusCode::OK, "{}", decided.text);
        assert_eq!(count(&office, acts).await, done, "{decision}");
    }
}

#[tokio::test]
async fn the_auditor_reads_by_whom_and_why_and_nobody_reads_of_whom() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "auditor", "admin"]).await;
    let nik = Desk::grown_up();
    office.open_person(&mut staff[0].0, &nik).await;
    let page = office.get(&mut staff[1].0, "/ledger").await.text;
    assert!(page.contains("SITI AMINAH (uji.pendaftar), pendaftar 1"), "{page}");
    assert!(page.contains(&format!("<q>{WHY}</q>")), "{page}");
    let english = absah_schemas::text(absah_types::Lang::En, "console-ledger-act-person-view").unwrap();
    let english = english.replace('\'', "&#x27;");
    assert!(page.contains(&format!("lang=\"en\">{english}<")), "{page}");
    assert!(!page.contains(&nik), "{page}");
    let page = office.get(&mut staff[2].0, "/ledger").await.text;
    assert!(!page.contains("uji.pendaftar") && !page.contains(WHY), "no role but the auditor's: {page}");
    // Sessions have names as well.
    let page = office.get(&mut staff[2].0, "/operators").await.text;
    assert!(page.contains("<th scope=\"row\">#1 SITI AMINAH (uji.pendaftar)"), "{page}");
}

async fn wrong(office: &Office, login: &str, place: &str) -> Reply {
    let mut fresh = Browser { cookie: None, device: "y" };
    let request = Request::post("/sign-in/fallback")
        .header("origin", ORIGIN)
        .header("x-forwarded-for", place)
        .header("content-type", "application/x-www-form-urlencoded");
    let body = format!("login={login}&password=salah+salah+salah&code=000000");
    office.send(&mut fresh, request, Body::from(body)).await
}

#[tokio::test]
async fn a_stranger_elsewhere_keeps_nobody_out() {
    let office = Office::open().await;
    let _staff = office.staff(["pendaftar"]).await;
    let slow = StatusCode::TOO_MANY_REQUESTS;
    let mut slowed = 0;
    for _ in 0..8 {
        slowed += u32::from(wrong(&office, "uji.pendaftar", "203.0.113.9").await.status == slow);
    }
    assert!(slowed > 0, "the stranger waits");
    let own = wrong(&office, "uji.pendaftar", "198.51.100.7").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "another place is looked at");
    // Many names from one place are slowed as well.
    let mut slowed = 0;
    for n in 0..30 {
        slowed += u32::from(wrong(&office, &format!("nama.{n}"), "192.0.2.1").await.status == slow);
    }
    assert!((1..=10).contains(&slowed), "{slowed}");
    // From many places at one name: slowed at last, for places from which the account never signed in.
    let mut slowed = 0;
    for n in 0..40 {
        slowed += u32::from(wrong(&office, "uji.pendaftar", &format!("198.18.0.{n}")).await.status == slow);
    }
    assert!((1..=20).contains(&slowed), "{slowed}");
    let file = office.desk.data().join("issuer.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("INSERT INTO operator_sign_in (operator, at, device, source) VALUES (1, ?, 'y', '10.1.2.3')")
        .bind(office.desk.clock.now().unix())
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(
        wrong(&office, "uji.pendaftar", "10.1.2.3").await.status,
        StatusCode::FORBIDDEN,
        "the own place"
    );
}

#[tokio::test]
async fn a_field_that_is_far_too_long_says_so_beside_it() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar"]).await;
    let (browser, _) = &mut staff[0];
    let case = office.open_person(browser, &Desk::grown_up()).await;
    let (long, longer) = ("x".repeat(90_000), "x".repeat(300_000));
    let fields = [("change", "suspend"), ("credential", ""), ("reason", long.as_str())];
    let reply = office.post(browser, &format!("{case}/propose"), &fields).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.text.contains("error-reason") && reply.text.contains("Isian ini terlalu panjang"));
    let fields = [("change", "suspend"), ("credential", ""), ("reason", longer.as_str())];
    let reply = office.post(browser, &format!("{case}/propose"), &fields).await;
    assert_eq!(
        code(&reply),
        "console-too-long",
        "no file was sent: {}",
        &reply.text[..400.min(reply.text.len())]
    );
}

#[tokio::test]
async fn a_loss_without_a_card_says_so_and_ends_what_was_to_be_restored() {
    let office = Office::open().await;
    let nik = Desk::grown_up();
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let case = office.open_person(&mut staff[0].0, &nik).await;
    let lost = office.post(&mut staff[0].0, &format!("{case}/lost"), &[]).await;
    let page = office.get(&mut staff[0].0, &lost.header("location").unwrap()).await.text;
    assert!(page.contains("Tidak ada kartu berlaku di ponsel warga ini"), "{page}");
    issue(&office, &mut staff[0].0, &case, "KtpElektronik").await;
    office.post(&mut staff[0].0, &format!("{case}/lost"), &[]).await;
    let back = [("change", "unsuspend"), ("credential", ""), ("reason", "Ponsel ditemukan lagi")];
    let path =
        office.post(&mut staff[0].0, &format!("{case}/propose"), &back).await.header("location").unwrap();
    // Stolen after all.
    office.post(&mut staff[0].0, &format!("{case}/lost"), &[]).await;
    let (approver, key) = &mut staff[1];
    let decided = office.decide(approver, key, &path, "approve").await;
    assert_eq!(code(&decided), "console-decided", "filed before the loss: {}", decided.text);
    assert_eq!(count(&office, "SELECT COUNT(*) FROM copy WHERE status = 2").await, 1);
    // After it, it is proposed anew, and agreed to.
    let path =
        office.post(&mut staff[0].0, &format!("{case}/propose"), &back).await.header("location").unwrap();
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &path, "approve").await.json()["cards_changed"], 1);
    let report = office.desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((report.leaf_missing(), report.action_missing()), (0, 0), "{report:?}");
}

#[tokio::test]
async fn a_card_that_has_ended_is_not_called_valid() {
    let office = Office::open().await;
    copies(&office.desk, "KtpElektronik", "dc", 2).await;
    let store = office.desk.app.ledger().unwrap().records();
    let kinds = async || store.hub_figures(office.desk.clock.now()).await.unwrap()["cards"].to_string();
    assert!(kinds().await.contains("valid"));
    office.desk.later(Seconds::days(400));
    let mut staff = office.staff(["pendaftar"]).await;
    let case = office.open_person(&mut staff[0].0, &Desk::grown_up()).await;
    let page = office.get(&mut staff[0].0, &case).await.text;
    assert!(page.contains("Sudah berakhir · 2") && !page.contains("Berlaku · 2"), "{page}");
    let told = kinds().await;
    assert!(told.contains("ended") && !told.contains("valid"), "{told}");
}

#[tokio::test]
async fn the_hub_learns_no_small_count_by_subtraction() {
    let office = Office::open().await;
    let store = office.desk.app.ledger().unwrap().records();
    let file = office.desk.data().join("issuer.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("UPDATE resident SET status_dasar = 2 WHERE nik IN (SELECT nik FROM resident LIMIT 3)")
        .execute(&pool)
        .await
        .unwrap();
    let figures = store.hub_figures(office.desk.clock.now()).await.unwrap();
    let living = count(&office, "SELECT COUNT(*) FROM resident WHERE status_dasar = 1").await;
    assert_eq!(figures["residents"].as_i64(), Some(living), "{figures}");
    let told: i64 =
        figures["by_district"].as_array().unwrap().iter().filter_map(|one| one["people"].as_i64()).sum();
    let left = living - told;
    assert!(left == 0 || left >= 5, "what is left out together is no small number: {figures}");
}

#[tokio::test]
async fn a_closed_account_stands_beside_what_it_proposed() {
    let office = Office::open().await;
    copies(&office.desk, "KtpElektronik", "dc", 1).await;
    let mut staff = office.staff(["pendaftar", "penyetuju", "admin"]).await;
    let case = office.open_person(&mut staff[0].0, &Desk::grown_up()).await;
    let fields = [("change", "revoke"), ("credential", ""), ("reason", "Kartu dipalsukan")];
    let path =
        office.post(&mut staff[0].0, &format!("{case}/propose"), &fields).await.header("location").unwrap();
    let closing = [("operator", "1"), ("reason", "Akun disalahgunakan")];
    office.post(&mut staff[2].0, "/operators/disable", &closing).await;
    let words = "Akun pengusulnya sudah ditutup";
    assert!(!office.get(&mut staff[1].0, &path).await.text.contains(words));
    let disable = last_act(&office).await;
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &disable, "approve").await.status, StatusCode::OK);
    for page in [path.as_str(), "/approvals"] {
        assert!(office.get(&mut staff[1].0, page).await.text.contains(words), "{page}");
    }
}

#[tokio::test]
async fn a_death_names_the_family_whose_card_changes() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    // Two grown-ups of one family: one has the family card, the other dies.
    let csv = absah_testkit::population::csv(60, 7);
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let at = |name: &str| header.iter().position(|one| *one == name).unwrap();
    let people: Vec<Vec<&str>> = csv.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let (nik, kk) = (at("NIK"), at("NO_KK"));
    let mut found = None;
    for dead in &people {
        let holder = people.iter().find(|one| one[kk] == dead[kk] && one[nik] != dead[nik]);
        let Some(holder) = holder else { continue };
        let case = office.open_person(&mut staff[0].0, holder[nik]).await;
        let page = office.get(&mut staff[0].0, &case).await.text;
        if page.contains("name=\"credential\" value=\"KartuKeluarga\"") {
            issue(&office, &mut staff[0].0, &case, "KartuKeluarga").await;
            found = Some((dead[nik], holder[nik]));
            break;
        }
    }
    let (dead, holder) = found.unwrap();
    let case = office.open_person(&mut staff[0].0, dead).await;
    let fields = [("change", "dead"), ("credential", ""), ("reason", "Akta kematian terlampir")];
    let path =
        office.post(&mut staff[0].0, &format!("{case}/propose"), &fields).await.header("location").unwrap();
    let page = office.get(&mut staff[1].0, &path).await.text;
    assert!(page.contains(holder) && page.contains("kartunya ikut berubah"), "{page}");
    assert!(page.contains(": 2</h2>"), "{page}");
    let looked = rows(&office, "SELECT what FROM operator_look WHERE what = 'proposal'").await;
    assert!(looked.len() >= 2, "whoever is shown has an entry");
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    // The family page says who has died.
    let case = office.open_person(&mut staff[0].0, holder).await;
    assert!(office.get(&mut staff[0].0, &case).await.text.contains("<strong>MATI</strong>"));
}
