//! The program is killed at random moments. What it had told somebody is there afterwards; what it had not finished is
//! not there at all.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use absah_credential::sd_jwt::Unverified;
use absah_crypto::jws::{Compact, Header, ToBeSigned};
use absah_host::{DataDir, Env, FolderLimits, read_folder};
use absah_issuer::STORE_FILE;
use absah_issuer::store::SqliteStore;
use absah_issuer_core::offer::{Offer, OfferSecret};
use absah_issuer_core::ports::Store as _;
use absah_schemas::CredentialType;
use absah_testkit::{SeededRng, key, population};
use absah_trust::{Anchor, Bundle, TrustedState, tuf};
use absah_types::Nik;
use serde_json::{Value, json};
use sqlx::{Connection as _, Row as _, SqliteConnection};

use crate::{Served, issuer, now, runtime, sealer};

const ROUNDS: usize = 20;

/// Rounds of killing a server that issues: the ledger's stage asks for more.
fn issuing_rounds() -> usize {
    std::env::var("ABSAH_KILL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS)
}

#[expect(clippy::disallowed_methods, reason = "how long another process runs is measured, not handed in")]
fn moment() -> Instant {
    Instant::now()
}

/// The extract with every address changed.
fn moved(extract: &str) -> String {
    let change = |line: &str| {
        let cells: Vec<&str> = line.rsplitn(10, ',').collect();
        let (rest, after) = cells.split_last().unwrap();
        let after: Vec<&str> = after.iter().rev().copied().collect();
        format!("{rest} BARU,{}", after.join(","))
    };
    let mut lines = extract.lines();
    let header = lines.next().unwrap().to_owned();
    std::iter::once(header).chain(lines.map(change)).map(|line| line + "\n").collect()
}

#[test]
fn a_killed_import_leaves_the_old_or_the_new_register() {
    let place = tempfile::tempdir().unwrap();
    let (data, extract) = (place.path().join("data"), place.path().join("extract.csv"));
    let versions = [population::csv(500, 3), moved(&population::csv(500, 3))];
    let people: Vec<Nik> = population::population(500, 3).map(|resident| resident.nik).collect();
    std::fs::write(&extract, &versions[0]).unwrap();
    assert!(issuer(&data, &["import", extract.to_str().unwrap()]).status().unwrap().success());
    // How long a later import of the same size takes: the kills fall before, into and after its transaction.
    std::fs::write(&extract, &versions[1]).unwrap();
    let started = moment();
    assert!(issuer(&data, &["import", extract.to_str().unwrap()]).status().unwrap().success());
    let usual = started.elapsed();
    let mut rng = SeededRng::new(9);
    let (mut old, mut new, mut before) = (0, 0, 1);
    for round in 0..ROUNDS {
        let wanted = 1 - before;
        std::fs::write(&extract, &versions[wanted]).unwrap();
        let mut child = issuer(&data, &["import", extract.to_str().unwrap()]).spawn().unwrap();
        let limit = i64::try_from(usual.as_micros()).unwrap();
        std::thread::sleep(Duration::from_micros(rng.between(limit / 3, limit * 4 / 3).unsigned_abs()));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = versions_found(&data, &people);
        assert_eq!(found.len(), 1, "round {round}: the register is torn between two extracts");
        let found = usize::from(found.contains(&true));
        if found == wanted {
            new += 1
        } else {
            old += 1
        }
        before = found;
    }
    println!("{old} left the old, {new} the new register");
    // Whatever happened, the file still opens and takes the next import.
    assert!(issuer(&data, &["import", extract.to_str().unwrap()]).status().unwrap().success());
}

/// Whether addresses are the changed ones, over all people.
fn versions_found(data: &Path, people: &[Nik]) -> BTreeSet<bool> {
    runtime().block_on(async {
        let store = SqliteStore::open(&data.join(STORE_FILE), sealer()).await.unwrap();
        let mut found = BTreeSet::new();
        for nik in people {
            let subject = store.subject(*nik, CredentialType::KtpElektronik).await.unwrap().unwrap();
            found.insert(subject.resident.alamat.ends_with(" BARU"));
        }
        found
    })
}

/// One request on a connection of its own; nothing when the server is gone.
fn post(url: &str, path: &str, kind: &str, token: &str, body: &str) -> Option<Value> {
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).ok()?;
    let authorization =
        if token.is_empty() { String::new() } else { format!("Authorization: Bearer {token}\r\n") };
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {kind}\r\n{authorization}Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + body).as_bytes()).ok()?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply).ok()?;
    let (head, body) = reply.split_once("\r\n\r\n")?;
    let whole = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok())?;
    (body.len() == whole && head.starts_with("HTTP/1.1 200")).then(|| serde_json::from_str(body).unwrap())
}

/// From a code to three copies: the status places that were handed out.
fn fetch(url: &str, code: &str, tx_code: &str) -> Option<Vec<(String, u64)>> {
    let form = format!(
        "grant_type=urn:ietf:params:oauth:grant-type:pre-authorized_code&pre-authorized_code={code}&tx_code={tx_code}"
    );
    let token = post(url, "/token", "application/x-www-form-urlencoded", "", &form)?;
    let nonce = post(url, "/nonce", "application/json", "", "")?;
    let proof = |seed: u64| {
        let payload = json!({ "aud": url, "iat": now().unix(), "nonce": nonce["c_nonce"] });
        let header = Header::es256("openid4vci-proof+jwt").with_jwk(key(seed).public_key().to_jwk());
        ToBeSigned::new(&header, payload.to_string().as_bytes()).sign(&key(seed)).unwrap()
    };
    let request = json!({
        "credential_configuration_id": "KtpElektronik_dc_sd_jwt",
        "proofs": { "jwt": [proof(1), proof(2), proof(3)] },
    });
    let token = token["access_token"].as_str().unwrap();
    let issued = post(url, "/credential", "application/json", token, &request.to_string())?;
    let place = |credential: &Value| {
        let text = credential["credential"].as_str().unwrap();
        assert!(Unverified::parse(text).is_ok());
        let jwt = Compact::parse(text.split('~').next().unwrap(), 1 << 20).unwrap();
        let claims: Value = serde_json::from_slice(&jwt.payload).unwrap();
        let list = &claims["status"]["status_list"];
        (list["uri"].as_str().unwrap().to_owned(), list["idx"].as_u64().unwrap())
    };
    Some(issued["credentials"].as_array().unwrap().iter().map(place).collect())
}

#[test]
fn no_copy_that_was_handed_out_is_lost() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    let extract = place.path().join("extract.csv");
    std::fs::write(&extract, population::csv(20, 3)).unwrap();
    assert!(issuer(&data, &["import", extract.to_str().unwrap()]).status().unwrap().success());
    let nik = population::resident(3).nik;
    let mut rng = SeededRng::new(11);
    let mut handed_out: BTreeSet<(String, u64)> = BTreeSet::new();
    for round in 0..issuing_rounds() {
        let mut served = Served::begin(&data);
        let offers: Vec<(String, String)> = runtime().block_on(async {
            let store = SqliteStore::open(&data.join(STORE_FILE), sealer()).await.unwrap();
            let mut offers = Vec::new();
            for n in 0..40 {
                let secret = OfferSecret::random(&mut rng);
                let tx_code = format!("{n:06}");
                let offer = Offer::open(&secret, &tx_code, nik, CredentialType::KtpElektronik, now());
                store.place(offer, now()).await.unwrap();
                offers.push((secret.pre_authorized_code(), tx_code));
            }
            offers
        });
        let url = served.url.clone();
        let delay = Duration::from_millis(rng.between(5, 400).unsigned_abs());
        let received: Vec<Vec<(String, u64)>> = std::thread::scope(|scope| {
            let workers: Vec<_> = offers
                .chunks(10)
                .map(|offers| {
                    let url = &url;
                    scope.spawn(move || {
                        offers
                            .iter()
                            .map_while(|(code, tx_code)| fetch(url, code, tx_code))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            std::thread::sleep(delay);
            served.kill();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        for copy in received.into_iter().flatten() {
            assert!(handed_out.insert(copy), "round {round}: a place was given out twice");
        }
        let (recorded, batches, events) = records(&data);
        assert!(handed_out.is_subset(&recorded), "round {round}: a copy was handed out and is not on record");
        assert_eq!(batches, events, "round {round}: each batch has its event, each event its batch");
        assert_eq!(recorded.len(), 3 * batches, "round {round}: no batch is torn");
    }
    println!("{} copies handed out over {} kills", handed_out.len(), issuing_rounds());
    let reconciled = issuer(&data, &["ledger", "reconcile"]).status().unwrap();
    assert!(reconciled.success(), "no act without a leaf, no leaf without an act");
    // Whatever moment it was killed at: what is published is one tree, to the last leaf.
    let served = Served::begin(&data);
    let audited = issuer(&place.path().join("outsider"), &["ledger", "audit", &served.url, "--json"]);
    let audited: Value =
        serde_json::from_slice(&{ audited }.stdout(Stdio::piped()).output().unwrap().stdout).unwrap();
    assert_eq!(audited["code"], "ledger-unwitnessed", "an outsider finds nothing else: {audited}");
    drop(served);
    assert!(!handed_out.is_empty(), "the server was always killed too early to say anything");
    let dir = DataDir::open("issuer", Some(&data), &Env::default()).unwrap();
    assert!(!dir.is_fresh());
}

#[test]
fn a_killed_publication_leaves_the_old_or_the_new_bundle() {
    let place = tempfile::tempdir_in(absah_testkit::folder_in_memory()).unwrap();
    let (data, folder, access_key) =
        (place.path().join("data"), place.path().join("bundle"), place.path().join("key.json"));
    let publish = || {
        let mut command = issuer(&data, &["bundle", "publish", folder.to_str().unwrap()]);
        command.env("ABSAH_PUBLIC_URL", "https://absah.example");
        command
    };
    let register = |number: u64| {
        let jwk = key(number).public_key().to_jwk();
        std::fs::write(&access_key, serde_json::to_string(&jwk).unwrap()).unwrap();
        let words = ["counter", "register", "--access-key", access_key.to_str().unwrap()];
        let mut command = issuer(&data, &words);
        assert!(command.env("ABSAH_PUBLIC_URL", "https://absah.example").status().unwrap().success());
    };
    assert!(publish().status().unwrap().success());
    let started = moment();
    assert!(publish().status().unwrap().success());
    let usual = i64::try_from(started.elapsed().as_micros()).unwrap();
    let taken = |path: &Path, anchor: Option<&TrustedState>| {
        let files = read_folder(path, FolderLimits::default()).unwrap();
        let root = tuf::root_sha256(&files["metadata/1.root.json"]);
        let anchor = anchor.map_or(Anchor::FirstRoot(root), Anchor::Trusted);
        let (bundle, state) = Bundle::import(&files, anchor, now()).unwrap();
        (bundle.version(), state)
    };
    let (mut version, mut state) = taken(&folder, None);
    let mut rng = SeededRng::new(21);
    let (mut old, mut new, mut finished) = (0, 0, 0);
    for round in 0..ROUNDS {
        // Sometimes keys kept offline sign anew.
        if round % 4 == 0 {
            register(100 + u64::try_from(round).unwrap());
        }
        let mut child = publish().spawn().unwrap();
        std::thread::sleep(Duration::from_micros(rng.between(usual / 3, usual * 4 / 3).unsigned_abs()));
        child.kill().unwrap();
        child.wait().unwrap();
        // Whoever has the bundle of before takes over what is there now, in both places.
        let (served, _) = taken(&data.join("bundle"), Some(&state));
        let (found, next) = taken(&folder, Some(&state));
        let recorded = last_bundle(&data);
        if recorded > served {
            // Recorded and shown to nobody: the next one finishes it.
            let said = publish().arg("--json").output().unwrap();
            let said: Value = serde_json::from_slice(&said.stdout).unwrap();
            assert_eq!(said["finished_version"], recorded, "round {round}: {said}");
            finished += 1;
            (version, state) = taken(&folder, Some(&state));
            continue;
        }
        assert!(served == found || served == found + 1, "round {round}: {served} is served, {found} written");
        assert_eq!(recorded, served, "round {round}");
        if found == version {
            old += 1
        } else {
            new += 1
        }
        (version, state) = (found, next);
    }
    println!("{old} left the old, {new} the new bundle, {finished} one to be finished");
    assert!(publish().status().unwrap().success());
    let (last, _) = taken(&folder, Some(&state));
    assert!(last > version && last == last_bundle(&data));
    // Nothing of the dead is left beside them.
    let hidden = |folder: &Path| {
        let names = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name());
        names.filter(|name| name.to_str().unwrap().starts_with(".bundle.")).count()
    };
    assert_eq!((hidden(&data), hidden(place.path())), (0, 0));
}

fn last_bundle(data: &Path) -> u64 {
    runtime().block_on(async {
        let store = SqliteStore::open(&data.join(STORE_FILE), sealer()).await.unwrap();
        store.last_bundle().await.unwrap()
    })
}

/// Places on record, batches, and batches with their event where every issuing event has its batch.
fn records(data: &Path) -> (BTreeSet<(String, u64)>, usize, usize) {
    runtime().block_on(async {
        let url = format!("sqlite://{}", data.join(STORE_FILE).display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        let rows = sqlx::query("SELECT uri, idx FROM copy JOIN status_list ON number = list");
        let rows = rows.fetch_all(&mut connection).await.unwrap();
        let places = rows.iter().map(|row| (row.get::<String, _>(0), row.get::<i64, _>(1).unsigned_abs()));
        let places = places.collect();
        let batches = sqlx::query("SELECT COUNT(*) FROM batch").fetch_one(&mut connection).await.unwrap();
        let events = sqlx::query(
            "SELECT COUNT(*) FROM batch JOIN ledger_event ON ledger_event.id = batch.event
             WHERE act = 'issue' AND (SELECT COUNT(*) FROM ledger_event WHERE act = 'issue') = (SELECT COUNT(*) FROM batch)",
        );
        let events = events.fetch_one(&mut connection).await.unwrap();
        let count = |row: sqlx::sqlite::SqliteRow| usize::try_from(row.get::<i64, _>(0)).unwrap();
        (places, count(batches), count(events))
    })
}

/// Acts of other classes than issuing, each killed at a random moment.
#[test]
fn no_act_is_torn_from_its_leaf() {
    let place = tempfile::tempdir_in(absah_testkit::folder_in_memory()).unwrap();
    let (data, extract, bundle, access_key) = (
        place.path().join("data"),
        place.path().join("extract.csv"),
        place.path().join("bundle"),
        place.path().join("key.json"),
    );
    std::fs::write(&extract, population::csv(20, 3)).unwrap();
    assert!(issuer(&data, &["import", extract.to_str().unwrap()]).status().unwrap().success());
    std::fs::write(&access_key, serde_json::to_string(&key(77).public_key().to_jwk()).unwrap()).unwrap();
    let nik = population::resident(3).nik;
    let mut rng = SeededRng::new(31);
    let mut served = Served::begin(&data);
    let secret = OfferSecret::random(&mut rng);
    runtime().block_on(async {
        let store = SqliteStore::open(&data.join(STORE_FILE), sealer()).await.unwrap();
        let offer = Offer::open(&secret, "123456", nik, CredentialType::KtpElektronik, now());
        store.place(offer, now()).await.unwrap();
    });
    assert_eq!(fetch(&served.url, &secret.pre_authorized_code(), "123456").unwrap().len(), 3);
    served.kill();
    let nik = nik.to_string();
    let words = |round: usize| -> (&str, Vec<String>) {
        let card = ["--nik", &nik, "--credential", "KtpElektronik"];
        let (act, words) = match round % 6 {
            0 => ("suspend", [&["suspend"][..], &card].concat()),
            1 => ("unsuspend", [&["unsuspend"][..], &card].concat()),
            2 => ("person-view", vec!["person", "show", "--nik", &nik, "--purpose", "Cetak ulang KTP"]),
            3 => (
                "counter-register",
                vec!["counter", "register", "--access-key", access_key.to_str().unwrap()],
            ),
            4 => ("bundle-publish", vec!["bundle", "publish", bundle.to_str().unwrap()]),
            _ => (
                "operator-invite",
                vec!["operator", "invite", "--name", "Siti", "--role", "admin", "--login"],
            ),
        };
        let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        if act == "operator-invite" {
            words.push(format!("siti-{round}"));
        }
        (act, words)
    };
    let run = |round: usize| {
        let (act, words) = words(round);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut command = issuer(&data, &words);
        command.env("ABSAH_PUBLIC_URL", &served.url);
        (act, command)
    };
    // How long each takes when nobody disturbs it.
    let mut usual = Vec::new();
    for round in 6000..6006 {
        let started = moment();
        assert!(run(round).1.status().unwrap().success(), "{}", run(round).0);
        usual.push(i64::try_from(started.elapsed().as_micros()).unwrap());
    }
    let mut acknowledged: std::collections::BTreeMap<&str, i64> = std::collections::BTreeMap::new();
    for round in 0..issuing_rounds() {
        let (act, mut command) = run(round);
        let usual = usual[round % 6];
        let mut child = command.spawn().unwrap();
        std::thread::sleep(Duration::from_micros(rng.between(usual / 3, usual * 4 / 3).unsigned_abs()));
        child.kill().unwrap();
        if child.wait().unwrap().success() && !act.ends_with("suspend") {
            *acknowledged.entry(act).or_default() += 1;
        }
        let said = issuer(&data, &["ledger", "reconcile", "--json"]).output().unwrap();
        let said: Value = serde_json::from_slice(&said.stdout).unwrap();
        assert_eq!(said["code"], "ok", "round {round}, {act}: {said}");
    }
    for (act, count) in &acknowledged {
        let found = runtime().block_on(async {
            let url = format!("sqlite://{}", data.join(STORE_FILE).display());
            let mut records = SqliteConnection::connect(&url).await.unwrap();
            let row = sqlx::query("SELECT COUNT(*) FROM ledger_event WHERE act = ?").bind(*act);
            row.fetch_one(&mut records).await.unwrap().get::<i64, _>(0)
        });
        assert!(found >= *count, "{act}: {found} on record, {count} acknowledged");
    }
    println!("{acknowledged:?} ended before they were killed");
}
