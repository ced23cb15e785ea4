//! `trust issuing-ca renew|replace`.

use absah_crypto::{PublicKey, Signer, sha256};
use absah_issuer_core::ports::{ActKind, KeyRole, KeyStore as _};
use absah_trust::certificate::{dangerous_key_of, is_signed_by};
use absah_types::{Rng, Seconds, Timestamp, coded, hex};
use serde_json::json;

use super::trust::{OfflineArgs, answer};
use super::{Desk, Failure, Outcome};
use crate::certificates::{self, CertificateError};
use crate::store::{CaCertificate, SqliteStore, TrustStep};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Has the root sign a new certificate of the same key.
    Renew(OfflineArgs),
    /// Gives it a new key: made known at once, used later. What the old one signed stays believed.
    Replace(ReplaceArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct ReplaceArgs {
    #[command(flatten)]
    offline: OfflineArgs,
    /// After how many days the new key signs.
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=365))]
    activate_after: i64,
    /// It signs at once.
    #[arg(long, conflicts_with = "activate_after")]
    now: bool,
}

/// The issuing authority is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuingCaError {
    /// A next key is already known and not yet in force.
    NextPublished,
}

impl core::fmt::Display for IssuingCaError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NextPublished => "the next key of the issuing authority is already known",
        })
    }
}

impl core::error::Error for IssuingCaError {}

coded! { IssuingCaError {
    NextPublished => ("issuing-ca-next-published", User),
} }

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::Renew(args) => renew(args, desk),
        Command::Replace(args) => replace(args, desk),
    }
}

/// The key of the root in the records, from where it is kept.
async fn root_key(
    store: &SqliteStore,
    keys: &crate::keys::FileKeys,
) -> Result<Box<dyn Signer + Send + Sync>, Failure> {
    let above = keys.offline_root().ok_or(CertificateError::OfflineRoot)?;
    let chain = store.chain().await?;
    let root = chain.iter().find(|ca| ca.is_root).ok_or(CertificateError::Authority)?;
    // The root brought along must be the one this chain began with.
    if dangerous_key_of(&root.certificate).ok().as_ref() != Some(above.public_key()) {
        return Err(CertificateError::OfflineRoot.into());
    }
    Ok(above)
}

fn renew(args: &OfflineArgs, desk: &mut Desk<'_>) -> Outcome {
    let keys = desk.keys_with(args.offline_keys.as_deref())?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        let above = root_key(store, &keys).await?;
        let (authority, _) = certificates::authority(&store.chain().await?, keys.as_ref(), now)?;
        let key = authority.0.public_key().clone();
        let kind = ActKind::IssuingCaRenew;
        let made = certify(store, (above.as_ref(), &key), (now, now), kind, context.rng.as_mut()).await?;
        let (generation, fingerprint) = made;
        let said = json!({ "generation": generation, "sha256": fingerprint, "publish_bundle": true });
        answer(context, &said, &format!("{generation} {fingerprint}"))
    })
}

fn replace(args: &ReplaceArgs, desk: &mut Desk<'_>) -> Outcome {
    let keys = desk.keys_with(args.offline.offline_keys.as_deref())?;
    // Asked before a key is added to the file for nothing.
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        drop(root_key(store, &keys).await?);
        if !args.now && store.chain().await?.iter().any(|ca| !ca.is_root && ca.active_from > now) {
            return Err(IssuingCaError::NextPublished.into());
        }
        Ok(())
    })?;
    let (added, number) = desk.add_key(KeyRole::IssuingCa)?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        let above = root_key(store, &keys).await?;
        let key = added.generation(KeyRole::IssuingCa, number).ok_or(CertificateError::AuthorityKey)?;
        let from = if args.now { now } else { now.plus(Seconds::days(args.activate_after)) };
        let (pair, kind) = ((above.as_ref(), key.public_key()), ActKind::IssuingCaReplace);
        let (generation, fingerprint) = certify(store, pair, (now, from), kind, context.rng.as_mut()).await?;
        let said = json!({
            "generation": generation,
            "key_generation": number,
            "sha256": fingerprint,
            "active_from": from.to_string(),
            "publish_bundle": true,
        });
        answer(context, &said, &format!("{generation} {fingerprint} {from}"))
    })
}

/// Has the root sign a certificate; answers its number and SHA-256.
async fn certify(
    store: &SqliteStore,
    (above, key): (&(dyn Signer + Send + Sync), &PublicKey),
    (now, active_from): (Timestamp, Timestamp),
    kind: ActKind,
    rng: &mut dyn Rng,
) -> Result<(u32, String), Failure> {
    let chain = store.chain().await?;
    let root = chain.iter().find(|ca| ca.is_root).ok_or(CertificateError::Authority)?;
    let certificate = certificates::issuing(above, key, now, rng)?;
    if is_signed_by(&certificate, &root.certificate) != Ok(true) {
        return Err(CertificateError::OfflineRoot.into());
    }
    let last = chain.iter().filter(|ca| !ca.is_root).map(|ca| ca.generation).max().unwrap_or_default();
    let generation = last.saturating_add(1);
    let fingerprint = hex::encode(sha256(&certificate));
    let step = TrustStep::Ca(CaCertificate { is_root: false, generation, certificate, active_from });
    let act = (kind, format!("{generation} {fingerprint} {active_from}"));
    store.trust_steps(vec![step], Some(act), now).await?;
    Ok((generation, fingerprint))
}
