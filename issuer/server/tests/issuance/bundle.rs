//! The keys of the trust bundle: which of them a publication needs.

use std::path::Path;

use absah_host::{Exit, FolderLimits, read_folder};
use absah_testkit::key;
use absah_trust::{Anchor, Bundle, TrustedState};
use absah_types::{Clock as _, Seconds, hex};
use serde_json::Value;

use crate::desk::Desk;

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
    let (exit, refused) = publish(&desk, &[]).await;
    assert_eq!((exit, code(&refused)), (Exit::Refused, "bundle-offline-keys-missing"));
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
    assert_eq!(code(&refused), "bundle-offline-keys-missing");
}
