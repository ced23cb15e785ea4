//! `backup` and `restore`: the same files as the window's.

use std::path::Path;

use absah_crypto::envelope::KdfParams;
use absah_host::{Ask, CommonArgs, Context, Exit, Mode, check_writable, read_file, write_new};
use absah_schemas::times;
use absah_types::{Secret, array};
use absah_wallet_core::window::{backup_code, code_digits};
use absah_wallet_store::{open_backup, seal_backup};
use serde_json::json;

use crate::{
    commands,
    error::WalletError,
    session::{self, Session},
    words::{self, say},
};

/// Largest backup read, in bytes.
const MAX_BACKUP: u64 = 64 << 20;

/// `backup --out FILE --json` → `{"file","code","cards","entries"}`. The code is told once and kept nowhere.
pub(crate) fn backup(common: &CommonArgs, out: &Path, context: &mut Context) -> Result<Exit, WalletError> {
    if out.exists() {
        return Err(WalletError::BackupExists);
    }
    check_writable(out)?;
    let backup = session::read(common, context)?.backup(context.clock.now());
    let code = backup_code(&mut *context.rng);
    let cost = KdfParams::usual(array(&mut *context.rng));
    let file = seal_backup(&backup, &code, &cost, &mut *context.rng)?;
    write_new(out, &file, Mode::Private)?;
    let (cards, entries) = (backup.cards.len(), backup.history.len());
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({
            "file": out, "code": code.expose().as_str(), "cards": cards, "entries": entries
        }));
        return Ok(Exit::Ok);
    }
    let digits: Vec<char> = code.expose().chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    let (file, entries) = (out.display().to_string(), entries.to_string());
    let line = say(console, "wallet-backup-made", &[("file", &file), ("entries", &entries)]);
    console.line(&line);
    let line = say(console, "wallet-backup-code", &[("code", &groups.join(" "))]);
    console.line(&line);
    Ok(Exit::Ok)
}

/// `restore FILE [--yes] --json` → `{"made_at","cards","entries","list_left_out"}`. The code comes from `ABSAH_BACKUP_CODE` or the
/// terminal; what is in the backup is shown before anything is taken over.
pub(crate) fn restore(
    common: &CommonArgs,
    file: &Path,
    yes: bool,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Exit, WalletError> {
    let sealed = read_file(file, MAX_BACKUP)?;
    let typed = match context.env.get("ABSAH_BACKUP_CODE") {
        Some(code) => code.to_owned(),
        None => {
            let question = [context.console.text("wallet-restore-code")];
            terminal.ask(&question, &mut context.console).ok_or(WalletError::NobodyToAsk)?
        }
    };
    let backup = open_backup(&sealed, &code_digits(&Secret::new(typed)))?;
    let lang = context.console.lang();
    let mut names: Vec<String> = Vec::new();
    for card in &backup.cards {
        let name = words::type_name(&card.type_name, lang);
        let holder = card.about.as_ref().and_then(|about| about.name.as_ref());
        let name = holder.map_or_else(|| name.clone(), |holder| format!("{name} ({holder})"));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let made_at = times::moment(lang, backup.made_at);
    let entries = backup.history.len().to_string();
    let list = names.join(", ");
    let values = [("at", made_at.as_str()), ("entries", &entries), ("cards", &list)];
    let preview = say(&context.console, "wallet-restore-preview", &values);
    if !yes {
        let question = [preview, context.console.text("wallet-restore-question")];
        match terminal.ask(&question, &mut context.console) {
            None => return Err(WalletError::NobodyToAsk),
            Some(answer) if commands::is_yes(&answer) => {}
            Some(_) => return Err(WalletError::Declined),
        }
    }
    let mut session = Session::open(common, context)?;
    let (at, count) = (backup.made_at.to_string(), backup.history.len());
    let list_left_out = session.restore(backup, context)?;
    let answer = json!({ "made_at": at, "cards": names, "entries": count, "list_left_out": list_left_out });
    let console = &mut context.console;
    if console.json() {
        console.answer(&answer);
    } else {
        let line = say(console, "wallet-restored", &[("entries", &entries)]);
        console.line(&line);
        if list_left_out {
            let line = console.text("wallet-restored-no-list");
            console.line(&line);
        }
    }
    Ok(Exit::Ok)
}
