//! `trust create`, `trust show`, `trust rotate`, `trust distrust`, `trust did-log`.

use std::path::{Path, PathBuf};

use absah_crypto::sha256;
use absah_host::{Context, Exit, FileError, read_file};
use absah_issuer_core::ports::{ActKind, KeyRole, KeyStore, StoreError};
use absah_trust::certificate::dangerous_period_of;
use absah_trust::webvh::{DidLog, MAX_LOG_BYTES, MAX_WITNESS_BYTES, with_implicit_services};
use absah_types::{Seconds, Timestamp, coded, hex};
use serde_json::{Value, json};

use super::{Desk, Outcome, issuing_ca};
use crate::certificates::{self, AUTHORITY_AHEAD, SIGNER_USE};
use crate::did_log::{self, KeptLog};
use crate::publish::PublishError;
use crate::signers::{self, AHEAD, is_in_force, key_id};
use crate::store::{CaCertificate, SignerRow, SqliteStore, TrustStep};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Begins the chain of certificates and the first signers; done at first use, too.
    Create(OfflineArgs),
    /// Shows root, issuing authority and signers.
    Show,
    /// Publishes the next key of a signer. The earlier one stays trusted for what it signed.
    Rotate(RotateArgs),
    /// Believes nothing more that a key signed after a moment.
    Distrust {
        /// The key: its URL, or the part of it after the #.
        kid: String,
        /// The moment (RFC 3339). Of cards of that very day none is believed any more.
        #[arg(long, value_name = "TIME")]
        after: String,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Prints did.jsonl, the history of the issuer's keys; or checks one, of any identifier.
    DidLog {
        /// A file to check, with the did-witness.json beside it, if there is one.
        #[arg(long, value_name = "FILE")]
        check: Option<PathBuf>,
    },
    /// The issuing authority.
    #[command(subcommand)]
    IssuingCa(issuing_ca::Command),
}

#[derive(Debug, clap::Args)]
pub(super) struct OfflineArgs {
    /// Where the offline root lies; otherwise keys/offline in the data directory.
    #[arg(long, value_name = "DIR")]
    pub(super) offline_keys: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct RotateArgs {
    /// credential, status or registration.
    role: String,
    /// After how many days the new key signs.
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=90))]
    activate_after: i64,
    /// It signs at once, and the earlier keys no more.
    #[arg(long, conflicts_with = "activate_after")]
    now: bool,
}

/// The command makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrustError {
    /// There is no signer of that name.
    Role,
    /// There is no such key.
    Key,
    /// The moment is none, or lies ahead.
    Moment,
    /// A next key is already published and not yet in force.
    NextPublished,
    /// The issuing authority has ended: a certificate made below it is believed by nobody.
    AuthorityEnded,
}

impl core::fmt::Display for TrustError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Role => "no signer of that name",
            Self::Key => "no such signing key",
            Self::Moment => "no moment that has been",
            Self::AuthorityEnded => "the issuing authority has ended",
            Self::NextPublished => "the next key is already published",
        })
    }
}

impl core::error::Error for TrustError {}

coded! { TrustError {
    Role => ("signer-role-unknown", User),
    Key => ("signer-key-unknown", User),
    Moment => ("trust-moment", User),
    NextPublished => ("signer-next-published", User),
    AuthorityEnded => ("issuing-ca-ended", User),
} }

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::Create(args) => create(args, desk),
        Command::Show => desk.with_store(async |store, context| show(store, context).await),
        Command::Rotate(args) => rotate(args, desk),
        Command::Distrust { kid, after, reason } => distrust(kid, after, reason, desk),
        Command::DidLog { check: Some(file) } => check_did_log(file, desk),
        Command::DidLog { check: None } => print_did_log(desk),
        Command::IssuingCa(command) => issuing_ca::run(command, desk),
    }
}

fn create(args: &OfflineArgs, desk: &mut Desk<'_>) -> Outcome {
    let keys = desk.keys_with(args.offline_keys.as_deref())?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        signers::begin(store, keys.as_ref(), now, context.rng.as_mut()).await?;
        did_log::keep_up_all(store, keys.as_ref(), now).await?;
        show(store, context).await
    })
}

fn rotate(args: &RotateArgs, desk: &mut Desk<'_>) -> Outcome {
    let role = KeyRole::of_name(&args.role).filter(|role| KeyRole::SIGNERS.contains(role));
    let role = role.ok_or(TrustError::Role)?;
    let keys = desk.keys()?;
    // Asked before a key is added to the file for nothing.
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        signers::begin(store, keys.as_ref(), now, context.rng.as_mut()).await?;
        if certificates::has_ended(&store.chain().await?, now)? {
            return Err(TrustError::AuthorityEnded.into());
        }
        let waits =
            |row: &SignerRow| row.role == role && row.distrusted_after.is_none() && row.active_from > now;
        if !args.now && store.signers().await?.iter().any(waits) {
            return Err(TrustError::NextPublished.into());
        }
        Ok(())
    })?;
    let (keys, generation) = desk.add_key(role)?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        let key = keys.generation(role, generation).ok_or(TrustError::Key)?.public_key().clone();
        let from = if args.now { now } else { now.plus(Seconds::days(args.activate_after)) };
        let row = SignerRow {
            role,
            generation,
            key_id: key_id(role, generation),
            key,
            published_at: now,
            active_from: from,
            ends_at: from.plus(SIGNER_USE),
            distrusted_after: None,
        };
        let name = row.key_id.clone();
        let mut steps = vec![TrustStep::Signer(row)];
        if args.now {
            steps.push(TrustStep::EndEarlier { role, generation });
        }
        store.trust_steps(steps, Some((ActKind::SignerPublish, name.clone())), now).await?;
        for (url, _) in store.identities().await? {
            let url = absah_types::HttpsUrl::parse_dev(&url).map_err(|_| TrustError::Key)?;
            signers::certify(store, keys.as_ref(), &url, now, context.rng.as_mut()).await?;
        }
        let did_version = did_version(store, keys.as_ref(), now).await?;
        answer(
            context,
            &json!({
                "role": role.name(),
                "key_id": name,
                "generation": generation,
                "active_from": from.to_string(),
                "ends_at": from.plus(SIGNER_USE).to_string(),
                "publish_bundle": true,
                // A running server notices by itself.
                "restart_serve": false,
                "did_webvh_version": did_version,
            }),
            &format!("{name} {from}"),
        )
    })
}

fn distrust(kid: &str, after: &str, reason: &str, desk: &mut Desk<'_>) -> Outcome {
    let after = Timestamp::parse_rfc3339(after).map_err(|_| TrustError::Moment)?;
    let key_id = kid.rsplit('#').next().unwrap_or(kid).to_owned();
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        if after > now {
            return Err(TrustError::Moment.into());
        }
        let rows = store.signers().await?;
        let row = rows.iter().find(|row| row.key_id == key_id).ok_or(TrustError::Key)?;
        let steps = vec![TrustStep::Distrust { key_id: key_id.clone(), after, reason: reason.to_owned() }];
        let object = format!("{key_id} {after} {reason}");
        store.trust_steps(steps, Some((ActKind::SignerDistrust, object)), now).await?;
        let others =
            |other: &SignerRow| other.role == row.role && other.key_id != key_id && is_in_force(other, now);
        let successor = rows.iter().any(others);
        let did_version = did_version(store, keys.as_ref(), now).await?;
        answer(
            context,
            &json!({
                "key_id": key_id,
                "distrusted_after": after.to_string(),
                "successor_in_force": successor,
                "publish_bundle": true,
                // A running server notices by itself.
                "restart_serve": false,
                "did_webvh_version": did_version,
            }),
            &format!("{key_id} {after}"),
        )
    })
}

fn print_did_log(desk: &mut Desk<'_>) -> Outcome {
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        let log = did_log::keep_up_all(store, keys.as_ref(), context.clock.now()).await?;
        let log = log.ok_or(PublishError::NoIdentity)?;
        let text = log.lines.concat();
        let said = json!({ "did": log.did(), "versions": log.lines.len(), "log": text });
        answer(context, &said, text.trim_end())
    })
}

fn check_did_log(file: &Path, desk: &mut Desk<'_>) -> Outcome {
    let limit = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX);
    let text = read_file(file, limit(MAX_LOG_BYTES))?;
    let witnesses = match read_file(&file.with_file_name("did-witness.json"), limit(MAX_WITNESS_BYTES)) {
        Ok(bytes) => Some(bytes),
        Err(FileError::Missing { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let log = DidLog::verify(&text, witnesses.as_deref(), desk.context.clock.now())?;
    let newest = log.newest();
    let said = json!({
        "did": newest.did(),
        "versions": log.versions().len(),
        "metadata": log.metadata(newest),
        "document": with_implicit_services(newest.document()),
    });
    answer(desk.context, &said, &format!("{} {}", newest.did(), newest.id()))
}

/// Brings the did:webvh logs up to date; the number of the newest entry under the issuer's last name.
async fn did_version(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    now: Timestamp,
) -> Result<Option<usize>, did_log::DidLogError> {
    Ok(did_log::keep_up_all(store, keys, now).await?.map(|log| log.lines.len()))
}

async fn show(store: &SqliteStore, context: &mut Context) -> Outcome {
    let now = context.clock.now();
    let chain = store.chain().await?;
    let rows = store.signers().await?;
    let ca = |ca: &CaCertificate| {
        let ends =
            dangerous_period_of(&ca.certificate).map(|(_, end)| end).map_err(|_| StoreError::Damaged)?;
        Ok(json!({
            "generation": ca.generation,
            "sha256": hex::encode(sha256(&ca.certificate)),
            "active_from": ca.active_from.to_string(),
            "ends_at": ends.to_string(),
        }))
    };
    let issuing: Vec<Value> =
        chain.iter().filter(|ca| !ca.is_root).map(ca).collect::<Result<_, StoreError>>()?;
    let lasts = |ca: &CaCertificate| {
        !ca.is_root
            && dangerous_period_of(&ca.certificate).is_ok_and(|(_, end)| end > now.plus(AUTHORITY_AHEAD))
    };
    let issuing_ends = chain.iter().any(|ca| ca.is_root) && !chain.iter().any(lasts);
    let log = match store.last_identity().await? {
        Some(url) => KeptLog { lines: store.did_log(url.as_str().trim_end_matches('/')).await? },
        None => KeptLog { lines: Vec::new() },
    };
    let warnings: Vec<String> = KeyRole::SIGNERS
        .into_iter()
        .filter(|role| chain.iter().any(|ca| ca.is_root) && lacks_successor(&rows, *role, now))
        .map(|role| role.name().to_owned())
        .collect();
    let root = chain.iter().find(|ca| ca.is_root);
    let fingerprint = root.map(|root| hex::encode(sha256(&root.certificate)));
    let said = json!({
        // The certificate's, as it was called before; `bundle publish` calls that of the bundle's root document so.
        "root_sha256": fingerprint,
        "ca_root_sha256": fingerprint,
        "issuing_ca": issuing,
        "issuing_ca_ends_soon": issuing_ends,
        "did_webvh": log.did(),
        "did_webvh_version": log.lines.len(),
        "self_signed_authority": store.authority().await?.map(|der| hex::encode(sha256(&der))),
        "signers": rows.iter().map(|row| entry(row, now)).collect::<Vec<_>>(),
        "without_successor": warnings,
    });
    let fingerprint = fingerprint.as_deref().unwrap_or("-");
    let mut text = vec![context.console.text_with("trust-ca-root", &[("hash", fingerprint)])];
    text.extend(rows.iter().map(|row| {
        let state = context.console.text(&format!("trust-state-{}", state(row, now)));
        let end = row.ends_at.to_string();
        let values = [("key", row.key_id.as_str()), ("state", &state), ("end", &end)];
        context.console.text_with("trust-signer", &values)
    }));
    text.extend(log.did().map(|did| {
        let count = log.lines.len().to_string();
        context.console.text_with("trust-did-log", &[("did", did.as_str()), ("count", &count)])
    }));
    text.extend(warnings.iter().map(|role| format!("! {role}: absah-issuer trust rotate {role}")));
    text.extend(issuing_ends.then(|| "! issuing-ca: absah-issuer trust issuing-ca renew".to_owned()));
    answer(context, &said, &text.join("\n"))
}

/// Whether a role has fewer than 30 days left on the last key that is published for it.
fn lacks_successor(rows: &[SignerRow], role: KeyRole, now: Timestamp) -> bool {
    let of_role = rows.iter().filter(|row| row.role == role && row.distrusted_after.is_none());
    of_role.map(|row| row.ends_at).max().is_none_or(|end| end < now.plus(AHEAD))
}

fn state(row: &SignerRow, now: Timestamp) -> &'static str {
    if row.distrusted_after.is_some() {
        "distrusted"
    } else if row.active_from > now {
        "published"
    } else if row.ends_at < now {
        "ended"
    } else {
        "in-force"
    }
}

fn entry(row: &SignerRow, now: Timestamp) -> Value {
    json!({
        "role": row.role.name(),
        "generation": row.generation,
        "key_id": row.key_id,
        "thumbprint": absah_types::base64url::encode(row.key.thumbprint()),
        "state": state(row, now),
        "published_at": row.published_at.to_string(),
        "active_from": row.active_from.to_string(),
        "ends_at": row.ends_at.to_string(),
        "days_left": row.ends_at.since(now).0.div_euclid(86_400),
        "distrusted_after": row.distrusted_after.map(|at| at.to_string()),
    })
}

pub(super) fn answer(context: &mut Context, json: &Value, text: &str) -> Outcome {
    if context.console.json() {
        context.console.answer(json);
    } else {
        context.console.line(text);
    }
    Ok(Exit::Ok)
}
