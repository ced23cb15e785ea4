//! `proposal list`, `proposal show`, `proposal approve`, `proposal refuse`.

use absah_host::{Context, Exit};
use absah_types::coded;
use serde_json::{Value, json};

use super::{Desk, Outcome, person};
use crate::store::Proposal;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists the changes of status that imports have proposed.
    List,
    /// Shows one.
    Show {
        /// Its number.
        id: i64,
    },
    /// Makes the proposed changes. LOCAL: later versions ask a second person.
    Approve {
        /// Its number.
        id: i64,
        /// Why.
        #[arg(long, value_name = "TEXT", default_value = "disetujui")]
        reason: String,
    },
    /// Leaves the cards as they are.
    Refuse {
        /// Its number.
        id: i64,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// There is nothing to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalError {
    /// No such proposal waits.
    Unknown,
}

impl core::fmt::Display for ProposalError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("no such proposal waits")
    }
}

impl core::error::Error for ProposalError {}

coded! { ProposalError { Unknown => ("proposal-unknown", User) } }

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::List => show(None, desk),
        Command::Show { id } => show(Some(*id), desk),
        Command::Approve { id, reason } => decide(*id, true, reason, desk),
        Command::Refuse { id, reason } => decide(*id, false, reason, desk),
    }
}

fn as_json(proposal: &Proposal) -> Value {
    let changes = proposal.changes.iter();
    json!({
        "id": proposal.id,
        "made_at": proposal.made_at.to_string(),
        "reason": proposal.reason,
        "state": match proposal.decided {
            None => "waiting",
            Some((_, true)) => "approved",
            Some((_, false)) => "refused",
        },
        "decided_at": proposal.decided.map(|(at, _)| at.to_string()),
        "people": proposal.people,
        "changes": changes
            .map(|(kind, change, cards)| json!({ "credential": kind, "change": change, "cards": cards }))
            .collect::<Vec<_>>(),
    })
}

fn tell(proposal: &Proposal, context: &mut Context) {
    let changes: Vec<String> =
        proposal.changes.iter().map(|(kind, change, cards)| format!("{kind} {change} {cards}")).collect();
    let state = as_json(proposal).get("state").and_then(Value::as_str).unwrap_or_default().to_owned();
    let line =
        format!("{} {} {state} ({}): {}", proposal.id, proposal.made_at, proposal.reason, changes.join(", "));
    context.console.line(&line);
}

fn show(only: Option<i64>, desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        let mut proposals = store.proposals().await?;
        if let Some(only) = only {
            proposals.retain(|proposal| proposal.id == only);
            let [proposal] = proposals.as_slice() else { return Err(ProposalError::Unknown.into()) };
            if context.console.json() {
                context.console.answer(&as_json(proposal));
            } else {
                tell(proposal, context);
            }
            return Ok(Exit::Ok);
        }
        if context.console.json() {
            context.console.answer(&proposals.iter().map(as_json).collect::<Vec<_>>());
        } else {
            proposals.iter().for_each(|proposal| tell(proposal, context));
        }
        Ok(Exit::Ok)
    })
}

fn decide(id: i64, approve: bool, reason: &str, desk: &mut Desk<'_>) -> Outcome {
    let reason = person::purpose(reason)?;
    desk.with_store(async |store, context| {
        let decided = store.decide_proposal(id, approve, reason, context.clock.now()).await?;
        let cards = decided.ok_or(ProposalError::Unknown)?;
        if context.console.json() {
            context.console.answer(&json!({ "id": id, "approved": approve, "cards_changed": cards }));
        } else {
            context.console.line(&cards.to_string());
        }
        Ok(Exit::Ok)
    })
}
