//! `history --verify`: who used my record at the civil registry, proven offline.

use absah_host::{CommonArgs, Context, Exit, report};
use absah_schemas::times;
use absah_types::{Coded as _, Seconds, base64url};
use absah_wallet_core::{
    AccessError, CardId, Certainty, Freshness, Intent, Leaf, Prompt, Proven, Refusal, Wallet,
};
use serde_json::{Value, json};

use crate::{
    args::History,
    commands,
    error::WalletError,
    session::{Next, Session},
    words::{self, say},
};

/// `history --verify`.
pub(crate) async fn history(
    common: &CommonArgs,
    args: &History,
    context: &mut Context,
) -> Result<Exit, WalletError> {
    let mut session = Session::open(common, context)?;
    let mut decide = |_: &Prompt, _: &Wallet, _: &mut Context| Ok(Next::Done);
    let mut unfetched = None;
    let intent = match &args.card {
        Some(card) => Intent::FetchAccessBy { card: CardId(card.clone()) },
        None => Intent::FetchAccess,
    };
    match session.drive(intent, context, &mut decide).await? {
        Prompt::AccessFetched => {}
        // Without the issuer, what was fetched before is still there and still verified.
        Prompt::Refused(refusal) if session.wallet().holdings().access.is_some() => unfetched = Some(refusal),
        other => return Ok(commands::ended(other, context)),
    }
    let fetched = unfetched.is_none();
    // Whoever cannot be reached says nothing; whoever was reached and refuses has a reason, and that is the news.
    let denied = match unfetched {
        Some(Refusal::Network(failure)) => {
            let why = context.console.text(&format!("err-{}", failure.code()));
            let line = say(&context.console, "wallet-access-kept", &[("why", &why)]);
            context.console.notice(&line);
            None
        }
        other => other,
    };
    let now = context.clock.now();
    // Of several people on one device it is said whose record this is.
    if let Some(name) = session.wallet().access_of(now) {
        let line = say(&context.console, "wallet-access-of", &[("name", &String::from(name))]);
        context.console.notice(&line);
    }
    let verified = session.wallet().access(now).map_err(WalletError::Refused)?;
    let gone = session.wallet().access_gone(now);
    let freshness = session.wallet().access_freshness(now).map_err(WalletError::Refused)?;
    let freshness = freshness.unwrap_or(Freshness::Uncosigned);
    let max_age = Seconds::hours(args.max_age.into());
    let refused = freshness.within(max_age);
    let fetched_at = session.wallet().holdings().access.as_ref().map(|kept| kept.fetched_at.to_string());
    let failed = verified.iter().find_map(|entry| entry.as_ref().err());
    let code = failed.map(|error| error.code());
    let code = code.or(denied.as_ref().map(|refusal| refusal.code()));
    let code = code.or(refused.as_ref().err().map(|error| error.code()));
    let exit = if code.is_some() { Exit::Refused } else { Exit::Ok };
    if context.console.json() {
        let history = &session.wallet().holdings().history;
        context.console.answer(&json!({
            "code": code.unwrap_or("ok"),
            "witnessed": freshness != Freshness::Unwitnessed,
            "checkpoint": checkpoint(freshness, max_age),
            "history": history,
            "access": told(&verified, session.wallet()).map(|told| as_json(told, session.wallet())).collect::<Vec<_>>(),
            // Only their hours: what is erased is not told again.
            "access_gone": gone.iter().map(|gone| json!({ "hour": gone.hour.to_string() })).collect::<Vec<_>>(),
            "access_fetched_at": fetched_at,
            "access_fetched_now": fetched,
        }));
        return Ok(exit);
    }
    let shown = words::history(session.wallet(), &context.console);
    shown.iter().for_each(|line| context.console.line(line));
    let heading = context.console.text("wallet-access-heading");
    context.console.line(&heading);
    if verified.is_empty() {
        let line = context.console.text("wallet-access-empty");
        context.console.line(&line);
    }
    let mut lines: Vec<Told<'_>> = told(&verified, session.wallet()).collect();
    lines.reverse();
    for told in lines {
        let line = sentence(told, session.wallet(), context);
        context.console.line(&line);
    }
    for gone in gone.iter().rev() {
        let hour = times::moment(context.console.lang(), gone.hour);
        let line = say(&context.console, "wallet-access-gone", &[("hour", hour.as_str())]);
        let todo = context.console.text("wallet-access-gone-todo");
        context.console.line(&format!("{line} {todo}"));
    }
    let line = vouched(freshness, context);
    context.console.line(&line);
    if let Some(error) = failed {
        report(error, &mut context.console);
    }
    if let Err(error) = refused {
        report(&error, &mut context.console);
    }
    if let Some(refusal) = denied {
        let line = context.console.text("wallet-access-old");
        context.console.notice(&line);
        report(&WalletError::Refused(refusal), &mut context.console);
    }
    Ok(exit)
}

/// The newest cosigned checkpoint.
fn checkpoint(freshness: Freshness, max_age: Seconds) -> Value {
    match freshness {
        Freshness::Vouched { size, at, age } => json!({
            "size": size,
            "cosigned_at": at.to_string(),
            "age_s": age.0,
            "max_age_s": max_age.0,
        }),
        Freshness::Unwitnessed | Freshness::Uncosigned => Value::Null,
    }
}

/// Who vouches for all this, and how long ago.
fn vouched(freshness: Freshness, context: &Context) -> String {
    let console = &context.console;
    match freshness {
        Freshness::Unwitnessed => console.text("wallet-access-unwitnessed"),
        Freshness::Uncosigned => console.text("wallet-access-uncosigned"),
        Freshness::Vouched { at, age, .. } => {
            let lang = console.lang();
            let values = [("at", times::moment(lang, at)), ("age", times::age(lang, age))];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            say(console, "wallet-access-vouched-at", &values)
        }
    }
}

/// What an entry proves, beside its leaf, which also names one that proves nothing.
type Told<'a> = (&'a Result<Proven, AccessError>, Option<Leaf>);

fn told<'a>(
    verified: &'a [Result<Proven, AccessError>],
    wallet: &'a Wallet,
) -> impl Iterator<Item = Told<'a>> {
    let kept = wallet.holdings().access.iter().flat_map(|kept| &kept.entries);
    verified.iter().zip(kept).map(|(entry, kept)| (entry, kept.leaf()))
}

fn as_json((entry, leaf): Told<'_>, wallet: &Wallet) -> Value {
    match entry {
        Ok(proven) => json!({
            "event_id": proven.event_id,
            "class": proven.class.name(),
            "act": proven.act,
            "who": proven.actor,
            "hour": proven.hour.to_string(),
            "object": proven.object,
            "purpose": proven.purpose,
            "proof": proven.certainty,
            "about": wallet.record_of(proven),
        }),
        Err(error) => json!({
            "proof": "failed",
            "code": error.code(),
            "event_id": leaf.map(|leaf| base64url::encode(leaf.event_id)),
            "hour": leaf.map(|leaf| leaf.hour_begins().to_string()),
        }),
    }
}

fn sentence((entry, leaf): Told<'_>, wallet: &Wallet, context: &Context) -> String {
    let console = &context.console;
    let proven = match entry {
        Ok(proven) => proven,
        Err(error) => {
            let why = console.text(&format!("err-{}", error.code()));
            let Some(leaf) = leaf else { return why };
            let hour = times::moment(console.lang(), leaf.hour_begins());
            return say(console, "wallet-access-failed", &[("hour", hour.as_str()), ("why", &why)]);
        }
    };
    let who =
        console.text(if proven.actor == "HOLDER" { "wallet-access-self" } else { "wallet-access-office" });
    let act = absah_schemas::text(console.lang(), &format!("access-act-{}", proven.act));
    // An act that only a newer issuer knows.
    let act = act.unwrap_or_else(|| console.text("access-act-other"));
    let proof = console.text(match proven.certainty {
        Certainty::Final => "wallet-access-final",
        Certainty::Pending => "wallet-access-pending",
        Certainty::Unwitnessed => "wallet-access-unwitnessed-entry",
    });
    let hour = times::moment(console.lang(), proven.hour);
    let values = [("hour", hour.as_str()), ("who", &who), ("act", act.as_str()), ("proof", &proof)];
    let mut line = say(console, "wallet-access-entry", &values);
    if let Some(name) = wallet.record_of(proven) {
        line = format!("{line} {}", say(console, "wallet-access-about", &[("name", name.as_str())]));
    }
    match &proven.purpose {
        Some(purpose) => format!("{line} {}", say(console, "wallet-access-purpose", &[("purpose", purpose)])),
        None => line,
    }
}
