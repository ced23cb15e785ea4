//! What a citizen's wallet is told about its person's record, and who is told nothing.

use std::collections::BTreeSet;

use absah_credential::sd_jwt::{Held, Unverified};
use absah_crypto::PublicKey;
use absah_host::Exit;
use absah_issuer::STORE_FILE;
use absah_ledger::merkle::check_consistency;
use absah_ledger::{Checkpoint, LedgerPolicy, Note};
use absah_protocol::access_history::{AccessError, Answer, PATH, Proven, audience, verify};
use absah_protocol::{IssuerId, UrlRules};
use absah_testkit::key;
use absah_types::{Clock as _, Seconds};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::Value;
use sqlx::{Connection as _, SqliteConnection};

use crate::desk::{Desk, Reply, URL};
use crate::{copies, issuer_key};

const PURPOSE: &str = "Cetak ulang KTP";

fn endpoint() -> String {
    audience(&IssuerId::parse(URL, UrlRules::HttpsOnly).unwrap())
}

/// A card with nothing disclosed, shown to the issuer by the holder of a key.
pub(crate) async fn shown(desk: &Desk, card: &str, issuer: &PublicKey, holder: u64) -> String {
    let nonce = desk.nonce().await;
    let held = Held::receive(Unverified::parse(card).unwrap(), issuer).unwrap();
    let prepared = held.select(&[]).unwrap().bind(&endpoint(), &nonce, desk.clock.now());
    let signature = key(holder).sign(prepared.to_be_signed());
    prepared.attach(signature)
}

pub(crate) async fn ask(desk: &Desk, presentation: String) -> Reply {
    let body = serde_json::json!({ "presentation": presentation }).to_string();
    desk.send(Request::post(PATH).header("content-type", "application/json").body(Body::from(body)).unwrap())
        .await
}

async fn checked(desk: &Desk, reply: &Reply, nik: &str) -> Vec<Proven> {
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let policy = LedgerPolicy::from_json(desk.get("/ledger/policy.json").await.text.as_bytes()).unwrap();
    let answer: Answer = serde_json::from_str(&reply.text).unwrap();
    // Somebody else's entry would be refused here.
    answer
        .entries
        .iter()
        .map(|entry| verify(entry, &policy, &[nik.to_owned()], desk.clock.now()).unwrap())
        .collect()
}

fn text(credential: &Value) -> &str {
    credential["credential"].as_str().unwrap()
}

#[tokio::test]
async fn the_citizen_is_told_who_looked_and_why() {
    let desk = Desk::open().await;
    let issuer = issuer_key(&desk).await;
    let nik = Desk::grown_up();
    let other = absah_testkit::population::population(60, 7).nth(20).unwrap().nik.to_string();
    for nik in [&nik, &other] {
        let (exit, answer) = desk.command(&["person", "show", "--nik", nik, "--purpose", PURPOSE]).await;
        assert_eq!(exit, Exit::Ok, "{answer}");
    }
    for format in ["dc", "vc"] {
        let cards = copies(&desk, "KtpElektronik", format, 1).await;
        // The last events wait until somebody puts them into the log: here a command does.
        assert_eq!(desk.command(&["ledger", "reconcile"]).await.0, Exit::Ok);
        let reply = ask(&desk, shown(&desk, text(&cards[0]), &issuer, 50).await).await;
        let entries = checked(&desk, &reply, &nik).await;
        let acts: BTreeSet<&str> = entries.iter().map(|entry| entry.act.as_str()).collect();
        assert_eq!(acts, BTreeSet::from(["issue", "offer", "person-view", "redeem"]), "{format}");
        let looked: Vec<&Proven> = entries.iter().filter(|entry| entry.act == "person-view").collect();
        assert_eq!(looked.len(), 1, "nobody else's");
        assert_eq!((looked[0].actor.as_str(), looked[0].purpose.as_deref()), ("LOCAL", Some(PURPOSE)));
        assert_eq!(looked[0].class, absah_ledger::LeafClass::DataAccess);
    }
}

#[tokio::test]
async fn an_erased_entry_is_gone_and_the_log_still_holds() {
    let desk = Desk::open().await;
    let issuer = issuer_key(&desk).await;
    let nik = Desk::grown_up();
    let cards = copies(&desk, "KtpElektronik", "dc", 1).await;
    desk.command(&["person", "show", "--nik", &nik, "--purpose", PURPOSE]).await;
    let before =
        checked(&desk, &ask(&desk, shown(&desk, text(&cards[0]), &issuer, 50).await).await, &nik).await;
    let looked = before.iter().find(|entry| entry.act == "person-view").unwrap();
    let id = looked.event_id.clone();
    desk.later(Seconds::days(1829));
    let (exit, answer) = desk.command(&["ledger", "erase", &id, "--reason", "masa simpan berakhir"]).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
    // The citizen asks with a card of today.
    desk.later(Seconds::days(-1829));
    let after =
        checked(&desk, &ask(&desk, shown(&desk, text(&cards[0]), &issuer, 50).await).await, &nik).await;
    assert_eq!(after.len() + 1, before.len());
    assert!(after.iter().all(|entry| entry.event_id != id));
    // The leaf is where it was, and provable as such.
    let (exit, proof) = desk.command(&["ledger", "prove", "--event", &id]).await;
    assert_eq!(exit, Exit::Ok, "{proof}");
    assert_eq!(desk.command(&["ledger", "reconcile"]).await.0, Exit::Ok);
    let (exit, again) = desk.command(&["ledger", "erase", &id, "--reason", "dua kali"]).await;
    assert_eq!((exit, &again["error"]["code"]), (Exit::Refused, &Value::from("ledger-entry-unknown")));
}

/// One altered row hides no other, and is named as what cannot be opened.
#[tokio::test]
async fn an_altered_entry_is_named_and_the_others_are_told() {
    for spoil in [
        "UPDATE ledger_event SET stored = randomblob(200) WHERE act = 'person-view'",
        "UPDATE ledger_event SET for_citizen = NULL WHERE act = 'person-view'",
        "UPDATE ledger_event SET for_citizen = x'00' WHERE act = 'person-view'",
    ] {
        let desk = Desk::open().await;
        let issuer = issuer_key(&desk).await;
        let nik = Desk::grown_up();
        let cards = copies(&desk, "KtpElektronik", "dc", 1).await;
        desk.command(&["person", "show", "--nik", &nik, "--purpose", PURPOSE]).await;
        assert_eq!(desk.command(&["ledger", "reconcile"]).await.0, Exit::Ok);
        let url = format!("sqlite://{}", desk.data().join(STORE_FILE).display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        assert!(sqlx::raw_sql(spoil).execute(&mut connection).await.unwrap().rows_affected() == 1);
        let reply = ask(&desk, shown(&desk, text(&cards[0]), &issuer, 50).await).await;
        assert_eq!(reply.status, StatusCode::OK, "{spoil}: {}", reply.text);
        let policy = LedgerPolicy::from_json(desk.get("/ledger/policy.json").await.text.as_bytes()).unwrap();
        let answer: Answer = serde_json::from_str(&reply.text).unwrap();
        let (own, now) = ([nik.clone()], desk.clock.now());
        let verified = answer.entries.iter().map(|entry| verify(entry, &policy, &own, now));
        let (good, bad): (Vec<_>, Vec<_>) = verified.partition(|entry| entry.is_ok());
        assert_eq!(bad, [Err(AccessError::Closed)], "{spoil}");
        assert_eq!(good.len(), 3, "{spoil}: offer, redeem, issue");
    }
}

#[tokio::test]
async fn whoever_knew_a_tree_is_shown_that_it_only_grew() {
    let desk = Desk::open().await;
    let issuer = issuer_key(&desk).await;
    let nik = Desk::grown_up();
    let cards = copies(&desk, "KtpElektronik", "dc", 1).await;
    let policy = LedgerPolicy::from_json(desk.get("/ledger/policy.json").await.text.as_bytes()).unwrap();
    let (_, key) = policy.log("audit").unwrap();
    let tree = |note: &str| Checkpoint::verify(&Note::parse(note).unwrap(), &key).unwrap();
    let mut old: Option<Checkpoint> = None;
    for _ in 0..3 {
        assert_eq!(desk.command(&["ledger", "reconcile"]).await.0, Exit::Ok);
        let presentation = shown(&desk, text(&cards[0]), &issuer, 50).await;
        let size = old.as_ref().map(|old| old.size);
        let body = serde_json::json!({ "presentation": presentation, "size": size }).to_string();
        let request = Request::post(PATH).header("content-type", "application/json");
        let reply = desk.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        let answer: Answer = serde_json::from_str(&reply.text).unwrap();
        let new = tree(&answer.newest);
        if let Some(old) = old {
            let shown = answer.consistency.iter().find(|shown| shown.size == new.size).unwrap();
            let path = shown.hashes().unwrap();
            check_consistency((old.size, &old.root), (new.size, &new.root), &path).unwrap();
        }
        old = Some(new);
        desk.command(&["person", "show", "--nik", &nik, "--purpose", PURPOSE]).await;
    }
}

#[tokio::test]
async fn a_card_of_a_distrusted_key_is_told_why() {
    let mut desk = Desk::open().await;
    let issuer = issuer_key(&desk).await;
    let cards = copies(&desk, "KtpElektronik", "dc", 1).await;
    for words in [
        vec!["trust", "rotate", "credential", "--now"],
        vec!["trust", "distrust", "key-1", "--after", "2026-01-01T00:00:00Z", "--reason", "uji"],
    ] {
        let (exit, answer) = desk.command(&words).await;
        assert_eq!(exit, Exit::Ok, "{words:?}: {answer}");
    }
    desk.again().await;
    let reply = ask(&desk, shown(&desk, text(&cards[0]), &issuer, 50).await).await;
    let (status, _, code) = reply.refusal();
    assert_eq!((status, code.as_str()), (403, "access-history-distrusted"));
    // Without the holder's key nothing is learned of it.
    let stolen = ask(&desk, shown(&desk, text(&cards[0]), &issuer, 51).await).await;
    assert_eq!(stolen.refusal().2, "access-history-presentation");
}

#[tokio::test]
async fn who_is_told_nothing() {
    let mut desk = Desk::open().await;
    let issuer = issuer_key(&desk).await;
    let nik = Desk::grown_up();
    let cards = copies(&desk, "KtpElektronik", "dc", 2).await;
    let refused = |reply: Reply| {
        let (status, _, code) = reply.refusal();
        (status, code)
    };
    let once = shown(&desk, text(&cards[0]), &issuer, 50).await;
    assert_eq!(ask(&desk, once.clone()).await.status, StatusCode::OK);
    // Not even a restart forgets it.
    desk.again().await;
    assert_eq!(refused(ask(&desk, once).await), (403, "access-history-replayed".to_owned()));
    let stolen = shown(&desk, text(&cards[0]), &issuer, 51).await;
    assert_eq!(refused(ask(&desk, stolen).await), (403, "access-history-presentation".to_owned()));
    let late = shown(&desk, text(&cards[0]), &issuer, 50).await;
    desk.later(Seconds(301));
    assert_eq!(refused(ask(&desk, late).await), (403, "access-history-presentation".to_owned()));
    let elsewhere = Desk::open().await;
    // The same keys, so the same signature holds; but that office never issued this copy.
    let foreign = copies(&elsewhere, "KtpElektronik", "dc", 5).await;
    let foreign = shown(&desk, text(&foreign[4]), &issuer_key(&elsewhere).await, 54).await;
    assert_eq!(refused(ask(&desk, foreign).await), (403, "access-history-presentation".to_owned()));
    let broken =
        Request::post(PATH).header("content-type", "application/json").body(Body::from("{}")).unwrap();
    assert_eq!(desk.send(broken).await.status, StatusCode::BAD_REQUEST);
    let long = Request::post(PATH)
        .header("content-type", "application/json")
        .body(Body::from(vec![b' '; 70_000]))
        .unwrap();
    assert_eq!(desk.send(long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    for (word, code) in [("suspend", "access-history-suspended"), ("revoke", "access-history-withdrawn")] {
        let (exit, answer) = desk.command(&[word, "--nik", &nik, "--credential", "KtpElektronik"]).await;
        assert_eq!(exit, Exit::Ok, "{answer}");
        let withdrawn = shown(&desk, text(&cards[0]), &issuer, 50).await;
        assert_eq!(refused(ask(&desk, withdrawn).await), (403, code.to_owned()), "{word}");
    }
}
