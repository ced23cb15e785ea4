//! `ticket list`, `ticket import`, `ticket close`: corrections and deletions that people ask for, or counters.

use std::path::{Path, PathBuf};

use absah_host::{Context, Exit, read_file, read_text};
use absah_protocol::counter_ticket::{CounterTicketError, MAX_FILE, open_file};
use absah_schemas::text;
use absah_types::{Coded as _, Secret, base64url, coded};
use serde_json::{Value, json};

use super::{Desk, Failure, Outcome};
use crate::counter_tickets::{self, TicketRefusal};
use crate::store::SqliteStore;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists the open ones.
    List,
    /// Takes in the tickets of a counter without network: the file of `absah-verifier ticket export`.
    Import {
        /// The file.
        file: PathBuf,
        /// The file with its key, which came another way.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
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

/// `import --json` → `{"tickets":[{"ticket":N}|{"code":CODE}]}`, in the order of the file. Those that came before are no
/// failure: a counter exports what it does not know to have arrived.
async fn import(
    (file, key): (&Path, &Path),
    store: &SqliteStore,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let malformed = |_| CounterTicketError::Malformed;
    let key = base64url::decode_array::<32>(read_text(key, 1024)?.trim()).map_err(malformed)?;
    let tickets = open_file(&read_file(file, MAX_FILE)?, &Secret::new(key))?;
    let now = context.clock.now();
    let (mut told, mut said, mut exit) = (Vec::<Value>::new(), Vec::new(), Exit::Ok);
    for jws in &tickets {
        match counter_tickets::take(store, jws, now).await {
            Ok(number) => {
                said.push(context.console.text_with("ticket-taken", &[("number", &number.to_string())]));
                told.push(json!({ "ticket": number }));
            }
            Err(TicketRefusal::Store(error)) => return Err(error.into()),
            Err(refusal) => {
                if refusal != TicketRefusal::Replayed {
                    exit = Exit::Refused;
                }
                let words = text(context.console.lang(), &format!("err-{}", refusal.code()));
                said.push(words.unwrap_or_else(|| refusal.to_string()));
                told.push(json!({ "code": refusal.code() }));
            }
        }
    }
    if context.console.json() {
        context.console.answer(&json!({ "tickets": told }));
    } else {
        said.iter().for_each(|line| context.console.line(line));
    }
    Ok(exit)
}

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
                        // What somebody typed makes no line of its own.
                        let text = ticket.text.replace('\n', " ");
                        let line = format!("{} {} {nik} {text}", ticket.number, ticket.kind);
                        context.console.line(&line);
                    }
                }
            }
            Command::Import { file, key } => return import((file, key), store, context).await,
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
