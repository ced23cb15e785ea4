use absah_credential::{Format, SignerHint};
use absah_crypto::{PrivateKey, PublicKey};
use absah_ledger::leaf::{commitment, hour};
use absah_ledger::merkle::{Tree, leaf_hash};
use absah_ledger::note::{Algorithm, NoteSigner};
use absah_ledger::policy::{LogEntry, WitnessEntry};
use absah_ledger::{Checkpoint, Leaf, LeafClass, LedgerPolicy, Proof, cosignature};
use absah_trust::sample::URL;
use absah_types::{Coded as _, Seconds, Secret, Timestamp, base64url};
use serde_json::{Value, json};

use super::{AccessHistory, AccessHistoryExpectation, AccessHistoryRequest, Entry};
use crate::fixtures::{Dice, NOW, World, card};
use crate::oid4vci::issuer::NonceKey;
use crate::{IssuerId, UrlRules};

fn nonces(seed: u8) -> NonceKey {
    NonceKey::new(Secret::new([seed; 32]))
}

struct Office {
    world: World,
    issuer: IssuerId,
    holder: PrivateKey,
}

impl Office {
    fn new() -> Self {
        let issuer = IssuerId::parse(URL, UrlRules::HttpsOnly).unwrap();
        Self { world: World::new(), issuer, holder: PrivateKey::generate(&mut Dice(5)) }
    }

    fn presentation(&self, format: Format, aud: &str, nonce: &str, iat: Timestamp) -> String {
        let held = card(&self.world.city, format, &self.holder);
        let prepared = held.select(&[]).unwrap().bind(aud, nonce, iat);
        let signature = self.holder.sign(prepared.to_be_signed());
        prepared.attach(signature)
    }

    fn check(&self, presentation: String, now: Timestamp) -> Result<super::Asked, &'static str> {
        let key: PublicKey = self.world.city.credential_key.public_key().clone();
        let resolve = |_: &SignerHint<'_>| Some(key.clone());
        let expected =
            AccessHistoryExpectation { issuer: &self.issuer, nonces: &nonces(1), now, resolve: &resolve };
        let body = AccessHistoryRequest::new(presentation).to_value().to_string();
        AccessHistoryRequest::parse(body.as_bytes())
            .and_then(|request| request.check(&expected))
            .map_err(|error| error.code())
    }
}

#[test]
fn possession_is_shown_and_nothing_else() {
    let office = Office::new();
    for format in Format::ALL {
        let nonce = nonces(1).issue(NOW, &mut Dice(9));
        let presentation = office.presentation(format, office.issuer.as_str(), &nonce, NOW);
        assert_eq!(presentation.matches('~').count(), 1, "no disclosure");
        let asked = office.check(presentation, NOW).unwrap();
        assert_eq!((asked.nonce, asked.status.idx), (nonce, 4));
    }
}

#[test]
fn hostile_requests() {
    let office = Office::new();
    let own = office.issuer.as_str();
    let nonce = nonces(1).issue(NOW, &mut Dice(9));
    let later = NOW.plus(Seconds(299));
    let present =
        |aud: &str, nonce: &str, iat: Timestamp| office.presentation(Format::DcSdJwt, aud, nonce, iat);
    let good = present(own, &nonce, NOW);
    let (card, key_binding) = good.rsplit_once('~').unwrap();
    let stranger = PrivateKey::generate(&mut Dice(6));
    let held = crate::fixtures::card(&office.world.city, Format::DcSdJwt, &office.holder);
    let prepared = held.select(&[]).unwrap().bind(own, &nonce, NOW);
    let signature = stranger.sign(prepared.to_be_signed());
    for (what, presentation, now, code) in [
        ("another audience", present("https://loket.example", &nonce, NOW), NOW, "key-binding-audience"),
        (
            "somebody else's nonce",
            present(own, &nonces(2).issue(NOW, &mut Dice(9)), NOW),
            NOW,
            "c-nonce-unknown",
        ),
        ("no nonce", present(own, "", NOW), NOW, "c-nonce-unknown"),
        ("an old nonce", good.clone(), NOW.plus(Seconds(301)), "c-nonce-expired"),
        ("signed before the nonce", present(own, &nonce, NOW.minus(Seconds(2))), later, "key-binding-too-old"),
        ("a fast clock", present(own, &nonce, NOW.plus(Seconds(301))), NOW, "key-binding-in-future"),
        ("no key binding", format!("{card}~"), NOW, "key-binding-missing"),
        ("another's key", prepared.attach(signature), NOW, "key-binding-signature"),
        ("no card", key_binding.to_owned(), NOW, "sd-jwt-no-tilde"),
    ] {
        assert_eq!(office.check(presentation, now), Err(code), "{what}");
    }
    for body in ["", "[]", "{}", r#"{"presentation":1}"#, r#"{"presentation":"a","presentation":"b"}"#] {
        assert_eq!(
            AccessHistoryRequest::parse(body.as_bytes()).unwrap_err().code(),
            "access-history-malformed",
            "{body}"
        );
    }
    let long = json!({ "presentation": "x".repeat(super::MAX_REQUEST) }).to_string();
    assert_eq!(AccessHistoryRequest::parse(long.as_bytes()).unwrap_err().code(), "access-history-malformed");
}

struct Log {
    log: NoteSigner,
    witnesses: Vec<NoteSigner>,
}

impl Log {
    fn new() -> Self {
        let signer =
            |name: &str, algorithm, seed| NoteSigner::new(name, algorithm, &Secret::new([seed; 32])).unwrap();
        let witnesses =
            (0..3).map(|n| signer(&format!("saksi-{n}.example"), Algorithm::CosignatureV1, 10 + n)).collect();
        Self { log: signer("absah.example/audit", Algorithm::Ed25519, 1), witnesses }
    }

    fn policy(&self) -> LedgerPolicy {
        let vkey = |signer: &NoteSigner| signer.public().to_string();
        let log = LogEntry {
            name: "audit".to_owned(),
            url: "https://absah.example/ledger/audit/".to_owned(),
            vkey: vkey(&self.log),
        };
        let witnesses = self.witnesses.iter().map(|witness| WitnessEntry { vkey: vkey(witness) }).collect();
        LedgerPolicy { logs: vec![log], witnesses, quorum: 2 }
    }

    /// An entry at index 1 of 3, co-signed by so many.
    fn entry(&self, event: &Value, change: impl Fn(&mut Leaf), cosigned_by: usize) -> Entry {
        let event = crate::json::canonical(event);
        let r = [3; 32];
        let mut leaf = Leaf {
            class: LeafClass::DataAccess,
            hour: hour(NOW),
            event_id: [7; 16],
            commitment: commitment(&r, &event),
            stored_sha256: [9; 32],
        };
        change(&mut leaf);
        let leaves = [leaf_hash(b"a"), leaf.hash(), leaf_hash(b"c")];
        let mut tree = Tree::default();
        leaves.iter().for_each(|leaf| tree.push(*leaf, |_, _, _| ()));
        let checkpoint = Checkpoint { origin: "absah.example/audit".to_owned(), size: 3, root: tree.root() };
        let mut note = checkpoint.sign(&self.log).unwrap();
        for witness in self.witnesses.iter().take(cosigned_by) {
            note.add(cosignature::cosign(note.text(), witness, NOW).unwrap());
        }
        let proof = Proof { index: 1, path: vec![leaves[0], leaves[2]], checkpoint: note };
        Entry {
            log: "audit".to_owned(),
            index: 1,
            event,
            r,
            leaf: leaf.to_bytes().to_vec(),
            proof: proof.to_string(),
        }
    }
}

fn event() -> Value {
    json!({
        "v": 1,
        "id": base64url::encode([7; 16]),
        "at": NOW.unix(),
        "act": "person-view",
        "actor": "LOCAL",
        "object": "resident",
        "purpose": "Cetak ulang KTP",
        "subject": "3577010101900001",
    })
}

#[test]
fn an_entry_is_final_pending_or_refused() {
    let log = Log::new();
    for (cosigned, is_final) in [(0, false), (1, false), (2, true), (3, true)] {
        let history = AccessHistory { entries: vec![log.entry(&event(), |_| (), cosigned)], left_out: 2 };
        let read = AccessHistory::parse(history.to_value().to_string().as_bytes()).unwrap();
        assert_eq!(read, history);
        let checked = read.entries[0].check(&log.policy()).unwrap();
        assert_eq!((checked.is_final, checked.cosigned_by.len(), checked.index), (is_final, cosigned, 1));
        assert_eq!((checked.event.at, checked.event.act.as_str()), (NOW, "person-view"));
        assert_eq!(checked.event.purpose.as_deref(), Some("Cetak ulang KTP"));
        assert_eq!(checked.event.subject.unwrap().to_string(), "3577010101900001");
    }
}

#[test]
fn hostile_entries() {
    let log = Log::new();
    let good = log.entry(&event(), |_| (), 3);
    let with = |name: &str, value: Value| {
        let mut event = event();
        event[name] = value;
        log.entry(&event, |_| (), 3)
    };
    let mut cases: Vec<(&str, Entry, &str)> = vec![
        ("another hour", log.entry(&event(), |leaf| leaf.hour += 1, 3), "access-entry-event"),
        ("another id", log.entry(&event(), |leaf| leaf.event_id = [8; 16], 3), "access-entry-event"),
        ("another version", with("v", json!(2)), "access-entry-malformed"),
        ("no number", with("subject", json!("12")), "access-entry-malformed"),
        ("no text", with("purpose", json!(7)), "access-entry-malformed"),
    ];
    let changed = |change: &dyn Fn(&mut Entry)| {
        let mut entry = good.clone();
        change(&mut entry);
        entry
    };
    cases.extend([
        ("unknown log", changed(&|entry| entry.log = "lain".to_owned()), "ledger-log-unknown"),
        ("another event", changed(&|entry| entry.event[5] ^= 1), "access-entry-commitment"),
        ("another r", changed(&|entry| entry.r[0] ^= 1), "access-entry-commitment"),
        ("cut leaf", changed(&|entry| entry.leaf.truncate(95)), "ledger-leaf-malformed"),
        ("another leaf", changed(&|entry| entry.leaf[95] ^= 1), "ledger-proof-mismatch"),
        ("another place", changed(&|entry| entry.index = 0), "access-entry-index"),
        (
            "a proof for another place",
            changed(&|entry| {
                entry.index = 0;
                entry.proof = entry.proof.replace("index 1", "index 0");
            }),
            "ledger-proof-mismatch",
        ),
        ("no proof", changed(&|entry| entry.proof.clear()), "tlog-proof-malformed"),
    ]);
    for (what, entry, code) in cases {
        assert_eq!(entry.check(&log.policy()).unwrap_err().code(), code, "{what}");
    }
    let forger = NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([2; 32])).unwrap();
    let forged = Log { log: forger, witnesses: Log::new().witnesses }.entry(&event(), |_| (), 3);
    assert_eq!(forged.check(&log.policy()).unwrap_err().code(), "note-unsigned");

    let twice = AccessHistory { entries: vec![good.clone(), good], left_out: 0 };
    assert_eq!(
        AccessHistory::parse(twice.to_value().to_string().as_bytes()).unwrap_err().code(),
        "access-entry-malformed"
    );
    for body in ["", "{}", r#"{"entries":{}}"#, r#"{"entries":[{}]}"#, r#"{"entries":[1]}"#] {
        assert_eq!(
            AccessHistory::parse(body.as_bytes()).unwrap_err().code(),
            "access-entry-malformed",
            "{body}"
        );
    }
}
