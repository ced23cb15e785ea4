//! `ticket list`, `ticket close`: corrections and deletions that people ask for.

use absah_host::Exit;
use absah_types::coded;
use serde_json::json;

use super::{Desk, Outcome};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists the open ones.
    List,
    /// Says what became of one; the citizen reads it.
    Close {
        /// Its number.
        number: i64,
        /// The answer, in words.
        #[arg(long, value_name = "TEXT")]
        note: String,
        /// It will not be done.
        #[arg(long)]
        refuse: bool,
    },
}

/// There is nothing to close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketError {
    /// No ticket of that number is open.
    Unknown,
}

impl core::fmt::Display for TicketError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("no such ticket is open")
    }
}

impl core::error::Error for TicketError {}

coded! { TicketError { Unknown => ("ticket-unknown", User) } }

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        match command {
            Command::List => {
                let tickets = store.tickets(None).await?;
                if context.console.json() {
                    let one = |(nik, ticket): &(absah_types::Nik, absah_protocol::wishes::Ticket)| {
                        json!({ "nik": nik.to_string(), "ticket": ticket })
                    };
                    let tickets: Vec<_> = tickets.iter().map(one).collect();
                    context.console.answer(&json!({ "tickets": tickets }));
                } else {
                    for (nik, ticket) in tickets {
                        let line = format!("{} {} {nik} {}", ticket.number, ticket.kind, ticket.text);
                        context.console.line(&line);
                    }
                }
            }
            Command::Close { number, note, refuse } => {
                let at = context.clock.now();
                if !store.close_ticket(*number, !refuse, note.clone(), at).await? {
                    return Err(TicketError::Unknown.into());
                }
                if context.console.json() {
                    context.console.answer(&json!({ "number": number, "done": !refuse }));
                } else {
                    let said = context.console.text(if *refuse { "ticket-refused" } else { "ticket-done" });
                    context.console.line(&said);
                }
            }
        }
        Ok(Exit::Ok)
    })
}
