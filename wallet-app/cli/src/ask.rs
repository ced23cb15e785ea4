//! `ask`: what a citizen asks of the registry: a phone code, a correction, a deletion, the answers, a paper card.

use std::path::Path;

use absah_host::{CommonArgs, Context, Exit, Mode, check_writable, write_atomic};
use absah_schemas::letters;
use absah_types::base64url;
use absah_wallet_core::wishes::{Answer, State, Wish};
use absah_wallet_core::{CardId, Intent, Prompt, Refusal, Wallet};
use serde_json::json;

use crate::{
    args::AskFor,
    commands,
    error::WalletError,
    session::{Next, Session},
    words::say,
};

/// `ask phone-code|correction --text T|deletion --text T|tickets|letter KIND|paper --out F`.
pub(crate) async fn ask(
    common: &CommonArgs,
    what: &AskFor,
    context: &mut Context,
) -> Result<Exit, WalletError> {
    let wish = match what {
        AskFor::PhoneCode { .. } => Wish::PhoneCode,
        AskFor::Correction { text, .. } => Wish::Correction { text: text.clone() },
        AskFor::Deletion { text, .. } => Wish::Deletion { text: text.clone() },
        AskFor::Letter { kind, field } => {
            let fields = field.iter().cloned().collect();
            // What the registry would refuse is told before anything leaves the wallet.
            letters::template(kind).and_then(|template| template.write(&fields))?;
            Wish::Letter { letter: kind.clone(), fields }
        }
        AskFor::Tickets { .. } => Wish::Tickets,
        AskFor::Paper { out, a4 } => {
            // Before anything is asked: what cannot be written must not end the earlier card.
            check_writable(out)?;
            Wish::Paper { lang: context.console.lang().to_string(), a4: *a4 }
        }
    };
    let mut session = Session::open(common, context)?;
    let mut decide = |_: &Prompt, _: &Wallet, _: &mut Context| Ok(Next::Done);
    let askers = session.wallet().askers(context.clock.now());
    let several = askers.len() > 1;
    let by = match what {
        AskFor::PhoneCode { card: Some(card) }
        | AskFor::Correction { card: Some(card), .. }
        | AskFor::Deletion { card: Some(card), .. }
        | AskFor::Tickets { card: Some(card) } => Some(CardId(card.clone())),
        // Of several people the newest card's: then it is said whose it is.
        AskFor::PhoneCode { .. } | AskFor::Tickets { .. } if several => {
            askers.first().map(|(card, _)| card.clone())
        }
        // Nobody signs a wish about another's record without having been chosen.
        AskFor::Correction { .. } | AskFor::Deletion { .. } if several => {
            return Err(WalletError::WhoseRecord);
        }
        _ => None,
    };
    let mut known = askers.into_iter().filter(|(own, _)| several && Some(own) == by.as_ref());
    let whose = known.next().and_then(|(_, name)| name);
    let intent = match by {
        Some(card) => Intent::WishBy { wish, card },
        None => Intent::Wish(wish),
    };
    match session.drive(intent, context, &mut decide).await? {
        Prompt::Wished(answer) => {
            if let Some(name) = whose {
                let id = match what {
                    AskFor::PhoneCode { .. } => "wallet-phone-code-who",
                    _ => "wallet-ask-who",
                };
                let line = say(&context.console, id, &[("name", &String::from(name))]);
                context.console.notice(&line);
            }
            match what {
                AskFor::Paper { out, a4 } => {
                    keep(&answer, out, context)?;
                    session.paper_saved(*a4, context)?;
                }
                _ => tell(&answer, context),
            }
            Ok(Exit::Ok)
        }
        other => Ok(commands::ended(other, context)),
    }
}

/// Writes the paper card.
fn keep(answer: &Answer, out: &Path, context: &mut Context) -> Result<(), WalletError> {
    let pdf = answer.paper.as_deref().and_then(|text| base64url::decode(text).ok());
    let pdf = pdf.filter(|pdf| pdf.starts_with(b"%PDF-"));
    let pdf = pdf.ok_or(WalletError::Refused(Refusal::WishUnreadable))?;
    write_atomic(out, &pdf, Mode::Private)?;
    let file = out.display().to_string();
    if context.console.json() {
        context.console.answer(&json!({ "code": "ok", "file": file }));
    } else {
        let line = say(&context.console, "wallet-paper-written", &[("file", &file)]);
        context.console.line(&line);
    }
    Ok(())
}

fn tell(answer: &Answer, context: &mut Context) {
    let console = &mut context.console;
    if console.json() {
        // Text, numbers and lists: always JSON.
        console.answer(&serde_json::to_value(answer).unwrap_or_default());
        return;
    }
    if let Some(code) = &answer.phone_code {
        let line = say(console, "wallet-phone-code", &[("code", code)]);
        console.line(&line);
        return;
    }
    if answer.tickets.is_empty() {
        let line = console.text("wallet-tickets-none");
        console.line(&line);
    }
    for ticket in &answer.tickets {
        let state = console.text(match ticket.state {
            State::Open => "wallet-ticket-open",
            State::Done => "wallet-ticket-done",
            State::Refused => "wallet-ticket-refused",
        });
        let number = ticket.number.to_string();
        let note = ticket.note.clone().unwrap_or_default();
        let text = absah_wallet_core::Shown::new(&ticket.text).to_string();
        let note = absah_wallet_core::Shown::new(&note).to_string();
        let values = [("number", number.as_str()), ("state", &state), ("text", &text), ("note", &note)];
        let line = say(console, "wallet-ticket", &values);
        console.line(line.trim_end());
    }
}
