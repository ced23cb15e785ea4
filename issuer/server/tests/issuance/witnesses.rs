//! Witnesses in the records: whose cosignature counts, and for which key.

use absah_host::Exit;
use absah_issuer::STORE_FILE;
use absah_issuer::keys::FileKeys;
use absah_issuer::ledger::seal::{Log, Sealer};
use absah_issuer::ledger::{sequence, signer};
use absah_issuer::store::{SqliteStore, Witness};
use absah_ledger::note::{Algorithm, Note};
use absah_ledger::{NoteSigner, cosignature};
use absah_testkit::SeededRng;
use absah_types::{Clock as _, Secret, Timestamp};

use crate::desk::Desk;

fn witness(name: &str, seed: u8) -> NoteSigner {
    NoteSigner::new(name, Algorithm::CosignatureV1, &Secret::new([seed; 32])).unwrap()
}

async fn name(store: &SqliteStore, signer: &NoteSigner, now: Timestamp) -> Witness {
    let (name, vkey) = (signer.public().name().to_owned(), signer.public().to_string());
    store.add_witness(&name, &vkey, "https://saksi.example/", now).await.unwrap();
    Witness { name, vkey, url: "https://saksi.example/".to_owned(), fault: None }
}

#[tokio::test]
async fn a_cosignature_counts_for_the_key_that_made_it() {
    let place = tempfile::tempdir().unwrap();
    let keys = FileKeys::in_memory(&mut SeededRng::new(5));
    let sealer = Sealer::new(&keys, Box::new(SeededRng::new(6))).unwrap();
    let store = SqliteStore::open(&place.path().join(STORE_FILE), sealer).await.unwrap();
    let now = absah_testkit::FixedClock::morning().now();
    let (one, two) = (witness("satu.example", 1), witness("dua.example", 2));
    let (of_one, of_two) = (name(&store, &one, now).await, name(&store, &two, now).await);
    sequence(&store, &keys, now).await.unwrap();
    // The registry log has no leaf of it: nothing but the witness's new key can bring it a new signature.
    let log = Log::Registry;
    let head = store.ledger_head(log, 0).await.unwrap().unwrap();
    let text = Note::parse(&head.note).unwrap().text().to_owned();
    for (signer, witness) in [(&one, &of_one), (&two, &of_two)] {
        let line = cosignature::cosign(&text, signer, now).unwrap().to_string();
        store.keep_cosignature(log, head.size, witness, &line).await.unwrap();
    }
    let signed = async |by: u32| store.ledger_head(log, by).await.unwrap().is_some();
    assert!(signed(2).await);
    name(&store, &two, now).await;
    assert!(signed(2).await, "another address of the same key changes nothing");

    let new = witness("dua.example", 3);
    let of_new = name(&store, &new, now).await;
    assert!(!signed(2).await, "the former key's signature is no longer counted");
    let late = cosignature::cosign(&text, &two, now).unwrap().to_string();
    store.keep_cosignature(log, head.size, &of_two, &late).await.unwrap();
    assert!(!signed(2).await, "nor is one that was under way");
    let line = cosignature::cosign(&text, &new, now).unwrap().to_string();
    store.keep_cosignature(log, head.size, &of_new, &line).await.unwrap();
    assert!(signed(2).await);
    assert_eq!(signer(&keys, log).unwrap().public().name(), "dukcapil.madiunkota.go.id/absah/registry");
}

#[tokio::test]
async fn one_mouth_is_one_voice() {
    let desk = Desk::open().await;
    let add = async |vkey: &str| {
        let words = ["ledger", "witness", "add", "https://saksi.example/", vkey];
        let (exit, answer) = desk.command(&words).await;
        (exit, answer["error"]["code"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(add(&witness("satu.example", 1).public().to_string()).await.0, Exit::Ok);
    assert_eq!(add(&witness("satu.example", 1).public().to_string()).await.0, Exit::Ok, "the same again");
    let taken = (Exit::Refused, "witness-key-taken".to_owned());
    assert_eq!(add(&witness("dua.example", 1).public().to_string()).await, taken, "the key of another");
    let of_log = witness("dukcapil.madiunkota.go.id/absah/audit", 7);
    assert_eq!(add(&of_log.public().to_string()).await, taken, "the name of a log");
    let (_, listed) = desk.command(&["ledger", "witness", "list"]).await;
    assert_eq!(listed["witnesses"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn no_more_than_a_policy_can_hold() {
    let desk = Desk::open().await;
    let add = async |number: u8| {
        let key = witness(&format!("saksi-{number}.example"), number).public().to_string();
        let (exit, answer) =
            desk.command(&["ledger", "witness", "add", "https://saksi.example/", &key]).await;
        (exit, answer["error"]["code"].as_str().unwrap_or_default().to_owned())
    };
    for number in 1..=30 {
        assert_eq!(add(number).await.0, Exit::Ok, "{number}");
    }
    assert_eq!(add(31).await, (Exit::Refused, "witness-too-many".to_owned()));
    assert_eq!(add(30).await.0, Exit::Ok, "another address of one that is named");
    let policy = desk.get("/ledger/policy.json").await.text;
    assert_eq!(absah_ledger::LedgerPolicy::from_json(policy.as_bytes()).unwrap().witnesses.len(), 30);
}
