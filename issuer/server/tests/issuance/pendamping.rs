//! Mode Pendamping at the issuer: sessions at the desk and in the console, what they give, and each way in which one is refused.

use absah_credential::{PENDAMPING, Pendamping};
use absah_host::Exit;
use absah_protocol::access_history::{Answer, verify};
use absah_types::{Clock as _, Seconds};
use axum::http::StatusCode;
use serde_json::Value;

use crate::access_history::{ask, shown};
use crate::console::{Office, code};
use crate::desk::{Desk, URL};
use crate::{copies, issuer_key, verified};

const HELPER: &str = "pkk-07";

fn somebody_else() -> String {
    absah_testkit::population::population(60, 7).nth(20).unwrap().nik.to_string()
}

async fn desk() -> Desk {
    let desk = Desk::open().await;
    add(&desk, HELPER).await;
    desk
}

async fn add(desk: &Desk, id: &str) {
    let words =
        ["pendamping", "add", "--id", id, "--name", "Sri Wahyuni", "--organisation", "PKK Kartoharjo"];
    let (exit, answer) = desk.command(&words).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
}

async fn start(desk: &Desk, nik: &str, helper: &str) -> (Exit, Value) {
    let words = ["pendamping", "start", "--nik", nik, "--helper", helper, "--card-and-face", "--agreed"];
    desk.command(&words).await
}

/// Begins a session: its number, the code of its offer, the transaction code.
async fn session(desk: &Desk, nik: &str, helper: &str) -> (i64, String, String) {
    let (exit, answer) = start(desk, nik, helper).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
    let link = answer["credential_offer_uri"].as_str().unwrap();
    let uri = link.split_once("credential_offer_uri=").unwrap().1.replace("%3A", ":").replace("%2F", "/");
    let offer = desk.get(uri.strip_prefix(URL).unwrap()).await.json();
    // Whose card it is and for how long, before the code is typed; the whole name is in no link that can be photographed.
    let name =
        absah_testkit::population::population(60, 7).find(|one| one.nik.to_string() == nik).unwrap().name;
    let told = &offer["absah_pendamping"];
    let (first, others) = name.as_str().split_once(' ').unwrap_or((name.as_str(), ""));
    assert!(told["untuk"].as_str().unwrap().starts_with(first), "{offer}");
    assert!(others.len() < 3 || !offer.to_string().contains(others), "{offer}");
    assert_eq!(told["menit"], 30);
    let grant = &offer["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"];
    let code = grant["pre-authorized_code"].as_str().unwrap().to_owned();
    (answer["session"].as_i64().unwrap(), code, answer["tx_code"].as_str().unwrap().to_owned())
}

async fn token(desk: &Desk, code: &str, tx_code: &str) -> String {
    let token = desk.redeem(code, tx_code).await;
    assert_eq!(token.status, StatusCode::OK, "{}", token.text);
    token.json()["access_token"].as_str().unwrap().to_owned()
}

/// The cards of a session, in one format.
async fn cards(desk: &Desk, token: &str, format: &str) -> Vec<String> {
    let body = desk.request(&format!("KtpElektronik_{format}_sd_jwt"), 3).await;
    let reply = desk.ask(token, body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let all = reply.json()["credentials"].as_array().unwrap().clone();
    all.iter().map(|one| one["credential"].as_str().unwrap().to_owned()).collect()
}

fn refused((exit, answer): (Exit, Value)) -> (Exit, String) {
    (exit, answer["error"]["code"].as_str().unwrap_or_default().to_owned())
}

fn with(code: &str) -> (Exit, String) {
    (Exit::Refused, code.to_owned())
}

#[tokio::test]
async fn the_card_names_the_helper_and_ends_with_the_session() {
    let desk = desk().await;
    let issuer = issuer_key(&desk).await;
    let ends = desk.clock.now().plus(Seconds::minutes(30));
    let (_, offer, tx_code) = session(&desk, &Desk::grown_up(), HELPER).await;
    let token = token(&desk, &offer, &tx_code).await;
    desk.later(Seconds::minutes(3));
    let mut places = std::collections::BTreeSet::new();
    for card in cards(&desk, &token, "vc").await {
        let card = verified(&desk, &card, &issuer);
        assert_eq!(card.valid_until(), ends, "with the session, not 30 minutes after it was fetched");
        let helper = Pendamping::of_claims(card.claims()).unwrap();
        assert_eq!((helper.id.as_str(), helper.nama.as_str()), (HELPER, "Sri Wahyuni"));
        assert_eq!(helper.organisasi, "PKK Kartoharjo");
        places.insert(card.status().unwrap().clone());
    }
    assert_eq!(places.len(), 1, "one copy for one errand, though three keys were sent");
    let own = copies(&desk, "KtpElektronik", "vc", 1).await;
    let own = verified(&desk, own[0]["credential"].as_str().unwrap(), &issuer);
    assert!(!own.claims().contains_key(PENDAMPING), "the citizen's own card says nothing of it");
    let whole = desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((whole.leaf_missing(), whole.action_missing()), (0, 0), "{whole:?}");
}

#[tokio::test]
async fn one_copy_in_one_form() {
    let desk = desk().await;
    let (_, offer, tx_code) = session(&desk, &Desk::grown_up(), HELPER).await;
    let token = token(&desk, &offer, &tx_code).await;
    let body = desk.request("KtpElektronik_dc_sd_jwt", 1).await;
    let other = desk.ask(&token, body).await;
    assert_eq!(other.status, StatusCode::BAD_REQUEST, "another form is another copy: {}", other.text);
    assert_eq!(cards(&desk, &token, "vc").await.len(), 1);
}

#[tokio::test]
async fn used_after_30_minutes() {
    let desk = desk().await;
    let (_, offer, tx_code) = session(&desk, &Desk::grown_up(), HELPER).await;
    desk.later(Seconds::minutes(30));
    let late = desk.redeem(&offer, &tx_code).await;
    assert_eq!(late.refusal(), (400, "invalid_grant".into(), "pendamping-session-over".into()));
    // A token from within the session is worth nothing after it, though it would live on.
    let (_, offer, tx_code) = session(&desk, &Desk::grown_up(), HELPER).await;
    desk.later(Seconds::minutes(9));
    let token = token(&desk, &offer, &tx_code).await;
    let body = desk.request("KtpElektronik_vc_sd_jwt", 1).await;
    desk.later(Seconds::minutes(21));
    let late = desk.ask(&token, body).await;
    assert_ne!(late.status, StatusCode::OK, "{}", late.text);
}

#[tokio::test]
async fn used_twice() {
    let desk = desk().await;
    let (_, offer, tx_code) = session(&desk, &Desk::grown_up(), HELPER).await;
    let token = token(&desk, &offer, &tx_code).await;
    let again = desk.redeem(&offer, &tx_code).await;
    assert_eq!(again.refusal(), (400, "invalid_grant".into(), "pendamping-session-used".into()));
    let _ = cards(&desk, &token, "vc").await;
    let body = desk.request("KtpElektronik_vc_sd_jwt", 1).await;
    let twice = desk.ask(&token, body).await;
    assert_eq!(twice.refusal(), (400, "credential_request_denied".into(), "access-token-used".into()));
    // An ordinary offer keeps its own words.
    let (offer, tx_code) = desk.codes(&Desk::grown_up(), "KtpElektronik").await;
    assert_eq!(desk.redeem(&offer, &tx_code).await.status, StatusCode::OK);
    assert_eq!(desk.redeem(&offer, &tx_code).await.refusal().2, "token-code-used");
}

#[tokio::test]
async fn for_another_person() {
    let desk = desk().await;
    let nik = Desk::grown_up();
    let _ = session(&desk, &nik, HELPER).await;
    let other = somebody_else();
    assert_eq!(refused(start(&desk, &other, HELPER).await), with("pendamping-busy"));
    // The same person again: what came to nothing gives way.
    let (second, offer, tx_code) = session(&desk, &nik, HELPER).await;
    // The session's token gives that person's identity card and nothing else.
    let token = token(&desk, &offer, &tx_code).await;
    let body = desk.request("KartuKeluarga_vc_sd_jwt", 1).await;
    let foreign = desk.ask(&token, body).await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST, "{}", foreign.text);
    let (exit, answer) = desk.command(&["pendamping", "end", &second.to_string()]).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
    assert_eq!(start(&desk, &other, HELPER).await.0, Exit::Ok, "free after the end");
}

#[tokio::test]
async fn an_offer_that_nobody_fetched_keeps_the_helper_no_longer_than_it_lives() {
    let desk = desk().await;
    let (nik, other) = (Desk::grown_up(), somebody_else());
    let over = async || desk.command(&["pendamping", "sessions"]).await.1["sessions"][0]["over"].clone();
    let _ = session(&desk, &nik, HELPER).await;
    desk.later(Seconds(10 * 60 - 1));
    assert_eq!(refused(start(&desk, &other, HELPER).await), with("pendamping-busy"));
    assert_eq!(over().await, false);
    desk.later(Seconds(1));
    assert_eq!(over().await, true);
    let (_, offer, tx_code) = session(&desk, &other, HELPER).await;
    // Redeemed, but no card was fetched: as long as the token lives.
    let _ = token(&desk, &offer, &tx_code).await;
    desk.later(Seconds(10 * 60 - 1));
    assert_eq!(refused(start(&desk, &nik, HELPER).await), with("pendamping-busy"));
    desk.later(Seconds(1));
    let (_, offer, tx_code) = session(&desk, &nik, HELPER).await;
    // The phone has the card: to the end of the session.
    let token = token(&desk, &offer, &tx_code).await;
    assert_eq!(cards(&desk, &token, "vc").await.len(), 1);
    desk.later(Seconds(30 * 60 - 1));
    assert_eq!(refused(start(&desk, &other, HELPER).await), with("pendamping-busy"));
    assert_eq!(over().await, false);
    desk.later(Seconds(1));
    assert_eq!(start(&desk, &other, HELPER).await.0, Exit::Ok);
}

#[tokio::test]
async fn who_begins_no_session() {
    let desk = desk().await;
    let nik = Desk::grown_up();
    assert_eq!(refused(start(&desk, &nik, "nobody").await), with("pendamping-unknown"));
    let begin = ["pendamping", "start", "--nik", nik.as_str(), "--helper", HELPER];
    assert_eq!(refused(desk.command(&begin).await), with("pendamping-not-seen"));
    let seen: Vec<&str> = begin.iter().copied().chain(["--card-and-face"]).collect();
    assert_eq!(refused(desk.command(&seen).await), with("pendamping-not-agreed"));
    let again = ["pendamping", "add", "--id", HELPER, "--name", "X", "--organisation", "Y"];
    assert_eq!(refused(desk.command(&again).await), with("pendamping-taken"));
    let odd = ["pendamping", "add", "--id", "pkk 8", "--name", "X", "--organisation", "Y"];
    assert_eq!(refused(desk.command(&odd).await), with("pendamping-malformed"));
    let (exit, answer) = desk.command(&["pendamping", "remove", HELPER]).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
    assert_eq!(refused(start(&desk, &nik, HELPER).await), with("pendamping-unknown"));
    assert_eq!(refused(desk.command(&["pendamping", "remove", HELPER]).await), with("pendamping-unknown"));
    assert_eq!(refused(desk.command(&["pendamping", "end", "7"]).await), with("pendamping-session-unknown"));
}

#[tokio::test]
async fn with_it_nobody_acts_as_the_citizen() {
    let desk = desk().await;
    let issuer = issuer_key(&desk).await;
    let (_, offer, tx_code) = session(&desk, &Desk::grown_up(), HELPER).await;
    let token = token(&desk, &offer, &tx_code).await;
    let card = cards(&desk, &token, "vc").await.remove(0);
    let told = ask(&desk, shown(&desk, &card, &issuer, 50).await).await;
    assert_eq!((told.status.as_u16(), told.refusal().2.as_str()), (403, "access-history-carried"));
}

#[tokio::test]
async fn ended_it_stays_ended_and_the_citizens_own_card_stays() {
    let desk = desk().await;
    let nik = Desk::grown_up();
    let own = copies(&desk, "KtpElektronik", "vc", 2).await;
    let (number, offer, tx_code) = session(&desk, &nik, HELPER).await;
    let token = token(&desk, &offer, &tx_code).await;
    let _ = cards(&desk, &token, "vc").await;
    let (exit, answer) = desk.command(&["pendamping", "end", &number.to_string()]).await;
    assert_eq!((exit, &answer["copies_changed"]), (Exit::Ok, &1.into()), "{answer}");
    let body = desk.request("KtpElektronik_vc_sd_jwt", 1).await;
    assert_ne!(desk.ask(&token, body).await.status, StatusCode::OK, "nothing more");
    let over = desk.command(&["pendamping", "end", &number.to_string()]).await;
    assert_eq!(refused(over), with("pendamping-session-over"));
    // What is taken back for the citizen's own cards does not bring the session's back.
    let words = ["--nik", nik.as_str(), "--credential", "KtpElektronik"];
    for (act, copies) in [("suspend", 2), ("unsuspend", 2)] {
        let all: Vec<&str> = [act].into_iter().chain(words).collect();
        let (exit, answer) = desk.command(&all).await;
        assert_eq!((exit, &answer["copies_changed"]), (Exit::Ok, &copies.into()), "{act} {answer}");
    }
    let issuer = issuer_key(&desk).await;
    let told = ask(&desk, shown(&desk, own[0]["credential"].as_str().unwrap(), &issuer, 50).await).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text);
    let policy = desk.get("/ledger/policy.json").await.text;
    let policy = absah_ledger::LedgerPolicy::from_json(policy.as_bytes()).unwrap();
    let answer: Answer = serde_json::from_str(&told.text).unwrap();
    let proven = answer
        .entries
        .iter()
        .map(|entry| verify(entry, &policy, std::slice::from_ref(&nik), desk.clock.now()).unwrap());
    let proven: Vec<_> = proven.collect();
    let begun = proven.iter().find(|one| one.act == "pendamping-start").unwrap();
    assert_eq!(begun.purpose.as_deref(), Some("Mode Pendamping: Sri Wahyuni, PKK Kartoharjo"));
    assert!(proven.iter().any(|one| one.act == "pendamping-end"));
    let whole = desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((whole.leaf_missing(), whole.action_missing()), (0, 0), "{whole:?}");
}

#[tokio::test]
async fn the_pilot_counts_people_who_were_helped() {
    let desk = desk().await;
    let nik = Desk::grown_up();
    for _ in 0..2 {
        let (_, offer, tx_code) = session(&desk, &nik, HELPER).await;
        let token = token(&desk, &offer, &tx_code).await;
        let _ = cards(&desk, &token, "vc").await;
        desk.later(Seconds::minutes(31));
    }
    // One whose card nobody fetched is nobody helped.
    let _ = session(&desk, &somebody_else(), HELPER).await;
    let (exit, told) = desk.command(&["pendamping", "sessions"]).await;
    assert_eq!(exit, Exit::Ok, "{told}");
    assert_eq!((&told["count"], &told["people"], &told["target"]), (&3.into(), &1.into(), &500.into()));
    let over: Vec<&Value> = told["sessions"].as_array().unwrap().iter().map(|one| &one["over"]).collect();
    assert_eq!(over, [&Value::from(false), &true.into(), &true.into()]);
}

#[tokio::test]
async fn at_the_console_two_people_register_and_one_begins() {
    let office = Office::open().await;
    let nik = Desk::grown_up();
    let mut staff = office.staff(["pendaftar", "penyetuju", "admin", "auditor"]).await;
    let form = [
        ("id", HELPER),
        ("name", "Sri Wahyuni"),
        ("organisation", "PKK Kartoharjo"),
        ("reason", "Kader sejak 2019"),
    ];
    let refused = office.post(&mut staff[0].0, "/pendamping/register", &form).await;
    assert_eq!(code(&refused), "operator-role");
    let proposed = office.post(&mut staff[2].0, "/pendamping/register", &form).await;
    let path = proposed.header("location").unwrap();
    // At the machine it is the same act.
    let words = ["pendamping", "add", "--id", "kt-1", "--name", "Budi", "--organisation", "Karang Taruna"];
    assert_eq!(self::refused(office.desk.command(&words).await), with("four-eyes-required"));
    let page = office.get(&mut staff[0].0, "/pendamping").await.text;
    assert!(!page.contains(HELPER), "not before two agreed");
    let (approver, key) = &mut staff[1];
    assert_eq!(office.decide(approver, key, &path, "approve").await.status, StatusCode::OK);
    for (browser, _) in &mut staff {
        assert!(office.get(browser, "/pendamping").await.text.contains("Sri Wahyuni"));
    }
    let registrar = &mut staff[0].0;
    let case = office.open_person(registrar, &nik).await;
    assert!(office.get(registrar, &case).await.text.contains(&format!("{case}/pendamping")));
    let (begin, seen, agreed) = (format!("{case}/pendamping"), ("seen", "yes"), ("agreed", "yes"));
    let helper = ("helper", HELPER);
    assert_eq!(code(&office.post(registrar, &begin, &[helper, agreed]).await), "pendamping-not-seen");
    assert_eq!(code(&office.post(registrar, &begin, &[helper, seen]).await), "pendamping-not-agreed");
    let unknown = office.post(registrar, &begin, &[("helper", "kt-1"), seen, agreed]).await;
    assert_eq!(code(&unknown), "pendamping-unknown");
    let begun = office.post(registrar, &begin, &[helper, seen, agreed]).await;
    let issue = begun.header("location").unwrap();
    let state = format!("{issue}/state");
    assert_eq!(office.get(registrar, &state).await.json()["stage"], "waiting");
    // To the end: the helper's phone reads the picture, the code appears and gives the card.
    let path = office.picture(registrar, &issue).await;
    let pre_authorized = office.desk.code(&path).await;
    let scanned = office.get(registrar, &state).await.json();
    assert_eq!(scanned["stage"], "scanned", "{scanned}");
    let digits: String = scanned["code"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
    let token = token(&office.desk, &pre_authorized, &digits).await;
    assert_eq!(cards(&office.desk, &token, "vc").await.len(), 1);
    assert_eq!(office.get(registrar, &state).await.json()["stage"], "issued");
    assert!(office.get(registrar, &case).await.text.contains("Akhiri sesi"));
    let other = office.open_person(registrar, &somebody_else()).await;
    let busy = office.post(registrar, &format!("{other}/pendamping"), &[helper, seen, agreed]).await;
    assert_eq!((busy.status, code(&busy).as_str()), (StatusCode::CONFLICT, "pendamping-busy"));
    // Others see that a session runs, not whose, and do not end it.
    let page = office.get(&mut staff[3].0, "/pendamping").await.text;
    assert!(page.contains("berjalan") && !page.contains(&nik), "{page}");
    let end = [("session", "1")];
    assert_eq!(code(&office.post(&mut staff[3].0, "/pendamping/end", &end).await), "operator-role");
    let ended = office.post(&mut staff[0].0, "/pendamping/end", &end).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text);
    assert_eq!(code(&office.post(&mut staff[0].0, "/pendamping/end", &end).await), "pendamping-session-over");
    let whole = office.desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((whole.leaf_missing(), whole.action_missing()), (0, 0), "{whole:?}");
}
