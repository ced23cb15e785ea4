//! The access history over a log that grows, is rolled back, is another one, and tells less than before.

use absah_ledger::cosignature::cosign;
use absah_ledger::leaf::commitment;
use absah_ledger::merkle::Tree;
use absah_ledger::note::Algorithm;
use absah_ledger::policy::{LogEntry, WitnessEntry};
use absah_ledger::{Checkpoint, Leaf, LeafClass, LedgerPolicy, NoteSigner};
use absah_protocol::access_history::{Answer, Entry, MAX_ENTRIES};
use absah_trust::Contents;
use absah_trust::sample::{URL, resident};
use absah_types::{Seconds, Secret, base64url};
use serde_json::json;

use super::world::{NOW, World, code_of, fetched};
use crate::{Intent, Prompt, Refusal, Wallet};

const ORIGIN: &str = "absah.example/audit";

fn log_key() -> NoteSigner {
    NoteSigner::new(ORIGIN, Algorithm::Ed25519, &Secret::new([1; 32])).unwrap()
}

fn witness_key() -> NoteSigner {
    NoteSigner::new("saksi.example", Algorithm::CosignatureV1, &Secret::new([2; 32])).unwrap()
}

fn policy(quorum: u32) -> LedgerPolicy {
    LedgerPolicy {
        logs: vec![LogEntry {
            name: "audit".to_owned(),
            url: "https://absah.example/ledger/audit/".to_owned(),
            vkey: log_key().public().to_string(),
        }],
        witnesses: vec![WitnessEntry { vkey: witness_key().public().to_string() }],
        quorum,
    }
}

/// A wallet whose list names a log and how many witnesses must vouch.
fn world(quorum: u32) -> World {
    let mut world = World::bare();
    let contents = Contents { ledger: Some(policy(quorum)), ..world.contents() };
    world.import(1, &contents);
    let prompt = world.receive();
    assert!(matches!(prompt, Prompt::Received(_)), "{prompt:?}");
    world
}

/// The checkpoint of a log of so many leaves, that many of a history named `branch`.
fn checkpoint(size: u8, branch: u8, is_cosigned: bool) -> String {
    let mut tree = Tree::default();
    (0..size).for_each(|n| tree.push([n ^ branch; 32], |_, _, _| ()));
    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size: size.into(), root: tree.root() };
    let mut note = checkpoint.sign(&log_key()).unwrap();
    if is_cosigned {
        note.add(cosign(note.text(), &witness_key(), NOW).unwrap());
    }
    note.to_string()
}

/// An entry about the holder, of the hour of now.
fn entry(n: u16) -> Entry {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&n.to_be_bytes());
    let r = [9; 32];
    let (at, nik) = (NOW.unix(), resident().nik);
    let event = format!(
        r#"{{"act":"person-view","actor":"LOCAL","at":{at},"id":"{}","purpose":"Cetak ulang","subject":"{nik}","v":1}}"#,
        base64url::encode(id)
    );
    let leaf = Leaf {
        class: LeafClass::DataAccess,
        hour: absah_ledger::leaf::hour(NOW),
        event_id: id,
        commitment: commitment(&r, event.as_bytes()),
        stored_sha256: [0; 32],
    };
    Entry::new("audit", &leaf, event.as_bytes(), &r, None)
}

fn answer(world: &mut World, checkpoint: String, entries: Vec<Entry>) -> Prompt {
    let answer = Answer { entries, checkpoint };
    world.served.insert(format!("{URL}/access-history"), fetched(200, &json!(answer)));
    world.drive(Intent::FetchAccess)
}

fn told(world: &World) -> (usize, usize) {
    let entries = world.wallet.access(world.now).unwrap();
    assert!(entries.iter().all(Result::is_ok), "{entries:?}");
    (entries.len(), world.wallet.access_withheld(world.now).unwrap().len())
}

fn taken(prompt: Prompt) {
    assert!(matches!(prompt, Prompt::AccessFetched), "{prompt:?}");
}

#[test]
fn an_older_copy_of_the_log_is_refused() {
    for quorum in [0, 1] {
        let mut world = world(quorum);
        taken(answer(&mut world, checkpoint(5, 0, true), vec![entry(1), entry(2)]));
        let kept = world.kept.clone();
        for (name, checkpoint) in [
            ("older", checkpoint(4, 0, true)),
            ("another of the same size", checkpoint(5, 0x80, true)),
            ("older, not cosigned", checkpoint(4, 0, false)),
            ("another, not cosigned", checkpoint(5, 0x80, false)),
            ("none", String::new()),
        ] {
            let prompt = answer(&mut world, checkpoint, vec![entry(1)]);
            assert_eq!(code_of(prompt), "access-log-rollback", "{quorum}: {name}");
            assert_eq!(world.wallet.holdings(), &kept, "{quorum}: {name}: what was kept stays");
            assert_eq!(told(&world), (2, 0), "{quorum}: {name}");
        }
        taken(answer(&mut world, checkpoint(5, 0, true), vec![entry(1), entry(2)]));
        taken(answer(&mut world, checkpoint(6, 0, true), vec![entry(1), entry(2), entry(3)]));
        assert_eq!((told(&world), world.wallet.holdings()), ((3, 0), &world.kept));
    }
}

/// Where witnesses are asked to vouch, what they did not vouch for neither binds the log nor unbinds it.
#[test]
fn only_what_is_vouched_for_binds() {
    let mut world = world(1);
    taken(answer(&mut world, checkpoint(9, 0, false), vec![entry(1)]));
    taken(answer(&mut world, checkpoint(5, 0, true), vec![entry(1)]));
    taken(answer(&mut world, checkpoint(7, 0, false), vec![entry(1)]));
    assert_eq!(code_of(answer(&mut world, checkpoint(4, 0, true), vec![entry(1)])), "access-log-rollback");
}

/// A vault of before kept no highest checkpoint; what it fetched says it.
#[test]
fn an_older_vault_opens_and_knows_how_far_the_log_was() {
    let mut world = world(1);
    taken(answer(&mut world, checkpoint(5, 0, true), vec![entry(1)]));
    let mut vault = serde_json::to_value(&world.kept).unwrap();
    let access = vault["access"].as_object_mut().unwrap();
    assert!(access.remove("highest").is_some() && !access.contains_key("withheld"), "{access:?}");
    let files = world.wallet.bundle_files().cloned();
    world.wallet = Wallet::open(serde_json::from_value(vault).unwrap(), files);
    assert_eq!(code_of(answer(&mut world, checkpoint(4, 0, true), Vec::new())), "access-log-rollback");
    assert_eq!(told(&world), (1, 0));
}

#[test]
fn an_entry_that_is_told_no_longer_is_named_until_its_time_is_over() {
    let mut world = world(1);
    taken(answer(&mut world, checkpoint(5, 0, true), vec![entry(1), entry(2)]));
    taken(answer(&mut world, checkpoint(6, 0, true), vec![entry(2)]));
    assert_eq!(told(&world), (1, 1));
    let gone = world.wallet.access_withheld(world.now).unwrap();
    assert_eq!(gone[0].purpose.as_deref(), Some("Cetak ulang"));
    // Not forgotten at the next answer, nor by a wallet that was closed.
    let again = serde_json::from_str(&serde_json::to_string(&world.kept).unwrap()).unwrap();
    let files = world.wallet.bundle_files().cloned();
    world.wallet = Wallet::open(again, files);
    taken(answer(&mut world, checkpoint(7, 0, true), Vec::new()));
    assert_eq!(told(&world), (0, 2));
    // Told in a form that does not hold is not told.
    let altered = Entry { r: base64url::encode([8; 32]), ..entry(1) };
    taken(answer(&mut world, checkpoint(7, 0, true), vec![altered]));
    assert_eq!(world.wallet.access_withheld(world.now).unwrap().len(), 2);
    taken(answer(&mut world, checkpoint(7, 0, true), vec![entry(1), entry(2)]));
    assert_eq!(told(&world), (2, 0), "told again");
    taken(answer(&mut world, checkpoint(8, 0, true), vec![entry(2)]));
    for (days, withheld) in [(1826, 1), (1828, 0)] {
        let later = NOW.plus(Seconds::days(days));
        assert_eq!(world.wallet.access_withheld(later).unwrap().len(), withheld, "{days}");
    }
    assert_eq!(absah_types::Coded::code(&Refusal::AccessWithheld), "access-entry-withheld");
}

/// An answer holds the newest alone: what is older than a full one stays, and nobody is accused.
#[test]
fn what_a_full_answer_has_no_room_for() {
    let mut world = world(1);
    taken(answer(&mut world, checkpoint(5, 0, true), vec![entry(0)]));
    let full = (1..=u16::try_from(MAX_ENTRIES).unwrap()).map(entry).collect();
    taken(answer(&mut world, checkpoint(6, 0, true), full));
    assert_eq!(told(&world), (501, 0));
}
