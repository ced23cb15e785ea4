//! The running writer of the ledger: witnesses that hang, cosignatures that grow old, checkpoints and files that go.

use std::sync::Arc;
use std::time::Duration;

use absah_host::{Console, DataDir, Env, Exit};
use absah_issuer::STORE_FILE;
use absah_issuer::keys::FileKeys;
use absah_issuer::ledger::health::{Health, told};
use absah_issuer::ledger::publication::{folder, published};
use absah_issuer::ledger::seal::{Log, Sealer};
use absah_issuer::ledger::witnesses::Manner;
use absah_issuer::ledger::writer::LedgerTask;
use absah_issuer::ledger::{LedgerError, sequence, signer};
use absah_issuer::store::SqliteStore;
use absah_ledger::note::{Algorithm, SignatureLine};
use absah_ledger::witness::AddCheckpoint;
use absah_ledger::{NoteSigner, cosignature};
use absah_testkit::{FixedClock, SeededRng};
use absah_types::{Clock, Lang, Seconds, Secret, Timestamp};
use axum::Router;
use axum::extract::State;
use axum::routing::post;
use sqlx::{Connection as _, Row as _};

use crate::desk::Desk;

struct Office {
    place: tempfile::TempDir,
    store: Arc<SqliteStore>,
    keys: Arc<FileKeys>,
    clock: FixedClock,
}

fn witness(name: &str, seed: u8) -> NoteSigner {
    NoteSigner::new(name, Algorithm::CosignatureV1, &Secret::new([seed; 32])).unwrap()
}

/// A witness that signs everything, by that clock.
async fn willing(seed: u8, clock: FixedClock) -> (NoteSigner, String) {
    let sign = async |State((seed, clock)): State<(u8, FixedClock)>, body: String| {
        let request = AddCheckpoint::parse(body.as_bytes()).unwrap();
        let signer = witness("rela.example", seed);
        cosignature::cosign(request.checkpoint.text(), &signer, clock.now()).unwrap().to_string()
    };
    let router = Router::new().route("/add-checkpoint", post(sign)).with_state((seed, clock));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (witness("rela.example", seed), url)
}

/// Waits for something that must come; how long is nobody's concern.
async fn until(mut is_so: impl AsyncFnMut() -> bool) {
    while !is_so().await {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

impl Office {
    async fn open() -> Self {
        let place = tempfile::tempdir_in(absah_testkit::folder_in_memory()).unwrap();
        DataDir::open("issuer", Some(place.path()), &Env::default()).unwrap();
        let keys = FileKeys::in_memory(&mut SeededRng::new(5));
        let sealer = Sealer::new(&keys, Box::new(SeededRng::new(6))).unwrap();
        let store = SqliteStore::open(&place.path().join(STORE_FILE), sealer).await.unwrap();
        Self { place, store: Arc::new(store), keys: Arc::new(keys), clock: FixedClock::morning() }
    }

    /// Begins to write, with more patience for witnesses than any test lasts.
    fn write(&self) -> Health {
        let dir = DataDir::open("issuer", Some(self.place.path()), &Env::default()).unwrap();
        let health = Health::new(dir.path(), Console::captured(Lang::Id).0.log());
        let manner = Manner { dev_loopback: true, patience: Duration::from_secs(3600) };
        let (store, keys, clock) =
            (Arc::clone(&self.store), Arc::clone(&self.keys), Arc::new(self.clock.clone()));
        let task = LedgerTask::new(store, keys, clock, &dir, manner, health.clone()).unwrap();
        tokio::spawn(task.run());
        health
    }

    async fn name(&self, signer: &NoteSigner, url: &str) {
        let (name, vkey) = (signer.public().name(), signer.public().to_string());
        assert!(self.store.add_witness(name, &vkey, url, self.clock.now()).await.unwrap());
    }

    fn shown(&self) -> u64 {
        published(&folder(self.place.path(), Log::Audit)).map_or(0, |checkpoint| checkpoint.size)
    }

    /// One more leaf of the audit log.
    async fn act(&self) {
        assert!(self.store.set_quorum(1, self.clock.now()).await.unwrap());
    }

    /// Checkpoints and cosignatures on record.
    async fn kept(&self) -> (Vec<i64>, i64) {
        let file = format!("sqlite:{}", self.place.path().join(STORE_FILE).display());
        let mut connection = sqlx::SqliteConnection::connect(&file).await.unwrap();
        let sizes = sqlx::query("SELECT size FROM ledger_checkpoint WHERE log = 1 ORDER BY size");
        let sizes = sizes.fetch_all(&mut connection).await.unwrap();
        let lines =
            sqlx::query("SELECT COUNT(*) FROM ledger_cosignature").fetch_one(&mut connection).await.unwrap();
        (sizes.iter().map(|row| row.get(0)).collect(), lines.get(0))
    }
}

#[tokio::test]
async fn a_witness_that_hangs_delays_nothing() {
    let office = Office::open().await;
    let hanging = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", hanging.local_addr().unwrap());
    office.name(&witness("diam.example", 1), &url).await;
    let health = office.write();
    // It has a question of each log, and will never answer.
    let _questions = [hanging.accept().await.unwrap(), hanging.accept().await.unwrap()];
    for size in 2..5 {
        office.act().await;
        until(async || office.shown() >= size).await;
    }
    // Nor does it keep the others from making a checkpoint final.
    let (signer, url) = willing(2, office.clock.clone()).await;
    office.name(&signer, &url).await;
    office.act().await;
    until(async || office.store.ledger_head(Log::Audit, 1).await.unwrap().is_some_and(|head| head.size == 6))
        .await;
    let (witnesses, _) = office.store.witnesses().await.unwrap();
    assert!(witnesses.iter().all(|witness| witness.fault.is_none()), "it has not even been given up");
    assert!(health.troubles().is_empty() && told(office.place.path()).is_empty());
}

#[tokio::test]
async fn cosignatures_are_asked_for_anew_before_they_are_old() {
    let office = Office::open().await;
    let (signer, url) = willing(2, office.clock.clone()).await;
    office.name(&signer, &url).await;
    office.write();
    let signed_at = async || -> Option<Timestamp> {
        let head = office.store.ledger_head(Log::Registry, 1).await.unwrap()?;
        cosignature::time_of(&SignatureLine::parse(&head.cosignatures[0].1).unwrap())
    };
    until(async || signed_at().await == Some(office.clock.now())).await;
    // A log in which nothing happens.
    office.clock.advance(Seconds::hours(2));
    until(async || signed_at().await == Some(office.clock.now())).await;
    let text = std::fs::read_to_string(folder(office.place.path(), Log::Registry).join("checkpoint"));
    until(async || text.is_ok()).await;
}

#[tokio::test]
async fn a_witness_whose_clock_is_ahead_is_named_and_not_counted() {
    let office = Office::open().await;
    let ahead = FixedClock::at(office.clock.now().plus(Seconds::minutes(6)));
    let (signer, url) = willing(2, ahead).await;
    office.name(&signer, &url).await;
    office.write();
    let fault = async || office.store.witnesses().await.unwrap().0[0].fault.clone().map(|(code, _)| code);
    until(async || fault().await.is_some()).await;
    assert_eq!(fault().await.as_deref(), Some("witness-clock"));
    assert_eq!(office.store.ledger_head(Log::Audit, 1).await.unwrap(), None);
}

#[tokio::test]
async fn what_nobody_signs_is_forgotten_when_it_is_superseded() {
    let office = Office::open().await;
    let (satu, dua) = (witness("satu.example", 1), witness("dua.example", 2));
    office.name(&satu, "https://satu.example/").await;
    office.name(&dua, "https://dua.example/").await;
    let sign = async |signer: &NoteSigner| {
        let head = office.store.ledger_head(Log::Audit, 0).await.unwrap().unwrap();
        let text = absah_ledger::Note::parse(&head.note).unwrap().text().to_owned();
        let line = cosignature::cosign(&text, signer, office.clock.now()).unwrap().to_string();
        let named = office.store.witnesses().await.unwrap().0;
        let named = named.into_iter().find(|witness| witness.name == signer.public().name()).unwrap();
        office.store.keep_cosignature(Log::Audit, head.size, &named, &line).await.unwrap();
        (head.size, named, line)
    };
    let step = async || {
        sequence(&office.store, office.keys.as_ref(), office.clock.now()).await.unwrap();
        office.clock.advance(Seconds(30));
    };
    step().await;
    sign(&satu).await;
    sign(&dua).await;
    assert_eq!(office.kept().await, (vec![2], 2), "the last final one");
    let mut late = None;
    for size in 3..=9 {
        let at = office.clock.now();
        assert!(office.store.set_quorum(2, at).await.unwrap());
        step().await;
        if size == 5 {
            late = Some(sign(&dua).await);
        }
    }
    // The final one, the first after it, and those of the last minute.
    assert_eq!(office.kept().await, (vec![2, 3, 7, 8, 9], 2), "with the one line of the fifth");
    let first = office.store.signed_after(Log::Audit, 2).await.unwrap();
    assert_eq!(
        first,
        Some(FixedClock::morning().now().plus(Seconds(30))),
        "since when there has been something newer"
    );
    // A witness that answers late about what was forgotten.
    let (size, named, line) = late.unwrap();
    office.store.keep_cosignature(Log::Audit, size, &named, &line).await.unwrap();
    assert_eq!(office.kept().await.1, 2);
    sign(&satu).await;
    sign(&dua).await;
    assert_eq!(office.kept().await, (vec![9], 2));
    assert_eq!(
        signer(office.keys.as_ref(), Log::Audit).unwrap().public().name(),
        "dukcapil.madiunkota.go.id/absah/audit"
    );
}

#[tokio::test]
async fn files_that_were_deleted_come_back() {
    let desk = Desk::open().await;
    let tiles = desk.data().join("ledger/audit/tile");
    assert_eq!(desk.command(&["ledger", "reconcile"]).await.0, Exit::Ok);
    assert!(tiles.is_dir() && desk.data().join("ledger/audit/checkpoint").is_file());
    std::fs::remove_dir_all(&tiles).unwrap();
    let (exit, proof) = desk.command(&["ledger", "prove", "0"]).await;
    assert_eq!(exit, Exit::Ok, "{proof}");
    // A running writer looks them over by itself.
    let office = Office::open().await;
    office.name(&witness("satu.example", 1), "https://satu.example/").await;
    let log = folder(office.place.path(), Log::Audit);
    sequence(&office.store, office.keys.as_ref(), office.clock.now()).await.unwrap();
    absah_issuer::ledger::writer::show(&office.store, office.place.path(), Log::Audit, office.clock.now())
        .await
        .unwrap();
    std::fs::remove_dir_all(log.join("tile")).unwrap();
    office.write();
    until(async || log.join("tile/0/000.p/1").is_file() && log.join("tile/entries/000.p/1").is_file()).await;
}

#[tokio::test]
async fn how_the_logs_stand() {
    let desk = Desk::open().await;
    let (_, said) = desk.command(&["ledger", "status"]).await;
    assert_eq!(said["logs"][0]["waiting"], 2, "what the issuer did when it began to serve");
    let (exit, said) = desk.command(&["ledger", "status"]).await;
    assert_eq!(exit, Exit::Ok, "{said}");
    assert_eq!((said["witnessed"].as_bool(), said["quorum"].as_u64()), (Some(false), Some(0)));
    assert_eq!((&said["logs"][0]["log"], &said["logs"][0]["waiting"]), (&"audit".into(), &0.into()));
    assert!(said["troubles"].as_object().unwrap().is_empty());
    let key = witness("satu.example", 1).public().to_string();
    desk.command(&["ledger", "witness", "add", "https://satu.example/", &key]).await;
    let (_, said) = desk.command(&["ledger", "status"]).await;
    assert_eq!((said["witnessed"].as_bool(), said["logs"][0]["final_size"].as_u64()), (Some(true), None));
    // Nobody answers: that is told, and who.
    assert_eq!((&said["witnesses_answering"], &said["witnesses"]), (&0.into(), &1.into()), "{said}");
    let silent = &said["witnesses_silent"][0];
    assert_eq!((&silent["name"], &silent["since"]), (&"satu.example".into(), &serde_json::Value::Null));
}

/// A witness is asked again every two seconds: that it still does not answer changes nothing.
#[tokio::test]
async fn since_when_a_witness_is_silent_stays_on_record() {
    let office = Office::open().await;
    office.name(&witness("satu.example", 1), "https://satu.example/").await;
    let now = office.clock.now();
    let note = async |fault: Option<&str>, after: i64| {
        let at = now.plus(absah_types::Seconds(after));
        office.store.witness_fault("satu.example", fault, at).await.unwrap();
        let (witnesses, _) = office.store.witnesses().await.unwrap();
        witnesses[0].fault.as_ref().map(|(code, since)| (code.clone(), since.since(now).0))
    };
    let told = |code: &str, after| Some((code.to_owned(), after));
    assert_eq!(note(Some("witness-silent"), 0).await, told("witness-silent", 0));
    assert_eq!(note(Some("witness-silent"), 2).await, told("witness-silent", 0));
    assert_eq!(note(Some("witness-refused"), 4).await, told("witness-refused", 4));
    assert_eq!(note(None, 6).await, None);
    assert_eq!(note(Some("witness-silent"), 8).await, told("witness-silent", 8));
}

#[tokio::test]
async fn a_writer_that_fails_says_so() {
    let office = Office::open().await;
    office.name(&witness("satu.example", 1), "https://satu.example/").await;
    // Where the folder of the log should be there is a file.
    std::fs::create_dir_all(office.place.path().join("ledger")).unwrap();
    std::fs::write(folder(office.place.path(), Log::Audit), "").unwrap();
    let health = office.write();
    until(async || health.troubles().contains_key("publish-audit")).await;
    assert_eq!(told(office.place.path())["publish-audit"].code, "ledger-file-unwritable");
    std::fs::remove_file(folder(office.place.path(), Log::Audit)).unwrap();
    until(async || told(office.place.path()).is_empty()).await;
}

#[tokio::test]
async fn a_tree_that_does_not_begin_with_the_last_signed_one_is_not_signed() {
    let office = Office::open().await;
    let file = format!("sqlite:{}", office.place.path().join(STORE_FILE).display());
    let mut connection = sqlx::SqliteConnection::connect(&file).await.unwrap();
    office.name(&witness("satu.example", 1), "https://satu.example/").await;
    for _ in 0..3 {
        office.act().await;
    }
    let sequenced = async || sequence(&office.store, office.keys.as_ref(), office.clock.now()).await;
    assert_eq!(sequenced().await, Ok(true));
    let sizes = office.kept().await.0;
    let tile = "SELECT hashes FROM ledger_tile WHERE log = 1 AND level = 0 AND number = 0";
    let whole: Vec<u8> = sqlx::query(tile).fetch_one(&mut connection).await.unwrap().get(0);
    let head = office.store.ledger_head(Log::Audit, 0).await.unwrap().unwrap();
    let mut put = async |hashes: &[u8], note: &str| {
        let tile = sqlx::query("UPDATE ledger_tile SET hashes = ? WHERE log = 1 AND level = 0").bind(hashes);
        tile.execute(&mut connection).await.unwrap();
        let note = sqlx::query("UPDATE ledger_checkpoint SET note = ? WHERE log = 1").bind(note);
        note.execute(&mut connection).await.unwrap();
    };
    let one_bit = |place: usize| {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        changed
    };
    office.act().await;
    // In the first hash and in the last; and a note that nobody with the key wrote.
    let forged = head.note.replacen(&format!("\n{}\n", head.size), &format!("\n{}\n", head.size + 1), 1);
    for (hashes, note) in
        [(one_bit(0), &head.note), (one_bit(whole.len() - 1), &head.note), (whole.clone(), &forged)]
    {
        put(&hashes, note).await;
        assert_eq!(sequenced().await, Err(LedgerError::Beginning));
        assert_eq!((office.kept().await.0, office.store.waiting(Log::Audit).await), (sizes.clone(), Ok(1)));
    }
    // The running writer says so where somebody looks, and goes on once the tile is as it was.
    let health = office.write();
    until(async || health.troubles().contains_key("sequence")).await;
    assert_eq!(told(office.place.path())["sequence"].code, "ledger-tiles-changed");
    assert_eq!(office.kept().await.0, sizes);
    put(&whole, &head.note).await;
    until(async || told(office.place.path()).is_empty()).await;
    assert_eq!(office.store.waiting(Log::Audit).await, Ok(0));
}
