//! `proposal list`, `proposal show`, `proposal approve`, `proposal refuse`.

use absah_host::{Context, Exit};
use absah_schemas::CredentialType;
use absah_types::{Timestamp, coded};
use serde_json::{Value, json};

use super::{Desk, Outcome, person};
use crate::store::{Proposal, ProposalState};

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

fn state(proposal: &Proposal) -> (&'static str, Option<Timestamp>) {
    match proposal.state {
        ProposalState::Waiting => ("waiting", None),
        ProposalState::Approved(at) => ("approved", Some(at)),
        ProposalState::Refused(at) => ("refused", Some(at)),
        ProposalState::Replaced(at) => ("replaced", Some(at)),
    }
}

fn as_json(proposal: &Proposal) -> Value {
    let changes = proposal.changes.iter();
    json!({
        "id": proposal.id,
        "made_at": proposal.made_at.to_string(),
        "reason": proposal.reason,
        "state": state(proposal).0,
        "decided_at": state(proposal).1.map(|at| at.to_string()),
        "people": proposal.people,
        "changes": changes
            .map(|(kind, change, cards)| json!({ "credential": kind, "change": change, "cards": cards }))
            .collect::<Vec<_>>(),
    })
}

fn tell(proposal: &Proposal, context: &mut Context) {
    let console = &mut context.console;
    let changes = proposal.changes.iter().map(|(kind, change, cards)| {
        let card =
            CredentialType::of_name(kind).map_or(kind.as_str(), |kind| kind.display_name(console.lang()));
        format!("{cards} {card} {}", console.text(&format!("card-{change}")))
    });
    let changes = changes.collect::<Vec<_>>().join(", ");
    let state = console.text(&format!("proposal-{}", state(proposal).0));
    let reason = console.text(&format!("proposal-reason-{}", proposal.reason));
    let people = console.text_with("proposal-people", &[("count", &proposal.people.to_string())]);
    let line = format!("{} {} {state} ({reason}), {people}: {changes}", proposal.id, proposal.made_at);
    console.line(line.trim_end_matches([':', ' ']));
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
            let id = if approve { "proposal-made" } else { "proposal-left" };
            let said = context.console.text_with(id, &[("count", &cards.to_string())]);
            context.console.line(&said);
        }
        Ok(Exit::Ok)
    })
}
