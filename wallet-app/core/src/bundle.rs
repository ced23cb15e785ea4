//! Taking over a trust bundle.

use absah_trust::{Anchor, Bundle, BundleError, bundle::Files, tuf};
use absah_types::{Timestamp, hex};

use crate::{
    effect::Effect,
    intent::Env,
    prompt::{BundleFacts, Prompt, RootConsent},
    refusal::Refusal,
    wallet::{Flow, Step, Trust, Wallet, show},
};

/// Where the first root document stands.
const FIRST_ROOT: &str = "metadata/1.root.json";

/// A bundle that waits for a person to vouch for its root.
#[derive(Debug)]
pub(crate) struct Rooting {
    files: Files,
    root_sha256: [u8; 32],
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
    let consent = RootConsent { sha256: hex::encode(found) };
    let rooting = Rooting { files, root_sha256: found };
    Ok((Flow::Rooting(Box::new(rooting)), vec![show(Prompt::TrustRoot(consent))]))
}

/// The person vouched for the root.
pub(crate) fn agree(wallet: &mut Wallet, rooting: Rooting, env: &Env<'_>) -> Step {
    take_over(wallet, rooting.files, Anchor::FirstRoot(rooting.root_sha256), env.now)
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
