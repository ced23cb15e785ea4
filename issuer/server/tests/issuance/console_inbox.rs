//! What officers see of acts that wait, and what they can do about them.

use axum::http::StatusCode;

use crate::console::{Office, code};
use crate::console_acts::{count, file, last_act};
use crate::copies;
use crate::desk::Desk;

#[tokio::test]
async fn a_filed_command_shows_everybody_its_name_and_nobody_s_number() {
    let office = Office::open().await;
    let mut staff = office.staff(["auditor", "penyetuju"]).await;
    let nik = Desk::grown_up();
    let named = format!("--nik={nik}");
    let (_, answer) = office.desk.command(&["offer", &named, "--credential", "KtpElektronik"]).await;
    assert_eq!(answer["error"]["code"], "four-eyes-required", "{answer}");
    let act = last_act(&office).await;
    for (browser, _) in &mut staff {
        let inbox = office.get(browser, "/approvals").await.text;
        assert!(inbox.contains("<span>offer</span>") && !inbox.contains(&nik), "{inbox}");
    }
    assert!(!office.get(&mut staff[0].0, &act).await.text.contains(&nik), "an auditor decides nothing");
    // Who decides sees whom it is about, and leaves an entry in that history.
    let looks = "SELECT COUNT(*) FROM operator_look WHERE what = 'proposal'";
    assert_eq!(count(&office, looks).await, 0);
    assert!(office.get(&mut staff[1].0, &act).await.text.contains(&nik));
    assert_eq!(count(&office, looks).await, 1);
}

#[tokio::test]
async fn a_file_that_could_not_be_read_is_not_called_the_same_as_the_data() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let good = absah_testkit::population::csv(60, 7);
    let utf16 = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (same, unread) = ("sudah sama dengan data", "Tidak ada satu baris pun");
    for (bytes, finding) in [
        (Vec::new(), "FILE_EMPTY"),
        (good.replace(',', ";").into_bytes(), "WRONG_DELIMITER"),
        (utf16, "ENCODING"),
    ] {
        let name = ("x-file-name", "bulan.csv");
        let taken = file(&office, &mut staff[0].0, ("/imports/new", name), bytes).await;
        let path = taken.json()["next"].as_str().unwrap().to_owned();
        let page = office.get(&mut staff[0].0, &path).await.text;
        assert!(page.contains(unread) && page.contains(finding) && !page.contains(same), "{page}");
    }
    let taken =
        file(&office, &mut staff[0].0, ("/imports/new", ("x-file-name", "a.csv")), good.into_bytes()).await;
    let path = taken.json()["next"].as_str().unwrap().to_owned();
    let page = office.get(&mut staff[0].0, &path).await.text;
    assert!(page.contains(same) && !page.contains(unread), "{page}");
}

#[tokio::test]
async fn nothing_that_was_opened_before_a_loss_leads_to_a_card_after_it() {
    let office = Office::open().await;
    let desk = &office.desk;
    let nik = Desk::grown_up();
    // No copies of anything yet: offers and a token are all there is.
    let (path, tx_code) = desk.offer(&nik, "KtpElektronik").await;
    let offer = desk.code(&path).await;
    let token = desk.token(&nik, "KartuKeluarga").await;
    let mut staff = office.staff(["pendaftar"]).await;
    let case = office.open_person(&mut staff[0].0, &nik).await;
    let lost = office.post(&mut staff[0].0, &format!("{case}/lost"), &[]).await;
    assert_eq!(lost.status, StatusCode::SEE_OTHER, "{}", lost.text);
    let refused = desk.redeem(&offer, &tx_code).await;
    assert_eq!((refused.status, refused.refusal().1.as_str()), (StatusCode::BAD_REQUEST, "invalid_grant"));
    let request = desk.request("KartuKeluarga_dc_sd_jwt", 1).await;
    let refused = desk.ask(&token, request).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{}", refused.text);
    let report = desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((report.leaf_missing(), report.action_missing()), (0, 0), "{report:?}");
}

#[tokio::test]
async fn the_way_to_another_language_never_leaves_a_page_that_cannot_be_opened_again() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "penyetuju", "admin"]).await;
    let link = "href=\"?lang=en\"";
    let invite = [("name", "BUDI"), ("login", "budi"), ("role", "penyetuju"), ("reason", "Petugas baru")];
    let path = office.post(&mut staff[2].0, "/operators/invite", &invite).await.header("location").unwrap();
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    let case = office.open_person(&mut staff[0].0, &Desk::grown_up()).await;
    let shown_once = office.post(&mut staff[2].0, "/operators/code", &[("operator", "4")]).await;
    assert!(shown_once.text.contains("<p class=\"code\">"), "{}", shown_once.text);
    let wrong = office
        .post(&mut staff[0].0, &format!("{case}/propose"), &[("change", "suspend"), ("reason", "x")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = office.post(&mut staff[0].0, "/people", &[("q", "1"), ("purpose", "Cetak")]).await;
    let stranger = office.open_parts("AAAA", "", "198.51.100.7").await.1;
    for answer in [shown_once, wrong, found, stranger] {
        assert!(answer.text.contains("<html") && !answer.text.contains(link), "{}", answer.text);
    }
    // Pages that can be opened again have it, and it leads back to them.
    for path in ["/operators", "/account"] {
        assert!(office.get(&mut staff[2].0, path).await.text.contains(link), "{path}");
        let chosen = office.get(&mut staff[2].0, &format!("{path}?lang=en")).await;
        assert_eq!(chosen.header("location").as_deref(), Some(path));
    }
}

#[tokio::test]
async fn the_last_of_a_role_does_not_begin_anew_and_everybody_is_told_how_to_go_on() {
    let office = Office::open().await;
    let mut staff = office.staff(["admin", "penyetuju"]).await;
    let (_, answer) = office.desk.command(&["operator", "reinvite", "uji.admin"]).await;
    assert_eq!(answer["error"]["code"], "console-last-reinvite", "{answer}");
    assert!(answer["error"].to_string().contains("--break-glass"), "{answer}");
    for operator in ["1", "2"] {
        let asked = [("operator", operator), ("reason", "Kunci hilang")];
        let refused = office.post(&mut staff[0].0, "/operators/reinvite", &asked).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
        assert!(refused.text.contains("--break-glass"), "{}", refused.text);
    }
    assert_eq!(count(&office, "SELECT COUNT(*) FROM four_eyes_act").await, 0);
    // In an emergency it goes at the machine alone, and is in the ledger as that.
    let words = ["operator", "reinvite", "uji.admin", "--break-glass", "Kunci admin hilang"];
    assert!(office.desk.command(&words).await.1["invitation"].is_string());
}

#[tokio::test]
async fn who_proposed_takes_it_back_and_nobody_agrees_to_it_afterwards() {
    let office = Office::open().await;
    copies(&office.desk, "KtpElektronik", "dc", 1).await;
    let mut staff = office.staff(["pendaftar", "penyetuju", "pendaftar2"]).await;
    let case = office.open_person(&mut staff[0].0, &Desk::grown_up()).await;
    let fields = [("change", "revoke"), ("credential", "KtpElektronik"), ("reason", "Kartu hilang")];
    let path =
        office.post(&mut staff[0].0, &format!("{case}/propose"), &fields).await.header("location").unwrap();
    let back = format!("{path}/take-back");
    let inbox = office.get(&mut staff[1].0, "/approvals").await.text;
    assert!(inbox.contains("#1 SITI AMINAH (uji.pendaftar)"), "who proposed has a name: {inbox}");
    // Nobody else's to take back.
    for at in [1, 2] {
        assert!(!office.get(&mut staff[at].0, &path).await.text.contains(&back));
        assert_eq!(office.post(&mut staff[at].0, &back, &[]).await.status, StatusCode::NOT_FOUND);
    }
    assert!(office.get(&mut staff[0].0, &path).await.text.contains(&back));
    assert_eq!(office.post(&mut staff[0].0, &back, &[]).await.status, StatusCode::SEE_OTHER);
    let page = office.get(&mut staff[1].0, &path).await.text;
    assert!(page.contains("Ditarik kembali oleh pengusulnya") && page.contains("ribbon refused"), "{page}");
    let (approver, key) = &mut staff[1];
    assert_eq!(code(&office.decide(approver, key, &path, "approve").await), "console-decided");
    assert_eq!(code(&office.post(&mut staff[0].0, &back, &[]).await), "console-decided", "once");
    let revoked = "SELECT COUNT(*) FROM copy WHERE status <> 0";
    assert_eq!(count(&office, revoked).await, 0);
    let report = office.desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((report.leaf_missing(), report.action_missing()), (0, 0), "{report:?}");
}

#[tokio::test]
async fn an_import_at_the_machine_is_agreed_to_with_its_report() {
    let office = Office::open().await;
    let mut staff = office.staff(["penyetuju", "auditor"]).await;
    let extract = office.desk.place.path().join("bulan.csv");
    let good = absah_testkit::population::csv(62, 7);
    let broken = good.replacen("MADIUN", "MADIUN\u{0007}", 1);
    std::fs::write(&extract, &broken).unwrap();
    let words = ["import", extract.to_str().unwrap()];
    assert_eq!(office.desk.command(&words).await.1["error"]["code"], "four-eyes-required");
    let path = last_act(&office).await;
    let page = office.get(&mut staff[0].0, &path).await.text;
    assert!(page.contains("bulan.csv") && page.contains("<dd>62</dd>"), "{page}");
    assert!(page.contains("warga baru 2"), "what it would do: {page}");
    assert!(page.contains("</code></td>"), "the findings, in words: {page}");
    // The digest of the same file, the same report: it runs once agreed to.
    let (approver, key) = &mut staff[0];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    let (_, answer) = office.desk.command(&words).await;
    assert_eq!(answer["rows"], 62, "{answer}");
    // What it would do has changed since: another act, with another report.
    assert_eq!(office.desk.command(&words).await.1["error"]["code"], "four-eyes-required");
    let page = office.get(&mut staff[0].0, &last_act(&office).await).await.text;
    assert!(page.contains("warga baru 0"), "{page}");
    // A file that is not there is named at once.
    let nowhere = office.desk.command(&["import", "/nowhere.csv"]).await.1;
    assert_eq!(nowhere["error"]["code"], "file-missing", "{nowhere}");
}

#[tokio::test]
async fn the_ledger_s_page_says_in_words_what_was_done() {
    let office = Office::open().await;
    let mut staff = office.staff(["pendaftar", "auditor"]).await;
    office.open_person(&mut staff[0].0, &Desk::grown_up()).await;
    let page = office.get(&mut staff[1].0, "/ledger").await.text;
    assert!(page.contains(">data warga dilihat<") && page.contains(">petugas terdaftar<"), "{page}");
    assert!(!page.contains(">person-view<"), "{page}");
    // Every act there is has words, in every language.
    let source = include_str!("../../../core/src/ports.rs");
    let acts = source.split("impl ActKind").nth(1).unwrap().split("leaf_class").next().unwrap();
    let names: Vec<&str> = acts.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(names.len() > 45, "{names:?}");
    for name in names {
        for lang in absah_types::Lang::ALL {
            let id = format!("console-ledger-act-{name}");
            assert!(absah_schemas::text(lang, &id).is_some(), "{id} in {lang}");
        }
    }
}

/// A child of the register with a grown-up who keeps the KIA, in two copies.
async fn kept_child(desk: &Desk) -> (String, String) {
    let csv = absah_testkit::population::csv(60, 7);
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let at = |name: &str| header.iter().position(|one| *one == name).unwrap();
    let (nik, kk) = (at("NIK"), at("NO_KK"));
    let rows: Vec<Vec<&str>> = csv.lines().skip(1).map(|line| line.split(',').collect()).collect();
    for child in &rows {
        for keeper in rows.iter().filter(|one| one[kk] == child[kk] && one[nik] != child[nik]) {
            let words = ["offer", "--nik", child[nik], "--credential", "Kia", "--guardian", keeper[nik]];
            let (exit, answer) = desk.command(&words).await;
            if exit != absah_host::Exit::Ok {
                continue;
            }
            let link = answer["credential_offer_uri"].as_str().unwrap();
            let uri = link.split_once("credential_offer_uri=").unwrap().1;
            let uri = uri.replace("%3A", ":").replace("%2F", "/");
            let code = desk.code(uri.strip_prefix(crate::desk::URL).unwrap()).await;
            let token = desk.redeem(&code, answer["tx_code"].as_str().unwrap()).await.json();
            let request = desk.request("Kia_dc_sd_jwt", 2).await;
            let issued = desk.ask(token["access_token"].as_str().unwrap(), request).await;
            assert_eq!(issued.status, StatusCode::OK, "{}", issued.text);
            return (child[nik].to_owned(), keeper[nik].to_owned());
        }
    }
    panic!("no child with a keeper");
}

#[tokio::test]
async fn what_a_parent_keeps_comes_back_with_the_parent_s_cards_and_who_agrees_is_told() {
    let office = Office::open().await;
    let (child, keeper) = kept_child(&office.desk).await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let case = office.open_person(&mut staff[0].0, &keeper).await;
    let suspended = "SELECT COUNT(*) FROM copy WHERE status = 2";
    office.post(&mut staff[0].0, &format!("{case}/lost"), &[]).await;
    assert_eq!(count(&office, suspended).await, 2, "the child's copies were on that phone");
    let death = [("change", "dead"), ("credential", ""), ("reason", "Akta kematian terlampir")];
    let path =
        office.post(&mut staff[0].0, &format!("{case}/propose"), &death).await.header("location").unwrap();
    let page = office.get(&mut staff[1].0, &path).await.text;
    assert!(page.contains(&child) && page.contains("Anak yang kartunya"), "{page}");
    assert!(page.contains(": 2</h2>"), "two people are concerned: {page}");
    let back = [("change", "unsuspend"), ("credential", ""), ("reason", "Ponsel ditemukan lagi")];
    let path =
        office.post(&mut staff[0].0, &format!("{case}/propose"), &back).await.header("location").unwrap();
    let (approver, key) = &mut staff[1];
    let page = office.get(approver, &path).await.text;
    assert!(page.contains(&child) && page.contains("Pulihkan: "), "{page}");
    let done = office.decide(approver, key, &path, "approve").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    assert_eq!(count(&office, suspended).await, 0, "{}", done.text);
    let report = office.desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((report.leaf_missing(), report.action_missing()), (0, 0), "{report:?}");
}

#[tokio::test]
async fn what_is_filed_at_the_machine_says_why_and_by_whom_and_can_be_taken_back() {
    let office = Office::open().await;
    copies(&office.desk, "KtpElektronik", "dc", 1).await;
    let mut staff = office.staff(["penyetuju", "auditor"]).await;
    let nik = Desk::grown_up();
    let words = |reason: &'static str| {
        let words = ["revoke", "--nik", &nik, "--credential", "KtpElektronik", "--reason", reason];
        words.map(str::to_owned)
    };
    let file = async |words: &[String]| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        office.desk.command(&words).await.1["error"]["code"].clone()
    };
    assert_eq!(file(&words("ab")).await, "purpose-malformed", "a reason is one or is not there");
    assert_eq!(file(&words("Kartu dipalsukan, surat 12")).await, "four-eyes-required");
    let path = last_act(&office).await;
    let user = |text: &str| text.contains("dari komputer penerbit (") && !text.contains("penerbit ()");
    for page in ["/approvals", &path] {
        let page = office.get(&mut staff[0].0, page).await.text;
        assert!(page.contains("Kartu dipalsukan, surat 12"), "{page}");
        assert!(user(&page), "{page}");
    }
    // An act without a reason says that there is none; the reason is no part of a command that is run again.
    let offer = ["offer", "--nik", &nik, "--credential", "KtpElektronik"].map(str::to_owned);
    assert_eq!(file(&offer).await, "four-eyes-required");
    let second = last_act(&office).await;
    assert!(office.get(&mut staff[0].0, &second).await.text.contains("tidak disebutkan"));
    let (approver, key) = &mut staff[0];
    assert_eq!(office.decide(approver, key, &second, "approve").await.status, StatusCode::OK);
    let again: Vec<&str> = offer.iter().map(String::as_str).chain(["--reason", "Warga di loket"]).collect();
    assert_eq!(office.desk.command(&again).await.1["error"], serde_json::Value::Null);
    // A command that has a reason of its own: it is run with it, and the approver reads it as the reason too.
    let own = ["letter", "refuse", "999", "--reason", "Berkas tidak lengkap"];
    office.desk.command(&own).await;
    let third = last_act(&office).await;
    let page = office.get(&mut staff[0].0, &third).await.text;
    assert_eq!(
        page.matches("Berkas tidak lengkap").count(),
        4,
        "as matter, reason and twice in the signed text: {page}"
    );

    // Taken back at the machine: seen in the list, gone from the inbox, and nobody agrees to it.
    let (_, listed) = office.desk.command(&["approval", "list"]).await;
    assert_eq!(listed[0]["act"], "status", "{listed}");
    assert_eq!(listed[0]["reason"], "Kartu dipalsukan, surat 12");
    assert!(!listed.to_string().contains(&nik));
    let (_, answer) = office.desk.command(&["approval", "withdraw", "1", "--reason", "Salah orang"]).await;
    assert_eq!(answer["state"], "refused", "{answer}");
    let page = office.get(&mut staff[0].0, &path).await.text;
    assert!(page.contains("Salah orang") && page.contains("ribbon refused"), "{page}");
    let (approver, key) = &mut staff[0];
    assert_eq!(code(&office.decide(approver, key, &path, "approve").await), "console-decided");
    for id in ["1", "2", "99"] {
        let (_, answer) = office.desk.command(&["approval", "withdraw", id]).await;
        assert_eq!(answer["error"]["code"], "approval-unknown", "{id}");
    }
    let report = office.desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((report.leaf_missing(), report.action_missing()), (0, 0), "{report:?}");
}

#[tokio::test]
async fn what_an_officer_proposed_is_not_taken_back_at_the_machine() {
    let office = Office::open().await;
    copies(&office.desk, "KtpElektronik", "dc", 1).await;
    let mut staff = office.staff(["pendaftar", "penyetuju"]).await;
    let case = office.open_person(&mut staff[0].0, &Desk::grown_up()).await;
    let fields = [("change", "revoke"), ("credential", "KtpElektronik"), ("reason", "Kartu hilang")];
    office.post(&mut staff[0].0, &format!("{case}/propose"), &fields).await;
    let (_, answer) = office.desk.command(&["approval", "withdraw", "1"]).await;
    assert_eq!(answer["error"]["code"], "approval-unknown");
    assert_eq!(count(&office, "SELECT COUNT(*) FROM four_eyes_act WHERE state = 'waiting'").await, 1);
}
