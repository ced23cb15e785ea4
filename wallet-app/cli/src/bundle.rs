//! `bundle import|pull|export|status`.

use absah_carry::args::RootHash;
use absah_carry::{BundleCommand, CarryError, confirm, export, pull, show, source};
use absah_host::{Ask, CommonArgs, Context, Exit};
use absah_wallet_core::{BundleFiles, Intent, Prompt, RootConsent, Wallet};

use crate::args::Restore;
use crate::commands::ended;
use crate::error::WalletError;
use crate::session::{Next, Session};

pub(crate) async fn run(
    common: &CommonArgs,
    command: &BundleCommand,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Exit, WalletError> {
    let mut session = Session::open(common, context)?;
    let held = session.wallet().bundle_files();
    match command {
        BundleCommand::Import(args) => {
            let files = source::read(&args.source, held)?;
            take_over(&mut session, files, &args.root, context, terminal).await
        }
        BundleCommand::Pull(args) => {
            let files = pull::pull(&args.url, held, session.reach()).await?;
            take_over(&mut session, files, &args.root, context, terminal).await
        }
        BundleCommand::Export(args) => {
            let bundle = session.wallet().bundle().ok_or(CarryError::NoBundle)?;
            let files = held.ok_or(CarryError::NoBundle)?;
            Ok(export::run(files, bundle.version(), args, &mut context.console)?)
        }
        BundleCommand::Status => {
            let bundle = session.wallet().bundle().ok_or(CarryError::NoBundle)?;
            Ok(show::status(bundle, context.clock.now(), &mut context.console))
        }
    }
}

async fn take_over(
    session: &mut Session,
    files: BundleFiles,
    root: &RootHash,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Exit, WalletError> {
    let root_sha256 = root.root_sha256.as_deref().map(confirm::given).transpose()?;
    let mut decide = |prompt: &Prompt, _: &Wallet, context: &mut Context| match prompt {
        Prompt::TrustRoot(consent) => vouched(consent, context, terminal),
        _ => Ok(Next::Done),
    };
    match session.drive(Intent::ImportBundle { files, root_sha256 }, context, &mut decide).await? {
        Prompt::BundleImported(_) => {
            let bundle = session.wallet().bundle().ok_or(CarryError::NoBundle)?;
            Ok(show::taken_over(bundle, context.clock.now(), &mut context.console))
        }
        other => Ok(ended(other, context)),
    }
}

/// The list of a backup, for a wallet that has none: whether it was taken over. With neither hash nor somebody to ask, it is
/// not; a hash that is another's is an error.
pub(crate) async fn of_backup(
    session: &mut Session,
    files: BundleFiles,
    args: &Restore,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<bool, WalletError> {
    let root_sha256 = args.root.root_sha256.as_deref().map(confirm::given).transpose()?;
    if args.yes && root_sha256.is_none() {
        return Ok(false);
    }
    let mut decide = |prompt: &Prompt, _: &Wallet, context: &mut Context| match prompt {
        Prompt::TrustRoot(consent) => match confirm::typed(&consent.sha256, terminal, &mut context.console) {
            Some(true) => Ok(Next::Intent(Intent::Agree { code: None })),
            _ => Ok(Next::Intent(Intent::Refuse)),
        },
        _ => Ok(Next::Done),
    };
    match session.drive(Intent::RestoreBundle { files, root_sha256 }, context, &mut decide).await? {
        Prompt::Refused(refusal) => Err(refusal.into()),
        prompt => Ok(matches!(prompt, Prompt::BundleImported(_))),
    }
}

/// A typed confirmation that nobody gives by habit.
fn vouched(
    consent: &RootConsent,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Next, WalletError> {
    match confirm::typed(&consent.sha256, terminal, &mut context.console) {
        None => Err(CarryError::RootUnconfirmed.into()),
        Some(true) => Ok(Next::Intent(Intent::Agree { code: None })),
        Some(false) => Ok(Next::Intent(Intent::Refuse)),
    }
}
