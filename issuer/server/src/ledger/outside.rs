//! A log from outside: everything over HTTP, nothing believed.

use std::path::Path;

use absah_fetch::{FetchError, Fetcher, Request};
use absah_host::{Mode, read_file, write_atomic};
use absah_ledger::note::NoteKey;
use absah_ledger::policy::PolicyError;
use absah_ledger::tile::{TilePath, WIDTH};
use absah_ledger::{Audit, Checkpoint, Finding, LedgerPolicy, Note, Report};
use absah_types::{HttpsUrl, Seconds, Timestamp, coded};

use super::publication::beginning;

/// Files under way at the same time.
const IN_FLIGHT: usize = 16;

/// Nothing could be audited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutsideError {
    /// The site does not answer, or not with what was asked.
    Fetch(FetchError),
    /// The site has no such file.
    Absent,
    /// Its policy cannot be used.
    Policy(PolicyError),
    /// The log as a whole is not believed.
    Log(Finding),
    /// An address is none.
    Address,
}

impl core::fmt::Display for OutsideError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Fetch(error) => error.fmt(f),
            Self::Absent => f.write_str("no ledger at the address"),
            Self::Policy(error) => error.fmt(f),
            Self::Log(finding) => finding.fmt(f),
            Self::Address => f.write_str("address of the ledger unusable"),
        }
    }
}

impl core::error::Error for OutsideError {}

coded! { OutsideError {
    Fetch(error) => inner(error),
    Absent => ("ledger-absent", Peer),
    Policy(error) => inner(error),
    Log(finding) => inner(finding),
    Address => ("ledger-address", User),
} }

/// Fetches a file under a prefix; nothing if the site does not have it.
async fn fetch(fetcher: &Fetcher, url: &HttpsUrl) -> Result<Option<Vec<u8>>, OutsideError> {
    let answer = fetcher.send(Request::get(url)).await.map_err(OutsideError::Fetch)?;
    match answer.status {
        200 => Ok(Some(answer.body)),
        _ => Ok(None),
    }
}

/// The policy that a site says of itself.
///
/// # Errors
/// [`OutsideError`].
pub async fn own_policy(
    fetcher: &Fetcher,
    site: &str,
    parse: impl Fn(&str) -> Option<HttpsUrl>,
) -> Result<LedgerPolicy, OutsideError> {
    let url =
        parse(&format!("{}/ledger/policy.json", site.trim_end_matches('/'))).ok_or(OutsideError::Address)?;
    let bytes = fetch(fetcher, &url).await?.ok_or(OutsideError::Absent)?;
    LedgerPolicy::from_json(&bytes).map_err(OutsideError::Policy)
}

/// When an audit is made, and how it judges what is old.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// By the auditor's clock.
    pub now: Timestamp,
    /// How old the newest cosigned checkpoint may be.
    pub max_age: Seconds,
}

/// Audits one log whose files stand under a prefix; `memory` is where its newest checkpoint is remembered between two
/// audits.
///
/// # Errors
/// [`OutsideError`] if there is nothing to audit; what is wrong with a log stands in the report.
pub async fn audit(
    fetcher: &Fetcher,
    prefix: &str,
    key: &NoteKey,
    policy: &LedgerPolicy,
    memory: &Path,
    times: Times,
    parse: impl Fn(&str) -> Option<HttpsUrl>,
) -> Result<Report, OutsideError> {
    let prefix = prefix.trim_end_matches('/');
    let address = |path: &str| parse(&format!("{prefix}/{path}")).ok_or(OutsideError::Address);
    let checkpoint = fetch(fetcher, &address("checkpoint")?).await?.ok_or(OutsideError::Absent)?;
    let checkpoint = String::from_utf8_lossy(&checkpoint).into_owned();
    let seen = remembered(memory, key);
    let audit = Audit::begin(&checkpoint, key, policy, seen, (times.now, times.max_age));
    let mut audit = audit.map_err(OutsideError::Log)?;
    let mut waiting = audit.needed().into_iter();
    let mut tasks = tokio::task::JoinSet::new();
    loop {
        while tasks.len() < IN_FLIGHT
            && let Some(tile) = waiting.next()
        {
            let full = TilePath { width: u16::try_from(WIDTH).unwrap_or(u16::MAX), ..tile };
            let (part, whole) = (address(&tile.path())?, address(&full.path())?);
            let fetcher = fetcher.clone();
            tasks.spawn(async move {
                // "If a partial tile is gone, its full tile is there": of that the beginning counts.
                let mut bytes = fetch(&fetcher, &part).await;
                if tile != full && matches!(bytes, Ok(None)) {
                    bytes = fetch(&fetcher, &whole)
                        .await
                        .map(|full| full.and_then(|full| beginning(&tile, &full)));
                }
                (tile, bytes)
            });
        }
        let Some(done) = tasks.join_next().await else { break };
        let Ok((tile, bytes)) = done else { continue };
        audit.take(tile, bytes?);
    }
    let report = audit.finish();
    // The history holds, whoever vouched for it and when.
    let is_of_witnesses = |finding: &Finding| {
        use Finding::{Ahead, Quorum, Stale, Unwitnessed};
        matches!(finding, Quorum { .. } | Unwitnessed | Stale { .. } | Ahead { .. })
    };
    if report.findings.iter().all(is_of_witnesses) {
        // Not to remember costs nothing but the comparison of the next time.
        let _ = write_atomic(memory, checkpoint.as_bytes(), Mode::Private);
    }
    Ok(report)
}

fn remembered(memory: &Path, key: &NoteKey) -> Option<Checkpoint> {
    let bytes = read_file(memory, 1 << 16).ok()?;
    let note = Note::parse(core::str::from_utf8(&bytes).ok()?).ok()?;
    Checkpoint::verify(&note, key).ok()
}
