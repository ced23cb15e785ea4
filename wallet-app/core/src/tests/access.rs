//! The access history over a log that grows, is rolled back, is another one, and was altered in places.

use std::convert::Infallible;

use absah_ledger::cosignature::cosign;
use absah_ledger::leaf::commitment;
use absah_ledger::merkle::{self, Hash, Nodes};
use absah_ledger::note::Algorithm;
use absah_ledger::policy::{LogEntry, WitnessEntry};
use absah_ledger::{Checkpoint, Leaf, LeafClass, LedgerPolicy, NoteSigner};
use absah_protocol::access_history::{Answer, Consistency, Entry};
use absah_trust::Contents;
use absah_trust::sample::{URL, resident};
use absah_types::{Seconds, Secret, base64url};
use serde_json::{Value, json};

use super::world::{NOW, World, code_of, fetched};
use crate::{AccessError, CardId, Intent, Prompt, Wallet};

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

/// Leaves of a history: those up to `fork` are everybody's, the later ones are of the one named `branch`.
struct History {
    branch: u8,
    fork: u64,
}

const TRUE: History = History { branch: 0, fork: 0 };
const OTHER: History = History { branch: 0x80, fork: 0 };

impl Nodes for History {
    type Error = Infallible;

    fn node(&self, level: u32, index: u64) -> Result<Hash, Infallible> {
        if level == 0 {
            let branch = if index < self.fork { 0 } else { self.branch };
            return Ok([u8::try_from(index).unwrap() ^ branch; 32]);
        }
        let [left, right] = [2 * index, 2 * index + 1].map(|child| self.node(level - 1, child).unwrap());
        Ok(merkle::node_hash(&left, &right))
    }
}

/// The checkpoint of so many leaves of a history.
fn checkpoint(size: u64, of: &History, is_cosigned: bool) -> String {
    let root = merkle::root(of, size).unwrap();
    let mut note = Checkpoint { origin: ORIGIN.to_owned(), size, root }.sign(&log_key()).unwrap();
    if is_cosigned {
        note.add(cosign(note.text(), &witness_key(), NOW).unwrap());
    }
    note.to_string()
}

/// An answer of so many leaves of a history, to somebody who knows `seen` leaves.
fn told_of(seen: u64, size: u64, of: &History, is_cosigned: bool) -> Answer {
    let path = merkle::consistency(of, seen, size).unwrap();
    Answer {
        checkpoint: checkpoint(size, of, is_cosigned),
        consistency: path.map(|path| Consistency::new(size, &path)).into_iter().collect(),
        ..Answer::default()
    }
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

fn answer(world: &mut World, answer: Answer, entries: Vec<Entry>) -> Prompt {
    let answer = Answer { entries, ..answer };
    world.served.insert(format!("{URL}/access-history"), fetched(200, &json!(answer)));
    world.drive(Intent::FetchAccess)
}

/// Which size the wallet named when it asked last.
fn named(world: &World) -> Option<u64> {
    let request: Value = serde_json::from_str(world.posted.last().unwrap()).unwrap();
    request["size"].as_u64()
}

fn told(world: &World) -> usize {
    let entries = world.wallet.access(world.now).unwrap();
    assert!(entries.iter().all(Result::is_ok), "{entries:?}");
    entries.len()
}

fn taken(prompt: Prompt) {
    assert!(matches!(prompt, Prompt::AccessFetched), "{prompt:?}");
}

#[test]
fn an_older_or_another_log_is_refused() {
    for quorum in [0, 1] {
        let mut world = world(quorum);
        taken(answer(&mut world, told_of(0, 5, &TRUE, true), vec![entry(1), entry(2)]));
        assert_eq!(named(&world), None);
        let kept = world.kept.clone();
        let forked = History { branch: 0x80, fork: 4 };
        let unproven = Answer { consistency: Vec::new(), ..told_of(5, 6, &TRUE, true) };
        for (name, told_now) in [
            ("older", told_of(4, 4, &TRUE, true)),
            ("another of the same size", told_of(5, 5, &OTHER, true)),
            ("older, not cosigned", told_of(4, 4, &TRUE, false)),
            ("another, not cosigned", told_of(5, 5, &OTHER, false)),
            ("another that has grown", told_of(5, 7, &OTHER, true)),
            ("forked before, and grown", told_of(5, 7, &forked, true)),
            ("grown, and not shown to be", unproven),
            ("none", Answer::default()),
        ] {
            let prompt = answer(&mut world, told_now, vec![entry(1)]);
            assert_eq!(code_of(prompt), "access-log-rollback", "{quorum}: {name}");
            assert_eq!(world.wallet.holdings(), &kept, "{quorum}: {name}: what was kept stays");
            assert_eq!((named(&world), told(&world)), (Some(5), 2), "{quorum}: {name}");
        }
        taken(answer(&mut world, told_of(5, 5, &TRUE, true), vec![entry(1), entry(2)]));
        taken(answer(&mut world, told_of(5, 6, &TRUE, true), vec![entry(1), entry(2), entry(3)]));
        assert_eq!((told(&world), world.wallet.holdings()), (3, &world.kept));
        // What is told no longer by a log that goes on was erased: nobody is accused by a clock.
        taken(answer(&mut world, told_of(6, 9, &TRUE, true), vec![entry(2)]));
        assert_eq!(told(&world), 1);
    }
}

/// By the device's clock alone nobody is accused, and nothing vanishes without a word either.
#[test]
fn an_entry_that_is_told_no_longer_is_noticed_until_its_time_is_over() {
    let mut world = world(0);
    let hours =
        |world: &World, now| world.wallet.access_gone(now).iter().map(|gone| gone.hour).collect::<Vec<_>>();
    taken(answer(&mut world, told_of(0, 5, &TRUE, true), vec![entry(1), entry(2)]));
    assert!(hours(&world, world.now).is_empty());
    taken(answer(&mut world, told_of(5, 6, &TRUE, true), vec![entry(2)]));
    let hour = entry(1).leaf().unwrap().hour_begins();
    assert_eq!(hours(&world, world.now), [hour]);
    taken(answer(&mut world, told_of(6, 7, &TRUE, true), vec![entry(2)]));
    assert_eq!(hours(&world, world.now), [hour], "also at the next look");
    assert!(hours(&world, hour.plus(Seconds::days(5 * 365))).is_empty(), "then it may be erased");
    taken(answer(&mut world, told_of(7, 8, &TRUE, true), vec![entry(1), entry(2)]));
    assert!(hours(&world, world.now).is_empty(), "it is back");
}

/// The last checkpoint that was vouched for may be older than what is known, where the newest is not.
#[test]
fn the_newest_checkpoint_counts_too() {
    let mut world = world(0);
    taken(answer(&mut world, told_of(0, 8, &TRUE, false), vec![entry(1)]));
    let grown = told_of(8, 9, &TRUE, false);
    let newest = Answer { checkpoint: checkpoint(6, &TRUE, true), newest: grown.checkpoint.clone(), ..grown };
    taken(answer(&mut world, newest, vec![entry(1)]));
}

/// Where witnesses are asked to vouch, what they did not vouch for neither binds the log nor unbinds it.
#[test]
fn only_what_is_vouched_for_binds() {
    let mut world = world(1);
    taken(answer(&mut world, told_of(0, 9, &TRUE, false), vec![entry(1)]));
    taken(answer(&mut world, told_of(0, 5, &TRUE, true), vec![entry(1)]));
    taken(answer(&mut world, told_of(5, 7, &TRUE, false), vec![entry(1)]));
    assert_eq!(
        code_of(answer(&mut world, told_of(4, 4, &TRUE, true), vec![entry(1)])),
        "access-log-rollback"
    );
}

/// A vault of before kept no highest checkpoint; what it fetched says it.
#[test]
fn an_older_vault_opens_and_knows_how_far_the_log_was() {
    let mut world = world(1);
    taken(answer(&mut world, told_of(0, 5, &TRUE, true), vec![entry(1)]));
    let mut vault = serde_json::to_value(&world.kept).unwrap();
    let access = vault["access"].as_object_mut().unwrap();
    assert!(access.remove("highest").is_some(), "{access:?}");
    let files = world.wallet.bundle_files().cloned();
    world.wallet = Wallet::open(serde_json::from_value(vault).unwrap(), files);
    assert_eq!(code_of(answer(&mut world, told_of(4, 4, &TRUE, true), Vec::new())), "access-log-rollback");
    assert_eq!(told(&world), 1);
}

/// An entry that the issuer cannot open is told beside the others.
#[test]
fn an_altered_entry_hides_no_other() {
    let mut world = world(1);
    let closed = Entry::closed("audit", &entry(2).leaf().unwrap(), None);
    taken(answer(&mut world, told_of(0, 5, &TRUE, true), vec![entry(1), closed]));
    let entries = world.wallet.access(world.now).unwrap();
    assert!(entries[0].is_ok() && entries[1] == Err(AccessError::Closed), "{entries:?}");
}

#[test]
fn a_card_of_a_distrusted_key_is_told_to_be_replaced() {
    let mut world = world(1);
    let refused = fetched(403, &json!({ "code": "access-history-distrusted" }));
    world.served.insert(format!("{URL}/access-history"), refused);
    assert_eq!(code_of(world.drive(Intent::FetchAccess)), "access-card-distrusted");
}

/// Two adults on one phone: each asks with their own card, and what is told of one is never missed by the other.
#[test]
fn each_adult_asks_with_their_own_card() {
    let mut world = world(0);
    world.issuer.person = 2;
    world.codes = vec![super::world::CODE];
    world.agree = true;
    let prompt = world.receive();
    assert!(matches!(prompt, Prompt::Received(_)), "{prompt:?}");
    let askers = world.wallet.askers(world.now);
    let [(second, _), (first, name)] = askers.as_slice() else { panic!("{askers:?}") };
    let (second, first, name) = (second.clone(), first.clone(), name.clone());
    let ask = |world: &mut World, card: &CardId, told_now: Answer, entries| {
        let told_now = Answer { entries, ..told_now };
        world.served.insert(format!("{URL}/access-history"), fetched(200, &json!(told_now)));
        world.drive(Intent::FetchAccessBy { card: card.clone() })
    };
    taken(ask(&mut world, &first, told_of(0, 5, &TRUE, true), vec![entry(1), entry(2)]));
    let whose = |world: &World| world.wallet.holdings().access.clone().unwrap().of;
    let of_first = whose(&world);
    assert_eq!(world.wallet.access_of(world.now), name);
    taken(ask(&mut world, &second, told_of(5, 6, &TRUE, true), Vec::new()));
    assert_eq!((named(&world), told(&world)), (Some(5), 0), "the log is one for both");
    assert!(world.wallet.access_gone(world.now).is_empty(), "the other's entries are not missed");
    assert_ne!(whose(&world), of_first);
    // Back to the first, whose entries were kept; without an answer, too.
    world.served.insert(format!("{URL}/access-history"), fetched(503, &json!({})));
    let _ = world.drive(Intent::FetchAccessBy { card: first.clone() });
    assert_eq!((told(&world), whose(&world)), (2, of_first));
    taken(ask(&mut world, &first, told_of(6, 7, &TRUE, true), vec![entry(2)]));
    assert_eq!(world.wallet.access_gone(world.now).len(), 1);
    // The key that signed is that of who asked.
    let request: Value = serde_json::from_str(world.posted.last().unwrap()).unwrap();
    let shown = request["presentation"].as_str().unwrap().split('~').next().unwrap();
    let card = world.kept.cards.iter().find(|card| card.id == first).unwrap();
    assert_eq!(card.copies[0].credential.split('~').next().unwrap(), shown);
    assert_eq!(world.kept.access_of_others.len(), 1);
}
