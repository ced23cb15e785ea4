//! `proposal list`, `proposal show`, `proposal approve`, `proposal refuse`.

use absah_host::{Console, Context, Exit};
use absah_issuer_core::ports::ActKind;
use absah_schemas::CredentialType;
use absah_types::{Timestamp, coded};
use serde_json::{Value, json};

use super::{Desk, Outcome, person};
use crate::ledger::seal::Event;
use crate::store::{Proposal, ProposalState};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists the changes of status that imports have proposed.
    List,
    /// Shows one; with --people also whose cards it would change, which each of them can see in their access history.
    Show {
        /// Its number.
        id: i64,
        /// Lists so many of the people, by NIK.
        #[arg(long, value_name = "N", requires = "purpose", value_parser = clap::value_parser!(u32).range(1..=1000))]
        people: Option<u32>,
        /// What for.
        #[arg(long, value_name = "TEXT", requires = "people")]
        purpose: Option<String>,
    },
    /// Makes the proposed changes. Once officers work at the console, it is for one of them to approve.
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
        Command::Show { id, people: Some(most), purpose: Some(purpose) } => people(*id, *most, purpose, desk),
        Command::Show { id, .. } => show(Some(*id), desk),
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

/// A change of a kind of card.
fn in_words(kind: &str, change: &str, console: &Console) -> String {
    let card = CredentialType::of_name(kind).map_or(kind, |kind| kind.display_name(console.lang()));
    format!("{card} {}", console.text(&format!("card-{change}")))
}

fn tell(proposal: &Proposal, context: &mut Context) {
    let console = &mut context.console;
    let changes = proposal
        .changes
        .iter()
        .map(|(kind, change, cards)| format!("{cards} {}", in_words(kind, change, console)));
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

/// A look at each of these people's records, and so an entry in each one's history, before anything is shown.
fn people(id: i64, most: u32, purpose: &str, desk: &mut Desk<'_>) -> Outcome {
    let why = person::purpose(purpose)?;
    desk.with_store(async |store, context| {
        let proposals = store.proposals().await?;
        let proposal = proposals.iter().find(|proposal| proposal.id == id).ok_or(ProposalError::Unknown)?;
        let affected = store.proposal_people(id, most).await?;
        for person in &affected {
            let event = Event::local(context.clock.now(), ActKind::PersonView, Some(person.nik), "proposal");
            store.note(event.for_purpose(why)).await?;
        }
        if context.console.json() {
            let listed = affected.iter().map(|person| {
                let change =
                    |(kind, change): &(String, String)| json!({ "credential": kind, "change": change });
                let changes: Vec<Value> = person.changes.iter().map(change).collect();
                json!({ "nik": person.nik.to_string(), "nama": person.nama, "changes": changes })
            });
            let mut answer = as_json(proposal);
            if let Some(answer) = answer.as_object_mut() {
                answer.insert("listed".to_owned(), listed.collect());
            }
            context.console.answer(&answer);
            return Ok(Exit::Ok);
        }
        tell(proposal, context);
        for person in &affected {
            let in_words = |(kind, change): &(String, String)| in_words(kind, change, &context.console);
            let changes: Vec<String> = person.changes.iter().map(in_words).collect();
            let nama = person.nama.as_deref().unwrap_or("-");
            context.console.line(&format!("{} {nama}: {}", person.nik, changes.join(", ")));
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
