//! Acts and leaves are counted against each other: neither stands alone unnoticed.

use std::path::Path;

use absah_host::Exit;
use absah_issuer::STORE_FILE;
use serde_json::Value;
use sqlx::{Connection as _, SqliteConnection};

use crate::desk::Desk;

/// A town in which an act of every class was done.
async fn busy() -> Desk {
    let desk = Desk::open().await;
    for kind in ["KtpElektronik", "KartuKeluarga"] {
        crate::copies(&desk, kind, "dc", 2).await;
    }
    let nik = Desk::grown_up();
    let access_key = desk.place.path().join("key.json");
    let jwk = absah_testkit::key(77).public_key().to_jwk();
    std::fs::write(&access_key, serde_json::to_string(&jwk).unwrap()).unwrap();
    let key = access_key.to_str().unwrap();
    let bundle = desk.place.path().join("bundle");
    let witness = absah_ledger::NoteSigner::new(
        "saksi.example",
        absah_ledger::note::Algorithm::CosignatureV1,
        &absah_types::Secret::new([8; 32]),
    );
    let vkey = witness.unwrap().public().to_string();
    for words in [
        vec!["suspend", "--nik", &nik, "--credential", "KtpElektronik"],
        vec!["unsuspend", "--nik", &nik, "--credential", "KtpElektronik"],
        vec!["revoke", "--nik", &nik, "--credential", "KartuKeluarga"],
        vec!["person", "show", "--nik", &nik, "--purpose", "Cetak ulang KTP"],
        vec!["counter", "register", "--access-key", key],
        vec!["counter", "register", "--access-key", key],
        vec!["bundle", "publish", bundle.to_str().unwrap()],
        vec!["trust", "rotate", "status", "--now"],
        vec!["trust", "distrust", "status-1", "--after", "2026-01-01T00:00:00Z", "--reason", "uji"],
        vec!["ledger", "witness", "add", "https://saksi.example", &vkey],
        vec!["ledger", "witness", "add", "https://lain.example", &vkey],
        vec!["ledger", "witness", "remove", "saksi.example"],
        vec!["operator", "invite", "--login", "siti", "--name", "Siti Aminah", "--role", "pendaftar"],
    ] {
        let (exit, answer) = desk.command(&words).await;
        assert_eq!(exit, Exit::Ok, "{words:?}: {answer}");
    }
    let (exit, whole) = desk.command(&["ledger", "reconcile"]).await;
    assert_eq!((exit, &whole["code"], &whole["issued"]), (Exit::Ok, &"ok".into(), &2.into()), "{whole}");
    for class in ["issuance", "status-change", "data-access", "operator", "policy", "certificate", "bundle"] {
        let of = &whole["classes"][class];
        assert!(of["acts"].as_u64() > Some(0) && of["acts"] == of["leaves"], "{class}: {whole}");
    }
    desk
}

/// What the reconciliation says after somebody with the file did this to it.
async fn spoiled(desk: &Desk, spoil: &str) -> (Exit, Value) {
    spoil_file(&desk.data(), spoil).await;
    desk.command(&["ledger", "reconcile"]).await
}

/// The same of a copy: the desk stays as it is.
async fn after(desk: &Desk, spoil: &str) -> (Exit, Value) {
    let place = tempfile::tempdir_in(absah_testkit::folder_in_memory()).unwrap();
    let (data, clock) = (place.path().join("data"), desk.clock.clone());
    copy(&desk.data(), &data);
    spoil_file(&data, spoil).await;
    let run = move || crate::desk::command(&data, &clock, 4000, &["ledger", "reconcile"]);
    tokio::task::spawn_blocking(run).await.unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    std::fs::set_permissions(to, std::fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

async fn spoil_file(data: &Path, spoil: &str) {
    let url = format!("sqlite://{}", data.join(STORE_FILE).display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(spoil.to_owned())).execute(&mut connection).await.unwrap();
    assert!(done.rows_affected() > 0, "{spoil}");
}

/// Each is named with its class, and no other class is.
async fn named(desk: &Desk, spoil: &str, class: &str, code: &str) {
    let (exit, said) = after(desk, spoil).await;
    assert_eq!((exit, said["code"].as_str()), (Exit::Refused, Some(code)), "{spoil}: {said}");
    let (missing, other) = match code {
        "ledger-leaf-missing" => ("leaf_missing", "action_missing"),
        _ => ("action_missing", "leaf_missing"),
    };
    for (own, of) in said["classes"].as_object().unwrap() {
        let expected = (own == class, false);
        let found = (of[missing] != 0, of[other] != 0);
        assert_eq!(found, expected, "{spoil}: {own}: {said}");
    }
}

#[tokio::test]
async fn an_action_without_its_leaf_is_named_by_its_class() {
    let (leaf, desk) = ("ledger-leaf-missing", busy().await);
    for (spoil, class) in [
        ("DELETE FROM ledger_event WHERE id = (SELECT event FROM batch LIMIT 1)", "issuance"),
        ("DELETE FROM ledger_event WHERE act = 'suspend'", "status-change"),
        ("DELETE FROM ledger_event WHERE act = 'person-view'", "data-access"),
        ("DELETE FROM ledger_event WHERE act = 'operator-invite'", "operator"),
        ("DELETE FROM ledger_event WHERE act = 'counter-withdraw'", "policy"),
        ("DELETE FROM ledger_event WHERE act = 'status-token'", "status-token"),
        // Done past the program: no event, and no note of an act either.
        ("UPDATE copy SET status = 0 WHERE status = 1", "status-change"),
        // What is revoked turns valid without a change of its status as well.
        ("DELETE FROM copy WHERE status = 1", "status-change"),
        ("UPDATE copy SET idx = idx + 1000000 WHERE status = 1", "status-change"),
        ("REPLACE INTO copy SELECT list, idx, batch, 0 FROM copy WHERE status = 1", "status-change"),
        ("UPDATE counter SET withdrawn_at = 1 WHERE withdrawn_at IS NULL", "policy"),
        ("UPDATE signer SET distrusted_after = 1 WHERE key_id = 'key-1'", "policy"),
        ("INSERT INTO bundle (version, published_at) VALUES (9, 9)", "operator"),
        // What was recorded once is recorded so for ever.
        ("UPDATE batch SET issued_at = issued_at - 86400 WHERE id = (SELECT MAX(id) FROM batch)", "issuance"),
        (
            "UPDATE batch SET expires_at = expires_at + 86400 WHERE id = (SELECT MAX(id) FROM batch)",
            "issuance",
        ),
        (
            "REPLACE INTO batch (id, token, format, nik, kind, issued_at, expires_at, event)
          SELECT id, token, format, nik, kind, 1, expires_at, event FROM batch WHERE id = 1",
            "issuance",
        ),
        ("UPDATE ledger_event SET for_citizen = NULL WHERE act = 'person-view'", "erasure"),
        ("UPDATE ledger_event SET for_auditors = x'00' WHERE act = 'person-view'", "erasure"),
        ("UPDATE ledger_event SET subject = NULL WHERE act = 'person-view'", "erasure"),
        (
            "UPDATE ledger_event SET stored = NULL, for_citizen = NULL, for_auditors = NULL, subject = NULL
          WHERE act = 'person-view'",
            "erasure",
        ),
        ("UPDATE number SET value = 0 WHERE name = 'witness_quorum'", "policy"),
        ("REPLACE INTO number (name, value) VALUES ('witness_quorum', 0)", "policy"),
        (
            "INSERT INTO ledger_witness (name, vkey, url) VALUES ('saksi', 'saksi', 'https://a.example')",
            "policy",
        ),
        ("UPDATE counter SET jwt = jwt || 'x' WHERE withdrawn_at IS NULL", "policy"),
        ("UPDATE counter SET expires_at = expires_at + 1 WHERE withdrawn_at IS NULL", "policy"),
        (
            "UPDATE signer SET spki = (SELECT spki FROM signer WHERE key_id = 'status-1') WHERE key_id = 'key-1'",
            "policy",
        ),
        ("DELETE FROM identity", "policy"),
        ("UPDATE ca_certificate SET certificate = x'00' WHERE kind = 'issuing'", "certificate"),
        ("DELETE FROM ca_certificate WHERE kind = 'issuing'", "certificate"),
        (
            "REPLACE INTO ca_certificate SELECT kind, generation, x'00', made_at, active_from FROM ca_certificate",
            "certificate",
        ),
        ("UPDATE signer_certificate SET certificate = x'00'", "certificate"),
        ("UPDATE root_document SET json = x'00'", "bundle"),
        ("UPDATE operator SET role = 'admin'", "operator"),
        (
            "INSERT INTO operator (handle, login, name, role, made_at) VALUES (x'00', 'budi', 'Budi', 'admin', 1)",
            "operator",
        ),
        ("PRAGMA foreign_keys = OFF; DELETE FROM operator", "operator"),
        (
            "INSERT INTO operator_passkey (credential, operator, passkey, label, added_at) VALUES (x'00', 1, '{}', '', 1)",
            "operator",
        ),
        ("UPDATE operator SET password = 'x'", "operator"),
        ("DELETE FROM counter WHERE withdrawn_at IS NULL", "policy"),
        ("DELETE FROM bundle", "operator"),
        // A deletion pays for nothing that is put in or changed past the program.
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM counter WHERE withdrawn_at IS NOT NULL;
             UPDATE signer SET distrusted_after = 1 WHERE key_id = 'key-1'",
            "policy",
        ),
        (
            "CREATE TEMP TABLE x AS SELECT * FROM counter WHERE withdrawn_at IS NOT NULL;
             DELETE FROM counter WHERE withdrawn_at IS NOT NULL; UPDATE x SET withdrawn_at = NULL;
             INSERT INTO counter SELECT * FROM x",
            "policy",
        ),
        (
            "DELETE FROM bundle WHERE version = 1;
             INSERT INTO operator (handle, login, name, role, made_at) VALUES (x'00', 'm', 'M', 'admin', 1)",
            "operator",
        ),
        // Issuing past the program: another batch under an event that stands, more copies, another holder.
        (
            "INSERT INTO batch (id, token, format, nik, kind, issued_at, expires_at, event)
             SELECT 50, token, 'x', nik, kind, issued_at, expires_at, event FROM batch WHERE id = 1",
            "issuance",
        ),
        ("INSERT INTO copy SELECT list, idx + 1000000, batch, 0 FROM copy WHERE batch = 1", "issuance"),
        (
            "PRAGMA foreign_keys = OFF; CREATE TEMP TABLE x AS SELECT * FROM batch WHERE id = 1;
             DELETE FROM batch WHERE id = 1; UPDATE x SET nik = '3502036504620001'; INSERT INTO batch SELECT * FROM x",
            "issuance",
        ),
        ("UPDATE person SET cid = randomblob(length(cid)) WHERE lookup = (SELECT MIN(lookup) FROM person)", "policy"),
        // With the note gone as well, what was changed still tells.
        (
            "DELETE FROM ledger_event WHERE act = 'revoke'; DELETE FROM act WHERE act = 'revoke'",
            "status-change",
        ),
    ] {
        named(&desk, spoil, class, leaf).await;
    }
    let other = "UPDATE batch SET event = (SELECT id FROM ledger_event WHERE act <> 'issue' LIMIT 1)
                 WHERE id = (SELECT MAX(id) FROM batch)";
    named(&desk, other, "issuance", leaf).await;
}

#[tokio::test]
async fn a_leaf_without_its_action_is_named_by_its_class() {
    let (action, desk) = ("ledger-action-missing", busy().await);
    for (spoil, class) in [
        ("PRAGMA foreign_keys = OFF; DELETE FROM batch WHERE id = (SELECT MAX(id) FROM batch)", "issuance"),
        ("DELETE FROM act WHERE act = 'person-view'", "data-access"),
        ("DELETE FROM act WHERE act = 'registration'", "registration"),
        ("DELETE FROM act WHERE act = 'status-token'", "status-token"),
        // A leaf that says another class than its act.
        (
            "UPDATE ledger_event SET leaf = CAST(substr(leaf, 1, 1) || x'04' || substr(leaf, 3) AS BLOB)
             WHERE act = 'person-view'",
            "data-access",
        ),
        (
            "INSERT INTO ledger_event (id, log, act, leaf)
             SELECT randomblob(16), log, act, leaf FROM ledger_event WHERE act = 'quorum' OR act = 'witness-add' LIMIT 1",
            "policy",
        ),
    ] {
        named(&desk, spoil, class, action).await;
    }
}

/// With the note of its act gone too, an event leaves its number, its leaf or its hash.
#[tokio::test]
async fn an_event_that_is_gone_or_altered_is_found_by_the_tree() {
    let (gone, altered, desk) = ("ledger-event-gone", "ledger-event-altered", busy().await);
    let view = "(SELECT id FROM ledger_event WHERE act = 'person-view')";
    let both = |which: &str| {
        format!("DELETE FROM act WHERE event = {which}; DELETE FROM ledger_event WHERE id = {which}")
    };
    for (spoil, code) in [
        (both(view), gone),
        // Its number is forgotten as well: its leaf stands in the tree.
        (format!("{}; UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'ledger_event'", both(view)), gone),
        (
            "UPDATE ledger_event SET leaf = CAST(substr(leaf, 1, 95) || x'00' AS BLOB) WHERE act = 'person-view'"
                .to_owned(),
            altered,
        ),
    ] {
        let (exit, said) = after(&desk, &spoil).await;
        assert_eq!((exit, said["code"].as_str()), (Exit::Refused, Some(code)), "{spoil}: {said}");
    }
}

/// The newest events wait for their place in the log: they are missed all the same.
#[tokio::test]
async fn an_event_that_is_gone_before_it_had_a_place_is_found_by_its_number() {
    let desk = busy().await;
    let spoil = "INSERT INTO ledger_event (id, log, act, leaf) SELECT randomblob(16), log, act, leaf FROM ledger_event LIMIT 1;
                 DELETE FROM ledger_event WHERE seq = (SELECT MAX(seq) FROM ledger_event)";
    let (exit, said) = spoiled(&desk, spoil).await;
    assert_eq!((exit, said["code"].as_str()), (Exit::Refused, Some("ledger-event-gone")), "{said}");
    assert_eq!(said["events_gone"], 1, "{said}");
}

/// A status that no act changed is told, and what was revoked lawfully is published all the same.
#[tokio::test]
async fn publishing_goes_on_and_tells_of_statuses_that_no_act_changed() {
    for spoil in ["DELETE FROM copy WHERE status = 1", "UPDATE copy SET status = 0 WHERE status = 1"] {
        let desk = busy().await;
        let bundle = desk.place.path().join("bundle");
        let publish = ["bundle", "publish", bundle.to_str().unwrap()];
        let (exit, said) = desk.command(&publish).await;
        assert_eq!((exit, &said["statuses_changed_without_act"]), (Exit::Ok, &0.into()), "{said}");
        let (exit, _) = spoiled(&desk, spoil).await;
        assert_eq!(exit, Exit::Refused, "{spoil}");
        let (exit, said) = desk.command(&publish).await;
        assert_eq!(exit, Exit::Ok, "{spoil}: {said}");
        assert!(said["statuses_changed_without_act"].as_u64() > Some(0), "{spoil}: {said}");
    }
}

/// An act whose note is gone leaves what it changed behind as well: both are told.
#[tokio::test]
async fn a_note_that_is_gone_is_told_with_the_rows_that_it_changed() {
    let desk = busy().await;
    for (spoil, class) in [
        ("DELETE FROM act WHERE act = 'operator-invite'", "operator"),
        ("DELETE FROM act WHERE act = 'certificate'", "certificate"),
    ] {
        let (exit, said) = after(&desk, spoil).await;
        assert_eq!(
            (exit, said["code"].as_str()),
            (Exit::Refused, Some("ledger-leaf-missing")),
            "{spoil}: {said}"
        );
        let of = &said["classes"][class];
        assert!(of["leaf_missing"].as_u64() > Some(0) && of["action_missing"].as_u64() > Some(0), "{said}");
    }
}
