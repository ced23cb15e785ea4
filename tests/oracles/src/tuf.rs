//! Our repository, read by `tough`: good ones refresh and give every file back, spoiled ones are refused by both.

use std::path::Path;

use absah_trust::bundle::{Bundle, Files};
use absah_trust::sample::City;
use absah_trust::tuf::Role;
use absah_trust::{Anchor, tuf as ours};
use absah_types::{Seconds, Timestamp};
use tough::{IntoVec as _, Repository, RepositoryLoader, TargetName};
use url::Url;

/// 2099-01-01: `tough` looks at the machine's clock, and nothing of this city has ended by then.
const LATER: Timestamp = Timestamp::from_unix(4_070_908_800);

fn published(city: &City, version: u64) -> Files {
    let token = city.status_token(&[(3, absah_credential::status_list::Status::Revoked)], LATER);
    city.publish(version, &city.contents(vec![token]))
}

/// The files as a folder. `tough` looks for a delegated file `status/0.jwt` at `HASH.status/0.jwt`, where the
/// specification (and Python's `tuf`) have `status/HASH.0.jwt`: it gets its copy there.
fn write(files: &Files, folder: &Path) {
    for (path, bytes) in files {
        let mut places = vec![path.clone()];
        if let Some((hash, rest)) = path.strip_prefix("targets/status/").and_then(|name| name.split_once('.'))
        {
            places.push(format!("targets/{hash}.status/{rest}"));
        }
        for place in places {
            let place = folder.join(place);
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::fs::write(place, bytes).unwrap();
        }
    }
}

/// What `tough` reads: the files by name, starting from the first root, remembering in `memory`.
async fn theirs(files: &Files, memory: &Path) -> Result<Vec<(String, Vec<u8>)>, String> {
    let folder = tempfile::tempdir().unwrap();
    write(files, folder.path());
    let url = |name: &str| Url::from_directory_path(folder.path().join(name)).unwrap();
    let root = files[&Role::Root.path(1)].clone();
    let loader = RepositoryLoader::new(&root, url("metadata"), url("targets")).datastore(memory);
    let repository: Repository = loader.load().await.map_err(|error| error.to_string())?;
    let mut read = Vec::new();
    let names: Vec<TargetName> = repository.all_targets().map(|(name, _)| name.clone()).collect();
    for name in names {
        let stream = repository.read_target(&name).await.map_err(|error| error.to_string())?;
        let stream = stream.ok_or("named and not found")?;
        let bytes = stream.into_vec().await.map_err(|error| error.to_string())?;
        read.push((name.raw().to_owned(), bytes));
    }
    read.sort();
    Ok(read)
}

#[tokio::test]
async fn they_read_every_file_that_we_read() {
    let city = City::at(LATER);
    let memory = tempfile::tempdir().unwrap();
    for version in 1..4 {
        let files = published(&city, version);
        let read = theirs(&files, memory.path()).await.unwrap();
        let root = ours::root_sha256(&files[&Role::Root.path(1)]);
        let refreshed = ours::refresh(&files, None, Some(&root), LATER).unwrap();
        let by_us: Vec<(String, Vec<u8>)> = refreshed.files.into_iter().collect();
        assert_eq!(read, by_us);
        assert!(by_us.iter().any(|(name, _)| name == "status/0.jwt"));
    }
}

#[tokio::test]
async fn they_follow_our_roots() {
    let city = City::at(LATER);
    let token = city.status_token(&[], LATER);
    let contents = city.contents(vec![token]);
    let roots = [city.root(), city.root_version(2, &[]), city.root_version(3, &[])];
    let files = city.publish_under(&roots, &city.targets(1, &contents), 1, &contents);
    let memory = tempfile::tempdir().unwrap();
    assert_eq!(theirs(&files, memory.path()).await.unwrap().len(), contents.files().len());
}

/// A repository that must be refused, by name: from a good one.
type Spoil = fn(&mut Files);

fn change(files: &mut Files, path: &str, edit: fn(&mut serde_json::Value)) {
    let mut document: serde_json::Value = serde_json::from_slice(&files[path]).unwrap();
    edit(&mut document);
    files.insert(path.to_owned(), serde_json::to_vec(&document).unwrap());
}

#[tokio::test]
async fn both_refuse_spoiled_repositories() {
    let city = City::at(LATER);
    let good = published(&city, 5);
    let root = ours::root_sha256(&good[&Role::Root.path(1)]);
    let cases: [(&str, Spoil); 9] = [
        ("timestamp missing", |files| drop(files.remove("metadata/timestamp.json"))),
        ("snapshot missing", |files| drop(files.remove("metadata/5.snapshot.json"))),
        ("status document missing", |files| drop(files.remove("metadata/5.status.json"))),
        ("timestamp changed", |files| {
            change(files, "metadata/timestamp.json", |d| d["signed"]["version"] = 6.into())
        }),
        ("snapshot changed", |files| {
            change(files, "metadata/5.snapshot.json", |d| d["signed"]["version"] = 6.into())
        }),
        ("targets changed", |files| {
            change(files, "metadata/5.targets.json", |d| {
                d["signed"]["expires"] = "2199-01-01T00:00:00Z".into()
            });
        }),
        ("a file changed", |files| {
            let path = files.keys().find(|path| path.ends_with("policy.json")).unwrap().clone();
            change(files, &path, |policy| policy["green_max"] = 999_999.into());
        }),
        ("a status token changed", |files| {
            let path = files.keys().find(|path| path.starts_with("targets/status/")).unwrap().clone();
            files.get_mut(&path).unwrap()[9] ^= 1;
        }),
        ("targets signed by one of two", |files| {
            change(files, "metadata/5.targets.json", |d| d["signatures"].as_array_mut().unwrap().truncate(1));
        }),
    ];
    for (what, spoil) in cases {
        let mut files = good.clone();
        spoil(&mut files);
        let memory = tempfile::tempdir().unwrap();
        assert!(theirs(&files, memory.path()).await.is_err(), "{what}: accepted by tough");
        assert!(ours::refresh(&files, None, Some(&root), LATER).is_err(), "{what}: accepted by us");
    }
}

#[tokio::test]
async fn both_refuse_what_is_older_and_what_has_ended() {
    let city = City::at(LATER);
    let (older, newer) = (published(&city, 1), published(&city, 2));
    let memory = tempfile::tempdir().unwrap();
    theirs(&newer, memory.path()).await.unwrap();
    let refused = theirs(&older, memory.path()).await.unwrap_err();
    assert!(refused.to_lowercase().contains("version"), "{refused}");
    let (_, state) = city.import(&newer);
    assert!(Bundle::import(&older, Anchor::Trusted(&state), LATER).is_err());

    // 2020: ended long ago by the machine's clock, and by ours at that clock.
    let past = Timestamp::from_unix(1_577_836_800);
    let files = City::at(past).publish(1, &City::at(past).contents(vec![]));
    let memory = tempfile::tempdir().unwrap();
    let refused = theirs(&files, memory.path()).await.unwrap_err();
    assert!(refused.to_lowercase().contains("expired"), "{refused}");
    let root = ours::root_sha256(&files[&Role::Root.path(1)]);
    assert!(ours::refresh(&files, None, Some(&root), past.plus(Seconds::days(400))).is_err());
}
