//! `show`: yes-or-no facts without a request (flow B).

use absah_carry::pictures;
use absah_host::{Ask, CommonArgs, Context, Exit, check_writable};
use absah_wallet_core::{
    CardId, Fact, Intent, OneScanCode, OneScanError, Prompt, Refusal, Wallet, facts_of_choice,
};
use serde_json::json;

use crate::{
    args::Show,
    commands::{ended, is_yes},
    details,
    error::WalletError,
    session::{Next, Session},
    words::{self, say},
};

/// `show CLASS|--claims … [--yes] --out CODE.png [--text CODE.txt]`.
pub(crate) async fn show(
    common: &CommonArgs,
    args: &Show,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Exit, WalletError> {
    let unknown = WalletError::Refused(Refusal::OneScan(OneScanError::NotAllowed));
    let facts = match &args.class {
        Some(word) => facts_of_choice(word).ok_or(unknown)?,
        None => args.claims.clone(),
    };
    // Before anything is signed or noted: what stands in the history as shown must be there to be shown.
    for target in args.out.iter().chain(&args.text) {
        check_writable(target)?;
    }
    let mut session = Session::open(common, context)?;
    if let Some(card) = args.card.clone().map(CardId) {
        session.prefer(card)?;
    }
    // What is certain to be refused is refused before anybody is asked, and asked is about the very values.
    let values = session.preview(&facts, context)?;
    let console = &mut context.console;
    let mut lines = words::one_scan(&values, session.wallet(), console);
    if args.yes {
        if !console.json() {
            lines.iter().for_each(|line| console.notice(line));
        }
    } else {
        lines.push(console.text("wallet-ask-share"));
        match terminal.ask(&lines, console) {
            None => return Err(WalletError::NobodyToAsk),
            Some(word) if is_yes(&word) => {}
            Some(_) => return Err(WalletError::Declined),
        }
    }
    let mut decide = |_: &Prompt, _: &Wallet, _: &mut Context| Ok(Next::Done);
    match session.drive(Intent::OneScan { facts }, context, &mut decide).await? {
        Prompt::OneScan(code) => say_shown(&code, session.wallet(), args, context),
        other => Ok(ended(other, context)),
    }
}

fn say_shown(
    code: &OneScanCode,
    wallet: &Wallet,
    args: &Show,
    context: &mut Context,
) -> Result<Exit, WalletError> {
    let pictures = match &args.out {
        Some(out) => pictures::write_pictures(out, &code.frames)?,
        None => Vec::new(),
    };
    if let Some(out) = &args.text {
        pictures::write_text(out, &code.frames)?;
    }
    let pictures: Vec<String> = pictures.iter().map(|path| path.display().to_string()).collect();
    let console = &mut context.console;
    if console.json() {
        let lang = console.lang();
        let fact = |fact: &Fact| {
            let label = words::label_on(words::held(wallet, &fact.card), &fact.path, lang);
            json!({ "path": fact.path, "label": label, "value": details::value(&fact.value) })
        };
        console.answer(&json!({
            "shown": code.entry,
            "facts": code.facts.iter().map(fact).collect::<Vec<_>>(),
            "frames": code.frames,
            "pictures": pictures,
            "renew_at": code.renew_at.to_string(),
        }));
        return Ok(Exit::Ok);
    }
    if pictures.is_empty() && args.text.is_none() {
        // Nowhere to write: the code itself is the output.
        code.frames.iter().for_each(|frame| console.line(frame));
    }
    for picture in &pictures {
        let line = say(console, "wallet-shared-qr", &[("file", picture)]);
        console.line(&line);
    }
    let line = console.text("wallet-one-scan-lives");
    console.line(&line);
    Ok(Exit::Ok)
}
