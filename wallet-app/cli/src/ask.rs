//! `ask`: what a citizen asks of the registry: a phone code, a correction, a deletion, the answers.

use absah_host::{CommonArgs, Context, Exit};
use absah_schemas::letters;
use absah_wallet_core::wishes::{Answer, State, Wish};
use absah_wallet_core::{Intent, Prompt, Wallet};

use crate::{
    args::AskFor,
    commands,
    error::WalletError,
    session::{Next, Session},
    words::say,
};

/// `ask phone-code|correction --text T|deletion --text T|tickets`.
pub(crate) async fn ask(
    common: &CommonArgs,
    what: &AskFor,
    context: &mut Context,
) -> Result<Exit, WalletError> {
    let wish = match what {
        AskFor::PhoneCode => Wish::PhoneCode,
        AskFor::Correction { text } => Wish::Correction { text: text.clone() },
        AskFor::Deletion { text } => Wish::Deletion { text: text.clone() },
        AskFor::Letter { kind, field } => {
            let fields = field.iter().cloned().collect();
            // What the registry would refuse is told before anything leaves the wallet.
            letters::template(kind).and_then(|template| template.write(&fields))?;
            Wish::Letter { letter: kind.clone(), fields }
        }
        AskFor::Tickets => Wish::Tickets,
    };
    let mut session = Session::open(common, context)?;
    let mut decide = |_: &Prompt, _: &Wallet, _: &mut Context| Ok(Next::Done);
    match session.drive(Intent::Wish(wish), context, &mut decide).await? {
        Prompt::Wished(answer) => {
            tell(&answer, context);
            Ok(Exit::Ok)
        }
        other => Ok(commands::ended(other, context)),
    }
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
