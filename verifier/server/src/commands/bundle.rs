//! `bundle import DIR [--root-sha256 HEX]`.

use std::io::{BufRead as _, IsTerminal as _};

use absah_host::{CommonArgs, Context, Exit, FolderLimits, read_folder};
use absah_trust::{Anchor, Bundle, Files, tuf};
use absah_types::hex;
use serde_json::json;

use crate::app::App;
use crate::args::Import;
use crate::error::{Failure, VerifierError};

/// Takes a folder over: verified as a whole, replaced in one step.
pub(crate) async fn import(
    common: &CommonArgs,
    args: &Import,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let files = read_folder(&args.dir, FolderLimits::default())?;
    let now = context.clock.now();
    let bundle = loop {
        let before = app.store().trusted_state().await?;
        let anchor = match &before {
            Some(state) => Anchor::Trusted(state),
            None => Anchor::FirstRoot(confirmed_root(args.root_sha256.as_deref(), &files, context)?),
        };
        let (bundle, state) = Bundle::import(&files, anchor, now)?;
        // Another import in the meantime: judge against what it left.
        if app.store().replace_bundle(before.as_ref(), &files, &state).await? {
            break bundle;
        }
    };
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({
            "bundle_version": bundle.version(),
            "published_at": bundle.published_at().to_string(),
            "expires_at": bundle.online_expires().to_string(),
            "registrations": bundle.registry().listed().len(),
            "status_lists": bundle.statuses().len(),
        }));
    } else {
        let done = console.text("counter-bundle-imported");
        console.line(&format!("{done} {} ({})", bundle.version(), bundle.published_at()));
    }
    Ok(Exit::Ok)
}

/// The hash of the first root as a person vouches for it: by the flag, or by typing its beginning.
fn confirmed_root(flag: Option<&str>, files: &Files, context: &mut Context) -> Result<[u8; 32], Failure> {
    if let Some(text) = flag {
        return Ok(hex::decode_array(&text.trim().to_ascii_lowercase()).map_err(|_| VerifierError::RootHash)?);
    }
    let root = files.get(&tuf::Role::Root.path(1)).ok_or(VerifierError::NoRoot)?;
    let sha256 = tuf::root_sha256(root);
    let text = hex::encode(sha256);
    let question = context.console.text("counter-root-question");
    context.console.notice(&text);
    context.console.notice(&question);
    let mut typed = String::new();
    let stdin = std::io::stdin();
    if !stdin.is_terminal() || stdin.lock().read_line(&mut typed).is_err() {
        return Err(VerifierError::RootUnconfirmed.into());
    }
    let typed = typed.trim().to_ascii_lowercase();
    // Eight digits are what a person compares by telephone.
    if typed.len() < 8 || !text.starts_with(&typed) {
        return Err(VerifierError::RootUnconfirmed.into());
    }
    Ok(sha256)
}
