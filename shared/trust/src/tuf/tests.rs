use std::collections::BTreeMap;

use absah_types::{Coded, Seconds, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::bundle::Files;
use crate::sample::{Steady, key};

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);
const LIFE: Seconds = Seconds::days(7);

/// A repository whose documents can each be spoiled before the next one names it.
struct Maker {
    numbers: [u64; 5],
    expires: [Timestamp; 5],
    signers: [u8; 5],
    files: BTreeMap<String, Vec<u8>>,
    tokens: BTreeMap<String, Vec<u8>>,
    /// Changes the targets document before it is signed.
    targets: fn(&mut serde_json::Value),
}

impl Maker {
    fn new() -> Self {
        Self {
            numbers: [1, 3, 2, 2, 3],
            expires: [
                NOW.plus(life::ROOT),
                NOW.plus(LIFE),
                NOW.plus(LIFE),
                NOW.plus(life::TARGETS),
                NOW.plus(LIFE),
            ],
            signers: [1; 5],
            files: BTreeMap::from([("a.json".to_owned(), b"{}".to_vec())]),
            tokens: BTreeMap::from([("status/0.jwt".to_owned(), b"x.y.z".to_vec())]),
            targets: |_| (),
        }
    }

    fn sign(draft: Draft, seed: u8) -> Document {
        draft.sign(&Steady(key(seed))).unwrap().finish()
    }

    fn root(&self) -> Document {
        Self::sign(
            root(self.numbers[0], self.expires[0], &RootPlan::single(key(1).public_key())),
            self.signers[0],
        )
    }

    fn documents(&self) -> Vec<Document> {
        let [_, n_timestamp, n_snapshot, n_targets, n_status] = self.numbers;
        let status_key = key(1).public_key().clone();
        let mut draft = targets(n_targets, self.expires[3], &self.files, &[status_key]);
        (self.targets)(draft.dangerous_signed_mut());
        let targets = Self::sign(draft, self.signers[3]);
        let status = Self::sign(status(n_status, self.expires[4], &self.tokens), self.signers[4]);
        let snapshot =
            Self::sign(snapshot(n_snapshot, self.expires[2], &[&targets, &status]), self.signers[2]);
        let timestamp = Self::sign(timestamp(n_timestamp, NOW, self.expires[1], &snapshot), self.signers[1]);
        vec![self.root(), timestamp, snapshot, targets, status]
    }

    fn repository(&self) -> Files {
        assemble(&self.documents(), &self.all())
    }

    fn all(&self) -> BTreeMap<String, Vec<u8>> {
        self.files.clone().into_iter().chain(self.tokens.clone()).collect()
    }
}

fn first(files: &Files) -> Result<Refreshed, Refusal> {
    let sha256 = root_sha256(files.get("metadata/1.root.json").map_or(b"", Vec::as_slice));
    refresh(files, None, Some(&sha256), NOW)
}

fn known() -> Versions {
    first(&Maker::new().repository()).unwrap().versions
}

#[test]
fn a_written_repository_is_read_and_read_again() {
    let maker = Maker::new();
    let files = maker.repository();
    assert_eq!(
        files.keys().filter(|path| path.starts_with("metadata")).collect::<Vec<_>>(),
        [
            "metadata/1.root.json",
            "metadata/2.snapshot.json",
            "metadata/2.targets.json",
            "metadata/3.status.json",
            "metadata/timestamp.json"
        ],
    );
    assert!(files.keys().any(|path| path.starts_with("targets/status/") && path.ends_with(".0.jwt")));
    let refreshed = first(&files).unwrap();
    assert_eq!(refreshed.files, maker.all());
    assert_eq!(refreshed.timestamp.published_at, NOW);
    assert_eq!(refresh(&files, Some(&refreshed.versions), None, NOW).unwrap().versions, refreshed.versions);
    assert_eq!(reopen(&files, &refreshed.versions).unwrap().files, maker.all());
}

#[test]
fn a_key_id_is_the_hash_of_the_key() {
    let tuf_key = Key::of(key(1).public_key());
    assert_eq!(tuf_key.public_key().as_ref(), Some(key(1).public_key()));
    assert_eq!(tuf_key.id().len(), 64);
    assert_ne!(tuf_key.id(), Key::of(key(2).public_key()).id());
    assert!(tuf_key.keyval.public.starts_with("-----BEGIN PUBLIC KEY-----\n"));
}

/// Each hostile repository: its name, how it is spoiled, the code it earns, or the valid neighbour `ok`.
#[test]
fn hostile_repositories_each_have_their_code() {
    type Case = (&'static str, Box<dyn Fn() -> Result<Refreshed, Refusal>>, &'static str);
    let spoiled = |change: fn(&mut Files)| {
        let mut files = Maker::new().repository();
        change(&mut files);
        first(&files)
    };
    let edit = |path: &'static str, from: &'static str, to: &'static str| {
        let mut files = Maker::new().repository();
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(from), "{path} holds {from}");
        files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
        first(&files)
    };
    let made = |change: fn(&mut Maker)| {
        let mut maker = Maker::new();
        change(&mut maker);
        first(&maker.repository())
    };
    let later = |change: fn(&mut Maker)| {
        let mut maker = Maker::new();
        change(&mut maker);
        refresh(&maker.repository(), Some(&known()), None, NOW)
    };
    let cases: Vec<Case> = vec![
        ("untouched", Box::new(move || made(|_| ())), "ok"),
        ("same again", Box::new(move || later(|_| ())), "ok"),
        ("newer", Box::new(move || later(|m| m.numbers = [1, 4, 3, 3, 4])), "ok"),
        (
            "root missing",
            Box::new(move || spoiled(|f| drop(f.remove("metadata/1.root.json")))),
            "bundle-document-missing",
        ),
        (
            "snapshot missing",
            Box::new(move || spoiled(|f| drop(f.remove("metadata/2.snapshot.json")))),
            "bundle-document-missing",
        ),
        (
            "target missing",
            Box::new(move || spoiled(|f| f.retain(|path, _| !path.ends_with("a.json")))),
            "bundle-target-missing",
        ),
        (
            "target altered",
            Box::new(move || {
                spoiled(|f| {
                    f.iter_mut().filter(|(p, _)| p.ends_with("a.json")).for_each(|(_, b)| *b = b"[]".to_vec())
                })
            }),
            "bundle-target-altered",
        ),
        (
            "timestamp too large",
            Box::new(move || {
                spoiled(|f| {
                    drop(f.insert("metadata/timestamp.json".into(), vec![b' '; MAX_METADATA_BYTES + 1]))
                })
            }),
            "bundle-document-too-large",
        ),
        (
            "timestamp no json",
            Box::new(move || spoiled(|f| drop(f.insert("metadata/timestamp.json".into(), b"{".to_vec())))),
            "bundle-document-malformed",
        ),
        (
            "timestamp altered",
            Box::new(move || edit("metadata/timestamp.json", "\"version\": 3", "\"version\": 4")),
            "bundle-under-signed",
        ),
        (
            "timestamp with a fraction",
            Box::new(move || edit("metadata/timestamp.json", "\"version\": 3", "\"version\": 3.5")),
            "bundle-document-malformed",
        ),
        ("signature of nobody", Box::new(move || made(|m| m.signers[1] = 9)), "bundle-under-signed"),
        ("targets signed by nobody", Box::new(move || made(|m| m.signers[3] = 9)), "bundle-under-signed"),
        ("root signed by nobody", Box::new(move || made(|m| m.signers[0] = 9)), "bundle-under-signed"),
        (
            "snapshot of another signing",
            Box::new(move || edit("metadata/2.snapshot.json", "\"sig\"", "\"sig\" ")),
            "bundle-mixed",
        ),
        ("timestamp ended", Box::new(move || made(|m| m.expires[1] = NOW)), "bundle-frozen"),
        ("snapshot ended", Box::new(move || made(|m| m.expires[2] = NOW)), "bundle-frozen"),
        ("targets ended", Box::new(move || made(|m| m.expires[3] = NOW)), "bundle-frozen"),
        ("root ended", Box::new(move || made(|m| m.expires[0] = NOW)), "bundle-frozen"),
        ("timestamp ends in a second", Box::new(move || made(|m| m.expires[1] = NOW.plus(Seconds(1)))), "ok"),
        ("timestamp rolled back", Box::new(move || later(|m| m.numbers[1] = 2)), "bundle-rollback"),
        ("snapshot rolled back", Box::new(move || later(|m| m.numbers = [1, 4, 1, 2, 3])), "bundle-rollback"),
        ("targets rolled back", Box::new(move || later(|m| m.numbers = [1, 4, 3, 1, 3])), "bundle-rollback"),
        ("status ended", Box::new(move || made(|m| m.expires[4] = NOW)), "bundle-frozen"),
        ("status rolled back", Box::new(move || later(|m| m.numbers = [1, 4, 3, 2, 2])), "bundle-rollback"),
        ("status signed by nobody", Box::new(move || made(|m| m.signers[4] = 9)), "bundle-under-signed"),
        (
            "status document missing",
            Box::new(move || spoiled(|f| drop(f.remove("metadata/3.status.json")))),
            "bundle-document-missing",
        ),
        (
            "status token missing",
            Box::new(move || spoiled(|f| f.retain(|path, _| !path.ends_with(".0.jwt")))),
            "bundle-target-missing",
        ),
        (
            "status speaks of the trust list",
            Box::new(move || made(|m| drop(m.tokens.insert("trust.json".into(), vec![])))),
            "bundle-target-outside-role",
        ),
        (
            "status speaks of a folder below its own",
            Box::new(move || made(|m| drop(m.tokens.insert("status/a/b".into(), vec![])))),
            "bundle-target-outside-role",
        ),
        (
            "one file in two documents",
            Box::new(move || made(|m| drop(m.files.insert("status/0.jwt".into(), b"x.y.z".to_vec())))),
            "bundle-target-repeated",
        ),
        (
            "delegation of everything",
            Box::new(move || made(|m| m.targets = |t| t["delegations"]["roles"][0]["paths"] = "*".into())),
            "bundle-document-malformed",
        ),
        (
            "delegation of all paths",
            Box::new(move || made(|m| m.targets = |t| t["delegations"]["roles"][0]["paths"][0] = "*".into())),
            "bundle-delegation",
        ),
        (
            "delegation that asks others afterwards",
            Box::new(move || {
                made(|m| m.targets = |t| t["delegations"]["roles"][0]["terminating"] = false.into())
            }),
            "bundle-delegation",
        ),
        (
            "delegation under another name",
            Box::new(move || {
                made(|m| m.targets = |t| t["delegations"]["roles"][0]["name"] = "../root".into())
            }),
            "bundle-delegation",
        ),
        (
            "two delegations",
            Box::new(move || {
                made(|m| {
                    m.targets = |t| {
                        let role = t["delegations"]["roles"][0].clone();
                        t["delegations"]["roles"].as_array_mut().unwrap().push(role);
                    }
                })
            }),
            "bundle-delegation",
        ),
        (
            "delegation that needs nobody's signature",
            Box::new(move || made(|m| m.targets = |t| t["delegations"]["roles"][0]["threshold"] = 0.into())),
            "bundle-under-signed",
        ),
        (
            "delegation dropped at the same targets version",
            Box::new(move || {
                later(|m| {
                    m.numbers[1] = 4;
                    m.targets = |t| drop(t.as_object_mut().unwrap().remove("delegations"));
                })
            }),
            "bundle-delegation",
        ),
        (
            "target that steps out of the folder",
            Box::new(move || made(|m| drop(m.files.insert("../../evil".into(), vec![])))),
            "bundle-target-name",
        ),
        (
            "target with an absolute name",
            Box::new(move || made(|m| drop(m.files.insert("/etc/evil".into(), vec![])))),
            "bundle-target-name",
        ),
        (
            "target hidden by a dot",
            Box::new(move || made(|m| drop(m.files.insert("status/.evil".into(), vec![])))),
            "bundle-target-name",
        ),
        (
            "more targets than there may be",
            Box::new(move || {
                made(|m| m.tokens = (0..=MAX_TARGET_COUNT).map(|n| (format!("status/{n}"), vec![])).collect())
            }),
            "bundle-too-many-targets",
        ),
        (
            "roots without end",
            Box::new(move || {
                let mut files = Maker::new().repository();
                for version in 1..=MAX_ROOT_STEPS + 2 {
                    let mut maker = Maker::new();
                    maker.numbers[0] = version;
                    files.insert(Role::Root.path(version), maker.root().bytes().to_vec());
                }
                first(&files)
            }),
            "bundle-too-many-roots",
        ),
        (
            "same version, other content",
            Box::new(move || later(|m| drop(m.files.insert("b".into(), vec![])))),
            "bundle-equivocation",
        ),
    ];
    for (name, run, expected) in cases {
        let got = run().map_or_else(|refusal| refusal.code(), |_| "ok");
        assert_eq!(got, expected, "{name}");
    }
}

#[test]
fn the_first_root_must_be_the_confirmed_one() {
    let files = Maker::new().repository();
    assert_eq!(refresh(&files, None, Some(&[0; 32]), NOW).unwrap_err(), Refusal::WrongRoot);
    assert_eq!(refresh(&files, None, None, NOW).unwrap_err(), Refusal::WrongRoot);
    let mut maker = Maker::new();
    maker.expires[0] = NOW.plus(Seconds::days(364));
    assert_eq!(refresh(&maker.repository(), Some(&known()), None, NOW).unwrap_err(), Refusal::WrongRoot);
}

#[test]
fn a_root_without_consistent_snapshots_or_with_false_names_is_refused() {
    let plan = RootPlan::single(key(1).public_key());
    let resigned = |change: fn(&mut serde_json::Value)| {
        let mut draft = root(1, NOW.plus(life::ROOT), &plan);
        change(draft.dangerous_signed_mut());
        let mut files = Maker::new().repository();
        files.insert("metadata/1.root.json".into(), Maker::sign(draft, 1).bytes().to_vec());
        first(&files).map(|_| ())
    };
    assert_eq!(resigned(|_| ()), Ok(()));
    assert_eq!(resigned(|root| root["consistent_snapshot"] = false.into()), Err(Refusal::NotConsistent));
    assert_eq!(resigned(|root| root["spec_version"] = "2.0.0".into()), Err(Refusal::SpecVersion(Role::Root)));
    assert_eq!(resigned(|root| root["_type"] = "targets".into()), Err(Refusal::Malformed(Role::Root)));
    assert_eq!(resigned(|root| root["version"] = 2.into()), Err(Refusal::Mixed(Role::Root)));
    assert_eq!(
        resigned(|root| drop(root["roles"].as_object_mut().unwrap().remove("snapshot"))),
        Err(Refusal::Malformed(Role::Root)),
    );
    assert_eq!(
        resigned(|root| {
            let keys = root["keys"].as_object_mut().unwrap();
            let (id, mut key) = keys.iter().next().map(|(id, key)| (id.clone(), key.clone())).unwrap();
            key["scheme"] = "other".into();
            keys.insert(id, key);
        }),
        Err(Refusal::KeyId),
    );
    assert_eq!(
        resigned(|root| root["roles"]["timestamp"]["threshold"] = 0.into()),
        Err(Refusal::UnderSigned(Role::Timestamp)),
    );
    assert_eq!(resigned(|root| root["x-unknown"] = "kept and signed".into()), Ok(()));
}

#[test]
fn thresholds_count_different_keys() {
    let two_of_three = RootPlan {
        roles: Role::TOP
            .map(|role| (role, ([1, 2, 3].map(|seed| key(seed).public_key().clone()).into(), 2)))
            .into(),
    };
    let draft = || root(1, NOW.plus(life::ROOT), &two_of_three);
    let check = |document: Document| {
        let files = assemble(&[document], &BTreeMap::new());
        first(&files).unwrap_err()
    };
    let both = draft().sign(&key(1)).unwrap().sign(&key(3)).unwrap();
    assert_eq!(check(both.finish()), Refusal::Missing(Role::Timestamp), "the root itself holds");
    let twice = draft().sign(&key(1)).unwrap().sign(&key(1)).unwrap();
    assert_eq!(check(twice.finish()), Refusal::UnderSigned(Role::Root));
    let stranger = draft().sign(&key(1)).unwrap().sign(&key(9)).unwrap();
    assert_eq!(check(stranger.finish()), Refusal::UnderSigned(Role::Root));
    let mut repeated: serde_json::Value =
        serde_json::from_slice(draft().sign(&key(1)).unwrap().finish().bytes()).unwrap();
    let signature = repeated["signatures"][0].clone();
    repeated["signatures"].as_array_mut().unwrap().push(signature);
    let bytes = serde_json::to_vec(&repeated).unwrap();
    let files = Files::from([("metadata/1.root.json".to_owned(), bytes)]);
    assert_eq!(first(&files).unwrap_err(), Refusal::SignatureRepeated(Role::Root));
}

#[test]
fn a_new_root_is_signed_by_the_old_and_the_new_keys() {
    let old = Maker::new();
    let plan = RootPlan::single(key(7).public_key());
    let next = |seeds: &[u8], version| {
        let draft = root(version, NOW.plus(life::ROOT), &plan);
        seeds.iter().fold(draft, |draft, seed| draft.sign(&key(*seed)).unwrap()).finish()
    };
    let with = |second: Document, path: &str| {
        let mut maker = Maker::new();
        maker.signers = [1, 7, 7, 7, 1];
        maker.numbers[1] = 4;
        let mut files = maker.repository();
        files.insert(path.to_owned(), second.bytes().to_vec());
        refresh(&files, Some(&known()), None, NOW).map(|refreshed| refreshed.versions.root)
    };
    assert!(first(&old.repository()).is_ok());
    let path = "metadata/2.root.json";
    assert_eq!(with(next(&[1, 7], 2), path), Ok(2));
    assert_eq!(with(next(&[7], 2), path), Err(Refusal::UnderSigned(Role::Root)), "old keys missing");
    assert_eq!(with(next(&[1], 2), path), Err(Refusal::UnderSigned(Role::Root)), "new keys missing");
    assert_eq!(
        with(next(&[1, 7], 3), path),
        Err(Refusal::Rollback { role: Role::Root, trusted: 1, offered: 3 }),
        "a version is left out",
    );
}

#[test]
fn reopening_ignores_age_but_not_change() {
    let files = Maker::new().repository();
    let versions = known();
    assert!(reopen(&files, &versions).is_ok());
    let mut newer = Maker::new();
    newer.numbers[1] = 4;
    assert_eq!(reopen(&newer.repository(), &versions).unwrap_err(), Refusal::Equivocation(Role::Timestamp));
    let mut ended = Maker::new();
    ended.expires[1] = NOW;
    let versions = refresh(
        &ended.repository(),
        None,
        Some(&root_sha256(&ended.repository()["metadata/1.root.json"])),
        NOW.minus(Seconds(1)),
    )
    .unwrap()
    .versions;
    assert!(reopen(&ended.repository(), &versions).is_ok());
}

/// Whoever has the old keys may have signed the highest version there is: new keys begin anew.
#[test]
fn replaced_online_keys_begin_their_versions_anew() {
    let mut ahead = Maker::new();
    ahead.numbers = [1, 9_999, 9_999, 2, 9_999];
    let known = first(&ahead.repository()).unwrap().versions;
    let plan = RootPlan {
        roles: Role::TOP
            .map(|role| {
                let seed = if matches!(role, Role::Timestamp | Role::Snapshot) { 7 } else { 1 };
                (role, (vec![key(seed).public_key().clone()], 1))
            })
            .into(),
    };
    let mut maker = Maker::new();
    maker.signers = [1, 7, 7, 1, 1];
    let mut files = maker.repository();
    assert!(refresh(&files, Some(&known), None, NOW).is_err(), "without a new root");
    let second = Maker::sign(root(2, NOW.plus(life::ROOT), &plan), 1);
    files.insert(second.path(), second.bytes().to_vec());
    assert_eq!(refresh(&files, Some(&known), None, NOW).unwrap().versions.timestamp, 3);
    maker.numbers[3] = 1;
    let mut files = maker.repository();
    files.insert(second.path(), second.bytes().to_vec());
    assert_eq!(
        refresh(&files, Some(&known), None, NOW).unwrap_err(),
        Refusal::Rollback { role: Role::Targets, trusted: 2, offered: 1 },
    );
}

#[test]
fn what_is_needed_is_found_step_by_step() {
    let whole = Maker::new().repository();
    let mut at_hand = Files::new();
    let mut steps = 0;
    loop {
        let needed = needed(&at_hand).unwrap();
        let missing: Vec<_> = needed.iter().filter(|need| !at_hand.contains_key(&need.path)).collect();
        if missing.is_empty() {
            break;
        }
        for need in missing {
            let bytes = whole[&need.path].clone();
            assert!(bytes.len() <= need.limit, "{}", need.path);
            at_hand.insert(need.path.clone(), bytes);
        }
        steps += 1;
    }
    assert_eq!(steps, 4, "timestamp, snapshot, targets documents, files");
    at_hand.insert("metadata/1.root.json".into(), whole["metadata/1.root.json"].clone());
    assert_eq!(at_hand, whole);
    let mut evil = Maker::new();
    drop(evil.files.insert("../x".into(), vec![]));
    assert_eq!(needed(&evil.repository()), Err(Refusal::TargetName));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No flipped bit anywhere in a repository is accepted as anything but the original.
    #[test]
    fn a_flipped_bit_is_never_believed(pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let files = Maker::new().repository();
        let honest = known();
        let path = files.keys().nth(pick.index(files.len())).unwrap().clone();
        let mut spoiled = files.clone();
        let bytes = spoiled.get_mut(&path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(refreshed) = refresh(&spoiled, Some(&honest), None, NOW) {
            prop_assert_eq!(refreshed.versions, honest);
            prop_assert_eq!(refreshed.files, Maker::new().all());
        }
    }
}
