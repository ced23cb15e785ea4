//! Taking over a trust bundle.

use absah_trust::{Anchor, Bundle, BundleError, bundle::Files, tuf};
use absah_types::{Seconds, Timestamp, hex};
use serde_json::Value;

use crate::{
    effect::Effect,
    intent::Env,
    prompt::{BundleFacts, Prompt, RootConsent},
    refusal::Refusal,
    wallet::{Flow, Step, Trust, Wallet, show},
};

/// Where the first root document stands.
pub const FIRST_ROOT: &str = "metadata/1.root.json";

/// Where its other signed documents stand.
const METADATA: &str = "metadata/";

/// A bundle that waits for a person to vouch for its root.
#[derive(Debug)]
pub(crate) struct Rooting {
    files: Files,
    root_sha256: [u8; 32],
    /// See [`restore`].
    was_held: bool,
}

/// "the first import demands the hash or a typed confirmation, later ones never."
pub(crate) fn import(wallet: &mut Wallet, files: Files, vouched: Option<[u8; 32]>, env: &Env<'_>) -> Step {
    let found = files.get(FIRST_ROOT).map(|root| tuf::root_sha256(root));
    // A hash given on purpose is looked at, also when it is not needed any more.
    if let (Some(vouched), Some(found)) = (vouched, found)
        && vouched != found
    {
        return Err(Refusal::Bundle(BundleError::Repository(tuf::Refusal::WrongRoot)));
    }
    if let Some(trust) = wallet.holdings.trust.clone() {
        return take_over(wallet, files, Anchor::Trusted(&trust.state), env.now);
    }
    let Some(found) = found else {
        return Err(Refusal::Bundle(BundleError::Repository(tuf::Refusal::Missing(tuf::Role::Root))));
    };
    if vouched.is_some() {
        return take_over(wallet, files, Anchor::FirstRoot(found), env.now);
    }
    Ok(ask(Rooting { files, root_sha256: found, was_held: false }))
}

/// The list of a backup: the wallet that made it had taken it over, says the file, which anybody may have made. So its root
/// is vouched for like every first one; but that it has run out since is no reason to leave it, as for the list of a wallet
/// that is opened after long. How old it is, is said wherever that counts.
pub(crate) fn restore(wallet: &mut Wallet, files: Files, vouched: Option<[u8; 32]>, env: &Env<'_>) -> Step {
    let found = files.get(FIRST_ROOT).map(|root| tuf::root_sha256(root));
    match found.filter(|_| wallet.holdings.trust.is_none()) {
        Some(found) if vouched == Some(found) => {
            let at = last_held(&files, env.now);
            take_over(wallet, files, Anchor::FirstRoot(found), at)
        }
        Some(found) if vouched.is_none() => Ok(ask(Rooting { files, root_sha256: found, was_held: true })),
        _ => import(wallet, files, vouched, env),
    }
}

/// The list that lies beside a vault which does not hold it: as its own, where it trusts this root; else as the heritage of
/// the wallet in whose place it was made, which the vault vouches for. Whether it was taken.
pub(crate) fn inherit(wallet: &mut Wallet, files: Files, now: Timestamp) -> bool {
    let at = last_held(&files, now);
    let found = files.get(FIRST_ROOT).map(|root| tuf::root_sha256(root));
    let known = wallet.holdings.trust.clone();
    let anchor = match (&known, found) {
        _ if wallet.bundle.is_some() => return false,
        (Some(trust), _) => Anchor::Trusted(&trust.state),
        (None, Some(found)) => Anchor::FirstRoot(found),
        (None, None) => return false,
    };
    take_over(wallet, files, anchor, at).is_ok()
}

fn ask(rooting: Rooting) -> (Flow, Vec<Effect>) {
    let consent = RootConsent { sha256: hex::encode(rooting.root_sha256) };
    (Flow::Rooting(Box::new(rooting)), vec![show(Prompt::TrustRoot(consent))])
}

/// The last moment, up to now, at which all documents of a list held. What is not read here is refused where it is.
fn last_held(files: &Files, now: Timestamp) -> Timestamp {
    let current =
        files.iter().filter(|(name, _)| name.starts_with(METADATA) && !name.ends_with(".root.json"));
    let ends = current.filter_map(|(_, document)| {
        let document: Value = serde_json::from_slice(document).ok()?;
        Timestamp::parse_rfc3339(document.get("signed")?.get("expires")?.as_str()?).ok()
    });
    ends.map(|end| end.minus(Seconds(1))).fold(now, Ord::min)
}

/// The person vouched for the root.
pub(crate) fn agree(wallet: &mut Wallet, rooting: Rooting, env: &Env<'_>) -> Step {
    let at = if rooting.was_held { last_held(&rooting.files, env.now) } else { env.now };
    take_over(wallet, rooting.files, Anchor::FirstRoot(rooting.root_sha256), at)
}

fn take_over(wallet: &mut Wallet, files: Files, anchor: Anchor<'_>, now: Timestamp) -> Step {
    let (bundle, state) = Bundle::import(&files, anchor, now).map_err(Refusal::Bundle)?;
    let facts = BundleFacts {
        version: bundle.version(),
        published_at: bundle.published_at(),
        issuers: bundle.trust().issuers.len(),
        registrations: bundle.registry().listed().len(),
    };
    wallet.holdings.trust = Some(Trust { state, imported_at: now });
    wallet.files = Some(files);
    wallet.bundle = Some(bundle);
    Ok((Flow::Idle, vec![Effect::Persist, show(Prompt::BundleImported(facts))]))
}
