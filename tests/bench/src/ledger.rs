//! The ledger: acts made durable with their sealed event, put into the log, published, and audited by an outsider.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use absah_host::{DataDir, Env, OsRng};
use absah_issuer::STORE_FILE;
use absah_issuer::keys::FileKeys;
use absah_issuer::ledger::publication::publish;
use absah_issuer::ledger::seal::{Log, Sealer};
use absah_issuer::ledger::sequence;
use absah_issuer::store::SqliteStore;
use absah_issuer_core::offer::{Offer, OfferSecret};
use absah_issuer_core::ports::Store as _;
use absah_schemas::CredentialType;
use absah_types::{Clock as _, Nik, Secret, Timestamp};

use crate::import::AS_ISSUER;
use crate::measure::{Outcome, wall};
use crate::report::{Goal, Report};

const GROUP: &str = "Ledger: durable leaves and an outsider's audit, time on the wall";
const PASSPHRASE: &str = "bench passphrase of no value";
/// Acts under way at the same time: as many as are committed together.
const AT_ONCE: usize = 256;

pub(crate) fn measure(report: &mut Report, leaves: usize) -> Outcome<()> {
    let place = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let data = place.path().join("data");
    runtime.block_on(write(report, &data, leaves))?;
    let passphrase = place.path().join("passphrase");
    std::fs::write(&passphrase, PASSPHRASE)?;
    audit(report, place.path(), &passphrase, leaves)
}

async fn write(report: &mut Report, data: &Path, leaves: usize) -> Outcome<()> {
    let dir = DataDir::open("issuer", Some(data), &Env::default())?;
    let mut rng = OsRng::open()?;
    let keys = Arc::new(FileKeys::open(&dir, &Secret::new(PASSPHRASE.to_owned()), &mut rng)?);
    let sealer = Sealer::new(keys.as_ref(), Box::new(OsRng::open()?))?;
    let store = Arc::new(SqliteStore::open(&dir.join(STORE_FILE), sealer).await?);
    let now = absah_host::SystemClock.now();
    let people: Vec<Nik> = absah_testkit::population::population(1_000, 61).map(|one| one.nik).collect();

    let start = wall();
    let done = Arc::new(AtomicBool::new(false));
    // As `serve` does it: beside the acts, whenever something waits.
    let sequencing = {
        let (store, keys, done) = (Arc::clone(&store), Arc::clone(&keys), Arc::clone(&done));
        tokio::spawn(async move {
            loop {
                let was_done = done.load(Ordering::SeqCst);
                let moved = sequence(&store, keys.as_ref(), now).await;
                if was_done || moved.is_err() {
                    return moved.map(|_| ());
                }
                tokio::time::sleep(core::time::Duration::from_millis(100)).await;
            }
        })
    };
    let mut acting = tokio::task::JoinSet::new();
    for worker in 0..AT_ONCE {
        let store = Arc::clone(&store);
        let mine: Vec<Nik> =
            people.iter().copied().cycle().skip(worker).take(share(leaves, worker)).collect();
        acting.spawn(act(store, mine, now));
    }
    while let Some(result) = acting.join_next().await {
        result?.map_err(|error| error.to_string())?;
    }
    done.store(true, Ordering::SeqCst);
    sequencing.await??;
    let seconds = (wall() - start).as_secs_f64();
    let head = store.ledger_head(Log::Audit, 0).await?.ok_or("no checkpoint")?;
    let written = head.size as f64;
    report.goal(
        GROUP,
        "acts that are durable, each with its leaf",
        written / seconds,
        "/s",
        Goal::AtLeast(1_000.0),
    );
    report.figure(GROUP, "limit: as many bytes appended, a flush for each group", flushes(data)?, "/s");
    if head.size != u64::try_from(leaves)? {
        return Err(format!("{leaves} acts and {} leaves", head.size).into());
    }
    let start = wall();
    publish(&store, data, Log::Audit, &head).await?;
    report.figure(GROUP, "publishing all tiles anew", (wall() - start).as_secs_f64(), "s");
    Ok(())
}

fn share(leaves: usize, worker: usize) -> usize {
    leaves / AT_ONCE + usize::from(worker < leaves % AT_ONCE)
}

async fn act(
    store: Arc<SqliteStore>,
    people: Vec<Nik>,
    now: Timestamp,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut rng = OsRng::open()?;
    for nik in people {
        let secret = OfferSecret::random(&mut rng);
        let offer = Offer::open(&secret, "123456", nik, CredentialType::KtpElektronik, now);
        store.place(offer, now).await?;
    }
    Ok(())
}

/// Leaves per second if nothing were done but to write about as much and wait for the disk once a group.
fn flushes(data: &Path) -> Outcome<f64> {
    const GROUPS: usize = 50;
    let path = data.join("flushes");
    let mut file = std::fs::File::create(&path)?;
    let group = vec![7_u8; AT_ONCE * 700];
    let start = wall();
    for _ in 0..GROUPS {
        file.write_all(&group)?;
        file.sync_data()?;
    }
    let seconds = (wall() - start).as_secs_f64();
    std::fs::remove_file(path)?;
    Ok((GROUPS * AT_ONCE) as f64 / seconds)
}

fn audit(report: &mut Report, place: &Path, passphrase: &Path, leaves: usize) -> Outcome<()> {
    let command = |data: &Path, words: &[&str]| -> Outcome<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(AS_ISSUER).arg("--data-dir").arg(data).args(words);
        command.env("ABSAH_DEV", "1").env("ABSAH_KEY_PASSPHRASE_FILE", passphrase).stderr(Stdio::null());
        Ok(command)
    };
    let mut server = command(&place.join("data"), &["serve", "--listen", "127.0.0.1:0"])?
        .stdout(Stdio::piped())
        .spawn()?;
    let audited = (|| {
        let url = listening(&mut server)?;
        let start = wall();
        let said = command(&place.join("outsider"), &["ledger", "audit", &url, "--log", "audit", "--json"])?
            .output()?;
        let seconds = (wall() - start).as_secs_f64();
        let said: serde_json::Value = serde_json::from_slice(&said.stdout)?;
        let size = said.pointer("/logs/0/size").and_then(serde_json::Value::as_u64).unwrap_or_default();
        Ok::<_, Box<dyn std::error::Error>>((said.to_string(), size, seconds))
    })();
    server.kill()?;
    server.wait()?;
    let (said, size, seconds) = audited?;
    // The server itself adds the leaf of its identity. No witness is named: nothing else is amiss.
    if size < u64::try_from(leaves)? || !said.starts_with("{\"code\":\"ledger-unwitnessed\"") {
        return Err(format!("the audit ended with {said}").into());
    }
    report.figure(GROUP, "leaves audited over HTTP by another process", size as f64, "");
    report.goal(GROUP, "time of the audit", seconds, "s", Goal::AtMost(60.0));
    Ok(())
}

fn listening(server: &mut Child) -> Outcome<String> {
    let out = server.stdout.take().ok_or("no output")?;
    for line in BufReader::new(out).lines() {
        if let Some(url) = line?.strip_prefix("listening ") {
            return Ok(url.to_owned());
        }
    }
    Err("the server ended".into())
}
