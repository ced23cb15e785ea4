//! The keys of the trust bundle: which of them a publication needs.

use std::path::{Path, PathBuf};

use absah_credential::StatusReference;
use absah_credential::status_list::Status;
use absah_host::{Exit, FolderLimits, read_folder};
use absah_issuer::STORE_FILE;
use absah_testkit::key;
use absah_trust::{Anchor, Bundle, TrustedState};
use absah_types::{Clock as _, Seconds, hex};
use serde_json::Value;
use sqlx::{Connection as _, Row as _, SqliteConnection};

use crate::desk::{Desk, URL};

async fn publish(desk: &Desk, more: &[&str]) -> (Exit, Value) {
    let folder = desk.place.path().join("bundle");
    let words = [&["bundle", "publish", folder.to_str().unwrap()], more].concat();
    desk.command(&words).await
}

fn take(desk: &Desk, known: Option<&TrustedState>, root: &Value) -> (Bundle, TrustedState) {
    let files = read_folder(&desk.place.path().join("bundle"), FolderLimits::default()).unwrap();
    let root = hex::decode_array(root.as_str().unwrap()).unwrap();
    let anchor = known.map_or(Anchor::FirstRoot(root), Anchor::Trusted);
    Bundle::import(&files, anchor, desk.clock.now()).unwrap()
}

fn code(answer: &Value) -> &str {
    answer["error"]["code"].as_str().unwrap_or_default()
}

/// The data directory holds `keys/offline`, wherever the desk keeps it.
fn find(folder: &Path) -> Option<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    let here = folders.iter().find(|path| path.ends_with("keys/offline")).cloned();
    here.or_else(|| folders.iter().find_map(|path| find(path)))
}

#[tokio::test]
async fn a_routine_publication_needs_no_offline_key() {
    let desk = Desk::open().await;
    let (exit, first) = publish(&desk, &[]).await;
    assert_eq!((exit, &first["signed_offline"]), (Exit::Ok, &Value::from(true)), "{first}");
    let root = first["root_sha256"].clone();
    let (_, state) = take(&desk, None, &root);

    // The keys are carried away to two sticks.
    let there = find(desk.place.path()).unwrap();
    let [one, other] = ["stick-1", "stick-2"].map(|name| desk.place.path().join(name));
    std::fs::create_dir_all(&other).unwrap();
    std::fs::rename(&there, &one).unwrap();
    for name in ["targets-2.json", "targets-3.json"] {
        std::fs::rename(one.join(name), other.join(name)).unwrap();
    }
    desk.clock.advance(Seconds::days(1));
    let (exit, second) = publish(&desk, &[]).await;
    assert_eq!((exit, &second["signed_offline"]), (Exit::Ok, &Value::from(false)), "{second}");
    let (bundle, state) = take(&desk, Some(&state), &root);
    assert_eq!((bundle.version(), state.versions.targets, state.versions.status), (2, 1, Some(2)));

    // A counter more: two targets keys, no fewer.
    let access_key = desk.place.path().join("key.json");
    std::fs::write(&access_key, serde_json::to_string(&key(77).public_key().to_jwk()).unwrap()).unwrap();
    let words = ["counter", "register", "--access-key", access_key.to_str().unwrap()];
    assert_eq!(desk.command(&words).await.0, Exit::Ok);
    let [one, other] = [one.to_str().unwrap(), other.to_str().unwrap()];
    let (_, refused) = publish(&desk, &["--offline-keys", one]).await;
    assert_eq!(code(&refused), "bundle-offline-keys-missing", "one of two");
    let (exit, third) = publish(&desk, &["--offline-keys", one, other]).await;
    assert_eq!((exit, &third["signed_offline"]), (Exit::Ok, &Value::from(true)), "{third}");
    let (bundle, state) = take(&desk, Some(&state), &root);
    assert_eq!((bundle.version(), bundle.registry().listed().len()), (3, 1), "a refused one took no number");

    // The holder of a targets key leaves: the next targets document is signed by those who stay.
    let (_, shown) = desk.command(&["bundle", "keys", "show", "--offline-keys", one, other]).await;
    let leaving = shown["roles"]["targets"]["keys"][0]["key"].as_str().unwrap().to_owned();
    let fresh = desk.place.path().join("stick-3");
    let fresh = fresh.to_str().unwrap();
    let replace = ["bundle", "keys", "replace", &leaving[..8], "--out", fresh];
    let (_, refused) = desk.command(&replace).await;
    assert_eq!(code(&refused), "bundle-offline-keys-missing", "three root keys must agree");
    assert!(!Path::new(fresh).exists(), "no key was made");
    let (exit, shown) = desk.command(&[&replace[..], &["--offline-keys", one, other]].concat()).await;
    assert_eq!((exit, &shown["root_version"]), (Exit::Ok, &Value::from(2)), "{shown}");
    let names = shown["roles"]["targets"]["keys"].as_array().unwrap();
    assert!(names.len() == 3 && names.iter().all(|key| key["key"] != leaving.as_str()));
    let (exit, fourth) = publish(&desk, &["--offline-keys", one, other, fresh]).await;
    assert_eq!(exit, Exit::Ok, "{fourth}");
    let (_, state) = take(&desk, Some(&state), &root);
    assert_eq!((state.versions.root, state.versions.timestamp), (2, 4));

    let words = ["bundle", "keys", "replace", "0000000000", "--out", fresh, "--offline-keys", one];
    assert_eq!(code(&desk.command(&words).await.1), "bundle-key-unknown");
    let (exit, shown) = desk.command(&["bundle", "keys", "renew", "--offline-keys", one]).await;
    assert_eq!((exit, &shown["root_version"]), (Exit::Ok, &Value::from(3)), "{shown}");

    // What the offline keys signed has ended: status alone does not do any more.
    desk.clock.advance(Seconds::days(31));
    let (_, refused) = publish(&desk, &[]).await;
    assert_eq!(code(&refused), "bundle-targets-ended");
    let (_, refused) = publish(&desk, &["--offline-keys", one]).await;
    assert_eq!(code(&refused), "bundle-offline-keys-missing");
    let (exit, fifth) = publish(&desk, &["--offline-keys", one, other, fresh]).await;
    assert_eq!((exit, &fifth["version"]), (Exit::Ok, &Value::from(5)), "{fifth}");
    take(&desk, Some(&state), &root);
}

/// A desk that has published once and whose offline keys have then been carried away, to the folder answered.
async fn keys_away() -> (Desk, PathBuf, Value, TrustedState) {
    let desk = Desk::open().await;
    let (_, first) = publish(&desk, &[]).await;
    let root = first["root_sha256"].clone();
    let (_, state) = take(&desk, None, &root);
    let stick = desk.place.path().join("stick");
    std::fs::rename(find(desk.place.path()).unwrap(), &stick).unwrap();
    desk.later(Seconds::hours(1));
    (desk, stick, root, state)
}

async fn register(desk: &Desk, number: u64) -> String {
    let access_key = desk.place.path().join("key.json");
    let jwk = key(number).public_key().to_jwk();
    std::fs::write(&access_key, serde_json::to_string(&jwk).unwrap()).unwrap();
    let (exit, answer) =
        desk.command(&["counter", "register", "--access-key", access_key.to_str().unwrap()]).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
    answer["registration_id"].as_str().unwrap().to_owned()
}

/// Issues a card; where its status stands.
async fn card(desk: &Desk) -> StatusReference {
    let copy = crate::copies(desk, "KtpElektronik", "dc", 1).await;
    let text = copy[0]["credential"].as_str().unwrap();
    crate::verified(desk, text, &crate::issuer_key(desk).await).status().unwrap().clone()
}

fn status(bundle: &Bundle, reference: &StatusReference) -> Status {
    bundle.statuses().status(URL, reference, bundle.trust()).unwrap().status
}

async fn revoke(desk: &Desk) {
    let nik = Desk::grown_up();
    let (exit, answer) = desk.command(&["revoke", "--nik", &nik, "--credential", "KtpElektronik"]).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
}

async fn count(desk: &Desk, query: &str) -> i64 {
    let url = format!("sqlite://{}", desk.data().join(STORE_FILE).display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(query)).fetch_one(&mut connection).await.unwrap().get(0)
}

#[tokio::test]
async fn a_revocation_does_not_wait_for_offline_keys() {
    let (desk, stick, root, state) = keys_away().await;
    let reference = card(&desk).await;
    register(&desk, 77).await;
    let (exit, second) = publish(&desk, &[]).await;
    assert_eq!((exit, &second["offline_changes_waiting"]), (Exit::Ok, &Value::from(true)), "{second}");
    assert_eq!(second["signed_offline"], false);
    let (bundle, state) = take(&desk, Some(&state), &root);
    assert_eq!((bundle.version(), state.versions.targets, bundle.registry().listed().len()), (2, 1, 0));
    assert_eq!(status(&bundle, &reference), Status::Valid);

    revoke(&desk).await;
    desk.later(Seconds::hours(1));
    let (_, third) = publish(&desk, &[]).await;
    assert_eq!((&third["version"], &third["offline_changes_waiting"]), (&Value::from(3), &Value::from(true)));
    let (bundle, state) = take(&desk, Some(&state), &root);
    assert_eq!(status(&bundle, &reference), Status::Revoked);
    // The same over HTTP.
    let files = read_folder(&desk.place.path().join("bundle"), FolderLimits::default()).unwrap();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with("json")) {
        assert_eq!(desk.get(&format!("/bundle/{path}")).await.text.as_bytes(), bytes, "{path}");
    }

    let (_, fourth) = publish(&desk, &["--offline-keys", stick.to_str().unwrap()]).await;
    assert_eq!(
        (&fourth["signed_offline"], &fourth["offline_changes_waiting"]),
        (&true.into(), &false.into())
    );
    let (bundle, state) = take(&desk, Some(&state), &root);
    assert_eq!((bundle.registry().listed().len(), state.versions.targets), (1, 4));
    assert_eq!(status(&bundle, &reference), Status::Revoked);
    let (_, fifth) = publish(&desk, &[]).await;
    assert_eq!(fifth["offline_changes_waiting"], false);
    take(&desk, Some(&state), &root);
}

#[tokio::test]
async fn a_waiting_withdrawal_is_named_and_takes_nothing_back() {
    let (desk, stick, root, state) = keys_away().await;
    let (gone, stays) = (register(&desk, 77).await, register(&desk, 78).await);
    let (exit, _) = publish(&desk, &["--offline-keys", stick.to_str().unwrap()]).await;
    assert_eq!(exit, Exit::Ok);
    let (_, state) = take(&desk, Some(&state), &root);
    assert_eq!(desk.command(&["counter", "withdraw", &gone]).await.0, Exit::Ok);
    // Never published, so nobody believes it.
    let never = register(&desk, 79).await;
    assert_eq!(desk.command(&["counter", "withdraw", &never]).await.0, Exit::Ok);
    let (_, third) = publish(&desk, &[]).await;
    assert_eq!(third["withdrawals_waiting"], serde_json::json!([gone]), "{third}");
    assert_eq!(third["distrusts_waiting"], serde_json::json!([]));
    let (bundle, state) = take(&desk, Some(&state), &root);
    assert_eq!((bundle.registry().listed().len(), bundle.registry().is_withdrawn(&gone)), (2, false));

    let (_, fourth) = publish(&desk, &["--offline-keys", stick.to_str().unwrap()]).await;
    assert_eq!(fourth["withdrawals_waiting"], serde_json::json!([]));
    let (bundle, state) = take(&desk, Some(&state), &root);
    assert!(bundle.registry().is_withdrawn(&gone) && !bundle.registry().is_withdrawn(&stays));
    // What is published once stays so, whatever waits next.
    register(&desk, 80).await;
    let (_, fifth) = publish(&desk, &[]).await;
    assert_eq!(fifth["offline_changes_waiting"], true);
    let (bundle, _) = take(&desk, Some(&state), &root);
    assert!(bundle.registry().is_withdrawn(&gone));
}

#[tokio::test]
async fn status_goes_out_under_a_key_that_readers_know() {
    let (desk, stick, root, mut state) = keys_away().await;
    let reference = card(&desk).await;
    revoke(&desk).await;
    // Replaced at once, then distrusted, of every kind: readers know none of the new keys yet.
    let before = desk.clock.now().minus(Seconds::days(2)).to_string();
    for (role, first) in [("status", "status-1"), ("credential", "key-1"), ("registration", "registration-1")]
    {
        desk.later(Seconds::hours(1));
        assert_eq!(desk.command(&["trust", "rotate", role, "--now"]).await.0, Exit::Ok);
        let (exit, second) = publish(&desk, &[]).await;
        assert_eq!((exit, &second["offline_changes_waiting"]), (Exit::Ok, &true.into()), "{role}: {second}");
        let bundle;
        (bundle, state) = take(&desk, Some(&state), &root);
        assert_eq!(status(&bundle, &reference), Status::Revoked);
        let words = ["trust", "distrust", first, "--after", &before, "--reason", "uji"];
        assert_eq!(desk.command(&words).await.0, Exit::Ok);
        let (exit, third) = publish(&desk, &[]).await;
        assert_eq!(exit, Exit::Ok, "{role}: {third}");
        let named = third["distrusts_waiting"].as_array().unwrap();
        assert!(named.contains(&first.into()), "{third}");
        let bundle;
        (bundle, state) = take(&desk, Some(&state), &root);
        assert_eq!(status(&bundle, &reference), Status::Revoked);
    }
    let (exit, last) = publish(&desk, &["--offline-keys", stick.to_str().unwrap()]).await;
    assert_eq!((exit, &last["distrusts_waiting"]), (Exit::Ok, &serde_json::json!([])), "{last}");
    let (bundle, _) = take(&desk, Some(&state), &root);
    let distrusted = bundle.trust().issuers[0].keys.iter().filter(|key| key.distrusted_after.is_some());
    assert_eq!(distrusted.count(), 3);
    assert_eq!(status(&bundle, &reference), Status::Revoked);
}

#[tokio::test]
async fn a_root_that_the_kept_targets_do_not_hold_under_waits() {
    let (desk, stick, root, state) = keys_away().await;
    // Of the targets keys two leave: those who have signed.
    let stick = stick.to_str().unwrap();
    let (_, shown) = desk.command(&["bundle", "keys", "show", "--offline-keys", stick]).await;
    let fresh = desk.place.path().join("fresh");
    let fresh = fresh.to_str().unwrap();
    for leaving in [0, 1, 2] {
        let name = shown["roles"]["targets"]["keys"][leaving]["key"].as_str().unwrap().to_owned();
        let words = ["bundle", "keys", "replace", &name[..12], "--out", fresh, "--offline-keys", stick];
        assert_eq!(desk.command(&words).await.0, Exit::Ok);
    }
    let (exit, second) = publish(&desk, &[]).await;
    assert_eq!((exit, &second["offline_changes_waiting"]), (Exit::Ok, &true.into()), "{second}");
    assert_eq!(second["root_waiting"], true);
    let (_, state) = take(&desk, Some(&state), &root);
    assert_eq!((state.versions.root, state.versions.targets), (1, 1));
    let (exit, third) = publish(&desk, &["--offline-keys", stick, fresh]).await;
    assert_eq!((exit, &third["offline_changes_waiting"]), (Exit::Ok, &false.into()), "{third}");
    assert_eq!(third["root_waiting"], false);
    let (_, state) = take(&desk, Some(&state), &root);
    assert_eq!((state.versions.root, state.versions.targets), (4, 3));

    // Keys online are named by a root that goes out at once; that of status by a targets document that waits.
    for (role, waits) in [("timestamp", false), ("snapshot", false), ("status", true)] {
        desk.later(Seconds::hours(1));
        let words = ["bundle", "keys", "rotate", role, "--offline-keys", stick, fresh];
        assert_eq!(desk.command(&words).await.0, Exit::Ok, "{role}");
        let (exit, next) = publish(&desk, &[]).await;
        assert_eq!((exit, &next["offline_changes_waiting"]), (Exit::Ok, &waits.into()), "{role}: {next}");
        assert_eq!(next["root_waiting"], false, "{role}");
        take(&desk, Some(&state), &root);
    }
}

#[tokio::test]
async fn records_of_an_earlier_layout_take_the_files_from_the_bundle_itself() {
    let (desk, _stick, root, state) = keys_away().await;
    let forget = "DELETE FROM targets_file RETURNING 1";
    assert_eq!(count(&desk, forget).await, 1);
    register(&desk, 77).await;
    let (exit, second) = publish(&desk, &[]).await;
    assert_eq!((exit, &second["offline_changes_waiting"]), (Exit::Ok, &true.into()), "{second}");
    take(&desk, Some(&state), &root);
    assert_eq!(count(&desk, "SELECT COUNT(*) FROM targets_file").await, 5, "and keep them from now on");
    // Altered ones are none, and neither records nor folder have them.
    count(&desk, forget).await;
    let own = desk.data().join("bundle/targets");
    let policy = std::fs::read_dir(&own).unwrap().flatten().map(|entry| entry.path());
    let policy = policy.into_iter().find(|path| path.to_str().unwrap().ends_with("policy.json")).unwrap();
    std::fs::write(policy, "{}").unwrap();
    let (exit, refused) = publish(&desk, &[]).await;
    assert_eq!((exit, code(&refused)), (Exit::Refused, "bundle-offline-keys-missing"));
}

#[tokio::test]
async fn a_failed_publication_takes_no_number_and_leaves_no_trace() {
    let desk = Desk::open().await;
    let plain = desk.place.path().join("plain");
    std::fs::write(&plain, "x").unwrap();
    let link = desk.place.path().join("link");
    std::os::unix::fs::symlink(desk.place.path().join("elsewhere"), &link).unwrap();
    let public = "SELECT COUNT(*) FROM ledger_event WHERE for_auditors IS NULL AND for_citizen IS NULL";
    let acts = "SELECT COUNT(*) FROM ledger_event WHERE act = 'bundle-publish'";
    // The first ever, and a later one.
    for version in [1, 2] {
        let folders = [plain.join("in"), link.clone(), "/proc/bundle".into()];
        // Whatever a name needs once is written before.
        assert_eq!(desk.command(&["trust", "did-log"]).await.0, Exit::Ok);
        let before = count(&desk, public).await;
        for folder in &folders {
            let (exit, refused) = desk.command(&["bundle", "publish", folder.to_str().unwrap()]).await;
            assert_eq!(
                (exit, code(&refused)),
                (Exit::Environment, "file-unwritable"),
                "{}",
                folder.display()
            );
        }
        assert_eq!(count(&desk, public).await, before, "no leaf");
        assert_eq!(count(&desk, acts).await, version - 1);
        assert_eq!(desk.data().join("bundle").exists(), version > 1);
        let (exit, done) = publish(&desk, &[]).await;
        assert_eq!((exit, &done["version"]), (Exit::Ok, &version.into()), "{done}");
        assert_eq!(count(&desk, acts).await, version);
        assert!(count(&desk, public).await > before);
        take(&desk, None, &done["root_sha256"]);
        desk.later(Seconds::hours(1));
    }
    let left = std::fs::read_dir(desk.data()).unwrap().flatten();
    let left = left.filter(|entry| entry.file_name().to_str().unwrap().starts_with('.')).count();
    assert_eq!(left, 0, "nothing beside the folder");
}

#[tokio::test]
async fn a_first_publication_stopped_while_its_keys_were_made_goes_on() {
    let desk = Desk::open().await;
    let (exit, _) = publish(&desk, &[]).await;
    assert_eq!(exit, Exit::Ok);
    // As if it had been stopped after two root keys and one targets key, before anything was recorded.
    let offline = find(desk.place.path()).unwrap();
    for name in ["root-3", "root-4", "root-5", "targets-2", "targets-3"] {
        std::fs::remove_file(offline.join(format!("{name}.json"))).unwrap();
    }
    for table in ["root_document", "targets_document", "targets_file", "bundle"] {
        count(&desk, &format!("DELETE FROM {table} RETURNING 1")).await;
    }
    let (exit, again) = publish(&desk, &[]).await;
    assert_eq!((exit, &again["version"]), (Exit::Ok, &1.into()), "{again}");
    take(&desk, None, &again["root_sha256"]);
}

#[tokio::test]
async fn a_root_that_has_ended_is_not_published() {
    let desk = Desk::open().await;
    publish(&desk, &[]).await;
    desk.later(Seconds::days(366));
    for role in ["status", "credential", "registration"] {
        assert_eq!(desk.command(&["trust", "rotate", role, "--now"]).await.0, Exit::Ok);
    }
    let (exit, refused) = publish(&desk, &[]).await;
    assert_eq!((exit, code(&refused)), (Exit::Refused, "bundle-root-ended"));
    assert_eq!(desk.command(&["bundle", "keys", "renew"]).await.0, Exit::Ok);
    let (exit, done) = publish(&desk, &[]).await;
    assert_eq!((exit, &done["version"]), (Exit::Ok, &2.into()), "{done}");
}

fn copy(from: &Path, to: &Path) {
    let files = read_folder(from, FolderLimits::default()).unwrap();
    absah_host::write_folder(to, &files, absah_host::Mode::Public).unwrap();
}

#[tokio::test]
async fn a_version_that_was_recorded_and_never_shown_is_finished_or_told() {
    let desk = Desk::open().await;
    let (own, old) = (desk.data().join("bundle"), desk.place.path().join("old"));
    let (_, first) = publish(&desk, &[]).await;
    assert_eq!((&first["finished_version"], &first["unseen_version"]), (&Value::Null, &Value::Null));
    copy(&own, &old);
    desk.later(Seconds::hours(1));
    let (_, second) = publish(&desk, &[]).await;
    assert_eq!(second["version"], 2);
    // As if it had been killed between its record and the exchange: the new folder lies beside the old one.
    let mut dead = std::process::Command::new("true").spawn().unwrap();
    let process = dead.id();
    dead.wait().unwrap();
    let new = desk.place.path().join("new");
    copy(&own, &new);
    copy(&old, &own);
    copy(&new, &desk.data().join(format!(".bundle.{process}-0.tmp")));
    let (exit, third) = publish(&desk, &[]).await;
    assert_eq!((exit, &third["version"]), (Exit::Ok, &3.into()), "{third}");
    assert_eq!((&third["finished_version"], &third["unseen_version"]), (&2.into(), &Value::Null));
    take(&desk, None, &third["root_sha256"]);
    // And where it is gone.
    copy(&old, &own);
    let (exit, fourth) = publish(&desk, &[]).await;
    assert_eq!((exit, &fourth["version"]), (Exit::Ok, &4.into()), "{fourth}");
    assert_eq!((&fourth["finished_version"], &fourth["unseen_version"]), (&Value::Null, &3.into()));
    let (_, fifth) = publish(&desk, &[]).await;
    assert_eq!((&fifth["finished_version"], &fifth["unseen_version"]), (&Value::Null, &Value::Null));
}
