//! `recovery make|reset|anew`: a code on paper for a forgotten PIN, and the way on without one.

use absah_host::{Ask, CommonArgs, Context, DataDir, Exit, Pin, Settings};
use absah_types::Secret;
use absah_wallet_shell::{DesktopKeys, Recovered};
use absah_wallet_store::{Folder, RecoveryCode, Vault, VaultError};
use serde_json::json;

use crate::{args::RecoveryCommand, commands::is_yes, error::WalletError, session::Session, words::say};

/// The environment variable with the code, for programs: never on a command line.
const VARIABLE: &str = "ABSAH_RECOVERY_CODE";

/// Runs one of them.
pub(crate) fn run(
    common: &CommonArgs,
    command: &RecoveryCommand,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Exit, WalletError> {
    match command {
        RecoveryCommand::Make => make(common, context),
        RecoveryCommand::Reset => reset(common, context, terminal),
        RecoveryCommand::Anew { yes } => anew(common, *yes, context, terminal),
        RecoveryCommand::Back => back(common, context),
    }
}

fn make(common: &CommonArgs, context: &mut Context) -> Result<Exit, WalletError> {
    let mut session = Session::open(common, context)?;
    let code = Session::new_recovery(context);
    let (before, after) = session.keep_recovery(&code, context)?;
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({
            "recovery_code": code.grouped().expose(),
            "replaced": before.recovery,
            "device_key": after.device,
        }));
        return Ok(Exit::Ok);
    }
    let mut lines = vec![say(console, "wallet-recovery-code", &[("code", code.grouped().expose())])];
    lines.push(console.text("wallet-recovery-write"));
    if before.recovery {
        lines.push(console.text("wallet-recovery-replaced"));
    }
    if after.device {
        lines.push(console.text("wallet-recovery-device"));
    }
    lines.push(console.text("wallet-recovery-limits"));
    lines.iter().for_each(|line| console.line(line));
    Ok(Exit::Ok)
}

/// `recovery anew [--yes]`: the locked vault is put aside, never deleted; asked twice.
fn anew(
    common: &CommonArgs,
    yes: bool,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Exit, WalletError> {
    let dir = DataDir::open("wallet", common.data_dir.as_deref(), &context.env)?;
    let _ = Settings::load(&dir, &context.env, &[])?;
    dir.keep_private()?;
    let _lock = dir.lock()?;
    let mut folder = Folder::new(dir.path());
    if !Vault::exists(&folder)? {
        return Err(VaultError::Missing.into());
    }
    for question in ["wallet-anew-ask", "wallet-anew-sure"].iter().filter(|_| !yes) {
        let console = &mut context.console;
        let lines = [console.text("wallet-anew-lost"), console.text(question)];
        match terminal.ask(&lines, console) {
            None => return Err(WalletError::NobodyToAsk),
            Some(answer) if is_yes(&answer) => {}
            Some(_) => return Err(WalletError::Declined),
        }
    }
    Vault::set_aside(&mut folder)?;
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({ "anew": true }));
    } else {
        let line = console.text("wallet-anew-done");
        console.line(&line);
    }
    Ok(Exit::Ok)
}

/// `recovery back`: nothing is lost by it, since done again it is undone.
fn back(common: &CommonArgs, context: &mut Context) -> Result<Exit, WalletError> {
    let dir = DataDir::open("wallet", common.data_dir.as_deref(), &context.env)?;
    let _ = Settings::load(&dir, &context.env, &[])?;
    dir.keep_private()?;
    let _lock = dir.lock()?;
    let mut folder = Folder::new(dir.path());
    Vault::bring_back(&mut folder)?;
    let aside = Vault::lying_aside(&folder)?;
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({ "back": true, "aside": aside }));
    } else {
        let line = console.text("wallet-back-done");
        console.line(&line);
    }
    Ok(Exit::Ok)
}

fn reset(common: &CommonArgs, context: &mut Context, terminal: &mut dyn Ask) -> Result<Exit, WalletError> {
    let dir = DataDir::open("wallet", common.data_dir.as_deref(), &context.env)?;
    let _ = Settings::load(&dir, &context.env, &[])?;
    dir.keep_private()?;
    let lock = dir.lock()?;
    if !Vault::exists(&Folder::new(dir.path()))? {
        return Err(VaultError::Missing.into());
    }
    let typed = match context.env.get(VARIABLE) {
        Some(code) => code.to_owned(),
        None => {
            let question = context.console.text("wallet-recovery-ask");
            terminal.ask(&[question], &mut context.console).ok_or(WalletError::NobodyToAsk)?
        }
    };
    let code = RecoveryCode::parse(&typed)?;
    let keys = DesktopKeys::of(&context.env);
    let recovered = Recovered::open(&dir, lock, keys, code, context.clock.now())?;
    let pin = Pin::ask_new(&context.env, &context.console)?;
    let pin = Secret::new(pin.expose().to_owned());
    let (_, opened) = recovered.set_pin(&pin, &mut *context.rng)?;
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({ "reset": true, "cards": opened.holdings.cards.len() }));
    } else {
        let line = console.text("wallet-recovery-reset");
        console.line(&line);
    }
    Ok(Exit::Ok)
}
