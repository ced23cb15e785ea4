//! `letter list|approve|refuse`: letters of the kelurahan that people ask for from their wallets.

use absah_host::Exit;
use absah_issuer_core::NotEligible;
use absah_schemas::CredentialType;
use serde_json::json;

use super::{Desk, Failure, Outcome, TicketError};
use crate::store::{LetterDecision, SqliteStore};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists the letters that wait.
    List,
    /// Approves one: it gets its number, and the wallet can fetch it.
    Approve {
        /// Its number in the list.
        number: i64,
        /// Where phones reach the issuer.
        #[arg(long, value_name = "URL")]
        public_url: Option<String>,
    },
    /// Refuses one; the citizen reads the reason.
    Refuse {
        /// Its number in the list.
        number: i64,
        /// Why, in words.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    let link = match command {
        Command::Approve { public_url, .. } => {
            let issuer = desk.required_public_url(public_url.as_deref())?;
            super::link_for_everybody(issuer, CredentialType::SuratKeterangan)
        }
        _ => String::new(),
    };
    desk.with_store(async |store, context| {
        match command {
            Command::List => {
                let letters = store.tickets(None).await?;
                let letters = letters.into_iter().filter(|(_, ticket)| ticket.kind == "letter");
                if context.console.json() {
                    let letters: Vec<_> = letters
                        .map(|(nik, ticket)| json!({ "nik": nik.to_string(), "letter": ticket }))
                        .collect();
                    context.console.answer(&json!({ "letters": letters }));
                } else {
                    for (nik, ticket) in letters {
                        context.console.line(&format!("{} {nik} {}", ticket.number, ticket.text));
                    }
                }
            }
            Command::Approve { number, .. } => {
                decide(store, *number, LetterDecision::Approve { link: link.clone() }, context).await?;
            }
            Command::Refuse { number, reason } => {
                let note = super::person::purpose(reason)?.to_owned();
                decide(store, *number, LetterDecision::Refuse { note }, context).await?;
            }
        }
        Ok(Exit::Ok)
    })
}

async fn decide(
    store: &SqliteStore,
    number: i64,
    decision: LetterDecision,
    context: &mut absah_host::Context,
) -> Result<(), Failure> {
    let approved = matches!(decision, LetterDecision::Approve { .. });
    if approved && store.asks_for_the_dead(number).await? {
        return Err(NotEligible::Dead.into());
    }
    if !store.decide_letter(number, decision, context.clock.now()).await? {
        return Err(TicketError::Unknown.into());
    }
    if context.console.json() {
        context.console.answer(&json!({ "number": number, "approved": approved }));
    } else {
        let said = context.console.text(if approved { "letter-approved" } else { "ticket-refused" });
        context.console.line(&said);
    }
    Ok(())
}
