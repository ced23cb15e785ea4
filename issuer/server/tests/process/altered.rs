//! One byte of one file of the published ledger is another: whoever audits from outside is told which file.

use std::path::PathBuf;

use absah_ledger::tile::TilePath;
use absah_testkit::population;
use serde_json::Value;

use crate::{Served, issuer, now, runtime, sealer};
use absah_issuer::STORE_FILE;
use absah_issuer::store::SqliteStore;
use absah_types::Seconds;

/// Enough for full tiles, partial ones, and a second level.
const ACTS: usize = 600;

#[test]
fn one_flipped_byte_in_any_tile_is_named() {
    let place = tempfile::tempdir_in(absah_testkit::folder_in_memory()).unwrap();
    let (data, extract) = (place.path().join("data"), place.path().join("extract.csv"));
    std::fs::write(&extract, population::csv(20, 3)).unwrap();
    assert!(issuer(&data, &["import", extract.to_str().unwrap()]).status().unwrap().success());
    let nik = population::resident(3).nik;
    runtime().block_on(async {
        let store = SqliteStore::open(&data.join(STORE_FILE), sealer()).await.unwrap();
        for act in 0..ACTS {
            store.login_code(&format!("{act:012}"), nik, now(), now().plus(Seconds(600))).await.unwrap();
        }
    });
    let served = Served::begin(&data);
    let audit = || -> (Option<i32>, Value) {
        let outsider = place.path().join("outsider");
        let _ = std::fs::remove_dir_all(&outsider);
        let said = issuer(&outsider, &["ledger", "audit", &served.url, "--log", "audit", "--json"])
            .output()
            .unwrap();
        (said.status.code(), serde_json::from_slice(&said.stdout).unwrap())
    };
    let size = loop {
        let (_, said) = audit();
        let size = said["logs"][0]["size"].as_u64().unwrap_or_default();
        if size >= u64::try_from(ACTS).unwrap() {
            assert_eq!(said["code"], "ledger-unwitnessed", "nothing else is amiss: {said}");
            break size;
        }
    };
    let tiles = TilePath::all(size);
    for level in [None, Some(0), Some(1)] {
        assert!(tiles.iter().any(|tile| tile.level == level && tile.width < 256), "{level:?}");
    }
    assert!(tiles.iter().any(|tile| tile.level == Some(0) && tile.width == 256));
    assert!(tiles.iter().any(|tile| tile.level.is_none() && tile.width == 256));
    for tile in tiles {
        let file: PathBuf = data.join("ledger/audit").join(tile.path());
        let good = std::fs::read(&file).unwrap();
        for at in [0, good.len() / 2, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&file, &bad).unwrap();
            let (exit, said) = audit();
            let named: Vec<&Value> = said["logs"][0]["findings"]
                .as_array()
                .unwrap()
                .iter()
                .map(|finding| &finding["file"])
                .filter(|file| !file.is_null())
                .collect();
            assert_eq!((exit, named), (Some(1), vec![&Value::from(tile.path())]), "byte {at}: {said}");
            assert_ne!(said["code"], "ledger-unwitnessed");
        }
        std::fs::write(&file, &good).unwrap();
    }
    assert_eq!(audit().1["code"], "ledger-unwitnessed", "whole again");
}
