//! A letter that a citizen asks for: it waits in the inbox with its words, and one officer's passkey signs them.

use absah_issuer::store::{LetterDecision, NewLetter};
use absah_issuer_core::ports::Store as _;
use absah_protocol::wishes::State;
use absah_types::{Clock as _, Nik};
use axum::http::StatusCode;
use serde_json::json;

use crate::console::{Office, code};
use crate::desk::Desk;

const STATEMENT: &str = "Orang tersebut benar bertempat tinggal di <b>alamat</b> ini.";

fn asked(nik: Nik) -> NewLetter {
    NewLetter {
        nik,
        title: "Surat keterangan domisili".to_owned(),
        statement: STATEMENT.to_owned(),
        purpose: "membuka rekening".to_owned(),
        class: "470".to_owned(),
        valid_days: 90,
    }
}

#[tokio::test]
async fn an_officer_signs_the_words_of_a_letter() {
    let office = Office::open().await;
    let mut staff = office.staff(["penyetuju", "pendaftar"]).await;
    let nik = Nik::parse(&Desk::grown_up()).unwrap();
    let store = office.desk.app.ledger().unwrap().records();
    let now = office.desk.clock.now();
    for _ in 0..2 {
        assert!(store.ask_letter(asked(nik), now).await.unwrap());
    }
    // The inbox names nobody, and shows none of the citizen's words.
    let (browser, _) = &mut staff[0];
    let inbox = office.get(browser, "/approvals").await.text;
    assert!(inbox.contains("Surat keterangan domisili"), "{inbox}");
    assert!(!inbox.contains(&nik.to_string()) && !inbox.contains("rekening"), "{inbox}");
    let page = office.get(browser, "/approvals/1").await.text;
    assert!(page.contains("benar bertempat tinggal di &lt;b&gt;alamat"), "{page}");
    assert!(page.contains("membuka rekening") && page.contains(&nik.to_string()), "{page}");
    // Whoever issues cards neither reads nor decides it, and cannot close it as a wish.
    let (clerk, clerks_key) = &mut staff[1];
    assert!(!office.get(clerk, "/approvals/1").await.text.contains("rekening"));
    assert_eq!(code(&office.decide(clerk, clerks_key, "/approvals/1", "approve").await), "operator-role");
    assert!(office.get(clerk, "/work").await.text.contains("(0)"));
    assert!(!store.close_ticket(1, false, "tidak jadi".to_owned(), now).await.unwrap());

    let (browser, key) = &mut staff[0];
    let done = office.decide(browser, key, "/approvals/1", "approve").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    // A refusal says why: the citizen reads it.
    let silent = json!({ "decision": "refuse", "note": "" });
    assert_eq!(code(&office.script(browser, "/approvals/2/begin", silent).await), "console-purpose");
    let refused = office.decide(browser, key, "/approvals/2", "refuse").await;
    assert_eq!(refused.status, StatusCode::OK, "{}", refused.text);
    let again = LetterDecision::Approve { link: String::new() };
    assert!(!store.decide_letter(2, again, now).await.unwrap(), "decided once");

    let tickets = store.tickets(Some(nik)).await.unwrap();
    let told: Vec<_> = tickets.iter().map(|(_, one)| (one.state, one.note.clone().unwrap())).collect();
    assert_eq!(told[0].0, State::Refused);
    assert!(told[1].0 == State::Done && told[1].1.starts_with("470/1/"), "{told:?}");
    assert!(told[1].1.contains("openid-credential-offer://"), "{told:?}");
    let counted = store.reconcile().await.unwrap();
    assert_eq!((counted.leaf_missing(), counted.action_missing()), (0, 0), "{counted:?}");
}

#[tokio::test]
async fn what_the_machine_decides_leaves_the_inbox() {
    let office = Office::open().await;
    let nik = Nik::parse(&Desk::grown_up()).unwrap();
    let store = office.desk.app.ledger().unwrap().records();
    let now = office.desk.clock.now();
    assert!(store.ask_letter(asked(nik), now).await.unwrap());
    let refused = LetterDecision::Refuse { note: "bukan warga kelurahan ini".to_owned() };
    assert!(store.decide_letter(1, refused, now).await.unwrap());
    let mut staff = office.staff(["penyetuju"]).await;
    let (browser, key) = &mut staff[0];
    assert_eq!(code(&office.decide(browser, key, "/approvals/1", "approve").await), "console-decided");
    let counted = store.reconcile().await.unwrap();
    assert_eq!((counted.leaf_missing(), counted.action_missing()), (0, 0), "{counted:?}");
}

#[tokio::test]
async fn no_letter_in_the_name_of_the_dead() {
    let office = Office::open().await;
    let nik = Nik::parse(&Desk::grown_up()).unwrap();
    let store = office.desk.app.ledger().unwrap().records();
    let now = office.desk.clock.now();
    crate::copies(&office.desk, "KtpElektronik", "dc", 1).await;
    assert!(store.ask_letter(asked(nik), now).await.unwrap());
    let mut staff = office.staff(["penyetuju", "pendaftar"]).await;
    let case = office.open_person(&mut staff[1].0, &nik.to_string()).await;
    let page = office.get(&mut staff[0].0, "/approvals/1").await.text;
    assert!(page.contains("value=\"approve\"") && !page.contains("ditangguhkan, misalnya"), "{page}");
    office.post(&mut staff[1].0, &format!("{case}/lost"), &[]).await;
    let page = office.get(&mut staff[0].0, "/approvals/1").await.text;
    assert!(page.contains("ditangguhkan, misalnya") && page.contains("value=\"approve\""), "{page}");
    let fields = [("change", "dead"), ("reason", "Akta kematian 3577-KM-1")];
    let proposed = office.post(&mut staff[1].0, &format!("{case}/propose"), &fields).await;
    let (browser, key) = &mut staff[0];
    let death = proposed.header("location").unwrap();
    assert_eq!(office.decide(browser, key, &death, "approve").await.status, StatusCode::OK);
    let page = office.get(browser, "/approvals/1").await.text;
    assert!(page.contains("tercatat meninggal") && !page.contains("value=\"approve\""), "{page}");
    assert_eq!(code(&office.decide(browser, key, "/approvals/1", "approve").await), "resident-dead");
    let approve = LetterDecision::Approve { link: String::new() };
    assert!(!store.decide_letter(1, approve, now).await.unwrap(), "nor at the machine");
    assert_eq!(office.decide(browser, key, "/approvals/1", "refuse").await.status, StatusCode::OK);
}

#[tokio::test]
async fn at_the_machine_a_letter_is_not_agreed_to_blindly() {
    let office = Office::open().await;
    let _staff = office.staff(["penyetuju"]).await;
    let nik = Nik::parse(&Desk::grown_up()).unwrap();
    let store = office.desk.app.ledger().unwrap().records();
    assert!(store.ask_letter(asked(nik), office.desk.clock.now()).await.unwrap());
    let acts = "SELECT COUNT(*) FROM four_eyes_act";
    for words in
        [&["letter", "approve", "1"][..], &["letter", "refuse", "1", "--reason", "tidak tinggal di sini"]]
    {
        let (exit, answer) = office.desk.command(words).await;
        assert_eq!(exit, absah_host::Exit::Refused);
        assert_eq!(answer["error"]["code"], "four-eyes-required", "{answer}");
        assert_eq!(
            crate::console_acts::count(&office, acts).await,
            1,
            "the one in the inbox, with its words"
        );
    }
}

/// The register says that the person lives elsewhere.
async fn moves(desk: &Desk, street: &str) {
    let nik = Desk::grown_up();
    let row =
        absah_testkit::population::population(60, 7).position(|one| one.nik.to_string() == nik).unwrap();
    let csv = crate::register::changed(&[(row + 1, crate::register::ALAMAT, street)]);
    let checked = absah_issuer_core::population::check(csv.as_bytes(), crate::register::rules());
    let store = desk.app.ledger().unwrap().records();
    store.import(&checked, csv.as_bytes(), &[], desk.clock.now()).await.unwrap();
}

#[tokio::test]
async fn a_letter_is_given_with_the_facts_that_were_approved_and_no_others() {
    let office = Office::open().await;
    let mut staff = office.staff(["penyetuju"]).await;
    let nik = Nik::parse(&Desk::grown_up()).unwrap();
    let store = office.desk.app.ledger().unwrap().records();
    let now = office.desk.clock.now();
    let given = async || {
        let subject = store.subject(nik, absah_schemas::CredentialType::SuratKeterangan).await.unwrap();
        subject.unwrap().letter.map(|letter| letter.number)
    };
    // It waits while the register changes: what was read is not what would be given, so it waits anew.
    assert!(store.ask_letter(asked(nik), now).await.unwrap());
    moves(&office.desk, "JL. PINDAH NO. 99").await;
    let (browser, key) = &mut staff[0];
    let overtaken = office.decide(browser, key, "/approvals/1", "approve").await;
    assert_eq!(code(&overtaken), "console-changed", "{}", overtaken.text);
    assert_eq!(given().await, None);
    let inbox = office.get(browser, "/approvals").await.text;
    let anew =
        inbox.split("href=\"/approvals/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let anew = format!("/approvals/{}", anew.max_by_key(|id| id.parse::<i64>().unwrap()).unwrap());
    assert_ne!(anew, "/approvals/1");
    assert!(office.get(browser, &anew).await.text.contains("JL. PINDAH NO. 99"));
    assert_eq!(office.decide(browser, key, &anew, "approve").await.status, StatusCode::OK);
    assert_eq!(given().await.as_deref(), Some("470/1/2026"));
    // Given or not: with another address it is nobody's word any more, and comes back with the old one only.
    moves(&office.desk, "JL. KELURAHAN LAIN NO. 5").await;
    assert_eq!(given().await, None, "asked for anew");
    // A newer one is not hidden behind it.
    assert!(store.ask_letter(asked(nik), now).await.unwrap());
    let third = LetterDecision::Approve { link: String::new() };
    assert!(store.decide_letter(2, third, now).await.unwrap());
    assert_eq!(given().await.as_deref(), Some("470/2/2026"));
}
