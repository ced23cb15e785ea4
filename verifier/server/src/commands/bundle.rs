//! `bundle import|pull|export|status`.

use absah_carry::args::{Export, Import, Pull, RootHash};
use absah_carry::{CarryError, confirm, export, pull, show, source};
use absah_host::{CommonArgs, Context, Exit, Terminal};
use absah_trust::{Anchor, Bundle, Files};
use absah_types::Timestamp;

use crate::app::App;
use crate::error::{Failure, VerifierError};

/// Takes a folder or frames over: verified as a whole, replaced in one step.
pub(crate) async fn import(
    common: &CommonArgs,
    args: &Import,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let held = app.store().bundle().await?.map(|(files, _)| files);
    let files = source::read(&args.source, held.as_ref())?;
    take_over(&app, &files, &args.root, context).await
}

/// Fetches a bundle and takes it over like one from a folder.
pub(crate) async fn pull(common: &CommonArgs, args: &Pull, context: &mut Context) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let held = app.store().bundle().await?.map(|(files, _)| files);
    let files = pull::pull(&args.url, held.as_ref(), app.reach()).await?;
    take_over(&app, &files, &args.root, context).await
}

async fn take_over(
    app: &App,
    files: &Files,
    root: &RootHash,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let now = context.clock.now();
    let given = root.root_sha256.as_deref();
    confirm::same_root(given, files)?;
    loop {
        let before = app.store().trusted_state().await?;
        let anchor = match &before {
            Some(state) => Anchor::Trusted(state),
            None => {
                let first = confirm::first_root(given, files, &mut Terminal, &mut context.console)?;
                Anchor::FirstRoot(first)
            }
        };
        let (bundle, state) = Bundle::import(files, anchor, now)?;
        // Another import in the meantime: judge against what it left.
        if app.store().replace_bundle(before.as_ref(), files, &state).await? {
            return Ok(show::taken_over(&bundle, now, &mut context.console));
        }
    }
}

/// Takes a newer bundle over where one is in use already; its version.
///
/// # Errors
/// `FirstBundle`; whatever is wrong with the bundle; the store's.
pub(crate) async fn take_over_known(app: &App, files: &Files, now: Timestamp) -> Result<u64, Failure> {
    loop {
        let before = app.store().trusted_state().await?.ok_or(VerifierError::FirstBundle)?;
        let (bundle, state) = Bundle::import(files, Anchor::Trusted(&before), now)?;
        // Another import in the meantime: judge against what it left.
        if app.store().replace_bundle(Some(&before), files, &state).await? {
            return Ok(bundle.version());
        }
    }
}

/// Passes on the bundle in use.
pub(crate) async fn export(
    common: &CommonArgs,
    args: &Export,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let (files, state) = app.store().bundle().await?.ok_or(CarryError::NoBundle)?;
    // What does not hold here is not passed on.
    let bundle = Bundle::reopen(&files, &state)?;
    Ok(export::run(&files, bundle.version(), args, &mut context.console)?)
}

/// How old the bundle in use is.
pub(crate) async fn status(common: &CommonArgs, context: &mut Context) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let bundle = app.bundle().await?.ok_or(CarryError::NoBundle)?;
    Ok(show::status(&bundle, context.clock.now(), &mut context.console))
}
